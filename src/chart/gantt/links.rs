//! Dependency links of a Gantt chart: right angles only, never through the bar they come from. A link between rows of
//! different sheets runs off the one and on to the other at the same place; sheets between them do not show it.

use std::collections::{BTreeSet, HashMap};
use std::ops::Range;

use crate::chart::gantt::canvas::{Canvas, Ends};
use crate::chart::gantt::input::{Criticality, GanttInput, GanttLink, LinkKind};
use crate::chart::kit::ink::Ink;
use crate::chart::kit::path::{PathData, Spot};
use crate::chart::kit::svg::Sheet;

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

/// A bar that can be reached so near to the end of another, in pixels, is reached on a plumb line.
const TOUCHING: f64 = 2.0;

/// A step longer than this, in pixels, runs between the rows, so that the label beside the bar stays free.
const LONG: f64 = 14.0;

/// From the middle of a bar to the gap before its row, in pixels.
const GAP: f64 = 11.0;

/// The links of a chart, with the places of the rows that they tie.
pub(super) struct Ties<'a> {
    /// Each link with the row it comes from and the one it leads to.
    all: Vec<(&'a GanttLink, usize, usize)>,
    /// For each row the links that leave or reach it, by their places in `all`.
    of_row: Vec<Vec<usize>>,
}

impl<'a> Ties<'a> {
    /// Finds the rows of every link; a link to a row that the chart does not show ties nothing.
    pub(super) fn of(input: &'a GanttInput) -> Self {
        let order: HashMap<&str, usize> =
            input.rows.iter().enumerate().map(|(index, row)| (row.id.as_str(), index)).collect();
        let mut ties = Self { all: Vec::new(), of_row: vec![Vec::new(); input.rows.len()] };
        for link in &input.links {
            let (Some(from), Some(to)) = (order.get(link.from.as_str()), order.get(link.to.as_str())) else {
                continue;
            };
            if from == to {
                continue;
            }
            for row in [*from, *to] {
                ties.of_row[row].push(ties.all.len());
            }
            ties.all.push((link, *from, *to));
        }
        ties
    }

    /// The links that leave or reach some rows, in the order of the plan.
    fn at(&self, rows: Range<usize>) -> impl Iterator<Item = (&'a GanttLink, usize, usize)> + use<'_, 'a> {
        let places: BTreeSet<usize> =
            self.of_row.get(rows).into_iter().flatten().flatten().copied().collect();
        places.into_iter().filter_map(|place| self.all.get(place).copied())
    }
}

/// Draws the links that leave or reach a row of a sheet; the critical ones apart. Each path names the rows that its strokes
/// tie, so that a script can follow them.
pub(super) fn draw(canvas: &Canvas<'_>, ties: &Ties<'_>, sheet: &mut Sheet) {
    let frame = canvas.plot.frame();
    for (criticality, ink) in [(Criticality::Free, Ink::Link), (Criticality::Critical, Ink::LinkCritical)] {
        let mut lines = Tied::default();
        let mut heads = Tied::default();
        let own = ties.at(canvas.rows.clone());
        for (link, from, to) in own.filter(|(link, _, _)| link.criticality == criticality) {
            let way = route(link.kind, &canvas.ends(from), &canvas.ends(to));
            let tie = (from, to);
            let has_head = canvas.rows.contains(&to);
            // In a large plan the head is part of the stroke, since every path counts a thousand times.
            let corners = if canvas.is_brief() { with_barbs(&way) } else { way.corners.clone() };
            for stroke in within(&corners, (frame.top, frame.bottom)) {
                lines.add(&stroke, tie);
            }
            if has_head && !canvas.is_brief() {
                heads.add(&way.head, tie);
                heads.path = heads.path.close();
            }
        }
        sheet.tied("line", ink, &lines.path, &lines.ties);
        sheet.tied("area", ink, &heads.path, &heads.ties);
    }
}

/// The straight strokes, from end to end, of the links that leave or reach a row of a sheet.
pub(super) fn strokes(canvas: &Canvas<'_>, ties: &Ties<'_>) -> Vec<[Spot; 2]> {
    let frame = canvas.plot.frame();
    let ways = ties
        .at(canvas.rows.clone())
        .map(|(link, from, to)| route(link.kind, &canvas.ends(from), &canvas.ends(to)));
    let lines = ways.flat_map(|way| within(&way.corners, (frame.top, frame.bottom)));
    lines.flat_map(|line| line.array_windows().copied().collect::<Vec<_>>()).collect()
}

/// The corners of a way that ends in an open head.
fn with_barbs(way: &Way) -> Vec<Spot> {
    let [tip, first, second] = way.head;
    let stem = way.corners.split_last().map_or(&[][..], |(_, stem)| stem);
    stem.iter().copied().chain([tip, first, tip, second]).collect()
}

/// Strokes with the rows that each of them ties.
#[derive(Default)]
struct Tied {
    path: PathData,
    ties: Vec<(usize, usize)>,
}

impl Tied {
    fn add(&mut self, spots: &[Spot], tie: (usize, usize)) {
        let path = std::mem::take(&mut self.path).lift();
        self.path = spots.iter().fold(path, |path, spot| path.to(*spot));
        self.ties.push(tie);
    }
}

/// The parts of a right-angled line that lie between two heights.
fn within(corners: &[Spot], (top, bottom): (f64, f64)) -> Vec<Vec<Spot>> {
    let mut strokes: Vec<Vec<Spot>> = Vec::new();
    for (from, to) in corners.iter().zip(corners.iter().skip(1)) {
        if from.1.max(to.1) < top || from.1.min(to.1) > bottom {
            continue;
        }
        let (from, to) = ((from.0, from.1.clamp(top, bottom)), (to.0, to.1.clamp(top, bottom)));
        match strokes.last_mut() {
            Some(stroke) if stroke.last() == Some(&from) => stroke.push(to),
            _ => strokes.push(vec![from, to]),
        }
    }
    strokes
}

/// Finds the way from one row to another.
///
/// The usual case, a successor that begins where its predecessor ends or later, is one step: out, then straight down
/// onto the successor. Where the two lie one below the other, as a gate below the task it waits for, the link is a
/// plumb line. All other cases turn in the gap between the rows and enter from the side.
fn route(kind: LinkKind, from: &Ends, to: &Ends) -> Way {
    let down = (to.middle - from.middle).signum();
    // A bar of a day may be narrower than that.
    let plumb = from.exit.max((to.left + 1.5).min(to.right));
    match kind {
        LinkKind::FinishToStart if to.entry >= from.right + LONG => {
            let tip = (to.entry, to.middle - down * to.half_height);
            let gap = to.middle - down * GAP;
            let corners = vec![
                (from.exit, from.middle + down * from.half_height),
                (from.exit, gap),
                (to.entry, gap),
                before(tip, down),
            ];
            Way { corners, head: upright_head(tip, down) }
        }
        LinkKind::FinishToStart if to.entry >= from.right + 1.0 => {
            let tip = (to.entry, to.middle - down * to.half_height);
            let corners = vec![(from.right, from.middle), (to.entry, from.middle), before(tip, down)];
            Way { corners, head: upright_head(tip, down) }
        }
        LinkKind::FinishToStart if plumb <= from.right && plumb <= to.right => {
            let tip = (plumb, to.middle - down * to.half_height);
            let corners = vec![(plumb, from.middle + down * from.half_height), before(tip, down)];
            Way { corners, head: upright_head(tip, down) }
        }
        // Bars of a day on a long axis are narrower than a step: a loop around one would hide it.
        LinkKind::FinishToStart if (to.entry - from.right).abs() <= TOUCHING => {
            let tip = (to.entry, to.middle - down * to.half_height);
            let corners = vec![(to.entry, from.middle + down * from.half_height), before(tip, down)];
            Way { corners, head: upright_head(tip, down) }
        }
        LinkKind::FinishToStart => sideways(from, to, Turn { leave: 1.0, arrive: 1.0 }),
        LinkKind::StartToStart => sideways(from, to, Turn { leave: -1.0, arrive: 1.0 }),
        LinkKind::FinishToFinish => sideways(from, to, Turn { leave: 1.0, arrive: -1.0 }),
        LinkKind::StartToFinish => sideways(from, to, Turn { leave: -1.0, arrive: -1.0 }),
    }
}

/// Directions of a link at its two ends: 1 to the right, −1 to the left.
#[derive(Clone, Copy)]
struct Turn {
    leave: f64,
    arrive: f64,
}

/// A way that leaves and enters sideways.
fn sideways(from: &Ends, to: &Ends, turn: Turn) -> Way {
    let exit = if turn.leave > 0.0 { from.right } else { from.left };
    let target = if turn.arrive > 0.0 { to.left } else { to.right };
    let tip = (target, to.middle);
    let before_tip = target - turn.arrive * (HEAD.0 + STUB);
    let out = exit + turn.leave * STUB;
    let end = (target - turn.arrive * HEAD.0, to.middle);
    let down = (to.middle - from.middle).signum();
    let corners = if (turn.leave > 0.0) == (turn.arrive > 0.0) {
        // Out on one side and in on the other: turn in the gap beside the successor's row.
        let gap = to.middle - down * GAP;
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
        let x = if turn.leave > 0.0 { out.max(before_tip) } else { out.min(before_tip) };
        vec![(exit, from.middle), (x, from.middle), (x, to.middle), end]
    };
    let head =
        [tip, (tip.0 - turn.arrive * HEAD.0, tip.1 - HEAD.1), (tip.0 - turn.arrive * HEAD.0, tip.1 + HEAD.1)];
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
        Ends { left, right, middle, half_height: 5.0, entry: left + 4.0, exit: right - 2.0 }
    }

    #[test]
    fn a_link_to_another_sheet_runs_off_the_edge_and_comes_back() {
        let corners = [(50.0, 10.0), (54.0, 10.0), (54.0, 90.0), (60.0, 90.0), (60.0, 40.0)];
        assert_eq!(
            within(&corners, (0.0, 50.0)),
            [vec![(50.0, 10.0), (54.0, 10.0), (54.0, 50.0)], vec![(60.0, 50.0), (60.0, 40.0)]]
        );
        assert_eq!(within(&corners[..3], (0.0, 99.0)), [corners[..3].to_vec()]);
        assert!(within(&corners[..2], (50.0, 99.0)).is_empty());
    }

    #[test]
    fn a_successor_right_after_is_reached_from_above() {
        let way = route(LinkKind::FinishToStart, &row(0.0, 50.0, 10.0), &row(50.0, 90.0, 32.0));
        assert_eq!(way.corners, [(50.0, 10.0), (54.0, 10.0), (54.0, 22.0)]);
        assert_eq!(way.head[0], (54.0, 27.0));
    }

    #[test]
    fn a_successor_much_later_is_reached_through_the_gap() {
        let way = route(LinkKind::FinishToStart, &row(0.0, 50.0, 10.0), &row(150.0, 190.0, 54.0));
        assert_eq!(way.corners, [(48.0, 15.0), (48.0, 43.0), (154.0, 43.0), (154.0, 44.0)]);
    }

    #[test]
    fn a_successor_that_began_early_is_reached_from_its_left() {
        let way = route(LinkKind::FinishToStart, &row(0.0, 50.0, 10.0), &row(30.0, 40.0, 54.0));
        assert_eq!(
            way.corners,
            [(50.0, 10.0), (55.0, 10.0), (55.0, 43.0), (20.0, 43.0), (20.0, 54.0), (25.0, 54.0)]
        );
    }

    #[test]
    fn a_gate_below_its_task_hangs_on_a_plumb_line() {
        let gate = Ends { left: 44.0, right: 56.0, middle: 32.0, half_height: 7.0, entry: 50.0, exit: 50.0 };
        let way = route(LinkKind::FinishToStart, &row(0.0, 50.0, 10.0), &gate);
        assert_eq!(way.corners, [(48.0, 15.0), (48.0, 20.0)]);
    }

    #[test]
    fn a_bar_of_a_day_is_not_looped_around() {
        // A day is 0.8 pixels wide: the next day begins where it ends.
        let day = |left: f64, middle: f64| Ends {
            left,
            right: left + 0.8,
            middle,
            half_height: 5.0,
            entry: left + 0.8,
            exit: left,
        };
        let way = route(LinkKind::FinishToStart, &day(50.0, 10.0), &day(50.8, 32.0));
        assert_eq!(way.corners.len(), 2, "{way:?}");
        assert!((way.corners[0].0 - way.corners[1].0).abs() < 1e-9, "{way:?}");
        // Nor is one of the day after a gate.
        let gate = Ends { left: 44.0, right: 56.0, middle: 10.0, half_height: 7.0, entry: 50.0, exit: 50.0 };
        let way = route(LinkKind::FinishToStart, &gate, &day(50.0, 32.0));
        assert_eq!(way.corners, [(50.8, 17.0), (50.8, 22.0)]);
    }

    #[test]
    fn ends_on_the_same_side_are_passed_outside() {
        let finishes = route(LinkKind::FinishToFinish, &row(0.0, 50.0, 10.0), &row(30.0, 90.0, 32.0));
        assert_eq!(finishes.corners, [(50.0, 10.0), (100.0, 10.0), (100.0, 32.0), (95.0, 32.0)]);
        let starts = route(LinkKind::StartToStart, &row(20.0, 50.0, 10.0), &row(30.0, 90.0, 32.0));
        assert_eq!(starts.corners, [(20.0, 10.0), (15.0, 10.0), (15.0, 32.0), (25.0, 32.0)]);
    }
}
