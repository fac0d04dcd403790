//! Which one of a list a path names: `rates.2026-11-02`, `assign.2`.
//!
//! Comes in: a list as it stands in a file, and a word of a path. Goes out: the place that is meant, or what is wrong with the word.

use crate::diagnostic::spelling::{count, did_you_mean};
use crate::diagnostic::{Diagnostic, Spanned};
use crate::record::what_if::WHAT_IF_UNFIT;
use crate::source::node::Node;

/// Finds the one of a list that a word names: by its place, counted from 1, else by itself where it is text, else by a value of one of
/// its fields. A number is always a place, so that a path means the same whatever the values are.
pub(super) fn place(list: &[Node], word: &Spanned<String>) -> Result<usize, Box<Diagnostic>> {
    let unfit = |message: String, hint: String| {
        Err(Box::new(Diagnostic::new(&WHAT_IF_UNFIT, word.span, message).hint(hint)))
    };
    let known = count(list.len(), "entry");
    let is_number = !word.value.is_empty() && word.value.bytes().all(|byte| byte.is_ascii_digit());
    if is_number {
        let place = word.value.parse::<usize>().ok().and_then(|place| place.checked_sub(1));
        return match place.filter(|place| *place < list.len()) {
            Some(place) => Ok(place),
            None => unfit(format!("the list has {known}, no `{}`", word.value), ways(list)),
        };
    }
    let named: Vec<usize> =
        (0..list.len()).filter(|place| values(&list[*place]).any(|value| value == word.value)).collect();
    match named.as_slice() {
        [place] => Ok(*place),
        [] => {
            let near =
                did_you_mean(&word.value, list.iter().flat_map(values).filter(|value| is_own(list, value)));
            let hint = near.map_or_else(|| ways(list), |near| format!("write `{near}`"));
            unfit(format!("none of the {known} of the list is `{}`", word.value), hint)
        }
        several => {
            let places: Vec<String> = several.iter().map(|place| format!("`{}`", place + 1)).collect();
            let message = format!("`{}` is in {} of the {known} of the list", word.value, several.len());
            unfit(
                message,
                format!("name one by its place, {}, or by a value that it alone has", places.join(" or ")),
            )
        }
    }
}

/// What one of a list can be named by besides its place: the text that it is, or the values of its fields.
fn values(one: &Node) -> impl Iterator<Item = &str> {
    let fields = one.entries().unwrap_or_default().iter().filter_map(|entry| entry.value.text());
    one.text().into_iter().chain(fields)
}

/// Whether a value names one of a list: that one alone has it, a path can hold it, and it is no place.
fn is_own(list: &[Node], value: &str) -> bool {
    let is_a_name =
        value.contains(|letter: char| !letter.is_ascii_digit()) && !value.contains(['.', '/', '=']);
    is_a_name && list.iter().filter(|other| values(other).any(|one| one == value)).count() == 1
}

/// How one of a list can be named, each by the first value that it alone has, else by its place.
fn ways(list: &[Node]) -> String {
    let own = |one: &Node| values(one).find(|value| is_own(list, value)).map(str::to_owned);
    let names =
        list.iter().enumerate().map(|(place, one)| own(one).unwrap_or_else(|| (place + 1).to_string()));
    let names: Vec<String> = names.take(NAMED).map(|name| format!("`{name}`")).collect();
    let more = if list.len() > NAMED { " …" } else { "" };
    match list.len() {
        0 => "set the whole of it: end the path before".to_owned(),
        many => format!("name one of them by its place, from 1 to {many}, or as {}{more}", names.join(", ")),
    }
}

/// So many of a list are named.
const NAMED: usize = 5;
