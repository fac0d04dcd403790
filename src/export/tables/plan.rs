//! Tables of the plan: tasks, links, milestones, progress, load.

use schemars::JsonSchema;
use serde::Serialize;

use super::Source;
use crate::export::value::{Day, Money, Number};
use crate::model::{Assignee, Decision, Lag, LinkKind, TaskKind, TaskNo};
use crate::page::Desk;
use crate::page::load_table::share_of;
use crate::page::milestones::{milestone_state, points_by_date};
use crate::plan::{Driver, Slot, State};
use crate::quantity::{GateId, MINUTES_OF_DAY, Percent};

/// A line of the plan.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct TaskRow {
    /// Its id in `plan.yaml`.
    pub id: String,
    /// Its name.
    pub name: String,
    /// `work`, `milestone`, `gate`, `hammock` or `summary`.
    pub kind: &'static str,
    /// The stage it is listed under.
    pub stage: &'static str,
    /// The id of the summary that holds it.
    pub parent: Option<String>,
    /// Who answers for it.
    pub owner: Option<String>,
    /// Who works on it: ids of people, heads of roles, each with its share where it is not the whole day.
    pub assigned: Vec<String>,
    /// `not started`, `in progress` or `finished`.
    pub state: &'static str,
    /// First day: actual where it has begun, else forecast. A day of the forecast is null, here and below, where what it rests on could not
    /// be read.
    pub start: Option<Day>,
    /// Last day: actual where it is finished, else forecast.
    pub finish: Option<Day>,
    /// First day as promised by the baseline, or by the plan where there is none.
    pub promised_start: Option<Day>,
    /// Last day as promised.
    pub promised_finish: Option<Day>,
    /// Working days of the project's calendar that the finish lies behind the promise; negative when ahead.
    pub slip_days: Option<i64>,
    /// Working days of its own calendar from start to finish; days by the clock where its length runs by the clock (`3ed`).
    pub duration_days: Number,
    /// Working days still needed; days by the clock where its length runs by the clock.
    pub remaining_days: Number,
    /// How much of the work is physically done, in percent.
    pub done_percent: Number,
    /// Working days it can slip without moving the finish, days by the clock where its length runs by the clock; null when finished.
    pub total_float_days: Option<Number>,
    /// The same without moving another task; null when finished.
    pub free_float_days: Option<Number>,
    /// Whether it is open and decides the finish of the project.
    pub is_critical: bool,
    /// The day by which it should finish; never moves it.
    pub deadline: Option<Day>,
    /// Working days of room to the tightest deadline at or behind it, days by the clock where its length runs by the clock; negative
    /// when missed.
    pub deadline_margin_days: Option<Number>,
    /// The id of its calendar.
    pub calendar: String,
    /// Budget at completion.
    pub budget: Money,
    /// Planned value by the status date.
    pub planned_value: Money,
    /// Earned value by the status date.
    pub earned_value: Money,
    /// Actual cost by the status date.
    pub actual_cost: Money,
    /// Effort planned, in days of one person.
    pub planned_effort_days: Number,
    /// Effort booked by the status date, in days of one person.
    pub booked_effort_days: Number,
}

/// Every line of the plan, in its order.
pub(super) fn tasks(desk: &Desk<'_>) -> Vec<TaskRow> {
    desk.project.tasks().map(|(number, _, slot)| task(Source::of(desk), number, slot)).collect()
}

fn task(source: Source<'_>, number: TaskNo, slot: &Slot) -> TaskRow {
    let desk = source.desk;
    let (project, control) = (&desk.project.project, &desk.project.control);
    let task = project.task(number);
    let per_day = project.minutes_per_day_of(number);
    let days = |minutes: i64| Number::days(minutes, per_day);
    let by_clock = task.runs_by_the_clock();
    let room_per_day = project.room_days_of(number).minutes();
    let room = |minutes: i64| Number::days(minutes, room_per_day);
    let clock_days = |minutes: i64| Number::days(minutes, MINUTES_OF_DAY);
    let value = &control.tasks[number.0 as usize];
    let promised = control.reference.tasks[number.0 as usize];
    let is_open = slot.state != State::Finished;
    let has_room = is_open && !task.is_summary() && desk.project.are_days_known;
    let last_day = desk.project.last_day(number).map(Day);
    let money = |amount| Money::new(amount, source.currency);
    let effort = |effort| Number::effort(effort, desk.project.minutes_per_day());
    TaskRow {
        id: task.id.to_string(),
        name: task.name.clone(),
        kind: kind_word(&task.kind),
        stage: task.stage.key(),
        parent: task.parent.map(|parent| project.task(parent).id.to_string()),
        owner: source.person(task.owner),
        assigned: assigned(desk, number),
        state: state_word(slot.state),
        start: if task.is_point() { last_day } else { desk.project.first_day(number).map(Day) },
        finish: last_day,
        promised_start: promised.map(|promised| Day(promised.start)),
        promised_finish: promised.map(|promised| Day(promised.finish)),
        slip_days: desk.slip_of(number),
        duration_days: if by_clock { clock_days(slot.duration_by_clock()) } else { days(slot.duration) },
        remaining_days: if by_clock { clock_days(slot.remaining_by_clock()) } else { days(slot.remaining) },
        done_percent: Number::percent_of(value.physical),
        total_float_days: has_room.then(|| room(slot.total_float)),
        free_float_days: has_room.then(|| room(slot.free_float)),
        is_critical: slot.critical && is_open && desk.project.are_days_known,
        deadline: task.deadline.map(|(deadline, _)| Day(deadline.day)),
        deadline_margin_days: slot.deadline_margin.filter(|_| has_room).map(room),
        calendar: project.calendars[task.calendar].id.to_string(),
        budget: money(value.budget),
        planned_value: money(value.planned_value),
        earned_value: money(value.earned_value),
        actual_cost: money(value.actual_cost),
        planned_effort_days: effort(value.planned_effort),
        booked_effort_days: effort(value.actual_effort),
    }
}

/// What kind of line a task is, in a word.
fn kind_word(kind: &TaskKind) -> &'static str {
    match kind {
        TaskKind::Work(_) => "work",
        TaskKind::Milestone => "milestone",
        TaskKind::Gate(_) => "gate",
        TaskKind::Hammock { .. } => "hammock",
        TaskKind::Summary => "summary",
    }
}

fn state_word(state: State) -> &'static str {
    match state {
        State::NotStarted => "not started",
        State::InProgress => "in progress",
        State::Finished => "finished",
    }
}

fn assigned(desk: &Desk<'_>, number: TaskNo) -> Vec<String> {
    let team = &desk.project.project.team;
    let assignments = desk.project.project.task(number).assignments.iter();
    assignments
        .map(|assignment| {
            let who = match assignment.assignee {
                Assignee::Person(person) => team.people[person.0 as usize].id.to_string(),
                Assignee::Role { role, heads } => format!("{heads} x {}", team.roles[role.0 as usize].id),
            };
            if assignment.share == Percent::WHOLE { who } else { format!("{who} {}", assignment.share) }
        })
        .collect()
}

/// A dependency.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct LinkRow {
    /// The id of the task that comes first; one of another project behind the folder of its project, `branch-network/rollout`.
    pub predecessor: String,
    /// The id of the task that waits.
    pub successor: String,
    /// `FS`, `SS`, `FF` or `SF`; the first letter is the predecessor's end.
    pub kind: &'static str,
    /// Time between the two ends as typed: `2d`, `-1d` for a lead, `3ed` through nights and weekends; empty for none.
    pub lag: Option<String>,
    /// Whether it holds the successor where it lies.
    pub is_driving: bool,
}

/// Every link, by the task that waits.
pub(super) fn links(desk: &Desk<'_>) -> Vec<LinkRow> {
    let project = &desk.project.project;
    let of_task = |number: TaskNo| {
        let (task, slot) = (project.task(number), desk.project.forecast.slot(number));
        let row = |predecessor: String, (kind, lag): (LinkKind, Lag), driver: Driver| LinkRow {
            predecessor,
            successor: task.id.to_string(),
            kind: kind.letters(),
            lag: (!lag.is_zero()).then(|| lag.to_string()),
            is_driving: slot.drivers.contains(&driver),
        };
        let own = task.links.iter().zip(0..).map(move |(link, place)| {
            let predecessor = project.task(link.predecessor).id.to_string();
            row(predecessor, (link.kind, link.lag), Driver::Link { holder: number, place })
        });
        let external = task.external_links.iter().zip(0..).map(move |(link, place)| {
            row(link.named(), (link.kind, link.lag), Driver::External { holder: number, place })
        });
        own.chain(external)
    };
    project.task_numbers().flat_map(of_task).collect()
}

/// A milestone or gate.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct MilestoneRow {
    /// Its id in `plan.yaml`.
    pub id: String,
    /// Its name.
    pub name: String,
    /// The gate, `G1` to `G5`; null for a milestone.
    pub gate: Option<&'static str>,
    /// The day promised by the baseline, or by the plan where there is none.
    pub promised: Option<Day>,
    /// The day it was reached on, or else its forecast; null where it will not come, because the project was stopped, and where what the
    /// forecast rests on could not be read.
    pub day: Option<Day>,
    /// Whether it has been reached; of a gate, whether the board let the project go on there.
    pub is_reached: bool,
    /// What the board decided at the gate by the status date: `approve`, `approve with conditions`, `rework`, `hold` or `stop`; null for
    /// a milestone, and before a decision.
    pub decision: Option<&'static str>,
    /// Working days that it lies behind the promise; negative when ahead.
    pub slip_days: Option<i64>,
    /// The day by which it should be reached.
    pub deadline: Option<Day>,
    /// How it stands, in the words of the pages.
    pub state: String,
}

/// Milestones and gates by their dates.
pub(super) fn milestones(desk: &Desk<'_>) -> Vec<MilestoneRow> {
    let project = &desk.project.project;
    let row = |number: TaskNo| {
        let (task, slot) = (project.task(number), desk.project.forecast.slot(number));
        let state = milestone_state(desk, number);
        let promised = desk.project.control.reference.tasks[number.0 as usize];
        let gate = match task.kind {
            TaskKind::Gate(gate) => Some(gate),
            _ => None,
        };
        let record = gate.and_then(|gate| project.gates.get(&gate));
        let decision = record.and_then(|record| record.decision_on(desk.project.status_date));
        MilestoneRow {
            id: task.id.to_string(),
            name: task.name.clone(),
            gate: gate.map(GateId::key),
            promised: promised.map(|promised| Day(promised.finish)),
            day: state.day.map(Day),
            is_reached: slot.state == State::Finished && decision.is_none_or(Decision::passes),
            decision: decision.map(Decision::key),
            slip_days: state.slip,
            deadline: task.deadline.map(|(deadline, _)| Day(deadline.day)),
            state: state.status.word,
        }
    };
    points_by_date(desk.project).into_iter().map(row).collect()
}

/// What was reported of a task.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct ProgressRow {
    /// The day as of which it was reported.
    pub status_date: Day,
    /// The id of the task.
    pub task: String,
    /// When work began.
    pub actual_start: Option<Day>,
    /// When it ended.
    pub actual_finish: Option<Day>,
    /// How much of the work was physically done, in percent.
    pub done_percent: Option<Number>,
    /// The step that was done.
    pub step: Option<String>,
    /// Units done so far.
    pub units_done: Option<i64>,
    /// Units there were in all.
    pub units_total: Option<i64>,
    /// Working time still needed, as typed: `3d`.
    pub remaining: Option<String>,
    /// When the work that was left went on, where it paused.
    pub resume: Option<Day>,
    /// Remark.
    pub note: Option<String>,
}

/// What was reported by the status date, in order of time.
pub(super) fn progress(desk: &Desk<'_>) -> Vec<ProgressRow> {
    let project = &desk.project.project;
    let known = project.progress.iter().filter(|entry| entry.status_date <= desk.project.status_date);
    known
        .map(|entry| {
            let task = project.task(entry.task);
            ProgressRow {
                status_date: Day(entry.status_date),
                task: task.id.to_string(),
                actual_start: entry.actual_start.map(|at| Day(at.day)),
                actual_finish: entry.actual_finish.map(|at| Day(at.day)),
                done_percent: entry.percent_complete.map(Number::percent),
                step: entry.step.and_then(|place| match &task.earning {
                    crate::model::Earning::Steps(steps) => steps.get(place).map(|step| step.name.clone()),
                    _ => None,
                }),
                units_done: entry.units_done,
                units_total: entry.units_total,
                remaining: entry.remaining.map(|length| length.to_string()),
                resume: entry.resume.map(|at| Day(at.day)),
                note: entry.note.clone(),
            }
        })
        .collect()
}

/// A week of a person or role.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct LoadRow {
    /// The id of the person or role.
    pub id: String,
    /// The name.
    pub who: String,
    /// `person` or `role`.
    pub kind: &'static str,
    /// The Monday the week begins with.
    pub week: Day,
    /// Effort that the schedule asks for, in days of one person.
    pub booked_days: Number,
    /// Effort that can be given, in days of one person.
    pub capacity_days: Number,
    /// Asked for in percent of what can be given; null where nothing can be given.
    pub load_percent: Option<Number>,
    /// The ids of the tasks that ask for it.
    pub tasks: Vec<String>,
}

/// The load that the page of people shows, week by week.
pub(super) fn load(desk: &Desk<'_>) -> Vec<LoadRow> {
    let (team, load) = (&desk.project.project.team, &desk.project.load);
    let people = load.people.iter().map(|of| {
        let person = &team.people[of.person.0 as usize];
        (person.id.to_string(), person.name.clone(), "person", &of.weeks)
    });
    let roles = load.roles.iter().map(|of| {
        let role = &team.roles[of.role.0 as usize];
        (role.id.to_string(), role.name.clone(), "role", &of.weeks)
    });
    let per_day = desk.project.minutes_per_day();
    let mut rows = Vec::new();
    for (id, who, kind, weeks) in people.chain(roles) {
        rows.extend(weeks.iter().map(|week| LoadRow {
            id: id.clone(),
            who: who.clone(),
            kind,
            week: Day(week.monday),
            booked_days: Number::effort(week.booked, per_day),
            capacity_days: Number::effort(week.capacity, per_day),
            load_percent: share_of(week).map(|share| Number::rounded(share.get() * 100.0)),
            tasks: week.tasks.iter().map(|task| desk.project.project.task(*task).id.to_string()).collect(),
        }));
    }
    rows
}
