//! What pages say where something usual is missing: a baseline, heads of a role, somebody's duties, the stages behind a stop.

use milepost::diagnostic::Diagnostics;
use milepost::pipeline::{self, Options};
use milepost::source::disk::Folder;

use crate::said::{says, words_of};

const PROJECT: &str =
    "project: Demo\ncode: DM-1\nstart: 2026-08-03\ncurrency: EUR\nsponsor: ada\nreporting: every 1w\n";

/// A page of a portfolio of these files: as it is, and its words with one space between two.
pub fn page(files: &[(&str, &str)], name: &str) -> (String, String) {
    let folder = Folder::from_memory(files.to_vec());
    let report = pipeline::compute(&folder, Diagnostics::default(), &Options::default());
    let faults: Vec<&str> = report
        .findings
        .iter()
        .filter(|found| found.severity == milepost::diagnostic::Severity::Error)
        .map(|found| found.message.as_str())
        .collect();
    assert!(faults.is_empty(), "{faults:?}");
    let site = pipeline::render(&report, &pipeline::theme_files(&folder)).unwrap();
    let (_, bytes) = site.iter().find(|(path, _)| path.ends_with(name)).unwrap();
    let html = crate::said::plain(std::str::from_utf8(bytes).unwrap());
    let words = words_of(&html);
    (html, words)
}

/// Where time was lost used to name only tasks that took longer, not those that could not begin.
#[test]
fn days_waited_before_a_task_are_told_where_time_was_lost() {
    let files = [
        ("project.yaml", PROJECT),
        ("resources.yaml", "people:\n  ada: {name: Ada King}\n"),
        (
            "plan.yaml",
            "execution:\n  ask: {name: Ask, duration: 2d}\n  use: {name: Use, duration: 2d, after: ask}\n",
        ),
        (
            "progress.csv",
            "status_date,task,actual_start,actual_finish\n2026-08-07,ask,2026-08-03,2026-08-04\n",
        ),
        (
            "dependencies.yaml",
            "X1: {team: business-data, request: Access, for: use, asked: 2026-08-03, promised: 2026-08-12}\n",
        ),
        ("updates/2026-08-07.md", "---\nstatus_date: 2026-08-07\n---\n"),
    ];
    let (_, words) = page(&files, "project/schedule.html");
    says(&words, "Wait longer than planned Behind at its start Behind at its finish Added by itself");
    says(&words, "Use +6 d +6 d +6 d 0 d");
    let (_, words) = page(&files, "project/index.html");
    says(&words, "Most time is lost in the wait before “Use” (6 working days).");
}

/// The cleansing waits for Noor, who is busy elsewhere until 14 August: what the work before it lost is taken up by its float, and was told as
/// time lost with `−1 d` of waiting.
#[test]
fn work_before_a_wait_for_somebody_busy_is_not_where_time_was_lost() {
    let files = [
        ("project.yaml", "project: Demo\ncurrency: EUR\nstart: 2026-08-03\nschedule: {level: true}\n"),
        ("resources.yaml", "people:\n  ada: {name: Ada King}\n  noor: {name: Noor Haddad}\n"),
        (
            "plan.yaml",
            "execution:\n  other: {name: Other, duration: 10d, assign: noor, priority: 900}\n  fit: {name: Fit, duration: 2d, assign: \
             ada}\n  cleanse: {name: Cleanse, duration: 5d, assign: noor, after: fit}\n",
        ),
        (
            "progress.csv",
            "status_date,task,actual_start,actual_finish,remaining\n2026-08-05,fit,2026-08-03,,1d\n2026-08-05,other,2026-08-03,,7d\n",
        ),
        ("updates/2026-08-05.md", "---\nstatus_date: 2026-08-05\n---\n"),
    ];
    let (_, words) = page(&files, "project/schedule.html");
    assert!(!words.contains("Fit on time"), "{words}");
    assert!(!words.contains("shorter"), "{words}");
}

/// Of as many as needed nobody is away in a week that asks for none.
#[test]
fn a_role_without_heads_is_never_away() {
    let plan = "execution:\n  build: {duration: 10d, assign: 1 painter}\n  rest: {duration: 5d, after: build, cost: 9 EUR other}\n  more: {duration: 5d, after: rest, assign: [1 painter, 1 joiner]}\n";
    let roles = "roles:\n  painter: {rate: 400 EUR/d}\n  joiner: {rate: 400 EUR/d}\npeople:\n  ada: {name: Ada King}\n";
    let files = [("project.yaml", PROJECT), ("resources.yaml", roles), ("plan.yaml", plan)];
    let (_, words) = page(&files, "project/people.html");
    says(&words, "Painter unnamed, as many as needed 100 100 100");
    assert!(!words.contains("away"), "{words}");
}

/// A report that was frozen before there was a baseline is not held against one.
#[test]
fn the_journal_speaks_of_the_plan_where_no_baseline_was_measured_against() {
    let snapshot = |against: &str| {
        format!("status_date: 2026-08-07\n{against}finish: {{baseline: 2026-08-05, forecast: 2026-08-06}}\n")
    };
    let told = |against: &str| {
        let frozen = snapshot(against);
        let files = [
            ("project.yaml", PROJECT),
            ("resources.yaml", "people:\n  ada: {name: Ada King}\n"),
            ("plan.yaml", "execution:\n  build: {duration: 3d}\n"),
            ("updates/2026-08-07.md", "---\nstatus_date: 2026-08-07\n---\n\nAll is well.\n"),
            ("snapshots/2026-08-07.yaml", frozen.as_str()),
        ];
        page(&files, "project/journal.html").1
    };
    says(&told(""), "+1 d against the plan");
    says(&told("measured_against: B1\n"), "+1 d against the baseline");
}

/// A link to a row that is not there leads nowhere; whom nothing names has no row.
#[test]
fn somebody_shared_is_listed_where_the_project_names_them() {
    let files = [
        (
            "people.yaml",
            "people:\n  tom: {name: Tom Okafor}\n  ida: {name: Ida Holm}\n  max: {name: Max Berg}\n",
        ),
        ("projects/demo/project.yaml", PROJECT),
        ("projects/demo/resources.yaml", "people:\n  ada: {name: Ada King}\n"),
        ("projects/demo/plan.yaml", "execution:\n  build: {duration: 3d, produces: [D1, D2]}\n"),
        (
            "projects/demo/deliverables.yaml",
            "D1: {deliverable: Paper, approver: tom, accepted: 2026-08-05, criteria: [{criterion: Read}]}\nD2: {deliverable: Box, approver: ida, criteria: [{criterion: Full}]}\n",
        ),
        ("projects/demo/updates/2026-08-07.md", "---\nstatus_date: 2026-08-07\n---\n"),
    ];
    let (html, words) = page(&files, "deliverables.html");
    says(&words, "Tom Okafor");
    assert!(html.contains("people/ida.html") && html.contains("people.html#person-tom"), "{html}");
    let (people, _) = page(&files, "demo/people.html");
    let row = |id: &str| people.contains(&format!("id=\"person-{id}\""));
    assert!(row("tom") && row("ida") && !row("max"), "{people}");
}

/// Only what the board went through is behind a stopped project; its closing is now.
#[test]
fn a_stopped_project_went_through_the_stages_that_it_went_through() {
    let gate = "---\ngate: G1\ndecision: stop\ndecided: 2026-08-06\nsignatures:\n  - {role: sponsor, person: ada, decision: stop, date: 2026-08-06}\n---\n";
    let files = [
        ("project.yaml", PROJECT),
        ("resources.yaml", "people:\n  ada: {name: Ada King}\n"),
        (
            "plan.yaml",
            "initiation:\n  study: {duration: 3d}\n  G1: {gate: Worth it, after: study}\nclosing:\n  archive: {duration: 2d, after: G1}\n",
        ),
        (
            "progress.csv",
            "status_date,task,actual_start,actual_finish\n2026-08-07,study,2026-08-03,2026-08-05\n",
        ),
        ("gates/G1.md", gate),
        ("updates/2026-08-10.md", "---\nstatus_date: 2026-08-10\n---\n"),
    ];
    let (html, words) = page(&files, "project/index.html");
    let steps: Vec<&str> =
        html.split("track-step ").skip(1).map(|step| step.split('"').next().unwrap()).collect();
    assert_eq!(steps, ["done", "ahead", "ahead", "ahead", "current"], "{html}");
    says(&words, "6 Aug 2026 +1 d × Stopped");
}

const ASKED: &[(&str, &str)] = &[
    ("project.yaml", "project: Demo\nstart: 2026-08-03\ncurrency: EUR\nreporting: every 1w\n"),
    ("resources.yaml", "people:\n  ada: {name: Ada King}\n"),
    ("plan.yaml", "execution:\n  build: {name: Build, duration: 10d}\n"),
    ("updates/2026-08-07.md", "---\nstatus_date: 2026-08-07\n---\n"),
];

/// Where nobody is asked, a dash used to decide.
#[test]
fn a_decision_of_nobody_says_so() {
    let with = |decisions: &'static str, name: &str| {
        page(&[ASKED, &[("decisions.yaml", decisions)]].concat(), name).1
    };
    let words = with("D1: {question: How?, needed_by: 2026-08-14}\n", "project/index.html");
    says(&words, "To be decided; nobody is named to decide D1 How?");
    says(&words, "Decision wanted All decisions D1 How? Nobody is named to decide · by 14 Aug 2026");
    assert!(!words.contains("— decides") && !words.contains("Each option as far"), "{words}");
    let two = "D1: {question: How?, needed_by: 2026-08-14}\nD2: {question: When?, asked_of: ada, needed_by: 2026-08-17}\n";
    let words = with(two, "project/index.html");
    says(&words, "D2 When? Ada King decides · by 17 Aug 2026");
    says(&words, "Decisions wanted All decisions D1 How?");
}

/// The answer may come when some of the gain is left; "only after that day" hid that.
#[test]
fn an_answer_wanted_late_says_by_which_day_and_of_what() {
    let plan = "execution:\n  build: {name: Build, duration: 10d}\n  test: {name: Test, duration: 5d, after: build}\n  paint: {name: Paint, duration: 12d}\n";
    let with = |needed: &str| {
        let decisions = format!(
            "D1: {{question: How?, needed_by: {needed}, asked_of: ada, options: {{fast: {{option: Two crews, set: [tasks.build.duration=5d]}}, as-it-is: {{option: One crew}}}}, if_silent: as-it-is}}\n"
        );
        let mut files = ASKED.to_vec();
        files[2].1 = plan;
        files.push(("decisions.yaml", &decisions));
        page(&files, "project/index.html").1
    };
    says(&with("2026-08-14"), "the answer is wanted by 14 Aug 2026, too late for all of it");
    says(&with("2026-08-31"), "the answer is wanted by 31 Aug 2026, too late for any of it");
    says(&with("2026-08-14"), "working days sooner");
    says(&with("2026-08-14"), "Each option as far as it can be computed");
}

/// A change that is rejected used to say that what was built of it is part of the plan.
#[test]
fn a_change_that_is_not_done_says_so() {
    let sheet = |status: &str| {
        let changes = format!(
            "C1: {{change: More, requested_by: ada, submitted: 2026-08-03, status: {status}, decided: 2026-08-05, decided_by: ada}}\n"
        );
        page(&[ASKED, &[("changes.yaml", &changes)]].concat(), "changes/C1.html").1
    };
    for (status, said) in [
        ("rejected", "It is rejected: it is not done"),
        ("postponed", "It is postponed"),
        ("merged", "It is merged"),
    ] {
        let words = sheet(status);
        says(&words, said);
        assert!(!words.contains("part of the plan") && !words.contains("No task is named yet"), "{words}");
    }
    says(&sheet("approved"), "part of the plan");
}

/// A portfolio without money is not on budget.
#[test]
fn what_costs_nothing_is_not_on_budget() {
    let files: Vec<(String, &str)> = ["one", "two"]
        .iter()
        .flat_map(|folder| ASKED.iter().map(move |(path, text)| (format!("projects/{folder}/{path}"), *text)))
        .collect();
    let costs = "date,type,category,task,amount,reference,note\n2026-08-04,actual,hardware,build,100 EUR,,\n";
    let mut files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (path.as_str(), *text)).collect();
    files.push(("projects/one/costs.csv", costs));
    let (_, words) = page(&files, "index.html");
    assert!(!words.contains("on budget") && !words.contains("EUR at completion"), "{words}");
}

/// The page of a task used to put its own deadline beside a room that is counted to a tighter one behind it.
#[test]
fn the_room_of_a_task_names_the_deadline_it_is_counted_to() {
    let plan = "\
execution:
  a: {name: Aaa, duration: 5d}
  c: {name: Ccc, duration: 5d, after: a, deadline: 2026-12-31}
  d: {name: Ddd, duration: 5d, after: c, deadline: 2026-08-24}
";
    let files = [
        ("project.yaml", PROJECT),
        ("resources.yaml", "people:\n  ada: {name: Ada King}\n"),
        ("plan.yaml", plan),
    ];
    for task in ["a", "c"] {
        let (_, words) = page(&files, &format!("project/tasks/{task}.html"));
        says(&words, "To deadline 1 d counted to the deadline of “Ddd” behind it, 24 Aug 2026");
    }
    let (_, words) = page(&files, "project/tasks/d.html");
    says(&words, "To deadline 1 d counted to its deadline, 24 Aug 2026");
    let (html, _) = page(&files, "project/explain/tasks.html");
    for task in ["a", "c", "d"] {
        let (_, margin) = html.split_once(&format!("id=\"task-{task}.margin\"")).unwrap();
        let margin = margin.split("</div>").next().unwrap();
        let is_named = margin.contains("24 Aug 2026") && margin.contains("plan.yaml.html#L4");
        assert!(is_named && !margin.contains("31 Dec"), "{task}: {margin}");
    }
}

/// Months used to stand behind the last of the weeks that go into them.
#[test]
fn a_month_of_load_stands_before_its_weeks() {
    let files = [
        ("project.yaml", PROJECT),
        ("resources.yaml", "people:\n  ada: {name: Ada King}\n"),
        ("plan.yaml", "execution:\n  a: {duration: 30d, assign: ada}\n"),
    ];
    let (html, _) = page(&files, "project/explain/people.html");
    let keys: Vec<&str> =
        html.split("<div id=\"person-ada.").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    let months = [
        "month-2026-08",
        "2026-08-03",
        "2026-08-10",
        "2026-08-17",
        "2026-08-24",
        "2026-08-31",
        "month-2026-09",
        "2026-09-07",
    ];
    assert!(keys.ends_with(&months), "{keys:?}");
}

/// An overdue request used to come on the day of its broken promise, with a margin that was counted from another.
#[test]
fn what_is_overdue_comes_not_before_the_status_date() {
    let files = [
        ("project.yaml", PROJECT),
        ("resources.yaml", "people:\n  ada: {name: Ada King}\n"),
        ("plan.yaml", "execution:\n  ask: {duration: 10d}\n  use: {name: Use, duration: 2d, after: ask}\n"),
        (
            "dependencies.yaml",
            "X1: {team: business-data, request: Access, for: use, asked: 2026-08-03, promised: 2026-08-05}\n",
        ),
        ("updates/2026-08-07.md", "---\nstatus_date: 2026-08-07\n---\n"),
    ];
    let (_, words) = page(&files, "project/outside.html");
    says(&words, "not before 7 Aug 2026 promised 5 Aug 2026");
    let earlier = files.map(|(path, text)| (path, if path == "dependencies.yaml" { "X1: {team: business-data, request: Access, for: use, asked: 2026-08-03, promised: 2026-08-12}\n" } else { text }));
    let (_, words) = page(&earlier, "project/outside.html");
    says(&words, "12 Aug 2026 promised");
}

/// Links to tasks of a plan that is too long for pages of their own led to rows without a word of why.
#[test]
fn a_long_plan_says_that_its_tasks_have_no_pages_and_whose_dates_are_explained() {
    let tasks = (0..1_001).fold("execution:\n".to_owned(), |plan, task| {
        plan + &format!("  t{task}: {{name: Task {task}, duration: 1d}}\n")
    });
    let files = |plan: &'static str| {
        [
            ("project.yaml", PROJECT),
            ("resources.yaml", "people:\n  ada: {name: Ada King}\n"),
            ("plan.yaml", plan),
        ]
    };
    let (html, words) = page(&files(tasks.leak()), "project/schedule.html");
    says(
        &words,
        "Only plans of up to 1 000 tasks have a page for each: what leads to a task leads to its row here.",
    );
    says(&words, "Of 1 001 open tasks these 300 have the least float;");
    assert_eq!(html.matches("milepost why project/TASK").count(), 2 + 1, "once more on paper");
    let (_, words) = page(&files("execution:\n  a: {name: A, duration: 1d}\n"), "project/schedule.html");
    assert!(!words.contains("have a page for each") && !words.contains("have the least float"), "{words}");
}

/// Nothing is late yet, and nothing may go on: the board holds the project. That was green.
#[test]
fn a_project_that_its_board_holds_is_not_green_in_time() {
    let gate = |decision: &str| {
        let signed = |role: &str| {
            format!("  - {{role: {role}, person: ada, decision: {decision}, date: 2026-08-07}}\n")
        };
        format!(
            "---\ngate: G1\ndecision: {decision}\ndecided: 2026-08-07\nsignatures:\n{}{}---\n",
            signed("sponsor"),
            signed("operations_owner")
        )
    };
    let says_time = |decision: &str| {
        let gate = gate(decision);
        let files = [
            (
                "project.yaml",
                "project: Demo\nstart: 2026-08-03\ncurrency: EUR\nsponsor: ada\noperations_owner: ada\nreporting: every 1w\n\
                 tolerance: {time: 20d}\n",
            ),
            ("resources.yaml", "people:\n  ada: {name: Ada King}\n"),
            (
                "plan.yaml",
                "initiation:\n  study: {duration: 5d}\n  G1: {gate: Mandate, after: study}\nexecution:\n  build: {duration: 5d, after: G1}\n",
            ),
            (
                "progress.csv",
                "status_date,task,actual_start,actual_finish\n2026-08-07,study,2026-08-03,2026-08-07\n",
            ),
            ("gates/G1.md", &*gate),
            ("updates/2026-08-07.md", "---\nstatus_date: 2026-08-07\n---\n"),
        ];
        page(&files, "project/index.html").1
    };
    says(&says_time("hold"), "the board holds the project at G1 since 7 Aug 2026");
    says(&says_time("hold"), "Time A Amber");
    says(&says_time("approve"), "Time G Green");
}

/// 1 200 were spent of a budget of 1 000, and nothing is left to do: no trend needs a part of the 500 of contingency any more.
#[test]
fn contingency_left_at_the_end_is_needed_by_no_trend() {
    let files = [
        ("project.yaml", PROJECT),
        ("resources.yaml", "people:\n  ada: {name: Ada King}\n"),
        ("plan.yaml", "execution:\n  build: {duration: 5d, cost: 1_000 EUR services}\n"),
        ("budget.yaml", "contingency: 500 EUR\n"),
        (
            "progress.csv",
            "status_date,task,actual_start,actual_finish\n2026-08-07,build,2026-08-03,2026-08-07\n",
        ),
        (
            "costs.csv",
            "date,type,category,task,amount,reference\n2026-08-06,actual,services,build,1_200 EUR,INV-1\n",
        ),
        ("updates/2026-08-07.md", "---\nstatus_date: 2026-08-07\n---\n"),
    ];
    let (_, words) = page(&files, "project/index.html");
    says(&words, "200 EUR of it spent beyond the budget");
    assert!(!words.contains("needed by the cost trend"), "{words}");
}

/// 24 000 USD were planned at 0.90 and paid at 0.95: 1 200 EUR dearer, though no price differs.
#[test]
fn a_loss_by_exchange_rates_is_told_as_such() {
    let rates = "rates:\n  - {currency: USD, rate: 0.90, date: 2026-08-01}\n  - {currency: USD, rate: 0.95, date: 2026-08-05}\n";
    let project = format!("{PROJECT}{rates}");
    let files = [
        ("project.yaml", &*project),
        ("resources.yaml", "people:\n  ada: {name: Ada King}\n"),
        (
            "plan.yaml",
            "execution:\n  cloud: {duration: 5d, cost: 24_000 USD software}\n  rest: {duration: 5d, after: cloud, cost: 900 EUR other}\n",
        ),
        (
            "progress.csv",
            "status_date,task,actual_start,actual_finish\n2026-08-07,cloud,2026-08-03,2026-08-07\n",
        ),
        (
            "costs.csv",
            "date,type,category,task,amount,reference\n2026-08-06,actual,software,cloud,24_000 USD,INV-1\n",
        ),
        ("updates/2026-08-07.md", "---\nstatus_date: 2026-08-07\n---\n"),
    ];
    let (_, words) = page(&files, "project/budget.html");
    says(&words, "; +1 200 by exchange rates");
}

#[test]
fn a_project_without_prices_tells_no_amounts_of_its_tasks() {
    let plan = "execution:\n  build: {effort: 5d, assign: tom}\n  test: {duration: 3d, after: build}\n";
    let site = |rate: &str| {
        let people = format!("people:\n  ada: {{name: Ada}}\n  tom: {{name: Tom{rate}}}\n");
        let files = [("project.yaml", PROJECT), ("resources.yaml", people.as_str()), ("plan.yaml", plan)];
        (page(&files, "tasks/build.html").1, page(&files, "explain/tasks.html").1)
    };
    let (task, explained) = site("");
    says(&task, "Effort planned 5 pd");
    says(&explained, "Effort planned 5.00 pd");
    for words in ["Budget", "Planned value", "Earned value", "Actual cost", "Cost variance", "0.00"] {
        assert!(!task.contains(words) && !explained.contains(words), "{words}: {task} {explained}");
    }
    // 5 person-days at 400: all tasks tell their amounts, also that which nobody is paid for.
    let (task, explained) = site(", rate: 400 EUR/d");
    says(&task, "Budget 2 000 EUR");
    says(&explained, "Budget 2 000.00");
    says(&explained, "Actual cost 0.00");
}

/// A project that begins next summer moved the day of the portfolio to its eve, on which every other report was half a year old.
#[test]
fn a_project_that_begins_next_year_does_not_move_the_day_of_the_portfolio() {
    let next = "project: Next\ncode: NX-1\nstart: 2027-06-01\ncurrency: EUR\nreporting: every 1w\n";
    let files = [
        ("portfolio.yaml", "portfolio: Two\n"),
        ("projects/demo/project.yaml", PROJECT),
        ("projects/demo/resources.yaml", "people:\n  ada: {name: Ada King}\n"),
        ("projects/demo/plan.yaml", "execution:\n  build: {name: Build, duration: 30d}\n"),
        (
            "projects/demo/progress.csv",
            "status_date,task,actual_start,remaining\n2026-08-07,build,2026-08-03,25d\n",
        ),
        ("projects/next/project.yaml", next),
        ("projects/next/plan.yaml", "planning:\n  ask: {name: Ask, duration: 5d}\n"),
    ];
    let folder = Folder::from_memory(files.to_vec());
    let report = pipeline::compute(&folder, Diagnostics::default(), &Options::default());
    assert_eq!(report.status_date.to_string(), "2026-08-07");
    let site = pipeline::render(&report, &pipeline::theme_files(&folder)).unwrap();
    let words = |path: &str| words_of(std::str::from_utf8(site.get(path).unwrap()).unwrap());
    let first = words("index.html");
    says(&first, "As of 7 Aug 2026");
    crate::said::says_not(&first, "older than the rhythm allows");
    // Its plan has work in planning only, and none of it has begun.
    says(&words("next/index.html"), "NX-1 Planning");
    says(&words("next/stages/2-planning.html"), "To come");
}
