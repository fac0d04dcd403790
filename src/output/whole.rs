//! A file that is written whole or not at all, in place of what stood there.
#![allow(clippy::disallowed_methods, reason = "beside the site the only files that are written for a person")]

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use super::error::{OutputError, failed};

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
    /// Writes it; folders above it are made. From the beginning nobody may read it who may not read what stands there.
    pub fn beside(path: &Path, bytes: &[u8]) -> Result<Self, OutputError> {
        let folder = path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
        fs::create_dir_all(folder).map_err(|error| failed("make the folder", folder, &error))?;
        let name = path.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
        let place = folder.join(format!(".{name}.milepost-{}", std::process::id()));
        // What a killed run left has rights of its own.
        let _ = fs::remove_file(&place);
        let mut file = made(&place, path).map_err(|error| failed("write", path, &error))?;
        let fresh = Self { path: place };
        let written = file.write_all(bytes).and_then(|()| file.sync_all());
        written.map_err(|error| failed("write", path, &error))?;
        Ok(fresh)
    }
}

/// A new file with the rights of another at most, where that stands.
fn made(place: &Path, like: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    if let Ok(before) = fs::metadata(like) {
        use std::os::unix::fs::{OpenOptionsExt as _, PermissionsExt as _};
        options.mode(before.permissions().mode() & 0o777);
    }
    #[cfg(not(unix))]
    let _ = like;
    options.open(place)
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
        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!(mode(&path), 0o600);
        // Nor may anybody else read it while it is written, whatever a killed run left there.
        let left = path.with_file_name(format!(".resources.yaml.milepost-{}", std::process::id()));
        fs::write(&left, "left").unwrap();
        let fresh = Fresh::beside(&path, b"third").unwrap();
        assert_eq!((&fresh.path, mode(&fresh.path)), (&left, 0o600));
    }

    #[test]
    fn where_a_folder_stands_nothing_is_written() {
        let scratch = tempfile::tempdir().unwrap();
        let fault = write_whole(scratch.path(), b"text").unwrap_err();
        assert!(matches!(fault, OutputError::System { .. }), "{fault:?}");
    }
}
