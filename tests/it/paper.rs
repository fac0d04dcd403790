//! Documents on paper against their pages: one view, two templates, the same words.

#![cfg(feature = "pdf")]

use std::collections::BTreeMap;

use milepost::paper::{Said, Sheet, said};
use milepost::site;
use milepost::theme::Theme;

use crate::sample::{report, site as sample_site};

/// Words without spaces and line breaks, which paper and page set each in their own way.
fn bare(words: &str) -> String {
    words.chars().filter(|letter| !letter.is_whitespace()).collect()
}

/// The words of a piece of HTML.
fn words(html: &str) -> String {
    let mut text = String::new();
    let mut is_tag = false;
    for letter in html.chars() {
        match letter {
            '<' => is_tag = true,
            '>' if is_tag => is_tag = false,
            letter if !is_tag => text.push(letter),
            _ => {}
        }
    }
    let entities = [
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&#x27;", "'"),
        ("&#39;", "'"),
        ("&#x2F;", "/"),
        ("&#160;", ""),
        ("&amp;", "&"),
    ];
    bare(&entities.iter().fold(text, |text, (entity, sign)| text.replace(entity, sign)))
}

/// What stands between each `<name …>` and its end.
fn each<'a>(html: &'a str, name: &str) -> Vec<&'a str> {
    let (start, end) = (format!("<{name}"), format!("</{name}>"));
    let is_start = |rest: &str| rest.starts_with([' ', '>']);
    let parts = html.split(start.as_str()).skip(1).filter(|part| is_start(part));
    parts.filter_map(|part| Some(part.split_once('>')?.1.split(end.as_str()).next()?)).collect()
}

fn cells(table: &str) -> Vec<String> {
    let mut cells = Vec::new();
    for (at, _) in table.match_indices("<t") {
        let rest = &table[at..];
        for name in ["th", "td"] {
            if rest.starts_with(&format!("<{name} ")) || rest.starts_with(&format!("<{name}>")) {
                cells.push(words(each(rest, name)[0]));
            }
        }
    }
    cells
}

fn of_sample(sheet: Sheet) -> BTreeMap<String, Said> {
    let theme = Theme::load(&BTreeMap::new()).unwrap();
    let documents = site::documents(report(), |_| true);
    let said = documents.into_iter().map(|(address, printed)| {
        let said = said(&theme, &printed, sheet).unwrap_or_else(|error| panic!("{address}: {error}"));
        (address.path().to_owned(), said)
    });
    said.collect()
}

#[test]
fn every_table_and_caption_of_a_page_stands_on_paper_and_no_other() {
    let documents = of_sample(Sheet::A4);
    assert!(documents.len() >= 5, "{:?}", documents.keys());
    for (path, said) in documents {
        let page = sample_site().iter().find(|(name, _)| *name == path).unwrap().1;
        let page = std::str::from_utf8(page).unwrap();
        // The figures of the charts stand in an annex on paper, so the order is not that of the page.
        let mut on_page: Vec<Vec<String>> = each(page, "table").into_iter().map(cells).collect();
        let mut on_paper: Vec<Vec<String>> =
            said.tables.iter().map(|table| table.iter().map(|cell| bare(cell)).collect()).collect();
        on_page.sort();
        on_paper.sort();
        for (page, paper) in on_page.iter().zip(&on_paper) {
            assert_eq!(page, paper, "{path}");
        }
        assert_eq!(on_page.len(), on_paper.len(), "{path}");
        let captions: Vec<String> = each(page, "figcaption").into_iter().map(words).collect();
        let on_paper: Vec<String> = said.captions.iter().map(|caption| bare(caption)).collect();
        assert_eq!(captions, on_paper, "{path}");
        // Headings of sections, by which readers find their way.
        for heading in each(page, "h2").into_iter().map(words).filter(|words| !words.is_empty()) {
            let is_there = said.headings.iter().any(|printed| bare(printed) == heading);
            assert!(is_there || page.contains("prose"), "{path}: no `{heading}`");
        }
    }
}

#[test]
fn documents_fit_letter_as_well() {
    for (path, said) in of_sample(Sheet::Letter) {
        assert!(said.sheets > 1, "{path}");
    }
}
