//! `afield keys`: who may use the HTTP door.

use crate::args::Form;
use crate::config;
use crate::error::Failure;
use crate::output::{Answer, Talk};
use afield_present::Page;
use afield_server::keys::{Key, Keyring, Scope};
use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Args, Subcommand};
use jiff::Span;
use jiff::civil::Date;
use serde::Serialize;
use std::io::{self, Write};
use std::path::PathBuf;
use std::process::ExitCode;

/// Make, list and revoke the keys that let programs in over HTTP
///
/// A program sends its key with every request: `Authorization: Bearer afield_…`. The key file holds names and hashes,
/// never a key. A server that is running sees a change of the file within two seconds.
#[derive(Debug, Args)]
pub(crate) struct KeysArgs {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    New(NewArgs),
    List(ListArgs),
    Revoke(RevokeArgs),
}

/// Make a key, and print it this once
///
/// The key alone goes to standard output, so that it can be piped to where it is needed.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES, after_long_help = EXAMPLES)]
struct NewArgs {
    /// What to call it: 1 to 64 of a to z, 0 to 9 and -
    name: String,
    /// What it is good for; repeatable
    #[arg(long, value_name = "SCOPE", default_value = "read", value_parser = scope())]
    scope: Vec<Scope>,
    /// Its last day, such as 2027-02-20, or how many days it lasts, such as 90d [default: it does not expire]
    #[arg(long, value_name = "WHEN", value_parser = expiry)]
    expires: Option<Expiry>,
    #[command(flatten)]
    file: FileArgs,
}

const EXAMPLES: &str = "\
Examples:
  afield keys new reporting --expires 90d
  afield keys new monitoring --scope metrics --keys /etc/afield/keys.toml
  afield keys new kiosk | ssh kiosk 'umask 077; cat > afield.key'";

/// List the keys: what each is good for, and until when
#[derive(Debug, Args)]
struct ListArgs {
    #[command(flatten)]
    file: FileArgs,
    #[command(flatten)]
    form: Form,
}

/// Revoke a key: whoever has it is refused from now on
#[derive(Debug, Args)]
struct RevokeArgs {
    /// The key's name
    name: String,
    #[command(flatten)]
    file: FileArgs,
}

#[derive(Debug, Args)]
struct FileArgs {
    /// File of keys [else `AFIELD_KEYS`, `afield/keys.toml` in the user's config folder]
    #[arg(long, value_name = "FILE")]
    keys: Option<PathBuf>,
}

pub(crate) fn run(args: &KeysArgs, talk: &Talk) -> Result<ExitCode, Failure> {
    match &args.action {
        Action::New(args) => new(args, talk)?,
        Action::List(args) => list(args, talk)?,
        Action::Revoke(args) => revoke(args, talk)?,
    }
    Ok(ExitCode::SUCCESS)
}

fn new(args: &NewArgs, talk: &Talk) -> Result<(), Failure> {
    let path = config::keys_file(args.file.keys.as_ref())?;
    let today = config::today();
    let expires = args.expires.map(|expiry| expiry.after(today)).transpose()?;
    let secret = Keyring::edit(&path, |ring| {
        ring.add(&args.name, &args.scope, today, expires)
    })?;
    if let Err(error) = print(&secret, talk) {
        // Nobody has seen it, and nobody can see it any more.
        Keyring::edit(&path, |ring| ring.revoke(&args.name))?;
        let message = format!("failed to print the key, so it was not kept: {error}");
        return Err(Failure::misuse(message));
    }
    let until = expires.map_or_else(
        || "does not expire".to_owned(),
        |last| format!("is good to the end of {last} (UTC)"),
    );
    talk.note(&format!(
        "the key is shown this once; `{}` keeps only its hash",
        path.display()
    ));
    talk.note(&format!(
        "`{}` {until}; send it as `Authorization: Bearer afield_…`",
        args.name
    ));
    Ok(())
}

fn print(secret: &str, talk: &Talk) -> io::Result<()> {
    let mut out = talk.answer();
    writeln!(out, "{secret}")?;
    out.flush()
}

fn list(args: &ListArgs, talk: &Talk) -> Result<(), Failure> {
    let path = config::keys_file(args.file.keys.as_ref())?;
    let ring = Keyring::read(&path)?;
    let today = config::today();
    let keys = ring.keys().iter().map(|key| KeyView::new(key, today));
    let view = KeysView {
        keys: keys.collect(),
    };
    talk.write(args.form, &view, text)?;
    talk.detail(&format!("keys `{}`", path.display()));
    if view.keys.is_empty() {
        talk.note(&format!("no keys in `{}`", path.display()));
    }
    Ok(())
}

fn revoke(args: &RevokeArgs, talk: &Talk) -> Result<(), Failure> {
    let path = config::keys_file(args.file.keys.as_ref())?;
    // An edit would begin a file where there is none; there is nothing in it to revoke.
    Keyring::read(&path)?;
    Keyring::edit(&path, |ring| ring.revoke(&args.name))?;
    talk.note(&format!(
        "revoked `{}` in `{}`; a running server refuses it within two seconds",
        args.name,
        path.display()
    ));
    Ok(())
}

/// All keys of a file.
#[derive(Debug, Serialize)]
struct KeysView {
    keys: Vec<KeyView>,
}

/// A key as its owner may see it, without its hash.
#[derive(Debug, Serialize)]
struct KeyView {
    name: String,
    scopes: Vec<&'static str>,
    created: String,
    expires: Option<String>,
    state: &'static str,
}

impl KeyView {
    fn new(key: &Key, today: Date) -> Self {
        Self {
            name: key.name().to_owned(),
            scopes: key.scopes().map(Scope::id).collect(),
            created: key.created().to_string(),
            expires: key.expires().map(|day| day.to_string()),
            state: if key.is_expired(today) {
                "expired"
            } else {
                "valid"
            },
        }
    }
}

/// Two lines a key, because a name can be long.
fn text(view: &KeysView, _: &Page, out: &mut Answer) -> io::Result<()> {
    for key in &view.keys {
        let expires = key.expires.as_ref().map_or_else(
            || "does not expire".to_owned(),
            |day| format!("expires {day}"),
        );
        writeln!(
            out,
            "{}\n  {} · {} · created {} · {expires}",
            key.name,
            key.state,
            key.scopes.join(", "),
            key.created
        )?;
    }
    Ok(())
}

/// Reads a scope by its word; the words are named in the help.
fn scope() -> impl TypedValueParser<Value = Scope> {
    PossibleValuesParser::new(Scope::ALL.map(Scope::id)).try_map(|word| Scope::resolve(&word))
}

/// When a key expires, as typed.
#[derive(Debug, Clone, Copy)]
enum Expiry {
    /// At the end of a day.
    On(Date),
    /// That many days from now.
    In(u32),
}

impl Expiry {
    /// The last day, for a key that is made today.
    fn after(self, today: Date) -> Result<Date, Failure> {
        match self {
            Self::On(date) => Ok(date),
            Self::In(days) => {
                let span = Span::new().try_days(days);
                let date = span.and_then(|span| today.checked_add(span));
                date.map_err(|_| {
                    Failure::misuse(format!("no calendar goes on for {days} days"))
                        .hint("leave `--expires` out for a key that does not expire")
                })
            }
        }
    }
}

fn expiry(text: &str) -> Result<Expiry, String> {
    if let Some(days) = text.strip_suffix('d').and_then(|days| days.parse().ok()) {
        return Ok(Expiry::In(days));
    }
    // The parser takes times and shorter forms too; what it gives back has one form only.
    let date = text.parse().ok();
    date.filter(|date: &Date| date.to_string() == text)
        .map(Expiry::On)
        .ok_or_else(|| "expected a date such as 2027-02-20, or days such as 90d".to_owned())
}
