//! Bringing an index in step with its corpus: changed, new and removed files only, swapped in atomically.

use crate::IndexError;
use crate::manifest::{Files, Generation, Manifest, Stamp, State};
use crate::schema::FORMAT;
use crate::store::{self, Location, Marker, Payload, Store, WriterLock};
use crate::write::{self, Written};
use afield_corpus::{Catalogue, Diagnostic, Failed, Found, Skipped, Walk};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::time::{SystemTime, UNIX_EPOCH};
use xxhash_rust::xxh3::{xxh3_64, xxh3_128_with_seed};

/// How to bring an index in step.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct RefreshOptions {
    /// Build anew, whatever is there.
    pub rebuild: bool,
    /// Do not wait while another process writes: answer [`IndexError::Busy`].
    pub no_wait: bool,
}

/// How far the work is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Progress {
    /// Another process is writing; this one waits for it.
    Waiting,
    /// Files are being read.
    Reading {
        /// Files that are done.
        done: usize,
        /// Files that have to be read.
        total: usize,
    },
    /// What was read is being put in force.
    Finishing,
}

/// The account of a refresh: `indexed + skipped + failed = found`.
#[derive(Debug, Clone, Default, PartialEq)]
#[non_exhaustive]
pub struct Report {
    /// Markdown files that were met.
    pub found: usize,
    /// Files whose case is in the index now.
    pub indexed: usize,
    /// Indexed files that are as they were.
    pub unchanged: usize,
    /// Files whose case was written in this run.
    pub written: usize,
    /// Cases that were taken out, because their file is gone.
    pub removed: usize,
    /// Files that are no cases, each with its reason.
    pub skipped: Vec<Skipped>,
    /// Files that could not be read, each with its reason.
    pub failed: Vec<Failed>,
    /// Indexed files in which problems were met; `check` names them.
    pub problems: usize,
    /// What was met in the files that were read in this run.
    pub diagnostics: Vec<Diagnostic>,
    /// Case files that were opened in this run.
    pub opened: usize,
    /// The generation in force now.
    pub generation: String,
    /// Whether that is another one than before.
    pub changed: bool,
}

/// Brings the index of a corpus in step with it.
///
/// Only files whose size or time changed are opened, and only those whose content changed are indexed again. The
/// old index answers until the new one is whole, and goes on doing so when this fails or is ended midway.
///
/// # Errors
/// When the corpus cannot be read, the index folder is not ours, or the disk refuses.
pub fn refresh(
    location: &Location,
    options: RefreshOptions,
    progress: &mut dyn FnMut(Progress),
) -> Result<Report, IndexError> {
    Marker::read(&location.index)?;
    let lock = WriterLock::take(&location.index, !options.no_wait, &mut || {
        progress(Progress::Waiting);
    });
    let lock = match lock {
        // A folder that can only be read will do where there is nothing to write.
        Err(error) if !options.rebuild => return in_step_already(location)?.ok_or(error),
        lock => lock?,
    };
    let _lock = lock.ok_or_else(|| IndexError::Busy {
        path: location.index.clone(),
    })?;
    // A run that was ended midway left a store that nobody will ever use.
    if let Some(marker) = Marker::read(&location.index)? {
        store::sweep_stores(&location.index, &marker.store.unwrap_or_default());
    }
    let corpus = location.canonical_corpus();
    let walked_at = now();
    let walk = afield_corpus::walk(&corpus)?;
    let current = if options.rebuild {
        None
    } else {
        Current::open(location, &corpus)?
    };
    if let Some(current) = current
        .as_ref()
        .filter(|current| in_step(&current.manifest, &walk))
    {
        return Ok(nothing_to_do(walk, current));
    }
    let (catalogue, mut diagnostics) = match &current {
        Some(current) if data_in_step(&current.manifest, &walk) => {
            (current.generation.catalogue.clone(), Vec::new())
        }
        _ => afield_corpus::load_catalogue(&corpus, &walk),
    };
    // Labels are indexed with the cases, so another vocabulary makes another index.
    let mut current =
        current.filter(|current| current.generation.catalogue.vocabulary == catalogue.vocabulary);
    let plan = Plan::new(&walk, current.as_mut(), walked_at);
    let update = match &current {
        Some(current) if !plan.full => update(current, plan, &corpus, catalogue, progress)?,
        _ => build(location, plan, &corpus, catalogue, progress)?,
    };
    diagnostics.extend(update.written.diagnostics);
    let mut report = account(walk, &update.manifest);
    report.written = update.written.written;
    report.removed = update.removed;
    report.opened = update.written.opened;
    report.unchanged = report.indexed - report.written;
    report.diagnostics = diagnostics;
    report.generation = update.generation;
    report.changed = update.changed;
    Ok(report)
}

/// The account where the index is in step as it is.
fn in_step_already(location: &Location) -> Result<Option<Report>, IndexError> {
    let corpus = location.canonical_corpus();
    let walk = afield_corpus::walk(&corpus)?;
    let current = Current::open(location, &corpus)?;
    let current = current.filter(|current| in_step(&current.manifest, &walk));
    Ok(current.map(|current| nothing_to_do(walk, &current)))
}

fn nothing_to_do(walk: Walk, current: &Current) -> Report {
    let mut report = account(walk, &current.manifest);
    report.unchanged = report.indexed;
    report.generation.clone_from(&current.payload.generation);
    report
}

/// What a refresh did.
struct Update {
    manifest: Manifest,
    written: Written,
    removed: usize,
    generation: String,
    changed: bool,
}

/// Builds a new store beside the one in force, then swaps it in.
fn build(
    location: &Location,
    plan: Plan,
    corpus: &Path,
    catalogue: Catalogue,
    progress: &mut dyn FnMut(Progress),
) -> Result<Update, IndexError> {
    let mut marker = Marker {
        made_by: "afield".to_owned(),
        format: FORMAT,
        corpus: corpus.to_owned(),
        store: None,
    };
    if Marker::read(&location.index)?.is_none() {
        marker.write(&location.index)?;
    }
    let (store, name) = Store::create(&location.index)?;
    let update = fill(&store, plan, corpus, catalogue, progress).inspect_err(|_| {
        // What was begun is of no use, and the disk may be full.
        std::fs::remove_dir_all(&store.folder).ok();
    })?;
    marker.store = Some(name.clone());
    marker.write(&location.index)?;
    store::sweep_stores(&location.index, &name);
    Ok(update)
}

/// Writes every case of a corpus into an empty store.
fn fill(
    store: &Store,
    plan: Plan,
    corpus: &Path,
    catalogue: Catalogue,
    progress: &mut dyn FnMut(Progress),
) -> Result<Update, IndexError> {
    let task = write::Task {
        corpus,
        vocabulary: &catalogue.vocabulary,
        fields: &store.fields,
        walked_at: plan.walked_at,
    };
    let mut writer = write::writer(store, plan.read.len())?;
    let mut written = write::write(&task, &mut writer, &plan.read, &plan.known, progress)?;
    progress(Progress::Finishing);
    let manifest = plan.manifest(&mut written);
    let payload = seal(store, &manifest, catalogue)?;
    write::commit(&mut writer, &payload)?;
    write::merge_all(store, writer)?;
    Ok(Update {
        manifest,
        written,
        removed: 0,
        generation: payload.generation,
        changed: true,
    })
}

/// Mends the store in force: takes out what is gone, replaces what changed.
fn update(
    current: &Current,
    plan: Plan,
    corpus: &Path,
    catalogue: Catalogue,
    progress: &mut dyn FnMut(Progress),
) -> Result<Update, IndexError> {
    let Current { store, payload, .. } = current;
    let task = write::Task {
        corpus,
        vocabulary: &catalogue.vocabulary,
        fields: &store.fields,
        walked_at: plan.walked_at,
    };
    let mut writer = write::writer(store, plan.read.len())?;
    for path in &plan.removed {
        write::remove(&task, &writer, path);
    }
    let mut written = write::write(&task, &mut writer, &plan.read, &plan.known, progress)?;
    progress(Progress::Finishing);
    let removed = plan.removed.len();
    let manifest = plan.manifest(&mut written);
    let sealed = seal(store, &manifest, catalogue)?;
    let changed = sealed.generation != payload.generation;
    if changed {
        write::commit(&mut writer, &sealed)?;
        writer.wait_merging_threads()?;
        store.sweep(&sealed);
    }
    Ok(Update {
        manifest,
        written,
        removed,
        generation: sealed.generation,
        changed,
    })
}

/// Writes the sidecars that belong to a manifest and names them.
fn seal(store: &Store, manifest: &Manifest, catalogue: Catalogue) -> Result<Payload, IndexError> {
    let id = generation_id(manifest, &catalogue)?;
    let payload = Payload {
        manifest: format!("manifest-{id}.bin"),
        sidecar: format!("generation-{id}.bin"),
        generation: id,
    };
    let generation = Generation::new(catalogue, manifest);
    store.write_sidecar(&payload.sidecar, &generation, 1 << 20)?;
    store.write_sidecar(&payload.manifest, manifest, manifest.files.len() * 128)?;
    Ok(payload)
}

/// A name for a corpus's content: the same files with the same content give the same name on any machine.
fn generation_id(manifest: &Manifest, catalogue: &Catalogue) -> Result<String, IndexError> {
    let files = manifest.files.iter();
    let files = files.map(|(path, entry)| xxh3_128_with_seed(path.as_bytes(), entry.hash));
    let files = files.fold(0_u128, u128::wrapping_add);
    let bytes =
        postcard::to_stdvec(&(FORMAT, files, catalogue)).map_err(|_| IndexError::Damaged {
            path: "catalogue".into(),
        })?;
    Ok(format!("{:016x}", xxh3_64(&bytes)))
}

/// Totals what became of every file.
fn account(walk: Walk, manifest: &Manifest) -> Report {
    let mut report = Report {
        found: walk.found(),
        skipped: walk.skipped,
        failed: walk.failed,
        ..Report::default()
    };
    for (path, entry) in manifest.files.iter() {
        match &entry.state {
            State::Indexed { problems, .. } => {
                report.indexed += 1;
                report.problems += usize::from(*problems > 0);
            }
            State::Failed { reason } => report.failed.push(Failed::unreadable(path, reason)),
        }
    }
    report
}

/// Whether an index is in step with its corpus, by sizes and times alone.
pub(crate) fn in_step(manifest: &Manifest, walk: &Walk) -> bool {
    let same_files = manifest.files.len() == walk.cases.len()
        && manifest
            .files
            .iter()
            .zip(&walk.cases)
            .all(|((path, entry), found)| path == found.path && entry.stamp.holds(found));
    same_files && data_in_step(manifest, walk)
}

fn data_in_step(manifest: &Manifest, walk: &Walk) -> bool {
    manifest.data.len() == walk.data.len()
        && walk.data.iter().all(|found| {
            manifest
                .data
                .get(&found.path)
                .is_some_and(|stamp| stamp.holds(found))
        })
}

/// The time now as files carry it: nanoseconds since 1970.
fn now() -> i64 {
    let elapsed = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .unwrap_or_default();
    i64::try_from(elapsed.as_nanos()).unwrap_or(i64::MAX)
}

/// The index that is in force.
struct Current {
    store: Store,
    payload: Payload,
    manifest: Manifest,
    generation: Generation,
}

impl Current {
    /// Opens what is in force; [`None`] when there is nothing, or nothing sound: then it is built anew.
    fn open(location: &Location, corpus: &Path) -> Result<Option<Self>, IndexError> {
        let Some(marker) = Marker::read(&location.index)? else {
            return Ok(None);
        };
        let name = marker.store.clone().filter(|_| marker.suits(corpus));
        Ok(name.and_then(|name| Self::open_store(location, &name).ok()))
    }

    fn open_store(location: &Location, name: &str) -> Result<Self, IndexError> {
        let store = Store::open(&location.index, name)?;
        let payload = store.payload()?;
        let manifest = store.read_sidecar(&payload.manifest)?;
        let generation = store.read_sidecar(&payload.sidecar)?;
        store.verify()?;
        Ok(Self {
            store,
            payload,
            manifest,
            generation,
        })
    }
}

/// What there is to do.
struct Plan {
    /// Whether a new store is built.
    full: bool,
    /// Files to open.
    read: Vec<Found>,
    /// Paths whose file is gone.
    removed: BTreeSet<String>,
    /// What is known of the files that are still there.
    known: Files,
    /// Stamps of the vocabulary and observation files.
    data: BTreeMap<String, Stamp>,
    /// When the walk began.
    walked_at: i64,
}

impl Plan {
    /// Compares a walk with what is known, and takes over the latter.
    fn new(walk: &Walk, current: Option<&mut Current>, walked_at: i64) -> Self {
        let data = walk
            .data
            .iter()
            .map(|found| (found.path.clone(), Stamp::new(found, walked_at)))
            .collect();
        let mut plan = Self {
            full: true,
            read: Vec::new(),
            removed: BTreeSet::new(),
            known: Files::default(),
            data,
            walked_at,
        };
        let resized = match current {
            Some(current) => plan.compare(&walk.cases, std::mem::take(&mut current.manifest.files)),
            None => usize::MAX,
        };
        // Where most files are new or of another size, building beside the old index is cheaper than mending it. A
        // new time alone says little: a checkout touches every file.
        plan.full = resized > walk.cases.len() / 2;
        if plan.full {
            plan.read.clone_from(&walk.cases);
            plan.removed.clear();
            plan.known = Files::default();
        }
        plan
    }

    /// Takes over what is known of files, as far as they are still there, and notes which of those that were met are to
    /// be opened. Gives how many of them are new or of another size.
    fn compare(&mut self, met: &[Found], known: Files) -> usize {
        let mut resized = 0;
        let mut before = known.iter().peekable();
        for found in met {
            while let Some((path, _)) = before.next_if(|(path, _)| *path < found.path.as_str()) {
                self.removed.insert(path.to_owned());
            }
            let entry = before.next_if(|(path, _)| *path == found.path);
            let stamp = entry.map(|(_, entry)| entry.stamp);
            if !stamp.is_some_and(|stamp| stamp.holds(found)) {
                resized += usize::from(stamp.is_none_or(|stamp| stamp.size != found.size));
                self.read.push(found.clone());
            }
        }
        self.removed.extend(before.map(|(path, _)| path.to_owned()));
        self.known = known;
        self.known.remove(&self.removed);
        resized
    }

    /// What is known after the files were read.
    fn manifest(self, written: &mut Written) -> Manifest {
        let mut files = self.known;
        files.put(std::mem::take(&mut written.entries));
        Manifest {
            files,
            data: self.data,
        }
    }
}
