//! Who is responsible, accountable, supporting, consulted and informed, task by task.

use std::collections::BTreeSet;

use serde::Serialize;

use crate::format;
use crate::model::{Assignee, PersonNo, Task, TaskNo};
use crate::page::desk::Desk;
use crate::page::view::{Cell, Row, Table};
use crate::quantity::Stage;

/// The matrix, and what is missing in it.
#[derive(Clone, Debug, Serialize)]
pub struct Rasci {
    /// A row for each task, a column for each person.
    pub table: Table,
    /// What the letters mean, and where they come from.
    pub sentence: String,
    /// Tasks for which nobody does the work, in one sentence; none where each has somebody.
    pub missing: Option<String>,
}

/// So many rows are shown task by task; a longer plan shows its outermost summaries and what stands under none.
const ROWS_AT_MOST: usize = 60;

/// The parts somebody can play, the strongest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Part {
    Responsible,
    Accountable,
    Supports,
    Consulted,
    Informed,
}

impl Part {
    fn letter(self) -> &'static str {
        match self {
            Self::Responsible => "R",
            Self::Accountable => "A",
            Self::Supports => "S",
            Self::Consulted => "C",
            Self::Informed => "I",
        }
    }
}

/// Puts the matrix together; none where nobody by name has a part in any work.
#[must_use]
pub fn rasci(desk: &Desk<'_>) -> Option<Rasci> {
    rasci_until(desk, Stage::Closing)
}

/// The same for the work of the stages up to one.
#[must_use]
pub fn rasci_until(desk: &Desk<'_>, last: Stage) -> Option<Rasci> {
    let project = &desk.project.project;
    let is_until = |number: &TaskNo| project.task(*number).stage <= last;
    let is_work = |number: &TaskNo| is_until(number) && project.task(*number).is_work();
    let work: Vec<TaskNo> = project.task_numbers().filter(is_work).collect();
    let mut rows: Vec<TaskNo> = if work.len() <= ROWS_AT_MOST {
        work.clone()
    } else {
        let outermost = |number: &TaskNo| {
            let task = project.task(*number);
            task.parent.is_none() && (task.is_work() || task.is_summary())
        };
        project.task_numbers().filter(|number| is_until(number) && outermost(number)).collect()
    };
    let left_out = left_out(rows.len());
    rows.truncate(ROWS_AT_MOST);
    let parts: Vec<(TaskNo, BTreeSet<(PersonNo, Part)>)> = rows
        .into_iter()
        .map(|number| {
            let below = work.iter().filter(|below| is_within(desk, **below, number));
            (number, below.flat_map(|below| parts_of(desk, project.task(*below))).collect())
        })
        .collect();
    let people: BTreeSet<PersonNo> =
        parts.iter().flat_map(|(_, parts)| parts.iter().map(|(person, _)| *person)).collect();
    if people.is_empty() {
        return None;
    }
    let mut table = Table::new(&["Task"]);
    for person in &people {
        table.head.push(project.person_name(*person).to_owned());
        table.numeric.push(false);
    }
    let mut stage = None;
    for (number, parts) in &parts {
        let task = project.task(*number);
        if stage != Some(task.stage) {
            stage = Some(task.stage);
            table.push(Row::group(format::stage(task.stage)));
        }
        let mut cells = vec![desk.task(*number)];
        cells.extend(people.iter().map(|person| letters(parts, *person)));
        table.push(Row::new(cells));
    }
    Some(Rasci {
        table,
        sentence: format!(
            "R does the work (`assign`), A answers for it (`owner`, else the project manager), S helps (`supports`), \
             C is asked before (`consulted`), I is told afterwards (`informed`).{left_out}"
        ),
        missing: missing(desk, &work),
    })
}

/// What is said of rows that are not shown, to follow a sentence; empty where all are.
fn left_out(n_rows: usize) -> String {
    match n_rows.saturating_sub(ROWS_AT_MOST) {
        0 => String::new(),
        more => format!(
            " Shown are the first {ROWS_AT_MOST} of {n_rows} rows; the {more} others stand in the schedule, each task \
             leading to who does it and who answers for it."
        ),
    }
}

fn is_within(desk: &Desk<'_>, task: TaskNo, above: TaskNo) -> bool {
    let parent = |number: &TaskNo| desk.project.project.task(*number).parent;
    std::iter::successors(Some(task), parent).any(|one| one == above)
}

fn parts_of(desk: &Desk<'_>, task: &Task) -> Vec<(PersonNo, Part)> {
    let accountable = task.owner.or(desk.project.project.project_manager);
    let responsible = task.assignments.iter().filter_map(|assignment| match assignment.assignee {
        Assignee::Person(person) => Some((person, Part::Responsible)),
        Assignee::Role { .. } => None,
    });
    let of =
        |people: &[PersonNo], part: Part| people.iter().map(|person| (*person, part)).collect::<Vec<_>>();
    responsible
        .chain(accountable.map(|person| (person, Part::Accountable)))
        .chain(of(&task.supports, Part::Supports))
        .chain(of(&task.consulted, Part::Consulted))
        .chain(of(&task.informed, Part::Informed))
        .collect()
}

/// The letters of one person, strongest first.
fn letters(parts: &BTreeSet<(PersonNo, Part)>, person: PersonNo) -> Cell {
    let own: Vec<&str> =
        parts.iter().filter(|(who, _)| *who == person).map(|(_, part)| part.letter()).collect();
    if own.is_empty() {
        return Cell::default();
    }
    let cell = Cell::text(own.join(" "));
    if own.contains(&"R") { cell.class("rasci strong") } else { cell.class("rasci") }
}

/// Work that nobody is assigned to, purchases left aside.
fn missing(desk: &Desk<'_>, work: &[TaskNo]) -> Option<String> {
    let project = &desk.project.project;
    let is_missing = |number: &&TaskNo| {
        let task = project.task(**number);
        let is_open = desk.project.forecast.slot(**number).state != crate::plan::State::Finished;
        is_open && task.assignments.is_empty() && !task.is_purchase()
    };
    let names: Vec<String> =
        work.iter().filter(is_missing).map(|number| format!("“{}”", project.task(*number).name)).collect();
    let shown: Vec<String> = names.iter().take(5).cloned().collect();
    (!names.is_empty()).then(|| {
        let more = match names.len() - shown.len() {
            0 => String::new(),
            more => format!(", and {more} more"),
        };
        format!("Nobody does the work of {}{more}.", shown.join(", "))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The matrix used to end after sixty rows without a word.
    #[test]
    fn rows_that_are_not_shown_are_counted() {
        assert_eq!(left_out(60), "");
        assert_eq!(
            left_out(83),
            " Shown are the first 60 of 83 rows; the 23 others stand in the schedule, each task leading to who does \
             it and who answers for it."
        );
    }
}
