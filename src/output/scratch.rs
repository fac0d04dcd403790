//! A folder that is filled before it takes the name under which it is looked for.
#![allow(clippy::disallowed_methods, reason = "part of the one writer of the product")]

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use super::error::{OutputError, failed};
use super::place::MARKER;

/// A folder that is removed when it goes out of use, unless it has been given another name by then.
pub(super) struct Scratch {
    path: PathBuf,
}

impl Scratch {
    /// Makes the folder; what stands there is of others and stays.
    pub(super) fn make(path: PathBuf) -> Result<Self, OutputError> {
        match fs::create_dir(&path) {
            Ok(()) => Ok(Self { path }),
            Err(error) if error.kind() == ErrorKind::AlreadyExists => Err(OutputError::InTheWay { path }),
            Err(error) => Err(failed("make the folder", &path, &error)),
        }
    }

    /// Takes over a folder that is there.
    pub(super) fn of(path: PathBuf) -> Self {
        Self { path }
    }

    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// Leaves the folder where it is, or whatever comes to stand there.
    pub(super) fn leave(self) {
        std::mem::forget(self);
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        // Best effort: what stays of a site is removed by the next build, and the name of each begins with a point.
        remove(&self.path);
    }
}

/// Removes a folder with all in it as far as the system lets it, the marker last: by it the next build knows what is left as ours.
pub(super) fn remove(folder: &Path) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten().filter(|one| one.file_name() != MARKER)
    {
        let path = entry.path();
        if fs::remove_file(&path).is_err() {
            let _ = fs::remove_dir_all(&path);
        }
    }
    let _ = fs::remove_dir_all(folder);
}
