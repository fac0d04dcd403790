//! The engine: a project compiled once, scheduled as often as asked.

use std::sync::Arc;

use crate::model::{ConstraintKind, Project, ScheduleFrom, TaskNo, WorkingTime};
use crate::plan::critical_path::{Early, Pass, Target};
use crate::plan::hands::{Capacity, Levelled};
use crate::plan::network::Network;
use crate::plan::promises::promised_starts;
use crate::plan::slots::Assembly;
use crate::plan::standing::{Standing, standings};
use crate::plan::{Facts, LogicSlot, Schedule, external};
use crate::quantity::Instant;

/// What a project is compiled to: its network and each distinct working time. Copies share it.
///
/// It holds tasks, calendars and people, but nothing that was reported: of the same project as of another day it is the
/// same.
#[derive(Clone, Debug)]
pub struct Compiled(Arc<Network>);

impl Compiled {
    /// Compiles a project. Its logic must be free of loops ([`crate::model::find_cycles`]); tasks of a loop
    /// would get dates that mean nothing.
    #[must_use]
    pub fn of(project: &Project) -> Self {
        Self(Arc::new(Network::of(project)))
    }
}

/// A project ready for scheduling, as often as asked.
#[derive(Clone, Debug)]
pub struct Engine<'a> {
    project: &'a Project,
    network: Arc<Network>,
}

/// Computes the schedule of a project from what was reported.
///
/// Whoever asks more than once about the same project makes an [`Engine`].
#[must_use]
pub fn schedule(project: &Project, facts: &Facts) -> Schedule {
    Engine::new(project).run(facts)
}

impl<'a> Engine<'a> {
    /// Compiles a project, as [`Compiled::of`] does.
    #[must_use]
    pub fn new(project: &'a Project) -> Self {
        Self::with(project, &Compiled::of(project))
    }

    /// Takes a project and what it was compiled to.
    #[must_use]
    pub fn with(project: &'a Project, compiled: &Compiled) -> Self {
        Self { project, network: Arc::clone(&compiled.0) }
    }

    /// The project that was compiled.
    #[must_use]
    pub fn project(&self) -> &'a Project {
        self.project
    }

    /// The working time of a task: its calendar as far as somebody assigned to it is there. Floats and lags are counted
    /// along its calendar alone: [`Engine::calendar_of`].
    #[must_use]
    pub fn working_time(&self, task: TaskNo) -> &WorkingTime {
        self.network.presence(task.0 as usize)
    }

    /// The calendar of a task without its people, along which its floats and the lags into it are counted.
    #[must_use]
    pub fn calendar_of(&self, task: TaskNo) -> &WorkingTime {
        self.network.calendar(task.0 as usize)
    }

    pub(super) fn network(&self) -> &Network {
        &self.network
    }

    /// Computes the schedule, levelled where the project says so.
    #[must_use]
    pub fn run(&self, facts: &Facts) -> Schedule {
        let (mut pass, early) = self.early(facts);
        let options = self.project.scheduling.levelling;
        let level = |options| self.level(options, &pass, &early, &facts.elsewhere);
        let levelling = options.and_then(level);
        // Floats know of them; where work goes does not depend on them.
        pass.limits = self.limits_of_nodes(&facts.limits, &early);
        let by_logic = self.assembled(&pass, &early);
        let Some(levelling) = levelling else { return by_logic };
        pass.level(levelling.levelled.clone());
        let early = pass.forward();
        // What begins first below a summary may be another task now.
        pass.limits = self.limits_of_nodes(&facts.limits, &early);
        let mut schedule = self.assembled(&pass, &early);
        for (slot, logic) in schedule.slots.iter_mut().zip(by_logic.slots) {
            slot.logic = Some(LogicSlot {
                start: logic.start,
                finish: logic.finish,
                total_float: logic.total_float,
                free_float: logic.free_float,
            });
        }
        schedule.levelling = Some(levelling);
        schedule
    }

    pub(super) fn assembled(&self, pass: &Pass<'_>, early: &Early) -> Schedule {
        let finish = pass.project_finish(early);
        let late = pass.backward(early, self.target(pass, early));
        let deadlines = pass.deadlines(early);
        Assembly { project: self.project, pass, early, late: &late, deadlines: &deadlines, finish }.schedule()
    }

    /// The pass of a plan whose order of work stays as it is in a schedule: where that is levelled, each task follows those that
    /// free its people, whenever they end, and waits while its people are away or work for other projects. Its dates are those
    /// of [`Pass::forward_by_capacity`].
    pub(super) fn order_of_work(&self, facts: &Facts, schedule: &Schedule) -> Pass<'_> {
        let (mut pass, _) = self.early(facts);
        if let Some(levelling) = &schedule.levelling {
            pass.capacity = Capacity::of(self, &pass, &facts.elsewhere).map(Arc::new);
            pass.level(levelling.levelled.loosened());
        }
        pass
    }

    /// Early dates of a plan whose order of work stays as it is in a schedule, and in which what waits for people who are away
    /// or work for other projects stays where it is held: for runs, in which dates are only numbers.
    pub(super) fn in_order_of_work(&self, facts: &Facts, schedule: &Schedule) -> (Pass<'_>, Early) {
        let (mut pass, mut early) = self.early(facts);
        if let Some(levelling) = &schedule.levelling {
            pass.level(levelling.levelled.loosened());
            early = pass.forward();
        }
        (pass, early)
    }

    /// Computes early dates, tasks as late as possible among them already in their place.
    pub(super) fn early(&self, facts: &Facts) -> (Pass<'_>, Early) {
        let mut pass = Pass {
            network: external::bound(&self.network, self.project, &facts.external),
            standings: standings(&self.network, self.project, facts),
            project_start: self.project.start.first_instant(),
            status_end: facts.status_end(self.project),
            scheduling: &self.project.scheduling,
            promised: promised_starts(self.project, &facts.promised, &facts.held),
            delayed: Vec::new(),
            levelled: Levelled::default(),
            capacity: None,
            limits: Vec::new(),
        };
        for (task, minutes) in &facts.changed {
            pass.lengthen(task.0 as usize, *minutes);
        }
        let mut early = pass.forward();
        let wanted_finish = self.wanted_finish();
        if let Some(finish) = wanted_finish {
            // The project begins when its first task must, to end on the wanted day.
            let late = pass.backward(&early, Target::ProjectFinish(finish));
            let starts = self.network.order.iter().filter(|node| self.network.nodes[**node].kind.is_placed());
            if let Some(start) = starts.map(|node| late.resume[*node]).min() {
                pass.project_start = start;
                early = pass.forward();
            }
        }
        let is_delayed = |node: usize| {
            let bounds = &self.network.nodes[node].bounds;
            matches!(pass.standings[node], Standing::Open { .. })
                && self.network.nodes[node].kind.is_placed()
                && (wanted_finish.is_some()
                    || bounds.iter().any(|bound| bound.kind == ConstraintKind::AsLateAsPossible))
        };
        let delayed: Vec<usize> =
            self.network.order.iter().copied().filter(|node| is_delayed(*node)).collect();
        if delayed.is_empty() {
            return (pass, early);
        }
        // Late dates do not depend on the delay itself: they follow from the finish, which the delay keeps, and from deadlines
        // where those limit floats.
        let late = pass.backward(&early, self.target(&pass, &early));
        pass.delayed = vec![None; self.network.nodes.len()];
        for node in delayed {
            pass.delayed[node] = Some(late.resume[node]);
        }
        let early = pass.forward();
        (pass, early)
    }

    /// The finish that a project scheduled from its end is counted back from.
    pub(super) fn wanted_finish(&self) -> Option<Instant> {
        match self.project.scheduling.from {
            ScheduleFrom::Start => None,
            ScheduleFrom::Finish(at) => {
                Some(self.project.working_time().previous_working_end(at.last_instant()))
            }
        }
    }
}
