//! The schedule: when everything happens, what drives it, and how much room there is.

use serde::Serialize;

use crate::chart::float_spread;
use crate::chart::gantt::folded;
use crate::format;
use crate::model::{Calendar, ClosureKind};
use crate::page::address::Address;
use crate::page::desk::Desk;
use crate::page::driving_path::{PathStep, driving_path};
use crate::page::levers::{Levers, levers};
use crate::page::lost_time::{losses, lost_words, waited_words};
use crate::page::milestones::milestones;
use crate::page::schedule_risk::{RiskView, schedule_risk};
use crate::page::task::{TASKS_WITH_PAGES, has_task_pages};
use crate::page::task_table::{is_in_short, task_tables};
use crate::page::verdict::{reference_words, time_sentence};
use crate::page::view::{Cell, Chart, FEW_MORE, Row, Table};
use crate::page::why_list::{WhyOfTask, explained, left_out_words, on_paper_words, whys};
use crate::page::why_words::days_worked;
use crate::page::why_words::nights_worked;
use crate::page::{Entry, Group, Made, ProjectPage};
use crate::plan::State;
use crate::report::ProjectReport;

/// The schedule page.
pub struct SchedulePage;

/// Weeks that the look-ahead covers.
const WEEKS_AHEAD: i64 = 6;

/// What the schedule page shows.
#[derive(Debug, Serialize)]
struct ScheduleView {
    /// When it finishes, how late that is and how sure, in one sentence.
    summary: String,
    /// What it is measured against.
    reference: String,
    /// The Gantt chart; folded where the plan has many rows.
    gantt: Option<Chart>,
    /// The stages of a folded Gantt chart, each to be opened; empty where it is whole.
    gantt_parts: Vec<GanttPart>,
    /// The steps of the driving path as a Gantt chart of few bars.
    path_chart: Option<Chart>,
    /// The steps of the driving path that are finished, first step first.
    path_behind: Vec<PathStep>,
    /// How many those are, in words.
    path_behind_words: String,
    /// The steps that are running or ahead.
    path_ahead: Vec<PathStep>,
    /// Those that follow, folded away; empty where all stand above.
    path_later: Vec<PathStep>,
    /// How many those are, in words.
    path_later_words: String,
    /// Where time was lost or won along it.
    losses: Table,
    /// Every task that is not finished.
    tasks: Table,
    /// Those that are finished.
    tasks_finished: Table,
    /// How many those are, in words.
    tasks_finished_words: String,
    /// What its marks mean, and where its figures open.
    tasks_lead: &'static str,
    /// Whether it is so long that its rows are told in short and make no cards on a telephone.
    are_tasks_in_short: bool,
    /// That tasks have no pages of their own, in plans that are too long for it.
    without_pages: Option<String>,
    /// Why each open task lies where it does.
    whys: Vec<WhyOfTask>,
    /// Which of them paper shows, where it shows any.
    whys_on_paper: Option<String>,
    /// That only some are explained, where the plan has too many for a page.
    whys_left_out: Option<String>,
    /// Why days of what is to come are not known; none where they are.
    days_unread: Option<String>,
    /// Tasks with little float.
    near_critical: Table,
    /// Up to which float that is, in words.
    near_critical_up_to: String,
    /// How float is spread over open tasks; empty where none is open.
    floats: Table,
    /// The same as a chart.
    float_chart: Option<Chart>,
    /// Milestones and gates.
    milestones: Table,
    /// Slips of milestones as a chart.
    slip: Option<Chart>,
    /// How their forecasts moved from report to report.
    trend: Option<Chart>,
    /// How sure the finish is; none where nothing varies.
    risk: Option<RiskView>,
    /// What a day more or less does.
    levers: Option<Levers>,
    /// What starts, runs and ends in each of the next weeks.
    weeks: Table,
    /// The calendars and the days on which they are closed.
    calendars: Vec<CalendarView>,
    /// Where rules about calendars and lags are explained.
    method: Option<String>,
}

/// A stage of a folded Gantt chart.
#[derive(Debug, Serialize)]
struct GanttPart {
    /// Its anchor: `gantt-part-3`.
    id: String,
    /// Its name.
    title: String,
    /// How many rows it has, and when.
    words: String,
    /// The drawing.
    svg: String,
}

/// A calendar in words.
#[derive(Debug, Serialize)]
struct CalendarView {
    /// Its id.
    name: String,
    /// Its week: `Mon–Fri 08:00–12:00, 13:00–17:00`, and what a day counts for.
    week: String,
    /// How many tasks follow it, in words.
    used_by: String,
    /// Days that differ from the week: closed, worked otherwise, or worked beside it.
    closures: Table,
}

/// What stands above the table of all tasks.
fn tasks_lead(desk: &Desk<'_>) -> &'static str {
    match (is_in_short(desk), has_task_pages(desk)) {
        (false, _) => {
            "A bar at the side marks tasks without float. Float and margins in working days, of work by the clock in days of 24 hours (ed)."
        }
        (true, true) => {
            "A bar at the side marks tasks without float. Float and margins in working days, of work by the clock in days of 24 hours (ed). Dates are of record where a task is \
             finished, else forecast. Each figure opens to its formula on the page of its task."
        }
        (true, false) => {
            "A bar at the side marks tasks without float. Float and margins in working days, of work by the clock in days of 24 hours (ed). Dates are of record where a task is \
             finished, else forecast."
        }
    }
}

/// Why the rows of tasks lead to no pages of their own; none where they do.
fn without_pages(desk: &Desk<'_>) -> Option<String> {
    (!has_task_pages(desk)).then(|| {
        format!(
            "Only plans of up to {} have a page for each: what leads to a task leads to its row here. `milepost why {}/TASK` \
             explains any of them.",
            format::count(TASKS_WITH_PAGES, "task"),
            desk.folder()
        )
    })
}

/// So many steps and levers are shown; the others are folded away.
const SHOWN: usize = 8;

impl ProjectPage for SchedulePage {
    fn kind(&self) -> &'static str {
        "schedule"
    }

    fn group(&self) -> Group {
        Group::Work
    }

    fn question(&self) -> &'static str {
        "When, why then, and what would move it?"
    }

    fn entries(&self, project: &ProjectReport) -> Vec<Entry> {
        if project.project.tasks.is_empty() {
            return Vec::new();
        }
        vec![Entry::new(Address::page(&project.project.folder, "schedule"), "Schedule")]
    }

    fn make(&self, desk: &Desk<'_>) -> Made {
        let (path_behind, mut path_ahead) =
            driving_path(desk).into_iter().partition::<Vec<_>, _>(|step| step.is_behind);
        let is_long = path_ahead.len() > SHOWN + FEW_MORE;
        let path_later = if is_long { path_ahead.split_off(SHOWN) } else { Vec::new() };
        let explained = explained(desk);
        let whys = whys(desk, &explained);
        let tasks = task_tables(desk, &explained);
        let view = ScheduleView {
            summary: time_sentence(desk),
            reference: reference_words(desk),
            gantt: desk.chart("gantt"),
            gantt_parts: gantt_parts(desk),
            path_chart: desk.chart("driving-path"),
            path_behind_words: format!("{} behind us", format::count(path_behind.len(), "step")),
            path_behind,
            path_ahead,
            path_later_words: format!("{} more to the finish", format::count(path_later.len(), "step")),
            path_later,
            losses: losses_table(desk),
            tasks_finished_words: tasks.finished_words,
            tasks: tasks.open,
            tasks_finished: tasks.finished,
            tasks_lead: tasks_lead(desk),
            are_tasks_in_short: is_in_short(desk),
            without_pages: without_pages(desk),
            whys_on_paper: on_paper_words(desk, &whys),
            whys_left_out: left_out_words(desk, explained.len()),
            whys,
            days_unread: desk.days_unread_sentence(),
            near_critical: near_critical(desk),
            near_critical_up_to: desk.days_words(desk.project.project.scheduling.near_critical),
            floats: floats(desk),
            float_chart: desk.chart("float-spread"),
            milestones: milestones(desk),
            slip: desk.chart("slip"),
            trend: desk.chart("milestone-trend"),
            risk: schedule_risk(desk),
            levers: if desk.project.control.is_stopped {
                None
            } else {
                levers(desk).map(|all| all.in_short(desk).folded(SHOWN))
            },
            weeks: weeks(desk),
            calendars: calendars(desk),
            method: desk.href(&Address::method()),
        };
        Made::new(self.kind(), "Schedule", &view)
    }
}

fn gantt_parts(desk: &Desk<'_>) -> Vec<GanttPart> {
    if !desk.project.are_days_known {
        return Vec::new();
    }
    let parts = folded::unfolded(desk.project, &|id| desk.href_of_id(id));
    let numbered = parts.into_iter().enumerate().map(|(place, part)| GanttPart {
        id: format!("gantt-part-{}", place + 1),
        title: part.title,
        words: part.words,
        svg: part.svg,
    });
    numbered.collect()
}

fn losses_table(desk: &Desk<'_>) -> Table {
    let mut table = Table::new(&[
        "On the driving path",
        "#Wait longer than planned",
        "#Behind at its start",
        "#Behind at its finish",
        "#Added by itself",
    ]);
    // What a board gave up is neither early nor late.
    let lost = if desk.project.control.is_stopped { Vec::new() } else { losses(desk) };
    for loss in lost {
        let days = |days: i64, key: &str| {
            let words = if key == "waited" { waited_words(days) } else { lost_words(days) };
            let cell = Cell::text(words);
            let cell = match days.cmp(&0) {
                std::cmp::Ordering::Greater => cell.class("bad"),
                std::cmp::Ordering::Equal => cell,
                std::cmp::Ordering::Less => cell.class("good"),
            };
            cell.explained(desk.explained_of(loss.task, key))
        };
        table.push(Row::new(vec![
            desk.task(loss.task),
            days(loss.waited(), "waited"),
            Cell::text(crate::page::desk::slip_words(loss.at_start))
                .explained(desk.explained_of(loss.task, "behind-start")),
            Cell::text(crate::page::desk::slip_words(loss.at_finish))
                .explained(desk.explained_of(loss.task, "slip")),
            days(loss.added(), "added"),
        ]));
    }
    table
}

fn near_critical(desk: &Desk<'_>) -> Table {
    let limit = desk.project.project.scheduling.near_critical;
    let mut near: Vec<_> = desk
        .project
        .tasks()
        .filter(|(number, task, slot)| {
            task.is_work()
                && desk.project.are_days_known
                && slot.state != State::Finished
                && !slot.critical
                && slot.total_float > 0
                && desk.project.project.is_room_within(*number, slot.total_float, limit)
        })
        .collect();
    near.sort_by_key(|(number, _, slot)| {
        (desk.project.project.comparable_room(*number, slot.total_float), slot.start)
    });
    let mut table = Table::new(&["Task", "#Total float", "Start", "Finish", "Who"]);
    for (number, task, slot) in near {
        table.push(Row::new(vec![
            desk.task(number),
            Cell::text(desk.room_of(number, slot.total_float)).explained(desk.explained_of(number, "float")),
            desk.date(Some(slot.first_day())),
            desk.date(Some(slot.last_day())),
            Cell::text(desk.assigned(task)),
        ]));
    }
    table
}

fn floats(desk: &Desk<'_>) -> Table {
    let classes = float_spread::classes(desk.project);
    if classes.is_empty() || !desk.project.are_days_known {
        return Table::default();
    }
    let mut table = Table::new(&["Total float", "#Open tasks"]);
    for class in classes {
        let counted = Cell::text(format::whole(class.n_tasks)).explained(desk.explained("floats"));
        table.push(Row::new(vec![Cell::text(class.name), counted]));
    }
    table
}

fn weeks(desk: &Desk<'_>) -> Table {
    let status = desk.project.status_date;
    let to_monday = i64::from(status.weekday().to_monday_zero_offset());
    let mut table = Table::new(&["Week from", "Begins", "Ends", "Goes on"]);
    for week in 0..WEEKS_AHEAD {
        let monday = status.saturating_add(jiff::Span::new().days(7 * (week + 1) - to_monday));
        let sunday = monday.saturating_add(jiff::Span::new().days(6));
        let mut begins = Vec::new();
        let mut ends = Vec::new();
        let mut goes_on = Vec::new();
        for (_, task, slot) in desk.project.tasks() {
            let is_ahead = slot.state != State::Finished && desk.project.are_days_known;
            if !is_ahead || !(task.is_work() || task.is_point()) {
                continue;
            }
            let (first, last) = (slot.first_day(), slot.last_day());
            if (monday..=sunday).contains(&last) {
                ends.push(format!("{} ({})", task.name, format::short_date(last)));
            } else if (monday..=sunday).contains(&first) {
                begins.push(format!("{} ({})", task.name, format::short_date(first)));
            } else if first < monday && last > sunday {
                goes_on.push(task.name.clone());
            }
            if (monday..=sunday).contains(&first) && (monday..=sunday).contains(&last) && !task.is_point() {
                begins.push(format!("{} ({})", task.name, format::short_date(first)));
            }
        }
        if begins.is_empty() && ends.is_empty() && goes_on.is_empty() {
            continue;
        }
        table.push(Row::new(vec![
            Cell::text(format::short_date(monday)).class("date"),
            Cell::text(begins.join("; ")),
            Cell::text(ends.join("; ")),
            Cell::text(goes_on.join("; ")).class("muted"),
        ]));
    }
    table
}

fn calendars(desk: &Desk<'_>) -> Vec<CalendarView> {
    let project = &desk.project.project;
    project
        .calendars
        .iter()
        .enumerate()
        .filter_map(|(place, calendar)| {
            let n_tasks =
                project.tasks.iter().filter(|task| task.is_work() && task.calendar == place).count();
            (n_tasks > 0 || place == project.calendar).then(|| CalendarView {
                name: calendar.id.to_string(),
                week: week_words(calendar),
                used_by: format::count(n_tasks, "task"),
                closures: closures(desk, calendar),
            })
        })
        .collect()
}

fn week_words(calendar: &Calendar) -> String {
    const DAYS: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
    let mut parts: Vec<String> = Vec::new();
    let mut first = 0;
    while first < 7 {
        let mut last = first;
        while last + 1 < 7 && calendar.week[last + 1] == calendar.week[first] {
            last += 1;
        }
        if !calendar.week[first].is_empty() {
            let days = if first == last {
                DAYS[first].to_owned()
            } else {
                format!("{}–{}", DAYS[first], DAYS[last])
            };
            let shifts: Vec<String> = calendar.week[first]
                .iter()
                .map(|shift| format!("{}–{}", clock(shift.start), clock(shift.end)))
                .collect();
            parts.push(format!("{days} {}", shifts.join(", ")));
        }
        first = last + 1;
    }
    let hours = format::number(calendar.work_time.minutes_per_day as f64 / 60.0, 1);
    let hours = hours.strip_suffix(".0").unwrap_or(&hours);
    format!("{}; a day counts {hours} hours", parts.join("; "))
}

fn clock(minute: u32) -> String {
    format!("{:02}:{:02}", minute / 60, minute % 60)
}

fn closures(desk: &Desk<'_>, calendar: &Calendar) -> Table {
    let mut table = Table::new(&["Days", "Reason", "Kind", "Written at"]);
    for closure in &calendar.closures {
        let kind = match closure.kind {
            ClosureKind::Holiday => "holiday",
            ClosureKind::Closed => "closure",
        };
        table.push(Row::new(vec![
            Cell::text(format::window(closure.window)).class("nowrap"),
            Cell::text(&*closure.reason).note_if(nights_worked(calendar, closure.window)),
            Cell::text(kind),
            desk.place_cell(Some(closure.origin)),
        ]));
    }
    for other in &calendar.other_days {
        let worked = match days_worked(calendar, other.window) {
            days if days.is_empty() => "no work".to_owned(),
            days => format!("works {days}"),
        };
        table.push(Row::new(vec![
            Cell::text(format::window(other.window)).class("nowrap"),
            Cell::text(other.reason.clone().unwrap_or(worked)),
            Cell::text(if other.is_week { "other weeks" } else { "extra days" }),
            desk.place_cell(Some(other.origin)),
        ]));
    }
    table
}
