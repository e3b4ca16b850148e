//! The index folder: a marker that afield made it, a lock for writers, and one store with its sidecars.
//!
//! ```text
//! INDEX/
//! ├── afield.json        marker: format, corpus, name of the store in force; swapped atomically
//! ├── lock               held by the one writer; the system lets go of it when the process ends, however it ends
//! └── store-1/           a tantivy index, whose commit names the sidecars that belong to it
//!     ├── manifest-….bin     every file of the corpus as it was met
//!     └── generation-….bin   vocabularies, observations, totals
//! ```

use crate::IndexError;
use crate::directory::StoreDirectory;
use crate::schema::{self, FORMAT, Fields};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use std::fs::{self, File, TryLockError};
use std::io::Write as _;
use std::path::{Path, PathBuf};
use tantivy::Index;
use xxhash_rust::xxh3::xxh3_64;

const MARKER: &str = "afield.json";
const LOCK: &str = "lock";
const STORE_PREFIX: &str = "store-";
/// Endings of the files that every segment has.
const ESSENTIAL: [&str; 6] = ["fast", "fieldnorm", "idx", "pos", "store", "term"];

/// Up to this size, in bytes, an index is read whole to see that nothing in it was spoiled: some milliseconds.
const CHECKED_IN_FULL: u64 = 8 << 20;

/// Where a corpus is, and where its index is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Location {
    /// The corpus folder.
    pub corpus: PathBuf,
    /// The index folder; made when needed.
    pub index: PathBuf,
}

impl Location {
    /// A corpus and where its index is kept.
    pub fn new(corpus: impl Into<PathBuf>, index: impl Into<PathBuf>) -> Self {
        Self {
            corpus: corpus.into(),
            index: index.into(),
        }
    }

    /// The corpus folder in one spelling, so that it is the same however it was typed.
    pub(crate) fn canonical_corpus(&self) -> PathBuf {
        self.corpus
            .canonicalize()
            .unwrap_or_else(|_| self.corpus.clone())
    }
}

/// What `afield.json` holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Marker {
    /// Always `afield`: what tells our folder from another's.
    pub(crate) made_by: String,
    /// Version of the index format.
    pub(crate) format: u32,
    /// The corpus it was built from.
    pub(crate) corpus: PathBuf,
    /// Name of the store in force; [`None`] before the first build is done.
    pub(crate) store: Option<String>,
}

impl Marker {
    /// The marker of a folder, [`None`] without one.
    ///
    /// # Errors
    /// [`IndexError::Foreign`] when the folder holds something else.
    pub(crate) fn read(folder: &Path) -> Result<Option<Self>, IndexError> {
        let path = folder.join(MARKER);
        let foreign = || IndexError::Foreign {
            path: folder.to_owned(),
        };
        match fs::read(&path) {
            Ok(bytes) => {
                let marker: Self = serde_json::from_slice(&bytes).map_err(|_| foreign())?;
                if marker.made_by == "afield" {
                    Ok(Some(marker))
                } else {
                    Err(foreign())
                }
            }
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                let empty = !folder.exists() || is_fresh(folder)?;
                if empty { Ok(None) } else { Err(foreign()) }
            }
            Err(error) => Err(IndexError::io("read", path)(error)),
        }
    }

    /// Puts the marker in force.
    pub(crate) fn write(&self, folder: &Path) -> Result<(), IndexError> {
        let bytes = serde_json::to_vec_pretty(self)
            .map_err(|error| IndexError::io("write", folder)(error.into()))?;
        write_atomically(&folder.join(MARKER), &bytes)
    }

    /// Whether its store can be used as it is for a corpus.
    pub(crate) fn suits(&self, corpus: &Path) -> bool {
        self.format == FORMAT && self.corpus == corpus
    }
}

/// Whether a folder without a marker holds nothing, or nothing but the lock of a first run that was cut off.
fn is_fresh(folder: &Path) -> Result<bool, IndexError> {
    let entries = fs::read_dir(folder).map_err(IndexError::io("read", folder))?;
    for entry in entries {
        let entry = entry.map_err(IndexError::io("read", folder))?;
        let ours = entry.file_name() == LOCK
            || entry
                .file_name()
                .to_string_lossy()
                .starts_with(".afield.json");
        if !ours {
            return Ok(false);
        }
    }
    Ok(true)
}

/// Writes a file so that a reader meets the old one or the new one, never half.
pub(crate) fn write_atomically(path: &Path, bytes: &[u8]) -> Result<(), IndexError> {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let temporary = path.with_file_name(format!(".{name}.{}", std::process::id()));
    let write = || -> std::io::Result<()> {
        let mut file = File::create(&temporary)?;
        file.write_all(bytes)?;
        file.sync_all()?;
        fs::rename(&temporary, path)
    };
    write().map_err(|error| {
        // The error that is reported is the first one; what is left behind is a hidden file of ours.
        fs::remove_file(&temporary).ok();
        IndexError::io("write", path)(error)
    })
}

/// The right to write to an index folder.
#[derive(Debug)]
pub(crate) struct WriterLock {
    _file: File,
}

impl WriterLock {
    /// Takes the lock; [`None`] when another writer has it and `wait` is not wanted.
    pub(crate) fn take(
        folder: &Path,
        wait: bool,
        on_wait: &mut dyn FnMut(),
    ) -> Result<Option<Self>, IndexError> {
        fs::create_dir_all(folder).map_err(IndexError::io("make", folder))?;
        let path = folder.join(LOCK);
        let file = File::options()
            .create(true)
            .append(true)
            .open(&path)
            .map_err(IndexError::io("open", &path))?;
        match file.try_lock() {
            Ok(()) => Ok(Some(Self { _file: file })),
            Err(TryLockError::WouldBlock) if wait => {
                on_wait();
                file.lock().map_err(IndexError::io("lock", &path))?;
                Ok(Some(Self { _file: file }))
            }
            Err(TryLockError::WouldBlock) => Ok(None),
            Err(TryLockError::Error(error)) => Err(IndexError::io("lock", path)(error)),
        }
    }
}

/// Which sidecars belong to a commit: the commit's payload.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Payload {
    /// Tells the content: the same corpus has the same generation on any machine.
    pub(crate) generation: String,
    /// File name of the manifest.
    pub(crate) manifest: String,
    /// File name of the generation's sidecar.
    pub(crate) sidecar: String,
}

/// A tantivy index in its folder.
#[derive(Debug, Clone)]
pub(crate) struct Store {
    pub(crate) folder: PathBuf,
    pub(crate) index: Index,
    pub(crate) fields: Fields,
}

impl Store {
    /// Opens the store that a marker names.
    pub(crate) fn open(index_folder: &Path, name: &str) -> Result<Self, IndexError> {
        let folder = index_folder.join(name);
        let mut index = Index::open(StoreDirectory::open(&folder)?)?;
        index.set_tokenizers(schema::tokenizers());
        let fields = Fields::new();
        if index.schema() != fields.schema {
            return Err(IndexError::Damaged { path: folder });
        }
        Ok(Self {
            folder,
            index,
            fields,
        })
    }

    /// Makes an empty store under a name that is not in use.
    pub(crate) fn create(index_folder: &Path) -> Result<(Self, String), IndexError> {
        let mut number = 1;
        while index_folder
            .join(format!("{STORE_PREFIX}{number}"))
            .exists()
        {
            number += 1;
        }
        let name = format!("{STORE_PREFIX}{number}");
        let folder = index_folder.join(&name);
        fs::create_dir_all(&folder).map_err(IndexError::io("make", &folder))?;
        let fields = Fields::new();
        let mut index = Index::create_in_dir(&folder, fields.schema.clone())?;
        index.set_tokenizers(schema::tokenizers());
        Ok((
            Self {
                folder,
                index,
                fields,
            },
            name,
        ))
    }

    /// Checks that every file of the engine is there, opens, and, for an index of up to [`CHECKED_IN_FULL`] bytes, holds
    /// what was written. The engine itself would meet damage only in the middle of a search, where it may well panic;
    /// reading the whole of a large index every time would cost more than the search.
    ///
    /// # Errors
    /// [`IndexError::Damaged`] with the first file that is missing or another than it was.
    pub(crate) fn verify(&self) -> Result<(), IndexError> {
        let damaged = |file: PathBuf| IndexError::Damaged {
            path: self.folder.join(file),
        };
        let mut size = 0;
        for segment in self.index.searchable_segment_metas()? {
            for ending in ESSENTIAL {
                let file = PathBuf::from(format!("{}.{ending}", segment.id().uuid_string()));
                match fs::metadata(self.folder.join(&file)) {
                    Ok(metadata) if metadata.is_file() => size += metadata.len(),
                    _ => return Err(damaged(file)),
                }
            }
        }
        if size <= CHECKED_IN_FULL {
            let spoiled = self.index.validate_checksum()?.into_iter().min();
            return spoiled.map_or(Ok(()), |file| Err(damaged(file)));
        }
        self.index.reader()?;
        Ok(())
    }

    /// The payload of the commit in force.
    pub(crate) fn payload(&self) -> Result<Payload, IndexError> {
        let payload = self.index.load_metas()?.payload.unwrap_or_default();
        serde_json::from_str(&payload).map_err(|_| IndexError::Damaged {
            path: self.folder.join("meta.json"),
        })
    }

    /// Reads a sidecar.
    pub(crate) fn read_sidecar<T: DeserializeOwned>(&self, name: &str) -> Result<T, IndexError> {
        let path = self.folder.join(name);
        let bytes = fs::read(&path).map_err(IndexError::io("read", &path))?;
        unsealed(&bytes)
            .and_then(|content| postcard::from_bytes(content).ok())
            .ok_or(IndexError::Damaged { path })
    }

    /// Writes a sidecar; `room` is about its size in bytes.
    pub(crate) fn write_sidecar<T: Serialize>(
        &self,
        name: &str,
        value: &T,
        room: usize,
    ) -> Result<(), IndexError> {
        let path = self.folder.join(name);
        let room = Vec::with_capacity(room);
        let mut bytes = postcard::to_extend(value, room)
            .map_err(|_| IndexError::Damaged { path: path.clone() })?;
        let sum = xxh3_64(&bytes);
        bytes.extend(sum.to_le_bytes());
        write_atomically(&path, &bytes)
    }

    /// Removes sidecars that no commit names any more. A reader that lost one to this opens the next commit.
    pub(crate) fn sweep(&self, keep: &Payload) {
        let Ok(entries) = fs::read_dir(&self.folder) else {
            return;
        };
        for entry in entries.flatten() {
            let name = entry.file_name().to_string_lossy().into_owned();
            // A leading dot marks one that a killed writer had not finished.
            let plain = name.trim_start_matches('.');
            let sidecar = plain.starts_with("manifest-") || plain.starts_with("generation-");
            if sidecar && name != keep.manifest && name != keep.sidecar {
                fs::remove_file(entry.path()).ok();
            }
        }
    }
}

/// The content of a sidecar, if it is as it was written: zeros in its place would read as an empty catalogue.
fn unsealed(bytes: &[u8]) -> Option<&[u8]> {
    let (content, sum) = bytes.split_last_chunk()?;
    (xxh3_64(content) == u64::from_le_bytes(*sum)).then_some(content)
}

/// Removes the stores that are not in force, and markers that were never finished. Readers that still have a store
/// open keep it until they close. Only the one writer may call this.
pub(crate) fn sweep_stores(index_folder: &Path, keep: &str) {
    let Ok(entries) = fs::read_dir(index_folder) else {
        return;
    };
    for entry in entries.flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        let number = name.strip_prefix(STORE_PREFIX);
        let ours = number.is_some_and(|number| number.parse::<u32>().is_ok());
        if ours && name != keep {
            fs::remove_dir_all(entry.path()).ok();
        } else if name.starts_with(".afield.json.") {
            fs::remove_file(entry.path()).ok();
        }
    }
}
