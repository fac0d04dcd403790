//! Horizontal traceability: does a delay of a task reach the end of the plan?

use crate::model::TaskNo;
use crate::plan::levers::Trial;
use crate::plan::{Engine, Facts, Schedule};

/// Working days by which a task is delayed to see what moves with it: on the critical path (point 12), or beyond its float.
pub const TEST_DAYS: i64 = 600;

impl Engine<'_> {
    /// Of some open tasks those of which a delay of [`TEST_DAYS`] beyond their float leaves the finish of `last` where it
    /// is: a link is missing on the way, or a date is held fast.
    ///
    /// `schedule` is what [`Engine::run`] gives for the same facts. A project that is counted back from its finish cannot be
    /// asked: it gives none.
    #[must_use]
    pub fn untraced(
        &self,
        facts: &Facts,
        schedule: &Schedule,
        (tasks, last): (&[TaskNo], TaskNo),
    ) -> Vec<TaskNo> {
        if self.wanted_finish().is_some() {
            return Vec::new();
        }
        let mut trial = Trial::of(self, facts, schedule);
        let project = self.project();
        let mut untraced = Vec::new();
        for task in tasks.iter().filter(|task| **task != last) {
            let node = task.0 as usize;
            let delay = TEST_DAYS * project.minutes_per_day_of(*task);
            let longer = trial.pass.standings[node].needs() + delay + schedule.slot(*task).total_float.max(0);
            if !trial.moves(node, longer, last.0 as usize) {
                untraced.push(*task);
            }
        }
        untraced
    }
}
