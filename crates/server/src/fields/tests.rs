//! Tables of requests and of what is wrong with them.

use super::*;
use serde_json::json;

/// One value of each kind.
#[derive(Debug, Default, PartialEq)]
struct Read {
    text: Option<String>,
    list: Vec<String>,
    number: Option<i64>,
    switch: bool,
    month: Option<String>,
    word: Option<&'static str>,
}

fn read(mut fields: Fields) -> Result<Read, Vec<String>> {
    let read = Read {
        text: fields.text("text"),
        list: fields.texts("list"),
        number: fields.number("number", 1, 9),
        switch: fields.switch("switch"),
        month: fields.month("month").map(|month| month.to_string()),
        word: fields.choice("word", &["near", "far"], |word| word),
    };
    let told = |fault: Fault| format!("{} {}: {}", fault.place, fault.pointer, fault.detail);
    let finished = fields.finish();
    finished.map_err(|problem| problem.errors.into_iter().map(told).collect::<Vec<_>>())?;
    Ok(read)
}

fn object(value: Value) -> Fields {
    Fields::of_object(value.as_object().cloned().unwrap())
}

#[test]
fn a_query_and_an_object_say_the_same() {
    let whole = || Read {
        text: Some("a b&c".to_owned()),
        list: vec!["x".to_owned(), "y".to_owned()],
        number: Some(9),
        switch: true,
        month: Some("2020-12".to_owned()),
        word: Some("far"),
    };
    let query = "list=x&text=a+b%26c&list=y&number=9&switch=true&month=2020&word=far";
    assert_eq!(read(Fields::of_query(query)), Ok(whole()));
    let body = json!({
        "text": "a b&c", "list": ["x", "y"], "number": 9.0, "switch": true, "month": "2020-12-31", "word": "far",
    });
    assert_eq!(read(object(body)), Ok(whole()));
    let nulls = json!({"text": null, "list": null, "number": null, "switch": null, "month": null, "word": null});
    for nothing in [Fields::of_query(""), object(json!({})), object(nulls)] {
        assert_eq!(read(nothing), Ok(Read::default()));
    }
}

const WRONG_QUERIES: &[(&str, &[&str])] = &[
    (
        "text=a&text=b",
        &["#/text: `text` is given 2 times, once is enough"],
    ),
    (
        "number=0",
        &["#/number: `number` is `0`, expected a whole number from 1 to 9"],
    ),
    (
        "number=10",
        &["#/number: `number` is `10`, expected a whole number from 1 to 9"],
    ),
    (
        "number=",
        &["#/number: `number` is ``, expected a whole number from 1 to 9"],
    ),
    (
        "number=1.0",
        &["#/number: `number` is `1.0`, expected a whole number from 1 to 9"],
    ),
    (
        "number=99999999999999999999",
        &["#/number: `number` is `99999999999999999999`, expected a whole number from 1 to 9"],
    ),
    (
        "switch=1",
        &["#/switch: `switch` is `1`, expected `true` or `false`"],
    ),
    (
        "switch",
        &["#/switch: `switch` is ``, expected `true` or `false`"],
    ),
    (
        "month=2020-13",
        &["#/month: `month` is `2020-13`, expected a date such as 2020, 2020-06 or 2020-06-15"],
    ),
    (
        "word=fra",
        &["#/word: `word` is `fra`, expected `near`, `far`"],
    ),
    (
        "txet=a",
        &["#/txet: there is no parameter `txet`; did you mean `text`?"],
    ),
    (
        "zebra=1&zebra=2",
        &[
            "#/zebra: there is no parameter `zebra`; known: `text`, `list`, `number`, `switch`, `month`, `word`",
        ],
    ),
    (
        "a/b~c%20%23=1",
        &[
            "#/a~1b~0c%20%23: there is no parameter `a/b~c #`; known: `text`, `list`, `number`, `switch`, `month`, `word`",
        ],
    ),
    (
        "number=0&txet=a&switch=no&text=a&text=b",
        &[
            "#/text: `text` is given 2 times, once is enough",
            "#/number: `number` is `0`, expected a whole number from 1 to 9",
            "#/switch: `switch` is `no`, expected `true` or `false`",
            "#/txet: there is no parameter `txet`; did you mean `text`?",
        ],
    ),
];

#[test]
fn what_is_wrong_in_a_query_is_told() {
    for (query, expected) in WRONG_QUERIES {
        let expected: Vec<String> = expected
            .iter()
            .map(|fault| format!("query {fault}"))
            .collect();
        assert_eq!(read(Fields::of_query(query)), Err(expected), "{query}");
    }
}

#[test]
fn what_is_wrong_in_an_object_is_told() {
    for (body, expected) in [
        (
            json!({"text": 1}),
            &["#/text: `text` is `1`, expected a text"][..],
        ),
        (
            json!({"text": ["a"]}),
            &["#/text: `text` is a list, expected a text"],
        ),
        (
            json!({"list": "a"}),
            &["#/list: `list` is `a`, expected a list of texts, such as [\"a\"]"],
        ),
        (
            json!({"list": ["a", 1, null, {}]}),
            &[
                "#/list/1: `list` is `1`, expected a text",
                "#/list/2: `list` is `null`, expected a text",
                "#/list/3: `list` is an object, expected a text",
            ],
        ),
        (
            json!({"number": 1.5}),
            &["#/number: `number` is `1.5`, expected a whole number from 1 to 9"],
        ),
        (
            json!({"number": 1e300}),
            &["#/number: `number` is `1e+300`, expected a whole number from 1 to 9"],
        ),
        (
            json!({"switch": 1}),
            &["#/switch: `switch` is `1`, expected `true` or `false`"],
        ),
        (
            json!({"month": 2020}),
            &["#/month: `month` is `2020`, expected a text"],
        ),
        (
            json!({"word": false}),
            &["#/word: `word` is `false`, expected a text"],
        ),
        (
            json!({"txet": "a"}),
            &["#/txet: there is no field `txet`; did you mean `text`?"],
        ),
    ] {
        let expected: Vec<String> = expected
            .iter()
            .map(|fault| format!("body {fault}"))
            .collect();
        assert_eq!(read(object(body.clone())), Err(expected), "{body}");
    }
}

#[test]
fn what_a_client_wrote_is_cut_to_what_a_message_can_carry() {
    let long = "ü".repeat(5_000);
    for query in [
        format!("word={long}"),
        format!("{long}=1"),
        format!("number={long}"),
    ] {
        let faults = read(Fields::of_query(&query)).unwrap_err();
        assert!(
            faults.iter().all(|fault| fault.chars().count() < 800),
            "{faults:?}"
        );
    }
}
