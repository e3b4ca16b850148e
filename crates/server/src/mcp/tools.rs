//! The tools: what each takes, what each answers.

use crate::ask::{BriefAsk, CaseAsk, DateAsk, PageAsk};
use crate::engine::Engine;
use crate::fields::Fields;
use crate::openapi::standalone;
use crate::problem::{Code, Problem};
use afield_corpus::Month;
use afield_present::view::{CaseView, SearchView};
use afield_present::{Page, text};
use rmcp::model::{JsonObject, Tool, ToolAnnotations};
use serde::Serialize;
use serde_json::{Value, json};
use std::sync::Arc;

/// A tool.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ToolName {
    /// Ideas for a problem, with everything that is known of them.
    Inspire,
    /// Ids and titles for a query, in the shape of chat connectors.
    Search,
    /// The text of a case, in the shape of chat connectors.
    Fetch,
    /// One case, whole.
    Case,
    /// How hard sectors are pressed.
    Sectors,
}

impl ToolName {
    const ALL: [Self; 5] = [
        Self::Inspire,
        Self::Search,
        Self::Fetch,
        Self::Case,
        Self::Sectors,
    ];

    fn id(self) -> &'static str {
        match self {
            Self::Inspire => "inspire",
            Self::Search => "search",
            Self::Fetch => "fetch",
            Self::Case => "case",
            Self::Sectors => "sectors",
        }
    }

    fn title(self) -> &'static str {
        match self {
            Self::Inspire => "Find ideas from other sectors",
            Self::Search => "Search case studies",
            Self::Fetch => "Fetch a case study",
            Self::Case => "Read a case study",
            Self::Sectors => "See how hard sectors are pressed",
        }
    }

    fn description(self) -> &'static str {
        match self {
            Self::Inspire => {
                "Ideas that organisations of other, stressed sectors tried for the same problem, best first: each with \
                the reason it is there, its outcome, how well it is evidenced, and its sources. Describe the problem in whole \
                sentences and name the asker's own sector in `for`."
            }
            Self::Search => {
                "Ids, titles and addresses of case studies about a problem. `inspire` says more."
            }
            Self::Fetch => {
                "The whole text of a case study, by an id that `search` or `inspire` gave."
            }
            Self::Case => {
                "A case study as data, by its id: its text by section, figures, sources, what it needs and when it breaks."
            }
            Self::Sectors => {
                "How hard each sector is pressed, 0 to 1, and whether that rises; with `id`, one sector with its curve over \
                time and the dated, sourced figures behind it."
            }
        }
    }

    /// The tool of a name.
    pub(super) fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|tool| tool.id() == name)
    }

    /// Runs the tool.
    pub(super) fn call(
        self,
        engine: &Engine,
        arguments: JsonObject,
        today: Month,
    ) -> Result<Value, Problem> {
        let mut fields = Fields::of_object(arguments);
        match self {
            Self::Inspire => {
                let (brief, page) = (BriefAsk::read(&mut fields), PageAsk::read(&mut fields));
                let finished = fields.finish();
                finished.map_err(|problem| engine.complete(problem, &brief))?;
                value(&engine.search(&brief, page, today)?)
            }
            Self::Search => {
                let brief = BriefAsk::of_query(&mut fields);
                fields.finish()?;
                let found = engine.search(
                    &brief,
                    PageAsk {
                        limit: 10,
                        offset: 0,
                    },
                    today,
                )?;
                Ok(results(&found))
            }
            Self::Fetch => {
                let id = CaseAsk::read(&mut fields).id;
                fields.finish()?;
                document(&engine.case(&id)?)
            }
            Self::Case => {
                let id = CaseAsk::read(&mut fields).id;
                fields.finish()?;
                value(&engine.case(&id)?)
            }
            Self::Sectors => {
                let (sector, as_of) = (fields.text("id"), DateAsk::read(&mut fields).as_of);
                fields.finish()?;
                let as_of = as_of.unwrap_or(today);
                match sector {
                    Some(sector) => value(&engine.sector(&sector, as_of)?),
                    None => value(&engine.sectors(as_of)),
                }
            }
        }
    }

    /// What it takes, as JSON Schema.
    fn input(self, document: &Value) -> JsonObject {
        let id = json!({ "type": "string", "description": "The case's id", "examples": ["argos-fast-track"] });
        let date = json!({ "type": "string", "description": "Read stress as of this date: `2020`, `2020-06` or `2020-06-15`; today when it is not given" });
        let (properties, required) = match self {
            Self::Inspire => return standalone(document, "SearchRequest"),
            Self::Search => (
                json!({ "query": { "type": "string", "description": "The problem in plain words" } }),
                json!(["query"]),
            ),
            Self::Fetch | Self::Case => (json!({ "id": id }), json!(["id"])),
            Self::Sectors => (
                json!({ "as_of": date, "id": { "type": "string", "description": "One sector, by id, label or alias" } }),
                json!([]),
            ),
        };
        object(
            json!({ "type": "object", "properties": properties, "required": required, "additionalProperties": false }),
        )
    }

    /// What it answers, as JSON Schema.
    fn output(self, document: &Value) -> JsonObject {
        let text = json!({ "type": "string" });
        match self {
            Self::Inspire => standalone(document, "Search"),
            Self::Case => standalone(document, "Case"),
            Self::Search => object(json!({
                "type": "object", "required": ["results"],
                "properties": { "results": { "type": "array", "items": {
                    "type": "object", "required": ["id", "title", "url"],
                    "properties": { "id": text, "title": text, "url": text },
                }}},
            })),
            Self::Fetch => object(json!({
                "type": "object", "required": ["id", "title", "text", "url", "metadata"],
                "properties": {
                    "id": text, "title": text, "text": text, "url": text,
                    "metadata": { "type": "object", "additionalProperties": { "type": "string" } },
                },
            })),
            Self::Sectors => {
                let (mut list, mut one) = (
                    standalone(document, "Sectors"),
                    standalone(document, "Sector"),
                );
                let mut shared = object(list.remove("$defs").unwrap_or_default());
                shared.extend(object(one.remove("$defs").unwrap_or_default()));
                object(json!({ "type": "object", "anyOf": [list, one], "$defs": shared }))
            }
        }
    }
}

/// All tools, as agents are told of them. Schemas are those of `/openapi.json`.
pub(super) fn listed(document: &Value) -> Vec<Tool> {
    let tool = |tool: ToolName| {
        let hints = ToolAnnotations::with_title(tool.title())
            .read_only(true)
            .idempotent(true)
            .destructive(false)
            .open_world(false);
        Tool::new(
            tool.id(),
            tool.description(),
            Arc::new(tool.input(document)),
        )
        .with_title(tool.title())
        .with_raw_output_schema(Arc::new(tool.output(document)))
        .with_annotations(hints)
    };
    ToolName::ALL.into_iter().map(tool).collect()
}

/// Hits by name, with the address of their first source.
fn results(found: &SearchView) -> Value {
    let results = found.hits.iter().map(|hit| {
        let url = hit.sources.iter().map(|source| source.url.as_str()).find(|url| !url.is_empty());
        json!({ "id": hit.id, "title": name(&hit.title, &hit.organisation), "url": address(url, &hit.id) })
    });
    json!({ "results": results.collect::<Vec<_>>() })
}

/// A case as one document.
fn document(case: &CaseView) -> Result<Value, Problem> {
    let mut written = Vec::new();
    let told = text::case(case, &Page::new(100), &mut written);
    told.map_err(|error| Problem::new(Code::Internal, error.to_string()))?;
    let url = case
        .sources
        .iter()
        .map(|source| source.url.as_str())
        .find(|url| !url.is_empty());
    let years = case.years.map(|(from, to)| match to {
        Some(to) => format!("{from}-{to}"),
        None => format!("{from}-"),
    });
    let known = [
        ("organisation", Some(case.organisation.clone())),
        (
            "sector",
            case.sector.as_ref().map(|sector| sector.label.clone()),
        ),
        ("region", case.region.clone()),
        ("years", years),
        ("outcome", Some(case.outcome.clone())),
        ("evidence", case.evidence.clone()),
    ];
    let known = known
        .into_iter()
        .filter_map(|(name, value)| Some((name.to_owned(), Value::from(value?))));
    Ok(json!({
        "id": case.id,
        "title": name(&case.title, &case.organisation),
        "text": String::from_utf8_lossy(&written),
        "url": address(url, &case.id),
        "metadata": known.collect::<JsonObject>(),
    }))
}

fn name(title: &str, organisation: &str) -> String {
    if organisation.is_empty() {
        title.to_owned()
    } else {
        format!("{title} ({organisation})")
    }
}

/// What to cite: the first source, else a name of our own.
fn address(url: Option<&str>, id: &str) -> String {
    url.map_or_else(|| format!("urn:afield:case:{id}"), str::to_owned)
}

fn value(view: &impl Serialize) -> Result<Value, Problem> {
    serde_json::to_value(view).map_err(|error| Problem::new(Code::Internal, error.to_string()))
}

fn object(value: Value) -> JsonObject {
    match value {
        Value::Object(object) => object,
        _ => JsonObject::new(),
    }
}
