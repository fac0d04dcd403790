//! Is it still worth it: the preferred option as approved, as planned, and as it stands now.

use jiff::ToSpan;
use jiff::civil::Date;

use super::actual_cost::totals_by_day;
use super::case_said::say_as_then;
use super::case_series::{Course, Series, case_year};
use super::curve::Curve;
use super::earned_value::EarnedValue;
use super::feasibility::{OptionFigures, likely_sum, series_figures, terms};
use super::reference::Reference;
use super::{Control, Position};
use crate::model::{
    AmountRange, Baseline, BusinessCase, CaseLine, CaseOption, Earning, FrozenCase, Project, TaskNo,
};
use crate::plan::Schedule;
use crate::quantity::{Amount, Id, Stage, days_between};

/// The preferred option at three times.
///
/// Costs that the project carries and the day that benefits wait for are those of each time; everything else is as typed.
#[derive(Clone, Debug)]
pub struct LivingCase {
    /// The place of the option among those of the file.
    pub option: usize,
    /// As it was approved last: by the newest baseline that somebody allows.
    pub approved: CaseState,
    /// Where the approved figures come from.
    pub approved_by: Approval,
    /// With the cost and the day of what the project is measured against.
    pub planned: CaseState,
    /// With actual and forecast cost, and the day that is forecast.
    pub now: CaseState,
    /// What stands for the project's cost now.
    pub cost_basis: CostBasis,
    /// The day for which its benefits are typed; none where they wait for nothing. A new baseline makes them no earlier: they come as much
    /// later as what they wait for is there after this day, until the case says another.
    pub counted_on: Option<Date>,
    /// What the project is planned to cost by year of the case; none where the amounts of the case stand.
    costs_planned: Option<Vec<Amount>>,
    /// What the project costs now by year of the case; none where the amounts of the case stand.
    costs_now: Option<Vec<Amount>>,
    /// The first day of the case.
    first_day: Date,
}

impl LivingCase {
    /// The net present value as it stands now if the project cost so much more (less where negative), spent evenly from the status date
    /// to a finish; none where the case does not say what the project carries.
    ///
    /// At 5 %, 6 400 more in the year of the decision are 6 400 less of value; in the year after, 6 095.24.
    #[must_use]
    pub fn with_cost(
        &self,
        case: &BusinessCase,
        more: Amount,
        (from, finish): (Date, Date),
    ) -> Option<Amount> {
        let option = case.options.get(self.option)?;
        let mut years = self.costs_now.clone()?;
        spend(&mut years, self.first_day, (from, finish), more);
        let moved = Moved { carried: Some(&years), days_late: self.now.days_late };
        Some(recomputed(option, case, self.first_day, moved).npv)
    }

    /// What a new baseline freezes of the case: with the budget and the days that it promises, no trend of cost, and with the day that the
    /// benefits count on from then on. Where the case is typed for another day than was approved before, its benefits are no later than
    /// that day makes them.
    ///
    /// Approved for 7 August 2025 and there a year later, 20 092 have become −40 981, and so they are approved anew. Typed for 7 August
    /// 2026, they are what is typed.
    #[must_use]
    pub fn to_freeze(&self, case: &BusinessCase) -> CaseState {
        let typed = case.benefits_expected.filter(|day| Some(*day) != self.counted_on);
        let (Some(day), Some(option)) = (typed, case.options.get(self.option)) else {
            return self.planned.clone();
        };
        let days_late = late(Some(day), self.planned.benefits_day);
        let moved = Moved { carried: self.costs_planned.as_deref(), days_late };
        let figures = recomputed(option, case, self.first_day, moved);
        CaseState { figures, benefits_day: Some(day), days_late, ..self.planned.clone() }
    }

    /// The net present value as it stands now by another estimate at completion than the headline, its rest spent evenly over the same
    /// days, from the data date to the forecast finish; none where the headline does not stand in the case.
    ///
    /// With 674 545 the case is worth 380 345. 738 552 in its place are 64 007 more, spent over 105 days of which 41 lie in the year of the
    /// decision and the rest in the year after, at 4 %: 24 993 + 39 014 ÷ 1.04 less, 317 839.
    #[must_use]
    pub fn with_estimate(&self, case: &BusinessCase, estimate: Amount, days: (Date, Date)) -> Option<Amount> {
        let headline = self.now.carried.filter(|_| self.cost_basis == CostBasis::Estimate)?;
        self.with_cost(case, estimate - headline, days)
    }
}

impl Control {
    /// The net present value now with the rest counted piece by piece (EAC₄) in place of the headline estimate, which knows nothing of work
    /// that was added; none where the headline does not stand in the case, and once nothing is left to do.
    #[must_use]
    pub fn net_present_value_counted(&self, project: &Project, finish: Date) -> Option<Amount> {
        if self.has_ended() {
            return None;
        }
        let living = self.case.as_ref()?.living.as_ref()?;
        let case = project.business_case.as_ref()?;
        living.with_estimate(case, self.bottom_up.estimate, (self.data_date, finish))
    }
}

/// Where the figures of the approved case come from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Approval {
    /// A baseline carries them.
    Frozen {
        /// Its id.
        baseline: Id,
        /// Whether a gate, a change or a decision allows it; where none does, no other that carries the case is allowed either.
        is_allowed: bool,
        /// The baseline that was approved with the case before it, with the net present value that it holds; none for the first.
        before: Option<(Id, Option<Amount>)>,
    },
    /// Nothing does: they are those of the file as it is today.
    Typed,
}

/// What stands for the cost that the project carries.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CostBasis {
    /// Actual cost so far and the estimate of the rest.
    Estimate,
    /// The budget: no cost is recorded, so nothing can be estimated.
    Budget,
    /// The amounts as typed: the case does not say what the project carries, or the plan has no budget for the work itself.
    Typed,
}

/// The case at one of the times.
#[derive(Clone, Debug)]
pub struct CaseState {
    /// All its figures.
    pub figures: OptionFigures,
    /// What the project costs in it; none where that is not told apart.
    pub carried: Option<Amount>,
    /// When what the benefits wait for is there; none where they wait for nothing.
    pub benefits_day: Option<Date>,
    /// Days that this is later than the benefits are typed for; never negative, since nobody has said what an earlier year
    /// would bring.
    pub days_late: i64,
}

/// What the living case is computed from.
#[derive(Clone, Copy)]
pub(super) struct CaseSource<'a> {
    pub position: &'a Position<'a>,
    pub reference: &'a Reference,
    pub total: EarnedValue,
    pub curve: &'a Curve,
    /// The day to which cost is counted.
    pub data_date: Date,
    /// Whether cost is recorded at all.
    pub is_recorded: bool,
}

/// Recomputes the preferred option; none where no option is preferred or the case does not say what moves it.
pub(super) fn living_case(
    case: &BusinessCase,
    first_day: Date,
    source: CaseSource<'_>,
) -> Option<LivingCase> {
    let place = case.preferred?;
    let option = case.options.get(place)?;
    if case.carried.is_empty() && case.benefits_wait_for.is_none() {
        return None;
    }
    let known = frozen_cases(source.position, option);
    let expected = expected_day(case, &known, source.position);
    let at = |carried: Option<&[Amount]>, day: Option<Date>| {
        let days_late = late(expected, day);
        let figures = recomputed(option, case, first_day, Moved { carried, days_late });
        CaseState { figures, carried: carried.map(sum), benefits_day: day, days_late }
    };

    let typed_cost = typed_cost(case, option);
    let has_plan = !case.carried.is_empty() && is_planned(source);
    let horizon = case.horizon as usize;
    let planned_cost = has_plan.then(|| planned_cost(first_day, horizon, source));
    let cost_now = match &planned_cost {
        Some(_) if source.is_recorded => Some(cost_now(first_day, horizon, source)),
        other => other.clone(),
    };
    let planned_day = case.benefits_wait_for.map(|task| reference_day(task, source));
    let approved = match known.last() {
        Some((_, frozen)) => {
            let day = case.benefits_wait_for.and(frozen.benefits_expected.or(expected));
            let computed =
                [at(None, expected), at(planned_cost.as_deref(), planned_day)].map(|state| state.figures);
            frozen_state(frozen, case, (option, &computed), day)
        }
        None => CaseState { carried: typed_cost, ..at(None, expected) },
    };
    let day_now = case.benefits_wait_for.map(|task| last_day(source.position.forecast, task));
    let or_typed = |state: CaseState| CaseState { carried: state.carried.or(typed_cost), ..state };
    Some(LivingCase {
        option: place,
        approved_by: approval(&known, source.position),
        approved,
        planned: or_typed(at(planned_cost.as_deref(), planned_day)),
        now: or_typed(at(cost_now.as_deref(), day_now)),
        cost_basis: match &planned_cost {
            None => CostBasis::Typed,
            Some(_) if source.is_recorded => CostBasis::Estimate,
            Some(_) => CostBasis::Budget,
        },
        counted_on: expected,
        costs_planned: planned_cost,
        costs_now: cost_now,
        first_day,
    })
}

/// What has moved against the file.
#[derive(Clone, Copy)]
struct Moved<'a> {
    /// What the project costs by year of the case, in place of the typed lines that it carries.
    carried: Option<&'a [Amount]>,
    /// By how many days benefits come later.
    days_late: i64,
}

fn recomputed(option: &CaseOption, case: &BusinessCase, first_day: Date, moved: Moved<'_>) -> OptionFigures {
    let mut changed = option.clone();
    if let Some(years) = moved.carried {
        // Where one line stood for the project, doing nothing may have one of its name.
        let name = match case.carried.as_slice() {
            [place] => changed.costs.get(*place).map(|line| line.name.clone()).unwrap_or_default(),
            _ => String::new(),
        };
        let mut place = 0;
        changed.costs.retain(|_| {
            place += 1;
            !case.carried.contains(&(place - 1))
        });
        changed.costs.push(CaseLine {
            name,
            years: years.iter().copied().map(AmountRange::from).collect(),
            ..CaseLine::default()
        });
    }
    let terms = terms(case, first_day);
    let series = Series::of(&changed, terms, Course::Likely).delayed(moved.days_late as f64 / 365.0);
    let mut figures = series_figures(&series, terms.rate, option.life);
    figures.total_cost = changed.costs.iter().map(likely_sum).sum();
    figures
}

/// The baselines that carry the option as it was approved by the status date, in their order: those that a gate, a change or a decision
/// allows. A new baseline that nobody has approved moves no approved case; where none is allowed, as before the first board, those that
/// there are stand for it.
fn frozen_cases<'a>(position: &'a Position<'_>, option: &CaseOption) -> Vec<(&'a Baseline, &'a FrozenCase)> {
    let (project, day) = (position.project, position.status_date);
    let carrying = project.baselines_by(day).filter_map(|baseline| Some((baseline, baseline.case.as_ref()?)));
    let mut known: Vec<_> = carrying.filter(|(_, case)| case.option.as_str() == option.id).collect();
    if known.iter().any(|(baseline, _)| project.is_allowed(baseline, day)) {
        known.retain(|(baseline, _)| project.is_allowed(baseline, day));
    }
    known
}

/// Where the figures of the approved case come from, of the baselines that carry it.
fn approval(known: &[(&Baseline, &FrozenCase)], position: &Position<'_>) -> Approval {
    let Some(((baseline, _), before)) = known.split_last() else { return Approval::Typed };
    Approval::Frozen {
        baseline: baseline.id.clone(),
        is_allowed: position.project.is_allowed(baseline, position.status_date),
        before: before.last().map(|(baseline, case)| (baseline.id.clone(), case.net_present_value)),
    }
}

/// The case as a baseline froze it. A baseline holds sums by year: where one of the courses that are `computed` comes to the same sums and
/// the same value, it is what was frozen, and knows the days of its amounts as well.
fn frozen_state(
    frozen: &FrozenCase,
    case: &BusinessCase,
    (option, computed): (&CaseOption, &[OptionFigures]),
    expected: Option<Date>,
) -> CaseState {
    let life = frozen.said.life.unwrap_or(option.life);
    let is_same = |figures: &&OptionFigures| {
        frozen.rate == case.rate
            && figures.life == life
            && figures.costs == frozen.costs
            && figures.benefits == frozen.benefits
            && frozen.cashable_benefits.as_ref().unwrap_or(&frozen.benefits) == &figures.cashable_benefits
            && frozen.net_present_value == Some(figures.npv)
    };
    if let Some(figures) = computed.iter().find(is_same) {
        let mut figures = figures.clone();
        say_as_then(&mut figures, &frozen.said);
        return CaseState { figures, carried: frozen.carried, benefits_day: expected, days_late: 0 };
    }
    let years = frozen.costs.len().max(frozen.benefits.len());
    let horizon = years.saturating_sub(1).max(case.horizon as usize);
    let cashable = frozen.cashable_benefits.as_ref().unwrap_or(&frozen.benefits);
    let series = Series::by_year(&frozen.costs, &frozen.benefits, cashable, horizon);
    let mut figures = series_figures(&series, frozen.rate as f64 / 10_000.0, life);
    // What was said then stands, also where flows on single days were summed up by year.
    figures.npv = frozen.net_present_value.unwrap_or(figures.npv);
    say_as_then(&mut figures, &frozen.said);
    CaseState { figures, carried: frozen.carried, benefits_day: expected, days_late: 0 }
}

/// The day for which the benefits are typed: as approved, as typed, as the first baseline promised, as planned. Of several days that were
/// approved one after the other it is the typed one; where a new one is typed, the last of them, and else the first, since a later baseline
/// makes no benefit come earlier.
fn expected_day(
    case: &BusinessCase,
    known: &[(&Baseline, &FrozenCase)],
    position: &Position<'_>,
) -> Option<Date> {
    let task = case.benefits_wait_for?;
    let promised = || {
        let baselines = position.project.baselines_by(position.status_date);
        baselines.filter_map(|baseline| baseline.tasks.get(&task)).map(|task| task.finish).next()
    };
    let approved: Vec<Date> = known.iter().filter_map(|(_, frozen)| frozen.benefits_expected).collect();
    let typed = case.benefits_expected.filter(|day| approved.is_empty() || approved.contains(day));
    // A day that is typed and not approved yet moves nothing: the day approved last stands until it is.
    let approved = if case.benefits_expected.is_some() { approved.last() } else { approved.first() };
    typed.or_else(|| approved.copied()).or_else(promised).or_else(|| Some(last_day(position.planned, task)))
}

fn reference_day(task: TaskNo, source: CaseSource<'_>) -> Date {
    let promised = source.reference.dates_of(task).map(|(_, finish)| finish);
    promised.unwrap_or_else(|| last_day(source.position.planned, task))
}

fn last_day(schedule: &Schedule, task: TaskNo) -> Date {
    schedule.slot(task).last_day()
}

fn late(expected: Option<Date>, day: Option<Date>) -> i64 {
    let (Some(expected), Some(day)) = (expected, day) else { return 0 };
    days_between(expected, day).max(0)
}

fn sum(amounts: &[Amount]) -> Amount {
    amounts.iter().copied().sum()
}

/// What is typed for the lines that the project carries; none where no line is named.
fn typed_cost(case: &BusinessCase, option: &CaseOption) -> Option<Amount> {
    let lines = case.carried.iter().filter_map(|place| option.costs.get(*place));
    let amounts = lines.flat_map(|line| {
        line.years.iter().map(|range| range.likely).chain(line.dated.iter().map(|dated| dated.amount.likely))
    });
    (!case.carried.is_empty()).then(|| amounts.sum())
}

/// Whether the budget is that of the whole project: it holds money for discrete work behind the planning stage. Before that work is planned,
/// the plan of initiation alone would stand for all that the case says it costs, be it frozen or not.
///
/// A plan of 9 760 for initiation, or with 600 for leading the project through all stages, says nothing of a project of 122 080.
fn is_planned(source: CaseSource<'_>) -> bool {
    let (project, reference) = (source.position.project, source.reference);
    let is_of_the_work = |number: TaskNo| {
        let task = project.task(number);
        let is_discrete = *reference.method_of(number) != Earning::LevelOfEffort;
        task.stage >= Stage::Execution && is_discrete && reference.budget_of(number) > Amount::ZERO
    };
    // A plan without any stage before the work has lines of the budget alone.
    let is_all_lines = project.tasks.iter().all(|task| task.stage >= Stage::Execution);
    project.task_numbers().any(is_of_the_work) || (is_all_lines && reference.budget > Amount::ZERO)
}

/// Budget at completion by year of the case: planned value of each year, and what has no date at the promised finish.
fn planned_cost(first_day: Date, horizon: usize, source: CaseSource<'_>) -> Vec<Amount> {
    let mut years = vec![Amount::ZERO; horizon + 1];
    let mut before = Amount::ZERO;
    for point in &source.curve.days {
        add(&mut years, case_year(first_day, point.date), point.planned - before);
        before = point.planned;
    }
    add(&mut years, case_year(first_day, source.reference.finish), source.reference.budget - before);
    years
}

/// Actual cost by year of the case, and what is still to spend (estimate at completion − actual cost) evenly over the
/// days from the data date to the forecast finish.
fn cost_now(first_day: Date, horizon: usize, source: CaseSource<'_>) -> Vec<Amount> {
    let data_date = source.data_date;
    let mut years = vec![Amount::ZERO; horizon + 1];
    let ends = year_ends(first_day, horizon).filter(|end| *end < data_date);
    let days: Vec<Date> = ends.chain([data_date]).collect();
    let mut before = Amount::ZERO;
    for (day, total) in days.iter().zip(totals_by_day(source.position.project, &days)) {
        add(&mut years, case_year(first_day, *day), total - before);
        before = total;
    }
    let rest = source.total.estimate() - source.total.actual;
    spend(&mut years, first_day, (data_date, source.position.forecast.finish_day()), rest);
    years
}

/// Adds an amount evenly over the days from one to another, year by year of the case.
fn spend(years: &mut [Amount], first_day: Date, (from, to): (Date, Date), amount: Amount) {
    let to = to.max(from);
    let n_days = days_between(from, to);
    let horizon = years.len().saturating_sub(1);
    let mut given = Amount::ZERO;
    for end in year_ends(first_day, horizon).filter(|end| from < *end && *end < to) {
        let passed = days_between(from, end);
        let due = amount.share(crate::quantity::Fraction::new(passed, n_days.max(1)));
        add(years, case_year(first_day, end), due - given);
        given = due;
    }
    add(years, case_year(first_day, to), amount - given);
}

/// The last day of each year of the case.
fn year_ends(first_day: Date, horizon: usize) -> impl Iterator<Item = Date> {
    (1..=i64::try_from(horizon + 1).unwrap_or(1))
        .filter_map(move |year| first_day.checked_add(year.years()).ok()?.yesterday().ok())
}

/// Adds to a year; what lies behind the horizon is not lost but counted in the last year.
fn add(years: &mut [Amount], year: usize, amount: Amount) {
    let last = years.len().saturating_sub(1);
    if let Some(sum) = years.get_mut(year.min(last)) {
        *sum += amount;
    }
}
