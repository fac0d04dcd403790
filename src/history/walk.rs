//! Which commits there are: back from the newest, along the branch itself.

use std::collections::BTreeSet;

use super::object::{Commit, Node, ObjectName};
use super::{Lack, Limit, Past, renamed};

/// A commit at which the folder was there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stop {
    /// The commit.
    pub commit: Commit,
    /// The folder's path in the repository then.
    pub(super) prefix: String,
    /// The folder's content then. Two stops with the same content hold the same files.
    pub folder: ObjectName,
}

impl Stop {
    /// The folder's path in the repository then; empty at its root.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.prefix
    }
}

/// How far the walk has come.
pub(super) struct Walked {
    stops: Vec<Stop>,
    next: Option<ObjectName>,
    prefix: String,
    /// Whether it ended because the next commit, or the folder in it, is missing from this clone.
    is_broken_off: bool,
    /// What limits the past as far as it has been walked.
    pub(super) limits: Vec<Limit>,
}

impl Walked {
    /// Begins at a commit.
    pub fn from(head: ObjectName, prefix: String) -> Self {
        Self { stops: Vec::new(), next: Some(head), prefix, is_broken_off: false, limits: Vec::new() }
    }
}

impl Past {
    /// All commits of the branch that is checked out at which the folder was there, newest first. Of a merge, only the
    /// side that it was made on is followed: what a branch did before it was merged, nobody had agreed to.
    pub fn stops(&self) -> impl Iterator<Item = Stop> {
        (0..).map_while(|place| self.stop(place))
    }

    /// Commits after `older` up to `newer`, newest first, as far as they change the folder; empty where `older` is not met on the
    /// way back.
    #[must_use]
    pub fn between(&self, older: &Stop, newer: &Stop) -> Vec<Stop> {
        let mut found: Vec<Stop> = Vec::new();
        let row = self.stops().skip_while(|stop| stop.commit.name != newer.commit.name);
        let mut is_met = false;
        for stop in row {
            if let Some(last) = found.last()
                && last.folder == stop.folder
            {
                found.pop();
            }
            if stop.commit.name == older.commit.name {
                is_met = true;
                break;
            }
            found.push(stop);
        }
        if is_met { found } else { Vec::new() }
    }

    /// Why the walk back ended before the first commit; none where it came to it, or where a shallow clone ends.
    #[must_use]
    pub fn broken_off(&self) -> Option<Lack> {
        // Only a walk to the end knows how it ended.
        let _ = self.stops().last();
        self.walked.borrow().is_broken_off.then(|| self.why_lacking())
    }

    /// The commit so many steps back from the newest.
    pub(super) fn stop(&self, place: usize) -> Option<Stop> {
        loop {
            if let Some(stop) = self.walked.borrow().stops.get(place) {
                return Some(stop.clone());
            }
            let (which, prefix, newer) = {
                let walked = self.walked.borrow();
                (walked.next?, walked.prefix.clone(), walked.stops.last().cloned())
            };
            // Whether something else was missing before is another matter.
            let before = self.is_lacking.replace(false);
            let node = self.repository.commit(which);
            if node.is_none() {
                self.is_lacking.set(true);
            }
            let found = node.and_then(|node| {
                let (stop, from) = self.stop_at(&node, &prefix, newer.as_ref())?;
                Some((node, stop, from))
            });
            let is_lacking = self.is_lacking.replace(before || self.is_lacking.get());
            let mut walked = self.walked.borrow_mut();
            match found {
                None => {
                    walked.next = None;
                    walked.is_broken_off = is_lacking;
                }
                Some((node, stop, from)) => {
                    walked.next = node.parents.first().copied();
                    walked.prefix.clone_from(&stop.prefix);
                    if let (Some(from), Some(newer)) = (from, newer) {
                        walked.limits.push(Limit::Renamed { by: newer.commit, from });
                    }
                    if node.is_cut {
                        walked.limits.push(Limit::Shallow(node.commit));
                    }
                    walked.stops.push(stop);
                }
            }
        }
    }

    /// The folder at a commit, and its path then where that differs from the one at the newer commit beside it.
    fn stop_at(&self, node: &Node, prefix: &str, newer: Option<&Stop>) -> Option<(Stop, Option<String>)> {
        let stop = |prefix: String, folder| Stop { commit: node.commit.clone(), prefix, folder };
        let same = self.folder_at(node.tree, prefix);
        if let Some(folder) = same
            && !newer.is_some_and(|newer| self.is_another(prefix, folder, newer.folder))
        {
            return Some((stop(prefix.to_owned(), folder), None));
        }
        let from = newer.and_then(|newer| {
            let known = self.listing(newer.folder);
            renamed::folder_from(&known, &self.whole_listing(node.tree)).filter(|from| from != prefix)
        });
        let moved = from.and_then(|from| Some((self.folder_at(node.tree, &from)?, from)));
        match moved {
            Some((folder, from)) => Some((stop(from.clone(), folder), Some(from))),
            None => Some((stop(prefix.to_owned(), same?), None)),
        }
    }

    /// The root of a repository is there at every commit, whatever lay in it: one that shares no path with the folder as it is known
    /// is not that folder.
    fn is_another(&self, prefix: &str, older: ObjectName, newer: ObjectName) -> bool {
        if !prefix.is_empty() || older == newer {
            return false;
        }
        let (older, newer) = (self.listing(older), self.listing(newer));
        let is_in = |path: &str| newer.binary_search_by(|(known, _, _)| known.as_str().cmp(path)).is_ok();
        let is_ours = |path: &str| std::path::Path::new(path).extension().is_some_and(|end| end == "yaml");
        older.iter().any(|(path, _, _)| is_ours(path))
            && !older.iter().any(|(path, _, _)| is_ours(path) && is_in(path))
    }

    /// The newest commit that two have in common as far as this clone goes: where a shallow clone ends, a walk of all parents does.
    pub(super) fn common_in_clone(&self, one: ObjectName, other: ObjectName) -> Option<ObjectName> {
        let mut of_one = BTreeSet::new();
        let mut open = vec![one];
        while let Some(which) = open.pop() {
            if of_one.insert(which)
                && let Some(node) = self.repository.commit(which)
            {
                open.extend(node.parents);
            }
        }
        let mut seen = BTreeSet::new();
        let mut open: BTreeSet<(i64, ObjectName)> = BTreeSet::from([(i64::MAX, other)]);
        while let Some((_, which)) = open.pop_last() {
            if of_one.contains(&which) {
                return Some(which);
            }
            let Some(node) = self.repository.commit(which) else { continue };
            for parent in node.parents.into_iter().filter(|parent| seen.insert(*parent)) {
                let seconds = self.repository.commit(parent).map_or(i64::MIN, |node| node.seconds);
                open.insert((seconds, parent));
            }
        }
        None
    }

    /// The folder at a commit beside one where its place is known.
    pub(super) fn stop_beside(&self, node: &Node, known: &Stop) -> Option<Stop> {
        self.stop_at(node, &known.prefix, Some(known)).map(|(stop, _)| stop)
    }

    /// The folder at any commit, also of another branch: under today's path, under the one it had on the own branch, or
    /// where most of its files lay.
    pub(super) fn stop_of(&self, name: ObjectName) -> Option<Stop> {
        let node = self.repository.commit(name)?;
        let newest = self.stop(0).map(|stop| stop.folder);
        if let Some(folder) = self.folder_at(node.tree, &self.prefix)
            && !newest.is_some_and(|newest| self.is_another(&self.prefix, folder, newest))
        {
            return Some(Stop { commit: node.commit, prefix: self.prefix.clone(), folder });
        }
        if let Some(stop) = self.stops().find(|stop| stop.commit.name == name) {
            return Some(stop);
        }
        self.stop_at(&node, &self.prefix, self.head().as_ref()).map(|(stop, _)| stop)
    }
}
