//! Stands in for the repository in a build without the feature `git`: there never is one.

use std::path::Path;

use super::NoHistory;
use super::object::{Entry, Named, Node, ObjectName};

/// No repository: it has no values.
pub(super) enum Repository {}

impl Repository {
    /// Says that this build cannot read repositories.
    pub fn discover(_: &Path) -> Result<(Self, String), NoHistory> {
        Err(NoHistory::LeftOut)
    }

    /// Never called.
    pub fn head(&self) -> Result<ObjectName, NoHistory> {
        match *self {}
    }

    /// Never called.
    pub fn is_shallow(&self) -> bool {
        match *self {}
    }

    /// Never called.
    pub fn is_partial(&self) -> bool {
        match *self {}
    }

    /// Never called.
    pub fn resolve(&self, _: &str) -> Named {
        match *self {}
    }

    /// Never called.
    pub fn common(&self, _: ObjectName, _: ObjectName) -> Option<ObjectName> {
        match *self {}
    }

    /// Never called.
    pub fn names(&self) -> Vec<String> {
        match *self {}
    }

    /// Never called.
    pub fn commit(&self, _: ObjectName) -> Option<Node> {
        match *self {}
    }

    /// Never called.
    pub fn folder(&self, _: ObjectName) -> Option<Vec<Entry>> {
        match *self {}
    }

    /// Never called.
    pub fn holds(&self, _: ObjectName) -> bool {
        match *self {}
    }

    /// Never called.
    pub fn file(&self, _: ObjectName) -> Option<Vec<u8>> {
        match *self {}
    }
}
