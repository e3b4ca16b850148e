//! Months and spans of months: the grain at which stress is measured.

use serde::{Deserialize, Serialize};
use std::fmt;

/// A calendar month.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Month(i32);

impl Month {
    /// A month of a year; `month` counts from 1 and is held within 1 to 12.
    pub fn new(year: i32, month: u8) -> Self {
        Self(year * 12 + i32::from(month.clamp(1, 12)) - 1)
    }

    /// The year.
    pub fn year(self) -> i32 {
        self.0.div_euclid(12)
    }

    /// The month of the year, 1 to 12.
    pub fn month(self) -> u8 {
        (self.0.rem_euclid(12) + 1) as u8
    }

    /// The month that many months later (earlier, if negative).
    #[must_use]
    pub fn plus(self, months: i32) -> Self {
        Self(self.0 + months)
    }

    /// Months from `earlier` to this one; negative if this one is the earlier.
    pub fn since(self, earlier: Self) -> i32 {
        self.0 - earlier.0
    }
}

impl fmt::Display for Month {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{:04}-{:02}", self.year(), self.month())
    }
}

/// A span of months, both ends included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Period {
    /// First month.
    pub start: Month,
    /// Last month.
    pub end: Month,
}

impl Period {
    /// Reads `2020`, `2020-04`, `2020-04-17` (the day is checked, then dropped) or `2020-Q2`; [`None`] for anything else.
    /// Years run from 1000 to 2999.
    ///
    /// ```
    /// # use afield_corpus::{Month, Period};
    /// let quarter = Period::parse("2020-Q2").unwrap();
    /// assert_eq!((quarter.start, quarter.end), (Month::new(2020, 4), Month::new(2020, 6)));
    /// assert_eq!(Period::parse("2020-13"), None);
    /// assert_eq!(Period::parse("2021-02-29"), None);
    /// ```
    pub fn parse(text: &str) -> Option<Self> {
        let mut parts = text.split('-');
        let year: i32 = digits(parts.next()?, 4)?;
        if !(1000..3000).contains(&year) {
            return None;
        }
        let (Some(part), day, None) = (parts.next(), parts.next(), parts.next()) else {
            return (!text.contains('-')).then(|| Self::months(year, 1, 12));
        };
        if let Some(quarter) = part.strip_prefix('Q') {
            let quarter: u8 = digits(quarter, 1)?;
            return (day.is_none() && (1..=4).contains(&quarter))
                .then(|| Self::months(year, quarter * 3 - 2, quarter * 3));
        }
        let month: u8 = digits(part, 2)?;
        let day_is_sound = match day {
            None => true,
            Some(day) => {
                digits(day, 2).is_some_and(|day: u8| (1..=days(year, month)).contains(&day))
            }
        };
        (day_is_sound && (1..=12).contains(&month)).then(|| Self::months(year, month, month))
    }

    fn months(year: i32, first: u8, last: u8) -> Self {
        Self {
            start: Month::new(year, first),
            end: Month::new(year, last),
        }
    }

    /// How many months it covers, at least 1.
    pub fn length(self) -> i32 {
        self.end.since(self.start) + 1
    }
}

/// How many days a month has.
fn days(year: i32, month: u8) -> u8 {
    match month {
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

fn digits<T: std::str::FromStr>(text: &str, length: usize) -> Option<T> {
    (text.len() == length && text.bytes().all(|byte| byte.is_ascii_digit()))
        .then(|| text.parse().ok())?
}
