//! Plans for MS Project: each file is read by our own import and builds to the dates of the forecast it was written from.

use std::collections::BTreeMap;
use std::path::Path;

use milepost::diagnostic::Diagnostics;
use milepost::exchange::{Imported, mspdi};
use milepost::export::ms_project;
use milepost::pipeline::{self, Options};
use milepost::quantity::Audience;
use milepost::report::{ProjectReport, Report};
use milepost::source::disk::Folder;

use crate::corpus::{cases, markdown_files, report_of};
use crate::sample;

/// Tasks of the suite that MS Project computes otherwise: case, task, why.
const NAMED: [(&str, &str, &str); 1] = [(
    "three days between two dates that are four months apart",
    "pilot",
    "a task there has one constraint: of a start and a finish that both must be, the start is written",
)];

fn imported(xml: &[u8], name: &str) -> Imported {
    let outcome = mspdi::import(xml, name);
    let findings: Vec<&str> = outcome.findings.iter().map(|found| found.message.as_str()).collect();
    assert!(findings.is_empty(), "{name}: {findings:?}");
    outcome.imported.expect(name)
}

/// The tasks of a project whose dates change on the way out and in, as lines; and how many were compared.
fn changed(project: &ProjectReport) -> (Vec<String>, usize) {
    let folder = &project.project.folder;
    let imported = imported(&ms_project::write(project, folder), folder);
    let Some(comparison) = &imported.comparison else {
        return (vec![format!("{folder} cannot be scheduled: {:?}", imported.findings)], 0);
    };
    let n_tasks = project.project.tasks.iter().filter(|task| !task.is_summary()).count();
    assert_eq!(comparison.n_tasks, n_tasks, "{folder}");
    let lines = comparison.differences.iter().map(|one| {
        let (stored, computed) = (one.stored, one.computed);
        format!("{}: {} .. {} became {} .. {}", one.id, stored.0, stored.1, computed.0, computed.1)
    });
    (lines.collect(), n_tasks)
}

fn check_dates(report: &Report) {
    for project in &report.projects {
        let (lines, n_tasks) = changed(project);
        assert!(lines.is_empty() && n_tasks > 10, "{}:\n{}", project.project.folder, lines.join("\n"));
    }
}

/// A project of these files beside a minimal `project.yaml`, and its plan for MS Project.
fn written(files: &[(&str, &str)]) -> (Report, String) {
    let project = ("project.yaml", "project: Demo\ncurrency: EUR\nstart: 2026-08-03\n");
    let files = std::iter::once(project).chain(files.iter().copied()).collect();
    let report = pipeline::compute(&Folder::from_memory(files), Diagnostics::default(), &Options::default());
    let xml = String::from_utf8(ms_project::write(&report.projects[0], "plan")).unwrap();
    (report, xml)
}

/// The row of a task.
fn row<'a>(xml: &'a str, name: &str) -> &'a str {
    let rows = xml.split("<Task>").map(|row| row.split("</Task>").next().unwrap_or_default());
    rows.into_iter().find(|row| row.contains(&format!("<Name>{name}</Name>"))).expect(name)
}

#[test]
fn slack_of_what_runs_by_the_clock_is_time_of_the_clock() {
    let plan = "execution:\n  prep: {duration: 1d}\n  soak: {duration: 2ed, after: prep}\n  mid: {duration: 1d, after: soak}\n  \
                other: {duration: 5d}\n  test: {duration: 1d, after: [mid, other]}\n";
    let (_, xml) = written(&[("plan.yaml", plan)]);
    // It ends on Wednesday at 17:00; what follows begins on Thursday at 08:00, 15 hours later, and may begin on Friday, 24 later.
    let soak = row(&xml, "soak");
    assert!(
        soak.contains("<FreeSlack>9000</FreeSlack>") && soak.contains("<TotalSlack>23400</TotalSlack>"),
        "{soak}"
    );
}

#[test]
fn a_lag_in_percent_of_work_by_the_clock_stays_when_the_work_grows() {
    let plan =
        "execution:\n  cure: {duration: 4ed}\n  next: {duration: 1d, after: cure +25%, because: it dries}\n";
    let progress = "status_date,task,actual_start,remaining\n2026-08-07,cure,2026-08-03 08:00,10ed\n";
    let (report, xml) = written(&[("plan.yaml", plan), ("progress.csv", progress)]);
    // Ten days from the end of the 7th on, then a day, a quarter of the four that were planned.
    let next = report.projects[0].forecast.slot(milepost::model::TaskNo(1));
    assert_eq!(next.start.to_string(), "2026-08-19 08:00");
    let next = row(&xml, "next");
    assert!(next.contains("<LinkLag>14400</LinkLag>") && next.contains("<LagFormat>8</LagFormat>"), "{next}");
    assert_eq!(changed(&report.projects[0]).0, Vec::<String>::new());
}

#[test]
fn work_by_the_clock_may_begin_in_the_night_before_the_project() {
    let plan =
        "execution:\n  a: {duration: 1h}\n  b: {duration: 12eh, after: a FF -8h, because: it ends before}\n";
    let (report, _) = written(&[("plan.yaml", plan)]);
    let b = report.projects[0].forecast.slot(milepost::model::TaskNo(1));
    assert_eq!(
        (b.start.to_string(), b.finish.to_string()),
        ("2026-08-03 00:00".into(), "2026-08-03 12:00".into())
    );
    assert_eq!(changed(&report.projects[0]).0, Vec::<String>::new());
}

#[test]
fn lags_that_ms_project_counts_otherwise_come_back_to_the_same_dates() {
    // By the clock between finishes over a weekend, and in working time before work by the clock.
    let plan = "execution:\n  a: {duration: 5d}\n  b: {duration: 2d, after: a FF +3ed, because: it dries}\n  \
                c: {duration: 12eh, after: a +2d, because: it dries}\n";
    let (report, _) = written(&[("plan.yaml", plan)]);
    assert_eq!(changed(&report.projects[0]).0, Vec::<String>::new());
}

#[test]
fn leads_of_a_summary_come_back_to_the_same_dates() {
    // Two days back from Friday 17:00 are Thursday 08:00 here; in MS Project work by the clock would count 16 hours, to 01:00.
    let by_clock = "execution:\n  first: {duration: 5d}\n  other: {duration: 20d}\n  part:\n    after: first FS -2d\n    because: overlap\n    \
                    tasks:\n      soak: {duration: 3ed}\n      late: {duration: 30eh, as_late_as_possible: true, because: rent}\n  \
                    end: {milestone: End, after: [part, other]}\n";
    let (report, xml) = written(&[("plan.yaml", by_clock)]);
    let soak = report.projects[0].forecast.slot(milepost::model::TaskNo(3));
    assert_eq!(soak.start.to_string(), "2026-08-06 08:00");
    assert!(row(&xml, "soak").contains("<ConstraintType>2</ConstraintType>"));
    assert_eq!(changed(&report.projects[0]).0, Vec::<String>::new());
    // The last of all ends with the project, be it as late as possible or not.
    let last = "execution:\n  first: {duration: 4ed}\n  second: {duration: 8d}\n  part:\n    after: [first FF -20eh, second FS -2d]\n    \
                because: overlap\n    tasks:\n      late: {duration: 2d, as_late_as_possible: true, because: rent}\n      \
                soak: {duration: 60eh}\n  other: {duration: 3d}\n";
    let (report, _) = written(&[("plan.yaml", last)]);
    assert_eq!(changed(&report.projects[0]).0, Vec::<String>::new());
    // Between finishes MS Project walks back the length first.
    let finishes = "execution:\n  first: {duration: 8d}\n  part:\n    after: first FF -12h\n    because: overlap\n    tasks:\n      \
                    soak: {duration: 1ed}\n      late: {duration: 4d, as_late_as_possible: true, because: rent}\n  \
                    other: {duration: 25d}\n";
    let (report, _) = written(&[("plan.yaml", finishes)]);
    assert_eq!(changed(&report.projects[0]).0, Vec::<String>::new());
}

/// Late dates are counted in another way by the clock, behind lags, and where ends are tied: each of these plans had work on other days.
#[test]
fn what_is_done_as_late_as_possible_comes_back_to_the_same_dates() {
    for plan in [
        "execution:\n  w0: {duration: 10d}\n  w1: {duration: 9d}\n  w2: {duration: 1d}\n  part0:\n    after: [w1 FS]\n    because: overlap\n    tasks:\n      p0a: {duration: 55eh, as_late_as_possible: true, because: rent}\n      p0b: {duration: 5ed, after: p0a FS, because: y}\n  other: {duration: 14h}\n  end: {milestone: End, after: [part0 FS, other], because: z}\n",
        "execution:\n  w0: {duration: 44eh}\n  w1: {duration: 5ed}\n  part0:\n    tasks:\n      p0a: {duration: 6d}\n      p0b: {duration: 30eh, as_late_as_possible: true, because: rent}\n      p0c: {duration: 8d, as_late_as_possible: true, because: rent, after: p0a SF}\n  other: {duration: 16h}\n",
        "execution:\n  w0: {duration: 5ed}\n  part0:\n    after: [w0 FF +10h]\n    because: overlap\n    tasks:\n      p0a: {duration: 8d, as_late_as_possible: true, because: rent}\n  part1:\n    after: [p0a FS -3d, part0 FF -29eh]\n    because: overlap\n    tasks:\n      p1a: {duration: 34eh}\n      p1b: {milestone: Mp1b, as_late_as_possible: true, because: rent, after: p1a FF +11h}\n  other: {duration: 45eh}\n",
        "execution:\n  w0: {duration: 10d}\n  w1: {duration: 1ed, after: w0 FS -11h, because: x}\n  part0:\n    after: [w1 SF +25eh]\n    because: overlap\n    tasks:\n      p0a: {duration: 10d, as_late_as_possible: true, because: rent}\n      p0b: {duration: 4ed, as_late_as_possible: true, because: rent}\n      p0c: {duration: 8d, as_late_as_possible: true, because: rent, after: p0a SS +2ed}\n  part1:\n    after: [w1 FS -25%, p0c SF -4d]\n    because: overlap\n    tasks:\n      p1a: {milestone: Mp1a}\n      p1b: {duration: 29eh, after: p1a SF -1ed, because: y}\n      p1c: {duration: 8d}\n  other: {duration: 23d}\n",
        "execution:\n  w0: {duration: 10d}\n  w1: {duration: 2ed}\n  part0:\n    tasks:\n      p0a: {duration: 2ed}\n      p0b: {duration: 9d}\n  part1:\n    tasks:\n      p1a: {duration: 4ed, as_late_as_possible: true, because: rent}\n      p1b: {duration: 4ed, after: p1a FS, because: y}\n      p1c: {duration: 3d, after: p1a FF +3ed, because: y}\n  other: {duration: 6h}\n  end: {milestone: End, after: [part0 FF, other], because: z}\n",
        "execution:\n  w0: {duration: 18h}\n  w1: {duration: 65eh}\n  w2: {duration: 1ed, after: w0 SF -2d, because: x}\n  part0:\n    tasks:\n      p0a: {duration: 3ed, as_late_as_possible: true, because: rent}\n      p0b: {duration: 4ed, as_late_as_possible: true, because: rent, after: p0a FF}\n      p0c: {duration: 23eh, as_late_as_possible: true, because: rent, after: p0a SF +15eh}\n  part1:\n    tasks:\n      p1a: {duration: 10d, as_late_as_possible: true, because: rent}\n      p1b: {duration: 1ed, as_late_as_possible: true, because: rent}\n  other: {duration: 25d}\n  end: {milestone: End, after: [part0 SS +3ed, other], because: z}\n",
    ] {
        let (report, xml) = written(&[("plan.yaml", plan)]);
        assert_eq!(changed(&report.projects[0]).0, Vec::<String>::new(), "{plan}");
        assert!(xml.contains("as late as possible, which MS Project counts in another way here"), "{plan}");
    }
    // Working time and plain links alone: it stays what it is.
    let plan = "execution:\n  build: {duration: 5d}\n  rent: {duration: 3d, as_late_as_possible: true, because: paid by the day}\n  \
                install: {duration: 2d, after: [build, rent]}\n";
    let (report, xml) = written(&[("plan.yaml", plan)]);
    assert!(row(&xml, "rent").contains("<ConstraintType>1</ConstraintType>"), "{xml}");
    assert_eq!(changed(&report.projects[0]).0, Vec::<String>::new());
}

#[test]
fn work_by_the_clock_in_a_plan_counted_back_comes_back_to_the_same_dates() {
    let head =
        "project: Demo\ncurrency: EUR\nstart: 2026-08-03\nschedule: {from: finish, finish: 2026-10-16}\n";
    for plan in [
        "execution:\n  w0: {duration: 20eh}\n  part0:\n    after: [w0 FS -1ed]\n    because: overlap\n    tasks:\n      p0a: {duration: 20h}\n      p0b: {milestone: Mp0b}\n      p0c: {duration: 27eh}\n  part1:\n    after: [w0 SF -1d, part0 FS -12h]\n    because: overlap\n    tasks:\n      p1a: {duration: 5ed}\n      p1b: {duration: 2d, after: p1a SF -4d, because: y}\n  other: {duration: 6d}\n  end: {milestone: End, after: [part0 FS, other], because: z}\n",
        "execution:\n  w0: {duration: 61eh}\n  w1: {duration: 26eh}\n  part0:\n    after: [w0 SS -10%, w1 SF]\n    because: overlap\n    tasks:\n      p0a: {duration: 1d}\n      p0b: {duration: 3ed, after: p0a FS, because: y}\n  other: {duration: 68eh}\n  end: {milestone: End, after: [part0 FF, other], because: z}\n",
    ] {
        let folder = Folder::from_memory([("project.yaml", head), ("plan.yaml", plan)].into_iter().collect());
        let report = pipeline::compute(&folder, Diagnostics::default(), &Options::default());
        assert_eq!(changed(&report.projects[0]).0, Vec::<String>::new(), "{plan}");
    }
}

/// A day of work by the clock begins at midnight, also where a date of the plan says which.
#[test]
fn a_day_that_work_by_the_clock_is_bound_to_begins_at_midnight_there_and_back() {
    let plan = "execution:\n  soak: {duration: 12eh, starts_not_before: 2026-08-17, because: x}\n  \
                dry: {duration: 2ed, finishes_not_before: 2026-08-21, because: x}\n";
    let (report, xml) = written(&[("plan.yaml", plan)]);
    assert!(row(&xml, "soak").contains("<ConstraintDate>2026-08-17T00:00:00</ConstraintDate>"));
    assert_eq!(changed(&report.projects[0]).0, Vec::<String>::new());
}

/// The summary has to end on the 6th, what is below it waits for `first` until the 7th and ends on the 11th.
#[test]
fn a_date_of_a_summary_that_is_missed_pulls_nothing_there() {
    let plan = "execution:\n  first: {duration: 5d}\n  part:\n    name: Part\n    after: first\n    finishes_not_after: 2026-08-06\n    \
                because: the fair\n    tasks:\n      f: {duration: 2d}\n";
    let (report, xml) = written(&[("plan.yaml", plan)]);
    let f = report.projects[0].forecast.slot(milepost::model::TaskNo(2));
    assert_eq!(f.finish.to_string(), "2026-08-11 17:00");
    let part = row(&xml, "Part");
    assert!(part.contains("<ConstraintType>0</ConstraintType>"), "{part}");
    assert!(part.contains("<Deadline>2026-08-06T17:00:00</Deadline>"), "{part}");
    assert_eq!(changed(&report.projects[0]).0, Vec::<String>::new());
}

#[test]
fn a_finish_that_cannot_be_kept_any_more_holds_nothing_there_and_back() {
    let plan = "execution:\n  p: {duration: 10d}\n  t: {duration: 3d, after: p, finishes_not_after: 2026-08-11, because: the fair}\n";
    let progress = "status_date,task,actual_start,remaining\n2026-08-07,p,2026-08-03,5d\n";
    let (report, xml) = written(&[("plan.yaml", plan), ("progress.csv", progress)]);
    // Three days from Monday, the 10th, on would end on the 12th: it waits until `p` ends on the 14th.
    let t = report.projects[0].forecast.slot(milepost::model::TaskNo(1));
    assert_eq!(
        (t.start.to_string(), t.finish.to_string()),
        ("2026-08-17 08:00".into(), "2026-08-19 17:00".into())
    );
    assert!(row(&xml, "t").contains("<ConstraintType>4</ConstraintType>"));
    assert!(row(&xml, "t").contains("<Deadline>2026-08-11T17:00:00</Deadline>"));
    assert_eq!(changed(&report.projects[0]).0, Vec::<String>::new());
}

#[test]
fn dates_of_a_summary_are_written_as_ms_project_takes_them() {
    let plan = "execution:\n  part:\n    name: Part\n    must_start: 2026-08-10\n    because: the lease begins\n    tasks:\n      \
                a: {duration: 1d}\n";
    let (report, xml) = written(&[("plan.yaml", plan)]);
    let part = row(&xml, "Part");
    assert!(part.contains("<ConstraintType>4</ConstraintType>"), "{part}");
    assert_eq!(changed(&report.projects[0]).0, Vec::<String>::new());
}

/// Ten days from 3 August on for two, of whom one is away on the 12th and 13th: he works on the 17th and 18th. After the report of the 7th his
/// days away were counted twice on the way back, and the work ended on the 20th.
#[test]
fn people_who_are_away_by_turns_come_back_with_what_is_left_to_each() {
    let plan = "execution:\n  build: {duration: 10d, assign: [dana, emil]}\n";
    let people = "people:\n  dana: {name: Dana}\n  emil: {name: Emil, absent: [2026-08-12 .. 2026-08-13]}\n";
    let progress = "status_date,task,actual_start,percent_complete\n2026-08-07,build,2026-08-03,50%\n";
    for hours in ["", "week,person,task,time\n2026-W32,dana,build,5d\n2026-W32,emil,build,5d\n"] {
        let mut files = vec![("plan.yaml", plan), ("resources.yaml", people), ("progress.csv", progress)];
        files.extend((!hours.is_empty()).then_some(("timesheets.csv", hours)));
        let (report, _) = written(&files);
        let build = report.projects[0].forecast.slot(milepost::model::TaskNo(0));
        assert_eq!(build.finish.to_string(), "2026-08-18 17:00");
        assert_eq!(changed(&report.projects[0]).0, Vec::<String>::new());
    }
}

/// Two for two days of twelve hours on a weekend, at 720 and 640 a day: 2 720, as a day costs what it costs. By the hour of a usual day 48
/// hours would be 4 080.
#[test]
fn a_day_of_other_length_costs_as_much_there_and_back() {
    let calendar = "weekend:\n  week: sat sun\n  hours: 08:00 .. 20:00\n  hours_per_day: 12h\n";
    let people = "roles:\n  architect: {rate: 720 EUR/d}\n  dba: {rate: 640 EUR/d}\npeople:\n  omar: {name: Omar, role: architect}\n  \
                  noor: {name: Noor, role: dba}\n";
    let plan = "execution:\n  cut: {duration: 2d, calendar: weekend, ignore_people_calendars: true, assign: [omar, noor]}\n  \
                talk: {duration: 1d, assign: omar}\n";
    let (report, xml) =
        written(&[("plan.yaml", plan), ("calendar.yaml", calendar), ("resources.yaml", people)]);
    let cost = |report: &Report| report.projects[0].control.total.budget;
    assert_eq!(cost(&report).0, 272_000 + 72_000);
    assert!(row(&xml, "cut").contains("<Work>PT48H0M0S</Work>"));
    let rate = |table: &str, price: &str| {
        let of_table = xml.split("<RateTable>").filter(|rest| rest.starts_with(table));
        of_table.filter(|rest| rest.contains(&format!("<StandardRate>{price}</StandardRate>"))).count()
    };
    assert_eq!((rate("0", "90.0000"), rate("1", "60.0000")), (1, 1), "{xml}");
    assert_eq!((rate("0", "80.0000"), rate("1", "53.3333")), (1, 1), "{xml}");
    let assigned: Vec<&str> = xml.split("<Assignment>").skip(1).collect();
    assert_eq!(assigned.iter().filter(|one| one.contains("<CostRateTable>1</CostRateTable>")).count(), 2);
    assert_eq!(assigned.len(), 3);
    let files = imported(xml.as_bytes(), "plan").files;
    assert!(files["calendar.yaml"].contains("hours_per_day: 12h"), "{}", files["calendar.yaml"]);
    assert!(files["plan.yaml"].contains("duration: 2d"), "{}", files["plan.yaml"]);
    let story = &files["IMPORT.md"];
    assert!(!story.contains("several prices"), "{story}");
    let files = files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    let back = pipeline::compute(&Folder::from_memory(files), Diagnostics::default(), &Options::default());
    assert_eq!(cost(&back), cost(&report));
}

/// What two people cost and what the task cost are the same: once the ledger has a row for each of them, so that two were alike.
#[test]
fn cost_that_hours_explain_comes_back_without_rows_that_are_alike() {
    let plan = "execution:\n  build: {duration: 5d, assign: [dana, emil]}\n";
    let people = "roles:\n  dev: {rate: 560 EUR/d}\npeople:\n  dana: {name: Dana, role: dev}\n  emil: {name: Emil, role: dev}\n";
    let progress = "status_date,task,actual_start,actual_finish\n2026-08-07,build,2026-08-03,2026-08-07\n";
    let hours = "week,person,task,time\n2026-W32,dana,build,5d\n2026-W32,emil,build,5d\n";
    let costs = "date,type,category,task,amount\n2026-08-05,actual,labour,build,2_400 EUR\n";
    let (_, xml) = written(&[
        ("plan.yaml", plan),
        ("resources.yaml", people),
        ("progress.csv", progress),
        ("timesheets.csv", hours),
        ("costs.csv", costs),
    ]);
    let files = imported(xml.as_bytes(), "plan").files;
    // 8 000 were spent, of which ten days at 560 are 5 600.
    assert_eq!(
        files["costs.csv"].lines().skip(1).collect::<Vec<_>>(),
        ["2026-08-07,actual,,build,2_400 EUR,from MS Project"]
    );
}

#[test]
fn every_task_of_the_sample_keeps_its_dates() {
    check_dates(sample::report());
}

#[test]
fn our_own_plan_comes_in_under_its_stages() {
    let report = sample::report();
    let project = report.projects.iter().find(|one| one.project.folder == "branch-network").unwrap();
    let folder = "branch-network";
    let files = imported(&ms_project::write(project, folder), folder).files;
    let plan = &files["plan.yaml"];
    assert!(plan.contains("\ncontrol:\n"), "{plan}");
}

#[test]
fn a_plan_for_a_wider_audience_keeps_its_dates_and_tells_no_absences() {
    let (folder, _) = sample::folder();
    for audience in [Audience::Internal, Audience::Public] {
        let options = Options { audience: Some(audience), ..Options::default() };
        let report = pipeline::compute(&folder, Diagnostics::default(), &options);
        let site = pipeline::render(&report, &BTreeMap::new()).unwrap();
        for project in &report.projects {
            let folder = &project.project.folder;
            let xml = site.get(&format!("{folder}/plan.xml")).unwrap();
            let comparison = imported(xml, folder).comparison.unwrap();
            let lines: Vec<String> = comparison
                .differences
                .iter()
                .map(|one| format!("{}: {:?} became {:?}", one.id, one.stored, one.computed))
                .collect();
            assert!(lines.is_empty(), "{folder} for {audience}:\n{}", lines.join("\n"));
            let text = String::from_utf8(xml.to_vec()).unwrap();
            assert!(!text.contains("<Name>Absent</Name>"), "{folder} for {audience}");
        }
    }
}

#[test]
#[allow(clippy::print_stderr, reason = "a skipped comparison says so")]
fn the_example_beside_the_repository_keeps_its_dates() {
    let data = std::env::var("MILEPOST_DATA").unwrap_or_else(|_| "../shared/data".to_owned());
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(data).join("../example/branch-network");
    if !path.is_dir() {
        eprintln!("skipped: no {}; set MILEPOST_DATA", path.display());
        return;
    }
    let mut found = Diagnostics::default();
    let folder = Folder::read(&path, &mut found).unwrap();
    check_dates(&pipeline::compute(&folder, found, &Options::default()));
}

#[test]
fn tasks_of_the_suite_keep_their_dates_but_for_named_ones() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/suite");
    let (mut n_tasks, mut lines) = (0, Vec::new());
    for path in markdown_files(&root) {
        if path.starts_with(root.join("import")) {
            continue;
        }
        for case in cases(&std::fs::read_to_string(&path).unwrap()) {
            let report = report_of(&case);
            // A day beyond the last year that a project can mean is refused when it comes back.
            if report.findings.iter().any(|found| found.rule.name == "beyond-calendar") {
                continue;
            }
            for project in report.projects.iter().filter(|project| !project.project.tasks.is_empty()) {
                let (changed, n) = changed(project);
                n_tasks += n;
                let named = changed.into_iter().filter(|line| {
                    !NAMED.iter().any(|(title, task, _)| {
                        *title == case.title && line.starts_with(&format!("{task}: "))
                    })
                });
                lines.extend(named.map(|line| format!("{}: {line}", case.title)));
            }
        }
    }
    assert!(n_tasks > 100, "{n_tasks}");
    assert!(lines.is_empty(), "{n_tasks} tasks:\n{}", lines.join("\n"));
}

#[test]
#[allow(clippy::print_stderr, reason = "a skipped comparison says so")]
fn plans_of_ms_project_keep_their_dates_on_the_way_in_and_out_and_in_again() {
    let data = std::env::var("MILEPOST_DATA").unwrap_or_else(|_| "../shared/data".to_owned());
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join(data);
    for folder_of_plans in ["mspdi/xml", "generated"] {
        let Ok(entries) = std::fs::read_dir(data.join(folder_of_plans)) else {
            eprintln!("skipped: no plans in {}/{folder_of_plans}; set MILEPOST_DATA", data.display());
            continue;
        };
        let mut paths: Vec<_> = entries.map(|entry| entry.unwrap().path()).collect();
        paths.retain(|path| path.extension().is_some_and(|ending| ending == "xml"));
        paths.sort();
        let (mut n_tasks, mut lines) = (0, Vec::new());
        for path in paths {
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            let first = mspdi::import(&std::fs::read(&path).unwrap(), &name).imported.unwrap();
            let files = first.files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
            let folder = Folder::from_memory(files);
            let report = pipeline::compute(&folder, Diagnostics::default(), &Options::default());
            for project in &report.projects {
                let (changed, n) = changed(project);
                n_tasks += n;
                lines.extend(changed.into_iter().map(|line| format!("{name}: {line}")));
            }
        }
        assert!(lines.is_empty(), "{} of {n_tasks} tasks:\n{}", lines.len(), lines.join("\n"));
    }
}
