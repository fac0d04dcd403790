//! `milepost new`: a small portfolio that builds cleanly, to be changed by hand.

use std::path::Path;
use std::process::ExitCode;

use include_dir::{Dir, include_dir};

use super::{CannotRun, print, quoted, shown};
use crate::output::{OutputError, write_folder};

static TEMPLATE: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/src/command/template");

/// Writes the template into a folder that does not exist yet, or is empty.
pub(super) fn run(folder: &Path) -> Result<ExitCode, CannotRun> {
    write_folder(folder, files(&TEMPLATE)).map_err(|fault| match fault {
        OutputError::Exists { path } => {
            let what = if path.is_dir() { "is not empty" } else { "is a file, not a folder" };
            CannotRun::new(format!("`{}` {what}", shown(folder)), "name a folder that does not exist yet")
        }
        fault => CannotRun::unwritten(&fault, "nothing was written"),
    })?;
    print(&format!(
        "A portfolio with one project stands in `{0}`. See its site, and keep it open:\n\n  milepost serve {1}\n\n\
         Next: open {0}/projects/first-project/plan.yaml, and change the dates in project.yaml and updates/.\n",
        shown(folder),
        quoted(&shown(folder))
    ));
    Ok(ExitCode::SUCCESS)
}

/// Every file of the template by its path.
fn files(folder: &'static Dir<'static>) -> Vec<(&'static str, &'static [u8])> {
    let mut files: Vec<_> =
        folder.files().filter_map(|file| Some((file.path().to_str()?, file.contents()))).collect();
    files.extend(folder.dirs().flat_map(self::files));
    files
}
