//! What other projects had booked of shared people on days gone by.
//!
//! Comes in: all projects, and who of them gives way. Goes out: what lay before a project that is levelled and shares somebody, on a
//! day that it looks back at, as far as the files tell: each other project stands as of its newest report by then, beside those before
//! it as of theirs. Each is scheduled once for each of its reports that is asked for. Not here: what is booked today (`shared`).

use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::model::Project;
use crate::pipeline::shared::{Booked, Sharing};
use crate::pipeline::{AsOf, days_looked_back_at};
use crate::plan::{Compiled, Engine, Facts};

/// What others had booked before a project, by the day.
pub(super) type BookedThen = BTreeMap<Date, Booked>;

/// What projects had booked, found as it is asked for.
pub(super) struct GoneBy {
    projects: Vec<Project>,
    compiled: Vec<Option<Compiled>>,
    sharing: Sharing,
    /// What a project had booked by one of its reports.
    known: BTreeMap<(usize, Date), Booked>,
}

impl GoneBy {
    pub(super) fn new(projects: &[Project], sharing: Sharing) -> Self {
        let compiled = projects.iter().map(|_| None).collect();
        Self { projects: projects.to_vec(), compiled, sharing, known: BTreeMap::new() }
    }

    /// Enters what a project has booked as of its status date, which need not be found again.
    pub(super) fn enter(&mut self, at: (usize, Date), booked: Booked) {
        self.known.insert(at, booked);
    }

    /// What those before a project had booked on each of the days that it looks back at, and have booked in their plans as typed.
    pub(super) fn before(&mut self, place: usize, as_of: AsOf<'_>, today: &Booked) -> BookedThen {
        let project = &self.projects[place];
        let days = days_looked_back_at(project, as_of.on(project));
        let then = |day: Date| (day, self.forecasts_before(place, day).with_plans_of(today));
        days.into_iter().map(then).collect()
    }

    fn forecasts_before(&mut self, place: usize, day: Date) -> Booked {
        let mut booked = Booked::default();
        for other in self.sharing.before(place) {
            let known_on = known_on(&self.projects[other], day);
            self.find(other, known_on);
            if let Some(found) = self.known.get(&(other, known_on)) {
                booked.add(found);
            }
        }
        booked
    }

    fn find(&mut self, place: usize, day: Date) {
        if self.known.contains_key(&(place, day)) {
            return;
        }
        let before =
            if self.sharing.gives_way(place) { self.forecasts_before(place, day) } else { Booked::default() };
        let project = self.projects[place].clone().gates_as_of(day);
        let compiled = self.compiled[place].get_or_insert_with(|| Compiled::of(&project));
        let engine = Engine::with(&project, compiled);
        let facts = Facts { elsewhere: before.forecast_for(&project), ..Facts::as_of(&project, day) };
        let mut booked = Booked::default();
        booked.enter_forecast(&engine, &engine.run(&facts));
        self.known.insert((place, day), booked);
    }
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
