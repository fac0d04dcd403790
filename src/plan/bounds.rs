//! Constraints of a task as instants on its working time.

use crate::model::{Constraint, ConstraintKind, WorkingTime};
use crate::plan::Driver;
use crate::plan::critical_path::Pass;
use crate::plan::network::NodeKind;
use crate::quantity::Instant;

/// A constraint, resolved to an instant on the node's working time.
#[derive(Clone, Copy, Debug)]
pub(super) struct Bound {
    pub(super) kind: ConstraintKind,
    pub(super) at: Instant,
    /// How late it may be kept: of a point that must start on a day the end of that day, else the instant itself.
    pub(super) latest: Instant,
    pub(super) driver: Driver,
}

impl Bound {
    /// What it asks of early dates where hard dates hold: one that lies before anything can be done cannot be kept any more and asks
    /// for nothing.
    pub(super) fn holding(&self, floor: Instant) -> Option<Self> {
        let has_gone_by = self.kind.is_hard() && self.at < floor;
        (!has_gone_by).then_some(*self)
    }

    /// What it asks of early dates where the logic comes first: a task that must start or finish on a date does so no earlier; how late
    /// is too late is told by late dates alone.
    pub(super) fn yielding(&self) -> Option<Self> {
        let kind = match self.kind {
            ConstraintKind::MustStart => ConstraintKind::StartsNotBefore,
            ConstraintKind::MustFinish => ConstraintKind::FinishesNotBefore,
            ConstraintKind::StartsNotAfter | ConstraintKind::FinishesNotAfter => return None,
            soft => soft,
        };
        Some(Self { kind, ..*self })
    }
}

impl Pass<'_> {
    /// What the bounds of a node ask of its early dates.
    pub(super) fn early_bounds(&self, node: usize) -> impl Iterator<Item = Bound> + '_ {
        let of_node = &self.network.nodes[node];
        let floor = match of_node.kind {
            NodeKind::Work => self.floor_of_work(node),
            _ => self.point_floor(node),
        };
        let holds = self.scheduling.honors_constraints();
        let asked = move |bound: &Bound| if holds { bound.holding(floor) } else { bound.yielding() };
        of_node.bounds.iter().filter_map(asked)
    }
}

/// What a summary's constraint means for the tasks below it. None where it binds only the first or the last of
/// them, which no single task can be held to.
pub(super) fn inherited(kind: ConstraintKind) -> Option<ConstraintKind> {
    match kind {
        ConstraintKind::StartsNotBefore | ConstraintKind::MustStart => Some(ConstraintKind::StartsNotBefore),
        ConstraintKind::FinishesNotAfter | ConstraintKind::MustFinish => {
            Some(ConstraintKind::FinishesNotAfter)
        }
        ConstraintKind::AsLateAsPossible => Some(ConstraintKind::AsLateAsPossible),
        ConstraintKind::StartsNotAfter | ConstraintKind::FinishesNotBefore => None,
    }
}

/// Turns days of constraints into instants.
pub(super) struct Binder<'a> {
    pub(super) time: &'a WorkingTime,
    pub(super) is_point: bool,
}

impl Binder<'_> {
    pub(super) fn bound(&self, constraint: &Constraint, kind: ConstraintKind, driver: Driver) -> Bound {
        let at = constraint.at;
        let begins = at.map(|at| self.time.next_working(at.first_instant()));
        let ends = at.map(|at| self.time.previous_working_end(at.last_instant()));
        let worked = at.is_some_and(|at| match at.instant() {
            Some(instant) => self.time.previous_working_end(instant) == instant,
            None => self.time.is_working_day(at.day),
        });
        let on_any_minute = self.is_point && constraint.at.is_some_and(|at| at.minute.is_none());
        let latest = ends.filter(|_| kind == ConstraintKind::MustStart && on_any_minute);
        let at = match kind {
            // A point has no work that would carry it to the end of the day.
            ConstraintKind::StartsNotAfter if self.is_point => ends,
            // Of a point the end of a working day is a place as good as the next morning.
            ConstraintKind::StartsNotBefore | ConstraintKind::MustStart
                if self.is_point && worked && constraint.at.is_some_and(|at| at.minute.is_some()) =>
            {
                ends
            }
            ConstraintKind::StartsNotBefore | ConstraintKind::StartsNotAfter | ConstraintKind::MustStart => {
                begins
            }
            ConstraintKind::FinishesNotBefore if self.is_point && !worked => begins,
            ConstraintKind::FinishesNotBefore
            | ConstraintKind::FinishesNotAfter
            | ConstraintKind::MustFinish => ends,
            ConstraintKind::AsLateAsPossible => None,
        };
        let at = at.unwrap_or(Instant(0));
        Bound { kind, at, latest: latest.map_or(at, |latest| latest.max(at)), driver }
    }
}
