//! Runs the Markdown corpus: `tests/suite/**/*.md`.
//!
//! A heading names a case. A fenced block whose info string is a file name is an input file; without a
//! `project.yaml` or `plan.yaml` a minimal one stands in. A comment `# error[rule-name]` (or `warning`, `info`) at the
//! end of a line asserts a finding on that line; in files that have no comments, a fenced block `errors` or `warnings`
//! names them, one `path:line rule` a line. A fenced block named `all`, `findings`, `messages`, `schedule`, `times`, `plan`, `figures`, `points` or `case` is expected text. A line `as of 2026-11-20` sets the status date, a line `what if --set tasks.work.duration=3d` asks about a change. Every error must be asserted; in a file
//! named for a rule, so must every finding of that rule. The folder `import/` is run by `import.rs`. `UPDATE=1 cargo test corpus` rewrites the expected text.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use milepost::diagnostic::{Diagnostic, Places as _, Severity};
use milepost::format;
use milepost::pipeline::{self, Options};
use milepost::record::what_if::Wish;
use milepost::report::{ProjectReport, Report};
use milepost::source::disk::Folder;

const PROJECT: &str = "project: Demo\nstart: 2026-08-03\ncurrency: EUR\n";
const PLAN: &str = "execution:\n  work:\n    name: Work\n    duration: 5d\n";
const EXPECTED: [&str; 11] = [
    "all", "findings", "messages", "errors", "warnings", "schedule", "times", "plan", "figures", "points",
    "case",
];

#[test]
fn corpus() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/suite");
    let wanted = std::env::var("CASE").unwrap_or_default();
    let update = std::env::var("UPDATE").is_ok_and(|value| value == "1");
    let mut failures = String::new();
    let mut n_cases = 0;
    for path in markdown_files(&root).into_iter().filter(|path| !path.starts_with(root.join("import"))) {
        let text = std::fs::read_to_string(&path).unwrap();
        let name = path.strip_prefix(&root).unwrap().display().to_string();
        let rule = path.file_stem().unwrap().to_str().unwrap().to_owned();
        let mut rewritten = text.clone();
        for case in cases(&text) {
            if !format!("{name} {}", case.title).contains(&wanted) {
                continue;
            }
            n_cases += 1;
            let outcome = run(&case, &rule);
            for fault in &outcome.faults {
                writeln!(failures, "{name}: {}: {fault}", case.title).unwrap();
            }
            for (block, actual) in outcome.differences {
                if update {
                    rewritten = replace_block(&rewritten, &case, block, &actual);
                } else {
                    let expected = &case.blocks[block].text;
                    writeln!(failures, "{name}: {}: expected\n{expected}\ngot\n{actual}", case.title)
                        .unwrap();
                }
            }
        }
        if update && rewritten != text {
            std::fs::write(&path, rewritten).unwrap();
        }
    }
    assert!(n_cases > 0, "no case matches `{wanted}`");
    assert!(failures.is_empty(), "\n{failures}");
}

/// Names of all corpus files, without their ending, for the test that every rule has its cases.
pub fn files() -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/suite");
    markdown_files(&root)
        .into_iter()
        .map(|path| {
            let stem = path.file_stem().unwrap().to_str().unwrap().to_owned();
            (stem, std::fs::read_to_string(path).unwrap())
        })
        .collect()
}

pub fn markdown_files(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files.extend(markdown_files(&path));
        } else if path.extension().is_some_and(|ending| ending == "md") {
            files.push(path);
        }
    }
    files.sort();
    files
}

pub struct Case {
    pub title: String,
    as_of: Option<String>,
    what_if: Vec<Wish>,
    pub blocks: Vec<Block>,
}

pub struct Block {
    pub name: String,
    pub text: String,
    /// Line of the file on which the text begins, and the line after its last, counted from 0.
    lines: std::ops::Range<usize>,
}

pub fn cases(text: &str) -> Vec<Case> {
    let mut cases: Vec<Case> = Vec::new();
    let mut open: Option<(String, String, usize, String)> = None;
    for (number, line) in text.lines().enumerate() {
        if let Some((fence, name, start, mut body)) = open.take() {
            if line.trim_end() == fence {
                if let (Some(case), false) = (cases.last_mut(), name.is_empty()) {
                    case.blocks.push(Block { name, text: body, lines: start..number });
                }
            } else {
                body.push_str(line);
                body.push('\n');
                open = Some((fence, name, start, body));
            }
        } else if line.starts_with("```") {
            let fence: String = line.chars().take_while(|c| *c == '`').collect();
            let name = line.trim_start_matches('`').trim().to_owned();
            open = Some((fence, name, number + 1, String::new()));
        } else if let Some(title) = line.strip_prefix('#') {
            let title = title.trim_start_matches('#').trim().to_owned();
            cases.push(Case { title, as_of: None, what_if: Vec::new(), blocks: Vec::new() });
        } else if let (Some(day), Some(case)) = (line.trim().strip_prefix("as of "), cases.last_mut()) {
            case.as_of = Some(day.trim_end_matches('.').to_owned());
        } else if let (Some(text), Some(case)) = (line.trim().strip_prefix("what if "), cases.last_mut()) {
            case.what_if.extend(text.strip_prefix("--set ").map(Wish::set));
            case.what_if.extend(text.strip_prefix("--without ").map(Wish::without));
        }
    }
    cases.retain(|case| !case.blocks.is_empty());
    cases
}

struct Outcome {
    faults: Vec<String>,
    differences: Vec<(usize, String)>,
}

/// The portfolio of a case, computed as it asks.
pub fn report_of(case: &Case) -> Report {
    let mut files: Vec<(&str, &str)> = Vec::new();
    for block in case.blocks.iter().filter(|block| !EXPECTED.contains(&block.name.as_str())) {
        files.push((&block.name, &block.text));
    }
    let has =
        |wanted: &str| files.iter().any(|(name, _)| *name == wanted || name.ends_with(&format!("/{wanted}")));
    let (has_project, has_plan) = (has("project.yaml"), has("plan.yaml"));
    if !has_project {
        files.push(("project.yaml", PROJECT));
    }
    if !has_plan {
        files.push(("plan.yaml", PLAN));
    }
    let folder = Folder::from_memory(files);
    let as_of = case.as_of.as_ref().map(|day| day.parse().unwrap());
    pipeline::compute(
        &folder,
        milepost::diagnostic::Diagnostics::default(),
        &Options { as_of, what_if: case.what_if.clone(), ..Options::default() },
    )
}

fn run(case: &Case, rule: &str) -> Outcome {
    let report = report_of(case);
    let mut outcome = Outcome { faults: Vec::new(), differences: Vec::new() };
    let tells_all = case.blocks.iter().any(|block| matches!(block.name.as_str(), "findings" | "messages"));
    compare_findings(case, &report, (rule, tells_all), &mut outcome.faults);
    for (number, block) in case.blocks.iter().enumerate() {
        let actual = match block.name.as_str() {
            "all" => all(&report),
            "findings" => findings(&report),
            "messages" => messages(&report),
            "schedule" => report.projects.iter().map(schedule).collect(),
            "times" => report.projects.iter().map(times).collect(),
            "plan" => report.projects.iter().map(plan).collect(),
            "figures" => report.projects.iter().map(figures).collect(),
            "points" => report.projects.iter().map(points).collect(),
            "case" => report.projects.iter().map(business_case).collect(),
            _ => continue,
        };
        if actual != block.text {
            outcome.differences.push((number, actual));
        }
    }
    outcome
}

/// Holds the findings against the comments in the files.
fn compare_findings(case: &Case, report: &Report, (rule, tells_all): (&str, bool), faults: &mut Vec<String>) {
    let mut asserted: BTreeSet<(String, usize, String, String)> = BTreeSet::new();
    for block in &case.blocks {
        for (number, line) in block.text.lines().enumerate() {
            for severity in ["error", "warning", "info"] {
                for (at, _) in line.match_indices(&format!("# {severity}[")) {
                    let rest = &line[at + severity.len() + 3..];
                    let name = rest.split(']').next().unwrap_or_default().to_owned();
                    asserted.insert((block.name.clone(), number + 1, severity.to_owned(), name));
                }
            }
        }
    }
    for (block_name, severity) in [("errors", "error"), ("warnings", "warning")] {
        let blocks = case.blocks.iter().filter(|block| block.name == block_name);
        for line in blocks.flat_map(|block| block.text.lines()) {
            let (place, name) = line.rsplit_once(' ').expect("`path:line rule`");
            let (path, number) = place.rsplit_once(':').expect("`path:line rule`");
            asserted.insert((path.to_owned(), number.parse().unwrap(), severity.to_owned(), name.to_owned()));
        }
    }
    let mut unseen = asserted.clone();
    for found in &report.findings {
        let severity = severity_word(found);
        let (path, line) = found.span.map_or((String::new(), 0), |span| {
            (report.sources.path(span.file).to_owned(), report.sources.position(span).line)
        });
        let keys = [found.rule.name, found.rule.code]
            .map(|name| (path.clone(), line, severity.to_owned(), name.to_owned()));
        let is_asserted = keys.iter().any(|key| asserted.contains(key));
        for key in &keys {
            unseen.remove(key);
        }
        let must_be_asserted = found.severity == Severity::Error || found.rule.name == rule;
        if must_be_asserted && !is_asserted && !tells_all {
            faults.push(format!("not asserted: {}", one_line(report, found)));
        }
    }
    for (path, line, severity, name) in unseen {
        faults.push(format!("asserted but not found: {path}:{line}: {severity}[{name}]"));
    }
}

fn severity_word(found: &Diagnostic) -> &'static str {
    match found.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "info",
    }
}

fn one_line(report: &Report, found: &Diagnostic) -> String {
    let place = found.span.map_or_else(String::new, |span| {
        let position = report.sources.position(span);
        format!("{}:{}:{}: ", report.sources.path(span.file), position.line, position.column)
    });
    format!("{place}{} {}: {}", found.rule.code, found.rule.name, found.message)
}

/// One line for each finding that is more than a remark: where, and which rule.
fn all(report: &Report) -> String {
    let mut text = String::new();
    for found in report.findings.iter().filter(|found| found.severity >= Severity::Warning) {
        let place = found.span.map_or_else(String::new, |span| {
            format!("{}:{}: ", report.sources.path(span.file), report.sources.position(span).line)
        });
        writeln!(text, "{place}{}", found.rule.name).unwrap();
    }
    text
}

/// One line for each error and warning, with its hints beneath.
fn findings(report: &Report) -> String {
    let mut text = String::new();
    for found in report.findings.iter().filter(|found| found.severity == Severity::Error) {
        writeln!(text, "{}", one_line(report, found)).unwrap();
        for hint in &found.hints {
            writeln!(text, "  {hint}").unwrap();
        }
    }
    text
}

/// The errors as the terminal shows them.
fn messages(report: &Report) -> String {
    let mut errors = milepost::diagnostic::Diagnostics::default();
    for found in report.findings.iter().filter(|found| found.severity == Severity::Error) {
        errors.push(found.clone());
    }
    let text = milepost::diagnostic::render::terminal(
        &errors,
        &report.sources,
        milepost::diagnostic::render::Colour::Never,
    );
    let trimmed: Vec<&str> = text.lines().map(str::trim_end).collect();
    format!("{}\n", trimmed.join("\n").trim_end())
}

fn schedule(report: &ProjectReport) -> String {
    dates(report, &report.forecast)
}

/// The forecast to the minute.
fn times(report: &ProjectReport) -> String {
    let mut text = String::new();
    for (_, task, slot) in report.tasks() {
        writeln!(text, "{:12} {} .. {}", task.id.as_str(), slot.start, slot.finish).unwrap();
    }
    text
}

fn plan(report: &ProjectReport) -> String {
    dates(report, &report.planned)
}

fn dates(report: &ProjectReport, schedule: &milepost::plan::Schedule) -> String {
    let mut text = String::new();
    let in_days = |minutes: i64, days: milepost::quantity::RoomDays| {
        format::room(minutes, days).replace('\u{a0}', "").replace('−', "-")
    };
    for number in report.project.task_numbers() {
        let (task, slot) = (report.project.task(number), schedule.slot(number));
        let days = |minutes: i64| in_days(minutes, report.project.room_days_of(number));
        let margin =
            slot.deadline_margin.map_or_else(String::new, |margin| format!(" deadline {}", days(margin)));
        writeln!(
            text,
            "{:12} {} .. {} float {}{margin}{}",
            task.id.as_str(),
            slot.first_day(),
            slot.last_day(),
            days(slot.total_float),
            if slot.critical { " critical" } else { "" }
        )
        .unwrap();
    }
    text
}

fn figures(report: &ProjectReport) -> String {
    let (all, currency) = (&report.control.total, report.project.currency);
    let money = |amount| format::money_exact(amount, currency).replace('\u{202f}', "_").replace('−', "-");
    let mut text = String::new();
    writeln!(text, "budget {}", money(all.budget)).unwrap();
    writeln!(text, "planned {}", money(all.planned)).unwrap();
    writeln!(text, "earned {}", money(all.earned)).unwrap();
    writeln!(text, "actual {}", money(all.actual)).unwrap();
    writeln!(text, "spi {} cpi {}", format::index(all.spi()), format::index(all.cpi())).unwrap();
    writeln!(text, "estimate {}", money(all.estimate())).unwrap();
    text
}

/// The fourteen points: label, measure, `flag` where it is raised, and the tasks that count against the plan.
fn points(report: &ProjectReport) -> String {
    use milepost::check::Measured;
    let mut text = String::new();
    for point in milepost::check::fourteen_points(report) {
        let measured = match point.measured {
            Measured::Share { count, of } => format!("{count} of {of}"),
            Measured::Index(index) => format!("{index:.4}"),
            Measured::Moved(days) => format!("+{days}"),
            Measured::Nothing => "nothing".to_owned(),
        };
        let flag = if point.flagged == Some(true) { " flag" } else { "" };
        let tasks: Vec<&str> =
            point.offenders.iter().map(|number| report.project.task(*number).id.as_str()).collect();
        let line = format!("{:3} {measured}{flag} {}", point.label, tasks.join(" "));
        writeln!(text, "{}", line.trim_end()).unwrap();
    }
    text
}

/// Net present values of the options, and the preferred one as approved, as planned and now.
fn business_case(report: &ProjectReport) -> String {
    let Some(figures) = &report.control.case else { return String::new() };
    let case = report.project.business_case.as_ref().unwrap();
    let currency = report.project.currency;
    let money = |amount| format::money_exact(amount, currency).replace('\u{202f}', "_").replace('−', "-");
    let mut text = String::new();
    for (option, figures) in case.options.iter().zip(&figures.options) {
        let net: Vec<String> = figures.net.iter().map(|net| money(*net)).collect();
        writeln!(text, "{} npv {} net {}", option.id, money(figures.npv), net.join(" ")).unwrap();
    }
    if let Some(living) = &figures.living {
        for (name, state) in
            [("approved", &living.approved), ("planned", &living.planned), ("now", &living.now)]
        {
            write!(text, "{name} npv {}", money(state.figures.npv)).unwrap();
            if let Some(carried) = state.carried {
                write!(text, " project {}", money(carried)).unwrap();
            }
            if let Some(day) = state.benefits_day {
                write!(text, " benefits {day} late {}", state.days_late).unwrap();
            }
            text.push('\n');
        }
    }
    text
}

pub fn replace_block(text: &str, case: &Case, block: usize, actual: &str) -> String {
    // Lines are replaced one block at a time; a rewritten block may change length, so the block is found again by
    // its old text, which is unique enough within a case.
    let old = &case.blocks[block].text;
    let name = &case.blocks[block].name;
    let from = format!("```{name}\n{old}```");
    let start: usize = text.lines().take(case.blocks[block].lines.start).map(|line| line.len() + 1).sum();
    let at = text.match_indices(&from).map(|(at, _)| at).min_by_key(|at| at.abs_diff(start));
    match at {
        Some(at) => format!("{}```{name}\n{actual}```{}", &text[..at], &text[at + from.len()..]),
        None => text.to_owned(),
    }
}
