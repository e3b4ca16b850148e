//! One file's text to a [`Case`]; never fails and touches no disk.

use crate::lines::normalise;
use crate::{Case, Diagnostic, Header, Link, SectionKind, fields, front_matter, markdown};

/// What a file says, and what is wrong with it.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Parsed {
    /// The case; where the file is broken, as much of it as can be read.
    pub case: Case,
    /// The front matter with its places.
    pub header: Header,
    /// The body's links to files, in file order.
    pub links: Vec<Link>,
    /// What is wrong, by line and column.
    pub diagnostics: Vec<Diagnostic>,
}

/// Reads a case study from the text of its file; `path` is relative to the corpus, with `/` between folders.
///
/// Any text gives a case with a title. Broken front matter is reported, its readable keys are kept, and its rest
/// does not become body text.
///
/// ```
/// let parsed = afield_corpus::parse("a.md", "a", "---\ntitle: Sell the empty seats\n---\n## Idea\n\nAuction them.\n");
/// assert_eq!(parsed.case.title, "Sell the empty seats");
/// assert_eq!(parsed.case.sections[0].blocks[0].text, "Auction them.");
/// assert!(parsed.diagnostics.is_empty());
/// ```
pub fn parse(path: &str, id: &str, text: &str) -> Parsed {
    let text = normalise(text);
    let mut diagnostics = Vec::new();
    let (header, start) = front_matter::read(path, &text, &mut diagnostics);
    let first = text[..start].bytes().filter(|byte| *byte == b'\n').count() as u32 + 1;
    let body = markdown::read(&text[start..], first);
    let mut case = Case {
        id: id.to_owned(),
        path: path.to_owned(),
        sections: body.sections,
        ..Case::default()
    };
    fields::fill(&mut case, &header, &mut diagnostics);
    if case.title.is_empty() {
        case.title = heading(&case).unwrap_or_else(|| humanised(path));
    }
    diagnostics.sort();
    Parsed {
        case,
        header,
        links: body.links,
        diagnostics,
    }
}

/// The first heading that can be a title: of the first level, or one that does not merely name a section.
fn heading(case: &Case) -> Option<String> {
    let titles = case.sections.iter().filter(|section| {
        !section.heading.is_empty() && (section.level == 1 || section.kind == SectionKind::Other)
    });
    titles.map(|section| section.heading.clone()).next()
}

/// The name of a file in words: `empty-seats.md` as `Empty seats`.
fn humanised(path: &str) -> String {
    let name = path.rsplit('/').next().unwrap_or(path);
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let words = stem.split(|letter: char| letter.is_whitespace() || "-_".contains(letter));
    let words = words
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join(" ");
    let mut letters = words.chars();
    match letters.next() {
        Some(first) => first.to_uppercase().chain(letters).collect(),
        None => "Untitled".to_owned(),
    }
}
