//! Outside teams: whom do we wait for, since when, and what does it hold up?

use serde::Serialize;

use crate::chart::outside_margins::margin_words;
use crate::control::RequestPosition;
use crate::format;
use crate::model::{OutsideRequest, Task};
use crate::page::address::{Address, Thing};
use crate::page::desk::{Desk, days_of};
use crate::page::view::{Cell, Chart, Row, Status, Table};
use crate::page::{Entry, Group, Made, ProjectPage};
use crate::report::ProjectReport;

/// The page of requests to teams outside the project.
pub struct Outside;

/// What the page shows.
#[derive(Debug, Serialize)]
struct OutsideView {
    /// What is open and what hurts, in one sentence.
    sentence: String,
    /// The requests, team by team, the team with the worst request first.
    requests: Table,
    /// The margins of open requests as bars; none where no open request is needed by a task.
    margins: Option<Chart>,
}

/// Margins below a working week are shown as tight.
const TIGHT: i64 = 5;

impl ProjectPage for Outside {
    fn kind(&self) -> &'static str {
        "outside"
    }

    fn group(&self) -> Group {
        Group::Work
    }

    fn question(&self) -> &'static str {
        "Whom do we wait for, since when, and what does it hold up?"
    }

    fn entries(&self, project: &ProjectReport) -> Vec<Entry> {
        if project.project.registers.requests.is_empty() {
            return Vec::new();
        }
        vec![Entry::new(Address::page(&project.project.folder, "outside"), "Outside teams")]
    }

    fn make(&self, desk: &Desk<'_>) -> Made {
        let sorted = sorted_requests(desk);
        let view = OutsideView {
            sentence: [Some(sentence(desk, &sorted)), assumption(desk)]
                .into_iter()
                .flatten()
                .collect::<Vec<_>>()
                .join(" "),
            requests: requests(desk, &sorted),
            margins: desk.chart("outside-margins"),
        };
        Made::new(self.kind(), "Outside teams", &view).description(self.question())
    }
}

/// The requests asked by the status date, with their positions, worst first: overdue ones, then by margin; received ones last.
#[must_use]
pub fn sorted_requests<'a>(desk: &Desk<'a>) -> Vec<(&'a OutsideRequest, &'a RequestPosition)> {
    let day = desk.project.status_date;
    let all = desk.project.project.registers.requests.iter().zip(&desk.project.control.requests);
    let mut requests: Vec<_> = all.filter(|(request, _)| request.is_asked(day)).collect();
    requests.sort_by_key(|(_, position)| {
        let overdue = std::cmp::Reverse(position.overdue.unwrap_or(0));
        (!position.is_open, overdue, position.margin.is_none(), position.margin)
    });
    requests
}

/// The anchor of a team; its name may hold anything, an anchor only letters, digits and hyphens.
fn team_anchor(team: &str) -> String {
    let plain: String =
        team.chars().map(|letter| if letter.is_alphanumeric() { letter } else { '-' }).collect();
    format!("team-{}", plain.to_lowercase())
}

/// The name of a team for readers: the three teams that every IT project meets by their full names.
#[must_use]
pub fn team_name(written: &str) -> String {
    match written {
        "business-data" => "Business data".to_owned(),
        "security" => "Security and compliance".to_owned(),
        "procurement" => "Procurement".to_owned(),
        other => format::sentence_start(&other.replace(['-', '_'], " ")),
    }
}

impl Desk<'_> {
    /// The team outside the project that a task waits for, in words: `team Security and compliance`.
    #[must_use]
    pub fn outside_team(&self, task: &Task) -> Option<String> {
        let team = self.project.project.outside_team_of(task).filter(|_| task.is_work());
        team.map(|team| format!("team {}", team_name(team)))
    }
}

fn requests(desk: &Desk<'_>, sorted: &[(&OutsideRequest, &RequestPosition)]) -> Table {
    let mut table = Table::new(&[
        "Request",
        "",
        "Waits for it",
        "Asked",
        "Needed by",
        "Comes",
        "#Margin",
        "If a week later",
        "State",
    ]);
    let mut teams: Vec<&str> = Vec::new();
    for (request, _) in sorted {
        if !teams.contains(&request.team.as_str()) {
            teams.push(&request.team);
        }
    }
    for team in teams {
        let own: Vec<_> = sorted.iter().filter(|(request, _)| request.team == team).collect();
        let n_open = own.iter().filter(|(_, position)| position.is_open).count();
        let count = format::count(own.len(), "request");
        let heading = format!("{}: {count}, {n_open} open", team_name(team));
        table.push(Row::group(heading).id(Some(team_anchor(team))));
        for (request, position) in own {
            table.push(row(desk, request, position));
        }
    }
    table
}

fn row(desk: &Desk<'_>, request: &OutsideRequest, position: &RequestPosition) -> Row {
    let waits = match request.needed_for {
        Some(task) => desk.task(task).note_if(position.start_in.map(start_words)),
        None => Cell::nothing(),
    };
    let asked = desk.date(request.asked).note_if(position.waiting_days.map(|days| {
        if position.is_open { format!("{} ago", days_of(days)) } else { format!("took {}", days_of(days)) }
    }));
    Row::new(vec![
        Cell::text(request.id.to_string()).class("nowrap"),
        desk.line(&request.request),
        waits,
        asked,
        desk.date(position.needed_by).explained(desk.explained(&format!("request-{}.needed-by", request.id))),
        comes(desk, request, position),
        margin(desk, request, position),
        week_later(desk, position).explained(desk.explained(&format!("request-{}.week-later", request.id))),
        Cell::status(state(position)).note_if(
            request.escalated_to.as_ref().filter(|_| position.is_open).map(|to| format!("escalated to {to}")),
        ),
    ])
    .id(Thing::Request(&request.id).anchor())
}

/// How many days lie between the day it comes and the day it is needed; nothing where one of them is not known.
#[must_use]
pub fn margin(desk: &Desk<'_>, request: &OutsideRequest, position: &RequestPosition) -> Cell {
    let Some(days) = position.margin else { return Cell::nothing() };
    let cell = Cell::text(margin_words(days, position.overdue.is_some()))
        .explained(desk.explained(&format!("request-{}.margin", request.id)));
    if days < 0 && position.is_open { cell.class("bad") } else { cell }
}

/// When it came, or is promised to come; of an open one whose promise is past, the day it can come at the earliest, from which its
/// margin is counted.
fn comes(desk: &Desk<'_>, request: &OutsideRequest, position: &RequestPosition) -> Cell {
    let promised = request.promised.map(|day| format!("promised {}", format::date(day)));
    match request.received.filter(|_| !position.is_open) {
        Some(received) => desk.date(Some(received)).note_if(promised),
        None if request.promised.is_some_and(|day| day < desk.project.status_date) => {
            Cell::text(format!("not before {}", format::date(desk.project.status_date))).note_if(promised)
        }
        None if request.promised.is_some() => desk.date(request.promised).note("promised"),
        None => Cell::text("no promise").class("watch"),
    }
}

/// What a week more does to the finish of the project.
fn week_later(desk: &Desk<'_>, position: &RequestPosition) -> Cell {
    let Some(later) = position.week_later.filter(|_| desk.project.are_days_known) else {
        return Cell::nothing();
    };
    if later.days == 0 {
        return Cell::text("finish stays").class("muted");
    }
    let moved = desk.slip_days(desk.project.forecast.finish_day(), later.finish);
    let by = format::signed(moved, crate::page::desk::days_of(moved));
    let by = if position.assumed.is_some() { format!("{by}, a week after it is needed") } else { by };
    Cell::text(format!("finish {}", format::date(later.finish))).note(by).class("bad")
}

fn start_words(days: i64) -> String {
    match days {
        0 => "starts today".to_owned(),
        days if days > 0 => format!("starts in {}", days_of(days)),
        days => format!("began {} ago", days_of(-days)),
    }
}

/// Where a request stands.
#[must_use]
pub fn state(position: &RequestPosition) -> Status {
    if !position.is_open {
        return match position.margin {
            Some(days) if days < 0 => Status::done("Received late"),
            _ => Status::done("Received"),
        };
    }
    match (position.overdue, position.margin) {
        (Some(days), _) => Status::red(format!("{} overdue", days_of(days))),
        (None, Some(days)) if days < 0 => Status::red("Comes too late"),
        (None, Some(days)) if days < TIGHT => Status::amber("Tight"),
        (None, Some(_)) => Status::green("In time"),
        (None, None) => Status::unknown("No need computed"),
    }
}

/// What is open and what hurts most, in one sentence.
#[must_use]
pub fn sentence(desk: &Desk<'_>, sorted: &[(&OutsideRequest, &RequestPosition)]) -> String {
    let open: Vec<_> = sorted.iter().filter(|(_, position)| position.is_open).collect();
    let Some((worst, position)) = open.first() else {
        return format!("All {} have been received.", format::count(sorted.len(), "request"));
    };
    let count = format!("{} of {} open.", open.len(), format::count(sorted.len(), "request"));
    let start = match (worst.needed_for, position.start_in) {
        (Some(task), Some(days)) if days >= 0 => {
            format!(", and {} starts in {}", desk.project.project.task(task).name, days_of(days))
        }
        (Some(task), Some(_)) => format!(", and {} has begun", desk.project.project.task(task).name),
        _ => String::new(),
    };
    let team = team_name(&worst.team);
    match (position.overdue, position.margin) {
        (Some(days), _) => format!("{count} {} from {team} is {} overdue{start}.", worst.id, days_of(days)),
        (None, Some(days)) if days < 0 => {
            format!("{count} {} from {team} comes {} too late{start}.", worst.id, days_of(-days))
        }
        (None, Some(days)) => {
            format!("{count} The tightest is {} from {team}, with {} to spare.", worst.id, days_of(days))
        }
        (None, None) => count,
    }
}

/// What the forecast takes for granted of requests that are overdue and that the finish moves with: `The forecast assumes that X1 is
/// here by 20 Nov 2026, though it is 23 working days overdue and no new day is promised.` None where it rests on no such request.
#[must_use]
pub fn assumption(desk: &Desk<'_>) -> Option<String> {
    if desk.project.control.is_stopped {
        return None;
    }
    let told: Vec<String> = desk
        .project
        .control
        .overdue_and_needed()
        .filter_map(|(_, request)| {
            Some(format!(
                "{} is here by {}, though it is {} overdue and no new day is promised",
                request.id,
                format::date(request.assumed?),
                days_of(request.overdue?)
            ))
        })
        .collect();
    (!told.is_empty()).then(|| format!("The forecast assumes that {}.", told.join("; that ")))
}

/// The same in brackets after a finish, with what a week more of waiting does: `if X1 is here by 20 Nov 2026; 10 Aug 2027 if it comes a
/// week later`.
#[must_use]
pub fn assumption_in_short(desk: &Desk<'_>) -> Option<String> {
    relied_on_words(desk.project.control.overdue_and_needed().map(|(_, request)| request))
}

/// What a finish takes for granted of overdue requests, in the same words; none where it rests on none.
#[must_use]
pub fn relied_on_words<'a>(requests: impl IntoIterator<Item = &'a RequestPosition>) -> Option<String> {
    let told: Vec<String> = requests
        .into_iter()
        .filter_map(|request| {
            let later = request.week_later?;
            Some(format!(
                "if {} is here by {}, {} if it comes a week later",
                request.id,
                format::date(request.assumed?),
                format::date(later.finish)
            ))
        })
        .collect();
    (!told.is_empty()).then(|| told.join("; "))
}
