//! Text of one case, whole.

use super::page::{Line, Page, Role};
use super::{facts, labels, place};
use crate::view::{CaseView, MetricView, SectionView, SourceView};
use std::io::{self, Write};

/// Indent of what stands under a heading.
const INDENT: usize = 2;

/// Writes a case: what it is, its text, its figures with their sources, what it needs and what to beware of.
pub fn case(view: &CaseView, page: &Page, out: &mut impl Write) -> io::Result<()> {
    Line::of(Role::Title, &view.title).write(page, 0, out)?;
    place(&view.place(), page, 0, out)?;
    facts(
        &view.outcome,
        view.evidence.as_deref(),
        None,
        None,
        &view.id,
    )
    .item(Role::Quiet, &view.path)
    .write(page, 0, out)?;
    if let Some(caveat) = &view.caveat {
        Line::of(Role::Warning, "caveat: ")
            .plain(caveat)
            .write(page, 0, out)?;
    }
    view.sections
        .iter()
        .try_for_each(|each| section(each, page, out))?;
    metrics(&view.metrics, page, out)?;
    for (heading, items) in lists(view) {
        list(heading, &items, page, out)?;
    }
    tags(view, page, out)?;
    sources(&view.sources, page, out)
}

fn heading(text: &str, page: &Page, out: &mut impl Write) -> io::Result<()> {
    writeln!(out)?;
    Line::of(Role::Title, text).write(page, 0, out)
}

fn section(section: &SectionView, page: &Page, out: &mut impl Write) -> io::Result<()> {
    if section.blocks.is_empty() {
        return Ok(());
    }
    heading(
        if section.heading.is_empty() {
            "Text"
        } else {
            &section.heading
        },
        page,
        out,
    )?;
    section
        .blocks
        .iter()
        .try_for_each(|block| Line::new().plain(block).write(page, INDENT, out))
}

/// `sales per square foot: 5626 USD, 2011-12 [1]`.
fn metrics(metrics: &[MetricView], page: &Page, out: &mut impl Write) -> io::Result<()> {
    if metrics.is_empty() {
        return Ok(());
    }
    heading("Figures", page, out)?;
    for metric in metrics {
        let unit = match metric.unit.as_str() {
            "" => String::new(),
            "%" => "%".to_owned(),
            unit => format!(" {unit}"),
        };
        let period = if metric.period.is_empty() {
            String::new()
        } else {
            format!(", {}", metric.period)
        };
        let source = metric
            .source
            .map_or_else(String::new, |number| format!(" [{number}]"));
        Line::new()
            .plain(&format!("{}: ", metric.name))
            .with(Role::Title, &format!("{}{unit}", metric.value))
            .plain(&period)
            .with(Role::Quiet, &source)
            .write(page, INDENT, out)?;
    }
    Ok(())
}

fn lists(view: &CaseView) -> [(&'static str, Vec<String>); 5] {
    [
        ("Who must work together", labels(&view.functions)),
        ("What must be in place", view.needs.clone()),
        ("Works when", view.works_when.clone()),
        ("Breaks when", view.breaks_when.clone()),
        ("Asked elsewhere as", view.asks.clone()),
    ]
}

fn list(title: &str, items: &[String], page: &Page, out: &mut impl Write) -> io::Result<()> {
    if items.is_empty() {
        return Ok(());
    }
    heading(title, page, out)?;
    let bullet = Line::of(Role::Quiet, "  - ");
    items
        .iter()
        .try_for_each(|item| Line::new().plain(item).write_behind(&bullet, page, 4, out))
}

fn tags(view: &CaseView, page: &Page, out: &mut impl Write) -> io::Result<()> {
    let rows = [
        ("signals", labels(&view.signals)),
        ("mechanism", labels(&view.mechanism)),
        ("pattern", view.pattern.clone()),
        ("roles", labels(&view.roles)),
        ("journey", labels(&view.journey)),
        ("channels", view.channels.clone()),
        ("borrowed from", labels(&view.borrowed_from)),
        ("basis", view.borrowed_basis.iter().cloned().collect()),
        ("adopted in", labels(&view.adopted_in)),
        ("could inspire", labels(&view.could_inspire)),
        ("inspired by", view.inspired_by.clone()),
    ];
    if rows.iter().all(|(_, values)| values.is_empty()) {
        return Ok(());
    }
    heading("Tags", page, out)?;
    for (name, values) in rows.iter().filter(|(_, values)| !values.is_empty()) {
        Line::of(Role::Quiet, &format!("{name}: "))
            .plain(&values.join(", "))
            .write(page, INDENT, out)?;
    }
    Ok(())
}

fn sources(sources: &[SourceView], page: &Page, out: &mut impl Write) -> io::Result<()> {
    if sources.is_empty() {
        return Ok(());
    }
    heading("Sources", page, out)?;
    for (number, source) in sources.iter().enumerate() {
        let number = Line::new().plain(&format!("{:>3}. ", number + 1));
        let mut line = Line::new()
            .plain(&source.title)
            .item(Role::Plain, &source.publisher);
        if let Some(date) = &source.date {
            line = line.item(Role::Quiet, date);
        }
        line.write_behind(&number, page, 5, out)?;
        if !source.url.is_empty() {
            Line::of(Role::Quiet, &source.url).write(page, 5, out)?;
        }
    }
    Ok(())
}
