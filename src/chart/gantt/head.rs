//! The head of a Gantt chart: names of periods, closures, the stage that goes on, and the status line.

use crate::chart::gantt::canvas::Canvas;
use crate::chart::gantt::input::{BandKind, RowKind};
use crate::chart::kit::days::{end_of, start_of};
use crate::chart::kit::ink::Ink;
use crate::chart::kit::path::PathData;
use crate::chart::kit::scale::{DateTick, Period};
use crate::chart::kit::svg::{Anchor, SMALL_SIZE, Sheet, Words};
use crate::chart::kit::text_width::{Weight, fitted, text_width};
use crate::format;

/// Behind the name of a stage that began on the sheet before.
const CONTINUED: &str = ", continued";

/// A column of names narrower than this, in pixels, has no room for the stage that goes on.
const LEAST_LABEL: f64 = 100.0;

impl Canvas<'_> {
    /// Names of periods in two rows, and the names of closures in a third.
    pub(super) fn draw_head(&self, sheet: &mut Sheet) {
        let frame = self.plot.frame();
        let coarse = coarser(self.period);
        let mut lines = PathData::default();
        let mut fine_lines = PathData::default();
        sheet.open_ticks();
        for tick in self.plot.across().ticks(coarse) {
            let text = if coarse == Period::Month {
                format!("{} {}", tick.label, year_of(&tick))
            } else {
                tick.label.clone()
            };
            let text = if self.room(&tick) < text_width(&text, SMALL_SIZE, Weight::Strong) {
                tick.label.clone()
            } else {
                text
            };
            self.write_period(sheet, &tick, &text, 28.0, Weight::Strong);
            if tick.start > self.plot.across().days().start {
                let x = self.x(tick.start);
                lines = lines.crisp((x, 20.0), (x, 35.0)).crisp((x, frame.top), (x, frame.bottom));
            }
        }
        for tick in self.plot.across().ticks(self.period) {
            let text = match self.period {
                // The month stands above; the day of the month is enough.
                Period::Week => tick.label.split('\u{a0}').next().unwrap_or_default().to_owned(),
                _ => tick.label.clone(),
            };
            self.write_period(sheet, &tick, &text, 43.0, Weight::Regular);
            if tick.start > self.plot.across().days().start {
                let x = self.x(tick.start);
                fine_lines = fine_lines.crisp((x, 36.0), (x, 51.0));
            }
        }
        sheet.close_ticks();
        sheet.path("line", Ink::Grid, &fine_lines);
        sheet.path("line", Ink::Grid, &lines);
        let rule = PathData::default().crisp((0.0, frame.top), (frame.right, frame.top));
        sheet.path("line", Ink::Axis, &rule);
        self.write_stage(sheet);
        let mut free_from = frame.left;
        for band in &self.input.bands {
            let BandKind::Closure(name) = &band.kind else { continue };
            let (left, right) = (self.x(start_of(band.first)), self.x(end_of(band.last)));
            if right <= left {
                continue;
            }
            let middle = f64::midpoint(left, right);
            let name = fitted(name, SMALL_SIZE, Weight::Regular, frame.right - frame.left);
            let half = text_width(&name, SMALL_SIZE, Weight::Regular) / 2.0;
            let middle = middle.clamp(frame.left + half, (frame.right - half).max(frame.left + half));
            if middle - half < free_from {
                continue;
            }
            free_from = middle + half + 6.0;
            sheet.words(
                &Words::new(&name, (middle, frame.top - 7.0), Ink::Closure).small().anchored(Anchor::Middle),
            );
        }
    }

    /// Above the names of rows, which stage goes on from the sheet before.
    fn write_stage(&self, sheet: &mut Sheet) {
        let before = self.input.rows.get(..self.rows.start).unwrap_or_default();
        let begins_anew = self.input.rows.get(self.rows.start).is_none_or(|row| row.kind == RowKind::Stage);
        let Some(stage) = before.iter().rfind(|row| row.kind == RowKind::Stage) else { return };
        if begins_anew || self.label_width < LEAST_LABEL {
            return;
        }
        let room = self.label_width - 12.0 - text_width(CONTINUED, SMALL_SIZE, Weight::Regular);
        let name = fitted(&stage.name, SMALL_SIZE, Weight::Regular, room);
        let text = format!("{name}{CONTINUED}");
        sheet.words(&Words::new(&text, (4.0, self.plot.frame().top - 9.0), Ink::Muted).small());
    }

    /// Visible width of a period in pixels.
    fn room(&self, tick: &DateTick) -> f64 {
        self.x(tick.end) - self.x(tick.start)
    }

    /// Writes the name of a period at its beginning, if there is room for it.
    fn write_period(&self, sheet: &mut Sheet, tick: &DateTick, text: &str, level: f64, weight: Weight) {
        let width = text_width(text, SMALL_SIZE, weight);
        let room = self.room(tick);
        if room + 1.0 < width {
            return;
        }
        let middle = f64::midpoint(self.x(tick.start), self.x(tick.end));
        let words = Words::new(text, (middle, level), Ink::Muted).small().anchored(Anchor::Middle);
        sheet.words(&Words { weight, ..words });
    }

    /// The status line: its label and upper part beneath the names of periods, the rest over the rows.
    pub(super) fn draw_status(&self, sheet: &mut Sheet, stretch: Stretch) {
        let Some(date) = self.input.status_date else { return };
        let frame = self.plot.frame();
        let days = self.plot.across().days();
        if !(days.start..=days.end).contains(&end_of(date)) {
            return;
        }
        let x = self.x(end_of(date));
        if stretch == Stretch::Rows {
            sheet.path("line", Ink::Status, &PathData::default().crisp((x, frame.top), (x, frame.bottom)));
            return;
        }
        let text = format!("Status {}", format::short_date(date));
        let half = text_width(&text, SMALL_SIZE, Weight::Strong) / 2.0;
        let middle = x.clamp(half, (frame.right - half).max(half));
        sheet.path("line", Ink::Status, &PathData::default().crisp((x, 16.0), (x, frame.top)));
        sheet.words(&Words::new(&text, (middle, 9.0), Ink::Status).small().strong().anchored(Anchor::Middle));
    }
}

/// A part of the status line.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Stretch {
    /// Its label, and the line through the names of periods.
    Head,
    /// The line over the rows.
    Rows,
}

/// The finer of the two rows of the head, by the width of a day in pixels.
pub(super) fn period(per_day: f64) -> Period {
    match per_day {
        wide if wide >= 15.0 => Period::Day,
        week if week * 7.0 >= 17.0 => Period::Week,
        month if month * 30.4 >= 24.0 => Period::Month,
        quarter if quarter * 91.3 >= 20.0 => Period::Quarter,
        year if year * 365.0 >= 30.0 => Period::Years(1),
        decade if decade * 3_650.0 >= 30.0 => Period::Years(20),
        _ => Period::Years(100),
    }
}

/// The coarser row above it.
fn coarser(period: Period) -> Period {
    match period {
        Period::Day | Period::Week | Period::Fortnight => Period::Month,
        Period::Month | Period::Quarter => Period::Years(1),
        Period::Years(_) => Period::Years(100),
    }
}

/// The year a month lies in.
fn year_of(tick: &DateTick) -> String {
    #[allow(clippy::cast_possible_truncation)]
    let number = tick.start as i32;
    crate::chart::kit::days::date_of(number).year().to_string()
}
