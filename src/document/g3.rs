//! G3, deliverables and readiness for service: is the thing built, accepted and safe to run?

use serde::Serialize;
use serde_json::Value;

use crate::document::closing::{OPERATIONS, SPONSOR, Signer};
use crate::document::criterion::{Count, Criterion};
use crate::document::opening::on_to_next;
use crate::document::part::{Part, exit_criteria, narrative};
use crate::document::{GateDocument, to_value};
use crate::format;
use crate::model::{TestCount, TestRun};
use crate::page::Desk;
use crate::page::deliverables::{deliverable_rows, sentence};
use crate::page::handover::{expiries, is_met, service_criteria};
use crate::page::raid::issue_table;
use crate::page::requirements::{requirement_table, requirements};
use crate::page::tests_and_defects::{approach, defects, open_defects, tests, tests_until};
use crate::page::view::{Cell, Row, Table};
use crate::quantity::{GateId, Stage};

/// The document of G3.
pub struct Readiness;

/// The sections of the document.
#[derive(Debug, Serialize)]
struct Parts {
    /// What people wrote.
    narrative: Part,
    /// What was delivered, and what was accepted of it.
    deliverables: Part,
    /// Requirements and what proves them.
    requirements: Part,
    /// What was counted: branches, seats, points.
    units: Part,
    /// Tests and defects.
    quality: Part,
    /// Approved changes and whether they are built.
    changes: Part,
    /// Whether operations can run it.
    service: Part,
    /// How the stage went.
    performance: Part,
    /// What is still open.
    open: Part,
}

impl GateDocument for Readiness {
    fn gate(&self) -> GateId {
        GateId::G3
    }

    fn question(&self) -> &'static str {
        "Is the thing built, accepted and safe to run?"
    }

    fn ask(&self, desk: &Desk<'_>) -> String {
        format!(
            "Accept the deliverables of {}, declare it ready for service{}.",
            desk.project.project.name,
            on_to_next(desk, GateId::G3)
        )
    }

    fn parts(&self, desk: &Desk<'_>) -> Value {
        to_value(&Parts {
            narrative: narrative(desk, GateId::G3).list(
                "What had to hold at the end of the stage",
                exit_criteria(desk, Stage::Execution),
                "No exit criterion of the stage is recorded: write `exit:` in `stages/3-execution.md`.",
            ),
            deliverables: Part::new("deliverables", "Delivered and accepted").lead(sentence(desk)).table(
                None,
                deliverable_rows(desk, |_| true),
                "No deliverable is recorded: write `deliverables.yaml`.",
            ),
            requirements: Part {
                facts: requirements(desk).map_or_else(Vec::new, |written| written.facts),
                ..Part::new("requirements", "Coverage of requirements")
            }
            .table_or(
                None,
                requirement_table(desk),
                "No requirement is written in `requirements.yaml`.",
            ),
            units: units(desk),
            quality: quality(desk),
            changes: Part::new("changes", "Approved changes and whether they are built").table_or(
                None,
                changes_built(desk),
                "No change was approved.",
            ),
            service: Part::new("service", "Ready for service")
                .table(
                    Some("Service acceptance"),
                    service_criteria(desk),
                    "No criterion of service acceptance is recorded: write `criteria:` in `handover.yaml`.",
                )
                .table_if_any(Some("What expires"), expiries(desk)),
            performance: Part::new("performance", "How the stage went").table(
                None,
                crate::page::stage::tasks(desk, Stage::Execution),
                "The plan has no task in the execution stage.",
            ),
            open: Part::new("open", "What is still open").table_or(
                None,
                issue_table(desk),
                "No issue is recorded.",
            ),
        })
    }

    fn criteria(&self, desk: &Desk<'_>) -> Vec<Criterion> {
        let project = &desk.project.project;
        let day = desk.project.status_date;
        let page = || desk.href_page("deliverables");
        let open_of = |severity: u8| {
            project.defects.iter().filter(move |defect| defect.severity == severity && defect.is_open(day))
        };
        let n_worst = open_of(1).count();
        let has_quality = project.quality.is_some() || !project.defects.is_empty();
        let tests = tests_until(desk);
        let (planned, run) = (sum(&tests, |test| test.planned), sum(&tests, |test| test.run));
        let passed = sum(&tests, |test| test.passed);
        let service = project.handover.as_ref();
        vec![
            Criterion::holds("No defect of severity 1 is open", Some(has_quality && n_worst == 0))
                .comment(if has_quality {
                    format!("{n_worst} open")
                } else {
                    "neither tests nor defects are recorded".to_owned()
                })
                .seen_on("Defects", page()),
            Criterion::of_all(
                "Every open defect of severity 2 has a workaround and an owner",
                Count::of(open_of(2), |defect| defect.workaround.is_some() && defect.owner.is_some()),
            )
            .seen_on("Defects", page()),
            Criterion::of_some(
                "Every deliverable of this stage is accepted",
                Count::of(
                    project.deliverables.iter().filter(|deliverable| {
                        deliverable
                            .produced_by
                            .iter()
                            .any(|task| project.task(*task).stage <= Stage::Execution)
                    }),
                    |deliverable| deliverable.is_accepted(day),
                ),
                "no deliverable is recorded",
            )
            .seen_on("Deliverables", page()),
            Criterion::of_some(
                "Every acceptance criterion is met",
                Count::of(
                    project.deliverables.iter().flat_map(|deliverable| &deliverable.criteria),
                    |criterion| criterion.known_on(day).is_met(),
                ),
                "no criterion is recorded",
            )
            .seen_on("Deliverables", page()),
            Criterion::holds("Every planned test has been run", Some(planned > 0 && run >= planned))
                .comment(format!("{} of {}", format::whole(run), format::whole(planned)))
                .seen_on("Tests", page()),
            Criterion::holds("Every test that was run has passed", Some(run > 0 && passed >= run))
                .comment(format!("{} of {}", format::whole(passed), format::whole(run)))
                .seen_on("Tests", page()),
            Criterion::of_some(
                "Every criterion of service acceptance is met",
                Count::of(service.into_iter().flat_map(|handover| &handover.criteria), |criterion| {
                    is_met(criterion, day)
                }),
                "no criterion is recorded",
            )
            .seen_on("Handover", desk.href_page("handover")),
            Criterion::of_all(
                "Everything that outside teams were asked for has come",
                Count::of(&project.registers.requests, |request| !request.is_open(day)),
            )
            .seen_on("Outside teams", desk.href_page("outside")),
            Criterion::of_all(
                "Every approved change is built",
                Count::of(
                    project.registers.changes.iter().filter(|change| change.is_approved(day)),
                    |change| change.implemented.is_some_and(|built| built <= day),
                ),
            )
            .seen_on("Changes", desk.href_page("raid")),
        ]
    }

    fn signers(&self) -> &'static [Signer] {
        const SIGNERS: &[Signer] = &[OPERATIONS, SPONSOR];
        SIGNERS
    }
}

fn sum(tests: &[(&TestRun, TestCount)], count: fn(&TestCount) -> i64) -> i64 {
    tests.iter().map(|(_, test)| count(test)).sum()
}

fn units(desk: &Desk<'_>) -> Part {
    let mut table = Table::new(&["Counted", "Unit", "#Done", "#Of", "#Left"]);
    for burn in &desk.project.control.unit_burns {
        let done = burn.points.last().map_or(0.0, |point| point.done);
        let unit = match &burn.unit {
            crate::control::BurnUnit::Units(unit) => unit.clone(),
            crate::control::BurnUnit::PersonDays { .. } => "person-days".to_owned(),
        };
        let anchor = crate::page::explain::burn_anchor(desk, burn);
        let shown = |value: f64, part: &str| {
            Cell::text(format::number(value, 0)).explained(desk.explained(&format!("{anchor}.{part}")))
        };
        table.push(Row::new(vec![
            burn.task.map_or_else(|| Cell::text(&*burn.title), |task| desk.task(task)),
            Cell::text(unit),
            shown(done, "done"),
            shown(burn.scope, "scope"),
            shown(burn.remaining, "remaining"),
        ]));
    }
    Part::new("units", "Installed, migrated, counted").table_or(None, table, "No task is counted in units.")
}

/// Tests and defects; what is not recorded says so.
pub(super) fn quality(desk: &Desk<'_>) -> Part {
    let part = Part::new("quality", "Tests and defects");
    let part = match approach(desk) {
        Some(written) => Part { prose: vec![written], ..part },
        None => part,
    };
    part.table(Some("Tests"), tests(desk), "No test is recorded: write `tests:` in `quality.yaml`.")
        .table_or(Some("Defects"), defects(desk), "No defect is recorded.")
        .table_if_any(Some("Open defects"), open_defects(desk))
}

fn changes_built(desk: &Desk<'_>) -> Table {
    let mut table = Table::new(&["Change", "", "State", "#Cost", "#Time", "Built"]);
    let day = desk.project.status_date;
    for change in desk.project.project.registers.changes.iter().filter(|change| change.is_approved(day)) {
        table.push(Row::new(vec![
            Cell::text(change.id.to_string()).class("nowrap"),
            desk.line(&change.change),
            crate::page::changes::state(desk, change),
            Cell::maybe(change.cost.map(|cost| desk.money_signed(cost)))
                .explained(desk.href_of_field(change.origin, "impact.cost")),
            Cell::maybe(change.time.map(|time| format::signed(time, desk.days(time))))
                .explained(desk.href_of_field(change.origin, "impact.time")),
            desk.date(change.implemented.filter(|built| *built <= day)),
        ]));
    }
    table
}
