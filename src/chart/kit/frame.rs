//! The frame around a plot: where positions lie, axes with their ticks and labels, bands and the status line.

use plotters::coord::CoordTranslate;
use plotters::coord::cartesian::Cartesian2d;
use plotters::coord::ranged1d::Ranged;
use plotters::drawing::IntoDrawingArea;
use plotters::element::{Circle, PathElement, Polygon};
use plotters::style::{Color, ShapeStyle};

use jiff::civil::Date;

use crate::chart::kit::days::{end_of, start_of};
use crate::chart::kit::ink::Ink;
use crate::chart::kit::notes::Frame;
use crate::chart::kit::path::{PathData, Spot, crisp};
use crate::chart::kit::pen::{Pen, UNITS_PER_PIXEL};
use crate::chart::kit::scale::{AmountAxis, DateAxis, Period, RowAxis};
use crate::chart::kit::svg::{Anchor, SMALL_SIZE, Sheet, Words};
use crate::chart::kit::text_width::{Weight, text_width};
use crate::format;

/// Radius of the mark of a reading, in pixels.
const MARK_RADIUS: f64 = 3.0;

/// A coordinate system on a part of the sheet.
#[derive(Clone)]
pub struct Plot<X: Ranged, Y: Ranged> {
    coordinates: Cartesian2d<X, Y>,
    frame: Frame,
}

/// A pixel in the whole units that `plotters` counts in.
#[allow(clippy::cast_possible_truncation)]
fn unit(pixel: f64) -> i32 {
    // Saturates; a sheet is far smaller than the type.
    (pixel * f64::from(UNITS_PER_PIXEL)).round() as i32
}

impl<X, Y> Plot<X, Y>
where
    X: Ranged<ValueType = f64> + Clone,
    Y: Ranged<ValueType = f64> + Clone,
{
    /// The inside of `frame`: `across` runs from left to right, `up` from the bottom to the top.
    pub fn new(across: X, up: Y, frame: Frame) -> Self {
        let pixels = (unit(frame.left)..unit(frame.right), unit(frame.bottom)..unit(frame.top));
        Self { coordinates: Cartesian2d::new(across, up, pixels), frame }
    }

    /// The same, but with `down` running from the top to the bottom, as rows do.
    pub fn downwards(across: X, down: Y, frame: Frame) -> Self {
        let pixels = (unit(frame.left)..unit(frame.right), unit(frame.top)..unit(frame.bottom));
        Self { coordinates: Cartesian2d::new(across, down, pixels), frame }
    }

    /// The part of the sheet that the plot fills.
    pub fn frame(&self) -> Frame {
        self.frame
    }

    /// The horizontal axis.
    pub fn across(&self) -> &X {
        self.coordinates.x_spec()
    }

    /// The vertical axis.
    pub fn up(&self) -> &Y {
        self.coordinates.y_spec()
    }

    /// Where a point of the coordinate system lies on the sheet.
    pub fn spot(&self, x: f64, y: f64) -> Spot {
        let (across, down) = self.coordinates.translate(&(x, y));
        (f64::from(across) / f64::from(UNITS_PER_PIXEL), f64::from(down) / f64::from(UNITS_PER_PIXEL))
    }

    /// Horizontal position on the sheet.
    pub fn x(&self, x: f64) -> f64 {
        self.spot(x, self.coordinates.get_y_range().start).0
    }

    /// Vertical position on the sheet.
    pub fn y(&self, y: f64) -> f64 {
        self.spot(self.coordinates.get_x_range().start, y).1
    }

    /// Draws a straight line from point to point; never smooths.
    pub fn line(&self, sheet: &mut Sheet, ink: Ink, points: &[(f64, f64)]) {
        if points.len() > 1 {
            self.draw(sheet, &PathElement::new(points.to_vec(), stroke(ink)));
        }
    }

    /// Draws a line that keeps its value until the next point, as agreed scope and ceilings do.
    pub fn steps(&self, sheet: &mut Sheet, ink: Ink, points: &[(f64, f64)]) {
        self.line(sheet, ink, &stepped(points));
    }

    /// Fills the surface bounded by `points`.
    pub fn area(&self, sheet: &mut Sheet, ink: Ink, points: &[(f64, f64)]) {
        if points.len() > 2 {
            self.draw(sheet, &Polygon::new(points.to_vec(), ink.key().filled()));
        }
    }

    /// Marks a reading.
    pub fn mark(&self, sheet: &mut Sheet, ink: Ink, point: (f64, f64)) {
        self.draw(sheet, &Circle::new(point, unit(MARK_RADIUS), ink.key().filled()));
    }

    /// Lets `plotters` draw an element in these coordinates.
    fn draw<'a, 'b, E>(&self, sheet: &'b mut Sheet, element: &'a E)
    where
        &'a E: plotters::element::PointCollection<'a, (f64, f64)>,
        E: plotters::element::Drawable<Pen<'b>>,
    {
        let area = Pen::new(sheet).into_drawing_area().apply_coord_spec(self.coordinates.clone());
        area.draw(element).expect("our backend has no way to fail and no font to miss");
    }
}

/// The stroke style that carries `ink` through `plotters`.
fn stroke(ink: Ink) -> ShapeStyle {
    ink.key().stroke_width(1)
}

/// The corners of a staircase through `points`.
pub fn stepped(points: &[(f64, f64)]) -> Vec<(f64, f64)> {
    let mut corners: Vec<(f64, f64)> = Vec::with_capacity(points.len() * 2);
    for point in points {
        if let Some(last) = corners.last().copied() {
            corners.push((point.0, last.1));
        }
        corners.push(*point);
    }
    corners
}

/// A plot of rows over dates.
pub type RowPlot = Plot<DateAxis, RowAxis>;

/// A plot of amounts over dates.
pub type AmountPlot = Plot<DateAxis, AmountAxis>;

impl<X: Ranged<ValueType = f64> + Clone> Plot<X, AmountAxis> {
    /// Draws level grid lines with their amounts on the left; `unit_name` stands beside the highest.
    pub fn draw_amounts(&self, sheet: &mut Sheet, unit_name: &str) {
        let ticks = self.up().ticks();
        let grid = ticks.iter().fold(PathData::default(), |path, tick| {
            path.crisp((self.frame.left, self.y(*tick)), (self.frame.right, self.y(*tick)))
        });
        sheet.path("line", Ink::Grid, &grid);
        for (index, tick) in ticks.iter().enumerate() {
            let at = (self.frame.left - 6.0, self.y(*tick));
            let text = self.up().text(*tick);
            sheet.words(&Words::new(&text, at, Ink::Muted).small().anchored(Anchor::End));
            if index + 1 == ticks.len() {
                let above =
                    (self.frame.left - 6.0 - text_width(&text, SMALL_SIZE, Weight::Regular), at.1 - 16.0);
                sheet.words(&Words::new(unit_name, above, Ink::Muted).small());
            }
        }
    }
}

impl AmountPlot {
    /// Width of the widest amount beside the axis, in pixels.
    pub fn width_of_amounts(axis: &AmountAxis) -> f64 {
        axis.ticks()
            .into_iter()
            .map(|tick| text_width(&axis.text(tick), SMALL_SIZE, Weight::Regular))
            .fold(0.0, f64::max)
    }
}

impl Plot<AmountAxis, RowAxis> {
    /// Draws upright grid lines with their amounts below; `unit_name` stands behind the highest.
    pub fn draw_amounts_below(&self, sheet: &mut Sheet, unit_name: &str) {
        let frame = self.frame();
        let ticks = self.across().ticks();
        let grid = ticks.iter().fold(PathData::default(), |path, tick| {
            path.crisp((self.x(*tick), frame.top), (self.x(*tick), frame.bottom + 4.0))
        });
        // The highest keeps its place, since it names the unit; what would touch its neighbour goes without a label.
        let mut room = f64::INFINITY;
        for (index, tick) in ticks.iter().enumerate().rev() {
            let text = self.across().text(*tick);
            let text = if index + 1 == ticks.len() { format!("{text} {unit_name}") } else { text };
            let half = text_width(&text, SMALL_SIZE, Weight::Regular) / 2.0;
            let middle = self.x(*tick).min(frame.right + 8.0 - half).max(half);
            if middle + half > room {
                continue;
            }
            room = middle - half - 6.0;
            let at = (middle, frame.bottom + 15.0);
            sheet.words(&Words::new(&text, at, Ink::Muted).small().anchored(Anchor::Middle));
        }
        sheet.path("line", Ink::Grid, &grid);
    }
}

impl<Y: Ranged<ValueType = f64> + Clone> Plot<DateAxis, Y> {
    /// Draws the date axis along the lower edge: ticks at the beginnings of periods, labels inside them, and the year
    /// below where it changes.
    pub fn draw_dates(&self, sheet: &mut Sheet) {
        let (bottom, left, right) = (self.frame.bottom, self.frame.left, self.frame.right);
        let period = self.across().period(right - left);
        let mut ticks = PathData::default().crisp((left, bottom), (right, bottom));
        let mut year_due = String::new();
        let mut last_end = f64::NEG_INFINITY;
        let mut last_year_end = f64::NEG_INFINITY;
        for tick in self.across().ticks(period) {
            let begin = self.x(tick.start);
            if begin >= left - 0.5 && begin <= right + 0.5 {
                ticks = ticks.crisp((begin, bottom), (begin, bottom + 5.0));
            }
            if !tick.year.is_empty() {
                year_due.clone_from(&tick.year);
            }
            let width = text_width(&tick.label, SMALL_SIZE, Weight::Regular);
            let middle = match period {
                // A week is known by its Monday, so the label stands at the tick.
                Period::Week | Period::Fortnight => begin,
                _ => f64::midpoint(begin.max(left), self.x(tick.end).min(right)),
            };
            let room = match period {
                Period::Week | Period::Fortnight => right - left,
                _ => self.x(tick.end).min(right) - begin.max(left),
            };
            let is_inside = middle - width / 2.0 >= left - 14.0 && middle <= right + 2.0;
            if !is_inside || width > room + 2.0 || middle - width / 2.0 < last_end {
                continue;
            }
            last_end = middle + width / 2.0 + 4.0;
            sheet.words(
                &Words::new(&tick.label, (middle, bottom + 13.0), Ink::Muted)
                    .small()
                    .anchored(Anchor::Middle),
            );
            let year_width = text_width(&year_due, SMALL_SIZE, Weight::Strong);
            if !year_due.is_empty() && middle - year_width / 2.0 > last_year_end {
                last_year_end = middle + year_width / 2.0 + 4.0;
                sheet.words(
                    &Words::new(&year_due, (middle.max(year_width / 2.0), bottom + 27.0), Ink::Muted)
                        .small()
                        .strong()
                        .anchored(Anchor::Middle),
                );
                year_due.clear();
            }
        }
        sheet.path("line", Ink::Axis, &ticks);
    }

    /// Draws an upright line at the end of `date` with `name` and the date above the plot, shifted inwards at the
    /// edges. Draws nothing for a date outside the axis.
    pub fn draw_date_line(&self, sheet: &mut Sheet, line: &DateLine<'_>) -> Option<Frame> {
        let position = end_of(line.date);
        let days = self.across().days();
        if position < days.start || start_of(line.date) > days.end {
            return None;
        }
        let x = self.x(position.min(days.end));
        let reach = (line.level - 6.0).min(self.frame.top);
        sheet.path("line", line.ink, &PathData::default().crisp((x, reach + 12.0), (x, self.frame.bottom)));
        let text = format!("{} {}", line.name, format::short_date(line.date));
        let half = text_width(&text, SMALL_SIZE, Weight::Strong) / 2.0;
        let least = half.max(self.frame.left + half - 30.0);
        let most = (line.right_edge - half).max(least);
        let mut middle = crisp(x).clamp(least, most);
        if let Some(other) = line.keeps_off.map(|date| self.x(end_of(date)))
            && (middle - other).abs() < half + 4.0
        {
            let shift = half + 5.0;
            middle = (if x >= other { other + shift } else { other - shift }).clamp(least, most);
        }
        // Another upright line that runs past ends before the letters and goes on behind them.
        let ground =
            PathData::default().rect((middle - half - 1.0, line.level - 7.0), (half * 2.0 + 2.0, 14.0));
        sheet.path("area", Ink::Paper, &ground);
        sheet.words(
            &Words::new(&text, (middle, line.level), line.ink).small().strong().anchored(Anchor::Middle),
        );
        Some(Frame {
            left: middle - half,
            right: middle + half,
            top: line.level - 8.0,
            bottom: line.level + 8.0,
        })
    }
}

/// An upright line at a date.
#[derive(Clone, Copy, Debug)]
pub struct DateLine<'a> {
    /// The date; the line stands at its end.
    pub date: Date,
    /// What the date is: "Status", "Deadline".
    pub name: &'a str,
    /// Its meaning.
    pub ink: Ink,
    /// Height of the label's middle on the sheet, in pixels.
    pub level: f64,
    /// The label stays left of this, in pixels.
    pub right_edge: f64,
    /// Date of another line that runs past the label, and must not run through it.
    pub keeps_off: Option<Date>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stairs_keep_their_value_until_the_next_point() {
        assert_eq!(stepped(&[(0.0, 1.0), (5.0, 2.0)]), [(0.0, 1.0), (5.0, 1.0), (5.0, 2.0)]);
        assert!(stepped(&[]).is_empty());
    }
}
