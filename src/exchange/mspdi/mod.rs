//! MS Project XML (MSPDI) into a plan, whose folder then builds to the same dates.
//!
//! Comes in: the bytes of a file. Goes out: the files of a folder, what could not be carried over, how the dates compare,
//! and findings about the file.
//!
//! The way through: `xml` reads fields, `read`, `read_calendar` and `read_team` make a [`Plan`](super::plan::Plan) of them,
//! `unplaced` keeps what has no place in it.

mod more_money;
mod read;
mod read_calendar;
mod read_team;
mod unplaced;
mod xml;

use crate::diagnostic::Diagnostics;
use crate::exchange::Outcome;

/// Turns a file of MS Project XML into the files of a project folder. `origin` is the file's name, for its readers.
#[must_use]
pub fn import(bytes: &[u8], origin: &str) -> Outcome {
    let mut findings = Diagnostics::default();
    let text = match xml::decode(bytes) {
        Ok(text) => text,
        Err(fault) => {
            findings.push(*fault);
            return Outcome::nothing(String::new(), findings);
        }
    };
    let plan = read::read(&text, &mut findings);
    Outcome::of(plan, text, findings, origin)
}
