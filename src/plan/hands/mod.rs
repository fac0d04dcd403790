//! Resource levelling of a real project: nobody is asked for more than they can give.
//!
//! Comes in: an engine, a pass over its network, the options of the project, bookings of shared people elsewhere. Goes
//! out: a [`Levelling`]: where tasks are held until their people are free, who they wait for, and the order of work of
//! each person, which floats and the longest path follow from then on. The search itself is that of
//! [`crate::plan::levelling`]; `generator` teaches it calendars, `supply` knows people and roles, `chains` reads the
//! order of work off the result. What may be interrupted is done in pieces
//! ([`crate::plan::parts`]). A plan that is counted back from its finish is levelled in a mirror (`mirrored`).

mod chains;
mod generator;
mod in_step;
mod mirrored;
mod on_axis;
mod profile;
mod supply;

#[cfg(test)]
mod backward_cases;
#[cfg(test)]
mod cases;
#[cfg(test)]
mod checker;
#[cfg(test)]
mod laws;

use crate::model::{LevellingOptions, PersonNo, RoleNo, TaskNo};
use crate::plan::critical_path::{Early, Pass};
use crate::plan::levelling::{Budget, Found, Generator, Rule, plan_by_rule, search};
use crate::plan::network::{Edge, NodeKind, starts};
use crate::plan::parts::Split;
use crate::plan::{Engine, Schedule, State};
use crate::quantity::{Instant, Percent};

use generator::Calendars;
use mirrored::Mirrored;
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

/// On which side of a task somebody is busy.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// Before it: the task starts later than it could.
    Before,
    /// After it, in a plan that is counted back from its finish: the task is done earlier than it need be.
    After,
}

/// Why levelling moves a task.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wait {
    /// Who it waits for: the last to be free; after it, the first to be busy.
    pub hand: Hand,
    /// What they are busy with until then, or from then on.
    pub busy_with: BusyWith,
    /// Whether they are busy before the task or after it.
    pub side: Side,
    /// Working minutes on the task's calendar between where its links, constraints and the status date allow it, the rest
    /// of the levelled plan being as it is, and its start; after it, between its finish and the latest that its links and
    /// the wanted finish allow. Zero where none of that is time of the calendar.
    pub minutes: i64,
    /// Until when: its start; after it, its finish.
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

/// What a task asks of a person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Booking {
    /// Who.
    pub person: PersonNo,
    /// For which task.
    pub task: TaskNo,
    /// How much of each minute.
    pub share: Percent,
    /// When, in order, apart from each other.
    pub spans: Vec<(Instant, Instant)>,
}

/// Time that a shared person gives to another project.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Elsewhere {
    /// Who, as the project that is levelled numbers them.
    pub person: PersonNo,
    /// How much of each minute.
    pub share: Percent,
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
    pub(super) levelled: Levelled,
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
    /// The node whose end it waits for, if that is one of the project; by node.
    awaited: Vec<Option<usize>>,
    /// Tasks in parts, by node; the other lists hold the further parts as well.
    pub(super) splits: Vec<Split>,
    /// Where tasks of a plan counted back from its finish go; empty where dates are counted from the start.
    pub(super) delayed: Vec<Option<Instant>>,
    /// When a project counted back from its finish begins.
    pub(super) project_start: Option<Instant>,
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

    /// Why a node does not start earlier.
    pub(super) fn wait(&self, node: usize) -> Option<Wait> {
        self.waits.get(node).copied().flatten()
    }

    /// How a task is cut into parts; none where it is done in one piece.
    pub(super) fn split(&self, node: usize) -> Option<&Split> {
        let place = self.splits.binary_search_by_key(&node, |split| split.node).ok()?;
        self.splits.get(place)
    }

    /// The node, be it a part of a task, that has the people of a node before it.
    pub(super) fn awaited(&self, node: usize) -> Option<usize> {
        self.awaited.get(node).copied().flatten()
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
        let awaited = self.awaited(node)?;
        self.entering(node).iter().find(|tie| tie.from == awaited)
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
    /// Levels a plan; `pass` and `early` are those of its logic alone. None where the logic runs in a circle, or where
    /// nothing is asked for.
    ///
    /// Default: serial generation by each of three rules, justified from both ends until nothing is gained, the
    /// shortest taken. With more schedules in the options the search goes on from there.
    pub(super) fn level(
        &self,
        options: LevellingOptions,
        pass: &Pass<'_>,
        early: &Early,
        elsewhere: &[Elsewhere],
    ) -> Option<Levelling> {
        let supply = Supply::of(self, &pass.network, elsewhere);
        if supply.resources.is_empty() {
            return None;
        }
        let mut generator = Calendars::new(self.project(), pass.clone(), early.clone(), supply)?;
        let (best, list) = match self.wanted_finish() {
            None => {
                let best = best_of(&mut generator, options);
                (best.clone(), best.list)
            }
            Some(finish) => {
                let mut mirrored = Mirrored::new(&mut generator, finish)?;
                let mut best = best_of(&mut mirrored, options);
                let list = std::mem::take(&mut best.list);
                mirrored.forward(&list, &mut best.plan);
                let placed = mirrored.placed();
                (best, generator.settle_late(&placed))
            }
        };
        generator.record(&list);
        Some(Levelling {
            misfits: generator.misfits(),
            schedules: best.schedules,
            proven: best.proven,
            levelled: levelled(&generator, elsewhere),
        })
    }

    /// What a schedule books of people, for other projects that share them: by task, people in the order of assignment.
    /// Finished and level-of-effort work book nothing.
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
                let Hand::Person(person) = supply.resources[part.resource].hand else { continue };
                let mut spans: Vec<(Instant, Instant)> = Vec::new();
                let time = &network.times[part.time];
                for (from, to) in slot.parts(slot.resume, slot.finish) {
                    // Who needs no longer than the task takes is free again before it ends.
                    let end = if network.nodes[node].elapsed {
                        to
                    } else {
                        time.add_to_finish(from, network.most_between(node, from, to)).min(to)
                    };
                    time.stretches(from, end, |from, to| match spans.last_mut() {
                        Some(last) if last.1 == from => last.1 = to,
                        _ => spans.push((from, to)),
                    });
                }
                bookings.push(Booking { person, task, share: Percent::from_hundredths(part.demand), spans });
            }
        }
        bookings
    }
}

/// The shortest plan of those that the rules make and of the search, if there is one.
fn best_of<G: Generator>(generator: &mut G, options: LevellingOptions) -> Found {
    let mut best = plan_by_rule(generator, RULES[0]);
    for rule in &RULES[1..] {
        if best.proven {
            break;
        }
        let other = plan_by_rule(generator, *rule);
        let schedules = best.schedules + other.schedules;
        if other.length < best.length {
            best = other;
        }
        best.schedules = schedules;
    }
    let wanted = u64::from(options.schedules);
    if !best.proven && wanted > best.schedules {
        let budget = Budget { schedules: wanted - best.schedules, seed: options.seed };
        let found = search(generator, budget);
        let schedules = best.schedules + found.schedules;
        if found.length < best.length {
            best = found;
        }
        best.schedules = schedules;
    }
    best
}

/// The rules that are tried, each cheap to compute.
const RULES: [Rule; 3] = [Rule::LatestFinish, Rule::LatestStart, Rule::LeastSlack];

/// Reads off the recorded plan what it adds to the logic.
fn levelled(generator: &Calendars<'_>, elsewhere: &[Elsewhere]) -> Levelled {
    let (splits, waits_of_parts) = generator.splits(elsewhere);
    let mut found = Levelled { held: generator.held(), splits, ..Levelled::default() };
    if generator.counts_back {
        found.delayed.clone_from(&generator.pass.delayed);
        found.project_start = Some(generator.pass.project_start);
    }
    for split in &found.splits {
        found.held.extend(generator.pieces[split.node].iter().skip(1).map(|piece| Some(piece.from)));
    }
    let waits: Vec<_> = generator.waits(elsewhere).into_iter().chain(waits_of_parts).collect();
    let node_of = |(node, piece): (usize, usize)| match (found.split(node), piece.checked_sub(1)) {
        (Some(split), Some(place)) => split.more.start + place,
        _ => node,
    };
    let awaited = waits.iter().map(|awaited| awaited.and_then(|awaited| awaited.piece).map(node_of));
    found.awaited = awaited.collect();
    found.waits = waits.into_iter().map(|awaited| awaited.map(|awaited| awaited.wait)).collect();
    let mut pass = generator.pass.clone();
    pass.level(found.clone());
    let early = pass.forward();
    let (order, ties) = chains::chains(generator, &pass, &early);
    let n_nodes = pass.network.nodes.len();
    found.order = order;
    found.entering = starts(n_nodes, ties.iter().map(|tie| tie.to));
    found.leaving = (0..ties.len()).collect();
    found.leaving.sort_by_key(|place| ties[*place].from);
    found.leaving_from = starts(n_nodes, found.leaving.iter().map(|place| ties[*place].from));
    found.ties = ties;
    found
}
