//! G5, closure and transfer of ownership: is everything finished, approved, paid, learned and owned?

use serde::Serialize;
use serde_json::Value;

use crate::document::closing::Signer;
use crate::document::criterion::{Count, Criterion};
use crate::document::part::{Part, narrative};
use crate::document::{GateDocument, to_value};
use crate::format;
use crate::model::TaskKind;
use crate::page::Desk;
use crate::page::benefits::{benefit_table, success_criteria};
use crate::page::budget;
use crate::page::deliverables::{deliverable_rows, sentence};
use crate::page::handover::{expiries, indicators, is_taken, items, service_criteria};
use crate::page::journal::lessons;
use crate::page::milestones::slip_cell;
use crate::page::raid::action_table;
use crate::page::view::{Cell, Fact, Row, Table};
use crate::plan::State;
use crate::quantity::{Amount, GateId};

/// The document of G5.
pub struct Closure;

/// The sections of the document.
#[derive(Debug, Serialize)]
struct Parts {
    /// What people wrote.
    narrative: Part,
    /// Objectives against results.
    objectives: Part,
    /// The final account.
    account: Part,
    /// Acceptance of each deliverable.
    acceptance: Part,
    /// Who owns what from here on.
    ownership: Part,
    /// How early life went.
    early_life: Part,
    /// What was learned.
    lessons: Part,
    /// What is left to do, and by whom.
    follow_ons: Part,
    /// What the benefits are measured by, when and by whom.
    benefits: Part,
}

impl GateDocument for Closure {
    fn gate(&self) -> GateId {
        GateId::G5
    }

    fn question(&self) -> &'static str {
        "Is everything finished, approved, paid, learned and owned by operations?"
    }

    fn ask(&self, desk: &Desk<'_>) -> String {
        let project = &desk.project.project;
        let to = match project.operations_owner {
            Some(person) => project.person_name(person).to_owned(),
            None => "its receiving owner, who is not named".to_owned(),
        };
        format!("Close {} and transfer ownership of what it made to {to}.", project.name)
    }

    fn parts(&self, desk: &Desk<'_>) -> Value {
        to_value(&Parts {
            narrative: narrative(desk, GateId::G5),
            objectives: objectives(desk),
            account: account(desk),
            acceptance: Part::new("acceptance", "Acceptance").lead(sentence(desk)).table(
                None,
                deliverable_rows(desk, |_| true),
                "No deliverable is recorded: write `deliverables.yaml`.",
            ),
            ownership: Part::new("ownership", "Ownership register")
                .lead(crate::page::handover::sentence(desk))
                .table(None, items(desk), "No item changes hands: write `items:` in `handover.yaml`.")
                .table(
                    Some("Service acceptance"),
                    service_criteria(desk),
                    "No criterion of service acceptance is recorded: write `criteria:` in `handover.yaml`.",
                )
                .table_if_any(Some("What expires"), expiries(desk)),
            early_life: early_life(desk),
            lessons: lessons_part(desk),
            follow_ons: Part::new("follow-ons", "Follow-on actions").table(
                None,
                action_table(desk),
                "No action is recorded: write `actions.yaml`, each with an owner and a day.",
            ),
            benefits: Part::new("benefits", "Review of benefits")
                .table(
                    Some("Measures of success"),
                    success_criteria(desk),
                    "No measure of success is recorded.",
                )
                .table(
                    Some("Benefits"),
                    benefit_table(desk),
                    "No benefit with measure, target, day and owner is recorded: write `benefits.yaml`.",
                ),
        })
    }

    fn criteria(&self, desk: &Desk<'_>) -> Vec<Criterion> {
        let project = &desk.project.project;
        let control = &desk.project.control;
        let day = desk.project.status_date;
        let handover = project.handover.as_ref();
        let open_orders: Amount = control.spending.open_orders.iter().map(|order| order.amount).sum();
        let raid = || desk.href_page("raid");
        let early = handover.and_then(|handover| handover.early_life);
        vec![
            Criterion::of_all(
                "Every task is finished",
                Count::of(
                    desk.project
                        .tasks()
                        .filter(|(_, task, _)| task.is_work() || matches!(task.kind, TaskKind::Milestone)),
                    |(_, _, slot)| slot.state == State::Finished,
                ),
            )
            .seen_on("Schedule", desk.href_page("schedule")),
            Criterion::of_some(
                "Every deliverable is accepted",
                Count::of(&project.deliverables, |deliverable| deliverable.is_accepted(day)),
                "no deliverable is recorded",
            )
            .seen_on("Deliverables", desk.href_page("deliverables")),
            match handover {
                Some(handover) => Criterion::of_all(
                    "Every item of the ownership register is accepted by its new owner",
                    Count::of(&handover.items, |item| is_taken(item, day)),
                ),
                None => Criterion::holds(
                    "Every item of the ownership register is accepted by its new owner",
                    Some(false),
                )
                .comment("there is no ownership register"),
            }
            .seen_on("Handover", desk.href_page("handover")),
            Criterion::holds("No commitment is open", Some(open_orders == Amount::ZERO))
                .comment(format!(
                    "{} in {}",
                    desk.money_words(open_orders),
                    format::count(control.spending.open_orders.len(), "open order")
                ))
                .seen_on("Budget", desk.href_page("budget")),
            Criterion::holds("Early-life support is over", early.map(|window| window.last_day() < day))
                .comment(early.map_or_else(|| "not planned".to_owned(), format::window))
                .seen_on("Handover", desk.href_page("handover")),
            Criterion::of_all(
                "Every indicator of early life is inside its limit",
                Count::of(handover.into_iter().flat_map(|handover| &handover.indicators), |indicator| {
                    indicator.is_within(day) == Some(true)
                }),
            )
            .seen_on("Handover", desk.href_page("handover")),
            Criterion::of_all(
                "Every issue is solved",
                Count::of(&project.registers.issues, |issue| !issue.is_open(day)),
            )
            .seen_on("Issues", raid()),
            Criterion::of_all(
                "Every decision is taken",
                Count::of(&project.registers.decisions, |entry| !entry.is_open(day)),
            )
            .seen_on("Decisions", raid()),
            Criterion::of_all(
                "Every open action has an owner and a day",
                Count::of(project.registers.actions.iter().filter(|action| action.is_open(day)), |action| {
                    action.owner.is_some() && action.due.is_some()
                }),
            )
            .seen_on("Actions", raid()),
            Criterion::of_all(
                "Every condition of earlier gates is met",
                Count::of(project.gates.values().flat_map(|record| &record.conditions), |condition| {
                    condition.done.is_some_and(|done| done <= day)
                }),
            )
            .seen_on("Gates", desk.href_page("gates")),
            Criterion::of_some(
                "Every benefit has an owner and a day of measurement",
                Count::of(&project.benefits, |benefit| benefit.owner.is_some() && benefit.due.is_some()),
                "no benefit is recorded",
            )
            .seen_on("Benefits", desk.href_page("benefits")),
        ]
    }

    fn signers(&self) -> &'static [Signer] {
        const SIGNERS: &[Signer] = &[
            Signer {
                role: "project_manager",
                says: "The project hands over",
                person: |project| project.project_manager,
            },
            Signer {
                role: "operations_owner",
                says: "Operations takes over",
                person: |project| project.operations_owner,
            },
            Signer { role: "sponsor", says: "The sponsor closes", person: |project| project.sponsor },
        ];
        SIGNERS
    }
}

/// What was authorised, what was approved last, and what came out.
fn objectives(desk: &Desk<'_>) -> Part {
    let control = &desk.project.control;
    let first = desk.project.project.baselines.first();
    let frozen = || first.and_then(|baseline| desk.href_place(baseline.origin));
    let measured_by = if control.reference.is_baseline() { "#Baseline in force" } else { "#Plan" };
    let mut table = Table::new(&["", "#First baseline", measured_by, "#Result", "#Difference"]);
    let finish = desk.project.forecast.finish_day();
    table.push(Row::new(vec![
        Cell::text("Finish"),
        Cell::maybe(first.and_then(|baseline| baseline.finish).map(format::date)).explained(frozen()),
        Cell::text(format::date(control.reference.finish)).explained(desk.explained("promised")),
        Cell::text(format::date(finish)).explained(desk.explained("finish")),
        slip_cell(Some(desk.working_days(control.reference.finish, finish)))
            .explained(desk.explained("slip")),
    ]));
    let estimate = control.total.estimate();
    table.push(Row::new(vec![
        Cell::text("Cost"),
        Cell::maybe(first.and_then(|baseline| baseline.budget).map(|budget| desk.money_words(budget)))
            .explained(frozen()),
        Cell::text(desk.money_words(control.reference.budget)).explained(desk.explained("bac")),
        Cell::text(desk.money_words(estimate)).explained(desk.explained("eac")),
        Cell::text(desk.money_signed(estimate - control.reference.budget)).explained(desk.explained("over")),
    ]));
    let case = control.case.as_ref();
    if let Some(living) = case.and_then(|case| case.living.as_ref()) {
        let [approved, planned, now] =
            [&living.approved, &living.planned, &living.now].map(|state| state.figures.npv);
        let shown = |text: String, time: &str| {
            Cell::text(text).explained(desk.explained(&format!("{time}.net-present-value-npv")))
        };
        table.push(Row::new(vec![
            Cell::text("Net present value").note("first column as approved"),
            shown(desk.money_words(approved), "case-approved"),
            shown(desk.money_words(planned), "case-planned"),
            shown(desk.money_words(now), "case-now"),
            shown(desk.money_difference(planned, now), "case-now"),
        ]));
    }
    Part::new("objectives", "Objectives and results").table(None, table, "")
}

fn account(desk: &Desk<'_>) -> Part {
    let spending = &desk.project.control.spending;
    let facts = [
        Fact::new("Contingency left to return", desk.money_words(spending.contingency.remaining))
            .explained(desk.explained("contingency-left")),
        Fact::new(
            "Management reserve left to return",
            desk.money_words(spending.management_reserve.remaining),
        )
        .explained(desk.explained("reserve-left")),
        Fact::new(
            "Open commitments",
            desk.money_words(spending.open_orders.iter().map(|order| order.amount).sum()),
        )
        .explained(desk.explained("all-ordered")),
    ];
    Part::new("account", "Final account")
        .table(Some("By category"), budget::categories(desk), "No money is planned or booked.")
        .facts(facts)
        .table_if_any(Some("Orders not yet received"), budget::orders(desk))
}

fn early_life(desk: &Desk<'_>) -> Part {
    let window = desk.project.project.handover.as_ref().and_then(|handover| handover.early_life);
    Part::new("early-life", "Early-life support")
        .facts(window.map(|window| {
            let handover = desk.project.project.handover.as_ref();
            Fact::new("From and to", format::window(window))
                .explained(handover.and_then(|handover| desk.href_place(handover.origin)))
        }))
        .missing_if(
            window.is_none().then_some(
                "No time of early-life support is recorded: write `early_life:` in `handover.yaml`.",
            ),
        )
        .table(None, indicators(desk), "No indicator is watched: write `indicators:` in `handover.yaml`.")
}

fn lessons_part(desk: &Desk<'_>) -> Part {
    let mut table = Table::new(&["Lesson", "What happened", "Next time"]);
    for lesson in lessons(desk) {
        let find = |label: &str| {
            lesson
                .facts
                .iter()
                .find(|fact| fact.label == label)
                .and_then(|fact| fact.prose.clone())
                .map_or_else(Cell::nothing, Cell::prose)
        };
        table.push(Row::new(vec![
            Cell::prose(lesson.lesson.clone()),
            find("What happened"),
            find("Next time"),
        ]));
    }
    Part::new("lessons", "Lessons").table(
        None,
        table,
        "No lesson is recorded: write `lessons.yaml`, or mark a paragraph of a report with `#lesson`.",
    )
}
