//! Names of project folders: which of them can be an address on the site.
//!
//! Comes in: the folders of all projects. Goes out: what is wrong with a name. The site refuses such names when it is
//! written; here they are found while there is still a place to point at, and only that project is left out.

/// Names that the site's own pages and files have, in lower case.
const SITE_NAMES: [&str; 17] = [
    "assets",
    "data",
    "files",
    "schema",
    "search",
    "404.html",
    "calendar.ics",
    "downloads.html",
    "index.html",
    "journal.atom",
    "method.html",
    "people.html",
    "problems.html",
    "search.html",
    "sha256sums",
    "sitemap.html",
    "sources.html",
];

/// Characters that some common file system refuses in a name.
const REFUSED: [char; 9] = ['\\', ':', '*', '?', '"', '<', '>', '|', '/'];

/// Says why the name of a project's folder cannot be its address on the site, if it cannot.
pub(super) fn fault_of_name(home: &str, homes: &[String]) -> Option<String> {
    let path = home.trim_end_matches('/');
    let name = name_of(home)?;
    let lower = name.to_lowercase();
    if SITE_NAMES.contains(&lower.as_str()) {
        return Some(format!(
            "`{name}` is the name of a page or folder of the site, so no project can have it"
        ));
    }
    if name.contains(REFUSED) || name.chars().any(char::is_control) {
        return Some(format!("the folder name `{name}` has a character that some file systems refuse"));
    }
    if name.ends_with(['.', ' ']) {
        return Some(format!(
            "the folder name `{name}` ends in a dot or a space, which some file systems drop"
        ));
    }
    if is_device(&lower) {
        return Some(format!("the folder name `{name}` is one that some systems keep for a device"));
    }
    let earlier = homes.iter().take_while(|other| *other != home);
    let twin = earlier
        .into_iter()
        .find(|other| name_of(other).is_some_and(|other| other != name && other.to_lowercase() == lower))?;
    Some(format!(
        "the folders `{path}` and `{}` differ only in upper and lower case, which some file systems do not tell apart",
        twin.trim_end_matches('/')
    ))
}

/// The name of the folder that is a project; none for the portfolio's own folder.
pub(super) fn name_of(home: &str) -> Option<&str> {
    home.trim_end_matches('/').rsplit('/').next().filter(|name| !name.is_empty())
}

/// Says whether one common system keeps a lower-case name for a device, whatever follows its first dot.
fn is_device(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or(name);
    let is_numbered = (stem.starts_with("com") || stem.starts_with("lpt"))
        && stem.len() == 4
        && stem.ends_with(|last: char| last.is_ascii_digit());
    is_numbered || matches!(stem, "con" | "prn" | "aux" | "nul")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_project_cannot_have_a_name_of_the_site() {
        for name in ["data", "Search", "schema", "files", "assets", "sources.html"] {
            let home = format!("projects/{name}/");
            assert!(fault_of_name(&home, std::slice::from_ref(&home)).is_some(), "{name}");
        }
        let guide = include_str!("reference/preamble.md");
        for name in SITE_NAMES.iter().filter(|name| !name.contains('.')) {
            assert!(guide.contains(&format!("`{name}`")), "the guide names {name}");
        }
        for name in ["data-centre", "project", "schemas"] {
            let home = format!("projects/{name}/");
            assert_eq!(fault_of_name(&home, std::slice::from_ref(&home)), None);
        }
    }
}
