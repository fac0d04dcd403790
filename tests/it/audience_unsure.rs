//! What a site does not tell where something else in a file is wrong: whoever may read an entry that could not be read, or whose audience
//! could not, is taken to be nobody else.

use std::collections::BTreeSet;

use milepost::quantity::Audience;
use milepost::rules;

use crate::audience::{Planter, assert_none_of, files_with, report_for, secretive_project, site_for};

/// Each file whose entries take an audience, with a field that they cannot do without.
const KINDS: [(&str, &str); 12] = [
    ("risks.yaml", "probability"),
    ("issues.yaml", "issue"),
    ("decisions.yaml", "question"),
    ("changes.yaml", "change"),
    ("actions.yaml", "do"),
    ("dependencies.yaml", "request"),
    ("lessons.yaml", "lesson"),
    ("defects.csv", "severity"),
    ("updates/2026-08-14.md", "status_date"),
    ("exceptions/time.md", "tolerance"),
    ("stages/3-execution.md", "stage"),
    ("gates/G1.md", "gate"),
];

/// The files with each one that takes an audience changed, and the words in them that nobody else may read.
fn changed(change: impl Fn(&str, &str, &str) -> String) -> (Vec<(String, String)>, BTreeSet<String>) {
    let mut planter = Planter::new("zqsecret");
    let mut files = secretive_project(&mut planter);
    for (path, text) in &mut files {
        let kind = KINDS.iter().find(|(name, _)| path.ends_with(&format!("/{name}")));
        if let Some((name, field)) = kind {
            let new = change(name, field, text);
            assert_ne!(new, *text, "{name} is changed");
            *text = new;
        }
    }
    (files, planter.planted)
}

#[track_caller]
fn assert_nothing_told(what: &str, files: &[(String, String)], words: &BTreeSet<String>) {
    let whole = report_for(files, Some(Audience::Restricted));
    assert_eq!(whole.projects.len(), 1, "{what}: the project is read");
    for audience in [Audience::Internal, Audience::Public] {
        assert_none_of(&site_for(files, audience), words);
    }
}

fn is_table(name: &str) -> bool {
    name == "defects.csv"
}

#[test]
fn an_entry_that_cannot_be_read_is_told_to_nobody() {
    let (files, words) = changed(|_, field, text| {
        let key = format!("{field}: ");
        let written = if text.contains(&key) { key.as_str() } else { field };
        text.replacen(written, &format!("un{written}"), 1)
    });
    assert_nothing_told("a field is missing", &files, &words);
    let (files, words) = changed(|name, _, text| match name {
        "risks.yaml" => text.replacen("probability: 40%", "probability: zqsecret000 high", 1),
        "defects.csv" => text.replacen("\n8,", "\n,", 1),
        _ if text.starts_with("---") => text.replacen("---\n", "---\n- ", 1),
        _ => text.replacen(": {", ": zqsecret000 {", 1),
    });
    assert_nothing_told("a value is wrong", &files, &words);
    let (files, words) = changed(|name, _, text| match name {
        "defects.csv" => text.replacen("\n8,", "\n8,8,", 1),
        _ if text.starts_with("---") => text.replacen("\n---\n", "\n", 1),
        _ => text.replacen('}', "", 1),
    });
    assert_nothing_told("the text is broken", &files, &words);
}

#[test]
fn an_audience_that_cannot_be_read_counts_as_restricted() {
    for written in [
        "audience: restrictd",
        "audience: Restricted",
        "audience: [restricted]",
        "audience: [public, restricted]",
        "audience: {level: restricted}",
        "audience: null",
        "audience: &level restricted",
        "audience: *level",
        "audience: public, audience: restricted",
        "audiance: restricted",
        "Audience: restricted",
        "audience : restricted",
        "audien: restricted",
        "readers: restricted",
        "<<: *restricted",
        "audience:restricted",
        "audience restricted",
        "audience= restricted",
    ] {
        let (files, words) = changed(|name, _, text| {
            if is_table(name) {
                return text.replacen("restricted", "restrictd", 1);
            }
            let in_lines = written.replace(", audience:", "\naudience:");
            let written = if text.starts_with("---") { &in_lines } else { written };
            text.replace("audience: restricted", written)
        });
        assert_nothing_told(written, &files, &words);
    }
}

#[test]
fn a_column_that_is_meant_for_the_audience_counts_as_restricted() {
    for column in ["audiance", "Audience", "audience,audience"] {
        let (files, words) = changed(|name, _, text| match name {
            "defects.csv" if column.contains(',') => {
                text.replacen("audience", column, 1).replacen("restricted", "public,restricted", 1)
            }
            "defects.csv" => text.replacen("audience", column, 1),
            _ => format!("{text} "),
        });
        assert_nothing_told(column, &files, &words);
    }
}

#[test]
fn an_audience_where_none_can_be_named_keeps_the_whole_file() {
    let without =
        |text: &str| text.replace(", audience: restricted", "").replace("audience: restricted\n", "");
    let (files, words) = changed(|name, field, text| match name {
        "defects.csv" => text.replacen("restricted", "restrictd", 1),
        "stages/3-execution.md" => {
            without(text).replacen("\n---\n", "\nentry: [{criterion: Done, audience: restricted}]\n---\n", 1)
        }
        "gates/G1.md" => without(text).replacen("- condition:", "- audience: restricted\n    condition:", 1),
        _ if text.starts_with("---") => text
            .replacen(field, &format!("readers: restricted\n{field}"), 1)
            .replacen("audience: restricted\n", "", 1),
        _ => format!("audience: restricted\n{}", without(text)),
    });
    assert_nothing_told("in front of the register", &files, &words);

    // Inside of a part of an entry, and in files whose entries take none.
    let entry = "{risk: Zqsecret, probability: 40%, impact: {cost: 5_000 EUR, audience: restricted}}";
    let others = [
        ("risks.yaml", format!("R1: {entry}\n")),
        ("deliverables.yaml", "manual: {name: Zqsecret, audience: restricted}\n".to_owned()),
        ("benefits.yaml", "B1: {benefit: Zqsecret, audiance: restricted}\n".to_owned()),
        (
            "plan.yaml",
            "execution:\n  build: {name: Zqsecret, duration: 5d, audience: restricted}\n".to_owned(),
        ),
        (
            "project.yaml",
            "project: Zqsecret\nstart: 2026-08-03\ncurrency: EUR\ngoal: Zqsecret\naudience: restricted\n"
                .to_owned(),
        ),
    ];
    for (name, text) in others {
        let mut files = secretive_project(&mut Planter::new("zqother"));
        let path = format!("projects/demo/{name}");
        files.retain(|(known, _)| *known != path);
        files.push((path, text));
        let report = report_for(&files, Some(Audience::Restricted));
        assert!(report.findings.iter().any(|found| found.rule.code == "E159"), "{name}");
        let words = BTreeSet::from(["zqsecret".to_owned()]);
        for audience in [Audience::Internal, Audience::Public] {
            let site = site_for(&files, audience);
            assert_none_of(&site, &words);
        }
    }
    assert!(rules::find("E159").is_some());
}

#[test]
fn a_risk_that_may_be_one_of_security_is_told_to_nobody() {
    for category in ["Security ", "securty", "[security]", "{kind: security}"] {
        let risk = format!(
            "R1: {{risk: Zqsecret, category: {category}, probability: 40%, impact: {{cost: 5_000 EUR}}}}\n"
        );
        let mut files = secretive_project(&mut Planter::new("zqother"));
        files.retain(|(known, _)| !known.ends_with("risks.yaml"));
        files.push(("projects/demo/risks.yaml".to_owned(), risk));
        for audience in [Audience::Internal, Audience::Public] {
            assert_none_of(&site_for(&files, audience), &BTreeSet::from(["zqsecret".to_owned()]));
        }
    }
}

#[test]
fn an_audience_that_a_text_has_swallowed_counts_as_restricted() {
    let risk = |cause: &str| {
        format!(
            "R1:\n  risk: Zqsecret\n  probability: 40%\n  impact: {{cost: 5_000 EUR}}\n  cause: {cause}\n"
        )
    };
    for (path, text) in [
        ("risks.yaml", risk(">\n    so\n    audience: restricted")),
        ("risks.yaml", risk("|\n    so\n    Audience : internal")),
        (
            "updates/2026-08-14.md",
            "---\nstatus_date: 2026-08-14\n---\naudience: restricted\n\nZqsecret\n".to_owned(),
        ),
        (
            "stages/3-execution.md",
            "---\nstage: execution\n---\n\nZqsecret\n\naudience: restricted\n".to_owned(),
        ),
    ] {
        let path = format!("projects/demo/{path}");
        let mut files = secretive_project(&mut Planter::new("zqother"));
        files.retain(|(known, _)| *known != path);
        files.push((path, text));
        assert!(!files_with(&site_for(&files, Audience::Restricted), "zqsecret").is_empty());
        let words = BTreeSet::from(["zqsecret".to_owned()]);
        assert_none_of(&site_for(&files, Audience::Public), &words);
        assert_none_of(&site_for(&files, Audience::Internal), &words);
    }
}

#[test]
fn a_file_that_nothing_reads_is_shown_to_nobody() {
    let secret = "R9: {risk: Zqsecret, audience: restricted}\n".to_owned();
    let mut files = secretive_project(&mut Planter::new("zqother"));
    for path in [
        "projects/demo/risk.yaml",
        "projects/demo/gates/risks.yaml",
        "board.md",
        "minutes/board.md",
        "projects/none/risks.yaml",
        "demo/project.yaml",
        "demo/risks.yaml",
    ] {
        files.push((path.to_owned(), secret.clone()));
    }
    for audience in [Audience::Internal, Audience::Public] {
        assert_none_of(&site_for(&files, audience), &BTreeSet::from(["zqsecret".to_owned()]));
    }
}

#[test]
fn a_site_whose_audience_cannot_be_read_is_for_the_public() {
    let mut files = secretive_project(&mut Planter::new("zqother"));
    let level = |files: &[(String, String)], asked| report_for(files, asked).audience;
    files.push((String::new(), String::new()));
    for (path, text) in [
        ("portfolio.yaml", "audience: intrnal\n"),
        ("portfolio.yaml", "audiance: internal\n"),
        ("portfolio.yaml", "audience:\n"),
        ("portfolio.yaml", "audience: [internal]\n"),
        ("portfolio.yaml", "audience: restricted\naudience: internal\n"),
        ("portfolio.yaml", "site: {audience: internal}\n"),
        ("portfolio.yaml", "- audience: internal\n"),
        ("portfolio.yaml", "title: [\naudience: internal\n"),
        ("portfolio.yml", "audience: internal\n"),
        ("Portfolio.yaml", "audience: internal\n"),
    ] {
        files.pop();
        files.push((path.to_owned(), text.to_owned()));
        assert_eq!(level(&files, None), Audience::Public, "{path}: {text}");
        assert_eq!(level(&files, Some(Audience::Internal)), Audience::Internal);
    }
    files.pop();
    assert_eq!(level(&files, None), Audience::Restricted);
}

#[test]
fn an_entry_that_is_right_stays_where_another_has_no_readable_audience() {
    let mut files = secretive_project(&mut Planter::new("zqother"));
    files.retain(|(known, _)| !known.ends_with("risks.yaml"));
    let risk = |id: &str, words: &str, audience: &str| {
        format!("{id}: {{risk: {words}, probability: 40%, impact: {{cost: 5_000 EUR}}, {audience}}}\n")
    };
    let text = risk("R1", "Zqopen", "audience: public") + &risk("R2", "Zqsecret", "audience: restrictd");
    files.push(("projects/demo/risks.yaml".to_owned(), text));
    let site = site_for(&files, Audience::Public);
    assert!(!files_with(&site, "zqopen").is_empty());
    assert_none_of(&site, &BTreeSet::from(["zqsecret".to_owned()]));
}

/// In public people are called by their roles; one whose name may not be read gives none.
#[test]
fn nobody_is_called_by_a_role_whose_words_may_not_be_read() {
    let files = [
        (
            "people.yaml",
            "roles:\n  fitter: {name: zqsecret001, audience: restricted}\npeople:\n  tom: {name: Tom Berg, role: fitter}\n",
        ),
        (
            "projects/demo/project.yaml",
            "project: Demo\nstart: 2026-08-03\ncurrency: EUR\ngoal: Tom Berg fits it all.\n",
        ),
        ("projects/demo/plan.yaml", "execution:\n  fit: {duration: 5d, assign: tom}\n"),
    ];
    let files = files.map(|(path, text)| (path.to_owned(), text.to_owned()));
    let site = site_for(&files, Audience::Public);
    assert_none_of(&site, &BTreeSet::from(["zqsecret001".to_owned()]));
    assert!(files_with(&site, "fits it all").iter().any(|path| path.ends_with("index.html")));
}
