//! Decided gates on pages: every decision so far, whether its document is frozen, and what differs from what was decided.

use serde::Serialize;

use crate::format;
use crate::model::{EarlierDecision, FrozenGate, GateRecord, name_of_decision};
use crate::page::desk::Desk;
use crate::page::gates::{decided_record, earlier_decisions, gate_list, status_of};
use crate::page::prose::Prose;
use crate::page::register_cells::line_or_dash;
use crate::page::view::{Cell, Link, PLACE, Row, Status, Table};
use crate::quantity::GateId;
use crate::report::{GateComparison, GateDifference};

/// What today's files would say otherwise than what was decided.
#[derive(Clone, Debug, Serialize)]
pub struct Differences {
    /// How many, and what it means, in two sentences.
    pub words: String,
    /// Which files have changed since, in a sentence; none where they are the same and the program or the day tells otherwise.
    pub files: Option<String>,
    /// Where, then, now, typed at.
    pub table: Table,
}

/// What differs from the decision in force on a gate; none where nothing does or its document was not frozen.
#[must_use]
pub fn differences(desk: &Desk<'_>, gate: GateId) -> Option<Differences> {
    let compared = compared(desk, gate).filter(|compared| !compared.differences.is_empty())?;
    let mut table = Table::new(&["Where", "Then", "Now", "Typed at"]);
    for difference in &compared.differences {
        table.push(difference_row(desk, compared, difference));
    }
    let count = compared.differences.len();
    let (places, are) =
        if count == 1 { ("one place".to_owned(), "differs") } else { (format!("{count} places"), "differ") };
    let frozen = desk.project.project.frozen_gate(gate, compared.decided);
    if frozen.is_some_and(|frozen| compared.is_drawn_otherwise(frozen)) {
        // What others had booked comes from their files.
        let then = desk.project.at_gates.get(&gate);
        let why = if then.is_some_and(|then| !then.facts.elsewhere.is_empty()) {
            "what other projects have people for, by their files of today, or this version of milepost, makes"
        } else {
            "this version of milepost draws"
        };
        return Some(Differences {
            words: format!(
                "What was decided on {} stands below as it was frozen. No file of the project has changed since: {why} {places} of it \
                 otherwise.",
                format::date(compared.decided)
            ),
            files: None,
            table,
        });
    }
    let meaning = match taken_up(compared) {
        0 => {
            "A later edit changes no decision: restore what was edited, or bring the change before the board."
                .to_owned()
        }
        known if known == count => {
            "What they rest on was filled in later or has been decided since, at a later gate or with a new baseline.".to_owned()
        }
        known => format!(
            "What {known} of them rest on was filled in later or has been decided since, at a later gate or with a new baseline. An edit \
             changes no decision: restore what was edited, or bring the change before the board."
        ),
    };
    Some(Differences {
        words: format!(
            "What was decided on {} stands below as it was frozen; {places} of today's files {are} from it. {meaning}",
            format::date(compared.decided)
        ),
        files: (!compared.changed_files.is_empty()).then(|| {
            format!("Changed since it was frozen: {}.", format::listed(&ticked(&compared.changed_files)))
        }),
        table,
    })
}

/// How many of the differences have been decided since, at a later gate or with a new baseline.
fn taken_up(compared: &GateComparison) -> usize {
    compared.differences.len() - compared.open().count()
}

fn ticked(files: &[String]) -> Vec<String> {
    files.iter().map(|file| format!("`{file}`")).collect()
}

/// Differences of all gates in one table, each with its gate.
#[must_use]
pub fn all_differences(desk: &Desk<'_>) -> Table {
    let mut table = Table::new(&["Gate", "Where", "Then", "Now", "Typed at"]);
    for compared in &desk.project.decided {
        for difference in &compared.differences {
            let mut row = difference_row(desk, compared, difference);
            let words = format!("{} of {}", compared.gate, format::date(compared.decided));
            row.cells.insert(0, Cell::text(words).href(href_of(desk, compared.gate, compared.decided)));
            table.push(row);
        }
    }
    table
}

fn difference_row(desk: &Desk<'_>, compared: &GateComparison, difference: &GateDifference) -> Row {
    let shown = desk.project.at_gates.get(&compared.gate).unwrap_or(desk.project);
    let explained = difference.key.as_deref().and_then(|key| desk.here.desk(shown).explained(key));
    let frozen = desk.project.project.frozen_gate(compared.gate, compared.decided);
    let file = frozen.and_then(|frozen| desk.href_place(frozen.origin));
    let first = difference.typed.first().and_then(|place| desk.href_line(&place.path, place.line));
    let links: Vec<Link> = difference
        .typed
        .iter()
        .map(|place| Link {
            label: format!("{}:{}", desk.short_path(&place.path), place.line),
            href: desk.href_line(&place.path, place.line),
        })
        .collect();
    Row::new(vec![
        Cell::text(if difference.place.is_empty() { "Document" } else { &difference.place }),
        Cell::maybe(difference.then.clone()).explained(file),
        Cell::maybe(difference.now.clone()).explained(explained.or(first)),
        Prose::links(&links).map_or_else(Cell::nothing, |links| Cell::prose(links).class(PLACE)),
    ])
}

/// The comparison of the decision in force on a gate.
fn compared<'a>(desk: &Desk<'a>, gate: GateId) -> Option<&'a GateComparison> {
    let decided = decided_record(desk, gate)?.decided?;
    desk.project.decided.iter().find(|one| (one.gate, one.decided) == (gate, decided))
}

/// The document of a decision on a gate: that of the gate, of a superseded one its own where it was frozen.
fn href_of(desk: &Desk<'_>, gate: GateId, decided: jiff::civil::Date) -> Option<String> {
    let own = desk.href_page(&format!("gates/{}", name_of_decision(gate, decided)));
    own.or_else(|| desk.href_page(&format!("gates/{gate}")))
}

/// Of which of some gates the figures of their day are computed now, in a sentence or two: nothing was frozen, or the files were edited
/// since. A board may have had other figures before it. None where each was frozen and nothing differs, and as long as the files are
/// still those of the decision.
#[must_use]
pub fn computed_now(desk: &Desk<'_>, gates: &[GateId]) -> Option<String> {
    let project = &desk.project.project;
    let decided = |gate: GateId| decided_record(desk, gate).and_then(|record| record.decided);
    let is_computed = |gate: &GateId| {
        decided(*gate).is_some_and(|day| {
            project.frozen_gate(*gate, day).is_none()
                && !project.are_of_one_time(day, desk.project.status_date)
        })
    };
    let is_edited = |gate: &GateId| is_edited(desk, *gate);
    let of = |is: &dyn Fn(&GateId) -> bool| gates.iter().copied().filter(is).collect::<Vec<GateId>>();
    let (never_frozen, edited) = (of(&is_computed), of(&is_edited));
    let told = [(never_frozen, "nothing was frozen"), (edited, "what was frozen differs from them")];
    let told = told.into_iter().filter(|(gates, _)| !gates.is_empty()).map(|(gates, why)| {
        let its_day = if gates.len() == 1 { "that day" } else { "those days" };
        format!(
            "The figures of {} are computed now from what the files say of {its_day}: {why}.",
            gate_list(&gates)
        )
    });
    let told: Vec<String> = told.collect();
    (!told.is_empty()).then(|| told.join(" "))
}

/// Whether the files of today say something else of the day of a decided gate than its document that was frozen.
#[must_use]
pub fn is_edited(desk: &Desk<'_>, gate: GateId) -> bool {
    compared(desk, gate).is_some_and(|one| {
        let frozen = desk.project.project.frozen_gate(one.gate, one.decided);
        !one.differences.is_empty() && !frozen.is_none_or(|frozen| one.is_drawn_otherwise(frozen))
    })
}

/// Whether the document of a gate is a draft, frozen, or only computed; and whether today's files agree with it.
#[must_use]
pub fn document_cell(desk: &Desk<'_>, gate: GateId) -> Cell {
    let Some(record) = decided_record(desk, gate) else { return Cell::text("draft").class("muted") };
    let frozen = record.decided.and_then(|day| desk.project.project.frozen_gate(gate, day));
    let Some(frozen) = frozen else {
        return Cell::text("not frozen").note("computed from the files of today").class("muted");
    };
    let compared = compared(desk, gate);
    let count = compared.map_or(0, |compared| compared.differences.len());
    let known = compared.map_or(0, taken_up);
    let section = desk.href_page(&format!("gates/{gate}")).map(|page| format!("{page}#differs"));
    let is_genuine = compared.is_none_or(|compared| compared.is_genuine);
    if !frozen.seal().is_whole() || !is_genuine {
        return Cell::status(Status::red("Edited after it was frozen"))
            .explained(desk.href_place(frozen.origin));
    }
    if count > 0 {
        let places = if count == 1 { "in one place".to_owned() } else { format!("in {count} places") };
        return if known == count {
            Cell::text("planned on since").note(places).explained(section)
        } else {
            Cell::status(Status::amber("Differs from what was decided")).note(places).explained(section)
        };
    }
    // What was frozen long after the decision is what the files of that day told of it.
    let words = if desk.project.project.are_of_one_time(frozen.decided, frozen.frozen) {
        "frozen".to_owned()
    } else {
        format!("reconstructed on {}", format::date(frozen.frozen))
    };
    Cell::text(words).note(frozen.short_digest()).explained(desk.href_place(frozen.origin))
}

/// Every decision so far on a gate, newest first, the one in force and those that it replaced; empty where there is only one.
#[must_use]
pub fn decisions(desk: &Desk<'_>, gate: GateId) -> Table {
    let mut table = Table::new(&["Decided", "Decision", "By", "Asked for", "Reasons or minutes", "Standing"]);
    let earlier: Vec<&EarlierDecision> = earlier_decisions(desk, gate).collect();
    if earlier.is_empty() {
        return table;
    }
    let mut replaced_on = None;
    if let Some(record) = decided_record(desk, gate) {
        table.push(newest_row(desk, record));
        replaced_on = record.decided;
    }
    for one in earlier {
        let standing = match replaced_on {
            Some(day) => Cell::text("superseded").note(format!("on {}", format::date(day))),
            None => Cell::text("in force"),
        };
        let frozen = desk.project.project.frozen_gate(gate, one.decided);
        table.push(
            Row::new(vec![
                desk.date(Some(one.decided))
                    .href(frozen.and_then(|frozen| href_of_frozen(desk, frozen)))
                    .explained(desk.href_place(one.origin)),
                Cell::status(status_of(one.decision)),
                signed_by(desk, one.decided_by),
                asked(desk, &one.conditions),
                line_or_dash(desk, one.reasons.as_ref().or(one.minutes.as_ref())),
                standing,
            ])
            .class(if replaced_on.is_some() { "muted" } else { "" }),
        );
        replaced_on = Some(one.decided);
    }
    table
}

fn href_of_frozen(desk: &Desk<'_>, frozen: &FrozenGate) -> Option<String> {
    desk.href_page(&format!("gates/{}", frozen.name()))
}

fn newest_row(desk: &Desk<'_>, record: &GateRecord) -> Row {
    let origin = record.decision_origin.unwrap_or(record.origin);
    Row::new(vec![
        desk.date(record.decided).explained(desk.href_place(origin)),
        Cell::status(record.decision.map_or_else(|| Status::open("Draft"), status_of)),
        signed_by(desk, record.decided_by),
        asked(desk, &record.conditions),
        line_or_dash(desk, record.minutes.as_ref()),
        Cell::text("in force"),
    ])
}

fn signed_by(desk: &Desk<'_>, person: Option<crate::model::PersonNo>) -> Cell {
    desk.person(person.or(desk.project.project.sponsor))
}

/// What the board asked for, one condition a line.
fn asked(desk: &Desk<'_>, conditions: &[crate::model::Condition]) -> Cell {
    Prose::lines(conditions.iter().filter_map(|one| desk.line(&one.condition).prose))
        .map_or_else(Cell::nothing, Cell::prose)
}
