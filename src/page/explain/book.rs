//! All figures of a project on a day, by key, and on which typed lines each of them rests.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::{Arc, OnceLock};

use jiff::civil::Date;

use crate::diagnostic::Span;
use crate::page::address::Address;
use crate::page::explain::figure::{Figure, From, Input};
use crate::quantity::GateId;

/// How much stands on one page, about as many elements of the page as it says, so that each opens at once. What one thing has stays
/// together, so that a page may hold a little more.
const ROOM_ON_A_PAGE: usize = 3_600;

/// About how many elements a figure of the project as a whole takes, with what goes in and the lines it rests on.
const OF_THE_WHOLE: usize = 45;

/// About how many elements each input of it takes.
const OF_AN_INPUT: usize = 4;

/// About how many elements a figure of a thing takes: it is one line among others.
const OF_A_THING: usize = 11;

/// The figures of a project as of a day.
#[derive(Clone, Debug)]
pub struct Book {
    /// The project's folder.
    folder: String,
    /// The day, where it is not the status date of the site: gate documents show figures of their own day.
    day: Option<Date>,
    /// The gate in whose name its pages are kept apart from those of another book of the same day.
    gate: Option<GateId>,
    /// Figures in the order of the pages; books of several days share those that they tell alike.
    figures: Vec<Arc<Figure>>,
    /// Blocks of figures: of the project as a whole, or of one thing.
    blocks: Vec<Block>,
    /// The page on which each family goes on, counted from 0, and how full it is.
    filled: BTreeMap<&'static str, (usize, usize)>,
    /// Where a figure stands: its place in `figures`, and its block.
    places: HashMap<String, (usize, usize)>,
    /// The pages that it needs, in order, and where each of them lives.
    sheets: Vec<Sheet>,
    addresses: Vec<Address>,
    /// What lies beneath each figure, found when it is first asked for.
    beneath: OnceLock<Beneath>,
    /// Figures that another book tells in the same words, by their keys: the page of that book.
    elsewhere: HashMap<String, Address>,
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
    /// The heading above figures of the project as a whole that belong together; none for those of the family that need none.
    pub group: Option<GroupHead>,
    /// The first of its figures.
    first: usize,
    /// The one after the last of those that are told here.
    end: usize,
    /// The one after the last of all: those from `end` on are told by another book.
    last: usize,
    /// The place of its page among the pages of the book, once a figure stands there.
    page: usize,
}

/// What figures of the project as a whole have in common, where a family has several kinds of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GroupHead {
    /// What they are about: `Runs of the schedule`.
    pub title: &'static str,
    /// In what they are counted, where their values do not say it: `Amounts in EUR`.
    pub unit: Option<String>,
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
            gate: None,
            figures: Vec::new(),
            blocks: Vec::new(),
            filled: BTreeMap::new(),
            places: HashMap::new(),
            sheets: Vec::new(),
            addresses: Vec::new(),
            beneath: OnceLock::new(),
            elsewhere: HashMap::new(),
        }
    }

    /// Begins the figures of a family that are about the project as a whole.
    pub fn begin(&mut self, family: &'static str) {
        self.block(family, None, None);
    }

    /// Begins figures of a family that are about the project as a whole and belong together; `unit` says in what
    /// values are counted that do not say it themselves.
    pub fn group(&mut self, family: &'static str, title: &'static str, unit: Option<String>) {
        self.block(family, None, Some(GroupHead { title, unit }));
    }

    /// Begins the figures of one thing: `anchor` is the first part of their keys.
    pub fn thing(
        &mut self,
        family: &'static str,
        anchor: impl Into<String>,
        name: impl Into<String>,
        origin: Option<Span>,
    ) {
        self.block(family, Some(ThingHead { anchor: anchor.into(), name: name.into(), origin }), None);
    }

    fn block(&mut self, family: &'static str, thing: Option<ThingHead>, group: Option<GroupHead>) {
        let sheet = self.filled.entry(family).or_default().0;
        let at = self.figures.len();
        self.blocks.push(Block { family, sheet, thing, group, first: at, end: at, last: at, page: 0 });
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
        let block = self.with_room(block, &figure);
        self.places.insert(figure.key.clone(), (self.figures.len(), block));
        self.figures.push(Arc::new(figure));
        self.beneath = OnceLock::new();
        let page = self.need(Sheet { family: self.blocks[block].family, number: self.blocks[block].sheet });
        let last = &mut self.blocks[block];
        last.end = self.figures.len();
        last.last = last.end;
        last.page = page;
    }

    /// Takes room for one more figure of the block begun last; the block it goes to. Where its page is full, a thing moves to the next one
    /// whole, and figures of the project as a whole go on there in a block of their own.
    fn with_room(&mut self, block: usize, figure: &Figure) -> usize {
        let begun = &mut self.blocks[block];
        let is_thing = begun.thing.is_some();
        let n_elements = if is_thing { OF_A_THING } else { OF_THE_WHOLE + OF_AN_INPUT * figure.inputs.len() };
        let own = if is_thing { OF_A_THING * (self.figures.len() - begun.first) } else { 0 };
        let (sheet, filled) = self.filled.entry(begun.family).or_default();
        // A page that only the thing itself stands on is no better than the next.
        if *filled <= own || *filled + n_elements <= ROOM_ON_A_PAGE {
            *filled += n_elements;
            return block;
        }
        (*sheet, *filled) = (*sheet + 1, own + n_elements);
        if is_thing || begun.first == self.figures.len() {
            begun.sheet = *sheet;
            return block;
        }
        let (family, group) = (begun.family, begun.group.clone());
        self.block(family, None, group);
        self.blocks.len() - 1
    }

    /// Puts a dash with the reason in the place of each figure that something says cannot be known.
    pub fn leave_unknown(&mut self, why: impl Fn(&str) -> Option<String>) {
        for figure in &mut self.figures {
            if let Some(why) = why(&figure.key) {
                *figure = Arc::new(figure.not_known(&why));
            }
        }
        self.beneath = OnceLock::new();
    }

    /// Notes that the book has something on a page; the place of that page.
    fn need(&mut self, sheet: Sheet) -> usize {
        if let Some(place) = self.sheets.iter().rposition(|other| *other == sheet) {
            return place;
        }
        self.sheets.push(sheet);
        self.addresses.push(self.address(sheet));
        self.sheets.len() - 1
    }

    /// Takes in a book of the same day, of families that this one has nothing of, behind its own.
    pub fn append(&mut self, other: Self) {
        let (n_figures, n_blocks, n_sheets) = (self.figures.len(), self.blocks.len(), self.sheets.len());
        self.blocks.extend(other.blocks.into_iter().map(|block| Block {
            first: block.first + n_figures,
            end: block.end + n_figures,
            last: block.last + n_figures,
            page: block.page + n_sheets,
            ..block
        }));
        self.figures.extend(other.figures);
        self.sheets.extend(other.sheets);
        self.addresses.extend(other.addresses);
        self.filled.extend(other.filled);
        let n_places = self.places.len() + other.places.len();
        let moved = |(key, (figure, block))| (key, (figure + n_figures, block + n_blocks));
        self.places.extend(other.places.into_iter().map(moved));
        debug_assert_eq!(self.places.len(), n_places, "two families write the same figure");
        self.beneath = OnceLock::new();
    }

    /// The figure of a key.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&Figure> {
        self.places.get(key).and_then(|(place, _)| self.figures.get(*place)).map(|figure| &**figure)
    }

    /// All figures, in order.
    #[must_use]
    pub fn figures(&self) -> &[Arc<Figure>] {
        &self.figures
    }

    /// The day of the figures, where it is not the status date of the site.
    #[must_use]
    pub fn day(&self) -> Option<Date> {
        self.day
    }

    /// The blocks that have a figure to tell, in order, each with those figures.
    pub fn blocks(&self) -> impl Iterator<Item = (&Block, &[Arc<Figure>])> {
        self.blocks
            .iter()
            .filter_map(|block| Some((block, self.figures.get(block.first..block.end)?)))
            .filter(|(_, figures)| !figures.is_empty())
    }

    /// The pages the book needs, in order.
    #[must_use]
    pub fn sheets(&self) -> &[Sheet] {
        &self.sheets
    }

    /// The page of the book that lives at an address.
    #[must_use]
    pub fn sheet_at(&self, page: &Address) -> Option<Sheet> {
        let place = self.addresses.iter().position(|address| address == page)?;
        self.sheets.get(place).copied()
    }

    /// Where the pages of the book live, in the order of its sheets.
    #[must_use]
    pub fn addresses(&self) -> &[Address] {
        &self.addresses
    }

    /// The book whose pages are kept apart from those of another of the same day by the name of a gate.
    #[must_use]
    pub fn apart_for(&self, gate: Option<GateId>) -> Self {
        let empty = Self { gate, ..Self::new(&self.folder, self.day) };
        self.arranged_in(empty, |_| true)
    }

    /// Where a page of the book lives, or would live.
    #[must_use]
    pub fn address(&self, sheet: Sheet) -> Address {
        let number = if sheet.number == 0 { String::new() } else { format!("-{}", sheet.number + 1) };
        let day = self.day.map(|day| format!("{day}-")).unwrap_or_default();
        let gate = self.gate.map(|gate| format!("{gate}-")).unwrap_or_default();
        Address::page(&self.folder, &format!("explain/{day}{gate}{}{number}", sheet.family))
    }

    /// The page on which a figure is explained: one of another book where that tells it in the same words.
    #[must_use]
    pub fn address_of(&self, key: &str) -> Option<&Address> {
        if let Some(page) = self.elsewhere.get(key) {
            return Some(page);
        }
        let (_, block) = self.places.get(key)?;
        self.addresses.get(self.blocks.get(*block)?.page)
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
        self.arranged(|key| kept.contains(key), self.elsewhere.clone())
    }

    /// Leaves to another book the figures that it tells in the same words: value, formula and whatever goes in are the same,
    /// down to the lines that people typed. Their addresses are those of the other book.
    ///
    /// A gate document of August shows the budget of August; where it has not changed since, the explanation of today is that
    /// of August, and the site holds it once.
    #[must_use]
    pub fn leaving_to(&self, other: &Self) -> Self {
        let is_alike = |figure: &Arc<Figure>| {
            // What goes in is known by both or by neither; whether that is the same, too, is seen below.
            let is_known_alike = |input: &Input| match &input.from {
                From::Figure(key) => self.get(key).is_some() || other.get(key).is_none(),
                _ => true,
            };
            other.get(&figure.key) == Some(&**figure) && figure.inputs.iter().all(is_known_alike)
        };
        let mut is_same: Vec<bool> = self.figures.iter().map(is_alike).collect();
        let mut above: Vec<Vec<usize>> = vec![Vec::new(); self.figures.len()];
        for (place, beneath) in self.beneath().figures.iter().enumerate() {
            for below in beneath {
                above[*below].push(place);
            }
        }
        // What rests on a figure that differs is not the same either.
        let mut differing: Vec<usize> = (0..is_same.len()).filter(|place| !is_same[*place]).collect();
        while let Some(place) = differing.pop() {
            for resting in &above[place] {
                if std::mem::take(&mut is_same[*resting]) {
                    differing.push(*resting);
                }
            }
        }
        let same = self.figures.iter().zip(&is_same).filter(|(_, is_same)| **is_same);
        let page = |(figure, _): (&Arc<Figure>, _)| {
            Some((figure.key.clone(), other.address_of(&figure.key)?.clone()))
        };
        let elsewhere = same.filter_map(page).collect();
        self.arranged(|_| true, elsewhere)
    }

    /// The book with some of its figures, in each block those behind that are told elsewhere.
    fn arranged(&self, is_kept: impl Fn(&str) -> bool, elsewhere: HashMap<String, Address>) -> Self {
        let empty = Self { elsewhere, gate: self.gate, ..Self::new(&self.folder, self.day) };
        self.arranged_in(empty, is_kept)
    }

    /// The same, put into a book that is empty but for what it leaves to another.
    fn arranged_in(&self, mut book: Self, is_kept: impl Fn(&str) -> bool) -> Self {
        for block in &self.blocks {
            let first = book.figures.len();
            let of_block = self.figures.get(block.first..block.last).unwrap_or_default();
            let (away, here): (Vec<&Arc<Figure>>, Vec<&Arc<Figure>>) = of_block
                .iter()
                .filter(|figure| is_kept(&figure.key))
                .partition(|figure| book.elsewhere.contains_key(&figure.key));
            let end = first + here.len();
            for figure in here.into_iter().chain(away) {
                book.places.insert(figure.key.clone(), (book.figures.len(), book.blocks.len()));
                book.figures.push(Arc::clone(figure));
            }
            let page =
                if end > first { book.need(Sheet { family: block.family, number: block.sheet }) } else { 0 };
            book.blocks.push(Block { first, end, last: book.figures.len(), page, ..block.clone() });
        }
        book
    }

    /// Whether a reader of a figure comes to no typed line in two steps: neither here nor where what goes into it is told. Beneath a
    /// figure of the project as a whole the lines it rests on are always listed.
    #[must_use]
    pub fn is_far_from_lines(&self, figure: &Figure) -> bool {
        let is_of_whole = |key: &str| {
            let block = self.places.get(key).and_then(|(_, block)| self.blocks.get(*block));
            block.is_some_and(|block| block.thing.is_none())
        };
        let comes_near = |input: &Input| match &input.from {
            From::Figure(key) => is_of_whole(key) || self.get(key).is_some_and(Figure::names_a_line),
            From::Typed(_) | From::Lines(_) | From::Usual(_) | From::Given(_) => false,
        };
        !figure.names_a_line() && !figure.inputs.iter().any(comes_near)
    }

    /// The typed places that these figures rest on through others and that none of them names itself, in the order of the files; none
    /// where they rest on more than `most`.
    #[must_use]
    pub fn rests_beyond(&self, figures: &[Arc<Figure>], most: usize) -> Option<Vec<Span>> {
        let beneath = self.beneath();
        let mut places = self.places_beneath(figures.iter().map(|figure| &**figure), most)?;
        for figure in figures {
            if let Some((at, _)) = self.places.get(&figure.key) {
                beneath.typed[*at].iter().for_each(|place| places.remove(*place));
            }
        }
        Some(places.iter().map(|place| beneath.spans[place]).collect())
    }

    /// Every typed place that these figures rest on, through all figures between, each once in the order of the files.
    #[must_use]
    pub fn rests_on<'a>(&self, figures: impl IntoIterator<Item = &'a Figure>) -> Vec<Span> {
        self.rests_on_up_to(figures, usize::MAX).unwrap_or_default()
    }

    /// The same; none where they are more than `most`: whoever asks for each of thousands of tasks would walk through all others each
    /// time, for ranges of lines that say no more than the whole file.
    #[must_use]
    pub fn rests_on_up_to<'a>(
        &self,
        figures: impl IntoIterator<Item = &'a Figure>,
        most: usize,
    ) -> Option<Vec<Span>> {
        let spans = &self.beneath().spans;
        Some(self.places_beneath(figures, most)?.iter().map(|place| spans[place]).collect())
    }

    /// The same as places among all that were typed for figures of the book.
    fn places_beneath<'a>(
        &self,
        figures: impl IntoIterator<Item = &'a Figure>,
        most: usize,
    ) -> Option<Places> {
        let beneath = self.beneath();
        let mut seen = Places::none_of(self.figures.len());
        let first = figures.into_iter().filter_map(|figure| Some(self.places.get(&figure.key)?.0));
        let mut open: Vec<usize> = first.filter(|place| seen.insert(*place)).collect();
        let mut typed = Places::none_of(beneath.spans.len());
        let mut n_typed = 0;
        while let Some(place) = open.pop() {
            n_typed += beneath.typed[place].iter().filter(|place| typed.insert(**place)).count();
            if n_typed > most {
                return None;
            }
            open.extend(beneath.figures[place].iter().filter(|next| seen.insert(**next)));
        }
        Some(typed)
    }

    fn beneath(&self) -> &Beneath {
        self.beneath.get_or_init(|| {
            let typed_by = |figure: &Arc<Figure>| -> Vec<Span> {
                figure.inputs.iter().flat_map(|input| input.from.typed()).copied().collect()
            };
            let mut spans: Vec<Span> = self.figures.iter().flat_map(typed_by).collect();
            spans.sort_unstable();
            spans.dedup();
            let of = |figure: &Arc<Figure>| {
                let inputs = figure.inputs.iter().filter_map(|input| match &input.from {
                    From::Figure(key) => self.places.get(key).map(|(place, _)| *place),
                    _ => None,
                });
                inputs.collect()
            };
            let places = |figure: &Arc<Figure>| {
                typed_by(figure).iter().filter_map(|span| spans.binary_search(span).ok()).collect()
            };
            let figures = self.figures.iter().map(of).collect();
            let typed = self.figures.iter().map(places).collect();
            Beneath { figures, typed, spans }
        })
    }
}

/// What lies beneath the figures of a book.
#[derive(Clone, Debug)]
struct Beneath {
    /// For each figure the places of those that go into it.
    figures: Vec<Vec<usize>>,
    /// For each figure the places among `spans` of what was typed for it.
    typed: Vec<Vec<usize>>,
    /// All that was typed for any of them, each once in the order of the files.
    spans: Vec<Span>,
}

/// Places in a list, a bit for each: a walk over a large plan begins thousands of times, and what it comes by is in order at once.
struct Places(Vec<u64>);

impl Places {
    fn none_of(n_places: usize) -> Self {
        Self(vec![0; n_places.div_ceil(64)])
    }

    /// Takes a place in; false where it was in already.
    fn insert(&mut self, place: usize) -> bool {
        let (word, bit) = (&mut self.0[place / 64], 1 << (place % 64));
        let is_new = *word & bit == 0;
        *word |= bit;
        is_new
    }

    /// Takes a place out.
    fn remove(&mut self, place: usize) {
        self.0[place / 64] &= !(1 << (place % 64));
    }

    /// The places, in order.
    fn iter(&self) -> impl Iterator<Item = usize> {
        self.0.iter().enumerate().flat_map(|(at, word)| {
            std::iter::successors(Some(*word), |rest| Some(rest & rest.wrapping_sub(1)))
                .take_while(|rest| *rest != 0)
                .map(move |rest| at * 64 + rest.trailing_zeros() as usize)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A book of one family: figures of the project as a whole without an input, then things with so many figures each.
    fn book(n_whole: usize, things: &[usize]) -> Book {
        let mut book = Book::new("p", None);
        book.begin("money");
        for number in 0..n_whole {
            book.add(Figure::new(format!("whole-{number}"), "A figure", "1"));
        }
        for (thing, n_figures) in things.iter().enumerate() {
            book.thing("money", format!("thing-{thing}"), "A thing", None);
            for number in 0..*n_figures {
                book.add(Figure::new(format!("thing-{thing}.{number}"), "A figure", "1"));
            }
        }
        book
    }

    #[track_caller]
    fn stands_on(book: &Book, key: &str, page: &str) {
        assert_eq!(book.address_of(key), Some(&Address::page("p", &format!("explain/{page}"))), "{key}");
    }

    #[test]
    fn figures_of_the_whole_go_on_on_a_second_page_where_the_first_is_full() {
        // 80 figures of 45 elements fill 3 600.
        let book = book(81, &[]);
        assert_eq!(book.sheets().len(), 2);
        stands_on(&book, "whole-79", "money");
        stands_on(&book, "whole-80", "money-2");
        assert_eq!(book.blocks().map(|(_, figures)| figures.len()).collect::<Vec<_>>(), [80, 1]);
    }

    #[test]
    fn a_thing_that_has_no_room_moves_whole_to_the_next_page() {
        // 3 150 elements of the whole leave 450: room for 40 figures of things.
        let book = book(70, &[39, 2, 3]);
        stands_on(&book, "thing-0.38", "money");
        stands_on(&book, "thing-1.0", "money-2");
        stands_on(&book, "thing-1.1", "money-2");
        stands_on(&book, "thing-2.0", "money-2");
        stands_on(&book, "whole-0", "money");
    }

    #[test]
    fn lines_are_found_through_all_figures_between_and_only_so_many_where_asked() {
        use crate::diagnostic::FileId;
        let line = |start: u32| Span { file: FileId(0), start, end: start + 1 };
        let mut book = Book::new("p", None);
        book.begin("time");
        for number in 0..100 {
            let figure =
                Figure::new(format!("f{number}"), "A figure", "1").typed("a", "1", line(200 - number));
            book.add(match number {
                0 => figure,
                _ => figure.of("b", format!("f{}", number - 1)),
            });
        }
        let last = book.get("f99").unwrap();
        let all: Vec<Span> = (101..=200).map(line).collect();
        assert_eq!(book.rests_on([last]), all);
        assert_eq!(book.rests_on_up_to([last], 100), Some(all.clone()));
        assert_eq!(book.rests_on_up_to([last], 99), None);
        // What the figure itself names is said beside it.
        let own = Arc::new(last.clone());
        assert_eq!(book.rests_beyond(&[own], 100), Some(all[1..].to_vec()));
    }

    #[test]
    fn a_book_that_is_written_in_two_parts_is_the_same_as_one() {
        let write = |book: &mut Book, family: &'static str, n: usize| {
            book.begin(family);
            book.add(Figure::new(format!("{family}-all"), "All", "1"));
            for thing in 0..n {
                book.thing(family, format!("{family}-{thing}"), "Thing", None);
                book.add(Figure::new(format!("{family}-{thing}.start"), "Start", "2"));
            }
        };
        let (mut whole, mut first, mut second) =
            (Book::new("p", None), Book::new("p", None), Book::new("p", None));
        write(&mut whole, "time", 400);
        write(&mut whole, "tasks", 400);
        write(&mut first, "time", 400);
        write(&mut second, "tasks", 400);
        first.append(second);
        assert_eq!(whole.sheets().len(), 4);
        assert_eq!(format!("{:?}", first.sheets()), format!("{:?}", whole.sheets()));
        assert_eq!(first.addresses(), whole.addresses());
        assert_eq!(format!("{:?}", first.blocks), format!("{:?}", whole.blocks));
        for figure in whole.figures() {
            assert_eq!(first.address_of(&figure.key), whole.address_of(&figure.key));
            assert_eq!(first.get(&figure.key).unwrap().value, figure.value);
        }
    }

    #[test]
    fn a_thing_that_is_more_than_a_page_stays_in_one_piece() {
        let book = book(0, &[500, 1]);
        assert_eq!(book.sheets().len(), 2);
        stands_on(&book, "thing-0.499", "money");
        stands_on(&book, "thing-1.0", "money-2");
    }
}
