//! The syntax of a brief: `"exact phrase"`, `-not`, `field:value`, and words.
//!
//! Reading cannot fail. What looks like syntax and is not is searched as words, with a note.

/// A part of a brief.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Part<'a> {
    /// Words to search.
    Words(&'a str),
    /// A phrase that must occur.
    Phrase(&'a str),
    /// A word or phrase that must not occur.
    Not(&'a str),
    /// `field:value`; `negated` for `-field:value`.
    Field {
        /// The name before the colon.
        name: &'a str,
        /// What stands behind the colon, without quotes.
        value: &'a str,
        /// Whether it is to be left out.
        negated: bool,
        /// All of it as typed.
        typed: &'a str,
    },
}

/// Cuts a brief into its parts, in order.
pub(crate) fn parts(brief: &str) -> Vec<Part<'_>> {
    let mut parts = Vec::new();
    let mut rest = brief.trim_start();
    while !rest.is_empty() {
        let (part, length) = next_part(rest);
        parts.push(part);
        rest = rest[length..].trim_start();
    }
    parts
}

fn next_part(rest: &str) -> (Part<'_>, usize) {
    if let Some((inner, length)) = quoted(rest) {
        return (Part::Phrase(inner), length);
    }
    let negated = rest
        .strip_prefix('-')
        .filter(|after| after.starts_with(|c: char| c.is_alphanumeric() || c == '"'));
    let body = negated.unwrap_or(rest);
    let dash = rest.len() - body.len();
    if let Some((inner, length)) = quoted(body) {
        return (Part::Not(inner), dash + length);
    }
    if let Some((name, value, length)) = field(body) {
        let length = dash + length;
        return (
            Part::Field {
                name,
                value,
                negated: negated.is_some(),
                typed: &rest[..length],
            },
            length,
        );
    }
    let length = word_length(body);
    let part = if negated.is_some() {
        Part::Not(&body[..length])
    } else {
        Part::Words(&body[..length])
    };
    (part, dash + length)
}

/// A text in double quotes at the start, and its length with the quotes. An unclosed quote is no quote.
fn quoted(text: &str) -> Option<(&str, usize)> {
    let inner = text.strip_prefix('"')?;
    let end = inner.find('"')?;
    Some((&inner[..end], end + 2))
}

/// `name:value` or `name:"value"` at the start, and its length.
fn field(text: &str) -> Option<(&str, &str, usize)> {
    let colon = text.find(|c: char| !c.is_ascii_alphabetic() && c != '_' && c != '-')?;
    let value = text[colon..].strip_prefix(':')?;
    if colon == 0 || value.starts_with("//") {
        return None;
    }
    let name = &text[..colon];
    if let Some((inner, length)) = quoted(value) {
        return Some((name, inner, colon + 1 + length));
    }
    let length = word_length(value);
    (length > 0).then_some((name, &value[..length], colon + 1 + length))
}

fn word_length(text: &str) -> usize {
    text.find(char::is_whitespace).unwrap_or(text.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(brief: &str, expected: &[Part<'_>]) {
        assert_eq!(parts(brief), expected, "{brief:?}");
    }

    fn field(
        name: &'static str,
        value: &'static str,
        negated: bool,
        typed: &'static str,
    ) -> Part<'static> {
        Part::Field {
            name,
            value,
            negated,
            typed,
        }
    }

    #[test]
    fn words_phrases_and_what_must_not_occur() {
        check("", &[]);
        check(
            "  losing  footfall ",
            &[Part::Words("losing"), Part::Words("footfall")],
        );
        check(
            r#""empty seats" -airline"#,
            &[Part::Phrase("empty seats"), Part::Not("airline")],
        );
        check(
            r#"-"price war" x"#,
            &[Part::Not("price war"), Part::Words("x")],
        );
    }

    #[test]
    fn fields() {
        check(
            "sector:retail x",
            &[
                field("sector", "retail", false, "sector:retail"),
                Part::Words("x"),
            ],
        );
        check(
            r#"-region:"Hong Kong""#,
            &[field("region", "Hong Kong", true, r#"-region:"Hong Kong""#)],
        );
        check(
            "year:2010..2020",
            &[field("year", "2010..2020", false, "year:2010..2020")],
        );
    }

    #[test]
    fn what_only_looks_like_syntax_is_words() {
        check(
            r#"an "unclosed quote"#,
            &[
                Part::Words("an"),
                Part::Words("\"unclosed"),
                Part::Words("quote"),
            ],
        );
        check(
            "- -- a-b",
            &[Part::Words("-"), Part::Words("--"), Part::Words("a-b")],
        );
        check(
            "sector: :x https://a.example 10:30",
            &[
                Part::Words("sector:"),
                Part::Words(":x"),
                Part::Words("https://a.example"),
                Part::Words("10:30"),
            ],
        );
    }
}
