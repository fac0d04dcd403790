//! People: who is responsible for what, who has how much to do week by week, and who is away.

use serde::Serialize;

use crate::diagnostic::Span;
use crate::format;
use crate::model::{Person, PersonNo, Project};
use crate::page::address::{Address, Thing};
use crate::page::desk::Desk;
use crate::page::load_table::{LoadTable, load_table};
use crate::page::prose::Prose;
use crate::page::rasci::{Rasci, rasci};
use crate::page::shared_people::asked_by_all;
use crate::page::stakeholders::{Stakeholders, stakeholders};
use crate::page::view::{Cell, Fact, Link, Row, Table};
use crate::page::{Entry, Group, Made, ProjectPage};
use crate::quantity::{Per, Window};
use crate::report::ProjectReport;

/// The page of people.
pub struct People;

/// What the page shows.
#[derive(Debug, Serialize)]
struct PeopleView {
    /// The roles that the project cannot do without.
    roles: Vec<Fact>,
    /// Everybody, with what they answer for.
    people: Table,
    /// What the schedule asks of everybody, week by week; none where nothing is left to do.
    load: Option<LoadTable>,
    /// Whom all projects together ask for too much, leading to the page of shared people; none where there is nobody, and on a
    /// public site.
    asked_by_all: Option<Prose>,
    /// Who does, answers for, helps with, is asked and is told; none where nobody by name has a part.
    rasci: Option<Rasci>,
    /// Power against interest; none on a public site.
    stakeholders: Option<Stakeholders>,
    /// Who is away when; empty on a public site.
    absences: Table,
    /// Price of time by role; persons' own prices are never shown, and none on a public site.
    rates: Table,
}

impl ProjectPage for People {
    fn kind(&self) -> &'static str {
        "people"
    }

    fn group(&self) -> Group {
        Group::Work
    }

    fn question(&self) -> &'static str {
        "Who is responsible, and who has too much to do?"
    }

    fn entries(&self, project: &ProjectReport) -> Vec<Entry> {
        let team = &project.project.team;
        if project.project.hides_people() || (team.people.is_empty() && team.roles.is_empty()) {
            return Vec::new();
        }
        vec![Entry::new(Address::page(&project.project.folder, "people"), "People and load")]
    }

    fn make(&self, desk: &Desk<'_>) -> Made {
        // Absences and prices are nobody's business outside; the label is the author's own word.
        let is_public = desk.is_public();
        let view = PeopleView {
            roles: key_roles(desk),
            people: people(desk),
            load: load_table(desk),
            asked_by_all: if is_public { None } else { asked_by_all(desk) },
            rasci: rasci(desk),
            stakeholders: stakeholders(desk),
            absences: if is_public { Table::default() } else { absences(desk) },
            rates: if is_public { Table::default() } else { rates(desk) },
        };
        Made::new(self.kind(), "People and load", &view).description(self.question())
    }
}

/// Sponsor, project manager, receiving owner and steering board.
#[must_use]
pub fn key_roles(desk: &Desk<'_>) -> Vec<Fact> {
    let project = &desk.project.project;
    let mut facts = vec![
        Fact {
            note: Some("pays and decides".to_owned()),
            ..Fact::of("Sponsor", desk.person(project.sponsor))
        },
        Fact {
            note: Some("leads".to_owned()),
            ..Fact::of("Project manager", desk.person(project.project_manager))
        },
        Fact {
            note: Some("receives ownership at G5".to_owned()),
            ..Fact::of("Operations owner", desk.person(project.operations_owner))
        },
    ];
    if !project.steering.is_empty() {
        let links: Vec<Link> = project
            .steering
            .iter()
            .map(|person| Link {
                label: crate::prose::inline_html(project.person_name(*person)),
                href: desk.person(Some(*person)).href,
            })
            .collect();
        facts.push(Fact::of("Steering board", Cell::prose(Prose::links(&links).unwrap_or_default())));
    }
    facts
}

fn people(desk: &Desk<'_>) -> Table {
    let mut table = Table::new(&[
        "Person",
        "Role",
        "Team",
        "#Gives",
        "#Open tasks",
        "#Open risks",
        "#Open issues and actions",
        "#To accept",
        "#To decide",
    ]);
    for (number, person) in shown(desk) {
        let duties = Duties::of(desk.project, number);
        table.push(person_row(desk, person, &duties));
    }
    table
}

/// Whether somebody has a row on the page *People*: those shared by the whole portfolio only where something of the
/// project names them.
#[must_use]
pub fn is_listed(desk: &Desk<'_>, person: PersonNo) -> bool {
    let is_shared = desk.project.project.team.people[person.0 as usize].is_shared;
    !is_shared
        || has_key_role(&desk.project.project, person)
        || is_named(desk, person)
        || !Duties::of(desk.project, person).is_empty()
}

/// Everybody whom the page names.
#[must_use]
pub fn shown<'a>(desk: &Desk<'a>) -> Vec<(PersonNo, &'a Person)> {
    let people = (0_u32..).map(PersonNo).zip(&desk.project.project.team.people);
    people.filter(|(number, _)| is_listed(desk, *number)).collect()
}

/// What somebody is to the project, in words: `sponsor: pays and decides`.
#[must_use]
pub fn key_roles_of(desk: &Desk<'_>, person: PersonNo) -> Vec<&'static str> {
    let project = &desk.project.project;
    let who = Some(person);
    let roles = [
        (project.sponsor == who, "sponsor: pays and decides"),
        (project.project_manager == who, "project manager: leads"),
        (project.operations_owner == who, "operations owner: receives ownership"),
        (project.steering.contains(&person), "on the steering board"),
    ];
    roles.into_iter().filter(|(is_it, _)| *is_it).map(|(_, role)| role).collect()
}

/// Whether somebody is sponsor, project manager, receiving owner or on the board.
pub(super) fn has_key_role(project: &Project, person: PersonNo) -> bool {
    [project.sponsor, project.project_manager, project.operations_owner].contains(&Some(person))
        || project.steering.contains(&person)
}

/// Says whether anything of the project names somebody, be it done or not: pages lead from there to the person.
fn is_named(desk: &Desk<'_>, person: PersonNo) -> bool {
    let project = &desk.project.project;
    let registers = &project.registers;
    let who = Some(person);
    let works = |task: &crate::model::Task| {
        let assigned = |it: &crate::model::Assignment| it.assignee == crate::model::Assignee::Person(person);
        task.owner == who || task.assignments.iter().any(assigned)
    };
    let handed = |item: &crate::model::HandoverItem| [item.from, item.to, item.accepted_by].contains(&who);
    let in_handover = project.handover.as_ref().is_some_and(|handover| {
        handover.items.iter().any(handed) || handover.criteria.iter().any(|one| one.owner == who)
    });
    let in_gates = project.gates.values().any(|gate| {
        gate.decided_by == who
            || gate.earlier.iter().any(|one| {
                one.decided_by == who
                    || one.checklist.iter().any(|item| item.owner == who)
                    || one.signatures.iter().any(|given| given.person == person)
            })
            || gate.all_conditions().any(|(_, one)| one.owner == who)
            || gate.checklist.iter().any(|one| one.owner == who)
            || gate.signatures.iter().any(|one| one.person == person)
    });
    in_handover
        || in_gates
        || project.tasks.iter().any(works)
        || project.timesheets.iter().any(|row| row.worker.person() == Some(person))
        || project.deliverables.iter().any(|it| [it.approver, it.owner].contains(&who))
        || project.benefits.iter().any(|benefit| benefit.owner == who)
        || project.defects.iter().any(|defect| defect.owner == who)
        || registers.risks.iter().any(|risk| risk.owner == who)
        || registers.issues.iter().any(|issue| issue.owner == who)
        || registers.decisions.iter().any(|it| [it.asked_of, it.decided_by].contains(&who))
        || registers.changes.iter().any(|change| [change.requested_by, change.decided_by].contains(&who))
        || registers.actions.iter().any(|action| action.owner == who)
        || project.updates.iter().any(|update| update.author == who)
}

/// What somebody answers for as of the status date: where each entry stands.
#[derive(Clone, Debug)]
pub struct Duties {
    tasks: Vec<Span>,
    risks: Vec<Span>,
    issues_and_actions: Vec<Span>,
    to_accept: Vec<Span>,
    to_decide: Vec<Span>,
}

impl Duties {
    /// Gathers them.
    #[must_use]
    pub fn of(report: &ProjectReport, person: PersonNo) -> Self {
        let day = report.status_date;
        let project = &report.project;
        let registers = &project.registers;
        let who = Some(person);
        let issues = registers.issues.iter().filter(|issue| issue.owner == who && issue.is_open(day));
        let actions = registers.actions.iter().filter(|action| action.owner == who && action.is_open(day));
        let tasks = report.open_work_of(person);
        let risks = registers.risks.iter().filter(|risk| risk.owner == who && risk.is_open(day));
        let accept = project.deliverables.iter();
        let accept =
            accept.filter(|deliverable| deliverable.approver == who && !deliverable.is_accepted(day));
        let decide = registers.decisions.iter();
        let decide = decide.filter(|entry| entry.asked_of == who && entry.is_open(day));
        let changes = report.control.changes_waiting_for(project, person);
        Self {
            tasks: tasks.map(|(_, task, _)| task.origin).collect(),
            risks: risks.map(|risk| risk.origin).collect(),
            issues_and_actions: issues
                .map(|issue| issue.origin)
                .chain(actions.map(|action| action.origin))
                .collect(),
            to_accept: accept.map(|deliverable| deliverable.origin).collect(),
            to_decide: decide.map(|entry| entry.origin).chain(changes.map(|change| change.origin)).collect(),
        }
    }

    /// Each kind with the last part of its key and its name, in the order of the columns.
    #[must_use]
    pub fn parts(&self) -> [(&'static str, &'static str, &[Span]); 5] {
        [
            ("tasks", "Open tasks", &self.tasks),
            ("risks", "Open risks", &self.risks),
            ("issues", "Open issues and actions", &self.issues_and_actions),
            ("accept", "Deliverables to accept", &self.to_accept),
            ("decide", "Decisions to make", &self.to_decide),
        ]
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.parts().iter().all(|(_, _, entries)| entries.is_empty())
    }
}

fn person_row(desk: &Desk<'_>, person: &Person, duties: &Duties) -> Row {
    let role = person.role.map(|role| desk.project.project.team.roles[role.0 as usize].name.as_str());
    let mut cells = vec![
        Cell::text(&*person.name).href(desk.href(&Address::person(desk.folder(), &person.id))),
        Cell::maybe(role.map(format::sentence_start)),
        Cell::maybe(person.team.as_deref().map(crate::page::outside::team_name)),
        Cell::text(by_time(
            &person.availability,
            |share| format::percent(*share),
            || format::percent(person.available),
        ))
        .explained(desk.href_of_field(person.origin, "available")),
    ];
    cells.extend(duties.parts().map(|(key, _, entries)| {
        if entries.is_empty() {
            return Cell::nothing();
        }
        let key = format!("person-{}.{key}", person.id);
        Cell::text(entries.len().to_string()).explained(desk.explained(&key))
    }));
    Row::new(cells).id(Thing::Person(&person.id).anchor())
}

/// Absences that are not over, soonest first.
fn absences(desk: &Desk<'_>) -> Table {
    let mut table = Table::new(&["Person", "Away", "#Working days"]);
    let people = &desk.project.project.team.people;
    let mut away: Vec<_> = (0_u32..)
        .zip(people)
        .filter(|(number, _)| is_listed(desk, PersonNo(*number)))
        .flat_map(|(_, person)| {
            person.absences.iter().map(move |absence| (absence.window, person, absence.origin))
        })
        .filter(|(window, _, _)| window.last_day() >= desk.project.status_date)
        .collect();
    away.sort_by_key(|(window, person, _)| (window.first(), person.name.clone()));
    for (window, person, origin) in away {
        // The days that the plan takes off: those of the person's own calendar where they have one.
        let time = person.calendar.map(|own| desk.project.project.calendars[own].compile());
        let time = time.as_ref().unwrap_or(&desk.time);
        let days = window.days().filter(|day| time.is_working_day(*day)).count();
        table.push(Row::new(vec![
            Cell::text(&*person.name).href(desk.href_to(&Thing::Person(&person.id))),
            Cell::text(format::window(window)),
            Cell::text(days.to_string()).explained(desk.href_place(origin)),
        ]));
    }
    table
}

/// A value for each range of days, such as `50 % 1 Jan – 30 Jun 2026`; without ranges the usual one.
fn by_time<T>(
    ranges: &[(Window, T)],
    words: impl Fn(&T) -> String,
    usual: impl FnOnce() -> String,
) -> String {
    if ranges.is_empty() {
        return usual();
    }
    let ranges = ranges.iter().map(|(window, value)| format!("{} {}", words(value), format::window(*window)));
    ranges.collect::<Vec<_>>().join(", ")
}

fn rates(desk: &Desk<'_>) -> Table {
    let mut table = Table::new(&["Role", "#Price of time", "#Heads"]);
    for role in &desk.project.project.team.roles {
        let Some(rate) = &role.rate else { continue };
        let per = match rate.per {
            Per::Day => "a day",
            Per::Hour => "an hour",
        };
        let price = format::money_exact(rate.price.amount, rate.price.currency);
        let price = price.strip_suffix(".00").unwrap_or(&price);
        table.push(Row::new(vec![
            Cell::text(format::sentence_start(&role.name)),
            Cell::text(format!("{price}\u{a0}{} {per}", rate.price.currency))
                .explained(desk.href_place(role.rate_origin.unwrap_or(role.origin))),
            Cell::maybe(match role.heads_by_time.as_slice() {
                [] => role.heads.map(|heads| heads.to_string()),
                ranges => Some(by_time(ranges, u32::to_string, String::new)),
            }),
        ]));
    }
    table
}
