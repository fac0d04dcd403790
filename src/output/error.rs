//! Why a site, a file or a folder could not be written.

use std::fmt;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

/// A site could not be put in place; what stood there before still does.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum OutputError {
    /// The destination has no name of its own that could be swapped, as `/` or `..`.
    NoName {
        /// The destination as given.
        out: PathBuf,
    },
    /// The destination is a file.
    NotAFolder {
        /// The destination.
        out: PathBuf,
    },
    /// The destination holds files that were not made by us.
    NotOurs {
        /// The destination.
        out: PathBuf,
    },
    /// The destination is the top of a git working tree, whose history would be lost with it.
    HoldsRepository {
        /// The destination.
        out: PathBuf,
    },
    /// Another build is writing there.
    Busy {
        /// The lock that it holds.
        lock: PathBuf,
    },
    /// A file or folder that is written only once is there already.
    Exists {
        /// The file or folder.
        path: PathBuf,
    },
    /// A folder stands under the name of the one that is filled before it takes its place: of another run, or put there by somebody.
    InTheWay {
        /// The folder.
        path: PathBuf,
    },
    /// The operating system refused.
    System {
        /// What was tried, to be read after "cannot".
        doing: &'static str,
        /// With which file or folder.
        path: PathBuf,
        /// The kind of the system's reason, which decides the advice.
        kind: ErrorKind,
        /// The system's reason.
        reason: String,
    },
}

impl OutputError {
    /// What to do about a refusal of the system, beginning with a verb; empty for all others, whose message ends in their advice.
    ///
    /// ```
    /// use milepost::output::OutputError;
    /// let (path, kind) = ("site".into(), std::io::ErrorKind::StorageFull);
    /// let refused = OutputError::System { doing: "write", path, kind, reason: "the disk is full".to_owned() };
    /// assert_eq!(refused.advice(), "free some space on that disk, or name a place on another one");
    /// ```
    #[must_use]
    pub fn advice(&self) -> &'static str {
        let Self::System { kind, .. } = self else { return "" };
        match kind {
            ErrorKind::StorageFull | ErrorKind::QuotaExceeded => {
                "free some space on that disk, or name a place on another one"
            }
            ErrorKind::FileTooLarge => {
                "raise the limit of the size of files, or name a place on another disk"
            }
            ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem => {
                "ask for the right to write there, or name another place"
            }
            ErrorKind::NotADirectory | ErrorKind::AlreadyExists => {
                "name a place below folders, not below a file"
            }
            ErrorKind::IsADirectory | ErrorKind::DirectoryNotEmpty => "name a place where no folder stands",
            _ => "look at that place, then try again or name another one",
        }
    }
}

impl fmt::Display for OutputError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoName { out } => write!(
                formatter,
                "cannot publish into `{}`; name a folder of its own, such as `site`",
                out.display()
            ),
            Self::NotAFolder { out } => write!(
                formatter,
                "`{}` is a file; name a folder for the site, or move the file away",
                out.display()
            ),
            Self::NotOurs { out } => write!(
                formatter,
                "`{}` holds files that milepost did not make and would replace; name another folder, or empty this one",
                out.display()
            ),
            Self::HoldsRepository { out } => write!(
                formatter,
                "`{}` holds a git repository that would be lost; publish into a folder below it",
                out.display()
            ),
            Self::Busy { lock } => write!(
                formatter,
                "another build is writing this site (it holds `{}`); wait for it, or name another folder",
                lock.display()
            ),
            Self::Exists { path } => write!(formatter, "`{}` is there already", path.display()),
            Self::InTheWay { path } => write!(
                formatter,
                "`{}` is in the way; wait where another run of milepost is filling it, else look at what is in it and move it away",
                path.display()
            ),
            Self::System { doing, path, reason, .. } => {
                write!(formatter, "cannot {doing} `{}`: {reason}", path.display())
            }
        }
    }
}

impl std::error::Error for OutputError {}

/// What the system refused.
pub(crate) fn failed(doing: &'static str, path: &Path, error: &io::Error) -> OutputError {
    let kind = error.kind();
    let reason = match kind {
        ErrorKind::StorageFull => "the disk is full".to_owned(),
        ErrorKind::QuotaExceeded => "your share of the disk is used up".to_owned(),
        ErrorKind::PermissionDenied => "you are not allowed to".to_owned(),
        ErrorKind::ReadOnlyFilesystem => "that disk can only be read".to_owned(),
        _ => error.to_string(),
    };
    OutputError::System { doing, path: path.to_path_buf(), kind, reason }
}
