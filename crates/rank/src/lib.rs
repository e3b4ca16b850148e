//! In what order, and why.
//!
//! [`search()`] is the one function that both doors call: it asks the index which cases could answer, orders them, and
//! says why. Everything but that walk to the index is pure: the same query, candidates, vocabulary, figures and
//! weights give the same order and the same explanation, on any machine. There are no files here, no clocks, and no
//! maps whose order could show.
//!
//! ```text
//! score = min(problem + text, 1) × stress × distance × evidence × novelty
//! ```
//!
//! Relevance is a number from 0 to 1; the factors stay near 1, each with a floor and a cap, so that no bonus carries an
//! irrelevant idea past a relevant one. Each part is a module of [`signal`], all weights are one value ([`Weights`]), and
//! the parts give back the score bit for bit.

mod answer;
mod bm25f;
mod context;
mod distance;
mod explain;
#[cfg(test)]
mod fixture;
mod home;
pub mod measure;
pub mod order;
mod related;
mod search;
pub mod signal;
pub mod stress;
mod weights;
mod why;

pub use answer::{Answer, Dial, Hit, Reading, Request, Verdict};
pub use context::{CANDIDATES, Context};
pub use distance::{Band, Distance, distance};
pub use explain::{Explanation, Parts};
pub use order::{Input, Ranked, Ranking, order};
pub use related::{Related, related};
pub use search::search;
pub use stress::StressModel;
pub use weights::{Mix, Weights};
pub use why::{Obstacle, Why, why};
