//! What the server counts, in the text format that Prometheus reads.

use afield_index::IndexInfo;
use prometheus_client::encoding::EncodeLabelSet;
use prometheus_client::encoding::text::encode;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::{Histogram, exponential_buckets};
use prometheus_client::registry::{Registry, Unit};
use std::sync::Arc;
use std::time::Duration;

/// Media type of [`Metrics::text`].
pub(crate) const MEDIA_TYPE: &str = "application/openmetrics-text; version=1.0.0; charset=utf-8";

/// What the server counts. Clones count together.
#[derive(Debug, Clone)]
pub(crate) struct Metrics {
    registry: Arc<Registry>,
    requests: Family<Asked, Counter>,
    took: Family<Route, Histogram, fn() -> Histogram>,
    /// Searches that were refused because the queue was full.
    pub(crate) refused: Counter,
    /// Connections that are open.
    pub(crate) connections: Gauge,
    cases: Gauge,
    generations: Counter,
    /// Times that following the corpus failed.
    pub(crate) failures: Counter,
}

/// From half a millisecond to four seconds.
fn durations() -> Histogram {
    Histogram::new(exponential_buckets(0.000_5, 2.0, 14))
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Asked {
    route: String,
    method: String,
    status: u16,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Route {
    route: String,
}

impl Metrics {
    /// Everything at nought.
    pub(crate) fn new() -> Self {
        let mut metrics = Self {
            registry: Arc::default(),
            requests: Family::default(),
            took: Family::new_with_constructor(durations),
            refused: Counter::default(),
            connections: Gauge::default(),
            cases: Gauge::default(),
            generations: Counter::default(),
            failures: Counter::default(),
        };
        let mut registry = Registry::with_prefix("afield");
        registry.register(
            "http_requests",
            "Requests that were answered",
            metrics.requests.clone(),
        );
        registry.register_with_unit(
            "http_request_duration",
            "How long answers took",
            Unit::Seconds,
            metrics.took.clone(),
        );
        registry.register(
            "searches_refused",
            "Searches refused with a full queue",
            metrics.refused.clone(),
        );
        registry.register(
            "connections",
            "Open connections",
            metrics.connections.clone(),
        );
        registry.register("index_cases", "Cases in force", metrics.cases.clone());
        registry.register(
            "index_generations",
            "Generations that came into force",
            metrics.generations.clone(),
        );
        registry.register(
            "index_failures",
            "Times that following the corpus failed",
            metrics.failures.clone(),
        );
        metrics.registry = Arc::new(registry);
        metrics
    }

    /// Counts an answer. `route` is the path as it is documented, so that there are few.
    pub(crate) fn answered(&self, route: &str, method: &str, status: u16, took: Duration) {
        let asked = Asked {
            route: route.to_owned(),
            method: method.to_owned(),
            status,
        };
        self.requests.get_or_create(&asked).inc();
        let route = Route {
            route: route.to_owned(),
        };
        self.took.get_or_create(&route).observe(took.as_secs_f64());
    }

    /// Notes which generation is in force.
    pub(crate) fn in_force(&self, info: &IndexInfo) {
        self.cases
            .set(i64::try_from(info.cases).unwrap_or(i64::MAX));
        self.generations.inc();
    }

    /// All counts, as text.
    pub(crate) fn text(&self) -> String {
        let mut text = String::new();
        // Writing to a text cannot fail.
        encode(&mut text, &self.registry).ok();
        text
    }
}
