//! Tables that cases are made of: CSV as spreadsheets save it, or a JSON object a line.

use crate::error::Failure;
use serde_json::{Map, Value};
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

/// A table, read whole.
#[derive(Debug, Default)]
pub(crate) struct Table {
    /// The names of the columns, in the order in which they are met.
    pub(crate) columns: Vec<String>,
    /// The rows that hold anything.
    pub(crate) rows: Vec<Row>,
}

/// A row that holds anything.
#[derive(Debug)]
pub(crate) struct Row {
    /// As the spreadsheet counts it, the names of the columns being row 1; of JSON lines, the line.
    pub(crate) number: usize,
    /// Cells that are not blank, by the place of their column; or why the row cannot be read.
    pub(crate) cells: Result<BTreeMap<usize, Cell>, String>,
}

/// What stands in a cell.
#[derive(Debug, PartialEq)]
pub(crate) enum Cell {
    /// A text of CSV, in which `;` parts the values of a list.
    Text(String),
    /// Values of JSON.
    Values(Vec<String>),
    /// Maps of JSON, such as sources.
    Items(Vec<Vec<(String, String)>>),
}

impl Table {
    /// Reads a file by its extension, `csv` or `jsonl`.
    ///
    /// # Errors
    /// When it is neither, cannot be read, is not UTF-8, or its first row names no columns.
    pub(crate) fn read(path: &Path) -> Result<Self, Failure> {
        let extension = path.extension().unwrap_or_default().to_ascii_lowercase();
        let read = match extension.to_str() {
            Some("csv") => csv,
            Some("jsonl") => json_lines,
            _ => {
                let message = format!("`{}` is neither `.csv` nor `.jsonl`", path.display());
                return Err(Failure::misuse(message)
                    .hint("save the spreadsheet as CSV, or write a JSON object a line"));
            }
        };
        let bytes = fs::read(path).map_err(|error| Failure::file("read", path, &error))?;
        let text = String::from_utf8(bytes).map_err(|_| {
            Failure::misuse(format!("`{}` is not UTF-8", path.display()))
                .hint("save it as `CSV UTF-8`; other encodings lose letters")
        })?;
        read(text.trim_start_matches('\u{feff}'))
            .map_err(|reason| Failure::misuse(format!("`{}`: {reason}", path.display())))
    }
}

fn csv(text: &str) -> Result<Table, String> {
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(delimiter(text))
        .flexible(true)
        .from_reader(text.as_bytes());
    let heads = reader.headers().map_err(|error| error.to_string())?;
    let columns: Vec<String> = heads.iter().map(|name| name.trim().to_owned()).collect();
    if columns.iter().all(String::is_empty) {
        return Err("the first row has to name the columns".to_owned());
    }
    let mut rows = Vec::new();
    for (index, record) in reader.records().enumerate() {
        let cells = match &record {
            Ok(record) => cells(record, &columns),
            Err(error) => Err(error.to_string()),
        };
        rows.push(Row {
            number: index + 2,
            cells,
        });
    }
    Ok(table(columns, rows))
}

/// What parts the cells: spreadsheets take a semicolon where the comma stands in numbers.
fn delimiter(text: &str) -> u8 {
    let heads = text.lines().next().unwrap_or_default();
    let count = |sign: &u8| heads.bytes().filter(|byte| byte == sign).count();
    // Of equally frequent signs the last one wins.
    b"\t;,".iter().copied().max_by_key(count).unwrap_or(b',')
}

fn cells(record: &csv::StringRecord, columns: &[String]) -> Result<BTreeMap<usize, Cell>, String> {
    let filled = record.iter().enumerate();
    let filled = filled.filter(|(_, text)| !text.trim().is_empty());
    let named = |index: usize| columns.get(index).is_some_and(|name| !name.is_empty());
    filled
        .map(|(index, text)| match named(index) {
            true => Ok((index, Cell::Text(text.to_owned()))),
            false => Err(format!("value {} is in a column without a name", index + 1)),
        })
        .collect()
}

fn json_lines(text: &str) -> Result<Table, String> {
    let mut columns = Vec::new();
    let mut rows = Vec::new();
    for (index, line) in text.lines().enumerate() {
        if !line.trim().is_empty() {
            rows.push(Row {
                number: index + 1,
                cells: object(line, &mut columns),
            });
        }
    }
    Ok(table(columns, rows))
}

/// The cells of a JSON object; new names are added to the columns.
fn object(line: &str, columns: &mut Vec<String>) -> Result<BTreeMap<usize, Cell>, String> {
    let object: Map<String, Value> =
        serde_json::from_str(line).map_err(|error| format!("not a JSON object: {error}"))?;
    let mut cells = BTreeMap::new();
    for (name, value) in object {
        if name.trim().is_empty() {
            return Err("a value has no name".to_owned());
        }
        let known = columns.iter().position(|column| *column == name);
        let index = known.unwrap_or(columns.len());
        let cell = cell(&value).ok_or_else(|| {
            format!("`{name}` has to be a text, a list of texts, or a list of objects with texts")
        })?;
        if known.is_none() {
            columns.push(name);
        }
        cells.insert(index, cell);
    }
    Ok(cells)
}

fn cell(value: &Value) -> Option<Cell> {
    let items = match value {
        Value::Array(items) => items.as_slice(),
        Value::Null => &[],
        value => std::slice::from_ref(value),
    };
    let fields = |item: &Value| {
        let fields = item.as_object()?.iter();
        fields
            .map(|(name, value)| Some((name.clone(), scalar(value)?)))
            .collect()
    };
    if items.iter().any(Value::is_object) {
        items
            .iter()
            .map(fields)
            .collect::<Option<_>>()
            .map(Cell::Items)
    } else {
        items
            .iter()
            .map(scalar)
            .collect::<Option<_>>()
            .map(Cell::Values)
    }
}

/// A text, a number or a truth value as it is written; nothing is an empty text.
fn scalar(value: &Value) -> Option<String> {
    match value {
        Value::Null => Some(String::new()),
        Value::String(text) => Some(text.clone()),
        Value::Bool(_) | Value::Number(_) => Some(value.to_string()),
        Value::Array(_) | Value::Object(_) => None,
    }
}

/// A table without its empty rows.
fn table(columns: Vec<String>, mut rows: Vec<Row>) -> Table {
    rows.retain(|row| row.cells.as_ref().map_or(true, |cells| !cells.is_empty()));
    Table { columns, rows }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The texts of each row, or why there are none.
    fn texts(table: &Table) -> Vec<String> {
        let row = |row: &Row| match &row.cells {
            Ok(cells) => format!("{} {cells:?}", row.number),
            Err(reason) => format!("{} {reason}", row.number),
        };
        table.rows.iter().map(row).collect()
    }

    #[test]
    fn spreadsheets_of_all_countries_are_read() {
        for text in [
            "title,asks\nOne,\"a;\nb\"\n,\n",
            "title;asks\nOne;\"a;\nb\"\n;\n",
            "title\tasks\r\nOne\t\"a;\nb\"\r\n",
            "title,asks,\nOne,\"a;\nb\",,,\n",
        ] {
            let table = csv(text).unwrap();
            assert_eq!(table.columns[..2], ["title", "asks"]);
            assert_eq!(
                texts(&table),
                [r#"2 {0: Text("One"), 1: Text("a;\nb")}"#],
                "{text:?}"
            );
        }
        let extra = csv("title\nOne\nTwo,more\n").unwrap();
        assert_eq!(texts(&extra)[1], "3 value 2 is in a column without a name");
        assert!(csv("").is_err() && csv(",,\n1,2,3\n").is_err());
    }

    #[test]
    fn json_lines_are_read_one_by_one() {
        let table = json_lines(
            "{\"title\": 1, \"asks\": [\"a\", null]}\n\n[1]\n{\"sources\": [{\"date\": 2016}]}\n{\"asks\": [[1]]}\n{}\n",
        )
        .unwrap();
        assert_eq!(table.columns, ["asks", "title", "sources"]);
        let texts = texts(&table);
        assert_eq!(texts[0], r#"1 {0: Values(["a", ""]), 1: Values(["1"])}"#);
        assert!(texts[1].starts_with("3 not a JSON object"), "{texts:?}");
        assert_eq!(texts[2], r#"4 {2: Items([[("date", "2016")]])}"#);
        assert!(texts[3].starts_with("5 `asks` has to be"), "{texts:?}");
        assert_eq!(texts.len(), 4);
    }
}
