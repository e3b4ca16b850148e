//! The shipped corpus is compiled in, so a new case file is a reason to build.

fn main() {
    println!("cargo:rerun-if-changed=corpus");
}
