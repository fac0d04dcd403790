//! When the tasks of other projects lie that plans wait for.
//!
//! Comes in: all projects, before anything is measured. Goes out: the same, each knowing when the tasks lie that it waits for: in the
//! plans as typed, in the newest forecasts, and on the days gone by that are looked back at. Two projects may wait for each other as
//! long as no task waits for itself: they are scheduled again and again until no date moves.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use jiff::civil::Date;

use crate::model::{
    ExternalDates, ExternalFollower, ExternalLink, ExternalTask, ExternalTasks, LateLimits, Project, TaskNo,
};
use crate::pipeline::AsOf;
use crate::pipeline::gone_by::known_on;
use crate::pipeline::shared::{Booked, serving_order};
use crate::plan::{Compiled, Engine, Facts, Schedule, State, Whose};
use crate::quantity::Id;

/// A task of a project, by the places of both.
type Place = (usize, TaskNo);

/// When tasks that are waited for lie.
type Dates = BTreeMap<Place, ExternalDates>;

/// How late tasks may be because of other projects, by the place of their project.
type Limits = BTreeMap<usize, LateLimits>;

/// What is asked of the projects that are waited for.
#[derive(Clone, Copy)]
enum Moment<'a> {
    /// The plan as typed.
    Plan,
    /// The forecast: as of the newest report of each, or of a day.
    Newest(AsOf<'a>),
    /// The forecast of a day gone by, each project as of its newest report by then.
    GoneBy(Date),
}

/// Whether a project waits for tasks of others.
pub(super) fn waits(project: &Project) -> bool {
    links_of(project).next().is_some()
}

/// Whether a project waits for a task of another one, by its folder.
pub(super) fn waits_for(project: &Project, folder: &str) -> bool {
    links_of(project).any(|link| link.project == folder)
}

/// Whether a project waits for tasks of others while others wait for it: what moves it may come back to it.
pub(super) fn may_come_back(project: &Project) -> bool {
    waits(project) && !project.external.followers.is_empty()
}

fn links_of(project: &Project) -> impl Iterator<Item = &ExternalLink> {
    project.tasks.iter().flat_map(|task| &task.external_links)
}

/// Lets each project know when the tasks lie that it waits for. `looked_back_at` says which days gone by count for a project, by its
/// status date.
pub(super) fn settle(
    projects: &mut [Project],
    as_of: AsOf<'_>,
    booked: &Booked,
    looked_back_at: impl Fn(&Project, Date) -> BTreeSet<Date>,
) {
    if !projects.iter().any(waits) {
        return;
    }
    for project in projects.iter_mut() {
        project.external = Arc::clone(&booked.external);
    }
    let linked = Linked::of(projects);
    let status_date = |project: &Project| as_of.on(project);
    let (planned, planned_limits) = linked.settled(projects, booked, Moment::Plan);
    let (forecast, forecast_limits) = linked.settled(projects, booked, Moment::Newest(as_of));
    let waiting = projects.iter().filter(|project| waits(project));
    let days: BTreeSet<Date> =
        waiting.flat_map(|project| looked_back_at(project, status_date(project))).collect();
    let gone_by = |day: Date| {
        let (then, limits) = linked.settled(projects, &Booked::default(), Moment::GoneBy(day));
        (day, then, limits)
    };
    let gone_by: Vec<(Date, Dates, Limits)> = days.into_iter().map(gone_by).collect();
    let followers = followers_among(projects);
    let seen = |(at, project): (usize, &Project)| {
        let day = status_date(project);
        let mut tasks = project.external.tasks.clone();
        for (key, place) in linked.waited_for_by(project) {
            let past = gone_by.iter().filter_map(|(day, then, _)| Some((*day, *then.get(&place)?))).collect();
            let (then, now) = (planned[&place], forecast[&place]);
            let goes_on = now.is_finished || projects[place.0].task(place.1).outlives_a_stop();
            let is_given_up = projects[place.0].is_stopped_on(day) && !goes_on;
            tasks.insert(key, ExternalTask { is_given_up, past, ..linked.task(place, then, now) });
        }
        let mut followers = followers.get(project.folder.as_str()).cloned().unwrap_or_default();
        for (task, others) in &project.external.followers {
            followers.entry(task.clone()).or_insert_with(|| others.clone());
        }
        let past_limits = gone_by.iter().filter_map(|(day, _, then)| Some((*day, then.get(&at)?.clone())));
        Arc::new(ExternalTasks {
            status_date: Some(day),
            tasks,
            followers,
            planned_limits: planned_limits.get(&at).cloned().unwrap_or_default(),
            forecast_limits: forecast_limits.get(&at).cloned().unwrap_or_default(),
            past_limits: past_limits.collect(),
        })
    };
    let seen: Vec<Arc<ExternalTasks>> = projects.iter().enumerate().map(seen).collect();
    for (project, external) in projects.iter_mut().zip(seen) {
        project.external = external;
    }
}

/// Who among some projects waits for tasks of the others, by the folder and task that is waited for.
fn followers_among(projects: &[Project]) -> BTreeMap<&str, BTreeMap<Id, Vec<ExternalFollower>>> {
    let mut followers: BTreeMap<&str, BTreeMap<Id, Vec<ExternalFollower>>> = BTreeMap::new();
    for other in projects {
        for (task, link) in
            other.tasks.iter().flat_map(|task| task.external_links.iter().map(move |link| (task, link)))
        {
            let of_project = followers.entry(&link.project).or_default();
            of_project.entry(link.task.clone()).or_default().push(ExternalFollower {
                project: other.folder.clone(),
                project_name: other.name.clone(),
                task: task.id.clone(),
                name: task.name.clone(),
                kind: link.kind,
                lag: link.lag,
                origin: link.origin,
            });
        }
    }
    followers
}

/// The tasks that are waited for.
struct Linked {
    places: BTreeMap<(String, Id), Place>,
    /// Their names, and those of their projects.
    names: BTreeMap<Place, (String, String)>,
    /// The projects that are scheduled, in the order in which they are served, and the logic of each, which no date changes.
    served: Vec<(usize, Compiled)>,
    /// How often dates can move until all have settled: each link hands a date on once. People who are shared may keep levelled
    /// projects from settling at all.
    rounds: usize,
}

/// A project as it sees the others, and its schedule then.
struct Scheduled<'a> {
    place: usize,
    compiled: &'a Compiled,
    project: Project,
    facts: Facts,
    schedule: Schedule,
}

impl Linked {
    fn of(projects: &[Project]) -> Self {
        let folders: BTreeMap<&str, usize> =
            projects.iter().enumerate().map(|(place, project)| (project.folder.as_str(), place)).collect();
        let (mut places, mut names) = (BTreeMap::new(), BTreeMap::new());
        for link in projects.iter().flat_map(links_of) {
            let Some(place) = folders.get(link.project.as_str()) else { continue };
            let other = &projects[*place];
            let Some(number) = other.task_by_id(&link.task) else { continue };
            places.insert((link.project.clone(), link.task.clone()), (*place, number));
            names.insert((*place, number), (other.task(number).name.clone(), other.name.clone()));
        }
        let asked: BTreeSet<usize> = names.keys().map(|(place, _)| *place).collect();
        let order = serving_order(projects, &asked).into_iter();
        let served = order.map(|place| (place, Compiled::of(&projects[place]))).collect();
        Self { places, names, served, rounds: projects.iter().flat_map(links_of).count() + 1 }
    }

    fn waited_for_by(&self, project: &Project) -> BTreeMap<(String, Id), Place> {
        let known = links_of(project).filter_map(|link| {
            let key = (link.project.clone(), link.task.clone());
            let place = *self.places.get(&key)?;
            Some((key, place))
        });
        known.collect()
    }

    fn task(&self, place: Place, planned: ExternalDates, forecast: ExternalDates) -> ExternalTask {
        let (name, project_name) = self.names[&place].clone();
        ExternalTask { name, project_name, planned, forecast, is_given_up: false, past: BTreeMap::new() }
    }

    /// When the tasks that are waited for lie once no date moves any more, and how late tasks may be then because of others.
    fn settled(&self, projects: &[Project], booked: &Booked, moment: Moment<'_>) -> (Dates, Limits) {
        let mut dates = Dates::new();
        let mut schedules = self.schedules(projects, booked, (moment, &dates));
        for _ in 0..self.rounds {
            let then = self.dates_in(&schedules);
            if then == dates {
                break;
            }
            dates = then;
            schedules = self.schedules(projects, booked, (moment, &dates));
        }
        (dates, self.limits(&schedules))
    }

    /// When the tasks that are waited for lie in schedules.
    fn dates_in(&self, schedules: &[Scheduled<'_>]) -> Dates {
        let mut dates = Dates::new();
        for one in schedules {
            for (_, number) in self.names.keys().filter(|(other, _)| *other == one.place) {
                let slot = one.schedule.slot(*number);
                let lies = ExternalDates {
                    start: slot.start,
                    finish: slot.finish,
                    length: slot.duration,
                    has_begun: slot.state != State::NotStarted,
                    is_finished: slot.state == State::Finished,
                };
                dates.insert((one.place, *number), lies);
            }
        }
        dates
    }

    /// The schedules of the projects in the order in which they are served, each seeing the others where these dates say.
    fn schedules<'a>(
        &'a self,
        projects: &[Project],
        booked: &Booked,
        (moment, dates): (Moment<'_>, &Dates),
    ) -> Vec<Scheduled<'a>> {
        let mut booked = booked.clone();
        let scheduled = |(place, compiled): &'a (usize, Compiled)| {
            let project = self.seeing(&projects[*place], dates);
            let engine = Engine::with(&project, compiled);
            let facts = match moment {
                Moment::Plan => Facts { elsewhere: booked.planned_for(&project), ..Facts::none(&project) },
                Moment::Newest(as_of) => {
                    let day = as_of.on(&project);
                    Facts { elsewhere: booked.forecast_for(&project), ..Facts::as_of(&project, day) }
                }
                Moment::GoneBy(day) => {
                    let elsewhere = booked.forecast_for(&project);
                    Facts { elsewhere, ..Facts::as_of(&project, known_on(&project, day)) }
                }
            };
            let schedule = engine.run(&facts);
            match moment {
                Moment::Plan => booked.enter_plan(&engine, &schedule),
                Moment::Newest(_) | Moment::GoneBy(_) => booked.enter_forecast(&engine, &schedule),
            }
            Scheduled { place: *place, compiled, project, facts, schedule }
        };
        self.served.iter().map(scheduled).collect()
    }

    /// How late tasks of projects may be because others wait for them that they wait for in turn, by the place of the project. What
    /// holds a project is passed from one to the next, each time from all that was known before, until nothing is new.
    fn limits(&self, schedules: &[Scheduled<'_>]) -> Limits {
        let is_asked = |place: usize| self.names.keys().any(|(asked, _)| *asked == place);
        let homes = schedules.iter().filter(|one| waits(&one.project)).map(|one| one.place);
        let of_home = |home: usize| {
            let mut limits = BTreeMap::new();
            for _ in 0..self.rounds {
                let further = self.passed_on(schedules, home, &limits);
                if further == limits {
                    break;
                }
                limits = further;
            }
            Some((home, limits.remove(&home)?))
        };
        homes.filter(|place| is_asked(*place)).filter_map(of_home).collect()
    }

    /// What links ask of the tasks they wait for, where the finish of `home` may not move and `limits` hold.
    fn passed_on(&self, schedules: &[Scheduled<'_>], home: usize, limits: &Limits) -> Limits {
        let none = LateLimits::new();
        let mut further: Limits = BTreeMap::new();
        for one in schedules {
            let own = limits.get(&one.place).unwrap_or(&none);
            let whose = if one.place == home { Whose::Own } else { Whose::Anothers };
            if whose == Whose::Anothers && own.is_empty() {
                continue;
            }
            let engine = Engine::with(&one.project, one.compiled);
            for ((task, place), limit) in engine.passed_on((&one.facts, &one.schedule), own, whose) {
                let link = &one.project.task(task).external_links[place];
                if let Some((other, number)) = self.places.get(&(link.project.clone(), link.task.clone())) {
                    further.entry(*other).or_default().entry(*number).or_default().tighten(limit);
                }
            }
        }
        further
    }

    /// The project as it sees these dates, whatever the day.
    fn seeing(&self, project: &Project, dates: &Dates) -> Project {
        let mut tasks = project.external.tasks.clone();
        for (key, place) in self.waited_for_by(project) {
            if let Some(dates) = dates.get(&place) {
                tasks.insert(key, self.task(place, *dates, *dates));
            }
        }
        let external = ExternalTasks { tasks, ..ExternalTasks::default() };
        Project { external: Arc::new(external), ..project.clone() }
    }
}
