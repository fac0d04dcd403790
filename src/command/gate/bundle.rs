//! `milepost gate bundle`: a project packed for the archive.
//!
//! What lies in the archive is put together in [`contents`]: pages, sources, manifest, checksums. A further form of the
//! documents, such as PDF, is one more step there, and listed in the manifest by [`documents`].

use std::fmt::Write as _;
use std::path::Path;
use std::process::ExitCode;

use super::Named;
use crate::cli::{Input, Readers, WhatIf};
use crate::command::why::unread;
use crate::command::{CannotRun, Computed, print, read_for, say_findings, shown, site, theme};
use crate::diagnostic::spelling::count;
use crate::document::decided::is_whole;
use crate::document::digest::digits;
use crate::format;
use crate::model::GateRecord;
use crate::output::{Bundle, BundleError, OutputError, archive, write_once, write_whole};
use crate::paper::Sheet;
use crate::quantity::{Audience, GateId};
use crate::report::{ProjectReport, Report, is_shared};
use crate::source::disk::Folder;

/// The list of all files with their digests.
const SUMS: &str = "SHA256SUMS";

/// What lies where, and how it is verified.
const MANIFEST: &str = "MANIFEST.txt";

/// Where the files lie that everything was made from, in the archive of those who may read them.
const SOURCES: &str = "sources/";

/// Draws the pages of the project alone, packs them with everything else, and writes the archive whole.
pub(super) fn run(
    named: &Named,
    (out, force): (&Path, bool),
    (theme, readers): (Option<&str>, &Readers),
) -> Result<ExitCode, CannotRun> {
    let theme = theme::chosen(theme)?;
    if !force && out.symlink_metadata().is_ok() {
        return Err(exists(out));
    }
    let what_if = WhatIf { set: Vec::new(), without: Vec::new() };
    let (folder, as_of) = (named.input.folder.clone(), named.input.status_date.clone());
    let input = Input { folder, as_of, as_of_project: named.input.project.clone(), level: false, what_if };
    let mut computed = read_for(&input, readers)?;
    let chosen = named.project(&computed.report)?.project.folder.clone();
    // Every answer in the archive rests on the files: where they hold errors, nothing is packed.
    let errors = unread(&computed.report, Some(&chosen));
    let n_errors = errors.iter().count();
    if n_errors > 0 {
        say_findings(&errors, &computed.report);
        return Err(CannotRun::new(
            format!("the files hold {}; nothing is packed", count(n_errors, "error")),
            "mend them first; `milepost check` tells them all",
        ));
    }
    computed.report = computed.report.of_one(&chosen);
    let sources = computed.folder.clone();
    let (report, pages) = draw(computed, &input, theme)?;
    let project = report.project(&chosen).ok_or_else(|| CannotRun::new("the project is gone", ""))?;
    if !project.project.gates.contains_key(&named.gate) {
        return Err(CannotRun::new(
            format!("`{}` has no page for `{}`", project.project.name, named.gate),
            "name a gate that has one; `gates/` holds them",
        ));
    }
    let files = contents(&report, project, named, (&pages, &sources))?;
    let day = project.status_date;
    let year_month_day = (
        u16::try_from(day.year()).unwrap_or_default(),
        u8::try_from(day.month()).unwrap_or_default(),
        u8::try_from(day.day()).unwrap_or_default(),
    );
    let bytes =
        archive(&files, year_month_day).map_err(|fault| CannotRun::new(fault, "nothing was written"))?;
    let written = if force { write_whole(out, &bytes) } else { write_once(out, &bytes) };
    written.map_err(|fault| match fault {
        OutputError::Exists { .. } => exists(out),
        fault => CannotRun::unwritten(&fault, "nothing was written"),
    })?;
    print(&format!(
        "{} of {} for {}, {} KB: {}\nSHA-256 of {SUMS}: {}",
        count(files.len(), "file"),
        project.project.name,
        named.gate,
        bytes.len().div_ceil(1_000),
        shown(out),
        digits(files.get(SUMS).unwrap_or_default())
    ));
    Ok(ExitCode::SUCCESS)
}

fn exists(out: &Path) -> CannotRun {
    CannotRun::new(
        format!("`{}` is there already and is not overwritten", shown(out)),
        "name another file with `--out`, or replace it with `--force`",
    )
}

fn draw(
    computed: Computed,
    input: &Input,
    theme: Option<&'static str>,
) -> Result<(Report, Bundle), CannotRun> {
    let paper = crate::paper::IS_BUILT_IN.then(Sheet::default);
    site::draw(computed, input, (theme, paper)).map_err(|failed| {
        let (_, fault) = *failed;
        fault
    })
}

/// Everything that lies in the archive, by its path.
fn contents(
    report: &Report,
    project: &ProjectReport,
    named: &Named,
    (pages, sources): (&Bundle, &Folder),
) -> Result<Bundle, CannotRun> {
    let mut files = Bundle::new();
    for (path, bytes) in pages.iter() {
        add(&mut files, format!("site/{path}"), bytes.to_vec())?;
    }
    let home = report.home(project);
    // The files themselves are for those alone who may read the folder.
    let may_read = report.audience == Audience::Restricted;
    let is_own =
        |path: &str| may_read && (path.starts_with(home) || is_shared(path) || path.starts_with("theme/"));
    // What was read is what everything was made from, also where somebody has saved a file since.
    for file in sources.files().iter().filter(|file| is_own(&file.path)) {
        if let Some(bytes) = file.as_read() {
            add(&mut files, format!("{SOURCES}{}", file.path), bytes)?;
        }
    }
    let manifest = manifest(report, project, named.gate, &files);
    add(&mut files, MANIFEST.to_owned(), manifest.into_bytes())?;
    let mut sums = String::new();
    for (path, bytes) in files.iter() {
        let _ = writeln!(sums, "{}  {path}", digits(bytes));
    }
    add(&mut files, SUMS.to_owned(), sums.into_bytes())?;
    Ok(files)
}

fn add(files: &mut Bundle, path: String, bytes: Vec<u8>) -> Result<(), CannotRun> {
    files.add(path, bytes).map_err(|fault: BundleError| CannotRun::new(fault, "nothing was written"))
}

/// What lies where, for whoever opens the archive years later.
fn manifest(report: &Report, project: &ProjectReport, gate: GateId, files: &Bundle) -> String {
    let folder = &project.project.folder;
    let code = project.project.code.as_ref().map_or_else(String::new, |code| format!(" ({code})"));
    let revision = report.revision.as_deref().unwrap_or("not under version control");
    let mut text = format!(
        "Archive of {}{code} for {gate} {}\n\n\
         Status date      {}\n\
         Source revision  {revision}\n\
         Made with        milepost {}\n\
         Classification   {}\n\
         Files            {}, besides this one and {SUMS}\n\n",
        project.project.name,
        format::gate(gate),
        project.status_date,
        env!("CARGO_PKG_VERSION"),
        project.project.classification.as_deref().unwrap_or("not set"),
        files.len(),
    );
    text += "Gate documents\n\n";
    for record in project.project.gates.values() {
        text += &documents(project, record, files);
    }
    let data: Vec<&str> = files
        .iter()
        .map(|(path, _)| path)
        .filter(|path| {
            path.starts_with(&format!("site/{folder}/"))
                && Path::new(path).extension().is_some_and(|ending| ending == "json")
        })
        .collect();
    let data = data.first().copied().unwrap_or("site/");
    let _ = write!(
        text,
        "What lies where\n\n  \
         site/index.html        the pages as they were on the status date; open it in a browser, no server is needed\n  \
         site/{folder}/gates/   the gate documents, to be read or printed\n  \
         {data}   figures and tables as data, each table also as CSV in its folder\n"
    );
    let holds_sources = files.iter().any(|(path, _)| path.starts_with(SOURCES));
    if holds_sources {
        let _ = write!(
            text,
            "  sources/               the files that everything was made from, byte by byte; nothing in them is masked\n  \
             sources/{}gates/frozen/   the gate documents as they were signed, word by word\n",
            report.home(project)
        );
    }
    let _ = write!(
        text,
        "\nHow to verify\n\n  \
         sha256sum -c {SUMS}          tells whether every file is what was packed\n"
    );
    if holds_sources {
        text += "  milepost check sources             holds the frozen documents against the files, and tells of every edit\n  \
                 milepost build sources --out again";
        // Where documents lie beside their pages on paper, too, they are made again as well.
        let is_pdf =
            |(path, _): (&str, &[u8])| Path::new(path).extension().is_some_and(|ending| ending == "pdf");
        text += if files.iter().any(is_pdf) {
            " --pdf makes pages and PDFs again"
        } else {
            " makes the pages again"
        };
        text += ", beside those in site\n";
    }
    text
}

/// The same document as PDF, where this program can print.
fn on_paper(page: &str) -> String {
    format!("{}.pdf", page.trim_end_matches(".html"))
}

/// A gate with each of its decisions: where its document lies, whether it was frozen, under which digest.
fn documents(project: &ProjectReport, record: &GateRecord, files: &Bundle) -> String {
    let gate = record.gate;
    let folder = &project.project.folder;
    let mut text = format!("  {gate} {}\n", format::gate(gate));
    let taken = record.decided.filter(|day| record.decision.is_some() && *day <= project.status_date);
    let newest = taken
        .zip(record.decision)
        .map(|(day, decision)| (day, decision, format!("site/{folder}/gates/{gate}.html")));
    let earlier =
        record.earlier.iter().rev().filter(|earlier| earlier.decided <= project.status_date).map(|earlier| {
            let own = crate::model::name_of_decision(gate, earlier.decided);
            (earlier.decided, earlier.decision, format!("site/{folder}/gates/{own}.html"))
        });
    if newest.is_none() {
        let page = format!("site/{folder}/gates/{gate}.html");
        let _ = writeln!(text, "    draft, no decision yet: {page}");
        if files.get(&on_paper(&page)).is_some() {
            let _ = writeln!(text, "      {}", on_paper(&page));
        }
    }
    for (place, (day, decision, page)) in newest.into_iter().chain(earlier).enumerate() {
        let standing = if place > 0 || taken.is_none() { ", superseded" } else { "" };
        let frozen = project.project.frozen_gate(gate, day);
        let state = match frozen {
            Some(frozen) if is_whole(frozen) => {
                format!("frozen on {}, digest {}", frozen.frozen, frozen.document)
            }
            Some(_) => "frozen and edited since: not to be relied on".to_owned(),
            None => "not frozen".to_owned(),
        };
        let _ = writeln!(text, "    {} on {day}{standing}, {state}", decision.key());
        for form in [&page, &on_paper(&page)] {
            if files.get(form).is_some() {
                let _ = writeln!(text, "      {form}");
            }
        }
        if let Some(frozen) = frozen.map(|frozen| format!("{SOURCES}{}", frozen.file))
            && files.get(&frozen).is_some()
        {
            let _ = writeln!(text, "      {frozen}");
        }
    }
    text.push('\n');
    text
}
