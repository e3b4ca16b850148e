//! The corpus compiled in, for a folder without one.

use crate::error::Failure;
use include_dir::{Dir, DirEntry, include_dir};
use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::process;
use std::time::{Duration, UNIX_EPOCH};
use xxhash_rust::xxh3::Xxh3;

static CORPUS: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/corpus");

/// The folder in which the corpus compiled in is unpacked; unpacks it the first time.
///
/// The folder is named for the content, so another version of afield has another folder and nothing in it ever
/// changes. It appears all at once: a second process sees it whole or not at all.
///
/// # Errors
/// When the cache folder cannot be written.
pub(crate) fn unpacked(cache: &Path) -> Result<PathBuf, Failure> {
    let folder = cache.join(format!("corpus-{:016x}", content()));
    if folder.is_dir() {
        return Ok(folder);
    }
    unpack(cache, &folder).map_err(|error| {
        Failure::unusable(format!(
            "failed to unpack the corpus compiled in to `{}`: {error}",
            folder.display()
        ))
        .hint(
            "name a folder of case studies with `--corpus DIR`, or make the cache folder writable",
        )
    })?;
    Ok(folder)
}

fn unpack(cache: &Path, folder: &Path) -> io::Result<()> {
    let temporary = cache.join(format!(".corpus-{}", process::id()));
    fs::create_dir_all(&temporary)?;
    let written = write(&CORPUS, &temporary).and_then(|()| fs::rename(&temporary, folder));
    if written.is_err() {
        // Another process may have been first, or the disk is full; what was begun is of no use either way.
        fs::remove_dir_all(&temporary).ok();
    }
    if folder.is_dir() { Ok(()) } else { written }
}

/// The vocabularies of the corpus compiled in: names and contents of their files.
pub(crate) fn vocabularies() -> impl Iterator<Item = (&'static Path, &'static [u8])> {
    let files = CORPUS.files().filter(|file| {
        let extension = file.path().extension();
        extension.is_some_and(|extension| extension == "toml")
    });
    files.map(|file| (file.path(), file.contents()))
}

/// Writes the files, all dated long ago: what was changed only just now, the index looks at twice.
fn write(folder: &Dir<'_>, target: &Path) -> io::Result<()> {
    let long_ago = UNIX_EPOCH + Duration::from_secs(1_000_000_000);
    for entry in folder.entries() {
        let path = target.join(entry.path());
        match entry {
            DirEntry::Dir(folder) => {
                fs::create_dir_all(&path)?;
                write(folder, target)?;
            }
            DirEntry::File(file) => {
                let mut written = File::create(&path)?;
                written.write_all(file.contents())?;
                written.set_modified(long_ago)?;
            }
        }
    }
    Ok(())
}

/// A name for the content: paths and bytes of all files.
fn content() -> u64 {
    let mut hash = Xxh3::new();
    add(&CORPUS, &mut hash);
    hash.digest()
}

fn add(folder: &Dir<'_>, hash: &mut Xxh3) {
    for entry in folder.entries() {
        hash.update(entry.path().as_os_str().as_encoded_bytes());
        match entry {
            DirEntry::Dir(folder) => add(folder, hash),
            DirEntry::File(file) => hash.update(file.contents()),
        }
    }
}
