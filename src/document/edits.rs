//! Files that were edited after a document was frozen, and nobody has allowed it.
//!
//! Comes in: a computed portfolio, a frozen record and the files that have changed since. Goes out: those in which a line that the board
//! had before it was rewritten or taken away, or to which was added what moves figures. Not here: what the document says.
//!
//! A project lives on after its gates. What is filled in as it goes — `done:` on a condition, `basis:` of an estimate — is no edit, nor is a
//! file that came later, a row that a ledger has more, or a register in which what it holds is rated anew. The record of a gate is its own file
//! alone, and a plan that was changed by authority was not edited.

use std::collections::BTreeSet;

use crate::document::changed_files::files_of;
use crate::document::digest;
use crate::document::origins::PLAN;
use crate::model::FrozenGate;
use crate::report::{ProjectReport, Report};

/// Fields that are filled in or followed up while a project goes on, and that move no figure a board decided on.
const FILLED_IN: &[&str] = &[
    "accepted",
    "accepted_by",
    "answered",
    "basis",
    "because",
    "blocked",
    "closed",
    "done",
    "earlier",
    "evidence",
    "failed",
    "given",
    "implemented",
    "links",
    "met",
    "met_on",
    "next_reading",
    "note",
    "notes",
    "owner",
    "passed",
    "readings",
    "received",
    "resolved",
    "reviewed",
    "run",
    "submitted",
    "told_to",
];

/// Files in which a line that begins with a day is one more reading, count or run of a test.
const READ_IN: &[&str] = &["benefits.yaml", "handover.yaml", "quality.yaml"];

/// Registers that are kept up to date: what they hold is rated anew, answered and closed. Only what is gone from them was edited.
const KEPT_UP: &[&str] = &[
    "actions.yaml",
    "changes.yaml",
    "decisions.yaml",
    "defects.csv",
    "dependencies.yaml",
    "handover.yaml",
    "issues.yaml",
    "lessons.yaml",
    "risks.yaml",
    "stakeholders.yaml",
];

/// Of changed files those that were edited without authority, by their path in the portfolio. `is_replanned`: whether a new baseline that
/// somebody has allowed came into force since.
pub(super) fn unauthorised(
    report: &Report,
    project: &ProjectReport,
    (frozen, is_replanned): (&FrozenGate, bool),
    changed: &[String],
) -> BTreeSet<String> {
    let files = files_of(report, project);
    let file = |path: &str| files.iter().find(|(known, _)| report.inside(project, known) == path);
    let is_edited = |path: &&String| {
        // A record that does not say which files it rests on rests on all of them.
        let was_there = frozen.sources.is_empty() || frozen.sources.iter().any(|(known, _)| known == *path);
        if !was_there || is_of_another_gate(path, frozen) || (is_replanned && is_planned_from(path)) {
            return false;
        }
        // Of a file of which the record kept no lines nobody can tell.
        let Some((_, then)) = frozen.lines.iter().find(|(known, _)| known == *path) else { return true };
        let Some((_, text)) = file(path) else { return true };
        Lines::of(then, text, path).is_edit_of(path)
    };
    let edited = changed.iter().filter(is_edited);
    edited.map(|path| file(path).map_or(path.as_str(), |(known, _)| known).to_owned()).collect()
}

/// Whether one of some files has lost lines since a document was frozen and nothing has taken their place. Of a file of which the record
/// kept no lines nobody can tell.
pub(super) fn have_lost_lines(
    report: &Report,
    project: &ProjectReport,
    frozen: &FrozenGate,
    edited: &BTreeSet<String>,
) -> bool {
    let files = files_of(report, project);
    let has_lost = |path: &String| {
        let inside = report.inside(project, path);
        let then = frozen.lines.iter().find(|(known, _)| known == inside);
        let text = files.iter().find(|(known, _)| *known == path);
        let (Some((_, then)), Some((_, text))) = (then, text) else { return true };
        let lines = Lines::of(then, text, inside);
        lines.gone > lines.added + lines.filled_in
    };
    edited.iter().any(has_lost)
}

/// The files that a baseline is computed from.
fn is_planned_from(path: &str) -> bool {
    path == PLAN
        || path.ends_with("calendar.yaml")
        || path.contains("calendars/")
        || ["resources.yaml", "people.yaml"].iter().any(|name| path.ends_with(name))
}

fn is_of_another_gate(path: &str, frozen: &FrozenGate) -> bool {
    path.strip_prefix("gates/").is_some_and(|name| name != format!("{}.md", frozen.gate))
}

fn is_table(path: &str) -> bool {
    path.rsplit_once('.').is_some_and(|(_, ending)| ending == "csv")
}

/// What became of the lines of a file.
#[derive(Debug, Default, PartialEq, Eq)]
struct Lines {
    /// Lines of then that stand nowhere any more, with nothing or something else filled in.
    gone: usize,
    /// New lines that say something else than what is filled in.
    added: usize,
    /// New lines that fill something in.
    filled_in: usize,
}

impl Lines {
    fn of(then: &str, text: &str, path: &str) -> Self {
        let is_reading = |line: &str| READ_IN.contains(&path) && key_of(line) == Some("date");
        let then: BTreeSet<&str> = then.split_whitespace().collect();
        let mut gone = then.clone();
        let mut found = Self::default();
        let mut new = Vec::new();
        for line in text.lines() {
            match digest::of_line(line) {
                Some(known) if then.contains(known.as_str()) => {
                    gone.remove(known.as_str());
                }
                Some(_) => new.push(line.trim()),
                None => {}
            }
        }
        for line in new {
            let grown_from =
                lines_before(line, is_table(path)).into_iter().filter_map(|line| digest::of_line(&line));
            let grown_from = grown_from.into_iter().find(|line| gone.contains(line.as_str()));
            if let Some(before) = grown_from {
                gone.remove(before.as_str());
            } else if line.starts_with('#') || (line.starts_with('-') && is_reading(line)) {
                // A comment decides nothing, and one more reading is what time brings.
            } else if key_of(line).is_some_and(is_filled_in) || is_reading(line) {
                found.filled_in += 1;
            } else {
                found.added += 1;
            }
        }
        found.gone = gone.len();
        found
    }

    fn is_edit_of(&self, path: &str) -> bool {
        if KEPT_UP.contains(&path) {
            return self.gone > self.added + self.filled_in;
        }
        let is_ledger = is_table(path);
        (self.added > 0 && !is_ledger) || self.gone > if is_ledger { 0 } else { self.filled_in }
    }
}

/// The field that a line of YAML begins with.
fn key_of(line: &str) -> Option<&str> {
    let (key, _) = line.split_once(':')?;
    Some(key.trim_start_matches(['-', '{', ' ']).trim())
}

/// Whether a field is filled in while a project goes on; waivers are, too.
fn is_filled_in(key: &str) -> bool {
    let is_rule = |key: &str| {
        let digits = key.strip_prefix(['E', 'W', 'I']);
        digits.is_some_and(|digits| digits.len() == 3 && digits.bytes().all(|digit| digit.is_ascii_digit()))
    };
    key == "waive" || FILLED_IN.contains(&key) || is_rule(key)
}

/// What a line may have said before something was filled in: it without one or more of such fields between its commas, or, of a row
/// of a table, without some of its cells.
fn lines_before(line: &str, is_table: bool) -> Vec<String> {
    let parts: Vec<&str> = line.split(',').collect();
    if is_table {
        let without = |from: usize, until: usize| [&parts[..from], &parts[until..]].concat().join(",");
        let n = parts.len();
        return (1..n)
            .flat_map(|from| (from + 1..=n).map(move |until| (from, until)))
            .map(|(from, until)| without(from, until))
            .collect();
    }
    let places: Vec<usize> = (1..parts.len())
        .filter(|place| key_of(parts[*place]).is_some_and(is_filled_in))
        .take(MOST_FILLED_IN)
        .collect();
    (1..1_usize << places.len())
        .map(|chosen| {
            let is_left = |place: usize| {
                let bit = places.iter().position(|one| *one == place);
                bit.is_none_or(|bit| chosen & (1 << bit) == 0)
            };
            let mut before = String::new();
            for (place, part) in parts.iter().enumerate() {
                if is_left(place) {
                    before.push_str(if before.is_empty() { "" } else { "," });
                    before.push_str(part);
                } else if part.ends_with('}') {
                    // The brackets that the last field stands before are those of the line.
                    before.push_str(&part[part.trim_end_matches('}').len()..]);
                }
            }
            before
        })
        .collect()
}

/// So many fields of one line may have been filled in since.
const MOST_FILLED_IN: usize = 4;

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(path: &str, then: &str, now: &str, is_edit: bool) {
        let lines = Lines::of(&digest::of_lines(then), now, path);
        assert_eq!(lines.is_edit_of(path), is_edit, "{lines:?}");
    }

    #[test]
    fn what_is_filled_in_is_no_edit_and_what_is_rewritten_is() {
        let condition = "conditions:\n  - {condition: Count, owner: ada, due: 2026-08-12}\n";
        let done = "conditions:\n  - {condition: Count, owner: ada, due: 2026-08-12, done: 2026-08-10}\n";
        check("gates/G2.md", condition, done, false);
        check("gates/G2.md", condition, &done.replace("Count", "Guess"), true);
        check("gates/G2.md", condition, &condition.replace("08-12", "08-19"), true);
        check("gates/G2.md", condition, "conditions:\n", true);
        let within = "- {condition: Count, done: 2026-08-10, covers: [one, two]}";
        check("gates/G2.md", "- {condition: Count, covers: [one, two]}", within, false);
        check(
            "plan.yaml",
            "build:\n  duration: 5d\n",
            "build:\n  duration: 5d\n  basis: Two offers\n",
            false,
        );
        check("plan.yaml", "build:\n  duration: 5d\n", "build:\n  duration: 6d\n  basis: Two offers\n", true);
        check("plan.yaml", "build:\n  basis: One\n", "build:\n  basis: Two offers\n", false);
        check("plan.yaml", "build:\n  duration: 5d\n", "build:\n  duration: 5d\n  cost: 900 EUR\n", true);
        check("project.yaml", "code: A\n", "# a remark\ncode: A\nwaive:\n  W304: {reason: Known}\n", false);
    }

    #[test]
    fn one_more_reading_is_no_edit_and_one_that_is_rewritten_is() {
        let benefit = "calls:\n  target: 70\n  readings:\n    - {date: 2026-10-30, value: 54}\n";
        let read = format!("{benefit}    - {{date: 2026-11-06, value: 58}}\n");
        check("benefits.yaml", benefit, &read, false);
        check("benefits.yaml", "calls:\n  target: 70\n", &read, false);
        check("benefits.yaml", benefit, &read.replace("value: 54", "value: 60"), true);
        check("benefits.yaml", benefit, &read.replace("target: 70", "target: 60"), true);
        let criteria = "D1:\n  criteria:\n    - {criterion: Runs}\n";
        let met =
            criteria.replace("Runs", "Runs, met: yes, met_on: 2026-11-06") + "  submitted: [2026-11-06]\n";
        check("deliverables.yaml", criteria, &met, false);
        check("deliverables.yaml", criteria, &met.replace("Runs", "Runs at times"), true);
        let test = "T1:\n  date: 2026-10-30\n  planned: 84\n  run: 60\n  passed: 52\n";
        let run = "T1:\n  date: 2026-11-06\n  planned: 84\n  run: 84\n  passed: 81\n  earlier:\n    - {date: 2026-10-30, run: 60}\n";
        check("quality.yaml", test, run, false);
        check("quality.yaml", test, &run.replace("planned: 84", "planned: 42"), true);
        // Elsewhere a line with a day may move figures: an exchange rate of an earlier day does.
        let rates = "rates:\n  - {currency: USD, rate: 0.92, date: 2026-08-03}\n";
        let older = format!("{rates}  - {{date: 2026-07-01, currency: USD, rate: 1.92}}\n");
        check("project.yaml", rates, &older, true);
    }

    #[test]
    fn a_register_is_kept_up_to_date_and_loses_nothing() {
        let register = "R1:\n  probability: 30%\n  reviewed: 2026-08-03\nR2:\n  probability: 20%\n";
        let rated = "R1:\n  probability: 10%\n  reviewed: 2026-09-03\nR2:\n  probability: 20%\n";
        check("risks.yaml", register, rated, false);
        check("risks.yaml", register, "R1:\n  probability: 10%\n  reviewed: 2026-09-03\n", true);
    }

    #[test]
    fn a_ledger_grows_by_rows_and_by_columns() {
        let rows = "week,person,task,time\n2026-W30,ada,build,8h\n";
        check("timesheets.csv", rows, &format!("{rows}2026-W31,ada,build,8h\n"), false);
        check("timesheets.csv", rows, "week,person,task,time,date\n2026-W30,ada,build,8h,\n", false);
        check(
            "timesheets.csv",
            rows,
            "week,date,person,task,time\n2026-W30,2026-07-21,ada,build,8h\n",
            false,
        );
        check("timesheets.csv", rows, "week,person,task,time\n2026-W30,ada,build,9h\n", true);
        check("timesheets.csv", rows, "week,person,task,time\n", true);
    }
}
