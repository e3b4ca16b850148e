//! One file to its text.

use super::walk::{Failed, Found, LARGEST, TOO_LARGE};
use crate::lines::Lines;
use crate::{Diagnostic, Parsed, Place, parse};
use std::fs::{self, File};
use std::io::Read;
use std::path::{Component, Path};

/// The text of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Text {
    /// The text; bytes that are not UTF-8 are replaced by `U+FFFD`.
    pub text: String,
    /// Where the first byte that is not UTF-8 stands.
    pub lossy: Option<Place>,
}

impl Text {
    /// Reads the text as a case study; bytes that are not UTF-8 are reported as `not-utf-8`.
    pub fn parse(&self, found: &Found) -> Parsed {
        let mut parsed = parse(&found.path, &found.id, &self.text);
        if let Some(diagnostic) = self.not_utf8(&found.path) {
            parsed.diagnostics.push(diagnostic);
            parsed.diagnostics.sort();
        }
        parsed
    }

    /// The finding on bytes that are not UTF-8, if there are any.
    pub(crate) fn not_utf8(&self, path: &str) -> Option<Diagnostic> {
        let message = "the text is not UTF-8 here";
        let diagnostic = Diagnostic::error(path, self.lossy?, "not-utf-8", message);
        Some(diagnostic.help("save the file as UTF-8; until then some letters are lost"))
    }
}

/// Reads a file of a corpus; `path` is relative to it, with `/` between folders.
///
/// # Errors
///
/// If the file leads out of the corpus, cannot be read, is too large or is no text; the reason is for users.
pub fn read(root: &Path, path: &str) -> Result<Text, String> {
    let bytes = bytes(root, path)?;
    if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
        return Err("the text is UTF-16: save the file as UTF-8".to_owned());
    }
    let zero = bytes.iter().position(|byte| *byte == 0);
    let (text, bad) = match String::from_utf8(bytes) {
        Ok(text) => (text, None),
        Err(error) => {
            let valid = error.utf8_error().valid_up_to();
            (
                String::from_utf8_lossy(error.as_bytes()).into_owned(),
                Some(valid),
            )
        }
    };
    if zero.is_some() {
        let at = text.find('\0').map_or(Place::START, |at| place(&text, at));
        return Err(format!(
            "line {} column {} holds a NUL byte: not a text file",
            at.line, at.column
        ));
    }
    let lossy = bad.map(|at| place(&text, at));
    Ok(Text { text, lossy })
}

/// Reads and parses a case.
///
/// # Errors
///
/// As [`read`].
pub fn read_case(root: &Path, found: &Found) -> Result<Parsed, Failed> {
    match read(root, &found.path) {
        Ok(text) => Ok(text.parse(found)),
        Err(reason) => Err(Failed::unreadable(&found.path, reason)),
    }
}

fn bytes(root: &Path, path: &str) -> Result<Vec<u8>, String> {
    let relative = Path::new(path);
    if !relative
        .components()
        .all(|part| matches!(part, Component::Normal(_)))
    {
        return Err("the path leads out of the corpus".to_owned());
    }
    let file = root.join(relative);
    let reason = |error: std::io::Error| error.to_string();
    let mut metadata = fs::symlink_metadata(&file).map_err(reason)?;
    if metadata.is_symlink() {
        let target = file.canonicalize().map_err(reason)?;
        if !target.starts_with(root.canonicalize().map_err(reason)?) {
            return Err("a link out of the corpus".to_owned());
        }
        metadata = fs::metadata(&file).map_err(reason)?;
    }
    // Opening a pipe would wait for a writer.
    if !metadata.is_file() {
        return Err("not a regular file".to_owned());
    }
    let mut bytes = Vec::with_capacity(metadata.len().min(LARGEST) as usize);
    // The file may have grown since: one byte more than the limit tells.
    File::open(&file)
        .map_err(reason)?
        .take(LARGEST + 1)
        .read_to_end(&mut bytes)
        .map_err(reason)?;
    if bytes.len() as u64 > LARGEST {
        Err(TOO_LARGE.to_owned())
    } else {
        Ok(bytes)
    }
}

/// A place of the text as an editor counts it: any line break counts, a byte order mark does not.
fn place(text: &str, offset: usize) -> Place {
    let before = crate::lines::normalise(&text[..offset]);
    Lines::new(&before, 1).place(before.len())
}
