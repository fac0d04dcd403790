//! The project as a board knew it on the day of a decision: without what was found out, asked or written later.
//!
//! Comes in: the project as its files stand. Goes out: the same as of a day gone by. What has no day cannot be told from what is
//! older; it stays, and documents say so.

use std::collections::BTreeSet;
use std::sync::Arc;

use jiff::civil::Date;

use crate::diagnostic::Span;
use crate::document::digest;
use crate::model::{ChangeStatus, EntryType, FrozenGate, ProgressEntry, Project};
use crate::quantity::Moment;
use crate::source::disk::Folder;

/// What stands in the files without a day and came after a document was frozen, by where it stands.
#[derive(Clone, Copy, Default)]
pub(super) struct Since<'a> {
    expected: &'a [Span],
    booked: &'a [Span],
    waived: &'a [Span],
    are_hours_edited: bool,
}

impl<'a> Since<'a> {
    /// What came after a document was frozen, once it has been looked for.
    pub(super) fn of(frozen: &'a FrozenGate) -> Self {
        Self {
            expected: &frozen.expected_since,
            booked: &frozen.booked_since,
            waived: &frozen.waived_since,
            are_hours_edited: frozen.are_hours_edited,
        }
    }
}

/// The project as of the day of a decision: what had been reported by then.
///
/// Of a document that was put together later, with the reports up to `told_until`, nobody kept what the board had before it. What had
/// happened by its day counts then, also where the line of `progress.csv` was written later: reports come every other week, boards meet
/// when they can.
/// Hours of the week of the decision whose rows may be later ones lie on the days on which they were worked, as later reports tell.
/// What came `since` the document was frozen is left out, too: money that is expected, waivers, and rows of hours, cost and progress
/// although they are of a day before the decision, as the hours of the week in which the board met.
pub(super) fn as_decided(
    project: &Project,
    day: Date,
    (told_until, since): (Option<Date>, Since<'_>),
) -> Project {
    let hours_worked_by = (told_until.is_some() || since.are_hours_edited).then(|| project.newest_report());
    let mut project = Project { hours_worked_by, ..project.clone().gates_as_of(day) };
    // What is wrong in the files today, nobody had before them; what cannot be read is not known of that day either.
    project.errors.clear();
    project.repeated.clear();
    project.waivers.retain(|waiver| !since.waived.contains(&waiver.origin));
    project.timesheets.retain(|entry| !since.booked.contains(&entry.origin));
    project.costs.retain(|entry| !since.booked.contains(&entry.origin));
    project.progress.retain(|entry| !since.booked.contains(&entry.origin));
    let known_until = told_until.map_or(day, |told| told.max(day));
    project.progress.retain(|entry| entry.status_date <= known_until);
    for entry in project.progress.iter_mut().filter(|entry| entry.status_date > day) {
        tell_of(entry, day);
    }
    project.progress.sort_by_key(|entry| entry.status_date);
    forget_bookings(&mut project, day, (told_until.is_some(), since.expected));
    forget_entries(&mut project, day);
    forget_answers(&mut project, day);
    project
}

/// The project as of a day, which files of its newest report tell: of money that is expected nobody knows any more whether it was
/// expected then, as at gates whose documents are put together later. It counts as long as the files are those of the day.
pub(super) fn known_by(mut project: Project, day: Date, newest: Date) -> Project {
    if !project.are_of_one_time(day, newest) {
        project.costs.retain(|entry| entry.date <= day || entry.entry_type != EntryType::Forecast);
    }
    project
}

/// Finds for each frozen document the rows of today that expect money, those that book or report, and the waivers, that no line of then
/// says, by the digests of lines that it kept. Where a line of then is gone from the file of a waiver, the waiver may be an old one that
/// was prolonged: it stays. So do rows of a table that has lost one.
pub(super) fn find_what_came_since(projects: &mut [Project], folder: &Folder) {
    for project in projects {
        if project.frozen_gates.is_empty() {
            continue;
        }
        let expected = project.costs.iter().filter(|entry| entry.entry_type == EntryType::Forecast);
        let expected = Lines::of(folder, "costs.csv", expected.map(|entry| entry.origin));
        let waived = Lines::of(folder, "project.yaml", project.waivers.iter().map(|waiver| waiver.origin));
        let costs = project.costs.iter().filter(|entry| entry.entry_type != EntryType::Forecast);
        let booked = [
            Lines::of(folder, "costs.csv", costs.map(|entry| entry.origin)),
            Lines::of(folder, "timesheets.csv", project.timesheets.iter().map(|entry| entry.origin)),
            Lines::of(folder, "progress.csv", project.progress.iter().map(|entry| entry.origin)),
        ];
        for frozen in Arc::make_mut(&mut project.frozen_gates) {
            frozen.expected_since = expected.not_in(frozen);
            frozen.booked_since = booked
                .iter()
                .filter(|rows| rows.holds_all_of(frozen))
                .flat_map(|rows| rows.not_in(frozen))
                .collect();
            let [_, hours, _] = &booked;
            frozen.are_hours_edited = hours.kept_by(frozen).is_some() && !hours.holds_all_of(frozen);
            if waived.holds_all_of(frozen) {
                frozen.waived_since = waived.not_in(frozen);
            }
        }
    }
}

/// Places in a file of a project, each with the digest of its line.
struct Lines<'a> {
    path: &'static str,
    text: &'a str,
    places: Vec<(Span, String)>,
}

impl<'a> Lines<'a> {
    fn of(folder: &'a Folder, path: &'static str, places: impl Iterator<Item = Span>) -> Self {
        let mut text = "";
        let places = places.filter_map(|place| {
            text = &folder.files().get(place.file.0 as usize)?.text;
            Some((place, digest_of_line(text, place)?))
        });
        let places = places.collect();
        Self { path, text, places }
    }

    /// The lines that the record of a document kept of the file; none where it kept none.
    fn kept_by<'b>(&self, frozen: &'b FrozenGate) -> Option<BTreeSet<&'b str>> {
        let (_, then) = frozen.lines.iter().find(|(path, _)| path == self.path)?;
        Some(then.split_whitespace().collect())
    }

    /// The places whose line the record of a document does not hold; none where it kept no lines of the file.
    fn not_in(&self, frozen: &FrozenGate) -> Vec<Span> {
        let Some(then) = self.kept_by(frozen) else { return Vec::new() };
        let since = self.places.iter().filter(|(_, line)| !then.contains(line.as_str()));
        since.map(|(origin, _)| *origin).collect()
    }

    /// Whether the file holds all lines of then.
    fn holds_all_of(&self, frozen: &FrozenGate) -> bool {
        let now: BTreeSet<String> = self.text.lines().filter_map(digest::of_line).collect();
        self.kept_by(frozen).is_some_and(|then| then.iter().all(|line| now.contains(*line)))
    }
}

/// The digest of the line on which something begins.
fn digest_of_line(text: &str, place: Span) -> Option<String> {
    let (before, after) = text.split_at_checked(place.start as usize)?;
    let first = before.rfind('\n').map_or(0, |end| end + 1);
    let last = after.find('\n').map_or(text.len(), |end| before.len() + end);
    digest::of_line(text.get(first..last)?)
}

/// Of a line of progress that was written after a day, what had happened by then.
fn tell_of(entry: &mut ProgressEntry, day: Date) {
    let by_then = |at: Option<Moment>| at.filter(|at| at.day <= day);
    let (start, finish) = (by_then(entry.actual_start), by_then(entry.actual_finish));
    if start.is_none() && finish.is_none() {
        return;
    }
    entry.status_date = day;
    entry.is_told_later = true;
    if finish.is_none() {
        // How far it had come by then, nobody wrote down.
        entry.actual_finish = None;
        entry.percent_complete = None;
        entry.units_done = None;
        entry.remaining = None;
        entry.resume = None;
    }
}

/// Leaves out hours and money of days after a day. Money that is expected lies ahead by its nature, and no file says since when it is
/// expected: it stays as long as the files are those that the board had, but for rows that came after the document was frozen, and is left
/// out of a document that was put together later.
fn forget_bookings(project: &mut Project, day: Date, (are_files_later, expected_since): (bool, &[Span])) {
    project.timesheets.retain(|entry| entry.period.first() <= day);
    project.costs.retain(|entry| {
        let is_expected = entry.entry_type == EntryType::Forecast;
        entry.date <= day || (is_expected && !are_files_later && !expected_since.contains(&entry.origin))
    });
}

/// Leaves out what was raised, asked, handed in or written after a day.
fn forget_entries(project: &mut Project, day: Date) {
    let is_known = |at: Option<Date>| at.is_none_or(|at| at <= day);
    let registers = &mut project.registers;
    registers.risks.retain(|risk| is_known(risk.raised));
    registers.issues.retain(|issue| is_known(issue.raised));
    registers.decisions.retain(|entry| is_known(entry.asked.or(entry.decided)));
    registers.changes.retain(|change| is_known(change.submitted.or(change.decided)));
    registers.actions.retain(|action| is_known(action.raised.or(action.done)));
    registers.requests.retain(|request| is_known(request.asked.or(request.received)));
    registers.lessons.retain(|lesson| is_known(lesson.date));
    project.defects.retain(|defect| defect.opened <= day);
    project.exceptions.retain(|raised| raised.raised <= day);
    project.updates.retain(|update| update.status_date <= day);
    project.snapshots.retain(|frozen| frozen.status_date <= day);
    for benefit in &mut project.benefits {
        benefit.readings.retain(|reading| reading.date <= day);
    }
}

/// Takes back answers that were given after a day: the entry is still open then.
fn forget_answers(project: &mut Project, day: Date) {
    let is_later = |at: Option<Date>| at.is_some_and(|at| at > day);
    let registers = &mut project.registers;
    let issues = &registers.issues;
    for risk in &mut registers.risks {
        let is_raised = |id: &crate::quantity::Id| issues.iter().any(|issue| issue.id == *id);
        risk.became = risk.became.take().filter(is_raised);
    }
    for entry in registers.decisions.iter_mut().filter(|entry| is_later(entry.decided)) {
        entry.decision = None;
        entry.reasons = None;
        entry.decided = None;
        entry.decided_by = None;
        entry.applies_from = None;
        entry.told_to = None;
        entry.draws.clear();
    }
    for change in &mut registers.changes {
        if is_later(change.decided) {
            change.status = ChangeStatus::WaitingForApproval;
            change.decision = None;
            change.decided = None;
            change.decided_by = None;
        } else if change.status == ChangeStatus::Implemented && is_later(change.implemented) {
            change.status = ChangeStatus::Approved;
        }
        change.implemented = change.implemented.filter(|built| *built <= day);
    }
    for risk in registers.risks.iter_mut().filter(|risk| is_later(risk.closed)) {
        risk.closed = None;
        risk.status = None;
    }
    for issue in registers.issues.iter_mut().filter(|issue| is_later(issue.resolved)) {
        issue.resolved = None;
        issue.status = None;
    }
}
