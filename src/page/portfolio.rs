//! The first page of the site: what needs me today, and how do all projects stand?

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use crate::diagnostic::Severity;
use crate::format::{self, Precision};
use crate::model::{Ground, TaskKind};
use crate::page::address::{Address, Thing};
use crate::page::at_a_glance::{AtAGlance, at_a_glance};
use crate::page::desk::{Desk, Here, gate_name};
use crate::page::external::between_projects;
use crate::page::frame::project_status;
use crate::page::gates::{decided_record, put_off};
use crate::page::needs::{Need, wanted};
use crate::page::portfolio_line::{COLOURS, Facet, ProjectLine, days_too_old, facets, project_line};
use crate::page::shared_people::{SharedInShort, in_short};
use crate::page::unread::{is_known, why_no_estimate};
use crate::page::view::{Cell, Chart, Row, Status, Table};
use crate::page::{Entry, Made, SitePage};
use crate::plan::State;
use crate::quantity::Amount;
use crate::report::{ProjectReport, Report};

/// The portfolio page.
pub struct PortfolioPage;

/// Calendar days within which gates are listed.
const GATES_AHEAD: i64 = 60;

/// What the portfolio page shows.
#[derive(Debug, Serialize)]
struct PortfolioView {
    /// What the portfolio is, as harmless HTML.
    description: Option<String>,
    /// The projects at a glance, those first that need most; none where there is one project.
    glance: Option<AtAGlance>,
    /// How many projects stand at each colour, what all cost together, how many decisions are wanted and by when the first, in words.
    in_short: String,
    /// Decisions outstanding in all projects, most urgent first.
    needs: Vec<Need>,
    /// One line for each project.
    projects: Vec<ProjectLine>,
    /// What the table of projects is: that its money adds up or is rounded, or how many projects stand at each colour; and of which
    /// work SPI(t) is.
    projects_lead: String,
    /// By what the projects can be chosen; empty where there is one project.
    facets: Vec<Facet>,
    /// Projects whose newest report is too old, in one sentence; none where all are fresh.
    stale: Option<String>,
    /// Finishes promised and forecast as a chart; none for a single project.
    slip: Option<Chart>,
    /// Money at completion against budget and reserves as a chart; none for a single project.
    bullet: Option<Chart>,
    /// Gates within the next sixty days.
    gates: Table,
    /// Until when that is.
    gates_until: String,
    /// Money of each project in whole units, in the order of `projects`.
    money: Vec<ProjectMoney>,
    /// What all projects of a currency come to; empty where no two share one.
    sums: Vec<MoneySum>,
    /// Whether the projects have more than one currency, so that each amount is told with its own.
    has_currencies: bool,
    /// People booked on several projects: who, where, and how full the next weeks are; none where nobody is shared.
    shared: Option<SharedInShort>,
    /// How many requests each outside team has open, over all projects, in one sentence; none without any.
    queue: Option<String>,
    /// Outside requests of all projects that come late.
    requests: Table,
    /// Tasks that wait for those of other projects; no rows where none does.
    between: Table,
    /// Findings in the files, in words; none when nothing is open.
    problems: Option<String>,
    /// Folders that could not be read.
    unreadable: Vec<String>,
    /// Where the problems are listed.
    problems_href: Option<String>,
    /// Where figures are explained.
    method_href: Option<String>,
    /// Where the data are.
    downloads_href: Option<String>,
}

impl SitePage for PortfolioPage {
    fn kind(&self) -> &'static str {
        "portfolio"
    }

    fn question(&self) -> &'static str {
        "What needs me today, and how do all projects stand?"
    }

    fn entries(&self, _report: &Report) -> Vec<Entry> {
        vec![Entry::new(Address::portfolio(), "All projects")]
    }

    fn make(&self, here: &Here<'_>) -> Made {
        let report = here.report;
        let desks: Vec<Desk<'_>> = report.projects.iter().map(|project| here.desk(project)).collect();
        let by_project: Vec<Vec<Need>> = desks.iter().map(wanted).collect();
        let projects: Vec<ProjectLine> = desks.iter().map(project_line).collect();
        let glance = at_a_glance(&desks, &by_project, &projects);
        let mut all: Vec<Need> = by_project.into_iter().flatten().collect();
        all.sort_by_key(|need| (need.day.is_none(), need.day));
        let (money, sums, rounded) = money(&desks);
        let currencies =
            desks.iter().map(|desk| desk.project.project.currency).collect::<BTreeSet<_>>().len();
        let until = report.status_date.saturating_add(jiff::Span::new().days(GATES_AHEAD));
        let view = PortfolioView {
            glance,
            in_short: [Some(counts(&desks)), money_in_words(&desks), in_words(&all)]
                .into_iter()
                .flatten()
                .collect::<Vec<_>>()
                .join(" "),
            description: report.description.as_ref().map(|text| crate::prose::inline_html(&text.markdown)),
            needs: all,
            projects,
            projects_lead: projects_lead(&desks, !sums.is_empty() && currencies == 1, rounded),
            facets: facets(&desks),
            stale: stale(&desks),
            slip: slip_chart(here),
            bullet: money_chart(here),
            gates: gates(&desks, until),
            gates_until: format::date(until),
            money,
            sums,
            has_currencies: currencies > 1,
            shared: in_short(here),
            queue: queue(&desks),
            requests: requests(&desks),
            between: between_projects(&desks),
            problems: problems(report),
            unreadable: report.unreadable.clone(),
            problems_href: here.href(&Address::problems()),
            method_href: here.href(&Address::method()),
            downloads_href: here.href(&Address::downloads()),
        };
        Made::new(self.kind(), &*report.title, &view)
    }
}

/// How far the finishes of all projects are from what was promised: a picture only where there is something to compare.
fn slip_chart(here: &Here<'_>) -> Option<Chart> {
    if here.report.projects.iter().filter(|project| !project.control.is_stopped).count() < 2 {
        return None;
    }
    let link_to = |project: &ProjectReport| here.href(&Address::dashboard(&project.project.folder));
    Some(Chart::of("portfolio-slip", crate::chart::slip::of_portfolio(here.report, &link_to)?))
}

/// What all projects come to: a picture only where there is something to compare.
fn money_chart(here: &Here<'_>) -> Option<Chart> {
    if here.report.projects.iter().filter(|project| !project.control.is_stopped).count() < 2 {
        return None;
    }
    let link_to = |project: &ProjectReport| here.href(&Address::dashboard(&project.project.folder));
    Some(Chart::of("portfolio-money", crate::chart::bullet::of_portfolio(here.report, &link_to)?))
}

/// How many decisions are wanted and conditions of the board are to be met, and by when the first: `9 decisions are wanted and 1 condition is
/// to be met, the first by 24 Nov 2026.` None where there is neither.
fn in_words(needs: &[Need]) -> Option<String> {
    let first = needs.iter().find_map(|need| Some(format!(", the first by {}", need.by.as_ref()?)));
    let n_conditions = needs.iter().filter(|need| need.is_condition).count();
    let told = |count: usize, what: &str, wanted: &str| {
        let verb = if count == 1 { "is" } else { "are" };
        (count > 0).then(|| format!("{} {verb} {wanted}", format::count(count, what)))
    };
    let decisions = told(needs.len() - n_conditions, "decision", "wanted");
    let conditions = told(n_conditions, "condition", "to be met");
    let all: Vec<String> = decisions.into_iter().chain(conditions).collect();
    (!all.is_empty()).then(|| format!("{}{}.", format::listed(&all), first.unwrap_or_default()))
}

/// What stands above the table of projects.
fn projects_lead(desks: &[Desk<'_>], has_sum: bool, rounded: bool) -> String {
    let money = match (has_sum, rounded) {
        (false, _) => counts(desks),
        (true, false) => "To sort and to choose from; money adds up to the last line.".to_owned(),
        (true, true) => {
            "To sort and to choose from; each amount is rounded by itself, so that a sum may differ a little from its parts."
                .to_owned()
        }
    };
    let is_apart = desks.iter().any(|desk| {
        let control = &desk.project.control;
        control.total.is_of_other_work(&control.discrete)
    });
    if is_apart { format!("{money} SPI(t) is without level of effort.") } else { money }
}

/// What all projects of one currency come to: `1 770 742 EUR at completion, 52 736 EUR over budget.` What a stopped
/// project costs in the end is part of it. None where they share no currency, and where no budget or no cost is recorded.
fn money_in_words(desks: &[Desk<'_>]) -> Option<String> {
    let first = desks.first()?;
    let currency = first.project.project.currency;
    let is_one = desks.iter().all(|desk| desk.project.project.currency == currency);
    let is_recorded = desks.iter().any(|desk| desk.project.control.spending.is_recorded);
    let unread: Vec<String> = desks
        .iter()
        .filter(|desk| !is_known(desk, Ground::ESTIMATE))
        .map(|desk| desk.project.project.name.clone())
        .collect();
    if !unread.is_empty() {
        return Some(format!(
            "What all cost is not known: of {} not everything can be read.",
            format::listed(&unread)
        ));
    }
    if !is_one || !is_recorded {
        return None;
    }
    let sums = desks.iter().map(sums_of);
    let (budget, cost) = sums.fold((Amount::ZERO, Amount::ZERO), |all, own| (all.0 + own[0], all.1 + own[1]));
    if budget <= Amount::ZERO {
        return None;
    }
    let over = format::money_printed(cost, currency) - format::money_printed(budget, currency);
    let side = if over > Amount::ZERO { "over" } else { "under" };
    let amount = first.money_words(Amount(over.0.abs()));
    let how = if over == Amount::ZERO { "on budget".to_owned() } else { format!("{amount} {side} budget") };
    Some(format!("{} at completion, {how}.", first.money_words(cost)))
}

fn counts(desks: &[Desk<'_>]) -> String {
    let mut counts: Vec<(Status, usize)> = Vec::new();
    for status in desks.iter().map(|desk| project_status(desk.project)) {
        match counts.iter_mut().find(|(known, _)| *known == status) {
            Some((_, count)) => *count += 1,
            None => counts.push((status, 1)),
        }
    }
    counts.sort_by_key(|(status, _)| COLOURS.iter().position(|word| *word == status.word));
    let parts: Vec<String> =
        counts.iter().map(|(status, count)| format!("{count} {}", status.word.to_lowercase())).collect();
    format!("{}: {}.", format::count(desks.len(), "project"), format::listed(&parts))
}

fn gates(desks: &[Desk<'_>], until: jiff::civil::Date) -> Table {
    let mut ahead = Vec::new();
    for desk in desks {
        for (number, task, slot) in desk.project.tasks() {
            if let TaskKind::Gate(gate) = task.kind
                && slot.state != State::Finished
                && !desk.project.control.is_stopped
                && let Some(day) = desk.project.last_day(number).filter(|day| *day <= until)
            {
                ahead.push((day, desk, number, gate));
            }
        }
    }
    ahead.sort_by_key(|(day, desk, number, _)| (*day, desk.project.project.folder.clone(), *number));
    let mut table = Table::new(&["Gate", "Project", "Forecast", "Baseline or plan", "#Slip"]);
    for (day, desk, number, gate) in ahead {
        let promised =
            desk.project.control.reference.tasks[number.0 as usize].map(|promised| promised.finish);
        table.push(Row::new(vec![
            Cell::text(gate_name(desk.project, gate))
                .href(desk.href_to(&Thing::Gate(gate)))
                .note_if(put_off(decided_record(desk, gate))),
            Cell::text(&*desk.project.project.name).href(desk.href_page("index")),
            desk.date(Some(day)).explained(desk.explained_of(number, "finish")),
            desk.date(promised).explained(desk.explained_of(number, "promised")),
            crate::page::milestones::slip_cell_of(
                desk,
                promised.map(|promised| desk.slip_days(promised, day)),
            )
            .explained(desk.explained_of(number, "slip")),
        ]));
    }
    table
}

/// The sums of money that are shown, of a project or of all in a currency, in the order of the columns.
type Sums = [Amount; 6];

/// The keys under which a project explains them.
const SUM_KEYS: [&str; 6] = ["bac", "eac", "over", "ac", "contingency-left", "contingency-needed"];

/// The same of a stopped project: what it will have cost stands in the place of the estimate, and its contingency is given back.
const STOPPED_KEYS: [&str; 6] = ["bac", "stop-cost", "stop-over", "ac", "", ""];

/// The same of a project of which work is done and no cost is recorded.
const UNESTIMATED_KEYS: [&str; 6] = ["bac", "", "", "ac", "contingency-left", "contingency-needed"];

/// Whether it can be said what a project costs in the end.
fn is_estimated(desk: &Desk<'_>) -> bool {
    desk.project.control.is_stopped || desk.project.control.spending.is_recorded
}

fn keys_of(desk: &Desk<'_>) -> [&'static str; 6] {
    let mut keys = match is_estimated(desk) {
        _ if desk.project.control.is_stopped => STOPPED_KEYS,
        true => SUM_KEYS,
        false => UNESTIMATED_KEYS,
    };
    forget_unread(desk, &mut keys);
    keys
}

/// What each of the sums rests on, in the order of the columns.
const SUM_GROUNDS: [&[Ground]; 6] = [
    Ground::BUDGET,
    Ground::ESTIMATE,
    Ground::ESTIMATE,
    &[Ground::Spent],
    &[Ground::Reserves],
    &[Ground::Dates, Ground::Promise, Ground::Worth, Ground::Spent, Ground::Reserves],
];

/// Leaves out the sums that rest on what could not be read.
fn forget_unread(desk: &Desk<'_>, keys: &mut [&'static str; 6]) {
    for (key, grounds) in keys.iter_mut().zip(SUM_GROUNDS) {
        if !is_known(desk, grounds) {
            *key = "";
        }
    }
}

fn sums_of(desk: &Desk<'_>) -> Sums {
    let control = &desk.project.control;
    let (total, contingency) = (&control.total, &control.spending.contingency);
    // Without a cost there is nothing to estimate from; in a sum such a project counts as it is budgeted.
    let cost = if is_estimated(desk) { control.cost_in_the_end() } else { total.budget };
    let [left, needed] = if control.is_stopped {
        [Amount::ZERO; 2]
    } else {
        // What a project needs beyond what it has left comes from no other: the sum says how much of what is left is needed.
        let is_left = contingency.remaining.max(Amount::ZERO);
        [contingency.remaining, contingency.forecast_use.min(is_left)]
    };
    [total.budget, cost, cost - total.budget, total.actual, left, needed]
}

/// The money of a project in its row.
#[derive(Debug, Serialize)]
struct ProjectMoney {
    /// The anchor of the first project of a currency, to which the sum leads; none for the others.
    anchor: Option<String>,
    /// The amounts; none where neither a budget nor a cost is known.
    sums: Option<MoneyCells>,
    /// Why there is no estimate, or what stands in its place; none where there is one.
    note: Option<String>,
}

/// What the projects of a currency come to.
#[derive(Debug, Serialize)]
struct MoneySum {
    /// Whose sum it is: `All 6 projects, EUR`.
    label: String,
    /// The amounts.
    sums: MoneyCells,
}

/// Amounts of a project or of all in a currency, without the currency; each leads to its explanation.
#[derive(Debug, Serialize)]
struct MoneyCells {
    /// The budget at completion.
    budget: Cell,
    /// The estimate at completion; of a stopped project what it will have cost.
    estimate: Cell,
    /// The estimate less the budget.
    over: Cell,
    /// The actual cost.
    spent: Cell,
    /// The contingency left.
    contingency: Cell,
    /// What the forecast needs of it, no more than is left.
    needed: Cell,
    /// The currency.
    currency: String,
}

/// The money of each project, and of all that share a currency; whether a sum differs from its parts as they are printed.
fn money(desks: &[Desk<'_>]) -> (Vec<ProjectMoney>, Vec<MoneySum>, bool) {
    let mut currencies: BTreeMap<String, Vec<&Desk<'_>>> = BTreeMap::new();
    for desk in desks {
        currencies.entry(desk.project.project.currency.to_string()).or_default().push(desk);
    }
    let mut is_rounded = false;
    let mut all = Vec::new();
    for (name, own) in &currencies {
        let parts: Vec<Sums> = own.iter().map(|desk| sums_of(desk)).collect();
        let total = parts.iter().fold(Sums::default(), |mut total, sums| {
            total.iter_mut().zip(sums).for_each(|(total, amount)| *total += *amount);
            total
        });
        let Some(first) = own.first() else { continue };
        if own.len() > 1 && has_money(&total) {
            let anchor = format!("#{}", anchor_of(name));
            is_rounded |= !adds_up(first, &parts, &total);
            let precision = Precision::whole(first.project.project.currency);
            let mut keys = SUM_KEYS;
            for desk in own {
                forget_unread(desk, &mut keys);
            }
            all.push(MoneySum {
                label: format!("All {}, {name}", format::count(own.len(), "project")),
                sums: money_cells(precision, name, (&total, keys), |_| Some(anchor.clone())),
            });
        }
    }
    let lines = desks.iter().map(|desk| {
        let name = desk.project.project.currency.to_string();
        let own = &currencies[&name];
        let is_first = own.len() > 1 && own.first().is_some_and(|first| first.folder() == desk.folder());
        let sums = sums_of(desk);
        ProjectMoney {
            anchor: is_first.then(|| anchor_of(&name)),
            sums: has_money(&sums).then(|| {
                money_cells(
                    Precision::whole(desk.project.project.currency),
                    &name,
                    (&sums, keys_of(desk)),
                    |key| desk.explained(key),
                )
            }),
            note: if !is_known(desk, Ground::ESTIMATE) {
                Some(why_no_estimate(desk))
            } else if desk.project.control.is_stopped {
                Some("spent, on order, and closing it".to_owned())
            } else if is_estimated(desk) {
                None
            } else if own.len() > 1 {
                Some("no cost is recorded: at its budget in the sum".to_owned())
            } else {
                Some("no cost is recorded".to_owned())
            },
        }
    });
    (lines.collect(), all, is_rounded)
}

fn has_money(sums: &Sums) -> bool {
    sums[0] != Amount::ZERO || sums[3] != Amount::ZERO
}

fn anchor_of(currency: &str) -> String {
    format!("money-{}", currency.to_lowercase())
}

/// Whether each column adds up to its sum in whole units, and each line from budget to estimate. They are shown so: nobody decides on a
/// cent, and where a sum differs by one, that is said.
fn adds_up(desk: &Desk<'_>, parts: &[Sums], total: &Sums) -> bool {
    let columns = (0..total.len()).map(|at| (total[at], parts.iter().map(|sums| sums[at]).collect()));
    let lines = parts.iter().chain([total]).map(|sums| (sums[1], vec![sums[0], sums[2]]));
    let all: Vec<(Amount, Vec<Amount>)> = columns.chain(lines).collect();
    format::add_up_in_whole(desk.project.project.currency, &all)
}

/// A sum without a key is not shown: a stopped project has no contingency, one without recorded cost no estimate.
fn money_cells(
    precision: Precision,
    currency: &str,
    (sums, keys): (&Sums, [&str; 6]),
    explained: impl Fn(&str) -> Option<String>,
) -> MoneyCells {
    let [budget, estimate, over, spent, contingency, needed] = std::array::from_fn(|place| {
        let (amount, key) = (sums[place], keys[place]);
        match key {
            "" => Cell::nothing(),
            "over" | "stop-over" => Cell::text(precision.signed(amount)).explained(explained(key)),
            _ => Cell::text(precision.money(amount)).explained(explained(key)),
        }
    });
    MoneyCells { budget, estimate, over, spent, contingency, needed, currency: currency.to_owned() }
}

/// Projects that have not reported for longer than their rhythm, oldest first.
fn stale(desks: &[Desk<'_>]) -> Option<String> {
    let mut old: Vec<(i64, &str)> = desks
        .iter()
        .filter_map(|desk| Some((days_too_old(desk)?, desk.project.project.name.as_str())))
        .collect();
    old.sort_by(|one, other| other.cmp(one));
    let words: Vec<String> =
        old.iter().map(|(age, name)| format!("{name} ({})", crate::page::desk::days_of(*age))).collect();
    (!words.is_empty())
        .then(|| format!("The newest report is older than the rhythm allows: {}.", format::listed(&words)))
}

/// How many requests wait with each outside team: `Business data has 5 open requests from 3 projects, 2 of them overdue.`
fn queue(desks: &[Desk<'_>]) -> Option<String> {
    let mut teams: BTreeMap<&str, (usize, usize, BTreeSet<&str>)> = BTreeMap::new();
    for desk in desks {
        let requests = &desk.project.project.registers.requests;
        for (request, position) in requests.iter().zip(&desk.project.control.requests) {
            if position.is_open && !desk.project.control.is_stopped {
                let of_team = teams.entry(request.team.as_str()).or_default();
                of_team.0 += 1;
                of_team.1 += usize::from(position.overdue.is_some());
                of_team.2.insert(desk.folder());
            }
        }
    }
    let words = teams.into_iter().map(|(team, (n_open, n_overdue, projects))| {
        let overdue = match n_overdue {
            0 => "none overdue".to_owned(),
            all if all == n_open => "all overdue".to_owned(),
            some => format!("{some} overdue"),
        };
        format!(
            "{} has {} of {}, {overdue}.",
            crate::page::outside::team_name(team),
            format::count(n_open, "open request"),
            format::count(projects.len(), "project"),
        )
    });
    let words: Vec<String> = words.collect();
    (!words.is_empty()).then(|| words.join(" "))
}

fn requests(desks: &[Desk<'_>]) -> Table {
    let mut late = Vec::new();
    for desk in desks {
        let requests = &desk.project.project.registers.requests;
        for (request, position) in requests.iter().zip(&desk.project.control.requests) {
            let hurts = position.overdue.is_some() || position.margin.is_some_and(|margin| margin < 0);
            if position.is_open && hurts {
                late.push((request.team.clone(), desk, request, position));
            }
        }
    }
    late.sort_by(|a, b| a.0.cmp(&b.0).then_with(|| b.3.overdue.cmp(&a.3.overdue)));
    let mut table = Table::new(&["Team", "Request", "Project", "Needed by", "State"]);
    for (team, desk, request, position) in late {
        let state = match (position.overdue, position.margin) {
            (Some(days), _) => format!("{} overdue", crate::page::desk::days_of(days)),
            (None, Some(margin)) => format!("{} too late", crate::page::desk::days_of(-margin)),
            (None, None) => continue,
        };
        table.push(Row::new(vec![
            Cell::text(crate::page::outside::team_name(&team))
                .href(desk.href_to(&Thing::Request(&request.id))),
            desk.line(&request.request),
            Cell::text(&*desk.project.project.name).href(desk.href_page("index")),
            desk.date(position.needed_by)
                .explained(desk.explained(&format!("request-{}.needed-by", request.id))),
            Cell::status(Status::red(state)),
        ]));
    }
    table
}

fn problems(report: &Report) -> Option<String> {
    let open = |severity| {
        report.findings.iter().filter(|found| found.waiver.is_none() && found.severity == severity).count()
    };
    let (errors, warnings) = (open(Severity::Error), open(Severity::Warning));
    let mut parts = Vec::new();
    if errors > 0 {
        parts.push(format::count(errors, "error"));
    }
    if warnings > 0 {
        parts.push(format::count(warnings, "warning"));
    }
    (!parts.is_empty()).then(|| format!("{} in the files of all projects.", format::listed(&parts)))
}
