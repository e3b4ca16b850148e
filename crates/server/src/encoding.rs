//! Encodes what has no vector yet, beside the answering.

use crate::live::Live;
use afield_index::{EncodeOptions, IndexError, Semantic, in_full};
use std::io;
use std::num::NonZero;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

/// How often a new generation is looked for.
const LOOK: Duration = Duration::from_millis(500);
/// How long is encoded before what is done is put in force.
const STRETCH: Duration = Duration::from_secs(10);
/// How long to leave it to another process that is encoding the same corpus.
const LEAVE: Duration = Duration::from_secs(5);

/// Encodes on a thread of its own until it is dropped. One processor at most is taken from the answering.
#[derive(Debug)]
pub(crate) struct Encoding {
    stop: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
}

impl Encoding {
    /// Starts to encode, if briefs are read by their meaning.
    ///
    /// # Errors
    /// When there is no thread to be had.
    pub(crate) fn new(live: Arc<Live>, semantic: Semantic) -> io::Result<Option<Self>> {
        if semantic == Semantic::Off {
            return Ok(None);
        }
        let stop = Arc::new(AtomicBool::new(false));
        let thread = thread::Builder::new().name("afield-encode".to_owned());
        let thread = thread.spawn({
            let stop = Arc::clone(&stop);
            move || follow(&live, semantic == Semantic::On, &stop)
        })?;
        Ok(Some(Self {
            stop,
            thread: Some(thread),
        }))
    }
}

impl Drop for Encoding {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::Relaxed);
        if let Some(thread) = self.thread.take() {
            thread.thread().unpark();
            thread.join().ok();
        }
    }
}

/// Encodes each generation that comes into force.
fn follow(live: &Live, asked: bool, stop: &AtomicBool) {
    let mut done = None;
    while !stop.load(Ordering::Relaxed) {
        let generation = live.engine().info().generation;
        if done.as_ref() == Some(&generation) {
            thread::park_timeout(LOOK);
            continue;
        }
        match stretch(live, asked, stop) {
            Ok(Stretch::Done) => done = Some(generation),
            Ok(Stretch::More) => {}
            Ok(Stretch::Busy) => thread::park_timeout(LEAVE),
            Err(error) => {
                tracing::error!(error = %in_full(&error), "passages could not be encoded; their cases are found by words");
                done = Some(generation);
            }
        }
    }
}

/// How a while of encoding ended.
enum Stretch {
    /// Nothing is left that may be done.
    Done,
    /// There is more.
    More,
    /// Another process is at it.
    Busy,
}

/// Encodes for a while and puts what was done in force.
fn stretch(live: &Live, asked: bool, stop: &AtomicBool) -> Result<Stretch, IndexError> {
    let mut options = EncodeOptions::default();
    (options.asked, options.threads) = (asked, NonZero::<usize>::MIN);
    let began = Instant::now();
    let report = live
        .engine()
        .encode(live.location(), options, &mut |_, _| {
            !stop.load(Ordering::Relaxed) && began.elapsed() < STRETCH
        })?;
    // Another process may have done it since this generation was opened.
    let behind = report.left == 0 && !live.engine().knows_all();
    if report.encoded > 0 || behind {
        live.reopen()?;
        tracing::info!(encoded = report.encoded, left = report.left, "encoded");
    } else if report.busy {
        return Ok(Stretch::Busy);
    } else if report.left > 0 {
        tracing::warn!(
            left = report.left,
            "too many passages to encode unasked; run `afield index --semantic`, or serve with `--semantic on`"
        );
    }
    Ok(if report.left == 0 || report.encoded == 0 {
        Stretch::Done
    } else {
        Stretch::More
    })
}
