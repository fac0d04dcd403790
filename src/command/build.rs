//! `milepost build`: the site, whole or not at all.

use std::path::Path;
use std::process::ExitCode;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::paper::{refuse_without, sheet_of};
use super::{CannotRun, conclude, print, read_for, say, shown, site, theme};
use crate::cli::{Findings, Form, Input, PaperSize, Readers};
use crate::output;

/// Reads, computes, renders, publishes; the findings come before the last line.
pub(super) fn run(
    (input, readers): (&Input, &Readers),
    out: &Path,
    (theme, paper): (Option<&str>, Option<PaperSize>),
    findings: &Findings,
) -> Result<ExitCode, CannotRun> {
    let theme = theme::chosen(theme)?;
    if paper.is_some() {
        refuse_without()?;
    }
    let bar = progress_bar();
    bar.set_message("reading and computing");
    let computed = read_for(input, readers)?;
    bar.set_position(1);
    bar.set_message("drawing pages");
    let (report, bundle) = match site::draw(computed, input, (theme, paper.map(sheet_of))) {
        Ok(drawn) => drawn,
        Err(failed) => {
            let (report, fault) = *failed;
            bar.finish_and_clear();
            let _ = conclude(&report, findings);
            return Err(fault);
        }
    };
    bar.set_position(2);
    bar.set_message("writing");
    let published = output::publish(&bundle, out)
        .map_err(|fault| CannotRun::new(fault, "the published site is left as it was"))?;
    bar.finish_and_clear();

    let code = conclude(&report, findings);
    let line = format!(
        "{} pages and files, {} KB, in {}; open {}",
        published.files,
        published.bytes.div_ceil(1_000),
        shown(out),
        shown(&out.join("index.html"))
    );
    match findings.format {
        Form::Text => print(&line),
        Form::Json => say(&line),
    }
    Ok(code)
}

/// A bar on a terminal; nothing where output goes to a file or a CI log.
fn progress_bar() -> ProgressBar {
    let bar = ProgressBar::with_draw_target(Some(3), ProgressDrawTarget::stderr());
    if let Ok(style) = ProgressStyle::with_template("{bar:24} {msg}") {
        bar.set_style(style);
    }
    bar
}
