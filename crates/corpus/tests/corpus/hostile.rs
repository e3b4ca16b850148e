//! Texts that are built to overflow a stack, fill memory or run for ever.
//!
//! Sizes are such that anything quadratic would take minutes; the whole file runs in seconds without optimisation.

use crate::support::read;
use std::fmt::Write;
use std::time::{Duration, Instant};

const LIMIT: Duration = Duration::from_secs(20);

fn check(name: &str, text: &str) {
    let start = Instant::now();
    let parsed = read(text);
    assert!(!parsed.case.title.is_empty());
    assert!(start.elapsed() < LIMIT, "{name} took {:?}", start.elapsed());
}

/// A header alone, with a body, and unclosed.
fn check_header(fence: &str, name: &str, header: &str) {
    check(name, &format!("{fence}\n{header}\n{fence}\nbody\n"));
    check(name, &format!("{fence}\n{header}\n\nbody\n"));
}

#[test]
fn deep_yaml_is_refused() {
    let stairs: String = (0..1200).fold(String::new(), |mut text, depth| {
        let _ = writeln!(text, "{}a:", " ".repeat(depth));
        text
    });
    for (name, header) in [
        ("lists", format!("title: Seats\na: {}", "[".repeat(10_000))),
        (
            "closed lists",
            format!(
                "title: Seats\na: {}{}",
                "[".repeat(10_000),
                "]".repeat(10_000)
            ),
        ),
        (
            "maps",
            format!("title: Seats\na: {}", "{a: ".repeat(10_000)),
        ),
        (
            "dashes",
            format!("title: Seats\na:\n  {}x", "- ".repeat(10_000)),
        ),
        (
            "question marks",
            format!("title: Seats\na:\n  {}x", "? ".repeat(10_000)),
        ),
        ("stairs", format!("title: Seats\n{stairs}")),
    ] {
        check_header("---", name, &header);
        let parsed = read(&format!("---\n{header}\n---\nbody\n"));
        assert_eq!(parsed.case.title, "Seats", "{name}");
        assert!(
            parsed.diagnostics.iter().any(|found| found.line >= 3),
            "{name}: {:?}",
            parsed.diagnostics
        );
    }
    let parsed = read(&format!("---\na: {}\n---\n", "[".repeat(100)));
    assert_eq!(parsed.diagnostics[0].code, "too-deep");
}

#[test]
fn aliases_cost_what_they_unfold_to() {
    let mut laughs = "a: &a [x,x,x,x,x,x,x,x,x,x]\n".to_owned();
    for (last, next) in ('a'..'j').zip('b'..='j') {
        let _ = writeln!(
            laughs,
            "{next}: &{next} [{}]",
            vec![format!("*{last}"); 10].join(",")
        );
    }
    let parsed = read(&format!("---\ntitle: Seats\n{laughs}---\n"));
    assert_eq!(
        (
            parsed.case.title.as_str(),
            parsed.diagnostics[0].code.as_str()
        ),
        ("Seats", "too-large")
    );
    let long = format!(
        "a: &x {}\nb: [{}]",
        "y".repeat(500_000),
        "*x, ".repeat(100_000)
    );
    check_header("---", "long texts", &long);
    let chain: String = (1..2000).fold("k0: &k0 [x]\n".to_owned(), |mut text, index| {
        let _ = writeln!(text, "k{index}: &k{index} [*k{}]", index - 1);
        text
    });
    check_header("---", "chain", &chain);
    check_header("---", "itself", "a: &a [*a]");
    let parsed = read("---\ntitle: &t Seats\ncaveat: *t\n---\n");
    assert_eq!(
        (parsed.case.caveat.as_deref(), parsed.diagnostics.len()),
        (Some("Seats"), 0)
    );
}

#[test]
fn wide_headers_take_linear_time() {
    let half = 250_000;
    let keys: String = (0..40_000).fold(String::new(), |mut text, index| {
        let _ = writeln!(text, "k{index}: v");
        text
    });
    let inline: String = (0..40_000).fold("a: {".to_owned(), |mut text, index| {
        let _ = write!(text, "k{index}: v, ");
        text
    });
    for (name, header) in [
        ("keys", keys.clone()),
        ("inline keys", format!("{inline}}}")),
        ("same keys", "k: v\n".repeat(half / 5)),
        ("broken keys", "k: v: w\n".repeat(half / 8)),
        ("pairs", format!("a: [{}]", "[],".repeat(half / 3))),
        ("open list", format!("a: [{}", "a, ".repeat(half / 3))),
        ("quotes", "\"".repeat(half)),
        ("stars", "*a ".repeat(half / 3)),
        ("blank lines", format!("a:\n{}", "\n".repeat(half))),
        ("long key", format!("{}: b", "a".repeat(half))),
        ("breaks", format!("a: \"{}\"", "\\\n".repeat(half / 2))),
    ] {
        check_header("---", name, &header);
    }
    for (name, header) in [
        ("keys", keys.replace(": v", " = 1")),
        (
            "inline keys",
            format!(
                "{}}}",
                inline.replace("a: {", "a = {").replace(": v", " = 1")
            ),
        ),
        ("lists", format!("a = {}", "[".repeat(half))),
        ("tables", "[[a]]\nb = 1\n".repeat(half / 12)),
        (
            "broken tables",
            format!("{}c = ]", "[[a]]\nb = 1\n".repeat(half / 12)),
        ),
        ("dots", format!("a{} = 1", ".a".repeat(half / 2))),
        ("nothing", "a=\n".repeat(half / 3)),
    ] {
        check_header("+++", name, &header);
    }
}

#[test]
fn a_header_of_megabytes_is_not_read() {
    let parsed = read(&format!(
        "---\ntitle: Seats\n{}---\n# Rooms\n",
        "# note\n".repeat(300_000)
    ));
    assert_eq!(
        (
            parsed.case.title.as_str(),
            parsed.diagnostics[0].code.as_str()
        ),
        ("Rooms", "too-large")
    );
}

#[test]
fn deep_and_odd_markdown_takes_linear_time() {
    for piece in [
        ">",
        "> ",
        "[",
        "![",
        "[](",
        "[[",
        "*",
        "*a ",
        "_",
        "`",
        "`a",
        "<",
        "<a ",
        "<!--",
        "- ",
        "1. ",
        "#",
        "# a\n",
        "|",
        "|a",
        "a|b\n-|-\n",
        "[^",
        "[^a]: ",
        "&",
        "\\",
        "# a {#",
        "[a]: b\n",
        "<script>",
        "<div>\n",
        "a\n===\n",
        "```\n",
        "    a\n\n",
        "- [ ] ",
        "the ",
        "</",
        "~~",
    ] {
        let text = piece.repeat(60_000 / piece.len());
        check(piece, &text);
        check(piece, &format!("# {text}"));
        check(piece, &format!("<div>\n{text}"));
        check(piece, &format!("{}\n", piece.repeat(100)).repeat(100));
    }
    let steps = |step: &str| -> String {
        (0..500)
            .map(|depth| format!("{}a\n", step.repeat(depth)))
            .collect()
    };
    for step in ["> ", "- ", "  ", "1. "] {
        check(step, &steps(step));
    }
}
