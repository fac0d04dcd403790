//! What a levelled plan says about itself: what is booked, who waits for whom, and what does not fit.
//!
//! Comes in: the list that was chosen, placed once more. Goes out: bookings by resource, a [`Wait`] for each node that is
//! held, the tasks that cannot be levelled.

use super::{Booked, Calendars, Shortage};
use crate::plan::hands::supply::task_of;
use crate::plan::hands::{BusyWith, Elsewhere, Hand, Misfit, Wait};
use crate::plan::levelling::{Generator as _, Plan};
use crate::plan::network::NodeKind;

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

    /// The order in which the last forward pass placed the nodes, what is settled first.
    pub(in crate::plan::hands) fn order(&self) -> Vec<usize> {
        let settled = self.network.order().iter().filter(|node| self.is_settled[**node as usize]);
        let rest = self.list.iter().filter(|node| !self.is_settled[**node as usize]);
        settled
            .chain(rest)
            .map(|node| *node as usize)
            .filter(|node| self.pass.network.nodes[*node].kind != NodeKind::Follower)
            .collect()
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

    /// What each node waits for, as of the last recorded pass.
    pub(in crate::plan::hands) fn waits(&self, elsewhere: &[Elsewhere]) -> Vec<Option<Wait>> {
        let place_of = self.places();
        (0..self.is_settled.len())
            .map(|node| {
                let until = self.pass.levelled.held[node]?;
                let shortage = self.shortages[node]?;
                let resource = &self.supply.resources[shortage.resource];
                let minutes = self.pass.network.calendar(node).between(self.logic[node], until);
                let covers = |booked: &&Booked| {
                    (booked.from..booked.to).contains(&shortage.minute)
                        && place_of[booked.node] < place_of[node]
                };
                let busy = self.booked[shortage.resource].iter().filter(covers);
                // Of several who share the minute, the one whose end lets the task begin; else the first in the plan.
                let busy = busy.min_by_key(|booked| (booked.to != shortage.minute + 1, booked.node));
                let busy_with = match busy {
                    Some(booked) => BusyWith::Task(task_of(booked.node)),
                    None => self.elsewhere_at(resource.hand, shortage, elsewhere),
                };
                Some(Wait { hand: resource.hand, busy_with, minutes, until })
            })
            .collect()
    }

    /// The place of each node in the order of the last forward pass.
    pub(super) fn places(&self) -> Vec<usize> {
        let mut places = vec![0; self.is_settled.len()];
        for (place, node) in self.order().into_iter().enumerate() {
            places[node] = place;
        }
        places
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
        for place in 0..self.supply.parts[node].len() {
            let part = self.stretch_of(node, place);
            let booked = self.stretches.iter();
            let booked = booked.map(|(from, to)| Booked { node, from: *from, to: *to, demand: part.demand });
            self.booked[part.resource].extend(booked);
        }
    }
}
