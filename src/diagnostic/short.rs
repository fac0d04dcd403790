//! Findings in a line each, for a person who builds and wants to know how many and where, not what to do about each.
//!
//! Comes in: a list of findings and the texts they point into. Goes out: text. Not here: findings whole ([`super::render`]).

use std::fmt::Write as _;

use annotate_snippets::{Group, Renderer};

use super::fold::folded;
use super::render::{Colour, level};
use super::{Diagnostics, Places};

/// So many characters of a message stand in a line of [`in_short`].
const SHORT: usize = 110;

/// The findings in a line each: rule, message and place, long messages cut. Waived ones are left out; of many alike in one file the
/// first stands for all and says how many they are besides. Empty for no finding.
///
/// `warning[W602 overdue]: request `X3` was promised … 5 working days ago (projects/branch-network/dependencies.yaml:15)`
#[must_use]
pub fn in_short(found: &Diagnostics, places: &dyn Places, colour: Colour) -> String {
    let renderer = match colour {
        Colour::Never => Renderer::plain(),
        Colour::Always => Renderer::styled(),
    };
    let mut text = String::new();
    for (diagnostic, others) in folded(found, places).into_iter().filter(|(one, _)| one.waiver.is_none()) {
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
        let title = level(diagnostic.severity)
            .primary_title(message.as_str())
            .id(format!("{} {}", diagnostic.rule.code, diagnostic.rule.name));
        text.push_str(renderer.render(&[Group::with_title(title)]).trim_end());
        text.push('\n');
    }
    text
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
}
