//! Runs the cases of `tests/suite/import/*.md`: plans of MS Project in XML and what they become.
//!
//! A block `plan.xml`, `plan.csv` (a table or an export of Jira), `issues.json` or `plan.txt` is the whole file; a block `tasks.xml` is what stands inside a plan that starts on 2026-08-03 and
//! pays in EUR. Every other block is expected: a file of the new folder without the comment at its head, `leftovers`,
//! `findings` (of the XML), `errors` (of the folder as it is read back), or `dates` (equal ones, and those that differ). A plan without `findings` must be built without any error. `UPDATE=1 cargo test import` rewrites the
//! expected text.

use std::fmt::Write as _;
use std::path::Path;

use milepost::diagnostic::{Diagnostic, Diagnostics, FileId, Severity, Span};
use milepost::exchange::folder::grouped;
use milepost::exchange::{self, Imported, Options, Outcome, mspdi};
use milepost::pipeline;
use milepost::source::disk::Folder;

use crate::corpus::{Case, cases, markdown_files, replace_block};

/// Blocks that are what is imported.
const GIVEN: [&str; 5] = ["plan.xml", "tasks.xml", "plan.csv", "issues.json", "plan.txt"];

const HEAD: &str = "<Project xmlns=\"http://schemas.microsoft.com/project\"><Title>Demo</Title>\
                    <StartDate>2026-08-03T08:00:00</StartDate><CurrencyCode>EUR</CurrencyCode>\n";

#[test]
fn imports() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/suite/import");
    let wanted = std::env::var("CASE").unwrap_or_default();
    let update = std::env::var("UPDATE").is_ok_and(|value| value == "1");
    let mut failures = String::new();
    let mut n_cases = 0;
    for path in markdown_files(&root) {
        let text = std::fs::read_to_string(&path).unwrap();
        let mut rewritten = text.clone();
        // From the last case to the first, so that the lines of those before keep their numbers.
        for case in cases(&text).iter().rev().filter(|case| case.title.contains(&wanted)) {
            n_cases += 1;
            let outcome = import(case);
            failures += &faults_of(case, &outcome);
            for (number, block) in case.blocks.iter().enumerate().rev() {
                if GIVEN.contains(&block.name.as_str()) {
                    continue;
                }
                let actual = expected_text(&block.name, &outcome);
                if actual != block.text && update {
                    rewritten = replace_block(&rewritten, case, number, &actual);
                } else if actual != block.text {
                    let (title, name, expected) = (&case.title, &block.name, &block.text);
                    writeln!(failures, "{title}: {name}: expected\n{expected}\ngot\n{actual}").unwrap();
                }
            }
        }
        if rewritten != text {
            std::fs::write(&path, rewritten).unwrap();
        }
    }
    assert!(n_cases > 0 || !wanted.is_empty(), "no case was found");
    assert!(failures.is_empty(), "\n{failures}");
}

fn import(case: &Case) -> Outcome {
    let given = case.blocks.iter().find(|block| GIVEN.contains(&block.name.as_str()));
    let given = given.expect("a case has a plan");
    match given.name.as_str() {
        "plan.xml" => mspdi::import(given.text.as_bytes(), "plan.xml"),
        "tasks.xml" => mspdi::import(format!("{HEAD}{}</Project>", given.text).as_bytes(), "plan.xml"),
        name => exchange::import(given.text.as_bytes(), name, &Options::default()),
    }
}

/// What no case may show, whatever it expects: an error when the new folder is built.
fn faults_of(case: &Case, outcome: &Outcome) -> String {
    let mut faults = String::new();
    let tells = |name: &str| case.blocks.iter().any(|block| block.name == name);
    if !outcome.findings.is_empty() && !tells("findings") {
        writeln!(faults, "{}: not expected:\n{}", case.title, findings(outcome)).unwrap();
    }
    if let Some(imported) = &outcome.imported
        && !tells("errors")
    {
        let report =
            pipeline::compute(&folder(imported), Diagnostics::default(), &pipeline::Options::default());
        for found in report.findings.iter().filter(|found| found.severity == Severity::Error) {
            let path =
                found.span.map_or("", |span| milepost::diagnostic::Places::path(&report.sources, span.file));
            writeln!(
                faults,
                "{}: the new folder has an error: {path}: {} {}",
                case.title, found.rule.code, found.message
            )
            .unwrap();
        }
    }
    faults
}

fn folder(imported: &Imported) -> Folder {
    Folder::from_memory(imported.files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect())
}

fn expected_text(name: &str, outcome: &Outcome) -> String {
    if name == "findings" {
        return findings(outcome);
    }
    let Some(imported) = &outcome.imported else { return "nothing was imported\n".to_owned() };
    match name {
        "leftovers" => {
            let mut text = String::new();
            for (ids, what, advice) in grouped(&imported.leftovers) {
                writeln!(text, "{}{}{what}\n  {advice}", ids, if ids.is_empty() { "" } else { ": " })
                    .unwrap();
            }
            text
        }
        "dates" => dates(imported),
        "errors" => {
            let mut text = String::new();
            for found in imported.findings.iter().filter(|found| found.severity == Severity::Error) {
                writeln!(text, "{} {}: {}", found.rule.code, found.rule.name, found.message).unwrap();
            }
            text
        }
        path => imported.files.get(path).map_or_else(String::new, |text| without_head(text)),
    }
}

/// The text without the comment at its head and the blank line behind it.
fn without_head(text: &str) -> String {
    let lines = text.lines().skip_while(|line| line.starts_with('#') || line.is_empty());
    let mut rest = String::new();
    for line in lines {
        rest.push_str(line);
        rest.push('\n');
    }
    rest
}

fn dates(imported: &Imported) -> String {
    let Some(comparison) = &imported.comparison else { return "cannot be scheduled\n".to_owned() };
    let mut text = format!(
        "{} tasks, {} starts and {} finishes as stored\n",
        comparison.n_tasks, comparison.n_starts, comparison.n_finishes
    );
    for difference in &comparison.differences {
        let (stored, computed) = (difference.stored, difference.computed);
        writeln!(text, "{}: stored {} .. {}", difference.id, stored.0, stored.1).unwrap();
        writeln!(text, "{}: now    {} .. {}", difference.id, computed.0, computed.1).unwrap();
        if !difference.reason.is_empty() {
            writeln!(text, "  {}", difference.reason).unwrap();
        }
    }
    text
}

fn findings(outcome: &Outcome) -> String {
    let index = milepost::diagnostic::LineIndex::new(&outcome.text);
    let mut text = String::new();
    for found in &outcome.findings {
        let place = found.span.map_or_else(String::new, |span| {
            let position = index.position(&outcome.text, span.start as usize);
            format!("{}:{}: ", position.line, position.column)
        });
        writeln!(text, "{place}{} {}: {}", found.rule.code, found.rule.name, found.message).unwrap();
        for hint in &found.hints {
            writeln!(text, "  {hint}").unwrap();
        }
    }
    text
}

/// The plans with known answers, where they are there: those saved by MS Project build without an error, and they and the
/// generated ones to the stored minute.
#[test]
#[allow(clippy::print_stderr, reason = "a skipped test says so")]
fn plans_with_known_answers_build_to_their_dates() {
    let data = std::env::var("MILEPOST_DATA").unwrap_or_else(|_| "../shared/data".to_owned());
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join(data);
    for (folder_of_plans, least) in [("mspdi/xml", 15), ("generated", 15)] {
        let Ok(entries) = std::fs::read_dir(data.join(folder_of_plans)) else {
            eprintln!("skipped: no plans in {}/{folder_of_plans}; set MILEPOST_DATA", data.display());
            continue;
        };
        let mut paths: Vec<_> = entries.map(|entry| entry.unwrap().path()).collect();
        paths.retain(|path| path.extension().is_some_and(|ending| ending == "xml"));
        paths.sort();
        let mut n_whole = 0;
        let mut text = String::new();
        for path in paths {
            let name = path.file_stem().unwrap().to_string_lossy().into_owned();
            let imported = mspdi::import(&std::fs::read(&path).unwrap(), &name).imported.expect(&name);
            let has_dates = imported.comparison.as_ref().is_some_and(|dates| dates.differences.is_empty());
            let report =
                pipeline::compute(&folder(&imported), Diagnostics::default(), &pipeline::Options::default());
            // That a plan promises what its logic cannot hold is a fact about the plan, which the file states, too.
            let is_fault =
                |found: &&Diagnostic| found.severity == Severity::Error && found.rule.code != "E302";
            let faults: Vec<&str> =
                report.findings.iter().filter(is_fault).map(|found| found.rule.code).collect();
            if has_dates && faults.is_empty() {
                n_whole += 1;
            } else {
                writeln!(text, "{name}: {faults:?} {}", dates(&imported)).unwrap();
            }
        }
        assert!(n_whole >= least, "{folder_of_plans}: only {n_whole} build to their dates\n{text}");
    }
}

/// Files that are cut, bent or mixed up give findings or a folder, never a panic, and what is imported is built.
#[test]
fn mutilated_plans_never_stop_the_program() {
    let whole = format!("{HEAD}{}</Project>", include_str!("../suite/import/mutilated.xml"));
    assert!(mspdi::import(whole.as_bytes(), "plan.xml").imported.is_some());
    let bytes = whole.as_bytes();
    let words: [&[u8]; 8] =
        [b"", b"-1", b"99999999999999999999", b"PT", b"<", b"\xff", b"9999-12-31T23:59:59", b"2026-02-30"];
    let mut n_imported = 0;
    for at in (0..bytes.len()).step_by(23) {
        let mut cut = bytes[..at].to_vec();
        let _ = mspdi::import(&cut, "plan.xml");
        cut.extend_from_slice(words[at % words.len()]);
        cut.extend_from_slice(&bytes[(at + at % 7).min(bytes.len())..]);
        n_imported += usize::from(mspdi::import(&cut, "plan.xml").imported.is_some());
    }
    assert!(n_imported > 10, "most cuts must leave a plan: {n_imported}");
}

/// A finding about the file stands where an editor finds it.
#[test]
fn findings_point_into_the_xml() {
    let outcome = mspdi::import(b"<Project>\n<Tasks>\n<Task>\n", "plan.xml");
    let found = outcome.findings.iter().next().unwrap();
    assert_eq!(found.rule.name, "broken-xml");
    assert!(outcome.imported.is_none());
    let span = found.span.unwrap_or(Span::new(FileId(0), 0, 0));
    assert!(span.start as usize >= outcome.text.len() - 1, "{span:?}");
}
