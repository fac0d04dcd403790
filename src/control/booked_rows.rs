//! Rows of `costs.csv` and `timesheets.csv` that differ between two states.
//!
//! Comes in: a project as it was and as it is. Goes out: the rows that came, went or say something else. Rows have no id: those
//! that say the same in both states are the same, and of the others one that went and one that came are one row where a single
//! cell tells them apart. A row is named in the words that readers see,
//! put by `format`. Not here: who wrote them, sums.

use std::collections::{BTreeMap, VecDeque};

use super::entry::{EntryKind, Field, Value};
use super::renamed::Renamed;
use super::what_changed::{ChangedEntry, ChangedField, Fate};
use crate::diagnostic::Span;
use crate::model::{CostEntry, EntryType, Project, TaskNo, TimeEntry};
use crate::quantity::{Amount, Effort};

/// What a row adds to the sums of its file; below zero for what it takes away.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Booked {
    /// Money of a type.
    Money(EntryType, Amount),
    /// Hours.
    Work(Effort),
}

impl Booked {
    /// The same taken away.
    fn taken_away(self) -> Self {
        match self {
            Self::Money(of, amount) => Self::Money(of, -amount),
            Self::Work(effort) => Self::Work(Effort::from_minutes(-effort.minutes())),
        }
    }
}

/// A cell of a row: in letters by which cells are compared, and as readers see it; none where it is empty.
struct Cell {
    field: Field,
    written: String,
    value: Option<Value>,
}

/// A row of one of the files.
struct Row {
    kind: EntryKind,
    cells: Vec<Cell>,
    name: String,
    booked: Booked,
    origin: Span,
}

/// Cells that a row is not known by: a remark may be reworded beside any other cell.
const REMARK: Field = Field::Note;

/// Lists the rows that differ: those that came or say something else, in the order of the files, then those that went. What has
/// another id now is told in `renamed`. Where bookings are hidden in a state, what it keeps from readers is not compared.
pub(super) fn changed_rows(before: &Project, after: &Project, renamed: &Renamed) -> Vec<ChangedEntry> {
    let is_hidden = before.hides_bookings() || after.hides_bookings();
    let nothing_renamed = Renamed::new();
    let (then, now) =
        (Books::new(before, renamed, is_hidden), Books::new(after, &nothing_renamed, is_hidden));
    let mut changed = differing(then.costs(), now.costs());
    changed.extend(differing(then.hours(), now.hours()));
    changed
}

/// The ledgers of a state, read for comparison.
struct Books<'a> {
    project: &'a Project,
    renamed: &'a Renamed,
    is_hidden: bool,
}

impl<'a> Books<'a> {
    fn new(project: &'a Project, renamed: &'a Renamed, is_hidden: bool) -> Self {
        Self { project, renamed, is_hidden }
    }

    fn costs(&self) -> Vec<Row> {
        self.project.costs.iter().map(|entry| self.cost(entry)).collect()
    }

    fn hours(&self) -> Vec<Row> {
        self.project.timesheets.iter().map(|entry| self.hours_of(entry)).collect()
    }

    /// Another rate of exchange does not change a row: what was typed in another currency is compared as typed.
    fn cost(&self, entry: &CostEntry) -> Row {
        let typed = entry.converted.filter(|_| !self.is_hidden).map(|from| from.original.to_string());
        let amount = match typed {
            Some(typed) => Cell::words(Field::Amount, typed),
            None => Cell {
                field: Field::Amount,
                written: entry.amount.0.to_string(),
                value: Some(Value::Exactly(entry.amount)),
            },
        };
        let task = entry.task.map(|task| self.task(task));
        let reference = entry.reference.clone().filter(|_| !self.is_hidden).unwrap_or_default();
        let note = entry.note.clone().filter(|_| !self.is_hidden).unwrap_or_default();
        let day = crate::format::date(entry.date);
        let called =
            [&day, entry.entry_type.key(), &entry.category, task.as_deref().unwrap_or(""), &reference];
        Row {
            kind: EntryKind::Cost,
            name: named(&called),
            booked: Booked::Money(entry.entry_type, entry.amount),
            origin: entry.origin,
            cells: vec![
                amount,
                Cell::words(Field::Day, day),
                Cell::words(Field::Type, entry.entry_type.key().to_owned()),
                Cell::words(Field::Category, entry.category.clone()),
                Cell::words(Field::Task, task.unwrap_or_default()),
                Cell::words(Field::Reference, reference),
                Cell::words(REMARK, note),
            ],
        }
    }

    fn hours_of(&self, entry: &TimeEntry) -> Row {
        let person = if self.is_hidden { "" } else { self.project.worker_name(entry.worker) };
        let person = person.to_owned();
        let task = self.task(entry.task);
        let effort = Cell {
            field: Field::Hours,
            written: entry.effort.minutes().to_string(),
            value: Some(Value::Work(entry.effort)),
        };
        Row {
            kind: EntryKind::Hours,
            name: named(&[&entry.written, &person, &task]),
            booked: Booked::Work(entry.effort),
            origin: entry.origin,
            cells: vec![
                effort,
                Cell::words(Field::Period, entry.written.clone()),
                Cell::words(Field::Who, person),
                Cell::words(Field::Task, task),
            ],
        }
    }

    /// The id of a task as it is now.
    fn task(&self, task: TaskNo) -> String {
        let id = self.project.task(task).id.to_string();
        let kinds = [EntryKind::Task, EntryKind::Milestone];
        kinds.into_iter().find_map(|kind| self.renamed.get(&(kind, id.clone()))).cloned().unwrap_or(id)
    }
}

impl Cell {
    fn words(field: Field, words: String) -> Self {
        let value = (!words.is_empty()).then(|| Value::Words(words.clone()));
        Self { field, written: words, value }
    }
}

fn named(parts: &[&str]) -> String {
    let said: Vec<&str> = parts.iter().copied().filter(|part| !part.is_empty()).collect();
    said.join(", ")
}

/// Compares the rows of one file.
fn differing(mut went: Vec<Row>, mut came: Vec<Row>) -> Vec<ChangedEntry> {
    paired(&mut went, &mut came, |_| true);
    let fields: Vec<Field> =
        came.first().map_or_else(Vec::new, |row| row.cells.iter().map(|cell| cell.field).collect());
    let mut changed: Vec<ChangedEntry> = Vec::new();
    changed.extend(paired(&mut went, &mut came, |field| field != REMARK).iter().map(compared));
    for apart in fields {
        let pairs = paired(&mut went, &mut came, |field| field != apart && field != REMARK);
        changed.extend(pairs.iter().map(compared));
    }
    changed.extend(came.iter().map(|row| one_sided(row, Fate::Came)));
    changed.sort_by_key(|entry| entry.after);
    changed.extend(went.iter().map(|row| one_sided(row, Fate::Went)));
    changed
}

/// Takes out of both lists the rows that are alike in the cells that count, one for one and in the order of the files.
fn paired(went: &mut Vec<Row>, came: &mut Vec<Row>, counts: impl Fn(Field) -> bool) -> Vec<(Row, Row)> {
    let key = |row: &Row| -> Vec<String> {
        row.cells.iter().filter(|cell| counts(cell.field)).map(|cell| cell.written.clone()).collect()
    };
    let mut known: BTreeMap<Vec<String>, VecDeque<Row>> = BTreeMap::new();
    for row in went.drain(..) {
        known.entry(key(&row)).or_default().push_back(row);
    }
    let mut pairs = Vec::new();
    let mut left = Vec::new();
    for row in came.drain(..) {
        match known.get_mut(&key(&row)).and_then(VecDeque::pop_front) {
            Some(older) => pairs.push((older, row)),
            None => left.push(row),
        }
    }
    *came = left;
    went.extend(known.into_values().flatten());
    went.sort_by_key(|row| row.origin);
    pairs
}

fn compared((before, after): &(Row, Row)) -> ChangedEntry {
    let cells = before.cells.iter().zip(&after.cells).filter(|(then, now)| then.written != now.written);
    let fields = cells.map(|(then, now)| ChangedField {
        field: now.field,
        before: then.value.clone(),
        after: now.value.clone(),
        origin: None,
        was_at: None,
    });
    let booked = match (before.booked, after.booked) {
        (Booked::Money(then, less), Booked::Money(now, more)) if then == now => {
            vec![Booked::Money(now, more - less)]
        }
        (Booked::Work(less), Booked::Work(more)) => {
            vec![Booked::Work(Effort::from_minutes(more.minutes() - less.minutes()))]
        }
        (then, now) => vec![then.taken_away(), now],
    };
    ChangedEntry {
        before: Some(before.origin),
        after: Some(after.origin),
        ..entry(after, Fate::Changed, fields.collect(), booked)
    }
}

/// A row that came or went: of its cells only those that its name does not say.
fn one_sided(row: &Row, fate: Fate) -> ChangedEntry {
    let is_new = fate == Fate::Came;
    let unsaid = [Field::Amount, Field::Hours, REMARK];
    let cells = row.cells.iter().filter(|cell| unsaid.contains(&cell.field) && cell.value.is_some());
    let fields = cells.map(|cell| {
        let (before, after) = if is_new { (None, cell.value.clone()) } else { (cell.value.clone(), None) };
        ChangedField { field: cell.field, before, after, origin: None, was_at: None }
    });
    let booked = if is_new { row.booked } else { row.booked.taken_away() };
    ChangedEntry {
        before: (!is_new).then_some(row.origin),
        after: is_new.then_some(row.origin),
        ..entry(row, fate, fields.collect(), vec![booked])
    }
}

fn entry(row: &Row, fate: Fate, fields: Vec<ChangedField>, booked: Vec<Booked>) -> ChangedEntry {
    ChangedEntry {
        kind: row.kind,
        id: String::new(),
        name: row.name.clone(),
        renamed_from: None,
        fate,
        fields,
        booked,
        before: None,
        after: None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::control::golden::{branch_network, euros};

    /// What became of the rows of the sample project after some of them were edited.
    fn told(edit: impl Fn(&mut Project)) -> String {
        let before = branch_network().project;
        let mut after = branch_network().project;
        edit(&mut after);
        let changed = changed_rows(&before, &after, &Renamed::new());
        let words = changed.iter().map(|row| {
            let fields: Vec<String> = row.fields.iter().map(|field| format!("{:?}", field.field)).collect();
            let booked: Vec<String> = row
                .booked
                .iter()
                .map(|booked| match booked {
                    Booked::Money(of, amount) => format!("{} {}", of.key(), amount.0),
                    Booked::Work(effort) => format!("{} min", effort.minutes()),
                })
                .collect();
            format!("{:?} {:?} [{}] {}", row.kind, row.fate, fields.join(" "), booked.join(" "))
        });
        words.collect::<Vec<_>>().join("; ")
    }

    #[test]
    fn rows_come_go_and_change_in_a_cell() {
        assert_eq!(told(|_| ()), "");
        assert_eq!(told(|project| project.costs.reverse()), "", "the order of rows tells nothing");
        let first = branch_network().project.costs[0].clone();
        let (of, sum) = (first.entry_type.key(), first.amount.0);
        let took = told(|project| {
            project.costs.remove(0);
        });
        assert_eq!(took, format!("Cost Went [Amount] {of} {}", -sum));
        assert_eq!(
            told(|project| project.costs[0].amount = first.amount + euros(5)),
            format!("Cost Changed [Amount] {of} 500")
        );
        assert_eq!(
            told(|project| project.costs[0].note = Some("Reworded".to_owned())),
            format!("Cost Changed [Note] {of} 0")
        );
        let other =
            if first.entry_type == EntryType::Forecast { EntryType::Actual } else { EntryType::Forecast };
        assert_eq!(
            told(|project| project.costs[0].entry_type = other),
            format!("Cost Changed [Type] {of} {} {} {sum}", -sum, other.key())
        );
    }

    #[test]
    fn of_rows_that_are_alike_only_the_further_one_is_new() {
        let twice = told(|project| {
            let first = project.costs[0].clone();
            project.costs.insert(0, first);
        });
        let first = &branch_network().project.costs[0];
        let note = if first.note.is_some() { " Note" } else { "" };
        assert_eq!(twice, format!("Cost Came [Amount{note}] {} {}", first.entry_type.key(), first.amount.0));
    }

    #[test]
    fn hours_are_compared_alike_and_a_task_with_another_id_is_the_same() {
        let more = told(|project| project.timesheets[0].effort = Effort::ZERO);
        let minutes = branch_network().project.timesheets[0].effort.minutes();
        assert_eq!(more, format!("Hours Changed [Hours] {} min", -minutes));
        let (before, mut after) = (branch_network().project, branch_network().project);
        let task = after.timesheets[0].task;
        let old = after.task(task).id.to_string();
        after.tasks[task.0 as usize].id = "another-name".parse().unwrap();
        let renamed = Renamed::from([((EntryKind::Task, old), "another-name".to_owned())]);
        assert_eq!(changed_rows(&before, &after, &renamed), Vec::new());
        assert!(!changed_rows(&before, &after, &Renamed::new()).is_empty());
    }
}
