//! The section "What changed": what people changed in the files since an earlier report or gate, and who.

use serde::Serialize;

use crate::format;
use crate::page::desk::Desk;
use crate::page::view::{Cell, PLACE, Row, Table};
use crate::page::what_changed::{
    EntryWords, NOTHING_CHANGED, SinceWords, day_words, limit_words, no_history_words, not_compared_words,
    since_words, state_in_words,
};
use crate::page::what_if::ChangeRow;
use crate::quantity::{GateId, Id};
use crate::report::{Compared, History, ProjectHistory, ProjectSince};

/// What changed in the files.
#[derive(Clone, Debug, Serialize)]
pub struct Changed {
    /// Since when: `the report of 6 Nov 2026 (085e4f0228 of 7 Nov 2026)`; none where nothing is known.
    pub since: Option<String>,
    /// The whole in a sentence; why nothing is known where it is so.
    pub in_short: String,
    /// That another baseline is measured against, and what that alone changed; none where it is the same.
    pub rebaselined: Option<String>,
    /// What became of it, what it is, where, who; no rows where nothing changed.
    pub table: Table,
    /// Figures that differ; no rows where nothing changed.
    pub figures: Table,
    /// What limits the comparison, a sentence each.
    pub limits: Vec<String>,
    /// How many rows are left out here; none where all are shown.
    pub left_out: Option<String>,
}

impl Changed {
    /// The same without the words about another baseline, where the page says them elsewhere.
    #[must_use]
    pub fn without_baseline(self) -> Self {
        Self { rebaselined: None, ..self }
    }
}

/// What changed since the report before the newest; none where nobody asked, or there is no report before.
#[must_use]
pub fn since_report(desk: &Desk<'_>, at_most: Option<usize>) -> Option<Changed> {
    match &desk.report.history {
        History::NotAsked => None,
        History::None(why) => {
            let day = desk.project.status_date;
            let reports = desk.project.project.report_days();
            let is_first = reports.range(..day).next().is_none();
            (!is_first).then(|| unknown(no_history_words(*why)))
        }
        History::Known(known) => {
            Some(section(desk, known.get(desk.folder())?.since_report.as_ref()?, at_most))
        }
    }
}

/// What changed until a gate since the gate before it; none where nothing is known.
#[must_use]
pub fn since_gate(desk: &Desk<'_>, gate: GateId) -> Option<Changed> {
    let History::Known(known) = &desk.report.history else { return None };
    let of_project: &ProjectHistory = known.get(desk.folder())?;
    Some(section(desk, of_project.since_gate.get(&gate)?, None))
}

fn section(desk: &Desk<'_>, compared: &Compared, at_most: Option<usize>) -> Changed {
    match compared {
        Ok(since) => known(desk, since, at_most),
        Err(why) => unknown(not_compared_words(why)),
    }
}

fn unknown(words: String) -> Changed {
    Changed {
        since: None,
        in_short: words,
        rebaselined: None,
        table: Table::default(),
        figures: Table::default(),
        limits: Vec::new(),
        left_out: None,
    }
}

fn known(desk: &Desk<'_>, since: &ProjectSince, at_most: Option<usize>) -> Changed {
    let words = since_words(since);
    // Whoever may see a public site need not learn who committed what.
    let is_public = desk.is_public();
    let mut rows = rows(desk, &words, is_public);
    let n_rows = rows.len();
    rows.truncate(at_most.unwrap_or(usize::MAX));
    if rows.last().is_some_and(|row| row.class == Some("group")) {
        rows.pop();
    }
    let left_out = n_rows - rows.len();
    let head: &[&str] = if is_public { &["", "What", "Where"] } else { &["", "What", "Where", "Who"] };
    let mut table = Table::new(head);
    for row in rows {
        table.push(row);
    }
    let mut figures = Table::new(&["Figure", "#Then", "#Now", "Change"]);
    if words.in_short.is_some() {
        // What was computed from a commit is no figure of this site.
        let is_now = since.to.commit.is_none() && since.to.status_date == desk.project.status_date;
        words.figures.iter().for_each(|row| figures.push(figure(desk, row, is_now)));
    }
    Changed {
        since: Some(state_in_words(&since.from)),
        in_short: match &words.in_short {
            Some(words) => format!("{}.", format::sentence_start(words)),
            None => NOTHING_CHANGED.to_owned(),
        },
        rebaselined: words.rebaselined,
        table,
        figures,
        limits: since.limits.iter().map(limit_words).collect(),
        left_out: (left_out > 0).then(|| format::count(left_out, "further line")),
    }
}

fn rows(desk: &Desk<'_>, words: &SinceWords, is_public: bool) -> Vec<Row> {
    let n_columns = if is_public { 3 } else { 4 };
    let mut rows = Vec::new();
    for group in &words.groups {
        rows.push(Row::group(group.title));
        rows.extend(group.entries.iter().map(|entry| {
            let mut cells = entry_cells(desk, entry);
            cells.truncate(n_columns);
            Row::new(cells)
        }));
    }
    if !words.moved.is_empty() {
        rows.push(Row::group("Dates that moved"));
        rows.extend(words.moved.iter().map(|row| {
            let days = format!("{} → {}", day_words(&row.before), day_words(&row.after));
            let mut cells = vec![
                Cell::text(row.by.clone()),
                Cell::text(row.what.clone()).note(days),
                Cell::default(),
                Cell::default(),
            ];
            cells.truncate(n_columns);
            Row::new(cells)
        }));
    }
    rows
}

fn entry_cells(desk: &Desk<'_>, entry: &EntryWords) -> Vec<Cell> {
    let href = entry.id.parse::<Id>().ok().and_then(|id| desk.href_of_id(&id));
    let words = [entry.id.as_str(), entry.name.as_str()];
    let called: Vec<&str> = words.into_iter().filter(|word| !word.is_empty()).collect();
    let changes = (!entry.changes.is_empty()).then(|| entry.changes.join("; "));
    let place =
        entry.place.as_ref().map(|place| if entry.is_gone { format!("was {place}") } else { place.clone() });
    let commit = match (&entry.commit, &entry.commit_day) {
        (Some(commit), Some(day)) => Some(format!("{commit}, {}", day_words(day))),
        _ => None,
    };
    vec![
        Cell::text(entry.fate).class("nowrap"),
        Cell::text(called.join(" ")).href(href).note_if(changes),
        Cell::maybe(place).class(PLACE),
        Cell::maybe(entry.author.clone()).note_if(commit),
    ]
}

/// The key under which the figure of a row is explained.
fn key_of(kind: &str) -> Option<&'static str> {
    Some(match kind {
        "finish" => "finish",
        "promised-finish" => "promised",
        "estimate-at-completion" => "eac",
        "budget-at-completion" => "bac",
        "earned-value" => "ev",
        "actual-cost" => "ac",
        "exposure" => "exposure",
        "contingency" => "contingency-left",
        "management-reserve" => "reserve-left",
        "work" => "effort",
        _ => return None,
    })
}

fn figure(desk: &Desk<'_>, row: &ChangeRow, is_now: bool) -> Row {
    let explained = key_of(row.kind).filter(|_| is_now).and_then(|key| desk.explained(key));
    Row::new(vec![
        Cell::text(row.what.clone()),
        Cell::text(day_words(&row.before)),
        Cell::text(day_words(&row.after)).explained(explained),
        Cell::text(row.by.clone()),
    ])
}
