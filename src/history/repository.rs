//! The only file that names `gix`: reads commits, folders and file versions of a repository.
//!
//! Comes in: a folder of the machine. Goes out: plain values. Reads only: no network, no other program, no hook, and
//! neither the environment nor the settings of a user or a machine, so that the same repository gives the same answer
//! everywhere.

use std::path::Path;

use gix::bstr::ByteSlice as _;
use jiff::civil::Date;

use super::NoHistory;
use super::object::{Commit, Entry, Kind, Named, Node, ObjectName};

/// Bytes of folders and commits that are kept unpacked: a project's folders of a thousand commits.
const CACHE_BYTES: usize = 16 * 1024 * 1024;

/// A repository that a folder lies in.
pub(super) struct Repository {
    inner: gix::Repository,
    shallow: Vec<gix::ObjectId>,
}

impl Repository {
    /// Finds the repository that a folder lies in, and the folder's path inside it, parts separated by `/`.
    pub fn discover(folder: &Path) -> Result<(Self, String), NoHistory> {
        let options = gix::open::Options::isolated;
        let trust = gix::sec::trust::Mapping { full: options(), reduced: options() };
        let (place, _) = gix::discover::upwards(folder).map_err(|_| NoHistory::NoRepository)?;
        let found = gix::ThreadSafeRepository::discover_opts(
            folder,
            gix::discover::upwards::Options::default(),
            trust,
        )
        .map_err(|_| why_unopened(place))?;
        let mut inner = found.to_thread_local();
        inner.object_cache_size_if_unset(CACHE_BYTES);
        let root = inner.workdir().ok_or(NoHistory::NoRepository)?;
        let inside = match (folder.canonicalize(), root.canonicalize()) {
            (Ok(folder), Ok(root)) => folder.strip_prefix(root).map(Path::to_path_buf).ok(),
            _ => None,
        };
        let inside = inside.ok_or(NoHistory::NoRepository)?;
        let parts: Vec<_> = inside.components().map(|part| part.as_os_str().to_string_lossy()).collect();
        let prefix = parts.join("/");
        let shallow = match inner.shallow_commits() {
            Ok(Some(commits)) => commits.iter().copied().collect(),
            _ => Vec::new(),
        };
        Ok((Self { inner, shallow }, prefix))
    }

    /// The commit that is checked out.
    ///
    /// # Errors
    /// In a repository without commits, and where the commit is missing.
    pub fn head(&self) -> Result<ObjectName, NoHistory> {
        let unborn = self.inner.head().is_ok_and(|head| head.is_unborn());
        let none = if unborn { NoHistory::NoCommit } else { NoHistory::Damaged };
        self.inner.head_commit().ok().and_then(|commit| name(commit.id)).ok_or(none)
    }

    /// Whether parts of the history are left out of this clone.
    pub fn is_shallow(&self) -> bool {
        !self.shallow.is_empty()
    }

    /// Whether this clone was told to leave out contents, and to fetch them when git asks for them.
    pub fn is_partial(&self) -> bool {
        let settings = self.inner.config_snapshot();
        let is_promised = |remote: &gix::bstr::BStr| {
            settings.boolean(format!("remote.{remote}.promisor").as_str()).unwrap_or(false)
        };
        settings.string("extensions.partialClone").is_some()
            || self.inner.remote_names().iter().any(|remote| is_promised(remote.as_ref()))
    }

    /// The commit that a revision names as people write it: a branch, a tag, `HEAD~3`, a short commit.
    pub fn resolve(&self, revision: &str) -> Named {
        let Ok(found) = self.inner.rev_parse_single(revision.as_bytes().as_bstr()) else {
            return Named::Nothing;
        };
        let Ok(object) = found.object() else { return Named::Missing };
        let commit = object.peel_to_commit().ok().and_then(|commit| name(commit.id));
        commit.map_or(Named::Nothing, Named::Commit)
    }

    /// The newest commit that two commits have in common; none where they have nothing in common.
    pub fn common(&self, one: ObjectName, other: ObjectName) -> Option<ObjectName> {
        let id = |which: ObjectName| gix::ObjectId::Sha1(which.0);
        name(self.inner.merge_base(id(one), id(other)).ok()??.detach())
    }

    /// Branches and tags by their short names, in order.
    pub fn names(&self) -> Vec<String> {
        let mut names = Vec::new();
        let Ok(references) = self.inner.references() else { return names };
        if let Ok(all) = references.all() {
            for reference in all.flatten() {
                let full = reference.name().as_bstr().to_string();
                let short = ["refs/heads/", "refs/tags/", "refs/remotes/"]
                    .iter()
                    .find_map(|kind| full.strip_prefix(kind));
                names.extend(short.map(str::to_owned));
            }
        }
        names.sort();
        names.dedup();
        names
    }

    /// A commit; none where it is not in this clone.
    pub fn commit(&self, which: ObjectName) -> Option<Node> {
        let commit = self.inner.find_commit(gix::ObjectId::Sha1(which.0)).ok()?;
        let decoded = commit.decode().ok()?;
        let committed = decoded.committer().ok()?.time().ok()?;
        let author = decoded.author().ok()?.trim().name.to_str_lossy().into_owned();
        let subject = decoded.message().summary().to_str_lossy().into_owned();
        let is_cut = self.shallow.contains(&commit.id) && decoded.parents().next().is_some();
        let parents = if is_cut { Vec::new() } else { decoded.parents().filter_map(name).collect() };
        Some(Node {
            commit: Commit {
                name: which,
                author,
                day: day_of(committed.seconds, committed.offset)?,
                subject,
            },
            seconds: committed.seconds,
            tree: name(decoded.tree())?,
            parents,
            is_cut,
        })
    }

    /// What lies in a folder, in git's order; none where the folder is not in this clone.
    pub fn folder(&self, which: ObjectName) -> Option<Vec<Entry>> {
        let tree = self.inner.find_tree(gix::ObjectId::Sha1(which.0)).ok()?;
        let entries = tree.iter().flatten();
        let entries = entries
            .filter_map(|entry| {
                let mode = entry.mode();
                let kind = if mode.is_tree() {
                    Kind::Folder
                } else if mode.is_link() {
                    Kind::Link
                } else if mode.is_commit() {
                    Kind::Foreign
                } else {
                    Kind::File
                };
                let content = name(entry.object_id())?;
                Some(Entry { name: entry.filename().to_str_lossy().into_owned(), kind, content })
            })
            .collect();
        Some(entries)
    }

    /// Whether something is in this clone.
    pub fn holds(&self, which: ObjectName) -> bool {
        self.inner.has_object(gix::ObjectId::Sha1(which.0))
    }

    /// The bytes of a file version; none where it is not in this clone.
    pub fn file(&self, which: ObjectName) -> Option<Vec<u8>> {
        self.inner.find_blob(gix::ObjectId::Sha1(which.0)).ok().map(|mut blob| blob.take_data())
    }
}

/// Why a repository that is there could not be opened.
#[allow(clippy::disallowed_methods, reason = "this room reads the repository")]
fn why_unopened(place: gix::discover::repository::Path) -> NoHistory {
    let (folder, _) = place.into_repository_and_work_tree_directories();
    let settings = std::fs::read_to_string(folder.join("config")).unwrap_or_default().to_lowercase();
    let is_other = |line: &str| line.trim_start().starts_with("objectformat") && !line.contains("sha1");
    if settings.lines().any(is_other) { NoHistory::OtherFormat } else { NoHistory::Damaged }
}

fn name(id: gix::ObjectId) -> Option<ObjectName> {
    id.as_slice().try_into().ok().map(ObjectName)
}

/// The day of a time in seconds since 1970, seen from a time zone so many seconds ahead of universal time.
fn day_of(seconds: i64, offset: i32) -> Option<Date> {
    let days = seconds.checked_add(i64::from(offset))?.div_euclid(86_400);
    Date::new(1970, 1, 1).ok()?.checked_add(jiff::Span::new().try_days(days).ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_commit_belongs_to_the_day_of_whoever_made_it() {
        let day = |seconds, offset| day_of(seconds, offset).unwrap().to_string();
        assert_eq!(day(0, 0), "1970-01-01");
        assert_eq!(day(0, -3_600), "1969-12-31");
        // 2026-11-20 23:30 in Berlin is 22:30 by universal time.
        assert_eq!(day(1_795_213_800, 3_600), "2026-11-20");
        assert_eq!(day(1_795_213_800, 7_200), "2026-11-21");
    }
}
