//! Money that was expected and has not come.

use crate::declare_rule;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::format;
use crate::model::{CostEntry, EntryType};
use crate::report::ProjectReport;

declare_rule! {
    /// A `forecast` line of `costs.csv` names a day that is over, and nothing is ordered, received, paid or expected anew under its number,
    /// or for its task and category.
    ///
    /// **Why it matters.** What was expected by a day gone by counts for nothing any more, because what came of it is booked. Where nothing
    /// came, the estimate counted piece by piece (EAC₄) falls on that day, and nobody decided anything.
    ///
    /// **What to do.** Book what came; or add a line with the day on which it is expected now. Expected money that is not needed any more
    /// is taken back by a line below zero. Wrong, where the newest report is of 2026-11-27:
    ///
    /// ```csv
    /// date,type,category,task,amount
    /// 2026-11-20,forecast,travel,training,700 EUR
    /// ```
    pub static EXPECTED_NOT_BOOKED: Rule = (
        "W529",
        "expected-not-booked",
        Warning,
        "0.2.0",
        "money was expected by a day that is over, and nothing is booked for it"
    );
}

/// Looks at every line of expected money up to the status date, together with what took lines of the same purpose back.
pub(super) fn look(report: &ProjectReport, found: &mut Diagnostics) {
    let (project, day) = (&report.project, report.status_date);
    if report.control.has_ended() {
        return;
    }
    let is_expected = |entry: &&CostEntry| entry.entry_type == EntryType::Forecast;
    for entry in project.costs.iter().filter(is_expected).filter(|entry| entry.date <= day) {
        let of_purpose = || project.costs.iter().filter(|other| is_of_one_purpose(entry, other));
        let is_answered = of_purpose().any(|other| match other.entry_type {
            EntryType::Commitment | EntryType::Accrual | EntryType::Actual => other.date <= day,
            EntryType::Forecast => other.date > day,
            EntryType::Budget | EntryType::Change => false,
        });
        let left = of_purpose().filter(is_expected).map(|other| other.amount).sum();
        if is_answered || entry.amount.0 <= 0 || entry.amount.min(left).0 <= 0 {
            continue;
        }
        found.push(
            Diagnostic::new(
                &EXPECTED_NOT_BOOKED,
                entry.origin,
                format!(
                    "{} were expected by {}, and nothing is booked for it: EAC₄ holds it no longer",
                    format::money_with_currency(entry.amount, project.currency),
                    format::iso(entry.date)
                ),
            )
            .hint("book what came, or add a line with the day on which it is expected now"),
        );
    }
}

/// Whether two lines speak of the same money: under one number, or for one task and category.
fn is_of_one_purpose(entry: &CostEntry, other: &CostEntry) -> bool {
    let is_numbered = entry.reference.is_some() && entry.reference == other.reference;
    is_numbered || (entry.task == other.task && entry.category == other.category)
}
