//! A site for more readers than a project is classified for.

use crate::declare_rule;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::quantity::Audience;
use crate::report::ProjectReport;

declare_rule! {
    /// The site is built for a wider audience than the `classification:` of a project allows: an `internal` project on a site
    /// for the public.
    ///
    /// **Why it matters.** Names, prices and withheld entries are left out of the site, but goal, plan and figures of the project
    /// are on it. What was published once cannot be taken back.
    ///
    /// **What to do.** Build with `--audience` as narrow as the classification, take the project out of the folder that is
    /// published, or let whoever may decide it classify the project anew.
    ///
    /// Wrong:
    /// ```yaml
    /// classification: internal   # and in portfolio.yaml: audience: public
    /// ```
    pub static WIDER_THAN_CLASSIFIED: Rule =
        ("E680", "wider-than-classified", Error, "0.1.0", "a site for more readers than a project is classified for");
}

/// Compares the label of the project with the readers of the site; labels in other words say nothing.
pub(super) fn look(report: &ProjectReport, found: &mut Diagnostics) {
    let project = &report.project;
    let Some(label) = &project.classification else { return };
    let level: Result<Audience, _> = label.trim().to_lowercase().parse();
    let Ok(level) = level else { return };
    if project.audience.may_read(level) {
        return;
    }
    let message = format!(
        "the project is classified `{level}`, and the site is for an audience that is `{}`",
        project.audience
    );
    let place = project.field_origins.get("classification").copied().unwrap_or(project.origin);
    found.push(
        Diagnostic::new(&WIDER_THAN_CLASSIFIED, place, message)
            .hint(format!("build with `--audience {level}`, or take the project out of the folder")),
    );
}
