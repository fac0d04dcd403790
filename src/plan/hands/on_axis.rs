//! The common case in short: one resource, asked for in its own working time and nothing else.
//!
//! Comes in: a generator, a node with one such part. Goes out: its booking, and where it fits on the way back. All of it is counted in
//! minutes of the resource's axis, on which the node lies in one piece, instead of going to the clock and back for each
//! try. The results are those of the general way in [`super::generator`].

use super::free::Shortage;
use super::generator::Calendars;
use super::supply::Part;
use crate::quantity::Instant;

impl Calendars<'_> {
    /// The only part of a node, where its minutes lie side by side on the axis of its resource.
    pub(super) fn only_part(&self, node: usize) -> Option<Part> {
        self.supply.only_part(&self.pass.network, node)
    }

    /// Books the only part of a node where its work, or the rest of it, begins.
    pub(super) fn book_on_axis(&mut self, node: usize, part: Part, from: Instant) {
        let from = self.supply.resources[part.resource].axis.minutes_before(from);
        let to = from + self.pass.standings[node].needs();
        self.profiles[part.resource].take(from, to, part.demand);
    }

    /// Books the only part of a node as late as its late finish and its resource allow, and moves its late dates there;
    /// not farther back than `far`, where only the order counts.
    pub(super) fn book_backward_on_axis(&mut self, node: usize, part: Part, far: Instant) {
        let needs = self.pass.standings[node].needs();
        let axis = &self.supply.resources[part.resource].axis;
        let profile = &mut self.profiles[part.resource];
        let last = axis.minutes_before(self.late.finish[node]);
        let mut end = last;
        while self.may_wait[node]
            && let Some(start) = profile.first_conflict(end - needs, end, part.demand)
        {
            if start == i64::MIN {
                // Never before: it stays where it would be if they were free.
                (end, self.late_shortages[node]) = (last, None);
                break;
            }
            let minute = start.max(end - needs);
            self.late_shortages[node] = Some(Shortage { resource: part.resource, minute });
            end = start.max(end - needs);
            if axis.finish_at(end) < far {
                break;
            }
        }
        if end != last {
            self.late.finish[node] = axis.finish_at(end);
            self.late.resume[node] = axis.start_at(end - needs);
        }
        profile.take(end - needs, end, part.demand);
    }
}
