//! The figures of a project on a day: as they are computed, and as they were frozen.

use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::quantity::{Amount, Id, Measure, Ratio};

/// What can be said of a project on a day, in numbers. None where nothing was known, or there was nothing to say.
///
/// The same type is filled by `control` from what it measures and by `resolve` from a frozen snapshot, so that the two can
/// be compared field by field.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Figures {
    /// The baseline that was measured against; none where it was the plan as typed.
    pub baseline: Option<Id>,
    /// The last day that was promised.
    pub baseline_finish: Option<Date>,
    /// The last day of the forecast.
    pub forecast_finish: Option<Date>,
    /// The day by which half of all runs of the schedule end.
    pub finish_p50: Option<Date>,
    /// The day by which four of five runs end.
    pub finish_p80: Option<Date>,
    /// Earned value and earned schedule of all work.
    pub total: ValueFigures,
    /// The same without level of effort; indices are read on it.
    pub discrete: ValueFigures,
    /// The headline estimate at completion.
    pub estimate: Option<Amount>,
    /// The estimate that colour and tolerance of cost were judged by, where it was dearer than the headline.
    pub estimate_judged: Option<Amount>,
    /// Estimate at completion if the deviation was a one-off (EAC₁).
    pub estimate_one_off: Option<Amount>,
    /// Estimate at completion if cost goes on as it did (EAC₂).
    pub estimate_trend: Option<Amount>,
    /// Estimate at completion if cost and schedule both press (EAC₃).
    pub estimate_pressure: Option<Amount>,
    /// The rest counted piece by piece at completion (EAC₄).
    pub estimate_counted: Option<Amount>,
    /// Expected value of open risks after response, opportunities taken off: Σ probability × impact.
    pub exposure: Option<Amount>,
    /// The part of it that would cost money; zero or above.
    pub threats: Option<Amount>,
    /// What open threats cost as they stand: after response only where it was done.
    pub threats_today: Option<Amount>,
    /// The part of it that would bring money, by so much; zero or above.
    pub opportunities: Option<Amount>,
    /// What was left of the contingency.
    pub contingency: Option<Amount>,
    /// What was left of the management reserve.
    pub management_reserve: Option<Amount>,
    /// Net present value of the preferred option.
    pub net_present_value: Option<Amount>,
    /// Effort done and to be done in all, in days of one person.
    pub effort: Option<BurnFigures>,
    /// Units done and there in all, by task.
    pub units: BTreeMap<Id, BurnFigures>,
    /// How many of each there were.
    pub counts: Counts,
}

impl Figures {
    /// The estimate that colour and tolerance of cost were judged by: the dearer one where it is known, else the headline. A record
    /// that was frozen before the dearer one was kept gives the headline.
    #[must_use]
    pub fn judged_estimate(&self) -> Option<Amount> {
        self.estimate_judged.or(self.estimate)
    }
}

/// Earned value and earned schedule on a day.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ValueFigures {
    /// Budget at completion (BAC).
    pub budget: Option<Amount>,
    /// Planned value (PV).
    pub planned: Option<Amount>,
    /// Earned value (EV).
    pub earned: Option<Amount>,
    /// Actual cost (AC).
    pub actual: Option<Amount>,
    /// Earned schedule (ES): working days of the plan that were earned, to the thousandth.
    pub earned_time: Option<Measure>,
    /// Actual time (AT): working days gone by, to the thousandth.
    pub actual_time: Option<Measure>,
    /// Whether the earned value lies on a flat stretch of the plan, on which no pace can be told.
    pub is_on_plateau: bool,
}

/// Done and scope.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BurnFigures {
    /// How much was done, to the thousandth.
    pub done: Measure,
    /// How much there was in all, to the thousandth.
    pub scope: Measure,
}

/// How many there were on a day. None where the file does not say.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Work packages in the plan: no summaries, milestones or gates.
    pub tasks: Option<i64>,
    /// Work packages that were finished.
    pub finished: Option<i64>,
    /// Risks that were open.
    pub risks: Option<i64>,
    /// Issues that were open.
    pub issues: Option<i64>,
    /// Changes that waited for a decision.
    pub changes: Option<i64>,
    /// Decisions that were asked for and not taken.
    pub decisions: Option<i64>,
    /// Actions that were not done.
    pub actions: Option<i64>,
    /// Requests to outside teams that were not answered.
    pub requests: Option<i64>,
    /// Defects that were open.
    pub defects: Option<i64>,
    /// Deliverables that were accepted.
    pub accepted: Option<i64>,
    /// Lines of `progress.csv` of the day or before.
    pub progress: Option<i64>,
    /// Findings of any severity in the files; those of reading the whole folder are not counted.
    pub findings: Option<i64>,
}

impl ValueFigures {
    /// Cost performance index (CPI): earned ÷ actual; none where either is unknown or nothing had been spent.
    #[must_use]
    pub fn cost_index(&self) -> Option<Ratio> {
        Ratio::of_amounts(self.earned?, self.actual?)
    }

    /// Schedule performance index (SPI): earned ÷ planned; none where either is unknown or nothing was to be done.
    #[must_use]
    pub fn schedule_index(&self) -> Option<Ratio> {
        Ratio::of_amounts(self.earned?, self.planned?)
    }

    /// Schedule performance index in time, SPI(t): earned schedule ÷ actual time; none where either is unknown, before
    /// the first day, on a plateau, and without a budget, since what has no price earns nothing.
    ///
    /// 13.3 of 15 days are 0.887.
    #[must_use]
    pub fn time_index(&self) -> Option<Ratio> {
        self.time_index_on_plateau().filter(|_| !self.is_on_plateau)
    }

    /// The same as the standard has it on a plateau, too, where it counts the last of the days that all fit what is earned.
    #[must_use]
    pub fn time_index_on_plateau(&self) -> Option<Ratio> {
        if self.budget == Some(Amount::ZERO) {
            return None;
        }
        let days = |measure: &Measure| measure.thousandths as f64;
        Ratio::of(days(self.earned_time.as_ref()?), days(self.actual_time.as_ref()?))
    }
}

impl Figures {
    /// The value that indices are read on: that without level of effort, or that of all work where there is no other.
    #[must_use]
    pub fn headline(&self) -> &ValueFigures {
        if self.is_headline_discrete() { &self.discrete } else { &self.total }
    }

    /// Says whether indices are read on the value without level of effort: where anything else has a budget.
    #[must_use]
    pub fn is_headline_discrete(&self) -> bool {
        self.discrete.budget.is_some_and(|budget| budget > Amount::ZERO)
    }
}
