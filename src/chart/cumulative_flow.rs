//! Cumulative flow: items of work by state, as bands over time.
//!
//! Answers: where does work pile up? A band that widens is a state that takes in more than it gives on. Upright through a
//! band one reads how many items are in the state, level through it about how long they stay. Nothing is projected.

use jiff::civil::Date;

use crate::chart::kit::days::{end_of, start_of};
use crate::chart::kit::frame::{AmountPlot, DateLine, Plot, stepped};
use crate::chart::kit::ink::Ink;
use crate::chart::kit::notes::{Frame, Note, Side, spread};
use crate::chart::kit::scale::{AmountAxis, DateAxis};
use crate::chart::kit::svg::{Anchor, Column, Sheet};
use crate::chart::{Chart, DataTable, Drawing, LinkTo};
use crate::control::FlowPoint;
use crate::format;
use crate::report::ProjectReport;

/// What cumulative flow is drawn from.
#[derive(Clone, Debug)]
pub struct FlowInput {
    /// Begins every id in the markup; unique on the page.
    pub id_prefix: String,
    /// Heading of the chart.
    pub title: String,
    /// Counts at the end of each day on which an item moved, the status date last, in order.
    pub points: Vec<FlowPoint>,
    /// Whether review is a state here.
    pub has_review: bool,
}

/// Cumulative flow of a project's items.
#[derive(Debug)]
pub struct CumulativeFlow;

impl Chart for CumulativeFlow {
    fn name(&self) -> &'static str {
        "cumulative-flow"
    }

    fn title(&self) -> &'static str {
        "Items by state"
    }

    fn question(&self) -> &'static str {
        "Where does work pile up?"
    }

    fn draw(&self, report: &ProjectReport, _link_to: LinkTo<'_>) -> Option<Drawing> {
        let flow = report.control.flow.as_ref()?;
        Some(draw(&FlowInput {
            id_prefix: self.name().to_owned(),
            title: self.title().to_owned(),
            points: flow.points.clone(),
            has_review: flow.has_review,
        }))
    }
}

/// Draws cumulative flow.
#[must_use]
pub fn draw(input: &FlowInput) -> Drawing {
    let sentence = sentence(input);
    let svg = [Column::Wide, Column::Narrow]
        .map(|column| paint(input, column).finish(&input.title, &sentence))
        .concat();
    Drawing { name: "cumulative-flow", svg, title: input.title.clone(), sentence, table: table(input) }
}

/// A state: its name, its ink, and how many items have reached it.
struct Band {
    name: &'static str,
    ink: Ink,
    reached: fn(&FlowPoint) -> i64,
}

/// The states from the first to the last.
fn bands(input: &FlowInput) -> Vec<Band> {
    let mut bands = vec![
        Band { name: "To do", ink: Ink::Waiting, reached: |point| point.arrived },
        Band { name: "Doing", ink: Ink::Doing, reached: |point| point.started },
    ];
    if input.has_review {
        bands.push(Band { name: "In review", ink: Ink::Review, reached: |point| point.review });
    }
    bands.push(Band { name: "Done", ink: Ink::Done, reached: |point| point.done });
    bands
}

/// How many items are in each state at a point: those that have reached it and not the next.
fn in_states(bands: &[Band], point: &FlowPoint) -> Vec<i64> {
    let reached: Vec<i64> = bands.iter().map(|band| (band.reached)(point)).collect();
    let next = reached.iter().skip(1).copied().chain([0]);
    reached.iter().zip(next).map(|(here, next)| here - next).collect()
}

fn sentence(input: &FlowInput) -> String {
    let Some(last) = input.points.last() else { return "No item has arrived yet.".to_owned() };
    let bands = bands(input);
    let counts: Vec<String> = bands
        .iter()
        .zip(in_states(&bands, last))
        .map(|(band, count)| format!("{} {}", format::whole(count), band.name.to_lowercase()))
        .collect();
    format!(
        "By {}, {} had arrived: {}.",
        format::date(last.date),
        format::count(usize::try_from(last.arrived).unwrap_or(0), "item"),
        format::listed(&counts)
    )
}

fn paint(input: &FlowInput, column: Column) -> Sheet {
    let ((width, height), type_size, margin) = match column {
        Column::Wide => ((800.0, 360.0), 12.0, 110.0),
        Column::Narrow => ((360.0, 320.0), 11.0, 76.0),
    };
    let mut sheet = Sheet::new("cumulative-flow", &input.id_prefix, column, (width, height));
    let most = input.points.last().map_or(0, |point| point.arrived);
    let amounts = AmountAxis::around([0.0, most as f64], if column == Column::Wide { 5 } else { 4 });
    let first = input.points.first().map_or(Date::ZERO, |point| point.date);
    let last = input.points.last().map_or(first, |point| point.date);
    let frame = Frame {
        left: AmountPlot::width_of_amounts(&amounts) + 10.0,
        top: 40.0,
        right: width - margin,
        bottom: height - 38.0,
    };
    let plot: AmountPlot = Plot::new(DateAxis::new(first, last), amounts, frame);
    plot.draw_amounts(&mut sheet, "items");
    let bands = bands(input);
    for band in &bands {
        // Each band is painted down to the ground; the next covers what lies below it.
        let line = line_of(input, band);
        let mut surface = vec![(start_of(first), 0.0)];
        surface.extend(line.iter().copied());
        surface.push((end_of(last), 0.0));
        plot.area(&mut sheet, band.ink, &surface);
        plot.line(&mut sheet, Ink::Axis, &line);
    }
    plot.draw_dates(&mut sheet);
    let status = DateLine {
        date: last,
        name: "Status",
        ink: Ink::Status,
        level: 10.0,
        right_edge: width,
        keeps_off: None,
    };
    plot.draw_date_line(&mut sheet, &status);
    write_margin(&mut sheet, &plot, (input, &bands), type_size);
    sheet
}

/// The staircase of a band: nothing before the first day, a step at the end of each day on which something moved.
fn line_of(input: &FlowInput, band: &Band) -> Vec<(f64, f64)> {
    let first = input.points.first().map(|point| (start_of(point.date), 0.0));
    let reached = input.points.iter().map(|point| (end_of(point.date), (band.reached)(point) as f64));
    stepped(&first.into_iter().chain(reached).collect::<Vec<_>>())
}

/// The states that hold items, named beside their bands.
fn write_margin(sheet: &mut Sheet, plot: &AmountPlot, (input, bands): (&FlowInput, &[Band]), type_size: f64) {
    let Some(last) = input.points.last() else { return };
    let counts = in_states(bands, last);
    let held = bands.iter().zip(counts).filter(|(_, count)| *count > 0);
    let (notes, wanted): (Vec<Note>, Vec<f64>) = held
        .map(|(band, count)| {
            let middle = (band.reached)(last) as f64 - count as f64 / 2.0;
            let note = Note {
                at: (0.0, 0.0),
                name: band.name.to_owned(),
                value: format::whole(count),
                ink: if band.ink == Ink::Done { Ink::Done } else { Ink::Text },
                side: Side::Right,
            };
            (note, plot.y(middle))
        })
        .unzip();
    let heights: Vec<f64> = notes.iter().map(|note| note.size(type_size).1 + 3.0).collect();
    let frame = plot.frame();
    let middles = spread(&wanted, &heights, 18.0, frame.bottom);
    for ((note, wanted), middle) in notes.iter().zip(wanted).zip(middles) {
        let left = frame.right + 12.0;
        sheet.line(Ink::Muted, &[(frame.right + 2.0, wanted), (left - 3.0, middle)]);
        note.write(sheet, (left, middle), Anchor::Start, type_size);
    }
}

fn table(input: &FlowInput) -> DataTable {
    use crate::chart::Column::{Number, Word};
    let bands = bands(input);
    let columns: Vec<(&str, crate::chart::Column)> = std::iter::once(("Date", Word))
        .chain(bands.iter().map(|band| (band.name, Number)))
        .chain([("Arrived", Number)])
        .collect();
    let mut table = DataTable::with_columns(format!("{}: in each state", input.title), &columns);
    // The end of each month and the newest day: enough to follow the bands.
    let is_last_of_month = |place: usize, point: &FlowPoint| {
        input.points.get(place + 1).is_none_or(|next| {
            (next.date.year(), next.date.month()) != (point.date.year(), point.date.month())
        })
    };
    for (_, point) in input.points.iter().enumerate().filter(|(place, point)| is_last_of_month(*place, point))
    {
        let counts = in_states(&bands, point).into_iter().chain([point.arrived]);
        table.rows.push(std::iter::once(format::date(point.date)).chain(counts.map(format::whole)).collect());
    }
    table
}
