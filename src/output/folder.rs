//! A new folder for a person to work in: whole or not at all, and never over what stands there.
#![allow(clippy::disallowed_methods, reason = "beside the site the only files that are written for a person")]

use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use super::error::{OutputError, failed};
use super::scratch::Scratch;

/// Writes files, each by its path below the folder with `/` between its parts, into a folder that is not there yet or is empty.
/// Folders above it are made.
///
/// The files are written into a folder beside it first, which takes the name when all of them are there. An empty folder is kept,
/// since somebody may be working in it: its files are written into a folder inside and moved up when all of them are there, none over
/// one that has appeared meanwhile.
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
        let fresh = Scratch::make(out.join(format!(".milepost-new-{}", std::process::id())))?;
        fill(fresh.path(), files)?;
        return move_up(fresh.path(), out);
    }
    let name = out.file_name().ok_or_else(|| OutputError::NoName { out: out.to_path_buf() })?;
    let parent = out.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    fs::create_dir_all(parent).map_err(|error| failed("make the folder", parent, &error))?;
    let fresh = format!(".{}.milepost-new-{}", name.to_string_lossy(), std::process::id());
    let fresh = Scratch::make(parent.join(fresh))?;
    fill(fresh.path(), files)?;
    rename_new(fresh.path(), out).map_err(|error| taken("put the new folder at", out, &error))?;
    fresh.leave();
    Ok(())
}

/// The fault of a name that something has come to stand under since it was looked at, or another one.
fn taken(doing: &'static str, path: &Path, error: &io::Error) -> OutputError {
    if error.kind() == ErrorKind::AlreadyExists {
        return OutputError::Exists { path: path.to_path_buf() };
    }
    failed(doing, path, error)
}

/// Gives a file or folder another name, under which nothing stands.
fn rename_new(from: &Path, to: &Path) -> io::Result<()> {
    #[cfg(target_os = "linux")]
    {
        use rustix::fs::{CWD, RenameFlags, renameat_with};
        use rustix::io::Errno;
        match renameat_with(CWD, from, CWD, to, RenameFlags::NOREPLACE) {
            // Not every file system can do it in one step.
            Err(Errno::INVAL | Errno::NOSYS | Errno::OPNOTSUPP) => {}
            done => return Ok(done?),
        }
    }
    if to.symlink_metadata().is_ok() {
        return Err(ErrorKind::AlreadyExists.into());
    }
    fs::rename(from, to)
}

/// Moves what is in a folder into the one above it, all or nothing; nothing there is replaced.
fn move_up(fresh: &Path, out: &Path) -> Result<(), OutputError> {
    let entries = fs::read_dir(fresh).map_err(|error| failed("read the folder", fresh, &error))?;
    let mut moved: Vec<(PathBuf, PathBuf)> = Vec::new();
    for entry in entries {
        let renamed = entry.and_then(|entry| {
            let pair = (entry.path(), out.join(entry.file_name()));
            rename_new(&pair.0, &pair.1).map(|()| pair)
        });
        match renamed {
            Ok(pair) => moved.push(pair),
            Err(error) => {
                for (from, to) in moved {
                    let _ = fs::rename(to, from);
                }
                return Err(taken("put files into", out, &error));
            }
        }
    }
    Ok(())
}

fn fill<'a>(fresh: &Path, files: impl IntoIterator<Item = (&'a str, &'a [u8])>) -> Result<(), OutputError> {
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
    fn a_file_that_appears_meanwhile_is_not_written_over() {
        let home = tempfile::tempdir().unwrap();
        let (fresh, out) = (home.path().join("out/fresh"), home.path().join("out"));
        fs::create_dir_all(fresh.join("a")).unwrap();
        fs::write(fresh.join("project.yaml"), "new").unwrap();
        fs::write(out.join("project.yaml"), "mine").unwrap();
        let fault = move_up(&fresh, &out).unwrap_err();
        assert_eq!(fault, OutputError::Exists { path: out.clone() });
        assert_eq!(fs::read(out.join("project.yaml")).unwrap(), b"mine");
        assert_eq!(
            (names(&out), names(&fresh)),
            (
                vec!["fresh".to_owned(), "project.yaml".to_owned()],
                vec!["a".to_owned(), "project.yaml".to_owned()]
            )
        );

        fs::create_dir(home.path().join("new")).unwrap();
        let error = rename_new(&fresh, &home.path().join("new")).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::AlreadyExists);
    }

    #[test]
    fn a_folder_that_another_process_of_this_number_fills_is_left_to_it() {
        let home = tempfile::tempdir().unwrap();
        let (out, number) = (home.path().join("portfolio"), std::process::id());
        let other = home.path().join(format!(".portfolio.milepost-new-{number}"));
        fs::create_dir(&other).unwrap();
        fs::write(other.join("cat.jpg"), "meow").unwrap();
        let fault = write_folder(&out, FILES).unwrap_err();
        assert_eq!(fault, OutputError::InTheWay { path: other.clone() });
        assert_eq!(fs::read(other.join("cat.jpg")).unwrap(), b"meow");
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
