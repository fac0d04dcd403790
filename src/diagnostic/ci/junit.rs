//! A report of tests in the form of `JUnit`, which nearly every service shows.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use super::{Findings, Identity, title, words};
use crate::diagnostic::Diagnostic;
use crate::diagnostic::xml::{attribute, text};

/// A check of the portfolio or project that its figures keep: a test that passed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptCheck {
    /// The project (its folder name).
    pub project: String,
    /// What should hold, in the author's words.
    pub words: String,
}

/// One suite for the portfolio and one for each project, those without a finding included. A finding from the failing severity on
/// is a failed test, one below it a passed test with its words as output, one that is let pass a skipped test; checks that are
/// kept are passed tests. A suite without any of these holds one passed test, so that a service does not take it for missing.
#[must_use]
pub fn junit(findings: &Findings<'_>, projects: &[String], kept: &[KeptCheck]) -> String {
    let named = findings.found.iter().filter_map(|diagnostic| diagnostic.project.clone());
    let projects: BTreeSet<String> = projects.iter().cloned().chain(named).collect();
    let suites: Vec<Suite> = std::iter::once(None)
        .chain(projects.iter().map(Some))
        .map(|project| suite(findings, project.map(String::as_str), kept))
        .collect();
    let sum = |count: fn(&Suite) -> usize| suites.iter().map(count).sum::<usize>();
    let mut text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n".to_owned();
    let _ = writeln!(
        text,
        "<testsuites name=\"milepost\" tests=\"{}\" failures=\"{}\" skipped=\"{}\">",
        sum(|suite| suite.n_tests),
        sum(|suite| suite.n_failures),
        sum(|suite| suite.n_skipped)
    );
    for suite in &suites {
        let _ = writeln!(
            text,
            "  <testsuite name=\"{}\" tests=\"{}\" failures=\"{}\" skipped=\"{}\" errors=\"0\">",
            attribute(&suite.name),
            suite.n_tests,
            suite.n_failures,
            suite.n_skipped
        );
        text.push_str(&suite.cases);
        text.push_str("  </testsuite>\n");
    }
    text.push_str("</testsuites>\n");
    text
}

struct Suite {
    name: String,
    cases: String,
    n_tests: usize,
    n_failures: usize,
    n_skipped: usize,
}

fn suite(findings: &Findings<'_>, project: Option<&str>, kept: &[KeptCheck]) -> Suite {
    let name = project.unwrap_or("portfolio").to_owned();
    let mut suite = Suite { name, cases: String::new(), n_tests: 0, n_failures: 0, n_skipped: 0 };
    let with_names = findings.found.iter().zip(findings.identities());
    for (diagnostic, identity) in with_names.filter(|(found, _)| found.project.as_deref() == project) {
        let outcome = outcome(findings, diagnostic);
        suite.n_failures += usize::from(outcome.starts_with("<failure"));
        suite.n_skipped += usize::from(outcome.starts_with("<skipped"));
        let file = diagnostic.span.map_or_else(String::new, |span| {
            let line = findings.places.position(span).line;
            format!(" file=\"{}\" line=\"{line}\"", attribute(&findings.path(span)))
        });
        let (class, name) = case_name(diagnostic, &identity);
        suite.case(&class, &name, &file, &outcome);
    }
    for check in kept.iter().filter(|check| Some(check.project.as_str()) == project) {
        suite.case(CHECKS, &check.words, "", "");
    }
    if suite.n_tests == 0 {
        suite.case("findings", "nothing found", "", "");
    }
    suite
}

/// The class of the checks that somebody made, kept or not: a service follows a test by its class and name.
const CHECKS: &str = "checks";

/// Class and name of a finding as a test, which stay when its figures change.
fn case_name(diagnostic: &Diagnostic, identity: &Identity) -> (String, String) {
    let Identity { subject, number, .. } = identity;
    let again = if *number > 0 { format!(" ({})", number + 1) } else { String::new() };
    if diagnostic.subject.is_some() {
        return (CHECKS.to_owned(), format!("{subject}{again}"));
    }
    let about = if subject.is_empty() { String::new() } else { format!(": {subject}") };
    (title(diagnostic), format!("{}{about}{again}", diagnostic.rule.title))
}

impl Suite {
    fn case(&mut self, class: &str, name: &str, file: &str, outcome: &str) {
        self.n_tests += 1;
        let class = format!("{}.{class}", self.name);
        let head = format!("classname=\"{}\" name=\"{}\"{file}", attribute(&class), attribute(name));
        let _ = match outcome {
            "" => writeln!(self.cases, "    <testcase {head}/>"),
            _ => writeln!(self.cases, "    <testcase {head}>{outcome}</testcase>"),
        };
    }
}

fn outcome(findings: &Findings<'_>, diagnostic: &Diagnostic) -> String {
    let place = diagnostic.span.map_or_else(String::new, |span| {
        let position = findings.places.position(span);
        format!("\n{}:{}:{}", findings.path(span), position.line, position.column)
    });
    let told = text(&format!("{}{place}", words(diagnostic)));
    if let Some(waiver) = &diagnostic.waiver {
        let reason = format!("waived by {} until {}: {}", waiver.by, waiver.until, waiver.reason);
        return format!("<skipped message=\"{}\"/>", attribute(&reason));
    }
    if findings.fails(diagnostic) {
        let (message, kind) = (attribute(&diagnostic.message), diagnostic.rule.code);
        return format!("<failure message=\"{message}\" type=\"{kind}\">{told}</failure>");
    }
    format!("<system-out>{told}</system-out>")
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use super::super::samples::{findings, four};
    use super::*;
    use crate::diagnostic::Severity;

    #[test]
    fn failures_passes_and_skips_are_told_by_suite() {
        let found = four();
        let kept = KeptCheck { project: "calm".to_owned(), words: "cost is in hand".to_owned() };
        let text = junit(&findings(&found), &["calm".to_owned(), "quiet".to_owned()], &[kept]);
        expect![[r#"
            <?xml version="1.0" encoding="UTF-8"?>
            <testsuites name="milepost" tests="6" failures="2" skipped="1">
              <testsuite name="portfolio" tests="1" failures="0" skipped="0" errors="0">
                <testcase classname="portfolio.W203 late" name="something is late: late"><system-out>late</system-out></testcase>
              </testsuite>
              <testsuite name="calm" tests="1" failures="0" skipped="0" errors="0">
                <testcase classname="calm.checks" name="cost is in hand"/>
              </testsuite>
              <testsuite name="net work" tests="3" failures="2" skipped="1" errors="0">
                <testcase classname="net work.E103 dependency-cycle" name="tasks wait for each other: `b`" file="pm/projects/net work/plan.yaml" line="2"><failure message="50% of &lt;a&gt; &amp; `b`" type="E103">50% of &lt;a&gt; &amp; `b`
            help: mend it
            pm/projects/net work/plan.yaml:2:4</failure></testcase>
                <testcase classname="net work.E103 dependency-cycle" name="tasks wait for each other: `b` (2)" file="pm/projects/net work/plan.yaml" line="1"><failure message="50% of &lt;a&gt; &amp; `b`" type="E103">50% of &lt;a&gt; &amp; `b`
            help: mend it
            pm/projects/net work/plan.yaml:1:1</failure></testcase>
                <testcase classname="net work.W203 late" name="something is late: known" file="pm/projects/net work/plan.yaml" line="1"><skipped message="waived by Ana until 2026-12-01: agreed"/></testcase>
              </testsuite>
              <testsuite name="quiet" tests="1" failures="0" skipped="0" errors="0">
                <testcase classname="quiet.findings" name="nothing found"/>
              </testsuite>
            </testsuites>
        "#]]
        .assert_eq(&text);
        assert!(roxmltree::Document::parse(&text).is_ok());
    }

    #[test]
    fn what_fails_follows_the_level() {
        let found = four();
        let failing = |level| junit(&Findings { failing: level, ..findings(&found) }, &[], &[]);
        assert!(failing(None).contains("failures=\"0\" skipped=\"1\">"));
        assert!(
            failing(Some(Severity::Warning))
                .contains("<testsuites name=\"milepost\" tests=\"4\" failures=\"3\"")
        );
    }
}
