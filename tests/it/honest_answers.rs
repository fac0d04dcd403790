//! `milepost why` and what-ifs as their users run them: what is answered, what is refused, and what is said beside it.

use std::path::Path;
use std::process::{Command, Output};

pub struct Folder(tempfile::TempDir);

impl Folder {
    pub fn of(plan: &str) -> Self {
        let folder = Self(tempfile::tempdir().unwrap());
        folder
            .with("project.yaml", "project: Demo\ncode: DM-1\nstart: 2026-08-03\ncurrency: EUR\n")
            .with("plan.yaml", plan)
    }

    pub fn with(self, path: &str, text: &str) -> Self {
        std::fs::write(self.0.path().join(path), text).unwrap();
        self
    }

    pub fn path(&self) -> &Path {
        self.0.path()
    }

    pub fn read(&self, path: &str) -> String {
        std::fs::read_to_string(self.0.path().join(path)).unwrap()
    }

    pub fn run(&self, arguments: &[&str]) -> Run {
        run(arguments, self.0.path())
    }
}

pub struct Run {
    pub code: Option<i32>,
    pub out: String,
    pub errors: String,
}

pub fn run(arguments: &[&str], folder: &Path) -> Run {
    let output: Output =
        Command::new(env!("CARGO_BIN_EXE_milepost")).args(arguments).current_dir(folder).output().unwrap();
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).replace('\u{a0}', " ");
    // Columns are as wide as what stands in them: one space will do.
    let text = |bytes: &[u8]| {
        let lines: Vec<String> =
            text(bytes).lines().map(|line| line.split_whitespace().collect::<Vec<_>>().join(" ")).collect();
        lines.join("\n")
    };
    Run { code: output.status.code(), out: text(&output.stdout), errors: text(&output.stderr) }
}

pub const TWO: &str = "execution:\n  build: {duration: 5d}\n  test: {duration: 3d, after: build}\n";

#[test]
fn why_says_first_that_a_file_could_not_be_read_whole() {
    let folder = Folder::of("execution:\n  build: {duration: 5d}\n  wall: {duration: 2x, after: build}\n");
    let told = folder.run(&["why", "build"]);
    assert_eq!(told.code, Some(1), "{}", told.errors);
    assert!(told.out.starts_with("Answers from what could be read: the files hold 1 error."), "{}", told.out);
    assert!(told.errors.contains("E105 bad-value") && told.errors.contains("plan.yaml:3"), "{}", told.errors);
    let told = folder.run(&["why", "build", "--format", "json"]);
    let json: serde_json::Value = serde_json::from_str(&told.out).unwrap();
    assert_eq!(json["errors"][0]["code"], "E105");
    let told = folder.run(&["why", "demolition"]);
    assert_eq!(told.code, Some(2));
    assert!(told.errors.contains("E105 bad-value"), "{}", told.errors);
}

#[test]
fn why_of_sound_files_is_silent_beside_the_answer() {
    let told = Folder::of(TWO).run(&["why", "build"]);
    assert_eq!((told.code, told.errors.as_str()), (Some(0), ""), "{}", told.out);
    assert!(told.out.starts_with("build: "), "{}", told.out);
}

#[test]
fn a_faulty_report_is_told_beside_the_answer() {
    let folder = Folder::of(TWO).with(
        "progress.csv",
        "status_date,task,actual_start,percent_complete\n2026-08-05,build,2026-08-03,lots\n",
    );
    let told = folder.run(&["why", "build"]);
    assert_eq!(told.code, Some(1), "{}", told.out);
    assert!(told.errors.contains("progress.csv:2"), "{}", told.errors);
}

const RISK: &str =
    "R1:\n  risk: Late\n  probability: 50%\n  impact: {cost: 1_000 EUR, time: 2d}\n  links: [test]\n";

#[test]
fn without_a_risk_the_exposure_is_another() {
    let folder = Folder::of(TWO).with("risks.yaml", RISK);
    let told = folder.run(&["check", "--without", "risks.R1", "--fail-on", "never"]);
    let row = told
        .out
        .lines()
        .find(|line| line.contains("Exposure of open risks"))
        .unwrap_or_else(|| panic!("{}", told.out));
    assert!(row.contains("500 EUR") && row.contains("-> 0 EUR") && row.contains("−500 EUR"), "{row}");
    assert!(told.out.contains("Finish, P80"), "{}", told.out);
}

#[test]
fn what_changes_nothing_names_what_was_compared() {
    let told = Folder::of(TWO).run(&["check", "--set", "tasks.test.name=Trial"]);
    assert!(told.out.contains("none of these changes: start, finish, P50 and P80"), "{}", told.out);
}

#[test]
fn a_start_that_moves_alone_is_told() {
    let folder = Folder::of("execution:\n  build: {duration: 5d}\n  paint: {duration: 1d}\n");
    let told = folder.run(&[
        "check",
        "--set",
        "tasks.paint.duration=1d",
        "--set",
        "tasks.paint.starts_not_before=2026-08-04",
    ]);
    assert!(told.out.contains("paint (paint) 2026-08-03 -> 2026-08-04"), "{}", told.out);
    let folder = Folder::of("execution:\n  build: {duration: 5d}\n")
        .with("progress.csv", "status_date,task,actual_start,remaining\n2026-08-05,build,2026-08-03,3d\n");
    let told = folder.run(&["check", "--set", "progress.build.actual_start=2026-08-04"]);
    assert!(told.out.contains("build (build) starts 2026-08-03 -> 2026-08-04"), "{}", told.out);
    assert!(told.out.contains("Start 2026-08-03 -> 2026-08-04"), "{}", told.out);
}

#[test]
fn the_printed_difference_is_that_of_the_printed_figures() {
    let folder = Folder::of("execution:\n  build: {duration: 5d, cost: 100.60 EUR}\n");
    let told = folder.run(&["check", "--set", "tasks.build.cost=102.40 EUR"]);
    let row = told
        .out
        .lines()
        .find(|line| line.contains("Cost of the plan"))
        .unwrap_or_else(|| panic!("{}", told.out));
    // 101 and 102 are printed; 1.80 between them would round to 2.
    assert!(row.contains("101 EUR -> 102 EUR") && row.contains("+1 EUR"), "{row}");
}

#[test]
fn a_what_if_that_makes_a_ring_or_an_error_is_refused() {
    let told = Folder::of(TWO).run(&["check", "--set", "tasks.build.after=test"]);
    assert_eq!(told.code, Some(2), "{}", told.out);
    assert!(
        told.errors.contains("E103 dependency-cycle") && !told.out.contains("What if"),
        "{}",
        told.errors
    );
    let folder = Folder::of(TWO)
        .with("progress.csv", "status_date,task,actual_start,remaining\n2026-08-05,build,2026-08-03,3d\n");
    let told = folder.run(&["check", "--set", "progress.build.actual_start=2026-09-01"]);
    assert_eq!(told.code, Some(2), "{}", told.out);
    assert!(
        told.errors.contains("E401 actual-in-future") && !told.out.contains("What if"),
        "{}",
        told.errors
    );
}

#[test]
fn wishes_that_contradict_each_other_are_refused_at_the_second() {
    let told =
        Folder::of(TWO).run(&["check", "--set", "tasks.build.duration=3d", "--without", "tasks.build"]);
    assert_eq!(told.code, Some(2), "{}", told.out);
    assert!(told.errors.contains("`build` is left out while a field of it is set"), "{}", told.errors);
    assert!(told.errors.contains("--> --without 1:1:1"), "{}", told.errors);
    let told = Folder::of(TWO).run(&[
        "check",
        "--set",
        "tasks.build.duration=3d",
        "--set",
        "tasks.build.duration=4d",
    ]);
    assert_eq!(told.code, Some(2), "{}", told.out);
    assert!(
        told.errors.contains("is set twice") && told.errors.contains("--> --set 2:1:1"),
        "{}",
        told.errors
    );
    let told = Folder::of(TWO).run(&[
        "check",
        "--set",
        "tasks.build.duration=3d",
        "--set",
        "tasks.test.duration=4d",
    ]);
    assert_eq!(told.code, Some(0), "{}", told.errors);
}

#[test]
fn a_what_if_of_another_currency_or_of_nothing_is_refused() {
    let told = Folder::of(TWO).run(&["check", "--set", "project.currency=USD"]);
    assert_eq!(told.code, Some(2), "{}", told.out);
    assert!(told.errors.contains("money of another currency cannot be compared"), "{}", told.errors);
    let told =
        Folder::of("execution:\n  build: {duration: 5d}\n").run(&["check", "--without", "tasks.build"]);
    assert_eq!(told.code, Some(2), "{}", told.out);
    assert!(told.errors.contains("without `build` nothing is left to schedule"), "{}", told.errors);
}

#[test]
fn a_project_goes_by_its_code_and_a_single_one_by_its_folder() {
    let scratch = tempfile::tempdir().unwrap();
    let home = scratch.path().join("attic");
    std::fs::create_dir(&home).unwrap();
    std::fs::write(
        home.join("project.yaml"),
        "project: Demo\ncode: DM-1\nstart: 2026-08-03\ncurrency: EUR\n",
    )
    .unwrap();
    std::fs::write(home.join("plan.yaml"), TWO).unwrap();
    for name in ["project", "attic", "DM-1"] {
        for folder in ["attic", "attic/", "attic/."] {
            let told = run(&["why", name, folder], scratch.path());
            assert_eq!(told.code, Some(0), "{name} in {folder}: {}", told.errors);
            let told = run(&["why", &format!("{name}/test"), folder], scratch.path());
            assert_eq!(told.code, Some(0), "{name}/test in {folder}: {}", told.errors);
        }
        let told = run(&["check", "--set", &format!("{name}/tasks.test.duration=4d")], &home);
        assert!(told.out.contains("1 working day later"), "{name}: {}{}", told.out, told.errors);
        let told =
            run(&["why", "build", "attic", "--without", &format!("{name}/tasks.test")], scratch.path());
        assert_eq!(told.code, Some(0), "{name}: {}", told.errors);
        let told = run(&["why", name], &home);
        assert_eq!(told.code, Some(0), "{name} inside: {}", told.errors);
    }
}

#[test]
fn a_what_if_of_a_project_that_is_not_there_says_which_are() {
    let head = "project: Demo\ncode: DM-1\nstart: 2026-08-03\ncurrency: EUR\n";
    let scratch = tempfile::tempdir().unwrap();
    for (name, code) in [("attic", "DM-1"), ("cellar", "DM-2")] {
        let home = scratch.path().join("projects").join(name);
        std::fs::create_dir_all(&home).unwrap();
        std::fs::write(home.join("project.yaml"), head.replace("DM-1", code)).unwrap();
        std::fs::write(home.join("plan.yaml"), TWO).unwrap();
    }
    let run = |wish: &str| run(&["check", "--set", wish], scratch.path());
    let told = run("DM-2/tasks.test.duration=4d");
    assert!(told.out.contains("1 working day later"), "{}{}", told.out, told.errors);
    let told = run("DM-3/tasks.test.duration=4d");
    assert_eq!(told.code, Some(2), "{}", told.out);
    assert!(told.errors.contains("there is no project `DM-3`"), "{}", told.errors);
    assert!(told.errors.contains("; there are the projects `attic`, `cellar`"), "{}", told.errors);
    let told = run("roof/tasks.test.duration=4d");
    assert!(told.errors.contains("name `attic` or `cellar`"), "{}", told.errors);
    // By whatever name, it is the same project.
    let set = |one: &str, other: &str| {
        let wishes = [one, other].map(|name| format!("{name}/tasks.test.duration=4d"));
        crate::honest_answers::run(&["check", "--set", &wishes[0], "--set", &wishes[1]], scratch.path())
    };
    assert!(set("attic", "DM-1").errors.contains("is set twice"));
    assert!(!set("attic", "DM-2").errors.contains("is set twice"));
}

const BEGUN: &str = "status_date,task,actual_start,actual_finish,percent_complete,remaining\n\
                     2026-08-05,build,2026-08-03,,40%,3d\n";

#[test]
fn what_something_else_overrides_is_said() {
    let folder = Folder::of(TWO)
        .with("risks.yaml", &format!("{RISK}  residual: {{probability: 20%, impact: {{cost: 400 EUR}}}}\n"))
        .with("progress.csv", BEGUN);
    let told = folder.run(&["check", "--set", "risks.R1.probability=10%"]);
    assert!(
        told.errors.contains("`R1` counts with its `residual:`, so another probability moves nothing"),
        "{}",
        told.errors
    );
    assert!(told.errors.contains("--set risks.R1.residual.probability=…"), "{}", told.errors);
    let told = folder.run(&["check", "--set", "risks.R1.residual.probability=10%"]);
    assert!(!told.errors.contains("W155") && told.out.contains("Exposure of open risks"), "{}", told.errors);
    let told = folder.run(&["check", "--set", "progress.build.percent_complete=80%"]);
    assert!(
        told.errors.contains("W155") && told.errors.contains("so another percent complete moves no date"),
        "{}",
        told.errors
    );
    let told = folder.run(&[
        "check",
        "--set",
        "progress.build.percent_complete=80%",
        "--set",
        "progress.build.remaining=1d",
    ]);
    assert!(!told.errors.contains("W155"), "{}", told.errors);
    let done = "status_date,task,actual_start,actual_finish\n2026-08-10,build,2026-08-03,2026-08-07\n";
    let told =
        Folder::of(TWO).with("progress.csv", done).run(&["check", "--set", "progress.build.remaining=1d"]);
    assert!(
        told.errors.contains("`build` is finished as of 2026-08-07, so another remaining"),
        "{}",
        told.errors
    );
}

#[test]
fn a_hammock_ends_with_the_task_before_the_one_left_out() {
    let plan = "execution:\n  build: {duration: 5d}\n  test: {duration: 3d, after: build}\n  \
                handover: {duration: 2d, after: test}\n  lead: {span: build .. handover}\n";
    let told = Folder::of(plan).run(&["why", "lead", "--without", "tasks.handover"]);
    assert!(told.out.contains("lead: 3 Aug – 12 Aug 2026"), "{}{}", told.out, told.errors);
    let told = Folder::of(plan).run(&["why", "lead", "--without", "tasks.build"]);
    assert!(told.out.contains("lead: 3 Aug – 7 Aug 2026"), "{}{}", told.out, told.errors);
    let two_ends = plan.replace("after: test}", "after: [test, build]}");
    // Of several the last to finish ends it, and the first to start begins it.
    let told = Folder::of(&two_ends).run(&["why", "lead", "--without", "tasks.handover"]);
    assert!(told.out.contains("lead: 3 Aug – 12 Aug 2026"), "{}{}", told.out, told.errors);
    assert!(told.out.contains("from the start of “build” to the finish of “test”"), "{}", told.out);
    let two_begin = two_ends.replace(
        "  lead:",
        "  docs: {duration: 1w, after: build FS +2d}\n  next: {duration: 1d, after: lead}\n  lead:",
    );
    let folder = Folder::of(&two_begin);
    let told = folder.run(&["why", "lead", "--without", "tasks.build"]);
    // Without anything before them test, docs and handover begin with the project.
    assert!(told.out.contains("lead: 3 Aug – 7 Aug 2026"), "{}{}", told.out, told.errors);
    // What follows the hammock follows its span.
    let told = folder.run(&["why", "next", "--without", "tasks.handover"]);
    assert!(told.out.contains("next: 13 Aug 2026"), "{}{}", told.out, told.errors);
    let alone = Folder::of("execution:\n  build: {duration: 5d}\n  lead: {span: build .. build}\n");
    let told = alone.run(&["check", "--without", "tasks.build"]);
    assert_eq!(told.code, Some(2), "{}", told.out);
    for said in [
        "`lead` begins with `build`, and no task stands behind it",
        "or leave it out too: `--without tasks.lead`",
    ] {
        assert!(told.errors.contains(said), "{}", told.errors);
    }
}

#[test]
fn a_levelled_week_that_a_hammock_overbooks_says_what_gives_way() {
    let plan =
        "execution:\n  build: {duration: 5d, assign: tom}\n  lead: {span: build .. build, assign: tom 20%}\n";
    let folder = Folder::of(plan).with("resources.yaml", "people:\n  tom: {name: Tom}\n");
    let said = "levelling keeps no time free for level of effort: assign `tom` to other work for less of the day beside `lead`";
    let told = folder.run(&["check", "--level"]);
    assert!(told.errors.contains(said), "{}", told.errors);
    let told = folder.run(&["check"]);
    assert!(told.errors.contains("W502") && !told.errors.contains(said), "{}", told.errors);
}

fn backwards(finish: &str) -> Folder {
    let head = format!(
        "project: Demo\nstart: 2026-08-03\ncurrency: EUR\nschedule:\n  from: finish\n  finish: {finish}\n"
    );
    let plan = "execution:\n  build: {duration: 5d}\n  test: {duration: 3d, after: build}\n  paint: {duration: 1d}\n";
    Folder::of(plan).with("project.yaml", &head)
}

#[test]
fn dates_that_are_counted_back_say_so_and_have_no_lever() {
    let folder = backwards("2026-08-28");
    for task in ["build", "paint"] {
        let told = folder.run(&["why", task]);
        let said = "is counted back from the finish of the project, 28 Aug 2026 [project.yaml:6]";
        assert!(told.out.contains(said), "{}", told.out);
        assert!(!told.out.contains("starts with the project"), "{}", told.out);
        assert!(!told.out.contains("a working day less") && !told.out.contains("drag"), "{}", told.out);
        assert!(
            told.out.contains("has no float: if it slips, the project misses its finish"),
            "{}",
            told.out
        );
    }
    let told = folder.run(&["check", "--set", "tasks.build.duration=4d"]);
    assert!(told.out.contains("Start 2026-08-19 -> 2026-08-20 1 working day later"), "{}", told.out);
    assert!(told.out.contains("Finish 2026-08-28 unchanged"), "{}", told.out);
}

#[test]
fn a_finish_that_cannot_be_met_is_an_error_at_its_line() {
    let late = "status_date,task,actual_start,remaining\n2026-08-24,build,2026-08-20,4d\n";
    let told = backwards("2026-08-28").with("progress.csv", late).run(&["check"]);
    assert_eq!(told.code, Some(1), "{}", told.errors);
    assert!(
        told.errors.contains("E302 negative-float") && told.errors.contains("project.yaml:6"),
        "{}",
        told.errors
    );
    // Four days from the 25th and three more: 2 September, three working days behind Friday the 28th.
    assert!(told.errors.contains("2026-09-02, 3 working days after the wanted finish"), "{}", told.errors);
    let told = backwards("2026-08-28").run(&["check"]);
    assert!(!told.errors.contains("E302"), "{}", told.errors);
}

#[test]
fn a_pause_is_named_with_its_report() {
    let pause = "status_date,task,actual_start,remaining,resume\n2026-08-05,build,2026-08-03,3d,2026-08-12\n";
    let told = Folder::of(TWO).with("progress.csv", pause).run(&["why", "build"]);
    assert!(
        told.out.contains("pauses, and goes on 12 Aug 2026, as reported [progress.csv:2]"),
        "{}",
        told.out
    );
    let told = Folder::of(TWO).with("progress.csv", BEGUN).run(&["why", "build"]);
    assert!(!told.out.contains("pauses"), "{}", told.out);
}

#[test]
fn what_has_no_float_says_what_breaks() {
    let plan = "execution:\n  dig: {duration: 2d}\n  crane: {duration: 2d, after: dig, must_start: 2026-08-05, because: booked}\n  \
                build: {duration: 20d}\n";
    let folder = Folder::of(plan);
    let said = |task: &str| folder.run(&["why", task]).out;
    assert!(
        said("crane").contains("has no float: its date is fixed, must start 5 Aug 2026"),
        "{}",
        said("crane")
    );
    assert!(
        said("dig").contains("has no float: if it slips, “crane” misses its date, must start 5 Aug 2026"),
        "{}",
        said("dig")
    );
    assert!(said("build").contains("has no float: if it slips, the project ends later"), "{}", said("build"));
    let head =
        "project: Demo\nstart: 2026-08-03\ncurrency: EUR\nschedule: {conventions: microsoft project}\n";
    let plan = "execution:\n  dig: {duration: 2d, deadline: 2026-08-04}\n  build: {duration: 20d}\n";
    let told = Folder::of(plan).with("project.yaml", head).run(&["why", "dig"]);
    assert!(
        told.out.contains("has no float: if it slips, “dig” misses its deadline, 4 Aug 2026"),
        "{}{}",
        told.out,
        told.errors
    );
}

#[test]
fn a_task_by_hand_names_no_link() {
    let plan = "execution:\n  dig: {duration: 2d}\n  visit: {duration: 1d, after: dig, must_start: 2026-08-05, manual: true, because: agreed}\n";
    let told = Folder::of(plan).run(&["why", "visit"]);
    assert!(
        told.out.contains("keeps its dates by hand, whatever it waits for [plan.yaml:3]"),
        "{}{}",
        told.out,
        told.errors
    );
    assert!(!told.out.contains("follows"), "{}", told.out);
}

#[test]
fn a_project_does_not_end_before_it_starts() {
    let head = "project: Demo\nstart: 2026-11-02\ncurrency: EUR\n";
    let told =
        Folder::of("execution:\n  one: {duration: 1d}\n").with("project.yaml", head).run(&["why", "one"]);
    assert!(!told.out.contains("30 Oct 2026"), "{}", told.out);
    let plan = "execution:\n  one: {duration: 1d}\n  two: {duration: 1d, after: one}\n";
    let told = Folder::of(plan).with("project.yaml", head).run(&["why", "two"]);
    assert!(
        told.out.contains(
            "a working day less, so nothing of it is left: the project ends on 2 Nov 2026, 1 working day sooner"
        ),
        "{}",
        told.out
    );
}

#[test]
fn the_table_of_tasks_does_not_promise_what_paper_lacks() {
    let folder = Folder::of(TWO);
    assert_eq!(folder.run(&["build"]).code, Some(0));
    let page = std::fs::read_to_string(folder.0.path().join("site/project/schedule.html")).unwrap();
    let (before, why) = page.split_once("id=\"why\"").unwrap();
    assert!(!before.contains("leads to why"), "said in a section that is printed without the answers");
    // Paper leaves the whole section out where nobody unfolded an answer.
    assert!(why.contains("The dates of open tasks lead here."));
}

const WEEKS: &str = "standard:\n  week: mon tue wed thu fri\n  weeks:\n    2026-08-10 .. 2026-08-23: {week: mon tue}\n  \
                     extra_days:\n    2026-08-29: Move of the data centre\n";

#[test]
fn weeks_that_work_on_fewer_days_are_named_where_they_cost_any() {
    let folder = Folder::of("execution:\n  build: {duration: 12d}\n").with("calendar.yaml", WEEKS);
    let told = folder.run(&["why", "build"]);
    // Wednesday to Friday of two weeks.
    let said = "is interrupted by weeks that work Mon, Tue only (10 Aug – 23 Aug 2026, 6 working days) — calendar `standard` [calendar.yaml:4]";
    assert!(told.out.contains(said), "{}{}", told.out, told.errors);
    let told = Folder::of("execution:\n  build: {duration: 5d}\n")
        .with("calendar.yaml", WEEKS)
        .run(&["why", "build"]);
    assert!(!told.out.contains("weeks that work"), "{}", told.out);
}

#[test]
fn the_schedule_page_lists_other_weeks_and_extra_days() {
    let folder = Folder::of(TWO).with("calendar.yaml", WEEKS);
    assert_eq!(folder.run(&["build"]).code, Some(0));
    let page = std::fs::read_to_string(folder.0.path().join("site/project/schedule.html")).unwrap();
    for said in ["works Mon, Tue", "other weeks", "Move of the data centre", "extra days", "calendar.yaml:4"]
    {
        assert!(page.contains(said), "`{said}`");
    }
    assert!(!page.contains("No day"), "the calendar has days that differ");
}

#[test]
fn an_error_that_somebody_leaves_behind_is_part_of_the_answer() {
    let folder = Folder::of("execution:\n  build: {effort: 5d, assign: tom}\n")
        .with("resources.yaml", "people:\n  tom: {name: Tom, role: mason}\n");
    let told = folder.run(&["check", "--without", "people.tom"]);
    assert_eq!(told.code, Some(1), "{}", told.errors);
    assert!(told.out.contains("Findings that come") && told.out.contains("E143"), "{}", told.out);
}

#[test]
fn an_unclosed_brace_is_told_before_the_answer() {
    let folder = Folder::of("execution:\n  build: {duration: 5d\n  test: {duration: 3d, after: build}\n");
    let told = folder.run(&["why", "test"]);
    assert_eq!(told.code, Some(1), "{}", told.errors);
    assert!(told.out.starts_with("Answers from what could be read"), "{}", told.out);
    assert!(told.errors.contains("E117 yaml-syntax"), "{}", told.errors);
}

/// What stands beside a task in a summary is not behind it.
#[test]
fn the_deadline_of_a_neighbour_is_not_behind_a_task() {
    let plan = "\
execution:
  S:
    name: Summary
    tasks:
      a: {name: Aaa, duration: 5d}
      b: {name: Bbb, duration: 4d, deadline: 2026-08-07}
  c: {name: Ccc, duration: 5d, after: a}
  d: {name: Ddd, duration: 5d, after: c, deadline: 2026-08-24}
";
    let told = Folder::of(plan).run(&["why", "a"]);
    let said = "meets the deadline of “Ddd” behind it, 24 Aug 2026, with 1 working day to spare";
    assert!(told.out.contains(said) && !told.out.contains("Bbb"), "{}", told.out);
    // What waits for the summary is behind all of it.
    let told = Folder::of(&plan.replace("after: a}", "after: S}")).run(&["why", "a"]);
    assert!(told.out.contains(said), "{}", told.out);
    let told = Folder::of(plan).run(&["why", "S"]);
    assert!(!told.out.contains("Ccc"), "{}", told.out);
}

/// The room to a deadline further behind is no room to a later deadline on the way there.
#[test]
fn the_tightest_deadline_is_named_whoever_else_has_one() {
    let plan = "\
execution:
  a: {name: Aaa, duration: 5d}
  c: {name: Ccc, duration: 5d, after: a, deadline: 2026-12-31}
  d: {name: Ddd, duration: 5d, after: c, deadline: 2026-08-24}
";
    let said = "meets the deadline of “Ddd” behind it, 24 Aug 2026, with 1 working day to spare";
    for task in ["a", "c"] {
        let told = Folder::of(plan).run(&["why", task]);
        assert!(told.out.contains(said), "{task}: {}", told.out);
    }
    let told = Folder::of(plan).run(&["why", "d"]);
    assert!(
        told.out.contains("meets its deadline, 24 Aug 2026, with 1 working day to spare"),
        "{}",
        told.out
    );
    // Of two behind the one that gives the room, not the one with the least room: days lie between.
    let plan = "\
execution:
  a: {name: Aaa, duration: 5d}
  c: {name: Ccc, duration: 5d, after: a, deadline: 2026-08-19}
  w: {name: Www, duration: 15d}
  d: {name: Ddd, duration: 5d, after: [a, w], deadline: 2026-08-28}
";
    let told = Folder::of(plan).run(&["why", "a"]);
    assert!(
        told.out.contains("the deadline of “Ccc” behind it, 19 Aug 2026, with 3 working days to spare"),
        "{}",
        told.out
    );
}

#[test]
fn a_verb_that_takes_a_project_offers_no_tasks() {
    let folder = Folder::of(TWO);
    let told = folder.run(&["gate", "figures", "nope"]);
    assert!(told.errors.contains("help: name `project`"), "{}", told.errors);
    assert!(!told.errors.contains("PROJECT/TASK"), "{}", told.errors);
    let told = folder.run(&["why", "nope-at-all"]);
    assert!(told.errors.contains("PROJECT/TASK"), "{}", told.errors);
}

#[test]
#[cfg(feature = "pdf")]
fn a_gate_is_printed_by_its_number_where_there_is_one_project() {
    let folder = Folder::of("initiation:\n  case: {duration: 1d}\n  G1: {gate: Go-ahead, after: case}\n");
    let told = folder.run(&["gate", "print", "G1"]);
    assert_eq!(told.code, Some(0), "{}", told.errors);
}

/// 3 000 for travel belong to no task, and to every budget: 1 000 and they are 4 000, with 500 more 4 500.
#[test]
fn the_cost_of_the_plan_as_typed_holds_its_budget_lines() {
    let plan = "execution:\n  build: {duration: 5d, cost: 1_000 EUR other}\n";
    let folder = Folder::of(plan)
        .with("budget.yaml", "lines:\n  - {name: Travel, amount: 3_000 EUR, category: other}\n");
    let told = folder.run(&["check", "--set", "tasks.build.cost=1_500 EUR other"]);
    let words = format!("{}\n{}", told.out, told.errors);
    assert!(words.contains("Cost of the plan as typed 4 000 EUR -> 4 500 EUR +500 EUR"), "{words}");
}
