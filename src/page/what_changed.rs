//! What changed since an earlier state of the files, in words: for the terminal, for a merge request, for programs and for
//! pages.

use jiff::civil::Date;
use serde::Serialize;

use crate::control::{Change, ChangedEntry, ChangedField, EntryKind, Fate, Field, Value};
use crate::diagnostic::Diagnostic;
use crate::diagnostic::spelling::count;
use crate::format;
use crate::history::{Author, Commit, Lack, Limit, NoHistory, Touch};
use crate::page::booked_words::{exact_effort, exact_money, summed};
use crate::page::changed_figures::figures;
use crate::page::desk::severity_word;
use crate::page::rebaselined::rebaselined_words;
use crate::page::what_if::{ChangeRow, day_row, finish_row, money_row, moved_row};
use crate::report::{CommitMove, Moment, NotCompared, ProjectSince, State};

/// What changed in a project.
#[derive(Clone, Debug, Serialize)]
pub struct SinceWords {
    /// Its folder.
    pub project: String,
    /// Its name.
    pub name: String,
    /// Its folder as it was, where it was called otherwise.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub renamed_from: Option<String>,
    /// The older state.
    pub from: StateWords,
    /// The newer state.
    pub to: StateWords,
    /// The whole in a few words; none where nothing changed.
    pub in_short: Option<String>,
    /// That another baseline is measured against, and what that alone changed; none where it is the same.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rebaselined: Option<String>,
    /// The finish and the estimate, and every other figure and colour that differs.
    pub figures: Vec<ChangeRow>,
    /// What people changed, by kind.
    pub groups: Vec<GroupWords>,
    /// Milestones, gates and work whose days moved, milestones first.
    pub moved: Vec<ChangeRow>,
    /// Findings that are new.
    pub findings_came: Vec<String>,
    /// Findings that are gone.
    pub findings_went: Vec<String>,
    /// Commits in between with what each did to finish and cost, oldest first.
    pub commits: Vec<CommitWords>,
    /// What limits the comparison, a sentence each.
    pub limits: Vec<String>,
}

/// A state of the files.
#[derive(Clone, Debug, Serialize)]
pub struct StateWords {
    /// What it is: `the report of 6 Nov 2026`, `G1`, `HEAD~3`, `the folder as it is`.
    pub what: String,
    /// The short commit; none for the folder as it is.
    pub commit: Option<String>,
    /// The day of that commit.
    pub commit_day: Option<String>,
    /// The day as of which it is measured.
    pub as_of: String,
}

/// What people changed of one kind.
#[derive(Clone, Debug, Serialize)]
pub struct GroupWords {
    /// Its heading.
    pub title: &'static str,
    /// The entries; of many rows of a file the first, and a line that sums the others.
    pub entries: Vec<EntryWords>,
    /// The rows that such a line sums, one by one.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub summed: Vec<EntryWords>,
}

/// An entry that differs.
#[derive(Clone, Debug, Serialize)]
pub struct EntryWords {
    /// What became of it: `new`, `gone`, `re-estimated`, `closed`, `taken` …
    pub fate: &'static str,
    /// Its id; empty where its name is all it has.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Field by field: `duration 5d → 8d`.
    pub changes: Vec<String>,
    /// Where: `plan.yaml:64`; none where what changed was computed.
    pub place: Option<String>,
    /// Whether the place is one of the older state, because it is gone.
    pub is_gone: bool,
    /// Who changed it; none where the repository does not tell.
    pub author: Option<String>,
    /// The short commit.
    pub commit: Option<String>,
    /// The day of the commit.
    pub commit_day: Option<String>,
    /// The first line of its message.
    pub subject: Option<String>,
}

/// A commit, and what it did.
#[derive(Clone, Debug, Serialize)]
pub struct CommitWords {
    /// The short commit; none for what is in no commit.
    pub commit: Option<String>,
    /// Its day.
    pub day: Option<String>,
    /// Who wrote it.
    pub author: Option<String>,
    /// The first line of its message.
    pub subject: String,
    /// The finish after it, where it moved.
    pub finish: Option<ChangeRow>,
    /// The estimate at completion after it, where it moved.
    pub estimate: Option<ChangeRow>,
}

/// The headings of kinds of entries, in the order in which they are shown.
const GROUPS: &[(&str, &[EntryKind])] = &[
    ("Plan", &[EntryKind::Task, EntryKind::Milestone]),
    ("Budget lines", &[EntryKind::BudgetLine]),
    ("Costs", &[EntryKind::Cost]),
    ("Hours", &[EntryKind::Hours]),
    ("Deliverables and benefits", &[EntryKind::Deliverable, EntryKind::Benefit]),
    ("Risks", &[EntryKind::Risk]),
    ("Issues", &[EntryKind::Issue]),
    ("Decisions", &[EntryKind::Decision]),
    ("Changes asked for", &[EntryKind::Change]),
    ("Gates and conditions", &[EntryKind::Gate, EntryKind::Condition]),
    ("Baselines", &[EntryKind::Baseline]),
    ("Actions", &[EntryKind::Action]),
    ("Outside teams", &[EntryKind::Request]),
];

/// Puts a comparison into words.
#[must_use]
pub fn since_words(since: &ProjectSince) -> SinceWords {
    let mut groups = Vec::new();
    for (title, kinds) in GROUPS {
        let told = since.entries().filter(|(entry, _)| kinds.contains(&entry.kind));
        let told = told.map(|(entry, touch)| (entry, entry_words(since, entry, touch))).collect();
        let (entries, summed) = summed(&since.after, told);
        if !entries.is_empty() {
            groups.push(GroupWords { title, entries, summed });
        }
    }
    let difference = &since.what.difference;
    let moved = difference.milestones.iter().map(|task| moved_row("milestone", task));
    let moved = moved.chain(difference.work.iter().map(|task| moved_row("work", task)));
    SinceWords {
        project: since.folder.clone(),
        name: since.after.project.name.clone(),
        renamed_from: since.renamed_from.clone(),
        from: state_words(&since.from),
        to: state_words(&since.to),
        in_short: in_short(since),
        rebaselined: rebaselined_words(&since.after, since.before.control.reference.baseline_id()),
        figures: figures(since),
        groups,
        moved: moved.filter(|_| !since.after.control.is_stopped).collect(),
        findings_came: since.findings_came.iter().map(finding_words).collect(),
        findings_went: since.findings_went.iter().map(finding_words).collect(),
        commits: since.commits.iter().map(|moved| commit_words(since, moved)).collect(),
        limits: since.limits.iter().map(limit_words).collect(),
    }
}

fn state_words(state: &State) -> StateWords {
    StateWords {
        what: match &state.moment {
            Moment::Report(day) => format!("the report of {}", format::date(*day)),
            Moment::Gate(gate, decided) => format!("{gate}, decided on {}", format::date(*decided)),
            Moment::Revision(words) => words.clone(),
            Moment::Folder => "the folder as it is".to_owned(),
        },
        commit: state.commit.as_ref().map(|commit| commit.name.short()),
        commit_day: state.commit.as_ref().map(|commit| format::iso(commit.day)),
        as_of: format::iso(state.status_date),
    }
}

/// A state with its commit: `the report of 6 Nov 2026 (1234567890 of 7 Nov 2026)`.
#[must_use]
pub fn state_in_words(state: &State) -> String {
    let words = state_words(state).what;
    match &state.commit {
        Some(commit) => format!("{words} ({} of {})", commit.name.short(), format::date(commit.day)),
        None => words,
    }
}

/// How the estimate at completion moved: `+1 600 EUR`; where one of the two can be told alone, that one.
fn estimate_moved(since: &ProjectSince) -> String {
    let currency = since.after.project.currency;
    let change = since.what.difference.estimate_at_completion;
    match (change.before, change.after) {
        (None, Some(after)) => format!("{}, not told before", format::money_with_currency(after, currency)),
        (Some(_), None) => "told no longer".to_owned(),
        _ => money_row("", "", change, currency).by,
    }
}

/// `finish 29 days later; 2 tasks re-estimated; 1 risk new`.
fn in_short(since: &ProjectSince) -> Option<String> {
    if since.is_nothing() {
        return None;
    }
    let difference = &since.what.difference;
    let mut words = Vec::new();
    // Of a project that the board has stopped nothing is forecast any more, so that nothing of it moves.
    let is_forecast = !since.after.control.is_stopped;
    if is_forecast {
        let finish = finish_row(difference);
        words.push(if difference.finish.is_change() {
            format!("finish {}, {}", format::date(difference.finish.after), finish.by)
        } else {
            format!("finish stays {}", format::date(difference.finish.after))
        });
    }
    if difference.estimate_at_completion.is_change() {
        words.push(format!("estimate at completion {}", estimate_moved(since)));
    }
    for (kind, noun) in NOUNS {
        let mut by_fate: Vec<(&'static str, usize)> = Vec::new();
        for entry in since.what.entries.iter().filter(|entry| entry.kind == *kind) {
            let fate = fate_words(entry);
            match by_fate.iter_mut().find(|(known, _)| *known == fate) {
                Some((_, n)) => *n += 1,
                None => by_fate.push((fate, 1)),
            }
        }
        words.extend(by_fate.into_iter().map(|(fate, n)| format!("{} {fate}", count(n, noun))));
    }
    let n_later = difference.work.iter().filter(|task| task.working_days > 0).count();
    if n_later > 0 && is_forecast {
        words.push(format!("{} later", count(n_later, "task")));
    }
    (!words.is_empty()).then(|| words.join("; "))
}

/// What entries are called where they are counted, those that a board asks for.
const NOUNS: &[(EntryKind, &str)] = &[
    (EntryKind::Task, "task"),
    (EntryKind::Milestone, "milestone"),
    (EntryKind::Deliverable, "deliverable"),
    (EntryKind::Risk, "risk"),
    (EntryKind::Issue, "issue"),
    (EntryKind::Decision, "decision"),
    (EntryKind::Change, "change"),
    (EntryKind::Gate, "gate"),
    (EntryKind::Baseline, "baseline"),
    (EntryKind::Cost, "cost row"),
    (EntryKind::Hours, "timesheet row"),
];

/// The fields by which a risk is rated.
const RATING: &[Field] =
    &[Field::Probability, Field::Impact, Field::Delay, Field::ResidualProbability, Field::ResidualImpact];

/// The fields that reports tell of a task besides how much of it is done.
const REPORTED: &[Field] = &[Field::Remaining, Field::Began, Field::Ended, Field::GoesOn, Field::UnitsInAll];

/// What became of an entry, in a word.
fn fate_words(entry: &ChangedEntry) -> &'static str {
    let touches = |fields: &[Field]| entry.fields.iter().any(|one| fields.contains(&one.field));
    match (entry.fate, entry.kind) {
        (Fate::Came, EntryKind::Decision) => "asked",
        (Fate::Came, _) => "new",
        (Fate::Went, _) => "gone",
        (Fate::Reopened, _) => "open again",
        (Fate::Closed, EntryKind::Task) => "finished",
        (Fate::Closed, EntryKind::Milestone) => "reached",
        (Fate::Closed, EntryKind::Deliverable) => "accepted",
        (Fate::Closed, EntryKind::Decision) => "taken",
        (Fate::Closed, EntryKind::Change | EntryKind::Gate) => "decided",
        (Fate::Closed, EntryKind::Action) => "done",
        (Fate::Closed, EntryKind::Request) => "received",
        (Fate::Closed, EntryKind::Condition) => "met",
        (Fate::Closed, _) => "closed",
        (Fate::Changed, EntryKind::Risk) if touches(RATING) => "re-rated",
        (Fate::Changed, EntryKind::Task)
            if touches(&[Field::Duration, Field::Effort, Field::Units, Field::Cost]) =>
        {
            "re-estimated"
        }
        (Fate::Changed, EntryKind::Task | EntryKind::Milestone)
            if touches(&[Field::After, Field::Constraint, Field::Deadline, Field::Who]) =>
        {
            "re-planned"
        }
        (Fate::Changed, EntryKind::Task) if touches(&[Field::State]) => "started",
        (Fate::Changed, EntryKind::Task) if touches(&[Field::Done]) => "worked on",
        (Fate::Changed, EntryKind::Task | EntryKind::Milestone) if touches(REPORTED) => "reported",
        (Fate::Changed, _) => "changed",
        (Fate::Renamed, _) => "renamed",
    }
}

fn entry_words(since: &ProjectSince, entry: &ChangedEntry, touch: Option<&Touch>) -> EntryWords {
    let commit = match touch.and_then(|touch| touch.author.as_ref()) {
        Some(Author::Commit(commit)) => Some(commit),
        _ => None,
    };
    let is_named_by_id = !matches!(entry.kind, EntryKind::Condition | EntryKind::BudgetLine);
    let name = if entry.name == entry.id && is_named_by_id { "" } else { entry.name.as_str() };
    EntryWords {
        fate: fate_words(entry),
        id: if is_named_by_id { entry.id.clone() } else { String::new() },
        // Cells of a table are no Markdown.
        name: if entry.booked.is_empty() { crate::prose::inline_text(name) } else { name.to_owned() },
        changes: entry
            .renamed_from
            .iter()
            .map(|old| format!("renamed {old} → {}", entry.id))
            .chain(entry.fields.iter().filter_map(|field| field_words(since, entry, field)))
            .collect(),
        place: touch.map(|touch| format!("{}:{}", touch.path, touch.line)),
        is_gone: touch.is_some_and(|touch| touch.is_gone),
        author: touch.and_then(|touch| touch.author.as_ref()).map(author_words),
        commit: commit.map(|commit| commit.name.short()),
        commit_day: commit.map(|commit| format::iso(commit.day)),
        subject: commit.map(|commit| commit.subject.clone()),
    }
}

/// Who is behind a change.
#[must_use]
pub fn author_words(author: &Author) -> String {
    match author {
        Author::Commit(commit) => commit.author.clone(),
        Author::Uncommitted => "not committed".to_owned(),
        Author::NotInClone => "in a commit that this shallow clone leaves out".to_owned(),
    }
}

fn field_words(since: &ProjectSince, entry: &ChangedEntry, field: &ChangedField) -> Option<String> {
    let name = field_name(field.field);
    let value = |value: &Value| value_words(since, value);
    // What the fate says already, and the words of a text beside the text itself.
    let is_said = matches!(field.field, Field::State) && entry.kind != EntryKind::Change;
    // What a finished task still asked for says nothing any more.
    let is_over = entry.fate == Fate::Closed && field.after.is_none();
    let is_over = is_over && matches!(field.field, Field::Done | Field::Remaining | Field::GoesOn);
    if is_said || is_over || (entry.fate == Fate::Went && entry.booked.is_empty()) {
        return None;
    }
    if field.field == Field::Text {
        return Some("reworded".to_owned());
    }
    match (&field.before, &field.after) {
        (None, Some(Value::Words(words))) if entry.fate == Fate::Came && field.field == Field::Earning => {
            (words != "by percent").then(|| format!("{name} {words}"))
        }
        (None, Some(after)) => Some(format!("{name} {}", value(after))),
        (Some(before), None) if entry.fate == Fate::Went => Some(format!("{name} {}", value(before))),
        (Some(before), None) if field.field == Field::Remaining => {
            Some(format!("{name} {} → not told", value(before)))
        }
        (Some(before), None) => Some(format!("{name} {} → none", value(before))),
        (Some(before), Some(after)) => Some(format!("{name} {} → {}", value(before), value(after))),
        (None, None) => None,
    }
}

fn field_name(field: Field) -> &'static str {
    match field {
        Field::Text => "text",
        Field::State => "state",
        Field::Duration => "duration",
        Field::Effort => "effort",
        Field::After => "after",
        Field::Who => "by",
        Field::Cost => "cost",
        Field::Units => "units",
        Field::Earning => "earns value",
        Field::Constraint => "constraint",
        Field::Deadline => "deadline",
        Field::Done => "done",
        Field::UnitsInAll => "units in all",
        Field::Remaining => "remaining",
        Field::Began => "began",
        Field::Ended => "ended",
        Field::GoesOn => "goes on",
        Field::Probability => "probability",
        Field::Impact => "impact",
        Field::Delay | Field::Hours => "time",
        Field::Response => "response",
        Field::ResidualProbability => "probability after response",
        Field::ResidualImpact => "impact after response",
        Field::ResidualDelay => "delay after response",
        Field::Urgency => "urgency",
        Field::Owner => "owner",
        Field::Due => "due",
        Field::Promised => "promised for",
        Field::Outcome => "decision",
        Field::Decided => "on",
        Field::Finish => "finish",
        Field::Budget => "budget",
        Field::Released => "money released",
        Field::Amount => "amount",
        Field::Day => "day",
        Field::Period => "week",
        Field::Type => "type",
        Field::Category => "category",
        Field::Task => "task",
        Field::Reference => "reference",
        Field::Note => "note",
    }
}

fn value_words(since: &ProjectSince, value: &Value) -> String {
    let project = &since.after;
    match value {
        Value::Words(words) => words.clone(),
        Value::Markdown(text) => crate::prose::inline_text(text),
        Value::Amount(amount) => format::money_with_currency(*amount, project.project.currency),
        Value::Exactly(amount) => exact_money(*amount, project.project.currency),
        Value::Work(effort) => exact_effort(*effort, project.minutes_per_day()),
        Value::Percent(percent) => format::percent(*percent),
        Value::Day(day) => format::date(*day),
        Value::Minutes(minutes) => format::working_days(*minutes, project.minutes_per_day()),
        Value::Units(units, unit) => format!("{}\u{a0}{unit}", format::whole(*units)).trim_end().to_owned(),
    }
}

fn commit_words(since: &ProjectSince, moved: &CommitMove) -> CommitWords {
    let currency = since.after.project.currency;
    let is_forecast = !since.after.control.is_stopped;
    let finish = moved.finish.filter(|(before, after)| before != after && is_forecast);
    let estimate = moved.estimate.filter(|(before, after)| before != after);
    let commit: Option<&Commit> = moved.commit.as_ref();
    let time = since.after.project.working_time();
    CommitWords {
        commit: commit.map(|commit| commit.name.short()),
        day: commit.map(|commit| format::iso(commit.day)),
        author: commit.map(|commit| commit.author.clone()),
        subject: commit.map_or_else(|| "not committed".to_owned(), |commit| commit.subject.clone()),
        finish: finish.map(|(before, after)| day_row("finish", "Finish", Change { before, after }, &time)),
        estimate: estimate.map(|(before, after)| {
            let change = Change { before, after };
            money_row("estimate-at-completion", "Estimate at completion", change, currency)
        }),
    }
}

fn finding_words(found: &Diagnostic) -> String {
    format!("{}[{} {}]: {}", severity_word(found.severity), found.rule.code, found.rule.name, found.message)
}

/// What limits the past, in a sentence.
#[must_use]
pub fn limit_words(limit: &Limit) -> String {
    match limit {
        Limit::Shallow(commit) => format!(
            "This clone is shallow: its history begins with {} of {}; `git fetch --unshallow` brings the rest.",
            commit.name.short(),
            format::date(commit.day)
        ),
        Limit::Renamed { by, from } => {
            let from = if from.is_empty() {
                "at the root of the repository".to_owned()
            } else {
                format!("`{from}`")
            };
            format!("Until {} of {} the folder was {from}.", by.name.short(), format::date(by.day))
        }
    }
}

/// Why a repository lacks what it should hold, and what to do about it.
#[must_use]
pub fn lack_words(lack: Lack) -> &'static str {
    match lack {
        Lack::Partial => "it is a partial clone; clone without `--filter`, which brings all of them",
        Lack::Damaged => "the repository is damaged; `git fsck` tells what is missing",
    }
}

/// Why a project cannot be compared, in a sentence.
#[must_use]
pub fn not_compared_words(why: &NotCompared) -> String {
    match why {
        NotCompared::NoReport => "No report of it is closed.".to_owned(),
        NotCompared::NotDecided(gate) => format!("{gate} is not decided."),
        NotCompared::BeginsLater { first, day, is_shallow } => {
            let hint = if *is_shallow {
                ". This clone is shallow; `git fetch --unshallow` brings the rest"
            } else {
                ""
            };
            format!(
                "What the files said on {} is not on record: they are kept from {} on{hint}.",
                format::date(*day),
                format::date(first.day)
            )
        }
        NotCompared::NotCommitted(day) => format!(
            "The report of {} is in no commit yet. What changes after it can be told once it is committed; `milepost diff HEAD` tells \
             what changed since the last commit.",
            format::date(*day)
        ),
        NotCompared::NotThere => "It was not there.".to_owned(),
        NotCompared::Gone => "It is there no longer.".to_owned(),
        NotCompared::UnreadableThen => "Its files as they were could not be computed.".to_owned(),
        NotCompared::UnreadableNow => "Its files cannot be computed as they are.".to_owned(),
        NotCompared::Lacking { revision, lack } => {
            format!("This clone lacks files of {revision}: {}.", lack_words(*lack))
        }
    }
}

/// Why nothing is known of the past, as a sentence.
#[must_use]
pub fn no_history_words(why: NoHistory) -> String {
    format!("{}.", format::sentence_start(&why.to_string()))
}

/// What is said where nothing differs.
pub const NOTHING_CHANGED: &str = "Nothing changed: no figure, no colour, no date, no entry and no finding.";

/// The day as readers see it, for a day in the form of machines.
#[must_use]
pub fn day_words(iso: &str) -> String {
    iso.parse::<Date>().map_or_else(|_| iso.to_owned(), format::date)
}
