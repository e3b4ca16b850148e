//! An open corpus: what every verb that reads cases starts from.

use crate::args::{Brief, Global};
use crate::config::Config;
use crate::error::Failure;
use crate::output::Talk;
use crate::progress::Teller;
use afield_corpus::{Case, Vocabulary};
use afield_index::{
    ENCODED_UNASKED, EncodeOptions, EncodeReport, Encoded, Location, Semantic, Snapshot,
};
use std::io::Read as _;

/// An open corpus.
pub(crate) struct Session {
    /// The index as it is now.
    pub(crate) snapshot: Snapshot,
    /// What the asker should know of the index, as sentences.
    pub(crate) warnings: Vec<String>,
}

impl Session {
    /// Opens the corpus that the flags name, after building or mending its index where that is needed.
    pub(crate) fn open(global: &Global, talk: &Talk) -> Result<Self, Failure> {
        Self::open_at(&Config::new(global)?, talk)
    }

    /// The same, to read briefs as far as is wanted by their meaning.
    pub(crate) fn for_briefs(
        global: &Global,
        semantic: Semantic,
        talk: &Talk,
    ) -> Result<Self, Failure> {
        let config = Config::new(global)?;
        let mut session = Self::open_at(&config, talk)?;
        session.snapshot = session.snapshot.reading(semantic);
        if semantic == Semantic::On {
            session.encode(&config, true, talk)?;
        }
        session.warnings.extend(left_to_encode(&session.snapshot));
        Ok(session)
    }

    /// Encodes what has no vector yet; more than a moderate number of passages only if it is `asked` for.
    ///
    /// # Errors
    /// When the disk refuses.
    pub(crate) fn encode(
        &mut self,
        config: &Config,
        asked: bool,
        talk: &Talk,
    ) -> Result<(), Failure> {
        let report = encode(&config.location(), &self.snapshot, asked, talk)?;
        if report.encoded > 0 {
            self.snapshot = afield_index::open(&config.location())?;
        }
        Ok(())
    }

    /// The same for settings that are known.
    pub(crate) fn open_at(config: &Config, talk: &Talk) -> Result<Self, Failure> {
        talk.detail(&format!(
            "corpus `{}` ({})",
            config.corpus.display(),
            config.found_by
        ));
        talk.detail(&format!("index `{}`", config.index.display()));
        let mut teller = Teller::new(talk);
        let (snapshot, freshness) =
            afield_index::open_fresh(&config.location(), &mut |progress| teller.step(progress))?;
        teller.finish(freshness.report.as_ref());
        Ok(Self {
            snapshot,
            warnings: freshness.warnings,
        })
    }

    pub(crate) fn vocabulary(&self) -> &Vocabulary {
        &self.snapshot.catalogue().vocabulary
    }

    /// The case with an id.
    ///
    /// # Errors
    /// When there is none; the error names the nearest ids.
    pub(crate) fn case(&self, id: &str) -> Result<Case, Failure> {
        if let Some(case) = self.snapshot.find(id)? {
            return Ok(case);
        }
        let near = self.snapshot.ids_like(id);
        let failure = Failure::misuse(format!("unknown case `{id}`"));
        Err(match near.as_slice() {
            [] => failure.hint("find ids with `afield search`"),
            near => failure.hint(format!("nearest: `{}`", near.join("`, `"))),
        })
    }
}

/// Encodes the passages of a snapshot that have no vector yet, and tells how far it is. Where another process is at it, such
/// as a server, it is left to that one.
pub(crate) fn encode(
    location: &Location,
    snapshot: &Snapshot,
    asked: bool,
    talk: &Talk,
) -> Result<EncodeReport, Failure> {
    let mut options = EncodeOptions::default();
    options.asked = asked;
    let mut teller = Teller::new(talk);
    let report = afield_index::encode(location, snapshot, options, &mut |done, total| {
        teller.encoded(done, total);
        true
    })?;
    teller.finish(None);
    if report.busy {
        talk.note("another process is encoding these cases; what it has done so far is used");
    }
    Ok(report)
}

/// What to know of cases that can be found by words only, as yet.
fn left_to_encode(snapshot: &Snapshot) -> Option<String> {
    match snapshot.encoded() {
        Encoded::All | Encoded::Unasked => None,
        Encoded::Nothing => Some(
            "cases are found by their words alone; run `afield index` to find them by what they mean".to_owned(),
        ),
        Encoded::Some { passages, missing } => {
            let asked = if missing > ENCODED_UNASKED { " --semantic" } else { "" };
            Some(format!(
                "not encoded yet: {missing} of {passages} passages, whose cases are found by words alone; run `afield index{asked}`"
            ))
        }
    }
}

/// The brief as typed, or as standard input has it.
///
/// # Errors
/// When it is empty or cannot be read.
pub(crate) fn brief(brief: &Brief) -> Result<String, Failure> {
    let (mut text, from_input) = brief.typed();
    if from_input {
        let mut bytes = Vec::new();
        let read = std::io::stdin()
            .lock()
            .take(MOST_BYTES)
            .read_to_end(&mut bytes);
        read.map_err(|error| Failure::misuse(format!("failed to read standard input: {error}")))?;
        text = String::from_utf8_lossy(&bytes).trim().to_owned();
    }
    if text.trim().is_empty() {
        return Err(
            Failure::misuse("the brief is empty").hint("describe the problem in a sentence")
        );
    }
    Ok(text)
}

/// No brief is longer; what follows is not read.
const MOST_BYTES: u64 = 1 << 20;
