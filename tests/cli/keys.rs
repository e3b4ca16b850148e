//! `afield keys`.

use crate::support::Afield;
use insta::assert_snapshot;
use std::fs;
use std::io::Read as _;
use std::process::Stdio;

/// Where the keys are kept unless something else is said.
const FILE: &str = "home/.config/afield/keys.toml";

/// Makes a key and gives its text, which is alone on standard output.
fn made(afield: &Afield, args: &[&str]) -> String {
    let run = afield.run(&[&["keys", "new"], args].concat());
    let secret = run.stdout.trim_end();
    assert!(
        run.code == 0 && secret.starts_with("afield_") && secret.len() == 50,
        "{run}"
    );
    assert_eq!(run.stdout, format!("{secret}\n"));
    secret.to_owned()
}

/// Names and states, as JSON tells them.
fn states(afield: &Afield) -> Vec<(String, String)> {
    let listed = afield.run(&["keys", "list", "--json"]).json();
    let text = |value: &serde_json::Value| value.as_str().unwrap().to_owned();
    let keys = listed["keys"].as_array().unwrap().iter();
    keys.map(|key| (text(&key["name"]), text(&key["state"])))
        .collect()
}

/// A key file with one key in it, whose last day was long ago.
fn old_file() -> String {
    format!(
        "[[key]]\nname = \"old-kiosk\"\nhash = \"sha256:{}\"\nscopes = [\"read\"]\ncreated = \"2020-01-01\"\n\
         expires = \"2020-03-31\"\n",
        "a".repeat(64)
    )
}

#[test]
fn a_key_is_made_listed_and_revoked() {
    let afield = Afield::empty();
    let secret = made(&afield, &["reporting", "--expires", "2999-12-31"]);
    made(
        &afield,
        &["monitoring", "--scope", "metrics", "--scope", "read"],
    );
    let kept = fs::read_to_string(afield.path(FILE)).unwrap();
    assert!(!kept.contains(&secret) && !kept.contains(&secret[7..]));
    let listed = afield.run(&["keys", "list", "--json"]).json();
    let today = listed["keys"][0]["created"].as_str().unwrap();
    let list = afield.run(&["keys", "list"]);
    assert!(!list.stdout.contains("sha256"), "{list}");
    assert_snapshot!(list.to_string().replace(today, "[TODAY]"), @"
    exit 0
    --- stdout
    reporting
      valid · read · created [TODAY] · expires 2999-12-31
    monitoring
      valid · read, metrics · created [TODAY] · does not expire
    --- stderr
    ");
    assert_snapshot!(listed.to_string().replace(today, "[TODAY]"), @r#"{"keys":[{"created":"[TODAY]","expires":"2999-12-31","name":"reporting","scopes":["read"],"state":"valid"},{"created":"[TODAY]","expires":null,"name":"monitoring","scopes":["read","metrics"],"state":"valid"}]}"#);
    assert_snapshot!(afield.run(&["keys", "revoke", "reporting"]), @"
    exit 0
    --- stdout
    --- stderr
    note: revoked `reporting` in `[ROOT]/home/.config/afield/keys.toml`; a running server refuses it within two seconds
    ");
    assert_eq!(
        states(&afield),
        [("monitoring".to_owned(), "valid".to_owned())]
    );
    assert_eq!(
        afield.run(&["keys", "revoke", "monitoring", "-q"]).stderr,
        ""
    );
    assert_snapshot!(afield.run(&["keys", "list"]), @"
    exit 0
    --- stdout
    --- stderr
    note: no keys in `[ROOT]/home/.config/afield/keys.toml`
    ");
}

#[test]
fn the_key_is_for_pipes_and_the_talk_for_people() {
    let afield = Afield::empty();
    let run = afield.run(&["keys", "new", "reporting", "--expires", "2999-12-31"]);
    let secret = run.stdout.trim_end().to_owned();
    assert_snapshot!(run.to_string().replace(&secret, "[KEY]"), @"
    exit 0
    --- stdout
    [KEY]
    --- stderr
    note: the key is shown this once; `[ROOT]/home/.config/afield/keys.toml` keeps only its hash
    note: `reporting` is good to the end of 2999-12-31 (UTC); send it as `Authorization: Bearer afield_…`
    ");
    let run = afield.run(&["keys", "new", "kiosk"]);
    assert!(run.stderr.contains("`kiosk` does not expire"), "{run}");
    let run = afield.run(&["keys", "new", "quiet-one", "-q"]);
    assert_eq!((run.stderr.as_str(), run.stdout.len()), ("", 51));
}

#[test]
fn the_file_is_found_by_flag_then_variable_then_settings() {
    let afield = Afield::empty();
    made(&afield, &["by-settings"]);
    made(&afield, &["by-flag", "--keys", "flag/keys.toml"]);
    let afield = afield.variable("AFIELD_KEYS", "variable.toml");
    made(&afield, &["by-variable"]);
    made(&afield, &["by-flag-too", "--keys", "flag/keys.toml"]);
    let names = |path: &str| {
        let kept = fs::read_to_string(afield.path(path)).unwrap();
        let lines = kept.lines().filter_map(|line| line.strip_prefix("name = "));
        lines.map(str::to_owned).collect::<Vec<_>>().join(" ")
    };
    assert_eq!(names(FILE), "\"by-settings\"");
    assert_eq!(names("variable.toml"), "\"by-variable\"");
    assert_eq!(names("flag/keys.toml"), "\"by-flag\" \"by-flag-too\"");
}

#[cfg(unix)]
#[test]
fn the_file_is_for_its_owner_alone() {
    use std::os::unix::fs::PermissionsExt as _;
    let afield = Afield::empty();
    for name in ["one", "two"] {
        made(&afield, &[name]);
        let mode = fs::metadata(afield.path(FILE))
            .unwrap()
            .permissions()
            .mode();
        assert_eq!(mode & 0o777, 0o600);
    }
}

#[test]
fn keys_made_at_the_same_time_are_all_kept() {
    let afield = Afield::empty();
    let names: Vec<String> = (0..8).map(|number| format!("key-{number}")).collect();
    let begun = names.iter().map(|name| {
        let mut command = afield.command(&["keys", "new", name]);
        command.stdin(Stdio::null()).spawn().unwrap()
    });
    for child in begun.collect::<Vec<_>>() {
        assert!(child.wait_with_output().unwrap().status.success());
    }
    let mut kept: Vec<String> = states(&afield).into_iter().map(|(name, _)| name).collect();
    kept.sort();
    assert_eq!(kept, names);
}

#[test]
fn a_key_past_its_last_day_is_listed_as_expired() {
    let afield = Afield::empty().variable("AFIELD_KEYS", "keys.toml");
    afield.write("keys.toml", old_file());
    assert_snapshot!(afield.run(&["keys", "list"]), @"
    exit 0
    --- stdout
    old-kiosk
      expired · read · created 2020-01-01 · expires 2020-03-31
    --- stderr
    ");
    made(&afield, &["today", "--expires", "0d"]);
    let state = |name: &str, state: &str| (name.to_owned(), state.to_owned());
    assert_eq!(
        states(&afield),
        [state("old-kiosk", "expired"), state("today", "valid")]
    );
}

#[test]
fn days_are_counted_from_today() {
    let afield = Afield::empty();
    made(&afield, &["reporting", "--expires", "90d"]);
    let listed = afield.run(&["keys", "list", "--json"]).json();
    let date = |field: &str| -> jiff::civil::Date {
        listed["keys"][0][field].as_str().unwrap().parse().unwrap()
    };
    assert_eq!((date("expires") - date("created")).get_days(), 90);
}

#[test]
fn a_key_that_is_not_there_or_there_already_is_told_with_what_to_do() {
    let afield = Afield::empty();
    assert_snapshot!(afield.run(&["keys", "list"]), @"
    exit 2
    --- stdout
    --- stderr
    error: there is no key file `[ROOT]/home/.config/afield/keys.toml`
    hint: make a first key with `afield keys new NAME`, or name another file with `--keys FILE`
    ");
    assert_snapshot!(afield.run(&["keys", "revoke", "reporting", "--keys", "nowhere/keys.toml"]), @"
    exit 2
    --- stdout
    --- stderr
    error: there is no key file `nowhere/keys.toml`
    hint: make a first key with `afield keys new NAME`, or name another file with `--keys FILE`
    ");
    assert!(!afield.path("nowhere").exists());
    made(&afield, &["reporting"]);
    assert_snapshot!(afield.run(&["keys", "new", "reporting"]), @"
    exit 2
    --- stdout
    --- stderr
    error: there is a key `reporting` already
    hint: choose another name, or revoke that key first: `afield keys revoke NAME`
    ");
    assert_snapshot!(afield.run(&["keys", "revoke", "reportng"]), @"
    exit 2
    --- stdout
    --- stderr
    error: unknown key `reportng`; did you mean `reporting`?
    ");
    assert_snapshot!(afield.run(&["keys", "revoke", "kiosk"]), @"
    exit 2
    --- stdout
    --- stderr
    error: unknown key `kiosk`
    hint: `afield keys list` names them all
    ");
}

#[test]
fn what_cannot_be_a_key_is_refused_and_not_kept() {
    let afield = Afield::empty();
    made(&afield, &["reporting"]);
    assert_snapshot!(afield.run(&["keys", "new", "My Key"]), @"
    exit 2
    --- stdout
    --- stderr
    error: `My Key` cannot be the name of a key: use 1 to 64 of `a` to `z`, `0` to `9` and `-`
    ");
    assert_snapshot!(afield.run(&["keys", "new", "kiosk", "--scope", "raed"]), @"
    exit 2
    --- stdout
    --- stderr
    error: invalid value 'raed' for '--scope <SCOPE>'
      [possible values: read, metrics]

      tip: a similar value exists: 'read'

    For more information, try '--help'.
    ");
    assert_snapshot!(afield.run(&["keys", "new", "kiosk", "--expires", "soon"]), @"
    exit 2
    --- stdout
    --- stderr
    error: invalid value 'soon' for '--expires <WHEN>': expected a date such as 2027-02-20, or days such as 90d

    For more information, try '--help'.
    ");
    assert_snapshot!(afield.run(&["keys", "new", "kiosk", "--expires", "2021-02-29"]), @"
    exit 2
    --- stdout
    --- stderr
    error: invalid value '2021-02-29' for '--expires <WHEN>': expected a date such as 2027-02-20, or days such as 90d

    For more information, try '--help'.
    ");
    assert_snapshot!(afield.run(&["keys", "new", "kiosk", "--expires", "2020-01-01"]), @"
    exit 2
    --- stdout
    --- stderr
    error: a key that expires on 2020-01-01 could not be used: that day is past
    ");
    assert_snapshot!(afield.run(&["keys", "new", "kiosk", "--expires", "4000000000d"]), @"
    exit 2
    --- stdout
    --- stderr
    error: no calendar goes on for 4000000000 days
    hint: leave `--expires` out for a key that does not expire
    ");
    assert_eq!(
        states(&afield),
        [("reporting".to_owned(), "valid".to_owned())]
    );
}

#[test]
fn a_tampered_file_is_told_with_the_line_and_left_alone() {
    let afield = Afield::empty().variable("AFIELD_KEYS", "keys.toml");
    let tampered = old_file().replace("expires", "expirse");
    afield.write("keys.toml", &tampered);
    assert_snapshot!(afield.run(&["keys", "list"]), @"
    exit 2
    --- stdout
    --- stderr
    error: keys.toml:6:1: unknown field `expirse`; did you mean `expires`?
    hint: set that line right by hand; nothing was changed
    ");
    assert_eq!(afield.run(&["keys", "new", "kiosk"]).code, 2);
    assert_eq!(
        fs::read_to_string(afield.path("keys.toml")).unwrap(),
        tampered
    );
    afield.write("file", "in the way");
    assert_snapshot!(afield.run(&["keys", "new", "kiosk", "--keys", "file/keys.toml"]), @"
    exit 2
    --- stdout
    --- stderr
    error: failed to make `file`: File exists (os error 17)
    hint: run this as the owner of the file, or name another with `--keys FILE` or `AFIELD_KEYS`
    ");
}

#[test]
fn a_key_that_nobody_could_see_is_not_kept() {
    let afield = Afield::empty();
    made(&afield, &["reporting"]);
    let mut command = afield.command(&["keys", "new", "kiosk"]);
    let mut child = command.stdin(Stdio::null()).spawn().unwrap();
    drop(child.stdout.take());
    let mut said = String::new();
    let mut err = child.stderr.take().unwrap();
    err.read_to_string(&mut said).unwrap();
    assert_eq!(child.wait().unwrap().code(), Some(2), "{said}");
    assert!(said.starts_with("error: failed to print the key"), "{said}");
    assert_eq!(
        states(&afield),
        [("reporting".to_owned(), "valid".to_owned())]
    );
}

#[test]
fn every_action_has_its_help() {
    let afield = Afield::empty();
    let run = afield.run(&["keys", "new", "--help"]);
    assert!(run.code == 0 && run.stdout.contains("Examples:"), "{run}");
    let run = afield.run(&["keys"]);
    assert!(run.code == 2 && run.stderr.contains("revoke"), "{run}");
    let run = afield.run(&["keys", "delete", "reporting"]);
    assert!(run.code == 2 && run.stdout.is_empty(), "{run}");
}
