//! How far the indexer is: a bar for someone who watches, a line for a log.

use crate::output::Talk;
use afield_index::{Progress, Report};
use indicatif::{ProgressBar, ProgressStyle};
use std::time::Instant;

/// From this many files on, a bar is worth its flicker.
const WORTH_A_BAR: usize = 1_000;

/// Tells of one run of the indexer.
pub(crate) struct Teller<'a> {
    talk: &'a Talk,
    bar: Option<ProgressBar>,
    since: Instant,
}

impl<'a> Teller<'a> {
    pub(crate) fn new(talk: &'a Talk) -> Self {
        Self {
            talk,
            bar: None,
            since: Instant::now(),
        }
    }

    /// Takes one step of the indexer's progress.
    pub(crate) fn step(&mut self, progress: Progress) {
        match progress {
            Progress::Waiting => self
                .talk
                .note("another process is writing this index; waiting for it"),
            Progress::Reading { done, total } if self.talk.watched && total >= WORTH_A_BAR => {
                self.bar(total).set_position(done as u64);
            }
            Progress::Finishing => {
                if let Some(bar) = &self.bar {
                    bar.set_message("putting it in force");
                }
            }
            _ => {}
        }
    }

    /// Takes one step of encoding: how many texts of how many are done.
    pub(crate) fn encoded(&mut self, done: usize, total: usize) {
        if done == 0 {
            self.talk.note(&format!(
                "encoding {total} passages; searches go on meanwhile, and what is done is kept"
            ));
        }
        if self.talk.watched {
            self.bar(total).set_position(done as u64);
        }
    }

    /// Closes the bar and says what was done, where anything was.
    pub(crate) fn finish(self, report: Option<&Report>) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
        let Some(report) = report.filter(|report| report.changed) else {
            return;
        };
        let seconds = self.since.elapsed().as_secs_f64();
        let built = report.unchanged == 0;
        if built {
            self.talk.note(&format!(
                "indexed {} in {seconds:.1} s",
                cases(report.indexed)
            ));
        } else {
            self.talk.detail(&format!(
                "brought the index in step: {} new or changed, {} removed, in {seconds:.1} s",
                report.written, report.removed
            ));
        }
        if !report.failed.is_empty() {
            let count = report.failed.len();
            self.talk.note(&format!(
                "files that could not be read: {count}; `afield index` names them"
            ));
        }
    }

    fn bar(&mut self, total: usize) -> &ProgressBar {
        self.bar.get_or_insert_with(|| {
            let bar = ProgressBar::new(total as u64);
            let style = ProgressStyle::with_template("{bar:30} {pos}/{len}, {eta} left {msg}");
            // The template is fixed; should it be refused, the plain bar does as well.
            if let Ok(style) = style {
                bar.set_style(style);
            }
            bar
        })
    }
}

fn cases(number: usize) -> String {
    format!("{number} case{}", if number == 1 { "" } else { "s" })
}
