//! Keeps two builds from writing the same site at once.
#![allow(clippy::disallowed_methods, reason = "part of the one writer of the product")]

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

use crate::output::OutputError;
use crate::output::write::failed;

/// The right to write one site, until dropped.
///
/// The lock is the operating system's, taken on a small file beside the site: it ends with the process, so a build
/// that was killed never blocks the next one.
pub(crate) struct Lock {
    path: PathBuf,
    // Closing the file gives the lock back.
    _file: File,
    /// False where the file system knows no locks; then nothing may be concluded about other builds.
    pub is_exclusive: bool,
}

/// How often to start again when the holder removes the file between our opening and locking it.
const ATTEMPTS: usize = 16;

impl Lock {
    /// Takes the lock at `path`, or says who has it.
    pub(crate) fn take(path: &Path) -> Result<Self, OutputError> {
        let mine =
            format!("milepost is writing the site beside this file (process {})\n", std::process::id());
        for _ in 0..ATTEMPTS {
            let mut file = OpenOptions::new()
                .create(true)
                .truncate(false)
                .write(true)
                .open(path)
                .map_err(|error| failed("create the lock file", path, &error))?;
            let is_exclusive = match file.try_lock() {
                Ok(()) => true,
                Err(TryLockError::WouldBlock) => {
                    return Err(OutputError::Busy { lock: path.to_path_buf() });
                }
                Err(TryLockError::Error(error)) if error.kind() == ErrorKind::Unsupported => false,
                Err(TryLockError::Error(error)) => return Err(failed("lock", path, &error)),
            };
            let written = file.set_len(0).and_then(|()| file.write_all(mine.as_bytes()));
            if let Err(error) = written {
                // On a full disk an empty file can be made, and nothing can be written into it.
                if stands_at(&file, path) {
                    let _ = fs::remove_file(path);
                }
                return Err(failed("write the lock file", path, &error));
            }
            // The holder before us may have removed the file after we opened it: then we hold the lock of a file
            // that nobody else will ever see. Ours is the one that can still be found under its name.
            match fs::read_to_string(path) {
                Ok(found) if found != mine => {}
                Err(error) if error.kind() == ErrorKind::NotFound => {}
                // Where locked files cannot be read at all, being unreadable shows that it is there.
                Ok(_) | Err(_) => {
                    return Ok(Self { path: path.to_path_buf(), _file: file, is_exclusive });
                }
            }
        }
        Err(OutputError::Busy { lock: path.to_path_buf() })
    }
}

/// Whether an open file is the one that is found under a name.
#[cfg(unix)]
fn stands_at(file: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt as _;
    let place = |found: fs::Metadata| (found.dev(), found.ino());
    file.metadata().map(place).ok().is_some_and(|own| fs::metadata(path).map(place).ok() == Some(own))
}

/// Other systems do not tell; an empty file stays then, and disturbs nobody.
#[cfg(not(unix))]
fn stands_at(_: &File, _: &Path) -> bool {
    false
}

impl Drop for Lock {
    fn drop(&mut self) {
        // Best effort: a lock file that stays behind is not held by anybody and disturbs nobody.
        let _ = fs::remove_file(&self.path);
    }
}
