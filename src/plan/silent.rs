//! Begun work of which nobody says how far it is.
//!
//! Comes in: an engine, facts and their schedule. Goes out: such work, since when nobody has spoken of it, and the project's
//! finish had it gone on as planned. What is left of begun work lies after the status date, so that without a word the finish
//! moves on by a day a day.

use jiff::civil::Date;

use crate::model::{Earning, Task, TaskNo, TaskProgress};
use crate::plan::levers::Trial;
use crate::plan::network::NodeKind;
use crate::plan::{Engine, Facts, Schedule, State};
use crate::quantity::{Instant, MINUTES_OF_DAY, days_between};

/// The effect of at most so much work is computed: nobody reads a longer list.
const EFFECTS_AT_MOST: usize = 100;

/// Work in progress of which nobody says how far it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Silent {
    /// The task.
    pub task: TaskNo,
    /// Since when nobody has: the day on which it began where nothing says how much of it is done or left, else the day of its
    /// newest report.
    pub since: Date,
    /// Whether nothing says how much of it is done or left, so that all of it is counted as left.
    pub is_all_left: bool,
    /// The project's last day had the work gone on as planned since then; never behind the forecast. None where nothing moves:
    /// in a plan that is counted back from its finish, where unfinished work stays where it was, and beyond the first 100.
    pub finish: Option<Date>,
}

impl Engine<'_> {
    /// Finds work in progress of which nothing says how much is done or left, once the day of its start is over, and work
    /// that was last reported more than two periods of reporting ago; in the order of the plan. Level of effort is not measured.
    ///
    /// Example: of 5 days that began on Monday, 3 August 2026, nobody has said more by the end of Friday. All 5 are counted from
    /// there, and the project ends on 14 August; had the work gone on as planned it would be done, and the project with it.
    #[must_use]
    pub fn silent(&self, facts: &Facts, schedule: &Schedule) -> Vec<Silent> {
        let project = self.project();
        let Some(day) = facts.status_date else { return Vec::new() };
        let found = project.task_numbers().filter_map(|number| {
            let task = project.task(number);
            let progress = facts.progress.get(number.0 as usize)?;
            let is_begun = schedule.slot(number).state == State::InProgress && facts.stopped.is_none();
            if !is_begun || !task.is_work() || task.is_level_of_effort() {
                return None;
            }
            let reported = progress.reported?;
            let began = progress.actual_start.map(|start| start.day);
            let since = began.filter(|began| {
                !says_how_far(task, progress)
                    && *began < day
                    && self.gone((number, *began), day) >= self.day_of(number)
            });
            let is_long_ago = days_between(reported, day) > project.reporting.days_from(reported, 2);
            match since {
                Some(since) => Some(Silent { task: number, since, is_all_left: true, finish: None }),
                None if is_long_ago => {
                    Some(Silent { task: number, since: reported, is_all_left: false, finish: None })
                }
                None => None,
            }
        });
        let mut found: Vec<Silent> = found.collect();
        if !found.is_empty() && self.wanted_finish().is_none() && facts.status_end(project).is_some() {
            self.add_effects(&mut found, facts, schedule);
        }
        found
    }

    /// Adds the finish had each gone on as planned.
    fn add_effects(&self, found: &mut [Silent], facts: &Facts, schedule: &Schedule) {
        let Some(day) = facts.status_date else { return };
        let mut trial = Trial::of(self, facts, schedule);
        for one in found.iter_mut().take(EFFECTS_AT_MOST) {
            let node = one.task.0 as usize;
            if trial.pass.network.nodes[node].kind != NodeKind::Work {
                continue;
            }
            // Of what was reported, the day of the report is over.
            let from =
                if one.is_all_left { one.since } else { one.since.saturating_add(jiff::Span::new().days(1)) };
            let left = (trial.pass.needs_of_whole(node) - self.gone((one.task, from), day)).max(0);
            one.finish = Some(trial.finish_with(node, left).min(trial.finish));
        }
    }

    /// The minutes of a task that could be worked from a day to the end of another.
    fn gone(&self, (task, from): (TaskNo, Date), day: Date) -> i64 {
        let network = self.network();
        network.most_between(task.0 as usize, Instant::start_of(from), Instant::end_of(day))
    }

    /// The minutes of a day of a task: of its calendar, or of the clock.
    fn day_of(&self, task: TaskNo) -> i64 {
        let is_elapsed = self.network().nodes[task.0 as usize].elapsed;
        if is_elapsed { MINUTES_OF_DAY } else { self.project().minutes_per_day_of(task) }
    }
}

/// Whether anything says how much of a task is done, what is left of it or when it goes on. Apportioned work is as far as the work that
/// it follows.
fn says_how_far(task: &Task, progress: &TaskProgress) -> bool {
    progress.lines.done.is_some()
        || progress.remaining.is_some()
        || progress.resume.is_some()
        || matches!(task.earning, Earning::Apportioned(_))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Rhythm;
    use crate::plan::schedule;
    use crate::plan::sketch::{Sketch, date};
    use crate::quantity::{Moment, Percent};

    /// Work of 5 days and 5 more behind it, from Monday, 3 August 2026; the first has begun.
    fn begun(day: &str) -> (Sketch, Facts) {
        let mut sketch = Sketch::starting("2026-08-03", &[]);
        sketch.project.reporting = Rhythm::Weeks(1);
        sketch.work("build", "5d", &[]);
        sketch.work("test", "5d", &["build"]);
        let mut facts = Facts::as_of(&sketch.project, date(day));
        facts.progress[0].actual_start = Some(Moment::on(date("2026-08-03")));
        facts.progress[0].reported = Some(date("2026-08-03"));
        (sketch, facts)
    }

    fn silent(sketch: &Sketch, facts: &Facts) -> Vec<Silent> {
        Engine::new(&sketch.project).silent(facts, &schedule(&sketch.project, facts))
    }

    #[test]
    fn work_that_began_without_a_further_word_moves_the_finish_by_a_day_a_day() {
        // On the day of its start nobody need say more.
        // Wednesday: 3 of 5 days are gone, so that it would end on Friday and the project a week later.
        for (day, forecast, finish) in [
            ("2026-08-03", "2026-08-17", None),
            ("2026-08-05", "2026-08-19", Some("2026-08-14")),
            ("2026-08-07", "2026-08-21", Some("2026-08-14")),
            ("2026-08-21", "2026-09-04", Some("2026-08-28")),
        ] {
            let (sketch, facts) = begun(day);
            let now = schedule(&sketch.project, &facts).finish_day();
            assert_eq!(now, date(forecast), "{day}");
            let found = silent(&sketch, &facts);
            let told: Vec<_> = found.iter().map(|one| (one.since, one.is_all_left, one.finish)).collect();
            let expected: Vec<_> =
                finish.map(|finish| (date("2026-08-03"), true, Some(date(finish)))).into_iter().collect();
            assert_eq!(told, expected, "{day}");
        }
    }

    #[test]
    fn a_word_on_how_much_is_done_or_left_is_none_of_silence_until_it_is_old() {
        let (sketch, mut facts) = begun("2026-08-14");
        facts.progress[0].lines.done = Some(crate::diagnostic::Span::default());
        facts.progress[0].percent_complete = Some(Percent::ZERO);
        assert_eq!(silent(&sketch, &facts), []);
        // A day more than two weeks: 40 % were done on Monday, 3 August; 3 days of work were left and more than 3 have gone by.
        facts.status_date = Some(date("2026-08-18"));
        facts.progress[0].percent_complete = "40%".parse().ok();
        let found = silent(&sketch, &facts);
        assert_eq!(schedule(&sketch.project, &facts).finish_day(), date("2026-08-28"));
        assert_eq!(found.len(), 1);
        assert_eq!((found[0].since, found[0].is_all_left), (date("2026-08-03"), false));
        assert_eq!(found[0].finish, Some(date("2026-08-25")));
    }

    #[test]
    fn what_has_float_moves_no_finish() {
        let (mut sketch, _) = begun("2026-08-05");
        sketch.work("long", "30d", &[]);
        let mut facts = Facts::as_of(&sketch.project, date("2026-08-05"));
        facts.progress[0].actual_start = Some(Moment::on(date("2026-08-03")));
        facts.progress[0].reported = Some(date("2026-08-03"));
        let found = silent(&sketch, &facts);
        assert_eq!(found[0].finish, Some(schedule(&sketch.project, &facts).finish_day()));
    }
}
