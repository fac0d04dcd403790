//! Portfolios of any size out of the sample: its four larger projects in turn, each with all its files.
//!
//! Comes in: the sample's folder and a number of projects. Goes out: a folder on the disk. The four have 44 to 70 entries in
//! their plans, ledgers, registers, reports, frozen baselines, snapshots and gate documents. Each copy has a folder, a code and
//! an entry in its costs of its own, so that no two are the same; the people whom the sample's projects share become each
//! project's own, because nobody works for a thousand projects.

use std::path::Path;

/// The projects that are copied, in turn.
const COPIED: [&str; 4] =
    ["ward-workstations", "stock-sales-warehouse", "one-service-desk", "citizen-appointments"];

/// People and roles of the sample's `people.yaml`.
const ROLES: [(&str, &str); 2] = [("engineer", "{rate: 600 EUR/d}"), ("security", "{rate: 680 EUR/d}")];
const PEOPLE: [(&str, &str); 2] = [
    ("tom", "{name: Tom Okafor, role: engineer, absent: [2026-12-28 .. 2026-12-31]}"),
    ("priya", "{name: Priya Nair, role: security, team: security, available: 50%}"),
];

/// Writes a portfolio.
pub fn write(sample: &Path, folder: &Path, n_projects: usize) {
    std::fs::create_dir_all(folder).unwrap();
    std::fs::write(folder.join("portfolio.yaml"), format!("title: Portfolio of {n_projects} projects\n"))
        .unwrap();
    for (number, name) in (1..=n_projects).zip(COPIED.iter().cycle()) {
        let from = sample.join("projects").join(name);
        copy(&from, &folder.join("projects").join(format!("{name}-{number:04}")), number);
    }
}

fn copy(from: &Path, to: &Path, number: usize) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let target = to.join(path.file_name().unwrap());
        if path.is_dir() {
            copy(&path, &target, number);
            continue;
        }
        let text = std::fs::read_to_string(&path).unwrap();
        let name = path.file_name().unwrap().to_string_lossy();
        std::fs::write(target, changed(&name, &text, number)).unwrap();
    }
}

/// The text of a file of a copy.
fn changed(name: &str, text: &str, number: usize) -> String {
    match name {
        "project.yaml" => text.lines().fold(String::new(), |mut out, line| {
            out.push_str(line);
            if line.starts_with("code: ") {
                out.push_str(&format!("-{number:04}"));
            }
            out.push('\n');
            out
        }),
        "costs.csv" => format!("{text}2026-11-18,actual,other,,{number} EUR,COPY-{number:04},\n"),
        "resources.yaml" => {
            let text = with_entries(text, "roles:", &ROLES);
            with_entries(&text, "people:", &PEOPLE)
        }
        _ => text.to_owned(),
    }
}

/// A list with entries that it does not have.
fn with_entries(text: &str, list: &str, entries: &[(&str, &str)]) -> String {
    let mut out = String::new();
    for line in text.lines() {
        out.push_str(&format!("{line}\n"));
        if line.starts_with(list) {
            let missing = entries.iter().filter(|(id, _)| !text.contains(&format!("\n  {id}:")));
            out.extend(missing.map(|(id, entry)| format!("  {id}: {entry}\n")));
        }
    }
    out
}
