//! Rows of ledgers in what changed: the first in full, the others summed, and none told where bookings are not told one by one.

use std::collections::BTreeMap;

use crate::control::{Booked, ChangedEntry, Fate};
use crate::diagnostic::spelling::count;
use crate::format::{self, Precision};
use crate::model::EntryType;
use crate::page::what_changed::EntryWords;
use crate::quantity::{Amount, Currency, Effort};
use crate::report::ProjectReport;

/// So many rows that one author added, changed or took out of a file are told in full.
const ROWS_IN_FULL: usize = 3;

/// What is told of entries: all of those that are no rows; of rows the first of each author and each fate, and a line that sums
/// the others. The second list holds the rows that are summed.
pub(super) fn summed(
    project: &ProjectReport,
    told: Vec<(&ChangedEntry, EntryWords)>,
) -> (Vec<EntryWords>, Vec<EntryWords>) {
    let (mut entries, mut in_sums) = (Vec::new(), Vec::new());
    let mut of_authors: Vec<Vec<(&ChangedEntry, EntryWords)>> = Vec::new();
    for (entry, words) in told {
        if entry.booked.is_empty() {
            entries.push(words);
            continue;
        }
        match of_authors.iter_mut().find(|rows| rows.first().is_some_and(|(_, one)| is_alike(one, &words))) {
            Some(rows) => rows.push((entry, words)),
            None => of_authors.push(vec![(entry, words)]),
        }
    }
    let is_hidden = project.project.hides_bookings();
    for mut rows in of_authors {
        if is_hidden {
            entries.extend(sum(project, &rows, true));
            continue;
        }
        let is_few = rows.len() <= ROWS_IN_FULL + 1;
        let more = if is_few { Vec::new() } else { rows.split_off(ROWS_IN_FULL) };
        entries.extend(rows.into_iter().map(|(_, words)| words));
        entries.extend(sum(project, &more, false));
        in_sums.extend(more.into_iter().map(|(_, words)| words));
    }
    (entries, in_sums)
}

/// Whether two rows share file, fate and author.
fn is_alike(one: &EntryWords, other: &EntryWords) -> bool {
    one.fate == other.fate && file_of(one) == file_of(other) && one.author == other.author
}

fn file_of(words: &EntryWords) -> Option<&str> {
    let place = words.place.as_deref()?;
    Some(place.rsplit_once(':').map_or(place, |(file, _)| file))
}

/// A line for several rows: `12 rows more: actual 4 300 EUR`. Of hidden ones only how many there are.
fn sum(project: &ProjectReport, rows: &[(&ChangedEntry, EntryWords)], is_hidden: bool) -> Option<EntryWords> {
    let (entry, first) = rows.first()?;
    let is_one_commit = rows.iter().all(|(_, words)| words.commit == first.commit);
    let of_commit = |told: &Option<String>| told.clone().filter(|_| is_one_commit);
    let n_rows = count(rows.len(), "row");
    Some(EntryWords {
        fate: first.fate,
        id: String::new(),
        name: if is_hidden { n_rows } else { format!("{n_rows} more") },
        changes: if is_hidden { Vec::new() } else { sums(project, entry.fate, rows) },
        place: file_of(first).map(str::to_owned),
        is_gone: first.is_gone,
        author: first.author.clone(),
        commit: of_commit(&first.commit),
        commit_day: of_commit(&first.commit_day),
        subject: of_commit(&first.subject),
    })
}

/// What rows come to, by type: what is new, what is gone, or by how much more it is.
fn sums(project: &ProjectReport, fate: Fate, rows: &[(&ChangedEntry, EntryWords)]) -> Vec<String> {
    let mut money: BTreeMap<EntryType, Amount> = BTreeMap::new();
    let mut minutes = None;
    for booked in rows.iter().flat_map(|(entry, _)| &entry.booked) {
        match booked {
            Booked::Money(of, amount) => *money.entry(*of).or_default() += *amount,
            Booked::Work(effort) => *minutes.get_or_insert(0) += effort.minutes(),
        }
    }
    let in_words = |amount: i64, words: &dyn Fn(i64) -> String| match fate {
        Fate::Went => words(-amount),
        Fate::Changed => format::signed(amount, words(amount)),
        _ => words(amount),
    };
    let currency = project.project.currency;
    let money = money.into_iter().filter(|(_, amount)| fate != Fate::Changed || *amount != Amount::ZERO);
    let money = money.map(|(of, amount)| {
        format!("{} {}", of.key(), in_words(amount.0, &|minor| exact_money(Amount(minor), currency)))
    });
    let days = |minutes| exact_effort(Effort::from_minutes(minutes), project.minutes_per_day());
    let work = minutes.filter(|minutes| fate != Fate::Changed || *minutes != 0);
    money.chain(work.map(|minutes| in_words(minutes, &days))).collect()
}

/// Money with its currency, and with cents where it has any: `500 EUR`, `12.50 EUR`.
pub(super) fn exact_money(amount: Amount, currency: Currency) -> String {
    format!("{}\u{a0}{currency}", Precision::of(currency, [amount]).money(amount))
}

/// Hours in person-days to the hundredth of a day: `2 pd`, `4.75 pd`.
pub(super) fn exact_effort(effort: Effort, minutes_per_day: i64) -> String {
    let days = format::number(effort.days(minutes_per_day), 2);
    let days = days.strip_suffix(".00").unwrap_or(&days);
    format!("{days}\u{a0}pd")
}
