//! The page `docs/cli.md`, made of the same definition as the help.

use crate::args::Cli;
use clap::{Arg, Command, CommandFactory as _};
use std::fmt::Write as _;
use std::{env, fs};

/// Compares the page with the definition; with `AFIELD_ACCEPT=1` writes it anew.
#[test]
fn the_reference_page_is_up_to_date() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/cli.md");
    let page = page();
    if env::var_os("AFIELD_ACCEPT").is_some() {
        fs::create_dir_all(concat!(env!("CARGO_MANIFEST_DIR"), "/docs")).unwrap();
        fs::write(path, &page).unwrap();
    }
    let kept = fs::read_to_string(path).unwrap_or_default();
    assert!(
        kept == page,
        "docs/cli.md is not what the help says; run `AFIELD_ACCEPT=1 cargo test reference`"
    );
}

fn page() -> String {
    let mut cli = Cli::command();
    cli.build();
    let mut page =
        "# The command line\n\nMade from the program's own help by a test; do not edit.\n"
            .to_owned();
    sections(&cli, "afield", &mut page);
    page
}

/// A section for a command, and one for each of its verbs.
fn sections(command: &Command, title: &str, page: &mut String) {
    section(command, title, page);
    for verb in verbs(command) {
        sections(verb, &format!("{title} {}", verb.get_name()), page);
    }
}

fn verbs(command: &Command) -> impl Iterator<Item = &Command> {
    command
        .get_subcommands()
        .filter(|verb| verb.get_name() != "help")
}

fn section(command: &Command, title: &str, page: &mut String) {
    let about = command.get_long_about().or_else(|| command.get_about());
    let usage = command.clone().render_usage().to_string();
    let usage = usage.trim_start_matches("Usage: ");
    writeln!(
        page,
        "\n## {title}\n\n{}\n\n```text\n{usage}\n```",
        paragraphs(about)
    )
    .unwrap();
    let anchor = title.replace(' ', "-");
    let rows = verbs(command).map(|verb| {
        let (name, about) = (verb.get_name(), text(verb.get_about()));
        format!("| [`{name}`](#{anchor}-{name}) | {about} |\n")
    });
    let rows: String = rows.collect();
    if !rows.is_empty() {
        write!(page, "\n| verb | |\n| --- | --- |\n{rows}").unwrap();
    }
    let shown =
        |arg: &&Arg| !arg.is_hide_set() && !["help", "version"].contains(&arg.get_id().as_str());
    // Global options are told once, with the program.
    let own = |arg: &&Arg| title == "afield" || !arg.is_global_set();
    let rows: String = command
        .get_arguments()
        .filter(shown)
        .filter(own)
        .map(row)
        .collect();
    if !rows.is_empty() {
        write!(page, "\n| argument | |\n| --- | --- |\n{rows}").unwrap();
    }
    if let Some(more) = command.get_after_long_help() {
        writeln!(page, "\n```text\n{more}\n```").unwrap();
    }
}

fn row(arg: &Arg) -> String {
    let mut help = text(arg.get_long_help().or_else(|| arg.get_help())).replace('|', "\\|");
    let values: Vec<String> = arg
        .get_possible_values()
        .iter()
        .map(|value| format!("`{}`", value.get_name()))
        .collect();
    if arg.get_action().takes_values() && !values.is_empty() && !arg.is_hide_possible_values_set() {
        write!(help, " ({})", values.join(", ")).unwrap();
    }
    if let [default] = arg.get_default_values()
        && arg.get_action().takes_values()
    {
        write!(help, "; `{}` unless given", default.to_string_lossy()).unwrap();
    }
    let short = arg
        .get_short()
        .map_or_else(String::new, |short| format!("-{short}, "));
    format!("| `{short}{arg}` | {help} |\n")
}

fn paragraphs(help: Option<&clap::builder::StyledStr>) -> String {
    help.map(ToString::to_string)
        .unwrap_or_default()
        .trim()
        .to_owned()
}

fn text(help: Option<&clap::builder::StyledStr>) -> String {
    help.map(ToString::to_string)
        .unwrap_or_default()
        .replace('\n', " ")
        .trim()
        .to_owned()
}
