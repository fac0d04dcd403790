//! A declared colour that is better than the computed one.

use crate::control::Colour;
use crate::declare_rule;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::report::ProjectReport;

declare_rule! {
    /// The newest report declares a better colour than the figures give.
    ///
    /// **Why it matters.** Reports that are green outside and red inside are the most common way in which boards learn
    /// of trouble too late. Both colours are printed side by side.
    ///
    /// **What to do.** Declare the computed colour, or say in `declared_because:` why the figures mislead.
    ///
    /// ```yaml
    /// declared: amber   # computed: red, because the finish slips 34 working days and the board tolerates 10
    /// ```
    pub static DECLARED_COLOUR_BETTER: Rule =
        ("W605", "declared-colour-better", Warning, "0.1.0", "the declared colour is better than the computed one");
}

/// Looks at the newest report.
pub(super) fn look(report: &ProjectReport, found: &mut Diagnostics) {
    let health = &report.control.health;
    let Some(declared) = &health.declared else { return };
    let is_explained = declared.reason.is_some();
    if !declared.better_than_computed || is_explained || health.overall == Colour::Unrated {
        return;
    }
    let place = report.project.updates[declared.update].declared.as_ref().map(|(_, span)| *span);
    let mut finding = Diagnostic::new(
        &DECLARED_COLOUR_BETTER,
        place,
        format!("declared {}, computed {}", declared.colour.word(), health.overall.word()),
    );
    for dimension in health.dimensions.iter().filter(|dimension| dimension.colour == health.overall) {
        finding = finding.hint(format!("look at {}: {}", dimension.kind.key(), dimension.reason));
    }
    found.push(finding);
}
