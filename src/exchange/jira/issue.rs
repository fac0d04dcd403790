//! From rows of an export to issues.

use std::collections::BTreeMap;

use jiff::civil::{Date, DateTime};

use crate::diagnostic::{Diagnostic, Diagnostics, Span};
use crate::exchange::Options;
use crate::exchange::cells::{Cell, Cells};
use crate::exchange::date::{self, DateOrder, Reading, morning};
use crate::exchange::rule::{AMBIGUOUS_DATE, BAD_FOREIGN_VALUE, DOUBLED_KEY};
use crate::exchange::text::one_line;

use super::column::{BLOCKS, english};

/// How far an issue has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum State {
    Open,
    InProgress,
    Done,
    /// Closed without being done: a duplicate, or not wanted.
    Dropped,
}

/// An issue as the export has it.
#[derive(Debug)]
pub(super) struct Issue {
    pub(super) key: String,
    pub(super) id: String,
    pub(super) summary: String,
    pub(super) kind: String,
    pub(super) state: State,
    pub(super) priority: String,
    pub(super) assignee: String,
    pub(super) created: Option<DateTime>,
    pub(super) updated: Option<DateTime>,
    pub(super) resolved: Option<DateTime>,
    pub(super) start: Option<DateTime>,
    pub(super) due: Option<DateTime>,
    /// Minutes; none where nothing is written.
    pub(super) estimate: Option<i64>,
    pub(super) spent: i64,
    pub(super) remaining: Option<i64>,
    /// Keys or numbers of what may stand above it, the nearest first.
    pub(super) parents: Vec<Cell>,
    /// What blocks it, and what it blocks.
    pub(super) blocked_by: Vec<Cell>,
    pub(super) blocks: Vec<Cell>,
    pub(super) versions: Vec<String>,
    /// Labels, components, sprints: what is kept in words.
    pub(super) words: Vec<(&'static str, Vec<String>)>,
    pub(super) project: String,
    pub(super) span: Span,
}

impl Issue {
    /// Whether it is a bug.
    pub(super) fn is_bug(&self) -> bool {
        matches!(self.kind.to_lowercase().as_str(), "bug" | "defect" | "fehler")
    }
}

/// English names of columns in lower case, each of which may stand several times.
struct Names<'a> {
    places: BTreeMap<String, Vec<usize>>,
    row: &'a [Cell],
}

impl Names<'_> {
    fn all(&self, names: &[&str]) -> Vec<&Cell> {
        let places = names.iter().filter_map(|name| self.places.get(*name)).flatten();
        places.filter_map(|place| Cells::cell(self.row, *place)).collect()
    }

    fn first(&self, names: &[&str]) -> Option<&Cell> {
        self.all(names).first().copied()
    }

    fn word(&self, names: &[&str]) -> String {
        self.first(names).map(|cell| one_line(&cell.text)).unwrap_or_default()
    }

    fn words(&self, names: &[&str]) -> Vec<String> {
        self.all(names).iter().map(|cell| one_line(&cell.text)).collect()
    }

    fn links(&self, direction: &str) -> Vec<Cell> {
        let names: Vec<String> =
            BLOCKS.iter().map(|kind| format!("{direction} issue link ({kind})")).collect();
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        self.all(&names).into_iter().cloned().collect()
    }
}

/// Reads all issues, each key once.
pub(super) fn issues(cells: &Cells, options: &Options, found: &mut Diagnostics) -> Vec<Issue> {
    let mut places: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (place, cell) in cells.header.iter().enumerate() {
        places.entry(english(&cell.text)).or_default().push(place);
    }
    let mut seen: BTreeMap<String, Span> = BTreeMap::new();
    let mut issues = Vec::new();
    let mut names = Names { places, row: &[] };
    for row in &cells.rows {
        names = Names { places: names.places, row };
        let Some(issue) = issue(&names, options, found) else { continue };
        if let Some(first) = seen.get(&issue.key) {
            let message = format!("`{}` stands twice in this export; the first one counts", issue.key);
            found.push(
                Diagnostic::new(&DOUBLED_KEY, issue.span, message)
                    .also(*first, "the first one")
                    .hint("export every issue once"),
            );
            continue;
        }
        seen.insert(issue.key.clone(), issue.span);
        issues.push(issue);
    }
    issues
}

fn issue(names: &Names<'_>, options: &Options, found: &mut Diagnostics) -> Option<Issue> {
    let key = names.first(&["issue key"]);
    let summary = names.word(&["summary"]);
    let Some(key) = key.filter(|_| !summary.is_empty()) else {
        let first = names.row.iter().find(|cell| !cell.text.is_empty())?;
        let what = if key.is_some() { "a summary" } else { "a key" };
        found.push(
            Diagnostic::new(
                &BAD_FOREIGN_VALUE,
                first.span,
                format!("an issue without {what}; it was left out"),
            )
            .hint("export the issues again with all fields"),
        );
        return None;
    };
    let mut date = |columns: &[&str]| moment(names.first(columns), options, found);
    let (created, updated) = (date(&["created"]), date(&["updated"]));
    let (resolved, due) = (date(&["resolved"]), date(&["due date"]));
    let start = date(&["start date", "custom field (start date)"]);
    let mut length = |columns: &[&str]| seconds(names.first(columns), found);
    let (estimate, spent) = (length(&["original estimate"]), length(&["time spent"]).unwrap_or(0));
    let remaining = length(&["remaining estimate"]);
    let above = ["parent key", "parent", "parent id", "epic link", "custom field (epic link)"];
    Some(Issue {
        key: one_line(&key.text),
        id: names.word(&["issue id"]),
        summary,
        kind: names.word(&["issue type"]),
        state: state(names, spent, resolved.is_some()),
        priority: names.word(&["priority"]),
        assignee: names.word(&["assignee"]),
        created,
        updated,
        resolved,
        start,
        due,
        estimate: estimate.filter(|minutes| *minutes > 0),
        spent,
        remaining,
        parents: names.all(&above).into_iter().cloned().collect(),
        blocked_by: names.links("inward"),
        blocks: names.links("outward"),
        versions: names.words(&["fix versions", "fix version/s"]),
        words: vec![
            ("Labels", names.words(&["labels"])),
            ("Components", names.words(&["components", "component/s"])),
            ("Sprint", names.words(&["sprint"])),
            (
                "Story points",
                names.words(&[
                    "custom field (story points)",
                    "custom field (story point estimate)",
                    "story points",
                ]),
            ),
        ],
        project: names.word(&["project name"]),
        span: key.span,
    })
}

/// Resolutions of what was closed without being done, by their beginnings, in English and German.
const DROPPING: [&str; 16] = [
    "won't",
    "wont",
    "duplicate",
    "declined",
    "cannot reproduce",
    "rejected",
    "not a bug",
    "invalid",
    "duplikat",
    "abgelehnt",
    "nicht reproduzierbar",
    "kann nicht reproduziert werden",
    "wird nicht ",
    "nicht durchgeführt",
    "kein fehler",
    "ungültig",
];

/// Statuses of what was given up, by their beginnings, in English and German.
const GIVEN_UP: [&str; 16] = [
    "cancel",
    "won't",
    "wont",
    "will not",
    "abandoned",
    "discarded",
    "withdrawn",
    "obsolete",
    "duplicate",
    "abgebrochen",
    "storniert",
    "verworfen",
    "zurückgezogen",
    "wird nicht ",
    "hinfällig",
    "duplikat",
];

/// Statuses that say so of what is closed: of what is open they mean that it goes back to whoever does it.
const REFUSED: [&str; 6] = ["rejected", "declined", "invalid", "abgelehnt", "ungültig", "nicht durchgeführt"];

/// Statuses, and categories of them, of what is done.
const DONE: [&str; 7] = ["done", "closed", "resolved", "fertig", "erledigt", "geschlossen", "abgeschlossen"];

/// Statuses, and categories of them, of what is being worked on.
const BEGUN: [&str; 10] = [
    "in progress",
    "in review",
    "in test",
    "testing",
    "review",
    "in arbeit",
    "in bearbeitung",
    "in überprüfung",
    "wird überprüft",
    "im test",
];

/// How far an issue has come, by its resolution, the category of its status, its status.
fn state(names: &Names<'_>, spent: i64, is_resolved: bool) -> State {
    let lower = |columns: &[&str]| names.word(columns).to_lowercase();
    let (category, status, resolution) =
        (lower(&["status category"]), lower(&["status"]), lower(&["resolution"]));
    let begins = |words: &[&str]| words.iter().any(|word| status.starts_with(word));
    let is_open = !category.is_empty() && !DONE.contains(&category.as_str());
    if begins(&GIVEN_UP) || (begins(&REFUSED) && !is_open) {
        return State::Dropped;
    }
    let is_dropped = DROPPING.iter().any(|word| resolution.starts_with(word));
    let is_done = DONE.contains(&category.as_str())
        || (category.is_empty() && is_resolved)
        || DONE.contains(&status.as_str());
    if is_done {
        return if is_dropped { State::Dropped } else { State::Done };
    }
    let is_begun = [category, status].iter().any(|word| BEGUN.contains(&word.as_str()));
    if is_begun || spent > 0 { State::InProgress } else { State::Open }
}

fn moment(cell: Option<&Cell>, options: &Options, found: &mut Diagnostics) -> Option<DateTime> {
    let cell = cell?;
    let reading = date::read(&cell.text);
    if matches!(reading, Reading::Strokes(..)) && options.dates.is_none() {
        found.push(
            Diagnostic::new(&AMBIGUOUS_DATE, cell.span, format!("`{}` may mean two days", cell.text))
                .hint("say which comes first: `--dates dmy` or `--dates mdy`"),
        );
        return None;
    }
    let day = reading.in_order(options.dates.unwrap_or(DateOrder::DayFirst));
    if day.is_none() {
        let text: String = cell.text.chars().take(60).collect();
        found.push(
            Diagnostic::new(&BAD_FOREIGN_VALUE, cell.span, format!("`{text}` is no date"))
                .hint("correct it and import again, or write the date into the new folder by hand"),
        );
    }
    day.map(|day| date::moment(day, morning()))
}

/// Seconds as minutes.
fn seconds(cell: Option<&Cell>, found: &mut Diagnostics) -> Option<i64> {
    let cell = cell?;
    let whole = cell.text.split('.').next().unwrap_or_default();
    let seconds = whole.parse::<i64>().ok().filter(|seconds| (0..1_000_000_000).contains(seconds));
    if seconds.is_none() {
        let text: String = cell.text.chars().take(60).collect();
        found.push(
            Diagnostic::new(&BAD_FOREIGN_VALUE, cell.span, format!("`{text}` is no number of seconds"))
                .hint("export the times as Jira does, in seconds, or write the effort by hand"),
        );
    }
    seconds.map(|seconds| (seconds + 30) / 60)
}

/// The day of a moment.
pub(super) fn day(at: Option<DateTime>) -> Option<Date> {
    at.map(DateTime::date)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_given_up_is_told_by_its_status() {
        let of = |status: &str, category: &str| {
            let span = |at| Span::new(crate::diagnostic::FileId(0), at, at);
            let words = [status, category];
            let row: Vec<Cell> =
                words.iter().map(|text| Cell { text: (*text).to_owned(), span: span(0) }).collect();
            let places = [("status".to_owned(), vec![0]), ("status category".to_owned(), vec![1])].into();
            state(&Names { places, row: &row }, 0, false)
        };
        for status in ["Cancelled", "Canceled", "Won't do", "Rejected", "Abgebrochen", "Verworfen"] {
            assert_eq!(of(status, "Done"), State::Dropped, "{status}");
            assert_eq!(of(status, ""), State::Dropped, "{status}");
        }
        assert_eq!(of("Rejected", "In Progress"), State::InProgress);
        assert_eq!(of("Released", "Done"), State::Done);
    }

    #[test]
    fn what_is_closed_without_being_done_is_told_by_its_resolution() {
        let of = |resolution: &str| {
            let words = ["Closed", resolution];
            let span = |at| Span::new(crate::diagnostic::FileId(0), at, at);
            let row: Vec<Cell> =
                words.iter().map(|text| Cell { text: (*text).to_owned(), span: span(0) }).collect();
            let places = [("status".to_owned(), vec![0]), ("resolution".to_owned(), vec![1])].into();
            state(&Names { places, row: &row }, 0, true)
        };
        for dropped in
            ["Cannot Reproduce", "Kann nicht reproduziert werden", "Wird nicht erledigt", "Duplikat"]
        {
            assert_eq!(of(dropped), State::Dropped, "{dropped}");
        }
        for done in ["", "Done", "Fertig"] {
            assert_eq!(of(done), State::Done, "{done}");
        }
    }
}
