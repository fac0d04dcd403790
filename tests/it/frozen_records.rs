//! Baselines, closed reports and gate documents: written once, by the command, and telling of every edit.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use milepost::control::Approval;
use milepost::diagnostic::Diagnostics;
use milepost::pipeline::{Options, compute};
use milepost::report::Report;
use milepost::source::disk::Folder;

pub fn milepost(arguments: &[&str], folder: &Path) -> Output {
    Command::new(env!("CARGO_BIN_EXE_milepost")).args(arguments).current_dir(folder).output().unwrap()
}

#[track_caller]
pub fn refused(arguments: &[&str], folder: &Path, words: &[&str]) {
    let output = milepost(arguments, folder);
    let text = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(2), "{text}");
    for word in words {
        assert!(text.contains(word), "`{word}` is not in: {text}");
    }
}

#[track_caller]
pub fn done(arguments: &[&str], folder: &Path) {
    let output = milepost(arguments, folder);
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
}

pub fn sample() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("sample-project")
}

pub fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let target = to.join(path.file_name().unwrap());
        if path.is_dir() {
            copy(&path, &target);
        } else {
            std::fs::copy(&path, &target).unwrap();
        }
    }
}

/// A project of the sample as it is, with what it shares with the others beside it.
pub fn copy_of(project: &Path) -> tempfile::TempDir {
    let scratch = tempfile::tempdir().unwrap();
    copy(project, scratch.path());
    for shared in ["people.yaml", "portfolio.yaml"] {
        std::fs::copy(sample().join(shared), scratch.path().join(shared)).unwrap();
    }
    scratch
}

/// The same without anything frozen.
fn thawed_of(project: &Path) -> tempfile::TempDir {
    let scratch = copy_of(project);
    for frozen in ["baselines", "snapshots", "gates/frozen"] {
        if scratch.path().join(frozen).exists() {
            std::fs::remove_dir_all(scratch.path().join(frozen)).unwrap();
        }
    }
    scratch
}

/// The branch network as it is.
pub fn branch_network() -> tempfile::TempDir {
    copy_of(&sample().join("projects/branch-network"))
}

/// The branch network without anything frozen.
fn thawed() -> tempfile::TempDir {
    thawed_of(&sample().join("projects/branch-network"))
}

/// A file that a command wrote into a project, and what must be asked to get it again.
struct Frozen {
    day: String,
    file: String,
    arguments: Vec<String>,
}

fn yaml_files(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = std::fs::read_dir(folder) else { return Vec::new() };
    entries.map(|entry| entry.unwrap().path()).collect()
}

/// What a project holds frozen, in the order of its days; of one day the baseline comes first.
fn frozen_of(project: &Path) -> Vec<Frozen> {
    let name = |path: &Path| path.file_stem().unwrap().to_str().unwrap().to_owned();
    let mut frozen = Vec::new();
    for path in yaml_files(&project.join("baselines")) {
        let text = std::fs::read_to_string(&path).unwrap();
        let field = |key: &str| {
            text.lines().find_map(|line| line.strip_prefix(key)).map(|value| value.trim().to_owned())
        };
        let day = field("frozen:").unwrap();
        let mut arguments = vec!["baseline".to_owned(), "freeze".to_owned(), name(&path)];
        arguments.extend(["--status-date".to_owned(), day.clone()]);
        if let Some(authority) = field("authorised_by:") {
            arguments.extend(["--authorised-by".to_owned(), authority]);
        }
        frozen.push(Frozen { day, file: format!("baselines/{}.yaml", name(&path)), arguments });
    }
    for path in yaml_files(&project.join("snapshots")) {
        let day = name(&path);
        let arguments = ["report", "close", "--status-date", &day].map(str::to_owned).to_vec();
        frozen.push(Frozen { file: format!("snapshots/{day}.yaml"), day, arguments });
    }
    frozen.sort_by(|left, right| (&left.day, &left.file).cmp(&(&right.day, &right.file)));
    // Documents of gates name every file they were made from, the other frozen records among them.
    frozen.extend(frozen_gates_of(project));
    frozen
}

fn frozen_gates_of(project: &Path) -> Vec<Frozen> {
    let mut frozen = Vec::new();
    for path in yaml_files(&project.join("gates/frozen")) {
        let text = std::fs::read_to_string(&path).unwrap();
        let field =
            |key: &str| text.lines().find_map(|line| line.strip_prefix(key)).unwrap().trim().to_owned();
        let day = field("frozen:");
        let arguments =
            ["gate", "freeze", &field("gate:"), "--status-date", &day].map(str::to_owned).to_vec();
        let file = format!("gates/frozen/{}", path.file_name().unwrap().to_str().unwrap());
        frozen.push(Frozen { day, file, arguments });
    }
    frozen.sort_by(|left, right| left.file.cmp(&right.file));
    frozen
}

pub fn write(folder: &Path, path: &str, text: &str) {
    let path = folder.join(path);
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(path, text).unwrap();
}

pub fn edit(folder: &Path, path: &str, from: &str, to: &str) {
    let path = folder.join(path);
    let text = std::fs::read_to_string(&path).unwrap();
    assert!(text.contains(from), "`{from}` is not in {}", path.display());
    std::fs::write(&path, text.replacen(from, to, 1)).unwrap();
}

pub fn read(folder: &Path) -> Report {
    let mut found = Diagnostics::default();
    let folder = Folder::read(folder, &mut found).unwrap();
    compute(&folder, found, &Options::default())
}

pub fn codes(report: &Report) -> Vec<&'static str> {
    report.findings.iter().map(|found| found.rule.code).collect()
}

/// Freezes a project anew and says which of its files differ; `UPDATE=1` puts them into the sample.
fn refrozen(project: &Path) -> Vec<String> {
    let scratch = thawed_of(project);
    let frozen = frozen_of(project);
    for one in &frozen {
        done(&one.arguments.iter().map(String::as_str).collect::<Vec<_>>(), scratch.path());
    }
    let update = std::env::var("UPDATE").is_ok_and(|value| value == "1");
    let mut differing = Vec::new();
    for one in frozen {
        let held = project.join(&one.file);
        let written = std::fs::read_to_string(scratch.path().join(&one.file)).unwrap();
        if update {
            std::fs::write(held, written).unwrap();
        } else if written != std::fs::read_to_string(&held).unwrap() {
            differing.push(held.display().to_string());
        }
    }
    differing
}

/// Every baseline and every closed report of the sample is what the commands write today. A new project needs each file once,
/// made by the command; from then on it is kept here.
#[test]
fn the_sample_holds_what_the_commands_write() {
    let projects: Vec<PathBuf> = std::fs::read_dir(sample().join("projects"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.is_dir())
        .collect();
    assert!(!frozen_of(&sample().join("projects/branch-network")).is_empty());
    assert_eq!(
        frozen_gates_of(&sample().join("projects/one-service-desk")).len(),
        4,
        "every decided gate is frozen"
    );
    let differing: Vec<String> = std::thread::scope(|scope| {
        let running: Vec<_> = projects.iter().map(|project| scope.spawn(|| refrozen(project))).collect();
        running.into_iter().flat_map(|project| project.join().unwrap()).collect()
    });
    assert!(
        differing.is_empty(),
        "{differing:#?}\nwhere the change is meant, `UPDATE=1 cargo test` freezes the sample again"
    );
}

#[test]
fn a_baseline_carries_the_case_that_was_approved() {
    let scratch = thawed();
    let folder = scratch.path();
    done(&["baseline", "freeze", "B1", "--status-date", "2026-08-12"], folder);
    let approved = |report: &Report| {
        let living = report.projects[0].control.case.as_ref().unwrap().living.as_ref().unwrap();
        (living.approved_by.clone(), living.approved.figures.npv)
    };
    let frozen = approved(&read(folder));
    assert!(
        matches!(&frozen.0, Approval::Frozen { baseline, .. } if baseline.as_str() == "B1"),
        "{frozen:?}"
    );
    // Whoever betters the case afterwards does not better what was approved.
    edit(folder, "business-case.yaml", "rate: 6%", "rate: 2%");
    assert_eq!(approved(&read(folder)), frozen);
}

/// The new baseline promises 103 328, and with that the case is approved. It used to carry 110 179.40, the trend of 79 120 spent for
/// 74 200 earned, which nobody has approved.
#[test]
fn a_new_baseline_carries_the_case_with_the_budget_that_it_promises() {
    let scratch = thawed();
    let folder = scratch.path();
    done(&["baseline", "freeze", "B1", "--status-date", "2026-08-12"], folder);
    edit(folder, "changes.yaml", "status: waiting for approval", "status: approved\n  decided: 2026-11-19");
    done(&["baseline", "freeze", "B2", "--authorised-by", "C1"], folder);
    let text = std::fs::read_to_string(folder.join("baselines/B2.yaml")).unwrap();
    assert!(text.contains("bac: 103_328 EUR") && text.contains("carried: 103_328 EUR"), "{text}");
    let living = read(folder).projects[0].control.case.as_ref().unwrap().living.clone().unwrap();
    assert_eq!(living.approved.carried, living.planned.carried);
    assert_eq!(living.approved.figures.npv, living.planned.figures.npv);
}

#[test]
fn nothing_is_frozen_twice_or_without_leave() {
    let scratch = thawed();
    let folder = scratch.path();
    done(&["baseline", "freeze", "B1", "--status-date", "2026-08-12"], folder);
    let before = std::fs::read(folder.join("baselines/B1.yaml")).unwrap();
    refused(&["baseline", "freeze", "B1"], folder, &["is frozen already", "under another name"]);
    assert_eq!(std::fs::read(folder.join("baselines/B1.yaml")).unwrap(), before);

    let candidates = "no gate was passed and no change approved since the baseline in force was frozen";
    refused(&["baseline", "freeze", "B2"], folder, &["`B1` is frozen already", candidates]);
    let with = |id: &'static str| ["baseline", "freeze", "B2", "--authorised-by", id];
    refused(&with("C1"), folder, &["`C1` was not approved by 2026-11-20", candidates]);
    refused(&with("C9"), folder, &["no gate or change `C9`", candidates]);
    for of_another_plan in ["G1", "G2"] {
        refused(&with(of_another_plan), folder, &["was decided about another plan", candidates]);
    }
    refused(&with("D-02"), folder, &["no gate or change `D-02`"]);
    refused(&["baseline", "freeze", "2nd"], folder, &["`2nd` is no name of a baseline", "such as B2"]);
    assert!(!folder.join("baselines/B2.yaml").exists());

    edit(folder, "changes.yaml", "status: waiting for approval", "status: approved\n  decided: 2026-11-19");
    done(&with("C1"), folder);
    let text = std::fs::read_to_string(folder.join("baselines/B2.yaml")).unwrap();
    assert!(
        text.contains("frozen: 2026-11-20\napproved: 2026-11-19\nauthorised_by: C1\ndigest: sha256:"),
        "{text}"
    );
    // What is done is promised as it was, what is left as it is forecast.
    assert!(text.contains("staging: {start: 2026-11-09, finish: 2026-11-13,"), "{text}");
    assert!(text.contains("\nfinish: 2027-01-21\nbac: 103_328 EUR\n"), "{text}");
}

/// The cabling of R1 became an issue on 16 November; two requests were asked in November.
#[test]
fn a_past_day_knows_what_was_open_on_it() {
    let report = read(&sample().join("projects/branch-network"));
    let registers = &report.projects[0].project.registers;
    let open = |day: &str| {
        let day = day.parse().unwrap();
        let risks = registers.risks.iter().filter(|risk| risk.is_open(day));
        let requests = registers.requests.iter().filter(|request| request.is_open(day));
        (risks.map(|risk| risk.id.to_string()).collect::<Vec<_>>(), requests.count())
    };
    let (then, now) = (open("2026-10-23"), open("2026-11-20"));
    assert!(then.0.contains(&"R1".to_owned()) && !now.0.contains(&"R1".to_owned()), "{then:?} {now:?}");
    assert_eq!((then.1, now.1), (0, 2));
}

/// What spans the project costs what it costs until the new finish, 34 working days later: 144 EUR on each of its days.
#[test]
fn a_new_baseline_pays_level_of_effort_for_its_new_span() {
    let scratch = thawed();
    let folder = scratch.path();
    done(&["baseline", "freeze", "B1", "--status-date", "2026-08-12"], folder);
    edit(folder, "changes.yaml", "status: waiting for approval", "status: approved\n  decided: 2026-11-19");
    done(&["baseline", "freeze", "B2", "--authorised-by", "C1"], folder);
    let line = |name: &str| {
        let text = std::fs::read_to_string(folder.join("baselines").join(name)).unwrap();
        let words: Vec<&str> = text.split_whitespace().collect();
        let all = words.join(" ");
        all.split('}').find(|task| task.contains("earned_value: loe")).unwrap().to_owned()
    };
    let (before, after) = (line("B1.yaml"), line("B2.yaml"));
    assert!(before.contains("duration: 88d, budget: 12_672 EUR"), "{before}");
    assert!(after.contains("duration: 122d, budget: 17_568 EUR"), "{after}");
}

/// What a baseline said of the business case: the file of today lasts shorter, is discounted higher and has other amounts.
#[test]
fn what_was_said_of_the_case_stands_whatever_is_typed_later() {
    let scratch = thawed();
    let folder = scratch.path();
    done(&["baseline", "freeze", "B1", "--status-date", "2026-08-12"], folder);
    let file = std::fs::read_to_string(folder.join("baselines/B1.yaml")).unwrap();
    let said = "  npv: 32_572.51 EUR\n  npv_cashable: 3_085.97 EUR\n  pv_costs: 116_123.93 EUR\n  pv_benefits: 148_696.44 EUR\n  \
                irr: [17.471%]\n  bcr: 1.28\n  discounted_payback: 3.621\n  life: 5\n";
    assert!(file.contains(said), "{file}");
    let approved = |folder: &Path| {
        let report = read(folder);
        let living = report.projects[0].control.case.as_ref().unwrap().living.clone().unwrap();
        assert!(
            matches!(&living.approved_by, Approval::Frozen { baseline, .. } if baseline.as_str() == "B1"),
            "{:?}",
            living.approved_by
        );
        let figures = living.approved.figures;
        (figures.npv, milepost::control::case_measures(&figures))
    };
    let then = approved(folder);
    for (was, is) in [
        ("rate: 6%", "rate: 9%"),
        ("    exposure: 6_000 EUR", "    life: 3\n    exposure: 6_000 EUR"),
        ("      hardware: [41_300 EUR]", "      hardware: [51_300 EUR]"),
    ] {
        edit(folder, "business-case.yaml", was, is);
        assert_eq!(approved(folder), then, "{is}");
    }
    // A file from before these were kept is read as it was: they follow from the amounts that it froze.
    let before: Vec<&str> = file.lines().filter(|line| !line.starts_with("digest")).collect();
    let before = before.join("\n") + "\n";
    std::fs::write(folder.join("baselines/B1.yaml"), before.replace(said, "  npv: 32_572.51 EUR\n")).unwrap();
    let (npv, measures) = approved(folder);
    assert_eq!((npv, measures.benefit_cost_ratio), (then.0, then.1.benefit_cost_ratio));
}

#[test]
fn a_report_is_closed_once_and_only_where_it_is_written() {
    let scratch = thawed();
    let folder = scratch.path();
    done(&["baseline", "freeze", "B1", "--status-date", "2026-08-12"], folder);
    let missing = ["there is no report of 2026-11-10", "updates/2026-11-10.md", "`status_date: 2026-11-10`"];
    refused(&["report", "close", "--status-date", "2026-11-10"], folder, &missing);
    done(&["report", "close"], folder);
    assert!(folder.join("snapshots/2026-11-20.yaml").exists());
    refused(&["report", "close"], folder, &["is frozen already", "in the next report"]);
}

#[test]
fn the_reports_of_all_projects_are_closed_together() {
    let scratch = tempfile::tempdir().unwrap();
    let root = scratch.path();
    let project = |folder: &str, plan: &str| {
        write(
            root,
            &format!("projects/{folder}/project.yaml"),
            &format!("project: {folder}\nstart: 2026-11-02\ncurrency: EUR\n"),
        );
        write(root, &format!("projects/{folder}/plan.yaml"), plan);
    };
    write(root, "portfolio.yaml", "title: All\n");
    for folder in ["a", "b", "c", "d"] {
        project(folder, "execution:\n  work: {name: Work, duration: 5d}\n");
    }
    for (folder, day) in [("a", "2026-11-06"), ("b", "2026-11-06"), ("c", "2026-11-13")] {
        write(
            root,
            &format!("projects/{folder}/updates/{day}.md"),
            &format!("---\nstatus_date: {day}\n---\nOn the way.\n"),
        );
    }
    done(&["report", "close", "--project", "b"], root);
    let kept = std::fs::read(root.join("projects/b/snapshots/2026-11-06.yaml")).unwrap();
    let output = milepost(&["report", "close"], root);
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    assert_eq!(output.status.code(), Some(0), "{said}{}", String::from_utf8_lossy(&output.stderr));
    assert!(
        said.contains("Report of 2026-11-06 of a is closed")
            && said.contains("Report of 2026-11-13 of c is closed"),
        "{said}"
    );
    assert!(!said.contains("of b") && said.contains("d: no report of"), "{said}");
    assert!(root.join("projects/c/snapshots/2026-11-13.yaml").exists());
    assert_eq!(std::fs::read(root.join("projects/b/snapshots/2026-11-06.yaml")).unwrap(), kept);
    // What cannot be relied on stays open, and does not keep the others open.
    for folder in ["a", "c"] {
        write(
            root,
            &format!("projects/{folder}/updates/2026-11-20.md"),
            "---\nstatus_date: 2026-11-20\n---\nOn the way.\n",
        );
    }
    project("a", "execution:\n  work: {name: Work, duration: 5d, after: wrok}\n");
    let output = milepost(&["report", "close"], root);
    let fault = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(1), "{fault}");
    assert!(fault.contains("a is not closed: the files hold 1 error"), "{fault}");
    assert!(root.join("projects/c/snapshots/2026-11-20.yaml").exists());
    assert!(!root.join("projects/a/snapshots/2026-11-20.yaml").exists());
}

#[test]
fn files_with_errors_are_not_frozen() {
    let scratch = thawed();
    let folder = scratch.path();
    edit(folder, "plan.yaml", "after: business-case", "after: busines-case");
    refused(&["baseline", "freeze", "B1"], folder, &["nothing is frozen", "mend them first"]);
    refused(&["report", "close"], folder, &["nothing is frozen"]);
    assert!(!folder.join("baselines").exists() && !folder.join("snapshots").exists());
}

/// What a check of one's own asks, the new baseline may be about to answer.
#[test]
fn a_check_that_is_not_kept_does_not_stand_in_the_way_of_a_baseline() {
    let scratch = thawed();
    let folder = scratch.path();
    write(
        folder,
        "project.yaml",
        &(std::fs::read_to_string(folder.join("project.yaml")).unwrap()
            + "checks:\n  early: finish <= 2026-08-20\n"),
    );
    assert!(codes(&read(folder)).contains(&"E690"));
    done(&["baseline", "freeze", "B1"], folder);
}

#[test]
fn of_several_projects_one_is_named() {
    let scratch = tempfile::tempdir().unwrap();
    for name in ["alpha", "beta"] {
        let path = |file: &str| format!("projects/{name}/{file}");
        write(scratch.path(), &path("project.yaml"), "project: Demo\nstart: 2026-08-03\ncurrency: EUR\n");
        write(
            scratch.path(),
            &path("plan.yaml"),
            "execution:\n  work: {duration: 5d, cost: 100 EUR other}\n",
        );
    }
    refused(
        &["baseline", "freeze", "B1"],
        scratch.path(),
        &["several projects", "name `alpha` or `beta` with `--project`"],
    );
    refused(&["baseline", "freeze", "B1", "--project", "gamma"], scratch.path(), &["no project `gamma`"]);
    done(&["baseline", "freeze", "B1", "--project", "beta"], scratch.path());
    assert!(scratch.path().join("projects/beta/baselines/B1.yaml").exists());
    assert!(!scratch.path().join("projects/alpha/baselines").exists());
    assert!(codes(&read(scratch.path())).contains(&"W614"), "nobody has allowed it yet");
}

#[test]
fn an_edit_of_the_plan_does_not_change_what_was_planned() {
    let scratch = tempfile::tempdir().unwrap();
    let folder = scratch.path();
    write(folder, "project.yaml", "project: Demo\nstart: 2026-08-03\ncurrency: EUR\n");
    let plan = "execution:\n  half: {duration: 10d, cost: 1_000 EUR other, earned_value: 50/50}\n  even: {duration: 10d, cost: 999.97 EUR other}\n  steps:\n    duration: 7d\n    cost: 500 EUR other\n    after: half\n    earned_value: {milestones: {\"One, two: three\": 40%, Rest: 60%}}\n  twin: {duration: 10d, cost: 300 EUR other, earned_value: apportioned even}\n";
    write(folder, "plan.yaml", plan);
    write(folder, "budget.yaml", "lines:\n  - {name: \"Licences: all\", amount: 1_234.56 EUR}\n");
    write(folder, "updates/2026-08-11.md", "---\nstatus_date: 2026-08-11\n---\n");
    write(
        folder,
        "progress.csv",
        "status_date,task,actual_start,actual_finish,percent_complete,units_done,remaining,note\n2026-08-11,half,2026-08-03,,40%,,,\n",
    );
    let typed = read(folder);
    done(&["baseline", "freeze", "B1", "--status-date", "2026-08-02"], folder);
    let frozen = read(folder);
    let curve = |report: &Report| report.projects[0].control.curve.days.clone();
    let value = |report: &Report| report.projects[0].control.total;
    assert_eq!(curve(&frozen), curve(&typed));
    assert_eq!(value(&frozen), value(&typed));

    edit(folder, "plan.yaml", "50/50", "0/100");
    edit(folder, "budget.yaml", "1_234.56 EUR", "9_999 EUR");
    write(folder, "calendar.yaml", "standard: {week: mon tue wed thu fri, closed: {2026-08-04: Holiday}}\n");
    let edited = read(folder);
    let planned = |report: &Report| {
        let days = curve(report).into_iter();
        days.filter(|point| point.date.to_string() != "2026-08-04")
            .map(|point| point.planned)
            .collect::<Vec<_>>()
    };
    assert_eq!(planned(&edited), planned(&typed));
    assert_eq!(value(&edited), value(&typed), "what was agreed is earned as agreed");
    assert!(!codes(&edited).contains(&"W610"));

    edit(folder, "baselines/B1.yaml", "bac: 4_034.53 EUR", "bac: 4_034.54 EUR");
    assert!(codes(&read(folder)).contains(&"W610"));
}

#[test]
fn a_gate_that_passes_with_a_baseline_approves_it() {
    let scratch = tempfile::tempdir().unwrap();
    let folder = scratch.path();
    write(folder, "project.yaml", "project: Demo\nstart: 2026-08-03\ncurrency: EUR\n");
    write(folder, "plan.yaml", "execution:\n  work: {duration: 5d, cost: 100 EUR other}\n");
    write(folder, "resources.yaml", "people:\n  ada: {name: Ada King}\n");
    done(&["baseline", "freeze", "B1"], folder);
    assert!(codes(&read(folder)).contains(&"W614"));
    let gate = "---\ngate: G2\nbaseline: B1\ndecision: approve\ndecided: 2026-08-05\n\
                signatures:\n  - {role: sponsor, person: ada, decision: approve, date: 2026-08-05}\n---\n";
    write(folder, "gates/G2.md", gate);
    let report = read(folder);
    assert!(!codes(&report).contains(&"W614") && !codes(&report).contains(&"W610"), "{:?}", codes(&report));
    let approved = report.projects[0].project.baselines[0].approved;
    assert_eq!(approved.map(|day| day.to_string()).as_deref(), Some("2026-08-05"));
}

/// The pages of the site that is built from a folder.
fn site(folder: &Path) -> tempfile::TempDir {
    let out = tempfile::tempdir().unwrap();
    let output = milepost(&["build", ".", "--out", out.path().to_str().unwrap()], folder);
    assert_ne!(output.status.code(), Some(2), "{}", String::from_utf8_lossy(&output.stderr));
    out
}

fn page(site: &tempfile::TempDir, name: &str) -> String {
    let text = std::fs::read_to_string(site.path().join("project").join(name)).unwrap();
    text.replace('\u{a0}', " ")
}

const ON_BASELINE: [&str; 10] = [
    "index.html",
    "budget.html",
    "schedule.html",
    "trends.html",
    "gates/G3.html",
    "gates/G4.html",
    "gates/G5.html",
    "explain.html",
    "explain/time.html",
    "explain/money.html",
];

#[test]
fn what_rests_on_an_edited_baseline_says_so() {
    let scratch = branch_network();
    let whole = site(scratch.path());
    for name in ON_BASELINE {
        assert!(!page(&whole, name).contains("class=\"banner\""), "{name} warns of nothing");
    }

    edit(scratch.path(), "baselines/B1.yaml", "finish: 2026-12-02\nbac", "finish: 2027-01-21\nbac");
    let edited = site(scratch.path());
    for name in ON_BASELINE {
        let text = page(&edited, name);
        assert!(
            text.contains("baseline B1 was edited after it was frozen: figures that rest on it"),
            "{name}"
        );
        assert!(text.contains("quality.html#edited-B1"), "{name}");
    }
    assert!(page(&edited, "quality.html").contains("id=\"edited-B1\""));
    let portfolio = std::fs::read_to_string(edited.path().join("index.html")).unwrap();
    assert!(portfolio.contains("Branch Network Refresh: baseline B1 was edited"));
    assert!(codes(&read(scratch.path())).contains(&"W631"), "its finish is not that of its last task");

    edit(scratch.path(), "baselines/B1.yaml", "digest: sha256", "# sha256");
    assert!(page(&site(scratch.path()), "budget.html").contains("baseline B1 has lost the digest"));
}

#[test]
fn trends_warn_of_edited_reports_and_of_lost_digests() {
    let scratch = branch_network();
    edit(scratch.path(), "snapshots/2026-10-09.yaml", "exposure: ", "exposure: 1");
    edit(scratch.path(), "snapshots/2026-11-06.yaml", "digest: sha256", "# sha256");
    let text = page(&site(scratch.path()), "trends.html");
    assert!(
        text.contains("the frozen reports of 9 Oct 2026 and 6 Nov 2026 were edited afterwards"),
        "{text}"
    );
    assert!(
        text.contains("quality.html#edited-2026-10-09") && text.contains("quality.html#edited-2026-11-06")
    );
}

/// The branch network with a second baseline on the day of the newest report.
fn rebaselined() -> tempfile::TempDir {
    let scratch = branch_network();
    let folder = scratch.path();
    edit(folder, "changes.yaml", "status: waiting for approval", "status: approved\n  decided: 2026-11-19");
    edit(folder, "plan.yaml", "    cost: 41_300 EUR hardware", "    cost: 42_300 EUR hardware");
    done(&["baseline", "freeze", "B2", "--authorised-by", "C1"], folder);
    scratch
}

/// A line of the plan is gone and the new baseline was allowed: nobody is asked for what the plan moves, only for the criterion that was
/// rewritten beside it.
#[test]
fn what_a_new_baseline_moved_is_not_told_beside_another_edit() {
    let scratch = branch_network();
    let folder = scratch.path();
    edit(folder, "changes.yaml", "status: waiting for approval", "status: approved\n  decided: 2026-11-19");
    edit(folder, "plan.yaml", "    assign: lea\n", "");
    done(&["baseline", "freeze", "B2", "--authorised-by", "C1"], folder);
    let told = |folder: &Path| -> Vec<(String, Vec<String>)> {
        let report = read(folder);
        let found = report.findings.iter().filter(|found| found.rule.code == "W642");
        found.map(|found| (found.message.clone(), found.hints.clone())).collect()
    };
    assert_eq!(told(folder), []);
    edit(folder, "deliverables.yaml", "No business hour lost,  ", "One business hour lost,  ");
    let beside = told(folder);
    assert!(!beside.is_empty());
    for (message, hints) in beside {
        assert!(message.contains("One business hour lost") && !message.contains("EUR"), "{message}");
        assert_eq!(hints, ["restore what was edited in `deliverables.yaml`, or have the change decided"]);
    }
    // A line that is gone leaves nothing to trace it by, and is found all the same.
    edit(folder, "deliverables.yaml", "One business hour lost,  ", "No business hour lost,  ");
    edit(folder, "budget.yaml", "management_reserve: 5_000 EUR    # unknowns, the sponsor releases it\n", "");
    let lost = told(folder);
    assert!(
        lost.iter().any(|(_, hints)| hints.iter().any(|hint| hint.contains("`budget.yaml`"))),
        "{lost:?}"
    );
}

#[test]
fn another_baseline_is_told_wherever_a_report_is_compared() {
    let scratch = rebaselined();
    let report = read(scratch.path());
    let project = &report.projects[0];
    let known = project.rebaselined_since(Some(&"B1".parse().unwrap())).unwrap();
    let effect = known.effect.unwrap();
    let whole = |amount: milepost::quantity::Amount| amount.0 / 100;
    // The same day by both: the order that was earned in full is worth 1 000 more by the second, and level of effort goes on for 34
    // days more at 144 EUR, none of which is earned yet.
    assert_eq!((whole(effect.budget.before), whole(effect.budget.after)), (98_432, 104_328));
    assert_eq!((whole(effect.earned.before), whole(effect.earned.after)), (74_200, 75_200));
    assert_eq!(effect.promised.after.to_string(), "2027-01-21");
    assert!(effect.colours.iter().any(|one| one.dimension == Some(milepost::control::DimensionKind::Time)));
    assert_eq!(project.rebaselined_since(Some(&"B2".parse().unwrap())), None);
    let gone = project.rebaselined_since(Some(&"B0".parse().unwrap())).unwrap();
    assert_eq!((gone.effect, gone.to.as_str()), (None, "B2"));

    let built = site(scratch.path());
    for name in ["index.html", "journal.html"] {
        let text = page(&built, name);
        assert!(text.contains("Re-baselined B1 → B2 on 19 Nov 2026 by C1."), "{name}");
        assert!(text.contains("EV is now measured against B2: BAC"), "{name}");
        assert!(text.contains("promised finish 2 Dec 2026 → 21 Jan 2027"), "{name}");
    }
    let trends = page(&built, "trends.html");
    assert!(trends.contains("Measured against B2 since 20 Nov 2026."));
    assert!(trends.contains("B2 20 Nov"), "the charts mark the day");
    let sample_site = branch_network();
    let unchanged = site(sample_site.path());
    assert!(!page(&unchanged, "index.html").contains("Re-baselined"));
    assert!(!page(&unchanged, "trends.html").contains("Measured against B"));
}

#[test]
fn a_later_gate_is_not_asked_for_before_the_earlier_one_is_passed() {
    let scratch = branch_network();
    let built = site(scratch.path());
    let fourth = page(&built, "gates/G4.html");
    assert!(fourth.contains("Not before G3 is passed: declare Branch Network Refresh ready for closing"));
    assert!(fourth.contains("G3 is open, forecast for 11 Jan 2027. Gates are passed in their order."));
    assert!(fourth.contains("Every earlier gate has been passed"));
    assert!(!page(&built, "gates/G3.html").contains("Not before"));
    assert!(page(&built, "gates.html").contains("waits for G3 and G4"));
}

#[test]
fn responses_bring_the_threats_down_on_the_day_they_are_due() {
    use milepost::control::PlannedReduction;
    let scratch = branch_network();
    let reduction = |folder: &Path| {
        let report = read(folder);
        let project = &report.projects[0];
        PlannedReduction::of(&project.project.registers, project.status_date)
    };
    let days = |reduction: &PlannedReduction| -> Vec<(String, i64)> {
        reduction.steps.iter().map(|(day, sum)| (day.to_string(), sum.0 / 100)).collect()
    };
    let planned = reduction(scratch.path());
    assert_eq!(days(&planned), [("2026-11-20".to_owned(), 5_550), ("2026-11-25".to_owned(), 1_720)]);
    assert!(planned.undated.is_empty());
    // A response whose day is past is no plan any more.
    edit(scratch.path(), "risks.yaml", "due: 2026-11-25", "due: 2026-11-18");
    let late = reduction(scratch.path());
    assert_eq!(days(&late), [("2026-11-20".to_owned(), 5_550)]);
    assert_eq!(late.undated.len(), 1);
}
