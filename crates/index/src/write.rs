//! Handing cases to the engine: files are read and parsed side by side, and added as they come.

use crate::IndexError;
use crate::Progress;
use crate::document::{Document, document};
use crate::manifest::{Entry, Files, Stamp, State};
use crate::schema::Fields;
use crate::store::{Payload, Store};
use afield_corpus::{Diagnostic, Found, Vocabulary};
use std::collections::BTreeMap;
use std::num::NonZero;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{SyncSender, sync_channel};
use std::thread;
use tantivy::indexer::{IndexWriterOptions, LogMergePolicy};
use tantivy::{IndexWriter, Term};
use xxhash_rust::xxh3::xxh3_64;

/// Memory of the engine's one indexing thread for a large and a small load, in bytes. The engine writes a segment
/// whenever it is full, so this bounds the memory of an index of any size.
const LARGE_BUDGET: usize = 160 << 20;
const SMALL_BUDGET: usize = 24 << 20;
/// From this many files a load is large.
const LARGE_LOAD: usize = 2_000;
/// After this much text, in bytes, the engine is waited for: its own queue counts documents and not their size. Tests
/// wait after every few files, so that they meet what large corpora meet.
const FLUSH_AFTER: usize = if cfg!(test) { 600 } else { 256 << 20 };
/// Parsed cases that wait for the engine, at most, so that fast readers do not fill the memory.
const QUEUE: usize = 64;

/// What every step of writing needs to know.
pub(crate) struct Task<'a> {
    pub(crate) corpus: &'a Path,
    pub(crate) vocabulary: &'a Vocabulary,
    pub(crate) fields: &'a Fields,
    /// When the files were met, in nanoseconds since 1970.
    pub(crate) walked_at: i64,
}

/// What became of the files that were opened.
#[derive(Debug, Default)]
pub(crate) struct Written {
    pub(crate) entries: BTreeMap<String, Entry>,
    pub(crate) opened: usize,
    pub(crate) written: usize,
    pub(crate) diagnostics: Vec<Diagnostic>,
}

/// A writer fit for a number of files.
pub(crate) fn writer(store: &Store, files: usize) -> Result<IndexWriter, IndexError> {
    let budget = if files >= LARGE_LOAD {
        LARGE_BUDGET
    } else {
        SMALL_BUDGET
    };
    let options = IndexWriterOptions::builder()
        .num_worker_threads(1)
        .num_merge_threads(1)
        .memory_budget_per_thread(budget)
        .build();
    let writer: IndexWriter = store.index.writer_with_options(options)?;
    let mut policy = LogMergePolicy::default();
    // A segment with many dead cases is worth rewriting even when it is large.
    policy.set_del_docs_ratio_before_merge(0.3);
    writer.set_merge_policy(Box::new(policy));
    Ok(writer)
}

/// Opens files, and replaces their cases where the content is another than before. Nothing is in force until
/// [`commit`].
pub(crate) fn write(
    task: &Task<'_>,
    writer: &mut IndexWriter,
    files: &[Found],
    known: &Files,
    progress: &mut dyn FnMut(Progress),
) -> Result<Written, IndexError> {
    let next = AtomicUsize::new(0);
    let (sender, receiver) = sync_channel(QUEUE);
    let readers = thread::available_parallelism()
        .map_or(1, NonZero::get)
        .min(files.len());
    let mut written = Written::default();
    let next = &next;
    // The channel's end moves in, so that it closes before the scope waits for readers who wait for room in it.
    thread::scope(move |scope| {
        for _ in 0..readers {
            let sender = sender.clone();
            scope.spawn(move || read_files(task, files, known, next, sender));
        }
        drop(sender);
        let total = files.len();
        let mut text = 0;
        while let Ok(read) = receiver.recv() {
            text += read.as_ref().map_or(0, |read| read.stamp.size as usize);
            if text > FLUSH_AFTER {
                // What is prepared and not committed is written out, and comes in force with the commit at the end.
                drop(writer.prepare_commit()?);
                text = 0;
            }
            take_in(task, writer, read, known, &mut written)?;
            progress(Progress::Reading {
                done: written.entries.len(),
                total,
            });
        }
        Ok(written)
    })
}

/// A file that was read.
struct Read {
    path: String,
    stamp: Stamp,
    hash: u64,
    content: Content,
}

enum Content {
    /// As it was.
    Same,
    /// A case to index.
    Case {
        document: Box<Document>,
        diagnostics: Vec<Diagnostic>,
    },
    /// Not to be read.
    Unreadable { reason: String },
}

fn read_files(
    task: &Task<'_>,
    files: &[Found],
    known: &Files,
    next: &AtomicUsize,
    sender: SyncSender<Result<Read, IndexError>>,
) {
    while let Some(found) = files.get(next.fetch_add(1, Ordering::Relaxed)) {
        // A closed channel means that the engine has refused: there is nobody left to read for.
        if sender
            .send(read_file(task, found, known.get(&found.path)))
            .is_err()
        {
            return;
        }
    }
}

fn read_file(task: &Task<'_>, found: &Found, known: Option<&Entry>) -> Result<Read, IndexError> {
    let stamp = Stamp::new(found, task.walked_at);
    let path = found.path.clone();
    let (hash, content) = match afield_corpus::read(task.corpus, &found.path) {
        Err(reason) => (0, Content::Unreadable { reason }),
        Ok(text) => {
            let hash = xxh3_64(text.text.as_bytes());
            let same = known.is_some_and(|entry| {
                entry.hash == hash && matches!(entry.state, State::Indexed { .. })
            });
            (
                hash,
                if same {
                    Content::Same
                } else {
                    parse(task, found, &text)?
                },
            )
        }
    };
    Ok(Read {
        path,
        stamp,
        hash,
        content,
    })
}

fn parse(
    task: &Task<'_>,
    found: &Found,
    text: &afield_corpus::Text,
) -> Result<Content, IndexError> {
    let parsed = text.parse(found);
    let document = Box::new(document(&parsed.case, task.vocabulary, task.fields)?);
    Ok(Content::Case {
        document,
        diagnostics: parsed.diagnostics,
    })
}

fn take_in(
    task: &Task<'_>,
    writer: &IndexWriter,
    read: Result<Read, IndexError>,
    known: &Files,
    written: &mut Written,
) -> Result<(), IndexError> {
    let Read {
        path,
        stamp,
        hash,
        content,
    } = read?;
    written.opened += 1;
    let before = known.get(&path);
    let was_indexed = before.is_some_and(|entry| matches!(entry.state, State::Indexed { .. }));
    if was_indexed && !matches!(content, Content::Same) {
        remove(task, writer, &path);
    }
    let state = match content {
        Content::Same => before.map(|entry| entry.state.clone()),
        Content::Unreadable { reason } => Some(State::Failed { reason }),
        Content::Case {
            document,
            diagnostics,
        } => {
            let problems = u32::try_from(diagnostics.len()).unwrap_or(u32::MAX);
            let Document { document, lengths } = *document;
            writer.add_document(document)?;
            written.written += 1;
            written.diagnostics.extend(diagnostics);
            Some(State::Indexed { lengths, problems })
        }
    };
    if let Some(state) = state {
        written.entries.insert(path, Entry { stamp, hash, state });
    }
    Ok(())
}

/// Takes the case of a file out.
pub(crate) fn remove(task: &Task<'_>, writer: &IndexWriter, path: &str) {
    writer.delete_term(Term::from_field_text(task.fields.path, path));
}

/// Puts all that was written and removed in force at once.
pub(crate) fn commit(writer: &mut IndexWriter, payload: &Payload) -> Result<(), IndexError> {
    let payload = serde_json::to_string(payload)
        .map_err(|error| IndexError::io("write", "payload")(error.into()))?;
    let mut prepared = writer.prepare_commit()?;
    prepared.set_payload(&payload);
    prepared.commit()?;
    Ok(())
}

/// Makes one segment of all: a query then walks one posting list a word.
pub(crate) fn merge_all(store: &Store, mut writer: IndexWriter) -> Result<(), IndexError> {
    let segments = store.index.searchable_segment_ids()?;
    if segments.len() > 1 {
        writer.merge(&segments).wait()?;
    }
    writer.wait_merging_threads()?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;
    use std::time::Duration;

    #[test]
    fn an_engine_that_refuses_ends_the_run() {
        let folder = tempfile::tempdir().unwrap();
        let corpus = folder.path().join("corpus");
        fs::create_dir(&corpus).unwrap();
        for number in 0..QUEUE * 40 {
            fs::write(
                corpus.join(format!("{number}.md")),
                "Fernbank closed a gate",
            )
            .unwrap();
        }
        let (sender, receiver) = std::sync::mpsc::channel();
        thread::spawn(move || {
            let files = afield_corpus::walk(&corpus).unwrap().cases;
            let (store, _) = Store::create(folder.path()).unwrap();
            let mut writer = writer(&store, files.len()).unwrap();
            fs::remove_dir_all(&store.folder).unwrap();
            let task = Task {
                corpus: &corpus,
                vocabulary: &Vocabulary::default(),
                fields: &store.fields,
                walked_at: 0,
            };
            let outcome = write(&task, &mut writer, &files, &Files::default(), &mut |_| {});
            sender.send(outcome.is_err()).unwrap();
        });
        let refused = receiver.recv_timeout(Duration::from_secs(60));
        assert_eq!(refused, Ok(true), "readers wait for an engine that is gone");
    }
}
