//! Text for a terminal: the answer to a brief, at a glance.

mod case;
mod check;
mod coverage;
mod doctor;
mod eval;
mod index;
mod page;
mod related;
mod sector;
mod signal;
mod why;

pub use case::case;
pub use check::{check, check_short};
pub use coverage::coverage;
pub use doctor::doctor;
pub use eval::eval;
pub use index::indexing;
pub use page::Page;
pub use related::related;
pub use sector::{sector, sectors};
pub use signal::{signal, signals};
pub use why::why;

use crate::view::{DistanceView, HitView, PartsView, QueryView, SearchView, SimilarityView, Tag};
use crate::words;
use page::{Line, Role, columns};
use std::io::{self, Write};

/// Width of the margin in which ranks stand.
const MARGIN: usize = 4;

/// Writes the answer to a brief; `explain` adds how each score is made up. Warnings are talk, not data: they are
/// left to whoever calls.
pub fn search(
    view: &SearchView,
    explain: bool,
    page: &Page,
    out: &mut impl Write,
) -> io::Result<()> {
    let read_as = read_as(&view.query);
    let read_as = if view.hits.is_empty() {
        read_as
    } else {
        read_as.item(Role::Quiet, &extent(view))
    };
    read_as.write(page, 0, out)?;
    verdict(view, page, out)?;
    for each in &view.hits {
        writeln!(out)?;
        hit(each, explain, page, out)?;
    }
    at_home(view, page, out)?;
    if page.hints
        && let Some(first) = view.hits.first()
    {
        writeln!(out)?;
        Line::of(
            Role::Quiet,
            &format!("the whole case: afield show {}", first.id),
        )
        .write(page, 0, out)?;
    }
    Ok(())
}

/// `read as: footfall decline · words: branches, footfall · ignored: our, are · for: banking`.
fn read_as(query: &QueryView) -> Line {
    let read = &query.read_as;
    let signals = lower_labels(&read.signals);
    let mut line = Line::of(Role::Quiet, "read as: ");
    line = if signals.is_empty() {
        line.plain("no known signal")
    } else {
        line.with(Role::Title, &signals.join(", "))
    };
    let corrected: Vec<String> = read
        .corrected
        .iter()
        .map(|(typed, searched)| format!("{typed} → {searched}"))
        .collect();
    for (label, words) in [
        ("words", &read.terms),
        ("corrected", &corrected),
        ("ignored", &read.ignored),
    ] {
        if !words.is_empty() {
            line = line
                .item(Role::Quiet, &format!("{label}: "))
                .plain(&words.join(", "));
        }
    }
    match &query.home {
        Some(home) => line
            .item(Role::Quiet, "for: ")
            .plain(&words::within_sentence(&home.label)),
        None => line,
    }
}

fn extent(view: &SearchView) -> String {
    let last = view.offset + view.hits.len();
    format!(
        "{}–{last} of {}",
        view.offset + 1,
        words::count(view.total, "idea")
    )
}

/// What to know of a list that is less than good, and what to try.
fn verdict(view: &SearchView, page: &Page, out: &mut impl Write) -> io::Result<()> {
    let beyond = view.hits.is_empty() && view.total > 0;
    let text = match view.verdict.as_str() {
        _ if beyond => &format!("the list ends at {}: choose a smaller offset", view.total),
        "strong" => return Ok(()),
        "partial" => "partial: these ideas are about part of the problem",
        "none" if view.hits.is_empty() => "nothing here is about this problem",
        _ => "weak: these cases share words with the brief, hardly the problem",
    };
    writeln!(out)?;
    Line::of(Role::Warning, text).write(page, 0, out)?;
    if beyond || view.verdict == "partial" {
        return Ok(());
    }
    if !view.nearest_signals.is_empty() {
        let labels = lower_labels(&view.nearest_signals).join(", ");
        Line::of(Role::Quiet, "nearest signals: ")
            .plain(&labels)
            .write(page, 0, out)?;
    }
    Line::of(Role::Quiet, "to try: ")
        .plain("say what presses you in other words, name a signal (`--signal`), or drop a filter")
        .write(page, 0, out)
}

/// One idea in about five lines.
fn hit(hit: &HitView, explain: bool, page: &Page, out: &mut impl Write) -> io::Result<()> {
    let rank = format!("{:>2}  ", hit.rank);
    let indent = MARGIN.max(columns(&rank));
    Line::of(Role::Title, &hit.title).write_behind(
        &Line::of(Role::Quiet, &rank),
        page,
        indent,
        out,
    )?;
    let place = hit
        .place()
        .iter()
        .fold(Line::new(), |line, item| line.item(Role::Plain, item));
    if !place.is_empty() {
        place.write(page, MARGIN, out)?;
    }
    if let Some(snippet) = &hit.snippet {
        Line::new()
            .marked(&snippet.text, &snippet.highlights)
            .write_behind(&Line::of(Role::Quiet, "  │ "), page, MARGIN, out)?;
    }
    if !hit.why.is_empty() {
        Line::of(Role::Quiet, "why: ")
            .plain(&hit.why)
            .write(page, MARGIN, out)?;
    }
    let sources = Some(hit.sources.len());
    facts(
        &hit.outcome,
        hit.evidence.as_deref(),
        sources,
        hit.distance.as_ref(),
        &hit.id,
    )
    .write(page, MARGIN, out)?;
    if !hit.also.is_empty() {
        Line::of(Role::Quiet, "also told as: ")
            .plain(&hit.also.join(", "))
            .write(page, MARGIN, out)?;
    }
    if explain {
        score(&hit.score_parts, hit.score).write(page, MARGIN, out)?;
        similarity(hit.similarity.as_ref()).write(page, MARGIN, out)?;
    }
    Ok(())
}

/// `Argos · General retail · 2012–2016 · UK`.
fn place(items: &[String], page: &Page, indent: usize, out: &mut impl Write) -> io::Result<()> {
    let line = items
        .iter()
        .fold(Line::new(), |line, item| line.item(Role::Plain, item));
    if line.is_empty() {
        Ok(())
    } else {
        line.write(page, indent, out)
    }
}

/// `worked · grade B · 4 sources · mid distance · argos-digital-stores`.
fn facts(
    outcome_id: &str,
    evidence: Option<&str>,
    sources: Option<usize>,
    distance: Option<&DistanceView>,
    id: &str,
) -> Line {
    let grade = evidence.map_or_else(|| "no grade".to_owned(), |grade| format!("grade {grade}"));
    let sources = sources.map_or_else(String::new, |number| words::count(number, "source"));
    let distance = distance.map_or_else(String::new, |distance| {
        format!("{} distance", distance.band)
    });
    Line::of(outcome_role(outcome_id), outcome(outcome_id))
        .item(Role::Plain, &grade)
        .item(Role::Plain, &sources)
        .item(Role::Plain, &distance)
        .item(Role::Quiet, id)
}

/// `score 0.820 = (problem 0.52 + text 0.14) × stress 1.07 × …`.
fn score(parts: &PartsView, score: f64) -> Line {
    let sum = format!(
        "(problem\u{a0}{:.3} + text\u{a0}{:.3})",
        parts.problem, parts.text
    );
    let factors = [
        ("stress", parts.stress),
        ("distance", parts.distance),
        ("evidence", parts.evidence),
        ("novelty", parts.novelty),
    ];
    let factors: String = factors
        .iter()
        .map(|(name, value)| format!(" × {name}\u{a0}{value:.3}"))
        .collect();
    Line::of(
        Role::Quiet,
        &format!("score\u{a0}{score:.3} = {sum}{factors}"),
    )
}

/// `meaning: asks 0.46 · challenge 0.41 · pattern 0.38 · idea 0.22`.
fn similarity(similarity: Option<&SimilarityView>) -> Line {
    let Some(similarity) = similarity else {
        return Line::of(Role::Quiet, "meaning: not known, ordered by words");
    };
    let parts = [
        ("asks", similarity.asks),
        ("challenge", similarity.challenge),
        ("pattern", similarity.pattern),
        ("idea", similarity.idea),
        ("whole text", similarity.whole),
    ];
    let known = parts
        .iter()
        .filter_map(|(name, value)| Some((name, (*value)?)));
    let known: Vec<String> = known
        .map(|(name, value)| format!("{name}\u{a0}{value:.2}"))
        .collect();
    Line::of(Role::Quiet, &format!("meaning: {}", known.join(" · ")))
}

fn at_home(view: &SearchView, page: &Page, out: &mut impl Write) -> io::Result<()> {
    if view.already_at_home.is_empty() {
        return Ok(());
    }
    writeln!(out)?;
    Line::of(Role::Title, "already tried at home").write(page, 0, out)?;
    for case in &view.already_at_home {
        let line = Line::new().plain(&case.title).item(Role::Quiet, &case.id);
        line.write_behind(&Line::of(Role::Quiet, "  - "), page, MARGIN, out)?;
    }
    Ok(())
}

/// What an outcome is called.
fn outcome(id: &str) -> &str {
    if id == "unknown" {
        "outcome unknown"
    } else {
        id
    }
}

fn outcome_role(id: &str) -> Role {
    match id {
        "worked" => Role::Good,
        "mixed" => Role::Warning,
        "failed" => Role::Bad,
        _ => Role::Quiet,
    }
}

fn lower_labels(tags: &[Tag]) -> Vec<String> {
    tags.iter()
        .map(|tag| words::within_sentence(&tag.label))
        .collect()
}

fn labels(tags: &[Tag]) -> Vec<String> {
    tags.iter().map(|tag| tag.label.clone()).collect()
}
