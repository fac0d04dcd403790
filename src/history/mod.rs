//! What stood in the files before: the commits of the repository that a folder lies in.
//!
//! Comes in: a folder of the machine. Goes out: [`Past`], which gives back the folder as it stood at a commit, finds the
//! commit of a day, and says who wrote a line. Reads only. Nothing here is an error: what the repository does not tell is
//! said in words ([`NoHistory`], [`Past::limits`]), and everything else goes on without it.
//!
//! One question a file: what a repository holds (`repository`, the only one that names `gix`; `absent` in a build
//! without it), which commits there are (`walk`), what a folder holds at one of them (`tree`), where it was called
//! otherwise (`renamed`), who wrote a line (`authorship`, on `lines`).

#[cfg(not(feature = "git"))]
#[path = "absent.rs"]
mod repository;
#[cfg(feature = "git")]
mod repository;

mod authorship;
mod lines;
mod object;
mod renamed;
mod tree;
mod walk;

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::path::Path;
use std::rc::Rc;

use jiff::civil::Date;

use crate::diagnostic::FileId;
use crate::diagnostic::spelling::did_you_mean;
use crate::source::disk::{Folder, SourceFile};

pub use authorship::{Author, Authorship, Side, Touch};
pub use object::{Commit, ObjectName};
pub use walk::Stop;

use object::Entry;
use repository::Repository;

/// Why nothing is known about the past of a folder.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoHistory {
    /// The folder lies in no git repository.
    NoRepository,
    /// The repository has no commit.
    NoCommit,
    /// The newest commit does not hold the folder.
    Untracked,
    /// This build was made without the feature `git`.
    LeftOut,
}

impl fmt::Display for NoHistory {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NoRepository => {
                "the folder lies in no git repository, so nothing is known of what stood in it before"
            }
            Self::NoCommit => {
                "the git repository has no commit, so nothing is known of what stood in the folder before"
            }
            Self::Untracked => {
                "the newest commit does not hold this folder, so nothing is known of what stood in it before"
            }
            Self::LeftOut => "this build of milepost cannot read git repositories",
        })
    }
}

/// Something that limits what the past tells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Limit {
    /// The clone is shallow: it holds nothing before this commit.
    Shallow(Commit),
    /// The folder was called otherwise until this commit.
    Renamed {
        /// The commit that gave it its name.
        by: Commit,
        /// Its path in the repository until then.
        from: String,
    },
}

/// A word that names no commit of this repository.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownRevision {
    /// The word.
    pub revision: String,
    /// A branch or tag that is written nearly so.
    pub meant: Option<String>,
    /// Some branches and tags that there are.
    pub names: Vec<String>,
    /// Whether the clone is shallow, so that the commit may exist elsewhere.
    pub is_shallow: bool,
    /// Whether the commit is there and does not hold the folder.
    pub is_elsewhere: bool,
}

/// How many branches and tags a message lists.
const NAMES_LISTED: usize = 8;

/// The past of a folder.
pub struct Past {
    repository: Repository,
    /// The folder's path in the repository today; empty at its root.
    prefix: String,
    /// Stops found so far, newest first.
    walked: RefCell<walk::Walked>,
    folders: RefCell<BTreeMap<ObjectName, Rc<Vec<Entry>>>>,
    listings: RefCell<BTreeMap<ObjectName, Rc<tree::Listing>>>,
}

impl Past {
    /// Looks for the repository that a folder lies in.
    ///
    /// # Errors
    /// Why nothing is known about the past; the caller says so and goes on.
    pub fn of(folder: &Path) -> Result<Self, NoHistory> {
        let (repository, prefix) = Repository::discover(folder)?;
        let head = repository.head().ok_or(NoHistory::NoCommit)?;
        let past = Self {
            repository,
            walked: RefCell::new(walk::Walked::from(head, prefix.clone())),
            prefix,
            folders: RefCell::default(),
            listings: RefCell::default(),
        };
        if past.stop(0).is_none() {
            return Err(NoHistory::Untracked);
        }
        Ok(past)
    }

    /// The revision of a folder as it was read from disk: the short commit, with `+` behind it where what was read
    /// differs from that commit.
    #[must_use]
    pub fn revision(&self, read: &Folder) -> String {
        let Some(head) = self.stop(0) else { return String::new() };
        let mark = if self.is_as_in(read, &head) { "" } else { "+" };
        format!("{}{mark}", head.commit.name.short())
    }

    /// The revision of a folder of which files have changed since it was last asked for; those are looked at first, because where
    /// one of them differs from the commit nothing else needs to be compared.
    #[must_use]
    pub fn revision_after(&self, read: &Folder, changed: &BTreeSet<FileId>) -> String {
        let Some(head) = self.stop(0) else { return String::new() };
        let changed: Vec<&SourceFile> = changed.iter().filter_map(|file| read.file(*file)).collect();
        let kept = self.part(&head, |path| changed.iter().any(|file| file.path == path));
        let differs = |file: &&SourceFile| {
            kept.find(&file.path).is_none_or(|(_, kept)| !kept.text.lines().eq(file.text.lines()))
        };
        if changed.iter().any(differs) {
            format!("{}+", head.commit.name.short())
        } else {
            self.revision(read)
        }
    }

    /// Says whether a folder as it was read holds the same as a commit. Line ends do not count: git may turn them.
    #[must_use]
    pub fn is_as_in(&self, read: &Folder, stop: &Stop) -> bool {
        let kept = self.folder(stop);
        kept.files().len() == read.files().len()
            && kept.files().iter().zip(read.files()).all(|(one, other)| {
                one.path == other.path
                    && one.bytes == other.bytes
                    && one.reading == other.reading
                    && one.text.lines().eq(other.text.lines())
            })
    }

    /// The newest commit.
    #[must_use]
    pub fn head(&self) -> Option<Stop> {
        self.stop(0)
    }

    /// What limits the past as far as it has been looked at, in the order in which it was met.
    #[must_use]
    pub fn limits(&self) -> Vec<Limit> {
        self.walked.borrow().limits.clone()
    }

    /// The commit that stood at the end of a day: going back from the newest, the first that is not younger.
    #[must_use]
    pub fn on(&self, day: Date) -> Option<Stop> {
        self.stops().find(|stop| stop.commit.day <= day)
    }

    /// The commit that a revision names: a branch, a tag, `HEAD~3`, a short commit.
    ///
    /// # Errors
    /// Where there is none in this clone, with the names that are near.
    pub fn resolve(&self, revision: &str) -> Result<Stop, UnknownRevision> {
        let unknown = |is_elsewhere: bool| {
            let names = self.repository.names();
            UnknownRevision {
                revision: revision.to_owned(),
                meant: did_you_mean(revision, names.iter().map(String::as_str)).map(str::to_owned),
                names: names.into_iter().take(NAMES_LISTED).collect(),
                is_shallow: self.repository.is_shallow(),
                is_elsewhere,
            }
        };
        let name = self.repository.resolve(revision).ok_or_else(|| unknown(false))?;
        self.stop_of(name).ok_or_else(|| unknown(true))
    }

    /// The newest commit that two states have in common: where a branch left another one. None where they have nothing in
    /// common, or the folder was not there.
    #[must_use]
    pub fn parted(&self, one: &Stop, other: &Stop) -> Option<Stop> {
        self.stop_of(self.repository.common(one.commit.name, other.commit.name)?)
    }

    /// The commit that brought a file in: the oldest of the unbroken row of commits that hold it, seen from the newest.
    #[must_use]
    pub fn brought_in(&self, path: &str) -> Option<Stop> {
        let mut path = path.to_owned();
        let mut found: Option<Stop> = None;
        let mut content = None;
        for stop in self.stops() {
            let listing = self.listing(stop.folder);
            match renamed::follow(&listing, &path, content) {
                Some((then, what)) => (path, content) = (then, Some(what)),
                None => break,
            }
            found = Some(stop);
        }
        found
    }
}
