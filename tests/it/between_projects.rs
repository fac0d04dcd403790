//! Tasks that wait for those of other projects, through the program: dates, reasons, pages, and what is wrong.

use std::path::Path;
use std::process::{Command, Output};

fn milepost(arguments: &[&str], folder: &Path) -> Output {
    Command::new(env!("CARGO_BIN_EXE_milepost")).args(arguments).current_dir(folder).output().unwrap()
}

fn printed(arguments: &[&str], folder: &Path) -> String {
    String::from_utf8_lossy(&milepost(arguments, folder).stdout).replace('\u{a0}', " ")
}

fn told(arguments: &[&str], folder: &Path) -> String {
    String::from_utf8_lossy(&milepost(arguments, folder).stderr).into_owned()
}

fn project(folder: &Path, name: &str, plan: &str) {
    let home = folder.join("projects").join(name);
    std::fs::create_dir_all(&home).unwrap();
    let mandate = format!("project: {name} works\nstart: 2026-03-02\ncurrency: EUR\nproject_manager: m\n");
    std::fs::write(home.join("project.yaml"), mandate).unwrap();
    std::fs::write(home.join("resources.yaml"), "people:\n  m: {name: Max}\n").unwrap();
    std::fs::write(home.join("plan.yaml"), plan).unwrap();
}

const ALPHA: &str = "execution:
  build: {name: Build, duration: 10d, assign: m}
  adapt: {name: Adapt, duration: 5d, assign: m, after: [build, beta/trial]}
  done: {milestone: Alpha done, after: adapt}
";

const BETA: &str = "execution:
  prepare: {name: Prepare, duration: 5d, assign: m}
  trial: {name: Trial, duration: 8d, assign: m, after: [prepare, alpha/build]}
  handed-over: {milestone: Beta done, after: [trial, alpha/done +2d], because: papers are written}
";

/// Two projects of which each waits for the other: build, 2 to 13 March, then the trial of the other one to the 25th, then adapt to
/// 1 April, then two working days.
fn two_projects() -> tempfile::TempDir {
    let scratch = tempfile::tempdir().unwrap();
    project(scratch.path(), "alpha", ALPHA);
    project(scratch.path(), "beta", BETA);
    scratch
}

#[test]
fn projects_wait_for_each_other_back_and_forth() {
    let scratch = two_projects();
    assert_eq!(told(&["check", "."], scratch.path()).trim(), "no findings");
    let adapt = printed(&["why", "alpha/adapt", "."], scratch.path());
    assert!(adapt.starts_with("Adapt: 26 Mar – 1 Apr 2026"), "{adapt}");
    let reason =
        "waits for “Trial” of beta works, which is to finish on 25 Mar 2026  [projects/alpha/plan.yaml:3]";
    assert!(adapt.contains(reason), "{adapt}");
    let end = printed(&["why", "beta/handed-over", "."], scratch.path());
    assert!(end.starts_with("Beta done: 3 Apr 2026"), "{end}");
    assert!(end.contains("2 working days after: papers are written"), "{end}");
}

#[test]
fn a_change_in_one_project_moves_the_other() {
    let scratch = two_projects();
    let asked = ["why", "alpha/done", ".", "--set", "beta/tasks.trial.duration=10d"];
    let done = printed(&asked, scratch.path());
    assert!(done.contains("3 Apr 2026"), "{done}");
    // What was reported holds: the trial was done early.
    std::fs::write(
        scratch.path().join("projects/beta/progress.csv"),
        "status_date,task,actual_start,actual_finish,percent_complete\n2026-03-20,prepare,2026-03-02,2026-03-06,100%\n\
         2026-03-20,trial,2026-03-16,2026-03-20,100%\n",
    )
    .unwrap();
    let adapt = printed(&["why", "alpha/adapt", "."], scratch.path());
    assert!(adapt.contains("which finished on 20 Mar 2026"), "{adapt}");
    assert!(adapt.starts_with("Adapt: 23 Mar – 27 Mar 2026"), "{adapt}");
}

#[test]
fn pages_and_tables_name_the_task_of_the_other_project() {
    let scratch = two_projects();
    let built = milepost(&["build", ".", "--out", "site"], scratch.path());
    assert_eq!(built.status.code(), Some(0), "{}", String::from_utf8_lossy(&built.stderr));
    let read = |path: &str| std::fs::read_to_string(scratch.path().join("site").join(path)).unwrap();
    for (page, link) in [
        ("alpha/tasks/adapt.html", "href=\"../../beta/tasks/trial.html\""),
        ("beta/tasks/trial.html", "href=\"../../alpha/tasks/adapt.html\""),
        ("alpha/tasks/done.html", "href=\"../../beta/tasks/handed-over.html\""),
        ("index.html", "Waiting for each other"),
    ] {
        assert!(read(page).contains(link), "{page}: {link}");
    }
    let links = read("alpha/data/links.csv");
    assert!(links.lines().any(|line| line.starts_with("beta/trial,adapt,FS,")), "{links}");
    assert!(read("alpha/data/tasks.csv").contains("beta/trial") || links.contains("beta/trial"));
    assert!(read("alpha/plan.xml").contains("adapt: waits for tasks of other projects"));
}

#[test]
fn what_leads_nowhere_is_told_with_what_to_write() {
    let scratch = two_projects();
    let plan = "execution:
  a: {name: A, duration: 5d, assign: m, after: bta/trial}
  b: {name: B, duration: 5d, assign: m, after: [a, beta/trail]}
  c: {name: C, duration: 5d, assign: m, after: [b, alpha/a]}
  d: {milestone: D, after: c}
";
    project(scratch.path(), "alpha", plan);
    project(scratch.path(), "beta", "execution:\n  trial: {name: Trial, duration: 8d, assign: m}\n");
    let told = told(&["check", "."], scratch.path());
    for line in [
        "there is no project `bta` beside this one",
        "write `beta/trial`",
        "the project `beta` has no task `trail`",
        "`alpha/a` names a task of this project as one of another",
        "write `a`",
        "projects/alpha/plan.yaml:4:52",
    ] {
        assert!(told.contains(line), "{line}: {told}");
    }
    assert_eq!(told.matches("E102").count(), 3, "{told}");
}

#[test]
fn a_ring_through_two_projects_is_an_error_with_its_links() {
    let scratch = two_projects();
    project(scratch.path(), "beta", &BETA.replace("[prepare, alpha/build]", "[prepare, alpha/done]"));
    let told = told(&["check", "."], scratch.path());
    assert!(told.contains("E103"), "{told}");
    assert!(told.contains("alpha/adapt → alpha/done → beta/trial → alpha/adapt"), "{told}");
    assert!(told.contains("projects/beta/plan.yaml") && told.contains("projects/alpha/plan.yaml"), "{told}");
}

#[test]
fn a_project_that_cannot_be_read_holds_nothing_and_is_told_once() {
    let scratch = two_projects();
    project(scratch.path(), "beta", "execution:\n  trial: {name: Trial, duration: nonsense}\n");
    std::fs::write(scratch.path().join("projects/beta/project.yaml"), "project: [\n").unwrap();
    let told = told(&["check", "."], scratch.path());
    assert!(!told.contains("beta/trial") && !told.contains("E102"), "{told}");
}
