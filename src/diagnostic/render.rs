//! Findings as people and programs read them: text for a terminal, JSON, one closing line.
//!
//! Comes in: a list of findings and the texts they point into. Goes out: text. Not here: printing.

use std::fmt::Write as _;

use annotate_snippets::{
    Annotation, AnnotationKind, Group, Level, Origin, Renderer, Snippet, renderer::DecorStyle,
};
use serde::Serialize;

use super::fold::folded;
use super::spelling::count;
use super::{Diagnostic, Diagnostics, FileId, Places, Severity, Span};

/// Whether text for a terminal carries colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Colour {
    /// Bare text, for files and pipes.
    Never,
    /// ANSI sequences.
    Always,
}

/// Columns a source line may take before it is cut around the place it is shown for.
const WIDTH: usize = 120;

/// Renders the findings in the compiler's layout, one empty line between two; empty for no finding. Of many alike in one file
/// the first stands for all.
#[must_use]
pub fn terminal(found: &Diagnostics, places: &dyn Places, colour: Colour) -> String {
    let renderer = match colour {
        Colour::Never => Renderer::plain(),
        Colour::Always => Renderer::styled(),
    };
    let renderer = renderer.decor_style(DecorStyle::Ascii).term_width(WIDTH);
    let mut text = String::new();
    for (diagnostic, others) in folded(found, places) {
        if !text.is_empty() {
            text.push('\n');
        }
        let block = match &others {
            Some(words) => {
                renderer.render(&[group(diagnostic, places).element(Level::NOTE.message(words.as_str()))])
            }
            None => renderer.render(&[group(diagnostic, places)]),
        };
        for line in block.lines() {
            text.push_str(line.trim_end());
            text.push('\n');
        }
    }
    text
}

/// What a finding begins with.
pub(super) fn level(severity: Severity) -> Level<'static> {
    match severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Info => Level::INFO,
    }
}

fn group<'a>(diagnostic: &'a Diagnostic, places: &'a dyn Places) -> Group<'a> {
    let title = level(diagnostic.severity)
        .primary_title(diagnostic.message.as_str())
        .id(format!("{} {}", diagnostic.rule.code, diagnostic.rule.name));
    let mut group = Group::with_title(title);
    for file in files_of(diagnostic) {
        let text = places.text(file);
        if text.is_empty() {
            group = group.element(Origin::path(places.path(file)));
            continue;
        }
        if let Some(span) = diagnostic.span.filter(|_| diagnostic.is_confidential) {
            group = group.element(Origin::path(places.path(file)).line(places.position(span).line));
            continue;
        }
        group = group.element(snippet(diagnostic, file, places));
    }
    for hint in &diagnostic.hints {
        group = group.element(Level::HELP.message(hint.as_str()));
    }
    if let Some(waiver) = &diagnostic.waiver {
        let words = format!("waived by {} until {}: {}", waiver.by, waiver.until, waiver.reason);
        group = group.element(Level::NOTE.message(words));
    }
    group
}

/// The files a finding shows, that of its main place first.
fn files_of(diagnostic: &Diagnostic) -> Vec<FileId> {
    let mut files: Vec<FileId> = diagnostic.span.iter().map(|span| span.file).collect();
    for label in &diagnostic.labels {
        if !files.contains(&label.span.file) {
            files.push(label.span.file);
        }
    }
    files
}

/// Shows only the lines between the first and the last place, so that a large file is not walked for each finding.
fn snippet<'a>(
    diagnostic: &'a Diagnostic,
    file: FileId,
    places: &'a dyn Places,
) -> Snippet<'a, Annotation<'a>> {
    let text = places.text(file);
    let main = diagnostic.span.map(|span| (AnnotationKind::Primary, span, diagnostic.label.as_str()));
    let further =
        diagnostic.labels.iter().map(|label| (AnnotationKind::Context, label.span, label.text.as_str()));
    let shown: Vec<_> = main
        .into_iter()
        .chain(further)
        .filter(|(_, span, _)| span.file == file)
        .map(|(kind, span, words)| (kind, first_line_of(text, span), words))
        .collect();
    let first = shown.iter().map(|(_, range, _)| range.start).min().unwrap_or(0);
    let last = shown.iter().map(|(_, range, _)| range.end).max().unwrap_or(0);
    let from = text[..first].rfind('\n').map_or(0, |at| at + 1);
    let to = text[last..].find(['\r', '\n']).map_or(text.len(), |at| last + at);
    let annotations = shown.into_iter().map(|(kind, range, words)| {
        let words = if words.is_empty() { None } else { Some(words) };
        kind.span(range.start - from..range.end - from).label(words)
    });
    Snippet::source(&text[from..to])
        .path(places.path(file))
        .line_start(places.position(Span { file, start: border(from), end: border(from) }).line)
        .annotations(annotations)
}

/// A byte of a file as spans count it.
fn border(byte: usize) -> u32 {
    u32::try_from(byte).unwrap_or(u32::MAX)
}

/// Cuts a span to its first line: a caret under a whole mapping says less than one under its beginning.
///
/// The result lies on character borders inside the text, whatever the span was.
fn first_line_of(text: &str, span: Span) -> std::ops::Range<usize> {
    let start = floor_border(text, span.start as usize);
    let end = floor_border(text, span.end as usize).max(start);
    let line_end = text[start..].find(['\r', '\n']).map_or(text.len(), |at| start + at);
    start..end.min(line_end)
}

fn floor_border(text: &str, byte: usize) -> usize {
    let byte = byte.min(text.len());
    (0..=byte).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0)
}

#[derive(Serialize)]
struct Document<'a> {
    errors: usize,
    warnings: usize,
    infos: usize,
    waived: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    what_if: Option<serde_json::Value>,
    findings: Vec<Finding<'a>>,
}

#[derive(Serialize)]
struct Finding<'a> {
    code: &'a str,
    name: &'a str,
    severity: &'a str,
    message: &'a str,
    #[serde(flatten)]
    place: Option<Place<'a>>,
    label: &'a str,
    labels: Vec<LabelledPlace<'a>>,
    hints: &'a [String],
    project: Option<&'a str>,
    waiver: Option<WaiverWords<'a>>,
}

#[derive(Serialize)]
struct Place<'a> {
    file: &'a str,
    line: usize,
    column: usize,
    end_line: usize,
    end_column: usize,
}

#[derive(Serialize)]
struct LabelledPlace<'a> {
    #[serde(flatten)]
    place: Place<'a>,
    text: &'a str,
}

#[derive(Serialize)]
struct WaiverWords<'a> {
    reason: &'a str,
    by: &'a str,
    until: String,
}

/// Renders the findings as one JSON object: `errors`, `warnings`, `infos`, `waived` (numbers) and `findings`; before
/// them `what_if`, where they are those of a what-if.
///
/// A finding has `code`, `name`, `severity`, `message`, then `file`, `line`, `column`, `end_line`, `end_column` unless it
/// is about a whole folder, then `label`, `labels`, `hints`, `project` and `waiver`. Lines and columns count
/// characters from 1; the end is the place after the last character.
#[must_use]
pub fn json(found: &Diagnostics, places: &dyn Places, what_if: Option<serde_json::Value>) -> String {
    let tally = Tally::of(found);
    let document = Document {
        errors: tally.errors,
        warnings: tally.warnings,
        infos: tally.infos,
        waived: tally.waived,
        what_if,
        findings: found.iter().map(|diagnostic| finding(diagnostic, places)).collect(),
    };
    // A document of strings and numbers always serialises.
    let mut text = serde_json::to_string_pretty(&document).unwrap_or_default();
    text.push('\n');
    text
}

fn finding<'a>(diagnostic: &'a Diagnostic, places: &'a dyn Places) -> Finding<'a> {
    Finding {
        code: diagnostic.rule.code,
        name: diagnostic.rule.name,
        severity: severity_word(diagnostic.severity),
        message: &diagnostic.message,
        place: diagnostic.span.map(|span| place(span, places)),
        label: &diagnostic.label,
        labels: diagnostic
            .labels
            .iter()
            .map(|label| LabelledPlace { place: place(label.span, places), text: &label.text })
            .collect(),
        hints: &diagnostic.hints,
        project: diagnostic.project.as_deref(),
        waiver: diagnostic.waiver.as_ref().map(|waiver| WaiverWords {
            reason: &waiver.reason,
            by: &waiver.by,
            until: waiver.until.to_string(),
        }),
    }
}

fn place(span: Span, places: &dyn Places) -> Place<'_> {
    let (start, end) = (places.position(span), places.end_position(span));
    Place {
        file: places.path(span.file),
        line: start.line,
        column: start.column,
        end_line: end.line,
        end_column: end.column,
    }
}

/// Sums the findings up in one line: `2 errors, 1 warning in 3 files`, with the waived ones apart; `no findings`.
#[must_use]
pub fn summary(found: &Diagnostics) -> String {
    let tally = Tally::of(found);
    let parts: Vec<String> = [(tally.errors, "error"), (tally.warnings, "warning"), (tally.infos, "remark")]
        .into_iter()
        .filter(|(number, _)| *number > 0)
        .map(|(number, noun)| count(number, noun))
        .collect();
    let mut line = if parts.is_empty() { "no findings".to_owned() } else { parts.join(", ") };
    if tally.n_files > 0 {
        let _ = write!(line, " in {}", count(tally.n_files, "file"));
    }
    if tally.waived > 0 {
        let _ = write!(line, " ({} waived)", tally.waived);
    }
    line
}

struct Tally {
    errors: usize,
    warnings: usize,
    infos: usize,
    waived: usize,
    n_files: usize,
}

impl Tally {
    fn of(found: &Diagnostics) -> Self {
        let open = || found.iter().filter(|diagnostic| diagnostic.waiver.is_none());
        let count_of = |severity| open().filter(|diagnostic| diagnostic.severity == severity).count();
        let files: std::collections::BTreeSet<FileId> =
            open().filter_map(|diagnostic| diagnostic.span).map(|span| span.file).collect();
        Self {
            errors: count_of(Severity::Error),
            warnings: count_of(Severity::Warning),
            infos: count_of(Severity::Info),
            waived: found.iter().filter(|diagnostic| diagnostic.waiver.is_some()).count(),
            n_files: files.len(),
        }
    }
}

fn severity_word(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "info",
    }
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use super::*;
    use crate::diagnostic::Waiver;

    crate::declare_rule! {
        /// Stands for a rule of another room.
        static CYCLE: Rule = ("E103", "dependency-cycle", Error, "0.1.0", "tasks wait for each other");
    }
    crate::declare_rule! {
        /// Stands for a warning of another room.
        static LATE: Rule = ("W203", "late", Warning, "0.1.0", "something is late");
    }

    struct Two(&'static str, &'static str);

    impl Places for Two {
        fn path(&self, file: FileId) -> &str {
            if file.0 == 0 { "projects/net/plan.yaml" } else { "people.yaml" }
        }

        fn text(&self, file: FileId) -> &str {
            if file.0 == 0 { self.0 } else { self.1 }
        }
    }

    fn at(file: u32, text: &str, word: &str) -> Span {
        let start = text.find(word).unwrap();
        Span::new(FileId(file), start, start + word.len())
    }

    fn check(diagnostics: Vec<Diagnostic>, places: &Two, expected: &Expect) {
        let mut found = Diagnostics::default();
        for diagnostic in diagnostics {
            found.push(diagnostic);
        }
        expected.assert_eq(&terminal(&found, places, Colour::Never));
    }

    #[test]
    fn caret_labels_and_hints() {
        let text = "# plan\na:\n  after: b\n\n\n\n\n\nb:\n  after: a\n";
        let diagnostic = Diagnostic::new(&CYCLE, at(0, text, "after: a"), "`a` and `b` wait for each other")
            .label("`b` waits for `a`")
            .also(at(0, text, "after: b"), "`a` waits for `b`")
            .hint("remove one of the two lines");
        check(
            vec![diagnostic],
            &Two(text, ""),
            &expect![[r#"
            error[E103 dependency-cycle]: `a` and `b` wait for each other
              --> projects/net/plan.yaml:10:3
               |
             3 |   after: b
               |   -------- `a` waits for `b`
            ...
            10 |   after: a
               |   ^^^^^^^^ `b` waits for `a`
               |
               = help: remove one of the two lines
        "#]],
        );
    }

    #[test]
    fn columns_are_right_after_wide_letters_tabs_and_crlf() {
        let text = "x: 1\r\nname: 😀 é\there: now\r\ny: 2\r\n";
        let diagnostic = Diagnostic::new(&LATE, at(0, text, "now"), "too late").label("here");
        check(
            vec![diagnostic],
            &Two(text, ""),
            &expect![[r#"
                warning[W203 late]: too late
                 --> projects/net/plan.yaml:2:17
                  |
                2 | name: 😀 é    here: now
                  |                     ^^^ here
            "#]],
        );
    }

    #[test]
    fn two_files_and_a_waiver() {
        let (plan, people) = ("owner: ann\n", "anna:\n  name: Anna\n");
        let mut diagnostic = Diagnostic::new(&LATE, at(0, plan, "ann"), "unknown person `ann`")
            .also(at(1, people, "anna"), "a similar name")
            .hint("did you mean `anna`?");
        diagnostic.waiver = Some(Waiver {
            reason: "she joins in May".to_owned(),
            by: "helena".to_owned(),
            until: jiff::civil::date(2027, 5, 1),
        });
        check(
            vec![diagnostic],
            &Two(plan, people),
            &expect![[r#"
            warning[W203 late]: unknown person `ann`
             --> projects/net/plan.yaml:1:8
              |
            1 | owner: ann
              |        ^^^
              |
             ::: people.yaml:1:1
              |
            1 | anna:
              | ---- a similar name
              |
              = help: did you mean `anna`?
              = note: waived by helena until 2027-05-01: she joins in May
        "#]],
        );
    }

    #[test]
    fn a_mapping_is_shown_by_its_first_line() {
        let text = "task:\n  name: x\n  after: y\n";
        let diagnostic = Diagnostic::new(&CYCLE, Span::new(FileId(0), 0, text.len()), "no duration");
        check(
            vec![diagnostic],
            &Two(text, ""),
            &expect![[r#"
            error[E103 dependency-cycle]: no duration
             --> projects/net/plan.yaml:1:1
              |
            1 | task:
              | ^^^^^
        "#]],
        );
    }

    #[test]
    fn places_at_the_end_outside_and_nowhere() {
        let text = "a: 1\n";
        check(
            vec![
                Diagnostic::new(&CYCLE, Span::new(FileId(0), 5, 5), "at the end").label("here"),
                Diagnostic::new(&CYCLE, Span::new(FileId(0), 50, 60), "outside"),
                Diagnostic::new(&CYCLE, Span::new(FileId(1), 0, 0), "in an empty file"),
                Diagnostic::new(&CYCLE, None, "nowhere").hint("look around"),
            ],
            &Two(text, ""),
            &expect![[r#"
                error[E103 dependency-cycle]: at the end
                 --> projects/net/plan.yaml:2:1
                  |
                2 |
                  | ^ here

                error[E103 dependency-cycle]: outside
                 --> projects/net/plan.yaml:2:1
                  |
                2 |
                  | ^

                error[E103 dependency-cycle]: in an empty file
                --> people.yaml

                error[E103 dependency-cycle]: nowhere
                 |
                 = help: look around
            "#]],
        );
    }

    #[test]
    fn a_long_line_is_cut_around_its_place() {
        let text: &'static str = Box::leak(format!("{}HERE{}\n", "a ".repeat(300), " b".repeat(300)).into());
        let diagnostic = Diagnostic::new(&CYCLE, at(0, text, "HERE"), "somewhere").label("this");
        check(
            vec![diagnostic],
            &Two(text, ""),
            &expect![[r#"
            error[E103 dependency-cycle]: somewhere
             --> projects/net/plan.yaml:1:601
              |
            1 | ...a a a a a a a a a a a a a a a a a a a a a a a a a HERE b b b b b b b b b b b b b b b b b b b b b b b b b b b b...
              |                                                      ^^^^ this
        "#]],
        );
    }

    #[test]
    fn json_and_summary() {
        let text = "a: 1\né: 2\n";
        let mut found = Diagnostics::default();
        found.push(
            Diagnostic::new(&CYCLE, at(0, text, "2"), "50% wrong")
                .label("here")
                .also(at(0, text, "1"), "not here")
                .hint("mend it"),
        );
        found.push(Diagnostic::new(&LATE, None, "late"));
        let places = Two(text, "");
        expect![[r#"
            {
              "errors": 1,
              "warnings": 1,
              "infos": 0,
              "waived": 0,
              "findings": [
                {
                  "code": "E103",
                  "name": "dependency-cycle",
                  "severity": "error",
                  "message": "50% wrong",
                  "file": "projects/net/plan.yaml",
                  "line": 2,
                  "column": 4,
                  "end_line": 2,
                  "end_column": 5,
                  "label": "here",
                  "labels": [
                    {
                      "file": "projects/net/plan.yaml",
                      "line": 1,
                      "column": 4,
                      "end_line": 1,
                      "end_column": 5,
                      "text": "not here"
                    }
                  ],
                  "hints": [
                    "mend it"
                  ],
                  "project": null,
                  "waiver": null
                },
                {
                  "code": "W203",
                  "name": "late",
                  "severity": "warning",
                  "message": "late",
                  "label": "",
                  "labels": [],
                  "hints": [],
                  "project": null,
                  "waiver": null
                }
              ]
            }
        "#]]
        .assert_eq(&json(&found, &places, None));
        expect!["1 error, 1 warning in 1 file"].assert_eq(&summary(&found));
        expect!["no findings"].assert_eq(&summary(&Diagnostics::default()));
    }
}
