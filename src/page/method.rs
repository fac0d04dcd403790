//! The method page: what each number means, which rules gave the colours, what the words are.

use serde::Serialize;

use crate::control::DimensionKind;
use crate::diagnostic::{Rule, Span};
use crate::format;
use crate::model::{Limit, LimitUnit, Project, RiskScale};
use crate::page::address::Address;
use crate::page::desk::{Here, severity_word};
use crate::page::glossary::WORDS;
use crate::page::scorecard::dimension_name;
use crate::page::view::{Cell, Row, Table};
use crate::page::{Entry, Made, PROJECT_PAGES, SITE_PAGES, SitePage};
use crate::report::Report;

/// The method page.
pub struct MethodPage;

/// What the method page shows.
#[derive(Debug, Serialize)]
struct MethodView {
    /// Which page answers which question.
    questions: Table,
    /// Formulas of earned value and earned schedule.
    formulas: Table,
    /// How tasks earn.
    earning: Table,
    /// The rules of the colours, with the thresholds in force.
    colours: Table,
    /// The limits in force, with where each is set.
    limits: Table,
    /// Words and their standard terms.
    words: Table,
    /// Rules that findings follow.
    rules: Vec<RuleView>,
}

/// A rule with its page.
#[derive(Debug, Serialize)]
struct RuleView {
    /// Its anchor.
    id: String,
    /// Its code.
    code: &'static str,
    /// Its name, as waivers may write it.
    name: &'static str,
    /// What is wrong, in a line.
    title: String,
    /// Its severity unless the project says otherwise.
    severity: &'static str,
    /// Its page, as harmless HTML.
    html: String,
}

impl SitePage for MethodPage {
    fn kind(&self) -> &'static str {
        "method"
    }

    fn question(&self) -> &'static str {
        "What does this number mean?"
    }

    fn entries(&self, _report: &Report) -> Vec<Entry> {
        vec![Entry::new(Address::method(), "Method and glossary")]
    }

    fn make(&self, here: &Here<'_>) -> Made {
        let view = MethodView {
            questions: questions(here),
            formulas: formulas(),
            earning: earning(),
            colours: colours(here.report),
            limits: limits(here),
            words: words(),
            rules: rules(here.report),
        };
        Made::new(self.kind(), "Method and glossary", &view)
            .description("How every figure, colour and date on this site is made.")
    }
}

/// Pages by the name under which lists know them; those of which a project has several by their kind.
fn questions(here: &Here<'_>) -> Table {
    let report = here.report;
    let mut table = Table::new(&["Page", "Answers"]);
    let named = |kind: &str, entries: Vec<Entry>| match entries.as_slice() {
        [one] => one.label.clone(),
        _ => format::sentence_start(&kind.replace('-', " ")),
    };
    let site = SITE_PAGES.iter().map(|page| {
        let entries = page.entries(report);
        let href = match entries.as_slice() {
            // Nobody looks for the page that stands where a page is missing.
            [one] if one.address != *here.address && one.address != Address::not_found() => {
                here.href(&one.address)
            }
            _ => None,
        };
        (named(page.kind(), entries), href, page.question())
    });
    let project = PROJECT_PAGES.iter().filter_map(|page| {
        let entries = report
            .projects
            .iter()
            .map(|project| page.entries(project))
            .find(|entries| !entries.is_empty())?;
        Some((named(page.kind(), entries), None, page.question()))
    });
    for (name, href, question) in site.chain(project) {
        table.push(Row::new(vec![Cell::text(name).href(href), Cell::text(question)]));
    }
    table
}

/// Name, formula, reading.
const FORMULAS: &[(&str, &str, &str)] = &[
    (
        "Planned, earned and actual value",
        "PV, EV, AC as of one day",
        "that of the newest report, until the next one is overdue by the rhythm: nobody knows what was earned since, so nothing that \
         was booked since is held against it",
    ),
    ("Schedule variance", "SV = EV − PV", "above zero: more is done than planned"),
    ("Cost variance", "CV = EV − AC", "above zero: cheaper than budgeted"),
    ("Variances as shares", "SV ÷ PV, CV ÷ EV", "what a variance means for a project of this size"),
    (
        "Schedule performance index",
        "SPI = EV ÷ PV",
        "1 is as planned; returns to 1 at the end however late, so read SPI(t) too",
    ),
    ("Cost performance index", "CPI = EV ÷ AC", "0.9: one spent bought 0.9 of budgeted work"),
    ("Estimate at completion, one-off", "EAC₁ = AC + (BAC − EV)", "the deviation so far will not repeat"),
    (
        "Estimate at completion, trend",
        "EAC₂ = AC + (BAC − EV) ÷ CPI",
        "cost goes on as it did; the headline figure, from 15\u{a0}% earned on",
    ),
    (
        "Estimate at completion, pressure",
        "EAC₃ = AC + (BAC − EV) ÷ (CPI × SPI)",
        "cost and time press together; no forecast below an SPI of 0.50, where lateness alone would more than double what is left: SPI \
         says how much of what was due is earned, not what work costs",
    ),
    (
        "Estimate at completion, from below",
        "EAC₄ = AC + time left × rates + open orders + expected + planned and not yet ordered",
        "knows no trend: as good as the rests that people report; asked for in an exception",
    ),
    ("Variance at completion", "VAC = BAC − EAC", "below zero: over budget"),
    (
        "From budget to estimate",
        "EAC − BAC = Σ tasks (AC − EV) + (ETC − budgeted rest)",
        "by cause: approved changes, scope nobody approved, price, hours, work under way, money on no task, trend; no rest is left",
    ),
    (
        "Price and hours of finished work",
        "hours: booked hours × planned rate − earned labour; price: everything else",
        "price and usage variance of standard costing, after what approved changes granted for the task",
    ),
    (
        "Reserve left",
        "granted − Σ approved changes that say `pay_from` − Σ decisions that say `draws`",
        "the project manager draws on contingency, sponsor and steering board on either",
    ),
    (
        "Sum in another currency",
        "sum × rate, rounded once, half to even, to the smallest unit",
        "the newest rate of its day for lines of the ledger, the oldest for everything else",
    ),
    (
        "To-complete index",
        "TCPI = (BAC − EV) ÷ (BAC − AC)",
        "the efficiency that the rest needs; more than 0.10 above CPI is not credible",
    ),
    (
        "Earned schedule",
        "ES = C + (EV − PV at C) ÷ (PV at C+1 − PV at C)",
        "the working day of the plan by which today's earned value was due",
    ),
    ("Pace", "SPI(t) = ES ÷ AT", "days earned per day passed"),
    (
        "Duration at this pace",
        "IEAC(t) = PD ÷ SPI(t); its date is rounded to the nearest whole working day",
        "knows nothing of calendars: compare with the network's forecast",
    ),
    (
        "Duration at another pace",
        "AT + (PD − ES) ÷ pace; pace 1 as planned, SPI(t) × CPI under pressure",
        "the range around the pace so far",
    ),
    (
        "Pace needed",
        "TSPI = (PD − ES) ÷ (PD − AT), or towards the forecast ÷ (ED − AT)",
        "above 1.10 the promised finish is no longer realistic",
    ),
    (
        "Total float",
        "latest start − earliest start",
        "working time a task can slip without moving the finish",
    ),
    ("Exposure", "Σ probability × cost", "of open risks, after the response"),
    (
        "Compliance of a gate",
        "(yes + ½ partly) ÷ (all − not applicable)",
        "100 % complete, over 80 % nearly complete, 51 to 80 % gaps, up to 50 % major gaps",
    ),
    (
        "Net present value",
        "NPV = Σ net ÷ (1 + rate)^year, year 0 first",
        "above zero: worth more than it costs, at that rate",
    ),
    (
        "Flows on days",
        "Σ flow ÷ (1 + rate)^(days ÷ 365)",
        "days from the first of year 0; nothing may lie before it",
    ),
    (
        "Internal rate of return",
        "every rate at which NPV = 0",
        "shown, never ranks; several rates mean that none is the answer, and there may be none at all",
    ),
    (
        "Modified internal rate",
        "MIRR = (inflows carried to the last year ÷ outflows discounted to year 0)^(1 ÷ years) − 1",
        "carried and discounted at the rate of the case",
    ),
    (
        "Payback",
        "year before + what is still out ÷ flow of the year",
        "the last time the sum turns positive; discounted: of discounted flows",
    ),
    ("Benefit–cost ratio", "BCR = PV of benefits ÷ PV of costs", "all costs count as costs"),
    ("Return on investment", "ROI = (benefits − costs) ÷ costs", "undiscounted; discounted it is BCR − 1"),
    (
        "Profitability index",
        "PI = PV from year 1 ÷ investment of year 0",
        "undefined where later years need money too, or nothing comes in",
    ),
    (
        "Equivalent annual value",
        "EAV = NPV × rate ÷ (1 − (1 + rate)^−years)",
        "ranks options that last for different times",
    ),
    (
        "Switching values",
        "benefits: 1 − PV of costs ÷ PV of benefits; investment: NPV ÷ costs of year 0; rate and delay: by halving",
        "how far one thing may move before NPV is zero",
    ),
    (
        "Expected value of courses",
        "(worst + 4 × likely + best) ÷ 6, or by the probabilities typed",
        "of net present values; rates are never averaged",
    ),
    (
        "The case now",
        "costs of the project = actual cost + estimate of the rest; benefits late by δ years: (1 − δ) · Bₜ + δ · Bₜ₋₁",
        "what falls behind the horizon is lost",
    ),
];

fn formulas() -> Table {
    let mut table = Table::new(&["Figure", "Formula", "Reading"]);
    for (name, formula, reading) in FORMULAS {
        table.push(Row::new(vec![
            Cell::text(*name),
            Cell::text(*formula).class("mono"),
            Cell::text(*reading),
        ]));
    }
    table
}

/// How it is written, when it earns, what for.
const EARNING: &[(&str, &str, &str)] = &[
    (
        "0/100",
        "everything at the finish; a purchase that produces deliverables when they are accepted",
        "short work, purchases",
    ),
    ("50/50, 25/75", "a part at the start, the rest at the finish", "work of one or two reporting periods"),
    ("milestones", "by weighted steps done", "long work with clear steps"),
    ("units", "done ÷ total, the total frozen in the baseline", "roll-outs, migrations"),
    ("percent", "the physical share typed", "where nothing better can be counted"),
    ("apportioned", "as far as another task", "support of that task"),
    ("loe", "as planned, with time", "leading, supporting; left out of the indices that give colours"),
];

fn earning() -> Table {
    let mut table = Table::new(&["Written", "Earns", "For"]);
    for (written, earns, what_for) in EARNING {
        table.push(Row::new(vec![
            Cell::text(*written).class("mono"),
            Cell::text(*earns),
            Cell::text(*what_for),
        ]));
    }
    table
}

/// Each distinct rule of a dimension with the projects it holds for; tolerances are the project's own.
fn colours(report: &Report) -> Table {
    let mut table = Table::new(&["Dimension", "Rule in force", "Projects"]);
    for kind in DimensionKind::ALL {
        let mut rules: Vec<(&str, Vec<String>)> = Vec::new();
        for project in &report.projects {
            for dimension in
                project.control.health.dimensions.iter().filter(|dimension| dimension.kind == kind)
            {
                match rules.iter_mut().find(|(rule, _)| *rule == dimension.rule) {
                    Some((_, projects)) => projects.push(project.project.name.clone()),
                    None => rules.push((&dimension.rule, vec![project.project.name.clone()])),
                }
            }
        }
        let is_same = rules.len() == 1;
        for (rule, projects) in rules {
            let projects = if is_same { "all".to_owned() } else { format::listed(&projects) };
            table.push(Row::new(vec![
                Cell::text(dimension_name(kind)),
                Cell::text(format::sentence_start(rule)),
                Cell::text(projects).class("muted"),
            ]));
        }
    }
    table
}

/// Every limit with its values in force and where they are set; several where projects differ.
fn limits(here: &Here<'_>) -> Table {
    let mut table = Table::new(&["Key under `thresholds`", "Decides", "#In force", "Set in"]);
    for limit in Limit::ALL {
        let of = |project: &Project| {
            let thresholds = &project.thresholds;
            (limit_words(limit, thresholds.get(limit)), thresholds.origin(limit))
        };
        push_limit(here, &mut table, (limit.key(), limit.decides()), &of);
    }
    for scale in RiskScale::ALL {
        let of = |project: &Project| {
            let ends = project.thresholds.scale(scale).map(format::share);
            (ends.join(", "), project.thresholds.scale_origin(scale))
        };
        push_limit(here, &mut table, (scale.key(), scale.decides()), &of);
    }
    table
}

fn push_limit(
    here: &Here<'_>,
    table: &mut Table,
    (key, decides): (&str, &str),
    of: &dyn Fn(&Project) -> (String, Option<Span>),
) {
    let mut rows: Vec<(String, String)> = Vec::new();
    for report in &here.report.projects {
        let (value, origin) = of(&report.project);
        let place = origin.and_then(|origin| here.place(origin));
        let row = (value, place.unwrap_or_else(|| "usual".to_owned()));
        if !rows.contains(&row) {
            rows.push(row);
        }
    }
    for (number, (value, place)) in rows.into_iter().enumerate() {
        let id = (number == 0).then(|| limit_anchor(key));
        let row = Row::new(vec![
            Cell::text(key).class("mono"),
            Cell::text(format::sentence_start(decides)),
            Cell::text(value),
            Cell::text(place).class("muted"),
        ]);
        table.push(row.id(id));
    }
}

/// The anchor of a limit on the method page.
pub(super) fn limit_anchor(key: &str) -> String {
    format!("limit-{}", key.replace('_', "-"))
}

/// A limit in its unit: `0.95`, `10 d`.
pub(super) fn limit_words(limit: Limit, value: f64) -> String {
    match limit.unit() {
        LimitUnit::Share => format::share(value),
        LimitUnit::Index => format::number(value, 2),
        LimitUnit::Days => format!("{}\u{a0}d", format::number(value, 1).trim_end_matches(".0")),
        LimitUnit::Count => format::number(value, 0),
    }
}

fn words() -> Table {
    let mut table = Table::new(&["Word", "Standard terms", "Meaning here"]);
    for word in WORDS {
        table.push(Row::new(vec![
            Cell::text(word.word),
            Cell::text(word.terms).class("muted"),
            Cell::text(word.meaning),
        ]));
    }
    table
}

/// Rules about plan and control, and every other rule that found something on this site, by code.
fn rules(report: &Report) -> Vec<RuleView> {
    let mut rules: Vec<&'static Rule> = crate::check::CHECKS.iter().map(|check| check.rule).collect();
    rules.extend(crate::check::RULES);
    rules.extend(report.findings.iter().map(|found| found.rule));
    rules.sort_by_key(|rule| rule.code);
    rules.dedup_by_key(|rule| rule.code);
    let options = |code: &str| crate::prose::MarkdownOptions {
        heading_level_offset: 3,
        id_prefix: format!("rule-{code}-"),
    };
    rules
        .into_iter()
        .map(|rule| RuleView {
            id: format!("rule-{}", rule.code),
            code: rule.code,
            name: rule.name,
            title: format::sentence_start(rule.title),
            severity: severity_word(rule.severity),
            html: crate::prose::to_html(&rule.page(), &options(rule.code)),
        })
        .collect()
}
