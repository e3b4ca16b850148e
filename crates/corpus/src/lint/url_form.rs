//! # url-form, tracking-parameter, repeated-source
//!
//! ## What it does
//! Asks that the `url` of a source is an address that opens with `https://` or `http://`, without spaces, without the parameters by which
//! sites follow their readers (`utm_…`, `fbclid`, `gclid`, `mc_cid`, `igshid`), and that no two sources have the same.
//!
//! ## Why
//! A citation is followed by people and programs, for years; what stands behind the question mark breaks first.
//!
//! ## Example
//! `url: paper.example/page?utm_source=mail`
//!
//! ## Instead
//! `url: https://paper.example/page`

use super::{Check, Context, Rule};
use crate::{Diagnostic, Parsed};

const FORM: &str = "url-form";
const REPEATED: &str = "repeated-source";
const TRACKING: &str = "tracking-parameter";

/// Beginnings of parameters that say who sent the reader.
const TRACKERS: [&str; 6] = ["utm_", "fbclid", "gclid", "mc_cid", "mc_eid", "igshid"];

pub(super) const RULE: Rule = Rule {
    codes: &[FORM, REPEATED, TRACKING],
    summary: "addresses of sources are whole, clean and different",
    check: Check::Case(check),
};

fn check(parsed: &Parsed, _: &Context<'_>) -> Vec<Diagnostic> {
    let case = &parsed.case;
    let warning = |index: usize, code: &str, message: String| {
        let place = parsed.header.field_place("sources", index, "url");
        Diagnostic::warning(&case.path, place, code, message)
    };
    let report = |(index, url): (usize, &str)| {
        let mut found = Vec::new();
        if !is_address(url) {
            let message = format!("`{url}` is not an address");
            found.push(warning(index, FORM, message).help("write it whole, from `https://` on"));
        }
        if let Some(tracker) = tracker(url) {
            let message = format!("the address has the tracking parameter `{tracker}`");
            found.push(warning(index, TRACKING, message).help("leave the parameter out"));
        }
        let earlier = case.sources[..index]
            .iter()
            .position(|source| source.url == url);
        if let Some(earlier) = earlier {
            let message = format!("source {} is source {} again", index + 1, earlier + 1);
            found.push(
                warning(index, REPEATED, message)
                    .help("leave one out, and mend `source` in metrics"),
            );
        }
        found
    };
    let urls = case
        .sources
        .iter()
        .map(|source| source.url.as_str())
        .enumerate();
    urls.filter(|(_, url)| !url.is_empty())
        .flat_map(report)
        .collect()
}

fn is_address(url: &str) -> bool {
    let rest = url
        .strip_prefix("https://")
        .or_else(|| url.strip_prefix("http://"));
    let is_host = |rest: &str| {
        let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
        host.contains('.') && !host.starts_with('.') && !host.ends_with('.')
    };
    rest.is_some_and(is_host) && !url.contains(char::is_whitespace)
}

/// The first tracking parameter of an address.
fn tracker(url: &str) -> Option<&str> {
    let (_, query, _) = parts(url)?;
    query.split('&').map(name).find(|name| is_tracker(name))
}

/// An address without its tracking parameters, and their names; [`None`] if it has none.
pub(crate) fn untracked(url: &str) -> Option<(String, Vec<&str>)> {
    let (page, query, fragment) = parts(url)?;
    let (trackers, kept): (Vec<&str>, Vec<&str>) =
        query.split('&').partition(|pair| is_tracker(name(pair)));
    if trackers.is_empty() {
        return None;
    }
    let mark = if kept.is_empty() { "" } else { "?" };
    let clean = format!("{page}{mark}{}{fragment}", kept.join("&"));
    Some((clean, trackers.into_iter().map(name).collect()))
}

/// An address as what stands before its `?`, what stands after it, and its fragment from `#` on.
fn parts(url: &str) -> Option<(&str, &str, &str)> {
    let (page, rest) = url.split_once('?')?;
    let (query, fragment) = rest.split_at(rest.find('#').unwrap_or(rest.len()));
    Some((page, query, fragment))
}

fn name(pair: &str) -> &str {
    pair.split('=').next().unwrap_or_default()
}

fn is_tracker(name: &str) -> bool {
    TRACKERS.iter().any(|tracker| name.starts_with(tracker))
}
