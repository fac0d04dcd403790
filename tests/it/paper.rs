//! Documents on paper against their pages: one view, two templates, the same words.

#![cfg(feature = "pdf")]

use std::collections::BTreeMap;
use std::sync::OnceLock;

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

fn set(sheet: Sheet) -> BTreeMap<String, Said> {
    let theme = Theme::load(&BTreeMap::new()).unwrap();
    let documents = site::documents(report(), |_| true);
    let said = documents.into_iter().map(|(address, printed)| {
        let said = said(&theme, &printed, sheet).unwrap_or_else(|error| panic!("{address}: {error}"));
        (address.path().to_owned(), said)
    });
    said.collect()
}

/// What the documents of the sample say on A4, set once.
fn of_sample() -> &'static BTreeMap<String, Said> {
    static SAID: OnceLock<BTreeMap<String, Said>> = OnceLock::new();
    SAID.get_or_init(|| set(Sheet::A4))
}

#[test]
fn every_table_and_caption_of_a_page_stands_on_paper_and_no_other() {
    let documents = of_sample();
    assert!(documents.len() >= 5, "{:?}", documents.keys());
    for (path, said) in documents {
        let page = sample_site().iter().find(|(name, _)| name == path).unwrap().1;
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
        let on_paper: Vec<String> = said.headings.iter().map(|heading| bare(heading)).collect();
        let sections = page.split("<h2 id=").skip(1).filter_map(|part| part.split_once('>')?.1.split("</h2>").next());
        for heading in sections.map(words) {
            assert!(on_paper.contains(&heading), "{path}: no `{heading}`");
        }
    }
}

/// Elements after which something else begins.
const BLOCKS: &[&str] = &[
    "address", "article", "blockquote", "br", "caption", "dd", "div", "dl", "dt", "figcaption", "figure", "h1", "h2", "h3",
    "h4", "h5", "h6", "header", "hr", "li", "main", "nav", "ol", "p", "pre", "section", "table", "tbody", "td", "th",
    "thead", "tr", "ul",
];

/// What the document of a page says, block by block: title band and sheet, without drawings and what only a screen needs.
fn blocks(page: &str) -> Vec<String> {
    let from = page.find("<header class=\"band\"").unwrap();
    let mut html = page[from..].split("</main>").next().unwrap().to_owned();
    for (start, end) in [
        ("<svg", "</svg>"),
        ("<summary", "</summary>"),
        ("<nav", "</nav>"),
        ("<ul class=\"files", "</ul>"),
        ("<p class=\"signature-line", "</p>"),
    ] {
        while let Some(at) = html.find(start) {
            let length = html[at..].find(end).unwrap() + end.len();
            html.replace_range(at..at + length, "");
        }
    }
    let mut blocks = vec![String::new()];
    for part in html.split_inclusive('<') {
        let name: String = part.trim_start_matches('/').chars().take_while(char::is_ascii_alphanumeric).collect();
        // A remark in a cell stands on a line of its own.
        if BLOCKS.contains(&name.as_str()) || part.contains("cell-note") {
            blocks.push("<".to_owned());
        }
        blocks.last_mut().unwrap().push_str(part);
    }
    blocks.iter().map(|block| words(block.trim_end_matches('<'))).filter(|words| !words.is_empty()).collect()
}

#[test]
fn whatever_a_page_says_stands_on_paper() {
    for (path, said) in of_sample() {
        let page = sample_site().iter().find(|(name, _)| name == path).unwrap().1;
        let text = bare(&said.text).to_lowercase();
        let lost: Vec<String> = blocks(std::str::from_utf8(page).unwrap())
            .into_iter()
            .filter(|block| !text.contains(&block.to_lowercase()))
            .collect();
        assert!(lost.is_empty(), "{path}: {lost:#?}");
    }
}

#[test]
fn documents_fit_letter_as_well() {
    for (path, said) in set(Sheet::Letter) {
        assert!(said.sheets > 1, "{path}");
    }
}
