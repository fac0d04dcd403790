//! What changed since a report, a gate or a revision: the files of then and the files of now, computed alike and compared.

use std::borrow::Cow;
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use jiff::civil::Date;
use rayon::prelude::*;

use crate::control::{ChangedEntry, Difference, Fate, WhatChanged};
use crate::diagnostic::{Diagnostics, Places as _, Span};
use crate::history::{Author, Authorship, Lack, Limit, ObjectName, Oldest, Past, Side, Stop, Touch};
use crate::model::ScheduleFrom;
use crate::pipeline::shared::gives_way;
use crate::pipeline::{Care, Options, compute_at, external, judged_by_chance, replay, with_runs};
use crate::plan::risk::KnownRuns;
use crate::quantity::GateId;
use crate::record::what_if::Changes;
use crate::report::{
    CommitMove, Compared, History, Moment, NotCompared, ProjectHistory, ProjectReport, ProjectSince, Report,
    State, findings_only_in, is_shared, path_and_line,
};
use crate::source::disk::Folder;

/// An older state to compare with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Base {
    /// Why it is looked at.
    pub moment: Moment,
    /// The commit that holds it.
    pub stop: Stop,
    /// The day as of which it is measured; none for each project's newest report then.
    pub as_of: Option<Date>,
}

/// The newer state of a comparison.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Newer {
    /// The folder as it was read.
    Folder,
    /// A commit.
    At(Base),
}

/// A state: its content, none for the folder as it was read, the day as of which it is measured, and what of it was computed.
type Key = (Option<ObjectName>, Option<Date>, Part);

/// What of a state was computed.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Part {
    /// All projects, as of the day.
    All,
    /// One project alone, by its folder.
    Alone(String),
    /// All projects, of which one is meant: the day is its own.
    Beside(String),
}

/// Compares states of a folder; each is computed once.
pub struct Memory<'a> {
    past: &'a Past,
    read: &'a Folder,
    options: &'a Options,
    /// Whether the schedule of every state is run many times, so that P50 and P80 can be compared.
    with_runs: bool,
    /// Whether past states are computed of the project alone that is compared, where the others have no part in it.
    by_project: bool,
    states: RefCell<BTreeMap<Key, Rc<Report>>>,
}

impl<'a> Memory<'a> {
    /// Looks at the past of a folder that was read, with the options it was computed with.
    #[must_use]
    pub fn new(past: &'a Past, read: &'a Folder, options: &'a Options) -> Self {
        Self { past, read, options, with_runs: false, by_project: false, states: RefCell::default() }
    }

    /// The same, of whose past states each is computed for the project alone that is compared: every project looks back to days
    /// of its own, and would have all others computed for each of them.
    #[must_use]
    pub fn by_project(self) -> Self {
        Self { by_project: true, ..self }
    }

    /// The same, in which P50 and P80 of finish and cost are compared as well; that takes the time of the runs.
    #[must_use]
    pub fn with_runs(self) -> Self {
        Self { with_runs: true, ..self }
    }

    /// The folder as it was read, computed like a past state.
    #[must_use]
    pub fn now(&self) -> Rc<Report> {
        self.state(None, self.options.as_of)
    }

    fn state(&self, stop: Option<&Stop>, as_of: Option<Date>) -> Rc<Report> {
        self.state_beside(stop, as_of, None)
    }

    /// The same where the day is that of one project; the others stand as of their newest reports by then.
    fn state_beside(&self, stop: Option<&Stop>, as_of: Option<Date>, folder: Option<&str>) -> Rc<Report> {
        let part = folder.filter(|_| as_of.is_some()).map_or(Part::All, |one| Part::Beside(one.to_owned()));
        self.known((stop.map(|stop| stop.folder), as_of, part), || match stop {
            None => (Cow::Borrowed(self.read), Diagnostics::default()),
            Some(stop) => {
                let mut found = Diagnostics::default();
                (Cow::Owned(self.past.folder_with_findings(stop, &mut found)), found)
            }
        })
    }

    /// The state at a commit as far as a project is concerned.
    fn state_of(&self, folder: &str, stop: &Stop, as_of: Option<Date>) -> Rc<Report> {
        if self.by_project {
            let alone = self.known((Some(stop.folder), as_of, Part::Alone(folder.to_owned())), || {
                let mut found = Diagnostics::default();
                let homes = [format!("projects/{folder}/"), format!("{folder}/")];
                let is_own = |path: &str| homes.iter().any(|home| path.starts_with(home.as_str()));
                let part =
                    self.past.part_with_findings(stop, |path| is_own(path) || is_shared(path), &mut found);
                (Cow::Owned(part), found)
            });
            // Who waits for others has to be computed beside them, and who had another name is looked for among all.
            if alone
                .project(folder)
                .is_some_and(|one| !gives_way(&one.project) && !external::waits(&one.project))
                || is_unreadable(&alone, folder)
            {
                return alone;
            }
        }
        self.state_beside(Some(stop), as_of, Some(folder))
    }

    /// A state that was computed before, or now is.
    fn known<'b>(&self, key: Key, read: impl FnOnce() -> (Cow<'b, Folder>, Diagnostics)) -> Rc<Report> {
        if let Some(known) = self.states.borrow().get(&key) {
            return Rc::clone(known);
        }
        let as_of_project = match &key.2 {
            Part::All => self.options.as_of_project.clone(),
            Part::Alone(folder) | Part::Beside(folder) => Some(folder.clone()),
        };
        let options = Options { as_of: key.1, as_of_project, what_if: Vec::new(), ..self.options.clone() };
        let (folder, found) = read();
        let mut report = compute_at(&folder, found, &options, (&Changes::default(), Care::Past));
        let looked_at = if self.with_runs { with_runs } else { judged_by_chance };
        let runs = (Care::Past, &KnownRuns::default());
        report.projects = report.projects.into_par_iter().map(|project| looked_at(project, runs)).collect();
        let report = Rc::new(report);
        self.states.borrow_mut().insert(key, Rc::clone(&report));
        report
    }

    /// Everything about the state that holds a project, and the project's folder in it; none where the project is not in it.
    #[must_use]
    pub fn whole(&self, project: &ProjectReport, base: &Base) -> Option<(Report, String)> {
        let mut found = Diagnostics::default();
        let folder = self.past.folder_with_findings(&base.stop, &mut found);
        let revision = Some(base.stop.commit.name.short());
        let options = Options {
            as_of: base.as_of,
            as_of_project: Some(project.project.folder.clone()),
            revision,
            level: self.options.level,
            what_if: Vec::new(),
            audience: self.options.audience,
        };
        let report = crate::pipeline::compute(&folder, found, &options);
        let named = counterpart(&report, &self.now(), project)?.project.folder.clone();
        Some((report, named))
    }

    /// Finds the state in which a project was reported on a day.
    ///
    /// That is the revision which the frozen record of that day names; else the commit of that day or, where the report
    /// was committed later, the one that brought it in.
    ///
    /// # Errors
    /// Where the history of this clone begins later.
    pub fn report_of(
        &self,
        report: &Report,
        project: &ProjectReport,
        day: Date,
    ) -> Result<Base, NotCompared> {
        let base = |stop| Base { moment: Moment::Report(day), stop, as_of: Some(day) };
        let path_of = |span: Span| report.sources.path(span.file).to_owned();
        let snapshot = project.project.snapshots.iter().find(|one| one.status_date == day);
        if let Some(revision) = snapshot.and_then(|one| one.source_revision.as_deref())
            && !revision.ends_with('+')
            && let Ok(stop) = self.past.resolve(revision)
        {
            return Ok(base(stop));
        }
        let told = project.project.updates.iter().find(|one| one.status_date == day);
        let path = told.map(|one| path_of(one.origin)).or_else(|| snapshot.map(|one| path_of(one.origin)));
        let brought = path.as_deref().and_then(|path| self.past.brought_in(path));
        // What was closed with edits that no commit held, as `+` says, is what the commit holds that brings the record in.
        let is_of_edits =
            snapshot.filter(|one| one.source_revision.as_deref().is_some_and(|it| it.ends_with('+')));
        if let Some(closed) = is_of_edits
            && self.past.brought_in(&path_of(closed.origin)).is_none()
        {
            return Err(NotCompared::NotCommitted(day));
        }
        let stood = self.past.on(day);
        // A folder that came whole, long after its first reports, does not say what stood in it on their days.
        let brought = brought.filter(|stop| {
            // Nor does the commit with which a shallow clone ends: it holds what came with it and all that was there before.
            self.past.is_oldest(stop) != Some(Oldest::Cut)
                && (stood.is_some() || path.as_deref().is_some_and(|path| self.is_newest_in(stop, path)))
        });
        self.newest_of(stood, brought).map(base).ok_or_else(|| self.begins_later(day))
    }

    /// The same, to be frozen for good: a later commit that brought in the whole folder does not tell what its files said on the day.
    ///
    /// # Errors
    /// Those of [`report_of`](Self::report_of), and where the history of the folder begins with that later commit.
    pub fn surely_report_of(
        &self,
        report: &Report,
        project: &ProjectReport,
        day: Date,
    ) -> Result<Base, NotCompared> {
        let base = self.report_of(report, project, day)?;
        if base.stop.commit.day > day && self.past.is_oldest(&base.stop).is_some() {
            return Err(self.begins_later(day));
        }
        self.held(&base)?;
        Ok(base)
    }

    /// Refuses a state of which this clone lacks files.
    fn held(&self, base: &Base) -> Result<(), NotCompared> {
        if self.past.holds(&base.stop) {
            return Ok(());
        }
        let revision = base.stop.commit.name.short();
        Err(NotCompared::Lacking { revision, lack: self.past.lack().unwrap_or(Lack::Damaged) })
    }

    /// The newest commit.
    #[must_use]
    pub fn head(&self) -> Option<Base> {
        self.past.head().map(|stop| Base { moment: Moment::Revision("HEAD".to_owned()), stop, as_of: None })
    }

    /// Says whether a commit holds no later file beside a file that is named for its day.
    fn is_newest_in(&self, stop: &Stop, path: &str) -> bool {
        let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
        let files = self.past.contents(stop);
        !files
            .iter()
            .any(|(other, _)| other.rsplit_once('/').is_some_and(|(of, other)| of == folder && other > name))
    }

    fn newest_of(&self, one: Option<Stop>, other: Option<Stop>) -> Option<Stop> {
        let (Some(first), Some(second)) = (&one, &other) else { return one.or(other) };
        let names = [first.commit.name, second.commit.name];
        self.past.stops().find(|stop| names.contains(&stop.commit.name))
    }

    /// Finds the state in which a gate was decided: the commit of that day.
    ///
    /// # Errors
    /// Where the gate has no decision, and where the history of this clone begins later.
    pub fn gate_of(&self, project: &ProjectReport, gate: GateId) -> Result<Base, NotCompared> {
        let record = project.project.gates.get(&gate).filter(|record| record.decision.is_some());
        let day = record.and_then(|record| record.decided).ok_or(NotCompared::NotDecided(gate))?;
        let stop = self.past.on(day).ok_or_else(|| self.begins_later(day))?;
        // Where no report has come since the decision, both states are those of their newest report.
        let as_of = Some(day).filter(|day| *day <= project.status_date);
        Ok(Base { moment: Moment::Gate(gate, day), stop, as_of })
    }

    fn begins_later(&self, day: Date) -> NotCompared {
        let first = self.past.stops().last();
        if let (Some(first), Some(lack)) = (&first, self.past.broken_off()) {
            let revision = format!("the commits before {}", first.commit.name.short());
            return NotCompared::Lacking { revision, lack };
        }
        let is_shallow = self.past.limits().iter().any(|limit| matches!(limit, Limit::Shallow(_)));
        match first {
            Some(first) => NotCompared::BeginsLater { first: first.commit, day, is_shallow },
            None => NotCompared::NotThere,
        }
    }

    /// Compares a project, named by its folder in the newer state, with an older state.
    ///
    /// # Errors
    /// Where one of the two states does not hold it, or not so that it can be computed.
    pub fn since(&self, folder: &str, from: &Base, to: &Newer) -> Compared {
        self.held(from)?;
        if let Newer::At(base) = to {
            self.held(base)?;
        }
        let before = self.state_of(folder, &from.stop, from.as_of);
        let (after, side) = match to {
            Newer::Folder => (self.now(), Side::Read(self.read)),
            Newer::At(base) => (self.state_of(folder, &base.stop, base.as_of), Side::At(&base.stop)),
        };
        let newer = after.project(folder).ok_or_else(|| {
            if is_unreadable(&after, folder) { NotCompared::UnreadableNow } else { NotCompared::Gone }
        })?;
        let older = counterpart(&before, &after, newer).ok_or_else(|| {
            if is_unreadable(&before, folder) { NotCompared::UnreadableThen } else { NotCompared::NotThere }
        })?;
        let what = older.what_changed_until(newer);
        let (then, now) = (before.home(older).to_owned(), after.home(newer).to_owned());
        let authorship = self.past.authorship(&from.stop, side).renamed(&then, &now);
        let touches = touches(&what, (&before, &after), &authorship);
        let (moment, commit) = match to {
            Newer::Folder => (Moment::Folder, None),
            Newer::At(base) => (base.moment.clone(), Some(base.stop.commit.clone())),
        };
        let is_renamed = older.project.folder != newer.project.folder;
        let findings_of = |report: &Report, project: &ProjectReport| -> Vec<_> {
            report.findings_of(project).filter(|found| found.waiver.is_none()).cloned().collect()
        };
        let (findings_then, findings_now) = (findings_of(&before, older), findings_of(&after, newer));
        Ok(Box::new(ProjectSince {
            folder: newer.project.folder.clone(),
            renamed_from: is_renamed.then(|| older.project.folder.clone()),
            from: State {
                moment: from.moment.clone(),
                commit: Some(from.stop.commit.clone()),
                status_date: older.status_date,
            },
            to: State { moment, commit, status_date: newer.status_date },
            what,
            findings_came: findings_only_in(findings_now.iter(), findings_then.iter()),
            findings_went: findings_only_in(findings_then.iter(), findings_now.iter()),
            commits: Vec::new(),
            limits: self.limits(&from.stop, &touches),
            touches,
            before: older.clone(),
            after: newer.clone(),
        }))
    }

    /// What limits a comparison: names the folder has had since, and commits that are not in the clone.
    fn limits(&self, older: &Stop, touches: &[Option<Touch>]) -> Vec<Limit> {
        let is_unknown = |touch: &Touch| touch.author == Some(Author::NotInClone);
        let mut limits = self.past.limits();
        limits.retain(|limit| match limit {
            Limit::Renamed { from, .. } => *from == older.path(),
            Limit::Shallow(_) => touches.iter().flatten().any(is_unknown),
        });
        limits
    }

    /// Projects of the older state that the newer one has no counterpart of, by their names.
    #[must_use]
    pub fn gone(&self, from: &Base, to: &Newer) -> Vec<String> {
        let before = self.state(Some(&from.stop), from.as_of);
        let after = self.newer(to);
        let is_kept = |one: &ProjectReport| {
            let mut kept = after.projects.iter().filter_map(|newer| counterpart(&before, &after, newer));
            kept.any(|kept| kept.project.folder == one.project.folder)
        };
        let gone =
            before.projects.iter().filter(|one| !is_unreadable(&after, &one.project.folder) && !is_kept(one));
        gone.map(|one| one.project.name.clone()).collect()
    }

    /// The newer state, computed.
    #[must_use]
    pub fn newer(&self, to: &Newer) -> Rc<Report> {
        match to {
            Newer::Folder => self.now(),
            Newer::At(base) => self.state(Some(&base.stop), base.as_of),
        }
    }

    /// What each commit between two states did to a project's finish and cost, oldest first.
    #[must_use]
    pub fn moves(&self, since: &ProjectSince, from: &Base, to: &Newer) -> Vec<CommitMove> {
        let newest = match to {
            Newer::Folder => self.past.head(),
            Newer::At(base) => Some(base.stop.clone()),
        };
        let Some(newest) = newest else { return Vec::new() };
        let mut stops = self.past.between(&from.stop, &newest);
        stops.push(from.stop.clone());
        stops.reverse();
        let options = Options { as_of: None, what_if: Vec::new(), ..self.options.clone() };
        let replayed = replay(self.past, &stops, &options, self.must_wait());
        let of = |projects: &Vec<super::Replayed>| {
            let names = [Some(&since.folder), since.renamed_from.as_ref()];
            projects
                .iter()
                .find(|one| names.contains(&Some(&one.folder)))
                .map(|one| (one.finish, one.estimate))
        };
        let figures: Vec<_> = replayed.iter().map(of).collect();
        let mut moves = Vec::new();
        for (pair, stop) in figures.windows(2).zip(stops.iter().skip(1)) {
            let [before, after] = pair else { continue };
            let both = before.zip(*after);
            moves.push(CommitMove {
                commit: Some(stop.commit.clone()),
                finish: both.map(|(before, after)| (before.0, after.0)),
                estimate: both.map(|(before, after)| (before.1, after.1)),
            });
        }
        if matches!(to, Newer::Folder) && !self.past.is_as_in(self.read, &newest) {
            let now = self.state(None, None);
            let now =
                now.project(&since.folder).map(|one| (one.forecast.finish_day(), one.control.estimate()));
            let both = figures.last().copied().flatten().zip(now);
            moves.push(CommitMove {
                commit: None,
                finish: both.map(|(before, after)| (before.0, after.0)),
                estimate: both.map(|(before, after)| (before.1, after.1)),
            });
        }
        moves
    }

    /// Whether projects wait for each other: some are levelled and several share people, or work waits for that of another.
    fn must_wait(&self) -> bool {
        let now = self.now();
        now.projects.len() > 1
            && now.projects.iter().any(|one| {
                let is_levelled = one.project.scheduling.levelling.is_some();
                (is_levelled && one.project.scheduling.from == ScheduleFrom::Start)
                    || external::waits(&one.project)
            })
    }
}

/// Looks back in the past of a folder for each project of a report: since the report before, and from gate to gate.
#[must_use]
pub fn remember(report: &Report, memory: &Memory<'_>) -> History {
    let of_project = |project: &ProjectReport| {
        let folder = &project.project.folder;
        let reports = project.project.report_days();
        let since_report = reports.range(..project.status_date).next_back().copied().map(|day| {
            let base = memory.report_of(report, project, day)?;
            memory.since(folder, &base, &Newer::Folder)
        });
        let pairs = GateId::ALL.iter().zip(GateId::ALL.iter().skip(1));
        let since_gate = pairs.filter_map(|(first, second)| {
            let is_decided = |gate: GateId| project.at_gates.contains_key(&gate);
            let from = is_decided(*first).then(|| memory.gate_of(project, *first))?;
            let to = if is_decided(*second) {
                memory.gate_of(project, *second).map(Newer::At)
            } else {
                Ok(Newer::Folder)
            };
            let compared = from.and_then(|from| memory.since(folder, &from, &to?));
            let then = project.at_gates.get(first)?;
            let now = project.at_gates.get(second).unwrap_or(project);
            Some((*second, compared.map(|since| as_shown(since, (then, now)))))
        });
        ProjectHistory { since_report, since_gate: since_gate.collect() }
    };
    let projects = report.projects.iter();
    History::Known(projects.map(|one| (one.project.folder.clone(), of_project(one))).collect())
}

/// A comparison from gate to gate with the figures that the documents of the two show: the project as it lay before each board. What people
/// edited in between is told by the commits of those days; their files know neither what was reported later of the day of a gate nor, as
/// the decision stands in them, what the board had before it.
fn as_shown(since: Box<ProjectSince>, (then, now): (&ProjectReport, &ProjectReport)) -> Box<ProjectSince> {
    let shown = then.what_changed_until(now);
    let known = since.what;
    let difference = Difference {
        finish_p50: known.difference.finish_p50,
        finish_p80: known.difference.finish_p80,
        cost_p50: known.difference.cost_p50,
        cost_p80: known.difference.cost_p80,
        ..shown.difference
    };
    let what = WhatChanged { difference, entries: known.entries, ..shown };
    Box::new(ProjectSince { what, ..*since })
}

/// Finds a project in an older report: under its folder, or else under the same code or name.
fn counterpart<'a>(before: &'a Report, after: &Report, newer: &ProjectReport) -> Option<&'a ProjectReport> {
    let same = before.project(&newer.project.folder);
    same.or_else(|| {
        let mut orphans = before.projects.iter().filter(|one| after.project(&one.project.folder).is_none());
        orphans.find(|one| match (&one.project.code, &newer.project.code) {
            (Some(then), Some(now)) => then == now,
            _ => one.project.name == newer.project.name,
        })
    })
}

fn is_unreadable(report: &Report, folder: &str) -> bool {
    report.unreadable.iter().any(|known| known == folder)
}

/// For each entry that differs, where and by whom. What is reported of a task stands in another file than the task.
fn touches(
    what: &WhatChanged,
    (before, after): (&Report, &Report),
    authorship: &Authorship<'_>,
) -> Vec<Option<Touch>> {
    let touch = |entry: &ChangedEntry| {
        let then = entry.before.map(|span| path_and_line(&before.sources, span));
        let now = entry.after.map(|span| path_and_line(&after.sources, span));
        let reported = entry.fields.iter().find_map(|field| field.origin);
        let reported = reported.map(|span| path_and_line(&after.sources, span));
        let was_reported = entry.fields.iter().find_map(|field| field.was_at);
        let was_reported = was_reported.map(|span| path_and_line(&before.sources, span));
        match (now, was_reported, reported) {
            (Some(own), _, _) if authorship.is_touched(own) => authorship.touch(then, now),
            (Some(_), was, Some(place)) => authorship.touch(was, Some(place)),
            (Some(_), Some(was), None) => authorship.touch(Some(was), None),
            _ => authorship.touch(then, now),
        }
    };
    let mut n_rows_gone = 0;
    let is_asked_for = |entry: &ChangedEntry| {
        let is_row_gone = !entry.booked.is_empty() && entry.fate == Fate::Went;
        n_rows_gone += usize::from(is_row_gone);
        !is_row_gone || n_rows_gone <= ROWS_GONE_AT_MOST
    };
    let asked_for: Vec<bool> = what.entries.iter().map(is_asked_for).collect();
    let entries = what.entries.iter().zip(asked_for);
    entries.map(|(entry, is_asked_for)| is_asked_for.then(|| touch(entry)).flatten()).collect()
}

/// Of so many rows of ledgers who took them out is looked for: each takes a way through the commits of its own, and a ledger
/// that was thrown away holds thousands.
const ROWS_GONE_AT_MOST: usize = 50;
