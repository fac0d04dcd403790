//! Which baseline was in force on a past day, so that a new one changes nothing of what was before it (ANSI/EIA-748,
//! guideline 30).

use jiff::civil::Date;

use super::reference::{ReferenceSource, reference};
use super::task_budget::TaskBudget;
use super::{Position, Reference};
use crate::model::{Figures, Project};

/// What the project was measured against on each day up to the status date.
#[derive(Clone, Debug)]
pub(super) struct InForce<'a> {
    today: &'a Reference,
    /// In order: the day on which another came into force, and what was in force before it.
    before: Vec<(Date, Reference)>,
}

impl<'a> InForce<'a> {
    /// Gathers the baselines that came into force one after the other; before the first of them it stands in for itself.
    pub fn new(position: &Position, budgets: &[TaskBudget], today: &'a Reference) -> Self {
        let project = position.project;
        let mut days: Vec<Date> =
            project.baselines_between(Date::MIN, position.status_date).map(|(day, _)| day).collect();
        days.sort_unstable();
        days.dedup();
        let replaced = days.into_iter().filter_map(|day| {
            let eve = day.yesterday().ok()?;
            let (old, new) = (project.baseline_as_of(eve)?, project.baseline_as_of(day)?);
            let then = Position { status_date: eve, ..*position };
            (old.id != new.id).then(|| (day, reference(&then, budgets)))
        });
        Self { today, before: replaced.collect() }
    }

    /// What was in force on a day.
    pub fn on(&self, day: Date) -> &Reference {
        self.before.iter().find(|(until, _)| day < *until).map_or(self.today, |(_, then)| then)
    }

    /// Says whether what counts as in force on a day is a baseline that came later, because there was none before it.
    pub fn stands_in_on(&self, day: Date) -> bool {
        matches!(self.on(day).source, ReferenceSource::Baseline { since: Some(since), .. } if day < since)
    }

    /// What was in force before today's, in order.
    pub fn before(&self) -> impl Iterator<Item = &Reference> {
        self.before.iter().map(|(_, then)| then)
    }

    /// The days on which a baseline took the place of another, in order.
    pub fn changes(&self) -> impl Iterator<Item = Date> {
        self.before.iter().map(|(day, _)| *day)
    }
}

/// What the report of a day said when it was closed, before another day; none where none was closed.
pub(super) fn said_on(project: &Project, day: Date, before: Date) -> Option<&Figures> {
    let closed = project.snapshots.iter().find(|closed| closed.status_date == day)?;
    (day < before).then_some(&closed.figures)
}

#[cfg(test)]
mod tests {
    use super::super::golden::{branch_network, change, euros, measured_on};
    use super::super::{Control, unapproved_units};
    use super::*;
    use crate::diagnostic::Span;
    use crate::model::{
        Baseline, BaselineTask, BurnFigures, ChangeStatus, Earning, ProgressEntry, Snapshot, ValueFigures,
    };
    use crate::plan::sketch::{Sketch, date, id};
    use crate::quantity::{Amount, Moment};

    /// A baseline of one task that is counted in units, from Monday 2 March on.
    fn baseline(
        sketch: &Sketch,
        (name, approved): (&str, &str),
        finish: &str,
        (units, budget): (i64, i64),
    ) -> Baseline {
        let promised = BaselineTask {
            start: date("2026-03-02"),
            finish: date(finish),
            duration: None,
            budget: euros(budget),
            effort: None,
            units: Some(units),
            origin: Span::default(),
        };
        Baseline {
            id: id(name),
            approved: Some(date(approved)),
            frozen: Some(date(approved)),
            finish: Some(date(finish)),
            budget: Some(euros(budget)),
            tasks: [(sketch.number("reports"), promised)].into(),
            last_task_day: Some(date(finish)),
            sum: euros(budget),
            ..branch_network().project.baselines[0].clone()
        }
    }

    fn report(sketch: &mut Sketch, day: &str, done: i64, total: Option<i64>) {
        let task = sketch.number("reports");
        sketch.project.progress.push(ProgressEntry {
            actual_start: Some(Moment::on(date("2026-03-02"))),
            units_done: Some(done),
            units_total: total,
            ..ProgressEntry::silent(date(day), task)
        });
    }

    /// Eight reports for 1 000 in two weeks were approved on 1 March, ten for 1 500 in four weeks on 20 March. The report of 6 March
    /// was closed, that of 13 March was not.
    fn rebaselined() -> Sketch {
        let mut sketch = Sketch::starting("2026-03-02", &[]);
        let task = sketch.work("reports", "20d", &[]);
        task.earning = Earning::Units { total: 10, unit: "reports".to_owned() };
        let first = baseline(&sketch, ("B1", "2026-03-01"), "2026-03-13", (8, 1_000));
        let second = baseline(&sketch, ("B2", "2026-03-20"), "2026-03-27", (10, 1_500));
        sketch.project.baselines = vec![first, second];
        for (day, done) in [("2026-03-06", 1), ("2026-03-13", 4), ("2026-03-27", 6)] {
            report(&mut sketch, day, done, None);
        }
        let count = |text: &str| text.parse().unwrap();
        let total = ValueFigures {
            planned: Some(euros(510)),
            earned: Some(euros(130)),
            actual: Some(euros(90)),
            ..ValueFigures::default()
        };
        let units = [(id("reports"), BurnFigures { done: count("1"), scope: count("8") })].into();
        let figures = Figures { total, units, ..Figures::default() };
        sketch.project.snapshots.push(Snapshot { figures, ..Snapshot::silent(date("2026-03-06")) });
        sketch
    }

    fn points(control: &Control) -> Vec<(String, f64, f64)> {
        let points = control.unit_burns[0].points.iter();
        points.map(|point| (point.date.to_string(), point.done, point.scope)).collect()
    }

    #[test]
    fn a_new_baseline_leaves_the_history_of_scope_and_a_change_counts_once() {
        let mut sketch = rebaselined();
        let mut more = change("C1", 0, ChangeStatus::Approved);
        more.decided = Some(date("2026-03-18"));
        more.tasks = vec![sketch.number("reports")];
        more.scope_units = Some(2);
        sketch.project.registers.changes.push(more);
        let control = measured_on(&sketch.project, "2026-03-27");
        let expected = [("2026-03-06", 1.0, 8.0), ("2026-03-13", 4.0, 8.0), ("2026-03-27", 6.0, 10.0)];
        assert_eq!(points(&control), expected.map(|(day, done, scope)| (day.to_owned(), done, scope)));
        let [step] = control.unit_burns[0].scope_steps.as_slice() else {
            panic!("{:?}", control.unit_burns[0].scope_steps)
        };
        assert_eq!((step.date, step.amount, &step.changes), (date("2026-03-18"), 2.0, &vec![id("C1")]));
    }

    #[test]
    fn what_a_new_baseline_takes_in_is_agreed_and_what_comes_later_is_not() {
        let sketch = rebaselined();
        let control = measured_on(&sketch.project, "2026-03-27");
        let [step] = control.unit_burns[0].scope_steps.as_slice() else {
            panic!("{:?}", control.unit_burns[0].scope_steps)
        };
        assert_eq!((step.date, step.amount, &step.baseline), (date("2026-03-20"), 2.0, &Some(id("B2"))));
        let unapproved = |control: &Control, day| {
            unapproved_units(&sketch.project, &control.unit_burns[0], date(day)).to_string()
        };
        assert_eq!(unapproved(&control, "2026-03-27"), "0");
        let mut later = sketch.clone();
        report(&mut later, "2026-04-03", 8, Some(13));
        let control = measured_on(&later.project, "2026-04-03");
        assert_eq!(unapproved(&control, "2026-04-03"), "3");
        let steps = &control.unit_burns[0].scope_steps;
        let last = steps.last().unwrap();
        assert_eq!((last.date, last.amount, last.is_unexplained()), (date("2026-04-03"), 3.0, true));
    }

    /// Ten reports were counted on 13 March; the baseline of 20 March still says eight.
    #[test]
    fn what_a_new_baseline_does_not_take_in_stays_without_approval() {
        let mut sketch = rebaselined();
        sketch.project.baselines[1] = baseline(&sketch, ("B2", "2026-03-20"), "2026-03-27", (8, 1_500));
        sketch.project.progress[1].units_total = Some(10);
        let control = measured_on(&sketch.project, "2026-03-27");
        let burn = &control.unit_burns[0];
        assert_eq!((burn.agreed, burn.scope), (8.0, 10.0));
        assert_eq!(unapproved_units(&sketch.project, burn, date("2026-03-27")).to_string(), "2");
        assert_eq!(control.changed_without_approval(&sketch.project, |_| true), 1);
    }

    #[test]
    fn what_was_planned_of_a_past_day_is_that_of_the_baseline_then_in_force() {
        let control = measured_on(&rebaselined().project, "2026-03-27");
        let on = |burn: &crate::control::Burn, day: &str| {
            let point = burn.planned.iter().find(|point| point.date == date(day)).unwrap();
            (point.left, point.all)
        };
        let units = &control.unit_burns[0];
        assert_eq!(on(units, "2026-03-01"), (8.0, 8.0));
        assert_eq!(on(units, "2026-03-06"), (4.0, 8.0));
        assert_eq!(on(units, "2026-03-13"), (0.0, 8.0));
        // By the second: 15 of its 20 working days.
        assert_eq!(on(units, "2026-03-20"), (2.5, 10.0));
        assert_eq!(on(units, "2026-03-27"), (0.0, 10.0));
        assert!(units.planned.is_sorted_by(|before, after| before.date < after.date));
    }

    #[test]
    fn what_a_report_said_before_the_first_baseline_is_no_peak_of_planned_value() {
        let mut sketch = rebaselined();
        sketch.project.baselines[0].approved = Some(date("2026-03-10"));
        let control = measured_on(&sketch.project, "2026-03-27");
        let planned = &control.curve.planned;
        // Five of the ten working days of the first baseline, and not the 510 that were planned by a plan as typed.
        assert!(planned.contains(&(date("2026-03-06"), euros(500))), "{planned:?}");
        let until = planned.iter().filter(|(day, _)| *day < date("2026-03-20"));
        assert!(until.map(|(_, amount)| *amount).is_sorted(), "{planned:?}");
        // What was earned stays as it was told.
        assert!(control.curve.earned.contains(&(date("2026-03-06"), euros(130))));
    }

    #[test]
    fn a_new_baseline_changes_no_value_of_an_earlier_day() {
        let control = measured_on(&rebaselined().project, "2026-03-27");
        let on = |line: &[(Date, Amount)], day: &str| {
            line.iter().find(|(known, _)| *known == date(day)).map(|(_, amount)| *amount)
        };
        let (planned, earned) = (&control.curve.planned, &control.curve.earned);
        // As the closed report said, whatever would be computed today.
        assert_eq!(on(planned, "2026-03-06"), Some(euros(510)));
        assert_eq!(on(earned, "2026-03-06"), Some(euros(130)));
        assert_eq!(on(&control.curve.actual, "2026-03-06"), Some(euros(90)));
        // By the first baseline: 4 of its 10 working days, and on 13 March all of them; 4 of its 8 reports.
        assert_eq!(on(planned, "2026-03-05"), Some(euros(400)));
        assert_eq!(on(planned, "2026-03-13"), Some(euros(1_000)));
        assert_eq!(on(earned, "2026-03-13"), Some(euros(500)));
        // By the second: 15 of its 20 working days, and 6 of its 10 reports.
        assert_eq!(on(planned, "2026-03-20"), Some(euros(1_125)));
        assert_eq!(on(earned, "2026-03-27"), Some(euros(900)));
        assert_eq!(on(planned, "2026-03-27"), Some(euros(1_500)));
    }
}
