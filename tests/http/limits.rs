//! Clients that are slow, rude or many, and a server that is told to stop.

use crate::support::Afield;
use crate::support::http::{Connection, Server, untimed};
use serde_json::json;
use std::io::Write as _;
use std::net::TcpStream;
use std::thread;
use std::time::{Duration, Instant};

const ASKED: &str = "/v1/search?q=our+branches+are+losing+footfall&limit=100";

#[test]
fn a_head_that_does_not_come_is_not_waited_for() {
    let server = Server::start(&Afield::new(), &["--read-timeout", "1"]);
    for begun in [
        "",
        "GET /healthz HT",
        "GET /healthz HTTP/1.1\r\nhost: local",
    ] {
        let mut connection = server.connect();
        connection.write(begun);
        let took = hung_up(&mut connection);
        assert!((0.5..5.0).contains(&took), "{begun}: {took}");
    }
    // Nor one that comes drop by drop.
    let mut connection = server.connect();
    let mut drops = connection.sender();
    let dropping = thread::spawn(move || {
        for _ in 0..20 {
            drops.write_all(b"G").ok();
            thread::sleep(Duration::from_millis(200));
        }
    });
    let took = hung_up(&mut connection);
    assert!((0.5..3.5).contains(&took), "{took}");
    dropping.join().unwrap();
    // Nor the next one on a connection that was answered once.
    let mut connection = server.connect();
    connection.send("GET", "/healthz", &[], b"");
    assert_eq!(connection.answer("GET").status, 200);
    assert!(hung_up(&mut connection) < 5.0);
}

#[test]
fn a_body_that_does_not_come_is_not_waited_for() {
    let server = Server::start(&Afield::new(), &["--read-timeout", "1", "--timeout", "9"]);
    let mut connection = server.connect();
    connection.send("POST", "/v1/search", &posting("100"), b"{\"q\": ");
    let answer = connection.answer("POST");
    assert_eq!(
        (answer.status, &answer.json()["code"]),
        (408, &"request_timeout".into()),
        "{answer}"
    );
    assert_eq!(server.get(ASKED).status, 200);
}

#[test]
fn a_slow_body_does_not_cost_the_time_of_the_answer() {
    let server = Server::start(&Afield::new(), &["--read-timeout", "5", "--timeout", "1"]);
    let mut connection = server.connect();
    connection.send("POST", "/v1/search", &posting("14"), b"{\"q\": ");
    thread::sleep(Duration::from_millis(1_500));
    connection.write("\"seats\"}");
    let answer = connection.answer("POST");
    assert_eq!(answer.status, 200, "{answer}");
}

#[test]
fn garbage_after_a_request_ends_the_connection_and_nothing_else() {
    let server = Server::start(&Afield::new(), &[]);
    let host = server.address;
    for garbage in [
        &b"\x00\x01\xff\r\n\r\n"[..],
        b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
        b"GET\r\n\r\n",
        b"\x16\x03\x01\x02\x00",
    ] {
        let mut connection = server.connect();
        let request = format!("GET {ASKED} HTTP/1.1\r\nhost: {host}\r\n\r\n");
        connection.write([request.as_bytes(), garbage].concat());
        assert_eq!(connection.answer("GET").status, 200, "{garbage:?}");
        drop(connection);
        assert_eq!(server.get("/healthz").status, 200, "{garbage:?}");
    }
    let many = format!(
        "GET /healthz HTTP/1.1\r\nhost: {host}\r\n{}\r\n",
        "x-fern: 1\r\n".repeat(500)
    );
    assert_eq!(server.request(many).status, 431);
    let endless = format!(
        "GET /{} HTTP/1.1\r\nhost: {host}\r\n\r\n",
        "a".repeat(70_000)
    );
    assert_eq!(server.request(endless).status, 414);
    // Those who hang up before they are answered.
    for _ in 0..20 {
        server.connect().send("GET", ASKED, &[], b"");
        server
            .connect()
            .send("POST", "/v1/search", &posting("100"), b"{");
    }
    assert_eq!(server.get(ASKED).status, 200);
}

#[test]
fn a_flood_of_searches_is_refused_in_part_and_answered_right_otherwise() {
    let server = Server::start(&Afield::new(), &["--workers", "1", "--queue", "0"]);
    let expected = untimed(&server.get(ASKED).text());
    let flood = || {
        for _ in 0..25 {
            let answer = server.get(ASKED);
            match answer.status {
                200 => assert_eq!(untimed(&answer.text()), expected),
                _ => {
                    assert_eq!(
                        (answer.status, &answer.json()["code"]),
                        (503, &"overloaded".into()),
                        "{answer}"
                    );
                    assert_eq!(answer.header("retry-after"), Some("1"));
                }
            }
        }
    };
    thread::scope(|scope| {
        for _ in 0..8 {
            scope.spawn(flood);
        }
        for _ in 0..25 {
            assert_eq!(server.get("/healthz").status, 200);
        }
    });
    let metrics = server.get("/metrics").text();
    let refused = metrics
        .lines()
        .find_map(|line| line.strip_prefix("afield_searches_refused_total "));
    assert!(refused.unwrap().parse::<u32>().unwrap() > 0, "{metrics}");
    assert_eq!(untimed(&server.get(ASKED).text()), expected);
}

#[test]
fn a_queue_holds_those_who_can_wait() {
    let server = Server::start(
        &Afield::new(),
        &["--workers", "1", "--queue", "8", "--timeout", "20"],
    );
    thread::scope(|scope| {
        for _ in 0..8 {
            scope.spawn(|| assert_eq!(server.get(ASKED).status, 200));
        }
    });
}

#[test]
fn more_connections_than_there_may_be_wait() {
    let server = Server::start(&Afield::new(), &["--connections", "2"]);
    let (first, _second) = (server.connect(), server.connect());
    let mut third = server.connect();
    third.send("GET", "/healthz", &[], b"");
    let waiting = thread::spawn(move || (third.answer("GET").status, Instant::now()));
    thread::sleep(Duration::from_millis(300));
    let freed = Instant::now();
    drop(first);
    let (status, answered) = waiting.join().unwrap();
    assert_eq!(status, 200);
    assert!(answered > freed, "a third connection was taken on");
}

#[test]
fn a_request_that_is_under_way_is_finished_before_the_end() {
    let afield = Afield::new();
    let mut server = Server::start(&afield, &["--timeout", "20"]);
    let mut idle = server.connect();
    idle.send("GET", "/healthz", &[], b"");
    assert_eq!(idle.answer("GET").status, 200);
    let body = json!({"q": "empty seats"}).to_string();
    let mut begun = begin(&server, body.len());
    begun.write(&body[..5]);
    server.terminate();
    let end = Instant::now() + Duration::from_secs(5);
    while TcpStream::connect(server.address).is_ok() {
        assert!(Instant::now() < end, "new connections are still taken");
        thread::sleep(Duration::from_millis(10));
    }
    assert!(hung_up(&mut idle) < 5.0, "an idle connection is kept");
    begun.write(&body[5..]);
    let answer = begun.answer("POST");
    assert_eq!(answer.status, 200, "{answer}");
    assert_eq!(answer.json()["query"]["text"], "empty seats");
    assert_eq!(server.wait().code(), Some(0));
}

#[test]
fn a_client_that_never_ends_is_cut_off() {
    let afield = Afield::new();
    let mut server = Server::start(
        &afield,
        &["--grace", "1", "--timeout", "30", "--read-timeout", "30"],
    );
    let _begun = begin(&server, 100);
    let told = Instant::now();
    server.terminate();
    assert_eq!(server.wait().code(), Some(0));
    let took = told.elapsed().as_secs_f32();
    assert!((0.8..5.0).contains(&took), "{took}");
    let log = std::fs::read_to_string(afield.path("serve.log")).unwrap();
    assert!(log.contains("connections that were cut off: 1"), "{log}");
}

#[test]
fn a_port_that_is_taken_is_told() {
    let afield = Afield::new();
    let server = Server::start(&afield, &[]);
    let port = server.address.port().to_string();
    let run = afield.run(&["serve", "--port", &port]);
    assert_eq!((run.code, run.stdout.as_str()), (2, ""), "{run}");
    assert!(
        run.stderr
            .contains(&format!("failed to listen on 127.0.0.1:{port}")),
        "{run}"
    );
}

/// The headers of a body of so many bytes.
fn posting(length: &str) -> [(&str, &str); 2] {
    [
        ("content-type", "application/json"),
        ("content-length", length),
    ]
}

/// Begins a request with a body of so many bytes, and waits until it is under way.
fn begin(server: &Server, length: usize) -> Connection {
    let mut begun = server.connect();
    let length = length.to_string();
    let headers = [&posting(&length)[..], &[("expect", "100-continue")]].concat();
    begun.send("POST", "/v1/search", &headers, b"");
    begun.wait_to_continue();
    begun
}

/// The seconds until a server hangs up, perhaps after saying why.
fn hung_up(connection: &mut Connection) -> f32 {
    let start = Instant::now();
    if let Some(answer) = connection.try_answer("GET") {
        assert!(matches!(answer.status, 400 | 408), "{answer}");
        assert!(connection.try_answer("GET").is_none());
    }
    start.elapsed().as_secs_f32()
}
