//! G5, closure and transfer of ownership: is everything finished, approved, paid, learned and owned?

use serde::Serialize;
use serde_json::Value;

use crate::document::annex::files;
use crate::document::closing::Signer;
use crate::document::criterion::{Count, Criterion};
use crate::document::final_account::{account, totals_tie};
use crate::document::part::{Part, narrative};
use crate::document::release::{people, released};
use crate::document::{GateDocument, to_value};
use crate::format;
use crate::model::{BuiltIn, GateRecord, Ground, Project, TaskKind};
use crate::page::Desk;
use crate::page::address::Address;
use crate::page::benefits::{benefit_table, due_ahead, no_reading_planned, success_criteria};
use crate::page::case_then_now::again;
use crate::page::deliverables::{deliverable_rows, sentence};
use crate::page::desk::days_of;
use crate::page::handover::{beyond_closing, expiries, indicators, is_taken, items, service_criteria};
use crate::page::journal::{Lessons, lessons};
use crate::page::milestones::slip_cell;
use crate::page::prose::Prose;
use crate::page::raid::open_action_table;
use crate::page::readiness::{retention, survey};
use crate::page::stage::gate_day;
use crate::page::stopped::after_stop;
use crate::page::unread::is_known;
use crate::page::view::{Cell, Fact, Row, Table};
use crate::plan::State;
use crate::quantity::{Amount, GateId};
use crate::report::FieldState;
use crate::statement::{Field, Thing};

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
    /// When everybody is free again.
    people: Part,
    /// What is kept, with digests.
    archive: Part,
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
            follow_ons: Part::new("follow-ons", "Follow-on actions")
                .table_if_any(Some("What the stopped project still owes"), after_stop(desk))
                .missing_if(
                    desk.project.project.registers.actions.is_empty().then_some(
                        "No action is recorded: write `actions.yaml`, each with an owner and a day.",
                    ),
                )
                .table_or(None, open_action_table(desk), "No action is open."),
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
            people: people(desk),
            archive: archive(desk),
        })
    }

    fn criteria(&self, desk: &Desk<'_>) -> Vec<Criterion> {
        let project = &desk.project.project;
        let control = &desk.project.control;
        let day = desk.project.status_date;
        let handover = project.handover.as_ref();
        let open_orders = control.spending.on_order();
        let raid = || desk.href_page("raid");
        let early = handover.and_then(|handover| handover.early_life);
        vec![
            Criterion::of_all(BuiltIn::WorkFinished, finished_work(desk))
                .seen_on("Schedule", desk.href_page("schedule")),
            Criterion::of_some(
                BuiltIn::DeliverablesAccepted,
                Count::of(&project.deliverables, |deliverable| deliverable.is_accepted(day)),
                "no deliverable is recorded",
            )
            .seen_on("Deliverables", desk.href_page("deliverables")),
            match handover {
                Some(handover) => Criterion::of_all(
                    BuiltIn::OwnershipTaken,
                    Count::of(&handover.items, |item| is_taken(item, day)),
                ),
                None => Criterion::holds(BuiltIn::OwnershipTaken, Some(false))
                    .comment("there is no ownership register"),
            }
            .seen_on("Handover", desk.href_page("handover")),
            Criterion::holds(BuiltIn::NoCommitmentOpen, Some(open_orders == Amount::ZERO))
                .comment(format!(
                    "{} in {}",
                    desk.money_words(open_orders),
                    format::count(control.spending.open_orders.len(), "open order")
                ))
                .seen_on("Budget", desk.href_page("budget")),
            totals_tie(desk),
            Criterion::holds(BuiltIn::EarlyLifeOver, early.map(|window| window.last_day() <= day))
                .comment(early.map_or_else(|| "not planned".to_owned(), format::window))
                .seen_on("Handover", desk.href_page("handover")),
            Criterion::of_all(
                BuiltIn::EarlyLifeInside,
                Count::of(handover.into_iter().flat_map(|handover| &handover.indicators), |indicator| {
                    indicator.is_within(day) == Some(true)
                }),
            )
            .seen_on("Handover", desk.href_page("handover")),
            Criterion::of_all(
                BuiltIn::IssuesSolved,
                Count::of(&project.registers.issues, |issue| !issue.is_open(day)),
            )
            .seen_on("Issues", raid()),
            Criterion::of_all(
                BuiltIn::DecisionsTaken,
                Count::of(&project.registers.decisions, |entry| !entry.is_open(day)),
            )
            .seen_on("Decisions", raid()),
            Criterion::of_all(
                BuiltIn::ActionsPlanned,
                Count::of(project.registers.actions.iter().filter(|action| action.is_open(day)), |action| {
                    action.owner.is_some() && action.due.is_some()
                }),
            )
            .seen_on("Actions", raid()),
            Criterion::of_all(
                BuiltIn::ConditionsMet,
                Count::of(before_g5(project).flat_map(GateRecord::all_conditions), |(_, condition)| {
                    !condition.is_open(day)
                }),
            )
            .seen_on("Gates", desk.href_page("gates")),
            lessons_recommend(desk).seen_on("Journal", desk.href_page("journal")),
            Criterion::holds(BuiltIn::StakeholdersAsked, Some(!survey(desk).is_empty())),
            Criterion::asked_of_people(BuiltIn::ContractsClosed),
            Criterion::asked_of_people(BuiltIn::AccessWithdrawn),
            Criterion::of_all(BuiltIn::TeamReleased, released(desk))
                .seen_on("People", desk.href_page("people")),
            Criterion::of_some(
                BuiltIn::RetentionSet,
                Count::of(handover.into_iter().flat_map(|handover| &handover.retention), |one| {
                    one.owner.is_some() && one.keep_until.is_some()
                }),
                "nothing is recorded",
            ),
            Criterion::of_some(
                BuiltIn::BenefitsPlanned,
                Count::of(&project.benefits, |benefit| {
                    benefit.owner.is_some() && benefit.has_measuring_day(day)
                }),
                "no benefit is recorded",
            )
            .seen_on("Benefits", desk.href_page("benefits")),
            Criterion::asked_of_people(BuiltIn::ReviewAccepted),
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
    let slip = desk.project.finish().map(|finish| desk.slip_days(control.reference.finish, finish));
    table.push(Row::new(vec![
        Cell::text("Finish"),
        Cell::maybe(first.and_then(|baseline| baseline.finish).map(format::date)).explained(frozen()),
        desk.promised(),
        desk.finish(),
        slip_cell(slip.filter(|_| is_known(desk, Ground::SLIP))).explained(desk.explained("slip")),
    ]));
    let (estimate, over) = match control.estimate() {
        Some(estimate) => (
            Cell::text(desk.money_words(estimate)).explained(desk.explained("eac")),
            Cell::text(desk.money_signed(estimate - control.reference.budget))
                .explained(desk.explained("over")),
        ),
        None => (Cell::nothing().note("no cost is recorded"), Cell::nothing()),
    };
    table.push(Row::new(vec![
        Cell::text("Cost"),
        Cell::maybe(first.and_then(|baseline| baseline.budget).map(|budget| desk.money_words(budget)))
            .explained(frozen()),
        Cell::text(desk.money_words(control.reference.budget)).explained(desk.explained("bac")),
        estimate,
        over,
    ]));
    let case = control.case.as_ref();
    if let Some(living) = case.and_then(|case| case.living.as_ref()) {
        let [approved, planned, now] =
            [&living.approved, &living.planned, &living.now].map(|state| state.figures.npv);
        let shown = |text: String, time: &str| {
            Cell::text(text).explained(desk.explained(&format!("{time}.net-present-value-npv")))
        };
        let first = first_value(desk).unwrap_or_else(|| shown(desk.money_words(approved), "case-approved"));
        // Approved anew, it is the value of the baseline in force that was approved, whatever the files say of it today.
        let (first, in_force) = if let Some(id) = again(living) {
            let anew = (desk.money_words(planned) != desk.money_words(approved))
                .then(|| format!(", computed anew {}", desk.money_words(planned)));
            let note = format!("as approved in {id}{}", anew.unwrap_or_default());
            (first.note("as first approved"), shown(desk.money_words(approved), "case-approved").note(note))
        } else {
            let planned = shown(desk.money_words(planned), "case-planned");
            (first.note("as approved"), planned.note("as planned, computed anew"))
        };
        table.push(Row::new(vec![
            Cell::text("Net present value"),
            first,
            in_force,
            shown(desk.money_words(now), "case-now"),
            // The same difference as in the scorecard on the first page.
            shown(desk.money_difference(approved, now), "case-now").note("from what was approved"),
        ]));
    }
    for row in [scope_row(desk), quality_row(desk), benefits_row(desk), risk_row(desk)] {
        table.push(row);
    }
    Part::new("objectives", "Objectives and results").facts(days_to_closure(desk)).table(None, table, "")
}

/// The net present value that the first baseline froze; none where it froze none.
fn first_value(desk: &Desk<'_>) -> Option<Cell> {
    let frozen = desk.project.project.baselines.first()?.case.as_ref()?;
    let value = desk.money_words(frozen.net_present_value?);
    Some(Cell::text(value).explained(desk.href_of_field(frozen.origin, "npv")))
}

/// How long it takes from the last task to the closing gate, which comes before the board on the day of the document; while a task lies
/// ahead, as it is forecast.
fn days_to_closure(desk: &Desk<'_>) -> Option<Fact> {
    let day = desk.project.status_date;
    let work = desk.project.tasks().filter(|(_, task, _)| task.is_work() && desk.project.are_days_known);
    let (number, last) =
        work.map(|(number, _, slot)| (number, slot.last_day())).max_by_key(|(_, day)| *day)?;
    let label = "From the last task to the closing";
    let fact = if last > day {
        // What lies ahead is forecast: the last task, and the gate behind it.
        let gate = gate_day(desk, GateId::G5).filter(|gate| *gate >= last)?;
        let note = format!("by the forecast, from {} to {}", format::date(last), format::date(gate));
        Fact { note: Some(note), ..Fact::new(label, days_of(desk.working_days_from(last, gate))) }
    } else {
        Fact::new(label, days_of(desk.working_days_from(last, day)))
    };
    Some(fact.explained(desk.explained_of(number, "finish")))
}

fn scope_row(desk: &Desk<'_>) -> Row {
    let project = &desk.project.project;
    let day = desk.project.status_date;
    let first = project.baselines.first();
    let n_first = first.map(|baseline| baseline.tasks.len() + baseline.dropped.len());
    let n_promised = desk.project.control.reference.tasks.iter().flatten().count();
    let n_approved = project.registers.changes.iter().filter(|change| change.is_approved(day)).count();
    Row::new(vec![
        Cell::text("Scope"),
        Cell::maybe(n_first.map(|count| format::count(count, "line")))
            .explained(first.and_then(|baseline| desk.href_place(baseline.origin))),
        Cell::text(format::count(n_promised, "line")).href(desk.href_page("schedule")),
        Cell::text(format::count(project.tasks.len(), "line")).href(desk.href_page("schedule")),
        Cell::text(format!("{} approved", format::count(n_approved, "change")))
            .explained(desk.explained("changes-approved").or_else(|| desk.href_page("raid"))),
    ])
}

fn quality_row(desk: &Desk<'_>) -> Row {
    let project = &desk.project.project;
    let day = desk.project.status_date;
    let all = format::count(project.deliverables.len(), "deliverable");
    let n_accepted = project.deliverables.iter().filter(|made| made.is_accepted(day)).count();
    let n_open = project.defects.iter().filter(|defect| defect.is_open(day)).count();
    Row::new(vec![
        Cell::text("Quality"),
        Cell::nothing(),
        Cell::text(all).href(desk.href_page("deliverables")),
        Cell::text(format!("{n_accepted} accepted"))
            .explained(desk.explained("accepted").or_else(|| desk.href_page("deliverables"))),
        Cell::text(format!("{} open", format::count(n_open, "defect")))
            .explained(desk.explained("defects-all.open").or_else(|| desk.href_page("deliverables"))),
    ])
}

/// How many benefits have reached what they were to bring, of those that were promised.
fn benefits_row(desk: &Desk<'_>) -> Row {
    let project = &desk.project.project;
    let day = desk.project.status_date;
    let n_reached = project.benefits.iter().filter(|benefit| benefit.is_reached(day)).count();
    let n_read = project.benefits.iter().filter(|benefit| benefit.newest(day).is_some()).count();
    // The same as on the page of the benefits: a day by which one is due is no reading that somebody has planned.
    let next = project.benefits.iter().filter_map(|benefit| benefit.next_measured(day)).min();
    let next = match next {
        Some(next) => format!("next measured by {}", format::date(next)),
        None => no_reading_planned(due_ahead(desk)),
    };
    let page = || desk.href_page("benefits");
    if project.benefits.is_empty() {
        let nothing = || Cell::nothing();
        return Row::new(vec![
            Cell::text("Benefits"),
            nothing(),
            nothing(),
            Cell::text("none is recorded").class("bad"),
            nothing(),
        ]);
    }
    Row::new(vec![
        Cell::text("Benefits"),
        Cell::nothing(),
        Cell::text(format::count(project.benefits.len(), "benefit")).href(page()),
        Cell::text(format!("{n_reached} reached"))
            .note(format!("{n_read} measured"))
            .explained(desk.explained("benefits-reached").or_else(page)),
        Cell::text(next).href(page()),
    ])
}

/// Threats at the first frozen report, at the newest before this document, and now.
fn risk_row(desk: &Desk<'_>) -> Row {
    let day = desk.project.status_date;
    let known = desk.project.project.snapshots.iter().filter(|frozen| frozen.status_date < day);
    let mut known = known.filter_map(|frozen| Some((frozen.figures.threats?, frozen)));
    let first = known.next();
    let now = crate::page::risks::outlook(desk).threats;
    let then = |figure: Option<(Amount, &crate::model::Snapshot)>| match figure {
        Some((amount, frozen)) => Cell::text(desk.money_words(amount))
            .note(format!("report of {}", format::date(frozen.status_date)))
            .explained(desk.href_of_field(frozen.origin, "threats")),
        None => Cell::nothing(),
    };
    let moved = first.map(|(amount, _)| desk.money_difference(amount, now));
    Row::new(vec![
        Cell::text("Threats"),
        then(first),
        Cell::nothing(),
        Cell::text(desk.money_words(now)).explained(desk.explained("threats")),
        Cell::maybe(moved).explained(desk.explained("threats")),
    ])
}

/// Work and milestones that are finished, of all.
pub(super) fn finished_work(desk: &Desk<'_>) -> Count {
    Count::of(
        desk.project
            .tasks()
            .filter(|(_, task, _)| task.is_work() || matches!(task.kind, TaskKind::Milestone)),
        |(_, _, slot)| slot.state == State::Finished,
    )
}

fn early_life(desk: &Desk<'_>) -> Part {
    let window = desk.project.project.handover.as_ref().and_then(|handover| handover.early_life);
    Part::new("early-life", "Early-life support")
        .facts(window.map(|window| {
            let handover = desk.project.project.handover.as_ref();
            let fact = Fact::new("From and to", format::window(window))
                .explained(handover.and_then(|handover| desk.href_place(handover.origin)));
            Fact { note: beyond_closing(desk, window), ..fact }
        }))
        .missing_if(
            window.is_none().then_some(
                "No time of early-life support is recorded: write `early_life:` in `handover.yaml`.",
            ),
        )
        .table(None, indicators(desk), "No indicator is watched: write `indicators:` in `handover.yaml`.")
}

/// Whether every lesson of the register says what to do next time; those noted in reports alone have no field for it, and are told.
fn lessons_recommend(desk: &Desk<'_>) -> Criterion {
    let recommended = Count::of(&desk.project.items(Thing::Lesson), |lesson| {
        lesson.field(Field::Recommendation) == Some(FieldState::Filled(true))
    });
    let criterion = Criterion::of_some(BuiltIn::LessonsRecommend, recommended, "no lesson is recorded");
    let noted = Lessons::of(desk).noted;
    let figures = criterion.comment.as_deref().filter(|_| noted > 0);
    let comment = figures.map(|figures| {
        let are = if noted == 1 { "is" } else { "are" };
        let whose = if recommended.of > 0 { " of the register" } else { "" };
        format!("{figures}{whose}; {noted} noted in reports alone {are} not counted")
    });
    criterion.comment_if(comment)
}

fn lessons_part(desk: &Desk<'_>) -> Part {
    let mut table = Table::new(&["Lesson", "What happened, and why", "What it did", "Next time", "For"]);
    let mut noted = Table::new(&["Lesson", "Report of"]);
    for lesson in lessons(desk) {
        if lesson.id.is_none() {
            let day = lesson.facts.first();
            let day =
                day.map_or_else(Cell::nothing, |day| Cell::maybe(day.text.clone()).href(day.href.clone()));
            noted.push(Row::new(vec![Cell::prose(lesson.lesson), day.class("date")]));
            continue;
        }
        let find = |label: &str| {
            lesson
                .facts
                .iter()
                .find(|fact| fact.label == label)
                .and_then(|fact| fact.prose.clone())
                .map_or_else(Cell::nothing, Cell::prose)
        };
        let word = |label: &str| {
            lesson.facts.iter().find(|fact| fact.label == label).and_then(|fact| fact.text.clone())
        };
        let why = lesson.facts.iter().find(|fact| fact.label == "Why").and_then(|fact| fact.prose.clone());
        let mut happened = find("What happened");
        if let (Some(prose), Some(why)) = (&mut happened.prose, why) {
            let is_ended = prose.html.trim_end().ends_with(['.', '!', '?', '>']);
            prose.push(Prose::words(if is_ended { " Cause: " } else { ". Cause: " }));
            prose.push(why);
        }
        table.push(Row::new(vec![
            Cell::prose(lesson.lesson.clone()).note_if(word("Category")),
            happened,
            find("What it did"),
            find("Next time"),
            Cell::maybe(word("For")),
        ]));
    }
    let is_none = table.rows.is_empty() && noted.rows.is_empty();
    let missing =
        "No lesson is recorded: write `lessons.yaml`, or mark a paragraph of a report with `#lesson`.";
    Part::new("lessons", "Lessons")
        .facts(survey(desk))
        .missing_if(is_none.then_some(missing))
        .table_if_any(None, table)
        .table_if_any(Some("Noted in reports alone"), noted)
}

/// Whether a record was there when the document was signed: neither the page and the frozen document of this gate, which the
/// decision itself changes, nor what is of a later day.
fn is_kept_by_then(desk: &Desk<'_>, inside: &str) -> bool {
    let day = desk.project.status_date;
    let frozen = desk.project.project.frozen_gates.iter().find(|frozen| frozen.file.ends_with(inside));
    if let Some(frozen) = frozen {
        return frozen.gate != GateId::G5 && frozen.frozen <= day;
    }
    let stem = inside.rsplit('/').next().and_then(|name| name.split('.').next()).unwrap_or_default();
    inside != "gates/G5.md" && stem.parse::<jiff::civil::Date>().map_or(true, |of| of <= day)
}

/// The records that stay, each with its digest; the annex has every file.
fn archive(desk: &Desk<'_>) -> Part {
    let kinds = [
        ("gates/", "Decisions of the board"),
        ("baselines/", "Baselines"),
        ("snapshots/", "Frozen reports"),
        ("updates/", "Reports as written"),
        ("exceptions/", "Exceptions"),
    ];
    let names = [
        ("handover.yaml", "Ownership register"),
        ("lessons.yaml", "Lessons"),
        ("changes.yaml", "Changes"),
        ("decisions.yaml", "Decisions"),
        ("costs.csv", "Bookings"),
    ];
    let mut table = Table::new(&["Record", "What it is", "Digest"]);
    let groups = kinds.into_iter().chain(names);
    for (path, what) in groups {
        let is_of_kind = |inside: &str| inside == path || (path.ends_with('/') && inside.starts_with(path));
        for file in files(desk, |inside| is_of_kind(inside) && is_kept_by_then(desk, inside)) {
            let href = desk.href(&Address::source(&file.path));
            table.push(Row::new(vec![
                Cell::text(desk.report.inside(desk.project, &file.path)).href(href).class("mono"),
                Cell::text(what),
                Cell::text(file.digest).class("mono"),
            ]));
        }
    }
    let part = Part::new("archive", "Archive index").table(
        Some("How long records are kept"),
        retention(desk),
        "How long the records are kept, and by whom, is not recorded: write `retention:` in `handover.yaml`.",
    );
    part.table_or(Some("Records of the project"), table, "No record is kept yet.").note(
        "Digests are the first twelve digits of SHA-256. The annex lists every file that was read."
            .to_owned(),
    )
}

/// The records of the gates before this one: what the board asks for when it closes the project is still to be done then.
fn before_g5(project: &Project) -> impl Iterator<Item = &GateRecord> {
    project.gates.values().filter(|record| record.gate < GateId::G5)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Three benefits used to be "due on 31 December", of which two were due half a year later.
    #[test]
    fn benefits_due_on_several_days_say_from_when_to_when() {
        let day = jiff::civil::date;
        let words = |due| no_reading_planned(due).replace('\u{a0}', " ");
        let (first, last) = (day(2026, 12, 31), day(2027, 6, 30));
        assert_eq!(
            words(Some((first, last))),
            "due from 31 Dec 2026 to 30 Jun 2027, to be measured then, no other reading is planned"
        );
        assert_eq!(
            words(Some((first, first))),
            "due on 31 Dec 2026, to be measured then, no other reading is planned"
        );
        assert_eq!(words(None), "no further reading is planned");
    }
}
