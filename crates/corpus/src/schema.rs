//! JSON Schema (draft 2020-12) of the files of a corpus, so that editors complete and check them while they are written.

use crate::catalogue::ObservationsFile;
use crate::header::{KEYS, METRIC_FIELDS, SOURCE_FIELDS, Shape};
use crate::{Entry, Grade, Outcome, Role, Sector, Signal, Vocabulary};
use schemars::{JsonSchema, schema_for};
use serde_json::{Map, Value, json};

/// A kind of file of a corpus.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// The front matter of a case.
    Case,
    /// Sectors, their groups and traits.
    Sectors,
    /// Stress signals and their scales.
    Signals,
    /// How ideas work.
    Mechanisms,
    /// Business functions and roles.
    Functions,
    /// Stages of the customer journey.
    Journey,
    /// The dated figures of a sector.
    Observations,
}

impl Kind {
    /// All kinds.
    pub const ALL: [Self; 7] = [
        Self::Case,
        Self::Sectors,
        Self::Signals,
        Self::Mechanisms,
        Self::Functions,
        Self::Journey,
        Self::Observations,
    ];

    /// The word that commands use.
    pub fn id(self) -> &'static str {
        match self {
            Self::Case => "case",
            Self::Sectors => "sectors",
            Self::Signals => "signals",
            Self::Mechanisms => "mechanisms",
            Self::Functions => "functions",
            Self::Journey => "journey",
            Self::Observations => "observations",
        }
    }

    /// What is of this kind.
    pub fn files(self) -> &'static str {
        match self {
            Self::Case => "the front matter of a case",
            Self::Sectors => "`sectors.toml`",
            Self::Signals => "`signals.toml`",
            Self::Mechanisms => "`mechanisms.toml`",
            Self::Functions => "`functions.toml`",
            Self::Journey => "`journey.toml`",
            Self::Observations => "`observations/*.toml`",
        }
    }
}

/// The schema of a kind of file. In that of a case the ids of the vocabularies are listed, as far as there are any.
pub fn schema(kind: Kind, vocabulary: &Vocabulary) -> Value {
    match kind {
        Kind::Case => case(vocabulary),
        Kind::Sectors => schema_for!(SectorsFile).to_value(),
        Kind::Signals => schema_for!(SignalsFile).to_value(),
        Kind::Mechanisms => schema_for!(MechanismsFile).to_value(),
        Kind::Functions => schema_for!(FunctionsFile).to_value(),
        Kind::Journey => schema_for!(JourneyFile).to_value(),
        Kind::Observations => schema_for!(ObservationsFile).to_value(),
    }
}

/// Sectors, their groups and structural traits.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
#[expect(dead_code, reason = "only its schema is made")]
struct SectorsFile {
    r#trait: Vec<Entry>,
    group: Vec<Entry>,
    sector: Vec<Sector>,
}

/// Stress signals.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
#[expect(dead_code, reason = "only its schema is made")]
struct SignalsFile {
    signal: Vec<Signal>,
}

/// Mechanisms: how ideas work.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
#[expect(dead_code, reason = "only its schema is made")]
struct MechanismsFile {
    mechanism: Vec<Entry>,
}

/// Business functions, and roles in the customer-experience ecosystem.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
#[expect(dead_code, reason = "only its schema is made")]
struct FunctionsFile {
    function: Vec<Entry>,
    role_group: Vec<Entry>,
    role: Vec<Role>,
}

/// Stages of the customer journey, in order.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
#[expect(dead_code, reason = "only its schema is made")]
struct JourneyFile {
    stage: Vec<Entry>,
}

/// A key of a case's front matter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Key {
    /// The key as it is written.
    pub name: &'static str,
    /// What its value says: lower case, no full stop, literals in backticks.
    pub about: &'static str,
    /// Whether every case needs it.
    pub required: bool,
}

/// Every key of a case, in the order of the format.
pub fn keys() -> impl Iterator<Item = Key> {
    let required = crate::lint::required_keys();
    KEYS.into_iter().map(move |(name, _)| Key {
        name,
        about: about(name),
        required: required.contains(&name),
    })
}

fn case(vocabulary: &Vocabulary) -> Value {
    let properties: Map<String, Value> = KEYS
        .iter()
        .map(|(key, shape)| {
            let mut property = property(key, *shape, vocabulary);
            property["description"] = about(key).into();
            ((*key).to_owned(), property)
        })
        .collect();
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Front matter of a case study",
        "type": "object",
        "properties": properties,
        "required": crate::lint::required_keys(),
        "additionalProperties": false,
    })
}

fn property(key: &str, shape: Shape, vocabulary: &Vocabulary) -> Value {
    let text = json!({ "type": ["string", "number"] });
    match shape {
        Shape::Text => text,
        Shape::Word => one_of(&words(key, vocabulary)),
        Shape::Years => json!({ "type": ["integer", "string"] }),
        Shape::Texts => {
            let item = one_of(&words(key, vocabulary));
            json!({ "anyOf": [item, { "type": "array", "items": item }] })
        }
        Shape::Maps => {
            let fields: &[&str] = if key == "metrics" {
                &METRIC_FIELDS
            } else {
                &SOURCE_FIELDS
            };
            let fields: Map<String, Value> = fields
                .iter()
                .map(|field| ((*field).to_owned(), text.clone()))
                .collect();
            json!({
                "type": "array",
                "items": { "type": "object", "properties": fields, "additionalProperties": false },
            })
        }
    }
}

/// What the value of a key of a case says, in a line.
fn about(key: &str) -> &'static str {
    match key {
        "title" => "the idea in a line, without the organisation's name",
        "organisation" => "who acted",
        "sector" => "the id of its sector",
        "subsector" => "a finer sector in free words",
        "years" => "when it acted: `2015`, `2012-2017`, or `2015-` while it goes on",
        "region" => "where, such as `UK` or `US / Canada`",
        "signals" => "ids of the stress signals it acted under",
        "pattern" => "two to six phrases for the problem, without a word of the sector",
        "asks" => {
            "three to eight sentences in which strategists of other sectors would type the problem, never the solution"
        }
        "mechanism" => "ids of how the idea works",
        "functions" => "ids of the business functions that had to work together",
        "roles" => "ids of the roles that had to work together",
        "journey" => "ids of the journey stages that changed",
        "channels" => "the channels that changed",
        "outcome" => "what came of it",
        "evidence" => {
            "`A` trial, peer review, official or audited; `B` independent press, several agreeing; `C` the organisation's own claim; `D` legend"
        }
        "metrics" => {
            "figures: `name`, `value`, `unit`, `period`, and the `source` by its place in the list, from 1"
        }
        "needs" => "what must be in place",
        "works_when" => "when it works",
        "breaks_when" => "when it breaks",
        "borrowed_from" => {
            "the sectors that the idea came from, when a source says so; a note may follow in brackets"
        }
        "borrowed_basis" => "who says where the idea came from",
        "adopted_in" => {
            "the sectors that the idea went to, when a source says so; a note may follow in brackets"
        }
        "inspired_by" => "what inspired it, when a source says so",
        "could_inspire" => {
            "the sectors to which the curators think it could go: a suggestion, never a fact"
        }
        "caveat" => "what a careful reader must know before quoting it",
        "sources" => "`title`, `publisher`, `url` and `date` of each page that was read",
        _ => "",
    }
}

/// One of these words; any text where there are none.
fn one_of(words: &[&str]) -> Value {
    match words {
        [] => json!({ "type": ["string", "number"] }),
        words => json!({ "enum": words }),
    }
}

/// The words that a key of a case may hold; none where it may hold any text.
pub fn words<'a>(key: &str, vocabulary: &'a Vocabulary) -> Vec<&'a str> {
    let ids = |entries: &'a [Entry]| entries.iter().map(|entry| entry.id.as_str()).collect();
    match key {
        "sector" => vocabulary
            .sectors
            .iter()
            .map(|sector| sector.id.as_str())
            .collect(),
        "signals" => vocabulary
            .signals
            .iter()
            .map(|signal| signal.id.as_str())
            .collect(),
        "roles" => vocabulary
            .roles
            .iter()
            .map(|role| role.id.as_str())
            .collect(),
        "mechanism" => ids(&vocabulary.mechanisms),
        "functions" => ids(&vocabulary.functions),
        "journey" => ids(&vocabulary.stages),
        "outcome" => Outcome::ALL.map(Outcome::id).to_vec(),
        "evidence" => Grade::ALL.map(Grade::id).to_vec(),
        "borrowed_basis" => crate::lint::BASES.to_vec(),
        _ => Vec::new(),
    }
}
