//! What the benchmarks share: a seeded generator of corpora, a raw tantivy baseline, also as a server, a clock of CPU
//! time, and servers under load. All of it with the allocator of the binary.
#![expect(
    dead_code,
    unreachable_pub,
    reason = "each benchmark is a program of its own and uses a part of this"
)]

pub mod cpu;
pub mod generate;
pub mod load;
pub mod probe;
pub mod raw;
pub mod raw_server;
pub mod served;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;
