//! Where what differs between a frozen document and today's files was typed.
//!
//! Comes in: a difference in words. Goes out: the lines that it rests on. Not here: comparing.

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::{Places as _, Span};
use crate::document::differs::Differs;
use crate::document::edits::is_planned_from;
use crate::document::wording::text_of_html;
use crate::page::SiteMap;
use crate::page::explain::Figure;
use crate::report::{GateDifference, ProjectReport, Report, TypedPlace};

/// The file that a baseline is frozen from.
pub(super) const PLAN: &str = "plan.yaml";

/// Where what differs was typed.
pub(super) struct Origins<'a> {
    pub(super) report: &'a Report,
    /// The project as its document shows it.
    pub(super) shown: &'a ProjectReport,
    pub(super) map: &'a SiteMap,
    /// Files by the link to the page that shows them.
    pub(super) files: BTreeMap<String, String>,
    /// Lines that were written since, counted from 1, by the path of their file in the portfolio.
    pub(super) changed: BTreeMap<&'a str, BTreeSet<usize>>,
    /// Those of them that were written even after the documents of a later gate were frozen; none where no later gate was passed.
    pub(super) after_later: Option<BTreeMap<&'a str, BTreeSet<usize>>>,
    /// Files that were edited without authority since, by their path in the portfolio.
    pub(super) edited: &'a BTreeSet<String>,
    /// Whether one was after the documents of that later gate were frozen.
    pub(super) is_edited_after_later: bool,
    /// Whether a new baseline has taken the place of that on which was decided, and somebody has allowed it.
    pub(super) is_replanned: bool,
    /// Whether such a file has lost lines that nothing took the place of: what they said is traced to no line.
    pub(super) are_lines_lost: bool,
}

/// Whether nobody is to be asked for a difference.
#[derive(Clone, Copy, PartialEq, Eq)]
enum TakenUp {
    No,
    /// It may come of a new plan that was allowed, as long as another difference is known to come of an edit.
    Likely,
    Yes,
}

impl Origins<'_> {
    /// Traces differences to lines. What may come of a new plan is one to ask for only where no other difference comes of what was edited.
    pub(super) fn traced(&self, all: Vec<Differs>) -> Vec<GateDifference> {
        let (taken_up, mut traced): (Vec<TakenUp>, Vec<GateDifference>) =
            all.into_iter().map(|one| self.traced_one(one)).unzip();
        let is_asked_for = taken_up.contains(&TakenUp::No) || self.edited.is_empty();
        for (taken_up, one) in taken_up.iter().zip(&mut traced) {
            one.is_taken_up = *taken_up == TakenUp::Yes || (*taken_up == TakenUp::Likely && is_asked_for);
        }
        traced
    }

    fn traced_one(&self, one: Differs) -> (TakenUp, GateDifference) {
        let link = one.explained.as_deref().and_then(|href| href.split_once('#'));
        let key = link.map(|(_, anchor)| anchor).filter(|anchor| self.figure(anchor).is_some());
        let mut typed: BTreeSet<TypedPlace> = match (link, key) {
            (_, Some(key)) => self.beneath(key),
            (Some((page, anchor)), None) => self.line_of(page, anchor).into_iter().collect(),
            _ => BTreeSet::new(),
        };
        if typed.is_empty() {
            typed.extend(one.now.as_deref().and_then(|words| self.line_with(words)));
        }
        let difference = GateDifference {
            is_taken_up: false,
            key: key.map(str::to_owned),
            typed: typed.iter().take(GateDifference::PLACES).cloned().collect(),
            place: one.place,
            then: one.then,
            now: one.now,
        };
        (self.is_taken_up(&typed, difference.key.as_deref()), difference)
    }

    /// Whether nobody is to be asked for it: the board of a later gate had these lines before it, or one of them at least, for a sum rests on
    /// what it knew and on what came since; a new baseline was allowed and it rests on the plan; or no file was edited that it may come
    /// from. What cannot be traced to an edited line, as what was deleted, may come from any file that was edited since the newest board
    /// met and has lost lines. What is edited after a new baseline was frozen is found against that (`W604`).
    fn is_taken_up(&self, typed: &BTreeSet<TypedPlace>, key: Option<&str>) -> TakenUp {
        let of = |is_taken_up: bool| if is_taken_up { TakenUp::Yes } else { TakenUp::No };
        if self.is_replanned && typed.iter().any(|one| one.is_in(PLAN)) {
            return TakenUp::Yes;
        }
        let edits: Vec<&TypedPlace> = typed.iter().filter(|one| self.edited.contains(&one.path)).collect();
        if edits.is_empty() && !self.are_lines_lost {
            match (typed.is_empty(), self.is_replanned) {
                (false, _) => return TakenUp::Yes,
                (true, true) if key.is_some_and(|key| self.rests_on_plan(key)) => return TakenUp::Yes,
                (true, true) => return TakenUp::Likely,
                (true, false) => {}
            }
        }
        let Some(after) = &self.after_later else { return of(self.edited.is_empty()) };
        let is_after =
            |one: &&TypedPlace| after.get(one.path.as_str()).is_some_and(|lines| lines.contains(&one.line));
        of(if edits.is_empty() { !self.is_edited_after_later } else { !edits.iter().all(is_after) })
    }

    /// Whether a figure rests on what a baseline is computed from, and on no file that was edited.
    fn rests_on_plan(&self, key: &str) -> bool {
        let Some(book) = self.map.book(self.shown) else { return false };
        let spans = book.rests_on(book.get(key));
        let paths: BTreeSet<&str> =
            spans.into_iter().map(|span| self.report.sources.path(span.file)).collect();
        paths.iter().any(|path| is_planned_from(self.report.inside(self.shown, path)))
            && !paths.iter().any(|path| self.edited.contains(*path))
    }

    fn figure(&self, key: &str) -> Option<&Figure> {
        self.map.book(self.shown)?.get(key)
    }

    /// The first line of a span that was written since; none where all of it stood there.
    fn changed_line_of(&self, span: Span) -> Option<TypedPlace> {
        let sources = &self.report.sources;
        let path = sources.path(span.file);
        let first = sources.position(span).line;
        let text = sources.text_of(path)?;
        let said = text.get(span.start as usize..span.end as usize).unwrap_or_default();
        let last = first + said.trim_end().matches('\n').count();
        let line = self.changed.get(path)?.range(first..=last).next()?;
        Some(TypedPlace { path: path.to_owned(), line: *line })
    }

    /// Lines written since that a figure rests on.
    fn beneath(&self, key: &str) -> BTreeSet<TypedPlace> {
        let Some(book) = self.map.book(self.shown) else {
            return BTreeSet::new();
        };
        book.rests_on(book.get(key)).into_iter().filter_map(|span| self.changed_line_of(span)).collect()
    }

    fn line_of(&self, page: &str, anchor: &str) -> Option<TypedPlace> {
        let (path, line) = (self.files.get(page)?, anchor.strip_prefix('L')?.parse().ok()?);
        let is_changed = self.changed.get(path.as_str())?.contains(&line);
        is_changed.then(|| TypedPlace { path: path.clone(), line })
    }

    /// The line written since that begins to say some words; an author's lines end where the author liked.
    fn line_with(&self, words: &str) -> Option<TypedPlace> {
        const BEGINNING: usize = 4;
        let first: Vec<&str> = words.split_whitespace().take(BEGINNING).collect();
        let beginning = first.join(" ").trim_end_matches('.').to_lowercase();
        if beginning.chars().count() <= BEGINNING {
            return None;
        }
        self.changed.iter().find_map(|(path, changed)| {
            let mut lines = self.report.sources.text_of(path)?.lines().enumerate();
            let says = |line: &str| text_of_html(line).to_lowercase().contains(&beginning);
            let (place, _) = lines.find(|(place, line)| changed.contains(&(place + 1)) && says(line))?;
            Some(TypedPlace { path: (*path).to_owned(), line: place + 1 })
        })
    }
}
