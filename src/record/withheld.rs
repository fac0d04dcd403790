//! What the files say with the words left out that an audience may not read.
//!
//! Comes in: the records of a folder. Goes out: the same records, in which the words of entries that are meant for fewer readers
//! are replaced, and every free text changed as the caller wishes. Ids, dates and sums stay, so that everything is computed as
//! before. Not here: people, prices and hours, which the model knows.

use std::collections::BTreeSet;

use crate::diagnostic::spelling::did_you_mean;
use crate::diagnostic::{FileId, Spanned};
use crate::quantity::{Audience, Id};
use crate::record::decode::{Decode, Keyed, Named};
use crate::record::exception::ExceptionRecord;
use crate::record::filed::Filed;
use crate::record::folder::FolderRecord;
use crate::record::gate::{EarlierDecisionRecord, GatePageRecord, StageRecord, UpdateRecord};
use crate::record::home::PORTFOLIO_FILES;
use crate::record::project_folder::ProjectFolder;
use crate::record::register::{
    ActionRecord, ChangeRecord, DecisionRecord, DependencyRecord, IssueRecord, LessonRecord, RiskRecord,
};
use crate::record::slip::AUDIENCE;
use crate::record::unsure::Unsure;

/// What stands in the place of words that may not be read.
pub const WITHHELD: &str = "not for this audience";

/// The category of entries that nobody outside may read where they do not say otherwise.
const SECURITY: &str = "security";

impl FolderRecord {
    /// Replaces the words of all entries and pages that are not meant for an audience, or of which nobody can tell; gives the files
    /// that hold one, and those of which something could not be read.
    pub fn withhold(&mut self, audience: Audience) -> BTreeSet<FileId> {
        let mut files = self.unsure.unread().clone();
        for project in &mut self.projects {
            let mut veil = Veil { audience, ids: project.entry_ids(), unsure: &self.unsure, files };
            veil.cover(project);
            veil.cover_what_takes_no_audience(project);
            files = veil.files;
        }
        if self.unsure.misplaced_paths.contains(PORTFOLIO_FILES[0]) {
            self.portfolio.iter_mut().for_each(|portfolio| portfolio.each_text(&mut withhold));
        }
        let is_misplaced =
            |start: &str| self.unsure.misplaced_paths.iter().any(|path| path.starts_with(start));
        let mut numbered = withhold_numbered();
        if is_misplaced("people.yaml") {
            self.people.iter_mut().for_each(|people| people.each_text(&mut numbered));
        }
        if is_misplaced("calendars/") {
            self.calendars.iter_mut().for_each(|calendars| calendars.each_text(&mut numbered));
        }
        files
    }

    /// Hands over every free text of the files that all projects share, to be changed.
    pub fn each_shared_text(&mut self, change: &mut dyn FnMut(&mut String)) {
        self.portfolio.iter_mut().for_each(|portfolio| portfolio.each_text(change));
        self.calendars.iter_mut().for_each(|calendars| calendars.each_text(change));
    }
}

impl ProjectFolder {
    /// The ids of the entries that an action may come from.
    fn entry_ids(&self) -> BTreeSet<Id> {
        let risks = self.risks.iter().map(|(id, _)| &id.value);
        let issues = self.issues.iter().map(|(id, _)| &id.value);
        let decisions = self.decisions.iter().map(|(id, _)| &id.value);
        let changes = self.changes.iter().map(|(id, _)| &id.value);
        risks.chain(issues).chain(decisions).chain(changes).cloned().collect()
    }

    /// Hands over every free text of the project, to be changed; lists of people and frozen gate documents are not among them.
    pub fn each_text(&mut self, change: &mut dyn FnMut(&mut String)) {
        self.project.iter_mut().for_each(|one| one.each_text(change));
        self.plan.iter_mut().for_each(|one| one.each_text(change));
        self.calendars.each_text(change);
        self.progress.each_text(change);
        self.costs.each_text(change);
        self.defects.each_text(change);
        self.flow.each_text(change);
        self.budget.iter_mut().for_each(|one| one.each_text(change));
        self.business_case.iter_mut().for_each(|one| one.each_text(change));
        self.deliverables.each_text(change);
        self.requirements.each_text(change);
        self.quality.iter_mut().for_each(|one| one.each_text(change));
        self.benefits.each_text(change);
        self.handover.iter_mut().for_each(|one| one.each_text(change));
        self.risks.each_text(change);
        self.issues.each_text(change);
        self.decisions.each_text(change);
        self.changes.each_text(change);
        self.actions.each_text(change);
        self.dependencies.each_text(change);
        self.lessons.each_text(change);
        self.stakeholders.each_text(change);
        each_text_of_pages(&mut self.stages, change);
        each_text_of_pages(&mut self.gates, change);
        each_text_of_pages(&mut self.updates, change);
        each_text_of_pages(&mut self.exceptions, change);
        each_text_of_pages(&mut self.baselines, change);
        each_text_of_pages(&mut self.snapshots, change);
    }
}

fn each_text_of_pages<T: Decode>(pages: &mut [Filed<T>], change: &mut dyn FnMut(&mut String)) {
    for page in pages {
        page.record.each_text(change);
        change(&mut page.body.value);
    }
}

/// Puts the same in the place of each text, with a number, since some things are told apart by their words alone.
fn withhold_numbered() -> impl FnMut(&mut String) {
    let mut n_words = 0;
    move |text| {
        if !text.trim().is_empty() {
            n_words += 1;
            *text = format!("{WITHHELD} ({n_words})");
        }
    }
}

/// Whom the words are kept from, and in which files some were.
struct Veil<'a> {
    audience: Audience,
    /// Entries that others may be about.
    ids: BTreeSet<Id>,
    unsure: &'a Unsure,
    files: BTreeSet<FileId>,
}

impl Veil<'_> {
    /// Replaces all words of files that take no audience and name one all the same; what stands in `project.yaml` speaks of the
    /// whole project.
    fn cover_what_takes_no_audience(&self, project: &mut ProjectFolder) {
        let files = project.files.iter().filter(|path| self.unsure.misplaced_paths.contains(*path));
        let names: BTreeSet<String> =
            files.map(|path| path.rsplit('/').next().unwrap_or(path).to_owned()).collect();
        let change = &mut withhold_numbered();
        if names.contains("project.yaml") {
            project.each_text(change);
            return;
        }
        for name in &names {
            match name.as_str() {
                "resources.yaml" => project.resources.iter_mut().for_each(|one| one.each_text(change)),
                "plan.yaml" => project.plan.iter_mut().for_each(|one| one.each_text(change)),
                "calendar.yaml" => project.calendars.each_text(change),
                "progress.csv" => project.progress.each_text(change),
                "costs.csv" => project.costs.each_text(change),
                "flow.csv" => project.flow.each_text(change),
                "budget.yaml" => project.budget.iter_mut().for_each(|one| one.each_text(change)),
                "business-case.yaml" => {
                    project.business_case.iter_mut().for_each(|one| one.each_text(change));
                }
                "deliverables.yaml" => project.deliverables.each_text(change),
                "requirements.yaml" => project.requirements.each_text(change),
                "quality.yaml" => project.quality.iter_mut().for_each(|one| one.each_text(change)),
                "benefits.yaml" => project.benefits.each_text(change),
                "handover.yaml" => project.handover.iter_mut().for_each(|one| one.each_text(change)),
                // The others are covered entry by entry, or shown to nobody outside.
                _ => {}
            }
        }
        for page in &mut project.stages {
            if self.unsure.with_misplaced_audience.contains(&page.origin.file) {
                page.record.each_text(change);
            }
        }
    }

    fn cover(&mut self, project: &mut ProjectFolder) {
        self.cover_entries(&mut project.risks);
        self.cover_entries(&mut project.issues);
        self.cover_entries(&mut project.decisions);
        self.cover_entries(&mut project.changes);
        self.cover_entries(&mut project.actions);
        self.cover_entries(&mut project.dependencies);
        self.cover_entries(&mut project.lessons);
        for (_, risk) in project.risks.records_mut() {
            for action in &mut risk.actions {
                self.cover_entry(action);
            }
        }
        for defect in &mut project.defects {
            let level = level_of(defect.audience.as_ref(), &defect.unreadable);
            if self.hides(level.max(level_in_words_of(defect)), defect.span.file) {
                let id = defect.id.clone();
                defect.each_text(&mut withhold);
                defect.id = id;
            }
        }
        for page in &mut project.stages {
            if self.hides(level_of_page(page), page.origin.file) {
                withhold(&mut page.body.value);
                let criteria = page.record.entry.iter_mut().chain(&mut page.record.exit);
                criteria
                    .filter_map(|criterion| criterion.evidence.as_mut())
                    .for_each(|evidence| withhold(&mut evidence.value));
            }
        }
        for page in &mut project.gates {
            if self.hides(level_of_page(page), page.origin.file) {
                withhold(&mut page.body.value);
                withhold_gate(&mut page.record);
            }
        }
        for page in &mut project.updates {
            if self.hides(level_of_page(page), page.origin.file) {
                withhold(&mut page.body.value);
                page.record.each_text(&mut withhold);
            }
        }
        for page in &mut project.exceptions {
            if self.hides(level_of_page(page), page.origin.file) {
                withhold(&mut page.body.value);
                page.record.each_text(&mut withhold);
            }
        }
    }

    /// Whether something is not for the audience; its file is noted then.
    fn hides(&mut self, level: Option<Audience>, file: FileId) -> bool {
        let is_unsure = self.unsure.with_fault_of_text.contains(&file)
            || self.unsure.with_misplaced_audience.contains(&file);
        let level = if is_unsure { Some(Audience::Restricted) } else { level };
        let is_hidden = level.is_some_and(|level| !self.audience.may_read(level));
        if is_hidden {
            self.files.insert(file);
        }
        is_hidden
    }

    fn cover_entries<T: Entry>(&mut self, entries: &mut Keyed<T>) {
        entries.records_mut().for_each(|(_, entry)| self.cover_entry(entry));
    }

    fn cover_entry<T: Entry>(&mut self, entry: &mut T) {
        let level = entry.level().max(level_in_words_of(entry));
        if self.hides(level, entry.file()) {
            entry.withhold(&self.ids);
        }
    }
}

/// A page whose fields may say who reads it.
trait Page: Decode {
    fn level(&self) -> Option<Audience>;
}

macro_rules! pages {
    ($($record:ty),+ $(,)?) => {
        $(impl Page for $record {
            fn level(&self) -> Option<Audience> {
                level_of(self.audience.as_ref(), &self.unreadable)
            }
        })+
    };
}

pages!(StageRecord, GatePageRecord, UpdateRecord, ExceptionRecord);

/// Who may read a page; one in whose text the line stands that belongs to its fields is for nobody else.
fn level_of_page<T: Page>(page: &mut Filed<T>) -> Option<Audience> {
    let in_body = names_narrow_audience(&page.body.value).then_some(Audience::Restricted);
    page.record.level().max(level_in_words_of(&mut page.record)).max(in_body)
}

/// Who may read a record; one whose audience is written and could not be read is for nobody else.
fn level_of(audience: Option<&Spanned<Audience>>, unreadable: &[&str]) -> Option<Audience> {
    if unreadable.contains(&AUDIENCE) {
        return Some(Audience::Restricted);
    }
    audience.map(|level| level.value)
}

/// Who may read something whose texts have swallowed the line that says so: those alone who may read the folder.
fn level_in_words_of<T: Decode>(record: &mut T) -> Option<Audience> {
    let mut is_named = false;
    record.each_text(&mut |text| is_named |= names_narrow_audience(text));
    is_named.then_some(Audience::Restricted)
}

/// Says whether `audience: restricted` or `audience: internal` stands in a text.
fn names_narrow_audience(text: &str) -> bool {
    let text = text.to_ascii_lowercase();
    text.match_indices(AUDIENCE).any(|(at, word)| {
        let behind = text[at + word.len()..].trim_start().strip_prefix(':').unwrap_or_default();
        let level = behind.trim_start().split(|letter: char| !letter.is_alphabetic()).next();
        level.is_some_and(|level| level.parse().is_ok_and(|level: Audience| level != Audience::Public))
    })
}

/// Tolerances that are figures; the others are words.
const COMPUTED_TOLERANCES: [&str; 4] = ["time", "cost", "contingency", "management_reserve"];

/// Replaces the words of a gate page. What its checklist asks stays: computing knows a criterion by its words.
fn withhold_gate(record: &mut GatePageRecord) {
    let own = [&mut record.recommendation, &mut record.minutes];
    let then = record.earlier.iter_mut().flat_map(|earlier| {
        let EarlierDecisionRecord { reasons, minutes, recommendation, .. } = earlier;
        [reasons, minutes, recommendation]
    });
    own.into_iter().chain(then).flatten().for_each(|text| withhold(&mut text.value));
    let decisions =
        record.earlier.iter_mut().map(|earlier| (&mut earlier.conditions, &mut earlier.checklist));
    let mut n_conditions = 0;
    for (conditions, checklist) in decisions.chain([(&mut record.conditions, &mut record.checklist)]) {
        for condition in conditions {
            withhold(&mut condition.condition.value);
            // Conditions are told apart by their words.
            n_conditions += 1;
            if n_conditions > 1 {
                condition.condition.value.push_str(&format!(" ({n_conditions})"));
            }
        }
        checklist.each_text(&mut withhold);
    }
    let in_words = record.tolerances.records_mut();
    let in_words = in_words.filter(|(dimension, _)| !COMPUTED_TOLERANCES.contains(&dimension.value.as_str()));
    for (_, tolerance) in in_words {
        withhold(&mut tolerance.value);
    }
}

/// Replaces words; where there are none, none are told of.
fn withhold(text: &mut String) {
    if !text.trim().is_empty() {
        WITHHELD.clone_into(text);
    }
}

/// An entry of a register.
trait Entry: Decode {
    /// Who may read it; none where anybody may who may read the project.
    fn level(&self) -> Option<Audience>;
    /// The file it stands in.
    fn file(&self) -> FileId;
    /// Replaces its words; ids of entries are none.
    fn withhold(&mut self, _ids: &BTreeSet<Id>) {
        self.each_text(&mut withhold);
    }
}

macro_rules! entries {
    ($($record:ty),+ $(,)?) => {
        $(impl Entry for $record {
            fn level(&self) -> Option<Audience> {
                level_of(self.audience.as_ref(), &self.unreadable)
            }

            fn file(&self) -> FileId {
                self.span.file
            }
        })+
    };
}

entries!(IssueRecord, ChangeRecord, DependencyRecord);

/// What entries of a category are where they do not say it themselves; a category that is a slip of `security` or could not be
/// read counts as that.
fn level_in(
    audience: Option<&Spanned<Audience>>,
    (category, unreadable): (Option<&Spanned<String>>, &[&str]),
) -> Option<Audience> {
    let is_security = unreadable.contains(&"category")
        || category.is_some_and(|word| did_you_mean(&word.value, [SECURITY]).is_some());
    level_of(audience, unreadable).or(is_security.then_some(Audience::Restricted))
}

impl Entry for RiskRecord {
    fn level(&self) -> Option<Audience> {
        level_in(self.audience.as_ref(), (self.category.as_ref(), &self.unreadable))
    }

    fn file(&self) -> FileId {
        self.span.file
    }

    fn withhold(&mut self, ids: &BTreeSet<Id>) {
        let actions = std::mem::take(&mut self.actions);
        self.each_text(&mut withhold);
        self.actions = actions;
        self.actions.iter_mut().for_each(|action| action.withhold(ids));
    }
}

impl Entry for LessonRecord {
    fn level(&self) -> Option<Audience> {
        level_in(self.audience.as_ref(), (self.category.as_ref(), &self.unreadable))
    }

    fn file(&self) -> FileId {
        self.span.file
    }
}

impl Entry for DecisionRecord {
    fn level(&self) -> Option<Audience> {
        level_of(self.audience.as_ref(), &self.unreadable)
    }

    fn file(&self) -> FileId {
        self.span.file
    }

    fn withhold(&mut self, _ids: &BTreeSet<Id>) {
        // The names of options are words, too, and without them there is nothing to compare.
        self.options = Named::default();
        self.each_text(&mut withhold);
    }
}

impl Entry for ActionRecord {
    fn level(&self) -> Option<Audience> {
        level_of(self.audience.as_ref(), &self.unreadable)
    }

    fn file(&self) -> FileId {
        self.span.file
    }

    fn withhold(&mut self, ids: &BTreeSet<Id>) {
        // The id of what it came from decides whether a risk counts as answered.
        let from = self.from.take();
        self.each_text(&mut withhold);
        self.from = from.filter(|from| ids.iter().any(|id| id.as_str() == from.value.trim()));
    }
}
