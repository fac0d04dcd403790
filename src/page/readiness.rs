//! Proofs of readiness: sign-offs, who is trained, what was tried beforehand, counts of migrated data. And what is left at the end: records that stay,
//! and what stakeholders said.

use crate::format;
use crate::model::{Handover, Reconciliation, Survey, Training};
use crate::page::desk::Desk;
use crate::page::register_cells::{due, line_or_dash};
use crate::page::view::{Cell, Fact, Row, Status, Table};

fn handover<'a>(desk: &Desk<'a>) -> Option<&'a Handover> {
    desk.project.project.handover.as_ref()
}

/// Sign-offs for security, data protection and the law; what was given later than the status date is open.
#[must_use]
pub fn sign_offs(desk: &Desk<'_>) -> Table {
    let mut table = Table::new(&["Sign-off", "Given by", "State", "Condition", "Evidence"]);
    let day = desk.project.status_date;
    for one in handover(desk).into_iter().flat_map(|handover| &handover.sign_offs) {
        let given = one.given.filter(|given| *given <= day);
        let state = match given {
            Some(given) => Cell::status(if one.condition.is_some() {
                Status::amber("Given with a condition")
            } else {
                Status::done("Given")
            })
            .note(format::date(given))
            .explained(desk.href_of_field(one.origin, "given")),
            None => Cell::status(Status::red("Not given")),
        };
        table.push(Row::new(vec![
            desk.line(&one.sign_off),
            Cell::maybe(one.by.clone()),
            state,
            line_or_dash(desk, one.condition.as_ref()),
            line_or_dash(desk, one.evidence.as_ref()),
        ]));
    }
    table
}

/// Who has to be trained before it goes into service, and how many are; what was counted later than the status date is not known yet.
#[must_use]
pub fn training(desk: &Desk<'_>) -> Table {
    let mut table = Table::new(&[
        "Who is trained for what",
        "#To train",
        "#Trained",
        "State",
        "Due",
        "Owner",
        "Shown by",
    ]);
    let day = desk.project.status_date;
    for one in handover(desk).into_iter().flat_map(|handover| &handover.training) {
        let typed = |field: &str| desk.href_of_field(one.origin, field);
        let trained = one.trained_by(day);
        let is_counted = one.counted.is_none_or(|counted| counted <= day);
        table.push(Row::new(vec![
            desk.line(&one.training),
            Cell::text(format::whole(one.people)).explained(typed("people")),
            if is_unknown(desk, one) {
                Cell::text("—")
            } else {
                let field = if trained > 0 { "trained" } else { "people" };
                Cell::text(format::whole(trained)).explained(typed(field))
            },
            Cell::status(how_far(desk, one)).note_if(one.counted.filter(|_| is_counted).map(format::date)),
            due(desk, one.due, !one.is_complete(day) && !is_unknown(desk, one)),
            desk.person(one.owner),
            line_or_dash(desk, one.result.as_ref().or(one.evidence.as_ref()).filter(|_| is_counted)),
        ]));
    }
    table
}

/// Whether the files no longer say how many had been trained when a board decided: they were counted again since.
fn is_unknown(desk: &Desk<'_>, training: &Training) -> bool {
    desk.project.before_board.is_some() && training.is_counted_after(desk.project.status_date)
}

fn how_far(desk: &Desk<'_>, training: &Training) -> Status {
    let day = desk.project.status_date;
    if is_unknown(desk, training) {
        return Status::unknown("Counted again since");
    }
    match (training.is_complete(day), training.trained_by(day)) {
        (true, _) if training.people == 0 => Status::done("Nobody needs it"),
        (true, _) => Status::done("All trained"),
        _ if training.due.is_some_and(|due| due < day) => Status::red("Overdue"),
        (_, 0) => Status::open("To come"),
        _ => Status::half("In part"),
    }
}

/// What was tried before it is needed; what was held later than the status date is ahead.
#[must_use]
pub fn rehearsals(desk: &Desk<'_>) -> Table {
    let mut table = Table::new(&["Rehearsed", "Led by", "Held", "State", "What came of it"]);
    let day = desk.project.status_date;
    for one in handover(desk).into_iter().flat_map(|handover| &handover.rehearsals) {
        let held = one.held.filter(|held| *held <= day);
        let state = match (held, one.passed) {
            (None, _) => Status::open("Not yet held"),
            (Some(_), Some(true)) => Status::done("Passed"),
            (Some(_), Some(false)) => Status::red("Failed"),
            (Some(_), None) => Status::unknown("Not judged"),
        };
        table.push(Row::new(vec![
            desk.line(&one.rehearsal),
            desk.person(one.by),
            desk.date(one.held)
                .explained(desk.href_of_field(one.origin, "held").filter(|_| one.held.is_some())),
            Cell::status(state),
            line_or_dash(desk, one.result.as_ref().filter(|_| held.is_some())),
        ]));
    }
    table
}

/// Counts of migrated data beside their source; those of a later day are left out.
#[must_use]
pub fn reconciliation(desk: &Desk<'_>) -> Table {
    let mut table =
        Table::new(&["Data", "#In the source", "#Arrived", "#Difference", "State", "Explained", "Counted"]);
    let day = desk.project.status_date;
    let all = handover(desk).into_iter().flat_map(|handover| &handover.reconciliation);
    for one in all.filter(|one| one.counted.is_none_or(|counted| counted <= day)) {
        let typed = |field: &str| desk.href_of_field(one.origin, field);
        let difference = one.difference();
        table.push(Row::new(vec![
            desk.line(&one.data),
            Cell::text(format::whole(one.source)).explained(typed("source")),
            Cell::text(format::whole(one.arrived)).explained(typed("arrived")),
            Cell::text(format::signed(difference, format::whole(difference))).explained(typed("arrived")),
            Cell::status(reconciled(one)),
            line_or_dash(desk, one.explained.as_ref()),
            desk.date(one.counted)
                .explained(typed("counted").filter(|_| one.counted.is_some()))
                .note_if(one.by.map(|person| desk.project.project.person_name(person).to_owned())),
        ]));
    }
    table
}

fn reconciled(one: &Reconciliation) -> Status {
    match (one.difference(), one.is_reconciled()) {
        (0, _) => Status::done("Agrees"),
        (_, true) => Status::done("Explained"),
        (_, false) => Status::red("Open"),
    }
}

/// Which records stay, until when, by which rule, and who answers for them.
#[must_use]
pub fn retention(desk: &Desk<'_>) -> Table {
    let mut table = Table::new(&["Records that stay", "Until", "By which rule", "Where", "Owner"]);
    for one in handover(desk).into_iter().flat_map(|handover| &handover.retention) {
        table.push(Row::new(vec![
            desk.line(&one.records),
            match one.keep_until {
                Some(day) => desk.date(Some(day)).explained(desk.href_of_field(one.origin, "keep_until")),
                None => Cell::text("not set").class("bad"),
            },
            Cell::maybe(one.rule.clone()),
            Cell::maybe(one.kept_in.clone()),
            desk.person(one.owner),
        ]));
    }
    table
}

/// What stakeholders said at the end; empty where nobody has asked them by the status date.
#[must_use]
pub fn survey(desk: &Desk<'_>) -> Vec<Fact> {
    let day = desk.project.status_date;
    let known = |survey: &&Survey| survey.held.is_none_or(|held| held <= day);
    let Some(survey) = handover(desk).and_then(|handover| handover.survey.as_ref()).filter(known) else {
        return Vec::new();
    };
    let typed = |field: &str| desk.href_of_field(survey.origin, field);
    let answered =
        format!("{} of {} who were asked", format::whole(survey.answered), format::whole(survey.asked));
    let mut facts = vec![
        Fact { note: survey.held.map(format::date), ..Fact::new("Stakeholders who answered", answered) }
            .explained(typed("answered")),
    ];
    facts.extend(survey.content.map(|content| {
        Fact::new("Content with the project", format::share(content as f64 / 10_000.0))
            .explained(typed("content"))
    }));
    facts.extend(survey.said.as_ref().map(|said| Fact::of("What they said", desk.line(said))));
    facts
}
