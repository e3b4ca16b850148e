//! A key file as a running server holds it: read anew while requests come.

use super::{Keyring, KeysError};
use std::error::Error as _;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// The file is looked at no more often.
const BETWEEN_LOOKS: Duration = Duration::from_secs(1);

/// A key file that is followed: what `afield keys` does to it holds a second later.
///
/// The file is read whole each time. It is small, and its time and size do not tell every change: a key can be
/// revoked and another added within one tick of the file system's clock, at the same length.
#[derive(Debug)]
pub struct KeyFile {
    path: PathBuf,
    state: Mutex<State>,
}

#[derive(Debug)]
struct State {
    ring: Arc<Keyring>,
    looked: Instant,
    trouble: Option<String>,
}

impl KeyFile {
    /// Opens a key file.
    ///
    /// # Errors
    /// Those of [`Keyring::read`]: a server should not start with keys that cannot be read.
    pub fn open(path: impl Into<PathBuf>) -> Result<Self, KeysError> {
        let path = path.into();
        let state = State {
            ring: Arc::new(Keyring::read(&path)?),
            looked: Instant::now(),
            trouble: None,
        };
        Ok(Self {
            path,
            state: Mutex::new(state),
        })
    }

    /// The keys as they are now, or were at most a second ago.
    ///
    /// When the file cannot be read any more, is broken or gone, the last keys that could be read still hold, and a
    /// warning is logged, once for each trouble. To shut everybody out, revoke the keys; removing the file does not.
    pub fn current(&self) -> Arc<Keyring> {
        self.current_at(Instant::now())
    }

    /// Why the file as it stands is not the one in force; [`None`] while it is.
    pub fn trouble(&self) -> Option<String> {
        self.state().trouble.clone()
    }

    pub(super) fn current_at(&self, now: Instant) -> Arc<Keyring> {
        let mut state = self.state();
        if now.duration_since(state.looked) >= BETWEEN_LOOKS {
            state.looked = now;
            state.take(Keyring::read(&self.path));
        }
        Arc::clone(&state.ring)
    }

    /// Whoever panicked with the lock left nothing half done: each field is set in one go.
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    /// Takes what came of reading the file.
    fn take(&mut self, read: Result<Keyring, KeysError>) {
        match read {
            Ok(ring) => {
                if self.trouble.take().is_some() || *self.ring != ring {
                    tracing::info!(keys = ring.keys().len(), "the key file was read anew");
                    self.ring = Arc::new(ring);
                }
            }
            Err(error) => {
                let cause = error.source().map(|cause| format!(": {cause}"));
                let trouble = format!("{error}{}", cause.unwrap_or_default());
                if self.trouble.as_ref() != Some(&trouble) {
                    tracing::warn!("{trouble}; the last keys that could be read still hold");
                    self.trouble = Some(trouble);
                }
            }
        }
    }
}
