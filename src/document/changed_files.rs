//! The files of a project held against those on which a frozen document rests: which have changed, and which of their lines.
//!
//! Comes in: a computed portfolio and a frozen record. Goes out: paths and numbers of lines. Not here: what the document says.

use std::collections::{BTreeMap, BTreeSet};

use crate::document::digest;
use crate::model::FrozenGate;
use crate::report::{ProjectReport, Report};

/// The files that a project is computed from, by their path in it, with the first digits of their digests. What was frozen of
/// gates is not computed from.
#[must_use]
pub fn sources_of(report: &Report, project: &ProjectReport) -> BTreeMap<String, String> {
    files_of(report, project)
        .into_iter()
        .map(|(path, text)| (report.inside(project, path).to_owned(), digest::of_text(text)))
        .filter(|(path, _)| !path.starts_with("gates/frozen/"))
        .collect()
}

/// The files of a project and those that all projects share, in the order of their paths.
pub(super) fn files_of<'a>(report: &'a Report, project: &'a ProjectReport) -> BTreeMap<&'a str, &'a str> {
    let own = project.project.files.iter().map(String::as_str);
    let own = own.filter_map(|path| Some((path, report.sources.text_of(path)?)));
    own.chain(report.sources.shared().map(|(_, path, text)| (path, text))).collect()
}

/// The lines of each file of a project that people write, as [`digest::of_lines`] has them, by the path of the file in it. Old words can
/// be told from new ones by them, without keeping the words. What commands have frozen is held together by digests of its own. Files in
/// which prices of persons may stand are left out: whoever knows the rest of a short line finds the price by its digest.
#[must_use]
pub fn lines_of(report: &Report, project: &ProjectReport) -> BTreeMap<String, String> {
    let files = files_of(report, project).into_iter();
    let own = files.map(|(path, text)| (report.inside(project, path).to_owned(), digest::of_lines(text)));
    let is_frozen =
        |path: &str| ["gates/frozen/", "baselines/", "snapshots/"].iter().any(|one| path.starts_with(one));
    let has_prices = |path: &str| ["people.yaml", "resources.yaml"].iter().any(|one| path.ends_with(one));
    own.filter(|(path, _)| !is_frozen(path) && !has_prices(path)).collect()
}

/// Of the files that changed since a document was frozen the lines that no line of then says, counted from 1, by the path in the
/// portfolio. All lines of a file that came since; none of a file of which the record kept no lines, where nobody can tell.
pub(super) fn changed_lines<'a>(
    report: &'a Report,
    project: &'a ProjectReport,
    frozen: &FrozenGate,
    changed: &[String],
) -> BTreeMap<&'a str, BTreeSet<usize>> {
    let kept: BTreeMap<&str, &str> =
        frozen.lines.iter().map(|(path, lines)| (path.as_str(), lines.as_str())).collect();
    let was_there = |inside: &str| frozen.sources.iter().any(|(path, _)| path == inside);
    let mut found = BTreeMap::new();
    for (path, text) in files_of(report, project) {
        let inside = report.inside(project, path);
        if !changed.iter().any(|one| one == inside) || (was_there(inside) && !kept.contains_key(inside)) {
            continue;
        }
        let then: BTreeSet<&str> =
            kept.get(inside).into_iter().flat_map(|kept| kept.split_whitespace()).collect();
        let is_new = |line: &str| digest::of_line(line).is_some_and(|line| !then.contains(line.as_str()));
        let new = text.lines().enumerate().filter(|(_, line)| is_new(line));
        found.insert(path, new.map(|(place, _)| place + 1).collect());
    }
    found
}

/// Files that are not what they were when a document was frozen, that came since, or that are gone.
pub(super) fn since_frozen(report: &Report, project: &ProjectReport, frozen: &FrozenGate) -> Vec<String> {
    let now = sources_of(report, project);
    let then: BTreeMap<&str, &str> =
        frozen.sources.iter().map(|(path, digest)| (path.as_str(), digest.as_str())).collect();
    let paths: BTreeSet<&str> = then.keys().copied().chain(now.keys().map(String::as_str)).collect();
    let is_same = |path: &&str| then.get(path).copied() == now.get(*path).map(String::as_str);
    paths.into_iter().filter(|path| !is_same(path)).map(str::to_owned).collect()
}
