//! Findings as SARIF 2.1.0, the form in which code scanners hand over what they found.

use crate::view::{CheckView, DiagnosticView};
use afield_corpus::lint::RULES;
use serde_json::{Value, json};
use std::io::{self, Write};

/// Writes one run. `folder` is put before each path, so that it counts from the repository.
pub fn write(view: &CheckView, folder: &str, out: &mut impl Write) -> io::Result<()> {
    let rules = RULES.iter().flat_map(|rule| {
        let codes = rule.codes.iter();
        codes.map(|code| {
            json!({
                "id": code,
                "shortDescription": { "text": rule.summary },
                "help": {
                    "text": format!("afield check --explain {code}"),
                    "markdown": format!("[{code}](docs/rules.md#{code}), or `afield check --explain {code}`"),
                },
            })
        })
    });
    let results: Vec<Value> = view
        .diagnostics
        .iter()
        .map(|each| result(each, folder))
        .collect();
    let log = json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "afield",
                "version": env!("CARGO_PKG_VERSION"),
                "rules": rules.collect::<Vec<Value>>(),
            } },
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    });
    serde_json::to_writer_pretty(&mut *out, &log)?;
    writeln!(out)
}

fn result(finding: &DiagnosticView, folder: &str) -> Value {
    let message = match finding.help.as_str() {
        "" => finding.message.clone(),
        help => format!("{}; {help}", finding.message),
    };
    json!({
        "ruleId": finding.code,
        "level": finding.severity,
        "message": { "text": message },
        "locations": [{ "physicalLocation": {
            "artifactLocation": { "uri": format!("{folder}{}", finding.path) },
            "region": {
                "startLine": finding.line,
                "startColumn": finding.column,
                "endColumn": finding.column + finding.width.max(1),
            },
        } }],
    })
}
