//! A project of a few lines, computed as any folder is.

use milepost::control::Control;
use milepost::diagnostic::Diagnostics;
use milepost::pipeline::{self, Options};
use milepost::report::ProjectReport;
use milepost::source::disk::Folder;

/// Computes the only project of a folder as of a day.
pub fn report(files: Vec<(&str, &str)>, as_of: &str) -> ProjectReport {
    let folder = Folder::from_memory(files);
    let options = Options { as_of: Some(as_of.parse().unwrap()), ..Options::default() };
    let portfolio = pipeline::compute(&folder, Diagnostics::default(), &options);
    let report = portfolio.projects.into_iter().next();
    report.unwrap()
}

/// The same, of which only the figures are asked.
pub fn control(files: Vec<(&str, &str)>, as_of: &str) -> Control {
    report(files, as_of).control
}
