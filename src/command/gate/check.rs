//! `milepost gate check`: every criterion of a gate with its answer, and whether the gate is ready.

use std::process::ExitCode;

use serde::Serialize;

use super::{holder, parsed};
use crate::cli::{Form, InputOfOne};
use crate::command::why::unread;
use crate::command::{CannotRun, print, read, say_findings};
use crate::diagnostic::spelling::{count, one_of};
use crate::document::checklist::CheckRow;
use crate::document::{Checked, check};
use crate::format;
use crate::page::{Address, Here, SiteMap};
use crate::quantity::GateId;
use crate::report::ProjectReport;

/// No line is longer where words can be broken.
const WIDTH: usize = 80;

/// How far criteria stand from the edge: answer, then who answered.
const INDENT: usize = 18;

/// Reads and computes, then prints the checklist of a gate. Errors in the files are told instead: an answer that rests on what
/// could not be read is none.
pub(super) fn run(wanted: &str, input: &InputOfOne, form: Form) -> Result<ExitCode, CannotRun> {
    let (name, gate) = parsed(wanted)?;
    let report = read(&input.of(name))?.report;
    let project = holder(&report, (name, &input.folder))?;
    let errors = unread(&report, Some(&project.project.folder));
    let n_errors = errors.iter().count();
    if n_errors > 0 {
        say_findings(&errors, &report);
        return Err(CannotRun::new(
            format!("the files hold {}, so {gate} cannot be checked", count(n_errors, "error")),
            "mend them first; `milepost check` tells them all",
        ));
    }
    let (map, address) = (SiteMap::default(), Address::portfolio());
    let desk = Here { report: &report, map: &map, address: &address }.desk(project);
    let Some(checked) = check(gate, &desk) else {
        return Err(no_gate(project, gate));
    };
    match form {
        Form::Text => print(&text(project, gate, &checked)),
        // A document of strings and numbers always serialises.
        Form::Json => {
            print(&serde_json::to_string_pretty(&Answer::of(project, gate, &checked)).unwrap_or_default());
        }
    }
    Ok(ExitCode::from(u8::from(!checked.checklist.readiness.is_ready)))
}

fn no_gate(project: &ProjectReport, gate: GateId) -> CannotRun {
    let known: Vec<String> =
        crate::page::gates::gates_of(project).iter().map(|gate| gate.key().to_owned()).collect();
    let hint = match known.as_slice() {
        [] => format!("add `{gate}: {{gate: …}}` to plan.yaml, or write gates/{gate}.md"),
        known => format!("name {}", one_of(known)),
    };
    CannotRun::new(format!("the project `{}` has no gate {gate}", project.project.folder), hint)
}

/// The checklist as lines for a terminal.
fn text(project: &ProjectReport, gate: GateId, checked: &Checked) -> String {
    let day = format::date(checked.as_of);
    let title = format!("{} {gate} {}, as of {day}", project.project.name, format::gate(gate));
    let mut lines = wrapped(&title, 0);
    lines.push(String::new());
    for row in &checked.checklist.rows {
        lines.extend(row_lines(row));
    }
    lines.push(String::new());
    lines.extend(wrapped(&checked.checklist.summary, 0));
    lines.push(last_line(checked));
    lines.join("\n")
}

fn row_lines(row: &CheckRow) -> Vec<String> {
    let by = if row.computed { "computed" } else { "people" };
    let mut lines = wrapped(&row.criterion, INDENT);
    if let Some(first) = lines.first_mut() {
        let rest = first.trim_start().to_owned();
        *first = format!("{:<8}{by:<10}{rest}", answer_words(row.answer));
    }
    let text = |cell: &crate::page::view::Cell| cell.text.clone().unwrap_or_default();
    let evidence: Vec<String> = row.evidence.iter().map(text).filter(|text| !text.is_empty()).collect();
    let place = row.place.as_ref().map(text).filter(|place| place != format::NOTHING);
    let details = [
        row.statement.as_ref().map(text),
        row.comment.clone(),
        row.remark.clone(),
        row.covered.as_ref().map(|covered| format!("covered by a condition: {covered}")),
        row.owner.as_ref().map(|owner| format!("owner {owner}")),
        (!evidence.is_empty()).then(|| format!("see {}", evidence.join(", "))),
        place.map(|place| format!("[{place}]")),
    ];
    for detail in details.into_iter().flatten() {
        lines.extend(wrapped(&detail, INDENT));
    }
    lines
}

/// What the checklist comes to, in the words that scripts look for.
fn last_line(checked: &Checked) -> String {
    let readiness = &checked.checklist.readiness;
    if readiness.is_ready {
        return match readiness.n_covered {
            0 => "ready".to_owned(),
            covered => format!("ready, with {covered} not met and covered by conditions"),
        };
    }
    let against = checked.checklist.rows.iter().filter(|row| row.stands_in_the_way());
    let names: Vec<String> = against.map(|row| row.criterion.clone()).collect();
    let criteria = if names.len() == 1 { "criterion" } else { "criteria" };
    let said = format!("not ready: {} {criteria} not met: {}", names.len(), names.join("; "));
    wrapped(&said, 0).join("\n")
}

fn answer_words(answer: &str) -> &str {
    if answer == "na" { "n.a." } else { answer }
}

/// A text for terminals: plain spaces for the narrow and the fixed ones, so that it can be searched.
fn plain(text: &str) -> String {
    text.replace(['\u{a0}', '\u{202f}', '\u{2009}'], " ")
}

/// Breaks a text between words so that no line is wider than a terminal, each line that far from the edge.
fn wrapped(text: &str, indent: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut width = WIDTH;
    // A number with its unit is one word here: its spaces are no plain ones yet.
    for word in text.split(' ').filter(|word| !word.is_empty()).map(plain) {
        let letters = word.chars().count();
        if let Some(line) = lines.last_mut().filter(|_| width + 1 + letters <= WIDTH) {
            line.push(' ');
            line.push_str(&word);
            width += 1 + letters;
        } else {
            lines.push(format!("{}{word}", " ".repeat(indent)));
            width = indent + letters;
        }
    }
    lines
}

/// The answer as other programs read it.
#[derive(Serialize)]
struct Answer<'a> {
    project: &'a str,
    gate: &'static str,
    as_of: String,
    decided: bool,
    ready: bool,
    summary: String,
    criteria: Vec<AnswerRow<'a>>,
}

#[derive(Serialize)]
struct AnswerRow<'a> {
    criterion: String,
    answer: &'a str,
    computed: bool,
    statement: Option<&'a str>,
    values: Option<String>,
    comment: Option<String>,
    owner: Option<&'a str>,
    covered_by: Option<String>,
    evidence: Vec<String>,
    place: Option<&'a str>,
}

impl<'a> Answer<'a> {
    fn of(project: &'a ProjectReport, gate: GateId, checked: &'a Checked) -> Self {
        let text = |cell: &'a crate::page::view::Cell| cell.text.as_deref();
        let rows = checked.checklist.rows.iter().map(|row| AnswerRow {
            criterion: plain(&row.criterion),
            answer: answer_words(row.answer),
            computed: row.computed,
            statement: row.statement.as_ref().and_then(text),
            values: row.comment.as_deref().map(plain),
            comment: row.remark.as_deref().map(plain),
            owner: row.owner.as_deref(),
            covered_by: row.covered.as_deref().map(plain),
            evidence: row.evidence.iter().filter_map(text).map(plain).collect(),
            place: row.place.as_ref().and_then(text).filter(|place| *place != format::NOTHING),
        });
        Self {
            project: &project.project.folder,
            gate: gate.key(),
            as_of: format::iso(checked.as_of),
            decided: checked.is_decided,
            ready: checked.checklist.readiness.is_ready,
            summary: plain(&checked.checklist.summary),
            criteria: rows.collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_break_between_words_and_fit_a_terminal() {
        let text = "finish slip 34 working days, at most 10 working days; contingency left 9 000 EUR, at least 5 000 EUR";
        let lines = wrapped(text, INDENT);
        assert_eq!(lines.len(), 2);
        assert!(
            lines.iter().all(|line| line.chars().count() <= WIDTH && line.starts_with("                  "))
        );
        assert_eq!(lines.iter().map(|line| line.trim()).collect::<Vec<_>>().join(" "), text);
        let long = "x".repeat(100);
        assert_eq!(wrapped(&long, 2), [format!("  {long}")]);
    }
}
