//! The first page of a project: how is it, why, and what is wanted of me?

use serde::Serialize;

use crate::format;
use crate::model::{Figures, Ground};
use crate::page::address::{Address, Thing};
use crate::page::by_report;
use crate::page::changed::{Changed, since_report};
use crate::page::cost_outlook;
use crate::page::desk::{Desk, days_of};
use crate::page::earned_schedule::leading_finish;
use crate::page::exceptions::{Standing, standing};
use crate::page::gates::{board_conditions, condition_row};
use crate::page::key_figures::tiles;
use crate::page::levers::{Levers, levers};
use crate::page::look_ahead::{LOOK_AHEAD, look_ahead};
use crate::page::milestones::milestones;
use crate::page::needs::{Need, wanted};
use crate::page::outside::team_name;
use crate::page::people::key_roles;
use crate::page::report::newest;
use crate::page::scorecard::{Scorecard, scorecard};
use crate::page::track::track;
use crate::page::unread::is_known;
use crate::page::verdict::{Verdict, verdict};
use crate::page::view::{Cell, Chart, Fact, Link, Row, Status, Step, Table, Tile};
use crate::page::{Entry, Group, Made, ProjectPage};
use crate::quantity::Amount;
use crate::report::ProjectReport;

/// The dashboard.
pub struct Dashboard;

/// How many risks the dashboard names.
const TOP_RISKS: usize = 3;

/// How many lines of what changed the dashboard shows; the journal has all.
const CHANGES_AT_MOST: usize = 12;

/// How many levers the dashboard names; the schedule has all.
const LEVERS_AT_MOST: usize = 5;

/// What the dashboard shows.
#[derive(Debug, Serialize)]
struct DashboardView {
    /// The sentence, its cause and the lever.
    verdict: Verdict,
    /// The road of stages.
    track: Vec<Step>,
    /// Tolerances that the forecast has left; empty while it is inside.
    exceptions: Vec<Standing>,
    /// Overdue conditions of the board, then decisions wanted, most urgent first.
    needs: Vec<Need>,
    /// The heading above them: of one, or of several.
    needs_title: &'static str,
    /// What the figures beside their options are held against; none where nothing is computed of any option.
    needs_lead: Option<&'static str>,
    /// Key figures.
    tiles: Vec<Tile>,
    /// Of each thing that is forecast in several ways which forecast leads, what the others say and why they differ.
    leading: Vec<String>,
    /// The newest report on its own page; none before there is one.
    report: Option<Link>,
    /// Dimensions with rule and reason.
    scorecard: Scorecard,
    /// What moved since the report before; none without an earlier snapshot.
    since: Option<Since>,
    /// What people changed in the files since the report before; none where nothing is known of it.
    changed: Option<Changed>,
    /// What runs or begins within two weeks.
    next: Table,
    /// Why days of what is to come are not known; none where they are.
    days_unread: Option<String>,
    /// The last day of the look-ahead.
    next_until: String,
    /// What the author of the newest report says comes next, as harmless HTML.
    announced: Vec<String>,
    /// Milestones and gates.
    milestones: Table,
    /// The worst open risks.
    risks: Table,
    /// Open issues.
    issues: Table,
    /// Outside requests that hurt.
    requests: Table,
    /// What the board asked for and is not done.
    conditions: Table,
    /// What a day more or less changes, of the tasks at which it changes most; none without open critical work.
    levers: Option<Levers>,
    /// Whether the board has stopped it: then nothing is ahead.
    is_stopped: bool,
    /// The driving path as a chart; none where less than two steps lead to the finish, or the project is stopped.
    path: Option<Chart>,
    /// What a few days more or less do to the finish, as a chart; none without a cliff: bars that all say a day for a day say nothing.
    cliffs: Option<Chart>,
    /// Who pays and decides, leads, receives the result and sits on the board; only those who are named.
    people: Vec<Fact>,
    /// Promised and forecast days of milestones and gates as a chart; none where it cannot be drawn.
    slip: Option<Chart>,
    /// Small charts, those that can be drawn.
    charts: Vec<Chart>,
    /// Links to the pages with the details.
    links: DashboardLinks,
}

/// Where the details are; none where the project has no such page.
#[derive(Debug, Serialize)]
struct DashboardLinks {
    /// The schedule.
    schedule: Option<String>,
    /// The budget.
    budget: Option<String>,
    /// Risks, issues, decisions, changes.
    raid: Option<String>,
    /// Gates and their conditions.
    gates: Option<String>,
    /// Outside teams.
    outside: Option<String>,
    /// Everybody with what they have to do.
    people: Option<String>,
    /// The journal.
    journal: Option<String>,
    /// Formulas and thresholds.
    method: Option<String>,
}

/// What moved since an earlier report.
#[derive(Debug, Serialize)]
struct Since {
    /// The day of that report.
    date: String,
    /// That another baseline is measured against than then, and what that alone changed; none where it is the same.
    rebaselined: Option<String>,
    /// Figure, then, now, difference.
    table: Table,
}

impl ProjectPage for Dashboard {
    fn kind(&self) -> &'static str {
        "dashboard"
    }

    fn group(&self) -> Group {
        Group::Status
    }

    fn question(&self) -> &'static str {
        "How is it, why, and what is wanted of me?"
    }

    fn entries(&self, project: &ProjectReport) -> Vec<Entry> {
        vec![Entry::new(Address::dashboard(&project.project.folder), "Dashboard")]
    }

    fn make(&self, desk: &Desk<'_>) -> Made {
        let is_stopped = desk.project.control.is_stopped;
        let since = since(desk);
        // What the section above says is not said twice.
        let is_said = since.as_ref().is_some_and(|since| since.rebaselined.is_some());
        let all_levers = if is_stopped { None } else { levers(desk) };
        let needs = wanted(desk);
        let is_told = needs.iter().any(|need| need.is_told);
        let view = DashboardView {
            verdict: verdict(desk),
            track: track(desk),
            exceptions: standing(desk),
            needs_title: if needs.len() == 1 { "Decision wanted" } else { "Decisions wanted" },
            needs_lead: is_told.then_some(if is_stopped {
                "Each option as far as it can be computed; the project is stopped, so that none has a finish any more."
            } else {
                "Each option as far as it can be computed; finish and cost against the forecast as it stands."
            }),
            needs,
            tiles: tiles(desk),
            leading: [leading_finish(desk), cost_outlook::leading_cost(desk)].into_iter().flatten().collect(),
            report: newest(desk).filter(|link| link.href.is_some()),
            scorecard: scorecard(desk),
            since,
            changed: since_report(desk, Some(CHANGES_AT_MOST))
                .filter(|changed| changed.since.is_some())
                .map(|changed| if is_said { changed.without_baseline() } else { changed }),
            next: look_ahead(desk),
            days_unread: desk.days_unread_sentence(),
            next_until: format::date(
                desk.project.status_date.saturating_add(jiff::Span::new().days(LOOK_AHEAD)),
            ),
            announced: announced(desk),
            milestones: milestones(desk),
            risks: risks(desk),
            issues: issues(desk),
            requests: requests(desk),
            conditions: conditions(desk),
            cliffs: all_levers.as_ref().filter(|all| all.cliffs.is_some()).and_then(|_| desk.chart("cliffs")),
            levers: all_levers.map(|all| all.in_short(desk).first(LEVERS_AT_MOST, in_the_schedule).told_together(desk)),
            is_stopped,
            path: if is_stopped { None } else { desk.chart("driving-path") },
            people: key_roles(desk).into_iter().filter(|fact| fact.text.as_deref() != Some(format::NOTHING)).collect(),
            slip: (!is_stopped).then(|| desk.chart("slip")).flatten(),
            // What was spent stays of interest; where it would have gone does not.
            charts: std::iter::once("s-curve")
                .chain((!is_stopped).then_some("burn"))
                .filter_map(|name| desk.chart(name))
                .collect(),
            links: DashboardLinks {
                schedule: desk.href_page("schedule"),
                budget: desk.href_page("budget"),
                raid: desk.href_page("raid"),
                gates: desk.href_page("gates"),
                outside: desk.href_page("outside"),
                people: desk.href_page("people"),
                journal: desk.href_page("journal"),
                method: desk.href(&Address::method()),
            },
        };
        let made = Made::new(self.kind(), &*desk.project.project.name, &view);
        match &desk.project.project.goal {
            Some(goal) => made.description(crate::prose::plain_text(&goal.markdown).trim().to_owned()),
            None => made,
        }
    }
}

/// Open conditions of the board, by their day.
fn conditions(desk: &Desk<'_>) -> Table {
    let mut table = Table::new(&["Condition", "Gate", "Urgency", "Owner", "Due", "State"]);
    let day = desk.project.status_date;
    let mut open = board_conditions(desk);
    open.retain(|(_, condition)| condition.is_open(day));
    open.sort_by_key(|(gate, condition)| (condition.due.is_none(), condition.due, *gate));
    for (gate, condition) in open {
        table.push(condition_row(desk, gate, condition));
    }
    table
}

/// How many levers more the schedule shows, in words.
fn in_the_schedule(more: usize) -> String {
    format!("{} more in the schedule.", format::count(more, "task"))
}

/// The threats of a frozen report; one of an earlier program says them as its exposure.
fn threats_said(figures: &Figures) -> Option<Amount> {
    figures.threats.or(figures.exposure)
}

/// Where a frozen report keeps an amount.
type Kept = fn(&Figures) -> Option<Amount>;

fn since(desk: &Desk<'_>) -> Option<Since> {
    let control = &desk.project.control;
    let before = desk
        .project
        .project
        .snapshots
        .iter()
        .rev()
        .find(|snapshot| snapshot.status_date < desk.project.status_date)?;
    let frozen = &before.figures;
    let mut table = Table::new(&["Figure", "Then", "Now", "#Change", "By report"]);
    // Of a stopped project nothing is forecast any more: what was done and what it cost is left.
    let is_forecast = !control.is_stopped;
    if let Some((then, now)) = frozen.forecast_finish.zip(desk.project.finish()).filter(|_| is_forecast) {
        table.push(Row::new(vec![
            Cell::text(if control.is_finished { "Finish" } else { "Forecast finish" }),
            desk.date(Some(then)),
            desk.date(Some(now)),
            crate::page::milestones::moved_cell(Some(desk.slip_days(then, now)))
                .explained(desk.href_place(before.origin)),
            Cell::default().spark(by_report::finish_line(desk)),
        ]));
    }
    // Label, key, what it is now, and where a frozen report keeps it.
    let money: [(&str, &str, Option<Amount>, Kept); 4] = [
        ("Estimate at completion", "eac", control.estimate(), |figures| figures.estimate),
        ("Earned value", "ev", Some(control.total.earned), |figures| figures.total.earned),
        ("Actual cost", "ac", Some(control.total.actual), |figures| figures.total.actual),
        ("Threats after response", "threats", Some(control.threats), threats_said),
    ];
    let is_shown = |key: &str| {
        let grounds = match key {
            "eac" => Ground::ESTIMATE,
            "ev" => Ground::EARNED,
            "ac" => &[Ground::Spent],
            _ => Ground::RISKS,
        };
        (is_forecast || matches!(key, "ev" | "ac")) && is_known(desk, grounds)
    };
    for (label, key, now, kept) in money.into_iter().filter(|(_, key, ..)| is_shown(key)) {
        if let Some((then, now)) = kept(frozen).zip(now) {
            table.push(Row::new(vec![
                Cell::text(label),
                Cell::text(desk.money_words(then)).explained(desk.href_place(before.origin)),
                Cell::text(desk.money_words(now)).explained(desk.explained(key)),
                Cell::text(desk.money_difference(then, now)).explained(desk.explained(key)),
                Cell::default().spark(by_report::money_line(
                    desk,
                    &format!("{label} by report"),
                    None,
                    |said| kept(&said.figures),
                )),
            ]));
        }
    }
    if let Some(colour) = before.computed.as_deref().and_then(crate::control::Colour::from_word) {
        table.push(Row::new(vec![
            Cell::text("Status"),
            Cell::status(crate::page::frame::status_of(colour)),
            Cell::status(crate::page::frame::project_status(desk.project)),
            Cell::default(),
            Cell::default(),
        ]));
    }
    (!table.rows.is_empty()).then(|| Since {
        date: format::date(before.status_date),
        rebaselined: crate::page::rebaselined::rebaselined_since(desk.project, before),
        table,
    })
}

fn announced(desk: &Desk<'_>) -> Vec<String> {
    crate::page::verdict::newest_update(desk).map_or_else(Vec::new, |update| {
        update.next.iter().map(|text| crate::prose::inline_html(&text.markdown)).collect()
    })
}

fn risks(desk: &Desk<'_>) -> Table {
    let day = desk.project.status_date;
    let mut open: Vec<_> =
        desk.project.project.registers.risks.iter().filter(|risk| risk.is_open(day)).collect();
    // Not after the response: what has not worked yet still threatens.
    open.sort_by_key(|risk| std::cmp::Reverse((risk.current.expected_value(), risk.current.time)));
    let mut table = Table::new(&["Risk", "", "#Exposure now", "#After response", "Owner", "Next response"]);
    for risk in open.into_iter().take(TOP_RISKS) {
        let next = desk
            .project
            .project
            .registers
            .actions
            .iter()
            .filter(|action| action.from.as_deref() == Some(risk.id.as_str()) && action.is_open(day))
            .min_by_key(|action| (action.due.is_none(), action.due));
        table.push(Row::new(vec![
            Cell::text(risk.id.to_string()).href(desk.href_to(&Thing::Risk(&risk.id))).class("nowrap"),
            desk.line(&risk.risk).note_if((risk.current.time > 0).then(|| {
                format!(
                    "{} likely to cost {}",
                    format::percent(risk.current.probability),
                    crate::page::risks::impact_words(desk, &risk.current)
                )
            })),
            Cell::text(desk.money(risk.current.expected_value()))
                .explained(desk.explained(&crate::page::risks::emv_key(risk, false))),
            Cell::text(desk.money(risk.remaining().expected_value()))
                .explained(desk.explained(&crate::page::risks::emv_key(risk, true))),
            desk.person(risk.owner),
            match next {
                Some(action) => desk
                    .line(&action.action)
                    .note_if(action.due.map(|due| format!("{}, {}", format::date(due), desk.due_words(due)))),
                None => Cell::maybe(risk.response.clone()),
            },
        ]));
    }
    table
}

fn issues(desk: &Desk<'_>) -> Table {
    let day = desk.project.status_date;
    let mut table = Table::new(&["Issue", "", "Urgency", "Owner", "To be solved by"]);
    for issue in desk.project.project.registers.issues.iter().filter(|issue| issue.is_open(day)) {
        let target = match issue.target {
            Some(target) => {
                let cell = Cell::text(format::date(target)).class("date").note(desk.due_words(target));
                if target < day { cell.class("bad") } else { cell }
            }
            None => Cell::nothing(),
        };
        table.push(Row::new(vec![
            Cell::text(issue.id.to_string()).href(desk.href_to(&Thing::Issue(&issue.id))).class("nowrap"),
            desk.line(&issue.issue),
            Cell::maybe(issue.urgency.clone()),
            desk.person(issue.owner),
            target,
        ]));
    }
    table
}

/// Open requests that come too late, are overdue, or leave less than a week.
fn requests(desk: &Desk<'_>) -> Table {
    let mut table = Table::new(&["Request", "", "Team", "Needed by", "State"]);
    let requests = &desk.project.project.registers.requests;
    for (request, position) in requests.iter().zip(&desk.project.control.requests) {
        let is_tight = position.margin.is_some_and(|margin| margin < 5);
        if !position.is_open || !(is_tight || position.overdue.is_some()) {
            continue;
        }
        let state = match (position.overdue, position.margin) {
            (Some(days), _) => Status::red(format!("{} overdue", days_of(days))),
            (None, Some(margin)) if margin < 0 => Status::red(format!("{} too late", days_of(-margin))),
            (None, Some(margin)) => Status::amber(format!("{} to spare", days_of(margin))),
            (None, None) => Status::unknown("No need computed"),
        };
        let needed = match (position.needed_by, request.needed_for) {
            (Some(day), Some(task)) => desk
                .date(Some(day))
                .explained(desk.explained(&format!("request-{}.needed-by", request.id)))
                .note(format!("for {}", desk.project.project.task(task).name)),
            (day, _) => desk.date(day),
        };
        table.push(Row::new(vec![
            Cell::text(request.id.to_string())
                .href(desk.href_to(&Thing::Request(&request.id)))
                .class("nowrap"),
            desk.line(&request.request),
            Cell::text(team_name(&request.team)),
            needed,
            Cell::status(state),
        ]));
    }
    table
}
