//! What a printed document says, piece by piece, read from its pages and not from the view: so that paper can be held against
//! the page of the same document.

use typst::foundations::{Content, NativeElement as _, Selector};
use typst::introspection::{Introspector as _, Location, Tag};
use typst::layout::{Abs, Frame, FrameItem, Point, Size};
use typst::model::{FigureElem, HeadingElem, TableChild, TableElem, TableItem};
use typst::pdf::ArtifactElem;

use crate::paper::world::Typesetter;
use crate::paper::{PaperError, Printed, Sheet};
use crate::theme::Theme;

/// What a printed document says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Said {
    /// How many sheets it has.
    pub sheets: usize,
    /// Its headings, in order.
    pub headings: Vec<String>,
    /// Its tables, each the words of its cells, in order.
    pub tables: Vec<Vec<String>>,
    /// The captions of its pictures, in order.
    pub captions: Vec<String>,
    /// All of its words in the order in which they are set, without what stands at the head and foot of every sheet.
    pub text: String,
    /// Words that do not lie whole where every printer prints, each with the number of its sheet, from 1; empty where all do.
    pub cut: Vec<(usize, String)>,
    /// Sheets, from 1, of which a heading is the last thing.
    pub ends_with_heading: Vec<usize>,
}

/// Sets a document and reads what stands on its pages.
///
/// # Errors
/// Those of setting it.
pub fn said(theme: &Theme, printed: &Printed, sheet: Sheet) -> Result<Said, PaperError> {
    let pages = Typesetter::new(theme, printed, sheet)?.pages()?;
    let all = |selector: Selector| pages.introspector().query(&selector);
    let figures = all(Selector::Elem(FigureElem::ELEM, None));
    let captions = figures.iter().filter_map(|figure| {
        let figure = figure.to_packed::<FigureElem>()?;
        let caption = figure.caption.get_cloned(typst::foundations::StyleChain::default())?;
        Some(words(&caption.body))
    });
    let headings = all(Selector::Elem(HeadingElem::ELEM, None));
    let headings =
        headings.iter().filter_map(|heading| Some(words(&heading.to_packed::<HeadingElem>()?.body)));
    let mut text = Text::default();
    for page in pages.pages() {
        text.read_sheet(&page.frame);
    }
    Ok(Said {
        text: text.words,
        cut: text.cut,
        ends_with_heading: text.ends_with_heading,
        sheets: pages.pages().len(),
        headings: headings.collect(),
        tables: all(Selector::Elem(TableElem::ELEM, None)).iter().filter_map(cells).collect(),
        captions: captions.collect(),
    })
}

/// Words gathered from pages.
#[derive(Default)]
struct Text {
    words: String,
    /// The pieces at the head and foot of a sheet that have begun.
    artifacts: Vec<Location>,
    /// The headings that have begun.
    headings: Vec<Location>,
    /// Whether the last words belong to a heading.
    is_at_heading: bool,
    /// The number of the sheet.
    sheet: usize,
    /// Its size.
    size: Size,
    cut: Vec<(usize, String)>,
    ends_with_heading: Vec<usize>,
}

/// Most printers leave so much blank at every edge.
const BLANK: f64 = 5.0;

impl Text {
    fn read_sheet(&mut self, frame: &Frame) {
        self.sheet += 1;
        self.size = frame.size();
        self.is_at_heading = false;
        self.read(frame, Point::zero());
        if self.is_at_heading {
            self.ends_with_heading.push(self.sheet);
        }
    }

    fn read(&mut self, frame: &Frame, corner: Point) {
        for (place, item) in frame.items() {
            let place = corner + *place;
            match item {
                FrameItem::Group(group) => {
                    let moved = Point::new(group.transform.tx, group.transform.ty);
                    self.read(&group.frame, place + moved);
                }
                FrameItem::Text(text) => {
                    if !self.is_printed(place, place.x + text.width()) {
                        self.cut.push((self.sheet, text.text.to_string()));
                    }
                    if self.artifacts.is_empty() {
                        self.words.push_str(&text.text);
                        self.is_at_heading = !self.headings.is_empty();
                    }
                }
                FrameItem::Image(..) => self.is_at_heading = false,
                FrameItem::Tag(Tag::Start(content, _)) if content.is::<ArtifactElem>() => {
                    self.artifacts.extend(content.location());
                }
                FrameItem::Tag(Tag::Start(content, _)) if content.is::<HeadingElem>() => {
                    self.headings.extend(content.location());
                }
                FrameItem::Tag(Tag::End(location, ..)) => {
                    self.artifacts.retain(|open| open != location);
                    self.headings.retain(|open| open != location);
                }
                _ => {}
            }
        }
    }

    /// Whether words on a line from a place to an end lie where a printer prints.
    fn is_printed(&self, place: Point, end: Abs) -> bool {
        let blank = Abs::mm(BLANK);
        let within = |at: Abs, length: Abs| at >= blank && at <= length - blank;
        within(place.x, self.size.x) && within(end, self.size.x) && within(place.y, self.size.y)
    }
}

fn cells(table: &Content) -> Option<Vec<String>> {
    let table = table.to_packed::<TableElem>()?;
    let items = table.children.iter().flat_map(|child| match child {
        TableChild::Header(header) => header.children.iter().collect(),
        TableChild::Footer(footer) => footer.children.iter().collect(),
        TableChild::Item(item) => vec![item],
    });
    let of_item = |item: &TableItem| match item {
        TableItem::Cell(cell) => Some(words(&cell.body)),
        TableItem::HLine(_) | TableItem::VLine(_) => None,
    };
    Some(items.filter_map(of_item).collect())
}

fn words(content: &Content) -> String {
    content.plain_text().to_string()
}
