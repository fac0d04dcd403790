//! What should be earned by a day, by the same method that earns it.
//!
//! A task exactly on plan must show no variance, so its planned value accrues as its earned value will: at planned
//! finish for 0/100, in lumps for steps (on their planned days where they have them), evenly over the task's own working time for the rest.

use jiff::civil::Date;

use super::reference::LineEarning;
use super::task_budget::earning_base;
use super::{Reference, ReferenceLine};
use crate::model::{Earning, EarningStep, Project, Task, TaskNo, ValueSeries, WorkingTime};
use crate::plan::Engine;
use crate::quantity::{Amount, Fraction, Instant, Percent};

/// Tells, for the reference, how far everything should be at the end of any day.
#[derive(Clone, Copy, Debug)]
pub(super) struct Yardstick<'a> {
    pub project: &'a Project,
    pub engine: &'a Engine<'a>,
    pub reference: &'a Reference,
    /// Working time of the project's own calendar.
    pub working_time: &'a WorkingTime,
}

impl Yardstick<'_> {
    /// The share of a task's budget that was to be earned by the end of a day; nothing for a task without a reference.
    ///
    /// What was frozen stays, whatever has become of calendars and methods since.
    pub fn planned_share(&self, number: TaskNo, day: Date) -> Fraction {
        if let Some(frozen) = self.frozen(number) {
            return Fraction::new(frozen.on(day).0, frozen.last().0).clamped();
        }
        let base = earning_base(self.project, self.reference, number);
        match &self.reference.tasks[base.0 as usize] {
            Some(dates) => {
                let worked = self.worked_share(base, day);
                let method = self.reference.method_of(base);
                accrued(self.project.task(base), method, worked, (dates.start, day))
            }
            None => Fraction::ZERO,
        }
    }

    /// The share of a task's working time that lies before the end of a day, from the minute at which its work begins to the
    /// minute at which it ends.
    ///
    /// Counted on the task's own calendar; by the clock where that calendar has no time between the two. Of 2.5 days from a
    /// Monday morning on, 8 of 20 hours are over by the evening: 40 %. Where a value that grows with time was frozen, its share
    /// is that of the frozen value, since a baseline knows days but no hours.
    pub fn worked_share(&self, number: TaskNo, day: Date) -> Fraction {
        let grows_with_time = matches!(
            self.reference.method_of(number),
            Earning::Units { .. } | Earning::Percent | Earning::LevelOfEffort
        );
        if let Some(frozen) = self.frozen(number).filter(|_| grows_with_time) {
            return Fraction::new(frozen.on(day).0, frozen.last().0).clamped();
        }
        match &self.reference.tasks[number.0 as usize] {
            Some(dates) => elapsed(self.engine.working_time(number), (dates.from, dates.until), day),
            None => Fraction::ZERO,
        }
    }

    /// The part of a task's budget that was to be earned by the end of a day.
    pub fn planned_value(&self, number: TaskNo, day: Date) -> Amount {
        match self.frozen(number) {
            Some(frozen) => frozen.on(day),
            None => self.reference.budget_of(number).share(self.planned_share(number, day)),
        }
    }

    fn frozen(&self, number: TaskNo) -> Option<&ValueSeries> {
        self.reference.planned[number.0 as usize].as_ref()
    }

    /// The part of a budget line that was to be spent by the end of a day.
    pub fn planned_line(&self, line: &ReferenceLine, day: Date) -> Amount {
        if let Some(frozen) = &line.planned {
            return frozen.on(day);
        }
        let window = (Instant::start_of(line.start), Instant::end_of(line.finish));
        line.budget.share(elapsed(self.working_time, window, day))
    }

    /// The last day of the work: money in budget lines may be due after it.
    pub fn work_end(&self) -> Date {
        let ends = self.reference.tasks.iter().flatten().map(|task| task.finish);
        ends.fold(self.reference.finish, Date::max)
    }

    /// What of the budget lines is due after the work and by the end of a day; nothing up to the planned end of the work.
    pub fn lines_after_work(&self, day: Date) -> Amount {
        let end = self.work_end();
        let due = |line: &ReferenceLine| self.planned_line(line, day.max(end)) - self.planned_line(line, end);
        self.reference.lines.iter().map(due).sum()
    }

    /// The part of a budget line that was earned by the end of a day: what was planned, or nothing for a task that the
    /// plan no longer has.
    pub fn earned_line(&self, line: &ReferenceLine, day: Date) -> Amount {
        match line.earns {
            LineEarning::WithTime => self.planned_line(line, day),
            LineEarning::Nothing { .. } => Amount::ZERO,
        }
    }

    /// The working days of the reference, from its first day to the last that earns anything; the last day belongs
    /// to the list even where it is not worked, so that every budget is earned by its end.
    pub fn days(&self) -> Vec<Date> {
        let reference = self.reference;
        let line_ends = reference.lines.iter().map(|line| line.finish);
        let last = line_ends.fold(self.work_end(), Date::max);
        let mut days: Vec<Date> = crate::quantity::Window::inclusive(reference.start, last)
            .into_iter()
            .flat_map(crate::quantity::Window::days)
            .filter(|day| self.working_time.is_working_day(*day))
            .collect();
        if days.last().is_none_or(|day| *day < last) {
            days.push(last);
        }
        days
    }
}

/// Adds up curves that each stand still outside a window, without looking at every curve on every day.
#[derive(Clone, Debug)]
pub(super) struct RunningSum<'a, Quantity> {
    days: &'a [Date],
    steps: Vec<Quantity>,
}

impl<'a, Quantity> RunningSum<'a, Quantity>
where
    Quantity: Copy + Default + std::ops::Add<Output = Quantity> + std::ops::Sub<Output = Quantity>,
{
    /// Starts with nothing on each of the days (in order).
    pub fn new(days: &'a [Date]) -> Self {
        Self { days, steps: vec![Quantity::default(); days.len()] }
    }

    /// Adds a curve that begins to rise on `window.0` and has its full height at the end of `window.1`.
    pub fn add(&mut self, window: (Date, Date), mut height: impl FnMut(Date) -> Quantity) {
        let first = self.days.partition_point(|day| *day < window.0);
        let mut before = Quantity::default();
        for place in first..self.days.len() {
            let now = height(self.days[place]);
            self.steps[place] = self.steps[place] + (now - before);
            before = now;
            if self.days[place] >= window.1 {
                break;
            }
        }
    }

    /// The sum of all curves at the end of each day.
    pub fn totals(self) -> Vec<Quantity> {
        let mut sum = Quantity::default();
        self.steps
            .into_iter()
            .map(|step| {
                sum = sum + step;
                sum
            })
            .collect()
    }
}

/// The share of the time between two minutes that is over at the end of a day.
fn elapsed(working_time: &WorkingTime, (from, to): (Instant, Instant), day: Date) -> Fraction {
    let now = Instant::end_of(day);
    if day >= to.last_day() {
        return Fraction::ONE;
    }
    if now <= from {
        return Fraction::ZERO;
    }
    let all = working_time.between(from, to);
    if all > 0 {
        Fraction::new(working_time.between(from, now), all)
    } else {
        Fraction::new(now.0 - from.0, to.0 - from.0)
    }
}

/// Turns time worked into value planned, by the task's earning method.
fn accrued(task: &Task, method: &Earning, worked: Fraction, (start, day): (Date, Date)) -> Fraction {
    if worked.is_whole() {
        return Fraction::ONE;
    }
    let has_started = start <= day;
    if task.is_point() || !has_started {
        return Fraction::ZERO;
    }
    match method {
        Earning::AtStartAndFinish(share) => share.fraction(),
        Earning::AtFinish => Fraction::ZERO,
        Earning::Steps(steps) => steps_due(steps, worked, day),
        Earning::Units { .. } | Earning::Percent | Earning::LevelOfEffort | Earning::Apportioned(_) => worked,
    }
}

/// The weight of the steps that were to be done by a day: those whose planned day has come, and of those without one, the
/// ones that are whole when so much of the task's time is over, in their order.
fn steps_due(steps: &[EarningStep], worked: Fraction, day: Date) -> Fraction {
    let (mut reach, mut due) = (0, 0);
    for step in steps {
        reach += step.weight.hundredths();
        let is_due = match step.planned {
            Some(planned) => planned <= day,
            None => Percent::from_hundredths(reach).fraction() <= worked,
        };
        if is_due {
            due += step.weight.hundredths();
        }
    }
    Percent::from_hundredths(due).fraction()
}

/// The weight of the steps that are whole when so much of the work is done; steps are taken in their order.
///
/// Of steps of 40, 30 and 30 %, half of the work completes only the first: 40 %.
pub(super) fn steps_done(steps: &[EarningStep], done: Fraction) -> Fraction {
    let mut weight = 0;
    for step in steps {
        let next = weight + step.weight.hundredths();
        if Percent::from_hundredths(next).fraction() > done {
            break;
        }
        weight = next;
    }
    Percent::from_hundredths(weight).fraction()
}

#[cfg(test)]
mod tests {
    use super::super::golden::{euros, measured_on};
    use super::super::{Position, promise};
    use super::*;
    use crate::model::Assignee;
    use crate::plan::Facts;
    use crate::plan::sketch::{Sketch, date};

    /// Two tasks of 2.5 days one after the other from a Monday morning on, 800 a day: the second begins on Wednesday at noon.
    fn halves() -> Sketch {
        let mut sketch = Sketch::starting("2026-06-01", &[]);
        let tom = sketch.person("tom", &[]);
        sketch.project.team.people[0].rate = Some("800 EUR/d".parse().unwrap());
        sketch.work("first", "2.5d", &[]).assign(Assignee::Person(tom), 100);
        sketch.work("second", "2.5d", &["first"]).assign(Assignee::Person(tom), 100);
        sketch
    }

    #[test]
    fn a_task_of_two_days_and_a_half_is_forty_percent_done_after_one() {
        let control = measured_on(&halves().project, "2026-06-01");
        // 8 of 20 hours of the first are 800 of 2 000; by Wednesday all of it and 4 of 20 hours of the second, 400.
        let days = [("2026-06-01", 800), ("2026-06-02", 1_600), ("2026-06-03", 2_400), ("2026-06-04", 3_200)];
        for (day, planned) in days {
            assert_eq!(control.curve.planned_on(date(day)), euros(planned), "{day}");
        }
        assert_eq!(control.curve.planned_on(date("2026-06-05")), euros(4_000));
    }

    #[test]
    fn a_baseline_freezes_planned_value_by_the_minutes_worked() {
        let sketch = halves();
        let (engine, facts) = (Engine::new(&sketch.project), Facts::none(&sketch.project));
        let planned = engine.run(&facts);
        let position = Position {
            project: &sketch.project,
            engine: &engine,
            planned: &planned,
            forecast: &planned,
            facts: &facts,
            levers: &[],
            status_date: date("2026-06-01"),
        };
        let promised = promise(&position, &planned);
        let on = |name: &str, day: &str| {
            promised.planned[sketch.number(name).0 as usize].as_ref().unwrap().on(date(day))
        };
        assert_eq!([on("first", "2026-06-01"), on("first", "2026-06-02")], [800, 1_600].map(euros));
        assert_eq!([on("second", "2026-06-02"), on("second", "2026-06-03")], [0, 400].map(euros));
        assert_eq!(on("second", "2026-06-05"), euros(2_000));
    }

    #[test]
    fn steps_count_only_when_whole_and_in_order() {
        let step = |percent: i64| EarningStep::new("", Percent::from_hundredths(percent * 100));
        let steps = [step(40), step(30), step(30)];
        let done = |percent: i64| steps_done(&steps, Fraction::new(percent, 100));
        assert_eq!(done(39), Fraction::ZERO);
        assert_eq!(done(40), Fraction::new(40, 100));
        assert_eq!(done(69), Fraction::new(40, 100));
        assert_eq!(done(100), Fraction::ONE);
    }
}
