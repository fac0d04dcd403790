//! The review of the benefits: what was promised, what is measured, what is to be expected, and whether it paid.

use crate::document::closing::DecisionBlock;
use crate::document::part::Part;
use crate::document::sheet::{Sheet, band, provenance, signature};
use crate::format;
use crate::model::Benefit;
use crate::page::address::Address;
use crate::page::benefits::{benefit_table, due_ahead, sentence, success_criteria};
use crate::page::case_then_now::then_and_now;
use crate::page::register_cells::due;
use crate::page::view::{Cell, Fact, Row, Table};
use crate::page::{Desk, Entry, Group, Made, ProjectPage};
use crate::report::ProjectReport;

/// The review of the benefits.
pub struct BenefitsReview;

impl ProjectPage for BenefitsReview {
    fn kind(&self) -> &'static str {
        "benefits-review"
    }

    fn group(&self) -> Group {
        Group::Results
    }

    fn question(&self) -> &'static str {
        "Did we get what we paid for, and what is still to be done for it?"
    }

    /// Once something was measured, or the project is closed; there is nothing to review before, and of a stopped project never.
    fn is_printed(&self) -> bool {
        true
    }

    fn entries(&self, project: &ProjectReport) -> Vec<Entry> {
        let day = project.status_date;
        let benefits = &project.project.benefits;
        let is_measured = benefits.iter().any(|benefit| benefit.newest(day).is_some());
        if benefits.is_empty() || project.control.is_stopped || !(is_measured || project.control.is_closed) {
            return Vec::new();
        }
        vec![Entry::new(Address::benefits_review(&project.project.folder), "Benefits review")]
    }

    fn make(&self, desk: &Desk<'_>) -> Made {
        let project = &desk.project.project;
        let is_closed = desk.project.control.is_closed;
        let facts = vec![
            Fact::new("Version", if is_closed { "after the end" } else { "before the end" }),
            Fact::of("Prepared for", desk.person(project.sponsor)),
        ];
        let case_owner = project.business_case.as_ref().and_then(|case| case.benefits_owner);
        let state = if is_closed { ("Review", "decided") } else { ("Interim", "draft") };
        Sheet {
            kind: self.kind(),
            question: self.question(),
            band: band(desk, ("Benefits review", "Benefits review".to_owned()), state, facts),
            ways: Vec::new(),
            headline: sentence(desk),
            remark: then_and_now(desk).map(|case| case.lead),
            hint: None,
            parts: [Some(promised(desk)), Some(measured(desk)), open(desk), case(desk)]
                .into_iter()
                .flatten()
                .collect(),
            behind: Vec::new(),
            follows: &[],
            decision: Some(decision(desk)),
            signatures: vec![
                signature(desk, "Owner of the benefits", case_owner),
                signature(desk, "Sponsor", project.sponsor),
            ],
            provenance: provenance(desk),
            rests_on: ["benefits.yaml", "business-case.yaml", "project.yaml"].map(str::to_owned).into(),
        }
        .make(desk)
    }
}

/// What was promised, and how far each benefit has come.
fn promised(desk: &Desk<'_>) -> Part {
    Part::new("benefits", "Promised, measured, expected")
        .table(None, benefit_table(desk), "No benefit is recorded: write `benefits.yaml`.")
        .table_if_any(Some("Measures of success"), success_criteria(desk))
}

/// Every reading, with its line.
fn measured(desk: &Desk<'_>) -> Part {
    let day = desk.project.status_date;
    let mut table = Table::new(&["Benefit", "Measured on", "#Value", "#Away from the target"]);
    let benefits = &desk.project.project.benefits;
    for benefit in benefits {
        let unit = benefit.unit.as_deref();
        for reading in benefit.readings.iter().filter(|reading| reading.date <= day) {
            let place = desk.href_of_field(reading.origin, "value");
            let away =
                benefit.target.map(|target| format::measure_difference(reading.thousandths - target, unit));
            table.push(Row::new(vec![
                desk.line(&benefit.benefit),
                desk.date(Some(reading.date)).explained(desk.href_place(reading.origin)),
                Cell::text(format::measure(reading.thousandths, unit)).explained(place),
                Cell::maybe(away).explained(desk.href_of_field(benefit.origin, "target")),
            ]));
        }
    }
    let part = Part::new("measured", "What was measured").table(
        None,
        table,
        "Nothing has been measured: write `readings:` in `benefits.yaml`.",
    );
    benefits.iter().fold(part, |part, benefit| part.chart(desk.chart(&format!("benefit-{}", benefit.id))))
}

/// What has not been reached, and who answers for it.
fn open(desk: &Desk<'_>) -> Option<Part> {
    let day = desk.project.status_date;
    let is_open = |benefit: &&Benefit| !benefit.is_reached(day);
    let mut table = Table::new(&["Not yet reached", "Owner", "Due", "Next reading"]);
    for benefit in desk.project.project.benefits.iter().filter(is_open) {
        table.push(Row::new(vec![
            desk.line(&benefit.benefit),
            match benefit.owner {
                Some(owner) => desk.person(Some(owner)),
                None => Cell::text("nobody").class("bad"),
            },
            due(desk, benefit.due, true).explained(desk.href_of_field(benefit.origin, "due")),
            match benefit.next_measured(day) {
                Some(next) => {
                    due(desk, Some(next), true).explained(desk.href_of_field(benefit.origin, "next_reading"))
                }
                None if benefit.due.is_some_and(|due| due > day) => Cell::text("when it is due"),
                None => Cell::text("not planned").class("bad"),
            },
        ]));
    }
    (!table.rows.is_empty()).then(|| Part::new("open", "What is still to come").table_if_any(None, table))
}

/// The case as approved, as planned and now.
fn case(desk: &Desk<'_>) -> Option<Part> {
    let living = then_and_now(desk)?;
    let part = Part::new("case", "The business case then and now")
        .lead(Some(living.lead))
        .table_if_any(None, living.table)
        .table_if_any(Some("At each gate"), living.gates)
        .chart(desk.chart("cash-line"));
    Some(living.notes.into_iter().fold(part, Part::note))
}

fn decision(desk: &Desk<'_>) -> DecisionBlock {
    let day = desk.project.status_date;
    let next = desk
        .project
        .project
        .benefits
        .iter()
        .filter_map(|benefit| Some((benefit.next_measured(day)?, benefit)));
    let next = next.min_by_key(|(next, _)| *next);
    let fact = match next {
        Some((next, benefit)) => Fact::new("Next review", format::date(next))
            .explained(desk.href_of_field(benefit.origin, "next_reading")),
        None => match due_ahead(desk) {
            Some((first, _)) => {
                let mut all = desk.project.project.benefits.iter();
                let due = all.find(|benefit| benefit.due == Some(first)).map(|benefit| benefit.origin);
                Fact {
                    note: Some(
                        "the first day on which a benefit is due; no reading is planned before".to_owned(),
                    ),
                    ..Fact::new("Next review", format::date(first))
                        .explained(due.and_then(|origin| desk.href_of_field(origin, "due")))
                }
            }
            None => Fact::new("Next review", "not planned"),
        },
    };
    let options = [
        "benefits are reached, no further review",
        "go on measuring",
        "act on what is missing",
        "give up what is missing",
    ];
    DecisionBlock { is_decided: false, facts: vec![fact], options: options.map(str::to_owned).into() }
}
