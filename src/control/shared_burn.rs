//! The burn of several tasks that are counted in the same unit: the backlog of a team whose epics are tasks of their own.

use jiff::civil::Date;

use super::burn::{
    Burn, BurnPart, BurnPoint, BurnSource, BurnTold, BurnUnit, Counted, ScopeStep, is_recorded, merged,
};
use super::burn_days::{DoneByDay, ReportDays};
use super::burn_plan::{PlannedWork, added_up, as_in_force};
use super::counted_units::{CountedUnits, size_of};
use crate::model::TaskNo;

/// A part of a unit in which planned work is added up, so that shares of small numbers of units are not rounded away.
const PARTS_OF_A_UNIT: i64 = 1_000;

/// A task that is added up with others.
struct Part<'a> {
    units: &'a CountedUnits<'a>,
    /// Since when it belongs to the scope: since it came in, or since something of it was done. None for what was there from the beginning.
    since: Option<Date>,
}

/// For each unit of size that more than one task is counted in, those tasks together, in the order in which units first stand in the plan.
///
/// Points are a size and add up. Things do not: twelve offices that are surveyed by one task and fitted out by another are twelve.
///
/// Two epics of 30 and 20 points of which 12 and 5 are done are 17 of 50, and what was done in a period is what was done of both, where
/// each epic alone stands still while the other is worked on.
pub(super) fn shared_burns(source: &BurnSource, counted: &[CountedUnits], reports: &ReportDays) -> Vec<Burn> {
    let mut by_size: Vec<(&str, Vec<Part>)> = Vec::new();
    for units in counted {
        let Some(size) = size_of(units.unit) else { continue };
        let part = Part::of(source, units);
        match by_size.iter_mut().find(|(known, _)| *known == size) {
            Some((_, parts)) => parts.push(part),
            None => by_size.push((size, vec![part])),
        }
    }
    let shared = by_size.into_iter().filter(|(_, parts)| parts.len() > 1);
    shared.map(|(size, parts)| shared_burn(source, reports, size, &parts)).collect()
}

impl<'a> Part<'a> {
    fn of(source: &BurnSource, units: &'a CountedUnits<'a>) -> Self {
        let begun = |day: &Date| units.on(source, *day).0 > 0;
        let since = units.added.as_ref().map(|(since, _)| {
            let mut before = source.report_days().into_iter().take_while(|day| day < since);
            before.find(begun).unwrap_or(*since)
        });
        Self { units, since }
    }

    /// Done and scope at the end of a day: as its report said where it was closed, unless `is_measured` asks for what is recomputed. Both are
    /// zero before it came in.
    fn on(&self, source: &BurnSource, day: Date, is_measured: bool) -> (f64, f64) {
        if self.since.is_some_and(|since| day < since) {
            return (0.0, 0.0);
        }
        let said = if is_measured { None } else { self.units.said_on(source, day) };
        said.map_or_else(
            || {
                let (done, scope) = self.units.on(source, day);
                (done as f64, scope as f64)
            },
            |said| (said.done.as_f64(), said.scope.as_f64()),
        )
    }

    /// Whether [`Part::on`] tells what the report of the day said.
    fn is_as_closed(&self, source: &BurnSource, day: Date) -> bool {
        self.units.said_on(source, day).is_some() && self.since.is_none_or(|since| since <= day)
    }
}

fn shared_burn(source: &BurnSource, reports: &ReportDays, size: &str, parts: &[Part]) -> Burn {
    let numbers: Vec<TaskNo> = parts.iter().map(|part| part.units.task).collect();
    let sum = |day: Date, is_measured: bool| {
        let all = parts.iter().map(|part| part.on(source, day, is_measured));
        all.fold((0.0, 0.0), |(done, scope), (of_part, in_all)| (done + of_part, scope + in_all))
    };
    let measured = |day: Date| sum(day, true);

    let additions = parts.iter().filter_map(|part| {
        let (_, changes) = part.units.added.clone()?;
        Some(ScopeStep { date: part.since?, amount: part.units.agreed as f64, changes, baseline: None })
    });
    let scope_steps =
        merged(additions.chain(parts.iter().flat_map(|part| part.units.steps(source))).collect());
    let by_day: Vec<DoneByDay> = parts
        .iter()
        .map(|part| DoneByDay::of(source, reports, part.units.task, |day| part.on(source, day, true).0))
        .collect();
    let point = |date: Date| {
        let (done, scope) = sum(date, false);
        let is_as_closed = parts.iter().all(|part| part.is_as_closed(source, date));
        BurnPoint { date, is_report: source.history.is_report(date), done, scope, is_as_closed }
    };
    let is_told = |point: &BurnPoint| {
        point.is_report || numbers.iter().any(|number| is_recorded(source.project(), *number, point.date))
    };
    let points: Vec<BurnPoint> = source.report_days().into_iter().map(point).filter(is_told).collect();
    let told = |part: &Part| BurnPart {
        task: part.units.task,
        shares: points.iter().map(|point| part.on(source, point.date, false)).collect(),
    };
    let burn = BurnTold {
        title: format!("{} tasks together", parts.len()),
        unit: BurnUnit::Units(size.to_owned()),
        counted: Counted::Together(parts.iter().map(told).collect()),
        points,
        planned: planned(source, parts),
        scope_steps,
        agreed: parts.iter().map(|part| part.units.agreed as f64).sum(),
    };
    source.burn(burn, &numbers, &by_day, measured)
}

/// What was planned to be left of all tasks, from the eve of the first day of any to the first working day on which nothing is left.
fn planned(source: &BurnSource, parts: &[Part]) -> Vec<PlannedWork> {
    as_in_force(source, |yardstick, days| {
        let reference = yardstick.reference;
        let windows = parts.iter().filter_map(|part| reference.dates_of(part.units.task));
        let Some((first, last)) = windows.reduce(|all, one| (all.0.min(one.0), all.1.max(one.1))) else {
            return Vec::new();
        };
        let from = days.partition_point(|day| *day < first);
        let end = days.len().min(days.partition_point(|day| *day < last) + 1);
        let within = &days[from.min(end)..end];
        let agreed = parts.iter().map(|part| {
            let units = part.units;
            (units.task, units.agreed_by(reference) * PARTS_OF_A_UNIT)
        });
        added_up(yardstick, within, first, agreed, |parts| parts as f64 / PARTS_OF_A_UNIT as f64)
    })
}

#[cfg(test)]
mod tests {
    use super::super::Control;
    use super::super::counted_units::size_of;
    use super::super::golden::{branch_network, change, measured_on};
    use crate::diagnostic::Span;
    use crate::model::{Baseline, BaselineTask, ChangeStatus, Earning, ProgressEntry};
    use crate::plan::sketch::{Sketch, date, id};
    use crate::quantity::{Amount, Moment};

    /// Two epics of 30 and 20 points one after the other, each of ten days from Monday 2 March on, and four sites that are surveyed and fitted
    /// out.
    fn backlog() -> Sketch {
        let mut sketch = Sketch::starting("2026-03-02", &[]);
        for (task, total, unit, after) in [
            ("login", 30, "points", &[][..]),
            ("survey", 4, "sites", &[]),
            ("fitting", 4, "sites", &["survey"]),
            ("search", 20, "points", &["login"]),
        ] {
            sketch.work(task, "10d", after).earning = Earning::Units { total, unit: unit.to_owned() };
        }
        sketch
    }

    /// Reports so many points of a task that began on a day.
    fn report(sketch: &mut Sketch, task: &str, began: &str, (day, done): (&str, i64)) {
        let number = sketch.number(task);
        sketch.project.progress.push(ProgressEntry {
            actual_start: Some(Moment::on(date(began))),
            units_done: Some(done),
            ..ProgressEntry::silent(date(day), number)
        });
    }

    fn points(control: &Control) -> Vec<(String, f64, f64)> {
        let points = control.shared_burns[0].points.iter();
        points.map(|point| (point.date.to_string(), point.done, point.scope)).collect()
    }

    #[test]
    fn tasks_counted_in_one_unit_are_added_up_and_others_are_not() {
        let mut sketch = backlog();
        report(&mut sketch, "login", "2026-03-02", ("2026-03-06", 10));
        report(&mut sketch, "login", "2026-03-02", ("2026-03-13", 21));
        report(&mut sketch, "search", "2026-03-09", ("2026-03-13", 8));
        let control = measured_on(&sketch.project, "2026-03-13");
        let [burn] = control.shared_burns.as_slice() else { panic!("{:?}", control.shared_burns) };
        assert_eq!(
            burn.parts().iter().map(|part| part.task).collect::<Vec<_>>(),
            [sketch.number("login"), sketch.number("search")]
        );
        let expected = [("2026-03-06", 10.0, 50.0), ("2026-03-13", 29.0, 50.0)];
        assert_eq!(points(&control), expected.map(|(day, done, scope)| (day.to_owned(), done, scope)));
        assert_eq!((burn.remaining, burn.agreed), (21.0, 50.0));
        // Three points a day of the first epic, two of the second: 35 left after five days, 20 after ten, 10 after fifteen.
        let left = |day: &str| burn.planned.iter().find(|point| point.date == date(day)).unwrap().left;
        for (day, planned) in
            [("2026-03-06", 35.0), ("2026-03-13", 20.0), ("2026-03-20", 10.0), ("2026-03-27", 0.0)]
        {
            assert!((left(day) - planned).abs() < 1e-9, "{day}: {}", left(day));
        }
        assert_eq!(control.unit_burns.len(), 4);
    }

    /// While the team works on the second epic, the first stands still; the team does not.
    #[test]
    fn the_pace_is_that_of_the_team() {
        let mut sketch = backlog();
        for (task, began, reports) in [
            (
                "login",
                "2026-03-02",
                &[("2026-03-13", 6), ("2026-03-27", 6), ("2026-04-10", 12), ("2026-04-24", 12)][..],
            ),
            (
                "search",
                "2026-03-16",
                &[("2026-03-27", 5), ("2026-04-10", 5), ("2026-04-24", 10), ("2026-05-08", 15)],
            ),
        ] {
            for told in reports {
                report(&mut sketch, task, began, *told);
            }
        }
        let control = measured_on(&sketch.project, "2026-05-08");
        let burn = &control.shared_burns[0];
        assert_eq!(burn.points.last().map(|point| (point.done, point.scope)), Some((27.0, 50.0)));
        // Told fortnight by fortnight: 6, 5, 6, 5, 5.
        let did: Vec<f64> = burn.periods.iter().map(|period| (period.done * 100.0).round() / 100.0).collect();
        let expected = [6.0, 5.0, 6.0, 5.0, 5.0];
        assert!(did.iter().zip(expected).all(|(did, known)| (did - known).abs() < 1e-9), "{did:?}");
        assert_eq!(did.len(), expected.len());
        assert!((burn.forecast.as_ref().unwrap().mean - 27.0 / 5.0).abs() < 1e-9);
    }

    /// The first epic alone was agreed; a change brought the second one in on 10 March, and says how much that is or does not.
    fn grown(scope: Option<i64>, reports: &[(&str, &str, i64)]) -> Control {
        let mut sketch = backlog();
        let login = BaselineTask {
            start: date("2026-03-02"),
            finish: date("2026-03-13"),
            duration: None,
            budget: Amount::ZERO,
            effort: None,
            units: Some(30),
            origin: Span::default(),
        };
        sketch.project.baselines = vec![Baseline {
            id: id("B1"),
            approved: Some(date("2026-03-01")),
            frozen: Some(date("2026-03-01")),
            finish: Some(date("2026-03-13")),
            tasks: [(sketch.number("login"), login)].into(),
            last_task_day: Some(date("2026-03-13")),
            ..branch_network().project.baselines[0].clone()
        }];
        let mut more = change("C1", 0, ChangeStatus::Approved);
        (more.decided, more.tasks) = (Some(date("2026-03-10")), vec![sketch.number("search")]);
        more.scope_units = scope;
        sketch.project.registers.changes.push(more);
        for (task, day, done) in reports {
            report(&mut sketch, task, "2026-03-02", (*day, *done));
        }
        measured_on(&sketch.project, reports.last().unwrap().1)
    }

    #[test]
    fn a_later_epic_is_one_step_of_the_scope_whether_or_not_the_change_says_its_size() {
        for scope in [None, Some(20)] {
            let told =
                [("login", "2026-03-06", 10), ("login", "2026-03-13", 20), ("login", "2026-03-20", 30)];
            let control = grown(scope, &told);
            let expected =
                [("2026-03-06", 10.0, 30.0), ("2026-03-13", 20.0, 50.0), ("2026-03-20", 30.0, 50.0)];
            assert_eq!(points(&control), expected.map(|(day, done, scope)| (day.to_owned(), done, scope)));
            let [step] = control.shared_burns[0].scope_steps.as_slice() else {
                panic!("{:?}", control.shared_burns[0].scope_steps)
            };
            assert_eq!((step.date, step.amount, &step.changes), (date("2026-03-10"), 20.0, &vec![id("C1")]));
        }
    }

    #[test]
    fn what_was_worked_on_before_its_approval_came_in_when_it_was_begun() {
        let control = grown(None, &[("search", "2026-03-06", 3), ("login", "2026-03-13", 20)]);
        let expected = [("2026-03-06", 3.0, 50.0), ("2026-03-13", 23.0, 50.0)];
        assert_eq!(points(&control), expected.map(|(day, done, scope)| (day.to_owned(), done, scope)));
        assert_eq!(control.shared_burns[0].scope_steps[0].date, date("2026-03-06"));
    }

    /// Nobody promised the second epic, so nothing is late of both.
    #[test]
    fn what_is_not_all_promised_has_no_promise() {
        let control = grown(None, &[("login", "2026-03-06", 10)]);
        assert_eq!(control.shared_burns[0].promised(&control.reference), None);
    }

    #[test]
    fn a_change_over_two_epics_brings_its_points_once() {
        let mut sketch = backlog();
        let mut more = change("C2", 0, ChangeStatus::Approved);
        more.decided = Some(date("2026-03-10"));
        more.tasks = ["login", "search"].map(|task| sketch.number(task)).to_vec();
        more.scope_units = Some(12);
        sketch.project.registers.changes.push(more);
        report(&mut sketch, "login", "2026-03-02", ("2026-03-13", 20));
        report(&mut sketch, "login", "2026-03-02", ("2026-03-20", 20));
        let control = measured_on(&sketch.project, "2026-03-20");
        assert_eq!(points(&control)[0], ("2026-03-13".to_owned(), 20.0, 62.0));
    }

    #[test]
    fn only_sizes_add_up() {
        for (unit, size) in [
            ("points", Some("points")),
            ("Story-Points", Some("story points")),
            ("access points", None),
            ("offices", None),
        ] {
            assert_eq!(size_of(unit), size, "{unit}");
        }
    }
}
