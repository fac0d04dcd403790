//! A reserve drawn on by somebody to whom it does not belong.

use crate::control::Authority;
use crate::declare_rule;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::format;
use crate::model::ReserveKind;
use crate::report::ProjectReport;

declare_rule! {
    /// Somebody decided on a draw who is not entitled to. The management reserve belongs to the sponsor and the steering board;
    /// the contingency to the project manager too, up to `manager_limit` in `budget.yaml` where that is set.
    ///
    /// **Why it matters.** The management reserve is outside the project's budget because the project may not spend it. A reserve
    /// that everybody draws on is none.
    ///
    /// **What to do.** Have it decided by whoever may, and write that person into `decided_by`; or name them in `project.yaml`
    /// as `sponsor`, `steering` or `project_manager`. Wrong, where `anna` is the project manager:
    ///
    /// ```yaml
    /// C3:
    ///   change: A second data line
    ///   impact: {cost: 3_000 EUR}
    ///   pay_from: management_reserve
    ///   status: approved
    ///   decided: 2026-11-16
    ///   decided_by: anna
    /// ```
    pub static UNAUTHORISED_DRAW: Rule =
        ("W513", "unauthorised-draw", Warning, "0.1.0", "a reserve is drawn on without the authority to");
}

/// Looks at draws whose decider is named; silent on contingency while the project names nobody who leads it.
pub(super) fn look(report: &ProjectReport, found: &mut Diagnostics) {
    let project = &report.project;
    let is_anybody_named =
        project.sponsor.is_some() || project.project_manager.is_some() || !project.steering.is_empty();
    for draw in &report.control.spending.draws {
        let Some(person) = draw.decided_by else { continue };
        if draw.from == ReserveKind::Contingency && !is_anybody_named {
            continue;
        }
        let amount = format::money_with_currency(draw.amount, project.currency);
        let why = match (draw.authority, project.budget.manager_limit) {
            (Authority::BeyondLimit, Some(limit)) => format!(
                "as project manager may decide on {} at most",
                format::money_with_currency(limit, project.currency)
            ),
            (Authority::NotEntitled | Authority::BeyondLimit, _) => match draw.from {
                ReserveKind::Contingency => {
                    "is neither project manager nor sponsor nor on the steering board".to_owned()
                }
                ReserveKind::ManagementReserve => "is neither sponsor nor on the steering board".to_owned(),
            },
            _ => continue,
        };
        found.push(
            Diagnostic::new(
                &UNAUTHORISED_DRAW,
                draw.origin,
                format!(
                    "`{}` takes {amount} from the {}, decided by {}, who {why}",
                    draw.by.id(),
                    draw.from.word(),
                    project.person_name(person)
                ),
            )
            .hint("have the sponsor or the steering board decide"),
        );
    }
}
