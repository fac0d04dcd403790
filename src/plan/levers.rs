//! Levers: what one day more or less of a task does to the project's finish.
//!
//! Comes in: an engine, facts and their schedule. Goes out: for each task that matters the finish with a day
//! less and a day more, and whether it stands at a cliff. With several calendars the answer is often not one
//! day: in the branch network one day less of the pilot gains 29, because the last branch slips through before
//! the year-end freeze.

use jiff::civil::Date;

use crate::model::{Project, TaskKind, TaskNo, WorkingTime};
use crate::plan::critical_path::{Early, Pass};
use crate::plan::network::NodeKind;
use crate::plan::{Engine, Facts, Schedule, State};
use crate::quantity::{MINUTES_OF_DAY, days_between};

/// So many days around the forecast are searched for a cliff.
const CLIFF_REACH: i64 = 3;

/// A cliff moves the finish by at least so many times the calendar days that its working days take in a normal week:
/// seven calendar days for one of five working days, and a gap that every week has is none.
const CLIFF_FACTOR: i64 = 5;

/// At most so many tasks are asked about, those of the longest path first, then those with the least float: nobody reads
/// a longer table.
const LEVERS_AT_MOST: usize = 100;

/// What one working day of a task is worth.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lever {
    /// The task: open work on the longest path, critical or nearly.
    pub task: TaskNo,
    /// The project's last day if the task needs a working day less; none where nothing is left to save, and of work that misses a
    /// hard finish of its own which shorter work would seem to keep.
    pub one_day_less: Option<Date>,
    /// The project's last day if the task needs a working day more.
    pub one_day_more: Date,
    /// Calendar days by which the project ends earlier with a day less; below zero where it ends later, since what waits for the
    /// start of a task that ends with another waits longer.
    pub calendar_days_gained: i64,
    /// Calendar days by which the project ends later with a day more; below zero where it ends earlier.
    pub calendar_days_lost: i64,
    /// The nearest cliff within three working days, if there is one: calendar days moved ≥ 5 × working days × 7 ÷
    /// working days of the project's week. On a five-day week one day must move the finish by seven.
    pub cliff: Option<Cliff>,
    /// What it does to the next gate; none where no gate lies ahead.
    pub next_gate: Option<GateLever>,
}

/// What one working day of a task does to the gate that comes next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct GateLever {
    /// The gate: the first by its number that has not been passed.
    pub gate: TaskNo,
    /// The day of the gate if the task needs a working day less; none where nothing is left to save.
    pub one_day_less: Option<Date>,
    /// The day of the gate if the task needs a working day more.
    pub one_day_more: Date,
}

/// A place where few working days move the finish by many calendar days.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cliff {
    /// Working days of the task, 1 to 3; negative when they are saved.
    pub working_days: i64,
    /// Calendar days by which the finish moves; negative when it comes earlier.
    pub calendar_days: i64,
}

impl Cliff {
    /// The project's last day beyond the cliff.
    #[must_use]
    pub fn finish_beyond(&self, finish: Date) -> Date {
        finish.saturating_add(jiff::Span::new().days(self.calendar_days))
    }

    /// Working days of a calendar by which the project's last day moves; negative when it comes earlier.
    #[must_use]
    pub fn finish_moves(&self, finish: Date, time: &WorkingTime) -> i64 {
        time.working_days_after(finish, self.finish_beyond(finish))
    }
}

/// Computes the levers of a project; see [`Engine::levers`].
#[must_use]
pub fn levers(project: &Project, facts: &Facts, schedule: &Schedule) -> Vec<Lever> {
    Engine::new(project).levers(facts, schedule)
}

impl Engine<'_> {
    /// Computes what one day of each open work is worth that lies on the longest path or is critical or near-critical
    /// ([`crate::model::Scheduling::near_critical`]). Work before a closure drives the finish although its own calendar
    /// shows float.
    ///
    /// Cliffs first, the highest at the top; then in order of what a day less gains, of what a day more costs, of time.
    /// `schedule` is what
    /// [`Engine::run`] gives for the same facts. Example: 4 days are left of the pilot and the project ends on
    /// 2027-01-21; with 3 days left it ends on 2026-12-23, so 29 calendar days are gained.
    ///
    /// In a levelled plan the order of work stays, and each task that moves waits while its people are away or work for other
    /// projects that come before this one.
    ///
    /// A project that is counted back from its finish has none: a day of a task moves its start. Nor has work that moves the
    /// finish by way of other projects, too ([`crate::model::LateLimit`]): what those make of a day, only a what-if of all
    /// projects can say.
    #[must_use]
    pub fn levers(&self, facts: &Facts, schedule: &Schedule) -> Vec<Lever> {
        if self.wanted_finish().is_some() {
            return Vec::new();
        }
        let mut trial = Trial::of(self, facts, schedule);
        let project = self.project();
        let near_critical = project.scheduling.near_critical;
        let leads_elsewhere = self.leads_elsewhere(facts);
        let mut asked: Vec<TaskNo> = project
            .task_numbers()
            .filter(|task| {
                let slot = schedule.slot(*task);
                trial.pass.network.nodes[task.0 as usize].kind == NodeKind::Work
                    && slot.state != State::Finished
                    && (slot.on_longest_path
                        || project.is_room_within(*task, slot.total_float, near_critical))
                    && !leads_elsewhere.contains(task)
            })
            .collect();
        let in_time = |task: &TaskNo| (schedule.slot(*task).start, project.task(*task).id.clone());
        asked.sort_by_cached_key(|task| {
            let slot = schedule.slot(*task);
            (!slot.on_longest_path, project.comparable_room(*task, slot.total_float), in_time(task))
        });
        asked.truncate(LEVERS_AT_MOST);

        let mut levers: Vec<Lever> = asked.into_iter().map(|task| trial.lever(project, task)).collect();
        levers.sort_by_cached_key(|lever| {
            let height = lever.cliff.map_or(0, |cliff| cliff.calendar_days.abs());
            (-height, -lever.calendar_days_gained, -lever.calendar_days_lost, in_time(&lever.task))
        });
        levers
    }
}

/// Asks "what if" by moving one task and whatever follows from it, leaving the rest as it is.
pub(super) struct Trial<'a> {
    pub(super) pass: Pass<'a>,
    early: Early,
    /// The place of each node in the order of the network.
    place: Vec<usize>,
    /// The project's first day: with nothing left to do it ends no earlier.
    first_day: Date,
    /// The project's last day as it is.
    pub(super) finish: Date,
    /// The gate that comes next.
    next_gate: Option<TaskNo>,
}

impl<'a> Trial<'a> {
    /// The order of work of a levelled schedule stays as it is; people are away, and work for other projects, when they are
    /// and do there.
    pub(super) fn of(engine: &'a Engine<'_>, facts: &Facts, schedule: &Schedule) -> Self {
        let mut pass = engine.order_of_work(facts, schedule);
        // Tasks as late as possible would hide what an earlier day gains; they never move the finish.
        pass.delayed.clear();
        let early = pass.forward_by_capacity();
        let next_gate = next_gate(engine.project(), schedule);
        Self::new(pass, early, schedule.start.day(), next_gate)
    }

    fn new(pass: Pass<'a>, early: Early, first_day: Date, next_gate: Option<TaskNo>) -> Self {
        let mut place = vec![0; pass.network.nodes.len()];
        for (at, node) in pass.order().iter().enumerate() {
            place[*node] = at;
        }
        let finish = pass.project_finish(&early).last_day();
        Self { pass, early, place, first_day, finish, next_gate }
    }

    fn lever(&mut self, project: &Project, task: TaskNo) -> Lever {
        let number = task.0 as usize;
        let node = &self.pass.network.nodes[number];
        let work_time = project.calendars[project.task(task).calendar].work_time;
        let day = if node.elapsed { MINUTES_OF_DAY } else { work_time.minutes_per_day };
        let needs = self.pass.needs_of_whole(number);
        let may_lose = |days: i64| needs > (days - 1) * day;
        let less = may_lose(1).then(|| self.early_with(number, (needs - day).max(0)));
        let more = self.early_with(number, needs + day);
        let one_day_less = less.as_ref().map(|early| self.finish_of(early));
        let one_day_more = self.finish_of(&more);
        let mut cliff = None;
        for days in (1..=CLIFF_REACH).flat_map(|days| [-days, days]) {
            let finish = match days {
                -1 => one_day_less,
                1 => Some(one_day_more),
                days if days > 0 || may_lose(-days) => {
                    Some(self.finish_with(number, (needs + days * day).max(0)))
                }
                _ => None,
            };
            let calendar_days = finish.map_or(0, |finish| days_between(self.finish, finish));
            let week = project.work_time();
            let normal = days.abs() * 7 * week.minutes_per_day;
            if calendar_days != 0 && calendar_days.abs() * week.minutes_per_week >= normal * CLIFF_FACTOR {
                cliff = Some(Cliff { working_days: days, calendar_days });
                break;
            }
        }
        let next_gate = self.next_gate.map(|gate| {
            let day_of = |early: &Early| early.finish[gate.0 as usize].last_day();
            GateLever { gate, one_day_less: less.as_ref().map(day_of), one_day_more: day_of(&more) }
        });
        Lever {
            task,
            one_day_less,
            one_day_more,
            next_gate,
            calendar_days_gained: one_day_less.map_or(0, |finish| days_between(finish, self.finish)),
            calendar_days_lost: days_between(self.finish, one_day_more),
            cliff,
        }
    }

    /// The project's last day if a node needs so many minutes.
    pub(super) fn finish_with(&mut self, node: usize, needs: i64) -> Date {
        let early = self.early_with(node, needs);
        self.finish_of(&early)
    }

    /// The project's last day by early dates.
    fn finish_of(&self, early: &Early) -> Date {
        self.pass.project_finish(early).last_day().max(self.first_day)
    }

    /// Says whether another node ends later if a node needs so many minutes.
    pub(super) fn moves(&mut self, node: usize, needs: i64, other: usize) -> bool {
        self.early_with(node, needs).finish[other] > self.early.finish[other]
    }

    /// Early dates if a node needs so many minutes: it and whatever follows from it are placed anew.
    pub(super) fn early_with(&mut self, node: usize, needs: i64) -> Early {
        let before = self.pass.needs_of_whole(node);
        self.pass.set_needs(node, needs);
        let mut early = self.early.clone();
        let mut is_touched = vec![false; self.pass.network.nodes.len()];
        is_touched[node] = true;
        is_touched[self.pass.more_parts(node)].fill(true);
        let asked = node;
        for node in &self.pass.order()[self.place[node]..] {
            if !is_touched[*node] {
                continue;
            }
            let was = (early.start[*node], early.finish[*node], early.resume[*node]);
            self.pass.place(*node, &mut early);
            if *node == asked && needs == 0 {
                // What takes no time does not wait for the next morning: it is over when it could begin, and not before.
                let end = self.pass.network.last_end(asked, early.finish[asked]);
                let end = end.max(self.pass.could_begin(asked, &early)).min(early.finish[asked]);
                early.finish[asked] = end;
                early.start[asked] = early.start[asked].min(end);
            }
            // Lags that are a share of its length have changed, wherever it ends.
            let is_asked = self.pass.whole_of(*node) == asked;
            if is_asked || was != (early.start[*node], early.finish[*node], early.resume[*node]) {
                for edge in self.pass.leaving(*node) {
                    is_touched[edge.to] = true;
                }
            }
        }
        self.pass.set_needs(node, before);
        early
    }
}

/// The first gate by its number that has not been passed.
fn next_gate(project: &Project, schedule: &Schedule) -> Option<TaskNo> {
    let gates = project.task_numbers().filter_map(|number| match project.task(number).kind {
        TaskKind::Gate(gate) if schedule.slot(number).state != State::Finished => Some((gate, number)),
        _ => None,
    });
    gates.min_by_key(|(gate, _)| *gate).map(|(_, number)| number)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::ConstraintKind;
    use crate::plan::golden::{branch_network, reported};
    use crate::plan::schedule;
    use crate::plan::sketch::{Sketch, date};
    use crate::quantity::Moment;

    #[test]
    fn the_pilot_stands_at_a_cliff() {
        let sketch = branch_network();
        let facts = reported(&sketch);
        let now = schedule(&sketch.project, &facts);
        let levers = levers(&sketch.project, &facts, &now);
        let names: Vec<&str> =
            levers.iter().map(|lever| sketch.project.task(lever.task).id.as_str()).collect();
        assert_eq!(names, ["pilot", "rollout", "acceptance", "handover"]);
        assert_eq!(
            levers[0],
            Lever {
                task: sketch.number("pilot"),
                one_day_less: Some(date("2026-12-23")),
                one_day_more: date("2027-01-22"),
                calendar_days_gained: 29,
                calendar_days_lost: 1,
                cliff: Some(Cliff { working_days: -1, calendar_days: -29 }),
                next_gate: Some(GateLever {
                    gate: sketch.number("G5"),
                    one_day_less: Some(date("2026-12-23")),
                    one_day_more: date("2027-01-22"),
                }),
            }
        );
    }

    #[test]
    fn a_lag_that_is_a_share_follows_the_length_that_is_tried() {
        // The project takes twice the length of `a` and two days: 10 working days as planned, 8 and 12 with a day less and more.
        let mut sketch = Sketch::starting("2026-03-02", &[]);
        sketch.work("a", "4d", &[]);
        sketch.work("b", "2d", &["a FS +100%"]);
        let facts = Facts::none(&sketch.project);
        let now = schedule(&sketch.project, &facts);
        assert_eq!(now.finish_day(), date("2026-03-13"));
        let levers = levers(&sketch.project, &facts, &now);
        let lever = levers.iter().find(|lever| lever.task == sketch.number("a")).unwrap();
        assert_eq!(lever.one_day_less, Some(date("2026-03-11")));
        assert_eq!(lever.one_day_more, date("2026-03-17"));
        let mut changed = facts.clone();
        changed.changed.insert(lever.task, -480);
        assert_eq!(schedule(&sketch.project, &changed).finish_day(), date("2026-03-11"));
        // Without any of `a` nothing is waited for: the two days of `b`.
        let drags = Engine::new(&sketch.project).drags(&facts, &now);
        assert_eq!((drags[0].finish, drags[0].working_days), (date("2026-03-03"), 8));
    }

    #[test]
    fn a_hard_finish_that_is_missed_keeps_nobody_from_saving_a_day() {
        let one_day_less = |must_finish: &str| {
            let mut sketch = Sketch::starting("2026-03-02", &[]);
            sketch.work("first", "10d", &[]);
            sketch.work("build", "5d", &["first"]).bound(ConstraintKind::MustFinish, must_finish);
            let facts = Facts::none(&sketch.project);
            let now = schedule(&sketch.project, &facts);
            assert_eq!(now.finish_day(), date("2026-03-20"));
            let build = sketch.number("build");
            let levers = Engine::new(&sketch.project).levers(&facts, &now);
            levers.iter().find(|lever| lever.task == build).unwrap().one_day_less
        };
        // Four days from 2 March on would end on 5 March, but what they wait for ends on the 13th.
        assert_eq!(one_day_less("2026-03-05"), Some(date("2026-03-19")));
        assert_eq!(one_day_less("2026-02-27"), Some(date("2026-03-19")));
    }

    #[test]
    fn a_day_less_may_make_the_project_later() {
        // `y` ends with `x` and `z` begins with `y`: 10 − y + 7 working days.
        let mut sketch = Sketch::starting("2026-03-02", &[]);
        sketch.work("x", "10d", &[]);
        sketch.work("y", "2d", &["x FF"]);
        sketch.work("z", "7d", &["y SS"]);
        let facts = Facts::none(&sketch.project);
        let now = schedule(&sketch.project, &facts);
        assert_eq!(now.finish_day(), date("2026-03-20"));
        let levers = levers(&sketch.project, &facts, &now);
        let lever = levers.iter().find(|lever| lever.task == sketch.number("y")).unwrap();
        assert_eq!((lever.one_day_less, lever.calendar_days_gained), (Some(date("2026-03-23")), -3));
        assert_eq!((lever.one_day_more, lever.calendar_days_lost), (date("2026-03-19"), -1));
    }

    #[test]
    fn the_next_gate_moves_with_what_is_before_it_and_not_with_what_is_behind() {
        let mut sketch = branch_network();
        sketch.task("G3", TaskKind::Gate(crate::quantity::GateId::G3), &["rollout", "training"]);
        let facts = reported(&sketch);
        let now = schedule(&sketch.project, &facts);
        let levers = levers(&sketch.project, &facts, &now);
        let at_gate = |name: &str| {
            let lever = levers.iter().find(|lever| lever.task == sketch.number(name)).unwrap();
            let gate = lever.next_gate.unwrap();
            assert_eq!(gate.gate, sketch.number("G3"));
            (gate.one_day_less.unwrap().to_string(), gate.one_day_more.to_string())
        };
        assert_eq!(at_gate("pilot"), ("2026-12-11".to_owned(), "2027-01-12".to_owned()));
        assert_eq!(at_gate("handover"), ("2027-01-11".to_owned(), "2027-01-11".to_owned()));
    }

    #[test]
    fn a_task_with_float_before_a_closure_is_asked_too_and_the_highest_cliff_comes_first() {
        let mut sketch = Sketch::starting("2026-08-03", &[]);
        let window = sketch.calendar("window", &["2026-08-17 .. 2026-09-11"]);
        sketch.work("a", "2d", &[]);
        sketch.work("b", "8d", &["a"]);
        sketch.work("w", "1d", &["b"]).on(window);
        sketch.work("z", "2d", &["w"]);
        let facts = Facts::none(&sketch.project);
        let now = schedule(&sketch.project, &facts);
        let levers = levers(&sketch.project, &facts, &now);
        let told: Vec<(&str, i64, Option<i64>)> = levers
            .iter()
            .map(|lever| {
                let days = lever.cliff.map(|cliff| cliff.working_days);
                (sketch.project.task(lever.task).id.as_str(), lever.calendar_days_gained, days)
            })
            .collect();
        assert_eq!(now.slot(sketch.number("b")).total_float, 20 * 480, "its own calendar shows four weeks");
        assert_eq!(told, [("w", 29, Some(-1)), ("a", 29, Some(-1)), ("b", 29, Some(-1)), ("z", 1, None)]);
    }

    #[test]
    fn a_lever_equals_a_full_computation() {
        let sketch = branch_network();
        let facts = reported(&sketch);
        let now = schedule(&sketch.project, &facts);
        for lever in levers(&sketch.project, &facts, &now) {
            let mut changed = facts.clone();
            changed.changed.insert(lever.task, 480);
            assert_eq!(schedule(&sketch.project, &changed).finish_day(), lever.one_day_more);
        }
    }

    #[test]
    fn a_weekend_is_no_cliff_and_nothing_is_saved_where_nothing_is_left() {
        let mut sketch = Sketch::starting("2026-11-16", &[]);
        sketch.work("build", "5d", &[]);
        let mut facts = Facts::none(&sketch.project);
        let lever =
            |facts: &Facts| levers(&sketch.project, facts, &schedule(&sketch.project, facts))[0].clone();
        assert_eq!((lever(&facts).calendar_days_lost, lever(&facts).cliff), (3, None));
        facts.progress[0].actual_start = Some(Moment::on(date("2026-11-16")));
        facts.progress[0].remaining = Some("0d".parse().unwrap());
        assert_eq!(lever(&facts).one_day_less, None);
    }
}
