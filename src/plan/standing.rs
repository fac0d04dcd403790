//! Where each task stands: what has really happened, and how much is left.
//!
//! Comes in: the network and the facts as of a day. Goes out: for each node whether its dates are known or how
//! many minutes it still needs. Not here: when the rest will be done.

use jiff::civil::Date;

use crate::model::{Decision, Earning, Project, Task, TaskKind, TaskNo, TaskProgress};
use crate::plan::network::{Edge, Network, NodeKind};
use crate::plan::{Facts, State};
use crate::quantity::{Fraction, Instant, MINUTES_OF_DAY, Moment, Percent, WorkTime};

/// Where a node stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Standing {
    /// Nothing happened yet; so many minutes are needed.
    Open { needs: i64 },
    /// Work began; so many minutes are left, and they are not worked before `since`.
    Begun { start: Instant, since: Instant, needs: i64 },
    /// Over: done, or given up in the state that it was in.
    Over { start: Instant, finish: Instant, state: State },
}

impl Standing {
    /// Minutes still needed.
    pub(super) fn needs(self) -> i64 {
        match self {
            Self::Open { needs } | Self::Begun { needs, .. } => needs,
            Self::Over { .. } => 0,
        }
    }

    /// The same with another length of what is left; what is over stays as it is.
    pub(super) fn with_needs(self, needs: i64) -> Self {
        match self {
            Self::Open { .. } => Self::Open { needs },
            Self::Begun { start, since, .. } => Self::Begun { start, since, needs },
            Self::Over { .. } => self,
        }
    }

    /// The same, ended by a decision; what is over stays as it is.
    fn ended_at(self, finish: Instant) -> Self {
        match self {
            Self::Open { .. } => Self::Over { start: finish, finish, state: State::NotStarted },
            Self::Begun { start, .. } => {
                Self::Over { start: start.min(finish), finish, state: State::InProgress }
            }
            Self::Over { .. } => self,
        }
    }

    pub(super) fn is_over(self) -> bool {
        matches!(self, Self::Over { .. })
    }

    /// How far it has come.
    pub(super) fn state(self) -> State {
        match self {
            Self::Open { .. } => State::NotStarted,
            Self::Begun { .. } => State::InProgress,
            Self::Over { state, .. } => state,
        }
    }
}

/// Reads the facts into the standing of every node.
pub(super) fn standings(network: &Network, project: &Project, facts: &Facts) -> Vec<Standing> {
    let nothing = TaskProgress::default();
    let mut standings: Vec<Standing> =
        network.nodes.iter().map(|node| Standing::Open { needs: node.duration }).collect();
    for (number, task) in project.tasks.iter().enumerate() {
        let task_number = TaskNo(u32::try_from(number).unwrap_or(u32::MAX));
        let reader = Reader {
            network,
            node: number,
            progress: facts.progress.get(number).unwrap_or(&nothing),
            measured_by: measured_by(project, task, facts),
            settled: facts.settled.get(&task_number).copied(),
            changed: facts.changed.get(&task_number).copied().unwrap_or(0)
                - facts.done.get(&task_number).copied().unwrap_or(0),
            is_moved: facts.status_end(project).is_some(),
        };
        standings[number] = reader.standing(project, task);
        if let Some(decided) = facts.stopped.filter(|_| !task.outlives_a_stop())
            && (task.is_work() || task.is_point())
        {
            let at = network.calendar(number).last_minute(decided);
            standings[number] = standings[number].ended_at(at);
        }
    }
    hold_gates(network, project, facts, &mut standings);
    standings
}

/// The work whose progress is that of a task which is apportioned to it, with its progress.
fn measured_by<'a>(
    project: &'a Project,
    task: &Task,
    facts: &'a Facts,
) -> Option<(&'a Task, &'a TaskProgress)> {
    let Earning::Apportioned(base) = task.earning else { return None };
    Some((project.task(base), facts.progress.get(base.0 as usize)?))
}

/// Opens gates again that were passed while something they wait for is not done: a decision makes no work shorter, so that
/// what lies behind the gate waits for that work as before (retained logic). A project that was stopped waits for nothing,
/// and work counts as open only by a report that is newer than the decision: on the day of a gate the last week is often
/// not reported yet.
fn hold_gates(network: &Network, project: &Project, facts: &Facts, standings: &mut [Standing]) {
    let newest_report = facts.progress.iter().filter_map(|progress| progress.reported).max();
    let mut is_reached = vec![false; standings.len()];
    for node in network.order.iter().copied() {
        let entering = network.entering(node);
        let allows = |edge: &Edge| {
            is_reached[edge.from]
                || (edge.leaves_start() && matches!(standings[edge.from], Standing::Begun { .. }))
        };
        let is_allowed = match network.nodes[node].kind {
            NodeKind::Earliest => entering.iter().any(allows),
            _ => entering.iter().all(allows),
        };
        let kind = project.tasks.get(node).map(|task| &task.kind);
        let number = TaskNo(u32::try_from(node).unwrap_or(u32::MAX));
        if let Some(decided) = facts.settled.get(&number)
            && !is_allowed
            && newest_report.is_some_and(|reported| reported > *decided)
            && !is_stopped(project, kind, *decided)
        {
            standings[node] = Standing::Open { needs: 0 };
        }
        is_reached[node] = match (standings[node], network.nodes[node].kind) {
            (Standing::Over { .. }, _) => true,
            (Standing::Begun { needs, .. }, _) => needs == 0,
            // Ends of summaries follow from what is below; of a milestone nobody need report that it was reached.
            (Standing::Open { .. }, NodeKind::Latest | NodeKind::Earliest) => is_allowed,
            (Standing::Open { .. }, NodeKind::Point) => {
                is_allowed && !matches!(kind, Some(TaskKind::Gate(_)))
            }
            (Standing::Open { .. }, _) => false,
        };
    }
}

/// Whether the board ended the project at a gate.
fn is_stopped(project: &Project, kind: Option<&TaskKind>, decided: Date) -> bool {
    let Some(TaskKind::Gate(gate)) = kind else { return false };
    project.gates.get(gate).is_some_and(|record| record.decision_on(decided) == Some(Decision::Stop))
}

struct Reader<'a> {
    network: &'a Network,
    node: usize,
    progress: &'a TaskProgress,
    /// Of apportioned work that it follows.
    measured_by: Option<(&'a Task, &'a TaskProgress)>,
    settled: Option<Date>,
    changed: i64,
    /// Whether open work waits for the end of the status date.
    is_moved: bool,
}

impl Reader<'_> {
    fn standing(&self, project: &Project, task: &Task) -> Standing {
        let time = self.network.presence(self.node);
        let node = &self.network.nodes[self.node];
        if node.kind == NodeKind::Follower {
            return Standing::Open { needs: 0 };
        }
        let (began, ended) = (self.progress.actual_start, self.progress.actual_finish);
        let first_minute = |at: Moment| at.instant().unwrap_or_else(|| time.first_minute(at.day));
        let last_minute = |at: Moment| at.instant().unwrap_or_else(|| time.last_minute(at.day));
        if node.kind == NodeKind::Point {
            // A point has no inside: begun says nothing, and half reached is not reached.
            let whole = self.progress.percent_complete == Some(Percent::WHOLE);
            let reached = began.or(self.progress.reported.map(Moment::on)).filter(|_| whole);
            return match self.settled.map(Moment::on).or(ended).or(reached) {
                Some(at) => {
                    let at = last_minute(at);
                    Standing::Over { start: at, finish: at, state: State::Finished }
                }
                None => Standing::Open { needs: 0 },
            };
        }
        if let Some(last) = ended {
            let finish = last_minute(last);
            let start = match began {
                Some(first) => first_minute(first).min(finish),
                // A finish without a start is reported as a fault; the planned length stands in.
                None => self.network.begin_for(self.node, finish, node.duration),
            };
            return Standing::Over { start, finish, state: State::Finished };
        }
        let typed = self.progress.remaining.map(|rest| {
            let work_time = project.calendars[task.calendar].work_time;
            if !node.elapsed || rest.is_elapsed() {
                rest.minutes(work_time)
            } else {
                // "Two days left" of something that runs by the clock are two days of the clock.
                rest.minutes(WorkTime {
                    minutes_per_day: MINUTES_OF_DAY,
                    minutes_per_week: 7 * MINUTES_OF_DAY,
                })
            }
        });
        // Of apportioned work nobody reports a percentage: once begun, it is as far as what it follows.
        let follows =
            self.measured_by.filter(|_| began.is_some() && self.progress.percent_complete.is_none());
        let (task, progress) = follows.unwrap_or((task, self.progress));
        let rest = typed.unwrap_or_else(|| left(task, progress).of(node.duration));
        let needs = (rest + self.changed).max(0);
        match began {
            Some(first) => {
                let start = first_minute(first);
                Standing::Begun { start, since: self.since(start, needs), needs }
            }
            None => Standing::Open { needs },
        }
    }

    /// When the work that is left may go on: when it is said to resume. Without a status date, which every open work
    /// waits for, it goes on where what is done would have ended had it been worked in one piece.
    fn since(&self, start: Instant, needs: i64) -> Instant {
        if let Some(resume) = self.progress.resume {
            return resume.first_instant().max(start);
        }
        if self.is_moved {
            return start;
        }
        let done = (self.network.nodes[self.node].duration - needs).max(0);
        self.network.end(self.node, start, done).max(start)
    }
}

/// What is left, as a share of the planned length: by the percentage reported, else by the units that are not done.
///
/// A length is planned for the units of the plan. Of 10 days for 100 points, 60 of them done, 4 are left; 6 where there are
/// 120 points by now.
fn left(task: &Task, progress: &TaskProgress) -> Fraction {
    let by_percent = progress.percent_complete.map(|percent| percent.fraction().clamped().rest());
    let planned = match task.earning {
        Earning::Units { total, .. } => total,
        _ => progress.units_total.unwrap_or(0),
    };
    if planned <= 0 {
        return by_percent.unwrap_or(Fraction::ONE);
    }
    let total = progress.units_total.unwrap_or(planned);
    match by_percent {
        Some(left) => {
            Fraction::new(left.numerator().saturating_mul(total), left.denominator().saturating_mul(planned))
        }
        None => Fraction::new((total - progress.units_done.unwrap_or(0)).max(0), planned),
    }
}
