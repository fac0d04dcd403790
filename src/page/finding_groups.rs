//! Findings in groups as pages list them: by severity, and of very many of one rule only the first.
//!
//! Comes in: findings of the checks. Goes out: groups of views, and a sentence about those that are left out. Not here: what a
//! finding looks like ([`crate::page::Here::finding`]), and which findings a page is about.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::diagnostic::{Diagnostic, Severity};
use crate::format;
use crate::page::view::Finding;

/// How many findings of one rule are listed: nobody mends hundreds by reading them one after the other.
#[derive(Clone, Copy)]
struct Limit {
    /// All of so many at most.
    all_up_to: usize,
    /// Of more the first so many.
    else_first: usize,
}

/// On a page of findings.
const ON_THEIR_PAGE: Limit = Limit { all_up_to: 60, else_first: 20 };

/// On a page about something else, such as somebody's work.
const BESIDE: Limit = Limit { all_up_to: 5, else_first: 3 };

/// Findings beside other things.
#[derive(Clone, Debug, Serialize)]
pub struct FindingsBeside {
    /// The findings, in reading order; of more than five of one rule the first three.
    pub findings: Vec<Finding>,
    /// How many more of which rules there are, in a sentence; none where all are listed.
    pub left_out: Option<String>,
}

impl FindingsBeside {
    /// The findings of a page about something else; `shown` is what it shows of one.
    #[must_use]
    pub fn of(findings: &[&Diagnostic], shown: impl Fn(&Diagnostic) -> Finding) -> Self {
        let (listed, left_out) = first_of_each_rule(findings, BESIDE, |_| false);
        Self { findings: listed.into_iter().map(shown).collect(), left_out }
    }
}

/// Findings of one severity.
#[derive(Clone, Debug, Serialize)]
pub struct FindingGroup {
    /// `errors`, `warnings` or `remarks`: the anchor.
    pub id: &'static str,
    /// The heading, with the count of all.
    pub title: String,
    /// The count of all.
    #[serde(skip)]
    pub number: usize,
    /// What the severity means.
    pub lead: &'static str,
    /// The findings, in reading order; of more than sixty of one rule the first twenty.
    pub findings: Vec<Finding>,
    /// How many more of which rules are only in the table of findings, in a sentence; none where all are listed.
    pub left_out: Option<String>,
}

/// Sorts findings into groups by severity, errors first; empty groups are left out.
///
/// `shown` is what the page shows of a finding; one that `is_pointed_at` from elsewhere is listed however many there are.
#[must_use]
pub fn by_severity<'a>(
    findings: impl Iterator<Item = &'a Diagnostic>,
    is_pointed_at: impl Fn(&Diagnostic) -> bool,
    shown: impl Fn(&Diagnostic) -> Finding,
) -> Vec<FindingGroup> {
    const GROUPS: [(Severity, &str, &str, &str); 3] = [
        (Severity::Error, "errors", "error", "A figure is missing or wrong until these are mended."),
        (
            Severity::Warning,
            "warnings",
            "warning",
            "Worth mending; every figure is still right. First who may decide, then the forecast, then the care of the files.",
        ),
        (Severity::Info, "remarks", "remark", "Worth knowing; nothing to mend."),
    ];
    let findings: Vec<_> = findings.collect();
    let mut groups = Vec::new();
    for (severity, id, noun, lead) in GROUPS {
        let mut group: Vec<_> = findings.iter().copied().filter(|found| found.severity == severity).collect();
        group.sort_by_key(|found| consequence(found.rule.code));
        if group.is_empty() {
            continue;
        }
        let (listed, left_out) = first_of_each_rule(&group, ON_THEIR_PAGE, &is_pointed_at);
        groups.push(FindingGroup {
            id,
            title: format::count(group.len(), noun),
            number: group.len(),
            lead,
            findings: listed.into_iter().map(&shown).collect(),
            left_out,
        });
    }
    groups
}

/// Rules about who decided, and on what: approvals, gates, baselines, reserves, and records that were changed afterwards.
const OF_AUTHORITY: [&str; 30] = [
    "W513", "W514", "W523", "W524", "W526", "W603", "W604", "W605", "W607", "W608", "W609", "W610", "W611",
    "W613", "W614", "W618", "W621", "W623", "W625", "W631", "W633", "W634", "W635", "W641", "W642", "W644",
    "W645", "W661", "W665", "W673",
];

/// What a finding puts in doubt: 0 who may decide, 1 the forecast of time and money, 2 the care of plan and files.
fn consequence(code: &str) -> u8 {
    let is_of_forecast = || ["W4", "W5", "W6", "E4", "E5", "E6"].iter().any(|kind| code.starts_with(kind));
    match code {
        code if OF_AUTHORITY.contains(&code) => 0,
        "W301" | "W303" | "W308" | "W304" | "W305" | "W306" => 1,
        _ if is_of_forecast() => 1,
        _ => 2,
    }
}

/// For whom a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reader {
    /// Who writes the files: something is written wrongly, twice, or not at all.
    Editor,
    /// Who leads the project: the files may be right, and the project is not as it should be.
    Manager,
}

/// Rules of progress, books, reports and frozen records that find what was written wrongly or is missing, in families that else find how
/// the project stands.
const OF_RECORDS: [&str; 57] = [
    "E401", "E402", "E403", "W404", "W406", "E414", "E415", "W421", "W423", "W425", "W430", "W432", "W433",
    "W434", "E471", "W472", "W501", "W504", "W505", "W508", "W510", "W511", "W515", "W516", "W517", "E518",
    "W519", "W520", "W522", "W523", "W524", "I527", "W529", "W530", "W531", "W532", "W533", "W534", "W535",
    "W612", "W615", "W617", "W619", "I620", "W621", "W622", "W623", "W624", "W631", "W632", "I653", "E660",
    "W665", "W666", "W673", "W676", "E698",
];

/// For whom a finding of a rule is: what is written wrongly is for the editor, and so are the form of the files and the logic of the plan.
/// How time, money and authority stand is for the manager.
#[must_use]
pub fn reader_of(code: &str) -> Reader {
    if consequence(code) == 2 || OF_RECORDS.contains(&code) { Reader::Editor } else { Reader::Manager }
}

/// Counts findings in words: `2 errors, 5 warnings and 1 remark`; `nothing` where there are none.
#[must_use]
pub fn counted(groups: &[FindingGroup]) -> String {
    let parts: Vec<String> = groups.iter().map(|group| group.title.clone()).collect();
    if parts.is_empty() { "nothing".to_owned() } else { format::listed(&parts) }
}

/// The findings that are listed, as many of one rule as the limit says, and a sentence about the others: `Left out here: 3 867 more of W301.`
fn first_of_each_rule<'a>(
    group: &[&'a Diagnostic],
    limit: Limit,
    is_pointed_at: impl Fn(&Diagnostic) -> bool,
) -> (Vec<&'a Diagnostic>, Option<String>) {
    let mut of_rule: BTreeMap<&str, usize> = BTreeMap::new();
    for found in group {
        *of_rule.entry(found.rule.code).or_default() += 1;
    }
    of_rule.retain(|_, number| *number > limit.all_up_to);
    let mut listed_of_rule: BTreeMap<&str, usize> = BTreeMap::new();
    let mut listed = Vec::new();
    for found in group {
        let code = found.rule.code;
        let n_listed = listed_of_rule.entry(code).or_default();
        if *n_listed < limit.else_first || !of_rule.contains_key(code) || is_pointed_at(found) {
            *n_listed += 1;
            listed.push(*found);
        }
    }
    let left: Vec<String> = of_rule
        .iter()
        .filter_map(|(code, number)| match number - listed_of_rule.get(code).copied().unwrap_or_default() {
            0 => None,
            more => {
                Some(format!("{} more of {code}", format::whole(i64::try_from(more).unwrap_or(i64::MAX))))
            }
        })
        .collect();
    let words = format!("Left out here: {}.", format::listed(&left));
    (listed, (!left.is_empty()).then_some(words))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Rule;

    static LATE: Rule = Rule {
        code: "W203",
        name: "late",
        title: "work ends late",
        severity: Severity::Warning,
        since: "0.1.0",
        doc: "",
    };

    fn found(number: usize) -> Vec<Diagnostic> {
        (0..number).map(|place| Diagnostic::new(&LATE, None, format!("task {place}"))).collect()
    }

    fn listed(number: usize, is_pointed_at: impl Fn(&Diagnostic) -> bool) -> (usize, Option<String>) {
        let found = found(number);
        let all: Vec<&Diagnostic> = found.iter().collect();
        let (listed, left) = first_of_each_rule(&all, ON_THEIR_PAGE, is_pointed_at);
        (listed.len(), left)
    }

    #[test]
    fn of_very_many_findings_of_one_rule_the_first_are_listed_and_the_others_counted() {
        assert_eq!(listed(60, |_| false), (60, None));
        assert_eq!(listed(61, |_| false), (20, Some("Left out here: 41 more of W203.".to_owned())));
    }

    #[test]
    fn beside_other_things_a_rule_is_told_three_times() {
        let beside = |number: usize| {
            let found = found(number);
            let all: Vec<&Diagnostic> = found.iter().collect();
            let told = FindingsBeside::of(&all, |found| Finding {
                severity: "warning",
                code: "W203",
                message: found.message.clone(),
                place: None,
                place_href: None,
                hints: Vec::new(),
                rule_href: None,
                id: None,
                waiver: None,
                links: std::collections::BTreeMap::new(),
            });
            (told.findings.len(), told.left_out)
        };
        assert_eq!(beside(5), (5, None));
        assert_eq!(beside(24), (3, Some("Left out here: 21 more of W203.".to_owned())));
    }

    #[test]
    fn who_may_decide_comes_before_the_forecast_and_that_before_the_care_of_files() {
        let order = ["W635", "W645", "W410", "W502", "W106", "W201"].map(consequence);
        assert_eq!(order, [0, 0, 1, 1, 2, 2]);
    }

    #[test]
    fn faults_of_files_are_for_the_editor_and_the_standing_of_the_project_for_the_manager() {
        for code in ["E102", "W106", "W201", "E402", "W508", "I620", "W617"] {
            assert_eq!(reader_of(code), Reader::Editor, "{code}");
        }
        for code in ["W308", "W410", "W411", "W412", "W506", "W605", "W608", "W635", "W667"] {
            assert_eq!(reader_of(code), Reader::Manager, "{code}");
        }
        let mut sorted = OF_RECORDS.map(|code| code[1..].to_owned());
        sorted.sort();
        assert!(sorted.windows(2).all(|pair| pair[0] != pair[1]));
    }

    #[test]
    fn what_is_pointed_at_is_listed_however_many_there_are() {
        assert_eq!(
            listed(61, |found| found.message == "task 60"),
            (21, Some("Left out here: 40 more of W203.".to_owned()))
        );
        assert_eq!(listed(61, |_| true), (61, None));
    }
}
