//! What is known of a report of a day: what the site said then, from its frozen record, and what was written beside it.
//!
//! Nothing of it is computed anew, so that it reads today as it read then; only the names of milestones are those of now. The
//! document is made of it in `document`.

use std::collections::BTreeSet;

use jiff::civil::Date;
use serde::Serialize;

use crate::control::{Colour, DimensionKind, Said};
use crate::format;
use crate::model::{Seal, Snapshot, Update};
use crate::page::address::Thing;
use crate::page::desk::{Desk, slip_words};
use crate::page::frame::status_of;
use crate::page::rebaselined::rebaselined_report;
use crate::page::report_figures::{FIGURES, figure_line};
use crate::page::scorecard::{PastStatus, dimension_name, past_status};
use crate::page::view::{Band, Cell, Fact, Link, Row, Status, Table};
use crate::report::ProjectReport;

/// Reports whose figures and colours are drawn beside those of a report.
pub const LAST_REPORTS: usize = 12;

/// The name of the colour that the author of a report declared.
pub const DECLARED: &str = "Declared";

/// One colour of a report.
#[derive(Debug, Serialize)]
pub struct ColourLine {
    /// What is rated.
    pub name: &'static str,
    /// The colour.
    status: Status,
    /// The same in the last reports, oldest first.
    past: Vec<PastStatus>,
}

/// What a report is called.
#[must_use]
pub fn title(day: Date) -> String {
    format!("Report of {}", format::date(day))
}

/// The days of reports up to the status date, written or frozen.
#[must_use]
pub fn days(project: &ProjectReport) -> BTreeSet<Date> {
    let written = project.project.written_reports();
    written.into_iter().filter(|day| *day <= project.status_date).collect()
}

/// The link to the newest report; none before there is one.
#[must_use]
pub fn newest(desk: &Desk<'_>) -> Option<Link> {
    let day = *days(desk.project).last()?;
    Some(Link { label: title(day), href: desk.href_to(&Thing::Report(day)) })
}

/// The report of a day, gathered.
#[derive(Debug)]
pub struct ReportOf<'a> {
    desk: &'a Desk<'a>,
    /// Its day.
    pub day: Date,
    /// What was written; none where no report of that day is in the folder.
    pub update: Option<&'a Update>,
    /// Its frozen record; none where nobody closed it.
    pub frozen: Option<&'a Snapshot>,
    /// The last reports up to this one that said anything in figures, oldest first.
    said: Vec<(Said, Option<&'a Snapshot>)>,
}

impl<'a> ReportOf<'a> {
    /// Gathers what is known of the report of a day.
    #[must_use]
    pub fn of(desk: &'a Desk<'a>, day: Date) -> Self {
        let project = &desk.project.project;
        let mut said: Vec<(Said, Option<&Snapshot>)> = project
            .snapshots
            .iter()
            .filter(|frozen| frozen.status_date <= day)
            .map(|frozen| (Said::frozen(frozen), Some(frozen)))
            .collect();
        let frozen = project.snapshots.iter().find(|frozen| frozen.status_date == day);
        if frozen.is_none() && day == desk.project.status_date {
            said.push((desk.project.said(), None));
        }
        let said = said.split_off(said.len().saturating_sub(LAST_REPORTS));
        let update = project.updates.iter().find(|update| update.status_date == day);
        Self { desk, day, update, frozen, said }
    }

    /// What was said on the day itself; none where nothing was frozen and the day is past.
    #[must_use]
    pub fn then(&self) -> Option<&(Said, Option<&'a Snapshot>)> {
        self.said.last().filter(|(said, _)| said.status_date == self.day)
    }

    /// What the report before said; none for the first.
    #[must_use]
    pub fn before(&self) -> Option<&(Said, Option<&'a Snapshot>)> {
        self.said.iter().rev().find(|(said, _)| said.status_date < self.day)
    }

    /// The title band, and what its state means.
    #[must_use]
    pub fn band(&self) -> (Band, String) {
        let project = &self.desk.project.project;
        let (state, state_class, words) = match self.frozen {
            Some(frozen) => match frozen.seal() {
                Seal::Whole => {
                    ("Frozen", "decided", "The figures are those of that day and were not computed anew.")
                }
                Seal::Broken => (
                    "Edited",
                    "draft",
                    "The record was edited after it was frozen: its figures cannot be trusted.",
                ),
                Seal::Lost => ("Edited", "draft", "The record has lost the digest that it was frozen with."),
            },
            None if self.then().is_some() => (
                "Not closed",
                "draft",
                "The figures are computed from the files as they stand and are not frozen yet: `milepost report close` does it.",
            ),
            None => (
                "Not closed",
                "draft",
                "Nothing was frozen on that day, so there is what was written alone: `milepost report rebuild` computes the figures.",
            ),
        };
        let kicker: Vec<&str> = [Some(project.name.as_str()), project.code.as_deref(), Some("Status report")]
            .into_iter()
            .flatten()
            .collect();
        let mut facts = vec![Fact::new("Status date", format::weekday_date(self.day))];
        facts.extend(
            self.update
                .and_then(|update| update.author)
                .map(|author| Fact::of("Written by", self.desk.person(Some(author)))),
        );
        let measured = self.then().map(|(said, _)| {
            said.figures
                .baseline
                .as_ref()
                .map_or_else(|| "the plan as typed".to_owned(), |id| format!("baseline {id}"))
        });
        facts.extend(measured.map(|words| Fact::new("Measured against", words)));
        facts.extend(self.frozen.map(|frozen| {
            let digits = frozen
                .digest
                .as_ref()
                .map(|digest| digest.trim_start_matches("sha256:").chars().take(12).collect::<String>());
            let place = self.desk.href_of_field(frozen.origin, "digest");
            Fact::new("Digest of the record", digits.unwrap_or_else(|| "none: written by hand".to_owned()))
                .explained(place)
        }));
        facts.extend(
            self.frozen.and_then(|frozen| frozen.source_revision.as_deref()).map(|revision| {
                Fact::new("Source revision", crate::page::provenance::revision_words(revision))
            }),
        );
        let band = Band {
            kicker: kicker.join(" · "),
            title: title(self.day),
            state: Some(state.to_owned()),
            state_class,
            facts,
            day: format::iso(self.day),
        };
        (band, words.to_owned())
    }

    /// That another baseline was measured against than in the report before; none where it was the same.
    #[must_use]
    pub fn rebaselined(&self) -> Option<String> {
        rebaselined_report(self.before()?.1?, self.frozen?, self.desk.project)
    }

    /// The whole, what was declared, and each dimension that was rated.
    #[must_use]
    pub fn colours(&self) -> Vec<ColourLine> {
        let Some((then, _)) = self.then() else { return Vec::new() };
        let line = |name: &'static str, colour: &dyn Fn(&Said) -> Option<Colour>| {
            let status = status_of(colour(then)?);
            let past = self.said.iter();
            let past =
                past.map(|(said, _)| past_status(said.status_date, colour(said).unwrap_or(Colour::Unrated)));
            Some(ColourLine { name, status, past: past.collect() })
        };
        let mut lines = vec![line("Computed", &|said| said.computed), line(DECLARED, &|said| said.declared)];
        lines.extend(
            DimensionKind::ALL
                .map(|kind| line(dimension_name(kind), &|said: &Said| said.dimensions.get(&kind).copied())),
        );
        lines.into_iter().flatten().collect()
    }

    /// The figures of that day beside those of the report before.
    #[must_use]
    pub fn figures(&self) -> Table {
        let mut table = Table::new(&["Figure", "#Then", "#Report before", "#Change", "Last reports"]);
        let Some(then) = self.then() else { return table };
        let lines =
            FIGURES.iter().map(|figure| figure_line(self.desk, figure, (then, self.before()), &self.said));
        table.rows.extend(lines.flatten());
        table
    }

    /// Milestones and gates in the order of the days that were forecast.
    #[must_use]
    pub fn milestones(&self) -> Table {
        let mut table = Table::new(&["Milestone or gate", "Forecast then", "#Moved"]);
        let Some((then, frozen)) = self.then() else { return table };
        let place = |frozen: Option<&Snapshot>| self.desk.href_of_field(frozen?.origin, "milestones");
        let mut ids: Vec<_> = then.milestones.iter().collect();
        ids.sort_by_key(|(id, known)| (known.day, *id));
        for (id, known) in ids {
            let task = self.desk.project.project.task_by_id(id);
            let name = task.map_or_else(|| Cell::text(id.to_string()), |task| self.desk.task(task));
            let opened = match (frozen, task) {
                (None, Some(task)) => self.desk.explained_of(task, "finish"),
                _ => place(*frozen),
            };
            let before =
                self.before().and_then(|(said, frozen)| Some((said.milestones.get(id)?.day, *frozen)));
            let moved = before.map(|(day, _)| self.desk.slip_days(day, known.day));
            let from = before.and_then(|(_, frozen)| place(frozen));
            table.push(Row::new(vec![
                name,
                self.desk
                    .date(Some(known.day))
                    .explained(opened)
                    .note_if(known.is_reached.then(|| "reached".to_owned())),
                moved_cell(moved).explained(from),
            ]));
        }
        table
    }
}

/// By how many working days something moved; later is marked.
#[must_use]
pub fn moved_cell(days: Option<i64>) -> Cell {
    match days {
        None => Cell::nothing(),
        Some(0) => Cell::text("as before").class("muted"),
        Some(days) if days > 0 => Cell::text(slip_words(days)).class("bad"),
        Some(days) => Cell::text(slip_words(days)),
    }
}
