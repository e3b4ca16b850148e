//! The key file on the disk: read, locked, replaced all at once.

use super::KeysError;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

/// The text of a key file.
pub(super) fn read(path: &Path) -> Result<String, KeysError> {
    fs::read_to_string(path).map_err(|error| match error.kind() {
        io::ErrorKind::NotFound => KeysError::Missing {
            path: path.to_owned(),
        },
        _ => KeysError::io("read", path)(error),
    })
}

/// Where a key file really is, or will be; makes the folder it will be in. A link stays a link: what it points to is
/// what gets replaced.
pub(super) fn settle(path: &Path) -> Result<PathBuf, KeysError> {
    if let Ok(real) = path.canonicalize() {
        return Ok(real);
    }
    let folder = folder(path);
    fs::create_dir_all(folder).map_err(KeysError::io("make", folder))?;
    Ok(path.to_owned())
}

/// The right to change a key file; waits until nobody else has it. The system lets go of it when the process ends,
/// however it ends.
pub(super) fn lock(path: &Path) -> Result<File, KeysError> {
    let path = beside(path, "lock");
    // Reading is enough to lock, so it does not matter which user made the file.
    let file = File::open(&path)
        .or_else(|_| File::options().create(true).append(true).open(&path))
        .map_err(KeysError::io("open", &path))?;
    file.lock().map_err(KeysError::io("lock", &path))?;
    Ok(file)
}

/// Puts a text in the place of a key file, for whoever holds the lock. A reader meets the old text or the new one.
pub(super) fn replace(path: &Path, text: &str) -> Result<(), KeysError> {
    let fresh = beside(path, "new");
    let replaced = write(&fresh, path, text)
        .and_then(|()| fs::rename(&fresh, path).map_err(KeysError::io("write", path)));
    if replaced.is_err() {
        fs::remove_file(&fresh).ok();
        return replaced;
    }
    sync(folder(path)).map_err(KeysError::io("write", path))
}

fn write(fresh: &Path, path: &Path, text: &str) -> Result<(), KeysError> {
    // Left behind by a run that was cut off.
    fs::remove_file(fresh).ok();
    let mut file = private()
        .open(fresh)
        .map_err(KeysError::io("write", fresh))?;
    file.write_all(text.as_bytes())
        .map_err(KeysError::io("write", fresh))?;
    keep_owner(path, &file).map_err(KeysError::io("keep the owner of", path))?;
    file.sync_all().map_err(KeysError::io("write", fresh))
}

/// `.keys.toml.lock` beside `keys.toml`.
fn beside(path: &Path, suffix: &str) -> PathBuf {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    path.with_file_name(format!(".{name}.{suffix}"))
}

fn folder(path: &Path) -> &Path {
    path.parent()
        .filter(|folder| !folder.as_os_str().is_empty())
        .unwrap_or(Path::new("."))
}

/// How a new file is opened: for its owner alone.
fn private() -> OpenOptions {
    let mut options = File::options();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
}

/// Gives a new file the owner of the file it replaces, and lets the same people read it.
///
/// A server often runs as another user than the person who revokes a key. If it could not read the new file, it would
/// go on with the old keys.
#[cfg(unix)]
fn keep_owner(path: &Path, file: &File) -> io::Result<()> {
    use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _, fchown};
    let Ok(old) = fs::metadata(path) else {
        return Ok(());
    };
    let new = file.metadata()?;
    if (old.uid(), old.gid()) != (new.uid(), new.gid()) {
        fchown(file, Some(old.uid()), Some(old.gid()))?;
    }
    let mode = old.mode() & 0o644 | 0o600;
    file.set_permissions(fs::Permissions::from_mode(mode))
}

#[cfg(not(unix))]
fn keep_owner(_: &Path, _: &File) -> io::Result<()> {
    Ok(())
}

/// Makes a renaming last through a power cut.
#[cfg(unix)]
fn sync(folder: &Path) -> io::Result<()> {
    File::open(folder)?.sync_all()
}

#[cfg(not(unix))]
fn sync(_: &Path) -> io::Result<()> {
    Ok(())
}
