//! Years as people write them.

use crate::Years;

/// Words that mean an open end.
const OPEN: [&str; 5] = ["present", "now", "today", "ongoing", "onwards"];

/// What a text says about years.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Reading {
    /// Plainly these.
    Plain(Years),
    /// Perhaps these: the text needs a look.
    Odd(Years),
    /// None.
    Nothing,
}

/// Reads `2015`, `2012-2017` (any dash, or `to`), `2011-` or `2011-present`.
///
/// Of anything else the first and the last four-digit year are taken as an odd reading.
pub(crate) fn read(text: &str) -> Reading {
    let folded = text
        .trim()
        .to_lowercase()
        .replace(['–', '—', '‒', '−'], "-")
        .replace(" to ", "-");
    let (first, rest) = folded
        .split_once('-')
        .map_or((folded.as_str(), None), |(first, rest)| {
            (first, Some(rest.trim()))
        });
    let plain = match (year(first.trim()), rest) {
        (Some(from), None) => Some(Years::new(from, Some(from))),
        (Some(from), Some(rest)) if rest.is_empty() || OPEN.contains(&rest) => {
            Some(Years::new(from, None))
        }
        (Some(from), Some(rest)) => year(rest)
            .filter(|to| *to >= from)
            .map(|to| Years::new(from, Some(to))),
        (None, _) => None,
    };
    plain.map_or_else(|| odd(&folded), Reading::Plain)
}

/// The earliest and the latest four-digit year of a text, or the end of a span such as `2012-17`.
fn odd(text: &str) -> Reading {
    let numbers = || text.split(|letter: char| !letter.is_ascii_digit());
    let years = || numbers().filter_map(year);
    let (Some(from), Some(to)) = (years().min(), years().max()) else {
        return Reading::Nothing;
    };
    let short: Vec<&str> = numbers().collect();
    let to = match short.as_slice() {
        // Up to 12 it may as well be a month.
        [_, end] if end.len() == 2 && *end > "12" => year(&format!("{}{end}", from / 100))
            .filter(|end| *end > from)
            .unwrap_or(to),
        _ => to,
    };
    Reading::Odd(Years::new(from, Some(to)))
}

fn year(text: &str) -> Option<i32> {
    let digits = text.len() == 4 && text.bytes().all(|byte| byte.is_ascii_digit());
    if digits {
        text.parse().ok().filter(|year| (1000..3000).contains(year))
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::{Reading, Years, read};

    fn check(text: &str, expected: Reading) {
        assert_eq!(read(text), expected, "{text:?}");
    }

    #[test]
    fn usual_forms_are_plain() {
        for text in ["2012-2017", "2012–2017", " 2012 — 2017 ", "2012 to 2017"] {
            check(text, Reading::Plain(Years::new(2012, Some(2017))));
        }
        for text in ["2011-", "2011 –", "2011-present", "2011 to now"] {
            check(text, Reading::Plain(Years::new(2011, None)));
        }
        check("2015", Reading::Plain(Years::new(2015, Some(2015))));
    }

    #[test]
    fn odd_forms_keep_what_can_be_read() {
        check("c. 2015", Reading::Odd(Years::new(2015, Some(2015))));
        check("2017-11-02", Reading::Odd(Years::new(2017, Some(2017))));
        check("2012-17", Reading::Odd(Years::new(2012, Some(2017))));
        check("2008-11", Reading::Odd(Years::new(2008, Some(2008))));
        check("2017-2012", Reading::Odd(Years::new(2012, Some(2017))));
        check(
            "spring 2015, autumn 2018",
            Reading::Odd(Years::new(2015, Some(2018))),
        );
        for text in [
            "",
            "-",
            "twenties",
            "99",
            "20122",
            "0999",
            "99999999999999999999",
        ] {
            check(text, Reading::Nothing);
        }
    }
}
