//! The sample project resolves as a whole, and faults of a plan are reported where they stand.

use std::path::Path;

use crate::diagnostic::{Diagnostics, Severity};
use crate::model::{
    Conventions, Distribution, Earning, LevellingOptions, Person, Portfolio, ProgressLogic, Project,
    RiskOptions, ScheduleFrom, Scheduling, TaskKind,
};
use crate::quantity::{Amount, Percent};
use crate::source::disk::Folder;

fn resolve(folder: &Folder) -> (Portfolio, Vec<String>) {
    let mut found = Diagnostics::default();
    let records = crate::record::read(folder, &crate::record::what_if::Changes::default(), &mut found);
    let portfolio = super::resolve(&records, &mut found);
    let said = found
        .iter()
        .map(|d| {
            let place = d.span.map_or(String::new(), |span| {
                let file = folder.file(span.file).map_or("", |file| &file.text);
                format!(" `{}`", &file[span.range()])
            });
            format!("{}{place}: {} | {}", d.rule.code, d.message, d.hints.join("; "))
        })
        .collect();
    (portfolio, said)
}

#[test]
fn the_sample_project_resolves_without_an_error() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("sample-project");
    let mut found = Diagnostics::default();
    let folder = Folder::read(&root, &mut found).unwrap();
    let records = crate::record::read(&folder, &crate::record::what_if::Changes::default(), &mut found);
    let portfolio = super::resolve(&records, &mut found);
    let errors: Vec<&str> = found
        .iter()
        .filter(|diagnostic| diagnostic.severity == Severity::Error)
        .map(|diagnostic| diagnostic.message.as_str())
        .collect();
    assert_eq!(errors, [""; 0]);
    assert!(portfolio.unreadable.is_empty());

    let project = portfolio.projects.iter().find(|project| project.folder == "branch-network").unwrap();
    let task = |id: &str| project.task(project.task_by_id(&id.parse().unwrap()).unwrap());
    assert_eq!(project.tasks.len(), 18);
    assert!(matches!(task("G2").kind, TaskKind::Gate(_)));
    assert!(matches!(task("project-management").kind, TaskKind::Hammock { .. }));
    assert_eq!(task("survey").earning, Earning::Units { total: 14, unit: "branches".to_owned() });
    assert_eq!(task("order-hw").costs[0].amount, Amount(4_130_000));
    assert_eq!(project.calendars[task("pilot").calendar].id.as_str(), "change-window");
    let baseline: Amount = project.baselines[0].tasks.values().map(|task| task.budget).sum();
    assert_eq!(baseline, Amount(9_843_200));
    let labour: Amount = project
        .timesheets
        .iter()
        .filter_map(|entry| {
            let person = &project.team.people[entry.worker.person()?.0 as usize];
            let rate = project.team.roles[person.role?.0 as usize].rate?;
            Some(rate.cost_of(entry.effort, project.minutes_per_day_of(entry.task)))
        })
        .sum();
    assert_eq!(labour, Amount(3_614_000));
}

const PROJECT: &str = "project: P\nstart: 2026-08-03\ncurrency: EUR\n";
const TEAM: &str = "roles:\n  engineer: {rate: 600 EUR/d}\npeople:\n  tom: {role: engineer}\n";

#[track_caller]
fn check(plan: &str, progress: &str, expected: &[&str]) {
    let files = vec![
        ("projects/p/project.yaml", PROJECT),
        ("projects/p/resources.yaml", TEAM),
        ("projects/p/plan.yaml", plan),
        ("projects/p/progress.csv", progress),
    ];
    let files = files.into_iter().filter(|(_, text)| !text.is_empty()).collect();
    let (_, said) = resolve(&Folder::from_memory(files));
    assert_eq!(said, expected);
}

#[test]
fn a_ring_of_tasks_is_printed_whole_and_the_project_is_left_out() {
    let plan = "planning:\n  a: {duration: 2d, after: c}\n  b: {duration: 2d, after: a}\n  c: {duration: 2d, after: [b]}\n";
    check(
        plan,
        "",
        &[
            "E103 `a`: tasks wait for each other in a ring: a → b → c → a | remove one of these links: `after:` names what must come before",
        ],
    );
    let files = vec![("projects/p/project.yaml", PROJECT), ("projects/p/plan.yaml", plan)];
    let (portfolio, _) = resolve(&Folder::from_memory(files));
    assert_eq!(portfolio.unreadable, ["p"]);
}

#[test]
fn unknown_names_are_pointed_at_word_by_word() {
    check(
        "planning:\n  survey: {duration: 2d, assign: [tmo 50%, engineer]}\n  design: {duration: 2d, after: \"survy SS +2d\", calendar: nights}\n",
        "",
        &[
            "E102 `tmo`: unknown person `tmo` | write `tom`",
            "E105 `engineer`: `engineer` is a role, not a person | say how many people of the role: `1 engineer`",
            "E102 `nights`: unknown calendar `nights` | define `nights`, or name a calendar that is defined",
            "W205 `+2d`: a lag of 2d without a reason | add `because:` to the task, or make what happens in that time a task",
            "E102 `survy`: unknown task `survy` | write `survey`",
        ],
    );
}

#[test]
fn a_line_is_one_kind_of_thing_and_has_a_length() {
    check(
        "planning:\n  a: {name: A}\n  b: {duration: 0d}\n  c: {milestone: C, duration: 2d}\n  d: {effort: 5d}\n  e: {gate: E}\n  G1: {gate: One}\n  f: {duration: 5}\n  g:\n    assign: tom\n    tasks:\n      h: {duration: 1d}\n",
        "",
        &[
            "E105 `5`: `5` is not a duration such as 30m, 12h, 5d, 2w or, through weekends, 10ed | add the unit: `5d` for working days, `5h` for hours",
            "E140 `a`: `a` does not say how long it takes | add `duration: 5d`, or `milestone:` with a name if it takes no time",
            "E142 `0d`: `b` takes no time | write `milestone: b` instead of `duration`",
            "E141 `2d`: a milestone has no `duration` | remove `duration`, or make the work a task of its own that comes before",
            "E143 `5d`: nobody is assigned to the effort of `d` | add `assign:` with people or roles, or give a `duration:` instead",
            "E144 `e`: the gate `e` is not one of the five | write `G2`, the gate that ends this stage, or `milestone:` instead of `gate:`",
            "W145 `G1`: the gate `G1` ends the stage initiation, but stands under planning | move it under `initiation:`",
            "E141 `tom`: a summary has no `assign` | move `assign` to the tasks below it",
        ],
    );
}

#[test]
fn ids_are_unique_across_stages_and_constraints_have_reasons() {
    check(
        "planning:\n  a: {duration: 2d, starts_not_before: 2026-09-01}\nexecution:\n  a: {duration: 3d}\n  b: {duration: 1d, earned_value: {milestones: {X: 40%, Y: 40%}}}\n",
        "",
        &[
            "E101 `a`: a second task has the id `a` | rename one of them, and whatever refers to it",
            "W212 `2026-09-01`: `starts_not_before` on `a` without a reason | add `because:`, or say what the task waits for with `after:`",
            "E150 `X`: the weights of the steps add up to 80%, not 100% | change the weights so that all steps together are 100%",
        ],
    );
}

#[test]
fn facts_of_progress_must_be_possible() {
    check(
        "planning:\n  a: {duration: 2d, earned_value: units 4 sites}\n  b: {duration: 2d, after: a}\n",
        "status_date,task,actual_start,actual_finish,percent_complete,units_done\n\
         2026-08-14,a,2026-08-20,,,5\n\
         2026-08-15,b,,2026-08-14,,\n\
         2026-08-16,b,2026-08-15,2026-08-14,,\n\
         2026-08-17,a,,,100%,\n\
         2026-08-18,c,,,,\n",
        &[
            "E401 `2026-08-20`: `actual_start` 2026-08-20 lies after the day of the report, 2026-08-14 | leave the cell empty until it has happened, or correct one of the two dates",
            "E414 `5`: 5 units done of 4 | correct the number, or write the new total into `units_total` where scope has grown",
            "E402 `2026-08-14`: `b` is finished but never began | add `actual_start`",
            "E402 `2026-08-14`: `b` finishes on 2026-08-14, before it starts on 2026-08-15 | correct one of the two dates",
            "E403 `100%`: `a` is at 100% but not finished | add `actual_finish`, or report less than 100% while something is left to do",
            "E102 `c`: unknown task `c` | define `c`, or name a task that is defined",
        ],
    );
}

#[test]
fn nothing_left_is_finished() {
    check(
        "planning:\n  a: {duration: 10d}\n  b: {duration: 2d, after: a}\n  c: {duration: 3d}\n",
        "status_date,task,actual_start,actual_finish,percent_complete,remaining\n\
         2026-08-14,a,2026-08-10,,10%,0d\n\
         2026-08-17,a,2026-08-10,2026-08-17,,0d\n\
         2026-08-17,c,2026-08-10,,90%,4h\n\
         2026-08-18,a,,,,0h\n",
        &[
            "W432 `0d`: nothing is left of `a`, and it is not finished | add `actual_finish` if it is finished, else write the working time still needed",
        ],
    );
}

#[test]
fn a_line_that_cannot_be_read_is_no_reason_to_blame_who_waits_for_it() {
    check(
        "planning:\n  d: {duration: 1d, after: \"b, c\", assign: \"tom, sam\"}\n  a: 8d\n  b: {duration: 2d, after: [a, x/y, c 2d, b ss +1d]}\n  c: {duration: 1d, start: 2026-08-03}\n",
        "status_date,task,status\n2026-08-14,a,done\n",
        &[
            "E105 `\"b, c\"`: `b, c` is not a task, or a task with link type and lag, such as `design`, `design SS +2d` or `survey FF` | write a list: `[b, c]`",
            "E105 `\"tom, sam\"`: `tom, sam` is not a person such as `tom` or `tom 50%`, or people of a role such as `2 technician` | write a list: `[tom, sam]`",
            "E105 `8d`: expected the fields of a task, found text | write `{duration: 8d}`",
            "E105 `2d`: `2d` is not a lag with its sign | write `+2d`",
            "E105 `ss`: `ss` is not a link type: FS, SS, FF or SF | write `SS`",
            "E124 `start`: `start` is not written here | remove it and say what the task waits for with `after:`; a date that binds it is `starts_not_before:` with `because:`, a start that happened goes into `progress.csv`",
            "E124 `status`: `status` is not written here | remove it: give `actual_start`, `percent_complete` and `actual_finish`, the status follows",
        ],
    );
}

#[test]
fn a_broken_team_file_is_reported_once() {
    let files = vec![
        ("projects/p/project.yaml", "project: P\nstart: 2026-08-03\ncurrency: EUR\nsponsor: tom\n"),
        ("projects/p/resources.yaml", "people: [tom\n"),
        ("projects/p/plan.yaml", "planning:\n  a: {duration: 2d, assign: tom}\n"),
    ];
    let (portfolio, said) = resolve(&Folder::from_memory(files));
    assert_eq!(said.len(), 1, "{said:?}");
    assert_eq!(portfolio.projects.len(), 1);
}

#[test]
fn what_the_portfolio_shares_is_known_to_each_project() {
    let files = vec![
        ("calendars/nights.yaml", "nights:\n  week: mon tue wed thu fri\n  hours: 20:00 .. 24:00\n"),
        ("people.yaml", "people:\n  tom: {name: Tom Okafor, calendar: nights}\n"),
        ("projects/p/project.yaml", PROJECT),
        ("projects/p/plan.yaml", "planning:\n  a: {duration: 2d, assign: tom, calendar: nights}\n"),
    ];
    let (portfolio, said) = resolve(&Folder::from_memory(files));
    assert_eq!(said, [""; 0]);
    let project = &portfolio.projects[0];
    assert!(project.team.people[0].is_shared);
    assert_eq!(project.calendars[project.tasks[0].calendar].work_time.minutes_per_day, 240);
    assert_eq!(project.calendars[project.calendar].id.as_str(), "standard");
}

/// The only project of a folder with these words about how dates are computed.
#[track_caller]
fn scheduled(words: &str) -> Project {
    let project = format!("{PROJECT}calendar: six\n{words}");
    let files = vec![
        ("projects/p/project.yaml", project.as_str()),
        ("projects/p/calendar.yaml", "six: {hours_per_day: 6h}\n"),
        ("projects/p/plan.yaml", "execution:\n  a: {duration: 1d}\n"),
    ];
    let (mut portfolio, said) = resolve(&Folder::from_memory(files));
    assert_eq!(said, [""; 0]);
    portfolio.projects.remove(0)
}

#[test]
fn how_dates_are_computed_follows_the_words_and_without_them_the_usual_rules() {
    let usual = scheduled("").scheduling;
    assert_eq!(usual, Scheduling { near_critical: 5 * 360, ..Scheduling::default() });
    assert_eq!(
        scheduled("schedule: {level: true}\n").scheduling.levelling,
        Some(LevellingOptions::default())
    );
    assert_eq!(scheduled("schedule: {level: {}}\n").scheduling.levelling, Some(LevellingOptions::default()));
    assert_eq!(scheduled("schedule: {level: false}\n").scheduling.levelling, None);
    let all = scheduled(
        "schedule:\n  from: finish\n  finish: 2026-12-18 12:00\n  progress: progress override\n\
         \x20 critical_float: 1d\n  near_critical: 2d\n  level: {schedules: 50, seed: 7, split: true}\n\
         \x20 risk: {distribution: triangular, runs: 2_000, seed: 3, correlation: 30%}\n",
    );
    assert_eq!(
        all.scheduling,
        Scheduling {
            from: ScheduleFrom::Finish("2026-12-18 12:00".parse().unwrap()),
            progress_logic: ProgressLogic::Override,
            critical_float: 360,
            near_critical: 720,
            conventions: Conventions::Milepost,
            honor_constraints: true,
            levelling: Some(LevellingOptions { schedules: 50, seed: 7, split: true }),
            risk: RiskOptions {
                distribution: Distribution::Triangular,
                runs: 2_000,
                seed: 3,
                correlation: Percent::from_hundredths(3_000),
            },
        }
    );
}

#[test]
fn what_levelling_needs_reaches_the_model() {
    let files = vec![
        ("projects/p/project.yaml", PROJECT),
        (
            "projects/p/resources.yaml",
            "roles:\n  fitter: {heads: {2026-09-01 .. 2026-09-30: 3, 2026-08-01 .. 2026-08-31: 0}}\n\
             people:\n  tom: {available: {2026-08-01 .. 2026-08-31: 50%}}\n  sam: {available: 40%}\n",
        ),
        (
            "projects/p/plan.yaml",
            "execution:\n  a: {duration: 1d}\n  b: {duration: 9d, priority: 700, split: true, \
             ignore_people_calendars: true, manual: true, must_start: 2026-08-05 13:00, because: crane}\n",
        ),
        (
            "projects/p/progress.csv",
            "status_date,task,actual_start,resume\n2026-08-07,b,2026-08-05,2026-08-17 13:00\n2026-08-14,b,,\n",
        ),
    ];
    let (portfolio, said) = resolve(&Folder::from_memory(files));
    assert_eq!(said, [""; 0]);
    let project = &portfolio.projects[0];
    let facts = |place: usize| {
        let task = &project.tasks[place];
        (task.priority, task.may_split, task.ignores_people, task.is_manual)
    };
    assert_eq!((facts(0), facts(1)), ((500, false, false, false), (700, true, true, true)));
    let resume = |day: &str| project.progress_as_of(day.parse().unwrap())[1].resume.map(|at| at.to_string());
    assert_eq!(resume("2026-08-06"), None);
    assert_eq!(resume("2026-08-14").as_deref(), Some("2026-08-17 13:00"));
    let (role, tom, sam) = (&project.team.roles[0], &project.team.people[0], &project.team.people[1]);
    let heads = |day: &str| role.heads_on(day.parse().unwrap());
    assert_eq!((heads("2026-08-31"), heads("2026-09-01"), heads("2026-10-01")), (Some(0), Some(3), None));
    let share = |person: &Person, day: &str| person.available_on(day.parse().unwrap()).hundredths();
    assert_eq!((share(tom, "2026-08-31"), share(tom, "2026-09-01")), (5_000, 10_000));
    assert_eq!((share(sam, "2026-08-31"), sam.availability.len()), (4_000, 0));
}
