//! What other projects had booked of shared people on days gone by.
//!
//! Comes in: all projects, and who of them gives way. Goes out: for each project that is levelled and shares somebody, what those
//! before it had booked on each day that is looked back at, as far as the files tell: each stands as of its newest report by then, as
//! it does today. Not here: what is booked today (`shared`).

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use rayon::prelude::*;

use crate::model::Project;
use crate::pipeline::days_looked_back_at;
use crate::pipeline::shared::{Booked, sharing_groups};
use crate::plan::{Engine, Facts};

/// What others had booked, by the day.
pub(super) type BookedThen = BTreeMap<Date, Booked>;

/// Finds it for each project, in their order; nothing for those that do not give way.
pub(super) fn booked_then(projects: &[Project], must_wait: &[bool], as_of: Option<Date>) -> Vec<BookedThen> {
    let mut then = vec![BookedThen::new(); projects.len()];
    let days_of = |place: usize| {
        let project = &projects[place];
        days_looked_back_at(project, as_of.unwrap_or_else(|| project.newest_report()))
    };
    for group in sharing_groups(projects) {
        let waiting: Vec<usize> = group.iter().copied().filter(|place| must_wait[*place]).collect();
        if waiting.is_empty() {
            continue;
        }
        let days: BTreeSet<Date> = waiting.iter().flat_map(|place| days_of(*place)).collect();
        let first = group.iter().copied().filter(|place| !must_wait[*place]);
        let order: Vec<usize> = first.chain(waiting.iter().copied()).collect();
        let found: Vec<(Date, Vec<(usize, Booked)>)> =
            days.into_par_iter().map(|day| (day, served_on(projects, (&order, must_wait), day))).collect();
        for (day, before) in found {
            for (place, booked) in before {
                then[place].insert(day, booked);
            }
        }
    }
    then
}

/// What lies before each project that gives way, on one day.
fn served_on(
    projects: &[Project],
    (order, must_wait): (&[usize], &[bool]),
    day: Date,
) -> Vec<(usize, Booked)> {
    let (mut booked, mut before) = (Booked::default(), Vec::new());
    for place in order {
        let project = projects[*place].clone().gates_as_of(day);
        if must_wait[*place] {
            before.push((*place, booked.clone()));
        }
        let engine = Engine::new(&project);
        let elsewhere = booked.planned_for(&project);
        booked.enter_plan(&engine, &engine.run(&Facts { elsewhere, ..Facts::none(&project) }));
        let elsewhere = booked.forecast_for(&project);
        let facts = Facts { elsewhere, ..Facts::as_of(&project, known_on(&project, day)) };
        booked.enter_forecast(&engine, &engine.run(&facts));
    }
    before
}

/// The day of the newest report of a project by a day gone by.
pub(super) fn known_on(project: &Project, day: Date) -> Date {
    project
        .report_days()
        .range(..=day)
        .next_back()
        .copied()
        .unwrap_or_else(|| project.newest_report().min(day))
}
