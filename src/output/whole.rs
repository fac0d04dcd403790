//! A file that is written whole or not at all, in place of what stood there.
#![allow(clippy::disallowed_methods, reason = "beside the site the only files that are written for a person")]

use std::fs::{self, OpenOptions};
use std::io::Write as _;
use std::path::{Path, PathBuf};

use super::write::{OutputError, failed};

/// Writes bytes into a file; what stood there stays until they are written in full, and who may read it stays as it was. Folders above
/// it are made.
///
/// # Errors
/// What the system refused. No temporary file stays behind.
pub fn write_whole(path: &Path, bytes: &[u8]) -> Result<(), OutputError> {
    let fresh = Fresh::beside(path, bytes)?;
    if let Ok(before) = fs::metadata(path) {
        let rights = fs::set_permissions(&fresh.path, before.permissions());
        rights.map_err(|error| failed("keep the rights of", path, &error))?;
    }
    fs::rename(&fresh.path, path).map_err(|error| failed("write", path, &error))
}

/// A file that is written and synced beside the one whose name it will take, and removed when it goes out of use.
pub(super) struct Fresh {
    pub path: PathBuf,
}

impl Fresh {
    /// Writes it; folders above it are made.
    pub fn beside(path: &Path, bytes: &[u8]) -> Result<Self, OutputError> {
        let folder = path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
        fs::create_dir_all(folder).map_err(|error| failed("make the folder", folder, &error))?;
        let name = path.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
        let fresh = Self { path: folder.join(format!(".{name}.milepost-{}", std::process::id())) };
        let written = OpenOptions::new().write(true).create(true).truncate(true).open(&fresh.path).and_then(
            |mut file| {
                file.write_all(bytes)?;
                file.sync_all()
            },
        );
        written.map_err(|error| failed("write", path, &error))?;
        Ok(fresh)
    }
}

impl Drop for Fresh {
    fn drop(&mut self) {
        // Best effort: what cannot be removed does no harm, its name begins with a point.
        let _ = fs::remove_file(&self.path);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stood_there_is_replaced_and_nothing_stays_beside_it() {
        let scratch = tempfile::tempdir().unwrap();
        let path = scratch.path().join("printed/G2.pdf");
        write_whole(&path, b"first").unwrap();
        write_whole(&path, b"second").unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"second");
        assert_eq!(fs::read_dir(path.parent().unwrap()).unwrap().count(), 1);
    }

    #[cfg(unix)]
    #[test]
    fn who_may_read_a_file_stays_as_it_was() {
        use std::os::unix::fs::PermissionsExt as _;
        let scratch = tempfile::tempdir().unwrap();
        let path = scratch.path().join("resources.yaml");
        write_whole(&path, b"first").unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o600)).unwrap();
        write_whole(&path, b"second").unwrap();
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
    }

    #[test]
    fn where_a_folder_stands_nothing_is_written() {
        let scratch = tempfile::tempdir().unwrap();
        let fault = write_whole(scratch.path(), b"text").unwrap_err();
        assert!(matches!(fault, OutputError::System { .. }), "{fault:?}");
    }
}
