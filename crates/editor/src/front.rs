//! What a place in the front matter of a case is for.
//!
//! Front matter that is being written is broken most of the time, so only its lines are looked at.

use std::ops::Range;

/// The lines between the fences.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Front<'a> {
    lines: &'a [&'a str],
    /// The index of the first of them in the file.
    first: usize,
    /// What stands between a key and its value.
    pub(crate) sign: char,
}

/// What a place is for.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Spot<'a> {
    /// A key.
    Key {
        /// The bytes of the line that are written of it.
        written: Range<usize>,
        /// Whether its sign is there already.
        signed: bool,
    },
    /// A value, or one of a list.
    Value {
        /// The key that it belongs to.
        key: &'a str,
        /// The bytes of the line that are written of it.
        written: Range<usize>,
        /// Whether it stands in quotes.
        quoted: bool,
    },
}

impl<'a> Front<'a> {
    /// The front matter of a file. Without a closing fence it ends at a blank line or a heading.
    pub(crate) fn of(lines: &'a [&'a str]) -> Option<Self> {
        let fence = |line: &&str| line.trim_start_matches('\u{feff}').trim_end().to_owned();
        let open = lines.iter().position(|line| !fence(line).is_empty())?;
        let first = open + 1;
        let (opening, sign) = match fence(&lines[open]).as_str() {
            "---" => ("---", ':'),
            "+++" => ("+++", '='),
            _ => return None,
        };
        let rest = &lines[first..];
        let closes = |line: &&str| {
            let line = line.trim_end();
            line == opening || (sign == ':' && line == "...")
        };
        let breaks = |line: &&str| line.trim().is_empty() || line.starts_with("##");
        let length = rest.iter().position(closes);
        let length = length.or_else(|| rest.iter().position(breaks));
        Some(Self {
            lines: &rest[..length.unwrap_or(rest.len())],
            first,
            sign,
        })
    }

    /// The keys that are there, but for the line of an index.
    pub(crate) fn keys_beside(&self, index: usize) -> impl Iterator<Item = &'a str> {
        let lines = self.lines.iter().enumerate();
        let (first, sign) = (self.first, self.sign);
        let beside = lines.filter(move |(at, _)| first + at != index);
        beside.filter_map(move |(_, line)| key(line, sign))
    }

    /// What a byte of a line of the file is for.
    pub(crate) fn spot(&self, index: usize, byte: usize) -> Option<Spot<'a>> {
        let index = index.checked_sub(self.first)?;
        let line = *self.lines.get(index)?;
        let (before, after) = (line.get(..byte)?, line.get(byte..)?);
        let end = byte + after.find(|letter| !is_word(letter)).unwrap_or(after.len());
        let rest = line[end..].trim_start();
        let signed = rest.starts_with(self.sign);
        if before.chars().all(is_word) && !line.starts_with('-') && (signed || rest.is_empty()) {
            let written = 0..end;
            return Some(Spot::Key { written, signed });
        }
        let mut above = self.lines[..=index].iter().enumerate().rev();
        let (at, key) = above.find_map(|(at, line)| Some((at, key(line, self.sign)?)))?;
        let start = if at == index {
            line.find(self.sign)? + 1
        } else {
            0
        };
        let item = item(before.get(start..)?)?;
        let quoted = item.starts_with(['"', '\'']);
        let start = byte - item.len() + usize::from(quoted);
        Some(Spot::Value {
            key,
            written: start..end,
            quoted,
        })
    }
}

/// The word that a byte of a line is in or at the end of.
pub(crate) fn word(line: &str, byte: usize) -> Option<Range<usize>> {
    let (before, after) = (line.get(..byte)?, line.get(byte..)?);
    let start = before.trim_end_matches(is_word).len();
    let end = byte + after.find(|letter| !is_word(letter)).unwrap_or(after.len());
    (start < end).then_some(start..end)
}

/// What is written of the last item, from the text between its key and the cursor; [`None`] where no word belongs.
fn item(text: &str) -> Option<&str> {
    let is_comment = text.trim_start().starts_with('#') || text.contains(" #");
    // Lists that are closed, and notes in brackets.
    if is_comment || text.contains([']', '(', '{']) {
        return None;
    }
    let item = text.rsplit(['[', ',']).next()?.trim_start();
    match item.strip_prefix('-') {
        Some(rest) if rest.starts_with([' ', '\t']) => Some(rest.trim_start()),
        Some(_) => None,
        None => Some(item),
    }
}

/// The key that a line starts with.
fn key(line: &str, sign: char) -> Option<&str> {
    let (key, _) = line.split_once(sign)?;
    let key = key.trim_end().trim_matches(['"', '\'']);
    (!key.is_empty() && key.chars().all(is_word)).then_some(key)
}

fn is_word(letter: char) -> bool {
    letter.is_alphanumeric() || letter == '-' || letter == '_'
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The place is marked by `|`; a value is told as `key:written`.
    fn check(text: &str, expected: Option<&str>) {
        let plain = text.replace('|', "");
        let lines: Vec<&str> = plain.split('\n').collect();
        let mut marked = text.split('\n').enumerate();
        let (index, byte) = marked
            .find_map(|(index, line)| Some((index, line.find('|')?)))
            .unwrap();
        let spot = Front::of(&lines).and_then(|front| front.spot(index, byte));
        let told = spot.map(|spot| match spot {
            Spot::Key { written, .. } => lines[index][written].to_owned(),
            Spot::Value { key, written, .. } => format!("{key}:{}", &lines[index][written]),
        });
        assert_eq!(told.as_deref(), expected, "{text}");
    }

    #[test]
    fn a_place_is_for_a_key_or_a_value() {
        check("---\n|\n---\n", Some(""));
        check("---\nti|\n---\n", Some("ti"));
        check("---\nti|tle: A\n---\n", Some("title"));
        check("---\nsector: |\n---\n", Some("sector:"));
        check("---\nsector: ban|king\n---\n", Some("sector:banking"));
        check("---\nsector: \"ban|\n---\n", Some("sector:ban"));
        check("---\nsignals: [chu|]\n---\n", Some("signals:chu"));
        check("---\nsignals: [a, |]\n---\n", Some("signals:"));
        check("---\nsignals: [a,\n  b|\n---\n", Some("signals:b"));
        check("---\nsignals:\n  - chu|\n---\n", Some("signals:chu"));
        check("---\nsignals:\n- |\n---\n", Some("signals:"));
        check("+++\nsignals = [\"chu|\"]\n+++\n", Some("signals:chu"));
        check("\u{feff}---\nsector: a|\n", Some("sector:a"));
    }

    #[test]
    fn elsewhere_it_is_for_nothing() {
        check("ti|\n", None);
        check("---\ntitle: A\n---\nti|\n", None);
        check("---\ntitle: A\n\nti|\n", None);
        check("---\ntitle: A\n## Idea\nti|\n", None);
        check("---\nsignals: [a] |\n---\n", None);
        check("---\nsector: a # b|\n---\n", None);
        check("---\nsignals:\n -|\n---\n", None);
        check("---\n  |\n---\n", None);
        check("--|-\n---\n", None);
        check("---\nborrowed_from: [inns (the r|]\n---\n", None);
    }
}
