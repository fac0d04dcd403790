//! Findings in a line each, for a person who builds and wants to know how many and where, not what to do about each.
//!
//! Comes in: a list of findings and the texts they point into. Goes out: text. Not here: findings whole ([`super::render`]).

use std::collections::BTreeMap;
use std::fmt::Write as _;

use annotate_snippets::{Group, Renderer};

use super::fold::{Others, folded};
use super::render::{Colour, level};
use super::{Diagnostic, Diagnostics, FileId, Places};

/// So many characters of a message stand in a line of [`in_short`].
const SHORT: usize = 110;

/// Of more lines than this of one rule in one file the first few stand for all.
const MANY: usize = 8;

/// Of more lines than this in all the first few of each rule stand for all of it.
const SCREENS: usize = 120;

/// How many those few are.
const FEW: usize = 3;

/// The findings in a line each: rule, message and place, long messages cut. Waived ones are left out; of many alike in one file the
/// first stands for all and says how many they are besides. Of more than eight of one rule in one file the first three are given and
/// the number of the others, and where that still fills more than 120 lines, the first three of each rule. Empty for no finding.
///
/// `warning[W602 overdue]: request `X3` was promised … 5 working days ago (projects/branch-network/dependencies.yaml:15)`
#[must_use]
pub fn in_short(found: &Diagnostics, places: &dyn Places, colour: Colour) -> String {
    let renderer = match colour {
        Colour::Never => Renderer::plain(),
        Colour::Always => Renderer::styled(),
    };
    let told: Vec<_> = folded(found, places).into_iter().filter(|(one, _)| one.waiver.is_none()).collect();
    let of_file = |one: &Diagnostic| (one.rule.code, one.span.map(|span| span.file));
    let number = |others: &Option<Others>| 1 + others.as_ref().map_or(0, |others| others.number);
    let by_file = thinned(told.iter().map(|(one, others)| (of_file(one), number(others))), MANY);
    let n_lines = by_file.iter().filter(|line| **line != Line::Left).count();
    let lines = if n_lines > SCREENS {
        thinned(told.iter().map(|(one, others)| ((one.rule.code, None::<FileId>), number(others))), FEW)
    } else {
        by_file
    };
    let mut text = String::new();
    for ((diagnostic, others), line) in told.iter().zip(lines) {
        let message = match line {
            Line::Left => continue,
            Line::Said => message_of(diagnostic, others.as_ref(), places),
            Line::Others(number) => match diagnostic.span.filter(|_| n_lines <= SCREENS) {
                Some(span) => format!("and {number} more in {}", places.path(span.file)),
                None => format!("and {number} more"),
            },
        };
        let title = level(diagnostic.severity)
            .primary_title(message.as_str())
            .id(format!("{} {}", diagnostic.rule.code, diagnostic.rule.name));
        text.push_str(renderer.render(&[Group::with_title(title)]).trim_end());
        text.push('\n');
    }
    text
}

/// What becomes of the line of a finding.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Line {
    Said,
    /// The first of so many that are only counted.
    Others(usize),
    Left,
}

/// Of more than `many` lines with one key the first few are said; the next stands for the rest. With each key stands of how many
/// findings its line tells.
fn thinned<Key: Ord>(lines: impl Iterator<Item = (Key, usize)> + Clone, many: usize) -> Vec<Line> {
    let mut of_key: BTreeMap<Key, (usize, usize)> = BTreeMap::new();
    for (key, number) in lines.clone() {
        let (n_lines, n_findings) = of_key.entry(key).or_default();
        *n_lines += 1;
        *n_findings += number;
    }
    let mut seen: BTreeMap<Key, (usize, usize)> = BTreeMap::new();
    lines
        .map(|(key, number)| {
            let (n_lines, n_findings) = of_key.get(&key).copied().unwrap_or_default();
            let (n_before, n_said) = seen.entry(key).or_default();
            *n_before += 1;
            match *n_before - 1 {
                before if n_lines <= many.max(FEW + 1) || before < FEW => {
                    *n_said += number;
                    Line::Said
                }
                FEW => Line::Others(n_findings - *n_said),
                _ => Line::Left,
            }
        })
        .collect()
}

fn message_of(diagnostic: &Diagnostic, others: Option<&Others>, places: &dyn Places) -> String {
    let mut message: String = diagnostic.message.chars().take(SHORT).collect();
    if message.len() < diagnostic.message.len() {
        message.truncate(message.trim_end().rfind(' ').unwrap_or(message.len()));
        message.push_str(" …");
    }
    if let Some(span) = diagnostic.span {
        let _ = write!(message, " ({}:{})", places.path(span.file), places.position(span).line);
    }
    if let Some(others) = others {
        let _ = write!(message, " (+{} in this file)", others.number);
    }
    message
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use super::*;
    use crate::diagnostic::{Diagnostic, FileId, Span, Waiver};

    crate::declare_rule! {
        /// Stands for a warning of another room.
        static LATE: Rule = ("W203", "late", Warning, "0.1.0", "something is late");
    }

    struct One(&'static str);

    impl Places for One {
        fn path(&self, _file: FileId) -> &'static str {
            "projects/net/plan.yaml"
        }

        fn text(&self, _file: FileId) -> &'static str {
            self.0
        }
    }

    fn at(text: &str, word: &str) -> Span {
        let start = text.find(word).unwrap();
        Span::new(FileId(0), start, start + word.len())
    }

    #[test]
    fn in_short_each_has_a_line_with_its_place() {
        let text = "a:\n  after: b\n";
        let long = format!("`a` {}ends late", "comes after `b`, which is late, and ".repeat(4));
        let waiver =
            Waiver { reason: "known".to_owned(), by: "ann".to_owned(), until: "2027-01-31".parse().unwrap() };
        let mut let_pass = Diagnostic::new(&LATE, at(text, "a:"), "`a` is late");
        let_pass.waiver = Some(waiver);
        let mut found = Diagnostics::default();
        found.push(Diagnostic::new(&LATE, at(text, "after"), "`b` is late").hint("begin sooner"));
        found.push(Diagnostic::new(&LATE, at(text, "b"), long));
        found.push(let_pass);
        expect![[r#"
            warning[W203 late]: `b` is late (projects/net/plan.yaml:2)
            warning[W203 late]: `a` comes after `b`, which is late, and comes after `b`, which is late, and comes after `b`, which is late, … (projects/net/plan.yaml:2)
        "#]]
        .assert_eq(&in_short(&found, &One(text), Colour::Never));
    }

    #[test]
    fn of_many_of_a_rule_the_first_few_stand_for_all() {
        let text = "a:\n  after: b\n";
        let mut found = Diagnostics::default();
        for number in 1..=9 {
            found.push(Diagnostic::new(&LATE, at(text, "after"), format!("`b{number}` is late")));
        }
        expect![[r#"
            warning[W203 late]: `b1` is late (projects/net/plan.yaml:2)
            warning[W203 late]: `b2` is late (projects/net/plan.yaml:2)
            warning[W203 late]: `b3` is late (projects/net/plan.yaml:2)
            warning[W203 late]: and 6 more in projects/net/plan.yaml
        "#]]
        .assert_eq(&in_short(&found, &One(text), Colour::Never));
        let mut of_many_files = Diagnostics::default();
        for number in 0..121 {
            let span = Span { file: FileId(number), ..at(text, "after") };
            of_many_files.push(Diagnostic::new(&LATE, span, format!("`b{number}` is late")));
        }
        let short = in_short(&of_many_files, &One(text), Colour::Never);
        assert_eq!(short.lines().count(), 4, "{short}");
        assert!(short.ends_with("warning[W203 late]: and 118 more\n"), "{short}");
    }

    #[test]
    fn what_has_no_place_is_in_no_file() {
        let mut found = Diagnostics::default();
        for number in 1..=10 {
            found.push(Diagnostic::new(&LATE, None, format!("`b{number}` is late")));
        }
        let short = in_short(&found, &One(""), Colour::Never);
        assert!(short.ends_with("warning[W203 late]: and 7 more\n"), "{short}");
    }
}
