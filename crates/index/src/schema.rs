//! The fields of the index, each name once, and the version of its format.

use crate::Facet;
use crate::analyze::Analyzer;
use tantivy::schema::{
    Field, IndexRecordOption, NumericOptions, STORED, STRING, Schema, TextFieldIndexing,
    TextOptions,
};
use tantivy::tokenizer::{TextAnalyzer, TokenizerManager};

/// Goes up whenever an index of before cannot be read as one of now: fields, analysis, sidecars.
pub(crate) const FORMAT: u32 = 3;

const ANALYZER: &str = "afield";

/// Handles to the fields.
#[derive(Debug, Clone)]
pub(crate) struct Fields {
    /// The tantivy schema they belong to.
    pub(crate) schema: Schema,
    /// All words of a case in one posting list; a word's position tells which field it stands in.
    pub(crate) text: Field,
    /// Where each field of the case begins in `text`; the lengths follow from it.
    pub(crate) bounds: Field,
    /// Case id.
    pub(crate) id: Field,
    /// Path in the corpus: the key by which a file's case is replaced.
    pub(crate) path: Field,
    /// Who acted, as written.
    pub(crate) organisation: Field,
    /// Where the idea was taken up, as written.
    pub(crate) adopted: Field,
    /// First year it acted.
    pub(crate) from: Field,
    /// Last year it acted; a far future while it goes on.
    pub(crate) to: Field,
    /// Number of sources.
    pub(crate) sources: Field,
    /// Keys of its passages: which vectors belong to it.
    pub(crate) passages: Field,
    /// Tells nearly equal texts.
    pub(crate) fingerprint: Field,
    /// The whole case; read only for the hits that are shown.
    pub(crate) case: Field,
    facets: [Field; Facet::ALL.len()],
}

impl Fields {
    /// Declares the schema.
    pub(crate) fn new() -> Self {
        let mut builder = Schema::builder();
        let words = TextFieldIndexing::default()
            .set_tokenizer(ANALYZER)
            .set_index_option(IndexRecordOption::WithFreqsAndPositions);
        let text =
            builder.add_text_field("text", TextOptions::default().set_indexing_options(words));
        let column = TextOptions::default().set_fast("raw");
        let number = NumericOptions::default().set_fast();
        let indexed_number = number.clone().set_indexed();
        let id = builder.add_text_field("id", STRING.set_fast("raw"));
        let path = builder.add_text_field("path", STRING);
        let organisation = builder.add_text_field("organisation", column.clone());
        let adopted = builder.add_text_field("adopted", column);
        let bounds = builder.add_u64_field("bounds", number.clone());
        let from = builder.add_i64_field("from", indexed_number.clone());
        let to = builder.add_i64_field("to", indexed_number);
        let sources = builder.add_u64_field("sources", number.clone());
        let passages = builder.add_u64_field("passages", number.clone());
        let fingerprint = builder.add_u64_field("fingerprint", number);
        let case = builder.add_bytes_field("case", STORED);
        let facets =
            Facet::ALL.map(|facet| builder.add_text_field(facet.name(), STRING.set_fast("raw")));
        let schema = builder.build();
        Self {
            schema,
            text,
            bounds,
            id,
            path,
            organisation,
            adopted,
            from,
            to,
            sources,
            passages,
            fingerprint,
            case,
            facets,
        }
    }

    /// The field of a facet.
    pub(crate) fn facet(&self, facet: Facet) -> Field {
        self.facets[facet as usize]
    }
}

/// The tokenizers that the schema names.
pub(crate) fn tokenizers() -> TokenizerManager {
    let manager = TokenizerManager::default();
    manager.register(ANALYZER, TextAnalyzer::from(Analyzer::default()));
    manager
}
