//! Rates and absences of persons in a public project.

use crate::declare_rule;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::report::ProjectReport;

declare_rule! {
    /// A project is `classification: public`, and its files hold rates or absences of people by name.
    ///
    /// **Why it matters.** The site shows neither, but whoever publishes a project often publishes its folder too; what a person
    /// earns and when they are away is nobody's business.
    ///
    /// **What to do.** Give rates by role, and keep absences in a shared calendar without names, or classify the project
    /// `internal`.
    ///
    /// ```yaml
    /// roles: {engineer: {rate: 600 EUR/d}}
    /// people: {tom: {name: Jo Example, role: engineer}}
    /// ```
    pub static PERSONAL_DATA_IN_PUBLIC: Rule =
        ("W702", "personal-data-in-public", Warning, "0.1.0", "data of persons in a public project");
}

/// Looks at the people of a public project; those of the portfolio's shared list count too.
pub(super) fn look(report: &ProjectReport, found: &mut Diagnostics) {
    if !report.project.is_public() {
        return;
    }
    for person in &report.project.team.people {
        let what = match (person.rate.is_some(), person.absences.is_empty()) {
            (true, false) => "a rate and absences",
            (true, true) => "a rate",
            (false, false) => "absences",
            (false, true) => continue,
        };
        found.push(
            Diagnostic::new(
                &PERSONAL_DATA_IN_PUBLIC,
                person.origin,
                format!("the project is public, and `{}` has {what}", person.id),
            )
            .hint("give rates by role, and leave absences out, or classify the project `internal`"),
        );
    }
}
