//! What a status report tells of the registers as of its day: decisions, risks, issues, changes.

use jiff::civil::Date;

use crate::document::part::Part;
use crate::document::status_report::Told;
use crate::format;
use crate::model::Issue;
use crate::page::address::Thing;
use crate::page::raid::{issue_row, sorted_issues};
use crate::page::risks::{open_risks, open_row};
use crate::page::view::{Cell, Fact, Row, Status, Table};

/// How many risks a report names, the worst of those that are rated.
const TOP_RISKS: usize = 3;

/// How many lines of a list a report shows before it says how many more there are.
pub(super) const FIRST: usize = 5;

impl Told<'_> {
    /// Decisions that were open on that day, with what follows without them.
    pub fn decisions(&self) -> Part {
        let desk = self.desk;
        let mut open: Vec<_> = desk
            .project
            .project
            .registers
            .decisions
            .iter()
            .filter(|entry| entry.is_open(self.day()))
            .collect();
        // Of an earlier day nobody knows whether a question without a day had been asked by then.
        let mut undated = Vec::new();
        if !self.is_newest() {
            undated = open
                .extract_if(.., |entry| entry.asked.is_none())
                .map(|entry| entry.id.to_string())
                .collect();
        }
        open.sort_by_key(|entry| (entry.needed_by.is_none(), entry.needed_by));
        let wanted = self.report.update.and_then(|update| update.decision_wanted.as_ref());
        let mut table = Table::new(&["Decision", "", "Asked of", "Needed by", "Without a decision"]);
        for entry in open {
            let is_wanted = wanted.is_some_and(|(id, _)| *id == entry.id);
            let silence = match &entry.consequences {
                Some(text) => desk.line(text),
                None => Cell::text("not written").class("muted"),
            };
            table.push(Row::new(vec![
                Cell::text(entry.id.to_string())
                    .href(desk.href_to(&Thing::Decision(&entry.id)))
                    .class("nowrap"),
                desk.line(&entry.question).note_if(is_wanted.then(|| "wanted by this report".to_owned())),
                desk.person(entry.asked_of),
                desk.date(entry.needed_by).explained(desk.href_of_field(entry.origin, "needed_by")),
                silence,
            ]));
        }
        let help = self.report.update.and_then(|update| update.help_wanted.as_ref());
        let part = Part::new("decisions", "Decisions and help needed")
            .table_or(None, table, "No decision was outstanding on this day.")
            .facts(help.map(|text| Fact::of("Help wanted", desk.line(text))));
        part.note_if(help.is_none().then(|| "No help is asked for.".to_owned())).note_if((!undated.is_empty()).then(|| {
            format!(
                "Of {} nobody has written since when it is asked (`asked`), so that it is not known whether it was outstanding on this day.",
                format::listed(&undated)
            )
        }))
    }

    /// The worst risks; of an earlier day those that were open then, because ratings of that day are not kept.
    pub fn risks(&self) -> Part {
        let desk = self.desk;
        let empty = "No risk was open on this day.";
        if self.is_newest() {
            let part = Part::new("risks", "Top risks");
            let open = open_risks(desk);
            let mut table =
                Table::new(&["Risk", "", "Rating", "#Expected cost", "#After response", "Response", "Owner"]);
            table.extend(open.iter().take(TOP_RISKS).map(|risk| {
                let Row { mut cells, id, class } = open_row(desk, risk, &open);
                // Probability and impact make the rating; they stand in the register, and when it could strike.
                cells.remove(7);
                cells.drain(2..4);
                Row { cells, id, class }
            }));
            let more = and_more(open.len().saturating_sub(TOP_RISKS), "risk", "in the register");
            return part.table_or(None, table, empty).note_if(more);
        }
        let mut table = Table::new(&["Risk", "", "Owner", "Raised"]);
        for risk in desk.project.project.registers.risks.iter().filter(|risk| risk.is_open(self.day())) {
            table.push(Row::new(vec![
                Cell::text(risk.id.to_string()).href(desk.href_to(&Thing::Risk(&risk.id))).class("nowrap"),
                desk.line(&risk.risk),
                desk.person(risk.owner),
                desk.date(risk.raised).explained(desk.href_of_field(risk.origin, "raised")),
            ]));
        }
        let more = and_more(table.split_off(FIRST).rows.len(), "risk", "in the register");
        Part::new("risks", "Open risks").table_or(None, table, empty).note_if(more)
    }

    pub fn issues(&self) -> Part {
        let desk = self.desk;
        let part = Part::new("issues", "Issues");
        let empty = "No issue was open on this day.";
        if self.is_newest() {
            let empty = "No issue was open on this day, and none was solved in this period.";
            let is_told = |issue: &&Issue| {
                issue.is_open(self.day()) || issue.resolved.is_some_and(|day| self.is_in_period(day))
            };
            let mut table = Table::new(&["Issue", "", "Urgency", "Owner", "To be solved by", "State"]);
            table.extend(sorted_issues(desk).into_iter().filter(is_told).map(|issue| {
                let Row { mut cells, id, class } = issue_row(desk, issue);
                // What it has to do with and how old it is stand in the register.
                cells.remove(4);
                cells[1] = Cell { note: cells[1].note.take(), ..desk.line(&issue.issue) };
                Row { cells, id, class }
            }));
            let more = and_more(table.split_off(FIRST).rows.len(), "issue", "in the register");
            return part.table_or(None, table, empty).note_if(more);
        }
        let mut table = Table::new(&["Issue", "", "Owner", "Raised", "To be solved by"]);
        for issue in desk.project.project.registers.issues.iter().filter(|issue| issue.is_open(self.day())) {
            table.push(Row::new(vec![
                Cell::text(issue.id.to_string()).href(desk.href_to(&Thing::Issue(&issue.id))).class("nowrap"),
                desk.line(&issue.issue),
                desk.person(issue.owner),
                desk.date(issue.raised).explained(desk.href_of_field(issue.origin, "raised")),
                desk.date(issue.target).explained(desk.href_of_field(issue.origin, "target")),
            ]));
        }
        let more = and_more(table.split_off(FIRST).rows.len(), "issue", "in the register");
        part.table_or(None, table, empty).note_if(more)
    }

    /// Changes that waited on that day, and those that were decided or built in the period.
    pub fn changes(&self) -> Part {
        let desk = self.desk;
        let day = self.day();
        let mut table = Table::new(&["Change", "", "State then", "#Cost", "#Time"]);
        for change in &desk.project.project.registers.changes {
            let in_period = |day: Option<Date>| day.is_some_and(|day| self.is_in_period(day));
            let state = if change.is_waiting(day) {
                Status::open("Waiting for a decision")
            } else if in_period(change.implemented) {
                Status::done("Built")
            } else if in_period(change.decided) {
                if change.is_approved(day) {
                    Status::green("Approved")
                } else {
                    Status::unknown("Not approved")
                }
            } else {
                continue;
            };
            table.push(Row::new(vec![
                Cell::text(change.id.to_string())
                    .href(desk.href_to(&Thing::Change(&change.id)))
                    .class("nowrap"),
                desk.line(&change.change),
                Cell::status(state),
                Cell::maybe(change.cost.map(|cost| desk.money_signed(cost)))
                    .explained(desk.href_of_field(change.origin, "impact.cost")),
                Cell::maybe(change.time.map(|time| format::signed(time, desk.days(time))))
                    .explained(desk.href_of_field(change.origin, "impact.time")),
            ]));
        }
        Part::new("changes", "Changes").table_or(
            None,
            table,
            "No change waited on this day, and none was decided or built in this period.",
        )
    }
}

/// How many more there are, and where: `And 4 more risks in the register.` None where all are shown.
pub(super) fn and_more(n_more: usize, what: &str, place: &str) -> Option<String> {
    let more = format::count(n_more, &format!("more {what}"));
    (n_more > 0).then(|| format!("And {more} {place}."))
}
