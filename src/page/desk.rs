//! What a page has at hand while it is made: the report, its own place in the site, and the words for both.
//!
//! A link is only ever given to a page that exists, so that no page can point into nothing.

use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::diagnostic::{Diagnostic, Places as _, Severity, Span};
use crate::format;
use crate::model::{Assignee, Assignment, PersonNo, Task, TaskKind, TaskNo, Text, WorkingTime};
use crate::page::address::{Address, Thing};
use crate::page::explain::Book;
use crate::page::finding_words::in_words;
use crate::page::people::is_listed;
use crate::page::prose::Prose;
pub use crate::page::site_map::SiteMap;
use crate::page::view;
use crate::page::why::Teller;
use crate::plan::Slot;
use crate::quantity::{Amount, Effort, GateId, Id, Percent};
use crate::report::{ProjectReport, Report};

/// What every page has at hand.
#[derive(Clone, Copy, Debug)]
pub struct Here<'a> {
    /// The whole portfolio.
    pub report: &'a Report,
    /// All pages of the site.
    pub map: &'a SiteMap,
    /// The page that is being made.
    pub address: &'a Address,
}

impl<'a> Here<'a> {
    /// The link to another page; none where the site has no such page.
    #[must_use]
    pub fn href(&self, other: &Address) -> Option<String> {
        self.map.has(other).then(|| self.address.href_to(other))
    }

    /// The link to a file that can be taken away; none where there is no such file.
    #[must_use]
    pub fn href_download(&self, file: &Address) -> Option<String> {
        self.map.gives_away(file).then(|| self.address.href_to(file))
    }

    /// The link to something with an id in a project: to the page about it alone where the site has one, else to its entry
    /// among others; on the page of that list the anchor alone.
    #[must_use]
    pub fn href_of(&self, folder: &str, thing: &Thing<'_>) -> Option<String> {
        if let Some(href) = thing.own_page(folder).and_then(|page| self.href(&page)) {
            return Some(href);
        }
        let address = thing.address(folder);
        match thing.anchor() {
            Some(anchor) if address == *self.address => Some(format!("#{anchor}")),
            Some(anchor) => self.href(&address).map(|href| format!("{href}#{anchor}")),
            None => self.href(&address),
        }
    }

    /// The link to a section of another page.
    #[must_use]
    pub fn href_section(&self, other: &Address, anchor: &str) -> Option<String> {
        self.href(other).map(|href| format!("{href}#{anchor}"))
    }

    /// Where something was typed: `path:line`; none for what no file holds.
    #[must_use]
    pub fn place(&self, span: Span) -> Option<String> {
        let place = self.report.sources.place(span);
        (!place.starts_with(':')).then_some(place)
    }

    /// The link to the line where something was typed; none where its file is not shown on the site.
    #[must_use]
    pub fn href_place(&self, span: Span) -> Option<String> {
        let sources = &self.report.sources;
        self.href_line(sources.path(span.file), sources.position(span).line)
    }

    /// The link to a line of a file; none where the file is not shown on the site.
    #[must_use]
    pub fn href_line(&self, path: &str, line: usize) -> Option<String> {
        let page = self.map.page_of_file(path)?;
        let line = format!("L{line}");
        if page == self.address { Some(format!("#{line}")) } else { self.href_section(page, &line) }
    }

    /// The link to a file that was read, as a page of the site; none where it is not shown.
    #[must_use]
    pub fn href_source(&self, path: &str) -> Option<String> {
        self.map.page_of_file(path).and_then(|page| self.href(page))
    }

    /// Where something was typed, as words that lead there; the dash for what no file holds.
    #[must_use]
    pub fn place_cell(&self, span: Option<Span>) -> view::Cell {
        let href = span.and_then(|span| self.href_place(span));
        // On a page of a project its own folder goes without saying.
        let place = span.and_then(|span| self.place(span));
        let own = self.address.path().split_once('/').and_then(|(folder, _)| self.report.project(folder));
        let short = |place: String| match own {
            Some(project) => self.report.inside(project, &place).to_owned(),
            None => place,
        };
        let place = place.map(short);
        view::Cell::maybe(place).href(href).class(view::PLACE)
    }

    /// A finding as the theme shows it, its code leading to the explanation of its rule.
    #[must_use]
    pub fn finding(&self, found: &Diagnostic) -> view::Finding {
        let rule = format!("rule-{}", found.rule.code);
        let report = found.project.as_deref().and_then(|folder| self.report.project(folder));
        let project = report.map(|report| &report.project);
        view::Finding {
            severity: severity_word(found.severity),
            code: found.rule.code,
            message: format::sentence_start(&in_words(&found.message, project)),
            place: found.span.and_then(|span| self.place(span)),
            place_href: found.span.and_then(|span| self.href_place(span)),
            hints: found.hints.clone(),
            links: report.map(|report| self.desk(report).links_in(found)).unwrap_or_default(),
            rule_href: if *self.address == Address::method() {
                Some(format!("#{rule}"))
            } else {
                self.href_section(&Address::method(), &rule)
            },
            id: None,
            waiver: found.waiver.as_ref().map(|waiver| {
                let by = self.name_of(found.project.as_deref(), &waiver.by);
                format!("{} — {by}, until {}", waiver.reason, format::date(waiver.until))
            }),
        }
    }

    /// The name of whom a project knows by an id or a name; else what is written.
    fn name_of(&self, folder: Option<&str>, written: &'a str) -> &'a str {
        let project = folder.and_then(|folder| self.report.project(folder)).map(|report| &report.project);
        let named = project.and_then(|project| Some(project.person_name(project.team.named(written)?)));
        named.unwrap_or(written)
    }

    /// What a page about one of the projects has at hand.
    #[must_use]
    pub fn desk(self, project: &'a ProjectReport) -> Desk<'a> {
        Desk { here: self, project, time: project.project.working_time() }
    }
}

/// The word of a severity, which is also its class.
#[must_use]
pub fn severity_word(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "info",
    }
}

/// A slip in working days, in a word: `+9 d`, `−1 d`, `on time`.
#[must_use]
pub fn slip_words(days: i64) -> String {
    if days == 0 {
        return "on time".to_owned();
    }
    format::signed(days, format!("{}\u{a0}d", format::whole(days)))
}

/// How much of the day goes into an assignment, behind a name; nothing for all of it.
fn share_of(assignment: &Assignment) -> String {
    if assignment.share == Percent::WHOLE {
        String::new()
    } else {
        format!(" {}", format::percent(assignment.share))
    }
}

/// A count of working days in words: `1 working day`, `34 working days`, `−1 working day`.
#[must_use]
pub fn days_of(days: i64) -> String {
    format!("{}\u{a0}working {}", format::whole(days), if days.abs() == 1 { "day" } else { "days" })
}

/// A count of days of the calendar in words: `1 day`, `12 days`.
fn calendar_days(days: i32) -> String {
    format!("{days}\u{a0}{}", if days == 1 { "day" } else { "days" })
}

/// What a task is called on pages: its name, a gate with its number before it.
#[must_use]
pub fn task_name(task: &Task) -> String {
    match task.kind {
        TaskKind::Gate(gate) => format!("{gate} {}", task.name),
        _ => task.name.clone(),
    }
}

/// What a gate is called on pages: as the plan calls it, or by its usual name where the plan has no such gate.
#[must_use]
pub fn gate_name(project: &ProjectReport, gate: GateId) -> String {
    format!("{gate} {}", gate_title(project, gate))
}

/// The same without its number.
#[must_use]
pub fn gate_title(project: &ProjectReport, gate: GateId) -> &str {
    let task = project.project.tasks.iter().find(|task| task.kind == TaskKind::Gate(gate));
    task.map_or_else(|| format::gate(gate), |task| &task.name)
}

/// What a page about one project has at hand.
#[derive(Clone, Debug)]
pub struct Desk<'a> {
    /// What every page has at hand.
    pub here: Here<'a>,
    /// The project.
    pub project: &'a ProjectReport,
    /// The working time of its own calendar, in which slips are counted.
    pub time: WorkingTime,
}

impl<'a> std::ops::Deref for Desk<'a> {
    type Target = Here<'a>;

    fn deref(&self) -> &Here<'a> {
        &self.here
    }
}

impl Desk<'_> {
    /// The folder of the project, under which all its pages live.
    #[must_use]
    pub fn folder(&self) -> &str {
        &self.project.project.folder
    }

    /// Whether the project's own label says that anybody may read it: absences, hours and prices of persons are left out then.
    #[must_use]
    pub fn is_public(&self) -> bool {
        self.project.project.is_public()
    }

    /// The address of a page of this project, named as its file: `schedule`.
    #[must_use]
    pub fn page(&self, name: &str) -> Address {
        Address::page(self.folder(), name)
    }

    /// The link to a page of this project; none where it has no such page.
    #[must_use]
    pub fn href_page(&self, name: &str) -> Option<String> {
        self.href(&self.page(name))
    }

    /// The link to something with an id in this project.
    #[must_use]
    pub fn href_to(&self, thing: &Thing<'_>) -> Option<String> {
        self.href_of(self.folder(), thing)
    }

    /// The figures of this project as of the day that this page is about.
    #[must_use]
    pub fn book(&self) -> Option<&Book> {
        self.here.map.book(self.project)
    }

    /// The link to how a figure was made; none where the figure is not explained.
    #[must_use]
    pub fn explained(&self, key: &str) -> Option<String> {
        let page = self.book()?.address_of(key)?;
        if page == self.address { Some(format!("#{key}")) } else { self.href_section(page, key) }
    }

    /// The link to how a figure of a task was made: `float`, `finish`, `ev`.
    #[must_use]
    pub fn explained_of(&self, task: TaskNo, name: &str) -> Option<String> {
        self.explained(&format!("task-{}.{name}", self.project.project.task(task).id))
    }

    /// The link to a field of `project.yaml`: `tolerance.time`.
    #[must_use]
    pub fn href_field(&self, field: &str) -> Option<String> {
        let place = self.project.project.field_origins.get(field)?;
        self.href_place(*place)
    }

    /// Where a field of an entry stands, `path` going down with dots (`residual.probability`); the entry itself where the field
    /// has no line of its own.
    #[must_use]
    pub fn field(&self, entry: Span, path: &str) -> Span {
        self.project.project.field(entry, path)
    }

    /// The link to the line of a field of an entry.
    #[must_use]
    pub fn href_of_field(&self, entry: Span, path: &str) -> Option<String> {
        self.href_place(self.field(entry, path))
    }

    /// The path of a file, short: on the pages of a project its own files need no folder.
    #[must_use]
    pub fn short_path<'b>(&self, path: &'b str) -> &'b str {
        self.here.report.inside(self.project, path)
    }

    /// Where something was typed, short: on the pages of a project its own files need no folder.
    #[must_use]
    pub fn short_place(&self, span: Span) -> Option<String> {
        self.place(span).map(|place| self.short_path(&place).to_owned())
    }

    /// Tells why dates are so.
    #[must_use]
    pub fn teller(&self) -> Teller<'_> {
        Teller::new(self.here.report, self.project)
    }

    /// Money rounded to whole units: `104 959`.
    #[must_use]
    pub fn money(&self, amount: Amount) -> String {
        format::money(amount, self.project.project.currency)
    }

    /// Money to the smallest unit: `104 958.76`.
    #[must_use]
    pub fn money_exact(&self, amount: Amount) -> String {
        format::money_exact(amount, self.project.project.currency)
    }

    /// Money with its currency: `104 959 EUR`.
    #[must_use]
    pub fn money_words(&self, amount: Amount) -> String {
        format::money_with_currency(amount, self.project.project.currency)
    }

    /// Money with its sign, as differences are shown: `+1 680`, `−6 527`.
    #[must_use]
    pub fn money_signed(&self, amount: Amount) -> String {
        format::signed(amount.0, self.money(amount))
    }

    /// How finely a table of some amounts shows them, so that what is printed adds up.
    #[must_use]
    pub fn precision(&self, amounts: impl IntoIterator<Item = Amount>) -> format::Precision {
        format::Precision::of(self.project.project.currency, amounts)
    }

    /// How much more one amount is than another, as the difference of the printed figures: `−8 073`.
    #[must_use]
    pub fn money_difference(&self, was: Amount, is: Amount) -> String {
        let currency = self.project.project.currency;
        self.money_signed(format::money_printed(is, currency) - format::money_printed(was, currency))
    }

    /// Effort in person-days: `42 pd`.
    #[must_use]
    pub fn effort(&self, effort: Effort) -> String {
        format::effort(effort, self.project.minutes_per_day())
    }

    /// The same to the hundredth of a day: `4.75 pd`.
    #[must_use]
    pub fn effort_exactly(&self, effort: Effort) -> String {
        format!("{}\u{a0}pd", format::number(effort.days(self.project.minutes_per_day()), 2))
    }

    /// Working time of one task in days of its own calendar: `2 d`.
    #[must_use]
    pub fn days_of_task(&self, task: TaskNo, minutes: i64) -> String {
        format::working_days(minutes, self.project.project.minutes_per_day_of(task))
    }

    /// How long a task takes by the forecast: `5 d`; days of the clock where its length runs by the clock: `3 ed`.
    #[must_use]
    pub fn duration_of(&self, task: TaskNo) -> String {
        self.length_of(task, self.project.forecast.slot(task))
    }

    /// The same in some schedule of the project.
    #[must_use]
    pub fn length_of(&self, task: TaskNo, slot: &Slot) -> String {
        if self.runs_by_the_clock(task) {
            return format::days_by_clock(slot.duration_by_clock());
        }
        self.days_of_task(task, slot.duration)
    }

    /// How much is left of a task: `5 d`; days of the clock where its length runs by the clock: `3 ed`.
    #[must_use]
    pub fn left_of(&self, task: TaskNo) -> String {
        let slot = self.project.forecast.slot(task);
        if self.runs_by_the_clock(task) {
            return format::days_by_clock(slot.remaining_by_clock());
        }
        self.days_of_task(task, slot.remaining)
    }

    /// Room of a task, its float and its margin to a deadline: `2 d`; days of the clock where its length runs by it: `2 ed`.
    #[must_use]
    pub fn room_of(&self, task: TaskNo, minutes: i64) -> String {
        format::room(minutes, self.project.project.room_days_of(task))
    }

    fn runs_by_the_clock(&self, task: TaskNo) -> bool {
        self.project.project.task(task).runs_by_the_clock()
    }

    /// Working time in days of the project's calendar: `34 d`.
    #[must_use]
    pub fn days(&self, minutes: i64) -> String {
        format::working_days(minutes, self.project.minutes_per_day())
    }

    /// Working time in days of the project's calendar, in words: `34 working days`.
    #[must_use]
    pub fn days_words(&self, minutes: i64) -> String {
        format::working_days_in_words(minutes, self.project.minutes_per_day())
    }

    /// The name of a person, leading to their row among people where they have one; the dash where nobody is named.
    #[must_use]
    pub fn person(&self, person: Option<PersonNo>) -> view::Cell {
        let Some(number) = person else { return view::Cell::nothing() };
        let person = &self.project.project.team.people[number.0 as usize];
        let row = is_listed(self, number).then(|| self.href_to(&Thing::Person(&person.id)));
        view::Cell::text(&*person.name).href(row.flatten())
    }

    /// The name of a task, leading to its page, or to its row in the schedule where it has none.
    #[must_use]
    pub fn task(&self, task: TaskNo) -> view::Cell {
        let task = self.project.project.task(task);
        view::Cell::text(task_name(task)).href(self.href_to(&Thing::Task(&task.id)))
    }

    /// Who works on a task: names, so many heads of a role, and the team outside the project that it waits for.
    #[must_use]
    pub fn assigned(&self, task: &Task) -> String {
        let one = |assignment: &Assignment| format!("{}{}", self.assignee(assignment), share_of(assignment));
        task.assignments.iter().map(one).chain(self.outside_team(task)).collect::<Vec<_>>().join(", ")
    }

    /// Who works on a task, each person leading to what they have to do.
    #[must_use]
    pub fn workers(&self, task: &Task) -> view::Cell {
        let one = |assignment: &Assignment| {
            let href = match assignment.assignee {
                Assignee::Person(person) => self.person(Some(person)).href,
                Assignee::Role { .. } => None,
            };
            let mut name = Prose::link(&self.assignee(assignment), href.as_deref());
            name.push(Prose::words(&share_of(assignment)));
            name
        };
        let team = self.outside_team(task).map(|team| Prose::words(&team));
        Prose::joined(task.assignments.iter().map(one).chain(team), ", ")
            .map_or_else(view::Cell::default, view::Cell::prose)
    }

    /// A name, or so many heads of a role.
    fn assignee(&self, assignment: &Assignment) -> String {
        let team = &self.project.project.team;
        match assignment.assignee {
            Assignee::Person(person) => team.people[person.0 as usize].name.clone(),
            Assignee::Role { role, heads } => {
                format!("{heads}\u{a0}×\u{a0}{}", team.roles[role.0 as usize].name)
            }
        }
    }

    /// Working days from one day to another, as a count: 1 from Friday to Monday; negative when the second is earlier.
    #[must_use]
    pub fn working_days_from(&self, from: Date, to: Date) -> i64 {
        self.time.working_days_between(from, to)
    }

    /// Working days that a day lies behind a promised one, both meant to their end; negative when ahead.
    #[must_use]
    pub fn slip_days(&self, promised: Date, now: Date) -> i64 {
        self.time.working_days_after(promised, now)
    }

    /// How far a day lies behind an earlier one, in words: `2 working days`; in days of the calendar where no working day lies between, as
    /// from Friday to Saturday.
    #[must_use]
    pub fn behind_words(&self, earlier: Date, later: Date) -> String {
        match self.slip_days(earlier, later) {
            0 => calendar_days((later - earlier).get_days()),
            days => days_of(days),
        }
    }

    /// How far a day lies behind another, in a word: `+9 d`, `−1 d`, `on time`.
    #[must_use]
    pub fn slip(&self, promised: Date, now: Date) -> String {
        slip_words(self.slip_days(promised, now))
    }

    /// When something is due, seen from the status date: `in 3 working days`, `today`, `5 working days overdue`.
    #[must_use]
    pub fn due_words(&self, day: Date) -> String {
        let days = self.working_days_from(self.project.status_date, day);
        let count = days_of(days.abs());
        let is_working = self.working_days_from(day, day.saturating_add(jiff::Span::new().days(1))) != 0;
        match days {
            _ if day == self.project.status_date => "today".to_owned(),
            0 if day < self.project.status_date => "just past".to_owned(),
            0 if is_working => "next working day".to_owned(),
            // On a day without work, a count of working days would name a day that it is not.
            days if days >= 0 && !is_working => {
                format!("in {}", calendar_days((day - self.project.status_date).get_days()))
            }
            days if days > 0 => format!("in {count}"),
            _ => format!("{count} overdue"),
        }
    }

    /// A date, or the dash.
    #[must_use]
    pub fn date(&self, day: Option<Date>) -> view::Cell {
        view::Cell::maybe(day.map(format::date)).class("date")
    }

    /// A chart of this project by its name; none where its data do not exist.
    #[must_use]
    pub fn chart(&self, name: &str) -> Option<view::Chart> {
        let drawing = crate::chart::draw(name, self.project, &|id| self.href_of_id(id))?;
        // Several tasks counted in units share a kind of chart; the name asked for tells them apart.
        Some(view::Chart::of(name, drawing))
    }

    /// An author's line of Markdown.
    #[must_use]
    pub fn line(&self, text: &Text) -> view::Cell {
        view::Cell::prose(Prose::line(&text.markdown))
    }

    /// Where the things are told about that a finding of this project names in backticks, by their ids.
    fn links_in(&self, found: &Diagnostic) -> BTreeMap<String, String> {
        // What is said of the writing names fields, and one may be called as a task is.
        if found.rule.code[1..].starts_with('1') {
            return BTreeMap::new();
        }
        let texts = std::iter::once(&found.message).chain(&found.hints);
        let named = texts.flat_map(|text| text.split('`').skip(1).step_by(2));
        named.filter_map(|name| Some((name.to_owned(), self.href_of_id(&name.parse().ok()?)?))).collect()
    }

    /// Where an id of this project is told about, whatever kind of thing it names.
    #[must_use]
    pub fn href_of_id(&self, id: &Id) -> Option<String> {
        let project = &self.project.project;
        let registers = &project.registers;
        let thing = if project.task_by_id(id).is_some() {
            match project.task_by_id(id).map(|number| &project.task(number).kind) {
                Some(TaskKind::Gate(gate)) => Thing::Gate(*gate),
                _ => Thing::Task(id),
            }
        } else if registers.risks.iter().any(|risk| risk.id == *id) {
            Thing::Risk(id)
        } else if registers.issues.iter().any(|issue| issue.id == *id) {
            Thing::Issue(id)
        } else if registers.decisions.iter().any(|decision| decision.id == *id) {
            Thing::Decision(id)
        } else if registers.changes.iter().any(|change| change.id == *id) {
            Thing::Change(id)
        } else if registers.actions.iter().any(|action| action.id == id.as_str()) {
            Thing::Action(id.as_str())
        } else if registers.requests.iter().any(|request| request.id == *id) {
            Thing::Request(id)
        } else if project.deliverables.iter().any(|deliverable| deliverable.id == *id) {
            Thing::Deliverable(id)
        } else if project.benefits.iter().any(|benefit| benefit.id == *id) {
            Thing::Benefit(id)
        } else {
            return None;
        };
        self.href_to(&thing)
    }

    /// Ids an entry has to do with, each leading to where it is told about.
    #[must_use]
    pub fn links(&self, ids: &[Id]) -> Vec<view::Link> {
        ids.iter().map(|id| view::Link { label: id.to_string(), href: self.href_of_id(id) }).collect()
    }
}
