//! The register of risks: classes, expected values, what the responses are worth, and a sheet for each risk.

use serde::Serialize;

use crate::control::{RiskOutlook, RiskRating};
use crate::format;
use crate::model::{Exposure, Risk, RiskStatus};
use crate::page::address::Thing;
use crate::page::desk::Desk;
use crate::page::prose::Prose;
use crate::page::register_cells::{done_state, due, fact_date, fact_line, fact_words};
use crate::page::view::{Cell, Chart, Fact, Row, Status, Table};
use crate::quantity::Amount;

/// The risks of a project.
#[derive(Clone, Debug, Serialize)]
pub struct Risks {
    /// Open risks, worst first.
    pub open: Table,
    /// Risks that are closed, rejected or have become issues.
    pub closed: Table,
    /// A sheet for each open risk, in the order of the table.
    pub sheets: Vec<RiskSheet>,
    /// Probability against impact, with the risks in their fields.
    pub matrix: Option<Chart>,
    /// What the contingency covers, in one sentence; none without an open risk.
    pub coverage: Option<String>,
}

/// Everything about one risk.
#[derive(Clone, Debug, Serialize)]
pub struct RiskSheet {
    /// Its anchor: `risk-R1`.
    pub anchor: Option<String>,
    /// Its id.
    pub id: String,
    /// What may happen, as harmless HTML.
    pub title: String,
    /// How it is rated.
    pub status: Status,
    /// Cause, effect, figures, response, owner, dates.
    pub facts: Vec<Fact>,
    /// What is being done about it.
    pub actions: Table,
}

/// Puts the risks of a project together.
#[must_use]
pub fn risks(desk: &Desk<'_>) -> Risks {
    let open = open_risks(desk);
    let mut closed = Table::new(&["Risk", "", "What became of it", "Closed"]);
    for risk in closed_risks(desk) {
        closed.push(closed_row(desk, risk));
    }
    Risks {
        open: risk_table(desk),
        closed,
        sheets: open.iter().map(|risk| sheet(desk, risk)).collect(),
        matrix: desk.chart("risk-matrix"),
        coverage: coverage(desk),
    }
}

/// The open risks, worst first, with their sum where there are several.
#[must_use]
pub fn risk_table(desk: &Desk<'_>) -> Table {
    let mut table = Table::new(&[
        "Risk",
        "",
        "#Probability",
        "Impact",
        "Rating",
        "#Expected cost",
        "#After response",
        "Could strike",
        "Response",
        "Owner",
    ]);
    let open = open_risks(desk);
    let precision = expected_precision(desk, &open);
    table.extend(open.iter().map(|risk| open_row(desk, risk, &open)));
    if open.len() > 1 {
        table.push(total_row(desk, &open, precision));
    }
    table
}

/// The key of a risk's expected cost: as it stands, or after the response where one is recorded.
#[must_use]
pub fn emv_key(risk: &Risk, is_after: bool) -> String {
    let part = if is_after && risk.residual.is_some() { "residual-" } else { "" };
    format!("risk-{}.{part}emv", risk.id)
}

/// The open risks of a project, the highest rating first, then the greatest expected cost.
#[must_use]
pub fn open_risks<'a>(desk: &Desk<'a>) -> Vec<&'a Risk> {
    let day = desk.project.status_date;
    let mut open: Vec<&Risk> =
        desk.project.project.registers.risks.iter().filter(|risk| risk.is_open(day)).collect();
    open.sort_by_key(|risk| {
        let score = rate(desk, &risk.current).score();
        std::cmp::Reverse((score, risk.current.expected_value(), risk.remaining().expected_value()))
    });
    open
}

/// The risks that are closed, rejected or have become issues, in the order of the register.
#[must_use]
pub fn closed_risks<'a>(desk: &Desk<'a>) -> Vec<&'a Risk> {
    let day = desk.project.status_date;
    desk.project.project.registers.risks.iter().filter(|risk| !risk.is_open(day)).collect()
}

/// The classes of an exposure, measured against the budget and the time tolerance of the project.
#[must_use]
pub fn rate(desk: &Desk<'_>, exposure: &Exposure) -> RiskRating {
    let project = desk.project;
    RiskRating::of(exposure, project.control.reference.budget, &project.project)
}

/// A rating as a state with its word; the limits are those of the matrix.
#[must_use]
pub fn rating_status(desk: &Desk<'_>, rating: RiskRating) -> Status {
    Status::level(rating.level(&desk.project.project.thresholds))
}

/// The classes of a rating and their product in words: `4 × 5 = 20`.
#[must_use]
pub fn rating_words(rating: RiskRating) -> String {
    format!("{}\u{a0}×\u{a0}{}\u{a0}=\u{a0}{}", rating.probability, rating.impact, rating.score())
}

/// What a risk costs if it happens, in words: `6 500 EUR, 19 working days`; the dash where neither is written.
#[must_use]
pub fn impact_words(desk: &Desk<'_>, exposure: &Exposure) -> String {
    let mut words = Vec::new();
    if exposure.cost != Amount::ZERO {
        words.push(desk.money_words(exposure.cost));
    }
    if exposure.time != 0 {
        words.push(desk.days_words(exposure.time));
    }
    if words.is_empty() { format::NOTHING.to_owned() } else { words.join(", ") }
}

/// How finely expected costs are printed: a probability makes cents of whole sums, which nobody decides on, and so they are left out where
/// the rows add up to their total without them.
fn expected_precision(desk: &Desk<'_>, open: &[&Risk]) -> format::Precision {
    let now: Vec<Amount> = open.iter().map(|risk| risk.current.expected_value()).collect();
    let after: Vec<Amount> = open.iter().map(|risk| risk.remaining().expected_value()).collect();
    let total = |parts: &[Amount]| parts.iter().copied().sum::<Amount>();
    let currency = desk.project.project.currency;
    let sums = [(total(&now), now.clone()), (total(&after), after.clone())];
    if format::add_up_in_whole(currency, &sums) {
        return format::Precision::whole(currency);
    }
    desk.precision(now.into_iter().chain(after).chain([outlook(desk).expected_value()]))
}

/// The row of one of the open risks, as in [`risk_table`].
#[must_use]
pub fn open_row(desk: &Desk<'_>, risk: &Risk, open: &[&Risk]) -> Row {
    let precision = expected_precision(desk, open);
    let rating = rate(desk, &risk.current);
    Row::new(vec![
        Cell::text(risk.id.to_string()).href(desk.href_to(&Thing::Risk(&risk.id))).class("nowrap"),
        desk.line(&risk.risk),
        Cell::text(format::percent(risk.current.probability))
            .explained(desk.href_of_field(risk.origin, "probability")),
        Cell::text(impact_words(desk, &risk.current)).explained(desk.href_of_field(risk.origin, "impact")),
        Cell::status(rating_status(desk, rating))
            .note(rating_words(rating))
            .explained(desk.explained(&format!("risk-{}.score", risk.id))),
        Cell::text(precision.money(risk.current.expected_value()))
            .explained(desk.explained(&emv_key(risk, false))),
        Cell::text(precision.money(risk.remaining().expected_value()))
            .explained(desk.explained(&emv_key(risk, true))),
        Cell::maybe(risk.proximity.as_deref().map(format::sentence_start)),
        response(desk, risk),
        desk.person(risk.owner),
    ])
}

/// How a risk is answered, with the open action that is due next.
fn response(desk: &Desk<'_>, risk: &Risk) -> Cell {
    let day = desk.project.status_date;
    let own = desk.project.project.registers.actions.iter();
    let open = own.filter(|action| action.from.as_deref() == Some(risk.id.as_str()) && action.is_open(day));
    let next = open.min_by_key(|action| (action.due.is_none(), action.due));
    let cell = Cell::maybe(risk.response.as_deref().map(format::sentence_start));
    let Some(next) = next else { return cell };
    let what = crate::prose::inline_text(&next.action.markdown);
    let is_late = next.due.is_some_and(|due| due < day);
    let due = next.due.map(|due| format!(", due {}", format::date(due))).unwrap_or_default();
    let cell = cell.note(format!("next: {what}{due}{}", if is_late { ", overdue" } else { "" }));
    if is_late { cell.class("bad") } else { cell }
}

fn total_row(desk: &Desk<'_>, open: &[&Risk], precision: format::Precision) -> Row {
    let has_opportunities = outlook(desk).opportunities > Amount::ZERO;
    let label = if has_opportunities { "Threats less opportunities" } else { "Threats" };
    let expected = RiskOutlook::of(open.iter().map(|risk| risk.current)).expected_value();
    Row::new(vec![
        if has_opportunities { Cell::text(label) } else { Cell::text(label).class("nowrap") },
        Cell::default(),
        Cell::default(),
        Cell::default(),
        Cell::default(),
        Cell::text(precision.money(expected)).explained(desk.explained("exposure-now")),
        Cell::text(precision.money(outlook(desk).expected_value())).explained(desk.explained("exposure")),
        Cell::default(),
        Cell::default(),
        Cell::default(),
    ])
    .class("total")
}

fn closed_row(desk: &Desk<'_>, risk: &Risk) -> Row {
    let is_raised = risk.is_raised(desk.project.status_date);
    let became = match &risk.became {
        // What links to it finds it on any day.
        _ if !is_raised => Cell::text("Not raised yet"),
        Some(issue) => Cell::text(format!("Became issue {issue}")).href(desk.href_to(&Thing::Issue(issue))),
        None => Cell::text(format::sentence_start(risk.status.map_or("closed", RiskStatus::key))),
    };
    Row::new(vec![
        Cell::text(risk.id.to_string()).class("nowrap"),
        desk.line(&risk.risk),
        became,
        desk.date(risk.closed.filter(|_| is_raised)),
    ])
    .id(Thing::Risk(&risk.id).anchor())
    .class("muted")
}

fn sheet(desk: &Desk<'_>, risk: &Risk) -> RiskSheet {
    let rating = rate(desk, &risk.current);
    let explained = |name: &str| desk.explained(&format!("risk-{}.{name}", risk.id));
    let mut facts: Vec<Fact> = [
        fact_line(desk, "Cause", risk.cause.as_ref()),
        fact_line(desk, "Effect", risk.effect.as_ref()),
        Some(exposure_fact(desk, "As it stands", &risk.current).explained(explained("score"))),
        risk.inherent.as_ref().map(|inherent| {
            exposure_fact(desk, "Before any response", inherent).explained(explained("inherent-score"))
        }),
        risk.residual.as_ref().map(|residual| {
            exposure_fact(desk, "After the response", residual).explained(explained("residual-score"))
        }),
        fact_line(desk, "Quality", risk.quality_impact.as_ref()),
        fact_words("Response", risk.response.as_deref()),
        fact_words("Could strike", risk.proximity.as_deref())
            .map(|fact| fact.explained(desk.href_of_field(risk.origin, "proximity"))),
        fact_words("Category", risk.category.as_deref()),
        Some(Fact::of("Owner", desk.person(risk.owner))),
        fact_date("Raised", risk.raised)
            .map(|fact| fact.explained(desk.href_of_field(risk.origin, "raised"))),
        fact_date("Last looked at", risk.reviewed)
            .map(|fact| fact.explained(desk.href_of_field(risk.origin, "reviewed"))),
    ]
    .into_iter()
    .flatten()
    .collect();
    facts.extend(
        Prose::links(&desk.links(&desk.project.project.registers.related(&risk.id, &risk.links)))
            .map(|links| Fact::of("Has to do with", Cell::prose(links))),
    );
    facts.push(Fact::of("Written in", desk.place_cell(Some(risk.origin))));
    RiskSheet {
        anchor: Thing::Risk(&risk.id).anchor(),
        id: risk.id.to_string(),
        title: crate::prose::inline_html(&risk.risk.markdown),
        status: rating_status(desk, rating),
        facts,
        actions: actions(desk, risk),
    }
}

fn exposure_fact(desk: &Desk<'_>, label: &str, exposure: &Exposure) -> Fact {
    let rating = rate(desk, exposure);
    Fact {
        note: Some(format!(
            "rated {}, {}",
            rating_words(rating),
            rating_status(desk, rating).word.to_lowercase()
        )),
        ..Fact::new(
            label,
            format!(
                "{} of {}{}",
                format::percent(exposure.probability),
                impact_words(desk, exposure),
                expected_words(desk, exposure)
            ),
        )
    }
}

/// What an exposure comes to in time: `4 working days`; none where no time is at stake. Days of several risks are not added up: they may
/// run beside each other, which only the runs of the schedule know.
fn expected_days(desk: &Desk<'_>, exposure: &Exposure) -> Option<String> {
    let minutes = exposure.expected_time();
    (minutes != 0).then(|| desk.days_words(minutes))
}

/// What an exposure comes to: `; expected cost 1 720 EUR, 4 working days`; empty where nothing is at stake.
fn expected_words(desk: &Desk<'_>, exposure: &Exposure) -> String {
    let expected = exposure.expected_value();
    let money = match expected.cmp(&Amount::ZERO) {
        std::cmp::Ordering::Equal => None,
        std::cmp::Ordering::Greater => Some(format!("expected cost {}", desk.money_words(expected))),
        std::cmp::Ordering::Less => {
            Some(format!("expected gain {}", desk.money_words(Amount::ZERO - expected)))
        }
    };
    match (money, expected_days(desk, exposure)) {
        (None, None) => String::new(),
        (Some(money), None) => format!("; {money}"),
        (None, Some(days)) => format!("; expected {days}"),
        (Some(money), Some(days)) => format!("; {money}, {days}"),
    }
}

fn actions(desk: &Desk<'_>, risk: &Risk) -> Table {
    let mut table = Table::new(&["Action", "", "Owner", "Due", "State"]);
    let day = desk.project.status_date;
    let own = desk.project.project.registers.actions.iter();
    for action in own.filter(|action| action.from.as_deref() == Some(risk.id.as_str())) {
        table.push(Row::new(vec![
            Cell::text(&*action.id).href(desk.href_to(&Thing::Action(&action.id))).class("nowrap"),
            desk.line(&action.action),
            desk.person(action.owner),
            due(desk, action.due, action.is_open(day)),
            Cell::status(done_state(desk, action.due, action.done)),
        ]));
    }
    table
}

/// What open threats may be expected to cost and opportunities to bring, after response.
#[must_use]
pub fn outlook(desk: &Desk<'_>) -> RiskOutlook {
    let control = &desk.project.control;
    RiskOutlook { threats: control.threats, opportunities: control.opportunities }
}

/// What open threats may be expected to cost and opportunities to bring as the colour of risk judges them: after response, but as they
/// stand where the response waits for a decision.
#[must_use]
pub fn outlook_judged(desk: &Desk<'_>) -> RiskOutlook {
    RiskOutlook::as_decided(&desk.project.project.registers, desk.project.status_date)
}

/// The threats that the colour of risk judges, in a scorecard, and what is left of the contingency after them. Where less of them is hoped
/// for, that is told beside.
#[must_use]
pub fn threats_and_left(desk: &Desk<'_>) -> [Cell; 2] {
    let left = desk.project.control.spending.contingency.remaining;
    let (judged, hoped) = (outlook_judged(desk).threats, outlook(desk).threats);
    let [threats, after] = if judged == hoped {
        ["threats", "contingency-after-exposure"]
    } else {
        ["threats-judged", "contingency-after-judged"]
    };
    let once = (judged != hoped).then(|| format!("{}{ONCE_DECIDED}", desk.money_words(hoped)));
    [
        Cell::text(format!("threats {}", desk.money_words(judged)))
            .note_if(once)
            .explained(desk.explained(threats)),
        Cell::text(desk.money_signed(left - judged))
            .note("left after threats")
            .explained(desk.explained(after)),
    ]
}

/// The threats that are hoped for, and those that the colour of risk judges where they are more: `1 720 EUR once every response is decided
/// and works, and 5 550 EUR until then`.
#[must_use]
pub fn threats_in_words(desk: &Desk<'_>) -> String {
    let (judged, hoped) = (outlook_judged(desk).threats, outlook(desk).threats);
    let hoped_words = desk.money_words(hoped);
    if judged == hoped {
        hoped_words
    } else {
        format!("{hoped_words}{ONCE_DECIDED}, and {} until then", desk.money_words(judged))
    }
}

/// What follows the sum of threats that is hoped for, where more is judged.
pub const ONCE_DECIDED: &str = " once every response is decided and works";

/// What open threats may be expected to cost and opportunities to bring as they count in the runs of the schedule: after
/// response only where it is done.
#[must_use]
pub fn outlook_today(desk: &Desk<'_>) -> RiskOutlook {
    RiskOutlook::today(&desk.project.project.registers, desk.project.status_date)
}

/// What the open threats cost as they stand, where responses that are still open make it differ from the exposure.
#[must_use]
pub fn threats_today(desk: &Desk<'_>) -> Option<Amount> {
    let today = outlook_today(desk).threats;
    (today != outlook(desk).threats).then_some(today)
}

/// What the open opportunities may bring, in words: `opportunities may bring 100 EUR`; none without one.
#[must_use]
pub fn opportunity_words(desk: &Desk<'_>) -> Option<String> {
    let gain = outlook(desk).opportunities;
    (gain > Amount::ZERO).then(|| format!("opportunities may bring {}", desk.money_words(gain)))
}

/// The expected cost of the open threats in few words, each sum with what it takes for granted: `threats 5 550 EUR as they stand, 1 720 EUR
/// after response`.
#[must_use]
pub fn threats_in_short(desk: &Desk<'_>) -> String {
    let hoped = desk.money_words(outlook(desk).threats);
    match threats_today(desk) {
        Some(today) => format!("threats {} as they stand, {hoped} after response", desk.money_words(today)),
        None => format!("threats {hoped}"),
    }
}

/// Which rating the sum of the threats uses and which the runs of the schedule do, with both sums; none where they agree.
#[must_use]
pub fn ratings_words(desk: &Desk<'_>) -> Option<String> {
    let today = threats_today(desk)?;
    let runs = if desk.project.risk.is_some() { ", and so the runs of the schedule count them" } else { "" };
    Some(format!(
        "The threats, {}, take every response as done. As they stand, with responses still open, they come to {}{runs}.",
        desk.money_words(outlook(desk).threats),
        desk.money_words(today)
    ))
}

/// What the remaining contingency covers, and which rating that uses; none without an open risk.
#[must_use]
pub fn coverage(desk: &Desk<'_>) -> Option<String> {
    let exposure = outlook(desk).threats;
    let contingency = &desk.project.control.spending.contingency;
    if open_risks(desk).is_empty() {
        return None;
    }
    if exposure == Amount::ZERO && outlook(desk).opportunities == Amount::ZERO {
        return Some(
            "No money is at stake in the open risks after response, as they are written.".to_owned(),
        );
    }
    let gain = opportunity_words(desk).map(|words| format!(", {words}")).unwrap_or_default();
    let exposed = format!(
        "The open threats may be expected to cost {} after response{gain}",
        desk.money_words(exposure)
    );
    if contingency.granted == Amount::ZERO {
        return Some(format!("{exposed}; no contingency is set aside for them."));
    }
    let left = desk.money_words(contingency.remaining);
    let ratings = ratings_words(desk).map(|words| format!(" {words}")).unwrap_or_default();
    Some(match crate::quantity::Ratio::of_amounts(contingency.remaining, exposure) {
        Some(times) => format!(
            "{exposed}; the contingency left is {left}, {}\u{a0}times that.{ratings}",
            format::number(times.get(), 1)
        ),
        None => format!("{exposed}; the contingency left is {left}.{ratings}"),
    })
}
