//! # bad-file-name
//!
//! ## What it does
//! Names a file whose path is not UTF-8.
//!
//! ## Why
//! The path is the case's id, and ids are text.
//!
//! ## Example
//! A file brought along from a system with another encoding of names.
//!
//! ## Instead
//! The same file under a name of small letters, digits and hyphens.
//!
//! # bad-number
//!
//! ## What it does
//! Asks that `half`, `half_points` and `half_life_months` of a signal's scale are above 0.
//!
//! ## Why
//! Severity divides by them.
//!
//! ## Example
//! `half = 0`
//!
//! ## Instead
//! `half = 15.0`
//!
//! # bad-period
//!
//! ## What it does
//! Asks that the period of an observation is a year, a quarter, a month or a day.
//!
//! ## Why
//! Stress is measured by the month.
//!
//! ## Example
//! `period = "spring 2020"`
//!
//! ## Instead
//! `period = "2020-Q2"`
//!
//! # broken-front-matter, broken-toml
//!
//! ## What it does
//! Reports what the YAML or TOML parser could not read, where it could not go on. The keys that can be read are kept.
//!
//! ## Why
//! What is not read is not found.
//!
//! ## Example
//! `title: Sold out: a story`
//!
//! ## Instead
//! `title: "Sold out: a story"`
//!
//! # duplicate-key
//!
//! ## What it does
//! Finds a key that stands twice. The first counts.
//!
//! ## Why
//! One of the two is lost without a word.
//!
//! ## Example
//! `region: UK` on line 6 and `region: France` on line 20.
//!
//! ## Instead
//! One line: `region: UK / France`
//!
//! # not-utf-8
//!
//! ## What it does
//! Names the first byte of a file that is not UTF-8. Such bytes are replaced.
//!
//! ## Why
//! Letters are lost, and words with them.
//!
//! ## Example
//! `café` saved as Latin-1.
//!
//! ## Instead
//! The same file saved as UTF-8.
//!
//! # odd-years
//!
//! ## What it does
//! Warns of years that are read only as far as they hold four digits in a row.
//!
//! ## Why
//! Stress then, and the order of years, go by them.
//!
//! ## Example
//! `years: early 1990s`
//!
//! ## Instead
//! `years: 1990-1993`
//!
//! # too-deep, too-large
//!
//! ## What it does
//! Refuses a header of more than 1 MiB, of more than 64 levels, or that grows beyond 100,000 values or 4 MiB by its aliases; and a file
//! of more than 16 MiB.
//!
//! ## Why
//! No case needs as much, and reading it would take a machine's memory.
//!
//! ## Example
//! A page with its pictures pasted into the front matter.
//!
//! ## Instead
//! The picture as a file of its own, and a link to it.
//!
//! # unclosed-front-matter
//!
//! ## What it does
//! Finds a header that is opened by `---` or `+++` and never closed. Where it ends is guessed.
//!
//! ## Why
//! A guess can take text for keys.
//!
//! ## Example
//! `---`, the keys, and the text at once.
//!
//! ## Instead
//! A line `---` between keys and text.
//!
//! # unknown-group, unknown-source, unknown-trait
//!
//! ## What it does
//! Finds words in vocabularies and observations that point to nothing: the group or a trait of a sector, the group of a role, the source of
//! a figure.
//!
//! ## Why
//! What they point to is part of what is shown.
//!
//! ## Example
//! `source = "ons-2023"` without a `[[source]]` of this `id`.
//!
//! ## Instead
//! The id as it stands in the file, or the missing entry.
//!
//! # unreadable-file
//!
//! ## What it does
//! Names a file that cannot be read: no permission, UTF-16, binary.
//!
//! ## Why
//! It looks as if it were in the corpus, and is not.
//!
//! ## Example
//! A file saved by a word processor.
//!
//! ## Instead
//! The same file saved as plain text in UTF-8.
//!
//! # wrong-type
//!
//! ## What it does
//! Finds a value of another kind than its key takes, such as a list where one text is wanted. What can be made of it is used.
//!
//! ## Why
//! What was meant has to be guessed.
//!
//! ## Example
//! `sector: [banking, telecom]`
//!
//! ## Instead
//! `sector: banking`

/// The codes of what reading reports, before any rule looks at a case.
pub(super) const CODES: [&str; 16] = [
    "bad-file-name",
    "bad-number",
    "bad-period",
    "broken-front-matter",
    "broken-toml",
    "duplicate-key",
    "not-utf-8",
    "odd-years",
    "too-deep",
    "too-large",
    "unclosed-front-matter",
    "unknown-group",
    "unknown-source",
    "unknown-trait",
    "unreadable-file",
    "wrong-type",
];
