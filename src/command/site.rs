//! From a computed folder to a whole site, as `build` and `serve` make it.

use std::collections::BTreeMap;
use std::path::Path;

use super::{CannotRun, Computed, shown};
use crate::cli::Input;
use crate::diagnostic::Diagnostics;
use crate::history::{NoHistory, Past};
use crate::output::{self, Bundle, Published, Sink, SinkError};
use crate::paper::{PaperError, Sheet};
use crate::pipeline::{self, LiveSite, Memory, Options, SiteError};
use crate::quantity::Audience;
use crate::report::{History, Report, Sources};
use crate::source::broken_theme;
use crate::theme::{PLAIN, Theme};

/// What keeps a site from being made, with the report whose findings are still to be told.
pub(super) type Failed = Box<(Report, CannotRun)>;

/// Looks back and draws every page, documents also on a sheet of paper where one is given, in another theme than the portfolio
/// names where one is given; the report comes back with what was found of its past.
///
/// # Errors
/// Those of [`live`], and a document that cannot be printed.
pub(super) fn draw(
    computed: Computed,
    input: &Input,
    (theme, sheet): (Option<&'static str>, Option<Sheet>),
) -> Result<(Report, Bundle), Failed> {
    let LookedBack { report, theme_files, .. } = looked_back(computed, theme);
    let report = some_project(report, input)?;
    match pipeline::render_with_paper(&report, &theme_files, sheet) {
        Ok(bundle) => Ok((report, bundle)),
        Err(fault) => Err(failed(report, fault, "nothing is written")),
    }
}

/// What was found in the files of a site that is drawn.
pub(super) struct Found {
    pub findings: Diagnostics,
    pub sources: Sources,
    pub audience: Audience,
}

/// Looks back and draws up a site of which each file is made when somebody asks for it, in another theme than the portfolio names where
/// one is given; the past that was looked at comes back, too.
///
/// # Errors
/// No project in the folder, or a theme that is broken. Findings are still in the report, which is handed back with the fault.
pub(super) fn live(
    computed: Computed,
    input: &Input,
    theme: Option<&'static str>,
) -> (Result<Past, NoHistory>, Result<(Found, LiveSite), Failed>) {
    let LookedBack { report, theme_files, past } = looked_back(computed, theme);
    let drawn = some_project(report, input).and_then(|report| {
        let (findings, sources) = (report.findings.clone(), report.sources.clone());
        let found = Found { findings, sources, audience: report.audience };
        let shown = report.clone();
        pipeline::live(shown, &theme_files)
            .map(|site| (found, site))
            .map_err(|fault| failed(report, fault, "mend the file and save it"))
    });
    (past, drawn)
}

/// Looks back and writes every page straight into a folder, documents also on a sheet of paper where one is given; the report comes
/// back with what was found of its past.
///
/// # Errors
/// Those of [`live`], and a folder that cannot be written.
pub(super) fn write(
    computed: Computed,
    input: &Input,
    (theme, sheet): (Option<&'static str>, Option<Sheet>),
    out: &Path,
) -> Result<(Report, Published), Failed> {
    let LookedBack { report, theme_files, .. } = looked_back(computed, theme);
    let report = some_project(report, input)?;
    let make = |site: &dyn Sink| pipeline::render_into(site, &report, &theme_files, sheet);
    match output::publish_as_made(out, make) {
        Ok(published) => Ok((report, published)),
        Err(fault) => {
            let left =
                if out.exists() { "the published site is left as it was" } else { "nothing is written" };
            Err(failed(report, fault, left))
        }
    }
}

/// Draws every page in the portfolio's own theme and keeps none: whether templates can be shown turns out where they are.
///
/// # Errors
/// A theme that is broken.
pub(super) fn try_theme(
    computed: Computed,
    files: &BTreeMap<String, Vec<u8>>,
) -> (Report, Result<(), CannotRun>) {
    struct Nowhere;
    impl Sink for Nowhere {
        fn add(&self, _: &str, _: &[u8]) -> Result<(), SinkError> {
            Ok(())
        }
    }
    let mut found = computed.report.clone();
    let advice = "mend it; without that no site is built";
    // Only a template can fail where it is drawn.
    let is_template = |path: &String| Path::new(path).extension().is_some_and(|ending| ending == "html");
    if !files.keys().any(is_template) {
        let theme = Theme::on(found.theme.unwrap_or(PLAIN), files);
        let told = theme.map(drop).map_err(|fault| {
            let fault = SiteError::from(fault);
            tell_in(&mut found, &fault);
            CannotRun::new(fault, advice)
        });
        return (found, told);
    }
    let (report, _) = remembered(computed, None);
    let drawn = pipeline::render_into(&Nowhere, &report, files, None);
    let told = drawn.map_err(|fault| {
        tell_in(&mut found, &fault);
        CannotRun::new(fault, advice)
    });
    (found, told)
}

/// Puts a fault of the theme among the findings: a form that another program reads tells it as well, and no list is called empty.
fn tell_in(report: &mut Report, fault: &SiteError) {
    if matches!(fault, SiteError::Output(_) | SiteError::Paper(_, PaperError::NotBuiltIn)) {
        return;
    }
    let find = |path: &str| {
        let mut below = report.sources.below(path);
        below.next().filter(|(_, known, _)| *known == path).map(|(file, ..)| file)
    };
    let finding = broken_theme::finding(&fault.to_string(), find);
    report.findings.push(finding);
    report.findings.sort();
}

/// What keeps a site from being made, with the report and what became of the site that there was.
fn failed(mut report: Report, fault: SiteError, left: &str) -> Failed {
    tell_in(&mut report, &fault);
    let cannot = match fault {
        SiteError::Output(fault) => CannotRun::unwritten(&fault, left),
        fault => CannotRun::new(fault, left),
    };
    Box::new((report, cannot))
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

/// A report with its past.
pub(super) struct LookedBack {
    pub report: Report,
    /// The portfolio's own files of the theme.
    pub theme_files: BTreeMap<String, Vec<u8>>,
    /// The past that was looked at; why there is none, where there is not.
    pub past: Result<Past, NoHistory>,
}

/// The report with what the repository of the folder tells of its past, in another theme than the portfolio names where one is
/// given.
pub(super) fn looked_back(computed: Computed, theme: Option<&'static str>) -> LookedBack {
    let theme_files = pipeline::theme_files(&computed.folder);
    let (report, past) = remembered(computed, theme);
    LookedBack { report, theme_files, past }
}

/// The same without the files of the portfolio's own theme.
fn remembered(computed: Computed, theme: Option<&'static str>) -> (Report, Result<Past, NoHistory>) {
    let Computed { folder, mut report, past, options } = computed;
    let options = Options { audience: Some(report.audience), ..options };
    report.theme = theme.or(report.theme);
    report.history = match &past {
        Ok(past) => pipeline::remember(&report, &Memory::new(past, &folder, &options).by_project()),
        Err(why) => History::None(*why),
    };
    (report, past)
}
