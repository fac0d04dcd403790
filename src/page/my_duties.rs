//! What a person has beside the tasks themselves: the load of the next weeks, requests they wait for, duties in the registers.

use jiff::civil::Date;

use crate::format;
use crate::model::{PersonNo, TaskNo};
use crate::page::address::Thing;
use crate::page::desk::Desk;
use crate::page::gates::board_conditions;
use crate::page::load_table::load_words;
use crate::page::outside;
use crate::page::register_cells::{done_state, due};
use crate::page::shared_people::too_much_of_all;
use crate::page::view::{Cell, Row, Status, Table};

/// Weeks of load that are shown.
const WEEKS_AHEAD: usize = 3;

/// The next weeks: asked, given, and by which tasks; no rows where none of them asks for anything.
pub(super) fn load(desk: &Desk<'_>, person: PersonNo) -> Table {
    let mut table = Table::new(&["Week from", "#Load in percent", "#Asked", "#Can give", "Tasks"]);
    let key = &desk.project.project.team.people[person.0 as usize].id;
    if !is_asked_at_all(desk, person) {
        return table;
    }
    for week in weeks(desk, person) {
        let explained = || desk.explained(&format!("person-{key}.{}", week.monday));
        let tasks: Vec<String> =
            week.tasks.iter().map(|task| desk.project.project.task(*task).name.clone()).collect();
        let is_asked = week.booked != crate::quantity::Effort::ZERO;
        let share = if is_asked { Cell::text(load_words(desk, week)) } else { Cell::nothing() };
        let open = |cell: Cell| if is_asked { cell.explained(explained()) } else { cell };
        table.push(Row::new(vec![
            desk.date(Some(week.monday)),
            open(if week.is_overbooked() { share.class("bad") } else { share }),
            if is_asked { open(Cell::text(desk.effort(week.booked))) } else { Cell::nothing() },
            if is_asked { open(Cell::text(desk.effort(week.capacity))) } else { Cell::nothing() },
            Cell::text(tasks.join(", ")),
        ]));
    }
    table
}

fn weeks<'a>(desk: &'a Desk<'_>, person: PersonNo) -> impl Iterator<Item = &'a crate::plan::WeekLoad> {
    let load = desk.project.load.people.iter().find(|load| load.person == person);
    load.into_iter().flat_map(|load| load.weeks.iter().take(WEEKS_AHEAD))
}

fn is_asked_at_all(desk: &Desk<'_>, person: PersonNo) -> bool {
    weeks(desk, person).any(|week| week.booked != crate::quantity::Effort::ZERO)
}

/// Whether a week asks for too much, by this project and by all that share the person; none where nothing is asked.
pub(super) fn load_sentence(desk: &Desk<'_>, person: PersonNo) -> Option<String> {
    let mondays: Vec<Date> = weeks(desk, person).map(|week| week.monday).collect();
    let shown = mondays.len();
    let over: Vec<Date> =
        weeks(desk, person).filter(|week| week.is_overbooked()).map(|week| week.monday).collect();
    let of_all = if shown > 0 { too_much_of_all(desk, person, &mondays) } else { None };
    if shown > 0 && !is_asked_at_all(desk, person) {
        return of_all.map(|of_all| format!("This project asks for nothing in these weeks. {of_all}"));
    }
    let own = (shown > 0).then(|| match over.as_slice() {
        [] if of_all.is_some() => "By this project alone no week asks for more than can be given.".to_owned(),
        [] => "No week asks for more than can be given.".to_owned(),
        [monday] => format!("The week from {} asks for more than can be given.", format::date(*monday)),
        many => format!("{} of {} ask for more than can be given.", many.len(), format::count(shown, "week")),
    });
    Some(std::iter::once(own?).chain(of_all).collect::<Vec<_>>().join(" "))
}

/// What somebody has to decide and by when: `To decide: D-03 by 25 Nov 2026, C1 by 27 Nov 2026.` None where nothing waits for them.
pub(super) fn wanted(desk: &Desk<'_>, person: PersonNo) -> Option<String> {
    let project = &desk.project.project;
    let day = desk.project.status_date;
    let decisions = project.registers.decisions.iter();
    let decisions = decisions.filter(|entry| entry.asked_of == Some(person) && entry.is_open(day));
    let decisions = decisions.map(|entry| (entry.needed_by, entry.id.to_string()));
    let changes = desk.project.control.changes_waiting_for(project, person);
    let mut all: Vec<(Option<Date>, String)> =
        decisions.chain(changes.map(|change| (change.needed_by, change.id.to_string()))).collect();
    all.sort_by_key(|(by, _)| (by.is_none(), *by));
    let told: Vec<String> = all
        .into_iter()
        .map(|(by, id)| by.map_or_else(|| id.clone(), |by| format!("{id} by {}", format::date(by))))
        .collect();
    (!told.is_empty()).then(|| format!("To decide: {}.", told.join(", ")))
}

/// Outside requests that open tasks wait for, the worst first.
pub(super) fn requests(desk: &Desk<'_>, open: &[TaskNo]) -> Table {
    let mut table = Table::new(&["Request", "", "Of", "My task", "Promised", "#Margin", "State"]);
    for (request, position) in outside::sorted_requests(desk) {
        let Some(task) = request.needed_for.filter(|task| open.contains(task) && position.is_open) else {
            continue;
        };
        let thing = Thing::Request(&request.id);
        let margin =
            position.margin.map(|days| format::signed(days, format!("{}\u{a0}d", format::whole(days))));
        table.push(Row::new(vec![
            Cell::text(request.id.to_string()).href(desk.href_to(&thing)).class("nowrap"),
            desk.line(&request.request),
            Cell::text(outside::team_name(&request.team)),
            desk.task(task),
            desk.date(request.promised),
            Cell::maybe(margin).explained(desk.explained(&format!("request-{}.margin", request.id))),
            Cell::status(outside::state(position)),
        ]));
    }
    table
}

/// Actions, decisions, changes, risks, issues and acceptances that are this person's and open, by the day they are due.
pub(super) fn duties(desk: &Desk<'_>, person: PersonNo) -> Table {
    let day = desk.project.status_date;
    let who = Some(person);
    let project = &desk.project.project;
    let registers = &project.registers;
    let mut rows: Vec<(Option<Date>, Row)> = Vec::new();
    let mut push = |thing: Thing<'_>, id: &str, kind: &str, what: Cell, by: Option<Date>, state: Status| {
        let name = Cell::text(id).href(desk.href_to(&thing)).class("nowrap");
        rows.push((
            by,
            Row::new(vec![name, what, Cell::text(kind), due(desk, by, true), Cell::status(state)]),
        ));
    };
    for action in registers.actions.iter().filter(|action| action.owner == who && action.is_open(day)) {
        let state = done_state(desk, action.due, action.done);
        push(Thing::Action(&action.id), &action.id, "action", desk.line(&action.action), action.due, state);
    }
    for (gate, condition) in board_conditions(desk) {
        if condition.owner == who && condition.is_open(day) {
            let state = done_state(desk, condition.due, condition.done);
            let what = desk.line(&condition.condition);
            push(Thing::Gate(gate), gate.key(), "condition of the board", what, condition.due, state);
        }
    }
    for entry in registers.decisions.iter().filter(|entry| entry.asked_of == who && entry.is_open(day)) {
        let state = done_state(desk, entry.needed_by, None);
        let what = desk.line(&entry.question);
        push(Thing::Decision(&entry.id), entry.id.as_str(), "to decide", what, entry.needed_by, state);
    }
    for change in desk.project.control.changes_waiting_for(project, person) {
        let state = done_state(desk, change.needed_by, None);
        let what = desk.line(&change.change);
        push(
            Thing::Change(&change.id),
            change.id.as_str(),
            "change to decide",
            what,
            change.needed_by,
            state,
        );
    }
    for issue in registers.issues.iter().filter(|issue| issue.owner == who && issue.is_open(day)) {
        let state = done_state(desk, issue.target, None);
        push(
            Thing::Issue(&issue.id),
            issue.id.as_str(),
            "issue",
            desk.line(&issue.issue),
            issue.target,
            state,
        );
    }
    for risk in registers.risks.iter().filter(|risk| risk.owner == who && risk.is_open(day)) {
        let state = Status::open("Open");
        push(Thing::Risk(&risk.id), risk.id.as_str(), "risk", desk.line(&risk.risk), None, state);
    }
    for made in project.deliverables.iter().filter(|made| made.approver == who && !made.is_accepted(day)) {
        let days: Option<Vec<Date>> =
            made.produced_by.iter().map(|task| desk.project.last_day(*task)).collect();
        let by = days.into_iter().flatten().max();
        let what = desk.line(&made.deliverable);
        let state = Status::open("To accept");
        push(Thing::Deliverable(&made.id), made.id.as_str(), "to accept", what, by, state);
    }
    rows.sort_by_key(|(by, _)| (by.is_none(), *by));
    let mut table = Table::new(&["Entry", "", "Kind", "By", "State"]);
    table.rows = rows.into_iter().map(|(_, row)| row).collect();
    table
}
