//! Text out of HTML within markdown: tags, comments, scripts and styles go, words stay.

/// The words of a piece of HTML.
pub(crate) fn text(html: &str) -> String {
    let mut words = String::new();
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        let (before, from) = rest.split_at(at);
        words.push_str(before);
        rest = after(from);
        if rest.len() + 1 == from.len() {
            words.push('<');
        } else {
            words.push(' ');
        }
    }
    words.push_str(rest);
    unescape(&words)
}

/// What follows the tag, comment or hidden element that a text starts with; after the `<` alone if it is none.
fn after(text: &str) -> &str {
    let end = |mark: &str| text.find(mark).map_or("", |at| &text[at + mark.len()..]);
    if text.starts_with("<!--") {
        return end("-->");
    }
    match text[1..].chars().next() {
        Some('?') => end("?>"),
        Some(letter) if letter.is_ascii_alphabetic() || "/!".contains(letter) => {
            match element(text) {
                Some(name) if hides(&name) && !text.starts_with("</") => skip_element(text, &name),
                _ => end(">"),
            }
        }
        _ => &text[1..],
    }
}

/// What follows the closing tag of an element; nothing if it never closes.
fn skip_element<'a>(text: &'a str, name: &str) -> &'a str {
    let closes = |at: &usize| {
        let tag = text.as_bytes().get(at + 2..at + 2 + name.len());
        tag.is_some_and(|tag| tag.eq_ignore_ascii_case(name.as_bytes()))
    };
    let close = text.match_indices("</").map(|(at, _)| at).find(closes);
    close
        .and_then(|at| text[at..].find('>').map(|end| &text[at + end + 1..]))
        .unwrap_or_default()
}

/// The element that a tag opens or closes, in lower case.
pub(crate) fn element(tag: &str) -> Option<String> {
    let name = tag.strip_prefix('<')?;
    let name = name.strip_prefix('/').unwrap_or(name);
    let end = name
        .find(|letter: char| !letter.is_ascii_alphanumeric())
        .unwrap_or(name.len());
    (end > 0).then(|| name[..end].to_ascii_lowercase())
}

/// Whether an element's content is not for reading.
pub(crate) fn hides(element: &str) -> bool {
    ["script", "style", "template"].contains(&element)
}

/// Resolves the character references that people write by hand.
fn unescape(text: &str) -> String {
    if !text.contains('&') {
        return text.to_owned();
    }
    let pairs = [
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&#39;", "'"),
        ("&nbsp;", " "),
        ("&amp;", "&"),
    ];
    pairs
        .iter()
        .fold(text.to_owned(), |text, (from, to)| text.replace(from, to))
}

#[cfg(test)]
mod tests {
    use super::text;

    #[test]
    fn words_stay_and_tags_go() {
        let check = |html: &str, expected: &str| {
            let words: Vec<String> = text(html).split_whitespace().map(str::to_owned).collect();
            assert_eq!(words.join(" "), expected, "{html:?}");
        };
        check("<p class=\"a\">Seats &amp; rooms</p>", "Seats & rooms");
        check(
            "<details><summary>More</summary>words</details>",
            "More words",
        );
        check("a <!-- <b>hidden</b> --> b", "a b");
        check("a<SCRIPT>alert('<b>')</Script >b", "a b");
        check("<style>p {}", "");
        check("3 < 4 <> x", "3 < 4 <> x");
        check("<p", "");
    }
}
