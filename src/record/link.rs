//! The grammar of dependencies: `design`, `design SS +2d`, `survey FF`, `order-hw +10ed`, `design SS +25%`, `branch-network/rollout`;
//! and of hammocks: `a .. b`.

use crate::diagnostic::{Diagnostics, Span, Spanned};
use crate::quantity::{Id, Lag, Malformed};
use crate::record::decode::{Decode, bad_scalar, read_key, tell_value};
use crate::record::word::words_of;
use crate::source::node::Node;

/// The two letters of a link; the first is the end of the predecessor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LinkLetters {
    /// Finish to start.
    FS,
    /// Start to start.
    SS,
    /// Finish to finish.
    FF,
    /// Start to finish.
    SF,
}

/// One dependency.
#[derive(Clone, Debug, PartialEq)]
pub struct LinkRecord {
    /// The folder of the project that the task waited for belongs to; none where it is a task of the same plan.
    pub project: Option<Spanned<String>>,
    /// The task waited for.
    pub predecessor: Spanned<Id>,
    /// Which ends are tied.
    pub letters: LinkLetters,
    /// Time between the ends; negative for a lead.
    pub lag: Option<Spanned<Lag>>,
    /// The whole link.
    pub span: Span,
}

const FORM: &str =
    "a task, or a task with link type and lag, such as `design`, `design SS +2d` or `survey FF`";

impl Decode for LinkRecord {
    const FORM: &'static str = FORM;

    fn decode(node: &Node, found: &mut Diagnostics) -> Option<Self> {
        let words = words_of(node, FORM, found)?;
        let first = words.get(0)?;
        if words.has_commas() {
            let fault = Malformed::expected(FORM).hint(format!("write a list: `[{}]`", words.text()));
            tell_value(bad_scalar(words.span(), words.text(), fault), found);
            return None;
        }
        if let Some(at) = first.value.find('+').filter(|at| *at > 0) {
            let (task, lag) = first.value.split_at(at);
            let fault = Malformed::expected(FORM).hint(format!(
                "put a space before the sign: `{task} {lag}{}`",
                words.rest(1).map_or_else(String::new, |rest| rest.value)
            ));
            tell_value(bad_scalar(words.span(), words.text(), fault), found);
            return None;
        }
        let (letters, lag_from) = match words.get(1) {
            None => (Some(LinkLetters::FS), 1),
            Some(word) if word.value.starts_with(['+', '-']) => (Some(LinkLetters::FS), 1),
            Some(word) => (
                letters_of(
                    (&first.value, &word),
                    &words.rest(2).map_or_else(String::new, |rest| rest.value),
                    found,
                ),
                2,
            ),
        };
        let (project, task) = parted(&first);
        let predecessor = read_key::<Id>(&task, found);
        let letters = letters?;
        let lag = match words.rest(lag_from) {
            None => None,
            Some(written) => Some(lag_of(&written, found)?),
        };
        Some(Self { project, predecessor: predecessor?, letters, lag, span: words.span() })
    }
}

/// A task of another project is written behind the folder of its project: `branch-network/rollout`.
fn parted(word: &Spanned<String>) -> (Option<Spanned<String>>, Spanned<String>) {
    match word.value.split_once('/') {
        Some((project, task)) => {
            (Some(Spanned::new(project.to_owned(), word.span)), Spanned::new(task.to_owned(), word.span))
        }
        None => (None, word.clone()),
    }
}

/// The letters of a link type in words, `finish-to-finish` or `finish to finish`, and what stands behind it.
fn in_words(text: &str) -> Option<(&'static str, &str)> {
    const ENDS: [(&str, [&str; 2]); 4] = [
        ("FS", ["finish", "start"]),
        ("SS", ["start", "start"]),
        ("FF", ["finish", "finish"]),
        ("SF", ["start", "finish"]),
    ];
    let part = |text: &str, word: &str| -> Option<usize> {
        let begins = text.get(..word.len()).is_some_and(|begin| begin.eq_ignore_ascii_case(word));
        begins.then_some(word.len())
    };
    let is_joint = |letter: char| letter == '-' || letter == '_' || letter == ' ';
    ENDS.into_iter().find_map(|(letters, [from, to])| {
        let rest = text[part(text, from)?..].trim_start_matches(is_joint);
        let rest = rest[part(rest, "to")?..].trim_start_matches(is_joint);
        Some((letters, rest[part(rest, to)?..].trim_start()))
    })
}

/// Reads the link type between the task before it and what stands behind it.
fn letters_of(
    (before, word): (&str, &Spanned<String>),
    rest: &str,
    found: &mut Diagnostics,
) -> Option<LinkLetters> {
    let letters = match word.value.as_str() {
        "FS" => return Some(LinkLetters::FS),
        "SS" => return Some(LinkLetters::SS),
        "FF" => return Some(LinkLetters::FF),
        "SF" => return Some(LinkLetters::SF),
        other => other.to_ascii_uppercase(),
    };
    let form = Malformed::expected("a link type: FS, SS, FF or SF");
    let tied = letters.find(['+', '-']).map(|at| (letters[..at].to_owned(), &word.value[at..]));
    let is_lag = word.value.parse::<Lag>().is_ok();
    let spelled = format!("{} {rest}", word.value);
    let fault = if let Some((letters, lag)) = in_words(&spelled) {
        form.hint(format!("write `{}`", format!("{before} {letters} {lag}").trim_end()))
    } else if matches!(letters.as_str(), "FS" | "SS" | "FF" | "SF") {
        form.hint(format!("write `{letters}`"))
    } else if let Some((letters @ ("FS" | "SS" | "FF" | "SF"), lag)) =
        tied.as_ref().map(|(letters, lag)| (letters.as_str(), *lag))
    {
        form.hint(format!("put a space before the sign: `{letters} {lag}{rest}`"))
    } else if let Some(number) = word.value.strip_prefix('−') {
        Malformed::expected("a lag with its sign")
            .hint(format!("write `-{number}`, with a hyphen for the sign"))
    } else if is_lag {
        Malformed::expected("a lag with its sign").hint(format!("write `+{}`", word.value))
    } else if letters.len() == 2 && word.value == letters {
        form.hint("finish to start `FS`, start to start `SS`, finish to finish `FF` or start to finish `SF`")
    } else {
        form.hint("write several tasks as a list: `[a, b]`")
    };
    tell_value(bad_scalar(word.span, &word.value, fault), found);
    None
}

/// Reads what stands behind the link type.
fn lag_of(written: &Spanned<String>, found: &mut Diagnostics) -> Option<Spanned<Lag>> {
    let text: String = written.value.split_whitespace().collect();
    let form = || Malformed::expected("a lag such as +2d, -1d, +25% or, through weekends, +10ed");
    let has_two_signs = text.strip_prefix(['+', '-']).is_some_and(|number| number.starts_with(['+', '-']));
    let fault = if has_two_signs {
        form().hint("write one sign: `+` for a lag, `-` for a lead")
    } else if text.starts_with(['+', '-']) {
        match text.parse::<Lag>() {
            Ok(lag) => return Some(Spanned::new(lag, written.span)),
            // The number behind a plus is read without it; what is to be written keeps it.
            Err(fault) if text.starts_with('+') => form().hint(fault.hint.replacen('`', "`+", 1)),
            Err(fault) => form().hint(fault.hint),
        }
    } else {
        form().hint(
            "write the lag with its sign behind the link type, and several tasks as a list: `[a, b SS +2d]`",
        )
    };
    tell_value(bad_scalar(written.span, &written.value, fault), found);
    None
}

/// From the start of one task to the finish of another, written `a .. b`.
#[derive(Clone, Debug, PartialEq)]
pub struct SpanRecord {
    /// The task whose start begins it; several, of which the first to start counts, only where a what-if has left it out.
    pub from: Vec<Spanned<Id>>,
    /// The task whose finish ends it; of several the last to finish counts.
    pub to: Vec<Spanned<Id>>,
    /// The whole text.
    pub span: Span,
}

impl Decode for SpanRecord {
    const FORM: &'static str = "two tasks, such as `design .. handover`";

    fn decode(node: &Node, found: &mut Diagnostics) -> Option<Self> {
        let words = words_of(node, Self::FORM, found)?;
        if let [from, dots, to] = words.as_slice()
            && dots.value == ".."
        {
            let from = read_key::<Id>(from, found);
            let to = read_key::<Id>(to, found);
            return Some(Self { from: vec![from?], to: vec![to?], span: words.span() });
        }
        let fault = Malformed::expected(Self::FORM);
        let text = words.text();
        let fault = match text.split_once("..") {
            Some((from, to)) => fault.hint(format!("write `{} .. {}`", from.trim(), to.trim())),
            None => fault.hint("write the task that begins it, two dots, and the task that ends it"),
        };
        tell_value(bad_scalar(words.span(), text, fault), found);
        None
    }
}
