//! What the books of a project say, read from a folder in memory.

use crate::diagnostic::Diagnostics;
use crate::record::folder;
use crate::record::project_folder::ProjectFolder;
use crate::source::disk::Folder;

const PROJECT: &str = "project: P\nstart: 2026-08-03\ncurrency: EUR\n";

fn read(name: &str, text: &str) -> (ProjectFolder, Vec<String>) {
    let path = format!("projects/p/{name}");
    let files =
        vec![("projects/p/project.yaml", PROJECT), ("projects/p/plan.yaml", ""), (path.as_str(), text)];
    let mut found = Diagnostics::default();
    let mut record =
        folder::read(&Folder::from_memory(files), &crate::record::what_if::Changes::default(), &mut found);
    let said = found.iter().map(|d| format!("{}: {} | {}", d.rule.code, d.message, d.hints.join("; ")));
    (record.projects.remove(0), said.collect())
}

#[track_caller]
fn check(name: &str, text: &str, expected: &[&str]) -> ProjectFolder {
    let (books, said) = read(name, text);
    assert_eq!(said, expected);
    books
}

#[test]
fn a_risk_keeps_everything_its_author_wrote() {
    let books = check(
        "risks.yaml",
        "R1:\n  risk: Late hardware\n  probability: 70%\n  impact: {cost: 4_000 EUR / 6_500 EUR / 9_000 EUR, time: 19d}\n  response: reduce\n  actions:\n    - {do: Second crew, owner: marek, due: 2026-11-25}\n  links: [order-hw, D-03]\n",
        &[],
    );
    let (id, risk) = &books.risks[0];
    assert_eq!(id.value.as_str(), "R1");
    assert_eq!(risk.actions[0].r#do.value, "Second crew");
    assert_eq!(risk.links.len(), 2);
}

#[test]
fn faults_of_a_risk_are_explained() {
    check(
        "risks.yaml",
        "R1:\n  risk: Late hardware\n  probability: 70\n  score: 12\n  respons: reduce\n  response: mitigate\n",
        &[
            "E124: `score` is not written here | type `probability` and `impact`; the score is computed from them",
            "E104: a risk has no field `respons` | write `response`",
            "E105: `70` is not a percentage from 0% to 100%, such as 40% | write `70%`",
            "E119: this risk has no `impact` | add `impact:` with `cost`, `time` or `quality`",
            "E105: `mitigate` is not a response: avoid, reduce, transfer, share, accept, exploit or enhance | write `reduce`",
        ],
    );
}

#[test]
fn columns_are_checked_once_and_cells_where_they_stand() {
    let books = check(
        "costs.csv",
        "date,type,categry,amount,reference\n2026-09-21,commitment,hardware,\"41,300 EUR\",PO-1\n2026-10-14,paid,,80 EUR,\n2026-10-15,actual,,80 EUR,\n",
        &[
            "E104: this table has no column `categry` | write `category`",
            "E105: `41,300 EUR` is not money with its currency, such as 12_500 EUR or 99.90 EUR | write `41_300 EUR` or `41.30 EUR`: a comma can mean either",
            "E105: `paid` is not a type of entry: budget, change, commitment, accrual, actual or forecast | write `actual`",
        ],
    );
    assert_eq!(books.costs.len(), 1);
    let (books, said) = read("timesheets.csv", "week,person,time\n2026-W33,tom,2d\n");
    assert_eq!(books.timesheets.len(), 0);
    assert!(said[0].starts_with("E119: this table has no column `task`"), "{said:?}");
    check(
        "timesheets.csv",
        "week,person,task,time\n2026-W33,tom,survey,2d\n2026-W33,tom,survey,2d\n",
        &["W130: this row stands in the table twice | remove one of them, or tell them apart by a note"],
    );
}

#[test]
fn flows_of_the_business_case_have_three_forms() {
    let books = check(
        "business-case.yaml",
        "rate: 8%\nrate_reason: Group rate\nhorizon: 2\noptions:\n  a:\n    name: Tag everything\n    costs:\n      capital: 96_000 EUR\n      running: [0 EUR, 14_000 EUR, 14_000 EUR]\n    benefits:\n      saved time: {years: [0 EUR, 24_000 EUR], cashable: false}\n",
        &[],
    );
    let case = books.business_case.unwrap();
    let option = &case.options[0].1;
    assert_eq!(option.costs[0].1.years.len(), 1);
    assert_eq!(option.costs[1].1.years.len(), 3);
    assert!(!option.benefits[0].1.cashable.unwrap().value);
}

#[test]
fn a_gate_page_has_fields_and_text() {
    let books = check(
        "gates/G2.md",
        "---\ngate: G2\ndecision: approve with conditions\ndecided: 2026-09-21\nauthorised: 107_432 EUR until G3\nchecklist:\n  funding confirmed: {answer: yes, evidence: FIN-118}\n  freeze considered: partly\n  rollback rehearsed:\n---\n\n## Basis of the plan\n",
        &[],
    );
    let page = &books.gates[0];
    assert_eq!(page.stem(), "G2");
    assert_eq!(page.record.checklist.len(), 3);
    assert!(page.record.checklist[2].1.answer.is_none());
    assert!(page.body.value.contains("Basis"));
    check(
        "gates/G2.md",
        "## Only text\n",
        &[
            "E119: `projects/p/gates/G2.md` does not begin with fields | begin the page with a line `---`, its fields, and a second line `---`",
        ],
    );
    check(
        "updates/2026-11-20.md",
        "---\nstatus_date: 2026-11-20\nstatus: green\n---\n",
        &[
            "E124: `status` is not written here | type `declared: green`, `amber` or `red` for your own judgement; the status is computed",
        ],
    );
}

#[test]
fn frozen_files_are_read_whole() {
    let books = check(
        "snapshots/2026-11-20.yaml",
        "status_date: 2026-11-20\nfinish: {baseline: 2026-12-02, forecast: 2027-01-21}\nmilestones: {G3: 2027-01-11}\nevm: {bac: 98_432 EUR}\nexposure: 1_720 EUR\ncolour: {computed: red, declared: amber}\nvalues: {spi: 0.80}\n",
        &[],
    );
    assert_eq!(books.snapshots[0].record.evm.as_ref().map(|evm| evm.bac.is_some()), Some(true));
    let books = check(
        "baselines/B1.yaml",
        "baseline: B1\napproved: 2026-08-12\nbac: 98_432 EUR\ntasks:\n  survey: {start: 2026-08-13, finish: 2026-08-26, duration: 10d, budget: 6_000 EUR, units: 14}\n",
        &[],
    );
    assert_eq!(books.baselines[0].record.tasks.len(), 1);
}
