//! Files of which it is not known who may read them.
//!
//! Comes in: what reading a folder has found. Goes out: the files whose text, and those whose words, are for nobody but those who may
//! read the folder itself. Whatever could not be read may have said `audience: restricted`; so it counts as if it had.

use std::collections::BTreeSet;

use crate::diagnostic::spelling::did_you_mean;
use crate::diagnostic::{Diagnostics, FileId};
use crate::record::home::PORTFOLIO_FILES;
use crate::record::portfolio::PortfolioRecord;
use crate::record::rule::MISPLACED_AUDIENCE;
use crate::record::slip::AUDIENCE;
use crate::source::disk::{Folder, Reading};

/// What is not known of the readers of files.
#[derive(Clone, Debug, Default)]
pub struct Unsure {
    /// Files of which something was not read as it stands, or that nothing reads.
    pub(super) unread: BTreeSet<FileId>,
    /// Files whose text has a fault: where an entry ends, and what belongs to it, may not be as it is meant.
    pub(super) with_fault_of_text: BTreeSet<FileId>,
    /// Files in which an audience stands where none can be named.
    pub(super) with_misplaced_audience: BTreeSet<FileId>,
    /// The paths of those.
    pub(super) misplaced_paths: BTreeSet<String>,
    /// Whether whom the site is for could not be read.
    pub(super) is_site_audience_lost: bool,
}

impl Unsure {
    /// Files whose text may only be read by those who may read the folder itself, whatever the entries in them say.
    #[must_use]
    pub fn unread(&self) -> &BTreeSet<FileId> {
        &self.unread
    }

    /// Says whether an audience stands anywhere where none can be named.
    #[must_use]
    pub fn is_any_misplaced(&self) -> bool {
        !self.with_misplaced_audience.is_empty()
    }

    /// Says whether whom the site is for is written, or may be, and could not be read.
    #[must_use]
    pub fn is_site_audience_lost(&self) -> bool {
        self.is_site_audience_lost
    }

    /// Looks at what reading a folder has found.
    pub(super) fn of(folder: &Folder, portfolio: Option<&PortfolioRecord>, found: &Diagnostics) -> Self {
        let mut unsure = Self::default();
        for diagnostic in found {
            let places = diagnostic.span.into_iter().chain(diagnostic.labels.iter().map(|label| label.span));
            for file in places.map(|place| place.file) {
                unsure.unread.insert(file);
                if diagnostic.rule.is_fault_of_text() {
                    unsure.with_fault_of_text.insert(file);
                }
                if diagnostic.rule == &MISPLACED_AUDIENCE {
                    unsure.with_misplaced_audience.insert(file);
                }
            }
        }
        let texts = || folder.texts();
        let misplaced = texts().filter(|(id, _)| unsure.with_misplaced_audience.contains(id));
        unsure.misplaced_paths = misplaced.map(|(_, file)| file.path.clone()).collect();
        let is_lost = match portfolio {
            Some(record) => record.unreadable.contains(&AUDIENCE),
            None => folder.files().iter().any(|file| is_meant_as_portfolio(&file.path)),
        };
        let is_faulty = |(id, path): (FileId, &str)| {
            path == PORTFOLIO_FILES[0]
                && (unsure.with_fault_of_text.contains(&id) || unsure.with_misplaced_audience.contains(&id))
        };
        let is_unread =
            |path: &str, reading: &Reading| path == PORTFOLIO_FILES[0] && *reading == Reading::Failed;
        unsure.is_site_audience_lost = is_lost
            || texts().any(|(id, file)| is_faulty((id, &file.path)))
            || folder.files().iter().any(|file| is_unread(&file.path, &file.reading));
        unsure
    }
}

/// Says whether a file of the portfolio is its `portfolio.yaml`, or has a name that is a slip of it.
fn is_meant_as_portfolio(path: &str) -> bool {
    let stem = path.rsplit_once('.').map_or(path, |(stem, _)| stem);
    !path.contains('/')
        && (stem == "portfolio" || did_you_mean(path, PORTFOLIO_FILES) == Some(PORTFOLIO_FILES[0]))
}
