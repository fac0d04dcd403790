//! Where all people of a node are free.
//!
//! Comes in: what people have left, a node and an instant. Goes out: the first place from it on at which everybody is free
//! for as long as the node takes, and who was not before. Not here: who has booked what is not left.

use super::profile::Profile;
use super::supply::{Part, Supply};
use crate::plan::network::Network;
use crate::quantity::Instant;

/// Where a node is held by a shortage: the resource, and the minute of its axis up to which there is too little.
#[derive(Clone, Copy, Debug)]
pub(super) struct Shortage {
    pub(super) resource: usize,
    pub(super) minute: i64,
}

/// What people have left.
pub(super) struct Free<'a> {
    pub(super) network: &'a Network,
    pub(super) supply: &'a Supply,
    /// What is left of each resource of the supply.
    pub(super) profiles: &'a [Profile],
    /// Memory that is used again.
    pub(super) stretches: &'a mut Vec<(i64, i64)>,
}

impl Free<'_> {
    /// The first instant from one on at which all people of a node are free for so many minutes, and the last who was not
    /// before; else who never is.
    pub(super) fn first_fit(
        &mut self,
        node: usize,
        from: Instant,
        needs: i64,
    ) -> Result<(Instant, Option<Shortage>), usize> {
        if let Some(part) = self.supply.only_part(self.network, node) {
            return self.first_fit_on_axis(part, (from, needs));
        }
        let (mut at, mut shortage) = (from, None);
        loop {
            let mut next = at;
            for place in 0..self.supply.parts[node].len() {
                let part = self.supply.parts[node][place];
                let window = (at, part.end(self.network, node, at, needs));
                let Some(end) = self.last_conflict(part, window) else { continue };
                if end == i64::MAX {
                    return Err(part.resource);
                }
                let later = self.supply.resources[part.resource].axis.finish_at(end);
                if later > next || next == at {
                    next = next.max(later);
                    shortage = Some(Shortage { resource: part.resource, minute: end - 1 });
                }
            }
            let next = if next == at { return Ok((at, shortage)) } else { self.network.begin(node, next) };
            at = next.max(at.plus(1));
        }
    }

    /// The same of a node's only part, counted in minutes of the resource's axis, on which it lies in one piece, instead of
    /// going to the clock and back for each try.
    fn first_fit_on_axis(
        &self,
        part: Part,
        (from, needs): (Instant, i64),
    ) -> Result<(Instant, Option<Shortage>), usize> {
        let axis = &self.supply.resources[part.resource].axis;
        let profile = &self.profiles[part.resource];
        let first = axis.minutes_before(from);
        let (mut start, mut shortage) = (first, None);
        while let Some(end) = profile.last_conflict(start, start + needs, part.demand) {
            if end == i64::MAX {
                return Err(part.resource);
            }
            shortage = Some(Shortage { resource: part.resource, minute: end - 1 });
            start = end;
        }
        Ok((if start == first { from } else { axis.start_at(start) }, shortage))
    }

    /// The end of the last part of a window in which a part of a node finds too little; [`i64::MAX`] where it never ends.
    pub(super) fn last_conflict(&mut self, part: Part, window: (Instant, Instant)) -> Option<i64> {
        self.supply.stretches(self.network, part, window, self.stretches);
        let profile = &self.profiles[part.resource];
        self.stretches.iter().rev().find_map(|(from, to)| {
            let end = profile.last_conflict(*from, *to, part.demand)?;
            // Elsewhere than on the axis itself only the conflict that was seen is known.
            Some(if part.is_axis || end == i64::MAX { end } else { end.min(*to) })
        })
    }

    /// The beginning of the first part of a window in which a part of a node finds too little.
    pub(super) fn first_conflict(&mut self, part: Part, window: (Instant, Instant)) -> Option<i64> {
        self.supply.stretches(self.network, part, window, self.stretches);
        let profile = &self.profiles[part.resource];
        self.stretches
            .iter()
            .find_map(|(from, to)| Some(profile.first_conflict(*from, *to, part.demand)?.max(*from)))
    }
}
