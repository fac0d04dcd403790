//! Absences of one of several people on a task.
//!
//! Everybody works the whole length in their own time, so that a task ends with the last of its people. Comes in: an engine and
//! where a task lies. Goes out: who ends it later for being away. Days on which nobody is there are gaps ([`crate::plan::Gap`]).

use crate::model::{Assignee, PersonNo, TaskNo};
use crate::plan::{Engine, Slot, State};

/// Somebody who is away while others work on the same task, and ends last for that.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AwayAlone {
    /// Who is away.
    pub person: PersonNo,
    /// Working minutes of the task's calendar by which the task ends later than it would if the person were there with the others.
    pub minutes: i64,
}

impl Engine<'_> {
    /// Who lets open work of several people end later by being away while somebody else is there.
    ///
    /// Example: six days for two, one of whom is away for three of them. The other ends after six days, this one after nine: three
    /// days. People with a calendar of their own are left out, since their time differs by more than their absences.
    #[must_use]
    pub fn away_alone(&self, task: TaskNo, slot: &Slot) -> Vec<AwayAlone> {
        let (project, network) = (self.project(), self.network());
        let node = &network.nodes[task.0 as usize];
        if node.elapsed || node.works.len() < 2 || slot.state == State::Finished || !slot.pauses.is_empty() {
            return Vec::new();
        }
        let calendar = network.calendar(task.0 as usize);
        let (from, needs) = (slot.resume, slot.remaining);
        let together =
            [calendar, network.presence(task.0 as usize)].map(|time| time.add_to_finish(from, needs));
        let [by_calendar, by_presence] = together;
        let expected = by_calendar.max(by_presence);
        let people = project.task(task).assignments.iter().zip(&node.assigned);
        let mut away: Vec<AwayAlone> = people
            .filter_map(|(assignment, time)| {
                let Assignee::Person(person) = assignment.assignee else { return None };
                let known = &project.team.people[person.0 as usize];
                let end = network.times[*time].add_to_finish(from, needs);
                let minutes = calendar.between(expected, end);
                (known.calendar.is_none() && end == slot.finish && minutes > 0)
                    .then_some(AwayAlone { person, minutes })
            })
            .collect();
        away.dedup();
        away
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::Facts;
    use crate::plan::sketch::Sketch;

    #[test]
    fn who_is_away_alone_ends_the_task_later_and_who_is_away_with_all_does_not() {
        let mut sketch = Sketch::starting("2026-03-02", &[]);
        let there = Assignee::Person(sketch.person("w", &[]));
        let away = Assignee::Person(sketch.person("z", &["2026-03-04 .. 2026-03-06"]));
        let too = Assignee::Person(sketch.person("v", &["2026-03-04 .. 2026-03-06"]));
        sketch.work("one", "6d", &[]).assign(there, 100).assign(away, 100);
        sketch.work("all", "6d", &[]).assign(too, 100).assign(away, 100);
        let engine = Engine::new(&sketch.project);
        let planned = engine.run(&Facts::none(&sketch.project));
        // Six days from Monday are Monday the 9th; without Wednesday to Friday, Thursday the 12th.
        assert_eq!(sketch.days(&planned, "one"), "03-02 → 03-12");
        let told = |name: &str| engine.away_alone(sketch.number(name), sketch.slot(&planned, name));
        assert_eq!(told("one"), [AwayAlone { person: PersonNo(1), minutes: 3 * 480 }]);
        assert_eq!(told("all"), []);
    }
}
