//! Resource levelling of a real project: nobody is asked for more than they can give.
//!
//! Comes in: an engine, a pass over its network, the options of the project, bookings of shared people elsewhere. Goes
//! out: a [`Levelling`]: where tasks are held until their people are free, who they wait for, and the order of work of
//! each person, which floats and the longest path follow from then on. The search itself is that of
//! [`crate::plan::levelling`]; `generator` teaches it calendars, `supply` knows people and roles, `chains` reads the
//! order of work off the result. Not here: interrupting tasks; plans counted back from their finish.

mod chains;
mod generator;
mod in_step;
mod limits;
mod on_axis;
mod profile;
mod supply;

#[cfg(test)]
mod cases;
#[cfg(test)]
mod checker;
#[cfg(test)]
mod laws;

use crate::model::{LevellingOptions, PersonNo, RoleNo, ScheduleFrom, TaskNo};
use crate::plan::critical_path::{Early, Pass};
use crate::plan::levelling::{Budget, Found, Rule, plan_by_rule, search};
use crate::plan::network::{Edge, NodeKind, starts};
use crate::plan::{Engine, Schedule, State};
use crate::quantity::Instant;

use generator::Calendars;
use supply::Supply;

/// Somebody who can be short.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Hand {
    /// A person by name.
    Person(PersonNo),
    /// The unnamed heads of a role.
    Role(RoleNo),
}

/// What somebody does while a task waits for them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BusyWith {
    /// Another task of the project.
    Task(TaskNo),
    /// A task of another project of the portfolio: the place of the booking in [`crate::plan::Facts::elsewhere`].
    Elsewhere(usize),
    /// No task: there are not as many of them, or they give less of their day then.
    Nothing,
}

/// Why levelling holds a task.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wait {
    /// Who it waits for: the last to be free.
    pub hand: Hand,
    /// What they are busy with until then.
    pub busy_with: BusyWith,
    /// Working minutes on the task's calendar between where its links, constraints and the status date allow it, the rest
    /// of the levelled plan being as it is, and its start; zero where none of that is time of the calendar.
    pub minutes: i64,
    /// Until when.
    pub until: Instant,
}

impl Wait {
    /// The task of the same project that is waited for.
    #[must_use]
    pub fn task(&self) -> Option<TaskNo> {
        match self.busy_with {
            BusyWith::Task(task) => Some(task),
            _ => None,
        }
    }
}

/// A stretch of a [`Wait`]: who is waited for, and what they are busy with until it ends.
///
/// The stretches of a wait lie side by side: together they are the whole of it. Time in which somebody is free, but not
/// for as long as the task takes, belongs to the stretch behind it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WaitStretch {
    /// Who is waited for.
    pub hand: Hand,
    /// What they are busy with.
    pub busy_with: BusyWith,
    /// Working minutes of it on the calendar of the task that waits; at least one unless the whole wait has none.
    pub minutes: i64,
    /// Where it begins.
    pub from: Instant,
    /// Where what they are busy with ends, or there are enough of them again.
    pub until: Instant,
}

/// What a task asks of a person or of the heads of a role.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Booking {
    /// Who.
    pub hand: Hand,
    /// For which task.
    pub task: TaskNo,
    /// Hundredths of a percent of one head in each minute: 10 000 for a person all day, 20 000 for two heads.
    pub demand: i64,
    /// When, in order, apart from each other.
    pub spans: Vec<(Instant, Instant)>,
}

/// Time that a shared person, or heads of a shared role, give to another project.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Elsewhere {
    /// Who, as the project that is levelled numbers them.
    pub hand: Hand,
    /// Hundredths of a percent of one head in each minute.
    pub demand: i64,
    /// When, in order, apart from each other.
    pub spans: Vec<(Instant, Instant)>,
    /// The folder of the other project.
    pub project: String,
    /// The name of the task there.
    pub task: String,
}

/// A task that asks for more of somebody than they can ever give, and so lies where its links put it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Misfit {
    /// The task.
    pub task: TaskNo,
    /// Who is asked for too much.
    pub hand: Hand,
}

/// What levelling did to a schedule.
#[derive(Clone, Debug, PartialEq)]
pub struct Levelling {
    /// Tasks that cannot be levelled, in the order of the plan.
    pub misfits: Vec<Misfit>,
    /// Schedules that were tried.
    pub schedules: u64,
    /// Whether the project ends when it would with everybody free, so that no plan is shorter.
    pub proven: bool,
    /// The stretches of each wait, in order of time; by node.
    stretches: Vec<Vec<WaitStretch>>,
    pub(super) levelled: Levelled,
}

impl Levelling {
    /// The stretches of what a task waits for, in order of time; empty where it waits for nobody.
    pub(super) fn stretches(&self, task: TaskNo) -> &[WaitStretch] {
        self.stretches.get(task.0 as usize).map_or(&[], Vec::as_slice)
    }
}

/// What levelling adds to the logic of a network; empty where nothing is levelled.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Levelled {
    /// Nodes in an order in which what is waited for comes first; empty for that of the network.
    pub(super) order: Vec<usize>,
    /// Before when a node does not start; by node.
    pub(super) held: Vec<Option<Instant>>,
    /// Why; by node.
    pub(super) waits: Vec<Option<Wait>>,
    /// Where tasks go that are to be done as late as possible; by node, empty where there are none.
    pub(super) delayed: Vec<Option<Instant>>,
    /// When a node goes on at the latest, because somebody takes its people over whom no edge binds; by node.
    latest: Vec<Option<Instant>>,
    /// Who hands whom over, sorted by successor.
    ties: Vec<Edge>,
    entering: Vec<usize>,
    leaving: Vec<usize>,
    leaving_from: Vec<usize>,
}

impl Levelled {
    /// Before when a node does not start.
    pub(super) fn held(&self, node: usize) -> Option<Instant> {
        self.held.get(node).copied().flatten()
    }

    /// When a node goes on at the latest, because of who takes its people over.
    pub(super) fn latest(&self, node: usize) -> Option<Instant> {
        self.latest.get(node).copied().flatten()
    }

    /// Why a node does not start earlier.
    pub(super) fn wait(&self, node: usize) -> Option<Wait> {
        self.waits.get(node).copied().flatten()
    }

    /// The tasks that free the people of a node, as edges.
    pub(super) fn entering(&self, node: usize) -> &[Edge] {
        match self.entering.get(node..node + 2) {
            Some(range) => &self.ties[range[0]..range[1]],
            None => &[],
        }
    }

    /// The tasks that wait for the people of a node, as edges.
    pub(super) fn leaving(&self, node: usize) -> impl Iterator<Item = &Edge> {
        let range = self.leaving_from.get(node..node + 2).map_or(0..0, |range| range[0]..range[1]);
        self.leaving[range].iter().map(|place| &self.ties[*place])
    }

    /// The edge from the task of the same project that a node waits for.
    pub(super) fn binding_tie(&self, node: usize) -> Option<&Edge> {
        let task = self.wait(node)?.task()?;
        self.entering(node).iter().find(|tie| tie.from == task.0 as usize)
    }

    /// The same order of work, but tasks follow when what they wait for moves: for the question what a day is worth.
    pub(super) fn loosened(&self) -> Self {
        let mut loose = self.clone();
        for (node, held) in loose.held.iter_mut().enumerate() {
            if self.binding_tie(node).is_some() {
                *held = None;
            }
        }
        loose
    }
}

impl Engine<'_> {
    /// Levels a plan; `pass` and `early` are those of its logic alone. None where the logic runs in a circle, where
    /// dates are counted back from the finish, or where nothing is asked for.
    ///
    /// Default: serial generation by each of three rules, justified from both ends until nothing is gained, the
    /// shortest taken of those that keep most of the dates after which a task may not start or finish. With more schedules in the options the search goes on from there.
    pub(super) fn level(
        &self,
        options: LevellingOptions,
        pass: &Pass<'_>,
        early: &Early,
        elsewhere: &[Elsewhere],
    ) -> Option<Levelling> {
        if self.project().scheduling.from != ScheduleFrom::Start {
            return None;
        }
        let supply = Supply::of(self, pass.network, elsewhere);
        if supply.resources.is_empty() {
            return None;
        }
        let mut generator = Calendars::new(self.project(), pass.clone(), early.clone(), supply)?;
        let mut best = by_rules(&mut generator);
        if generator.price(&best).0 > 0 {
            let mut limits_first = generator.with_limits_first();
            let other = by_rules(&mut limits_first);
            let schedules = best.schedules + other.schedules;
            if limits_first.price(&other) < generator.price(&best) {
                (best, generator) = (other, limits_first);
            }
            best.schedules = schedules;
        }
        let wanted = u64::from(options.schedules);
        if !best.proven && wanted > best.schedules {
            let budget = Budget { schedules: wanted - best.schedules, seed: options.seed };
            let found = search(&mut generator, budget);
            let schedules = best.schedules + found.schedules;
            if generator.price(&found) < generator.price(&best) {
                best = found;
            }
            best.schedules = schedules;
        }
        generator.let_wait(&mut best);
        generator.record(&best.list);
        let levelled = levelled(&generator, elsewhere);
        Some(Levelling {
            misfits: generator.misfits(),
            schedules: best.schedules,
            proven: best.proven,
            stretches: generator.stretches_of_waits(&levelled.waits, elsewhere),
            levelled,
        })
    }

    /// What a schedule books of people and of the heads of roles that are counted, for other projects that share them: by
    /// task, in the order of assignment. Finished and level-of-effort work book nothing.
    #[must_use]
    pub fn bookings(&self, schedule: &Schedule) -> Vec<Booking> {
        let network = self.network();
        let supply = Supply::of(self, network, &[]);
        let mut bookings = Vec::new();
        for task in self.project().task_numbers() {
            let (slot, node) = (schedule.slot(task), task.0 as usize);
            if slot.state == State::Finished || network.nodes[node].kind != NodeKind::Work {
                continue;
            }
            for part in &supply.parts[node] {
                let hand = supply.resources[part.resource].hand;
                let spans = network.worked(node, &network.times[part.time], slot);
                bookings.push(Booking { hand, task, demand: part.demand, spans });
            }
        }
        bookings
    }
}

/// The rules that are tried, each cheap to compute.
const RULES: [Rule; 3] = [Rule::LatestFinish, Rule::LatestStart, Rule::LeastSlack];

/// The best plan of all rules.
fn by_rules(generator: &mut Calendars<'_>) -> Found {
    let mut best = plan_by_rule(generator, RULES[0]);
    for rule in &RULES[1..] {
        let price = generator.price(&best);
        if best.proven && price.0 == 0 {
            break;
        }
        let other = plan_by_rule(generator, *rule);
        let schedules = best.schedules + other.schedules;
        if generator.price(&other) < price {
            best = other;
        }
        best.schedules = schedules;
    }
    best
}

fn levelled(generator: &Calendars<'_>, elsewhere: &[Elsewhere]) -> Levelled {
    let waits = generator.waits(elsewhere);
    let chains::Chains { edges: ties, latest, order } = chains::chains(generator, &waits);
    let n_nodes = waits.len();
    let entering = starts(n_nodes, ties.iter().map(|tie| tie.to));
    let mut leaving: Vec<usize> = (0..ties.len()).collect();
    leaving.sort_by_key(|place| ties[*place].from);
    let leaving_from = starts(n_nodes, leaving.iter().map(|place| ties[*place].from));
    Levelled {
        order,
        held: generator.pass.levelled.held.clone(),
        waits,
        delayed: generator.pass.delayed.clone(),
        latest,
        ties,
        entering,
        leaving,
        leaving_from,
    }
}
