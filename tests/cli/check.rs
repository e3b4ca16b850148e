//! `afield check`.

use crate::support::Afield;
use insta::assert_snapshot;
use std::fs;

#[test]
fn a_clean_corpus() {
    let run = Afield::new().run(&["check"]);
    assert_eq!(run.code, 0, "{run}");
}

#[test]
fn errors_are_told_by_place_with_advice() {
    let afield = Afield::new();
    afield.write(
        "corpus/cases/inns/odd.md",
        "---\ntitle: Odd\nsector: in\noutcom: worked\n---\n## Idea\n\nText.\n",
    );
    let run = afield.run(&["check", "corpus/cases/inns/odd.md"]);
    assert_eq!(run.code, 1, "{run}");
    assert!(run.stdout.contains("--> cases/inns/odd.md:3:9\n"), "{run}");
    assert!(
        run.stdout.contains("3 | sector: in\n  |         ^^\n"),
        "{run}"
    );
    assert!(run.stdout.contains("error[unknown-sector]"), "{run}");
    assert!(
        run.stdout.ends_with("warnings\n") || run.stdout.ends_with("warning\n"),
        "{run}"
    );
    let json = afield.run(&["check", "--json"]).json();
    assert!(json["summary"]["errors"].as_u64().unwrap() > 0);
    let first = &json["diagnostics"][0];
    for key in [
        "path", "line", "column", "width", "text", "code", "page", "severity", "message", "help",
    ] {
        assert!(!first[key].is_null(), "{key} is missing");
    }
}

#[test]
fn paths_narrow_the_check() {
    let afield = Afield::new();
    afield.write("corpus/cases/inns/odd.md", "# Odd\n");
    let elsewhere = afield.run(&["check", "corpus/cases/airships", "--json"]);
    assert_eq!(elsewhere.json()["summary"]["files"], 2);
    assert_eq!(elsewhere.code, 0, "{elsewhere}");
    assert_eq!(afield.run(&["check", "corpus/cases/inns"]).code, 1);
    assert_eq!(afield.run(&["check", "corpus"]).code, 1);
    assert_snapshot!(afield.run(&["check", "corpus/cases/none.md"]), @"
    exit 2
    --- stdout
    --- stderr
    error: failed to find `corpus/cases/none.md`: No such file or directory (os error 2)
    ");
}

#[test]
fn a_folder_elsewhere_is_a_corpus_of_its_own() {
    let afield = Afield::new();
    afield.write("other/one.md", "# One\n\nText.\n");
    let run = afield.run(&["check", "other", "--json"]);
    assert_eq!(run.json()["summary"]["files"], 1, "{run}");
}

const ODD: &str = "---\ntitle: Odd\nsector: in\noutcom: worked\n---\n## Idea\n\nText.\n";

#[test]
fn editors_and_workflows_read_a_line_a_finding() {
    let afield = Afield::new();
    afield.write("corpus/cases/inns/odd.md", ODD);
    let run = afield.run(&["check", "corpus/cases/inns/odd.md", "--format", "short"]);
    let line = "cases/inns/odd.md:3:9: error[unknown-sector]: unknown sector `in`\n";
    assert!(run.stdout.contains(line), "{run}");
    let run = afield.run(&["check", "corpus/cases/inns/odd.md", "--format", "github"]);
    let line = "::error file=corpus/cases/inns/odd.md,line=3,col=9,endColumn=11,title=unknown-sector::unknown sector `in`";
    assert!(run.stdout.contains(line), "{run}");
    assert_eq!(run.code, 1, "{run}");
}

#[test]
fn code_scanning_reads_sarif() {
    let afield = Afield::new();
    afield.write("corpus/cases/inns/odd.md", ODD);
    let log = afield.run(&["check", "--format", "sarif"]).json();
    assert_eq!(log["version"], "2.1.0");
    let run = &log["runs"][0];
    let results = run["results"].as_array().unwrap();
    let found = results
        .iter()
        .find(|result| result["ruleId"] == "unknown-sector")
        .unwrap();
    let place = &found["locations"][0]["physicalLocation"];
    assert_eq!(place["artifactLocation"]["uri"], "corpus/cases/inns/odd.md");
    assert_eq!(
        (&place["region"]["startLine"], &place["region"]["endColumn"]),
        (&3.into(), &11.into())
    );
    let rules = run["tool"]["driver"]["rules"].as_array().unwrap();
    assert!(
        rules.iter().any(|rule| rule["id"] == "unknown-sector"),
        "{run}"
    );
}

#[test]
fn warnings_count_where_the_check_is_strict() {
    let afield = Afield::new();
    let case = "corpus/cases/inns/marlow-empty-rooms.md";
    let text = fs::read_to_string(afield.path(case)).unwrap();
    afield.write(case, text.replace("region:", "regoin:"));
    let run = afield.run(&["check"]);
    let hint = "hint: `afield check --explain unknown-key` says why\n";
    assert_eq!((run.code, run.stderr.as_str()), (0, hint), "{run}");
    assert_eq!(afield.run(&["check", "--strict"]).code, 1);
}

#[test]
fn every_finding_is_explained() {
    let afield = Afield::empty();
    let run = afield.run(&["check", "--explain", "few-sources"]);
    assert_eq!(run.code, 0, "{run}");
    assert!(run.stdout.contains("**Why**"), "{run}");
    assert_snapshot!(afield.run(&["check", "--explain", "few-source"]), @"
    exit 2
    --- stdout
    --- stderr
    error: no finding has the code `few-source`
    hint: did you mean `few-sources`?
    ");
}

#[test]
fn a_case_without_tags_is_told_the_likeliest() {
    let afield = Afield::new();
    let case = "corpus/cases/inns/marlow-empty-rooms.md";
    let text = fs::read_to_string(afield.path(case)).unwrap();
    let untagged = text
        .lines()
        .filter(|line| !line.starts_with("signals:") && !line.starts_with("mechanism:"));
    afield.write(case, untagged.collect::<Vec<&str>>().join("\n"));
    let run = afield.run(&["check", case, "--format", "short"]);
    let help = |key: &str| {
        let mut lines = run
            .stdout
            .lines()
            .skip_while(|line| !line.contains(&format!("`{key}` is missing")));
        lines.nth(1).unwrap().to_owned()
    };
    assert!(
        help("signals").contains("likely: `perishable-capacity`"),
        "{run}"
    );
    assert!(
        help("mechanism").contains("likely: `sell-the-remainder`"),
        "{run}"
    );
}

#[test]
fn what_is_safe_is_mended() {
    let afield = Afield::new();
    let odd = "---\r\n# Who\r\nsector: Hotels\r\norganisation: Zebra: Inns\r\ntitle: Odd \r\n---\r\n## Idea  \r\n\r\nText.\r\n";
    let (asked, other) = ("corpus/cases/inns/odd.md", "corpus/cases/inns/other.md");
    afield.write(asked, odd);
    afield.write(other, odd);
    let run = afield.run(&["check", asked, "--fix", "--format", "short"]);
    assert_snapshot!(run.stderr, @"
    mended: cases/inns/odd.md:3 wrote `inns` for `Hotels` in `sector`
    mended: cases/inns/odd.md:4 put text of `organisation` into quotes
    mended: cases/inns/odd.md:4 put the keys into the order of the format
    mended: cases/inns/odd.md:5 took off spaces at the end of the line
    ");
    assert!(
        run.stdout.contains("odd.md:1:1: error[missing-key]"),
        "{run}"
    );
    assert!(!run.stdout.contains("unknown-sector"), "{run}");
    assert_eq!(run.code, 1, "{run}");
    let mended = "---\r\ntitle: Odd\r\norganisation: \"Zebra: Inns\"\r\n# Who\r\nsector: inns\r\n---\r\n## Idea  \r\n\r\nText.\r\n";
    assert_eq!(fs::read_to_string(afield.path(asked)).unwrap(), mended);
    assert_eq!(fs::read_to_string(afield.path(other)).unwrap(), odd);
    let names = fs::read_dir(afield.path("corpus/cases/inns")).unwrap();
    assert_eq!(names.count(), 3, "nothing is left beside them");
    let again = afield.run(&["check", asked, "--fix", "--format", "short"]);
    assert_eq!((again.stderr.as_str(), again.stdout), ("", run.stdout));
}

#[test]
fn what_cannot_be_mended_is_left_as_it_is() {
    let afield = Afield::new();
    afield.write("corpus/cases/inns/odd.md", ODD.replace("sector", "title"));
    let latin = b"---\nregion: caf\xe9 \ntitle: Odd\n---\n";
    afield.write("corpus/cases/inns/latin.md", latin);
    let run = afield.run(&["check", "--fix", "--quiet"]);
    assert_eq!((run.code, run.stderr.as_str()), (1, ""), "{run}");
    let kept = fs::read(afield.path("corpus/cases/inns/latin.md")).unwrap();
    assert_eq!(kept, latin);
    afield.write("elsewhere.md", "---\nregion: UK \n---\n");
    assert_snapshot!(afield.run(&["check", "--fix", "elsewhere.md"]), @"
    exit 2
    --- stdout
    --- stderr
    error: `[ROOT]/elsewhere.md` is not in the corpus `[ROOT]/corpus`
    hint: name its corpus with `--corpus DIR`
    ");
    assert_snapshot!(Afield::empty().run(&["check", "--fix"]), @"
    exit 2
    --- stdout
    --- stderr
    error: the corpus that is compiled in is not mended
    hint: name a folder of your own with `--corpus DIR`
    ");
}

#[test]
#[cfg(unix)]
fn mended_files_keep_their_permissions_and_links() {
    use std::os::unix::fs::{PermissionsExt as _, symlink};
    let afield = Afield::new();
    let file = "corpus/cases/inns/kept.md";
    let mode = |mode| fs::set_permissions(afield.path(file), fs::Permissions::from_mode(mode));
    afield.write(file, "---\nregion: UK \n---\n");
    symlink("kept.md", afield.path("corpus/cases/inns/link.md")).unwrap();
    mode(0o444).unwrap();
    assert_snapshot!(afield.run(&["check", "--fix", file]), @"
    exit 2
    --- stdout
    --- stderr
    error: failed to write `[ROOT]/corpus/cases/inns/kept.md`: permission denied
    ");
    mode(0o640).unwrap();
    let run = afield.run(&["check", "--fix"]);
    let mended = run.stderr.lines().filter(|line| line.starts_with("mended"));
    assert_eq!(mended.count(), 1, "{run}");
    let kept = fs::metadata(afield.path(file)).unwrap();
    assert_eq!(kept.permissions().mode() & 0o777, 0o640);
    assert!(afield.path("corpus/cases/inns/link.md").is_symlink());
}
