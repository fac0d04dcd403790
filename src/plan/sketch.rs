//! Small projects for tests, written by hand.

use jiff::civil::Date;

use crate::diagnostic::Span;
use crate::model::{
    Absence, Assignee, Assignment, Calendar, Closure, ClosureKind, Constraint, ConstraintKind, Link,
    LinkKind, Person, PersonNo, Project, Role, RoleNo, Task, TaskKind, TaskNo, Work,
};
use crate::plan::{Facts, Schedule, Slot, schedule};
use crate::quantity::{Estimate, Id, Percent, Window, parse_window};

/// A project under construction.
#[derive(Clone, Debug)]
pub(crate) struct Sketch {
    pub(crate) project: Project,
}

impl Sketch {
    /// A project without tasks on the standard calendar with the given closures.
    pub(crate) fn starting(day: &str, closures: &[&str]) -> Self {
        let mut calendar = Calendar::standard(id("standard"));
        calendar.closures = closures.iter().map(|window| closure(window)).collect();
        let start = day.parse().unwrap();
        let project = Project { name: "Sketch".to_owned(), ..Project::empty("sketch", start, calendar) };
        Self { project }
    }

    /// Adds a calendar: the project's own with further closures. Gives its place.
    pub(crate) fn calendar(&mut self, name: &str, closures: &[&str]) -> usize {
        let mut calendar = self.project.calendars[0].clone();
        calendar.id = id(name);
        calendar.closures.extend(closures.iter().map(|window| closure(window)));
        self.project.calendars.push(calendar);
        self.project.calendars.len() - 1
    }

    /// Adds somebody who is away at times.
    pub(crate) fn person(&mut self, name: &str, absences: &[&str]) -> PersonNo {
        self.project.team.people.push(Person {
            id: id(name),
            name: name.to_owned(),
            role: None,
            rate: None,
            team: None,
            available: Percent::WHOLE,
            availability: Vec::new(),
            absences: absences
                .iter()
                .map(|window| Absence { window: window_of(window), origin: Span::default() })
                .collect(),
            calendar: None,
            is_shared: false,
            origin: Span::default(),
        });
        PersonNo(u32::try_from(self.project.team.people.len() - 1).unwrap())
    }

    /// Adds a role of so many heads.
    pub(crate) fn role(&mut self, name: &str, heads: Option<u32>) -> RoleNo {
        self.project.team.roles.push(Role {
            id: id(name),
            name: name.to_owned(),
            rate: None,
            heads,
            heads_by_time: Vec::new(),
            is_shared: false,
            origin: Span::default(),
        });
        RoleNo(u32::try_from(self.project.team.roles.len() - 1).unwrap())
    }

    /// Adds work of a length, after others: `"a"`, `"a SS +2d"`, `"a FF"`.
    pub(crate) fn work(&mut self, name: &str, duration: &str, after: &[&str]) -> &mut Task {
        let estimate: Estimate = duration.parse().unwrap();
        self.task(name, TaskKind::Work(Work::Duration(estimate)), after)
    }

    /// Adds any task.
    pub(crate) fn task(&mut self, name: &str, kind: TaskKind, after: &[&str]) -> &mut Task {
        let links = after.iter().map(|text| self.link(text)).collect();
        self.project.tasks.push(Task { links, ..Task::new(id(name), kind) });
        self.project.tasks.last_mut().unwrap()
    }

    /// Adds a link to the task added last.
    pub(crate) fn link(&self, text: &str) -> Link {
        let mut words = text.split(' ');
        let predecessor = self.number(words.next().unwrap());
        let kind = match words.next().unwrap_or("FS") {
            "FS" => LinkKind::FinishStart,
            "SS" => LinkKind::StartStart,
            "FF" => LinkKind::FinishFinish,
            "SF" => LinkKind::StartFinish,
            other => panic!("no such link: {other}"),
        };
        let lag = words.next().unwrap_or("0d").parse().unwrap();
        Link { predecessor, kind, lag, origin: Span::default() }
    }

    pub(crate) fn number(&self, name: &str) -> TaskNo {
        self.project.task_by_id(&id(name)).unwrap_or_else(|| panic!("no task {name}"))
    }

    /// The plan as typed.
    pub(crate) fn planned(&self) -> Schedule {
        schedule(&self.project, &Facts::none(&self.project))
    }

    pub(crate) fn slot<'a>(&self, schedule: &'a Schedule, name: &str) -> &'a Slot {
        schedule.slot(self.number(name))
    }

    /// First and last day of a task, as `08-03 → 08-12`.
    pub(crate) fn days(&self, schedule: &Schedule, name: &str) -> String {
        let slot = self.slot(schedule, name);
        format!("{} → {}", short(slot.first_day()), short(slot.last_day()))
    }
}

impl Task {
    /// Puts the task on a calendar of its own.
    pub(crate) fn on(&mut self, calendar: usize) -> &mut Self {
        self.calendar = calendar;
        self.has_own_calendar = true;
        self
    }

    /// Adds a constraint.
    pub(crate) fn bound(&mut self, kind: ConstraintKind, day: &str) -> &mut Self {
        let at = (kind != ConstraintKind::AsLateAsPossible).then(|| day.parse().unwrap());
        self.constraints.push(Constraint { kind, at, origin: Span::default() });
        self
    }

    /// Sets the deadline.
    pub(crate) fn due(&mut self, day: &str) -> &mut Self {
        self.deadline = Some((day.parse().unwrap(), Span::default()));
        self
    }

    /// Puts the task below a summary.
    pub(crate) fn below(&mut self, parent: TaskNo) -> &mut Self {
        self.parent = Some(parent);
        self
    }

    /// Assigns somebody for so many percent.
    pub(crate) fn assign(&mut self, assignee: Assignee, percent: i64) -> &mut Self {
        self.assignments.push(Assignment {
            assignee,
            share: Percent::from_hundredths(percent * 100),
            origin: Span::default(),
        });
        self
    }
}

pub(crate) fn id(name: &str) -> Id {
    name.parse().unwrap()
}

pub(crate) fn date(day: &str) -> Date {
    day.parse().unwrap()
}

fn short(day: Date) -> String {
    day.to_string()[5..].to_owned()
}

fn window_of(text: &str) -> Window {
    parse_window(text).unwrap()
}

fn closure(window: &str) -> Closure {
    Closure {
        window: window_of(window),
        reason: "closed".to_owned(),
        kind: ClosureKind::Closed,
        origin: Span::default(),
    }
}
