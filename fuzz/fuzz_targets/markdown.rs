//! Any text as the body of a case.

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| afield_fuzz::markdown(data));
