//! Which column of a table means what: by usual names in English and German, or as whoever imports says.

use crate::diagnostic::spelling::did_you_mean;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::exchange::cells::Cell;
use crate::exchange::plan::Unit;
use crate::exchange::quantity::unit;
use crate::exchange::rule::MISSING_COLUMN;

/// What a column can mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Column {
    /// What the row is called by others: its number or key.
    Id,
    /// Its name.
    Name,
    /// When it starts.
    Start,
    /// When it ends.
    Finish,
    /// By when it should end.
    Deadline,
    /// How long it takes.
    Duration,
    /// How much work it is.
    Effort,
    /// What it waits for.
    Predecessors,
    /// Who works on it.
    Assignee,
    /// How far it has come.
    Complete,
    /// How important it is.
    Priority,
    /// Its place in the outline, such as 1.2.1.
    Wbs,
    /// How deep it stands in the outline; 1 is outermost.
    Level,
    /// The row above it.
    Parent,
    /// Remarks.
    Notes,
    /// Money that is not labour.
    Cost,
    /// Whether it is a point in time.
    Milestone,
    /// When it began.
    ActualStart,
    /// When it was done.
    ActualFinish,
}

/// Each column with the word that `--column` takes and the names by which it is known, in lower case.
pub const COLUMNS: [(Column, &str, &[&str]); 19] = [
    (Column::Id, "id", &["id", "task id", "nr", "no", "number", "key", "#", "vorgangsnummer", "kennung"]),
    (
        Column::Name,
        "name",
        &[
            "name",
            "task",
            "task name",
            "summary",
            "title",
            "activity",
            "vorgangsname",
            "vorgang",
            "aufgabe",
            "bezeichnung",
            "titel",
        ],
    ),
    (
        Column::Start,
        "start",
        &["start", "start date", "begin", "planned start", "anfang", "beginn", "startdatum", "von"],
    ),
    (
        Column::Finish,
        "finish",
        &["finish", "end", "finish date", "end date", "planned finish", "ende", "enddatum", "bis"],
    ),
    (
        Column::Deadline,
        "deadline",
        &["deadline", "due", "due date", "due on", "fällig", "fällig am", "stichtag", "termin"],
    ),
    (Column::Duration, "duration", &["duration", "dauer"]),
    (
        Column::Effort,
        "effort",
        &["effort", "work", "estimate", "original estimate", "aufwand", "arbeit", "schätzung"],
    ),
    (
        Column::Predecessors,
        "predecessors",
        &["predecessors", "predecessor", "depends on", "dependencies", "after", "blocked by", "vorgänger"],
    ),
    (
        Column::Assignee,
        "assignee",
        &[
            "assignee",
            "assigned to",
            "owner",
            "resource",
            "resources",
            "resource names",
            "responsible",
            "person",
            "ressourcennamen",
            "ressource",
            "ressourcen",
            "verantwortlich",
            "zuständig",
            "bearbeiter",
        ],
    ),
    (
        Column::Complete,
        "complete",
        &[
            "% complete",
            "%complete",
            "percent complete",
            "complete",
            "progress",
            "% done",
            "done",
            "% abgeschlossen",
            "abgeschlossen",
            "fortschritt",
            "erledigt",
        ],
    ),
    (Column::Priority, "priority", &["priority", "priorität"]),
    (Column::Wbs, "wbs", &["wbs", "outline number", "psp", "psp-code", "gliederungsnummer"]),
    (Column::Level, "level", &["level", "outline level", "gliederungsebene", "ebene"]),
    (
        Column::Parent,
        "parent",
        &["parent", "parent id", "summary task", "übergeordnet", "übergeordnetes element", "sammelvorgang"],
    ),
    (
        Column::Notes,
        "notes",
        &["notes", "note", "comment", "description", "notizen", "beschreibung", "bemerkung"],
    ),
    (Column::Cost, "cost", &["cost", "costs", "fixed cost", "budget", "kosten", "feste kosten"]),
    (Column::Milestone, "milestone", &["milestone", "meilenstein"]),
    (
        Column::ActualStart,
        "actual-start",
        &["actual start", "ist-anfang", "ist-start", "ist anfang", "tatsächlicher anfang"],
    ),
    (
        Column::ActualFinish,
        "actual-finish",
        &["actual finish", "actual end", "ist-ende", "ist ende", "tatsächliches ende"],
    ),
];

impl Column {
    /// The column of a word of `--column`.
    #[must_use]
    pub fn of_word(word: &str) -> Option<Self> {
        COLUMNS.iter().find(|(_, own, _)| *own == word).map(|(column, ..)| *column)
    }

    /// The word of `--column`.
    #[must_use]
    pub fn word(self) -> &'static str {
        COLUMNS.iter().find(|(column, ..)| *column == self).map_or("", |(_, word, _)| word)
    }
}

/// Where the columns of a table are.
#[derive(Debug, Default)]
pub(super) struct Columns {
    /// Each meaning with its place and the unit that its name gives in brackets, such as `Effort (h)`.
    found: Vec<(Column, usize, Option<Unit>)>,
    /// Places of columns that mean nothing here.
    pub(super) unknown: Vec<usize>,
}

impl Columns {
    /// Finds the columns: first those that were said, then those with a usual name, each meaning once. A column that was said and
    /// is not there, and a table without a name for its tasks, is reported.
    pub(super) fn of(header: &[Cell], said: &[(Column, String)], found: &mut Diagnostics) -> Self {
        let mut columns = Self::default();
        for (column, name) in said {
            let place = header.iter().position(|cell| same(&cell.text, name));
            if let Some(place) = place {
                let name = &header[place].text;
                columns.found.push((
                    *column,
                    place,
                    plain(name).1.or_else(|| last_unit(name).map(|(_, unit)| unit)),
                ));
                continue;
            }
            let message = format!("there is no column `{name}`, which `--column {}=…` names", column.word());
            let hint = match did_you_mean(name, header.iter().map(|cell| cell.text.as_str())) {
                Some(meant) => format!("write `--column {}=\"{meant}\"`", column.word()),
                None => "name a column as the first line of the table does".to_owned(),
            };
            found.push(
                Diagnostic::new(&MISSING_COLUMN, header.first().map(|cell| cell.span), message).hint(hint),
            );
        }
        for (place, cell) in header.iter().enumerate() {
            if columns.found.iter().any(|(_, own, _)| *own == place) {
                continue;
            }
            let (name, unit) = plain(&cell.text);
            let known = COLUMNS.iter().find(|(_, _, names)| names.contains(&name.as_str()));
            match known.filter(|(column, ..)| columns.place(*column).is_none()) {
                Some((column, ..)) => columns.found.push((*column, place, unit)),
                None => columns.unknown.push(place),
            }
        }
        if columns.place(Column::Name).is_none() && !said.iter().any(|(column, _)| *column == Column::Name) {
            let span = header.first().map(|cell| cell.span);
            let message = "no column of this table is known to hold the names of tasks";
            found.push(
                Diagnostic::new(&MISSING_COLUMN, span, message).hint("name it with `--column name=\"…\"`"),
            );
        }
        columns
    }

    /// The place of a column.
    pub(super) fn place(&self, column: Column) -> Option<usize> {
        self.found.iter().find(|(own, ..)| *own == column).map(|(_, place, _)| *place)
    }

    /// The unit that the name of a column gives.
    pub(super) fn unit(&self, column: Column) -> Option<Unit> {
        self.found.iter().find(|(own, ..)| *own == column).and_then(|(.., unit)| *unit)
    }
}

/// Whether a column has a usual name.
pub(super) fn is_known(name: &str) -> bool {
    let (name, _) = plain(name);
    COLUMNS.iter().any(|(_, _, names)| names.contains(&name.as_str()))
}

fn same(one: &str, other: &str) -> bool {
    one.trim().to_lowercase() == other.trim().to_lowercase()
}

/// The name of a column in lower case, without the unit in brackets behind it.
fn plain(name: &str) -> (String, Option<Unit>) {
    let name = name.trim().to_lowercase().replace('_', " ");
    let bracket = name.find(['(', '[']).filter(|at| *at > 0);
    let unit = bracket.and_then(|at| {
        let word = name[at + 1..].trim_end_matches([')', ']', '.']).trim();
        unit(word).map(|(_, unit, _)| unit)
    });
    let name = match (bracket, unit) {
        (Some(at), Some(_)) => name[..at].trim().to_owned(),
        _ => name,
    };
    let is_length = |name: &str| {
        COLUMNS.iter().any(|(column, _, names)| {
            matches!(column, Column::Duration | Column::Effort) && names.contains(&name)
        })
    };
    match last_unit(&name).filter(|(front, _)| unit.is_none() && is_length(front)) {
        Some((front, unit)) => (front, Some(unit)),
        None => (name.trim_end_matches(['.', ':']).to_owned(), unit),
    }
}

/// The unit that stands as the last word of a name, and the words before it: `Aufwand PT`.
fn last_unit(name: &str) -> Option<(String, Unit)> {
    let name = name.trim().to_lowercase().replace('_', " ");
    let (front, word) = name.rsplit_once([' ', '/'])?;
    let (_, unit, _) = unit(word.trim_matches(['.', ':']))?;
    Some((front.trim().trim_end_matches(" in").to_owned(), unit))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_name_of_a_column_means_two_things() {
        let mut seen = std::collections::BTreeSet::new();
        for (_, word, names) in COLUMNS {
            assert!(Column::of_word(word).is_some());
            for name in names {
                assert!(seen.insert(*name), "{name}");
                assert_eq!(plain(name).0, *name);
            }
        }
    }

    #[test]
    fn a_unit_may_stand_in_the_name() {
        assert_eq!(plain("Aufwand (Std.)"), ("aufwand".to_owned(), Some(Unit::Hour)));
        assert_eq!(plain("Effort [d]"), ("effort".to_owned(), Some(Unit::Day)));
        assert_eq!(plain("Name (short)").0, "name (short)");
        for name in ["Aufwand PT", "Aufwand (MT)", "Aufwand in Tagen", "Aufwand [PD]"] {
            assert_eq!(plain(name), ("aufwand".to_owned(), Some(Unit::Day)), "{name}");
        }
        assert_eq!(plain("Wert T"), ("wert t".to_owned(), None));
        assert_eq!(last_unit("Schätzung geplant PT").map(|(_, unit)| unit), Some(Unit::Day));
    }
}
