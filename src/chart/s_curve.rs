//! The S-curve: planned value, earned value and actual cost over time, with the range of cost forecasts.
//!
//! Answers: is there enough money, and is the work worth it? Three questions in one picture: ahead or behind (earned
//! against planned), cheap or dear (earned against actual), and where the cost will end (the fan against the ceilings).

use jiff::civil::Date;

use crate::chart::kit::days::end_of;
use crate::chart::kit::frame::{AmountPlot, DateLine, Plot};
use crate::chart::kit::ink::Ink;
use crate::chart::kit::notes::{Frame, Note, Notes, Side, spread};
use crate::chart::kit::path::Spot;
use crate::chart::kit::reading::{Figure, Reading, level_when_idle, points, reading_on, reported_until};
use crate::chart::kit::scale::{AmountAxis, DateAxis};
use crate::chart::kit::svg::{Anchor, Column, Sheet};
use crate::chart::kit::text_width::{Weight, text_width, wrapped};
use crate::chart::{Chart, DataTable, Drawing, LinkTo, months_and};
use crate::control::{Headline, PRESSURE_MEANS_FROM};
use crate::format;
use crate::quantity::Amount;
use crate::report::ProjectReport;

/// What the S-curve is drawn from.
#[derive(Clone, Debug)]
pub struct SCurveInput {
    /// Begins every id in the markup; unique on the page.
    pub id_prefix: String,
    /// Heading of the chart.
    pub title: String,
    /// Currency, as it stands above the axis: "EUR".
    pub unit: String,
    /// All readings of [`SCurveInput::earned`] and [`SCurveInput::actual`] up to the end of this date are drawn.
    pub status_date: Date,
    /// Cumulative planned value at the end of each working day, to the finish of the approved baseline: of each day by the
    /// baseline in force on it. Between two of them nothing is planned and the line is level.
    pub planned: Vec<Reading>,
    /// Cumulative earned value, one reading per report.
    pub earned: Vec<Reading>,
    /// Cumulative actual cost, one reading per report.
    pub actual: Vec<Reading>,
    /// Limits, drawn as level lines: budget, budget with contingency.
    pub ceilings: Vec<Figure>,
    /// Range of forecasts; `None` while nothing has been earned.
    pub fan: Option<CostFan>,
}

/// Forecasts of the final cost.
#[derive(Clone, Debug)]
pub struct CostFan {
    /// When the work is forecast to end.
    pub finish: Date,
    /// The one that is reckoned with: that the cost trend continues (EAC₂), or, while it is too early for a trend, that the
    /// rest costs what was budgeted (EAC₁).
    pub likely: Figure,
    /// The others, which span the range: EAC₁ or EAC₂, cost and time pressure (EAC₃).
    pub others: Vec<Figure>,
    /// Those that are told and not drawn, each with its reason behind its name: they would press everything else to the floor.
    pub not_drawn: Vec<Figure>,
}

/// No forecast beside the likely one stretches the chart beyond this many times the highest of everything else that is drawn.
const REACH: f64 = 2.0;

impl CostFan {
    /// All forecasts that can be drawn, from the highest.
    fn figures(&self) -> Vec<&Figure> {
        let mut figures: Vec<&Figure> =
            self.others.iter().chain([&self.likely]).filter(|figure| figure.height.is_finite()).collect();
        figures.sort_by(|first, second| second.height.total_cmp(&first.height));
        figures
    }
}

/// The S-curve of a project.
#[derive(Debug)]
pub struct SCurve;

impl Chart for SCurve {
    fn name(&self) -> &'static str {
        "s-curve"
    }

    fn title(&self) -> &'static str {
        "Plan, work and money"
    }

    fn question(&self) -> &'static str {
        "Is there enough money, and is the work worth it?"
    }

    fn draw(&self, report: &ProjectReport, _link_to: LinkTo<'_>) -> Option<Drawing> {
        let (control, currency) = (&report.control, report.project.currency);
        if control.total.budget <= Amount::ZERO {
            return None;
        }
        let readings = |values: &[(Date, Amount)]| -> Vec<Reading> {
            values.iter().map(|(date, amount)| Reading::money(*date, *amount, currency)).collect()
        };
        let budget = control.total.budget;
        let contingency = control.spending.contingency.granted;
        let mut ceilings = vec![Figure::money("Budget", budget, currency)];
        if contingency > Amount::ZERO {
            ceilings.push(Figure::money("Budget with contingency", control.cost_baseline(), currency));
        }
        Some(draw(&SCurveInput {
            id_prefix: self.name().to_owned(),
            title: self.title().to_owned(),
            unit: currency.to_string(),
            status_date: report.status_date,
            planned: readings(&control.curve.planned),
            earned: readings(&control.curve.earned),
            actual: readings(&control.curve.actual),
            ceilings,
            fan: fan(report),
        }))
    }
}

/// The forecasts of the final cost; none before money was spent, after the work has ended, and once the board has stopped it.
fn fan(report: &ProjectReport) -> Option<CostFan> {
    let (total, currency) = (&report.control.total, report.project.currency);
    let finish = report.forecast.finish_day();
    if report.control.is_stopped || finish <= report.status_date || total.actual <= Amount::ZERO {
        return None;
    }
    let money = |label: &str, amount| Figure::money(label, amount, currency);
    let one_off = money("Rest as budgeted", total.estimate_one_off());
    let trend = total.estimate_trend().map(|amount| money("Cost trend continues", amount));
    let pressure = total.estimate_pressure().filter(|_| !total.is_pressure_no_forecast());
    let pressure = pressure.map(|amount| money("Cost and time pressure", amount));
    let rest = &report.control.bottom_up;
    let counted = (rest.to_complete() > Amount::ZERO).then(|| money("Counted piece by piece", rest.estimate));
    let (likely, others) = match (total.headline(), trend, counted) {
        (Headline::Counted, trend, Some(counted)) => (counted, [Some(one_off), trend, pressure, None]),
        (Headline::Trend, Some(trend), counted) => (trend, [Some(one_off), None, pressure, counted]),
        (_, Some(trend), counted) => (one_off, [Some(trend), None, pressure, counted]),
        (_, None, _) => (one_off, [None, None, None, None]),
    };
    let mut not_drawn = Vec::new();
    if total.is_pressure_no_forecast() {
        let name = format!(
            "cost and time pressure (EAC₃), no forecast below an SPI of {}",
            format::number(PRESSURE_MEANS_FROM, 2)
        );
        not_drawn.extend(total.estimate_pressure().map(|amount| money(&name, amount)));
    }
    Some(CostFan { finish, likely, others: others.into_iter().flatten().collect(), not_drawn })
}

/// Draws the S-curve.
#[must_use]
pub fn draw(input: &SCurveInput) -> Drawing {
    let input = &within_reach(input);
    let sentence = sentence(input);
    let svg = [Column::Wide, Column::Narrow]
        .map(|column| paint(input, column).finish(&input.title, &sentence))
        .concat();
    Drawing { name: "s-curve", svg, title: input.title.clone(), sentence, table: table(input) }
}

/// The same without forecasts that would stretch the chart; they are told instead.
fn within_reach(input: &SCurveInput) -> SCurveInput {
    let mut input = input.clone();
    let Some(mut fan) = input.fan.take() else { return input };
    let lines =
        [&input.planned, &input.earned, &input.actual].into_iter().flatten().map(|reading| reading.height);
    let levels = input.ceilings.iter().chain([&fan.likely]).map(|figure| figure.height);
    let highest = lines.chain(levels).filter(|height| height.is_finite()).fold(0.0, f64::max);
    let (drawn, beyond) =
        fan.others.into_iter().partition(|figure| figure.height <= REACH * highest || highest <= 0.0);
    fan.others = drawn;
    let told = |figure: Figure| {
        let name = format!("{}, beyond the scale", figure.name.to_lowercase());
        Figure { name, ..figure }
    };
    let beyond: Vec<Figure> = beyond;
    fan.not_drawn.extend(beyond.into_iter().map(told));
    input.fan = Some(fan);
    input
}

/// Size of the sheet and of the margins for axis and labels.
struct Layout {
    size: (f64, f64),
    type_size: f64,
    right: f64,
}

impl Layout {
    fn of(input: &SCurveInput, column: Column) -> Self {
        let (size, type_size, most) = match column {
            Column::Wide => ((800.0, 400.0), 12.0, 190.0),
            Column::Narrow => ((360.0, 340.0), 11.0, 142.0),
        };
        let widest =
            margin_notes(input, column).iter().map(|note| note.size(type_size).0).fold(0.0, f64::max);
        Self { size, type_size, right: (widest + 14.0).clamp(20.0, most) }
    }
}

/// Width of the names in the margin of the narrow drawing, in pixels: they stand in two lines.
const NARROW_NAMES: f64 = 96.0;

/// Labels at the right edge: the ends of the fan, without their places. The narrow drawing has room for two, with their names: the
/// forecast that is reckoned with and the one farthest above it, or below where none is above; the table has all.
fn margin_notes(input: &SCurveInput, column: Column) -> Vec<Note> {
    let Some(fan) = &input.fan else { return Vec::new() };
    let mut figures = fan.figures();
    if column == Column::Narrow {
        let is_likely = |figure: &&Figure| std::ptr::eq(*figure, std::ptr::from_ref(&fan.likely));
        let other = match figures.first() {
            Some(highest) if !is_likely(highest) => Some(*highest),
            _ => figures.last().copied(),
        };
        figures.retain(|figure| is_likely(figure) || other.is_some_and(|other| std::ptr::eq(*figure, other)));
    }
    figures
        .into_iter()
        .map(|figure| Note {
            at: (0.0, figure.height),
            name: match column {
                Column::Wide => figure.name.clone(),
                Column::Narrow => wrapped(&figure.name, 11.0, Weight::Strong, (NARROW_NAMES, 2)),
            },
            value: figure.label.clone(),
            ink: Ink::Forecast,
            side: Side::Right,
        })
        .collect()
}

fn paint(input: &SCurveInput, column: Column) -> Sheet {
    let layout = Layout::of(input, column);
    let mut sheet = Sheet::new("s-curve", &input.id_prefix, column, layout.size);
    let earned = points(&reported_until(&input.earned, input.status_date));
    let actual = points(&reported_until(&input.actual, input.status_date));
    let planned = level_when_idle(&reported_until(&input.planned, Date::MAX));

    let fan_heights = input.fan.iter().flat_map(|fan| fan.figures().into_iter().map(|figure| figure.height));
    let heights = [&earned, &actual, &planned].into_iter().flatten().map(|point| point.1);
    let ceilings = input.ceilings.iter().map(|ceiling| ceiling.height);
    let amounts = AmountAxis::around(heights.chain(fan_heights).chain(ceilings), 5);

    let dates =
        [&input.planned, &input.earned, &input.actual].into_iter().flatten().map(|reading| reading.date);
    let dates = dates.chain([input.status_date]).chain(input.fan.as_ref().map(|fan| fan.finish));
    let axis = DateAxis::new(
        dates.clone().min().unwrap_or(input.status_date),
        dates.max().unwrap_or(input.status_date),
    );
    let frame = Frame {
        left: AmountPlot::width_of_amounts(&amounts) + 10.0,
        top: 40.0,
        right: layout.size.0 - layout.right,
        bottom: layout.size.1 - 38.0,
    };
    let plot: AmountPlot = Plot::new(axis, amounts, frame);
    plot.draw_amounts(&mut sheet, &input.unit);
    plot.draw_dates(&mut sheet);

    let mut notes = Notes::within(Frame { top: 18.0, right: layout.size.0, ..frame });
    for line in [&planned, &earned, &actual] {
        let spots: Vec<Spot> = line.iter().map(|point| plot.spot(point.0, point.1)).collect();
        notes.avoid(&spots);
    }
    if let Some(fan) = &input.fan {
        draw_fan(&mut sheet, &plot, fan, actual.last().copied(), &mut notes);
    }
    for ceiling in &input.ceilings {
        let ends = [(plot.across().days().start, ceiling.height), (plot.across().days().end, ceiling.height)];
        plot.line(&mut sheet, Ink::Ceiling, &ends);
        notes.avoid(&ends.map(|end| plot.spot(end.0, end.1)));
    }
    let status = DateLine {
        date: input.status_date,
        name: "Status",
        ink: Ink::Status,
        level: 10.0,
        right_edge: layout.size.0,
        keeps_off: None,
    };
    if let Some(label) = plot.draw_date_line(&mut sheet, &status) {
        notes.keep_free(label);
        let x = plot.x(end_of(input.status_date));
        notes.avoid(&[(x, frame.top), (x, frame.bottom)]);
    }
    for (ink, line) in [(Ink::Planned, &planned), (Ink::Actual, &actual), (Ink::Earned, &earned)] {
        plot.line(&mut sheet, ink, line);
    }
    for (ink, line) in [(Ink::Actual, &actual), (Ink::Earned, &earned)] {
        for point in line {
            plot.mark(&mut sheet, ink, *point);
        }
    }
    write_margin(&mut sheet, &plot, input, &layout, &mut notes);
    write_inside(&mut sheet, &plot, input, &layout, &mut notes);
    sheet
}

fn draw_fan(
    sheet: &mut Sheet,
    plot: &AmountPlot,
    fan: &CostFan,
    origin: Option<(f64, f64)>,
    notes: &mut Notes,
) {
    let Some(origin) = origin else { return };
    let end = end_of(fan.finish);
    let figures = fan.figures();
    let (Some(high), Some(low)) = (figures.first(), figures.last()) else { return };
    if end <= origin.0 || !fan.likely.height.is_finite() {
        return;
    }
    plot.area(sheet, Ink::Fan, &[origin, (end, high.height), (end, low.height)]);
    plot.line(sheet, Ink::Forecast, &[origin, (end, fan.likely.height)]);
    for figure in figures {
        notes.avoid(&[plot.spot(origin.0, origin.1), plot.spot(end, figure.height)]);
    }
    plot.mark(sheet, Ink::Forecast, (end, fan.likely.height));
}

/// Labels of the fan in the right margin, moved apart where they would touch, with leaders back to their ends.
fn write_margin(
    sheet: &mut Sheet,
    plot: &AmountPlot,
    input: &SCurveInput,
    layout: &Layout,
    notes: &mut Notes,
) {
    let labels: Vec<Note> =
        margin_notes(input, sheet.column()).into_iter().filter(|note| note.at.1.is_finite()).collect();
    let wanted: Vec<f64> = labels.iter().map(|note| plot.y(note.at.1)).collect();
    let heights: Vec<f64> = labels.iter().map(|note| note.size(layout.type_size).1 + 3.0).collect();
    let middles = spread(&wanted, &heights, 18.0, plot.frame().bottom);
    let edge = input.fan.as_ref().map_or(plot.frame().right, |fan| plot.x(end_of(fan.finish)));
    for ((note, wanted), middle) in labels.iter().zip(wanted).zip(middles) {
        let left = plot.frame().right + 12.0;
        sheet.line(Ink::Muted, &[(edge + 3.0, wanted), (left - 3.0, middle)]);
        note.write(sheet, (left, middle), Anchor::Start, layout.type_size);
        let (width, height) = note.size(layout.type_size);
        notes.keep_free(Frame {
            left: left - 10.0,
            right: left + width,
            top: middle - height / 2.0,
            bottom: middle + height / 2.0,
        });
    }
}

/// Labels of the curves where they end, and of the ceilings along their lines.
fn write_inside(
    sheet: &mut Sheet,
    plot: &AmountPlot,
    input: &SCurveInput,
    layout: &Layout,
    notes: &mut Notes,
) {
    let mut labels: Vec<Note> = Vec::new();
    let series = [
        ("Earned value", Ink::Earned, &input.earned, input.status_date, Side::Right),
        ("Actual cost", Ink::Actual, &input.actual, input.status_date, Side::Left),
        ("Planned value", Ink::Planned, &input.planned, input.status_date, Side::Left),
    ];
    for (name, ink, readings, last, side) in series {
        let Some(reading) = reported_until(readings, last).pop() else { continue };
        labels.push(Note {
            at: plot.spot(end_of(reading.date), reading.height),
            name: name.to_owned(),
            value: reading.label.clone(),
            ink,
            side,
        });
    }
    let mut ceilings: Vec<&Figure> =
        input.ceilings.iter().filter(|ceiling| ceiling.height.is_finite()).collect();
    ceilings.sort_by(|first, second| second.height.total_cmp(&first.height));
    let mut level_above = f64::NEG_INFINITY;
    for ceiling in ceilings {
        let (x, text) = ceiling_words(plot, ceiling, input.status_date, layout.type_size);
        let label = Note {
            at: (plot.frame().left, plot.y(ceiling.height)),
            name: String::new(),
            value: text,
            ink: Ink::Ceiling,
            side: Side::Right,
        };
        let (width, height) = label.size(layout.type_size);
        // Above its line, or below it where the next line above is too near.
        let level = plot.y(ceiling.height);
        let off = height / 2.0 + 2.0;
        let at = (x, if level - level_above < height + 4.0 { level + off } else { level - off });
        level_above = level;
        label.write(sheet, at, Anchor::Start, layout.type_size);
        notes.keep_free(Frame {
            left: at.0,
            right: at.0 + width,
            top: at.1 - height / 2.0,
            bottom: at.1 + height / 2.0,
        });
    }
    for label in &labels {
        notes.write(sheet, label, layout.type_size);
    }
}

/// Where the label of a ceiling begins and what it says: on one side of the status line, or where its words are wider than either
/// side the name alone; a name too long for both takes two lines on the side with more room.
fn ceiling_words(plot: &AmountPlot, ceiling: &Figure, status: Date, size: f64) -> (f64, String) {
    let frame = plot.frame();
    let line = plot.x(end_of(status)).clamp(frame.left, frame.right);
    let sides = [(frame.left + 6.0, line - 4.0), (line + 6.0, frame.right - 2.0)];
    let both = format!("{} {}", ceiling.name, ceiling.label);
    for text in [&both, &ceiling.name] {
        let width = text_width(text, size, Weight::Regular);
        if let Some((from, _)) = sides.iter().find(|(from, to)| to - from >= width) {
            return (*from, text.clone());
        }
    }
    let [before, behind] = sides;
    let (from, to) = if before.1 - before.0 >= behind.1 - behind.0 { before } else { behind };
    (from, wrapped(&ceiling.name, size, Weight::Regular, (to - from, 2)))
}

fn sentence(input: &SCurveInput) -> String {
    let last =
        |readings| reported_until(readings, input.status_date).pop().map(|reading| reading.label.clone());
    let status = format::date(input.status_date);
    let so_far = match (last(&input.earned), last(&input.planned), last(&input.actual)) {
        (Some(earned), Some(planned), Some(actual)) => {
            format!(
                "By {status}, work worth {earned} was done against {planned} planned, at a cost of {actual}"
            )
        }
        (_, Some(planned), _) => {
            format!("By {status}, work worth {planned} was planned; nothing has been reported yet")
        }
        _ => format!("Nothing has been planned or reported by {status}"),
    };
    let outlook = input.fan.as_ref().map_or_else(String::new, |fan| {
        let (finish, figures) = (format::date(fan.finish), fan.figures());
        match (figures.last(), figures.first()) {
            (Some(low), Some(high)) if low.label != high.label => {
                format!("; the work is forecast to end on {finish} at {} to {}", low.label, high.label)
            }
            _ => format!("; the work is forecast to end on {finish} at {}", fan.likely.label),
        }
    });
    let not_drawn = input.fan.iter().flat_map(|fan| &fan.not_drawn);
    let not_drawn: Vec<String> =
        not_drawn.map(|figure| format!("{} ({})", figure.label, figure.name)).collect();
    let told = if not_drawn.is_empty() {
        String::new()
    } else {
        format!(" Not drawn: {}.", format::listed(&not_drawn))
    };
    format!("{so_far}{outlook}.{told}")
}

fn table(input: &SCurveInput) -> DataTable {
    use crate::chart::Column::{Number, Word};
    let mut table = DataTable::with_columns(
        format!("{}: cumulative values ({})", input.title, input.unit),
        &[("Date", Word), ("Planned value", Number), ("Earned value", Number), ("Actual cost", Number)],
    );
    let reports = input.earned.iter().chain(&input.actual).map(|reading| reading.date).collect();
    for date in months_and(reports, &input.planned) {
        let reported = [&input.earned, &input.actual].map(|readings| {
            readings.iter().find(|reading| reading.date == date && reading.height.is_finite())
        });
        let cells = [reading_on(&input.planned, date), reported[0], reported[1]].map(|reading| {
            reading.map_or_else(|| format::NOTHING.to_owned(), |reading| reading.label.clone())
        });
        table.rows.push(std::iter::once(format::date(date)).chain(cells).collect());
    }
    table
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chart::tests::samples::sample_s_curve;

    /// An estimate of twelve times the budget pressed all lines to the floor.
    #[test]
    fn a_forecast_far_above_everything_is_told_and_not_drawn() {
        let mut input = sample_s_curve();
        let before = draw(&input);
        assert!(!before.sentence.contains("Not drawn"), "{}", before.sentence);
        let far = Figure {
            height: 1_200_000.0,
            label: "1 200 000 EUR".to_owned(),
            name: "Cost and time pressure".to_owned(),
        };
        if let Some(fan) = &mut input.fan {
            fan.others[1] = far;
        }
        let names: Vec<String> =
            margin_notes(&within_reach(&input), Column::Wide).into_iter().map(|note| note.name).collect();
        assert_eq!(names, ["Cost trend continues", "Rest as budgeted"]);
        let drawn = draw(&input);
        let told = " Not drawn: 1 200 000 EUR (cost and time pressure, beyond the scale).";
        assert!(drawn.sentence.ends_with(told), "{}", drawn.sentence);
        assert!(drawn.sentence.contains("at 103"), "the range is that of what is drawn: {}", drawn.sentence);
    }

    #[test]
    fn the_narrow_drawing_names_the_likely_forecast_and_the_one_farthest_above_it() {
        let input = sample_s_curve();
        let all = margin_notes(&input, Column::Wide);
        let two = margin_notes(&input, Column::Narrow);
        let likely = input.fan.as_ref().map(|fan| fan.likely.label.clone());
        assert!(all.len() > 2, "{all:?}");
        assert_eq!(two.len(), 2);
        assert_eq!(two[0].value, all[0].value, "the highest");
        assert_eq!(Some(&two[1].value), likely.as_ref());
        assert!(two.iter().all(|note| !note.name.is_empty()));
    }
}
