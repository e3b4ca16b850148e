//! `afield related`.

use crate::support::Afield;
use insta::assert_snapshot;

#[test]
fn the_same_problem_or_mechanism_elsewhere() {
    assert_snapshot!(Afield::new().run(&["related", "zebra-air-standby"]), @"
    exit 0
    --- stdout
    like: A standby list that fills empty seats · zebra-air-standby

     1  Sell tonight's empty rooms by the hour to travellers in between
        Marlow Inns · Inns · 2016 · Marlow
        why: Same mechanism (sell the remainder); same pressure (unsold perishable
        capacity); both speak of “lost”, “uneven”, “demand”, “capacity”.
        mixed · grade C · near distance · marlow-empty-rooms

     2  Machines in place of branches
        Oldcoin · Counting houses · 2011 · Fernshire
        failed · grade B · near distance · oldcoin-machines

     3  Lend the quiet half of the hall to a tea house
        Quillmart · Bazaars · 2013–2015 · Quillshire
        worked · grade B · far distance · quillmart-tea-counter

     4  A parlour where the counter was
        Fernbank · Counting houses · 2014–2016 · Fernshire
        worked · grade C · near distance · fernbank-parlour
    --- stderr
    ");
}

#[test]
fn json_and_limit() {
    let related = Afield::new()
        .run(&["related", "fernbank-parlour", "-n", "1", "--json"])
        .json();
    assert_eq!(related["case"]["id"], "fernbank-parlour");
    assert_eq!(related["hits"].as_array().unwrap().len(), 1);
    assert_eq!(related["hits"][0]["id"], "quillmart-tea-counter");
    assert_eq!(
        related["hits"][0]["shared_mechanisms"],
        serde_json::json!(["second-use-of-space"])
    );
}

#[test]
fn an_unknown_case_is_refused() {
    assert_eq!(Afield::new().run(&["related", "zebra"]).code, 2);
}
