//! Where things are and what day it is: flags over `AFIELD_*` over what is found over what is compiled in.
//!
//! The one place that reads the environment and the clock (the looks of the terminal aside, see `output`).

use crate::args::Global;
use crate::error::Failure;
use crate::shipped;
use afield_corpus::{Month, nearest_corpus};
use afield_index::Location;
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use std::env;
use std::fmt;
use std::path::{Path, PathBuf};
use xxhash_rust::xxh3::xxh3_64;

/// Where this run reads and keeps things.
#[derive(Debug, Clone)]
pub(crate) struct Config {
    /// The corpus folder: `--corpus`, else `AFIELD_CORPUS`, else the nearest `corpus/` at or above the working
    /// folder that has `cases/` or `sectors.toml`, else the corpus compiled in, unpacked in the cache folder.
    pub(crate) corpus: PathBuf,
    /// How the corpus was found.
    pub(crate) found_by: FoundBy,
    /// The index folder: `--index`, else `AFIELD_INDEX`, else a folder of the cache folder, named for the corpus.
    pub(crate) index: PathBuf,
}

/// How the corpus was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum FoundBy {
    /// `--corpus`.
    Flag,
    /// `AFIELD_CORPUS`.
    Variable,
    /// At or above the working folder.
    Search,
    /// It is the one compiled in.
    Shipped,
}

impl fmt::Display for FoundBy {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Flag => "named by `--corpus`",
            Self::Variable => "named by `AFIELD_CORPUS`",
            Self::Search => "found from the working folder",
            Self::Shipped => "compiled in",
        })
    }
}

impl Config {
    /// Finds corpus and index.
    ///
    /// # Errors
    /// When a folder that was named is not there, or the corpus compiled in cannot be unpacked.
    pub(crate) fn new(global: &Global) -> Result<Self, Failure> {
        let (corpus, found_by) = corpus(global)?;
        if !corpus.is_dir() {
            let trouble = if corpus.exists() {
                "is not a folder"
            } else {
                "not found"
            };
            let message = format!(
                "corpus folder `{}` {trouble} ({found_by})",
                corpus.display()
            );
            return Err(Failure::unusable(message)
                .hint("name a folder of case studies with `--corpus DIR`"));
        }
        Ok(Self {
            index: index_folder(global.index.as_ref(), &corpus),
            corpus,
            found_by,
        })
    }

    /// Corpus and index as the index room wants them.
    pub(crate) fn location(&self) -> Location {
        Location::new(&self.corpus, &self.index)
    }
}

fn corpus(global: &Global) -> Result<(PathBuf, FoundBy), Failure> {
    if let Some(folder) = &global.corpus {
        return Ok((folder.clone(), FoundBy::Flag));
    }
    if let Some(folder) = variable("AFIELD_CORPUS") {
        return Ok((folder, FoundBy::Variable));
    }
    let here = env::current_dir().unwrap_or_default();
    if let Some(folder) = nearest_corpus(&here) {
        return Ok((folder, FoundBy::Search));
    }
    Ok((shipped::unpacked(&cache_folder())?, FoundBy::Shipped))
}

fn index_folder(flag: Option<&PathBuf>, corpus: &Path) -> PathBuf {
    flag.cloned()
        .or_else(|| variable("AFIELD_INDEX"))
        .unwrap_or_else(|| {
            let canonical = corpus.canonicalize().unwrap_or_else(|_| corpus.to_owned());
            let name = xxh3_64(canonical.as_os_str().as_encoded_bytes());
            cache_folder().join(format!("index-{name:016x}"))
        })
}

/// The user's cache folder, else a folder among the temporary files.
fn cache_folder() -> PathBuf {
    use etcetera::BaseStrategy as _;
    let cache = etcetera::choose_base_strategy().map(|strategy| strategy.cache_dir());
    cache.unwrap_or_else(|_| env::temp_dir()).join("afield")
}

/// A text from the environment; an empty one counts as not set.
pub(crate) fn text_variable(name: &str) -> Option<String> {
    env::var(name).ok().filter(|value| !value.is_empty())
}

/// A path from the environment; an empty one counts as not set.
fn variable(name: &str) -> Option<PathBuf> {
    env::var_os(name)
        .filter(|value| !value.is_empty())
        .map(PathBuf::from)
}

/// The key file of the HTTP door: `--keys`, else `AFIELD_KEYS`, else `keys.toml` in afield's folder among the user's
/// settings.
///
/// # Errors
/// When none is named and the user has no home.
pub(crate) fn keys_file(flag: Option<&PathBuf>) -> Result<PathBuf, Failure> {
    use etcetera::BaseStrategy as _;
    if let Some(file) = flag.cloned().or_else(|| variable("AFIELD_KEYS")) {
        return Ok(file);
    }
    let settings = etcetera::choose_base_strategy().map_err(|error| {
        Failure::misuse(format!("no place for the key file: {error}"))
            .hint("name one with `--keys FILE` or `AFIELD_KEYS`")
    })?;
    Ok(settings.config_dir().join("afield").join("keys.toml"))
}

/// A path as seen from the working folder, if it is in there.
pub(crate) fn below_here(path: &Path) -> Option<PathBuf> {
    let here = env::current_dir().ok()?;
    let real = here.canonicalize().ok();
    let mut folders = [Some(here), real].into_iter().flatten();
    folders.find_map(|here| path.strip_prefix(here).ok().map(Path::to_owned))
}

/// Today, in universal time.
pub(crate) fn today() -> Date {
    TimeZone::UTC.to_datetime(Timestamp::now()).date()
}

/// This month, in universal time.
pub(crate) fn this_month() -> Month {
    let today = today();
    Month::new(i32::from(today.year()), today.month().unsigned_abs())
}
