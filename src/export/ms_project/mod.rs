//! A project as MS Project XML (MSPDI), from its forecast as of the status date.
//!
//! Comes in: a project and whom it is shown to. Goes out: one file that MS Project and other planning programs open. Elements
//! stand in the order that MS Project asks for. What it cannot hold is told in a remark at the head of the file: see
//! `departures`. Not here: reading such files, which is `exchange`.
//!
//! Stages become summaries at the top. Dates are those of the forecast, so that whoever opens the file sees what the pages show:
//! what MS Project would compute otherwise is held by a date (`StartNoEarlierThan`) or, for hammocks, by being scheduled by hand.

mod calendar;
mod departures;
mod late;
mod link;
mod task;
mod team;
mod xml;

use std::collections::BTreeSet;

use calendar::{Calendars, Wanted};
use team::Team;
use xml::Xml;

use super::value::maybe_words;
use super::{Export, named};
use crate::format;
use crate::model::{Project, ScheduleFrom, TaskNo};
use crate::page::Address;
use crate::page::desk::Desk;
use crate::page::downloads::DownloadKind;
use crate::plan::{Engine, Slot, State};
use crate::quantity::{Amount, Currency, Stage};
use crate::report::ProjectReport;

/// The field in which the id of a task stands: `Text1` of MS Project.
pub const ID_FIELD: &str = "188743731";

/// What that field is called.
pub const ID_ALIAS: &str = "milepost id";

/// The plan of a project; none where it has no task.
pub(super) fn of_project(desk: &Desk<'_>) -> Option<Export> {
    if desk.project.project.tasks.is_empty() {
        return None;
    }
    let name = named(desk.report, &desk.project.project.name);
    let folder = Some(desk.folder());
    let address = Address::file(folder, "plan.xml");
    let n_tasks = desk.project.project.tasks.len();
    Some(Export::new(DownloadKind::MsProject, address, folder, write(desk.project, &name)).rows(n_tasks))
}

/// The plan of a computed project under a name, as text.
#[must_use]
pub fn write(report: &ProjectReport, name: &str) -> Vec<u8> {
    Plan::of(report).write(name)
}

/// What the parts of the file agree on.
struct Plan<'a> {
    report: &'a ProjectReport,
    project: &'a Project,
    engine: Engine<'a>,
    calendars: Calendars,
    team: Team,
    /// The tasks in the order of their rows, each stage after the other.
    rows: Vec<Row>,
    /// The number of each task, by its place in the project.
    numbers: Vec<u32>,
    /// Tasks that are to be done as late as possible and are written with the start of the forecast.
    late: BTreeSet<TaskNo>,
}

/// A row of the plan.
enum Row {
    /// The summary of a stage, with the tasks directly and indirectly below it.
    Stage(Stage, Vec<TaskNo>),
    /// A task.
    Task(TaskNo),
}

impl<'a> Plan<'a> {
    fn of(report: &'a ProjectReport) -> Self {
        let project = &report.project;
        let team = Team::of(project);
        let calendars =
            Calendars::of(&Wanted { project, has_people: !project.hides_hours(), workers: &team.works });
        let mut rows = Vec::new();
        let mut numbers = vec![0; project.tasks.len()];
        for stage in Stage::ALL {
            let of_stage: Vec<TaskNo> =
                project.task_numbers().filter(|number| project.task(*number).stage == stage).collect();
            if of_stage.is_empty() {
                continue;
            }
            rows.push(Row::Stage(stage, of_stage.clone()));
            for number in of_stage {
                rows.push(Row::Task(number));
                numbers[number.0 as usize] = u32::try_from(rows.len()).unwrap_or(u32::MAX);
            }
        }
        let late = late::laid_otherwise(report);
        Self { report, project, engine: report.engine(), calendars, team, rows, numbers, late }
    }

    fn slot(&self, task: TaskNo) -> &'a Slot {
        self.report.forecast.slot(task)
    }

    /// The number of a task in the file.
    fn number(&self, task: TaskNo) -> u32 {
        self.numbers[task.0 as usize]
    }

    fn write(&self, name: &str) -> Vec<u8> {
        let mut xml = Xml::new();
        xml.root("Project", |xml| {
            xml.remarks(&departures::remarks(self));
            self.head(xml, name);
            xml.within("ExtendedAttributes", |xml| {
                xml.within("ExtendedAttribute", |xml| {
                    xml.field("FieldID", ID_FIELD);
                    xml.field("FieldName", "Text1");
                    xml.field("Alias", ID_ALIAS);
                });
            });
            self.calendars.write(xml, self.project);
            self.tasks(xml, name);
            self.resources(xml);
            self.assignments(xml);
        });
        xml.finished()
    }

    fn head(&self, xml: &mut Xml, name: &str) {
        let project = self.project;
        let time = project.working_time();
        let work = project.work_time();
        let start = project.start.instant().unwrap_or_else(|| time.first_minute(project.start.day));
        let forecast = &self.report.forecast;
        // Work by the clock and early shifts may begin before the first working minute of the project.
        let open =
            forecast.slots.iter().filter(|slot| self.is_translated() && slot.state == State::NotStarted);
        let start = open.map(|slot| slot.start).fold(start, Ord::min);
        xml.field("SaveVersion", 14);
        xml.field("Name", format!("{}.xml", project.folder));
        xml.words("Title", name);
        xml.words("Subject", &maybe_words(project.goal.as_ref()).unwrap_or_default());
        xml.words("Manager", project.project_manager.map_or("", |who| project.person_name(who)));
        xml.flag("ScheduleFromStart", project.scheduling.from == ScheduleFrom::Start);
        xml.moment("StartDate", start);
        xml.moment(
            "FinishDate",
            match project.scheduling.from {
                ScheduleFrom::Start => forecast.finish,
                ScheduleFrom::Finish(at) => at.instant().unwrap_or_else(|| time.last_minute(at.day)),
            },
        );
        xml.field("FYStartDate", 1);
        xml.field("CriticalSlackLimit", project.scheduling.critical_float / work.minutes_per_day.max(1));
        xml.field("CurrencyDigits", project.currency.digits());
        xml.field("CurrencySymbol", project.currency.code());
        xml.field("CurrencyCode", project.currency.code());
        xml.field("CurrencySymbolPosition", 3);
        xml.field("CalendarUID", self.calendars.number(project.calendar));
        let clock = |minute: u32| format!("{:02}:{:02}:00", minute / 60 % 24, minute % 60);
        let shifts = project.calendars[project.calendar].week.iter().flatten();
        xml.field("DefaultStartTime", clock(shifts.clone().map(|shift| shift.start).min().unwrap_or(480)));
        xml.field("DefaultFinishTime", clock(shifts.map(|shift| shift.end).max().unwrap_or(1_020)));
        xml.field("MinutesPerDay", work.minutes_per_day);
        xml.field("MinutesPerWeek", work.minutes_per_week);
        xml.field("DaysPerMonth", 20);
        // Fixed duration: what is typed here is how long work takes.
        xml.field("DefaultTaskType", 1);
        xml.field("DefaultFixedCostAccrual", 3);
        xml.field("DurationFormat", 7);
        xml.field("WorkFormat", 2);
        xml.flag("EditableActualCosts", true);
        xml.flag("HonorConstraints", self.is_translated() || project.scheduling.honors_constraints());
        xml.flag("InsertedProjectsLikeSummary", true);
        xml.flag("MultipleCriticalPaths", false);
        xml.flag("NewTasksEffortDriven", false);
        xml.flag("NewTasksEstimated", false);
        xml.flag("SplitsInProgressTasks", true);
        xml.flag("SpreadActualCost", false);
        xml.flag("SpreadPercentComplete", false);
        xml.flag("TaskUpdatesResource", false);
        xml.flag("FiscalYearStart", false);
        xml.field("WeekStartDay", 1);
        xml.flag("MoveCompletedEndsBack", false);
        xml.flag("MoveRemainingStartsBack", false);
        xml.flag("MoveRemainingStartsForward", false);
        xml.flag("MoveCompletedEndsForward", false);
        xml.field("BaselineForEarnedValue", 0);
        xml.flag("AutoAddNewResourcesAndTasks", true);
        // Before the first report nothing is said of any day.
        if self.report.status_date >= project.start.day {
            xml.moment("StatusDate", self.status_end());
        }
        xml.flag("NewTasksAreManual", false);
    }

    /// The end of the status date: its last working minute, or the midnight that ends it.
    fn status_end(&self) -> crate::quantity::Instant {
        self.project.working_time().last_minute(self.report.status_date)
    }
}

/// Money in hundredths of the currency's unit, as MS Project stores it.
fn hundredths(amount: Amount, currency: Currency) -> i64 {
    match currency.digits() {
        0 => amount.0.saturating_mul(100),
        1 => amount.0.saturating_mul(10),
        2 => amount.0,
        digits => amount.0 / 10_i64.pow(digits - 2),
    }
}

/// The summary of a stage by its name.
fn stage_name(stage: Stage) -> &'static str {
    format::stage(stage)
}
