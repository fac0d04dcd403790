//! Where are we, where will we end, is it still worth it: everything as of one day.
//!
//! Comes in: a project, its planned and forecast schedules, what was reported. Goes out: [`Control`].
//! Pure and deterministic. The reasons and rules of colours, and what an entry is called, are written here in the words that readers see, put by
//! `format`: they say what was computed. Not here: pages, colours as readers see them, the current date.
//!
//! One question a file: what is measured against (`reference`), and was on a past day (`in_force`), on which day values stand (`data_date`), what would be if the
//! plan were frozen (`promise`), what the plan costs (`task_budget`), what should be done by a day (`planned_value`), what is (`standing`, `earned_value`, `curve`),
//! what it took (`actual_cost`, row by row in `ledger`), when it ends if it goes on like this (`earned_schedule`, `burn`),
//! whether items flow (`cumulative_flow`), which money is left (`spending`, `reserve`, `release`), what the rest will cost piece by piece
//! (`bottom_up`), why it costs more (`bridge`, its items in `bridge_items`, by price and by hours in `overrun`, against what was granted: `grants`, and how much of it can have been used: `grant_use`), who waits for whom (`requests`), what would a change do (`difference`), what
//! changed between two days (`what_changed`, on the lists of `entry` and `entry_registers` and the rows of `booked_rows`), what threats may cost and opportunities bring
//! (`risk_outlook`), what its risk is asked (`risk_question`), what is said of it in all (`said`) and what became of it
//! (`trend`), how bad is it (`health`, its rules beside it), is it worth it (`feasibility` and `sensitivity`, on the plain
//! series of `case_series`, `cash_flow` and `internal_rate`), is it still (`case_now`, `case_said`).

mod actual_cost;
mod benefit_forecast;
mod booked_rows;
mod bookings;
mod bottom_up;
mod bridge;
mod bridge_items;
mod burn;
mod burn_days;
mod burn_forecast;
mod burn_pace;
mod burn_plan;
mod case_now;
mod case_said;
mod case_series;
mod cash_flow;
mod cost_forecast;
mod cost_walk;
mod counted_units;
mod cumulative_flow;
mod curve;
mod data_date;
mod defect_trend;
mod difference;
mod earned_schedule;
mod earned_value;
mod entry;
mod entry_registers;
mod escaped;
mod exchange_loss;
mod feasibility;
mod flat_stretch;
mod follow_through;
mod funding;
mod grant_use;
mod grants;
mod health;
mod health_of_chance;
mod health_of_doubts;
mod health_of_outlook;
mod health_of_promises;
mod health_of_unread;
mod history;
mod in_force;
mod internal_rate;
mod ledger;
mod ledger_hours;
mod ledger_months;
mod limits_broken;
mod money_kind;
mod overrun;
mod payback;
mod planned_months;
mod planned_value;
mod promise;
mod punctuality;
mod receipts;
mod reference;
mod release;
mod renamed;
mod report_age;
mod requests;
mod requirement_coverage;
mod reserve;
mod risk_outlook;
mod risk_question;
mod said;
mod sensitivity;
mod settlement;
mod shared_burn;
mod shortfall;
mod spending;
mod standing;
mod straight_line;
mod task_budget;
mod tolerance;
mod totals;
mod trend;
mod unapproved;
mod unbooked_effort;
mod what_changed;
mod work_breakdown;

#[cfg(test)]
mod case_vectors;
#[cfg(test)]
mod cases;
#[cfg(test)]
mod golden;
#[cfg(test)]
mod laws;

pub use actual_cost::labour_category;
pub use benefit_forecast::{BenefitForecast, FEWEST_READINGS};
pub use booked_rows::Booked;
pub use bottom_up::{BottomUp, RestSource, TaskRest, Unordered};
pub use bridge::{Bridge, BridgeCause, BridgeItem, BridgePart, Grant};
pub use burn::{Burn, BurnPart, BurnPoint, BurnUnit, Counted, ScopeStep};
pub use burn_forecast::{BurnFinish, BurnForecast, GrowingFinish, NoForecast, SIGHT};
pub use burn_pace::{BurnPeriod, Timetable};
pub use burn_plan::PlannedWork;
pub use case_now::{Approval, CaseState, CostBasis, LivingCase};
pub use case_said::case_measures;
pub use case_series::case_year;
pub use cash_flow::{
    BeforeFirstDay, CrossingYear, Flow, dated, dated_net_present_value, equivalent_annual_value,
    modified_internal_rate, net_present_value, payback, present_value,
};
pub use cost_forecast::{CostForecast, ForecastBasis, JudgedCost};
pub use cumulative_flow::{CumulativeFlow, FlowPace, FlowPoint, TooFewDone};
pub use curve::{Curve, CurvePoint};
pub use defect_trend::{DefectPoint, DefectTrend};
pub use difference::{Change, Difference, Measured, MovedTask};
pub use earned_schedule::{EarnedSchedule, TimeEstimate};
pub use earned_value::{EarnedValue, Headline, PRESSURE_MEANS_FROM, ToComplete};
pub use entry::{Entry, EntryKind, Field, FieldValue, Value};
pub use escaped::{Escape, escape};
pub use feasibility::{CaseFigures, Courses, OptionFigures, RankedBy, Ranking};
pub use flat_stretch::{FlatStretch, Unresolved, find_plateaus, unresolved};
pub use follow_through::{FollowThrough, follow_through};
pub use health::{Colour, Declared, Dimension, DimensionKind, Health, RiskLevel, RiskRating};
pub use health_of_chance::chance_words;
pub use health_of_promises::NOTHING_KNOWN;
pub use internal_rate::{
    HIGHEST_RATE, InternalRates, dated_internal_rates, internal_rates, internal_rates_of,
};
pub use ledger::{Ledger, LedgerEffect, LedgerMonth, LedgerRow, LedgerSource};
pub use ledger_hours::MonthHours;
pub use limits_broken::{LimitsBroken, MissedDeadline};
pub use money_kind::{KindSpending, MoneyKind};
pub use planned_months::{PlannedMonth, PlannedMonths};
pub use promise::{promise, promised_efforts};
pub use punctuality::{DueReport, due_reports, report_days_due};
pub use reference::{LineEarning, Reference, ReferenceLine, ReferenceSource, ReferenceTask};
pub use release::{Release, ReleaseScope, is_order_set_against_planning, is_set_against_planning};
pub use report_age::ReportAge;
pub use requests::{RequestPosition, WeekLater};
pub use requirement_coverage::RequirementPosition;
pub use reserve::{Authority, Draw, DrawSource, ReserveHistory, decides_on};
pub use risk_outlook::{PlannedReduction, RiskOutlook};
pub use risk_question::risk_question;
pub use said::Said;
pub use sensitivity::{BEST_TOGETHER, Sensitivity, SensitivityDriver, WORST_TOGETHER};
pub use settlement::{rows_by_number, shared_currency, typed_in};
pub use shortfall::Shortfall;
pub use spending::{CategorySpending, OpenOrder, Reserve, Spending};
pub use standing::TaskValue;
pub use tolerance::{
    Drift, Episode, TOLERATED, ToleranceLeft, episodes, outgrown, tolerances_left, unapproved_on, was_left,
};
pub use totals::Totals;
pub use trend::{MilestoneTrend, TrendOutlook, colour_since, milestone_trends};
pub use unapproved::{unapproved_of_unit, unapproved_units, unapproved_work};
pub use unbooked_effort::UnbookedEffort;
pub use what_changed::{ChangedColour, ChangedEntry, ChangedField, Fate, WhatChanged};
pub use work_breakdown::{WorkPackage, WorkPart};

use jiff::civil::Date;

use crate::model::{Project, Rhythm};
use crate::plan::{Engine, Facts, Lever, Schedule, State};
use crate::quantity::{Amount, GateId, Instant, Stage};

/// Everything measured about a project as of a day.
#[derive(Clone, Debug)]
pub struct Control {
    /// The day it is all about.
    pub status_date: Date,
    /// The day on which planned, earned and actual value stand: that of the newest report, until the next one is overdue; the status
    /// date else.
    pub data_date: Date,
    /// What is measured against.
    pub reference: Reference,
    /// What of each budget line of the reference was planned to be spent by the data date, in their order.
    pub planned_lines: Vec<Amount>,
    /// Earned value of all tasks and budget lines.
    pub total: EarnedValue,
    /// Earned value without level of effort, on which the indices are read.
    pub discrete: EarnedValue,
    /// Earned schedule of all tasks.
    pub total_schedule: EarnedSchedule,
    /// Earned schedule without level of effort.
    pub discrete_schedule: EarnedSchedule,
    /// Planned, earned and actual value over time, all tasks.
    pub curve: Curve,
    /// Level of effort that has earned something since the last hours booked on it.
    pub unbooked: Vec<UnbookedEffort>,
    /// Value by task, in the order of the project's list; zero for summaries and points.
    pub tasks: Vec<TaskValue>,
    /// Effort still to do and done, over time.
    pub effort_burn: Burn,
    /// One for each task that is counted in units, in the order of the plan.
    pub unit_burns: Vec<Burn>,
    /// One for each unit that several tasks are counted in, all of them together.
    pub shared_burns: Vec<Burn>,
    /// Items of work by state over time, where states are recorded.
    pub flow: Option<CumulativeFlow>,
    /// Money by category, reserves, open orders.
    pub spending: Spending,
    /// The estimate at completion from what is still to be done and bought, one by one (EAC₄).
    pub bottom_up: BottomUp,
    /// Every booking with its effect and the balance after it.
    pub ledger: Ledger,
    /// Value by stage and summary, in the order of the plan.
    pub work_breakdown: Vec<WorkPackage>,
    /// Why the estimate at completion differs from the budget.
    pub bridge: Bridge,
    /// Expected cost of the open threats after response: Σ probability × cost. Opportunities are not set against them.
    pub threats: Amount,
    /// Expected gain from the open opportunities after response, apart from the threats; zero or above.
    pub opportunities: Amount,
    /// Outside requests with computed need, in the order of the register.
    pub requests: Vec<RequestPosition>,
    /// Working minutes that the forecast finish lies behind the reference finish, in whole working days of the
    /// project's calendar; negative when ahead.
    pub finish_slip: i64,
    /// Calendar days that the forecast finish lies behind the reference finish; negative when ahead.
    pub finish_slip_calendar_days: i64,
    /// The stage the project is in: the one whose gate comes next; closing once stopped.
    pub stage: Stage,
    /// The gates passed, in order.
    pub gates_passed: Vec<GateId>,
    /// Whether the board has stopped the project.
    pub is_stopped: bool,
    /// What closing still costs: time left × rates of the tasks of the closing stage, and what the ledger expects. A stopped project
    /// is closed all the same.
    pub closing_cost: Amount,
    /// Whether the last gate has been passed.
    pub is_closed: bool,
    /// Whether nothing is left to do: every task is finished, or the last gate has been passed.
    pub is_finished: bool,
    /// Status by dimension, with the rule behind each colour.
    pub health: Health,
    /// The business case in figures.
    pub case: Option<CaseFigures>,
    /// Whether anything of the project has a price, looked for once.
    keeps_money: std::sync::OnceLock<bool>,
}

impl Control {
    /// Expected value of the open risks after response: threats less opportunities; negative where more is to be gained than lost.
    ///
    /// Threats of 2 670 and opportunities of 1 200: 1 470.
    #[must_use]
    pub fn exposure(&self) -> Amount {
        self.threats - self.opportunities
    }

    /// Whether it has ended, done or stopped by the board: nothing is forecast any more.
    #[must_use]
    pub fn has_ended(&self) -> bool {
        self.is_finished || self.is_stopped
    }

    /// Whether what is open of orders is still to come: not once everything is done, but where the board has stopped the project.
    #[must_use]
    pub fn expects_orders(&self) -> bool {
        !self.is_finished || self.is_stopped
    }

    /// Whether nothing but what the ledger expects is still to be paid, so that the count of it leads and no order.
    #[must_use]
    pub fn is_expected_alone(&self) -> bool {
        self.is_finished || self.bottom_up.orders <= Amount::ZERO
    }

    /// The headline estimate at completion; none where work is done and no cost is recorded, so that there is nothing to estimate from.
    #[must_use]
    pub fn estimate(&self) -> Option<Amount> {
        self.spending.is_recorded.then(|| self.total.estimate())
    }

    /// What everything will have cost: the headline estimate at completion; of a stopped project, of which nothing is forecast any
    /// more, what is spent, what is ordered and still to come, and what closing it costs.
    ///
    /// Stopped with 26 970 spent, 1 200 on order and 672 of closing: 28 842, whatever the trend was.
    #[must_use]
    pub fn cost_in_the_end(&self) -> Amount {
        if !self.is_stopped {
            return self.total.estimate();
        }
        self.total.actual + self.bottom_up.orders + self.closing_cost
    }

    /// The headline estimate at completion without what level of effort has earned since the last hours booked on it, as far as no
    /// report says that cost is complete; the headline itself where hours reach the status date. A colour follows the larger of the two: silence makes nothing cheaper.
    #[must_use]
    pub fn estimate_as_booked(&self) -> Amount {
        self.total.without_earned(unbooked_sum(&self.unbooked)).estimate()
    }

    /// Level of effort on which nothing was booked for more than a reporting period.
    pub fn unbooked_for_long(&self, rhythm: Rhythm) -> impl Iterator<Item = &UnbookedEffort> {
        let since =
            |effort: &UnbookedEffort| self.data_date.saturating_sub(jiff::Span::new().days(effort.days));
        self.unbooked.iter().filter(move |effort| effort.days > rhythm.days_from(since(effort), 1))
    }
}

/// What level of effort has earned since the last hours booked on it and nobody vouches for, all tasks.
fn unbooked_sum(unbooked: &[UnbookedEffort]) -> Amount {
    unbooked.iter().map(|effort| effort.doubtful).sum()
}

/// What [`measure`] looks at.
#[derive(Clone, Copy, Debug)]
pub struct Position<'a> {
    /// The project.
    pub project: &'a Project,
    /// The engine that scheduled it; knows each task's working time.
    pub engine: &'a Engine<'a>,
    /// The plan as typed, nothing reported.
    pub planned: &'a Schedule,
    /// The forecast as of `facts.status_date`.
    pub forecast: &'a Schedule,
    /// What had been reported.
    pub facts: &'a Facts,
    /// What a day more or less would change.
    pub levers: &'a [Lever],
    /// The day.
    pub status_date: Date,
}

/// Measures a project as of a day, against the baseline in force.
#[must_use]
pub fn measure(position: &Position) -> Control {
    let budgets = task_budget::task_budgets(position.project, position.planned);
    measured(position, reference::reference(position, &budgets), &budgets)
}

/// Measures a project as of a day against any reference, as a baseline that is about to be frozen.
#[must_use]
pub fn measure_against(position: &Position, reference: Reference) -> Control {
    let budgets = task_budget::task_budgets(position.project, position.planned);
    measured(position, reference, &budgets)
}

fn measured(position: &Position, reference: Reference, budgets: &[task_budget::TaskBudget]) -> Control {
    let (project, status_date) = (position.project, position.status_date);
    let working_time = project.working_time();
    let in_force = in_force::InForce::new(position, budgets, &reference);
    let engine = position.engine;
    let yardstick =
        planned_value::Yardstick { project, engine, reference: &reference, working_time: &working_time };
    let data_date = data_date::data_date(position, is_all_done(position.forecast));
    let known = data_date::progress(position, data_date);
    let standing =
        standing::Standing { yardstick, forecast: position.forecast, progress: &known, day: data_date };
    let cost = actual_cost::actual_cost(project, data_date);
    let tasks = standing::task_values(&standing, budgets, &cost);
    let planned_lines = reference.lines.iter().map(|line| yardstick.planned_line(line, data_date)).collect();
    let end = End::of(position);
    let has_ended = end.is_finished || end.is_stopped;
    let (total, discrete, bottom_up) =
        values_of_all(position, standing, (budgets, &cost, &tasks), (end.is_finished, end.is_stopped));
    let history = history::History::new(position);
    let reports = history.reports_to(data_date);
    let curve = curve::curve((yardstick, &in_force), position.forecast, (&reports, data_date));
    let (total_schedule, discrete_schedule) =
        earned_schedule::schedules(position, &standing, &curve, (total, discrete));
    let (bridge, spending, ledger) = money(&bridge::BridgeSource {
        standing,
        budgets,
        values: &tasks,
        cost: &cost,
        total,
        history: &history,
        has_ended,
        status_date,
    });
    let unbooked = unbooked_effort::unbooked_effort(yardstick, (budgets, &tasks), data_date);
    let outlook = outlook(project, status_date);
    let (finish_slip, finish_slip_calendar_days) = finish_slips(position, reference.finish);
    let burns = burns(position, (yardstick, &in_force), (&history, &curve), (budgets, end.is_stopped));
    let health = health::health(&health::HealthSource {
        position: *position,
        reference: &reference,
        total,
        discrete,
        unbooked: &unbooked,
        counted: (!end.is_finished).then_some(&bottom_up),
        schedule: if discrete.budget > Amount::ZERO { discrete_schedule } else { total_schedule },
        tasks: &tasks,
        unit_burns: &burns.units,
        spending: &spending,
        outlook,
        finish_slip,
        working_time: &working_time,
        is_stopped: end.is_stopped,
        is_finished: end.is_finished,
    });
    let case = case_figures(position, &reference, (total, &curve), (data_date, spending.is_recorded));
    Control {
        status_date,
        data_date,
        total,
        discrete,
        total_schedule,
        discrete_schedule,
        curve,
        effort_burn: burns.effort,
        unit_burns: burns.units,
        shared_burns: burns.shared,
        flow: cumulative_flow::cumulative_flow(project, status_date),
        work_breakdown: work_breakdown::work_breakdown(project, &tasks, total),
        unbooked,
        tasks,
        spending,
        ledger,
        bridge,
        threats: outlook.threats,
        opportunities: outlook.opportunities,
        requests: requests::request_positions(position, &working_time),
        finish_slip,
        finish_slip_calendar_days,
        stage: stage(project, &end.gates_passed, end.is_stopped),
        is_closed: end.gates_passed.contains(&GateId::G5),
        is_finished: end.is_finished,
        is_stopped: end.is_stopped,
        gates_passed: end.gates_passed,
        closing_cost: bottom_up.closing(project),
        bottom_up,
        health,
        case,
        planned_lines,
        reference,
        keeps_money: std::sync::OnceLock::new(),
    }
}

/// How far a project has come to its end.
struct End {
    /// The gates that had been passed, in order.
    gates_passed: Vec<GateId>,
    is_stopped: bool,
    /// Whether all is done, or the project is closed.
    is_finished: bool,
}

impl End {
    fn of(position: &Position) -> Self {
        let gates_passed = gates_passed(position.project, position.status_date);
        let is_finished = gates_passed.contains(&GateId::G5) || is_all_done(position.forecast);
        Self { gates_passed, is_stopped: position.project.is_stopped_on(position.status_date), is_finished }
    }
}

/// How effort and counted units burn down.
fn burns(
    position: &Position,
    (yardstick, in_force): (planned_value::Yardstick, &in_force::InForce),
    (history, curve): (&history::History, &Curve),
    (budgets, is_stopped): (&[task_budget::TaskBudget], bool),
) -> burn::Burns {
    let days = curve.dates();
    let (forecast, status_date) = (position.forecast, position.status_date);
    let source = burn::BurnSource { yardstick, in_force, forecast, history, days: &days, status_date };
    burn::burns(&source, budgets, is_stopped)
}

/// What the risks that are open on a day may cost or bring, after what was done about them.
fn outlook(project: &Project, day: Date) -> RiskOutlook {
    let open_risks = project.registers.risks.iter().filter(|risk| risk.is_open(day));
    RiskOutlook::of(open_risks.map(crate::model::Risk::remaining))
}

/// The forecast finish less the promised one: in working time, and in calendar days. Promises are days: a point that is
/// reached in the morning of the promised day is not ahead of it.
fn finish_slips(position: &Position, promised: Date) -> (i64, i64) {
    let (project, finish) = (position.project, position.forecast.finish_day());
    let working_days = project.working_time().working_days_after(promised, finish);
    let minutes = Instant::start_of(finish).0 - Instant::start_of(promised).0;
    (working_days * project.work_time().minutes_per_day, minutes / crate::quantity::MINUTES_OF_DAY)
}

/// Says whether there are tasks and all of them are finished.
fn is_all_done(forecast: &Schedule) -> bool {
    let mut slots = forecast.slots.iter();
    !forecast.slots.is_empty() && slots.all(|slot| slot.state == State::Finished)
}

/// The gates that had been passed by a day, in order.
fn gates_passed(project: &Project, day: Date) -> Vec<GateId> {
    project.gates.values().filter(|gate| gate.is_passed(day)).map(|gate| gate.gate).collect()
}

/// The business case as typed, and whether it still holds; none where there is none.
fn case_figures(
    position: &Position,
    reference: &Reference,
    (total, curve): (EarnedValue, &Curve),
    (data_date, is_recorded): (Date, bool),
) -> Option<CaseFigures> {
    let source = case_now::CaseSource { position, reference, total, curve, data_date, is_recorded };
    let project = position.project;
    let case = project.business_case.as_ref()?;
    let first_day = case.year_0.unwrap_or(project.start.day);
    Some(CaseFigures {
        living: case_now::living_case(case, first_day, source),
        ..feasibility::figures(case, first_day)
    })
}

/// Why money is spent, what is left of it, and every booking.
fn money(measured: &bridge::BridgeSource) -> (Bridge, Spending, Ledger) {
    let bridge = bridge::bridge(measured);
    let spending = spending::spending(&spending::SpendingSource { measured, bridge: &bridge });
    let ledger = ledger::ledger(&ledger::LedgerInput {
        yardstick: measured.standing.yardstick,
        budgets: measured.budgets,
        values: measured.values,
        categories: &spending.categories,
        bridge: &bridge,
        day: measured.standing.day,
    });
    (bridge, spending, ledger)
}

/// The value of everything and of what is no level of effort, and the estimate counted piece by piece.
fn values_of_all(
    position: &Position,
    standing: standing::Standing,
    (budgets, cost, tasks): (&[task_budget::TaskBudget], &actual_cost::ActualCost, &[TaskValue]),
    end: (bool, bool),
) -> (EarnedValue, EarnedValue, BottomUp) {
    let discrete = discrete_work(tasks, &standing);
    let total = everything(tasks, &standing, cost);
    let rest = bottom_up::RestToDo::new(position, standing, budgets, (cost, total.actual));
    let bottom_up = bottom_up::bottom_up(&rest);
    let total = EarnedValue { counted: bottom_up.instead_of(&total, end), ..total };
    (total, discrete, bottom_up)
}

/// Tasks, budget lines, and cost booked on no task.
fn everything(
    tasks: &[TaskValue],
    standing: &standing::Standing,
    cost: &actual_cost::ActualCost,
) -> EarnedValue {
    let of_tasks = EarnedValue::of_tasks(standing.yardstick.project, tasks, |_| true);
    let with_lines = with_lines(of_tasks, standing, |_| true);
    EarnedValue { actual: with_lines.actual + cost.without_task, ..with_lines }
}

/// The same without level of effort and budget lines.
fn discrete_work(tasks: &[TaskValue], standing: &standing::Standing) -> EarnedValue {
    let project = standing.yardstick.project;
    let of_work = EarnedValue::of_tasks(project, tasks, |task| !task.is_level_of_effort());
    with_lines(of_work, standing, ReferenceLine::is_discrete)
}

/// Adds promised money that belongs to no task of the plan, as far as it counts.
fn with_lines(
    tasks: EarnedValue,
    standing: &standing::Standing,
    counts: impl Fn(&ReferenceLine) -> bool,
) -> EarnedValue {
    let (yardstick, day) = (standing.yardstick, standing.day);
    let mut sum = tasks;
    for line in yardstick.reference.lines.iter().filter(|line| counts(line)) {
        sum.budget += line.budget;
        sum.planned += yardstick.planned_line(line, day);
        sum.earned += yardstick.earned_line(line, day);
    }
    sum
}

/// The stage whose gate comes next after the last one passed; a stopped project is closing. One that keeps no records of gates is in the
/// first stage that its plan has work in.
fn stage(project: &Project, passed: &[GateId], is_stopped: bool) -> Stage {
    if is_stopped {
        return Stage::Closing;
    }
    if passed.is_empty() && project.gates.is_empty() {
        let planned = project.tasks.iter().map(|task| task.stage);
        return planned.min().unwrap_or(Stage::Initiation);
    }
    let next = passed.iter().max().map_or(0, |gate| gate.stage().number());
    Stage::ALL.get(next).copied().unwrap_or(Stage::Closing)
}
