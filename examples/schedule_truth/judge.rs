//! What milepost computes held against what the plan says.
//!
//! Two instants are the same where no working minute of the task lies between them: Friday 17:00 and Monday 08:00.

use std::collections::BTreeMap;

use jiff::civil::DateTime;

use milepost::model::{ConstraintKind, Link, LinkKind, Project, TaskKind, TaskNo, Work};
use milepost::plan::{Engine, Schedule, State};
use milepost::quantity::Instant;

use super::plan::{Plan, Source, Truth, instant};

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
    /// Why it differs, where that is known.
    pub reason: Option<Reason>,
}

/// Why a figure may differ although neither is wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reason {
    /// Late dates that do not fit the slack stored beside them.
    Contradiction,
    /// Late dates of, and before, work that runs by the clock.
    ElapsedEnd,
}

impl Reason {
    /// The judgement in a sentence.
    pub fn sentence(self) -> &'static str {
        match self {
            Self::Contradiction => {
                "the file contradicts itself: its late dates are not its early dates plus its slack; ours agree with \
                 the slack"
            }
            Self::ElapsedEnd => {
                "work that runs by the clock and ends with the project: stored as late as the last working minute; \
                 ours as late as the project, as Microsoft Project does (mspdi 28); so is what comes before it"
            }
        }
    }
}

/// How a plan compares.
#[derive(Debug, Default)]
pub struct Verdict {
    /// Tasks compared, summaries among them.
    pub n_tasks: usize,
    /// Tasks of which every figure is the stored one.
    pub n_equal: usize,
    /// Tasks of which every figure is the stored one or differs for a known reason.
    pub n_explained: usize,
    /// By figure: compared and equal.
    pub figures: BTreeMap<&'static str, (usize, usize)>,
    pub differences: Vec<Difference>,
}

/// Computes a plan and compares every task of it.
pub fn judge(plan: &Plan) -> Verdict {
    let (project, facts, listed) = plan.project();
    let engine = Engine::new(&project);
    let schedule = engine.run(&facts);
    let clock_ends = ends_by_the_clock(&project);
    let mut verdict = Verdict::default();
    for (number, place) in listed.iter().enumerate() {
        let task = TaskNo(u32::try_from(number).unwrap());
        let written = &plan.tasks[*place];
        let comparison =
            Comparison { engine: &engine, schedule: &schedule, task, clock_ends, source: plan.source() };
        let found = comparison.differences(&written.truth, &mut verdict.figures);
        verdict.n_tasks += 1;
        verdict.n_equal += usize::from(found.is_empty());
        verdict.n_explained += usize::from(found.iter().all(|difference| difference.reason.is_some()));
        verdict.differences.extend(found);
    }
    verdict
}

struct Comparison<'a> {
    engine: &'a Engine<'a>,
    schedule: &'a Schedule,
    task: TaskNo,
    /// Whether some work that runs by the clock has no successor.
    clock_ends: bool,
    source: Source,
}

/// Says whether some work that runs by the clock has no successor.
fn ends_by_the_clock(project: &Project) -> bool {
    let has_successor = |task: TaskNo| {
        project.tasks.iter().any(|other| other.links.iter().any(|link| link.predecessor == task))
    };
    project.task_numbers().any(|task| is_elapsed(project, task) && !has_successor(task))
}

fn is_elapsed(project: &Project, task: TaskNo) -> bool {
    matches!(project.task(task).kind, TaskKind::Work(Work::Duration(length)) if length.likely().is_elapsed())
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
            (FIGURES[4], truth.total_slack, self.total_slack()),
            (FIGURES[5], truth.free_slack, self.free_slack()),
        ];
        let mut found = Vec::new();
        for (figure, stored, computed) in dates {
            let Some(stored) = stored else { continue };
            let minutes = self.minutes_between(stored, computed);
            note(counts, figure, minutes == 0);
            if minutes != 0 {
                let reason = self.reason(figure, truth);
                let (stored, computed) = (instant(stored).to_string(), computed.to_string());
                found.push(self.difference(figure, stored, computed, (minutes, reason)));
            }
        }
        for (figure, stored, computed) in slacks {
            let Some(stored) = stored.map(whole_minutes) else { continue };
            let minutes = computed - stored;
            note(counts, figure, minutes == 0);
            if minutes != 0 {
                let reason = self.reason(figure, truth);
                let texts = (format!("{stored} min"), format!("{computed} min"));
                found.push(self.difference(figure, texts.0, texts.1, (minutes, reason)));
            }
        }
        found
    }

    /// Total slack as the source of the plan defines it: by the clock for work that runs by it, and in plans of MPXJ from
    /// the dates alone also where a date is pinned.
    fn total_slack(&self) -> i64 {
        let slot = self.schedule.slot(self.task);
        if is_elapsed(self.engine.project(), self.task) {
            return (slot.late_start.0 - slot.start.0).min(slot.late_finish.0 - slot.finish.0);
        }
        let constraints = &self.engine.project().task(self.task).constraints;
        let is_pinned = constraints
            .iter()
            .any(|one| matches!(one.kind, ConstraintKind::MustStart | ConstraintKind::MustFinish));
        if is_pinned && self.source == Source::Mpxj {
            return self.engine.calendar_of(self.task).between(slot.finish, slot.late_finish);
        }
        slot.total_float
    }

    /// Free slack as the source of the plan defines it. MPXJ takes lags off as minutes, whichever time they run in.
    fn free_slack(&self) -> i64 {
        let slot = self.schedule.slot(self.task);
        let project = self.engine.project();
        if self.source == Source::Mpxj && slot.state != State::Finished {
            return self.free_slack_by_minutes().unwrap_or_else(|| self.total_slack()).max(0);
        }
        if is_elapsed(project, self.task) && slot.free_float == slot.total_float {
            return self.total_slack();
        }
        slot.free_float
    }

    /// Working minutes from the stored to the computed instant; on the clock for what runs by the clock.
    fn minutes_between(&self, stored: DateTime, computed: Instant) -> i64 {
        self.engine.calendar_of(self.task).between(instant(stored), computed)
    }

    fn reason(&self, figure: &str, truth: &Truth) -> Option<Reason> {
        let slot = self.schedule.slot(self.task);
        let calendar = self.engine.calendar_of(self.task);
        if let (true, Some(slack), Some(late), Some(early)) =
            (figure.starts_with("late"), truth.total_slack, truth.late_finish, truth.finish)
        {
            let slack = whole_minutes(slack);
            let slack_of_dates = calendar.between(instant(early), instant(late));
            if slack_of_dates != slack && slot.total_float == slack {
                return Some(Reason::Contradiction);
            }
        }
        let by_clock = self.clock_ends || is_elapsed(self.engine.project(), self.task);
        (by_clock && figure != FIGURES[0] && figure != FIGURES[1]).then_some(Reason::ElapsedEnd)
    }

    /// The least room before a successor with lags taken off as minutes, whichever time they run in.
    fn free_slack_by_minutes(&self) -> Option<i64> {
        let project = self.engine.project();
        let own = self.schedule.slot(self.task);
        let calendar = self.engine.calendar_of(self.task);
        let by_clock = is_elapsed(project, self.task);
        let rooms = self.successors().map(|(successor, link)| {
            let next = self.schedule.slot(successor);
            let (from, to) = match link.kind {
                LinkKind::FinishStart => (own.finish, next.start),
                LinkKind::StartStart => (own.start, next.start),
                LinkKind::FinishFinish => (own.finish, next.finish),
                LinkKind::StartFinish => (own.start, next.finish),
            };
            let room = if by_clock { to.0 - from.0 } else { calendar.between(from, to) };
            room - link.lag.minutes(project.work_time(), own.duration)
        });
        rooms.min()
    }

    fn successors(&self) -> impl Iterator<Item = (TaskNo, &Link)> {
        let project = self.engine.project();
        project.task_numbers().flat_map(move |task| {
            let links = project.task(task).links.iter();
            links.filter(|link| link.predecessor == self.task).map(move |link| (task, link))
        })
    }

    fn difference(
        &self,
        figure: &'static str,
        stored: String,
        computed: String,
        (minutes, reason): (i64, Option<Reason>),
    ) -> Difference {
        let task = self.engine.project().task(self.task);
        let kind = match task.kind {
            TaskKind::Summary => " (summary)",
            TaskKind::Milestone => " (milestone)",
            _ => "",
        };
        Difference { task: format!("{}{kind}", task.id), figure, stored, computed, minutes, reason }
    }
}

#[expect(clippy::cast_possible_truncation, reason = "minutes of a plan are far below 2^53")]
fn whole_minutes(stored: f64) -> i64 {
    stored.round() as i64
}

fn note(counts: &mut BTreeMap<&'static str, (usize, usize)>, figure: &'static str, equal: bool) {
    let count = counts.entry(figure).or_default();
    count.0 += 1;
    count.1 += usize::from(equal);
}
