//! Where files and folders were called otherwise.

use std::collections::BTreeMap;

use super::object::ObjectName;
use super::tree::Listing;

/// The path that a folder had in an older commit: where most of its files lay with the same content, at least half. Where they are
/// not found under their paths, a folder on the way to them may have been called otherwise, too: that of a project.
///
/// `known` lists the folder as it is, `older` everything in the older commit.
pub(super) fn folder_from(known: &Listing, older: &Listing) -> Option<String> {
    folder_where(known, older, same_path).or_else(|| folder_where(known, older, nearly_same_path))
}

/// What stands before a path inside a folder, where a path ends with it.
fn same_path<'a>(path: &'a str, inside: &str) -> Option<&'a str> {
    match path.strip_suffix(inside)? {
        "" => Some(""),
        folder => folder.strip_suffix('/'),
    }
}

/// The same, where one folder inside may be called otherwise.
fn nearly_same_path<'a>(path: &'a str, inside: &str) -> Option<&'a str> {
    let (mut then, mut now) = (path.rsplit('/'), inside.rsplit('/'));
    let mut n_other = 0;
    let mut end = path.len();
    for (place, name) in now.by_ref().enumerate() {
        let was = then.next()?;
        if was != name {
            n_other += 1;
            if place == 0 || n_other > 1 {
                return None;
            }
        }
        end = end.saturating_sub(was.len() + 1);
    }
    path.get(..end)
}

fn folder_where(
    known: &Listing,
    older: &Listing,
    before: impl for<'a> Fn(&'a str, &str) -> Option<&'a str>,
) -> Option<String> {
    let mut by_content: BTreeMap<ObjectName, Vec<&str>> = BTreeMap::new();
    for (path, _, content) in known {
        by_content.entry(*content).or_default().push(path);
    }
    let mut n_same: BTreeMap<&str, usize> = BTreeMap::new();
    for (path, _, content) in older {
        for inside in by_content.get(content).into_iter().flatten() {
            if let Some(folder) = before(path, inside) {
                *n_same.entry(folder).or_default() += 1;
            }
        }
    }
    let (folder, n_same) = n_same.into_iter().max_by(|a, b| a.1.cmp(&b.1).then_with(|| b.0.cmp(a.0)))?;
    (n_same * 2 >= known.len()).then(|| folder.to_owned())
}

/// Finds a file in an older folder: under its path, or else under another one with the same name and content.
pub(super) fn follow(
    older: &Listing,
    path: &str,
    content: Option<ObjectName>,
) -> Option<(String, ObjectName)> {
    if let Ok(at) = older.binary_search_by(|(known, _, _)| known.as_str().cmp(path)) {
        return older.get(at).map(|(path, _, content)| (path.clone(), *content));
    }
    let name = |path: &str| path.rsplit('/').next().unwrap_or_default().to_owned();
    let wanted = name(path);
    let mut same = older.iter().filter(|(known, _, kept)| Some(*kept) == content && name(known) == wanted);
    same.next().map(|(path, _, content)| (path.clone(), *content))
}

#[cfg(test)]
mod tests {
    use super::super::object::Kind;
    use super::*;

    fn listing(files: &[(&str, u8)]) -> Listing {
        files
            .iter()
            .map(|(path, content)| ((*path).to_owned(), Kind::File, ObjectName([*content; 20])))
            .collect()
    }

    #[test]
    fn a_folder_is_found_where_most_of_its_files_were() {
        let known = listing(&[("plan.yaml", 1), ("project.yaml", 2), ("risks.yaml", 3)]);
        let from = |older: &[(&str, u8)]| folder_from(&known, &listing(older));
        assert_eq!(
            from(&[("old/plan.yaml", 9), ("old/project.yaml", 2), ("old/risks.yaml", 3)]).as_deref(),
            Some("old")
        );
        assert_eq!(from(&[("plan.yaml", 1), ("project.yaml", 2), ("x/risks.yaml", 3)]).as_deref(), Some(""));
        assert_eq!(from(&[("old/plan.yaml", 9), ("old/project.yaml", 9), ("old/risks.yaml", 3)]), None);
        assert_eq!(from(&[]), None);
    }

    #[test]
    fn a_folder_is_found_though_a_project_in_it_was_renamed_with_it() {
        let known = listing(&[
            ("portfolio.yaml", 1),
            ("projects/new/plan.yaml", 2),
            ("projects/new/project.yaml", 3),
            ("projects/new/updates/2026-01-09.md", 4),
        ]);
        let from = |older: &[(&str, u8)]| folder_from(&known, &listing(older));
        let older = [
            ("office/portfolio.yaml", 1),
            ("office/projects/old/plan.yaml", 2),
            ("office/projects/old/project.yaml", 3),
            ("office/projects/old/updates/2026-01-09.md", 4),
        ];
        assert_eq!(from(&older).as_deref(), Some("office"));
        let elsewhere = [("a/b/c/plan.yaml", 2), ("x/project.yaml", 3), ("y/2026-01-09.md", 4)];
        assert_eq!(from(&elsewhere), None);
    }

    #[test]
    fn a_file_is_followed_by_its_content() {
        let older = listing(&[("a/plan.yaml", 1), ("b/plan.yaml", 2)]);
        let follow = |path, content| follow(&older, path, content).map(|(path, _)| path);
        assert_eq!(follow("a/plan.yaml", None).as_deref(), Some("a/plan.yaml"));
        assert_eq!(follow("c/plan.yaml", Some(ObjectName([2; 20]))).as_deref(), Some("b/plan.yaml"));
        assert_eq!(follow("c/plan.yaml", Some(ObjectName([3; 20]))), None);
    }
}
