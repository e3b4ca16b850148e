//! The engine's view of its folder, which may be one that can only be read.

use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tantivy::directory::error::{DeleteError, LockError, OpenReadError, OpenWriteError};
use tantivy::directory::{
    Directory, DirectoryLock, FileHandle, Lock, META_LOCK, MmapDirectory, WatchCallback,
    WatchHandle, WritePtr,
};

/// A folder on disk as the engine has it, but for one thing: who opens an index only to read need not be able to write
/// the lock that keeps files from being removed meanwhile.
#[derive(Debug, Clone)]
pub(crate) struct StoreDirectory {
    files: MmapDirectory,
    folder: PathBuf,
}

impl StoreDirectory {
    /// Opens a folder.
    pub(crate) fn open(folder: &Path) -> Result<Self, tantivy::TantivyError> {
        Ok(Self {
            files: MmapDirectory::open(folder)?,
            folder: folder.to_owned(),
        })
    }

    /// The lock as one who only reads can have it. Without any, a file may be gone when it is opened, and opening is
    /// then tried anew by [`crate::open`].
    fn reading_lock(&self, lock: &Lock) -> DirectoryLock {
        let file = File::open(self.folder.join(&lock.filepath));
        let held = file.and_then(|file| file.lock_shared().map(|()| file));
        DirectoryLock::from(Box::new(held.ok()))
    }
}

impl Directory for StoreDirectory {
    fn acquire_lock(&self, lock: &Lock) -> Result<DirectoryLock, LockError> {
        match self.files.acquire_lock(lock) {
            Err(LockError::IoError(_)) if lock.filepath == META_LOCK.filepath => {
                Ok(self.reading_lock(lock))
            }
            outcome => outcome,
        }
    }

    fn get_file_handle(&self, path: &Path) -> Result<Arc<dyn FileHandle>, OpenReadError> {
        self.files.get_file_handle(path)
    }

    fn delete(&self, path: &Path) -> Result<(), DeleteError> {
        self.files.delete(path)
    }

    fn exists(&self, path: &Path) -> Result<bool, OpenReadError> {
        self.files.exists(path)
    }

    fn open_write(&self, path: &Path) -> Result<WritePtr, OpenWriteError> {
        self.files.open_write(path)
    }

    fn atomic_read(&self, path: &Path) -> Result<Vec<u8>, OpenReadError> {
        self.files.atomic_read(path)
    }

    fn atomic_write(&self, path: &Path, data: &[u8]) -> io::Result<()> {
        self.files.atomic_write(path, data)
    }

    fn sync_directory(&self) -> io::Result<()> {
        self.files.sync_directory()
    }

    fn watch(&self, callback: WatchCallback) -> tantivy::Result<WatchHandle> {
        self.files.watch(callback)
    }
}
