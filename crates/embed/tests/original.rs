//! The encoder, held to the original: its tokenizer's pieces and its unquantised vectors (made by `reference.py`).

use afield_embed::{Encoder, Vector};
use serde_json::Value;
use sha2::{Digest, Sha256};
use std::fs;
use std::path::Path;

fn read(name: &str) -> Vec<Value> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests")
        .join(name);
    let text = fs::read_to_string(path).expect("a file of the repository");
    text.lines()
        .map(|line| serde_json::from_str(line).expect("a line of JSON"))
        .collect()
}

#[test]
fn vectors_are_those_of_the_original() {
    let encoder = Encoder::shared();
    let lines = read("reference.jsonl");
    assert!(lines.len() >= 50);
    for line in lines {
        let text = line["text"].as_str().expect("a text");
        let numbers = line["vector"].as_array().expect("a vector");
        let truth = Vector::unit(std::array::from_fn(|k| {
            numbers[k].as_f64().expect("a number") as f32
        }));
        let cosine = encoder.encode(text).cosine(&truth);
        assert!(cosine >= 0.999, "{cosine} for {text:?}");
    }
}

#[test]
fn pieces_are_those_of_the_original() {
    let encoder = Encoder::shared();
    let lines = read("pieces.jsonl");
    assert!(lines.len() >= 3_000);
    for line in lines {
        let text = line[0].as_str().expect("a text");
        let pieces: Vec<u32> = serde_json::from_value(line[1].clone()).expect("pieces");
        assert_eq!(encoder.pieces(text), pieces, "{text:?}");
    }
}

#[test]
fn a_text_has_one_vector_however_it_is_asked_for() {
    let encoder = Encoder::shared();
    let text = "people queue for an hour and leave";
    let vector = encoder.encode(text);
    assert_eq!(encoder.recall(text), vector);
    assert_eq!(encoder.recall(text), vector);
}

#[test]
fn the_same_bits_on_every_machine() {
    // Not close but equal: what a corpus brings along would otherwise change with the machine that made it.
    let vector = Encoder::shared().encode("The same problem, another mechanism, another sector.");
    let mut sum = Sha256::new();
    vector
        .numbers()
        .iter()
        .for_each(|x| sum.update(x.to_le_bytes()));
    let sum: String = sum
        .finalize()
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect();
    assert_eq!(
        sum,
        "a4e57998672f0681d42ba028711225e1552d71e5660fc598d86247214bd1ed36"
    );
}

#[test]
fn the_asset_is_what_its_checksums_say() {
    let assets = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets");
    let sums = fs::read_to_string(assets.join("SHA256SUMS")).expect("the checksums");
    assert_eq!(sums.lines().count(), 2);
    for line in sums.lines() {
        let (sum, name) = line.split_once("  ").expect("a checksum and a name");
        let digest = Sha256::digest(fs::read(assets.join(name)).expect("an asset"));
        let digest: String = digest.iter().map(|byte| format!("{byte:02x}")).collect();
        assert_eq!(digest, sum, "{name}");
    }
}
