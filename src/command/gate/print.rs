//! `milepost gate print`: one gate document as PDF.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use super::{holder, parsed};
use crate::cli::{InputOfOne, PaperSize, Readers};
use crate::command::paper::{refuse_without, sheet_of};
use crate::command::site::{self, LookedBack};
use crate::command::{CannotRun, print, read_for, shown};
use crate::diagnostic::spelling::one_of;
use crate::output::write_whole;
use crate::pipeline;
use crate::quantity::GateId;

/// Reads, computes, prints, and puts the file in place whole.
pub(super) fn run(
    document: &str,
    (input, readers): (&InputOfOne, &Readers),
    out: Option<&Path>,
    size: PaperSize,
) -> Result<ExitCode, CannotRun> {
    refuse_without()?;
    let (name, gate) = parsed(document)?;
    let LookedBack { report, theme_files, .. } = site::looked_back(read_for(&input.of(name), readers)?, None);
    let project = holder(&report, (name, &input.folder))?;
    let folder = project.project.folder.clone();
    let printed = pipeline::print_gate(&report, &theme_files, (&folder, gate), sheet_of(size))
        .map_err(|fault| CannotRun::new(fault, "nothing was written"))?;
    let Some(pdf) = printed else {
        let gates: Vec<String> =
            crate::page::gates::gates_of(project).into_iter().map(|gate| gate.to_string()).collect();
        let hint = if gates.is_empty() { how_to_plan(gate) } else { format!("name {}", one_of(&gates)) };
        return Err(CannotRun::new(format!("the plan of `{folder}` has no gate {gate}"), hint));
    };
    let path = out.map_or_else(|| PathBuf::from(format!("{folder}-{gate}.pdf")), Path::to_path_buf);
    write_whole(&path, &pdf).map_err(|fault| CannotRun::unwritten(&fault, "nothing was written"))?;
    print(&format!("Printed {gate} of `{folder}`: {} KB, in {}.", pdf.len().div_ceil(1_000), shown(&path)));
    Ok(ExitCode::SUCCESS)
}

/// What to do where a project has no gate at all.
fn how_to_plan(gate: GateId) -> String {
    format!("put a line such as `{gate}: {{gate: Ready}}` into its plan, or write `gates/{gate}.md`")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_line_that_is_offered_is_one_that_the_plan_reads() {
        assert!(how_to_plan(GateId::ALL[1]).contains("`G2: {gate: Ready}`"));
    }
}
