//! The files that an editor has open.

use percent_encoding::percent_decode_str;
use std::path::{Component, Path, PathBuf};

/// A file as it stands in the editor.
#[derive(Debug)]
pub(crate) struct Document {
    /// Where it is, relative to the corpus, with `/` between folders.
    pub(crate) path: String,
    /// What stands in the editor.
    pub(crate) text: String,
    /// The editor's count of its changes.
    pub(crate) version: i32,
}

impl Document {
    /// Whether it is written in markdown, as cases are.
    pub(crate) fn is_markdown(&self) -> bool {
        let name = self.path.to_ascii_lowercase();
        name.ends_with(".md") || name.ends_with(".markdown")
    }
}

/// The path of an address below a folder; [`None`] for one elsewhere, or one that is no file.
pub(crate) fn below(root: &Path, address: &str) -> Option<String> {
    let file = file(address)?;
    let real = |path: &Path| path.canonicalize().ok();
    // A file may be open that is not saved yet.
    let real_file = real(&file).or_else(|| Some(real(file.parent()?)?.join(file.file_name()?)));
    let given = std::path::absolute(root).ok();
    let path = [(Some(file), given), (real_file, real(root))]
        .into_iter()
        .find_map(|(file, root)| Some(file?.strip_prefix(root?).ok()?.to_owned()))?;
    let parts = path.components().map(|part| match part {
        Component::Normal(part) => part.to_str(),
        _ => None,
    });
    parts
        .collect::<Option<Vec<_>>>()
        .map(|parts| parts.join("/"))
}

/// The path that an address such as `file:///corpus/a%20case.md` names.
pub(crate) fn file(address: &str) -> Option<PathBuf> {
    let rest = address.strip_prefix("file://")?;
    let path = percent_decode_str(rest.get(rest.find('/')?..)?)
        .decode_utf8()
        .ok()?;
    // `/c:/corpus` on Windows.
    let drive = cfg!(windows) && path.as_bytes().get(2) == Some(&b':');
    Some(PathBuf::from(path.get(usize::from(drive)..)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    #[cfg(unix)]
    fn addresses_become_paths_below_the_corpus() {
        let check = |address: &str, expected: Option<&str>| {
            let found = below(Path::new("/quill/corpus"), address);
            assert_eq!(found.as_deref(), expected, "{address}");
        };
        check("file:///quill/corpus/cases/a%20b.md", Some("cases/a b.md"));
        check("file://localhost/quill/corpus/a.md", Some("a.md"));
        check("file:///quill/corpus/../secret.md", None);
        check("file:///quill/corpusx/a.md", None);
        check("file:///quill/corpus/%ff.md", None);
        check("untitled:Untitled-1", None);
        check("file://", None);
        check("", None);
    }
}
