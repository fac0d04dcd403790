//! What a printed document says, piece by piece, read from its pages and not from the view: so that paper can be held against
//! the page of the same document.

use typst::foundations::{Content, NativeElement as _, Selector};
use typst::introspection::{Introspector as _, Location, Tag};
use typst::layout::{Frame, FrameItem};
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
    pages.pages().iter().for_each(|page| text.read(&page.frame));
    Ok(Said {
        text: text.words,
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
}

impl Text {
    fn read(&mut self, frame: &Frame) {
        for (_, item) in frame.items() {
            match item {
                FrameItem::Group(group) => self.read(&group.frame),
                FrameItem::Text(text) if self.artifacts.is_empty() => self.words.push_str(&text.text),
                FrameItem::Tag(Tag::Start(content, _)) if content.is::<ArtifactElem>() => {
                    self.artifacts.extend(content.location());
                }
                FrameItem::Tag(Tag::End(location, ..)) => self.artifacts.retain(|open| open != location),
                _ => {}
            }
        }
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
