//! Any texts as the vocabularies and observations of a corpus.

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| afield_fuzz::vocabulary(data));
