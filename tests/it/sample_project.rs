//! The sample portfolio: its known figures, its site as text, and what every page must keep.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use milepost::diagnostic::Severity;
use milepost::output::Bundle;
use milepost::pipeline::{self, Options};
use milepost::report::Report;

use crate::sample::{folder, pages, pages_of, report, site};

#[test]
fn it_has_no_fault() {
    let report = report();
    let faults: Vec<String> = report
        .findings
        .iter()
        .filter(|found| found.severity == Severity::Error && found.waiver.is_none())
        .map(|found| format!("{} {}", found.rule.code, found.message))
        .collect();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// The table of the reference: two calendars, a year-end freeze, floats in working days.
#[test]
fn the_schedule_is_the_known_one() {
    let report = report();
    let network = report.project("branch-network").unwrap();
    let day = network.minutes_per_day();
    let rows: Vec<String> = network
        .tasks()
        .filter(|(_, task, _)| task.is_work())
        .map(|(number, task, slot)| {
            let planned = network.planned.slot(number);
            let short = |date: jiff::civil::Date| date.strftime("%m-%d").to_string();
            format!(
                "{:16} {} {} {} | {} {} {}",
                task.id.as_str(),
                short(planned.first_day()),
                short(planned.last_day()),
                planned.total_float / day,
                short(slot.first_day()),
                short(slot.last_day()),
                slot.total_float / day,
            )
        })
        .collect();
    assert_eq!(
        rows.join("\n"),
        "business-case    08-03 08-12 0 | 08-03 08-12 0
survey           08-13 08-26 0 | 08-13 08-27 0
design           08-27 09-07 0 | 08-28 09-09 0
security-review  09-08 09-14 3 | 09-10 09-17 0
rfq              09-08 09-17 0 | 09-10 09-21 0
order-hw         09-18 10-22 0 | 09-22 11-06 0
staging          10-23 10-28 0 | 11-09 11-13 0
pilot            10-29 11-04 0 | 11-16 11-26 0
rollout          11-05 11-20 0 | 11-27 01-11 0
training         11-05 11-10 8 | 11-27 12-02 26
acceptance       11-23 11-25 0 | 01-12 01-14 0
handover         11-26 12-02 0 | 01-15 01-21 0"
    );
    assert_eq!(network.planned.finish_day().to_string(), "2026-12-02");
    assert_eq!(network.forecast.finish_day().to_string(), "2027-01-21");
    assert_eq!(network.control.finish_slip / day, 34);
    assert_eq!(network.control.finish_slip_calendar_days, 50);
}

/// One day less on the pilot moves the finish by 29 calendar days.
#[test]
fn the_lever_of_the_pilot_is_known() {
    let report = report();
    let network = report.project("branch-network").unwrap();
    let pilot =
        network.levers.iter().find(|lever| network.project.task(lever.task).id.as_str() == "pilot").unwrap();
    assert_eq!(pilot.one_day_less.unwrap().to_string(), "2026-12-23");
    assert_eq!(pilot.calendar_days_gained, 29);
    assert!(pilot.cliff.is_some());
}

#[test]
fn earned_value_is_the_known_one() {
    let report = report();
    let control = &report.project("branch-network").unwrap().control;
    let units = |amount: milepost::quantity::Amount| amount.as_f64() / 100.0;
    let round = |ratio: Option<milepost::quantity::Ratio>| (ratio.unwrap().get() * 1_000.0).round() / 1_000.0;
    let (all, discrete) = (&control.total, &control.discrete);
    let figures =
        [all.budget, all.planned, all.earned, all.actual, discrete.planned, discrete.earned].map(units);
    assert_eq!(figures, [98_432.0, 92_480.0, 74_200.0, 79_120.0, 80_960.0, 62_680.0]);
    assert_eq!((round(all.spi()), round(all.cpi())), (0.802, 0.938));
    assert_eq!((round(discrete.spi()), round(discrete.cpi())), (0.774, 0.927));
    let estimates = [Some(all.estimate_one_off()), all.estimate_trend(), all.estimate_pressure()];
    assert_eq!(estimates.map(|amount| units(amount.unwrap())), [103_352.0, 104_958.76, 111_324.43]);
    assert_eq!(units(all.variance_at_completion()), -6_526.76);
    let (schedule, three) = (&control.total_schedule, |number: f64| (number * 1_000.0).round() / 1_000.0);
    assert_eq!((three(schedule.actual_time), three(schedule.earned)), (80.0, 66.765));
    assert_eq!(schedule.estimate_finish.unwrap().to_string(), "2026-12-28");
    assert_eq!(units(control.threats), 1_720.0);
}

#[test]
fn the_same_folder_gives_the_same_bytes() {
    let (folder, found) = folder();
    let anew = pipeline::compute(&folder, found, &Options::default());
    let (first, second) = (site(), &pipeline::render(&anew, &pipeline::theme_files(&folder)).unwrap());
    let bytes = |bundle: &Bundle| -> Vec<(String, Vec<u8>)> {
        bundle.iter().map(|(path, bytes)| (path.to_owned(), bytes.to_vec())).collect()
    };
    assert!(bytes(first) == bytes(second), "the sites differ");
}

/// A line of the plan with a length: what the trade counts as tasks.
fn is_task(kind: &milepost::model::TaskKind) -> bool {
    use milepost::model::TaskKind;
    matches!(kind, TaskKind::Work(_) | TaskKind::Hammock { .. })
}

/// The storylines of the reference: what each project must come to on 20 November 2026, to the euro and to the day.
#[test]
fn the_storylines_compute() {
    let report = report();
    let rows: Vec<String> = ["ward-workstations", "citizen-appointments"]
        .iter()
        .map(|folder| {
            let project = report.project(folder).unwrap();
            let (control, all) = (&project.control, &project.control.total);
            let units = |amount: milepost::quantity::Amount| amount.as_f64() / 100.0;
            let counted: Vec<&milepost::control::Burn> = control
                .unit_burns
                .iter()
                .filter(|burn| {
                    let unit = milepost::control::BurnUnit::Units("points".to_owned());
                    burn.unit == unit || burn.title.starts_with("Ward ")
                })
                .collect();
            format!(
                "{folder}: {} tasks, {:?}; BAC {} PV {} EV {} AC {}; SPI {:.3} CPI {:.3}; EAC {:.0}; {} -> {}; {} of {}",
                project.tasks().filter(|(_, task, _)| is_task(&task.kind)).count(),
                control.stage,
                units(all.budget),
                units(all.planned),
                units(all.earned),
                units(all.actual),
                all.spi().unwrap().get(),
                all.cpi().unwrap().get(),
                units(all.estimate_trend().unwrap()),
                control.reference.finish,
                project.forecast.finish_day(),
                counted.iter().map(|burn| burn.scope - burn.remaining).sum::<f64>(),
                counted.iter().map(|burn| burn.scope).sum::<f64>(),
            )
        })
        .collect();
    assert_eq!(
        rows.join("\n"),
        "ward-workstations: 46 tasks, Execution; BAC 412000 PV 268000 EV 204500 AC 211300; SPI 0.763 CPI 0.968; EAC 425700; 2026-12-30 -> 2027-02-10; 196 of 420
citizen-appointments: 64 tasks, Control; BAC 640000 PV 402000 EV 352000 AC 371000; SPI 0.876 CPI 0.949; EAC 674545; 2027-01-22 -> 2027-03-05; 112 of 236"
    );
}

/// Moving the crews to the wards whose devices are in the store wins a month, if it is decided by Tuesday.
#[test]
fn the_wards_decision_is_worth_a_month_until_tuesday() {
    let text = readable(pages()["ward-workstations/index.html"]).replace('\u{a0}', " ");
    let said = ["8 Jan 2027 23 working days sooner", "24 Nov 2026 a working day later: finish 11 Jan 2027"];
    for words in said {
        assert!(text.contains(words), "`{words}` in\n{text}");
    }
}

/// Cutting the wishes brings the appointments back to the day that was promised; four runs of five end by 19 March else.
#[test]
fn the_appointments_are_on_time_without_the_wishes() {
    let report = report();
    let project = report.project("citizen-appointments").unwrap();
    let burn = project.control.unit_burns.iter().find(|burn| burn.title.starts_with("Backlog")).unwrap();
    let found = burn.forecast.as_ref().unwrap();
    assert_eq!([found.mean, found.worst_three, found.best_three], [16.0, 14.0, 18.0]);
    let (approved, wishes): (Vec<_>, Vec<_>) =
        burn.scope_steps.iter().partition(|step| !step.changes.is_empty());
    let sum = |steps: &[&milepost::control::ScopeStep]| steps.iter().map(|step| step.amount).sum::<f64>();
    assert_eq!((sum(&approved), sum(&wishes)), (22.0, 34.0));
    let said = |page: &str, words: &str| {
        let text = readable(pages()[&*format!("citizen-appointments/{page}.html")]).replace('\u{a0}', " ");
        assert!(text.contains(words), "`{words}` on {page}");
    };
    said("index", "22 Jan 2027 30 working days sooner");
    // Nobody knows in which order the wishes are built: no day is named until which the cut keeps its gain.
    assert!(!readable(pages()["citizen-appointments/index.html"]).contains("a working day later"));
    said("index", "P80 19 Mar 2027");
    // 674 545 − 640 000 of 40 405 left: of the points that changes drew for, none is done, so that nothing of the overrun is theirs.
    said("index", "85.5 % needed by the cost trend");
    said("index", "more than all of it counted from what is left and in half of the runs");
    // 738 552, which holds the work of all draws, − 640 000 of budget − 75 000 of contingency, be it drawn (34 595) or left (40 405).
    said("index", "falls short by 23 552 EUR counted from what is left");
    said("index", "34 points more in “Backlog, iteration by iteration” without approval");
    said("burn", "done by 12 Mar 2027, at the best by 26 Feb 2027, at the worst by 26 Mar 2027");
    said("burn", "If scope goes on growing: mean of the last");
    said("burn", "2 Jul 2027");
    said("gates", "Rework");
    said("gates/G2", "Rework on 26 Jun 2026");
    said("gates/G2", "until G3 on");
}

/// The whole site as text; `UPDATE=1` rewrites `tests/golden/`. Of the branch network every page is kept; of the other
/// projects, whose pages are made by the same code, what a reader sees first.
#[test]
fn the_site_reads_as_approved() {
    let golden = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden");
    let update = std::env::var("UPDATE").is_ok_and(|value| value == "1");
    let mut differing = Vec::new();
    let mut expected_files = BTreeSet::new();
    // The pages of files say again what stands in `sample-project/`.
    let is_told = |path: &str| {
        let is_whole = !path.contains('/') || path.starts_with("branch-network/");
        !format!("/{path}").contains("/files/") && (is_whole || path.ends_with("/index.html"))
    };
    for (path, html) in pages().iter().filter(|(path, _)| is_told(path)) {
        let file = golden.join(path.replace(".html", ".txt"));
        let text = readable(html);
        expected_files.insert(file.clone());
        if update {
            std::fs::create_dir_all(file.parent().unwrap()).unwrap();
            std::fs::write(&file, text).unwrap();
        } else if std::fs::read_to_string(&file).unwrap_or_default() != text {
            differing.push(path);
        }
    }
    let stale: Vec<PathBuf> =
        text_files(&golden).into_iter().filter(|file| !expected_files.contains(file)).collect();
    if update {
        for file in &stale {
            std::fs::remove_file(file).unwrap();
        }
    } else {
        assert!(
            differing.is_empty() && stale.is_empty(),
            "differ: {differing:?}; stale: {stale:?}; UPDATE=1 rewrites"
        );
    }
}

fn text_files(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = std::fs::read_dir(folder) else { return Vec::new() };
    let mut files = Vec::new();
    for entry in entries {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files.extend(text_files(&path));
        } else {
            files.push(path);
        }
    }
    files.sort();
    files
}

/// The text of a page as a reader without styles gets it: one line for each block, tags gone, links kept.
fn readable(html: &str) -> String {
    let body = html.split_once("<body").map_or(html, |(_, body)| body);
    let mut text = String::new();
    let mut rest = body.split_once('>').map_or(body, |(_, rest)| rest);
    while let Some(at) = rest.find('<') {
        text.push_str(&rest[..at]);
        let Some(end) = rest[at..].find('>') else { break };
        let tag = &rest[at + 1..at + end];
        let name: String =
            tag.trim_start_matches('/').chars().take_while(char::is_ascii_alphanumeric).collect();
        match name.as_str() {
            "td" | "th" if !tag.starts_with('/') => text.push_str(" | "),
            "a" if !tag.starts_with('/') => {
                if let Some(href) = attribute(tag, "href") {
                    text.push_str(&format!(" [{href}] "));
                }
            }
            "span" | "strong" | "em" | "code" | "td" | "th" | "a" | "b" | "i" | "sup" | "abbr" | "time"
            | "tspan" => {}
            _ => text.push('\n'),
        }
        rest = &rest[at + end + 1..];
        // What only a script brings to light is not what the page says.
        if name == "fieldset" && tag.ends_with(" hidden") {
            rest = rest.split_once("</fieldset>").map_or("", |(_, rest)| rest);
        }
    }
    let lines = text.lines().map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "));
    let kept: Vec<String> = lines.filter(|line| !line.is_empty() && line != "|").collect();
    format!("{}\n", kept.join("\n"))
}

fn attribute<'a>(tag: &'a str, name: &str) -> Option<&'a str> {
    let (_, rest) = tag.split_once(&format!(" {name}=\""))?;
    rest.split_once('"').map(|(value, _)| value)
}

fn attributes<'a>(html: &'a str, name: &str) -> Vec<&'a str> {
    let mark = format!(" {name}=\"");
    html.match_indices(&mark)
        .filter_map(|(at, _)| html[at + mark.len()..].split_once('"').map(|(value, _)| value))
        .collect()
}

#[test]
fn every_link_leads_somewhere_inside_the_site() {
    let files: BTreeSet<&str> = site().iter().map(|(path, _)| path).collect();
    let ids: BTreeMap<&str, BTreeSet<&str>> =
        pages().iter().map(|(path, html)| (*path, attributes(html, "id").into_iter().collect())).collect();
    let mut faults = Vec::new();
    for (path, html) in pages() {
        for href in attributes(html, "href").into_iter().chain(attributes(html, "src")) {
            // A page that is shown under any address leads to the start of the server.
            let is_start = *path == "404.html" && href == "/";
            if is_start || href.starts_with("https://") || href.starts_with("mailto:") {
                continue;
            }
            let (file, anchor) = href.split_once('#').unwrap_or((href, ""));
            let target = if file.is_empty() { (*path).to_owned() } else { join(path, file) };
            if href.starts_with('/') || href.contains(':') {
                faults.push(format!("{path}: `{href}` is not relative"));
            } else if !files.contains(&*target) {
                faults.push(format!("{path}: `{href}` leads to nothing"));
            } else if let Some(ids) = ids.get(&*target)
                && !anchor.is_empty()
                && !ids.contains(anchor)
            {
                faults.push(format!("{path}: `{href}` has no such anchor"));
            }
        }
    }
    faults.sort();
    faults.dedup();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

fn join(page: &str, href: &str) -> String {
    let mut parts: Vec<&str> = page.split('/').collect();
    parts.pop();
    for part in href.split('/') {
        match part {
            ".." => {
                parts.pop();
            }
            "." | "" => {}
            part => parts.push(part),
        }
    }
    parts.join("/")
}

#[test]
fn every_page_is_whole_and_asks_nobody_for_anything() {
    for (path, html) in pages() {
        let ids = attributes(html, "id");
        let unique: BTreeSet<&&str> = ids.iter().collect();
        assert_eq!(ids.len(), unique.len(), "{path}: an id stands twice");
        for wanted in ["<!DOCTYPE html>", "<html lang=", "<title>", "<main", "<h1", "20\u{a0}Nov\u{a0}2026"] {
            assert!(html.contains(wanted), "{path}: no {wanted}");
        }
        // Scripts lie beside the pages and wait until the page stands, but for the one that chooses the colours.
        for script in html.split("<script").skip(1) {
            let (tag, inside) = script.split_once('>').unwrap();
            let is_in_time = tag.contains(" defer") || tag.contains("assets/scheme.js");
            assert!(tag.contains("assets/") && is_in_time, "{path}: {tag}");
            assert!(inside.starts_with("</script>"), "{path}: a script inside the page");
        }
        assert!(
            !html.contains(" onclick=") && !html.contains(" style="),
            "{path}: a handler or a style inside the page"
        );
        assert!(!html.contains("url(http") && !html.contains("src=\"http"), "{path}: asks the network");
        assert!(!html.contains(env!("CARGO_MANIFEST_DIR")), "{path}: a path of this machine");
    }
}

/// An auditor finds at the foot of every page from which files, by which program and against which plan it was made.
#[test]
fn every_page_says_where_its_figures_come_from() {
    let committed = Report { revision: Some("085e4f0228+".to_owned()), ..report().clone() };
    let committed = pipeline::render(&committed, &pipeline::theme_files(&folder().0)).unwrap();
    let foot = |html: &str| {
        let (_, foot) = html.split_once("<footer class=\"provenance\">").unwrap();
        readable(foot)
    };
    let digest = format!("digest {}", crate::sample::digest_in("projects/branch-network/baselines/B1.yaml"));
    for (path, html) in pages_of(&committed) {
        let foot = foot(html);
        for wanted in ["Status date", "085e4f0228 with changes that are not committed", "Made with", "Found"]
        {
            assert!(foot.contains(wanted), "{path}: no {wanted} in {foot}");
        }
        if !path.starts_with("branch-network/") || path.contains("/files/") {
            continue;
        }
        for wanted in [
            "Actual cost complete to",
            "baseline B1, approved 12 Aug 2026 by Helena Ruiz and Marek Dvořák (G1)",
            &digest,
            "since the report of 6 Nov 2026",
            "1 waived",
        ] {
            assert!(foot.contains(wanted), "{path}: no {wanted} in {foot}");
        }
    }
    for (path, html) in pages() {
        assert!(!foot(html).contains("Source revision"), "{path}: a revision that nobody knows");
    }
}
