//! From XML to resources and assignments.

use crate::diagnostic::Diagnostics;
use crate::exchange::mspdi::xml::{Element, TENTHS};
use crate::exchange::plan::{Assignment, Resource, ResourceKind, Uid, WHOLE};

/// More than a million heads are a slip.
const MOST_UNITS: i64 = 1_000_000 * WHOLE;

/// Years outside these stand for "always" in periods of availability.
const ALWAYS: std::ops::RangeInclusive<i16> = 1990..=2048;

/// Reads the resources, without the row that stands for nobody.
pub(super) fn resources(root: Element<'_>, found: &mut Diagnostics) -> Vec<Resource> {
    let resources = root.inside("Resources", "Resource").filter_map(|element| {
        let uid = element.number("UID", found)?;
        let name = element.line("Name");
        let is_nobody = element.flag("IsNull") || (uid <= 0 && name.is_empty());
        (!is_nobody).then(|| resource_of(element, Uid(uid), name, found))
    });
    resources.collect()
}

fn resource_of(element: Element<'_>, uid: Uid, name: String, found: &mut Diagnostics) -> Resource {
    let kind = match element.text("Type") {
        "0" => ResourceKind::Material,
        "2" => ResourceKind::Cost,
        _ if element.flag("IsCostResource") => ResourceKind::Cost,
        _ => ResourceKind::Work,
    };
    let mut rates: Vec<(i64, i64)> = element
        .inside("Rates", "Rate")
        .filter_map(|rate| {
            let table = rate.number("RateTable", found).unwrap_or(0);
            Some((table, rate.scaled("StandardRate", WHOLE, found)?))
        })
        .filter(|(_, price)| *price != 0)
        .collect();
    rates.sort_unstable();
    rates.dedup();
    let mut prices: Vec<i64> = rates.iter().map(|(_, price)| *price).collect();
    prices.sort_unstable();
    prices.dedup();
    // A table with one price has it for all time.
    let is_alone = |table: i64| rates.iter().filter(|(other, _)| *other == table).count() == 1;
    let other_rates: Vec<(i64, i64)> =
        rates.iter().filter(|(table, _)| *table != 0 && is_alone(*table)).copied().collect();
    Resource {
        uid,
        name,
        kind,
        is_generic: element.flag("IsGeneric"),
        group: element.line("Group"),
        max_units: element.scaled("MaxUnits", WHOLE, found).unwrap_or(WHOLE).clamp(0, MOST_UNITS),
        availability: availability_of(element, found),
        calendar: element.number("CalendarUID", found).filter(|uid| *uid >= 0).map(Uid),
        rate: element.scaled("StandardRate", WHOLE, found).unwrap_or(0),
        is_rate_daily: element.text("StandardRateFormat") == "3",
        n_rates: prices.len(),
        other_rates,
        cost_per_use: element.number("CostPerUse", found).unwrap_or(0),
        notes: element.lines("Notes"),
        span: element.span(),
    }
}

fn availability_of(
    element: Element<'_>,
    found: &mut Diagnostics,
) -> Vec<(Option<jiff::civil::Date>, Option<jiff::civil::Date>, i64)> {
    let periods = element.inside("AvailabilityPeriods", "AvailabilityPeriod").filter_map(|period| {
        let units = period.scaled("AvailableUnits", WHOLE, found)?;
        let mut day = |name| {
            let moment = period.moment(name, found)?;
            ALWAYS.contains(&moment.year()).then(|| moment.date())
        };
        Some((day("AvailableFrom"), day("AvailableTo"), units.max(0)))
    });
    periods.collect()
}

/// Reads the assignments, those of nobody among them.
pub(super) fn assignments(root: Element<'_>, found: &mut Diagnostics) -> Vec<Assignment> {
    let assignments = root.inside("Assignments", "Assignment").filter_map(|element| {
        Some(Assignment {
            task: Uid(element.number("TaskUID", found)?),
            resource: Uid(element.number("ResourceUID", found)?),
            units: element.scaled("Units", WHOLE, found).unwrap_or(WHOLE).clamp(0, MOST_UNITS),
            work: element.length("Work", found).unwrap_or(0),
            cost: element.number("Cost", found).unwrap_or(0),
            delay: element.tenths("Delay", found).unwrap_or(0) / TENTHS,
            rate_table: element.number("CostRateTable", found).unwrap_or(0),
            is_even: matches!(element.text("WorkContour"), "" | "0"),
            actual_work: element.minutes("ActualWork", found).unwrap_or(0),
            remaining_work: element.minutes("RemainingWork", found),
            actual_cost: element.number("ActualCost", found).unwrap_or(0),
            done_by_day: done_by_day(element, found),
            span: element.span(),
        })
    });
    assignments.collect()
}

/// The kind of a stretch of time that tells of work done.
const WORK_DONE: &str = "2";

/// Work done by day: stretches of a day or less. Longer ones, of a plan shown by week, count on their first day.
fn done_by_day(element: Element<'_>, found: &mut Diagnostics) -> Vec<(jiff::civil::Date, i64)> {
    let stretches = element.all("TimephasedData").filter(|stretch| stretch.text("Type") == WORK_DONE);
    let days = stretches.filter_map(|stretch| {
        let minutes = stretch.minutes("Value", found).filter(|minutes| *minutes > 0)?;
        Some((stretch.moment("Start", found)?.date(), minutes))
    });
    days.collect()
}
