//! A file that is written once: whole or not at all, and never over another.
#![allow(clippy::disallowed_methods, reason = "beside the site the only files that are written for a person")]

use std::fs;
use std::io::ErrorKind;
use std::path::Path;

use super::error::{OutputError, failed};
use super::whole::Fresh;

/// Writes a file that does not exist yet; folders above it are made.
///
/// The bytes go into a file beside it first, are synced, and take the name in one step that fails where the name is taken;
/// so nobody ever sees half of it, and two runs at once cannot both write it.
///
/// # Errors
/// [`OutputError::Exists`] where there is such a file; otherwise what the system refused. No temporary file stays behind.
pub fn write_once(path: &Path, bytes: &[u8]) -> Result<(), OutputError> {
    let exists = || OutputError::Exists { path: path.to_path_buf() };
    if path.symlink_metadata().is_ok() {
        return Err(exists());
    }
    let fresh = Fresh::beside(path, bytes)?;
    // A link is refused where the name is taken; a rename would replace what stands there.
    match fs::hard_link(&fresh.path, path) {
        Ok(()) => Ok(()),
        Err(error) if error.kind() == ErrorKind::AlreadyExists => Err(exists()),
        // Some file systems know no links.
        Err(_) if path.symlink_metadata().is_err() => {
            fs::rename(&fresh.path, path).map_err(|error| failed("write", path, &error))
        }
        Err(_) => Err(exists()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::output::write_whole;

    #[test]
    fn a_file_is_written_once_and_nothing_stays_beside_it() {
        let scratch = tempfile::tempdir().unwrap();
        let path = scratch.path().join("baselines/B1.yaml");
        write_once(&path, b"first").unwrap();
        let fault = write_once(&path, b"second").unwrap_err();
        assert_eq!(fault, OutputError::Exists { path: path.clone() });
        assert_eq!(fs::read_to_string(&path).unwrap(), "first");
        write_whole(&path, b"third").unwrap();
        assert_eq!(fs::read_to_string(&path).unwrap(), "third");
        assert_eq!(fs::read_dir(path.parent().unwrap()).unwrap().count(), 1);
    }

    #[test]
    fn a_folder_that_cannot_be_made_is_told_of() {
        let scratch = tempfile::tempdir().unwrap();
        fs::write(scratch.path().join("baselines"), "a file").unwrap();
        let fault = write_once(&scratch.path().join("baselines/B1.yaml"), b"text").unwrap_err();
        assert!(matches!(fault, OutputError::System { .. }), "{fault:?}");
    }
}
