//! A report of code quality as GitLab shows it in a merge request.

use serde::Serialize;

use super::{Findings, title, words};
use crate::diagnostic::Severity;

#[derive(Serialize)]
struct Issue {
    description: String,
    check_name: String,
    fingerprint: String,
    severity: &'static str,
    location: Location,
}

#[derive(Serialize)]
struct Location {
    path: String,
    lines: Lines,
}

#[derive(Serialize)]
struct Lines {
    begin: usize,
}

/// One JSON list with an entry for each finding that is not waived.
#[must_use]
pub fn gitlab(findings: &Findings<'_>) -> String {
    let with_prints = findings.found.iter().zip(findings.identities());
    let issues: Vec<Issue> = with_prints
        .filter(|(diagnostic, _)| diagnostic.waiver.is_none())
        .map(|(diagnostic, identity)| Issue {
            description: format!("{}: {}", title(diagnostic), words(diagnostic)),
            check_name: diagnostic.rule.name.to_owned(),
            fingerprint: identity.print,
            severity: match diagnostic.severity {
                Severity::Error => "critical",
                Severity::Warning => "minor",
                Severity::Info => "info",
            },
            location: location(findings.place(diagnostic)),
        })
        .collect();
    // A list of strings and numbers always serialises.
    let mut text = serde_json::to_string_pretty(&issues).unwrap_or_default();
    text.push('\n');
    text
}

fn location((path, begin): (String, usize)) -> Location {
    Location { path, lines: Lines { begin } }
}

#[cfg(test)]
mod tests {
    use super::super::samples::{findings, four};
    use super::*;

    #[test]
    fn each_finding_has_a_file_a_line_a_severity_and_a_fingerprint_of_its_own() {
        let list: serde_json::Value = serde_json::from_str(&gitlab(&findings(&four()))).unwrap();
        let list = list.as_array().unwrap();
        assert_eq!(list.len(), 3);
        assert_eq!(list[0]["location"]["path"], "pm/projects/net work/plan.yaml");
        assert_eq!(list[0]["location"]["lines"]["begin"], 2);
        assert_eq!(list[0]["severity"], "critical");
        assert_eq!(list[0]["check_name"], "dependency-cycle");
        assert_eq!(list[1]["location"]["path"], "pm/portfolio.yaml");
        assert_eq!(list[1]["severity"], "minor");
        assert_ne!(list[0]["fingerprint"], list[2]["fingerprint"]);
        assert_eq!(list[0]["fingerprint"].as_str().unwrap().len(), 32);
    }

    #[test]
    fn nothing_found_is_an_empty_list() {
        let none = crate::diagnostic::Diagnostics::default();
        assert_eq!(gitlab(&findings(&none)), "[]\n");
    }

    #[test]
    fn a_finding_about_a_whole_project_stands_at_the_file_that_makes_it_one() {
        let mut found = four();
        for diagnostic in &mut found {
            diagnostic.span = None;
            diagnostic.project = Some("net".to_owned());
        }
        let path = |home: &str| {
            let homes = [("net".to_owned(), home.to_owned())].into();
            let text = gitlab(&Findings { homes: &homes, ..findings(&found) });
            let list: serde_json::Value = serde_json::from_str(&text).unwrap();
            list[0]["location"]["path"].as_str().unwrap().to_owned()
        };
        assert_eq!(path(""), "pm/project.yaml");
        assert_eq!(path("projects/net/"), "pm/projects/net/project.yaml");
    }
}
