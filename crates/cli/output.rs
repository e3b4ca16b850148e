//! Where things are said: data on stdout, talk on stderr; colour and width.

use crate::args::{Form, Global};
use crate::error::Failure;
use afield_present::{Page, json};
use clap::ColorChoice;
use serde::Serialize;
use std::env;
use std::io::{self, BufRead as _, BufWriter, IsTerminal as _, StdoutLock, Write};

/// Stdout, locked and buffered.
pub(crate) type Answer = BufWriter<StdoutLock<'static>>;

/// The terminal as this run may use it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Talk {
    quiet: bool,
    verbose: bool,
    /// Whether errors and notes are coloured.
    colour: bool,
    /// Whether someone watches stderr: only then is progress animated.
    pub(crate) watched: bool,
    /// What text is written on.
    pub(crate) page: Page,
}

impl Talk {
    /// What the flags and the streams allow.
    pub(crate) fn new(global: &Global) -> Self {
        let (out, err) = (io::stdout().is_terminal(), io::stderr().is_terminal());
        let mut page = Page::new(if out { terminal_width() } else { 80 });
        page.colour = coloured(global.color, out);
        page.hints = out && !global.quiet;
        Self {
            quiet: global.quiet,
            verbose: global.verbose,
            colour: coloured(global.color, err),
            watched: err && !global.quiet,
            page,
        }
    }

    /// Stdout, locked and buffered. It has to be flushed, so that a closed pipe is met where it can be told.
    pub(crate) fn answer(&self) -> Answer {
        BufWriter::new(io::stdout().lock())
    }

    /// Writes an answer as JSON or, with `text`, for people.
    pub(crate) fn write<View: Serialize>(
        &self,
        form: Form,
        view: &View,
        text: impl FnOnce(&View, &Page, &mut Answer) -> io::Result<()>,
    ) -> Result<(), Failure> {
        let mut out = self.answer();
        if form.is_json() {
            json::write(view, &mut out)?;
        } else {
            text(view, &self.page, &mut out)?;
        }
        Ok(out.flush()?)
    }

    pub(crate) fn is_quiet(&self) -> bool {
        self.quiet
    }

    pub(crate) fn is_verbose(&self) -> bool {
        self.verbose
    }

    /// A failure.
    pub(crate) fn error(&self, message: &str) {
        self.say("error", "\u{1b}[1;31m", message);
    }

    /// What to do about a failure.
    pub(crate) fn hint(&self, message: &str) {
        self.say("hint", "\u{1b}[1;36m", message);
    }

    /// What to do next, when all went well; not said when quiet.
    pub(crate) fn next(&self, steps: &[&str]) {
        for step in steps.iter().filter(|_| !self.quiet) {
            self.hint(step);
        }
    }

    /// Asks a question until there is an answer; none where nobody can see the question or type, or wants to.
    pub(crate) fn ask(&self, question: &str) -> Option<String> {
        if self.quiet || !io::stdin().is_terminal() || !io::stderr().is_terminal() {
            return None;
        }
        loop {
            write!(io::stderr().lock(), "{}: ", harmless(question)).ok()?;
            let mut answer = String::new();
            // Nothing read is the end of input, which leaves the line of the question open.
            if io::stdin().lock().read_line(&mut answer).ok()? == 0 {
                writeln!(io::stderr().lock()).ok();
                return None;
            }
            if !answer.trim().is_empty() {
                return Some(answer);
            }
        }
    }

    /// What a user should know; not said when quiet.
    pub(crate) fn note(&self, message: &str) {
        if !self.quiet {
            self.say("note", "\u{1b}[1;33m", message);
        }
    }

    /// What was changed in a user's file, as `path:line what`; not said when quiet.
    pub(crate) fn mended(&self, message: &str) {
        if !self.quiet {
            self.say("mended", "\u{1b}[1;32m", message);
        }
    }

    /// What only an attentive user wants to know.
    pub(crate) fn detail(&self, message: &str) {
        if self.verbose {
            self.say("note", "\u{1b}[2m", message);
        }
    }

    fn say(&self, word: &str, style: &str, message: &str) {
        let (style, reset) = if self.colour {
            (style, "\u{1b}[0m")
        } else {
            ("", "")
        };
        let message = harmless(message);
        // There is nobody left to tell when stderr is closed.
        writeln!(io::stderr().lock(), "{style}{word}:{reset} {message}").ok();
    }
}

/// Case files name themselves in messages, so a message must not steer the terminal either.
fn harmless(message: &str) -> String {
    let letters = message.chars();
    letters
        .filter(|letter| *letter == '\n' || !letter.is_control())
        .collect()
}

fn terminal_width() -> usize {
    terminal_size::terminal_size().map_or(80, |(width, _)| usize::from(width.0))
}

/// `NO_COLOR` counts when it is set and not empty (no-color.org); a flag is stronger.
fn coloured(choice: ColorChoice, is_terminal: bool) -> bool {
    let refused = || env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
    let dumb = || env::var_os("TERM").is_some_and(|term| term == "dumb");
    match choice {
        ColorChoice::Always => true,
        ColorChoice::Never => false,
        ColorChoice::Auto => is_terminal && !refused() && !dumb(),
    }
}
