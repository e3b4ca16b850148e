//! Any text as a brief.

#![no_main]

use afield_fuzz::Index;
use std::sync::LazyLock;

static INDEX: LazyLock<Index> = LazyLock::new(Index::new);

libfuzzer_sys::fuzz_target!(|data: &[u8]| INDEX.query(data));
