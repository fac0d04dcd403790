//! The revision of a folder, where git knows one.

use std::path::Path;
use std::process::Command;

/// The short commit of the folder, with `+` behind it when files of the folder differ from it.
///
/// None outside a repository, without a commit, or where there is no git: a page then simply names no revision.
pub(super) fn of(folder: &Path) -> Option<String> {
    let commit = git(folder, &["rev-parse", "--short=10", "HEAD"])?;
    let commit = commit.trim();
    if commit.is_empty() {
        return None;
    }
    let changed = git(folder, &["status", "--porcelain", "--", "."])?;
    Some(if changed.trim().is_empty() { commit.to_owned() } else { format!("{commit}+") })
}

fn git(folder: &Path, arguments: &[&str]) -> Option<String> {
    let output = Command::new("git").arg("-C").arg(folder).args(arguments).output().ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).into_owned())
}
