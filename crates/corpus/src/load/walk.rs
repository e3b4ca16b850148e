//! What files a corpus has, without opening any.

use super::LoadError;
use std::collections::HashMap;
use std::ffi::OsStr;
use std::fs::{self, FileType, Metadata};
use std::io;
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;
use walkdir::{DirEntry, WalkDir};

/// A larger file is no case study.
pub(super) const LARGEST: u64 = 16 << 20;
/// What is said of a larger file.
pub(super) const TOO_LARGE: &str = "larger than 16 MiB";

/// The vocabulary files beside the cases.
const VOCABULARY: [&str; 5] = [
    "functions.toml",
    "journey.toml",
    "mechanisms.toml",
    "sectors.toml",
    "signals.toml",
];

/// The files of a corpus. Every markdown file that was met is in exactly one of `cases`, `skipped`, `failed`.
///
/// Each list is in the order of its paths.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Walk {
    /// Case studies.
    pub cases: Vec<Found>,
    /// Vocabulary and observation files; their ids are their paths without extension.
    pub data: Vec<Found>,
    /// Files that are no cases by their place, name or size, and links that are not followed.
    pub skipped: Vec<Skipped>,
    /// Files and folders that could not be taken.
    pub failed: Vec<Failed>,
}

impl Walk {
    /// How many markdown files, unfollowed links and unreadable folders were met.
    pub fn found(&self) -> usize {
        self.cases.len() + self.skipped.len() + self.failed.len()
    }
}

/// A file to read.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub struct Found {
    /// Where it is, relative to the corpus, with `/` between folders.
    pub path: String,
    /// The id of its case.
    pub id: String,
    /// Its size in bytes.
    pub size: u64,
    /// When it was last changed, in nanoseconds since 1970 (UTC); 0 where the system does not say.
    pub modified: i64,
}

/// A file that is left out on purpose.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub struct Skipped {
    /// Where it is, relative to the corpus.
    pub path: String,
    /// Why: lower case, no full stop.
    pub reason: String,
}

/// A file or folder that could not be taken.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub struct Failed {
    /// Where it is, relative to the corpus.
    pub path: String,
    /// What kind of trouble it is, as the code of a diagnostic: `duplicate-id`, `bad-file-name`, `unreadable-file`.
    pub code: &'static str,
    /// Why: lower case, no full stop.
    pub reason: String,
}

impl Failed {
    /// A file that was met and could not be read, with the reason for users.
    pub fn unreadable(path: impl Into<String>, reason: impl Into<String>) -> Self {
        Self {
            path: path.into(),
            code: "unreadable-file",
            reason: reason.into(),
        }
    }
}

/// Lists the files of a corpus; opens none.
///
/// With a folder `cases` the cases are the markdown files below it and their ids are the file stems; without, every
/// markdown file is a case and its id is its path without extension. Hidden files and folders are left out, links
/// are followed only to files inside the corpus, and of two cases with one id the first in path order counts.
///
/// # Errors
///
/// If `root` is missing, no folder, or cannot be listed. Trouble further down is in [`Walk::failed`].
pub fn walk(root: &Path) -> Result<Walk, LoadError> {
    let path = root.to_owned();
    match fs::metadata(root) {
        Ok(metadata) if metadata.is_dir() => {}
        Ok(_) => return Err(LoadError::NotAFolder { path }),
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            return Err(LoadError::Missing { path });
        }
        Err(source) => return Err(LoadError::Unreadable { path, source }),
    }
    fs::read_dir(root).map_err(|source| LoadError::Unreadable { path, source })?;
    let has_cases =
        fs::symlink_metadata(root.join("cases")).is_ok_and(|metadata| metadata.is_dir());
    let mut walker = Walker {
        root,
        real: None,
        has_cases,
        walk: Walk::default(),
    };
    let entries = WalkDir::new(root).min_depth(1).into_iter();
    for entry in
        entries.filter_entry(|entry| !(entry.file_type().is_dir() && entry.file_name() == ".git"))
    {
        match entry {
            Ok(entry) => walker.meet(&entry),
            Err(error) => walker.fail_folder(&error),
        }
    }
    Ok(walker.finish())
}

struct Walker<'a> {
    root: &'a Path,
    /// The root without links, once a link was met.
    real: Option<PathBuf>,
    has_cases: bool,
    walk: Walk,
}

/// What a file is for.
#[derive(Clone, Copy, PartialEq)]
enum Role {
    Case,
    Data,
}

impl Walker<'_> {
    fn meet(&mut self, entry: &DirEntry) {
        let kind = entry.file_type();
        if kind.is_dir() {
            return;
        }
        let Some(path) = self.relative(entry.path()) else {
            if is_markdown(entry.path()) {
                self.fail(
                    entry.path(),
                    "bad-file-name",
                    "the path is not UTF-8: rename the file",
                );
            }
            return;
        };
        let role = if is_markdown(entry.path()) {
            Role::Case
        } else if is_data(&path) {
            Role::Data
        } else {
            if kind.is_symlink() && entry.path().is_dir() {
                self.skip(path, "a link to a folder");
            }
            return;
        };
        match self.check(&path, role, entry, kind) {
            Ok(metadata) => self.take(path, role, &metadata),
            Err(Refusal::Skip(reason)) => self.skip(path, reason),
            Err(Refusal::Fail(error)) => self
                .walk
                .failed
                .push(Failed::unreadable(path, error.to_string())),
        }
    }

    /// Whether a file may be read, by its place, kind and size.
    fn check(
        &mut self,
        path: &str,
        role: Role,
        entry: &DirEntry,
        kind: FileType,
    ) -> Result<Metadata, Refusal> {
        let mut parts = path.rsplit('/');
        if parts.next().is_some_and(|name| name.starts_with('.')) {
            return Err(Refusal::Skip("hidden"));
        }
        if parts.any(|folder| folder.starts_with('.')) {
            return Err(Refusal::Skip("in a hidden folder"));
        }
        if role == Role::Case && self.has_cases && !path.starts_with("cases/") {
            return Err(Refusal::Skip("outside `cases/`"));
        }
        let metadata = if kind.is_symlink() {
            self.follow(entry.path())?
        } else {
            entry
                .metadata()
                .map_err(|error| Refusal::Fail(error.into()))?
        };
        if !metadata.is_file() {
            return Err(Refusal::Skip("not a regular file"));
        }
        if metadata.len() > LARGEST {
            return Err(Refusal::Skip(TOO_LARGE));
        }
        Ok(metadata)
    }

    /// What a link leads to, if that is inside the corpus.
    fn follow(&mut self, link: &Path) -> Result<Metadata, Refusal> {
        if self.real.is_none() {
            self.real = Some(self.root.canonicalize().map_err(Refusal::Fail)?);
        }
        let target = link
            .canonicalize()
            .map_err(|_| Refusal::Skip("a link that leads nowhere"))?;
        if !self
            .real
            .as_ref()
            .is_some_and(|real| target.starts_with(real))
        {
            return Err(Refusal::Skip("a link out of the corpus"));
        }
        let metadata = fs::metadata(target).map_err(Refusal::Fail)?;
        if metadata.is_dir() {
            Err(Refusal::Skip("a link to a folder"))
        } else {
            Ok(metadata)
        }
    }

    fn take(&mut self, path: String, role: Role, metadata: &Metadata) {
        let named = if role == Role::Case && self.has_cases {
            path.rsplit('/').next()
        } else {
            None
        };
        let named = named.unwrap_or(&path);
        let id = named
            .rsplit_once('.')
            .map_or(named, |(stem, _)| stem)
            .to_owned();
        let found = Found {
            id,
            size: metadata.len(),
            modified: modified(metadata),
            path,
        };
        match role {
            Role::Case => self.walk.cases.push(found),
            Role::Data => self.walk.data.push(found),
        }
    }

    fn skip(&mut self, path: String, reason: &str) {
        self.walk.skipped.push(Skipped {
            path,
            reason: reason.to_owned(),
        });
    }

    fn fail(&mut self, path: &Path, code: &'static str, reason: &str) {
        let path = path
            .strip_prefix(self.root)
            .unwrap_or(path)
            .to_string_lossy()
            .into_owned();
        self.walk.failed.push(Failed {
            path,
            code,
            reason: reason.to_owned(),
        });
    }

    fn fail_folder(&mut self, error: &walkdir::Error) {
        let reason = error
            .io_error()
            .map_or_else(|| error.to_string(), ToString::to_string);
        self.fail(
            error.path().unwrap_or(self.root),
            "unreadable-file",
            &reason,
        );
    }

    /// The path below the root. Cutting bytes is much cheaper than comparing folders one by one.
    fn relative(&self, path: &Path) -> Option<String> {
        let bytes = path.as_os_str().as_encoded_bytes();
        let below = bytes.get(self.root.as_os_str().len()..).unwrap_or_default();
        let path = std::str::from_utf8(below)
            .ok()?
            .trim_start_matches(std::path::is_separator);
        Some(if std::path::MAIN_SEPARATOR == '/' {
            path.to_owned()
        } else {
            path.replace('\\', "/")
        })
    }

    /// Sorts, and lets the first of each id stand.
    fn finish(self) -> Walk {
        let mut walk = self.walk;
        walk.cases.sort_unstable_by(|a, b| a.path.cmp(&b.path));
        walk.data.sort();
        let mut taken: HashMap<&str, &str> = HashMap::with_capacity(walk.cases.len());
        let mut keep = Vec::with_capacity(walk.cases.len());
        for case in &walk.cases {
            let first = *taken.entry(&case.id).or_insert(&case.path);
            keep.push(first == case.path);
            if first != case.path {
                let reason = format!("id `{}` is taken by `{first}`", case.id);
                walk.failed.push(Failed {
                    path: case.path.clone(),
                    code: "duplicate-id",
                    reason,
                });
            }
        }
        let mut keep = keep.into_iter();
        walk.cases.retain(|_| keep.next().unwrap_or(true));
        walk.skipped.sort();
        walk.failed.sort();
        walk
    }
}

/// Why a file is not taken.
enum Refusal {
    Skip(&'static str),
    Fail(io::Error),
}

fn is_markdown(path: &Path) -> bool {
    let name = path
        .file_name()
        .map(OsStr::as_encoded_bytes)
        .unwrap_or_default();
    [&b".md"[..], b".markdown"].iter().any(|ending| {
        let start = name.len().saturating_sub(ending.len());
        name[start..].eq_ignore_ascii_case(ending)
    })
}

fn is_data(path: &str) -> bool {
    let series = path
        .strip_prefix("observations/")
        .is_some_and(|name| name.ends_with(".toml") && !name.contains('/'));
    series || VOCABULARY.contains(&path)
}

fn modified(metadata: &Metadata) -> i64 {
    let Ok(time) = metadata.modified() else {
        return 0;
    };
    let nanoseconds = match time.duration_since(UNIX_EPOCH) {
        Ok(after) => i64::try_from(after.as_nanos()),
        Err(before) => i64::try_from(before.duration().as_nanos()).map(|nanoseconds| -nanoseconds),
    };
    nanoseconds.unwrap_or(0)
}
