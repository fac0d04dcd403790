//! Who a task of a levelled plan waits for, in words.

use crate::page::desk::{Desk, task_name};
use crate::plan::{BusyWith, Hand, Wait};

/// `waits 3 days for Tom, busy with “Staging”`.
#[must_use]
pub fn wait_words(desk: &Desk<'_>, wait: &Wait) -> String {
    let project = &desk.project.project;
    let time = desk.days_words(wait.minutes);
    let who = match wait.hand {
        Hand::Person(person) => project.person_name(person).to_owned(),
        Hand::Role(role) => format!("a free {}", project.team.roles[role.0 as usize].name),
    };
    let why = match (&wait.busy_with, wait.hand) {
        (BusyWith::Task(task), Hand::Person(_)) => {
            format!("busy with “{}”", task_name(project.task(*task)))
        }
        (BusyWith::Task(task), Hand::Role(_)) => {
            format!("until “{}” is over", task_name(project.task(*task)))
        }
        (BusyWith::Elsewhere { project: folder, task }, _) => {
            let other = desk.here.report.project(folder).map_or(&**folder, |other| &other.project.name);
            format!("busy with “{task}” in {other}")
        }
        (BusyWith::Nothing, _) => "who is not available before".to_owned(),
    };
    format!("waits {time} for {who}, {why}")
}
