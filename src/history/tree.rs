//! What a folder holds at a commit.

use std::rc::Rc;

use super::object::{Entry, Kind, ObjectName};
use super::{Past, Stop};
use crate::diagnostic::Diagnostics;
use crate::source::disk::{Folder, Kept, SITE_MARKER, is_wanted_name};

/// The files below a folder, in the order of their paths, which are relative to it.
pub(super) type Listing = Vec<(String, Kind, ObjectName)>;

impl Past {
    /// The folder as it stood at a commit, read as [`Folder::read`] reads a folder on disk. A file that this clone does not
    /// hold is left out.
    #[must_use]
    pub fn folder(&self, stop: &Stop) -> Folder {
        self.folder_with_findings(stop, &mut Diagnostics::default())
    }

    /// The same, with what was found in reading it.
    pub fn folder_with_findings(&self, stop: &Stop, found: &mut Diagnostics) -> Folder {
        self.part_with_findings(stop, |_| true, found)
    }

    /// Some files of it, chosen by their paths, with what was found in reading them.
    pub fn part_with_findings(
        &self,
        stop: &Stop,
        is_chosen: impl Fn(&str) -> bool,
        found: &mut Diagnostics,
    ) -> Folder {
        let listing = self.listing(stop.folder);
        let files =
            listing.iter().filter(|(path, _, _)| is_chosen(path)).filter_map(|(path, kind, content)| {
                let kept = match kind {
                    Kind::Link => Kept::Link,
                    _ => Kept::Bytes(self.repository.file(*content)?),
                };
                Some((path.clone(), kept))
            });
        Folder::of_kept(files, found)
    }

    /// Says whether this clone holds every file of the folder at a commit. Without that its figures are not those of then.
    #[must_use]
    pub fn holds(&self, stop: &Stop) -> bool {
        self.is_whole(stop.folder)
    }

    fn is_whole(&self, folder: ObjectName) -> bool {
        if let Some(known) = self.whole.borrow().get(&folder) {
            return *known;
        }
        let is_there = self.repository.holds(folder);
        let is_whole = is_there
            && self.entries(folder).iter().all(|entry| match entry.kind {
                Kind::Folder if is_wanted_name(&entry.name, true) => self.is_whole(entry.content),
                Kind::File if is_wanted_name(&entry.name, false) => self.repository.holds(entry.content),
                _ => true,
            });
        if !is_whole {
            self.is_lacking.set(true);
        }
        self.whole.borrow_mut().insert(folder, is_whole);
        is_whole
    }

    /// The paths of the folder at a commit, each with its content. Two files of the same content are equal.
    #[must_use]
    pub fn contents(&self, stop: &Stop) -> Vec<(String, ObjectName)> {
        let listing = self.listing(stop.folder);
        listing.iter().map(|(path, _, content)| (path.clone(), *content)).collect()
    }

    /// Some files of the folder at a commit, chosen by their paths.
    #[must_use]
    pub fn part(&self, stop: &Stop, is_chosen: impl Fn(&str) -> bool) -> Folder {
        self.part_with_findings(stop, is_chosen, &mut Diagnostics::default())
    }

    /// The text of a file at a commit; none where it is not there or is no text.
    pub(super) fn text(&self, content: ObjectName) -> Option<String> {
        let text = String::from_utf8(self.repository.file(content)?).ok()?;
        Some(text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text))
    }

    /// The contents of the files below a folder that milepost would read, by their paths.
    pub(super) fn listing(&self, folder: ObjectName) -> Rc<Listing> {
        if let Some(known) = self.listings.borrow().get(&folder) {
            return Rc::clone(known);
        }
        let entries = self.entries(folder);
        let is_site = entries.iter().any(|entry| entry.name == SITE_MARKER);
        let mut listing = Listing::new();
        for entry in entries.iter().filter(|_| !is_site) {
            match entry.kind {
                Kind::Folder if is_wanted_name(&entry.name, true) => {
                    let below = self.listing(entry.content);
                    listing.extend(
                        below
                            .iter()
                            .map(|(path, kind, content)| (format!("{}/{path}", entry.name), *kind, *content)),
                    );
                }
                Kind::File | Kind::Link if is_wanted_name(&entry.name, false) => {
                    listing.push((entry.name.clone(), entry.kind, entry.content));
                }
                _ => {}
            }
        }
        listing.sort();
        let listing = Rc::new(listing);
        self.listings.borrow_mut().insert(folder, Rc::clone(&listing));
        listing
    }

    /// All files of a commit, whoever reads them.
    pub(super) fn whole_listing(&self, root: ObjectName) -> Listing {
        let mut listing = Listing::new();
        let mut open = vec![(String::new(), root)];
        while let Some((path, folder)) = open.pop() {
            for entry in self.entries(folder).iter() {
                let path =
                    if path.is_empty() { entry.name.clone() } else { format!("{path}/{}", entry.name) };
                match entry.kind {
                    Kind::Folder => open.push((path, entry.content)),
                    _ => listing.push((path, entry.kind, entry.content)),
                }
            }
        }
        listing.sort();
        listing
    }

    /// The folder at a path below another one; none where there is no folder of that name.
    pub(super) fn folder_at(&self, root: ObjectName, path: &str) -> Option<ObjectName> {
        path.split('/').filter(|part| !part.is_empty()).try_fold(root, |folder, part| {
            let entries = self.entries(folder);
            entries
                .iter()
                .find(|entry| entry.name == part && entry.kind == Kind::Folder)
                .map(|entry| entry.content)
        })
    }

    fn entries(&self, folder: ObjectName) -> Rc<Vec<Entry>> {
        if let Some(known) = self.folders.borrow().get(&folder) {
            return Rc::clone(known);
        }
        let Some(entries) = self.repository.folder(folder) else {
            self.is_lacking.set(true);
            return Rc::default();
        };
        let entries = Rc::new(entries);
        self.folders.borrow_mut().insert(folder, Rc::clone(&entries));
        entries
    }
}
