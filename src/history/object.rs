//! Names of what a repository keeps, and commits and folders as they are read from it.

use std::fmt;

use jiff::civil::Date;

/// The name of a commit, a folder or a file version: the hash of its content, 20 bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ObjectName(pub [u8; 20]);

impl ObjectName {
    /// The first ten digits, as pages and reports name a revision.
    #[must_use]
    pub fn short(self) -> String {
        self.to_string().chars().take(10).collect()
    }
}

impl fmt::Display for ObjectName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

/// A commit, as people speak of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Commit {
    /// Its name.
    pub name: ObjectName,
    /// Who wrote the change.
    pub author: String,
    /// The day on which it was committed, in the time zone of whoever did.
    pub day: Date,
    /// The first line of its message.
    pub subject: String,
}

/// A commit with what hangs on it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Node {
    /// The commit itself.
    pub commit: Commit,
    /// When it was committed, in seconds since 1970; says which of two commits is looked at first, nothing else.
    pub seconds: i64,
    /// The folder at the root of the repository as of then.
    pub tree: ObjectName,
    /// The commits it was made upon, the own branch first; none for the first commit and where a shallow clone ends.
    pub parents: Vec<ObjectName>,
    /// Whether parents are left out because the clone is shallow.
    pub is_cut: bool,
}

/// What a word names in a repository.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(not(feature = "git"), expect(dead_code, reason = "only a repository makes them"))]
pub(super) enum Named {
    /// This commit.
    Commit(ObjectName),
    /// Something that should be there and is not.
    Missing,
    /// Nothing.
    Nothing,
}

/// What lies in a folder of a commit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[cfg_attr(not(feature = "git"), expect(dead_code, reason = "only a repository makes them"))]
pub(super) enum Kind {
    /// A folder.
    Folder,
    /// A file.
    File,
    /// A symbolic link.
    Link,
    /// A repository of its own.
    Foreign,
}

/// One name in a folder of a commit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Entry {
    /// Its name.
    pub name: String,
    /// What it is.
    pub kind: Kind,
    /// Its content.
    pub content: ObjectName,
}
