//! The system's watch over a folder: what it tells is turned into hints.

use super::bell::Bell;
use crate::Location;
use notify::event::{AccessKind, AccessMode, ModifyKind};
use notify::{
    Config, Event, EventKind, RecommendedWatcher, RecursiveMode, Result as Told, Watcher as _,
};
use std::path::{Path, PathBuf, absolute};
use std::sync::Arc;

/// Whether the system watches the folder.
#[derive(Debug, Default)]
pub(super) enum Eyes {
    /// Not now, and it can be asked to.
    #[default]
    Shut,
    /// It does.
    Open {
        /// The folder without links, as it was then.
        root: PathBuf,
        /// Watches until it is dropped.
        _watcher: RecommendedWatcher,
    },
    /// It was asked to and cannot.
    Blind,
}

impl Eyes {
    /// Has the system watch the corpus, unless it does already or cannot. What it sees rings the bell.
    ///
    /// Gives the reason when it turns out that it cannot. A folder that is not there is no reason: it may come.
    pub(super) fn open(&mut self, location: &Location, bell: &Arc<Bell>) -> Option<String> {
        let now = location.corpus.canonicalize().ok();
        match self {
            Self::Blind => return None,
            // The corpus may be a link that leads elsewhere now.
            Self::Open { root, .. } if Some(&*root) == now.as_ref() => return None,
            Self::Open { .. } | Self::Shut => self.shut(),
        }
        let root = now?;
        match watch(&root, resolved(&location.index), Arc::clone(bell)) {
            Ok(watcher) => {
                *self = Self::Open {
                    root,
                    _watcher: watcher,
                };
                None
            }
            Err(_) if !root.is_dir() => None,
            Err(error) => {
                *self = Self::Blind;
                Some(error.to_string())
            }
        }
    }

    /// Ends the system's watch, if there is one; it can be asked anew.
    pub(super) fn shut(&mut self) {
        if !matches!(self, Self::Blind) {
            *self = Self::Shut;
        }
    }

    pub(super) fn are_open(&self) -> bool {
        matches!(self, Self::Open { .. })
    }
}

fn watch(root: &Path, index: PathBuf, bell: Arc<Bell>) -> Told<RecommendedWatcher> {
    let folder = root.to_owned();
    let hear = move |told: Told<Event>| match told {
        Ok(event) if is_noise(&event, &folder, &index) => {}
        Ok(event) => bell.ring(is_about(&event, &folder)),
        // It may not watch all of the folder any more.
        Err(_) => bell.ring(true),
    };
    let config = Config::default().with_follow_symlinks(false);
    let mut watcher = RecommendedWatcher::new(hear, config)?;
    watcher.watch(root, RecursiveMode::Recursive)?;
    Ok(watcher)
}

/// Whether an event tells of nothing that was changed, or only of our own writing in an index inside the corpus.
fn is_noise(event: &Event, root: &Path, index: &Path) -> bool {
    let written = AccessKind::Close(AccessMode::Write);
    let read = matches!(event.kind, EventKind::Access(kind) if kind != written);
    let inside = index != root && index.starts_with(root);
    let ours =
        inside && !event.paths.is_empty() && event.paths.iter().all(|path| path.starts_with(index));
    read || ours
}

/// Whether an event tells that the watched folder itself went away.
fn is_about(event: &Event, root: &Path) -> bool {
    let gone = matches!(
        event.kind,
        EventKind::Remove(_) | EventKind::Modify(ModifyKind::Name(_))
    );
    gone && event.paths.iter().any(|path| path == root)
}

/// A path without links, though its last parts may not be there yet.
fn resolved(path: &Path) -> PathBuf {
    let path = absolute(path).unwrap_or_else(|_| path.to_owned());
    path.canonicalize()
        .unwrap_or_else(|_| match (path.parent(), path.file_name()) {
            (Some(parent), Some(name)) => resolved(parent).join(name),
            _ => path.clone(),
        })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tests::{Fixture, three_cases};
    use crate::{RefreshOptions, refresh};
    use std::fs;
    use std::time::{Duration, Instant};

    struct Seen {
        fixture: Fixture,
        location: Location,
        bell: Arc<Bell>,
        eyes: Eyes,
    }

    impl Seen {
        fn new(index: &str) -> Self {
            let fixture = three_cases();
            let location = Location::new(fixture.path(""), fixture.path(index));
            let (bell, mut eyes) = (Arc::default(), Eyes::default());
            assert_eq!(eyes.open(&location, &bell), None);
            assert!(eyes.are_open());
            Self {
                fixture,
                location,
                bell,
                eyes,
            }
        }

        /// Whether something rings within some time.
        fn rings_within(&self, time: Duration) -> bool {
            let began = Instant::now();
            self.bell.wait(Duration::ZERO, time);
            began.elapsed() < time
        }

        #[track_caller]
        fn check(&self, rings: bool) {
            let time = Duration::from_millis(if rings { 60_000 } else { 700 });
            assert_eq!(self.rings_within(time), rings);
        }
    }

    #[test]
    fn a_change_rings_and_reading_does_not() {
        let seen = Seen::new("../index");
        afield_corpus::walk(&seen.location.corpus).expect("a corpus");
        fs::read(seen.fixture.path("cases/shop.md")).expect("a case");
        seen.check(false);
        seen.fixture.write("cases/shop.md", "An arcade.");
        seen.check(true);
    }

    #[test]
    fn an_index_inside_the_corpus_does_not_ring_for_itself() {
        // It is not there yet when looking begins.
        let seen = Seen::new("deep/index");
        fs::create_dir_all(&seen.location.index).expect("a folder");
        seen.check(true);
        refresh(&seen.location, RefreshOptions::default(), &mut |_| ()).expect("an index");
        seen.check(false);
        seen.fixture.write("cases/new.md", "An arcade.");
        seen.check(true);
    }

    #[cfg(unix)]
    #[test]
    fn a_link_that_leads_elsewhere_is_followed() {
        let mut seen = Seen::new("../index");
        let link = seen.fixture.index().with_file_name("link");
        let other = three_cases();
        for corpus in [seen.fixture.path(""), other.path("")] {
            fs::remove_file(&link).ok();
            std::os::unix::fs::symlink(corpus, &link).expect("a link");
            seen.location.corpus.clone_from(&link);
            assert_eq!(seen.eyes.open(&seen.location, &seen.bell), None);
        }
        other.write("cases/new.md", "An arcade.");
        seen.check(true);
        seen.fixture.write("cases/new.md", "An arcade.");
        seen.check(false);
    }

    #[test]
    fn a_folder_that_is_not_there_is_waited_for() {
        let fixture = three_cases();
        let location = Location::new(fixture.path("not-yet"), fixture.index());
        let (bell, mut eyes) = (Arc::default(), Eyes::default());
        assert_eq!(eyes.open(&location, &bell), None);
        assert!(!eyes.are_open());
        fs::create_dir(&location.corpus).expect("a folder");
        assert_eq!(eyes.open(&location, &bell), None);
        assert!(eyes.are_open());
    }
}
