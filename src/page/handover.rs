//! Handover: can operations own it? Who takes what, which service criteria hold, how early life goes, what expires.

use serde::Serialize;

use crate::chart::measured::{bound_words, is_a_course};
use crate::format;
use crate::model::{Handover, HandoverItem, Indicator, ServiceCriterion};
use crate::page::address::{Address, Thing};
use crate::page::desk::Desk;
use crate::page::readiness::{reconciliation, rehearsals, sign_offs, training};
use crate::page::register_cells::{due, line_or_dash};
use crate::page::stage::gate_day;
use crate::page::view::{Cell, Chart, Fact, Row, Status, Table};
use crate::page::{Entry, Group, Made, ProjectPage};
use crate::quantity::{Amount, GateId, Window};
use crate::report::ProjectReport;

/// The page of handover.
pub struct HandoverPage;

/// What the page shows.
#[derive(Debug, Serialize)]
struct HandoverView {
    /// How much is taken over and met, in one sentence.
    sentence: String,
    /// Who takes over, when early life runs, what it costs a year.
    facts: Vec<Fact>,
    /// The ownership register.
    items: Table,
    /// Service-acceptance criteria.
    criteria: Table,
    /// How many of them are met, in words; none where there is no criterion.
    criteria_met: Option<String>,
    /// The state of each in the order of the table.
    marks: Vec<Status>,
    /// Steps of the cut-over; no rows where none is written.
    cut_over: Table,
    /// Indicators of early-life support.
    indicators: Table,
    /// A line for each indicator that has been measured.
    indicator_charts: Vec<Chart>,
    /// Contracts, licences and certificates by the day they expire.
    expiries: Table,
    /// Sign-offs for security, data protection and the law.
    sign_offs: Table,
    /// Who has to be trained before it goes into service, and how many are.
    training: Table,
    /// What was tried before it is needed.
    rehearsals: Table,
    /// Counts of migrated data beside their source.
    reconciliation: Table,
}

/// Working days before an expiry from which it is shown as near: half a year.
const EXPIRES_SOON: i64 = 130;

impl ProjectPage for HandoverPage {
    fn kind(&self) -> &'static str {
        "handover"
    }

    fn group(&self) -> Group {
        Group::Results
    }

    fn question(&self) -> &'static str {
        "Can operations own it?"
    }

    fn entries(&self, project: &ProjectReport) -> Vec<Entry> {
        if project.project.handover.is_none() {
            return Vec::new();
        }
        vec![Entry::new(Address::page(&project.project.folder, "handover"), "Handover")]
    }

    fn make(&self, desk: &Desk<'_>) -> Made {
        let criteria = service_criteria(desk);
        let view = HandoverView {
            sentence: sentence(desk).unwrap_or_default(),
            facts: facts(desk),
            items: items(desk),
            criteria_met: (!criteria.rows.is_empty()).then(|| criteria_met(desk)),
            marks: criteria.statuses(),
            criteria,
            cut_over: cut_over(desk),
            indicators: indicators(desk),
            indicator_charts: indicator_charts(desk),
            expiries: expiries(desk),
            sign_offs: sign_offs(desk),
            training: training(desk),
            rehearsals: rehearsals(desk),
            reconciliation: reconciliation(desk),
        };
        Made::new(self.kind(), "Handover to operations", &view).description(self.question())
    }
}

/// How much is taken over and how many criteria are met, in one sentence; none without a handover.
#[must_use]
pub fn sentence(desk: &Desk<'_>) -> Option<String> {
    let handover = desk.project.project.handover.as_ref()?;
    let day = desk.project.status_date;
    let n_taken = handover.items.iter().filter(|item| is_taken(item, day)).count();
    Some(format!(
        "{n_taken} of {} accepted by their new owners; {}",
        format::count(handover.items.len(), "item"),
        criteria_met(desk)
    ))
}

/// How many service criteria are met: `7 of 12 service criteria met.`
fn criteria_met(desk: &Desk<'_>) -> String {
    let criteria = || handover(desk).into_iter().flat_map(|handover| &handover.criteria);
    let n_met = criteria().filter(|criterion| is_met(criterion, desk.project.status_date)).count();
    format!("{n_met} of {} service criteria met.", criteria().count())
}

/// Says whether an item had been accepted by a day.
#[must_use]
pub fn is_taken(item: &HandoverItem, day: jiff::civil::Date) -> bool {
    item.accepted.is_some_and(|accepted| accepted <= day)
}

/// Says whether a service criterion had been met by a day.
#[must_use]
pub fn is_met(criterion: &ServiceCriterion, day: jiff::civil::Date) -> bool {
    criterion.met.is_some_and(|met| met <= day)
}

fn handover<'a>(desk: &Desk<'a>) -> Option<&'a Handover> {
    desk.project.project.handover.as_ref()
}

fn facts(desk: &Desk<'_>) -> Vec<Fact> {
    let mut facts = vec![Fact::of("Operations owner", desk.person(desk.project.project.operations_owner))];
    let Some(handover) = handover(desk) else { return facts };
    if let Some(window) = handover.early_life {
        let fact = Fact::new("Early-life support", format::window(window))
            .explained(desk.href_of_field(handover.origin, "early_life"));
        facts.push(Fact { note: beyond_closing(desk, window), ..fact });
    }
    let yearly: Amount = handover.items.iter().filter_map(|item| item.yearly_cost).sum();
    if yearly != Amount::ZERO {
        facts.push(
            Fact::new("Running cost a year", desk.money_words(yearly))
                .explained(desk.explained("running-cost")),
        );
    }
    facts
}

/// That early-life support begins or ends after the closing gate, as it is decided or forecast; none where it is over by then, and
/// where the project is stopped or has no such gate.
#[must_use]
pub fn beyond_closing(desk: &Desk<'_>, support: Window) -> Option<String> {
    let closing = gate_day(desk, GateId::G5).filter(|_| !desk.project.control.is_stopped)?;
    let verb = if support.first() > closing {
        "begins"
    } else if support.last_day() > closing {
        "ends"
    } else {
        return None;
    };
    Some(format!("{verb} after {}, which closes the project on {}", GateId::G5, format::date(closing)))
}

/// The ownership register: item, from whom, to whom, accepted when.
#[must_use]
pub fn items(desk: &Desk<'_>) -> Table {
    let mut table = Table::new(&["Item", "Kind", "From", "To", "Accepted", "Expires", "#Cost a year"]);
    let day = desk.project.status_date;
    for item in handover(desk).iter().flat_map(|handover| &handover.items) {
        let mut name = desk.line(&item.item);
        name.note = item.evidence.as_ref().map(|text| crate::prose::inline_text(&text.markdown));
        let accepted = if is_taken(item, day) {
            let by = item.accepted_by.map(|person| desk.project.project.person_name(person).to_owned());
            let signed: Vec<String> = item.accepted.map(format::date).into_iter().chain(by).collect();
            Cell::status(Status::done("Accepted")).note_if((!signed.is_empty()).then(|| signed.join(", ")))
        } else {
            Cell::status(Status::open("Not yet"))
        };
        table.push(
            Row::new(vec![
                name,
                Cell::maybe(item.kind.as_deref().map(format::sentence_start)),
                desk.person(item.from),
                desk.person(item.to),
                accepted,
                desk.date(item.expires),
                Cell::maybe(item.yearly_cost.map(|cost| desk.money(cost)))
                    .explained(desk.href_of_field(item.origin, "yearly_cost")),
            ])
            .id(Thing::HandoverItem(&item.id).anchor()),
        );
    }
    table
}

/// The steps of the cut-over in their order, each with what must hold to go on; the one after which there is no way back is
/// marked.
#[must_use]
pub fn cut_over(desk: &Desk<'_>) -> Table {
    let mut table = Table::new(&["Step", "Begins", "Who", "Goes on if", "Else", "State"]);
    let day = desk.project.status_date;
    for step in handover(desk).iter().flat_map(|handover| &handover.cut_over) {
        let is_done = step.done.is_some_and(|done| done <= day);
        let state = if is_done {
            Cell::status(Status::done("Done")).note_if(step.done.map(format::date))
        } else {
            Cell::status(Status::open("Ahead"))
        };
        let row = Row::new(vec![
            desk.line(&step.step).note_if(step.no_return.then(|| "no way back after it".to_owned())),
            Cell::maybe(step.at.map(format::moment)).explained(desk.href_of_field(step.origin, "at")),
            desk.person(step.owner),
            line_or_dash(desk, step.go_if.as_ref()),
            line_or_dash(desk, step.else_do.as_ref()),
            state,
        ]);
        table.push(if step.no_return { row.class("critical") } else { row });
    }
    table
}

/// The criteria by which operations accepts the service.
#[must_use]
pub fn service_criteria(desk: &Desk<'_>) -> Table {
    let mut table = Table::new(&["Service criterion", "Owner", "Due", "State", "Evidence"]);
    let day = desk.project.status_date;
    for criterion in handover(desk).iter().flat_map(|handover| &handover.criteria) {
        let met = is_met(criterion, day);
        let state = if met {
            Cell::status(Status::done("Met")).note_if(criterion.met.map(format::date))
        } else if criterion.due.is_some_and(|due| due < day) {
            Cell::status(Status::red("Overdue"))
        } else {
            Cell::status(Status::open("Open"))
        };
        table.push(Row::new(vec![
            desk.line(&criterion.criterion),
            desk.person(criterion.owner),
            due(desk, criterion.due, !met),
            state,
            line_or_dash(desk, criterion.evidence.as_ref()),
        ]));
    }
    table
}

/// What is watched during early-life support.
#[must_use]
pub fn indicators(desk: &Desk<'_>) -> Table {
    let mut table = Table::new(&["Indicator", "Limit", "Readings before", "Newest value", "State"]);
    let day = desk.project.status_date;
    let all = handover(desk).into_iter().flat_map(|handover| &handover.indicators);
    for (place, indicator) in all.enumerate() {
        let state = match indicator.is_within(day) {
            Some(true) => Status::green("Inside"),
            Some(false) => Status::red("Outside"),
            None => Status::unknown("Not judged"),
        };
        table.push(Row::new(vec![
            desk.line(&indicator.indicator),
            Cell::maybe(limit_words(indicator)).explained(desk.href_of_field(indicator.origin, "limit")),
            readings_before(desk, indicator),
            match indicator.newest(day) {
                Some(reading) => Cell::text(format::measure(reading.thousandths, indicator.unit.as_deref()))
                    .note(format::date(reading.date))
                    .explained(desk.href_of_field(reading.origin, "value")),
                None => Cell::maybe(indicator.current.clone()),
            },
            Cell::status(state).explained(desk.explained(&format!("indicator-{}.within", place + 1))),
        ]));
    }
    table
}

/// What was read before the newest value, oldest first: `54 → 58 → 60`.
fn readings_before(desk: &Desk<'_>, indicator: &Indicator) -> Cell {
    let day = desk.project.status_date;
    let known = indicator.readings.iter().filter(|reading| reading.date <= day);
    let mut words: Vec<String> = known.map(|reading| format::measure(reading.thousandths, None)).collect();
    words.pop();
    Cell::maybe((!words.is_empty()).then(|| words.join(" → ")))
        .explained(desk.href_of_field(indicator.origin, "readings").filter(|_| !words.is_empty()))
}

/// A limit as it is held against: with its unit where it is a number, else as written.
pub(super) fn limit_words(indicator: &Indicator) -> Option<String> {
    let bound = indicator.bound.filter(|_| indicator.unit.is_some());
    bound.map(|bound| bound_words(bound, indicator.unit.as_deref())).or_else(|| indicator.limit.clone())
}

fn indicator_charts(desk: &Desk<'_>) -> Vec<Chart> {
    let indicators = handover(desk).map_or(&[][..], |handover| &handover.indicators);
    let courses =
        indicators.iter().enumerate().filter(|(_, one)| is_a_course(&one.readings, desk.project.status_date));
    courses.filter_map(|(place, _)| desk.chart(&format!("indicator-{}", place + 1))).collect()
}

/// What expires, soonest first.
#[must_use]
pub fn expiries(desk: &Desk<'_>) -> Table {
    let mut table = Table::new(&["What expires", "Kind", "Owner after handover", "Expires", "State"]);
    let day = desk.project.status_date;
    let all = handover(desk).into_iter().flat_map(|handover| &handover.items);
    let mut expiring: Vec<_> = all.filter_map(|item| item.expires.map(|expires| (expires, item))).collect();
    expiring.sort_by_key(|(expires, _)| *expires);
    for (expires, item) in expiring {
        let left = desk.working_days_from(day, expires);
        let state = if expires < day {
            Status::red("Expired")
        } else if left < EXPIRES_SOON {
            Status::amber("Within half a year")
        } else {
            Status::green("Far")
        };
        table.push(Row::new(vec![
            desk.line(&item.item),
            Cell::maybe(item.kind.as_deref().map(format::sentence_start)),
            desk.person(item.to),
            desk.date(Some(expires)),
            Cell::status(state),
        ]));
    }
    table
}
