//! Statements over figures: what they answer of a project, what the gate's page shows of it, and what `milepost gate check`
//! makes of it.

use std::path::Path;
use std::process::{Command, Output};

use milepost::diagnostic::{Diagnostics, Severity};
use milepost::document::checklist::CheckRow;
use milepost::document::{DOCUMENTS, check, document_of};
use milepost::model::BuiltIn;
use milepost::page::statement::keys;
use milepost::page::{Address, Here, SiteMap};
use milepost::pipeline::{self, Options};
use milepost::quantity::GateId;
use milepost::report::{FieldState, Report};
use milepost::source::disk::Folder;
use milepost::statement::{FieldKind, FigureName, Thing};

const PROJECT: &str = "\
project: Demo
start: 2026-08-03
currency: EUR
rates: [{currency: USD, rate: 0.90, date: 2026-08-01}]
tolerance: {time: 10d}
";

const PLAN: &str = "\
execution:
  build: {duration: 10d, cost: 8_000 EUR}
  test:  {duration: 5d, after: build, deadline: 2026-08-28}
  G3:    {gate: Readiness, after: test}
";

const RISKS: &str = "\
R1: {risk: Late delivery, probability: 50%, impact: {cost: 20_000 EUR}, owner: helena, response: reduce}
R2: {risk: Staff leave, probability: 10%, impact: {cost: 1_000 EUR}}
R3: {risk: Rain, probability: 10%, impact: {cost: 1_000 EUR}, status: closed, closed: 2026-07-31}
";

const DELIVERABLES: &str = "\
kit: {deliverable: The kit, approver: helena, criteria: [{criterion: it fits}]}
book: {deliverable: The manual}
";

const PEOPLE: &str = "people:\n  helena: {name: Helena}\n";

/// A project with these criteria at G3, computed.
fn report_with(criteria: &str, more: &[(&str, &str)]) -> Report {
    let gate = format!("---\ngate: G3\n{criteria}---\n");
    let mut files = vec![
        ("project.yaml", PROJECT),
        ("plan.yaml", PLAN),
        ("risks.yaml", RISKS),
        ("deliverables.yaml", DELIVERABLES),
        ("resources.yaml", PEOPLE),
        ("gates/G3.md", gate.as_str()),
    ];
    files.extend(more);
    let folder = Folder::from_memory(files);
    let report = pipeline::compute(&folder, Diagnostics::default(), &Options::default());
    let errors: Vec<&str> = report
        .findings
        .iter()
        .filter(|found| found.severity == Severity::Error)
        .map(|found| found.message.as_str())
        .collect();
    assert!(errors.is_empty(), "{errors:?}");
    report
}

fn rows(report: &Report, gate: GateId) -> Vec<CheckRow> {
    let (map, address) = (SiteMap::default(), Address::portfolio());
    let desk = Here { report, map: &map, address: &address }.desk(&report.projects[0]);
    check(gate, &desk).unwrap().checklist.rows
}

/// What a statement answers: the word and the values put in.
#[track_caller]
fn answers_with(statement: &str, more: &[(&str, &str)], answer: &str, values: &str) {
    let report = report_with(&format!("criteria:\n  it holds: {statement}\n"), more);
    let rows = rows(&report, GateId::G3);
    let row = rows.iter().find(|row| row.criterion == "It holds").unwrap();
    let comment = row.comment.clone().unwrap().replace(['\u{a0}', '\u{202f}'], " ");
    assert_eq!((row.answer, comment.as_str()), (answer, values), "{statement}");
    assert!(row.computed);
}

#[track_caller]
fn answers(statement: &str, answer: &str, values: &str) {
    answers_with(statement, &[], answer, values);
}

#[test]
fn figures_are_held_against_limits_and_shown_with_their_units() {
    answers("finish_slip <= 10d", "yes", "finish slip 0 working days, at most 10 working days");
    answers("finish_slip > 0d", "no", "finish slip 0 working days, to be above 0 working days");
    answers("finish <= 2026-08-21", "yes", "forecast finish 21 Aug 2026, at most 21 Aug 2026");
    answers("finish < 2026-08-21", "no", "forecast finish 21 Aug 2026, to be below 21 Aug 2026");
    answers("open_risks == 2", "yes", "open risks 2, to be 2");
    answers("exposure <= 10_100 EUR", "yes", "exposure 10 100 EUR, at most 10 100 EUR");
    answers("exposure <= 10_000 USD", "no", "exposure 10 100 EUR, at most 9 000 EUR");
    answers("contingency_left >= exposure", "no", "contingency left 0 EUR, at least exposure 10 100 EUR");
    answers("complete < 50%", "yes", "share complete 0 %, to be below 50 %");
    answers("slip_left >= 1w", "yes", "tolerance of time left 10 working days, at least 5 working days");
}

#[test]
fn things_are_counted_and_those_in_the_way_named() {
    answers("every deliverable has approver and criteria", "partly", "1 of 2 deliverables, not book");
    answers("every deliverable is not accepted", "yes", "2 of 2 deliverables");
    answers("every deliverable is accepted", "no", "0 of 2 deliverables, not kit and book");
    answers("every risk where exposure > 5_000 EUR has response", "yes", "1 of 1 risk");
    answers("every open risk has response", "partly", "1 of 2 risks, not R2");
    answers("no open risk where exposure > 50 EUR and has no response", "no", "1 risk found: R2");
    answers("no risk where probability > 60%", "yes", "no such risk found");
    answers("every overdue action has owner", "na", "there is no such action");
    answers("some deliverable has approver", "yes", "1 deliverable found");
    answers("some lesson", "no", "0 lessons found");
    answers(
        "every task has predecessor or open_tasks > 5",
        "partly",
        "1 of 2 tasks, not build; open tasks 2, to be above 5",
    );
    answers("every task where start > 2026-08-14 has deadline", "yes", "1 of 1 task");
}

#[test]
fn what_cannot_be_answered_is_open_and_says_why() {
    let cpi = "cannot be answered: CPI has no value, nothing has been spent yet";
    answers("cpi >= 0.9", "open", cpi);
    answers("not cpi < 0.9", "open", cpi);
    answers(
        "open_defects.severity1 == 0",
        "open",
        "cannot be answered: open severity-1 defects has no value, neither tests nor defects are recorded",
    );
    answers(
        "no defect where severity == 1",
        "open",
        "cannot be answered: neither tests nor defects are recorded",
    );
    answers("every benefit where due < 2026-12-01 is measured", "na", "there is no such benefit");
    let benefits = [("benefits.yaml", "b1: {benefit: Less noise}\n")];
    answers_with(
        "every benefit where due < 2026-12-01 is measured",
        &benefits,
        "open",
        "cannot be answered: benefit b1 has no due",
    );
    // What holds or fails whatever the missing value is needs no value.
    answers(
        "cpi >= 0.9 or actual_cost == 0 EUR",
        "yes",
        "CPI has no value, nothing has been spent yet; actual cost 0 EUR, to be 0 EUR",
    );
    answers(
        "cpi >= 0.9 and open_risks == 0",
        "no",
        "CPI has no value, nothing has been spent yet; open risks 2, to be 0",
    );
    let defects = [("defects.csv", "id,title,severity,opened,closed\nX1,Crash,1,2026-07-30,2026-07-31\n")];
    answers_with("no defect where severity == 1 and open", &defects, "yes", "no such defect found");
}

#[test]
fn what_stands_in_the_way_decides_though_other_things_are_unknown() {
    let benefits = "b1: {benefit: Less noise, due: 2026-10-01}\nb2: {benefit: Less dust}\nb3: {benefit: More light, due: 2026-10-01, owner: helena}\n";
    let benefits = [("benefits.yaml", benefits)];
    answers_with(
        "every benefit where due < 2026-12-01 has owner",
        &benefits,
        "partly",
        "1 of 2 benefits, not b1; benefit b2 has no due",
    );
    answers_with(
        "every benefit where due < 2026-12-01 has measure",
        &benefits,
        "no",
        "0 of 2 benefits, not b1 and b3; benefit b2 has no due",
    );
    answers_with("no benefit where due < 2026-12-01 and has owner", &benefits, "no", "1 benefit found: b3");
}

#[test]
fn values_that_are_alike_when_rounded_are_printed_with_the_digits_that_differ() {
    answers(
        "slip_left >= 80.1h",
        "no",
        "tolerance of time left 10 working days, at least 10.01 working days",
    );
    answers("exposure <= 10_099.99 EUR", "no", "exposure 10 100.00 EUR, at most 10 099.99 EUR");
    answers("complete > 0.01%", "no", "share complete 0 %, to be above 0.01 %");
}

#[test]
fn people_remark_on_what_is_computed_and_do_not_answer_it() {
    let criteria = "criteria:\n  it holds: open_risks == 0\nchecklist:\n  It holds.: {comment: We know, owner: helena}\n";
    let rows = rows(&report_with(criteria, &[]), GateId::G3);
    let row: Vec<&CheckRow> = rows.iter().filter(|row| row.criterion.starts_with("It holds")).collect();
    assert_eq!(row.len(), 1);
    assert_eq!((row[0].answer, row[0].computed), ("no", true));
    assert_eq!((row[0].remark.as_deref(), row[0].owner.as_deref()), (Some("We know"), Some("Helena")));
}

#[test]
fn criteria_of_the_portfolio_are_asked_of_every_project() {
    let folder = Folder::from_memory(vec![
        ("portfolio.yaml", "title: Demo\ncriteria:\n  G3: {nothing is late: finish_slip <= 0d}\n"),
        ("projects/one/project.yaml", PROJECT),
        ("projects/one/plan.yaml", PLAN),
    ]);
    let report = pipeline::compute(&folder, Diagnostics::default(), &Options::default());
    let rows = rows(&report, GateId::G3);
    let row = rows.iter().find(|row| row.criterion == "Nothing is late").unwrap();
    assert_eq!((row.answer, row.computed), ("yes", true));
}

/// What the program asks at a gate is what its list says, in every project and on every day of the sample.
#[test]
fn the_list_of_criteria_is_what_the_documents_ask() {
    let report = crate::sample::report();
    let (map, address) = (SiteMap::default(), Address::portfolio());
    let mut asked = Vec::new();
    for project in &report.projects {
        let desk = Here { report, map: &map, address: &address }.desk(project);
        for gate in GateId::ALL {
            for criterion in document_of(gate).criteria(&desk) {
                let built_in = criterion.criterion;
                assert!(built_in.gates().contains(&gate), "{built_in:?} is asked at {gate}");
                asked.push(built_in);
            }
        }
    }
    let of_all = [BuiltIn::EarlierGatesPassed, BuiltIn::EarlierConditionsMet];
    for built_in in BuiltIn::ALL.iter().filter(|one| !of_all.contains(one)) {
        assert!(asked.contains(built_in), "{built_in:?} is never asked");
    }
    for gate in GateId::ALL {
        assert_eq!(document_of(gate).gate(), gate);
        assert_eq!(DOCUMENTS.iter().filter(|document| document.kind() == gate.key()).count(), 1);
    }
}

/// Every figure that has a value opens to its explanation in some project of the sample.
#[test]
fn figures_of_statements_are_explained() {
    let report = crate::sample::report();
    let (map, address) = (SiteMap::default(), Address::portfolio());
    let mut unexplained: Vec<&str> = Vec::new();
    for figure in FigureName::ALL {
        let is_explained = report.projects.iter().any(|project| {
            let desk = Here { report, map: &map, address: &address }.desk(project);
            let book = milepost::page::explain::book(&desk, None);
            project.reading(*figure).is_some()
                && keys(&desk, *figure).iter().any(|key| book.get(key).is_some())
        });
        if !is_explained {
            unexplained.push(figure.name());
        }
    }
    // Requests are counted on their page alone.
    assert_eq!(unexplained, ["open_requests"]);
}

/// A figure that always has a value says so, and one that may have none says why.
#[test]
fn figures_without_a_value_say_why() {
    let empty = Folder::from_memory(vec![
        ("project.yaml", "project: Demo\nstart: 2026-08-03\ncurrency: EUR\n"),
        ("plan.yaml", "execution:\n  build: {duration: 5d}\n"),
    ]);
    let report = pipeline::compute(&empty, Diagnostics::default(), &Options::default());
    for project in report.projects.iter().chain(&crate::sample::report().projects) {
        for figure in FigureName::ALL {
            let is_known = project.reading(*figure).is_some();
            assert!(is_known || !figure.unknown().is_empty(), "{} has no value", figure.name());
        }
    }
}

/// Every field that the reference lists can be read of every thing of the sample.
#[test]
fn things_have_the_fields_that_they_are_said_to_have() {
    let mut seen = Vec::new();
    for project in &crate::sample::report().projects {
        for thing in Thing::ALL {
            for item in project.items(*thing) {
                seen.push(*thing);
                for facts in thing.fields() {
                    let state = item.field(facts.field);
                    let is_fit = match facts.kind {
                        FieldKind::Flag => matches!(state, Some(FieldState::Flag(_))),
                        FieldKind::Filled => matches!(state, Some(FieldState::Filled(_))),
                        FieldKind::Value(_) => matches!(state, Some(FieldState::Value(_))),
                    };
                    assert!(is_fit, "{thing:?} {}: {:?} is {state:?}", item.name, facts.field);
                }
            }
        }
    }
    assert!(Thing::ALL.iter().all(|thing| seen.contains(thing)), "the sample has one of each");
}

/// `docs/figures.md` is written from the catalogue of figures.
#[test]
fn the_reference_of_figures_is_fresh() {
    crate::house::hold_fresh("docs/figures.md", &milepost::statement::reference());
}

/// The statements that the reference shows are statements.
#[test]
fn the_examples_of_the_reference_are_statements() {
    let text = milepost::statement::reference();
    let (_, block) = text.split_once("criteria:\n").unwrap();
    let (block, _) = block.split_once("```").unwrap();
    let statements: Vec<&str> =
        block.lines().filter_map(|line| line.split_once(": ")).map(|(_, text)| text.trim()).collect();
    assert_eq!(statements.len(), 4);
    for statement in statements {
        assert!(milepost::statement::parse(statement).is_ok(), "{statement}");
    }
}

fn gate(arguments: &[&str], folder: &Path) -> Output {
    let program = env!("CARGO_BIN_EXE_milepost");
    Command::new(program).arg("gate").args(arguments).current_dir(folder).output().unwrap()
}

fn out(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

/// A project on the disk whose G1 asks for this alone beside what is asked for anyway.
fn on_disk(criteria: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("project.yaml"), PROJECT).unwrap();
    std::fs::write(folder.path().join("plan.yaml"), PLAN).unwrap();
    std::fs::create_dir(folder.path().join("gates")).unwrap();
    std::fs::write(folder.path().join("gates/G4.md"), format!("---\ngate: G4\n{criteria}---\n")).unwrap();
    folder
}

#[test]
fn gate_check_tells_by_its_exit_code_whether_a_gate_is_ready() {
    let folder = on_disk("criteria: {work is left: open_tasks > 0}\n");
    let unready = gate(&["check", "G4"], folder.path());
    assert_eq!(unready.status.code(), Some(1), "{unready:?}");
    let text = out(&unready);
    assert!(text.lines().all(|line| line.chars().count() <= 80), "{text}");
    assert!(text.contains("yes     computed  Work is left\n                  open_tasks > 0\n                  open tasks 2, to be above 0"), "{text}");
    let last = text.lines().rfind(|line| line.starts_with("not ready: ")).unwrap();
    assert!(last.contains("criteria not met: "), "{last}");

    // Everything that is asked for is covered by a condition.
    let json = gate(&["check", "G4", "--format", "json"], folder.path());
    let answer: serde_json::Value = serde_json::from_slice(&json.stdout).unwrap();
    assert_eq!(answer["ready"], false);
    let unmet: Vec<&str> = answer["criteria"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|row| !matches!(row["answer"].as_str().unwrap(), "yes" | "n.a."))
        .map(|row| row["criterion"].as_str().unwrap())
        .collect();
    assert!(!unmet.is_empty());
    let covers: Vec<String> = unmet.iter().map(|words| format!("\"{words}\"")).collect();
    std::fs::write(folder.path().join("resources.yaml"), PEOPLE).unwrap();
    std::fs::write(
        folder.path().join("gates/G4.md"),
        format!(
            "---\ngate: G4\nconditions:\n  - {{condition: A plan, owner: helena, due: 2026-09-30, covers: [{}]}}\n---\n",
            covers.join(", ")
        ),
    )
    .unwrap();
    let ready = gate(&["check", "G4"], folder.path());
    assert_eq!(ready.status.code(), Some(0), "{ready:?}");
    let last = out(&ready).lines().last().unwrap().to_owned();
    assert_eq!(last, format!("ready, with {} not met and covered by conditions", unmet.len()));
}

/// G4 said “No change waits for a decision: 0 waiting” while a change was made that nobody had decided on.
#[test]
fn the_gate_of_control_asks_whether_anything_was_changed_without_approval() {
    let folder = on_disk("");
    let answers = |words: &str| -> String {
        let json = gate(&["check", "G4", "--format", "json"], folder.path());
        let answer: serde_json::Value = serde_json::from_slice(&json.stdout).unwrap();
        let rows = answer["criteria"].as_array().unwrap();
        let row = rows.iter().find(|row| row["criterion"] == words).unwrap();
        row["answer"].as_str().unwrap().to_owned()
    };
    let asked = "Nothing was changed without approval";
    assert_eq!(answers(asked), "yes");
    std::fs::write(folder.path().join("changes.yaml"), "C1: {change: Another uplink, status: implemented}\n")
        .unwrap();
    assert_eq!(
        (answers(asked), answers("No change waits for a decision")),
        ("no".to_owned(), "yes".to_owned())
    );
    assert_eq!(answers("Every benefit is forecast anew"), "no");
}

#[test]
fn gate_check_could_not_run() {
    let folder = on_disk("");
    for (wanted, said) in [
        ("G2", "the project `"),
        ("G9", "there is no gate `G9`"),
        ("nobody/G4", "there is no project `nobody`"),
    ] {
        let output = gate(&["check", wanted], folder.path());
        assert_eq!(output.status.code(), Some(2), "{wanted}");
        assert!(String::from_utf8_lossy(&output.stderr).contains(said), "{wanted}: {output:?}");
    }
    let faulty = on_disk("criteria: {x: finish_slp <= 3d}\n");
    let output = gate(&["check", "G4"], faulty.path());
    assert_eq!(output.status.code(), Some(2));
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(said.contains("did you mean `finish_slip`?") && said.contains("gates/G4.md:3:"), "{said}");
    assert!(out(&output).is_empty());
}

#[test]
fn gate_figures_lists_what_can_be_named_with_its_value() {
    let folder = on_disk("");
    let plain = gate(&["figures"], folder.path());
    assert!(out(&plain).lines().any(|line| line.starts_with("finish_slip") && line.contains("working days")));
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let of_sample = gate(&["figures", "branch-network", "sample-project"], root);
    let text = out(&of_sample);
    let line = text.lines().find(|line| line.starts_with("finish_slip ")).unwrap();
    assert!(line.contains("34 working days") && line.ends_with("[branch-network/slip]"), "{line}");
}
