//! Mending the files of a corpus, for `afield check --fix`: the one place that writes to cases.

use crate::error::Failure;
use crate::output::Talk;
use afield_corpus::{fix, load_catalogue, read, walk};
use std::fs::{self, File, Permissions};
use std::io::{self, Write as _};
use std::path::Path;

/// Mends the cases that were asked for, and tells what was mended. A file that cannot be read is passed over, since the
/// check reports it; one that is not UTF-8 too, since its letters would be lost.
///
/// # Errors
/// When the corpus cannot be walked, or a file cannot be written; those before it are mended.
pub(crate) fn mend(
    root: &Path,
    is_wanted: impl Fn(&str) -> bool,
    talk: &Talk,
) -> Result<(), Failure> {
    let walk = walk(root)?;
    let (catalogue, _) = load_catalogue(root, &walk);
    for found in walk.cases.iter().filter(|found| is_wanted(&found.path)) {
        let file = root.join(&found.path);
        let Some(text) = text(root, &found.path) else {
            continue;
        };
        let fixed = fix(&text, &catalogue.vocabulary);
        if fixed.text != text {
            replace(&file, &fixed.text).map_err(|error| Failure::file("write", &file, &error))?;
        }
        for mended in &fixed.mended {
            talk.mended(&format!("{}:{} {}", found.path, mended.line, mended.what));
        }
    }
    Ok(())
}

/// The whole text of a file. A link has none of its own: what it leads to is mended where it lies.
fn text(root: &Path, path: &str) -> Option<String> {
    let metadata = fs::symlink_metadata(root.join(path)).ok()?;
    let text = read(root, path).ok()?;
    (metadata.is_file() && text.lossy.is_none()).then_some(text.text)
}

/// Puts a text in the place of a file. Whoever reads it meets the old text or the new one.
fn replace(file: &Path, text: &str) -> io::Result<()> {
    let old = fs::metadata(file)?;
    if old.permissions().readonly() {
        return Err(io::ErrorKind::PermissionDenied.into());
    }
    // Hidden, so that nobody who follows the corpus takes it for a case.
    let fresh = file.with_file_name(format!(".afield-{}", std::process::id()));
    let replaced = write(&fresh, text, old.permissions()).and_then(|()| fs::rename(&fresh, file));
    if replaced.is_err() {
        fs::remove_file(&fresh).ok();
    }
    replaced
}

fn write(fresh: &Path, text: &str, permissions: Permissions) -> io::Result<()> {
    // Left behind by a run that was cut off.
    fs::remove_file(fresh).ok();
    let mut file = File::options().write(true).create_new(true).open(fresh)?;
    file.write_all(text.as_bytes())?;
    file.set_permissions(permissions)?;
    file.sync_all()
}
