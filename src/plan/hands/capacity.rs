//! What people can give at all, for plans whose order of work is kept while their tasks move.
//!
//! Comes in: an engine, bookings of shared people elsewhere. Goes out: a [`Capacity`], in which a task that moves waits while
//! its people are away, give less of their day or work for other projects. The order of work ([`super::chains`]) keeps those
//! apart who take people over from each other; here each task is held against its people alone. Not here: tasks side by side
//! that together ask for more than other projects leave of a role, or of a day.

use super::Elsewhere;
use super::free::Free;
use super::generator::{least_piece, may_wait};
use super::profile::Profile;
use super::supply::Supply;
use crate::plan::Engine;
use crate::plan::critical_path::{Early, Pass};
use crate::quantity::Instant;

/// What those people can give of whom there is not always the same.
#[derive(Clone, Debug)]
pub(in crate::plan) struct Capacity {
    /// Parts of such people alone, of nodes that may wait for them.
    supply: Supply,
    profiles: Vec<Profile>,
    /// The least piece of a node that may be interrupted, in minutes; by node.
    least_piece: Vec<Option<i64>>,
}

/// Where a node lies that waits for its people.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::plan) struct Fit {
    pub(in crate::plan) from: Instant,
    pub(in crate::plan) finish: Instant,
}

impl Capacity {
    /// None where there is always the same of everybody. `pass` is that of the logic alone.
    pub(in crate::plan) fn of(engine: &Engine<'_>, pass: &Pass<'_>, elsewhere: &[Elsewhere]) -> Option<Self> {
        let mut supply = Supply::of(engine, &pass.network, elsewhere);
        let may_wait = may_wait(engine.project(), pass, &supply);
        let profiles: Vec<Profile> = supply.resources.iter().map(|resource| resource.free.clone()).collect();
        for (parts, may_wait) in supply.parts.iter_mut().zip(may_wait) {
            parts.retain(|part| may_wait && !profiles[part.resource].is_steady());
        }
        if supply.parts.iter().all(Vec::is_empty) {
            return None;
        }
        let nodes = 0..supply.parts.len();
        let least_piece = nodes.map(|node| least_piece(engine.project(), pass, node)).collect();
        Some(Self { supply, profiles, least_piece })
    }

    /// Where a node, be it a part of a task, lies that is to begin at an instant, once its people can give what it asks for;
    /// none where they can at once, or never.
    pub(in crate::plan) fn fit(
        &self,
        pass: &Pass<'_>,
        node: usize,
        from: Instant,
        needs: i64,
    ) -> Option<Fit> {
        let whole = pass.whole_of(node);
        if self.supply.parts[whole].is_empty() || needs <= 0 {
            return None;
        }
        let network = &*pass.network;
        let from = network.begin(node, from);
        let mut stretches = Vec::new();
        let (supply, profiles) = (&self.supply, &self.profiles);
        let mut free = Free { network, supply, profiles, stretches: &mut stretches };
        let least = self.least_piece[whole].unwrap_or(needs).min(needs);
        let (first, _) = free.piece(whole, from, (least, needs)).ok()?;
        let (mut left, mut finish) = (needs - first.needs, first.finish);
        while left > 0 {
            let (next, _) = free.piece(whole, finish, (least, left)).ok()?;
            (left, finish) = (left - next.needs, next.finish);
        }
        let fit = Fit { from: first.from, finish };
        let at_once = Fit { from, finish: network.end(node, from, needs) };
        (fit != at_once).then_some(fit)
    }
}

impl Pass<'_> {
    /// Where a node waits for its people that is to begin at an instant; none where it need not wait. As in levelling, what may not begin
    /// later than they are free begins also while they are busy.
    pub(in crate::plan) fn fit(
        &self,
        node: usize,
        (from, held): (Instant, Instant),
        needs: i64,
    ) -> Option<Fit> {
        let capacity = self.capacity.as_ref()?;
        capacity.fit(self, node, from, needs).filter(|fit| fit.from <= held)
    }

    /// Computes early dates, and lets go of what is held because its people are away or work for other projects: they hold it
    /// themselves, and no longer than need be where what comes before it moves. What they would not hold as long stays held.
    pub(in crate::plan) fn forward_by_capacity(&mut self) -> Early {
        let mut early = self.forward();
        if self.capacity.is_none() {
            return early;
        }
        for node in self.order().to_vec() {
            let waits_outside = self.levelled.wait(node).is_some_and(|wait| wait.task().is_none());
            let held = self.levelled.held(node).filter(|_| waits_outside);
            let Some(until) = held else {
                self.place(node, &mut early);
                continue;
            };
            self.levelled.held[node] = None;
            self.place(node, &mut early);
            if early.resume[node] < until {
                self.levelled.held[node] = held;
                self.place(node, &mut early);
            }
        }
        early
    }
}

#[cfg(test)]
mod tests {
    use crate::model::{Assignee, LevellingOptions, PersonNo};
    use crate::plan::sketch::{Sketch, date};
    use crate::plan::{Elsewhere, Engine, Facts, Hand, Schedule};
    use crate::quantity::Instant;

    fn levelled() -> (Sketch, Assignee) {
        let mut sketch = Sketch::starting("2026-11-02", &[]);
        sketch.project.scheduling.levelling = Some(LevellingOptions::default());
        let tom = Assignee::Person(sketch.person("tom", &[]));
        (sketch, tom)
    }

    /// Another project has Tom from one day to another.
    fn booked(sketch: &Sketch, (first, last): (&str, &str)) -> Facts {
        let mut facts = Facts::none(&sketch.project);
        facts.elsewhere.push(Elsewhere {
            hand: Hand::Person(PersonNo(0)),
            demand: 10_000,
            spans: vec![(Instant::start_of(date(first)), Instant::end_of(date(last)))],
            project: "other".into(),
            task: "Other".into(),
        });
        facts
    }

    /// The last day as it is, with a day less of a task and with a day more, and the drag in calendar days.
    fn lever_of(sketch: &Sketch, facts: &Facts, task: &str) -> (Schedule, [String; 3], Option<i64>) {
        let engine = Engine::new(&sketch.project);
        let schedule = engine.run(facts);
        let number = sketch.number(task);
        let lever = engine.levers(facts, &schedule).into_iter().find(|lever| lever.task == number).unwrap();
        let drag = engine.drags(facts, &schedule).into_iter().find(|drag| drag.task == number);
        let less = lever.one_day_less.map_or("none".to_owned(), |day| day.to_string());
        let days = [less, schedule.finish_day().to_string(), lever.one_day_more.to_string()];
        (schedule, days, drag.map(|drag| drag.calendar_days))
    }

    #[test]
    fn a_day_more_comes_into_what_another_project_has_booked() {
        let (mut sketch, tom) = levelled();
        sketch.work("write", "3d", &[]);
        sketch.work("review", "2d", &["write"]).assign(tom, 100);
        // Thursday and Friday are Tom's days for the review; the week after he works for the other project.
        let facts = booked(&sketch, ("2026-11-09", "2026-11-13"));
        let (schedule, days, drag) = lever_of(&sketch, &facts, "write");
        assert!(schedule.slot(sketch.number("review")).waits.is_none());
        assert_eq!(days, ["2026-11-05", "2026-11-06", "2026-11-17"]);
        assert_eq!(drag, Some(3));
        // Nobody has booked him: Monday.
        let (_, days, _) = lever_of(&sketch, &Facts::none(&sketch.project), "write");
        assert_eq!(days, ["2026-11-05", "2026-11-06", "2026-11-09"]);
    }

    #[test]
    fn a_day_less_comes_before_what_another_project_has_booked() {
        let (mut sketch, tom) = levelled();
        sketch.work("write", "4d", &[]);
        sketch.work("review", "2d", &["write"]).assign(tom, 100);
        // Friday alone is too short for the review; it waits until the other project has done with Tom.
        let facts = booked(&sketch, ("2026-11-09", "2026-11-10"));
        let (schedule, days, _) = lever_of(&sketch, &facts, "write");
        assert!(schedule.slot(sketch.number("review")).waits.is_some());
        assert_eq!(days, ["2026-11-06", "2026-11-12", "2026-11-12"]);
    }

    #[test]
    fn work_that_may_be_interrupted_goes_on_behind_the_booking() {
        let (mut sketch, tom) = levelled();
        let review = sketch.work("review", "5d", &[]);
        review.assign(tom, 100);
        review.may_split = true;
        let facts = booked(&sketch, ("2026-11-09", "2026-11-13"));
        let (schedule, days, _) = lever_of(&sketch, &facts, "review");
        assert!(schedule.slots[0].pauses.is_empty());
        // One day more is done on the Monday after the booking, not all six.
        assert_eq!(days, ["2026-11-05", "2026-11-06", "2026-11-16"]);
    }

    #[test]
    fn what_is_freed_does_not_begin_while_its_people_work_elsewhere() {
        let (mut sketch, tom) = levelled();
        sketch.work("first", "5d", &[]).assign(tom, 100);
        sketch.work("second", "5d", &["first"]).assign(tom, 100);
        // From Wednesday, the 4th, to the 6th Tom works elsewhere: the first begins on the 9th.
        let facts = booked(&sketch, ("2026-11-04", "2026-11-06"));
        let (_, days, drag) = lever_of(&sketch, &facts, "first");
        assert_eq!(days, ["2026-11-19", "2026-11-20", "2026-11-23"]);
        // Without it the second begins then: before, there are only two days.
        assert_eq!(drag, Some(7));
    }
}
