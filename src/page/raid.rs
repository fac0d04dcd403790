//! Risks, issues, decisions, changes and actions: what could hurt, what hurts, what was and must be decided.

use serde::Serialize;

use crate::format;
use crate::model::{Action, Issue, IssueStatus};
use crate::page::address::{Address, Thing};
use crate::page::changes::{Changes, changes};
use crate::page::decisions::{Decisions, decisions};
use crate::page::desk::Desk;
use crate::page::register_cells::{add_related, done_state, due};
use crate::page::risks::{Risks, risks};
use crate::page::view::{Cell, Chart, Row, Status, Table, Tile};
use crate::page::{Entry, Group, Made, ProjectPage};
use crate::quantity::Amount;
use crate::report::ProjectReport;

/// The page of registers.
pub struct Raid;

/// What the page of registers shows.
#[derive(Debug, Serialize)]
struct RaidView {
    /// Counts and sums over the registers.
    tiles: Vec<Tile>,
    /// Decisions.
    decisions: Decisions,
    /// Risks.
    risks: Risks,
    /// Exposure beside the contingency that is left, report by report.
    exposure: Option<Chart>,
    /// Issues, open ones first.
    issues: Table,
    /// How long the open issues have waited.
    issue_ages: Option<Chart>,
    /// Changes.
    changes: Changes,
    /// Actions, overdue ones first.
    actions: Table,
    /// Assumptions.
    assumptions: Table,
}

impl ProjectPage for Raid {
    fn kind(&self) -> &'static str {
        "raid"
    }

    fn group(&self) -> Group {
        Group::Control
    }

    fn question(&self) -> &'static str {
        "What could hurt, what is hurting, what did we decide?"
    }

    fn entries(&self, project: &ProjectReport) -> Vec<Entry> {
        let registers = &project.project.registers;
        let is_empty = registers.risks.is_empty()
            && registers.issues.is_empty()
            && registers.decisions.is_empty()
            && registers.changes.is_empty()
            && registers.actions.is_empty()
            && project.project.assumptions.is_empty();
        if is_empty {
            return Vec::new();
        }
        vec![Entry::new(Address::page(&project.project.folder, "raid"), "Risks, issues, decisions")]
    }

    fn make(&self, desk: &Desk<'_>) -> Made {
        let view = RaidView {
            tiles: tiles(desk),
            decisions: decisions(desk),
            risks: risks(desk),
            exposure: desk.chart("exposure-trend"),
            issues: issue_table(desk),
            issue_ages: desk.chart("issue-ages"),
            changes: changes(desk),
            actions: action_table(desk),
            assumptions: assumptions(desk),
        };
        Made::new(self.kind(), "Risks, issues, decisions, changes", &view).description(self.question())
    }
}

fn tiles(desk: &Desk<'_>) -> Vec<Tile> {
    let registers = &desk.project.project.registers;
    let day = desk.project.status_date;
    let mut tiles = Vec::new();
    if !registers.decisions.is_empty() {
        let open: Vec<_> = registers.decisions.iter().filter(|entry| entry.is_open(day)).collect();
        let soonest = open.iter().filter_map(|entry| entry.needed_by).min();
        tiles.push(Tile {
            label: "Open decisions".to_owned(),
            figure: open.len().to_string(),
            note: soonest.map(|by| format!("the first by {}", format::date(by))),
            href: Some("#decisions".to_owned()),
            explained: desk.explained("open-decisions"),
            ..Tile::default()
        });
    }
    if !registers.risks.is_empty() {
        let n_open = registers.risks.iter().filter(|risk| risk.is_open(day)).count();
        tiles.push(Tile {
            label: "Open risks".to_owned(),
            figure: n_open.to_string(),
            note: Some(crate::page::risks::threats_in_short(desk)),
            href: Some("#risks".to_owned()),
            explained: desk.explained("open-risks"),
            ..Tile::default()
        });
    }
    if !registers.issues.is_empty() {
        let open: Vec<_> = registers.issues.iter().filter(|issue| issue.is_open(day)).collect();
        let n_late = open.iter().filter(|issue| issue.target.is_some_and(|target| target < day)).count();
        tiles.push(Tile {
            label: "Open issues".to_owned(),
            figure: open.len().to_string(),
            note: (n_late > 0).then(|| format!("{n_late} past the target day")),
            href: Some("#issues".to_owned()),
            explained: desk.explained("open-issues"),
            ..Tile::default()
        });
    }
    if !registers.changes.is_empty() {
        let waiting: Vec<_> = registers.changes.iter().filter(|change| change.is_waiting(day)).collect();
        let cost: Amount = waiting.iter().filter_map(|change| change.cost).sum();
        tiles.push(Tile {
            label: "Changes waiting".to_owned(),
            figure: waiting.len().to_string(),
            note: (!waiting.is_empty()).then(|| format!("worth {}", desk.money_words(cost))),
            href: Some("#changes".to_owned()),
            explained: desk.explained("changes-waiting"),
            ..Tile::default()
        });
    }
    if !registers.actions.is_empty() {
        let open: Vec<_> = registers.actions.iter().filter(|action| action.is_open(day)).collect();
        let n_late = open.iter().filter(|action| action.due.is_some_and(|due| due < day)).count();
        tiles.push(Tile {
            label: "Open actions".to_owned(),
            figure: open.len().to_string(),
            note: (n_late > 0).then(|| format!("{n_late} overdue")),
            href: Some("#actions".to_owned()),
            explained: desk.explained("open-actions"),
            ..Tile::default()
        });
    }
    tiles
}

/// What is told of an issue.
const ISSUE_HEAD: &[&str] = &["Issue", "", "Urgency", "Owner", "Raised", "To be solved by", "State"];

/// The issues raised by the status date, open ones first.
#[must_use]
pub fn issue_table(desk: &Desk<'_>) -> Table {
    issue_table_of(desk, |_| true)
}

/// The issues that are open on the status date, by the day they are to be solved.
#[must_use]
pub fn open_issue_table(desk: &Desk<'_>) -> Table {
    let day = desk.project.status_date;
    issue_table_of(desk, |issue| issue.is_open(day))
}

/// The issues raised by the status date that are wanted, in the order of the log.
#[must_use]
fn issue_table_of(desk: &Desk<'_>, is_wanted: impl Fn(&Issue) -> bool) -> Table {
    let mut table = Table::new(ISSUE_HEAD);
    let wanted = sorted_issues(desk).into_iter().filter(|issue| is_wanted(issue));
    wanted.for_each(|issue| table.push(issue_row(desk, issue)));
    table
}

/// The issues raised by the status date, open ones first, then by the day they are to be solved.
#[must_use]
pub fn sorted_issues<'a>(desk: &Desk<'a>) -> Vec<&'a Issue> {
    let day = desk.project.status_date;
    let mut issues: Vec<&Issue> = desk
        .project
        .project
        .registers
        .issues
        .iter()
        .filter(|issue| issue.raised.is_none_or(|raised| raised <= day))
        .collect();
    issues.sort_by_key(|issue| (!issue.is_open(day), issue.target.is_none(), issue.target));
    issues
}

/// The row of an issue in such a list: its id, what it is, urgency, owner, when it was raised, by when it is to be solved, state.
#[must_use]
pub fn issue_row(desk: &Desk<'_>, issue: &Issue) -> Row {
    let day = desk.project.status_date;
    let is_open = issue.is_open(day);
    let mut what = desk.line(&issue.issue);
    what.note = issue.impact.as_ref().map(|impact| crate::prose::inline_text(&impact.markdown));
    add_related(desk, &mut what, (&issue.id, &issue.links));
    let state = if !is_open {
        Cell::status(Status::done("Solved")).note_if(issue.resolved.map(format::date))
    } else if issue.target.is_some_and(|target| target < day) {
        Cell::status(Status::red("Overdue"))
    } else {
        let word = issue.status.map_or("open", IssueStatus::key);
        Cell::status(Status::open(format::sentence_start(word)))
    };
    let state = match (&issue.escalated, is_open) {
        (Some(to), true) => state.note(format!("escalated to {to}")),
        _ => state,
    };
    let raised =
        desk.date(issue.raised).note_if(issue.raised.filter(|_| is_open).map(|raised| {
            format!("{} ago", crate::page::desk::days_of(desk.working_days_from(raised, day)))
        }));
    Row::new(vec![
        Cell::text(issue.id.to_string()).class("nowrap"),
        what,
        Cell::maybe(issue.urgency.as_deref().map(format::sentence_start)),
        desk.person(issue.owner),
        raised,
        due(desk, issue.target, is_open),
        state,
    ])
    .id(Thing::Issue(&issue.id).anchor())
}

/// All actions, open ones by the day they are due.
#[must_use]
pub fn action_table(desk: &Desk<'_>) -> Table {
    let mut table = Table::new(&["Action", "", "From", "Owner", "Due", "State"]);
    for action in sorted_actions(desk) {
        table.push(action_row(desk, action));
    }
    table
}

/// The actions that are open on the status date, by the day they are due.
#[must_use]
pub fn open_action_table(desk: &Desk<'_>) -> Table {
    let day = desk.project.status_date;
    let mut table = Table { rows: Vec::new(), ..action_table(desk) };
    sorted_actions(desk)
        .into_iter()
        .filter(|action| action.is_open(day))
        .for_each(|action| table.push(action_row(desk, action)));
    table
}

/// All actions: open ones by their due day, then those that are done, newest first.
#[must_use]
pub fn sorted_actions<'a>(desk: &Desk<'a>) -> Vec<&'a Action> {
    let day = desk.project.status_date;
    let mut actions: Vec<&Action> = desk.project.project.registers.actions.iter().collect();
    actions.sort_by_key(|action| {
        let is_open = action.is_open(day);
        let done = if is_open { None } else { action.done };
        (!is_open, is_open.then_some((action.due.is_none(), action.due)), std::cmp::Reverse(done))
    });
    actions
}

fn action_row(desk: &Desk<'_>, action: &Action) -> Row {
    let is_open = action.is_open(desk.project.status_date);
    let from = match &action.from {
        Some(from) => match from.parse::<crate::quantity::Id>() {
            Ok(id) => Cell::text(from).href(desk.href_of_id(&id)),
            Err(_) => Cell::text(from),
        },
        None => Cell::nothing(),
    };
    let state = Cell::status(done_state(desk, action.due, action.done));
    Row::new(vec![
        Cell::text(&*action.id).class("nowrap"),
        desk.line(&action.action),
        from,
        desk.person(action.owner),
        due(desk, action.due, is_open),
        if is_open { state } else { state.note_if(action.done.map(format::date)) },
    ])
    .id(Thing::Action(&action.id).anchor())
}

/// What is taken as true until tested, with whether it has been.
#[must_use]
pub fn assumptions(desk: &Desk<'_>) -> Table {
    let day = desk.project.status_date;
    let mut table = Table::new(&["Assumption", "Test by", "State"]);
    for (place, assumption) in desk.project.project.assumptions.iter().enumerate() {
        let is_proven = assumption.proven.is_some_and(|proven| proven <= day);
        let state = if is_proven {
            Cell::status(Status::done("Proven")).note_if(assumption.proven.map(format::date))
        } else if assumption.test_by.is_some_and(|by| by < day) {
            Cell::status(Status::red("Not tested in time"))
        } else {
            Cell::status(Status::open("Not tested yet"))
        };
        table.push(
            Row::new(vec![
                desk.line(&assumption.assumption),
                due(desk, assumption.test_by, !is_proven),
                state,
            ])
            .id(Thing::Assumption(place).anchor()),
        );
    }
    table
}
