//! Where an explanation goes on in another project, and how much room a task has before others there move.
//!
//! Comes in: a chain of reasons that ends at a task of another project, or a task that others there wait for. Goes out: the steps
//! there, and sentences about room. The float of a task is that of its own project: what other projects lose is said beside it.

use std::collections::BTreeSet;

use crate::model::{ExternalFollower, TaskNo};
use crate::page::desk::task_name;
use crate::page::why::{Said, Teller, WhyStep};
use crate::page::why_float::Limit;
use crate::plan::{Reason, State};
use crate::report::ProjectReport;

impl<'a> Teller<'a> {
    /// The steps back from a task to what stands by itself, through other projects where they lead there. Those of other projects
    /// name theirs.
    pub(super) fn steps_through_projects(&self, task: TaskNo) -> Vec<WhyStep> {
        let elsewhere = self.held_elsewhere(task).into_iter().flat_map(|(teller, task)| {
            let project = &teller.project.project;
            teller.steps(task).into_iter().map(|step| WhyStep {
                project: Some(project.folder.clone()),
                name: format!("{} of {}", step.name, project.name),
                ..step
            })
        });
        self.steps(task).into_iter().chain(elsewhere).collect()
    }

    /// The tasks of other projects at which the explanation of a task goes on, from one project to the next; empty where it ends in
    /// its own.
    pub(super) fn held_elsewhere(&self, task: TaskNo) -> Vec<(Teller<'a>, TaskNo)> {
        let mut been = BTreeSet::from([(self.project.project.folder.as_str(), task)]);
        let mut held = Vec::new();
        let mut next = self.held_from_elsewhere(task);
        while let Some((teller, task)) = next {
            if !been.insert((teller.project.project.folder.as_str(), task)) {
                break;
            }
            held.push((teller, task));
            next = teller.held_from_elsewhere(task);
        }
        held
    }

    /// The task of another project that holds the end of a task's chain; none where the chain ends here, and where the other project
    /// is not known, as before the boards of gates gone by: what was forecast elsewhere then is not kept.
    fn held_from_elsewhere(&self, task: TaskNo) -> Option<(Teller<'a>, TaskNo)> {
        // A chain can be long: it is walked only where something of another project can stand at its end.
        if self.project.before_board.is_some() || self.project.facts.external.is_empty() {
            return None;
        }
        let end = self.project.reasons.chain(task).last()?;
        let Some(Reason::External { holder, place, .. }) = end.reasons.first() else { return None };
        let link = self.project.project.task(*holder).external_links.get(*place)?;
        let other = self.report.project(&link.project)?;
        Some((Teller::new(self.report, other), other.project.task_by_id(&link.task)?))
    }

    /// How much later a task may be before each task of another project moves that waits for it, in the order of the portfolio.
    /// Nothing is said before the boards of gates gone by.
    pub(super) fn room_elsewhere(&self, number: TaskNo) -> Vec<Said> {
        if self.project.before_board.is_some() {
            return Vec::new();
        }
        let project = &self.project.project;
        let followers = project.external.followers(&project.task(number).id).iter();
        followers.filter_map(|follower| self.room_before(number, follower)).collect()
    }

    fn room_before(&self, number: TaskNo, follower: &ExternalFollower) -> Option<Said> {
        let other = self.report.project(&follower.project)?;
        let waiting = other.project.task_by_id(&follower.task)?;
        let room = room_of_link(other, waiting, follower)?;
        if self.is_over(number, follower) {
            return None;
        }
        let behind = Teller::new(self.report, other);
        let name = format!("“{}” of {}", task_name(other.project.task(waiting)), other.project.name);
        let words = |minutes: i64| behind.room_words(waiting, minutes);
        let breaks = match behind.limit(waiting) {
            Limit::Finish => format!("{} ends later", other.project.name),
            limit => behind.broken(&limit),
        };
        let text = match (room, other.forecast.slot(waiting).total_float.max(0)) {
            (0, 0) => format!("{name} moves with it: if it slips, {breaks}"),
            (0, float) => format!("{name} moves with it; {} before {breaks}", words(float)),
            (room, 0) => format!("can slip {} before {name} moves and {breaks}", words(room)),
            (room, float) => {
                format!(
                    "can slip {} before {name} moves, {} before {breaks}",
                    words(room),
                    words(room + float)
                )
            }
        };
        let said = self.said("follower", text).about(format!("{}/{}", follower.project, follower.task));
        Some(said.days(behind.room_days(waiting, room)).at(self.place(Some(follower.origin))))
    }

    /// Whether the end of a task that another one waits for is reported, so that it cannot slip.
    fn is_over(&self, number: TaskNo, follower: &ExternalFollower) -> bool {
        match self.slot(number).state {
            State::Finished => true,
            State::InProgress => follower.leaves_start(),
            State::NotStarted => false,
        }
    }
}

/// The minutes by which what a task of another project waits for may come later before that task moves; none once it has begun, or
/// for a link to its finish once it is over.
pub(super) fn room_of_link(
    other: &ProjectReport,
    waiting: TaskNo,
    follower: &ExternalFollower,
) -> Option<i64> {
    let links = &other.project.task(waiting).external_links;
    let place = links.iter().position(|link| link.origin == follower.origin)?;
    other.engine().room_before(&other.forecast, (waiting, place), &other.facts.external)
}
