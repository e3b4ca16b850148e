//! Keys as their owners meet them: made, sent, expired, revoked, and a file that somebody tampered with.

use super::key::{Hash, in_digits};
use super::{Admission, KeyFile, Keyring, KeysError, Scope, file};
use jiff::civil::{Date, date};
use proptest::prelude::*;
use std::fs;
use std::path::Path;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

const TODAY: Date = date(2026, 11, 22);

/// A ring with one key for `reporting` that expires on a day, and the key.
fn ring(expires: Option<Date>) -> (Keyring, String) {
    let mut ring = Keyring::default();
    let secret = ring.add("reporting", &[Scope::Read], TODAY, expires);
    (ring, secret.unwrap())
}

fn add(path: &Path, name: &str) -> String {
    Keyring::edit(path, |ring| ring.add(name, &[Scope::Read], TODAY, None)).unwrap()
}

fn names(ring: &Keyring) -> Vec<&str> {
    ring.keys().iter().map(super::Key::name).collect()
}

#[test]
fn a_key_is_admitted_until_it_is_revoked() {
    let (mut ring, secret) = ring(None);
    let other = ring
        .add("dashboard", &[Scope::Metrics, Scope::Read], TODAY, None)
        .unwrap();
    let Admission::Granted(key) = ring.admit(&secret, TODAY) else {
        panic!("refused")
    };
    assert_eq!(
        (key.name(), key.created(), key.expires()),
        ("reporting", TODAY, None)
    );
    assert!(key.allows(Scope::Read) && !key.allows(Scope::Metrics));
    ring.revoke("reporting").unwrap();
    assert_eq!(ring.admit(&secret, TODAY), Admission::Unknown);
    assert!(
        matches!(ring.admit(&other, TODAY), Admission::Granted(key) if key.name() == "dashboard")
    );
}

#[test]
fn what_is_only_like_a_key_is_unknown() {
    let (ring, secret) = ring(None);
    let hash = Hash::of(&secret).to_string();
    let near = [
        "",
        "reporting",
        &secret[1..],
        &secret[..secret.len() - 1],
        &secret.to_lowercase(),
        &format!("{secret} "),
        &hash,
        hash.trim_start_matches("sha256:"),
    ];
    for presented in near {
        assert_eq!(
            ring.admit(presented, TODAY),
            Admission::Unknown,
            "{presented}"
        );
    }
    assert_eq!(Keyring::default().admit(&secret, TODAY), Admission::Unknown);
}

#[test]
fn a_key_can_be_used_on_its_last_day() {
    let (ring, secret) = ring(Some(date(2027, 2, 20)));
    let check = |today: Date, good: bool| {
        let granted = matches!(ring.admit(&secret, today), Admission::Granted(_));
        let expired = matches!(ring.admit(&secret, today), Admission::Expired(_));
        assert_eq!((granted, expired), (good, !good), "{today}");
    };
    check(TODAY, true);
    check(date(2027, 2, 20), true);
    check(date(2027, 2, 21), false);
    check(date(2099, 1, 1), false);
}

#[test]
fn what_cannot_be_a_key_is_refused() {
    let check = |name: &str, scopes: &[Scope], expires: Option<Date>, expected: &str| {
        let told = ring(None)
            .0
            .add(name, scopes, TODAY, expires)
            .map_err(|error| error.to_string());
        assert_eq!(
            told.err().as_deref().unwrap_or_default(),
            expected,
            "{name}"
        );
    };
    let longest = "x".repeat(64);
    check(&longest, &Scope::ALL, None, "");
    check("0-a", &[Scope::Read, Scope::Read], Some(TODAY), "");
    for name in [
        "",
        "Reporting",
        "two words",
        "a_b",
        "caf\u{e9}",
        &"x".repeat(65),
    ] {
        let expected = format!(
            "`{name}` cannot be the name of a key: use 1 to 64 of `a` to `z`, `0` to `9` and `-`"
        );
        check(name, &[Scope::Read], None, &expected);
    }
    check(
        "reporting",
        &[Scope::Read],
        None,
        "there is a key `reporting` already",
    );
    check(
        "other",
        &[],
        None,
        "a key needs a scope: `read` or `metrics`",
    );
    let yesterday = Some(date(2026, 11, 21));
    check(
        "other",
        &[Scope::Read],
        yesterday,
        "a key that expires on 2026-11-21 could not be used: that day is past",
    );
}

#[test]
fn a_name_or_scope_that_is_not_there_is_told_with_the_nearest() {
    let told = |error: KeysError| error.to_string();
    let (mut ring, _) = ring(None);
    assert_eq!(
        told(ring.revoke("reportng").unwrap_err()),
        "unknown key `reportng`; did you mean `reporting`?"
    );
    assert_eq!(
        told(ring.revoke("kiosk").unwrap_err()),
        "unknown key `kiosk`"
    );
    assert_eq!(Scope::resolve(" READ ").unwrap(), Scope::Read);
    assert_eq!(
        told(Scope::resolve("metric").unwrap_err()),
        "unknown scope `metric`; did you mean `metrics`?"
    );
}

#[test]
fn keys_look_alike_and_no_two_are_the_same() {
    let secrets: Vec<String> = (0..100).map(|_| ring(None).1).collect();
    for secret in &secrets {
        let digits = secret.strip_prefix("afield_").unwrap();
        assert!(
            digits.len() == 43 && digits.bytes().all(|byte| byte.is_ascii_alphanumeric()),
            "{secret}"
        );
    }
    let distinct: std::collections::BTreeSet<&String> = secrets.iter().collect();
    assert_eq!(distinct.len(), secrets.len());
}

#[test]
fn digits_stand_for_one_number() {
    let number = |last: u8| {
        let mut number = [0; 32];
        number[31] = last;
        number
    };
    let padded = |end: &str| format!("{end:0>43}");
    assert_eq!(in_digits(number(0)), padded("0"));
    assert_eq!(in_digits(number(61)), padded("z"));
    assert_eq!(in_digits(number(62)), padded("10"));
    assert_eq!(in_digits(number(255)), padded("47"));
    assert_eq!(in_digits([255; 32]).len(), 43);
}

#[test]
fn the_file_holds_hashes_and_never_a_key() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("deep/down/keys.toml");
    let secret = add(&path, "reporting");
    let text = fs::read_to_string(&path).unwrap();
    assert!(
        !text.contains(&secret) && !text.contains(&secret["afield_".len()..]),
        "{text}"
    );
    // `sha256sum` of the whole key, so that anybody can check which entry a key is.
    assert!(text.contains(&Hash::of(&secret).to_string()), "{text}");
    let ring = Keyring::read(&path).unwrap();
    assert!(matches!(ring.admit(&secret, TODAY), Admission::Granted(_)));
    assert_eq!(
        Hash::of("abc").to_string(),
        "sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    );
}

#[test]
fn a_file_reads_as_it_is_documented() {
    let text = format!(
        "# by hand\n[[key]]\nname = \"reporting\"\nhash = \"sha256:{}\"\nscopes = [\"metrics\", \"read\"]\n\
         created = \"2026-11-22\"\nexpires = \"2027-02-20\"\n",
        "AB".repeat(32)
    );
    let keys = file::parse(&text).unwrap();
    let key = &keys[0];
    assert_eq!(key.scopes().collect::<Vec<_>>(), Scope::ALL);
    assert_eq!(
        (key.created(), key.expires()),
        (TODAY, Some(date(2027, 2, 20)))
    );
    assert_eq!(file::parse("").unwrap(), []);
    assert_eq!(file::parse("key = []").unwrap(), []);
}

/// A sound entry, for tests to spoil.
fn entry(name: &str, digit: &str) -> String {
    format!(
        "[[key]]\nname = \"{name}\"\nhash = \"sha256:{}\"\nscopes = [\"read\"]\ncreated = \"2026-11-22\"\n",
        digit.repeat(64)
    )
}

/// Spoils a sound file by writing `to` for `from`, and compares what is told of it, without the path.
fn spoilt(from: &str, to: &str, expected: &str) {
    let sound = entry("reporting", "a");
    assert!(sound.contains(from), "{from}");
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("keys.toml");
    fs::write(&path, sound.replacen(from, to, 1)).unwrap();
    let told = Keyring::read(&path).unwrap_err().to_string();
    let told = told.strip_prefix(&format!("{}:", path.display())).unwrap();
    assert_eq!(told, expected, "{to}");
}

#[test]
fn a_tampered_structure_is_told_with_line_and_column() {
    let list = "1:1: `key` is a list of tables: write `[[key]]`";
    spoilt("[[key]]", "[key]", list);
    spoilt(
        "[[key]]",
        "[[keys]]",
        "1:3: unknown field `keys`; did you mean `key`?",
    );
    let expiry = "5:1: unknown field `expirse`; did you mean `expires`?";
    spoilt("created", "expirse = \"2026-12-01\"\ncreated", expiry);
    spoilt(
        "created = \"2026-11-22\"\n",
        "",
        "1:1: `created` is missing",
    );
    spoilt("name", "name = \"x\"\nname", "3:1: duplicate key");
}

#[test]
fn a_tampered_value_is_told_with_line_and_column() {
    let name = "2:8: `name` has 1 to 64 of `a` to `z`, `0` to `9` and `-`";
    spoilt("reporting", "Caf\u{e9}", name);
    spoilt(
        "\"reporting\"",
        "7",
        "2:8: `name` is a text: put it in quotes",
    );
    for (from, to) in [
        ("aaaa", "aaa"),
        ("aaaa", "aaag"),
        ("aaa", "aaaa"),
        ("sha256:", ""),
    ] {
        spoilt(
            from,
            to,
            "3:8: `hash` is `sha256:` and 64 hexadecimal digits",
        );
    }
    spoilt(
        "\"read\"",
        "\"red\"",
        "4:11: unknown scope `red`; did you mean `read`?",
    );
    let list = "4:10: `scopes` is a list: write `[\"read\"]`";
    spoilt("\"read\"", "\"read\", 3", list);
    spoilt("[\"read\"]", "\"read\"", list);
    spoilt(
        "[\"read\"]",
        "[]",
        "4:10: a key needs a scope: `read` or `metrics`",
    );
    for date in ["2026-11-31", "20261122", "2026-11-22T10:00:00", "today"] {
        let expected = "5:11: `created` is a date such as \"2027-02-20\"";
        spoilt("2026-11-22", date, expected);
    }
    let expiry = "5:11: `expires` is a date such as \"2027-02-20\"";
    spoilt("created", "expires = \"soon\"\ncreated", expiry);
}

#[test]
fn a_name_or_a_hash_may_be_there_once() {
    let check = |second: &str, expected: &str| {
        let text = entry("one", "a") + second;
        let told = file::parse(&text).unwrap_err().at(Path::new("k"), &text);
        assert_eq!(told.to_string(), expected);
    };
    check(&entry("one", "b"), "k:6:1: there is a key `one` already");
    check(
        &entry("two", "a"),
        "k:6:1: `two` has the same hash as `one`",
    );
}

#[test]
fn a_key_in_place_of_its_hash_is_not_repeated() {
    let (_, secret) = ring(None);
    for written in [
        format!("\"{secret}\""),
        secret.clone(),
        format!("\"sha256:{secret}"),
    ] {
        let hash = format!("\"sha256:{}\"", "a".repeat(64));
        let text = entry("one", "a").replace(&hash, &written);
        let told = file::parse(&text).unwrap_err().at(Path::new("k"), &text);
        assert!(!format!("{told} {told:?}").contains(&secret), "{told}");
    }
}

#[test]
fn writers_at_the_same_time_lose_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("keys.toml");
    std::thread::scope(|scope| {
        for writer in 0..4 {
            let path = &path;
            scope.spawn(move || {
                for number in 0..5 {
                    add(path, &format!("key-{writer}-{number}"));
                }
            });
        }
    });
    assert_eq!(Keyring::read(&path).unwrap().keys().len(), 20);
}

#[test]
fn a_refused_change_leaves_the_file_alone() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("keys.toml");
    add(&path, "reporting");
    let before = fs::read(&path).unwrap();
    Keyring::edit(&path, |ring| {
        ring.revoke("reporting")?;
        ring.revoke("kiosk")
    })
    .unwrap_err();
    assert_eq!(fs::read(&path).unwrap(), before);
    // Nor does a file that cannot be read get replaced.
    fs::write(&path, "broken").unwrap();
    Keyring::edit(&path, |ring| ring.add("two", &[Scope::Read], TODAY, None)).unwrap_err();
    assert_eq!(fs::read(&path).unwrap(), b"broken");
}

#[test]
fn an_edit_that_was_cut_off_is_no_obstacle() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("keys.toml");
    fs::write(folder.path().join(".keys.toml.new"), "half a fi").unwrap();
    fs::write(folder.path().join(".keys.toml.lock"), "").unwrap();
    add(&path, "reporting");
    assert_eq!(names(&Keyring::read(&path).unwrap()), ["reporting"]);
    assert!(!folder.path().join(".keys.toml.new").exists());
}

#[cfg(unix)]
#[test]
fn the_file_is_for_its_owner_and_whom_the_owner_lets_read() {
    use std::os::unix::fs::{PermissionsExt as _, symlink};
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("keys.toml");
    let mode = || fs::metadata(&path).unwrap().permissions().mode() & 0o777;
    add(&path, "one");
    assert_eq!(mode(), 0o600);
    for (given, kept) in [(0o640, 0o640), (0o666, 0o644), (0o400, 0o600)] {
        fs::set_permissions(&path, fs::Permissions::from_mode(given)).unwrap();
        add(&path, &format!("key-{given:o}"));
        assert_eq!(mode(), kept, "{given:o}");
    }
    let link = folder.path().join("link.toml");
    symlink(&path, &link).unwrap();
    add(&link, "by-link");
    assert!(link.is_symlink());
    assert!(Keyring::read(&path).unwrap().get("by-link").is_some());
}

#[test]
fn a_running_server_follows_the_file() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("keys.toml");
    assert!(matches!(
        KeyFile::open(&path),
        Err(KeysError::Missing { .. })
    ));
    let secret = add(&path, "reporting");
    let file = KeyFile::open(&path).unwrap();
    let opened = Instant::now();
    let admits = |after: u64| {
        let ring = file.current_at(opened + Duration::from_millis(after));
        matches!(ring.admit(&secret, TODAY), Admission::Granted(_))
    };
    assert!(admits(0));
    Keyring::edit(&path, |ring| ring.revoke("reporting")).unwrap();
    // Within a second the file is not looked at again; after it, it is.
    assert!(admits(500));
    assert!(!admits(1_000));
    add(&path, "dashboard");
    let ring = file.current_at(opened + Duration::from_millis(2_000));
    assert_eq!(names(&ring), ["dashboard"]);
}

#[test]
fn a_running_server_keeps_the_last_good_keys() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("keys.toml");
    let secret = add(&path, "reporting");
    let sound = fs::read_to_string(&path).unwrap();
    let file = KeyFile::open(&path).unwrap();
    let mut now = Instant::now();
    let mut check = |trouble: &str| {
        now += Duration::from_secs(1);
        let ring = file.current_at(now);
        assert!(matches!(ring.admit(&secret, TODAY), Admission::Granted(_)));
        let told = file.trouble().unwrap_or_default();
        assert!(
            told.contains(trouble) && told.is_empty() == trouble.is_empty(),
            "{told}"
        );
    };
    check("");
    fs::write(&path, sound.replace("scopes", "scope")).unwrap();
    check("unknown field `scope`; did you mean `scopes`?");
    fs::write(&path, [0xff, 0xfe]).unwrap();
    check("valid UTF-8");
    fs::remove_file(&path).unwrap();
    check("there is no key file");
    fs::write(&path, sound).unwrap();
    check("");
}

#[test]
fn a_trouble_is_logged_once() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("keys.toml");
    add(&path, "reporting");
    let sound = fs::read_to_string(&path).unwrap();
    let file = KeyFile::open(&path).unwrap();
    let mut now = Instant::now();
    let mut logged = |text: &str| {
        fs::write(&path, text).unwrap();
        let log = Log::default();
        tracing::subscriber::with_default(log.clone(), || {
            for _ in 0..3 {
                now += Duration::from_secs(1);
                file.current_at(now);
            }
        });
        log.0.lock().unwrap().clone()
    };
    let (warning, news) = (tracing::Level::WARN, tracing::Level::INFO);
    assert!(logged(&sound).is_empty());
    assert_eq!(logged("broken"), [warning]);
    assert!(logged("broken").is_empty());
    assert_eq!(logged("[[keys]]"), [warning]);
    assert_eq!(logged(&sound), [news]);
    assert_eq!(logged("broken"), [warning]);
}

/// The levels of what was logged.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<tracing::Level>>>);

impl tracing::Subscriber for Log {
    fn enabled(&self, _: &tracing::Metadata<'_>) -> bool {
        true
    }

    fn new_span(&self, _: &tracing::span::Attributes<'_>) -> tracing::span::Id {
        tracing::span::Id::from_u64(1)
    }

    fn record(&self, _: &tracing::span::Id, _: &tracing::span::Record<'_>) {}

    fn record_follows_from(&self, _: &tracing::span::Id, _: &tracing::span::Id) {}

    fn event(&self, event: &tracing::Event<'_>) {
        self.0.lock().unwrap().push(*event.metadata().level());
    }

    fn enter(&self, _: &tracing::span::Id) {}

    fn exit(&self, _: &tracing::span::Id) {}
}

proptest! {
    #[test]
    fn what_is_written_is_what_is_read(keys in prop::collection::vec(any_key(), 0..6)) {
        let mut ring = Keyring::default();
        let mut secrets = Vec::new();
        for (name, scopes, created, days) in keys {
            let expires = days.map(|days| created.checked_add(jiff::Span::new().days(days)).unwrap());
            // A name may come twice.
            if let Ok(secret) = ring.add(&name, &scopes, created, expires) {
                secrets.push((name, secret));
            }
        }
        let text = file::text(ring.keys());
        prop_assert_eq!(&file::parse(&text).unwrap(), ring.keys());
        for (name, secret) in &secrets {
            prop_assert!(!text.contains(secret));
            match ring.admit(secret, date(2030, 1, 1)) {
                Admission::Granted(key) | Admission::Expired(key) => prop_assert_eq!(key.name(), name),
                Admission::Unknown => prop_assert!(false, "{} is unknown", name),
            }
        }
    }

    #[test]
    fn any_damage_is_read_or_told_where_it_is(at in 0_usize..400, cut in 0_usize..30, put in ".{0,20}") {
        let text = entry("one", "a") + &entry("two", "b");
        let (start, end) = (at.min(text.len()), (at + cut).min(text.len()));
        let damaged = format!("{}{put}{}", &text[..start], &text[end..]);
        if let Err(fault) = file::parse(&damaged) {
            let KeysError::Broken { line, column, message, .. } = fault.at(Path::new("k"), &damaged) else {
                panic!("another error")
            };
            prop_assert!(line <= damaged.lines().count() + 1 && column >= 1 && !message.is_empty());
            prop_assert!(!message.contains('\n'), "{}", message);
        }
    }
}

fn any_key() -> impl Strategy<Value = (String, Vec<Scope>, Date, Option<i64>)> {
    let scopes = prop::sample::subsequence(Scope::ALL.to_vec(), 1..=2);
    let created = (2000_i16..2100, 1_i8..=12, 1_i8..=28)
        .prop_map(|(year, month, day)| date(year, month, day));
    (
        "[a-z0-9-]{1,64}",
        scopes,
        created,
        prop::option::of(0_i64..1000),
    )
}
