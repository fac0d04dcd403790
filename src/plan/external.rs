//! Links to tasks of other projects, as bounds of the tasks that wait.
//!
//! Comes in: a network, and when the tasks of other projects lie. Goes out: the network with a bound more for each such link: work
//! that has not begun starts no earlier than a link to its start allows, and what is not finished finishes no earlier than one to
//! its finish. The other project is not moved, and floats
//! are those of one project; how much later what is waited for may come before a task here moves, [`Engine::room_before`] says.

use std::borrow::Cow;
use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::model::{ConstraintKind, ExternalDates, ExternalLink, Project, TaskNo};
use crate::plan::bounds::Bound;
use crate::plan::network::{Network, NodeKind};
use crate::plan::{Driver, Engine, Schedule, State};

/// When the tasks of other projects lie that a plan waits for: by the task that waits and the place of the link among its external
/// links.
pub type ExternalFacts = BTreeMap<(TaskNo, u32), ExternalDates>;

/// Each external link of a project with its task and its place.
pub(super) fn links(project: &Project) -> impl Iterator<Item = ((TaskNo, u32), &ExternalLink)> {
    project.task_numbers().flat_map(|number| {
        (0..).zip(&project.task(number).external_links).map(move |(place, link)| ((number, place), link))
    })
}

/// As the other projects plan them.
pub(super) fn planned(project: &Project) -> ExternalFacts {
    links(project).filter_map(|(at, link)| Some((at, project.external.of(link)?.planned))).collect()
}

/// As the other projects forecast them on a day.
pub(super) fn as_of(project: &Project, day: Date) -> ExternalFacts {
    links(project).filter_map(|(at, link)| Some((at, project.external.as_of(link, day)?))).collect()
}

/// The network with what tasks of other projects allow.
pub(super) fn bound<'a>(network: &'a Network, project: &Project, facts: &ExternalFacts) -> Cow<'a, Network> {
    if facts.is_empty() {
        return Cow::Borrowed(network);
    }
    let mut network = network.clone();
    for number in project.task_numbers() {
        let node = number.0 as usize;
        if network.nodes[node].kind == NodeKind::Follower {
            continue;
        }
        // Links of the summaries above hold what is beneath them.
        let above = std::iter::successors(Some(number), |at| project.task(*at).parent);
        let holders: Vec<TaskNo> = above.take(project.tasks.len()).collect();
        let bounds: Vec<Bound> = holders
            .iter()
            .flat_map(|holder| {
                (0..).zip(&project.task(*holder).external_links).map(move |one| (*holder, one))
            })
            .filter_map(|(holder, (place, link))| {
                let dates = facts.get(&(holder, place))?;
                Some(bound_of(&network, project, (number, link), dates, Driver::External { holder, place }))
            })
            .collect();
        network.nodes[node].bounds.extend(bounds);
    }
    Cow::Owned(network)
}

impl Engine<'_> {
    /// The working minutes by which what a task waits for in another project may come later before the task moves: from where the
    /// link alone would put its start, or its finish, to where that lies. Of a summary the least of what is below it. By the place of
    /// the link among its external links.
    ///
    /// None where what the link holds is reported already, and where nothing is known of the other task.
    ///
    /// # Example
    /// The trial ends on Wednesday; who waits for it begins on Monday for another reason: two days, Thursday and Friday.
    #[must_use]
    pub fn room_before(
        &self,
        schedule: &Schedule,
        (holder, place): (TaskNo, usize),
        facts: &ExternalFacts,
    ) -> Option<i64> {
        let (project, network) = (self.project(), self.network());
        let link = project.task(holder).external_links.get(place)?;
        let dates = facts.get(&(holder, u32::try_from(place).ok()?))?;
        let room = |node: usize| {
            let number = TaskNo(u32::try_from(node).ok()?);
            let slot = schedule.slot(number);
            let bound = bound_of(network, project, (number, link), dates, Driver::ProjectStart);
            let (end, is_over) = match bound.kind {
                ConstraintKind::StartsNotBefore => (slot.start, slot.state != State::NotStarted),
                _ => (slot.finish, slot.state == State::Finished),
            };
            (!is_over).then(|| network.measure(node).between(bound.at, end).max(0))
        };
        self.below(holder).into_iter().filter_map(room).min()
    }
}

fn bound_of(
    network: &Network,
    project: &Project,
    (number, link): (TaskNo, &ExternalLink),
    dates: &ExternalDates,
    driver: Driver,
) -> Bound {
    let node = number.0 as usize;
    let work_time = project.calendars[project.task(number).calendar].work_time;
    let minutes = link.lag.minutes(work_time, dates.length);
    let is_point = network.nodes[node].kind == NodeKind::Point;
    let at = network.later_by(node, (minutes, link.lag.is_elapsed(), is_point), dates.tied(link));
    let kind = if link.kind.enters_finish() {
        ConstraintKind::FinishesNotBefore
    } else {
        ConstraintKind::StartsNotBefore
    };
    Bound { kind, at, latest: at, driver }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Lag, LinkKind};
    use crate::plan::sketch::{Sketch, id};
    use crate::plan::{Facts, Reason};
    use crate::quantity::Instant;

    /// A plan of two tasks; the second follows the first and waits for `other/trial`, which lies from 9 to 18 March.
    fn waiting(kind: LinkKind, lag: &str) -> (Sketch, Facts) {
        let mut sketch = Sketch::starting("2026-03-02", &[]);
        sketch.work("a", "3d", &[]);
        sketch.work("b", "2d", &["a"]);
        sketch.project.tasks[1].external_links.push(ExternalLink {
            project: "other".to_owned(),
            task: id("trial"),
            kind,
            lag: lag.parse::<Lag>().unwrap(),
            origin: crate::diagnostic::Span::default(),
        });
        let facts = Facts { external: [((TaskNo(1), 0), trial())].into(), ..Facts::none(&sketch.project) };
        (sketch, facts)
    }

    fn trial() -> ExternalDates {
        let mut other = Sketch::starting("2026-03-09", &[]);
        other.work("trial", "8d", &[]);
        let slot = other.planned().slots[0].clone();
        ExternalDates {
            start: slot.start,
            finish: slot.finish,
            length: slot.duration,
            has_begun: false,
            is_finished: false,
        }
    }

    fn scheduled(sketch: &Sketch, facts: &Facts) -> Schedule {
        Engine::new(&sketch.project).run(facts)
    }

    #[test]
    fn each_kind_of_link_holds_its_end_on_the_calendar_of_the_task_that_waits() {
        let days = |kind: LinkKind, lag: &str| {
            let (sketch, facts) = waiting(kind, lag);
            sketch.days(&scheduled(&sketch, &facts), "b")
        };
        // The trial ends on Wednesday, the 18th.
        assert_eq!(days(LinkKind::FinishStart, "0d"), "03-19 → 03-20");
        assert_eq!(days(LinkKind::FinishStart, "2d"), "03-23 → 03-24");
        assert_eq!(days(LinkKind::FinishStart, "-1d"), "03-18 → 03-19");
        // Five days of the clock end on Monday afternoon, the 23rd, with the working day.
        assert_eq!(days(LinkKind::FinishStart, "5ed"), "03-24 → 03-25");
        // A quarter of its eight days is two.
        assert_eq!(days(LinkKind::StartStart, "25%"), "03-11 → 03-12");
        assert_eq!(days(LinkKind::StartStart, "0d"), "03-09 → 03-10");
        assert_eq!(days(LinkKind::FinishFinish, "0d"), "03-17 → 03-18");
        assert_eq!(days(LinkKind::StartFinish, "1d"), "03-06 → 03-09");
    }

    #[test]
    fn the_other_project_is_the_reason_and_gives_no_float_away() {
        let (sketch, facts) = waiting(LinkKind::FinishStart, "0d");
        let engine = Engine::new(&sketch.project);
        let schedule = engine.run(&facts);
        assert_eq!(schedule.slots[1].drivers, [Driver::External { holder: TaskNo(1), place: 0 }]);
        // From the end of `a` on Wednesday, the 4th, ten working days are free.
        assert_eq!(schedule.slots[0].total_float, 10 * 480);
        assert_eq!(schedule.slots[1].total_float, 0);
        let reasons = engine.reasons(&facts, &schedule);
        let reason = &reasons.steps[1].reasons[0];
        assert!(matches!(reason, Reason::External { place: 0, dates, .. } if *dates == trial()));
        assert_eq!(reasons.steps[1].stands_on, None);
    }

    #[test]
    fn what_lies_later_for_another_reason_leaves_the_other_project_room() {
        let room = |kind: LinkKind, lag: &str| {
            let (mut sketch, facts) = waiting(kind, lag);
            // It has to lie on Wednesday and Thursday, the 25th and 26th.
            sketch.project.tasks[1].bound(ConstraintKind::StartsNotBefore, "2026-03-25");
            let engine = Engine::new(&sketch.project);
            engine.room_before(&engine.run(&facts), (TaskNo(1), 0), &facts.external).map(|room| room / 480)
        };
        // The trial lies from the 9th to Wednesday, the 18th.
        assert_eq!(room(LinkKind::FinishStart, "0d"), Some(4));
        assert_eq!(room(LinkKind::FinishStart, "2d"), Some(2));
        assert_eq!(room(LinkKind::FinishStart, "9d"), Some(0));
        assert_eq!(room(LinkKind::StartStart, "0d"), Some(12));
        assert_eq!(room(LinkKind::FinishFinish, "0d"), Some(6));
    }

    #[test]
    fn what_has_begun_leaves_no_room_to_speak_of() {
        let (sketch, mut facts) = waiting(LinkKind::FinishStart, "0d");
        facts.external.clear();
        let engine = Engine::new(&sketch.project);
        let schedule = engine.run(&facts);
        assert_eq!(engine.room_before(&schedule, (TaskNo(1), 0), &facts.external), None);
        facts.external = [((TaskNo(1), 0), trial())].into();
        assert_eq!(engine.room_before(&schedule, (TaskNo(1), 0), &facts.external), Some(0));
        let mut begun = schedule;
        begun.slots[1].state = State::InProgress;
        assert_eq!(engine.room_before(&begun, (TaskNo(1), 0), &facts.external), None);
    }

    #[test]
    fn a_link_of_a_summary_holds_what_is_beneath_it_and_one_that_is_over_holds_nothing() {
        let (mut sketch, _) = waiting(LinkKind::FinishStart, "0d");
        let link = sketch.project.tasks[1].external_links.pop().unwrap();
        let mut phase = crate::model::Task::new(id("phase"), crate::model::TaskKind::Summary);
        phase.external_links.push(link);
        sketch.project.tasks.insert(0, phase);
        for task in &mut sketch.project.tasks[1..] {
            task.parent = Some(TaskNo(0));
            task.links.iter_mut().for_each(|link| link.predecessor = TaskNo(link.predecessor.0 + 1));
        }
        let held = Facts { external: [((TaskNo(0), 0), trial())].into(), ..Facts::none(&sketch.project) };
        assert_eq!(sketch.days(&scheduled(&sketch, &held), "a"), "03-19 → 03-23");
        let early = Instant::end_of("2026-02-27".parse().unwrap());
        let over = ExternalDates { start: early, finish: early, ..trial() };
        let free = Facts { external: [((TaskNo(0), 0), over)].into(), ..held };
        assert_eq!(sketch.days(&scheduled(&sketch, &free), "a"), "03-02 → 03-04");
    }
}
