//! The tables of a project: one type for the rows of each, written as CSV and into `project.json` alike.
//!
//! The names of the fields are the columns, their documentation is what the schema says of them. Which rows there are, and in
//! which order, comes from the pages.

/// Takes every table in the order of its type: its name, its bytes and how many rows it has.
macro_rules! each_table {
    ($tables:expr, $currency:expr, [$($name:ident),* $(,)?]) => {
        [$((stringify!($name), csv::write(&$tables.$name, $currency), $tables.$name.len())),*]
    };
}

pub mod findings;
pub mod money;
pub mod plan;
pub mod portfolio;
pub mod registers;
pub mod results;

use schemars::JsonSchema;
use serde::Serialize;

use crate::export::value::Day;
use crate::export::{Export, csv};
use crate::model::PersonNo;
use crate::page::downloads::DownloadKind;
use crate::page::{Address, Desk};
use crate::quantity::{Currency, Id};

/// All tables of a project.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Tables {
    /// Every line of the plan, in its order.
    pub tasks: Vec<plan::TaskRow>,
    /// What waits for what.
    pub links: Vec<plan::LinkRow>,
    /// Milestones and gates by their dates.
    pub milestones: Vec<plan::MilestoneRow>,
    /// What was reported of the tasks by the status date.
    pub progress: Vec<plan::ProgressRow>,
    /// How people and roles are booked, week by week.
    pub load: Vec<plan::LoadRow>,
    /// Earned value as each report said it; the last line is the status date.
    pub earned_value: Vec<money::EarnedValueRow>,
    /// Money by category.
    pub budget: Vec<money::BudgetRow>,
    /// Every booking with the balances after it.
    pub ledger: Vec<money::LedgerRow>,
    /// Bookings month by month.
    pub months: Vec<money::MonthRow>,
    /// Open risks, worst first, then those no longer open.
    pub risks: Vec<registers::RiskRow>,
    /// Issues, open ones first.
    pub issues: Vec<registers::IssueRow>,
    /// Decisions wanted, then made.
    pub decisions: Vec<registers::DecisionRow>,
    /// Requests to change what was agreed.
    pub changes: Vec<registers::ChangeRow>,
    /// What somebody promised to do.
    pub actions: Vec<registers::ActionRow>,
    /// What is taken as true until tested.
    pub assumptions: Vec<registers::AssumptionRow>,
    /// Requests to teams outside the project.
    pub outside_requests: Vec<registers::RequestRow>,
    /// What was learned.
    pub lessons: Vec<registers::LessonRow>,
    /// What the project hands over.
    pub deliverables: Vec<results::DeliverableRow>,
    /// What the deliverables must satisfy.
    pub acceptance_criteria: Vec<results::CriterionRow>,
    /// Tests by their newest count.
    pub tests: Vec<results::TestRow>,
    /// Defects found by the status date.
    pub defects: Vec<results::DefectRow>,
    /// What operations takes over.
    pub handover: Vec<results::HandoverRow>,
    /// Service-acceptance criteria.
    pub service_criteria: Vec<results::ServiceCriterionRow>,
    /// What was measured of the benefits.
    pub benefit_readings: Vec<results::ReadingRow>,
    /// What the checks found in the files.
    pub findings: Vec<findings::FindingRow>,
}

impl Tables {
    /// Takes all tables from a project.
    #[must_use]
    pub fn of(desk: &Desk<'_>) -> Self {
        Self {
            tasks: plan::tasks(desk),
            links: plan::links(desk),
            milestones: plan::milestones(desk),
            progress: plan::progress(desk),
            load: plan::load(desk),
            earned_value: money::earned_value(desk),
            budget: money::budget(desk),
            ledger: money::ledger(desk),
            months: money::months(desk),
            risks: registers::risks(desk),
            issues: registers::issues(desk),
            decisions: registers::decisions(desk),
            changes: registers::changes(desk),
            actions: registers::actions(desk),
            assumptions: registers::assumptions(desk),
            outside_requests: registers::requests(desk),
            lessons: registers::lessons(desk),
            deliverables: results::deliverables(desk),
            acceptance_criteria: results::criteria(desk),
            tests: results::tests(desk),
            defects: results::defects(desk),
            handover: results::handover(desk),
            service_criteria: results::service_criteria(desk),
            benefit_readings: results::readings(desk),
            findings: findings::findings(desk),
        }
    }

    /// The tables that have a row, each as a file.
    pub(super) fn exports(&self, desk: &Desk<'_>) -> Vec<Export> {
        let currency = Some(desk.project.project.currency);
        let tables = each_table!(
            self,
            currency,
            [
                tasks,
                links,
                milestones,
                progress,
                load,
                earned_value,
                budget,
                ledger,
                months,
                risks,
                issues,
                decisions,
                changes,
                actions,
                assumptions,
                outside_requests,
                lessons,
                deliverables,
                acceptance_criteria,
                tests,
                defects,
                handover,
                service_criteria,
                benefit_readings,
                findings,
            ]
        );
        exports_of(Some(desk.folder()), tables)
    }
}

/// Files of those tables that have a row.
fn exports_of(
    folder: Option<&str>,
    tables: impl IntoIterator<Item = (&'static str, Vec<u8>, usize)>,
) -> Vec<Export> {
    let with_rows = tables.into_iter().filter(|(_, _, rows)| *rows > 0);
    with_rows
        .map(|(name, bytes, rows)| {
            Export::new(DownloadKind::Table(name), Address::table(folder, name), folder, bytes).rows(rows)
        })
        .collect()
}

/// What rows are made with.
#[derive(Clone, Copy)]
struct Source<'a> {
    desk: &'a Desk<'a>,
    currency: Currency,
    day: jiff::civil::Date,
}

impl<'a> Source<'a> {
    fn of(desk: &'a Desk<'a>) -> Self {
        Self { desk, currency: desk.project.project.currency, day: desk.project.status_date }
    }

    fn person(self, person: Option<PersonNo>) -> Option<String> {
        person.map(|person| self.desk.project.project.person_name(person).to_owned())
    }

    /// A day on which something happened: what lies after the status date is not known yet.
    fn happened(self, day: Option<jiff::civil::Date>) -> Option<Day> {
        day.filter(|day| *day <= self.day).map(Day)
    }

    /// The last of some days by the status date.
    fn last(self, days: &[jiff::civil::Date]) -> Option<Day> {
        days.iter().copied().filter(|day| *day <= self.day).max().map(Day)
    }

    fn place(self, origin: crate::diagnostic::Span) -> Option<String> {
        self.desk.place(origin)
    }
}

fn ids(ids: &[Id]) -> Vec<String> {
    ids.iter().map(ToString::to_string).collect()
}
