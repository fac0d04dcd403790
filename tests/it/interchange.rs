//! Tables, exports of Jira and issues of GitHub and GitLab: fixtures with answers worked by hand, and files that are not what they
//! should be.

use milepost::diagnostic::render::{Colour, terminal};
use milepost::diagnostic::{Diagnostics, Severity};
use milepost::exchange::plan::Program;
use milepost::exchange::sheet::Column;
use milepost::exchange::{self, DateOrder, Imported, Options, Outcome};
use milepost::pipeline;
use milepost::report::{Report, Sources};
use milepost::source::disk::Folder;

fn fixture(name: &str) -> Vec<u8> {
    std::fs::read(format!("{}/tests/fixtures/import/{name}", env!("CARGO_MANIFEST_DIR"))).unwrap()
}

fn import(text: &str, options: &Options) -> Outcome {
    exchange::import(text.as_bytes(), "plan", options)
}

fn codes(outcome: &Outcome) -> Vec<&'static str> {
    outcome.findings.iter().map(|found| found.rule.code).collect()
}

/// The project of a new folder, which must have no error.
fn built(imported: &Imported) -> Report {
    let files = imported.files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    let folder = Folder::from_memory(files);
    let report = pipeline::compute(&folder, Diagnostics::default(), &pipeline::Options::default());
    let errors: Vec<String> = report
        .findings
        .iter()
        .filter(|found| found.severity == Severity::Error)
        .map(|found| format!("{} {}", found.rule.code, found.message))
        .collect();
    assert!(errors.is_empty(), "{errors:?}\n{}", imported.files["plan.yaml"]);
    report
}

/// Start and finish of tasks in the forecast: `2026-08-10 08:00 .. 2026-08-12 12:00`.
#[track_caller]
fn assert_dates(report: &Report, wanted: &[(&str, &str)]) {
    let project = &report.projects[0];
    for (id, dates) in wanted {
        let found = project.tasks().find(|(_, task, _)| task.id.as_str() == *id);
        let (_, _, slot) = found.unwrap_or_else(|| panic!("no task {id}"));
        assert_eq!(format!("{} .. {}", slot.start, slot.finish), *dates, "{id}");
    }
}

#[track_caller]
fn imported(name: &str, wanted: Program) -> Imported {
    let outcome = exchange::import(&fixture(name), name, &Options::default());
    let imported = outcome.imported.expect(name);
    assert_eq!(imported.program, wanted);
    // The same bytes give the same folder.
    let again = exchange::import(&fixture(name), name, &Options::default()).imported.unwrap();
    assert_eq!(imported.files, again.files);
    imported
}

#[track_caller]
fn assert_line(imported: &Imported, file: &str, line: &str) {
    let text = imported.files.get(file).unwrap_or_else(|| panic!("no {file}"));
    assert!(text.lines().any(|own| own.trim() == line), "no `{line}` in {file}:\n{text}");
}

#[test]
fn a_german_table_becomes_a_plan() {
    let imported = imported("umzug.csv", Program::Table);
    // As of Friday 7 August. Two and a half days from Monday end on Wednesday noon; two days later the devices are ordered on Friday
    // noon and come on Friday noon two weeks on; 80 hours of one person are ten days.
    assert_dates(
        &built(&imported),
        &[
            ("bestand-aufnehmen", "2026-08-03 08:00 .. 2026-08-07 17:00"),
            ("angebote-einholen", "2026-08-10 08:00 .. 2026-08-12 12:00"),
            ("spedition-beauftragt", "2026-08-12 12:00 .. 2026-08-12 12:00"),
            ("geraete-bestellen", "2026-08-14 13:00 .. 2026-08-28 12:00"),
            ("arbeitsplaetze-aufbauen", "2026-08-28 13:00 .. 2026-09-11 12:00"),
            ("netz-messen", "2026-08-31 13:00 .. 2026-09-03 12:00"),
            ("abnahme", "2026-09-30 08:00 .. 2026-09-30 17:00"),
        ],
    );
    assert_line(&imported, "plan.yaml", "effort: 10d");
    assert_line(&imported, "plan.yaml", "after: arbeitsplaetze-aufbauen SS +1d");
    assert_line(&imported, "plan.yaml", "cost: 1_200.50 EUR");
    assert_line(&imported, "plan.yaml", "assign: anna-weiss 50%");
    assert_line(&imported, "progress.csv", "2026-08-07,bestand-aufnehmen,2026-08-03,2026-08-07,100%,");
    let story = &imported.files["IMPORT.md"];
    assert!(story.contains("The column `Abteilung` was left out"), "{story}");
    assert!(story.contains("a comma parts the decimals"), "{story}");
}

#[test]
fn an_export_of_jira_becomes_a_plan() {
    let imported = imported("shop-jira.csv", Program::Jira);
    // As of Friday 20 March. 144 000 seconds are 40 hours, five days from Monday; the bank waits a guessed day; the card needs five days
    // behind both. The index takes two days, and its night one.
    assert_dates(
        &built(&imported),
        &[
            ("SHOP-2", "2026-03-02 08:00 .. 2026-03-06 17:00"),
            ("SHOP-3", "2026-03-17 08:00 .. 2026-03-27 17:00"),
            ("SHOP-5", "2026-03-23 08:00 .. 2026-03-23 17:00"),
            ("SHOP-4", "2026-03-30 08:00 .. 2026-04-03 17:00"),
            ("SHOP-8", "2026-03-23 08:00 .. 2026-03-24 17:00"),
            ("SHOP-9", "2026-03-25 08:00 .. 2026-03-25 17:00"),
            ("version-1-0", "2026-04-03 17:00 .. 2026-04-03 17:00"),
            ("version-1-1", "2026-04-03 17:00 .. 2026-04-03 17:00"),
        ],
    );
    // 32 of 72 hours are 44 %.
    assert_line(&imported, "progress.csv", "2026-03-20,SHOP-3,2026-03-17,,44%,5d");
    assert_line(&imported, "timesheets.csv", "2026-W10,,anna-weiss,SHOP-2,40h");
    assert_line(
        &imported,
        "defects.csv",
        "SHOP-10,Basket forgets articles,1,2026-03-10,2026-03-12,tom-okafor,SHOP-10",
    );
    assert_line(&imported, "defects.csv", "SHOP-11,Typo on the start page,4,2026-03-11,,anna-weiss,");
    assert_line(&imported, "plan.yaml", "after: [SHOP-3, SHOP-5]");
    assert_line(&imported, "plan.yaml", "deadline: 2026-03-31");
    let plan = &imported.files["plan.yaml"];
    assert!(plan.contains("# guess:") && !plan.contains("SHOP-12") && !plan.contains("SHOP-11"), "{plan}");
    let leftovers: Vec<&str> = imported.leftovers.iter().map(|one| one.about.as_str()).collect();
    assert!(leftovers.contains(&"SHOP-12") && leftovers.contains(&"SHOP-7"), "{leftovers:?}");
}

/// Names and words of Jira as an English and a German user see them.
const IN_GERMAN: [(&str, &str); 34] = [
    ("Summary", "Zusammenfassung"),
    ("Issue key", "Vorgangsschlüssel"),
    ("Issue id", "Vorgangs-ID"),
    ("Issue Type", "Vorgangstyp"),
    ("Status Category", "Statuskategorie"),
    ("Project name", "Projektname"),
    ("Priority", "Priorität"),
    ("Resolution", "Lösung"),
    ("Assignee", "Zugewiesene Person"),
    ("Created", "Erstellt"),
    ("Updated", "Aktualisiert"),
    ("Resolved", "Erledigt"),
    ("Due date", "Fälligkeitsdatum"),
    ("Original estimate", "Ursprüngliche Schätzung"),
    ("Time Spent", "Benötigte Zeit"),
    ("Remaining Estimate", "Restschätzung"),
    ("Parent", "Übergeordnet"),
    ("Fix versions", "Lösungsversionen"),
    ("Labels", "Stichwörter"),
    ("Inward issue link (Blocks)", "Eingehende Vorgangsverknüpfung (Blocks)"),
    ("Outward issue link (Blocks)", "Ausgehende Vorgangsverknüpfung (Blocks)"),
    ("Inward issue link (Relates)", "Eingehende Vorgangsverknüpfung (Relates)"),
    ("Description", "Beschreibung"),
    ("To Do", "Zu erledigen"),
    ("In Progress", "In Arbeit"),
    ("Done", "Fertig"),
    ("Won't Do", "Wird nicht erledigt"),
    ("Highest", "Höchste"),
    ("High", "Hoch"),
    ("Medium", "Mittel"),
    ("Low", "Niedrig"),
    ("Lowest", "Niedrigste"),
    ("Bug", "Fehler"),
    ("Sub-task", "Unteraufgabe"),
];

#[test]
fn an_export_of_jira_in_german_becomes_the_same_plan() {
    let english = String::from_utf8(fixture("shop-jira.csv")).unwrap();
    let cell = |cell: &str| match IN_GERMAN.iter().find(|(english, _)| *english == cell) {
        Some((_, german)) => (*german).to_owned(),
        // Days of spring, as `05.Mär.26` or `05.03.26` by the settings of the service.
        None => cell.replace("/Mar/", ".03.").replace("/Apr/", ".04.").replace(":05 PM", ":05"),
    };
    let line = |line: &str| line.split(',').map(cell).collect::<Vec<_>>().join(";");
    let german: String = english.lines().map(|text| line(text) + "\n").collect();
    assert!(german.starts_with("Zusammenfassung;Vorgangsschlüssel;Vorgangs-ID;"), "{german}");
    let outcome = exchange::import(german.as_bytes(), "shop-jira.csv", &Options::default());
    assert_eq!(codes(&outcome), Vec::<&str>::new());
    let (german, english) = (outcome.imported.unwrap(), imported("shop-jira.csv", Program::Jira));
    assert_eq!(german.program, Program::Jira);
    for (path, text) in english.files.iter().filter(|(path, _)| *path != "IMPORT.md") {
        assert_eq!(german.files.get(path), Some(text), "{path}");
    }
    // What is read in neither language is told in that of the export.
    let left = |imported: &Imported| {
        let words = imported.leftovers.iter().map(|one| one.what.clone());
        words.filter(|words| words.starts_with("the column")).collect::<Vec<_>>()
    };
    assert_eq!(
        left(&english),
        ["the column `Description` was left out", "the column `Inward issue link (Relates)` was left out"]
    );
    assert_eq!(left(&german).len(), left(&english).len(), "{:?}", left(&german));
    // A word about the state is all that an export of fewer columns has.
    let few = "Vorgangsschlüssel:,Zusammenfassung,Status,Bearbeiter,Fällig am\nA-1,Eins,In Bearbeitung,Anna,31.08.2026\n";
    let outcome = import(few, &Options { as_of: Some(jiff::civil::date(2026, 8, 7)), ..Options::default() });
    let imported = outcome.imported.unwrap();
    assert_eq!(imported.program, Program::Jira);
    let plan = &imported.files["plan.yaml"];
    assert!(plan.contains("A-1: {name: Eins, duration: 1d, assign: anna, deadline: 2026-08-31}"), "{plan}");
}

#[test]
fn issues_of_github_become_a_plan() {
    let outcome = exchange::import(&fixture("github-issues.json"), "github-issues.json", &Options::default());
    assert_eq!(codes(&outcome), ["W173"]);
    let imported = imported("github-issues.json", Program::GitHub);
    // As of Friday 14 August. Half of the guessed day is left on Monday morning; what waits for it goes on behind it.
    assert_dates(
        &built(&imported),
        &[
            ("issue-1", "2026-08-07 08:00 .. 2026-08-07 17:00"),
            ("issue-2", "2026-08-14 08:00 .. 2026-08-17 12:00"),
            ("issue-3", "2026-08-17 13:00 .. 2026-08-18 12:00"),
            ("issue-4", "2026-08-17 13:00 .. 2026-08-18 12:00"),
            ("launch-reached", "2026-09-30 17:00 .. 2026-09-30 17:00"),
        ],
    );
    assert_line(&imported, "plan.yaml", "after: [issue-1, issue-2]");
    assert_line(&imported, "plan.yaml", "Labels: content, big");
    assert_line(&imported, "plan.yaml", "deadline: 2026-09-30");
    assert_line(&imported, "progress.csv", "2026-08-14,issue-2,2026-08-14,,50%,");
    let story = &imported.files["IMPORT.md"];
    assert!(story.contains("1 pull request left out"), "{story}");
    assert!(story.contains("`issue-6`: was closed without being done"), "{story}");
}

#[test]
fn issues_of_gitlab_become_a_plan() {
    let imported = imported("gitlab-issues.json", Program::GitLab);
    // As of Wednesday 10 June. 40 hours less 16 are three days, from Thursday to Monday.
    assert_dates(
        &built(&imported),
        &[
            ("issue-11", "2026-06-02 08:00 .. 2026-06-05 17:00"),
            ("issue-12", "2026-06-09 08:00 .. 2026-06-15 17:00"),
            ("issue-13", "2026-06-16 08:00 .. 2026-06-17 17:00"),
            ("pilot-reached", "2026-06-26 17:00 .. 2026-06-26 17:00"),
        ],
    );
    assert_line(&imported, "progress.csv", "2026-06-10,issue-12,2026-06-09,,40%,3d");
    assert_line(&imported, "timesheets.csv", ",2026-06-10,priya-nair,issue-12,8h");
    assert_line(&imported, "plan.yaml", "Weight: 5");
}

#[test]
fn what_gh_prints_is_read_under_its_own_names() {
    let text = "[{\"number\": 2, \"title\": \"B\", \"state\": \"OPEN\", \"createdAt\": \"2026-08-04T09:00:00Z\", \"body\": \"depends on #1\", \
                \"url\": \"https://github.com/o/r/issues/2\"}, {\"number\": 1, \"title\": \"A\", \"state\": \"CLOSED\", \"createdAt\": \
                \"2026-08-03T09:00:00Z\", \"closedAt\": \"2026-08-05T09:00:00Z\"}]";
    let imported = import(text, &Options::default()).imported.unwrap();
    assert_line(&imported, "plan.yaml", "after: issue-1");
    assert_line(&imported, "progress.csv", "2026-08-05,issue-1,2026-08-05,2026-08-05,100%,");
    built(&imported);
    // What happened after the day that is asked for has not happened.
    let options = Options { as_of: Some("2026-08-04".parse().unwrap()), ..Options::default() };
    let imported = import(text, &options).imported.unwrap();
    assert!(!imported.files.contains_key("progress.csv"));
    built(&imported);
}

#[test]
fn columns_can_be_said_and_all_faults_are_told_at_once() {
    let text =
        "Key,What,Waits for,Days,From\na,Dig,,3,2026-08-03\nb,Pour,a; zz,x,2026-13-40\na,Dry,b,2,\n,,,5,\n";
    let said = |column, name: &str| (column, name.to_owned());
    let columns = vec![
        said(Column::Name, "What"),
        said(Column::Predecessors, "waits for"),
        said(Column::Duration, "Days"),
        said(Column::Start, "From"),
    ];
    let outcome = import(text, &Options { format: Some(Program::Table), columns, ..Options::default() });
    let places = Sources::new(vec![("plan.csv".to_owned(), outcome.text.clone())]);
    let shown = terminal(&outcome.findings, &places, Colour::Never);
    for wanted in [
        "plan.csv:3:11\n",
        "`Pour` waits for `zz`, which is no row of this table",
        "plan.csv:3:14\n",
        "`x` is no length of time",
        "`2026-13-40` is no date",
        "a second row has the key `a`",
        "a row without a name; it was left out",
    ] {
        assert!(shown.contains(wanted), "{wanted} in\n{shown}");
    }
    assert_eq!(outcome.findings.iter().count(), 5, "{shown}");
    let imported = outcome.imported.unwrap();
    built(&imported);
    let columns = vec![said(Column::Name, "Whatt"), said(Column::Cost, "Money")];
    let outcome = import(text, &Options { columns, ..Options::default() });
    assert_eq!(codes(&outcome), ["E802", "E802"]);
    assert!(outcome.imported.is_none());
}

#[test]
fn a_date_that_may_mean_two_days_is_asked_for() {
    let text = "Task,Start,Duration\nDig,03/08/2026,2d\nPour,04/08/2026,2d\n";
    let outcome = import(text, &Options::default());
    assert_eq!(codes(&outcome), ["E804", "E804"]);
    assert!(outcome.imported.is_none());
    let start = |order| {
        let options = Options { dates: Some(order), ..Options::default() };
        let imported = import(text, &options).imported.unwrap();
        imported.files["project.yaml"].lines().find(|line| line.starts_with("start:")).unwrap().to_owned()
    };
    assert_eq!(start(DateOrder::DayFirst), "start: 2026-08-03");
    assert_eq!(start(DateOrder::MonthFirst), "start: 2026-03-08");
    // One date of the file tells of all.
    let text = format!("{text}Dry,15/08/2026,1d\n");
    assert!(codes(&import(&text, &Options::default())).is_empty());
}

#[test]
fn levels_numbers_and_parents_make_the_same_outline() {
    let by_level = "Name,Outline level,Duration\nA,1,\nB,2,1d\nC,2,2d\nD,1,1d\n";
    let by_wbs = "WBS;Name;Duration\n1;A;\n1.1;B;1d\n1.2;C;2d\n2;D;1d\n";
    let by_parent = "ID\tName\tParent\tDuration\nx1\tB\ta\t1d\na\tA\t\t\nx2\tC\ta\t2d\nd\tD\t\t1d\n";
    let plan = |text: &str| import(text, &Options::default()).imported.unwrap().files["plan.yaml"].clone();
    let one = plan(by_level);
    assert!(one.contains("  a:\n    name: A\n    tasks:\n      b: {name: B, duration: 1d}\n"), "{one}");
    assert_eq!(one, plan(by_wbs));
    assert!(
        plan(by_parent).contains("  a:\n    name: A\n    tasks:\n      x1: {name: B, duration: 1d}\n"),
        "{}",
        plan(by_parent)
    );
}

#[test]
fn circles_are_opened_and_the_rest_builds() {
    let text = "id,name,duration,predecessors\n1,A,1d,3\n2,B,1d,1\n3,C,1d,2\n4,D,1d,4\n";
    let outcome = import(text, &Options::default());
    assert_eq!(codes(&outcome), ["W806", "W806"]);
    built(&outcome.imported.unwrap());
    let jira = "Issue key,Summary,Issue Type,Status,Parent,Inward issue link (Blocks)\nA-1,One,Story,To Do,A-2,\nA-2,Two,Story,To Do,A-1,A-1\n\
                A-2,Two again,Story,To Do,,\n";
    let outcome = import(jira, &Options::default());
    assert!(codes(&outcome).contains(&"W805") && codes(&outcome).contains(&"W806"), "{:?}", codes(&outcome));
    built(&outcome.imported.unwrap());
}

#[test]
fn files_that_are_nothing_are_told() {
    let only = |bytes: &[u8]| {
        let outcome = exchange::import(bytes, "plan", &Options::default());
        assert!(outcome.imported.is_none());
        codes(&outcome)
    };
    assert_eq!(only(b""), ["E800"]);
    assert_eq!(only(b"\xef\xbb\xbf \n"), ["E800"]);
    assert_eq!(
        only("Aufgabe;Dauer\nPr\u{fc}fen;1\n".chars().map(|c| c as u8).collect::<Vec<_>>().as_slice()),
        ["E800"]
    );
    assert_eq!(only(b"hello"), ["E801"]);
    assert_eq!(only(b"name,duration\n"), ["E800"]);
    assert_eq!(only(b"[]"), ["E800"]);
    assert_eq!(only(b"[{\"number\": 1, \"title\": \"A\""), ["E800"]);
    assert_eq!(only(b"name,duration\nA,1d,surplus\nB,\"1d\n"), ["E803", "E803"]);
    assert_eq!(only(&[0xd0, 0xcf, 0x11, 0xe0]), ["E170"]);
    assert_eq!(only(b"a;b\n1;2\n"), ["E802"]);
    let nested = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
    assert_eq!(only(nested.as_bytes()), ["E800"]);
}

#[test]
fn a_table_of_many_rows_comes_back_in_time() {
    let mut text = String::from("id,name,duration,predecessors,owner\n");
    for number in 1..=5_000 {
        text += &format!("{number},Same name,1d,{},P{number}\n", number % 5_000 + 1);
    }
    let begin = std::time::Instant::now();
    let outcome = import(&text, &Options::default());
    let imported = outcome.imported.unwrap();
    assert_eq!((imported.n_tasks, imported.n_people), (5_000, 5_000));
    assert!(begin.elapsed() < std::time::Duration::from_mins(1), "{:?}", begin.elapsed());
    // Hundreds of the same finding are one line.
    let bad = format!("name,duration\n{}", "A,x\n".repeat(1_000));
    let outcome = import(&bad, &Options::default());
    assert_eq!(outcome.findings.iter().count(), 101);
}

#[test]
fn the_example_of_the_docs_is_what_comes_out() {
    let docs = include_str!("../../docs/interchange.md");
    let (_, rest) = docs.split_once("An example, `umzug.csv`").unwrap();
    let block = |sign: &str| {
        let (_, begin) = rest.split_once(&format!("```{sign}\n")).unwrap();
        begin.split_once("```").unwrap().0.to_owned()
    };
    let imported = import(&block("csv"), &Options::default()).imported.unwrap();
    let plan = &imported.files["plan.yaml"];
    let written = plan.split_once("\n\n").unwrap().1;
    assert_eq!(written, block("yaml"));
    built(&imported);
    // Every meaning of a column stands in the table.
    for (_, word, names) in milepost::exchange::sheet::COLUMNS {
        assert!(docs.contains(&format!("`{word}`")), "{word}");
        assert!(!names.is_empty());
    }
}

/// A finding with its place, as the terminal shows it.
fn shown(outcome: &Outcome, name: &str) -> String {
    let places = Sources::new(vec![(name.to_owned(), outcome.text.clone())]);
    terminal(&outcome.findings, &places, Colour::Never)
}

#[test]
fn a_comma_in_the_lag_of_a_single_predecessor_is_no_end_of_it() {
    for text in [
        "Nr,Vorgang,Dauer,Vorgänger\n8,Gießen,1t,\n9,Trocknen,1t,\"8EA+1,5t\"\n",
        "Nr;Vorgang;Dauer;Vorgänger\n8;Gießen;1,5t;\n9;Trocknen;1t;8EA+1,5t\n",
    ] {
        let outcome = import(text, &Options::default());
        assert_eq!(codes(&outcome), Vec::<&str>::new(), "{text}");
        let imported = outcome.imported.unwrap();
        let plan = &imported.files["plan.yaml"];
        assert!(plan.contains("after: giessen +1.5d"), "{plan}");
    }
}

#[test]
fn german_lags_by_the_clock_are_imported_and_a_strange_lag_keeps_its_link() {
    let text = "sep=;\nNr;Vorgang;Dauer;Vorgänger\n8;Gießen;1t;\n9;Trocknen;1 fWoche;8EA+2ft\n10;Malen;1t;8AA+3fStd\n11;Putzen;1t;8EA+2x\n\
                12;Räumen;1t;8XY\n13;Ende;1t;7\n";
    let outcome = import(text, &Options::default());
    assert_eq!(codes(&outcome), ["W172", "W172", "W173"]);
    let told = shown(&outcome, "plan.csv");
    for wanted in [
        "plan.csv:6:",
        "`Putzen` waits for `8EA+2x`: row 8 is there; the lag `2x` is not understood and was left out",
        "`Räumen` waits for `8XY`: row 8 is there; the link `XY` is not understood and was taken as finish to start",
        "`Ende` waits for `7`, which is no row of this table",
    ] {
        assert!(told.contains(wanted), "{wanted} in\n{told}");
    }
    let imported = outcome.imported.unwrap();
    let plan = &imported.files["plan.yaml"];
    assert!(plan.contains("duration: 7ed, after: giessen +2ed,"), "{plan}");
    assert!(plan.contains("after: giessen SS +3eh,"), "{plan}");
    assert_eq!(plan.matches("after: giessen}").count(), 2, "{plan}");
    let story = &imported.files["IMPORT.md"];
    assert!(story.contains("Cells are separated by semicolons"), "{story}");
    built(&imported);
}

#[test]
fn links_of_imported_issues_that_are_left_out_are_listed() {
    let jira = "Issue key,Summary,Issue Type,Status,Resolution,Inward issue link (Blocks),Outward issue link (Blocks)\n\
                A-8,One,Story,Done,Won't Do,,A-10\nA-9,Two,Story,To Do,,A-8,\nA-10,Three,Story,To Do,,,A-8\n";
    let outcome = import(jira, &Options::default());
    assert!(codes(&outcome).is_empty(), "{:?}", codes(&outcome));
    let imported = outcome.imported.unwrap();
    let story = &imported.files["IMPORT.md"];
    for wanted in [
        "`A-10`, `A-9`: each waits for `A-8`, which was closed without being done; the link was left out",
        "`A-10`: blocks `A-8`, which was closed without being done; the link was left out",
    ] {
        assert!(story.contains(wanted), "{wanted} in\n{story}");
    }
    built(&imported);
    let github = "[{\"number\": 1, \"title\": \"A\", \"state\": \"open\", \"body\": \"Blocked by #4 and #5\"},\n\
                  {\"number\": 4, \"title\": \"P\", \"state\": \"open\", \"pull_request\": {}},\n\
                  {\"number\": 5, \"title\": \"D\", \"state\": \"closed\", \"state_reason\": \"not_planned\", \"body\": \"Blocks #6, #7\"},\n\
                  {\"number\": 6, \"title\": \"E\", \"state\": \"open\"}]";
    let outcome = import(github, &Options::default());
    assert!(codes(&outcome).is_empty(), "{:?}", codes(&outcome));
    let imported = outcome.imported.unwrap();
    let story = &imported.files["IMPORT.md"];
    for wanted in [
        "`issue-1`: waits for `#4`, which is a pull request; the link was left out",
        "`issue-1`, `issue-6`: each waits for `#5`, which was closed without being done; the link was left out",
    ] {
        assert!(story.contains(wanted), "{wanted} in\n{story}");
    }
    built(&imported);
}

#[test]
fn findings_about_imported_json_show_where_the_issue_begins() {
    let text = "[\n  {\"number\": 1, \"title\": \"A\", \"state\": \"open\", \"body\": \"blocked by #2 {[\"},\n  {\"number\": 2, \"title\": \"B\", \"state\": \"open\", \
                \"created_at\": \"soon\", \"body\": \"blocked by #1, #9\"},\n  {\"number\": 2, \"title\": \"C\"}\n]\n";
    let outcome = import(text, &Options::default());
    let told = shown(&outcome, "issues.json");
    let mut found = codes(&outcome);
    found.sort_unstable();
    assert_eq!(found, ["W172", "W173", "W805", "W806"], "{told}");
    for line in ["issues.json:2:3\n", "issues.json:3:3\n", "issues.json:4:3\n"] {
        assert!(told.contains(line), "{line} in\n{told}");
    }
    let story = &outcome.imported.unwrap().files["IMPORT.md"];
    assert!(story.contains("- Line 3: issue #2 names #9, which is not in this file"), "{story}");
}

#[test]
fn an_imported_login_is_one_person_and_what_is_denied_no_link() {
    let text = "[{\"number\": 1, \"title\": \"A\", \"state\": \"open\", \"assignees\": [{\"login\": \"annaw\"}], \"body\": \"No longer blocked by #2\"}, \
                {\"number\": 2, \"title\": \"B\", \"state\": \"open\", \"assignees\": [{\"login\": \"annaw\", \"name\": \"Anna Weiss\"}]}]";
    let imported = import(text, &Options::default()).imported.unwrap();
    assert_eq!(imported.n_people, 1);
    let plan = &imported.files["plan.yaml"];
    assert_eq!(plan.matches("assign: anna-weiss").count(), 2, "{plan}");
    assert!(!plan.contains("after: issue"), "{plan}");
    let story = &imported.files["IMPORT.md"];
    assert!(story.contains("- 2 tasks, with 0 links"), "{story}");
    built(&imported);
}

#[test]
fn an_imported_row_below_itself_is_told_and_stored_dates_are_counted() {
    let text = "id,name,parent,start,finish,duration,Room\na,A,a,,,2d,\nb,B,,2026-08-03,2026-08-04,,\nc,C,zz,,,1d,12\nd,D,,,,,\ne,E,d,,,1d,\n";
    let outcome = import(text, &Options::default());
    let told = shown(&outcome, "plan.csv");
    assert!(
        told.contains("plan.csv:2:5\n") && told.contains("`A` names itself as the row above it"),
        "{told}"
    );
    assert_eq!(codes(&outcome), ["W806", "W173"], "{told}");
    let imported = outcome.imported.unwrap();
    let story = &imported.files["IMPORT.md"];
    for wanted in [
        "- 5 tasks, 1 of them a summary, with 0 links",
        "Of 4 tasks, 1 had a start and a finish in the table; it starts and finishes as stored.",
        "Say what it means with `--column MEANING=NAME`",
    ] {
        assert!(story.contains(wanted), "{wanted} in\n{story}");
    }
    built(&imported);
}
