//! SARIF 2.1.0, the form in which tools of analysis report to code hosts, editors and dashboards.

use serde_json::{Value, json};

use super::{Findings, words};
use crate::diagnostic::{Diagnostic, Rule, Severity, Span};

const SCHEMA: &str = "https://json.schemastore.org/sarif-2.1.0.json";

/// One run with its findings, and the rules that found something, each with its page. What a project lets pass is told as
/// suppressed, with the reason.
#[must_use]
pub fn sarif(findings: &Findings<'_>, version: &str) -> String {
    let mut rules: Vec<&'static Rule> = findings.found.iter().map(|diagnostic| diagnostic.rule).collect();
    rules.sort_by_key(|rule| rule.code);
    rules.dedup();
    let with_prints = findings.found.iter().zip(findings.identities());
    let results: Vec<Value> = with_prints
        .map(|(diagnostic, identity)| {
            let index = rules.iter().position(|rule| *rule == diagnostic.rule);
            result(findings, diagnostic, index, &identity.print)
        })
        .collect();
    let log = json!({
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [{
            "tool": {"driver": {
                "name": "milepost",
                "version": version,
                "semanticVersion": version,
                "rules": rules.iter().map(|rule| descriptor(rule)).collect::<Vec<_>>(),
            }},
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    });
    // A document of strings and numbers always serialises.
    let mut text = serde_json::to_string_pretty(&log).unwrap_or_default();
    text.push('\n');
    text
}

fn descriptor(rule: &Rule) -> Value {
    let page = rule.page();
    let first = page.split("\n\n").next().unwrap_or_default().replace('\n', " ");
    json!({
        "id": rule.code,
        "name": rule.name,
        "shortDescription": {"text": rule.title},
        "fullDescription": {"text": first},
        "help": {"text": page, "markdown": page},
        "defaultConfiguration": {"level": level(rule.severity)},
    })
}

fn result(findings: &Findings<'_>, diagnostic: &Diagnostic, index: Option<usize>, print: &str) -> Value {
    let mut result = json!({
        "ruleId": diagnostic.rule.code,
        "ruleIndex": index,
        "level": level(diagnostic.severity),
        "message": {"text": words(diagnostic)},
        "partialFingerprints": {"milepost/v2": print},
    });
    // Code hosts refuse a file in which one result has no place.
    let place = diagnostic.span.map_or_else(
        || {
            let (path, line) = findings.place(diagnostic);
            json!({"artifactLocation": artifact(&path), "region": {"startLine": line}})
        },
        |span| physical(findings, span),
    );
    result["locations"] = json!([{"physicalLocation": place}]);
    if !diagnostic.labels.is_empty() {
        let labels = diagnostic.labels.iter().map(|label| {
            json!({
                "physicalLocation": physical(findings, label.span),
                "message": {"text": label.text},
            })
        });
        result["relatedLocations"] = labels.collect();
    }
    if let Some(waiver) = &diagnostic.waiver {
        let words = format!("{} ({}, until {})", waiver.reason, waiver.by, waiver.until);
        result["suppressions"] = json!([{"kind": "inSource", "status": "accepted", "justification": words}]);
    }
    result
}

fn physical(findings: &Findings<'_>, span: Span) -> Value {
    let (start, end) = (findings.places.position(span), findings.places.end_position(span));
    json!({
        "artifactLocation": artifact(&findings.path(span)),
        "region": {
            "startLine": start.line,
            "startColumn": start.column,
            "endLine": end.line,
            "endColumn": end.column,
        },
    })
}

fn artifact(path: &str) -> Value {
    json!({"uri": uri(path), "uriBaseId": "%SRCROOT%"})
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "note",
    }
}

/// A path as a relative address: what has a meaning in addresses is written as `%` and two digits.
fn uri(path: &str) -> String {
    let mut uri = String::new();
    for byte in path.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => {
                uri.push(char::from(byte));
            }
            _ => uri.push_str(&format!("%{byte:02X}")),
        }
    }
    uri
}

#[cfg(test)]
mod tests {
    use super::super::samples::{findings, four};
    use super::*;

    fn log() -> Value {
        serde_json::from_str(&sarif(&findings(&four()), "0.1.0")).unwrap()
    }

    #[test]
    fn a_result_names_its_rule_place_and_fingerprint() {
        let log = log();
        let run = &log["runs"][0];
        assert_eq!(log["version"], "2.1.0");
        assert_eq!(run["tool"]["driver"]["rules"].as_array().unwrap().len(), 2);
        let results = run["results"].as_array().unwrap();
        assert_eq!(results.len(), 4);
        let first = &results[0];
        assert_eq!((first["ruleId"].as_str(), first["level"].as_str()), (Some("E103"), Some("error")));
        let index = usize::try_from(first["ruleIndex"].as_u64().unwrap()).unwrap();
        assert_eq!(run["tool"]["driver"]["rules"][index]["id"], "E103");
        let place = &first["locations"][0]["physicalLocation"];
        assert_eq!(place["artifactLocation"]["uri"], "pm/projects/net%20work/plan.yaml");
        let region = json!({"startLine": 2, "startColumn": 4, "endLine": 2, "endColumn": 5});
        assert_eq!(place["region"], region);
        assert_eq!(first["relatedLocations"][0]["message"]["text"], "here, too");
        let place = &results[1]["locations"][0]["physicalLocation"];
        assert_eq!(
            (&place["artifactLocation"]["uri"], &place["region"]["startLine"]),
            (&json!("pm/portfolio.yaml"), &json!(1))
        );
        assert_eq!(run["tool"]["driver"]["version"], "0.1.0");
    }

    #[test]
    fn what_is_let_pass_is_suppressed_with_the_reason() {
        let suppressed = &log()["runs"][0]["results"][3]["suppressions"][0];
        assert_eq!(suppressed["justification"], "agreed (Ana, until 2026-12-01)");
    }
}
