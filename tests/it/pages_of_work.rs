//! Pages of tasks, of people's work, of stages and of stakeholders, as somebody finds them on the site.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

use milepost::diagnostic::Diagnostics;
use milepost::pipeline::{self, Options};
use milepost::source::disk::Folder;

use crate::said::words_of;

const PROJECT: &str =
    "project: Demo\nstart: 2026-08-03\ncurrency: EUR\nproject_manager: anna\nreporting: every 1w\n";
const PEOPLE: &str =
    "people:\n  anna: {name: Anna}\n  tom: {name: Tom, absent: [2026-08-20]}\n  sam: {name: Sam}\n";
const PLAN: &str = "\
execution:
  build: {duration: 5d, assign: tom, consulted: sam}
  test: {duration: 3d, assign: sam, after: build, earned_value: units 12 doors}
  tell: {duration: 1d, after: build}
";
const PROGRESS: &str = "task,status_date,remaining,actual_start,percent_complete,note
build,2026-08-07,1d,2026-08-03,80%,
build,2026-08-14,2d,,80%,Rain
";

/// The pages of a site by their paths.
struct Site(BTreeMap<String, String>);

impl Site {
    fn of(files: &[(&str, &str)]) -> Self {
        let usual = [("project.yaml", PROJECT), ("resources.yaml", PEOPLE), ("plan.yaml", PLAN)];
        let mut all: BTreeMap<&str, &str> = usual.into_iter().collect();
        all.extend(files.iter().copied());
        let folder = Folder::from_memory(all.into_iter().collect());
        let report = pipeline::compute(&folder, Diagnostics::default(), &Options::default());
        let bundle = pipeline::render(&report, &BTreeMap::new()).unwrap();
        let pages = bundle
            .iter()
            .filter(|(path, _)| Path::new(path).extension().is_some_and(|ending| ending == "html"));
        Self(
            pages
                .map(|(path, bytes)| (path.to_owned(), String::from_utf8(bytes.to_vec()).unwrap()))
                .collect(),
        )
    }

    #[track_caller]
    fn page(&self, path: &str) -> &str {
        let known: Vec<&String> = self.0.keys().collect();
        self.0.get(&format!("project/{path}")).unwrap_or_else(|| panic!("no {path} among {known:?}"))
    }

    fn has(&self, path: &str) -> bool {
        self.0.contains_key(&format!("project/{path}"))
    }

    /// A section of a page as words.
    #[track_caller]
    fn words(&self, path: &str, section: &str) -> String {
        let page = self.page(path);
        let mark = format!("<section class=\"section\" id=\"{section}\"");
        let (_, rest) = page.split_once(&mark).unwrap_or_else(|| panic!("{path} has no section {section}"));
        words_of(rest.split("</section>").next().unwrap())
    }
}

#[track_caller]
fn has(text: &str, part: &str) {
    assert!(text.contains(part), "no “{part}” in\n{text}");
}

#[track_caller]
fn has_not(text: &str, part: &str) {
    assert!(!text.contains(part), "“{part}” in\n{text}");
}

#[test]
fn the_page_of_a_task_says_why_it_lies_there_and_what_waits_for_it() {
    let site = Site::of(&[("progress.csv", PROGRESS)]);
    let why = site.words("tasks/test.html", "why");
    has(&why, "follows “build”");
    has(&why, "milepost why project --set tasks.test.duration=3d");
    let links = site.words("tasks/build.html", "links");
    has(&links, "test finish to start Sam 19 Aug 2026 to come yes");
    has(&links, "tell finish to start");
    has(&site.words("tasks/build.html", "progress"), "14 Aug 2026");
    has(&site.words("tasks/build.html", "why"), "--set progress.build.remaining=3d");
}

#[test]
fn how_to_report_keeps_the_columns_that_the_file_has() {
    let site = Site::of(&[("progress.csv", PROGRESS)]);
    let running = site.words("tasks/build.html", "report");
    has(
        &running,
        "task,status_date,remaining,actual_start,percent_complete,note build,2026-08-21,LEFTd,2026-08-03,DONE%,",
    );
    let counted = Site::of(&[]).words("tasks/test.html", "report");
    has(&counted, ",test,STARTED,,,UNITS,LEFTd,");
    has(&counted, "number of doors");
}

#[test]
fn links_to_tasks_lead_to_their_pages() {
    let site = Site::of(&[]);
    has(site.page("schedule.html"), "href=\"tasks/test.html\"");
    has(site.page("stages/3-execution.html"), "href=\"../tasks/test.html\"");
}

#[test]
fn a_plan_of_more_than_a_thousand_tasks_keeps_the_rows_of_the_schedule() {
    let mut plan = "execution:\n".to_owned();
    for number in 0..=1_000 {
        writeln!(plan, "  t{number}: {{duration: 1d}}").unwrap();
    }
    let site = Site::of(&[("plan.yaml", &plan)]);
    assert!(!site.has("tasks/t1.html"));
    has(site.page("schedule.html"), "id=\"task-t1\"");
    has(site.page("stages/3-execution.html"), "href=\"../schedule.html#task-t1\"");
}

#[test]
fn ids_that_differ_in_case_alone_do_not_share_a_page() {
    let site = Site::of(&[("plan.yaml", "execution:\n  wall: {duration: 1d}\n  Wall: {duration: 2d}\n")]);
    assert!(site.has("tasks/wall.html") && !site.has("tasks/Wall.html"));
    has(site.page("stages/3-execution.html"), "href=\"../schedule.html#task-Wall\"");
}

#[test]
fn my_work_names_whom_i_wait_for_and_who_waits_for_me() {
    let site = Site::of(&[("progress.csv", PROGRESS)]);
    has(&site.words("people/sam.html", "waits"), "test build Tom 18 Aug 2026 yes");
    has(&site.words("people/tom.html", "holds-up"), "Sam test 19 Aug 2026 build 0 d");
    has(&site.words("people/tom.html", "now"), "build 3 Aug 2026 18 Aug 2026 2 d");
}

#[test]
fn who_has_to_decide_reads_it_first() {
    let decision = "D-01:\n  question: Which door?\n  asked_of: anna\n  needed_by: 2026-08-21\n";
    let site = Site::of(&[("decisions.yaml", decision), ("progress.csv", PROGRESS)]);
    let anna = site.page("people/anna.html");
    has(&words_of(anna), "To decide: D-01 by 21 Aug 2026.");
    has_not(anna, "No task of the plan is assigned here");
    // Of weeks in which nothing is asked there is no table.
    has_not(anna, "id=\"load\"");
    has(site.page("people/sam.html"), "id=\"load\"");
}

#[test]
fn the_forecast_of_the_last_report_stands_beside_what_became_of_it() {
    let site = Site::of(&[("progress.csv", PROGRESS)]);
    let promised = site.words("people/tom.html", "promised");
    has(&promised, "report of 7 Aug 2026");
    has(&promised, "build 3 Aug – 10 Aug 2026 3 Aug – 18 Aug 2026 +6 d");
    has(&promised, "Not finished as forecast");
}

#[test]
fn who_reported_once_alone_has_no_forecast_to_be_measured_by() {
    let first = PROGRESS.lines().take(2).collect::<Vec<_>>().join("\n") + "\n";
    let site = Site::of(&[("progress.csv", &first)]);
    has_not(site.page("people/tom.html"), "id=\"promised\"");
}

#[test]
fn a_public_site_has_no_page_of_a_person_and_no_stakeholder() {
    let stakeholders = "council: {stakeholder: Works council, power: high, interest: low}\n";
    let public = format!("{PROJECT}classification: Public\n");
    let hours = "week,person,task,time\n2026-W32,tom,build,1d\n";
    let files = [("stakeholders.yaml", stakeholders), ("timesheets.csv", hours), ("progress.csv", PROGRESS)];
    let inside = Site::of(&files);
    assert!(inside.has("people/tom.html"));
    has(&inside.words("people.html", "stakeholders"), "council");
    has(&inside.words("tasks/build.html", "money"), "Tom 1 pd");
    let outside = Site::of(&[&files[..], &[("project.yaml", public.as_str())]].concat());
    assert!(!outside.has("people/tom.html"));
    has_not(outside.page("people.html"), "council");
    let money = outside.words("tasks/build.html", "money");
    has(&money, "Everybody 1 pd");
    has_not(&money, "Tom");
    has_not(&outside.words("tasks/build.html", "report"), "timesheets.csv");
}

#[test]
fn the_matrix_of_parts_names_who_does_what() {
    let rasci = Site::of(&[]).words("people.html", "rasci");
    has(&rasci, "Task Anna Tom Sam");
    has(&rasci, "build A R C");
    has(&rasci, "Nobody does the work of “tell”.");
}

#[test]
fn a_criterion_is_met_by_its_day_by_its_gate_or_not_known_once_the_stage_is_over() {
    let plan = "initiation:\n  G1: {gate: Go}\nplanning:\n  draw: {duration: 2d, after: G1}\n";
    let gate = "---\ngate: G1\ndecision: approve\ndecided: 2026-08-03\nsignatures:\n  - {role: sponsor, person: anna, decision: approve, date: 2026-08-03}\n---\n";
    let first = "---\nstage: initiation\nexit:\n  - Money is there\n  - {criterion: Idea written, met: 2026-08-03, evidence: mail}\n---\n";
    let second = "---\nstage: planning\nentry: G1 approved\nexit: G2 approved\n---\n";
    let files = [
        ("plan.yaml", plan),
        ("gates/G1.md", gate),
        ("stages/1-initiation.md", first),
        ("stages/2-planning.md", second),
    ];
    let site = Site::of(&files);
    let exit = site.words("stages/1-initiation.html", "exit");
    has(&exit, "1 of 2 criteria met, of 1 nobody has said.");
    has(&exit, "Money is there Nobody has said");
    has(&exit, "Idea written Met 3 Aug 2026 mail");
    has(&site.words("stages/2-planning.html", "entry"), "G1 approved Met 3 Aug 2026 record of G1");
    has(
        &site.words("stages/2-planning.html", "exit"),
        "0 of 1 criterion met. Criterion State Since Evidence G2 approved Open",
    );
}

#[test]
fn a_criterion_that_names_a_deliverable_or_a_task_is_judged_by_its_record() {
    let deliverables = "D-01: {deliverable: Doors, accepted: 2026-08-12}\nD-02: {deliverable: Keys}\n";
    let page = "---\nstage: execution\nexit:\n  - D-01 accepted\n  - {criterion: D-02 accepted, met: 2026-08-03}\n  - \
                build finished\n  - test finished.\n  - Design accepted\n---\n";
    let progress = format!(
        "{}2026-08-14,build,2026-08-03,2026-08-13\n",
        "status_date,task,actual_start,actual_finish\n"
    );
    let files =
        [("deliverables.yaml", deliverables), ("stages/3-execution.md", page), ("progress.csv", &progress)];
    let exit = Site::of(&files).words("stages/3-execution.html", "exit");
    has(&exit, "2 of 5 criteria met.");
    has(&exit, "D-01 accepted Met 12 Aug 2026 acceptance of D-01");
    has(&exit, "D-02 accepted Open — acceptance of D-02");
    has(&exit, "build finished Met 13 Aug 2026 progress of build");
    has(&exit, "test finished. Open — progress of test");
    has(&exit, "Design accepted Open");
}

#[test]
fn planning_cycles_are_the_reports_that_planned_otherwise() {
    let frozen = |day: &str, finish: &str| {
        format!("status_date: {day}\nfinish: {{forecast: {finish}}}\nevm: {{bac: 100 EUR}}\n")
    };
    let (one, two, three) = (
        frozen("2026-08-07", "2026-09-01"),
        frozen("2026-08-14", "2026-09-01"),
        frozen("2026-08-21", "2026-09-08"),
    );
    let site = Site::of(&[
        ("plan.yaml", "planning:\n  draw: {duration: 20d}\n"),
        ("stages/2-planning.md", "---\nstage: planning\n---\n"),
        ("updates/2026-08-21.md", "---\nstatus_date: 2026-08-21\n---\n"),
        ("snapshots/2026-08-07.yaml", &one),
        ("snapshots/2026-08-14.yaml", &two),
        ("snapshots/2026-08-21.yaml", &three),
    ]);
    let cycles = site.words("stages/2-planning.html", "cycles");
    has(&cycles, "1 7 Aug 2026 1 Sep 2026 — 100");
    has(&cycles, "2 21 Aug 2026 8 Sep 2026 +5 d 100");
    has_not(&cycles, "14 Aug 2026");
}
