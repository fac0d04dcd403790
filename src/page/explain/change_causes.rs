//! Changes by the cause that brought them, and how many are built: figure by figure.

use crate::control::{FollowThrough, follow_through};
use crate::format;
use crate::model::{Change, ChangeCause};
use crate::page::changes::sorted_changes;
use crate::page::desk::Desk;
use crate::page::explain::{Book, Figure, Input};
use crate::quantity::{Amount, Ratio};

/// The first part of the keys of a cause of changes: `cause-of-change-law`; of changes without one `cause-of-change-not-stated`.
#[must_use]
pub fn cause_anchor(cause: Option<ChangeCause>) -> String {
    format!("cause-of-change-{}", cause.map_or("not-stated", ChangeCause::key))
}

/// How many decisions are implemented of those taken, in words: `2 of 3, 66.7 %`.
#[must_use]
pub fn implemented_words(taken: &[FollowThrough<'_>]) -> String {
    let n_done = taken.iter().filter(|one| one.is_implemented()).count();
    let share = Ratio::of(n_done as f64, taken.len() as f64);
    let share = share.map_or_else(String::new, |share| format!(", {}", format::share(share.get())));
    format!("{n_done} of {}{share}", taken.len())
}

/// Adds them: what is built and decided, then each cause.
pub(super) fn write(desk: &Desk<'_>, book: &mut Book) {
    let day = desk.project.status_date;
    let registers = &desk.project.project.registers;
    let is_built = |change: &&&Change| change.implemented.is_some_and(|built| built <= day);
    let all = sorted_changes(desk);
    let approved: Vec<&Change> = all.iter().copied().filter(|change| change.is_approved(day)).collect();
    if !approved.is_empty() {
        let n_built = approved.iter().filter(is_built).count();
        book.add(
            Figure::new(
                "changes-built",
                "Approved changes that are built",
                format!("{n_built} of {}", approved.len()),
            )
            .formula("approved changes with a day on which they were built, of those approved")
            .lines("changes", "", approved.iter().map(|change| change.origin)),
        );
    }
    if !registers.decisions.is_empty() {
        let n_taken = registers.decisions.iter().filter(|entry| !entry.is_open(day)).count();
        book.add(
            Figure::new(
                "decisions-taken",
                "Decisions taken",
                format!("{n_taken} of {}", registers.decisions.len()),
            )
            .formula("decisions with a day on which they were taken, of those asked for")
            .lines("decisions", "", registers.decisions.iter().map(|entry| entry.origin)),
        );
    }
    let taken = follow_through(&desk.project.project, day);
    if !taken.is_empty() {
        book.add(
            Figure::new("decisions-implemented", "Decisions implemented", implemented_words(&taken))
                .formula(
                    "decisions that hold and of which no action (`from:`) is open and every approved change (`links:`) is built, of those \
                     taken",
                )
                .lines("decisions", "", taken.iter().map(|one| one.decision.origin)),
        );
    }
    for cause in ChangeCause::ALL.into_iter().map(Some).chain([None]) {
        let of_cause: Vec<&Change> = all.iter().copied().filter(|change| change.cause == cause).collect();
        if of_cause.is_empty() {
            continue;
        }
        let name = cause.map_or_else(
            || "Changes without a stated cause".to_owned(),
            |cause| format!("Changes by cause: {}", cause.key()),
        );
        let anchor = cause_anchor(cause);
        book.thing("registers", &*anchor, name, of_cause.first().map(|change| change.origin));
        let approved: Vec<&Change> = of_cause.iter().copied().filter(|one| one.is_approved(day)).collect();
        let built: Vec<&Change> = approved.iter().copied().filter(|one| is_built(&one)).collect();
        let counts = [
            ("asked", "Asked for", "number of changes of this cause", &of_cause),
            ("approved", "Approved", "number of approved changes of this cause", &approved),
            ("built", "Built", "number of approved changes of this cause that are built", &built),
        ];
        for (part, name, formula, counted) in counts {
            let figure = Figure::new(format!("{anchor}.{part}"), name, counted.len().to_string());
            // None is a count of all that there are.
            let seen = if counted.is_empty() { &of_cause } else { counted };
            book.add(figure.formula(formula).lines("changes", "", seen.iter().map(|change| change.origin)));
        }
        let cost: Amount = approved.iter().filter_map(|change| change.cost).sum();
        let typed = |change: &Change, value: String, field: &str| {
            Input::typed(change.id.to_string(), value, desk.field(change.origin, field))
        };
        book.add(
            Figure::new(format!("{anchor}.cost"), "Cost of those approved", desk.money_exact(cost))
                .formula("Σ cost of approved changes of this cause")
                .inputs(approved.iter().map(|change| {
                    typed(change, desk.money_exact(change.cost.unwrap_or_default()), "impact.cost")
                }))
                .inputs(none_approved(desk, &approved, &of_cause)),
        );
        let time: i64 = approved.iter().filter_map(|change| change.time).sum();
        book.add(
            Figure::new(
                format!("{anchor}.time"),
                "Time of those approved",
                format::signed(time, desk.days(time)),
            )
            .formula("Σ working time of approved changes of this cause")
            .inputs(
                approved
                    .iter()
                    .map(|change| typed(change, desk.days(change.time.unwrap_or_default()), "impact.time")),
            )
            .inputs(none_approved(desk, &approved, &of_cause)),
        );
    }
}

/// Where it is seen that none was approved.
fn none_approved(desk: &Desk<'_>, approved: &[&Change], of_cause: &[&Change]) -> Vec<Input> {
    if !approved.is_empty() {
        return Vec::new();
    }
    of_cause
        .iter()
        .map(|change| {
            Input::typed(change.id.to_string(), "not approved", desk.field(change.origin, "status"))
        })
        .collect()
}
