//! HTML of what a corpus has and lacks: one page without anything around it.

use crate::view::{CoverageView, CoveredWord};
use std::io::{self, Write};

const HEAD: &str = "<!doctype html>
<html lang=\"en\">
<meta charset=\"utf-8\">
<meta name=\"viewport\" content=\"width=device-width\">
<title>What the corpus has and lacks</title>
<style>
  :root { color-scheme: light dark; font: 14px/1.4 system-ui, sans-serif; }
  body { margin: 2rem; }
  table { border-collapse: collapse; margin: 1rem 0; }
  th { font-weight: 600; text-align: left; }
  thead th { writing-mode: vertical-rl; transform: rotate(180deg); padding: .3rem; }
  td { text-align: right; min-width: 1.8rem; padding: .1rem .3rem; }
  td:not(:empty) { background: color-mix(in srgb, seagreen calc(var(--n) * 7%), transparent); }
  td.hole { background: color-mix(in srgb, crimson 35%, transparent); }
  .thin { color: crimson; }
</style>
";

/// Writes the grid with its holes marked, and what is thin.
pub fn coverage(view: &CoverageView, out: &mut impl Write) -> io::Result<()> {
    write!(
        out,
        "{HEAD}<h1>{} cases, as of {}</h1>\n<table>\n<thead><tr><th></th>",
        view.cases, view.as_of
    )?;
    for sector in &view.sectors {
        let class = if sector.thin { " class=\"thin\"" } else { "" };
        write!(
            out,
            "<th{class}>{} {}</th>",
            escape(&sector.sector.label),
            sector.cases
        )?;
    }
    writeln!(out, "<th>all</th></tr></thead>")?;
    for signal in &view.signals {
        row(view, signal, out)?;
    }
    writeln!(
        out,
        "</table>\n<p>Red: the signal presses the sector, and no case tells what was done.</p>"
    )?;
    let thin = view.mechanisms.iter().filter(|word| word.thin);
    let thin: Vec<String> = thin
        .map(|word| format!("{} {}", escape(&word.word.label), word.cases))
        .collect();
    if !thin.is_empty() {
        writeln!(out, "<h2>Thin mechanisms</h2>\n<p>{}</p>", thin.join(" · "))?;
    }
    writeln!(out, "</html>")
}

fn row(view: &CoverageView, signal: &CoveredWord, out: &mut impl Write) -> io::Result<()> {
    let class = if signal.thin { " class=\"thin\"" } else { "" };
    write!(out, "<tr><th{class}>{}</th>", escape(&signal.word.label))?;
    for sector in &view.sectors {
        let (signal, sector) = (&signal.word.id, &sector.sector.id);
        let is_hole = || {
            view.holes
                .iter()
                .any(|hole| hole.signal.id == *signal && hole.sector.id == *sector)
        };
        match view.cell(signal, sector) {
            0 if is_hole() => write!(out, "<td class=\"hole\"></td>")?,
            0 => write!(out, "<td></td>")?,
            cases => write!(out, "<td style=\"--n: {cases}\">{cases}</td>")?,
        }
    }
    writeln!(out, "<td>{}</td></tr>", signal.cases)
}

/// A text as HTML has it.
fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            letter => escaped.push(letter),
        }
    }
    escaped
}
