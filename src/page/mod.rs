//! The pages of the site: one file for each kind, with its view, how it is filled and which question it answers.
//!
//! Comes in: the report. Goes out: for each page its address and a finished view for the theme. A page exists
//! only where there is something to show. Not here: HTML, colours, arithmetic.

pub mod address;
mod at_a_glance;
pub mod desk;
pub mod explain;
pub mod frame;
pub mod view;

pub mod benefits;
mod booked_words;
mod bottom_up;
pub mod bridge;
mod by_report;
pub mod case_options;
pub mod case_then_now;
pub mod case_words;
pub mod changed;
mod changed_figures;
pub mod changes;
pub mod cost_outlook;
pub mod currencies;
pub mod decided_gates;
pub mod decisions;
pub mod downloads;
pub mod driving_path;
pub mod earned_schedule;
pub mod earned_value;
pub mod edited_records;
pub mod exceptions;
pub mod external;
pub mod finding_groups;
pub mod finding_words;
pub mod findings_by_task;
mod flow;
mod forecast_gap;
pub mod glossary;
mod key_figures;
pub mod key_places;
mod known_days;
pub mod levers;
pub mod load_table;
pub mod look_ahead;
pub mod lost_time;
pub mod milestones;
mod my_duties;
pub mod my_work;
pub mod need_option;
pub mod needs;
pub mod provenance;
pub mod rasci;
pub mod readiness;
pub mod register_cells;
pub mod requirements;
pub mod reserves;
pub mod risks;
pub mod scorecard;
mod sort_value;
pub mod task;
pub mod task_budgets;
mod task_findings;
pub mod task_network;
mod task_opening;
mod task_records;
pub mod task_table;
pub mod tests_and_defects;
pub mod track;
pub mod unread;
pub mod verdict;
pub mod what_changed;
pub mod what_if;
pub mod why;
mod why_elsewhere;
mod why_float;
pub mod why_list;
mod why_words;

pub mod things;

pub mod budget;
pub mod burn;
mod burn_words;
pub mod business_case;
pub mod dashboard;
pub mod deliverables;
pub mod gates;
pub mod handover;
pub mod journal;
pub mod ledger;
pub mod method;
pub mod not_found;
pub mod option_limits;
pub mod outside;
pub mod people;
pub mod plan_measures;
pub mod planning_cycles;
pub mod portfolio;
mod portfolio_line;
pub mod problems;
pub mod prose;
pub mod quality;
pub mod raid;
pub mod rebaselined;
pub mod report;
mod report_figures;
mod reporting;
pub mod schedule;
pub mod schedule_risk;
pub mod search;
pub mod shared_people;
mod shown;
mod silence;
pub mod site_map;
pub mod site_plan;
pub mod sources;
pub mod stage;
mod stage_criteria;
pub mod stage_work;
mod stakeholders;
pub mod statement;
pub mod stopped;
pub mod trends;

use serde::Serialize;

pub use address::{Address, Thing};
pub use desk::{Desk, Here, SiteMap};
pub use frame::Frame;
pub use shown::Shown;

use crate::report::{ProjectReport, Report};

/// Under which heading a page is listed beside the content, in the order of the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Group {
    /// How is it, and how did it come there?
    Status,
    /// What could hurt, what is to be decided, what was decided?
    Control,
    /// When, by whom, what drives it, and whom do we wait for?
    Work,
    /// Is the money enough, and is it well spent?
    Money,
    /// What do we get, who owns it, and did it pay?
    Results,
    /// The five stages, and the gates to which they lead.
    Gates,
    /// Whence the figures come, and may they be trusted?
    Behind,
    /// Pages of the whole site.
    Site,
}

impl Group {
    /// The heading.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Self::Status => "Status",
            Self::Control => "Decisions and risks",
            Self::Work => "Work",
            Self::Money => "Money",
            Self::Results => "Results",
            Self::Gates => "Gates",
            Self::Behind => "Behind the figures",
            Self::Site => "All projects",
        }
    }
}

/// A page that will be made: where it lives and what lists call it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Where it lives.
    pub address: Address,
    /// What the list of pages calls it.
    pub label: String,
}

impl Entry {
    /// Names a page.
    #[must_use]
    pub fn new(address: Address, label: impl Into<String>) -> Self {
        Self { address, label: label.into() }
    }
}

/// A page, finished except for its frame.
#[derive(Clone, Debug)]
pub struct Made {
    /// Its kind, a class for style sheets.
    pub kind: &'static str,
    /// The template that shows it: `page/schedule.html`, `documents/G2.html`.
    pub template: String,
    /// Its heading.
    pub title: String,
    /// One line beneath the heading; none leaves it out.
    pub description: Option<String>,
    /// What the template finds under `view`.
    pub view: Shown,
    /// The type of which that was made, by which the reference of themes knows what a template sees.
    pub view_type: &'static str,
    /// The title band, which makes it a printable document.
    pub band: Option<view::Band>,
}

impl Made {
    /// Finishes a page that is shown by the template of its kind, `page/<kind>.html`.
    ///
    /// # Panics
    /// Never for a view of plain fields; a map with keys that are not text would be our bug.
    #[must_use]
    pub fn new<View: Serialize>(kind: &'static str, title: impl Into<String>, view: &View) -> Self {
        Self {
            kind,
            template: format!("page/{kind}.html"),
            title: title.into(),
            description: None,
            view: Shown::of(view).expect("a view is plain data with text keys"),
            view_type: std::any::type_name::<View>(),
            band: None,
        }
    }

    /// Adds the line beneath the heading.
    #[must_use]
    pub fn description(mut self, words: impl Into<String>) -> Self {
        self.description = Some(words.into());
        self
    }

    /// Makes it a printable document, shown by a template of its own.
    #[must_use]
    pub fn document(mut self, template: impl Into<String>, band: view::Band) -> Self {
        self.template = template.into();
        self.band = Some(band);
        self
    }
}

/// A kind of page about the whole portfolio.
pub trait SitePage: Sync {
    /// Its kind: the name of its template.
    fn kind(&self) -> &'static str;
    /// The question it answers for a reader.
    fn question(&self) -> &'static str;
    /// The pages of this kind that the site has.
    fn entries(&self, report: &Report) -> Vec<Entry>;
    /// Makes one of them; `here.address` says which.
    fn make(&self, here: &Here<'_>) -> Made;
}

/// A kind of page about one project.
pub trait ProjectPage: Sync {
    /// Its kind: the name of its template.
    fn kind(&self) -> &'static str;
    /// The heading under which it is listed.
    fn group(&self) -> Group;
    /// The question it answers for a reader.
    fn question(&self) -> &'static str;
    /// Whether its pages stand in the list beside every page; those that become many are listed elsewhere.
    fn is_beside(&self) -> bool {
        true
    }
    /// Whether its pages are documents that can be printed as PDF too.
    fn is_printed(&self) -> bool {
        false
    }
    /// The pages of this kind that a project has: none where there is nothing to show, several for stages and gates.
    fn entries(&self, project: &ProjectReport) -> Vec<Entry>;
    /// Makes one of them; `desk.address` says which.
    fn make(&self, desk: &Desk<'_>) -> Made;
}

/// The kinds of page about the whole portfolio.
pub static SITE_PAGES: &[&dyn SitePage] = &[
    &portfolio::PortfolioPage,
    &shared_people::SharedPeoplePage,
    &problems::ProblemsPage,
    &method::MethodPage,
    &sources::SourcesPage,
    &sources::SourcePages,
    &downloads::PortfolioDownloads,
    &search::SearchPage,
    &site_plan::SitePlanPage,
    &not_found::NotFoundPage,
];

/// The kinds of page about one project, in the order in which they are listed.
pub static PROJECT_PAGES: &[&dyn ProjectPage] = &[
    &dashboard::Dashboard,
    &trends::Trends,
    &journal::Journal,
    &raid::Raid,
    &schedule::SchedulePage,
    &task::TaskPages,
    &people::People,
    &my_work::MyWork,
    &outside::Outside,
    &burn::BurnPage,
    &budget::BudgetPage,
    &business_case::BusinessCasePage,
    &deliverables::Deliverables,
    &handover::HandoverPage,
    &benefits::BenefitsPage,
    &gates::Gates,
    &stage::StagePages,
    &quality::QualityPage,
    &ledger::LedgerPage,
    &explain::ExplainPage,
    &downloads::ProjectDownloads,
];
