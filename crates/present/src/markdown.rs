//! Markdown: a list to take into a workshop, each idea with its sources.

use crate::view::{HitView, SearchView, SourceView};
use crate::words;
use std::io::{self, Write};

/// Writes the brief as a heading and each hit as a numbered idea with evidence, reason and sources.
pub fn search(view: &SearchView, out: &mut impl Write) -> io::Result<()> {
    writeln!(out, "# {}", escaped(&view.query.text))?;
    if let Some(home) = &view.query.home {
        writeln!(
            out,
            "\nIdeas for {} from other sectors.",
            escaped(&words::within_sentence(&home.label))
        )?;
    }
    if view.hits.is_empty() {
        writeln!(out, "\nNothing in the corpus is about this problem.")?;
    }
    for hit in &view.hits {
        idea(hit, out)?;
    }
    if !view.already_at_home.is_empty() {
        writeln!(out, "\n## Already tried at home\n")?;
        for case in &view.already_at_home {
            writeln!(out, "- {} ({})", escaped(&case.title), code(&case.id))?;
        }
    }
    Ok(())
}

fn idea(hit: &HitView, out: &mut impl Write) -> io::Result<()> {
    writeln!(out, "\n## {}. {}\n", hit.rank, escaped(&hit.title))?;
    let where_and_when = hit.place();
    if !where_and_when.is_empty() {
        writeln!(out, "*{}*\n", escaped(&where_and_when.join(" · ")))?;
    }
    if let Some(snippet) = &hit.snippet {
        writeln!(out, "> {}\n", escaped(&snippet.text))?;
    }
    if !hit.why.is_empty() {
        writeln!(out, "- Why: {}", escaped(&hit.why))?;
    }
    let grade = hit
        .evidence
        .as_ref()
        .map_or_else(String::new, |grade| format!(", evidence {grade}"));
    writeln!(out, "- Outcome: {}{grade}", hit.outcome)?;
    if !hit.mechanism.is_empty() {
        let labels: Vec<String> = hit
            .mechanism
            .iter()
            .map(|tag| escaped(&tag.label))
            .collect();
        writeln!(out, "- Mechanism: {}", labels.join(", "))?;
    }
    writeln!(out, "- Case: {}", code(&hit.id))?;
    if !hit.sources.is_empty() {
        writeln!(out, "- Sources:")?;
    }
    hit.sources.iter().try_for_each(|each| source(each, out))
}

fn source(source: &SourceView, out: &mut impl Write) -> io::Result<()> {
    let title = escaped(if source.title.is_empty() {
        &source.url
    } else {
        &source.title
    });
    let publisher = if source.publisher.is_empty() {
        String::new()
    } else {
        format!(", {}", escaped(&source.publisher))
    };
    if source.url.is_empty() {
        writeln!(out, "  - {title}{publisher}")
    } else {
        writeln!(
            out,
            "  - [{title}](<{}>){publisher}",
            source.url.replace(['<', '>', '\n'], "")
        )
    }
}

/// An id as code, on one line; an id that holds a backtick itself is escaped instead.
fn code(id: &str) -> String {
    if id.contains('`') {
        return escaped(id);
    }
    format!("`{}`", id.replace(char::is_control, " "))
}

/// Text that markdown shows as it is, on one line.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '|' => {
                escaped.extend(['\\', letter]);
            }
            letter if letter.is_control() => escaped.push(' '),
            letter => escaped.push(letter),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::{code, escaped};

    #[test]
    fn an_id_stays_in_its_line() {
        for (id, expected) in [
            ("zebra-air", "`zebra-air`"),
            ("zebra\nair", "`zebra air`"),
            ("a`b*", "a\\`b\\*"),
        ] {
            assert_eq!(code(id), expected);
        }
    }

    #[test]
    fn text_of_a_case_stays_text() {
        for (text, expected) in [
            ("a *b* [c](d)", "a \\*b\\* \\[c\\](d)"),
            ("<script>", "\\<script\\>"),
            ("# one\n## two", "\\# one \\#\\# two"),
            ("plain, “quoted”", "plain, “quoted”"),
        ] {
            assert_eq!(escaped(text), expected);
        }
    }
}
