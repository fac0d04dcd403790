//! The files of a site before they are written.

use std::collections::BTreeMap;
use std::fmt;

/// Files of a site by their relative path, sorted; each path keeps the rules of `Names`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Bundle {
    files: BTreeMap<String, Vec<u8>>,
    names: Names,
}

/// The paths of a site.
///
/// Every path is safe to write below any folder on any common file system: it has no `..`, does not begin at the
/// root, has no characters that some system refuses, differs from every other path in more than upper and lower
/// case, and no file stands where another path needs a folder.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Names {
    /// Lower-cased path of every file and folder → the spelling it was first given.
    taken: BTreeMap<String, Entry>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Entry {
    spelling: String,
    is_folder: bool,
}

/// A file cannot be part of a site.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum BundleError {
    /// The path cannot be written below a folder on every file system.
    BadPath {
        /// The path as given.
        path: String,
        /// What is wrong with it, to be read after "the path".
        why: &'static str,
    },
    /// Another file has this path already, or one that differs only in case, or a folder of that name is needed.
    Taken {
        /// The path as given.
        path: String,
        /// What stands there.
        by: String,
    },
}

impl fmt::Display for BundleError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::BadPath { path, why } => {
                write!(formatter, "the path `{path}` {why}; give the file another name")
            }
            Self::Taken { path, by } if path == by => {
                write!(formatter, "two files want the path `{path}`; give one of them another name")
            }
            Self::Taken { path, by } => write!(
                formatter,
                "`{path}` and `{by}` cannot stand side by side on every file system; give one of them another name"
            ),
        }
    }
}

impl std::error::Error for BundleError {}

/// Characters that some common file system refuses in a name.
const REFUSED: &[char] = &['\\', ':', '*', '?', '"', '<', '>', '|'];

/// Names that one common system keeps for devices, whatever follows the first dot.
const DEVICES: &[&str] = &["con", "prn", "aux", "nul"];

impl Bundle {
    /// An empty bundle.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a file; `path` is relative with `/` between its parts, such as `branch-network/index.html`.
    ///
    /// # Errors
    ///
    /// The path is unsafe, or taken; the bundle stays as it was.
    pub fn add(&mut self, path: impl Into<String>, bytes: impl Into<Vec<u8>>) -> Result<(), BundleError> {
        let path = path.into();
        self.names.take(&path)?;
        self.files.insert(path, bytes.into());
        Ok(())
    }

    /// The bytes of a file, if there is one of exactly this path.
    #[must_use]
    pub fn get(&self, path: &str) -> Option<&[u8]> {
        self.files.get(path).map(Vec::as_slice)
    }

    /// Paths and bytes, sorted by path.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &[u8])> {
        self.files.iter().map(|(path, bytes)| (path.as_str(), bytes.as_slice()))
    }

    /// Number of files.
    #[must_use]
    pub fn len(&self) -> usize {
        self.files.len()
    }

    /// Whether there is no file.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.files.is_empty()
    }
}

impl Names {
    /// Takes a path for a file.
    ///
    /// # Errors
    /// The path is unsafe, or taken; nothing is taken then.
    pub fn take(&mut self, path: &str) -> Result<(), BundleError> {
        if let Some(why) = fault(path) {
            return Err(BundleError::BadPath { path: path.to_owned(), why });
        }
        for (place, _) in path.match_indices('/') {
            self.check_free(&path[..place], EntryKind::Folder, path)?;
        }
        self.check_free(path, EntryKind::File, path)?;
        for (place, _) in path.match_indices('/') {
            self.enter(&path[..place], EntryKind::Folder);
        }
        self.enter(path, EntryKind::File);
        Ok(())
    }

    fn check_free(&self, path: &str, kind: EntryKind, wanted: &str) -> Result<(), BundleError> {
        match self.taken.get(&path.to_lowercase()) {
            None => Ok(()),
            Some(entry) if entry.is_folder && kind == EntryKind::Folder && entry.spelling == path => Ok(()),
            Some(entry) => Err(BundleError::Taken { path: wanted.to_owned(), by: entry.spelling.clone() }),
        }
    }

    fn enter(&mut self, path: &str, kind: EntryKind) {
        self.taken
            .entry(path.to_lowercase())
            .or_insert_with(|| Entry { spelling: path.to_owned(), is_folder: kind == EntryKind::Folder });
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum EntryKind {
    File,
    Folder,
}

/// What makes a path unsafe, if anything.
fn fault(path: &str) -> Option<&'static str> {
    if path.is_empty() {
        return Some("is empty");
    }
    if path.starts_with('/') {
        return Some("begins at the root");
    }
    if path.contains(REFUSED) || path.chars().any(char::is_control) {
        return Some("has a character that some file systems refuse");
    }
    path.split('/').find_map(|part| {
        if part.is_empty() {
            Some("has an empty part")
        } else if part == "." || part == ".." {
            Some("leads out of its folder")
        } else if part.ends_with(['.', ' ']) {
            Some("has a part that ends in a dot or a space, which some file systems drop")
        } else if is_device(part) {
            Some("has a part that one system keeps for a device")
        } else if part == super::place::MARKER {
            Some("has the name of the file that marks a finished site")
        } else {
            None
        }
    })
}

fn is_device(part: &str) -> bool {
    let stem = part.split('.').next().unwrap_or(part).to_lowercase();
    let is_numbered = (stem.starts_with("com") || stem.starts_with("lpt"))
        && stem.len() == 4
        && stem.ends_with(|last: char| last.is_ascii_digit());
    is_numbered || DEVICES.contains(&stem.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn refused(path: &str) -> String {
        let mut bundle = Bundle::new();
        let error = bundle.add(path, "x").unwrap_err();
        assert!(bundle.is_empty());
        error.to_string()
    }

    #[test]
    fn paths_that_leave_the_folder_or_some_file_system_are_refused() {
        assert!(refused("/etc/passwd").contains("begins at the root"));
        assert!(refused("a/../b.html").contains("leads out"));
        assert!(refused("..").contains("leads out"));
        assert!(refused("a//b").contains("empty part"));
        assert!(refused("a/").contains("empty part"));
        assert!(refused("").contains("is empty"));
        assert!(refused("c:\\x").contains("character"));
        assert!(refused("a\nb").contains("character"));
        assert!(refused("notes./a").contains("dot or a space"));
        assert!(refused("x/NUL.txt").contains("device"));
        assert!(refused("lpt1").contains("device"));
        assert!(refused(".milepost").contains("marks a finished site"));
    }

    #[test]
    fn ordinary_paths_are_taken_in_order() {
        let mut bundle = Bundle::new();
        for path in ["b/index.html", "index.html", "a/Ünïcode.html", "b/com.html", "a/console.css"] {
            bundle.add(path, path.as_bytes()).unwrap();
        }
        let paths: Vec<&str> = bundle.iter().map(|(path, _)| path).collect();
        assert_eq!(paths, ["a/console.css", "a/Ünïcode.html", "b/com.html", "b/index.html", "index.html"]);
        assert_eq!(bundle.get("index.html"), Some("index.html".as_bytes()));
    }

    #[test]
    fn paths_that_differ_only_in_case_collide() {
        let mut bundle = Bundle::new();
        bundle.add("a/Index.html", "1").unwrap();
        assert!(bundle.add("a/index.html", "2").is_err());
        assert!(bundle.add("A/other.html", "3").is_err());
        assert!(bundle.add("a/Index.html", "4").unwrap_err().to_string().contains("two files want"));
        assert_eq!(bundle.len(), 1);
        assert_eq!(bundle.get("a/Index.html"), Some("1".as_bytes()));
    }

    #[test]
    fn a_file_cannot_stand_where_a_folder_is_needed() {
        let mut bundle = Bundle::new();
        bundle.add("a/b", "1").unwrap();
        assert!(bundle.add("a", "2").is_err());
        assert!(bundle.add("a/b/c", "3").is_err());
        bundle.add("a/c", "4").unwrap();
    }
}
