//! `afield check`: what is wrong with the files of a corpus.

use crate::args::{Form, Global};
use crate::config::{Config, FoundBy};
use crate::error::Failure;
use crate::output::Talk;
use afield_present::text;
use afield_present::view::CheckView;
use clap::Args;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Check case studies, vocabularies and observations; exit with 1 when there are errors
#[derive(Debug, Args)]
pub(crate) struct CheckArgs {
    /// Files or folders of the corpus; all of it without any. A folder elsewhere is checked as a corpus of its own
    #[arg(value_name = "PATHS")]
    paths: Vec<PathBuf>,
    #[command(flatten)]
    form: Form,
}

pub(crate) fn run(args: &CheckArgs, global: &Global, talk: &Talk) -> Result<ExitCode, Failure> {
    let (root, wanted) = scope(&args.paths, global)?;
    talk.detail(&format!("corpus `{}`", root.display()));
    let report = afield_corpus::check(&root)?;
    let is_wanted = |path: &str| {
        wanted.is_empty() || wanted.iter().any(|part| Path::new(path).starts_with(part))
    };
    let files = match wanted.as_slice() {
        [] => report.files,
        _ => afield_corpus::walk(&root)?
            .cases
            .iter()
            .filter(|found| is_wanted(&found.path))
            .count(),
    };
    let diagnostics: Vec<_> = report
        .diagnostics
        .into_iter()
        .filter(|each| is_wanted(&each.path))
        .collect();
    let view = CheckView::new(files, &diagnostics);
    talk.write(args.form, &view, text::check)?;
    Ok(if view.summary.errors > 0 {
        ExitCode::from(1)
    } else {
        ExitCode::SUCCESS
    })
}

/// The corpus to check, and the parts of it that were asked for, relative to it; none for all of it.
fn scope(paths: &[PathBuf], global: &Global) -> Result<(PathBuf, Vec<PathBuf>), Failure> {
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
        return Ok((folder.clone(), Vec::new()));
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
    Ok((root, parts))
}

fn outside(path: &Path, root: &Path) -> Failure {
    Failure::misuse(format!(
        "`{}` is not in the corpus `{}`",
        path.display(),
        root.display()
    ))
    .hint("name its corpus with `--corpus DIR`")
}
