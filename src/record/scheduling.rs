//! `schedule:` in `project.yaml`: how dates are computed.

use crate::diagnostic::{Diagnostics, Spanned};
use crate::quantity::{Duration, Moment, Percent};
use crate::record;
use crate::record::decode::{Decode, Field};
use crate::source::node::{Node, NodeKind};
use crate::vocabulary;

vocabulary! {
    /// The ends from which dates can be counted.
    pub struct CountedFrom("an end of the project"): "start" or "finish";

    /// How work that began out of sequence goes on.
    pub struct ProgressWords("a rule for work out of sequence"): "retained logic" or "progress override";

    /// Whose habits decide where the trade has more than one.
    pub struct ConventionWords("the conventions of a tool"): "milepost" or "microsoft project";

    /// How durations scatter between their three points.
    pub struct DistributionWord("a distribution"): "pert" or "triangular";
}

record! {
    /// How dates are computed. Nothing need be said here: without it dates are counted from the start of the project by the
    /// default rules.
    pub struct ScheduleRecord("schedule") {
        /// The end from which dates are counted: `start` for each task as early as it can, or `finish` for each as late as
        /// the date under `finish` allows; `start` when absent.
        from: Spanned<CountedFrom>,
        /// The date from which dates are counted back, where `from: finish` is written.
        finish: Spanned<Moment>,
        /// What becomes of work that began before what it waits for was done: `retained logic` lets the rest of it wait,
        /// `progress override` lets it go on at once; `retained logic` when absent.
        progress: Spanned<ProgressWords>,
        /// Working time of float at or below which a task is critical; `0d` when absent.
        critical_float: Spanned<Duration>,
        /// Working time of float at or below which a task is near-critical; `5d` when absent.
        near_critical: Spanned<Duration>,
        /// Whose habits decide where the trade has more than one: `milepost`, or `microsoft project` for a plan that came
        /// from there and shall keep its dates: what is left on the status date stays where it was, deadlines limit float,
        /// leads may pull a task before the project's start, free float may exceed total float, hard dates may lay a task before what
        /// it waits for; `milepost` when absent.
        conventions: Spanned<ConventionWords>,
        /// Whether hard dates (`must_start`, `must_finish`, `starts_not_after`, `finishes_not_after`) hold a task before what it waits
        /// for, as the option of MS Project says that tasks always honor their constraint dates. Only with `conventions: microsoft
        /// project`; by milepost's own rules they never do. `true` when absent.
        honor_constraints: Spanned<bool>,
        /// Whether work is moved until nobody is overbooked: `true`, or how it is done; `false` when absent. Work waits
        /// until its people are free for all of it, unless it may be interrupted (`split`); counted back from the finish it
        /// is done as much earlier.
        level: LevelRecord,
        /// How the range of the finish is computed from estimates in three points.
        risk: RiskOptionsRecord,
    }
    computed {
        start: "write `start:` in `project.yaml` itself, not under `schedule:`",
    }
}

record! {
    /// How work is moved until nobody is overbooked.
    ///
    /// **What is never moved.** Work that has begun, unless it may be interrupted, `must_start`, `must_finish`, `manual` and
    /// `priority: 1000` are worked around. Hammocks and other level-of-effort work keep nobody from other work: they last as
    /// long as that makes them, so levelling has nothing to move; the load of people and `overallocated` count them.
    ///
    /// **Who comes first.** People of the portfolio's `people.yaml`, and the heads of its roles, are given first to projects
    /// that are not levelled, then to levelled ones in the order of the folders; heads of a role that a project lists itself
    /// are its own.
    ///
    /// **Dates that bind.** `as_late_as_possible` is as late as links, people and the levelled finish allow. `starts_not_after`
    /// and `finishes_not_after` go before other work, whatever its priority, where their date would be missed otherwise; where
    /// it cannot be kept, they hold even where somebody is busy then.
    ///
    /// **Levers and what-ifs.** Levers and drag keep the order of work that levelling found; a task that they move waits while
    /// its people are away, give less of their day or work for the projects before this one. A what-if levels all projects
    /// again; an option of a decision, and a change that waits, this one alone, around what the projects before it have
    /// booked. Those after it would give way.
    pub struct LevelOptionsRecord("levelling") {
        /// How many schedules are tried, from 1 to `100_000`. When absent, only those are tried that rules of priority make,
        /// some ten; more may find shorter ones and take longer.
        schedules: Spanned<i64>,
        /// A number that picks the schedules that are tried; 1 when absent. The same number gives the same result.
        seed: Spanned<i64>,
        /// `true` where every task may be interrupted; otherwise only those with `split: true` in `plan.yaml`, where it is said
        /// what that means. Work that runs by the clock never is.
        split: Spanned<bool>,
    }
}

record! {
    /// How the range of the finish is computed: the plan is drawn many times, each duration by chance between its three
    /// points.
    pub struct RiskOptionsRecord("risk analysis") {
        /// How durations scatter between their points: `pert` or `triangular`; `pert` when absent.
        distribution: Spanned<DistributionWord>,
        /// How often the plan is drawn, from 1 to `1_000_000`; `10_000` when absent.
        runs: Spanned<i64>,
        /// A number that picks what is drawn; 1 when absent. The same number gives the same result.
        seed: Spanned<i64>,
        /// How strongly tasks run long together, from 0% for not at all to 100% for all as one; `0%` when absent.
        correlation: Spanned<Percent>,
    }
}

/// Whether and how overbooked people are levelled.
#[derive(Clone, Debug, PartialEq)]
pub enum LevelRecord {
    /// Yes or no.
    Switch(Spanned<bool>),
    /// Yes, in this way.
    Options(Box<LevelOptionsRecord>),
}

impl Decode for LevelRecord {
    const FORM: &'static str = "true or false, or a mapping with `schedules`, `seed` and `split`";

    fn fields() -> &'static [Field] {
        LevelOptionsRecord::FIELDS
    }

    fn decode(node: &Node, found: &mut Diagnostics) -> Option<Self> {
        if let NodeKind::Map(_) = node.kind {
            return LevelOptionsRecord::decode(node, found).map(|options| Self::Options(Box::new(options)));
        }
        Spanned::<bool>::decode(node, found).map(Self::Switch)
    }
}
