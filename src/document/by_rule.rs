//! What two programs ask and say otherwise of the same figures: no edit of a file, and so no difference from what was decided.
//!
//! Comes in: content and terms of a document as frozen and as drawn up today. Goes out: both without what only the programs differ in.
//! Criteria are known by their rule; those by which only one of the two programs asks are left out. Of rules and of the figures behind
//! an answer the numbers and names count, not the words between them. Left out, too, are records that came into the archive since.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::control::NOTHING_KNOWN;
use crate::document::closing::{ASKED, RELEASED, TOLERANCE};
use crate::document::later_parts::without_later_parts;
use crate::document::wording::key_of;
use crate::model::BuiltIn;
use crate::page::risks::ONCE_DECIDED;
use crate::quantity::GateId;

/// Facts that state a rule: their names and numbers are compared, not their words.
const STATED_RULES: &[&str] = &["Contingency is drawn by", "When a tolerance is exceeded"];

/// What earlier programs called otherwise, and what it is called now.
const RENAMED: &[(&str, &str)] = &[
    ("Risk exposure", "Threats"),
    ("Exposure to risk", "Threats"),
    ("Exposure", "Threats"),
    ("Exposure by report", "Threats by report"),
    ("Exposure and contingency", "Threats and contingency"),
    ("Exposure and contingency by report", "Threats and contingency by report"),
    ("left after exposure", "left after threats"),
    ("Contingency covers the exposure of open risks", "Contingency covers the open threats"),
    ("Exposure is inside the contingency left", "Open threats are inside the contingency left"),
    (
        "Every deliverable of this stage is accepted",
        "Every deliverable of this stage and of those before it is accepted",
    ),
    ("Benefits may fall by", "Benefits may fall by (or must rise)"),
    ("Baseline finish", "Promised finish"),
    ("Quality of the plan", "Plan quality"),
    ("Investment may rise by", "Investment may rise by (or must fall)"),
    ("1 to 5 days", "up to 5 days"),
    // Of a forecast that has not moved between two gates, however late it was.
    ("on time", "no change"),
    // Of a date that no baseline promises.
    ("as planned", "no change"),
    ("without a change", "not approved"),
    ("No baseline is frozen yet: approve the gate and freeze one.", "No baseline is frozen yet."),
    ("Extended, it arrives on", "If the slip went on at its pace"),
    ("no training is recorded", crate::document::g3::NOT_ASKED_ANEW),
];

/// Which rows of a folded chart come first, as earlier programs said it, and as it is said now.
const DRAWN_FIRST: (&str, &str) =
    ("rows: stages, gates, the longest path, then", "rows: stages, gates, critical work, then");

/// What is said behind a figure today, and earlier programs did not say of every figure: how much is earned says it, too.
const BEHIND_A_FIGURE: &str = ", too early to count";

/// Of a checklist whose criteria are all met earlier programs said that it is nearly complete.
const ALL_MET: &str = "compliance 100\u{a0}%";
const NEARLY: &str = ", nearly complete";
const COMPLETE: &str = ", complete";

/// Where no defect is recorded earlier programs counted none of them open, and so do programs of today where some are.
const NO_DEFECTS: (&str, &str) =
    ("0 defects open (0 of severity 1), 0 a period ago", "No defect is recorded");

/// Of scope that only approved changes have added to earlier programs said that it has not grown.
const NOT_GROWN: &str = "Scope has not grown";
const ADDED: &str = "Approved changes add ";
const ALL_APPROVED: &str = "; nothing came in without approval";
const AS_FIRST_APPROVED: &str = " of the budget as first approved";

/// Criteria of whose answer earlier programs told fewer figures, or none.
const TOLD_FURTHER: &[BuiltIn] = &[
    BuiltIn::ContingencyCovers,
    BuiltIn::ExposureCovered,
    BuiltIn::LessonsOnTheWay,
    BuiltIn::LessonsRecommend,
];

/// The sum of the threats after response was called an exposure there.
const AFTER_RESPONSES: &str = "takes every response as done";

/// Content and terms of a document.
pub(super) type Document = (Value, Value);

/// A frozen document and that of today without what only the programs differ in.
pub(super) fn alike(gate: GateId, then: Document, now: Document) -> (Document, Document) {
    let ((mut then, mut then_terms), (mut now, mut now_terms)) = (then, now);
    if let Some(amount) = no_forecast(&now).map(str::to_owned) {
        ranges_without(&mut then, &now, &amount);
    }
    for side in [&mut then, &mut then_terms, &mut now, &mut now_terms] {
        call_as_today(side);
    }
    let asks_otherwise = criteria(gate, &mut then, &mut now);
    for side in [&mut then, &mut now] {
        remove(side, "/checklist", "rule");
        if asks_otherwise {
            remove(side, "/checklist", "summary");
        }
        // The ask says in a sentence what criteria, figures and days say one by one, and so do the notes of sections.
        remove(side, "/opening", "ask");
        let parts = side.pointer_mut("/parts").and_then(Value::as_object_mut);
        parts.into_iter().flat_map(|parts| parts.values_mut()).for_each(|part| remove(part, "", "notes"));
    }
    figures_of_rules(&mut then, &now);
    value_approved(&mut then, &now);
    without_later_records(&then, &mut now);
    without_later_parts(&mut then, &mut now);
    without_sum_asked(&then_terms, &mut now_terms);
    for side in [&mut then_terms, &mut now_terms] {
        tolerances_as_typed(side);
    }
    ((then, then_terms), (now, now_terms))
}

/// The sum that the chart of plan, work and money tells and does not draw, because it is no forecast at so low an SPI: `487 133`. None
/// where it draws all.
fn no_forecast(side: &Value) -> Option<&str> {
    match side {
        Value::String(words) => {
            let told = words.split_once("Not drawn: ")?.1;
            let (sum, _) = told.split_once(" (").filter(|_| told.contains("(EAC₃), no forecast"))?;
            sum.rsplit_once(['\u{a0}', ' ']).map(|(amount, _)| amount)
        }
        Value::Array(all) => all.iter().find_map(no_forecast),
        Value::Object(all) => all.values().find_map(no_forecast),
        Value::Null | Value::Bool(_) | Value::Number(_) => None,
    }
}

/// Lets ranges of forecasts end where they end today, which earlier programs let reach to a sum that is no forecast: `257 318 to 487 133`.
fn ranges_without(then: &mut Value, now: &Value, amount: &str) {
    match (then, now) {
        (Value::String(before), Value::String(today)) => {
            let low = before.strip_suffix(amount).filter(|low| low.ends_with(" to "));
            if low.is_some_and(|low| today.starts_with(low)) {
                before.clone_from(today);
            }
        }
        (Value::Array(before), Value::Array(today)) => {
            before.iter_mut().zip(today).for_each(|(then, now)| ranges_without(then, now, amount));
        }
        (Value::Object(before), Value::Object(today)) => {
            for (key, then) in before {
                if let Some(now) = today.get(key) {
                    ranges_without(then, now, amount);
                }
            }
        }
        _ => {}
    }
}

/// What a document calls the line of a file on which something stands. Lines move when a comment is written above them.
const WRITTEN_IN: &str = "Written in";

/// Calls things by their names of today, wherever a document names them, and leaves out on which line they stand and how states are
/// drawn.
fn call_as_today(side: &mut Value) {
    match side {
        Value::String(words) => {
            let known =
                RENAMED.iter().find(|(before, _)| before == words).map(|(_, today)| (*today).to_owned());
            let of_sum = || words.strip_prefix("exposure ").map(|sum| format!("threats {sum}"));
            if let Some(today) = known.or_else(of_sum) {
                *words = today;
            } else if words.starts_with(NO_DEFECTS.0) {
                *words = words.replacen(NO_DEFECTS.0, NO_DEFECTS.1, 1);
            } else if words.contains(BEHIND_A_FIGURE) {
                *words = words.replace(BEHIND_A_FIGURE, "");
            } else if words.contains(DRAWN_FIRST.0) {
                *words = words.replace(DRAWN_FIRST.0, DRAWN_FIRST.1);
            } else if words.contains(AFTER_RESPONSES) {
                *words = words
                    .replace("The exposure, ", "The threats, ")
                    .replace(AFTER_RESPONSES, "take every response as done")
                    .replace(
                        "responses still open, the threats come to",
                        "responses still open, they come to",
                    );
            } else if words.contains(ALL_MET) {
                *words = words.replace(NEARLY, COMPLETE);
            } else if let Some(rest) = approved_scope(words) {
                *words = format!("{NOT_GROWN}{rest}");
            }
        }
        Value::Array(all) => all.iter_mut().for_each(call_as_today),
        Value::Object(all) => {
            if all.get("label").is_some_and(|label| label == WRITTEN_IN) {
                all.remove("text");
            }
            // The word of a state says what it is; mark and letter are how a program draws it.
            if all.contains_key("word") && all.contains_key("class") {
                all.remove("class");
                all.remove("letter");
            }
            // What the sentence of a chart says its table says number by number.
            if all.contains_key("sentence") && all.contains_key("table") {
                all.remove("sentence");
            }
            all.values_mut().for_each(call_as_today);
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

/// What is said behind what approved changes add to the scope; none where nothing is said of that.
fn approved_scope(words: &str) -> Option<&str> {
    if let Some((_, rest)) = words.split_once(ALL_APPROVED) {
        return Some(rest);
    }
    words.strip_prefix(ADDED)?.split_once(AS_FIRST_APPROVED).map(|(_, rest)| rest)
}

/// Leaves out the criteria that one of the two programs does not ask by, those of which it asked for something else, and that logs are
/// kept where one was begun since. Whether there were any.
fn criteria(gate: GateId, then: &mut Value, now: &mut Value) -> bool {
    let rule_of = |row: &Value| {
        let is_own = row.get("statement").is_some_and(|statement| !statement.is_null());
        let words = row.get("criterion")?.as_str()?;
        BuiltIn::of_words(gate, words).filter(|_| !is_own)
    };
    // Words that an earlier program asked by asked for something else.
    let is_asked_today =
        |row: &Value| rule_of(row).is_some_and(|rule| row["criterion"].as_str() == Some(rule.words()));
    let mut known: BTreeSet<BuiltIn> =
        rows(then).iter().filter(|row| is_asked_today(row)).filter_map(rule_of).collect();
    // A file has no day: a log that was begun after the decision is there for all days.
    let logs = |side: &Value| rows(side).iter().find(|row| rule_of(row) == Some(BuiltIn::LogsOpen)).cloned();
    let n_kept = |row: Option<Value>| -> Option<usize> {
        row?.get("comment")?.as_str()?.split_whitespace().next()?.parse().ok()
    };
    if n_kept(logs(then)).zip(n_kept(logs(now))).is_some_and(|(then, now)| now > then) {
        known.remove(&BuiltIn::LogsOpen);
    }
    let n_before = (rows(then).len(), rows(now).len());
    if let Some(rows) = rows_mut(now) {
        rows.retain(|row| rule_of(row).is_none_or(|rule| known.contains(&rule)));
    }
    let today: Vec<(BuiltIn, Value)> =
        rows(now).iter().filter_map(|row| Some((rule_of(row)?, row.clone()))).collect();
    if let Some(rows) = rows_mut(then) {
        // What was computed and is no statement over figures was asked by a program; today's knows no such rule.
        let is_of_program =
            |row: &Value| row["computed"] == Value::Bool(true) && row.get("statement").is_none();
        rows.retain(|row| rule_of(row).map_or(!is_of_program(row), |rule| known.contains(&rule)));
        for row in rows {
            let rule = rule_of(row);
            let beside = today.iter().find(|(other, _)| Some(*other) == rule);
            if let Some((_, beside)) = beside {
                take_words(row, beside, "comment");
                if rule.is_some_and(|rule| TOLD_FURTHER.contains(&rule)) {
                    take_longer(row, beside, "comment");
                }
            }
        }
    }
    n_before != (rows(then).len(), rows(now).len())
}

/// Takes over today's words of the rules behind colours, and of the reasons for them, where the figures are the same.
fn figures_of_rules(then: &mut Value, now: &Value) {
    let of_label = |facts: &Value, label: &Value| {
        facts.as_array().into_iter().flatten().find(|fact| fact["label"] == *label).cloned()
    };
    let rules = &now["opening"]["rules"];
    for fact in list_mut(then, "/opening/rules") {
        if let Some(beside) = of_label(rules, &fact["label"]) {
            take_words(fact, &beside, "text");
        }
    }
    let lines = now["opening"]["scorecard"]["rows"].as_array().cloned().unwrap_or_default();
    for (row, beside) in list_mut(then, "/opening/scorecard/rows").zip(&lines) {
        if let (Some(status), Some(beside)) = (status_mut(row), status(beside)) {
            if is_unknown_today(status, beside) {
                *status = beside.clone();
            }
            take_words(status, beside, "note");
        }
        threats_judged(row, beside);
    }
    let control = &now["parts"]["control"]["facts"];
    for fact in list_mut(then, "/parts/control/facts") {
        let is_rule = fact["label"].as_str().is_some_and(|label| STATED_RULES.contains(&label));
        if let Some(beside) = of_label(control, &fact["label"]).filter(|_| is_rule) {
            take_words(fact, &beside, "text");
        }
    }
}

/// Takes over today's net present values of G5 after a new baseline: earlier programs called the first one approved, and said of that of the
/// baseline in force what today's files come to.
fn value_approved(then: &mut Value, now: &Value) {
    let note = |cell: &Value| cell["note"].as_str().unwrap_or_default().to_owned();
    let rows = "/parts/objectives/tables/0/table/rows";
    let today = now.pointer(rows).and_then(Value::as_array).cloned().unwrap_or_default();
    for (row, beside) in list_mut(then, rows).zip(&today) {
        let cells = if row.get("cells").is_some() { row.get_mut("cells") } else { Some(row) };
        let beside = beside.get("cells").unwrap_or(beside).as_array();
        let (Some(cells), Some(beside)) = (cells.and_then(Value::as_array_mut), beside) else { continue };
        let [_, first, in_force, ..] = cells.as_mut_slice() else { continue };
        let [_, _, approved, ..] = beside.as_slice() else { continue };
        if note(first) == "as approved"
            && note(in_force) == "as planned, computed anew"
            && note(approved).starts_with("as approved in ")
        {
            first["note"] = "as first approved".into();
            *in_force = approved.clone();
        }
    }
}

/// Whether a colour of which nothing was known was called green by an earlier program: before the first report, or of a plan that is compared
/// with itself.
fn is_unknown_today(then: &Value, now: &Value) -> bool {
    let word = |cell: &Value, word: &str| cell["status"]["word"] == *word;
    let note = |cell: &Value| cell["note"].as_str().unwrap_or_default().to_owned();
    let is_compared_with_itself = note(now).to_lowercase() == NOTHING_KNOWN.to_lowercase();
    let is_unreported = note(then) == note(now) && note(now).starts_with("Nothing has been reported");
    word(then, "Green") && word(now, "Not rated") && (is_compared_with_itself || is_unreported)
}

/// Takes over today's threats of a scorecard, and what is left after them, where what the record called so stands beside them today: earlier
/// programs told what was hoped for, though the colour judged more.
fn threats_judged(then: &mut Value, now: &Value) {
    const FORECAST: usize = 4;
    let cell = |row: &Value, place: usize| row.get("cells").unwrap_or(row).get(place).cloned();
    let words = |cell: &Value| cell.as_str().or_else(|| cell["text"].as_str()).map(str::to_owned);
    let hoped =
        cell(then, FORECAST).and_then(|cell| words(&cell)?.strip_prefix("threats ").map(str::to_owned));
    let Some((hoped, today)) = hoped.zip(cell(now, FORECAST)) else { return };
    if today["note"].as_str() != Some(format!("{hoped}{ONCE_DECIDED}").as_str()) {
        return;
    }
    for place in [FORECAST, FORECAST + 1] {
        let cells = if then.get("cells").is_some() { &mut then["cells"] } else { &mut *then };
        if let (Some(was), Some(is)) = (cells.get_mut(place), cell(now, place)) {
            *was = is;
        }
    }
}

/// What the table of the files is called that an archive index lists.
const RECORDS: &str = "Records of the project";

/// Leaves out of today's archive index the files that it did not list when it was frozen: a report is closed after the gate that lists
/// those before it, and a file that came later is no edit of one that was there.
fn without_later_records(then: &Value, now: &mut Value) {
    const TABLES: &str = "/parts/archive/tables";
    let is_of_files = |table: &&Value| table["title"] == *RECORDS;
    let tables = then.pointer(TABLES).and_then(Value::as_array).into_iter().flatten();
    let Some(listed) = tables.filter(is_of_files).find_map(|table| table["table"]["rows"].as_array()) else {
        return;
    };
    let listed: BTreeSet<String> = listed.iter().map(key_of).collect();
    for table in list_mut(now, TABLES).filter(|table| is_of_files(&&**table)) {
        if let Some(rows) = table.pointer_mut("/table/rows").and_then(Value::as_array_mut) {
            rows.retain(|row| listed.contains(&key_of(row)));
        }
    }
}

/// Leaves out of today's terms what the program of the record did not compute: what was asked for.
fn without_sum_asked(then: &Value, now: &mut Value) {
    let is_sum = |fact: &Value, label: &str| fact["label"] == *label;
    if then["facts"].as_array().into_iter().flatten().any(|fact| is_sum(fact, ASKED)) {
        return;
    }
    if let Some(facts) = now.pointer_mut("/facts").and_then(Value::as_array_mut) {
        facts.retain(|fact| !is_sum(fact, ASKED));
        facts.iter_mut().filter(|fact| is_sum(fact, RELEASED)).for_each(|fact| remove(fact, "", "note"));
    }
}

/// Brings the tolerances of a decision into one form, whatever stands between their digits and units.
fn tolerances_as_typed(terms: &mut Value) {
    for fact in list_mut(terms, "/facts") {
        let is_tolerance = fact["label"].as_str().is_some_and(|label| label.starts_with(TOLERANCE));
        let text = fact["text"].as_str().filter(|_| is_tolerance).map(|text| {
            text.chars().filter(|letter| !letter.is_whitespace() && *letter != '_').collect::<String>()
        });
        if let Some(text) = text {
            fact["text"] = Value::String(text);
        }
    }
}

/// Takes today's words into a frozen part where they tell the same numbers and names.
fn take_words(then: &mut Value, now: &Value, key: &str) {
    let (Some(was), Some(is)) = (then.get(key).and_then(Value::as_str), now.get(key).and_then(Value::as_str))
    else {
        return;
    };
    if figures(was) == figures(is) {
        then[key] = Value::String(is.to_owned());
    }
}

/// Takes today's words into a frozen part where they go on after all that it says, or where it says nothing.
fn take_longer(then: &mut Value, now: &Value, key: &str) {
    let Some(is) = now.get(key).and_then(Value::as_str) else { return };
    let was = then.get(key).and_then(Value::as_str).unwrap_or_default();
    let rest = is.strip_prefix(was);
    if rest.is_some_and(|rest| was.is_empty() || !rest.starts_with(char::is_alphanumeric)) {
        then[key] = Value::String(is.to_owned());
    }
}

/// The numbers and names of a sentence, in the order of their letters: words with a digit, and those that begin with a capital, but for
/// the first, which does anyway.
fn figures(sentence: &str) -> Vec<&str> {
    let words = sentence.split_whitespace().enumerate();
    let is_figure = |place: usize, word: &str| {
        word.contains(|letter: char| letter.is_ascii_digit())
            || (place > 0 && word.starts_with(|letter: char| letter.is_uppercase()))
    };
    let trim = |word: &'_ str| -> usize { word.trim_end_matches(['.', ',', ';', ':']).len() };
    let mut figures: Vec<&str> =
        words.filter(|(place, word)| is_figure(*place, word)).map(|(_, word)| &word[..trim(word)]).collect();
    figures.sort_unstable();
    figures
}

fn rows(side: &Value) -> &[Value] {
    side["checklist"]["rows"].as_array().map_or(&[], Vec::as_slice)
}

fn rows_mut(side: &mut Value) -> Option<&mut Vec<Value>> {
    side.pointer_mut("/checklist/rows")?.as_array_mut()
}

/// The cell of a line of the scorecard that holds its colour.
fn status(row: &Value) -> Option<&Value> {
    row.get("cells").unwrap_or(row).get(1)
}

fn status_mut(row: &mut Value) -> Option<&mut Value> {
    if row.get("cells").is_some() { row["cells"].get_mut(1) } else { row.get_mut(1) }
}

fn list_mut<'a>(side: &'a mut Value, pointer: &str) -> impl Iterator<Item = &'a mut Value> {
    side.pointer_mut(pointer).and_then(Value::as_array_mut).into_iter().flatten()
}

fn remove(side: &mut Value, pointer: &str, key: &str) {
    if let Some(Value::Object(map)) = side.pointer_mut(pointer) {
        map.remove(key);
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn document(criterion: &str, comment: &str) -> Document {
        let content = json!({
            "opening": {
                "ask": "2 criteria are not met. Once they are met, or conditions with an owner and a day cover them: approve it.",
                "rules": [{"label": "Time", "text": "Green: at most 5 d late"}],
            },
            "checklist": {
                "rule": "Compliance = yes ÷ all",
                "summary": "1 yes",
                "rows": [{"criterion": criterion, "answer": "yes", "computed": true, "comment": comment}],
            },
        });
        (content, json!({"facts": [{"label": RELEASED, "text": "10 EUR"}]}))
    }

    #[test]
    fn of_the_words_behind_an_answer_the_figures_count() {
        let words = BuiltIn::OptionsCompared.words();
        let compared = |then: &str, now: &str| {
            let (then, now) = alike(GateId::G1, document(words, then), document(words, now));
            then == now
        };
        assert!(compared("4 options", "4 options are compared"));
        assert!(!compared("3 options", "4 options are compared"));
    }

    #[test]
    fn figures_that_are_told_beside_those_of_then_are_no_edit() {
        let compared = |rule: BuiltIn, then: Value, now: &str| {
            let mut frozen = document(rule.words(), "");
            frozen.0["checklist"]["rows"][0]["comment"] = then;
            let (then, now) = alike(rule.gates()[0], frozen, document(rule.words(), now));
            then == now
        };
        let lessons = "6 lessons: 1 of the register, 5 noted in reports alone";
        assert!(compared(BuiltIn::LessonsOnTheWay, json!("6 lessons"), lessons));
        assert!(!compared(BuiltIn::LessonsOnTheWay, json!("5 lessons"), lessons));
        assert!(compared(BuiltIn::LessonsRecommend, json!("1 of 1"), "1 of 1 of the register"));
        assert!(!compared(BuiltIn::LessonsRecommend, json!("1 of 1"), "1 of 12 of the register"));
        assert!(compared(
            BuiltIn::ExposureCovered,
            Value::Null,
            "9 000 EUR left against threats of 1 720 EUR"
        ));
        assert!(compared(
            BuiltIn::ContingencyCovers,
            json!("9 000 EUR against 1 720 EUR"),
            "9 000 EUR against 1 720 EUR once every response is decided and works, and 5 550 EUR until then"
        ));
        assert!(!compared(BuiltIn::LogsOpen, Value::Null, "3 of 3"));
    }

    /// An earlier program told the 1 720 that were hoped for, where the colour judged 5 550: 9 000 − 1 720 and 9 000 − 5 550 are left.
    #[test]
    fn threats_that_were_hoped_for_are_no_edit_where_they_are_told_still() {
        let of = |forecast: Value, left: &str| {
            let mut document = document(BuiltIn::OptionsCompared.words(), "4 options");
            let risk = json!(["Risk", {"status": {"word": "Amber"}}, "contingency 9 000 EUR", "—", forecast, {"text": left, "note": "left after threats"}]);
            document.0["opening"]["scorecard"] = json!({"rows": [risk]});
            document
        };
        let compared = |hoped: &str| {
            let note = format!("{hoped}{ONCE_DECIDED}");
            let now = of(json!({"text": "threats 5 550 EUR", "note": note}), "+3 450");
            let (then, now) = alike(GateId::G1, of(json!("threats 1 720 EUR"), "+7 280"), now);
            then == now
        };
        assert!(compared("1 720 EUR"));
        // A risk that was rated anew since is an edit.
        assert!(!compared("2 000 EUR"));
    }

    #[test]
    fn what_a_folded_chart_draws_first_is_called_as_today() {
        let said = |first: &str| json!({"sentence": format!("Drawn are 30 of 74 rows: stages, gates, {first}, then what lasts longest; all.")});
        let mut then = said("the longest path");
        call_as_today(&mut then);
        assert_eq!(then, said("critical work"));
    }

    #[test]
    fn a_criterion_that_asked_for_something_else_is_not_compared() {
        let then = document("At least two options are compared, in the same years", "3 options");
        let mut now = document(BuiltIn::OptionsCompared.words(), "3 options of 4 that are asked for");
        now.0["checklist"]["rows"][0]["answer"] = json!("partly");
        now.0["checklist"]["summary"] = json!("1 partly");
        let (then, now) = alike(GateId::G1, then, now);
        assert_eq!(then, now);
    }

    /// The first issue of the project comes up after G1: the log that is begun for it is no edit of what was decided.
    #[test]
    fn a_log_that_is_begun_later_is_not_compared() {
        let words = BuiltIn::LogsOpen.words();
        let mut then = document(words, "2 of 3: none of issues (`issues.yaml`)");
        then.0["checklist"]["rows"][0]["answer"] = json!("partly");
        then.0["checklist"]["summary"] = json!("1 partly");
        let (then, now) = alike(GateId::G1, then, document(words, "3 of 3"));
        assert_eq!(then, now);
        assert!(rows(&now.0).is_empty());
        // A log that is gone was deleted.
        let (then, now) =
            alike(GateId::G1, document(words, "3 of 3"), document(words, "2 of 3: none of issues"));
        assert_ne!(then, now);
    }

    #[test]
    fn what_only_one_program_asks_by_is_left_out_and_with_it_how_many_are_met() {
        let mut now = document(BuiltIn::OptionsCompared.words(), "4 options");
        let more = json!({"criterion": BuiltIn::LogsOpen.words(), "answer": "no", "computed": true});
        rows_mut(&mut now.0).unwrap().push(more);
        now.0["checklist"]["summary"] = json!("1 yes and 1 no");
        now.0["opening"]["ask"] = json!("Approve it.");
        let then = document(BuiltIn::OptionsCompared.words(), "4 options");
        let (then, now) = alike(GateId::G1, then, now);
        assert_eq!(then, now);
        assert_eq!(rows(&now.0).len(), 1);
        // What people ask by themselves stays, whoever took it away.
        let mut then = document(BuiltIn::OptionsCompared.words(), "4 options");
        let own = json!({"criterion": "The roof is tight", "answer": "yes", "computed": false});
        rows_mut(&mut then.0).unwrap().push(own);
        let (then, now) = alike(GateId::G1, then, document(BuiltIn::OptionsCompared.words(), "4 options"));
        assert_ne!(then, now);
    }

    #[test]
    fn of_a_rule_behind_a_colour_the_figures_are_compared() {
        let with_rule = |text: &str| {
            let mut one = document(BuiltIn::LogsOpen.words(), "3 of 3");
            one.0["opening"]["rules"][0]["text"] = json!(text);
            one
        };
        let same = |one: &str, other: &str| {
            let (then, now) = alike(GateId::G1, with_rule(one), with_rule(other));
            then == now
        };
        assert!(same("Green: at most 5 d late", "Green while it is late by no more than 5 d"));
        assert!(!same("Green: at most 5 d late", "Green: at most 6 d late"));
    }

    #[test]
    fn of_a_state_the_word_counts_and_not_its_mark() {
        let of = |status: Value| (json!({"rows": [{"cells": [{"status": status}]}]}), json!({}));
        let earlier = json!({"word": "To come, late", "letter": "A", "class": "amber"});
        let same = |today: Value| {
            let (then, now) = alike(GateId::G1, of(earlier.clone()), of(today));
            then == now
        };
        assert!(same(json!({"word": "To come, late", "class": "open"})));
        assert!(!same(json!({"word": "Late", "letter": "A", "class": "amber"})));
    }

    #[test]
    fn what_was_green_before_anything_was_known_is_no_difference() {
        let of = |word: &str, note: &str| {
            let cells = json!([{"text": "Data"}, {"status": {"word": word}, "note": note}]);
            (json!({"opening": {"scorecard": {"rows": [{"cells": cells}]}}}), json!({}))
        };
        let same = |then, now| {
            let (then, now) = alike(GateId::G1, then, now);
            then == now
        };
        let silence = "Nothing has been reported in the 9 days since the start";
        assert!(same(of("Green", silence), of("Not rated", silence)));
        let known = crate::format::sentence_start(NOTHING_KNOWN);
        assert!(same(of("Green", "The forecast finish is the promised one"), of("Not rated", &known)));
        assert!(!same(of("Amber", silence), of("Not rated", silence)));
        assert!(!same(of("Green", "The newest report is of the status date"), of("Not rated", "No report")));
    }

    #[test]
    fn threats_that_an_earlier_program_called_exposure_are_the_same() {
        let of = |label: &str, sum: &str, note: &str| {
            let cells = json!([label, sum, {"text": "+8 000", "note": note}]);
            (json!({"since": {"table": {"rows": [{"cells": cells}]}}}), json!({}))
        };
        let earlier = of("Risk exposure", "exposure 1 000 EUR", "left after exposure");
        let (then, now) =
            alike(GateId::G2, earlier.clone(), of("Threats", "threats 1 000 EUR", "left after threats"));
        assert_eq!(then, now);
        let (then, now) =
            alike(GateId::G2, earlier, of("Threats", "threats 2 000 EUR", "left after threats"));
        assert_ne!(then, now);
    }

    /// G5 was frozen, then the report of the same day was closed: it differed from what was decided for the file of that report.
    #[test]
    fn a_record_that_came_into_the_archive_later_is_no_difference_and_one_that_was_edited_is() {
        let index = |rows: Value| {
            let tables = json!([{"title": RECORDS, "table": {"head": ["Record", "What it is", "Digest"], "rows": rows}}]);
            (json!({"parts": {"archive": {"title": "Archive index", "tables": tables}}}), json!({}))
        };
        let row = |cells: [&str; 3]| json!({"cells": cells.map(|text| json!({"text": text}))});
        let (first, later) =
            (["gates/G4.md", "Decisions", "aa"], ["snapshots/2026-07-31.yaml", "Frozen reports", "cc"]);
        let frozen = || index(json!([row(first)]));
        let (then, now) = alike(GateId::G5, frozen(), index(json!([row(first), row(later)])));
        assert_eq!(then, now);
        let edited = ["gates/G4.md", "Decisions", "bb"];
        let (then, now) = alike(GateId::G5, frozen(), index(json!([row(edited), row(later)])));
        assert_ne!(then, now);
        let (then, now) = alike(GateId::G5, frozen(), index(json!([])));
        assert_ne!(then, now);
    }

    #[test]
    fn that_a_figure_is_too_early_to_count_is_no_difference() {
        let of = |note: &str| {
            (json!({"scorecard": {"rows": [{"cells": [{"text": "Time", "note": note}]}]}}), json!({}))
        };
        let (then, now) = alike(GateId::G1, of("SPI(t) 0.600"), of("SPI(t) 0.600, too early to count"));
        assert_eq!(then, now);
        let (then, now) = alike(GateId::G1, of("SPI(t) 0.600"), of("SPI(t) 0.700, too early to count"));
        assert_ne!(then, now);
    }

    #[test]
    fn what_is_told_of_approved_scope_today_is_no_difference() {
        let of = |note: &str| (json!({"facts": [{"label": "Scope", "note": note}]}), json!({}));
        let added = "Approved changes add 9 000 EUR, 60 % of the budget as first approved";
        for today in [format!("{added}; nothing came in without approval; more"), format!("{added}; more")] {
            let (then, now) = alike(GateId::G1, of("Scope has not grown; more"), of(&today));
            assert_eq!(then, now);
        }
        let (then, now) = alike(GateId::G1, of("Scope has grown by 2 % of the budget"), of(added));
        assert_ne!(then, now);
    }

    /// After a new baseline G5 called the first value approved, and that of the baseline in force planned.
    #[test]
    fn which_net_present_value_is_approved_is_said_otherwise_and_is_no_difference() {
        let of = |[first, value, second]: [&str; 3]| {
            let cells = json!([{"text": "Net present value"}, {"text": "98 778 EUR", "note": first}, {"text": value, "note": second}]);
            (
                json!({"parts": {"objectives": {"tables": [{"table": {"rows": [{"cells": cells}]}}]}}}),
                json!({}),
            )
        };
        let before = || of(["as approved", "95 906 EUR", "as planned, computed anew"]);
        let (then, now) =
            alike(GateId::G5, before(), of(["as first approved", "95 905 EUR", "as approved in B2"]));
        assert_eq!(then, now);
        let (then, now) =
            alike(GateId::G5, before(), of(["as approved", "90 000 EUR", "as planned, computed anew"]));
        assert_ne!(then, now);
    }

    /// EAC₃ at an SPI of 0.46 was the upper end of the range.
    #[test]
    fn a_range_that_ended_in_what_is_no_forecast_is_the_same_without_it() {
        let of = |note: &str, sentence: &str| {
            let chart = json!({"sentence": sentence, "table": {}});
            let fact = json!({"text": "264 019 EUR", "note": note});
            (json!({"opening": {"facts": [fact]}, "parts": {"money": {"chart": chart}}}), json!({}))
        };
        let today = |high: &str| {
            let told = "Work is forecast. Not drawn: 487 133 EUR (cost and time pressure (EAC₃), no forecast below an SPI of 0.50).";
            of(&format!("257 318 to {high}"), told)
        };
        let earlier = || of("257 318 to 487 133", "Work is forecast.");
        let (then, now) = alike(GateId::G2, earlier(), today("269 351"));
        assert_eq!(then, now);
        // Another beginning is another figure, and so is another end where nothing is left out.
        let (then, now) = alike(GateId::G2, of("250 000 to 487 133", ""), today("269 351"));
        assert_ne!(then, now);
        let (then, now) = alike(GateId::G2, earlier(), of("257 318 to 269 351", "Work is forecast."));
        assert_ne!(then, now);
    }

    #[test]
    fn an_earlier_program_did_not_compute_what_is_asked_for() {
        let mut now = document(BuiltIn::LogsOpen.words(), "3 of 3");
        now.1["facts"] = json!([
            {"label": ASKED, "text": "12 EUR"},
            {"label": RELEASED, "text": "10 EUR", "note": "2 EUR less than was asked for"},
        ]);
        now.0["opening"]["ask"] = json!("Approve it up to 12 EUR.");
        let (then, now) = alike(GateId::G1, document(BuiltIn::LogsOpen.words(), "3 of 3"), now);
        assert_eq!(then, now);
    }
}
