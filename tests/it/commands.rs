//! The program as its users run it: verbs, exit codes, what is written and what is left alone.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

fn milepost(arguments: &[&str], folder: &Path) -> Output {
    Command::new(env!("CARGO_BIN_EXE_milepost")).args(arguments).current_dir(folder).output().unwrap()
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn error_text(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

fn project(folder: &Path, plan: &str) {
    std::fs::write(folder.join("project.yaml"), "project: Demo\nstart: 2026-08-03\ncurrency: EUR\n").unwrap();
    std::fs::write(folder.join("plan.yaml"), plan).unwrap();
}

/// Every file under a folder with its bytes, in order.
fn files(folder: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path));
        } else {
            found.push((path.clone(), std::fs::read(&path).unwrap()));
        }
    }
    found.sort();
    found
}

#[test]
fn a_new_portfolio_builds_cleanly() {
    let scratch = tempfile::tempdir().unwrap();
    assert_eq!(milepost(&["new", "mine"], scratch.path()).status.code(), Some(0));
    let checked = milepost(&["check", "mine", "--fail-on", "info"], scratch.path());
    assert_eq!(checked.status.code(), Some(0), "{}", error_text(&checked));
    let built = milepost(&["build", "mine", "--out", "site"], scratch.path());
    assert_eq!(built.status.code(), Some(0), "{}", error_text(&built));
    assert!(scratch.path().join("site/index.html").exists());
    let again = milepost(&["new", "mine"], scratch.path());
    assert_eq!(again.status.code(), Some(2));
    assert!(error_text(&again).contains("is not empty"));
}

#[test]
fn a_build_says_how_to_see_its_findings_whole_in_words_for_a_shell() {
    let scratch = tempfile::tempdir().unwrap();
    let folder = scratch.path().join("my plan");
    std::fs::create_dir(&folder).unwrap();
    project(&folder, "execution:\n  work: {duration: 5d}\n  long: {duration: 90d}\n");
    let mut build = vec!["build", "my plan", "--out", "site", "--as-of", "2026-08-05", "--level"];
    build.extend(["--set", "project.goal=Ann's", "--set", "tasks.work.duration=3d"]);
    let output = milepost(&build, scratch.path());
    assert_eq!(output.status.code(), Some(0), "{}", error_text(&output));
    let again = "milepost check 'my plan' --as-of 2026-08-05 --level --set 'project.goal=Ann'\\''s' --set tasks.work.duration=3d\n";
    assert!(error_text(&output).contains(again), "{}", error_text(&output));
}

#[test]
fn exit_codes_tell_clean_from_found_from_could_not_run() {
    let scratch = tempfile::tempdir().unwrap();
    project(scratch.path(), "execution:\n  work: {duration: 5d, after: nothing}\n");
    let code = |arguments: &[&str]| milepost(arguments, scratch.path()).status.code();
    assert_eq!(code(&["check"]), Some(1));
    assert_eq!(code(&["check", "--fail-on", "never"]), Some(0));
    assert_eq!(code(&["check", "no-such-folder"]), Some(2));
    assert_eq!(code(&["check", "--as-of", "20.11.2026"]), Some(2));
    assert_eq!(code(&["check", "--no-such-flag"]), Some(2));
    assert_eq!(code(&["explain", "E103"]), Some(0));
    assert_eq!(code(&["explain", "E9999"]), Some(2));
    project(scratch.path(), "execution:\n  work: {duration: 5d}\n");
    assert_eq!(code(&["check"]), Some(0));
}

#[test]
fn findings_as_json_are_one_document_with_places() {
    let scratch = tempfile::tempdir().unwrap();
    project(scratch.path(), "execution:\n  work: {duration: 5d, after: nothing}\n");
    let output = milepost(&["check", "--format", "json"], scratch.path());
    let json: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let text = json.to_string();
    assert!(text.contains("\"E102\"") && text.contains("plan.yaml"), "{text}");
}

#[test]
fn the_flag_levels_what_does_not_ask_for_it_and_why_names_who_is_waited_for() {
    let scratch = tempfile::tempdir().unwrap();
    project(
        scratch.path(),
        "execution:\n  build: {duration: 5d, assign: tom}\n  test: {duration: 2d, assign: tom}\n",
    );
    std::fs::write(scratch.path().join("resources.yaml"), "people:\n  tom: {name: Tom}\n").unwrap();
    let findings = |arguments: &[&str]| {
        String::from_utf8(milepost(arguments, scratch.path()).stderr).unwrap().contains("W502")
    };
    assert!(findings(&["check"]));
    assert!(!findings(&["check", "--level"]));
    let why = |arguments: &[&str]| {
        String::from_utf8(milepost(arguments, scratch.path()).stdout).unwrap().contains("for Tom, busy with")
    };
    assert!(!why(&["why", "test"]) && !why(&["why", "build"]));
    assert!(why(&["why", "test", "--level"]) || why(&["why", "build", "--level"]));
}

#[test]
fn a_foreign_folder_is_refused_and_left_alone() {
    let scratch = tempfile::tempdir().unwrap();
    project(scratch.path(), "execution:\n  work: {duration: 5d}\n");
    std::fs::create_dir(scratch.path().join("precious")).unwrap();
    std::fs::write(scratch.path().join("precious/thesis.txt"), "years of work").unwrap();
    let output = milepost(&["build", ".", "--out", "precious"], scratch.path());
    assert_eq!(output.status.code(), Some(2));
    assert_eq!(std::fs::read_to_string(scratch.path().join("precious/thesis.txt")).unwrap(), "years of work");
    assert_eq!(std::fs::read_dir(scratch.path().join("precious")).unwrap().count(), 1);
}

#[test]
fn a_broken_theme_leaves_the_published_site_untouched() {
    let scratch = tempfile::tempdir().unwrap();
    project(scratch.path(), "execution:\n  work: {duration: 5d}\n");
    assert_eq!(milepost(&["build"], scratch.path()).status.code(), Some(0));
    let before = files(&scratch.path().join("site"));
    std::fs::create_dir_all(scratch.path().join("theme/templates")).unwrap();
    std::fs::write(scratch.path().join("theme/templates/layout.html"), "<p>{{ no.such.thing }}").unwrap();
    let output = milepost(&["build"], scratch.path());
    assert_eq!(output.status.code(), Some(2), "{}", error_text(&output));
    assert!(error_text(&output).contains("layout.html"), "{}", error_text(&output));
    assert_eq!(files(&scratch.path().join("site")), before);
}

#[test]
fn commands_that_are_shown_can_be_pasted() {
    let scratch = tempfile::tempdir().unwrap();
    let output = milepost(&["new", "Mein Portfolio, a:b%"], scratch.path());
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(said.contains("  milepost serve 'Mein Portfolio, a:b%'\n") || cfg!(windows), "{said}");
}

#[test]
fn a_plan_may_come_from_another_program() {
    let scratch = tempfile::tempdir().unwrap();
    let mut import = Command::new(env!("CARGO_BIN_EXE_milepost"))
        .args(["import", "-", "--out", "mine"])
        .current_dir(scratch.path())
        .stdin(std::process::Stdio::piped())
        .stdout(std::process::Stdio::null())
        .spawn()
        .unwrap();
    let table = "Task,Duration,Start\nSurvey,3d,2026-08-03\n";
    std::io::Write::write_all(&mut import.stdin.take().unwrap(), table.as_bytes()).unwrap();
    assert_eq!(import.wait().unwrap().code(), Some(0));
    let plan = std::fs::read_to_string(scratch.path().join("mine/plan.yaml")).unwrap();
    assert!(plan.contains("survey: {name: Survey, duration: 3d}"), "{plan}");
}

#[test]
fn the_site_folder_inside_the_portfolio_is_not_read_again() {
    let scratch = tempfile::tempdir().unwrap();
    project(scratch.path(), "execution:\n  work: {duration: 5d}\n");
    assert_eq!(milepost(&["build"], scratch.path()).status.code(), Some(0));
    let before = files(&scratch.path().join("site"));
    let output = milepost(&["build", "--fail-on", "info"], scratch.path());
    assert_ne!(output.status.code(), Some(2), "{}", error_text(&output));
    assert_eq!(files(&scratch.path().join("site")), before);
}

#[test]
fn one_faulty_project_does_not_take_the_others_down() {
    let scratch = tempfile::tempdir().unwrap();
    for name in ["broken", "sound"] {
        let folder = scratch.path().join("projects").join(name);
        std::fs::create_dir_all(&folder).unwrap();
        project(&folder, "execution:\n  work: {duration: 5d}\n");
    }
    std::fs::write(scratch.path().join("projects/broken/plan.yaml"), "execution: [\n").unwrap();
    let output = milepost(&["build"], scratch.path());
    assert_eq!(output.status.code(), Some(1), "{}", error_text(&output));
    assert!(scratch.path().join("site/sound/index.html").exists());
    assert!(std::fs::read_to_string(scratch.path().join("site/index.html")).unwrap().contains("broken"));
}

/// One project of the sample, where it stands among others.
fn sample() -> String {
    crate::sample::branch_network_path().display().to_string()
}

fn printed(arguments: &[&str]) -> String {
    let scratch = tempfile::tempdir().unwrap();
    let output = milepost(arguments, scratch.path());
    assert_ne!(output.status.code(), Some(2), "{}", error_text(&output));
    String::from_utf8_lossy(&output.stdout).replace('\u{a0}', " ")
}

#[test]
fn why_follows_a_date_back_to_the_lines_it_stands_on() {
    let text = printed(&["why", "branch-network/rollout", &sample()]);
    for said in [
        "Roll-out to 12 branches: 27 Nov 2026 – 11 Jan 2027 (forecast)",
        "follows “Pilot in 2 branches”  [projects/branch-network/plan.yaml:68]",
        "is interrupted by Year-end change freeze (14 Dec 2026 – 8 Jan 2027, 18 working days)",
        "[projects/branch-network/calendar.yaml:11]",
        "what is left is done after the status date, 20 Nov 2026",
        "4 working days left  [projects/branch-network/progress.csv:10]",
        "a working day less: the project ends on 23 Dec 2026, 19 working days sooner",
    ] {
        assert!(text.contains(said), "`{said}` in\n{text}");
    }
}

#[test]
fn why_of_a_project_explains_its_finish_and_as_json_it_is_data() {
    let text = printed(&["why", "branch-network", &sample()]);
    assert!(text.contains("is forecast to finish on 21 Jan 2027"), "{text}");
    assert!(text.contains("misses its deadline, 18 Dec 2026, by 22 working days"), "{text}");
    let json: serde_json::Value =
        serde_json::from_str(&printed(&["why", "rollout", &sample(), "--format", "json"])).unwrap();
    assert_eq!(json["task"], "rollout");
    assert_eq!(json["steps"][0]["start"], "2026-11-27");
    assert_eq!(json["steps"][0]["gaps"][0]["kind"], "closure");
    assert_eq!(json["steps"][0]["gaps"][0]["days"], 18);
    assert_eq!(json["steps"][1]["task"], "pilot");
}

#[test]
fn why_of_an_unknown_name_suggests_a_near_one() {
    let scratch = tempfile::tempdir().unwrap();
    let said = |what: &str| {
        let output = milepost(&["why", what, &sample()], scratch.path());
        assert_eq!(output.status.code(), Some(2));
        error_text(&output)
    };
    assert!(said("branch-network/piolt").contains("did you mean `branch-network/pilot`?"));
    assert!(said("branch-netwrk/pilot").contains("did you mean `branch-network`?"));
    assert!(said("rolout").contains("did you mean `rollout`?"));
}

/// Whoever reads AC on a page types AC, and the project as its heading writes it.
#[test]
fn why_knows_projects_tasks_and_figures_in_capital_letters() {
    for (wanted, words) in [("branch-network/AC", "Actual cost (AC)"), ("Branch-Network/Rollout", "Roll-out")]
    {
        let told = printed(&["why", wanted, &sample()]);
        assert!(told.contains(words), "{wanted}: {told}");
    }
}

#[test]
fn why_names_the_authors_reason_and_who_is_away() {
    let scratch = tempfile::tempdir().unwrap();
    project(
        scratch.path(),
        "execution:\n  crane: {duration: 2d, must_start: 2026-08-05, because: the crane is booked}\n  \
         wall: {duration: 2d, after: crane, assign: tom, deadline: 2026-08-31}\n",
    );
    std::fs::write(
        scratch.path().join("resources.yaml"),
        "people:\n  tom: {name: Tom, role: mason, absent: 2026-08-07 .. 2026-08-11}\n",
    )
    .unwrap();
    let output = milepost(&["why", "wall"], scratch.path());
    let text = String::from_utf8_lossy(&output.stdout).replace('\u{a0}', " ");
    for said in [
        "wall: 12 Aug – 13 Aug 2026 (forecast)",
        "follows “crane”  [plan.yaml:3]",
        // Friday, Monday and Tuesday; the weekend is no loss.
        "waits for the end of the absence of Tom (7 Aug – 11 Aug 2026, 3 working days)  [resources.yaml:2]",
        "must start 5 Aug 2026: the crane is booked  [plan.yaml:2]",
        "meets its deadline, 31 Aug 2026, with 12 working days to spare  [plan.yaml:3]",
    ] {
        assert!(text.contains(said), "`{said}` in\n{text}");
    }
}

#[test]
fn three_days_left_of_the_pilot_bring_the_finish_before_the_freeze() {
    let asked = ["check", &sample(), "--set", "progress.pilot.remaining=3d"];
    let text = printed(&asked);
    let finish = text.lines().find(|line| line.trim_start().starts_with("Finish")).unwrap();
    let words: Vec<&str> = finish.split_whitespace().collect();
    assert_eq!(words[1..4], ["2027-01-21", "->", "2026-12-23"], "{finish}");
    assert!(finish.contains("19 working days sooner"), "{finish}");
    let json: serde_json::Value =
        serde_json::from_str(&printed(&[asked.as_slice(), &["--format", "json"]].concat())).unwrap();
    assert_eq!(json["what_if"]["asked"][0], "--set progress.pilot.remaining=3d");
    assert_eq!(json["what_if"]["projects"][0]["rows"][0]["after"], "2026-12-23");
    let plain: serde_json::Value =
        serde_json::from_str(&printed(&["check", &sample(), "--format", "json"])).unwrap();
    assert!(plain.get("what_if").is_none());
}

#[test]
fn every_page_and_document_of_a_what_if_says_so_and_no_file_changes() {
    let scratch = tempfile::tempdir().unwrap();
    project(
        scratch.path(),
        "execution:\n  work: {duration: 5d}\nclosing:\n  G5: {gate: Done, after: work}\n",
    );
    let before = std::fs::read(scratch.path().join("plan.yaml")).unwrap();
    let ask = ["build", ".", "--set", "tasks.work.duration=3d"];
    assert_eq!(milepost(&ask, scratch.path()).status.code(), Some(0));
    let mut n_pages = 0;
    for (path, bytes) in files(&scratch.path().join("site")) {
        if path.extension().is_some_and(|ending| ending == "html") {
            let text = String::from_utf8(bytes).unwrap().replace('\u{a0}', " ");
            assert!(text.contains("<code>--set tasks.work.duration=3d</code>"), "{}", path.display());
            assert!(text.contains("5 Aug 2026 instead of 7 Aug 2026"), "{}", path.display());
            n_pages += 1;
        }
    }
    assert!(n_pages > 5, "{n_pages} pages");
    assert_eq!(std::fs::read(scratch.path().join("plan.yaml")).unwrap(), before);
    assert_eq!(milepost(&["build"], scratch.path()).status.code(), Some(0));
    let page = std::fs::read_to_string(scratch.path().join("site/index.html")).unwrap();
    assert!(!page.contains("What if"), "the next build is the plan again");
}

#[test]
fn a_what_if_that_cannot_be_understood_writes_nothing() {
    let scratch = tempfile::tempdir().unwrap();
    project(scratch.path(), "execution:\n  work: {duration: 5d}\n");
    let output = milepost(&["build", "--set", "tasks.work.duration=3x"], scratch.path());
    assert_eq!(output.status.code(), Some(2));
    let text = error_text(&output);
    assert!(text.contains("--> --set 1:1:21") && text.contains("`3x` is not a duration"), "{text}");
    assert!(!scratch.path().join("site").exists());
}

#[test]
fn an_imported_plan_builds_and_nothing_is_overwritten() {
    let scratch = tempfile::tempdir().unwrap();
    let plan = "<Project>\n<StartDate>2026-08-03T08:00:00</StartDate><CurrencyCode>EUR</CurrencyCode>\n<Tasks>\n\
                <Task><UID>1</UID><ID>1</ID><Name>Build</Name><Duration>PT40H0M0S</Duration>\
                <Start>2026-08-03T08:00:00</Start><Finish>2026-08-07T17:00:00</Finish></Task>\n\
                <Task><UID>2</UID><ID>2</ID><Name>Old</Name><Active>0</Active></Task>\n</Tasks>\n</Project>\n";
    std::fs::write(scratch.path().join("plan.xml"), plan).unwrap();
    let import = || milepost(&["import", "plan.xml", "--out", "mine"], scratch.path());
    let output = import();
    assert_eq!(output.status.code(), Some(0), "{}", error_text(&output));
    let told = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(told.contains("Every task starts and finishes as MS Project stored it (1 compared)."), "{told}");
    assert!(told.contains("\"Old\" (row 2) is inactive"), "{told}");
    let page = std::fs::read_to_string(scratch.path().join("mine/IMPORT.md")).unwrap();
    assert!(page.contains("inactive in MS Project"), "{page}");
    let built = milepost(&["build", "mine"], scratch.path());
    assert_eq!(built.status.code(), Some(0), "{}", error_text(&built));
    let before = files(&scratch.path().join("mine"));
    let again = import();
    assert_eq!(again.status.code(), Some(2));
    assert!(error_text(&again).contains("`mine` is not empty"), "{}", error_text(&again));
    assert_eq!(files(&scratch.path().join("mine")), before);
}

#[test]
fn a_broken_plan_is_told_with_its_line_and_leaves_no_folder() {
    let scratch = tempfile::tempdir().unwrap();
    std::fs::write(
        scratch.path().join("plan.xml"),
        "<Project>\n<Tasks>\n<Task></Tusk>\n</Tasks>\n</Project>\n",
    )
    .unwrap();
    let output = milepost(&["import", "plan.xml", "--out", "mine"], scratch.path());
    assert_eq!(output.status.code(), Some(2));
    let told = error_text(&output);
    assert!(told.contains("E170 broken-xml") && told.contains("plan.xml:3:7"), "{told}");
    let left: Vec<_> =
        std::fs::read_dir(scratch.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(left, ["plan.xml"]);
    let output = milepost(&["import", "no.xml", "--out", "mine"], scratch.path());
    assert_eq!(output.status.code(), Some(2));
    assert!(error_text(&output).contains("cannot read `no.xml`"));
    assert!(!scratch.path().join("mine").exists());
}

#[test]
fn the_commands_of_the_readme_run() {
    let readme = std::fs::read_to_string(root().join("README.md")).unwrap();
    assert!(readme.contains("cargo run --release -- build sample-project"));
    assert!(readme.contains("milepost serve my-portfolio"));
    let (_, output) = crate::sample::built();
    assert_eq!(output.status.code(), Some(0), "{}", error_text(output));
}

#[test]
fn days_of_a_task_are_days_of_its_own_calendar() {
    let scratch = tempfile::tempdir().unwrap();
    project(
        scratch.path(),
        "execution:\n  office: {duration: 5d}\n  shift: {duration: 2d, calendar: night}\n  tail: {duration: 1d, \
         calendar: night, after: shift +1d, because: it cools down}\n",
    );
    std::fs::write(
        scratch.path().join("calendar.yaml"),
        "standard:\n  hours: 08:00 .. 17:00\nnight:\n  hours: 22:00 .. 06:00\n",
    )
    .unwrap();
    let why = |task: &str| {
        let output = milepost(&["why", task], scratch.path());
        String::from_utf8_lossy(&output.stdout).replace('\u{a0}', " ")
    };
    assert!(why("office").contains("takes 5 working days"), "{}", why("office"));
    assert!(why("shift").contains("takes 2 working days"), "{}", why("shift"));
    assert!(why("tail").contains(", 1 working day after"), "{}", why("tail"));
    assert_eq!(milepost(&["build", "--out", "site"], scratch.path()).status.code(), Some(0));
    let page =
        files(&scratch.path().join("site")).into_iter().find(|(path, _)| path.ends_with("schedule.html"));
    let page = String::from_utf8(page.unwrap().1).unwrap().replace('\u{a0}', " ").replace("&nbsp;", " ");
    let row = page.split("<tr").find(|row| row.contains(">shift<") && row.contains(">night<")).unwrap();
    assert!(row.contains(">2 d<"), "{row}");
}

#[test]
fn an_import_tells_what_it_could_not_read_on_its_page_and_quotes_its_path() {
    let scratch = tempfile::tempdir().unwrap();
    let plan = "<Project><Title>Demo</Title><CurrencyCode>EUR</CurrencyCode>\n<Tasks>\n<Task><UID>1</UID><ID>1</ID>\
                <Name>Work</Name><OutlineLevel>1</OutlineLevel><Start>2026-08-03T08:00:00</Start><Duration>PT8H0M0S</Duration>\
                <PercentComplete>500</PercentComplete></Task>\n</Tasks>\n</Project>\n";
    std::fs::write(scratch.path().join("plan.xml"), plan).unwrap();
    let output = milepost(&["import", "plan.xml", "--out", "my new plan"], scratch.path());
    assert_eq!(output.status.code(), Some(0), "{}", error_text(&output));
    let told = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(
        told.contains("milepost build 'my new plan'") || told.contains("milepost build \"my new plan\""),
        "{told}"
    );
    assert!(
        error_text(&output).contains("`500` in `<PercentComplete>` is not a percentage"),
        "{}",
        error_text(&output)
    );
    assert!(error_text(&output).contains("this plan has no `<StartDate>`"), "{}", error_text(&output));
    let page = std::fs::read_to_string(scratch.path().join("my new plan/IMPORT.md")).unwrap();
    assert!(
        page.contains("- Line 3: `500` in `<PercentComplete>` is not a percentage from 0 to 100. *Correct"),
        "{page}"
    );
    assert!(page.contains("- Line 1: this plan has no `<StartDate>`"), "{page}");
    let into = |out: &str| error_text(&milepost(&["import", "plan.xml", "--out", out], scratch.path()));
    assert!(into("plan.xml").contains("`plan.xml` is a file, not a folder"), "{}", into("plan.xml"));
    assert!(
        into("plan.xml/below").contains("name a place below folders, not below a file; nothing was written"),
        "{}",
        into("plan.xml/below")
    );
}

#[test]
fn the_portfolio_or_the_flag_chooses_the_theme_and_its_own_files_win_over_both() {
    let scratch = tempfile::tempdir().unwrap();
    project(scratch.path(), "execution:\n  work: {duration: 5d}\n");
    let page = |arguments: &[&str]| {
        let output = milepost(arguments, scratch.path());
        assert_eq!(output.status.code(), Some(0), "{}", error_text(&output));
        std::fs::read_to_string(scratch.path().join("site/index.html")).unwrap()
    };
    assert!(!page(&["build"]).contains("folio.css"));
    assert!(page(&["build", "--theme", "folio"]).contains("folio.css"));
    std::fs::write(scratch.path().join("portfolio.yaml"), "theme: folio\n").unwrap();
    assert!(page(&["build"]).contains("folio.css") && scratch.path().join("site/assets/menu.js").is_file());
    assert!(!page(&["build", "--theme", "plain"]).contains("folio.css"));
    std::fs::create_dir_all(scratch.path().join("theme/templates")).unwrap();
    std::fs::create_dir_all(scratch.path().join("theme/assets")).unwrap();
    std::fs::write(
        scratch.path().join("theme/templates/layout.html"),
        "{% extends \"folio/layout.html\" %}{% block provenance %}Printed by the city{% endblock provenance %}",
    )
    .unwrap();
    std::fs::write(scratch.path().join("theme/assets/user.css"), ":root { --accent: #063; }").unwrap();
    let own = page(&["build"]);
    assert!(own.contains("folio.css") && own.contains("Printed by the city"));
    let colours = std::fs::read_to_string(scratch.path().join("site/assets/user.css")).unwrap();
    assert_eq!(colours, ":root { --accent: #063; }");

    let output = milepost(&["build", "--theme", "foilo"], scratch.path());
    assert_eq!(output.status.code(), Some(2));
    assert!(error_text(&output).contains("did you mean `folio`?"), "{}", error_text(&output));
}

#[test]
fn files_of_a_theme_are_copied_once_from_the_theme_of_the_portfolio() {
    let scratch = tempfile::tempdir().unwrap();
    project(scratch.path(), "execution:\n  work: {duration: 5d}\n");
    std::fs::write(scratch.path().join("portfolio.yaml"), "theme: folio\n").unwrap();
    let copy = |files: &[&str]| milepost(&[&["theme", "copy"], files].concat(), scratch.path());
    let copied = |path: &str| std::fs::read_to_string(scratch.path().join("theme").join(path));

    let output = copy(&["assets/user.css", "templates/layout.html"]);
    let said = String::from_utf8(output.stdout).unwrap();
    assert!(
        said.contains("layout.html` from the theme `folio`")
            && said.contains("user.css` from the theme `plain`"),
        "{said}"
    );
    assert_eq!(
        copied("templates/layout.html").unwrap(),
        include_str!("../../themes/folio/templates/layout.html")
    );
    // What was copied builds, and to the same page.
    assert_eq!(milepost(&["build"], scratch.path()).status.code(), Some(0));
    assert!(
        std::fs::read_to_string(scratch.path().join("site/project/index.html"))
            .unwrap()
            .contains("class=\"menu\"")
    );

    std::fs::write(scratch.path().join("theme/assets/user.css"), "mine").unwrap();
    let output = copy(&["templates/document.html", "assets/user.css"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(error_text(&output).contains("exists already"), "{}", error_text(&output));
    assert_eq!(copied("assets/user.css").unwrap(), "mine");
    assert!(copied("templates/document.html").is_err(), "all or none");

    let output = copy(&["dashboard.html"]);
    assert!(
        error_text(&output).contains("did you mean `templates/page/dashboard.html`?"),
        "{}",
        error_text(&output)
    );
    let nowhere = milepost(&["theme", "copy", "assets/user.css", "--folder", "site"], scratch.path());
    assert_eq!(nowhere.status.code(), Some(2));
    assert!(error_text(&nowhere).contains("is no portfolio"), "{}", error_text(&nowhere));
}

#[test]
fn themes_files_and_variables_are_told() {
    let scratch = tempfile::tempdir().unwrap();
    let said = |arguments: &[&str]| {
        let output = milepost(arguments, scratch.path());
        assert_eq!(output.status.code(), Some(0), "{}", error_text(&output));
        String::from_utf8(output.stdout).unwrap()
    };
    let list = said(&["theme", "list"]);
    for wanted in
        ["  plain ", "  folio ", "assets/user.css", "templates/page/dashboard.html", "documents/G2.html"]
    {
        assert!(list.contains(wanted), "{wanted}: {list}");
    }
    let schedule = said(&["theme", "variables", "page/schedule.html"]);
    assert!(schedule.contains("- `view.gantt` (Chart or null): The Gantt chart"), "{schedule}");
    // A chart holds a table, which nothing on the page names by itself.
    assert!(
        schedule.contains("\nChart: ")
            && schedule.contains("\nChartTable: ")
            && !schedule.contains("\nBand: "),
        "{schedule}"
    );
    assert_eq!(said(&["theme", "variables", "schedule"]), schedule);
    assert!(said(&["theme", "variables", "templates/layout.html"]).contains("- `site` (Site)"));
    let output = milepost(&["theme", "variables", "dashbord"], scratch.path());
    assert_eq!(output.status.code(), Some(2));
    assert!(error_text(&output).contains("did you mean `dashboard`?"), "{}", error_text(&output));
}
