//! My work: what one person has to do now, next and late, who waits for whom, and what else is theirs.

use std::collections::BTreeSet;

use jiff::ToSpan as _;
use serde::Serialize;

use crate::format;
use crate::model::{Assignee, Person, PersonNo, TaskKind, TaskNo};
use crate::page::address::Address;
use crate::page::desk::{Desk, slip_words};
use crate::page::downloads::{FileLink, findings_link, work_calendar_link};
use crate::page::external;
use crate::page::finding_groups::FindingsBeside;
use crate::page::milestones::slip_cell_of;
use crate::page::my_duties::{duties, load, load_sentence, requests, wanted};
use crate::page::outside;
use crate::page::people::{Duties, has_key_role, key_roles_of};
use crate::page::reporting::{Report, reports};
use crate::page::stage_work::task_status;
use crate::page::task_findings::findings_beside;
use crate::page::task_network::{followers, is_held_by};
use crate::page::verdict::reference_heading;
use crate::page::view::{Cell, Fact, Link, Row, Status, Table};
use crate::page::{Entry, Group, Made, ProjectPage};
use crate::plan::State;
use crate::report::ProjectReport;

/// The pages of what each person has to do.
pub struct MyWork;

/// What the page shows.
#[derive(Debug, Serialize)]
struct MyWorkView {
    /// What is most urgent, in one sentence.
    sentence: String,
    /// Role, team, time given.
    facts: Vec<Fact>,
    /// Open tasks further ahead that are late; those now and next say so where they stand.
    late: Table,
    /// Tasks under way, and those that should have begun.
    now: Table,
    /// Tasks that begin or end in the next two weeks.
    next: Table,
    /// How many open tasks lie further ahead, in words; none where none does.
    later: Option<String>,
    /// What the person's tasks wait for; of very much what comes first.
    waits_for: Table,
    /// How much more there is, in words; none where all is listed.
    more_waits: Option<String>,
    /// Who waits for the person's tasks; of very many those who come first.
    holds_up: Table,
    /// How many more there are, in words; none where all are listed.
    more_holds: Option<String>,
    /// The forecast of the last report beside what became of it.
    promised: Table,
    /// Which report that was; none where there was none.
    promised_on: Option<String>,
    /// The next weeks with what is asked and what can be given.
    load: Table,
    /// Weeks with too much among them, in one sentence; none where nothing is asked.
    load_words: Option<String>,
    /// Outside requests that the tasks wait for.
    requests: Table,
    /// Actions, decisions, risks, issues and acceptances that are the person's.
    duties: Table,
    /// Findings on the person's tasks; of more than five of one rule the first three.
    findings: FindingsBeside,
    /// All findings of the project as a table; none where the site has no such file.
    all_findings: Option<FileLink>,
    /// How to report, with the line for each task under way.
    reports: Vec<Reported>,
    /// What is to be done on which days, for a calendar program; none where nothing has a day.
    calendar: Option<FileLink>,
    /// The same person's pages in other projects.
    elsewhere: Vec<Link>,
    /// Everybody else's page; of very many none.
    others: Vec<Link>,
    /// Where all of them are listed, where they are too many to be named here.
    everybody: Option<Link>,
}

/// How to report on a task.
#[derive(Debug, Serialize)]
struct Reported {
    /// The task.
    task: Cell,
    /// The lines to add.
    reports: Vec<Report>,
}

/// Calendar days that "next" reaches: two weeks.
const DAYS_AHEAD: i64 = 14;

/// The size of a team whose members are named on the page of each.
const PEOPLE_NAMED: usize = 60;

impl ProjectPage for MyWork {
    fn kind(&self) -> &'static str {
        "my-work"
    }

    fn group(&self) -> Group {
        Group::Work
    }

    fn question(&self) -> &'static str {
        "What do I do now, what blocks me, and whom do I block?"
    }

    /// One for everybody who has something to do or a part to play; none on a public site.
    fn entries(&self, project: &ProjectReport) -> Vec<Entry> {
        if project.project.is_public() || project.project.hides_people() {
            return Vec::new();
        }
        let folder = &project.project.folder;
        let mut seen = BTreeSet::new();
        let people = project.project.team.people.iter().enumerate();
        people
            .filter(|(place, _)| has_page(project, person_no(*place)))
            .filter(|(_, person)| seen.insert(person.id.as_str().to_lowercase()))
            .map(|(_, person)| Entry::new(Address::person(folder, &person.id), &*person.name))
            .collect()
    }

    fn is_beside(&self) -> bool {
        false
    }

    fn make(&self, desk: &Desk<'_>) -> Made {
        let people = &desk.project.project.team.people;
        let place = people
            .iter()
            .position(|person| Address::person(desk.folder(), &person.id) == *desk.address)
            .expect("a page of a person lives at the address of one");
        let person = person_no(place);
        let own = Own::of(desk, person);
        let are_few = people.len() <= PEOPLE_NAMED;
        let (waits_for, more_waits) = nearest(waits_for(desk, person, &own.open));
        let (holds_up, more_holds) = nearest(holds_up(desk, person, &own.open));
        let view = MyWorkView {
            sentence: own.sentence(desk, wanted(desk, person)),
            facts: facts(desk, person),
            late: task_table(desk, &own.late_ahead()),
            now: task_table(desk, &own.now),
            next: task_table(desk, &own.next),
            later: own.only_later().map(|later| later_words(desk, &later)),
            waits_for,
            more_waits,
            holds_up,
            more_holds,
            promised: promised(desk, &own.all),
            promised_on: desk.project.last_time.as_ref().map(|last| format::date(last.day)),
            load: load(desk, person),
            load_words: load_sentence(desk, person),
            requests: requests(desk, &own.open),
            duties: duties(desk, person),
            findings: findings_beside(desk, &own.all),
            all_findings: findings_link(desk, desk.folder()),
            reports: own.reports(desk),
            calendar: work_calendar_link(desk, &people[place]),
            elsewhere: elsewhere(desk, &people[place]),
            others: if are_few { others(desk, person) } else { Vec::new() },
            everybody: (!are_few).then(|| Link {
                label: format!("all {} people", people.len()),
                href: desk.href_page("people"),
            }),
        };
        let made = Made::new(self.kind(), &*people[place].name, &view);
        made.description(format!("My work in {}.", desk.project.project.name))
    }
}

fn person_no(place: usize) -> PersonNo {
    PersonNo(u32::try_from(place).unwrap_or(u32::MAX))
}

fn has_page(project: &ProjectReport, person: PersonNo) -> bool {
    let works = !project.project.tasks_of(person).is_empty();
    works || has_key_role(&project.project, person) || !Duties::of(project, person).is_empty()
}

/// The tasks of one person, sorted by how near they are.
struct Own {
    all: Vec<TaskNo>,
    open: Vec<TaskNo>,
    late: Vec<TaskNo>,
    now: Vec<TaskNo>,
    next: Vec<TaskNo>,
    later: Vec<TaskNo>,
}

impl Own {
    fn of(desk: &Desk<'_>, person: PersonNo) -> Self {
        let day = desk.project.status_date;
        let ahead = day.saturating_add(DAYS_AHEAD.days());
        let mut own = Self {
            all: Vec::new(),
            open: Vec::new(),
            late: Vec::new(),
            now: Vec::new(),
            next: Vec::new(),
            later: Vec::new(),
        };
        for (number, _, slot) in desk.project.work_of(person) {
            own.all.push(number);
            if !desk.project.is_left(number) {
                continue;
            }
            own.open.push(number);
            if is_late(desk, number) {
                own.late.push(number);
            }
            let list = if slot.state == State::InProgress || slot.first_day() <= day {
                &mut own.now
            } else if slot.first_day() <= ahead {
                &mut own.next
            } else {
                &mut own.later
            };
            list.push(number);
        }
        for list in [&mut own.open, &mut own.late, &mut own.now, &mut own.next, &mut own.later] {
            list.sort_by_key(|number| (desk.project.forecast.slot(*number).start, *number));
        }
        own
    }

    /// Late tasks that stand neither under now nor under next.
    fn late_ahead(&self) -> Vec<TaskNo> {
        let stands_above = |number: &TaskNo| self.now.contains(number) || self.next.contains(number);
        self.late.iter().filter(|number| !stands_above(number)).copied().collect()
    }

    /// Tasks of later that no table shows; none where there is none.
    fn only_later(&self) -> Option<Vec<TaskNo>> {
        let late = self.late_ahead();
        let later: Vec<TaskNo> = self.later.iter().filter(|number| !late.contains(number)).copied().collect();
        (!later.is_empty()).then_some(later)
    }

    /// What is most urgent: a decision before work.
    fn sentence(&self, desk: &Desk<'_>, wanted: Option<String>) -> String {
        match (wanted, self.all.is_empty()) {
            (Some(wanted), true) => wanted,
            (Some(wanted), false) => format!("{wanted} {}", self.work_sentence(desk)),
            (None, true) => "No task of the plan is assigned here.".to_owned(),
            (None, false) => self.work_sentence(desk),
        }
    }

    fn work_sentence(&self, desk: &Desk<'_>) -> String {
        let Some(first) = self.now.first().or(self.next.first()).or(self.later.first()) else {
            return match self.all.len() {
                1 => "The only task is finished.".to_owned(),
                many => format!("All {} are finished.", format::count(many, "task")),
            };
        };
        let name = &desk.project.project.task(*first).name;
        let what = if self.now.contains(first) {
            let until = desk.project.last_day(*first).map(|day| format!(", until {}", format::date(day)));
            format!("Under way: “{name}”{}", until.unwrap_or_default())
        } else {
            let from = desk.project.first_day(*first).map(|day| format!(", from {}", format::date(day)));
            format!("Next: “{name}”{}", from.unwrap_or_default())
        };
        if let Some(why) = desk.days_unread() {
            return format!("{what}. Days are not known: {why}.");
        }
        let late = match self.late.len() {
            0 => "nothing is late".to_owned(),
            1 => "1 open task is late".to_owned(),
            many => format!("{many} open tasks are late"),
        };
        format!("{what}; {late}.")
    }

    fn reports(&self, desk: &Desk<'_>) -> Vec<Reported> {
        let to_report = self.now.iter().chain(self.next.iter().filter(|_| self.now.is_empty()).take(1));
        to_report
            .map(|number| Reported { task: desk.task(*number), reports: reports(desk, *number) })
            .filter(|reported| !reported.reports.is_empty())
            .collect()
    }
}

fn is_late(desk: &Desk<'_>, number: TaskNo) -> bool {
    let promised = desk.project.control.reference.dates_of(number);
    promised.zip(desk.project.last_day(number)).is_some_and(|((_, promised), last)| last > promised)
}

fn facts(desk: &Desk<'_>, number: PersonNo) -> Vec<Fact> {
    let team = &desk.project.project.team;
    let person = &team.people[number.0 as usize];
    let mut facts: Vec<Fact> =
        key_roles_of(desk, number).into_iter().map(|role| Fact::new("In this project", role)).collect();
    if let Some(role) = person.role {
        facts.push(Fact::new("Role", format::sentence_start(&team.roles[role.0 as usize].name)));
    }
    if let Some(team) = &person.team {
        facts.push(Fact::new("Team", outside::team_name(team)));
    }
    facts.push(
        Fact::new("Gives", format::percent(person.available_on(desk.project.status_date)))
            .explained(desk.href_of_field(person.origin, "available")),
    );
    let day = desk.project.status_date;
    let away: Vec<String> = person
        .absences
        .iter()
        .filter(|absence| absence.window.last_day() >= day)
        .map(|absence| format::window(absence.window))
        .collect();
    if let Some(absence) = person.absences.iter().find(|absence| absence.window.last_day() >= day) {
        facts.push(Fact::new("Away", away.join(", ")).explained(desk.href_place(absence.origin)));
    }
    facts
}

/// Tasks with what a person needs to plan their days.
fn task_table(desk: &Desk<'_>, tasks: &[TaskNo]) -> Table {
    let mut table = Table::new(&[
        "Task",
        "Start",
        "Finish",
        "#Work left",
        "#Total float",
        "#Slip",
        reference_heading(desk),
        "State",
    ]);
    for number in tasks {
        let task = desk.project.project.task(*number);
        let slot = desk.project.forecast.slot(*number);
        let promised = desk.project.control.reference.tasks.get(number.0 as usize).copied().flatten();
        let slip = desk.slip_of(*number);
        let left = if slot.state == State::InProgress { "remaining" } else { "duration" };
        let room = desk.project.are_days_known.then(|| desk.room_of(*number, slot.total_float));
        let float = if slot.total_float < 0 && room.is_some() {
            Cell::maybe(room).class("bad")
        } else {
            Cell::maybe(room)
        };
        let row = Row::new(vec![
            desk.task(*number),
            desk.day_cell(*number, "start", format::date(slot.first_day())),
            desk.day_cell(*number, "finish", format::date(slot.last_day())),
            if task.is_work() {
                Cell::text(desk.left_of(*number)).explained(desk.explained_of(*number, left))
            } else {
                Cell::nothing()
            },
            float.explained(desk.explained_of(*number, "float")),
            slip_cell_of(desk, slip).explained(desk.explained_of(*number, "slip")),
            desk.date(promised.map(|promised| promised.finish))
                .explained(desk.explained_of(*number, "promised")),
            Cell::status(task_status(desk, *number)),
        ]);
        table.push(if slot.critical { row.class("critical") } else { row });
    }
    table
}

fn later_words(desk: &Desk<'_>, later: &[TaskNo]) -> String {
    let names: Vec<String> = later
        .iter()
        .take(5)
        .map(|number| {
            let start = desk.project.forecast.slot(*number).first_day();
            format!("“{}” from {}", desk.project.project.task(*number).name, format::date(start))
        })
        .collect();
    let more = match later.len().saturating_sub(names.len()) {
        0 => String::new(),
        more => format!(", and {more} more"),
    };
    format!("Later: {}{more}.", names.join(", "))
}

/// Who works on a task, the person themself left out.
fn others_of(desk: &Desk<'_>, number: TaskNo, person: PersonNo) -> Cell {
    let task = desk.project.project.task(number);
    if matches!(task.kind, TaskKind::Gate(_)) {
        return Cell::text("the board");
    }
    let mut names: Vec<String> = task
        .assignments
        .iter()
        .filter_map(|assignment| match assignment.assignee {
            Assignee::Person(other) if other == person => None,
            Assignee::Person(other) => Some(desk.project.project.person_name(other).to_owned()),
            Assignee::Role { role, .. } => {
                Some(desk.project.project.team.roles[role.0 as usize].name.clone())
            }
        })
        .collect();
    if names.is_empty() && task.is_of(person) {
        names.push("myself".to_owned());
    }
    if names.is_empty() {
        let owner = task.owner.map(|owner| desk.project.project.person_name(owner).to_owned());
        return Cell::maybe(owner);
    }
    Cell::text(format::listed(&names))
}

/// What the open tasks wait for: unfinished predecessors, the one that holds the date marked.
fn waits_for(desk: &Desk<'_>, person: PersonNo, open: &[TaskNo]) -> Table {
    let mut table = Table::new(&["My task", "Waits for", "Of", "Finish", "Holds my date"]);
    for number in open {
        let slot = desk.project.forecast.slot(*number);
        for link in &desk.project.project.task(*number).links {
            let other = desk.project.forecast.slot(link.predecessor);
            if other.state == State::Finished || slot.state != State::NotStarted {
                continue;
            }
            let holds = is_held_by(desk, *number, link.predecessor);
            table.push(Row::new(vec![
                desk.task(*number),
                desk.task(link.predecessor),
                others_of(desk, link.predecessor, person),
                desk.day_cell(link.predecessor, "finish", format::date(other.last_day())),
                if holds { Cell::text("yes").class("strong") } else { Cell::text("no").class("muted") },
            ]));
        }
        if slot.state == State::NotStarted {
            table.extend(external::rows_waited_for(desk, *number));
        }
        if let Some(wait) = slot.waits {
            let row = vec![
                desk.task(*number),
                Cell::text(desk.teller().wait(*number, wait)),
                Cell::nothing(),
                Cell::nothing(),
                Cell::text("yes").class("strong"),
            ];
            table.push(Row::new(row));
        }
    }
    table
}

/// Of more rows than this a table of what lies ahead holds the first few: half a year ahead nobody waits yet.
const MANY_ROWS: usize = 40;

/// How many those few are.
const FEW_ROWS: usize = 24;

/// The rows that come first, and how many more there are, in words.
fn nearest(mut table: Table) -> (Table, Option<String>) {
    let more = table.rows.len().saturating_sub(FEW_ROWS);
    if table.rows.len() <= MANY_ROWS {
        return (table, None);
    }
    table.rows.truncate(FEW_ROWS);
    (table, Some(format!("And {more} more further ahead; the schedule tells them at each task.")))
}

/// Who waits for the open tasks, and how far those can slip before anybody notices.
fn holds_up(desk: &Desk<'_>, person: PersonNo, open: &[TaskNo]) -> Table {
    let mut table = Table::new(&["Who waits", "With", "Starts", "For my task", "#Room before it moves"]);
    for number in open {
        for (other, _) in followers(desk, *number) {
            let slot = desk.project.forecast.slot(other);
            if slot.state != State::NotStarted {
                continue;
            }
            let room = Cell::text(desk.room_of(*number, desk.project.forecast.slot(*number).free_float))
                .explained(desk.explained_of(*number, "free-float"));
            table.push(Row::new(vec![
                others_of(desk, other, person),
                desk.task(other),
                desk.day_cell(other, "start", format::date(slot.first_day())),
                desk.task(*number),
                if is_held_by(desk, other, *number) { room.class("strong") } else { room },
            ]));
        }
    }
    table
}

/// What was forecast on the report before for the time since then, beside what became of it.
fn promised(desk: &Desk<'_>, all: &[TaskNo]) -> Table {
    let mut table = Table::new(&["Task", "Forecast then", "Now", "Moved by", "What became of it"]);
    let Some(last) = &desk.project.last_time else { return table };
    let day = desk.project.status_date;
    for number in all {
        let (then, now) = (last.forecast.slot(*number), desk.project.forecast.slot(*number));
        let was_due = then.last_day() <= day || then.first_day() <= day;
        let is_news = then.state != State::Finished && (was_due || now.state != State::NotStarted);
        if !is_news {
            continue;
        }
        let moved = desk.slip_days(then.last_day(), now.last_day());
        let state = match now.state {
            State::Finished if now.last_day() <= then.last_day() => Status::done("Kept"),
            State::Finished => Status::done("Finished later"),
            _ if then.last_day() <= day => Status::red("Not finished as forecast"),
            State::InProgress if moved > 0 => Status::amber("Under way, moved"),
            State::InProgress => Status::green("Under way"),
            State::NotStarted => Status::red("Not begun as forecast"),
        };
        table.push(Row::new(vec![
            desk.task(*number),
            Cell::text(format::span_of_days(then.first_day(), then.last_day())).class("date"),
            desk.day_cell(*number, "finish", format::span_of_days(now.first_day(), now.last_day())),
            Cell::text(if moved == 0 { "as forecast".to_owned() } else { slip_words(moved) }),
            Cell::status(state),
        ]));
    }
    table
}

/// The pages of a person of the portfolio's `people.yaml` in other projects, by the name of the project. Who is typed in a project is its
/// own: the same id in another one may be somebody else.
fn elsewhere(desk: &Desk<'_>, person: &Person) -> Vec<Link> {
    let projects = desk.report.projects.iter().map(|project| &project.project);
    projects
        .filter(|project| project.folder != desk.folder())
        .filter(|project| {
            project
                .team
                .people
                .iter()
                .any(|other| person.is_shared && other.is_shared && other.id == person.id)
        })
        .filter_map(|project| {
            let href = desk.href(&Address::person(&project.folder, &person.id))?;
            Some(Link { label: project.name.clone(), href: Some(href) })
        })
        .collect()
}

/// The pages of the others, in the order of the team.
fn others(desk: &Desk<'_>, person: PersonNo) -> Vec<Link> {
    let people = desk.project.project.team.people.iter().enumerate();
    people
        .filter(|(place, _)| person_no(*place) != person)
        .filter_map(|(_, other)| {
            let href = desk.href(&Address::person(desk.folder(), &other.id))?;
            Some(Link { label: other.name.clone(), href: Some(href) })
        })
        .collect()
}
