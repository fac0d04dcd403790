//! Who blocks a task that waits, one after another.
//!
//! Comes in: the plan as last recorded, and the end of each wait with who is busy until then. Goes out: the stretches of
//! each wait from where the logic of the plan puts the task to where it lies. They are chosen going back from the end: before
//! each blocker comes the one who, of those busy when it begins, has been busy longest. Each stretch ends with its
//! blocker. What is done earlier because people are busy after it is the mirror image: from where it lies to where the logic
//! of the plan would let it end, each stretch begins with its blocker.

use super::{Booked, Calendars};
use crate::plan::hands::supply::Part;
use crate::plan::hands::{BusyWith, Elsewhere, Hand, Levelled, Side, Wait, WaitStretch};
use crate::plan::network::task_of;
use crate::quantity::Instant;

/// A stretch of the clock.
type Span = (Instant, Instant);

/// Time in which a task could not be worked because somebody is busy.
#[derive(Clone, Copy, Debug)]
struct Block {
    hand: Hand,
    busy_with: BusyWith,
    from: Instant,
    until: Instant,
    /// Whether what they are busy with goes on when there is enough of them again; behind a task, whether it has begun before.
    goes_on: bool,
}

impl Block {
    /// The same in a mirror, in which time runs backward.
    fn turned(self) -> Self {
        Self { from: Instant(-self.until.0), until: Instant(-self.from.0), ..self }
    }
}

impl Calendars<'_> {
    /// The stretches of each wait, and of each pause before a further part of a task, as of the last recorded pass; none for
    /// nodes that wait for nobody.
    pub(in crate::plan::hands) fn stretches_of_waits(
        &self,
        levelled: &Levelled,
        elsewhere: &[Elsewhere],
    ) -> Vec<Vec<WaitStretch>> {
        let placing = self.placing();
        let mut stretches = vec![Vec::new(); levelled.waits.len()];
        let mut tell = |at: usize, node: usize, span: &dyn Fn(&Wait) -> Span| {
            let Some(wait) = levelled.wait(at) else { return };
            let mut blocks = Vec::new();
            for part in &self.supply.parts[node] {
                self.add_blocks((node, *part), (&wait, span(&wait)), (&placing, elsewhere), &mut blocks);
            }
            stretches[at] = self.side_by_side(node, (&wait, span(&wait)), &blocks);
        };
        for node in 0..self.is_settled.len() {
            tell(node, node, &|wait| self.span(node, wait));
        }
        for split in &levelled.splits {
            for (part, before) in split.more.clone().zip(&self.pieces[split.node]) {
                tell(part, split.node, &|wait| (before.finish, wait.until));
            }
        }
        stretches
    }

    /// From where to where a node is moved by a wait, in order of time.
    fn span(&self, node: usize, wait: &Wait) -> Span {
        match wait.side {
            Side::Before => (self.logic[node], wait.until),
            Side::After => (wait.until, self.late_logic[node]),
        }
    }

    /// Adds who keeps one part of a node from being worked while it waits: tasks that were placed before it, bookings
    /// elsewhere, or nobody where there are too few of them.
    fn add_blocks(
        &self,
        (node, part): (usize, Part),
        (wait, span): (&Wait, Span),
        (placing, elsewhere): (&[usize], &[Elsewhere]),
        blocks: &mut Vec<Block>,
    ) {
        let resource = &self.supply.resources[part.resource];
        let (axis, hand) = (&resource.axis, resource.hand);
        let minutes = (axis.minutes_before(span.0), axis.minutes_before(span.1));
        let meets = |booked: &&Booked| {
            let was_there = match wait.side {
                Side::Before => self.was_there(booked, node, placing),
                Side::After => self.was_there_behind(booked, node),
            };
            booked.from < minutes.1 && booked.to > minutes.0 && was_there
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
        self.supply.stretches(&self.pass.network, part, span, &mut worked);
        let short = worked.iter().flat_map(|(from, to)| free.shortages(*from, *to, part.demand));
        for (from, to) in short {
            let of_plan = earlier.iter().map(|one| (BusyWith::Task(task_of(one.node)), one.from, one.to));
            let mut is_known = false;
            for (busy_with, begin, end) in of_plan.chain(of_elsewhere()) {
                let (first, last) = (begin.max(from), end.min(to));
                if first < last {
                    is_known = true;
                    let goes_on = match wait.side {
                        Side::Before => end > to,
                        Side::After => begin < from,
                    };
                    let (from, until) = (axis.start_at(first), axis.finish_at(last));
                    blocks.push(Block { hand, busy_with, from, until, goes_on });
                }
            }
            if !is_known {
                let (from, until) = (axis.start_at(from), axis.finish_at(to));
                blocks.push(Block { hand, busy_with: BusyWith::Nothing, from, until, goes_on: false });
            }
        }
    }

    /// Sets blocks side by side, from where a node lies to where it would be without them.
    fn side_by_side(
        &self,
        node: usize,
        (wait, (from, until)): (&Wait, Span),
        blocks: &[Block],
    ) -> Vec<WaitStretch> {
        let calendar = self.pass.network.calendar(node);
        let Wait { hand, busy_with, minutes, side, .. } = *wait;
        let who = (hand, busy_with);
        let chosen = match side {
            Side::Before => chosen(blocks, from, who),
            Side::After => {
                let turned: Vec<Block> = blocks.iter().map(|block| block.turned()).collect();
                chosen(&turned, Instant(-until.0), who).into_iter().map(Block::turned).collect()
            }
        };
        // Who is free, but not for as long as the task takes, is waited for still.
        let mut at = if side == Side::Before { from } else { until };
        let mut stretches: Vec<WaitStretch> = (chosen.iter().rev())
            .map(|block| {
                let minute = calendar.minutes_before(at);
                let (from, until) = match side {
                    Side::Before => (calendar.start_at(minute), block.until),
                    Side::After => (block.from, calendar.finish_at(minute)),
                };
                at = if side == Side::Before { block.until } else { block.from };
                let Block { hand, busy_with, .. } = *block;
                WaitStretch { hand, busy_with, minutes: calendar.between(from, until), from, until }
            })
            .collect();
        let Some(mut last) = stretches.pop() else {
            return vec![WaitStretch { hand, busy_with, minutes, from, until }];
        };
        // Time in which the task itself cannot begin, or end, belongs to the blocker beside it.
        last.minutes = minutes - stretches.iter().map(|stretch| stretch.minutes).sum::<i64>();
        stretches.retain(|stretch| stretch.minutes > 0);
        stretches.push(last);
        if side == Side::After {
            stretches.reverse();
        }
        stretches
    }
}

/// Blocks that follow each other back to a beginning, from the last of somebody who is busy with something; empty where
/// there is none such.
fn chosen(blocks: &[Block], begin: Instant, who: (Hand, BusyWith)) -> Vec<Block> {
    let is_last = |block: &&Block| (block.hand, block.busy_with) == who;
    let last = blocks.iter().filter(is_last).max_by_key(|block| block.until);
    let mut chosen: Vec<Block> = last.into_iter().copied().collect();
    while let Some(behind) = chosen.last_mut().filter(|behind| behind.from > begin) {
        let from = behind.from;
        let before = blocks.iter().filter(|block| block.from < from);
        let Some(end) = before.clone().map(|block| block.until.min(from)).max() else { break };
        let busy = before.filter(|block| block.until >= end);
        let Some(next) = busy.min_by_key(|block| (block.from, block.goes_on)) else { break };
        if (next.hand, next.busy_with) == (behind.hand, behind.busy_with) {
            behind.from = next.from;
        } else {
            let until = if next.until < behind.until { next.until } else { behind.from };
            chosen.push(Block { until, ..*next });
        }
    }
    chosen
}
