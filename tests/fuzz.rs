//! The inputs that the fuzz targets keep, each taken to what its target asserts: no fuzzer is needed for that.

use std::fs;
use std::panic::{self, AssertUnwindSafe};
use std::path::Path;

#[expect(
    unreachable_pub,
    reason = "it is the library of the fuzz targets, a workspace of its own"
)]
#[path = "../fuzz/src/lib.rs"]
mod targets;

/// Takes each kept input of a target to it, and names the one that fails.
fn check(target: &str, run: impl Fn(&[u8])) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/corpus");
    let entries = fs::read_dir(folder.join(target)).unwrap();
    let mut inputs: Vec<_> = entries.map(|entry| entry.unwrap().path()).collect();
    inputs.sort();
    assert!(!inputs.is_empty(), "`{target}` has no inputs");
    for input in inputs {
        let data = fs::read(&input).unwrap();
        let held = panic::catch_unwind(AssertUnwindSafe(|| run(&data)));
        assert!(held.is_ok(), "{} does not hold", input.display());
    }
}

#[test]
fn kept_front_matter_holds() {
    check("front_matter", targets::front_matter);
}

#[test]
fn kept_bodies_hold() {
    check("markdown", targets::markdown);
}

#[test]
fn kept_data_files_hold() {
    check("vocabulary", targets::vocabulary);
}

#[test]
fn kept_briefs_hold() {
    let index = targets::Index::new(&crate::support::corpus::FILES);
    check("query", |data| index.query(data));
}
