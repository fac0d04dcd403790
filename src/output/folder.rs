//! A new folder for a person to work in: whole or not at all, and never over what stands there.
#![allow(clippy::disallowed_methods, reason = "beside the site the only files that are written for a person")]

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::write::{OutputError, failed};

/// Writes files, each by its path below the folder with `/` between its parts, into a folder that is not there yet or is empty.
/// Folders above it are made.
///
/// The files are written into a folder beside it first, which takes the name when all of them are there. An empty folder is kept,
/// since somebody may be working in it: its files are written into a folder inside and moved up when all of them are there.
///
/// # Errors
/// [`OutputError::Exists`] where something stands there; [`OutputError::NoName`] for a path that names no folder, as `missing/..`;
/// otherwise what the system refused. Nothing half-written stays behind.
pub fn write_folder<'a>(
    out: &Path,
    files: impl IntoIterator<Item = (&'a str, &'a [u8])>,
) -> Result<(), OutputError> {
    let is_there = out.symlink_metadata().is_ok();
    if is_there && !fs::read_dir(out).is_ok_and(|mut entries| entries.next().is_none()) {
        return Err(OutputError::Exists { path: out.to_path_buf() });
    }
    if is_there {
        let fresh = out.join(format!(".milepost-new-{}", std::process::id()));
        return whole(&fresh, files, || move_up(&fresh, out));
    }
    let name = out.file_name().ok_or_else(|| OutputError::NoName { out: out.to_path_buf() })?;
    let parent = out.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    fs::create_dir_all(parent).map_err(|error| failed("make the folder", parent, &error))?;
    let fresh = parent.join(format!(".{}.milepost-new-{}", name.to_string_lossy(), std::process::id()));
    whole(&fresh, files, || {
        fs::rename(&fresh, out).map_err(|error| failed("put the new folder at", out, &error))
    })
}

/// Fills a new folder and does the rest with it; whatever goes wrong, the folder is removed.
fn whole<'a>(
    fresh: &Path,
    files: impl IntoIterator<Item = (&'a str, &'a [u8])>,
    then: impl FnOnce() -> Result<(), OutputError>,
) -> Result<(), OutputError> {
    let done = fill(fresh, files).and_then(|()| then());
    if done.is_err() {
        // That it cannot be removed would hide the fault that matters.
        let _ = fs::remove_dir_all(fresh);
    }
    done
}

/// Moves what is in a folder into the one above it, all or nothing.
fn move_up(fresh: &Path, out: &Path) -> Result<(), OutputError> {
    let entries = fs::read_dir(fresh).map_err(|error| failed("read the folder", fresh, &error))?;
    let mut moved: Vec<(PathBuf, PathBuf)> = Vec::new();
    for entry in entries {
        let renamed = entry.and_then(|entry| {
            let pair = (entry.path(), out.join(entry.file_name()));
            fs::rename(&pair.0, &pair.1).map(|()| pair)
        });
        match renamed {
            Ok(pair) => moved.push(pair),
            Err(error) => {
                for (from, to) in moved {
                    let _ = fs::rename(to, from);
                }
                return Err(failed("put files into", out, &error));
            }
        }
    }
    fs::remove_dir(fresh).map_err(|error| failed("remove", fresh, &error))
}

fn fill<'a>(fresh: &Path, files: impl IntoIterator<Item = (&'a str, &'a [u8])>) -> Result<(), OutputError> {
    fs::create_dir(fresh).map_err(|error| failed("make the folder", fresh, &error))?;
    for (path, bytes) in files {
        let path: PathBuf = fresh.join(path);
        let write = || -> io::Result<()> {
            if let Some(folder) = path.parent() {
                fs::create_dir_all(folder)?;
            }
            fs::write(&path, bytes)
        };
        write().map_err(|error| failed("write", &path, &error))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILES: [(&str, &[u8]); 2] = [("a/plan.yaml", b"plan"), ("project.yaml", b"project")];

    fn names(folder: &Path) -> Vec<String> {
        let entries = fs::read_dir(folder).unwrap();
        let mut names: Vec<String> =
            entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }

    #[test]
    fn a_folder_is_written_once_and_nothing_stays_beside_it() {
        let home = tempfile::tempdir().unwrap();
        let out = home.path().join("deep/portfolio");
        write_folder(&out, FILES).unwrap();
        assert_eq!(names(&out), ["a", "project.yaml"]);
        assert_eq!(fs::read(out.join("a/plan.yaml")).unwrap(), b"plan");
        fs::write(out.join("project.yaml"), "mine").unwrap();
        let fault = write_folder(&out, FILES).unwrap_err();
        assert_eq!(fault, OutputError::Exists { path: out.clone() });
        assert_eq!(fs::read(out.join("project.yaml")).unwrap(), b"mine");
        assert_eq!(names(&home.path().join("deep")), ["portfolio"]);
    }

    #[test]
    fn a_file_that_cannot_be_written_leaves_nothing_behind() {
        let home = tempfile::tempdir().unwrap();
        let (out, long) = (home.path().join("portfolio"), "x".repeat(300));
        let files: [(&str, &[u8]); 2] = [("project.yaml", b"project"), (&long, b"")];
        let fault = write_folder(&out, files).unwrap_err();
        assert!(matches!(fault, OutputError::System { .. }), "{fault}");
        assert_eq!(names(home.path()), Vec::<String>::new());
        fs::create_dir(&out).unwrap();
        write_folder(&out, files).unwrap_err();
        assert_eq!(names(home.path()), ["portfolio"]);
        assert_eq!(names(&out), Vec::<String>::new());
        write_folder(&out, FILES).unwrap();
        assert_eq!(names(&out), ["a", "project.yaml"]);
        assert_eq!(fs::read(out.join("a/plan.yaml")).unwrap(), b"plan");
    }
}
