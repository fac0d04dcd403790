//! People whom several projects share: what all of these ask of them, week by week.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use serde::Serialize;

use crate::format;
use crate::model::PersonNo;
use crate::page::address::{Address, Thing};
use crate::page::desk::{Desk, Here};
use crate::page::load_table::{WEEKS, legend, over};
use crate::page::prose::Prose;
use crate::page::view::{Cell, Link, Row, Status, Table};
use crate::page::{Entry, Made, SitePage};
use crate::plan::shared_load::{SharedLoad, SharedWeek, shared_loads};
use crate::quantity::{Audience, Effort, Ratio};
use crate::report::{ProjectReport, Report};

/// The page of shared people.
pub struct SharedPeoplePage;

/// How many weeks the first page shows.
const WEEKS_AHEAD: usize = 6;

/// What the page shows.
#[derive(Debug, Serialize)]
struct SharedPeopleView {
    /// Who is asked for more than they can give, in one sentence.
    sentence: String,
    /// For each person a row of all projects and one for each project; a column for each week.
    load: Table,
    /// What the marks of the weeks mean.
    legend: Vec<Status>,
    /// Each week with too much: asked, given, and by which project.
    overbooked: Table,
}

/// The same on the first page of the site.
#[derive(Debug, Serialize)]
pub(super) struct SharedInShort {
    /// Who is asked for more than they can give, in one sentence.
    sentence: String,
    /// A row for each person: the projects, and the next weeks.
    table: Table,
    /// The page that shows all of it.
    href: Option<String>,
}

impl SitePage for SharedPeoplePage {
    fn kind(&self) -> &'static str {
        "shared-people"
    }

    fn question(&self) -> &'static str {
        "Who is booked on several projects, and is it too much?"
    }

    fn entries(&self, report: &Report) -> Vec<Entry> {
        let running = running(report);
        if report.audience < Audience::Restricted || loads(&running).is_empty() {
            return Vec::new();
        }
        vec![Entry::new(Address::shared_people(), "People on several projects")]
    }

    fn make(&self, here: &Here<'_>) -> Made {
        let desks = desks(here);
        let loads = loads_of(&desks);
        let view = SharedPeopleView {
            sentence: sentence(&loads),
            load: load_table(&desks, &loads),
            legend: legend(),
            overbooked: overbooked(&desks, &loads),
        };
        Made::new(self.kind(), "People on several projects", &view).description(self.question())
    }
}

/// Projects in which there is still work to do.
fn running(report: &Report) -> Vec<&ProjectReport> {
    report.projects.iter().filter(|project| project.is_running()).collect()
}

fn desks<'a>(here: &Here<'a>) -> Vec<Desk<'a>> {
    running(here.report).into_iter().map(|project| here.desk(project)).collect()
}

fn loads(projects: &[&ProjectReport]) -> Vec<SharedLoad> {
    let loads: Vec<_> = projects.iter().map(|project| (&project.project.team, &project.load)).collect();
    shared_loads(&loads)
}

fn loads_of(desks: &[Desk<'_>]) -> Vec<SharedLoad> {
    loads(&desks.iter().map(|desk| desk.project).collect::<Vec<_>>())
}

/// Puts the short table together; none where nobody has work in two projects.
pub(super) fn in_short(here: &Here<'_>) -> Option<SharedInShort> {
    let desks = desks(here);
    let loads = loads_of(&desks);
    let columns = columns(&loads, WEEKS_AHEAD);
    if columns.is_empty() {
        return None;
    }
    let mut table = with_weeks(&["Person", "Projects"], &columns);
    for load in &loads {
        let href = here.href_section(&Address::shared_people(), &anchor(load));
        let projects: Vec<String> =
            load.projects.iter().map(|(place, _)| desks[*place].project.project.name.clone()).collect();
        let mut cells =
            vec![Cell::text(name(&desks, load)).href(href.clone()), Cell::text(format::listed(&projects))];
        cells.extend(cells_of(load, &columns, |week| sum_cell(&desks, load, week).explained(href.clone())));
        table.push(Row::new(cells));
    }
    Some(SharedInShort { sentence: sentence(&loads), table, href: here.href(&Address::shared_people()) })
}

/// A column of the weeks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Column {
    /// A week, by its Monday.
    Week(Date),
    /// Weeks between two columns that have none of their own.
    Gap {
        /// How many they are.
        n_weeks: i64,
        /// Whether nobody is asked for in any of them.
        is_free: bool,
    },
}

impl Column {
    fn heading(self) -> String {
        let count = |n: i64| format::count(usize::try_from(n).unwrap_or(0), "week");
        match self {
            Self::Week(monday) => format::short_date(monday),
            Self::Gap { n_weeks, is_free: true } => format!("{} free", count(n_weeks)),
            Self::Gap { n_weeks, is_free: false } => format!("{} not shown", count(n_weeks)),
        }
    }
}

/// The columns of weeks in which anybody is asked for: every one in which it is too much, and the first others up to so many; what
/// lies between two of them is told by a column of its own.
fn columns(loads: &[SharedLoad], at_most: usize) -> Vec<Column> {
    let asked = |week: &&SharedWeek| week.booked() > Effort::ZERO;
    let weeks = || loads.iter().flat_map(|load| &load.weeks).filter(asked);
    let all: BTreeSet<Date> = weeks().map(|week| week.monday).collect();
    let mut shown: BTreeSet<Date> =
        weeks().filter(|week| week.is_overbooked()).map(|week| week.monday).collect();
    for monday in &all {
        if shown.len() >= at_most {
            break;
        }
        shown.insert(*monday);
    }
    let mut columns = Vec::new();
    let mut before: Option<Date> = None;
    for monday in shown {
        let left_out = before.map(|before| (before, i64::from((monday - before).get_days()) / 7 - 1));
        if let Some((before, n_weeks)) = left_out.filter(|(_, n_weeks)| *n_weeks > 0) {
            let is_free = !all.iter().any(|week| *week > before && *week < monday);
            columns.push(Column::Gap { n_weeks, is_free });
        }
        columns.push(Column::Week(monday));
        before = Some(monday);
    }
    columns
}

fn with_weeks(head: &[&str], columns: &[Column]) -> Table {
    let mut table = Table::new(head);
    table.head.extend(columns.iter().map(|column| column.heading()));
    table.numeric.extend(columns.iter().map(|column| matches!(column, Column::Week(_))));
    table
}

/// A cell for each column: what is said of a week, and nothing in a gap.
fn cells_of(load: &SharedLoad, columns: &[Column], cell: impl Fn(Option<&SharedWeek>) -> Cell) -> Vec<Cell> {
    let known: BTreeMap<Date, &SharedWeek> = load.weeks.iter().map(|week| (week.monday, week)).collect();
    let of = |column: &Column| match column {
        Column::Week(monday) => cell(known.get(monday).copied()),
        Column::Gap { .. } => Cell::default().class("gap"),
    };
    columns.iter().map(of).collect()
}

/// People of a project whom all running projects together ask for more than they can give, by name, each leading to the page that
/// shows by which; none where there is nobody, or no such page.
pub(super) fn asked_by_all(desk: &Desk<'_>) -> Option<Prose> {
    let here = &desk.here;
    here.href(&Address::shared_people())?;
    let desks = desks(here);
    let place = desks.iter().position(|own| own.project.project.folder == desk.project.project.folder)?;
    let loads = loads_of(&desks);
    let is_over = |load: &&SharedLoad| {
        load.projects.iter().any(|(project, _)| *project == place)
            && load.weeks.iter().any(SharedWeek::is_overbooked)
    };
    let over = loads.iter().filter(is_over);
    let links: Vec<Link> = over
        .map(|load| Link {
            label: crate::prose::inline_html(name(&desks, load)),
            href: here.href_section(&Address::shared_people(), &anchor(load)),
        })
        .collect();
    let mut words = Prose::words("All projects together ask for more than they can give of ");
    words.push(Prose::links(&links)?);
    words.push(Prose::words("."));
    Some(words)
}

/// What all running projects together ask of a person in the first of these weeks in which it is more than can be given, in one
/// sentence; none where it never is, where the person works in this project alone, or where no page shows the sum.
pub(super) fn too_much_of_all(desk: &Desk<'_>, person: PersonNo, mondays: &[Date]) -> Option<String> {
    let here = &desk.here;
    here.href(&Address::shared_people())?;
    let own = desk.project.project.team.people.get(person.0 as usize).filter(|own| own.is_shared)?;
    // Projects without the person have no part in the sum.
    let has = |desk: &Desk<'_>| {
        desk.project.project.team.people.iter().any(|other| other.is_shared && other.id == own.id)
    };
    let desks: Vec<Desk<'_>> = desks(here).into_iter().filter(has).collect();
    let place = desks.iter().position(|own| own.project.project.folder == desk.project.project.folder)?;
    let loads = loads_of(&desks);
    let load = loads.iter().find(|load| load.projects.contains(&(place, person)))?;
    let mut shown = of_weeks(load, mondays).flatten();
    let week = shown.find(|week| week.is_overbooked())?;
    Some(format!(
        "All projects together ask for {}\u{a0}% in the week from {}.",
        share_words(desk, week.booked(), week.capacity),
        format::date(week.monday)
    ))
}

/// The weeks of a person at the given Mondays; none where nobody asks for them any more or not yet.
fn of_weeks<'a>(load: &'a SharedLoad, weeks: &'a [Date]) -> impl Iterator<Item = Option<&'a SharedWeek>> {
    let known: BTreeMap<Date, &SharedWeek> = load.weeks.iter().map(|week| (week.monday, week)).collect();
    weeks.iter().map(move |monday| known.get(monday).copied())
}

fn anchor(load: &SharedLoad) -> String {
    format!("person-{}", load.person)
}

fn name<'a>(desks: &'a [Desk<'_>], load: &SharedLoad) -> &'a str {
    load.projects.first().map_or("", |(place, person)| desks[*place].project.project.person_name(*person))
}

fn sentence(loads: &[SharedLoad]) -> String {
    let over: Vec<&SharedLoad> =
        loads.iter().filter(|load| load.weeks.iter().any(SharedWeek::is_overbooked)).collect();
    let n_weeks: usize =
        over.iter().map(|load| load.weeks.iter().filter(|week| week.is_overbooked()).count()).sum();
    let who = format::count(loads.len(), "person").replace("persons", "people");
    let verb = if loads.len() == 1 { "works" } else { "work" };
    if over.is_empty() {
        return format!("{who} {verb} on several projects; nobody is asked for more than they can give.");
    }
    format!(
        "{who} {verb} on several projects; {} asked by all together for more than they can give, in {n_weeks} of the weeks ahead.",
        match over.len() {
            1 => "1 is".to_owned(),
            many => format!("{many} are"),
        }
    )
}

fn share_words(desk: &Desk<'_>, booked: Effort, capacity: Effort) -> String {
    Ratio::of(booked.minutes() as f64, capacity.minutes() as f64)
        .map_or_else(|| desk.effort(booked), |share| format::number(share.get() * 100.0, 0))
}

/// What all projects ask for in percent of what can be given; too much has a shape and a word besides its tint.
fn sum_cell(desks: &[Desk<'_>], load: &SharedLoad, week: Option<&SharedWeek>) -> Cell {
    let Some(week) = week.filter(|week| week.booked() > Effort::ZERO) else { return Cell::default() };
    let Some((place, _)) = load.projects.first() else { return Cell::default() };
    let cell = Cell::text(share_words(&desks[*place], week.booked(), week.capacity));
    if week.is_overbooked() {
        return over(cell);
    }
    cell.class("heat-1")
}

fn load_table(desks: &[Desk<'_>], loads: &[SharedLoad]) -> Table {
    let columns = columns(loads, WEEKS);
    let mut table = with_weeks(&["Who"], &columns);
    for load in loads {
        let anchor = anchor(load);
        // The sum opens to the rows it is made of, which stand beneath it.
        let parts = format!("{anchor}-projects");
        let mut cells = vec![Cell::text(name(desks, load)).note("all projects")];
        cells.extend(cells_of(load, &columns, |week| {
            sum_cell(desks, load, week).explained(Some(format!("#{parts}")))
        }));
        table.push(Row::new(cells).id(Some(anchor)).class("summary"));
        for (at, (place, person)) in load.projects.iter().enumerate() {
            let desk = &desks[*place];
            // What the person does there; on a public site, which has no such page, the people of the project.
            let id = desk.project.project.team.people.get(person.0 as usize).map(|person| &person.id);
            let href =
                id.and_then(|id| desk.href_to(&Thing::Person(id))).or_else(|| desk.href_page("people"));
            let mut cells = vec![Cell::text(&*desk.project.project.name).href(href).class("indent-1")];
            cells.extend(cells_of(load, &columns, |week| {
                let Some(week) = week.filter(|week| week.by_project[at] > Effort::ZERO) else {
                    return Cell::default();
                };
                let key = format!("person-{}.{}", load.person, week.monday);
                let typed = load.projects.get(at).and_then(|(_, person)| {
                    let person = desk.project.project.team.people.get(person.0 as usize)?;
                    desk.href_place(person.origin)
                });
                Cell::text(share_words(desk, week.by_project[at], week.capacity))
                    .explained(desk.explained(&key).or(typed))
            }));
            table.push(Row::new(cells).id((at == 0).then(|| parts.clone())));
        }
    }
    table
}

/// Each week in which all projects together ask for too much, soonest first.
fn overbooked(desks: &[Desk<'_>], loads: &[SharedLoad]) -> Table {
    let mut weeks: Vec<(&SharedLoad, &SharedWeek)> =
        loads.iter().flat_map(|load| load.weeks.iter().map(move |week| (load, week))).collect();
    weeks.retain(|(_, week)| week.is_overbooked());
    weeks.sort_by_key(|(load, week)| (week.monday, load.person.clone()));
    let mut table = Table::new(&["Person", "Week from", "#Asked", "#Can give", "By which projects"]);
    for (load, week) in weeks {
        let Some((first, _)) = load.projects.first() else { continue };
        let parts: Vec<String> = load
            .projects
            .iter()
            .zip(&week.by_project)
            .filter(|(_, asked)| **asked > Effort::ZERO)
            .map(|((place, _), asked)| {
                format!("{} {}", desks[*place].project.project.name, desks[*first].effort(*asked))
            })
            .collect();
        let href = format!("#{}-projects", anchor(load));
        table.push(Row::new(vec![
            Cell::text(name(desks, load)).href(Some(format!("#{}", anchor(load)))),
            desks[*first].date(Some(week.monday)),
            Cell::text(desks[*first].effort(week.booked())).explained(Some(href.clone())),
            Cell::text(desks[*first].effort(week.capacity)).explained(Some(href)),
            Cell::text(format::listed(&parts)),
        ]));
    }
    table
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn load(weeks: &[(Date, i64)]) -> SharedLoad {
        let week = |(monday, days): &(Date, i64)| SharedWeek {
            monday: *monday,
            by_project: vec![Effort::from_minutes(days * 480)],
            capacity: Effort::from_minutes(5 * 480),
        };
        SharedLoad {
            person: "anna".parse().expect("an id"),
            projects: vec![(0, PersonNo(0))],
            weeks: weeks.iter().map(week).collect(),
        }
    }

    #[test]
    fn weeks_between_are_told_and_those_with_too_much_are_always_shown() {
        let (first, second) = (date(2026, 11, 23), date(2026, 11, 30));
        let (third, late) = (date(2027, 1, 4), date(2027, 3, 1));
        let loads = [load(&[(first, 2), (second, 1), (third, 1), (date(2027, 2, 1), 1), (late, 7)])];
        let free = |n_weeks| Column::Gap { n_weeks, is_free: true };
        let shown = columns(&loads, 4);
        assert_eq!(
            shown,
            [
                Column::Week(first),
                Column::Week(second),
                free(4),
                Column::Week(third),
                Column::Gap { n_weeks: 7, is_free: false },
                Column::Week(late),
            ]
        );
        assert_eq!(shown[2].heading().replace('\u{a0}', " "), "4 weeks free");
        assert_eq!(shown[4].heading().replace('\u{a0}', " "), "7 weeks not shown");
    }
}
