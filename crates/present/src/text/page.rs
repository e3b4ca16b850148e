//! Lines of text: what each part of a line is, where a line breaks, and whether there is colour.

use anstyle::{AnsiColor, Style};
use std::io::{self, Write};
use unicode_width::UnicodeWidthChar;

/// What a text is written on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Page {
    /// Columns; longer lines are broken between words. Held within 40 to 120, where lines are pleasant to read.
    pub width: usize,
    /// Whether parts are told apart by colour and weight.
    pub colour: bool,
    /// Whether a closing hint says what to do next; meant for people, not for pipes.
    pub hints: bool,
}

impl Page {
    /// A page of 80 columns without colour or hints, as a pipe gets it.
    pub const PLAIN: Self = Self {
        width: 80,
        colour: false,
        hints: false,
    };

    /// A page of some width; without colour or hints.
    pub fn new(width: usize) -> Self {
        Self {
            width: width.clamp(40, 120),
            ..Self::PLAIN
        }
    }
}

/// What a part of a line is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Role {
    Plain,
    /// A title or heading.
    Title,
    /// A word of the brief.
    Match,
    /// What one reads last: ids, labels of fields.
    Quiet,
    /// It worked.
    Good,
    /// Worth a second look.
    Warning,
    /// It failed.
    Bad,
}

impl Role {
    fn style(self) -> Style {
        match self {
            Self::Plain => Style::new(),
            Self::Title => Style::new().bold(),
            Self::Match => Style::new().bold().underline(),
            Self::Quiet => Style::new().dimmed(),
            Self::Good => AnsiColor::Green.on_default(),
            Self::Warning => AnsiColor::Yellow.on_default(),
            Self::Bad => AnsiColor::Red.on_default(),
        }
    }
}

/// A space at which no line breaks; written as an ordinary one.
const FIRM_SPACE: char = '\u{a0}';

/// One line before it is broken: characters, each with its role.
#[derive(Debug, Clone, Default)]
pub(crate) struct Line(Vec<(char, Role)>);

impl Line {
    pub(crate) fn new() -> Self {
        Self::default()
    }

    /// A line of one role.
    pub(crate) fn of(role: Role, text: &str) -> Self {
        Self::new().with(role, text)
    }

    /// The same with more text. Control characters are left out: a case study must not steer a terminal.
    pub(crate) fn with(mut self, role: Role, text: &str) -> Self {
        let visible = text.chars().map(|letter| {
            if letter == '\n' || letter == '\t' {
                ' '
            } else {
                letter
            }
        });
        self.0.extend(
            visible
                .filter(|letter| !letter.is_control())
                .map(|letter| (letter, role)),
        );
        self
    }

    /// The same with more plain text.
    pub(crate) fn plain(self, text: &str) -> Self {
        self.with(Role::Plain, text)
    }

    /// The same with another line behind it.
    pub(crate) fn join(mut self, other: Self) -> Self {
        self.0.extend(other.0);
        self
    }

    /// The same with one more item after a dot; an empty item is passed over.
    pub(crate) fn item(self, role: Role, text: &str) -> Self {
        if text.is_empty() {
            return self;
        }
        let separated = if self.0.is_empty() {
            self
        } else {
            self.with(Role::Quiet, "\u{a0}· ")
        };
        separated.with(role, text)
    }

    /// The same with text in which some spans of characters are matches.
    pub(crate) fn marked(mut self, text: &str, spans: &[[usize; 2]]) -> Self {
        for (position, letter) in text.chars().enumerate() {
            let matched = spans
                .iter()
                .any(|&[start, end]| (start..end).contains(&position));
            let role = if matched { Role::Match } else { Role::Plain };
            self = self.with(role, letter.encode_utf8(&mut [0; 4]));
        }
        self
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Writes the line, broken between words, each piece behind `indent` spaces.
    pub(crate) fn write(&self, page: &Page, indent: usize, out: &mut impl Write) -> io::Result<()> {
        self.write_behind(
            &Self::of(Role::Plain, &" ".repeat(indent)),
            page,
            indent,
            out,
        )
    }

    /// The same with `margin` in place of the first piece's indent: a number, a bullet, a name.
    pub(crate) fn write_behind(
        &self,
        margin: &Self,
        page: &Page,
        indent: usize,
        out: &mut impl Write,
    ) -> io::Result<()> {
        let room = page.width.saturating_sub(indent).max(20);
        for (number, piece) in self.broken(room).into_iter().enumerate() {
            match number {
                0 => write_runs(&margin.0, page.colour, out)?,
                _ => write!(out, "{}", " ".repeat(indent))?,
            }
            write_runs(piece, page.colour, out)?;
            writeln!(out)?;
        }
        Ok(())
    }

    /// Writes the line whole, however wide it is.
    pub(crate) fn write_unbroken(&self, page: &Page, out: &mut impl Write) -> io::Result<()> {
        write_runs(&self.0, page.colour, out)?;
        writeln!(out)
    }

    /// The pieces of at most `room` columns; a word that is longer stays whole, so that links can be followed.
    fn broken(&self, room: usize) -> Vec<&[(char, Role)]> {
        let letters = self.0.as_slice();
        let mut pieces = Vec::new();
        let (mut start, mut used, mut chance) = (0, 0, None);
        for (position, &(letter, _)) in letters.iter().enumerate() {
            used += width(letter);
            if used > room
                && letter != ' '
                && let Some((end, next)) = chance
            {
                pieces.push(&letters[start..end]);
                start = next;
                used = letters[start..=position]
                    .iter()
                    .map(|&(letter, _)| width(letter))
                    .sum();
                chance = None;
            }
            if letter == ' ' {
                chance = Some((position, position + 1));
            } else if width(letter) > 1 {
                chance = Some((position + 1, position + 1));
            }
        }
        pieces.push(&letters[start..]);
        pieces
    }
}

/// Columns that a character takes.
fn width(letter: char) -> usize {
    letter.width().unwrap_or(0)
}

/// Columns that a text takes.
pub(crate) fn columns(text: &str) -> usize {
    text.chars().map(width).sum()
}

fn write_runs(piece: &[(char, Role)], colour: bool, out: &mut impl Write) -> io::Result<()> {
    for run in piece.chunk_by(|left, right| left.1 == right.1) {
        let style = if colour {
            run[0].1.style()
        } else {
            Style::new()
        };
        write!(out, "{style}")?;
        for &(letter, _) in run {
            write!(out, "{}", if letter == FIRM_SPACE { ' ' } else { letter })?;
        }
        write!(out, "{style:#}")?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(line: &Line, page: &Page, indent: usize) -> String {
        let mut out = Vec::new();
        line.write(page, indent, &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn breaks_between_words_and_keeps_the_indent() {
        let line = Line::new()
            .plain("Queues at the till drive regulars away, so let them pay where they stand");
        assert_eq!(
            written(&line, &Page::new(40), 4),
            "    Queues at the till drive regulars\n    away, so let them pay where they\n    stand\n"
        );
    }

    #[test]
    fn no_line_is_wider_than_the_page_unless_one_word_is() {
        let page = Page::new(40);
        for text in [
            "a bb ccc dddd ".repeat(30),
            "空席が多い曜日がある。".repeat(9),
            "é̈ ".repeat(60),
        ] {
            for line in written(&Line::new().plain(&text), &page, 2).lines() {
                assert!(columns(line) <= 40, "{line}");
            }
        }
        let link = format!("https://example.org/{}", "x".repeat(60));
        assert!(
            written(&Line::new().plain(&format!("see {link} there")), &page, 0).contains(&link)
        );
    }

    #[test]
    fn a_separator_stays_with_the_item_before_it() {
        let line = Line::new()
            .item(Role::Plain, &"x".repeat(38))
            .item(Role::Plain, "")
            .item(Role::Plain, "b");
        assert_eq!(
            written(&line, &Page::new(40), 0),
            format!("{} ·\nb\n", "x".repeat(38))
        );
    }

    #[test]
    fn roles_become_colour_only_on_request() {
        let line = Line::new().marked("our branches", &[[4, 12]]);
        assert_eq!(written(&line, &Page::PLAIN, 0), "our branches\n");
        let coloured = written(
            &line,
            &Page {
                colour: true,
                ..Page::PLAIN
            },
            0,
        );
        assert_eq!(coloured, "our \u{1b}[1m\u{1b}[4mbranches\u{1b}[0m\n");
    }

    #[test]
    fn control_characters_never_reach_the_terminal() {
        let line = Line::new().plain("a\u{1b}[31mb\u{7}\nc\u{9b}d");
        assert_eq!(written(&line, &Page::PLAIN, 0), "a[31mb cd\n");
    }
}
