//! In what order, and why.
mod answer;
mod explain;
pub use answer::{Answer, Dial, Hit, Request, Verdict};
pub use explain::{Explanation, Parts};
/// How far a sector is from home.
#[derive(Debug, Clone, Copy, PartialEq)]
#[non_exhaustive]
pub struct Distance {
    /// 0 home, 1 unrelated.
    pub value: f64,
    /// The value in a word.
    pub band: Band,
}
/// Distance in a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Band {
    /// Built much like home.
    Near,
    /// With some likeness.
    Mid,
    /// Built unlike home.
    Far,
}
