//! What the site says of a project on a day: every figure that a report freezes and that two days can be compared by.
//!
//! Comes in: a measured project, or a frozen snapshot. Goes out: [`Said`], the same for both. Not here: how it is
//! written into a file, what changed between two of them, words.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::{Burn, Colour, DimensionKind, EarnedSchedule, EarnedValue, Measured, RiskOutlook};
use crate::model::{
    BurnFigures, Counts, Figures, Ground, MilestoneDay, Risk, Snapshot, Task, TaskKind, ValueFigures,
};
use crate::plan::{Slot, State};
use crate::quantity::{Amount, Id, Measure};

/// What the site says of a project on a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said {
    /// The day.
    pub status_date: Date,
    /// All numbers and dates but those below.
    pub figures: Figures,
    /// Milestones and gates by id: the day they were reached on, or else their forecast.
    pub milestones: BTreeMap<Id, MilestoneDay>,
    /// The computed colour of the whole; none where there is nothing to judge by.
    pub computed: Option<Colour>,
    /// The colour that was declared.
    pub declared: Option<Colour>,
    /// The computed colour of each dimension that can be rated.
    pub dimensions: BTreeMap<DimensionKind, Colour>,
    /// The figures behind these colours in words; empty for a record that was frozen without them.
    pub reasons: BTreeMap<DimensionKind, String>,
}

impl Said {
    /// Takes what is said from a measured project. Findings are counted where all have been found: `n_findings` is
    /// `None` before that.
    #[must_use]
    pub fn of(measured: &Measured<'_>, n_findings: Option<usize>) -> Self {
        let control = measured.control;
        let health = &control.health;
        let rated = || health.dimensions.iter().filter(|dimension| dimension.colour != Colour::Unrated);
        Self {
            status_date: control.status_date,
            figures: figures(measured, n_findings),
            milestones: milestones(measured),
            computed: Some(health.overall).filter(|colour| *colour != Colour::Unrated),
            declared: health.declared.as_ref().map(|declared| declared.colour),
            dimensions: rated().map(|dimension| (dimension.kind, dimension.colour)).collect(),
            reasons: rated().map(|dimension| (dimension.kind, dimension.reason.clone())).collect(),
        }
    }

    /// Reads what was said from a frozen snapshot. A word that is no colour is left out.
    #[must_use]
    pub fn frozen(snapshot: &Snapshot) -> Self {
        let colour = |word: &String| Colour::from_word(word);
        let dimension =
            |kind: DimensionKind| Some((kind, snapshot.dimensions.get(kind.key()).and_then(colour)?));
        Self {
            status_date: snapshot.status_date,
            figures: snapshot.figures.clone(),
            milestones: snapshot.milestones.clone(),
            computed: snapshot.computed.as_ref().and_then(colour),
            declared: snapshot.declared.as_ref().and_then(colour),
            dimensions: DimensionKind::ALL.into_iter().filter_map(dimension).collect(),
            reasons: DimensionKind::ALL
                .into_iter()
                .filter_map(|kind| Some((kind, snapshot.reasons.get(kind.key())?.clone())))
                .collect(),
        }
    }
}

fn milestones(measured: &Measured<'_>) -> BTreeMap<Id, MilestoneDay> {
    let tasks = measured.project.tasks.iter().zip(&measured.forecast.slots);
    // Of a project that was stopped nothing is forecast any more, and the gate that stopped it was not passed.
    let control = measured.control;
    let are_days_known = !measured.project.is_unread(&[Ground::Dates]);
    let is_told = |task: &Task, slot: &Slot| match task.kind {
        _ if !are_days_known && slot.state != State::Finished => false,
        _ if !control.is_stopped => true,
        TaskKind::Gate(gate) => control.gates_passed.contains(&gate),
        _ => slot.state == State::Finished,
    };
    tasks
        .filter(|(task, slot)| task.is_point() && is_told(task, slot))
        .map(|(task, slot)| {
            let is_reached = slot.state == State::Finished;
            (task.id.clone(), MilestoneDay { day: slot.last_day(), is_reached })
        })
        .collect()
}

fn figures(measured: &Measured<'_>, n_findings: Option<usize>) -> Figures {
    let control = measured.control;
    let known = |grounds: &[Ground]| !measured.project.is_unread(grounds);
    let finish_by = |percent: usize| measured.risk?.finish.day(percent);
    let open = measured.project.registers.risks.iter().filter(|risk| risk.is_open(control.status_date));
    let outlook = RiskOutlook::of(open.map(Risk::remaining));
    Figures {
        baseline: control.reference.baseline_id().cloned(),
        baseline_finish: Some(control.reference.finish).filter(|_| known(&[Ground::Promise])),
        forecast_finish: known(&[Ground::Dates]).then(|| measured.forecast.finish_day()),
        finish_p50: finish_by(50).filter(|_| known(Ground::RUNS)),
        finish_p80: finish_by(80).filter(|_| known(Ground::RUNS)),
        total: known_value(value(&control.total, &control.total_schedule), known),
        discrete: known_value(value(&control.discrete, &control.discrete_schedule), known),
        estimate: control.estimate(),
        estimate_judged: Some(control.judged_cost().amount)
            .filter(|judged| control.spending.is_recorded && *judged > control.total.estimate()),
        estimate_one_off: control.estimate().map(|_| control.total.estimate_one_off()),
        estimate_trend: control.estimate().and_then(|_| control.total.estimate_trend()),
        estimate_pressure: control.estimate().and_then(|_| control.total.estimate_pressure()),
        estimate_counted: (!control.is_finished
            && control.spending.is_recorded
            && control.bottom_up.to_complete() > Amount::ZERO)
            .then_some(control.bottom_up.estimate),
        exposure: Some(control.exposure()).filter(|_| known(Ground::RISKS)),
        threats_today: Some(RiskOutlook::today(&measured.project.registers, control.status_date).threats)
            .filter(|_| known(Ground::RISKS)),
        threats: Some(outlook.threats).filter(|_| known(Ground::RISKS)),
        opportunities: Some(outlook.opportunities).filter(|_| known(Ground::RISKS)),
        contingency: Some(control.spending.contingency.remaining).filter(|_| known(&[Ground::Reserves])),
        management_reserve: Some(control.spending.management_reserve.remaining)
            .filter(|_| known(&[Ground::Reserves])),
        net_present_value: measured.net_present_value().filter(|_| known(Ground::CASE)),
        effort: burn(&control.effort_burn),
        units: control
            .unit_burns
            .iter()
            .filter_map(|counted| Some((measured.project.task(counted.task()?).id.clone(), burn(counted)?)))
            .collect(),
        counts: Counts { findings: n_findings.map(number), ..counts(measured) },
    }
}

fn value(value: &EarnedValue, schedule: &EarnedSchedule) -> ValueFigures {
    ValueFigures {
        budget: Some(value.budget),
        planned: Some(value.planned),
        earned: Some(value.earned),
        actual: Some(value.actual),
        earned_time: Some(thousandths(schedule.earned)),
        actual_time: Some(thousandths(schedule.actual_time)),
        is_on_plateau: schedule.plateau.is_some(),
    }
}

/// What is known of them: each rests on what could be read.
fn known_value(value: ValueFigures, known: impl Fn(&[Ground]) -> bool) -> ValueFigures {
    let (is_promised, is_earned) = (known(Ground::BUDGET), known(Ground::EARNED));
    ValueFigures {
        budget: value.budget.filter(|_| is_promised),
        planned: value.planned.filter(|_| is_promised),
        earned: value.earned.filter(|_| is_earned),
        actual: value.actual.filter(|_| known(&[Ground::Spent])),
        earned_time: value.earned_time.filter(|_| is_earned),
        actual_time: value.actual_time.filter(|_| is_earned),
        ..value
    }
}

/// The newest point of a burn; none where nothing is there to be done.
fn burn(burn: &Burn) -> Option<BurnFigures> {
    let newest = burn.points.last()?;
    Some(BurnFigures { done: thousandths(newest.done), scope: thousandths(newest.scope) })
}

/// A number to the thousandth, without a unit.
#[allow(clippy::cast_possible_truncation, reason = "days and units of a project are far below the limit")]
fn thousandths(number: f64) -> Measure {
    Measure { thousandths: (number * 1_000.0).round() as i64, unit: String::new() }
}

fn counts(measured: &Measured<'_>) -> Counts {
    let (project, day) = (measured.project, measured.control.status_date);
    let registers = &project.registers;
    let work = || project.tasks.iter().zip(&measured.forecast.slots).filter(|(task, _)| task.is_work());
    let of = |count: usize| Some(number(count));
    Counts {
        tasks: of(work().count()),
        finished: of(work().filter(|(_, slot)| slot.state == State::Finished).count()),
        risks: of(registers.risks.iter().filter(|risk| risk.is_open(day)).count()),
        issues: of(registers.issues.iter().filter(|issue| issue.is_open(day)).count()),
        changes: of(registers.changes.iter().filter(|change| change.is_waiting(day)).count()),
        decisions: of(registers.decisions.iter().filter(|decision| decision.is_open(day)).count()),
        actions: of(registers.actions.iter().filter(|action| action.is_open(day)).count()),
        requests: of(registers.requests.iter().filter(|request| request.is_open(day)).count()),
        defects: of(project.defects.iter().filter(|defect| defect.is_open(day)).count()),
        accepted: of(project.deliverables.iter().filter(|made| made.is_accepted(day)).count()),
        progress: of(project.told_upto(day).count()),
        findings: None,
    }
}

fn number(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use super::super::golden::{STATUS_DATE, branch_network, euros, measured_on};
    use super::*;
    use crate::plan::{Engine, Facts};
    use crate::quantity::Id;

    fn said_on(day: &str) -> Said {
        let project = branch_network().project;
        let control = measured_on(&project, day);
        let forecast = Engine::new(&project).run(&Facts::as_of(&project, day.parse().unwrap()));
        Said::of(&Measured { project: &project, forecast: &forecast, control: &control, risk: None }, Some(7))
    }

    #[test]
    fn the_site_says_of_the_branch_network_what_was_worked_by_hand() {
        let said = said_on(STATUS_DATE);
        let figures = &said.figures;
        assert_eq!(figures.baseline_finish, Some(Date::constant(2026, 12, 2)));
        assert_eq!(figures.forecast_finish, Some(Date::constant(2027, 1, 21)));
        assert_eq!(figures.total.budget, Some(euros(98_432)));
        assert_eq!(figures.total.earned, Some(euros(74_200)));
        assert_eq!(figures.total.actual, Some(euros(79_120)));
        assert_eq!(figures.estimate_one_off, Some(euros(103_352)));
        assert_eq!((figures.exposure, figures.threats), (Some(euros(1_720)), Some(euros(1_720))));
        let days = |thousandths| Some(Measure { thousandths, unit: String::new() });
        assert_eq!(figures.total.actual_time, days(80_000));
        assert_eq!(figures.total.earned_time, days(66_765));
        let effort = figures.effort.as_ref().unwrap();
        assert_eq!((effort.done.thousandths, effort.scope.thousandths), (34_500, 76_500));
        assert_eq!((said.computed, said.declared), (Some(Colour::Red), Some(Colour::Amber)));
        assert_eq!(said.dimensions.get(&DimensionKind::Time), Some(&Colour::Red));
        let closure = said.milestones[&"G5".parse::<Id>().unwrap()];
        assert_eq!(closure, MilestoneDay { day: Date::constant(2027, 1, 21), is_reached: false });
        assert_eq!(figures.counts.findings, Some(7));
    }

    #[test]
    fn a_frozen_record_says_the_same() {
        let said = said_on(STATUS_DATE);
        let word = |colour: Colour| colour.word().to_owned();
        let snapshot = Snapshot {
            figures: said.figures.clone(),
            milestones: said.milestones.clone(),
            computed: said.computed.map(word),
            declared: said.declared.map(word),
            dimensions: said
                .dimensions
                .iter()
                .map(|(kind, colour)| (kind.key().to_owned(), word(*colour)))
                .collect(),
            reasons: said
                .reasons
                .iter()
                .map(|(kind, words)| (kind.key().to_owned(), words.clone()))
                .collect(),
            ..Snapshot::silent(said.status_date)
        };
        assert_eq!(Said::frozen(&snapshot), said);
    }
}
