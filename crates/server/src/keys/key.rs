//! One key: its name, what it is good for, and how its text is made and hashed.

use super::{Date, KeysError};
use afield_corpus::nearest;
use sha2::{Digest as _, Sha256};
use std::collections::BTreeSet;
use std::fmt;
use subtle::{Choice, ConstantTimeEq};

/// What the text of every key starts with, so that scanners of repositories and logs can find one that leaked.
const PREFIX: &str = "afield_";

/// Digits of the text of a key. Letters and digits only: one double click marks it whole, and no shell or URL
/// minds it.
const DIGITS: &[u8; 62] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

/// So many of the digits can tell 2²⁵⁶ numbers apart.
const LENGTH: usize = 43;

/// The longest name of a key.
const LONGEST_NAME: usize = 64;

/// What is known of a key. The key itself is not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Key {
    pub(super) name: String,
    pub(super) hash: Hash,
    pub(super) scopes: BTreeSet<Scope>,
    pub(super) created: Date,
    pub(super) expires: Option<Date>,
}

impl Key {
    /// What people call it: 1 to 64 of `a` to `z`, `0` to `9` and `-`.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// What it is good for, at least one thing, in the order of [`Scope::ALL`].
    pub fn scopes(&self) -> impl Iterator<Item = Scope> + '_ {
        self.scopes.iter().copied()
    }

    /// Whether it is good for something.
    pub fn allows(&self, scope: Scope) -> bool {
        self.scopes.contains(&scope)
    }

    /// The day it was made.
    pub fn created(&self) -> Date {
        self.created
    }

    /// The last day it is good; [`None`] when it does not expire.
    pub fn expires(&self) -> Option<Date> {
        self.expires
    }

    /// Whether its last day is before `today`.
    pub fn is_expired(&self, today: Date) -> bool {
        self.expires.is_some_and(|last| last < today)
    }
}

/// What a key is good for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Scope {
    /// To search, and to read cases and vocabularies.
    Read,
    /// To read the figures of the server itself.
    Metrics,
}

impl Scope {
    /// All scopes.
    pub const ALL: [Self; 2] = [Self::Read, Self::Metrics];

    /// The word that the file and the terminal use.
    pub fn id(self) -> &'static str {
        match self {
            Self::Read => "read",
            Self::Metrics => "metrics",
        }
    }

    /// The scope that a text means, in any case of letters.
    ///
    /// # Errors
    /// When it means none; the error names the nearest.
    pub fn resolve(text: &str) -> Result<Self, KeysError> {
        let found = Self::ALL
            .into_iter()
            .find(|scope| scope.id().eq_ignore_ascii_case(text.trim()));
        found.ok_or_else(|| KeysError::UnknownScope {
            text: text.to_owned(),
            nearest: nearest(text, Self::ALL.map(Self::id)),
        })
    }
}

/// The SHA-256 of a key's whole text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Hash([u8; 32]);

impl Hash {
    pub(super) fn of(secret: &str) -> Self {
        Self(Sha256::digest(secret).into())
    }

    /// Reads what [`Display`](fmt::Display) writes, in any case of letters.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let digits = text.strip_prefix("sha256:")?.as_bytes();
        let (pairs, []) = digits.as_chunks::<2>() else {
            return None;
        };
        let digit = |byte: u8| char::from(byte).to_digit(16);
        let byte = |&[high, low]: &[u8; 2]| u8::try_from(digit(high)? * 16 + digit(low)?).ok();
        let bytes: Option<Vec<u8>> = pairs.iter().map(byte).collect();
        Some(Self(bytes?.try_into().ok()?))
    }
}

impl ConstantTimeEq for Hash {
    fn ct_eq(&self, other: &Self) -> Choice {
        self.0.ct_eq(&other.0)
    }
}

impl fmt::Display for Hash {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("sha256:")?;
        self.0
            .iter()
            .try_for_each(|byte| write!(formatter, "{byte:02x}"))
    }
}

pub(super) fn is_name(text: &str) -> bool {
    let is_letter = |byte: u8| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-');
    (1..=LONGEST_NAME).contains(&text.len()) && text.bytes().all(is_letter)
}

/// The text of a new key.
pub(super) fn secret() -> Result<String, KeysError> {
    let mut number = [0; 32];
    getrandom::fill(&mut number).map_err(KeysError::Random)?;
    Ok(format!("{PREFIX}{}", in_digits(number)))
}

/// A number, its greatest byte first, in [`DIGITS`]: long division, a digit a round.
pub(super) fn in_digits(mut number: [u8; 32]) -> String {
    let mut digits = [0; LENGTH];
    for digit in digits.iter_mut().rev() {
        let mut rest = 0_u16;
        for byte in &mut number {
            let part = rest << 8 | u16::from(*byte);
            // `rest` is below 62, so `part` is below 62 · 256 and the quotient fits.
            *byte = (part / 62) as u8;
            rest = part % 62;
        }
        *digit = DIGITS[usize::from(rest)];
    }
    digits.into_iter().map(char::from).collect()
}
