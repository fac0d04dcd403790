//! The only reader of the machine's files: walks a portfolio folder and brings its texts into memory.
//!
//! Comes in: a folder. Goes out: a [`Folder`] of files in the order of their paths, and findings about what could not be
//! read. Not here: what the texts mean, and writing.

use std::collections::BTreeSet;
use std::fmt;
use std::io::Read as _;
use std::path::{Path, PathBuf};

use walkdir::{DirEntry, WalkDir};

use super::encoding::{MARK, Undecoded, decode};
use super::parsed::Parsed;
use super::portfolio_above;
use super::treatment::{Treatment, is_named_as_text, treatment_of};
use crate::diagnostic::{Diagnostic, Diagnostics, FileId, LineIndex, Places, Position, Span};

crate::declare_rule! {
    /// A file or folder could not be read, usually because you are not allowed to, or because another program holds it.
    ///
    /// Pipes, sockets and devices are no files and are never read, nor is a folder that has the name of a file, such as
    /// `progress.csv/`.
    ///
    /// What stands in it is missing from every page and figure. Ask whoever owns the file for the right to read it,
    /// close it in the other program, or move it out of the portfolio folder.
    ///
    /// Wrong: `costs.csv` can be read by the finance department only. Right: everybody who builds the site can read it.
    pub static UNREADABLE_FILE: Rule = ("E100", "unreadable-file", Error, "0.1.0", "a file could not be read");
}

crate::declare_rule! {
    /// The folder holds a symbolic link. Links are not followed: they may lead out of the portfolio or in a circle, and the
    /// same folder would give another site on another machine.
    ///
    /// Wrong: `people.yaml` is a link to a file in somebody's home folder. Right: `people.yaml` is a file.
    pub static SYMBOLIC_LINK: Rule = ("W115", "symbolic-link", Warning, "0.1.0", "a symbolic link is not followed");
}

crate::declare_rule! {
    /// A file is larger than 16 MiB and is left out. No plan or ledger of a project is that large; most often an export or
    /// a video has got into the folder.
    ///
    /// Wrong: `attachments/recording.yaml` with the raw data of a tool. Right: the table of results, or a link to the
    /// place where the large file lies.
    pub static TOO_LARGE: Rule = ("E116", "too-large", Error, "0.1.0", "a file is too large to be read");
}

/// The largest file that is read, in bytes: a thousand times a large plan, and still little memory.
pub const MAX_BYTES: u64 = 16 * 1024 * 1024;

/// The file that marks a folder as a finished site, so that it is never read as a portfolio.
pub const SITE_MARKER: &str = ".milepost";

/// What became of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reading {
    /// Its text is complete.
    Text,
    /// Its bytes are kept as they are: a theme or an attachment.
    Bytes,
    /// It was reported; its text is empty or broken and only shown around the message.
    Failed,
}

/// One file of the portfolio.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceFile {
    /// Where it lies, relative to the portfolio folder, parts separated by `/`.
    pub path: String,
    /// The text without a byte-order mark; line ends as written. Empty for bytes.
    pub text: String,
    /// The bytes of a theme file or an attachment; empty for text.
    pub bytes: Vec<u8>,
    /// Whether there is something to work with.
    pub reading: Reading,
    /// Whether a byte-order mark stood before the text.
    is_marked: bool,
    lines: LineIndex,
    pub(super) parsed: Parsed,
}

impl SourceFile {
    fn new(path: String, text: String, reading: Reading) -> Self {
        let lines = LineIndex::new(&text);
        Self { path, text, bytes: Vec::new(), reading, is_marked: false, lines, parsed: Parsed::default() }
    }

    /// The file as it was read, byte by byte; none where it could not be read.
    #[must_use]
    pub fn as_read(&self) -> Option<Vec<u8>> {
        let mark = if self.is_marked { MARK } else { "" };
        match self.reading {
            Reading::Text => Some([mark.as_bytes(), self.text.as_bytes()].concat()),
            Reading::Bytes => Some(self.bytes.clone()),
            Reading::Failed => None,
        }
    }

    /// Turns a byte of the text into line and column, both counted from 1, the column in characters.
    #[must_use]
    pub fn position(&self, byte: usize) -> Position {
        self.lines.position(&self.text, byte)
    }
}

/// A portfolio folder in memory.
///
/// Invariant: the files are in the order of their paths and a [`FileId`] is the place of a file in that order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Folder {
    files: Vec<SourceFile>,
    /// What it is called on the disk.
    name: Option<String>,
}

impl Folder {
    /// Reads a folder with everything below it.
    ///
    /// Read as text: `.yaml`, `.yml`, `.csv`, `.md`. Kept as bytes: whatever lies in a folder `theme` or `attachments`.
    /// Passed over: names that begin with a dot, `target`, `node_modules`, finished sites (folders with a file
    /// `.milepost`), other files. Left out and reported: symbolic links, files that are too large, not UTF-8, or
    /// not readable.
    ///
    /// Where a file vanishes between the listing and its turn, the folder is listed and read again: what comes out stood there at one
    /// time, as far as names go.
    ///
    /// # Errors
    /// When there is no folder at `root`, it cannot be listed, or files go on vanishing while it is read.
    pub fn read(root: &Path, found: &mut Diagnostics) -> Result<Self, ReadError> {
        let mut vanished = String::new();
        for _ in 0..ATTEMPTS {
            match Listing::of(root)?.read(root) {
                Ok((folder, said)) => {
                    found.extend(said);
                    portfolio_above::report(root, found);
                    return Ok(folder);
                }
                Err(Vanished(path)) => vanished = path,
            }
        }
        Err(ReadError { path: root.display().to_string(), kind: ReadErrorKind::Changing(vanished) })
    }

    /// Makes a folder out of paths and texts, without a disk.
    #[must_use]
    pub fn from_memory(files: Vec<(&str, &str)>) -> Self {
        let mut files: Vec<SourceFile> = files
            .into_iter()
            .map(|(path, text)| {
                let text = text.strip_prefix('\u{feff}').unwrap_or(text);
                SourceFile::new(path.to_owned(), text.to_owned(), Reading::Text)
            })
            .collect();
        files.sort_by(|a, b| a.path.cmp(&b.path));
        Self { files, name: None }
    }

    /// Makes a folder out of files that a repository keeps, read as [`Folder::read`] reads them from disk. Only wanted
    /// paths ([`is_wanted_name`]) are to be given.
    #[must_use]
    pub fn of_kept(files: impl IntoIterator<Item = (String, Kept)>, found: &mut Diagnostics) -> Self {
        let mut files: Vec<(String, Kept)> = files.into_iter().collect();
        files.sort_by(|(a, _), (b, _)| a.cmp(b));
        let mut folder = Self::default();
        for (path, kept) in files {
            match kept {
                Kept::Link => report_link(&path, found),
                Kept::Bytes(bytes) => {
                    let size = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
                    let content = if size > MAX_BYTES { Err(too_large(size)) } else { Ok(bytes) };
                    folder.enter(path, || content, found);
                }
            }
        }
        folder
    }

    /// Makes a folder of some of the files, chosen by their paths; files are numbered anew.
    #[must_use]
    pub fn part(&self, is_chosen: impl Fn(&str) -> bool) -> Self {
        let files = self.files.iter().filter(|file| is_chosen(&file.path)).cloned().collect();
        Self { files, name: self.name.clone() }
    }

    /// Makes a folder of the files with these paths, each once; files are numbered anew.
    #[must_use]
    pub fn files_at<'a>(&self, paths: impl IntoIterator<Item = &'a str>) -> Self {
        let places: BTreeSet<usize> =
            paths.into_iter().filter_map(|path| Some(self.find(path)?.0.0 as usize)).collect();
        let files = places.into_iter().map(|place| self.files[place].clone()).collect();
        Self { files, name: self.name.clone() }
    }

    /// The same folder, of whose files only those that are chosen have a content; each keeps its number.
    #[must_use]
    pub fn dimmed(&self, is_chosen: impl Fn(&str) -> bool) -> Self {
        let dim = |file: &SourceFile| {
            if is_chosen(&file.path) {
                file.clone()
            } else {
                SourceFile::new(file.path.clone(), String::new(), Reading::Bytes)
            }
        };
        Self { files: self.files.iter().map(dim).collect(), name: self.name.clone() }
    }

    /// Reads texts anew that were said to have changed, and gives the numbers of those that have. None where more has changed than
    /// the words of texts that were there before, so that the folder has to be read as a whole.
    ///
    /// `paths` are paths inside the folder. What nobody reads is passed over.
    pub fn read_again(&mut self, root: &Path, paths: &BTreeSet<PathBuf>) -> Option<Vec<FileId>> {
        let mut changed: Vec<(FileId, SourceFile)> = Vec::new();
        for inside in paths {
            let (path, relative) = (root.join(inside), relative_path(Path::new(""), inside));
            // A site that appears or goes changes what is read.
            if relative.is_empty() || relative.ends_with(SITE_MARKER) {
                return None;
            }
            let mut parts = relative.split('/').rev();
            let is_file = parts.next().is_some_and(|name| is_wanted_name(name, false));
            if !is_file || parts.any(|folder| !is_wanted_name(folder, true)) {
                continue;
            }
            let known = self.find(&relative).map(|(file, known)| (file, known.reading));
            match known {
                Some((file, Reading::Text)) => {
                    let entry = WalkDir::new(&path).max_depth(0).into_iter().next()?.ok()?;
                    let mut read = Self::default();
                    read.take(relative, &entry, &mut Diagnostics::default()).ok()?;
                    let read = read.files.pop().filter(|read| read.reading == Reading::Text)?;
                    if self.file(file) != Some(&read) {
                        changed.push((file, read));
                    }
                }
                Some(_) => return None,
                // Editors write beside a file and then change names; what is gone again was no file of ours.
                None if treatment_of(&relative).is_some() && path.exists() => return None,
                None if path.is_dir() => return None,
                None => {
                    let below = format!("{relative}/");
                    let next = self.files.partition_point(|file| file.path.as_str() < below.as_str());
                    if self.files.get(next).is_some_and(|file| file.path.starts_with(&below)) {
                        return None;
                    }
                }
            }
        }
        changed.sort_unstable_by_key(|(file, _)| *file);
        let put = |(file, read): (FileId, SourceFile)| {
            *self.files.get_mut(file.0 as usize)? = read;
            Some(file)
        };
        Some(changed.into_iter().filter_map(put).collect())
    }

    /// What the folder is called; none for one in memory, and for the root of a disk.
    #[must_use]
    pub fn name(&self) -> Option<&str> {
        self.name.as_deref()
    }

    /// Gives all files in the order of their paths; a file's place is its [`FileId`].
    #[must_use]
    pub fn files(&self) -> &[SourceFile] {
        &self.files
    }

    /// Gives the texts that could be read, in the order of their paths.
    pub fn texts(&self) -> impl Iterator<Item = (FileId, &SourceFile)> {
        self.numbered().filter(|(_, file)| file.reading == Reading::Text)
    }

    /// Gives the theme files and attachments, in the order of their paths.
    pub fn kept(&self) -> impl Iterator<Item = (FileId, &SourceFile)> {
        self.numbered().filter(|(_, file)| file.reading == Reading::Bytes)
    }

    /// Finds a text by its path; none when it is not there or could not be read.
    #[must_use]
    pub fn text_at(&self, path: &str) -> Option<(FileId, &SourceFile)> {
        self.find(path).filter(|(_, file)| file.reading == Reading::Text)
    }

    /// Finds a file by its path, whatever became of it.
    #[must_use]
    pub fn find(&self, path: &str) -> Option<(FileId, &SourceFile)> {
        let index = self.files.binary_search_by(|file| file.path.as_str().cmp(path)).ok()?;
        Some((id(index), &self.files[index]))
    }

    /// Gives the file that an id names; none for an id of another folder.
    #[must_use]
    pub fn file(&self, file: FileId) -> Option<&SourceFile> {
        self.files.get(file.0 as usize)
    }

    fn numbered(&self) -> impl Iterator<Item = (FileId, &SourceFile)> {
        self.files.iter().enumerate().map(|(index, file)| (id(index), file))
    }

    fn take(&mut self, path: String, entry: &DirEntry, found: &mut Diagnostics) -> Result<(), Vanished> {
        if entry.file_type().is_symlink() {
            report_link(&path, found);
        } else if treatment_of(&path).is_some() {
            let Some(content) = read_bounded(entry) else { return Err(Vanished(path)) };
            self.enter(path, || content, found);
        }
        Ok(())
    }

    /// Enters a file whose content is only asked for when it is wanted.
    fn enter(
        &mut self,
        path: String,
        content: impl FnOnce() -> Result<Vec<u8>, Failure>,
        found: &mut Diagnostics,
    ) {
        let Some(treatment) = treatment_of(&path) else { return };
        let file = id(self.files.len());
        let mut is_marked = false;
        let read = match content() {
            Ok(bytes) => match treatment {
                Treatment::Keep => {
                    let kept = SourceFile::new(path, String::new(), Reading::Bytes);
                    self.files.push(SourceFile { bytes, ..kept });
                    return;
                }
                Treatment::Decode => {
                    is_marked = bytes.starts_with(MARK.as_bytes());
                    decode(file, bytes)
                }
            },
            Err(failure) => Err(Box::new(Undecoded { diagnostic: failure(file), shown: String::new() })),
        };
        match read {
            Ok(text) => {
                self.files.push(SourceFile { is_marked, ..SourceFile::new(path, text, Reading::Text) });
            }
            Err(undecoded) => {
                found.push(undecoded.diagnostic);
                self.files.push(SourceFile::new(path, undecoded.shown, Reading::Failed));
            }
        }
    }
}

/// How often a folder is listed again in which files vanish while they are read.
const ATTEMPTS: usize = 4;

/// A file was in the listing and was not there any more when it was to be read.
#[derive(Debug, PartialEq, Eq)]
struct Vanished(String);

/// What stood in a folder when it was listed.
struct Listing {
    /// Files by their relative path, in its order.
    files: Vec<(String, DirEntry)>,
    /// Folders that could not be listed, and why.
    unlisted: Vec<(String, String)>,
}

impl Listing {
    fn of(root: &Path) -> Result<Self, ReadError> {
        if !root.is_dir() {
            let kind = if root.exists() { ReadErrorKind::NotAFolder } else { ReadErrorKind::NotFound };
            return Err(ReadError { path: root.display().to_string(), kind });
        }
        let mut listing = Self { files: Vec::new(), unlisted: Vec::new() };
        for next in WalkDir::new(root).into_iter().filter_entry(is_wanted) {
            match next {
                // The folder itself may be named by a link: whoever typed it said so.
                Ok(entry) if entry.depth() == 0 || is_only_folder(root, &entry) => {}
                Ok(entry) => listing.files.push((relative_path(root, entry.path()), entry)),
                Err(error) => {
                    let path = error.path().map_or_else(String::new, |path| relative_path(root, path));
                    let reason = error.io_error().map_or_else(|| "it cannot be listed".to_owned(), reason_of);
                    if path.is_empty() {
                        let kind = ReadErrorKind::Unreadable(reason);
                        return Err(ReadError { path: root.display().to_string(), kind });
                    }
                    // A folder that is gone was removed with all that was in it.
                    if error.io_error().is_none_or(|error| error.kind() != std::io::ErrorKind::NotFound) {
                        listing.unlisted.push((path, reason));
                    }
                }
            }
        }
        listing.files.sort_by(|(a, _), (b, _)| a.cmp(b));
        Ok(listing)
    }

    fn read(self, root: &Path) -> Result<(Folder, Diagnostics), Vanished> {
        let mut found = Diagnostics::default();
        for (path, reason) in self.unlisted {
            let message = format!("the folder `{path}` could not be read: {reason}");
            found.push(Diagnostic::new(&UNREADABLE_FILE, None, message).hint("ask for the right to read it"));
        }
        let mut folder = Folder { files: Vec::new(), name: name_of(root) };
        for (path, entry) in self.files {
            folder.take(path, &entry, &mut found)?;
        }
        Ok((folder, found))
    }
}

impl Places for Folder {
    fn path(&self, file: FileId) -> &str {
        self.file(file).map_or("", |file| file.path.as_str())
    }

    fn text(&self, file: FileId) -> &str {
        self.file(file).map_or("", |file| file.text.as_str())
    }

    fn position(&self, span: Span) -> Position {
        self.file(span.file)
            .map_or(Position { line: 1, column: 1 }, |file| file.position(span.start as usize))
    }
}

/// Why a folder could not be read at all.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReadError {
    /// The folder as it was asked for.
    pub path: String,
    /// What stood in the way.
    pub kind: ReadErrorKind,
}

/// What stood in the way of reading a folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ReadErrorKind {
    /// There is nothing at this path.
    NotFound,
    /// There is something else than a folder.
    NotAFolder,
    /// The machine refuses, for this reason.
    Unreadable(String),
    /// Files vanish while they are read, each time again; this one did last.
    Changing(String),
}

impl ReadError {
    /// What to do about it, beginning with a verb; empty where the message says it.
    #[must_use]
    pub fn advice(&self) -> &'static str {
        match self.kind {
            ReadErrorKind::NotFound | ReadErrorKind::NotAFolder => "name the folder that holds the portfolio",
            ReadErrorKind::Unreadable(_) => "ask for the right to read it",
            ReadErrorKind::Changing(_) => "try again when nothing else writes into it",
        }
    }
}

impl fmt::Display for ReadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let path = &self.path;
        match &self.kind {
            ReadErrorKind::NotFound => write!(f, "there is no folder `{path}`"),
            ReadErrorKind::NotAFolder => write!(f, "`{path}` is not a folder"),
            ReadErrorKind::Unreadable(reason) => write!(f, "the folder `{path}` could not be read: {reason}"),
            ReadErrorKind::Changing(file) => {
                write!(f, "the folder `{path}` changes while it is read: `{file}` has vanished")
            }
        }
    }
}

impl std::error::Error for ReadError {}

fn id(index: usize) -> FileId {
    FileId(u32::try_from(index).expect("a folder holds fewer than four thousand million files"))
}

/// The last part of the path of a folder, `.` being where we are. `absolute` keeps `..`, which names no folder.
#[must_use]
pub fn name_of(root: &Path) -> Option<String> {
    Some(std::path::absolute(root).ok()?.file_name()?.to_str()?.to_owned())
}

/// A file as a repository keeps it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kept {
    /// Its bytes.
    Bytes(Vec<u8>),
    /// A symbolic link, wherever it leads.
    Link,
}

/// Decides by its name whether a file is taken or a folder gone into. A folder that is a finished site
/// ([`SITE_MARKER`]) is not wanted either, which its name does not tell.
#[must_use]
pub fn is_wanted_name(name: &str, is_folder: bool) -> bool {
    let is_made_by_tools = is_folder && matches!(name, "target" | "node_modules");
    !(name.starts_with('.') || is_made_by_tools)
}

/// Decides whether the walk takes a file or goes into a folder.
fn is_wanted(entry: &DirEntry) -> bool {
    if entry.depth() == 0 {
        return true;
    }
    let is_folder = entry.file_type().is_dir();
    is_wanted_name(&entry.file_name().to_string_lossy(), is_folder)
        && !(is_folder && entry.path().join(SITE_MARKER).exists())
}

fn report_link(path: &str, found: &mut Diagnostics) {
    let message = format!("`{path}` is a symbolic link and is not followed");
    found.push(Diagnostic::new(&SYMBOLIC_LINK, None, message).hint("put the file itself there"));
}

fn relative_path(root: &Path, path: &Path) -> String {
    let relative = path.strip_prefix(root).unwrap_or(path);
    let parts: Vec<_> = relative.components().map(|part| part.as_os_str().to_string_lossy()).collect();
    parts.join("/")
}

/// Whether an entry of the walk is a folder and nothing else: one that has the name of a text and is no project stands where
/// a file is looked for.
fn is_only_folder(root: &Path, entry: &DirEntry) -> bool {
    let is_instead_of_file = entry.depth() > 0
        && is_named_as_text(&relative_path(root, entry.path()))
        && !entry.path().join("project.yaml").exists();
    entry.file_type().is_dir() && !is_instead_of_file
}

/// Makes the finding about a file that could not be read, once the file has its id.
type Failure = Box<dyn FnOnce(FileId) -> Diagnostic>;

/// The bytes of a file, or why there are none; nothing where the file is not there any more.
#[expect(clippy::disallowed_methods, reason = "the one place where files are read")]
fn read_bounded(entry: &DirEntry) -> Option<Result<Vec<u8>, Failure>> {
    if entry.file_type().is_dir() {
        return Some(Err(Box::new(|file| {
            let message = "this is a folder, where a file is looked for";
            Diagnostic::new(&UNREADABLE_FILE, Span::new(file, 0, 0), message)
                .hint("rename or move the folder, and put a file with the text itself there")
        })));
    }
    // Reading a pipe or a device would wait for whoever writes to it, for ever if nobody does.
    if !entry.file_type().is_file() {
        return Some(Err(Box::new(|file| {
            let message = "this is no ordinary file but a pipe, a socket or a device";
            Diagnostic::new(&UNREADABLE_FILE, Span::new(file, 0, 0), message)
                .hint("put a file with the text itself there")
        })));
    }
    let read = || -> std::io::Result<Result<Vec<u8>, Failure>> {
        let file = std::fs::File::open(entry.path())?;
        let size = file.metadata()?.len();
        if size > MAX_BYTES {
            return Ok(Err(too_large(size)));
        }
        // A file that grows while it is read is read up to the bound.
        let mut bytes = Vec::with_capacity(usize::try_from(size).unwrap_or_default());
        file.take(MAX_BYTES + 1).read_to_end(&mut bytes)?;
        let size = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
        Ok(if size > MAX_BYTES { Err(too_large(size)) } else { Ok(bytes) })
    };
    match read() {
        Ok(content) => Some(content),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => None,
        Err(error) => Some(Err(Box::new(move |file| {
            let message = format!("this file could not be read: {}", reason_of(&error));
            Diagnostic::new(&UNREADABLE_FILE, Span::new(file, 0, 0), message)
                .hint("ask for the right to read it")
        }))),
    }
}

/// The finding about a file of so many bytes.
fn too_large(size: u64) -> Failure {
    Box::new(move |file| {
        let n_mebibytes = size.div_ceil(1024 * 1024);
        let message = format!("this file has {n_mebibytes} MiB; the most that is read is 16 MiB");
        Diagnostic::new(&TOO_LARGE, Span::new(file, 0, 0), message)
            .hint("move it out of the portfolio folder, or split it")
    })
}

/// Words a reason of the machine like a message: without the number, the same on every system where possible.
fn reason_of(error: &std::io::Error) -> String {
    match error.kind() {
        std::io::ErrorKind::PermissionDenied => "you are not allowed to read it".to_owned(),
        other => other.to_string(),
    }
}

#[cfg(test)]
#[expect(clippy::disallowed_methods, reason = "the tests make the folders they read")]
#[path = "disk_test.rs"]
mod tests;
