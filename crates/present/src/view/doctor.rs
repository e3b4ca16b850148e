//! Whether everything is in place.

use serde::Serialize;

/// All findings.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DoctorView {
    /// Whether a search can be answered.
    pub usable: bool,
    /// What was looked at, in order.
    pub findings: Vec<Finding>,
}

/// One thing that was looked at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// What was looked at, in a word or two.
    pub subject: String,
    /// Whether it is as it should be.
    pub sound: bool,
    /// What was found.
    pub message: String,
    /// What to do; empty when sound.
    pub next: String,
}

impl Finding {
    /// Something as it should be.
    pub fn sound(subject: &str, message: impl Into<String>) -> Self {
        Self {
            subject: subject.to_owned(),
            sound: true,
            message: message.into(),
            next: String::new(),
        }
    }

    /// Something to look after.
    pub fn unsound(subject: &str, message: impl Into<String>, next: impl Into<String>) -> Self {
        Self {
            sound: false,
            next: next.into(),
            ..Self::sound(subject, message)
        }
    }
}
