//! `milepost gate bundle`: a project packed for the archive.

use std::path::Path;
use std::process::ExitCode;

use super::Named;
use crate::command::CannotRun;

pub(super) fn run(_named: &Named, _out: (&Path, bool), _theme: Option<&str>) -> Result<ExitCode, CannotRun> {
    Err(CannotRun::new("x", "y"))
}
