//! The answer to a statement in words, with the values put in and where each is explained.

use crate::format;
use crate::page::Desk;
use crate::page::case_then_now::npv_key;
use crate::page::view::Cell;
use crate::quantity::Id;
use crate::report::{Item, Judged, JudgedFigure, JudgedPart, JudgedThings, Truth, Value};
use crate::statement::{FigureName, HowMany, Kind, Sign, Thing};

/// At most so many things are named, the first of their file.
const NAMED: usize = 5;

/// A judged statement as readers see it.
#[derive(Clone, Debug)]
pub struct ToldStatement {
    /// The values put in: `finish slip 34 working days, at most 10 working days`.
    pub values: String,
    /// Where figures are explained and things are listed.
    pub evidence: Vec<Cell>,
}

/// Tells what a statement was judged by.
#[must_use]
pub fn told(desk: &Desk<'_>, judged: &Judged) -> ToldStatement {
    let mut values = Vec::new();
    let mut evidence: Vec<Cell> = Vec::new();
    for part in &judged.parts {
        let cells = match part {
            JudgedPart::Figure(figure) => {
                values.push(figure_words(desk, figure));
                figures_of(figure).map(|figure| figure_cell(desk, figure)).collect::<Vec<_>>()
            }
            JudgedPart::Things(things) => {
                values.push(things_words(things));
                let named = things.against.iter().chain(things.unknown.iter().map(|(item, _)| item));
                std::iter::once(page_cell(desk, things.thing))
                    .chain(named.take(NAMED).filter_map(|item| item_cell(desk, item)))
                    .collect()
            }
        };
        for cell in cells {
            if !evidence.iter().any(|known| known.text == cell.text) {
                evidence.push(cell);
            }
        }
    }
    let values = values.join("; ");
    let values = match judged.truth {
        Truth::Unknown => format!("cannot be answered: {values}"),
        _ => values,
    };
    ToldStatement { values, evidence }
}

fn figures_of(judged: &JudgedFigure) -> impl Iterator<Item = FigureName> {
    std::iter::once(judged.figure).chain(judged.limit_figure)
}

fn figure_words(desk: &Desk<'_>, judged: &JudgedFigure) -> String {
    let mut missing = Vec::new();
    for (figure, value) in [(Some(judged.figure), judged.value), (judged.limit_figure, judged.limit)] {
        if let (Some(figure), None) = (figure, value) {
            missing.push(format!("{} has no value, {}", figure.words(), figure.unknown()));
        }
    }
    if !missing.is_empty() {
        return missing.join("; ");
    }
    let kind = judged.figure.kind();
    let limit_kind = judged.limit_figure.map_or(kind, FigureName::kind);
    let (value, limit) = match (judged.value, judged.limit) {
        (Some(value), Some(limit)) => apart(desk, (kind, value), (limit_kind, limit)),
        _ => Default::default(),
    };
    let limit = match judged.limit_figure {
        Some(figure) => format!("{} {limit}", figure.words()),
        None => limit,
    };
    format!("{} {value}, {} {limit}", judged.figure.words(), sign_words(judged.sign))
}

/// Two values with as many digits as tell them apart: `10.02 working days` and `10 working days`. Values that are the same are
/// printed as everywhere else.
fn apart(desk: &Desk<'_>, one: (Kind, Value), other: (Kind, Value)) -> (String, String) {
    let printed = |(kind, value)| value_words(desk, kind, value);
    let usual = (printed(one), printed(other));
    if usual.0 != usual.1 || one.1.compare(other.1).is_none_or(std::cmp::Ordering::is_eq) {
        return usual;
    }
    let exact = |places| (exact_words(desk, one, places), exact_words(desk, other, places));
    (2..=MOST_PLACES).map(exact).find(|(one, other)| one != other).unwrap_or(usual)
}

/// So many decimals are printed at most.
const MOST_PLACES: usize = 9;

/// A value with so many decimals, zeros behind left out; money to its smallest unit.
fn exact_words(desk: &Desk<'_>, (kind, value): (Kind, Value), places: usize) -> String {
    match value {
        Value::Days(minutes) => format::working_days_exactly(minutes, desk.project.minutes_per_day(), places),
        Value::Money(amount) => {
            format!("{}\u{a0}{}", desk.money_exact(amount), desk.project.project.currency)
        }
        Value::Ratio(ratio) if kind == Kind::Share => format::share_exactly(ratio.get(), places),
        Value::Ratio(ratio) => format::decimals(Some(ratio), places + 1),
        Value::Count(_) | Value::Date(_) => value_words(desk, kind, value),
    }
}

fn sign_words(sign: Sign) -> &'static str {
    match sign {
        Sign::AtMost => "at most",
        Sign::AtLeast => "at least",
        Sign::Below => "to be below",
        Sign::Above => "to be above",
        Sign::Equal => "to be",
        Sign::Unequal => "to be other than",
    }
}

/// A value with its unit, as readers see it.
#[must_use]
pub fn value_words(desk: &Desk<'_>, kind: Kind, value: Value) -> String {
    match value {
        Value::Days(minutes) => desk.days_words(minutes),
        Value::Money(amount) => desk.money_words(amount),
        Value::Ratio(ratio) if kind == Kind::Share => format::share(ratio.get()),
        Value::Ratio(ratio) => format::decimals(Some(ratio), 3),
        Value::Count(number) => format::whole(number),
        Value::Date(day) => format::date(day),
    }
}

fn things_words(judged: &JudgedThings) -> String {
    let noun = judged.thing.word();
    if !judged.unrecorded.is_empty() {
        return judged.unrecorded.to_owned();
    }
    let lacking = lacking(judged);
    if judged.truth == Truth::Unknown {
        return lacking;
    }
    if judged.truth == Truth::NothingThere {
        return format!("there is no such {noun}");
    }
    let named = || {
        let names: Vec<String> = judged.against.iter().take(NAMED).map(|item| item.name.clone()).collect();
        let more = judged.against.len().saturating_sub(NAMED);
        let names = format::listed(&names);
        if more > 0 { format!("{names} and {more} more") } else { names }
    };
    let words = match judged.amount {
        HowMany::Every if judged.against.is_empty() => {
            format!("{} of {}", judged.good, format::count(judged.of, noun))
        }
        HowMany::Every => format!("{} of {}, not {}", judged.good, format::count(judged.of, noun), named()),
        HowMany::No if judged.against.is_empty() => format!("no such {noun} found"),
        HowMany::No => format!("{} found: {}", format::count(judged.against.len(), noun), named()),
        HowMany::Some => format!("{} found", format::count(judged.good, noun)),
    };
    // What could not be looked at is told beside what decides; of some that were found it changes nothing.
    if lacking.is_empty() || judged.amount == HowMany::Some { words } else { format!("{words}; {lacking}") }
}

/// The things of which it cannot be said, each with what is not filled in; empty where there is none.
fn lacking(judged: &JudgedThings) -> String {
    let noun = judged.thing.word();
    let said = |(item, field): &(Item, crate::statement::Field)| {
        format!("{noun} {} has no {}", item.name, field.word())
    };
    let mut lacking: Vec<String> = judged.unknown.iter().take(NAMED).map(said).collect();
    let more = judged.unknown.len().saturating_sub(NAMED);
    lacking.extend((more > 0).then(|| format!("and {more} more")));
    lacking.join("; ")
}

/// A figure by its name, leading to its explanation, or to the page that shows it where it has none.
#[must_use]
pub fn figure_cell(desk: &Desk<'_>, figure: FigureName) -> Cell {
    let href = explained(desk, figure).or_else(|| desk.href_page(page_of_figure(figure)));
    Cell::text(format::sentence_start(figure.words())).href(href)
}

fn explained(desk: &Desk<'_>, figure: FigureName) -> Option<String> {
    keys(desk, figure).into_iter().find_map(|key| desk.explained(&key))
}

/// The keys under which a figure may be explained, the likeliest first.
#[must_use]
pub fn keys(desk: &Desk<'_>, figure: FigureName) -> Vec<String> {
    let is_discrete = desk.project.said().figures.is_headline_discrete();
    let index = |key: &str| {
        let discrete = is_discrete.then(|| format!("discrete-{key}"));
        discrete.into_iter().chain([key.to_owned()]).collect()
    };
    let key = match figure {
        FigureName::PaceInTime => return index("spi-t"),
        FigureName::ScheduleIndex => return index("spi"),
        FigureName::CostIndex => return index("cpi"),
        FigureName::NetPresentValue => return vec![npv_key(desk)],
        FigureName::StatusDate => "status-date",
        FigureName::Finish => "finish",
        FigureName::PromisedFinish => "promised",
        FigureName::FinishSlip => "slip",
        FigureName::SlipLeft => "slip-left",
        FigureName::FinishP50 => "p50-finish",
        FigureName::FinishP80 => "p80-finish",
        FigureName::Budget => "bac",
        FigureName::PlannedValue => "pv",
        FigureName::EarnedValue => "ev",
        FigureName::ActualCost => "ac",
        FigureName::Estimate => "eac",
        FigureName::VarianceAtCompletion => "vac",
        FigureName::Complete => "ev-share",
        FigureName::Spent => "ac-share",
        FigureName::ContingencyLeft => "contingency-left",
        FigureName::ManagementReserveLeft => "reserve-left",
        FigureName::Funding => "funding",
        FigureName::FundingNeed => "funding-need",
        FigureName::OpenOrders => "all-ordered",
        FigureName::Exposure => "exposure",
        FigureName::Threats => "threats",
        FigureName::OpenRisks => "open-risks",
        FigureName::OpenIssues => "open-issues",
        FigureName::OpenDecisions => "open-decisions",
        FigureName::WaitingChanges => "changes-waiting",
        FigureName::OpenActions => "open-actions",
        FigureName::OpenRequests => "open-requests",
        FigureName::ChangesShare => "changes-share",
        FigureName::AcceptedShare => "accepted",
        FigureName::FirstPass => "first-pass",
        FigureName::TestCoverage => "tests-coverage",
        FigureName::TestPassRate => "tests-pass-rate",
        FigureName::OpenDefects => "defects-all.open",
        FigureName::OpenDefects1 => "defects-1.open",
        FigureName::OpenDefects2 => "defects-2.open",
        FigureName::OpenDefects3 => "defects-3.open",
        FigureName::OpenDefects4 => "defects-4.open",
        FigureName::OpenTasks => "floats",
    };
    vec![key.to_owned()]
}

/// The page that shows a figure where nothing explains it, such as a count of nothing.
fn page_of_figure(figure: FigureName) -> &'static str {
    match figure {
        FigureName::OpenRequests => "outside",
        FigureName::OpenDefects
        | FigureName::OpenDefects1
        | FigureName::OpenDefects2
        | FigureName::OpenDefects3
        | FigureName::OpenDefects4
        | FigureName::AcceptedShare
        | FigureName::FirstPass
        | FigureName::TestCoverage
        | FigureName::TestPassRate => "deliverables",
        FigureName::OpenTasks | FigureName::FinishP50 | FigureName::FinishP80 => "schedule",
        FigureName::NetPresentValue => "business-case",
        _ if figure.kind() == Kind::Money => "budget",
        _ if figure.kind() == Kind::Count => "raid",
        _ => "index",
    }
}

fn page_cell(desk: &Desk<'_>, thing: Thing) -> Cell {
    let (label, page) = match thing {
        Thing::Deliverable => ("Deliverables", "deliverables"),
        Thing::Risk => ("Risks", "raid"),
        Thing::Issue => ("Issues", "raid"),
        Thing::Decision => ("Decisions", "raid"),
        Thing::Change => ("Changes", "raid"),
        Thing::Action => ("Actions", "raid"),
        Thing::Assumption => ("Assumptions", "raid"),
        Thing::Request => ("Outside teams", "outside"),
        Thing::Benefit => ("Benefits", "benefits"),
        Thing::Defect => ("Defects", "deliverables"),
        Thing::Task => ("Schedule", "schedule"),
        Thing::Condition => ("Gates", "gates"),
        Thing::Item => ("Handover", "handover"),
        Thing::Lesson => ("Journal", "journal"),
    };
    Cell::text(label).href(desk.href_page(page))
}

/// A thing that is named, leading to where it stands.
fn item_cell(desk: &Desk<'_>, item: &Item) -> Option<Cell> {
    let of_id = || desk.href_of_id(&item.name.parse::<Id>().ok()?);
    let href = of_id().or_else(|| desk.href_place(item.origin))?;
    Some(Cell::text(&*item.name).href(Some(href)))
}
