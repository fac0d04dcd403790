//! The whole product on one screen: read → resolve → schedule → measure → report → check → site.
//!
//! Comes in: a folder already read from disk. Goes out: a report, or a bundle of pages. Never touches the disk.

mod anew;
mod as_decided;
mod audience;
mod external;
mod gone_by;
mod hidden;
mod names;
mod options;
mod past;
mod replay;
mod shared;

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use jiff::civil::Date;
use rayon::prelude::*;

use crate::control::{self, Position};
use crate::diagnostic::{Diagnostic, Diagnostics, FileId, Severity, Span};
use crate::model::{FileFault, FrozenGate, Ground, Project};
use crate::output::{Bundle, Sink};
use crate::paper::{Printed, Sheet};
use crate::plan::risk::{KnownRuns, ScheduleRisk};
use crate::plan::{Compiled, Engine, Facts, Reasons};
use crate::quantity::{Audience, GateId};
use crate::record::REPEATED_ROW;
use crate::record::what_if::{Changes, ProjectNames, Wish};
use crate::report::{History, Known, LastTime, ProjectReport, Report, Sources, WhatIf};
use crate::resolve::UNKNOWN_REFERENCE;
use crate::source::disk::Folder;
use crate::theme::{PLAIN, Theme};

pub use crate::site::{LiveSite, SiteError};
pub use anew::{Anew, anew};
pub use past::{Base, Memory, Newer, remember};
pub use replay::{Replayed, replay};

use as_decided::{Since, as_decided, find_what_came_since, known_by};
use gone_by::BookedThen;
use shared::Booked;

/// What the caller decides besides the folder.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// The status date; none for each project's newest report.
    pub as_of: Option<Date>,
    /// The project whose status date that is, by its folder or its code; the others stand as of their newest reports by then. None where it
    /// is that of all.
    pub as_of_project: Option<String>,
    /// The revision of the sources, if one is known.
    pub revision: Option<String>,
    /// Whether projects are levelled that do not say so themselves.
    pub level: bool,
    /// Changes that somebody asks about without making them.
    pub what_if: Vec<Wish>,
    /// Whom the site is for; none for whom the portfolio names.
    pub audience: Option<Audience>,
}

/// Computes everything about a folder. Never fails: what is wrong is among the findings, those of reading it first.
///
/// With a what-if the folder is computed twice, as it is and with the changes; the report is that of the changes.
#[must_use]
pub fn compute(folder: &Folder, findings: Diagnostics, options: &Options) -> Report {
    let known = KnownRuns::default();
    let mut report = answer(folder, findings, options, &known);
    options::weigh(folder, options, &mut report, &known);
    report
}

fn answer(folder: &Folder, findings: Diagnostics, options: &Options, known: &KnownRuns) -> Report {
    let (nothing, booked) = (Changes::default(), Booked::default());
    let terms = Terms { care: Care::Whole, booked: &booked, then: None, known };
    if options.what_if.is_empty() {
        return compute_beside(folder, findings, options, (&nothing, terms));
    }
    let untouched = compute_beside(folder, findings.clone(), options, (&nothing, terms));
    let first = FileId(u32::try_from(folder.files().len()).unwrap_or(u32::MAX));
    let mut found = findings;
    let changes =
        Changes::read(&options.what_if, (&ProjectNames::of(folder), first), options.as_of, &mut found);
    changes.report_contradictions(first, &mut found);
    let mut report = compute_beside(folder, found, options, (&changes, terms));
    let asked = options.what_if.iter().map(|wish| format!("{} {}", wish.kind.flag(), wish.text)).collect();
    let mut what_if = WhatIf::between(asked, &untouched, &report, first);
    // What is not looked for with the change does not go with it.
    what_if.findings_went.retain(|found| !crate::check::is_about_decided_gates(found.rule));
    report.what_if = Some(what_if);
    report
}

impl Options {
    /// As of when each project is computed.
    fn days(&self) -> AsOf<'_> {
        AsOf { day: self.as_of, of: self.as_of_project.as_deref() }
    }
}

/// As of when projects are computed.
#[derive(Clone, Copy)]
struct AsOf<'a> {
    day: Option<Date>,
    of: Option<&'a str>,
}

impl AsOf<'_> {
    /// The status date of a project: the day asked for; of another project than the one it is asked for, the day of its newest report
    /// by then, as everywhere where others stand beside a project of a day gone by. Without a day that of the newest report.
    fn on(self, project: &Project) -> Date {
        let Some(day) = self.day else { return project.newest_report() };
        let is_named = |name: &str| {
            project.folder == name
                || project.code.as_ref().is_some_and(|code| code.eq_ignore_ascii_case(name))
        };
        if self.of.is_none_or(is_named) { day } else { gone_by::known_on(project, day) }
    }
}

/// How much is computed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Care {
    /// Everything that the site shows.
    Whole,
    /// What a past state is compared by: no runs of the schedule, no reasons and drags, no gates gone by.
    Past,
    /// The same without findings and levers: for a long row of states of which only dates and money are asked.
    Figures,
}

/// What projects are measured by besides their files.
#[derive(Clone, Copy)]
struct Terms<'a> {
    /// How much is computed.
    care: Care,
    /// What projects that are not among them have booked of shared people and roles.
    booked: &'a Booked,
    /// The same on days gone by.
    then: Option<&'a BookedThen>,
    /// Runs that were made before.
    known: &'a KnownRuns,
}

impl Terms<'_> {
    /// What others had booked on a day gone by; nothing where nobody shares people with them.
    fn booked_on(&self, day: Date) -> Booked {
        self.then.and_then(|then| then.get(&day)).cloned().unwrap_or_default()
    }
}

fn compute_at(
    folder: &Folder,
    findings: Diagnostics,
    options: &Options,
    (changes, care): (&Changes, Care),
) -> Report {
    let terms = Terms { care, booked: &Booked::default(), then: None, known: &KnownRuns::default() };
    compute_beside(folder, findings, options, (changes, terms))
}

/// The same beside projects that are not in the folder.
fn compute_beside(
    folder: &Folder,
    mut findings: Diagnostics,
    options: &Options,
    (changes, terms): (&Changes, Terms<'_>),
) -> Report {
    let care = terms.care;
    let records = crate::record::read(folder, changes, &mut findings);
    let audience::Narrowed { mut portfolio, audience, covered } =
        audience::resolve(records, options.audience, &mut findings);
    if care != Care::Figures {
        hidden::find_hidden(folder, changes, &mut findings);
    }
    let path_of = |finding: &Diagnostic| {
        let file = finding.span.and_then(|span| folder.files().get(span.file.0 as usize));
        file.map_or_else(String::new, |file| file.path.clone())
    };
    let line_of = |finding: &Diagnostic| {
        let span = finding.span?;
        let file = folder.files().get(span.file.0 as usize)?;
        (span != Span::new(span.file, 0, 0)).then(|| file.position(span.start as usize).line)
    };
    let fault_of = |finding: &Diagnostic| FileFault {
        code: finding.rule.code,
        file: path_of(finding),
        lines: line_of(finding).into_iter().collect(),
    };
    let is_error = |finding: &&Diagnostic| finding.severity == Severity::Error;
    let is_fault = |finding: &&Diagnostic| is_error(finding) && !finding.is_of_more;
    let shared: Vec<FileFault> =
        findings.iter().filter(|found| found.project.is_none()).filter(is_fault).map(fault_of).collect();
    for project in &mut portfolio.projects {
        let own = || findings.of_project(&project.folder).filter(is_error);
        project.errors = own().map(|finding| finding.rule.code).collect();
        // A project may be called as one of the folders of projects: `projects/baselines/plan.yaml`.
        let mandate = project.files.iter().find_map(|path| path.strip_suffix("project.yaml"));
        let home = mandate.unwrap_or_default().to_owned();
        let inside = |mut fault: FileFault| {
            if fault.file.starts_with(&home) {
                fault.file.drain(..home.len());
            }
            fault
        };
        project.faults.extend(own().filter(is_fault).map(fault_of).map(inside).chain(shared.iter().cloned()));
        project.has_unread_progress |= project.faults.are_lost_in("progress.csv");
        let found = findings.of_project(&project.folder);
        project.repeated = found.filter(|finding| finding.rule.code == REPEATED_ROW.code).cloned().collect();
    }
    // Which files have faults is known; whoever is named in many of them is told of once.
    findings.gather(&UNKNOWN_REFERENCE);
    find_what_came_since(&mut portfolio.projects, folder);
    if options.level {
        for project in &mut portfolio.projects {
            project.scheduling.levelling.get_or_insert_default();
        }
    }

    let unread = portfolio.unreadable.iter().chain(&portfolio.partly_read);
    let unread: Vec<&str> = unread.map(String::as_str).collect();
    let known = (unread.as_slice(), &*terms.booked.external);
    crate::resolve::check_external_links(&mut portfolio.projects, known, &mut findings);
    let computed = shared::measure_all(portfolio.projects, options.days(), terms);
    let found: Vec<Diagnostics> = match care {
        Care::Figures => computed.iter().map(|_| Diagnostics::default()).collect(),
        Care::Whole | Care::Past => computed.par_iter().map(crate::check::look).collect(),
    };
    let sources = Sources::new(
        folder
            .files()
            .iter()
            .map(|file| (file.path.clone(), file.text.clone()))
            .chain(changes.texts().iter().cloned())
            .collect(),
    );
    if care != Care::Figures {
        findings.extend(crate::check::look_for_secrets(&sources, &computed));
        findings.extend(crate::check::look_for_links_out(&sources, &computed));
        findings.extend(crate::check::look_for_redundant_links(&computed));
        findings.extend(crate::check::look_for_shared_people(&computed));
    }
    for found in found {
        findings.extend(found);
    }
    let mut report = Report {
        title: portfolio.title,
        description: portfolio.description,
        theme: portfolio.theme,
        site_address: portfolio.site_address,
        audience,
        unread: audience::unread_files(&sources, audience, &covered),
        status_date: day_of(&computed).or(options.as_of).unwrap_or(Date::ZERO),
        revision: options.revision.clone(),
        projects: computed,
        unreadable: portfolio.unreadable,
        findings,
        sources,
        what_if: None,
        history: History::NotAsked,
    };
    // A past state is not held against what was decided, a what-if asks for something else on purpose, and words that were
    // withheld are others than those that were frozen.
    if care == Care::Whole && changes.texts().is_empty() && audience == Audience::Restricted {
        compare_decided_gates(&mut report);
    }
    for project in &report.projects {
        crate::check::apply_waivers(&project.project, project.status_date, &mut report.findings);
    }
    report.findings.sort();
    report
}

/// The day of a portfolio: of the newest report of any project. What nobody has told of yet lies on the eve of its start, and a start
/// next year says nothing of today; where nobody has reported at all, nothing has begun on the first of these eves.
fn day_of(projects: &[ProjectReport]) -> Option<Date> {
    let is_told = |project: &&ProjectReport| project.project.reported_until().is_some();
    let told = projects.iter().filter(is_told).map(|project| project.status_date).max();
    told.or_else(|| projects.iter().map(|project| project.status_date).min())
}

/// Holds the documents of decided gates against what was frozen of them.
fn compare_decided_gates(report: &mut Report) {
    let compared = crate::document::decided::compare(report);
    for (project, compared) in report.projects.iter_mut().zip(compared) {
        project.decided = compared;
        let missing = project
            .project
            .gates
            .keys()
            .map(|gate| (*gate, crate::document::decided::missing_signatures(project, *gate)));
        project.unsigned = missing.filter(|(_, missing)| !missing.is_empty()).collect();
        report.findings.extend(crate::check::look_at_decided_gates(project));
    }
}

/// Schedules and measures one project as of a day, or of its newest report, and as of each gate decided by then.
#[must_use]
pub fn measure(project: Project, as_of: Option<Date>) -> ProjectReport {
    let (booked, known) = (Booked::default(), KnownRuns::default());
    measure_beside(project, as_of, Terms { care: Care::Whole, booked: &booked, then: None, known: &known })
}

/// The same beside what other projects have booked of shared people, and had booked by their reports when each gate was decided.
fn measure_beside(project: Project, as_of: Option<Date>, terms: Terms<'_>) -> ProjectReport {
    let Terms { care, known, .. } = terms;
    let newest = project.newest_report();
    let status_date = as_of.unwrap_or(newest);
    let project = project.gates_as_of(status_date);
    // What was reported by when makes no other network.
    let compiled = Compiled::of(&project);
    if care != Care::Whole {
        let project = known_by(project, status_date, newest);
        return measure_on((project, compiled), status_date, terms).with_said();
    }
    let decided: Vec<(GateId, Date)> = decided_by(&project, status_date).collect();
    let as_of_gate = |(gate, day): &(GateId, Date)| {
        let frozen = project.frozen_gate(*gate, *day);
        let files_of = frozen.map_or(status_date, |record| record.frozen);
        // A draft of that day knows what had been reported by then. Where nobody kept one, later reports tell what had happened.
        let is_told_later = !project.are_of_one_time(*day, files_of)
            || frozen.is_some_and(FrozenGate::tells_what_was_reported_later);
        let since = frozen.map_or_else(Since::default, Since::of);
        let then = as_decided(&project, *day, (is_told_later.then_some(files_of), since));
        // What a board decides is no part of what lies before it. A document that was frozen with it stays comparable.
        let then = if frozen.is_some_and(FrozenGate::knows_its_decision) {
            then
        } else {
            then.before_decision_on(*gate)
        };
        let booked = terms.booked_on(*day);
        let then = measure_on((then, compiled.clone()), *day, Terms { booked: &booked, ..terms });
        let then = with_runs(then, (care, known)).with_said();
        (*gate, ProjectReport { files_of, before_board: Some(*gate), ..then })
    };
    let at_gates = decided.par_iter().map(as_of_gate).collect::<Vec<_>>().into_iter().collect();
    let project = known_by(project, status_date, newest);
    let report = measure_on((project, compiled), status_date, terms);
    let report = with_runs(report, (care, known));
    ProjectReport { at_gates, ..report }.with_said()
}

/// The gates that were decided by a day, each with its day.
fn decided_by(project: &Project, status_date: Date) -> impl Iterator<Item = (GateId, Date)> {
    let decided = project.gates.values().filter(|gate| gate.decision.is_some());
    decided.filter_map(move |gate| Some((gate.gate, gate.decided.filter(|day| *day <= status_date)?)))
}

/// The days gone by as of which a project is scheduled once more: those of decided gates, and of the report before each of them and
/// before the status date.
fn days_looked_back_at(project: &Project, status_date: Date) -> BTreeSet<Date> {
    let gates = project.clone().gates_as_of(status_date);
    let mut days: BTreeSet<Date> = decided_by(&gates, status_date).map(|(_, day)| day).collect();
    let told: Vec<Date> =
        days.iter().chain([&status_date]).filter_map(|day| report_before(project, *day)).collect();
    days.extend(told);
    days
}

/// The same with its schedule run many times, and the colour of time read from the runs as well.
fn with_runs(report: ProjectReport, runs: (Care, &KnownRuns)) -> ProjectReport {
    let risk = risk(&report, runs);
    let control = report.control.judged_by_chance(risk.as_deref(), &report.project.thresholds);
    ProjectReport { control, risk, ..report }
}

/// The same without keeping the runs: a past state that is compared says no more of them than the colour. Where they could not
/// change it, they are not made.
fn judged_by_chance(report: ProjectReport, runs: (Care, &KnownRuns)) -> ProjectReport {
    if report.control.asks_for_chance() {
        ProjectReport { risk: None, ..with_runs(report, runs) }
    } else {
        report
    }
}

/// Runs the schedule of a measured project many times; none where something that the runs rest on could not be read. Of what is compared no
/// more than finish and cost is asked.
fn risk(report: &ProjectReport, (care, known): (Care, &KnownRuns)) -> Option<Arc<ScheduleRisk>> {
    if report.control.is_stopped || report.project.is_unread(Ground::RUNS) {
        return None;
    }
    let engine = report.engine();
    let position = Position {
        project: &report.project,
        engine: &engine,
        planned: &report.planned,
        forecast: &report.forecast,
        facts: &report.facts,
        levers: &report.levers,
        status_date: report.status_date,
    };
    let mut question = control::risk_question(&position, &report.control, report.project.scheduling.risk);
    if care != Care::Whole {
        question.watch.clear();
    }
    engine.risk_of(&report.facts, &report.forecast, (&question, known))
}

/// Schedules and measures one project, as compiled, as of a day.
fn measure_on(
    (project, compiled): (Project, Compiled),
    status_date: Date,
    terms: Terms<'_>,
) -> ProjectReport {
    let Terms { care, booked, .. } = terms;
    let project = project.held_to_allowances(status_date);
    let engine = Engine::with(&project, &compiled);
    let promises = Facts { elsewhere: booked.planned_for(&project), ..Facts::none(&project) };
    let facts = Facts { elsewhere: booked.forecast_for(&project), ..Facts::as_of(&project, status_date) };
    let (planned, forecast) = rayon::join(|| engine.run(&promises), || engine.run(&facts));
    // Colours and findings ask for them, dates and money do not.
    let are_days_known = !project.is_unread(&[Ground::Dates]);
    let is_forecast = care != Care::Figures && are_days_known;
    let is_whole = care == Care::Whole;
    let tried = || {
        let levers = if is_forecast { engine.levers(&facts, &forecast) } else { Vec::new() };
        let drags = if is_forecast && is_whole { engine.drags(&facts, &forecast) } else { Vec::new() };
        (levers, drags)
    };
    let read_off = || {
        let reasons = if is_whole { engine.reasons(&facts, &forecast) } else { Reasons::default() };
        let silent = if care == Care::Figures { Vec::new() } else { engine.silent(&facts, &forecast) };
        let last_time = if is_whole { last_time(&engine, status_date, terms) } else { None };
        (reasons, silent, last_time, engine.load(&forecast, &facts))
    };
    let ((levers, drags), (reasons, silent, last_time, load)) = rayon::join(tried, read_off);
    let control = control::measure(&Position {
        project: &project,
        engine: &engine,
        planned: &planned,
        forecast: &forecast,
        facts: &facts,
        levers: &levers,
        status_date,
    });
    let report = ProjectReport {
        project,
        compiled,
        status_date,
        files_of: status_date,
        planned,
        forecast,
        facts,
        are_days_known,
        levers,
        drags,
        silent,
        reasons,
        path_test: Known::default(),
        untraced: Known::default(),
        last_time,
        options: Vec::new(),
        changes: Vec::new(),
        load,
        control,
        risk: None,
        doubts: None,
        said_by_report: Vec::new(),
        before_board: None,
        at_gates: BTreeMap::new(),
        decided: Vec::new(),
        unsigned: BTreeMap::new(),
    };
    if care == Care::Figures { report } else { judged_by_doubts(report) }
}

/// The same with the colour of data read from what casts doubt on reports and bookings. Every other rule looks at the colours, so
/// that this comes before them.
fn judged_by_doubts(report: ProjectReport) -> ProjectReport {
    let doubts = Some(crate::check::doubts(&report));
    let report = ProjectReport { doubts, ..report };
    let control = report.control.clone().judged_by_doubts(crate::check::open_doubts(&report));
    ProjectReport { control, ..report }
}

/// The forecast of the report before a day, beside what other projects had booked then.
fn last_time(engine: &Engine<'_>, status_date: Date, terms: Terms<'_>) -> Option<LastTime> {
    let project = engine.project();
    let day = report_before(project, status_date)?;
    let elsewhere = terms.booked_on(day).forecast_for(project);
    Some(LastTime { day, forecast: engine.run(&Facts { elsewhere, ..Facts::as_of(project, day) }) })
}

/// The day of the report before another day.
fn report_before(project: &Project, status_date: Date) -> Option<Date> {
    project.report_days().range(..status_date).next_back().copied()
}

/// The portfolio's own theme: files under `theme/`, by their path inside it.
#[must_use]
pub fn theme_files(folder: &Folder) -> BTreeMap<String, Vec<u8>> {
    folder
        .files()
        .iter()
        .filter_map(|file| Some((file.path.strip_prefix("theme/")?.to_owned(), file.bytes.clone())))
        .collect()
}

/// Renders every page and document of a report in the theme it asks for, with the portfolio's own files over it.
///
/// # Errors
/// A broken override in the portfolio's own theme, or a folder whose name no site can carry.
pub fn render(report: &Report, theme_files: &BTreeMap<String, Vec<u8>>) -> Result<Bundle, SiteError> {
    render_with_paper(report, theme_files, None)
}

/// The same; where a sheet is given, with every document as PDF beside its page.
///
/// # Errors
/// Those of [`render`], and a document that cannot be printed.
pub fn render_with_paper(
    report: &Report,
    theme_files: &BTreeMap<String, Vec<u8>>,
    sheet: Option<Sheet>,
) -> Result<Bundle, SiteError> {
    let theme = theme_of(report, theme_files)?;
    crate::site::render(&audience::for_readers(report), &theme, sheet)
}

/// The same, each file handed on as soon as it is made.
///
/// # Errors
/// Those of [`render_with_paper`], and what keeps a file from being taken.
pub fn render_into(
    sink: &dyn Sink,
    report: &Report,
    theme_files: &BTreeMap<String, Vec<u8>>,
    sheet: Option<Sheet>,
) -> Result<(), SiteError> {
    let theme = theme_of(report, theme_files)?;
    crate::site::render_into(sink, &audience::for_readers(report), &theme, sheet)
}

/// The same as a site of which each file is made when somebody asks for it.
///
/// # Errors
/// Those of [`render`].
pub fn live(report: Report, theme_files: &BTreeMap<String, Vec<u8>>) -> Result<LiveSite, SiteError> {
    let theme = theme_of(&report, theme_files)?;
    let report = match audience::for_readers(&report) {
        Cow::Borrowed(_) => report,
        Cow::Owned(shown) => shown,
    };
    LiveSite::new(report, theme)
}

/// Prints the document of a gate of a project, by its folder; none where the project has no such gate.
///
/// # Errors
/// A broken override in the portfolio's own theme, and a document that cannot be printed.
pub fn print_gate(
    report: &Report,
    theme_files: &BTreeMap<String, Vec<u8>>,
    (folder, gate): (&str, GateId),
    sheet: Sheet,
) -> Result<Option<Vec<u8>>, SiteError> {
    let theme = theme_of(report, theme_files)?;
    crate::site::print_gate(&audience::for_readers(report), &theme, (folder, gate), sheet)
}

/// What each document of a report is given to be printed, for the readers of the report, behind the path of its page.
#[must_use]
pub fn documents(report: &Report) -> Vec<(String, Printed)> {
    let documents = crate::site::documents(&audience::for_readers(report), |_| true);
    documents.into_iter().map(|(address, printed)| (address.path().to_owned(), printed)).collect()
}

fn theme_of(report: &Report, theme_files: &BTreeMap<String, Vec<u8>>) -> Result<Theme, SiteError> {
    Ok(Theme::on(report.theme.unwrap_or(PLAIN), theme_files)?)
}
