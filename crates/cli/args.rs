//! What can be typed: global options, the verbs, and the arguments that verbs share.

use crate::commands;
use afield_corpus::{Month, Period};
use afield_index::Semantic;
use clap::builder::styling::{AnsiColor, Styles};
use clap::{Args, ColorChoice, Parser, Subcommand, ValueEnum};
use std::path::PathBuf;

const STYLES: Styles = Styles::styled()
    .header(AnsiColor::Green.on_default().bold())
    .usage(AnsiColor::Green.on_default().bold())
    .literal(AnsiColor::Cyan.on_default())
    .placeholder(AnsiColor::Cyan.on_default());

/// A search engine for inspiration across sectors: same problem, another mechanism, another sector.
///
/// Describe a problem in plain words; afield answers with what organisations of other sectors did about the same
/// problem, why each could carry over, how it turned out and how well that is evidenced.
#[derive(Debug, Parser)]
#[command(name = "afield", version, styles = STYLES, arg_required_else_help = true, max_term_width = 100)]
#[command(after_help = "Start with: afield search our branches are losing footfall --for banking")]
#[command(after_long_help = "\
Start with: afield search our branches are losing footfall --for banking

Exit codes:
  0  ran, also without hits
  1  no hits, with --exit-status; violations, with check; rows that could not be made, with import
  2  usage or tool error
  3  corpus or index missing or unusable")]
pub(crate) struct Cli {
    #[command(flatten)]
    pub(crate) global: Global,
    #[command(subcommand)]
    pub(crate) verb: Verb,
}

/// Options of every verb.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Global options")]
pub(crate) struct Global {
    /// Folder of case studies [else `AFIELD_CORPUS`, the nearest `corpus/` above, the corpus compiled in]
    #[arg(long, global = true, value_name = "DIR")]
    pub(crate) corpus: Option<PathBuf>,
    /// Folder for the index [else `AFIELD_INDEX`, the user's cache folder]
    #[arg(long, global = true, value_name = "DIR")]
    pub(crate) index: Option<PathBuf>,
    /// When to use colour; `NO_COLOR` is honoured
    #[arg(
        long,
        global = true,
        value_name = "WHEN",
        default_value = "auto",
        hide_possible_values = true
    )]
    #[arg(help = "When to use colour: auto, always or never; `NO_COLOR` is honoured")]
    pub(crate) color: ColorChoice,
    /// Only errors on stderr
    #[arg(short, long, global = true, conflicts_with = "verbose")]
    pub(crate) quiet: bool,
    /// Say which corpus and index are used, and what was skipped
    #[arg(short, long, global = true)]
    pub(crate) verbose: bool,
}

/// What afield can do.
#[derive(Debug, Subcommand)]
pub(crate) enum Verb {
    Search(commands::search::SearchArgs),
    Show(commands::show::ShowArgs),
    Related(commands::related::RelatedArgs),
    Why(commands::why::WhyArgs),
    Sectors(commands::sectors::SectorsArgs),
    Signals(commands::signals::SignalsArgs),
    Serve(commands::serve::ServeArgs),
    Mcp(commands::mcp::McpArgs),
    Index(commands::index::IndexArgs),
    Init(commands::init::InitArgs),
    New(commands::new::NewArgs),
    Import(commands::import::ImportArgs),
    Check(commands::check::CheckArgs),
    Coverage(commands::coverage::CoverageArgs),
    Schema(commands::schema::SchemaArgs),
    Lsp(commands::lsp::LspArgs),
    Eval(commands::eval::EvalArgs),
    Doctor(commands::doctor::DoctorArgs),
    Keys(commands::keys::KeysArgs),
    Completions(commands::completions::CompletionsArgs),
}

/// How an answer is written, where it is text or JSON.
#[derive(Debug, Clone, Copy, Args)]
pub(crate) struct Form {
    /// How the answer is written
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    format: TextOrJson,
    /// The same as `--format json`
    #[arg(long, conflicts_with = "format")]
    json: bool,
}

impl Form {
    /// Whether JSON is wanted.
    pub(crate) fn is_json(self) -> bool {
        self.json || self.format == TextOrJson::Json
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum TextOrJson {
    /// For people
    Text,
    /// For programs
    Json,
}

/// Whether briefs are searched by meaning.
#[derive(Debug, Clone, Copy, Args)]
pub(crate) struct Meaning {
    /// Search by meaning, beside words: as far as it is known, always (encode what is missing first), or never
    #[arg(
        long,
        value_name = "WHEN",
        default_value = "auto",
        env = "AFIELD_SEMANTIC"
    )]
    semantic: When,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum When {
    /// As far as the cases have been encoded
    Auto,
    /// Always: what is missing is encoded first
    On,
    /// Never: by words alone
    Off,
}

impl From<Meaning> for Semantic {
    fn from(meaning: Meaning) -> Self {
        match meaning.semantic {
            When::Auto => Self::Auto,
            When::On => Self::On,
            When::Off => Self::Off,
        }
    }
}

/// The brief: words with or without quotes, or `-`.
#[derive(Debug, Clone, Args)]
pub(crate) struct Brief {
    /// The problem in plain words; quotes are not needed; `-` reads it from standard input
    #[arg(required = true, value_name = "BRIEF")]
    words: Vec<String>,
}

impl Brief {
    /// The words as one text, and whether it has to be read from standard input.
    pub(crate) fn typed(&self) -> (String, bool) {
        (self.words.join(" "), self.words == ["-"])
    }
}

/// Reads `2020`, `2020-06` or `2020-06-15` as its last month.
pub(crate) fn month(text: &str) -> Result<Month, String> {
    let period =
        Period::parse(text).ok_or("expected a date such as 2020, 2020-06 or 2020-06-15")?;
    Ok(period.end)
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory as _;

    #[test]
    fn the_definition_is_sound() {
        Cli::command().debug_assert();
    }

    #[test]
    fn dates_are_read_as_their_last_month() {
        for (text, expected) in [
            ("2020", Some("2020-12")),
            ("2020-06", Some("2020-06")),
            ("2020-06-15", Some("2020-06")),
            ("2020-13", None),
            ("20", None),
            ("yesterday", None),
        ] {
            assert_eq!(
                month(text).ok().map(|month| month.to_string()).as_deref(),
                expected,
                "{text}"
            );
        }
    }
}
