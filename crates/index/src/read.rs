//! Reading a brief: which words, phrases, filters and stress signals it holds.

use crate::analyze::{self, Stems};
use crate::signals::SignalPhrases;
use crate::syntax::{self, Part};
use crate::{Facet, Filters, Query, QueryWord};
use afield_corpus::{Grade, Outcome, Resolved, Unknown, Vocabulary, nearest};

/// Words beyond this many are passed over, so that a pasted document costs no more than a long brief.
const MOST_WORDS: usize = 64;

/// Reads a brief with the corpus's own words; `filters` come from flags or parameters and are kept.
pub(crate) fn read(
    text: &str,
    filters: Filters,
    vocabulary: &Vocabulary,
    phrases: &SignalPhrases,
) -> Query {
    let mut reader = Reader {
        query: Query {
            text: text.to_owned(),
            filters,
            ..Query::default()
        },
        stems: Stems::default(),
        spoken: Vec::new(),
        said: Vec::new(),
        passed_over: 0,
    };
    for part in syntax::parts(text) {
        reader.part(&part, vocabulary);
    }
    if reader.passed_over > 0 {
        let note = format!("only the first {MOST_WORDS} different words of the brief are searched");
        reader.query.notes.push(note);
    }
    let said = reader.said.join(" ");
    reader.query.meaning = (!reader.query.words.is_empty()).then_some(said);
    reader.query.signals = phrases.found_in(&reader.spoken);
    reader.query
}

struct Reader {
    query: Query,
    stems: Stems,
    /// All words that are searched, as stems, stop words and repeats included: what signals are read from.
    spoken: Vec<Option<String>>,
    /// The brief without its operators, as typed.
    said: Vec<String>,
    passed_over: usize,
}

impl Reader {
    fn part(&mut self, part: &Part<'_>, vocabulary: &Vocabulary) {
        match *part {
            Part::Words(text) => self.words(text),
            Part::Phrase(text) => {
                let phrase = self.stems_of(text);
                if phrase.len() > 1 && phrase.iter().any(Option::is_some) {
                    self.query.phrases.push(phrase);
                }
                self.words(text);
            }
            Part::Not(text) => {
                let stems = self.stems_of(text);
                if stems.iter().any(Option::is_some) {
                    self.query.excluded.push(stems);
                } else {
                    self.query.notes.push(format!(
                        "`-{text}` excludes nothing: it is a word that is never searched"
                    ));
                }
            }
            Part::Field {
                name,
                value,
                negated,
                typed,
            } => {
                if let Err(problem) = self.field(name, value, negated, vocabulary) {
                    self.query
                        .notes
                        .push(format!("`{typed}` is searched as words: {problem}"));
                    self.words(typed);
                }
            }
        }
    }

    fn stems_of(&mut self, text: &str) -> Vec<Option<String>> {
        analyze::words(text)
            .map(|word| self.stems.stem(word.text).map(str::to_owned))
            .collect()
    }

    fn words(&mut self, text: &str) {
        self.said.push(text.trim().to_owned());
        for word in analyze::words(text) {
            let folded = analyze::fold(word.text).into_owned();
            let stem = self.stems.stem(word.text).map(str::to_owned);
            if self.query.words.len() >= MOST_WORDS {
                self.passed_over += 1;
                continue;
            }
            self.spoken.push(stem.clone());
            match stem {
                None if folded.is_empty() || self.query.ignored.contains(&folded) => {}
                None => self.query.ignored.push(folded),
                Some(stem) if self.query.words.iter().any(|known| known.stem == stem) => {}
                Some(stem) => self.query.words.push(QueryWord { word: folded, stem }),
            }
        }
    }

    /// Takes `field:value` into the filters, or says why it is none.
    fn field(
        &mut self,
        name: &str,
        value: &str,
        negated: bool,
        vocabulary: &Vocabulary,
    ) -> Result<(), String> {
        if matches!(name, "year" | "years") && !negated {
            let (since, until) = year_span(value)
                .ok_or_else(|| format!("`{value}` is no year or span such as `2010..2020`"))?;
            self.query.filters.since = since.or(self.query.filters.since);
            self.query.filters.until = until.or(self.query.filters.until);
            return Ok(());
        }
        let names = Facet::ALL.map(Facet::name);
        let Some(facet) = Facet::ALL.into_iter().find(|facet| facet.name() == name) else {
            return Err(match nearest(name, names) {
                Some(near) => format!("there is no field `{name}`; did you mean `{near}`?"),
                None => format!("there is no field `{name}`"),
            });
        };
        let values = resolve(vocabulary, facet, value).map_err(|unknown| unknown.to_string())?;
        let side = if negated {
            &mut self.query.filters.none
        } else {
            &mut self.query.filters.any
        };
        side.entry(facet).or_default().extend(values);
        Ok(())
    }
}

/// The values of a facet that a user's word stands for: a group's leaves, or the one value.
///
/// # Errors
/// When the vocabulary does not have the word; the error names the nearest one.
pub fn resolve(vocabulary: &Vocabulary, facet: Facet, value: &str) -> Result<Vec<String>, Unknown> {
    let leaves = |resolved: Resolved| resolved.leaves;
    match facet {
        Facet::Sector => vocabulary.resolve_sector(value).map(leaves),
        Facet::Signal => vocabulary.resolve_signal(value).map(leaves),
        Facet::Mechanism => vocabulary.resolve_mechanism(value).map(leaves),
        Facet::Function => vocabulary.resolve_function(value).map(leaves),
        Facet::Role => vocabulary.resolve_role(value).map(leaves),
        Facet::Journey => vocabulary.resolve_stage(value).map(leaves),
        Facet::Outcome => Outcome::resolve(value).map(|outcome| vec![outcome.id().to_owned()]),
        Facet::Evidence => Grade::resolve(value).map(|grade| vec![grade.id().to_owned()]),
        Facet::Channel | Facet::Region => Ok(vec![value.trim().to_lowercase()]),
    }
}

/// `2010`, `2010..2020`, `2010..` or `..2020`.
fn year_span(text: &str) -> Option<(Option<i32>, Option<i32>)> {
    let year = |part: &str| -> Option<Option<i32>> {
        if part.is_empty() {
            return Some(None);
        }
        let sound = part.len() == 4 && part.bytes().all(|byte| byte.is_ascii_digit());
        sound.then(|| part.parse().ok())
    };
    match text.split_once("..") {
        Some((from, to)) if !(from.is_empty() && to.is_empty()) => Some((year(from)?, year(to)?)),
        Some(_) => None,
        None => year(text)?.map(|only| (Some(only), Some(only))),
    }
}
