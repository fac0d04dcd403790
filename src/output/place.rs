//! Where a site stands: whether what stands there may be replaced, and how the new site takes its name in one step.
#![allow(clippy::disallowed_methods, reason = "beside the only writer of the product")]

use std::fs::{self, File};
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use crate::output::OutputError;
use crate::output::error::failed;
use crate::output::scratch::{self, Scratch};

/// Name of the file by which a folder is known as ours, so that no other folder is ever replaced.
pub(super) const MARKER: &str = ".milepost";

/// What the marker says before the list of files.
pub(super) const MARKER_TEXT: &str = "\
This folder was made by milepost. Every build replaces the files that are listed here and keeps all others.
Without this file the next build leaves the folder alone.
";

/// How the marker of a site begins whose files are not listed, as they were once made: all of it is replaced.
pub(super) const MARKER_WITHOUT_LIST: &str =
    "This folder was made by milepost. Every build replaces all of it: keep nothing of your own here.";

/// Where the site goes, taken apart: the folder above and the name in it.
pub(super) struct Place {
    pub(super) out: PathBuf,
    /// The same as the person wrote it, for messages.
    pub(super) typed: PathBuf,
    parent: PathBuf,
    name: String,
}

impl Place {
    pub(super) fn of(out: &Path) -> Result<Self, OutputError> {
        let no_name = || OutputError::NoName { out: out.to_path_buf() };
        let typed = out.to_path_buf();
        // A link is followed, so that the exchange moves the folder and not the link to it.
        let out = match out.canonicalize() {
            Ok(real) => real,
            Err(_) => out.to_path_buf(),
        };
        let name = out.file_name().ok_or_else(no_name)?.to_str().ok_or_else(no_name)?.to_owned();
        let parent = match out.parent() {
            Some(parent) if !parent.as_os_str().is_empty() => parent.to_path_buf(),
            _ => PathBuf::from("."),
        };
        fs::create_dir_all(&parent).map_err(|error| failed("make the folder", &parent, &error))?;
        Ok(Self { out, typed, parent, name })
    }

    /// Prefix of everything that we ever put beside this site.
    fn prefix(&self) -> String {
        format!(".{}.milepost-", self.name)
    }

    pub(super) fn beside(&self, kind: &str) -> PathBuf {
        self.parent.join(format!("{}{kind}", self.prefix()))
    }

    /// Undoes what a killed build left: puts an old site back under its name and removes half-written folders. What is not ours stays:
    /// others may have put it in place of the site at the moment of the exchange.
    pub(super) fn repair(&self) -> Result<(), OutputError> {
        let entries =
            fs::read_dir(&self.parent).map_err(|error| failed("read the folder", &self.parent, &error))?;
        let mut names: Vec<String> =
            entries.filter_map(|entry| entry.ok()?.file_name().into_string().ok()).collect();
        names.sort_unstable();
        let prefix = self.prefix();
        for name in names {
            let Some(kind) = name.strip_prefix(&prefix) else {
                continue;
            };
            let path = self.parent.join(&name);
            if kind.starts_with("old-") && !self.out.exists() {
                fs::rename(&path, &self.out).map_err(|error| failed("put back", &path, &error))?;
            } else if (kind.starts_with("old-") || kind.starts_with("new-"))
                && check_ours(&path, &path).is_ok()
            {
                // Best effort: what cannot be removed now does not stand in the way of this build.
                scratch::remove(&path);
            }
        }
        Ok(())
    }

    /// Gives the finished folder the name of the site, unless something else has come to stand there since it was begun.
    pub(super) fn exchange(&self, fresh: Scratch) -> Result<(), OutputError> {
        check_ours(&self.out, &self.typed)?;
        let had_site = self.out.symlink_metadata().is_ok();
        if had_site && swap(fresh.path(), &self.out).is_ok() {
            // What stood there is looked at where nobody changes it any more; what is not ours gets its name back.
            if let Err(foreign) = check_ours(fresh.path(), &self.typed) {
                return Err(give_back(fresh, &self.out, swap).err().unwrap_or(foreign));
            }
            sync_folder(&self.parent);
            return Ok(());
        }
        let mut old = None;
        if had_site {
            let aside = self.beside(&format!("old-{}", std::process::id()));
            fs::rename(&self.out, &aside).map_err(|error| failed("move aside", &self.out, &error))?;
            let moved = Scratch::of(aside);
            if let Err(foreign) = check_ours(moved.path(), &self.typed) {
                return Err(give_back(moved, &self.out, |from, to| fs::rename(from, to))
                    .err()
                    .unwrap_or(foreign));
            }
            old = Some(moved);
        }
        if let Err(error) = fs::rename(fresh.path(), &self.out) {
            let fault = failed("put the new site at", &self.out, &error);
            // Where it cannot go back, the only copy is in the folder moved aside: it is kept, and the next build puts it back.
            return Err(match old.map(|old| give_back(old, &self.out, |from, to| fs::rename(from, to))) {
                Some(Err(kept)) => kept,
                _ => fault,
            });
        }
        fresh.leave();
        sync_folder(&self.parent);
        Ok(())
    }
}

/// Gives what was taken from the place of the site its name back; where the system refuses, it stays where it is now, which the
/// error names.
fn give_back(
    taken: Scratch,
    out: &Path,
    rename: impl FnOnce(&Path, &Path) -> io::Result<()>,
) -> Result<(), OutputError> {
    rename(taken.path(), out).map_err(|error| {
        let fault = failed("put back", taken.path(), &error);
        taken.leave();
        fault
    })
}

/// Makes sure that what stands at `place` may be replaced: nothing, an empty folder, or a site made before. `out` is what the
/// person knows it by.
pub(super) fn check_ours(place: &Path, out: &Path) -> Result<(), OutputError> {
    let out = out.to_path_buf();
    match fs::metadata(place) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(failed("look at", &out, &error)),
        Ok(found) if !found.is_dir() => return Err(OutputError::NotAFolder { out }),
        Ok(_) => {}
    }
    let mut entries = fs::read_dir(place).map_err(|error| failed("read the folder", &out, &error))?;
    if entries.next().is_none() {
        return Ok(());
    }
    if place.join(".git").exists() {
        return Err(OutputError::HoldsRepository { out });
    }
    match fs::read_to_string(place.join(MARKER)) {
        // Line ends may have been changed by a version control system on the way.
        Ok(text) if text.lines().next().is_some_and(is_our_line) => Ok(()),
        _ => Err(OutputError::NotOurs { out }),
    }
}

fn is_our_line(line: &str) -> bool {
    Some(line) == MARKER_TEXT.lines().next() || line == MARKER_WITHOUT_LIST
}

/// Lets two folders change names in one step, so that at no moment either name stands for nothing.
#[cfg(target_os = "linux")]
fn swap(one: &Path, other: &Path) -> io::Result<()> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    Ok(renameat_with(CWD, one, CWD, other, RenameFlags::EXCHANGE)?)
}

/// Other systems have no such step.
#[cfg(not(target_os = "linux"))]
fn swap(_: &Path, _: &Path) -> io::Result<()> {
    Err(ErrorKind::Unsupported.into())
}

/// Asks the system to keep the names in a folder; not every system can open a folder, so this never fails.
pub(super) fn sync_folder(folder: &Path) {
    if let Ok(opened) = File::open(folder) {
        let _ = opened.sync_all();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_go_back_to_its_place_is_kept_and_named() {
        let home = tempfile::tempdir().unwrap();
        let taken = home.path().join("taken");
        fs::create_dir(&taken).unwrap();
        fs::write(taken.join("cat.jpg"), "meow").unwrap();
        let scratch = Scratch::of(taken.clone());
        let fault = give_back(scratch, &home.path().join("site"), |_, _| Err(ErrorKind::Other.into()));
        assert!(
            fault.unwrap_err().to_string().starts_with(&format!("cannot put back `{}`", taken.display()))
        );
        assert_eq!(fs::read_to_string(taken.join("cat.jpg")).unwrap(), "meow");
    }
}
