//! Who blocks a task that waits, one after another.
//!
//! Comes in: the plan as last recorded, and the end of each wait with who is busy until then. Goes out: the stretches of
//! each wait from where the logic of the plan puts the task to where it lies. They are chosen going back from the end: before
//! each blocker comes the one who, of those busy when it begins, has been busy longest. Each stretch ends with its blocker.

use super::{Booked, Calendars};
use crate::plan::hands::supply::{Part, task_of};
use crate::plan::hands::{BusyWith, Elsewhere, Hand, Wait, WaitStretch};
use crate::quantity::Instant;

/// Time in which a task could not be worked because somebody is busy.
#[derive(Clone, Copy, Debug)]
struct Block {
    hand: Hand,
    busy_with: BusyWith,
    from: Instant,
    until: Instant,
    /// Whether what they are busy with goes on when there is enough of them again.
    goes_on: bool,
}

impl Calendars<'_> {
    /// The stretches of each wait, as of the last recorded pass; none for nodes that wait for nobody.
    pub(in crate::plan::hands) fn stretches_of_waits(
        &self,
        waits: &[Option<Wait>],
        elsewhere: &[Elsewhere],
    ) -> Vec<Vec<WaitStretch>> {
        let place_of = self.places();
        let nodes = waits.iter().enumerate();
        nodes
            .map(|(node, wait)| {
                let Some(wait) = wait else { return Vec::new() };
                let span = (self.logic[node], wait.until);
                let mut blocks = Vec::new();
                for part in &self.supply.parts[node] {
                    self.add_blocks((node, *part), span, (&place_of, elsewhere), &mut blocks);
                }
                self.side_by_side(node, wait, &blocks)
            })
            .collect()
    }

    /// Adds who keeps one part of a node from being worked in a span: tasks that were placed before it, bookings
    /// elsewhere, or nobody where there are too few of them.
    fn add_blocks(
        &self,
        (node, part): (usize, Part),
        span: (Instant, Instant),
        (place_of, elsewhere): (&[usize], &[Elsewhere]),
        blocks: &mut Vec<Block>,
    ) {
        let resource = &self.supply.resources[part.resource];
        let (axis, hand) = (&resource.axis, resource.hand);
        let minutes = (axis.minutes_before(span.0), axis.minutes_before(span.1));
        let meets = |booked: &&Booked| {
            booked.from < minutes.1 && booked.to > minutes.0 && place_of[booked.node] < place_of[node]
        };
        let earlier: Vec<&Booked> = self.booked[part.resource].iter().filter(meets).collect();
        let mut free = resource.free.clone();
        for booked in &earlier {
            free.take(booked.from, booked.to, booked.demand);
        }
        let of_elsewhere = || {
            let own = elsewhere.iter().enumerate().filter(|(_, other)| other.hand == hand);
            own.flat_map(|(place, other)| {
                let on_axis = |at: &Instant| axis.minutes_before(*at);
                let spans = other.spans.iter();
                spans.map(move |(from, to)| (BusyWith::Elsewhere(place), on_axis(from), on_axis(to)))
            })
        };
        let mut worked = Vec::new();
        self.supply.stretches(self.pass.network, part, span, &mut worked);
        let short = worked.iter().flat_map(|(from, to)| free.shortages(*from, *to, part.demand));
        for (from, to) in short {
            let of_plan = earlier.iter().map(|one| (BusyWith::Task(task_of(one.node)), one.from, one.to));
            let mut is_known = false;
            for (busy_with, begin, end) in of_plan.chain(of_elsewhere()) {
                let (first, last) = (begin.max(from), end.min(to));
                if first < last {
                    is_known = true;
                    let (from, until) = (axis.start_at(first), axis.finish_at(last));
                    blocks.push(Block { hand, busy_with, from, until, goes_on: end > to });
                }
            }
            if !is_known {
                let (from, until) = (axis.start_at(from), axis.finish_at(to));
                blocks.push(Block { hand, busy_with: BusyWith::Nothing, from, until, goes_on: false });
            }
        }
    }

    /// Sets blocks side by side, from the end of a wait back to its beginning.
    fn side_by_side(&self, node: usize, wait: &Wait, blocks: &[Block]) -> Vec<WaitStretch> {
        let (begin, calendar) = (self.logic[node], self.pass.network.calendar(node));
        let whole = WaitStretch {
            hand: wait.hand,
            busy_with: wait.busy_with,
            minutes: wait.minutes,
            from: begin,
            until: wait.until,
        };
        let is_last = |block: &&Block| (block.hand, block.busy_with) == (wait.hand, wait.busy_with);
        let Some(last) = blocks.iter().filter(is_last).max_by_key(|block| block.until) else {
            return vec![whole];
        };
        let mut stretches = vec![WaitStretch { from: last.from, until: last.until, ..whole }];
        while let Some(behind) = stretches.last_mut().filter(|behind| behind.from > begin) {
            let from = behind.from;
            let before = blocks.iter().filter(|block| block.from < from);
            let Some(end) = before.clone().map(|block| block.until.min(from)).max() else { break };
            let busy = before.filter(|block| block.until >= end);
            let Some(next) = busy.min_by_key(|block| (block.from, block.goes_on)) else { break };
            if (next.hand, next.busy_with) == (behind.hand, behind.busy_with) {
                behind.from = next.from;
            } else {
                let Block { hand, busy_with, from, .. } = *next;
                let until = if next.until < behind.until { next.until } else { behind.from };
                stretches.push(WaitStretch { hand, busy_with, minutes: 0, from, until });
            }
        }
        stretches.reverse();
        // Who is free, but not for as long as the task takes, is waited for still.
        let mut at = begin;
        for stretch in &mut stretches {
            stretch.from = calendar.start_at(calendar.minutes_before(at));
            at = stretch.until;
        }
        let n_before = stretches.len() - 1;
        for stretch in &mut stretches[..n_before] {
            stretch.minutes = calendar.between(stretch.from, stretch.until);
        }
        let before: i64 = stretches[..n_before].iter().map(|stretch| stretch.minutes).sum();
        if let Some(last) = stretches.last_mut() {
            // Time in which the task itself cannot begin follows its blocker.
            last.minutes = wait.minutes - before;
        }
        let mut place = 0;
        stretches.retain(|stretch| {
            place += 1;
            stretch.minutes > 0 || place > n_before
        });
        stretches
    }
}
