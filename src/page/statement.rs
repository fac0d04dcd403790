//! The answer to a statement in words, with the values put in and where each is explained.

use crate::check::{NAMED, judged_words};
use crate::format;
use crate::page::Desk;
use crate::page::case_then_now::npv_key;
use crate::page::view::Cell;
use crate::quantity::Id;
use crate::report::{Item, Judged, JudgedFigure, JudgedPart};
use crate::statement::{FigureName, Kind, Thing};

/// A judged statement as readers see it.
#[derive(Clone, Debug)]
pub struct ToldStatement {
    /// The values put in: `finish slip 34 working days, at most 10 working days`.
    pub values: String,
    /// Where figures are explained and things are listed.
    pub evidence: Vec<Cell>,
}

/// Tells what a statement was judged by.
#[must_use]
pub fn told(desk: &Desk<'_>, judged: &Judged) -> ToldStatement {
    let mut evidence: Vec<Cell> = Vec::new();
    for part in &judged.parts {
        let cells = match part {
            JudgedPart::Figure(figure) => {
                figures_of(figure).map(|figure| figure_cell(desk, figure)).collect::<Vec<_>>()
            }
            JudgedPart::Things(things) => {
                let named = things.against.iter().chain(things.unknown.iter().map(|(item, _)| item));
                std::iter::once(page_cell(desk, things.thing))
                    .chain(named.take(NAMED).filter_map(|item| item_cell(desk, item)))
                    .collect()
            }
        };
        for cell in cells {
            if !evidence.iter().any(|known| known.text == cell.text) {
                evidence.push(cell);
            }
        }
    }
    ToldStatement { values: judged_words(desk.project, judged), evidence }
}

fn figures_of(judged: &JudgedFigure) -> impl Iterator<Item = FigureName> {
    std::iter::once(judged.figure).chain(judged.limit_figure)
}

/// A figure by its name, leading to its explanation, or to the page that shows it where it has none.
#[must_use]
pub fn figure_cell(desk: &Desk<'_>, figure: FigureName) -> Cell {
    let href = explained(desk, figure).or_else(|| desk.href_page(page_of_figure(figure)));
    Cell::text(format::sentence_start(figure.words())).href(href)
}

fn explained(desk: &Desk<'_>, figure: FigureName) -> Option<String> {
    keys(desk, figure).into_iter().find_map(|key| desk.explained(&key))
}

/// The keys under which a figure may be explained, the likeliest first.
#[must_use]
pub fn keys(desk: &Desk<'_>, figure: FigureName) -> Vec<String> {
    let is_discrete = desk.project.said().figures.is_headline_discrete();
    let index = |key: &str| {
        let discrete = is_discrete.then(|| format!("discrete-{key}"));
        discrete.into_iter().chain([key.to_owned()]).collect()
    };
    let key = match figure {
        FigureName::PaceInTime => return index("spi-t"),
        FigureName::ScheduleIndex => return index("spi"),
        FigureName::CostIndex => return index("cpi"),
        FigureName::NetPresentValue => return vec![npv_key(desk)],
        FigureName::StatusDate => "status-date",
        FigureName::Finish => "finish",
        FigureName::PromisedFinish => "promised",
        FigureName::FinishSlip => "slip",
        FigureName::SlipLeft => "slip-left",
        FigureName::FinishP50 => "p50-finish",
        FigureName::FinishP80 => "p80-finish",
        FigureName::Budget => "bac",
        FigureName::PlannedValue => "pv",
        FigureName::EarnedValue => "ev",
        FigureName::ActualCost => "ac",
        FigureName::Estimate => "eac",
        FigureName::VarianceAtCompletion => "vac",
        FigureName::Complete => "ev-share",
        FigureName::Spent => "ac-share",
        FigureName::ContingencyLeft => "contingency-left",
        FigureName::ManagementReserveLeft => "reserve-left",
        FigureName::Funding => "funding",
        FigureName::FundingNeed => "funding-need",
        FigureName::OpenOrders => "all-ordered",
        FigureName::AuthorityLeft => "authority-left",
        FigureName::Exposure => "exposure",
        FigureName::Threats => "threats",
        FigureName::OpenRisks => "open-risks",
        FigureName::OpenIssues => "open-issues",
        FigureName::OpenDecisions => "open-decisions",
        FigureName::WaitingChanges => "changes-waiting",
        FigureName::OpenActions => "open-actions",
        FigureName::OpenRequests => "open-requests",
        FigureName::ChangesShare => "changes-share",
        FigureName::AcceptedShare => "accepted",
        FigureName::FirstPass => "first-pass",
        FigureName::TestCoverage => "tests-coverage",
        FigureName::TestPassRate => "tests-pass-rate",
        FigureName::OpenDefects => "defects-all.open",
        FigureName::OpenDefects1 => "defects-1.open",
        FigureName::OpenDefects2 => "defects-2.open",
        FigureName::OpenDefects3 => "defects-3.open",
        FigureName::OpenDefects4 => "defects-4.open",
        FigureName::OpenTasks => "floats",
    };
    vec![key.to_owned()]
}

/// The page that shows a figure where nothing explains it, such as a count of nothing.
fn page_of_figure(figure: FigureName) -> &'static str {
    match figure {
        FigureName::OpenRequests => "outside",
        FigureName::OpenDefects
        | FigureName::OpenDefects1
        | FigureName::OpenDefects2
        | FigureName::OpenDefects3
        | FigureName::OpenDefects4
        | FigureName::AcceptedShare
        | FigureName::FirstPass
        | FigureName::TestCoverage
        | FigureName::TestPassRate => "deliverables",
        FigureName::OpenTasks | FigureName::FinishP50 | FigureName::FinishP80 => "schedule",
        FigureName::NetPresentValue => "business-case",
        _ if figure.kind() == Kind::Money => "budget",
        _ if figure.kind() == Kind::Count => "raid",
        _ => "index",
    }
}

fn page_cell(desk: &Desk<'_>, thing: Thing) -> Cell {
    let (label, page) = match thing {
        Thing::Deliverable => ("Deliverables", "deliverables"),
        Thing::Risk => ("Risks", "raid"),
        Thing::Issue => ("Issues", "raid"),
        Thing::Decision => ("Decisions", "raid"),
        Thing::Change => ("Changes", "raid"),
        Thing::Action => ("Actions", "raid"),
        Thing::Assumption => ("Assumptions", "raid"),
        Thing::Request => ("Outside teams", "outside"),
        Thing::Benefit => ("Benefits", "benefits"),
        Thing::Defect => ("Defects", "deliverables"),
        Thing::Task => ("Schedule", "schedule"),
        Thing::Condition => ("Gates", "gates"),
        Thing::Item => ("Handover", "handover"),
        Thing::Lesson => ("Journal", "journal"),
    };
    Cell::text(label).href(desk.href_page(page))
}

/// A thing that is named, leading to where it stands.
fn item_cell(desk: &Desk<'_>, item: &Item) -> Option<Cell> {
    let of_id = || desk.href_of_id(&item.name.parse::<Id>().ok()?);
    let href = of_id().or_else(|| desk.href_place(item.origin))?;
    Some(Cell::text(&*item.name).href(Some(href)))
}
