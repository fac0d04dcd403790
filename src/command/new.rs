//! `milepost new`: a small portfolio that builds cleanly, to be changed by hand.

use std::path::Path;
use std::process::ExitCode;

use include_dir::{Dir, include_dir};

use super::{CannotRun, print, shown};

static TEMPLATE: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/src/command/template");

/// Writes the template into a folder that does not exist yet, or is empty.
#[allow(clippy::disallowed_methods, reason = "this verb makes a folder that its user names")]
pub(super) fn run(folder: &Path) -> Result<ExitCode, CannotRun> {
    if folder.exists() {
        let is_empty = std::fs::read_dir(folder).is_ok_and(|mut entries| entries.next().is_none());
        if !is_empty {
            return Err(CannotRun::new(
                format!("`{}` is not empty", shown(folder)),
                "name a folder that does not exist yet",
            ));
        }
    }
    std::fs::create_dir_all(folder)
        .and_then(|()| TEMPLATE.extract(folder))
        .map_err(|fault| CannotRun::new(format!("cannot write `{}`: {fault}", shown(folder)), ""))?;
    print(&format!(
        "A portfolio with one project stands in `{0}`. Build its site:\n\n  milepost build {0}\n",
        shown(folder)
    ));
    Ok(ExitCode::SUCCESS)
}
