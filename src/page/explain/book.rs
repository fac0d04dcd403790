//! All figures of a project on a day, by key, and on which typed lines each of them rests.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use crate::diagnostic::Span;
use crate::page::address::Address;
use crate::page::explain::figure::{Figure, From};

/// How many things stand on one page, so that a plan of a thousand tasks gives pages that open at once.
const THINGS_ON_A_PAGE: usize = 50;

/// The figures of a project as of a day.
#[derive(Clone, Debug)]
pub struct Book {
    /// The project's folder.
    folder: String,
    /// The day, where it is not the status date of the site: gate documents show figures of their own day.
    day: Option<Date>,
    /// Figures in the order of the pages.
    figures: Vec<Figure>,
    /// Blocks of figures: of the project as a whole, or of one thing.
    blocks: Vec<Block>,
    /// How many things each family has so far.
    n_things: BTreeMap<&'static str, usize>,
    /// Where a figure stands: its place in `figures`, and its block.
    places: BTreeMap<String, (usize, usize)>,
}

/// Figures that are read together.
#[derive(Clone, Debug)]
pub struct Block {
    /// The family it belongs to: the name of its page.
    pub family: &'static str,
    /// The page of the family it stands on, counted from 0.
    pub sheet: usize,
    /// What it is about; none for the project as a whole.
    pub thing: Option<ThingHead>,
    /// The first of its figures.
    first: usize,
    /// The one after the last.
    end: usize,
}

/// What a block of figures is about: a task, a risk, a category of money.
#[derive(Clone, Debug)]
pub struct ThingHead {
    /// Its anchor, the first part of the keys of its figures.
    pub anchor: String,
    /// Its name.
    pub name: String,
    /// Where it was typed.
    pub origin: Option<Span>,
}

/// A page of figures.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Sheet {
    /// The family.
    pub family: &'static str,
    /// The page of it, counted from 0.
    pub number: usize,
}

impl Book {
    /// An empty book.
    #[must_use]
    pub fn new(folder: &str, day: Option<Date>) -> Self {
        Self {
            folder: folder.to_owned(),
            day,
            figures: Vec::new(),
            blocks: Vec::new(),
            n_things: BTreeMap::new(),
            places: BTreeMap::new(),
        }
    }

    /// Begins the figures of a family that are about the project as a whole.
    pub fn begin(&mut self, family: &'static str) {
        self.block(family, None);
    }

    /// Begins the figures of one thing: `anchor` is the first part of their keys.
    pub fn thing(
        &mut self,
        family: &'static str,
        anchor: impl Into<String>,
        name: impl Into<String>,
        origin: Option<Span>,
    ) {
        self.block(family, Some(ThingHead { anchor: anchor.into(), name: name.into(), origin }));
    }

    fn block(&mut self, family: &'static str, thing: Option<ThingHead>) {
        let sheet = if thing.is_some() {
            let n_before = self.n_things.entry(family).or_default();
            *n_before += 1;
            (*n_before - 1) / THINGS_ON_A_PAGE
        } else {
            0
        };
        let at = self.figures.len();
        self.blocks.push(Block { family, sheet, thing, first: at, end: at });
    }

    /// Adds a figure to what was begun last. A key that is taken keeps its first figure. A figure of a thing into which
    /// nothing typed went, such as a sum over no booking, rests on where the thing itself was typed.
    pub fn add(&mut self, figure: Figure) {
        let Some(block) = self.blocks.len().checked_sub(1) else { return };
        if self.places.contains_key(&figure.key) {
            return;
        }
        let thing = self.blocks.last().and_then(|block| block.thing.as_ref());
        let figure = match thing.and_then(|thing| Some((thing.name.clone(), thing.origin?))) {
            Some((name, origin)) if !figure.is_grounded() => figure.typed(name, "", origin),
            _ => figure,
        };
        self.places.insert(figure.key.clone(), (self.figures.len(), block));
        self.figures.push(figure);
        if let Some(last) = self.blocks.last_mut() {
            last.end = self.figures.len();
        }
    }

    /// The figure of a key.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&Figure> {
        self.places.get(key).and_then(|(place, _)| self.figures.get(*place))
    }

    /// All figures, in order.
    #[must_use]
    pub fn figures(&self) -> &[Figure] {
        &self.figures
    }

    /// The day of the figures, where it is not the status date of the site.
    #[must_use]
    pub fn day(&self) -> Option<Date> {
        self.day
    }

    /// The blocks that have a figure, in order.
    pub fn blocks(&self) -> impl Iterator<Item = (&Block, &[Figure])> {
        self.blocks
            .iter()
            .filter_map(|block| Some((block, self.figures.get(block.first..block.end)?)))
            .filter(|(_, figures)| !figures.is_empty())
    }

    /// The pages the book needs, in order.
    #[must_use]
    pub fn sheets(&self) -> Vec<Sheet> {
        let mut sheets: Vec<Sheet> = Vec::new();
        for block in self.blocks.iter().filter(|block| block.end > block.first) {
            let sheet = Sheet { family: block.family, number: block.sheet };
            if !sheets.contains(&sheet) {
                sheets.push(sheet);
            }
        }
        sheets
    }

    /// Where a page of the book lives.
    #[must_use]
    pub fn address(&self, sheet: Sheet) -> Address {
        let number = if sheet.number == 0 { String::new() } else { format!("-{}", sheet.number + 1) };
        let day = self.day.map(|day| format!("{day}-")).unwrap_or_default();
        Address::page(&self.folder, &format!("explain/{day}{}{number}", sheet.family))
    }

    /// The page on which a figure, or a whole thing, is explained.
    #[must_use]
    pub fn address_of(&self, key: &str) -> Option<Address> {
        let (_, block) = self.places.get(key)?;
        let block = self.blocks.get(*block)?;
        Some(self.address(Sheet { family: block.family, number: block.sheet }))
    }

    /// The book without what its figures say: where each of them stands is all that is known. A book takes a hundred times as much memory.
    #[must_use]
    pub fn addresses_alone(self) -> Self {
        Self { figures: Vec::new(), ..self }
    }

    /// The book with these figures and all they rest on, and no others; each stays on the page it stood on.
    #[must_use]
    pub fn only<'a>(&'a self, keys: impl IntoIterator<Item = &'a str>) -> Self {
        let mut open: Vec<&Figure> = keys.into_iter().filter_map(|key| self.get(key)).collect();
        let mut kept: BTreeSet<&str> = open.iter().map(|figure| figure.key.as_str()).collect();
        while let Some(figure) = open.pop() {
            for input in &figure.inputs {
                if let From::Figure(key) = &input.from
                    && kept.insert(key)
                {
                    open.extend(self.get(key));
                }
            }
        }
        let mut book = Self::new(&self.folder, self.day);
        for block in &self.blocks {
            let first = book.figures.len();
            let of_block = self.figures.get(block.first..block.end).unwrap_or_default();
            for figure in of_block.iter().filter(|figure| kept.contains(figure.key.as_str())) {
                book.places.insert(figure.key.clone(), (book.figures.len(), book.blocks.len()));
                book.figures.push(figure.clone());
            }
            book.blocks.push(Block { first, end: book.figures.len(), ..block.clone() });
        }
        book
    }

    /// The typed places that these figures rest on through others and that none of them names itself.
    #[must_use]
    pub fn rests_beyond(&self, figures: &[Figure]) -> BTreeSet<Span> {
        let mut spans = self.rests_on(figures);
        for input in figures.iter().flat_map(|figure| &figure.inputs) {
            match &input.from {
                From::Typed(span) => {
                    spans.remove(span);
                }
                From::Lines(lines) => spans.retain(|span| !lines.contains(span)),
                From::Figure(_) | From::Usual(_) | From::Given(_) => {}
            }
        }
        spans
    }

    /// Every typed place that these figures rest on, through all figures between, in the order of the files.
    #[must_use]
    pub fn rests_on(&self, figures: &[Figure]) -> BTreeSet<Span> {
        let mut seen: BTreeSet<&str> = figures.iter().map(|figure| figure.key.as_str()).collect();
        let mut open: Vec<&Figure> = figures.iter().collect();
        let mut spans = BTreeSet::new();
        while let Some(figure) = open.pop() {
            for input in &figure.inputs {
                match &input.from {
                    From::Typed(span) => {
                        spans.insert(*span);
                    }
                    From::Lines(lines) => spans.extend(lines),
                    From::Figure(key) if seen.insert(key) => open.extend(self.get(key)),
                    From::Figure(_) | From::Usual(_) | From::Given(_) => {}
                }
            }
        }
        spans
    }
}
