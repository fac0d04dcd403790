//! What today's program says in a document, and that of a frozen record did not, or worked out otherwise: no edit of a file.
//!
//! Comes in: content of a document as frozen and as drawn up today. Goes out: both without facts, tables, rows and columns that only one of
//! the programs has. Named one by one, so that whatever else is missing on one side is told as a difference.

use serde_json::Value;

use crate::document::g3::TRAINING;

/// Facts that came later.
const FACTS: &[&str] =
    &["Decisions implemented", "Reports on time", "Ledger", "From the last task to the closing"];

/// Tables that came later, by the key of their section.
const TABLES: &[(&str, &str)] =
    &[("account", "Reserves"), ("account", "Drawn from reserves and given back"), ("service", TRAINING)];

/// What is told as missing and was not asked for earlier, by the key of its section.
const MISSING: &[(&str, &str)] = &[("service", "No training is recorded.")];

/// Tables whose rows were chosen otherwise, by the key of their section.
const CHOSEN_OTHERWISE: &[(&str, &str)] = &[("cycles", "Planning cycles"), ("cycles", "The plan on record")];

/// Rows that came later, by the key of their section and one of their first two cells.
const ROWS: &[(&str, &str)] =
    &[("work", "No task"), ("work", "Budget at completion (BAC)"), ("case", "All for it at once")];

/// Columns that came later, or were counted otherwise, by the key of their section.
const COLUMNS: &[(&str, &str)] = &[
    ("outside", "Margin"),
    ("cycles", "Tasks"),
    ("cycles", "Work packages"),
    ("cycles", "Effort"),
    ("changes", "Tasks"),
    ("changes", "Work packages"),
    ("changes", "Effort"),
    ("schedule", "Critical"),
    ("time", "If the slip went on at its pace"),
];

/// Tables and charts of which each program shows the rows that it has room for, by their title.
const ROOM: &str = "Schedule on one page";

/// The row that adds up all tests, and the word on those of which nobody had counted yet, which earlier programs left out.
const ALL_TESTS: &str = "All tests";
const NOT_BEGUN: &str = "not begun";

/// Columns of risks that earlier programs printed with the cents that a probability makes.
const WITH_CENTS: &[&str] = &["Expected cost", "After response"];

/// What is beside a sum of effort today.
const BESIDE_EFFORT: &str = "of it level of effort";

/// Leaves out of both what only one of the two programs says.
pub(super) fn without_later_parts(then: &mut Value, now: &mut Value) {
    let sections: Vec<String> =
        now["parts"].as_object().into_iter().flatten().map(|(key, _)| key.clone()).collect();
    for section in sections {
        let (Some(then), Some(now)) = (part_mut(then, &section), part_mut(now, &section)) else { continue };
        without_facts(then, now);
        let is_later = |title: &str| TABLES.contains(&(section.as_str(), title));
        let was_there = titles(then, "tables");
        retain(now, "tables", |table| {
            !title_of(table).is_some_and(|title| is_later(title) && !was_there.iter().any(|was| was == title))
        });
        without_missing(&section, then, now);
        for side in [&mut *then, &mut *now] {
            retain(side, "tables", |table| {
                !title_of(table).is_some_and(|title| CHOSEN_OTHERWISE.contains(&(section.as_str(), title)))
            });
        }
        for list in ["tables", "charts"] {
            without_rows(&section, list, then, now);
            for side in [&mut *then, &mut *now] {
                for table in list_mut(side, list) {
                    if section == "risks" || section == "risk" {
                        without_cents(&mut table["table"]);
                    }
                    without_columns(&section, &mut table["table"]);
                }
            }
        }
    }
}

fn part_mut<'a>(side: &'a mut Value, section: &str) -> Option<&'a mut Value> {
    side.get_mut("parts")?.get_mut(section)
}

fn without_facts(then: &Value, now: &mut Value) {
    let label_of = |fact: &Value| fact["label"].as_str().map(str::to_owned);
    let known: Vec<String> = then["facts"].as_array().into_iter().flatten().filter_map(label_of).collect();
    retain(now, "facts", |fact| {
        label_of(fact).is_none_or(|label| !FACTS.contains(&label.as_str()) || known.contains(&label))
    });
}

/// Leaves out what only today's program says is missing.
fn without_missing(section: &str, then: &Value, now: &mut Value) {
    // A record of an earlier program and the words of a document hold it as bare text.
    let text_of = |missing: &Value| missing["text"].as_str().or(missing.as_str()).map(str::to_owned);
    let told: Vec<String> = then["missing"].as_array().into_iter().flatten().filter_map(text_of).collect();
    retain(now, "missing", |missing| {
        text_of(missing)
            .is_none_or(|text| !MISSING.contains(&(section, text.as_str())) || told.contains(&text))
    });
}

fn without_rows(section: &str, list: &str, then: &mut Value, now: &mut Value) {
    let is_named =
        |row: &Value| cells(row).iter().take(2).filter_map(words).any(|cell| ROWS.contains(&(section, cell)));
    for place in 0..now[list].as_array().map_or(0, Vec::len) {
        let title = title_of(&now[list][place]).map(str::to_owned);
        let was =
            then[list].as_array_mut().into_iter().flatten().find(|was| title_of(was) == title.as_deref());
        let Some(was) = was else { continue };
        let is = &mut now[list][place];
        let keys = |side: &Value| -> Vec<String> { rows(side).iter().filter_map(first_cell).collect() };
        let (before, after) = (keys(was), keys(is));
        if title.as_deref() == Some(ROOM) {
            retain_rows(was, |row| first_cell(row).is_some_and(|key| after.contains(&key)));
            retain_rows(is, |row| first_cell(row).is_some_and(|key| before.contains(&key)));
            continue;
        }
        if !rows(was).iter().any(is_named) {
            retain_rows(is, |row| !is_named(row));
        }
        let is_idle = |row: &Value| cells(row).get(1).and_then(words) == Some(NOT_BEGUN);
        if rows(is).iter().any(is_idle) && !rows(was).iter().any(is_idle) {
            retain_rows(is, |row| !is_idle(row));
            for side in [was, is] {
                retain_rows(side, |row| first_cell(row).as_deref() != Some(ALL_TESTS));
            }
            continue;
        }
        for row in rows_mut(was).chain(rows_mut(is)) {
            for cell in cells_mut(row) {
                let is_beside = cell
                    .get("note")
                    .and_then(Value::as_str)
                    .is_some_and(|note| note.ends_with(BESIDE_EFFORT));
                if let (true, Some(cell)) = (is_beside, cell.as_object_mut()) {
                    cell.remove("note");
                }
            }
        }
    }
}

fn without_columns(section: &str, table: &mut Value) {
    let Some(head) = table["head"].as_array() else { return };
    let places: Vec<usize> = head
        .iter()
        .enumerate()
        .filter(|(_, title)| words(title).is_some_and(|title| COLUMNS.contains(&(section, title))))
        .map(|(place, _)| place)
        .collect();
    for place in places.into_iter().rev() {
        for list in ["head", "numeric"] {
            remove(table.get_mut(list).and_then(Value::as_array_mut), place);
        }
        for row in table["rows"].as_array_mut().into_iter().flatten() {
            remove(if row.is_array() { row.as_array_mut() } else { row["cells"].as_array_mut() }, place);
        }
    }
}

/// Rounds expected costs to whole units and leaves out how their digits are grouped.
fn without_cents(table: &mut Value) {
    let head = table["head"].as_array().cloned().unwrap_or_default();
    let is_cost =
        |place: usize| head.get(place).and_then(words).is_some_and(|title| WITH_CENTS.contains(&title));
    for row in table["rows"].as_array_mut().into_iter().flatten() {
        for (place, cell) in cells_mut(row).enumerate() {
            let Some(rounded) = words(cell).filter(|_| is_cost(place)).and_then(rounded) else { continue };
            if cell.is_string() {
                *cell = Value::String(rounded);
            } else {
                cell["text"] = Value::String(rounded);
            }
        }
    }
}

/// `14 066.67` as `14067`; none for what is no amount.
fn rounded(text: &str) -> Option<String> {
    let plain: String = text.chars().filter(|letter| !letter.is_whitespace()).collect();
    let plain = plain.replace('−', "-");
    let (whole, cents) = plain.split_once('.').unwrap_or((&plain, "00"));
    let (whole, cents): (i64, i64) = (whole.parse().ok()?, cents.parse().ok()?);
    let up = i64::from(cents >= 50) * if plain.starts_with('-') { -1 } else { 1 };
    Some((whole + up).to_string())
}

fn remove(list: Option<&mut Vec<Value>>, place: usize) {
    if let Some(list) = list.filter(|list| place < list.len()) {
        list.remove(place);
    }
}

fn retain(side: &mut Value, list: &str, is_kept: impl FnMut(&Value) -> bool) {
    if let Some(list) = side.get_mut(list).and_then(Value::as_array_mut) {
        list.retain(is_kept);
    }
}

fn retain_rows(table: &mut Value, is_kept: impl FnMut(&Value) -> bool) {
    if let Some(rows) = table.pointer_mut("/table/rows").and_then(Value::as_array_mut) {
        rows.retain(is_kept);
    }
}

fn list_mut<'a>(side: &'a mut Value, list: &str) -> impl Iterator<Item = &'a mut Value> {
    side.get_mut(list).and_then(Value::as_array_mut).into_iter().flatten()
}

fn titles(side: &Value, list: &str) -> Vec<String> {
    let all = side[list].as_array().into_iter().flatten();
    all.filter_map(title_of).map(str::to_owned).collect()
}

fn title_of(table: &Value) -> Option<&str> {
    table.get("title").and_then(words)
}

fn rows(table: &Value) -> &[Value] {
    table["table"]["rows"].as_array().map_or(&[], Vec::as_slice)
}

fn rows_mut(table: &mut Value) -> impl Iterator<Item = &mut Value> {
    table.pointer_mut("/table/rows").and_then(Value::as_array_mut).into_iter().flatten()
}

fn cells(row: &Value) -> &[Value] {
    row.as_array().or_else(|| row.get("cells")?.as_array()).map_or(&[], Vec::as_slice)
}

fn cells_mut(row: &mut Value) -> impl Iterator<Item = &mut Value> {
    let cells =
        if row.is_array() { row.as_array_mut() } else { row.get_mut("cells").and_then(Value::as_array_mut) };
    cells.into_iter().flatten()
}

fn first_cell(row: &Value) -> Option<String> {
    words(cells(row).first()?).map(str::to_owned)
}

/// The words of a cell, alone or among its parts.
fn words(cell: &Value) -> Option<&str> {
    cell.as_str().or_else(|| cell.get("text")?.as_str())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[track_caller]
    fn check(mut then: Value, mut now: Value, is_alike: bool) {
        without_later_parts(&mut then, &mut now);
        assert_eq!(then == now, is_alike, "{then} beside {now}");
    }

    fn section(key: &str, part: &Value) -> Value {
        json!({"parts": {key: part}})
    }

    #[test]
    fn a_fact_that_came_later_is_no_difference_and_one_that_differs_is() {
        let facts = |facts: &[(&str, &str)]| {
            let facts: Vec<Value> =
                facts.iter().map(|(label, text)| json!({"label": label, "text": text})).collect();
            section("reports", &json!({"facts": facts}))
        };
        let (due, late) = (("Reports due", "5"), ("Reports on time", "4 of 5"));
        check(facts(&[due]), facts(&[due, late]), true);
        check(facts(&[due]), facts(&[due, ("Reports lost", "1")]), false);
        check(facts(&[due, late]), facts(&[due, ("Reports on time", "3 of 5")]), false);
    }

    #[test]
    fn a_training_that_nobody_asked_for_then_is_no_difference() {
        let service = |missing: Value, tables: Value| {
            section("service", &json!({"missing": missing, "tables": tables}))
        };
        let none = json!({"text": "No training is recorded.", "hint": null});
        let table = json!({"title": TRAINING, "table": {"head": ["Trained"], "rows": [["34"]]}});
        check(service(json!([]), json!([])), service(json!([none]), json!([])), true);
        check(service(json!([]), json!([])), service(json!([]), json!([table])), true);
        check(service(json!([none]), json!([])), service(json!([]), json!([])), false);
    }

    #[test]
    fn rows_and_columns_that_came_later_are_no_difference() {
        let table = |head: Value, rows: Value| {
            section("work", &json!({"tables": [{"table": {"head": head, "rows": rows}}]}))
        };
        let (head, stage) = (json!(["No.", "Task", "Budget"]), json!(["1", "Initiation", "5"]));
        let total = json!({"cells": ["", {"text": "Budget at completion (BAC)"}, "5"]});
        check(table(head.clone(), json!([stage])), table(head.clone(), json!([stage, total])), true);
        check(
            table(head.clone(), json!([stage])),
            table(head, json!([stage, ["2", "Planning", "1"]])),
            false,
        );
        let outside = |head: Value, row: Value| {
            section("outside", &json!({"tables": [{"table": {"head": head, "rows": [row]}}]}))
        };
        check(
            outside(json!(["Team", "State"]), json!(["Security", "Open"])),
            outside(json!(["Team", "Margin", "State"]), json!(["Security", "3 d", "Open"])),
            true,
        );
    }

    #[test]
    fn a_test_that_nobody_had_counted_is_no_difference_and_another_count_is() {
        let tests = |rows: Value| {
            section(
                "quality",
                &json!({"tables": [{"title": "Tests", "table": {"head": ["Test", "As of", "Planned"], "rows": rows}}]}),
            )
        };
        let (one, two) = (json!(["A", "1 Oct", "400"]), json!(["B", "1 Oct", "240"]));
        let idle = json!(["C", {"text": "not begun"}, "24"]);
        let then = || tests(json!([one, two, ["All tests", "", "640"]]));
        check(then(), tests(json!([idle, one, two, ["All tests", "", "664"]])), true);
        check(then(), tests(json!([idle, ["A", "1 Oct", "401"], two, ["All tests", "", "665"]])), false);
    }

    #[test]
    fn what_stands_beside_a_sum_of_effort_is_no_difference() {
        let tasks = |effort: Value| {
            let table = json!({"head": ["Task", "Effort planned"], "rows": [["Total", effort]]});
            section("cost", &json!({"tables": [{"title": "By task", "table": table}]}))
        };
        let noted = || tasks(json!({"text": "338.1 pd", "note": "42 pd of it level of effort"}));
        check(tasks(json!({"text": "338.1 pd"})), noted(), true);
        check(noted(), noted(), true);
        check(tasks(json!({"text": "338.2 pd"})), noted(), false);
    }

    #[test]
    fn cents_of_an_expected_cost_are_no_difference() {
        let risks = |cost: &str| {
            section(
                "risks",
                &json!({"tables": [{"table": {"head": ["Risk", "Expected cost"], "rows": [["R1", cost]]}}]}),
            )
        };
        check(risks("14\u{202f}066.67"), risks("14\u{202f}067"), true);
        check(risks("14\u{202f}066.67"), risks("14\u{202f}066"), false);
    }

    #[test]
    fn of_the_schedule_on_a_page_the_rows_are_compared_that_both_have() {
        let chart = |rows: Value| {
            let table = json!({"head": ["Task", "Finish"], "rows": rows});
            section("schedule", &json!({"charts": [{"title": ROOM, "table": table}]}))
        };
        let then = || chart(json!([["1 Initiation", "5 May"], ["Steering", "9 May"]]));
        check(then(), chart(json!([["1 Initiation", "5 May"], ["Build", "8 May"]])), true);
        check(then(), chart(json!([["1 Initiation", "6 May"], ["Build", "8 May"]])), false);
    }
}
