//! A brief to an answer: recall, then order. The one function that both doors call.

use crate::context::CANDIDATES;
use crate::order::asks_for_something;
use crate::{Answer, Context, Dial, Hit, Input, Ranked, Ranking, Reading, Request, order};
use afield_corpus::Case;
use afield_index::{Facet, FacetCounts, IndexError, Query, Snapshot};
use std::collections::BTreeMap;

/// Answers a brief that the snapshot has read.
///
/// # Errors
///
/// Fails if the index cannot be read.
pub fn search(
    snapshot: &Snapshot,
    context: &Context,
    query: Query,
    request: &Request,
) -> Result<Answer, IndexError> {
    let recall = snapshot.recall(&query, CANDIDATES)?;
    let input = Input::new(context, &query, &recall, request);
    let ranking = order(&input);
    let (warnings, facets) = (warnings(&input, &ranking), facets(&ranking.hits));
    let hits = ranking.page(request.offset, request.limit);
    let hits: Vec<Hit> = hits
        .map(|(rank, hit)| {
            let case = snapshot.case(hit.candidate)?;
            let also = hit.folded.iter().map(|case| case.id.clone()).collect();
            Ok(Hit {
                also,
                ..Hit::new(case, rank, hit.explanation.clone())
            })
        })
        .collect::<Result<_, IndexError>>()?;
    let already_at_home: Vec<Case> = ranking
        .at_home
        .iter()
        .map(|ranked| snapshot.case(ranked.candidate))
        .collect::<Result<_, IndexError>>()?;
    let (verdict, total, nearest_signals) =
        (ranking.verdict, ranking.hits.len(), ranking.nearest_signals);
    Ok(Answer {
        reading: Reading::new(&query, &recall.statistics),
        verdict,
        hits,
        already_at_home,
        nearest_signals,
        total,
        facets,
        warnings,
        index: snapshot.info(),
        ..Answer::new(query, request.clone())
    })
}

/// How many hits, over all pages, have each value of the facets that every candidate carries.
fn facets(hits: &[Ranked<'_>]) -> FacetCounts {
    let mut counts: BTreeMap<Facet, BTreeMap<&str, u64>> = BTreeMap::new();
    let mut count = |facet: Facet, value| {
        *counts.entry(facet).or_default().entry(value).or_default() += 1;
    };
    for Ranked { candidate, .. } in hits {
        if let Some(value) = &candidate.sector {
            count(Facet::Sector, value.as_str());
        }
        for value in &candidate.signals {
            count(Facet::Signal, value);
        }
        for value in &candidate.mechanism {
            count(Facet::Mechanism, value);
        }
        count(Facet::Outcome, candidate.outcome.id());
        if let Some(grade) = candidate.evidence {
            count(Facet::Evidence, grade.id());
        }
    }
    let owned = |(value, count): (&str, u64)| (value.to_owned(), count);
    let counts = counts.into_iter();
    counts
        .map(|(facet, values)| (facet, values.into_iter().map(owned).collect()))
        .collect()
}

/// What the asker should know about the answer, as sentences: what was assumed, and what was left out.
fn warnings(input: &Input<'_>, ranking: &Ranking<'_>) -> Vec<String> {
    let Input {
        recall, request, ..
    } = *input;
    if !asks_for_something(input) {
        return vec![
            "the brief has no word to search by; describe the problem in a sentence, or filter"
                .into(),
        ];
    }
    let mut warnings = Vec::new();
    if !request.plain {
        warnings.extend(about_home(input, ranking));
    }
    if recall.cut {
        let ordered = recall.candidates.len();
        warnings.push(format!("more cases match than are ordered; these are the best {ordered} by words, narrow the brief for others"));
    }
    let hits = ranking.hits.len();
    if hits > 0 && request.offset >= hits {
        warnings.push(format!(
            "the list ends after {hits}, so there is no such page; lower the offset"
        ));
    }
    warnings
}

/// What was assumed about the asker's own sector.
fn about_home(input: &Input<'_>, ranking: &Ranking<'_>) -> Option<String> {
    let Input {
        context: Context { vocabulary, .. },
        request,
        ..
    } = *input;
    let Some(home) = &request.home else {
        let dial = match request.dial {
            Dial::Mix => String::new(),
            dial => format!(" and `distance` {} has no effect", dial.id()),
        };
        return Some(format!(
            "no home sector given, so no sector is left out{dial}; say which is yours with `for`"
        ));
    };
    if !vocabulary.sectors.is_empty() && crate::distance(vocabulary, home, home).is_none() {
        return Some(format!(
            "`{home}` is not a sector of this corpus, so distances are not known"
        ));
    }
    let only_home = ranking.hits.is_empty() && !ranking.at_home.is_empty();
    only_home.then(|| {
        "only cases of the home sector are about this; leave out `for` to see them all".into()
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture::{Stage, candidate};
    use afield_corpus::Grade;
    use afield_index::Field;

    /// The warnings of a stage with one case, changed a little.
    fn check(change: impl Fn(&mut Stage), expected: &[&str]) {
        let mut stage = Stage::new(&[("queue", 1)]);
        stage.request.home = Some("inns".into());
        let mut case = candidate("a", &[(Field::Asks, &[1])]);
        case.sector = Some("tailors".into());
        stage.recall.candidates = vec![case];
        change(&mut stage);
        let input = stage.input();
        let warnings = warnings(&input, &order(&input));
        assert_eq!(warnings.len(), expected.len(), "{warnings:?}");
        for (warning, part) in warnings.iter().zip(expected) {
            assert!(warning.contains(part), "{warning} has {part}");
        }
    }

    #[test]
    fn an_answer_says_what_was_assumed() {
        check(|_| (), &[]);
        check(|stage| stage.request.home = None, &["with `for`"]);
        check(
            |stage| (stage.request.home, stage.request.dial) = (None, Dial::Far),
            &["`distance` far has no effect"],
        );
        check(
            |stage| (stage.request.home, stage.request.plain) = (None, true),
            &[],
        );
        check(
            |stage| stage.request.home = Some("moon".into()),
            &["`moon` is not a sector of this corpus"],
        );
        check(
            |stage| stage.request.home = Some("tailors".into()),
            &["only cases of the home sector"],
        );
        check(
            |stage| stage.recall.statistics.terms.clear(),
            &["no word to search by"],
        );
        check(|stage| stage.request.offset = 1, &["ends after 1"]);
        check(|stage| stage.recall.cut = true, &["narrow the brief"]);
    }

    #[test]
    fn facets_count_all_hits() {
        let mut stage = Stage::new(&[("queue", 1)]);
        for id in ["a", "b"] {
            let mut case = candidate(id, &[(Field::Asks, &[1])]);
            (case.sector, case.signals) = (Some("inns".into()), vec!["churn".into()]);
            stage.recall.candidates.push(case);
        }
        stage.recall.candidates[1].evidence = Some(Grade::A);
        let counts = facets(&order(&stage.input()).hits);
        assert_eq!(
            (
                counts[&Facet::Sector]["inns"],
                counts[&Facet::Signal]["churn"]
            ),
            (2, 2)
        );
        assert_eq!(
            (
                counts[&Facet::Evidence]["A"],
                counts[&Facet::Outcome]["unknown"]
            ),
            (1, 2)
        );
    }
}
