//! The passes of the critical path method over the network.
//!
//! Forward: each node as early as its links, its constraints, the project's start and the status date allow.
//! Backward: each node as late as its successors and the project's finish (or deadlines alone) allow. Between nodes
//! only instants are passed on; each node turns them into its own working time, so that the end of Friday and the
//! beginning of Monday are one place to it. Limits of links (P → S, lag L):
//!
//! | link | forward | backward |
//! | --- | --- | --- |
//! | FS | start(S) ≥ finish(P) + L | finish(P) ≤ late start(S) − L |
//! | SS | start(S) ≥ start(P) + L | start(P) ≤ late start(S) − L |
//! | FF | finish(S) ≥ finish(P) + L | finish(P) ≤ late finish(S) − L |
//! | SF | finish(S) ≥ start(P) + L | start(P) ≤ late finish(S) − L |
//!
//! Microsoft Project walks back the length of the successor first and adds the lag of FF and SF then, which makes a
//! difference to elapsed lags; its conventions do the same.
//!
//! What outside teams promised is a floor for the start of open tasks. Constraints: `starts_not_before` and `finishes_not_before` are
//! floors, and so are `must_start` and `must_finish`. No date lays work before what it waits for: the hard ones limit late dates, and a
//! date that the logic misses shows as negative float. So nothing jumps on the day on which a date cannot be kept any more. By the
//! habits of Microsoft Project hard dates hold instead: a task that must start, or may not start later, is placed there even if
//! its predecessors are late, and those get negative float.

use std::borrow::Cow;
use std::sync::Arc;

use crate::model::{ConstraintKind, Conventions, LateLimit, LinkKind, ProgressLogic, Scheduling};
use crate::plan::hands::{Capacity, Levelled};
use crate::plan::network::{Edge, Network, NodeKind};
use crate::plan::promises::Promised;
use crate::plan::standing::Standing;
use crate::quantity::Instant;

/// No limit at all.
pub(super) const UNBOUNDED: Instant = Instant(i64::MAX);

/// Before everything.
pub(super) const NEVER: Instant = Instant(i64::MIN);

/// Early dates by node.
#[derive(Clone, Debug)]
pub(super) struct Early {
    pub(super) start: Vec<Instant>,
    pub(super) finish: Vec<Instant>,
    /// When the work that is left begins: the start of open tasks, later for begun ones.
    pub(super) resume: Vec<Instant>,
    /// When it would begin if no hard constraint held it earlier; floats are counted from here.
    pub(super) wanted: Vec<Instant>,
}

/// Late dates by node; [`UNBOUNDED`] where nothing limits them.
#[derive(Clone, Debug)]
pub(super) struct Late {
    pub(super) resume: Vec<Instant>,
    pub(super) finish: Vec<Instant>,
}

/// What binds the beginning of work.
struct Wish {
    /// Nothing is done before this.
    floor: Instant,
    /// As early as links and dates allow.
    wanted: Instant,
    /// No later than this, whatever is wanted.
    held: Instant,
    /// There, whatever else is asked.
    pinned: Option<Instant>,
}

/// What late dates are counted back from.
#[derive(Clone, Copy, Debug)]
pub(super) enum Target {
    /// The project's finish and hard constraints.
    ProjectFinish(Instant),
    /// The same, and deadlines as well.
    FinishAndDeadlines(Instant),
    /// Deadlines and nothing else.
    Deadlines,
    /// What other projects allow and nothing else.
    Elsewhere,
}

impl Target {
    fn holds_constraints(self) -> bool {
        !matches!(self, Self::Deadlines | Self::Elsewhere)
    }
}

/// One computation over a network.
#[derive(Clone, Debug)]
pub(super) struct Pass<'a> {
    /// Borrowed from the engine; one of its own where levelling cut tasks into parts.
    pub(super) network: Cow<'a, Network>,
    pub(super) standings: Vec<Standing>,
    /// The first minute of the project, or the midnight before its first day.
    pub(super) project_start: Instant,
    /// The midnight that ends the status date.
    pub(super) status_end: Option<Instant>,
    /// Whether work that has begun waits for its predecessors, and what may begin before the project.
    pub(super) scheduling: &'a Scheduling,
    /// Where tasks may begin that wait for an outside team, as it promised; empty when there are none.
    pub(super) promised: Vec<Option<Promised>>,
    /// Where tasks go that are to be done as late as possible; empty when there are none.
    pub(super) delayed: Vec<Option<Instant>>,
    /// What levelling adds to the logic; nothing where the plan is not levelled.
    pub(super) levelled: Levelled,
    /// What people can give, where tasks of a levelled plan move in their order of work; none where they stay.
    pub(super) capacity: Option<Arc<Capacity>>,
    /// How late nodes may be because of other projects; empty where nothing is limited.
    pub(super) limits: Vec<LateLimit>,
}

impl Pass<'_> {
    /// Computes all early dates.
    pub(super) fn forward(&self) -> Early {
        let mut early = self.nowhere();
        for node in self.order() {
            self.place(*node, &mut early);
        }
        early
    }

    /// Early dates of nodes that have not been placed.
    pub(super) fn nowhere(&self) -> Early {
        let nowhere = vec![self.project_start; self.network.nodes.len()];
        Early { start: nowhere.clone(), finish: nowhere.clone(), resume: nowhere.clone(), wanted: nowhere }
    }

    /// Nodes with all before them that they wait for, be it by a link or for somebody who is busy.
    pub(super) fn order(&self) -> &[usize] {
        if self.levelled.order.is_empty() { &self.network.order } else { &self.levelled.order }
    }

    /// The edges that lead from a node: its links, then who waits for its people.
    pub(super) fn leaving(&self, node: usize) -> impl Iterator<Item = &Edge> {
        self.network.leaving(node).filter(|edge| self.binds(edge)).chain(self.levelled.leaving(node))
    }

    /// Says whether a link still holds: of work that has begun under progress override it holds nothing, neither how early the work goes
    /// on nor how late what it should have waited for may be. Microsoft Project counts late dates through it all the same.
    fn binds(&self, edge: &Edge) -> bool {
        let is_overtaken = self.scheduling.progress_logic == ProgressLogic::Override
            && matches!(self.standings[edge.to], Standing::Begun { .. });
        !is_overtaken || self.is_microsofts()
    }

    /// Computes the early dates of one node from those of its predecessors.
    pub(super) fn place(&self, node: usize, early: &mut Early) {
        if let Standing::Over { start, finish, .. } = self.standings[node] {
            early.start[node] = start;
            early.finish[node] = finish;
            early.resume[node] = finish;
            early.wanted[node] = finish;
            return;
        }
        if let (Some((start, finish)), Standing::Open { .. }) =
            (self.network.nodes[node].fixed, self.standings[node])
        {
            early.start[node] = start;
            early.finish[node] = finish;
            early.resume[node] = start;
            early.wanted[node] = start;
            return;
        }
        match self.network.nodes[node].kind {
            NodeKind::Work => self.place_work(node, early),
            NodeKind::Point => self.place_point(node, early),
            NodeKind::Latest | NodeKind::Earliest => self.place_end(node, early),
            NodeKind::Follower => {}
        }
    }

    fn place_work(&self, node: usize, early: &mut Early) {
        let network = &*self.network;
        let standing = self.standings[node];
        let needs = standing.needs();
        if let Some(of) = network.nodes[node].continues.filter(|_| needs <= 0) {
            // Nothing is left of this part: the task is over when the part before it is, whoever is busy then.
            let at = early.finish[of.after];
            early.start[node] = at;
            early.resume[node] = at;
            early.finish[node] = at;
            early.wanted[node] = at;
            return;
        }
        let open = matches!(standing, Standing::Open { .. });
        let Wish { floor, wanted, held, pinned } = self.wish_of_work(node, early);
        let fit = self.fit(node, (wanted.max(floor), held), needs);
        let wanted = fit.map_or(wanted, |fit| fit.from);
        let placed = pinned.unwrap_or(wanted.min(held)).max(floor);
        // What runs by the clock begins at once; only Microsoft Project lets it wait for the next working minute.
        let placed = if self.is_microsofts() && network.nodes[node].elapsed && open {
            network.calendar(node).next_working(placed)
        } else {
            placed
        };
        let resume = network.begin(node, placed);
        let start = match standing {
            Standing::Begun { start, .. } => start,
            _ => resume,
        };
        early.start[node] = start;
        early.resume[node] = resume;
        let finish = fit.map_or_else(|| network.end(node, placed, needs), |fit| fit.finish);
        early.finish[node] = finish.max(start);
        early.wanted[node] = if wanted > placed { network.begin(node, wanted).max(resume) } else { resume };
    }

    /// From when on work may be done that takes no time: not moved to the next working minute.
    pub(super) fn could_begin(&self, node: usize, early: &Early) -> Instant {
        let Wish { floor, wanted, held, pinned } = self.wish_of_work(node, early);
        pinned.unwrap_or(wanted.min(held)).max(floor)
    }

    /// What binds the beginning of work, not yet moved into its working time.
    fn wish_of_work(&self, node: usize, early: &Early) -> Wish {
        let network = &*self.network;
        let standing = self.standings[node];
        let (needs, open) = (standing.needs(), matches!(standing, Standing::Open { .. }));
        let floor = self.floor_of_work(node);
        let mut wanted = floor.max(self.first_wish(node));
        for edge in self.binding_candidates(node) {
            wanted = wanted.max(self.start_allowed(edge, early, needs));
        }
        let mut held = UNBOUNDED;
        let mut pinned = None;
        for bound in self.early_bounds(node) {
            let begin = || network.begin_for(node, bound.at, needs);
            match bound.kind {
                ConstraintKind::StartsNotBefore if open => wanted = wanted.max(bound.at),
                ConstraintKind::StartsNotAfter if open => held = held.min(bound.at),
                ConstraintKind::MustStart if open => pinned = Some(bound.at),
                ConstraintKind::FinishesNotBefore => wanted = wanted.max(begin()),
                ConstraintKind::FinishesNotAfter => held = held.min(begin()),
                ConstraintKind::MustFinish => pinned = Some(begin()),
                _ => {}
            }
        }
        if let Some(delayed) = self.delayed_to(node) {
            wanted = wanted.max(delayed);
        }
        if let Some(held) = self.levelled.held(node) {
            wanted = wanted.max(held);
        }
        for tie in self.levelled.entering(node) {
            wanted = wanted.max(early.finish[tie.from]);
        }
        Wish { floor, wanted, held, pinned }
    }

    fn place_point(&self, node: usize, early: &mut Early) {
        let floor = self.point_floor(node);
        let mut wanted = floor.max(self.wish_of_point(node));
        for edge in self.network.entering(node) {
            wanted = wanted.max(self.instant_allowed(edge, early));
        }
        let mut held = UNBOUNDED;
        let mut pinned = None;
        for bound in self.early_bounds(node) {
            match bound.kind {
                ConstraintKind::StartsNotBefore | ConstraintKind::FinishesNotBefore => {
                    wanted = wanted.max(bound.at);
                }
                ConstraintKind::StartsNotAfter | ConstraintKind::FinishesNotAfter => {
                    held = held.min(bound.at);
                }
                ConstraintKind::MustStart | ConstraintKind::MustFinish => pinned = Some(bound.at),
                ConstraintKind::AsLateAsPossible => {}
            }
        }
        if let Some(delayed) = self.delayed_to(node) {
            wanted = wanted.max(self.network.calendar(node).previous_working_end(delayed));
        }
        let placed = self.worked_instant(node, pinned.unwrap_or(wanted.min(held)).max(floor));
        early.start[node] = placed;
        early.finish[node] = placed;
        early.resume[node] = placed;
        early.wanted[node] = wanted.max(placed);
    }

    /// A point lies in working time, or at the very end of it: a board does not meet at night.
    fn worked_instant(&self, node: usize, at: Instant) -> Instant {
        let calendar = self.network.calendar(node);
        if calendar.previous_working_end(at) == at { at } else { calendar.next_working(at) }
    }

    fn place_end(&self, node: usize, early: &mut Early) {
        let first = self.network.nodes[node].kind == NodeKind::Earliest;
        let ends = self.network.entering(node).iter();
        let at = if first {
            ends.map(|edge| early.start[edge.from]).min()
        } else {
            ends.map(|edge| early.finish[edge.from]).max()
        };
        let at = at.unwrap_or(self.project_start);
        early.start[node] = at;
        early.finish[node] = at;
        early.resume[node] = at;
        early.wanted[node] = at;
    }

    /// The links that a node waits for: none for work that has begun under progress override.
    pub(super) fn binding_candidates(&self, node: usize) -> &[Edge] {
        let has_begun = matches!(self.standings[node], Standing::Begun { .. });
        if has_begun && self.scheduling.progress_logic == ProgressLogic::Override {
            return &[];
        }
        self.network.entering(node)
    }

    /// Nothing open begins before this; what has begun goes on no earlier than it stopped.
    pub(super) fn floor_of_work(&self, node: usize) -> Instant {
        let project_start = self.start_floor();
        let floor = self.status_end.map_or(project_start, |end| end.max(project_start));
        match self.standings[node] {
            // A report may lie before the project's start: people begin early.
            Standing::Begun { since, .. } => self.status_end.map_or(since, |end| end.max(since)),
            _ => floor,
        }
    }

    /// Says whether the habits of Microsoft Project decide.
    pub(super) fn is_microsofts(&self) -> bool {
        self.scheduling.conventions == Conventions::MicrosoftProject
    }

    /// The project's start; no floor at all where a task may be pulled before it.
    fn start_floor(&self) -> Instant {
        if self.is_microsofts() { NEVER } else { self.project_start }
    }

    /// Where a task would like to begin that nothing inside the plan holds: with the project, unless something else says
    /// when, and not before what an outside team promised has come.
    pub(super) fn first_wish(&self, node: usize) -> Instant {
        self.wish_of_plan(node).max(self.promised_to(node).map_or(NEVER, |promised| promised.from))
    }

    /// The same of a milestone or gate, which is reached in working time, and not before what the board asked for where it is held.
    pub(super) fn wish_of_point(&self, node: usize) -> Instant {
        let calendar = self.network.calendar(node);
        let wish = match self.wish_of_plan(node) {
            NEVER => NEVER,
            wish => calendar.next_working(wish),
        };
        wish.max(self.promised_to(node).map_or(NEVER, |promised| promised.reaches(calendar)))
    }

    /// When the task has in hand what outside teams promised it; none where it waits for nothing or has begun.
    pub(super) fn promised_to(&self, node: usize) -> Option<Promised> {
        let is_open = matches!(self.standings[node], Standing::Open { .. });
        self.promised.get(node).copied().flatten().filter(|_| is_open)
    }

    fn wish_of_plan(&self, node: usize) -> Instant {
        let says_when = |kind| {
            !matches!(
                kind,
                ConstraintKind::AsLateAsPossible
                    | ConstraintKind::StartsNotAfter
                    | ConstraintKind::FinishesNotAfter
            )
        };
        let bounds = &self.network.nodes[node].bounds;
        if !self.network.entering(node).is_empty() || bounds.iter().any(|bound| says_when(bound.kind)) {
            return self.start_floor();
        }
        self.project_start
    }

    /// Where a point lies that waits for nothing: the first minute of the project, or the end of the status date.
    pub(super) fn point_floor(&self, node: usize) -> Instant {
        let first = match self.start_floor() {
            NEVER => NEVER,
            start => self.network.calendar(node).next_working(start),
        };
        self.status_floor_of_point(node).map_or(first, |status| status.max(first))
    }

    pub(super) fn status_floor_of_point(&self, node: usize) -> Option<Instant> {
        let time = self.network.calendar(node);
        self.status_end.map(|end| {
            if time.is_working_day(end.last_day()) {
                time.previous_working_end(end)
            } else {
                time.next_working(end)
            }
        })
    }

    pub(super) fn delayed_to(&self, node: usize) -> Option<Instant> {
        self.delayed.get(node).copied().flatten()
    }

    /// The predecessor's end that a link ties.
    pub(super) fn tied_end(edge: &Edge, early: &Early) -> Instant {
        if edge.leaves_start() { early.start[edge.from] } else { early.finish[edge.from] }
    }

    /// The earliest start that a link allows to work; not yet moved into its working time.
    pub(super) fn start_allowed(&self, edge: &Edge, early: &Early, needs: i64) -> Instant {
        let end = Self::tied_end(edge, early);
        if !edge.enters_finish() {
            return self.with_lag(edge, end);
        }
        let begin_for = |finish: Instant| self.network.begin_for(edge.to, finish, needs);
        let allowed = if self.is_microsofts() {
            self.with_lag(edge, begin_for(end))
        } else {
            begin_for(self.with_lag(edge, end))
        };
        // To end with its predecessor, nothing begins before the project; Microsoft Project holds to that, too.
        if edge.kind == LinkKind::FinishFinish { allowed.max(self.project_start) } else { allowed }
    }

    /// Says whether a link that ties two ends would let work begin before the project: it holds nothing then.
    pub(super) fn is_idle_tie(&self, edge: &Edge, early: &Early, needs: i64) -> bool {
        edge.kind == LinkKind::FinishFinish && {
            let end = self.with_lag(edge, Self::tied_end(edge, early));
            self.network.begin_for(edge.to, end, needs) < self.project_start
        }
    }

    /// The earliest place that a link allows to a point: the very end of its predecessor without a lag.
    pub(super) fn instant_allowed(&self, edge: &Edge, early: &Early) -> Instant {
        self.worked_instant(edge.to, self.with_lag(edge, Self::tied_end(edge, early)))
    }

    /// Adds the lag of a link, along the successor's calendar or by the clock.
    pub(super) fn with_lag(&self, edge: &Edge, from: Instant) -> Instant {
        let is_point = self.network.nodes[edge.to].kind == NodeKind::Point && !self.is_microsofts();
        self.network.later_by(edge.to, (edge.lag, edge.elapsed, is_point), from)
    }

    /// Computes late dates.
    pub(super) fn backward(&self, early: &Early, target: Target) -> Late {
        let n_nodes = self.network.nodes.len();
        let mut late = Late { resume: vec![UNBOUNDED; n_nodes], finish: vec![UNBOUNDED; n_nodes] };
        for node in self.order().iter().rev() {
            self.place_late(*node, early, target, &mut late);
        }
        late
    }

    /// Computes the late dates that deadlines alone ask for; nothing to compute where there are none.
    pub(super) fn deadlines(&self, early: &Early) -> Late {
        let nodes = &self.network.nodes;
        if nodes.iter().all(|node| node.deadline.is_none()) {
            return Late { resume: vec![UNBOUNDED; nodes.len()], finish: vec![UNBOUNDED; nodes.len()] };
        }
        self.backward(early, Target::Deadlines)
    }

    /// Computes the late dates of one node from those of its successors.
    pub(super) fn place_late(&self, node: usize, early: &Early, target: Target, late: &mut Late) {
        let standing = self.standings[node];
        if standing.is_over() {
            late.resume[node] = early.resume[node];
            late.finish[node] = early.finish[node];
            return;
        }
        let deadline = match target {
            Target::ProjectFinish(_) | Target::Elsewhere => UNBOUNDED,
            _ => self.network.nodes[node].deadline.unwrap_or(UNBOUNDED),
        };
        let (mut start, mut finish) = self.limit_elsewhere(node, target);
        if let Target::ProjectFinish(latest) | Target::FinishAndDeadlines(latest) = target {
            finish = finish.min(latest);
        }
        for edge in self.leaving(node) {
            if self.standings[edge.to].is_over() {
                continue;
            }
            let successor = (late.resume[edge.to], late.finish[edge.to]);
            if self.is_microsofts() {
                // What is set by hand starts when it starts: who waits for that start does not limit how late it may be.
                if edge.leaves_start() && self.network.nodes[node].fixed.is_some() {
                    continue;
                }
                let limit = self.microsofts_limit(edge, early, successor);
                finish = if self.network.nodes[node].elapsed && limit != UNBOUNDED {
                    finish.min(self.network.calendar(node).previous_working_end(limit))
                } else {
                    finish.min(limit)
                };
                continue;
            }
            let limit = self.limit(edge, early, successor);
            if !edge.leaves_start() {
                finish = finish.min(limit);
            } else if matches!(standing, Standing::Open { .. }) && limit != UNBOUNDED {
                start = start.min(self.latest_start(node, limit));
            }
        }
        if self.network.nodes[node].kind != NodeKind::Work {
            let mut at = finish.min(start);
            if target.holds_constraints() {
                at = self.bound_point(node, at);
            }
            at = at.min(deadline);
            if at != UNBOUNDED {
                at = self.latest_point(node, at);
            }
            late.resume[node] = at;
            late.finish[node] = at;
            return;
        }
        let needs = standing.needs();
        let mut at = finish;
        if start != UNBOUNDED {
            at = at.min(self.network.end(node, start, needs));
        }
        if target.holds_constraints() {
            at = self.bound_work(node, at);
        }
        let latest = self.levelled.latest(node).filter(|_| target.holds_constraints());
        if let Some(latest) = latest {
            at = at.min(self.network.end(node, latest, needs));
        }
        at = at.min(deadline);
        if at != UNBOUNDED {
            late.finish[node] = self.network.last_end(node, at);
            let resume = self.network.begin_for(node, at, needs);
            late.resume[node] = latest.map_or(resume, |latest| resume.min(latest));
        }
    }

    /// The same where there is a limit at all; Microsoft Project counts free slack from dates alone.
    pub(super) fn latest_start_at(&self, node: usize, limit: Instant) -> Instant {
        if limit == UNBOUNDED { limit } else { self.latest_start(node, limit) }
    }

    /// The latest start that is not after an instant.
    pub(super) fn latest_start(&self, node: usize, at: Instant) -> Instant {
        if self.network.nodes[node].kind == NodeKind::Work { self.network.latest_begin(node, at) } else { at }
    }

    /// The last instant at or before another at which a point may lie.
    pub(super) fn latest_point(&self, node: usize, at: Instant) -> Instant {
        let calendar = self.network.calendar(node);
        let is_worked = calendar.next_working(at) == at && !self.is_microsofts();
        if is_worked || self.network.nodes[node].kind != NodeKind::Point {
            at
        } else {
            calendar.previous_working_end(at)
        }
    }

    /// A date that must be kept replaces the late one where hard dates hold; where the logic comes first it limits it as any other, and of
    /// a start and a finish that must both be kept the finish alone, at which the work lies.
    fn bound_work(&self, node: usize, finish: Instant) -> Instant {
        let standing = self.standings[node];
        let open = matches!(standing, Standing::Open { .. });
        let (needs, holds) = (standing.needs(), self.scheduling.honors_constraints());
        let mut kinds = self.network.late_bounds(node).map(|bound| bound.kind);
        let lies_at_finish = !holds && kinds.any(|kind| kind == ConstraintKind::MustFinish);
        let mut finish = finish;
        for bound in self.network.late_bounds(node) {
            let end = || self.network.end(node, bound.at, needs);
            match bound.kind {
                ConstraintKind::MustStart if open && holds => finish = end(),
                ConstraintKind::MustFinish if holds => finish = bound.at,
                ConstraintKind::MustStart if lies_at_finish => {}
                ConstraintKind::StartsNotAfter | ConstraintKind::MustStart if open => {
                    finish = finish.min(end());
                }
                ConstraintKind::FinishesNotAfter | ConstraintKind::MustFinish => {
                    finish = finish.min(bound.at);
                }
                _ => {}
            }
        }
        finish
    }

    fn bound_point(&self, node: usize, at: Instant) -> Instant {
        let holds = self.scheduling.honors_constraints();
        let mut at = at;
        for bound in self.network.late_bounds(node) {
            match bound.kind {
                ConstraintKind::StartsNotAfter | ConstraintKind::FinishesNotAfter => at = at.min(bound.at),
                ConstraintKind::MustStart | ConstraintKind::MustFinish if holds => at = bound.at,
                ConstraintKind::MustStart | ConstraintKind::MustFinish => at = at.min(bound.latest),
                _ => {}
            }
        }
        at
    }

    /// When the last task finishes; the end of the project's first day when there is none.
    pub(super) fn project_finish(&self, early: &Early) -> Instant {
        self.network
            .order
            .iter()
            .filter(|node| self.network.nodes[**node].kind.is_placed())
            .map(|node| early.finish[*node])
            .max()
            .unwrap_or(Instant::end_of(self.project_start.day()))
    }
}
