//! Where all people of a node are free, and what it takes from them there.
//!
//! Comes in: a node and an instant. Goes out: the last place before it at which everybody is free for as long as the node, or a
//! piece of it, takes; the first from it on is that of [`Free`]. Not here: what else holds a node ([`super::Calendars::try_place`]).

use super::Calendars;
use crate::plan::hands::free::{Free, Shortage};
use crate::plan::hands::supply::Part;
use crate::quantity::Instant;

impl Calendars<'_> {
    /// What is free with all that has been booked.
    pub(super) fn free(&mut self) -> Free<'_> {
        Free {
            network: &self.pass.network,
            supply: &self.supply,
            profiles: &self.profiles,
            stretches: &mut self.stretches,
        }
    }

    /// The first instant from one on at which all people of a node are free for so many minutes, and keeps who was not
    /// before; else who never is.
    pub(super) fn first_fit(&mut self, node: usize, from: Instant, needs: i64) -> Result<Instant, usize> {
        let (at, shortage) = self.free().first_fit(node, from, needs)?;
        self.shortages[node] = shortage.or(self.shortages[node]);
        Ok(at)
    }

    /// When a part of a node ends that begins with it and takes so many minutes.
    pub(super) fn end_of(&self, node: usize, part: Part, from: Instant, needs: i64) -> Instant {
        part.end(&self.pass.network, node, from, needs)
    }

    pub(super) fn last_conflict(&mut self, part: Part, window: (Instant, Instant)) -> Option<i64> {
        self.free().last_conflict(part, window)
    }

    pub(super) fn first_conflict(&mut self, part: Part, window: (Instant, Instant)) -> Option<i64> {
        self.free().first_conflict(part, window)
    }

    /// How many pieces a node is done in, as it was placed last.
    pub(super) fn n_pieces(&self, node: usize) -> usize {
        self.pieces[node].len().max(1)
    }

    /// Fills `stretches` with when a part of a node is worked in one of its pieces; gives the part.
    pub(super) fn stretch_of(&mut self, node: usize, piece: usize, place: usize) -> Part {
        let part = self.supply.parts[node][place];
        let (from, needs) = match self.pieces[node].get(piece) {
            Some(piece) => (piece.from, piece.needs),
            None => (self.early.resume[node], self.pass.standings[node].needs()),
        };
        let window = (from, self.end_of(node, part, from, needs));
        self.supply.stretches(&self.pass.network, part, window, &mut self.stretches);
        part
    }

    /// Books a node piece by piece.
    pub(super) fn book_pieces(&mut self, node: usize) {
        self.take_pieces(node, 1);
    }

    /// Takes what a node asks for, so many times, where it has been placed.
    pub(super) fn take_pieces(&mut self, node: usize, times: i64) {
        for piece in 0..self.n_pieces(node) {
            for place in 0..self.supply.parts[node].len() {
                let part = self.stretch_of(node, piece, place);
                for (from, to) in &self.stretches {
                    self.profiles[part.resource].take(*from, *to, times * part.demand);
                }
            }
        }
    }

    pub(super) fn book(&mut self, node: usize) {
        if self.pass.standings[node].is_over() {
            return;
        }
        match self.only_part(node).filter(|_| self.pieces[node].is_empty()) {
            Some(part) => self.book_on_axis(node, part, self.early.resume[node]),
            None => self.book_pieces(node),
        }
    }

    /// From when and until when all people of a node are free for so many minutes, as late as can be before an instant, and
    /// who was not after it; not farther back than `far`. None where somebody never suffices.
    pub(super) fn last_fit(
        &mut self,
        node: usize,
        (until, needs): (Instant, i64),
        far: Instant,
    ) -> Option<(Instant, Instant, Option<Shortage>)> {
        let mut from = self.pass.network.begin_for(node, until, needs);
        let mut shortage = None;
        loop {
            let mut next = from;
            for place in 0..self.supply.parts[node].len() {
                let part = self.supply.parts[node][place];
                // Everybody begins with the first, in their own time, as on the way forward.
                let window = (from, self.end_of(node, part, from, needs));
                let Some(minute) = self.first_conflict(part, window) else { continue };
                if self.profiles[part.resource].is_short_before(minute, part.demand) {
                    return None;
                }
                let end = self.supply.resources[part.resource].axis.start_at(minute);
                let earlier = self.begin_of(node, part, end, needs);
                if earlier < next {
                    next = earlier;
                    shortage = Some(Shortage { resource: part.resource, minute });
                }
            }
            if next == from || next < far {
                let at = if shortage.is_some() { self.pass.network.end(node, next, needs) } else { until };
                return Some((next, at, shortage));
            }
            from = next;
        }
    }

    /// When a part of a node begins that ends with it and takes so many minutes.
    pub(in crate::plan::hands) fn begin_of(
        &self,
        node: usize,
        part: Part,
        finish: Instant,
        needs: i64,
    ) -> Instant {
        if self.pass.network.nodes[node].elapsed {
            return finish.plus(-needs);
        }
        self.pass.network.times[part.time].subtract(finish, needs)
    }
}
