//! The load of people whom several projects share, over all of them, week by week.
//!
//! Comes in: the load of each project. Goes out: for each shared person with work left in two projects or more, what all of
//! them ask for against what the person can give. Not here: moving work so that it fits, and heads of roles.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use crate::model::{PersonNo, Team};
use crate::plan::Load;
use crate::quantity::{Effort, Id};

/// What all projects ask of a person of the portfolio.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SharedLoad {
    /// Who, by the id in the portfolio's file of people.
    pub person: Id,
    /// The projects that ask for them, by their places, each with the person's place in its team.
    pub projects: Vec<(usize, PersonNo)>,
    /// Week by week from the first with work left to the last, without gaps.
    pub weeks: Vec<SharedWeek>,
}

/// One week of a person over all projects.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SharedWeek {
    /// The Monday it begins with.
    pub monday: Date,
    /// What each project asks for, in the order of [`SharedLoad::projects`]; zero where it asks for nothing.
    pub by_project: Vec<Effort>,
    /// What the person can give: the most that any of the projects counts for the week, since calendars and status dates of
    /// projects differ and there is but one person. Zero in a week that no project counts.
    pub capacity: Effort,
}

impl SharedWeek {
    /// What all projects ask for: Σ of [`SharedWeek::by_project`].
    #[must_use]
    pub fn booked(&self) -> Effort {
        self.by_project.iter().copied().sum()
    }

    /// Says whether all together ask for more than can be given.
    #[must_use]
    pub fn is_overbooked(&self) -> bool {
        self.booked() > self.capacity
    }
}

/// Adds up the load of shared people over projects, given as team and load in the order of the portfolio; people with work
/// left in fewer than two projects are left out. Ordered by id.
///
/// Example: a security officer who can give 2.5 days a week is asked for 2 days by one project and 1.5 by another: 3.5 of
/// 2.5 days, 140 %, although neither project asks for too much.
#[must_use]
pub fn shared_loads(projects: &[(&Team, &Load)]) -> Vec<SharedLoad> {
    let mut asked: BTreeMap<&Id, Vec<(usize, PersonNo)>> = BTreeMap::new();
    for (place, (team, load)) in projects.iter().enumerate() {
        for own in &load.people {
            let shared = team.people.get(own.person.0 as usize).filter(|person| person.is_shared);
            if let Some(person) = shared.filter(|_| own.weeks.iter().any(|week| week.booked > Effort::ZERO)) {
                asked.entry(&person.id).or_default().push((place, own.person));
            }
        }
    }
    asked
        .into_iter()
        .filter(|(_, projects)| projects.len() > 1)
        .map(|(person, own)| SharedLoad {
            person: person.clone(),
            weeks: weeks(projects, &own),
            projects: own,
        })
        .collect()
}

fn weeks(projects: &[(&Team, &Load)], own: &[(usize, PersonNo)]) -> Vec<SharedWeek> {
    let of_project: Vec<BTreeMap<Date, (Effort, Effort)>> = own
        .iter()
        .map(|(place, person)| {
            let loads = projects[*place].1.people.iter().filter(|load| load.person == *person);
            loads
                .flat_map(|load| &load.weeks)
                .map(|week| (week.monday, (week.booked, week.capacity)))
                .collect()
        })
        .collect();
    let is_asked = |week: &(&Date, &(Effort, Effort))| week.1.0 > Effort::ZERO;
    let mondays: BTreeSet<Date> = of_project
        .iter()
        .flat_map(|weeks| weeks.iter().filter(is_asked).map(|(monday, _)| *monday))
        .collect();
    let (Some(first), Some(last)) = (mondays.first(), mondays.last()) else { return Vec::new() };
    std::iter::successors(Some(*first), |monday| monday.checked_add(jiff::Span::new().weeks(1)).ok())
        .take_while(|monday| monday <= last)
        .map(|monday| {
            let known = || of_project.iter().map(|weeks| weeks.get(&monday).copied().unwrap_or_default());
            SharedWeek {
                monday,
                by_project: known().map(|(booked, _)| booked).collect(),
                capacity: known().map(|(_, capacity)| capacity).max().unwrap_or_default(),
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::model::Person;
    use crate::plan::{PersonLoad, WeekLoad};

    const DAY: i64 = 480;

    fn team(people: &[(&str, bool)]) -> Team {
        let people = people.iter().map(|(id, is_shared)| {
            let id: Id = id.parse().unwrap();
            Person { is_shared: *is_shared, ..Person::new(id) }
        });
        Team { people: people.collect(), ..Team::default() }
    }

    /// Weeks from Monday 23 November on: half days asked for and half days that can be given.
    fn load(person: u32, first: i64, weeks: &[(i64, i64)]) -> PersonLoad {
        let halves = |halves: i64| Effort::from_minutes(halves * DAY / 2);
        let weeks = weeks.iter().zip(first..).map(|((booked, capacity), week)| WeekLoad {
            monday: date(2026, 11, 23).saturating_add(jiff::Span::new().weeks(week)),
            booked: halves(*booked),
            capacity: halves(*capacity),
            tasks: Vec::new(),
        });
        PersonLoad { person: PersonNo(person), weeks: weeks.collect() }
    }

    fn of(people: Vec<PersonLoad>) -> Load {
        Load { people, ..Load::default() }
    }

    /// 2 + 1.5 days of the 2.5 that half a person gives: neither project asks for too much, both together do.
    #[test]
    fn what_projects_ask_for_adds_up_against_one_person() {
        let (one, two) = (team(&[("priya", true)]), team(&[("ann", false), ("priya", true)]));
        let first = of(vec![load(0, 0, &[(4, 5), (2, 5)])]);
        let second = of(vec![load(0, 0, &[(10, 10)]), load(1, 0, &[(3, 5), (2, 4)])]);
        let loads = shared_loads(&[(&one, &first), (&two, &second)]);
        assert_eq!(loads.len(), 1);
        assert_eq!(loads[0].person.as_str(), "priya");
        assert_eq!(loads[0].projects, [(0, PersonNo(0)), (1, PersonNo(1))]);
        let weeks: Vec<(f64, f64, bool)> = loads[0]
            .weeks
            .iter()
            .map(|week| (week.booked().days(DAY), week.capacity.days(DAY), week.is_overbooked()))
            .collect();
        assert_eq!(weeks, [(3.5, 2.5, true), (2.0, 2.5, false)], "of two counts the larger can be given");
    }

    /// Work in weeks 0 and 3: the weeks between are there, and each project's silence is zero.
    #[test]
    fn weeks_run_without_gaps_from_the_first_asked_to_the_last() {
        let tom = team(&[("tom", true)]);
        let early = of(vec![load(0, 0, &[(2, 10), (0, 10)])]);
        let late = of(vec![load(0, 2, &[(0, 8), (8, 8), (0, 8)])]);
        let loads = shared_loads(&[(&tom, &early), (&tom, &late)]);
        let weeks: Vec<(f64, f64)> =
            loads[0].weeks.iter().map(|week| (week.booked().days(DAY), week.capacity.days(DAY))).collect();
        assert_eq!(weeks, [(1.0, 5.0), (0.0, 5.0), (0.0, 4.0), (4.0, 4.0)]);
    }

    #[test]
    fn people_of_one_project_and_people_of_the_same_name_are_left_out() {
        let (shared, own) = (team(&[("tom", true)]), team(&[("tom", false)]));
        let busy = of(vec![load(0, 0, &[(10, 10)])]);
        let idle = of(vec![load(0, 0, &[(0, 10)])]);
        assert_eq!(shared_loads(&[(&shared, &busy), (&own, &busy)]), []);
        assert_eq!(shared_loads(&[(&shared, &busy), (&shared, &idle)]), []);
        assert_eq!(shared_loads(&[]), []);
    }
}
