//! The first page of a gate document: what is asked, what is recommended, and how the project stands.

use serde::Serialize;

use crate::control::{Burn, BurnUnit, Dimension, DimensionKind, Headline};
use crate::document::readiness::Readiness;
use crate::document::{GateDocument, ask, undated};
use crate::format;
use crate::model::{Ground, TOLD_LATER};
use crate::page::Desk;
use crate::page::case_then_now::{approved_npv, approved_npv_key, npv_key, npv_now};
use crate::page::frame::status_of;
use crate::page::gates::{decided_record, open_before, unsettled};
use crate::page::prose::Prose;
use crate::page::scorecard::dimension_name;
use crate::page::unread::{is_known, why_no_estimate, why_not};
use crate::page::view::{Cell, Fact, Row, Table};
use crate::quantity::{Amount, GateId};

/// The first page of a gate document.
#[derive(Debug, Serialize)]
pub struct Opening {
    /// The question the board answers.
    pub question: &'static str,
    /// What is asked, in one sentence.
    pub ask: String,
    /// That an earlier gate is open, so that this one cannot be decided yet; none where all before it were passed.
    pub waits: Option<String>,
    /// How the project stands, in one sentence.
    pub forecast: String,
    /// What the project manager recommends.
    pub recommendation: Option<Prose>,
    /// Five-step delivery confidence in words, where somebody judged it.
    pub confidence: Option<String>,
    /// Dimension, status, baseline, tolerance, forecast, variance.
    pub scorecard: Table,
    /// The rule behind each colour.
    pub rules: Vec<Fact>,
    /// A remark on the day the figures are of.
    pub as_of: String,
}

/// Puts the first page together; `readiness` is that of the gate, and whether it was decided, nothing but the remark on the day says.
#[must_use]
pub fn opening(
    document: &dyn GateDocument,
    desk: &Desk<'_>,
    (readiness, is_decided): (&Readiness, bool),
) -> Opening {
    let record = desk.project.project.gates.get(&document.gate());
    let dimensions = &desk.project.control.health.dimensions;
    let day = format::date(desk.project.status_date);
    Opening {
        question: document.question(),
        ask: ask::ask(document, desk, readiness),
        waits: waits(desk, document.gate()),
        forecast: crate::page::verdict::sentence(desk),
        recommendation: record
            .and_then(|record| record.recommendation.as_ref())
            .map(|text| Prose::line(&text.markdown)),
        confidence: record
            .filter(|_| !desk.project.control.is_stopped)
            .and_then(|record| record.delivery_confidence.as_deref())
            .map(confidence_words),
        scorecard: scorecard(desk),
        rules: dimensions
            .iter()
            .map(|dimension| {
                let name = dimension_name(dimension.kind);
                Fact::new(name, format::sentence_start(&dimension.rule))
                    .explained(desk.explained(&format!("status-{}", name.to_lowercase())))
            })
            .collect(),
        as_of: if is_decided {
            let (what_counts, what_does_not) = if undated::is_of_its_time(desk) {
                ("what had been reported by then counts", "what was reported or raised later")
            } else {
                (TOLD_LATER, "what was raised later")
            };
            format!(
                "Figures as of {day}, the day of the decision, before it was taken: {what_counts}, {what_does_not} is left out.{}{}{}",
                undated::reported_before(desk),
                undated::parts_of_later_files(desk),
                undated::sentence(desk)
            )
        } else {
            format!("All figures are those of {day}.")
        },
    }
}

/// Which earlier gates are open, and when each is forecast.
fn waits(desk: &Desk<'_>, gate: GateId) -> Option<String> {
    let open = open_before(desk, gate);
    if open.is_empty() || desk.project.control.is_stopped {
        return None;
    }
    let each = open.iter().map(|one| {
        let stands = match unsettled(decided_record(desk, *one)) {
            Some((decision, day)) => format!("{one} was {} on {}", decision.done(), format::date(day)),
            None => format!("{one} is open"),
        };
        match crate::page::stage::gate_day(desk, *one) {
            Some(day) => format!("{stands}, forecast for {}", format::date(day)),
            None => stands,
        }
    });
    Some(format!("{}. Gates are passed in their order.", each.collect::<Vec<_>>().join("; ")))
}

/// The five steps of delivery confidence in words.
fn confidence_words(written: &str) -> String {
    let words = match written.to_uppercase().as_str() {
        "G" => "green: highly likely, nothing outstanding threatens delivery",
        "AG" => "amber/green: probable, with constant attention",
        "A" => "amber: feasible, with significant issues that can be resolved",
        "AR" => "amber/red: in doubt, major problems in several areas",
        "R" => "red: looks unachievable; re-baseline or reconsider",
        _ => return written.to_owned(),
    };
    words.to_owned()
}

fn scorecard(desk: &Desk<'_>) -> Table {
    let mut table = Table::new(&[
        "",
        "Status",
        crate::page::verdict::reference_heading(desk),
        "Tolerance",
        "Forecast",
        "Variance",
    ]);
    for dimension in &desk.project.control.health.dimensions {
        let figures = figures(desk, dimension.kind);
        table.push(Row::new(vec![
            Cell::text(dimension_name(dimension.kind)),
            status(desk, dimension),
            figures.baseline,
            figures.tolerance,
            figures.forecast,
            figures.variance,
        ]));
    }
    table
}

fn status(desk: &Desk<'_>, dimension: &Dimension) -> Cell {
    let key = format!("status-{}", dimension_name(dimension.kind).to_lowercase());
    Cell::status(status_of(dimension.colour))
        .note(format::sentence_start(&dimension.reason))
        .explained(desk.explained(&key))
}

/// What threats and the contingency left rest on.
const RISK_LEFT: &[Ground] = &[Ground::File("risks.yaml"), Ground::Reserves];

/// What was promised, how far it may drift, what is forecast, and the difference.
struct Figures {
    baseline: Cell,
    tolerance: Cell,
    forecast: Cell,
    variance: Cell,
}

fn figures(desk: &Desk<'_>, kind: DimensionKind) -> Figures {
    let project = &desk.project.project;
    let control = &desk.project.control;
    let tolerance = &project.tolerance;
    let words =
        |text: &Option<crate::model::Text>| text.as_ref().map_or_else(Cell::nothing, |text| desk.line(text));
    match kind {
        DimensionKind::Time => {
            let slip = crate::page::verdict::finish_slip_days(desk);
            let baseline = desk.promised();
            let tolerance = Cell::maybe(tolerance.time.map(|time| desk.days(time)))
                .explained(desk.href_field("tolerance.time"));
            if control.is_stopped {
                let forecast = Cell::nothing().note("stopped");
                return Figures { baseline, tolerance, forecast, variance: Cell::nothing() };
            }
            let forecast = desk.finish();
            if !is_known(desk, Ground::SLIP) {
                return Figures { baseline, tolerance, forecast, variance: Cell::nothing() };
            }
            Figures {
                baseline,
                tolerance,
                forecast,
                variance: Cell::text(if slip == 0 {
                    "none".to_owned()
                } else {
                    crate::page::desk::slip_words(slip)
                })
                .explained(desk.explained("slip")),
            }
        }
        DimensionKind::Cost => cost(desk),
        DimensionKind::Scope => scope(desk, words(&tolerance.scope)),
        DimensionKind::Quality => quality(desk, words(&tolerance.quality)),
        DimensionKind::Risk if !is_known(desk, RISK_LEFT) => Figures {
            baseline: Cell::nothing(),
            tolerance: words(&tolerance.risk),
            forecast: Cell::nothing().note_if(why_not(desk, RISK_LEFT)),
            variance: Cell::nothing(),
        },
        DimensionKind::Risk => {
            let contingency = &control.spending.contingency;
            let is_funded = contingency.granted > Amount::ZERO;
            let [threats, left] = crate::page::risks::threats_and_left(desk);
            Figures {
                baseline: if is_funded {
                    Cell::text(format!("contingency {}", desk.money_words(contingency.granted)))
                        .explained(desk.explained("contingency-granted"))
                } else {
                    Cell::nothing()
                },
                tolerance: words(&tolerance.risk),
                forecast: threats,
                variance: if is_funded { left } else { Cell::nothing() },
            }
        }
        DimensionKind::Benefits => benefits(desk, words(&tolerance.benefits)),
        DimensionKind::Data => Figures {
            baseline: Cell::nothing(),
            tolerance: Cell::nothing(),
            forecast: Cell::maybe(
                control.spending.actuals_to.map(|day| format!("costs complete to {}", format::date(day))),
            ),
            variance: Cell::nothing(),
        },
    }
}

fn cost(desk: &Desk<'_>) -> Figures {
    let total = &desk.project.control.total;
    let estimate = total.estimate();
    let baseline = Cell::text(desk.money_words(total.budget)).explained(desk.explained("bac"));
    let tolerance = Cell::maybe(desk.project.project.tolerance.cost.map(|cost| desk.money_words(cost)))
        .explained(desk.href_field("tolerance.cost"));
    if !desk.project.control.spending.is_recorded {
        let forecast = Cell::nothing().note(why_no_estimate(desk));
        return Figures { baseline, tolerance, forecast, variance: Cell::nothing() };
    }
    if desk.project.control.is_stopped {
        let cost = desk.project.control.cost_in_the_end();
        return Figures {
            baseline,
            tolerance,
            forecast: Cell::text(desk.money_words(cost))
                .note("spent, on order, and closing it")
                .explained(desk.explained("stop-cost")),
            variance: Cell::text(desk.money_signed(cost - total.budget))
                .explained(desk.explained("stop-over")),
        };
    }
    let [(low, _), (high, _)] = desk.project.control.estimate_range();
    let is_early = total.is_too_early() && total.headline() != Headline::Counted;
    let note = if is_early && !desk.project.control.is_finished {
        "too early for a trend".to_owned()
    } else if low == high {
        "by every way to estimate".to_owned()
    } else {
        format!("{} to {}", desk.money(low), desk.money(high))
    };
    Figures {
        baseline,
        tolerance,
        forecast: Cell::text(desk.money_words(estimate)).note(note).explained(desk.explained("eac")),
        variance: Cell::text(desk.money_signed(estimate - total.budget)).explained(desk.explained("over")),
    }
}

fn scope(desk: &Desk<'_>, tolerance: Cell) -> Figures {
    let day = desk.project.status_date;
    let changes = &desk.project.project.registers.changes;
    let n_approved = changes.iter().filter(|change| change.is_approved(day)).count();
    let n_waiting = changes.iter().filter(|change| change.is_waiting(day)).count();
    let n_tasks = desk.project.control.reference.tasks.iter().flatten().count();
    let (promised, counted) = units(desk);
    Figures {
        baseline: Cell::text(format::count(n_tasks, "line"))
            .note(["of the plan".to_owned()].into_iter().chain(promised).collect::<Vec<_>>().join("; ")),
        tolerance,
        forecast: Cell::text(format::count(desk.project.project.tasks.len(), "line")).note_if(counted),
        variance: Cell::text(format!("{} approved", format::count(n_approved, "change")))
            .explained(desk.explained("changes-approved"))
            .note(format!("{n_waiting} waiting")),
    }
}

/// The work that is counted in units and of which there is more or less than promised, as promised and as it is now: `180 points`,
/// `236 points`; none where all is as promised.
fn units(desk: &Desk<'_>) -> (Option<String>, Option<String>) {
    let mut promised = Vec::new();
    let mut counted = Vec::new();
    let moved =
        |burn: &&Burn| burn.agreed > 0.0 && format::number(burn.agreed, 0) != format::number(burn.scope, 0);
    for burn in desk.project.control.unit_burns.iter().filter(moved) {
        let BurnUnit::Units(unit) = &burn.unit else { continue };
        promised.push(format!("{} {unit}", format::number(burn.agreed, 0)));
        counted.push(format!("{} {unit}", format::number(burn.scope, 0)));
    }
    let told = |words: Vec<String>| (!words.is_empty()).then(|| format::listed(&words));
    (told(promised), told(counted))
}

fn quality(desk: &Desk<'_>, tolerance: Cell) -> Figures {
    let day = desk.project.status_date;
    let all = &desk.project.project.deliverables;
    let n_accepted = all.iter().filter(|deliverable| deliverable.is_accepted(day)).count();
    let open: Vec<_> = desk.project.project.defects.iter().filter(|defect| defect.is_open(day)).collect();
    let n_grave = open.iter().filter(|defect| defect.severity == 1).count();
    Figures {
        baseline: Cell::text(format::count(all.len(), "deliverable")),
        tolerance,
        forecast: Cell::text(format!("{n_accepted} accepted")).explained(desk.explained("accepted")),
        variance: Cell::text(format!("{} open", format::count(open.len(), "defect")))
            .explained(desk.explained("defects-all.open"))
            .note(format!("{n_grave} of severity 1")),
    }
}

fn benefits(desk: &Desk<'_>, tolerance: Cell) -> Figures {
    let project = &desk.project.project;
    let n_benefits = format::count(project.benefits.len(), "benefit");
    let n_owned = project.benefits.iter().filter(|benefit| benefit.owner.is_some()).count();
    let owned = format!("{n_owned} of {n_benefits} owned");
    let now = npv_now(desk.project);
    // Where the case stands still, what is typed is all there is.
    let approved = approved_npv(desk.project).or(now);
    let npv = |amount: Amount| Cell::text(format!("NPV {}", desk.money_words(amount)));
    Figures {
        baseline: approved.map_or_else(
            || Cell::text(n_benefits),
            |amount| npv(amount).explained(desk.explained(&approved_npv_key(desk))),
        ),
        tolerance,
        forecast: now.map_or_else(
            || Cell::text(owned.clone()).explained(desk.explained("benefits-owned")),
            |now| npv(now).note(owned.clone()).explained(desk.explained(&npv_key(desk))),
        ),
        variance: Cell::maybe(approved.zip(now).map(|(then, now)| desk.money_difference(then, now)))
            .explained(desk.explained("case-moved").or_else(|| desk.explained(&npv_key(desk)))),
    }
}

/// The gate until which a decision is asked for, the next one, with its day, in words: ` until G3 on 21 Oct 2026`; empty after the
/// last.
#[must_use]
pub fn until_next(desk: &Desk<'_>, gate: GateId) -> String {
    up_to_gate(desk, " until ", next_gate(gate))
}

/// Going on to the next gate, in words: `go on to G4 on 14 Jan 2027`; empty after the last.
#[must_use]
pub fn on_to_next(desk: &Desk<'_>, gate: GateId) -> String {
    up_to_gate(desk, "go on to ", next_gate(gate))
}

/// Words that lead to a gate, the gate and its day; empty without one.
fn up_to_gate(desk: &Desk<'_>, words: &str, gate: Option<GateId>) -> String {
    let Some(gate) = gate else { return String::new() };
    match crate::page::stage::gate_day(desk, gate) {
        Some(day) => format!("{words}{gate} on {}", format::date(day)),
        None => format!("{words}{gate}"),
    }
}

/// The gate after this one.
#[must_use]
pub fn next_gate(gate: GateId) -> Option<GateId> {
    let place = GateId::ALL.iter().position(|other| *other == gate)?;
    GateId::ALL.get(place + 1).copied()
}

/// The gate before this one.
#[must_use]
pub fn previous_gate(gate: GateId) -> Option<GateId> {
    let place = GateId::ALL.iter().position(|other| *other == gate)?;
    GateId::ALL.get(place.checked_sub(1)?).copied()
}

/// What the last gate before this one that was passed has released, with the gate; none where none has released money.
#[must_use]
pub fn released_before(desk: &Desk<'_>, gate: GateId) -> Option<(GateId, Amount)> {
    let day = desk.project.status_date;
    let earlier =
        desk.project.project.gates.values().filter(|record| record.gate < gate && record.is_passed(day));
    earlier.filter_map(|record| Some((record.gate, record.authorised?))).next_back()
}
