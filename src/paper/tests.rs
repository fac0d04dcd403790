//! What is promised of every printed document: it is what archives and screen readers take, the same bytes each time, and what
//! an author typed stands there as typed.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::*;

/// What a page of a document is given, with words of an author's in every place that takes some.
fn frame(words: &str) -> Value {
    let cell = |text: &str| json!({"text": text, "status": null, "prose": null, "note": text, "class": null});
    let markdown = format!(
        "# {words}\n\n{words} **{words}**[^n] `{words}`\n\n- {words}\n\n| a | b |\n|---|--:|\n| {words} | 2 |\n\n[^n]: {words}\n"
    );
    json!({
        "site": {"title": words}, "page": {"title": words, "description": words, "kind": "G2"},
        "project": {"name": words}, "banners": [], "what_if": null,
        "document": {"kicker": words, "title": words, "state": "Draft", "facts": [
            {"label": "Status date", "text": "20 Nov 2026"}, {"label": "Version", "text": words},
            {"label": "Prepared by", "text": words}]},
        "view": {"running": words, "tree": crate::prose::tree(&markdown), "line": crate::prose::line_tree(words),
            "table": {"head": ["A", "", "C"], "numeric": [false, false, true], "rows": [
                {"cells": [cell(words), cell("x"), cell("1")], "class": null}, {"cells": [cell("g")], "class": "group"}]},
            "facts": [{"label": words, "text": words}],
            "chart": {"title": words, "sentence": words, "svg": SVG}},
    })
}

const SVG: &str = "<svg class=\"drawing\" viewBox=\"0 0 100 40\"><title>t</title><path class=\"d-line ink-done\" d=\"M0 0l10 5\"/><text x=\"1\" y=\"9\">words</text></svg>";

/// A template that uses every piece of the frame.
const TEMPLATE: &str = r#"
#import "/documents/frame.typ": *
#show: framed
#section("Section", lead: "Lead", {
  prose(data.view.tree)
  par(line(data.view.line))
  facts(data.view.facts)
  data-table(data.view.table, title: "Title")
  chart(data.view.chart)
})
"#;

fn theme(files: &[(&str, &str)]) -> Theme {
    let files: BTreeMap<String, Vec<u8>> = [("documents/T.typ", TEMPLATE)]
        .iter()
        .chain(files)
        .map(|(path, text)| ((*path).to_owned(), text.as_bytes().to_vec()))
        .collect();
    Theme::load(&files).unwrap()
}

fn printed(words: &str) -> Printed {
    Printed {
        template: "documents/T.html".to_owned(),
        frame: frame(words),
        day: Date::constant(2026, 11, 20),
        ident: "net/gates/T 0123456789ab".to_owned(),
    }
}

fn has(pdf: &[u8], words: &str) -> bool {
    pdf.windows(words.len()).any(|window| window == words.as_bytes())
}

#[test]
fn the_file_is_tagged_and_says_which_standards_it_keeps() {
    let pdf = print(&theme(&[]), &printed("Plan"), Sheet::A4).unwrap();
    for wanted in [
        "%PDF-1.7",
        "<pdfaid:part>2</pdfaid:part>",
        "<pdfaid:conformance>A</pdfaid:conformance>",
        "<pdfuaid:part>1</pdfuaid:part>",
        "/StructTreeRoot",
        "/Outlines",
        "/Lang",
    ] {
        assert!(has(&pdf, wanted), "no {wanted}");
    }
    assert!(!has(&pdf, "/Encrypt"));
}

#[test]
fn the_same_in_gives_the_same_bytes_out() {
    let one = print(&theme(&[]), &printed("Plan"), Sheet::A4).unwrap();
    typst::comemo::evict(0);
    assert!(one == print(&theme(&[]), &printed("Plan"), Sheet::A4).unwrap());
    assert!(one != print(&theme(&[]), &printed("Plan"), Sheet::Letter).unwrap());
}

#[test]
fn what_an_author_typed_stands_there_as_typed() {
    for words in [
        "#panic()",
        "<b>bold</b>",
        "$x^2$",
        r"\ \u{41} \#",
        "\"quoted\" 'so'",
        "= head",
        "- item",
        "#import \"x\"",
        "@ref",
        "]",
        "*/",
        "//",
    ] {
        let said = said(&theme(&[]), &printed(words), Sheet::A4).unwrap();
        let cells = said.tables.last().unwrap();
        assert_eq!(cells[2], format!("{words}{words}"), "{words}");
        assert_eq!(said.captions, [format!("{words} {words}")]);
    }
}

#[test]
fn letters_without_a_face_are_named_and_signs_without_a_meaning_left_out() {
    let said = said(&theme(&[]), &printed("a \u{1f680}\u{fe0f} \u{0}b √ → ✓ 日"), Sheet::A4).unwrap();
    let words = &said.tables.last().unwrap()[2];
    let once = "a [U+1F680] b √ → ✓ [U+65E5]";
    assert_eq!(*words, format!("{once}{once}"));
    print(&theme(&[]), &printed("a \u{1f680}\u{fe0f} \u{0}b √ → ✓ 日 \u{e000}"), Sheet::A4).unwrap();
}

#[track_caller]
fn check_fault(template: &str, wanted: &[&str]) {
    let fault = print(&theme(&[("documents/T.typ", template)]), &printed("Plan"), Sheet::A4).unwrap_err();
    for wanted in wanted {
        assert!(fault.to_string().contains(wanted), "no `{wanted}` in: {fault}");
    }
}

#[test]
fn a_face_that_is_not_there_is_an_error_and_not_a_warning() {
    check_fault(
        "#import \"/documents/frame.typ\": *\n#show: framed\n#set text(font: \"Comic Sans MS\")\nx",
        &["unknown font family", "theme/documents/T.typ:3"],
    );
}

#[test]
fn faults_of_a_template_name_file_and_line() {
    check_fault("\n#nonsense", &["unknown variable: nonsense", "theme/documents/T.typ:2"]);
    check_fault("#read(\"/etc/passwd\")", &["not found"]);
    check_fault("#import \"@preview/example:0.1.0\": x", &["theme/documents/T.typ:1"]);
}

#[test]
fn a_picture_without_words_for_it_is_refused() {
    let picture = "#import \"/documents/frame.typ\": *\n#show: framed\n= Head\n#image(bytes(data.view.chart.drawings.at(0).svg), format: \"svg\")";
    check_fault(picture, &["alt"]);
}

#[test]
fn a_document_without_a_template_for_paper_is_told_of() {
    let printed = Printed { template: "documents/none.html".to_owned(), ..printed("x") };
    let fault = print(&theme(&[]), &printed, Sheet::A4).unwrap_err();
    assert_eq!(fault, PaperError::NoTemplate { path: "documents/none.typ".to_owned() });
}

#[test]
fn a_file_of_the_portfolio_rests_on_the_one_it_replaces() {
    let frame = "#import \"/plain/documents/frame.typ\": *\n#let section(title, lead: none, body) = { heading(level: 1, \"Our \" + title); body }";
    let said = said(&theme(&[("documents/frame.typ", frame)]), &printed("Plan"), Sheet::A4).unwrap();
    assert!(said.headings.contains(&"Our Section".to_owned()), "{:?}", said.headings);
}

#[test]
fn a_template_that_asks_again_is_set_with_the_next_turn() {
    let template = r#"
#import "/documents/frame.typ": *
#show: framed
#section("Section", par(("first", "second", "third").at(data.paper.turn)))
#if data.paper.turn < 2 [#metadata(none) <again>]
"#;
    let once_more = said(&theme(&[("documents/T.typ", template)]), &printed("Plan"), Sheet::A4).unwrap();
    assert!(once_more.text.contains("third") && !once_more.text.contains("first"), "{}", once_more.text);
    // One that never has enough is printed all the same.
    let without_end =
        "#set document(title: \"t\")\n= T\n#repr(json(\"/data.json\").paper.turn)\n#metadata(none) <again>\n";
    let last = said(&theme(&[("documents/T.typ", without_end)]), &printed("Plan"), Sheet::A4).unwrap();
    assert!(last.text.ends_with('7'), "{}", last.text);
}

/// A document of so many lines: how many sheets it takes, and whether it was set with less air.
fn sheets(lines: usize) -> (usize, bool) {
    let template = format!(
        "#import \"/documents/frame.typ\": *\n#show: framed\n#for number in range({lines}) {{ par[line #if is-close [close]] }}"
    );
    let said = said(&theme(&[("documents/T.typ", &template)]), &printed("words"), Sheet::A4).unwrap();
    (said.sheets, said.text.contains("close"))
}

#[test]
fn a_last_sheet_that_would_be_nearly_empty_is_saved_where_less_air_does_it() {
    let first = (10..60).find(|lines| sheets(*lines) != (1, false)).unwrap();
    assert_eq!(sheets(first), (1, true), "one line too many stands on the same sheet with less air");
    // So many that two thirds of a second sheet are filled do not.
    assert_eq!(sheets(first + first * 2 / 3), (2, false));
}
