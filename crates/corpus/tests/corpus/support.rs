//! What tests share: folders made of texts, and findings in short form.

use afield_corpus::{Diagnostic, Parsed, parse};
use std::fs;
use std::path::Path;
use tempfile::TempDir;

/// A folder with these files.
pub(crate) fn folder(files: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (path, text) in files {
        write(folder.path(), path, text.as_bytes());
    }
    folder
}

/// Writes a file and the folders above it.
pub(crate) fn write(root: &Path, path: &str, bytes: &[u8]) {
    let file = root.join(path);
    fs::create_dir_all(file.parent().unwrap()).unwrap();
    fs::write(file, bytes).unwrap();
}

/// A file `cases/air/empty-seats.md` with this text.
pub(crate) fn read(text: &str) -> Parsed {
    parse("cases/air/empty-seats.md", "empty-seats", text)
}

/// Findings as `line:column code`.
pub(crate) fn short(diagnostics: &[Diagnostic]) -> Vec<String> {
    diagnostics
        .iter()
        .map(|found| format!("{}:{} {}", found.line, found.column, found.code))
        .collect()
}

/// Findings as `path:line:column code`.
pub(crate) fn long(diagnostics: &[Diagnostic]) -> Vec<String> {
    diagnostics
        .iter()
        .map(|found| {
            format!(
                "{}:{}:{} {}",
                found.path, found.line, found.column, found.code
            )
        })
        .collect()
}

/// All text of the body, headings included, a line each.
pub(crate) fn body(parsed: &Parsed) -> String {
    let sections = parsed.case.sections.iter();
    let lines: Vec<String> = sections
        .flat_map(|section| [section.heading.clone(), section.text()])
        .filter(|text| !text.is_empty())
        .collect();
    lines.join("\n")
}
