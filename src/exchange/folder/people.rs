//! `resources.yaml` from foreign resources: people, and roles where a resource stands for several heads.
//!
//! Comes in: the plan's resources. Goes out: the file's text. Material and kinds of cost are no people: what they cost
//! stands at the tasks.

use std::collections::{BTreeMap, BTreeSet};

use crate::exchange::folder::calendar::{is_absence, range};
use crate::exchange::folder::leftover::Leftovers;
use crate::exchange::folder::names::{Slugs, slug};
use crate::exchange::folder::terms::Terms;
use crate::exchange::plan::{Plan, Resource, ResourceKind, Uid, WHOLE};
use crate::source::yaml::write::{Pair, Value, entry};

/// Gives each person and each role an id.
pub(super) fn ids(plan: &Plan) -> BTreeMap<Uid, String> {
    let mut slugs = Slugs::default();
    let workers = plan.resources.iter().filter(|resource| resource.kind == ResourceKind::Work);
    workers
        .map(|resource| (resource.uid, slugs.claim(&resource.name, None, ("resource", resource.uid.0))))
        .collect()
}

/// Resources that stand for several heads or for nobody in particular.
pub(super) fn roles(plan: &Plan) -> BTreeSet<Uid> {
    let workers = plan.resources.iter().filter(|resource| resource.kind == ResourceKind::Work);
    let overbooked: BTreeSet<Uid> =
        plan.assignments.iter().filter(|given| given.units > WHOLE).map(|given| given.resource).collect();
    let is_role = |resource: &&Resource| {
        resource.is_generic || resource.max_units > WHOLE || overbooked.contains(&resource.uid)
    };
    workers.filter(is_role).map(|resource| resource.uid).collect()
}

/// Writes the people and roles; none where the plan has neither.
pub(super) fn resources(
    terms: &Terms<'_>,
    roles: &BTreeSet<Uid>,
    leftovers: &mut Leftovers,
) -> Option<String> {
    let mut text = String::from(
        "# resources.yaml — who works on the project and what their time costs.\n\
         # Rates of roles may be published, rates of people are shown on no site.\n",
    );
    let workers: Vec<&Resource> =
        terms.plan.resources.iter().filter(|resource| resource.kind == ResourceKind::Work).collect();
    if workers.is_empty() {
        return None;
    }
    for (heading, is_role) in [("roles", true), ("people", false)] {
        let mut is_first = true;
        for resource in workers.iter().filter(|resource| roles.contains(&resource.uid) == is_role) {
            if is_first {
                text += &format!("\n{heading}:\n");
                is_first = false;
            }
            for line in resource.notes.lines().filter(|line| !line.trim().is_empty()) {
                text += &format!("  # {}\n", line.trim());
            }
            let id = &terms.resources[&resource.uid];
            let pairs = if is_role { role(terms, resource) } else { person(terms, resource, id, leftovers) };
            text += &entry(2, id, &pairs, true);
            if is_role {
                tell_of_role(terms, resource, id, leftovers);
            }
            tell_of_prices(terms, resource, id, leftovers);
        }
    }
    Some(text)
}

fn name_of(resource: &Resource, id: &str) -> Value {
    Value::Words(if resource.name.is_empty() { id.to_owned() } else { resource.name.clone() })
}

fn rate_of(terms: &Terms<'_>, resource: &Resource) -> Option<Pair> {
    if resource.rate <= 0 || resource.rate > 1_000_000_000_000 {
        return None;
    }
    let price = i128::from(resource.rate);
    // A day of work is another length of time on a calendar with other days: the price of an hour is the same on all, but where tables
    // of prices say that a day costs the same.
    let text = if resource.is_rate_daily && terms.are_days_priced() {
        format!("{}/d", terms.sum(price * i128::from(terms.plan.minutes_per_day) / 60))
    } else {
        format!("{}/h", terms.sum(price))
    };
    Some(("rate", Value::Bare(text)))
}

fn role(terms: &Terms<'_>, resource: &Resource) -> Vec<Pair> {
    let mut pairs = vec![("name", name_of(resource, "role"))];
    pairs.extend(rate_of(terms, resource));
    let heads = resource.max_units.div_euclid(WHOLE) + i64::from(resource.max_units % WHOLE > 0);
    if heads > 0 {
        pairs.push(("heads", Value::Bare(heads.to_string())));
    }
    pairs
}

fn person(terms: &Terms<'_>, resource: &Resource, id: &str, leftovers: &mut Leftovers) -> Vec<Pair> {
    let mut pairs = vec![("name", name_of(resource, id))];
    if !resource.group.is_empty() {
        pairs.push(("team", Value::Words(resource.group.clone())));
    }
    pairs.extend(rate_of(terms, resource));
    pairs.extend(available(resource, id, leftovers));
    let own =
        resource.calendar.and_then(|uid| terms.plan.calendars.iter().find(|calendar| calendar.uid == uid));
    if let Some(calendar) = resource.calendar.and_then(|uid| terms.calendars.get(&uid)) {
        let of_project = terms.plan.calendar.and_then(|uid| terms.calendars.get(&uid));
        if of_project != Some(calendar) {
            pairs.push(("calendar", Value::Bare(calendar.clone())));
        }
    }
    // A calendar that is written holds its days off itself.
    let is_written = own.is_some_and(|own| {
        own.base.is_none()
            || own.exceptions.iter().any(|day| !is_absence(day))
            || own.week.iter().any(Option::is_some)
            || !own.work_weeks.is_empty()
    });
    if let (Some(own), false) = (own, is_written) {
        let mut absent: Vec<String> = own.exceptions.iter().map(|day| range(day.from, day.to)).collect();
        absent.sort();
        absent.dedup();
        if !absent.is_empty() {
            pairs.push(("absent", Value::List(absent)));
        }
    }
    pairs
}

/// The share of a day that a person gives: one, or one for each period.
fn available(resource: &Resource, id: &str, leftovers: &mut Leftovers) -> Option<Pair> {
    let periods: Vec<_> = resource
        .availability
        .iter()
        .filter_map(|(from, to, units)| Some(((*from)?, (*to)?, (*units).clamp(0, WHOLE))))
        .filter(|(from, to, units)| from <= to && *units > 0)
        .collect();
    if periods.len() > 1 || (periods.len() == 1 && periods[0].2 != resource.max_units) {
        let mut seen = BTreeSet::new();
        let ranges: Vec<String> = periods
            .iter()
            .filter(|(from, to, _)| seen.insert((*from, *to)))
            .map(|(from, to, units)| format!("{}: {}", range(*from, *to), percent(*units)))
            .collect();
        return Some(("available", Value::Bare(format!("{{{}}}", ranges.join(", ")))));
    }
    match resource.max_units {
        0 => {
            leftovers.note(
                id,
                "is available with 0 %, which milepost does not know; written as fully available",
                "write the days away under `absent:` in `resources.yaml`, or remove them",
            );
            None
        }
        units if units < WHOLE => Some(("available", Value::Bare(percent(units)))),
        _ => None,
    }
}

/// Hundredths of a percent as a share.
pub(super) fn percent(hundredths: i64) -> String {
    match hundredths % 100 {
        0 => format!("{}%", hundredths / 100),
        part => format!("{}.{}%", hundredths / 100, format!("{part:02}").trim_end_matches('0')),
    }
}

fn tell_of_role(terms: &Terms<'_>, resource: &Resource, id: &str, leftovers: &mut Leftovers) {
    let own =
        resource.calendar.and_then(|uid| terms.plan.calendars.iter().find(|calendar| calendar.uid == uid));
    if own.is_some_and(|own| own.says_something() && own.base.is_some()) {
        leftovers.note(
            id,
            "has a calendar of its own, but stands for several heads; it was written at the tasks where only such heads work",
            "make people of the heads in `resources.yaml` where their hours or absences matter",
        );
    }
    if resource.availability.len() > 1 {
        leftovers.note(
            id,
            "has a different number of heads over time; the present one was written",
            "write `heads:` by range of days in `resources.yaml`",
        );
    }
}

fn tell_of_prices(terms: &Terms<'_>, resource: &Resource, id: &str, leftovers: &mut Leftovers) {
    // A table whose price only makes a longer day cost as much as a usual one has no price of its own.
    let calendar_of = |task: Uid| terms.plan.tasks.iter().find(|one| one.uid == task)?.calendar;
    let is_by_day = |table: i64| {
        terms.plan.assignments.iter().any(|one| {
            let calendar = calendar_of(one.task).filter(|_| one.rate_table == table);
            calendar.is_some_and(|calendar| terms.plan.day_by_price(calendar).is_some())
        })
    };
    let n_by_day = resource.other_rates.iter().filter(|(table, _)| is_by_day(*table)).count();
    if resource.n_rates > 1 + n_by_day {
        leftovers.note(
            id,
            "has several prices, by date or by table; the first one was written",
            "check `rate:` in `resources.yaml`; milepost knows one price for each role and person",
        );
    }
}

/// The budget category of material or of a kind of cost: its name as one word.
pub(super) fn category(resource: &Resource) -> String {
    let own = slug(&resource.name);
    match (own.as_str(), resource.kind) {
        ("", ResourceKind::Material) => "material".to_owned(),
        ("", _) => "other".to_owned(),
        _ => own,
    }
}
