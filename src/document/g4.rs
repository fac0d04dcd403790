//! G4, control statement: was the project kept under control, and is nothing left uncontrolled?

use jiff::civil::Date;
use serde::Serialize;
use serde_json::Value;

use crate::control::{
    BenefitForecast, DimensionKind, DueReport, FollowThrough, episodes, follow_through, tolerances_left,
};
use crate::document::closing::{OPERATIONS, SPONSOR, Signer};
use crate::document::criterion::{Count, Criterion};
use crate::document::opening::on_to_next;
use crate::document::part::{Part, narrative};
use crate::document::{GateDocument, to_value};
use crate::document::{g2, g3};
use crate::format;
use crate::model::{BuiltIn, ChangeCause, TaskNo};
use crate::page::Desk;
use crate::page::address::{Address, Thing};
use crate::page::changes::{changes, sorted_changes};
use crate::page::desk::days_of;
use crate::page::earned_value::earned_value;
use crate::page::explain::{cause_anchor, implemented_words};
use crate::page::frame::status_of;
use crate::page::journal::Lessons;
use crate::page::ledger::work;
use crate::page::milestones::{milestones, points_by_date, slip_cell};
use crate::page::planning_cycles::COUNTED;
use crate::page::raid::{open_action_table, open_issue_table};
use crate::page::register_cells::line_or_dash;
use crate::page::risks::{coverage, outlook_judged, risk_table, threats_in_words};
use crate::page::scorecard::dimension_name;
use crate::page::stopped::after_stop;
use crate::page::view::{Cell, Fact, Row, Status, Table};
use crate::page::{bridge, budget, cost_outlook, reserves, task_budgets};
use crate::quantity::{Amount, GateId, Ratio};

/// The document of G4.
pub struct ControlStatement;

/// The sections of the document: the four duties of control, then what surrounds them.
#[derive(Debug, Serialize)]
struct Parts {
    /// What people wrote.
    narrative: Part,
    /// On time.
    time: Part,
    /// Within budget.
    cost: Part,
    /// Quality maintained.
    quality: Part,
    /// Risk lowered.
    risk: Part,
    /// Changes and baselines.
    changes: Part,
    /// Tolerances that were left, and the answers.
    exceptions: Part,
    /// Reports due and issued, how good the forecasts were.
    reports: Part,
    /// What remains, and who takes it.
    remains: Part,
}

impl GateDocument for ControlStatement {
    fn gate(&self) -> GateId {
        GateId::G4
    }

    fn question(&self) -> &'static str {
        "Was the project kept under control, and is nothing left uncontrolled?"
    }

    fn ask(&self, desk: &Desk<'_>) -> String {
        format!(
            "Declare {} ready for closing and {}.",
            desk.project.project.name,
            on_to_next(desk, GateId::G4)
        )
    }

    fn parts(&self, desk: &Desk<'_>) -> Value {
        to_value(&Parts {
            narrative: narrative(desk, GateId::G4),
            time: time(desk),
            cost: cost(desk),
            quality: Part { title: "Quality maintained", ..g3::quality(desk) },
            risk: risk(desk),
            changes: change_log(desk),
            exceptions: exceptions(desk),
            reports: reports(desk),
            remains: Part::new("remains", "What remains, and who takes it")
                .table_if_any(Some("What the stopped project still owes"), after_stop(desk))
                .table_or(Some("Open issues"), open_issue_table(desk), "No issue is open.")
                .table_or(Some("Open actions"), open_action_table(desk), "No action is open."),
        })
    }

    fn criteria(&self, desk: &Desk<'_>) -> Vec<Criterion> {
        let project = &desk.project.project;
        let control = &desk.project.control;
        let day = desk.project.status_date;
        let raid = || desk.href_page("raid");
        let n_waiting = project.registers.changes.iter().filter(|change| change.is_waiting(day)).count();
        let is_begun = |number: TaskNo| desk.project.facts.progress[number.0 as usize].actual_start.is_some();
        let n_unapproved = control.changed_without_approval(project, is_begun);
        let complete = control.spending.actuals_to;
        let n_orders = control.spending.open_orders.len();
        let lessons = Lessons::of(desk);
        let left = control.spending.contingency.remaining;
        let has_threats = project.registers.risks.iter().any(|risk| risk.is_open(day));
        let threats = outlook_judged(desk).threats;
        let against =
            format!("{} left against threats of {}", desk.money_words(left), threats_in_words(desk));
        vec![
            Criterion::of_some(
                BuiltIn::DeliverablesTaken,
                Count::of(&project.deliverables, |deliverable| deliverable.is_accepted(day)),
                "no deliverable is recorded",
            )
            .seen_on("Deliverables", desk.href_page("deliverables")),
            Criterion::holds(BuiltIn::ChangesApproved, Some(n_unapproved == 0))
                .comment(format!("{n_unapproved} without approval"))
                .seen_on("Changes", raid()),
            Criterion::holds(BuiltIn::NoChangeWaits, Some(n_waiting == 0))
                .comment(format!("{n_waiting} waiting"))
                .seen_on("Changes", raid()),
            Criterion::of_all(
                BuiltIn::IssuesOwned,
                Count::of(&project.registers.issues, |issue| {
                    !issue.is_open(day) || (issue.owner.is_some() && issue.target.is_some())
                }),
            )
            .seen_on("Issues", raid()),
            Criterion::of_all(
                BuiltIn::ActionsOnTime,
                Count::of(project.registers.actions.iter().filter(|action| action.is_open(day)), |action| {
                    action.owner.is_some() && action.due.is_none_or(|due| due >= day)
                }),
            )
            .seen_on("Actions", raid()),
            Criterion::holds(BuiltIn::CostComplete, Some(complete.is_some_and(|to| to >= day)))
                .comment(complete.map_or_else(
                    || "no report says until when".to_owned(),
                    |to| format!("complete to {}", format::date(to)),
                ))
                .seen_on("Budget", desk.href_page("budget")),
            Criterion::holds(BuiltIn::OrdersReceived, Some(n_orders == 0))
                .comment(format!("{} open", format::count(n_orders, "order")))
                .seen_on("Budget", desk.href_page("budget")),
            Criterion::holds(BuiltIn::ExposureCovered, has_threats.then_some(threats <= left))
                .comment_if(has_threats.then_some(against))
                .seen_on("Risks", raid()),
            Criterion::holds(BuiltIn::LessonsOnTheWay, Some(lessons.all() > 0))
                .comment(lessons.words())
                .seen_on("Journal", desk.href_page("journal")),
            Criterion::of_some(
                BuiltIn::BenefitsMeasured,
                Count::of(&project.benefits, |benefit| {
                    benefit.readings.iter().any(|reading| reading.date <= day)
                }),
                "no benefit is recorded",
            )
            .seen_on("Benefits", desk.href_page("benefits")),
            Criterion::of_some(
                BuiltIn::BenefitsForecast,
                Count::of(&project.benefits, |benefit| {
                    BenefitForecast::of(benefit, day).attained().is_some()
                }),
                "no benefit is recorded",
            )
            .seen_on("Benefits", desk.href_page("benefits")),
        ]
    }

    fn signers(&self) -> &'static [Signer] {
        const SIGNERS: &[Signer] = &[SPONSOR, OPERATIONS];
        SIGNERS
    }
}

fn time(desk: &Desk<'_>) -> Part {
    let control = &desk.project.control;
    let index = control.discrete_schedule.index;
    let facts = [
        Fact::of(format!("{} finish", crate::page::verdict::reference_heading(desk)), desk.promised()),
        Fact::of("Forecast finish", desk.finish()),
        Fact {
            note: Some("days earned per day passed, without level of effort".to_owned()),
            ..Fact::new("Pace, SPI(t)", format::index(index))
        }
        .explained(desk.explained("discrete-spi-t").or_else(|| desk.explained("spi-t"))),
    ];
    Part::new("time", "On time")
        .facts(facts)
        .table(None, milestones(desk), "The plan has no milestone or gate.")
        .table_if_any(Some("First and last forecast of each"), forecasts(desk))
        .chart(desk.chart("milestone-trend"))
}

/// What the first and the last frozen report forecast for each milestone, beside the promise and what became of it.
fn forecasts(desk: &Desk<'_>) -> Table {
    let mut table = Table::new(&["Milestone or gate", "Promised", "First forecast", "Last forecast", "Now"]);
    let day = desk.project.status_date;
    let snapshots = &desk.project.project.snapshots;
    for number in points_by_date(desk.project) {
        let id = &desk.project.project.task(number).id;
        let said = |frozen: &crate::model::Snapshot| {
            let known = frozen.milestones.get(id).filter(|known| !known.is_reached)?;
            Some((known.day, desk.href_of_field(frozen.origin, "milestones")))
        };
        let mut known = snapshots.iter().filter(|frozen| frozen.status_date < day).filter_map(said);
        let first = known.next();
        let last = known.next_back().or_else(|| first.clone());
        let (Some(first), Some(last)) = (first, last) else { continue };
        let promised = desk.project.control.reference.tasks[number.0 as usize];
        let shown = |(day, place): (Date, Option<String>)| desk.date(Some(day)).explained(place);
        table.push(Row::new(vec![
            desk.task(number),
            desk.date(promised.map(|promised| promised.finish))
                .explained(desk.explained_of(number, "promised")),
            shown(first),
            shown(last),
            desk.last_day(number),
        ]));
    }
    table
}

fn cost(desk: &Desk<'_>) -> Part {
    Part::new("cost", "Within budget")
        .lead(cost_outlook::compared(desk))
        .table(Some("By category"), budget::categories(desk), "No money is planned or booked.")
        .table_if_any(Some("Earned value"), earned_value(desk).table)
        .table_if_any(Some("Earned value by work package"), work(desk))
        .table_if_any(Some("From budget to estimate, by cause"), bridge::largest_causes(desk))
        .rounded(desk, &bridge::causes_as_sums(desk))
        .table_if_any(Some("By task"), task_budgets::tasks(desk))
        .table_if_any(Some("Reserves"), reserves::reserves(desk))
        .table_if_any(Some("Draws on reserves"), reserves::draws(desk))
        .table_if_any(Some("Orders not yet received"), budget::orders(desk))
        .chart(desk.chart("s-curve"))
        .chart(desk.chart("reserve-steps"))
}

fn risk(desk: &Desk<'_>) -> Part {
    let mut trend = Table::new(&["Report", "#Threats"]);
    let day = desk.project.status_date;
    for snapshot in desk.project.project.snapshots.iter().filter(|snapshot| snapshot.status_date < day) {
        // A record of an earlier program says its threats as exposure.
        if let Some(threats) = snapshot.figures.threats.or(snapshot.figures.exposure) {
            trend.push(Row::new(vec![
                Cell::text(format::date(snapshot.status_date)),
                Cell::text(desk.money_words(threats)).explained(desk.href_place(snapshot.origin)),
            ]));
        }
    }
    trend.push(Row::new(vec![
        Cell::text(format!("{}, this document", format::date(day))),
        Cell::text(desk.money_words(desk.project.control.threats)).explained(desk.explained("threats")),
    ]));
    let has_trend = trend.rows.len() > 1;
    let part = Part::new("risk", "Risk lowered").lead(coverage(desk)).table_or(
        Some("Open risks, worst first"),
        risk_table(desk),
        "No risk is open or recorded.",
    );
    if has_trend {
        part.chart(desk.chart("exposure-trend")).table_if_any(Some("Threats by report"), trend)
    } else {
        part
    }
}

fn change_log(desk: &Desk<'_>) -> Part {
    let changes = changes(desk);
    let day = desk.project.status_date;
    let cost: Amount = desk
        .project
        .project
        .registers
        .changes
        .iter()
        .filter(|change| change.is_approved(day))
        .filter_map(|change| change.cost)
        .sum();
    let share = Ratio::of_amounts(cost, desk.project.original_budget());
    Part::new("changes", "Changes and baselines")
        .lead(changes.sentence)
        .facts([Fact::new(
            "Approved changes ÷ budget",
            share.map_or_else(|| format::NOTHING.to_owned(), |share| format::share(share.get())),
        )
        .explained(desk.explained("changes-share"))])
        .facts(built_and_decided(desk))
        .table_or(None, changes.table, "No change was asked for.")
        .table_if_any(Some("Changes by cause"), by_cause(desk))
        .table_or(Some("Baselines"), g2::baselines(desk), "No baseline was approved.")
        .note_if(has_baselines(desk).then(|| COUNTED.to_owned()))
}

fn has_baselines(desk: &Desk<'_>) -> bool {
    desk.project.project.baselines_by(desk.project.status_date).next().is_some()
}

/// How many approved changes are built, and how many decisions that were asked for are taken.
fn built_and_decided(desk: &Desk<'_>) -> Vec<Fact> {
    let registers = &desk.project.project.registers;
    let day = desk.project.status_date;
    let approved: Vec<_> = registers.changes.iter().filter(|change| change.is_approved(day)).collect();
    let n_built =
        approved.iter().filter(|change| change.implemented.is_some_and(|built| built <= day)).count();
    let mut facts = Vec::new();
    if !approved.is_empty() {
        facts.push(
            Fact::new("Approved changes that are built", format!("{n_built} of {}", approved.len()))
                .explained(desk.explained("changes-built")),
        );
    }
    let asked = registers.decisions.len();
    if asked > 0 {
        let n_open = registers.decisions.iter().filter(|entry| entry.is_open(day)).count();
        facts.push(
            Fact::new("Decisions taken", format!("{} of {asked}", asked - n_open))
                .explained(desk.explained("decisions-taken")),
        );
    }
    let taken = follow_through(&desk.project.project, day);
    if !taken.is_empty() {
        let left: Vec<String> =
            taken.iter().filter(|one| !one.is_implemented()).map(|one| left_to_do(one)).collect();
        facts.push(Fact {
            note: (!left.is_empty()).then(|| left.join("; ")),
            ..Fact::new("Decisions implemented", implemented_words(&taken))
                .explained(desk.explained("decisions-implemented"))
        });
    }
    facts
}

/// What a decision still waits for: `D-04: A7 open`, `D-05: holds from 4 Dec 2026`.
fn left_to_do(one: &FollowThrough<'_>) -> String {
    let mut words = Vec::new();
    if let (false, Some(from)) = (one.is_in_force, one.decision.applies_from) {
        words.push(format!("holds from {}", format::date(from)));
    }
    if !one.open.is_empty() {
        words.push(format!("{} open", format::listed(&one.open)));
    }
    format!("{}: {}", one.decision.id, words.join(", "))
}

/// How many changes each cause has brought, with the cost and the time of those that were approved.
fn by_cause(desk: &Desk<'_>) -> Table {
    let day = desk.project.status_date;
    let mut table = Table::new(&["Cause", "#Asked for", "#Approved", "#Built", "#Cost", "#Time"]);
    let causes = ChangeCause::ALL.into_iter().map(Some).chain([None]);
    for cause in causes {
        let of_cause: Vec<_> = sorted_changes(desk).into_iter().filter(|one| one.cause == cause).collect();
        if of_cause.is_empty() {
            continue;
        }
        let approved: Vec<_> = of_cause.iter().filter(|change| change.is_approved(day)).collect();
        let n_built = approved.iter().filter(|one| one.implemented.is_some_and(|built| built <= day)).count();
        let cost: Amount = approved.iter().filter_map(|change| change.cost).sum();
        let time: i64 = approved.iter().filter_map(|change| change.time).sum();
        let anchor = cause_anchor(cause);
        let shown = |text: String, part: &str| {
            Cell::text(text).explained(desk.explained(&format!("{anchor}.{part}")))
        };
        table.push(Row::new(vec![
            Cell::text(
                cause.map_or_else(|| "Not stated".to_owned(), |cause| format::sentence_start(cause.key())),
            ),
            shown(of_cause.len().to_string(), "asked"),
            shown(approved.len().to_string(), "approved"),
            shown(n_built.to_string(), "built"),
            shown(desk.money_signed(cost), "cost"),
            shown(format::signed(time, desk.days(time)), "time"),
        ]));
    }
    table
}

/// Exceptions that were raised, and what the board answered.
fn exceptions(desk: &Desk<'_>) -> Part {
    let project = &desk.project.project;
    let day = desk.project.status_date;
    let mut table = Table::new(&["Tolerance", "Raised", "Cause", "Decision", "Answered"]);
    for raised in project.exceptions.iter().filter(|raised| raised.raised <= day) {
        let decision = raised.decision.as_ref();
        let entry = decision.and_then(|id| project.registers.decisions.iter().find(|entry| entry.id == *id));
        let answered = entry.and_then(|entry| entry.decided.filter(|decided| *decided <= day));
        table.push(Row::new(vec![
            Cell::text(format::sentence_start(&raised.tolerance))
                .href(desk.href(&Address::exception(desk.folder(), &raised.tolerance))),
            desk.date(Some(raised.raised)).explained(desk.href_of_field(raised.origin, "raised")),
            line_or_dash(desk, raised.cause.as_ref()),
            match decision {
                Some(id) => Cell::text(id.to_string()).href(desk.href_to(&Thing::Decision(id))),
                None => Cell::text("none is named").class("bad"),
            },
            match (answered, entry) {
                (Some(decided), Some(entry)) => {
                    desk.date(Some(decided)).explained(desk.href_of_field(entry.origin, "decided"))
                }
                _ => Cell::status(Status::red("Not yet")),
            },
        ]));
    }
    let told = |kind: &DimensionKind| project.exception_as_of(kind.key(), day).is_some();
    let untold: Vec<String> = tolerances_left(project, &desk.project.control)
        .into_iter()
        .map(|left| left.kind)
        .filter(|kind| !told(kind))
        .map(|kind| kind.key().to_owned())
        .collect();
    let part = Part::new("exceptions", "Exceptions raised and answered");
    let part = if untold.is_empty() {
        part.table_or(None, table, "No exception was raised, and the forecast is inside every tolerance.")
    } else {
        part.table_if_any(None, table)
    };
    let part = part.table_if_any(Some("When each tolerance was left"), times_outside(desk));
    let missing = format!(
        "The tolerance for {} is left and the board has not been told: write a page in `exceptions/`.",
        format::listed(&untold)
    );
    part.missing_if((!untold.is_empty()).then_some(missing.as_str()))
}

/// Each time in which a tolerance was left: the report that first said so, what it forecast, and what is forecast now.
fn times_outside(desk: &Desk<'_>) -> Table {
    let mut table =
        Table::new(&["Tolerance", "First report outside", "Forecast then", "Forecast now", "Standing"]);
    for episode in episodes(&desk.project.project, &desk.project.control) {
        let first = episode.first.map_or(desk.project.status_date, |frozen| frozen.status_date);
        let then = match (episode.kind, episode.first) {
            (DimensionKind::Time, Some(frozen)) => {
                desk.date(frozen.figures.forecast_finish).explained(desk.href_place(frozen.origin))
            }
            (DimensionKind::Cost, Some(frozen)) => {
                Cell::maybe(frozen.figures.estimate.map(|estimate| desk.money_words(estimate)))
                    .explained(desk.href_place(frozen.origin))
            }
            (_, Some(frozen)) => Cell::status(Status::red("Red")).explained(desk.href_place(frozen.origin)),
            (kind, None) => forecast_now(desk, kind),
        };
        let standing = if episode.is_over {
            Cell::status(Status::done("Back inside"))
                .note(format!("after the report of {}", format::date(episode.last)))
        } else {
            Cell::status(Status::red("Outside"))
        };
        table.push(Row::new(vec![
            Cell::text(dimension_name(episode.kind)),
            Cell::text(format::date(first)).href(desk.href_to(&Thing::Update(first))),
            then,
            forecast_now(desk, episode.kind),
            standing,
        ]));
    }
    table
}

/// What is forecast of a dimension as of the document.
fn forecast_now(desk: &Desk<'_>, kind: DimensionKind) -> Cell {
    let control = &desk.project.control;
    match kind {
        DimensionKind::Time => desk.finish(),
        DimensionKind::Cost => match control.estimate() {
            Some(estimate) => Cell::text(desk.money_words(estimate)).explained(desk.explained("eac")),
            None => Cell::nothing().note("no cost is recorded"),
        },
        _ => Cell::status(status_of(control.health.dimension(kind).colour)),
    }
}

/// Which reports came after their day, and by how much, and which did not come; none where all came in time.
fn lateness(due: &[DueReport]) -> Option<String> {
    let words = due.iter().filter_map(|report| match (report.issued, report.late_days) {
        (None, _) => Some(format!("due {}: not issued", format::date(report.due))),
        (Some(_), late) if late > 0 => {
            Some(format!("due {}: {} late", format::date(report.due), days_of(late)))
        }
        _ => None,
    });
    let words: Vec<String> = words.collect();
    (!words.is_empty()).then(|| words.join("; "))
}

/// Reports due and issued, and how far each forecast lay from the finish as it stands.
fn reports(desk: &Desk<'_>) -> Part {
    let project = &desk.project.project;
    let day = desk.project.status_date;
    let issued: Vec<Date> =
        project.updates.iter().map(|update| update.status_date).filter(|date| *date <= day).collect();
    let due = crate::page::explain::reports_due(desk);
    let answered = crate::page::explain::due_reports_of(desk);
    let finish = desk.project.finish();
    let mut table = Table::new(&["Report", "Forecast finish then", "#Away from the finish as it stands"]);
    let mut errors = Vec::new();
    for snapshot in project.snapshots.iter().filter(|snapshot| snapshot.status_date < day) {
        let Some(then) = snapshot.figures.forecast_finish else { continue };
        let error = finish.map(|finish| desk.slip_days(then, finish));
        errors.extend(error.map(i64::abs));
        table.push(Row::new(vec![
            Cell::text(format::date(snapshot.status_date)),
            desk.date(Some(then)).explained(desk.href_place(snapshot.origin)),
            slip_cell(error).explained(desk.explained("finish")),
        ]));
    }
    let mut facts = vec![
        Fact::new(crate::page::explain::reports_due_words(desk), format!("{due}"))
            .explained(desk.explained("reports-due")),
        Fact::new("Reports issued", format!("{}", issued.len())).explained(desk.explained("reports")),
    ];
    if !answered.is_empty() {
        facts.push(Fact {
            note: lateness(&answered),
            ..Fact::new("Reports on time", crate::page::explain::on_time_words(&answered))
                .explained(desk.explained("reports-on-time"))
        });
    }
    if !errors.is_empty() {
        let mean = errors.iter().sum::<i64>() as f64 / errors.len() as f64;
        let text = if errors.len() == 1 {
            days_of(errors[0])
        } else {
            format!("{} working days", format::number(mean, 2))
        };
        facts.push(
            Fact::new("Mean distance of the forecasts from the finish", text)
                .explained(desk.explained("forecast-distance")),
        );
    }
    Part::new("reports", "Reports and forecasts").facts(facts).table(
        Some("Forecasts of the reports before this day"),
        table,
        "No earlier forecast is kept: freeze one with each report in `snapshots/`.",
    )
}
