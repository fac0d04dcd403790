//! What the options of open decisions and the changes that wait lead to: each that says what it changes is computed like a
//! what-if.

use rayon::prelude::*;

use crate::diagnostic::{Diagnostic, Diagnostics, FileId};
use crate::model::{AskedChange, AskedKind};
use crate::pipeline::{Options, compute_with};
use crate::quantity::Id;
use crate::record::what_if::{Changes, ProjectNames, Wish};
use crate::report::{ChangeEffect, OptionEffect, ProjectReport, Report, wish_missed};
use crate::source::disk::Folder;

/// What is to be computed.
struct Job<'a> {
    /// The project's place in the report.
    place: usize,
    asked: Asked<'a>,
    changes: &'a [AskedChange],
}

/// Who says what would change.
#[derive(Clone, Copy)]
enum Asked<'a> {
    /// An option of an open decision.
    Option { decision: &'a Id, option: &'a str },
    /// A change that waits for approval.
    Change(&'a Id),
}

/// What came of it.
enum Effect {
    Option(OptionEffect),
    Change(ChangeEffect),
}

/// Computes the options of all open decisions and the changes that wait, and reports those that name nothing.
pub(super) fn weigh(folder: &Folder, options: &Options, report: &mut Report) {
    let mut jobs = Vec::new();
    for (place, project) in report.projects.iter().enumerate() {
        let decisions = &project.project.registers.decisions;
        for decision in decisions.iter().filter(|decision| decision.is_open(project.status_date)) {
            for option in decision.options.iter().filter(|option| !option.changes.is_empty()) {
                let asked = Asked::Option { decision: &decision.id, option: &option.name };
                jobs.push(Job { place, asked, changes: &option.changes });
            }
        }
        let waiting = project.project.registers.changes.iter();
        for change in waiting.filter(|change| change.is_waiting(project.status_date)) {
            if !change.changes.is_empty() {
                jobs.push(Job { place, asked: Asked::Change(&change.id), changes: &change.changes });
            }
        }
    }
    let answers: Vec<(usize, Result<Effect, Vec<Diagnostic>>)> = jobs
        .par_iter()
        .map(|job| (job.place, effect(folder, options, &report.projects[job.place], job)))
        .collect();
    for (place, answer) in answers {
        match answer {
            Ok(Effect::Option(effect)) => report.projects[place].options.push(effect),
            Ok(Effect::Change(effect)) => report.projects[place].changes.push(effect),
            Err(faults) => faults.into_iter().for_each(|fault| report.findings.push(fault)),
        }
    }
    report.findings.sort();
}

/// Computes the project once more with what an option or a change sets and leaves out. Only its own files are read again.
fn effect(
    folder: &Folder,
    options: &Options,
    project: &ProjectReport,
    job: &Job<'_>,
) -> Result<Effect, Vec<Diagnostic>> {
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
        Some(after) if faults.is_empty() => {
            let (difference, decide_by) = (project.difference_to(after), project.decide_by(after));
            Ok(match job.asked {
                Asked::Option { decision, option } => Effect::Option(OptionEffect {
                    decision: decision.clone(),
                    option: option.to_owned(),
                    difference,
                    decide_by,
                }),
                Asked::Change(change) => {
                    Effect::Change(ChangeEffect { change: change.clone(), difference, decide_by })
                }
            })
        }
        _ => Err(faults),
    }
}
