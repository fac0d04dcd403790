//! Holds a levelled schedule against its project, knowing nothing of how it was made.
//!
//! Comes in: a project, facts, a schedule. Goes out: every broken promise in words. It shares no code with the levelling
//! nor with the passes: working time is looked up step by step in the plain calendars, bookings are added up step by step
//! from the slots and the model. A step is half an hour, on which everything in the plans lies that are tried.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{Assignee, Lag, LinkKind, Project, ScheduleFrom, Task, TaskKind, TaskNo};
use crate::plan::{Elsewhere, Facts, Hand, Schedule, State};
use crate::quantity::{Instant, MINUTES_OF_DAY};

/// Minutes of a step.
const STEP: i64 = 30;

/// Who a booking is counted for.
type Who = (bool, u32);

/// Everything that a schedule breaks. Tasks that have begun and those of the highest priority may overbook somebody among
/// themselves; `misfits`, which ask for more than there ever is, anybody.
pub(super) fn breaches(
    project: &Project,
    facts: &Facts,
    schedule: &Schedule,
    misfits: &[TaskNo],
) -> Vec<String> {
    let sheet = Sheet { project, schedule };
    let mut found = Vec::new();
    let mut booked: BTreeMap<Who, BTreeMap<i64, (i64, BTreeSet<TaskNo>)>> = BTreeMap::new();
    for number in project.task_numbers() {
        let task = project.task(number);
        let slot = schedule.slot(number);
        if slot.state == State::Finished || !matches!(task.kind, TaskKind::Work(_)) {
            continue;
        }
        for at in [slot.start, slot.finish, Instant(slot.remaining)] {
            assert_eq!(at.0 % STEP, 0, "{} lies between steps", task.id);
        }
        sheet.check_links(number, &mut found);
        let status_end = facts.status_date.map_or(i64::MIN, |day| Instant::end_of(day).0);
        if slot.state == State::NotStarted && slot.start.0 < status_end.max(sheet.first()) {
            found.push(format!("{} starts before the status date", task.id));
        }
        sheet.check_minutes(number, &mut found);
        sheet.check_parts(number, &mut found);
        if task.is_level_of_effort() {
            continue;
        }
        let parts = sheet.parts(number);
        for assignment in &task.assignments {
            let (who, heads) = match assignment.assignee {
                Assignee::Person(person) => ((true, person.0), 1),
                Assignee::Role { role, heads } => ((false, role.0), i64::from(heads)),
            };
            let minutes = booked.entry(who).or_default();
            for (from, to) in &parts {
                let mut left = sheet.length(task, (*from, *to));
                for minute in steps(*from, *to) {
                    if left > 0 && sheet.is_worked(task, assignment.assignee, minute) {
                        let entry = minutes.entry(minute).or_default();
                        entry.0 += heads * assignment.share.hundredths();
                        entry.1.insert(number);
                        left -= STEP;
                    }
                }
            }
        }
    }
    let outside = |who: Who, minute: i64| -> i64 {
        let at = |booking: &&Elsewhere| {
            let booked = match booking.hand {
                Hand::Person(person) => (true, person.0),
                Hand::Role(role) => (false, role.0),
            };
            who == booked && booking.spans.iter().any(|(from, to)| (from.0..to.0).contains(&minute))
        };
        facts.elsewhere.iter().filter(at).map(|booking| booking.demand).sum()
    };
    for (who, minutes) in booked {
        for (minute, (asked, tasks)) in minutes {
            let is_unmoved = |task: &TaskNo| {
                (schedule.slot(*task).state != State::NotStarted && !project.may_split(project.task(*task)))
                    || project.task(*task).priority == Task::HIGHEST_PRIORITY
            };
            let given = sheet.capacity(who, minute);
            let has_misfit = tasks.iter().any(|task| misfits.contains(task));
            let outside = outside(who, minute);
            if asked + outside > given && !has_misfit && !tasks.iter().all(is_unmoved) {
                let names: Vec<&str> = tasks.iter().map(|task| project.task(*task).id.as_str()).collect();
                found.push(format!("{who:?} has {asked} of {given} at {} for {names:?}", Instant(minute)));
                break;
            }
        }
    }
    found
}

struct Sheet<'a> {
    project: &'a Project,
    schedule: &'a Schedule,
}

impl Sheet<'_> {
    /// Before this nothing begins; a project counted back from its finish begins when it must.
    fn first(&self) -> i64 {
        match self.project.scheduling.from {
            ScheduleFrom::Start => Instant::start_of(self.project.start.day).0,
            ScheduleFrom::Finish(_) => i64::MIN,
        }
    }

    /// From when to when the work that is left is done, part by part.
    fn parts(&self, number: TaskNo) -> Vec<(i64, i64)> {
        let slot = self.schedule.slot(number);
        let mut parts = Vec::new();
        let mut at = self.goes_on(number);
        let start = at;
        for pause in slot.pauses.iter().filter(|pause| pause.from.0 > start) {
            parts.push((at, pause.from.0));
            at = pause.to.0;
        }
        parts.push((at, slot.finish.0));
        parts
    }

    /// How many minutes of each of its people a part takes: those of whoever ends last.
    fn length(&self, task: &Task, (from, to): (i64, i64)) -> i64 {
        if task.assignments.is_empty() {
            return steps(from, to).map(|at| STEP * i64::from(self.calendar_works(task.calendar, at))).sum();
        }
        let of =
            |assignee| steps(from, to).map(|at| STEP * i64::from(self.is_worked(task, assignee, at))).sum();
        task.assignments.iter().map(|one| of(one.assignee)).min().unwrap_or(0)
    }

    /// Only what may be interrupted is, each part of it begins and ends with a worked minute, lasts a working day at least
    /// unless it takes the rest, and all parts together last as long as the task.
    fn check_parts(&self, number: TaskNo, found: &mut Vec<String>) {
        let (task, slot) = (self.project.task(number), self.schedule.slot(number));
        let parts = self.parts(number);
        if slot.pauses.is_empty() {
            return;
        }
        if !self.project.may_split(task) {
            found.push(format!("{} is interrupted", task.id));
        }
        let lengths: Vec<i64> = parts.iter().map(|part| self.length(task, *part)).collect();
        if lengths.iter().sum::<i64>() != slot.remaining {
            found.push(format!("{} lasts {lengths:?} in all", task.id));
        }
        let day = self.project.calendars[task.calendar].work_time.minutes_per_day;
        let is_whole = |lengths: &[i64]| lengths.iter().all(|length| *length >= day);
        let counts_back = self.project.scheduling.from != ScheduleFrom::Start;
        // Counted back from the finish it is mostly the first that takes the rest.
        if !(is_whole(&lengths[..lengths.len() - 1]) || counts_back && is_whole(&lengths[1..])) {
            found.push(format!("{} is done in too small parts, {lengths:?}", task.id));
        }
        let works = |at: i64| self.somebody_works(task, at);
        if parts.iter().any(|(from, to)| from >= to || !works(*from) || !works(to - STEP)) {
            found.push(format!("a part of {} begins or ends in time off", task.id));
        }
    }

    /// When the work that is left begins: begun work goes on at the first minute it can after the status date, all else
    /// with its start.
    fn goes_on(&self, number: TaskNo) -> i64 {
        let slot = self.schedule.slot(number);
        if slot.state == State::NotStarted {
            return slot.start.0;
        }
        if !slot.pauses.is_empty() {
            return slot.resume.0;
        }
        // Counted back from the finish in the minutes in which anybody works; all parts of begun work end together here.
        let task = self.project.task(number);
        let mut left = slot.remaining;
        let mut minute = slot.finish.0;
        while left > 0 {
            minute -= STEP;
            left -= STEP * i64::from(self.somebody_works(task, minute));
        }
        minute
    }

    fn somebody_works(&self, task: &Task, minute: i64) -> bool {
        if task.assignments.is_empty() {
            return self.calendar_works(task.calendar, minute);
        }
        task.assignments.iter().any(|one| self.is_worked(task, one.assignee, minute))
    }

    fn calendar_works(&self, calendar: usize, minute: i64) -> bool {
        let day = Instant(minute).day();
        let within = minute.rem_euclid(MINUTES_OF_DAY);
        let shifts = self.project.calendars[calendar].shifts(day);
        shifts.iter().any(|shift| (i64::from(shift.start)..i64::from(shift.end)).contains(&within))
    }

    fn is_worked(&self, task: &Task, assignee: Assignee, minute: i64) -> bool {
        let of_task = self.calendar_works(task.calendar, minute);
        let Assignee::Person(person) = assignee else { return of_task };
        if task.ignores_people {
            return of_task;
        }
        let person = &self.project.team.people[person.0 as usize];
        let day = Instant(minute).day();
        if person.absences.iter().any(|absence| absence.window.contains(day)) {
            return false;
        }
        match person.calendar {
            None => of_task,
            Some(own) => self.calendar_works(own, minute) && (!task.has_own_calendar || of_task),
        }
    }

    fn capacity(&self, (is_person, number): Who, minute: i64) -> i64 {
        let day = Instant(minute).day();
        if is_person {
            return self.project.team.people[number as usize].available_on(day).hundredths();
        }
        let heads = self.project.team.roles[number as usize].heads_on(day);
        heads.map_or(i64::MAX, |heads| i64::from(heads) * 10_000)
    }

    /// The work lies in time that is worked: it begins and ends with a worked minute, and holds as many as it needs for
    /// each of its people.
    fn check_minutes(&self, number: TaskNo, found: &mut Vec<String>) {
        let (task, slot) = (self.project.task(number), self.schedule.slot(number));
        if slot.state != State::NotStarted {
            return;
        }
        if !slot.pauses.is_empty() {
            return;
        }
        let count = |assignee: Assignee| -> i64 {
            steps(slot.start.0, slot.finish.0)
                .map(|minute| STEP * i64::from(self.is_worked(task, assignee, minute)))
                .sum()
        };
        let worked: Vec<i64> = task.assignments.iter().map(|one| count(one.assignee)).collect();
        if worked.iter().any(|worked| *worked < slot.remaining) {
            found.push(format!("{} is too short", task.id));
        }
        // Whoever ends last ends the task.
        if !worked.is_empty() && !worked.contains(&slot.remaining) && worked.len() == 1 {
            found.push(format!("{} is too long", task.id));
        }
        let works = |minute: i64| self.somebody_works(task, minute);
        if slot.remaining > 0 && !(works(slot.start.0) && works(slot.finish.0 - STEP)) {
            found.push(format!("{} begins or ends in time off", task.id));
        }
    }

    fn check_links(&self, number: TaskNo, found: &mut Vec<String>) {
        let (task, slot) = (self.project.task(number), self.schedule.slot(number));
        if slot.state != State::NotStarted {
            return;
        }
        for link in &task.links {
            let before = self.schedule.slot(link.predecessor);
            let (from, to) = match link.kind {
                LinkKind::FinishStart => (before.finish, slot.start),
                LinkKind::StartStart => (before.start, slot.start),
                LinkKind::FinishFinish => (before.finish, slot.finish),
                LinkKind::StartFinish => (before.start, slot.finish),
            };
            let Lag::Time(lag) = link.lag else { panic!("shares are not drawn") };
            let minutes = lag.minutes(self.project.calendars[task.calendar].work_time);
            let bound = match (lag.is_elapsed(), minutes) {
                (true, _) => from.0 + minutes,
                (false, lag) if lag >= 0 => self.walk(task.calendar, from.0, lag, STEP),
                (false, lag) => self.walk(task.calendar, from.0, -lag, -STEP),
            };
            // Two names of one instant: nobody works between them.
            if steps(to.0, bound).any(|minute| self.somebody_works(task, minute)) {
                let other = &self.project.task(link.predecessor).id;
                found.push(format!("{} breaks {} from {other}", task.id, link.kind.letters()));
            }
        }
    }

    /// The instant after so many worked minutes of a calendar, forward or backward.
    fn walk(&self, calendar: usize, from: i64, minutes: i64, step: i64) -> i64 {
        let (mut at, mut left) = (from, minutes);
        while left > 0 {
            left -= STEP * i64::from(self.calendar_works(calendar, at.min(at + step)));
            at += step;
        }
        at
    }
}

fn steps(from: i64, to: i64) -> impl Iterator<Item = i64> {
    (from..to).step_by(usize::try_from(STEP).unwrap())
}
