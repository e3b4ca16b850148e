//! The data beside the cases: vocabularies and observations, read from TOML.

mod observations;
mod table;
mod vocabularies;

use crate::load::{self, Found, Walk};
use crate::{Diagnostic, Place, Series, Vocabulary};
pub(crate) use observations::ObservationsFile;
use serde::{Deserialize, Serialize};
use std::path::Path;
use table::File;

/// The data beside the cases.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Catalogue {
    /// The words that curators tag with.
    pub vocabulary: Vocabulary,
    /// The dated figures, by the path of their file, then as they stand in it.
    pub series: Vec<Series>,
}

impl Catalogue {
    /// A catalogue of these parts.
    pub fn new(vocabulary: Vocabulary, series: Vec<Series>) -> Self {
        Self { vocabulary, series }
    }
}

/// Reads the vocabularies and observations of a corpus.
///
/// What is broken is reported and left out, entry by entry and figure by figure; the rest is used. Diagnostics are
/// in the order of path and place.
pub fn load_catalogue(root: &Path, walk: &Walk) -> (Catalogue, Vec<Diagnostic>) {
    let mut diagnostics = Vec::new();
    let texts: Vec<(&Found, String)> = walk
        .data
        .iter()
        .filter_map(|found| Some((found, text(root, found, &mut diagnostics)?)))
        .collect();
    let (series, words): (Vec<_>, Vec<_>) = texts
        .iter()
        .partition(|(found, _)| found.path.starts_with("observations/"));
    let mut catalogue = Catalogue::default();
    for (found, text) in words {
        let mut file = File::open(&found.path, text, &mut diagnostics);
        vocabularies::read(&mut file, &mut catalogue.vocabulary);
    }
    let mut ids = observations::Ids::default();
    for (found, text) in series {
        let mut file = File::open(&found.path, text, &mut diagnostics);
        catalogue.series.extend(observations::read(
            &mut file,
            &catalogue.vocabulary,
            &mut ids,
        ));
    }
    diagnostics.sort();
    (catalogue, diagnostics)
}

/// The text of a data file as the TOML parser takes it.
fn text(root: &Path, found: &Found, diagnostics: &mut Vec<Diagnostic>) -> Option<String> {
    match load::read(root, &found.path) {
        Ok(text) => {
            diagnostics.extend(text.not_utf8(&found.path));
            Some(crate::lines::normalise(&text.text).into_owned())
        }
        Err(reason) => {
            let message = format!("cannot read the file: {reason}");
            diagnostics.push(Diagnostic::error(
                &found.path,
                Place::START,
                "unreadable-file",
                message,
            ));
            None
        }
    }
}
