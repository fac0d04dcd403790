//! Files that say something else than what a board decided on.

use crate::declare_rule;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::format;
use crate::report::{GateDifference, ProjectReport};

declare_rule! {
    /// The document of a decided gate was frozen, and the files of today would give another one: a figure, a sentence or the
    /// decision itself is not what was signed. The finding names the first places, then and now, with the lines they were typed in;
    /// the page *Gates* and the document list all of them.
    ///
    /// Once a later gate was passed and its document frozen, only what was edited after that is found in the documents of the gates
    /// before it: its board decided on the plan as it then stood, whatever planning had changed until then. Once a new baseline has come into
    /// force that a gate, an approved change or a decision allows, what rests on `plan.yaml` is no difference any more: the plan was changed
    /// by authority, and what is edited after that is found against the new baseline (`W604`). That goes for gates before the first baseline,
    /// too.
    ///
    /// A project lives on after its gates. Nothing is found as long as no line that the board had before it was rewritten or taken away:
    /// not for files that came later, for a risk that is rated anew in its register, or for what is filled in, as `done:` on a condition
    /// or `basis:` of an estimate. The document lists what differs all the same.
    ///
    /// Where all files are those of the day on which it was frozen, the difference is how this version of milepost draws the document,
    /// and nothing is found.
    ///
    /// What was booked, reported or broken later is no difference. Money that is expected (`forecast` in `costs.csv`) has no day on which it
    /// became known: a document that is put together from later files leaves it out.
    ///
    /// **Why it matters.** The board decided on what it saw. An input that is put right or put nicer afterwards makes no other
    /// decision, but it hides what the decision rested on. The document goes on to say what was frozen.
    ///
    /// **What to do.** Restore what was edited by mistake. Where the plan has really changed, let a change or the next gate say so. A
    /// correction of an old ledger that is right as it is can be let pass with a waiver that says why.
    ///
    /// Wrong: the duration of a finished task edited in `plan.yaml` after G2, because it looked better.
    ///
    /// Right: an approved entry in `changes.yaml`, and a new baseline.
    pub static DECIDED_OTHERWISE: Rule =
        ("W642", "decided-otherwise", Warning, "0.1.0", "the files differ from what was decided at a gate");
}

/// How many differences the finding names.
const NAMED: usize = 5;

/// Looks at what the comparison of frozen documents has found.
pub(super) fn look(report: &ProjectReport, found: &mut Diagnostics) {
    for compared in &report.decided {
        let open: Vec<&GateDifference> = compared.open().collect();
        if open.is_empty() {
            continue;
        }
        let Some(frozen) = report.project.frozen_gate(compared.gate, compared.decided) else { continue };
        if compared.is_drawn_otherwise(frozen) {
            continue;
        }
        let count = open.len();
        let places = if count == 1 { "one place".to_owned() } else { format!("{count} places") };
        let mut named: Vec<String> = open.iter().take(NAMED).map(|one| difference(one)).collect();
        if count > NAMED {
            named.push(format!("and {} more", count - NAMED));
        }
        let finding = Diagnostic::new(
            &DECIDED_OTHERWISE,
            frozen.origin,
            format!(
                "`{}` differs in {places} from what was decided on {}: {}",
                compared.gate,
                format::iso(compared.decided),
                named.join("; ")
            ),
        );
        let files = asked_back(&compared.edited_files, &open);
        let hint = if files.is_empty() {
            "restore what was edited, or have the gate decided again".to_owned()
        } else {
            let files: Vec<String> = files.iter().map(|file| format!("`{file}`")).collect();
            format!("restore what was edited in {}, or have the change decided", format::listed(&files))
        };
        found.push(finding.hint(hint));
    }
}

/// Of files that were edited without authority those in which the differences were typed. Where one of them cannot be traced to a line, or was typed elsewhere, all
/// of them may be the cause.
fn asked_back<'a>(edited: &'a [String], open: &[&GateDifference]) -> Vec<&'a String> {
    let is_traced =
        |one: &&GateDifference| one.typed.iter().any(|place| edited.iter().any(|file| place.is_in(file)));
    let is_cause = |file: &&String| open.iter().any(|one| one.typed.iter().any(|place| place.is_in(file)));
    let all_traced = open.iter().all(is_traced);
    edited.iter().filter(|file| !all_traced || is_cause(file)).collect()
}

/// A difference in words: `Schedule › Go-live › Forecast` then 25 Nov 2026, now 27 Nov 2026 (`plan.yaml:12`).
fn difference(one: &GateDifference) -> String {
    let from = match (&one.then, &one.now) {
        (Some(then), Some(now)) => told_from(then, now),
        _ => 0,
    };
    let said = |words: Option<&String>| {
        words.map_or_else(|| "nothing".to_owned(), |words| format!("“{}”", short(words, from)))
    };
    let places: Vec<String> =
        one.typed.iter().map(|place| format!("`{}:{}`", place.path, place.line)).collect();
    let typed = if places.is_empty() { String::new() } else { format!(" ({})", places.join(", ")) };
    format!("{} then {}, now {}{typed}", one.place, said(one.then.as_ref()), said(one.now.as_ref()))
}

/// So many letters of a long text are told.
const LETTERS: usize = 90;

/// From which letter two texts are told, so that where they begin to differ is among what is told: the first where it is anyway.
fn told_from(then: &str, now: &str) -> usize {
    let alike = then.chars().zip(now.chars()).take_while(|(then, now)| then == now).count();
    if alike < LETTERS - 20 {
        return 0;
    }
    // From the beginning of a word, some words before.
    let before: Vec<char> = then.chars().take(alike - 30).collect();
    before.iter().rposition(|letter| *letter == ' ').map_or(0, |space| space + 1)
}

/// The words of a long text from a letter on.
fn short(words: &str, from: usize) -> String {
    let n_letters = words.chars().count();
    if n_letters <= LETTERS {
        return words.to_owned();
    }
    let cut: String = words.chars().skip(from).take(LETTERS).collect();
    let begin = if from > 0 { "…" } else { "" };
    let end = if from + LETTERS < n_letters { "…" } else { "" };
    format!("{begin}{}{end}", cut.trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_texts_are_told_where_they_begin_to_differ() {
        let told = |then: &str, now: &str| {
            let from = told_from(then, now);
            (short(then, from), short(now, from))
        };
        assert_eq!(told("4 Aug", "5 Aug"), ("4 Aug".to_owned(), "5 Aug".to_owned()));
        let lead = "Forecast 2 Dec 2026, as promised, with much to say about how it came to that and who answers for it all: ";
        let (then, now) = told(&format!("{lead}49 % of the runs"), &format!("{lead}51 % of the runs"));
        assert!(
            then.starts_with('…') && then.ends_with("who answers for it all: 49 % of the runs"),
            "{then}"
        );
        assert!(now.ends_with("51 % of the runs"), "{now}");
        let (then, _) = told(&format!("A{lead}{lead}"), &format!("B{lead}{lead}"));
        assert!(then.starts_with("AForecast") && then.ends_with('…'), "{then}");
    }
}
