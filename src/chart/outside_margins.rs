//! What outside teams owe: the margin of each open request, the one that comes too late by most on top.
//!
//! Answers: whom do we wait for, and who comes too late? Left of zero the plan waits for it.

use jiff::civil::Date;

use crate::chart::kit::ink::Ink;
use crate::chart::kit::svg::Column;
use crate::chart::row_bars::{RowBar, RowBars, paint};
use crate::chart::{Chart, DataTable, Drawing, LinkTo};
use crate::control::RequestPosition;
use crate::format;
use crate::model::OutsideRequest;
use crate::report::ProjectReport;

/// Margins of fewer working days than this are tight: one working week.
const TIGHT: i64 = 5;

/// What the bars are drawn from.
#[derive(Clone, Debug)]
pub struct OutsideMarginsInput {
    /// Begins every id in the markup; unique on the page.
    pub id_prefix: String,
    /// Heading of the chart.
    pub title: String,
    /// Open requests: those that come too late first, then those past their promise, then by margin.
    pub rows: Vec<MarginRow>,
}

/// One open request.
#[derive(Clone, Debug)]
pub struct MarginRow {
    /// Its id and what is asked: "X2 Firewall rules".
    pub name: String,
    /// Where it is told about; no link if `None`.
    pub href: Option<String>,
    /// Working days from the day it comes to the day it is needed; negative when too late.
    pub margin: i64,
    /// Whether the day for which it was promised has passed.
    pub is_overdue: bool,
    /// The day on which it is needed, in words.
    pub needed_by: String,
    /// What a week later would do, in words; empty where nothing is computed.
    pub week_later: String,
}

/// The open requests of a project.
#[derive(Debug)]
pub struct OutsideMargins;

impl Chart for OutsideMargins {
    fn name(&self) -> &'static str {
        "outside-margins"
    }

    fn title(&self) -> &'static str {
        "Margins of what outside teams owe"
    }

    fn question(&self) -> &'static str {
        "Who comes too late?"
    }

    /// `None` where no open request is needed by a task.
    fn draw(&self, report: &ProjectReport, link_to: LinkTo<'_>) -> Option<Drawing> {
        let all = report.project.registers.requests.iter().zip(&report.control.requests);
        let open = all.filter(|(_, position)| position.is_open);
        let (finish, time) = (report.forecast.finish_day(), report.project.working_time());
        let moved = |then| time.working_days_after(finish, then);
        let mut rows: Vec<MarginRow> =
            open.filter_map(|(request, position)| row(request, position, link_to, moved)).collect();
        rows.sort_by(|first, second| {
            let key = |row: &MarginRow| (row.margin >= 0, !row.is_overdue, row.margin);
            (key(first), &first.name).cmp(&(key(second), &second.name))
        });
        (!rows.is_empty()).then(|| {
            draw(&OutsideMarginsInput {
                id_prefix: self.name().to_owned(),
                title: self.title().to_owned(),
                rows,
            })
        })
    }
}

fn row(
    request: &OutsideRequest,
    position: &RequestPosition,
    link_to: LinkTo<'_>,
    moved: impl Fn(Date) -> i64,
) -> Option<MarginRow> {
    let what = crate::prose::plain_text(&request.request.markdown);
    Some(MarginRow {
        name: format!("{} {}", request.id, what.trim()),
        href: link_to(&request.id),
        margin: position.margin?,
        is_overdue: position.overdue.is_some(),
        needed_by: format::date(position.needed_by?),
        week_later: position.week_later.map(|later| finish_words(moved(later.finish))).unwrap_or_default(),
    })
}

/// By how much the finish moves, in words: `19 working days later`, `no later`.
fn finish_words(days: i64) -> String {
    match days {
        0 => "no later".to_owned(),
        1 => "1\u{a0}working day later".to_owned(),
        days if days < 0 => format!("{}\u{a0}working days sooner", format::whole(-days)),
        days => format!("{}\u{a0}working days later", format::whole(days)),
    }
}

/// Draws the margins.
#[must_use]
pub fn draw(input: &OutsideMarginsInput) -> Drawing {
    let rows: Vec<RowBar> = input
        .rows
        .iter()
        .map(|row| RowBar {
            name: row.name.clone(),
            href: row.href.clone(),
            length: row.margin as f64,
            label: margin_words(row.margin, row.is_overdue),
            title: title_of(row),
            ink: match row.margin {
                margin if margin < 0 => Ink::Worse,
                margin if margin < TIGHT || row.is_overdue => Ink::Forecast,
                _ => Ink::Done,
            },
        })
        .collect();
    let sentence = sentence(input);
    let bars = RowBars {
        name: "outside-margins",
        id_prefix: &input.id_prefix,
        unit: "working days from when it comes to when it is needed",
        zero: None,
        rows: &rows,
    };
    let svg = [Column::Wide, Column::Narrow]
        .map(|column| paint(&bars, column).finish(&input.title, &sentence))
        .concat();
    Drawing { name: "outside-margins", svg, title: input.title.clone(), sentence, table: table(input) }
}

/// A margin in words: `+15 d`; of what is overdue, and not promised anew, it is the most that can be left.
#[must_use]
pub fn margin_words(days: i64, is_overdue: bool) -> String {
    at_most(format::signed(days, format!("{}\u{a0}d", format::whole(days))), is_overdue)
}

fn at_most(days: String, is_overdue: bool) -> String {
    if is_overdue { format!("at most {days}") } else { days }
}

fn title_of(row: &MarginRow) -> String {
    let days = format::count(usize::try_from(row.margin.abs()).unwrap_or(0), "working day");
    let side = match row.margin {
        margin if margin < 0 => "too late",
        _ if row.is_overdue => "to spare at most, past its promise",
        _ => "to spare",
    };
    let later = match row.week_later.as_str() {
        "" => String::new(),
        words => format!("; a week later the project finishes {words}"),
    };
    format!("{}: needed by {}, {days} {side}{later}", row.name, row.needed_by)
}

fn sentence(input: &OutsideMarginsInput) -> String {
    let n_late = input.rows.iter().filter(|row| row.margin < 0).count();
    let n_open = format::count(input.rows.len(), "open request");
    let broken = match input.rows.iter().filter(|row| row.is_overdue).count() {
        0 => String::new(),
        1 => "; 1 is past its promise".to_owned(),
        number => format!("; {number} are past their promise"),
    };
    let Some(tightest) = input.rows.iter().min_by_key(|row| row.margin) else {
        return "Nothing is open.".to_owned();
    };
    if n_late == 0 {
        return match broken.strip_prefix("; ") {
            None => format!("None of {n_open} comes too late yet; the tightest is {}.", tightest.name),
            Some(broken) => {
                format!("{broken}: of {n_open} none holds up work yet; the tightest is {}.", tightest.name)
            }
        };
    }
    let latest = input.rows.iter().filter(|row| row.margin == tightest.margin);
    let latest: Vec<String> = latest.map(|row| row.name.clone()).collect();
    let days = format::count(usize::try_from(tightest.margin.abs()).unwrap_or(0), "working day");
    format!(
        "{n_late} of {n_open} {} later than the plan needs, {}{broken}.",
        if n_late == 1 { "comes" } else { "come" },
        format::most_of_all(&latest, n_late, &format!("by {days}"))
    )
}

fn table(input: &OutsideMarginsInput) -> DataTable {
    use crate::chart::Column::{Number, Word};
    let columns = [
        ("Request", Word),
        ("Needed by", Word),
        ("Margin (working days)", Number),
        ("If a week later", Word),
    ];
    let mut table = DataTable::with_columns(input.title.clone(), &columns);
    for row in &input.rows {
        let later = match row.week_later.as_str() {
            "" => format::NOTHING.to_owned(),
            words => format!("finish {words}"),
        };
        let margin = at_most(format::signed(row.margin, format::whole(row.margin)), row.is_overdue);
        table.rows.push(vec![row.name.clone(), row.needed_by.clone(), margin, later]);
    }
    table
}
