//! What a reader looks for by its name and no register holds: the figures that everybody asks for, and the sections of pages.
//!
//! Comes in: a project and its pages. Goes out: names, places and the other words by which they are asked for, to be found by
//! search. A place is named only where it stands: sections that a page has only with content ask the project first.

use crate::format;
use crate::model::Ground;
use crate::page::desk::Desk;
use crate::page::unread::{is_known, why_no_estimate, why_not};
use crate::quantity::Amount;
use crate::report::ProjectReport;

/// A figure or a section that a search can find.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyPlace {
    /// `Figure` or `Section`.
    pub kind: &'static str,
    /// What it is called.
    pub title: &'static str,
    /// The page of the project that shows it.
    pub page: &'static str,
    /// Where on that page; none for the page itself.
    pub anchor: Option<&'static str>,
    /// Its value as of the status date, and other words for it.
    pub text: String,
}

/// A section of a page.
struct Section {
    title: &'static str,
    page: &'static str,
    anchor: Option<&'static str>,
    /// Other words by which it is asked for.
    words: &'static str,
    stands: fn(&ProjectReport) -> bool,
}

const ALWAYS: fn(&ProjectReport) -> bool = |_| true;

/// Sections by their headings, page by page.
const SECTIONS: [Section; 27] = [
    section("Gantt chart", "schedule", None, "bars, timeline, plan on a page"),
    section(
        "What drives the finish",
        "schedule",
        Some("path"),
        "critical path, driving path, chain, drag, late",
    ),
    section(
        "Tasks",
        "schedule",
        Some("tasks"),
        "all tasks, work breakdown, activities, dates, late, overdue tasks",
    ),
    section("Near-critical", "schedule", Some("near-critical"), "float, slack, room"),
    section("Milestones and gates", "schedule", Some("milestones"), "slip, late, milestone trend"),
    section("The next six weeks", "schedule", Some("weeks"), "look-ahead, due soon, upcoming"),
    section("Calendars", "schedule", Some("calendars"), "holidays, freeze, closures, working time"),
    Section {
        stands: |report| report.risk.is_some(),
        ..section(
            "How sure is the finish?",
            "schedule",
            None,
            "simulation, Monte Carlo, P50, P80, schedule risk, range",
        )
    },
    Section {
        stands: |report| !report.levers.is_empty() && !report.control.is_stopped,
        ..section("Levers and cliffs", "schedule", None, "a day more or less, crash, what moves the finish")
    },
    section("By category", "budget", Some("categories"), "costs, spending, spent, actuals"),
    section("Earned value", "budget", Some("earned-value"), "EVM, PV, EV, AC, CPI, SPI, variance"),
    Section {
        stands: |report| {
            let spending = &report.control.spending;
            spending.contingency.granted > Amount::ZERO || spending.management_reserve.granted > Amount::ZERO
        },
        ..section("Reserves", "budget", None, "contingency, management reserve, draws")
    },
    section("Orders not yet received", "budget", Some("orders"), "commitments, purchase orders, suppliers"),
    section("Cost by task", "budget", Some("tasks"), "cost of work, effort, hours"),
    section("Bookings", "ledger", Some("rows"), "invoices, hours, accruals, costs"),
    section("Money by month", "ledger", Some("months"), "cash flow, burn rate"),
    section(
        "What it rests on",
        "business-case",
        Some("terms"),
        "discount rate, NPV, IRR, payback, assumptions of the case",
    ),
    Section {
        stands: |report| !report.project.registers.risks.is_empty(),
        ..section(
            "Risks",
            "raid",
            Some("risks"),
            "threats, opportunities, risk matrix, exposure, expected cost",
        )
    },
    Section {
        stands: |report| !report.project.registers.actions.is_empty(),
        ..section("Actions", "raid", Some("actions"), "to do, open actions, overdue, due")
    },
    section("Who answers for what", "people", Some("people"), "team, roles, responsible, owners"),
    Section {
        stands: |report| !(report.load.people.is_empty() && report.load.roles.is_empty()),
        ..section("Load by week", "people", None, "overbooked, capacity, workload, over-allocated, resource")
    },
    section(
        "Register of gates",
        "gates",
        Some("gates"),
        "phase gates, stage gates, approvals, G1, G2, G3, G4, G5",
    ),
    section("Conditions of the board", "gates", Some("conditions"), "open conditions, overdue"),
    section("Colours over time", "trends", Some("colours"), "status history, RAG, red, amber, green"),
    section("Deliverables and acceptance", "deliverables", None, "products, sign-off, accepted, submitted"),
    section(
        "The fourteen points",
        "quality",
        Some("fourteen-points"),
        "DCMA, schedule quality, BEI, CPLI, health check",
    ),
    section("How old the data are", "quality", Some("age"), "stale, last report, up to date"),
];

const fn section(
    title: &'static str,
    page: &'static str,
    anchor: Option<&'static str>,
    words: &'static str,
) -> Section {
    Section { title, page, anchor, words, stands: ALWAYS }
}

/// The figures and sections of a project, figures first.
#[must_use]
pub fn key_places(desk: &Desk<'_>) -> Vec<KeyPlace> {
    let sections = SECTIONS.iter().filter(|section| (section.stands)(desk.project)).map(|section| KeyPlace {
        kind: "Section",
        title: section.title,
        page: section.page,
        anchor: section.anchor,
        text: section.words.to_owned(),
    });
    figures(desk).into_iter().chain(sections).collect()
}

/// The figures that everybody asks for, with their values, or with what could not be read of what they rest on.
fn figures(desk: &Desk<'_>) -> Vec<KeyPlace> {
    let report = desk.project;
    let control = &report.control;
    let total = &control.total;
    let spending = &control.spending;
    let money = |amount: Amount| desk.money_words(amount);
    let has_money = total.budget > Amount::ZERO;
    let mut figures = Vec::new();
    let mut figure = |title, (page, anchor), grounds: &[Ground], value: String, words: &str| {
        let value = why_not(desk, grounds).map_or(value, |why| format!("not known: {why}"));
        figures.push(KeyPlace { kind: "Figure", title, page, anchor, text: format!("{value}. {words}") });
    };
    if !report.project.tasks.is_empty() && !control.is_stopped {
        let finish = report.forecast.finish_day();
        let late = is_known(desk, Ground::SLIP).then(|| desk.slip(control.reference.finish, finish));
        let late = late.map_or_else(String::new, |late| format!(" ({late})"));
        let dates = format!("{}{late}", format::date(finish));
        let words = "End date, when, late, delay, slip.";
        figure("Forecast finish", ("schedule", None), &[Ground::Dates], dates, words);
    }
    if has_money {
        let words = "BAC, budget at completion.";
        figure("Budget", ("budget", None), Ground::BUDGET, money(total.budget), words);
        let estimate = match control.estimate() {
            Some(estimate) => format!("{} ({})", money(estimate), total.headline().letters()),
            None => format!("none: {}", why_no_estimate(desk)),
        };
        let words = "EAC, forecast cost, final cost, overrun.";
        figure("Estimate at completion", ("budget", None), Ground::ESTIMATE, estimate, words);
        let words = "Actual cost, AC, spending.";
        figure("Spent so far", ("budget", Some("categories")), &[Ground::Spent], money(total.actual), words);
        if let Some(index) = total.cpi() {
            let value = format::index(Some(index));
            let words = "CPI, cost efficiency.";
            let place = ("budget", Some("earned-value"));
            figure("Cost performance index", place, Ground::ESTIMATE, value, words);
        }
    }
    let reserves = ("budget", Some("reserves"));
    if spending.contingency.granted > Amount::ZERO {
        let left =
            format!("{} of {}", money(spending.contingency.remaining), money(spending.contingency.granted));
        figure("Contingency left", reserves, &[Ground::Reserves], left, "Reserve, buffer.");
    }
    if spending.management_reserve.granted > Amount::ZERO {
        let left = money(spending.management_reserve.remaining);
        figure("Management reserve left", reserves, &[Ground::Reserves], left, "Reserve of the board.");
    }
    if let Some(index) = crate::page::by_report::pace_now(desk) {
        let words = "Schedule performance index, earned schedule.";
        let value = format::index(Some(index));
        figure("Pace, SPI(t)", ("budget", Some("earned-value")), Ground::EARNED, value, words);
    }
    figures
}
