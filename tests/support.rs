//! A harness that makes a test read as a story: a corpus, a command, what came of it.
//!
//! Every [`Afield`] has its own folder with a corpus, a cache and nothing else; the environment is cleared, so the
//! tests read the same anywhere. Paths and times are rewritten, so that output can be kept as a snapshot.

pub(crate) mod corpus;
pub(crate) mod http;

use std::fmt;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, SystemTime};
use tempfile::TempDir;

/// The corpus of the repository.
pub(crate) fn shipped_corpus() -> String {
    display(&Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus"))
}

/// A folder with a corpus, in which commands are run.
pub(crate) struct Afield {
    folder: TempDir,
    variables: Vec<(String, String)>,
}

impl Afield {
    /// The small corpus of [`corpus::FILES`], indexed.
    pub(crate) fn new() -> Self {
        let afield = Self::with(&corpus::FILES);
        let built = afield.run(&["index"]);
        assert_eq!(built.code, 0, "{built}");
        afield
    }

    /// A corpus of some files, relative to it; not indexed yet.
    pub(crate) fn with(files: &[(&str, &str)]) -> Self {
        let afield = Self::empty();
        for (path, text) in files {
            afield.write(&format!("corpus/{path}"), text);
        }
        afield
    }

    /// A folder without a corpus.
    pub(crate) fn empty() -> Self {
        Self {
            folder: tempfile::tempdir().unwrap(),
            variables: Vec::new(),
        }
    }

    /// The same with a variable of the environment.
    pub(crate) fn variable(mut self, name: &str, value: &str) -> Self {
        self.variables.push((name.to_owned(), value.to_owned()));
        self
    }

    /// A path in the folder.
    pub(crate) fn path(&self, path: &str) -> PathBuf {
        self.folder.path().join(path)
    }

    /// Writes a file, and the folders it is in; dated back, because what was changed only just now is looked at twice.
    pub(crate) fn write(&self, path: &str, text: impl AsRef<[u8]>) {
        let path = self.path(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        let mut file = fs::File::create(path).unwrap();
        file.write_all(text.as_ref()).unwrap();
        file.set_modified(SystemTime::now() - Duration::from_secs(3_600))
            .unwrap();
    }

    /// Runs a command in the folder.
    pub(crate) fn run(&self, args: &[&str]) -> Run {
        self.run_in("", args, b"")
    }

    /// The same with something on standard input.
    pub(crate) fn run_with_input(&self, args: &[&str], input: &[u8]) -> Run {
        self.run_in("", args, input)
    }

    /// The same in a folder of the folder.
    pub(crate) fn run_in(&self, folder: &str, args: &[&str], input: &[u8]) -> Run {
        let mut child = self
            .command(args)
            .current_dir(self.path(folder))
            .stdin(Stdio::piped())
            .spawn()
            .unwrap();
        // A command that reads nothing may be gone already.
        child.stdin.take().unwrap().write_all(input).ok();
        let output = child.wait_with_output().unwrap();
        let text = |bytes: &[u8]| self.settled(&String::from_utf8_lossy(bytes));
        Run {
            code: output.status.code().unwrap_or(-1),
            stdout: text(&output.stdout),
            stderr: text(&output.stderr),
        }
    }

    /// The command itself, for tests that need its pipes.
    pub(crate) fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_afield"));
        command
            .args(args)
            .env_clear()
            .env("HOME", self.path("home"))
            .env("XDG_CACHE_HOME", self.path("cache"));
        command.envs(self.variables.iter().map(|(name, value)| (name, value)));
        command
            .current_dir(self.folder.path())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        command
    }

    /// What a run prints, with what differs from run to run in square brackets.
    fn settled(&self, text: &str) -> String {
        let real = self.folder.path().canonicalize().unwrap();
        let text = text
            .replace(&display(&real), "[ROOT]")
            .replace(&display(self.folder.path()), "[ROOT]");
        let text = without_hashes(&text);
        let text = between(&text, "\"took_ms\": ", ",", "0");
        let text = between(&text, " removed, in ", "\n", "[TIME]");
        let text = between(&text, " case in ", "\n", "[TIME]");
        between(&text, " cases in ", "\n", "[TIME]")
    }
}

fn display(path: &Path) -> String {
    path.display().to_string()
}

/// Replaces runs of sixteen hexadecimal digits that are no decimals: names of folders and generations.
fn without_hashes(text: &str) -> String {
    let is_digit = |letter: char| letter.is_ascii_hexdigit() && !letter.is_ascii_uppercase();
    let mut settled = String::new();
    let mut rest = text;
    while let Some(start) = rest.find(is_digit) {
        let length = rest[start..]
            .find(|letter| !is_digit(letter))
            .unwrap_or(rest.len() - start);
        let run = &rest[start..start + length];
        settled += &rest[..start];
        let is_hash = length == 16 && !settled.ends_with('.');
        settled += if is_hash { "[HASH]" } else { run };
        rest = &rest[start + length..];
    }
    settled + rest
}

/// Replaces what stands between two texts, wherever it does.
fn between(text: &str, before: &str, after: &str, by: &str) -> String {
    let mut parts = text.split(before);
    let mut settled = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let rest = part.find(after).map_or("", |end| &part[end..]);
        settled += &format!("{before}{by}{rest}");
    }
    settled
}

/// What came of a command.
#[must_use = "compare the run with a snapshot, or assert what a user would notice"]
pub(crate) struct Run {
    pub(crate) code: i32,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl Run {
    /// Standard output as JSON.
    pub(crate) fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.stdout).unwrap_or_else(|error| panic!("{error}\n{self}"))
    }
}

impl fmt::Display for Run {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            formatter,
            "exit {}\n--- stdout\n{}--- stderr\n{}",
            self.code, self.stdout, self.stderr
        )
    }
}
