//! The one integration binary: modules and nothing else.

#![expect(
    clippy::unwrap_used,
    reason = "a test that meets what it did not expect should fail"
)]

mod architecture;
mod cli;
mod corpus;
mod fuzz;
mod http;
mod quality;
mod rules;
mod shipped;
mod support;
