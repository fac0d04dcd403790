//! The milestone trend: what each report forecast for each milestone, against the date of the report.
//!
//! Answers: are the promises stable? A level line is a promise kept, a rising one slips, a falling one comes closer, a
//! zig-zag is guessing. The dotted diagonal is "today": a line that reaches it has arrived. Where three reports or more
//! forecast a milestone, the straight line through them goes on, dashed, to the day on which it would arrive.

use jiff::civil::Date;

use crate::chart::baseline_marks::{BaselineMark, baseline_marks, draw_marks, marks_words};
use crate::chart::days::{date_of, end_of, number_of};
use crate::chart::frame::Plot;
use crate::chart::ink::Ink;
use crate::chart::notes::{Frame, Note, Notes, Side, spread};
use crate::chart::path::PathData;
use crate::chart::scale::{DateAxis, Period};
use crate::chart::slip::name_of;
use crate::chart::svg::{Anchor, Column, SMALL_SIZE, Sheet, Words};
use crate::chart::text_width::{Weight, text_width, wrapped};
use crate::chart::{Chart, DataTable, Drawing, LinkTo};
use crate::control::{self, TrendOutlook, milestone_trends};
use crate::format;
use crate::model::WorkingTime;
use crate::plan::State;
use crate::report::ProjectReport;

/// What the milestone trend is drawn from.
#[derive(Clone, Debug)]
pub struct TrendInput {
    /// Begins every id in the markup; unique on the page.
    pub id_prefix: String,
    /// Heading of the chart.
    pub title: String,
    /// Milestones, each with what was forecast for it.
    pub lines: Vec<TrendLine>,
    /// Where another baseline came into force.
    pub marks: Vec<BaselineMark>,
}

/// What was forecast for a milestone.
#[derive(Clone, Debug)]
pub struct TrendLine {
    /// Name of the milestone.
    pub name: String,
    /// Date of the report and the date forecast in it, in the order of the reports. Two at least are drawn as a line.
    pub forecasts: Vec<(Date, Date)>,
    /// Working days by which the forecast has moved from the first report to the last; negative if to an earlier day.
    pub working_days_moved: i64,
    /// Whether the milestone has been reached.
    pub is_reached: bool,
    /// Where the straight line through the forecasts leads; none where it does not arrive.
    pub ahead: Option<TrendAhead>,
    /// Whether it arrives further ahead than the reports can tell.
    pub is_out_of_sight: bool,
}

/// The straight line through forecasts, extended until it meets the diagonal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TrendAhead {
    /// The first report, and the date on the line for it.
    pub from: (Date, Date),
    /// The last report, and the date on the line for it.
    pub until: (Date, Date),
    /// The day on which report and forecast are the same.
    pub meets: Date,
}

/// The trend of a project's milestones and gates.
#[derive(Debug)]
pub struct MilestoneTrend;

impl Chart for MilestoneTrend {
    fn name(&self) -> &'static str {
        "milestone-trend"
    }

    fn title(&self) -> &'static str {
        "Milestone trend"
    }

    fn question(&self) -> &'static str {
        "Are the promises stable?"
    }

    /// Draws frozen forecasts alone, the status date's included; `None` before two reports are frozen.
    fn draw(&self, report: &ProjectReport, _link_to: LinkTo<'_>) -> Option<Drawing> {
        let mut trends = milestone_trends(&report.said_by_report);
        let mut points: Vec<_> = report.tasks().filter(|(_, task, _)| task.is_point()).collect();
        points.sort_by_key(|(_, _, slot)| slot.finish);
        let time = report.project.working_time();
        let lines: Vec<TrendLine> = points
            .into_iter()
            .filter_map(|(_, task, slot)| {
                let place = trends.iter().position(|trend| trend.id == task.id)?;
                let trend = trends.swap_remove(place);
                Some(TrendLine {
                    name: name_of(task),
                    forecasts: trend.said.iter().map(|(report, known)| (*report, known.day)).collect(),
                    working_days_moved: moved(&time, &trend),
                    is_reached: slot.state == State::Finished,
                    ahead: ahead(&trend),
                    is_out_of_sight: trend.outlook == TrendOutlook::OutOfSight,
                })
            })
            .filter(|line| line.forecasts.len() > 1)
            .collect();
        let n_reports = lines.iter().map(|line| line.forecasts.len()).max().unwrap_or(0);
        (n_reports > 1).then(|| {
            draw(&TrendInput {
                id_prefix: self.name().to_owned(),
                title: self.title().to_owned(),
                lines,
                marks: baseline_marks(report),
            })
        })
    }
}

/// The straight line through the forecasts of a milestone up to where it arrives; none where that is behind the last report.
fn ahead(trend: &control::MilestoneTrend) -> Option<TrendAhead> {
    let TrendOutlook::Meets(meets) = trend.outlook else { return None };
    let ((first, _), (last, _)) = (trend.said.first()?, trend.said.last()?);
    let on = |report: Date| Some((report, trend.along(report)?));
    (meets > *last).then_some(TrendAhead { from: on(*first)?, until: on(*last)?, meets })
}

/// Draws the milestone trend.
#[must_use]
pub fn draw(input: &TrendInput) -> Drawing {
    let sentence = sentence(input) + &marks_words(&input.marks);
    let svg = [Column::Wide, Column::Narrow]
        .map(|column| paint(input, column).finish(&input.title, &sentence))
        .concat();
    Drawing { name: "milestone-trend", svg, title: input.title.clone(), sentence, table: table(input) }
}

/// No extended line stretches the chart beyond so many times the time between the first and the last report; it is cut at
/// the edge there.
const LONGEST_OUTLOOK: i32 = 3;

/// The axes: reports to the right, forecasts upwards, both with a little room.
fn axes(input: &TrendInput) -> (DateAxis, DateAxis) {
    let all = || input.lines.iter().flat_map(|line| &line.forecasts);
    let nothing = Date::constant(1970, 1, 1);
    let reports = || all().map(|(report, _)| *report);
    let (first, last) = (reports().min().unwrap_or(nothing), reports().max().unwrap_or(nothing));
    let span = (number_of(last) - number_of(first)).max(7);
    let edge = date_of(number_of(first).saturating_add(span.saturating_mul(LONGEST_OUTLOOK)));
    let arrivals = input.lines.iter().filter_map(|line| Some(line.ahead?.meets.min(edge)));
    let end = arrivals.max().unwrap_or(last).max(last);
    let low = all().map(|(_, forecast)| *forecast).min().unwrap_or(first).min(first);
    let high = all().map(|(_, forecast)| *forecast).max().unwrap_or(last).max(end);
    let room = (number_of(high) - number_of(low)) / 40 + 1;
    let across = DateAxis::new(first, end.max(date_of(number_of(first).saturating_add(7))));
    (across, DateAxis::new(date_of(number_of(low) - room), date_of(number_of(high).saturating_add(room))))
}

fn paint(input: &TrendInput, column: Column) -> Sheet {
    let (size, most_room, type_size) = match column {
        Column::Wide => ((800.0, 420.0), 320.0, 12.0),
        Column::Narrow => ((360.0, 380.0), 124.0, 11.0),
    };
    let names = input.lines.iter().map(|line| text_width(&line.name, type_size, Weight::Strong) + 20.0);
    let (across, up) = axes(input);
    let edge = across.days().end;
    let cut = input.lines.iter().filter(|line| line.ahead.is_some_and(|ahead| end_of(ahead.meets) > edge));
    let cut = cut.map(|line| text_width(&dates_of(line, edge, |_| true), type_size, Weight::Regular) + 20.0);
    let right_room = names.chain(cut).fold(80.0, f64::max).min(most_room);
    let mut sheet = Sheet::new("milestone-trend", &input.id_prefix, column, size);
    let frame = Frame { left: 58.0, top: 26.0, right: size.0 - right_room, bottom: size.1 - 38.0 };
    let plot = Plot::new(across, up, frame);
    draw_forecast_axis(&mut sheet, &plot);
    plot.draw_dates(&mut sheet);
    draw_marks(&mut sheet, &plot, &input.marks, frame.right);
    sheet.words(&Words::new("Forecast", (2.0, 10.0), Ink::Muted).small());
    let mut notes = Notes::within(Frame { right: frame.right, ..frame });
    for line in &input.lines {
        let spots: Vec<_> =
            line.forecasts.iter().copied().map(spot_of).map(|(x, y)| plot.spot(x, y)).collect();
        notes.avoid(&spots);
        if let Some(ahead) = &line.ahead {
            notes.avoid(&way_ahead(&plot, ahead).map(|(x, y)| plot.spot(x, y)));
        }
    }
    draw_today(&mut sheet, &plot, &mut notes);
    let mut ends: Vec<(f64, Note)> = Vec::new();
    for line in &input.lines {
        let mut points: Vec<(f64, f64)> = line.forecasts.iter().copied().map(spot_of).collect();
        points.sort_by(|first, second| first.0.total_cmp(&second.0));
        let (Some(first), Some(last)) = (points.first().copied(), points.last().copied()) else { continue };
        let ink = match (line.is_reached, last.1 - first.1) {
            (true, _) => Ink::Done,
            (false, later) if later > 0.5 => Ink::Worse,
            (false, earlier) if earlier < -0.5 => Ink::Better,
            _ => Ink::Text,
        };
        plot.line(&mut sheet, ink, &points);
        for point in &points {
            plot.mark(&mut sheet, ink, *point);
        }
        let end = line.ahead.map_or(last, |ahead| draw_ahead(&mut sheet, &plot, ink, &ahead));
        let (x, y) = plot.spot(end.0, end.1);
        let name = line.name.clone();
        let fits = |text: &str| text_width(text, type_size, Weight::Regular) <= right_room - 18.0;
        let value = dates_of(line, plot.across().days().end, fits);
        ends.push((x, Note { at: (x, y), name, value, ink, side: Side::Right }));
    }
    break_names(&mut ends, type_size, (right_room - 18.0, size.1));
    let wanted: Vec<f64> = ends.iter().map(|(_, note)| note.at.1).collect();
    let heights: Vec<f64> = ends.iter().map(|(_, note)| height(note, type_size)).collect();
    let middles = spread(&wanted, &heights, 0.0, size.1);
    // More labels than the margin holds would stand over each other; the table beneath names them all.
    let fit = heights.iter().sum::<f64>() <= size.1;
    for ((x, note), middle) in ends.iter().zip(middles).filter(|_| fit) {
        let left = frame.right + 14.0;
        sheet.line(Ink::Muted, &[(x + 5.0, note.at.1), (left - 3.0, middle)]);
        note.write(&mut sheet, (left, middle), Anchor::Start, type_size);
    }
    sheet
}

/// Breaks names over as many lines as the margin has room for, so that none is cut while there is any.
fn break_names(ends: &mut [(f64, Note)], type_size: f64, (width, most_height): (f64, f64)) {
    let whole: Vec<String> = ends.iter().map(|(_, note)| note.name.clone()).collect();
    for n_lines in [4, 3, 2, 1] {
        for ((_, note), name) in ends.iter_mut().zip(&whole) {
            note.name = wrapped(name, type_size, Weight::Strong, (width, n_lines));
        }
        if ends.iter().map(|(_, note)| height(note, type_size)).sum::<f64>() <= most_height {
            return;
        }
    }
}

/// The height that a label takes in the margin.
fn height(note: &Note, type_size: f64) -> f64 {
    note.size(type_size).1 + 2.0
}

/// Behind the day on which a line arrives that is cut at the edge of the chart.
const BEYOND: &str = ", beyond this chart";

/// What the newest report says, and where the straight line arrives: "21 Jan → 29 Mar"; where there is no room for both, the second.
/// Of a line that leaves the chart at its `edge` it says so.
fn dates_of(line: &TrendLine, edge: f64, fits: impl Fn(&str) -> bool) -> String {
    let Some((today, forecast)) = line.forecasts.last() else { return String::new() };
    let said = format::near_date(*forecast, *today);
    let Some(ahead) = line.ahead else { return said };
    let mut arrives = format!("→ {}", format::near_date(ahead.meets, *today));
    if end_of(ahead.meets) > edge {
        let in_full = format!("{arrives}{BEYOND}");
        arrives = if fits(&in_full) { in_full } else { format!("{arrives}, off chart") };
    }
    let both = format!("{said} {arrives}");
    if fits(&both) { both } else { arrives }
}

/// The straight line through the forecasts, dashed, to where it meets the diagonal or leaves the chart; gives that end.
fn draw_ahead(
    sheet: &mut Sheet,
    plot: &Plot<DateAxis, DateAxis>,
    ink: Ink,
    ahead: &TrendAhead,
) -> (f64, f64) {
    let way = way_ahead(plot, ahead);
    let end = way[2];
    plot.line(sheet, Ink::Forecast, &way);
    if end_of(ahead.meets) <= plot.across().days().end {
        plot.mark(sheet, ink, end);
    } else {
        // A break: the line goes on, the chart does not.
        let (x, y) = plot.spot(end.0, end.1);
        for shift in [-3.0, 1.0] {
            sheet.line(Ink::Text, &[(x + shift - 2.0, y + 5.0), (x + shift + 2.0, y - 5.0)]);
        }
    }
    end
}

/// First report, last report and end of an extended line: where it meets the diagonal, else at the edge of the plot.
fn way_ahead(plot: &Plot<DateAxis, DateAxis>, ahead: &TrendAhead) -> [(f64, f64); 3] {
    let (from, until, meets) = (spot_of(ahead.from), spot_of(ahead.until), end_of(ahead.meets));
    let edge = plot.across().days().end;
    let end = if meets <= edge {
        (meets, meets)
    } else {
        let share = (edge - until.0) / (meets - until.0);
        (edge, until.1 + (meets - until.1) * share)
    };
    [from, until, end]
}

/// Where the forecast of a report lies on the axes.
fn spot_of((report, forecast): (Date, Date)) -> (f64, f64) {
    (end_of(report), end_of(forecast))
}

/// The upright date axis: level lines at the beginnings of periods, named on the left.
fn draw_forecast_axis(sheet: &mut Sheet, plot: &Plot<DateAxis, DateAxis>) {
    let frame = plot.frame();
    let axis = plot.up();
    // Labels stand above each other, so it is their height that has to fit, which is that of short words.
    let period = axis.period((frame.bottom - frame.top) * 1.4);
    let mut grid = PathData::default();
    let mut free_above = f64::INFINITY;
    for tick in axis.ticks(period).into_iter().filter(|tick| tick.start >= axis.days().start) {
        let y = plot.y(tick.start);
        grid = grid.crisp((frame.left, y), (frame.right, y));
        let text = match period {
            Period::Month | Period::Quarter if !tick.year.is_empty() => {
                format!("{} {}", tick.label, tick.year)
            }
            _ => tick.label.clone(),
        };
        let text =
            if text_width(&text, SMALL_SIZE, Weight::Regular) > frame.left - 8.0 { tick.label } else { text };
        if y + 7.0 > free_above {
            continue;
        }
        free_above = y - 7.0;
        sheet.words(&Words::new(&text, (frame.left - 6.0, y), Ink::Muted).small().anchored(Anchor::End));
    }
    sheet.path("line", Ink::Grid, &grid);
}

/// The diagonal on which forecast and report are the same day, as far as it crosses the plot.
fn draw_today(sheet: &mut Sheet, plot: &Plot<DateAxis, DateAxis>, notes: &mut Notes) {
    let (across, up) = (plot.across().days(), plot.up().days());
    let (from, to) = (across.start.max(up.start), across.end.min(up.end));
    if from >= to {
        return;
    }
    plot.line(sheet, Ink::Ceiling, &[(from, from), (to, to)]);
    let middle = f64::midpoint(from, to);
    notes.avoid(&[plot.spot(from, from), plot.spot(to, to)]);
    let note = Note {
        at: plot.spot(middle, middle),
        name: String::new(),
        value: "today".to_owned(),
        ink: Ink::Muted,
        // What is forecast lies above the diagonal.
        side: Side::Right,
    };
    notes.write(sheet, &note, SMALL_SIZE);
}

/// Working days by which the forecast of a milestone has moved from the first report to the last.
fn moved(time: &WorkingTime, trend: &control::MilestoneTrend) -> i64 {
    match (trend.said.first(), trend.said.last()) {
        (Some((_, first)), Some((_, last))) => time.working_days_after(first.day, last.day),
        _ => 0,
    }
}

fn sentence(input: &TrendInput) -> String {
    let Some(worst) = input.lines.iter().map(|line| line.working_days_moved).max() else {
        return "No forecast has been frozen yet.".to_owned();
    };
    let n_later = input.lines.iter().filter(|line| line.working_days_moved > 0).count();
    let n_reports = input.lines.iter().map(|line| line.forecasts.len()).max().unwrap_or(0);
    let extended = extended(input);
    if n_later == 0 {
        return format!(
            "Over {n_reports} reports no forecast of {} has moved to a later date{extended}.",
            input.lines.len()
        );
    }
    let verb = if n_later == 1 { "has" } else { "have" };
    let days = format::count(usize::try_from(worst).unwrap_or(0), "working day");
    let furthest = input.lines.iter().filter(|line| line.working_days_moved == worst);
    let furthest: Vec<String> = furthest.map(|line| line.name.clone()).collect();
    format!(
        "Over {n_reports} reports {n_later} of {} forecasts {verb} moved to a later date, {}{extended}.",
        input.lines.len(),
        format::most_of_all(&furthest, n_later, &format!("by {days}"))
    )
}

/// What the dashed lines say, of the milestone that arrives last, and how many have none because they arrive too far ahead; empty where
/// there is neither.
fn extended(input: &TrendInput) -> String {
    let ahead = input.lines.iter().filter_map(|line| Some((line, line.ahead?.meets)));
    let drawn = ahead.max_by_key(|(_, meets)| *meets).map(|(line, meets)| {
        format!(
            "; extended as straight lines (dashed), they arrive where report and forecast are the same day, {} on {}{}",
            line.name,
            format::date(meets),
            if end_of(meets) > axes(input).0.days().end { BEYOND } else { "" }
        )
    });
    let n_far = input.lines.iter().filter(|line| line.is_out_of_sight).count();
    let far = (n_far > 0).then(|| {
        let verb = if n_far == 1 { "arrives" } else { "arrive" };
        format!("; {n_far} {verb} further ahead than the reports can tell")
    });
    drawn.into_iter().chain(far).collect()
}

fn table(input: &TrendInput) -> DataTable {
    use crate::chart::Column::Word;
    let mut reports: Vec<Date> =
        input.lines.iter().flat_map(|line| line.forecasts.iter().map(|(report, _)| *report)).collect();
    reports.sort_unstable();
    reports.dedup();
    let names: Vec<String> =
        reports.iter().map(|report| format!("Report of {}", format::date(*report))).collect();
    let mut columns = vec![("Milestone", Word)];
    columns.extend(names.iter().map(|name| (name.as_str(), Word)));
    columns.push(("Extended, it arrives on", Word));
    let mut table = DataTable::with_columns(format!("{}: dates forecast", input.title), &columns);
    for line in &input.lines {
        let cells = reports.iter().map(|report| {
            let forecast = line.forecasts.iter().find(|(date, _)| date == report);
            forecast.map_or_else(|| format::NOTHING.to_owned(), |(_, forecast)| format::date(*forecast))
        });
        let none = if line.is_out_of_sight { "too far ahead to tell" } else { format::NOTHING };
        let arrives = line.ahead.map_or_else(|| none.to_owned(), |ahead| format::date(ahead.meets));
        table.rows.push(std::iter::once(line.name.clone()).chain(cells).chain([arrives]).collect());
    }
    table
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chart::tests::samples::sample_trend;

    #[test]
    fn a_line_that_leaves_the_chart_says_that_it_arrives_beyond() {
        let input = sample_trend();
        let line = &input.lines[0];
        let meets = line.ahead.map_or(0.0, |ahead| end_of(ahead.meets));
        let said = |edge, room: f64| {
            dates_of(line, edge, |text| text_width(text, 12.0, Weight::Regular) <= room)
                .replace('\u{a0}', " ")
        };
        assert_eq!(said(meets, 300.0), "11 Jan → 10 Jul");
        assert_eq!(said(meets - 1.0, 300.0), "11 Jan → 10 Jul, beyond this chart");
        assert_eq!(said(meets - 1.0, 90.0), "→ 10 Jul, off chart");
    }
}
