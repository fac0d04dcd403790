//! G3, deliverables and readiness for service: is the thing built, accepted and safe to run?

use jiff::civil::Date;
use serde::Serialize;
use serde_json::Value;

use crate::control::WorkPart;
use crate::document::closing::{OPERATIONS, SPONSOR, Signer};
use crate::document::criterion::{Count, Criterion};
use crate::document::opening::{next_gate, on_to_next};
use crate::document::part::{Part, exit_criteria, narrative};
use crate::document::{GateDocument, to_value};
use crate::format;
use crate::model::{BuiltIn, TestCount, TestRun, Training};
use crate::page::Desk;
use crate::page::deliverables::{deliverable_rows, sentence};
use crate::page::explain::work_anchor;
use crate::page::handover::{cut_over, expiries, is_met, service_criteria};
use crate::page::raid::open_issue_table;
use crate::page::readiness::{reconciliation, rehearsals, sign_offs, training};
use crate::page::requirements::{requirement_table, requirements};
use crate::page::stage_work::stage_work;
use crate::page::tests_and_defects::{approach, defects, open_defects, tests, tests_until};
use crate::page::view::{Cell, Fact, Row, Table};
use crate::quantity::{Amount, GateId, Ratio, Stage, Window};

/// The title of the table of people who are trained.
pub(super) const TRAINING: &str = "Training of those who use it and those who run it";

/// Said of a gate that is decided: the board was not shown who is trained, and does not answer for it afterwards.
pub(super) const NOT_ASKED_ANEW: &str =
    "no training is recorded; the gate is decided, and it is not asked for any more";

/// What is said where nobody has written who is to be trained.
const NO_TRAINING: &str = "No training is recorded: write `training:` in `handover.yaml`.";

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
    /// How it goes into service, with the point of no return.
    cut_over: Part,
    /// Defects that go into service, with what helps until they are mended.
    known_errors: Part,
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
        let written = desk.project.project.gates.get(&GateId::G3);
        let window = written.and_then(|record| record.go_live);
        let mut asked = vec![
            format!("accept the deliverables of {}", desk.project.project.name),
            "declare it ready for service".to_owned(),
        ];
        asked.extend(window.and_then(|window| done_before(desk, window)));
        asked.extend(window.map(|window| {
            let way = if window.first() == window.last_day() { "on" } else { "in the window of" };
            format!("let it go live {way} {}", format::window(window))
        }));
        asked.extend(next_gate(GateId::G3).map(|_| on_to_next(desk, GateId::G3)));
        format!("{}.", format::sentence_start(&format::listed(&asked)))
    }

    fn parts(&self, desk: &Desk<'_>) -> Value {
        to_value(&Parts {
            narrative: narrative(desk, GateId::G3).list(
                "What had to hold at the end of the stage",
                exit_criteria(desk, Stage::Execution),
                "No exit criterion of the stage is recorded: write `exit:` in `stages/3-execution.md`.",
            ),
            deliverables: Part::new("deliverables", "Delivered and accepted")
                .lead(sentence(desk))
                .table(
                    None,
                    deliverable_rows(desk, |_| true),
                    "No deliverable is recorded: write `deliverables.yaml`.",
                )
                .chart(desk.chart("acceptance")),
            requirements: Part {
                facts: requirements(desk).map_or_else(Vec::new, |written| written.facts),
                ..Part::new("requirements", "Coverage of requirements")
            }
            .table_or(
                None,
                requirement_table(desk),
                "No requirement is recorded.",
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
                    Some("Sign-offs for security, data protection and the law"),
                    sign_offs(desk),
                    "No sign-off for security, data protection or the law is recorded: write `sign_offs:` in `handover.yaml`.",
                )
                .table(
                    Some(TRAINING),
                    training(desk),
                    NO_TRAINING,
                )
                .table(
                    Some("Service acceptance"),
                    service_criteria(desk),
                    "No criterion of service acceptance is recorded: write `criteria:` in `handover.yaml`.",
                )
                .table_if_any(Some("What expires"), expiries(desk)),
            cut_over: Part::new("cut-over", "Cut-over and the way back")
                .table(
                    None,
                    cut_over(desk),
                    "No step of the cut-over is recorded: write `cut_over:` in `handover.yaml`.",
                )
                .table(
                    Some("Rehearsed beforehand"),
                    rehearsals(desk),
                    "No rehearsal of the way back is recorded: write `rehearsals:` in `handover.yaml`.",
                ),
            known_errors: known_errors(desk),
            performance: performance(desk),
            open: Part::new("open", "What is still open").table_or(
                None,
                open_issue_table(desk),
                "No issue is open.",
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
        let has_quality = desk.project.has_quality_record();
        let tests = tests_until(desk);
        let (planned, run) = (sum(&tests, |test| test.planned), sum(&tests, |test| test.run));
        let passed = sum(&tests, |test| test.passed);
        let mut all = vec![
            Criterion::holds(BuiltIn::NoWorstDefect, Some(has_quality && n_worst == 0))
                .comment(if has_quality {
                    format!("{n_worst} open")
                } else {
                    "neither tests nor defects are recorded".to_owned()
                })
                .seen_on("Defects", page()),
            Criterion::of_all(
                BuiltIn::DefectsLivedWith,
                Count::of(open_of(2), |defect| defect.workaround.is_some() && defect.owner.is_some()),
            )
            .seen_on("Defects", page()),
            Criterion::of_some(
                BuiltIn::StageAccepted,
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
                BuiltIn::CriteriaMet,
                Count::of(
                    project.deliverables.iter().flat_map(|deliverable| &deliverable.criteria),
                    |criterion| criterion.known_on(day).is_met(),
                ),
                "no criterion is recorded",
            )
            .seen_on("Deliverables", page()),
            Criterion::holds(BuiltIn::TestsRun, Some(planned > 0 && run >= planned))
                .comment(format!("{} of {}", format::whole(run), format::whole(planned)))
                .seen_on("Tests", page()),
            Criterion::holds(BuiltIn::TestsPassed, Some(run > 0 && passed >= run))
                .comment(format!("{} of {}", format::whole(passed), format::whole(run)))
                .seen_on("Tests", page()),
        ];
        all.extend(of_service(desk));
        all
    }

    fn signers(&self) -> &'static [Signer] {
        const SIGNERS: &[Signer] = &[OPERATIONS, SPONSOR];
        SIGNERS
    }
}

/// That the board confirms the steps of the cut-over that were done before the window opens for which it is asked; none where none was.
fn done_before(desk: &Desk<'_>, window: Window) -> Option<String> {
    let day = desk.project.status_date;
    let steps = desk.project.project.handover.iter().flat_map(|handover| &handover.cut_over);
    let done: Vec<Date> =
        steps.filter_map(|step| step.done.filter(|done| *done <= day && *done < window.first())).collect();
    let (first, last) = (done.iter().min()?, done.iter().max()?);
    let steps = format::count(done.len(), "step");
    let when = if first == last {
        format!("on {}", format::date(*first))
    } else {
        format!("from {} to {}", format::date(*first), format::date(*last))
    };
    Some(format!("confirm {steps} of the cut-over done before, {when}"))
}

/// Whether everybody is trained. Of a board that has decided already nothing is asked anew: where no training is recorded, or one was
/// counted again since, the files do not say what lay before it.
fn users_trained(desk: &Desk<'_>) -> Criterion {
    let day = desk.project.status_date;
    let training: Vec<&Training> =
        desk.project.project.handover.iter().flat_map(|handover| &handover.training).collect();
    let nothing = "no training is recorded";
    let n_later = training.iter().filter(|one| one.is_counted_after(day)).count();
    if !is_settled(desk) {
        let count = Count::of(training, |one| one.is_complete(day));
        return Criterion::of_some(BuiltIn::UsersTrained, count, nothing);
    }
    if n_later > 0 {
        let words = format!("{n_later} of {} counted again since, not known for that day", training.len());
        return Criterion::holds(BuiltIn::UsersTrained, None).comment(words);
    }
    let stated = Criterion::of_all(
        BuiltIn::UsersTrained,
        Count::of(training.iter().copied(), |one| one.is_complete(day)),
    );
    if training.is_empty() { stated.comment(NOT_ASKED_ANEW) } else { stated }
}

/// Whether this is what lay before the board on the day on which it spoke its last word on the gate.
fn is_settled(desk: &Desk<'_>) -> bool {
    let now = desk.report.project(desk.folder()).filter(|_| desk.project.before_board == Some(GateId::G3));
    let record = now.and_then(|now| now.project.gates.get(&GateId::G3));
    record.is_some_and(|record| record.is_settled(desk.project.status_date))
}

/// What shows that it can go into service: data, the way back, sign-offs, and what operations asks for.
fn of_service(desk: &Desk<'_>) -> Vec<Criterion> {
    let project = &desk.project.project;
    let day = desk.project.status_date;
    let service = project.handover.as_ref();
    vec![
        Criterion::of_all(
            BuiltIn::DataReconciled,
            Count::of(service.into_iter().flat_map(|handover| &handover.reconciliation), |one| {
                one.counted.is_none_or(|counted| counted <= day) && one.is_reconciled()
            }),
        )
        .seen_on("Handover", desk.href_page("handover")),
        Criterion::of_some(
            BuiltIn::WayBackRehearsed,
            Count::of(service.into_iter().flat_map(|handover| &handover.rehearsals), |one| {
                one.held.is_some_and(|held| held <= day) && one.passed == Some(true)
            }),
            "no rehearsal is recorded",
        )
        .seen_on("Handover", desk.href_page("handover")),
        Criterion::of_some(
            BuiltIn::SignOffsGiven,
            Count::of(service.into_iter().flat_map(|handover| &handover.sign_offs), |one| {
                one.given.is_some_and(|given| given <= day)
            }),
            "no sign-off is recorded",
        )
        .seen_on("Handover", desk.href_page("handover")),
        users_trained(desk).seen_on("Handover", desk.href_page("handover")),
        Criterion::asked_of_people(BuiltIn::BackupRestored),
        Criterion::asked_of_people(BuiltIn::MonitoringProven),
        Criterion::asked_of_people(BuiltIn::RotaNamed),
        Criterion::asked_of_people(BuiltIn::LevelsSigned),
        Criterion::asked_of_people(BuiltIn::UsersInformed),
        Criterion::of_some(
            BuiltIn::ServiceAccepted,
            Count::of(service.into_iter().flat_map(|handover| &handover.criteria), |criterion| {
                is_met(criterion, day)
            }),
            "no criterion is recorded",
        )
        .seen_on("Handover", desk.href_page("handover")),
        Criterion::of_all(
            BuiltIn::ExpiriesKnown,
            Count::of(
                service.into_iter().flat_map(|handover| &handover.items).filter(|item| {
                    let ends = ["contract", "licence", "certificate", "secret"];
                    item.kind.as_deref().is_some_and(|kind| ends.contains(&kind))
                }),
                |item| item.expires.is_some(),
            ),
        )
        .seen_on("Handover", desk.href_page("handover")),
        Criterion::of_all(
            BuiltIn::OutsideDone,
            Count::of(project.registers.requests.iter().filter(|request| request.is_asked(day)), |request| {
                !request.is_open(day)
            }),
        )
        .seen_on("Outside teams", desk.href_page("outside")),
        Criterion::of_all(
            BuiltIn::ChangesBuilt,
            Count::of(project.registers.changes.iter().filter(|change| change.is_approved(day)), |change| {
                change.implemented.is_some_and(|built| built <= day)
            }),
        )
        .seen_on("Changes", desk.href_page("raid")),
    ]
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
            burn.task().map_or_else(|| Cell::text(&*burn.title), |task| desk.task(task)),
            Cell::text(unit),
            shown(done, "done"),
            shown(burn.scope, "scope"),
            shown(burn.remaining, "remaining"),
        ]));
    }
    Part::new("units", "Installed, migrated, counted")
        .table_or(None, table, "No task is counted in units.")
        .table_or(
            Some("Migrated data, held against the source"),
            reconciliation(desk),
            "No migrated data are counted.",
        )
        .chart(desk.chart("burn"))
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
        .chart(desk.chart("test-progress"))
        .chart(desk.chart("defect-trend"))
}

/// Open defects that go into service, each with its workaround, and what the handover lists as known.
fn known_errors(desk: &Desk<'_>) -> Part {
    let project = &desk.project.project;
    let day = desk.project.status_date;
    let mut table = Table::new(&["Known error", "", "#Severity", "Workaround", "Owner"]);
    for defect in project.defects.iter().filter(|defect| defect.is_open(day)) {
        table.push(Row::new(vec![
            Cell::text(defect.id.clone()).class("nowrap"),
            Cell::text(defect.title.clone()),
            Cell::text(defect.severity.to_string()).explained(desk.href_place(defect.origin)),
            match &defect.workaround {
                Some(words) => Cell::text(words.clone()),
                None => Cell::text("none is written").class("bad"),
            },
            desk.person(defect.owner),
        ]));
    }
    let handed = project.handover.iter().flat_map(|handover| &handover.items);
    let mut items = Table::new(&["Handed over as known", "To"]);
    for item in handed.filter(|item| item.kind.as_deref() == Some("known error")) {
        items.push(Row::new(vec![desk.line(&item.item), desk.person(item.to)]));
    }
    Part::new("known-errors", "Known errors")
        .table_or(None, table, "No defect is open.")
        .table_if_any(None, items)
}

/// Dates, value and slips of the stage.
fn performance(desk: &Desk<'_>) -> Part {
    let anchor = work_anchor(desk, WorkPart::Stage(Stage::Execution));
    let packages = &desk.project.control.work_breakdown;
    let package = packages.iter().find(|package| package.part == WorkPart::Stage(Stage::Execution));
    let facts = package.into_iter().flat_map(|package| {
        let value = &package.value;
        let money = |label: &str, amount: Amount, key: &str| {
            Fact::new(label, desk.money_words(amount)).explained(desk.explained(&format!("{anchor}.{key}")))
        };
        let index = |label: &str, index: Option<Ratio>, key: &str| {
            Fact::new(label, format::index(index)).explained(desk.explained(&format!("{anchor}.{key}")))
        };
        [
            money("Budget of the stage", value.budget, "budget"),
            money("Planned value (PV)", value.planned, "pv"),
            money("Earned value (EV)", value.earned, "ev"),
            money("Actual cost (AC)", value.actual, "ac"),
            money("Cost variance (CV)", value.cost_variance(), "cv"),
            index("Schedule performance index (SPI)", value.spi(), "spi"),
            index("Cost performance index (CPI)", value.cpi(), "cpi"),
        ]
    });
    let work = stage_work(desk, Stage::Execution);
    let mut part = Part::new("performance", "How the stage went")
        .facts(facts)
        .table(None, work.table, "The plan has no task in the execution stage.")
        .chart(desk.chart("slip"));
    part.notes.extend(work.listed);
    part
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
