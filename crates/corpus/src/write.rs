//! A [`Draft`] to the text of a case file.

use crate::draft::Fields;
use crate::header::{KEYS, METRIC_FIELDS, REQUIRED, SOURCE_FIELDS, Shape};
use crate::{Draft, SectionKind};
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt::{self, Display, Formatter, Write as _};

/// Headings in their order, with what an empty section waits for; an optional one waits for nothing.
const SECTIONS: [(SectionKind, &str, &str); 4] = [
    (
        SectionKind::Challenge,
        "Challenge",
        "What pressed the organisation, so that somebody from another sector understands it.",
    ),
    (
        SectionKind::Idea,
        "Idea",
        "What it did: the part that can travel.",
    ),
    (
        SectionKind::Outcome,
        "Outcome",
        "What came of it, with figures and until when; each figure is one of `metrics`, too.",
    ),
    (SectionKind::CarryOver, "Carry it over", ""),
];

/// Letters of a line on which a list is still easy to read.
const WIDEST: usize = 100;

impl Display for Draft {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        out.write_str("---\n")?;
        for (key, shape) in KEYS {
            match (self.texts.get(key), self.items.get(key)) {
                (Some(values), _) => write_texts(out, key, shape, values)?,
                (_, Some(items)) => write_items(out, key, &self.settled(key, items))?,
                (None, None) => ask(out, key)?,
            }
        }
        self.name_further_keys(out)?;
        out.write_str("---\n")?;
        self.write_body(out)
    }
}

impl Draft {
    /// Items without gaps. Metrics name their source by its place, so those numbers move along; one that names a source
    /// that is not there loses it, rather than point to another.
    fn settled(&self, key: &str, items: &BTreeMap<usize, Fields>) -> Vec<Fields> {
        let sources = self.items.get("sources");
        let place = |number: &str| {
            let number: usize = number.parse().ok()?;
            let place = sources?.keys().position(|known| *known == number)?;
            Some((place + 1).to_string())
        };
        let settle = |fields: &Fields| {
            let mut fields = fields.clone();
            if key == "metrics"
                && let Some(number) = fields.remove("source")
                && let Some(place) = place(&number)
            {
                fields.insert("source", place);
            }
            fields
        };
        items.values().map(settle).collect()
    }

    /// Where work is left, the optional keys that are not given are worth a look, too.
    fn name_further_keys(&self, out: &mut Formatter<'_>) -> fmt::Result {
        let given = |key: &str| self.texts.contains_key(key) || self.items.contains_key(key);
        if REQUIRED.iter().all(|(key, _)| given(key)) {
            return Ok(());
        }
        let further = KEYS.iter().map(|(key, _)| *key);
        let further: Vec<&str> = further
            .filter(|key| !is_required(key) && !given(key))
            .collect();
        if further.is_empty() {
            return Ok(());
        }
        out.write_str("# further keys, where they are known:\n")?;
        further
            .chunks(8)
            .try_for_each(|keys| writeln!(out, "#   {}", keys.join(", ")))
    }

    fn write_body(&self, out: &mut Formatter<'_>) -> fmt::Result {
        let mut gap = "";
        for (kind, heading, waits_for) in SECTIONS {
            match self.sections.get(&kind) {
                Some(text) => write!(out, "{gap}## {heading}\n\n{text}\n")?,
                None if waits_for.is_empty() => {}
                None => write!(out, "{gap}## {heading}\n\n<!-- {waits_for} -->\n")?,
            }
            gap = "\n";
        }
        Ok(())
    }
}

fn is_required(key: &str) -> bool {
    REQUIRED.iter().any(|(required, _)| *required == key)
}

/// A required key without a value, below a comment on what it holds.
fn ask(out: &mut Formatter<'_>, key: &str) -> fmt::Result {
    let Some((key, holds)) = REQUIRED.into_iter().find(|(required, _)| *required == key) else {
        return Ok(());
    };
    let see = match key {
        "sector" => "; `afield sectors` lists them",
        "signals" => "; `afield signals` lists them",
        _ => "",
    };
    writeln!(out, "# {holds}{see}\n{key}:")
}

/// A key with one text, or with a list: on one line where it is short, else a line an item.
fn write_texts(out: &mut Formatter<'_>, key: &str, shape: Shape, values: &[String]) -> fmt::Result {
    if let ([value], false) = (values, shape == Shape::Texts) {
        return writeln!(out, "{key}: {}", scalar(value, false));
    }
    let list: Vec<Cow<'_, str>> = values.iter().map(|value| scalar(value, true)).collect();
    let line = format!("{key}: [{}]", list.join(", "));
    if line.chars().count() <= WIDEST {
        return writeln!(out, "{line}");
    }
    writeln!(out, "{key}:")?;
    values
        .iter()
        .try_for_each(|value| writeln!(out, "  - {}", scalar(value, false)))
}

/// A key with a list of maps, a line each.
fn write_items(out: &mut Formatter<'_>, key: &str, items: &[Fields]) -> fmt::Result {
    let names = if key == "metrics" {
        &METRIC_FIELDS[..]
    } else {
        &SOURCE_FIELDS
    };
    writeln!(out, "{key}:")?;
    for item in items {
        let fields = names
            .iter()
            .filter_map(|name| Some((name, item.get(name)?)));
        let fields: Vec<String> = fields
            .map(|(name, value)| format!("{name}: {}", scalar(value, true)))
            .collect();
        writeln!(out, "  - {{ {} }}", fields.join(", "))?;
    }
    Ok(())
}

/// A text as YAML: as it stands where every reader takes it for text or a number, else in double quotes. Within `[]` and
/// `{}` a comma has to be quoted, too.
fn scalar(text: &str, within: bool) -> Cow<'_, str> {
    // Older readers take these for truth values or nothing.
    const WORDS: [&str; 9] = ["true", "false", "yes", "no", "on", "off", "null", "y", "n"];
    let is_safe = |letter: char| {
        letter.is_alphanumeric() || " -_./()'%+;!?".contains(letter) || (letter == ',' && !within)
    };
    let opens = text.chars().next().is_some_and(char::is_alphanumeric);
    let word = WORDS.iter().any(|word| text.eq_ignore_ascii_case(word));
    if opens && !word && !text.ends_with(' ') && text.chars().all(is_safe) {
        return Cow::Borrowed(text);
    }
    let mut quoted = String::from("\"");
    for letter in text.chars() {
        match letter {
            '"' | '\\' => quoted.extend(['\\', letter]),
            // Everything that is not for eyes: a reader may refuse it, or take it for a line's end.
            _ if letter.is_control()
                || "\u{feff}\u{2028}\u{2029}\u{fffe}\u{ffff}".contains(letter) =>
            {
                // Writing to a string cannot fail.
                write!(quoted, "\\u{:04x}", u32::from(letter)).ok();
            }
            _ => quoted.push(letter),
        }
    }
    quoted.push('"');
    Cow::Owned(quoted)
}
