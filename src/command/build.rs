//! `milepost build`: the site, whole or not at all.

use std::path::Path;
use std::process::ExitCode;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::paper::{refuse_without, sheet_of};
use super::{CannotRun, Reading, conclude, print, read_for, say, shown, site, theme};
use crate::cli::{FindingForm, Findings, Input, PaperSize, Readers};
use crate::diagnostic::spelling::count;

/// How many files of others are named that a site keeps.
const KEPT_NAMED: usize = 8;

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
    bar.set_message("drawing and writing pages");
    let (report, published) = match site::write(computed, input, (theme, paper.map(sheet_of)), out) {
        Ok(written) => written,
        Err(failed) => {
            let (report, fault) = *failed;
            bar.finish_and_clear();
            let _ = conclude(&report, input, findings, Reading::Short);
            return Err(fault);
        }
    };
    bar.finish_and_clear();

    let code = conclude(&report, input, findings, Reading::Short);
    let line = format!(
        "{} pages and files, {} KB, in {}; open {}",
        published.files,
        published.bytes.div_ceil(1_000),
        shown(out),
        shown(&out.join("index.html"))
    );
    match findings.format {
        FindingForm::Text => print(&line),
        // What a program reads on standard output is the findings alone.
        _ => say(&line),
    }
    if !published.kept.is_empty() {
        let named: Vec<String> =
            published.kept.iter().take(KEPT_NAMED).map(|path| format!("`{path}`")).collect();
        let more = if published.kept.len() > KEPT_NAMED { ", …" } else { "" };
        say(&format!(
            "  note: {} in {} that milepost did not make {} kept: {}{more}",
            count(published.kept.len(), "file"),
            shown(out),
            if published.kept.len() == 1 { "is" } else { "are" },
            named.join(", ")
        ));
    }
    Ok(code)
}

/// A bar on a terminal; nothing where output goes to a file or a CI log.
fn progress_bar() -> ProgressBar {
    let bar = ProgressBar::with_draw_target(Some(2), ProgressDrawTarget::stderr());
    if let Ok(style) = ProgressStyle::with_template("{bar:24} {msg}") {
        bar.set_style(style);
    }
    bar
}
