//! From JSON to issues: the fields of GitHub's and GitLab's interfaces, and of `gh issue list --json`, which names them otherwise.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use serde_json::Value;

use super::body::{self, Body};
use crate::diagnostic::{Diagnostic, Diagnostics, Span};
use crate::exchange::date::{self, DateOrder};
use crate::exchange::plan::Program;
use crate::exchange::rule::{BAD_FOREIGN_VALUE, DOUBLED_KEY};
use crate::exchange::text::one_line;

/// A milestone as an issue names it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Phase {
    /// By when it is due; those without a day come last.
    pub(super) due: Option<Date>,
    pub(super) title: String,
    pub(super) start: Option<Date>,
    pub(super) closed: Option<Date>,
    /// The first issue that names it.
    pub(super) span: Span,
}

/// An issue.
#[derive(Debug)]
pub(super) struct Issue {
    pub(super) number: i64,
    pub(super) title: String,
    pub(super) is_closed: bool,
    /// Closed without being done.
    pub(super) is_dropped: bool,
    pub(super) labels: Vec<String>,
    pub(super) assignees: Vec<String>,
    /// The title of its milestone.
    pub(super) phase: Option<String>,
    pub(super) created: Option<Date>,
    pub(super) updated: Option<Date>,
    pub(super) closed: Option<Date>,
    pub(super) due: Option<Date>,
    /// Minutes; none where nothing is written.
    pub(super) estimate: Option<i64>,
    pub(super) spent: i64,
    pub(super) weight: Option<i64>,
    pub(super) address: String,
    pub(super) body: Body,
    pub(super) has_words: bool,
    /// The issue that it is a part of.
    pub(super) parent: Option<i64>,
    /// Where it begins in the file.
    pub(super) span: Span,
}

/// What was read.
#[derive(Debug, Default)]
pub(super) struct Issues {
    pub(super) kept: Vec<Issue>,
    pub(super) phases: Vec<Phase>,
    /// Pull requests by their number: 0 where they are counted apart from issues, and where none is told.
    pub(super) merge_requests: Vec<i64>,
}

impl Issues {
    /// How many pull requests stand among the issues.
    pub(super) fn n_merge_requests(&self) -> usize {
        self.merge_requests.len()
    }
}

/// What people are called, by their logins: a name is there only where somebody gave one, and not everywhere.
fn names(list: &[Value]) -> BTreeMap<String, String> {
    let mut names = BTreeMap::new();
    for value in list {
        let people = value["assignees"].as_array().map(Vec::as_slice).unwrap_or_default();
        for person in people.iter().chain([&value["assignee"]]) {
            let (login, name) = (words(field(person, &["login", "username"])), words(&person["name"]));
            if !login.is_empty() && !name.is_empty() {
                names.entry(login).or_insert(name);
            }
        }
    }
    names
}

/// A field under either of its names.
fn field<'a>(value: &'a Value, names: &[&str]) -> &'a Value {
    names.iter().map(|name| &value[*name]).find(|value| !value.is_null()).unwrap_or(&Value::Null)
}

fn words(value: &Value) -> String {
    value.as_str().map(one_line).unwrap_or_default()
}

/// Reads all issues in the order of their numbers, each from its place in the file; pull requests are counted alone.
pub(super) fn issues(list: &[Value], places: &[Span], program: Program, found: &mut Diagnostics) -> Issues {
    let mut read = Issues::default();
    let (mut seen, mut known): (BTreeMap<i64, Span>, _) = (BTreeMap::new(), BTreeSet::new());
    let names = names(list);
    for (place, value) in list.iter().enumerate() {
        let span = places.get(place).copied().unwrap_or_default();
        let number =
            field(value, &["iid", "number"]).as_i64().filter(|number| (1..1_000_000_000).contains(number));
        let address = words(field(value, &["html_url", "web_url", "url"]));
        if !value["pull_request"].is_null()
            || address.contains("/pull/")
            || address.contains("/merge_requests/")
        {
            // GitLab counts them apart: its #4 is never one of them.
            read.merge_requests.push(number.filter(|_| program == Program::GitHub).unwrap_or(0));
            continue;
        }
        let title = words(&value["title"]);
        let (Some(number), false) = (number, title.is_empty()) else {
            let message =
                format!("entry {} of the list has no number or no title; it was left out", place + 1);
            found.push(
                Diagnostic::new(&BAD_FOREIGN_VALUE, span, message)
                    .hint("export the issues with at least `number` and `title`"),
            );
            continue;
        };
        if let Some(first) = seen.get(&number) {
            found.push(
                Diagnostic::new(
                    &DOUBLED_KEY,
                    span,
                    format!("issue #{number} stands twice; the first one counts"),
                )
                .also(*first, "the first one")
                .hint("export every issue once"),
            );
            continue;
        }
        seen.insert(number, span);
        let issue = issue(value, (number, title, address, span), &names, found);
        phase(value, &issue, (&mut read.phases, &mut known), found);
        read.kept.push(issue);
    }
    read.kept.sort_by_key(|issue| issue.number);
    read.phases.sort_by(|one, other| {
        (one.due.is_none(), one.due, &one.title).cmp(&(other.due.is_none(), other.due, &other.title))
    });
    read
}

fn issue(
    value: &Value,
    (number, title, address, span): (i64, String, String, Span),
    names: &BTreeMap<String, String>,
    found: &mut Diagnostics,
) -> Issue {
    let mut day = |names: &[&str]| day(field(value, names), (number, span), found);
    let (created, updated) = (day(&["created_at", "createdAt"]), day(&["updated_at", "updatedAt"]));
    let (closed, due) = (day(&["closed_at", "closedAt"]), day(&["due_date"]));
    let state = words(&value["state"]).to_lowercase();
    let reason = words(field(value, &["state_reason", "stateReason"])).to_lowercase();
    let is_closed = state == "closed" || (state.is_empty() && closed.is_some());
    let list = |name: &str| value[name].as_array().map(Vec::as_slice).unwrap_or_default();
    let labels: Vec<String> = list("labels")
        .iter()
        .map(|label| if label.is_string() { words(label) } else { words(field(label, &["name", "title"])) })
        .filter(|label| !label.is_empty())
        .collect();
    let mut people = list("assignees").to_vec();
    if people.is_empty() && value["assignee"].is_object() {
        people.push(value["assignee"].clone());
    }
    let name = |person: &Value| {
        let login = words(field(person, &["login", "username"]));
        let own = Some(words(&person["name"])).filter(|name| !name.is_empty());
        names.get(&login).cloned().or(own).unwrap_or(login)
    };
    let assignees: Vec<String> = people.iter().map(name).filter(|name| !name.is_empty()).collect();
    let seconds = |name: &str| {
        let seconds =
            value["time_stats"][name].as_i64().filter(|seconds| (0..1_000_000_000).contains(seconds));
        seconds.map_or(0, |seconds| (seconds + 30) / 60)
    };
    let text =
        value.get("body").or_else(|| value.get("description")).and_then(Value::as_str).unwrap_or_default();
    Issue {
        number,
        title,
        is_closed,
        is_dropped: is_closed && matches!(reason.as_str(), "not_planned" | "duplicate"),
        labels,
        assignees,
        phase: Some(words(&value["milestone"]["title"])).filter(|title| !title.is_empty()),
        created,
        updated,
        closed,
        due,
        estimate: Some(seconds("time_estimate")).filter(|minutes| *minutes > 0),
        spent: seconds("total_time_spent"),
        weight: value["weight"].as_i64(),
        address,
        body: body::read(text),
        has_words: !text.trim().is_empty(),
        parent: parent(value),
        span,
    }
}

/// The number of the issue that an issue is a sub-issue of.
fn parent(value: &Value) -> Option<i64> {
    let address = words(&value["parent_issue_url"]);
    let of_address = address.rsplit_once("/issues/").and_then(|(_, number)| number.parse().ok());
    of_address.or_else(|| value["parent"]["number"].as_i64())
}

/// Remembers the milestone of an issue.
fn phase(
    value: &Value,
    issue: &Issue,
    (phases, known): (&mut Vec<Phase>, &mut BTreeSet<String>),
    found: &mut Diagnostics,
) {
    let Some(title) = &issue.phase else { return };
    if !known.insert(title.clone()) {
        return;
    }
    let milestone = &value["milestone"];
    let mut day = |names: &[&str]| day(field(milestone, names), (issue.number, issue.span), found);
    let phase = Phase {
        due: day(&["due_on", "dueOn", "due_date"]),
        title: title.clone(),
        start: day(&["start_date"]),
        closed: day(&["closed_at", "closedAt"]),
        span: issue.span,
    };
    phases.push(phase);
}

/// A day, from a moment or a day as text.
fn day(value: &Value, (number, span): (i64, Span), found: &mut Diagnostics) -> Option<Date> {
    let text = value.as_str()?;
    let day = date::read(text).in_order(DateOrder::DayFirst).map(|(day, _)| day);
    if day.is_none() {
        let shown: String = text.chars().take(60).collect();
        let message = format!("`{shown}` of issue #{number} is no date");
        found.push(
            Diagnostic::new(&BAD_FOREIGN_VALUE, span, message)
                .hint("correct it and import again, or write the date into the new folder by hand"),
        );
    }
    day
}
