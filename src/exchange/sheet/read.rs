//! From cells to typed values, with a finding for each cell that does not hold what its column means.

use jiff::civil::{DateTime, Time};

use super::column::{Column, Columns};
use crate::diagnostic::{Diagnostic, Diagnostics, Span};
use crate::exchange::Options;
use crate::exchange::cells::{Cell, Cells};
use crate::exchange::date::{self, DateOrder, Reading, evening, morning};
use crate::exchange::plan::Unit;
use crate::exchange::quantity::{Mark, Typed, length, number, priority_of};
use crate::exchange::rule::{AMBIGUOUS_DATE, BAD_FOREIGN_VALUE};
use crate::exchange::text::{lines, one_line};

/// Columns that hold dates, with the time of day that is meant where none is written.
const DATES: [Column; 5] =
    [Column::Start, Column::Finish, Column::Deadline, Column::ActualStart, Column::ActualFinish];

/// A row as typed values.
#[derive(Debug, Default)]
pub(super) struct Row {
    pub(super) key: String,
    pub(super) name: String,
    pub(super) start: Option<DateTime>,
    pub(super) finish: Option<DateTime>,
    pub(super) deadline: Option<DateTime>,
    pub(super) actual_start: Option<DateTime>,
    pub(super) actual_finish: Option<DateTime>,
    pub(super) duration: Option<Typed>,
    pub(super) effort: Option<Typed>,
    pub(super) predecessors: Option<Cell>,
    /// Names with the share of their day, in hundredths of a percent.
    pub(super) people: Vec<(String, i64)>,
    /// Whole percent.
    pub(super) complete: i64,
    pub(super) priority: Option<i64>,
    pub(super) wbs: String,
    pub(super) level: Option<usize>,
    pub(super) parent: Option<Cell>,
    pub(super) notes: String,
    /// Hundredths of the currency's unit.
    pub(super) cost: i64,
    pub(super) is_milestone: bool,
    /// Where its name stands.
    pub(super) span: Span,
}

/// All rows, and how the table was read.
pub(super) struct Table {
    pub(super) rows: Vec<Row>,
    pub(super) mark: Mark,
    pub(super) order: Option<DateOrder>,
    /// Codes or signs of currencies.
    pub(super) currency: Option<String>,
    /// The first cell of people with a comma; none where all are parted by other signs.
    pub(super) names_with_commas: Option<String>,
    /// Whether commas are a part of names.
    pub(super) family_first: bool,
    /// Columns in which a number without a unit stood, with the unit that was taken.
    pub(super) bare: Vec<(Column, Unit)>,
}

/// Reads all rows.
pub(super) fn table(cells: &Cells, columns: &Columns, options: &Options, found: &mut Diagnostics) -> Table {
    let texts = |wanted: &[Column]| {
        let places: Vec<usize> = wanted.iter().filter_map(|column| columns.place(*column)).collect();
        cells.rows.iter().flat_map(move |row| {
            let places = places.clone();
            places.into_iter().filter_map(move |place| Cells::cell(row, place)).map(|cell| cell.text.as_str())
        })
    };
    let mark =
        Mark::of(cells.separator, texts(&[Column::Duration, Column::Effort, Column::Cost, Column::Complete]));
    let mut shown: Vec<DateOrder> = texts(&DATES).filter_map(Reading::order_of).collect();
    shown.sort_by_key(|order| *order == DateOrder::MonthFirst);
    shown.dedup();
    let of_file = if let [only] = shown.as_slice() { Some(*only) } else { None };
    let order = options.dates.or(of_file);
    // Who writes "Weiss, Anna; Okafor, Tom" parts people by semicolons alone, on every row.
    let is_parted =
        texts(&[Column::Assignee]).any(|cell| cell.contains(',') && cell.contains(BETWEEN_PEOPLE));
    // A column that holds 0.5 and nothing above 1 holds shares of one; 1 in it is the whole.
    let plain: Vec<i64> = texts(&[Column::Complete])
        .filter(|text| !text.contains('%'))
        .filter_map(|text| number(text, mark))
        .collect();
    let is_part = |of: &i64| (1..10_000).contains(of);
    let shares_of_one = plain.iter().any(is_part) && plain.iter().all(|of| *of <= 10_000);
    let people: Vec<&str> = texts(&[Column::Assignee]).collect();
    let commas_in_names = is_parted || are_family_first(&people);
    let names_with_commas = people.iter().find(|cell| cell.contains(',')).filter(|_| !is_parted);
    let names_with_commas = names_with_commas.map(|cell| one_line(cell));
    let mut reader =
        Reader { columns, mark, order, commas_in_names, shares_of_one, currency: None, bare: Vec::new() };
    let rows = cells.rows.iter().filter_map(|row| reader.row(row, found)).collect();
    Table {
        rows,
        mark,
        order,
        currency: reader.currency,
        names_with_commas,
        family_first: commas_in_names,
        bare: reader.bare,
    }
}

/// Whether all cells of people, two at least, are one name each with that of the family first: `Müller, Jörg`. A full name before or
/// behind the comma, and one that stands on both sides of it, are those of several people.
fn are_family_first(cells: &[&str]) -> bool {
    let pairs: Vec<(&str, &str)> = cells
        .iter()
        .filter(|cell| {
            cell.matches(',').count() == 1 && !cell.contains(BETWEEN_PEOPLE) && !cell.contains('[')
        })
        .filter_map(|cell| cell.split_once(','))
        .map(|(family, given)| (family.trim(), given.trim()))
        .filter(|(family, given)| {
            let are_whole_names = family.contains(' ') && given.contains(' ');
            !family.is_empty() && !given.is_empty() && !are_whole_names
        })
        .collect();
    let is_both = |name: &str| {
        pairs.iter().any(|(family, _)| *family == name) && pairs.iter().any(|(_, given)| *given == name)
    };
    pairs.len() > 1 && pairs.len() == cells.len() && !pairs.iter().any(|(family, _)| is_both(family))
}

struct Reader<'a> {
    columns: &'a Columns,
    mark: Mark,
    order: Option<DateOrder>,
    /// Whether a comma is part of a name: `Weiss, Anna`.
    commas_in_names: bool,
    /// Whether how far a task is stands as a share of one: `0.5` is half, `1` the whole.
    shares_of_one: bool,
    currency: Option<String>,
    bare: Vec<(Column, Unit)>,
}

impl Reader<'_> {
    fn row(&mut self, row: &[Cell], found: &mut Diagnostics) -> Option<Row> {
        let cell = |column| self.columns.place(column).and_then(|place| Cells::cell(row, place));
        let text = |column| cell(column).map(|cell| one_line(&cell.text)).unwrap_or_default();
        let first = row.iter().find(|cell| !cell.text.is_empty())?;
        let Some(name) = cell(Column::Name) else {
            if self.columns.place(Column::Name).is_some() {
                bad(first, "a row without a name; it was left out", "write what the task is called", found);
            }
            return None;
        };
        let (wbs, key, notes) = (text(Column::Wbs), text(Column::Id), cell(Column::Notes));
        let mut read = Row {
            key,
            name: one_line(&name.text),
            wbs: wbs.trim_end_matches('.').to_owned(),
            notes: notes.map(|cell| lines(&cell.text)).unwrap_or_default(),
            predecessors: cell(Column::Predecessors).cloned(),
            parent: cell(Column::Parent).cloned(),
            people: self.people(cell(Column::Assignee), found),
            priority: cell(Column::Priority).and_then(|cell| priority(cell, found)),
            level: cell(Column::Level).and_then(|cell| level(cell, found)),
            is_milestone: is_yes(&text(Column::Milestone)),
            span: name.span,
            ..Row::default()
        };
        let (morning, evening) = (morning(), evening());
        read.start = self.date(cell(Column::Start), morning, found);
        read.finish = self.date(cell(Column::Finish), evening, found);
        read.deadline = self.date(cell(Column::Deadline), evening, found);
        read.actual_start = self.date(cell(Column::ActualStart), morning, found);
        read.actual_finish = self.date(cell(Column::ActualFinish), evening, found);
        let (duration, effort) = (cell(Column::Duration), cell(Column::Effort));
        let (complete, cost) = (cell(Column::Complete), cell(Column::Cost));
        read.duration = self.length(duration, (Column::Duration, Unit::Day), found);
        read.effort = self.length(effort, (Column::Effort, Unit::Hour), found);
        read.complete = complete.and_then(|cell| self.percent(cell, found)).unwrap_or(0);
        read.cost = cost.and_then(|cell| self.money(cell, found)).unwrap_or(0);
        backwards(&mut read, cell(Column::Start).zip(cell(Column::Finish)), found);
        Some(read)
    }

    fn people(&self, cell: Option<&Cell>, found: &mut Diagnostics) -> Vec<(String, i64)> {
        cell.map(|cell| people(cell, self.commas_in_names, found)).unwrap_or_default()
    }

    fn date(&self, cell: Option<&Cell>, usual: Time, found: &mut Diagnostics) -> Option<DateTime> {
        let cell =
            cell.filter(|cell| !matches!(cell.text.to_lowercase().as_str(), "na" | "nv" | "-" | "n/a"))?;
        let reading = date::read(&cell.text);
        if matches!(reading, Reading::Strokes(..)) && self.order.is_none() {
            let both = [DateOrder::DayFirst, DateOrder::MonthFirst].map(|order| reading.in_order(order));
            let [Some((day, _)), Some((month, _))] = both else { return None };
            found.push(
                Diagnostic::new(
                    &AMBIGUOUS_DATE,
                    cell.span,
                    format!("`{}` may be {day} or {month}", cell.text),
                )
                .hint("say which comes first: `--dates dmy` or `--dates mdy`"),
            );
            return None;
        }
        let day = reading.in_order(self.order.unwrap_or(DateOrder::DayFirst));
        if day.is_none() {
            let text: String = cell.text.chars().take(60).collect();
            bad(cell, &format!("`{text}` is no date"), "write the date as 2026-08-03", found);
        }
        day.map(|day| date::moment(day, usual))
    }

    fn length(
        &mut self,
        cell: Option<&Cell>,
        (column, usual): (Column, Unit),
        found: &mut Diagnostics,
    ) -> Option<Typed> {
        let cell = cell?;
        let unit = self.columns.unit(column);
        let typed = length(&cell.text, self.mark, unit.unwrap_or(usual));
        if let Some(typed) = typed.filter(|typed| typed.minutes >= 0) {
            if typed.is_bare && unit.is_none() && !self.bare.iter().any(|(own, _)| *own == column) {
                self.bare.push((column, usual));
            }
            return Some(typed);
        }
        let text: String = cell.text.chars().take(60).collect();
        let what = if typed.is_some() { "is below zero" } else { "is no length of time" };
        bad(cell, &format!("`{text}` {what}"), "write it as 5d or 12h", found);
        None
    }

    fn percent(&self, cell: &Cell, found: &mut Diagnostics) -> Option<i64> {
        let text = cell.text.trim_end_matches('%').trim();
        let has_sign = cell.text.contains('%');
        let value = match text.to_lowercase().as_str() {
            "yes" | "done" | "ja" | "x" | "true" | "wahr" => Some(1_000_000),
            "no" | "nein" | "false" | "falsch" => Some(0),
            // Among shares of one, 1 is the whole; elsewhere it is one percent.
            _ => number(text, self.mark).map(|value| match value {
                ..=10_000 if !has_sign && self.shares_of_one => value * 100,
                ..10_000 if !has_sign => value * 100,
                _ => value,
            }),
        };
        let percent = value.filter(|value| (0..=1_000_000).contains(value)).map(|value| value / 10_000);
        if percent.is_none() {
            let text: String = cell.text.chars().take(60).collect();
            bad(cell, &format!("`{text}` is no percentage from 0 to 100"), "write it as 40%", found);
        }
        percent
    }

    /// Hundredths of the currency's unit; remembers the currency.
    fn money(&mut self, cell: &Cell, found: &mut Diagnostics) -> Option<i64> {
        let is_sign = |c: char| c.is_alphabetic() || matches!(c, '€' | '$' | '£' | '¥' | '₽' | '₹');
        let sign: String = cell.text.chars().filter(|c| is_sign(*c)).collect();
        let plain: String = cell.text.chars().filter(|c| !is_sign(*c)).collect();
        let value = number(plain.trim(), self.mark);
        let Some(value) = value.filter(|value| value.abs() < 10_000_000_000_000_000) else {
            let text: String = cell.text.chars().take(60).collect();
            bad(
                cell,
                &format!("`{text}` is no sum"),
                "write it as 1200.50 or 1.200,50, as the rest of the table does",
                found,
            );
            return None;
        };
        if !sign.is_empty() {
            match &self.currency {
                Some(known) if *known != sign => {
                    let message =
                        format!("`{}` is in another currency than the sums before it ({known})", cell.text);
                    bad(
                        cell,
                        &message,
                        "convert it, or write its rate under `rates:` in `project.yaml`",
                        found,
                    );
                    return None;
                }
                Some(_) => {}
                None => self.currency = Some(sign),
            }
        }
        Some(value / 100)
    }
}

/// A cell that does not hold what its column means.
fn bad(cell: &Cell, message: &str, hint: &str, found: &mut Diagnostics) {
    found.push(Diagnostic::new(&BAD_FOREIGN_VALUE, cell.span, message).hint(hint));
}

/// A row that ends before it starts loses its finish.
fn backwards(row: &mut Row, cells: Option<(&Cell, &Cell)>, found: &mut Diagnostics) {
    if let (Some((start, finish)), Some(from), Some(to)) = (cells, row.start, row.finish)
        && to < from
    {
        let message = format!("`{}` ends on {}, before it starts on {}", row.name, to.date(), from.date());
        found.push(
            Diagnostic::new(&BAD_FOREIGN_VALUE, finish.span, message)
                .also(start.span, "the start")
                .hint("correct one of the two dates"),
        );
        row.finish = None;
    }
    if let (Some(from), Some(to)) = (row.actual_start, row.actual_finish)
        && to < from
    {
        row.actual_start = Some(to.date().to_datetime(morning()));
    }
}

/// Signs that part people, whatever their names are like.
const BETWEEN_PEOPLE: [char; 3] = [';', '\n', '|'];

/// `Anna Weiss;Tom Okafor[50%]`: names and shares; a comma parts people, too, where it is no part of names.
fn people(cell: &Cell, commas_in_names: bool, found: &mut Diagnostics) -> Vec<(String, i64)> {
    let mut people: Vec<(String, i64)> = Vec::new();
    let parts = |sign: char| BETWEEN_PEOPLE.contains(&sign) || (sign == ',' && !commas_in_names);
    for part in cell.text.split(parts).map(str::trim).filter(|part| !part.is_empty()) {
        let (name, share) = match part.split_once('[') {
            Some((name, share)) => (name.trim(), share.trim_end_matches(']').trim()),
            None => (part, "100%"),
        };
        let units = share
            .strip_suffix('%')
            .and_then(|share| number(share.trim(), Mark::Point).or(number(share.trim(), Mark::Comma)));
        let Some(units) = units.map(|units| units / 100).filter(|units| (1..=1_000_000).contains(units))
        else {
            bad(cell, &format!("`{share}` of `{name}` is no share of a day"), "write it as [50%]", found);
            continue;
        };
        let name = one_line(name);
        if !name.is_empty() && !people.iter().any(|(own, _)| *own == name) {
            people.push((name, units));
        }
    }
    people
}

fn level(cell: &Cell, found: &mut Diagnostics) -> Option<usize> {
    let level = cell.text.parse::<usize>().ok().filter(|level| *level < 1_000);
    if level.is_none() {
        bad(
            cell,
            &format!("`{}` is no level of an outline", cell.text),
            "write 1 for the outermost rows",
            found,
        );
    }
    level
}

/// 0 to 1 000, or a word.
fn priority(cell: &Cell, found: &mut Diagnostics) -> Option<i64> {
    let priority = priority_of(&cell.text);
    if priority.is_none() {
        let text: String = cell.text.chars().take(60).collect();
        bad(
            cell,
            &format!("`{text}` is no priority"),
            "write a number from 0 to 1000, or a word such as high",
            found,
        );
    }
    priority
}

fn is_yes(text: &str) -> bool {
    matches!(text.to_lowercase().as_str(), "yes" | "ja" | "true" | "wahr" | "1" | "x" | "y" | "j")
}
