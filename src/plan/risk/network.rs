//! The flat network: a project as of a day, ready to be run thousands of times.
//!
//! Comes in from the adapter (`compile`): only what is still to come; what has happened is folded into limits. Work is kept in
//! working minutes of its own axis, so that a link between tasks of the same working time is one addition; points and the
//! ends of summaries are kept as instants. Not here: how a project becomes this, how it is run.

use std::ops::Range;
use std::sync::Arc;

use crate::model::TaskNo;
use crate::plan::parts::Split;
use crate::plan::risk::Promise;
use crate::plan::risk::axis::Axis;
use crate::plan::risk::distribution::Quantiles;
use crate::plan::risk::random::Stream;

/// No limit below. Far from the end of the numbers, so that lengths can be taken away from it.
pub(super) const NO_FLOOR: i64 = i64::MIN / 4;

/// No limit above.
pub(super) const NO_CEILING: i64 = i64::MAX / 4;

/// Everything that is still to come, predecessors first.
#[derive(Clone, Debug, Hash)]
pub(super) struct FlatNetwork {
    pub(super) axes: Vec<Axis>,
    pub(super) nodes: Vec<FlatNode>,
    pub(super) edges: Vec<FlatEdge>,
    /// Lags that vary with the length of a task; [`FlatEdge::share`] points here.
    pub(super) shares: Vec<FlatShare>,
    /// Tasks in parts.
    pub(super) splits: Vec<FlatSplit>,
    /// Uncertain lengths; [`FlatNode::length`] points here.
    pub(super) lengths: Vec<Length>,
    /// Tables that lengths are drawn from, each shape once.
    pub(super) tables: Vec<Arc<Quantiles>>,
    pub(super) risks: Vec<FlatRisk>,
    /// What is watched besides the finish.
    pub(super) watches: Vec<Watch>,
    /// The finish of whatever is over already, or of a project with nothing in it.
    pub(super) finish_floor: i64,
    /// The axis of the project's own working time, in which delays of the finish are counted.
    pub(super) project_axis: usize,
}

/// What kind of thing a node is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum FlatKind {
    /// Work with a length, in counts of its axis.
    Work,
    /// A point, as an instant.
    Point,
    /// The last of its predecessors, as an instant.
    Latest,
    /// The first of its predecessors, as an instant.
    Earliest,
}

/// Where a hard constraint puts a node.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Pin {
    /// Where logic wants it.
    None,
    /// At a start.
    Start(i64),
    /// So that it finishes there.
    Finish(i64),
}

/// One node. Limits are counts of its axis for work, instants for everything else.
#[derive(Clone, Debug, Hash)]
pub(super) struct FlatNode {
    /// The task it stands for; none for the end of a summary.
    pub(super) task: Option<TaskNo>,
    pub(super) kind: FlatKind,
    /// The axis its place and its length are counted along; the clock where several people work in their own time.
    pub(super) axis: usize,
    /// The axes of several people who work the whole length in their own time; empty for one axis.
    pub(super) works: Vec<usize>,
    /// It begins no earlier than with the next minute of this axis.
    pub(super) waits_for: Option<usize>,
    /// Its entering edges.
    pub(super) edges: Range<usize>,
    /// Nothing open begins before this, whatever constraints say.
    pub(super) floor: i64,
    /// Starts no earlier, finishes no earlier; for [`FlatKind::Earliest`], starts no later.
    pub(super) start_from: i64,
    pub(super) finish_from: i64,
    /// Held to start, to finish no later.
    pub(super) start_to: i64,
    pub(super) finish_to: i64,
    pub(super) pin: Pin,
    /// Minutes still needed, most likely.
    pub(super) needs: i64,
    /// Its place among the uncertain lengths.
    pub(super) length: Option<usize>,
    /// Somebody asks for the instant at which it starts.
    pub(super) wants_start: bool,
    /// Somebody asks for the instant at which it finishes.
    pub(super) wants_finish: bool,
    /// Its finish is known as an instant only: it may need no time at all, or it began and ends no earlier than that.
    pub(super) by_instant: bool,
    /// When it really began.
    pub(super) began: Option<i64>,
    /// The part before, where it is a further part of an interrupted task.
    pub(super) after: Option<usize>,
}

/// How a link turns the end of its predecessor into the earliest place of its successor.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Way {
    /// Both ends are counts of one axis.
    Same,
    /// The instant, counted on the successor's axis.
    Count,
    /// The instant and a time by the clock, counted on the successor's axis.
    Elapsed,
    /// The lag is counted along another axis than the successor's.
    Through(usize),
    /// To a point: the very instant.
    Point,
    /// To a point, later by the clock, moved out of time that is not worked.
    PointElapsed(usize),
    /// To a point, later by working minutes of an axis.
    PointWorking(usize),
}

/// A link between two nodes that are still to come.
#[derive(Clone, Copy, Debug, Hash)]
pub(super) struct FlatEdge {
    pub(super) from: usize,
    pub(super) way: Way,
    pub(super) leaves_start: bool,
    pub(super) enters_finish: bool,
    /// Minutes of the lag, most likely.
    pub(super) lag: i64,
    /// Its place among the lags that vary.
    pub(super) share: Option<usize>,
}

/// A lag that is a share of the length of the task waited for.
#[derive(Clone, Debug, Hash)]
pub(super) struct FlatShare {
    /// Hundredths of a percent.
    pub(super) hundredths: i64,
    /// Minutes of that task which do not vary: what is done of it.
    pub(super) done: i64,
    /// The nodes of what is left of it.
    pub(super) parts: Vec<usize>,
}

/// A length that varies from run to run.
#[derive(Clone, Debug, Hash)]
pub(super) struct Length {
    pub(super) node: usize,
    /// Minutes at least, and how many more at most; drawn from the table.
    pub(super) low: i64,
    pub(super) span: i64,
    pub(super) table: Option<usize>,
    pub(super) stream: Stream,
    /// Risks that strike it and the minutes of its axis that each costs.
    pub(super) strikes: Vec<(usize, i64)>,
    /// Money for a minute, in 2¹⁶ths of the smallest unit.
    pub(super) rate: i64,
}

/// A task that is interrupted. Its first part stands for the whole in everything that is drawn.
#[derive(Clone, Debug, Hash)]
pub(super) struct FlatSplit {
    /// The nodes of its parts, in order.
    pub(super) parts: Vec<usize>,
    /// How the length of the whole is shared out.
    pub(super) split: Split,
    /// Minutes of the whole, most likely.
    pub(super) needs: i64,
}

/// A risk that may strike.
#[derive(Clone, Debug, Hash)]
pub(super) struct FlatRisk {
    /// It strikes where the random number is below this.
    pub(super) threshold: u64,
    pub(super) always: bool,
    pub(super) stream: Stream,
    pub(super) cost: i64,
}

/// A task, or a summary, whose finish is watched.
#[derive(Clone, Debug, Hash)]
pub(super) struct Watch {
    /// What it is held against.
    pub(super) promise: Promise,
    /// It finishes with the last of these.
    pub(super) nodes: Vec<usize>,
    /// And not before this: what of it is over already.
    pub(super) floor: i64,
}

impl Watch {
    /// A watch that nothing is known of yet.
    pub(super) fn new(promise: Promise) -> Self {
        Self { promise, nodes: Vec::new(), floor: i64::MIN }
    }
}
