//! What milepost computes held against what the plan says.
//!
//! Two instants are the same where no working minute of the task lies between them: Friday 17:00 and Monday 08:00.

use std::collections::BTreeMap;

use jiff::civil::DateTime;

use milepost::model::{TaskKind, TaskNo, Work};
use milepost::plan::{Engine, Schedule};
use milepost::quantity::Instant;

use crate::plan::{Plan, Truth, instant};

/// The figures that are compared, in the order of the table.
pub const FIGURES: [&str; 6] = ["start", "finish", "late start", "late finish", "total slack", "free slack"];

/// A figure that is not the stored one.
#[derive(Debug)]
pub struct Difference {
    pub task: String,
    pub figure: &'static str,
    pub stored: String,
    pub computed: String,
    /// Minutes by which ours is later or larger.
    pub minutes: i64,
}

/// How a plan compares.
#[derive(Debug, Default)]
pub struct Verdict {
    /// Tasks compared, summaries among them.
    pub n_tasks: usize,
    /// Tasks of which every figure is the stored one.
    pub n_equal: usize,
    /// By figure: compared and equal.
    pub figures: BTreeMap<&'static str, (usize, usize)>,
    pub differences: Vec<Difference>,
}

/// Computes a plan and compares every task of it.
pub fn judge(plan: &Plan) -> Verdict {
    let (project, facts, listed) = plan.project();
    let engine = Engine::new(&project);
    let schedule = engine.run(&facts);
    let mut verdict = Verdict::default();
    for (number, place) in listed.iter().enumerate() {
        let task = TaskNo(u32::try_from(number).unwrap());
        let written = &plan.tasks[*place];
        let comparison = Comparison { engine: &engine, schedule: &schedule, task };
        let found = comparison.differences(&written.truth, &mut verdict.figures);
        verdict.n_tasks += 1;
        verdict.n_equal += usize::from(found.is_empty());
        verdict.differences.extend(found);
    }
    verdict
}

struct Comparison<'a> {
    engine: &'a Engine<'a>,
    schedule: &'a Schedule,
    task: TaskNo,
}

impl Comparison<'_> {
    fn differences(
        &self,
        truth: &Truth,
        counts: &mut BTreeMap<&'static str, (usize, usize)>,
    ) -> Vec<Difference> {
        let slot = self.schedule.slot(self.task);
        let dates = [
            (FIGURES[0], truth.start, slot.start),
            (FIGURES[1], truth.finish, slot.finish),
            (FIGURES[2], truth.late_start, slot.late_start),
            (FIGURES[3], truth.late_finish, slot.late_finish),
        ];
        let slacks = [
            (FIGURES[4], truth.total_slack, slot.total_float),
            (FIGURES[5], truth.free_slack, slot.free_float),
        ];
        let mut found = Vec::new();
        for (figure, stored, computed) in dates {
            let Some(stored) = stored else { continue };
            let minutes = self.minutes_between(stored, computed);
            note(counts, figure, minutes == 0);
            if minutes != 0 {
                found.push(self.difference(
                    figure,
                    instant(stored).to_string(),
                    computed.to_string(),
                    minutes,
                ));
            }
        }
        for (figure, stored, computed) in slacks {
            let Some(stored) = stored.map(|stored| self.in_working_minutes(stored)) else { continue };
            let minutes = computed - stored;
            note(counts, figure, minutes == 0);
            if minutes != 0 {
                found.push(self.difference(
                    figure,
                    format!("{stored} min"),
                    format!("{computed} min"),
                    minutes,
                ));
            }
        }
        found
    }

    /// A stored slack in working minutes. That of a task which runs by the clock is stored in minutes of the clock.
    fn in_working_minutes(&self, stored: f64) -> i64 {
        #[expect(clippy::cast_possible_truncation, reason = "minutes of a plan are far below 2^53")]
        let minutes = stored.round() as i64;
        let task = self.engine.project().task(self.task);
        let TaskKind::Work(Work::Duration(length)) = task.kind else { return minutes };
        if !length.likely().is_elapsed() {
            return minutes;
        }
        let finish = self.schedule.slot(self.task).finish;
        self.engine.calendar_of(self.task).between(finish, finish.plus(minutes))
    }

    /// Working minutes from the stored to the computed instant; on the clock for what runs by the clock.
    fn minutes_between(&self, stored: DateTime, computed: Instant) -> i64 {
        self.engine.calendar_of(self.task).between(instant(stored), computed)
    }

    fn difference(&self, figure: &'static str, stored: String, computed: String, minutes: i64) -> Difference {
        let task = self.engine.project().task(self.task);
        let kind = match task.kind {
            TaskKind::Summary => " (summary)",
            TaskKind::Milestone => " (milestone)",
            _ => "",
        };
        Difference { task: format!("{}{kind}", task.id), figure, stored, computed, minutes }
    }
}

fn note(counts: &mut BTreeMap<&'static str, (usize, usize)>, figure: &'static str, equal: bool) {
    let count = counts.entry(figure).or_default();
    count.0 += 1;
    count.1 += usize::from(equal);
}
