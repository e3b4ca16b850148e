//! Body text to sections and links; the one file that names the markdown parser.

use crate::html;
use crate::lines::Lines;
use crate::{Block, Place, Section, SectionKind};
use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};
use std::ops::Range;

/// A link to a file beside this one, as the author wrote it.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Link {
    /// The target with its `#fragment`, if any.
    pub target: String,
    /// Where the link starts.
    pub place: Place,
}

/// A body cut at its headings.
#[derive(Debug, Default)]
pub(crate) struct Body {
    /// The sections in file order; one without heading comes first if there is text above the first heading.
    pub(crate) sections: Vec<Section>,
    /// Links that are no web addresses.
    pub(crate) links: Vec<Link>,
}

/// Reads a markdown text whose first line is the line `first` of its file.
pub(crate) fn read(text: &str, first: u32) -> Body {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_WIKILINKS;
    let mut writer = Writer {
        lines: Lines::new(text, first),
        body: Body::default(),
        pending: Pending::default(),
        level: 0,
        heading: 0,
        hidden: None,
    };
    for (event, range) in Parser::new_ext(text, options).into_offset_iter() {
        writer.take(event, &range);
    }
    writer.flush();
    writer.body
}

/// Collects text until the block that holds it ends.
struct Writer<'a> {
    lines: Lines<'a>,
    body: Body,
    pending: Pending,
    /// Level of the heading that is open; 0 outside headings.
    level: u8,
    /// Line of the heading that is open.
    heading: u32,
    /// The element whose content is left out, such as `script`.
    hidden: Option<String>,
}

/// The text of a block so far.
#[derive(Default)]
struct Pending {
    text: String,
    html: String,
    line: u32,
}

impl Writer<'_> {
    fn take(&mut self, event: Event<'_>, range: &Range<usize>) {
        match event {
            Event::Start(tag) => self.start(&tag, range),
            Event::End(tag) => self.end(tag),
            Event::Text(text)
            | Event::Code(text)
            | Event::InlineMath(text)
            | Event::DisplayMath(text) => {
                if self.hidden.is_none() {
                    self.text(&text, range);
                }
            }
            Event::SoftBreak | Event::HardBreak => self.pending.text.push(' '),
            Event::Html(html) => {
                self.open_line(range);
                self.pending.html.push_str(&html);
            }
            Event::InlineHtml(html) => self.inline_html(&html),
            Event::Rule => self.flush(),
            Event::FootnoteReference(_) | Event::TaskListMarker(_) => {}
        }
    }

    fn start(&mut self, tag: &Tag<'_>, range: &Range<usize>) {
        match tag {
            Tag::Emphasis
            | Tag::Strong
            | Tag::Strikethrough
            | Tag::Superscript
            | Tag::Subscript
            | Tag::TableCell => {}
            Tag::Link { dest_url, .. } => self.link(dest_url, range),
            Tag::Image { .. } => {}
            Tag::Heading { level, .. } => {
                self.flush();
                self.level = number(*level);
                self.heading = self.lines.line(range.start);
            }
            _ => self.flush(),
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Emphasis
            | TagEnd::Strong
            | TagEnd::Strikethrough
            | TagEnd::Superscript
            | TagEnd::Subscript => {}
            TagEnd::Link | TagEnd::Image => {}
            TagEnd::TableCell => self.pending.text.push_str(" | "),
            TagEnd::Heading(_) => self.open_section(),
            TagEnd::HtmlBlock => {
                let text = html::text(&std::mem::take(&mut self.pending.html));
                self.pending.text.push_str(&text);
                self.flush();
            }
            _ => self.flush(),
        }
    }

    fn text(&mut self, text: &str, range: &Range<usize>) {
        self.open_line(range);
        self.pending.text.push_str(text);
    }

    /// Notes the line on which the block's text begins.
    fn open_line(&mut self, range: &Range<usize>) {
        if self.pending.line == 0 {
            self.pending.line = self.lines.line(range.start);
        }
    }

    fn inline_html(&mut self, tag: &str) {
        match (&self.hidden, html::element(tag)) {
            (None, Some(name)) if html::hides(&name) && !tag.starts_with("</") => {
                self.hidden = Some(name);
            }
            (Some(open), Some(name)) if *open == name && tag.starts_with("</") => {
                self.hidden = None;
            }
            (None, Some(name)) if name == "br" => self.pending.text.push(' '),
            _ => {}
        }
    }

    fn link(&mut self, target: &str, range: &Range<usize>) {
        if !target.is_empty() && !target.contains("://") && !target.starts_with(['#', '/']) {
            let link = Link {
                target: target.to_owned(),
                place: self.lines.place(range.start),
            };
            self.body.links.push(link);
        }
    }

    /// Ends a heading and opens its section.
    fn open_section(&mut self) {
        let heading = fold(&std::mem::take(&mut self.pending).text);
        self.hidden = None;
        let kind = kind(&heading);
        self.body.sections.push(Section {
            kind,
            heading,
            level: self.level,
            line: self.heading,
            blocks: Vec::new(),
        });
        self.level = 0;
    }

    /// Ends a block, if there is text for one.
    fn flush(&mut self) {
        self.hidden = None;
        let pending = std::mem::take(&mut self.pending);
        let text = fold(&pending.text);
        let text = text.trim_end_matches([' ', '|']);
        if text.is_empty() {
            return;
        }
        if self.body.sections.is_empty() {
            let (kind, heading) = (SectionKind::Other, String::new());
            self.body.sections.push(Section {
                kind,
                heading,
                level: 0,
                line: pending.line,
                blocks: Vec::new(),
            });
        }
        if let Some(section) = self.body.sections.last_mut() {
            section.blocks.push(Block {
                text: text.to_owned(),
                line: pending.line,
            });
        }
    }
}

fn number(level: HeadingLevel) -> u8 {
    match level {
        HeadingLevel::H1 => 1,
        HeadingLevel::H2 => 2,
        HeadingLevel::H3 => 3,
        HeadingLevel::H4 => 4,
        HeadingLevel::H5 => 5,
        HeadingLevel::H6 => 6,
    }
}

fn fold(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What a section is for, told from its heading: case, numbering, punctuation and a leading article do not count.
pub(crate) fn kind(heading: &str) -> SectionKind {
    let lower = heading.to_lowercase();
    let words = lower
        .split(|letter: char| !letter.is_alphanumeric())
        .filter(|word| !word.is_empty());
    let lead = |word: &&str| {
        ["the", "a", "an", "our"].contains(word) || word.bytes().all(|byte| byte.is_ascii_digit())
    };
    match words
        .skip_while(lead)
        .collect::<Vec<_>>()
        .join(" ")
        .as_str()
    {
        "challenge" | "challenges" | "problem" | "problems" | "pressure" | "pressures" => {
            SectionKind::Challenge
        }
        "idea" | "ideas" | "solution" | "solutions" | "approach" | "how it worked"
        | "how it works" => SectionKind::Idea,
        "outcome" | "outcomes" | "result" | "results" | "what happened" => SectionKind::Outcome,
        "carry it over" | "carry over" | "transfer" => SectionKind::CarryOver,
        _ => SectionKind::Other,
    }
}
