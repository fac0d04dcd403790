//! What to say about text that is not YAML, and how to read on behind it.
//!
//! Comes in: the parser's complaint and what it had seen. Goes out: a finding in the words of the author's text, and
//! the bytes to overwrite so that the rest of the file can still be read.

mod foreign_space;
mod indentation;

use std::ops::Range;

use serde_yaml::granit_parser::{ErrorKind, ScanError};

use super::tree::{Cause, Stop};
use super::{ALIAS, Draft, MAX_DEPTH, Overwrite, TAB_INDENTATION, YAML_SYNTAX};
use crate::diagnostic::Diagnostic;
use crate::diagnostic::spelling::count;
use crate::source::conflict;

pub(super) use foreign_space::foreign_indentation;

/// A mistake, and how to read on; nothing to overwrite means that reading ends here.
pub(super) struct Fault {
    pub(super) diagnostic: Diagnostic,
    pub(super) mend: Vec<Overwrite>,
}

/// Further lines that a finding points at; more would bury the message.
const MAX_LABELS: usize = 4;

pub(super) fn explain(draft: &Draft<'_>, stop: &Stop) -> Fault {
    let report = Report { draft, text: &draft.mended, stop };
    match &stop.cause {
        Cause::Syntax(error) => report.syntax(error),
        Cause::Star(range) => report.sign_of_yaml(range.start, "refers to an anchor that does not exist"),
        Cause::Exclamation(range) => {
            report.sign_of_yaml(range.start, "marks a type, which this format does not have")
        }
        Cause::TooDeep(range) => {
            let message = format!("mappings and lists stand more than {MAX_DEPTH} levels deep in each other");
            report.fault(range.clone(), message).ends()
        }
    }
}

/// Puts one finding together.
struct Report<'a> {
    draft: &'a Draft<'a>,
    text: &'a str,
    stop: &'a Stop,
}

impl Fault {
    fn label(mut self, words: &str) -> Self {
        words.clone_into(&mut self.diagnostic.label);
        self
    }

    fn hint(mut self, words: impl Into<String>) -> Self {
        self.diagnostic.hints.push(words.into());
        self
    }

    /// Reads on as if `with` stood in the place of each byte of the range.
    fn overwrite(mut self, range: Range<usize>, with: char) -> Self {
        if !range.is_empty() {
            self.mend.push(Overwrite { range, with });
        }
        self
    }

    fn ends(mut self) -> Self {
        self.mend.clear();
        self
    }
}

impl Report<'_> {
    fn fault(&self, range: Range<usize>, message: impl Into<String>) -> Fault {
        let diagnostic = Diagnostic::new(&YAML_SYNTAX, self.draft.span(range), message);
        Fault { diagnostic, mend: Vec::new() }
    }

    fn syntax(&self, error: &ScanError) -> Fault {
        let at = error.marker().byte_offset().unwrap_or(0).min(self.text.len());
        if let Some(conflict) = self.merge_conflict() {
            return conflict;
        }
        match error.kind() {
            ErrorKind::TabNotAllowed
            | ErrorKind::TabInBlockIndentation
            | ErrorKind::TabInIndentation
            | ErrorKind::TabInPlainScalar
            | ErrorKind::TabAtBlockScalarStart => self.tabs(at),
            ErrorKind::MappingValueNotAllowed
            | ErrorKind::InvalidColonPlacement
            | ErrorKind::ExpectedFlowMappingSeparator
            | ErrorKind::ExpectedFlowSequenceSeparator
            | ErrorKind::InvalidFlowScalarIndent
            | ErrorKind::FlowMappingValueAdjacentCollection => self.separator(at, error),
            ErrorKind::UnclosedFlowCollection { .. } => self.open_bracket(at),
            ErrorKind::UnexpectedEofFlowSequence | ErrorKind::UnexpectedEofFlowMapping => {
                self.open_bracket(self.stop.open_bracket.unwrap_or(at))
            }
            ErrorKind::MisplacedFlowCollectionEnd => self.stray_bracket(at),
            ErrorKind::MismatchedFlowCollectionEnd { open, close } => self.wrong_bracket(at, *open, *close),
            ErrorKind::UnclosedQuotedScalar | ErrorKind::DocumentIndicatorInQuotedScalar => {
                self.open_quote(at)
            }
            ErrorKind::InvalidTrailingSingleQuotedScalar => self.text_after_quote(at, '\''),
            ErrorKind::InvalidTrailingDoubleQuotedScalar => self.text_after_quote(at, '"'),
            ErrorKind::UnknownQuotedScalarEscape | ErrorKind::InvalidQuotedScalarHexEscape => self.escape(at),
            ErrorKind::UnexpectedCharacter { character } => self.character(at, *character),
            ErrorKind::InvalidBlockScalarHeader => self.block_header(at),
            ErrorKind::BlockSequenceEntryNotAllowed => self.list_beside_key(at),
            ErrorKind::SimpleKeyExpected | ErrorKind::InvalidSimpleKey => self.line_without_colon(at),
            ErrorKind::ExpectedBlockMappingKey | ErrorKind::ExpectedBlockSequenceEntry => {
                self.indentation(at)
            }
            ErrorKind::MissingAnchorOrAliasName => {
                self.sign_of_yaml(at, "begins an anchor or alias without a name")
            }
            ErrorKind::UndeclaredTagHandle
            | ErrorKind::InvalidTagTerminator
            | ErrorKind::InvalidTagEscape
            | ErrorKind::InvalidGlobalTagCharacter
            | ErrorKind::ExpectedTagBang
            | ErrorKind::UnclosedVerbatimTag
            | ErrorKind::MissingTagUri => {
                let from = self.stop.last_end.min(at);
                let sign = self.text[from..].find('!').map_or(at, |ahead| from + ahead);
                self.sign_of_yaml(sign, "marks a type, which this format does not have")
            }
            ErrorKind::DirectiveDisallowed => self
                .fault(
                    self.rest_of_line(at),
                    "a line that begins with `%` is a directive, which this format does not have",
                )
                .hint("remove the line")
                .overwrite(self.rest_of_line(at), ' '),
            ErrorKind::CommentInterceptedScalar => self.below_comment(at),
            ErrorKind::ExpectedDocumentStart => self.indentation(at),
            other => self.fault(self.word(at), plain_words(other)),
        }
    }

    /// Names the leftovers of a merge before anything that follows from them.
    fn merge_conflict(&self) -> Option<Fault> {
        let start = conflict::begins(self.text)?;
        Some(
            self.fault(self.rest_of_line(start), conflict::MESSAGE)
                .label(conflict::LABEL)
                .hint(conflict::HINT),
        )
    }

    fn tabs(&self, at: usize) -> Fault {
        let mut tabs: Vec<Range<usize>> = Vec::new();
        let mut line_start = 0;
        for line in self.text.split_inclusive('\n') {
            let indentation = line.len() - line.trim_start_matches([' ', '\t']).len();
            if line[..indentation].contains('\t') && !line.trim().is_empty() {
                tabs.push(line_start..line_start + indentation);
            }
            line_start += line.len();
        }
        let Some((first, rest)) = tabs.split_first() else {
            let at = self.text[at..].find('\t').map_or(at, |ahead| at + ahead);
            let fault = self.fault(at..self.next_border(at), "a tab stands where only spaces are allowed");
            let end = if self.text[at..].starts_with('\t') { at + 1 } else { at };
            return fault.hint("replace the tab by a space").overwrite(at..end, ' ');
        };
        let message = match rest.len() {
            0 => "this line is indented with a tab".to_owned(),
            more => format!("{} are indented with tabs", count(more + 1, "line")),
        };
        let mut diagnostic = Diagnostic::new(&TAB_INDENTATION, self.draft.span(first.clone()), message);
        for range in rest.iter().take(MAX_LABELS) {
            diagnostic = diagnostic.also(self.draft.span(range.clone()), "");
        }
        let fault = Fault { diagnostic, mend: Vec::new() }.hint("indent with spaces, two for each level");
        tabs.into_iter().fold(fault, |fault, range| fault.overwrite(range, ' '))
    }

    /// Explains a colon or a missing comma that the parser could not place.
    fn separator(&self, at: usize, error: &ScanError) -> Fault {
        if let Some(bracket) = self.stop.open_bracket
            && self.line_of(bracket) != self.line_of(at)
        {
            return self.open_bracket(bracket);
        }
        let Some(scalar) = self.stop.last_scalar.clone().filter(|_| self.text[at..].starts_with(':')) else {
            return self.fault(self.word(at), plain_words(error.kind()));
        };
        let first_line = self.rest_of_line(scalar.start);
        if first_line.contains(&at) {
            return self.colon_in_text(at, &scalar);
        }
        // The scalar runs over several lines: its first line was not seen as a key, or a key follows a value.
        if let Some(colon) = glued_colon(&self.text[first_line.clone()]) {
            let colon = first_line.start + colon;
            let key = &self.text[first_line.start..colon];
            return self
                .fault(first_line.start..colon + 1, format!("a colon needs a space after it: `{key}:`"))
                .hint("put a space after the colon, or the whole text in quotes")
                .overwrite(first_line, ' ');
        }
        let line = self.line_of(at);
        let key_start =
            line.start + (self.text[line.clone()].len() - self.text[line.clone()].trim_start().len());
        let key = self.text[key_start..at].trim_end();
        let above = self.text[first_line.clone()].trim_end();
        let (place, item) =
            (key_start..at + 1, self.text[key_start..line.end].trim_start().strip_prefix("- "));
        let mut fault = match item {
            Some(_) => self
                .fault(place, format!("a list item stands inside the text `{above}` above"))
                .hint("write above it the key that the list belongs to"),
            None => self
                .fault(place, format!("`{key}:` looks like a key but stands inside the text `{above}` above"))
                .hint(format!("align `{key}` with the key above if it is one"))
                .hint("put the text above in quotes if this belongs to it"),
        }
        .label("taken as part of the text");
        fault.diagnostic = fault.diagnostic.also(self.draft.span(first_line), "the text begins here");
        let (end, n_more) = self.goes_on_to(&line, key_start - line.start);
        if n_more > 0 {
            fault =
                fault.label(&format!("taken as part of the text, like {} below it", count(n_more, "line")));
        }
        self.overwrite_colons(fault, at..end)
    }

    /// Where a text ends that goes on in a line and in those below it that are indented as deep, and how many those are.
    fn goes_on_to(&self, line: &Range<usize>, indentation: usize) -> (usize, usize) {
        let (mut end, mut n_more, mut at) = (line.end, 0, line.end);
        for next in self.text[line.end..].split_inclusive('\n') {
            let written = next.trim_end();
            let is_deep = written.len() - written.trim_start().len() >= indentation;
            if !written.is_empty() && !is_deep {
                break;
            }
            if !written.is_empty() {
                (end, n_more) = (at + written.len(), n_more + 1);
            }
            at += next.len();
        }
        (end, n_more)
    }

    fn colon_in_text(&self, at: usize, scalar: &Range<usize>) -> Fault {
        if let Some(fault) = self.glued_dash(at) {
            return fault;
        }
        if let Some(fault) = self.glued_bracket(at) {
            return fault;
        }
        let line = self.rest_of_line(scalar.start);
        let end = match self.stop.open_bracket {
            None => line.end,
            Some(_) => self.text[at..line.end].find([',', ']', '}']).map_or(line.end, |ahead| at + ahead),
        };
        let value = self.draft.original()[scalar.start..end].trim_end();
        let without_comment = value.split(" #").next().unwrap_or(value).trim_end();
        let fault = self
            .fault(at..at + 1, "a colon followed by a space inside text begins a second value")
            .label("here");
        let fault = if without_comment.ends_with('}') && !without_comment.contains('{') {
            fault.hint(format!("open it with `{{`: `{{{without_comment}`"))
        } else {
            fault.hint(format!("put the text in quotes: {}", quoted(without_comment)))
        };
        self.overwrite_colons(fault, at..end)
    }

    /// A key whose fields stand in brackets right behind its colon, as in `pilot:{done: 0, scope: 4}`; the line is left out.
    fn glued_bracket(&self, at: usize) -> Option<Fault> {
        let line = self.line_of(at);
        let start = line.end - self.text[line.clone()].trim_start().len();
        let written = &self.text[start..line.end];
        let colon = glued_colon(written).filter(|colon| written[colon + 1..].starts_with(['{', '[']))?;
        let key = &written[..colon];
        let fault = self
            .fault(start..start + colon + 1, format!("a colon needs a space after it: `{key}:`"))
            .hint("put a space after the colon");
        Some(fault.overwrite(start..line.end, ' '))
    }

    /// An item in brackets without a space behind its dash; it is left out.
    fn glued_dash(&self, at: usize) -> Option<Fault> {
        let line = self.rest_of_line(self.line_of(at).start);
        let item = self.text[line.clone()].trim_start();
        let dash = line.end - item.len();
        let bracket = item.strip_prefix('-')?.chars().next().filter(|next| matches!(next, '{' | '['))?;
        let fault = self
            .fault(dash..dash + 1, "no space stands behind the dash of this item")
            .hint(format!("write `- {bracket}`, with a space"));
        Some(fault.overwrite(line, ' '))
    }

    /// Takes all further colons of a text for text as well, so that one mistake is one finding.
    fn overwrite_colons(&self, fault: Fault, range: Range<usize>) -> Fault {
        let text = &self.text[range.clone()];
        text.match_indices(':')
            .filter(|(colon, _)| !text[colon + 1..].starts_with(|next: char| !next.is_whitespace()))
            .fold(fault, |fault, (colon, _)| {
                fault.overwrite(range.start + colon..range.start + colon + 1, 'x')
            })
    }

    fn open_bracket(&self, at: usize) -> Fault {
        let bracket = self.text[at..].chars().next().unwrap_or('[');
        let closing = if bracket == '{' { '}' } else { ']' };
        let line = self.line_of(at);
        let shown = &self.text[line.clone()];
        let fault = self
            .fault(at..self.next_border(at), format!("`{bracket}` is opened here but not closed"))
            .hint(format!("close it with `{closing}`"));
        let fault = if shown[at - line.start..].contains(" #") {
            fault.hint("put text that holds ` #` in quotes: what follows the sign is a comment")
        } else {
            fault
        };
        // Only when the very next line is a key again is it clear where the bracket was meant to end.
        if is_followed_by_key(&self.text[line.end..]) { fault.overwrite(at..line.end, ' ') } else { fault }
    }

    fn stray_bracket(&self, at: usize) -> Fault {
        let bracket = self.text[at..].chars().next().unwrap_or(']');
        self.fault(at..self.next_border(at), format!("`{bracket}` closes something that was not opened"))
            .hint("put the text in quotes if it is meant as text")
            .overwrite(at..self.next_border(at), 'x')
    }

    fn wrong_bracket(&self, at: usize, open: char, close: char) -> Fault {
        let closing = self.text[at..].find(close).map_or(at, |ahead| at + ahead);
        let mut fault = self
            .fault(closing..self.next_border(closing), format!("`{close}` does not close `{open}`"))
            .hint("close lists with `]` and mappings with `}`, the inner one first");
        if let Some(opening) =
            self.stop.open_bracket.filter(|opening| self.text[*opening..].starts_with(open))
        {
            fault.diagnostic = fault.diagnostic.also(self.draft.span(opening..opening + 1), "opened here");
        }
        fault
    }

    fn open_quote(&self, at: usize) -> Fault {
        let quote = self.text[at..].chars().next().unwrap_or('"');
        self.fault(at..self.next_border(at), "the quote opened here is not closed")
            .hint(format!("close it with `{quote}`"))
            .overwrite(at..self.next_border(at), 'x')
    }

    fn text_after_quote(&self, at: usize, quote: char) -> Fault {
        let from = self.stop.last_end.min(at);
        let Some(opening) = self.text[from..at].find(quote).map(|ahead| from + ahead) else {
            return self.fault(self.word(at), "text stands after a closing quote");
        };
        if self.line_of(opening) != self.line_of(at) {
            return self.open_quote(opening);
        }
        let fault =
            self.fault(self.word(at), "text stands after the closing quote").label("belongs to no value");
        let line = self.rest_of_line(opening);
        let written = self.draft.original()[line].trim_end();
        let fault = match (quote, self.stop.open_bracket) {
            ('"', None) if !written.contains('\'') => {
                fault.hint(format!("put single quotes around all of it: '{written}'"))
            }
            ('\'', _) => {
                fault.hint("write `''` for an apostrophe inside single quotes, or use double quotes")
            }
            _ => fault.hint("put quotes around all of it"),
        };
        let fault = fault.overwrite(opening..opening + 1, 'x');
        match self.stop.open_bracket {
            None => self.overwrite_colons(fault, opening..self.rest_of_line(at).end),
            Some(_) => fault,
        }
    }

    fn escape(&self, at: usize) -> Fault {
        let line = self.rest_of_line(at);
        let bad = self.text[line.clone()]
            .char_indices()
            .zip(self.text[line.clone()].chars().skip(1))
            .filter(|((_, sign), _)| *sign == '\\')
            .find(|(_, letter)| !"0abtnvfre \"/\\N_LPxuU\t".contains(*letter));
        let range = bad.map_or(at..self.next_border(at), |((ahead, _), letter)| {
            at + ahead..at + ahead + 1 + letter.len_utf8()
        });
        let written = &self.text[range.clone()];
        self.fault(range, format!("`{written}` has no meaning inside double quotes"))
            .hint("use single quotes, in which a backslash is a backslash, or write `\\\\`")
            .overwrite(at..self.next_border(at), 'x')
    }

    fn character(&self, at: usize, character: char) -> Fault {
        if character.is_control() {
            let at = self.text[at..].find(character).map_or(at, |ahead| at + ahead);
            let name = character.escape_unicode().to_string().to_uppercase();
            let name = name.trim_start_matches("\\U{").trim_end_matches('}');
            return self
                .fault(
                    at..self.next_border(at),
                    format!("the control character U+{name:0>4} cannot stand in a text file"),
                )
                .hint("delete it and type the text again")
                .overwrite(at..self.next_border(at), ' ');
        }
        let name = if character == '`' { "a backtick".to_owned() } else { format!("`{character}`") };
        self.sign(at, format!("text cannot begin with {name}"))
    }

    fn sign(&self, at: usize, message: String) -> Fault {
        let value = self.draft.original()[self.rest_of_line(at)].trim_end();
        let fault = self.fault(at..self.next_border(at), message);
        let fault = match self.stop.open_bracket {
            None => fault.hint(format!("put the text in quotes: {}", quoted(value))),
            Some(_) => fault.hint("put the text in quotes"),
        };
        let fault = fault.overwrite(at..self.next_border(at), 'x');
        // What else stands in the text is no second mistake.
        match self.stop.open_bracket {
            None => self.overwrite_colons(fault, self.next_border(at)..self.rest_of_line(at).end),
            Some(_) => fault,
        }
    }

    /// Explains a text that begins with a sign of YAML's own: `*`, `&` or `!`.
    fn sign_of_yaml(&self, at: usize, meaning: &str) -> Fault {
        let sign = self.text[at..].chars().next().unwrap_or('*');
        let mut fault = self.sign(at, format!("`{sign}` at the beginning of a value {meaning}"));
        fault.diagnostic.rule = &ALIAS;
        fault
    }

    fn block_header(&self, at: usize) -> Fault {
        let sign = self.text[at..].chars().next().unwrap_or('>');
        self.fault(self.rest_of_line(at), format!("after `{sign}` the text begins on the next line"))
            .hint("move the text to the next line and indent it, or put it in quotes")
            .overwrite(at..self.next_border(at), 'x')
    }

    fn list_beside_key(&self, at: usize) -> Fault {
        self.fault(self.rest_of_line(at), "a list cannot begin on the line of its key")
            .hint("write each `- item` on a line of its own below the key, or all of them as `[item, item]`")
            .overwrite(at..at + 1, 'x')
    }

    fn line_without_colon(&self, at: usize) -> Fault {
        let line = self.rest_of_line(at);
        let written = self.text[line.clone()].trim_end();
        let fault = self.fault(line.clone(), "this line is neither `key: value` nor a list item");
        if let Some((sign, name)) = space_like(written) {
            return self
                .fault(
                    line.clone(),
                    format!("this line has {name} (U+{:04X}) where a space belongs", u32::from(sign)),
                )
                .hint("type it again with a plain space: such signs come from pages and word processors")
                .overwrite(line, ' ');
        }
        let fault = match (written.strip_prefix('-'), glued_colon(written)) {
            (Some(item), _) => fault.hint(format!("put a space after the dash: `- {}`", item.trim())),
            (None, Some(_)) => fault.hint("put a space after the colon"),
            (None, None) => fault
                .hint("put a colon and a space after it if it is a key")
                .hint("indent it deeper than the key above if it continues a text"),
        };
        // What is indented below it belongs to it.
        let start = self.line_of(at).start;
        let (end, n_more) = self.goes_on_to(&line, line.start - start + 1);
        self.leave_out(fault, line.start..if n_more > 0 { end } else { line.end })
    }

    /// Reads on as if nothing stood in some lines.
    fn leave_out(&self, fault: Fault, lines: Range<usize>) -> Fault {
        let mut from = lines.start;
        self.text[lines].split_inclusive('\n').fold(fault, |fault, written| {
            let fault = fault.overwrite(from..from + written.trim_end().len(), ' ');
            from += written.len();
            fault
        })
    }

    /// The line around a byte, without its end.
    fn line_of(&self, at: usize) -> Range<usize> {
        let start = self.text[..at].rfind('\n').map_or(0, |newline| newline + 1);
        start..self.rest_of_line(at).end
    }

    /// From a byte to the end of its line, without spaces at the end.
    fn rest_of_line(&self, at: usize) -> Range<usize> {
        let end = self.text[at..].find('\n').map_or(self.text.len(), |ahead| at + ahead);
        at..at + self.text[at..end].trim_end().len()
    }

    /// The word at a byte, at least one character unless the text ends there.
    fn word(&self, at: usize) -> Range<usize> {
        let ahead = self.text[at..].find(char::is_whitespace).unwrap_or(self.text.len() - at);
        if ahead == 0 { at..self.next_border(at) } else { at..at + ahead }
    }

    fn next_border(&self, at: usize) -> usize {
        at + self.text[at..].chars().next().map_or(0, char::len_utf8)
    }
}

/// Finds the colon of `key:value`, written without a space; not that of an address such as `https://`.
fn glued_colon(line: &str) -> Option<usize> {
    let colon = line.find(':')?;
    let (key, rest) = (&line[..colon], &line[colon + 1..]);
    let is_key =
        !key.is_empty() && key.chars().all(|letter| letter.is_alphanumeric() || "-_".contains(letter));
    let is_glued = !rest.starts_with("//") && rest.chars().next().is_some_and(|next| !next.is_whitespace());
    (is_key && is_glued).then_some(colon)
}

/// Says whether the next line with content is `key: …` or a list item.
fn is_followed_by_key(text: &str) -> bool {
    let Some(line) = text.lines().map(str::trim).find(|line| !line.is_empty()) else { return true };
    line.starts_with("- ") || line.ends_with(':') || line.contains(": ") && !line.starts_with(['"', '\''])
}

/// Writes a text in the quotes that need no change inside.
fn quoted(text: &str) -> String {
    if text.contains(['"', '\\']) { format!("'{}'", text.replace('\'', "''")) } else { format!("\"{text}\"") }
}

/// Gives the parser's complaint without its account of what it was doing.
fn plain_words(kind: &ErrorKind) -> String {
    let words = kind.to_string();
    let words = match words.split_once(", ") {
        Some((doing, rest)) if doing.starts_with("while ") => rest.to_owned(),
        _ => words,
    };
    words.replace("scalar", "text").replace("flow sequence", "list").replace("flow mapping", "mapping")
}

/// A sign behind the colon of a key or the dash of an item that looks like a space and is none, with its name.
fn space_like(written: &str) -> Option<(char, &'static str)> {
    let behind = written.char_indices().filter(|(_, letter)| matches!(letter, ':' | '-'));
    let mut signs = behind.filter_map(|(at, mark)| written[at + mark.len_utf8()..].chars().next());
    signs.find_map(|sign| Some((sign, name_of_space(sign)?)))
}

fn name_of_space(sign: char) -> Option<&'static str> {
    Some(match sign {
        '\u{a0}' => "a no-break space",
        '\u{202f}' => "a narrow no-break space",
        '\u{2009}' => "a thin space",
        '\u{3000}' => "an ideographic space",
        '\u{200b}' => "a zero-width space",
        '\u{2000}'..='\u{200a}' => "a typographic space",
        _ => return None,
    })
}
