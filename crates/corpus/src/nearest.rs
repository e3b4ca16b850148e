//! What someone may have meant.

/// The option that a text most likely means, if one is near enough.
///
/// Options are compared by their words in any case, with spaces, hyphens and underscores alike. One slip in every
/// three letters is near enough (Damerau-Levenshtein, optimal string alignment), and so is a long common beginning
/// (Jaro-Winkler from 0.9). The first of equally near options wins.
///
/// ```
/// use afield_corpus::nearest;
/// assert_eq!(nearest("bankng", ["banking", "telecom"]), Some("banking"));
/// assert_eq!(nearest("fishing", ["banking", "telecom"]), None);
/// ```
pub fn nearest<'a>(text: &str, options: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let text = fold(text);
    // Nobody mistypes a paragraph, and the comparison is quadratic.
    if text.is_empty() || text.len() > 100 {
        return None;
    }
    let near = options.into_iter().filter_map(|option| {
        let folded = fold(option);
        let slips = strsim::osa_distance(&text, &folded);
        let likeness = strsim::jaro_winkler(&text, &folded);
        let letters = text.chars().count().max(folded.chars().count());
        (slips * 3 <= letters.max(3) || likeness >= 0.9).then_some((likeness, option))
    });
    let best = near.reduce(|best, next| if next.0 > best.0 { next } else { best });
    best.map(|(_, option)| option)
}

/// A text for comparing: words in lower case, a space between them.
pub(crate) fn fold(text: &str) -> String {
    let words = text.split(|letter: char| letter.is_whitespace() || "-_".contains(letter));
    words
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
        .to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn slips_are_found_and_strangers_are_not() {
        let check = |text: &str, expected: Option<&str>| {
            let options = [
                "sector",
                "signals",
                "retail-grocery",
                "hotels-lodging",
                "asks",
                "title",
            ];
            assert_eq!(nearest(text, options), expected, "{text}");
        };
        check("sectors", Some("sector"));
        check("Signal", Some("signals"));
        check("retail grocrey", Some("retail-grocery"));
        check("titel", Some("title"));
        check("ask", Some("asks"));
        check("date", None);
        check("tags", None);
        check("", None);
        check(&"x".repeat(5000), None);
    }
}
