//! Plans for MS Project: each file is read by our own import and builds to the dates of the forecast it was written from.

use std::collections::BTreeMap;
use std::path::Path;

use milepost::diagnostic::Diagnostics;
use milepost::exchange::{Imported, mspdi};
use milepost::pipeline::{self, Options};
use milepost::report::Report;
use milepost::source::disk::Folder;

use crate::sample;

/// The plan of each project of a site, by its folder.
fn plans(report: &Report) -> BTreeMap<String, String> {
    let site = pipeline::render(report, &BTreeMap::new()).unwrap();
    let plans = site.iter().filter_map(|(path, bytes)| {
        let folder = path.strip_suffix("/plan.xml").filter(|folder| !folder.contains('/'))?;
        Some((folder.to_owned(), String::from_utf8(bytes.to_vec()).unwrap()))
    });
    plans.collect()
}

fn imported(xml: &str, name: &str) -> Imported {
    let outcome = mspdi::import(xml.as_bytes(), name);
    let findings: Vec<&str> = outcome.findings.iter().map(|found| found.message.as_str()).collect();
    assert!(findings.is_empty(), "{name}: {findings:?}");
    outcome.imported.expect(name)
}

/// Holds the dates of every task that is no summary.
fn check_dates(report: &Report) {
    let plans = plans(report);
    assert_eq!(plans.len(), report.projects.len());
    for project in &report.projects {
        let folder = &project.project.folder;
        let imported = imported(&plans[folder], folder);
        let comparison = imported.comparison.as_ref().expect(folder);
        let n_tasks = project.project.tasks.iter().filter(|task| !task.is_summary()).count();
        assert_eq!(comparison.n_tasks, n_tasks, "{folder}");
        let differences: Vec<String> = comparison
            .differences
            .iter()
            .map(|one| {
                format!(
                    "{folder}/{}: {} .. {} became {} .. {} {}",
                    one.id, one.stored.0, one.stored.1, one.computed.0, one.computed.1, one.reason
                )
            })
            .collect();
        assert!(differences.is_empty(), "{}", differences.join("\n"));
    }
}

#[test]
fn every_task_of_the_sample_keeps_its_dates() {
    check_dates(sample::report());
}

#[test]
fn the_example_beside_the_repository_keeps_its_dates() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/example/branch-network");
    let path = std::env::var_os("MILEPOST_EXAMPLE").map_or(path, Into::into);
    if !path.is_dir() {
        println!("{} is not there", path.display());
        return;
    }
    let mut found = Diagnostics::default();
    let folder = Folder::read(&path, &mut found).unwrap();
    check_dates(&pipeline::compute(&folder, found, &Options::default()));
}
