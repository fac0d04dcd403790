//! Files that say something else than what a board decided on.

use crate::declare_rule;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::format;
use crate::model::FrozenGate;
use crate::report::{GateComparison, GateDifference, ProjectReport, TypedPlace};

declare_rule! {
    /// The document of a decided gate was frozen, and the files of today would give another one: a figure, a sentence or the
    /// decision itself is not what was signed. The finding names the first places, then and now, with the lines they were typed in;
    /// the page *Gates* and the document list all of them. An edit that makes several gates differ is one finding, which names them all.
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

/// A gate whose document differs.
struct Differing<'a> {
    compared: &'a GateComparison,
    frozen: &'a FrozenGate,
    /// What somebody is to be asked for.
    open: Vec<&'a GateDifference>,
    /// The files that are asked back.
    files: Vec<&'a String>,
}

impl Differing<'_> {
    /// Whether the documents of two gates differ by one edit: a line that was typed moved both, or, where nothing can be traced to a line,
    /// the same files are asked back.
    fn is_by_the_edit_of(&self, other: &Self) -> bool {
        let mut lines = self.lines().peekable();
        if lines.peek().is_none() || other.lines().next().is_none() {
            return !self.files.is_empty() && self.files == other.files;
        }
        lines.any(|line| other.lines().any(|one| one == line))
    }

    fn lines(&self) -> impl Iterator<Item = &TypedPlace> {
        self.open.iter().flat_map(|one| &one.typed)
    }

    /// How many places of its document differ.
    fn places(&self) -> String {
        match self.open.len() {
            1 => "one place".to_owned(),
            count => format!("{count} places"),
        }
    }
}

/// Looks at what the comparison of frozen documents has found: one finding for each edit, with all gates whose documents it moves.
pub(super) fn look(report: &ProjectReport, found: &mut Diagnostics) {
    let mut edits: Vec<Vec<Differing<'_>>> = Vec::new();
    for compared in &report.decided {
        let open: Vec<&GateDifference> = compared.open().collect();
        if open.is_empty() {
            continue;
        }
        let Some(frozen) = report.project.frozen_gate(compared.gate, compared.decided) else { continue };
        if compared.is_drawn_otherwise(frozen) {
            continue;
        }
        let files = asked_back(&compared.edited_files, &open);
        let differing = Differing { compared, frozen, open, files };
        let known =
            edits.iter_mut().find(|gates| gates.iter().any(|gate| gate.is_by_the_edit_of(&differing)));
        match known {
            Some(gates) => gates.push(differing),
            None => edits.push(vec![differing]),
        }
    }
    for gates in &edits {
        if let Some(finding) = finding(gates) {
            found.push(finding);
        }
    }
}

/// The finding about the gates whose documents one edit moves, at the record of the first; none where there is no gate.
fn finding(gates: &[Differing<'_>]) -> Option<Diagnostic> {
    let (first, others) = gates.split_first()?;
    let decided = |one: &Differing<'_>| format::iso(one.compared.decided);
    let said = if others.is_empty() {
        format!(
            "`{}` differs in {} from what was decided on {}",
            first.compared.gate,
            first.places(),
            decided(first)
        )
    } else {
        let gate = |one: &Differing<'_>| {
            format!("`{}`, decided on {}, in {}", one.compared.gate, decided(one), one.places())
        };
        let gates: Vec<String> = gates.iter().map(gate).collect();
        format!(
            "one edit makes {} gates differ from what was decided: {}",
            gates.len(),
            format::listed(&gates)
        )
    };
    let named = named(gates).join("; ");
    let mut finding = Diagnostic::new(&DECIDED_OTHERWISE, first.frozen.origin, format!("{said}: {named}"));
    for other in others {
        finding = finding.also(other.frozen.origin, "and this one");
    }
    let mut files: Vec<String> = Vec::new();
    for file in gates.iter().flat_map(|gate| &gate.files).map(|file| format!("`{file}`")) {
        if !files.contains(&file) {
            files.push(file);
        }
    }
    Some(finding.hint(if files.is_empty() {
        "restore what was edited, or have the gate decided again".to_owned()
    } else {
        format!("restore what was edited in {}, or have the change decided", format::listed(&files))
    }))
}

/// The first differences in words, and how many more there are: of several gates the first of each before the second of any.
fn named(gates: &[Differing<'_>]) -> Vec<String> {
    let count: usize = gates.iter().map(|gate| gate.open.len()).sum();
    let most = gates.iter().map(|gate| gate.open.len()).max().unwrap_or(0);
    let in_turn =
        (0..most).flat_map(|place| gates.iter().filter_map(move |gate| Some((gate, *gate.open.get(place)?))));
    let words = in_turn.map(|(gate, one)| {
        let of = if gates.len() > 1 { format!("`{}` › ", gate.compared.gate) } else { String::new() };
        of + &difference(one)
    });
    let shown = NAMED.max(gates.len());
    let mut named: Vec<String> = words.take(shown).collect();
    if count > shown {
        named.push(format!("and {} more", count - shown));
    }
    named
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
