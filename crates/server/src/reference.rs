//! `/docs`: the reference page, made from `/openapi.json`, without anything from elsewhere.

use crate::problem::{Code, Problem};
use minijinja::value::{Serde, Value as Shown};
use minijinja::{AutoEscape, Environment, context};
use serde_json::Value;

const TEMPLATE: &str = include_str!("reference.html");

/// The page for a document.
///
/// # Errors
/// When the document cannot be shown, which a test rules out.
pub(crate) fn page(document: &Value, base: &str) -> Result<String, Problem> {
    let problems: Vec<Value> = Code::ALL
        .iter()
        .map(|code| {
            serde_json::json!({
                "id": code.id(), "status": code.status().as_u16(), "title": code.title(), "meaning": code.meaning(),
            })
        })
        .collect();
    let (document, problems) = (Shown::from(Serde(document)), Shown::from(Serde(problems)));
    let mut environment = Environment::new();
    environment.set_auto_escape_callback(|_| AutoEscape::Html);
    environment
        .render_str(TEMPLATE, context! { document, problems, base })
        .map_err(|error| {
            tracing::error!(%error, "the reference page cannot be shown");
            Problem::new(Code::Internal, "the reference page cannot be shown")
        })
}
