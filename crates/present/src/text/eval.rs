//! Text of measures: a table, our weights beside a baseline.

use crate::view::{EvalView, MeasuresView};
use crate::words;
use std::io::{self, Write};

/// What the measures are compared with.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Comparison<'a> {
    /// What the baseline is called; short.
    pub name: &'a str,
    /// Its measures on the same topics.
    pub measures: &'a MeasuresView,
}

/// Writes a measure a line, with the baseline's value and the difference where there is one.
pub fn eval(
    view: &EvalView,
    baseline: Option<Comparison<'_>>,
    out: &mut impl Write,
) -> io::Result<()> {
    write!(
        out,
        "{:<22}{:>10}",
        words::count(view.topics, "topic"),
        "afield"
    )?;
    match baseline {
        Some(baseline) => writeln!(out, "{:>18}{:>12}", baseline.name, "difference")?,
        None => writeln!(out)?,
    }
    for (position, (name, value)) in view.measures.named().into_iter().enumerate() {
        write!(out, "{name:<22}{:>10}", cell(value))?;
        match baseline.map(|baseline| baseline.measures.named()[position].1) {
            Some(base) => {
                let difference = value
                    .zip(base)
                    .map(|(value, base)| format!("{:+.4}", value - base));
                writeln!(
                    out,
                    "{:>18}{:>12}",
                    cell(base),
                    difference.unwrap_or_default()
                )?;
            }
            None => writeln!(out)?,
        }
    }
    per_topic(view, out)
}

fn cell(value: Option<f64>) -> String {
    value.map_or_else(|| "–".to_owned(), |value| format!("{value:.4}"))
}

fn per_topic(view: &EvalView, out: &mut impl Write) -> io::Result<()> {
    if view.per_topic.is_empty() {
        return Ok(());
    }
    writeln!(
        out,
        "\n{:<24}{:>10}{:>14}{:>16}{:>14}",
        "topic", "ndcg@10", "far_ndcg@10", "alpha_ndcg@10", "recall@100"
    )?;
    for topic in &view.per_topic {
        let id: String = topic
            .id
            .chars()
            .filter(|letter| !letter.is_control())
            .collect();
        let measures = &topic.measures;
        let [ndcg, far, alpha, recall] = [
            measures.ndcg,
            measures.far_ndcg,
            measures.alpha_ndcg,
            measures.recall,
        ]
        .map(cell);
        writeln!(out, "{id:<24}{ndcg:>10}{far:>14}{alpha:>16}{recall:>14}")?;
    }
    Ok(())
}
