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

use std::cell::{Cell, RefCell};
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

use object::{Entry, Named};
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
    /// The repository names what it keeps in another way than this program reads: by SHA-256.
    OtherFormat,
    /// The repository cannot be opened, or its newest commit is missing.
    Damaged,
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
            Self::OtherFormat => {
                "the git repository names its objects by SHA-256, which milepost cannot read, so nothing is known of what stood in the \
                 folder before"
            }
            Self::Damaged => {
                "the git repository cannot be read, `git fsck` tells what is wrong with it; nothing is known of what stood in the \
                 folder before"
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

/// Why a repository lacks what it should hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lack {
    /// The clone was made with a filter and holds contents only as far as git has asked for them.
    Partial,
    /// It is damaged.
    Damaged,
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
    /// Why the commit, or what it says of the folder, is missing from this clone; none where it is not.
    pub lack: Option<Lack>,
}

/// Why two states have no commit in common.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotParted {
    /// None is known in this clone.
    NoCommon {
        /// Whether the clone is shallow, so that there may be one elsewhere.
        is_shallow: bool,
    },
    /// The folder was not there yet.
    Elsewhere,
}

/// Why nothing older than a commit is known of a folder.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Oldest {
    /// The shallow clone ends with the commit.
    Cut,
    /// The folder came whole with it.
    Whole,
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
    /// Whether all files of a folder are in this clone, as far as it was asked.
    whole: RefCell<BTreeMap<ObjectName, bool>>,
    /// Whether anything that was looked for was missing.
    is_lacking: Cell<bool>,
}

impl Past {
    /// Looks for the repository that a folder lies in.
    ///
    /// # Errors
    /// Why nothing is known about the past; the caller says so and goes on.
    pub fn of(folder: &Path) -> Result<Self, NoHistory> {
        let (repository, prefix) = Repository::discover(folder)?;
        let head = repository.head()?;
        let past = Self {
            repository,
            walked: RefCell::new(walk::Walked::from(head, prefix.clone())),
            prefix,
            folders: RefCell::default(),
            listings: RefCell::default(),
            whole: RefCell::default(),
            is_lacking: Cell::default(),
        };
        if past.stop(0).is_none() {
            return Err(if past.is_lacking.get() { NoHistory::Damaged } else { NoHistory::Untracked });
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
        let unknown = |is_elsewhere: bool, is_lacking: bool| {
            let names = self.repository.names();
            UnknownRevision {
                lack: is_lacking.then(|| self.why_lacking()),
                revision: revision.to_owned(),
                meant: did_you_mean(revision, names.iter().map(String::as_str)).map(str::to_owned),
                names: names.into_iter().take(NAMES_LISTED).collect(),
                is_shallow: self.repository.is_shallow(),
                is_elsewhere,
            }
        };
        let name = match self.repository.resolve(revision) {
            Named::Commit(name) => name,
            Named::Missing => return Err(unknown(false, true)),
            Named::Nothing => return Err(unknown(false, false)),
        };
        let before = self.is_lacking.replace(false);
        let found = self.stop_of(name);
        let is_lacking = self.is_lacking.get();
        self.is_lacking.set(before || is_lacking);
        found.ok_or_else(|| unknown(true, is_lacking))
    }

    /// Why something that was looked for so far was missing from this clone; none where nothing was.
    #[must_use]
    pub fn lack(&self) -> Option<Lack> {
        self.is_lacking.get().then(|| self.why_lacking())
    }

    fn why_lacking(&self) -> Lack {
        if self.repository.is_partial() { Lack::Partial } else { Lack::Damaged }
    }

    /// The newest commit that two states have in common: where a branch left another one.
    ///
    /// # Errors
    /// Where they have none in this clone, or the folder was not there.
    pub fn parted(&self, one: &Stop, other: &Stop) -> Result<Stop, NotParted> {
        let (one, other) = (one.commit.name, other.commit.name);
        let common = self.repository.common(one, other).or_else(|| self.common_in_clone(one, other));
        let is_shallow = self.repository.is_shallow();
        self.stop_of(common.ok_or(NotParted::NoCommon { is_shallow })?).ok_or(NotParted::Elsewhere)
    }

    /// Says whether nothing older than a commit is known of the folder, and why: a shallow clone ends there, or the folder came whole.
    #[must_use]
    pub fn is_oldest(&self, stop: &Stop) -> Option<Oldest> {
        let place = self.stops().position(|one| one.commit.name == stop.commit.name)?;
        if self.stop(place + 1).is_some() {
            return None;
        }
        let is_cut = self.repository.commit(stop.commit.name).is_some_and(|node| node.is_cut);
        Some(if is_cut { Oldest::Cut } else { Oldest::Whole })
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
