//! One who asks for a small thing again and again, and takes the time.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::thread::sleep;
use std::time::{Duration, Instant};

/// Between two questions.
const PAUSE: Duration = Duration::from_millis(5);

/// Asks for a path over one connection until the time is over. The latencies in milliseconds, smallest first.
pub fn latencies(address: &str, path: &str, time: Duration) -> Vec<f64> {
    let stream = TcpStream::connect(address).expect("a server");
    stream.set_nodelay(true).expect("a connection");
    let mut stream = BufReader::new(stream);
    let question = format!("GET {path} HTTP/1.1\r\nHost: {address}\r\n\r\n");
    let end = Instant::now() + time;
    let mut latencies = Vec::new();
    while Instant::now() < end {
        let started = Instant::now();
        stream
            .get_mut()
            .write_all(question.as_bytes())
            .expect("a connection");
        answer(&mut stream);
        latencies.push(started.elapsed().as_secs_f64() * 1e3);
        sleep(PAUSE);
    }
    latencies.sort_by(f64::total_cmp);
    latencies
}

/// Reads one answer, which has to be a good one.
fn answer(stream: &mut BufReader<TcpStream>) {
    let mut line = String::new();
    stream.read_line(&mut line).expect("an answer");
    assert!(line.starts_with("HTTP/1.1 200"), "{line}");
    let mut length = 0;
    while line.trim() != "" {
        line.clear();
        stream.read_line(&mut line).expect("a header");
        if let Some((name, value)) = line.split_once(':')
            && name.eq_ignore_ascii_case("content-length")
        {
            length = value.trim().parse().expect("a length");
        }
    }
    let mut body = vec![0; length];
    stream.read_exact(&mut body).expect("a body");
}

/// A percentile of sorted numbers.
pub fn percentile(sorted: &[f64], percent: usize) -> f64 {
    let place = (sorted.len() * percent).div_ceil(100).max(1);
    sorted.get(place - 1).copied().unwrap_or(f64::NAN)
}
