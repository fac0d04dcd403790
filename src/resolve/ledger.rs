//! Money and hours as booked: tasks, people and categories found, currencies checked, rows in order of time.

use crate::declare_rule;
use crate::diagnostic::spelling::did_you_mean;
use crate::diagnostic::{Diagnostic, Diagnostics, Span, Spanned};
use crate::model::{Budget, BudgetLine, CostEntry, EntryType, Funding, ReserveKind, Task, TimeEntry, Worker};
use crate::quantity::{Amount, Effort, Money, Window};
use crate::record::budget::{BudgetLineRecord, BudgetRecord};
use crate::record::ledger::{CostRow, TimeRow};
use crate::resolve::entry::{text, working_minutes};
use crate::resolve::names::Names;

declare_rule! {
    /// Money is booked or planned under a category that `categories` in `budget.yaml` does not list. It is
    /// counted, but under a heading of its own, beside the one that was probably meant.
    ///
    /// Wrong:
    /// ```yaml
    /// categories: [labour, hardware]
    /// lines:
    ///   - {name: Firewall licence, amount: 2_400 EUR, category: hardwear}
    /// ```
    /// Right:
    /// ```yaml
    /// categories: [labour, hardware]
    /// lines:
    ///   - {name: Firewall licence, amount: 2_400 EUR, category: hardware}
    /// ```
    pub static UNKNOWN_CATEGORY: Rule =
        ("W505", "unknown-category", Warning, "0.1.0", "money under a category that is not in the budget");
}

declare_rule! {
    /// An amount is below zero where only a positive one makes sense: reserves, funding, planned money of tasks and of
    /// budget lines, in the plan and in a baseline, costs and benefits of the business case. Whether it adds or takes away follows from the field it
    /// stands in. A rebate is no cost of its own: it lowers the one that it belongs to. Planned apart, it would let more be
    /// earned than there is to earn.
    ///
    /// Wrong:
    /// ```yaml
    /// contingency: -9_000 EUR
    /// lines:
    ///   - {name: Licences, amount: 2_400 EUR}
    ///   - {name: Rebate on licences, amount: -400 EUR}
    /// ```
    /// Right:
    /// ```yaml
    /// contingency: 9_000 EUR
    /// lines:
    ///   - {name: Licences less rebate, amount: 2_000 EUR}
    /// ```
    pub static NEGATIVE_AMOUNT: Rule =
        ("E133", "negative-amount", Error, "0.1.0", "an amount below zero that must be positive");
}

declare_rule! {
    /// A row of hours says neither in which week nor on which day they were worked, or says both. The cost of
    /// work is shown over time, so each row needs exactly one of the two.
    ///
    /// Wrong:
    /// ```csv
    /// week,date,person,task,time
    /// ,,tom,survey,2d
    /// ```
    /// Right:
    /// ```csv
    /// week,date,person,task,time
    /// 2026-W33,,tom,survey,2d
    /// ```
    pub static HOURS_WITHOUT_PERIOD: Rule =
        ("E134", "hours-without-period", Error, "0.1.0", "hours with no single week or day");
}

declare_rule! {
    /// A row of hours names neither a person nor a role, or names both. Hours cost the rate of whoever worked, so each row needs exactly
    /// one of the two.
    ///
    /// **What to do.** Name who worked in `person`. Where hours are booked by role, as a supplier does who sends no names, leave `person`
    /// empty and name the role in `role`: the hours cost its rate.
    ///
    /// Wrong:
    /// ```csv
    /// week,person,role,task,time
    /// 2026-W33,tom,engineer,survey,2d
    /// ```
    /// Right:
    /// ```csv
    /// week,person,role,task,time
    /// 2026-W33,tom,,survey,2d
    /// 2026-W33,,engineer,survey,8d
    /// ```
    pub static HOURS_OF_NOBODY: Rule =
        ("E521", "hours-of-nobody", Error, "0.1.0", "hours that are nobody's, or a person's and a role's at once");
}

/// What to do about an amount of which only the sign can be wrong.
pub(super) const WITHOUT_SIGN: &str = "write the amount without the minus sign";

/// The category of money that names none.
const OTHER: &str = "other";

/// Resolves `budget.yaml`.
pub(super) fn resolve_budget(record: &BudgetRecord, names: &Names, found: &mut Diagnostics) -> Budget {
    let reserve = |money: Option<&Spanned<_>>, found: &mut Diagnostics| {
        unsigned(money?, ("a reserve", WITHOUT_SIGN), names, found)
    };
    let contingency = reserve(record.contingency.as_ref(), found);
    let management_reserve = reserve(record.management_reserve.as_ref(), found);
    let is_unread = |name: &str, read: Option<Amount>, is_written| {
        record.unreadable.contains(&name) || is_written && read.is_none()
    };
    let unread = [
        (ReserveKind::Contingency, is_unread("contingency", contingency, record.contingency.is_some())),
        (
            ReserveKind::ManagementReserve,
            is_unread("management_reserve", management_reserve, record.management_reserve.is_some()),
        ),
    ];
    let mut budget = Budget {
        contingency: contingency.unwrap_or_default(),
        management_reserve: management_reserve.unwrap_or_default(),
        manager_limit: reserve(record.manager_limit.as_ref(), found),
        capex: (!record.capex.is_empty())
            .then(|| record.capex.iter().map(|word| word.value.clone()).collect()),
        funding: Vec::new(),
        categories: Vec::new(),
        lines: Vec::new(),
        contingency_origin: record.contingency.as_ref().map(|money| money.span),
        reserve_origin: record.management_reserve.as_ref().map(|money| money.span),
        origin: Some(record.span),
        has_unread_categories: record.unreadable.contains(&"categories"),
        may_lack_lines: record.unreadable.contains(&"lines"),
        unread_reserves: unread.into_iter().filter(|(_, is)| *is).map(|(kind, _)| kind).collect(),
    };
    for category in &record.categories {
        if !budget.categories.contains(&category.value) {
            budget.categories.push(category.value.clone());
        }
    }
    for funding in &record.funding {
        if let Some(amount) = unsigned(&funding.amount, ("funding", WITHOUT_SIGN), names, found) {
            budget.funding.push(Funding {
                source: funding.source.value.clone(),
                amount,
                kind: funding.kind.map(|kind| kind.as_str().to_owned()),
                categories: funding.pays_for.iter().map(|word| word.value.clone()).collect(),
                origin: funding.span,
            });
        }
    }
    for category in record.capex.iter().chain(record.funding.iter().flat_map(|source| &source.pays_for)) {
        check_category(&category.value, category.span, &budget, found);
    }
    for line in &record.lines {
        if let Some(line) = resolve_line(line, &budget, names, found) {
            budget.lines.push(line);
        }
    }
    budget.may_lack_lines |= budget.lines.len() < record.lines.len();
    budget
}

fn resolve_line(
    record: &BudgetLineRecord,
    budget: &Budget,
    names: &Names,
    found: &mut Diagnostics,
) -> Option<BudgetLine> {
    let category = category_of(record.category.as_ref(), budget, found);
    let refused = ("a budget line", "take a rebate off the line that it lowers");
    unsigned(&record.amount, refused, names, found).map(|amount| BudgetLine {
        name: text(&record.name),
        amount,
        category,
        window: record.window.map(|window| window.value),
        origin: record.span,
    })
}

/// Gives the category that was written, `other` where none was; reports one that the budget does not list.
fn category_of(written: Option<&Spanned<String>>, budget: &Budget, found: &mut Diagnostics) -> String {
    let Some(written) = written else { return OTHER.to_owned() };
    check_category(&written.value, written.span, budget, found);
    written.value.clone()
}

/// Reports a category that the budget does not list; a budget without a list accepts every category.
fn check_category(category: &str, span: Span, budget: &Budget, found: &mut Diagnostics) {
    let listed = &budget.categories;
    if budget.has_unread_categories
        || listed.is_empty()
        || category == OTHER
        || listed.iter().any(|known| known == category)
    {
        return;
    }
    let diagnostic =
        Diagnostic::new(&UNKNOWN_CATEGORY, span, format!("the budget has no category `{category}`"));
    found.push(match did_you_mean(category, listed.iter().map(String::as_str)) {
        Some(near) => diagnostic.label(format!("did you mean `{near}`?")).hint(format!("write `{near}`")),
        None => diagnostic.hint(format!("add `{category}` to `categories` in `budget.yaml`")),
    });
}

/// Reports categories at tasks that the budget does not list.
pub(super) fn check_task_categories(tasks: &[Task], budget: &Budget, found: &mut Diagnostics) {
    for cost in tasks.iter().flat_map(|task| &task.costs) {
        check_category(&cost.category, cost.origin, budget, found);
    }
}

/// Resolves `costs.csv`; rows come in the order of their dates, then of the file.
pub(super) fn resolve_costs(
    rows: &[CostRow],
    budget: &Budget,
    names: &Names,
    found: &mut Diagnostics,
) -> Vec<CostEntry> {
    let mut entries = Vec::new();
    for row in rows {
        let category = category_of(row.category.as_ref(), budget, found);
        let task = row.task.as_ref().map(|task| names.task(task, found));
        let amount = names.money_on(&row.amount, row.date.value, found);
        // Money on an unknown task still was spent: it counts for the project.
        let (Some(entry_type), Some((amount, converted))) = (entry_type(row), amount) else { continue };
        entries.push(CostEntry {
            date: row.date.value,
            entry_type,
            category,
            task: task.flatten(),
            amount,
            converted,
            reference: row.reference.as_ref().map(|reference| reference.value.clone()),
            note: row.note.as_ref().map(|note| note.value.clone()),
            origin: row.span,
        });
    }
    entries.sort_by_key(|entry| entry.date);
    entries
}

fn entry_type(row: &CostRow) -> Option<EntryType> {
    [
        EntryType::Budget,
        EntryType::Change,
        EntryType::Commitment,
        EntryType::Accrual,
        EntryType::Actual,
        EntryType::Forecast,
    ]
    .into_iter()
    .find(|entry_type| entry_type.key() == row.r#type.as_str())
}

/// Resolves `timesheets.csv`; rows come in the order of their weeks and days, then of the file.
pub(super) fn resolve_hours(rows: &[TimeRow], names: &Names, found: &mut Diagnostics) -> Vec<TimeEntry> {
    let mut entries = Vec::new();
    for row in rows {
        let period = period_of(row, found);
        let worker = worker_of(row, names, found);
        let task = names.task(&row.task, found);
        let work_time = task.map_or(names.work_time, |task| names.work_time_of(task));
        let minutes = working_minutes(&row.time, work_time, found);
        if let (Some((period, written)), Some(worker), Some(task), Some(minutes)) =
            (period, worker, task, minutes)
        {
            let effort = Effort::from_minutes(minutes);
            entries.push(TimeEntry { period, written, worker, task, effort, origin: row.span });
        }
    }
    entries.sort_by_key(|entry| entry.period);
    entries
}

/// Whose hours they are: a person's or a role's.
fn worker_of(row: &TimeRow, names: &Names, found: &mut Diagnostics) -> Option<Worker> {
    match (&row.person, &row.role) {
        (Some(person), None) if names.is_role_alone(&person.value) => {
            found.push(
                Diagnostic::new(&HOURS_OF_NOBODY, person.span, format!("`{}` is a role", person.value))
                    .hint("write it in the column `role`, and leave `person` empty"),
            );
            None
        }
        (Some(person), None) => names.person(person, found).map(Worker::Person),
        (None, Some(role)) => names.role(role, found).map(Worker::Role),
        // What is written but cannot be read has been reported.
        (None, None) if row.unreadable.iter().any(|key| matches!(*key, "person" | "role")) => None,
        (None, None) => {
            found.push(
                Diagnostic::new(
                    &HOURS_OF_NOBODY,
                    row.span,
                    "these hours are neither a person's nor a role's",
                )
                .hint("fill `person` with who worked, or `role` where hours are booked by role"),
            );
            None
        }
        (Some(person), Some(role)) => {
            found.push(
                Diagnostic::new(&HOURS_OF_NOBODY, role.span, "these hours are both a person's and a role's")
                    .also(person.span, "the person")
                    .hint("keep one of the two: a person's hours cost their own rate or that of their role"),
            );
            None
        }
    }
}

fn period_of(row: &TimeRow, found: &mut Diagnostics) -> Option<(Window, String)> {
    match (row.week, row.date) {
        (Some(week), None) => Some((week.days(), week.to_string())),
        (None, Some(date)) => {
            Window::inclusive(date.value, date.value).map(|day| (day, date.value.to_string()))
        }
        // A period that is written but cannot be read has been reported.
        (None, None) if row.unreadable.iter().any(|key| matches!(*key, "week" | "date")) => None,
        (None, None) => {
            found.push(
                Diagnostic::new(&HOURS_WITHOUT_PERIOD, row.span, "these hours have neither a week nor a day")
                    .hint("fill `week` such as `2026-W32`, or `date`"),
            );
            None
        }
        (Some(week), Some(date)) => {
            found.push(
                Diagnostic::new(&HOURS_WITHOUT_PERIOD, date.span, "these hours have both a week and a day")
                    .also(week.span, "the week")
                    .hint("keep one of the two"),
            );
            None
        }
    }
}

/// An amount in the project's currency where only a positive one makes sense; none where it is below zero or has no rate, each of which
/// is reported.
pub(super) fn unsigned(
    money: &Spanned<Money>,
    refused: (&str, &str),
    names: &Names,
    found: &mut Diagnostics,
) -> Option<Amount> {
    let is_positive = refuse_negative(money.amount, money.span, refused, found);
    names.money(money, found).filter(|_| is_positive)
}

/// Says whether an amount may stand where only positive ones make sense; reports it if not, with what to do.
pub(super) fn refuse_negative(
    amount: Amount,
    span: Span,
    (noun, hint): (&str, &str),
    found: &mut Diagnostics,
) -> bool {
    if amount < Amount::ZERO {
        found
            .push(Diagnostic::new(&NEGATIVE_AMOUNT, span, format!("{noun} cannot be below zero")).hint(hint));
    }
    amount >= Amount::ZERO
}
