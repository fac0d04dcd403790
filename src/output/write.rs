//! Puts a site in place: the only writer of the product.
//!
//! The new site is written into a folder beside the old one and takes its name only when it is whole. Whatever goes
//! wrong before that, and even a kill in the middle, leaves the old site as it was.
#![allow(clippy::disallowed_methods, reason = "the only writer of the product")]

use std::collections::BTreeSet;
use std::fs::{self, File, OpenOptions};
use std::io::{self, ErrorKind, Write};
use std::path::Path;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

use crate::output::bundle::Names;
use crate::output::error::failed;
use crate::output::lock::Lock;
use crate::output::place::{MARKER, MARKER_TEXT, Place, check_ours, sync_folder};
use crate::output::scratch::Scratch;
use crate::output::{Bundle, OutputError, Sink, SinkError};

/// The line behind which a marker lists the files of its site.
const LIST: &str = "Files:";

/// What was put in place.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Published {
    /// Number of files of the bundle.
    pub files: usize,
    /// Their size together, in bytes.
    pub bytes: u64,
    /// Files of others that stood in the site before and still do, in the order of their paths.
    pub kept: Vec<String>,
}

/// Writes a bundle so that the folder `out` holds it, and a marker file that lists it. Of what stood there before, what an earlier build
/// had made is gone; what others have put there since (`CNAME`, `.well-known/`) is kept, unless the bundle has a file of that name.
///
/// `out` may be missing (its parents are made), empty, or a site written before; a link is followed. Where the system and the
/// file system can do it (Linux), the two folders change names in one step. Elsewhere there is a moment, two renames long, in
/// which no folder stands there; a build that is killed in that moment is repaired by the next.
///
/// On Linux all pages are synced at once before the exchange and the folder above after it, so that a loss of power leaves the old
/// site or the new one. Elsewhere only the marker is synced, since two thousand syncs of single pages cost seconds on every build: after
/// a loss of power right behind a build pages may be empty there, and the site is built again.
///
/// # Errors
///
/// See [`OutputError`]; in each case what stood at `out` is unchanged and no temporary folder stays behind. One alone is an exception:
/// where others put something of their own there at the moment of the exchange and the system does not let it go back, it is kept under
/// the name that the error tells.
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
    let fresh = Scratch::make(place.beside(&format!("new-{}", std::process::id())))?;
    let writer = Writer::new(fresh.path())?;
    make(&writer)?;
    let kept = writer.keep(&place.out)?;
    let published = Published { kept, ..writer.finish()? };
    place.exchange(fresh)?;
    Ok(published)
}

/// Writes files into a new folder.
struct Writer<'a> {
    folder: &'a Path,
    marker: File,
    names: Mutex<Names>,
    /// The paths of the files, as they came.
    paths: Mutex<Vec<String>>,
    /// Folders below that are there.
    folders: Mutex<BTreeSet<String>>,
    n_files: AtomicUsize,
    n_bytes: AtomicU64,
}

impl<'a> Writer<'a> {
    fn new(folder: &'a Path) -> Result<Self, OutputError> {
        // First of all files, so that what a killed build leaves is known as ours.
        let marker = write_file(&folder.join(MARKER), MARKER_TEXT.as_bytes())?;
        Ok(Self {
            folder,
            marker,
            names: Mutex::default(),
            paths: Mutex::default(),
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

    /// Takes over from the site before what others have put into it; nothing where it does not say what was made by a build. Links
    /// and other things that are no files are not taken.
    fn keep(&self, before: &Path) -> Result<Vec<String>, OutputError> {
        let marker = fs::read_to_string(before.join(MARKER)).unwrap_or_default();
        let Some((_, list)) = marker.split_once(&format!("\n{LIST}\n")) else { return Ok(Vec::new()) };
        let made: BTreeSet<&str> = list.lines().chain([MARKER]).collect();
        let mut kept = Vec::new();
        let mut open = vec![String::new()];
        while let Some(folder) = open.pop() {
            let place = before.join(&folder);
            let entries = fs::read_dir(&place).map_err(|error| failed("read the folder", &place, &error))?;
            for entry in entries.filter_map(Result::ok) {
                let Ok(name) = entry.file_name().into_string() else { continue };
                let path = if folder.is_empty() { name } else { format!("{folder}/{name}") };
                let Ok(kind) = entry.file_type() else { continue };
                if kind.is_dir() {
                    open.push(path);
                } else if kind.is_file() && !made.contains(path.as_str()) && self.is_free(&path) {
                    self.make_folder(path.rsplit_once('/').map_or("", |(inner, _)| inner))?;
                    fs::copy(entry.path(), self.folder.join(&path))
                        .map_err(|error| failed("keep", &entry.path(), &error))?;
                    kept.push(path);
                }
            }
        }
        kept.sort_unstable();
        Ok(kept)
    }

    /// Whether the new site has nothing where a file of others stood: no file there, and none in the place of its folders.
    fn is_free(&self, path: &str) -> bool {
        let mut above = path.match_indices('/').map(|(at, _)| self.folder.join(&path[..at]));
        self.folder.join(path).symlink_metadata().is_err() && above.all(|above| !above.is_file())
    }

    /// Lists the files in the marker and waits until all are on the disk.
    fn finish(&self) -> Result<Published, OutputError> {
        let mut paths = self.paths.lock().unwrap_or_else(PoisonError::into_inner).clone();
        paths.sort_unstable();
        let list = format!("\n{LIST}\n{}\n", paths.join("\n"));
        (&self.marker)
            .write_all(list.as_bytes())
            .map_err(|error| failed("write", &self.folder.join(MARKER), &error))?;
        sync_disk_of(&self.marker).map_err(|error| failed("write", self.folder, &error))?;
        sync_folder(self.folder);
        Ok(Published {
            files: self.n_files.load(Ordering::Relaxed),
            bytes: self.n_bytes.load(Ordering::Relaxed),
            kept: Vec::new(),
        })
    }
}

impl Sink for Writer<'_> {
    fn add(&self, path: &str, bytes: &[u8]) -> Result<(), SinkError> {
        self.names.lock().unwrap_or_else(PoisonError::into_inner).take(path)?;
        self.make_folder(path.rsplit_once('/').map_or("", |(inner, _)| inner))?;
        write_file(&self.folder.join(path), bytes)?;
        self.paths.lock().unwrap_or_else(PoisonError::into_inner).push(path.to_owned());
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

/// Waits until all that was written to the disk on which a file lies is there; a fault since the file was opened is told.
#[cfg(target_os = "linux")]
fn sync_disk_of(file: &File) -> io::Result<()> {
    use rustix::io::Errno;
    match rustix::fs::syncfs(file) {
        // Some sandboxes do not have it.
        Err(Errno::NOSYS | Errno::OPNOTSUPP | Errno::PERM) => file.sync_all(),
        done => Ok(done?),
    }
}

/// Other systems have no such step: the file alone.
#[cfg(not(target_os = "linux"))]
fn sync_disk_of(file: &File) -> io::Result<()> {
    file.sync_all()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::output::place::MARKER_WITHOUT_LIST;

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
        assert_eq!(first, Published { files: 2, bytes: 7, kept: Vec::new() });
        publish(&bundle(&[("index.html", "two")]), &out).unwrap();
        assert_eq!(read(&out.join("index.html")), "two");
        assert_eq!(names(&out), [".milepost", "index.html"]);
        assert_eq!(names(&home.path().join("deep")), ["site"]);
    }

    #[test]
    fn what_others_have_put_into_a_site_is_kept_and_named() {
        let home = tempfile::tempdir().unwrap();
        let out = home.path().join("site");
        publish(&bundle(&[("index.html", "one"), ("a/old.html", "gone")]), &out).unwrap();
        fs::write(out.join("CNAME"), "status.example.org").unwrap();
        fs::create_dir_all(out.join(".well-known/acme")).unwrap();
        fs::write(out.join(".well-known/acme/token"), "x").unwrap();
        fs::write(out.join("a/mine.html"), "mine").unwrap();
        fs::write(out.join("new.html"), "mine").unwrap();
        for _ in 0..2 {
            let files = [("index.html", "two"), ("new.html", "two")];
            let published = publish(&bundle(&files), &out).unwrap();
            assert_eq!(published.kept, [".well-known/acme/token", "CNAME", "a/mine.html"]);
            assert_eq!(read(&out.join("CNAME")), "status.example.org");
            assert_eq!(
                (read(&out.join("index.html")), read(&out.join("new.html"))),
                ("two".into(), "two".into())
            );
            assert_eq!(names(&out.join("a")), ["mine.html"]);
        }
        // Of a site that does not list its files nobody knows which are of others.
        fs::write(out.join(MARKER), format!("{MARKER_WITHOUT_LIST}\n")).unwrap();
        publish(&bundle(&[("index.html", "three")]), &out).unwrap();
        assert_eq!(names(&out), [".milepost", "index.html"]);
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
        for left in [".site.milepost-new-999", ".site.milepost-old-998"] {
            fs::create_dir_all(home.path().join(left).join("a")).unwrap();
            fs::write(home.path().join(left).join(MARKER), MARKER_TEXT).unwrap();
        }
        fs::create_dir(home.path().join(".site.milepost-new-997")).unwrap();
        fs::write(home.path().join(".site.milepost-lock"), "killed").unwrap();
        fs::create_dir(home.path().join(".site2.milepost-new-1")).unwrap();
        publish(&bundle(&[("index.html", "two")]), &out).unwrap();
        assert_eq!(read(&out.join("index.html")), "two");
        assert_eq!(names(home.path()), [".site2.milepost-new-1", "site"]);
    }

    /// A build that is killed right behind the exchange leaves what it found in place of the site under the name of the new one.
    #[test]
    fn what_others_put_in_place_of_the_site_survives_a_killed_build() {
        let home = tempfile::tempdir().unwrap();
        let out = home.path().join("site");
        let left = home.path().join(".site.milepost-new-999");
        fs::create_dir(&left).unwrap();
        fs::write(left.join("cat.jpg"), "meow").unwrap();
        publish(&bundle(&[("index.html", "two")]), &out).unwrap();
        assert_eq!(read(&left.join("cat.jpg")), "meow");
        assert_eq!(names(home.path()), [".site.milepost-new-999", "site"]);
    }

    #[test]
    fn a_folder_that_another_process_of_this_number_fills_is_left_to_it() {
        let home = tempfile::tempdir().unwrap();
        let out = home.path().join("site");
        let other = home.path().join(format!(".site.milepost-new-{}", std::process::id()));
        fs::create_dir(&other).unwrap();
        fs::write(other.join("cat.jpg"), "meow").unwrap();
        let fault = publish(&bundle(&[("index.html", "one")]), &out).unwrap_err();
        assert_eq!(fault, OutputError::InTheWay { path: other.clone() });
        assert_eq!(read(&other.join("cat.jpg")), "meow");
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
