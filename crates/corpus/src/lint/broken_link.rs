//! # broken-link
//!
//! ## What it does
//! Looks up the ids of `inspired_by` and the relative links of the body to markdown files.
//!
//! ## Why
//! The trail from idea to idea is part of what a case tells; a link to nothing breaks it.
//!
//! ## Example
//! `inspired_by: [zebra-seat-auction]` without such a case, or `[more](../air/seats.md)` without such a file.
//!
//! ## Instead
//! Name the id of a case that is there, or the path of a file that is there, seen from this file.

use super::{Check, Context, Rule};
use crate::{Diagnostic, Parsed, nearest};

const CODE: &str = "broken-link";

pub(super) const RULE: Rule = Rule {
    codes: &[CODE],
    summary: "`inspired_by` and links lead to cases and files that are there",
    check: Check::Case(check),
};

fn check(parsed: &Parsed, context: &Context<'_>) -> Vec<Diagnostic> {
    let path = &parsed.case.path;
    let ids = parsed
        .case
        .inspired_by
        .iter()
        .enumerate()
        .filter(|(_, id)| !context.ids.contains_key(id.as_str()));
    let ids = ids.map(|(index, id)| {
        let place = parsed.header.item_place("inspired_by", index);
        let diagnostic = Diagnostic::error(path, place, CODE, format!("no case has the id `{id}`"));
        match nearest(id, context.ids.keys().copied()) {
            Some(near) => diagnostic.help(format!("did you mean `{near}`?")),
            None => diagnostic,
        }
    });
    let missing = parsed.links.iter().filter_map(|link| {
        let target = resolve(path, &link.target)?;
        let message = || format!("no file `{target}`");
        (!context.around.files.contains(&target))
            .then(|| Diagnostic::error(path, link.place, CODE, message()))
    });
    ids.chain(missing).collect()
}

/// The path within the corpus of a link to a markdown file; [`None`] for other links and for those that lead out.
fn resolve(path: &str, target: &str) -> Option<String> {
    let target = target.split(['#', '?']).next()?;
    let (_, extension) = target.rsplit_once('.')?;
    let markdown =
        extension.eq_ignore_ascii_case("md") || extension.eq_ignore_ascii_case("markdown");
    if !markdown || target.contains(':') {
        return None;
    }
    let target = decode(target);
    let mut parts: Vec<&str> = path.split('/').collect();
    parts.pop();
    for part in target.split('/') {
        match part {
            "" | "." => {}
            ".." => _ = parts.pop()?,
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

/// Resolves `%20` and the like; what is no such code stays.
fn decode(target: &str) -> String {
    let mut bytes = Vec::with_capacity(target.len());
    let mut rest = target.as_bytes();
    while let Some((first, more)) = rest.split_first() {
        let code = more
            .get(..2)
            .and_then(|code| std::str::from_utf8(code).ok());
        let code = code.and_then(|code| u8::from_str_radix(code, 16).ok());
        match code {
            Some(code) if *first == b'%' => {
                bytes.push(code);
                rest = &more[2..];
            }
            _ => {
                bytes.push(*first);
                rest = more;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::resolve;

    #[test]
    fn links_are_seen_from_their_file() {
        let check = |target: &str, expected: Option<&str>| {
            assert_eq!(
                resolve("cases/air/a.md", target).as_deref(),
                expected,
                "{target}"
            );
        };
        check("b.md", Some("cases/air/b.md"));
        check("../rail/b.md#idea", Some("cases/rail/b.md"));
        check("./with%20space.MD", Some("cases/air/with space.MD"));
        check("100%.md", Some("cases/air/100%.md"));
        check("../../../b.md", None);
        check("mailto:me@example.md", None);
        check("b.pdf", None);
        check("b", None);
    }
}
