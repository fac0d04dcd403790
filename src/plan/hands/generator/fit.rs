//! Where all people of a node are free, and what it takes from them there.
//!
//! Comes in: a node and an instant. Goes out: the first place from it on, or the last before it, at which everybody is free
//! for as long as the node, or a piece of it, takes. Not here: what else holds a node ([`super::Calendars::try_place`]).

use super::{Calendars, Shortage};
use crate::plan::hands::supply::Part;
use crate::quantity::Instant;

impl Calendars<'_> {
    /// The first instant from one on at which all people of a node are free for so many minutes; else who never is.
    pub(super) fn first_fit(&mut self, node: usize, from: Instant, needs: i64) -> Result<Instant, usize> {
        if let Some(part) = self.only_part(node) {
            return self.first_fit_on_axis(node, part, (from, needs));
        }
        let mut at = from;
        loop {
            let mut next = at;
            for place in 0..self.supply.parts[node].len() {
                let part = self.supply.parts[node][place];
                let window = (at, self.end_of(node, part, at, needs));
                let Some(end) = self.last_conflict(part, window) else { continue };
                if end == i64::MAX {
                    return Err(part.resource);
                }
                let later = self.supply.resources[part.resource].axis.finish_at(end);
                if later > next || next == at {
                    next = next.max(later);
                    self.shortages[node] = Some(Shortage { resource: part.resource, minute: end - 1 });
                }
            }
            let next = if next == at { return Ok(at) } else { self.pass.network.begin(node, next) };
            at = next.max(at.plus(1));
        }
    }

    /// When a part of a node ends that begins with it and takes so many minutes.
    pub(super) fn end_of(&self, node: usize, part: Part, from: Instant, needs: i64) -> Instant {
        if self.pass.network.nodes[node].elapsed {
            return from.plus(needs);
        }
        self.pass.network.times[part.time].add_to_finish(from, needs)
    }

    pub(super) fn last_conflict(&mut self, part: Part, window: (Instant, Instant)) -> Option<i64> {
        self.supply.stretches(&self.pass.network, part, window, &mut self.stretches);
        let profile = &self.profiles[part.resource];
        self.stretches.iter().rev().find_map(|(from, to)| {
            let end = profile.last_conflict(*from, *to, part.demand)?;
            // Elsewhere than on the axis itself only the conflict that was seen is known.
            Some(if part.is_axis || end == i64::MAX { end } else { end.min(*to) })
        })
    }

    pub(super) fn first_conflict(&mut self, part: Part, window: (Instant, Instant)) -> Option<i64> {
        self.supply.stretches(&self.pass.network, part, window, &mut self.stretches);
        let profile = &self.profiles[part.resource];
        self.stretches
            .iter()
            .find_map(|(from, to)| Some(profile.first_conflict(*from, *to, part.demand)?.max(*from)))
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
