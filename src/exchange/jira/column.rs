//! What columns of an export are called: in the language of whoever exported, English or German, and under older names.

/// Columns that every export has, by their English names.
pub(super) const SIGNS: [&str; 2] = ["issue key", "summary"];

/// German names, as Jira Cloud and Jira Data Center write them, with the English ones.
const GERMAN: [(&str, &str); 42] = [
    ("zusammenfassung", "summary"),
    ("vorgangsschlüssel", "issue key"),
    ("schlüssel", "issue key"),
    ("vorgangs-id", "issue id"),
    ("vorgangstyp", "issue type"),
    ("statuskategorie", "status category"),
    ("priorität", "priority"),
    ("lösung", "resolution"),
    ("zugewiesene person", "assignee"),
    ("bearbeiter", "assignee"),
    ("id der zugewiesenen person", "assignee id"),
    ("erstellt", "created"),
    ("aktualisiert", "updated"),
    ("erledigt", "resolved"),
    ("fälligkeitsdatum", "due date"),
    ("fällig am", "due date"),
    ("fällig", "due date"),
    ("startdatum", "start date"),
    ("ursprüngliche schätzung", "original estimate"),
    ("benötigte zeit", "time spent"),
    ("zeitaufwand", "time spent"),
    ("restschätzung", "remaining estimate"),
    ("verbleibende schätzung", "remaining estimate"),
    ("übergeordnet", "parent"),
    ("übergeordnetes element", "parent"),
    ("übergeordnete id", "parent id"),
    ("id des übergeordneten vorgangs", "parent id"),
    ("epos-verknüpfung", "epic link"),
    ("epic-verknüpfung", "epic link"),
    ("epos-name", "epic name"),
    ("epic-name", "epic name"),
    ("lösungsversion(en)", "fix version/s"),
    ("lösungsversionen", "fix versions"),
    ("lösungsversion", "fix versions"),
    ("stichwörter", "labels"),
    ("stichworte", "labels"),
    ("komponente(n)", "component/s"),
    ("komponenten", "components"),
    ("story point-schätzung", "story point estimate"),
    ("projektname", "project name"),
    ("projektschlüssel", "project key"),
    ("projekttyp", "project type"),
];

/// What stands before the brackets of a field that somebody added.
const ADDED: [&str; 3] = ["custom field", "benutzerdefinierte felder", "benutzerdefiniertes feld"];

/// What columns of links are called between two brackets.
pub(super) const BLOCKS: [&str; 3] = ["blocks", "blocker", "dependency"];

/// The English name of a column in lower case; one that is not known comes back in lower case.
pub(super) fn english(name: &str) -> String {
    let name = name.trim().trim_end_matches(':').to_lowercase();
    if let Some((head, inner)) = name.strip_suffix(')').and_then(|name| name.split_once(" (")) {
        if ADDED.contains(&head) {
            return format!("custom field ({})", plain(inner));
        }
        let is_link = BLOCKS.contains(&inner);
        let points = |words: [&str; 3]| is_link && words.iter().any(|word| head.contains(word));
        if points(["inward", "eingehend", "nach innen"]) {
            return format!("inward issue link ({inner})");
        }
        if points(["outward", "ausgehend", "nach außen"]) {
            return format!("outward issue link ({inner})");
        }
    }
    plain(&name).to_owned()
}

fn plain(name: &str) -> &str {
    GERMAN.iter().find(|(german, _)| *german == name).map_or(name, |(_, english)| english)
}

/// Whether a column is read, by its name in English.
pub(super) fn is_read(name: &str) -> bool {
    const READ: [&str; 38] = [
        "summary",
        "issue key",
        "issue id",
        "issue type",
        "status",
        "status category",
        "priority",
        "resolution",
        "assignee",
        "created",
        "updated",
        "resolved",
        "due date",
        "start date",
        "custom field (start date)",
        "original estimate",
        "time spent",
        "remaining estimate",
        "parent",
        "parent id",
        "parent key",
        "epic link",
        "custom field (epic link)",
        "fix versions",
        "fix version/s",
        "labels",
        "component/s",
        "components",
        "sprint",
        "custom field (story points)",
        "custom field (story point estimate)",
        "story points",
        "project name",
        "parent summary",
        "project key",
        "project type",
        "assignee id",
        "custom field (epic name)",
    ];
    let is_link = BLOCKS.iter().any(|kind| name.ends_with(&format!("ward issue link ({kind})")));
    READ.contains(&name) || is_link
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn german_names_mean_what_english_ones_do() {
        for (german, name) in [
            ("Vorgangsschlüssel:", "issue key"),
            ("Zusammenfassung", "summary"),
            ("Benutzerdefinierte Felder (Start date)", "custom field (start date)"),
            ("Benutzerdefinierte Felder (Story Point-Schätzung)", "custom field (story point estimate)"),
            ("Lösungsversion(en)", "fix version/s"),
            ("Outward issue link (Blocks)", "outward issue link (blocks)"),
            ("Eingehende Vorgangsverknüpfung (Blocks)", "inward issue link (blocks)"),
            ("Vorgangsverknüpfung nach innen (Relates)", "vorgangsverknüpfung nach innen (relates)"),
        ] {
            assert_eq!(english(german), name);
        }
        // The values are names that are read, or the inner part of one.
        for (_, name) in GERMAN {
            assert!(is_read(name) || is_read(&format!("custom field ({name})")), "{name}");
        }
    }
}
