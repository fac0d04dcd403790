//! Findings in the forms that services of continuous integration read.
//!
//! Comes in: a list of findings, where their files lie in the repository, and from which severity on a run fails. Goes out: text.
//! Not here: printing, and the forms for people and for programs of one's own, which stand in [`render`](super::render).

mod github;
mod gitlab;
mod junit;
mod sarif;

use std::collections::BTreeMap;
use std::fmt::Write as _;

use sha2::{Digest as _, Sha256};

pub use github::github;
pub use gitlab::gitlab;
pub use junit::{KeptCheck, junit};
pub use sarif::sarif;

use super::{Diagnostic, Diagnostics, Places, Severity, Span};

/// What a form is made of.
#[derive(Clone, Copy)]
pub struct Findings<'a> {
    /// The findings, in reading order.
    pub found: &'a Diagnostics,
    /// The texts that they point into.
    pub places: &'a dyn Places,
    /// The path from the root of the repository to the portfolio folder, with `/`; empty where they are the same. A service finds
    /// a file by its path in the repository.
    pub folder: &'a str,
    /// Where the files of each project lie in the portfolio, by its folder name: `projects/net/`, or empty where the portfolio is the
    /// project. One that is missing could not be read.
    pub homes: &'a BTreeMap<String, String>,
    /// The severity from which on the run fails; none where it never does.
    pub failing: Option<Severity>,
}

impl Findings<'_> {
    /// The path of a file as the repository knows it.
    fn path(&self, span: Span) -> String {
        self.below(self.places.path(span.file))
    }

    /// The path of what lies in the portfolio folder as the repository knows it.
    fn below(&self, path: &str) -> String {
        if self.folder.is_empty() { path.to_owned() } else { format!("{}/{path}", self.folder) }
    }

    /// Whether a finding lets the run fail.
    fn fails(&self, diagnostic: &Diagnostic) -> bool {
        diagnostic.waiver.is_none() && self.failing.is_some_and(|level| diagnostic.severity >= level)
    }

    /// For each finding what it is known by from run to run, so that a service can tell a new one from an old one: rule, file and
    /// words count, and which of those alike it is; its line does not, because it moves with every line written above it.
    fn fingerprints(&self) -> Vec<String> {
        let mut alike = BTreeMap::new();
        let print = |diagnostic: &Diagnostic| {
            let path = diagnostic.span.map(|span| self.path(span)).unwrap_or_default();
            let key = format!("{}\n{path}\n{}", diagnostic.rule.code, diagnostic.message);
            let number = alike.entry(key.clone()).and_modify(|number| *number += 1).or_insert(0_usize);
            let digest = Sha256::digest(format!("{key}\n{number}"));
            digest[..16].iter().fold(String::new(), |mut digits, byte| {
                // Writing to memory does not fail.
                let _ = write!(digits, "{byte:02x}");
                digits
            })
        };
        self.found.iter().map(print).collect()
    }
}

/// What is wrong and what to do, a line each.
fn words(diagnostic: &Diagnostic) -> String {
    let mut words = diagnostic.message.clone();
    for hint in &diagnostic.hints {
        words.push_str("\nhelp: ");
        words.push_str(hint);
    }
    words
}

/// Code and name of the rule.
fn title(diagnostic: &Diagnostic) -> String {
    format!("{} {}", diagnostic.rule.code, diagnostic.rule.name)
}

#[cfg(test)]
mod samples {
    use super::*;
    use crate::diagnostic::{FileId, Waiver};

    crate::declare_rule! {
        /// Stands for a rule of another room.
        static CYCLE: Rule = ("E103", "dependency-cycle", Error, "0.1.0", "tasks wait for each other");
    }
    crate::declare_rule! {
        /// Stands for a warning of another room.
        static LATE: Rule = ("W203", "late", Warning, "0.1.0", "something is late");
    }

    /// One file.
    pub struct Plan;

    impl Places for Plan {
        fn path(&self, _: FileId) -> &'static str {
            "projects/net work/plan.yaml"
        }

        fn text(&self, _: FileId) -> &'static str {
            "a: 1\né: 2\n"
        }
    }

    /// An error with a place and a further one, a warning of the portfolio, the same error once more on another line, and one
    /// that is let pass.
    pub fn four() -> Diagnostics {
        let at = |start, end| Span::new(FileId(0), start, end);
        let mut found = Diagnostics::default();
        let mut first = Diagnostic::new(&CYCLE, at(9, 10), "50% of <a> & `b`")
            .also(at(3, 4), "here, too")
            .hint("mend it");
        first.project = Some("net work".to_owned());
        let mut again = first.clone();
        again.span = Some(at(0, 1));
        found.push(first);
        found.push(Diagnostic::new(&LATE, None, "late"));
        found.push(again);
        let mut waived = Diagnostic::new(&LATE, at(0, 1), "known");
        let until = jiff::civil::date(2026, 12, 1);
        waived.waiver = Some(Waiver { reason: "agreed".to_owned(), by: "Ana".to_owned(), until });
        waived.project = Some("net work".to_owned());
        found.push(waived);
        found
    }

    /// The four, in a portfolio below `pm`; errors fail.
    pub fn findings(found: &Diagnostics) -> Findings<'_> {
        static NONE: BTreeMap<String, String> = BTreeMap::new();
        Findings { found, places: &Plan, folder: "pm", homes: &NONE, failing: Some(Severity::Error) }
    }

    #[test]
    fn findings_alike_are_told_apart_and_do_not_depend_on_lines() {
        let found = four();
        let prints = findings(&found).fingerprints();
        let mut distinct = prints.clone();
        distinct.sort();
        distinct.dedup();
        assert_eq!(distinct.len(), 4, "{prints:?}");
        let mut moved = Diagnostics::default();
        for diagnostic in &found {
            let mut diagnostic = diagnostic.clone();
            diagnostic.span = diagnostic.span.map(|span| Span { start: 1, end: 2, ..span });
            moved.push(diagnostic);
        }
        assert_eq!(findings(&moved).fingerprints(), prints);
    }
}
