//! The scorecard: how each dimension stands, by which rule, and what the author of the newest report declares.

use jiff::civil::Date;
use serde::Serialize;

use crate::control::{Colour, DimensionKind};
use crate::format;
use crate::page::cost_outlook;
use crate::page::desk::Desk;
use crate::page::frame::status_of;
use crate::page::view::{Cell, Row, Status, Table};

/// The scorecard of a project.
#[derive(Clone, Debug, Serialize)]
pub struct Scorecard {
    /// A row for each dimension: its name, its colour, the figures with the rule beneath.
    pub table: Table,
    /// What the newest report declares; none where it declares nothing.
    pub declared: Option<DeclaredView>,
    /// Colours of the last reports, oldest first; empty before there are two.
    pub history: Vec<PastStatus>,
}

/// A declared colour beside the computed one.
#[derive(Clone, Debug, Serialize)]
pub struct DeclaredView {
    /// What is declared.
    pub status: Status,
    /// What is computed.
    pub computed: Status,
    /// Who declared it and when, in words.
    pub by: String,
    /// Why, as harmless HTML; none where no reason is given.
    pub reason: Option<String>,
    /// Whether it is better than the computed one.
    pub is_better: bool,
}

/// A colour of the past.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PastStatus {
    /// `green`, `amber`, `red` or `grey`.
    pub class: &'static str,
    /// Its letter.
    pub letter: Option<&'static str>,
    /// Its word.
    pub word: String,
    /// The day of the report.
    pub date: String,
    /// The same without its year, for the ends of a strip.
    pub day: String,
}

/// How many reports the history shows.
const HISTORY: usize = 6;

/// Puts the scorecard of a project together.
#[must_use]
pub fn scorecard(desk: &Desk<'_>) -> Scorecard {
    let health = &desk.project.control.health;
    let mut table = Table::new(&["Dimension", "Status", "Why, and the rule"]);
    for dimension in &health.dimensions {
        let mut reason = format::sentence_start(&dimension.reason);
        // The colour follows one estimate; the reader is told where the others say worse.
        if let (DimensionKind::Cost, Some(words)) =
            (dimension.kind, cost_outlook::others_beyond(desk, &reason))
        {
            reason = format!("{reason}. {words}");
        }
        table.push(Row::new(vec![
            Cell::text(dimension_name(dimension.kind)),
            Cell::status(status_of(dimension.colour)).class("nowrap").explained(
                desk.explained(&format!("status-{}", dimension_name(dimension.kind).to_lowercase())),
            ),
            Cell::text(reason).note(format::sentence_start(&dimension.rule)),
        ]));
    }
    Scorecard { table, declared: declared(desk), history: history(desk) }
}

/// The name of a dimension as readers see it.
#[must_use]
pub fn dimension_name(kind: DimensionKind) -> &'static str {
    match kind {
        DimensionKind::Time => "Time",
        DimensionKind::Cost => "Cost",
        DimensionKind::Scope => "Scope",
        DimensionKind::Quality => "Quality",
        DimensionKind::Risk => "Risk",
        DimensionKind::Benefits => "Benefits",
        DimensionKind::Data => "Data",
    }
}

fn declared(desk: &Desk<'_>) -> Option<DeclaredView> {
    let health = &desk.project.control.health;
    let declared = health.declared.as_ref()?;
    let author = declared.author.map(|person| desk.project.project.person_name(person).to_owned());
    let day = format::date(declared.date);
    Some(DeclaredView {
        status: status_of(declared.colour),
        computed: status_of(health.overall),
        by: author.map_or_else(|| day.clone(), |author| format!("{author}, {day}")),
        reason: declared.reason.as_ref().map(|text| crate::prose::inline_html(&text.markdown)),
        is_better: declared.better_than_computed,
    })
}

/// The colours of the last reports, oldest first; none before there are two to compare.
#[must_use]
pub fn history(desk: &Desk<'_>) -> Vec<PastStatus> {
    let trend = &desk.project.control.health.trend;
    if trend.len() < 2 {
        return Vec::new();
    }
    trend[trend.len().saturating_sub(HISTORY)..]
        .iter()
        .map(|(day, colour)| past_status(*day, *colour))
        .collect()
}

/// A colour of the past as it stands in a strip.
#[must_use]
pub fn past_status(day: Date, colour: Colour) -> PastStatus {
    let status = status_of(colour);
    PastStatus {
        class: status.class,
        letter: status.letter,
        word: if colour == Colour::Unrated { "not rated".to_owned() } else { status.word },
        date: format::date(day),
        day: format::short_date(day),
    }
}
