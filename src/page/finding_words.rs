//! What a check found, in the words of the site: names beside ids, dates as on every other page.
//!
//! Comes in: a message as the command line prints it, which speaks in ids and dates as they are typed. Goes out: the same for
//! whoever reads it without the files.

use jiff::civil::Date;

use crate::format;
use crate::model::Project;

/// Letters of a date as it is typed: `2026-10-09`.
const TYPED_DATE: usize = 10;

/// The message with the name before the first mention of each task, whose id stays behind it, and with dates in words.
#[must_use]
pub fn in_words(message: &str, project: Option<&Project>) -> String {
    let mut words = String::with_capacity(message.len());
    let mut named: Vec<&str> = Vec::new();
    for (place, part) in message.split('`').enumerate() {
        if place % 2 == 0 {
            words.push_str(&with_dates(part));
            continue;
        }
        let task = project.and_then(|project| {
            let number = project.task_by_id(&part.parse().ok()?)?;
            Some(project.task(number))
        });
        if let Some(task) = task.filter(|task| task.name != part && !named.contains(&part)) {
            named.push(part);
            words.push_str(&format!("“{}” (`{part}`)", task.name));
        } else {
            words.push_str(&format!("`{part}`"));
        }
    }
    words
}

/// Text with each typed date as it is printed elsewhere: `since 9 Oct 2026`.
fn with_dates(text: &str) -> String {
    let mut words = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(letter) = rest.chars().next() {
        let begins = words.chars().next_back().is_none_or(|before| before.is_whitespace() || before == '(');
        let behind = rest.get(TYPED_DATE..).unwrap_or_default().trim_start_matches([',', ';', ':', '.', ')']);
        let ends = behind.is_empty() || behind.starts_with(char::is_whitespace);
        let day =
            rest.get(..TYPED_DATE).filter(|_| begins && ends).and_then(|typed| typed.parse::<Date>().ok());
        if let Some(day) = day {
            words.push_str(&format::date(day));
            rest = &rest[TYPED_DATE..];
        } else {
            words.push(letter);
            rest = &rest[letter.len_utf8()..];
        }
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_printed_as_everywhere_and_code_stays_as_it_is_typed() {
        let said = in_words("late since 2026-10-09, not 2026-13-40; write `until: 2026-10-09`", None);
        assert_eq!(
            said.replace('\u{a0}', " "),
            "late since 9 Oct 2026, not 2026-13-40; write `until: 2026-10-09`"
        );
        assert_eq!(in_words("from 2026-10-09", None).replace('\u{a0}', " "), "from 9 Oct 2026");
        let no_date = "costs-2026-10-09.csv, x2026-10-09x, 2026-10-09.csv";
        assert_eq!(in_words(no_date, None), no_date);
    }
}
