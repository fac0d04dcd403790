//! Ways of dependency links through a Gantt chart: right angles only, never through the bar they come from.

use crate::chart::svg::Spot;

/// Which ends a dependency ties together.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum LinkKind {
    /// Finish to start: the usual one.
    #[default]
    FinishToStart,
    /// Start to start.
    StartToStart,
    /// Finish to finish.
    FinishToFinish,
    /// Start to finish.
    StartToFinish,
}

/// Where links may leave and reach a row.
#[derive(Clone, Copy, Debug, Default)]
pub struct Ends {
    /// Left edge of the bar.
    pub left: f64,
    /// Right edge of the bar.
    pub right: f64,
    /// Middle of the bar.
    pub middle: f64,
    /// Half the height of the bar.
    pub half_height: f64,
    /// How far inside its edge the bar may be reached from above or below.
    pub inset: f64,
}

/// The way of a link.
#[derive(Clone, Debug, PartialEq)]
pub struct Way {
    /// Corners of the line.
    pub corners: Vec<Spot>,
    /// Corners of the arrow head.
    pub head: [Spot; 3],
}

/// Length and half width of an arrow head, in pixels.
const HEAD: (f64, f64) = (5.0, 3.0);

/// How far a link runs out of a bar before it turns, in pixels.
const STUB: f64 = 5.0;

/// Finds the way from one row to another.
///
/// The usual case, a successor that begins where its predecessor ends or later, is one step: out, then straight down
/// onto the successor's head. All other cases turn in the gap between the rows and enter from the side.
pub fn route(kind: LinkKind, from: &Ends, to: &Ends) -> Way {
    let down = (to.middle - from.middle).signum();
    match kind {
        LinkKind::FinishToStart if to.left + to.inset >= from.right + 1.0 => {
            let x = to.left + to.inset;
            let tip = (x, to.middle - down * to.half_height);
            Way {
                corners: vec![(from.right, from.middle), (x, from.middle), before(tip, down)],
                head: upright_head(tip, down),
            }
        }
        LinkKind::FinishToStart => sideways(from.right, to.left, from, to, Entry { leave: 1.0, arrive: 1.0 }),
        LinkKind::StartToStart => sideways(from.left, to.left, from, to, Entry { leave: -1.0, arrive: 1.0 }),
        LinkKind::FinishToFinish => {
            sideways(from.right, to.right, from, to, Entry { leave: 1.0, arrive: -1.0 })
        }
        LinkKind::StartToFinish => {
            sideways(from.left, to.right, from, to, Entry { leave: -1.0, arrive: -1.0 })
        }
    }
}

/// Directions of a link at its two ends: 1 to the right, −1 to the left.
struct Entry {
    leave: f64,
    arrive: f64,
}

/// A way that leaves and enters sideways.
fn sideways(exit: f64, target: f64, from: &Ends, to: &Ends, entry: Entry) -> Way {
    let tip = (target, to.middle);
    let before_tip = target - entry.arrive * (HEAD.0 + STUB);
    let out = exit + entry.leave * STUB;
    let end = (target - entry.arrive * HEAD.0, to.middle);
    let down = (to.middle - from.middle).signum();
    let corners = if (entry.leave > 0.0) == (entry.arrive > 0.0) {
        // Out on one side and in on the other: turn in the gap beside the successor's row.
        let gap = to.middle - down * 11.0;
        vec![
            (exit, from.middle),
            (out, from.middle),
            (out, gap),
            (before_tip, gap),
            (before_tip, to.middle),
            end,
        ]
    } else {
        // Out and in on the same side: pass outside of both bars.
        let x = if entry.leave > 0.0 { out.max(before_tip) } else { out.min(before_tip) };
        vec![(exit, from.middle), (x, from.middle), (x, to.middle), end]
    };
    let head = [
        tip,
        (tip.0 - entry.arrive * HEAD.0, tip.1 - HEAD.1),
        (tip.0 - entry.arrive * HEAD.0, tip.1 + HEAD.1),
    ];
    Way { corners, head }
}

/// Where the line stops so that the head's point stays sharp.
fn before(tip: Spot, down: f64) -> Spot {
    (tip.0, tip.1 - down * HEAD.0)
}

/// A head that points down, or up if `down` is negative.
fn upright_head(tip: Spot, down: f64) -> [Spot; 3] {
    let base = tip.1 - down * HEAD.0;
    [tip, (tip.0 - HEAD.1, base), (tip.0 + HEAD.1, base)]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(left: f64, right: f64, middle: f64) -> Ends {
        Ends { left, right, middle, half_height: 5.0, inset: 4.0 }
    }

    #[test]
    fn a_successor_right_after_is_reached_from_above() {
        let way = route(LinkKind::FinishToStart, &row(0.0, 50.0, 10.0), &row(50.0, 90.0, 32.0));
        assert_eq!(way.corners, [(50.0, 10.0), (54.0, 10.0), (54.0, 22.0)]);
        assert_eq!(way.head[0], (54.0, 27.0));
    }

    #[test]
    fn a_successor_that_began_early_is_reached_from_its_left() {
        let way = route(LinkKind::FinishToStart, &row(0.0, 50.0, 10.0), &row(30.0, 90.0, 54.0));
        assert_eq!(
            way.corners,
            [(50.0, 10.0), (55.0, 10.0), (55.0, 43.0), (20.0, 43.0), (20.0, 54.0), (25.0, 54.0)]
        );
    }

    #[test]
    fn ends_on_the_same_side_are_passed_outside() {
        let finishes = route(LinkKind::FinishToFinish, &row(0.0, 50.0, 10.0), &row(30.0, 90.0, 32.0));
        assert_eq!(finishes.corners, [(50.0, 10.0), (100.0, 10.0), (100.0, 32.0), (95.0, 32.0)]);
        let starts = route(LinkKind::StartToStart, &row(20.0, 50.0, 10.0), &row(30.0, 90.0, 32.0));
        assert_eq!(starts.corners, [(20.0, 10.0), (15.0, 10.0), (15.0, 32.0), (25.0, 32.0)]);
    }
}
