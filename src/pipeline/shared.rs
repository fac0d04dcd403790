//! People and heads of roles that several projects share: who comes first.
//!
//! Comes in: all projects. Goes out: their reports. A levelled project works around what the others have booked of
//! shared people and roles: first of all that are not levelled, since they do not give way, then of the levelled ones
//! before it in the order of the portfolio. Where nothing is shared, or nothing is levelled, all projects are computed at
//! once. A project that is computed once more by itself, as for an option of a decision, works around the same bookings.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rayon::prelude::*;

use crate::model::{Assignee, ExternalTasks, PersonNo, Project, RoleNo};
use crate::pipeline::gone_by::GoneBy;
use crate::pipeline::{AsOf, Care, Terms, days_looked_back_at, external, measure_beside};
use crate::plan::{Elsewhere, Engine, Hand, Schedule};
use crate::quantity::{Id, Instant};
use crate::report::ProjectReport;

/// What projects that are not computed leave to one that is: what they have booked of shared people and roles, and when their tasks
/// lie.
#[derive(Clone, Debug, Default)]
pub(super) struct Booked {
    /// In the plans as typed.
    planned: Vec<SharedBooking>,
    /// In the forecasts.
    forecast: Vec<SharedBooking>,
    /// Tasks of theirs that plans wait for.
    pub(super) external: Arc<ExternalTasks>,
}

/// Somebody of the portfolio's file, by id.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum SharedHand {
    Person(Id),
    Role(Id),
}

#[derive(Clone, Debug)]
struct SharedBooking {
    hand: SharedHand,
    demand: i64,
    spans: Vec<(Instant, Instant)>,
    project: String,
    task: String,
}

impl Booked {
    /// What plans ask of the people and roles of a project.
    pub(super) fn planned_for(&self, project: &Project) -> Vec<Elsewhere> {
        for_project(&self.planned, project)
    }

    /// What forecasts ask of the people and roles of a project.
    pub(super) fn forecast_for(&self, project: &Project) -> Vec<Elsewhere> {
        for_project(&self.forecast, project)
    }

    /// What a report has booked, in its plan as typed and in its forecast.
    fn of(report: &ProjectReport) -> Self {
        let (engine, mut booked) = (report.engine(), Self::default());
        booked.enter_plan(&engine, &report.planned);
        booked.enter_forecast(&engine, &report.forecast);
        booked
    }

    /// Adds what another has booked.
    fn append(&mut self, other: &Self) {
        self.planned.extend_from_slice(&other.planned);
        self.add(other);
    }

    /// Adds what another has booked in its forecast.
    pub(super) fn add(&mut self, other: &Self) {
        self.forecast.extend_from_slice(&other.forecast);
    }

    /// The same forecasts beside the plans as typed of another.
    pub(super) fn with_plans_of(self, other: &Self) -> Self {
        Self { planned: other.planned.clone(), ..self }
    }

    /// Enters what a plan as typed has booked.
    pub(super) fn enter_plan(&mut self, engine: &Engine<'_>, planned: &Schedule) {
        self.planned.extend(bookings(engine, planned));
    }

    /// Enters what a forecast has booked.
    pub(super) fn enter_forecast(&mut self, engine: &Engine<'_>, forecast: &Schedule) {
        self.forecast.extend(bookings(engine, forecast));
    }
}

/// What each of some reported projects has booked.
pub(super) struct BookedByEach {
    booked: Vec<Booked>,
    must_wait: Vec<bool>,
    /// The tasks of others that each waits for.
    external: Vec<Arc<ExternalTasks>>,
}

impl BookedByEach {
    pub(super) fn of(reports: &[ProjectReport]) -> Self {
        let projects: Vec<&Project> = reports.iter().map(|report| &report.project).collect();
        Self {
            booked: reports.iter().map(Booked::of).collect(),
            must_wait: who_waits(&projects),
            external: projects.iter().map(|project| Arc::clone(&project.external)).collect(),
        }
    }

    /// What has been booked by those that come before one of them: all that were computed without the others, and the
    /// levelled ones before it. Those after it give way to it, and bind it in nothing.
    pub(super) fn before(&self, place: usize) -> Booked {
        let mut before = Booked { external: Arc::clone(&self.external[place]), ..Booked::default() };
        for (other, booked) in self.booked.iter().enumerate() {
            if other != place && (other < place || !self.must_wait[other]) {
                before.append(booked);
            }
        }
        before
    }
}

/// Schedules and measures all projects, in their order; around what has been booked by projects that are not among them.
pub(super) fn measure_all(
    mut projects: Vec<Project>,
    as_of: AsOf<'_>,
    terms: Terms<'_>,
) -> Vec<ProjectReport> {
    external::settle(&mut projects, as_of, terms.booked, |project, status_date| match terms.care {
        Care::Whole => days_looked_back_at(project, status_date),
        Care::Past | Care::Figures => BTreeSet::new(),
    });
    let must_wait = who_waits(&projects.iter().collect::<Vec<_>>());
    let looks_back = terms.care == Care::Whole && must_wait.contains(&true);
    let mut gone_by = looks_back.then(|| GoneBy::new(&projects, Sharing::of(&projects, &must_wait)));
    let (then, first): (Vec<_>, Vec<_>) =
        projects.into_iter().enumerate().partition(|(place, _)| must_wait[*place]);
    let mut reports: Vec<(usize, ProjectReport)> = first
        .into_par_iter()
        .map(|(place, project)| {
            let day = as_of.on(&project);
            (place, measure_beside(project, Some(day), terms))
        })
        .collect();
    if !then.is_empty() {
        let mut booked = terms.booked.clone();
        for (place, report) in &reports {
            let own = Booked::of(report);
            booked.append(&own);
            if let Some(known) = &mut gone_by {
                known.enter((*place, report.status_date), own);
            }
        }
        for (place, project) in then {
            let then = gone_by.as_mut().map(|known| known.before(place, as_of, &booked));
            let terms = Terms { booked: &booked, then: then.as_ref(), ..terms };
            let day = as_of.on(&project);
            let report = measure_beside(project, Some(day), terms);
            let own = Booked::of(&report);
            booked.append(&own);
            if let Some(known) = &mut gone_by {
                known.enter((place, report.status_date), own);
            }
            reports.push((place, report));
        }
        reports.sort_by_key(|(place, _)| *place);
    }
    reports.into_iter().map(|(_, report)| report).collect()
}

/// The projects to schedule so that some of them lie where they lie, in order: whoever gives way to the others comes after them. Where none
/// of those that are asked for gives way, the rest is not needed.
pub(super) fn serving_order(projects: &[Project], asked: &BTreeSet<usize>) -> Vec<usize> {
    let must_wait = who_waits(&projects.iter().collect::<Vec<_>>());
    let needs_all = asked.iter().any(|place| must_wait[*place]);
    let (then, first): (Vec<usize>, Vec<usize>) = (0..projects.len())
        .filter(|place| needs_all || asked.contains(place))
        .partition(|place| must_wait[*place]);
    first.into_iter().chain(then).collect()
}

/// Who shares somebody with whom, and who of them gives way.
pub(super) struct Sharing {
    must_wait: Vec<bool>,
    /// Those that give work to somebody, by the hand.
    by_hand: BTreeMap<SharedHand, Vec<usize>>,
    hands: Vec<BTreeSet<SharedHand>>,
}

impl Sharing {
    fn of(projects: &[Project], must_wait: &[bool]) -> Self {
        let hands: Vec<BTreeSet<SharedHand>> = projects.iter().map(shared_hands).collect();
        let mut by_hand: BTreeMap<SharedHand, Vec<usize>> = BTreeMap::new();
        for (place, hands) in hands.iter().enumerate() {
            for hand in hands {
                by_hand.entry(hand.clone()).or_default().push(place);
            }
        }
        Self { must_wait: must_wait.to_vec(), by_hand, hands }
    }

    /// Whether a project is levelled and shares somebody with another one.
    pub(super) fn gives_way(&self, place: usize) -> bool {
        self.must_wait[place]
    }

    /// Those that share somebody with a project and are served before it: all that do not give way, and the levelled ones before it.
    pub(super) fn before(&self, place: usize) -> BTreeSet<usize> {
        let others = self.hands[place].iter().filter_map(|hand| self.by_hand.get(hand)).flatten().copied();
        others.filter(|other| *other != place && (*other < place || !self.must_wait[*other])).collect()
    }
}

/// Says of each project whether it is levelled and shares somebody with another one.
fn who_waits(projects: &[&Project]) -> Vec<bool> {
    let shared: Vec<BTreeSet<SharedHand>> = projects.iter().copied().map(shared_hands).collect();
    let mut n_projects: BTreeMap<&SharedHand, usize> = BTreeMap::new();
    for hand in shared.iter().flatten() {
        *n_projects.entry(hand).or_default() += 1;
    }
    let meets_another = |hand: &SharedHand| n_projects.get(hand).is_some_and(|n| *n > 1);
    let waits = |(project, hands): (&&Project, &BTreeSet<SharedHand>)| {
        project.scheduling.levelling.is_some() && hands.iter().any(meets_another)
    };
    projects.iter().zip(&shared).map(waits).collect()
}

/// Whether a project is levelled and may have to wait for people whom others share.
pub(super) fn gives_way(project: &Project) -> bool {
    project.scheduling.levelling.is_some() && shares(project)
}

/// Whether a project gives work to people or roles that others may share.
pub(super) fn shares(project: &Project) -> bool {
    !shared_hands(project).is_empty()
}

/// Shared people and roles whom a project gives work.
fn shared_hands(project: &Project) -> BTreeSet<SharedHand> {
    let assignments = project.tasks.iter().flat_map(|task| &task.assignments);
    assignments
        .filter_map(|assignment| match assignment.assignee {
            Assignee::Person(person) => shared(project, Hand::Person(person)),
            Assignee::Role { role, .. } => shared(project, Hand::Role(role)),
        })
        .collect()
}

fn shared(project: &Project, hand: Hand) -> Option<SharedHand> {
    match hand {
        Hand::Person(person) => {
            let person = &project.team.people[person.0 as usize];
            person.is_shared.then(|| SharedHand::Person(person.id.clone()))
        }
        Hand::Role(role) => {
            let role = &project.team.roles[role.0 as usize];
            role.is_shared.then(|| SharedHand::Role(role.id.clone()))
        }
    }
}

fn bookings(engine: &Engine<'_>, schedule: &Schedule) -> Vec<SharedBooking> {
    let project = engine.project();
    let booked = engine.bookings(schedule).into_iter();
    booked
        .filter_map(|booking| {
            Some(SharedBooking {
                hand: shared(project, booking.hand)?,
                demand: booking.demand,
                spans: booking.spans,
                project: project.folder.clone(),
                task: project.task(booking.task).name.clone(),
            })
        })
        .collect()
}

fn for_project(booked: &[SharedBooking], project: &Project) -> Vec<Elsewhere> {
    let number = |place: Option<usize>| u32::try_from(place?).ok();
    let hand = |hand: &SharedHand| match hand {
        SharedHand::Person(id) => {
            let mut people = project.team.people.iter();
            number(people.position(|person| person.is_shared && person.id == *id))
                .map(PersonNo)
                .map(Hand::Person)
        }
        SharedHand::Role(id) => {
            let mut roles = project.team.roles.iter();
            number(roles.position(|role| role.is_shared && role.id == *id)).map(RoleNo).map(Hand::Role)
        }
    };
    booked
        .iter()
        .filter_map(|booking| {
            Some(Elsewhere {
                hand: hand(&booking.hand)?,
                demand: booking.demand,
                spans: booking.spans.clone(),
                project: booking.project.clone(),
                task: booking.task.clone(),
            })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{ConstraintKind, LevellingOptions, ScheduleFrom};
    use crate::plan::risk::KnownRuns;
    use crate::plan::sketch::Sketch;

    /// A levelled project in which the shared Tom works three days.
    fn three_days_of_tom() -> Sketch {
        let mut sketch = Sketch::starting("2026-03-16", &[]);
        let tom = sketch.person("tom", &[]);
        sketch.project.team.people[tom.0 as usize].is_shared = true;
        sketch.work("a", "3d", &[]).assign(Assignee::Person(tom), 100);
        sketch.project.scheduling.levelling = Some(LevellingOptions::default());
        sketch
    }

    fn measured(projects: Vec<Project>) -> Vec<ProjectReport> {
        let (booked, known) = (Booked::default(), KnownRuns::default());
        measure_all(
            projects,
            AsOf { day: None, of: None },
            Terms { care: Care::Whole, booked: &booked, then: None, known: &known },
        )
    }

    #[test]
    fn a_project_that_is_not_levelled_is_served_before_levelled_ones() {
        let (mut back, levelled) = (three_days_of_tom(), three_days_of_tom());
        back.project.scheduling.from = ScheduleFrom::Finish("2026-03-20".parse().unwrap());
        back.project.scheduling.levelling = None;
        let reports = measured(vec![levelled.project, back.project]);
        let days = |report: &ProjectReport| {
            let slot = &report.forecast.slots[0];
            format!("{} .. {}", slot.first_day(), slot.last_day())
        };
        assert_eq!(days(&reports[1]), "2026-03-18 .. 2026-03-20");
        // Two days are free before, but not the three that the work needs in one piece.
        assert_eq!(days(&reports[0]), "2026-03-23 .. 2026-03-25");
    }

    #[test]
    fn heads_of_a_shared_role_serve_the_projects_in_their_order() {
        let of_testers = |heads: u32, is_shared: bool| {
            let mut sketch = Sketch::starting("2026-03-16", &[]);
            let role = sketch.role("tester", Some(3));
            sketch.project.team.roles[role.0 as usize].is_shared = is_shared;
            sketch.work("a", "2d", &[]).assign(Assignee::Role { role, heads }, 100);
            sketch.project.scheduling.levelling = Some(LevellingOptions::default());
            sketch.project
        };
        let first_days = |is_shared: bool| {
            let projects = vec![of_testers(2, is_shared), of_testers(2, is_shared), of_testers(1, is_shared)];
            let reports = measured(projects);
            reports.iter().map(|report| report.forecast.slots[0].first_day().to_string()).collect::<Vec<_>>()
        };
        // Of three heads the first takes two; the second waits for two of them; the third is served beside the first.
        assert_eq!(first_days(true), ["2026-03-16", "2026-03-18", "2026-03-16"]);
        assert_eq!(first_days(false), ["2026-03-16", "2026-03-16", "2026-03-16"]);
    }

    #[test]
    fn a_levelled_project_counted_back_from_its_finish_works_around_those_before_it() {
        let (mut first, mut back) = (three_days_of_tom(), three_days_of_tom());
        first.project.tasks[0].bound(ConstraintKind::StartsNotBefore, "2026-03-24");
        back.project.scheduling.from = ScheduleFrom::Finish("2026-03-26".parse().unwrap());
        let reports = measured(vec![first.project, back.project]);
        let slot = &reports[1].forecast.slots[0];
        // Tom is busy from Tuesday to Thursday, the 26th: the three days lie before.
        assert_eq!(
            (slot.first_day().to_string(), slot.last_day().to_string()),
            ("2026-03-19".to_owned(), "2026-03-23".to_owned())
        );
        assert_eq!(slot.waits.map(|wait| wait.side), Some(crate::plan::Side::After));
    }
}
