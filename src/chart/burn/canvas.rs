//! Painting of burn-down and burn-up: the plan, the fan of forecasts, scope, readings, and their labels.

use jiff::civil::Date;

use crate::chart::burn::input::{
    BurnInput, BurnKind, BurnReport, NOT_APPROVED, Outlook, WorstPace, has_moved, name, plain, reports,
    signed,
};
use crate::chart::kit::days::{date_of, end_of, number_of};
use crate::chart::kit::frame::{AmountPlot, DateLine, Plot, stepped};
use crate::chart::kit::ink::Ink;
use crate::chart::kit::notes::{Frame, Note, Notes, Side};
use crate::chart::kit::path::Spot;
use crate::chart::kit::reading::{Reading, level_when_idle, reported_until};
use crate::chart::kit::scale::{AmountAxis, DateAxis};
use crate::chart::kit::svg::{Column, Sheet};
use crate::control::PlannedWork;
use crate::format;

/// No forecast stretches the chart beyond this many times the time planned and elapsed; it is cut at the edge there.
const LONGEST_OUTLOOK: f64 = 1.6;

/// Where the worst pace never gets there, the chart shows this many times the time until the likely end: a level edge
/// says no more the longer it is.
const NEVER_OUTLOOK: f64 = 1.12;

/// So much of the width of the chart is wanted for each step of the scope that is named, in pixels.
const ROOM_OF_A_STEP: f64 = 120.0;

/// The share of the height that is kept for the names of steps beneath the floor of a burn-down.
const ROOM_BENEATH: f64 = 0.12;

/// Half the width of the bar of a report, in pixels.
const HALF_BAR: f64 = 4.0;

/// Where the lines of a burn lie. Scope that comes in is no work undone: in a burn-down it lowers the floor on which the rest
/// stands instead of lifting the line, so that the line falls by work alone and history keeps its place.
#[derive(Clone, Copy, Debug)]
struct Ground {
    kind: BurnKind,
    /// The scope of the first report, from which a burn-down falls.
    first: f64,
}

impl Ground {
    /// The height of the line: what is done, or the first scope less what is done.
    fn height(self, report: &BurnReport) -> f64 {
        match self.kind {
            BurnKind::Down => self.first - report.done,
            BurnKind::Up => report.done,
        }
    }

    /// Where the line ends when all is done: the agreed scope, or the floor.
    ///
    /// From 40 to do at first, 45 agreed now have their floor at −5; with 20 done the line stands at 20, 25 above it.
    fn goal(self, report: &BurnReport) -> f64 {
        self.goal_at(report.scope)
    }

    /// The same for a scope.
    fn goal_at(self, scope: f64) -> f64 {
        match self.kind {
            BurnKind::Down => self.first - scope,
            BurnKind::Up => scope,
        }
    }

    /// The plan from the same ground: a burn-down falls from its own first height, whatever scope it counts.
    fn planned(self, planned: &[PlannedWork]) -> Vec<Reading> {
        let reading = |point: &PlannedWork| {
            let done = point.all - point.left;
            let height = match self.kind {
                BurnKind::Down => self.first - done,
                BurnKind::Up => done,
            };
            Reading { date: point.date, height, label: String::new() }
        };
        planned.iter().map(reading).collect()
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
    /// Where the forecast ends: the floor, or the scope reached.
    goal: f64,
    ground: Ground,
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
        let first = reports
            .first()
            .map_or_else(|| input.planned.first().map_or(0.0, |point| point.all), |one| one.scope);
        let ground = Ground { kind: input.kind, first };
        let line: Vec<(f64, f64)> =
            reports.iter().map(|report| (end_of(report.date), ground.height(report))).collect();
        let goals: Vec<(f64, f64)> =
            reports.iter().map(|report| (end_of(report.date), ground.goal(report))).collect();
        let stairs: Vec<(f64, f64)> = reports
            .iter()
            .flat_map(|report| {
                let moves = report.moves.iter().map(|(day, scope)| (end_of(*day), ground.goal_at(*scope)));
                moves.chain([(end_of(report.date), ground.goal(report))])
            })
            .collect();
        let planned = level_when_idle(&reported_until(&ground.planned(&input.planned), Date::MAX));
        let counted: Vec<f64> = line.iter().chain(&goals).map(|point| point.1).collect();
        let mut all: Vec<f64> = counted.iter().copied().chain(planned.iter().map(|point| point.1)).collect();
        if input.kind == BurnKind::Down && has_moved(&reports) {
            // The steps of the floor are named beneath it.
            let lowest = all.iter().copied().fold(f64::INFINITY, f64::min);
            let highest = all.iter().copied().fold(f64::NEG_INFINITY, f64::max);
            all.push(lowest - (highest - lowest) * ROOM_BENEATH);
        }
        let n_steps = if column == Column::Wide { 5 } else { 4 };
        let amounts = AmountAxis::stepping_as(&all, &counted, n_steps);
        let left = AmountPlot::width_of_amounts(&amounts) + 10.0;
        let right_room = if column == Column::Wide { 110.0 } else { 16.0 };
        let frame = Frame { left, top: 58.0, right: size.0 - right_room, bottom: size.1 - 38.0 };
        let plot = Plot::new(axis_of(input), amounts, frame);
        let origin = line.iter().rev().find(|point| point.1.is_finite()).copied();
        let goal = goals.last().map_or(0.0, |point| point.1);
        let canvas = Self { input, plot, type_size, width: size.0, origin, goal, ground };
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
        if input.kind == BurnKind::Up || has_moved(&reports) {
            let until_now = canvas.until_status(&stairs);
            canvas.plot.steps(&mut sheet, Ink::Scope, &until_now);
            canvas.avoid(&mut notes, &stepped(&until_now));
        }
        if input.kind == BurnKind::Down && has_moved(&reports) {
            canvas.draw_bars(&mut sheet, &line, &goals, &mut notes);
        }
        canvas.draw_progress(&mut sheet, &line, &mut notes);
        canvas.write_labels(&mut sheet, &reports, &planned, &mut notes);
        sheet
    }

    /// Whether it is drawn for a narrow column, whose letters are smaller.
    fn is_narrow(&self) -> bool {
        self.type_size < 12.0
    }

    /// The staircase carried on to the status date, or to the end of the forecast.
    fn until_status(&self, scope: &[(f64, f64)]) -> Vec<(f64, f64)> {
        let mut scope = scope.to_vec();
        if let Some(last) = scope.last().copied() {
            let end = match &self.input.outlook {
                Outlook::None(_) => end_of(self.input.status_date),
                Outlook::Range { pessimistic, .. } => {
                    pessimistic.day().map_or(f64::INFINITY, end_of).min(self.plot.across().days().end)
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
        for point in line.iter().filter(|point| point.1.is_finite()) {
            self.plot.mark(sheet, Ink::Done, *point);
        }
    }

    /// What is left on each report as a bar on its floor: the top falls with work, the foot with scope.
    fn draw_bars(&self, sheet: &mut Sheet, line: &[(f64, f64)], floors: &[(f64, f64)], notes: &mut Notes) {
        let days = self.plot.across().days();
        let frame = self.plot.frame();
        let half = HALF_BAR * (days.end - days.start) / (frame.right - frame.left);
        for (top, floor) in line.iter().zip(floors).filter(|(top, _)| top.1.is_finite()) {
            let (left, right) = (top.0 - half, top.0 + half);
            self.avoid(notes, &[*floor, *top]);
            self.plot.area(
                sheet,
                Ink::Rest,
                &[(left, floor.1), (left, top.1), (right, top.1), (right, floor.1)],
            );
        }
    }

    /// The fan of forecasts from the last reading to its goal, cut at the edge of the chart.
    fn draw_outlook(&self, sheet: &mut Sheet, notes: &mut Notes) {
        let (Outlook::Range { optimistic, likely, pessimistic }, Some(origin)) =
            (&self.input.outlook, self.origin)
        else {
            return;
        };
        let days = [Some(*optimistic), Some(*likely), pessimistic.day()];
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
        // Near the end done comes close to scope: what lies above is written first, above.
        if self.input.kind == BurnKind::Up
            && let Some(report) = reports.last()
        {
            if let Some(first) = reports.first().filter(|_| has_moved(reports)) {
                // Where it moved there is room at its beginning: at its end stand the names of the steps.
                let at = (end_of(first.date), first.scope);
                let words = format!("{}, now {}", plain(first.scope), plain(report.scope));
                labels.push((at, "Scope", words, Ink::Scope, Side::Above));
            } else {
                // A telephone has no room left where the lines meet; at its beginning the line of scope is alone.
                let begin = reports.first().filter(|_| self.is_narrow()).map(|first| first.date);
                let at = (end_of(begin.unwrap_or(self.input.status_date)), report.scope);
                labels.push((at, "Scope", self.amount(report.scope), Ink::Scope, Side::Right));
            }
        }
        if let Some(origin) = self.origin {
            // What is left is counted from the floor.
            let amount = match self.input.kind {
                BurnKind::Down => origin.1 - self.goal,
                BurnKind::Up => origin.1,
            };
            labels.push((origin, progress, self.amount(amount), Ink::Done, opposite(side)));
        }
        if let Outlook::Range { optimistic, likely, pessimistic } = &self.input.outlook
            && let Some(origin) = self.origin
        {
            let ends = pace_labels(*likely, *optimistic, *pessimistic);
            for (pace, name, ink) in ends {
                let day = pace.day().map_or(f64::INFINITY, end_of);
                let text = match pace {
                    WorstPace::Ends(date) => format::near_date(date, self.input.status_date),
                    WorstPace::OutOfSight => "out of sight".to_owned(),
                    WorstPace::Never => "never".to_owned(),
                };
                let end = self.reach(origin, day);
                // A forecast that leaves the chart is named in the margin it runs into.
                let leaves = (end.1 - self.goal).abs() > 1e-9;
                labels.push((end, name, text, ink, if leaves { Side::Right } else { Side::Above }));
            }
        }
        // The plan is named in its middle, where the other lines have not gathered yet.
        if let Some(middle) = planned.get(planned.len() / 2) {
            labels.push((*middle, plan, String::new(), Ink::Planned, side));
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
        self.write_steps(sheet, reports, notes);
    }

    /// The steps of the scope: by how much and by what, where that has room beside the step; by how much alone where it has not, as the
    /// table of the steps tells it too.
    fn write_steps(&self, sheet: &mut Sheet, reports: &[&BurnReport], notes: &mut Notes) {
        for (report, moved) in self.named_steps(reports) {
            // Beneath the floor there is little room, and the chart of work done says what nobody approved.
            let words = match self.input.kind {
                BurnKind::Down if report.scope_note == NOT_APPROVED => "",
                _ => report.scope_note.as_str(),
            };
            let note = |value: String| Note {
                at: self.plot.spot(end_of(report.moved_on()), self.ground.goal(report)),
                name: String::new(),
                value,
                ink: Ink::Scope,
                // Before a step there is room: above the lower tread of stairs that rise, below the higher one of those that fall.
                side: Side::Left,
            };
            let whole = note(format!("{} {words}", signed(moved)).trim().to_owned());
            let short = note(signed(moved));
            notes.write_either(sheet, &whole, &short, self.type_size);
        }
    }

    /// The reports with which scope moved, and by how much, in order of time: of as many as there is room to name the largest steps.
    /// The table of the chart names all.
    fn named_steps<'r>(&self, reports: &[&'r BurnReport]) -> Vec<(&'r BurnReport, f64)> {
        let pairs = reports.iter().zip(reports.iter().skip(1));
        let mut steps: Vec<(&BurnReport, f64)> = pairs
            .map(|(before, after)| (*after, after.scope - before.scope))
            .filter(|(_, moved)| moved.abs() > f64::EPSILON)
            .collect();
        steps.sort_by(|(_, one), (_, other)| other.abs().total_cmp(&one.abs()));
        let frame = self.plot.frame();
        let mut room = frame.right - frame.left;
        steps.retain(|_| {
            room -= ROOM_OF_A_STEP;
            room >= 0.0
        });
        steps.sort_by_key(|(report, _)| report.date);
        steps
    }

    fn amount(&self, amount: f64) -> String {
        format!("{} {}", plain(amount), self.input.unit)
    }

    fn avoid(&self, notes: &mut Notes, points: &[(f64, f64)]) {
        let spots: Vec<Spot> = points.iter().map(|point| self.plot.spot(point.0, point.1)).collect();
        notes.avoid(&spots);
    }
}

/// Where each pace ends, what it is called, and its ink: paces that end on one day share a label.
fn pace_labels(likely: Date, best: Date, worst: WorstPace) -> Vec<(WorstPace, &'static str, Ink)> {
    let all = [
        (WorstPace::Ends(likely), "Likely", Ink::Forecast),
        (WorstPace::Ends(best), "Best pace", Ink::Muted),
        (worst, "Worst pace", Ink::Muted),
    ];
    let [likely_end, best_end, worst_end] = all;
    match (best == likely, worst == WorstPace::Ends(likely)) {
        (true, true) => vec![(likely_end.0, "At any pace", Ink::Forecast)],
        (true, false) => vec![(likely_end.0, "Likely and best", Ink::Forecast), worst_end],
        (false, true) => vec![(likely_end.0, "Likely and worst", Ink::Forecast), best_end],
        (false, false) => all.to_vec(),
    }
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
    let end = last.max(pessimistic.day().unwrap_or(Date::MAX)).max(likely).max(optimistic);
    let outlook = if pessimistic.day().is_some() { LONGEST_OUTLOOK } else { NEVER_OUTLOOK };
    #[allow(clippy::cast_possible_truncation)]
    let most = (DateAxis::new(first, last.max(likely)).length() * outlook).ceil().min(1e6) as i32;
    let edge = date_of(number_of(first).saturating_add(most));
    DateAxis::new(first, end.min(edge))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn added_scope_lowers_the_floor_and_leaves_the_line_to_work() {
        // 40 to do; 10 done; then 10 more done while 5 came in.
        let report = |scope: f64, done: f64| BurnReport {
            date: Date::constant(2026, 8, 3),
            scope,
            done,
            scope_note: String::new(),
            moves: Vec::new(),
        };
        let reports = [report(40.0, 0.0), report(40.0, 10.0), report(45.0, 20.0)];
        let ground = Ground { kind: BurnKind::Down, first: 40.0 };
        assert_eq!(reports.iter().map(|one| ground.height(one)).collect::<Vec<f64>>(), [40.0, 30.0, 20.0]);
        assert_eq!(reports.iter().map(|one| ground.goal(one)).collect::<Vec<f64>>(), [0.0, 0.0, -5.0]);
        let up = Ground { kind: BurnKind::Up, first: 40.0 };
        assert_eq!(reports.iter().map(|one| up.goal(one)).collect::<Vec<f64>>(), [40.0, 40.0, 45.0]);
        let [one, two, three] = &reports;
        assert!(has_moved(&[one, two, three]) && !has_moved(&[one, two]));
    }

    #[test]
    fn steps_are_named_beside_the_status_line_and_never_across_it() {
        use crate::chart::tests::{samples::sample_burn, text_boxes};
        let mut input = sample_burn(BurnKind::Up);
        let scopes = [72.5, 76.5, 84.0, 90.0, 96.5];
        for (report, scope) in input.reports.iter_mut().zip(scopes) {
            report.scope = scope;
            report.scope_note = if scope > 80.0 { NOT_APPROVED.to_owned() } else { String::new() };
        }
        for column in [Column::Wide, Column::Narrow] {
            let svg = Canvas::paint(&input, column).finish("Work", "Five reports.");
            let boxes = text_boxes::of(&svg);
            let (status, _) = boxes.iter().find(|(_, text)| text.starts_with("Status")).unwrap();
            let line = f64::midpoint(status.left, status.right);
            let steps: Vec<_> = boxes.iter().filter(|(_, text)| text.starts_with('+')).collect();
            assert!(!steps.is_empty());
            for (label, text) in steps {
                assert!(label.right <= line || label.left >= line, "{text}: {label:?} at {line}");
            }
        }
    }

    #[test]
    fn paces_that_end_on_one_day_share_a_label() {
        let day = |day: i8| Date::constant(2026, 8, day);
        let names = |likely, best, worst| -> Vec<&str> {
            pace_labels(day(likely), day(best), worst).into_iter().map(|(_, name, _)| name).collect()
        };
        assert_eq!(names(9, 7, WorstPace::Ends(day(12))), ["Likely", "Best pace", "Worst pace"]);
        assert_eq!(names(9, 9, WorstPace::Ends(day(9))), ["At any pace"]);
        assert_eq!(names(9, 9, WorstPace::Never), ["Likely and best", "Worst pace"]);
        assert_eq!(names(9, 7, WorstPace::Ends(day(9))), ["Likely and worst", "Best pace"]);
    }

    #[test]
    fn a_plan_of_a_larger_scope_falls_from_where_the_first_report_stands() {
        let point = |left: f64| PlannedWork { date: Date::constant(2026, 8, 3), left, all: 45.0 };
        let heights = |kind: BurnKind| -> Vec<f64> {
            let planned = Ground { kind, first: 40.0 }.planned(&[point(45.0), point(0.0)]);
            planned.iter().map(|reading| reading.height).collect()
        };
        assert_eq!(heights(BurnKind::Down), [40.0, -5.0]);
        assert_eq!(heights(BurnKind::Up), [0.0, 45.0]);
    }
}
