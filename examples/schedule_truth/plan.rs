//! Plans with stored dates, as JSON: what they say, and the project that milepost makes of them.

use std::collections::BTreeMap;

use jiff::civil::{Date, DateTime};
use serde::Deserialize;

use milepost::diagnostic::Span;
use milepost::model::{
    Assignee, Assignment, Calendar, Constraint, ConstraintKind, Conventions, Lag, Link, LinkKind, Person,
    PersonNo, ProgressLogic, Project, ScheduleFrom, Shift, Task, TaskKind, TaskNo, Work,
};
use milepost::plan::Facts;
use milepost::quantity::{Duration, Estimate, Id, Instant, Moment, Percent, WorkTime};

/// A foreign plan.
#[derive(Debug, Deserialize)]
pub struct Plan {
    pub source: Option<String>,
    pub start: DateTime,
    pub finish: DateTime,
    pub schedule_from: Option<String>,
    pub minutes_per_day: i64,
    pub minutes_per_week: i64,
    pub days_per_month: i64,
    pub default_calendar: u32,
    pub calendars: Vec<PlanCalendar>,
    pub resources: Vec<Resource>,
    pub tasks: Vec<PlanTask>,
    pub links: Vec<PlanLink>,
    pub assignments: Vec<PlanAssignment>,
}

/// Who computed the dates of a plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Source {
    /// Microsoft Project itself.
    MicrosoftProject,
    /// The library MPXJ, after the manner of Microsoft Project.
    Mpxj,
}

/// A calendar with everything it inherits.
#[derive(Debug, Deserialize)]
pub struct PlanCalendar {
    pub uid: u32,
    pub week: BTreeMap<String, Vec<(String, String)>>,
    pub exceptions: BTreeMap<Date, Vec<(String, String)>>,
}

/// Somebody, or something, that is assigned.
#[derive(Debug, Deserialize)]
pub struct Resource {
    pub uid: i64,
    pub r#type: Option<String>,
    pub calendar: Option<u32>,
}

/// A task with what is typed and, under `truth`, what was computed.
#[derive(Debug, Deserialize)]
pub struct PlanTask {
    pub uid: i64,
    pub parent: Option<i64>,
    pub summary: bool,
    pub active: bool,
    pub r#type: Option<String>,
    /// `MANUALLY_SCHEDULED` where the dates were set by hand.
    pub mode: Option<String>,
    pub duration_min: f64,
    pub duration_units: String,
    pub calendar: Option<u32>,
    pub ignore_resource_calendar: bool,
    pub constraint: String,
    pub constraint_date: Option<DateTime>,
    pub deadline: Option<DateTime>,
    pub actual_start: Option<DateTime>,
    pub actual_finish: Option<DateTime>,
    pub remaining_dur_min: f64,
    pub resume: Option<DateTime>,
    /// Such as `6.0ed`: by how much levelling delays its start.
    pub leveling_delay: Option<String>,
    pub truth: Truth,
}

/// What the program that saved the plan had computed; slack in working minutes.
#[derive(Clone, Debug, Deserialize)]
pub struct Truth {
    pub start: Option<DateTime>,
    pub finish: Option<DateTime>,
    #[serde(rename = "ls")]
    pub late_start: Option<DateTime>,
    #[serde(rename = "lf")]
    pub late_finish: Option<DateTime>,
    #[serde(rename = "free_slack_min")]
    pub free_slack: Option<f64>,
    #[serde(rename = "total_slack_min")]
    pub total_slack: Option<f64>,
}

/// A link.
#[derive(Debug, Deserialize)]
pub struct PlanLink {
    pub pred: i64,
    pub succ: i64,
    pub r#type: String,
    pub lag: f64,
    pub lag_units: String,
}

/// Who works on what.
#[derive(Debug, Deserialize)]
pub struct PlanAssignment {
    pub task: i64,
    pub resource: i64,
    pub units_pct: f64,
    pub work_min: Option<f64>,
}

impl Plan {
    pub fn source(&self) -> Source {
        match &self.source {
            Some(source) if source.starts_with("MPXJ") => Source::Mpxj,
            _ => Source::MicrosoftProject,
        }
    }

    /// The project, what was reported, and for each of its tasks the place in `tasks`.
    pub fn project(&self) -> (Project, Facts, Vec<usize>) {
        let calendars: Vec<Calendar> =
            self.calendars.iter().map(|calendar| self.calendar(calendar)).collect();
        let place = |uid: u32| self.calendars.iter().position(|calendar| calendar.uid == uid);
        let own = place(self.default_calendar).unwrap_or(0);
        let mut project = Project::empty("plan", moment(self.start), calendars[own].clone());
        project.calendar = own;
        project.calendars = calendars;
        let mut people: BTreeMap<i64, PersonNo> = BTreeMap::new();
        for resource in &self.resources {
            if resource.r#type.as_deref() != Some("WORK") {
                continue;
            }
            people.insert(resource.uid, PersonNo(u32::try_from(project.team.people.len()).unwrap()));
            project.team.people.push(Person {
                name: format!("R{}", resource.uid),
                calendar: resource.calendar.and_then(place),
                ..Person::new(id("r", resource.uid))
            });
        }
        let listed: Vec<usize> = (0..self.tasks.len()).filter(|place| self.is_scheduled(*place)).collect();
        let number_of: BTreeMap<i64, TaskNo> = listed
            .iter()
            .enumerate()
            .map(|(number, place)| (self.tasks[*place].uid, TaskNo(u32::try_from(number).unwrap())))
            .collect();
        for place_in_plan in &listed {
            let written = &self.tasks[*place_in_plan];
            let mut task =
                Task::new(id("t", written.uid), written.kind(self.length_of_work(written, &people)));
            task.parent = written.parent.and_then(|parent| number_of.get(&parent)).copied();
            task.calendar = written.calendar.and_then(place).unwrap_or(own);
            task.has_own_calendar = written.calendar.is_some();
            task.ignores_people = written.ignore_resource_calendar;
            task.constraints.extend(written.constraint());
            task.deadline = written.deadline.map(|at| (moment(at), Span::default()));
            if written.mode.as_deref() == Some("MANUALLY_SCHEDULED") && !written.summary {
                task.is_manual = true;
                task.constraints = written.dates_by_hand();
            }
            // A delay by levelling is a decision of its own; what follows from it is computed.
            if written.is_delayed() && written.actual_start.is_none() {
                task.constraints
                    .extend(written.truth.start.map(|start| bound(ConstraintKind::StartsNotBefore, start)));
            }
            task.links = self.links_into(written.uid, &number_of);
            task.assignments = self.assignments_to(written.uid, &people);
            project.tasks.push(task);
        }
        project.scheduling.progress_logic = ProgressLogic::Override;
        project.scheduling.conventions = Conventions::MicrosoftProject;
        if self.schedule_from.as_deref() == Some("1") {
            project.scheduling.from = ScheduleFrom::Finish(moment(self.finish));
        }
        let mut facts = Facts::none(&project);
        for (number, place_in_plan) in listed.iter().enumerate() {
            let written = &self.tasks[*place_in_plan];
            let progress = &mut facts.progress[number];
            progress.actual_start = written.actual_start.map(moment);
            progress.actual_finish = written.actual_finish.map(moment);
            if written.actual_start.is_some() && written.actual_finish.is_none() {
                progress.remaining = Some(length(written.remaining_dur_min, written.is_elapsed()));
                progress.resume = written.resume.map(moment);
            }
        }
        (project, facts, listed)
    }

    fn is_scheduled(&self, place: usize) -> bool {
        self.tasks[place].active && self.tasks[place].truth.start.is_some()
    }

    fn calendar(&self, written: &PlanCalendar) -> Calendar {
        let mut calendar = Calendar::standard(id("c", i64::from(written.uid)));
        for (place, day) in ["mon", "tue", "wed", "thu", "fri", "sat", "sun"].iter().enumerate() {
            calendar.week[place] = written.week.get(*day).map(|shifts| shifts_of(shifts)).unwrap_or_default();
        }
        calendar.extra_days =
            written.exceptions.iter().map(|(day, shifts)| (*day, shifts_of(shifts))).collect();
        calendar.work_time =
            WorkTime { minutes_per_day: self.minutes_per_day, minutes_per_week: self.minutes_per_week };
        calendar
    }

    /// How long people need for their work on a task that has not begun: work ÷ units of whoever needs longest. The
    /// stored duration is only a consequence of it, unless the task has a fixed one.
    fn length_of_work(&self, task: &PlanTask, people: &BTreeMap<i64, PersonNo>) -> Option<f64> {
        if task.r#type.as_deref() == Some("FIXED_DURATION")
            || task.is_elapsed()
            || task.actual_start.is_some()
        {
            return None;
        }
        let to = self
            .assignments
            .iter()
            .filter(|part| part.task == task.uid && people.contains_key(&part.resource));
        let lengths = to.filter(|part| part.units_pct > 0.0).filter_map(|part| {
            part.work_min.filter(|work| *work > 0.0).map(|work| work * 100.0 / part.units_pct)
        });
        lengths.reduce(f64::max)
    }

    fn links_into(&self, uid: i64, number_of: &BTreeMap<i64, TaskNo>) -> Vec<Link> {
        let into = self.links.iter().filter(|link| link.succ == uid);
        into.filter_map(|link| {
            let kind = match link.r#type.as_str() {
                "FS" => LinkKind::FinishStart,
                "SS" => LinkKind::StartStart,
                "FF" => LinkKind::FinishFinish,
                "SF" => LinkKind::StartFinish,
                other => panic!("a link of type {other}"),
            };
            let predecessor = *number_of.get(&link.pred)?;
            Some(Link { predecessor, kind, lag: self.lag(link), origin: Span::default() })
        })
        .collect()
    }

    fn lag(&self, link: &PlanLink) -> Lag {
        let per_day = self.minutes_per_day;
        let working = |unit: i64| Lag::Time(Duration::of_minutes(rounded(link.lag * unit as f64)));
        let elapsed = |unit: i64| Lag::Time(Duration::of_clock_minutes(rounded(link.lag * unit as f64)));
        match link.lag_units.as_str() {
            "%" => Lag::Share { hundredths: rounded(link.lag * 100.0), elapsed: false },
            "e%" => Lag::Share { hundredths: rounded(link.lag * 100.0), elapsed: true },
            "m" => working(1),
            "h" => working(60),
            "d" => working(per_day),
            "w" => working(self.minutes_per_week),
            "mo" => working(self.days_per_month * per_day),
            "em" => elapsed(1),
            "eh" => elapsed(60),
            "ed" => elapsed(1_440),
            "ew" => elapsed(7 * 1_440),
            "emo" => elapsed(30 * 1_440),
            other => panic!("a lag in {other}"),
        }
    }

    fn assignments_to(&self, uid: i64, people: &BTreeMap<i64, PersonNo>) -> Vec<Assignment> {
        let to = self.assignments.iter().filter(|assignment| assignment.task == uid);
        to.filter_map(|assignment| {
            Some(Assignment {
                assignee: Assignee::Person(*people.get(&assignment.resource)?),
                share: Percent::from_hundredths(rounded(assignment.units_pct * 100.0)),
                origin: Span::default(),
            })
        })
        .collect()
    }
}

impl PlanTask {
    pub fn is_elapsed(&self) -> bool {
        self.duration_units.starts_with('e')
    }

    fn kind(&self, length_of_work: Option<f64>) -> TaskKind {
        if self.summary {
            return TaskKind::Summary;
        }
        if self.duration_min == 0.0 {
            return TaskKind::Milestone;
        }
        let minutes = length_of_work.unwrap_or(self.duration_min);
        TaskKind::Work(Work::Duration(Estimate::single(length(minutes, self.is_elapsed()))))
    }

    fn is_delayed(&self) -> bool {
        let digits = |text: &String| text.chars().any(|c| ('1'..='9').contains(&c));
        self.leveling_delay.as_ref().is_some_and(digits)
    }

    /// The dates of a task that was scheduled by hand.
    fn dates_by_hand(&self) -> Vec<Constraint> {
        let dates =
            [(ConstraintKind::MustStart, self.truth.start), (ConstraintKind::MustFinish, self.truth.finish)];
        dates.into_iter().filter_map(|(kind, at)| Some(bound(kind, at?))).collect()
    }

    fn constraint(&self) -> Option<Constraint> {
        let kind = match self.constraint.as_str() {
            "AS_SOON_AS_POSSIBLE" => return None,
            "AS_LATE_AS_POSSIBLE" => ConstraintKind::AsLateAsPossible,
            "START_NO_EARLIER_THAN" => ConstraintKind::StartsNotBefore,
            "START_NO_LATER_THAN" => ConstraintKind::StartsNotAfter,
            "FINISH_NO_EARLIER_THAN" => ConstraintKind::FinishesNotBefore,
            "FINISH_NO_LATER_THAN" => ConstraintKind::FinishesNotAfter,
            "MUST_START_ON" => ConstraintKind::MustStart,
            "MUST_FINISH_ON" => ConstraintKind::MustFinish,
            other => panic!("a constraint {other}"),
        };
        Some(Constraint { kind, at: self.constraint_date.map(moment), origin: Span::default() })
    }
}

fn bound(kind: ConstraintKind, at: DateTime) -> Constraint {
    Constraint { kind, at: Some(moment(at)), origin: Span::default() }
}

fn id(letter: &str, uid: i64) -> Id {
    format!("{letter}{uid}").parse().unwrap()
}

fn length(minutes: f64, elapsed: bool) -> Duration {
    let whole = rounded(minutes);
    if elapsed { Duration::of_clock_minutes(whole) } else { Duration::of_minutes(whole) }
}

#[expect(clippy::cast_possible_truncation, reason = "minutes of a plan are far below 2^53")]
fn rounded(number: f64) -> i64 {
    number.round() as i64
}

fn shifts_of(written: &[(String, String)]) -> Vec<Shift> {
    let minute = |text: &str| {
        let (hour, minute) = text.split_once(':').unwrap();
        hour.parse::<u32>().unwrap() * 60 + minute.parse::<u32>().unwrap()
    };
    written.iter().map(|(start, end)| Shift { start: minute(start), end: minute(end) }).collect()
}

/// A stored date to the nearest minute, as an author would type it.
fn moment(at: DateTime) -> Moment {
    let at = instant(at);
    Moment::at(at.day(), u32::try_from(at.minute_of_day()).unwrap())
}

/// A stored date to the nearest minute.
pub fn instant(at: DateTime) -> Instant {
    Instant::from_civil(at).plus(i64::from(at.second() >= 30))
}
