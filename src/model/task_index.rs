//! What is asked of a plan for every task, found once: which task has an id, who waits for it, what is beneath it, and
//! what is somebody's.

use std::collections::HashMap;
use std::sync::OnceLock;

use crate::model::{Assignee, PersonNo, Project, Task, TaskNo};
use crate::quantity::Id;

/// The tasks of a plan as they hang together, noted when somebody first asks.
#[derive(Clone, Debug, Default)]
pub struct TaskIndex(OnceLock<Noted>);

#[derive(Clone, Debug)]
struct Noted {
    numbers: HashMap<Id, TaskNo>,
    /// For each task those that wait for it, with the place of the link among theirs.
    followers: Vec<Vec<(TaskNo, usize)>>,
    /// For each task those directly beneath it.
    children: Vec<Vec<TaskNo>>,
    /// For each person those they work on or answer for; who has none may be missing.
    of_people: HashMap<PersonNo, Vec<TaskNo>>,
}

impl Noted {
    fn of(tasks: &[Task]) -> Self {
        let mut noted = Self {
            numbers: HashMap::new(),
            followers: vec![Vec::new(); tasks.len()],
            children: vec![Vec::new(); tasks.len()],
            of_people: HashMap::new(),
        };
        for (number, task) in (0..).map(TaskNo).zip(tasks) {
            noted.numbers.entry(task.id.clone()).or_insert(number);
            for (place, link) in task.links.iter().enumerate() {
                if let Some(followers) = noted.followers.get_mut(link.predecessor.0 as usize) {
                    followers.push((number, place));
                }
            }
            let siblings = task.parent.and_then(|parent| noted.children.get_mut(parent.0 as usize));
            if let Some(siblings) = siblings {
                siblings.push(number);
            }
            for person in task.people() {
                let own = noted.of_people.entry(person).or_default();
                if own.last() != Some(&number) {
                    own.push(number);
                }
            }
        }
        noted
    }
}

impl TaskIndex {
    fn noted(&self, tasks: &[Task]) -> &Noted {
        self.0.get_or_init(|| Noted::of(tasks))
    }

    /// The task of an id among these, which are those of one plan; none where it has no such task. Tasks that were added since
    /// they were noted are found all the same, one after the other.
    pub(super) fn find(&self, tasks: &[Task], id: &Id) -> Option<TaskNo> {
        let noted = &self.noted(tasks).numbers;
        let is_it = |number: &TaskNo| tasks.get(number.0 as usize).is_some_and(|task| task.id == *id);
        match noted.get(id).copied().filter(is_it) {
            None if noted.len() != tasks.len() => {
                (0..).map(TaskNo).zip(tasks).find(|(_, task)| task.id == *id).map(|(number, _)| number)
            }
            found => found,
        }
    }

    /// Those who wait for a task, in the order of the plan, each with the place of the link among its own.
    pub(super) fn followers(&self, tasks: &[Task], number: TaskNo) -> &[(TaskNo, usize)] {
        self.noted(tasks).followers.get(number.0 as usize).map_or(&[], Vec::as_slice)
    }

    /// Those directly beneath a task, in the order of the plan.
    pub(super) fn children(&self, tasks: &[Task], number: TaskNo) -> &[TaskNo] {
        self.noted(tasks).children.get(number.0 as usize).map_or(&[], Vec::as_slice)
    }

    /// Those that somebody works on or answers for, in the order of the plan.
    pub(super) fn of_person(&self, tasks: &[Task], person: PersonNo) -> &[TaskNo] {
        self.noted(tasks).of_people.get(&person).map_or(&[], Vec::as_slice)
    }
}

impl Project {
    /// The tasks that somebody works on or answers for, summaries too, in the order of the plan.
    #[must_use]
    pub fn tasks_of(&self, person: PersonNo) -> &[TaskNo] {
        self.index.of_person(&self.tasks, person)
    }
}

impl Task {
    /// Whether somebody works on the task or answers for it.
    #[must_use]
    pub fn is_of(&self, person: PersonNo) -> bool {
        self.people().any(|other| other == person)
    }

    /// Those who work on the task or answer for it, some of them twice.
    fn people(&self) -> impl Iterator<Item = PersonNo> {
        let assigned = self.assignments.iter().filter_map(|assignment| match assignment.assignee {
            Assignee::Person(person) => Some(person),
            Assignee::Role { .. } => None,
        });
        self.owner.into_iter().chain(assigned)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::TaskKind;

    #[test]
    fn tasks_are_found_and_so_are_those_added_later() {
        let id = |text: &str| text.parse::<Id>().unwrap();
        let task = |text: &str| Task::new(id(text), TaskKind::Milestone);
        let index = TaskIndex::default();
        let mut tasks = vec![task("a"), Task { parent: Some(TaskNo(0)), ..task("b") }];
        assert_eq!(index.find(&tasks, &id("b")), Some(TaskNo(1)));
        assert_eq!(index.find(&tasks, &id("c")), None);
        assert_eq!(index.children(&tasks, TaskNo(0)), [TaskNo(1)]);
        assert!(index.followers(&tasks, TaskNo(0)).is_empty());
        tasks.push(task("c"));
        assert_eq!(index.find(&tasks, &id("c")), Some(TaskNo(2)));
        assert_eq!(index.find(&tasks, &id("d")), None);
    }
}
