//! Issues of GitHub and GitLab, as their interfaces give them in JSON, into a plan.
//!
//! Comes in: text. Goes out: a plan, and findings about issues by their number, where they begin. Milestones become phases with a point at their
//! due date, issues tasks, task lists and `blocked by #12` links, the day on which an issue was closed its finish.

mod body;
mod places;
mod plan;
mod read;
mod table;

pub(super) use table::is_header;

use serde_json::Value;

use self::places::places;
use crate::diagnostic::spelling::count;
use crate::diagnostic::{Diagnostic, Diagnostics, Severity, Span};
use crate::exchange::Options;
use crate::exchange::plan::{Plan, Program};
use crate::exchange::rule::NOT_READABLE;
use crate::exchange::text::FILE;

/// Whose issues a text holds, by the fields of the first one; nothing where it holds none.
pub(super) fn format_of(text: &str) -> Option<Program> {
    // GitLab numbers issues of a project with `iid`; `number` is GitHub's.
    let has = |field: &str| text.contains(&format!("\"{field}\""));
    if has("iid") {
        return Some(Program::GitLab);
    }
    (has("number") || text.trim_end().ends_with(']')).then_some(Program::GitHub)
}

/// Reads issues; none where they cannot be read, and then the findings say why.
pub(super) fn read(
    text: &str,
    program: Program,
    (origin, options): (&str, &Options),
    found: &mut Diagnostics,
) -> Option<Plan> {
    let (list, places) = if text.trim_start().starts_with(['[', '{']) {
        of_json(text, found)?
    } else {
        table::entries(text, found)
    };
    let issues = read::issues(&list, &places, program, found);
    if issues.kept.is_empty() {
        let message = match issues.n_merge_requests() {
            0 => "there is no issue in this file".to_owned(),
            n => format!("there is no issue in this file, only {}", count(n, "pull request")),
        };
        found.push(
            Diagnostic::new(&NOT_READABLE, None, message)
                .hint("export the issues with all their fields; docs/interchange.md shows how"),
        );
        return None;
    }
    let plan = plan::plan(&issues, program, (origin, options), found);
    (found.count_at_least(Severity::Error) == 0).then_some(plan)
}

/// The entries of JSON, each with the place where it begins; none where it is no JSON. Pages that were fetched one by one are lists in a
/// list or behind each other, a search gives its list as `items`, and some programs write an entry a line.
fn of_json(text: &str, found: &mut Diagnostics) -> Option<(Vec<Value>, Vec<Span>)> {
    let mut list: Vec<Value> = Vec::new();
    for value in serde_json::Deserializer::from_str(text).into_iter::<Value>() {
        match value {
            Ok(value) => list.push(value),
            Err(fault) => {
                let at = byte_at(text, fault.line(), fault.column());
                // What the reader says ends with the place, which the finding shows.
                let words = fault.to_string();
                let words = words.split(" at line ").next().unwrap_or_default();
                found.push(
                    Diagnostic::new(
                        &NOT_READABLE,
                        Span::new(FILE, at, at),
                        format!("this is no JSON: {words}"),
                    )
                    .hint("export the issues again, and save all that was printed"),
                );
                return None;
            }
        }
    }
    let flat = |list: Vec<Value>| list.into_iter().flat_map(inner).collect::<Vec<Value>>();
    let list = flat(flat(list));
    let mut places = places(text);
    // Entries of a search begin inside of something else.
    if let (true, Some(last)) = (places.len() < list.len(), places.last().copied()) {
        places.resize(list.len(), last);
    }
    Some((list, places))
}

/// What a value holds as a list: its entries, those of a search, or itself.
fn inner(value: Value) -> Vec<Value> {
    match value {
        Value::Array(list) => list,
        Value::Object(mut fields)
            if fields.contains_key("total_count") && fields.get("items").is_some_and(Value::is_array) =>
        {
            match fields.remove("items") {
                Some(Value::Array(list)) => list,
                _ => Vec::new(),
            }
        }
        one => vec![one],
    }
}

/// The byte of a line and column, both counted from 1.
fn byte_at(text: &str, line: usize, column: usize) -> usize {
    let begin = match line {
        0 | 1 => 0,
        line => text.match_indices('\n').nth(line - 2).map_or(text.len(), |(at, _)| at + 1),
    };
    let mut at = (begin + column.saturating_sub(1)).min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}
