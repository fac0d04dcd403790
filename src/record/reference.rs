//! The reference of the file format, written from the records themselves.
//!
//! Comes in: each record's doc, fields and computed keys. Goes out: the Markdown of `docs/format.md`. What a value means
//! is said at the field in its record, never here.

use std::fmt::Write as _;

use crate::record::decode::{Field, Shape};
use crate::record::file_kind::{FILES, FileForm, FileKind, RecordPage};

/// Writes the reference of the file format as Markdown, for `docs/format.md`.
#[must_use]
pub fn reference() -> String {
    let mut text = include_str!("reference/preamble.md").to_owned();
    text.push_str("\n## The files\n\n| file | what it is |\n|---|---|\n");
    for file in FILES {
        push(
            &mut text,
            format_args!("| [`{0}`](#{1}) | {2} |\n", file.path, anchor(file.path), file.summary()),
        );
    }
    for file in FILES {
        write_file(&mut text, file);
    }
    write_computed(&mut text);
    text
}

/// Appends formatted text; writing into a string cannot fail.
fn push(text: &mut String, piece: std::fmt::Arguments<'_>) {
    text.write_fmt(piece).expect("a string takes any text");
}

impl FileKind {
    /// The first sentence of what the file is, without its path.
    fn summary(&self) -> String {
        let doc = self.records[0].doc();
        let first = doc.split_inclusive(". ").next().unwrap_or_default().trim();
        let bare = first.strip_suffix('.').unwrap_or(first).to_owned();
        match self.path {
            "calendars/group.yaml" => "Calendars that several projects use".to_owned(),
            _ => capital(&bare),
        }
    }

    fn language(&self) -> &'static str {
        match self.form {
            FileForm::One | FileForm::ById => "yaml",
            FileForm::Rows => "csv",
            FileForm::Page => "markdown",
        }
    }
}

impl RecordPage {
    /// What the record is, on one line and without the path of its file.
    pub(super) fn doc(&self) -> String {
        let doc = one_line(self.doc);
        match doc.split_once("`: ") {
            Some((path, rest)) if path.starts_with('`') => rest.to_owned(),
            _ => doc,
        }
    }
}

impl RecordPage {
    /// What the record is, in as many paragraphs as its documentation has.
    fn paragraphs(&self) -> String {
        let rest = self.doc.split("\n\n").skip(1).map(one_line);
        let first = RecordPage { doc: self.doc.split("\n\n").next().unwrap_or_default(), ..*self }.doc();
        std::iter::once(capital(&first)).chain(rest).collect::<Vec<_>>().join("\n\n")
    }
}

fn write_file(text: &mut String, file: &FileKind) {
    let record = &file.records[0];
    push(text, format_args!("\n## `{}`\n\n{}\n", file.path, capital(&record.doc())));
    let noun = record.noun;
    match file.form {
        FileForm::One => {}
        FileForm::ById => push(text, format_args!("\nThe file is a list by id: each id, then the {noun}.\n")),
        FileForm::Rows => {
            push(
                text,
                format_args!("\nThe first line names the columns; each further line is one {noun}.\n"),
            );
        }
        FileForm::Page => text
            .push_str("\nThe fields stand between two lines `---`; below them is the text, in Markdown.\n"),
    }
    push(text, format_args!("\n```{}\n{}```\n", file.language(), file.example));
    if file.path == "calendars/group.yaml" {
        push(
            text,
            format_args!("\nIts fields are those of [`calendar.yaml`](#{}).\n", anchor("calendar.yaml")),
        );
        return;
    }
    write_fields(text, record);
    for inside in &file.records[1..] {
        push(text, format_args!("\n### {}\n\n{}\n", heading(inside), inside.paragraphs()));
        write_fields(text, inside);
    }
}

fn write_fields(text: &mut String, record: &RecordPage) {
    text.push_str("\n| field | required | what to write | what it says |\n|---|---|---|---|\n");
    for field in record.fields {
        push(
            text,
            format_args!(
                "| `{}` | {} | {} | {} |\n",
                field.name,
                if field.required { "yes" } else { "" },
                cell(&form_of(field)),
                cell(&one_line(field.doc))
            ),
        );
    }
}

/// What may stand at a field, with a link where that is a record.
fn form_of(field: &Field) -> String {
    let inner = match page_of((field.fields)()) {
        Some((noun, target)) if field.form.starts_with("the fields of") => format!("[{noun}](#{target})"),
        Some((noun, target)) => format!("{}; see [{noun}](#{target})", field.form),
        None => short_form(field.form).to_owned(),
    };
    match field.shape {
        Shape::One => inner,
        Shape::List => format!("one or more: {inner}"),
        Shape::Mapping => format!("named entries: {inner}"),
        Shape::ByDay => format!("by date or range: {inner}"),
    }
}

/// Forms that the table of values explains once, each with its name there.
const EXPLAINED: [(&str, &str); 18] = [
    ("an id:", "an id"),
    ("a date such as 2026-11-20, or with its time", "a date, with or without its time"),
    ("a date such as", "a date"),
    ("a duration such as 30m", "a duration"),
    ("a duration such as 5d, or three", "a duration, or three points"),
    ("an amount such as 12_500", "money"),
    ("an amount such as 6_500", "money, or three points"),
    ("an amount with its category", "money and its category"),
    ("a percentage", "a percentage"),
    ("a rate such as", "a rate"),
    ("a whole number", "a whole number"),
    ("a day such as 2026-12-25", "a date, or a range"),
    ("a count such as", "a count"),
    ("a number, with or without", "a quantity"),
    ("a currency code", "a currency code"),
    ("a week such as", "a week"),
    ("a task, or a task with", "a link"),
    ("a person such as", "an assignment"),
];

fn short_form(form: &'static str) -> &'static str {
    EXPLAINED.iter().find(|(start, _)| form.starts_with(start)).map_or(form, |(_, short)| short)
}

/// The noun and the place of the record that has these fields.
fn page_of(fields: &[Field]) -> Option<(&'static str, String)> {
    if fields.is_empty() {
        return None;
    }
    let names = |fields: &[Field]| fields.iter().map(|field| field.name).collect::<Vec<_>>();
    for file in FILES {
        for (number, record) in file.records.iter().enumerate() {
            if names(record.fields) == names(fields) {
                let target = if number == 0 { anchor(file.path) } else { anchor(&heading(record)) };
                return Some((record.noun, target));
            }
        }
    }
    None
}

fn write_computed(text: &mut String) {
    text.push_str(
        "\n## Not written here\n\nA typed copy of a result soon says something else than the plan, and readers would not know \
         which to believe; other\nkeys have their place elsewhere. These are refused with error E124, and this is what to do \
         instead.\n\n\
         | in | key | instead |\n|---|---|---|\n",
    );
    let mut seen: Vec<&str> = Vec::new();
    let records =
        FILES.iter().flat_map(|file| file.records.iter().enumerate().map(move |at| (file.path, at)));
    for (path, (number, record)) in records {
        if record.computed.is_empty() || seen.contains(&record.noun) {
            continue;
        }
        seen.push(record.noun);
        let place = if number == 0 { format!("`{path}`") } else { format!("{} in `{path}`", record.noun) };
        // Keys with one answer share a line: `status`, `colour` and `rag` are one mistake.
        let mut answers: Vec<(&str, Vec<&str>)> = Vec::new();
        for (key, instead) in record.computed {
            match answers.iter_mut().find(|(known, _)| known == instead) {
                Some((_, keys)) => keys.push(key),
                None => answers.push((instead, vec![key])),
            }
        }
        for (instead, keys) in answers {
            let keys: Vec<String> = keys.iter().map(|key| format!("`{key}`")).collect();
            push(text, format_args!("| {place} | {} | {} |\n", keys.join(", "), cell(instead)));
        }
    }
}

fn heading(record: &RecordPage) -> String {
    capital(record.noun)
}

fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

/// Joins the lines of a doc comment.
pub(super) fn one_line(doc: &str) -> String {
    doc.lines().map(str::trim).filter(|line| !line.is_empty()).collect::<Vec<_>>().join(" ")
}

/// Makes a text fit into a cell of a Markdown table.
fn cell(text: &str) -> String {
    // Between backticks Markdown keeps a `<` as it is, and would show the escape.
    let pieces = text.split('`').enumerate();
    let escaped: Vec<String> = pieces
        .map(|(number, piece)| if number % 2 == 0 { piece.replace('<', "&lt;") } else { piece.to_owned() })
        .collect();
    escaped.join("`").replace('|', "\\|")
}

/// The place that a heading gets on the page, as code hosts form it.
fn anchor(heading: &str) -> String {
    heading
        .to_lowercase()
        .chars()
        .filter(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_'))
        .map(|c| if c == ' ' { '-' } else { c })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every record that a field leads to has a place in the reference.
    #[test]
    fn every_record_is_explained() {
        for record in FILES.iter().flat_map(|file| file.records) {
            for field in record.fields {
                let inside = (field.fields)();
                assert!(
                    inside.is_empty() || page_of(inside).is_some(),
                    "the record at `{}` of {} {} has no page",
                    field.name,
                    crate::record::decode::article(record.noun),
                    record.noun
                );
            }
        }
    }

    #[test]
    fn no_two_headings_are_the_same() {
        let text = reference();
        let mut headings: Vec<String> =
            text.lines().filter(|line| line.starts_with('#')).map(anchor).collect();
        let n_headings = headings.len();
        headings.sort();
        headings.dedup();
        assert_eq!(headings.len(), n_headings);
    }

    #[test]
    fn every_link_leads_to_a_heading() {
        let text = reference();
        let headings: Vec<String> = text
            .lines()
            .filter(|line| line.starts_with('#'))
            .map(|line| anchor(line.trim_start_matches('#').trim()))
            .collect();
        for link in text.split("](#").skip(1) {
            let target = link.split(')').next().unwrap();
            assert!(headings.iter().any(|heading| heading == target), "no heading `{target}`");
        }
    }

    #[test]
    fn every_field_says_what_it_is() {
        for record in FILES.iter().flat_map(|file| file.records) {
            for field in record.fields {
                assert!(field.doc.trim().ends_with('.'), "{} of {}", field.name, record.noun);
            }
        }
    }
}
