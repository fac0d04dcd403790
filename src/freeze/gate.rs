//! The text of `gates/frozen/GATE-DATE.yaml`.

use jiff::civil::Date;

use super::sealed;
use crate::model::{Decision, Wording};
use crate::quantity::GateId;
use crate::source::yaml::write::{WIDTH, words_in};

/// What is frozen of a gate besides its words.
#[derive(Clone, Copy, Debug)]
pub struct GateHead<'a> {
    /// The gate.
    pub gate: GateId,
    /// What was decided.
    pub decision: Decision,
    /// The day of the decision.
    pub decided: Date,
    /// The status date on which it is frozen.
    pub frozen: Date,
    /// The revision of the folder; none where it is under no version control.
    pub revision: Option<&'a str>,
    /// The digest of the content, 64 hexadecimal digits.
    pub document: &'a str,
    /// The files it is made from, by their path in the project, with the first digits of their digests.
    pub sources: &'a [(String, String)],
    /// The digests of the lines of these files, by their path in the project.
    pub lines: &'a [(String, String)],
}

/// Freezes the document of a decided gate. None where the text could not be read back.
#[must_use]
pub fn gate(head: &GateHead<'_>, terms: &Wording, content: &Wording) -> Option<String> {
    let mut begin = format!(
        "# Frozen by `milepost gate freeze`: what the board has seen and signed. Do not edit: the digest would no longer fit.\n\
         gate: {}\ndecided: {}\ndecision: {}\nfrozen: {}\n",
        head.gate,
        head.decided,
        head.decision.key(),
        head.frozen
    );
    if let Some(revision) = head.revision {
        begin += &format!("source_revision: {}\n", words_in(revision, false));
    }
    begin +=
        &format!("made_with: milepost {}\ndocument: sha256:{}\n", env!("CARGO_PKG_VERSION"), head.document);
    let mut body = "sources:\n".to_owned();
    for (path, digest) in head.sources {
        body += &format!("  {}: \"{digest}\"\n", words_in(path, true));
    }
    if head.sources.is_empty() {
        "sources: {}\n".clone_into(&mut body);
    }
    let lines = head.lines.iter().map(|(path, lines)| (path.clone(), Wording::Words(lines.clone())));
    if !head.lines.is_empty() {
        entry(0, "lines", &Wording::Parts(lines.collect()), &mut body);
    }
    entry(0, "terms", terms, &mut body);
    entry(0, "content", content, &mut body);
    sealed(&begin, &body)
}

/// Writes `key:` with what stands behind it.
fn entry(indent: usize, key: &str, value: &Wording, text: &mut String) {
    *text += &format!("{}{}:", " ".repeat(indent), words_in(key, true));
    behind(indent, value, text);
}

/// Writes a value behind a key or the dash of a list, on the same line where it fits, else beneath.
fn behind(indent: usize, value: &Wording, text: &mut String) {
    let used = text.rsplit('\n').next().map_or(0, |line| line.chars().count());
    if let Some(block) = block_of(value) {
        *text += " |-\n";
        for line in block.lines() {
            if line.is_empty() {
                text.push('\n');
            } else {
                *text += &format!("{}{line}\n", " ".repeat(indent + 2));
            }
        }
        return;
    }
    if let Wording::Words(_) | Wording::Is(_) = value {
        *text += &format!(" {}\n", inline(value, false));
        return;
    }
    let on_one_line = inline(value, true);
    if used + 1 + on_one_line.chars().count() <= WIDTH && is_flat(value) {
        *text += &format!(" {on_one_line}\n");
        return;
    }
    match value {
        Wording::List(items) => {
            // The first item of a list in a list stands behind its dash.
            let is_item = text.ends_with('-');
            if !is_item {
                text.push('\n');
            }
            for (place, item) in items.iter().enumerate() {
                *text += &if is_item && place == 0 {
                    " -".to_owned()
                } else {
                    format!("{}-", " ".repeat(indent + 2))
                };
                behind(indent + 2, item, text);
            }
        }
        Wording::Parts(parts) => {
            // The first part of an item of a list stands behind the dash.
            let is_item = text.ends_with('-');
            if !is_item {
                text.push('\n');
            }
            for (place, (key, part)) in parts.iter().enumerate() {
                if is_item && place == 0 {
                    *text += &format!(" {}:", words_in(key, true));
                    behind(indent + 2, part, text);
                } else {
                    entry(indent + 2, key, part, text);
                }
            }
        }
        Wording::Words(_) | Wording::Is(_) => {}
    }
}

/// Words of several lines that a block keeps as they are; none for others.
fn block_of(value: &Wording) -> Option<&str> {
    let Wording::Words(words) = value else { return None };
    let is_kept = words.contains('\n')
        && !words.ends_with(['\n', ' '])
        && !words.starts_with([' ', '\n'])
        && !words.chars().any(|letter| letter != '\n' && letter.is_control())
        && !words.contains(['\u{85}', '\u{2028}', '\u{2029}', '\u{feff}'])
        && words.lines().all(|line| !line.ends_with(' ') || !line.trim().is_empty());
    is_kept.then_some(words.as_str())
}

/// Says whether a value holds no mapping inside a mapping, which is read more easily on lines of its own.
fn is_flat(value: &Wording) -> bool {
    match value {
        Wording::Parts(parts) => {
            parts.iter().all(|(_, part)| matches!(part, Wording::Words(_) | Wording::Is(_)))
        }
        Wording::List(items) => items.iter().all(|item| !matches!(item, Wording::List(_))),
        Wording::Words(_) | Wording::Is(_) => true,
    }
}

fn inline(value: &Wording, is_inside: bool) -> String {
    match value {
        Wording::Words(words) => said(words, is_inside),
        Wording::Is(is) => is.to_string(),
        Wording::List(items) => {
            let items: Vec<String> = items.iter().map(|item| inline(item, true)).collect();
            format!("[{}]", items.join(", "))
        }
        Wording::Parts(parts) => {
            let parts: Vec<String> = parts
                .iter()
                .map(|(key, part)| format!("{}: {}", words_in(key, true), inline(part, true)))
                .collect();
            format!("{{{}}}", parts.join(", "))
        }
    }
}

/// Words as YAML reads them back, kept apart from what YAML takes for nothing.
fn said(words: &str, is_inside: bool) -> String {
    if words.is_empty() { "\"\"".to_owned() } else { words_in(words, is_inside) }
}
