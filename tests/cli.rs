//! The terminal as a user meets it, one file a verb.

mod check;
mod completions;
mod coverage;
mod doctor;
mod eval;
mod everywhere;
mod import;
mod index;
mod init;
mod keys;
mod lsp;
mod new;
mod related;
mod schema;
mod search;
mod sectors;
mod show;
mod signals;
mod why;
