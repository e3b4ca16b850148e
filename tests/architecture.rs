//! What the layout promises: who depends on whom, who names what, and the house numbers.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// The rooms in the order data flows; the root package, whose source is `crates/cli`, comes last.
const ROOMS: [&str; 8] = [
    "corpus", "editor", "embed", "index", "rank", "present", "server", "cli",
];

/// Words that only some files may have, as the beginnings of their paths.
const OWNED: [(&str, &[&str]); 11] = [
    ("tantivy::", &["crates/index/src/", "benches/"]),
    ("pulldown_cmark", &["crates/corpus/src/markdown"]),
    ("axum::", &["crates/server/src/", "benches/support/"]),
    ("lsp_server::", &["crates/editor/src/"]),
    ("lsp_types::", &["crates/editor/src/"]),
    ("clap::", &["crates/cli/"]),
    ("println!", &["crates/cli/", "benches/"]),
    (
        "env::var",
        &[
            "crates/cli/config.rs",
            "crates/cli/output.rs",
            "crates/cli/reference.rs",
            "benches/",
        ],
    ),
    (
        "SystemTime::now",
        &["crates/cli/config.rs", "crates/index/src/refresh.rs"],
    ),
    ("Timestamp::now", &["crates/cli/config.rs"]),
    ("Zoned::now", &["crates/cli/config.rs"]),
];

/// No file is longer, tests aside.
const MOST_LINES: usize = 500;

#[test]
fn dependencies_point_against_the_flow() {
    for (position, room) in ROOMS.iter().enumerate() {
        let folder = if *room == "cli" {
            root().to_owned()
        } else {
            root().join("crates").join(room)
        };
        let manifest = folder.join("Cargo.toml");
        // A room that is not built yet breaks no promise.
        let Ok(text) = fs::read_to_string(&manifest) else {
            continue;
        };
        let table: toml::Table = text.parse().unwrap();
        let dependencies = table
            .get("dependencies")
            .and_then(toml::Value::as_table)
            .cloned()
            .unwrap_or_default();
        for name in dependencies
            .keys()
            .filter_map(|name| name.strip_prefix("afield-"))
        {
            let place = ROOMS
                .iter()
                .position(|room| *room == name)
                .unwrap_or(ROOMS.len());
            assert!(
                place < position,
                "`{room}` must not depend on `{name}`, which is not to its left"
            );
        }
    }
}

#[test]
fn rooms_keep_their_words_to_themselves() {
    for (path, text) in sources() {
        let code = without_comments(&text);
        for (word, owners) in OWNED {
            let is_test = is_test(&path);
            let owned = is_test || owners.iter().any(|owner| path.starts_with(owner));
            assert!(
                owned || !code.contains(word),
                "{path} must not name `{word}`"
            );
        }
    }
}

#[test]
fn every_file_opens_by_saying_what_it_is() {
    for (path, text) in sources() {
        assert!(text.starts_with("//! "), "{path} has no module doc");
    }
}

#[test]
fn no_file_is_too_long() {
    for (path, text) in sources() {
        let code = text
            .find("#[cfg(test)]\nmod tests {")
            .map_or(text.as_str(), |tests| &text[..tests]);
        let is_test = is_test(&path);
        let lines = code.lines().count();
        assert!(
            is_test || lines <= MOST_LINES,
            "{path} has {lines} lines: cut it where its reasons part"
        );
    }
}

#[test]
fn nothing_is_left_to_do_in_the_code() {
    // Put together here, so that this file does not find itself.
    let markers = [
        ["TO", "DO"].concat(),
        ["FIX", "ME"].concat(),
        ["X", "XX"].concat(),
        ["unimplemented", "!"].concat(),
    ];
    for (path, text) in sources() {
        for marker in &markers {
            assert!(
                !text.contains(marker.as_str()),
                "{path} has a `{marker}`: do it, or open an issue"
            );
        }
    }
}

#[test]
fn no_file_is_forgotten() {
    let sources = sources();
    let mut declared: BTreeMap<PathBuf, BTreeSet<String>> = BTreeMap::new();
    for (path, text) in &sources {
        let folder = module_folder(Path::new(path));
        let modules = text.lines().filter_map(module).map(str::to_owned);
        declared.entry(folder).or_default().extend(modules);
    }
    for path in sources.keys().map(Path::new).filter(|path| !is_root(path)) {
        let name = path
            .file_stem()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        let folder = path.parent().unwrap_or(Path::new(""));
        let found = declared
            .get(folder)
            .is_some_and(|modules| modules.contains(&name));
        assert!(found, "{} belongs to no module", path.display());
    }
}

/// The name in `mod name;`, with or without visibility.
fn module(line: &str) -> Option<&str> {
    let (before, rest) = line.trim().split_once("mod ")?;
    let is_declaration =
        before.is_empty() || before.trim_end() == "pub" || before.starts_with("pub(");
    rest.strip_suffix(';').filter(|_| is_declaration)
}

/// The folder in which a file's modules are.
fn module_folder(path: &Path) -> PathBuf {
    if is_root(path) {
        path.parent().unwrap_or(Path::new("")).to_owned()
    } else {
        path.with_extension("")
    }
}

/// Whether a file is a test, of the whole or of a room.
fn is_test(path: &str) -> bool {
    path.starts_with("tests/") || path.contains("/tests/") || path.ends_with("tests.rs")
}

/// Files that cargo finds by itself or by the manifest.
fn is_root(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default();
    let known = ["lib.rs", "main.rs", "build.rs"]
        .iter()
        .any(|root| name == *root);
    let own = path
        .parent()
        .and_then(Path::file_name)
        .is_some_and(|folder| {
            ["benches", "examples", "fuzz_targets"]
                .iter()
                .any(|known| folder == *known)
        });
    // Integration tests of a single crate.
    let of_crate = path.starts_with("crates")
        && path
            .parent()
            .is_some_and(|folder| folder.ends_with("tests"));
    known || own && name != "support.rs" || of_crate
}

/// All Rust files, by path from the root.
fn sources() -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    for folder in ["crates", "tests", "benches", "fuzz"] {
        collect(&root().join(folder), &mut found);
    }
    assert!(found.len() > 50, "the sources were not found");
    found
}

fn collect(folder: &Path, found: &mut BTreeMap<String, String>) {
    let Ok(entries) = fs::read_dir(folder) else {
        return;
    };
    for entry in entries.flatten() {
        let path = entry.path();
        if path.is_dir() && !path.ends_with("target") {
            collect(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            let name = path
                .strip_prefix(root())
                .unwrap()
                .to_string_lossy()
                .replace('\\', "/");
            found.insert(name, fs::read_to_string(&path).unwrap());
        }
    }
}

fn without_comments(text: &str) -> String {
    let code = text
        .lines()
        .filter(|line| !line.trim_start().starts_with("//"));
    code.collect::<Vec<_>>().join("\n")
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}
