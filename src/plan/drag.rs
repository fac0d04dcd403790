//! Drag: what the project would gain if a task took no time at all.
//!
//! Comes in: an engine, facts and their schedule. Goes out: for each open task of the longest path how much earlier
//! the project would end without it. A long task with little drag is no place to look for time: something else,
//! beside it, would drive the finish almost as far.
//!
//! Source: S. Devaux, *Total Project Control*, 2nd ed., 2015: drag is the amount by which an activity of the critical
//! path delays the finish. It is computed here from its meaning, by scheduling again, so that it holds with several
//! calendars, lags and constraints, where the textbook's formula over the floats of parallel tasks does not.

use jiff::civil::Date;

use crate::model::TaskNo;
use crate::plan::levers::Trial;
use crate::plan::network::NodeKind;
use crate::plan::{Engine, Facts, Schedule};
use crate::quantity::days_between;

/// At most so many tasks are asked about, those with most left to do first: nobody reads a longer list.
const DRAGS_AT_MOST: usize = 100;

/// What the project would gain if a task took no time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Drag {
    /// The task: open work on the longest path.
    pub task: TaskNo,
    /// The project's last day if nothing were left to do of it.
    pub finish: Date,
    /// Calendar days by which the project would end earlier; zero or above.
    pub calendar_days: i64,
    /// The same in working days of the project's calendar.
    pub working_days: i64,
}

impl Engine<'_> {
    /// Computes the drag of the open work on the longest path, in order of time; at most 100 tasks.
    ///
    /// `schedule` is what [`Engine::run`] gives for the same facts. Example: tasks of 5 and 3 days run side by side
    /// before the finish; the long one has a drag of 2 days, since without it the short one drives the finish. A project
    /// that is counted back from its finish has none.
    #[must_use]
    pub fn drags(&self, facts: &Facts, schedule: &Schedule) -> Vec<Drag> {
        if self.wanted_finish().is_some() {
            return Vec::new();
        }
        let mut trial = Trial::of(self, facts, schedule);
        let project = self.project();
        let mut asked: Vec<(usize, TaskNo)> = schedule
            .longest_path
            .iter()
            .copied()
            .enumerate()
            .filter(|(_, task)| {
                trial.pass.network.nodes[task.0 as usize].kind == NodeKind::Work
                    && schedule.slot(*task).on_longest_path
            })
            .collect();
        asked.sort_by_key(|(place, task)| (-schedule.slot(*task).remaining, *place));
        asked.truncate(DRAGS_AT_MOST);
        asked.sort_unstable();
        let time = project.calendars[project.calendar].compile();
        asked
            .into_iter()
            .map(|(_, task)| {
                let finish = trial.finish_with(task.0 as usize, 0).min(trial.finish);
                Drag {
                    task,
                    finish,
                    calendar_days: days_between(finish, trial.finish),
                    working_days: time.working_days_between(finish, trial.finish),
                }
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::golden::{branch_network, reported};
    use crate::plan::schedule;
    use crate::plan::sketch::Sketch;

    fn drags_of(sketch: &Sketch, facts: &Facts) -> Vec<(String, i64, i64)> {
        let engine = Engine::new(&sketch.project);
        let named = |drag: Drag| {
            (sketch.project.task(drag.task).id.to_string(), drag.working_days, drag.calendar_days)
        };
        engine.drags(facts, &schedule(&sketch.project, facts)).into_iter().map(named).collect()
    }

    #[test]
    fn a_task_drags_only_as_far_as_the_one_beside_it() {
        // Of two tasks side by side the longer one drags by the difference; a weekend lies between the two gains.
        let mut sketch = Sketch::starting("2026-08-03", &[]);
        sketch.work("long", "5d", &[]);
        sketch.work("short", "3d", &[]);
        sketch.work("last", "2d", &["long", "short"]);
        let drags = drags_of(&sketch, &Facts::none(&sketch.project));
        assert_eq!(drags, [("long".to_owned(), 2, 4), ("last".to_owned(), 2, 4)]);
    }

    #[test]
    fn work_that_takes_no_time_is_not_done_before_it_may_begin() {
        // From Monday, 10 August, to Friday; without it the project ends on that Monday, not on the Friday before.
        let mut sketch = Sketch::starting("2026-08-03", &[]);
        sketch.work("late", "5d", &[]).bound(crate::model::ConstraintKind::StartsNotBefore, "2026-08-10");
        sketch.work("early", "1d", &[]);
        assert_eq!(drags_of(&sketch, &Facts::none(&sketch.project)), [("late".to_owned(), 4, 4)]);
        // The first task of all gives its own length and no more: nothing begins before the project.
        let mut sketch = Sketch::starting("2026-08-03", &[]);
        sketch.work("first", "1d", &[]);
        sketch.work("next", "1d", &["first FS +2d"]);
        let drags = drags_of(&sketch, &Facts::none(&sketch.project));
        assert_eq!(drags, [("first".to_owned(), 1, 1), ("next".to_owned(), 1, 1)]);
    }

    #[test]
    fn in_the_branch_network_the_freeze_weighs_more_than_the_work() {
        let sketch = branch_network();
        let drags = drags_of(&sketch, &reported(&sketch));
        let pilot = drags.iter().find(|(task, _, _)| task == "pilot").unwrap();
        assert!(pilot.2 > 29, "a day less already gains 29 calendar days: {drags:?}");
    }
}
