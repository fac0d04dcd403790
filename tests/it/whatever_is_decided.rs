//! What lies before a board is the same whatever the board decides: a draft that is signed in ink and the document of the decision have
//! one digest.

use std::path::Path;

use milepost::document::decided::freezing;
use milepost::pipeline::{self, Options};
use milepost::quantity::GateId;
use milepost::report::Report;
use milepost::source::disk::Folder;

use crate::frozen_records::{copy_of, done, edit, read, sample, write};

/// The outcomes of a board; none is a draft.
const OUTCOMES: [Option<&str>; 5] =
    [None, Some("approve"), Some("approve with conditions"), Some("hold"), Some("stop")];

/// The page of a gate as it would be with another decision, and with what only a decision brings.
fn decided_otherwise(page: &str, decision: Option<&str>) -> String {
    let (before, after) = (page.find("decision: ").unwrap(), page.find("\ndecided: ").unwrap());
    let page = match decision {
        Some(decision) => format!("{}decision: {decision}{}", &page[..before], &page[after..]),
        None => page.to_owned(),
    };
    let is_gone = |line: &&str| {
        decision.is_none()
            && ["decision:", "decided:", "decided_by:", "minutes:", "signatures:", "  - {role:"]
                .iter()
                .any(|begin| line.starts_with(begin))
    };
    let kept: Vec<&str> = page.lines().filter(|line| !is_gone(line)).collect();
    kept.join("\n") + "\n"
}

fn as_of(folder: &Path, day: &str) -> Report {
    let mut found = milepost::diagnostic::Diagnostics::default();
    let folder = Folder::read(folder, &mut found).unwrap();
    pipeline::compute(&folder, found, &Options { as_of: Some(day.parse().unwrap()), ..Options::default() })
}

/// Takes away what was reported after a day: the folder as it lay before the board.
fn forget_reports_after(folder: &Path, day: &str) {
    let path = folder.join("progress.csv");
    let text = std::fs::read_to_string(&path).unwrap();
    let is_later = |line: &str| line.starts_with("20") && &line[..day.len()] > day;
    let kept: Vec<&str> = text.lines().filter(|line| !is_later(line)).collect();
    std::fs::write(&path, kept.join("\n") + "\n").unwrap();
    for reports in ["updates", "snapshots"] {
        for entry in std::fs::read_dir(folder.join(reports)).unwrap() {
            let path = entry.unwrap().path();
            if path.file_stem().unwrap().to_str().unwrap() > day {
                std::fs::remove_file(path).unwrap();
            }
        }
    }
}

#[track_caller]
fn check(project: &str, gate: GateId, day: &str, outcomes: &[Option<&str>]) {
    let scratch = copy_of(&sample().join("projects").join(project));
    let folder = scratch.path();
    std::fs::remove_dir_all(folder.join("gates/frozen")).unwrap();
    forget_reports_after(folder, day);
    let file = format!("gates/{gate}.md");
    let page = std::fs::read_to_string(folder.join(&file)).unwrap();
    let frozen: Vec<_> = outcomes
        .iter()
        .map(|decision| {
            write(folder, &file, &decided_otherwise(&page, *decision));
            let report = as_of(folder, day);
            (decision, freezing(&report, &report.projects[0], gate))
        })
        .collect();
    let lines = |content| format!("{content:#?}").lines().map(str::to_owned).collect::<Vec<_>>();
    let (_, first) = &frozen[0];
    for (decision, other) in &frozen {
        let (then, now) = (lines(&first.content), lines(&other.content));
        let only = |one: &[String], in_other: &[String]| -> Vec<String> {
            one.iter().filter(|line| !in_other.contains(line)).cloned().collect()
        };
        let told = (only(&then, &now), only(&now, &then));
        assert_eq!(first.digest, other.digest, "{project} {gate} {decision:?}: {told:#?}");
    }
}

#[test]
fn a_draft_and_every_decision_of_its_day_have_one_digest() {
    check("stock-sales-warehouse", GateId::G2, "2026-11-20", &OUTCOMES);
    check("rfid-loans", GateId::G1, "2026-11-19", &OUTCOMES);
}

/// What was reported on the day after the board met used to be known to the decided document and to no draft.
#[test]
fn what_is_reported_after_the_board_met_changes_no_word_of_what_it_saw() {
    let scratch = copy_of(&sample().join("projects/rfid-loans"));
    let folder = scratch.path();
    std::fs::remove_dir_all(folder.join("gates/frozen")).unwrap();
    let page = std::fs::read_to_string(folder.join("gates/G1.md")).unwrap();
    let decided = as_of(folder, "2026-11-20");
    let decided = freezing(&decided, &decided.projects[0], GateId::G1);
    forget_reports_after(folder, "2026-11-19");
    write(folder, "gates/G1.md", &decided_otherwise(&page, None));
    let draft = as_of(folder, "2026-11-19");
    let draft = freezing(&draft, &draft.projects[0], GateId::G1);
    assert_eq!(draft.digest, decided.digest, "{:#?}\n{:#?}", draft.content, decided.content);
}

/// What was raised after the day stands in these folders, too, and a draft shows it.
#[test]
fn every_decision_of_a_day_gone_by_has_one_digest() {
    check("branch-network", GateId::G1, "2026-08-12", &OUTCOMES[1..]);
    check("branch-network", GateId::G2, "2026-09-21", &OUTCOMES[1..]);
    check("citizen-appointments", GateId::G3, "2026-10-30", &OUTCOMES[1..]);
    check("one-service-desk", GateId::G4, "2026-10-23", &OUTCOMES[1..]);
}

/// The branch network before its G2, as a board meets for it.
fn at_g2(day: &str) -> (tempfile::TempDir, String) {
    let scratch = copy_of(&sample().join("projects/branch-network"));
    std::fs::remove_file(scratch.path().join("gates/frozen/G2-2026-09-21.yaml")).unwrap();
    let page = std::fs::read_to_string(scratch.path().join("gates/G2.md")).unwrap();
    let day = format!("decided: {day}");
    (scratch, page.replace("decided: 2026-09-21", &day))
}

#[test]
fn what_the_board_says_of_conditions_is_not_signed_with_what_it_saw() {
    let (scratch, page) = at_g2("2026-09-21");
    let digest = |page: &str| {
        write(scratch.path(), "gates/G2.md", page);
        let report = as_of(scratch.path(), "2026-09-21");
        let project = &report.projects[0];
        let frozen = freezing(&report, project, GateId::G2);
        (frozen.digest, format!("{:?}", frozen.terms))
    };
    let (plain, _) = digest(&page);
    let begin = page.find("conditions:\n").unwrap() + "conditions:\n".len();
    let covering = format!(
        "{}  - {{condition: Finish it, owner: anna, due: 2026-10-09, covers: [none of the fourteen points of plan quality raises a flag]}}\n{}",
        &page[..begin],
        &page[begin..]
    );
    let (covered, terms) = digest(&covering);
    assert_eq!(covered, plain);
    assert!(terms.contains("Finish it, Anna Weiss, by 9"), "the record keeps what covers it: {terms}");
}

#[test]
fn a_stop_does_not_erase_what_the_board_saw() {
    let scratch = copy_of(&sample().join("projects/rfid-loans"));
    std::fs::remove_dir_all(scratch.path().join("gates/frozen")).unwrap();
    let report = read(scratch.path());
    assert!(report.projects[0].control.is_stopped);
    let seen = &report.projects[0].at_gates[&GateId::G1];
    assert!(!seen.control.is_stopped);
    let frozen = freezing(&report, &report.projects[0], GateId::G1);
    let content = format!("{:?}", frozen.content);
    for gone in ["The board has stopped", "the board has stopped", "Given up", "Nothing is asked"] {
        assert!(!content.contains(gone), "{gone}");
    }
    assert!(format!("{:?}", frozen.terms).contains("stop"));
}

/// A record of an earlier program says of itself that it was decided, and its figures are those after the decision.
#[test]
fn a_document_that_was_frozen_with_its_decision_keeps_its_digest_and_is_compared_as_it_was() {
    let scratch = copy_of(&sample().join("projects/rfid-loans"));
    let folder = scratch.path();
    let earlier = include_str!("../fixtures/frozen/G1-of-an-earlier-program.yaml");
    write(folder, "gates/frozen/G1-2026-11-19.yaml", earlier);
    // As the page stood when it was frozen.
    edit(
        folder,
        "gates/G1.md",
        "doing nothing is among the options:            {evidence: ",
        "doing nothing is one of the options:           {answer: yes, evidence: ",
    );
    edit(folder, "decisions.yaml", "  if_silent: drop\n", "");
    for row in ["case,2026-11-04,2026-11-11", "board-paper,2026-11-12"] {
        edit(folder, "progress.csv", &format!("2026-11-18,{row}"), &format!("2026-11-20,{row}"));
    }
    // What later programs ask by is no difference, what people asked by is.
    edit(
        folder,
        "gates/G1.md",
        "\"total cost of ownership counts both sides: the project and who runs what it makes\": {comment",
        "running cost of all years is in the case:      {answer: yes, comment",
    );
    // And the report of that time, as its program counted findings, and nothing else that is counted today.
    let snapshot = "snapshots/2026-10-09.yaml";
    edit(folder, snapshot, "progress: 10, ", "");
    edit(folder, snapshot, "findings: 2}", "findings: 1}");
    edit(
        folder,
        snapshot,
        "a20cf7d2e831a2dddce7880e44341d22d0f54e17149ed45eb326290be75b0350",
        "e5308212f7c5633ff63538cb4838e7e43355999d78953cca9839a9c1f4be07ba",
    );
    let report = read(folder);
    let project = &report.projects[0];
    assert!(project.decided.iter().all(|one| one.is_genuine));
    assert!(report.findings.iter().all(|found| found.rule.code != "W642"), "{:#?}", report.findings);
    assert!(project.at_gates[&GateId::G1].control.is_stopped, "it is compared with what it was made from");
    let site = pipeline::render(&report, &std::collections::BTreeMap::new()).unwrap();
    let page =
        std::str::from_utf8(site.get("project/gates/G1.html").unwrap()).unwrap().replace('\u{a0}', " ");
    for words in ["the day of the decision: what had happened by then", "Decided with "] {
        assert!(page.contains(words), "{words}");
    }
    edit(folder, "gates/G1.md", "The tags work:", "The tags worked:");
    assert!(read(folder).findings.iter().any(|found| found.rule.code == "W642"));
}

#[test]
fn an_explained_figure_of_a_gate_of_the_status_date_is_the_one_that_the_board_saw() {
    let scratch = copy_of(&sample().join("projects/stock-sales-warehouse"));
    let folder = scratch.path();
    std::fs::remove_file(folder.join("gates/frozen/G2-2026-11-20.yaml")).unwrap();
    let page = std::fs::read_to_string(folder.join("gates/G2.md")).unwrap();
    write(folder, "gates/G2.md", &decided_otherwise(&page, Some("approve")));
    let report = read(folder);
    let books = milepost::page::explain::books_of(&report, &report.projects[0]);
    let finish = |gate: Option<GateId>| {
        let book = books.iter().find(|((_, of), _)| *of == gate).map(|(_, book)| book).unwrap();
        (book.get("finish").unwrap().value.clone(), book.address_of("finish").cloned())
    };
    let (now, seen) = (finish(None), finish(Some(GateId::G2)));
    assert_ne!(now.0, seen.0, "approving it moves the finish");
    assert_ne!(now.1, seen.1);
    done(&["gate", "freeze", "G2"], folder);
}
