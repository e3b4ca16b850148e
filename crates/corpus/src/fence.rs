//! Where the front matter ends and the body begins.

use std::ops::Range;

/// What a header is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Language {
    /// Between `---` lines.
    Yaml,
    /// Between `+++` lines.
    Toml,
}

impl Language {
    /// The line that opens a header, and closes it.
    pub(crate) fn fence(self) -> &'static str {
        match self {
            Self::Yaml => "---",
            Self::Toml => "+++",
        }
    }

    /// What stands between a key and its value.
    pub(crate) fn sign(self) -> char {
        match self {
            Self::Yaml => ':',
            Self::Toml => '=',
        }
    }

    fn closes(self, line: &str) -> bool {
        line.trim_end() == self.fence() || (self == Self::Yaml && line.trim_end() == "...")
    }
}

/// A file cut in two.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Cut {
    /// What the header is written in.
    pub(crate) language: Language,
    /// Line of the opening fence, from 1.
    pub(crate) line: u32,
    /// The header without its fences, as bytes of the text.
    pub(crate) header: Range<usize>,
    /// Where the body starts.
    pub(crate) body: usize,
    /// Whether the closing fence is there.
    pub(crate) closed: bool,
}

/// Cuts a text that opens with a fence; [`None`] if it opens with anything else.
///
/// A header that nothing closes ends where its lines stop to look like a header.
pub(crate) fn cut(text: &str) -> Option<Cut> {
    let mut lines = lines(text);
    let (index, fence) = lines
        .by_ref()
        .enumerate()
        .find(|(_, (_, line))| !line.trim().is_empty())?;
    let language = match fence.1.trim_end() {
        "---" => Language::Yaml,
        "+++" => Language::Toml,
        _ => return None,
    };
    let start = fence.0.end;
    let (header, body, closed) = match lines.find(|(_, line)| language.closes(line)) {
        Some((close, _)) => (start..close.start, close.end, true),
        None => {
            let end = start + guess_end(&text[start..], language);
            (start..end, end, false)
        }
    };
    Some(Cut {
        language,
        line: index as u32 + 1,
        header,
        body,
        closed,
    })
}

/// The lines of a text with their ranges, line breaks included in the ranges.
fn lines(text: &str) -> impl Iterator<Item = (Range<usize>, &str)> {
    text.split_inclusive('\n').scan(0, |at, line| {
        let range = *at..*at + line.len();
        *at = range.end;
        Some((range, line.trim_end_matches('\n')))
    })
}

/// Where a header without closing fence ends, as an offset into the text after the opening fence.
///
/// It goes on as long as lines look like `key: value`, an indented or listed continuation, a comment above a key
/// or a blank line above one.
pub(crate) fn guess_end(text: &str, language: Language) -> usize {
    let mut end = 0;
    let mut after_blank = false;
    let mut lines = lines(text).peekable();
    while let Some((range, line)) = lines.next() {
        let key = key(line, language);
        let goes_on = match line {
            line if line.trim().is_empty() => {
                after_blank = true;
                continue;
            }
            line if line.starts_with('#') => lines
                .peek()
                .is_some_and(|(_, next)| self::key(next, language).is_some()),
            _ if after_blank => {
                key.is_some_and(|key| key.starts_with(|letter: char| letter.is_ascii_lowercase()))
            }
            line => key.is_some() || continues(line),
        };
        if !goes_on {
            break;
        }
        (end, after_blank) = (range.end, false);
    }
    end
}

fn continues(line: &str) -> bool {
    line.starts_with([' ', '\t', ']', '}', '"', '\'']) || line == "-" || line.starts_with("- ")
}

/// Whether a line of a header is neither blank, a comment nor the continuation of a value; a key is stray, too.
pub(crate) fn is_stray(line: &str) -> bool {
    !line.trim().is_empty() && !continues(line) && !line.starts_with(['#', '{', '[', ','])
}

/// The key of a line such as `key: value`, `key = value` or `[table]`, without quotes.
pub(crate) fn key(line: &str, language: Language) -> Option<&str> {
    if language == Language::Toml && line.starts_with('[') {
        return Some(line.trim().trim_matches(['[', ']', ' ']));
    }
    let (key, rest) = line.split_once(language.sign())?;
    let key = key.trim_end().trim_matches(['"', '\'']);
    let sound = key.starts_with(|letter: char| letter.is_alphabetic() || letter == '_')
        && key
            .chars()
            .all(|letter| letter.is_alphanumeric() || "_-.".contains(letter));
    (sound && !rest.starts_with("//")).then_some(key)
}

/// Whether a text has a line that looks like a key of its own.
pub(crate) fn has_key(text: &str, language: Language) -> bool {
    text.lines().any(|line| key(line, language).is_some())
}

/// Where, in a header that its fence closes but that cannot be read, the body seems to start after all: at a
/// heading after a blank line with text but no key below it. Then the fence is a rule of the body.
pub(crate) fn body_within(header: &str) -> Option<usize> {
    let all: Vec<_> = lines(header).collect();
    let heading = |index: usize| {
        let line = all[index].1;
        let after_blank = index == 0 || all[index - 1].1.trim().is_empty();
        after_blank && line.trim_start_matches('#').starts_with(' ') && line.starts_with('#')
    };
    let first = (0..all.len()).find(|index| heading(*index))?;
    let below = &all[first + 1..];
    let prose = below
        .iter()
        .any(|(_, line)| !line.trim().is_empty() && !line.starts_with('#'));
    let keys = below
        .iter()
        .any(|(_, line)| key(line, Language::Yaml).is_some_and(crate::header::is_known));
    (prose && !keys).then(|| all[first].0.start)
}
