//! Work that shall wait as long as it can, in a levelled plan.
//!
//! Comes in: a generator and the list of its best plan, in which such work lies as early as all other. Goes out: before when
//! each of it does not start, so that it is as late as its links, its people and the finish of that plan allow, and the list
//! that goes with it. The finish, and the dates that the plan keeps, stay.
//!
//! First each is asked to be where its links alone would let it be; where the plan gets longer, it is not. Then all of it, and
//! what waits for it, is pushed to the right around the rest of the plan; what only made room goes back to the left. That is
//! done again, and with each of it alone, until nothing moves.
//!
//! Priorities made the plan that comes in. What is more important than work that waits may fall into the room that this leaves,
//! and where that would make the plan longer, it stays behind whom it was behind before: it is no later than it was.
//!
//! The limit: work that may be interrupted is looked for a place in one piece, and what ends with it (`FF`) is only as late as
//! before work without pauses. Where it pauses, it, or what it waits for, could sometimes be later still.

use std::cmp::Reverse;

use super::Calendars;
use crate::model::ConstraintKind;
use crate::plan::critical_path::{Pass, Target};
use crate::plan::levelling::{Found, Generator as _, Plan, list_by_starts};
use crate::plan::standing::Standing;
use crate::quantity::Instant;

/// So many tasks are asked to be where their links would let them be, each at the cost of a schedule; further ones are
/// only pushed.
const ASKED_AT_MOST: usize = 64;

/// So often all is pushed; it is rarely needed more than twice.
const ROUNDS_AT_MOST: usize = 8;

/// Open nodes that shall wait as long as they can.
pub(super) fn late_nodes(pass: &Pass<'_>) -> Vec<usize> {
    let nodes = pass.network.nodes.iter().enumerate();
    nodes
        .filter(|(node, of_node)| {
            of_node.kind.is_placed()
                && of_node.fixed.is_none()
                && of_node.bounds.iter().any(|bound| bound.kind == ConstraintKind::AsLateAsPossible)
                && matches!(pass.standings[*node], Standing::Open { .. })
        })
        .map(|(node, _)| node)
        .collect()
}

impl Calendars<'_> {
    /// Lets work wait that shall; the plan that is found ends no later and keeps as many dates.
    pub(in crate::plan::hands) fn let_wait(&mut self, found: &mut Found) {
        if self.late_nodes.is_empty() {
            return;
        }
        found.length = self.forward(&found.list, &mut found.plan);
        // From here on lists are used as they stand: priorities have had their say.
        found.list = self.by_urgency(found.list.clone());
        self.has_urgencies = false;
        let most = (self.misses(), found.length);
        let mut late = self.late_nodes.clone();
        late.sort_by_key(|node| Reverse(found.plan.starts[*node]));
        late.truncate(ASKED_AT_MOST);
        for node in late {
            let finish = Instant(found.length);
            let limits = self.pass.backward(&self.early, Target::ProjectFinish(finish));
            let mut wanted = found.plan.clone();
            wanted.starts[node] = limits.resume[node].0;
            self.accept(found, &wanted, &[node], most);
        }
        for _ in 0..ROUNDS_AT_MOST {
            let before = found.plan.clone();
            let late = self.late_nodes.clone();
            let wanted = self.pushed_right(found, &self.with_followers());
            self.accept(found, &wanted, &late, most);
            for node in late {
                let mut alone = vec![false; self.is_settled.len()];
                alone[node] = true;
                let wanted = self.pushed_right(found, &alone);
                if wanted != found.plan {
                    self.accept(found, &wanted, &[node], most);
                }
            }
            if found.plan == before {
                break;
            }
        }
    }

    /// Takes over where some nodes are wanted to start, unless the plan gets dearer; leaves the generator at the plan that
    /// is found.
    fn accept(&mut self, found: &mut Found, wanted: &Plan, late: &[usize], most: (usize, i64)) -> bool {
        let known = self.pass.delayed.clone();
        for node in late {
            // Of what is interrupted a plan knows the last piece, where it stays.
            let is_moved = wanted.starts[*node] != found.plan.starts[*node];
            let to = if is_moved { Instant(wanted.starts[*node]) } else { self.early.resume[*node] };
            self.pass.delayed[*node] = Some(to);
        }
        // Starts do not always say what was placed first: of two interrupted tasks, or where finishes are tied. Where
        // priorities come first, what is important may fall into the room that is left, and push others behind the finish;
        // by starts alone nothing but what is moved gets later.
        let by_starts = list_by_starts(self, wanted, &found.list);
        let mut lists = vec![self.by_urgency(by_starts.clone()), found.list.clone(), by_starts];
        lists.dedup();
        let sum = |own: &Self, plan: &Plan| own.late_nodes.iter().map(|node| plan.starts[*node]).sum::<i64>();
        for list in lists {
            let mut other = Found { list, ..found.clone() };
            other.length = self.forward(&other.list, &mut other.plan);
            let is_later = sum(self, &other.plan) > sum(self, &found.plan);
            if is_later && (self.misses(), other.length) <= most {
                *found = other;
                return true;
            }
        }
        self.pass.delayed = known;
        self.forward(&found.list, &mut found.plan);
        false
    }

    /// A list with what is urgent first, as a forward pass would use it.
    fn by_urgency(&self, mut list: Vec<u32>) -> Vec<u32> {
        self.sort_by_urgency(&mut list);
        list
    }

    /// Work that shall wait, and what waits for it.
    fn with_followers(&self) -> Vec<bool> {
        let mut is_pushed = vec![false; self.is_settled.len()];
        for node in &self.late_nodes {
            is_pushed[*node] = true;
        }
        for node in self.network.order() {
            if is_pushed[*node as usize] {
                for next in self.network.successors(*node) {
                    is_pushed[*next as usize] = true;
                }
            }
        }
        is_pushed
    }

    /// Where everything would start if some nodes were pushed to the right around the rest of the plan.
    fn pushed_right(&mut self, found: &Found, is_pushed: &[bool]) -> Plan {
        let mut wanted = found.plan.clone();
        let mut list = found.list.clone();
        list.reverse();
        let mut moved = Vec::new();
        let finish = Instant(found.length);
        self.late.resume.clone_from(&self.early.resume);
        self.late.finish.clone_from(&self.early.finish);
        for node in list.into_iter().map(|node| node as usize).filter(|node| is_pushed[*node]) {
            let is_fixed = self.is_settled[node]
                || !matches!(self.pass.standings[node], Standing::Open { .. })
                || (!self.supply.parts[node].is_empty() && !self.may_wait[node]);
            if is_fixed {
                continue;
            }
            self.pass.place_late(node, &self.early, Target::ProjectFinish(finish), &mut self.late);
            let limit = self.late.resume[node].max(self.early.resume[node]);
            let at = self.latest_fit(node, limit);
            let needs = self.pass.standings[node].needs();
            self.late.resume[node] = at;
            self.late.finish[node] = if at == self.early.resume[node] {
                self.early.finish[node]
            } else {
                self.pass.network.end(node, at, needs)
            };
            if at != self.early.resume[node] {
                wanted.starts[node] = at.0;
                moved.push(node);
            }
        }
        // What is booked is as it was.
        for node in moved {
            self.take_at(node, self.late.resume[node], -1);
            self.take_pieces(node, 1);
        }
        wanted
    }

    /// The latest instant not after another at which all people of a node are free as long as it lasts, and books it there
    /// in one piece instead of where it lies; that where there is none later.
    fn latest_fit(&mut self, node: usize, limit: Instant) -> Instant {
        let lies = self.early.resume[node];
        let needs = self.pass.standings[node].needs();
        self.take_pieces(node, -1);
        let mut at = limit;
        while at > lies {
            let mut next = at;
            for place in 0..self.supply.parts[node].len() {
                let part = self.supply.parts[node][place];
                let window = (at, self.end_of(node, part, at, needs));
                if let Some(minute) = self.first_conflict(part, window) {
                    let from = self.supply.resources[part.resource].axis.start_at(minute);
                    next = next.min(self.begin_of(node, part, from, needs));
                }
            }
            if next == at {
                break;
            }
            at = self.pass.network.latest_begin(node, next).min(at.plus(-1));
        }
        if at <= lies {
            self.take_pieces(node, 1);
            return lies;
        }
        self.take_at(node, at, 1);
        at
    }

    /// Takes what a node asks for, so many times, where it begins, in one piece.
    fn take_at(&mut self, node: usize, from: Instant, times: i64) {
        let needs = self.pass.standings[node].needs();
        for place in 0..self.supply.parts[node].len() {
            let part = self.supply.parts[node][place];
            let window = (from, self.end_of(node, part, from, needs));
            self.supply.stretches(&self.pass.network, part, window, &mut self.stretches);
            for (from, to) in &self.stretches {
                self.profiles[part.resource].take(*from, *to, times * part.demand);
            }
        }
    }
}
