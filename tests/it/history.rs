//! What changed since a revision, a report or a gate, in repositories made for the purpose: normal, shallow, renamed, dirty, none.
//!
//! The repositories are made with `git` where there is one; without it these tests say so and pass.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use crate::repository::Repository;

impl Repository {
    /// A project whose work was estimated, begun and estimated anew, with a report in between.
    fn with_a_project(home: &str) -> Option<Self> {
        let repository = Self::new()?;
        repository.write(&format!("{home}project.yaml"), "project: Demo\nstart: 2026-08-03\ncurrency: EUR\n");
        repository.write(&format!("{home}plan.yaml"), &plan("5d", "3d"));
        repository.write(
            &format!("{home}risks.yaml"),
            "R1:\n  risk: Late parts\n  probability: 20%\n  impact: {cost: 100 EUR}\n",
        );
        repository.commit("Ada Lovelace", "2026-08-03", "Plan of the house");
        repository
            .write(&format!("{home}updates/2026-08-07.md"), "---\nstatus_date: 2026-08-07\n---\nWe began.\n");
        repository.write(&format!("{home}progress.csv"), PROGRESS);
        repository.commit("Ada Lovelace", "2026-08-08", "First report");
        repository.write(&format!("{home}plan.yaml"), &plan("5d", "8d"));
        repository.commit("Charles Babbage", "2026-08-10", "Roofs take longer");
        repository.write(
            &format!("{home}risks.yaml"),
            "R1:\n  risk: Late parts\n  probability: 60%\n  impact: {cost: 100 EUR}\n",
        );
        repository.commit("Ada Lovelace", "2026-08-12", "Supplier warns");
        Some(repository)
    }
}

const PROGRESS: &str = "status_date,task,actual_start,actual_finish,percent_complete,units_done,remaining,note\n2026-08-07,wall,2026-08-03,,60%,,,\n";

fn plan(wall: &str, roof: &str) -> String {
    format!(
        "execution:\n  wall: {{duration: {wall}}}\n  roof:\n    name: Roof\n    duration: {roof}\n    after: wall\n"
    )
}

fn milepost(arguments: &[&str], folder: &Path) -> Output {
    Command::new(env!("CARGO_BIN_EXE_milepost")).args(arguments).current_dir(folder).output().unwrap()
}

fn said(arguments: &[&str], folder: &Path) -> String {
    let output = milepost(arguments, folder);
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap().replace('\u{a0}', " ")
}

/// What a run said that ends with another exit code, on both streams.
#[track_caller]
fn refused(arguments: &[&str], folder: &Path, code: i32) -> String {
    let output = milepost(arguments, folder);
    let text = [output.stdout, output.stderr].concat();
    let text = String::from_utf8(text).unwrap().replace('\u{a0}', " ");
    assert_eq!(output.status.code(), Some(code), "{text}");
    text
}

#[track_caller]
fn check(text: &str, expected: &[&str]) {
    for words in expected {
        assert!(text.contains(words), "`{words}` in\n{text}");
    }
}

#[test]
fn a_task_with_another_id_is_renamed_and_its_followers_are_left_alone() {
    let Some(repository) = Repository::with_a_project("") else { return };
    let plan =
        "execution:\n  walls: {duration: 5d}\n  top:\n    name: Roof\n    duration: 8d\n    after: walls\n";
    repository.write("plan.yaml", plan);
    repository.write("progress.csv", &PROGRESS.replace(",wall,", ",walls,"));
    let text = said(&["diff", "HEAD"], repository.path());
    check(&text, &["walls: renamed wall → walls", "top Roof: renamed roof → top"]);
    assert!(!text.contains("gone") && !text.contains("new  ") && !text.contains("waits for"), "{text}");
}

#[test]
fn what_runs_of_the_schedule_say_is_compared_too() {
    let Some(repository) = Repository::with_a_project("") else { return };
    repository.write("plan.yaml", &plan("5d", "6d / 8d / 20d"));
    repository.commit("Ada Lovelace", "2026-08-13", "Nobody knows");
    repository.write("plan.yaml", &plan("5d", "6d / 8d / 40d"));
    let text = said(&["diff", "HEAD"], repository.path());
    check(&text, &["Finish, P50", "Finish, P80"]);
}

#[test]
fn between_two_revisions_each_change_has_its_line_and_its_author() {
    let Some(repository) = Repository::with_a_project("") else { return };
    let text = said(&["diff", "HEAD~2..HEAD"], repository.path());
    check(
        &text,
        &[
            "since HEAD~2 (",
            " of 8 Aug 2026), as of 7 Aug 2026, until HEAD (",
            "In short: finish 21 Aug 2026, 5 working days later; 1 task re-estimated; 1 risk re-rated; 1 task later",
            "Finish                       2026-08-14 -> 2026-08-21  5 working days later",
            "re-estimated  roof Roof: duration 3d → 8d",
            "plan.yaml:5, Charles Babbage, ",
            "of 10 Aug 2026, “Roofs take longer”",
            "re-rated      R1 Late parts: probability 20 % → 60 %",
            "risks.yaml:3, Ada Lovelace, ",
            "Exposure of open risks       20 EUR     -> 60 EUR      +40 EUR",
            "Roofs take longer (Charles Babbage)",
            "Finish 2026-08-14 -> 2026-08-21, 5 working days later",
        ],
    );
    let markdown = said(&["diff", "HEAD~2..HEAD", "--format", "markdown"], repository.path());
    check(
        &markdown,
        &[
            "### Demo: what changed",
            "| Finish | 2026-08-14 | 2026-08-21 | 5 working days later |",
            "| re-estimated | `roof` Roof: duration 3d → 8d | `plan.yaml:5` | Charles Babbage, ",
        ],
    );
    let json = said(&["diff", "HEAD~2..HEAD", "--format", "json"], repository.path());
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    let project = &json["projects"][0];
    assert_eq!(project["figures"][0]["after"], "2026-08-21");
    assert_eq!(project["groups"][0]["entries"][0]["fate"], "re-estimated");
    assert_eq!(project["groups"][0]["entries"][0]["author"], "Charles Babbage");
    assert_eq!(project["commits"].as_array().unwrap().len(), 2);
    check(&said(&["diff", "HEAD~1..HEAD~1"], repository.path()), &["Nothing changed:"]);
}

#[test]
fn without_words_the_folder_is_compared_with_the_newest_commit_until_a_report_is_closed() {
    let Some(repository) = Repository::with_a_project("") else { return };
    check(
        &said(&["diff"], repository.path()),
        &["since HEAD (", "until the folder as it is", "Nothing changed:"],
    );
    repository.write("plan.yaml", &plan("5d", "9d"));
    let text = said(&["diff"], repository.path());
    check(&text, &["re-estimated  roof Roof: duration 8d → 9d", "plan.yaml:5, not committed"]);
    check(&text, &["not committed\n", "Finish 2026-08-21 -> 2026-08-24, 1 working day later"]);
    let frozen = "status_date: 2026-08-07\nfinish: {forecast: 2026-08-12}\n";
    repository.write("snapshots/2026-08-07.yaml", frozen);
    let text = said(&["diff"], repository.path());
    check(
        &text,
        &["since the report of 7 Aug 2026 (", " of 8 Aug 2026), as of 7 Aug 2026", "duration 3d → 9d"],
    );
    check(&said(&["diff", "last-report"], repository.path()), &["since the report of 7 Aug 2026 ("]);
}

#[test]
fn a_gate_is_the_commit_of_the_day_of_its_decision() {
    let Some(repository) = Repository::with_a_project("") else { return };
    check(&refused(&["diff", "G1"], repository.path(), 2), &["Not compared", "Demo: G1 is not decided."]);
    repository.write("gates/G1.md", "---\ngate: G1\ndecision: approve\ndecided: 2026-08-11\n---\n");
    repository.commit("Ada Lovelace", "2026-08-20", "Minutes of the board");
    let text = said(&["diff", "G1"], repository.path());
    check(&text, &["since G1, decided on 11 Aug 2026 (", " of 10 Aug 2026)", "1 risk re-rated"]);
    assert!(!text.contains("re-estimated"), "{text}");
    repository.write("gates/G1.md", "---\ngate: G1\ndecision: approve\ndecided: 2026-08-01\n---\n");
    let text = refused(&["diff", "G1", "--as-of", "2026-08-20"], repository.path(), 2);
    check(&text, &["What the files said on 1 Aug 2026 is not on record: they are kept from 3 Aug 2026 on."]);
}

#[test]
fn an_entry_that_went_is_told_with_who_took_it_out() {
    let Some(repository) = Repository::with_a_project("") else { return };
    repository.write("plan.yaml", "execution:\n  wall: {duration: 5d}\n");
    repository.commit("Grace Hopper", "2026-08-13", "No roof");
    repository.write("project.yaml", "project: Demo\nstart: 2026-08-03\ncurrency: EUR\ncode: D\n");
    repository.commit("Ada Lovelace", "2026-08-14", "A code");
    let text = said(&["diff", "HEAD~2"], repository.path());
    check(&text, &["gone          roof Roof", "was at plan.yaml:3, Grace Hopper, ", "“No roof”"]);
}

#[test]
fn a_line_that_came_with_a_merge_is_its_authors() {
    let Some(repository) = Repository::with_a_project("") else { return };
    repository.git(&["checkout", "-q", "-b", "cheaper", "HEAD~1"]);
    repository.write("plan.yaml", &plan("4d", "8d"));
    repository.commit("Grace Hopper", "2026-08-11", "Walls are quicker");
    repository.git(&["checkout", "-q", "main"]);
    repository.git_as(
        "Ada Lovelace",
        "2026-08-14",
        &["merge", "-q", "--no-ff", "-m", "Merge cheaper", "cheaper"],
    );
    let text = said(&["diff", "HEAD~1..HEAD"], repository.path());
    check(&text, &["wall: duration 5d → 4d", "plan.yaml:2, Grace Hopper, ", "“Walls are quicker”"]);
    // What is followed back is the branch itself: the merge moved the finish.
    check(&text, &["Merge cheaper (Ada Lovelace)"]);
    let text = said(&["diff", "HEAD~1...cheaper", "--format", "markdown"], repository.path());
    check(
        &text,
        &[
            "Since the branch point with HEAD~1 (",
            " of 10 Aug 2026), until cheaper (",
            "`wall`: duration 5d → 4d",
        ],
    );
    assert!(!text.contains("re-rated"), "{text}");
    check(&said(&["diff", "cheaper..main"], repository.path()), &["1 risk re-rated"]);
}

#[test]
fn a_shallow_clone_says_where_its_history_begins() {
    let Some(repository) = Repository::with_a_project("") else { return };
    repository.write("gates/G1.md", "---\ngate: G1\ndecision: approve\ndecided: 2026-08-04\n---\n");
    repository.commit("Ada Lovelace", "2026-08-13", "Minutes");
    let from = format!("file://{}", repository.path().display());
    repository.git(&["clone", "-q", "--depth", "2", &from, "shallow"]);
    let clone = repository.path().join("shallow");
    let text = refused(&["diff", "G1"], &clone, 2);
    check(&text, &["they are kept from 12 Aug 2026 on", "This clone is shallow", "`git fetch --unshallow`"]);
    let text = refused(&["diff", "HEAD~4"], &clone, 2);
    check(&text, &["no revision `HEAD~4` in this shallow clone", "`git fetch --unshallow`"]);
    let text = said(&["diff", "HEAD~1"], &clone);
    check(&text, &["This clone is shallow: its history begins with "]);
    said(&["build", ".", "--out", "../site", "--fail-on", "never"], &clone);
}

#[test]
fn a_renamed_project_and_a_moved_portfolio_are_followed() {
    let Some(repository) = Repository::with_a_project("portfolio/projects/house/") else { return };
    repository.git(&["mv", "portfolio/projects/house", "portfolio/projects/home"]);
    repository.commit("Grace Hopper", "2026-08-13", "It is a home");
    repository.git(&["mv", "portfolio", "office"]);
    repository.commit("Grace Hopper", "2026-08-14", "A portfolio of the office");
    let text = said(&["diff", "HEAD~4", "office"], repository.path());
    check(
        &text,
        &[
            "then in the folder `house`",
            "re-estimated  roof Roof: duration 3d → 8d",
            "projects/home/plan.yaml:5, Charles Babbage, ",
            "re-rated      R1 Late parts: probability 20 % → 60 %",
            "projects/home/risks.yaml:3, Ada Lovelace, ",
            "the folder was `portfolio`",
        ],
    );
}

#[test]
fn a_folder_outside_git_is_told_in_a_word_and_builds_all_the_same() {
    let scratch = tempfile::tempdir().unwrap();
    std::fs::write(scratch.path().join("project.yaml"), "project: Demo\nstart: 2026-08-03\ncurrency: EUR\n")
        .unwrap();
    std::fs::write(scratch.path().join("plan.yaml"), plan("5d", "3d")).unwrap();
    let diff = |arguments: &[&str], folder: &Path| refused(&[&["diff"], arguments].concat(), folder, 2);
    check(&diff(&[], scratch.path()), &["the folder lies in no git repository, so nothing is known"]);
    check(&diff(&["G1", "--format", "markdown"], scratch.path()), &["lies in no git repository"]);
    assert_eq!(milepost(&["build"], scratch.path()).status.code(), Some(0));
    let Some(repository) = Repository::new() else { return };
    repository.write("project.yaml", "project: Demo\nstart: 2026-08-03\ncurrency: EUR\n");
    repository.write("plan.yaml", &plan("5d", "3d"));
    check(&diff(&[], repository.path()), &["the git repository has no commit"]);
    repository.write("elsewhere/README.md", "x");
    repository.git(&["add", "elsewhere"]);
    repository.git(&["commit", "-q", "-m", "Elsewhere"]);
    std::fs::create_dir(repository.path().join("demo")).unwrap();
    for name in ["project.yaml", "plan.yaml"] {
        std::fs::rename(repository.path().join(name), repository.path().join("demo").join(name)).unwrap();
    }
    check(&diff(&["demo"], repository.path()), &["the newest commit does not hold this folder"]);
}

#[test]
fn a_revision_that_does_not_exist_names_what_is_near() {
    let Some(repository) = Repository::with_a_project("") else { return };
    repository.git(&["tag", "board-august"]);
    let fault = |revision: &str| {
        let output = milepost(&["diff", revision], repository.path());
        assert_eq!(output.status.code(), Some(2));
        String::from_utf8_lossy(&output.stderr).into_owned()
    };
    check(&fault("mian"), &["no revision `mian` in this repository", "did you mean `main`?"]);
    check(&fault("board-agust"), &["did you mean `board-august`?"]);
    check(&fault("0123456789"), &["branches and tags are `board-august`, `main`"]);
}

/// Every file under a folder with its bytes, in order.
fn files(folder: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path));
        } else {
            let bytes = std::fs::read(&path).unwrap();
            found.push((path, bytes));
        }
    }
    found.sort();
    found
}

#[test]
fn the_site_tells_what_changed_since_the_report_before_and_is_the_same_every_time() {
    let Some(repository) = Repository::with_a_project("") else { return };
    repository.write("updates/2026-08-14.md", "---\nstatus_date: 2026-08-14\n---\nThe wall stands.\n");
    repository.commit("Ada Lovelace", "2026-08-14", "Second report");
    let build = || {
        assert_eq!(milepost(&["build", ".", "--out", "site"], repository.path()).status.code(), Some(0));
        files(&repository.path().join("site"))
    };
    let first = build();
    assert!(first == build());
    let page = |name: &str| {
        let path = first.iter().find(|(path, _)| path.ends_with(name)).unwrap();
        String::from_utf8(path.1.clone()).unwrap().replace('\u{a0}', " ")
    };
    for name in ["project/index.html", "project/journal.html"] {
        check(
            &page(name),
            &["the report of 7 Aug 2026 (", "duration 3d → 8d", "Charles Babbage", "plan.yaml:5"],
        );
    }
    repository.write("plan.yaml", &plan("5d", "9d"));
    let dirty = build();
    assert!(first != dirty && dirty == build());
}

/// The project of the other tests with people, hours and costs.
fn with_money() -> Option<Repository> {
    let repository = Repository::with_a_project("")?;
    repository.write("people.yaml", "people:\n  ada: {name: Ada King, rate: 400 EUR/d}\n");
    repository.write("budget.yaml", "categories: [labour, services]\n");
    repository.write("costs.csv", COSTS);
    repository.write("timesheets.csv", "week,person,task,time\n2026-W32,ada,wall,2d\n");
    repository.write("progress.csv", &REPORTED.replace("DAYS", "4d"));
    repository.commit("Ada Lovelace", "2026-08-13", "Books are kept");
    Some(repository)
}

const COSTS: &str = "date,type,category,task,amount,reference,note\n2026-08-05,actual,services,wall,120 EUR,,\n2026-08-06,commitment,services,roof,900 EUR,PO-1,\n";

const REPORTED: &str = "status_date,task,actual_start,actual_finish,percent_complete,units_done,remaining,note\n2026-08-07,wall,2026-08-03,,60%,,DAYS,\n";

#[test]
fn what_a_report_says_besides_the_percentage_is_told_with_its_line_and_author() {
    let Some(repository) = with_money() else { return };
    repository.write("progress.csv", &REPORTED.replace("DAYS", "3d"));
    repository.commit("Grace Hopper", "2026-08-14", "A day less is left");
    let text = said(&["diff", "HEAD~1..HEAD"], repository.path());
    check(
        &text,
        &[
            "In short: finish 24 Aug 2026, ",
            "1 task reported",
            "reported      wall: remaining 4d → 3d",
            "progress.csv:2, Grace Hopper, ",
            "“A day less is left”",
        ],
    );
    // The start stands in a line that is no longer the newest.
    let both = REPORTED.replace("DAYS", "") + "2026-08-09,wall,,,60%,,3d,\n";
    repository.write("progress.csv", &both);
    repository.write("updates/2026-08-09.md", "---\nstatus_date: 2026-08-09\n---\nOne more.\n");
    repository.commit("Ada Lovelace", "2026-08-15", "Another report");
    repository.write("progress.csv", &both.replace("2026-08-03", "2026-08-04"));
    repository.commit("Grace Hopper", "2026-08-16", "It began later");
    let text = said(&["diff", "HEAD~1..HEAD"], repository.path());
    check(&text, &["reported      wall: began 3 Aug 2026 → 4 Aug 2026", "progress.csv:2, Grace Hopper, "]);
    // A report that was taken out is told with who took it.
    repository.write("progress.csv", &REPORTED.replace("DAYS", "").replace("2026-08-03", "2026-08-04"));
    repository.commit("Charles Babbage", "2026-08-17", "No such report");
    let text = said(&["diff", "HEAD~1..HEAD"], repository.path());
    check(&text, &["wall: remaining 3d → not told", "Charles Babbage, "]);
}

#[test]
fn rows_of_costs_and_hours_are_told_with_their_lines_and_authors() {
    let Some(repository) = with_money() else { return };
    let changed =
        COSTS.replace("900 EUR", "950.50 EUR").replace("2026-08-05,actual,services,wall,120 EUR,,\n", "");
    repository.write("costs.csv", &(changed.clone() + "2026-08-07,actual,services,roof,500 EUR,,Crane\n"));
    repository.write("timesheets.csv", "week,person,task,time\n2026-W32,ada,wall,2.5d\n");
    repository.commit("Grace Hopper", "2026-08-14", "Invoices came");
    let text = said(&["diff", "HEAD~1..HEAD"], repository.path());
    check(
        &text,
        &[
            "1 cost row changed; 1 cost row new; 1 cost row gone; 1 timesheet row changed",
            "Costs\n  changed       6 Aug 2026, commitment, services, roof, PO-1: amount 900 EUR → 950.50 EUR",
            "costs.csv:2, Grace Hopper, ",
            "new           7 Aug 2026, actual, services, roof: amount 500 EUR; note Crane",
            "costs.csv:3, Grace Hopper, ",
            "gone          5 Aug 2026, actual, services, wall: amount 120 EUR",
            "was at costs.csv:2, Grace Hopper, ",
            "Hours\n  changed       2026-W32, Ada King, wall: time 2 pd → 2.50 pd",
            "timesheets.csv:2, Grace Hopper, ",
        ],
    );
    let markdown = said(&["diff", "HEAD~1..HEAD", "--format", "markdown"], repository.path());
    check(
        &markdown,
        &[
            "| new | 7 Aug 2026, actual, services, roof: amount 500 EUR; note Crane | `costs.csv:3` | Grace Hopper, ",
        ],
    );
    let json = said(&["diff", "HEAD~1..HEAD", "--format", "json"], repository.path());
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    let groups = json["projects"][0]["groups"].as_array().unwrap();
    let titles: Vec<&str> = groups.iter().filter_map(|group| group["title"].as_str()).collect();
    assert_eq!(titles, ["Costs", "Hours"]);
    assert_eq!(groups[0]["entries"][1]["place"], "costs.csv:3");
    assert_eq!(groups[0]["entries"][1]["author"], "Grace Hopper");
}

#[test]
fn many_rows_of_an_author_are_summed_and_json_lists_them_all() {
    let Some(repository) = with_money() else { return };
    let row = |day: u32| format!("2026-08-{day:02},actual,services,roof,{day} EUR,,\n");
    let rows: String = (1..=9).map(row).collect();
    let order = "2026-08-09,commitment,services,roof,70 EUR,PO-2,\n";
    repository.write("costs.csv", &(COSTS.to_owned() + &rows + order));
    repository.commit("Grace Hopper", "2026-08-14", "Invoices came");
    let text = said(&["diff", "HEAD~1..HEAD"], repository.path());
    check(
        &text,
        &[
            "3 Aug 2026, actual, services, roof: amount 3 EUR",
            "new           7 rows more: commitment 70 EUR; actual 39 EUR",
        ],
    );
    check(&text, &["costs.csv, Grace Hopper, "]);
    assert!(!text.contains("4 Aug 2026, actual"), "{text}");
    let json = said(&["diff", "HEAD~1..HEAD", "--format", "json"], repository.path());
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(json["projects"][0]["groups"][0]["summed"].as_array().unwrap().len(), 7);
}

#[test]
fn the_site_tells_rows_of_costs_and_one_for_more_readers_how_many_alone() {
    let Some(repository) = with_money() else { return };
    repository.write("updates/2026-08-14.md", "---\nstatus_date: 2026-08-14\n---\nThe wall stands.\n");
    let build = |audience: &str| {
        let arguments = ["build", ".", "--out", "site", "--audience", audience];
        assert_eq!(milepost(&arguments, repository.path()).status.code(), Some(0));
        let journal = std::fs::read_to_string(repository.path().join("site/project/journal.html")).unwrap();
        journal.replace('\u{a0}', " ")
    };
    check(
        &build("restricted"),
        &[
            "6 Aug 2026, commitment, services, roof, PO-1",
            "amount 900 EUR",
            "2026-W32, Ada King, wall",
            "costs.csv:3",
        ],
    );
    let internal = build("internal");
    check(&internal, &["2 rows", "costs.csv"]);
    assert!(
        !internal.contains("PO-1") && !internal.contains("amount 900") && !internal.contains("costs.csv:3")
    );
    assert!(!build("public").contains("costs.csv"));
}

#[test]
fn names_of_committers_stay_out_of_a_public_site() {
    let Some(repository) = Repository::with_a_project("") else { return };
    repository.write("updates/2026-08-14.md", "---\nstatus_date: 2026-08-14\n---\nThe wall stands.\n");
    repository
        .write("project.yaml", "project: Demo\nstart: 2026-08-03\ncurrency: EUR\nclassification: public\n");
    assert_eq!(milepost(&["build", ".", "--out", "site"], repository.path()).status.code(), Some(0));
    for (path, bytes) in files(&repository.path().join("site")) {
        let text = String::from_utf8_lossy(&bytes);
        assert!(!text.contains("Babbage"), "{}", path.display());
    }
    let journal = std::fs::read_to_string(repository.path().join("site/project/journal.html")).unwrap();
    check(&journal, &["plan.yaml:5"]);
}

#[test]
fn a_report_that_nobody_closed_is_rebuilt_from_the_files_of_its_day() {
    let Some(repository) = Repository::with_a_project("") else { return };
    repository.write("updates/2026-08-01.md", "---\nstatus_date: 2026-08-01\n---\nBefore it all.\n");
    let text = refused(&["report", "rebuild"], repository.path(), 1);
    check(
        &text,
        &[
            "Report of 1 Aug 2026 of Demo is not rebuilt. What the files said on 1 Aug 2026 is not on record: they are kept from 3 Aug 2026 on",
            "Report of 7 Aug 2026 of Demo is rebuilt from ",
            " of 8 Aug 2026: ./snapshots/2026-08-07.yaml",
            "1 report rebuilt, 1 left.",
        ],
    );
    let frozen = std::fs::read_to_string(repository.path().join("snapshots/2026-08-07.yaml")).unwrap();
    // The roof took three days then; it takes eight now.
    check(
        &frozen,
        &["Rebuilt by `milepost report rebuild`", "status_date: 2026-08-07", "forecast: 2026-08-14"],
    );
    check(&frozen, &["source_revision: ", "digest: "]);
    let checked = milepost(&["check"], repository.path());
    assert!(!String::from_utf8_lossy(&checked.stderr).contains("snapshots/"), "its digest fits");
    check(&said(&["diff"], repository.path()), &["since the report of 7 Aug 2026 (", " of 8 Aug 2026)"]);
    std::fs::remove_file(repository.path().join("updates/2026-08-01.md")).unwrap();
    check(&said(&["report", "rebuild"], repository.path()), &["Every report is closed already."]);
    assert_eq!(std::fs::read_to_string(repository.path().join("snapshots/2026-08-07.yaml")).unwrap(), frozen);
    let outside = tempfile::tempdir().unwrap();
    let nothing = refused(&["report", "rebuild"], outside.path(), 2);
    check(&nothing, &["nothing is rebuilt", "no git repository"]);
}

/// The commit before the edits was taken for the report, with the figures of before them.
#[test]
fn a_report_that_was_closed_and_is_in_no_commit_is_compared_with_nothing() {
    let Some(repository) = Repository::with_a_project("") else { return };
    repository.write("updates/2026-08-14.md", "---\nstatus_date: 2026-08-14\n---\nThe roof goes on.\n");
    said(&["report", "close"], repository.path());
    let closed = std::fs::read_to_string(repository.path().join("snapshots/2026-08-14.yaml")).unwrap();
    check(&closed, &["+\n"]);
    let nothing = refused(&["diff"], repository.path(), 2);
    check(&nothing, &["The report of 14 Aug 2026 is in no commit yet."]);
    repository.commit("Ada Lovelace", "2026-08-14", "Second report");
    check(&said(&["diff"], repository.path()), &["since the report of 14 Aug 2026 ("]);
}

#[test]
fn two_reports_that_came_in_one_commit_are_rebuilt_from_it() {
    let Some(repository) = Repository::with_a_project("") else { return };
    repository.write("plan.yaml", &plan("5d", "12d"));
    for day in ["2026-08-14", "2026-08-21"] {
        let text = format!("---\nstatus_date: {day}\n---\nThe wall stands.\n");
        repository.write(&format!("updates/{day}.md"), &text);
    }
    repository.commit("Ada Lovelace", "2026-08-22", "Two reports");
    let text = said(&["report", "rebuild"], repository.path());
    check(
        &text,
        &["./snapshots/2026-08-07.yaml", "./snapshots/2026-08-14.yaml", "./snapshots/2026-08-21.yaml"],
    );
    assert_eq!(text.matches(" of 22 Aug 2026: ").count(), 2, "{text}");
}
