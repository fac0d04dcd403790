//! The CSV export of GitLab, as the entries that its interface would give.

use serde_json::{Map, Value, json};

use crate::diagnostic::{Diagnostics, Span};
use crate::exchange::cells::{self, Cell, Cells};

/// Columns that together no other table has.
const SIGNS: [&str; 4] = ["title", "issue id", "state", "time estimate"];

/// Whether the names of columns are those of GitLab's export.
pub(in crate::exchange) fn is_header(header: &[Cell]) -> bool {
    SIGNS.iter().all(|sign| header.iter().any(|cell| cell.text.trim().eq_ignore_ascii_case(sign)))
}

/// The entries, each with the place of its title.
pub(super) fn entries(text: &str, found: &mut Diagnostics) -> (Vec<Value>, Vec<Span>) {
    let cells = cells::read(text, found);
    let place = |name: &str| cells.header.iter().position(|cell| cell.text.trim().eq_ignore_ascii_case(name));
    let entry = |row: &Vec<Cell>| {
        let text = |name: &str| {
            place(name)
                .and_then(|place| Cells::cell(row, place))
                .map(|cell| cell.text.clone())
                .unwrap_or_default()
        };
        let number = |name: &str| text(name).parse::<i64>().ok();
        // A moment is a day and a time; the day is all that is read of it.
        let day = |name: &str| match text(name).split_whitespace().next() {
            Some(day) => json!(day),
            None => Value::Null,
        };
        let mut fields = Map::new();
        let mut set = |name: &str, value: Value| fields.insert(name.to_owned(), value);
        set("iid", json!(number("issue id")));
        set("title", json!(text("title")));
        set("description", json!(text("description")));
        set("web_url", json!(text("url")));
        let state = if text("state").to_lowercase().starts_with("closed") { "closed" } else { "opened" };
        set("state", json!(state));
        set("due_date", day("due date"));
        set("created_at", day("created at (utc)"));
        set("updated_at", day("updated at (utc)"));
        set("closed_at", day("closed at (utc)"));
        let labels = text("labels");
        let labels: Vec<&str> = labels.split(',').map(str::trim).filter(|label| !label.is_empty()).collect();
        set("labels", json!(labels));
        set("weight", json!(number("weight")));
        let person = json!({"name": text("assignee"), "username": text("assignee username")});
        let is_assigned = !text("assignee").is_empty() || !text("assignee username").is_empty();
        set("assignees", if is_assigned { json!([person]) } else { json!([]) });
        let milestone = text("milestone");
        set("milestone", if milestone.is_empty() { Value::Null } else { json!({"title": milestone}) });
        let (estimate, spent) = (number("time estimate"), number("time spent"));
        set("time_stats", json!({"time_estimate": estimate, "total_time_spent": spent}));
        Value::Object(fields)
    };
    let entries: Vec<Value> = cells.rows.iter().map(entry).collect();
    let places = cells.rows.iter().map(|row| row.first().map(|cell| cell.span).unwrap_or_default());
    (entries, places.collect())
}
