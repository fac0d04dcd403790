//! From a computed folder to a whole site, as `build` and `serve` make it.

use std::collections::BTreeMap;

use super::{CannotRun, Computed, shown};
use crate::cli::Input;
use crate::output::Bundle;
use crate::paper::Sheet;
use crate::pipeline::{self, Memory, Options};
use crate::report::{History, Report};

/// Looks back and draws every page, documents also on a sheet of paper where one is given, in another theme than the portfolio names where one is given; the report comes back with what was found of its past.
///
/// # Errors
/// No project in the folder, or a theme that is broken. Findings are still in `report`, which is handed back with the fault.
pub(super) fn draw(
    computed: Computed,
    input: &Input,
    (theme, sheet): (Option<&'static str>, Option<Sheet>),
) -> Result<(Report, Bundle), Box<(Report, CannotRun)>> {
    let (report, theme_files) = looked_back(computed, theme);
    if report.projects.is_empty() && report.unreadable.is_empty() {
        let fault = CannotRun::new(
            format!("no project in `{}`", shown(&input.folder)),
            "name a folder that holds `project.yaml` and `plan.yaml`, or `projects/<name>/` folders that do; \
             `milepost new FOLDER` writes one",
        );
        return Err(Box::new((report, fault)));
    }
    match pipeline::render_with_paper(&report, &theme_files, sheet) {
        Ok(bundle) => Ok((report, bundle)),
        Err(fault) => {
            let fault = CannotRun::new(fault, "the published site is left as it was");
            Err(Box::new((report, fault)))
        }
    }
}

/// The report with what the repository of the folder tells of its past, in another theme than the portfolio names where one is
/// given; beside it the portfolio's own files of the theme.
pub(super) fn looked_back(
    computed: Computed,
    theme: Option<&'static str>,
) -> (Report, BTreeMap<String, Vec<u8>>) {
    let Computed { folder, mut report, past, options } = computed;
    let options = Options { audience: Some(report.audience), ..options };
    report.theme = theme.or(report.theme);
    report.history = match &past {
        Ok(past) => pipeline::remember(&report, &Memory::new(past, &folder, &options)),
        Err(why) => History::None(*why),
    };
    (report, pipeline::theme_files(&folder))
}
