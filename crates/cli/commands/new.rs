//! `afield new`: a case file to fill in.

use crate::args::Global;
use crate::error::Failure;
use crate::narrow::one_sector;
use crate::output::Talk;
use crate::shelf::Shelf;
use afield_corpus::{Draft, Slot, Vocabulary};
use clap::Args;
use std::io::Write as _;
use std::process::ExitCode;

/// Begin a case study: a file with all that is asked for, to fill in
///
/// The file is written to the corpus as `cases/<sector>/<organisation-and-title>.md`, and its path is printed. What is not
/// given is asked for on a terminal. Nothing is overwritten.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLE, after_long_help = EXAMPLE)]
pub(crate) struct NewArgs {
    /// The sector, by id, label or alias; `afield sectors` lists them
    #[arg(long, value_name = "S")]
    sector: Option<String>,
    /// Who acted
    #[arg(long, value_name = "NAME")]
    organisation: Option<String>,
    /// The idea in a line, without the organisation's name
    #[arg(long, value_name = "TEXT")]
    title: Option<String>,
}

const EXAMPLE: &str = "\
Example:
  afield new --sector banking --organisation 'Fernbank' --title 'A parlour where the counter was'";

pub(crate) fn run(args: &NewArgs, global: &Global, talk: &Talk) -> Result<ExitCode, Failure> {
    let mut shelf = Shelf::open(global)?;
    let draft = draft(args, &shelf.vocabulary, &mut |question| talk.ask(question))?;
    let placed = shelf.place(&draft).map_err(|reason| {
        Failure::misuse(reason).hint("nothing was written; choose another title")
    })?;
    shelf.write(&placed)?;
    let mut out = talk.answer();
    writeln!(out, "{}", shelf.on_disk(&placed.path).display())?;
    out.flush()?;
    talk.next(&[&format!(
        "fill it in, then run `{}`",
        shelf.check_command(Some(&placed.path))
    )]);
    Ok(ExitCode::SUCCESS)
}

/// What is known of the case so far; what the flags leave open is asked for, as long as there is an answer.
fn draft(
    args: &NewArgs,
    vocabulary: &Vocabulary,
    ask: &mut dyn FnMut(&str) -> Option<String>,
) -> Result<Draft, Failure> {
    // Who leaves one question open wants no more of them.
    let mut over = false;
    let ask = &mut |question: &str| {
        let answer = if over { None } else { ask(question) };
        over = answer.is_none();
        answer
    };
    let sector = match given(args.sector.as_ref()) {
        Some(wanted) => Some(one_sector(&wanted, vocabulary)?),
        None => ask_sector(vocabulary, ask),
    };
    let mut text = |flag: Option<&String>, question| given(flag).or_else(|| ask(question));
    let values = [
        ("sector", sector),
        (
            "organisation",
            text(args.organisation.as_ref(), "organisation (who acted)"),
        ),
        (
            "title",
            text(args.title.as_ref(), "title (the idea in a line)"),
        ),
    ];
    let missing = values.iter().filter(|(_, value)| value.is_none());
    let missing: Vec<String> = missing
        .map(|(key, _)| format!("`--{key}` is missing"))
        .collect();
    if !missing.is_empty() {
        return Err(Failure::all(missing)
            .hint("name what is missing, or run this on a terminal to be asked"));
    }
    let mut draft = Draft::default();
    for (key, value) in values {
        draft.fill(Slot::Key(key), value);
    }
    Ok(draft)
}

/// A flag with something in it.
fn given(flag: Option<&String>) -> Option<String> {
    flag.filter(|text| !text.trim().is_empty()).cloned()
}

/// Asks until the answer is a sector, or there is none.
fn ask_sector(
    vocabulary: &Vocabulary,
    ask: &mut dyn FnMut(&str) -> Option<String>,
) -> Option<String> {
    let mut question = "sector".to_owned();
    loop {
        match one_sector(&ask(&question)?, vocabulary) {
            Ok(sector) => return Some(sector),
            Err(failure) if failure.advice().is_empty() => question = format!("{failure}\nsector"),
            Err(failure) => question = format!("{failure}; {}\nsector", failure.advice()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use afield_corpus::{Entry, Sector};

    #[test]
    fn what_flags_leave_open_is_asked_for() {
        let mut vocabulary = Vocabulary::default();
        vocabulary.groups.push(Entry::default());
        vocabulary.groups[0].id = "money".to_owned();
        for id in ["banking", "insurance"] {
            let mut sector = Sector::default();
            (sector.id, sector.group) = (id.to_owned(), "money".to_owned());
            vocabulary.sectors.push(sector);
        }
        let args = NewArgs {
            sector: None,
            organisation: Some("Fernbank".to_owned()),
            title: Some(" ".to_owned()),
        };
        let mut answers = ["bankng", "money", "Banking", "A parlour"].into_iter();
        let mut asked = Vec::new();
        let mut ask = |question: &str| {
            asked.push(question.to_owned());
            answers.next().map(str::to_owned)
        };
        let draft = draft(&args, &vocabulary, &mut ask).unwrap();
        assert_eq!(draft.path(), "banking/fernbank-a-parlour.md");
        assert_eq!(asked.len(), 4, "{asked:?}");
        assert_eq!(
            asked[1],
            "unknown sector `bankng`; did you mean `banking`?\nsector"
        );
        assert_eq!(
            asked[2],
            "`money` is a group of sectors; choose one: `banking`, `insurance`\nsector"
        );
        let silent = super::draft(&args, &vocabulary, &mut |_| None).unwrap_err();
        assert_eq!(
            silent.to_string(),
            "`--sector` is missing; `--title` is missing"
        );
    }
}
