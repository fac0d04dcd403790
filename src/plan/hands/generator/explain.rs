//! What a levelled plan says about itself: what is booked, who waits for whom, and what does not fit.
//!
//! Comes in: the list that was chosen, placed once more. Goes out: bookings by resource, a [`Wait`] for each node that is
//! held, the tasks that cannot be levelled.

use super::{Booked, Calendars, Shortage};
use crate::plan::hands::{BusyWith, Elsewhere, Hand, Misfit, Side, Wait};
use crate::plan::levelling::{Generator as _, Plan};
use crate::plan::network::{Edge, task_of};
use crate::plan::parts::{Split, ties_finish};
use crate::quantity::Instant;

/// Why a node waits, and the piece of which node it waits for, if it is one of the project.
#[derive(Clone, Copy, Debug)]
pub(in crate::plan::hands) struct Awaited {
    pub(in crate::plan::hands) wait: Wait,
    pub(in crate::plan::hands) piece: Option<(usize, usize)>,
}

impl Calendars<'_> {
    /// Places all by a list once more and keeps what was booked and why each waits.
    pub(in crate::plan::hands) fn record(&mut self, list: &[u32]) {
        self.is_recording = true;
        for bookings in &mut self.booked {
            bookings.clear();
        }
        for node in 0..self.is_settled.len() {
            if self.is_settled[node] {
                self.note(node);
            }
        }
        let mut plan = Plan::blank(list.len());
        self.forward(list, &mut plan);
        self.is_recording = false;
    }

    /// When the last forward pass placed each node, as a number that grows; what is settled was there before.
    pub(super) fn placing(&self) -> Vec<usize> {
        let mut places = vec![0; self.is_settled.len()];
        let rest = self.list.iter().filter(|node| !self.is_settled[**node as usize]);
        for (place, node) in rest.enumerate() {
            places[*node as usize] = place + 1;
        }
        places
    }

    /// Tasks that no levelling can make fit, as of the last recorded pass.
    pub(in crate::plan::hands) fn misfits(&self) -> Vec<Misfit> {
        let misfits = self.is_misfit.iter().enumerate();
        misfits
            .filter_map(|(node, resource)| {
                let hand = self.supply.resources[(*resource)?].hand;
                Some(Misfit { task: task_of(node), hand })
            })
            .collect()
    }

    /// Before when each node does not start, as of the last recorded pass. What is tied by its finish is held where it is
    /// cut: only its last part is tied then.
    pub(in crate::plan::hands) fn held(&self) -> Vec<Option<Instant>> {
        let mut held = self.pass.levelled.held.clone();
        for (node, held) in held.iter_mut().enumerate().filter(|(node, _)| !self.pieces[*node].is_empty()) {
            let mut edges = self.pass.network.entering(node).iter();
            let mut bounds = self.pass.network.nodes[node].bounds.iter();
            if edges.any(Edge::enters_finish) || bounds.any(|bound| ties_finish(bound.kind)) {
                *held = Some(self.early.resume[node]);
            }
        }
        held
    }

    /// What each node waits for, as of the last recorded pass.
    pub(in crate::plan::hands) fn waits(&self, elsewhere: &[Elsewhere]) -> Vec<Option<Awaited>> {
        let placing = self.placing();
        (0..self.is_settled.len())
            .map(|node| {
                let Some(until) = self.pass.levelled.held[node] else {
                    return self.moved_back(node, elsewhere);
                };
                let shortage = self.shortages[node]?;
                Some(self.wait(node, shortage, (self.logic[node], until), (&placing, elsewhere)))
            })
            .collect()
    }

    /// The tasks that are interrupted, as of the last recorded pass, by node; and whom each further piece waits for.
    pub(in crate::plan::hands) fn splits(
        &self,
        elsewhere: &[Elsewhere],
    ) -> (Vec<Split>, Vec<Option<Awaited>>) {
        let placing = self.placing();
        let mut next = self.pieces.len();
        let (mut splits, mut waits) = (Vec::new(), Vec::new());
        for (node, pieces) in self.pieces.iter().enumerate().filter(|(_, pieces)| pieces.len() > 1) {
            let more = next..next + pieces.len() - 1;
            next = more.end;
            let pairs = pieces.iter().zip(pieces.iter().skip(1));
            waits.extend(pairs.map(|(before, piece)| {
                let pause = (before.finish, piece.from);
                piece.shortage.map(|shortage| self.wait(node, shortage, pause, (&placing, elsewhere)))
            }));
            let sizes = pieces.iter().take(pieces.len() - 1).map(|piece| piece.needs).collect();
            splits.push(Split { node, sizes, more });
        }
        (splits, waits)
    }

    /// Who is busy after a node of a plan that is counted back from its finish, so that it is done earlier than need be.
    fn moved_back(&self, node: usize, elsewhere: &[Elsewhere]) -> Option<Awaited> {
        let shortage = self.late_shortages[node].filter(|_| self.counts_back)?;
        let until = self.early.finish[node];
        let calendar = self.pass.network.calendar(node);
        let minutes = calendar.between(until, self.late_logic[node]);
        // What the way forward has pushed is no longer where it was because of what comes after.
        if minutes <= 0 || calendar.between(until, self.late.finish[node]) != 0 {
            return None;
        }
        let covers = |booked: &&Booked| {
            (booked.from..booked.to).contains(&shortage.minute) && self.was_there_behind(booked, node)
        };
        let busy = self.booked[shortage.resource].iter().filter(covers);
        // Of several who share the minute, the one that begins with it; else the first in the plan.
        let busy = busy.min_by_key(|booked| (booked.from != shortage.minute, booked.node));
        let hand = self.supply.resources[shortage.resource].hand;
        let busy_with = match busy {
            Some(booked) => BusyWith::Task(task_of(booked.node)),
            None => self.elsewhere_at(hand, shortage, elsewhere),
        };
        // Nothing is tied to what comes after.
        Some(Awaited { wait: Wait { hand, busy_with, side: Side::After, minutes, until }, piece: None })
    }

    /// Who holds a node between two instants, and what they do then.
    fn wait(
        &self,
        node: usize,
        shortage: Shortage,
        (from, until): (Instant, Instant),
        (placing, elsewhere): (&[usize], &[Elsewhere]),
    ) -> Awaited {
        let resource = &self.supply.resources[shortage.resource];
        let minutes = self.pass.network.calendar(node).between(from, until);
        let covers = |booked: &&Booked| {
            (booked.from..booked.to).contains(&shortage.minute) && self.was_there(booked, node, placing)
        };
        let busy = self.booked[shortage.resource].iter().filter(covers);
        // Of several who share the minute, the one whose end lets the task begin; else the first in the plan.
        let busy = busy.min_by_key(|booked| (booked.to != shortage.minute + 1, booked.node));
        let busy_with = match busy {
            Some(booked) => BusyWith::Task(task_of(booked.node)),
            None => self.elsewhere_at(resource.hand, shortage, elsewhere),
        };
        Awaited {
            wait: Wait { hand: resource.hand, busy_with, side: Side::Before, minutes, until },
            piece: busy.map(|booked| (booked.node, booked.piece)),
        }
    }

    /// Says whether a booking was there when a node was placed that waits for somebody.
    pub(super) fn was_there(&self, booked: &Booked, node: usize, placing: &[usize]) -> bool {
        placing[booked.node] < placing[node].max(1) || self.counts_back && booked.node != node
    }

    /// Says whether a booking was there when the way back placed a node that is done earlier for it.
    pub(super) fn was_there_behind(&self, booked: &Booked, node: usize) -> bool {
        self.placing_back[booked.node] < self.placing_back[node]
    }

    fn elsewhere_at(&self, hand: Hand, shortage: Shortage, elsewhere: &[Elsewhere]) -> BusyWith {
        let axis = &self.supply.resources[shortage.resource].axis;
        let covers = |booking: &&Elsewhere| {
            booking.hand == hand
                && booking.spans.iter().any(|(from, to)| {
                    (axis.minutes_before(*from)..axis.minutes_before(*to)).contains(&shortage.minute)
                })
        };
        elsewhere.iter().position(|booking| covers(&booking)).map_or(BusyWith::Nothing, BusyWith::Elsewhere)
    }

    /// Writes the bookings of a node down, when asked to.
    pub(super) fn note(&mut self, node: usize) {
        if !self.is_recording || self.pass.standings[node].is_over() {
            return;
        }
        for piece in 0..self.n_pieces(node) {
            for place in 0..self.supply.parts[node].len() {
                let part = self.stretch_of(node, piece, place);
                let booked = self.stretches.iter().map(|(from, to)| Booked {
                    node,
                    piece,
                    from: *from,
                    to: *to,
                    demand: part.demand,
                });
                self.booked[part.resource].extend(booked);
            }
        }
    }
}
