//! By what a document is known: title, project, revision, and what else its head names.
//!
//! A frozen document keeps the names it was signed under, whatever the folder says today.

use serde::Serialize;

use crate::model::{FrozenGate, Project, Wording};
use crate::page::Desk;
use crate::page::frame::kind_words;

/// The key under which [`Named`] stands among the terms of a frozen record.
pub(super) const BAND: &str = "band";

/// What the head of a document names besides what is signed. It is shown as it was, and not held against today: who manages the
/// project may change without a decision.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Named {
    /// Project, code and kind.
    pub kicker: String,
    /// Who prepared it; none where nobody is named.
    pub prepared_by: Option<String>,
    /// How openly it may be shown; none where nothing is set.
    pub classification: Option<String>,
}

impl Named {
    /// As the files of today say.
    #[must_use]
    pub fn of_today(project: &Project) -> Self {
        Self {
            kicker: kicker(&project.name, project),
            prepared_by: project.project_manager.map(|person| project.person_name(person).to_owned()),
            classification: project.classification.clone(),
        }
    }
}

/// What stands above the title in the document of a project that is called so.
fn kicker(name: &str, project: &Project) -> String {
    let parts = [Some(name), project.code.as_deref(), Some(kind_words(project.kind))];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

/// By what a document is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Identity {
    /// Its title.
    pub title: String,
    /// The name of the project.
    pub project: String,
    /// The revision of the files it was made from; none where they are under no version control.
    pub revision: Option<String>,
    /// What else its head names.
    pub named: Named,
}

impl Identity {
    /// As the files of today say, under a title.
    #[must_use]
    pub fn of_today(title: String, desk: &Desk<'_>) -> Self {
        let project = &desk.project.project;
        Self {
            title,
            project: project.name.clone(),
            revision: desk.report.revision.clone(),
            named: Named::of_today(project),
        }
    }

    /// As it was frozen; where a record of an earlier program does not say, as today.
    #[must_use]
    pub fn of_frozen(frozen: &FrozenGate, today: Self, project: &Project) -> Self {
        let words = |of: &Wording, key: &str| of.part(key).and_then(Wording::words).map(str::to_owned);
        let name = words(&frozen.content, "project").unwrap_or(today.project);
        let named = match frozen.terms.part(BAND) {
            Some(band) => Named {
                kicker: words(band, "kicker").unwrap_or_else(|| kicker(&name, project)),
                prepared_by: words(band, "prepared_by"),
                classification: words(band, "classification"),
            },
            None => Named { kicker: kicker(&name, project), ..today.named },
        };
        Self {
            title: words(&frozen.content, "title").unwrap_or(today.title),
            project: name,
            revision: frozen.source_revision.clone(),
            named,
        }
    }
}
