//! A project and what belongs to it.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use jiff::civil::Date;

use crate::diagnostic::{Diagnostic, FieldPlaces, Span};
use crate::model::file_fault::FileFaults;
use crate::model::{
    AllowanceInForce, AllowanceKind, Baseline, Benefit, Budget, BusinessCase, Calendar, Conversion,
    CostEntry, Defect, Deliverable, Exception, ExternalTasks, Feasibility, FlowItem, FrozenGate, GateRecord,
    Handover, OwnCheck, OwnCriterion, PersonNo, Plans, ProgressEntry, QualityPlan, Registers, Requirement,
    Scheduling, Snapshot, StagePage, Stakeholder, SuccessCriterion, Task, TaskIndex, TaskNo, Team,
    Thresholds, TimeEntry, TypedRate, Update,
};
use crate::quantity::{Amount, Audience, Currency, GateId, Id, Moment, RoomDays, Stage, WorkTime};

/// Text of an author, Markdown allowed, with its place.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Text {
    /// The text as written.
    pub markdown: String,
    /// Where it stands.
    pub origin: Span,
}

/// What kind of IT work a project is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ProjectKind {
    /// Installing or replacing equipment.
    Hardware,
    /// Building or changing software, web sites, apps.
    Software,
    /// Networks and cloud, upgrades and roll-outs.
    NetworkRollout,
    /// Information management and analytics.
    Analytics,
    /// Help desks and services.
    ServiceDesk,
    /// Anything else.
    Other,
}

/// How often the project reports.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rhythm {
    /// Every so many weeks; at least one.
    Weeks(u32),
    /// Every month.
    Monthly,
}

impl Rhythm {
    /// How many calendar days so many periods last from a day on: a month from 1 July lasts 31, from 1 February 28.
    #[must_use]
    pub fn days_from(self, day: Date, periods: i64) -> i64 {
        self.after(day, periods).map_or(i64::MAX, |end| i64::from((end - day).get_days()))
    }

    /// The day that lies so many periods after another, before it where they are below zero; the last day of the month where
    /// that has no such day. None beyond the calendar.
    ///
    /// A month after 31 January is 28 February; a month after 1 July is 1 August, 31 days later.
    #[must_use]
    pub fn after(self, day: Date, periods: i64) -> Option<Date> {
        let span = match self {
            Self::Weeks(weeks) => jiff::Span::new().try_weeks(periods.checked_mul(i64::from(weeks))?),
            Self::Monthly => jiff::Span::new().try_months(periods),
        };
        day.checked_add(span.ok()?).ok()
    }

    /// How many periods lie between two days, a begun one by its days; below zero the other way round.
    ///
    /// From 1 July to 1 August is one month, to 16 August 1 + 15 ÷ 31.
    #[must_use]
    pub fn between(self, from: Date, to: Date) -> f64 {
        let days = |from: Date, to: Date| from.until(to).map_or(0.0, |span| f64::from(span.get_days()));
        if to < from {
            return -self.between(to, from);
        }
        if let Self::Weeks(weeks) = self {
            return days(from, to) / (f64::from(weeks) * 7.0);
        }
        let months = i64::from(to.year() - from.year()) * 12 + i64::from(to.month() - from.month());
        let begins = |months: i64| self.after(from, months).filter(|begin| *begin <= to);
        let (whole, begin) =
            begins(months).map_or((months - 1, begins(months - 1)), |begin| (months, Some(begin)));
        let (Some(begin), Some(end)) = (begin, self.after(from, whole + 1)) else { return whole as f64 };
        whole as f64 + days(begin, to) / days(begin, end)
    }

    /// The length of a period, in words.
    #[must_use]
    pub fn length_words(self) -> String {
        match self {
            Self::Weeks(weeks) => format!("{} days", i64::from(weeks) * 7),
            Self::Monthly => "a month".to_owned(),
        }
    }
}

/// How far the board lets forecasts drift before it wants to be asked.
#[derive(Clone, Debug, Default)]
pub struct Tolerance {
    /// Working minutes that the finish may slip.
    pub time: Option<i64>,
    /// Money that the estimate at completion may exceed the budget by.
    pub cost: Option<Amount>,
    /// The limit on scope, in words.
    pub scope: Option<Text>,
    /// How many units may come in without an approved change; none where no number is set.
    pub unapproved: Option<UnitLimit>,
    /// The limit on quality, in words.
    pub quality: Option<Text>,
    /// The limit on benefits, in words.
    pub benefits: Option<Text>,
    /// The limit on risk, in words.
    pub risk: Option<Text>,
    /// Which of the limits that are judged by are written and could not be read, which has been reported.
    pub unread: Vec<AllowanceKind>,
}

/// A limit that is counted in the units of a task.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnitLimit {
    /// So many may be; zero or above.
    pub units: i64,
    /// What is counted, as written: `points`.
    pub unit: String,
}

impl Tolerance {
    /// The limit that is told in words, by the key of its dimension; none for time and cost, which are figures.
    #[must_use]
    pub fn told(&self, key: &str) -> Option<&Text> {
        match key {
            "scope" => self.scope.as_ref(),
            "quality" => self.quality.as_ref(),
            "benefits" => self.benefits.as_ref(),
            "risk" => self.risk.as_ref(),
            _ => None,
        }
    }
}

/// Something taken as true until tested.
#[derive(Clone, Debug)]
pub struct Assumption {
    /// What is assumed.
    pub assumption: Text,
    /// When it will be tested.
    pub test_by: Option<Date>,
    /// When it proved true.
    pub proven: Option<Date>,
}

/// A rule whose findings the project lets pass, with a reason and an end.
#[derive(Clone, Debug)]
pub struct WaivedRule {
    /// Code or name of the rule as written.
    pub rule: String,
    /// Why.
    pub reason: String,
    /// Who answers for it.
    pub by: String,
    /// The last day on which it holds.
    pub until: Date,
    /// Where it stands.
    pub origin: Span,
}

/// One project: everything people wrote about it.
#[derive(Clone, Debug)]
pub struct Project {
    /// The folder's name; its address on the site.
    pub folder: String,
    /// The project's name.
    pub name: String,
    /// Its short code.
    pub code: Option<String>,
    /// What kind of work it is.
    pub kind: ProjectKind,
    /// What it is for.
    pub goal: Option<Text>,
    /// The first day on which work may start, or the minute of it.
    pub start: Moment,
    /// How its dates are computed.
    pub scheduling: Scheduling,
    /// The one currency of its figures.
    pub currency: Currency,
    /// What other currencies are worth in it, in the order of the file.
    pub rates: Vec<TypedRate>,
    /// Every sum that was typed in another currency, in the order in which the files were resolved; prices of people's
    /// time are not among them.
    pub conversions: Vec<Conversion>,
    /// How often it reports.
    pub reporting: Rhythm,
    /// The day of the first report that was agreed on; none where it is one rhythm after the start.
    pub first_report: Option<Date>,
    /// Who pays and decides.
    pub sponsor: Option<PersonNo>,
    /// Who leads.
    pub project_manager: Option<PersonNo>,
    /// Who receives ownership at G5.
    pub operations_owner: Option<PersonNo>,
    /// The steering board.
    pub steering: Vec<PersonNo>,
    /// How far forecasts may drift.
    pub tolerance: Tolerance,
    /// The tolerances and reserves in force, with who set them: see [`Project::held_to_allowances`]; empty before that.
    pub allowances: BTreeMap<AllowanceKind, AllowanceInForce>,
    /// The limits that give colours, classes of risk and flags.
    pub thresholds: Thresholds,
    /// Measures of success.
    pub success_criteria: Vec<SuccessCriterion>,
    /// What is in scope.
    pub scope_in: Vec<Text>,
    /// What is not.
    pub scope_out: Vec<Text>,
    /// What is taken as true.
    pub assumptions: Vec<Assumption>,
    /// What binds the project from outside.
    pub constraints: Vec<Text>,
    /// Confidentiality label, as written.
    pub classification: Option<String>,
    /// Whom it is shown to: what these may not read is not in it, or not to be shown.
    pub audience: Audience,
    /// Rules let pass.
    pub waivers: Vec<WaivedRule>,
    /// Whether it can be done, kind by kind, in the order of the file.
    pub feasibility: Vec<Feasibility>,
    /// How it buys, stays secure and lawful, treats data and informs.
    pub plans: Plans,
    /// All calendars; a task names one by its place here.
    pub calendars: Vec<Calendar>,
    /// The place of the project's own calendar in `calendars`.
    pub calendar: usize,
    /// Roles and people.
    pub team: Team,
    /// All tasks in the order of the file, summaries before their children.
    pub tasks: Vec<Task>,
    /// The tasks of other projects that they wait for; empty until the portfolio is computed.
    pub external: Arc<ExternalTasks>,
    /// How they hang together: see [`Project::task_by_id`], [`Project::followers`] and [`Project::children`].
    pub index: TaskIndex,
    /// Reports of progress in the order of their dates, then of the file.
    pub progress: Vec<ProgressEntry>,
    /// Hours booked, in the order of their weeks.
    pub timesheets: Vec<TimeEntry>,
    /// Orders, receipts and invoices in the order of their dates.
    pub costs: Vec<CostEntry>,
    /// Reserves, funding and categories.
    pub budget: Budget,
    /// Costs and benefits by year.
    pub business_case: Option<BusinessCase>,
    /// Risks, issues, decisions, changes, actions, outside requests, lessons.
    pub registers: Registers,
    /// Whom it touches, and who can move it, in the order of the file.
    pub stakeholders: Vec<Stakeholder>,
    /// What the project delivers.
    pub deliverables: Vec<Deliverable>,
    /// What was asked for.
    pub requirements: Vec<Requirement>,
    /// Tests and reviews.
    pub quality: Option<QualityPlan>,
    /// Defects found.
    pub defects: Vec<Defect>,
    /// Items of work that flow through states, in the order of their arrival.
    pub flow: Vec<FlowItem>,
    /// Benefits and their readings.
    pub benefits: Vec<Benefit>,
    /// What operations takes over.
    pub handover: Option<Handover>,
    /// Narrative by stage.
    pub stages: BTreeMap<Stage, StagePage>,
    /// Gate records by gate.
    pub gates: BTreeMap<GateId, GateRecord>,
    /// Criteria of gates that are statements over figures: those of the portfolio, then the project's own.
    pub criteria: BTreeMap<GateId, Vec<OwnCriterion>>,
    /// Statements over figures that are to hold at all times: those of the portfolio, then the project's own.
    pub own_checks: Vec<OwnCheck>,
    /// Reports in the order of their dates.
    pub updates: Vec<Update>,
    /// What the board was told of tolerances that were left, in the order of the days on which it was.
    pub exceptions: Vec<Exception>,
    /// Days of reports that are written and could not be read, by the names of their files.
    pub lost_updates: Vec<Date>,
    /// Frozen plans in the order of their approval.
    pub baselines: Vec<Baseline>,
    /// Frozen reports in the order of their dates.
    pub snapshots: Vec<Snapshot>,
    /// By which day booked hours were worked at the latest, where that is another day than the newest report: of a project as of a day
    /// gone by whose books of then are not told apart from those of today.
    pub hours_worked_by: Option<Date>,
    /// Frozen gate documents in the order of the gates, those of one gate in the order of its decisions.
    pub frozen_gates: Arc<Vec<FrozenGate>>,
    /// Which files were read, as paths relative to the portfolio, in order.
    pub files: Vec<String>,
    /// Codes of the errors that were found when they were read, one for each.
    pub errors: Vec<&'static str>,
    /// The same with their files, and those of the files that all projects share.
    pub faults: FileFaults,
    /// Rows of its tables that stand there twice, and count twice.
    pub repeated: Vec<Diagnostic>,
    /// Whether a rate of exchange is written and could not be read, which has been reported: amounts in its currency are then missing.
    pub has_unread_rates: bool,
    /// Whether something in `progress.csv` could not be read, which has been reported: what was done is then not known.
    pub has_unread_progress: bool,
    /// Where `project.yaml` begins.
    pub origin: Span,
    /// Where each field of `project.yaml` stands, by its key (`start`, `tolerance.time`).
    pub field_origins: BTreeMap<String, Span>,
    /// Where each field of the entries of its files stands, by the `origin` of the entry.
    pub places: Arc<FieldPlaces>,
}

impl Project {
    /// The frozen document of one decision on a gate; none where it was not frozen.
    #[must_use]
    pub fn frozen_gate(&self, gate: GateId, decided: Date) -> Option<&FrozenGate> {
        self.frozen_gates.iter().find(|frozen| (frozen.gate, frozen.decided) == (gate, decided))
    }

    /// A project of which nothing is known but its folder, its start and its calendar: no tasks, no people, no money,
    /// figures in euros.
    ///
    /// # Panics
    /// Never: `EUR` is a currency.
    #[must_use]
    pub fn empty(folder: &str, start: Moment, calendar: Calendar) -> Self {
        Self {
            folder: folder.to_owned(),
            name: folder.to_owned(),
            code: None,
            kind: ProjectKind::Other,
            goal: None,
            start,
            scheduling: Scheduling::usual(calendar.work_time),
            currency: "EUR".parse().expect("EUR is a currency"),
            rates: Vec::new(),
            conversions: Vec::new(),
            reporting: Rhythm::Weeks(2),
            first_report: None,
            sponsor: None,
            project_manager: None,
            operations_owner: None,
            steering: Vec::new(),
            tolerance: Tolerance::default(),
            allowances: BTreeMap::new(),
            thresholds: Thresholds::default(),
            success_criteria: Vec::new(),
            scope_in: Vec::new(),
            scope_out: Vec::new(),
            assumptions: Vec::new(),
            constraints: Vec::new(),
            classification: None,
            audience: Audience::Restricted,
            waivers: Vec::new(),
            feasibility: Vec::new(),
            plans: Plans::default(),
            calendars: vec![calendar],
            calendar: 0,
            team: Team::default(),
            tasks: Vec::new(),
            external: Arc::default(),
            index: TaskIndex::default(),
            progress: Vec::new(),
            timesheets: Vec::new(),
            costs: Vec::new(),
            budget: Budget::default(),
            business_case: None,
            registers: Registers::default(),
            stakeholders: Vec::new(),
            deliverables: Vec::new(),
            requirements: Vec::new(),
            quality: None,
            defects: Vec::new(),
            flow: Vec::new(),
            benefits: Vec::new(),
            handover: None,
            stages: BTreeMap::new(),
            gates: BTreeMap::new(),
            criteria: BTreeMap::new(),
            own_checks: Vec::new(),
            updates: Vec::new(),
            exceptions: Vec::new(),
            baselines: Vec::new(),
            snapshots: Vec::new(),
            hours_worked_by: None,
            frozen_gates: Arc::default(),
            files: Vec::new(),
            lost_updates: Vec::new(),
            errors: Vec::new(),
            faults: FileFaults::default(),
            repeated: Vec::new(),
            has_unread_rates: false,
            has_unread_progress: false,
            origin: Span::default(),
            field_origins: BTreeMap::new(),
            places: Arc::default(),
        }
    }

    /// Whether its confidentiality label says that anybody may read it.
    #[must_use]
    pub fn is_public(&self) -> bool {
        self.classification.as_deref().is_some_and(|label| label.trim().eq_ignore_ascii_case("public"))
    }

    /// Whether persons are neither named nor told apart.
    #[must_use]
    pub fn hides_people(&self) -> bool {
        self.audience == Audience::Public
    }

    /// Whether nothing is told of a person's time and what it costs: hours, load, absences.
    #[must_use]
    pub fn hides_hours(&self) -> bool {
        self.audience < Audience::Restricted || self.is_public()
    }

    /// Whether money is told in sums alone, not booking by booking: who is paid what is between two.
    #[must_use]
    pub fn hides_bookings(&self) -> bool {
        self.audience < Audience::Restricted
    }

    /// Gives a task by its number.
    ///
    /// # Panics
    /// Numbers come from this project's own tasks; a foreign one is our bug.
    #[must_use]
    pub fn task(&self, number: TaskNo) -> &Task {
        &self.tasks[number.0 as usize]
    }

    /// What a purchase delivers and nobody had accepted by a day. Receipt is not acceptance: a purchase that earns `0/100` and
    /// produces deliverables is earned when the last of them is accepted. Nothing for other tasks.
    pub fn not_accepted_of(&self, purchase: TaskNo, day: Date) -> impl Iterator<Item = &Deliverable> {
        let is_purchase = self.task(purchase).is_purchase();
        self.deliverables
            .iter()
            .filter(move |made| is_purchase && made.produced_by.contains(&purchase) && !made.is_accepted(day))
    }

    /// Finds a task by its id.
    #[must_use]
    pub fn task_by_id(&self, id: &Id) -> Option<TaskNo> {
        self.index.find(&self.tasks, id)
    }

    /// Those who wait for a task by a link, in the order of the plan, each with that link.
    pub fn followers(&self, number: TaskNo) -> impl Iterator<Item = (TaskNo, &super::Link)> {
        let followers = self.index.followers(&self.tasks, number).iter();
        followers.filter_map(|(other, place)| Some((*other, self.task(*other).links.get(*place)?)))
    }

    /// The tasks directly beneath a summary, in the order of the plan; none for other tasks.
    #[must_use]
    pub fn children(&self, number: TaskNo) -> &[TaskNo] {
        self.index.children(&self.tasks, number)
    }

    /// Where a field of an entry stands, `path` going down with dots (`residual.probability`): the entry itself where the
    /// field has no line of its own, as in tables.
    #[must_use]
    pub fn field(&self, entry: Span, path: &str) -> Span {
        self.places.of(entry, path).unwrap_or(entry)
    }

    /// Gives all task numbers in order.
    pub fn task_numbers(&self) -> impl DoubleEndedIterator<Item = TaskNo> + ExactSizeIterator + use<> {
        (0..u32::try_from(self.tasks.len()).unwrap_or(u32::MAX)).map(TaskNo)
    }

    /// The lengths of a working day and week on the project's calendar.
    #[must_use]
    pub fn work_time(&self) -> WorkTime {
        self.calendars[self.calendar].work_time
    }

    /// The minutes of a working day on the task's own calendar: what is said of one task in days is counted in these.
    ///
    /// A task on a calendar of 8 hours in a project of 9 hours a day is 16 hours long when it takes two days. Sums over
    /// tasks are counted in days of the project's calendar instead.
    #[must_use]
    pub fn minutes_per_day_of(&self, task: TaskNo) -> i64 {
        self.calendars[self.task(task).calendar].work_time.minutes_per_day
    }

    /// The days in which room of a task is counted, its float and its margin to a deadline.
    #[must_use]
    pub fn room_days_of(&self, task: TaskNo) -> RoomDays {
        let per_day = self.minutes_per_day_of(task);
        if self.task(task).runs_by_the_clock() { RoomDays::ByClock } else { RoomDays::Working(per_day) }
    }

    /// Room of a task in minutes of the project's calendar, day for day, so that tasks that count in other days can be compared: 4 days
    /// by the clock are 4 days.
    #[must_use]
    pub fn comparable_room(&self, task: TaskNo, minutes: i64) -> i64 {
        let own = self.room_days_of(task).minutes().max(1);
        minutes.saturating_mul(self.work_time().minutes_per_day).div_euclid(own)
    }

    /// Whether room of a task is no more than a limit in minutes of the project's calendar, day for day.
    #[must_use]
    pub fn is_room_within(&self, task: TaskNo, minutes: i64, limit: i64) -> bool {
        let (per_day, own) =
            (self.work_time().minutes_per_day.max(1), self.room_days_of(task).minutes().max(1));
        minutes.saturating_mul(per_day) <= limit.saturating_mul(own)
    }

    /// Whether levelling may interrupt a task: it says so itself, or the project says so of all.
    #[must_use]
    pub fn may_split(&self, task: &Task) -> bool {
        task.may_split || self.scheduling.levelling.is_some_and(|options| options.split)
    }

    /// The name of a person, or of the role where the person has none.
    #[must_use]
    pub fn person_name(&self, person: PersonNo) -> &str {
        &self.team.people[person.0 as usize].name
    }

    /// Says how many working minutes of a day a person is there: by their own calendar, the project's where they have none, and
    /// none on days of absence.
    pub fn minutes_there(&self, person: PersonNo) -> impl Fn(Date) -> i64 + '_ {
        let person = &self.team.people[person.0 as usize];
        let working = self.calendars[person.calendar.unwrap_or(self.calendar)].compile();
        move |day| {
            let is_away = person.absences.iter().any(|absence| absence.window.contains(day));
            if is_away { 0 } else { working.minutes_of_day(day) }
        }
    }

    /// Whether a link of some task could not be read, which has been reported: dates and paths are then not those that are meant.
    #[must_use]
    pub fn has_unread_links(&self) -> bool {
        self.tasks.iter().any(|task| task.has_unread_links)
    }

    /// Whether the people, the money or the length of some task could not be read: budgets and forecasts are then not those meant.
    #[must_use]
    pub fn has_unread_means(&self) -> bool {
        self.tasks.iter().any(|task| task.has_unread_means)
    }

    /// Whether a field of an entry is written, whatever it says: what is written and could not be used has been reported.
    #[must_use]
    pub fn is_written(&self, entry: Span, field: &str) -> bool {
        self.places.of(entry, field).is_some()
    }

    /// The days on which a report was written (`updates/`) or closed (`snapshots/`), in order.
    #[must_use]
    pub fn written_reports(&self) -> BTreeSet<Date> {
        let written =
            self.updates.iter().map(|update| update.status_date).chain(self.lost_updates.iter().copied());
        written.chain(self.snapshots.iter().map(|closed| closed.status_date)).collect()
    }

    /// The days of reports, in order: [`Project::written_reports`]; where nobody writes any, what is recorded as progress is one.
    #[must_use]
    pub fn report_days(&self) -> BTreeSet<Date> {
        let written = self.written_reports();
        if written.is_empty() {
            return self.progress.iter().map(|entry| entry.status_date).collect();
        }
        written
    }

    /// The day of the newest report: of the newest update, else of the newest line of progress or gate decision.
    ///
    /// Before the first report it is the eve of the start: reports speak of the end of a day, and work of the first
    /// day may still be done on it.
    #[must_use]
    pub fn newest_report(&self) -> Date {
        let eve = || self.start.day.yesterday().unwrap_or(self.start.day);
        self.reported_until().unwrap_or_else(eve)
    }

    /// The day up to which anything was reported; none of a project that nobody has told of yet.
    #[must_use]
    pub fn reported_until(&self) -> Option<Date> {
        let update = self.updates.iter().map(|update| update.status_date);
        let update = update.chain(self.lost_updates.iter().copied()).max();
        let progress = self.progress.iter().map(|entry| entry.status_date).max();
        let decided = self.gates.values().filter_map(|gate| gate.decided).max();
        update.or(progress.max(decided))
    }

    /// The newest exception raised by a day about a tolerance, by its key (`time`); none where nobody was told by then.
    #[must_use]
    pub fn exception_as_of(&self, tolerance: &str, day: Date) -> Option<&Exception> {
        self.exceptions.iter().rfind(|raised| raised.tolerance == tolerance && raised.raised <= day)
    }
}
