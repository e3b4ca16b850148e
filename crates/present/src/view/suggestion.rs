//! What the beginning of a brief could go on to.

use super::{IndexView, schema};
use serde::Serialize;
use utoipa::ToSchema;

/// What a text as typed so far could mean.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = Suggestions)]
pub struct SuggestionsView {
    /// The text as it was typed.
    pub query: String,
    /// The suggestions, best first.
    pub suggestions: Vec<SuggestionEntry>,
    /// The index that answered.
    pub index: IndexView,
}

/// One suggestion.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = Suggestion)]
pub struct SuggestionEntry {
    /// What it leads to: `signal`, `sector`, `mechanism`, `organisation` or `case`.
    #[schema(value_type = schema::SuggestionKind)]
    pub kind: String,
    /// The id of what it leads to; an organisation's name is its id.
    pub id: String,
    /// What to show.
    pub text: String,
    /// The label, alias, name or title that matched.
    pub matched: String,
}
