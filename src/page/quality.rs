//! The plan-quality page of a project: may I trust its plan and its figures?

use serde::Serialize;

use crate::check::{fourteen_points, good_practices};
use crate::diagnostic::Diagnostic;
use crate::format;
use crate::model::Seal;
use crate::page::address::Address;
use crate::page::desk::Desk;
use crate::page::edited_records::anchor_of;
use crate::page::finding_groups::{FindingGroup, by_severity, counted};
use crate::page::plan_measures::{MeasureView, flag_words, point_view, practice_view};
use crate::page::view::{Cell, Fact, Finding, Link, Row, Table};
use crate::page::{Entry, Group, Made, ProjectPage};
use crate::plan::State;
use crate::report::ProjectReport;

/// The plan-quality page.
pub struct QualityPage;

/// What the plan-quality page shows.
#[derive(Debug, Serialize)]
struct QualityView {
    /// How many findings of each severity, in one sentence.
    summary: String,
    /// The fourteen points of schedule quality, each part after its point.
    points: Vec<MeasureView>,
    /// How many of them are flagged, in words.
    points_words: String,
    /// What GAO asks beyond them.
    practices: Vec<MeasureView>,
    /// How many of those are flagged, in words.
    practices_words: String,
    /// How the lengths of open tasks were found, where it is written.
    basis: Table,
    /// Findings by severity, errors first; groups without findings are left out.
    groups: Vec<FindingGroup>,
    /// Findings that a waiver lets pass.
    waived: Vec<Finding>,
    /// Every waiver the project declares.
    waivers: Table,
    /// How old the data are.
    age: Vec<Fact>,
    /// Which files were read, each leading to its page where it is shown.
    files: Vec<Link>,
    /// Where the findings of the whole site stand.
    problems: Option<String>,
}

impl ProjectPage for QualityPage {
    fn kind(&self) -> &'static str {
        "quality"
    }

    fn group(&self) -> Group {
        Group::Behind
    }

    fn question(&self) -> &'static str {
        "May I trust the plan and its figures?"
    }

    fn entries(&self, project: &ProjectReport) -> Vec<Entry> {
        vec![Entry::new(Address::page(&project.project.folder, "quality"), "Plan quality")]
    }

    fn make(&self, desk: &Desk<'_>) -> Made {
        let (waived, open): (Vec<_>, Vec<_>) =
            desk.report.findings_of(desk.project).partition(|found| found.waiver.is_some());
        let finding = |found: &Diagnostic| Finding {
            id: anchor_of(&desk.project.project, found),
            ..desk.finding(found)
        };
        let is_pointed_at = |found: &Diagnostic| anchor_of(&desk.project.project, found).is_some();
        let groups = by_severity(open.into_iter(), is_pointed_at, finding);
        let summary = match groups.is_empty() {
            true if waived.is_empty() => "Nothing was found in the plan or its figures.".to_owned(),
            true => format!("Nothing is open; {} waived.", format::count(waived.len(), "finding")),
            false => format!("Found: {}.", counted(&groups)),
        };
        let measured = fourteen_points(desk.project);
        let practices = good_practices(desk.project);
        let view = QualityView {
            points_words: flag_words(measured.iter().map(|point| point.flagged)),
            points: measured.iter().map(|point| point_view(desk, point)).collect(),
            practices_words: flag_words(practices.iter().map(|practice| practice.flagged)),
            practices: practices.iter().map(|practice| practice_view(desk, practice)).collect(),
            basis: basis(desk),
            summary,
            groups,
            waived: waived.into_iter().map(finding).collect(),
            waivers: waivers(desk),
            age: age(desk),
            files: files(desk),
            problems: desk.href(&Address::problems()),
        };
        Made::new(self.kind(), "Plan quality", &view)
    }
}

/// The files of the project without its folder, which goes without saying here.
fn files(desk: &Desk<'_>) -> Vec<Link> {
    let link = |path: &String| Link { label: desk.short_path(path).to_owned(), href: desk.href_source(path) };
    desk.project.project.files.iter().map(link).collect()
}

/// The open tasks that say how their length was found.
fn basis(desk: &Desk<'_>) -> Table {
    let mut table = Table::new(&["Task", "#Planned length", "Basis"]);
    for (number, task, _) in desk.project.tasks().filter(|(_, _, slot)| slot.state != State::Finished) {
        if let Some(basis) = &task.basis {
            let length = desk.length_of(number, desk.project.planned.slot(number));
            table.push(Row::new(vec![
                desk.task(number),
                Cell::text(length).explained(desk.explained_of(number, "duration")),
                desk.line(basis),
            ]));
        }
    }
    table
}

fn waivers(desk: &Desk<'_>) -> Table {
    let mut table = Table::new(&["Rule", "Reason", "By", "Until", "Written at"]);
    for waiver in &desk.project.project.waivers {
        let is_over = waiver.until < desk.project.status_date;
        let until = Cell::text(format::date(waiver.until)).class("date");
        table.push(Row::new(vec![
            Cell::text(&*waiver.rule),
            Cell::text(&*waiver.reason),
            desk.project
                .project
                .team
                .named(&waiver.by)
                .map_or_else(|| Cell::text(&*waiver.by), |person| desk.person(Some(person))),
            if is_over { until.note("expired").class("bad") } else { until },
            desk.place_cell(Some(waiver.origin)),
        ]));
    }
    table
}

fn age(desk: &Desk<'_>) -> Vec<Fact> {
    let report = desk.project;
    let day = report.status_date;
    let mut facts =
        vec![Fact::new("Status date", format::weekday_date(day)).explained(desk.explained("status-date"))];
    if let Some(update) = crate::page::verdict::newest_update(desk) {
        facts.push(
            Fact::new(
                "Newest report",
                format!("{}, {}", format::date(update.status_date), ago(desk, update.status_date)),
            )
            .explained(desk.href_of_field(update.origin, "status_date")),
        );
    } else {
        facts.push(Fact::new("Newest report", "none: add `updates/DATE.md`"));
    }
    let newest =
        report.project.progress.iter().map(|entry| entry.status_date).filter(|date| *date <= day).max();
    let reported = report.project.progress.iter().rev().find(|entry| Some(entry.status_date) == newest);
    facts.push(
        Fact::new(
            "Newest progress",
            newest.map_or_else(
                || "none: add `progress.csv`".to_owned(),
                |date| format!("{}, {}", format::date(date), ago(desk, date)),
            ),
        )
        .explained(reported.and_then(|entry| desk.href_place(entry.origin))),
    );
    if let (Some(actuals), Some(fact)) =
        (report.control.spending.actuals_to, crate::page::provenance::actuals(desk))
    {
        let words = format!("{}, {}", format::date(actuals), ago(desk, actuals));
        facts.push(Fact { text: Some(words), ..fact });
    }
    if let Some(baseline) = report.project.baseline_as_of(day) {
        let approved = baseline.approved.map_or_else(
            || "day of approval not given".to_owned(),
            |date| match &baseline.authorised_by {
                Some(id) => format!("approved {} with {id}", format::date(date)),
                None => format!("approved {}", format::date(date)),
            },
        );
        let baseline_place = desk.href_place(baseline.origin);
        facts.push(
            Fact::new("Baseline in force", format!("{}, {approved}", baseline.id))
                .explained(baseline_place.clone()),
        );
        let note = match baseline.seal() {
            Seal::Whole => "the file says what it said when it was frozen",
            Seal::Broken => "the file was edited since: it no longer fits",
            Seal::Lost => "it was taken out of the file",
        };
        if baseline.digest.is_some() || baseline.seal() == Seal::Lost {
            let digest = baseline.short_digest().unwrap_or_else(|| format::NOTHING.to_owned());
            facts.push(
                Fact { note: Some(note.to_owned()), ..Fact::new("Its digest", digest) }
                    .explained(baseline_place),
            );
        }
        facts.push(Fact::of("Frozen in", desk.place_cell(Some(baseline.origin))));
    } else {
        let words = match report.awaited_baseline() {
            Some(_) => format!(
                "none yet: {}; until then everything is measured against the plan as typed",
                crate::page::verdict::no_baseline(desk)
            ),
            None => "none: everything is measured against the plan as typed".to_owned(),
        };
        facts.push(Fact::new("Baseline in force", words));
    }
    facts
}

fn ago(desk: &Desk<'_>, day: jiff::civil::Date) -> String {
    if day == desk.project.status_date {
        return "on the status date".to_owned();
    }
    format!("{} before it", desk.behind_words(day, desk.project.status_date))
}
