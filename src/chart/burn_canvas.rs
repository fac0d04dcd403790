//! Painting of burn-down and burn-up: the plan, the fan of forecasts, scope, readings, and their labels.

use jiff::civil::Date;

use crate::chart::burn::{BurnInput, BurnKind, BurnReport, Outlook, name, plain, reports, signed};
use crate::chart::days::{date_of, end_of, number_of};
use crate::chart::frame::{AmountPlot, DateLine, Plot, stepped};
use crate::chart::ink::Ink;
use crate::chart::notes::{Frame, Note, Notes, Side};
use crate::chart::path::Spot;
use crate::chart::reading::{level_when_idle, reported_until};
use crate::chart::scale::{AmountAxis, DateAxis};
use crate::chart::svg::{Column, Sheet};
use crate::format;

/// No forecast stretches the chart beyond this many times the time planned and elapsed; it is cut at the edge there.
const LONGEST_OUTLOOK: f64 = 1.6;

/// Where the worst pace never gets there, the chart shows this many times the time until the likely end: a level edge
/// says no more the longer it is.
const NEVER_OUTLOOK: f64 = 1.12;

/// The height of a report's line: what is left, or what is done.
fn height(kind: BurnKind, report: &BurnReport) -> f64 {
    match kind {
        BurnKind::Down => report.scope - report.done,
        BurnKind::Up => report.done,
    }
}

/// The chart while it is being drawn.
pub struct Canvas<'a> {
    input: &'a BurnInput,
    plot: AmountPlot,
    type_size: f64,
    width: f64,
    /// The last report with a value, as a point.
    origin: Option<(f64, f64)>,
    /// Where the forecast ends: zero left, or the scope reached.
    goal: f64,
}

impl<'a> Canvas<'a> {
    /// Paints the chart for a column.
    pub fn paint(input: &'a BurnInput, column: Column) -> Sheet {
        let (size, type_size) = match column {
            Column::Wide => ((800.0, 390.0), 12.0),
            Column::Narrow => ((360.0, 330.0), 11.0),
        };
        let mut sheet = Sheet::new(name(input.kind), &input.id_prefix, column, size);
        let reports = reports(input);
        let line: Vec<(f64, f64)> =
            reports.iter().map(|report| (end_of(report.date), height(input.kind, report))).collect();
        let scope: Vec<(f64, f64)> =
            reports.iter().map(|report| (end_of(report.date), report.scope)).collect();
        let planned = level_when_idle(&reported_until(&input.planned, Date::MAX));
        let amounts = AmountAxis::around(
            line.iter().chain(&scope).chain(&planned).map(|point| point.1),
            if column == Column::Wide { 5 } else { 4 },
        );
        let left = AmountPlot::width_of_amounts(&amounts) + 10.0;
        let right_room = if column == Column::Wide { 110.0 } else { 16.0 };
        let frame = Frame { left, top: 58.0, right: size.0 - right_room, bottom: size.1 - 38.0 };
        let plot = Plot::new(axis_of(input), amounts, frame);
        let origin = line.iter().rev().find(|point| point.1.is_finite()).copied();
        let goal = match input.kind {
            BurnKind::Down => 0.0,
            BurnKind::Up => scope.last().map_or(0.0, |point| point.1),
        };
        let canvas = Self { input, plot, type_size, width: size.0, origin, goal };
        canvas.plot.draw_amounts(&mut sheet, &input.unit);
        canvas.plot.draw_dates(&mut sheet);
        let mut notes =
            Notes::within(Frame { top: 20.0, right: size.0, bottom: frame.bottom - 1.0, ..frame });
        // The unit stands above the highest amount.
        notes.keep_free(Frame {
            left: 0.0,
            top: frame.top - 26.0,
            right: frame.left + 50.0,
            bottom: frame.top - 8.0,
        });
        canvas.draw_outlook(&mut sheet, &mut notes);
        canvas.draw_date_lines(&mut sheet, &mut notes);
        canvas.plot.line(&mut sheet, Ink::Planned, &planned);
        canvas.avoid(&mut notes, &planned);
        if input.kind == BurnKind::Up {
            let until_now = canvas.until_status(&scope);
            canvas.plot.steps(&mut sheet, Ink::Scope, &until_now);
            canvas.avoid(&mut notes, &stepped(&until_now));
        }
        let line = match input.kind {
            BurnKind::Down => with_steps(&line, &scope),
            BurnKind::Up => line,
        };
        canvas.draw_progress(&mut sheet, &line, &mut notes);
        if input.kind == BurnKind::Down {
            canvas.draw_scope_steps(&mut sheet, &line, &mut notes);
        }
        canvas.write_labels(&mut sheet, &reports, &planned, &mut notes);
        sheet
    }

    /// The staircase carried on to the status date, or to the end of the forecast.
    fn until_status(&self, scope: &[(f64, f64)]) -> Vec<(f64, f64)> {
        let mut scope = scope.to_vec();
        if let Some(last) = scope.last().copied() {
            let end = match &self.input.outlook {
                Outlook::None(_) => end_of(self.input.status_date),
                Outlook::Range { pessimistic, .. } => {
                    pessimistic.map_or(f64::INFINITY, end_of).min(self.plot.across().days().end)
                }
            };
            if end > last.0 {
                scope.push((end, last.1));
            }
        }
        scope
    }

    /// Readings joined by straight lines; a report without a value breaks the line.
    fn draw_progress(&self, sheet: &mut Sheet, line: &[(f64, f64)], notes: &mut Notes) {
        for stretch in line.split(|point| !point.1.is_finite()) {
            self.plot.line(sheet, Ink::Done, stretch);
            self.avoid(notes, stretch);
        }
        let next = line.iter().skip(1).map(Some).chain([None]);
        for (point, next) in line.iter().zip(next) {
            // The foot of a step is no reading.
            let is_foot = next.is_some_and(|next| (next.0 - point.0).abs() < f64::EPSILON);
            if point.1.is_finite() && !is_foot {
                self.plot.mark(sheet, Ink::Done, *point);
            }
        }
    }

    /// What came into the scope or left it, as upright steps in the line of what is left.
    fn draw_scope_steps(&self, sheet: &mut Sheet, line: &[(f64, f64)], notes: &mut Notes) {
        for (foot, head) in line.iter().zip(line.iter().skip(1)) {
            let is_upright = (head.0 - foot.0).abs() < f64::EPSILON;
            if is_upright && foot.1.is_finite() && head.1.is_finite() {
                self.plot.line(sheet, Ink::Scope, &[*foot, *head]);
                self.avoid(notes, &[*foot, *head]);
            }
        }
    }

    /// The fan of forecasts from the last reading to its goal, cut at the edge of the chart.
    fn draw_outlook(&self, sheet: &mut Sheet, notes: &mut Notes) {
        let (Outlook::Range { optimistic, likely, pessimistic }, Some(origin)) =
            (&self.input.outlook, self.origin)
        else {
            return;
        };
        let days = [Some(*optimistic), Some(*likely), *pessimistic];
        let [best, middle, worst] = days.map(|date| self.reach(origin, date.map_or(f64::INFINITY, end_of)));
        if best.0 <= origin.0 || worst.0 <= origin.0 {
            return;
        }
        // If the worst pace leaves the chart, the corner between goal and edge belongs to the fan too.
        let mut surface = vec![origin, best];
        if (worst.1 - self.goal).abs() > 1e-9 {
            surface.push((worst.0, self.goal));
        }
        surface.push(worst);
        self.plot.area(sheet, Ink::Fan, &surface);
        self.plot.line(sheet, Ink::Forecast, &[origin, middle]);
        // Labels keep out of the fan as well as off its lines.
        for share in 0..=8 {
            let share = f64::from(share) / 8.0;
            let end = (best.0 + (worst.0 - best.0) * share, best.1 + (worst.1 - best.1) * share);
            notes.avoid_shade([(self.plot.spot(origin.0, origin.1), self.plot.spot(end.0, end.1))]);
        }
        self.avoid(notes, &[origin, middle]);
        for end in [best, middle, worst].iter().filter(|end| (end.1 - self.goal).abs() < 1e-9) {
            self.plot.mark(sheet, Ink::Forecast, *end);
        }
    }

    /// Where the straight line from `origin` to the goal at `day` ends, or leaves the chart.
    fn reach(&self, origin: (f64, f64), day: f64) -> (f64, f64) {
        let edge = self.plot.across().days().end;
        if day <= edge || day <= origin.0 {
            return (day, self.goal);
        }
        // A day that never comes is infinitely far: the share is zero and the line level.
        let share = (edge - origin.0) / (day - origin.0);
        (edge, origin.1 + (self.goal - origin.1) * share)
    }

    fn draw_date_lines(&self, sheet: &mut Sheet, notes: &mut Notes) {
        let status = DateLine {
            date: self.input.status_date,
            name: "Status",
            ink: Ink::Status,
            level: 10.0,
            right_edge: self.width,
            keeps_off: None,
        };
        let promise = self.input.promise.map(|(name, date)| DateLine {
            date,
            name,
            ink: Ink::Deadline,
            level: 27.0,
            right_edge: self.width,
            keeps_off: Some(self.input.status_date),
        });
        for line in std::iter::once(status).chain(promise) {
            if let Some(label) = self.plot.draw_date_line(sheet, &line) {
                notes.keep_free(label);
                let x = self.plot.x(end_of(line.date));
                notes.avoid(&[(x, line.level + 6.0), (x, self.plot.frame().bottom)]);
            }
        }
    }

    fn write_labels(
        &self,
        sheet: &mut Sheet,
        reports: &[&BurnReport],
        planned: &[(f64, f64)],
        notes: &mut Notes,
    ) {
        let (progress, plan, side) = match self.input.kind {
            BurnKind::Down => ("Left", "Planned", Side::Right),
            BurnKind::Up => ("Done", "Planned", Side::Left),
        };
        let mut labels = Vec::new();
        if let Some(origin) = self.origin {
            labels.push((origin, progress, self.amount(origin.1), Ink::Done, opposite(side)));
        }
        if let Outlook::Range { optimistic, likely, pessimistic } = &self.input.outlook
            && let Some(origin) = self.origin
        {
            let ends = [
                (Some(*likely), "Likely", Ink::Forecast),
                (Some(*optimistic), "Best pace", Ink::Muted),
                (*pessimistic, "Worst pace", Ink::Muted),
            ];
            for (date, name, ink) in ends {
                let day = date.map_or(f64::INFINITY, end_of);
                let text = date.map_or_else(|| "never".to_owned(), format::short_date);
                let end = self.reach(origin, day);
                // A forecast that leaves the chart is named in the margin it runs into.
                let leaves = (end.1 - self.goal).abs() > 1e-9;
                labels.push((end, name, text, ink, if leaves { Side::Right } else { Side::Above }));
            }
        }
        if self.input.kind == BurnKind::Up
            && let Some(report) = reports.last()
        {
            let at = (end_of(self.input.status_date), report.scope);
            labels.push((at, "Scope", self.amount(report.scope), Ink::Scope, Side::Above));
        }
        // The plan is named in its middle, where the other lines have not gathered yet.
        if let Some(middle) = planned.get(planned.len() / 2) {
            labels.push((*middle, plan, String::new(), Ink::Planned, side));
        }
        for (before, after) in reports.iter().zip(reports.iter().skip(1)) {
            if (after.scope - before.scope).abs() > f64::EPSILON {
                let change = format!("{} {}", signed(after.scope - before.scope), after.scope_note);
                let y = match self.input.kind {
                    BurnKind::Down => height(BurnKind::Down, after),
                    BurnKind::Up => after.scope,
                };
                if y.is_finite() {
                    labels.push(((end_of(after.date), y), "", change, Ink::Scope, Side::Above));
                }
            }
        }
        for (at, name, value, ink, side) in labels {
            let note = Note {
                at: self.plot.spot(at.0, at.1),
                name: name.to_owned(),
                value: value.trim().to_owned(),
                ink,
                side,
            };
            notes.write(sheet, &note, self.type_size);
        }
        if let Outlook::None(reason) = &self.input.outlook
            && !reason.is_empty()
        {
            let frame = self.plot.frame();
            let at = (self.plot.x(end_of(self.input.status_date)), f64::midpoint(frame.top, frame.bottom));
            let note = Note {
                at,
                name: String::new(),
                value: format!("No forecast: {reason}"),
                ink: Ink::Muted,
                side: Side::Right,
            };
            notes.write(sheet, &note, self.type_size);
        }
    }

    fn amount(&self, amount: f64) -> String {
        format!("{} {}", plain(amount), self.input.unit)
    }

    fn avoid(&self, notes: &mut Notes, points: &[(f64, f64)]) {
        let spots: Vec<Spot> = points.iter().map(|point| self.plot.spot(point.0, point.1)).collect();
        notes.avoid(&spots);
    }
}

/// The line of what is left with a step where the scope moved: first down by the work done since the report before, then
/// up or down by the scope, so that added work does not look like no progress.
fn with_steps(left: &[(f64, f64)], scope: &[(f64, f64)]) -> Vec<(f64, f64)> {
    let mut line: Vec<(f64, f64)> = Vec::with_capacity(left.len());
    let mut before: Option<f64> = None;
    for (point, (_, now)) in left.iter().zip(scope) {
        let moved = before.map_or(0.0, |before| now - before);
        if moved.abs() > f64::EPSILON && point.1.is_finite() {
            line.push((point.0, point.1 - moved));
        }
        line.push(*point);
        before = Some(*now);
    }
    line
}

/// The other side.
fn opposite(side: Side) -> Side {
    match side {
        Side::Left => Side::Right,
        Side::Right => Side::Left,
        Side::Above => Side::Above,
    }
}

/// The axis over plan, reports, deadline and forecasts, the latter only as far as is worth showing.
fn axis_of(input: &BurnInput) -> DateAxis {
    let dates = input.planned.iter().map(|reading| reading.date);
    let dates = dates.chain(reports(input).into_iter().map(|report| report.date));
    let dates = dates.chain([input.status_date]).chain(input.promise.map(|(_, date)| date));
    let first = dates.clone().min().unwrap_or(input.status_date);
    let last = dates.max().unwrap_or(input.status_date);
    let Outlook::Range { optimistic, likely, pessimistic } = input.outlook else {
        return DateAxis::new(first, last);
    };
    let end = last.max(pessimistic.unwrap_or(Date::MAX)).max(likely).max(optimistic);
    let outlook = if pessimistic.is_some() { LONGEST_OUTLOOK } else { NEVER_OUTLOOK };
    #[allow(clippy::cast_possible_truncation)]
    let most = (DateAxis::new(first, last.max(likely)).length() * outlook).ceil().min(1e6) as i32;
    let edge = date_of(number_of(first).saturating_add(most));
    DateAxis::new(first, end.min(edge))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn added_scope_is_a_step_in_what_is_left() {
        // 40 to do; 10 done; then 10 more done while 5 came in.
        let (left, scope) =
            ([(1.0, 40.0), (2.0, 30.0), (3.0, 25.0)], [(1.0, 40.0), (2.0, 40.0), (3.0, 45.0)]);
        assert_eq!(with_steps(&left, &scope), [(1.0, 40.0), (2.0, 30.0), (3.0, 20.0), (3.0, 25.0)]);
        assert_eq!(with_steps(&left, &[(1.0, 40.0), (2.0, 40.0), (3.0, 40.0)]), left);
    }
}
