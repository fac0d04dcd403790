//! Which commits there are: back from the newest, along the branch itself.

use super::object::{Commit, Node, ObjectName};
use super::{Limit, Past, renamed};

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
    /// What limits the past as far as it has been walked.
    pub(super) limits: Vec<Limit>,
}

impl Walked {
    /// Begins at a commit.
    pub fn from(head: ObjectName, prefix: String) -> Self {
        Self { stops: Vec::new(), next: Some(head), prefix, limits: Vec::new() }
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
            let found = self.repository.commit(which).and_then(|node| {
                let (stop, from) = self.stop_at(&node, &prefix, newer.as_ref())?;
                Some((node, stop, from))
            });
            let mut walked = self.walked.borrow_mut();
            match found {
                None => walked.next = None,
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
        if let Some(folder) = self.folder_at(node.tree, prefix) {
            return Some((stop(prefix.to_owned(), folder), None));
        }
        let known = self.listing(newer?.folder);
        let from = renamed::folder_from(&known, &self.whole_listing(node.tree))?;
        let folder = self.folder_at(node.tree, &from)?;
        Some((stop(from.clone(), folder), Some(from)))
    }

    /// The folder at a commit beside one where its place is known.
    pub(super) fn stop_beside(&self, node: &Node, known: &Stop) -> Option<Stop> {
        self.stop_at(node, &known.prefix, Some(known)).map(|(stop, _)| stop)
    }

    /// The folder at any commit, also of another branch: under today's path, under the one it had on the own branch, or
    /// where most of its files lay.
    pub(super) fn stop_of(&self, name: ObjectName) -> Option<Stop> {
        let node = self.repository.commit(name)?;
        if let Some(folder) = self.folder_at(node.tree, &self.prefix) {
            return Some(Stop { commit: node.commit, prefix: self.prefix.clone(), folder });
        }
        if let Some(stop) = self.stops().find(|stop| stop.commit.name == name) {
            return Some(stop);
        }
        self.stop_at(&node, &self.prefix, self.head().as_ref()).map(|(stop, _)| stop)
    }
}
