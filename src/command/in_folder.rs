//! Commands in findings, as they are run from where the program was run.

use std::path::Path;

use super::quoted;
use crate::diagnostic::Diagnostics;

/// The findings with the folder behind each command that takes it, so that it can be pasted into the shell; as they are for the
/// folder in which the program runs.
pub(super) fn in_folder(found: &Diagnostics, folder: &Path) -> Diagnostics {
    let mut found = found.clone();
    if folder == Path::new(".") || folder.as_os_str().is_empty() {
        return found;
    }
    for hint in found.iter_mut().flat_map(|finding| &mut finding.hints) {
        if hint.contains("`milepost ") {
            *hint = with_folder(hint, &folder.to_string_lossy());
        }
    }
    found
}

/// Words in which `milepost gate freeze G1` and `milepost baseline freeze B1` name the folder, too.
fn with_folder(hint: &str, folder: &str) -> String {
    let parts = hint.split('`').enumerate().map(|(place, part)| {
        let is_quoted = place % 2 == 1;
        // What is frozen may stand in quotes, with spaces.
        let words: Vec<&str> = part.splitn(4, ' ').collect();
        let is_one = |what: &str| !what.contains(' ') || what.starts_with(['\'', '"']);
        match words.as_slice() {
            ["milepost", "gate" | "baseline", "freeze", what] if is_quoted && is_one(what) => {
                format!("{part} {}", quoted(folder))
            }
            _ => part.to_owned(),
        }
    });
    parts.collect::<Vec<_>>().join("`")
}

#[cfg(test)]
mod tests {
    use super::with_folder;

    #[test]
    fn a_command_names_the_folder_that_was_read() {
        let hint = "freeze `G1` with `milepost gate freeze net/G1`, see `milepost gate freeze`";
        let expected =
            "freeze `G1` with `milepost gate freeze net/G1 'my plans'`, see `milepost gate freeze`";
        assert_eq!(with_folder(hint, "my plans"), expected);
        let hint = "freeze it with `milepost gate freeze 'net work/G1'`";
        assert_eq!(with_folder(hint, "pm"), "freeze it with `milepost gate freeze 'net work/G1' pm`");
    }
}
