//! What the JSON schema says where a Rust type says too little.
//!
//! The types here only describe, and no value has them: a view holds a word as a string, and its schema names all the
//! words that the other rooms have.

use super::Tag;
use afield_corpus::{Grade, SectionKind as Kind};
use afield_rank::stress;
use utoipa::openapi::schema::{Schema, SchemaType};
use utoipa::openapi::{ArrayBuilder, KnownFormat, ObjectBuilder, RefOr, SchemaFormat, Type};
use utoipa::{PartialSchema, ToSchema};

/// Describes strings out of a closed list of words.
macro_rules! closed_lists {
    ($(#[doc = $description:literal] $name:ident = $words:expr;)+) => {$(
        #[doc = $description]
        pub(super) enum $name {}

        impl PartialSchema for $name {
            fn schema() -> RefOr<Schema> {
                ObjectBuilder::new()
                    .schema_type(Type::String)
                    .description(Some($description.trim()))
                    .enum_values(Some($words))
                    .into()
            }
        }

        impl ToSchema for $name {}
    )+};
}

closed_lists! {
    /// How good an answer is as a whole.
    Verdict = afield_rank::Verdict::ALL.map(afield_rank::Verdict::id);
    /// What came of an idea.
    Outcome = afield_corpus::Outcome::ALL.map(afield_corpus::Outcome::id);
    /// How well an outcome is evidenced: `A` controlled trial, peer review, official statistics or audited accounts; `B` independent press, several agreeing; `C` the organisation's own claim; `D` legend.
    Evidence = Grade::ALL.map(Grade::id);
    /// How far from home, in a word: `near` is built much like home, `far` unlike it.
    Band = [afield_rank::Band::Near, afield_rank::Band::Mid, afield_rank::Band::Far].map(super::search::band);
    /// What a section is for; `body` is anything but the other four.
    SectionKind = [Kind::Challenge, Kind::Idea, Kind::Outcome, Kind::CarryOver, Kind::Other].map(Kind::id);
    /// Where stress is going, against a year before.
    Trend = [stress::Trend::Rising, stress::Trend::Steady, stress::Trend::Falling].map(stress::Trend::id);
    /// How well a sector is observed.
    Degree = [stress::Degree::Thin, stress::Degree::Some, stress::Degree::Well].map(stress::Degree::id);
    /// What a suggestion leads to.
    SuggestionKind = ["signal", "sector", "mechanism", "organisation", "case"];
}

/// First and last year: what [`super::YearsView`] is in JSON.
pub(super) enum Years {}

impl PartialSchema for Years {
    fn schema() -> RefOr<Schema> {
        let year = ObjectBuilder::new()
            .schema_type(SchemaType::from_iter([Type::Integer, Type::Null]))
            .format(Some(SchemaFormat::KnownFormat(KnownFormat::Int32)));
        ArrayBuilder::new()
            .description(Some(
                "First and last year; the last is null while it goes on.",
            ))
            // `prefixItems` would say that only the last may be null, but few generators of clients know it.
            .items(year)
            .min_items(Some(2))
            .max_items(Some(2))
            .into()
    }
}

impl ToSchema for Years {}

/// Where a piece of a text begins and ends.
pub(super) enum Span {}

impl PartialSchema for Span {
    fn schema() -> RefOr<Schema> {
        let offset = ObjectBuilder::new()
            .schema_type(Type::Integer)
            .minimum(Some(0));
        ArrayBuilder::new()
            .description(Some(
                "Where a piece of a text begins and ends, end excluded: offsets from 0 in Unicode code points, not in bytes.",
            ))
            .items(offset)
            .min_items(Some(2))
            .max_items(Some(2))
            .into()
    }
}

impl ToSchema for Span {}

impl PartialSchema for Tag {
    fn schema() -> RefOr<Schema> {
        ObjectBuilder::new()
            .schema_type(Type::String)
            .description(Some(
                "The stable id of a sector, signal, mechanism or another word of the vocabulary.",
            ))
            .into()
    }
}

impl ToSchema for Tag {}
