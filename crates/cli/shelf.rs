//! A corpus that cases are added to: where a new file goes, and that nothing there is ever overwritten.

use crate::args::Global;
use crate::config::{Config, FoundBy, below_here, this_month};
use crate::error::Failure;
use afield_corpus::{
    Draft, Found, Parsed, Surroundings, Vocabulary, Walk, lint, load_catalogue, parse, read_case,
    walk,
};
use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File};
use std::io::Write as _;
use std::path::{Path, PathBuf};

/// A corpus that cases are added to.
pub(crate) struct Shelf {
    /// The words to tag with.
    pub(crate) vocabulary: Vocabulary,
    config: Config,
    walk: Walk,
    /// Where the case of each id is, those included that were placed since.
    taken: BTreeMap<String, String>,
    /// The folder of the cases, with a slash; empty where the whole corpus is.
    cases: &'static str,
}

/// A file that has a place, and is not written yet.
pub(crate) struct Placed {
    /// Its path in the corpus, with `/` between folders.
    pub(crate) path: String,
    /// What it will hold.
    text: String,
    /// That as a search will read it.
    pub(crate) parsed: Parsed,
}

impl Shelf {
    /// Opens the corpus that the flags name.
    ///
    /// # Errors
    /// When there is none but the one compiled in, which is the same for everybody.
    pub(crate) fn open(global: &Global) -> Result<Self, Failure> {
        let config = Config::new(global)?;
        if config.found_by == FoundBy::Shipped {
            return Err(
                Failure::misuse("no case is added to the corpus compiled in").hint(
                    "make a corpus with `afield init DIR`, or name yours with `--corpus DIR`",
                ),
            );
        }
        let walk = walk(&config.corpus)?;
        let (catalogue, _) = load_catalogue(&config.corpus, &walk);
        let taken = walk.cases.iter();
        let taken = taken.map(|found| (found.id.clone(), found.path.clone()));
        // A folder `cases` would hide the notes of a folder that has done without.
        let has_cases = config.corpus.join("cases").is_dir() || walk.cases.is_empty();
        Ok(Self {
            vocabulary: catalogue.vocabulary,
            taken: taken.collect(),
            cases: if has_cases { "cases/" } else { "" },
            config,
            walk,
        })
    }

    /// Finds the place of a draft, and keeps it.
    ///
    /// # Errors
    /// When a case is there, or has the same id elsewhere; the reason is for users.
    pub(crate) fn place(&mut self, draft: &Draft) -> Result<Placed, String> {
        let path = format!("{}{}", self.cases, draft.path());
        let stem = path.strip_suffix(".md").unwrap_or(&path);
        let id = match self.cases {
            "" => stem,
            _ => stem.rsplit('/').next().unwrap_or(stem),
        };
        match self.taken.get(id) {
            _ if self.on_disk(&path).symlink_metadata().is_ok() => {
                return Err(format!("`{path}` is there already"));
            }
            Some(other) if *other == path => return Err(format!("`{path}` is made already")),
            Some(other) => return Err(format!("`{other}` has the id `{id}` already")),
            None => {}
        }
        let text = draft.to_string();
        let parsed = parse(&path, id, &text);
        self.taken.insert(id.to_owned(), path.clone());
        Ok(Placed { path, text, parsed })
    }

    /// The codes of what is to be said of files that are not written yet, among the cases that are there, by their paths.
    pub(crate) fn check(&self, placed: &[&Placed]) -> BTreeMap<String, BTreeSet<String>> {
        let read = |found: &Found| read_case(&self.config.corpus, found).ok();
        let mut cases: Vec<Parsed> = self.walk.cases.iter().filter_map(read).collect();
        cases.extend(placed.iter().map(|placed| placed.parsed.clone()));
        let others = self.walk.skipped.iter().map(|skipped| &skipped.path);
        let files: BTreeSet<String> = self.taken.values().chain(others).cloned().collect();
        let around = Surroundings {
            root: Some(&self.config.corpus),
            vocabulary: &self.vocabulary,
            files: &files,
            today: this_month(),
        };
        let paths = placed
            .iter()
            .map(|placed| (placed.path.clone(), BTreeSet::new()));
        let mut codes: BTreeMap<String, BTreeSet<String>> = paths.collect();
        for found in lint(&cases, around) {
            if let Some(codes) = codes.get_mut(&found.path) {
                codes.insert(found.code);
            }
        }
        codes
    }

    /// Writes a file that has a place.
    ///
    /// # Errors
    /// When something is there after all, or the disk refuses.
    pub(crate) fn write(&self, placed: &Placed) -> Result<(), Failure> {
        write_new(&self.on_disk(&placed.path), placed.text.as_bytes())
    }

    /// Where a path of the corpus is, as seen from the working folder.
    pub(crate) fn on_disk(&self, path: &str) -> PathBuf {
        let whole = self.config.corpus.join(path);
        below_here(&whole).unwrap_or(whole)
    }

    /// The command that checks a file of the corpus, or all of it.
    pub(crate) fn check_command(&self, path: Option<&str>) -> String {
        let mut command = "afield check".to_owned();
        if self.config.found_by == FoundBy::Flag {
            command += &format!(" --corpus {}", word(&self.config.corpus));
        }
        if let Some(path) = path {
            command += &format!(" {}", word(&self.on_disk(path)));
        }
        command
    }
}

/// Writes a file that was not there, and the folders above it.
///
/// # Errors
/// When it is there, or the disk refuses.
pub(crate) fn write_new(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    let write = || {
        fs::create_dir_all(path.parent().unwrap_or(Path::new("")))?;
        File::create_new(path)?.write_all(bytes)
    };
    write().map_err(|error| Failure::file("write", path, &error))
}

/// A path as a word of a command, in quotes where a shell would cut it.
pub(crate) fn word(path: &Path) -> String {
    let path = path.display().to_string();
    let is_plain = |letter: char| letter.is_alphanumeric() || "-_./\\:~".contains(letter);
    if path.chars().all(is_plain) {
        path
    } else {
        format!("'{}'", path.replace('\'', r"'\''"))
    }
}
