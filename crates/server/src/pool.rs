//! Where searches run: a bounded pool beside the threads that talk to clients, so that a flood of briefs neither
//! starves the other routes nor piles up.

use crate::metrics::Metrics;
use crate::problem::{Code, Problem};
use std::sync::Arc;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// A bounded pool of workers with a bounded queue.
#[derive(Debug, Clone)]
pub(crate) struct Pool {
    /// A permit for each search that runs.
    running: Arc<Semaphore>,
    /// A permit for each search that runs or waits.
    admitted: Arc<Semaphore>,
    metrics: Metrics,
}

impl Pool {
    /// A pool of so many workers, with room for so many who wait.
    pub(crate) fn new(workers: usize, queue: usize, metrics: Metrics) -> Self {
        let workers = workers.max(1);
        Self {
            running: Arc::new(Semaphore::new(workers)),
            admitted: Arc::new(Semaphore::new(workers.saturating_add(queue))),
            metrics,
        }
    }

    /// Runs work that takes a processor, when its turn comes.
    ///
    /// # Errors
    /// At once when the queue is full; when the work itself fails or panics.
    pub(crate) async fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> Result<T, Problem> + Send + 'static,
    ) -> Result<T, Problem> {
        let Ok(admitted) = Arc::clone(&self.admitted).try_acquire_owned() else {
            self.metrics.refused.inc();
            let detail = "as many searches are waiting as this server takes; try again in a second";
            return Err(Problem::new(Code::Overloaded, detail).retry_after(1));
        };
        let running = self.turn().await?;
        // The permits go with the work: a client that goes away does not make room for more than there is.
        let work = move || {
            let _permits = (admitted, running);
            work()
        };
        let done = tokio::task::spawn_blocking(work).await;
        done.unwrap_or_else(|failed| {
            tracing::error!(%failed, "a search failed");
            Err(Problem::new(
                Code::Internal,
                "the search failed; the log of the server has more",
            ))
        })
    }

    async fn turn(&self) -> Result<OwnedSemaphorePermit, Problem> {
        let turn = Arc::clone(&self.running).acquire_owned().await;
        turn.map_err(|_| Problem::new(Code::Stopping, "the server is stopping").retry_after(1))
    }
}
