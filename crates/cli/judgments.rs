//! Judged topics and pairs: the files that `eval` reads, and the run file that it writes.

use crate::error::Failure;
use serde::Deserialize;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

/// A brief whose answers were judged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Topic {
    /// Its name in the judgments.
    pub(crate) id: String,
    /// The brief.
    pub(crate) text: String,
    /// The asker's own sector.
    pub(crate) home: Option<String>,
    /// Case ids that must not answer.
    pub(crate) exclude: BTreeSet<String>,
}

/// The grades of cases, by topic and case id; a pair that is not there counts as 0.
pub(crate) type Judgments = BTreeMap<String, BTreeMap<String, u32>>;

/// Reads topics: a JSON object a line, `{"id", "text", "for"?, "exclude"?}`; other keys are passed over.
///
/// # Errors
/// At the first lines that are not such an object, each told with its place.
pub(crate) fn topics(path: &Path) -> Result<Vec<Topic>, Failure> {
    let mut seen = BTreeSet::new();
    lines(path, |line| {
        let topic = topic(line)?;
        if seen.insert(topic.id.clone()) {
            Ok(topic)
        } else {
            Err(format!("topic `{}` is there twice", topic.id))
        }
    })
}

fn topic(line: &str) -> Result<Topic, String> {
    let value: Value = serde_json::from_str(line).map_err(|error| format!("not JSON: {error}"))?;
    let object = value.as_object().ok_or("expected an object")?;
    let exclude = match object.get("exclude") {
        None | Some(Value::Null) => BTreeSet::new(),
        Some(Value::Array(ids)) => ids
            .iter()
            .map(|id| scalar("exclude", id))
            .collect::<Result<_, _>>()?,
        Some(_) => return Err("`exclude` must be a list of case ids".to_owned()),
    };
    let required = |key: &str| match object.get(key) {
        Some(value) => scalar(key, value),
        None => Err(format!("`{key}` is missing")),
    };
    let home = object
        .get("for")
        .filter(|home| !home.is_null())
        .map(|home| scalar("for", home))
        .transpose()?;
    Ok(Topic {
        id: required("id")?,
        text: required("text")?,
        home,
        exclude,
    })
}

/// A text, or a number as one: ids are often numbers.
fn scalar(key: &str, value: &Value) -> Result<String, String> {
    match value {
        Value::String(text) if !text.trim().is_empty() => Ok(text.clone()),
        Value::Number(number) => Ok(number.to_string()),
        _ => Err(format!("`{key}` must be a text that is not empty")),
    }
}

/// Reads judgments: `topic case grade` or, as TREC has it, `topic 0 case grade`, apart by blanks or tabs.
///
/// # Errors
/// At lines that are neither, each told with its place.
pub(crate) fn judgments(path: &Path) -> Result<Judgments, Failure> {
    let mut judgments = Judgments::new();
    for (topic, case, grade) in lines(path, judgment)? {
        judgments.entry(topic).or_default().insert(case, grade);
    }
    Ok(judgments)
}

fn judgment(line: &str) -> Result<(String, String, u32), String> {
    let fields: Vec<&str> = line.split_whitespace().collect();
    let ([topic, case, grade] | [topic, _, case, grade]) = fields.as_slice() else {
        return Err(format!(
            "expected `topic case grade`, found {} fields",
            fields.len()
        ));
    };
    // TREC has negative grades for spam; they count as not relevant.
    let grade: i64 = grade
        .parse()
        .map_err(|_| format!("grade `{grade}` is not a whole number"))?;
    let grade = u32::try_from(grade.max(0)).map_err(|_| format!("grade `{grade}` is too large"))?;
    Ok(((*topic).to_owned(), (*case).to_owned(), grade))
}

/// A brief with a case that answers it and one that does not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Pair {
    /// The brief.
    pub(crate) brief: String,
    /// The asker's own sector.
    pub(crate) home: Option<String>,
    /// The id of the case that has the same problem.
    pub(crate) analogy: String,
    /// The id of the case that does not.
    pub(crate) distractor: String,
    /// Whether the analogy is from a sector unlike that of the brief.
    pub(crate) is_far: bool,
    /// Whether the distractor looks like the brief.
    pub(crate) look_alike: bool,
}

/// A pair as it is written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PairLine {
    id: String,
    brief: String,
    #[serde(rename = "for")]
    home: Option<String>,
    analogy: String,
    distractor: String,
    cell: Cell,
    look_alike: bool,
}

#[derive(PartialEq, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Cell {
    Near,
    Far,
}

/// Reads pairs: a JSON object a line, `{"id", "brief", "for"?, "analogy", "distractor", "cell", "look_alike"}`.
///
/// # Errors
/// At the first lines that are not such an object or to which there is an `objection`, each told with its place.
pub(crate) fn pairs(
    path: &Path,
    objection: impl Fn(&Pair) -> Result<Option<String>, Failure>,
) -> Result<Vec<Pair>, Failure> {
    let mut seen = BTreeSet::new();
    let pairs = lines(path, |line| {
        let (id, pair) = pair(line)?;
        if !seen.insert(id.clone()) {
            return Err(format!("pair `{id}` is there twice"));
        }
        match objection(&pair) {
            Ok(None) => Ok(pair),
            Ok(Some(objection)) => Err(objection),
            Err(failure) => Err(failure.to_string()),
        }
    })?;
    if pairs.is_empty() {
        return Err(Failure::misuse(format!("`{}` has no pair", path.display())));
    }
    Ok(pairs)
}

fn pair(line: &str) -> Result<(String, Pair), String> {
    let value: Value = serde_json::from_str(line).map_err(|error| format!("not JSON: {error}"))?;
    if !value.is_object() {
        return Err("expected an object".to_owned());
    }
    let pair: PairLine = serde_json::from_value(value).map_err(|error| error.to_string())?;
    for (key, text) in [("id", &pair.id), ("brief", &pair.brief)] {
        if text.trim().is_empty() {
            return Err(format!("`{key}` must be a text that is not empty"));
        }
    }
    if pair.analogy == pair.distractor {
        return Err("`analogy` and `distractor` are the same case".to_owned());
    }
    Ok((
        pair.id,
        Pair {
            brief: pair.brief,
            home: pair.home,
            analogy: pair.analogy,
            distractor: pair.distractor,
            is_far: pair.cell == Cell::Far,
            look_alike: pair.look_alike,
        },
    ))
}

/// Most bad lines that are told.
const TOLD: usize = 5;

/// Reads a file line by line; blank lines are passed over, bad ones are told together.
fn lines<T>(
    path: &Path,
    mut read: impl FnMut(&str) -> Result<T, String>,
) -> Result<Vec<T>, Failure> {
    let text = fs::read_to_string(path).map_err(|error| Failure::file("read", path, &error))?;
    let (mut values, mut problems) = (Vec::new(), Vec::new());
    for (number, line) in text.trim_start_matches('\u{feff}').lines().enumerate() {
        if line.trim().is_empty() {
            continue;
        }
        match read(line) {
            Ok(value) => values.push(value),
            Err(problem) => problems.push(format!("{}:{}: {problem}", path.display(), number + 1)),
        }
    }
    let more = problems.len().saturating_sub(TOLD);
    problems.truncate(TOLD);
    match problems.last_mut() {
        None => Ok(values),
        Some(last) => {
            if more > 0 {
                *last += &format!(" (and {more} more)");
            }
            Err(Failure::all(problems))
        }
    }
}

/// One line of a run file: `topic Q0 case rank score tag`.
///
/// The score is `1 / rank`: tools order a run by it, and the order of a list is not that of its scores alone.
pub(crate) fn run_line(topic: &str, case: &str, rank: u32) -> String {
    format!(
        "{topic} Q0 {case} {rank} {:.6} afield\n",
        1.0 / f64::from(rank)
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn judgments_have_three_or_four_fields() {
        let check = |line: &str, expected: Option<(&str, &str, u32)>| {
            let expected =
                expected.map(|(topic, case, grade)| (topic.to_owned(), case.to_owned(), grade));
            assert_eq!(judgment(line).ok(), expected, "{line}");
        };
        check("t1\tfernbank\t3", Some(("t1", "fernbank", 3)));
        check("t1 0  fernbank 1", Some(("t1", "fernbank", 1)));
        check("t1 Q0 fernbank -2", Some(("t1", "fernbank", 0)));
        check("t1 fernbank", None);
        check("t1 fernbank good", None);
        check("t1 fernbank 99999999999", None);
    }

    #[test]
    fn topics_are_objects_with_id_and_text() {
        let read =
            topic(r#"{"id": 7, "text": "empty seats", "for": null, "exclude": ["a"], "note": 1}"#)
                .unwrap();
        assert_eq!(
            (read.id.as_str(), read.home, read.exclude.len()),
            ("7", None, 1)
        );
        for (line, expected) in [
            ("[1]", "expected an object"),
            (r#"{"id": "a"}"#, "`text` is missing"),
            (
                r#"{"id": "a", "text": ""}"#,
                "`text` must be a text that is not empty",
            ),
            (
                r#"{"id": "a", "text": "b", "exclude": "c"}"#,
                "`exclude` must be a list of case ids",
            ),
        ] {
            assert_eq!(topic(line).unwrap_err(), expected, "{line}");
        }
    }

    #[test]
    fn pairs_say_all_that_they_must_and_nothing_else() {
        let line = |change: &str| {
            let whole = r#"{"id": "p1", "brief": "empty seats", "for": null, "analogy": "a",
                "distractor": "b", "cell": "far", "look_alike": true}"#;
            let (from, to) = change.split_once(" => ").unwrap_or_default();
            whole.replace(from, to)
        };
        let (id, read) = pair(&line("x => y")).unwrap();
        assert_eq!(id, "p1");
        assert!(read.is_far && read.look_alike && read.home.is_none());
        for (change, expected) in [
            (
                r#"far => mid"#,
                "unknown variant `mid`, expected `near` or `far`",
            ),
            (r#""id": "p1",  => "#, "missing field `id`"),
            (r#""for": null => "to": null"#, "unknown field `to`"),
            (
                r#"true => 1"#,
                "invalid type: integer `1`, expected a boolean",
            ),
            (
                r#"empty seats =>  "#,
                "`brief` must be a text that is not empty",
            ),
            (
                r#""b" => "a""#,
                "`analogy` and `distractor` are the same case",
            ),
        ] {
            let refused = pair(&line(change)).unwrap_err();
            assert!(refused.starts_with(expected), "{change}: {refused}");
        }
    }
}
