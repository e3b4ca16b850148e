//! The crate as its users see it: texts and folders in, values and diagnostics out.

#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot set up its folder has failed"
)]

mod body;
mod catalogue;
mod check;
mod draft;
mod fix;
mod fix_properties;
mod folder;
mod front_matter;
mod hostile;
mod hostile_files;
mod hostile_folder;
mod properties;
mod rules;
mod support;
mod vocabulary;
