//! Resource levelling of a real project: nobody is asked for more than they can give.
//!
//! Comes in: an engine, a pass over its network, the options of the project, bookings of shared people elsewhere. Goes
//! out: a [`Levelling`]: where tasks are held until their people are free, who they wait for, and the order of work of
//! each person, which floats and the longest path follow from then on. The search itself is that of
//! [`crate::plan::levelling`]; `generator` teaches it calendars, `supply` knows people and roles, `free` where they suffice,
//! `chains` reads the order of work off the result, `handing` whose heads each goes on with, `capacity` holds it against people where it moves. What may be interrupted is done in pieces
//! ([`crate::plan::parts`]). A plan that is counted back from its finish is levelled in a mirror (`mirrored`).

mod capacity;
mod chains;
mod choice;
mod free;
mod generator;
mod handing;
mod in_step;
mod levelled;
mod limits;
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
mod drawn;
#[cfg(test)]
mod laws;
#[cfg(test)]
mod split_cases;

use crate::model::{LevellingOptions, PersonNo, RoleNo, TaskNo};
use crate::plan::critical_path::{Early, Pass};
use crate::plan::levelling::{Found, Generator as _};
use crate::plan::network::NodeKind;
use crate::plan::{Engine, Schedule, State};
use crate::quantity::Instant;

use choice::{Priced as _, by_rules, searched};
use generator::Calendars;
use mirrored::Mirrored;
use supply::Supply;

pub(super) use capacity::Capacity;
pub(super) use levelled::Levelled;

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

/// A stretch of a [`Wait`]: who is waited for, and what they are busy with until it ends.
///
/// The stretches of a wait lie side by side: together they are the whole of it. Time in which somebody is free, but not
/// for as long as the task takes, belongs to the stretch behind it; counted back from the finish, to the one before it.
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
    /// Where what they are busy with ends, or there are enough of them again; counted back from the finish, where the next
    /// of them begins.
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
    /// The stretches of a wait of a task, or of one of its pauses, in order of time; empty where it has no such wait.
    #[must_use]
    pub fn stretches_of(&self, task: TaskNo, wait: &Wait) -> &[WaitStretch] {
        let node = task.0 as usize;
        let more = self.levelled.split(node).map_or(0..0, |split| split.more.clone());
        let place =
            [node].into_iter().chain(more).find(|node| self.levelled.wait(*node).as_ref() == Some(wait));
        place.and_then(|node| self.stretches.get(node)).map_or(&[], Vec::as_slice)
    }

    /// The stretches of what a task waits for, in order of time; empty where it waits for nobody.
    pub(super) fn stretches(&self, task: TaskNo) -> &[WaitStretch] {
        self.stretches.get(task.0 as usize).map_or(&[], Vec::as_slice)
    }
}

impl Engine<'_> {
    /// Levels a plan; `pass` and `early` are those of its logic alone. None where the logic runs in a circle, or where
    /// nothing is asked for.
    ///
    /// Default: serial generation by each of three rules, justified from both ends until nothing is gained, the
    /// shortest taken of those that keep most of the dates after which a task may not start or finish. With more schedules
    /// in the options the search goes on from there. Last, what shall be done as late as possible is moved to the right.
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
        let start = || Calendars::new(self.project(), pass.clone(), early.clone(), supply.clone());
        let (mut generator, best) = match self.wanted_finish() {
            None => {
                let mut generator = start()?;
                let best = from_start(&mut generator, options);
                (generator, best)
            }
            Some(finish) => {
                let latest = finish.max(pass.project_finish(early));
                let mut aim = finish;
                let mut tries = 1;
                loop {
                    let mut generator = start()?;
                    let (best, end) = from_finish(&mut generator, options, aim)?;
                    if end <= latest || tries == MOST_AIMS {
                        break (generator, best);
                    }
                    aim = Instant(aim.0 - (end.0 - latest.0));
                    tries += 1;
                }
            }
        };
        generator.record(&best.list);
        let levelled = Levelled::of(&generator, elsewhere);
        Some(Levelling {
            misfits: generator.misfits(),
            schedules: best.schedules,
            proven: best.proven,
            stretches: generator.stretches_of_waits(&levelled, elsewhere),
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

/// So often a plan that is counted back is looked for before a finish, each time as much before it as the last one ended
/// behind it.
const MOST_AIMS: u32 = 4;

/// The best plan that is counted back from a finish, and where it ends. Parts, lags and points of several calendars do not
/// always fit in time as they do in the mirror, so it may end behind.
fn from_finish(
    generator: &mut Calendars<'_>,
    options: LevellingOptions,
    finish: Instant,
) -> Option<(Found, Instant)> {
    let mut mirrored = Mirrored::new(generator, finish)?;
    let best = by_rules(&mut mirrored);
    let mut best = searched(&mut mirrored, options, best);
    mirrored.forward(&best.list, &mut best.plan);
    let placed = mirrored.placed();
    let list = generator.settle_late(&placed);
    let mut plan = best.plan.clone();
    generator.forward(&list, &mut plan);
    let end = generator.pass.project_finish(&generator.early);
    Some((Found { list, ..best }, end))
}

/// The best plan of a project whose dates are counted from its start. Where dates are missed after which a task may not
/// start or finish, such tasks are tried before all others as well.
fn from_start(generator: &mut Calendars<'_>, options: LevellingOptions) -> Found {
    let mut best = by_rules(generator);
    if generator.price(&best).0 > 0 {
        let mut limits_first = generator.with_limits_first();
        let other = by_rules(&mut limits_first);
        let schedules = best.schedules + other.schedules;
        if limits_first.price(&other) < generator.price(&best) {
            (best, *generator) = (other, limits_first);
        }
        best.schedules = schedules;
    }
    best = searched(generator, options, best);
    generator.let_wait(&mut best);
    best
}
