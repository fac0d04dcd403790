//! What else is wrong with a record that was given up: a second reading finds what one bad value hides.
//!
//! Comes in: a folder and what a first reading found. Goes out: the findings that it did not reach. A record without a value that it needs
//! is left out, and with it what is wrong with its other values; here harmless values stand in for those that cannot be read, nothing is
//! computed, and of what is found only that is kept which the words of one value tell.

use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::quantity::Id;
use crate::record::decode::Scalar;
use crate::record::what_if::Changes;
use crate::record::{BAD_SCALAR, MISSING_FIELD, ProjectFolder, UNKNOWN_FIELD};
use crate::resolve::LONGEST_HORIZON;
use crate::source::disk::Folder;

/// The rules that judge one value by itself, or by the names that there are. All others hold values of several records against each
/// other, and one that stands in is a wrong witness: two days that stand in are one day, a gate that stands in is a gate of the plan,
/// and nothing at the place of the finding says so.
const OF_ONE_VALUE: [&str; 16] = [
    "E102", // an id that names nothing
    "E104", // a field that milepost does not know
    "E105", // a value that does not have its form
    "E119", // a record without a field it needs
    "E122", // money in another currency without a rate
    "E124", // a typed value that is computed
    "E132", // elapsed time where working time is asked for
    "E133", // an amount below zero
    "E136", // a state that its date contradicts
    "E138", // a horizon that cannot be used
    "E159", // an audience where none can be named
    "E180", // a statement that cannot be read
    "E660", // an option that a decision does not have
    "W126", // a length in minutes where months may be meant
    "W135", // an end without its date
    "W505", // a category that the budget does not list
];

/// Adds what the faults found so far hide. Without one for which a record is given up, nothing is read again.
pub(super) fn find_hidden(folder: &Folder, changes: &Changes, found: &mut Diagnostics) {
    let of_value = [BAD_SCALAR.code, MISSING_FIELD.code, UNKNOWN_FIELD.code];
    let hides = |fault: &Diagnostic| of_value.contains(&fault.rule.code) || fault.rule.is_fault_of_text();
    if !found.iter().any(hides) {
        return;
    }
    let mut again = Diagnostics::of_second_reading();
    let mut records = crate::record::read(folder, changes, &mut again);
    for project in &mut records.projects {
        leave_comparisons_out(project, &again);
    }
    drop(crate::resolve::resolve(&records, &mut again));
    found.extend(again.hidden_from(found, &OF_ONE_VALUE));
}

/// Takes out what rules of one value would compare with a value that stands in.
fn leave_comparisons_out(project: &mut ProjectFolder, again: &Diagnostics) {
    // A file that does not say which baseline it is could be any.
    project.baselines.retain(|file| file.record.baseline.as_str() != <Id as Scalar>::STAND_IN);
    // Reports go by their days: one of no day says nothing of what began, is over or goes on.
    for row in project.progress.iter_mut().filter(|row| again.stands_in(row.status_date.span)) {
        (row.actual_finish, row.resume) = (None, None);
    }
    // Amounts lie beyond no horizon that nobody knows: the longest there may be stands in.
    if let Some(case) = &mut project.business_case
        && again.stands_in(case.horizon.span)
    {
        case.horizon.value = i64::from(LONGEST_HORIZON);
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    fn found_in(files: &[(String, String)]) -> (Diagnostics, usize) {
        let folder =
            Folder::from_memory(files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect());
        let mut found = Diagnostics::default();
        let records = crate::record::read(&folder, &Changes::default(), &mut found);
        drop(crate::resolve::resolve(&records, &mut found));
        let n_first = found.iter().count();
        find_hidden(&folder, &Changes::default(), &mut found);
        (found, n_first)
    }

    fn sample() -> Vec<(String, String)> {
        let home = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("sample-project");
        let folder = Folder::read(&home, &mut Diagnostics::default()).unwrap();
        let own = folder.texts().filter(|(_, file)| {
            let is_own = file.path.starts_with("projects/branch-network/") || !file.path.contains('/');
            is_own && !file.path.contains("frozen/")
        });
        own.map(|(_, file)| (file.path.clone(), file.text.clone())).collect()
    }

    /// The values of a file, as far as a line shows them: what stands behind a key, and the cells of a table.
    fn values(path: &str, text: &str) -> Vec<std::ops::Range<usize>> {
        let mut places = Vec::new();
        let mut at = 0;
        for line in text.split_inclusive('\n') {
            let end_of = |from: usize| {
                let rest = &line[from..];
                from + rest.find([',', '}', ']', '\n']).unwrap_or(rest.len())
            };
            if std::path::Path::new(path).extension().is_some_and(|ending| ending == "csv") {
                let mut from = 0;
                while at > 0 && from < line.len() {
                    let end = end_of(from);
                    places.push(at + from..at + end);
                    from = end + 1;
                }
            } else {
                for (colon, _) in line.match_indices(": ") {
                    let from = colon + 2;
                    if !line[from..].starts_with(['{', '[', '|', '>', '"', '\'']) {
                        places.push(at + from..at + end_of(from));
                    }
                }
            }
            at += line.len();
        }
        places.into_iter().filter(|place| !place.is_empty()).collect()
    }

    fn said(found: &Diagnostics) -> BTreeSet<(&'static str, String)> {
        found.iter().map(|one| (one.rule.code, one.message.clone())).collect()
    }

    /// Whichever two reports of the sample are of no day, nothing is told of the rest that is not so.
    #[test]
    fn reports_of_no_day_are_held_against_nothing() {
        let files = sample();
        let known = said(&found_in(&files).0);
        let place = files.iter().position(|(path, _)| path.ends_with("progress.csv")).unwrap();
        for n in 1..8 {
            let mut broken = files.clone();
            let lines = files[place].1.lines().enumerate();
            let lines = lines.map(|(at, line)| match line.split_once(',') {
                Some((_, rest)) if [n, n + 2].contains(&at) => format!("§§,{rest}\n"),
                _ => format!("{line}\n"),
            });
            broken[place].1 = lines.collect();
            let (found, n_first) = found_in(&broken);
            let unread = found.iter().take(n_first).filter(|one| one.rule.code == BAD_SCALAR.code);
            assert_eq!(unread.count(), 2, "{n}");
            let wrong: Vec<_> = found.iter().skip(n_first).map(|one| &one.message).collect();
            assert!(found.iter().skip(n_first).all(|one| said_before(&known, one)), "{n}: {wrong:?}");
        }
    }

    fn said_before(known: &BTreeSet<(&'static str, String)>, one: &Diagnostic) -> bool {
        known.contains(&(one.rule.code, one.message.clone()))
    }

    /// Whatever value of the sample cannot be read, nothing is told of the rest that is not so.
    #[test]
    fn what_stands_in_for_a_bad_value_is_blamed_for_nothing() {
        let files = sample();
        let known = said(&found_in(&files).0);
        let (mut n_tried, mut wrong) = (0, Vec::new());
        for (place, (path, text)) in files.iter().enumerate() {
            let all = values(path, text);
            // A few of each file are enough, the first above all.
            for (_, range) in all.iter().enumerate().filter(|(n, _)| *n < 8 || n % 61 == 0) {
                let mut broken = files.clone();
                broken[place].1.replace_range(range.clone(), "§§");
                let (found, n_first) = found_in(&broken);
                for told in found.iter().skip(n_first) {
                    if !said_before(&known, told) {
                        let bad = &text[range.clone()];
                        wrong.push(format!("{path}, `{bad}`: {} {}", told.rule.code, told.message));
                    }
                }
                n_tried += 1;
            }
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
        assert!(n_tried > 100, "{n_tried}");
    }

    fn demo(files: &[(&str, &str)]) -> Vec<(String, String)> {
        let plan = "initiation:\n  G1: {gate: Start}\nplanning:\n  G2: {gate: Plan, after: G1}\nexecution:\n  build: {duration: 5d, after: G2}\n";
        let usual =
            [("project.yaml", "project: Demo\nstart: 2026-01-05\ncurrency: EUR\n"), ("plan.yaml", plan)];
        let own = |path: &str| files.iter().any(|(other, _)| *other == path);
        let usual = usual.iter().filter(|(path, _)| !own(path));
        usual.chain(files).map(|(path, text)| ((*path).to_owned(), (*text).to_owned())).collect()
    }

    /// What the first reading of a project finds, and what the second adds: code and first line.
    fn told(files: &[(&str, &str)]) -> [Vec<String>; 2] {
        let (found, n_first) = found_in(&demo(files));
        let mut all: Vec<String> =
            found.iter().map(|one| format!("{} {}", one.rule.code, one.message)).collect();
        let mut hidden = all.split_off(n_first);
        all.sort_unstable();
        hidden.sort_unstable();
        [all, hidden]
    }

    #[test]
    fn two_days_that_cannot_be_read_are_not_one_day() {
        let header = "status_date,task,actual_start,actual_finish,percent_complete,resume\n";
        // The rows stand newest first, and say different things.
        let rows = "soon,build,,2026-01-09,,\nlater,build,2026-01-05,,50%,2026-01-12\n";
        let [first, hidden] = told(&[("progress.csv", &format!("{header}{rows}"))]);
        assert_eq!(
            first,
            ["E105 `later` is not a date such as 2026-11-20", "E105 `soon` is not a date such as 2026-11-20"]
        );
        assert_eq!(hidden, [""; 0]);
        // The row that tells the start is read, and speaks of a day after the one that stands in.
        let rows =
            "2026-01-07,build,2026-01-05,,10%,\nsoon,build,,,50%,2026-01-12\nlater,biuld,,2026-01-16,,\n";
        let [first, hidden] = told(&[("progress.csv", &format!("{header}{rows}"))]);
        assert_eq!(first.len(), 2, "{first:?}");
        assert_eq!(hidden, ["E102 unknown task `biuld`"]);
    }

    #[test]
    fn a_gate_that_cannot_be_read_is_decided_on_no_wrong_day() {
        let gate = |id: &str, day: &str| format!("---\ngate: {id}\ndecision: approve\ndecided: {day}\n---\n");
        let (two, four) = (gate("G2", "2026-01-20"), gate("four", "2026-03-20"));
        let [first, hidden] = told(&[("gates/G2.md", &two), ("gates/G4.md", &four)]);
        assert_eq!(first, ["E105 `four` is not a gate: `G1`, `G2`, `G3`, `G4` or `G5`"]);
        assert_eq!(hidden, [""; 0]);
    }

    #[test]
    fn counts_that_cannot_be_read_contradict_no_others() {
        let handover = "survey: {asked: few, answered: 96, held: 2026-12-18}\ntraining:\n  - {training: Tills, people: few, trained: 5, owner: nobody}\n";
        let [first, hidden] = told(&[("handover.yaml", handover)]);
        assert_eq!(first.len(), 2, "{first:?}");
        assert!(first.iter().all(|one| one.starts_with("E105 `few` is not a whole number")), "{first:?}");
        assert_eq!(hidden, ["E102 unknown person `nobody`"]);
    }

    #[test]
    fn a_weight_that_cannot_be_read_is_told_alone() {
        let plan =
            "execution:\n  build: {duration: 5d, earned_value: {milestones: {draft: much, done: 40%}}}\n";
        let [first, hidden] = told(&[("plan.yaml", plan)]);
        assert!(first.iter().any(|one| one.starts_with("E105 `much` is not")), "{first:?}");
        assert_eq!(hidden, [""; 0]);
    }

    #[test]
    fn a_bad_value_hides_no_other_fault_of_its_record() {
        let project = "project: Demo\nstart: soon\ncurrency: EUR\n";
        let plan = "execution:\n  build: {duration: 5d, after: nothing}\n";
        let costs = "date,type,category,task,amount\nlater,actual,hardware,bild,5 EUR\n";
        let risks = "R1: {risk: Late, probability: often, impact: {cost: 5 USD}, owner: nobody}\n";
        let case = "rate: much\nrate_reason: Ours\nhorizon: 0\noptions:\n  a: {name: A, costs: {x: -5 EUR}}\npreferred: b\n";
        let files = [
            ("project.yaml", project),
            ("plan.yaml", plan),
            ("costs.csv", costs),
            ("risks.yaml", risks),
            ("business-case.yaml", case),
        ];
        let files: Vec<(String, String)> =
            files.into_iter().map(|(path, text)| (path.to_owned(), text.to_owned())).collect();
        let (found, n_first) = found_in(&files);
        let mut hidden: Vec<&str> = found.iter().skip(n_first).map(|one| one.message.as_str()).collect();
        hidden.sort_unstable();
        assert_eq!(
            hidden,
            [
                "USD in a project whose currency is EUR, without a rate",
                "a cost or benefit cannot be below zero",
                "a horizon of 0 years cannot be used",
                "unknown option `b`",
                "unknown person `nobody`",
                "unknown task `bild`",
                "unknown task `nothing`",
            ]
        );
    }
}
