//! Where files and folders were called otherwise.

use std::collections::BTreeMap;

use super::object::ObjectName;
use super::tree::Listing;

/// The path that a folder had in an older commit: where most of its files lay with the same content, at least half.
///
/// `known` lists the folder as it is, `older` everything in the older commit.
pub(super) fn folder_from(known: &Listing, older: &Listing) -> Option<String> {
    let mut by_content: BTreeMap<ObjectName, Vec<&str>> = BTreeMap::new();
    for (path, _, content) in known {
        by_content.entry(*content).or_default().push(path);
    }
    let mut n_same: BTreeMap<&str, usize> = BTreeMap::new();
    for (path, _, content) in older {
        for inside in by_content.get(content).into_iter().flatten() {
            let folder = match path.strip_suffix(inside) {
                Some("") => Some(""),
                Some(folder) => folder.strip_suffix('/'),
                None => None,
            };
            if let Some(folder) = folder {
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
    fn a_file_is_followed_by_its_content() {
        let older = listing(&[("a/plan.yaml", 1), ("b/plan.yaml", 2)]);
        let follow = |path, content| follow(&older, path, content).map(|(path, _)| path);
        assert_eq!(follow("a/plan.yaml", None).as_deref(), Some("a/plan.yaml"));
        assert_eq!(follow("c/plan.yaml", Some(ObjectName([2; 20]))).as_deref(), Some("b/plan.yaml"));
        assert_eq!(follow("c/plan.yaml", Some(ObjectName([3; 20]))), None);
    }
}
