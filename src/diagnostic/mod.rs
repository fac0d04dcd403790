//! What we tell the author of the files: findings with a place, a cause and a way out.
//!
//! Comes in: spans and rules from every room. Goes out: a sorted list and its renderings.
//! Not here: reading files, deciding what is wrong.

pub mod ci;
mod fields;
mod fold;
mod gathered;
mod place;
pub mod render;
mod rule;
pub mod short;
mod span;
pub mod spelling;
pub mod xml;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

pub use fields::FieldPlaces;
pub use place::{LineIndex, Places, Position};
pub use rule::Rule;
pub use span::{FileId, Span, Spanned};

/// How much a finding matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Worth knowing; nothing to mend.
    Info,
    /// Worth mending; every figure is still right.
    Warning,
    /// A figure is missing or wrong until this is mended.
    Error,
}

/// A further place that explains a finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    /// Where to look.
    pub span: Span,
    /// What stands there, in a few words; may be empty.
    pub text: String,
}

/// One finding.
#[derive(Clone, Debug, PartialEq)]
pub struct Diagnostic {
    /// Which kind of finding it is.
    pub rule: &'static Rule,
    /// Its severity here, the rule's own unless changed.
    pub severity: Severity,
    /// The place it is about; none for a finding about a whole folder.
    pub span: Option<Span>,
    /// What is wrong: one phrase, lower case, no full stop, ids in backticks.
    pub message: String,
    /// Words beside the caret; may be empty.
    pub label: String,
    /// Further places: the other definition, each step of a cycle.
    pub labels: Vec<Label>,
    /// What to do: each begins with a verb.
    pub hints: Vec<String>,
    /// Whether the line it is about must not be shown: it holds what nobody should read.
    pub is_confidential: bool,
    /// Whether everything that is asked for was read all the same: what it is about is more than that.
    pub is_of_more: bool,
    /// The project it belongs to (its folder name); none for the portfolio.
    pub project: Option<String>,
    /// Set when a waiver of the project covers it.
    pub waiver: Option<Waiver>,
    /// The check of the author's own that it is about, in the author's words: they stay when figures change.
    pub subject: Option<String>,
}

/// Why a finding is let pass, by whom, and until when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waiver {
    /// The reason given.
    pub reason: String,
    /// Who answers for it.
    pub by: String,
    /// Last day on which it holds.
    pub until: jiff::civil::Date,
}

impl Diagnostic {
    /// Begins a finding at a place.
    #[must_use]
    pub fn new(rule: &'static Rule, span: impl Into<Option<Span>>, message: impl Into<String>) -> Self {
        Self {
            rule,
            severity: rule.severity,
            span: span.into(),
            message: message.into(),
            label: String::new(),
            labels: Vec::new(),
            hints: Vec::new(),
            is_confidential: false,
            is_of_more: false,
            project: None,
            waiver: None,
            subject: None,
        }
    }

    /// Puts words beside the caret.
    #[must_use]
    pub fn label(mut self, text: impl Into<String>) -> Self {
        self.label = text.into();
        self
    }

    /// Says which check of the author's own it is about, in the author's words.
    #[must_use]
    pub fn about(mut self, subject: impl Into<String>) -> Self {
        self.subject = Some(subject.into());
        self
    }

    /// Keeps the line it is about from being shown.
    #[must_use]
    pub fn confidential(mut self) -> Self {
        self.is_confidential = true;
        self
    }

    /// Says that everything that is asked for was read all the same.
    #[must_use]
    pub fn of_more(mut self) -> Self {
        self.is_of_more = true;
        self
    }

    /// Points at a further place.
    #[must_use]
    pub fn also(mut self, span: Span, text: impl Into<String>) -> Self {
        self.labels.push(Label { span, text: text.into() });
        self
    }

    /// Says what to do; begins with a verb.
    #[must_use]
    pub fn hint(mut self, text: impl Into<String>) -> Self {
        self.hints.push(text.into());
        self
    }
}

/// Collects findings; work goes on after each.
#[derive(Clone, Debug, Default)]
pub struct Diagnostics {
    list: Vec<Diagnostic>,
    /// The places of the findings of each project, made when they are first asked for and forgotten with the next change:
    /// every page of a portfolio asks for those of its project.
    of_projects: OnceLock<BTreeMap<String, OfProject>>,
    /// How many there are, counted when somebody asks first: every page about the portfolio says it.
    tally: OnceLock<Tally>,
    /// In a second reading: where values stand in for those that cannot be read.
    stand_ins: Option<BTreeSet<Span>>,
    /// Where the text itself has faults.
    faults_of_text: BTreeSet<Span>,
}

/// What was noted of the findings of a project.
#[derive(Clone, Debug, Default)]
struct OfProject {
    /// Their places among all.
    places: Vec<usize>,
    /// How many there are, counted when somebody asks first: every page of the project says it.
    tally: OnceLock<Tally>,
}

/// How many findings there are: those that no waiver covers by their severity, and those that one does.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Errors that stand.
    pub errors: usize,
    /// Warnings that stand.
    pub warnings: usize,
    /// Remarks that stand.
    pub remarks: usize,
    /// What is waived, whatever its severity.
    pub waived: usize,
}

impl Tally {
    /// Counts findings.
    #[must_use]
    pub fn of<'a>(findings: impl Iterator<Item = &'a Diagnostic>) -> Self {
        let mut tally = Self::default();
        for found in findings {
            let number = match (&found.waiver, found.severity) {
                (Some(_), _) => &mut tally.waived,
                (None, Severity::Error) => &mut tally.errors,
                (None, Severity::Warning) => &mut tally.warnings,
                (None, Severity::Info) => &mut tally.remarks,
            };
            *number += 1;
        }
        tally
    }
}

impl PartialEq for Diagnostics {
    fn eq(&self, other: &Self) -> bool {
        self.list == other.list
    }
}

impl Diagnostics {
    /// Takes one finding in.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        if diagnostic.rule.is_fault_of_text() && diagnostic.rule.code != "E110" {
            self.faults_of_text.extend(diagnostic.span);
        }
        self.changed().push(diagnostic);
    }

    /// Whether a fault of the text itself lies in what stands at a place: what is wrong with the value, or missing from the record, may be
    /// nothing else, and is not told again. A key that stands twice is no such fault, since the first of the two is read.
    #[must_use]
    pub fn has_fault_of_text(&self, at: Span) -> bool {
        let from = Span { end: at.start, ..at };
        let upto = Span { start: at.end, end: u32::MAX, ..at };
        self.faults_of_text.range(from..=upto).next().is_some()
    }

    /// An empty collection for a second reading: where a record would be given up for a value that cannot be read, another stands in for
    /// it, so that what else is wrong with the record is found.
    #[must_use]
    pub fn of_second_reading() -> Self {
        Self { stand_ins: Some(BTreeSet::new()), ..Self::default() }
    }

    /// An empty collection for a part of the same reading.
    #[must_use]
    pub fn of_part(&self) -> Self {
        Self { stand_ins: self.stand_ins.as_ref().map(|_| BTreeSet::new()), ..Self::default() }
    }

    /// Whether a value may stand in at a place for one that cannot be read; notes the place and where its record begins.
    pub fn may_stand_in(&mut self, at: Span, record: Span) -> bool {
        let stand_ins = self.stand_ins.as_mut();
        stand_ins.map(|places| places.extend([at, record])).is_some()
    }

    /// Whether something stands in at a place, or in the record that begins there.
    #[must_use]
    pub fn stands_in(&self, at: Span) -> bool {
        self.stand_ins.as_ref().is_some_and(|places| places.contains(&at))
    }

    /// Of a second reading: what of some rules the first did not find and no value that stands in has to do with.
    #[must_use]
    pub fn hidden_from(mut self, first: &Self, codes: &[&str]) -> Self {
        let known: BTreeSet<(&str, Option<Span>)> =
            first.iter().map(|found| (found.rule.code, found.span)).collect();
        let mut list = std::mem::take(self.changed());
        list.retain(|found| {
            let mut places = found.span.into_iter().chain(found.labels.iter().map(|label| label.span));
            codes.contains(&found.rule.code)
                && !known.contains(&(found.rule.code, found.span))
                && !places.any(|at| self.stands_in(at))
        });
        Self { list, ..Self::default() }
    }

    /// Takes all findings of another collection in.
    pub fn extend(&mut self, other: Diagnostics) {
        self.changed().extend(other.list);
        self.faults_of_text.extend(other.faults_of_text);
        if let Some(places) = &mut self.stand_ins {
            places.extend(other.stand_ins.unwrap_or_default());
        }
    }

    /// Gives the findings in the order of their arrival.
    pub fn iter(&self) -> std::slice::Iter<'_, Diagnostic> {
        self.list.iter()
    }

    /// Gives the findings to change them in place (waivers, severities).
    pub fn iter_mut(&mut self) -> std::slice::IterMut<'_, Diagnostic> {
        self.changed().iter_mut()
    }

    /// Takes out the findings that are chosen; the order of all stays.
    #[must_use]
    pub fn take_out(&mut self, is_chosen: impl Fn(&Diagnostic) -> bool) -> Self {
        let list = std::mem::take(self.changed());
        let (chosen, left) = list.into_iter().partition(is_chosen);
        *self.changed() = left;
        Self { list: chosen, ..Self::default() }
    }

    /// Gives the findings of one project, by its folder, in the order of all.
    pub fn of_project<'a>(&'a self, folder: &str) -> impl Iterator<Item = &'a Diagnostic> + use<'a> {
        let places = self.places_of_project(folder).iter();
        places.filter_map(|place| self.list.get(*place))
    }

    /// Gives some of [`Diagnostics::of_project`], by their places among those.
    pub fn some_of_project<'a, P: IntoIterator<Item = usize>>(
        &'a self,
        folder: &str,
        chosen: P,
    ) -> impl Iterator<Item = &'a Diagnostic> + use<'a, P> {
        let places = self.places_of_project(folder);
        chosen.into_iter().filter_map(|place| self.list.get(*places.get(place)?))
    }

    /// How many findings of each severity a project has.
    #[must_use]
    pub fn tally_of_project(&self, folder: &str) -> Tally {
        let count = |of: &OfProject| *of.tally.get_or_init(|| Tally::of(self.of_project(folder)));
        self.of_projects().get(folder).map(count).unwrap_or_default()
    }

    fn places_of_project(&self, folder: &str) -> &[usize] {
        self.of_projects().get(folder).map_or(&[], |of| &of.places)
    }

    fn of_projects(&self) -> &BTreeMap<String, OfProject> {
        self.of_projects.get_or_init(|| {
            let mut of_projects = BTreeMap::<String, OfProject>::new();
            for (place, found) in self.list.iter().enumerate() {
                let Some(project) = &found.project else { continue };
                if !of_projects.contains_key(project) {
                    of_projects.insert(project.clone(), OfProject::default());
                }
                if let Some(of) = of_projects.get_mut(project) {
                    of.places.push(place);
                }
            }
            of_projects
        })
    }

    /// The list, to be changed.
    fn changed(&mut self) -> &mut Vec<Diagnostic> {
        self.of_projects.take();
        self.tally.take();
        &mut self.list
    }

    /// Says whether nothing was found.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// How many there are.
    #[must_use]
    pub fn tally(&self) -> Tally {
        *self.tally.get_or_init(|| Tally::of(self.iter()))
    }

    /// Counts the findings that no waiver covers, of this severity or above.
    #[must_use]
    pub fn count_at_least(&self, severity: Severity) -> usize {
        self.list.iter().filter(|found| found.waiver.is_none() && found.severity >= severity).count()
    }

    /// Puts the findings in reading order: file, place, code; findings without a place come last. What keeps a text from being read
    /// comes before everything else, which may only follow from it: a table that was not read makes the plan late.
    pub fn sort(&mut self) {
        let list = self.changed();
        list.sort_by(|a, b| {
            let key = |d: &Diagnostic| {
                let file = d.span.map(|span| span.file);
                (d.span.is_none(), !d.rule.is_fault_of_text(), file, d.span, d.rule.code)
            };
            key(a).cmp(&key(b)).then_with(|| a.message.cmp(&b.message))
        });
        list.dedup();
    }
}

impl<'a> IntoIterator for &'a Diagnostics {
    type Item = &'a Diagnostic;
    type IntoIter = std::slice::Iter<'a, Diagnostic>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl<'a> IntoIterator for &'a mut Diagnostics {
    type Item = &'a mut Diagnostic;
    type IntoIter = std::slice::IterMut<'a, Diagnostic>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter_mut()
    }
}
