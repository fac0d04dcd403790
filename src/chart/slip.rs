//! Dumb-bells: from the date promised to the date forecast, one row per project or milestone.
//!
//! Answers: how late, and how sure? The open ring is the baseline, the full dot the forecast; the whisker behind it
//! spans the dates that half and four fifths of the simulated futures keep.

use jiff::civil::Date;

use crate::chart::kit::days::{end_of, slip_text, slip_words};
use crate::chart::kit::frame::{DateLine, Plot, RowPlot};
use crate::chart::kit::ink::Ink;
use crate::chart::kit::notes::Frame;
use crate::chart::kit::path::PathData;
use crate::chart::kit::scale::{DateAxis, RowAxis};
use crate::chart::kit::svg::{Anchor, Column, Group, SMALL_SIZE, Sheet, TEXT_SIZE, Words};
use crate::chart::kit::text_width::{Weight, fitted, text_width};
use crate::chart::{Chart, DataTable, Drawing, LinkTo};
use crate::format;
use crate::model::{Ground, Task, TaskKind, TaskNo};
use crate::plan::State;
use crate::report::{ProjectReport, Report};

/// What the dumb-bells are drawn from.
#[derive(Clone, Debug)]
pub struct SlipInput {
    /// Begins every id in the markup; unique on the page.
    pub id_prefix: String,
    /// Heading of the chart.
    pub title: String,
    /// What the rows are, for the heading of the table's first column: "Project", "Milestone".
    pub row_name: String,
    /// What the dates are measured by, in a word: `baseline`, `plan`.
    pub reference: &'static str,
    /// The status line stands at the end of this date.
    pub status_date: Date,
    /// Rows from the top.
    pub rows: Vec<SlipRow>,
}

/// A date that was promised and what became of it.
#[derive(Clone, Debug)]
pub struct SlipRow {
    /// Name beside the row.
    pub name: String,
    /// Where the row leads; no link if `None`.
    pub href: Option<String>,
    /// The date promised, or planned where no baseline is approved; `None` for what neither has.
    pub baseline: Option<Date>,
    /// The date forecast, or the date on which it happened.
    pub forecast: Date,
    /// Working days that the forecast lies behind the baseline; negative if before it.
    pub slip: Option<i64>,
    /// Whether it has happened.
    pub is_reached: bool,
    /// Dates that 50 % and 80 % of the simulated futures keep (P50, P80).
    pub likely_range: Option<(Date, Date)>,
    /// Date by which it must happen.
    pub deadline: Option<Date>,
}

/// The milestones and gates of a project, promised and forecast.
#[derive(Debug)]
pub struct MilestoneSlip;

impl Chart for MilestoneSlip {
    fn name(&self) -> &'static str {
        "slip"
    }

    fn title(&self) -> &'static str {
        "Milestones and gates: promised and forecast"
    }

    fn question(&self) -> &'static str {
        "How late is what was promised?"
    }

    fn draw(&self, report: &ProjectReport, link_to: LinkTo<'_>) -> Option<Drawing> {
        let time = report.project.working_time();
        let reference = &report.control.reference;
        let mut points: Vec<_> = report.tasks().filter(|(_, task, _)| task.is_point()).collect();
        points.sort_by_key(|(_, _, slot)| slot.finish);
        let rows: Vec<SlipRow> = points
            .into_iter()
            .map(|(number, task, slot)| {
                let baseline = reference.dates_of(number).map(|(_, finish)| finish);
                SlipRow {
                    name: name_of(task),
                    href: link_to(&task.id),
                    baseline,
                    forecast: slot.last_day(),
                    slip: baseline
                        .filter(|_| !report.is_given_up(number))
                        .map(|promised| time.working_days_after(promised, slot.last_day())),
                    is_reached: slot.state == State::Finished,
                    likely_range: likely_range(report, number),
                    deadline: task.deadline.map(|(at, _)| at.day),
                }
            })
            .collect();
        (!rows.is_empty()).then(|| {
            draw(&SlipInput {
                id_prefix: self.name().to_owned(),
                title: self.title().to_owned(),
                row_name: "Milestone or gate".to_owned(),
                reference: if reference.is_baseline() { "baseline" } else { "plan" },
                status_date: report.status_date,
                rows,
            })
        })
    }
}

/// P50 and P80 of a point in the runs of the schedule; none where nothing varies, or where it is held against no date.
fn likely_range(report: &ProjectReport, point: TaskNo) -> Option<(Date, Date)> {
    let watched = report.risk.as_ref()?.watched.iter().find(|watched| watched.promise.task == point)?;
    Some((watched.finish.day(50)?, watched.finish.day(80)?))
}

/// P50 and P80 of the finish of a project; none where nothing varies, or where it is over.
fn finish_range(project: &ProjectReport) -> Option<(Date, Date)> {
    let risk = project.risk.as_ref().filter(|_| !project.control.is_finished)?;
    Some((risk.finish.day(50)?, risk.finish.day(80)?))
}

/// The deadline of what ends the project: of the points and tasks that finish last, the earliest; none where they have none.
fn deadline_of_finish(project: &ProjectReport) -> Option<Date> {
    let last = project.tasks().filter(|(_, _, slot)| slot.finish == project.forecast.finish);
    last.filter_map(|(_, task, _)| task.deadline).map(|(at, _)| at.day).min()
}

/// The finishes of all projects, promised and forecast; `None` without projects. `link_to` gives the link to a project.
#[must_use]
pub fn of_portfolio(report: &Report, link_to: &dyn Fn(&ProjectReport) -> Option<String>) -> Option<Drawing> {
    let n_with_baseline =
        report.projects.iter().filter(|project| project.control.reference.is_baseline()).count();
    let rows: Vec<SlipRow> = report
        .projects
        .iter()
        .filter(|project| !project.control.is_stopped && !project.project.is_unread(Ground::SLIP))
        .map(|project| {
            let reference = &project.control.reference;
            let baseline = Some(reference.finish);
            let forecast = project.forecast.finish_day();
            let time = project.project.working_time();
            SlipRow {
                name: project.project.name.clone(),
                href: link_to(project),
                baseline,
                forecast,
                slip: baseline.map(|promised| time.working_days_after(promised, forecast)),
                is_reached: project.control.is_finished,
                likely_range: finish_range(project),
                deadline: deadline_of_finish(project),
            }
        })
        .collect();
    (!rows.is_empty()).then(|| {
        draw(&SlipInput {
            id_prefix: "portfolio-slip".to_owned(),
            title: if n_with_baseline == 0 {
                "Finish dates: planned and forecast"
            } else {
                "Finish dates: promised and forecast"
            }
            .to_owned(),
            row_name: "Project".to_owned(),
            reference: match n_with_baseline {
                0 => "plan",
                all if all == report.projects.len() => "baseline",
                _ => "baseline or plan",
            },
            status_date: report.status_date,
            rows,
        })
    })
}

/// The name of a task as it stands beside its row; a gate with its id.
pub(crate) fn name_of(task: &Task) -> String {
    match task.kind {
        TaskKind::Gate(gate) => format!("{gate} {}", task.name),
        _ => task.name.clone(),
    }
}

/// Draws the dumb-bells.
#[must_use]
pub fn draw(input: &SlipInput) -> Drawing {
    let sentence = sentence(input);
    let svg = [Column::Wide, Column::Narrow]
        .map(|column| Canvas::paint(input, column).finish(&input.title, &sentence))
        .concat();
    Drawing { name: "slip", svg, title: input.title.clone(), sentence, table: table(input) }
}

/// The chart while it is being drawn.
struct Canvas {
    plot: RowPlot,
    row: f64,
    width: f64,
}

impl Canvas {
    fn paint(input: &SlipInput, column: Column) -> Sheet {
        let is_wide = column == Column::Wide;
        let width = if is_wide { 800.0 } else { 360.0 };
        let (left, row, right_room) = if is_wide {
            let widest = input.rows.iter().map(|row| text_width(&row.name, TEXT_SIZE, Weight::Regular));
            (widest.fold(40.0, f64::max).min(260.0) + 16.0, 28.0, 110.0)
        } else {
            // On a telephone the name stands above its row.
            (10.0, 44.0, 12.0)
        };
        let n_rows = input.rows.len();
        let frame =
            Frame { left, top: 24.0, right: width - right_room, bottom: 24.0 + row * n_rows.max(1) as f64 };
        let mut sheet = Sheet::new(
            "slip",
            &input.id_prefix,
            column,
            (width, frame.bottom + if is_wide { 60.0 } else { 78.0 }),
        );
        let plot = Plot::downwards(axis_of(input), RowAxis::new(n_rows), frame);
        let canvas = Self { plot, row, width };
        canvas.draw_grid(&mut sheet);
        canvas.plot.draw_dates(&mut sheet);
        let status = DateLine {
            date: input.status_date,
            name: "Status",
            ink: Ink::Status,
            level: 10.0,
            right_edge: width,
            keeps_off: None,
        };
        canvas.plot.draw_date_line(&mut sheet, &status);
        for (index, row) in input.rows.iter().enumerate() {
            canvas.draw_row(&mut sheet, index, (row, input.reference));
        }
        canvas.draw_key(&mut sheet, input);
        sheet
    }

    fn draw_grid(&self, sheet: &mut Sheet) {
        let frame = self.plot.frame();
        let days = self.plot.across();
        let grid = days
            .ticks(days.period(frame.right - frame.left))
            .into_iter()
            .filter(|tick| tick.start > days.days().start)
            .fold(PathData::default(), |path, tick| {
                let x = self.plot.x(tick.start);
                path.crisp((x, frame.top), (x, frame.bottom))
            });
        sheet.path("line", Ink::Grid, &grid);
    }

    fn draw_row(&self, sheet: &mut Sheet, index: usize, (row, reference): (&SlipRow, &str)) {
        let frame = self.plot.frame();
        let is_wide = sheet.column() == Column::Wide;
        let top = frame.top + self.row * index as f64;
        let middle = if is_wide { top + self.row / 2.0 } else { top + self.row - 12.0 };
        let title = words_of(row, reference);
        let group = Group { class: "d-row", id: None, href: row.href.as_deref(), title: &title };
        sheet.open(&group);
        let slip = row.slip.unwrap_or(0);
        let ink = match slip {
            late if late > 0 => Ink::Worse,
            early if early < 0 => Ink::Better,
            _ => Ink::Done,
        };
        let text = match row.baseline {
            Some(_) => {
                format!("{} {}", format::short_date(row.forecast), slip_of(slip, reference, slip_text))
            }
            None => format::short_date(row.forecast),
        };
        let text_room = text_width(&text, SMALL_SIZE, Weight::Strong);
        let room = if is_wide { frame.left - 14.0 } else { self.width - 26.0 - text_room };
        let name = fitted(&row.name, TEXT_SIZE, Weight::Regular, room);
        // The lines of months and of the status date end before the letters and go on behind them.
        if !is_wide {
            let ground = PathData::default().rect((0.0, top + 6.0), (self.width, 16.0));
            sheet.path("area", Ink::Paper, &ground);
        }
        if is_wide {
            sheet.words(&Words::new(&name, (frame.left - 12.0, middle), Ink::Text).anchored(Anchor::End));
        } else {
            sheet.words(&Words::new(&name, (frame.left, top + 14.0), Ink::Text));
        }
        let forecast = self.plot.x(end_of(row.forecast));
        let mut right = forecast;
        if let Some((half, most)) = row.likely_range {
            let (from, to) = (self.plot.x(end_of(half)), self.plot.x(end_of(most)));
            sheet.path(
                "area",
                Ink::Fan,
                &PathData::default().rect((from, middle - 5.0), ((to - from).max(1.0), 10.0)),
            );
            // The whisker reaches from the forecast, so that row and range are one, with a cap at either percentile.
            let reach = PathData::default()
                .crisp((forecast.min(from), middle), (to.max(forecast), middle))
                .crisp((from, middle - 5.0), (from, middle + 5.0))
                .crisp((to, middle - 5.0), (to, middle + 5.0));
            sheet.path("line", Ink::Whisker, &reach);
            right = right.max(to);
        }
        if let Some(baseline) = row.baseline {
            let x = self.plot.x(end_of(baseline));
            let bar = PathData::default().rect((x.min(forecast), middle - 1.5), ((x - forecast).abs(), 3.0));
            sheet.path("area", ink, &bar);
            sheet.path("ring", Ink::Planned, &circle(x, middle, 4.5));
            right = right.max(x);
        }
        if let Some(deadline) = row.deadline {
            let x = self.plot.x(end_of(deadline));
            sheet.path(
                "line",
                Ink::Deadline,
                &PathData::default().crisp((x, middle - 9.0), (x, middle + 9.0)),
            );
            right = right.max(x);
        }
        sheet.path("shape", ink, &circle(forecast, middle, 5.5));
        // Beside the row, or on a telephone at the end of the line of its name.
        let (at, anchor) = if is_wide {
            ((right + 12.0, middle), Anchor::Start)
        } else {
            ((self.width - 4.0, top + 14.0), Anchor::End)
        };
        if is_wide {
            let ground = PathData::default().rect((at.0 - 3.0, middle - 7.0), (text_room + 6.0, 14.0));
            sheet.path("area", Ink::Paper, &ground);
        }
        sheet.words(&Words::new(&text, at, ink).small().strong().anchored(anchor));
        sheet.close(&group);
    }

    /// The signs in words, beneath the axis.
    fn draw_key(&self, sheet: &mut Sheet, input: &SlipInput) {
        let left = self.plot.frame().left;
        let (mut x, mut level) = (left, self.plot.frame().bottom + 46.0);
        let entries = [
            (input.rows.iter().any(|row| row.baseline.is_some()), input.reference, Ink::Planned),
            (!input.rows.is_empty(), "forecast or actual", Ink::Done),
            (input.rows.iter().any(|row| row.likely_range.is_some()), "P50 to P80", Ink::Fan),
            (input.rows.iter().any(|row| row.deadline.is_some()), "deadline", Ink::Deadline),
        ];
        for (_, name, ink) in entries.into_iter().filter(|(is_used, _, _)| *is_used) {
            let width = 18.0 + text_width(name, SMALL_SIZE, Weight::Regular);
            if x + width > self.width && x > left {
                (x, level) = (left, level + 18.0);
            }
            match ink {
                Ink::Planned => sheet.path("ring", ink, &circle(x + 6.0, level, 4.5)),
                Ink::Fan => {
                    sheet.path("area", ink, &PathData::default().rect((x, level - 5.0), (14.0, 10.0)));
                    let whisker = PathData::default()
                        .crisp((x, level), (x + 13.0, level))
                        .crisp((x, level - 5.0), (x, level + 5.0))
                        .crisp((x + 13.0, level - 5.0), (x + 13.0, level + 5.0));
                    sheet.path("line", Ink::Whisker, &whisker);
                }
                Ink::Deadline => {
                    sheet.path(
                        "line",
                        ink,
                        &PathData::default().crisp((x + 6.0, level - 7.0), (x + 6.0, level + 7.0)),
                    );
                }
                _ => sheet.path("shape", ink, &circle(x + 6.0, level, 5.5)),
            }
            sheet.words(&Words::new(name, (x + 18.0, level), Ink::Muted).small());
            x += width + 14.0;
        }
    }
}

/// A circle as an outline.
fn circle(x: f64, y: f64, radius: f64) -> PathData {
    PathData::default().circle((x, y), radius)
}

/// The axis over all dates of the rows.
fn axis_of(input: &SlipInput) -> DateAxis {
    let dates = input.rows.iter().flat_map(|row| {
        let range = row.likely_range.into_iter().flat_map(|(half, most)| [half, most]);
        range.chain(row.baseline).chain([row.forecast]).chain(row.deadline)
    });
    let dates = dates.chain([input.status_date]);
    let first = dates.clone().min().unwrap_or(input.status_date);
    let last = dates.max().unwrap_or(input.status_date);
    // A little room keeps the outermost rings off the edge.
    let axis = DateAxis::new(first, last);
    #[allow(clippy::cast_possible_truncation)]
    let room = (axis.length() * 0.02).ceil() as i32;
    let number = crate::chart::kit::days::number_of;
    let date = crate::chart::kit::days::date_of;
    DateAxis::new(date(number(first).saturating_sub(room)), date(number(last).saturating_add(room)))
}

/// How far a date lies behind another; one that is where the plan has it is on time only where somebody has promised it.
fn slip_of(days: i64, reference: &str, words: fn(i64) -> String) -> String {
    if days == 0 && reference == "plan" { "as planned".to_owned() } else { words(days) }
}

/// "Go-live: baseline 2 Dec 2026, forecast 21 Jan 2027, 50 days later".
fn words_of(row: &SlipRow, reference: &str) -> String {
    let verb = if row.is_reached { "reached" } else { "forecast" };
    match row.baseline {
        Some(baseline) => format!(
            "{}: {reference} {}, {verb} {}, {}",
            row.name,
            format::date(baseline),
            format::date(row.forecast),
            slip_of(row.slip.unwrap_or(0), reference, slip_words)
        ),
        None => format!("{}: {verb} {}, not in the {reference}", row.name, format::date(row.forecast)),
    }
}

fn sentence(input: &SlipInput) -> String {
    let slips: Vec<(i64, &SlipRow)> =
        input.rows.iter().filter_map(|row| row.slip.map(|slip| (slip, row))).collect();
    if slips.is_empty() {
        return format!("There is no {} to compare with.", input.reference);
    }
    let n_late = slips.iter().filter(|(slip, _)| *slip > 0).count();
    let Some(worst) = slips.iter().map(|(slip, _)| *slip).max().filter(|slip| *slip > 0) else {
        return format!(
            "None of {} is later than in the {}.",
            format::count(slips.len(), "date"),
            input.reference
        );
    };
    let furthest = slips.iter().filter(|(slip, _)| *slip == worst);
    let furthest: Vec<String> = furthest.map(|(_, row)| row.name.clone()).collect();
    let how_far = format!("by {}", slip_words(worst).trim_end_matches(" later"));
    format!(
        "{n_late} of {} {} later than in the {}, {}.",
        format::count(slips.len(), "date"),
        if n_late == 1 { "is" } else { "are" },
        input.reference,
        format::most_of_all(&furthest, n_late, &how_far)
    )
}

fn table(input: &SlipInput) -> DataTable {
    use crate::chart::Column::{Number, Word};
    let measured_by = format::sentence_start(input.reference);
    let is_any_due = input.rows.iter().any(|row| row.deadline.is_some());
    let mut columns = vec![
        (input.row_name.as_str(), Word),
        (measured_by.as_str(), Word),
        ("Forecast or actual", Word),
        ("Slip", Number),
        ("P50", Word),
        ("P80", Word),
    ];
    columns.extend(is_any_due.then_some(("Deadline", Word)));
    let mut table = DataTable::with_columns(format!("{}: dates", input.title), &columns);
    let text = |date: Option<Date>| date.map_or_else(|| "—".to_owned(), format::date);
    for row in &input.rows {
        let mut cells = vec![
            row.name.clone(),
            text(row.baseline),
            text(Some(row.forecast)),
            row.slip.map_or_else(|| "—".to_owned(), |slip| slip_of(slip, input.reference, slip_text)),
            text(row.likely_range.map(|(half, _)| half)),
            text(row.likely_range.map(|(_, most)| most)),
        ];
        cells.extend(is_any_due.then(|| text(row.deadline)));
        table.rows.push(cells);
    }
    table
}
