//! From a computed folder to a whole site, as `build` and `serve` make it.

use std::collections::BTreeMap;
use std::path::Path;

use super::{CannotRun, Computed, shown};
use crate::cli::Input;
use crate::output::{self, Bundle, Published, Sink};
use crate::paper::Sheet;
use crate::pipeline::{self, Memory, Options, SiteError};
use crate::report::{History, Report};

/// What keeps a site from being made, with the report whose findings are still to be told.
pub(super) type Failed = Box<(Report, CannotRun)>;

/// Looks back and draws every page, documents also on a sheet of paper where one is given, in another theme than the portfolio
/// names where one is given; the report comes back with
/// what was found of its past.
///
/// # Errors
/// No project in the folder, or a theme that is broken. Findings are still in the report, which is handed back with the fault.
pub(super) fn draw(
    computed: Computed,
    input: &Input,
    (theme, sheet): (Option<&'static str>, Option<Sheet>),
) -> Result<(Report, Bundle), Failed> {
    let (report, theme_files) = looked_back(computed, theme);
    let report = some_project(report, input)?;
    match pipeline::render_with_paper(&report, &theme_files, sheet) {
        Ok(bundle) => Ok((report, bundle)),
        Err(fault) => Err(left_as_it_was(report, fault)),
    }
}

/// The same straight into a folder, page by page.
///
/// # Errors
/// Those of [`draw`], and a folder that cannot be written.
pub(super) fn write(
    computed: Computed,
    input: &Input,
    (theme, sheet): (Option<&'static str>, Option<Sheet>),
    out: &Path,
) -> Result<(Report, Published), Failed> {
    let (report, theme_files) = looked_back(computed, theme);
    let report = some_project(report, input)?;
    let make = |site: &dyn Sink| pipeline::render_into(site, &report, &theme_files, sheet);
    match output::publish_as_made(out, make) {
        Ok(published) => Ok((report, published)),
        Err(fault) => Err(left_as_it_was(report, fault)),
    }
}

fn left_as_it_was(report: Report, fault: SiteError) -> Failed {
    Box::new((report, CannotRun::new(fault, "the published site is left as it was")))
}

/// The report, where it is about anything.
fn some_project(report: Report, input: &Input) -> Result<Report, Failed> {
    if report.projects.is_empty() && report.unreadable.is_empty() {
        let fault = CannotRun::new(
            format!("no project in `{}`", shown(&input.folder)),
            "name a folder that holds `project.yaml` and `plan.yaml`, or `projects/<name>/` folders that do; \
             `milepost new FOLDER` writes one",
        );
        return Err(Box::new((report, fault)));
    }
    Ok(report)
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
