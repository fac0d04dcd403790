//! Annotations that GitHub, Gitea and Forgejo read from the output of a job.

use std::fmt::Write as _;

use super::{Findings, title, words};
use crate::diagnostic::Severity;

/// One annotation for each finding that is not waived: it stands beside its line in the changes of a pull request.
#[must_use]
pub fn github(findings: &Findings<'_>) -> String {
    let mut text = String::new();
    for diagnostic in findings.found.iter().filter(|diagnostic| diagnostic.waiver.is_none()) {
        let command = match diagnostic.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Info => "notice",
        };
        let mut properties = Vec::new();
        if let Some(span) = diagnostic.span {
            let position = findings.places.position(span);
            properties.push(format!("file={}", escape_property(&findings.path(span))));
            properties.push(format!("line={},col={}", position.line, position.column));
        }
        properties.push(format!("title={}", escape_property(&title(diagnostic))));
        let words = escape_message(&words(diagnostic));
        let _ = writeln!(text, "::{command} {}::{words}", properties.join(","));
    }
    text
}

fn escape_message(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn escape_property(text: &str) -> String {
    escape_message(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use super::super::samples::{findings, four};
    use super::*;

    #[test]
    fn each_finding_that_is_not_waived_is_a_line() {
        expect![[r#"
            ::error file=pm/projects/net work/plan.yaml,line=2,col=4,title=E103 dependency-cycle::50%25 of <a> & `b`%0Ahelp: mend it
            ::warning title=W203 late::late
            ::error file=pm/projects/net work/plan.yaml,line=1,col=1,title=E103 dependency-cycle::50%25 of <a> & `b`%0Ahelp: mend it
        "#]]
        .assert_eq(&github(&findings(&four())));
    }
}
