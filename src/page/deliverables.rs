//! Deliverables and acceptance: what do we get, is it good, is it accepted?

use jiff::civil::Date;
use serde::Serialize;

use crate::format;
use crate::model::{Criterion, Deliverable};
use crate::page::address::{Address, Thing};
use crate::page::desk::Desk;
use crate::page::requirements::{Requirements, requirements};
use crate::page::tests_and_defects::{Quality, quality};
use crate::page::view::{Cell, Chart, Fact, Row, Status, Table};
use crate::page::{Entry, Group, Made, ProjectPage};
use crate::report::ProjectReport;

/// The page of deliverables, requirements and quality.
pub struct Deliverables;

/// What the page shows.
#[derive(Debug, Serialize)]
struct DeliverablesView {
    /// Deliverables with their criteria.
    deliverables: Table,
    /// How much is accepted and met, figure by figure; empty without a deliverable.
    facts: Vec<Fact>,
    /// Deliverables against criteria; none without a criterion.
    acceptance: Option<Chart>,
    /// What was asked for, and how far it is met and proven; none where none is written.
    requirements: Option<Requirements>,
    /// Tests and defects; none where nothing is recorded.
    quality: Option<Quality>,
}

impl ProjectPage for Deliverables {
    fn kind(&self) -> &'static str {
        "deliverables"
    }

    fn group(&self) -> Group {
        Group::Results
    }

    fn question(&self) -> &'static str {
        "What do we get, is it good, and is it accepted?"
    }

    fn entries(&self, project: &ProjectReport) -> Vec<Entry> {
        let project = &project.project;
        let is_empty = project.deliverables.is_empty()
            && project.requirements.is_empty()
            && project.quality.is_none()
            && project.defects.is_empty();
        if is_empty {
            return Vec::new();
        }
        vec![Entry::new(Address::page(&project.folder, "deliverables"), "Deliverables and acceptance")]
    }

    fn make(&self, desk: &Desk<'_>) -> Made {
        let view = DeliverablesView {
            deliverables: deliverable_rows(desk, |_| true),
            facts: facts(desk),
            acceptance: desk.chart("acceptance"),
            requirements: requirements(desk),
            quality: quality(desk),
        };
        Made::new(self.kind(), "Deliverables and acceptance", &view).description(self.question())
    }
}

/// How much is accepted and met, in one sentence; none without a deliverable.
#[must_use]
pub fn sentence(desk: &Desk<'_>) -> Option<String> {
    let all = &desk.project.project.deliverables;
    if all.is_empty() {
        return None;
    }
    let day = desk.project.status_date;
    let n_accepted = all.iter().filter(|deliverable| deliverable.is_accepted(day)).count();
    let criteria: Vec<&Criterion> = all.iter().flat_map(|deliverable| &deliverable.criteria).collect();
    let n_met = criteria.iter().filter(|criterion| criterion.known_on(day).is_met()).count();
    let met = if criteria.is_empty() {
        "no criteria are written".to_owned()
    } else {
        format!("{n_met} of {} met in full", criteria_count(criteria.len()))
    };
    let first_pass = first_pass(desk).map(|words| format!("; {words}")).unwrap_or_default();
    Some(format!("{n_accepted} of {} accepted; {met}{first_pass}.", format::count(all.len(), "deliverable")))
}

/// First-pass acceptance in words: `first-pass acceptance 1 of 2 submitted, 50 %`; none before anything was submitted.
///
/// First-pass acceptance = accepted without ever having been sent back ÷ submitted.
#[must_use]
pub fn first_pass(desk: &Desk<'_>) -> Option<String> {
    let day = desk.project.status_date;
    let all = &desk.project.project.deliverables;
    let n_submitted = all.iter().filter(|deliverable| deliverable.is_submitted(day)).count();
    let n_first = all.iter().filter(|deliverable| deliverable.is_accepted_first_time(day)).count();
    let share = crate::quantity::Ratio::of(n_first as f64, n_submitted as f64)?;
    Some(format!(
        "first-pass acceptance {n_first} of {n_submitted} submitted, {}",
        format::share(share.get())
    ))
}

/// How much is accepted and met, and how much of it at once, figure by figure.
fn facts(desk: &Desk<'_>) -> Vec<Fact> {
    let all = &desk.project.project.deliverables;
    if all.is_empty() {
        return Vec::new();
    }
    let figure = |label: &str, key: &str| {
        let value = desk.book()?.get(key)?.value.clone();
        Some(Fact::new(label, value).explained(desk.explained(key)))
    };
    let accepted = figure("Accepted", "accepted");
    let facts = [
        accepted.map(|fact| Fact {
            note: Some(format!("of {}", format::count(all.len(), "deliverable"))),
            ..fact
        }),
        figure("Criteria met in full", "criteria-met"),
        figure("First-pass acceptance", "first-pass"),
    ];
    facts.into_iter().flatten().collect()
}

fn criteria_count(number: usize) -> String {
    if number == 1 { "1\u{a0}criterion".to_owned() } else { format!("{number}\u{a0}criteria") }
}

/// The chosen deliverables, each followed by its criteria.
#[must_use]
pub fn deliverable_rows(desk: &Desk<'_>, chosen: impl Fn(&Deliverable) -> bool) -> Table {
    let mut table = Table::new(&["Deliverable", "Made by", "Approver", "#Criteria met", "Acceptance"]);
    for deliverable in desk.project.project.deliverables.iter().filter(|deliverable| chosen(deliverable)) {
        table.push(row(desk, deliverable));
        for (place, criterion) in deliverable.criteria.iter().enumerate() {
            let row = criterion_row(desk, &criterion.known_on(desk.project.status_date));
            table.push(row.id(Thing::Criterion(&deliverable.id, place).anchor()));
        }
    }
    table
}

fn row(desk: &Desk<'_>, deliverable: &Deliverable) -> Row {
    let mut name = desk.line(&deliverable.deliverable);
    if let Some(words) = &mut name.prose {
        words.add_id_before(deliverable.id.as_str());
    }
    let last =
        deliverable.produced_by.iter().max_by_key(|task| desk.project.forecast.slot(**task).last_day());
    let made_by = match last {
        Some(task) => {
            let slot = desk.project.forecast.slot(*task);
            let is_finished = slot.state == crate::plan::State::Finished;
            let last = desk.project.last_day(*task);
            desk.task(*task)
                .note_if(last.map(|day| last_made(deliverable.produced_by.len(), day, is_finished)))
        }
        None => desk.person(deliverable.owner),
    };
    let day = desk.project.status_date;
    let n_met = deliverable.criteria.iter().filter(|criterion| criterion.known_on(day).is_met()).count();
    let met = if deliverable.criteria.is_empty() {
        Cell::text("none written").class("watch")
    } else {
        Cell::text(format!("{n_met} of {}", deliverable.criteria.len()))
            .explained(desk.explained(&format!("deliverable-{}.met", deliverable.id)))
    };
    let mut row =
        Row::new(vec![name, made_by, desk.person(deliverable.approver), met, acceptance(desk, deliverable)])
            .id(Thing::Deliverable(&deliverable.id).anchor());
    if !deliverable.criteria.is_empty() {
        row.class = Some("summary");
    }
    row
}

/// What stands with the last task that makes a deliverable: `and 4 more; forecast 20 Nov 2026`.
fn last_made(n_tasks: usize, day: Date, is_finished: bool) -> String {
    let more = if n_tasks > 1 { format!("and {} more; ", n_tasks - 1) } else { String::new() };
    let when = if is_finished { "finished" } else { "forecast" };
    format!("{more}{when} {}", format::date(day))
}

/// Whether a deliverable is accepted, when and on which condition.
#[must_use]
pub fn acceptance(desk: &Desk<'_>, deliverable: &Deliverable) -> Cell {
    let day = desk.project.status_date;
    let given = deliverable.acceptance.as_ref().filter(|acceptance| acceptance.date <= day);
    let sent_back = deliverable.rejected.iter().rfind(|date| **date <= day);
    let submitted = deliverable.submitted.iter().rfind(|date| **date <= day);
    let Some(given) = given else {
        if let Some(submitted) = submitted.filter(|date| sent_back.is_none_or(|back| back < *date)) {
            return Cell::status(Status::half("Submitted")).note(format!(
                "{}{}",
                format::date(*submitted),
                sent_back_words(deliverable, day)
            ));
        }
        if let Some(back) = sent_back {
            return Cell::status(Status::red("Sent back")).note(format::date(*back));
        }
        let is_finished = !deliverable.produced_by.is_empty()
            && deliverable
                .produced_by
                .iter()
                .all(|task| desk.project.forecast.slot(*task).state == crate::plan::State::Finished);
        return Cell::status(if is_finished {
            Status::open("Waits for acceptance")
        } else {
            Status::open("Not yet")
        });
    };
    let on = format::date(given.date);
    if let Some(condition) = &given.condition {
        let condition = crate::prose::inline_text(&condition.markdown);
        return Cell::status(Status::amber("Accepted with a condition")).note(format!("{on}; {condition}"));
    }
    let by = given.by.map(|person| format!(", {}", desk.project.project.person_name(person)));
    let back = sent_back_words(deliverable, day);
    Cell::status(Status::done("Accepted")).note(format!("{on}{}{back}", by.unwrap_or_default()))
}

/// How often it was sent back by a day, to stand behind other words; empty for never.
fn sent_back_words(deliverable: &Deliverable, day: Date) -> String {
    match deliverable.rejected.iter().filter(|date| **date <= day).count() {
        0 => String::new(),
        times => format!(", sent back {}", format::count(times, "time")),
    }
}

fn criterion_row(desk: &Desk<'_>, criterion: &Criterion) -> Row {
    let (met, status) = match criterion.met {
        None => (Cell::nothing(), Status::unknown("Not looked at")),
        Some((met, all)) => {
            let status = if criterion.is_met() {
                Status::done("Met")
            } else if met > 0 {
                Status::half("In part")
            } else {
                Status::red("Not met")
            };
            let text = if all == 1 { "—".to_owned() } else { format!("{met} of {all}") };
            (Cell::text(text).explained(desk.href_of_field(criterion.origin, "met")), status)
        }
    };
    let evidence = criterion.evidence.as_ref().map(|text| crate::prose::inline_text(&text.markdown));
    let on = criterion.met_on.filter(|_| criterion.met.is_some()).map(format::date);
    let notes: Vec<String> = on.into_iter().chain(evidence).collect();
    Row::new(vec![
        desk.line(&criterion.criterion).class("indent-1"),
        Cell::default(),
        Cell::default(),
        met,
        Cell::status(status).note_if((!notes.is_empty()).then(|| notes.join(", "))),
    ])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_of_several_tasks_says_how_many_more_there_are() {
        let day = jiff::civil::date(2026, 11, 20);
        let words = |number, is_finished| last_made(number, day, is_finished).replace('\u{a0}', " ");
        assert_eq!(words(5, false), "and 4 more; forecast 20 Nov 2026");
        assert_eq!(words(1, true), "finished 20 Nov 2026");
    }
}
