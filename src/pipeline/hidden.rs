//! What else is wrong with a record that was given up: a second reading finds what one bad value hides.
//!
//! Comes in: a folder and what a first reading found. Goes out: the findings that it did not reach. A record without a value that it needs
//! is left out, and with it what is wrong with its other values; here harmless values stand in for those that cannot be read, nothing is
//! computed, and what a value that stands in has to do with is dropped.

use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::quantity::Id;
use crate::record::decode::Scalar;
use crate::record::what_if::Changes;
use crate::record::{BAD_SCALAR, MISSING_FIELD};
use crate::source::disk::Folder;

/// Adds what the faults found so far hide. Without one for which a record is given up, nothing is read again.
pub(super) fn find_hidden(folder: &Folder, changes: &Changes, found: &mut Diagnostics) {
    let hides = |fault: &Diagnostic| [BAD_SCALAR.code, MISSING_FIELD.code].contains(&fault.rule.code);
    if !found.iter().any(hides) {
        return;
    }
    let mut again = Diagnostics::of_second_reading();
    let mut records = crate::record::read(folder, changes, &mut again);
    for project in &mut records.projects {
        // A file that does not say which baseline it is could be any.
        project.baselines.retain(|file| file.record.baseline.as_str() != <Id as Scalar>::STAND_IN);
    }
    drop(crate::resolve::resolve(&records, &mut again));
    found.extend(again.hidden_from(found));
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

    /// Whatever value of the sample cannot be read, nothing is told of the rest that is not so.
    #[test]
    fn what_stands_in_for_a_bad_value_is_blamed_for_nothing() {
        let files = sample();
        let said = |found: &Diagnostics| -> BTreeSet<(&'static str, String)> {
            found.iter().map(|one| (one.rule.code, one.message.clone())).collect()
        };
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
                    let one = (told.rule.code, told.message.clone());
                    if !known.contains(&one) {
                        wrong.push(format!("{path}, `{}`: {} {}", &text[range.clone()], one.0, one.1));
                    }
                }
                n_tried += 1;
            }
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
        assert!(n_tried > 100, "{n_tried}");
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
