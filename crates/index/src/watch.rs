//! Keeping an index in step with its corpus while a process runs.
//!
//! What the system tells of changed files is only a hint to look: a walk over the folder tells what changed, and it is
//! taken from time to time without a hint too, as hints get lost on network drives and in containers.

mod bell;
mod eyes;

use crate::error::in_full;
use crate::{IndexError, Location, RefreshOptions, Report, refresh};
use bell::{Bell, Woken};
use eyes::Eyes;
use std::fmt;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// The folder is compared this often without a hint.
const EVERY: Duration = Duration::from_secs(10);
/// The same where hints cannot be had, and while there is no folder or another process writes.
const EVERY_BLIND: Duration = Duration::from_secs(1);
/// After a comparison that brought nothing, this many times its duration pass before the next: on a slow drive, or
/// in a folder in which something else is always written, comparing must not become all there is.
const REST: u32 = 4;

/// Keeps an index in step with its corpus until it is told to stop.
///
/// ```no_run
/// # use afield_index::{Location, Watch, WatchEvent, open};
/// # use std::{sync::Arc, thread};
/// # let location = Location::new("corpus", "index");
/// let snapshot = open(&location)?;
/// let watch = Arc::new(Watch::new(location, snapshot.info().generation));
/// let thread = thread::spawn({
///     let watch = Arc::clone(&watch);
///     move || watch.run(&mut |event| match event {
///         WatchEvent::InStep(_) => { /* open a new snapshot */ }
///         _ => { /* log it */ }
///     })
/// });
/// watch.stop();
/// thread.join().ok();
/// # Ok::<(), afield_index::IndexError>(())
/// ```
pub struct Watch {
    location: Location,
    generation: String,
    bell: Arc<Bell>,
}

/// What there is to tell of a watched corpus.
#[derive(Debug)]
#[non_exhaustive]
pub enum WatchEvent {
    /// A generation is in force that was not told before, whoever made it; or all is well again after
    /// [`WatchEvent::Failed`]. [`crate::open`] gives a snapshot of it.
    InStep(Report),
    /// The index cannot be brought in step; what is in force goes on answering. Tried again and again, told once.
    Failed(IndexError),
    /// The system cannot tell of changes, so the folder is compared every second.
    Blind {
        /// Why, as the system says it.
        reason: String,
    },
}

impl fmt::Debug for Watch {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Watch")
            .field("location", &self.location)
            .finish_non_exhaustive()
    }
}

impl Watch {
    /// A watch over a corpus; `generation` is the one that the caller has open (empty for none), and is not told anew.
    pub fn new(location: Location, generation: impl Into<String>) -> Self {
        Self {
            location,
            generation: generation.into(),
            bell: Arc::default(),
        }
    }

    /// Watches on the caller's thread until [`Watch::stop`], and tells what comes of it.
    ///
    /// Starts with bringing the index in step, so that no change of before is missed. A change is in force within two
    /// seconds, unless reading what changed takes longer. Never waits for another process that writes: what that one
    /// puts in force is told when it is done.
    pub fn run(&self, tell: &mut dyn FnMut(WatchEvent)) {
        self.run_with(Eyes::default(), tell);
    }

    /// Ends [`Watch::run`], from any thread and for good: at once if it waits, else after the refresh that is under way.
    pub fn stop(&self) {
        self.bell.stop();
    }

    fn run_with(&self, mut eyes: Eyes, tell: &mut dyn FnMut(WatchEvent)) {
        let mut account = Account {
            generation: self.generation.clone(),
            trouble: None,
        };
        while !self.bell.is_stopped() {
            // Looking begins before comparing, so that no change falls in between.
            if let Some(reason) = eyes.open(&self.location, &self.bell) {
                tell(WatchEvent::Blind { reason });
            }
            let began = Instant::now();
            let options = RefreshOptions {
                no_wait: true,
                ..RefreshOptions::default()
            };
            let outcome = refresh(&self.location, options, &mut |_| ());
            let busy = matches!(outcome, Err(IndexError::Busy { .. }));
            let news = account.news(outcome);
            let rest = match news {
                Some(WatchEvent::InStep(_)) => Duration::ZERO,
                _ => began.elapsed() * REST,
            };
            if let Some(news) = news {
                tell(news);
            }
            let every = if eyes.are_open() && !busy {
                EVERY
            } else {
                EVERY_BLIND
            };
            match self.bell.wait(rest, every.max(rest)) {
                Woken::Stopped => return,
                Woken::Astray => eyes.shut(),
                Woken::ToCompare => {}
            }
        }
    }
}

/// What was told, so that nothing is told twice.
struct Account {
    generation: String,
    trouble: Option<String>,
}

impl Account {
    fn news(&mut self, outcome: Result<Report, IndexError>) -> Option<WatchEvent> {
        match outcome {
            Ok(report) => {
                let recovered = self.trouble.take().is_some();
                let other = report.generation != self.generation;
                self.generation.clone_from(&report.generation);
                (recovered || other).then_some(WatchEvent::InStep(report))
            }
            Err(IndexError::Busy { .. }) => None,
            Err(error) => {
                let told = in_full(&error);
                let new = self.trouble.as_ref() != Some(&told);
                self.trouble = Some(told);
                new.then_some(WatchEvent::Failed(error))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tests::{Fixture, ids, recall, three_cases};
    use crate::{Snapshot, open};
    use std::fs;
    use std::sync::mpsc::{Receiver, channel};
    use std::thread::{self, JoinHandle};

    /// Far longer than anything here takes; only a test that fails waits for it.
    const PATIENCE: Duration = Duration::from_secs(60);

    /// A corpus that is watched on a thread of its own.
    struct Watched {
        fixture: Fixture,
        watch: Arc<Watch>,
        told: Receiver<WatchEvent>,
        thread: JoinHandle<()>,
    }

    impl Watched {
        fn new(fixture: Fixture, location: Location, eyes: Eyes) -> Self {
            let watch = Arc::new(Watch::new(location, ""));
            let (teller, told) = channel();
            let thread = thread::spawn({
                let watch = Arc::clone(&watch);
                move || watch.run_with(eyes, &mut |event| teller.send(event).expect("a listener"))
            });
            let watched = Self {
                fixture,
                watch,
                told,
                thread,
            };
            assert!(matches!(watched.next(), WatchEvent::InStep(_)));
            watched
        }

        fn start() -> Self {
            let fixture = three_cases();
            let location = fixture.location();
            Self::new(fixture, location, Eyes::default())
        }

        fn next(&self) -> WatchEvent {
            self.told.recv_timeout(PATIENCE).expect("an event")
        }

        /// Waits until an event has made the index as it should be.
        #[track_caller]
        fn until(&self, holds: impl Fn(&Snapshot) -> bool) {
            loop {
                let event = self.told.recv_timeout(PATIENCE);
                let event = event.expect("the change was never in force");
                let in_step = matches!(event, WatchEvent::InStep(_));
                if in_step && open(&self.watch.location).is_ok_and(|snapshot| holds(&snapshot)) {
                    return;
                }
            }
        }

        #[track_caller]
        fn until_found(&self, brief: &str, expected: &[&str]) {
            self.until(|snapshot| ids(&recall(snapshot, brief)) == expected);
        }

        #[track_caller]
        fn until_failed(&self) {
            while !matches!(self.next(), WatchEvent::Failed(_)) {}
        }

        /// Ends the watch; gives what was told meanwhile.
        fn stop(self) -> Vec<WatchEvent> {
            self.watch.stop();
            self.thread.join().expect("a watch that does not panic");
            self.told.try_iter().collect()
        }
    }

    #[test]
    fn edits_additions_and_removals_come_in_force() {
        let watched = Watched::start();
        let fixture = &watched.fixture;
        fixture.write("cases/shop.md", "# A shop\n\nThe arcade emptied.");
        watched.until_found("arcade", &["shop"]);
        fixture.write("cases/deep/down/new.md", "# New\n\nAn arcade.");
        watched.until_found("arcade", &["new", "shop"]);
        // A folder that came while it was watched is watched too.
        fixture.write("cases/deep/down/newer.md", "# Newer\n\nAn arcade.");
        watched.until_found("arcade", &["new", "newer", "shop"]);
        fs::remove_file(fixture.path("cases/shop.md")).expect("a file");
        watched.until_found("arcade", &["new", "newer"]);
        watched.stop();
    }

    #[test]
    fn a_file_saved_by_renaming_or_in_halves_is_taken_as_it_is_in_the_end() {
        let watched = Watched::start();
        let fixture = &watched.fixture;
        fs::write(
            fixture.path("cases/.shop.md.swp"),
            "# A shop\n\nA saved arcade.",
        )
        .expect("a file");
        fs::rename(
            fixture.path("cases/.shop.md.swp"),
            fixture.path("cases/shop.md"),
        )
        .expect("a file");
        watched.until_found("arcade", &["shop"]);
        fs::write(fixture.path("cases/shop.md"), "---\ntitle: [half").expect("a file");
        watched.until_found("arcade", &[]);
        fs::write(
            fixture.path("cases/shop.md"),
            "---\ntitle: Whole\n---\nAn arcade.",
        )
        .expect("a file");
        watched.until_found("arcade", &["shop"]);
        watched.stop();
    }

    #[test]
    fn folders_that_go_and_come_back_are_followed() {
        let watched = Watched::start();
        let fixture = &watched.fixture;
        fixture.write("cases/wing/annex.md", "# An annex\n\nAn arcade.");
        watched.until_found("arcade", &["annex"]);
        let away = fixture.index().with_file_name("away");
        fs::rename(fixture.path("cases/wing"), &away).expect("a folder");
        watched.until_found("arcade", &[]);
        fs::rename(&away, fixture.path("cases/wing")).expect("a folder");
        watched.until_found("arcade", &["annex"]);
        fixture.write("cases/wing/annex.md", "# An annex\n\nA passage.");
        watched.until_found("passage", &["annex"]);
        watched.stop();
    }

    #[test]
    fn a_corpus_that_is_taken_away_is_told_once_and_taken_up_again() {
        let watched = Watched::start();
        let fixture = &watched.fixture;
        let corpus = fixture.location().corpus;
        let away = fixture.index().with_file_name("away");
        fs::rename(&corpus, &away).expect("a folder");
        watched.until_failed();
        // Long enough for another try.
        thread::sleep(EVERY_BLIND * 3 / 2);
        assert!(
            watched.told.try_recv().is_err(),
            "the same trouble is told again"
        );
        fs::rename(&away, &corpus).expect("a folder");
        watched.until_found("travellers", &["airline"]);

        fs::remove_dir_all(&corpus).expect("a folder");
        fixture.write("cases/new.md", "# New\n\nAn arcade.");
        watched.until_found("arcade", &["new"]);
        // What is watched now is the new folder.
        fixture.write("cases/newer.md", "# Newer\n\nAn arcade.");
        watched.until_found("arcade", &["new", "newer"]);
        watched.stop();
    }

    #[test]
    fn what_another_process_puts_in_force_is_told_too() {
        let watched = Watched::start();
        let fixture = &watched.fixture;
        fixture.write("cases/new.md", "# New\n\nAn arcade.");
        fixture.refresh();
        watched.until_found("arcade", &["new"]);
        watched.stop();
    }

    #[test]
    fn another_writer_is_not_waited_for() {
        let watched = Watched::start();
        let fixture = &watched.fixture;
        let lock = fs::File::open(fixture.index().join("lock")).expect("the lock");
        lock.lock().expect("the lock");
        fixture.write("cases/new.md", "# New\n\nAn arcade.");
        thread::sleep(EVERY_BLIND);
        assert!(watched.told.try_recv().is_err(), "a busy index is no news");
        drop(lock);
        watched.until_found("arcade", &["new"]);
        watched.stop();
    }

    #[test]
    fn without_hints_the_folder_is_compared() {
        let fixture = three_cases();
        let location = fixture.location();
        let watched = Watched::new(fixture, location, Eyes::Blind);
        watched.fixture.write("cases/new.md", "# New\n\nAn arcade.");
        watched.until_found("arcade", &["new"]);
        watched.stop();
    }

    #[test]
    fn what_is_known_is_not_told_and_stopping_is_quick() {
        let fixture = three_cases();
        let generation = fixture.refresh().generation;
        let watch = Arc::new(Watch::new(fixture.location(), generation));
        let thread = thread::spawn({
            let watch = Arc::clone(&watch);
            move || {
                let mut told = Vec::new();
                watch.run(&mut |event| told.push(event));
                told
            }
        });
        thread::sleep(Duration::from_millis(300));
        let stopped = Instant::now();
        watch.stop();
        let told = thread.join().expect("a watch that does not panic");
        assert!(told.is_empty(), "{told:?}");
        assert!(stopped.elapsed() < Duration::from_secs(5));
        // For good.
        watch.run(&mut |event| unreachable!("{event:?}"));
    }
}
