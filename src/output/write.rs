//! Puts a site in place: the only writer of the product.
//!
//! The new site is written into a folder beside the old one and takes its name only when it is whole. Whatever goes
//! wrong before that, and even a kill in the middle, leaves the old site as it was.
#![allow(clippy::disallowed_methods, reason = "the only writer of the product")]

use std::collections::BTreeSet;
use std::fmt;
use std::fs::{self, File, OpenOptions};
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

use crate::output::bundle::Names;
use crate::output::lock::Lock;
use crate::output::{Bundle, Sink, SinkError};

/// Name of the file by which a folder is known as ours, so that no other folder is ever replaced.
pub(crate) const MARKER: &str = ".milepost";

const MARKER_TEXT: &str = "\
This folder was made by milepost. Every build replaces all of it: keep nothing of your own here.
Without this file the next build leaves the folder alone.
";

/// What was put in place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Published {
    /// Number of files of the bundle.
    pub files: usize,
    /// Their size together, in bytes.
    pub bytes: u64,
}

/// A site could not be put in place; what stood there before still does.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum OutputError {
    /// The destination has no name of its own that could be swapped, as `/` or `..`.
    NoName {
        /// The destination as given.
        out: PathBuf,
    },
    /// The destination is a file.
    NotAFolder {
        /// The destination.
        out: PathBuf,
    },
    /// The destination holds files that were not made by us.
    NotOurs {
        /// The destination.
        out: PathBuf,
    },
    /// The destination is the top of a git working tree, whose history would be lost with it.
    HoldsRepository {
        /// The destination.
        out: PathBuf,
    },
    /// Another build is writing there.
    Busy {
        /// The lock that it holds.
        lock: PathBuf,
    },
    /// A file that is written only once is there already.
    Exists {
        /// The file.
        path: PathBuf,
    },
    /// The operating system refused.
    System {
        /// What was tried, to be read after "cannot".
        doing: &'static str,
        /// With which file or folder.
        path: PathBuf,
        /// The kind of the system's reason, which decides the advice.
        kind: ErrorKind,
        /// The system's reason.
        reason: String,
    },
}

impl OutputError {
    /// What to do about a refusal of the system, beginning with a verb; empty for all others, whose message ends in their advice.
    ///
    /// ```
    /// use milepost::output::OutputError;
    /// let (path, kind) = ("site".into(), std::io::ErrorKind::StorageFull);
    /// let refused = OutputError::System { doing: "write", path, kind, reason: "the disk is full".to_owned() };
    /// assert_eq!(refused.advice(), "free some space on that disk, or name a place on another one");
    /// ```
    #[must_use]
    pub fn advice(&self) -> &'static str {
        let Self::System { kind, .. } = self else { return "" };
        match kind {
            ErrorKind::StorageFull | ErrorKind::QuotaExceeded => {
                "free some space on that disk, or name a place on another one"
            }
            ErrorKind::FileTooLarge => {
                "raise the limit of the size of files, or name a place on another disk"
            }
            ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem => {
                "ask for the right to write there, or name another place"
            }
            ErrorKind::NotADirectory | ErrorKind::AlreadyExists => {
                "name a place below folders, not below a file"
            }
            ErrorKind::IsADirectory | ErrorKind::DirectoryNotEmpty => "name a place where no folder stands",
            _ => "look at that place, then try again or name another one",
        }
    }
}

impl fmt::Display for OutputError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoName { out } => write!(
                formatter,
                "cannot publish into `{}`; name a folder of its own, such as `site`",
                out.display()
            ),
            Self::NotAFolder { out } => write!(
                formatter,
                "`{}` is a file; name a folder for the site, or move the file away",
                out.display()
            ),
            Self::NotOurs { out } => write!(
                formatter,
                "`{}` holds files that milepost did not make and would replace; name another folder, or empty this one",
                out.display()
            ),
            Self::HoldsRepository { out } => write!(
                formatter,
                "`{}` holds a git repository that would be lost; publish into a folder below it",
                out.display()
            ),
            Self::Busy { lock } => write!(
                formatter,
                "another build is writing this site (it holds `{}`); wait for it, or name another folder",
                lock.display()
            ),
            Self::Exists { path } => write!(formatter, "`{}` is there already", path.display()),
            Self::System { doing, path, reason, .. } => {
                write!(formatter, "cannot {doing} `{}`: {reason}", path.display())
            }
        }
    }
}

impl std::error::Error for OutputError {}

pub(crate) fn failed(doing: &'static str, path: &Path, error: &io::Error) -> OutputError {
    let kind = error.kind();
    let reason = match kind {
        ErrorKind::StorageFull => "the disk is full".to_owned(),
        ErrorKind::QuotaExceeded => "your share of the disk is used up".to_owned(),
        ErrorKind::PermissionDenied => "you are not allowed to".to_owned(),
        ErrorKind::ReadOnlyFilesystem => "that disk can only be read".to_owned(),
        _ => error.to_string(),
    };
    OutputError::System { doing, path: path.to_path_buf(), kind, reason }
}

/// Writes a bundle so that the folder `out` holds exactly it, and a marker file.
///
/// `out` may be missing (its parents are made), empty, or a site written before; a link is followed. Where the system and the
/// file system can do it (Linux), the two folders change names in one step. Elsewhere there is a moment, two renames long, in
/// which no folder stands there; a build that is killed in that moment is repaired by the next.
///
/// The marker is synced last and the folder after the exchange, so the exchange survives a loss of power. Pages are
/// not synced one by one: two thousand syncs cost seconds on every build, and a site can be built again.
///
/// # Errors
///
/// See [`OutputError`]; in each case what stood at `out` is unchanged and no temporary folder stays behind.
pub fn publish(bundle: &Bundle, out: &Path) -> Result<Published, OutputError> {
    let write = |site: &dyn Sink| {
        bundle.iter().try_for_each(|(path, bytes)| site.add(path, bytes)).map_err(|error| match error {
            SinkError::Output(error) => error,
            // A bundle holds no other paths than those that a site takes.
            SinkError::Name(error) => OutputError::System {
                doing: "write",
                path: out.to_path_buf(),
                kind: ErrorKind::InvalidFilename,
                reason: error.to_string(),
            },
        })
    };
    publish_as_made(out, write)
}

/// The same for files that are made one after another: each is written as soon as it is made, and the folder takes the name
/// of the site when all are. The right to write the site is held from the beginning.
///
/// # Errors
///
/// Those of [`publish`] and those of making the files; in each case what stood at `out` is unchanged.
pub fn publish_as_made<Fault: From<OutputError>>(
    out: &Path,
    make: impl FnOnce(&dyn Sink) -> Result<(), Fault>,
) -> Result<Published, Fault> {
    let place = Place::of(out)?;
    let lock = Lock::take(&place.beside("lock"))?;
    if lock.is_exclusive {
        place.repair()?;
    }
    check_ours(&place.out, &place.typed)?;
    let fresh = Scratch { path: place.beside(&format!("new-{}", std::process::id())) };
    let writer = Writer::new(&fresh.path)?;
    make(&writer)?;
    let published = writer.finish()?;
    place.exchange(&fresh.path)?;
    Ok(published)
}

/// Where the site goes, taken apart: the folder above and the name in it.
struct Place {
    out: PathBuf,
    /// The same as the person wrote it, for messages.
    typed: PathBuf,
    parent: PathBuf,
    name: String,
}

impl Place {
    fn of(out: &Path) -> Result<Self, OutputError> {
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

    fn beside(&self, kind: &str) -> PathBuf {
        self.parent.join(format!("{}{kind}", self.prefix()))
    }

    /// Undoes what a killed build left: puts an old site back under its name and removes half-written folders.
    fn repair(&self) -> Result<(), OutputError> {
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
            } else if kind.starts_with("old-") || kind.starts_with("new-") {
                // Best effort: what cannot be removed now does not stand in the way of this build.
                let _ = fs::remove_dir_all(&path);
            }
        }
        Ok(())
    }

    /// Gives the finished folder the name of the site, unless something else has come to stand there since it was begun.
    fn exchange(&self, fresh: &Path) -> Result<(), OutputError> {
        let had_site = self.out.symlink_metadata().is_ok();
        if had_site && swap(fresh, &self.out).is_ok() {
            // What stood there is looked at where nobody changes it any more; what is not ours gets its name back.
            if let Err(foreign) = check_ours(fresh, &self.typed) {
                swap(fresh, &self.out).map_err(|error| failed("put back", fresh, &error))?;
                return Err(foreign);
            }
            sync_folder(&self.parent);
            return Ok(());
        }
        let old = Scratch { path: self.beside(&format!("old-{}", std::process::id())) };
        if had_site {
            check_ours(&self.out, &self.typed)?;
            fs::rename(&self.out, &old.path).map_err(|error| failed("move aside", &self.out, &error))?;
        }
        if let Err(error) = fs::rename(fresh, &self.out) {
            let restored = !had_site || fs::rename(&old.path, &self.out).is_ok();
            if !restored {
                // The only copy is in the folder moved aside: keep it, the next build puts it back.
                std::mem::forget(old);
            }
            return Err(failed("put the new site at", &self.out, &error));
        }
        sync_folder(&self.parent);
        Ok(())
    }
}

/// Makes sure that what stands at `place` may be replaced: nothing, an empty folder, or a site made before. `out` is what the
/// person knows it by.
fn check_ours(place: &Path, out: &Path) -> Result<(), OutputError> {
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
        Ok(text) if text.lines().next() == MARKER_TEXT.lines().next() => Ok(()),
        _ => Err(OutputError::NotOurs { out }),
    }
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

/// A folder that is removed when it goes out of use, unless it has been given another name by then.
struct Scratch {
    path: PathBuf,
}

impl Drop for Scratch {
    fn drop(&mut self) {
        // Best effort: what stays is removed by the next build.
        let _ = fs::remove_dir_all(&self.path);
    }
}

/// Writes files into a new folder.
struct Writer<'a> {
    folder: &'a Path,
    names: Mutex<Names>,
    /// Folders below that are there.
    folders: Mutex<BTreeSet<String>>,
    n_files: AtomicUsize,
    n_bytes: AtomicU64,
}

impl<'a> Writer<'a> {
    fn new(folder: &'a Path) -> Result<Self, OutputError> {
        fs::create_dir(folder).map_err(|error| failed("make the folder", folder, &error))?;
        Ok(Self {
            folder,
            names: Mutex::default(),
            folders: Mutex::default(),
            n_files: AtomicUsize::new(0),
            n_bytes: AtomicU64::new(0),
        })
    }

    fn make_folder(&self, inner: &str) -> Result<(), OutputError> {
        let mut folders = self.folders.lock().unwrap_or_else(PoisonError::into_inner);
        if inner.is_empty() || folders.contains(inner) {
            return Ok(());
        }
        let path = self.folder.join(inner);
        fs::create_dir_all(&path).map_err(|error| failed("make the folder", &path, &error))?;
        folders.insert(inner.to_owned());
        Ok(())
    }

    /// Writes the marker, last of all files.
    fn finish(&self) -> Result<Published, OutputError> {
        let marker = self.folder.join(MARKER);
        write_file(&marker, MARKER_TEXT.as_bytes())?
            .sync_all()
            .map_err(|error| failed("write", &marker, &error))?;
        sync_folder(self.folder);
        Ok(Published {
            files: self.n_files.load(Ordering::Relaxed),
            bytes: self.n_bytes.load(Ordering::Relaxed),
        })
    }
}

impl Sink for Writer<'_> {
    fn add(&self, path: &str, bytes: &[u8]) -> Result<(), SinkError> {
        self.names.lock().unwrap_or_else(PoisonError::into_inner).take(path)?;
        self.make_folder(path.rsplit_once('/').map_or("", |(inner, _)| inner))?;
        write_file(&self.folder.join(path), bytes)?;
        self.n_files.fetch_add(1, Ordering::Relaxed);
        self.n_bytes.fetch_add(bytes.len() as u64, Ordering::Relaxed);
        Ok(())
    }
}

fn write_file(path: &Path, content: &[u8]) -> Result<File, OutputError> {
    // `create_new`: in a folder that we have just made, a file that exists means that two paths fell together.
    let write = || {
        let mut file = OpenOptions::new().write(true).create_new(true).open(path)?;
        file.write_all(content)?;
        Ok(file)
    };
    write().map_err(|error: io::Error| failed("write", path, &error))
}

/// Asks the system to keep the names in a folder; not every system can open a folder, so this never fails.
fn sync_folder(folder: &Path) {
    if let Ok(opened) = File::open(folder) {
        let _ = opened.sync_all();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bundle(files: &[(&str, &str)]) -> Bundle {
        let mut bundle = Bundle::new();
        for (path, text) in files {
            bundle.add(*path, text.as_bytes()).unwrap();
        }
        bundle
    }

    fn names(folder: &Path) -> Vec<String> {
        let mut names: Vec<String> = fs::read_dir(folder)
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    }

    fn read(path: &Path) -> String {
        fs::read_to_string(path).unwrap()
    }

    /// A file name longer than any common file system takes, to make a write fail in the middle.
    fn too_long() -> String {
        format!("z/{}", "x".repeat(300))
    }

    #[test]
    fn a_second_build_replaces_the_first_whole() {
        let home = tempfile::tempdir().unwrap();
        let out = home.path().join("deep/site");
        let first = publish(&bundle(&[("index.html", "one"), ("a/b/old.html", "gone")]), &out).unwrap();
        assert_eq!(first, Published { files: 2, bytes: 7 });
        publish(&bundle(&[("index.html", "two")]), &out).unwrap();
        assert_eq!(read(&out.join("index.html")), "two");
        assert_eq!(names(&out), [".milepost", "index.html"]);
        assert_eq!(names(&home.path().join("deep")), ["site"]);
    }

    #[test]
    fn an_empty_folder_is_taken() {
        let home = tempfile::tempdir().unwrap();
        publish(&bundle(&[("index.html", "one")]), home.path().join("site").as_path()).unwrap();
        let empty = home.path().join("empty");
        fs::create_dir(&empty).unwrap();
        publish(&bundle(&[("index.html", "one")]), &empty).unwrap();
        assert_eq!(names(&empty), [".milepost", "index.html"]);
    }

    #[test]
    fn folders_and_files_of_others_are_left_alone() {
        let home = tempfile::tempdir().unwrap();
        let photos = home.path().join("photos");
        fs::create_dir(&photos).unwrap();
        fs::write(photos.join("cat.jpg"), "meow").unwrap();
        fs::write(photos.join(MARKER), "something else").unwrap();
        let error = publish(&bundle(&[("index.html", "one")]), &photos).unwrap_err();
        assert!(matches!(error, OutputError::NotOurs { .. }), "{error}");
        assert_eq!(names(&photos), [".milepost", "cat.jpg"]);

        let file = photos.join("cat.jpg");
        let error = publish(&bundle(&[]), &file).unwrap_err();
        assert!(matches!(error, OutputError::NotAFolder { .. }), "{error}");
        assert_eq!(read(&file), "meow");
        assert_eq!(names(home.path()), ["photos"]);
    }

    /// Publishes while somebody does something to the folder of the site in the middle.
    fn published_while(out: &Path, meanwhile: impl FnOnce()) -> Result<Published, OutputError> {
        publish_as_made(out, |site| {
            site.add("index.html", b"two").unwrap();
            meanwhile();
            Ok(())
        })
    }

    #[test]
    fn what_others_put_in_place_of_the_site_during_the_build_is_kept() {
        let home = tempfile::tempdir().unwrap();
        let out = home.path().join("site");
        publish(&bundle(&[("index.html", "one")]), &out).unwrap();
        let error = published_while(&out, || {
            fs::remove_dir_all(&out).unwrap();
            fs::write(&out, "a letter").unwrap();
        });
        assert!(matches!(error, Err(OutputError::NotAFolder { .. })), "{error:?}");
        assert_eq!(read(&out), "a letter");
        assert_eq!(names(home.path()), ["site"]);

        fs::remove_file(&out).unwrap();
        let error = published_while(&out, || {
            fs::create_dir(&out).unwrap();
            fs::write(out.join("cat.jpg"), "meow").unwrap();
        });
        assert!(matches!(error, Err(OutputError::NotOurs { .. })), "{error:?}");
        assert_eq!(read(&out.join("cat.jpg")), "meow");
        assert_eq!(names(home.path()), ["site"]);
    }

    #[test]
    fn a_site_that_is_removed_during_the_build_is_made_anew() {
        let home = tempfile::tempdir().unwrap();
        let out = home.path().join("site");
        publish(&bundle(&[("index.html", "one")]), &out).unwrap();
        published_while(&out, || fs::remove_dir_all(&out).unwrap()).unwrap();
        assert_eq!(read(&out.join("index.html")), "two");
        assert_eq!(names(home.path()), ["site"]);
    }

    #[test]
    fn a_repository_at_the_destination_is_not_thrown_away() {
        let home = tempfile::tempdir().unwrap();
        let out = home.path().join("site");
        publish(&bundle(&[("index.html", "one")]), &out).unwrap();
        fs::create_dir(out.join(".git")).unwrap();
        let error = publish(&bundle(&[("index.html", "two")]), &out).unwrap_err();
        assert!(matches!(error, OutputError::HoldsRepository { .. }), "{error}");
        assert_eq!(read(&out.join("index.html")), "one");
    }

    #[test]
    fn a_failed_write_leaves_the_old_site_and_nothing_else() {
        let home = tempfile::tempdir().unwrap();
        let out = home.path().join("site");
        publish(&bundle(&[("index.html", "one")]), &out).unwrap();
        let error = publish(&bundle(&[("index.html", "two"), (&too_long(), "")]), &out).unwrap_err();
        assert!(error.to_string().starts_with("cannot write `"), "{error}");
        assert_eq!(read(&out.join("index.html")), "one");
        assert_eq!(names(home.path()), ["site"]);
    }

    #[test]
    fn what_a_killed_build_left_is_cleaned_up() {
        let home = tempfile::tempdir().unwrap();
        let out = home.path().join("site");
        publish(&bundle(&[("index.html", "one")]), &out).unwrap();
        fs::create_dir_all(home.path().join(".site.milepost-new-999/a")).unwrap();
        fs::create_dir_all(home.path().join(".site.milepost-old-998/a")).unwrap();
        fs::write(home.path().join(".site.milepost-lock"), "killed").unwrap();
        fs::create_dir(home.path().join(".site2.milepost-new-1")).unwrap();
        publish(&bundle(&[("index.html", "two")]), &out).unwrap();
        assert_eq!(read(&out.join("index.html")), "two");
        assert_eq!(names(home.path()), [".site2.milepost-new-1", "site"]);
    }

    #[test]
    fn a_build_killed_between_the_renames_loses_nothing() {
        let home = tempfile::tempdir().unwrap();
        let out = home.path().join("site");
        publish(&bundle(&[("index.html", "one")]), &out).unwrap();
        fs::rename(&out, home.path().join(".site.milepost-old-7")).unwrap();
        publish(&bundle(&[(&too_long(), "")]), &out).unwrap_err();
        assert_eq!(read(&out.join("index.html")), "one");
        assert_eq!(names(home.path()), ["site"]);
    }

    #[test]
    fn two_builds_at_once_do_not_mix() {
        let home = tempfile::tempdir().unwrap();
        let out = home.path().join("site");
        let held = Lock::take(&home.path().join(".site.milepost-lock")).unwrap();
        let error = publish(&bundle(&[("index.html", "two")]), &out).unwrap_err();
        assert!(matches!(error, OutputError::Busy { .. }), "{error}");
        assert!(!out.exists());
        drop(held);
        publish(&bundle(&[("index.html", "two")]), &out).unwrap();
        assert_eq!(names(home.path()), ["site"]);
    }

    #[test]
    fn many_builds_at_once_leave_one_whole_site() {
        let home = tempfile::tempdir().unwrap();
        let out = home.path().join("site");
        std::thread::scope(|scope| {
            for round in 0..8 {
                let out = &out;
                scope.spawn(move || {
                    let text = round.to_string();
                    let files = [("a.html", text.as_str()), ("b/c.html", &text), ("d.html", &text)];
                    let result = publish(&bundle(&files), out);
                    assert!(matches!(result, Ok(_) | Err(OutputError::Busy { .. })), "{result:?}");
                });
            }
        });
        assert_eq!(read(&out.join("a.html")), read(&out.join("d.html")));
        assert_eq!(read(&out.join("a.html")), read(&out.join("b/c.html")));
        assert_eq!(names(home.path()), ["site"]);
    }

    #[cfg(unix)]
    #[test]
    fn a_link_is_followed_and_kept() {
        let home = tempfile::tempdir().unwrap();
        let real = home.path().join("real");
        fs::create_dir(&real).unwrap();
        let link = home.path().join("site");
        std::os::unix::fs::symlink(&real, &link).unwrap();
        publish(&bundle(&[("index.html", "one")]), &link).unwrap();
        assert_eq!(read(&real.join("index.html")), "one");
        assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
    }

    #[test]
    fn a_destination_without_a_name_is_refused() {
        let error = publish(&bundle(&[]), Path::new("/")).unwrap_err();
        assert!(matches!(error, OutputError::NoName { .. }), "{error}");
    }
}
