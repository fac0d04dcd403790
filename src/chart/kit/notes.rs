//! Labels that stand beside what they name, without touching each other.
//!
//! A newspaper's chart has no legend: each line says at its end what it is. The price is that labels may collide.
//! [`spread`] moves labels in a margin apart, as little as possible; [`Notes`] finds room for labels inside the plot.

use crate::chart::kit::ink::Ink;
use crate::chart::kit::path::Spot;
use crate::chart::kit::svg::{Anchor, Sheet, Words};
use crate::chart::kit::text_width::{Weight, text_width};

/// Distance between the base lines of a label's lines, in pixels.
const LINE_HEIGHT: f64 = 14.0;

/// A rectangle on the sheet.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Frame {
    /// Left edge.
    pub left: f64,
    /// Upper edge.
    pub top: f64,
    /// Right edge.
    pub right: f64,
    /// Lower edge.
    pub bottom: f64,
}

impl Frame {
    /// Whether the two share more than an edge.
    pub fn meets(&self, other: &Self) -> bool {
        self.left < other.right
            && other.left < self.right
            && self.top < other.bottom
            && other.top < self.bottom
    }

    /// Whether `other` lies wholly inside.
    pub fn holds(&self, other: &Self) -> bool {
        self.left <= other.left
            && other.right <= self.right
            && self.top <= other.top
            && other.bottom <= self.bottom
    }

    /// Whether the straight line from `from` to `to` passes through.
    pub fn is_crossed_by(&self, from: Spot, to: Spot) -> bool {
        self.run_inside(from, to).is_some()
    }

    /// How far the straight line from `from` to `to` runs inside; none where it stays outside (Liang and Barsky's clipping).
    fn run_inside(&self, from: Spot, to: Spot) -> Option<f64> {
        let (run, rise) = (to.0 - from.0, to.1 - from.1);
        let (mut enter, mut leave) = (0.0_f64, 1.0_f64);
        let sides = [
            (-run, from.0 - self.left),
            (run, self.right - from.0),
            (-rise, from.1 - self.top),
            (rise, self.bottom - from.1),
        ];
        for (speed, room) in sides {
            if speed.abs() < 1e-9 {
                if room < 0.0 {
                    return None;
                }
            } else if speed < 0.0 {
                enter = enter.max(room / speed);
            } else {
                leave = leave.min(room / speed);
            }
        }
        (enter <= leave).then(|| (leave - enter) * run.hypot(rise))
    }
}

/// A label beside a point of the plot.
#[derive(Clone, Debug)]
pub struct Note {
    /// What it names.
    pub at: Spot,
    /// First, emphasised: the name; each of its lines by itself.
    pub name: String,
    /// Beneath it: the value, each of its lines by itself; none if empty.
    pub value: String,
    /// Its meaning.
    pub ink: Ink,
    /// Which places are tried first.
    pub side: Side,
}

/// The places beside a point that a label prefers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// To the left and above: right for the lines that rise.
    Left,
    /// To the right and below.
    Right,
    /// Above the point, centred.
    Above,
}

impl Note {
    /// The lines with their weights.
    fn lines(&self) -> Vec<(&str, Weight)> {
        let name = self.name.lines().map(|line| (line, Weight::Strong));
        let value = self.value.lines().map(|line| (line, Weight::Regular));
        name.chain(value).filter(|(text, _)| !text.is_empty()).collect()
    }

    /// Width and height in pixels at type size `size`.
    pub fn size(&self, size: f64) -> (f64, f64) {
        let lines = self.lines();
        let width = lines.iter().map(|(text, weight)| text_width(text, size, *weight)).fold(0.0, f64::max);
        (width, lines.len() as f64 * LINE_HEIGHT)
    }

    /// Writes the lines into a box whose left, middle or right edge is at `at.0` and whose middle is at `at.1`.
    pub fn write(&self, sheet: &mut Sheet, at: Spot, anchor: Anchor, size: f64) {
        let lines = self.lines();
        let top = at.1 - (lines.len() as f64 - 1.0) * LINE_HEIGHT / 2.0;
        for (index, (text, weight)) in lines.into_iter().enumerate() {
            let words = Words::new(text, (at.0, top + index as f64 * LINE_HEIGHT), self.ink).anchored(anchor);
            sheet.words(&Words { size, weight, ..words });
        }
    }
}

/// The least price of a line that runs through a label.
const STRUCK: f64 = 60.0;

/// A leader longer than this looks like a part of what is drawn, in pixels.
const LONGEST_LEADER: f64 = 20.0;

/// Writes labels with their left edge at `left`, each beside its point as far as there is room between `top` and `bottom`, and
/// all others moved apart as little as possible. A short leader ties a label to its point where it stands off; none of them is
/// longer than a few letters. Nothing is written where there is no room for all: the table beneath the chart says it.
pub fn write_beside(
    sheet: &mut Sheet,
    notes: &[Note],
    (left, type_size): (f64, f64),
    (top, bottom): (f64, f64),
) {
    let wanted: Vec<f64> = notes.iter().map(|note| note.at.1).collect();
    let heights: Vec<f64> = notes.iter().map(|note| note.size(type_size).1 + 2.0).collect();
    if heights.iter().sum::<f64>() > bottom - top {
        return;
    }
    let middles = spread(&wanted, &heights, top, bottom);
    for ((note, middle), height) in notes.iter().zip(middles).zip(heights) {
        let (from, to) = ((note.at.0 + 5.0, note.at.1), (left - 3.0, middle));
        let is_off = (middle - note.at.1).abs() > height / 2.0 - 4.0;
        if is_off && (to.0 - from.0).hypot(to.1 - from.1) <= LONGEST_LEADER {
            sheet.line(Ink::Muted, &[from, to]);
        }
        note.write(sheet, (left, middle), Anchor::Start, type_size);
    }
}

/// Moves stacked labels apart. `wanted` are the middles they would like, `heights` their heights; the middles returned
/// keep the order, do not overlap, deviate as little as possible (least squares) and stay within `top..bottom` as far
/// as there is room. Middles in the order of the input.
pub fn spread(wanted: &[f64], heights: &[f64], top: f64, bottom: f64) -> Vec<f64> {
    struct Stack {
        members: Vec<usize>,
        height: f64,
        start: f64,
        weight: f64,
    }
    let mut order: Vec<usize> = (0..wanted.len().min(heights.len())).collect();
    order.sort_by(|first, second| wanted[*first].total_cmp(&wanted[*second]));
    let mut stacks: Vec<Stack> = Vec::new();
    for index in order {
        let height = heights[index];
        let mut stack =
            Stack { members: vec![index], height, start: wanted[index] - height / 2.0, weight: 1.0 };
        // A stack that reaches into its upper neighbour joins it; the joint start is the mean of what each wanted.
        while let Some(upper) = stacks.pop() {
            if upper.start + upper.height <= stack.start {
                stacks.push(upper);
                break;
            }
            let weight = upper.weight + stack.weight;
            let start = (upper.start * upper.weight + (stack.start - upper.height) * stack.weight) / weight;
            let members = upper.members.into_iter().chain(stack.members).collect();
            stack = Stack { members, height: upper.height + stack.height, start, weight };
        }
        stacks.push(stack);
    }
    // Push down from the top edge, then up from the bottom edge; the bottom wins only as far as the top allows.
    let mut floor = top;
    for stack in &mut stacks {
        stack.start = stack.start.max(floor);
        floor = stack.start + stack.height;
    }
    let mut ceiling = bottom;
    for stack in stacks.iter_mut().rev() {
        stack.start = stack.start.min(ceiling - stack.height);
        ceiling = stack.start;
    }
    let mut middles = vec![0.0; wanted.len()];
    for stack in stacks {
        let mut start = stack.start;
        for index in stack.members {
            middles[index] = start + heights[index] / 2.0;
            start += heights[index];
        }
    }
    middles
}

/// Where a label would stand.
struct Place {
    frame: Frame,
    /// To the left of its point, to the right, or centred.
    dx: f64,
    /// The price of what it covers there.
    covers: f64,
}

/// What is on the plot already and must stay readable.
#[derive(Clone, Debug)]
pub struct Notes {
    bounds: Frame,
    taken: Vec<Frame>,
    strokes: Vec<(Spot, Spot)>,
    shades: Vec<(Spot, Spot)>,
    price_of_straying: f64,
}

impl Notes {
    /// Labels may stand anywhere inside `bounds`.
    pub fn within(bounds: Frame) -> Self {
        Self { bounds, taken: Vec::new(), strokes: Vec::new(), shades: Vec::new(), price_of_straying: 0.0 }
    }

    /// Labels rather stand on a line than far from their point: a long leader would look like one more line.
    pub fn near_their_points(self) -> Self {
        Self { price_of_straying: 400.0, ..self }
    }

    /// Keeps `frame` free of labels.
    pub fn keep_free(&mut self, frame: Frame) {
        self.taken.push(frame);
    }

    /// Labels avoid the line through `spots`.
    pub fn avoid(&mut self, spots: &[Spot]) {
        self.strokes.extend(spots.windows(2).map(|pair| (pair[0], pair[1])));
    }

    /// Labels rather stay off the surface of which `rays` are a sample, but a label on it is still better than one
    /// far from its point.
    pub fn avoid_shade(&mut self, rays: impl IntoIterator<Item = (Spot, Spot)>) {
        self.shades.extend(rays);
    }

    /// Writes `note` where it covers the least, with a thin leader if it stands away from its point. A note for which
    /// there is no room without touching another label is left out: the table beneath the chart says it all.
    pub fn write(&mut self, sheet: &mut Sheet, note: &Note, size: f64) {
        if let Some(place) = self.best_place(note, size) {
            self.put(sheet, note, size, place);
        }
    }

    /// Writes `note` only where it strikes nothing out; whether there was such a place.
    fn has_written(&mut self, sheet: &mut Sheet, note: &Note, size: f64) -> bool {
        let place = self.best_place(note, size).filter(|place| place.covers < STRUCK);
        let is_written = place.is_some();
        if let Some(place) = place {
            self.put(sheet, note, size, place);
        }
        is_written
    }

    /// Writes each of some notes on one line, where that has no room its name above its value. Gives those that would strike something
    /// out either way and that are no wider than `room`, in pixels: they can stand at the edge; wider ones stay where they strike least.
    pub fn write_ends(&mut self, sheet: &mut Sheet, ends: Vec<Note>, (size, room): (f64, f64)) -> Vec<Note> {
        let mut left = Vec::new();
        for end in ends {
            let line =
                Note { name: format!("{} {}", end.name, end.value), value: String::new(), ..end.clone() };
            if self.has_written(sheet, &line, size) || self.has_written(sheet, &end, size) {
                continue;
            }
            if end.size(size).0 <= room {
                left.push(end);
            } else {
                self.write(sheet, &end, size);
            }
        }
        left
    }

    /// Writes `whole` where it has a place by its point that covers nothing, else `short` where it covers the least.
    pub fn write_either(&mut self, sheet: &mut Sheet, whole: &Note, short: &Note, size: f64) {
        let clear = self.best_place(whole, size).filter(|place| place.covers < 1.0);
        match clear {
            Some(place) => self.put(sheet, whole, size, place),
            None => self.write(sheet, short, size),
        }
    }

    /// Where a note covers the least; none where it would touch another label wherever it stood.
    fn best_place(&self, note: &Note, size: f64) -> Option<Place> {
        let (width, height) = note.size(size);
        let mut best: Option<(f64, Place)> = None;
        for (dx, dy, penalty) in places(note.side) {
            // What costs more before anything is crossed cannot be the cheapest.
            if best.as_ref().is_some_and(|(price, _)| penalty >= *price) {
                continue;
            }
            let frame = frame_at(note.at, (dx, dy), (width, height));
            if !self.bounds.holds(&frame) || self.taken.iter().any(|taken| taken.meets(&frame)) {
                continue;
            }
            let leader = leader(note.at, &frame);
            let far = leader.is_some_and(|(from, to)| (to.0 - from.0).hypot(to.1 - from.1) > LONGEST_LEADER);
            let strays = if far { self.price_of_straying } else { 0.0 };
            let covers = self.covered(&frame) + self.struck(leader) + strays;
            if best.as_ref().is_none_or(|(cheapest, _)| penalty + covers < *cheapest) {
                best = Some((penalty + covers, Place { frame, dx, covers }));
            }
        }
        best.map(|(_, place)| place)
    }

    fn put(&mut self, sheet: &mut Sheet, note: &Note, size: f64, Place { frame, dx, .. }: Place) {
        let middle = f64::midpoint(frame.top, frame.bottom);
        let (x, anchor) = if dx.abs() < 1.0 {
            (f64::midpoint(frame.left, frame.right), Anchor::Middle)
        } else if dx > 0.0 {
            (frame.left, Anchor::Start)
        } else {
            (frame.right, Anchor::End)
        };
        if let Some((from, to)) = leader(note.at, &frame) {
            sheet.line(Ink::Muted, &[from, to]);
            self.strokes.push((from, to));
        }
        note.write(sheet, (x, middle), anchor, size);
        self.taken.push(frame);
    }

    /// The price of what a label in `frame` covers: lines, and the surface that it rather stays off.
    fn covered(&self, frame: &Frame) -> f64 {
        // Descenders reach beyond the lower edge, and lines have a width.
        let ground = Frame { bottom: frame.bottom + 2.0, ..*frame };
        let crossed = self.strokes.iter().filter_map(|(from, to)| ground.run_inside(*from, *to));
        // A line along the words strikes them out; one across them hides a letter.
        let crossed: f64 = crossed.take(8).map(|run| STRUCK + run).sum();
        let shaded = self.shades.iter().any(|(from, to)| frame.is_crossed_by(*from, *to));
        crossed + if shaded { 30.0 } else { 0.0 }
    }

    /// The price of the labels through which a leader would run: it makes them hard to read, and seems to be theirs.
    fn struck(&self, leader: Option<(Spot, Spot)>) -> f64 {
        let Some((from, to)) = leader else { return 0.0 };
        self.taken.iter().filter(|taken| taken.is_crossed_by(from, to)).count() as f64 * 90.0
    }
}

/// The thin line from a point to its label; none where the label stands beside it.
fn leader(at: Spot, frame: &Frame) -> Option<(Spot, Spot)> {
    let nearest = (at.0.clamp(frame.left, frame.right), at.1.clamp(frame.top + 2.0, frame.bottom - 2.0));
    let distance = (nearest.0 - at.0).hypot(nearest.1 - at.1);
    (distance > 16.0).then(|| (toward(at, nearest, 5.0), toward(nearest, at, 2.0)))
}

/// The spot `length` pixels from `from` in the direction of `to`.
fn toward(from: Spot, to: Spot, length: f64) -> Spot {
    let whole = (to.0 - from.0).hypot(to.1 - from.1).max(1.0);
    (from.0 + (to.0 - from.0) / whole * length, from.1 + (to.1 - from.1) / whole * length)
}

/// The box of a label moved by `offset` from `at`: beside it, or centred above or below it.
fn frame_at(at: Spot, offset: (f64, f64), size: (f64, f64)) -> Frame {
    let left = if offset.0.abs() < 1.0 {
        at.0 - size.0 / 2.0
    } else if offset.0 > 0.0 {
        at.0 + offset.0
    } else {
        at.0 + offset.0 - size.0
    };
    let top = if offset.0.abs() < 1.0 && offset.1 < 0.0 {
        at.1 + offset.1 - size.1
    } else if offset.0.abs() < 1.0 {
        at.1 + offset.1
    } else {
        at.1 + offset.1 - size.1 / 2.0
    };
    Frame { left, top, right: left + size.0, bottom: top + size.1 }
}

/// Offsets to try, each with its price: the farther and the less liked, the dearer.
fn places(side: Side) -> Vec<(f64, f64, f64)> {
    let mut places = Vec::new();
    for step in 0..14_i32 {
        let rise = f64::from(step) * 9.0;
        for reach in [9.0, 26.0, 48.0] {
            let price = rise + reach;
            let (left, right, above) = match side {
                Side::Left => (0.0, 30.0, 20.0),
                Side::Right => (30.0, 0.0, 20.0),
                Side::Above => (20.0, 20.0, 0.0),
            };
            // Beside a rising line the room is above it on the left and below it on the right.
            places.push((-reach, -rise, price + left));
            places.push((-reach, rise, price + left + 6.0));
            places.push((reach, rise, price + right));
            places.push((reach, -rise, price + right + 6.0));
            places.push((0.0, -(rise + 8.0), price + above));
            places.push((0.0, rise + 8.0, price + above + 4.0));
        }
    }
    places
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check_spread(wanted: &[f64], expected: &[f64]) {
        let heights = vec![10.0; wanted.len()];
        assert_eq!(spread(wanted, &heights, 0.0, 100.0), expected);
    }

    #[test]
    fn labels_move_apart_as_little_as_possible() {
        check_spread(&[], &[]);
        check_spread(&[50.0], &[50.0]);
        check_spread(&[20.0, 80.0], &[20.0, 80.0]);
        check_spread(&[50.0, 50.0], &[45.0, 55.0]);
        check_spread(&[52.0, 50.0, 10.0], &[56.0, 46.0, 10.0]);
        check_spread(&[-20.0, 1.0, 99.0, 120.0], &[5.0, 15.0, 85.0, 95.0]);
    }

    #[test]
    fn a_leader_goes_round_the_labels_that_stand_already() {
        let mut notes = Notes::within(Frame { left: 0.0, top: 0.0, right: 400.0, bottom: 300.0 });
        // Words all around the point, and a wall of them above: what is left above lies behind a label.
        notes.keep_free(Frame { left: 120.0, top: 100.0, right: 280.0, bottom: 144.0 });
        notes.keep_free(Frame { left: 80.0, top: 144.0, right: 320.0, bottom: 152.0 });
        let note = Note {
            at: (200.0, 160.0),
            name: "Scope".to_owned(),
            value: "40 days".to_owned(),
            ink: Ink::Scope,
            side: Side::Above,
        };
        let n_before = notes.taken.len();
        let mut sheet = Sheet::new("test", "test", crate::chart::kit::svg::Column::Wide, (400.0, 300.0));
        notes.write(&mut sheet, &note, 12.0);
        let frame = notes.taken[n_before];
        assert!(frame.top > 150.0, "{frame:?}");
        let struck = notes.struck(leader(note.at, &frame));
        assert!(struck < 1.0, "{struck}");
    }

    #[test]
    fn a_line_along_the_words_costs_more_than_one_across_them() {
        let frame = Frame { left: 100.0, top: 100.0, right: 220.0, bottom: 114.0 };
        let mut along = Notes::within(Frame { left: 0.0, top: 0.0, right: 400.0, bottom: 300.0 });
        let mut across = along.clone();
        along.avoid(&[(0.0, 107.0), (400.0, 107.0)]);
        across.avoid(&[(150.0, 0.0), (150.0, 300.0)]);
        assert!(along.covered(&frame) > across.covered(&frame) + 100.0);
    }

    #[test]
    fn a_frame_knows_what_crosses_it() {
        let frame = Frame { left: 0.0, top: 0.0, right: 10.0, bottom: 10.0 };
        assert!(frame.is_crossed_by((-5.0, 5.0), (15.0, 5.0)));
        assert!(frame.is_crossed_by((2.0, 2.0), (3.0, 3.0)));
        assert!(!frame.is_crossed_by((-5.0, 12.0), (15.0, 12.0)));
        assert!(!frame.is_crossed_by((-5.0, 6.0), (6.0, 17.0)));
    }
}
