//! Where what differs between a frozen document and today's files was typed.
//!
//! Comes in: a difference in words. Goes out: the lines that it rests on. Not here: comparing.

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::{Places as _, Span};
use crate::document::differs::Differs;
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

impl Origins<'_> {
    /// Traces a difference to lines.
    pub(super) fn traced(&self, one: Differs) -> GateDifference {
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
        // What a new plan moved is told from what was edited beside it by the words that have changed.
        if typed.is_empty() && self.is_replanned {
            typed.extend(one.now.as_deref().and_then(|now| self.line_with_change(one.then.as_deref(), now)));
        }
        GateDifference {
            is_taken_up: self.is_taken_up(&typed),
            key: key.map(str::to_owned),
            typed: typed.into_iter().take(GateDifference::PLACES).collect(),
            place: one.place,
            then: one.then,
            now: one.now,
        }
    }

    /// Whether nobody is to be asked for it: the board of a later gate had these lines before it, or one of them at least, for a sum rests on
    /// what it knew and on what came since; a new baseline was allowed and it rests on the plan; or no file was edited that it may come
    /// from. What cannot be traced to an edited line, as what was deleted, may come from any file that was edited since the newest board
    /// met and has lost lines. What is edited after a new baseline was frozen is found against that (`W604`).
    fn is_taken_up(&self, typed: &BTreeSet<TypedPlace>) -> bool {
        if self.is_replanned && typed.iter().any(|one| one.is_in(PLAN)) {
            return true;
        }
        let edits: Vec<&TypedPlace> = typed.iter().filter(|one| self.edited.contains(&one.path)).collect();
        if edits.is_empty() && !self.are_lines_lost && (self.is_replanned || !typed.is_empty()) {
            return true;
        }
        let Some(after) = &self.after_later else { return self.edited.is_empty() };
        let is_after =
            |one: &&TypedPlace| after.get(one.path.as_str()).is_some_and(|lines| lines.contains(&one.line));
        if edits.is_empty() { !self.is_edited_after_later } else { !edits.iter().all(is_after) }
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

    /// The line of an edited file, written since, that says the words with which two texts begin to differ.
    fn line_with_change(&self, then: Option<&str>, now: &str) -> Option<TypedPlace> {
        const AROUND: usize = 4;
        let words: Vec<&str> = now.split_whitespace().collect();
        let before = then.unwrap_or_default().split_whitespace();
        let n_alike = words.iter().zip(before).take_while(|(is, was)| *is == was).count();
        let end = (n_alike + AROUND - 1).min(words.len());
        let said = words[end.saturating_sub(AROUND)..end].join(" ").trim_end_matches('.').to_lowercase();
        if said.chars().count() <= AROUND {
            return None;
        }
        self.changed.iter().filter(|(path, _)| self.edited.contains(**path)).find_map(|(path, changed)| {
            let mut lines = self.report.sources.text_of(path)?.lines().enumerate();
            let says = |line: &str| text_of_html(line).to_lowercase().contains(&said);
            let (place, _) = lines.find(|(place, line)| changed.contains(&(place + 1)) && says(line))?;
            Some(TypedPlace { path: (*path).to_owned(), line: place + 1 })
        })
    }
}
