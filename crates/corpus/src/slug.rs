//! Text to a slug: small letters, digits and single hyphens, as ids and file names are.

/// Letters that are written with marks, or joined, and what stands for them in a slug.
const FOLDED: [(&str, &str); 19] = [
    ("àáâãäåāăą", "a"),
    ("çćč", "c"),
    ("ďđð", "d"),
    ("èéêëēėęě", "e"),
    ("ğģ", "g"),
    ("ìíîïīįı", "i"),
    ("ķ", "k"),
    ("łļľ", "l"),
    ("ñńņň", "n"),
    ("òóôõöøōő", "o"),
    ("řŕ", "r"),
    ("śşšș", "s"),
    ("ťţț", "t"),
    ("ùúûüūůűų", "u"),
    ("ýÿ", "y"),
    ("źżž", "z"),
    ("æ", "ae"),
    ("œ", "oe"),
    ("ß", "ss"),
];

/// The words of a text in small letters and digits, joined by hyphens; empty where it has none of them.
///
/// Latin letters lose their marks; what is neither letter nor digit parts words, apostrophes aside.
pub(crate) fn slug(text: &str) -> String {
    let mut slug = String::new();
    for letter in text.chars().flat_map(char::to_lowercase) {
        let folded = FOLDED.iter().find(|(from, _)| from.contains(letter));
        match folded {
            Some((_, to)) => slug.push_str(to),
            None if letter.is_ascii_alphanumeric() => slug.push(letter),
            None if "'’".contains(letter) => {}
            None if !slug.is_empty() && !slug.ends_with('-') => slug.push('-'),
            None => {}
        }
    }
    slug.truncate(slug.trim_end_matches('-').len());
    slug
}

/// The same with whole words of at most so many letters; of a longer first word its beginning.
pub(crate) fn short_slug(text: &str, most: usize) -> String {
    let mut slug = slug(text);
    if slug.len() > most {
        // A slug is ASCII, so any place is between two letters.
        let whole = slug[..=most].rfind('-');
        slug.truncate(whole.unwrap_or(most));
    }
    slug
}

/// Whether a text is a slug as it stands.
pub(crate) fn is_slug(text: &str) -> bool {
    let is_word = |word: &str| {
        let mut letters = word.bytes();
        !word.is_empty() && letters.all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
    };
    text.split('-').all(is_word)
}

#[cfg(test)]
mod tests {
    use super::{short_slug, slug};

    #[test]
    fn a_slug_has_small_letters_digits_and_single_hyphens() {
        for (text, expected) in [
            ("Seat Auction!", "seat-auction"),
            ("  Fernbank's Café — Œuvre 3 ", "fernbanks-cafe-oeuvre-3"),
            ("../../etc/passwd", "etc-passwd"),
            ("Straße", "strasse"),
            ("竹", ""),
            ("--", ""),
        ] {
            assert_eq!(slug(text), expected, "{text:?}");
        }
    }

    #[test]
    fn a_long_slug_ends_between_words() {
        for (most, expected) in [
            (40, "lend-the-tool"),
            (13, "lend-the-tool"),
            (12, "lend-the"),
            (8, "lend-the"),
            (7, "lend"),
            (3, "len"),
        ] {
            assert_eq!(short_slug("Lend the tool", most), expected, "{most}");
        }
    }
}
