//! The engine: a project compiled once, scheduled as often as asked.

use crate::model::{ConstraintKind, Project, TaskNo, WorkingTime};
use crate::plan::critical_path::{Early, Pass, Target};
use crate::plan::network::Network;
use crate::plan::slots::Assembly;
use crate::plan::standing::{Standing, standings};
use crate::plan::{Facts, Schedule};
use crate::quantity::Instant;

/// A project ready for scheduling: its network and each distinct working time, compiled once.
#[derive(Clone, Debug)]
pub struct Engine<'a> {
    project: &'a Project,
    network: Network,
}

/// Computes the schedule of a project from what was reported.
///
/// Whoever asks more than once about the same project makes an [`Engine`].
#[must_use]
pub fn schedule(project: &Project, facts: &Facts) -> Schedule {
    Engine::new(project).run(facts)
}

impl<'a> Engine<'a> {
    /// Compiles a project. Its logic must be free of loops ([`crate::model::find_cycles`]); tasks of a loop
    /// would get dates that mean nothing.
    #[must_use]
    pub fn new(project: &'a Project) -> Self {
        Self { project, network: Network::of(project) }
    }

    /// The project that was compiled.
    #[must_use]
    pub fn project(&self) -> &'a Project {
        self.project
    }

    /// The working time of a task: its calendar, or the project's inside that of its people, without the days on
    /// which everybody assigned by name is away. Durations, floats and lags of the task are counted along it.
    #[must_use]
    pub fn working_time(&self, task: TaskNo) -> &WorkingTime {
        self.network.measure(task.0 as usize)
    }

    /// Computes the schedule.
    #[must_use]
    pub fn run(&self, facts: &Facts) -> Schedule {
        let (pass, early) = self.early(facts);
        let finish = pass.project_finish(&early);
        let late = pass.backward(&early, Target::ProjectFinish(finish));
        let deadlines = pass.backward(&early, Target::Deadlines);
        Assembly {
            project: self.project,
            pass: &pass,
            early: &early,
            late: &late,
            deadlines: &deadlines,
            finish,
        }
        .schedule()
    }

    /// Computes early dates, tasks as late as possible among them already in their place.
    pub(super) fn early(&self, facts: &Facts) -> (Pass<'_>, Early) {
        let mut pass = Pass {
            network: &self.network,
            standings: standings(&self.network, self.project, facts),
            project_start: self.project.start.first_instant(),
            status_end: facts.status_date.map(Instant::end_of),
            delayed: Vec::new(),
        };
        let early = pass.forward();
        let is_delayed = |node: usize| {
            matches!(pass.standings[node], Standing::Open { .. })
                && self.network.nodes[node]
                    .bounds
                    .iter()
                    .any(|bound| bound.kind == ConstraintKind::AsLateAsPossible)
        };
        let delayed: Vec<usize> =
            self.network.order.iter().copied().filter(|node| is_delayed(*node)).collect();
        if delayed.is_empty() {
            return (pass, early);
        }
        // Late dates do not depend on the delay itself: they follow from the finish, which the delay keeps.
        let late = pass.backward(&early, Target::ProjectFinish(pass.project_finish(&early)));
        pass.delayed = vec![None; self.network.nodes.len()];
        for node in delayed {
            pass.delayed[node] = Some(late.resume[node]);
        }
        let early = pass.forward();
        (pass, early)
    }
}
