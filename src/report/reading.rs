//! The figures that statements name, read off a computed project.

use std::cmp::Ordering;

use jiff::civil::Date;

use crate::model::{Baseline, Defect, Ground, unread_words};
use crate::plan::State;
use crate::quantity::{Amount, Ratio, WorkTime};
use crate::report::ProjectReport;
use crate::statement::{FigureName, Literal};

/// A value of a figure or a field, in its unit.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Value {
    /// Working minutes of the project's calendar.
    Days(i64),
    /// Money in the project's currency.
    Money(Amount),
    /// A quotient: 0.9 is 90 %.
    Ratio(Ratio),
    /// A whole number.
    Count(i64),
    /// A day.
    Date(Date),
}

impl Value {
    /// What was typed, in the units of a project. Money has been taken over into its currency before.
    ///
    /// None for a quotient that is no number, which none that was typed is.
    #[must_use]
    pub fn typed(literal: Literal, work_time: WorkTime) -> Option<Self> {
        Some(match literal {
            Literal::Days(duration) => Self::Days(duration.minutes(work_time)),
            Literal::Money(money) => Self::Money(money.amount),
            Literal::Ratio { millionths, .. } => Self::Ratio(Ratio::of(millionths as f64, 1_000_000.0)?),
            Literal::Count(number) => Self::Count(number),
            Literal::Date(day) => Self::Date(day),
        })
    }

    /// How it compares with another of the same unit; none for another unit.
    #[must_use]
    pub fn compare(self, other: Self) -> Option<Ordering> {
        match (self, other) {
            (Self::Days(one), Self::Days(other)) | (Self::Count(one), Self::Count(other)) => {
                Some(one.cmp(&other))
            }
            (Self::Money(one), Self::Money(other)) => Some(one.cmp(&other)),
            (Self::Ratio(one), Self::Ratio(other)) => one.partial_cmp(&other),
            (Self::Date(one), Self::Date(other)) => Some(one.cmp(&other)),
            _ => None,
        }
    }
}

impl ProjectReport {
    /// The value of a figure on the status date; none where [`ProjectReport::why_no_value`] says why.
    #[must_use]
    pub fn reading(&self, figure: FigureName) -> Option<Value> {
        if self.is_unread(figure) {
            return None;
        }
        let (control, day) = (&self.control, self.status_date);
        let (total, spending) = (&control.total, &control.spending);
        let registers = &self.project.registers;
        let percentile = |percent: usize| self.risk.as_ref()?.finish.day(percent);
        let recorded = |amount: Amount| spending.is_recorded.then_some(Value::Money(amount));
        // What was spent is known where the estimate is not for another reason.
        let is_spent_known = spending.is_recorded || self.project.is_unread(Ground::ESTIMATE);
        // Of a project that the board has stopped nothing is forecast any more.
        let forecast = |value: Value| (!control.is_stopped).then_some(value);
        match figure {
            FigureName::StatusDate => Some(Value::Date(day)),
            FigureName::Finish => forecast(Value::Date(self.forecast.finish_day())),
            FigureName::PromisedFinish => Some(Value::Date(control.reference.finish)),
            FigureName::FinishSlip => forecast(Value::Days(control.finish_slip)),
            FigureName::SlipLeft => {
                let tolerance = self.project.tolerance.time?;
                forecast(Value::Days(tolerance - control.finish_slip))
            }
            FigureName::FinishP50 => percentile(50).map(Value::Date).and_then(forecast),
            FigureName::FinishP80 => percentile(80).map(Value::Date).and_then(forecast),
            FigureName::PaceInTime => self.said().figures.headline().time_index().map(Value::Ratio),
            FigureName::ScheduleIndex => self.said().figures.headline().schedule_index().map(Value::Ratio),
            FigureName::CostIndex => self.said().figures.headline().cost_index().map(Value::Ratio),
            FigureName::Budget => Some(Value::Money(total.budget)),
            FigureName::PlannedValue => Some(Value::Money(total.planned)),
            FigureName::EarnedValue => Some(Value::Money(total.earned)),
            FigureName::ActualCost => is_spent_known.then_some(Value::Money(total.actual)),
            FigureName::Estimate => recorded(total.estimate()).and_then(forecast),
            FigureName::VarianceAtCompletion => recorded(total.variance_at_completion()).and_then(forecast),
            FigureName::Complete => total.percent_complete().map(Value::Ratio),
            FigureName::Spent => total.percent_spent().filter(|_| is_spent_known).map(Value::Ratio),
            FigureName::ContingencyLeft => Some(Value::Money(spending.contingency.remaining)),
            FigureName::ManagementReserveLeft => Some(Value::Money(spending.management_reserve.remaining)),
            FigureName::Funding => {
                (!self.project.budget.funding.is_empty()).then_some(Value::Money(spending.funding))
            }
            FigureName::FundingNeed => Some(Value::Money(self.funding_need())),
            FigureName::OpenOrders => Some(Value::Money(spending.on_order())),
            FigureName::AuthorityLeft => spending.authority_left().map(Value::Money),
            FigureName::NetPresentValue => {
                control.case.as_ref()?.preferred_now().map(|option| Value::Money(option.npv))
            }
            FigureName::Exposure => Some(Value::Money(control.exposure())),
            FigureName::Threats => self.said().figures.threats.map(Value::Money),
            FigureName::OpenRisks => Some(count(registers.risks.iter().filter(|risk| risk.is_open(day)))),
            FigureName::OpenIssues => Some(count(registers.issues.iter().filter(|issue| issue.is_open(day)))),
            FigureName::OpenDecisions => {
                Some(count(registers.decisions.iter().filter(|decision| decision.is_open(day))))
            }
            FigureName::WaitingChanges => {
                Some(count(registers.changes.iter().filter(|one| one.is_waiting(day))))
            }
            FigureName::OpenActions => {
                Some(count(registers.actions.iter().filter(|action| action.is_open(day))))
            }
            FigureName::OpenRequests => Some(count(registers.requests.iter().filter(|one| one.is_open(day)))),
            FigureName::ChangesShare => self.changes_share(),
            FigureName::AcceptedShare => {
                let all = &self.project.deliverables;
                share_of(all.iter().filter(|one| one.is_accepted(day)).count(), all.len())
            }
            FigureName::FirstPass => {
                let submitted = self.project.deliverables.iter().filter(|one| one.is_submitted(day));
                let first = submitted.clone().filter(|one| one.is_accepted_first_time(day)).count();
                share_of(first, submitted.count())
            }
            FigureName::TestCoverage => self.tests_share(|count| (count.run, count.planned)),
            FigureName::TestPassRate => self.tests_share(|count| (count.passed, count.run)),
            FigureName::OpenDefects => self.open_defects(|_| true),
            FigureName::OpenDefects1 => self.open_defects(|defect| defect.severity == 1),
            FigureName::OpenDefects2 => self.open_defects(|defect| defect.severity == 2),
            FigureName::OpenDefects3 => self.open_defects(|defect| defect.severity == 3),
            FigureName::OpenDefects4 => self.open_defects(|defect| defect.severity == 4),
            FigureName::OpenTasks => Some(count(
                self.tasks().filter(|(_, task, slot)| task.is_work() && slot.state != State::Finished),
            )),
        }
    }

    /// Whether a figure rests on something that could not be read.
    #[must_use]
    pub fn is_unread(&self, figure: FigureName) -> bool {
        self.project.is_unread(&grounds(figure))
    }

    /// Why a figure has no value: what could not be read, else what is not there.
    #[must_use]
    pub fn why_no_value(&self, figure: FigureName) -> String {
        let unread = self.project.unread(&grounds(figure));
        if unread.is_empty() { figure.unknown().to_owned() } else { unread_words(&unread) }
    }

    /// What budget, contingency and management reserve need together: the cost baseline, which holds what was drawn, and what is left of
    /// the management reserve. What was drawn and is in the budget of a newer baseline counts once.
    ///
    /// Of 184 524, 10 000 and 6 000 it is 200 524. Once 4 000 are drawn and 5 080 more are in the budget, 189 604 + 6 000 + 6 000 are
    /// 201 604.
    #[must_use]
    pub fn funding_need(&self) -> Amount {
        self.funding_parts().into_iter().sum()
    }

    /// What [`ProjectReport::funding_need`] is made of: budget, what was drawn for what it does not hold, and what is left of the
    /// contingency and of the management reserve.
    #[must_use]
    pub fn funding_parts(&self) -> [Amount; 4] {
        let spending = &self.control.spending;
        let left = [&spending.contingency, &spending.management_reserve].map(|reserve| reserve.remaining);
        [self.control.total.budget, spending.draws_granted, left[0], left[1]]
    }

    /// The first baseline that was approved by the status date, where another took its place and it says its budget.
    #[must_use]
    pub fn original_baseline(&self) -> Option<(&Baseline, Amount)> {
        let first = self.project.baselines_by(self.status_date).next()?;
        let is_replaced = self.control.reference.baseline_id() != Some(&first.id);
        first.budget.filter(|_| is_replaced).map(|budget| (first, budget))
    }

    /// The budget at completion as it was first approved: changes are held against it, because that of a later baseline holds them
    /// already.
    ///
    /// 145 825 approved, 7 500 and 5 000 for changes, 160 375 in the second baseline: 12 500 of 145 825.
    #[must_use]
    pub fn original_budget(&self) -> Amount {
        self.original_baseline().map_or(self.control.reference.budget, |(_, budget)| budget)
    }

    /// Whether tests or defects are recorded at all; where not, no count of defects means anything.
    #[must_use]
    pub fn has_quality_record(&self) -> bool {
        self.project.quality.is_some() || !self.project.defects.is_empty()
    }

    fn open_defects(&self, is_counted: fn(&Defect) -> bool) -> Option<Value> {
        if !self.has_quality_record() {
            return None;
        }
        let open = |defect: &&Defect| defect.is_open(self.status_date) && is_counted(defect);
        Some(count(self.project.defects.iter().filter(open)))
    }

    fn tests_share(&self, parts: fn(crate::model::TestCount) -> (i64, i64)) -> Option<Value> {
        let tests = self.project.quality.iter().flat_map(|plan| &plan.tests);
        let counts = tests.map(|test| test.position_on(self.status_date)).map(parts);
        let (part, base) = counts.fold((0, 0), |(part, base), (one, of)| (part + one, base + of));
        Ratio::of(part as f64, base as f64).map(Value::Ratio)
    }

    fn changes_share(&self) -> Option<Value> {
        let changes = &self.project.registers.changes;
        if changes.is_empty() {
            return None;
        }
        let approved = changes.iter().filter(|change| change.is_approved(self.status_date));
        let cost: Amount = approved.filter_map(|change| change.cost).sum();
        Ratio::of_amounts(cost, self.original_budget()).map(Value::Ratio)
    }
}

/// What a figure rests on: where something of it could not be read, the figure has no value.
fn grounds(figure: FigureName) -> Vec<Ground> {
    let file = |inside| vec![Ground::File(inside)];
    match figure {
        FigureName::StatusDate => Vec::new(),
        FigureName::Finish | FigureName::OpenTasks => vec![Ground::Dates],
        FigureName::PromisedFinish => vec![Ground::Promise],
        FigureName::FinishSlip => Ground::SLIP.to_vec(),
        FigureName::SlipLeft => Ground::SLIP_LEFT.to_vec(),
        FigureName::FinishP50 | FigureName::FinishP80 => Ground::RUNS.to_vec(),
        FigureName::PaceInTime
        | FigureName::ScheduleIndex
        | FigureName::EarnedValue
        | FigureName::Complete => Ground::EARNED.to_vec(),
        FigureName::CostIndex | FigureName::Estimate | FigureName::VarianceAtCompletion => {
            Ground::ESTIMATE.to_vec()
        }
        FigureName::Budget | FigureName::PlannedValue => Ground::BUDGET.to_vec(),
        FigureName::ActualCost => vec![Ground::Spent],
        FigureName::Spent => vec![Ground::Spent, Ground::Promise, Ground::Worth],
        FigureName::ContingencyLeft | FigureName::ManagementReserveLeft => vec![Ground::Reserves],
        FigureName::Funding => file("budget.yaml"),
        FigureName::FundingNeed => vec![Ground::Promise, Ground::Worth, Ground::Reserves],
        FigureName::OpenOrders => file("costs.csv"),
        FigureName::AuthorityLeft => vec![Ground::Dates, Ground::Worth, Ground::Spent],
        FigureName::NetPresentValue => Ground::CASE.to_vec(),
        FigureName::Exposure | FigureName::Threats | FigureName::OpenRisks => Ground::RISKS.to_vec(),
        FigureName::OpenIssues => file("issues.yaml"),
        FigureName::OpenDecisions => file("decisions.yaml"),
        FigureName::WaitingChanges => file("changes.yaml"),
        FigureName::OpenActions => vec![Ground::File("actions.yaml"), Ground::File("risks.yaml")],
        FigureName::OpenRequests => file("dependencies.yaml"),
        FigureName::ChangesShare => vec![Ground::File("changes.yaml"), Ground::Promise, Ground::Worth],
        FigureName::AcceptedShare | FigureName::FirstPass => file("deliverables.yaml"),
        FigureName::TestCoverage | FigureName::TestPassRate => file("quality.yaml"),
        FigureName::OpenDefects
        | FigureName::OpenDefects1
        | FigureName::OpenDefects2
        | FigureName::OpenDefects3
        | FigureName::OpenDefects4 => vec![Ground::File("defects.csv"), Ground::File("quality.yaml")],
    }
}

fn count(things: impl Iterator) -> Value {
    Value::Count(i64::try_from(things.count()).unwrap_or(i64::MAX))
}

fn share_of(part: usize, base: usize) -> Option<Value> {
    Ratio::of(part as f64, base as f64).map(Value::Ratio)
}
