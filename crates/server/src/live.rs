//! The generation in force: swapped as a whole when the corpus changes.

use crate::engine::Engine;
use crate::metrics::Metrics;
use afield_index::{IndexError, Location, Progress};
use arc_swap::ArcSwap;
use std::sync::Arc;

/// The generation in force.
#[derive(Debug)]
pub(crate) struct Live {
    engine: ArcSwap<Engine>,
    location: Location,
    metrics: Metrics,
}

impl Live {
    /// Opens a corpus, after building or mending its index where that is needed.
    ///
    /// # Errors
    /// When there is no index and none can be built.
    pub(crate) fn open(
        location: Location,
        metrics: &Metrics,
        progress: &mut dyn FnMut(Progress),
    ) -> Result<Self, IndexError> {
        let (snapshot, freshness) = afield_index::open_fresh(&location, progress)?;
        for warning in &freshness.warnings {
            tracing::warn!("{warning}");
        }
        let engine = Engine::new(snapshot, freshness.warnings);
        metrics.in_force(&engine.info());
        Ok(Self {
            engine: ArcSwap::from_pointee(engine),
            location,
            metrics: metrics.clone(),
        })
    }

    /// The generation in force. Ask it everything that one request needs.
    pub(crate) fn engine(&self) -> Arc<Engine> {
        self.engine.load_full()
    }
}
