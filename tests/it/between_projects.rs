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
    // The preparation is five days before it would move the trial, and by way of the other project its own finish.
    let checked = told(&["check", "."], scratch.path()).replace('\u{a0}', " ");
    assert!(checked.contains("1 task near-critical: `prepare` (5 d)"), "{checked}");
    // Adapting waits for the build by way of the trial already.
    assert!(checked.contains("`adapt` waits for `build` already by way of `beta/trial`"), "{checked}");
    assert!(checked.contains("2 warnings, 1 remark in 2 files"), "{checked}");
    let adapt = printed(&["why", "alpha/adapt", "."], scratch.path());
    assert!(adapt.starts_with("Adapt: 26 Mar – 1 Apr 2026"), "{adapt}");
    let reason =
        "waits for “Trial” of beta works, which is to finish on 25 Mar 2026  [projects/alpha/plan.yaml:3]";
    assert!(adapt.contains(reason), "{adapt}");
    let end = printed(&["why", "beta/handed-over", "."], scratch.path());
    assert!(end.starts_with("Beta done: 3 Apr 2026"), "{end}");
    assert!(end.contains("2 working days after: papers are written"), "{end}");
}

/// Beta reported on 6 March that its trial, ten days from 2 March on, was half done, and not since: adapting begins on the 16th and ends on
/// the 20th. As of one day for both the five days of the trial would be left after the 13th, and alpha a week later.
#[test]
fn a_gate_is_checked_as_of_a_day_of_its_own_project() {
    let scratch = tempfile::tempdir().unwrap();
    let alpha = "execution:\n  adapt: {name: Adapt, duration: 5d, assign: m, after: beta/trial}\n  \
                 own: {name: Own, duration: 10d, assign: m}\n  G3: {gate: Ready, after: [adapt, own]}\n";
    project(scratch.path(), "alpha", alpha);
    project(scratch.path(), "beta", "execution:\n  trial: {name: Trial, duration: 10d, assign: m}\n");
    let report = |name: &str, row: &str| {
        let text = format!("status_date,task,actual_start,percent_complete\n{row}\n");
        std::fs::write(scratch.path().join("projects").join(name).join("progress.csv"), text).unwrap();
    };
    report("alpha", "2026-03-13,own,2026-03-02,50%");
    report("beta", "2026-03-06,trial,2026-03-02,50%");
    let on_the_day = ["--as-of", "2026-03-13"];
    let figures = printed(&[&["gate", "figures", "alpha", "."], &on_the_day[..]].concat(), scratch.path());
    let line = figures.lines().find(|line| line.starts_with("finish ")).unwrap();
    assert!(line.contains("20 Mar 2026"), "{line}");
    let gate = printed(&[&["gate", "check", "alpha/G3", "."], &on_the_day[..]].concat(), scratch.path());
    assert!(gate.contains("13 Mar 2026"), "{gate}");
}

#[test]
fn why_goes_on_through_the_other_projects_to_what_stands_by_itself() {
    let scratch = two_projects();
    let end = printed(&["why", "beta/handed-over", "."], scratch.path());
    let steps: Vec<&str> = end.lines().filter(|line| line.contains(" · ")).collect();
    let expected = [
        "Alpha done of alpha works · 1 Apr 2026 (forecast)",
        "Adapt of alpha works · 26 Mar – 1 Apr 2026 (forecast)",
        "Trial of beta works · 16 Mar – 25 Mar 2026 (forecast)",
        "Build of alpha works · 2 Mar – 13 Mar 2026 (forecast)",
    ];
    assert_eq!(steps, expected, "{end}");
    assert!(end.contains("starts with the project"), "{end}");
    let json = printed(&["why", "beta/handed-over", ".", "--format", "json"], scratch.path());
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    let of: Vec<Option<&str>> =
        json["steps"].as_array().unwrap().iter().map(|step| step["project"].as_str()).collect();
    assert_eq!(of, [None, Some("alpha"), Some("alpha"), Some("beta"), Some("alpha")]);
}

#[test]
fn float_ends_where_the_own_finish_would_move_by_way_of_another_project() {
    let scratch = two_projects();
    // The build has eight days until the adaption in its own plan, and none by way of the trial.
    let build = printed(&["why", "alpha/build", "."], scratch.path());
    assert!(build.contains("has no float: if it slips, the project ends later"), "{build}");
    assert!(!build.contains("a working day"), "no lever that knows but half of it: {build}");
    let slipped = ["why", "alpha/done", ".", "--set", "alpha/tasks.build.duration=11d"];
    assert!(printed(&slipped, scratch.path()).contains("2 Apr 2026"));
    // The trial waits for its preparation until the 24th: seven days of the build are free, and the eighth moves all.
    project(scratch.path(), "beta", &BETA.replace("Prepare, duration: 5d", "Prepare, duration: 17d"));
    let build = printed(&["why", "alpha/build", "."], scratch.path());
    assert!(build.contains("can slip 7 working days before the project ends later"), "{build}");
    let finish = |days: &str| {
        let change = format!("alpha/tasks.build.duration={days}");
        let told = printed(&["why", "alpha/done", ".", "--set", &change], scratch.path());
        told.lines().find(|line| line.starts_with("Alpha done: ")).map(str::to_owned).unwrap()
    };
    assert_eq!(finish("17d"), finish("10d"));
    assert_ne!(finish("18d"), finish("10d"));
}

#[test]
fn runs_say_that_what_other_projects_do_does_not_vary_in_them() {
    let scratch = two_projects();
    project(scratch.path(), "alpha", &ALPHA.replace("duration: 5d", "duration: 4d / 5d / 9d"));
    let built = milepost(&["build", ".", "--out", "site"], scratch.path());
    assert_eq!(built.status.code(), Some(0), "{}", String::from_utf8_lossy(&built.stderr));
    let page = std::fs::read_to_string(scratch.path().join("site/alpha/schedule.html")).unwrap();
    let page = page.replace('\u{a0}', " ");
    assert!(page.contains("“Trial” of beta works at 25 Mar 2026 stays where it is forecast"), "{page}");
}

#[test]
fn room_is_told_before_tasks_of_other_projects_move_and_before_those_projects_end_later() {
    let scratch = two_projects();
    let room = |task: &str| printed(&["why", task, "."], scratch.path());
    let told = room("alpha/build");
    let moves = "“Trial” of beta works moves with it: if it slips, beta works ends later  [projects/beta/plan.yaml:3]";
    assert!(told.contains(moves), "{told}");
    // The preparation lasts until the 24th: seven working days after the build, and one before the trial's end matters.
    project(scratch.path(), "beta", &BETA.replace("Prepare, duration: 5d", "Prepare, duration: 17d"));
    let told = room("alpha/build");
    assert!(told.contains("can slip 7 working days before “Trial” of beta works moves"), "{told}");
    let built = milepost(&["build", ".", "--out", "site"], scratch.path());
    assert_eq!(built.status.code(), Some(0), "{}", String::from_utf8_lossy(&built.stderr));
    let page = std::fs::read_to_string(scratch.path().join("site/alpha/tasks/build.html")).unwrap();
    assert!(page.contains("of room"), "{page}");
    let chain = std::fs::read_to_string(scratch.path().join("site/alpha/tasks/adapt.html")).unwrap();
    assert!(chain.contains("href=\"../../beta/tasks/prepare.html\""), "the chain goes on there");
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

#[test]
fn what_waits_for_a_stopped_project_is_told_from_the_day_of_the_stop() {
    let scratch = two_projects();
    let gates = scratch.path().join("projects/beta/gates");
    std::fs::create_dir_all(&gates).unwrap();
    let stop = "---\ngate: G1\ndecision: stop\ndecided: 2026-03-11\nsignatures:\n                  - {role: sponsor, person: m, decision: stop, date: 2026-03-11}\n---\n# G1\n";
    std::fs::write(gates.join("G1.md"), stop).unwrap();
    let told_on = |day: &str| told(&["check", ".", "--as-of", day], scratch.path());
    let told = told_on("2026-03-12");
    assert!(told.contains("`adapt` waits for `beta/trial`, but the board has stopped beta works"), "{told}");
    assert_eq!(told.matches("W214").count(), 1, "its own tasks are another matter: {told}");
    assert!(!told_on("2026-03-10").contains("W214"), "{told}");
}

#[test]
fn a_project_read_by_itself_says_where_its_links_can_be_followed() {
    let scratch = two_projects();
    let told = told(&["check", "projects/alpha"], scratch.path());
    assert!(told.contains("no other project was read: name the folder of the portfolio"), "{told}");
}

#[test]
fn lags_leads_and_kinds_of_links_to_other_projects_are_checked_like_those_of_a_plan() {
    let scratch = two_projects();
    let plan = "execution:
  phase:
    name: Phase
    after: beta/trial
    tasks:
      a: {name: A, duration: 5d, assign: m}
      b: {name: B, duration: 5d, assign: m, after: [a, beta/trial -3d, beta/trial +20d, beta/trial SF, beta/trial SF]}
  d: {milestone: D, after: phase}
";
    project(scratch.path(), "alpha", plan);
    project(scratch.path(), "beta", "execution:\n  trial: {name: Trial, duration: 8d, assign: m}\n");
    let told = told(&["check", "."], scratch.path());
    for line in [
        "W204 lead]: `b` begins before `beta/trial` is done",
        "W206 long-lag]: `b` waits 20 working days after `beta/trial`",
        "W207 start-to-finish]: `b` may not end before `beta/trial` begins",
        "W209 redundant-link]: `b` waits for `beta/trial` in the same way twice",
        "W107 summary-with-logic]: the summary `phase` waits for `beta/trial` itself",
        "W208 few-finish-to-start]: 3 of 5 links",
    ] {
        assert!(told.contains(line), "{line}: {told}");
    }
}

#[test]
fn who_waits_for_a_task_that_is_left_out_waits_for_what_that_waited_for() {
    let scratch = two_projects();
    // The trial waits for the build, which ends on 13 March.
    let asked = ["why", "alpha/adapt", ".", "--without", "beta/tasks.trial"];
    let adapt = printed(&asked, scratch.path());
    assert!(adapt.contains("Adapt: 16 Mar – 20 Mar 2026"), "{adapt}");
    let told = told(&["check", ".", "--without", "alpha/tasks.build"], scratch.path());
    assert!(!told.contains("E102"), "{told}");
    let trial = printed(&["why", "beta/trial", ".", "--without", "alpha/tasks.build"], scratch.path());
    assert!(trial.contains("Trial: 9 Mar – 18 Mar 2026"), "{trial}");
    let end = printed(&["why", "beta/handed-over", ".", "--without", "alpha/tasks.done"], scratch.path());
    assert!(end.contains("waits for “Adapt” of alpha works"), "{end}");
}

const QUESTION: &str = "how:
  question: How?
  asked: 2026-03-02
  needed_by: 2026-03-20
  options:
";

#[test]
fn an_option_moves_what_waits_for_it_in_other_projects_and_may_name_their_tasks() {
    let scratch = two_projects();
    let alpha = scratch.path().join("projects/alpha");
    std::fs::write(
        alpha.join("progress.csv"),
        "status_date,task,actual_start\n2026-03-06,build,2026-03-02\n",
    )
    .unwrap();
    let options = r#"    slow: {option: Build for three weeks, set: [tasks.build.duration=15d]}
    late: {option: Adapt when all is handed over, set: ["tasks.done.after=[adapt, beta/prepare +30d]", tasks.done.because=papers]}
"#;
    std::fs::write(alpha.join("decisions.yaml"), format!("{QUESTION}{options}")).unwrap();
    let told = told(&["check", "."], scratch.path());
    assert!(!told.contains("error"), "{told}");
    let built = milepost(&["build", ".", "--out", "site"], scratch.path());
    assert_eq!(built.status.code(), Some(0), "{}", String::from_utf8_lossy(&built.stderr));
    let page = std::fs::read_to_string(scratch.path().join("site/alpha/raid.html")).unwrap();
    // A week more of building moves the trial, and with it all that follows here, by a week from 8 April.
    for day in ["15\u{a0}Apr\u{a0}2026", "17\u{a0}Apr\u{a0}2026"] {
        assert!(page.contains(day), "{day}: {page}");
    }
}

#[test]
fn a_task_that_could_not_be_read_is_no_fault_of_those_who_wait_for_it() {
    let scratch = two_projects();
    project(
        scratch.path(),
        "beta",
        &BETA.replace("{name: Trial, duration: 8d, assign: m, after: [prepare, alpha/build]}", "8d"),
    );
    let told = told(&["check", "."], scratch.path());
    assert!(told.contains("E105") && !told.contains("E102"), "{told}");
}

#[test]
fn a_project_named_by_its_code_is_told_by_its_folder() {
    let scratch = two_projects();
    project(scratch.path(), "alpha", &ALPHA.replace("beta/trial", "B-17/trial"));
    let mandate = scratch.path().join("projects/beta/project.yaml");
    let text = std::fs::read_to_string(&mandate).unwrap();
    std::fs::write(mandate, format!("{text}code: B-17\n")).unwrap();
    let told = told(&["check", "."], scratch.path());
    assert!(told.contains("write `beta/trial`"), "{told}");
}

#[test]
fn work_that_began_before_another_project_allowed_it_is_told() {
    let scratch = two_projects();
    let progress = "status_date,task,actual_start,actual_finish\n2026-03-13,prepare,2026-03-02,2026-03-06\n2026-03-13,trial,2026-03-09,\n";
    std::fs::write(scratch.path().join("projects/beta/progress.csv"), progress).unwrap();
    let told = told(&["check", "."], scratch.path());
    assert!(told.contains("W405 out-of-sequence]: `trial` went ahead of tasks of other projects"), "{told}");
}

#[test]
fn each_link_says_whether_it_holds_also_that_of_a_summary() {
    let scratch = two_projects();
    let plan = "execution:
  phase:
    name: Phase
    after: alpha/build
    tasks:
      trial: {name: Trial, duration: 8d, assign: m, after: [alpha/build SS +20d, alpha/build FF], because: it dries}
      next: {name: Next, duration: 8d, assign: m, after: trial}
      early: {name: Early, duration: 8d, assign: m}
";
    project(scratch.path(), "beta", plan);
    project(scratch.path(), "alpha", "execution:\n  build: {name: Build, duration: 10d, assign: m}\n");
    let built = milepost(&["build", ".", "--out", "site"], scratch.path());
    assert_eq!(built.status.code(), Some(0), "{}", String::from_utf8_lossy(&built.stderr));
    let page = std::fs::read_to_string(scratch.path().join("site/index.html")).unwrap();
    let between = page.split_once("id=\"between\"").unwrap().1;
    let rows: Vec<&str> = between.split("</table>").next().unwrap().split("<tr").skip(2).collect();
    let holds = |row: &&str| row.contains(">yes<");
    // Phase, by what is early in it; the start of the trial; not its finish.
    assert_eq!(rows.iter().map(holds).collect::<Vec<_>>(), [true, true, false], "{between}");
}
