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
    /// The way from the folder in which the program runs to the portfolio folder, with `/`; empty where they are the same. A service
    /// finds a file by its path in the repository, at whose root it runs the program.
    pub folder: &'a str,
    /// Where the program runs below the portfolio folder: the path from there, with `/`; empty elsewhere.
    pub within: &'a str,
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
        if self.within.is_empty() {
            return if self.folder.is_empty() { path.to_owned() } else { format!("{}/{path}", self.folder) };
        }
        let (here, there): (Vec<&str>, Vec<&str>) =
            (self.within.split('/').collect(), path.split('/').collect());
        let n_shared = here.iter().zip(&there).take_while(|(one, other)| one == other).count();
        let n_shared = n_shared.min(there.len().saturating_sub(1));
        format!("{}{}", "../".repeat(here.len() - n_shared), there[n_shared..].join("/"))
    }

    /// Where a finding stands: its file and line. Services show none without a file, so one about a whole folder stands at the first
    /// line of `portfolio.yaml`, or of the `project.yaml` of its project.
    fn place(&self, diagnostic: &Diagnostic) -> (String, usize) {
        if let Some(span) = diagnostic.span {
            return (self.path(span), self.places.position(span).line);
        }
        let path = match &diagnostic.project {
            Some(project) => match self.homes.get(project) {
                Some(home) => self.below(&format!("{home}project.yaml")),
                None => self.below(&format!("projects/{project}/project.yaml")),
            },
            None => self.below("portfolio.yaml"),
        };
        (path, 1)
    }

    /// Whether a finding lets the run fail.
    fn fails(&self, diagnostic: &Diagnostic) -> bool {
        diagnostic.waiver.is_none() && self.failing.is_some_and(|level| diagnostic.severity >= level)
    }

    /// For each finding what it is known by from run to run, so that a service can tell a new one from an old one: rule, file,
    /// project and subject count, and which of those alike it is; figures and lines do not, because they move with every report and
    /// with every line written above.
    fn identities(&self) -> Vec<Identity> {
        let mut alike: BTreeMap<String, usize> = BTreeMap::new();
        let identity = |diagnostic: &Diagnostic| {
            let path = diagnostic.span.map(|span| self.path(span)).unwrap_or_default();
            let project = diagnostic.project.as_deref().unwrap_or_default();
            let subject = subject(diagnostic);
            let key = format!("{}\n{path}\n{project}\n{subject}", diagnostic.rule.code);
            let number = *alike.entry(key.clone()).and_modify(|number| *number += 1).or_insert(0);
            let digest = Sha256::digest(format!("{key}\n{number}"));
            let print = digest[..16].iter().fold(String::new(), |mut digits, byte| {
                // Writing to memory does not fail.
                let _ = write!(digits, "{byte:02x}");
                digits
            });
            Identity { subject, number, print }
        };
        self.found.iter().map(identity).collect()
    }
}

/// What a finding is known by from run to run.
struct Identity {
    /// What it is about; empty where only its rule says so.
    subject: String,
    /// Which it is of those alike, counted from 0.
    number: usize,
    /// All of it in 32 digits.
    print: String,
}

/// What a finding is about: as it says itself, else what its words name between backticks, else its words without figures and days.
fn subject(diagnostic: &Diagnostic) -> String {
    if let Some(subject) = &diagnostic.subject {
        return subject.clone();
    }
    let quoted = diagnostic.message.split('`').enumerate().filter(|(place, _)| place % 2 == 1);
    let named: Vec<String> = quoted.map(|(_, word)| format!("`{word}`")).collect();
    if !named.is_empty() {
        return named.join(", ");
    }
    let is_figure = |word: &&str| word.contains(|letter: char| letter.is_ascii_digit()) || is_month(word);
    let words = diagnostic.message.split_whitespace().filter(|word| !is_figure(word));
    words.collect::<Vec<_>>().join(" ")
}

/// Whether a word is a month as dates are told: `5 Aug 2026`.
fn is_month(word: &str) -> bool {
    let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    months.contains(&word.trim_matches(|letter: char| !letter.is_alphabetic()))
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
        Findings {
            found,
            places: &Plan,
            folder: "pm",
            within: "",
            homes: &NONE,
            failing: Some(Severity::Error),
        }
    }

    fn prints(found: &Diagnostics) -> Vec<String> {
        findings(found).identities().into_iter().map(|identity| identity.print).collect()
    }

    #[test]
    fn a_finding_stays_the_same_when_its_figures_change() {
        let of = |message: &str| {
            let mut found = Diagnostics::default();
            found.push(Diagnostic::new(&LATE, None, message));
            prints(&found)
        };
        assert_eq!(of("`build` is 3 days late"), of("`build` is 12 days late"));
        assert_ne!(of("`build` is 3 days late"), of("`test` is 3 days late"));
        assert_eq!(
            of("the report of 5 Aug 2026 is 3 weeks old"),
            of("the report of 1 Sep 2026 is 4 weeks old")
        );
        assert_ne!(of("the report of 5 Aug 2026 is old"), of("the budget of 5 Aug 2026 is old"));
        let check = |message: &str| {
            let mut found = Diagnostics::default();
            found.push(Diagnostic::new(&LATE, None, message).about("early"));
            prints(&found)
        };
        assert_eq!(check("`early` does not hold: `finish` is 1 Feb"), check("`early` does not hold: none"));
    }

    #[test]
    fn paths_count_from_the_folder_in_which_the_program_runs() {
        let found = four();
        let below = |within, path: &str| Findings { folder: "", within, ..findings(&found) }.below(path);
        assert_eq!(below("", "plan.yaml"), "plan.yaml");
        assert_eq!(below("projects/net", "projects/net/plan.yaml"), "plan.yaml");
        assert_eq!(below("projects/net", "projects/other/plan.yaml"), "../other/plan.yaml");
        assert_eq!(below("projects/net", "portfolio.yaml"), "../../portfolio.yaml");
        assert_eq!(below("projects/net", "projects"), "../../projects");
    }

    #[test]
    fn findings_alike_are_told_apart_and_do_not_depend_on_lines() {
        let found = four();
        let prints_of_four = prints(&found);
        let mut distinct = prints_of_four.clone();
        distinct.sort();
        distinct.dedup();
        assert_eq!(distinct.len(), 4, "{prints_of_four:?}");
        let mut moved = Diagnostics::default();
        for diagnostic in &found {
            let mut diagnostic = diagnostic.clone();
            diagnostic.span = diagnostic.span.map(|span| Span { start: 1, end: 2, ..span });
            moved.push(diagnostic);
        }
        assert_eq!(prints(&moved), prints_of_four);
    }
}
