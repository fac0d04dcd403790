//! The passes of the critical path method over the network.
//!
//! Forward: each node as early as its links, its constraints, the project's start and the status date allow.
//! Backward: each node as late as its successors and the project's finish (or deadlines alone) allow. All
//! arithmetic is done in whole working minutes counted along the node's own calendar, so that the end of
//! Friday and the beginning of Monday are one number. Limits of links (P → S, lag L):
//!
//! | link | forward | backward |
//! | --- | --- | --- |
//! | FS | start(S) ≥ finish(P) + L | finish(P) ≤ late start(S) − L |
//! | SS | start(S) ≥ start(P) + L | start(P) ≤ late start(S) − L |
//! | FF | finish(S) ≥ finish(P) + L | finish(P) ≤ late finish(S) − L |
//! | SF | finish(S) ≥ start(P) + L | start(P) ≤ late finish(S) − L |
//!
//! Constraints: `starts_not_before` and `finishes_not_before` are floors. The hard ones hold: a task that must
//! start, or may not start later, is placed there even if its predecessors are late, and those get negative
//! float. Only the project's start and the status date are stronger, since nobody works in the past.

use crate::model::ConstraintKind;
use crate::plan::network::{Edge, Network, NodeKind};
use crate::plan::standing::Standing;
use crate::quantity::Instant;

/// No limit at all.
pub(super) const UNBOUNDED: Instant = Instant(i64::MAX);

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

/// What late dates are counted back from.
#[derive(Clone, Copy, Debug)]
pub(super) enum Target {
    /// The project's finish and hard constraints.
    ProjectFinish(Instant),
    /// Deadlines and nothing else.
    Deadlines,
}

/// One computation over a network.
#[derive(Clone, Debug)]
pub(super) struct Pass<'a> {
    pub(super) network: &'a Network,
    pub(super) standings: Vec<Standing>,
    /// The midnight before the project's first day.
    pub(super) project_start: Instant,
    /// The midnight that ends the status date.
    pub(super) status_end: Option<Instant>,
    /// Where tasks go that are to be done as late as possible; empty when there are none.
    pub(super) delayed: Vec<Option<Instant>>,
}

impl Pass<'_> {
    /// Computes all early dates.
    pub(super) fn forward(&self) -> Early {
        let n_nodes = self.network.nodes.len();
        let nowhere = vec![self.project_start; n_nodes];
        let mut early = Early {
            start: nowhere.clone(),
            finish: nowhere.clone(),
            resume: nowhere.clone(),
            wanted: nowhere,
        };
        for node in &self.network.order {
            self.place(*node, &mut early);
        }
        early
    }

    /// Computes the early dates of one node from those of its predecessors.
    pub(super) fn place(&self, node: usize, early: &mut Early) {
        if let Standing::Over { start, finish } = self.standings[node] {
            early.start[node] = start;
            early.finish[node] = finish;
            early.resume[node] = finish;
            early.wanted[node] = finish;
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
        let time = self.network.time(node);
        let standing = self.standings[node];
        let needs = standing.needs();
        let floor = time.minutes_before(self.floor());
        let mut wanted = floor;
        for edge in self.network.entering(node) {
            wanted = wanted.max(self.minutes_allowed(edge, early, needs));
        }
        let mut held = i64::MAX;
        let mut pinned = None;
        for bound in &self.network.nodes[node].bounds {
            let open = matches!(standing, Standing::Open { .. });
            let at = time.minutes_before(bound.at);
            match bound.kind {
                ConstraintKind::StartsNotBefore if open => wanted = wanted.max(at),
                ConstraintKind::StartsNotAfter if open => held = held.min(at),
                ConstraintKind::MustStart if open => pinned = Some(at),
                ConstraintKind::FinishesNotBefore => wanted = wanted.max(at - needs),
                ConstraintKind::FinishesNotAfter => held = held.min(at - needs),
                ConstraintKind::MustFinish => pinned = Some(at - needs),
                _ => {}
            }
        }
        if let Some(delayed) = self.delayed_to(node) {
            wanted = wanted.max(time.minutes_before(delayed));
        }
        let placed = pinned.unwrap_or(wanted.min(held)).max(floor);
        let resume = time.start_at(placed);
        let start = match standing {
            Standing::Begun { start, .. } => start,
            _ => resume,
        };
        early.start[node] = start;
        early.resume[node] = resume;
        early.finish[node] = time.finish_at(placed + needs).max(start);
        early.wanted[node] = if wanted > placed { time.start_at(wanted) } else { resume };
    }

    fn place_point(&self, node: usize, early: &mut Early) {
        let floor = self.point_floor(node);
        let mut wanted = floor;
        for edge in self.network.entering(node) {
            wanted = wanted.max(self.instant_allowed(edge, early));
        }
        let mut held = UNBOUNDED;
        let mut pinned = None;
        for bound in &self.network.nodes[node].bounds {
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
            wanted = wanted.max(self.network.time(node).previous_working_end(delayed));
        }
        let placed = pinned.unwrap_or(wanted.min(held)).max(floor);
        early.start[node] = placed;
        early.finish[node] = placed;
        early.resume[node] = placed;
        early.wanted[node] = wanted.max(placed);
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

    /// Nothing open begins before this.
    fn floor(&self) -> Instant {
        self.status_end.map_or(self.project_start, |status_end| status_end.max(self.project_start))
    }

    /// Where a point lies that waits for nothing: the first minute of the project, or the end of the status date.
    pub(super) fn point_floor(&self, node: usize) -> Instant {
        let time = self.network.time(node);
        let first = time.next_working(self.project_start);
        self.status_floor_of_point(node).map_or(first, |status| status.max(first))
    }

    pub(super) fn status_floor_of_point(&self, node: usize) -> Option<Instant> {
        let time = self.network.time(node);
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

    /// The earliest start that a link allows to work, in minutes of its working time.
    pub(super) fn minutes_allowed(&self, edge: &Edge, early: &Early, needs: i64) -> i64 {
        let node = &self.network.nodes[edge.to];
        let time = &self.network.times[node.time];
        let end = Self::tied_end(edge, early);
        let allowed = if edge.elapsed {
            time.minutes_before(end.plus(edge.lag))
        } else if edge.lag == 0 || node.time == node.measure {
            time.minutes_before(end) + edge.lag
        } else {
            time.minutes_before(self.network.times[node.measure].add_to_start(end, edge.lag))
        };
        if edge.enters_finish() { allowed - needs } else { allowed }
    }

    /// The earliest place that a link allows to a point: the very end of its predecessor without a lag.
    pub(super) fn instant_allowed(&self, edge: &Edge, early: &Early) -> Instant {
        let end = Self::tied_end(edge, early);
        let time = self.network.measure(edge.to);
        if edge.lag == 0 {
            end
        } else if edge.elapsed {
            let at = end.plus(edge.lag);
            if time.previous_working_end(at) == at { at } else { time.next_working(at) }
        } else {
            time.add_to_finish(end, edge.lag)
        }
    }

    /// Computes late dates.
    pub(super) fn backward(&self, early: &Early, target: Target) -> Late {
        let n_nodes = self.network.nodes.len();
        let mut late = Late { resume: vec![UNBOUNDED; n_nodes], finish: vec![UNBOUNDED; n_nodes] };
        for node in self.network.order.iter().rev() {
            self.place_late(*node, early, target, &mut late);
        }
        late
    }

    fn place_late(&self, node: usize, early: &Early, target: Target, late: &mut Late) {
        let standing = self.standings[node];
        if standing.is_over() {
            late.resume[node] = early.resume[node];
            late.finish[node] = early.finish[node];
            return;
        }
        let time = self.network.time(node);
        let mut finish = match target {
            Target::ProjectFinish(finish) => finish,
            Target::Deadlines => self.network.nodes[node].deadline.unwrap_or(UNBOUNDED),
        };
        let mut start = UNBOUNDED;
        for edge in self.network.leaving(node) {
            if self.standings[edge.to].is_over() {
                continue;
            }
            let limit = self.limit(edge, early, (late.resume[edge.to], late.finish[edge.to]));
            if !edge.leaves_start() {
                finish = finish.min(limit);
            } else if matches!(standing, Standing::Open { .. }) {
                start = start.min(limit);
            }
        }
        if self.network.nodes[node].kind != NodeKind::Work {
            let mut at = finish.min(start);
            if let Target::ProjectFinish(_) = target {
                at = self.bound_point(node, at);
            }
            late.resume[node] = at;
            late.finish[node] = at;
            return;
        }
        let needs = standing.needs();
        let mut minutes = i64::MAX;
        if finish != UNBOUNDED {
            minutes = time.minutes_before(finish);
        }
        if start != UNBOUNDED {
            minutes = minutes.min(time.minutes_before(start) + needs);
        }
        if let Target::ProjectFinish(_) = target {
            minutes = self.bound_work(node, minutes);
        }
        if minutes != i64::MAX {
            late.finish[node] = time.finish_at(minutes);
            late.resume[node] = time.start_at(minutes - needs);
        }
    }

    fn bound_work(&self, node: usize, minutes: i64) -> i64 {
        let time = self.network.time(node);
        let standing = self.standings[node];
        let open = matches!(standing, Standing::Open { .. });
        let needs = standing.needs();
        let mut minutes = minutes;
        for bound in &self.network.nodes[node].bounds {
            let at = time.minutes_before(bound.at);
            match bound.kind {
                ConstraintKind::StartsNotAfter if open => minutes = minutes.min(at + needs),
                ConstraintKind::FinishesNotAfter => minutes = minutes.min(at),
                ConstraintKind::MustStart if open => minutes = at + needs,
                ConstraintKind::MustFinish => minutes = at,
                _ => {}
            }
        }
        minutes
    }

    fn bound_point(&self, node: usize, at: Instant) -> Instant {
        let mut at = at;
        for bound in &self.network.nodes[node].bounds {
            match bound.kind {
                ConstraintKind::StartsNotAfter | ConstraintKind::FinishesNotAfter => at = at.min(bound.at),
                ConstraintKind::MustStart | ConstraintKind::MustFinish => at = bound.at,
                _ => {}
            }
        }
        at
    }

    /// The latest instant to which a link lets the tied end of its predecessor slip, when the successor resumes
    /// and finishes at the given instants: late dates give total float, early ones free float.
    pub(super) fn limit(&self, edge: &Edge, early: &Early, successor: (Instant, Instant)) -> Instant {
        let node = &self.network.nodes[edge.to];
        let end = if edge.enters_finish() { successor.1 } else { successor.0 };
        if end == UNBOUNDED {
            return UNBOUNDED;
        }
        let measure = &self.network.times[node.measure];
        match node.kind {
            NodeKind::Latest | NodeKind::Follower => end,
            // Only the task that begins first holds the start of its summary.
            NodeKind::Earliest if early.start[edge.from] == early.start[edge.to] => end,
            NodeKind::Earliest => UNBOUNDED,
            NodeKind::Point if edge.lag == 0 => end,
            NodeKind::Point if edge.elapsed => {
                let at =
                    if measure.next_working(end) == end { end } else { measure.previous_working_end(end) };
                at.plus(-edge.lag)
            }
            NodeKind::Point => measure.add_to_start(end, -edge.lag),
            NodeKind::Work => {
                let end = self.network.times[node.time].next_working(end);
                if edge.elapsed {
                    end.plus(-edge.lag)
                } else if edge.lag == 0 {
                    end
                } else {
                    measure.add_to_start(end, -edge.lag)
                }
            }
        }
    }

    /// When the last task finishes; the end of the project's first day when there is none.
    pub(super) fn project_finish(&self, early: &Early) -> Instant {
        self.network
            .order
            .iter()
            .filter(|node| matches!(self.network.nodes[**node].kind, NodeKind::Work | NodeKind::Point))
            .map(|node| early.finish[*node])
            .max()
            .unwrap_or(Instant::end_of(self.project_start.day()))
    }
}
