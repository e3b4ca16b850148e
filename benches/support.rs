//! What the benchmarks share: a seeded generator of corpora, a raw tantivy baseline, and a clock of CPU time.
#![expect(
    dead_code,
    unreachable_pub,
    reason = "each benchmark is a program of its own and uses a part of this"
)]

pub mod cpu;
pub mod generate;
pub mod raw;
