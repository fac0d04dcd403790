//! What is known of a report of a day: what the site said then, from its frozen record, and what was written beside it.
//!
//! Nothing of it is computed anew, so that it reads today as it read then; only the names of milestones are those of now. The
//! document is made of it in `document`.

use std::collections::BTreeSet;

use jiff::civil::Date;

use crate::control::{Colour, DimensionKind, Said};
use crate::format;
use crate::model::{Seal, Snapshot, TaskNo, Update};
use crate::page::address::Thing;
use crate::page::desk::{Desk, slip_words};
use crate::page::frame::status_of;
use crate::page::rebaselined::rebaselined_report;
use crate::page::report_figures::{FIGURES, figure_line};
use crate::page::scorecard::{PastStatus, dimension_name, past_status};
use crate::page::view::{Band, Cell, Fact, Link, Row, Status, Table};
use crate::quantity::Id;
use crate::report::ProjectReport;

/// Reports whose figures and colours are drawn beside those of a report.
pub const LAST_REPORTS: usize = 12;

/// The name of the computed colour of the whole.
pub const OVERALL: &str = "Overall";

/// The name of the colour that the author of a report declared.
pub const DECLARED: &str = "Declared";

/// One colour of a report.
#[derive(Debug)]
pub struct ColourLine {
    /// What is rated.
    pub name: &'static str,
    /// The colour.
    pub status: Status,
    /// The same in the last reports, oldest first.
    pub past: Vec<PastStatus>,
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
        let closed = || project.snapshots.iter().filter(|frozen| frozen.status_date <= day);
        let mut said: Vec<(Said, Option<&Snapshot>)> =
            desk.project.said_then(closed()).into_iter().zip(closed().map(Some)).collect();
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

    /// The title band, what its state means, and what there is to do about it.
    #[must_use]
    pub fn band(&self) -> (Band, String, Option<String>) {
        let project = &self.desk.project.project;
        let (state, state_class, words, hint) = match self.frozen {
            Some(frozen) => match frozen.seal() {
                Seal::Whole => {
                    let words = "The figures are those of that day and were not computed anew.";
                    ("Frozen", "decided", words, None)
                }
                Seal::Broken => (
                    "Edited",
                    "draft",
                    "The record was edited after it was frozen: its figures cannot be trusted.",
                    None,
                ),
                Seal::Lost => {
                    ("Edited", "draft", "The record has lost the digest that it was frozen with.", None)
                }
            },
            None if self.then().is_some() => (
                "Not closed",
                "draft",
                "The figures are computed from the files as they stand and are not frozen yet.",
                Some("`milepost report close` freezes them."),
            ),
            None => (
                "Not closed",
                "draft",
                "Nothing was frozen on that day, so there is what was written alone.",
                Some("`milepost report rebuild` computes the figures."),
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
        (band, words.to_owned(), hint.map(str::to_owned))
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
        let mut lines = vec![line(OVERALL, &|said| said.computed), line(DECLARED, &|said| said.declared)];
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

    /// Milestones and gates in the order of the days that were forecast, each beside the day that it was measured against. Those
    /// that the report before had as reached are told by [`ReportOf::reached_before`].
    #[must_use]
    pub fn milestones(&self) -> Table {
        let mut table = Table::new(&["Milestone or gate", "Promised", "Forecast then", "#Slip", "#Moved"]);
        let Some((then, frozen)) = self.then() else { return table };
        let place = |frozen: Option<&Snapshot>| self.desk.href_of_field(frozen?.origin, "milestones");
        let mut ids: Vec<_> = then.milestones.iter().filter(|(id, _)| !self.was_reached(id)).collect();
        ids.sort_by_key(|(id, known)| (known.day, *id));
        for (id, known) in ids {
            let task = self.desk.project.project.task_by_id(id);
            let name = task.map_or_else(|| Cell::text(id.to_string()), |task| self.desk.task(task));
            let opened = match (frozen, task) {
                (None, Some(task)) => self.desk.explained_of(task, "finish"),
                _ => place(*frozen),
            };
            let promised = task.and_then(|task| self.promised(task));
            let late = promised.as_ref().map(|(day, _)| self.desk.slip_days(*day, known.day));
            let late =
                Cell::maybe(late.map(|days| if days == 0 { "none".to_owned() } else { slip_words(days) }))
                    .class(if late.is_some_and(|days| days > 0) { "bad" } else { "muted" });
            let before =
                self.before().and_then(|(said, frozen)| Some((said.milestones.get(id)?.day, *frozen)));
            let moved = before.map(|(day, _)| self.desk.slip_days(day, known.day));
            let from = before.and_then(|(_, frozen)| place(frozen));
            table.push(Row::new(vec![
                name,
                self.desk
                    .date(promised.as_ref().map(|(day, _)| *day))
                    .explained(promised.and_then(|(_, place)| place)),
                self.desk
                    .date(Some(known.day))
                    .explained(opened.clone())
                    .note_if(known.is_reached.then(|| "reached".to_owned())),
                late.explained(opened),
                moved_cell(moved).explained(from),
            ]));
        }
        table
    }

    /// Whether the report before had a milestone as reached already, on the day that this one says.
    fn was_reached(&self, id: &Id) -> bool {
        let day =
            |said: &Said| said.milestones.get(id).filter(|known| known.is_reached).map(|known| known.day);
        let then = self.then().and_then(|(then, _)| day(then));
        then.is_some() && then == self.before().and_then(|(before, _)| day(before))
    }

    /// The milestones and gates that the report before had as reached already: `Reached before: G1 Mandate on 18 Jun 2026.` None
    /// without any.
    #[must_use]
    pub fn reached_before(&self) -> Option<String> {
        let (then, _) = self.then()?;
        let mut reached: Vec<_> = then.milestones.iter().filter(|(id, _)| self.was_reached(id)).collect();
        reached.sort_by_key(|(id, known)| (known.day, *id));
        let project = &self.desk.project.project;
        let name = |id: &Id| {
            let name = |task: TaskNo| self.desk.task(task).text;
            project.task_by_id(id).and_then(name).unwrap_or_else(|| id.to_string())
        };
        let told: Vec<String> = reached
            .iter()
            .map(|(id, known)| format!("{} on {}", name(id), format::date(known.day)))
            .collect();
        (!told.is_empty()).then(|| format!("Reached before: {}.", format::listed(&told)))
    }

    /// The day that a milestone was measured against on the day of the report, and where it stands: that of the baseline which the
    /// report names, else of what is measured against now. None where the baseline does not know it, and for a report of the past that
    /// was measured against no baseline.
    fn promised(&self, task: TaskNo) -> Option<(Date, Option<String>)> {
        let (then, frozen) = self.then()?;
        let project = &self.desk.project.project;
        if let Some(id) = &then.figures.baseline {
            let baseline = project.baselines.iter().find(|baseline| baseline.id == *id)?;
            let promised = baseline.tasks.get(&task)?;
            return Some((promised.finish, self.desk.href_place(promised.origin)));
        }
        let promised =
            self.desk.project.control.reference.tasks[task.0 as usize].filter(|_| frozen.is_none())?;
        Some((promised.finish, self.desk.explained_of(task, "promised")))
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
