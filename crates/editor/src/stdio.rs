//! Messages over standard input and output.
//!
//! The streams of `lsp-server` end at the first message that is not JSON, and make room for whatever length is announced;
//! here such a message is passed over.

use lsp_server::Connection;
use std::io::{self, BufRead, Read as _};
use std::thread;

/// A longer message is passed over: an editor sends whole files, and the largest case is far smaller.
const LARGEST: u64 = 64 << 20;
/// A longer line is no header.
const LONGEST: u64 = 4 << 10;

/// Lets a server speak over standard input and output; ends when it has, with all its answers written.
pub(crate) fn with<T>(serve: impl FnOnce(&Connection) -> T) -> T {
    let (server, editor) = Connection::memory();
    let Connection { sender, receiver } = editor;
    // It may wait for input for ever, so nobody waits for it.
    thread::spawn(move || {
        let mut input = io::stdin().lock();
        while let Ok(Some(bytes)) = frame(&mut input) {
            match serde_json::from_slice(&bytes) {
                Ok(message) => {
                    if sender.send(message).is_err() {
                        break;
                    }
                }
                Err(error) => tracing::warn!("a message that cannot be read: {error}"),
            }
        }
    });
    let writer = thread::spawn(move || {
        let mut output = io::stdout().lock();
        let mut messages = receiver.into_iter();
        messages.try_for_each(|message| message.write(&mut output))
    });
    let answer = serve(&server);
    drop(server);
    if let Ok(Err(error)) = writer.join() {
        tracing::debug!("the editor does not listen: {error}");
    }
    answer
}

/// The bytes of the next message; [`None`] at the end of input.
fn frame(input: &mut impl BufRead) -> io::Result<Option<Vec<u8>>> {
    loop {
        let mut length = None;
        loop {
            let mut line = Vec::new();
            if input.by_ref().take(LONGEST).read_until(b'\n', &mut line)? == 0 {
                return Ok(None);
            }
            let line = String::from_utf8_lossy(&line);
            match (line.trim(), length) {
                ("", Some(_)) => break,
                (line, _) => length = content_length(line).or(length),
            }
        }
        let length = length.unwrap_or_default();
        if length > LARGEST {
            io::copy(&mut input.by_ref().take(length), &mut io::sink())?;
            tracing::warn!("a message of {length} bytes is passed over");
            continue;
        }
        let mut bytes = Vec::new();
        let read = input.by_ref().take(length).read_to_end(&mut bytes)?;
        return Ok((read as u64 == length).then_some(bytes));
    }
}

fn content_length(line: &str) -> Option<u64> {
    let (name, value) = line.split_once(':')?;
    let value = value.trim().parse().ok()?;
    name.eq_ignore_ascii_case("content-length").then_some(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_message_is_passed_over() {
        let check = |input: &str, expected: &[&str]| {
            let mut rest = input.as_bytes();
            let mut found = Vec::new();
            while let Some(bytes) = frame(&mut rest).unwrap() {
                found.push(String::from_utf8(bytes).unwrap());
            }
            assert_eq!(found, expected, "{input}");
        };
        check("", &[]);
        check(
            "Content-Length: 2\r\n\r\n{}content-length:4\r\nContent-Type: x\r\n\r\nnull",
            &["{}", "null"],
        );
        check("what\r\n\r\nContent-Length: 2\r\n\r\n[]", &["[]"]);
        check(
            "Content-Length: -2\r\n\r\nContent-Length: 2\r\n\r\n[]",
            &["[]"],
        );
        check("Content-Length: 18446744073709551615\r\n\r\n{}", &[]);
        check("Content-Length: 9\r\n\r\n{}", &[]);
        check("Content-Length: 99", &[]);
    }
}
