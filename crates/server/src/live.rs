//! The generation in force: swapped as a whole when the corpus changes.

use crate::engine::Engine;
use crate::metrics::Metrics;
use afield_index::{
    IndexError, IndexInfo, Location, Progress, Report, Semantic, Watch, WatchEvent, in_full,
};
use arc_swap::ArcSwap;
use std::io;
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::{self, JoinHandle};

/// The generation in force.
#[derive(Debug)]
pub(crate) struct Live {
    engine: ArcSwap<Engine>,
    location: Location,
    semantic: Semantic,
    metrics: Metrics,
    /// Held while an engine is made and put in force, so that an older one never follows a newer.
    swapping: Mutex<()>,
}

impl Live {
    /// Opens a corpus, after building or mending its index where that is needed.
    ///
    /// # Errors
    /// When there is no index and none can be built.
    pub(crate) fn open(
        location: Location,
        semantic: Semantic,
        metrics: &Metrics,
        progress: &mut dyn FnMut(Progress),
    ) -> Result<Self, IndexError> {
        let (snapshot, freshness) = afield_index::open_fresh(&location, progress)?;
        for warning in &freshness.warnings {
            tracing::warn!("{warning}");
        }
        let engine = Engine::new(snapshot.reading(semantic), freshness.warnings);
        metrics.in_force(&engine.info());
        Ok(Self {
            engine: ArcSwap::from_pointee(engine),
            location,
            semantic,
            metrics: metrics.clone(),
            swapping: Mutex::new(()),
        })
    }

    /// The generation in force. Ask it everything that one request needs.
    pub(crate) fn engine(&self) -> Arc<Engine> {
        self.engine.load_full()
    }

    /// Takes what a watch of the corpus tells.
    fn take(&self, event: WatchEvent) {
        match event {
            WatchEvent::InStep(report) => match self.reopen() {
                Ok(info) => tell(&info, &report),
                // The next change is another chance; until then the generation in force answers.
                Err(error) => self.failed(&error),
            },
            WatchEvent::Failed(error) => self.failed(&error),
            WatchEvent::Blind { reason } => {
                tracing::warn!(
                    reason,
                    "the system cannot tell of changes; the corpus is compared every second"
                );
            }
            _ => {}
        }
    }

    /// Where the corpus and its index are.
    pub(crate) fn location(&self) -> &Location {
        &self.location
    }

    /// Puts in force what the index holds now.
    pub(crate) fn reopen(&self) -> Result<IndexInfo, IndexError> {
        let _swapping = self.swapping.lock().unwrap_or_else(PoisonError::into_inner);
        let snapshot = afield_index::open(&self.location)?;
        let engine = Arc::new(Engine::new(snapshot.reading(self.semantic), Vec::new()));
        engine.warm();
        let info = engine.info();
        self.metrics.in_force(&info);
        self.engine.store(Arc::clone(&engine));
        // Of fifty thousand cases they take a second, for which no search should wait.
        engine.warm_names();
        Ok(info)
    }

    fn failed(&self, error: &IndexError) {
        self.metrics.failures.inc();
        tracing::error!(error = %in_full(error), "the corpus could not be followed; answers are from before");
    }
}

fn tell(info: &IndexInfo, report: &Report) {
    let (written, removed) = (report.written, report.removed);
    tracing::info!(
        generation = info.generation,
        cases = info.cases,
        written,
        removed,
        "in step"
    );
    for diagnostic in &report.diagnostics {
        tracing::warn!(
            path = diagnostic.path,
            line = diagnostic.line,
            "{}",
            diagnostic.message
        );
    }
}

/// Follows the corpus on a thread of its own until it is dropped.
#[derive(Debug)]
pub(crate) struct Following {
    watch: Arc<Watch>,
    thread: Option<JoinHandle<()>>,
}

impl Following {
    /// Starts to follow.
    ///
    /// # Errors
    /// When there is no thread to be had.
    pub(crate) fn new(live: Arc<Live>) -> io::Result<Self> {
        let generation = live.engine().info().generation;
        let watch = Arc::new(Watch::new(live.location.clone(), generation));
        let thread = thread::Builder::new().name("afield-watch".to_owned());
        let thread = thread.spawn({
            let watch = Arc::clone(&watch);
            move || watch.run(&mut |event| live.take(event))
        })?;
        Ok(Self {
            watch,
            thread: Some(thread),
        })
    }
}

impl Drop for Following {
    fn drop(&mut self) {
        self.watch.stop();
        if let Some(thread) = self.thread.take() {
            thread.join().ok();
        }
    }
}
