//! The words that curators tag with: sectors, signals, mechanisms, functions, roles, journey stages.
//!
//! They are data beside the cases; nothing about a sector or a signal is written in code.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// All vocabularies of a corpus. Each may be empty: a folder without them has its ids taken as they stand.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Vocabulary {
    /// Structural traits of sectors.
    pub traits: Vec<Entry>,
    /// Groups of sectors: the upper level of the sector tree.
    pub groups: Vec<Entry>,
    /// Sectors: the leaves of the tree.
    pub sectors: Vec<Sector>,
    /// Stress signals.
    pub signals: Vec<Signal>,
    /// Mechanisms.
    pub mechanisms: Vec<Entry>,
    /// Business functions.
    pub functions: Vec<Entry>,
    /// Groups of roles.
    pub role_groups: Vec<Entry>,
    /// Roles in the customer-experience ecosystem.
    pub roles: Vec<Role>,
    /// Journey stages, in order.
    pub stages: Vec<Entry>,
}

/// What every vocabulary entry has.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Entry {
    /// Stable id, a slug.
    pub id: String,
    /// What users read.
    pub label: String,
    /// What it means.
    #[serde(default)]
    pub definition: String,
    /// Other words for it.
    #[serde(default)]
    pub aliases: Vec<String>,
}

/// A leaf of the sector tree.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Sector {
    /// Stable id, a slug.
    pub id: String,
    /// What users read.
    pub label: String,
    /// Id of its group.
    pub group: String,
    /// What it means.
    #[serde(default)]
    pub definition: String,
    /// Other words for it.
    #[serde(default)]
    pub aliases: Vec<String>,
    /// NAICS 2022 codes.
    #[serde(default)]
    pub naics: Vec<String>,
    /// ISIC revision 4 codes.
    #[serde(default)]
    pub isic: Vec<String>,
    /// Ids of its structural traits.
    #[serde(default)]
    pub traits: Vec<String>,
}

/// A stress signal: a named pressure.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Signal {
    /// Stable id, a slug.
    pub id: String,
    /// What users read.
    pub label: String,
    /// What it means.
    #[serde(default)]
    pub definition: String,
    /// What one would measure to see it.
    #[serde(default)]
    pub indicators: Vec<String>,
    /// Other words for it, everyday phrases included.
    #[serde(default)]
    pub aliases: Vec<String>,
    /// Domain-free phrases that often go with it.
    #[serde(default)]
    pub patterns: Vec<String>,
    /// The frameworks it comes from.
    #[serde(default)]
    pub frame: Vec<String>,
    /// How its severity is read off a series.
    pub scale: Scale,
}

/// How the severity of a signal is read off a series.
///
/// A harmful change `w` has severity `w / (w + half)`: 0 without change, one half at `half`, never quite 1.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Scale {
    /// Percent change that counts as half-pressed; above 0.
    pub half: f64,
    /// Change in percentage points that counts as half-pressed; above 0.
    pub half_points: f64,
    /// Months after the last figure in which the severity halves; above 0.
    pub half_life_months: f64,
    /// Why these numbers.
    #[serde(default)]
    pub note: String,
}

/// A role in the customer-experience ecosystem.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Role {
    /// Stable id, a slug.
    pub id: String,
    /// What users read.
    pub label: String,
    /// Id of its group.
    pub group: String,
    /// What it means.
    #[serde(default)]
    pub definition: String,
    /// Other words for it.
    #[serde(default)]
    pub aliases: Vec<String>,
}
