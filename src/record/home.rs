//! Where projects lie in a portfolio, and which file belongs to which.

use crate::record::folder_name::name_of;
use crate::source::disk::{Folder, Reading};

/// What the folder of a portfolio of one is called on the site.
pub(super) const FOLDER_OF_ONE: &str = "project";

/// The files of the portfolio that have a fixed name.
pub(super) const PORTFOLIO_FILES: [&str; 2] = ["portfolio.yaml", "people.yaml"];

/// The name of each project's folder, and the prefix of the paths of its files.
pub(super) fn project_folders(folder: &Folder) -> Vec<(String, String)> {
    let homes = project_homes(folder).into_iter();
    homes.map(|home| (name_of(&home).unwrap_or(FOLDER_OF_ONE).to_owned(), home)).collect()
}

/// The folders that hold `project.yaml`, as prefixes of paths: `""`, `name/` or `projects/name/`.
pub(super) fn project_homes(folder: &Folder) -> Vec<String> {
    let texts = folder.files().iter().filter(|file| file.reading != Reading::Bytes);
    homes_among(texts.map(|file| file.path.as_str()))
}

/// The folders of projects among the paths of a portfolio, as prefixes of paths in order: `""`, `name/` or `projects/name/`.
pub fn homes_among<'a>(paths: impl Iterator<Item = &'a str>) -> Vec<String> {
    let mut homes: Vec<String> = paths
        .filter_map(|path| path.strip_suffix("project.yaml"))
        .filter(|home| match home.split('/').collect::<Vec<_>>().as_slice() {
            [""] | ["projects", _, ""] => true,
            [name, ""] => *name != "projects",
            _ => false,
        })
        .map(str::to_owned)
        .collect();
    homes.sort_unstable();
    homes
}

/// The folder of a project that a file belongs to, of those that [`homes_among`] found; none for files that all projects share.
#[must_use]
pub fn home_of<'a>(homes: &'a [String], path: &str) -> Option<&'a str> {
    // The longest home wins, so that a portfolio of one may still have projects below it.
    let ends = path.match_indices('/').map(|(at, _)| at + 1).take(2).collect::<Vec<_>>();
    let mut candidates = ends.iter().rev().copied().chain([0]).filter_map(|end| path.get(..end));
    let home = candidates.find_map(|start| homes.binary_search_by(|home| home.as_str().cmp(start)).ok())?;
    let home = homes.get(home)?;
    (!(home.is_empty() && is_shared(path))).then_some(home)
}

fn is_shared(path: &str) -> bool {
    PORTFOLIO_FILES.contains(&path) || path.starts_with("calendars/")
}
