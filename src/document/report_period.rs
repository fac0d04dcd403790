//! The period of a status report: what was announced and what became of it, what comes next.

use crate::document::part::Part;
use crate::document::report_registers::{FIRST, and_more};
use crate::document::status_report::Told;
use crate::format;
use crate::model::Text;
use crate::page::desk::slip_words;
use crate::page::look_ahead::look_ahead;
use crate::page::report::moved_cell;
use crate::page::view::{Cell, Row, Status, Table};
use crate::plan::State;

/// What the look-ahead of a report is called.
const AHEAD: &str = "Runs or begins within two weeks";

/// The first tasks of a table by their names: `Finished in this period: Ward 4, Bedside training and 3 more.` None without any.
fn named(what: &str, table: &Table) -> Option<String> {
    let names = table.rows.iter().filter_map(|row| row.cells.first()?.text.clone());
    let mut names: Vec<String> = names.collect();
    let n_more = names.len().saturating_sub(FIRST);
    if n_more > 1 {
        names.truncate(FIRST);
        names.push(format!("{n_more} more"));
    }
    (!names.is_empty()).then(|| format!("{what}: {}.", format::listed(&names)))
}

impl Told<'_> {
    /// What was announced, what became of it.
    pub fn achieved(&self) -> Part {
        let desk = self.desk;
        let before = self
            .before
            .and_then(|day| desk.project.project.updates.iter().find(|update| update.status_date == day));
        let announced = before.into_iter().flat_map(|update| &update.next);
        let achieved = self.report.update.into_iter().flat_map(|update| &update.achieved);
        let mut part = Part::new("achieved", "Achieved and not achieved");
        let announced: Vec<&Text> = announced.collect();
        if !announced.is_empty() {
            part = part.list("Announced by the report before", announced, "");
        }
        let mut overdue = self.overdue_work();
        let n_overdue = overdue.split_off(FIRST).rows.len();
        part.list(
            "Achieved, as reported",
            achieved,
            "What was achieved is not recorded: write `achieved:` in the report.",
        )
        .table_if_any(Some("Forecast for this period by the report before"), self.due_milestones())
        .table_if_any(Some("Forecast to be finished by now and not finished"), overdue)
        .note_if(and_more(n_overdue, "task", "that were to be finished by now"))
        .note(
            named("Finished in this period", &self.finished_work())
                .unwrap_or_else(|| "No work was finished in this period.".to_owned()),
        )
    }

    /// The work of the period and of the next one, task by task; none where there is neither.
    pub fn work(&self) -> Option<Part> {
        let part = Part::new("work", "Work of this period and the next")
            .table_if_any(Some("Finished in this period"), self.finished_work())
            .table_if_any(Some(AHEAD), self.ahead());
        (!part.tables.is_empty()).then_some(part)
    }

    /// What runs or begins next; only for the newest report, because reports keep the forecast of milestones alone.
    fn ahead(&self) -> Table {
        if self.is_newest() { look_ahead(self.desk) } else { Table::default() }
    }

    /// Milestones and gates that the report before saw in this period.
    fn due_milestones(&self) -> Table {
        let mut table = Table::new(&["Milestone or gate", "Forecast then", "Now", "State"]);
        let (Some((now, frozen)), Some((before, earlier))) = (self.said(), self.report.before()) else {
            return table;
        };
        for (id, known) in &before.milestones {
            if known.is_reached || !self.is_in_period(known.day) {
                continue;
            }
            let name = match self.desk.project.project.task_by_id(id) {
                Some(task) => self.desk.task(task),
                None => Cell::text(id.to_string()),
            };
            let then = earlier.and_then(|frozen| self.desk.href_of_field(frozen.origin, "milestones"));
            let is = now.milestones.get(id);
            let opened = match frozen {
                Some(frozen) => self.desk.href_of_field(frozen.origin, "milestones"),
                None => self.desk.explained(&format!("task-{id}.finish")),
            };
            let state = match is {
                Some(is) if is.is_reached => Status::done("Achieved"),
                Some(_) => Status::red("Not achieved"),
                None => Status::unknown("No longer in the plan"),
            };
            let moved = is.map(|is| self.desk.slip_days(known.day, is.day)).filter(|days| *days != 0);
            table.push(Row::new(vec![
                name,
                self.desk.date(Some(known.day)).explained(then),
                self.desk.date(is.map(|is| is.day)).explained(opened).note_if(moved.map(slip_words)),
                Cell::status(state),
            ]));
        }
        table
    }

    /// Work that the forecast of the report before saw finished by now, and that is not; only for the newest report, because
    /// reports keep the forecast of milestones alone.
    fn overdue_work(&self) -> Table {
        let mut table = Table::new(&["Work", "Forecast", "Now", "#Moved"]);
        let desk = self.desk;
        let Some(last) = desk.project.last_time.as_ref().filter(|_| self.is_newest()) else { return table };
        for (number, task, slot) in desk.project.tasks().filter(|(_, task, _)| task.is_work()) {
            let then = last.forecast.slot(number).last_day();
            if slot.state == State::Finished || then > self.day() || task.is_summary() {
                continue;
            }
            let moved = desk.project.last_day(number).map(|day| desk.slip_days(then, day));
            table.push(Row::new(vec![
                desk.task(number),
                desk.date(Some(then)).explained(desk.explained_of(number, "finish")),
                desk.last_day(number),
                moved_cell(moved).explained(desk.explained_of(number, "finish")),
            ]));
        }
        table
    }

    /// Work that ended in the period, by the reports of progress.
    fn finished_work(&self) -> Table {
        let mut table = Table::new(&["Work", "Finished", "Promised"]);
        let desk = self.desk;
        let mut finished: Vec<_> = desk
            .project
            .project
            .task_numbers()
            .filter(|number| desk.project.project.task(*number).is_work())
            .filter_map(|number| {
                let known = desk.project.facts.progress.get(number.0 as usize)?;
                let day = known.actual_finish?.day;
                self.is_in_period(day).then_some((day, number, known.origin))
            })
            .collect();
        finished.sort_by_key(|(day, number, _)| (*day, *number));
        for (day, number, origin) in finished {
            let promised = desk.project.control.reference.tasks[number.0 as usize];
            table.push(Row::new(vec![
                desk.task(number),
                desk.date(Some(day)).explained(origin.and_then(|origin| desk.href_place(origin))),
                desk.date(promised.map(|promised| promised.finish))
                    .explained(desk.explained_of(number, "promised")),
            ]));
        }
        table
    }

    /// What the report announces, and what the forecast sees in the next period.
    pub fn next(&self) -> Part {
        let next = self.report.update.into_iter().flat_map(|update| &update.next);
        let part = Part::new("next", "Next period").list(
            "Announced",
            next,
            "What comes next is not recorded: write `next:` in the report.",
        );
        part.note_if(named(AHEAD, &self.ahead()))
    }
}
