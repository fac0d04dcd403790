//! What the options of open decisions and the changes that wait lead to: each that says what it changes is computed like a
//! what-if of its project alone. The other projects stay as the report has them: those that come before it keep the shared
//! people that they have booked, those after it would give way. Where they move with it and may move it in turn, all are computed.

use std::borrow::Cow;

use rayon::prelude::*;

use crate::diagnostic::{Diagnostic, Diagnostics, FileId};
use crate::model::{AskedChange, AskedKind, Ground, Project};
use crate::pipeline::shared::{Booked, BookedByEach};
use crate::pipeline::{Care, Options, Terms, compute_beside, external, with_runs};
use crate::plan::risk::KnownRuns;
use crate::quantity::Id;
use crate::record::what_if::{Changes, ProjectNames, WHAT_IF_OVERRIDDEN, Wish};
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

/// What came of it, none where something that it asks for names nothing, and what was found of what it asks for.
type Weighed = (Option<Effect>, Vec<Diagnostic>);

/// Computes the options of all open decisions and the changes that wait, and reports those that name nothing.
pub(super) fn weigh(folder: &Folder, options: &Options, report: &mut Report, known: &KnownRuns) {
    let mut jobs = Vec::new();
    for (place, project) in report.projects.iter().enumerate() {
        let decisions = &project.project.registers.decisions;
        for decision in decisions.iter().filter(|decision| decision.is_open(project.status_date)) {
            for option in decision.options.iter().filter(|option| option.is_computed()) {
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
    if jobs.is_empty() {
        return;
    }
    let booked = BookedByEach::of(&report.projects);
    let paths = folder.files().iter().map(|file| file.path.as_str());
    let shared: Vec<&str> =
        paths.filter(|path| *path == "people.yaml" || path.starts_with("calendars/")).collect();
    let answers: Vec<(usize, Weighed)> = jobs
        .par_iter()
        .map(|job| {
            let project = &report.projects[job.place];
            let terms = Terms { care: Care::Past, booked: &booked.before(job.place), then: None, known };
            (job.place, effect((folder, &shared), options, (project, terms), job))
        })
        .collect();
    for (place, (effect, found)) in answers {
        // What it leads to rests on what the files say besides.
        let is_known = !report.projects[place].project.is_unread(Ground::ESTIMATE);
        match effect.filter(|_| is_known) {
            Some(Effect::Option(effect)) => report.projects[place].options.push(effect),
            Some(Effect::Change(effect)) => report.projects[place].changes.push(effect),
            None => {}
        }
        for one in found {
            report.findings.push(one);
        }
    }
    report.findings.sort();
}

/// Whether an option moves other projects that move its own in turn, or names tasks of theirs that nobody waited for before.
fn concerns_others(project: &Project, changes: &[AskedChange]) -> bool {
    external::may_come_back(project) || changes.iter().any(AskedChange::waits_for_another_project)
}

/// A change as it is asked: among several projects a path that names none means that of the decision.
fn asked(change: &AskedChange, among: Option<&str>) -> Wish {
    let text = match among.filter(|_| !change.names_a_project()) {
        Some(folder) => format!("{folder}/{}", change.text),
        None => change.text.clone(),
    };
    match change.kind {
        AskedKind::Set => Wish::set(&text),
        AskedKind::Without => Wish::without(&text),
    }
}

/// That a change is approved: what it leads to is what its approval leads to, so that what it brings in is not without one.
fn approved(change: &Id, among: Option<&str>) -> Wish {
    let folder = among.map_or_else(String::new, |folder| format!("{folder}/"));
    Wish::set(&format!("{folder}changes.{change}.status=approved"))
}

/// Computes the project once more with what an option or a change sets and leaves out, around what those have booked that
/// come before it. Only its own files are read again, unless others move with it. With it goes what is found of the changes: that one names
/// nothing, so that there is no effect, or that something else counts before what it sets.
fn effect(
    (folder, shared): (&Folder, &[&str]),
    options: &Options,
    (project, terms): (&ProjectReport, Terms<'_>),
    job: &Job<'_>,
) -> Weighed {
    let nothing = Booked::default();
    let concerns_others = concerns_others(&project.project, job.changes);
    let (part, terms, status_date) = if concerns_others {
        (Cow::Borrowed(folder), Terms { booked: &nothing, ..terms }, options.as_of)
    } else {
        let own = project.project.files.iter().map(String::as_str);
        let part = folder.files_at(own.chain(shared.iter().copied()));
        (Cow::Owned(part), terms, Some(project.status_date))
    };
    let first = FileId(u32::try_from(part.files().len()).unwrap_or(u32::MAX));
    // On a site that answers a what-if the options are seen from there.
    let mut wishes = options.what_if.clone();
    let n_given = wishes.len();
    let among = concerns_others.then_some(project.project.folder.as_str());
    wishes.extend(job.changes.iter().map(|change| asked(change, among)));
    if let Asked::Change(change) = job.asked {
        wishes.push(approved(change, among));
    }
    let own_wishes = FileId(first.0.saturating_add(u32::try_from(n_given).unwrap_or(u32::MAX)));
    let as_of = Some(project.status_date);
    let mut found = Diagnostics::default();
    let changes = Changes::read(&wishes, (&ProjectNames::of(&part), first), as_of, &mut found);
    // An option may change what a what-if has set: it is seen from there. Within itself it must agree.
    changes.report_contradictions(own_wishes, &mut found);
    let options = Options {
        as_of: status_date,
        as_of_project: options.as_of_project.clone().filter(|_| concerns_others),
        level: options.level,
        audience: Some(project.project.audience),
        ..Options::default()
    };
    // Dates, money and the runs are compared; reasons and gates gone by are not asked for.
    let mut report = compute_beside(&part, found, &options, (&changes, terms));
    report.projects.retain(|one| one.project.folder == project.project.folder);
    let with_runs = |report| with_runs(report, (terms.care, terms.known));
    report.projects = report.projects.into_iter().map(with_runs).collect();

    let of_change = |(change, found): (&AskedChange, &Diagnostic)| {
        let mut told = Diagnostic::new(found.rule, change.origin, found.message.clone());
        told.hints.clone_from(&found.hints);
        told.project = Some(project.project.folder.clone());
        told
    };
    let missed = report.findings.iter().filter_map(|found| Some((wish_missed(found, own_wishes)?, found)));
    let faults: Vec<Diagnostic> =
        missed.filter_map(|(place, found)| Some((job.changes.get(place)?, found))).map(of_change).collect();
    let Some(after) = report.project(&project.project.folder).filter(|_| faults.is_empty()) else {
        return (None, faults);
    };
    let overridden = report.findings.iter().filter(|found| found.rule.code == WHAT_IF_OVERRIDDEN.code);
    let overridden = overridden.filter_map(|found| {
        let place = found.span?.file.0.checked_sub(own_wishes.0)?;
        Some((job.changes.get(place as usize)?, found))
    });
    let overridden = overridden.map(of_change).collect();
    let (difference, decide_by) = (project.difference_to(after), project.decide_by(after));
    let risk = after.risk.clone();
    let effect = match job.asked {
        Asked::Option { decision, option } => Effect::Option(OptionEffect {
            decision: decision.clone(),
            option: option.to_owned(),
            difference,
            decide_by,
            risk,
        }),
        Asked::Change(change) => {
            Effect::Change(ChangeEffect { change: change.clone(), difference, decide_by, risk })
        }
    };
    (Some(effect), overridden)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pipeline::compute;

    /// Three levelled projects that share Lea: `alpha` has her for three days from Monday, the 3rd; then comes `beta`, then
    /// `gamma`.
    fn report(decisions: &str) -> Report {
        let people = "people:\n  lea: {name: Lea}\n";
        let project = "project: Demo\nstart: 2026-08-03\ncurrency: EUR\nschedule: {level: true}\n";
        let plan = |tasks: &str| format!("execution:\n{tasks}");
        let alpha = plan("  move: {duration: 3d, assign: lea}\n");
        let beta = plan("  write: {duration: 4d}\n  review: {duration: 1d, after: write, assign: lea}\n");
        let gamma = plan("  audit: {duration: 5d, assign: lea}\n");
        let folder = Folder::from_memory(vec![
            ("people.yaml", people),
            ("projects/alpha/project.yaml", project),
            ("projects/alpha/plan.yaml", &alpha),
            ("projects/beta/project.yaml", project),
            ("projects/beta/plan.yaml", &beta),
            ("projects/beta/decisions.yaml", decisions),
            ("projects/gamma/project.yaml", project),
            ("projects/gamma/plan.yaml", &gamma),
        ]);
        compute(&folder, Diagnostics::default(), &Options::default())
    }

    /// For each option of `beta` the finish as it is, and the one it leads to.
    fn finishes(report: &Report) -> Vec<String> {
        let beta = report.project("beta").unwrap();
        let told = |effect: &OptionEffect| {
            let finish = effect.difference.finish;
            format!("{}: {} -> {}", effect.option, finish.before, finish.after)
        };
        beta.options.iter().map(told).collect()
    }

    #[test]
    fn an_option_works_around_what_other_projects_have_booked_before_it() {
        let report = report(
            "D-1:
  question: How?
  options:
    as-it-is: {option: Nothing changes, set: [tasks.write.name=Write]}
    short: {option: A short text, set: [tasks.write.duration=1d]}
    alone: {option: Nobody reviews it, set: [tasks.write.duration=1d], without: [people.lea]}
    long: {option: A long review, set: [tasks.review.duration=3d]}
",
        );
        assert_eq!(
            finishes(&report),
            [
                "as-it-is: 2026-08-07 -> 2026-08-07",
                // Lea moves until Wednesday.
                "short: 2026-08-07 -> 2026-08-06",
                "alone: 2026-08-07 -> 2026-08-04",
                // Her audit from the 10th on comes after this project and would give way.
                "long: 2026-08-07 -> 2026-08-11",
            ]
        );
        let audit = report.project("gamma").unwrap().forecast.slots[0].first_day();
        assert_eq!(audit.to_string(), "2026-08-10");
    }

    #[test]
    fn a_project_that_an_option_levels_works_around_the_others() {
        let report = report(
            "D-1: {question: How?, options: {fixed: {option: As drawn, set: [project.schedule.level=false, tasks.write.duration=1d]}}}\n",
        );
        // Who is not levelled gives way to nobody.
        assert_eq!(finishes(&report), ["fixed: 2026-08-07 -> 2026-08-04"]);
    }

    #[test]
    fn a_range_of_durations_names_no_task_of_another_project() {
        let change = |text: &str| {
            let decisions =
                format!("D-1: {{question: How?, options: {{only: {{option: It, set: [\"{text}\"]}}}}}}\n");
            let report = report(&decisions);
            let beta = &report.project("beta").unwrap().project;
            concerns_others(beta, &beta.registers.decisions[0].options[0].changes)
        };
        assert!(!change("tasks.write.duration=2d / 4d / 9d"));
        assert!(!change("tasks.write.name=Write / rewrite"));
        assert!(change("tasks.write.after=alpha/move"));
    }
}
