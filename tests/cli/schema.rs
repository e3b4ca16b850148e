//! `afield schema`.

use crate::support::{Afield, shipped_corpus};
use serde_json::Value;
use std::fs;
use std::path::Path;
use walkdir::WalkDir;

fn schema(kind: &str) -> Value {
    let run = Afield::empty().run(&["schema", kind, "--corpus", &shipped_corpus()]);
    assert_eq!(run.code, 0, "{run}");
    run.json()
}

/// Whether a TOML file is what its schema says.
fn check(kind: &str, path: &Path) {
    let text = fs::read_to_string(path).unwrap();
    let table: toml::Table = text.parse().unwrap();
    let value = serde_json::to_value(table).unwrap();
    let validator = jsonschema::validator_for(&schema(kind)).unwrap();
    let errors: Vec<String> = validator
        .iter_errors(&value)
        .map(|error| error.to_string())
        .collect();
    assert!(errors.is_empty(), "{}: {errors:?}", path.display());
}

#[test]
fn the_shipped_files_are_what_their_schemas_say() {
    let corpus = Path::new(&shipped_corpus()).to_owned();
    for kind in ["sectors", "signals", "mechanisms", "functions", "journey"] {
        check(kind, &corpus.join(kind).with_extension("toml"));
    }
    let observations = WalkDir::new(corpus.join("observations"))
        .into_iter()
        .flatten();
    for entry in observations
        .filter(|entry| entry.file_type().is_file())
        .take(3)
    {
        check("observations", entry.path());
    }
}

#[test]
fn the_schema_of_a_case_lists_the_words_of_the_corpus() {
    let schema = schema("case");
    let of = |key: &str| &schema["properties"][key];
    let has = |words: &Value, word: &str| words["enum"].as_array().unwrap().contains(&word.into());
    assert!(has(of("sector"), "banking"));
    assert!(has(&of("signals")["anyOf"][0], "footfall-decline"));
    assert!(has(of("evidence"), "A") && has(of("outcome"), "mixed"));
    assert!(
        schema["required"]
            .as_array()
            .unwrap()
            .contains(&"sources".into())
    );
    let validator = jsonschema::validator_for(&schema).unwrap();
    let case = serde_json::json!({ "title": "Odd", "sectr": "banking" });
    assert!(!validator.is_valid(&case));
}
