//! What is told of gates gone by: figures that are computed now, signatures that came later, and cases that were approved anew.

use milepost::diagnostic::Diagnostics;
use milepost::pipeline::{self, Options};
use milepost::report::Report;
use milepost::source::disk::Folder;

use crate::frozen_records::{branch_network, codes, done, edit, read, write};

/// The text of a page with every space an ordinary one.
fn page(report: &Report, path: &str) -> String {
    let site = pipeline::render(report, &std::collections::BTreeMap::new()).unwrap();
    let text = std::str::from_utf8(site.get(path).unwrap()).unwrap();
    text.replace(['\u{a0}', '\u{202f}', '\u{2009}'], " ")
}

const COMPUTED: &str = "are computed now from what the files say of";

/// G2 was decided in September; its document is not frozen, and the files are those of November.
#[test]
fn figures_of_a_gate_that_was_never_frozen_say_that_they_are_computed_now() {
    let scratch = branch_network();
    let folder = scratch.path();
    for name in ["project/gates/G3.html", "project/business-case.html"] {
        assert!(!page(&read(folder), name).contains(COMPUTED), "{name}: both gates are frozen");
    }
    std::fs::remove_file(folder.join("gates/frozen/G2-2026-09-21.yaml")).unwrap();
    for name in ["project/gates/G3.html", "project/business-case.html"] {
        let shown = page(&read(folder), name);
        assert!(
            shown.contains(&format!("The figures of G2 {COMPUTED} that day: nothing was frozen.")),
            "{name}"
        );
    }
    std::fs::remove_file(folder.join("gates/frozen/G1-2026-08-12.yaml")).unwrap();
    let shown = page(&read(folder), "project/business-case.html");
    assert!(shown.contains(&format!("The figures of G1 and G2 {COMPUTED} those days")), "{shown}");
    assert!(!page(&read(folder), "project/gates/G1.html").contains(COMPUTED), "no gate was before it");
}

/// 4 000 are expected in May. By the report of 13 March that is as it was then; of February nobody knows any more whether it was expected,
/// and what the plan says counts, as at a gate whose document is put together later.
#[test]
fn of_a_day_long_gone_money_that_is_expected_is_left_out() {
    let files = [
        (
            "project.yaml",
            "project: Demo\ncode: DM-1\nstart: 2026-02-02\ncurrency: EUR\nreporting: every 2w\n",
        ),
        ("plan.yaml", "execution:\n  build: {duration: 80d, cost: 3_000 EUR services}\n"),
        (
            "progress.csv",
            "status_date,task,actual_start,percent_complete\n2026-02-13,build,2026-02-02,10%\n2026-03-13,build,,30%\n",
        ),
        (
            "costs.csv",
            "date,type,category,task,amount,reference\n2026-03-02,forecast,services,build,500 EUR,\n\
             2026-05-04,forecast,services,build,4_000 EUR,\n",
        ),
    ];
    let folder = Folder::from_memory(files.to_vec());
    let rest = |day: &str| {
        let options = Options { as_of: Some(day.parse().unwrap()), ..Options::default() };
        let report = pipeline::compute(&folder, Diagnostics::default(), &options);
        let rest = &report.projects[0].control.bottom_up;
        (rest.expected.0, rest.unordered.0)
    };
    assert_eq!(rest("2026-03-13"), (400_000, 0));
    assert_eq!(rest("2026-02-27"), (450_000, 0), "the next report is due on 13 March");
    assert_eq!(rest("2026-02-13"), (0, 300_000));
}

const OPERATIONS: &str =
    "{role: operations_owner, person: marek,  decision: approve with conditions, date: 2026-09-21}";

/// G2 was decided on 21 September and frozen on 20 November; the newest report is of December.
#[test]
fn a_signature_that_came_after_freezing_is_told_with_its_day_and_is_no_edit() {
    let scratch = branch_network();
    let folder = scratch.path();
    write(folder, "updates/2026-12-04.md", "---\nstatus_date: 2026-12-04\n---\n");
    let words = ["Signed after the document was frozen", "though of an earlier day"];
    let untold = page(&read(folder), "project/gates/G2.html");
    assert!(!words.iter().any(|words| untold.contains(words)));
    let more = format!(
        "{OPERATIONS}\n  - {{role: supplier, person: tom, decision: approve, date: 2026-11-27}}\n  \
         - {{role: works_council, person: tom, decision: approve, date: 2026-10-02}}\n  \
         - {{role: auditor, person: tom, decision: approve, date: 2027-10-02}}"
    );
    edit(folder, "gates/G2.md", OPERATIONS, &more);
    let report = read(folder);
    let shown = page(&report, "project/gates/G2.html");
    let told = "Signed after the document was frozen on 20 Nov 2026: Supplier (Tom Okafor), approve, on 27 Nov 2026.";
    assert!(shown.contains(told), "{told}");
    let earlier = "Not in the document as it was frozen on 20 Nov 2026, though of an earlier day: Works council (Tom Okafor), \
                   approve, on 2 Oct 2026.";
    assert!(shown.contains(earlier), "{earlier}");
    assert!(!shown.contains("Auditor"), "nobody has signed in the future");
    assert!(!codes(&report).contains(&"W642"));
}

/// The support of the old system ends when the branches are handed over: approved for 20 November, it is promised for 11 January by the
/// second baseline. Nobody has said that the benefits are others, so the new baseline makes the case no better; typed for the new day, it
/// is what is typed.
#[test]
fn a_case_is_approved_anew_as_it_stands_by_the_day_that_its_benefits_are_typed_for() {
    for (typed, is_late) in [(None, true), (Some("2027-01-11"), false)] {
        let scratch = branch_network();
        let folder = scratch.path();
        for frozen in ["baselines", "snapshots", "gates/frozen"] {
            std::fs::remove_dir_all(folder.join(frozen)).unwrap();
        }
        done(&["baseline", "freeze", "B1", "--status-date", "2026-08-12"], folder);
        let living =
            |report: &Report| report.projects[0].control.case.as_ref().unwrap().living.clone().unwrap();
        edit(
            folder,
            "changes.yaml",
            "status: waiting for approval",
            "status: approved\n  decided: 2026-11-19",
        );
        if let Some(day) = typed {
            let expected = format!("benefits_expected: {day}\nbenefits_wait_for: G3");
            edit(folder, "business-case.yaml", "benefits_wait_for: G3", &expected);
        }
        let before = living(&read(folder));
        assert_eq!(before.now.days_late, 52, "as long as the first baseline is in force");
        done(&["baseline", "freeze", "B2", "--authorised-by", "C1"], folder);
        let text = std::fs::read_to_string(folder.join("baselines/B2.yaml")).unwrap();
        assert!(text.contains("benefits_expected: 2027-01-11"), "{text}");
        let after = living(&read(folder));
        assert_eq!(after.approved.figures.npv, after.planned.figures.npv, "on the day of its approval");
        assert_eq!(after.approved.benefits_day, after.now.benefits_day);
        assert_eq!(after.approved.days_late, 0);
        assert_eq!(after.now.days_late > 0, is_late);
        let shown = page(&read(folder), "project/business-case.html");
        assert!(shown.contains("not later"), "{shown}");
        assert_eq!(shown.contains("The benefits are typed for 20 Nov 2026"), is_late, "{shown}");
    }
}

/// A comment moves lines and decides nothing; neither does what came since, a waiver among it.
#[test]
fn a_comment_a_later_file_and_a_later_waiver_make_no_difference() {
    let scratch = branch_network();
    let folder = scratch.path();
    let before = |path: &str, line: &str| {
        let text = std::fs::read_to_string(folder.join(path)).unwrap();
        write(folder, path, &format!("{line}\n{text}"));
    };
    before("business-case.yaml", "# costs and benefits");
    before("risks.yaml", "# what may happen");
    edit(
        folder,
        "project.yaml",
        "waive:\n",
        "waive:\n  W304: {reason: Known, by: helena, until: 2027-12-31}\n",
    );
    edit(
        folder,
        "project.yaml",
        "waive:\n",
        "waive:\n  E690: {reason: Known, by: helena, until: 2027-12-31}\n",
    );
    let report = read(folder);
    assert!(!codes(&report).contains(&"W642"), "{:#?}", report.findings);
}

/// What is asked back are files that may have been edited, not those that only grew or came later.
#[test]
fn only_files_that_have_lost_a_line_are_asked_back() {
    let scratch = branch_network();
    let folder = scratch.path();
    edit(folder, "gates/G2.md", "for prices; the supplier", "for prices, the supplier");
    let costs = std::fs::read_to_string(folder.join("costs.csv")).unwrap();
    write(folder, "costs.csv", &(costs + "2026-11-19,actual,services,,70 EUR,INV-1,\n"));
    let report = read(folder);
    let found = report.findings.iter().find(|found| found.rule.code == "W642").unwrap();
    assert_eq!(found.hints, ["restore what was edited in `gates/G2.md`, or have the change decided"]);
}

/// Boards meet in the middle of weeks that are booked at their end. Hours, an invoice and a report of days before the decision that came
/// into the files later made the gate differ in dozens of places; an old row that is edited still does.
#[test]
fn what_is_booked_later_for_days_before_a_decision_makes_no_difference() {
    let scratch = branch_network();
    let folder = scratch.path();
    let append = |path: &str, line: &str| {
        let text = std::fs::read_to_string(folder.join(path)).unwrap();
        write(folder, path, &format!("{text}{line}\n"));
    };
    append("timesheets.csv", "2026-W38,tom,rfq,1d");
    append("costs.csv", "2026-09-10,actual,services,,70 EUR,INV-L,");
    let report = read(folder);
    assert!(!codes(&report).contains(&"W642"), "{:#?}", report.findings);
    edit(folder, "timesheets.csv", "2026-W38,anna,rfq,1d", "2026-W38,anna,rfq,3d");
    assert!(codes(&read(folder)).contains(&"W642"));
}

/// What is said of documents that differ.
fn differing(report: &Report) -> Vec<&str> {
    let found = report.findings.iter().filter(|found| found.rule.code == "W642");
    found.map(|found| found.message.as_str()).collect()
}

/// The one finding of a document that differs, with what helps.
#[track_caller]
fn edited(report: &Report) -> String {
    let found: Vec<_> = report.findings.iter().filter(|found| found.rule.code == "W642").collect();
    assert_eq!(found.len(), 1, "{found:#?}");
    format!("{} | {}", found[0].message, found[0].hints.join("; "))
}

/// Planning goes on after G1, and the board of G2 decides on what came of it. G1 is not asked back for that for the rest of the project;
/// an edit after G2 is.
#[test]
fn what_a_later_gate_has_taken_up_is_shown_at_the_earlier_and_no_finding() {
    let scratch = branch_network();
    let folder = scratch.path();
    std::fs::remove_file(folder.join("gates/frozen/G2-2026-09-21.yaml")).unwrap();
    edit(
        folder,
        "plan.yaml",
        "name: Staging and configuration\n    duration: 4d",
        "name: Staging and configuration\n    duration: 6d",
    );
    let said = edited(&read(folder));
    assert!(
        said.contains("`G1` differs in ") && said.contains("restore what was edited in `plan.yaml`"),
        "{said}"
    );
    done(&["gate", "freeze", "G2"], folder);
    let report = read(folder);
    assert!(!codes(&report).contains(&"W642"), "{:#?}", report.findings);
    let g1 = report.projects[0].decided.iter().find(|one| one.gate.to_string() == "G1").unwrap();
    assert!(!g1.differences.is_empty() && g1.differences.iter().all(|one| one.is_taken_up));
    let shown = page(&report, "project/gates/G1.html");
    assert!(
        shown.contains("What they rest on was filled in later or has been decided since, at a later gate or with a new baseline."),
        "{shown}"
    );
    let case = page(&report, "project/business-case.html");
    let differs = "The figures of G1 are computed now from what the files say of that day: what was frozen differs from them.";
    assert!(case.contains(differs), "{case}");
    edit(folder, "business-case.yaml", "when its switch fails", "when its router fails");
    let said = edited(&read(folder));
    assert!(said.contains("`G1` differs in ") && said.contains("when its router fails"), "{said}");
    assert!(said.contains("restore what was edited in `business-case.yaml`"), "{said}");
}

/// What is deleted leaves no line to trace. G1 to G4 are passed and frozen; no board had the case without this option before it.
#[test]
fn an_option_that_is_deleted_after_the_later_gate_is_found() {
    let scratch =
        crate::frozen_records::copy_of(&crate::frozen_records::sample().join("projects/one-service-desk"));
    let folder = scratch.path();
    assert!(!codes(&read(folder)).contains(&"W642"));
    let text = std::fs::read_to_string(folder.join("business-case.yaml")).unwrap();
    let mut is_inside = false;
    let without = text.lines().filter(|line| {
        if line.starts_with("  ") && !line.starts_with("   ") || !line.starts_with(' ') {
            is_inside = line.trim_start().starts_with("contractor:");
        }
        !is_inside
    });
    let without: Vec<&str> = without.collect();
    assert!(without.len() < text.lines().count());
    write(folder, "business-case.yaml", &(without.join("\n") + "\n"));
    let report = read(folder);
    let said = differing(&report);
    assert!(said.iter().any(|said| said.starts_with("`G1` differs")), "{said:?}");
}

/// Boards meet between two reports, and a forecast that moves on with the day alone was read as work that went badly. By hand: counted
/// from the report of 20 November the finish is 21 January; a week later, with nothing reported, all that is left begins a week later.
/// An edit of the plan since the report moves both and is no silence.
#[test]
fn between_two_reports_it_is_told_how_much_of_the_delay_is_silence() {
    let scratch = branch_network();
    let on = |day: &str| {
        let options = Options { as_of: Some(day.parse().unwrap()), ..Options::default() };
        let mut found = Diagnostics::default();
        let folder = Folder::read(scratch.path(), &mut found).unwrap();
        page(&pipeline::compute(&folder, found, &options), "project/index.html")
    };
    assert!(!on("2026-11-20").contains("No progress was reported since"));
    let shown = on("2026-11-27");
    let said = "No progress was reported since 20 Nov 2026, and what is left is counted from the end of 27 Nov 2026. Counted from \
                20 Nov 2026 the finish would be 21 Jan 2027, 5 working days sooner.";
    assert!(shown.contains(said), "{shown}");
    edit(
        scratch.path(),
        "plan.yaml",
        "duration: 5d\n    calendar: change-window\n    assign: [tom, sam]",
        "duration: 9d\n    calendar: change-window\n    assign: [tom, sam]",
    );
    let shown = on("2026-11-27");
    assert!(
        shown.contains("No progress was reported since 20 Nov 2026")
            && shown.contains(", 5 working days sooner."),
        "{shown}"
    );
}

/// After G2 the board approves a change of staging from four days to six, and the plan is frozen anew by it: G2 is not asked back for what was
/// changed by authority. The business case is no part of that.
#[test]
fn a_plan_that_was_changed_by_authority_is_no_difference() {
    let scratch = branch_network();
    let folder = scratch.path();
    let staging = "name: Staging and configuration\n    duration: ";
    edit(folder, "plan.yaml", &format!("{staging}4d"), &format!("{staging}6d"));
    assert!(codes(&read(folder)).contains(&"W642"));
    let changes = std::fs::read_to_string(folder.join("changes.yaml")).unwrap();
    let change = "C9:\n  change: Staging takes six days\n  requested_by: tom\n  submitted: 2026-11-16\n  tasks: [staging]\n  impact: {time: \
                  2d}\n  status: approved\n  decided: 2026-11-18\n  decided_by: helena\n";
    write(folder, "changes.yaml", &format!("{changes}{change}"));
    done(&["baseline", "freeze", "B2", "--authorised-by", "C9"], folder);
    let report = read(folder);
    assert!(!codes(&report).contains(&"W642"), "{:#?}", report.findings);
    let shown = page(&report, "project/gates/G2.html");
    assert!(shown.contains("at a later gate or with a new baseline."), "{shown}");
    edit(folder, "business-case.yaml", "when its switch fails", "when its router fails");
    let report = read(folder);
    let said = differing(&report);
    assert!(said.iter().any(|said| said.contains("when its router fails")), "{said:?}");
}

/// Max does ten days for the first project, from 2 to 13 March by its report of the 6th. The second one is levelled and needs him for five:
/// from the 16th to the 20th, on the day of its gate as today, and not from the 9th as if nobody else had work for him.
#[test]
fn a_levelled_project_works_around_the_others_at_its_gates_too() {
    let first = [
        ("projects/a/project.yaml", "project: First\nstart: 2026-03-02\ncurrency: EUR\n"),
        ("projects/a/plan.yaml", "execution:\n  x: {duration: 10d, assign: max}\n"),
        (
            "projects/a/progress.csv",
            "status_date,task,actual_start,percent_complete,remaining\n2026-03-06,x,2026-03-02,50%,5d\n",
        ),
        ("projects/a/updates/2026-03-06.md", "---\nstatus_date: 2026-03-06\n---\n"),
    ];
    let second = [
        ("people.yaml", "people:\n  max: {name: Max}\n  ada: {name: Ada}\n"),
        (
            "projects/b/project.yaml",
            "project: Second\nstart: 2026-03-02\ncurrency: EUR\nsponsor: ada\nschedule: {level: true}\n",
        ),
        (
            "projects/b/plan.yaml",
            "initiation:\n  G1: {gate: Go}\nexecution:\n  y: {duration: 5d, assign: max, after: G1}\n",
        ),
        (
            "projects/b/gates/G1.md",
            "---\ngate: G1\ndecision: approve\ndecided: 2026-03-06\nsignatures: [{role: sponsor, person: ada, decision: approve, date: \
             2026-03-06}]\n---\nGo.\n",
        ),
    ];
    let on = |report_of_second: &'static str| {
        let update = format!("---\nstatus_date: {report_of_second}\n---\n");
        let path = format!("projects/b/updates/{report_of_second}.md");
        let files = first.into_iter().chain(second).chain([(path.as_str(), update.as_str())]);
        let report = pipeline::compute(
            &Folder::from_memory(files.collect::<Vec<_>>()),
            Diagnostics::default(),
            &Options::default(),
        );
        let of_gate = report.projects[1].at_gates.values().map(|then| then.forecast.finish_day().to_string());
        (report.projects[1].forecast.finish_day().to_string(), of_gate.collect::<Vec<_>>())
    };
    assert_eq!(on("2026-03-06"), ("2026-03-20".to_owned(), vec!["2026-03-20".to_owned()]));
    // A week later nothing has begun, and the gate is still told as it was.
    assert_eq!(on("2026-03-13"), ("2026-03-20".to_owned(), vec!["2026-03-20".to_owned()]));
}

/// The board meets between two reports: the study was half done on 6 March, and five days are left. A row of the day of the gate says more.
#[test]
fn work_under_way_at_a_gate_between_two_reports_says_when_it_was_reported() {
    let shown = |more: &str| {
        let progress = format!(
            "status_date,task,actual_start,actual_finish,percent_complete,remaining\n2026-03-06,study,2026-03-02,,50%,5d\n{more}\
             2026-03-20,study,,2026-03-13,,\n"
        );
        let files = [
            ("project.yaml", "project: First\nstart: 2026-03-02\ncurrency: EUR\nsponsor: ada\n"),
            ("resources.yaml", "people: {ada: {name: Ada}}\n"),
            ("plan.yaml", "initiation:\n  study: {name: Study, duration: 10d}\n  G1: {gate: Go}\n"),
            ("progress.csv", &progress),
            (
                "gates/G1.md",
                "---\ngate: G1\ndecision: approve\ndecided: 2026-03-11\nsignatures: [{role: sponsor, person: ada, decision: approve, \
                 date: 2026-03-11}]\n---\nGo.\n",
            ),
            ("updates/2026-03-06.md", "---\nstatus_date: 2026-03-06\n---\n"),
            ("updates/2026-03-20.md", "---\nstatus_date: 2026-03-20\n---\n"),
        ];
        let folder = Folder::from_memory(files.to_vec());
        page(
            &pipeline::compute(&folder, Diagnostics::default(), &Options::default()),
            "project/gates/G1.html",
        )
    };
    let said = "Work under way is as last reported: “Study” on 6 Mar 2026. What was left of it then is laid after 11 Mar 2026";
    let page = shown("");
    assert!(page.contains(said), "{page}");
    assert!(!shown("2026-03-11,study,,,80%,2d\n").contains("as last reported"));
}

/// What normal life writes after G2: a risk is rated anew, a basis is written down. Neither is an edit of what the board had before it; a figure that is rewritten beside it still is.
#[test]
fn what_is_filled_in_after_a_gate_accuses_nobody() {
    let scratch = branch_network();
    let folder = scratch.path();
    edit(folder, "risks.yaml", "probability: 25%", "probability: 20%");
    edit(
        folder,
        "plan.yaml",
        "name: Staging and configuration\n    duration: 4d",
        "name: Staging and configuration\n    basis: As in the first branch\n    duration: 4d",
    );
    let report = read(folder);
    let g2 = report.projects[0].decided.iter().find(|one| one.gate.to_string() == "G2").unwrap();
    assert!(!g2.differences.is_empty(), "the document lists what is otherwise today");
    assert!(!codes(&report).contains(&"W642"), "{:#?}", differing(&report));
    edit(folder, "business-case.yaml", "when its switch fails", "when its router fails");
    assert!(codes(&read(folder)).contains(&"W642"));
}

/// G1 was decided before there was a baseline. B1 came with G2, and B2 by an approved change: what was planned anew in between and since is
/// no edit of what the boards had before them, nor is a condition that is done. What is edited in the decision itself is.
#[test]
fn one_normal_life_of_a_project_accuses_nobody() {
    let scratch = tempfile::tempdir().unwrap();
    let folder = scratch.path();
    let text = |path: &str| std::fs::read_to_string(folder.join(path)).unwrap();
    write(
        folder,
        "project.yaml",
        "project: Demo\nstart: 2026-08-03\ncurrency: EUR\nsponsor: ada\noperations_owner: bob\n",
    );
    write(
        folder,
        "resources.yaml",
        "people:\n  ada: {name: Ada King}\n  bob: {name: Bob Stone, rate: 50 EUR/h}\n",
    );
    write(
        folder,
        "plan.yaml",
        "initiation:\n  study: {duration: 3d, assign: bob}\n  G1: {gate: Initiation, after: study}\nplanning:\n  \
         design: {duration: 2d, assign: bob, after: G1}\n  G2: {gate: Planning, after: design}\nexecution:\n  build:\n    \
         duration: 10d\n    assign: bob\n    after: G2\n  G3: {gate: Readiness, after: build}\n",
    );
    write(
        folder,
        "risks.yaml",
        "R1:\n  risk: Rain\n  probability: 30%\n  impact: {cost: 1_000 EUR}\n  owner: bob\n  raised: 2026-08-03\n  reviewed: \
         2026-08-03\n",
    );
    let gate = |gate: &str, day: &str, more: &str| {
        let signature = |role: &str, person: &str| {
            format!("  - {{role: {role}, person: {person}, decision: approve, date: {day}}}\n")
        };
        let (sponsor, owner) = (signature("sponsor", "ada"), signature("operations_owner", "bob"));
        format!(
            "---\ngate: {gate}\ndecision: approve\ndecided: {day}\n{more}signatures:\n{sponsor}{owner}---\n\nAs asked.\n"
        )
    };
    let asked = "conditions:\n  - {condition: Count the losses, owner: bob, due: 2026-08-12}\n";
    let report =
        |day: &str| write(folder, &format!("updates/{day}.md"), &format!("---\nstatus_date: {day}\n---\n"));
    report("2026-08-05");
    write(folder, "gates/G1.md", &gate("G1", "2026-08-05", asked));
    done(&["gate", "freeze", "G1"], folder);
    let planned = text("plan.yaml").replace("duration: 10d", "duration: 12d");
    write(folder, "plan.yaml", &planned);
    report("2026-08-07");
    write(folder, "gates/G2.md", &gate("G2", "2026-08-07", "baseline: B1\n"));
    done(&["baseline", "freeze", "B1", "--authorised-by", "G2"], folder);
    done(&["gate", "freeze", "G2"], folder);
    assert!(!codes(&read(folder)).contains(&"W642"), "{:#?}", differing(&read(folder)));
    // Life goes on.
    report("2026-08-14");
    write(
        folder,
        "gates/G1.md",
        &text("gates/G1.md").replace("due: 2026-08-12", "due: 2026-08-12, done: 2026-08-11"),
    );
    write(folder, "plan.yaml", &planned.replace("    assign: bob", "    assign: bob\n    basis: Two offers"));
    let rated =
        text("risks.yaml").replace("30%", "10%").replace("reviewed: 2026-08-03", "reviewed: 2026-08-14");
    write(folder, "risks.yaml", &rated);
    write(folder, "handover.yaml", "items:\n  H1: {item: Runbook, kind: document, from: bob, to: ada}\n");
    let after = read(folder);
    assert!(!codes(&after).contains(&"W642"), "{:#?}", differing(&after));
    assert!(after.projects[0].decided.iter().any(|one| !one.differences.is_empty()), "the documents list it");
    // An edited estimate that nobody allowed is found; once a change allows it, it is not.
    write(folder, "plan.yaml", &text("plan.yaml").replace("duration: 12d", "duration: 15d"));
    // It was told once for each gate.
    let edited = read(folder);
    let told = differing(&edited);
    assert_eq!(told.len(), 1, "of G1 and of G2: {told:#?}");
    let both = "one edit makes 2 gates differ from what was decided: `G1`, decided on ";
    assert!(told[0].starts_with(both), "{told:#?}");
    for words in [" and `G2`, decided on ", ": `G1` › ", "; `G2` › ", "`plan.yaml:9`"] {
        assert!(told[0].contains(words), "`{words}` is not in: {}", told[0]);
    }
    let found = edited.findings.iter().find(|found| found.rule.code == "W642").unwrap();
    assert!(found.hints[0].contains("`plan.yaml`"), "{:?}", found.hints);
    assert_eq!(found.labels.len(), 1, "the record of G2");
    write(
        folder,
        "changes.yaml",
        "C1:\n  change: Build takes longer\n  requested_by: bob\n  submitted: 2026-08-10\n  tasks: [build]\n  impact: {time: 3d}\n  \
         status: approved\n  decided: 2026-08-12\n  decided_by: ada\n",
    );
    done(&["baseline", "freeze", "B2", "--authorised-by", "C1"], folder);
    let after = read(folder);
    assert!(!codes(&after).contains(&"W642"), "{:#?}", differing(&after));
    write(folder, "gates/G1.md", &text("gates/G1.md").replace("Count the losses", "Guess the losses"));
    assert_eq!(differing(&read(folder)).len(), 1);
}
