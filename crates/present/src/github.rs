//! Findings as commands of a GitHub workflow, which shows them beside the lines they are about.

use crate::view::{CheckView, DiagnosticView};
use std::io::{self, Write};

/// Writes a command a finding. `folder` is put before each path, so that it counts from the repository.
pub fn write(view: &CheckView, folder: &str, out: &mut impl Write) -> io::Result<()> {
    view.diagnostics
        .iter()
        .try_for_each(|finding| command(finding, folder, out))
}

fn command(finding: &DiagnosticView, folder: &str, out: &mut impl Write) -> io::Result<()> {
    let message = match finding.help.as_str() {
        "" => finding.message.clone(),
        help => format!("{}\nhelp: {help}", finding.message),
    };
    let end = finding.column + finding.width.max(1);
    writeln!(
        out,
        "::{} file={},line={},col={},endColumn={end},title={}::{}",
        finding.severity,
        property(&format!("{folder}{}", finding.path)),
        finding.line,
        finding.column,
        property(&finding.code),
        data(&message)
    )
}

/// A message as a command takes it.
fn data(text: &str) -> String {
    text.replace('%', "%25")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}

/// A property as a command takes it.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
