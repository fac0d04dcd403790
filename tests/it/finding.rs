//! Everything can be found: by its address, from A to Z, by its words, and the reports by their days.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use milepost::diagnostic::Diagnostics;
use milepost::output::Bundle;
use milepost::page::Thing;
use milepost::pipeline::{self, Options};
use milepost::record::what_if::Wish;
use milepost::report::Report;
use milepost::source::disk::Folder;
use serde_json::Value;

/// The files of one project of the sample, by path.
fn files() -> BTreeMap<String, String> {
    let folder = crate::sample::branch_network();
    folder.files().iter().map(|file| (file.path.clone(), file.text.clone())).collect()
}

fn compute(files: &BTreeMap<String, String>, options: &Options) -> Report {
    let folder =
        Folder::from_memory(files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect());
    pipeline::compute(&folder, Diagnostics::default(), options)
}

fn site(report: &Report) -> Bundle {
    pipeline::render(report, &BTreeMap::new()).unwrap()
}

fn page(bundle: &Bundle, path: &str) -> String {
    let bytes = bundle.get(path).unwrap_or_else(|| panic!("no page {path}"));
    String::from_utf8(bytes.to_vec()).unwrap()
}

fn is_page(path: &str) -> bool {
    Path::new(path).extension().is_some_and(|ending| ending == "html")
}

fn has_anchor(html: &str, anchor: &str) -> bool {
    html.contains(&format!(" id=\"{anchor}\""))
}

/// What `milepostSearch.<name>(place, …);` hands over.
fn handed(script: &str) -> Value {
    let (_, inside) = script.split_once('(').unwrap();
    let inside = inside.trim_end().strip_suffix(");").unwrap();
    let from = inside.find(['[', '{']).unwrap();
    serde_json::from_str(&inside[from..]).unwrap()
}

/// The rows of things, in their order.
fn things(bundle: &Bundle) -> Vec<Vec<Value>> {
    let blocks = (0..).map_while(|place| bundle.get(&format!("search/things-{place}.js")));
    let rows = blocks.flat_map(|bytes| {
        let Value::Array(rows) = handed(std::str::from_utf8(bytes).unwrap()) else { panic!("not a list") };
        rows
    });
    rows.map(|row| row.as_array().unwrap().clone()).collect()
}

#[test]
fn everything_with_an_id_has_an_anchor_that_stays() {
    let (report, bundle) = (crate::sample::report(), crate::sample::site());
    let project = &report.project("branch-network").unwrap().project;
    let registers = &project.registers;
    let team = project.team.people.iter();
    let mut kinds: Vec<(&str, Vec<Thing<'_>>)> = vec![
        ("task", project.tasks.iter().map(|task| Thing::Task(&task.id)).collect()),
        ("risk", registers.risks.iter().map(|risk| Thing::Risk(&risk.id)).collect()),
        ("issue", registers.issues.iter().map(|issue| Thing::Issue(&issue.id)).collect()),
        ("decision", registers.decisions.iter().map(|entry| Thing::Decision(&entry.id)).collect()),
        ("change", registers.changes.iter().map(|change| Thing::Change(&change.id)).collect()),
        ("action", registers.actions.iter().map(|action| Thing::Action(&action.id)).collect()),
        ("assumption", (0..project.assumptions.len()).map(Thing::Assumption).collect()),
        ("request", registers.requests.iter().map(|request| Thing::Request(&request.id)).collect()),
        ("lesson", registers.lessons.iter().map(|lesson| Thing::Lesson(&lesson.id)).collect()),
        ("deliverable", project.deliverables.iter().map(|made| Thing::Deliverable(&made.id)).collect()),
        ("requirement", project.requirements.iter().map(|asked| Thing::Requirement(&asked.id)).collect()),
        ("benefit", project.benefits.iter().map(|benefit| Thing::Benefit(&benefit.id)).collect()),
        ("gate", project.gates.keys().map(|gate| Thing::Gate(*gate)).collect()),
        ("stage", project.stages.keys().map(|stage| Thing::Stage(*stage)).collect()),
        ("person", team.map(|person| Thing::Person(&person.id)).collect()),
        ("update", project.updates.iter().map(|update| Thing::Update(update.status_date)).collect()),
        ("report", project.snapshots.iter().map(|frozen| Thing::Report(frozen.status_date)).collect()),
    ];
    let criteria = project
        .deliverables
        .iter()
        .flat_map(|made| (0..made.criteria.len()).map(|place| Thing::Criterion(&made.id, place)));
    kinds.push(("criterion", criteria.collect()));
    let handover = project.handover.iter().flat_map(|handover| &handover.items);
    kinds.push(("handover", handover.map(|item| Thing::HandoverItem(&item.id)).collect()));
    let mut faults = Vec::new();
    for (kind, things) in kinds {
        assert!(!things.is_empty(), "the sample has no {kind}");
        for thing in things {
            let html = page(bundle, thing.address(&project.folder).path());
            if let Some(anchor) = thing.anchor().filter(|anchor| !has_anchor(&html, anchor)) {
                faults.push(format!("{kind}: {} has no `{anchor}`", thing.address(&project.folder)));
            }
        }
    }
    // Milestones and gates are rows of the schedule as well.
    assert!(project.tasks.iter().any(milepost::model::Task::is_point));
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// Addresses that people have in their mails: they are written here as they are, and may not change.
#[test]
fn addresses_are_those_they_always_were() {
    let bundle = crate::sample::site();
    for (path, anchor) in [
        ("branch-network/raid.html", "risk-R1"),
        ("branch-network/raid.html", "assumption-1"),
        ("branch-network/journal.html", "update-2026-11-06"),
        ("branch-network/deliverables.html", "deliverable-D1"),
        ("branch-network/deliverables.html", "criterion-D2-1"),
        ("branch-network/deliverables.html", "requirement-REQ-2"),
        ("branch-network/people.html", "person-anna"),
        ("branch-network/handover.html", "item-wifi"),
        ("branch-network/gates/G2.html", "main"),
        ("branch-network/reports/2026-11-06.html", "figures"),
    ] {
        assert!(has_anchor(&page(bundle, path), anchor), "{path}#{anchor}");
    }
}

/// How many things are found.
fn found_things_are_there(bundle: &Bundle, when: &str) -> usize {
    let rows = things(bundle);
    let mut wanted: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for row in &rows {
        let href = row[3].as_str().unwrap();
        let (path, anchor) = href.split_once('#').unwrap_or((href, ""));
        wanted.entry(path).or_default().insert(anchor);
    }
    for (path, anchors) in wanted {
        let html = page(bundle, path);
        for anchor in anchors {
            assert!(anchor.is_empty() || has_anchor(&html, anchor), "{when}: {path}#{anchor}");
        }
    }
    rows.len()
}

#[test]
fn what_is_found_is_there() {
    assert!(found_things_are_there(crate::sample::site(), "today") > 500);
    for day in ["2026-09-25", "2026-08-20"] {
        let as_of = Some(day.parse().unwrap());
        let bundle = site(&compute(&files(), &Options { as_of, ..Options::default() }));
        let n_found = found_things_are_there(&bundle, day);
        assert!(n_found > 80, "{day}: only {n_found}");
    }
}

#[test]
fn a_word_leads_to_all_things_that_have_it() {
    let bundle = crate::sample::site();
    let rows = things(bundle);
    let scripts = (0..).map_while(|place| bundle.get(&format!("search/words-{place}.js")));
    let words: BTreeMap<String, Value> = scripts
        .flat_map(|bytes| {
            serde_json::from_value::<BTreeMap<String, Value>>(handed(std::str::from_utf8(bytes).unwrap()))
                .unwrap()
        })
        .collect();
    let told = words["switches"].as_str().unwrap();
    let mut found = BTreeSet::new();
    for list in told.split('|').filter(|list| !list.is_empty()) {
        let mut number = 0;
        for step in list.split(' ') {
            number += usize::from_str_radix(step, 36).unwrap();
            found.insert(number);
        }
    }
    // Every row shows title and id in whole, and the beginning of its text.
    let shows = |row: &Vec<Value>| {
        let shown = format!("{} {} {}", row[0], row[4], row[5]).to_lowercase();
        shown.split(|letter: char| !letter.is_alphanumeric()).any(|word| word == "switches")
    };
    let expected: BTreeSet<usize> =
        rows.iter().enumerate().filter(|(_, row)| shows(row)).map(|(number, _)| number).collect();
    assert!(expected.len() > 3, "{expected:?}");
    assert!(expected.is_subset(&found), "{expected:?} against {found:?}");
    assert!(!words.contains_key("the"));
}

#[test]
fn nothing_is_lost_without_scripts() {
    let bundle = crate::sample::site();
    let list = page(bundle, "search.html");
    let linked: BTreeSet<&str> =
        list.split("href=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    for row in things(bundle) {
        assert!(linked.contains(row[3].as_str().unwrap()), "{row:?}");
    }
    for (path, bytes) in bundle.iter().filter(|(path, _)| is_page(path) && *path != "404.html") {
        let html = std::str::from_utf8(bytes).unwrap();
        assert!(html.contains("search.html\">Search and A to Z</a></p>"), "{path}: no way to the list");
    }
}

/// A site of a thousand projects has more things than a browser opens on one page.
#[test]
fn of_very_many_things_each_letter_has_its_page() {
    let task = |number: u32| {
        let letter = char::from(b'a' + u8::try_from(number % 25).unwrap());
        format!("  {letter}{number}: {{name: {letter}{number} moved, milestone: true}}\n")
    };
    let files = BTreeMap::from([
        ("net/project.yaml".to_owned(), "project: Net\nstart: 2026-08-03\ncurrency: EUR\n".to_owned()),
        ("net/plan.yaml".to_owned(), format!("execution:\n{}", (0..2_001).map(task).collect::<String>())),
    ]);
    let bundle = site(&compute(&files, &Options::default()));
    let index = page(&bundle, "search.html");
    assert!(index.len() < 20_000, "{}", index.len());
    assert!(index.contains("href=\"search/a.html#letter-a\""), "{index}");
    let mut listed = BTreeSet::new();
    for (path, bytes) in bundle.iter().filter(|(path, _)| path.starts_with("search/") && is_page(path)) {
        let html = std::str::from_utf8(bytes).unwrap();
        assert!(index.contains(&format!("href=\"{path}#")) || html.contains("Nothing begins"), "{path}");
        let (_, list) = html.split_once("<h2 id=\"a-to-z-title\"").unwrap();
        let hrefs = list.split("href=\"../").skip(1).filter_map(|rest| rest.split('"').next());
        listed.extend(hrefs.map(str::to_owned));
    }
    let things = things(&bundle);
    assert!(things.len() > 2_000, "{}", things.len());
    for row in things {
        assert!(listed.contains(row[3].as_str().unwrap()), "{row:?}");
    }
}

#[test]
fn a_task_and_a_person_are_listed_once() {
    let bundle = site(&compute(&files(), &Options::default()));
    let own = |href: &String| href.contains("/tasks/") || href.contains("/people/");
    let rows = things(&bundle);
    let mut found: Vec<String> =
        rows.iter().map(|row| row[3].as_str().unwrap().to_owned()).filter(own).collect();
    let many = found.len();
    found.sort();
    found.dedup();
    assert_eq!(found.len(), many);
    assert!(found.iter().any(|href| href == "branch-network/tasks/pilot.html"), "{found:?}");
    assert!(found.iter().any(|href| href == "branch-network/people/tom.html"), "{found:?}");
}

#[test]
fn every_page_says_where_it_stands() {
    let bundle = crate::sample::site();
    for (path, bytes) in bundle.iter().filter(|(path, _)| is_page(path)) {
        if ["index.html", "404.html"].contains(&path) {
            continue;
        }
        let html = std::str::from_utf8(bytes).unwrap();
        let (_, rest) =
            html.split_once("<nav class=\"crumbs\"").unwrap_or_else(|| panic!("{path}: no way here"));
        let (crumbs, _) = rest.split_once("</nav>").unwrap();
        let steps: Vec<&str> = crumbs.split("<li>").skip(1).collect();
        let top = format!("href=\"{}index.html\"", "../".repeat(path.matches('/').count()));
        assert!(steps[0].contains(&top), "{path}: {}", steps[0]);
        assert!(steps.last().unwrap().contains("aria-current=\"page\""), "{path}: {steps:?}");
        assert!(steps[1..steps.len() - 1].iter().all(|step| step.contains("<a href=")), "{path}: {steps:?}");
        let is_listed =
            ["/gates/", "/reports/", "/explain/", "/files/", "files/"].iter().any(|room| path.contains(room));
        assert!(!is_listed || steps.len() > 2, "{path}: the list it stands in is no step: {steps:?}");
    }
}

#[test]
fn all_pages_are_listed() {
    let bundle = crate::sample::site();
    let plan = page(bundle, "sitemap.html");
    for (path, _) in bundle.iter().filter(|(path, _)| is_page(path)) {
        let is_of_a_list =
            path.contains("/explain/") || format!("/{path}").contains("/files/") || path == "404.html";
        assert!(is_of_a_list || plan.contains(&format!("href=\"{path}\"")), "{path} is not listed");
    }
}

#[test]
fn search_engines_get_a_list_where_the_address_is_known() {
    let mut files = files();
    let without = crate::sample::branch_network_site();
    assert!(without.get("sitemap.xml").is_none());
    let lost = page(without, "404.html");
    assert!(
        lost.contains("take parts off the end of the address") && lost.contains("<a href=\"/\">"),
        "the start of the server can be found from anywhere: {lost}"
    );
    assert_eq!(lost.matches("href=").count(), 1, "nothing relative can be found: {lost}");
    assert!(
        !page(without, "index.html").contains("href=\"/\""),
        "pages that know their place need no start of the server"
    );

    // A server shows it under any address, from which no sheet of the site would be found.
    assert!(
        lost.contains("<style>/*") && lost.contains("style-src 'sha256-") && !lost.contains("<link"),
        "{lost}"
    );

    files.get_mut("portfolio.yaml").unwrap().push_str("site: {address: https://intranet.example/it/}\n");
    let with = site(&compute(&files, &Options::default()));
    let sitemap = page(&with, "sitemap.xml");
    assert!(
        sitemap.contains("<loc>https://intranet.example/it/branch-network/schedule.html</loc>"),
        "{sitemap}"
    );
    assert!(!sitemap.contains("404.html"));
    let n_pages = with.iter().filter(|(path, _)| is_page(path)).count();
    assert_eq!(sitemap.matches("<loc>").count(), n_pages - 1);
    let lost = page(&with, "404.html");
    assert!(lost.contains("href=\"https://intranet.example/it/search.html\""), "{lost}");
}

fn main_of(html: &str) -> &str {
    let (_, rest) = html.split_once("<main").unwrap();
    rest.split_once("</main>").unwrap().0
}

/// A report says today what it said on its day, whatever became of the plan.
#[test]
fn reports_of_days_gone_by_do_not_change() {
    let files = files();
    let is = crate::sample::branch_network_site();
    let later = Wish::set("tasks.pilot.duration=30d");
    let would_be = site(&compute(&files, &Options { what_if: vec![later], ..Options::default() }));
    let path = "branch-network/reports/2026-11-06.html";
    assert_eq!(main_of(&page(is, path)), main_of(&page(&would_be, path)));
    let dashboard = "branch-network/index.html";
    assert_ne!(
        main_of(&page(is, dashboard)),
        main_of(&page(&would_be, dashboard)),
        "the plan is another one"
    );
}

#[test]
fn reports_say_what_was_frozen_and_lead_from_one_to_the_next() {
    let bundle = crate::sample::site();
    let html = page(bundle, "branch-network/reports/2026-11-06.html");
    for wanted in [
        "Frozen",
        &crate::sample::digest_in("projects/branch-network/snapshots/2026-11-06.yaml"),
        "17\u{a0}Dec\u{a0}2026",
        "103\u{202f}108",
        "All 14 kits have arrived",
        "href=\"2026-10-23.html\"",
        "href=\"2026-11-20.html\"",
        "class=\"spark\"",
    ] {
        assert!(html.contains(wanted), "no {wanted:?}");
    }
    let first = page(bundle, "branch-network/reports/2026-08-28.html");
    assert!(!first.contains("rel=\"prev\"") && first.contains("rel=\"next\""));
    let last = page(bundle, "branch-network/reports/2026-11-20.html");
    assert!(last.contains("rel=\"prev\"") && !last.contains("rel=\"next\""));
    for from in ["index", "journal", "trends"] {
        let html = page(bundle, &format!("branch-network/{from}.html"));
        assert!(html.contains("href=\"reports/2026-11-"), "{from} leads to no report");
    }
}

#[test]
fn a_report_that_nobody_closed_says_so() {
    let mut files = files();
    let frozen = |day: &str| format!("projects/branch-network/snapshots/{day}.yaml");
    for day in ["2026-11-20", "2026-10-09"] {
        assert!(files.remove(&frozen(day)).is_some());
    }
    let bundle = site(&compute(&files, &Options::default()));
    let newest = page(&bundle, "branch-network/reports/2026-11-20.html");
    assert!(newest.contains("Not closed") && newest.contains("not frozen yet"), "figures of now");
    assert!(newest.contains("21\u{a0}Jan\u{a0}2027") && newest.contains("explain/time.html#finish"));
    let old = page(&bundle, "branch-network/reports/2026-10-09.html");
    assert!(old.contains("Not closed") && old.contains("Nothing was frozen on that day"));
    assert!(!old.contains("id=\"figures\"") && old.contains("id=\"words\""), "what was written alone");
}

#[test]
fn a_report_whose_record_was_edited_warns() {
    let mut files = files();
    let record = files.get_mut("projects/branch-network/snapshots/2026-11-06.yaml").unwrap();
    *record = record.replace("103_108.24 EUR, eac_one_off", "99_000 EUR, eac_one_off");
    let html = page(&site(&compute(&files, &Options::default())), "branch-network/reports/2026-11-06.html");
    assert!(html.contains(">Edited<") && html.contains("edited after it was frozen"));
}
