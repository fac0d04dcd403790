//! Where a document is set: a world of its own with the theme's files, the view as `data.json`, the faces, and one day.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{LazyLock, Mutex, PoisonError};

use serde_json::{Value, json};
use typst::diag::{FileError, FileResult, Severity, SourceDiagnostic};
use typst::foundations::{Bytes, Content, Datetime, Duration, Label, Smart};
use typst::introspection::{Introspector as _, MetadataElem};
use typst::layout::{Abs, Frame, FrameItem};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::{LazyHash, PicoStr};
use typst::{Library, LibraryExt as _, World, WorldExt as _};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards, Timestamp};

use crate::paper::{PaperError, Printed, Sheet, drawing, fonts, letters, measure, template_of};
use crate::theme::Theme;

static LIBRARY: LazyLock<LazyHash<Library>> = LazyLock::new(|| LazyHash::new(Library::default()));

/// The name under which a template finds what it prints, and on what.
const DATA: &str = "data.json";

/// The name under which it finds what it prints on, alone: a template that reads nothing else is the same for all documents, and is read
/// once for all of them.
const PAPER: &str = "paper.json";

/// A label by which a template asks that its document be set once more, with the number of its metadata as `paper.turn`, or else the
/// next one: what is too long for a sheet is set smaller. To measure it beforehand would take as long as setting it, and nearly all
/// fit at once.
const AGAIN: &str = "again";

/// The last number that a template is given.
const LAST_TURN: usize = 7;

/// How a document is set: which try it is, from 0, and whether with less air.
#[derive(Clone, Copy, Default)]
struct Try {
    turn: usize,
    is_close: bool,
}

/// A document that is being set.
pub(super) struct Typesetter<'a> {
    theme: &'a Theme,
    book: LazyHash<FontBook>,
    fonts: Vec<Font>,
    main: FileId,
    sources: BTreeMap<String, Source>,
    /// What the template is given, but for the paper.
    frame: Value,
    sheet: Sheet,
    data: Bytes,
    /// What it is set on.
    paper: Bytes,
    today: Datetime,
    ident: String,
}

impl<'a> Typesetter<'a> {
    /// Lays everything out that the template may ask for.
    pub(super) fn new(theme: &'a Theme, printed: &Printed, sheet: Sheet) -> Result<Self, PaperError> {
        let path = template_of(&printed.template);
        let no_template = || PaperError::NoTemplate { path: path.clone() };
        if !theme.paper().contains_key(&path) {
            return Err(no_template());
        }
        let fonts = fonts::of(theme);
        let frame = letters::named(drawing::with_drawings(printed.frame.clone()), &fonts);
        let frame = measure::with_measures(frame);
        let mut sources = BTreeMap::new();
        for (name, bytes) in theme.paper().iter().filter(|(name, _)| is_template(name)) {
            let id = file_id(name).ok_or_else(no_template)?;
            sources.insert(name.clone(), parsed(id, &String::from_utf8_lossy(bytes)));
        }
        let day = printed.day;
        let number = |of: i8| u8::try_from(of).unwrap_or(1);
        let today =
            Datetime::from_ymd_hms(day.year().into(), number(day.month()), number(day.day()), 0, 0, 0);
        Ok(Self {
            theme,
            book: LazyHash::new(FontBook::from_fonts(&fonts)),
            fonts,
            main: file_id(&path).ok_or_else(no_template)?,
            sources,
            data: given(&frame, sheet, Try::default()),
            paper: Bytes::from_string(paper(sheet, Try::default()).to_string()),
            frame,
            sheet,
            today: today.ok_or_else(no_template)?,
            ident: printed.ident.clone(),
        })
    }

    /// Sets the document on pages, once more where its template asks for it; see [`AGAIN`]. Where the last page would be nearly empty,
    /// it is set once more with less air, and that is taken if it makes a page less.
    pub(super) fn pages(&mut self) -> Result<PagedDocument, PaperError> {
        let again = Label::new(PicoStr::intern(AGAIN));
        let mut turn = 0;
        let pages = loop {
            let pages = self.set(Try { turn, is_close: false })?;
            let asked = again.and_then(|again| asked_turn(pages.introspector().query_label(again).ok()?));
            match asked {
                Some(asked) if turn < LAST_TURN => turn = asked.clamp(turn + 1, LAST_TURN),
                _ => break pages,
            }
        };
        if !ends_nearly_empty(&pages) {
            return Ok(pages);
        }
        let closer = self.set(Try { turn, is_close: true });
        Ok(closer.ok().filter(|closer| closer.pages().len() < pages.pages().len()).unwrap_or(pages))
    }

    /// Sets the document once; whatever the typesetter warns of is an error, since it warns where content is dropped.
    fn set(&mut self, how: Try) -> Result<PagedDocument, PaperError> {
        if how.turn > 0 || how.is_close {
            self.data = given(&self.frame, self.sheet, how);
            self.paper = Bytes::from_string(paper(self.sheet, how).to_string());
        }
        let set = typst::compile::<PagedDocument>(self);
        let faults = |faults: &[SourceDiagnostic]| PaperError::Template { report: self.report(faults) };
        let document = set.output.map_err(|found| faults(&found))?;
        if set.warnings.is_empty() { Ok(document) } else { Err(faults(&set.warnings)) }
    }

    /// The pages as the bytes of a PDF.
    pub(super) fn pdf(&mut self) -> Result<Vec<u8>, PaperError> {
        let pages = self.pages()?;
        let fault = |report: String| PaperError::Template { report };
        let standards = PdfStandards::new(&[PdfStandard::A_2a, PdfStandard::Ua_1])
            .map_err(|error| fault(error.message().to_string()))?;
        let options = PdfOptions {
            ident: Smart::Custom(self.ident.clone()),
            creator: Smart::Custom(Some(format!("milepost {}", env!("CARGO_PKG_VERSION")))),
            timestamp: Some(Timestamp::new_utc(self.today)),
            standards,
            ..PdfOptions::default()
        };
        let bytes = typst_pdf::pdf(&pages, &options).map_err(|found| fault(self.report(&found)));
        forget();
        bytes
    }

    /// The messages with the places they point at.
    fn report(&self, found: &[SourceDiagnostic]) -> String {
        let mut text = String::new();
        for fault in found {
            let kind = match fault.severity {
                Severity::Error => "",
                Severity::Warning => "warning: ",
            };
            let _ = writeln!(text, "{kind}{}", fault.message);
            let place = fault.span.id().and_then(|id| {
                let name = name_of(id);
                let range = self.range(fault.span)?;
                let line = self.sources.get(&name)?.lines().byte_to_line(range.start)?;
                Some(format!("{}:{}", self.theme.shown_path(&name), line + 1))
            });
            if let Some(place) = place {
                let _ = writeln!(text, "  --> {place}");
            }
            for hint in &fault.hints {
                let _ = writeln!(text, "  help: {}", hint.v);
            }
        }
        text.trim_end().to_owned()
    }
}

/// After so many documents the typesetter lets go of what was of no use for any of them. It goes through all that it remembers to do
/// so, which takes as long as a sheet or two.
const DOCUMENTS_BETWEEN: usize = 6;

/// Counts a document, and lets go of what is no longer of use when it is time.
fn forget() {
    static PRINTED: AtomicUsize = AtomicUsize::new(0);
    if PRINTED.fetch_add(1, Ordering::Relaxed) % DOCUMENTS_BETWEEN == DOCUMENTS_BETWEEN - 1 {
        typst::comemo::evict(1);
    }
}

/// A template as it is read, once as long as its text is the same.
fn parsed(id: FileId, text: &str) -> Source {
    static READ: LazyLock<Mutex<BTreeMap<String, Source>>> = LazyLock::new(Mutex::default);
    let mut read = READ.lock().unwrap_or_else(PoisonError::into_inner);
    let known = read.get(&name_of(id)).filter(|source| source.text() == text);
    if let Some(source) = known {
        return source.clone();
    }
    let source = Source::new(id, text.to_owned());
    read.insert(name_of(id), source.clone());
    source
}

fn is_template(name: &str) -> bool {
    std::path::Path::new(name).extension().is_some_and(|ending| ending == "typ")
}

fn file_id(path: &str) -> Option<FileId> {
    Some(RootedPath::new(VirtualRoot::Project, VirtualPath::new(path).ok()?).intern())
}

/// The path of a file inside the theme.
fn name_of(id: FileId) -> String {
    id.vpath().get_without_slash().to_owned()
}

/// Which try a template asks for: the number that stands under its label, 0 where none does.
fn asked_turn(content: &Content) -> Option<usize> {
    let value = &content.to_packed::<MetadataElem>()?.value;
    Some(value.clone().cast::<usize>().unwrap_or_default())
}

/// A last page on which nothing stands below this share of its height is nearly empty.
const NEARLY_EMPTY: f64 = 0.4;

/// What stands below this share of the height of a page is its foot.
const FOOT: f64 = 0.92;

/// Whether a document of more than one page ends with a page that is nearly empty.
fn ends_nearly_empty(document: &PagedDocument) -> bool {
    let pages = document.pages();
    let Some(last) = pages.last().filter(|_| pages.len() > 1) else { return false };
    let height = last.frame.height();
    lowest(&last.frame, Abs::zero(), height * FOOT) < height * NEARLY_EMPTY
}

/// How far down the lowest words and pictures of a frame stand, of those above a limit. Lines and areas have words beside them or in
/// them, and those count.
fn lowest(frame: &Frame, corner: Abs, limit: Abs) -> Abs {
    let places = frame.items().map(|(place, item)| match item {
        FrameItem::Group(group) => lowest(&group.frame, corner + place.y + group.transform.ty, limit),
        FrameItem::Text(_) => corner + place.y,
        FrameItem::Image(_, size, _) => corner + place.y + size.y,
        _ => Abs::zero(),
    });
    places.filter(|place| *place <= limit).fold(Abs::zero(), Abs::max)
}

/// The view as a template is given it: with the sheet it is set on, which try it is, and whether with less air.
fn given(frame: &Value, sheet: Sheet, how: Try) -> Bytes {
    let mut frame = frame.clone();
    if let Value::Object(map) = &mut frame {
        map.insert("paper".to_owned(), paper(sheet, how));
    }
    Bytes::from_string(frame.to_string())
}

/// The sheet that a document is set on, which try it is, and whether with less air.
fn paper(sheet: Sheet, how: Try) -> Value {
    json!({"size": sheet.key(), "turn": how.turn, "is_close": how.is_close})
}

impl World for Typesetter<'_> {
    fn library(&self) -> &LazyHash<Library> {
        &LIBRARY
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &self.book
    }

    fn main(&self) -> FileId {
        self.main
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        let name = name_of(id);
        let found = self.sources.get(&name);
        found.cloned().ok_or_else(|| FileError::NotFound(name.into()))
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        let name = name_of(id);
        if name == DATA {
            return Ok(self.data.clone());
        }
        if name == PAPER {
            return Ok(self.paper.clone());
        }
        let found = self.theme.paper().get(&name);
        found.map(|bytes| Bytes::new(bytes.clone())).ok_or_else(|| FileError::NotFound(name.into()))
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.fonts.get(index).cloned()
    }

    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        Some(self.today)
    }
}
