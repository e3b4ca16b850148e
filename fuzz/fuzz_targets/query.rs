//! Any text as a brief.

#![no_main]

use afield_fuzz::Index;
use std::sync::LazyLock;

/// The small corpus of the integration tests: organisations that never were.
#[path = "../../tests/support/corpus.rs"]
mod corpus;

static INDEX: LazyLock<Index> = LazyLock::new(|| Index::new(&corpus::FILES));

libfuzzer_sys::fuzz_target!(|data: &[u8]| INDEX.query(data));
