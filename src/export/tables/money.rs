//! Tables of money: earned value by report, budget by category, bookings, months.

use schemars::JsonSchema;
use serde::Serialize;

use super::Source;
use crate::control::{LedgerEffect, LedgerMonth, LedgerSource, MoneyKind, Said, labour_category};
use crate::export::value::{Day, Money, Number};
use crate::page::Desk;
use crate::page::ledger::{entry_of, place};
use crate::quantity::Measure;

/// Earned value and forecasts as they were said on a day.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct EarnedValueRow {
    /// The day of the report.
    pub status_date: Day,
    /// The baseline that was measured against; null where it was the plan as typed.
    pub baseline: Option<String>,
    /// Budget at completion (BAC).
    pub budget: Money,
    /// Planned value (PV).
    pub planned_value: Money,
    /// Earned value (EV).
    pub earned_value: Money,
    /// Actual cost (AC).
    pub actual_cost: Money,
    /// Cost performance index (CPI): earned ÷ actual, of all work.
    pub cpi: Option<Number>,
    /// Schedule performance index (SPI): earned ÷ planned, of all work.
    pub spi: Option<Number>,
    /// Earned schedule (ES): working days of the plan that were earned, of all work.
    pub earned_schedule_days: Option<Number>,
    /// Actual time (AT): working days gone by.
    pub actual_time_days: Option<Number>,
    /// Pace, SPI(t): earned schedule ÷ actual time, of all work.
    pub spi_t: Option<Number>,
    /// Cost performance index without level of effort, which pages and criteria read; of all work where nothing else has a budget.
    pub cpi_without_level_of_effort: Option<Number>,
    /// Pace, SPI(t), without level of effort, which pages and criteria read; of all work where nothing else has a budget.
    pub spi_t_without_level_of_effort: Option<Number>,
    /// The estimate at completion that pages lead with.
    pub estimate: Money,
    /// Estimate at completion if the deviation was a one-off (EAC₁).
    pub estimate_one_off: Money,
    /// Estimate at completion if cost goes on as it did (EAC₂).
    pub estimate_trend: Money,
    /// Estimate at completion if cost and schedule both press (EAC₃).
    pub estimate_pressure: Money,
    /// The last day that was promised.
    pub promised_finish: Option<Day>,
    /// The last day of the forecast.
    pub forecast_finish: Option<Day>,
    /// The day by which half of all runs of the schedule ended.
    pub finish_p50: Option<Day>,
    /// The day by which four of five runs ended.
    pub finish_p80: Option<Day>,
    /// Expected cost of the open threats.
    pub threats: Money,
    /// What was left of the contingency.
    pub contingency: Money,
    /// What was left of the management reserve.
    pub management_reserve: Money,
    /// The computed colour: `green`, `amber` or `red`.
    pub computed: Option<&'static str>,
    /// The colour that was declared.
    pub declared: Option<&'static str>,
}

/// What each report said, and the status date last.
pub(super) fn earned_value(desk: &Desk<'_>) -> Vec<EarnedValueRow> {
    let source = Source::of(desk);
    desk.project.said_by_report.iter().map(|said| earned_value_of(source, said)).collect()
}

fn earned_value_of(source: Source<'_>, said: &Said) -> EarnedValueRow {
    let figures = &said.figures;
    let total = &figures.total;
    let money = |amount| Money::maybe(amount, source.currency);
    let measure = |measure: &Option<Measure>| {
        measure.as_ref().map(|measure| Number::of_thousandths(measure.thousandths))
    };
    EarnedValueRow {
        status_date: Day(said.status_date),
        baseline: figures.baseline.as_ref().map(ToString::to_string),
        budget: money(total.budget),
        planned_value: money(total.planned),
        earned_value: money(total.earned),
        actual_cost: money(total.actual),
        cpi: total.cost_index().map(Number::index),
        spi: total.schedule_index().map(Number::index),
        earned_schedule_days: measure(&total.earned_time),
        actual_time_days: measure(&total.actual_time),
        spi_t: total.time_index().map(Number::index),
        cpi_without_level_of_effort: figures.headline().cost_index().map(Number::index),
        spi_t_without_level_of_effort: figures.headline().time_index().map(Number::index),
        estimate: money(figures.estimate),
        estimate_one_off: money(figures.estimate_one_off),
        estimate_trend: money(figures.estimate_trend),
        estimate_pressure: money(figures.estimate_pressure),
        promised_finish: figures.baseline_finish.map(Day),
        forecast_finish: figures.forecast_finish.map(Day),
        finish_p50: figures.finish_p50.map(Day),
        finish_p80: figures.finish_p80.map(Day),
        threats: money(figures.threats),
        contingency: money(figures.contingency),
        management_reserve: money(figures.management_reserve),
        computed: said.computed.map(crate::control::Colour::word),
        declared: said.declared.map(crate::control::Colour::word),
    }
}

/// Money of a category.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct BudgetRow {
    /// The category.
    pub category: String,
    /// `capex`, `opex`, or null where the files do not say.
    pub kind: Option<&'static str>,
    /// Budget of the baseline, or of the plan where there is none.
    pub budget: Money,
    /// Granted by `budget` lines of the ledger; null where there is none.
    pub granted: Money,
    /// Moved by `change` lines of the ledger.
    pub moved: Money,
    /// The budget as granted and moved.
    pub budget_now: Money,
    /// Invoiced, paid or booked.
    pub actual: Money,
    /// Received and not yet invoiced.
    pub received_not_invoiced: Money,
    /// Spent: actual and received.
    pub spent: Money,
    /// Ordered and not yet received.
    pub ordered_not_received: Money,
    /// Still to spend if the work that is left costs what was budgeted.
    pub still_to_spend: Money,
    /// Spent and still to spend.
    pub at_completion: Money,
    /// The budget as granted and moved less what it comes to; negative is over budget.
    pub left_or_over: Money,
    /// Expected by `forecast` lines of the ledger.
    pub expected: Money,
}

/// Money by category, in the order of the page.
pub(super) fn budget(desk: &Desk<'_>) -> Vec<BudgetRow> {
    let money = |amount| Money::new(amount, desk.project.project.currency);
    let maybe = |amount| Money::maybe(amount, desk.project.project.currency);
    let categories = desk.project.control.spending.categories.iter();
    categories
        .map(|row| BudgetRow {
            category: row.name.clone(),
            kind: match row.kind {
                MoneyKind::Capex => Some("capex"),
                MoneyKind::Opex => Some("opex"),
                MoneyKind::Unknown => None,
            },
            budget: money(row.budget),
            granted: maybe(row.granted),
            moved: money(row.moved),
            budget_now: money(row.budget_now()),
            actual: money(row.actual),
            received_not_invoiced: money(row.accrual),
            spent: money(row.spent),
            ordered_not_received: money(row.open_commitment),
            still_to_spend: money(row.estimate_to_complete),
            at_completion: money(row.estimate_at_completion),
            left_or_over: money(row.variance),
            expected: maybe(row.expected),
        })
        .collect()
}

/// A booking with the balances after it.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct LedgerRow {
    /// The day it is booked on; the hours of a month on the day of the last of them.
    pub date: Day,
    /// What it does: `grants`, `moves`, `orders`, `receives`, `pays`, `hours`, `expects`, `expected by now` or `ahead`.
    pub effect: &'static str,
    /// The category.
    pub category: String,
    /// The id of the task.
    pub task: Option<String>,
    /// How much, as booked.
    pub amount: Money,
    /// Of an order what is still to come, of a receipt what is not yet invoiced.
    pub open: Money,
    /// Spent by then; null after the status date.
    pub spent_so_far: Money,
    /// Ordered and not received by then; null after the status date.
    pub on_order: Money,
    /// The budget by then; null after the status date.
    pub budget: Money,
    /// Number of the order or invoice.
    pub reference: Option<String>,
    /// Remark.
    pub note: Option<String>,
    /// File and line.
    pub written_at: Option<String>,
}

/// Every booking, in the order of the page.
pub(super) fn ledger(desk: &Desk<'_>) -> Vec<LedgerRow> {
    if desk.project.project.hides_bookings() {
        return Vec::new();
    }
    let source = Source::of(desk);
    let project = &desk.project.project;
    let row = |row: &crate::control::LedgerRow| {
        let entry = entry_of(desk, row);
        let balance = |amount| Money::maybe(Some(amount).filter(|_| row.date <= source.day), source.currency);
        let (effect, open) = match row.effect {
            LedgerEffect::Granted => ("grants", None),
            LedgerEffect::Moved => ("moves", None),
            LedgerEffect::Ordered { open, .. } => ("orders", Some(open)),
            LedgerEffect::Received { open } => ("receives", Some(open)),
            LedgerEffect::Paid => ("pays", None),
            LedgerEffect::Worked => ("hours", None),
            LedgerEffect::Expected => ("expects", None),
            LedgerEffect::ExpectationPast => ("expected by now", None),
            LedgerEffect::Ahead => ("ahead", None),
        };
        LedgerRow {
            date: Day(row.date),
            effect,
            category: match row.source {
                LedgerSource::Hours(_) => labour_category(project).to_owned(),
                LedgerSource::Entry(_) => entry.map(|entry| entry.category.clone()).unwrap_or_default(),
            },
            task: entry.and_then(|entry| entry.task).map(|task| project.task(task).id.to_string()),
            amount: Money::new(row.amount, source.currency),
            open: Money::maybe(open, source.currency),
            spent_so_far: balance(row.spent),
            on_order: balance(row.on_order),
            budget: balance(row.budget),
            reference: entry.and_then(|entry| entry.reference.clone()),
            note: entry.and_then(|entry| entry.note.clone()),
            written_at: place(desk, row).and_then(|span| source.place(span)),
        }
    };
    desk.project.control.ledger.rows.iter().map(row).collect()
}

/// The money of a month.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct MonthRow {
    /// Its first day.
    pub month: Day,
    /// Effort booked, in days of one person.
    pub booked_effort_days: Number,
    /// Booked hours × rates.
    pub labour: Money,
    /// Labour that was planned.
    pub planned_labour: Money,
    /// Invoices.
    pub invoices: Money,
    /// Receipts that had no invoice yet, less those that got one.
    pub receipts_without_invoice: Money,
    /// Spent in the month.
    pub spent: Money,
    /// Spent by the end of the month.
    pub spent_so_far: Money,
    /// Planned by the end of the month.
    pub planned_so_far: Money,
    /// Orders signed in the month.
    pub orders: Money,
}

/// Month by month, up to the status date.
pub(super) fn months(desk: &Desk<'_>) -> Vec<MonthRow> {
    let money = |amount| Money::new(amount, desk.project.project.currency);
    let row = |month: &LedgerMonth| MonthRow {
        month: Day(month.first),
        booked_effort_days: Number::effort(month.effort, desk.project.minutes_per_day()),
        labour: money(month.labour),
        planned_labour: money(month.planned_labour),
        invoices: money(month.paid),
        receipts_without_invoice: money(month.received),
        spent: money(month.spent),
        spent_so_far: money(month.spent_so_far),
        planned_so_far: money(month.planned_so_far),
        orders: money(month.ordered),
    };
    desk.project.control.ledger.months.iter().map(row).collect()
}
