//! Words of a text, as rules compare them.

/// The words of a text in lower case; those of more than four letters without the `s` of a plural.
pub(super) fn words(text: &str) -> Vec<String> {
    let words = text.split(|letter: char| !letter.is_alphanumeric());
    let words = words.filter(|word| !word.is_empty());
    words
        .map(|word| {
            let mut word = word.to_lowercase();
            if word.len() > 4 && word.ends_with('s') {
                word.pop();
            }
            word
        })
        .collect()
}

/// Whether a phrase stands in a text, word by word.
pub(super) fn has_phrase(text: &[String], phrase: &[String]) -> bool {
    !phrase.is_empty() && text.windows(phrase.len()).any(|part| part == phrase)
}

/// How many words two texts have in common, as a share of all their words (Jaccard 1901); 0 to 1.
pub(super) fn likeness(one: &[String], other: &[String]) -> f64 {
    let shared = one.iter().filter(|word| other.contains(word)).count();
    let all = one.len() + other.len() - shared;
    if all == 0 {
        return 0.0;
    }
    shared as f64 / all as f64
}
