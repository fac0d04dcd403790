//! From trees to typed values: scalars, lists, mappings, and the walk over the fields of a record.
//!
//! Comes in: nodes of `source`. Goes out: records whose every field keeps its place. Each fault is reported
//! where it stands and reading goes on, so that one run shows all of them.
//! Not here: what a record means, whether the ids in it exist.

use std::cell::{Cell, RefCell};

use crate::diagnostic::spelling::{did_you_mean, one_of};
use crate::diagnostic::{Diagnostic, Diagnostics, Severity, Span, Spanned};
use crate::quantity::{Estimate, Malformed};
use crate::record::another::are_of_another;
pub use crate::record::mapping::{Dated, Keyed, Named};
use crate::record::rule::{BAD_SCALAR, COMPUTED_FIELD, MISPLACED_AUDIENCE, MISSING_FIELD, UNKNOWN_FIELD};
pub use crate::record::scalar::{Scalar, Spelling};
use crate::record::slip::{
    AUDIENCE, glued, is_lost_audience, is_near_audience, is_rest_of_money, meant_field, name_here, part_of,
    text_with_colon,
};
use crate::source::node::{Entry, Node, NodeKind, Style};

/// Something that can be read from one value of a file.
pub trait Decode: Sized {
    /// What an author may write here, as a phrase: "a date such as 2026-11-20". For lists and mappings: one item.
    const FORM: &'static str;

    /// Whether one value stands here, several, or several by name.
    const SHAPE: Shape = Shape::One;

    /// The words that may be written, where nothing but one of a fixed list may; for lists and mappings: as one item.
    const WORDS: &'static [&'static str] = &[];

    /// How a value looks that can be read; for lists and mappings: one item.
    const SPELLING: Spelling = Spelling::ANY;

    /// How the keys of a mapping look that can be read; empty where any may stand.
    const KEYS: &'static str = "";

    /// Whether a list or mapping may stand here, too, whose inside no field describes.
    const IS_OPEN: bool = false;

    /// The fields of a record, or of the records in a list or mapping; empty for scalars.
    #[must_use]
    fn fields() -> &'static [Field] {
        &[]
    }

    /// Reads a value; faults go to `found`, and `None` means that nothing usable stands there.
    fn decode(node: &Node, found: &mut Diagnostics) -> Option<Self>;

    /// Reads a value that stands under a key, which is where a missing field is best pointed at.
    fn decode_under(_key: Span, node: &Node, found: &mut Diagnostics) -> Option<Self> {
        Self::decode(node, found)
    }

    /// A harmless value for one that cannot be read, so that a second reading finds what else is wrong with its record; none where no
    /// value is harmless.
    #[must_use]
    fn stand_in(_at: Span) -> Option<Self> {
        None
    }

    /// Hands over every free text in it, to be changed; what has a form of its own (ids, dates, sums, fixed words) is none.
    fn each_text(&mut self, _change: &mut dyn FnMut(&mut String)) {}
}

/// How many values a field takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// One value.
    One,
    /// A list of values; a single value is taken as a list of one.
    List,
    /// A mapping from names to values.
    Mapping,
    /// A mapping from days or ranges of days to values.
    ByDay,
}

/// One field of a record, as the format reference shows it.
#[derive(Clone, Copy, Debug)]
pub struct Field {
    /// The key in the file.
    pub name: &'static str,
    /// What may be written, as a phrase; for lists and mappings that of one item.
    pub form: &'static str,
    /// One value, a list, or a mapping.
    pub shape: Shape,
    /// What it means, for the author of the file.
    pub doc: &'static str,
    /// The words of a fixed list, where nothing else may be written; else empty.
    pub words: &'static [&'static str],
    /// How a value looks that can be read; for lists and mappings that of one item.
    pub spelling: Spelling,
    /// How the keys of a mapping look that can be read; empty where any may stand, and where there is no mapping.
    pub keys: &'static str,
    /// Whether a list or mapping may stand there whose inside no field describes.
    pub is_open: bool,
    /// Whether a record without it cannot be used.
    pub required: bool,
    /// The fields of the record inside; empty for scalars. A function, because records nest in themselves.
    pub fields: fn() -> &'static [Field],
}

impl<T: Scalar> Decode for Spanned<T> {
    const FORM: &'static str = T::FORM;
    const WORDS: &'static [&'static str] = T::WORDS;
    const SPELLING: Spelling = T::SPELLING;

    fn decode(node: &Node, found: &mut Diagnostics) -> Option<Self> {
        let Some(text) = node.text() else {
            let diagnostic = wrong_kind(node, T::FORM);
            let diagnostic = match text_with_colon(node) {
                Some(text) => diagnostic.hint(format!("put text with a colon in quotes: `\"{text}\"`")),
                None => diagnostic,
            };
            // What stood behind the colon may have been left out for a fault of its text.
            let at = match node.kind {
                NodeKind::Empty => Span { end: node.span.end + MOST_SPACES, ..node.span },
                _ => node.span,
            };
            tell(diagnostic, at, found);
            return None;
        };
        match T::read(text.trim()) {
            Ok(value) => Some(Spanned::new(value, node.span)),
            Err(fault) => {
                let fault = if goes_over_lines(node) {
                    Malformed { hint: KEY_IS_MISSING.to_owned(), ..fault }
                } else {
                    fault
                };
                tell(bad_scalar(node.span, text, fault), node.span, found);
                None
            }
        }
    }

    fn stand_in(at: Span) -> Option<Self> {
        T::read(T::STAND_IN).ok().map(|value| Spanned::new(value, at))
    }

    fn each_text(&mut self, change: &mut dyn FnMut(&mut String)) {
        self.value.as_text().into_iter().for_each(change);
    }
}

/// Several words or sentences; a single one is taken as a list of one.
pub type Words = Vec<Spanned<String>>;

impl<T: Decode> Decode for Vec<T> {
    const FORM: &'static str = T::FORM;
    const SHAPE: Shape = Shape::List;
    const WORDS: &'static [&'static str] = T::WORDS;
    const SPELLING: Spelling = T::SPELLING;
    const IS_OPEN: bool = T::IS_OPEN || !matches!(T::SHAPE, Shape::One);

    fn fields() -> &'static [Field] {
        T::fields()
    }

    fn decode(node: &Node, found: &mut Diagnostics) -> Option<Self> {
        match &node.kind {
            NodeKind::List(items) => {
                let read =
                    |item: &Node| T::decode(item, found).or_else(|| stand_in((item.span, item.span), found));
                Some(items.iter().filter_map(read).collect())
            }
            NodeKind::Empty => Some(Vec::new()),
            _ => T::decode(node, found).map(|item| vec![item]),
        }
    }

    fn stand_in(_at: Span) -> Option<Self> {
        Some(Vec::new())
    }

    fn each_text(&mut self, change: &mut dyn FnMut(&mut String)) {
        for item in self {
            item.each_text(change);
        }
    }
}

/// In a second reading, what stands in for a value that cannot be read; `at` is its place and that of its record.
fn stand_in<T: Decode>(at: (Span, Span), found: &mut Diagnostics) -> Option<T> {
    if found.may_stand_in(at.0, at.1) { T::stand_in(at.0) } else { None }
}

/// So far behind its colon a value is looked for that has been left out.
const MOST_SPACES: u32 = 4;

/// What to do about a value into which the lines below it were drawn.
const KEY_IS_MISSING: &str =
    "write above the lines below it the key that they belong to: they are read as part of this text";

/// Whether a text is one that goes over several lines and holds what looks like items of a list.
fn goes_over_lines(node: &Node) -> bool {
    let NodeKind::Scalar { text, style: Style::Plain } = &node.kind else { return false };
    node.span.range().len() > text.len() && text.contains(" - ")
}

/// Tells what is wrong with a value, unless a fault of its text has been told: one fault is one finding.
fn tell(diagnostic: Diagnostic, at: Span, found: &mut Diagnostics) {
    if !found.has_fault_of_text(at) {
        found.push(diagnostic);
    }
}

/// The same of what stands at the place of the finding.
pub(super) fn tell_value(diagnostic: Diagnostic, found: &mut Diagnostics) {
    match diagnostic.span {
        Some(at) => tell(diagnostic, at, found),
        None => found.push(diagnostic),
    }
}

/// Reads the key of a mapping as a scalar.
pub fn read_key<T: Scalar>(key: &Spanned<String>, found: &mut Diagnostics) -> Option<Spanned<T>> {
    match T::read(key.value.trim()) {
        Ok(value) => Some(Spanned::new(value, key.span)),
        Err(fault) => {
            let fault = match glued(&key.value) {
                Some((name, rest)) => {
                    Malformed { hint: format!("put a space behind the colon: `{name}: {rest}`"), ..fault }
                }
                None => fault,
            };
            tell(bad_scalar(key.span, &key.value, fault), key.span, found);
            None
        }
    }
}

/// Gives the entries of a mapping; nothing counts as an empty mapping, anything else is reported.
pub(super) fn entries_of<'a>(
    node: &'a Node,
    form: &str,
    shape: Shape,
    found: &mut Diagnostics,
) -> Option<&'a [Entry]> {
    match &node.kind {
        NodeKind::Map(entries) => Some(entries),
        NodeKind::Empty => Some(&[]),
        _ => {
            let (keys, hint) = match shape {
                Shape::ByDay => {
                    ("days or ranges", "write each as a day or range, a colon and what belongs to it")
                }
                _ => ("names", "write each entry as a name, a colon and what belongs to it: `name: …`"),
            };
            let expected = match form.strip_prefix("the fields of: ") {
                Some(noun) => format!("{keys}, each with the fields of {} {noun}", article(noun)),
                None => format!("{keys}, each with {form}"),
            };
            tell(wrong_kind(node, &expected).hint(hint), node.span, found);
            None
        }
    }
}

/// A record being read: the mapping and what has been said about it.
pub struct Walk<'a> {
    entries: &'a [Entry],
    noun: &'static str,
    anchor: Span,
    /// Whether nothing stands in it although it needs several fields, which has been told once for all of them.
    is_empty: bool,
    /// From its key, or its first byte, to its last.
    whole: Span,
    is_complete: Cell<bool>,
    unreadable: RefCell<Vec<&'static str>>,
}

impl<'a> Walk<'a> {
    /// Begins to read a record; reports keys that it does not have, and keys that are computed.
    ///
    /// `computed` pairs a key with what to type instead. `key` is where the record hangs.
    pub fn begin(
        node: &'a Node,
        key: Option<Span>,
        format: &RecordFormat,
        found: &mut Diagnostics,
    ) -> Option<Self> {
        let entries: &[Entry] = match &node.kind {
            NodeKind::Map(entries) => entries,
            NodeKind::Empty => &[],
            _ => {
                tell(not_a_record(node, format), node.span, found);
                return None;
            }
        };
        // A mistyped key is the field it is near to, written but not read.
        let mut unreadable = Vec::new();
        let anchor = key.unwrap_or_else(|| first_line(node));
        let is_another = are_of_another(entries, format, found);
        for entry in entries.iter().filter(|_| !is_another) {
            check_key(&entry.key, format, found);
            unreadable.extend(meant_field(&entry.key, format));
            unreadable.extend(is_lost_audience(entry, format).then_some(AUDIENCE));
        }
        let is_empty = is_another || entries.is_empty() && tell_empty((node, anchor), format, found);
        Some(Self {
            is_empty,
            entries,
            noun: format.noun,
            anchor,
            whole: Span { start: anchor.start.min(node.span.start), ..node.span },
            is_complete: Cell::new(true),
            unreadable: RefCell::new(unreadable),
        })
    }

    /// Where the record stands: its key, or for an item of a list its first field.
    #[must_use]
    pub fn anchor(&self) -> Span {
        self.anchor
    }

    /// Says whether every required field has been read.
    #[must_use]
    pub fn is_complete(&self) -> bool {
        self.is_complete.get()
    }

    /// Keys of fields that are written but could not be read.
    #[must_use]
    pub fn unreadable(&self) -> Vec<&'static str> {
        self.unreadable.borrow().clone()
    }

    /// Whether it is a row of a table, whose fields are named in the line above all rows.
    fn is_row(&self) -> bool {
        self.entries.first().is_some_and(|entry| entry.key.span.end <= self.whole.start)
    }

    fn entry(&self, key: &str) -> Option<&'a Entry> {
        let entry = self.entries.iter().find(|entry| entry.key.value == key)?;
        (entry.value.kind != NodeKind::Empty).then_some(entry)
    }

    /// Reads a field that may be absent; a key with nothing after it counts as absent.
    pub fn optional<T: Decode>(&self, key: &'static str, found: &mut Diagnostics) -> Option<T> {
        let Some(entry) = self.entry(key) else {
            // It may stand behind a fault of the text.
            if found.has_fault_of_text(self.whole) {
                self.unreadable.borrow_mut().push(key);
            }
            return None;
        };
        let n_before = found.iter().len();
        let value = T::decode_under(entry.key.span, &entry.value, found);
        // A list keeps the items that can be read; what the others would have said is missing from it.
        let is_short = matches!(T::SHAPE, Shape::List)
            && found.iter().skip(n_before).any(|fault| fault.severity == Severity::Error);
        if value.is_none() || is_short {
            self.unreadable.borrow_mut().push(key);
        }
        value
    }

    /// Reads a field that the record cannot do without.
    pub fn required<T: Decode>(&self, key: &'static str, found: &mut Diagnostics) -> Option<T> {
        let entry = self.entry(key);
        let value = if entry.is_some() {
            self.optional(key, found)
        } else {
            // A slip of its key has been told, and is the one thing to mend.
            if !self.is_empty && !self.unreadable.borrow().contains(&key) {
                let message = format!("this {} has no `{key}`", self.noun);
                let what = what_belongs_there::<T>();
                let hint = if self.is_row() {
                    format!("fill in the column `{key}` with {what}")
                } else {
                    format!("add `{key}:` with {what}")
                };
                let diagnostic = Diagnostic::new(&MISSING_FIELD, self.anchor, message).hint(hint);
                tell(diagnostic, self.whole, found);
            }
            None
        };
        // Whatever stands in for it knows less than is meant.
        if value.is_none() {
            self.unreadable.borrow_mut().push(key);
        }
        let at = entry.map_or(self.anchor, |entry| entry.value.span);
        let value = value.or_else(|| stand_in((at, self.anchor), found));
        self.is_complete.set(self.is_complete.get() && value.is_some());
        value
    }
}

/// What [`Walk::begin`] must know of a record.
pub struct RecordFormat {
    /// The noun used in messages.
    pub noun: &'static str,
    /// The fields it has.
    pub fields: &'static [Field],
    /// Keys that authors like to type but that are computed, with what to type instead.
    pub computed: &'static [(&'static str, &'static str)],
}

/// A record: a mapping with fixed fields, or a row of a table with fixed columns.
pub trait Record: Decode {
    /// What it is called, its fields, and what is computed for it.
    const FORMAT: RecordFormat;
}

/// Reports a record in which nothing stands although it needs several fields.
fn tell_empty((node, anchor): (&Node, Span), format: &RecordFormat, found: &mut Diagnostics) -> bool {
    let required = format.fields.iter().filter(|field| field.required);
    let names: Vec<&str> = required.map(|field| field.name).collect();
    if names.len() < 2 {
        return false;
    }
    let hint = format!("add {}, each with what belongs to it", one_of(&names).replace(" or ", " and "));
    let message = format!("this {} is empty", format.noun);
    let at = Span { end: node.span.end + MOST_SPACES, ..node.span };
    tell(Diagnostic::new(&MISSING_FIELD, anchor, message).hint(hint), at, found);
    true
}

/// Reports a key that a record does not have, or that is computed.
pub fn check_key(key: &Spanned<String>, format: &RecordFormat, found: &mut Diagnostics) {
    let name = key.value.as_str();
    if format.fields.iter().any(|field| field.name == name) {
        return;
    }
    found.push(match format.computed.iter().find(|(computed, _)| *computed == name) {
        Some((_, instead)) => {
            Diagnostic::new(&COMPUTED_FIELD, key.span, format!("`{name}` is not written here")).hint(*instead)
        }
        None if is_misplaced_audience(name, format.fields) => misplaced_audience(key.span, format.noun),
        None => unknown_field(key, format.noun, format.fields),
    });
}

/// Says whether a key is meant for an audience in a record that takes none.
fn is_misplaced_audience(key: &str, fields: &[Field]) -> bool {
    is_near_audience(key) && fields.iter().all(|field| field.name != AUDIENCE)
}

/// Reports an audience where none can be named.
pub(super) fn misplaced_audience(key: Span, noun: &str) -> Diagnostic {
    let message = format!("{} {noun} has no audience of its own", article(noun));
    Diagnostic::new(&MISPLACED_AUDIENCE, key, message)
        .hint("write `audience` among the fields of a whole entry of a register, or of a page")
        .hint("remove it where everybody may read it: until then the words of this file are kept from others")
}

fn unknown_field(key: &Spanned<String>, noun: &str, fields: &[Field]) -> Diagnostic {
    let message = format!("{} {noun} has no field `{}`", article(noun), key.value);
    let diagnostic = Diagnostic::new(&UNKNOWN_FIELD, key.span, message);
    if is_rest_of_money(&key.value) {
        return diagnostic.label("the comma before it ends the value").hint(format!(
            "write money without a comma, such as `12_{}`: between braces a comma begins the next field",
            key.value
        ));
    }
    let has = |name: &str| fields.iter().any(|field| field.name == name);
    if let Some((name, rest)) = glued(&key.value).filter(|(name, _)| has(name)) {
        return diagnostic
            .label("the colon needs a space after it")
            .hint(format!("put a space behind the colon: `{name}: {rest}`"));
    }
    let named_otherwise = name_here(&key.value).filter(|name| has(name));
    let near = || did_you_mean(&key.value, fields.iter().map(|field| field.name));
    match named_otherwise.or_else(near) {
        Some(name) => diagnostic.label(format!("did you mean `{name}`?")).hint(format!("write `{name}`")),
        None => diagnostic.hint(format!("use {}", likely_fields(fields))),
    }
}

/// Reports a value of the wrong kind: a list where text belongs.
#[must_use]
pub fn wrong_kind(node: &Node, form: &str) -> Diagnostic {
    let message = format!("expected {form}, found {}", node.describe());
    Diagnostic::new(&BAD_SCALAR, first_line(node), message).label(format!("this is {}", node.describe()))
}

/// Reports a text that does not have its form.
#[must_use]
pub fn bad_scalar(span: Span, text: &str, fault: Malformed) -> Diagnostic {
    let (span, shown) = match part_of(span, text, &fault.part) {
        Some(span) => (span, fault.part.as_str()),
        None => (span, text.trim()),
    };
    let diagnostic = Diagnostic::new(&BAD_SCALAR, span, format!("`{shown}` is not {}", fault.expected));
    if fault.hint.is_empty() { diagnostic } else { diagnostic.hint(fault.hint) }
}

/// Reports a value where the fields of a record belong.
fn not_a_record(node: &Node, format: &RecordFormat) -> Diagnostic {
    let expected = format!("the fields of {} {}", article(format.noun), format.noun);
    let diagnostic = wrong_kind(node, &expected);
    // `duration:5d` is plain text to YAML, because no space follows the colon.
    let glued = node.text().and_then(|text| text.trim().split_once(':'));
    let has = |name: &str| format.fields.iter().any(|field| field.name == name);
    if let Some((key, value)) = glued.filter(|(key, _)| has(key)) {
        return diagnostic.hint(format!("put a space behind the colon: `{key}: {value}`"));
    }
    match node.text().map(str::trim).filter(|text| has("duration") && text.parse::<Estimate>().is_ok()) {
        Some(text) => diagnostic.hint(format!("write `{{duration: {text}}}`")),
        None => diagnostic.hint(format!("use {}", likely_fields(format.fields))),
    }
}

/// A place that fits on a line: the value itself, or the first key or item of a collection.
#[must_use]
pub fn first_line(node: &Node) -> Span {
    match &node.kind {
        NodeKind::Map(entries) => match entries.first() {
            Some(Entry { key, value: Node { kind: NodeKind::Scalar { .. }, span } }) => {
                Span { end: span.end.max(key.span.end), ..key.span }
            }
            Some(entry) => entry.key.span,
            None => node.span,
        },
        NodeKind::List(items) => items.first().map_or(node.span, first_line),
        _ => node.span,
    }
}

/// "a" or "an".
#[must_use]
pub fn article(noun: &str) -> &'static str {
    if noun.starts_with(['a', 'e', 'i', 'o', 'u']) { "an" } else { "a" }
}

/// What stands in a field, as a phrase: the form of a scalar, or the fields of a record.
fn what_belongs_there<T: Decode>() -> String {
    if T::fields().is_empty() {
        return T::FORM.to_owned();
    }
    let fields = one_of_fields(T::fields(), " or ");
    match T::SHAPE {
        Shape::One => fields,
        Shape::List => format!("a list of entries, each with {fields}"),
        Shape::Mapping => format!("a name for each entry, and below it {fields}"),
        Shape::ByDay => format!("a date or range for each entry, and below it {fields}"),
    }
}

/// The most fields that a message names: more would bury the one that is meant.
const MOST_NAMED: usize = 8;

/// Names the fields of a record, the required ones first; of a long list the first few.
pub(super) fn likely_fields(fields: &[Field]) -> String {
    if fields.len() <= MOST_NAMED {
        return one_of_fields(fields, " or ");
    }
    let (required, others): (Vec<&Field>, Vec<&Field>) = fields.iter().partition(|field| field.required);
    let names: Vec<String> =
        required.iter().chain(&others).take(MOST_NAMED).map(|field| format!("`{}`", field.name)).collect();
    format!("{} …; docs/format.md lists all", names.join(", "))
}

fn one_of_fields(fields: &[Field], joint: &str) -> String {
    let names: Vec<&str> = fields.iter().map(|field| field.name).collect();
    one_of(&names).replace(" or ", joint)
}

/// Takes the `r#` from the name of a field that is a Rust keyword.
#[must_use]
pub const fn plain_name(name: &'static str) -> &'static str {
    match name.as_bytes() {
        [b'r', b'#', ..] => name.split_at(2).1,
        _ => name,
    }
}
