//! The checklist of a gate: what people answered, what the program answers, and how much of it holds.

use serde::Serialize;

use crate::document::GateDocument;
use crate::document::criterion::Criterion;
use crate::format;
use crate::model::Answer;
use crate::page::Desk;
use crate::page::gates::{gate_list, gates_of, open_before};
use crate::page::view::Cell;

/// The checklist of a gate.
#[derive(Debug, Serialize)]
pub struct Checklist {
    /// Criteria with their answers: computed ones first, then those of people.
    pub rows: Vec<CheckRow>,
    /// How many hold and what share that is.
    pub summary: String,
    /// How the share is computed.
    pub rule: &'static str,
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
    /// Where the proof is.
    pub evidence: Vec<Cell>,
    /// Who answers for it.
    pub owner: Option<String>,
    /// Figures or a remark.
    pub comment: Option<String>,
    /// Its anchor.
    pub id: Option<String>,
}

/// Puts the checklist of a gate together.
#[must_use]
pub fn checklist(document: &dyn GateDocument, desk: &Desk<'_>) -> Checklist {
    let computed = earlier_gates(document, desk).into_iter().chain(document.criteria(desk));
    let computed = computed.map(|criterion| CheckRow {
        criterion: criterion.criterion,
        answer: criterion.answer,
        computed: true,
        evidence: criterion.evidence.map(|link| Cell::text(link.label).href(link.href)).into_iter().collect(),
        owner: None,
        comment: criterion.comment,
        id: None,
    });
    let record = desk.project.project.gates.get(&document.gate());
    let answered = record.into_iter().flat_map(|record| &record.checklist).map(|item| CheckRow {
        criterion: format::sentence_start(&item.criterion),
        answer: answer_word(item.answer),
        computed: false,
        evidence: item
            .evidence
            .iter()
            .map(|text| Cell::text(crate::prose::inline_text(&text.markdown)))
            .collect(),
        owner: item.owner.map(|person| desk.project.project.person_name(person).to_owned()),
        comment: item.comment.as_ref().map(|text| crate::prose::inline_text(&text.markdown)),
        id: None,
    });
    let rows: Vec<CheckRow> = computed.chain(answered).collect();
    let answers: Vec<&str> = rows.iter().map(|row| row.answer).collect();
    Checklist {
        summary: summary(&answers),
        rows,
        rule: "Compliance = (yes + ½ partly) ÷ (all − not applicable); open questions count as no. \
               Above 80 %: nearly complete; 51 to 80 %: some key activities missing; 50 % or less: major gaps (PM²).",
    }
}

/// Whether every gate before this one has been passed; none for the first gate of the project.
fn earlier_gates(document: &dyn GateDocument, desk: &Desk<'_>) -> Option<Criterion> {
    let gate = document.gate();
    gates_of(desk.project).iter().any(|one| *one < gate).then(|| {
        let open = open_before(desk, gate);
        let criterion = Criterion::holds("Every earlier gate has been passed", Some(open.is_empty()))
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
    let band = if good * 100 > of * 80 {
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
        check(&["yes"], "1 yes: compliance 100 %, nearly complete.");
        check(&["yes", "open"], "1 yes and 1 open: compliance 50 %, major gaps.");
        check(
            &["yes", "yes", "yes", "yes", "no"],
            "4 yes and 1 no: compliance 80 %, some key activities missing.",
        );
        check(&["na"], "No criterion applies.");
    }
}
