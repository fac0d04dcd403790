//! What two pages, or a page and a file, say of one thing: the same, be it that nothing can be said.

use std::collections::BTreeMap;

use milepost::diagnostic::Diagnostics;
use milepost::pipeline::{Options, compute, render};
use milepost::report::Report;
use milepost::source::disk::Folder;

use crate::frozen_records::{done, milepost, read, refused, write};
use crate::repository::Repository;
use crate::sample::computed_of;

const PROJECT: &str = "project: Small\nstart: 2027-01-04\ncurrency: EUR\ntolerance: {time: 5d, cost: 2_000 EUR}\nsponsor: sue\noperations_owner: ops\n";
const TEAM: &str = "roles: {eng: {rate: 500 EUR/d}}\npeople:\n  tom: {name: Tom Ray, role: eng}\n  sue: {name: Sue Board}\n  ops: {name: Olaf Ops}\n";
const PLAN: &str = "execution:\n  a: {name: A, duration: 20d, assign: tom}\n  b: {name: B, duration: 10d, assign: tom, after: a}\n";

/// A small project with some files more, or in place of its own.
fn computed(more: &[(&str, &str)]) -> Report {
    let own = [("project.yaml", PROJECT), ("resources.yaml", TEAM), ("plan.yaml", PLAN)];
    computed_of(&own, more)
}

/// A file of the site, with ordinary spaces.
#[track_caller]
fn file(report: &Report, path: &str) -> String {
    let bundle = render(report, &BTreeMap::new()).unwrap();
    let bytes = bundle.get(path).unwrap_or_else(|| panic!("no {path}"));
    std::str::from_utf8(bytes).unwrap().replace(['\u{a0}', '\u{202f}', '\u{2009}'], " ")
}

/// What stands on a page, without its marks.
#[track_caller]
fn words(page: &str) -> String {
    let mut words = String::new();
    for part in page.split('<') {
        let text = part.split_once('>').map_or("", |(_, text)| text);
        words.push_str(text);
        words.push(' ');
    }
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[track_caller]
fn has(text: &str, part: &str) {
    assert!(text.contains(part), "`{part}` is not in {text}");
}

fn codes(report: &Report) -> Vec<&'static str> {
    report.findings.iter().map(|found| found.rule.code).collect()
}

fn signed(gate: &str, decision: &str, day: &str, more: &str) -> String {
    format!(
        "---\ngate: {gate}\ndecision: {decision}\ndecided: {day}\n{more}signatures:\n  - {{role: sponsor, person: sue, decision: {decision}, date: {day}}}\n  \
         - {{role: operations_owner, person: ops, decision: {decision}, date: {day}}}\n---\nAgreed.\n"
    )
}

/// `a` is done on time, and until February nothing more is planned: each of those days fits.
#[test]
fn a_pace_that_is_not_defined_is_told_nowhere() {
    let plan = "execution:\n  a: {name: A, duration: 5d, assign: tom}\n  b: {name: B, duration: 5d, assign: tom, after: a, starts_not_before: 2027-02-01, because: room}\n";
    let progress = "status_date,task,actual_start,actual_finish,percent_complete\n2027-01-15,a,2027-01-04,2027-01-08,100%\n";
    let other = PROJECT.replace("Small", "Other");
    // The report of the 12th was closed when nobody looked for flat stretches.
    let closed = "status_date: 2027-01-12\nfinish: {baseline: 2027-02-05, forecast: 2027-02-05}\nevm: {bac: 5_000 EUR, pv: 2_500 EUR, ev: 2_500 EUR, ac: 0 EUR, es: 20, at: 7}\n";
    let report = compute(
        &Folder::from_memory(vec![
            ("portfolio.yaml", "title: Two\n"),
            ("people.yaml", TEAM),
            ("projects/p/project.yaml", PROJECT),
            ("projects/p/plan.yaml", plan),
            ("projects/p/progress.csv", progress),
            ("projects/p/snapshots/2027-01-12.yaml", closed),
            ("projects/q/project.yaml", other.as_str()),
            ("projects/q/plan.yaml", PLAN),
        ]),
        Diagnostics::default(),
        &Options::default(),
    );
    let page = file(&report, "index.html");
    assert!(!page.contains(">2.00<") && !page.contains("data-sort=\"2.0000\""), "{page}");
    let table = file(&report, "p/data/earned-value.csv");
    let head: Vec<&str> = table.lines().next().unwrap().split(',').collect();
    let place = |name: &str| head.iter().position(|one| *one == name).unwrap();
    for row in table.lines().skip(1) {
        let cells: Vec<&str> = row.split(',').collect();
        assert_eq!([cells[place("spi_t")], cells[place("spi_t_without_level_of_effort")]], ["", ""], "{row}");
        assert_eq!(cells[place("earned_schedule_days")], "20", "{row}");
    }
    assert_eq!(table.lines().count(), 3, "{table}");
}

/// Work is done and no cost is recorded: an estimate can be told neither of then nor of now.
#[test]
fn an_estimate_that_cannot_be_given_does_not_move() {
    let Some(repository) = Repository::new() else { return };
    let progress = |done: &str, left: &str| {
        format!(
            "status_date,task,actual_start,percent_complete,remaining\n2027-01-15,a,2027-01-04,{done},{left}\n"
        )
    };
    repository.write("project.yaml", PROJECT);
    repository.write("resources.yaml", TEAM);
    repository.write("plan.yaml", PLAN);
    repository.write("progress.csv", &progress("50%", "10d"));
    repository.commit("Ada", "2027-01-15", "Half");
    repository.write("progress.csv", &progress("60%", "8d"));
    repository.commit("Ada", "2027-01-16", "More");
    let said = |arguments: &[&str]| {
        let output = milepost(arguments, repository.path());
        String::from_utf8(output.stdout).unwrap().replace(['\u{a0}', '\u{202f}'], " ")
    };
    for format in ["text", "markdown"] {
        let told = said(&["diff", "HEAD~1", "--format", format]);
        let of_estimate: Vec<&str> =
            told.lines().filter(|line| line.to_lowercase().contains("estimate at completion")).collect();
        assert_eq!(of_estimate.len(), 1, "{told}");
        assert!(!of_estimate[0].contains("EUR"), "{told}");
    }
    let json = said(&["diff", "HEAD~1", "--format", "json"]);
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    let text = json.to_string();
    has(&text, "\"estimate\":null");
    assert!(!text.contains("estimate at completion −") && !text.contains("−1 000"), "{text}");
}

/// The document of a gate compares what its board has with what that of the gate before had: of neither is there an estimate.
#[test]
fn a_gate_document_compares_no_estimate_that_nobody_can_give() {
    let plan = PLAN.to_owned()
        + "  G4: {name: Ready, gate: Ready, after: b}\nclosing:\n  c: {name: C, duration: 5d, assign: tom, after: G4}\n  G5: {name: Closing, gate: Closing, after: c}\n";
    let progress = "status_date,task,actual_start,actual_finish,percent_complete\n2027-01-29,a,2027-01-04,2027-01-29,100%\n2027-02-12,b,2027-02-01,2027-02-12,100%\n";
    let (g4, g5) = (signed("G4", "approve", "2027-02-12", ""), "---\ngate: G5\n---\nTo come.\n");
    let report = computed(&[
        ("plan.yaml", plan.as_str()),
        ("progress.csv", progress),
        ("gates/G4.md", g4.as_str()),
        ("gates/G5.md", g5),
    ]);
    let page = words(&file(&report, "project/gates/G5.html"));
    has(&page, "Estimate at completion — no cost is recorded — no cost is recorded —");
}

/// G2 was decided and signed on 15 March, and the plan frozen with the next report, on the 19th: approved is it since the 15th.
#[test]
fn a_baseline_is_approved_on_the_day_of_the_decision() {
    let scratch = tempfile::tempdir().unwrap();
    let folder = scratch.path();
    let project = PROJECT.replace("2027-01-04", "2027-03-15");
    write(folder, "project.yaml", &project);
    write(folder, "resources.yaml", TEAM);
    let gates = "initiation:\n  G1: {name: Mandate, gate: Mandate}\nplanning:\n  G2: {name: Plan, gate: Plan, after: G1}\n";
    write(
        folder,
        "plan.yaml",
        &format!("{gates}{}", PLAN.replace("assign: tom}", "assign: tom, after: G2}")),
    );
    write(folder, "gates/G1.md", &signed("G1", "approve", "2027-03-15", ""));
    write(folder, "gates/G2.md", &signed("G2", "approve", "2027-03-15", "baseline: B1\n"));
    write(
        folder,
        "progress.csv",
        "status_date,task,actual_start,percent_complete,remaining\n2027-03-19,a,2027-03-16,20%,16d\n",
    );
    done(&["baseline", "freeze", "B1", "--authorised-by", "G2"], folder);
    let text = std::fs::read_to_string(folder.join("baselines/B1.yaml")).unwrap();
    has(&text, "frozen: 2027-03-19\napproved: 2027-03-15\nauthorised_by: G2\n");
    let told = |report: &Report| {
        let page = words(&file(report, "project/index.html"));
        has(&page, "baseline B1, approved 15 Mar 2027 by Sue Board and Olaf Ops (G2), frozen 19 Mar 2027");
        let document = words(&file(report, "project/gates/G2.html"));
        has(&document, "A baseline is frozen B1, 15 Mar 2027, frozen 19 Mar 2027 Yes");
        assert_eq!(report.projects[0].control.reference.baseline_id().unwrap().as_str(), "B1");
    };
    told(&read(folder));
    // Older files give the day of freezing as that of the approval: the gate knows better.
    let older = text.replace("approved: 2027-03-15", "approved: 2027-03-19");
    write(folder, "baselines/B1.yaml", &older);
    told(&read(folder));
}

/// Before it was frozen nobody was measured by it.
#[test]
fn a_baseline_that_was_frozen_after_its_approval_is_in_force_from_then_on() {
    let report = computed(&[
        ("gates/G2.md", &signed("G2", "approve", "2027-01-08", "baseline: B1\n")),
        (
            "baselines/B1.yaml",
            "baseline: B1\nfrozen: 2027-01-15\napproved: 2027-01-08\nauthorised_by: G2\ntasks:\n  a: {start: 2027-01-04, finish: 2027-01-29, budget: 10_000 EUR}\n",
        ),
    ]);
    let project = &report.projects[0].project;
    let on = |day: &str| project.baseline_as_of(day.parse().unwrap()).map(|one| one.id.to_string());
    assert_eq!((on("2027-01-14"), on("2027-01-15")), (None, Some("B1".to_owned())));
}

/// The board decided on 8 January and the plan was frozen on the 15th with the gate as its authority; the page of the gate names no
/// baseline. On the 12th nothing is frozen yet, and every page says what comes.
#[test]
fn a_baseline_that_is_approved_and_not_frozen_yet_is_told_alike() {
    let plan = "planning:\n  G2: {name: Plan, gate: Plan}\n".to_owned()
        + &PLAN.replace("assign: tom}", "assign: tom, after: G2}");
    let gate = signed("G2", "approve", "2027-01-08", "");
    let baseline = "baseline: B1\nfrozen: 2027-01-15\napproved: 2027-01-08\nauthorised_by: G2\ntasks:\n  a: {start: 2027-01-11, finish: 2027-02-05, budget: 10_000 EUR}\n";
    let on = |day: &str| {
        let files = [
            ("project.yaml", PROJECT),
            ("resources.yaml", TEAM),
            ("plan.yaml", plan.as_str()),
            ("gates/G2.md", gate.as_str()),
            ("baselines/B1.yaml", baseline),
        ];
        let options = Options { as_of: Some(day.parse().unwrap()), ..Options::default() };
        compute(&Folder::from_memory(files.to_vec()), Diagnostics::default(), &options)
    };
    let report = on("2027-01-12");
    let page = |name: &str| words(&file(&report, name));
    let told = "baseline B1 is approved, and frozen on 15 Jan 2027";
    has(&page("project/index.html"), told);
    assert!(!page("project/index.html").contains("no baseline"), "{}", page("project/index.html"));
    let quality = page("project/quality.html");
    has(&quality, &format!("none yet: {told}; until then everything is measured against the plan as typed"));
    has(&quality, "approved and frozen later");
    has(&page("project/gates/G2.html"), "A baseline is frozen B1, 8 Jan 2027, frozen 15 Jan 2027 Yes");
    let quality = words(&file(&on("2027-01-15"), "project/quality.html"));
    has(&quality, "1 baseline, approved at a gate");
}

/// What somebody wrote that follows if nobody answers is what readers must know of a decision that waits.
#[test]
fn what_silence_leads_to_stands_on_the_first_screen_as_it_is_written() {
    let decisions = "D1:\n  question: Buy or rent?\n  needed_by: 2027-01-20\n  options: {buy: Buy it, rent: Rent it}\n  \
                     consequences: Without an answer the licence ends on 31 January and the shops stand still\n";
    let report = computed(&[
        ("decisions.yaml", decisions),
        (
            "progress.csv",
            "status_date,task,actual_start,percent_complete,remaining\n2027-01-15,a,2027-01-04,50%,10d\n",
        ),
    ]);
    for page in ["index.html", "project/index.html"] {
        let page = file(&report, page);
        let told = words(&page);
        has(
            &told,
            "If nobody answers Without an answer the licence ends on 31 January and the shops stand still",
        );
        assert!(!told.contains("If nobody answers no answer") && !page.contains("All 3 options"), "{told}");
    }
}

const STOPPED: &str = "execution:\n  G2: {name: Begin, gate: Begin}\n  a: {name: A, duration: 20d, assign: tom, after: G2}\n  b: {name: B, duration: 10d, assign: tom, after: a}\n  \
                       G3: {name: Ready, gate: Ready, after: b}\nclosing:\n  c: {name: C, duration: 5d, assign: tom, after: G3}\n  G5: {name: Closing, gate: Closing, after: c}\n";

/// Stopped at G3 on 15 January and looked at in March: nothing is late any more, and no check can be kept.
#[test]
fn a_stopped_project_has_no_slip_and_fails_no_check() {
    let project = PROJECT.to_owned() + "checks: {slip: finish_slip <= 10d}\n";
    let gates = [
        ("gates/G1.md", signed("G1", "approve", "2027-01-04", "")),
        ("gates/G2.md", signed("G2", "approve", "2027-01-04", "")),
        ("gates/G3.md", signed("G3", "stop", "2027-01-15", "")),
    ];
    let mut files = vec![
        ("project.yaml", project.as_str()),
        ("plan.yaml", STOPPED),
        (
            "baselines/B1.yaml",
            "baseline: B1\napproved: 2027-01-04\nfinish: 2027-02-15\nbac: 15_000 EUR\ntasks:\n  a: {start: 2027-01-05, finish: 2027-02-01, budget: 10_000 EUR}\n  b: {start: 2027-02-02, finish: 2027-02-15, budget: 5_000 EUR}\n",
        ),
        (
            "progress.csv",
            "status_date,task,actual_start,percent_complete,remaining\n2027-01-15,a,2027-01-05,30%,14d\n",
        ),
        ("updates/2027-03-26.md", "---\nstatus_date: 2027-03-26\n---\nStopped.\n"),
    ];
    files.extend(gates.iter().map(|(path, text)| (*path, text.as_str())));
    let report = computed(&files);
    let found = codes(&report);
    for code in ["E690", "I691", "W409", "W410", "W411", "W412", "W608", "E302"] {
        assert!(!found.contains(&code), "{code} in {found:?}");
    }
    let json: serde_json::Value = serde_json::from_str(&file(&report, "project/project.json")).unwrap();
    let figures = json["measures"].as_array().or_else(|| json["figures"].as_array()).unwrap();
    assert!(figures.iter().all(|figure| figure["key"] != "slip"), "{figures:#?}");
}

/// What a closed project leaves open was handed over: nobody has to look at its risks any more.
#[test]
fn a_closed_project_has_no_register_to_keep() {
    let progress = "status_date,task,actual_start,actual_finish,percent_complete\n2027-01-29,a,2027-01-04,2027-01-29,100%\n2027-02-12,b,2027-02-01,2027-02-12,100%\n2027-06-30,b,2027-02-01,2027-02-12,100%\n";
    let g5 = signed("G5", "approve", "2027-02-12", "").replace(
        "signatures:\n",
        "signatures:\n  - {role: project_manager, person: tom, decision: approve, date: 2027-02-12}\n",
    );
    let risks =
        "R1: {risk: Rain, probability: 10%, impact: {cost: 100 EUR}, raised: 2027-01-05, owner: tom}\n";
    let project = PROJECT.to_owned() + "project_manager: tom\n";
    let files: [(&str, &str); 4] = [
        ("project.yaml", project.as_str()),
        ("progress.csv", progress),
        ("risks.yaml", risks),
        ("gates/G5.md", g5.as_str()),
    ];
    let report = computed(&files);
    assert!(report.projects[0].control.is_closed, "{:?}", codes(&report));
    assert!(!codes(&report).contains(&"W602"), "{:?}", codes(&report));
    assert!(codes(&computed(&files[..3])).contains(&"W602"));
}

/// The status date is that of the written report, though rows of progress name the same day.
#[test]
fn the_status_date_rests_on_the_report_that_sets_it() {
    let progress =
        "status_date,task,actual_start,percent_complete,remaining\n2027-01-15,a,2027-01-04,50%,10d\n";
    let update = "---\nstatus_date: 2027-01-15\n---\nAll well.\n";
    let report = computed(&[("progress.csv", progress), ("updates/2027-01-15.md", update)]);
    let page = file(&report, "project/explain/time.html");
    let entry = &page[page.find("id=\"status-date\"").unwrap()..];
    let entry = words(&entry[..entry.find("id=\"finish\"").unwrap_or(entry.len())]);
    has(&entry, "updates/2027-01-15.md:2");
    assert!(!entry.contains("progress.csv"), "{entry}");
}

/// Four changes are approved and none of them is in the plan; or all of them are, in a second baseline.
#[test]
fn scope_that_approved_changes_add_to_is_not_said_to_stand_still() {
    let changes = "C1: {change: More, submitted: 2027-01-05, status: approved, decided: 2027-01-08, decided_by: sue, impact: {cost: 9_000 EUR}}\n";
    let baseline = "baseline: B1\napproved: 2027-01-04\nbac: 15_000 EUR\ntasks:\n  a: {start: 2027-01-04, finish: 2027-01-29, budget: 10_000 EUR}\n  b: {start: 2027-02-01, finish: 2027-02-12, budget: 5_000 EUR}\n";
    let progress =
        "status_date,task,actual_start,percent_complete,remaining\n2027-01-15,a,2027-01-04,50%,10d\n";
    let report =
        computed(&[("changes.yaml", changes), ("baselines/B1.yaml", baseline), ("progress.csv", progress)]);
    let scope = &report.projects[0].control.health.dimension(milepost::control::DimensionKind::Scope).reason;
    let scope = scope.replace(['\u{a0}', '\u{202f}'], " ");
    assert_eq!(
        scope,
        "approved changes add 9 000 EUR, 60 % of the budget as first approved; nothing came in without approval"
    );
}

/// A loader costs more because the dollar rose; the risk that names it has not happened.
#[test]
fn a_risk_that_did_not_happen_is_no_cause_of_cost() {
    let files = |became: &str| {
        let risks = format!(
            "R1: {{risk: A is slow, probability: 10%, impact: {{cost: 100 EUR}}, raised: 2027-01-05, owner: tom, links: [a]{became}}}\n"
        );
        let issues = "I1: {issue: A is slow, raised: 2027-01-06, owner: tom}\n";
        let hours = "week,person,task,time\n2027-W01,tom,a,5d\n2027-W02,tom,a,5d\n2027-W03,tom,a,5d\n";
        let progress =
            "status_date,task,actual_start,percent_complete,remaining\n2027-01-22,a,2027-01-04,50%,10d\n";
        let report = computed(&[
            ("risks.yaml", risks.as_str()),
            ("issues.yaml", issues),
            ("timesheets.csv", hours),
            ("progress.csv", progress),
        ]);
        let bridge = &report.projects[0].control.bridge;
        let items = bridge.parts.iter().flat_map(|part| &part.items).filter(|item| item.task.is_some());
        items.flat_map(|item| item.because.iter().map(ToString::to_string)).collect::<Vec<_>>()
    };
    assert_eq!(files(""), Vec::<String>::new());
    assert_eq!(files(", became: I1"), ["R1"]);
}

/// 30 days of effort of two people, of which a report says that 10 working days are left: another duration moves no date, and makes nobody
/// work five days in one.
#[test]
fn a_what_if_that_a_report_overrides_prices_the_rest_as_before() {
    let scratch = tempfile::tempdir().unwrap();
    let folder = scratch.path();
    write(folder, "project.yaml", PROJECT);
    write(folder, "resources.yaml", &TEAM.replace("  sue:", "  ann: {name: Ann, role: eng}\n  sue:"));
    write(folder, "plan.yaml", "execution:\n  a: {name: A, effort: 30d, assign: [tom, ann]}\n");
    write(
        folder,
        "progress.csv",
        "status_date,task,actual_start,percent_complete,remaining\n2027-01-08,a,2027-01-04,33%,10d\n",
    );
    write(folder, "timesheets.csv", "week,person,task,time\n2027-W01,tom,a,5d\n2027-W01,ann,a,5d\n");
    let output = milepost(&["check", "--set", "tasks.a.duration=3d"], folder);
    let told = [output.stdout, output.stderr].concat();
    let told = String::from_utf8(told).unwrap().replace(['\u{a0}', '\u{202f}'], " ");
    has(&told, "so another duration moves no date");
    assert!(!told.contains("W502") && !told.contains("55 000"), "{told}");
}

/// The same person is listed for all projects and for one.
#[test]
fn a_person_who_is_listed_twice_is_told() {
    let people = "people:\n  tom: {name: Tom Ray}\n";
    let report = computed(&[("people.yaml", people)]);
    let found: Vec<_> = report.findings.iter().filter(|found| found.rule.code == "W668").collect();
    assert_eq!(found.len(), 1, "{:?}", codes(&report));
    let shared = "people:\n  ann: {name: Ann}\n";
    assert!(!codes(&computed(&[("people.yaml", shared)])).contains(&"W668"));
}

/// G4 was decided between two reports; the one that followed told what had been done by then. Both parts of the section know it.
#[test]
fn a_gate_document_has_one_state_of_then() {
    let Some(repository) = Repository::new() else { return };
    let plan = PLAN.to_owned()
        + "  G4: {name: Ready, gate: Ready, after: b}\nclosing:\n  c: {name: C, duration: 5d, assign: tom, after: G4}\n  G5: {name: Closing, gate: Closing, after: c}\n";
    let report = |day: &str| format!("---\nstatus_date: {day}\n---\nAll well.\n");
    repository.write("project.yaml", PROJECT);
    repository.write("resources.yaml", TEAM);
    repository.write("plan.yaml", &plan);
    let head = "status_date,task,actual_start,actual_finish,percent_complete,remaining\n";
    let first = format!("{head}2027-01-29,a,2027-01-04,2027-01-29,100%,\n2027-02-05,b,2027-02-01,,60%,4d\n");
    repository.write("progress.csv", &first);
    repository.write("updates/2027-02-05.md", &report("2027-02-05"));
    repository.commit("Ada", "2027-02-05", "Report");
    repository.write("gates/G4.md", &signed("G4", "approve", "2027-02-10", ""));
    repository.commit("Ada", "2027-02-10", "Decision");
    let second = first + "2027-02-12,b,2027-02-01,2027-02-10,100%,\n2027-02-12,c,2027-02-11,,40%,4d\n";
    repository.write("progress.csv", &second);
    repository.write("updates/2027-02-12.md", &report("2027-02-12"));
    repository.write("gates/G5.md", "---\ngate: G5\n---\nTo come.\n");
    repository.commit("Ada", "2027-02-12", "Report");
    let scratch = tempfile::tempdir().unwrap();
    let site = scratch.path().join("out");
    done(&["build", ".", "--out", site.to_str().unwrap()], repository.path());
    let page = std::fs::read_to_string(site.join("project/gates/G5.html")).unwrap();
    let page = words(&page.replace(['\u{a0}', '\u{202f}'], " "));
    let since = &page[page.find("Since G4 of 10 Feb 2027").unwrap()..];
    let told = since.split("Forecast finish ").nth(1).unwrap();
    let then: String = told.chars().take(11).collect();
    let below = &since[since.find("What changed in the files").unwrap()..];
    let below: String = below.chars().take(900).collect();
    has(&below, &format!("Closing (G5) {then} →"));
    refused(&["gate", "freeze", "G5"], repository.path(), &["G5"]);
}
