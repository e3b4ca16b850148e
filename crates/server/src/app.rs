//! What every request can reach.

use crate::keys::KeyFile;
use crate::live::Live;
use crate::metrics::Metrics;
use crate::options::Options;
use crate::pool::Pool;
use crate::rate::Rate;
use afield_corpus::Month;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

/// What every request can reach, shared.
pub(crate) type App = Arc<State>;

/// What every request can reach.
#[derive(Debug)]
pub(crate) struct State {
    /// How the server is set up.
    pub(crate) options: Options,
    /// The generation in force.
    pub(crate) live: Arc<Live>,
    /// Where searches run.
    pub(crate) pool: Pool,
    /// What is counted.
    pub(crate) metrics: Metrics,
    /// Who may ask; [`None`] is everybody.
    pub(crate) keys: Option<KeyFile>,
    /// How often one may ask.
    pub(crate) rate: Option<Rate>,
    /// Whether the server is about to stop.
    pub(crate) stopping: AtomicBool,
    /// What `/openapi.json` answers.
    pub(crate) document: serde_json::Value,
}

impl State {
    /// The state of a server that has just opened its corpus.
    pub(crate) fn new(
        options: Options,
        live: Arc<Live>,
        metrics: Metrics,
        keys: Option<KeyFile>,
        document: serde_json::Value,
    ) -> Self {
        Self {
            pool: Pool::new(&options, metrics.clone()),
            rate: options.rate.map(Rate::new),
            stopping: AtomicBool::new(false),
            document,
            options,
            live,
            metrics,
            keys,
        }
    }

    /// This month.
    pub(crate) fn today(&self) -> Month {
        let today = (self.options.today)();
        let month = u8::try_from(today.month()).unwrap_or(1);
        Month::new(i32::from(today.year()), month)
    }
}
