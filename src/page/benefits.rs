//! Did it pay: benefits and their readings, what success means, and the business case then and now.

use jiff::civil::Date;
use serde::Serialize;

use crate::chart::measured::is_a_course;
use crate::control::{BenefitForecast, FEWEST_READINGS};
use crate::format;
use crate::model::{Benefit, BenefitReading, Standing, SuccessCriterion};
use crate::page::address::{Address, Thing};
use crate::page::business_case::summary;
use crate::page::case_then_now::then_and_now;
use crate::page::desk::Desk;
use crate::page::register_cells::due;
use crate::page::view::{Cell, Chart, Row, Status, Table};
use crate::page::{Entry, Group, Made, ProjectPage};
use crate::quantity::{Measure, Ratio};
use crate::report::ProjectReport;

/// The page of benefits.
pub struct BenefitsPage;

/// What the page shows.
#[derive(Debug, Serialize)]
struct BenefitsView {
    /// How many are measured and reached, and when the next is to be measured.
    sentence: String,
    /// By what success will be judged.
    criteria: Table,
    /// What the organisation gains.
    benefits: Table,
    /// A line for each benefit that has been measured.
    charts: Vec<Chart>,
    /// The business case at each gate and now; none where there is none.
    case: Option<CaseInShort>,
}

/// The business case in short.
#[derive(Debug, Serialize)]
struct CaseInShort {
    /// What it is worth, in one sentence.
    lead: Option<String>,
    /// The page that tells all of it.
    href: Option<String>,
    /// The case at each gate and now; no rows where it does not live.
    gates: Table,
    /// Where the sum of the flows crosses zero.
    cash_line: Option<Chart>,
}

impl ProjectPage for BenefitsPage {
    fn kind(&self) -> &'static str {
        "benefits"
    }

    fn group(&self) -> Group {
        Group::Results
    }

    fn question(&self) -> &'static str {
        "Did it pay?"
    }

    fn entries(&self, project: &ProjectReport) -> Vec<Entry> {
        let project = &project.project;
        if project.benefits.is_empty() && project.success_criteria.is_empty() {
            return Vec::new();
        }
        vec![Entry::new(Address::page(&project.folder, "benefits"), "Benefits")]
    }

    fn make(&self, desk: &Desk<'_>) -> Made {
        let benefits = &desk.project.project.benefits;
        let view = BenefitsView {
            sentence: sentence(desk),
            criteria: success_criteria(desk),
            benefits: benefit_table(desk),
            charts: benefits
                .iter()
                .filter(|benefit| is_a_course(&benefit.readings, desk.project.status_date))
                .filter_map(|benefit| desk.chart(&format!("benefit-{}", benefit.id)))
                .collect(),
            case: case_in_short(desk),
        };
        Made::new(self.kind(), "Benefits", &view).description(self.question())
    }
}

fn case_in_short(desk: &Desk<'_>) -> Option<CaseInShort> {
    desk.project.control.case.as_ref()?;
    let living = then_and_now(desk);
    Some(CaseInShort {
        lead: living.as_ref().map(|living| living.lead.clone()).or_else(|| summary(desk)),
        href: desk.href_page("business-case"),
        gates: living.map_or_else(Table::default, |living| living.gates),
        cash_line: desk.chart("cash-line"),
    })
}

/// How many benefits are measured and reached, who answers for none, and what is to be measured next.
#[must_use]
pub fn sentence(desk: &Desk<'_>) -> String {
    let day = desk.project.status_date;
    let all = &desk.project.project.benefits;
    if all.is_empty() {
        return "No benefit is recorded: write `benefits.yaml`.".to_owned();
    }
    let n_measured = all.iter().filter(|benefit| benefit.newest(day).is_some()).count();
    let n_reached = all.iter().filter(|benefit| benefit.is_reached(day)).count();
    if desk.project.control.is_stopped {
        let count = format::count(all.len(), "benefit");
        return format!(
            "{n_measured} of {count} measured; the board has stopped the project: none is expected of it."
        );
    }
    let next = all.iter().filter_map(|benefit| benefit.next_measured(day)).min();
    let next = match next {
        Some(next) => format!("the next reading is due on {}, {}", format::date(next), desk.due_words(next)),
        None => no_reading_planned(due_ahead(desk)),
    };
    let reached = if n_reached == 0 { "none".to_owned() } else { n_reached.to_string() };
    format!("{n_measured} of {} measured, {reached} reached; {next}.", format::count(all.len(), "benefit"))
}

/// That nobody has planned a reading, and from when to when benefits are still due: a day by which one is due is no reading that somebody has
/// planned, and all the same a day to measure it on.
#[must_use]
pub fn no_reading_planned(due: Option<(jiff::civil::Date, jiff::civil::Date)>) -> String {
    let words = "to be measured then, no other reading is planned";
    match due {
        None => "no further reading is planned".to_owned(),
        Some((first, last)) if first == last => format!("due on {}, {words}", format::date(first)),
        Some((first, last)) => format!("due from {} to {}, {words}", format::date(first), format::date(last)),
    }
}

/// The first and the last day ahead on which a benefit is due, which is a day to measure it on; none where none is.
#[must_use]
pub fn due_ahead(desk: &Desk<'_>) -> Option<(jiff::civil::Date, jiff::civil::Date)> {
    let day = desk.project.status_date;
    let due =
        || desk.project.project.benefits.iter().filter_map(|benefit| benefit.due.filter(|due| *due > day));
    due().min().zip(due().max())
}

/// The measures by which success will be judged.
#[must_use]
pub fn success_criteria(desk: &Desk<'_>) -> Table {
    let day = desk.project.status_date;
    let mut table =
        Table::new(&["Measure of success", "#Before", "#Target", "By", "#Reading", "Owner", "State"]);
    for typed_criterion in &desk.project.project.success_criteria {
        let (criterion, benefit) = as_read(desk, typed_criterion);
        let typed = |field: &str| desk.href_of_field(criterion.origin, field);
        let read = criterion.reading_on(day);
        table.push(Row::new(vec![
            desk.line(&criterion.measure),
            Cell::maybe(criterion.baseline.clone()).explained(typed("baseline")),
            Cell::maybe(criterion.target.clone()).explained(typed("target")),
            desk.date(criterion.by),
            Cell::maybe(read.map(str::to_owned))
                .note_if(read.and(criterion.read).map(|day| match benefit {
                    Some((benefit, _)) => format!("{}, as benefit {}", format::date(day), benefit.id),
                    None => format::date(day),
                }))
                .explained(match benefit {
                    Some((_, reading)) => desk.href_of_field(reading.origin, "value"),
                    None => typed("reading"),
                }),
            desk.person(criterion.owner),
            Cell::status(criterion_state(desk, &criterion)).note_if(what_differs(&criterion, day)),
        ]));
    }
    table
}

/// A measure of success with its reading: as typed, else the newest one of the benefit that is the same measure, by the same values
/// before and to reach on the same day. What is written in two files must not be read in one of them and unread in the other.
fn as_read<'a>(
    desk: &Desk<'a>,
    criterion: &SuccessCriterion,
) -> (SuccessCriterion, Option<(&'a Benefit, BenefitReading)>) {
    let day = desk.project.status_date;
    let mut read = criterion.clone();
    if criterion.reading_on(day).is_some() {
        return (read, None);
    }
    let benefits = desk.project.project.benefits.iter();
    let same = benefits.filter(|benefit| is_same_measure(criterion, benefit));
    let mut same = same.filter_map(|one| Some((one, one.newest(day)?)));
    let Some((benefit, reading)) = same.next() else {
        return (read, None);
    };
    let unit =
        criterion.target.as_deref().and_then(|target| target.parse::<Measure>().ok()).map(|it| it.unit);
    read.reading =
        Some(format::measure(reading.thousandths, unit.as_deref().filter(|unit| !unit.is_empty())));
    read.read = Some(reading.date);
    (read, Some((benefit, reading)))
}

/// Whether a measure of success is that of a benefit.
fn is_same_measure(criterion: &SuccessCriterion, benefit: &Benefit) -> bool {
    let typed = |text: &Option<String>| text.as_deref().and_then(|text| text.parse::<Measure>().ok());
    let (Some(before), Some(target)) = (typed(&criterion.baseline), typed(&criterion.target)) else {
        return false;
    };
    let is_of_its_unit = target.unit.is_empty() || Some(target.unit.as_str()) == benefit.unit.as_deref();
    is_of_its_unit
        && benefit.baseline == Some(before.thousandths)
        && benefit.target == Some(target.thousandths)
        && criterion.by.is_some()
        && criterion.by == benefit.due
}

/// Why a reading cannot be compared with its target, for one that can be neither reached nor missed; none otherwise.
fn what_differs(criterion: &SuccessCriterion, day: Date) -> Option<String> {
    let read = criterion.reading_on(day)?;
    if criterion.is_reached_on(day).is_some() {
        return None;
    }
    let texts = [
        ("reading", Some(read)),
        ("target", criterion.target.as_deref()),
        ("value before", criterion.baseline.as_deref()),
    ];
    let unit = |text: Option<&str>| text?.parse::<Measure>().ok().map(|measure| measure.unit);
    if let Some((what, _)) = texts.iter().find(|(_, text)| unit(*text).is_none()) {
        return Some(format!("the {what} is no number"));
    }
    let words = |unit: String| if unit.is_empty() { "no unit".to_owned() } else { format!("“{unit}”") };
    let units = texts.map(|(what, text)| format!("the {what} has {}", words(unit(text).unwrap_or_default())));
    Some(format::listed(&units))
}

/// Where a measure of success stands; given up where the project is stopped before it is reached.
fn criterion_state(desk: &Desk<'_>, criterion: &SuccessCriterion) -> Status {
    match criterion.standing(desk.project.status_date) {
        Standing::Reached => standing_status(Standing::Reached),
        _ if desk.project.control.is_stopped => Status::unknown("Given up"),
        standing => standing_status(standing),
    }
}

/// A standing in words, with its colour.
fn standing_status(standing: Standing) -> Status {
    match standing {
        Standing::Reached => Status::done("Reached"),
        Standing::Missed => Status::red("Not reached in time"),
        Standing::Unread => Status::red("Due, no reading"),
        Standing::NotComparable => Status::unknown("Read, not comparable"),
        Standing::NoBetter => Status::red("No better than before"),
        Standing::OnTheWay => Status::half("On the way"),
        Standing::NotMeasured => Status::unknown("Not measured yet"),
    }
}

/// The benefits with their newest reading by the status date.
#[must_use]
pub fn benefit_table(desk: &Desk<'_>) -> Table {
    let mut table = Table::new(&[
        "Benefit",
        "#Before",
        "#Target",
        "#Newest reading",
        "#Way gone",
        "#Forecast",
        "Due",
        "Next reading",
        "Owner",
        "State",
    ]);
    for benefit in &desk.project.project.benefits {
        table.push(row(desk, benefit));
    }
    table
}

fn row(desk: &Desk<'_>, benefit: &Benefit) -> Row {
    let day = desk.project.status_date;
    let is_stopped = desk.project.control.is_stopped;
    let newest = benefit.newest(day);
    let value = |thousandths: Option<i64>| {
        Cell::maybe(thousandths.map(|thousandths| format::measure(thousandths, benefit.unit.as_deref())))
    };
    let gone = newest.and_then(|reading| way_gone(benefit, reading.thousandths));
    let mut name = desk.line(&benefit.benefit);
    name.note = benefit.measure.as_ref().map(|measure| crate::prose::inline_text(&measure.markdown));
    Row::new(vec![
        name,
        value(benefit.baseline).explained(desk.href_of_field(benefit.origin, "baseline")),
        value(benefit.target).explained(desk.href_of_field(benefit.origin, "target")),
        value(newest.map(|reading| reading.thousandths))
            .note_if(newest.map(|reading| format::date(reading.date)))
            .explained(newest.and_then(|reading| desk.href_of_field(reading.origin, "value"))),
        Cell::text(gone.map_or_else(|| format::NOTHING.to_owned(), way_words))
            .explained(desk.explained(&format!("benefit-{}.gone", benefit.id))),
        forecast(desk, benefit).explained(desk.explained(&format!("benefit-{}.forecast", benefit.id))),
        due(desk, benefit.due, !is_stopped && !benefit.is_reached(day)),
        due(desk, benefit.next_measured(day), !is_stopped)
            .explained(desk.href_of_field(benefit.origin, "next_reading")),
        desk.person(benefit.owner),
        Cell::status(state(desk, benefit)),
    ])
    .id(Thing::Benefit(&benefit.id).anchor())
}

/// What is to be expected on the day it is due, or why nobody can say.
fn forecast(desk: &Desk<'_>, benefit: &Benefit) -> Cell {
    let unit = benefit.unit.as_deref();
    if desk.project.control.is_stopped {
        return Cell::nothing().note("stopped");
    }
    match BenefitForecast::of(benefit, desk.project.status_date) {
        BenefitForecast::Along { thousandths, is_held, attained } => {
            let way = attained.map(|share| format!("{} of the way", way_words(share)));
            let held = is_held.then(|| "the line runs further than the measure can".to_owned());
            let notes: Vec<String> = way.into_iter().chain(held).collect();
            Cell::text(format::measure(thousandths, unit))
                .note_if((!notes.is_empty()).then(|| notes.join("; ")))
        }
        BenefitForecast::Read { .. } => Cell::text("as read").class("muted"),
        BenefitForecast::TooFew(number) => {
            Cell::text("too early").note(format!("{number} of {FEWEST_READINGS} readings")).class("muted")
        }
        BenefitForecast::OneDay => Cell::text("all readings are of one day").class("muted"),
        BenefitForecast::NoTarget => Cell::text("no target").class("watch"),
    }
}

/// The share of the way from the value before to the target that the newest reading has gone.
///
/// (reading − before) ÷ (target − before), for rising and falling measures alike: 31 → 10 with a reading of 17 is
/// two thirds. None without a value before, a target, or a way between them.
#[must_use]
pub fn way_gone(benefit: &Benefit, reading: i64) -> Option<Ratio> {
    let before = benefit.baseline?;
    Ratio::of((reading - before) as f64, (benefit.target? - before) as f64)
}

/// A share of the way in whole percent: readings tell no more.
pub(super) fn way_words(share: Ratio) -> String {
    format::share((share.get() * 100.0).round() / 100.0)
}

/// Where a benefit stands; given up where the project is stopped before it is reached. Of one for which nobody answers that is told
/// first.
fn state(desk: &Desk<'_>, benefit: &Benefit) -> Status {
    match benefit.standing(desk.project.status_date) {
        Standing::Reached => standing_status(Standing::Reached),
        _ if desk.project.control.is_stopped => Status::unknown("Given up"),
        _ if benefit.owner.is_none() => Status::red("No owner"),
        standing => standing_status(standing),
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::diagnostic::Span;

    fn criterion(reading: &str) -> SuccessCriterion {
        let some = |text: &str| Some(text.to_owned());
        SuccessCriterion {
            measure: crate::model::Text { markdown: "Booked by web".to_owned(), origin: Span::default() },
            baseline: some("8 %"),
            target: some("70 %"),
            by: None,
            owner: None,
            reading: some(reading),
            read: Some(date(2026, 10, 1)),
            origin: Span::default(),
        }
    }

    /// A reading as it is shown has a space that does not break before its unit, and used not to compare.
    #[test]
    fn readings_of_one_unit_compare_and_others_say_what_differs() {
        let day = date(2026, 10, 9);
        assert_eq!(criterion("47\u{a0}%").is_reached_on(day), Some(false));
        let differs = |reading| what_differs(&criterion(reading), day);
        assert_eq!(differs("47\u{a0}%"), None);
        assert_eq!(
            differs("47 bookings").as_deref(),
            Some("the reading has “bookings”, the target has “%” and the value before has “%”")
        );
        assert_eq!(differs("about half").as_deref(), Some("the reading is no number"));
    }
}
