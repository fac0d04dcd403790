//! From rows of a table to tasks.

use std::collections::BTreeMap;

use jiff::civil::{Date, DateTime};

use super::column::Columns;
use super::outline::{Keys, outline};
use super::predecessor::{Strange, parts, read};
use super::read::{Row, Table};
use crate::diagnostic::{Diagnostic, Diagnostics, Span};
use crate::exchange::Options;
use crate::exchange::cells::Cells;
use crate::exchange::date::{DateOrder, morning};
use crate::exchange::draft::{Draft, Share};
use crate::exchange::plan::{ConstraintKind, Length, Link, Plan, Program, Task, Uid, Unit};
use crate::exchange::quantity::{Mark, Typed};
use crate::exchange::rule::{BAD_FOREIGN_VALUE, DANGLING_FOREIGN_REFERENCE, DOUBLED_KEY};

/// Makes the plan.
pub(super) fn plan(
    table: &Table,
    (cells, columns): (&Cells, &Columns),
    (origin, options): (&str, &Options),
    found: &mut Diagnostics,
) -> Plan {
    let mut draft = Draft::new(Program::Table);
    let stem = origin.rsplit_once('.').map_or(origin, |(stem, _)| stem);
    draft.plan.title = stem.replace(['_', '-'], " ");
    tell_of_columns(&mut draft, cells, columns);
    tell_of_reading(&mut draft, table, cells);
    tell_of_doubles(&table.rows, found);
    if let Some(currency) = &table.currency {
        let is_code = currency.len() == 3 && currency.bytes().all(|byte| byte.is_ascii_uppercase());
        if is_code {
            draft.plan.currency_code.clone_from(currency);
        } else {
            draft.plan.currency_symbol.clone_from(currency);
        }
    }
    let keys = Keys::of(&table.rows);
    let order = outline(&table.rows, &keys, found);
    let start = start_of(&table.rows, options.as_of, &mut draft);
    let below = order.iter().skip(1).map(|(_, level)| *level).chain([0]);
    for ((place, level), next) in order.iter().zip(below) {
        let row = &table.rows[*place];
        let is_summary = next > *level;
        let mut task = Task::new(uid(*place), row.name.clone(), *level, row.span);
        task.row = task.uid.0;
        task.wanted_id = Some(row.key.clone()).filter(|key| !key.is_empty());
        task.links = links(row, &keys, table.mark, found);
        let maker = Maker { row, is_summary, start };
        maker.fill(&mut task, &mut draft);
        draft.plan.tasks.push(task);
    }
    draft.finished(start, options.as_of, found)
}

fn uid(place: usize) -> Uid {
    Uid(i64::try_from(place).unwrap_or(i64::MAX - 1) + 1)
}

/// The first day on which anything starts. Where no start stands in the table: the day asked for, else the first end counted back
/// by the length of its row, which is told.
fn start_of(rows: &[Row], as_of: Option<Date>, draft: &mut Draft) -> DateTime {
    let starts = rows.iter().flat_map(|row| [row.start, row.actual_start]).flatten().min();
    if let Some(start) = starts {
        return start.date().to_datetime(morning());
    }
    let ends = rows.iter().filter_map(|row| {
        let end = [row.finish, row.deadline, row.actual_finish].into_iter().flatten().min()?;
        let length = row.duration.or(row.effort).map_or(480, |length| length.minutes);
        Some(draft.began(end.date(), length, Date::constant(1901, 1, 1)))
    });
    let start = ends.min().map(DateTime::date).or(as_of).unwrap_or(Date::constant(2000, 1, 3));
    draft.note(
        "",
        format!("no start stands in the table; {start} was written as the start of the project"),
        "write the day on which work may begin as `start:` into `project.yaml`",
    );
    start.to_datetime(morning())
}

/// Makes a task of a row.
struct Maker<'a> {
    row: &'a Row,
    is_summary: bool,
    /// When the project starts.
    start: DateTime,
}

impl Maker<'_> {
    fn fill(&self, task: &mut Task, draft: &mut Draft) {
        let row = self.row;
        let about = if row.key.is_empty() { &row.name } else { &row.key };
        task.notes.clone_from(&row.notes);
        task.priority = row.priority.unwrap_or(task.priority);
        task.deadline = row.deadline;
        task.fixed_cost = row.cost;
        task.start = row.start;
        task.finish = row.finish;
        if self.is_summary {
            self.refuse(about, draft);
            return;
        }
        self.length(task, about, draft);
        self.constraint(task, about, draft);
        self.progress(task, about, draft);
        self.people(task, about, draft);
    }

    /// What a summary has of its own and cannot keep.
    fn refuse(&self, about: &str, draft: &mut Draft) {
        let row = self.row;
        if !row.people.is_empty() || row.effort.is_some() {
            draft.note(
                about,
                "holds other rows and has people or effort of its own, which were left out",
                "make what they do a task of its own below it in `plan.yaml`",
            );
        }
    }

    fn length(&self, task: &mut Task, about: &str, draft: &mut Draft) {
        let row = self.row;
        let typed =
            |typed: Typed| Length { minutes: typed.minutes, is_elapsed: typed.is_elapsed, unit: typed.unit };
        task.work = row.effort.map_or(0, |effort| effort.minutes);
        if row.is_milestone {
            task.is_milestone = true;
            task.length = Some(Length { minutes: 0, is_elapsed: false, unit: Unit::Day });
            return;
        }
        task.length = row.duration.map(typed);
        if let (None, Some(start), Some(finish)) = (task.length, row.start, row.finish) {
            let minutes = draft.between(start, finish);
            // A day or two off, as one row: it takes the time that lies between.
            let minutes = if minutes == 0 && start != finish { 480 } else { minutes };
            task.length = Some(Length { minutes, is_elapsed: false, unit: Unit::Day });
        }
        task.is_milestone = task.length.is_some_and(|length| length.minutes == 0);
        if task.length.is_none() && task.work == 0 {
            draft.guess(task);
        }
        if row.start.is_none() && row.deadline.is_none() && row.finish.is_some() {
            task.deadline = row.finish;
            draft.note(
                about,
                "has a finish, but no start; the finish became its deadline",
                "say what it waits for with `after:` in `plan.yaml`",
            );
        }
    }

    /// A start that no link explains binds.
    fn constraint(&self, task: &mut Task, about: &str, draft: &mut Draft) {
        let Some(start) = self.row.start.filter(|_| task.links.is_empty()) else { return };
        let has_begun =
            self.row.complete > 0 || self.row.actual_start.is_some() || self.row.actual_finish.is_some();
        if start <= self.start || has_begun {
            return;
        }
        let at = if task.is_point() { self.row.finish.unwrap_or(start) } else { start };
        task.constraint = ConstraintKind::StartsNotBefore;
        task.constraint_date = Some(at);
        draft.note(
            about,
            "starts on a date that no predecessor explains; it was written as `starts_not_before:`",
            "name what it waits for with `after:` in `plan.yaml` and remove the date",
        );
    }

    fn progress(&self, task: &mut Task, about: &str, draft: &mut Draft) {
        let row = self.row;
        task.percent_complete = row.complete;
        task.actual_finish = row.actual_finish.or(row.finish.filter(|_| row.complete == 100));
        task.actual_start = row.actual_start;
        let has_begun = row.complete > 0 || task.actual_start.is_some() || task.actual_finish.is_some();
        if has_begun && task.actual_start.is_none() {
            let counted = task.actual_finish.map(|finish| {
                let length = task.length.map_or(task.work, |length| length.minutes);
                draft.began(finish.date(), length, self.start.date())
            });
            task.actual_start = row.start.or(counted);
        }
        if task.actual_finish.is_some() {
            task.percent_complete = 100;
        }
        if has_begun && task.actual_start.is_none() {
            draft.note(
                about,
                "has begun, but no date of it stands in the table; its progress was left out",
                "write when it began into `progress.csv`",
            );
            task.percent_complete = 0;
        } else if task.percent_complete == 100 && task.actual_finish.is_none() {
            draft.note(
                about,
                "is done, but when does not stand in the table; it was left at 99%",
                "write `actual_finish` into `progress.csv`",
            );
            task.percent_complete = 99;
        }
    }

    fn people(&self, task: &mut Task, about: &str, draft: &mut Draft) {
        let row = self.row;
        let all: i64 = row.people.iter().map(|(_, units)| units).sum();
        if row.people.is_empty() && task.work > 0 && task.length.is_some() && !task.is_point() {
            draft.note(
                about,
                "has effort and a duration, but nobody is assigned; the effort was left out",
                "name who does it with `assign:` and write `effort:` in `plan.yaml`",
            );
        }
        for (name, units) in &row.people {
            let who = draft.person(name, row.span);
            let length = task.length.filter(|length| !length.is_elapsed).map_or(0, |length| length.minutes);
            let work = if task.work > 0 { task.work * units / all.max(1) } else { length * units / 10_000 };
            draft.assign(task, &Share { who, units: *units, work, done: 0 });
        }
    }
}

/// What a row waits for; parts that are not understood are told.
fn links(row: &Row, keys: &Keys, mark: Mark, found: &mut Diagnostics) -> Vec<Link> {
    let Some(cell) = &row.predecessors else { return Vec::new() };
    let mut links = Vec::new();
    for part in parts(&cell.text, mark) {
        let known = read(part, mark, |key| keys.find(key).is_some());
        let Some((waits, place)) = known.and_then(|waits| Some((waits, keys.find(waits.key)?))) else {
            let message =
                format!("`{}` waits for `{}`, which is no row of this table", row.name, short(part));
            found.push(
                Diagnostic::new(&DANGLING_FOREIGN_REFERENCE, part_span(cell.span, &cell.text, part), message)
                    .hint("write the key of a row, then a link and a lag, such as `3FS+2d`"),
            );
            continue;
        };
        keys.tell_shared(waits.key, part_span(cell.span, &cell.text, part), found);
        if let Some(strange) = waits.strange {
            let (what, taken) = match strange {
                Strange::Lag(lag) => (format!("lag `{}`", short(lag)), "left out"),
                Strange::Kind(kind) => (format!("link `{}`", short(kind)), "taken as finish to start"),
            };
            let message = format!(
                "`{}` waits for `{}`: row {} is there; the {what} is not understood and was {taken}",
                row.name,
                short(part),
                waits.key
            );
            found.push(
                Diagnostic::new(&BAD_FOREIGN_VALUE, part_span(cell.span, &cell.text, part), message)
                    .hint("write a link and a lag behind the key of the row, such as `3FS+2d`"),
            );
        }
        links.push(Link {
            predecessor: uid(place),
            kind: waits.kind,
            lag: waits.lag,
            elsewhere: None,
            span: cell.span,
        });
    }
    links
}

/// The first sixty letters.
fn short(text: &str) -> String {
    text.chars().take(60).collect()
}

/// Where a part of a cell stands; the whole cell where its quotes hide that.
fn part_span(span: Span, text: &str, part: &str) -> Span {
    let is_plain = (span.end - span.start) as usize == text.len();
    let at = text.find(part).unwrap_or(0) + span.start as usize;
    if is_plain { Span::new(span.file, at, at + part.len()) } else { span }
}

fn tell_of_doubles(rows: &[Row], found: &mut Diagnostics) {
    let mut seen: BTreeMap<String, Span> = BTreeMap::new();
    for row in rows.iter().filter(|row| !row.key.is_empty()) {
        match seen.get(&row.key.to_lowercase()) {
            Some(first) => found.push(
                Diagnostic::new(&DOUBLED_KEY, row.span, format!("a second row has the key `{}`", row.key))
                    .also(*first, "the first one, which links to it mean")
                    .hint("give each row a key of its own"),
            ),
            None => {
                seen.insert(row.key.to_lowercase(), row.span);
            }
        }
    }
}

fn tell_of_columns(draft: &mut Draft, cells: &Cells, columns: &Columns) {
    for place in &columns.unknown {
        let has_text = cells.rows.iter().any(|row| Cells::cell(row, *place).is_some());
        let name = &cells.header[*place].text;
        if has_text {
            draft.note(
                "",
                format!("the column `{name}` was left out"),
                "say what it means with `--column MEANING=NAME` and import again, or enter what matters by hand",
            );
        }
    }
}

/// How numbers and dates were understood.
fn tell_of_reading(draft: &mut Draft, table: &Table, cells: &Cells) {
    let separator = match cells.separator {
        ';' => "semicolons",
        '\t' => "tabs",
        ',' => "commas",
        _ => "another sign",
    };
    let mark = if table.mark == Mark::Comma { "a comma" } else { "a point" };
    draft.decide(format!("Cells are separated by {separator}, and {mark} parts the decimals of numbers."));
    if let Some(order) = table.order {
        let first = if order == DateOrder::DayFirst { "day" } else { "month" };
        draft.decide(format!("In dates with strokes the {first} comes first."));
    }
    for (column, unit) in &table.bare {
        let unit = if *unit == Unit::Hour { "hours" } else { "days" };
        draft.note(
            "",
            format!(
                "numbers without a unit in `{}` were taken as {unit}; a day has eight hours, a week five days",
                column.word()
            ),
            "name the unit in the head of the column, such as `(h)` or `(d)`, and import again where that is wrong",
        );
    }
    if let Some(cell) = &table.names_with_commas {
        draft.note(
            "",
            if table.family_first {
                format!("commas were taken as part of the names of people, as in `{cell}`")
            } else {
                format!("commas were taken to part people: `{cell}` are several")
            },
            "separate people by semicolons on one row at least, and import again where that is wrong",
        );
    }
    let has_key = table.rows.iter().any(|row| !row.key.is_empty());
    if !has_key && table.rows.iter().any(|row| row.predecessors.is_some()) {
        draft.decide("The table has no column of keys: numbers of predecessors were taken as numbers of rows, 1 for the first.");
    }
}
