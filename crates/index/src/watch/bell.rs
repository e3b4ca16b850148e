//! What wakes a watch: hints of changed files, the time, and the word to stop.

use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// After the last hint it must be quiet for so long: who saves a file often does so in several steps.
const QUIET: Duration = Duration::from_millis(150);
/// After the first hint it is not waited longer than this for quiet.
const LONGEST: Duration = Duration::from_millis(500);

/// Rung by the system's hints and by who wants the watch to stop.
#[derive(Debug, Default)]
pub(super) struct Bell {
    heard: Mutex<Heard>,
    rung: Condvar,
}

/// What was heard since the last comparison.
#[derive(Debug, Default)]
struct Heard {
    /// When the first and the last hint came.
    hints: Option<(Instant, Instant)>,
    /// Whether what the system watches may no longer be the corpus folder.
    astray: bool,
    stopped: bool,
}

/// Why a wait ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Woken {
    /// There was a hint, or time is up.
    ToCompare,
    /// The same, and the system must be asked anew to watch.
    Astray,
    /// The watch is over.
    Stopped,
}

impl Bell {
    /// Something may have changed.
    pub(super) fn ring(&self, astray: bool) {
        let mut heard = self.heard();
        let now = Instant::now();
        let first = heard.hints.map_or(now, |(first, _)| first);
        // The waiter wakes at the time that the first hint set, and then looks when the last one came.
        if heard.hints.replace((first, now)).is_none() {
            self.rung.notify_all();
        }
        heard.astray |= astray;
    }

    /// Ends this wait and all others.
    pub(super) fn stop(&self) {
        self.heard().stopped = true;
        self.rung.notify_all();
    }

    pub(super) fn is_stopped(&self) -> bool {
        self.heard().stopped
    }

    /// Waits for hints and then for quiet: at least `least`, at most `most`.
    pub(super) fn wait(&self, least: Duration, most: Duration) -> Woken {
        let began = Instant::now();
        let mut heard = self.heard();
        loop {
            if heard.stopped {
                return Woken::Stopped;
            }
            let due = match heard.hints {
                Some((first, last)) => (last + QUIET).min(first + LONGEST).max(began + least),
                None => began + most,
            };
            let left = due
                .min(began + most)
                .saturating_duration_since(Instant::now());
            if left.is_zero() {
                let astray = std::mem::take(&mut *heard).astray;
                return if astray {
                    Woken::Astray
                } else {
                    Woken::ToCompare
                };
            }
            let woken = self.rung.wait_timeout(heard, left);
            heard = woken.unwrap_or_else(PoisonError::into_inner).0;
        }
    }

    fn heard(&self) -> MutexGuard<'_, Heard> {
        self.heard.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const AGES: Duration = Duration::from_secs(3600);

    #[test]
    fn hints_wake_after_some_quiet_and_are_then_forgotten() {
        let bell = Bell::default();
        let began = Instant::now();
        bell.ring(true);
        bell.ring(false);
        assert_eq!(bell.wait(Duration::ZERO, AGES), Woken::Astray);
        assert!(began.elapsed() >= QUIET);
        let short = Duration::from_millis(5);
        assert_eq!(bell.wait(Duration::ZERO, short), Woken::ToCompare);
    }

    #[test]
    fn hints_without_end_do_not_keep_it_waiting() {
        let bell = Bell::default();
        let began = Instant::now();
        let woken = std::thread::scope(|scope| {
            let waiter = scope.spawn(|| bell.wait(Duration::ZERO, AGES));
            while !waiter.is_finished() {
                bell.ring(false);
                std::thread::sleep(Duration::from_millis(1));
            }
            waiter.join().expect("a waiter")
        });
        assert_eq!(woken, Woken::ToCompare);
        assert!(began.elapsed() >= LONGEST);
    }

    #[test]
    fn a_rest_is_kept_and_stopping_goes_before_all() {
        let bell = Bell::default();
        let began = Instant::now();
        bell.ring(false);
        let rest = QUIET * 2;
        assert_eq!(bell.wait(rest, AGES), Woken::ToCompare);
        assert!(began.elapsed() >= rest);
        std::thread::scope(|scope| {
            let waiter = scope.spawn(|| bell.wait(AGES, AGES));
            bell.stop();
            assert_eq!(waiter.join().expect("a waiter"), Woken::Stopped);
        });
        assert_eq!(bell.wait(AGES, AGES), Woken::Stopped);
    }
}
