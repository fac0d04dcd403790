//! When the work that is left of a task is worked.
//!
//! Comes in: a slot of a schedule and a working time. Goes out: stretches of the clock. Levelling across projects and the
//! load of people both ask here, so that they mean the same minutes.

use crate::model::WorkingTime;
use crate::plan::network::{Network, NodeKind};
use crate::plan::{Slot, State};
use crate::quantity::Instant;

/// A stretch of the clock, half-open.
pub(super) type Span = (Instant, Instant);

impl Network {
    /// When what is left of a task is worked by somebody who works it in a certain working time, in order, apart from each
    /// other: from where it goes on for as many minutes as are left, so that who is away less is done earlier than the
    /// others; where levelling interrupts it, so each part on its own. All of its span where its length runs by the clock, or where it follows others. Nothing once it is over.
    ///
    /// Example: two days are left from Monday on; who is away on Tuesday works on Monday and Wednesday, who is not on
    /// Monday and Tuesday.
    pub(super) fn worked(&self, node: usize, time: &WorkingTime, slot: &Slot) -> Vec<Span> {
        let mut spans: Vec<Span> = Vec::new();
        if slot.state == State::Finished {
            return spans;
        }
        let of_node = &self.nodes[node];
        let is_counted = !of_node.elapsed && of_node.kind == NodeKind::Work;
        for (from, to) in slot.parts(slot.resume, slot.finish) {
            let end = if is_counted {
                let needs = if slot.pauses.is_empty() {
                    slot.remaining
                } else {
                    // All of a part is worked by whoever ends last with it.
                    self.most_between(node, from, to)
                };
                time.add_to_finish(from, needs).min(to)
            } else {
                to
            };
            time.stretches(from, end, |from, to| match spans.last_mut() {
                Some(last) if last.1 == from => last.1 = to,
                _ => spans.push((from, to)),
            });
        }
        spans
    }
}
