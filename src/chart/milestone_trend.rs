//! The milestone trend: what each report forecast for each milestone, against the date of the report.
//!
//! Answers: are the promises stable? A level line is a promise kept, a rising one slips, a falling one comes closer, a
//! zig-zag is guessing. On the dotted diagonal the day of the report is the day of the milestone: a line that reaches it has
//! arrived. What was said is all the figure; where the slip would lead if it went on is told in the table.

use std::collections::BTreeSet;

use jiff::civil::Date;

use crate::chart::baseline_marks::{BaselineMark, baseline_marks, draw_marks, marks_words};
use crate::chart::kit::days::{date_of, end_of, number_of};
use crate::chart::kit::frame::Plot;
use crate::chart::kit::ink::Ink;
use crate::chart::kit::notes::{Frame, Note, Notes, Side, write_beside};
use crate::chart::kit::path::PathData;
use crate::chart::kit::scale::{DateAxis, Period};
use crate::chart::kit::svg::{Anchor, Column, SMALL_SIZE, Sheet, Words};
use crate::chart::kit::text_width::{Weight, text_width, wrapped};
use crate::chart::slip::name_of;
use crate::chart::{Chart, DataTable, Drawing, LinkTo};
use crate::control::{self, TrendOutlook, milestone_trends};
use crate::format;
use crate::model::{MilestoneDay, WorkingTime};
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
    /// Working days by which the last report has moved it.
    pub working_days_lately: i64,
    /// Working days by which any report put it later than the first one did, at most; zero where none did.
    pub working_days_at_most: i64,
    /// Whether the milestone has been reached.
    pub is_reached: bool,
    /// The day on which the straight line through the forecasts arrives; none where it does not.
    pub arrives: Option<Date>,
    /// Whether it arrives further ahead than the reports can tell.
    pub is_out_of_sight: bool,
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
                    working_days_moved: moved(&time, trend.said.first(), trend.said.last()),
                    working_days_lately: moved(&time, trend.said.iter().nth_back(1), trend.said.last()),
                    working_days_at_most: furthest(&time, &trend),
                    is_reached: slot.state == State::Finished,
                    arrives: arrives(&trend, &time),
                    is_out_of_sight: trend.outlook == TrendOutlook::OutOfSight && trend.has_slipped(),
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

/// Where the slip of a milestone leads if it goes on; none where it does not slip, or where that is behind the last report.
fn arrives(trend: &control::MilestoneTrend, time: &WorkingTime) -> Option<Date> {
    let (last, _) = trend.said.last()?;
    trend.if_it_went_on(time).filter(|meets| meets > last)
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

/// Lines that lie within so many days of each other on every report are one to the eye, and share a label.
const ONE_LINE: i32 = 3;

/// The diagonal is worth at most so much of the height of what was forecast.
const ROOM_OF_THE_DIAGONAL: f64 = 0.5;

/// What is drawn: a milestone that was reached before the first report stays out, since no report forecast it.
fn drawn(input: &TrendInput) -> Vec<&TrendLine> {
    let first = reports_of(&input.lines).next();
    let is_past = |line: &TrendLine| {
        line.is_reached
            && line.forecasts.iter().all(|(_, forecast)| first.is_some_and(|first| *forecast < first))
    };
    input.lines.iter().filter(|line| !is_past(line)).collect()
}

/// The days of all reports, in order, each once.
fn reports_of(lines: &[TrendLine]) -> impl Iterator<Item = Date> {
    let all = lines.iter().flat_map(|line| line.forecasts.iter().map(|(report, _)| *report));
    all.collect::<BTreeSet<Date>>().into_iter()
}

/// The axes: reports to the right, forecasts upwards, as far as something was said; the diagonal too where it lies near.
fn axes(input: &TrendInput) -> (DateAxis, DateAxis) {
    let nothing = Date::constant(1970, 1, 1);
    let first = reports_of(&input.lines).next().unwrap_or(nothing);
    let last = reports_of(&input.lines).last().unwrap_or(nothing);
    let forecasts: Vec<Date> = drawn(input)
        .into_iter()
        .flat_map(|line| line.forecasts.iter().map(|(_, forecast)| *forecast))
        .collect();
    let low = forecasts.iter().min().copied().unwrap_or(first);
    let high = forecasts.iter().max().copied().unwrap_or(last).max(low);
    let height = f64::from(number_of(high).saturating_sub(number_of(low)));
    let beneath = f64::from(number_of(low).saturating_sub(number_of(last)));
    let low = if beneath <= height * ROOM_OF_THE_DIAGONAL { low.min(last) } else { low };
    let room = number_of(high).saturating_sub(number_of(low)) / 20 + 2;
    let across = DateAxis::new(first, last.max(date_of(number_of(first).saturating_add(7))));
    let edge = |day: Date, by: i32| date_of(number_of(day).saturating_add(by));
    (across, DateAxis::new(edge(low, -room), edge(high, room)))
}

/// Milestones whose lines are one to the eye, together, in the order of the input.
fn together<'a>(lines: &[&'a TrendLine]) -> Vec<Vec<&'a TrendLine>> {
    let mut groups: Vec<Vec<&TrendLine>> = Vec::new();
    for line in lines {
        let is_near = |other: &TrendLine| {
            other.forecasts.len() == line.forecasts.len()
                && other.forecasts.iter().zip(&line.forecasts).all(|(one, two)| {
                    one.0 == two.0 && number_of(one.1).saturating_sub(number_of(two.1)).abs() <= ONE_LINE
                })
        };
        match groups.iter_mut().find(|group| is_near(group[0])) {
            Some(group) => group.push(line),
            None => groups.push(vec![line]),
        }
    }
    groups
}

fn paint(input: &TrendInput, column: Column) -> Sheet {
    let (size, most_room, type_size) = match column {
        Column::Wide => ((800.0, 380.0), 320.0, 12.0),
        Column::Narrow => ((360.0, 380.0), 124.0, 11.0),
    };
    let lines = drawn(input);
    let names = lines.iter().map(|line| text_width(&line.name, type_size, Weight::Strong) + 20.0);
    let right_room = names.fold(96.0, f64::max).min(most_room);
    let (across, up) = axes(input);
    let mut sheet = Sheet::new("milestone-trend", &input.id_prefix, column, size);
    let frame = Frame { left: 58.0, top: 26.0, right: size.0 - right_room, bottom: size.1 - 38.0 };
    let plot = Plot::new(across, up, frame);
    draw_forecast_axis(&mut sheet, &plot);
    plot.draw_dates(&mut sheet);
    draw_marks(&mut sheet, &plot, &input.marks, frame.right);
    sheet.words(&Words::new("Forecast", (2.0, 10.0), Ink::Muted).small());
    let mut notes = Notes::within(Frame { right: frame.right, ..frame });
    for line in &lines {
        let spots: Vec<_> =
            line.forecasts.iter().copied().map(spot_of).map(|(x, y)| plot.spot(x, y)).collect();
        notes.avoid(&spots);
    }
    draw_diagonal(&mut sheet, &plot, &mut notes);
    let mut ends: Vec<Note> = Vec::new();
    for group in together(&lines) {
        for line in &group {
            draw_line(&mut sheet, &plot, line);
        }
        ends.extend(end_note(&plot, &group));
    }
    break_names(&mut ends, type_size, (right_room - 18.0, size.1));
    write_beside(&mut sheet, &ends, (frame.right + 14.0, type_size), (0.0, size.1));
    sheet
}

/// What was forecast for a milestone, report by report.
fn draw_line(sheet: &mut Sheet, plot: &Plot<DateAxis, DateAxis>, line: &TrendLine) {
    let points = points_of(line);
    plot.line(sheet, ink_of(line), &points);
    for point in &points {
        plot.mark(sheet, ink_of(line), *point);
    }
}

/// The points of a line, in the order of the reports.
fn points_of(line: &TrendLine) -> Vec<(f64, f64)> {
    let mut points: Vec<(f64, f64)> = line.forecasts.iter().copied().map(spot_of).collect();
    points.sort_by(|first, second| first.0.total_cmp(&second.0));
    points
}

/// Later is worse; what is reached is told apart from both.
fn ink_of(line: &TrendLine) -> Ink {
    let points = points_of(line);
    let (Some(first), Some(last)) = (points.first(), points.last()) else { return Ink::Text };
    match (line.is_reached, last.1 - first.1) {
        (true, _) => Ink::Done,
        (false, later) if later > 0.5 => Ink::Worse,
        (false, earlier) if earlier < -0.5 => Ink::Better,
        _ => Ink::Text,
    }
}

/// What lines that are one to the eye have in common; plain ink where they tell different things.
fn ink_of_all(group: &[&TrendLine]) -> Ink {
    let mut inks = group.iter().map(|line| ink_of(line));
    let first = inks.next().unwrap_or(Ink::Text);
    if inks.all(|ink| ink == first) { first } else { Ink::Text }
}

/// The names of lines that are one to the eye, and what the newest report says of them.
fn end_note(plot: &Plot<DateAxis, DateAxis>, group: &[&TrendLine]) -> Option<Note> {
    let last = *points_of(group.first()?).last()?;
    let names: Vec<&str> = group.iter().map(|line| line.name.as_str()).collect();
    let mut days: Vec<String> = Vec::new();
    for line in group {
        let (today, forecast) = line.forecasts.last()?;
        let day = format::near_date(*forecast, *today);
        let day = if line.is_reached { format!("reached {day}") } else { day };
        if !days.contains(&day) {
            days.push(day);
        }
    }
    Some(Note {
        at: plot.spot(last.0, last.1),
        name: names.join("\n"),
        value: format::listed(&days),
        ink: ink_of_all(group),
        side: Side::Right,
    })
}

/// Breaks names over as many lines as the margin has room for, so that none is cut while there is any.
fn break_names(ends: &mut [Note], type_size: f64, (width, most_height): (f64, f64)) {
    let whole: Vec<String> = ends.iter().map(|note| note.name.clone()).collect();
    for n_lines in [4, 3, 2, 1] {
        for (note, names) in ends.iter_mut().zip(&whole) {
            let each = names.lines().map(|name| wrapped(name, type_size, Weight::Strong, (width, n_lines)));
            note.name = each.collect::<Vec<String>>().join("\n");
        }
        if ends.iter().map(|note| note.size(type_size).1 + 2.0).sum::<f64>() <= most_height {
            return;
        }
    }
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

/// The diagonal on which forecast and report are the same day, as far as it crosses the plot, and what it is.
fn draw_diagonal(sheet: &mut Sheet, plot: &Plot<DateAxis, DateAxis>, notes: &mut Notes) {
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
        value: "report day = milestone day".to_owned(),
        ink: Ink::Muted,
        // What is forecast lies above the diagonal.
        side: Side::Right,
    };
    notes.write(sheet, &note, SMALL_SIZE);
}

/// Working days by which what was said of a milestone moved from one report to another.
fn moved(
    time: &WorkingTime,
    before: Option<&(Date, MilestoneDay)>,
    after: Option<&(Date, MilestoneDay)>,
) -> i64 {
    match (before, after) {
        (Some((_, before)), Some((_, after))) => time.working_days_after(before.day, after.day),
        _ => 0,
    }
}

/// Working days by which a milestone was ever forecast later than by the first report.
fn furthest(time: &WorkingTime, trend: &control::MilestoneTrend) -> i64 {
    let moves = trend.said.iter().map(|after| moved(time, trend.said.first(), Some(after)));
    moves.max().unwrap_or(0).max(0)
}

/// What moved most, by how much, and whether the last report moved it.
fn sentence(input: &TrendInput) -> String {
    let Some(worst) = input.lines.iter().map(|line| line.working_days_moved).max() else {
        return "No forecast has been frozen yet.".to_owned();
    };
    let n_reports = reports_of(&input.lines).count();
    let n_past = input.lines.len() - drawn(input).len();
    let past = match n_past {
        0 => String::new(),
        1 => " What was reached before the first of them stands in the table alone.".to_owned(),
        _ => format!(" The {n_past} reached before the first of them stand in the table alone."),
    };
    let n_later = input.lines.iter().filter(|line| line.working_days_moved > 0).count();
    if n_later == 0 {
        return format!("Over {n_reports} reports {}.{past}", went_and_came_back(input));
    }
    let furthest: Vec<&TrendLine> =
        input.lines.iter().filter(|line| line.working_days_moved == worst).collect();
    let names: Vec<String> = furthest.iter().map(|line| line.name.clone()).collect();
    let (it, it_was) = if names.len() == 1 { ("it", "it was") } else { ("them", "they were") };
    let (least, most) = furthest
        .iter()
        .map(|line| line.working_days_lately)
        .fold((i64::MAX, i64::MIN), |(least, most), days| (least.min(days), most.max(days)));
    let lately = match (least, most) {
        (0, 0) => format!("the last report left {it} where {it_was}"),
        (days, same) if days == same => {
            let way = if days > 0 { "later" } else { "sooner" };
            format!("the last report moved {it} {} {way}", working_days(days.abs()))
        }
        _ => format!("the last report did not move {it} alike"),
    };
    let which = if n_later == names.len() {
        format!("{} moved", format::listed(&names))
    } else {
        format!("{} moved most", format::listed(&names))
    };
    format!("{which}, {} later over {n_reports} reports; {lately}.{past}", working_days(worst))
}

/// That no milestone ends later than it was first said, and which were forecast later in between.
fn went_and_came_back(input: &TrendInput) -> String {
    let later: Vec<&TrendLine> =
        drawn(input).into_iter().filter(|line| line.working_days_at_most > 0).collect();
    let Some(most) = later.iter().map(|line| line.working_days_at_most).max() else {
        return "no milestone has moved to a later day".to_owned();
    };
    let names: Vec<String> = later.iter().map(|line| line.name.clone()).collect();
    let was = if names.len() == 1 { "was" } else { "were" };
    format!(
        "no milestone stands later than first said; {} {was} forecast up to {} later in between",
        format::listed(&names),
        working_days(most)
    )
}

fn working_days(days: i64) -> String {
    format::count(usize::try_from(days).unwrap_or(0), "working day")
}

/// Over the days on which milestones would be reached if they went on slipping as they did.
pub(crate) const IF_IT_WENT_ON: &str = "If the slip went on at its pace";

fn table(input: &TrendInput) -> DataTable {
    use crate::chart::Column::Word;
    let reports: Vec<Date> = reports_of(&input.lines).collect();
    let names: Vec<String> =
        reports.iter().map(|report| format!("Report of {}", format::date(*report))).collect();
    let mut columns = vec![("Milestone", Word)];
    columns.extend(names.iter().map(|name| (name.as_str(), Word)));
    columns.push((IF_IT_WENT_ON, Word));
    let mut table = DataTable::with_columns(format!("{}: dates forecast", input.title), &columns);
    for line in &input.lines {
        let cells = reports.iter().map(|report| {
            let forecast = line.forecasts.iter().find(|(date, _)| date == report);
            forecast.map_or_else(|| format::NOTHING.to_owned(), |(_, forecast)| format::date(*forecast))
        });
        let none = if line.is_out_of_sight { "too far ahead to tell" } else { format::NOTHING };
        let arrives = line.arrives.map_or_else(|| none.to_owned(), format::date);
        table.rows.push(std::iter::once(line.name.clone()).chain(cells).chain([arrives]).collect());
    }
    table
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chart::tests::samples::sample_trend;
    use crate::chart::tests::text_boxes;

    #[test]
    fn the_axes_end_with_what_was_said() {
        let (across, up) = axes(&sample_trend());
        // Reports of 25 Sep to 20 Nov 2026, milestones forecast from 24 Nov 2026 to 21 Jan 2027; a twentieth of room around.
        assert!((across.days().end - end_of(Date::constant(2026, 11, 20))).abs() < 1e-9);
        assert!(up.days().end < end_of(Date::constant(2027, 1, 28)));
        assert!(up.days().start > end_of(Date::constant(2026, 11, 12)));
    }

    #[test]
    fn lines_that_lie_on_each_other_share_a_label() {
        let mut input = sample_trend();
        input.lines[2].forecasts = input.lines[1].forecasts.clone();
        let lines: Vec<&TrendLine> = input.lines.iter().collect();
        assert_eq!(together(&lines).iter().map(Vec::len).collect::<Vec<usize>>(), [1, 2]);
        for svg in draw(&input).svg.split("<svg").skip(1) {
            let texts: Vec<String> = text_boxes::of(svg).into_iter().map(|(_, text)| text).collect();
            assert!(texts.iter().any(|text| text.replace('\u{a0}', " ") == "14 Jan"), "{texts:?}");
            assert!(texts.iter().all(|text| !text.contains("14\u{a0}Jan and")), "{texts:?}");
        }
        // One line of two goes on a day later: both days are told, and where the two moved differently no colour speaks for both.
        input.lines[2].forecasts.last_mut().unwrap().1 = Date::constant(2027, 1, 15);
        let lines: Vec<&TrendLine> = input.lines[1..].iter().collect();
        assert_eq!(together(&lines).len(), 1);
        for svg in draw(&input).svg.split("<svg").skip(1) {
            let texts: Vec<String> = text_boxes::of(svg).into_iter().map(|(_, text)| text).collect();
            assert!(texts.iter().any(|text| text.replace('\u{a0}', " ") == "14 Jan and 15 Jan"), "{texts:?}");
        }
        let steady = TrendLine { forecasts: vec![*lines[0].forecasts.last().unwrap()], ..lines[0].clone() };
        assert_eq!(ink_of_all(&[lines[0], lines[0]]), ink_of(lines[0]));
        assert_eq!(ink_of_all(&[lines[0], &steady]), Ink::Text);
    }

    #[test]
    fn the_sentence_tells_what_moved_most_and_whether_the_last_report_moved_it() {
        let mut input = sample_trend();
        for (line, (moved, lately)) in input.lines.iter_mut().zip([(28, 0), (28, 0), (3, 3)]) {
            (line.working_days_moved, line.working_days_lately) = (moved, lately);
        }
        let words = |input: &TrendInput| sentence(input).replace('\u{a0}', " ");
        assert_eq!(
            words(&input),
            "G3 Deliverables and readiness for service and G4 Ready for closing moved most, 28 working days later over 3 \
             reports; the last report left them where they were."
        );
        input.lines[1].working_days_moved = 2;
        input.lines[0].working_days_lately = 1;
        assert!(
            words(&input).ends_with("; the last report moved it 1 working day later."),
            "{}",
            words(&input)
        );
    }

    /// A gate that was forecast three days later for one report was said never to have moved.
    #[test]
    fn a_milestone_that_went_and_came_back_is_told() {
        let mut input = sample_trend();
        for line in &mut input.lines {
            (line.working_days_moved, line.working_days_at_most) = (0, 0);
        }
        let words = |input: &TrendInput| sentence(input).replace('\u{a0}', " ");
        assert_eq!(words(&input), "Over 3 reports no milestone has moved to a later day.");
        input.lines[0].working_days_at_most = 1;
        assert_eq!(
            words(&input),
            "Over 3 reports no milestone stands later than first said; G3 Deliverables and readiness for service was forecast up to 1 \
             working day later in between."
        );
    }

    #[test]
    fn what_was_reached_before_the_first_report_is_in_the_table_alone() {
        let mut input = sample_trend();
        input.lines[0].is_reached = true;
        for (_, forecast) in &mut input.lines[0].forecasts {
            *forecast = Date::constant(2026, 5, 11);
        }
        let drawing = draw(&input);
        for svg in drawing.svg.split("<svg").skip(1) {
            assert!(text_boxes::of(svg).iter().all(|(_, text)| !text.contains("G3")), "{svg}");
        }
        assert!(drawing.table.rows[0][1].contains("11"), "{:?}", drawing.table.rows[0]);
    }
}
