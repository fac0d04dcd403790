//! Money spent or ordered beyond what a board has released.

use jiff::civil::Date;

use crate::control::{Release, ReleaseScope, is_order_set_against_planning};
use crate::declare_rule;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::format;
use crate::quantity::{Amount, GateId, Stage};
use crate::report::ProjectReport;

declare_rule! {
    /// More is spent and ordered than the last gate released (`authorised` of its page), or the gate until which it was released has
    /// been passed and released nothing itself. What G1 releases is for the work of the planning stage, and the tasks of that stage are
    /// set against it, with those of later stages as long as their gate has not been passed: nobody released anything for them. A later release is for the whole project from its first day. Orders count as far as they are signed and not yet
    /// received.
    ///
    /// **Why it matters.** Gates are there to release money step by step. What goes beyond a release was decided by nobody, whatever
    /// the budget and the contingency still hold.
    ///
    /// **What to do.** Ask the board before the next order is signed, and write what it releases into the page of the gate. Wrong,
    /// where planning has cost 15 200 EUR, or where G2 has been passed without a sum of its own:
    ///
    /// ```yaml
    /// gate: G1
    /// decision: approve
    /// authorised: 14_000 EUR until G2
    /// ```
    pub static BEYOND_RELEASE: Rule =
        ("W526", "beyond-release", Warning, "0.1.0", "money is spent or ordered beyond what was released");
}

/// Sets what is spent and ordered against the release in force; silent once all is done or the project is stopped.
pub(super) fn look(report: &ProjectReport, found: &mut Diagnostics) {
    let control = &report.control;
    let spending = &control.spending;
    let Some(release) = spending.release else { return };
    let finding = match (release.ran_out, spending.authority_left()) {
        (Some(_), _) if control.has_ended() => return,
        (Some(end), _) => has_run_out(report, &release, end),
        (None, Some(left)) if left < Amount::ZERO => is_exceeded(report, &release, left),
        _ => return,
    };
    found.push(finding);
}

fn has_run_out(report: &ProjectReport, release: &Release, (gate, day): (GateId, Date)) -> Diagnostic {
    let amount = format::money_with_currency(release.amount, report.project.currency);
    let until = release.until.map_or(String::new(), |until| format!(" until `{until}`"));
    let message = format!(
        "`{}` has released {amount}{until}, and `{gate}`, passed on {}, releases nothing",
        release.gate,
        format::date(day)
    );
    Diagnostic::new(&BEYOND_RELEASE, release.origin, message)
        .hint("write what that gate has released into its page, as `authorised`")
}

fn is_exceeded(report: &ProjectReport, release: &Release, left: Amount) -> Diagnostic {
    let money = |amount| format::money_with_currency(amount, report.project.currency);
    let ordered = if release.ordered == Amount::ZERO {
        String::new()
    } else {
        format!(" and {} ordered", money(release.ordered))
    };
    let (what_for, on) = match release.scope {
        ReleaseScope::Planning if is_of_planning_alone(report) => (" for planning", " on it"),
        ReleaseScope::Planning => (" for planning", " on it and on work whose gate is not passed"),
        ReleaseScope::Project => ("", ""),
    };
    let message = format!(
        "`{}` has released {}{what_for}, and {} are spent{on}{ordered}: {} too much",
        release.gate,
        money(release.amount),
        money(release.spent),
        money(Amount::ZERO - left)
    );
    Diagnostic::new(&BEYOND_RELEASE, release.origin, message)
        .hint("ask the board to release more before the next order is signed")
}

/// Whether nothing of later stages has been spent or ordered.
fn is_of_planning_alone(report: &ProjectReport) -> bool {
    let orders = &report.control.spending.open_orders;
    report.tasks().all(|(number, task, _)| {
        let mut own = orders.iter().filter(|order| order.task == Some(number));
        let is_ordered =
            own.any(|order| is_order_set_against_planning(&report.project, order, report.status_date));
        let spent = report.control.tasks.get(number.0 as usize).map(|value| value.actual_cost);
        !matches!(task.stage, Stage::Execution | Stage::Closing)
            || (!is_ordered && spent.is_none_or(|spent| spent == Amount::ZERO))
    })
}
