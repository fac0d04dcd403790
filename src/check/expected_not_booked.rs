//! Money that was expected and has not come.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use crate::declare_rule;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::format;
use crate::model::{CostEntry, EntryType, TaskNo};
use crate::quantity::Amount;
use crate::report::ProjectReport;

declare_rule! {
    /// `forecast` lines of `costs.csv` name a day that is over, and nothing is ordered, received, paid or expected anew under their number,
    /// nor for their task and category. Lines with a number that belong to no task are answered by their number alone. What was taken back
    /// by lines below zero is no longer expected.
    ///
    /// **Why it matters.** What was expected by a day gone by counts no more in the estimate counted piece by piece (EAC₄), because what
    /// came of it is booked. Where nothing came, it holds at most what the plan has for the same, and nobody decided anything.
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
        "0.1.0",
        "money was expected by a day that is over, and nothing is booked for it"
    );
}

/// What lines of money are for: their number, if they have one, with a task or none, and a category.
type Purpose<'a> = (Option<&'a str>, Option<TaskNo>, &'a str);

/// What was expected for a purpose by a day.
#[derive(Default)]
struct Expected<'a> {
    /// The newest line of it.
    newest: Option<&'a CostEntry>,
    /// The sum of the lines, less what lines of any day take back.
    sum: Amount,
}

/// Looks at money that was expected by the day on which cost stands, purpose by purpose.
pub(super) fn look(report: &ProjectReport, found: &mut Diagnostics) {
    if report.control.has_ended() {
        return;
    }
    let currency = report.project.currency;
    let unanswered = unanswered(&report.project.costs, report.control.data_date).into_values();
    let open = unanswered.filter(|one| one.sum > Amount::ZERO);
    let mut told: Vec<(&CostEntry, Amount)> = open.filter_map(|one| Some((one.newest?, one.sum))).collect();
    told.sort_by_key(|(entry, _)| entry.origin);
    for (entry, sum) in told {
        let message = format!(
            "{} were expected by {}, and nothing is booked for it: EAC₄ does not count it any more",
            format::money_with_currency(sum, currency),
            format::iso(entry.date)
        );
        let finding = Diagnostic::new(&EXPECTED_NOT_BOOKED, entry.origin, message);
        found.push(finding.hint("book what came, or add a line with the day on which it is expected now"));
    }
}

/// What was expected by a day and neither booked nor expected anew, by purpose.
fn unanswered(costs: &[CostEntry], day: Date) -> BTreeMap<Purpose<'_>, Expected<'_>> {
    let is_anew = |entry: &CostEntry| entry.amount > Amount::ZERO && entry.date > day;
    let answers = |entry: &&CostEntry| match entry.entry_type {
        EntryType::Commitment | EntryType::Accrual | EntryType::Actual => entry.date <= day,
        EntryType::Forecast => is_anew(entry),
        EntryType::Budget | EntryType::Change => false,
    };
    let answers: Vec<&CostEntry> = costs.iter().filter(answers).collect();
    let numbers: BTreeSet<&str> = answers.iter().filter_map(|entry| entry.reference.as_deref()).collect();
    let works: BTreeSet<(Option<TaskNo>, &str)> =
        answers.iter().map(|entry| (entry.task, entry.category.as_str())).collect();
    let mut all: BTreeMap<Purpose<'_>, Expected<'_>> = BTreeMap::new();
    let expected = costs.iter().filter(|entry| entry.entry_type == EntryType::Forecast && !is_anew(entry));
    for entry in expected {
        let one = all.entry((entry.reference.as_deref(), entry.task, &entry.category)).or_default();
        one.sum += entry.amount;
        if entry.amount > Amount::ZERO && one.newest.is_none_or(|newest| newest.date <= entry.date) {
            one.newest = Some(entry);
        }
    }
    all.retain(|(number, task, category), _| {
        // What belongs to no task is told apart from other money of its category by its number alone.
        let is_told_by_work = number.is_none() || task.is_some();
        let is_answered = number.is_some_and(|number| numbers.contains(number))
            || (is_told_by_work && works.contains(&(*task, *category)));
        !is_answered
    });
    all
}
