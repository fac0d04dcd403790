//! The life of a gate: its document is frozen once it is decided and signed, later edits are told, and all is packed.

use std::path::Path;
use std::process::{Command, Output};

use milepost::output::Bundle;
use milepost::pipeline;
use milepost::report::Report;

use crate::frozen_records::{
    branch_network, codes, copy, copy_of, done, edit, milepost, read, refused, sample, write,
};

/// The branch network with G2 not frozen.
fn not_frozen() -> tempfile::TempDir {
    let scratch = branch_network();
    std::fs::remove_file(scratch.path().join(FROZEN)).unwrap();
    scratch
}

const FROZEN: &str = "gates/frozen/G2-2026-09-21.yaml";

fn site(report: &Report) -> Bundle {
    pipeline::render(report, &std::collections::BTreeMap::new()).unwrap()
}

#[track_caller]
fn page(site: &Bundle, path: &str) -> String {
    plain(std::str::from_utf8(site.get(path).unwrap_or_else(|| panic!("no {path}"))).unwrap())
}

/// The text with every space an ordinary one.
fn plain(text: &str) -> String {
    text.replace(['\u{a0}', '\u{202f}', '\u{2009}'], " ")
}

/// The digest that a document prints at its foot.
fn printed(page: &str) -> String {
    let at = page.find("digest ").unwrap() + "digest ".len();
    page[at..at + 12].to_owned()
}

#[track_caller]
fn finding(report: &Report, code: &str) -> String {
    let found: Vec<_> = report.findings.iter().filter(|found| found.rule.code == code).collect();
    assert_eq!(found.len(), 1, "{found:#?}");
    plain(&format!("{} | {}", found[0].message, found[0].hints.join("; ")))
}

#[test]
fn a_gate_is_frozen_once_and_only_when_it_is_decided_and_signed() {
    let scratch = not_frozen();
    let folder = scratch.path();
    refused(&["gate", "freeze", "G3"], folder, &["`G3` is a draft: no decision is recorded", "gates/G3.md"]);
    refused(&["gate", "freeze", "G4"], folder, &["has no page for `G4`", "`G1`, `G2` or `G3`"]);
    refused(&["gate", "freeze", "G9"], folder, &["`G9` names no gate", "PROJECT/G2"]);
    refused(&["gate", "freeze", "other/G2"], folder, &["no project `other`"]);
    let early = ["gate", "freeze", "G2", "--status-date", "2026-09-11"];
    refused(&early, folder, &["was decided on 2026-09-21, after", "--as-of 2026-09-21"]);
    edit(
        folder,
        "gates/G2.md",
        "  - {role: operations_owner, person: marek,  decision: approve with conditions, date: 2026-09-21}\n",
        "",
    );
    let unsigned =
        ["the signature of Operations owner (Marek Dvořák) is missing", "`signatures:` in `gates/G2.md`"];
    refused(&["gate", "freeze", "G2"], folder, &unsigned);
    let told = finding(&read(folder), "I653");
    assert!(told.contains("the signature of Operations owner (Marek Dvořák) is missing"), "{told}");
    assert!(!folder.join(FROZEN).exists());

    let scratch = not_frozen();
    let folder = scratch.path();
    done(&["gate", "freeze", "G2"], folder);
    let before = std::fs::read(folder.join(FROZEN)).unwrap();
    refused(&["gate", "freeze", "G2"], folder, &["is frozen already", "a later decision"]);
    assert_eq!(std::fs::read(folder.join(FROZEN)).unwrap(), before);
    assert_eq!(before, std::fs::read(sample().join("projects/branch-network").join(FROZEN)).unwrap());
}

#[test]
fn freezing_changes_no_word_of_the_document() {
    let scratch = not_frozen();
    let folder = scratch.path();
    let computed = page(&site(&read(folder)), "project/gates/G2.html");
    assert!(computed.contains("not frozen"));
    done(&["gate", "freeze", "G2"], folder);
    let report = read(folder);
    let frozen = page(&site(&report), "project/gates/G2.html");
    assert_eq!(printed(&frozen), printed(&computed));
    assert!(frozen.contains("frozen on 20 Nov 2026") && !frozen.contains("id=\"differs\""));
    assert!(report.projects[0].decided.iter().all(|one| one.differences.is_empty()));
    let sections = |page: &str| page.matches("<section").count();
    assert_eq!(sections(&frozen), sections(&computed));
    assert_eq!(frozen.matches("<svg").count(), computed.matches("<svg").count(), "charts stay drawn");
}

#[test]
fn a_comma_that_is_edited_afterwards_is_told_and_not_shown_as_decided() {
    let scratch = branch_network();
    let folder = scratch.path();
    let before = page(&site(&read(folder)), "project/gates/G2.html");
    edit(folder, "gates/G2.md", "for prices; the supplier", "for prices, the supplier");
    let report = read(folder);
    let said = finding(&report, "W642");
    for words in [
        "`G2` differs in one place from what was decided on 2026-09-21: ",
        "then “Design decides when we can ask for prices; the supplier then needs five weeks;",
        "now “Design decides when we can ask for prices, the supplier then needs five weeks;",
        "restore what was edited in `gates/G2.md`, or have the change decided",
    ] {
        assert!(said.contains(words), "`{words}` is not in: {said}");
    }
    let site = site(&report);
    let after = page(&site, "project/gates/G2.html");
    assert_eq!(printed(&after), printed(&before), "the document goes on to be what was signed");
    assert!(after.contains("id=\"differs\"") && after.contains(">Decided"));
    let narrative = |page: &str| page[page.find("Critical path in words").unwrap()..].to_owned();
    assert!(
        narrative(&after).contains("prices; the supplier")
            && !narrative(&after).contains("prices, the supplier")
    );
    let register = page(&site, "project/gates.html");
    assert!(register.contains("Differs from what was decided") && register.contains("prices, the supplier"));
    let output = milepost(&["check", "--fail-on", "warning"], folder);
    assert_eq!(output.status.code(), Some(1));
}

/// The digest that a document would have from the files of a folder.
fn digest_of_today(folder: &Path) -> String {
    milepost::document::decided::freezing(&read(folder), &read(folder).projects[0], "G2".parse().unwrap())
        .digest
}

#[test]
fn a_changed_comma_makes_another_digest_and_a_moved_line_does_not() {
    let scratch = branch_network();
    let folder = scratch.path();
    let before = digest_of_today(folder);
    assert_eq!(before.len(), 64);
    // A line more above it moves every line of the file, and says nothing.
    edit(folder, "gates/G2.md", "gate: G2\n", "gate: G2\n# A remark.\n");
    assert_eq!(digest_of_today(folder), before);
    edit(folder, "gates/G2.md", "for prices; the supplier", "for prices, the supplier");
    let after = digest_of_today(folder);
    assert_ne!(after, before);
    edit(folder, "gates/G2.md", "for prices, the supplier", "for prices; the supplier");
    assert_eq!(digest_of_today(folder), before);
}

#[test]
fn a_digest_or_revision_that_a_document_says_is_frozen_with_it() {
    let scratch = branch_network();
    let folder = scratch.path();
    let revision = std::fs::read_to_string(folder.join("baselines/B1.yaml")).unwrap();
    let revision =
        revision.lines().find_map(|line| line.strip_prefix("source_revision: ")).map(str::to_owned);
    let record = std::fs::read_to_string(folder.join(FROZEN)).unwrap();
    if let Some(revision) = revision {
        assert!(record.contains(&revision), "the revision of the baseline is signed");
    } else {
        edit(folder, "baselines/B1.yaml", "\ndigest:", "\nsource_revision: 0123456789\ndigest:");
        let said = finding(&read(folder), "W642");
        assert!(said.contains("Baselines › B1 › Revision") && said.contains("now “0123456789”"), "{said}");
    }
}

#[test]
fn a_limit_of_the_portfolio_that_is_moved_afterwards_is_told_with_its_file() {
    let scratch = branch_network();
    let folder = scratch.path();
    let record = std::fs::read_to_string(folder.join(FROZEN)).unwrap();
    assert!(record.contains("\n  portfolio.yaml: "), "{}", &record[..2_000]);
    let portfolio = std::fs::read_to_string(folder.join("portfolio.yaml")).unwrap();
    write(
        folder,
        "portfolio.yaml",
        &format!("{portfolio}\ncriteria:\n  G2: {{nobody waits: open_requests == 0}}\n"),
    );
    let report = read(folder);
    let compared = report.projects[0].decided.iter().find(|one| one.gate.to_string() == "G2").unwrap();
    assert_eq!(compared.changed_files, ["portfolio.yaml"]);
    assert!(
        compared.differences.iter().any(|one| one.place.contains("Nobody waits")),
        "{:#?}",
        compared.differences
    );
    let said: Vec<String> = report
        .findings
        .iter()
        .filter(|found| found.rule.code == "W642" && found.message.starts_with("`G2`"))
        .flat_map(|found| found.hints.clone())
        .collect();
    assert_eq!(said, ["restore what was edited in `portfolio.yaml`, or have the change decided"]);
}

#[test]
fn a_project_that_is_renamed_keeps_the_name_that_was_signed() {
    let scratch = branch_network();
    let folder = scratch.path();
    let name = read(folder).projects[0].project.name.clone();
    edit(folder, "project.yaml", &format!("project: {name}"), "project: Something Else");
    edit(folder, "project.yaml", "project_manager: anna", "project_manager: marek");
    let report = read(folder);
    let site = site(&report);
    let document = page(&site, "project/gates/G2.html");
    let head = &document[document.find("<header class=\"band\"").unwrap()..];
    let head = &head[..head.find("</header>").unwrap()];
    assert!(head.contains(&name) && !head.contains("Something Else") && !head.contains("Marek"), "{head}");
    assert!(document.contains(&format!("{name} · G2")), "the foot of each sheet");
    assert!(document.contains("Something Else"), "the difference is told");
    let draft = page(&site, "project/gates/G3.html");
    // The annex names the finding that tells of both names.
    let draft = draft.split("id=\"annex\"").next().unwrap();
    assert!(draft.contains("Something Else · G3") && !draft.contains(&name));
}

#[test]
fn between_two_decisions_the_earlier_one_is_in_force() {
    let scratch = tempfile::tempdir().unwrap();
    let folder = scratch.path();
    small_project(folder);
    let asked = "conditions:\n  - {condition: Count the losses, owner: ada, due: 2026-08-12}\n";
    write(folder, "gates/G1.md", &gate("G1", "rework", "2026-08-07", asked));
    done(&["gate", "freeze", "G1"], folder);
    let then = page(&site(&read(folder)), "project/gates/G1.html");
    write(folder, "updates/2026-08-21.md", "---\nstatus_date: 2026-08-21\n---\n");
    let earlier = "earlier:\n  - decision: rework\n    decided: 2026-08-07\n    conditions:\n      - {condition: Count the losses, owner: ada, due: 2026-08-12}\n    signatures:\n      - {role: sponsor, person: ada, decision: rework, date: 2026-08-07}\n      - {role: operations_owner, person: bob, decision: rework, date: 2026-08-07}\n";
    write(folder, "gates/G1.md", &gate("G1", "approve", "2026-08-21", earlier));
    done(&["build", "--as-of", "2026-08-14", "--out", "between"], folder);
    let between = plain(&std::fs::read_to_string(folder.join("between/project/gates/G1.html")).unwrap());
    assert!(between.contains(">Decided<") && between.contains("as decided on"), "not a draft");
    assert_eq!(printed(&between), printed(&then));
    assert!(between.contains("The words of 2026-08-07."));
    assert!(!folder.join("between/project/gates/G1-2026-08-07.html").exists());
    let packed = ["gate", "bundle", "G1", "--status-date", "2026-08-14", "--out", "one.zip"];
    done(&packed, folder);
    let mut archive = zip::ZipArchive::new(std::fs::File::open(folder.join("one.zip")).unwrap()).unwrap();
    let mut manifest = String::new();
    std::io::Read::read_to_string(&mut archive.by_name("MANIFEST.txt").unwrap(), &mut manifest).unwrap();
    assert!(manifest.contains("rework on 2026-08-07, frozen on 2026-08-07"), "{manifest}");
    assert!(!manifest.contains("superseded") && !manifest.contains("draft, no decision yet"), "{manifest}");
}

#[test]
fn a_figure_that_an_edit_moves_is_named_then_and_now_with_its_line() {
    let scratch = branch_network();
    let folder = scratch.path();
    edit(folder, "gates/G2.md", "authorised: 107_432 EUR", "authorised: 117_432 EUR");
    let report = read(folder);
    let project = &report.projects[0];
    let compared = project.decided.iter().find(|one| one.gate.to_string() == "G2").unwrap();
    assert_eq!(compared.changed_files, ["gates/G2.md"]);
    let released = compared.differences.iter().find(|one| one.place.contains("Amount released")).unwrap();
    assert_eq!(
        (released.then.as_deref().map(plain).as_deref(), released.now.as_deref().map(plain).as_deref()),
        (Some("107 432 EUR"), Some("117 432 EUR 10 000 EUR more than was asked for"))
    );
    let typed = &released.typed[0];
    assert_eq!(typed.path, "gates/G2.md");
    // What was asked for is what the plan costs, whatever was granted.
    assert!(!compared.differences.iter().any(|one| one.place == "Ask"), "{:#?}", compared.differences);
    let document = page(&site(&report), "project/gates/G2.html");
    assert!(document.contains("release 107 432 EUR (budget and contingency) until G3"));

    // A finished task whose plan is made longer afterwards.
    let scratch = branch_network();
    edit(scratch.path(), "plan.yaml", "duration: 8d", "duration: 12d");
    let report = read(scratch.path());
    let compared = report.projects[0].decided.iter().find(|one| one.gate.to_string() == "G2").unwrap();
    assert!(!compared.differences.is_empty());
    let traced = compared.differences.iter().filter(|one| one.key.is_some() && !one.typed.is_empty());
    let places: Vec<String> = traced.flat_map(|one| &one.typed).map(|place| place.path.clone()).collect();
    assert!(places.iter().any(|path| path == "plan.yaml"), "{:#?}", compared.differences);
    let _ = page(&site(&report), "project/gates/G2.html");
}

/// Lines used to be named that a figure rests on and that nobody had touched, so that they hid the one that was.
#[test]
fn of_the_lines_that_a_figure_rests_on_only_those_written_since_are_named() {
    let scratch = branch_network();
    let folder = scratch.path();
    edit(folder, "plan.yaml", "duration: 8d", "duration: 12d");
    let plan = std::fs::read_to_string(folder.join("plan.yaml")).unwrap();
    let edited = plan.lines().position(|line| line.contains("duration: 12d")).unwrap() + 1;
    let report = read(folder);
    let compared = report.projects[0].decided.iter().find(|one| one.gate.to_string() == "G2").unwrap();
    let named: std::collections::BTreeSet<(String, usize)> = compared
        .differences
        .iter()
        .flat_map(|one| &one.typed)
        .map(|place| (place.path.clone(), place.line))
        .collect();
    assert_eq!(named, [("plan.yaml".to_owned(), edited)].into());
    // A record that kept no lines cannot tell which are new.
    let frozen = std::fs::read_to_string(folder.join(FROZEN)).unwrap();
    assert!(frozen.contains("\nlines:\n"), "{frozen}");
}

#[test]
fn what_is_reported_after_freezing_does_not_change_what_was_known() {
    let scratch = tempfile::tempdir().unwrap();
    let folder = scratch.path();
    small_project(folder);
    write(folder, "gates/G1.md", &gate("G1", "approve", "2026-08-07", ""));
    done(&["gate", "freeze", "G1", "--status-date", "2026-08-07"], folder);
    write(folder, "updates/2026-08-14.md", "---\nstatus_date: 2026-08-14\n---\n");
    // Written a week after the board met: the work had been finished before it.
    let progress = "status_date,task,actual_start,actual_finish\n2026-08-14,study,2026-08-03,2026-08-05\n";
    write(folder, "progress.csv", progress);
    let report = read(folder);
    assert!(!codes(&report).contains(&"W642"), "{:#?}", report.projects[0].decided);
}

#[test]
fn an_edited_record_is_found_and_not_shown() {
    let scratch = branch_network();
    let folder = scratch.path();
    edit(folder, FROZEN, "Helena Ruiz", "Helena Ruis");
    let report = read(folder);
    let said = finding(&report, "W641");
    assert!(said.starts_with("the frozen document of `G2-2026-09-21` no longer says what it said"), "{said}");
    let document = page(&site(&report), "project/gates/G2.html");
    assert!(document.contains("was edited: it is not shown") && !document.contains("Helena Ruis"));
    assert!(page(&site(&report), "project/gates.html").contains("Edited after it was frozen"));
}

/// Adds a line to a file.
fn append(folder: &Path, path: &str, line: &str) {
    let text = std::fs::read_to_string(folder.join(path)).unwrap_or_default();
    write(folder, path, &format!("{text}{line}\n"));
}

#[test]
fn what_is_booked_and_expected_later_does_not_change_what_was_known() {
    let scratch = branch_network();
    let folder = scratch.path();
    let before = digest_of_today(folder);
    append(folder, "costs.csv", "2026-12-15,forecast,services,,5_000 EUR,,Expected since November");
    append(folder, "timesheets.csv", "2026-W46,tom,staging,30d");
    assert_eq!(digest_of_today(folder), before);
    let report = read(folder);
    assert!(codes(&report).contains(&"W519"), "{:?}", codes(&report));
    assert!(!codes(&report).contains(&"W642"), "{}", finding(&report, "W642"));

    // What was expected when a document was frozen in its time stays in it, what came later does not come in.
    let scratch = tempfile::tempdir().unwrap();
    let folder = scratch.path();
    small_project(folder);
    append(folder, "plan.yaml", "planning:\n  G2: {gate: Planning, after: G1}");
    write(folder, "gates/G1.md", &gate("G1", "approve", "2026-08-05", ""));
    write(folder, "gates/G2.md", &gate("G2", "approve", "2026-08-07", ""));
    append(folder, "costs.csv", "date,type,category,amount\n2026-12-01,forecast,other,700 EUR");
    let bare = digest_of_today(folder);
    done(&["gate", "freeze", "G2"], folder);
    assert_eq!(digest_of_today(folder), bare);
    append(folder, "costs.csv", "2026-12-15,forecast,other,5_000 EUR");
    assert_eq!(digest_of_today(folder), bare);
    write(folder, "costs.csv", "date,type,category,amount\n");
    assert_ne!(digest_of_today(folder), bare, "what was expected then is missed");
}

#[test]
fn a_file_that_is_broken_later_was_whole_before_the_board() {
    let scratch = branch_network();
    let folder = scratch.path();
    append(folder, "risks.yaml", "R99: {risk: Later, colour_of_it: red}");
    let report = read(folder);
    assert!(codes(&report).contains(&"E104"), "{:?}", codes(&report));
    assert!(!codes(&report).contains(&"W642"), "{}", finding(&report, "W642"));

    // Of the files of its time nobody can tell, until the document is frozen: it is not as long as they hold an error.
    let scratch = tempfile::tempdir().unwrap();
    let folder = scratch.path();
    small_project(folder);
    append(folder, "plan.yaml", "planning:\n  G2: {gate: Planning, after: G1}");
    write(folder, "gates/G1.md", &gate("G1", "approve", "2026-08-05", ""));
    write(folder, "gates/G2.md", &gate("G2", "approve", "2026-08-07", ""));
    let errors = || page(&site(&read(folder)), "project/gates/G2.html").contains("1 error<");
    assert!(!errors());
    append(
        folder,
        "risks.yaml",
        "R1: {risk: Told, probability: 10%, impact: {cost: 1 EUR}, colour_of_it: red}",
    );
    assert!(errors());
    write(folder, "risks.yaml", "");
    done(&["gate", "freeze", "G2"], folder);
    append(
        folder,
        "risks.yaml",
        "R1: {risk: Told, probability: 10%, impact: {cost: 1 EUR}, colour_of_it: red}",
    );
    let report = read(folder);
    assert!(codes(&report).contains(&"E104"), "{:?}", codes(&report));
    let differs = report.findings.iter().find(|found| found.rule.code == "W642");
    assert!(differs.is_none_or(|found| !found.message.contains("error")), "{differs:?}");
}

fn small_project(folder: &Path) {
    let people = "people:\n  ada: {name: Ada King}\n  bob: {name: Bob Stone}\n";
    write(
        folder,
        "project.yaml",
        "project: Demo\nstart: 2026-08-03\ncurrency: EUR\nsponsor: ada\noperations_owner: bob\n",
    );
    write(folder, "resources.yaml", people);
    write(
        folder,
        "plan.yaml",
        "initiation:\n  study: {duration: 3d, cost: 100 EUR other}\n  G1: {gate: Initiation, after: study}\n",
    );
    write(folder, "updates/2026-08-07.md", "---\nstatus_date: 2026-08-07\n---\n");
}

fn gate(gate: &str, decision: &str, day: &str, more: &str) -> String {
    let signature = |role: &str, person: &str| {
        format!("  - {{role: {role}, person: {person}, decision: {decision}, date: {day}}}\n")
    };
    format!(
        "---\ngate: {gate}\ndecision: {decision}\ndecided: {day}\n{more}signatures:\n{}{}---\n\nThe words of {day}.\n",
        signature("sponsor", "ada"),
        signature("operations_owner", "bob")
    )
}

#[test]
fn a_decision_that_a_later_one_replaces_keeps_its_document() {
    let scratch = tempfile::tempdir().unwrap();
    let folder = scratch.path();
    small_project(folder);
    let asked = "conditions:\n  - {condition: Count the losses, owner: ada, due: 2026-08-12}\n";
    write(folder, "gates/G1.md", &gate("G1", "rework", "2026-08-07", asked));
    done(&["gate", "freeze", "G1"], folder);
    let then = page(&site(&read(folder)), "project/gates/G1.html");
    // Digests of lines are kept, but of no file in which the price of a person may stand: a short line is found by trying.
    let record = std::fs::read_to_string(folder.join("gates/frozen/G1-2026-08-07.yaml")).unwrap();
    let kept = record.split_once("\nlines:\n").unwrap().1;
    let paths: Vec<&str> = kept
        .lines()
        .take_while(|line| line.starts_with(' '))
        .filter(|line| line.contains(".yaml:"))
        .collect();
    assert!(paths.iter().any(|line| line.contains("plan.yaml")), "{kept}");
    assert!(!paths.iter().any(|line| line.contains("resources.yaml")), "{kept}");

    write(folder, "updates/2026-08-21.md", "---\nstatus_date: 2026-08-21\n---\n");
    let earlier = "earlier:\n  - decision: rework\n    decided: 2026-08-07\n    reasons: Nobody had counted\n    conditions:\n      - {condition: Count the losses, owner: ada, due: 2026-08-12, done: 2026-08-11}\n    signatures:\n      - {role: sponsor, person: ada, decision: rework, date: 2026-08-07}\n";
    write(folder, "gates/G1.md", &gate("G1", "approve", "2026-08-21", earlier));
    done(&["gate", "freeze", "G1"], folder);
    let report = read(folder);
    assert!(!codes(&report).iter().any(|code| ["W641", "W642"].contains(code)), "{:?}", codes(&report));
    let site = site(&report);
    let (old, new) = (page(&site, "project/gates/G1-2026-08-07.html"), page(&site, "project/gates/G1.html"));
    assert!(old.contains(">Superseded<") && old.contains("The words of 2026-08-07."));
    assert!(!old.contains("The words of 2026-08-21."));
    assert_eq!(printed(&old), printed(&then));
    assert!(
        new.contains(">Decided<")
            && new.contains("The words of 2026-08-21.")
            && new.contains("Decisions so far")
    );
    for words in ["superseded", "Nobody had counted", "Count the losses", "G1-2026-08-07.html"] {
        assert!(new.contains(words), "{words}");
    }
    let register = page(&site, "project/gates.html");
    assert!(register.contains("G1-2026-08-07.html") && register.contains("Count the losses"));
}

/// What runs in a shell of an archivist.
fn shell(line: &str, folder: &Path) -> Output {
    Command::new("sh").args(["-c", line]).current_dir(folder).output().unwrap()
}

#[track_caller]
fn succeeds(line: &str, folder: &Path) -> String {
    let output = shell(line, folder);
    let said =
        String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{line}: {said}");
    said
}

#[test]
fn a_project_is_packed_for_the_archive_and_verified_there() {
    let scratch = tempfile::tempdir().unwrap();
    let folder = scratch.path();
    let portfolio = folder.join("portfolio");
    for name in ["rfid-loans", "stock-sales-warehouse"] {
        copy(&sample().join("projects").join(name), &portfolio.join("projects").join(name));
    }
    for shared in ["people.yaml", "portfolio.yaml"] {
        std::fs::copy(sample().join(shared), portfolio.join(shared)).unwrap();
    }
    let pack = |out: &str, more: &[&str]| {
        let all = [&["gate", "bundle", "rfid-loans/G1", "portfolio", "--out", out], more].concat();
        milepost(&all, folder)
    };
    let several = ["gate", "bundle", "G1", "portfolio", "--out", "x.zip"];
    refused(&several, folder, &["several projects", "before the gate, as in PROJECT/G2"]);
    let first = pack("one.zip", &[]);
    let said = String::from_utf8_lossy(&first.stdout).into_owned();
    assert_eq!(first.status.code(), Some(0), "{}", String::from_utf8_lossy(&first.stderr));
    let again = ["gate", "bundle", "rfid-loans/G1", "portfolio", "--out", "one.zip"];
    let before = std::fs::read(folder.join("one.zip")).unwrap();
    refused(&again, folder, &["`one.zip` is there already", "--force"]);
    std::fs::write(folder.join("two.zip"), "old").unwrap();
    assert_eq!(pack("two.zip", &["--force"]).status.code(), Some(0));
    assert!(before == std::fs::read(folder.join("two.zip")).unwrap(), "the same folder gives the same bytes");

    // Python stands in where there is no unzip.
    let unpack = "if command -v unzip >/dev/null; then unzip -tq one.zip && unzip -q one.zip -d out; \
                  else python3 -c 'import zipfile; z = zipfile.ZipFile(\"one.zip\"); assert z.testzip() is None; z.extractall(\"out\")'; fi";
    succeeds(unpack, folder);
    let out = folder.join("out");
    let checked = succeeds("sha256sum -c SHA256SUMS", &out);
    assert!(checked.lines().count() > 100 && checked.lines().all(|line| line.ends_with(": OK")), "{checked}");
    let listed = succeeds("sha256sum SHA256SUMS", &out);
    assert!(said.contains(listed.split(' ').next().unwrap()), "{said}");
    let manifest = std::fs::read_to_string(out.join("MANIFEST.txt")).unwrap();
    for words in [
        "Archive of RFID for Loan Equipment (LOAN-02) for G1",
        "Status date      2026-11-20",
        "stop on 2026-11-19, frozen on 2026-11-20, digest sha256:",
        "site/rfid-loans/gates/G1.html",
        "sources/projects/rfid-loans/gates/frozen/G1-2026-11-19.yaml",
        "sha256sum -c SHA256SUMS",
        "milepost build sources --out again ",
    ] {
        assert!(manifest.contains(words), "`{words}` is not in: {manifest}");
    }
    for file in [
        "site/assets/site.css",
        "site/rfid-loans/gates/G1.html",
        "sources/people.yaml",
        "sources/projects/rfid-loans/plan.yaml",
    ] {
        assert!(out.join(file).exists(), "{file}");
    }
    // Nothing of the other project, and no path of this machine.
    assert_eq!(shell("grep -rlE 'stock-sales-warehouse' .", &out).stdout, b"");
    let here = folder.to_str().unwrap();
    assert_eq!(shell(&format!("grep -rlF '{here}' ."), &out).stdout, b"");
    // What is in it builds again, and the frozen documents fit.
    let check = milepost(&["check", "sources"], &out);
    let text = String::from_utf8_lossy(&check.stderr).into_owned();
    assert!(!text.contains("W641") && !text.contains("W642"), "{text}");
    let built = milepost(&["build", "sources", "--out", "again"], &out);
    assert_ne!(built.status.code(), Some(2), "{}", String::from_utf8_lossy(&built.stderr));
    // An edit is told by anybody's tool.
    edit(&out, "sources/projects/rfid-loans/gates/frozen/G1-2026-11-19.yaml", "stop", "approve");
    assert!(!shell("sha256sum -c SHA256SUMS", &out).status.success());
}

#[test]
fn what_is_written_for_the_next_meeting_of_a_held_gate_is_no_difference() {
    let scratch = copy_of(&sample().join("projects/stock-sales-warehouse"));
    let folder = scratch.path();
    let codes_of = |folder: &Path| codes(&read(folder)).into_iter().filter(|code| *code == "W642").count();
    assert_eq!(codes_of(folder), 0);
    edit(folder, "gates/G2.md", "## Why hold and not rework", "## Why it can be approved now");
    assert_eq!(codes_of(folder), 0, "a text for the next meeting");
    edit(folder, "gates/G2.md", "Written date of access for each", "A date of access for each");
    assert_eq!(codes_of(folder), 1, "a condition of the board");
}

const OPERATIONS: &str =
    "{role: operations_owner, person: marek,  decision: approve with conditions, date: 2026-09-21}";

/// A document circulates: the board met on 21 September, operations signed three days later.
#[test]
fn a_signature_that_came_after_the_decision_is_frozen_with_its_own_day() {
    let scratch = not_frozen();
    let folder = scratch.path();
    let late = OPERATIONS.replace("2026-09-21", "2026-09-24");
    edit(folder, "gates/G2.md", OPERATIONS, &late);
    done(&["gate", "freeze", "G2"], folder);
    let frozen = plain(&std::fs::read_to_string(folder.join(FROZEN)).unwrap());
    assert!(frozen.contains("24 Sep 2026"), "{frozen}");
    let report = read(folder);
    assert!(report.projects[0].decided.iter().all(|one| one.differences.is_empty()));
    let shown = page(&site(&report), "project/gates/G2.html");
    assert!(shown.contains("24 Sep 2026"), "each with its own day");
}

#[test]
fn a_signature_whose_day_is_moved_is_told_with_both_days_and_one_that_comes_later_is_no_edit() {
    let scratch = branch_network();
    let folder = scratch.path();
    let more =
        format!("{OPERATIONS}\n  - {{role: supplier, person: tom, decision: approve, date: 2026-09-24}}");
    edit(folder, "gates/G2.md", OPERATIONS, &more);
    assert!(!codes(&read(folder)).contains(&"W642"), "the record is as whole as it was");
    edit(folder, "gates/G2.md", OPERATIONS, &OPERATIONS.replace("2026-09-21", "2026-09-24"));
    let said = finding(&read(folder), "W642");
    assert!(said.contains("21 Sep 2026") && said.contains("24 Sep 2026"), "{said}");
    assert!(!said.contains("now nothing"), "{said}");
}
