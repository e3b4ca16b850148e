//! `afield check`: what is wrong with the files of a corpus.

use crate::args::Global;
use crate::config::{Config, FoundBy, below_here, this_month};
use crate::error::Failure;
use crate::mending::mend;
use crate::output::Talk;
use afield_corpus::lint::codes;
use afield_corpus::nearest;
use afield_index::propose;
use afield_present::view::CheckView;
use afield_present::{github, json, sarif, text};
use clap::{Args, ValueEnum};
use std::collections::{BTreeMap, BTreeSet};
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// The page that explains every finding.
const RULES: &str = include_str!("../../../docs/rules.md");

/// Check case studies, vocabularies and observations; exit with 1 when there are errors
#[derive(Debug, Args)]
pub(crate) struct CheckArgs {
    /// Files or folders of the corpus; all of it without any. A folder elsewhere is checked as a corpus of its own
    #[arg(value_name = "PATHS")]
    paths: Vec<PathBuf>,
    /// Mend first what is safe to mend in the front matter of these cases, and tell it on standard error: the order of
    /// keys, words where a list belongs, ids in other letters or by their label, tracking parameters, texts that want
    /// quotes, colons that want a space, spaces at line ends
    #[arg(long)]
    fix: bool,
    /// Count warnings as errors
    #[arg(long)]
    strict: bool,
    /// Say what a finding means, why it matters and what to write instead; nothing is checked
    #[arg(long, value_name = "CODE", conflicts_with_all = ["paths", "fix", "strict", "format", "json"])]
    explain: Option<String>,
    /// How the findings are written
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    format: FindingsAs,
    /// The same as `--format json`
    #[arg(long, conflicts_with = "format")]
    json: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum FindingsAs {
    /// For people: each with its line
    Text,
    /// A line a finding, for editors and logs
    Short,
    /// For programs
    Json,
    /// Commands of a GitHub workflow
    Github,
    /// SARIF 2.1.0, for code scanning
    Sarif,
}

pub(crate) fn run(args: &CheckArgs, global: &Global, talk: &Talk) -> Result<ExitCode, Failure> {
    if let Some(code) = &args.explain {
        return explain(code, talk);
    }
    let scope = Scope::new(&args.paths, global)?;
    let root = &scope.root;
    talk.detail(&format!("corpus `{}`", root.display()));
    if args.fix {
        if scope.shipped {
            return Err(
                Failure::misuse("the corpus that is compiled in is not mended")
                    .hint("name a folder of your own with `--corpus DIR`"),
            );
        }
        mend(root, |path| scope.has(path), talk)?;
    }
    let report = afield_corpus::check(root, this_month())?;
    let files = if scope.parts.is_empty() {
        report.files
    } else {
        let walk = afield_corpus::walk(root)?;
        walk.cases
            .iter()
            .filter(|found| scope.has(&found.path))
            .count()
    };
    let mut diagnostics: Vec<_> = report
        .diagnostics
        .into_iter()
        .filter(|each| scope.has(&each.path))
        .collect();
    propose(&report.cases, &report.vocabulary, &mut diagnostics);
    let mut texts = Texts::of(root);
    let view = CheckView::new(files, &diagnostics, |path, line| texts.line(path, line));
    write(args, &view, root, talk)?;
    let found = view.summary.errors
        + if args.strict {
            view.summary.warnings
        } else {
            0
        };
    Ok(ExitCode::from(u8::from(found > 0)))
}

fn write(args: &CheckArgs, view: &CheckView, root: &Path, talk: &Talk) -> Result<(), Failure> {
    let mut out = talk.answer();
    let format = if args.json {
        FindingsAs::Json
    } else {
        args.format
    };
    match format {
        FindingsAs::Text => text::check(view, &talk.page, &mut out)?,
        FindingsAs::Short => text::check_short(view, &talk.page, &mut out)?,
        FindingsAs::Json => json::write(view, &mut out)?,
        FindingsAs::Github => github::write(view, &from_here(root), &mut out)?,
        FindingsAs::Sarif => sarif::write(view, &from_here(root), &mut out)?,
    }
    out.flush()?;
    if format == FindingsAs::Text {
        tell_of_pages(view, talk);
    }
    Ok(())
}

/// Says how the findings are explained.
fn tell_of_pages(view: &CheckView, talk: &Talk) {
    let codes: BTreeSet<&str> = view
        .diagnostics
        .iter()
        .map(|each| each.code.as_str())
        .collect();
    let codes: Vec<&str> = codes.into_iter().collect();
    match codes.as_slice() {
        [] => {}
        [code] => talk.next(&[&format!("`afield check --explain {code}` says why")]),
        codes => talk.next(&[&format!(
            "`afield check --explain CODE` says why: {}",
            codes.join(", ")
        )]),
    }
}

/// What leads from the working folder to the corpus, with `/` behind each folder; empty for a corpus elsewhere.
fn from_here(root: &Path) -> String {
    let below = below_here(root);
    let parts = below.iter().flat_map(|below| below.components());
    parts
        .map(|part| format!("{}/", part.as_os_str().to_string_lossy()))
        .collect()
}

/// The files that findings are about, each read once.
struct Texts<'a> {
    root: &'a Path,
    lines: BTreeMap<String, Vec<String>>,
}

impl<'a> Texts<'a> {
    fn of(root: &'a Path) -> Self {
        Self {
            root,
            lines: BTreeMap::new(),
        }
    }

    /// A line of a file, from 1.
    fn line(&mut self, path: &str, line: u32) -> Option<String> {
        let lines = self.lines.entry(path.to_owned()).or_insert_with(|| {
            let text = afield_corpus::read(self.root, path).map(|text| text.text);
            let text = text.unwrap_or_default();
            text.trim_start_matches('\u{feff}')
                .lines()
                .map(str::to_owned)
                .collect()
        });
        lines.get((line as usize).checked_sub(1)?).cloned()
    }
}

/// Prints the section of the page of rules that is about a code.
fn explain(code: &str, talk: &Talk) -> Result<ExitCode, Failure> {
    let is_about = |section: &&str| {
        let heading = section.lines().next().unwrap_or_default();
        heading.split(", ").any(|known| known == code)
    };
    let Some(section) = RULES.split("\n## ").skip(1).find(is_about) else {
        let failure = Failure::misuse(format!("no finding has the code `{code}`"));
        return Err(match nearest(code, codes()) {
            Some(near) => failure.hint(format!("did you mean `{near}`?")),
            None => failure.hint("all codes are in docs/rules.md"),
        });
    };
    let mut out = talk.answer();
    // Where links to the page lead means nothing here.
    let lines = section.trim_end().lines();
    for line in lines.filter(|line| !line.starts_with("<a ")) {
        writeln!(out, "{line}")?;
    }
    out.flush()?;
    Ok(ExitCode::SUCCESS)
}

/// What is checked.
struct Scope {
    /// The corpus.
    root: PathBuf,
    /// The parts of it that were asked for, relative to it; none for all of it.
    parts: Vec<PathBuf>,
    /// Whether it is the corpus that is compiled in.
    shipped: bool,
}

impl Scope {
    fn new(paths: &[PathBuf], global: &Global) -> Result<Self, Failure> {
        let real = |path: &Path| {
            path.canonicalize()
                .map_err(|error| Failure::file("find", path, &error))
        };
        let paths: Vec<PathBuf> = paths
            .iter()
            .map(|path| real(path))
            .collect::<Result<_, _>>()?;
        let config = Config::new(global)?;
        let root = real(&config.corpus)?;
        if let [folder] = paths.as_slice()
            && folder.is_dir()
            && !folder.starts_with(&root)
            && config.found_by != FoundBy::Flag
        {
            return Ok(Self {
                root: folder.clone(),
                parts: Vec::new(),
                shipped: false,
            });
        }
        let mut parts = Vec::new();
        for path in &paths {
            let part = path.strip_prefix(&root).map_err(|_| outside(path, &root))?;
            parts.push(part.to_owned());
        }
        // The corpus itself among the paths means all of it.
        if parts.iter().any(|part| part.as_os_str().is_empty()) {
            parts.clear();
        }
        Ok(Self {
            root,
            parts,
            shipped: config.found_by == FoundBy::Shipped,
        })
    }

    /// Whether a file of the corpus was asked for.
    fn has(&self, path: &str) -> bool {
        let mut parts = self.parts.iter();
        self.parts.is_empty() || parts.any(|part| Path::new(path).starts_with(part))
    }
}

fn outside(path: &Path, root: &Path) -> Failure {
    Failure::misuse(format!(
        "`{}` is not in the corpus `{}`",
        path.display(),
        root.display()
    ))
    .hint("name its corpus with `--corpus DIR`")
}
