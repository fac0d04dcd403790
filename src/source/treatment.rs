//! What is done with a file, by its name.

/// What is done with a file.
pub(super) enum Treatment {
    /// It is read as a text.
    Decode,
    /// Its bytes are kept.
    Keep,
}

/// Names that are folders of texts in a portfolio or a project: a plain file of that name is taken, so that it can be told.
const FOLDERS_OF_TEXTS: [&str; 8] =
    ["projects", "calendars", "stages", "gates", "updates", "exceptions", "baselines", "snapshots"];

/// What is done with the file at a path; none where it is passed over.
pub(super) fn treatment_of(path: &str) -> Option<Treatment> {
    let parts: Vec<&str> = path.split('/').collect();
    let (name, folders) = parts.split_last()?;
    // A project may well be called `theme`: the folder right below `projects` is never one.
    let is_kept = folders.iter().enumerate().any(|(depth, name)| {
        matches!(*name, "theme" | "attachments") && (depth == 0 || folders[depth - 1] != "projects")
    });
    if is_kept {
        return Some(Treatment::Keep);
    }
    (FOLDERS_OF_TEXTS.contains(name) || has_ending_of_text(name)).then_some(Treatment::Decode)
}

/// Whether a file is looked for at a path, by its ending.
pub(super) fn is_named_as_text(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    has_ending_of_text(name) && matches!(treatment_of(path), Some(Treatment::Decode))
}

fn has_ending_of_text(name: &str) -> bool {
    let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
    matches!(ending.to_ascii_lowercase().as_str(), "yaml" | "yml" | "csv" | "md")
}
