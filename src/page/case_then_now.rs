//! Is it still worth it: the business case as approved, as planned, now, and at each gate.

use serde::Serialize;

use crate::control::{Approval, CaseState, CostBasis, LivingCase, OptionFigures};
use crate::format;
use crate::model::FrozenGate;
use crate::page::case_words::{crossing, in_money_alone, internal_rates, ratio, signed};
use crate::page::decided_gates::{computed_now, is_edited};
use crate::page::desk::Desk;
use crate::page::explain::{approved_anchor, preferred_anchor, slug};
use crate::page::unread::why_no_estimate;
use crate::page::view::{Cell, Row, Table};
use crate::quantity::{Amount, GateId, Id};
use crate::report::ProjectReport;

/// The case then and now.
#[derive(Clone, Debug, Serialize)]
pub struct ThenAndNow {
    /// What has become of it, in one sentence.
    pub lead: String,
    /// Figure, as approved, as planned, now, difference.
    pub table: Table,
    /// What stands for what, and what is not known.
    pub notes: Vec<String>,
    /// The case at each gate that was decided; empty before the first.
    pub gates: Table,
    /// Of which of these gates nothing was frozen, so that their lines are computed now; none where each was frozen.
    pub gates_computed: Option<String>,
}

/// Puts then and now together; none where the case does not live.
#[must_use]
pub fn then_and_now(desk: &Desk<'_>) -> Option<ThenAndNow> {
    let living = desk.project.control.case.as_ref()?.living.as_ref()?;
    Some(ThenAndNow {
        lead: lead(desk, living),
        table: table(desk, living),
        notes: notes(desk, living),
        gates: gates(desk),
        gates_computed: computed_now(desk, &desk.project.at_gates.keys().copied().collect::<Vec<_>>()),
    })
}

/// The net present value as approved, where the case lives.
#[must_use]
pub fn approved_npv(project: &ProjectReport) -> Option<Amount> {
    Some(project.control.case.as_ref()?.living.as_ref()?.approved.figures.npv)
}

/// The net present value as it stands: recomputed where the case lives, else as typed.
#[must_use]
pub fn npv_now(project: &ProjectReport) -> Option<Amount> {
    Some(project.control.case.as_ref()?.preferred_now()?.npv)
}

/// The key of [`npv_now`].
#[must_use]
pub fn npv_key(desk: &Desk<'_>) -> String {
    format!("{}.{}", preferred_anchor(desk), slug("Net present value (NPV)"))
}

/// The key of [`approved_npv`], or of what stands for it where the case stands still.
#[must_use]
pub fn approved_npv_key(desk: &Desk<'_>) -> String {
    format!("{}.{}", approved_anchor(desk), slug("Net present value (NPV)"))
}

fn lead(desk: &Desk<'_>, living: &LivingCase) -> String {
    let (then, now) = (living.approved.figures.npv, living.now.figures.npv);
    let currency = desk.project.project.currency;
    let difference = format::money_printed(now, currency) - format::money_printed(then, currency);
    let then_words = match (unapproved(living), again(living)) {
        (Some(id), _) => format!("in baseline {id}, which nobody has approved yet"),
        (None, Some(id)) => format!("approved with baseline {id}"),
        (None, None) => "approved".to_owned(),
    };
    let moved = match difference.cmp(&Amount::ZERO) {
        std::cmp::Ordering::Less => {
            format!("{} less than {then_words}", desk.money_words(Amount::ZERO - difference))
        }
        std::cmp::Ordering::Greater => format!("{} more than {then_words}", desk.money_words(difference)),
        std::cmp::Ordering::Equal => format!("as {then_words}"),
    };
    let verdict = match (then > Amount::ZERO, now > Amount::ZERO) {
        (true, false) => "It was worth doing and no longer is",
        (false, true) => "It was not worth doing and now is",
        (false, false) => "It is not worth doing",
        (true, true) => "It is still worth doing",
    };
    let figures = &living.now.figures;
    let alone = in_money_alone(desk, figures).map_or_else(String::new, |words| {
        let is_owed = now > Amount::ZERO && figures.npv_cashable_only <= Amount::ZERO;
        let owed = if is_owed { " with all its benefits" } else { "" };
        format!("{owed}, {words}")
    });
    format!("Net present value now {}: {moved}. {verdict}{alone}.", desk.money_words(now))
}

/// The baseline with which the case was approved, where it was approved with another before.
#[must_use]
pub fn again(living: &LivingCase) -> Option<&Id> {
    match &living.approved_by {
        Approval::Frozen { baseline, is_allowed: true, before: Some(_) } => Some(baseline),
        _ => None,
    }
}

/// The baseline that stands for what was approved, where nobody has approved any.
fn unapproved(living: &LivingCase) -> Option<&Id> {
    match &living.approved_by {
        Approval::Frozen { baseline, is_allowed: false, .. } => Some(baseline),
        _ => None,
    }
}

type Line = (&'static str, fn(&Desk<'_>, &OptionFigures) -> Cell);

const LINES: &[Line] = &[
    ("NPV of benefits that bring in money", |desk, figures| signed(desk, figures.npv_cashable_only)),
    ("Internal rate of return (IRR)", |_, figures| internal_rates(&figures.internal_rates)),
    ("Discounted payback", |_, figures| crossing(figures.discounted_payback)),
    ("Benefit–cost ratio (BCR)", |_, figures| ratio(figures.bcr)),
    ("Present value of benefits", |desk, figures| Cell::text(desk.money(figures.pv_benefits))),
    ("Present value of costs", |desk, figures| Cell::text(desk.money(figures.pv_costs))),
];

fn table(desk: &Desk<'_>, living: &LivingCase) -> Table {
    // Once it was approved anew, readers of the page before must see with what it is compared now.
    let by = again(living).or(unapproved(living)).map(|id| format!(" ({id})")).unwrap_or_default();
    let done = if unapproved(living).is_some() { "frozen" } else { "approved" };
    let (then, moved) = (format!("#As {done}{by}"), format!("#Now less {done}{by}"));
    let mut table = Table::new(&["Figure", &then, "#As planned", "#Now", &moved]);
    let states = [&living.approved, &living.planned, &living.now];
    // Each figure opens under the time it is of.
    let row = |name: &str, key: &str, cells: [Cell; 3], difference: Cell| {
        let times = ["case-approved", "case-planned", "case-now"];
        let cells = cells.into_iter().zip(times);
        let cells = cells.map(|(cell, time)| cell.explained(desk.explained(&format!("{time}.{key}"))));
        Row::new([Cell::text(name)].into_iter().chain(cells).chain([difference]).collect())
    };
    let money_row = |name: &str, figure: &dyn Fn(&CaseState) -> Option<Amount>| {
        let [then, _, now] = states.map(figure);
        let cells = states.map(|state| Cell::maybe(figure(state).map(|amount| desk.money_signed(amount))));
        let difference = then.zip(now).map(|(then, now)| desk.money_difference(then, now));
        row(name, &slug(name), cells, Cell::maybe(difference).explained(desk.explained("case-moved")))
    };
    table.push(money_row("Net present value (NPV)", &|state| Some(state.figures.npv)));
    table.rows.extend(by_what_is_left(desk, living));
    for (name, show) in LINES {
        table.push(row(name, &slug(name), states.map(|state| show(desk, &state.figures)), Cell::default()));
    }
    if states.iter().any(|state| state.carried.is_some()) {
        let carried = states.map(|state| Cell::maybe(state.carried.map(|amount| desk.money(amount))));
        let difference = living.approved.carried.zip(living.now.carried);
        let difference = difference.map(|(then, now)| desk.money_difference(then, now));
        let difference = Cell::maybe(difference).explained(desk.explained("case-cost-moved"));
        table.push(row("What the project itself costs", "carried", carried, difference));
    }
    if living.now.benefits_day.is_some() {
        let of_both = living.approved.benefits_day.zip(living.now.benefits_day);
        let days = of_both.map_or(0, |(then, now)| i64::from((now - then).get_days()).max(0));
        let late = Cell::text(match days {
            0 => "not later".to_owned(),
            days => format!("{} later", format::count(usize::try_from(days).unwrap_or(0), "day")),
        });
        let opened =
            if days == living.now.days_late { "case-now.days-late" } else { "case-now.benefits-day" };
        let late = late.explained(desk.explained(opened));
        let dates = states.map(|state| desk.date(state.benefits_day));
        table.push(row("Benefits may begin on", "benefits-day", dates, late));
    }
    table
}

/// The net present value now with the rest counted piece by piece (EAC₄) in place of the headline estimate, which knows nothing of work
/// that was added; none where both print the same, and once nothing is left to do.
#[must_use]
pub fn npv_by_what_is_left(desk: &Desk<'_>) -> Option<Amount> {
    let report = desk.project;
    let living = report.control.case.as_ref()?.living.as_ref()?;
    let npv = report.control.net_present_value_counted(&report.project, report.finish()?)?;
    let currency = report.project.currency;
    let is_new =
        format::money_printed(npv, currency) != format::money_printed(living.now.figures.npv, currency);
    is_new.then_some(npv)
}

fn by_what_is_left(desk: &Desk<'_>, living: &LivingCase) -> Option<Row> {
    let npv = npv_by_what_is_left(desk)?;
    let opened = desk.explained(NPV_BY_WHAT_IS_LEFT);
    let moved = desk.money_difference(living.approved.figures.npv, npv);
    Some(Row::new(vec![
        Cell::text("NPV, the rest counted piece by piece (EAC₄)"),
        Cell::default(),
        Cell::default(),
        Cell::text(desk.money_signed(npv)).explained(opened.clone()),
        Cell::text(moved).explained(opened),
    ]))
}

/// The key of [`npv_by_what_is_left`].
pub const NPV_BY_WHAT_IS_LEFT: &str = "case-now.npv-eac-4";

fn notes(desk: &Desk<'_>, living: &LivingCase) -> Vec<String> {
    let mut notes = vec![match &living.approved_by {
        Approval::Frozen { baseline, is_allowed, before } => {
            approved_in_baseline(desk, baseline, (*is_allowed, before.as_ref()))
        }
        Approval::Typed => {
            "The case of the day of its approval is not frozen: “as approved” are the amounts of the \
                            file as it is today."
                .to_owned()
        }
    }];
    let case = desk.project.project.business_case.as_ref();
    let carried = carried_names(desk, living);
    notes.push(match living.cost_basis {
        CostBasis::Estimate => format!(
            "What the project spends ({carried}) is its budget as planned, and now actual cost and the estimate of the \
             rest, {} together."
            , desk.money_words(living.now.carried.unwrap_or_default())
        ),
        CostBasis::Budget => format!(
            "What the project spends ({carried}) is its budget, also now: {}, so nothing can be estimated.", why_no_estimate(desk)
        ),
        CostBasis::Typed if carried.is_empty() => {
            "Costs are as typed: write `carried_by_project:` with the lines that the project spends.".to_owned()
        }
        CostBasis::Typed => format!("Costs are as typed: the plan has no budget for the work itself to stand for {carried}."),
    });
    notes.push(match case.and_then(|case| case.benefits_wait_for) {
        Some(task) => format!(
            "Benefits wait for {}. A part of a year that it comes later moves that part of each year’s benefits into the \
             year after; what falls behind the horizon is lost. Nobody has said what an earlier year would bring, so \
             coming earlier gains nothing.",
            crate::page::desk::task_name(desk.project.project.task(task))
        ),
        None => "Benefits come as typed: write `benefits_wait_for:` with what they wait for.".to_owned(),
    });
    if let Some(day) = living.counted_on.filter(|day| Some(*day) != living.approved.benefits_day) {
        notes.push(format!(
            "The benefits are typed for {}, and what was approved later counts them as much later: write new amounts with \
             `benefits_expected:` and freeze a baseline where the case counts on another day.",
            format::date(day)
        ));
    }
    notes
}

/// On which baseline “as approved” rests and who allowed it, and what the one before it held: `“As approved” stands in baseline B2, approved
/// on 10 Nov 2026 by C1, and no longer moves. B1 before it held a net present value of +20 092 EUR; nothing is compared with that any more.`
fn approved_in_baseline(
    desk: &Desk<'_>,
    id: &Id,
    (is_allowed, before): (bool, Option<&(Id, Option<Amount>)>),
) -> String {
    let project = &desk.project.project;
    let baseline = project.baselines.iter().find(|baseline| baseline.id == *id);
    let mut text = if is_allowed {
        let on = baseline.and_then(|baseline| baseline.approved);
        let on = on.map(|day| format!(" on {}", format::date(day))).unwrap_or_default();
        let mut passed = project.gates.iter().filter(|(_, gate)| gate.is_passed(desk.project.status_date));
        let at = passed
            .find(|(_, gate)| gate.baseline.as_ref() == Some(id))
            .map(|(gate, _)| format!(" at {gate}"));
        let by = || {
            let id = baseline?.authorised_by.as_ref()?;
            let id = Some(id).filter(|id| project.is_authority(id, desk.project.status_date))?;
            let word = if id.as_str().parse::<GateId>().is_ok() { "at" } else { "by" };
            Some(format!(" {word} {id}"))
        };
        let by = by().or(at).unwrap_or_default();
        let approved =
            if on.is_empty() && by.is_empty() { String::new() } else { format!(", approved{on}{by},") };
        format!("“As approved” stands in baseline {id}{approved} and no longer moves.")
    } else {
        format!("“As approved” stands in baseline {id}, which nobody has approved yet.")
    };
    if let Some((earlier, held)) = before {
        let held = held.map_or_else(
            || "the case as it was approved then".to_owned(),
            |npv| format!("a net present value of {}", desk.money_words(npv)),
        );
        text +=
            &format!(" Baseline {earlier} before it held {held}; nothing is compared with that any more.");
    }
    text
}

/// The cost lines that the project carries, in words.
fn carried_names(desk: &Desk<'_>, living: &LivingCase) -> String {
    let Some(case) = desk.project.project.business_case.as_ref() else { return String::new() };
    let Some(option) = case.options.get(living.option) else { return String::new() };
    let names: Vec<String> = case
        .carried
        .iter()
        .filter_map(|place| option.costs.get(*place))
        .map(|line| line.name.replace('_', " "))
        .collect();
    format::listed(&names)
}

/// The case as it stood when each gate was decided, and now: as the document of the decision was frozen, where one was.
fn gates(desk: &Desk<'_>) -> Table {
    let mut table = Table::new(&[
        "Gate",
        "Day",
        "#NPV then",
        "#The project’s own cost",
        "Benefits may begin on",
        "#Discounted payback",
        "Told by",
    ]);
    let mut push = |name: Cell, project: &ProjectReport, told: ToldBy<'_>| {
        let Some(living) = project.control.case.as_ref().and_then(|case| case.living.as_ref()) else {
            return;
        };
        let state = &living.now;
        let then = desk.here.desk(project);
        let key = |name: &str| then.explained(&format!("case-now.{}", slug(name)));
        let computed = signed(desk, state.figures.npv);
        let frozen = told.frozen.and_then(|frozen| frozen_value(desk, frozen));
        // A document that says nothing of the case tells nothing of this line.
        let told = if frozen.is_some() { told } else { ToldBy::default() };
        let value = match frozen.filter(|frozen| computed.text.as_deref() != Some(frozen.as_str())) {
            // What the board had before it stands in its document, whatever the files have become.
            Some(frozen) => Cell::text(frozen)
                .explained(told.frozen.and_then(|frozen| desk.href_place(frozen.origin)))
                .note_if(computed.text.map(|now| format!("{now} by the files of today"))),
            None => computed.explained(key("Net present value (NPV)")),
        };
        table.push(Row::new(vec![
            name,
            Cell::text(format::date(project.status_date)),
            value,
            Cell::maybe(state.carried.map(|amount| desk.money(amount))).explained(key("carried")),
            desk.date(state.benefits_day).explained(key("benefits-day")),
            crossing(state.figures.discounted_payback).explained(key("Discounted payback")),
            told.cell(desk),
        ]));
    };
    for (gate, project) in &desk.project.at_gates {
        let href = desk.href_to(&crate::page::Thing::Gate(*gate));
        let frozen = desk.project.project.frozen_gate(*gate, project.status_date);
        let told = ToldBy { frozen, is_edited: is_edited(desk, *gate) };
        push(Cell::text(gate.to_string()).href(href), project, told);
    }
    if !desk.project.at_gates.is_empty() {
        push(Cell::text("Now"), desk.project, ToldBy::default());
    }
    table
}

/// Who tells the line of a gate: its document, or the files of today.
#[derive(Clone, Copy, Default)]
struct ToldBy<'a> {
    frozen: Option<&'a FrozenGate>,
    /// Whether the files of today say something else than the document.
    is_edited: bool,
}

impl ToldBy<'_> {
    fn cell(self, desk: &Desk<'_>) -> Cell {
        let Some(frozen) = self.frozen else { return Cell::text("the files of today") };
        let cell = Cell::text("its frozen document").href(desk.href_place(frozen.origin));
        cell.note_if(
            self.is_edited
                .then(|| "its NPV alone: the rest by the files of today, which differ from it".to_owned()),
        )
    }
}

/// The net present value of a frozen document as this table tells sums: `+25 229`.
fn frozen_value(desk: &Desk<'_>, frozen: &FrozenGate) -> Option<String> {
    let currency = desk.project.project.currency.to_string();
    let sum = frozen.net_present_value()?.strip_suffix(&currency)?.trim_end();
    let is_signed = sum.starts_with('−') || sum == "0";
    Some(if is_signed { sum.to_owned() } else { format!("+{sum}") })
}
