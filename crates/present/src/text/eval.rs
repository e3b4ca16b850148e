//! Text of measures: tables, the search beside its baselines.

use crate::view::{
    AblationView, CrossValidationView, DifferenceView, EvalView, MeasuresView, PairsView,
};
use crate::words;
use std::io::{self, Write};

/// What is measured.
const ITSELF: &str = "afield";

/// The measure that we go by.
const FIRST: &str = "far_ndcg@10";

/// Writes a measure a line, a way to search a column; then whatever else was asked for, a table each.
pub fn eval(view: &EvalView, out: &mut impl Write) -> io::Result<()> {
    let mut tables = Vec::new();
    if view.topics > 0 {
        tables.push(measures(view));
    }
    if !view.differences.is_empty() {
        tables.push(differences(view));
    }
    if !view.per_topic.is_empty() {
        tables.push(per_topic(view));
    }
    tables.extend(view.pairs.as_ref().map(pairs));
    if !view.ablation.is_empty() {
        tables.push(ablation(&view.ablation));
    }
    tables.extend(view.cross_validation.as_ref().map(cross_validation));
    out.write_all(tables.join("\n").as_bytes())
}

/// What a way to search is called.
fn name(id: &str) -> &str {
    match id {
        "bm25" => "BM25",
        id => id,
    }
}

fn measures(view: &EvalView) -> String {
    let all: Vec<&MeasuresView> = std::iter::once(&view.measures)
        .chain(view.baselines.values())
        .collect();
    let ids = std::iter::once(ITSELF).chain(view.baselines.keys().copied());
    let mut table = head(&words::count(view.topics, "topic"), ids);
    for (position, (measure, _)) in view.measures.named().into_iter().enumerate() {
        let values = all.iter().map(|measures| measures.named()[position].1);
        table += &row(measure, values);
    }
    table
}

fn head<'a>(what: &str, ids: impl Iterator<Item = &'a str>) -> String {
    let columns: String = ids.map(|id| format!("{:>10}", name(id))).collect();
    format!("{what:<22}{columns}\n")
}

fn row(label: &str, values: impl Iterator<Item = Option<f64>>) -> String {
    let cells: String = values.map(|value| format!("{:>10}", cell(value))).collect();
    format!("{label:<22}{cells}\n")
}

fn cell(value: Option<f64>) -> String {
    value.map_or_else(|| "–".to_owned(), |value| format!("{value:.4}"))
}

/// `   +0.1508   +0.1201 to +0.1810`.
fn interval(difference: Option<DifferenceView>) -> String {
    let Some(DifferenceView { mean, low, high }) = difference else {
        return format!("{:>12}", "–");
    };
    format!("{mean:>+12.4}   {low:+.4} to {high:+.4}")
}

fn differences(view: &EvalView) -> String {
    let mut table = format!(
        "{:<22}{:>10}   95 % of resampled topics\n",
        "afield is ahead of", FIRST
    );
    for (id, differences) in &view.differences {
        let difference = interval(differences.get(FIRST).copied());
        table += &format!("{:<21}{difference}\n", name(id));
    }
    table
}

fn per_topic(view: &EvalView) -> String {
    let mut table = format!(
        "{:<24}{:>10}{:>14}{:>16}{:>14}\n",
        "topic", "ndcg@10", FIRST, "alpha_ndcg@10", "recall@100"
    );
    for topic in &view.per_topic {
        let letters = topic.id.chars();
        let id: String = letters.filter(|letter| !letter.is_control()).collect();
        let measures = &topic.measures;
        let [ndcg, far, alpha, recall] = [
            measures.ndcg,
            measures.far_ndcg,
            measures.alpha_ndcg,
            measures.recall,
        ]
        .map(cell);
        table += &format!("{id:<24}{ndcg:>10}{far:>14}{alpha:>16}{recall:>14}\n");
    }
    table
}

fn pairs(view: &PairsView) -> String {
    let mut table = head(
        &words::count(view.count, "pair"),
        view.accuracy.keys().copied(),
    );
    let Some(first) = view.accuracy.values().next() else {
        return table;
    };
    for (position, (cell, _)) in first.named().into_iter().enumerate() {
        let all = view.accuracy.values();
        table += &row(cell, all.map(|cells| cells.named()[position].1));
    }
    table
}

fn ablation(ablation: &[AblationView]) -> String {
    let paired = ablation.iter().any(|signal| signal.pair_accuracy.is_some());
    let pairs = if paired { "pairs" } else { "" };
    let mut table = String::new();
    let mut line = |cells: String| {
        table += cells.trim_end();
        table.push('\n');
    };
    line(format!(
        "{:<14}{FIRST:>12}{:>12}   {:<20}{pairs:>8}",
        "without", "difference", "95 % of resamples"
    ));
    for signal in ablation {
        let accuracy = signal.pair_accuracy.map(|share| format!("{share:.4}"));
        line(format!(
            "{:<14}{:>12}{:<35}{:>8}",
            signal.off,
            cell(signal.far_ndcg),
            interval(signal.difference),
            accuracy.unwrap_or_default(),
        ));
    }
    table
}

fn cross_validation(view: &CrossValidationView) -> String {
    let mut table = format!(
        "{:<22}{FIRST:>12}{:>12}   95 % of resamples\n",
        format!("{} folds", view.folds),
        "difference"
    );
    let shipped = cell(view.shipped);
    let held_out = cell(view.held_out);
    let tuned = cell(view.tuned);
    table += &format!("{:<22}{shipped:>12}\n", "as shipped");
    let difference = interval(view.difference);
    table += &format!("{:<22}{held_out:>12}{difference}\n", "tuned, held out");
    table += &format!("{:<22}{tuned:>12}\n", "tuned on all topics");
    let weights = view.weights.iter();
    let weights: Vec<String> = weights
        .map(|(part, weight)| format!("{part} {weight:.2}"))
        .collect();
    for four in weights.chunks(4) {
        table += &format!("  {}\n", four.join(" · "));
    }
    table
}
