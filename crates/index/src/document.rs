//! A case as the engine takes it.

use crate::analyze::{self, BLOCK_BREAK, FIELD_BREAK};
use crate::fingerprint;
use crate::meaning::passage;
use crate::schema::Fields;
use crate::{Facet, Field, IndexError, PerField};
use afield_corpus::{Case, SectionKind, Vocabulary};
use serde::Deserialize;
use tantivy::TantivyDocument;

/// A document and the number of words in each of its fields.
pub(crate) struct Document {
    pub(crate) document: TantivyDocument,
    pub(crate) lengths: PerField<u32>,
}

/// The first fields of a stored case, in its order: enough to name it, without reading the rest.
#[derive(Debug, PartialEq, Deserialize)]
pub(crate) struct Head<'a> {
    pub(crate) id: &'a str,
    _path: &'a str,
    pub(crate) title: &'a str,
    pub(crate) organisation: &'a str,
}

/// Lays a case out for the index.
///
/// All words go into one text, field after field in the order of [`Field::ALL`], so that recall walks one posting
/// list a word, and the position of an occurrence tells the field: see
/// `docs/decisions/0001-one-posting-list-a-word.md`.
pub(crate) fn document(
    case: &Case,
    vocabulary: &Vocabulary,
    fields: &Fields,
) -> Result<Document, IndexError> {
    let parts = field_texts(case, vocabulary);
    let mut document = TantivyDocument::default();
    let mut lengths = [0; Field::COUNT];
    let mut start = 0_u64;
    for (length, part) in lengths.iter_mut().zip(&parts) {
        document.add_u64(fields.bounds, start);
        *length = analyze::places(part);
        start += u64::from(*length) + 1;
    }
    document.add_u64(fields.bounds, start);
    document.add_text(
        fields.text,
        parts.join(FIELD_BREAK.encode_utf8(&mut [0; 4])),
    );
    document.add_text(fields.id, &case.id);
    document.add_text(fields.path, &case.path);
    document.add_text(fields.organisation, &case.organisation);
    for place in &case.adopted_in {
        document.add_text(fields.adopted, place);
    }
    for facet in Facet::ALL {
        for value in facet_values(case, facet) {
            document.add_text(fields.facet(facet), value);
        }
    }
    if let Some(years) = case.years {
        document.add_i64(fields.from, i64::from(years.from));
        document.add_i64(fields.to, years.to.map_or(OPEN_END, i64::from));
    }
    document.add_u64(fields.sources, case.sources.len() as u64);
    for (kind, text) in passage::passages(case) {
        document.add_u64(fields.passages, passage::key(kind, &text));
    }
    document.add_u64(fields.fingerprint, fingerprint::of(&parts));
    let stored = postcard::to_stdvec(case).map_err(|_| IndexError::Damaged {
        path: case.path.clone().into(),
    })?;
    document.add_bytes(fields.case, &stored);
    Ok(Document { document, lengths })
}

/// The last year of what still goes on.
const OPEN_END: i64 = 9999;

/// Whether a last year means that it still goes on.
pub(crate) fn goes_on(last: i64) -> bool {
    last >= OPEN_END
}

/// The values a case has of a facet, each once, sorted, in lower case but for grades; several regions stand apart.
pub fn facet_values(case: &Case, facet: Facet) -> Vec<String> {
    let list = |values: &[String]| {
        values
            .iter()
            .map(|value| value.trim().to_lowercase())
            .collect::<Vec<_>>()
    };
    let mut values = match facet {
        Facet::Sector => list(case.sector.as_slice()),
        Facet::Signal => list(&case.signals),
        Facet::Mechanism => list(&case.mechanism),
        Facet::Function => list(&case.functions),
        Facet::Role => list(&case.roles),
        Facet::Journey => list(&case.journey),
        Facet::Channel => list(&case.channels),
        Facet::Region => regions(case.region.as_deref().unwrap_or_default()),
        Facet::Outcome => vec![case.outcome.id().to_owned()],
        Facet::Evidence => case
            .evidence
            .iter()
            .map(|grade| grade.id().to_owned())
            .collect(),
    };
    values.retain(|value| !value.is_empty());
    values.sort_unstable();
    values.dedup();
    values
}

/// `UK / US` is a case of both.
fn regions(text: &str) -> Vec<String> {
    text.split(['/', ',', ';'])
        .map(|part| part.trim().to_lowercase())
        .collect()
}

fn field_texts(case: &Case, vocabulary: &Vocabulary) -> PerField<String> {
    Field::ALL.map(|field| match field {
        Field::Asks => join(&case.asks),
        Field::Challenge => section_text(case, SectionKind::Challenge),
        Field::Pattern => join(&case.pattern),
        Field::Title => blank_breaks(&case.title),
        Field::Tags => tags(case, vocabulary),
        Field::Idea => section_text(case, SectionKind::Idea),
        Field::Outcome => section_text(case, SectionKind::Outcome),
        Field::Body => body(case),
    })
}

fn tags(case: &Case, vocabulary: &Vocabulary) -> String {
    let mut tags = vec![case.organisation.clone()];
    let ids = case
        .sector
        .iter()
        .chain(&case.signals)
        .chain(&case.mechanism);
    tags.extend(ids.map(|id| vocabulary.label(id).to_owned()));
    tags.extend(case.subsector.clone());
    join(&tags)
}

fn section_text(case: &Case, kind: SectionKind) -> String {
    let blocks = case
        .sections
        .iter()
        .filter(|section| section.kind == kind)
        .flat_map(|section| &section.blocks);
    let mut text = String::new();
    for block in blocks {
        push(&mut text, &block.text);
    }
    text
}

/// Everything that has no field of its own, headings included.
fn body(case: &Case) -> String {
    let mut text = String::new();
    for section in &case.sections {
        let own_field = matches!(
            section.kind,
            SectionKind::Challenge | SectionKind::Idea | SectionKind::Outcome
        );
        if own_field {
            continue;
        }
        if section.heading != case.title {
            push(&mut text, &section.heading);
        }
        for block in &section.blocks {
            push(&mut text, &block.text);
        }
    }
    for extra in [&case.needs, &case.works_when, &case.breaks_when]
        .into_iter()
        .flatten()
    {
        push(&mut text, extra);
    }
    text
}

fn join(parts: &[String]) -> String {
    let mut text = String::new();
    for part in parts {
        push(&mut text, part);
    }
    text
}

fn push(text: &mut String, part: &str) {
    if part.is_empty() {
        return;
    }
    if !text.is_empty() {
        text.push(BLOCK_BREAK);
    }
    if part.contains([FIELD_BREAK, BLOCK_BREAK]) {
        text.push_str(&blank_breaks(part));
    } else {
        text.push_str(part);
    }
}

/// A case's own control characters must not pass for our breaks.
fn blank_breaks(part: &str) -> String {
    part.replace([FIELD_BREAK, BLOCK_BREAK], " ")
}
