//! What the options of open decisions lead to: each that says what it changes is computed like a what-if.

use rayon::prelude::*;

use crate::diagnostic::{Diagnostic, Diagnostics, FileId};
use crate::model::{AskedChange, AskedKind};
use crate::pipeline::{Options, compute_with};
use crate::quantity::Id;
use crate::record::what_if::{Changes, ProjectNames, Wish};
use crate::report::{OptionEffect, ProjectReport, Report, wish_missed};
use crate::source::disk::Folder;

/// An option that is to be computed.
struct Job<'a> {
    /// The project's place in the report.
    place: usize,
    decision: &'a Id,
    option: &'a str,
    changes: &'a [AskedChange],
}

/// Computes the options of all open decisions, and reports changes that name nothing.
pub(super) fn weigh(folder: &Folder, options: &Options, report: &mut Report) {
    let mut jobs = Vec::new();
    for (place, project) in report.projects.iter().enumerate() {
        let decisions = &project.project.registers.decisions;
        for decision in decisions.iter().filter(|decision| decision.is_open(project.status_date)) {
            for option in decision.options.iter().filter(|option| !option.changes.is_empty()) {
                jobs.push(Job {
                    place,
                    decision: &decision.id,
                    option: &option.name,
                    changes: &option.changes,
                });
            }
        }
    }
    let answers: Vec<(usize, Result<OptionEffect, Vec<Diagnostic>>)> = jobs
        .par_iter()
        .map(|job| (job.place, effect(folder, options, &report.projects[job.place], job)))
        .collect();
    for (place, answer) in answers {
        match answer {
            Ok(effect) => report.projects[place].options.push(effect),
            Err(faults) => faults.into_iter().for_each(|fault| report.findings.push(fault)),
        }
    }
    report.findings.sort();
}

/// Computes the project once more with the changes of an option. Only its own files are read again.
fn effect(
    folder: &Folder,
    options: &Options,
    project: &ProjectReport,
    job: &Job<'_>,
) -> Result<OptionEffect, Vec<Diagnostic>> {
    let own = &project.project.files;
    let is_shared = |path: &str| {
        !own.iter().any(|file| file == path) && (path == "people.yaml" || path.starts_with("calendars/"))
    };
    let part = folder.part(|path| own.iter().any(|file| file == path) || is_shared(path));
    let first = FileId(u32::try_from(part.files().len()).unwrap_or(u32::MAX));
    // On a site that answers a what-if the options are seen from there.
    let mut wishes = options.what_if.clone();
    let n_given = wishes.len();
    wishes.extend(job.changes.iter().map(|change| match change.kind {
        AskedKind::Set => Wish::set(&change.text),
        AskedKind::Without => Wish::without(&change.text),
    }));
    let own_wishes = FileId(first.0.saturating_add(u32::try_from(n_given).unwrap_or(u32::MAX)));
    let as_of = Some(project.status_date);
    let mut found = Diagnostics::default();
    let changes = Changes::read(&wishes, (&ProjectNames::of(&part), first), as_of, &mut found);
    // An option may change what a what-if has set: it is seen from there. Within itself it must agree.
    changes.report_contradictions(own_wishes, &mut found);
    let options = Options { as_of, level: options.level, ..Options::default() };
    let report = compute_with(&part, found, &options, &changes);

    let faults: Vec<Diagnostic> = report
        .findings
        .iter()
        .filter_map(|found| Some((wish_missed(found, own_wishes)?, found)))
        .map(|(wish, found)| {
            let mut fault = Diagnostic::new(found.rule, job.changes[wish].origin, found.message.clone());
            fault.hints.clone_from(&found.hints);
            fault.project = Some(project.project.folder.clone());
            fault
        })
        .collect();
    match report.project(&project.project.folder) {
        Some(after) if faults.is_empty() => Ok(OptionEffect {
            decision: job.decision.clone(),
            option: job.option.to_owned(),
            difference: project.difference_to(after),
        }),
        _ => Err(faults),
    }
}
