//! Folders as they are met: what is a case, what is left out, and that nothing is lost.

use crate::support::{folder, write};
use afield_corpus::{LoadError, Walk, read, read_case, walk};
use std::fs;
use std::path::Path;

const CASE: &str = "---\ntitle: Seats\n---\nWords.\n";

/// Everything that was found as `list path: id or reason`.
fn listed(walk: &Walk) -> Vec<String> {
    let cases = walk
        .cases
        .iter()
        .map(|found| format!("case {}: {}", found.path, found.id));
    let data = walk.data.iter().map(|found| format!("data {}", found.path));
    let skipped = walk
        .skipped
        .iter()
        .map(|skipped| format!("skipped {}: {}", skipped.path, skipped.reason));
    let failed = walk
        .failed
        .iter()
        .map(|failed| format!("failed {}: {}", failed.path, failed.reason));
    cases.chain(data).chain(skipped).chain(failed).collect()
}

fn check(root: &Path, expected: &[&str]) {
    let walk = walk(root).unwrap();
    assert_eq!(listed(&walk), expected);
    assert_eq!(
        walk.found(),
        walk.cases.len() + walk.skipped.len() + walk.failed.len()
    );
}

#[test]
fn without_cases_every_markdown_file_is_one() {
    let root = folder(&[
        ("b/Two.MD", CASE),
        ("a.markdown", CASE),
        ("build/c.md", CASE),
        ("notes.txt", ""),
        ("md", ""),
        (".hidden.md", CASE),
        (".md", CASE),
        (".obsidian/deep/d.md", CASE),
        (".git/e.md", CASE),
        ("sectors.toml", ""),
        ("Cargo.toml", ""),
    ]);
    check(
        root.path(),
        &[
            "case a.markdown: a",
            "case b/Two.MD: b/Two",
            "case build/c.md: build/c",
            "data sectors.toml",
            "skipped .hidden.md: hidden",
            "skipped .md: hidden",
            "skipped .obsidian/deep/d.md: in a hidden folder",
        ],
    );
}

#[test]
fn with_cases_only_those_count_and_ids_are_stems() {
    let root = folder(&[
        ("README.md", CASE),
        ("cases/air/seats.md", CASE),
        ("cases/rail/seats.md", CASE),
        ("cases/rail/berths.md", CASE),
        ("cases/berths.markdown", CASE),
        ("observations/air.toml", ""),
        ("observations/old/air.toml", ""),
        ("cases/signals.toml", ""),
        ("signals.toml", ""),
    ]);
    check(
        root.path(),
        &[
            "case cases/air/seats.md: seats",
            "case cases/berths.markdown: berths",
            "data observations/air.toml",
            "data signals.toml",
            "skipped README.md: outside `cases/`",
            "failed cases/rail/berths.md: id `berths` is taken by `cases/berths.markdown`",
            "failed cases/rail/seats.md: id `seats` is taken by `cases/air/seats.md`",
        ],
    );
}

#[test]
fn sizes_and_times_are_told() {
    let root = folder(&[("a.md", CASE)]);
    let found = &walk(root.path()).unwrap().cases[0];
    let since = found.modified
        - fs::metadata(root.path().join("a.md"))
            .unwrap()
            .modified()
            .unwrap()
            .duration_since(std::time::UNIX_EPOCH)
            .unwrap()
            .as_nanos() as i64;
    assert_eq!((found.size, since), (CASE.len() as u64, 0));
}

#[test]
fn large_files_are_skipped() {
    let root = folder(&[("a.md", CASE), ("large.md", "")]);
    let large = fs::File::create(root.path().join("large.md")).unwrap();
    large.set_len((16 << 20) + 1).unwrap();
    check(
        root.path(),
        &["case a.md: a", "skipped large.md: larger than 16 MiB"],
    );
    assert_eq!(
        read(root.path(), "large.md"),
        Err("larger than 16 MiB".to_owned())
    );
}

#[test]
#[cfg(unix)]
fn links_are_followed_to_files_inside_only() {
    use std::os::unix::fs::symlink;
    let outside = folder(&[("out.md", CASE)]);
    let root = folder(&[("a.md", CASE), ("sub/b.md", CASE)]);
    let link = |target: &Path, name: &str| symlink(target, root.path().join(name)).unwrap();
    link(Path::new("a.md"), "inside.md");
    link(&outside.path().join("out.md"), "outside.md");
    link(Path::new("nowhere"), "nowhere.md");
    link(Path::new("sub"), "sub-link");
    link(Path::new("sub"), "sub.md");
    link(Path::new("."), "loop");
    link(Path::new("self.md"), "self.md");
    link(Path::new("nowhere"), "ignored.txt");
    check(
        root.path(),
        &[
            "case a.md: a",
            "case inside.md: inside",
            "case sub/b.md: sub/b",
            "skipped loop: a link to a folder",
            "skipped nowhere.md: a link that leads nowhere",
            "skipped outside.md: a link out of the corpus",
            "skipped self.md: a link that leads nowhere",
            "skipped sub-link: a link to a folder",
            "skipped sub.md: a link to a folder",
        ],
    );
    assert_eq!(read(root.path(), "inside.md").unwrap().text, CASE);
    assert_eq!(
        read(root.path(), "outside.md"),
        Err("a link out of the corpus".to_owned())
    );
}

#[test]
#[cfg(unix)]
fn names_that_are_not_utf8_and_pipes_are_accounted_for() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;
    use std::os::unix::net::UnixListener;
    let root = folder(&[("a.md", CASE)]);
    fs::write(root.path().join(OsStr::from_bytes(b"caf\xe9.md")), CASE).unwrap();
    fs::write(root.path().join(OsStr::from_bytes(b"caf\xe9.txt")), CASE).unwrap();
    let _socket = UnixListener::bind(root.path().join("socket.md")).unwrap();
    check(
        root.path(),
        &[
            "case a.md: a",
            "skipped socket.md: not a regular file",
            "failed caf\u{fffd}.md: the path is not UTF-8: rename the file",
        ],
    );
    assert_eq!(
        read(root.path(), "socket.md"),
        Err("not a regular file".to_owned())
    );
}

#[test]
#[cfg(unix)]
fn folders_that_cannot_be_read_are_told() {
    use std::os::unix::fs::PermissionsExt;
    let root = folder(&[("a.md", CASE), ("closed/b.md", CASE)]);
    let closed = root.path().join("closed");
    fs::set_permissions(&closed, fs::Permissions::from_mode(0o000)).unwrap();
    // Some users may read everything.
    if fs::read_dir(&closed).is_err() {
        let walk = walk(root.path()).unwrap();
        assert_eq!(
            (
                walk.failed[0].path.as_str(),
                walk.failed[0].code,
                walk.found()
            ),
            ("closed", "unreadable-file", 2)
        );
        assert!(walk.failed[0].reason.contains("denied"));
    }
    fs::set_permissions(&closed, fs::Permissions::from_mode(0o755)).unwrap();
}

#[test]
fn a_corpus_must_be_a_folder() {
    let root = folder(&[("a.md", CASE)]);
    assert!(matches!(
        walk(&root.path().join("nothing")),
        Err(LoadError::Missing { .. })
    ));
    let error = walk(&root.path().join("a.md")).unwrap_err();
    assert!(matches!(error, LoadError::NotAFolder { .. }));
    assert!(error.to_string().ends_with("a.md` is not a folder"));
}

#[test]
fn texts_in_other_encodings_are_told() {
    let root = folder(&[("a.md", CASE)]);
    let read_bytes = |bytes: &[u8]| {
        write(root.path(), "b.md", bytes);
        read(root.path(), "b.md")
    };
    let lossy = read_bytes(b"\xef\xbb\xbfone\r\nt\xc3\xa9w\xff o\n").unwrap();
    assert_eq!(lossy.text, "\u{feff}one\r\ntéw\u{fffd} o\n");
    assert_eq!(
        lossy.lossy.map(|place| (place.line, place.column)),
        Some((2, 4))
    );
    assert_eq!(
        read_bytes(b"a\nb\0c"),
        Err("line 2 column 2 holds a NUL byte: not a text file".to_owned())
    );
    assert_eq!(
        read_bytes(b"\xff\xfea\0"),
        Err("the text is UTF-16: save the file as UTF-8".to_owned())
    );
    assert_eq!(
        read(root.path(), "../b.md"),
        Err("the path leads out of the corpus".to_owned())
    );
    assert!(read(root.path(), "c.md").is_err());
}

#[test]
fn a_case_that_is_not_utf8_is_read_and_reported() {
    let root = folder(&[]);
    write(root.path(), "a.md", b"---\ntitle: Seats\n---\nW\xffrds.\n");
    let found = walk(root.path()).unwrap().cases.remove(0);
    let parsed = read_case(root.path(), &found).unwrap();
    assert_eq!(parsed.case.sections[0].blocks[0].text, "W\u{fffd}rds.");
    let places: Vec<_> = parsed
        .diagnostics
        .iter()
        .map(|found| (found.line, found.column, found.code.as_str()))
        .collect();
    assert_eq!(places, [(4, 2, "not-utf-8")]);
    fs::remove_file(root.path().join("a.md")).unwrap();
    assert_eq!(read_case(root.path(), &found).unwrap_err().path, "a.md");
}
