//! Projects whose files have changed, computed anew beside all others as a report has them.
//!
//! Comes in: the report of before, the folder as it is now, and which of its texts have changed. Goes out: what becomes other in the
//! report, so that it is the one that would be computed of the whole folder. Where a change may reach further than its own project,
//! nothing comes out, and the whole is to be computed: where a file of all projects has changed; where levelled projects may
//! wait for each other, or tasks for those of other projects; where names of people are replaced.

use std::collections::BTreeSet;

use crate::diagnostic::{Diagnostics, FileId};
use crate::history::Past;
use crate::model::AskedChange;
use crate::pipeline::past::{Memory, remember};
use crate::pipeline::shared::{Booked, shares};
use crate::pipeline::{Care, Options, Terms, compute_beside, external, options};
use crate::plan::risk::KnownRuns;
use crate::quantity::Audience;
use crate::record::what_if::Changes;
use crate::report::{Exchange, History, ProjectReport, Report, concerns, is_shared};
use crate::source::disk::{Folder, Reading};

/// What came of computing projects anew.
#[derive(Debug)]
pub enum Anew {
    /// What becomes other in the report.
    Changed(Box<Exchange>),
    /// A project that cannot be understood any more: a report of it alone.
    Unreadable(Box<Report>),
    /// The change may reach further than its own project.
    Whole,
}

/// How many projects are computed anew one by one; more of them are computed with all others.
const AT_MOST: usize = 8;

/// Computes the projects anew to which changed texts belong.
#[must_use]
pub fn anew(
    before: &Report,
    folder: &Folder,
    changed: &BTreeSet<FileId>,
    options: &Options,
    past: Option<&Past>,
) -> Anew {
    let Some(homes) = homes(before, folder, changed) else { return Anew::Whole };
    let is_usual = options.what_if.is_empty() && before.audience == Audience::Restricted;
    if !is_usual || homes.len() > AT_MOST {
        return Anew::Whole;
    }
    let mut exchange = Exchange {
        projects: Vec::new(),
        history: Vec::new(),
        texts: Vec::new(),
        homes: homes.iter().cloned().collect(),
        findings: Diagnostics::default(),
        title: before.title.clone(),
        status_date: before.status_date,
        revision: options.revision.clone(),
    };
    let is_levelled = |report: &ProjectReport| report.project.scheduling.levelling.is_some();
    let some_are_levelled = before.projects.iter().any(is_levelled);
    for (name, home) in &homes {
        let files = folder.dimmed(|path| path.starts_with(home.as_str()) || is_shared(path));
        let mut alone = alone(&files, options, &known_of(before.project(name)));
        if alone.project(name).is_none() {
            return Anew::Unreadable(Box::new(alone));
        }
        alone.history = match (&before.history, past) {
            (History::Known(_), Some(past)) => {
                remember(&alone, &Memory::new(past, &files, options).by_project())
            }
            (History::Known(_), None) => return Anew::Whole,
            (other, _) => other.clone(),
        };
        let (Some(then), Some(now)) = (before.project(name), alone.project(name)) else { return Anew::Whole };
        let both = [then, now];
        let may_wait = some_are_levelled || is_levelled(now) || both.into_iter().any(asks_for_levelling);
        let waits = may_wait && both.into_iter().any(|one| shares(&one.project));
        let is_waited_for = before.projects.iter().any(|one| external::waits_for(&one.project, name));
        let is_linked = is_waited_for || both.into_iter().any(|one| external::waits(&one.project));
        if waits || is_linked || then.project.is_public() != now.project.is_public() {
            return Anew::Whole;
        }
        exchange.title.clone_from(&alone.title);
        let found = alone.findings.take_out(|found| concerns(found, (name, home), folder));
        exchange.findings.extend(found);
        if let History::Known(known) = std::mem::take(&mut alone.history) {
            exchange.history.extend(known);
        }
        exchange.projects.append(&mut alone.projects);
    }
    let untouched =
        before.projects.iter().filter(|one| !homes.iter().any(|(name, _)| *name == one.project.folder));
    let days = untouched.chain(&exchange.projects).map(|project| project.status_date);
    exchange.status_date = days.max().or(options.as_of).unwrap_or(before.status_date);
    let texts = changed.iter().filter_map(|file| Some((*file, folder.file(*file)?.text.clone())));
    exchange.texts = texts.collect();
    Anew::Changed(Box::new(exchange))
}

/// Whether an option of a decision, or a change, would have the project levelled: it works around the others then.
fn asks_for_levelling(report: &ProjectReport) -> bool {
    let registers = &report.project.registers;
    let options = registers.decisions.iter().flat_map(|decision| &decision.options);
    let asked = options.flat_map(|option| &option.changes);
    let mut asked = asked.chain(registers.changes.iter().flat_map(|change| &change.changes));
    asked.any(AskedChange::sets_scheduling)
}

/// A report of the projects in a part of the folder.
fn alone(part: &Folder, options: &Options, known: &KnownRuns) -> Report {
    let terms = Terms { care: Care::Whole, booked: &Booked::default(), then: None, known };
    let mut report = compute_beside(part, Diagnostics::default(), options, (&Changes::default(), terms));
    options::weigh(part, options, &mut report, known);
    report
}

/// The runs that were made for a project as it was: most of what people write does not touch them.
fn known_of(before: Option<&ProjectReport>) -> KnownRuns {
    let known = KnownRuns::default();
    for report in before.into_iter().flat_map(|now| [now].into_iter().chain(now.at_gates.values())) {
        let options = report.options.iter().map(|effect| &effect.risk);
        let changes = report.changes.iter().map(|effect| &effect.risk);
        [&report.risk].into_iter().chain(options).chain(changes).flatten().for_each(|risk| known.enter(risk));
    }
    known
}

/// The projects to which files belong, with the beginnings of their paths. None where a file is not one of a project alone, and where
/// files of the project could not be read.
fn homes(before: &Report, folder: &Folder, changed: &BTreeSet<FileId>) -> Option<BTreeSet<(String, String)>> {
    let mut homes = BTreeSet::new();
    for file in changed {
        let path = folder.file(*file)?.path.as_str();
        if is_shared(path) {
            return None;
        }
        let parts: Vec<&str> = path.split('/').collect();
        let name = match parts.as_slice() {
            ["projects", name, _, ..] | [name, _, ..] => *name,
            _ => "",
        };
        let single = before.projects.first().filter(|_| before.projects.len() == 1);
        let project = before.project(name).or(single)?;
        let home = before.home(project);
        if !path.starts_with(home) || (home.is_empty() && before.projects.len() > 1) {
            return None;
        }
        homes.insert((project.project.folder.clone(), home.to_owned()));
    }
    let is_read = |home: &str| {
        let own = folder.files().iter().filter(|file| file.path.starts_with(home));
        own.into_iter().all(|file| file.reading != Reading::Failed)
    };
    homes.iter().all(|(_, home)| is_read(home)).then_some(homes)
}
