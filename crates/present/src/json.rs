//! JSON: one canonical form, the same bytes on the terminal and from the API.

use crate::view::SearchView;
use serde::Serialize;
use serde_json::ser::{CompactFormatter, Formatter, PrettyFormatter, Serializer};
use std::io::{self, Write};

/// Writes a view as JSON, indented by two spaces, with a line break at the end.
pub fn write(view: &impl Serialize, out: &mut impl Write) -> io::Result<()> {
    view.serialize(&mut Serializer::with_formatter(
        &mut *out,
        Harmless(PrettyFormatter::new()),
    ))?;
    writeln!(out)
}

/// Writes a hit a line, for tools that read line by line.
pub fn lines(view: &SearchView, out: &mut impl Write) -> io::Result<()> {
    for hit in &view.hits {
        hit.serialize(&mut Serializer::with_formatter(
            &mut *out,
            Harmless(CompactFormatter),
        ))?;
        writeln!(out)?;
    }
    Ok(())
}

/// Escapes every control character, also those from U+007F to U+009F, which JSON allows as they are and a terminal
/// obeys.
struct Harmless<F>(F);

impl<F: Formatter> Formatter for Harmless<F> {
    fn write_string_fragment<W: ?Sized + Write>(
        &mut self,
        out: &mut W,
        fragment: &str,
    ) -> io::Result<()> {
        for piece in fragment.split_inclusive(char::is_control) {
            match piece.char_indices().next_back() {
                Some((at, last)) if last.is_control() => {
                    out.write_all(&piece.as_bytes()[..at])?;
                    write!(out, "\\u{:04x}", u32::from(last))?;
                }
                _ => out.write_all(piece.as_bytes())?,
            }
        }
        Ok(())
    }

    fn begin_array<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.0.begin_array(out)
    }

    fn end_array<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.0.end_array(out)
    }

    fn begin_array_value<W: ?Sized + Write>(&mut self, out: &mut W, first: bool) -> io::Result<()> {
        self.0.begin_array_value(out, first)
    }

    fn end_array_value<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.0.end_array_value(out)
    }

    fn begin_object<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.0.begin_object(out)
    }

    fn end_object<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.0.end_object(out)
    }

    fn begin_object_key<W: ?Sized + Write>(&mut self, out: &mut W, first: bool) -> io::Result<()> {
        self.0.begin_object_key(out, first)
    }

    fn begin_object_value<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.0.begin_object_value(out)
    }

    fn end_object_value<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.0.end_object_value(out)
    }
}

#[cfg(test)]
mod tests {
    use super::write;

    #[test]
    fn no_control_character_is_written_as_it_is() {
        let text = ["a\u{1b}[31m\u{9b}b\u{7f}", "plain é"];
        let mut out = Vec::new();
        write(&text, &mut out).unwrap();
        let written = String::from_utf8(out).unwrap();
        let expected = "[\n  \"a\\u001b[31m\\u009bb\\u007f\",\n  \"plain é\"\n]\n";
        assert_eq!(written, expected);
        assert_eq!(serde_json::from_str::<[String; 2]>(&written).unwrap(), text);
    }
}
