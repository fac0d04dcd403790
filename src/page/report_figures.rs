//! The figures of a report, each beside that of the report before and the line of the last reports.

use jiff::civil::Date;

use crate::chart::sparkline::{SparklineInput, draw};
use crate::control::Said;
use crate::format;
use crate::model::Snapshot;
use crate::page::by_report::unresolved_reports;
use crate::page::desk::Desk;
use crate::page::report::moved_cell;
use crate::page::view::{Cell, Row};
use crate::quantity::{Amount, Ratio};

/// A figure that reports freeze.
#[derive(Debug)]
pub struct ReportFigure {
    /// What it is called; money gets its currency behind it.
    name: &'static str,
    /// Where it stands in the frozen record.
    field: &'static str,
    /// How it is explained where it is not frozen yet.
    key: &'static str,
    /// Takes it from what was said.
    value: fn(&Said) -> Option<Value>,
}

/// A value of any kind that figures have.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Value {
    Day(Date),
    Money(Amount),
    Index(Ratio),
    Count(i64),
    /// So many of so many.
    Part(i64, i64),
}

/// The figures, in the order in which they are shown.
pub static FIGURES: &[ReportFigure] = &[
    ReportFigure {
        name: "Forecast finish",
        field: "finish.forecast",
        key: "finish",
        value: |said| said.figures.forecast_finish.map(Value::Day),
    },
    ReportFigure {
        name: "Finish in four of five runs (P80)",
        field: "finish.p80",
        key: "p80-finish",
        value: |said| said.figures.finish_p80.map(Value::Day),
    },
    ReportFigure {
        name: "Budget at completion",
        field: "evm.bac",
        key: "bac",
        value: |said| said.figures.total.budget.map(Value::Money),
    },
    ReportFigure {
        name: "Estimate at completion",
        field: "evm.eac",
        key: "eac",
        value: |said| said.figures.estimate.map(Value::Money),
    },
    ReportFigure {
        name: "Earned value",
        field: "evm.ev",
        key: "ev",
        value: |said| said.figures.total.earned.map(Value::Money),
    },
    ReportFigure {
        name: "Actual cost",
        field: "evm.ac",
        key: "ac",
        value: |said| said.figures.total.actual.map(Value::Money),
    },
    ReportFigure {
        name: "Pace, SPI(t)",
        field: "discrete.es",
        key: "discrete-spi-t",
        value: |said| said.figures.headline().time_index().map(Value::Index),
    },
    ReportFigure {
        name: "Cost, CPI",
        field: "discrete.ev",
        key: "discrete-cpi",
        value: |said| said.figures.headline().cost_index().map(Value::Index),
    },
    ReportFigure {
        name: "Contingency left",
        field: "contingency",
        key: "contingency-left",
        value: |said| said.figures.contingency.map(Value::Money),
    },
    ReportFigure {
        name: "Expected cost of open threats",
        field: "threats",
        key: "threats",
        value: |said| said.figures.threats.map(Value::Money),
    },
    ReportFigure {
        name: "Net present value",
        field: "npv",
        key: "npv",
        value: |said| said.figures.net_present_value.map(Value::Money),
    },
    ReportFigure {
        name: "Work packages finished",
        field: "counts.finished",
        key: "tasks-finished",
        value: |said| {
            let counts = said.figures.counts;
            counts.finished.zip(counts.tasks).map(|(part, all)| Value::Part(part, all))
        },
    },
    ReportFigure {
        name: "Deliverables accepted",
        field: "counts.accepted",
        key: "accepted",
        value: |said| said.figures.counts.accepted.map(Value::Count),
    },
    ReportFigure {
        name: "Open risks",
        field: "counts.risks",
        key: "open-risks",
        value: |said| said.figures.counts.risks.map(Value::Count),
    },
    ReportFigure {
        name: "Open issues",
        field: "counts.issues",
        key: "open-issues",
        value: |said| said.figures.counts.issues.map(Value::Count),
    },
    ReportFigure {
        name: "Decisions outstanding",
        field: "counts.decisions",
        key: "open-decisions",
        value: |said| said.figures.counts.decisions.map(Value::Count),
    },
];

/// A report with its frozen record; none for one that is computed now.
type Frozen<'a> = (Said, Option<&'a Snapshot>);

/// The row of a figure: its name, then, before, change, and the last reports as a line; none where the report does not say it.
pub(super) fn figure_line(
    desk: &Desk<'_>,
    figure: &ReportFigure,
    (then, before): (&Frozen<'_>, Option<&Frozen<'_>>),
    said: &[Frozen<'_>],
) -> Option<Row> {
    let unresolved = if figure.key.ends_with("spi-t") { unresolved_reports(desk) } else { Vec::new() };
    let is = (figure.value)(&then.0);
    // Where no pace can be told the row says so, in place of being left out.
    let is_kept = is.is_some() || unresolved.contains(&then.0.status_date);
    let is_index = matches!(is, Some(Value::Index(_)) | None);
    if !is_kept {
        return None;
    }
    let was = before.and_then(|before| (figure.value)(&before.0));
    let place = |of: &Frozen<'_>| match of.1 {
        Some(frozen) => desk.href_of_field(frozen.origin, figure.field),
        None => desk.explained(figure.key),
    };
    let earlier = before.and_then(place);
    let name = match is {
        Some(Value::Money(_)) => format!("{}, {}", figure.name, desk.project.project.currency),
        _ if is_index && then.0.figures.is_headline_discrete() && figure.key.starts_with("discrete") => {
            format!("{}, without level of effort", figure.name)
        }
        _ => figure.name.to_owned(),
    };
    let values: Vec<Option<Value>> = said.iter().map(|(said, _)| (figure.value)(said)).collect();
    let point = |((said, _), value): (&Frozen<'_>, &Option<Value>)| {
        let value = value.filter(|_| !unresolved.contains(&said.status_date));
        let words = value.map_or_else(String::new, |value| value.words(desk));
        (said.status_date, value.map(Value::height), words)
    };
    let points = said.iter().zip(&values).map(point).collect();
    let spark = draw(&SparklineInput { title: format!("{name} by report"), points, level: None });
    Some(Row::new(vec![
        Cell::text(name),
        Cell::maybe(is.map(|is| is.words(desk))).explained(place(then)).note_if(
            unresolved
                .contains(&then.0.status_date)
                .then(|| "cannot be told: planned value stands still there".to_owned()),
        ),
        Cell::maybe(was.map(|was| was.words(desk))).explained(earlier.clone()),
        was.zip(is).map_or_else(Cell::nothing, |(was, is)| change(desk, was, is)).explained(earlier),
        Cell::default().spark(spark),
    ]))
}

/// How a figure changed from one report to the next.
fn change(desk: &Desk<'_>, was: Value, is: Value) -> Cell {
    let count = |was: i64, is: i64| match is - was {
        0 => None,
        more => Some(format::signed(more, format::whole(more))),
    };
    let words = match (was, is) {
        (Value::Day(was), Value::Day(is)) => return moved_cell(Some(desk.slip_days(was, is))),
        (Value::Money(was), Value::Money(is)) => {
            let currency = desk.project.project.currency;
            let is_same = format::money_printed(was, currency) == format::money_printed(is, currency);
            (!is_same).then(|| desk.money_difference(was, is))
        }
        (Value::Index(was), Value::Index(is)) => {
            let more = hundredths(is) - hundredths(was);
            (more != 0).then(|| format::signed(more, format::number(more as f64 / 100.0, 2)))
        }
        (Value::Count(was), Value::Count(is)) | (Value::Part(was, _), Value::Part(is, _)) => count(was, is),
        _ => None,
    };
    words.map_or_else(|| Cell::text("as before").class("muted"), Cell::text)
}

/// An index as it is printed, in hundredths.
#[allow(clippy::cast_possible_truncation, reason = "an index has few digits")]
fn hundredths(index: Ratio) -> i64 {
    (index.get() * 100.0).round() as i64
}

impl Value {
    fn words(self, desk: &Desk<'_>) -> String {
        match self {
            Self::Day(day) => format::date(day),
            Self::Money(amount) => desk.money(amount),
            Self::Index(index) => format::index(Some(index)),
            Self::Count(count) => format::whole(count),
            Self::Part(part, all) => format!("{} of {}", format::whole(part), format::whole(all)),
        }
    }

    /// How high it lies in a line of values.
    fn height(self) -> f64 {
        match self {
            Self::Day(day) => f64::from((day - Date::constant(2000, 1, 1)).get_days()),
            Self::Money(amount) => amount.as_f64(),
            Self::Index(index) => index.get(),
            Self::Count(count) => count as f64,
            Self::Part(part, all) => part as f64 / all.max(1) as f64,
        }
    }
}
