//! People: who is responsible for what, who has how much to do week by week, and who is away.

use serde::Serialize;

use crate::format;
use crate::model::{Person, PersonNo};
use crate::page::address::{Address, Thing};
use crate::page::desk::Desk;
use crate::page::load_table::{LoadTable, load_table};
use crate::page::view::{Cell, Fact, Row, Table};
use crate::page::{Entry, Group, Made, ProjectPage};
use crate::plan::State;
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
        Group::People
    }

    fn question(&self) -> &'static str {
        "Who is responsible, and who has too much to do?"
    }

    fn entries(&self, project: &ProjectReport) -> Vec<Entry> {
        if project.project.team.people.is_empty() && project.project.team.roles.is_empty() {
            return Vec::new();
        }
        vec![Entry::new(Address::page(&project.project.folder, "people"), "People and load")]
    }

    fn make(&self, desk: &Desk<'_>) -> Made {
        // Absences and prices are nobody's business outside; the label is the author's own word.
        let is_public = desk.project.project.classification.as_deref() == Some("public");
        let view = PeopleView {
            roles: key_roles(desk),
            people: people(desk),
            load: load_table(desk),
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
        let names: Vec<String> =
            project.steering.iter().map(|person| project.person_name(*person).to_owned()).collect();
        facts.push(Fact::new("Steering board", format::listed(&names)));
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
    let team = &desk.project.project.team;
    for (place, person) in team.people.iter().enumerate() {
        let number = PersonNo(u32::try_from(place).unwrap_or(u32::MAX));
        let duties = Duties::of(desk, number);
        // People shared by the whole portfolio are listed only where they have something to do.
        if person.is_shared && duties.is_empty() && !has_key_role(desk, number) {
            continue;
        }
        table.push(person_row(desk, person, &duties));
    }
    table
}

fn has_key_role(desk: &Desk<'_>, person: PersonNo) -> bool {
    let project = &desk.project.project;
    [project.sponsor, project.project_manager, project.operations_owner].contains(&Some(person))
        || project.steering.contains(&person)
}

/// How much somebody answers for as of the status date.
struct Duties {
    tasks: usize,
    risks: usize,
    issues_and_actions: usize,
    to_accept: usize,
    to_decide: usize,
}

impl Duties {
    fn of(desk: &Desk<'_>, person: PersonNo) -> Self {
        let day = desk.project.status_date;
        let project = &desk.project.project;
        let registers = &project.registers;
        let who = Some(person);
        let is_assigned = |task: &crate::model::Task| {
            task.owner == who
                || task
                    .assignments
                    .iter()
                    .any(|assignment| assignment.assignee == crate::model::Assignee::Person(person))
        };
        let issues = registers.issues.iter().filter(|issue| issue.owner == who && issue.is_open(day)).count();
        let actions =
            registers.actions.iter().filter(|action| action.owner == who && action.is_open(day)).count();
        Self {
            tasks: desk
                .project
                .tasks()
                .filter(|(_, task, slot)| {
                    !task.is_summary() && slot.state != State::Finished && is_assigned(task)
                })
                .count(),
            risks: registers.risks.iter().filter(|risk| risk.owner == who && risk.is_open(day)).count(),
            issues_and_actions: issues + actions,
            to_accept: project
                .deliverables
                .iter()
                .filter(|deliverable| deliverable.approver == who && !deliverable.is_accepted(day))
                .count(),
            to_decide: registers
                .decisions
                .iter()
                .filter(|entry| entry.asked_of == who && entry.is_open(day))
                .count(),
        }
    }

    fn counts(&self) -> [usize; 5] {
        [self.tasks, self.risks, self.issues_and_actions, self.to_accept, self.to_decide]
    }

    fn is_empty(&self) -> bool {
        self.counts() == [0; 5]
    }
}

fn person_row(desk: &Desk<'_>, person: &Person, duties: &Duties) -> Row {
    let role = person.role.map(|role| desk.project.project.team.roles[role.0 as usize].name.as_str());
    let mut cells = vec![
        Cell::text(&*person.name),
        Cell::maybe(role.map(format::sentence_start)),
        Cell::maybe(person.team.as_deref().map(crate::page::outside::team_name)),
        Cell::text(by_time(
            &person.availability,
            |share| format::percent(*share),
            || format::percent(person.available),
        )),
    ];
    cells.extend(
        duties.counts().map(|count| if count == 0 { Cell::nothing() } else { Cell::text(count.to_string()) }),
    );
    Row::new(cells).id(Thing::Person(&person.id).anchor())
}

/// Absences that are not over, soonest first.
fn absences(desk: &Desk<'_>) -> Table {
    let mut table = Table::new(&["Person", "Away", "#Working days"]);
    let people = &desk.project.project.team.people;
    let mut away: Vec<_> = people
        .iter()
        .flat_map(|person| person.absences.iter().map(move |absence| (absence.window, person)))
        .filter(|(window, _)| window.last_day() >= desk.project.status_date)
        .collect();
    away.sort_by_key(|(window, person)| (window.first(), person.name.clone()));
    for (window, person) in away {
        let days = window.days().filter(|day| desk.time.is_working_day(*day)).count();
        table.push(Row::new(vec![
            Cell::text(&*person.name).href(desk.href_to(&Thing::Person(&person.id))),
            Cell::text(format::window(window)),
            Cell::text(days.to_string()),
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
            Per::Day => "day",
            Per::Hour => "hour",
        };
        let price = format::money_exact(rate.price.amount, rate.price.currency);
        let price = price.strip_suffix(".00").unwrap_or(&price);
        table.push(Row::new(vec![
            Cell::text(format::sentence_start(&role.name)),
            Cell::text(format!("{price}\u{a0}{} a {per}", rate.price.currency)),
            Cell::maybe(match role.heads_by_time.as_slice() {
                [] => role.heads.map(|heads| heads.to_string()),
                ranges => Some(by_time(ranges, u32::to_string, String::new)),
            }),
        ]));
    }
    table
}
