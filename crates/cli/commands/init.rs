//! `afield init`: a corpus of one's own to begin with.

use crate::error::Failure;
use crate::output::Talk;
use crate::shelf::{word, write_new};
use crate::shipped;
use clap::Args;
use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// The page that shows what a case looks like; its example is the first case.
const FORMAT: &str = include_str!("../../../docs/case-format.md");

/// Where the example goes.
const EXAMPLE: &str = "cases/retail-general/fernbank-hire.md";

/// Make a corpus of your own: the vocabularies, and one example case
///
/// The sectors, signals, mechanisms, functions, roles and journey stages are those of the corpus that comes along; they are
/// files, to be changed as you like. The folder is made, or is empty but for `.git`.
#[derive(Debug, Args)]
pub(crate) struct InitArgs {
    /// The folder; called `corpus`, it is found from where it lies without `--corpus`
    #[arg(value_name = "DIR")]
    folder: PathBuf,
}

pub(crate) fn run(args: &InitArgs, talk: &Talk) -> Result<ExitCode, Failure> {
    let folder = &args.folder;
    refuse_what_is_there(folder)?;
    for (name, contents) in shipped::vocabularies() {
        write_new(&folder.join(name), contents)?;
    }
    write_new(&folder.join(EXAMPLE), example().as_bytes())?;
    let observations = folder.join("observations");
    fs::create_dir(&observations).map_err(|error| Failure::file("make", &observations, &error))?;
    let mut out = talk.answer();
    writeln!(out, "{}", folder.display())?;
    out.flush()?;
    let corpus = word(folder);
    talk.next(&[
        &format!("ask it: `afield search --corpus {corpus} people borrow what they used to buy`"),
        &format!("begin a case: `afield new --corpus {corpus}`"),
        &format!(
            "then delete the example `{}`",
            folder.join(EXAMPLE).display()
        ),
    ]);
    Ok(ExitCode::SUCCESS)
}

/// A folder that is not there yet, or has nothing in it but what git keeps.
fn refuse_what_is_there(folder: &Path) -> Result<(), Failure> {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(Failure::file("read", folder, &error)),
    };
    for entry in entries {
        let entry = entry.map_err(|error| Failure::file("read", folder, &error))?;
        if entry.file_name() != ".git" {
            let message = format!("`{}` is not empty", folder.display());
            return Err(Failure::misuse(message)
                .hint("name a folder that is empty or not there yet; nothing was written"));
        }
    }
    Ok(())
}

/// The example of the format's page, marked as one.
fn example() -> String {
    let from = FORMAT.split_once("```markdown\n---\n");
    let case = from.and_then(|(_, rest)| rest.split_once("\n```\n"));
    let (case, _) = case.unwrap_or_default();
    format!(
        "---\n# An example: this organisation does not exist. Delete the file when a case of your own is there.\n{case}\n"
    )
}
