//! Files that mean harm, and files that ask for too much: nothing of them comes to life on a page, and they are answered in time.

use std::collections::BTreeMap;
use std::path::Path;
use std::time::{Duration, Instant};

use milepost::diagnostic::Diagnostics;
use milepost::output::Bundle;
use milepost::pipeline::{self, Options};
use milepost::report::Report;
use milepost::source::disk::Folder;

use crate::sample;

fn report_of(files: &[(String, String)]) -> Report {
    let folder =
        Folder::from_memory(files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect());
    pipeline::compute(&folder, Diagnostics::default(), &Options::default())
}

fn site_of(report: &Report) -> Bundle {
    pipeline::render(report, &BTreeMap::new()).unwrap()
}

fn is_page(path: &str) -> bool {
    Path::new(path).extension().is_some_and(|ending| ending == "html")
}

/// Every tag of a page as it is written: `a href="x"`.
fn tags(html: &str) -> impl Iterator<Item = &str> {
    html.match_indices('<').filter_map(|(at, _)| {
        let rest = &html[at + 1..];
        let mut quote = None;
        let end = rest.char_indices().find(|(_, letter)| match (quote, letter) {
            (Some(open), letter) if open == *letter => {
                quote = None;
                false
            }
            (Some(_), _) => false,
            (None, '"' | '\'') => {
                quote = Some(*letter);
                false
            }
            (None, letter) => *letter == '>',
        });
        end.map(|(end, _)| &rest[..end])
    })
}

/// The page without the sheet of the theme that is set into it, word for word, where an address leads nowhere.
fn without_own_sheet(html: &str) -> String {
    let plain = milepost::theme::EmbeddedTheme::find("plain").unwrap().files();
    let sheet = std::str::from_utf8(plain["assets/not-found.css"]).unwrap();
    html.replacen(&format!("<style>{sheet}</style>"), "", 1)
}

/// What of a page could run or be loaded against its policy: inline scripts, styles and handlers, foreign addresses.
fn live(html: &str) -> Vec<String> {
    let mut found = Vec::new();
    for tag in tags(html) {
        let name: String = tag.chars().take_while(char::is_ascii_alphanumeric).collect();
        let lower = tag.to_ascii_lowercase();
        // What stands in quotes are words.
        let names: String = lower.split('"').step_by(2).collect::<Vec<_>>().join("\u{1}");
        let attributes: Vec<&str> = names.split(|c: char| c.is_whitespace() || c == '/').skip(1).collect();
        let is_handler = |part: &&str| {
            part.strip_prefix("on")
                .and_then(|rest| rest.split_once('='))
                .is_some_and(|(event, _)| !event.is_empty() && event.chars().all(|c| c.is_ascii_alphabetic()))
        };
        let is_bad = match name.to_ascii_lowercase().as_str() {
            "script" => !lower.contains(" src=\""),
            "style" | "iframe" | "object" | "embed" | "base" | "form" | "foreignobject" | "animate"
            | "set" => true,
            "meta" => lower.contains("http-equiv=\"refresh"),
            _ => false,
        };
        let address = |sign: &str| {
            let (_, rest) = lower.split_once(sign)?;
            Some(rest.split('"').next().unwrap_or_default().replace(['\t', '\n', '\r', ' '], ""))
        };
        let leads: Vec<String> =
            [" href=\"", " src=\"", " action=\"", " xlink:href=\""].into_iter().filter_map(address).collect();
        let is_bad_address = leads.iter().any(|to| {
            ["javascript:", "data:", "vbscript:", "file:", "//"].iter().any(|way| to.starts_with(way))
        });
        if is_bad
            || is_bad_address
            || attributes.iter().any(is_handler)
            || attributes.iter().any(|part| part.starts_with("style="))
        {
            found.push(tag.chars().take(160).collect());
        }
    }
    found
}

#[test]
fn the_search_for_what_lives_finds_it() {
    for bad in [
        "<script>x</script>",
        "<p onclick=\"x\">",
        "<a href=\"javascript:x\">",
        "<p style=\"a\">",
        "<img src=\"data:x\">",
        "<svg><style>",
        "<a href=\"//x\">",
        "<svg/onload=x>",
    ] {
        assert_eq!(live(bad).len(), 1, "{bad}");
    }
    assert!(live("<script src=\"a.js\" defer></script><a href=\"x.html\" title=\"onclick=1\">on=1</a><p>style=1</p>").is_empty());
}

#[test]
fn every_page_of_the_sample_keeps_its_own_policy() {
    let mut n_pages = 0;
    for (path, bytes) in sample::site().iter().filter(|(path, _)| is_page(path)) {
        let html = std::str::from_utf8(bytes).unwrap();
        let head = html.split_once("</head>").unwrap().0;
        let policy = head.split_once("http-equiv=\"Content-Security-Policy\" content=\"").unwrap().1;
        let policy = policy.split('"').next().unwrap();
        assert!(policy.starts_with("default-src 'none';"), "{path}: {policy}");
        assert!(!policy.contains("unsafe") && !policy.contains('*'), "{path}: {policy}");
        // It counts for what comes after it.
        let before = head.split_once("http-equiv").unwrap().0;
        assert!(
            !before.contains("<script") && !before.contains("<link"),
            "{path}: something is loaded before the policy"
        );
        assert_eq!(live(&without_own_sheet(html)), Vec::<String>::new(), "{path}");
        n_pages += 1;
    }
    assert!(n_pages > 100, "{n_pages}");
}

/// Texts that try to become something else than words.
const ATTACKS: [&str; 16] = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg/onload=alert(1)>",
    "[a](javascript:alert(1))",
    "[b](JaVaScRiPt:alert(1))",
    "[c](data:text/html;base64,PHNjcmlwdD4=)",
    "[d](vbscript:msgbox(1))",
    "![e](javascript:alert(1) \"t onerror=x\")",
    "<javascript:alert(1)>",
    "[f](&#106;avascript:alert(1))",
    "[g](//evil.example/x)",
    "[h](x \"\\\" onmouseover=alert(1) x=\\\"\")",
    "\u{202e}gnp.exe\u{202c} \u{0}\u{7}",
    "`</code><script>alert(1)</script>`",
    "\"><iframe src=//evil.example></iframe>",
    "]]><!--<script>",
];

/// The sample's richest project with an attack behind every text that a person can read, in YAML, CSV and pages.
fn attacked() -> Vec<(String, String)> {
    let folder = sample::branch_network();
    let mut n = 0;
    let mut attack = || {
        n += 1;
        ATTACKS[n % ATTACKS.len()]
    };
    let quoted = |text: &str| text.replace('\'', "''");
    let mut files = Vec::new();
    for (_, file) in folder.texts() {
        let ending = file.path.rsplit('.').next().unwrap_or_default();
        let text = match ending {
            "yaml"
                if !["baselines", "snapshots", "frozen", "calendars"]
                    .iter()
                    .any(|part| file.path.contains(part)) =>
            {
                file.text
                    .lines()
                    .map(|line| {
                        // A plain text alone behind its key: `goal: Replace the switches`.
                        let key = line.trim_start().split_once(": ").filter(|(_, value)| {
                            value.split(' ').count() > 2
                                && value.starts_with(|c: char| c.is_ascii_uppercase())
                                && !value.contains(['{', '[', '#', ':', '"', '\''])
                        });
                        match key {
                            Some((_, value)) => {
                                let at = line.len() - value.len();
                                format!(
                                    "{}'{} {}'\n",
                                    &line[..at],
                                    value,
                                    quoted(&attack().replace(['\u{0}', '\u{7}'], ""))
                                )
                            }
                            None => format!("{line}\n"),
                        }
                    })
                    .collect()
            }
            "md" => {
                let body = ATTACKS
                    .iter()
                    .map(|attack| {
                        format!("\n{attack}\n\n# {attack} {{onclick=alert(1)}}\n\n[^1]: {attack}\n")
                    })
                    .collect::<Vec<_>>()
                    .concat();
                format!("{}\n{body}\n[^1] <https://x.example/\"onclick=alert(1)>\n", file.text)
            }
            _ => file.text.clone(),
        };
        files.push((file.path.clone(), text));
    }
    files.push((
        "projects/branch-network/defects.csv".to_owned(),
        format!(
            "id,title,severity,opened,workaround\n{}",
            ATTACKS
                .iter()
                .enumerate()
                .map(|(place, attack)| {
                    let cell = format!("\"{}\"", attack.replace('"', "\"\""));
                    format!("{cell}{place},{cell},2,2026-11-01,{cell}\n")
                })
                .collect::<Vec<_>>()
                .concat()
        ),
    ));
    let mut seen = std::collections::BTreeSet::new();
    files.reverse();
    files.retain(|(path, _)| seen.insert(path.clone()));
    files.reverse();
    files
}

#[test]
fn no_text_of_an_author_comes_to_life() {
    let files = attacked();
    let report = report_of(&files);
    assert!(report.project("branch-network").is_some(), "{:?}", report.unreadable);
    let site = site_of(&report);
    let mut n_attacked = 0;
    for (path, bytes) in site.iter() {
        let text = String::from_utf8_lossy(bytes);
        if is_page(path) {
            assert_eq!(live(&without_own_sheet(&text)), Vec::<String>::new(), "{path}");
            n_attacked += usize::from(text.contains("alert(1)"));
        } else if ["xml", "atom"].iter().any(|end| path.split('.').next_back() == Some(*end)) {
            // What a feed holds is HTML once more: it is looked at as its reader sees it.
            // Titles and names are plain text by the rules of Atom.
            // What stands in a plan for MS Project is words and never HTML.
            let feed = if path.ends_with("/plan.xml") { "" } else { &text };
            let spoken = without(&without(feed, "title"), "name");
            let inner = unescaped(&spoken);
            let bad: Vec<String> = tags(&inner)
                .filter(|tag| {
                    tag.to_ascii_lowercase().starts_with("iframe")
                        || tag.to_ascii_lowercase().contains("href=\"javascript:")
                })
                .map(str::to_owned)
                .collect();
            let near = bad.first().and_then(|tag| inner.find(tag.as_str())).map(|at| {
                let start = inner[..at].char_indices().rev().nth(300).map_or(0, |(start, _)| start);
                &inner[start..at]
            });
            assert!(bad.is_empty(), "{path}: {bad:?} behind {near:?}");
            let raw: Vec<&str> =
                tags(&text).filter(|tag| tag.to_ascii_lowercase().starts_with("script")).collect();
            assert!(raw.is_empty(), "{path}: {raw:?}");
        }
    }
    assert!(n_attacked > 20, "attacks are shown as words on {n_attacked} pages");
}

const PROJECT: &str = "project: Demo\nstart: 2026-08-03\ncurrency: EUR\n";

/// Computes and draws a project and tells how long it took.
fn answered(name: &str, files: Vec<(&str, String)>) -> Report {
    let begin = Instant::now();
    let files: Vec<(String, String)> =
        files.into_iter().map(|(path, text)| (format!("projects/demo/{path}"), text)).collect();
    let report = report_of(&files);
    let _ = site_of(&report);
    assert!(begin.elapsed() < Duration::from_mins(1), "{name} took {:?}", begin.elapsed());
    report
}

#[track_caller]
fn says(report: &Report, code: &str) {
    let said: Vec<&str> = report.findings.iter().map(|found| found.rule.code).collect();
    assert!(said.contains(&code), "{said:?}");
}

#[test]
fn what_is_too_deep_too_wide_or_refers_to_itself_is_told_and_answered() {
    let bomb = (0..9).fold("a0: &a0 [x, x]\n".to_owned(), |text, n| {
        let items = vec![format!("*a{n}"); 9].join(", ");
        format!("{text}a{}: &a{} [{items}]\n", n + 1, n + 1)
    });
    says(&answered("alias bomb", vec![("project.yaml", PROJECT.to_owned()), ("plan.yaml", bomb)]), "E112");
    for (open, close) in [("[", "]"), ("{a: ", "}"), ("- ", ""), ("a:\n", "")] {
        let deep = format!("execution: {}{}\n", open.repeat(100_000), close.repeat(100_000));
        let report = answered("deep", vec![("project.yaml", PROJECT.to_owned()), ("plan.yaml", deep)]);
        assert!(!report.findings.is_empty());
    }
    let plan = "execution:\n  build: {duration: 5d}\n".to_owned();
    let scalar = format!("{PROJECT}goal: {}\n", "word ".repeat(400_000));
    answered("huge text", vec![("project.yaml", scalar), ("plan.yaml", plan.clone())]);
    let markup = format!(
        "---\nstatus_date: 2026-08-07\n---\n{}\n{}\n{}\n",
        "[".repeat(50_000),
        "> ".repeat(20_000),
        "*a_".repeat(50_000)
    );
    answered(
        "heavy Markdown",
        vec![
            ("project.yaml", PROJECT.to_owned()),
            ("plan.yaml", plan.clone()),
            ("updates/2026-08-07.md", markup),
        ],
    );
    let rows = "2026-08-07,build,1%\n".repeat(20_000);
    let table = format!("status_date,task,percent_complete\n{rows}");
    says(
        &answered(
            "many rows",
            vec![("project.yaml", PROJECT.to_owned()), ("plan.yaml", plan), ("progress.csv", table)],
        ),
        "W130",
    );
}

#[test]
fn enormous_numbers_days_and_durations_are_answered() {
    let plan = |duration: &str| {
        format!("execution:\n  build: {{duration: {duration}}}\n  test: {{duration: 1d, after: build}}\n")
    };
    for duration in [
        "1000000000d",
        "999999999999999999999d",
        "5200d",
        "7300ed",
        "0d",
        "0.0000001d",
        "-5d",
        "1e9d",
        "NaN",
        "99999999999999999999999w",
    ] {
        answered(duration, vec![("project.yaml", PROJECT.to_owned()), ("plan.yaml", plan(duration))]);
    }
    for start in [
        "9999-12-31",
        "9999-12-30 23:59",
        "0000-01-01",
        "0001-01-01",
        "-9999-01-01",
        "10000-01-01",
        "2026-02-30",
        "9998-01-01",
    ] {
        let project = PROJECT.replace("2026-08-03", start);
        answered(start, vec![("project.yaml", project), ("plan.yaml", plan("5d"))]);
    }
    let long = (0..50)
        .map(|n| {
            let after = if n == 0 { String::new() } else { format!(", after: t{}", n - 1) };
            format!("  t{n}: {{duration: 5200d{after}}}\n")
        })
        .collect::<Vec<_>>()
        .concat();
    answered(
        "a chain of a thousand years",
        vec![("project.yaml", PROJECT.to_owned()), ("plan.yaml", format!("execution:\n{long}"))],
    );
    let money = "92_233_720_368_547_758.07 EUR";
    answered(
        "all the money there is",
        vec![
            ("project.yaml", format!("{PROJECT}tolerance: {{cost: {money}}}\n")),
            (
                "plan.yaml",
                format!(
                    "execution:\n  a: {{duration: 5d, cost: {money} hardware, assign: 9999999999 engineer}}\n  b: {{duration: 5200d, cost: {money} hardware, assign: 4000000000 engineer}}\n"
                ),
            ),
            (
                "resources.yaml",
                format!("roles:\n  engineer: {{rate: {money}/h, heads: 9000000000000000000}}\n"),
            ),
            (
                "budget.yaml",
                format!(
                    "contingency: {money}\nmanagement_reserve: {money}\nfunding:\n  - {{source: bank, amount: {money}}}\n  - {{source: bank, amount: {money}}}\n"
                ),
            ),
            (
                "costs.csv",
                format!(
                    "date,type,category,task,amount\n2026-08-03,actual,hardware,a,{money}\n2026-08-03,actual,hardware,b,{money}\n2026-08-03,actual,hardware,b,-{money}\n2026-08-03,commitment,hardware,b,{money}\n9999-12-31,forecast,hardware,b,{money}\n"
                ),
            ),
            ("timesheets.csv", "week,person,task,time\n2026-W32,x,a,5200d\n9999-W52,x,a,5200d\n".to_owned()),
            (
                "risks.yaml",
                format!(
                    "R1: {{risk: Much, probability: 100%, impact: {{cost: {money}, time: 5200d}}, links: [a]}}\nR2: {{risk: More, probability: 100%, impact: {{cost: {money}, time: 5200d}}, links: [b]}}\n"
                ),
            ),
            (
                "progress.csv",
                "status_date,task,actual_start,percent_complete\n9999-12-31,a,0001-01-01,50%\n".to_owned(),
            ),
            ("updates/9999-12-31.md", "---\nstatus_date: 9999-12-31\n---\n".to_owned()),
        ],
    );
}

/// A feed without its elements of a name that have no attributes.
fn without(feed: &str, name: &str) -> String {
    let (open, close) = (format!("<{name}>"), format!("</{name}>"));
    let mut rest = feed;
    let mut kept = String::new();
    while let Some((before, behind)) = rest.split_once(&open) {
        kept.push_str(before);
        rest = behind.split_once(&close).map_or("", |(_, behind)| behind);
    }
    kept.push_str(rest);
    kept
}

fn unescaped(text: &str) -> String {
    text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&")
}
