//! Roles and people: the project's own, then those that the portfolio shares.

use crate::declare_rule;
use crate::diagnostic::spelling::did_you_mean;
use crate::diagnostic::{Diagnostic, Diagnostics, Spanned};
use crate::model::{Absence, Person, PersonNo, Role, RoleNo, Team};
use crate::quantity::{Id, Percent, Rate, Window};
use crate::record::decode::Dated;
use crate::record::portfolio::PeopleRecord;
use crate::record::team::{AvailableRecord, HeadsRecord, PersonRecord, ResourcesRecord, RoleRecord};
use crate::record::{BAD_SCALAR, FolderRecord};
use crate::resolve::names::Names;

declare_rule! {
    /// A person has a role that nobody lists but that is spelled nearly like one that is listed. A role that is not
    /// listed has no price, so the person's work would cost nothing.
    ///
    /// Wrong:
    /// ```yaml
    /// roles: {engineer: {rate: 600 EUR/d}}
    /// people: {tom: {role: enginer}}
    /// ```
    /// Right:
    /// ```yaml
    /// roles: {engineer: {rate: 600 EUR/d}}
    /// people: {tom: {role: engineer}}
    /// ```
    pub static UNLISTED_ROLE: Rule =
        ("W148", "unlisted-role", Warning, "0.1.0", "a role that is nearly a listed one");
}

declare_rule! {
    /// A person of a project's `resources.yaml` has the id of one in the portfolio's `people.yaml`. The project counts its own: rate,
    /// availability and absences of the shared one do not hold there, and the load of the two is not added up, although they are most
    /// likely one and the same.
    ///
    /// **What to do.** Take the person out of `resources.yaml`; where they are two, give this one another id.
    ///
    /// Wrong, where `people.yaml` lists `tom` too:
    /// ```yaml
    /// people: {tom: {name: Tom Ray, role: engineer}}
    /// ```
    /// Right:
    /// ```yaml
    /// people: {tom-baker: {name: Tom Baker, role: engineer}}
    /// ```
    pub static PERSON_TWICE: Rule =
        ("W668", "person-twice", Warning, "0.1.0", "a person of a project who is one of the portfolio, too");
}

/// Where people and roles come from.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Origin {
    Project,
    Portfolio,
}

/// Where the name of somebody stands in the place of an id, says whose it is: `omar` for `Omar Said`. A name that two have says nothing.
pub(super) fn hint_at_ids(records: &FolderRecord, found: &mut Diagnostics) {
    let own = records.projects.iter().filter_map(|folder| folder.resources.as_ref());
    let people = own.flat_map(|own| &own.people).chain(records.people.iter().flat_map(|all| &all.people));
    let names: Vec<(&str, &str)> = people
        .filter_map(|(id, person)| Some((person.name.as_ref()?.value.as_str(), id.value.as_str())))
        .collect();
    if names.is_empty() {
        return;
    }
    let id_of = |written: &str| {
        let is_named = |name: &str| name.eq_ignore_ascii_case(written);
        let mut ids = names.iter().filter(|(name, _)| is_named(name)).map(|(_, id)| *id);
        let first = ids.next()?;
        ids.all(|id| id == first).then_some(first)
    };
    for diagnostic in found.iter_mut().filter(|one| one.rule.code == BAD_SCALAR.code) {
        let Some((written, expected)) =
            diagnostic.message.strip_prefix('`').and_then(|rest| rest.split_once("` is not "))
        else {
            continue;
        };
        if !expected.starts_with("an id") && !expected.starts_with("a person") {
            continue;
        }
        if let Some(id) = id_of(written.trim()) {
            diagnostic.hints = vec![format!("write `{id}`, the id of {written}")];
        }
    }
}

/// Resolves the team of a project and enters its roles and people into the names.
///
/// An id that the project defines itself wins over the portfolio's: a role may have a price of its own there, a person who is listed twice
/// is told.
pub(super) fn resolve_team(
    own: Option<&ResourcesRecord>,
    shared: Option<&PeopleRecord>,
    names: &mut Names,
    found: &mut Diagnostics,
) -> Team {
    let mut team = Team::default();
    let people = own
        .map(|own| own.people.unreadable())
        .into_iter()
        .chain(shared.map(|shared| shared.people.unreadable()));
    for id in people.flatten() {
        names.people.note_unreadable(id);
    }
    let roles = own
        .map(|own| own.roles.unreadable())
        .into_iter()
        .chain(shared.map(|shared| shared.roles.unreadable()));
    for id in roles.flatten() {
        names.roles.note_unreadable(id);
    }
    if let Some(own) = own {
        for (id, record) in &own.roles {
            add_role(&mut team, (id, record, Origin::Project), names, found);
        }
    }
    if let Some(shared) = shared {
        for (id, record) in &shared.roles {
            if names.roles.get(&id.value).is_none() {
                add_role(&mut team, (id, record, Origin::Portfolio), names, found);
            }
        }
    }
    if let Some(own) = own {
        for (id, record) in &own.people {
            add_person(&mut team, (id, record, Origin::Project), names, found);
        }
    }
    if let Some(shared) = shared {
        for (id, record) in &shared.people {
            if names.people.get(&id.value).is_none() {
                add_person(&mut team, (id, record, Origin::Portfolio), names, found);
            } else if let Some((twice, _)) =
                own.and_then(|own| own.people.iter().find(|(own, _)| own.value == id.value))
            {
                let message = format!(
                    "`{}` is listed for all projects, too: this project counts its own, with another rate, other absences and a load apart",
                    id.value
                );
                let diagnostic = Diagnostic::new(&PERSON_TWICE, twice.span, message);
                found.push(
                    diagnostic
                        .also(id.span, "listed here for all projects")
                        .hint("take the person out here, or write another id for somebody else"),
                );
            }
        }
    }
    team
}

fn add_role(
    team: &mut Team,
    (id, record, origin): (&Spanned<Id>, &RoleRecord, Origin),
    names: &mut Names,
    found: &mut Diagnostics,
) -> RoleNo {
    let number = RoleNo(u32::try_from(team.roles.len()).unwrap_or(u32::MAX));
    names.roles.define(id, number, found);
    let (heads, heads_by_time) = match &record.heads {
        Some(HeadsRecord::Always(heads)) => {
            let hint = "write at least `1`, or leave it out when there is no limit";
            (number_of_people(*heads, (1, hint), found), Vec::new())
        }
        Some(HeadsRecord::ByTime(ranges)) => (None, heads_by_time(ranges, found)),
        None => (None, Vec::new()),
    };
    team.roles.push(Role {
        id: id.value.clone(),
        name: record.name.as_ref().map_or_else(|| id.value.to_string(), |name| name.value.clone()),
        rate: rate_of(record.rate.as_ref(), names, found),
        rate_origin: record.rate.as_ref().map(|rate| rate.span),
        heads,
        heads_by_time,
        is_shared: origin == Origin::Portfolio,
        origin: id.span,
    });
    number
}

fn number_of_people(
    written: Spanned<i64>,
    (least, hint): (u32, &str),
    found: &mut Diagnostics,
) -> Option<u32> {
    let number = u32::try_from(written.value).ok().filter(|number| *number >= least);
    if number.is_none() {
        let message = format!("`{}` is not a number of people", written.value);
        found.push(Diagnostic::new(&BAD_SCALAR, written.span, message).hint(hint));
    }
    number
}

fn heads_by_time(ranges: &Dated<Spanned<i64>>, found: &mut Diagnostics) -> Vec<(Window, u32)> {
    let heads = ranges.iter().filter_map(|(window, heads)| {
        Some((*window, number_of_people(*heads, (0, "write `0` or more"), found)?))
    });
    let heads: Vec<(Spanned<Window>, u32)> = heads.collect();
    apart(heads, found)
}

/// Puts ranges in the order of their days; one that begins before another has ended is reported and left out.
fn apart<T>(mut ranges: Vec<(Spanned<Window>, T)>, found: &mut Diagnostics) -> Vec<(Window, T)> {
    ranges.sort_by_key(|(window, _)| window.value);
    let mut kept: Vec<(Spanned<Window>, T)> = Vec::new();
    for (window, value) in ranges {
        match kept.last() {
            Some((earlier, _)) if window.first() < earlier.end() => found.push(
                Diagnostic::new(&BAD_SCALAR, window.span, "this range overlaps another".to_owned())
                    .also(earlier.span, "the other")
                    .hint("write ranges that follow each other"),
            ),
            _ => kept.push((window, value)),
        }
    }
    kept.into_iter().map(|(window, value)| (window.value, value)).collect()
}

fn add_person(
    team: &mut Team,
    (id, record, origin): (&Spanned<Id>, &PersonRecord, Origin),
    names: &mut Names,
    found: &mut Diagnostics,
) {
    let number = PersonNo(u32::try_from(team.people.len()).unwrap_or(u32::MAX));
    names.people.define(id, number, found);
    let role = record.role.as_ref().map(|role| role_of(team, role, names, found));
    let calendar = record.calendar.as_ref().and_then(|calendar| match origin {
        Origin::Project => names.calendars.find(calendar, found),
        // Faults of shared files are reported once, where all projects are resolved.
        Origin::Portfolio => names.calendars.get(&calendar.value),
    });
    team.people.push(Person {
        id: id.value.clone(),
        name: record.name.as_ref().map_or_else(|| id.value.to_string(), |name| name.value.clone()),
        role,
        rate: rate_of(record.rate.as_ref(), names, found),
        rate_origin: record.rate.as_ref().map(|rate| rate.span),
        team: record.team.as_ref().map(|team| team.value.clone()),
        available: match &record.available {
            Some(AvailableRecord::Always(available)) => available.value.0,
            Some(AvailableRecord::ByTime(_)) | None => Percent::WHOLE,
        },
        availability: match &record.available {
            Some(AvailableRecord::ByTime(ranges)) => {
                apart(ranges.iter().map(|(window, share)| (*window, share.value.0)).collect(), found)
            }
            _ => Vec::new(),
        },
        absences: record
            .absent
            .iter()
            .map(|absent| Absence { window: absent.value, origin: absent.span })
            .collect(),
        calendar,
        is_shared: origin == Origin::Portfolio,
        origin: id.span,
    });
}

/// Finds a person's role. A role that nobody lists has no price; one whose name is near a listed one is a slip.
fn role_of(team: &mut Team, id: &Spanned<Id>, names: &mut Names, found: &mut Diagnostics) -> RoleNo {
    if let Some(number) = names.roles.get(&id.value) {
        return number;
    }
    let near = did_you_mean(id.as_str(), team.roles.iter().map(|role| role.id.as_str()).collect::<Vec<_>>());
    if let Some(role) = near.and_then(|near| team.roles.iter().find(|role| role.id.as_str() == near)) {
        found.push(
            Diagnostic::new(
                &UNLISTED_ROLE,
                id.span,
                format!("the role `{}` is not listed and has no price", id.value),
            )
            .label(format!("did you mean `{}`?", role.id))
            .also(role.origin, format!("`{}` is defined here", role.id))
            .hint(format!("write `{}`, or list `{}` under `roles:`", role.id, id.value)),
        );
    }
    let number = RoleNo(u32::try_from(team.roles.len()).unwrap_or(u32::MAX));
    names.roles.define(id, number, found);
    team.roles.push(Role {
        id: id.value.clone(),
        name: id.value.to_string(),
        rate: None,
        rate_origin: None,
        heads: None,
        heads_by_time: Vec::new(),
        is_shared: false,
        origin: id.span,
    });
    number
}

fn rate_of(rate: Option<&Spanned<Rate>>, names: &Names, found: &mut Diagnostics) -> Option<Rate> {
    let rate = rate?;
    if rate.price.amount.0 < 0 {
        found.push(
            Diagnostic::new(&BAD_SCALAR, rate.span, "a rate below zero".to_owned())
                .hint("write what the time costs"),
        );
        return None;
    }
    names.price(rate, found)
}
