//! A row of past states, computed one after another: how finish and cost came to be what they are.
//!
//! Comes in: the past of a folder and commits of it. Goes out: for each commit, each project's finish and estimate. A
//! project is computed again only where its own files or those that all projects share differ; projects of a levelled
//! portfolio, which wait for each other, all together.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use rayon::prelude::*;

use crate::diagnostic::Diagnostics;
use crate::history::{ObjectName, Past, Stop};
use crate::pipeline::{Care, Options, compute_at};
use crate::quantity::Amount;
use crate::record::what_if::Changes;
use crate::record::{home_of, homes_among};
use crate::report::Report;
use crate::source::disk::Folder;

/// What was computed of a project at a commit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Replayed {
    /// Its folder.
    pub folder: String,
    /// Its newest report then.
    pub status_date: Date,
    /// The forecast of its last day.
    pub finish: Date,
    /// The estimate at completion; none where work is done and no cost is recorded.
    pub estimate: Option<Amount>,
}

/// What a computation depends on: paths with their contents.
type Inputs = Vec<(String, ObjectName)>;

/// How many folders are held in memory at once.
const AT_ONCE: usize = 64;

/// Computes the projects as they were at some commits; one list for each commit, in their order. A project that could not be
/// read then is absent. With `together`, projects are computed beside each other, because levelled ones share people.
#[must_use]
pub fn replay(past: &Past, stops: &[Stop], options: &Options, together: bool) -> Vec<Vec<Replayed>> {
    let parts: Vec<Vec<Inputs>> = stops.iter().map(|stop| parts(&past.contents(stop), together)).collect();
    let mut known: BTreeMap<&Inputs, Vec<Replayed>> = BTreeMap::new();
    let mut asked: Vec<(&Stop, &Inputs)> = Vec::new();
    let mut seen = BTreeSet::new();
    for (stop, inputs) in
        stops.iter().zip(&parts).flat_map(|(stop, parts)| parts.iter().map(move |one| (stop, one)))
    {
        if seen.insert(inputs) {
            asked.push((stop, inputs));
        }
    }
    for some in asked.chunks(AT_ONCE) {
        let folders: Vec<Folder> = some
            .iter()
            .map(|(stop, inputs)| {
                past.part(stop, |path| inputs.binary_search_by(|(known, _)| known.as_str().cmp(path)).is_ok())
            })
            .collect();
        let computed: Vec<Vec<Replayed>> =
            folders.par_iter().map(|folder| replayed(folder, options)).collect();
        known.extend(some.iter().map(|(_, inputs)| *inputs).zip(computed));
    }
    parts
        .iter()
        .map(|parts| parts.iter().filter_map(|inputs| known.get(inputs)).flatten().cloned().collect())
        .collect()
}

/// The files of each project with those that all share.
fn parts(contents: &Inputs, together: bool) -> Vec<Inputs> {
    let homes = homes_among(contents.iter().map(|(path, _)| path.as_str()));
    if together || homes.len() < 2 {
        return vec![contents.clone()];
    }
    let part = |home: &String| {
        let own = contents.iter().filter(|(path, _)| home_of(&homes, path).is_none_or(|of| of == home));
        own.cloned().collect()
    };
    homes.iter().map(part).collect()
}

fn replayed(folder: &Folder, options: &Options) -> Vec<Replayed> {
    let care = (&Changes::default(), Care::Figures);
    let report: Report = compute_at(folder, Diagnostics::default(), options, care);
    let projects = report.projects.iter().map(|one| Replayed {
        folder: one.project.folder.clone(),
        status_date: one.status_date,
        finish: one.forecast.finish_day(),
        estimate: one.control.estimate(),
    });
    projects.collect()
}
