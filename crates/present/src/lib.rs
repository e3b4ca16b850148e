//! How an answer looks.
//!
//! A view is what a user or a program gets to read: made here from the values of the other rooms, serialised
//! nowhere else. Each format has one writer, generic over where it writes. Text carries roles (a title, a match,
//! a warning); whether they become colour is decided by the [`Page`] at the very end, so every text reads as well
//! without.

pub mod csv;
pub mod github;
pub mod html;
pub mod json;
pub mod markdown;
pub mod sarif;
mod snippet;
pub mod text;
pub mod view;
mod why;
mod words;

pub use text::Page;
