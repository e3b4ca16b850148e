//! Where searches run: a bounded pool beside the threads that talk to clients, so that a flood of briefs neither
//! starves the other routes nor piles up.

use crate::metrics::Metrics;
use crate::options::Options;
use crate::problem::{Code, Problem};
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// A bounded pool of workers with a bounded queue.
#[derive(Debug, Clone)]
pub(crate) struct Pool {
    /// A permit for each search that runs.
    running: Arc<Semaphore>,
    /// A permit for each search that runs or waits.
    admitted: Arc<Semaphore>,
    /// How long work may take, waiting included.
    timeout: Duration,
    metrics: Metrics,
}

impl Pool {
    /// A pool of as many workers as the options say, with room for as many who wait.
    pub(crate) fn new(options: &Options, metrics: Metrics) -> Self {
        let (workers, queue) = (options.workers.max(1), options.queue);
        Self {
            running: Arc::new(Semaphore::new(workers)),
            admitted: Arc::new(Semaphore::new(workers.saturating_add(queue))),
            timeout: options.timeout,
            metrics,
        }
    }

    /// Runs work that takes a processor, when its turn comes.
    ///
    /// # Errors
    /// At once when the queue is full; when it takes too long; when the work itself fails or panics.
    pub(crate) async fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> Result<T, Problem> + Send + 'static,
    ) -> Result<T, Problem> {
        let Ok(admitted) = Arc::clone(&self.admitted).try_acquire_owned() else {
            self.metrics.refused.inc();
            let detail = "as many searches are waiting as this server takes; try again in a second";
            return Err(Problem::new(Code::Overloaded, detail).retry_after(1));
        };
        let done = tokio::time::timeout(self.timeout, self.in_turn(admitted, work)).await;
        done.unwrap_or_else(|_| {
            let limit = self.timeout.as_secs_f32();
            let detail = format!("no answer within {limit} seconds");
            Err(Problem::new(Code::TimedOut, detail).retry_after(1))
        })
    }

    async fn in_turn<T: Send + 'static>(
        &self,
        admitted: OwnedSemaphorePermit,
        work: impl FnOnce() -> Result<T, Problem> + Send + 'static,
    ) -> Result<T, Problem> {
        let running = self.turn().await?;
        // The permits go with the work: a client that goes away does not make room for more than there is.
        let work = move || {
            let _permits = (admitted, running);
            work()
        };
        let done = tokio::task::spawn_blocking(work).await;
        done.unwrap_or_else(|failed| {
            tracing::error!(%failed, "a search failed");
            let detail = "the search failed; the log of the server has more";
            Err(Problem::new(Code::Internal, detail))
        })
    }

    async fn turn(&self) -> Result<OwnedSemaphorePermit, Problem> {
        let turn = Arc::clone(&self.running).acquire_owned().await;
        turn.map_err(|_| Problem::new(Code::Stopping, "the server is stopping").retry_after(1))
    }
}
