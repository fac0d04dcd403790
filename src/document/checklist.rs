//! The checklist of a gate: what people answered, what the program answers, and how much of it holds.

use serde::Serialize;

use crate::document::GateDocument;
use crate::document::criterion::{Count, Criterion};
use crate::document::readiness::Readiness;
use crate::document::unread::why_open;
use crate::format;
use crate::model::{Answer, BuiltIn, ChecklistItem, OwnCriterion};
use crate::page::Desk;
use crate::page::gates::{board_conditions, gate_list, gates_of, open_before};
use crate::page::statement::told;
use crate::page::view::Cell;
use crate::quantity::GateId;
use crate::report::Truth;

/// The checklist of a gate.
#[derive(Debug, Serialize)]
pub struct Checklist {
    /// Criteria with their answers: those that the program asks for, the gate's own over figures, then those of people.
    pub rows: Vec<CheckRow>,
    /// How many hold and what share that is.
    pub summary: String,
    /// How the share is computed.
    pub rule: &'static str,
    /// Whether the gate is ready, and what stands in the way.
    pub readiness: Readiness,
}

/// A criterion with its answer.
#[derive(Clone, Debug, Serialize)]
pub struct CheckRow {
    /// The statement that should hold.
    pub criterion: String,
    /// `yes`, `partly`, `no`, `na` or `open`.
    pub answer: &'static str,
    /// Whether the program answered it.
    pub computed: bool,
    /// What is asked of the figures, as written, leading to its line; none for a criterion that is no statement over figures.
    pub statement: Option<Cell>,
    /// Where the proof is.
    pub evidence: Vec<Cell>,
    /// Who answers for it.
    pub owner: Option<String>,
    /// The values put in; why it cannot be answered, where it cannot.
    pub comment: Option<String>,
    /// What people say of it.
    pub remark: Option<String>,
    /// The condition of the board under which it may be open: what is asked, who does it, by when.
    pub covered: Option<String>,
    /// The line on which people wrote it; none for what the program asks by itself.
    pub place: Option<Cell>,
    /// Its anchor.
    pub id: Option<String>,
}

impl CheckRow {
    /// Whether it keeps the gate from being ready: not met, and no condition covers it.
    #[must_use]
    pub fn stands_in_the_way(&self) -> bool {
        !matches!(self.answer, "yes" | "na") && self.covered.is_none()
    }
}

/// Puts the checklist of a gate together; of a decided one it is said how ready it was.
#[must_use]
pub fn checklist(document: &dyn GateDocument, desk: &Desk<'_>, is_decided: bool) -> Checklist {
    let gate = document.gate();
    let record = desk.project.project.gates.get(&gate);
    let people: Vec<&ChecklistItem> = record.into_iter().flat_map(|record| &record.checklist).collect();
    let earlier = earlier_gates(document, desk).into_iter().chain(earlier_conditions(gate, desk));
    let asked = earlier.chain(document.criteria(desk)).map(|criterion| built_in(desk, criterion));
    let own = desk.project.project.criteria.get(&gate).into_iter().flatten().map(|own| own_row(desk, own));
    let mut rows: Vec<CheckRow> = asked.chain(own).collect();
    for item in people {
        match rows.iter_mut().find(|row| BuiltIn::is_meant(gate, &row.criterion, &item.criterion)) {
            Some(row) => {
                if !row.computed {
                    row.answer = answer_word(item.answer);
                }
                add_remarks(row, item, desk);
            }
            None => rows.push(answered(item, desk)),
        }
    }
    for row in &mut rows {
        row.covered = covered(desk, gate, &row.criterion).filter(|_| matches!(row.answer, "partly" | "no"));
    }
    let answers: Vec<&str> = rows.iter().map(|row| row.answer).collect();
    Checklist {
        summary: summary(&answers),
        readiness: Readiness::of(&rows, is_decided),
        rows,
        rule: "Compliance = (yes + ½ partly) ÷ (all − not applicable); open questions count as no. \
               100 %: complete; above 80 %: nearly complete; 51 to 80 %: some key activities missing; 50 % or less: major gaps (PM²).",
    }
}

/// A criterion with its answer and nothing else.
pub(super) fn row(criterion: &str, answer: &'static str) -> CheckRow {
    CheckRow {
        criterion: format::sentence_start(criterion),
        answer,
        computed: false,
        statement: None,
        evidence: Vec::new(),
        owner: None,
        comment: None,
        remark: None,
        covered: None,
        place: None,
        id: None,
    }
}

/// What the program asks by itself; it is open where it rests on what could not be read.
fn built_in(desk: &Desk<'_>, criterion: Criterion) -> CheckRow {
    let computed = criterion.is_computed();
    if let Some(why) = why_open(&desk.project.project, criterion.criterion).filter(|_| computed) {
        let comment = Some(why);
        return CheckRow { computed, comment, ..row(criterion.criterion.words(), "open") };
    }
    let evidence = criterion.evidence.map(|link| Cell::text(link.label).href(link.href));
    CheckRow {
        computed,
        evidence: evidence.into_iter().collect(),
        comment: criterion.comment,
        ..row(criterion.criterion.words(), criterion.answer)
    }
}

/// A statement over figures.
fn own_row(desk: &Desk<'_>, own: &OwnCriterion) -> CheckRow {
    let judged = desk.project.judge(&own.statement);
    let told = told(desk, &judged);
    let answer = match judged.truth {
        Truth::Holds => "yes",
        Truth::Partly => "partly",
        Truth::Fails => "no",
        Truth::NothingThere => "na",
        Truth::Unknown => "open",
    };
    CheckRow {
        computed: true,
        statement: Some(Cell::text(own.statement.to_string()).href(desk.href_place(own.statement_origin))),
        evidence: told.evidence,
        comment: Some(told.values),
        place: Some(desk.place_cell(Some(own.origin))),
        ..row(&own.words, answer)
    }
}

/// What people answered.
fn answered(item: &ChecklistItem, desk: &Desk<'_>) -> CheckRow {
    let mut row = row(&item.criterion, answer_word(item.answer));
    add_remarks(&mut row, item, desk);
    row
}

/// Evidence, owner and comment of people; of a criterion that the program answers they do not change the answer.
fn add_remarks(row: &mut CheckRow, item: &ChecklistItem, desk: &Desk<'_>) {
    let text = |text: &crate::model::Text| crate::prose::inline_text(&text.markdown);
    row.evidence.extend(item.evidence.iter().map(|proof| Cell::text(text(proof))));
    row.owner = item.owner.map(|person| desk.project.project.person_name(person).to_owned());
    row.remark = item.comment.as_ref().map(text);
    if row.place.is_none() {
        row.place = Some(desk.place_cell(Some(item.origin)));
    }
}

/// The condition of the board that covers a criterion: named by its words, with somebody who does it by a day.
fn covered(desk: &Desk<'_>, gate: GateId, criterion: &str) -> Option<String> {
    let project = &desk.project.project;
    let mut conditions = project.gates.get(&gate)?.conditions.iter();
    let condition = conditions
        .find(|one| one.covers.iter().any(|(words, _)| BuiltIn::is_meant(gate, criterion, words)))?;
    let (owner, due) = condition.owner.zip(condition.due)?;
    if condition.is_withheld {
        return Some(crate::prose::inline_text(&condition.condition.markdown));
    }
    Some(format!(
        "{}, {}, by {}",
        crate::prose::inline_text(&condition.condition.markdown),
        project.person_name(owner),
        format::date(due)
    ))
}

/// Conditions of earlier gates whose day has come; none for a gate that asks for all of them, or before which there is none.
fn earlier_conditions(gate: GateId, desk: &Desk<'_>) -> Option<Criterion> {
    let day = desk.project.status_date;
    let is_asked = BuiltIn::EarlierConditionsMet.gates().contains(&gate);
    (is_asked && gates_of(desk.project).iter().any(|one| *one < gate)).then(|| {
        let of_earlier = board_conditions(desk).into_iter().filter(|(of, _)| *of < gate);
        let due = of_earlier
            .map(|(_, condition)| condition)
            .filter(|condition| condition.due.is_some_and(|due| due <= day));
        let count = Count::of(due, |condition| condition.done.is_some_and(|done| done <= day));
        Criterion::of_all(BuiltIn::EarlierConditionsMet, count).seen_on("Gates", desk.href_page("gates"))
    })
}

/// Whether every gate before this one has been passed; none for the first gate of the project.
fn earlier_gates(document: &dyn GateDocument, desk: &Desk<'_>) -> Option<Criterion> {
    let gate = document.gate();
    gates_of(desk.project).iter().any(|one| *one < gate).then(|| {
        let open = open_before(desk, gate);
        let criterion = Criterion::holds(BuiltIn::EarlierGatesPassed, Some(open.is_empty()))
            .seen_on("Register of gates", desk.href_page("gates"));
        if open.is_empty() { criterion } else { criterion.comment(format!("{} not", gate_list(&open))) }
    })
}

fn answer_word(answer: Option<Answer>) -> &'static str {
    match answer {
        Some(Answer::Yes) => "yes",
        Some(Answer::Partly) => "partly",
        Some(Answer::No) => "no",
        Some(Answer::NotApplicable) => "na",
        None => "open",
    }
}

/// Compliance in halves of a criterion: (2 × yes + partly, 2 × (all − not applicable)); none where nothing applies.
fn compliance(answers: &[&str]) -> Option<(usize, usize)> {
    let count = |word: &str| answers.iter().filter(|answer| **answer == word).count();
    let applies = answers.len() - count("na");
    (applies > 0).then(|| (2 * count("yes") + count("partly"), 2 * applies))
}

/// How many hold, what share that is and what the share means.
fn summary(answers: &[&str]) -> String {
    let Some((good, of)) = compliance(answers) else {
        return "No criterion applies.".to_owned();
    };
    let count = |word: &str| answers.iter().filter(|answer| **answer == word).count();
    let counts: Vec<String> =
        [("yes", "yes"), ("partly", "partly"), ("no", "no"), ("open", "open"), ("na", "not applicable")]
            .into_iter()
            .filter(|(word, _)| count(word) > 0)
            .map(|(word, name)| format!("{}\u{a0}{name}", count(word)))
            .collect();
    // Bands on whole numbers: 51 % begins where more than a half is met.
    let band = if good == of {
        "complete"
    } else if good * 100 > of * 80 {
        "nearly complete"
    } else if good * 2 > of {
        "some key activities missing"
    } else {
        "major gaps"
    };
    format!("{}: compliance {}, {band}.", format::listed(&counts), format::share(good as f64 / of as f64))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(answers: &[&str], expected: &str) {
        assert_eq!(summary(answers).replace('\u{a0}', " "), expected);
    }

    #[test]
    fn partly_counts_half_and_what_does_not_apply_is_left_out() {
        // 9 yes, 2 partly and 3 no of 14 are 10 ÷ 14.
        let mut answers = vec!["yes"; 9];
        answers.extend(["partly", "partly", "no", "no", "no", "na"]);
        check(
            &answers,
            "9 yes, 2 partly, 3 no and 1 not applicable: compliance 71.4 %, some key activities missing.",
        );
    }

    #[test]
    fn bands_are_those_of_the_phase_exit_checklist() {
        check(&["yes"], "1 yes: compliance 100 %, complete.");
        check(
            &["yes", "yes", "yes", "yes", "yes", "partly"],
            "5 yes and 1 partly: compliance 91.7 %, nearly complete.",
        );
        check(&["yes", "open"], "1 yes and 1 open: compliance 50 %, major gaps.");
        check(
            &["yes", "yes", "yes", "yes", "no"],
            "4 yes and 1 no: compliance 80 %, some key activities missing.",
        );
        check(&["na"], "No criterion applies.");
    }
}
