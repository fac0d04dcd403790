//! What the site gives away: every file reads as its format says, and says what the pages say.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use milepost::diagnostic::Diagnostics;
use milepost::export::checksums::sha256;
use milepost::output::Bundle;
use milepost::page::downloads::{PORTFOLIO_TABLES, TABLES};
use milepost::pipeline::{self, Options};
use milepost::report::Report;
use milepost::source::disk::Folder;

use crate::sample::branch_network_site;

fn report_of(files: &[(&'static str, &str)]) -> Report {
    let folder = Folder::from_memory(files.to_vec());
    pipeline::compute(&folder, Diagnostics::default(), &Options::default())
}

fn site_of(files: &[(&'static str, &str)]) -> Bundle {
    pipeline::render(&report_of(files), &BTreeMap::new()).unwrap()
}

#[track_caller]
fn text(bundle: &Bundle, path: &str) -> String {
    let bytes = bundle.get(path).unwrap_or_else(|| panic!("no {path}"));
    String::from_utf8(bytes.to_vec()).unwrap()
}

fn ending<'a>(bundle: &'a Bundle, ending: &'a str) -> impl Iterator<Item = (&'a str, &'a [u8])> {
    bundle.iter().filter(move |(path, _)| Path::new(path).extension().is_some_and(|own| own == ending))
}

/// The tables that the site makes: not the files of authors, which end in `.csv` too.
fn tables(bundle: &Bundle) -> BTreeMap<&str, &[u8]> {
    ending(bundle, "csv").filter(|(path, _)| format!("/{path}").contains("/data/")).collect()
}

fn rows(bytes: &[u8]) -> Vec<BTreeMap<String, String>> {
    let mut reader = csv::Reader::from_reader(bytes);
    reader.deserialize().map(|row| row.unwrap()).collect()
}

#[test]
fn every_table_reads_as_csv_with_rows_of_one_length() {
    let site = branch_network_site();
    let tables = tables(site);
    assert_eq!(tables.len(), TABLES.len() + PORTFOLIO_TABLES.len(), "the sample fills every table");
    for (path, bytes) in tables {
        let text = std::str::from_utf8(bytes).unwrap();
        assert!(text.ends_with("\r\n") && !text.replace("\r\n", "").contains('\r'), "{path}: ends of lines");
        let mut reader = csv::ReaderBuilder::new().flexible(false).from_reader(bytes);
        let head = reader.headers().unwrap().clone();
        let names: BTreeSet<&str> = head.iter().collect();
        assert_eq!(names.len(), head.len(), "{path}: a column stands twice");
        assert!(
            head.iter().all(|name| !name.is_empty()
                && name
                    .chars()
                    .all(|letter| letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == '_')),
            "{path}: {head:?}"
        );
        let rows: Vec<csv::StringRecord> = reader.records().map(|row| row.unwrap()).collect();
        assert!(!rows.is_empty(), "{path}: no row");
    }
}

/// The rows of a table of a page that stand for something: no headings over groups, no sums.
#[track_caller]
fn rows_on_page(html: &str, label: &str, is_row: impl Fn(&str) -> bool) -> usize {
    let mark = format!("aria-label=\"{label}\" class=\"table");
    let at = html.find(&mark).unwrap_or_else(|| panic!("no table {label}"));
    let table = html[at..].split_once("</table>").unwrap().0;
    let body = table.split_once("<tbody>").unwrap().1;
    let tags = body.match_indices("<tr").map(|(at, _)| body[at..].split_once('>').unwrap().0);
    tags.filter(|tag| !tag.contains("\"group\"") && !tag.contains("\"total\"") && is_row(tag)).count()
}

#[test]
fn tables_have_the_rows_of_the_pages() {
    let site = branch_network_site();
    let net = |page: &str| text(site, &format!("branch-network/{page}.html"));
    let n_rows = |name: &str| rows(tables(site)[&*format!("branch-network/data/{name}.csv")]).len();
    let all = |_: &str| true;
    let (schedule, raid, results) = (net("schedule"), net("raid"), net("deliverables"));
    let n_tasks = rows_on_page(&schedule, "Open tasks", all) + rows_on_page(&schedule, "Finished tasks", all);
    assert_eq!(n_rows("tasks"), n_tasks);
    assert_eq!(n_rows("milestones"), rows_on_page(&schedule, "Milestones and gates", all));
    assert_eq!(n_rows("budget"), rows_on_page(&net("budget"), "Money by category", all));
    assert_eq!(n_rows("ledger"), rows_on_page(&net("ledger"), "Bookings", all));
    assert_eq!(n_rows("months"), rows_on_page(&net("ledger"), "Money by month", all));
    // The status date itself is not a forecast that could have been good or bad.
    assert_eq!(n_rows("earned-value"), rows_on_page(&net("trends"), "Forecasts by report", all) + 1);
    let n_closed = rows_on_page(&raid, "Risks no longer open", all);
    assert_eq!(n_rows("risks"), rows_on_page(&raid, "Open risks", all) + n_closed);
    assert_eq!(n_rows("issues"), rows_on_page(&raid, "Issues", all));
    let wanted = raid.matches("<div id=\"decision-D-").count();
    assert_eq!(n_rows("decisions"), wanted + rows_on_page(&raid, "Decisions made", all));
    assert_eq!(n_rows("changes"), rows_on_page(&raid, "Changes", all));
    assert_eq!(n_rows("actions"), rows_on_page(&raid, "Actions", all));
    assert_eq!(n_rows("assumptions"), rows_on_page(&raid, "Assumptions", all));
    assert_eq!(n_rows("outside-requests"), rows_on_page(&net("outside"), "Requests to outside teams", all));
    assert_eq!(
        n_rows("deliverables"),
        rows_on_page(&results, "Deliverables", |tag| tag.contains("id=\"deliverable-"))
    );
    assert_eq!(
        n_rows("acceptance-criteria"),
        rows_on_page(&results, "Deliverables", |tag| !tag.contains("id=\"deliverable-"))
    );
    assert_eq!(n_rows("tests"), rows_on_page(&results, "Tests", all));
    let defects = rows(tables(site)["branch-network/data/defects.csv"]);
    let n_open = defects.iter().filter(|row| row["is_open"] == "yes").count();
    assert_eq!(n_open, rows_on_page(&results, "Open defects", all));
    assert_eq!(n_rows("handover"), rows_on_page(&net("handover"), "Ownership register", all));
    assert_eq!(n_rows("service-criteria"), rows_on_page(&net("handover"), "Service criteria", all));
    assert_eq!(n_rows("findings"), net("quality").matches("<li class=\"finding ").count());
    let who: BTreeSet<_> =
        rows(tables(site)["branch-network/data/load.csv"]).iter().map(|row| row["id"].clone()).collect();
    assert_eq!(who.len(), rows_on_page(&net("people"), "Load by week", all));
    assert_eq!(
        rows(tables(site)["data/projects.csv"]).len(),
        text(site, "index.html").matches("<article class=\"project").count().max(1)
    );
}

#[test]
fn figures_in_tables_are_the_known_ones() {
    let site = branch_network_site();
    let tables = tables(site);
    let tasks = rows(tables["branch-network/data/tasks.csv"]);
    let task = |id: &str| tasks.iter().find(|row| row["id"] == id).unwrap().clone();
    let pilot = task("pilot");
    assert_eq!((&*pilot["start"], &*pilot["finish"]), ("2026-11-16", "2026-11-26"));
    assert_eq!((&*pilot["total_float_days"], &*pilot["is_critical"]), ("0", "yes"));
    assert_eq!(task("training")["total_float_days"], "26");
    let sum: i64 = tasks.iter().map(|row| cents(&row["budget_eur"])).sum();
    let lines = rows(tables["branch-network/data/earned-value.csv"]);
    let now = lines.last().unwrap();
    assert_eq!(now["status_date"], "2026-11-20");
    assert_eq!(sum, cents(&now["budget_eur"]), "the tasks of the sample carry the whole budget");
    assert_eq!(
        ["planned_value_eur", "earned_value_eur", "actual_cost_eur", "cpi", "spi", "spi_t", "estimate_eur"]
            .map(|column| now[column].as_str()),
        ["92480.00", "74200.00", "79120.00", "0.938", "0.802", "0.835", "104958.76"]
    );
    let months = rows(tables["branch-network/data/months.csv"]);
    let spent: i64 = months.iter().map(|row| cents(&row["spent_eur"])).sum();
    assert_eq!(spent, 7_912_000);
}

fn cents(text: &str) -> i64 {
    let (whole, part) = text.split_once('.').unwrap();
    assert_eq!(part.len(), 2, "{text}");
    format!("{whole}{part}").parse().unwrap()
}

const SMALL: &[(&str, &str)] = &[
    ("portfolio.yaml", "title: Demo\n"),
    (
        "projects/net/plan.yaml",
        "execution:\n  work: {name: \"=1+1, or \\\"more\\\"\", duration: 5d, assign: anna}\n  done: {milestone: \"Done; at last, ready\", after: work, deadline: 2026-08-06}\n",
    ),
    (
        "projects/net/resources.yaml",
        "roles:\n  engineer: {rate: 600 EUR/d}\npeople:\n  anna: {name: Anna, role: engineer, rate: 7_193 EUR/d, absent: [2026-09-07]}\n",
    ),
    (
        "projects/net/updates/2026-08-07.md",
        "---\nstatus_date: 2026-08-07\nnext: [\"a < b & c\"]\n---\n\nSee [the plan](schedule.html) <script>x</script>\n",
    ),
];

fn small(classification: &str) -> Bundle {
    let project =
        format!("project: Net & more\nstart: 2026-08-03\ncurrency: EUR\nclassification: {classification}\n");
    let mut files = SMALL.to_vec();
    files.push(("projects/net/project.yaml", project.as_str()));
    site_of(&files)
}

#[test]
fn text_of_authors_is_no_formula_in_a_spreadsheet() {
    let site = small("internal");
    let tasks = rows(tables(&site)["net/data/tasks.csv"]);
    assert_eq!(tasks[0]["name"], "'=1+1, or \"more\"");
    assert!(text(&site, "net/downloads.html").contains("has an apostrophe in front"));
}

#[test]
fn a_table_without_a_row_is_neither_made_nor_linked() {
    let site = small("internal");
    assert!(site.get("net/data/risks.csv").is_none());
    assert!(!text(&site, "net/downloads.html").contains("risks.csv"));
    assert!(text(&site, "net/schedule.html").contains("href=\"data/tasks.csv\""));
    assert!(!text(&site, "net/schedule.html").contains("href=\"data/progress.csv\""));
}

/// Prices of persons are in no file that leaves the house, whatever its format.
#[test]
fn prices_of_persons_are_masked_in_what_is_given_away() {
    let site = small("internal");
    let raw = text(&site, "net/files/resources.yaml");
    assert!(raw.contains("rate: ••••") && raw.contains("600 EUR/d"), "{raw}");
    assert!(text(&site, "net/downloads.html").contains("prices of persons masked"));
    for (path, bytes) in site.iter().filter(|(path, _)| !path.starts_with("assets/")) {
        let text = String::from_utf8_lossy(bytes);
        for price in ["7_193", "7193.", "7\u{202f}193"] {
            assert!(!text.contains(price), "{path} tells the price");
        }
    }
}

#[test]
fn a_project_that_is_public_gives_no_files_away_however_that_is_written() {
    for word in ["public", "Public", "\" PUBLIC \""] {
        let site = small(word);
        let given: Vec<&str> =
            site.iter().map(|(path, _)| path).filter(|path| format!("/{path}").contains("/files/")).collect();
        assert!(given.is_empty(), "{word}: {given:?}");
        let people = text(&site, "net/people.html");
        assert!(
            !people.contains("7\u{a0}Sep\u{a0}2026") && !people.contains("600"),
            "{word}: absences or rates"
        );
        assert!(text(&site, "net/downloads.html").contains("its files are not shown"), "{word}");
        assert!(site.get("net/data/tasks.csv").is_some(), "{word}: what the pages show is given");
    }
}

#[test]
fn the_project_keeps_its_schema() {
    let site = branch_network_site();
    let schema: serde_json::Value = serde_json::from_str(&text(site, "schema/project.schema.json")).unwrap();
    let mut file: serde_json::Value =
        serde_json::from_str(&text(site, "branch-network/project.json")).unwrap();
    assert_eq!(schema["$schema"], "https://json-schema.org/draft/2020-12/schema");
    assert_eq!(file["$schema"], "../schema/project.schema.json");
    let mut schemas = boon::Schemas::new();
    let mut compiler = boon::Compiler::new();
    compiler.enable_format_assertions();
    compiler.add_resource("file:///project.schema.json", schema.clone()).unwrap();
    let index = compiler.compile("file:///project.schema.json", &mut schemas).unwrap();
    schemas.validate(&file, index).unwrap_or_else(|error| panic!("{error:#}"));

    // It is not the schema that lets everything pass.
    for (field, wrong) in [
        ("format", serde_json::json!(1)),
        ("status_date", serde_json::json!("20 Nov 2026")),
        ("tasks", serde_json::json!([{"id": "pilot"}])),
    ] {
        let right = std::mem::replace(&mut file[field], wrong);
        assert!(schemas.validate(&file, index).is_err(), "{field} may be anything");
        file[field] = right;
    }

    // Every field is explained.
    let mut bare = Vec::new();
    let defs = schema["$defs"].as_object().unwrap().iter().map(|(name, def)| (name.as_str(), def));
    for (name, def) in defs.chain([("root", &schema)]) {
        for (field, of_field) in def["properties"].as_object().into_iter().flatten() {
            if of_field["description"].as_str().is_none_or(str::is_empty) {
                bare.push(format!("{name}.{field}"));
            }
        }
    }
    assert!(bare.is_empty(), "{bare:?}");
}

/// A week after the report earned value still stands at its day.
#[test]
fn the_project_says_on_which_day_its_values_stand() {
    let mut files = SMALL.to_vec();
    files.push(("projects/net/project.yaml", "project: Net\nstart: 2026-08-03\ncurrency: EUR\n"));
    let day_of = |day: &str| {
        let options = Options { as_of: Some(day.parse().unwrap()), ..Options::default() };
        let report = pipeline::compute(&Folder::from_memory(files.clone()), Diagnostics::default(), &options);
        let site = pipeline::render(&report, &BTreeMap::new()).unwrap();
        let file: serde_json::Value = serde_json::from_str(&text(&site, "net/project.json")).unwrap();
        [&file["status_date"], &file["data_date"]].map(|day| day.as_str().unwrap().to_owned())
    };
    assert_eq!(day_of("2026-08-07"), ["2026-08-07", "2026-08-07"]);
    assert_eq!(day_of("2026-08-14"), ["2026-08-14", "2026-08-07"]);
}

#[test]
fn every_measure_is_a_figure_and_every_figure_leads_to_its_explanation() {
    let site = branch_network_site();
    let file: serde_json::Value = serde_json::from_str(&text(site, "branch-network/project.json")).unwrap();
    let figures: BTreeMap<&str, &serde_json::Value> = file["figures"]
        .as_array()
        .unwrap()
        .iter()
        .map(|figure| (figure["key"].as_str().unwrap(), figure))
        .collect();
    let measures = file["measures"].as_array().unwrap();
    for key in
        ["bac", "ev", "eac", "eac-1", "eac-2", "eac-3", "eac-4", "spi-t", "finish", "slip", "reserve-left"]
    {
        assert!(measures.iter().any(|measure| measure["key"] == key), "no measure {key}");
    }
    let plain = |text: &str| text.replace(['\u{a0}', '\u{202f}'], "").replace('−', "-");
    for measure in measures.iter().filter(|measure| measure["unit"] == "currency") {
        let key = measure["key"].as_str().unwrap();
        let (value, shown) =
            (measure["value"].as_str().unwrap(), plain(figures[key]["shown"].as_str().unwrap()));
        let whole = |text: &str| {
            text.trim_start_matches('+').split(['.', 'E']).next().unwrap().parse::<i64>().unwrap()
        };
        assert!((whole(value) - whole(&shown)).abs() <= 1, "{key}: {value} beside {shown}");
    }
    for (key, figure) in figures {
        let at = figure["explained_at"].as_str().unwrap_or_else(|| panic!("{key} is not explained"));
        let (page, anchor) = at.split_once('#').unwrap();
        assert_eq!(anchor, key);
        assert!(text(site, &format!("branch-network/{page}")).contains(&format!("id=\"{key}\"")), "{at}");
    }
}

/// The lines of a calendar, unfolded: name and value.
fn calendar(text: &str) -> Vec<(String, String)> {
    assert!(text.ends_with("\r\n"));
    for line in text.split("\r\n") {
        assert!(line.len() <= 75 && !line.contains('\n'), "{line}");
    }
    let unfolded = text.replace("\r\n ", "");
    let pairs = unfolded.split_terminator("\r\n").map(|line| line.split_once(':').unwrap());
    pairs.map(|(name, value)| (name.to_owned(), value.to_owned())).collect()
}

#[test]
fn calendars_hold_milestones_gates_and_decisions_wanted() {
    let site = branch_network_site();
    for path in ["branch-network/milestones.ics", "calendar.ics"] {
        let lines = calendar(&text(site, path));
        assert_eq!(lines.first().unwrap(), &("BEGIN".to_owned(), "VCALENDAR".to_owned()));
        assert_eq!(lines.last().unwrap(), &("END".to_owned(), "VCALENDAR".to_owned()));
        let of = |wanted: &str| -> Vec<&str> {
            lines.iter().filter(|(name, _)| name == wanted).map(|(_, value)| &**value).collect()
        };
        let uids = of("UID");
        assert_eq!(uids.len(), uids.iter().collect::<BTreeSet<_>>().len(), "{path}: a UID stands twice");
        assert!(uids.contains(&"task-G5.branch-network@milepost"), "{uids:?}");
        assert!(uids.contains(&"decision-D-03.branch-network@milepost"), "{uids:?}");
        assert!(!uids.contains(&"decision-D-02.branch-network@milepost"), "it has been made");
        for name in ["DTSTAMP", "DTSTART;VALUE=DATE", "DTEND;VALUE=DATE", "SUMMARY", "STATUS", "SEQUENCE"] {
            assert_eq!(of(name).len(), uids.len(), "{path}: {name}");
        }
        assert!(of("DTSTAMP").iter().all(|stamp| *stamp == "20261120T000000Z"));
        // G5 is reached at the end of the project; the end of a whole day is the day after.
        let place = uids.iter().position(|uid| *uid == "task-G5.branch-network@milepost").unwrap();
        assert_eq!(of("DTSTART;VALUE=DATE")[place], "20270121");
        assert_eq!(of("DTEND;VALUE=DATE")[place], "20270122");
        assert_eq!(of("STATUS")[place], "TENTATIVE");
        let pages = text(site, "branch-network/schedule.html");
        assert_eq!(uids.len(), rows_on_page(&pages, "Milestones and gates", |_| true) + 1);
    }
}

#[test]
fn everybody_has_a_calendar_of_their_work() {
    let site = branch_network_site();
    let path = "branch-network/people/tom.ics";
    let lines = calendar(&text(site, path));
    let of = |wanted: &str| -> Vec<&str> {
        lines.iter().filter(|(name, _)| name == wanted).map(|(_, value)| &**value).collect()
    };
    let uids = of("UID");
    // The pilot goes on, the roll-out is to come, the survey is done and no longer work.
    let pilot = uids.iter().position(|uid| *uid == "work-pilot.branch-network@milepost").unwrap();
    assert_eq!(of("DTSTART;VALUE=DATE")[pilot], "20261116");
    assert_eq!(of("DTEND;VALUE=DATE")[pilot], "20261127", "it lasts until the 26th");
    assert!(uids.contains(&"work-rollout.branch-network@milepost"), "{uids:?}");
    assert!(!uids.iter().any(|uid| uid.contains("survey")), "{uids:?}");
    assert!(text(site, "branch-network/people/tom.html").contains("href=\"tom.ics\""));
    // Whoever is asked finds the decision there, and nobody else does.
    let asked = calendar(&text(site, "branch-network/people/helena.ics"));
    let decision = ("UID".to_owned(), "decision-D-03.branch-network@milepost".to_owned());
    assert!(asked.contains(&decision) && !lines.contains(&decision));
}

#[test]
fn a_public_site_gives_nobody_s_work_away() {
    assert!(ending(&small("public"), "ics").all(|(path, _)| !path.contains("/people/")));
    assert!(ending(&small("internal"), "ics").any(|(path, _)| path.contains("/people/")));
}

#[test]
fn a_calendar_escapes_what_authors_write_and_names_nobody() {
    let lines = calendar(&text(&small("internal"), "net/milestones.ics"));
    assert!(lines.contains(&("SUMMARY".to_owned(), "Done\\; at last\\, ready".to_owned())), "{lines:?}");
    let said = lines.iter().find(|(name, _)| name == "DESCRIPTION").unwrap();
    assert!(said.1.ends_with("\\nDeadline 6 Aug 2026."), "{said:?}");
    assert!(lines.iter().all(|(_, value)| !value.contains("Anna")));
}

#[test]
fn feeds_are_well_formed_and_their_links_lead_to_the_journal() {
    let site = branch_network_site();
    let mut ids_of_project = Vec::new();
    for path in ["branch-network/journal.atom", "journal.atom"] {
        let xml = text(site, path);
        let document = roxmltree::Document::parse(&xml).unwrap();
        let feed = document.root_element();
        assert_eq!(feed.tag_name().namespace(), Some("http://www.w3.org/2005/Atom"));
        let child = |node: roxmltree::Node<'_, '_>, name: &str| -> String {
            let found = node.children().find(|child| child.tag_name().name() == name);
            found.and_then(|child| child.text().map(str::to_owned)).unwrap_or_default()
        };
        let entries: Vec<_> = feed.children().filter(|node| node.tag_name().name() == "entry").collect();
        let days: Vec<String> = entries.iter().map(|entry| child(*entry, "updated")).collect();
        let reports = text(site, "branch-network/journal.html").matches("id=\"update-").count();
        assert_eq!(entries.len(), reports);
        assert!(days.is_sorted_by(|one, other| one > other), "newest first: {days:?}");
        assert_eq!(child(feed, "updated"), "2026-11-20T00:00:00Z");
        let ids: Vec<String> = entries.iter().map(|entry| child(*entry, "id")).collect();
        assert!(ids.iter().all(|id| id.starts_with("urn:uuid:") && id.len() == 45), "{ids:?}");
        assert_eq!(ids.iter().collect::<BTreeSet<_>>().len(), ids.len());
        // A report is the same entry in both feeds.
        if ids_of_project.is_empty() {
            ids_of_project.clone_from(&ids);
        }
        assert_eq!(ids, ids_of_project);
        for entry in &entries {
            assert!(!child(*entry, "title").is_empty());
            let link = entry.children().find(|node| node.tag_name().name() == "link").unwrap();
            let (page, anchor) = link.attribute("href").unwrap().split_once('#').unwrap();
            let folder = path.rsplit_once('/').map_or(String::new(), |(folder, _)| format!("{folder}/"));
            assert!(text(site, &format!("{folder}{page}")).contains(&format!("id=\"{anchor}\"")));
        }
    }
    let gate = text(site, "branch-network/gates/G2.html");
    assert!(gate.contains(
        "<link rel=\"alternate\" type=\"application/atom+xml\" title=\"Feed: reports of Branch Network Refresh\" href=\"../journal.atom\">"
    ));
    assert!(text(site, "index.html").contains("href=\"journal.atom\""));
}

#[test]
fn what_authors_write_does_no_harm_in_a_feed() {
    let site = small("internal");
    let xml = text(&site, "journal.atom");
    let document = roxmltree::Document::parse(&xml).unwrap();
    let content = document.descendants().find(|node| node.tag_name().name() == "content").unwrap();
    let html = content.text().unwrap();
    assert!(!html.contains("<script") && html.contains("a &lt; b &amp; c"), "{html}");
    // The author's link is relative to the pages of the project.
    assert_eq!(content.attribute(("http://www.w3.org/XML/1998/namespace", "base")), Some("net/"));
    assert!(site.get("net/schedule.html").is_some() && html.contains("href=\"schedule.html\""), "{html}");
}

#[test]
fn the_digests_are_those_of_every_file_that_is_given_away() {
    let site = branch_network_site();
    let digests = text(site, "SHA256SUMS");
    let mut listed = BTreeSet::new();
    for line in digests.lines() {
        let (digest, path) = line.split_once("  ").unwrap();
        assert_eq!(digest, sha256(site.get(path).unwrap_or_else(|| panic!("no {path}"))), "{path}");
        listed.insert(path);
    }
    let given = site.iter().map(|(path, _)| path).filter(|path| {
        !path.starts_with("assets/")
            && !path.starts_with("search/")
            && Path::new(path).extension().is_none_or(|ending| ending != "html")
            && *path != "SHA256SUMS"
    });
    assert_eq!(listed, given.collect::<BTreeSet<_>>());
}

/// Every file that is given away is on a page of downloads, with its size.
#[test]
fn every_file_is_listed_with_its_size() {
    let site = branch_network_site();
    let pages = [
        ("", text(site, "downloads.html")),
        ("branch-network/", text(site, "branch-network/downloads.html")),
    ];
    for path in text(site, "SHA256SUMS").lines().map(|line| line.split_once("  ").unwrap().1) {
        let folder = if path.starts_with("branch-network/") { "branch-network/" } else { "" };
        let page = &pages.iter().find(|(of, _)| *of == folder).unwrap().1;
        let href = format!("href=\"{}\"", path.strip_prefix(folder).unwrap());
        assert!(page.contains(&href), "{path} is not listed");
        let length = milepost::format::bytes(site.get(path).unwrap().len());
        let mut rows = page.split(&href).skip(1).map(|rest| rest.split("</tr>").next().unwrap());
        assert!(rows.any(|row| row.contains(&length)), "{path}: no row says {length}");
    }
}

/// The files as they were read: whoever takes them away computes the same figures, where no price is masked.
#[test]
fn the_files_of_the_sample_give_the_same_tables_again() {
    let site = branch_network_site();
    let files: Vec<(String, String)> = site
        .iter()
        .filter(|(path, _)| Path::new(path).extension().is_none_or(|ending| ending != "html"))
        .filter_map(|(path, bytes)| {
            let path = match path.strip_prefix("branch-network/files/") {
                Some(rest) => format!("projects/branch-network/{rest}"),
                None => path.strip_prefix("files/")?.to_owned(),
            };
            Some((path, String::from_utf8(bytes.to_vec()).unwrap()))
        })
        .collect();
    let scratch = tempfile::tempdir().unwrap();
    for (path, text) in &files {
        let file = scratch.path().join(path);
        std::fs::create_dir_all(file.parent().unwrap()).unwrap();
        std::fs::write(file, text).unwrap();
    }
    let mut found = Diagnostics::default();
    let folder = Folder::read(scratch.path(), &mut found).unwrap();
    let report = pipeline::compute(&folder, found, &Options::default());
    let again = pipeline::render(&report, &BTreeMap::new()).unwrap();
    assert_eq!(tables(&again), tables(site));
}
