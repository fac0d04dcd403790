//! A limit on units that nothing is counted in.

use crate::control::BurnUnit;
use crate::declare_rule;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::report::ProjectReport;

declare_rule! {
    /// The tolerance of scope is a number of units (`unapproved: 18 points`), and no task of the plan is counted in that unit.
    ///
    /// **Why it matters.** Nothing is ever counted against the limit: however much comes in, the tolerance is never left.
    ///
    /// **What to do.** Write the unit as the task has it: `earned_value: units 180 points`.
    pub static TOLERANCE_UNIT: Rule =
        ("W665", "tolerance-unit", Warning, "0.1.0", "the tolerance of scope counts units that no task is counted in");
}

/// Looks for a task that is counted in the unit of the limit.
pub(super) fn look(report: &ProjectReport, found: &mut Diagnostics) {
    let project = &report.project;
    let Some(limit) = &project.tolerance.unapproved else { return };
    let is_counted = report.control.unit_burns.iter().any(|burn| match &burn.unit {
        BurnUnit::Units(unit) => *unit == limit.unit,
        BurnUnit::PersonDays { .. } => false,
    });
    if is_counted {
        return;
    }
    let place = project.field_origins.get("tolerance.unapproved").copied().unwrap_or(project.origin);
    let message = if limit.unit.is_empty() {
        format!("the board tolerates {} of something, and the line does not say of what", limit.units)
    } else {
        format!("the board tolerates {} `{}`, and no task is counted in them", limit.units, limit.unit)
    };
    found.push(
        Diagnostic::new(&TOLERANCE_UNIT, place, message)
            .hint("write the unit as a task has it in `earned_value: units 180 points`"),
    );
}
