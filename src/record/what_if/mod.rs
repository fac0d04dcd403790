//! What if: changes of the files that somebody asks about without making them.
//!
//! Comes in: wishes as typed, `tasks.pilot.duration=3d` or `people.tom`. Goes out: [`Changes`], which are carried out
//! while the files are read: a value is set in the tree before it is decoded, so that every field of the format can be set
//! and a bad value is reported like one in a file; what is left out is taken from the records. Nothing is written.
//!
//! `path` reads a wish, `aim` finds the projects it means, `amend` sets values, `in_list` finds the one of a list that is named,
//! `leave_out` takes things out.

mod aim;
mod amend;
mod between_projects;
mod in_list;
mod leave_out;
mod path;
mod project_names;

use jiff::civil::Date;

use crate::diagnostic::{Diagnostic, Diagnostics, FileId, Span, Spanned};
use crate::source::node::Node;

pub(in crate::record) use between_projects::bridge_projects;
pub use project_names::ProjectNames;

pub(super) use aim::{Candidate, aim};

crate::declare_rule! {
    /// A what-if names nothing that these files hold, so nobody can say what would change.
    ///
    /// `--set` takes a path, `=` and a value as it would stand in the file; `--without` takes a path alone. A path
    /// begins with what it is about: `tasks.pilot.duration`, `progress.pilot.remaining`, `people.tom.available`,
    /// `risks.R1.probability`, `project.tolerance.time`. Where several projects have such a thing, the project
    /// stands before it, by its folder or its `code`: `branch-network/tasks.pilot.duration=3d`, `BN-26/people.tom`.
    ///
    /// One of a list is named by a value that it alone has, such as its date, or by its place, counted from 1. Of
    /// `rates: [{currency: USD, rate: 0.92, date: 2026-08-01}, {currency: USD, rate: 0.95, date: 2026-11-02}]` the second is
    /// `project.rates.2026-11-02` or `project.rates.2`; `project.rates.USD` could be either.
    ///
    /// Wrong:
    /// ```sh
    /// milepost check --set pilot=3d
    /// milepost check --set project.rates.rate=0.97
    /// ```
    /// Right:
    /// ```sh
    /// milepost check --set tasks.pilot.duration=3d --without people.tom
    /// milepost check --set project.rates.2026-11-02.rate=0.97
    /// ```
    pub static WHAT_IF_UNFIT: Rule = ("E154", "what-if-unfit", Error, "0.1.0", "a what-if that names nothing in these files");
}

crate::declare_rule! {
    /// A what-if sets a value before which another counts, so it moves nothing, or no date where only what is planned has another price: the duration or effort of a task of which
    /// a report already says how much is left, or that it is done; how much of it is done, where the report also says how
    /// much is left; what is left of a task that is done; the probability or impact of a risk with a `residual:`. Or it leaves out a
    /// person of work by effort of which a report says how much is left: that stays what it is, though fewer people do it. What an option of an
    /// open decision or a change that waits sets (`set:`) is looked at, too.
    ///
    /// Set what counts instead: `progress.pilot.remaining=3d`, `risks.R1.residual.probability=10%`. That is a what-if
    /// only; what really is left is reported in `progress.csv`.
    pub static WHAT_IF_OVERRIDDEN: Rule =
        ("W155", "what-if-overridden", Warning, "0.1.0", "a what-if that something else overrides");
}

crate::declare_rule! {
    /// A what-if leaves out what the benefits of the business case wait for (`benefits_wait_for`). They wait for what that waited
    /// for, so that they may come sooner and be worth more. Whether they really could come without it, the files do not say.
    ///
    /// Where they would wait for something else, say so: `--set business-case.benefits_wait_for=handover`.
    pub static BENEFITS_WAIT_FOR_OTHERS: Rule =
        ("W158", "benefits-wait-for-others", Warning, "0.1.0", "a what-if without what the benefits wait for");
}

/// What a wish does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WishKind {
    /// Sets a field: `path=value`.
    Set,
    /// Leaves something out: `path`.
    Without,
}

impl WishKind {
    /// The flag of the command line.
    #[must_use]
    pub fn flag(self) -> &'static str {
        match self {
            Self::Set => "--set",
            Self::Without => "--without",
        }
    }
}

/// A change that somebody asks about, as typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wish {
    /// Whether a field is set or a thing left out.
    pub kind: WishKind,
    /// `tasks.pilot.duration=3d`, or `people.tom`.
    pub text: String,
}

impl Wish {
    /// Asks for a field to be set: `tasks.pilot.duration=3d`.
    #[must_use]
    pub fn set(text: &str) -> Self {
        Self { kind: WishKind::Set, text: text.to_owned() }
    }

    /// Asks for something to be left out: `people.tom`.
    #[must_use]
    pub fn without(text: &str) -> Self {
        Self { kind: WishKind::Without, text: text.to_owned() }
    }
}

/// What a wish is about: `network/tasks.pilot.duration=3d`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WishTarget {
    /// The project named before it, as written.
    pub project: Option<String>,
    /// The word that its path begins with.
    pub section: &'static str,
    /// The thing in that section; none for sections that are one record.
    pub id: Option<String>,
    /// The way to the field inside it.
    pub fields: Vec<String>,
    /// What is to stand there, as written.
    pub value: Option<String>,
}

impl WishTarget {
    /// What a wish is about, told by its path alone; none where the path begins with no section.
    #[must_use]
    pub fn of(text: &str) -> Option<Self> {
        path::target(text)
    }
}

/// All that is asked about at once.
#[derive(Clone, Debug, Default)]
pub struct Changes {
    list: Vec<Change>,
    /// The day that `progress` speaks of; none for each project's newest report.
    as_of: Option<Date>,
    /// What findings about the wishes point into.
    texts: Vec<(String, String)>,
}

impl Changes {
    /// Reads wishes; what cannot be understood is reported. `first` is the number after those of the folder's files:
    /// each wish counts as a file of its own, so that a finding can point into it.
    #[must_use]
    pub fn read(
        wishes: &[Wish],
        (names, first): (&ProjectNames, FileId),
        as_of: Option<Date>,
        found: &mut Diagnostics,
    ) -> Self {
        let mut changes = Self { as_of, ..Self::default() };
        for wish in wishes {
            let same_kind =
                changes.texts.iter().filter(|(name, _)| name.starts_with(wish.kind.flag())).count();
            let file = FileId(first.0.saturating_add(u32::try_from(changes.texts.len()).unwrap_or(u32::MAX)));
            changes.texts.push((format!("{} {}", wish.kind.flag(), same_kind + 1), wish.text.clone()));
            changes.list.extend(path::read(wish, (names, file), found));
        }
        changes
    }

    /// Reports wishes that cannot both be meant: a field that is set twice, and a thing of which a field is set while it
    /// is left out. Wishes before `first` are not asked about.
    pub fn report_contradictions(&self, first: FileId, found: &mut Diagnostics) {
        let list: Vec<&Change> = self.list.iter().filter(|change| change.span.file >= first).collect();
        for (place, later) in list.iter().enumerate() {
            let Some((earlier, what)) =
                list[..place].iter().find_map(|earlier| Some((earlier, earlier.contradicts(later)?)))
            else {
                continue;
            };
            found.push(
                Diagnostic::new(&WHAT_IF_UNFIT, later.path.span, what)
                    .also(earlier.path.span, "asked for here")
                    .hint("ask about one of them"),
            );
        }
    }

    /// The names and texts of the wishes, in the order of their file numbers.
    #[must_use]
    pub fn texts(&self) -> &[(String, String)] {
        &self.texts
    }
}

/// One change, understood but not yet aimed at a project.
#[derive(Clone, Debug)]
struct Change {
    kind: WishKind,
    /// The folder of the project, where one is named.
    project: Option<Spanned<String>>,
    section: Section,
    /// Everything before the `=`.
    path: Spanned<String>,
    /// The thing in its section; none for sections that are one record.
    id: Option<Spanned<String>>,
    /// The way to the field inside it.
    fields: Vec<Spanned<String>>,
    /// What is to stand there.
    value: Option<Node>,
    span: Span,
}

impl Change {
    /// Says what cannot be if both are meant; none where they agree.
    fn contradicts(&self, later: &Self) -> Option<String> {
        let word = |name: &Spanned<String>| name.value.clone();
        let is_other = |one: &Option<Spanned<String>>, other: &Option<Spanned<String>>| {
            one.as_ref().map(|name| &name.value) != other.as_ref().map(|name| &name.value)
        };
        let is_task = |section| matches!(section, Section::Tasks | Section::Progress);
        let same_section = self.section == later.section
            || (self.kind != later.kind && is_task(self.section) && is_task(later.section));
        if !same_section || is_other(&self.project, &later.project) || is_other(&self.id, &later.id) {
            return None;
        }
        let name = self.id.as_ref().map(word).unwrap_or_default();
        match (self.kind, later.kind) {
            (WishKind::Set, WishKind::Set) => {
                let fields = |change: &Self| change.fields.iter().map(word).collect::<Vec<_>>();
                let (one, other) = (fields(self), fields(later));
                let is_same = one.starts_with(&other) || other.starts_with(&one);
                is_same.then(|| format!("`{}` is set twice", later.path.value))
            }
            (WishKind::Without, WishKind::Set) => {
                Some(format!("`{name}` is left out, so no field of it can be set"))
            }
            (WishKind::Set, WishKind::Without) => {
                Some(format!("`{name}` is left out while a field of it is set"))
            }
            (WishKind::Without, WishKind::Without) => None,
        }
    }
}

/// What a path begins with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Section {
    Tasks,
    Progress,
    People,
    Roles,
    Calendars,
    /// A file that holds things by id.
    Book(&'static str),
    /// A file that is one record.
    Record(&'static str),
}

/// The sections by the word that a path begins with.
const SECTIONS: [(&str, Section); 21] = [
    ("tasks", Section::Tasks),
    ("progress", Section::Progress),
    ("people", Section::People),
    ("roles", Section::Roles),
    ("calendars", Section::Calendars),
    ("project", Section::Record("project.yaml")),
    ("budget", Section::Record("budget.yaml")),
    ("business-case", Section::Record("business-case.yaml")),
    ("quality", Section::Record("quality.yaml")),
    ("handover", Section::Record("handover.yaml")),
    ("risks", Section::Book("risks.yaml")),
    ("issues", Section::Book("issues.yaml")),
    ("decisions", Section::Book("decisions.yaml")),
    ("changes", Section::Book("changes.yaml")),
    ("actions", Section::Book("actions.yaml")),
    ("dependencies", Section::Book("dependencies.yaml")),
    ("lessons", Section::Book("lessons.yaml")),
    ("stakeholders", Section::Book("stakeholders.yaml")),
    ("deliverables", Section::Book("deliverables.yaml")),
    ("requirements", Section::Book("requirements.yaml")),
    ("benefits", Section::Book("benefits.yaml")),
];

impl Section {
    /// The file of a project in which it stands.
    fn file(self) -> &'static str {
        match self {
            Self::Tasks => "plan.yaml",
            Self::Progress => "progress.csv",
            Self::People | Self::Roles => "resources.yaml",
            Self::Calendars => "calendar.yaml",
            Self::Book(file) | Self::Record(file) => file,
        }
    }

    /// The word it is written with.
    fn word(self) -> &'static str {
        SECTIONS.iter().find(|(_, section)| *section == self).map_or("", |(word, _)| word)
    }

    /// What one thing of it is called.
    fn noun(self) -> &'static str {
        match self.word() {
            "tasks" | "progress" => "task",
            "people" => "person",
            "dependencies" => "dependency",
            word => word.strip_suffix('s').unwrap_or(word),
        }
    }
}

/// The changes that concern one project, or what all projects share.
#[derive(Clone, Debug, Default)]
pub(super) struct Amendments<'a> {
    changes: Vec<&'a Change>,
    as_of: Option<Date>,
}
