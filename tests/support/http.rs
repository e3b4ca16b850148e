//! A real server on a free port, and a client that speaks HTTP/1.1 by hand: what goes over the wire is what a test
//! says, byte for byte.

use super::{Afield, between};
use serde_json::Value;
use std::fmt::{self, Write as _};
use std::fs;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

/// How long a test waits for a server before it fails.
const PATIENCE: Duration = Duration::from_secs(20);

/// A server that runs until it is dropped.
pub(crate) struct Server {
    child: Child,
    pub(crate) address: SocketAddr,
}

impl Server {
    /// Starts `afield serve` on a free port, and waits until it listens. Its log goes to `serve.log` in the folder.
    pub(crate) fn start(afield: &Afield, args: &[&str]) -> Self {
        let mut command = afield.command(&[&["serve", "--port", "0"], args].concat());
        let log = fs::File::create(afield.path("serve.log")).unwrap();
        let mut child = command.stderr(log).stdin(Stdio::null()).spawn().unwrap();
        let mut line = String::new();
        let mut stdout = BufReader::new(child.stdout.take().unwrap());
        stdout.read_line(&mut line).unwrap();
        let Some(address) = line.trim().strip_prefix("listening on http://") else {
            child.wait().unwrap();
            let log = fs::read_to_string(afield.path("serve.log")).unwrap();
            panic!("the server did not start: {line}{log}");
        };
        let address = address.parse().unwrap();
        Self { child, address }
    }

    /// A new connection.
    pub(crate) fn connect(&self) -> Connection {
        let stream = TcpStream::connect(self.address).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        stream.set_nodelay(true).unwrap();
        Connection {
            host: self.address.to_string(),
            reader: BufReader::new(stream),
        }
    }

    /// The answer to a `GET`.
    pub(crate) fn get(&self, path: &str) -> Answer {
        self.get_with(path, &[])
    }

    /// The same with headers.
    pub(crate) fn get_with(&self, path: &str, headers: &[(&str, &str)]) -> Answer {
        self.ask("GET", path, headers, b"")
    }

    /// The answer to a `POST` of JSON.
    pub(crate) fn post(&self, path: &str, body: &Value) -> Answer {
        let headers = [("content-type", "application/json")];
        self.ask("POST", path, &headers, body.to_string().as_bytes())
    }

    /// The answer to a request, on a connection of its own.
    pub(crate) fn ask(
        &self,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: &[u8],
    ) -> Answer {
        let mut connection = self.connect();
        connection.send(method, path, headers, body);
        connection.answer(method)
    }

    /// The answer to bytes as they stand.
    pub(crate) fn request(&self, raw: impl AsRef<[u8]>) -> Answer {
        let mut connection = self.connect();
        connection.write(raw);
        connection.answer("")
    }

    /// Asks the server to end, as the system does.
    pub(crate) fn terminate(&self) {
        let id = self.child.id().to_string();
        let sent = Command::new("kill").args(["-TERM", &id]).status().unwrap();
        assert!(sent.success());
    }

    /// Waits until the server has ended.
    pub(crate) fn wait(&mut self) -> ExitStatus {
        let end = Instant::now() + PATIENCE;
        while Instant::now() < end {
            if let Some(status) = self.child.try_wait().unwrap() {
                return status;
            }
            std::thread::sleep(Duration::from_millis(10));
        }
        panic!("the server did not end");
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.child.kill().ok();
        self.child.wait().ok();
    }
}

/// One connection, on which several requests can be sent.
pub(crate) struct Connection {
    host: String,
    reader: BufReader<TcpStream>,
}

impl Connection {
    /// Sends a request with `Host`, and with `Content-Length` where there is a body.
    pub(crate) fn send(&mut self, method: &str, path: &str, headers: &[(&str, &str)], body: &[u8]) {
        let mut head = format!("{method} {path} HTTP/1.1\r\n");
        let given = |wanted: &str| headers.iter().any(|(name, _)| *name == wanted);
        if !given("host") {
            write!(head, "host: {}\r\n", self.host).unwrap();
        }
        if method == "POST" && !given("content-length") && !given("transfer-encoding") {
            write!(head, "content-length: {}\r\n", body.len()).unwrap();
        }
        for (name, value) in headers {
            write!(head, "{name}: {value}\r\n").unwrap();
        }
        self.write([head.as_bytes(), b"\r\n", body].concat());
    }

    /// Sends bytes as they stand. A server that has answered already may have hung up, which the answer tells.
    pub(crate) fn write(&mut self, bytes: impl AsRef<[u8]>) {
        self.reader.get_mut().write_all(bytes.as_ref()).ok();
    }

    /// The other end of the same connection, for a thread that sends while another reads.
    pub(crate) fn sender(&self) -> TcpStream {
        self.reader.get_ref().try_clone().unwrap()
    }

    /// Reads the answer to a request of a method.
    pub(crate) fn answer(&mut self, method: &str) -> Answer {
        self.try_answer(method).expect("the server hung up")
    }

    /// The same; none when the server hangs up instead.
    pub(crate) fn try_answer(&mut self, method: &str) -> Option<Answer> {
        loop {
            let mut answer = self.head()?;
            if answer.status >= 200 {
                let bodiless = method == "HEAD" || matches!(answer.status, 204 | 304);
                if !bodiless {
                    answer.body = self.body(&answer);
                }
                return Some(answer);
            }
        }
    }

    /// Waits until the server asks for the body of a request that was sent with `Expect: 100-continue`.
    pub(crate) fn wait_to_continue(&mut self) {
        let head = self.head().expect("the server hung up");
        assert_eq!(head.status, 100, "{head}");
    }

    fn head(&mut self) -> Option<Answer> {
        let line = self.line()?;
        let status = line.split(' ').nth(1)?.parse().ok()?;
        let mut headers = Vec::new();
        loop {
            let line = self.line()?;
            if line.is_empty() {
                break;
            }
            let (name, value) = line.split_once(':').unwrap();
            headers.push((name.to_ascii_lowercase(), value.trim().to_owned()));
        }
        Some(Answer {
            status,
            headers,
            body: Vec::new(),
        })
    }

    fn body(&mut self, head: &Answer) -> Vec<u8> {
        let mut body = Vec::new();
        if head.header("transfer-encoding") == Some("chunked") {
            loop {
                let length = usize::from_str_radix(&self.line().unwrap(), 16).unwrap();
                let mut chunk = vec![0; length];
                self.reader.read_exact(&mut chunk).unwrap();
                body.extend(chunk);
                assert_eq!(self.line().as_deref(), Some(""), "a chunk does not end");
                if length == 0 {
                    break;
                }
            }
        } else if let Some(length) = head.header("content-length") {
            body = vec![0; length.parse().unwrap()];
            self.reader.read_exact(&mut body).unwrap();
        } else {
            self.reader.read_to_end(&mut body).unwrap();
        }
        body
    }

    /// A line without its end; none when the server has hung up.
    fn line(&mut self) -> Option<String> {
        let mut line = String::new();
        let read = self.reader.read_line(&mut line).ok()?;
        (read > 0).then(|| line.trim_end_matches(['\r', '\n']).to_owned())
    }
}

/// What a server answered.
#[derive(Debug)]
#[must_use = "assert what a client would notice"]
pub(crate) struct Answer {
    pub(crate) status: u16,
    /// Names in small letters.
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: Vec<u8>,
}

impl Answer {
    /// The first header of a name.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        let found = self.headers.iter().find(|(each, _)| each == name);
        found.map(|(_, value)| value.as_str())
    }

    /// The body as text.
    pub(crate) fn text(&self) -> String {
        String::from_utf8(self.body.clone()).unwrap()
    }

    /// The body as JSON.
    pub(crate) fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|error| panic!("{error}\n{self}"))
    }
}

impl fmt::Display for Answer {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(formatter, "{}", self.status)?;
        for (name, value) in &self.headers {
            writeln!(formatter, "{name}: {value}")?;
        }
        write!(formatter, "\n{}", String::from_utf8_lossy(&self.body))
    }
}

/// A query string of names and values.
pub(crate) fn query(values: &[(&str, &str)]) -> String {
    let pairs = values
        .iter()
        .map(|(name, value)| format!("{name}={}", escaped(value)));
    pairs.collect::<Vec<_>>().join("&")
}

/// A text as it can stand in an address, everything but letters and digits escaped.
pub(crate) fn escaped(text: &str) -> String {
    let bytes = text.bytes().map(|byte| match byte {
        b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' => char::from(byte).to_string(),
        _ => format!("%{byte:02X}"),
    });
    bytes.collect()
}

/// A JSON answer without the one number in it that no two answers share.
pub(crate) fn untimed(json: &str) -> String {
    between(json, "\"took_ms\": ", ",", "0")
}
