//! Any text as the front matter of a case.

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| afield_fuzz::front_matter(data));
