//! A folder of files that nobody should have written: those of `hostile_files.txt`, and those that are made here.

const WRITTEN: &str = include_str!("hostile_files.txt");

/// Every key of a case.
const KEYS: &str = "title organisation sector subsector years region signals pattern asks mechanism functions roles \
     journey channels outcome evidence metrics needs works_when breaks_when borrowed_from borrowed_basis adopted_in \
     could_inspire inspired_by caveat sources";

/// Values of a wrong type for one key or another.
const TYPES: [(&str, &str); 3] = [
    ("a-list", "[a, [b, c], {d: [e]}]"),
    ("a-map", "{a: b, c: {d: e}}"),
    ("a-number", "-1e3"),
];

/// Years as people write them, and as nobody does.
const YEARS: &str = "2012|'2012'|2012-2017|2017-2012|2012 - 2017|2012–2017|2012—2017|2012/2017|2012..2017|\
     2012 to 2017|2012 until 2017|from 2012|2012-|2012 -|-2012|2012-present|2012-now|since 2012|2012+|2012-17|\
     '12|12|1012|999|9999|20120|2012.5|2,012|2012-01|2012-01-31|31.01.2012|01/31/2012|Jan 2012|2012-Q2|2012W05|\
     early 1990s|1990s|19th century|c. 2012|2012?|2012 BC|MMXII|２０１２|٢٠١٢|1.5e3|0x7dc|2012-01-01T12:00:00Z|\
     12:30|2012, 2014|[2012, 2017]|[2012, [2017]]|{from: 2012, to: 2017}|null|''|2031|~|true|never|\
     2012-2014-2017|2012-2031";

/// Days on which a source may have been published.
const DATES: &str = "2013|2013-11|2013-11-05|2013-13|2013-02-30|2013-11-05T10:00:00Z|05.11.2013|5 Nov 2013|undated|\
     2205-11|99999|{year: 2013}|[2013, 11]|''|-1";

/// All files, as paths without extension, and bytes.
pub(crate) fn files() -> Vec<(String, Vec<u8>)> {
    let mut files = written();
    let yaml = |header: String| format!("---\n{header}\n---\nWords.\n").into_bytes();
    for key in KEYS.split_whitespace() {
        for (name, value) in TYPES {
            files.push((
                format!("types/{key}-{name}"),
                yaml(format!("{key}: {value}")),
            ));
        }
    }
    for (index, years) in YEARS.split('|').enumerate() {
        files.push((
            numbered("years", index, years),
            yaml(format!("years: {years}")),
        ));
    }
    for (index, date) in DATES.split('|').enumerate() {
        let header = format!("sources:\n  - title: a\n    date: {date}");
        files.push((numbered("dates", index, date), yaml(header)));
    }
    for (name, header) in huge_headers() {
        files.push((format!("huge/{name}"), yaml(header)));
    }
    for (name, text) in huge_bodies() {
        files.push((format!("huge/{name}"), text.into_bytes()));
    }
    files
}

/// A name that shows what is in the file, as far as letters and figures do.
fn numbered(folder: &str, index: usize, text: &str) -> String {
    let words = text.split(|letter: char| !letter.is_ascii_alphanumeric());
    let words = words.filter(|word| !word.is_empty());
    words.fold(format!("{folder}/{:02}", index + 1), |name, word| {
        name + "-" + word
    })
}

/// The files that are written out.
fn written() -> Vec<(String, Vec<u8>)> {
    let mut files = Vec::new();
    let mut place = ("", "");
    for line in WRITTEN.lines().skip_while(|line| !line.starts_with("== ")) {
        if let Some(heading) = line.strip_prefix("== ") {
            place = heading.split_once(' ').unwrap();
        } else if let Some((name, text)) = line.split_once(':') {
            let text = unescaped(text.strip_prefix(' ').unwrap_or(text));
            let (before, after) = match place.1 {
                "yaml" => ("---\n", "\n---\nWords.\n"),
                "toml" => ("+++\n", "\n+++\nWords.\n"),
                "bare" => ("", ""),
                other => panic!("no form `{other}`"),
            };
            let bytes = [before.as_bytes(), &text, after.as_bytes()].concat();
            files.push((format!("{}/{name}", place.0), bytes));
        }
    }
    files
}

/// The bytes that a text with escapes stands for.
fn unescaped(text: &str) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('\\') {
        bytes.extend(before.bytes());
        let sign = after.chars().next().unwrap();
        rest = &after[sign.len_utf8()..];
        match sign {
            'n' => bytes.push(b'\n'),
            'r' => bytes.push(b'\r'),
            't' => bytes.push(b'\t'),
            'x' => {
                bytes.push(u8::from_str_radix(&rest[..2], 16).unwrap());
                rest = &rest[2..];
            }
            'u' => {
                let (digits, after) = rest[1..].split_once('}').unwrap();
                let letter = char::from_u32(u32::from_str_radix(digits, 16).unwrap()).unwrap();
                bytes.extend(letter.to_string().bytes());
                rest = after;
            }
            _ => bytes.extend(sign.to_string().bytes()),
        }
    }
    bytes.extend(rest.bytes());
    bytes
}

/// Headers that are too long for what they say.
fn huge_headers() -> Vec<(&'static str, String)> {
    let row = |piece: &str, times| format!("[{}]", vec![piece; times].join(", "));
    vec![
        ("title", format!("title: {}", "seat ".repeat(10_000))),
        (
            "title-of-one-word",
            format!("title: {}", "é".repeat(40_000)),
        ),
        ("title-unquoted", format!("title: {}", "a: ".repeat(10_000))),
        ("key", format!("{}: a", "k".repeat(20_000))),
        ("sector", format!("sector: {}", "air ".repeat(5_000))),
        ("years", format!("years: {}", "2012 ".repeat(5_000))),
        ("outcome", format!("outcome: {}", "w".repeat(20_000))),
        ("signals", format!("signals: {}", row("Churn", 2_000))),
        ("signals-unknown", format!("signals: {}", row("ü", 2_000))),
        (
            "signals-of-lines",
            format!("signals:{}", "\n  - Churn ".repeat(2_000)),
        ),
        (
            "sources",
            format!("sources:{}", "\n  - https://a.example/?gclid".repeat(500)),
        ),
        (
            "address",
            format!(
                "sources: [\"https://a.example/?{}\"]",
                "utm_a=b&".repeat(9_000)
            ),
        ),
        (
            "blank-lines",
            format!("title: Seats{}", "\n ".repeat(10_000)),
        ),
        ("block", format!("caveat: |{}", "\n  word ".repeat(2_000))),
        (
            "comments",
            format!("{}region: UK\ntitle: a", "# note \n".repeat(5_000)),
        ),
        (
            "unknown-keys",
            (0..2_000).map(|key| format!("k{key}: v \n")).collect(),
        ),
        (
            "broken-keys",
            (0..2_000).map(|key| format!("k{key}: v: w\n")).collect(),
        ),
        ("lists-in-lists", format!("title: {}", "[".repeat(20_000))),
        ("maps-in-maps", format!("title: {}", "{a: ".repeat(20_000))),
        ("over-a-mebibyte", "# note\n".repeat(200_000)),
    ]
}

/// Files whose body is too long, or their whole.
fn huge_bodies() -> Vec<(&'static str, String)> {
    vec![
        ("line", "seat ".repeat(200_000)),
        ("word", "seat".repeat(200_000)),
        ("headings", "# Idea\n\n".repeat(20_000)),
        ("dashes", "---\n".repeat(100_000)),
        ("plus-signs", "+++\n".repeat(100_000)),
        ("carriage-returns", "\r".repeat(500_000)),
        (
            "header-never-closed",
            format!("---\n{}", "title: a \n".repeat(10_000)),
        ),
        ("over-sixteen-mebibytes", " ".repeat((16 << 20) + 1)),
    ]
}
