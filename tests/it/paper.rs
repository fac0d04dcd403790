//! Documents on paper against their pages: one view, two templates, the same words.

#![cfg(feature = "pdf")]

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::OnceLock;

use milepost::output::Bundle;
use milepost::paper::{Said, Sheet, said};
use milepost::report::Report;
use milepost::theme::Theme;
use milepost::{pipeline, site};

use crate::frozen_records::{branch_network, done, read, write};
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
    parts.filter_map(|part| part.split_once('>')?.1.split(end.as_str()).next()).collect()
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

fn set(report: &Report, sheet: Sheet) -> BTreeMap<String, Said> {
    let theme = Theme::load(&BTreeMap::new()).unwrap();
    let documents = site::documents(report, |_| true);
    let said = documents.into_iter().map(|(address, printed)| {
        let said = said(&theme, &printed, sheet).unwrap_or_else(|error| panic!("{address}: {error}"));
        (address.path().to_owned(), said)
    });
    said.collect()
}

/// What the documents of the sample say on A4, set once.
fn of_sample() -> &'static BTreeMap<String, Said> {
    static SAID: OnceLock<BTreeMap<String, Said>> = OnceLock::new();
    SAID.get_or_init(|| set(report(), Sheet::A4))
}

#[test]
fn every_table_and_caption_of_a_page_stands_on_paper_and_no_other() {
    let documents = of_sample();
    // Every page that is a document, and no other.
    let pages = sample_site().iter().filter(|(_, bytes)| has(bytes, "<body class=\"document"));
    let pages: Vec<&str> = pages.map(|(path, _)| path).collect();
    assert_eq!(pages, documents.keys().map(String::as_str).collect::<Vec<_>>());
    for (path, said) in documents {
        let page = sample_site().iter().find(|(name, _)| name == path).unwrap().1;
        // Small lines of past values inside cells are for screens.
        let page = without(std::str::from_utf8(page).unwrap(), "<span class=\"spark\"", "</span>");
        let page = page.as_str();
        // The figures of the charts stand in an annex on paper, so the order is not that of the page.
        // A name runs on over the empty cells beside it.
        let filled = |table: Vec<String>| table.into_iter().filter(|cell| !cell.is_empty()).collect();
        let mut on_page: Vec<Vec<String>> = each(page, "table").into_iter().map(cells).map(filled).collect();
        let on_paper = said.tables.iter().map(|table| table.iter().map(|cell| bare(cell)).collect());
        let mut on_paper = joined(on_paper.map(filled).collect(), &on_page);
        on_page.sort();
        on_paper.sort();
        for (page, paper) in on_page.iter().zip(&on_paper) {
            assert_eq!(page, paper, "{path}");
        }
        assert_eq!(on_page.len(), on_paper.len(), "{path}");
        assert!(!on_page.is_empty() && on_page.iter().all(|table| table.len() > 1), "{path}: {on_page:?}");
        let captions: Vec<String> = each(page, "figcaption").into_iter().map(words).collect();
        let on_paper: Vec<String> = said.captions.iter().map(|caption| bare(caption)).collect();
        assert_eq!(captions, on_paper, "{path}");
        // Headings of sections, by which readers find their way.
        let on_paper: Vec<String> = said.headings.iter().map(|heading| bare(heading)).collect();
        let sections =
            page.split("<h2 id=").skip(1).filter_map(|part| part.split_once('>')?.1.split("</h2>").next());
        let sections: Vec<String> = sections.map(words).collect();
        assert!(sections.len() > 2, "{path}: {sections:?}");
        // In the order of the page, apart from what paper has besides.
        let mut rest = on_paper.iter();
        for heading in sections {
            assert!(
                rest.any(|own| *own == heading),
                "{path}: no `{heading}` in its place among {on_paper:?}"
            );
        }
    }
}

/// Tables of paper, of which one that stands in two halves beside each other is one again: both begin with the same heads, and
/// together they are a table of the page.
fn joined(halves: Vec<Vec<String>>, on_page: &[Vec<String>]) -> Vec<Vec<String>> {
    let mut tables: Vec<Vec<String>> = Vec::new();
    for half in halves {
        let whole = tables.last().filter(|first| !on_page.contains(first)).and_then(|first| {
            let n_heads = first.iter().zip(&half).take_while(|(one, other)| one == other).count();
            (1..=n_heads).map(|heads| [first, &half[heads..]].concat()).find(|whole| on_page.contains(whole))
        });
        match whole {
            Some(whole) => *tables.last_mut().unwrap() = whole,
            None => tables.push(half),
        }
    }
    tables
}

#[test]
fn halves_of_a_table_are_one_and_others_are_not() {
    let table = |cells: &str| cells.split(' ').map(str::to_owned).collect::<Vec<String>>();
    let page = [table("Day Done 1 5 2 6"), table("Day Done 7 8")];
    let halves = vec![table("Day Done 1 5"), table("Day Done 2 6"), table("Day Done 7 8")];
    assert_eq!(joined(halves, &page), page);
    let lost = vec![table("Day Done 1 5"), table("Day Done 7 8")];
    assert_eq!(joined(lost.clone(), &page), lost);
}

/// Elements after which something else begins.
const BLOCKS: &[&str] = &[
    "address",
    "article",
    "blockquote",
    "br",
    "caption",
    "dd",
    "div",
    "dl",
    "dt",
    "figcaption",
    "figure",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hr",
    "li",
    "main",
    "nav",
    "ol",
    "p",
    "pre",
    "section",
    "table",
    "tbody",
    "td",
    "th",
    "thead",
    "tr",
    "ul",
];

/// HTML without each piece from one word to another.
fn without(html: &str, start: &str, end: &str) -> String {
    let mut html = html.to_owned();
    while let Some(at) = html.find(start) {
        let length = html[at..].find(end).unwrap() + end.len();
        html.replace_range(at..at + length, "");
    }
    html
}

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
        // How to mend what is missing is for whoever sits at the files.
        ("<p class=\"ask-note on-screen\"", "</p>"),
        ("<span class=\"on-screen\"", "</span>"),
    ] {
        html = without(&html, start, end);
    }
    let mut blocks = vec![String::new()];
    for part in html.split_inclusive('<') {
        let name: String =
            part.trim_start_matches('/').chars().take_while(char::is_ascii_alphanumeric).collect();
        // A remark in a cell stands on a line of its own.
        if BLOCKS.contains(&name.as_str()) || part.contains("cell-note") {
            blocks.push("<".to_owned());
        }
        blocks.last_mut().unwrap().push_str(part);
    }
    blocks.iter().map(|block| words(block.trim_end_matches('<'))).filter(|words| !words.is_empty()).collect()
}

/// What pages say and paper does not.
fn lost(documents: &BTreeMap<String, Said>, site: &Bundle) -> Vec<String> {
    let mut lost = Vec::new();
    for (path, said) in documents {
        let page = site.get(path).unwrap_or_else(|| panic!("no page {path}"));
        let text = bare(&said.text).to_lowercase();
        let blocks = blocks(std::str::from_utf8(page).unwrap()).into_iter();
        lost.extend(
            blocks
                .filter(|block| !text.contains(&block.to_lowercase()))
                .map(|block| format!("{path}: {block}")),
        );
    }
    lost
}

#[track_caller]
fn check_whole(documents: &BTreeMap<String, Said>, site: &Bundle) {
    let lost = lost(documents, site);
    assert!(lost.is_empty(), "{lost:#?}");
}

#[test]
fn whatever_a_page_says_stands_on_paper() {
    check_whole(of_sample(), sample_site());
    for (path, said) in of_sample() {
        let page = sample_site().get(path).unwrap();
        assert!(blocks(std::str::from_utf8(page).unwrap()).len() > 10, "{path}");
        assert!(said.sheets > 0 && said.text.len() > 500, "{path}");
    }
}

#[test]
fn a_sentence_or_a_figure_that_paper_loses_is_told() {
    let path = "branch-network/gates/G2.html";
    let whole = &of_sample()[path];
    let lost_of = |said: Said| lost(&BTreeMap::from([(path.to_owned(), said)]), sample_site());
    assert_eq!(lost_of(whole.clone()), [""; 0]);
    let ask = whole.text.find("until G3").unwrap();
    let text = format!("{}{}", &whole.text[..ask], &whole.text[ask + 8..]);
    assert!(!lost_of(Said { text, ..whole.clone() }).is_empty(), "the ask without its end");
    let half = whole.text.char_indices().nth(whole.text.chars().count() / 2).unwrap().0;
    assert!(lost_of(Said { text: whole.text[..half].to_owned(), ..whole.clone() }).len() > 10);
}

/// Its annex alone used to stand on a second sheet, which nobody signs.
#[test]
fn a_change_request_that_fits_is_one_sheet() {
    for path in [
        "citizen-appointments/changes/C1.html",
        "citizen-appointments/changes/C4.html",
        "ward-workstations/changes/C1.html",
    ] {
        assert_eq!(of_sample()[path].sheets, 1, "{path}");
    }
}

/// It used to have three sheets, of which one repeated the rules of all colours, and here and there a row alone on the last.
#[test]
fn a_status_report_is_one_sheet_and_one_of_figures_and_rules() {
    let reports = of_sample().iter().filter(|(path, _)| path.contains("/reports/"));
    let n_sheets: BTreeMap<&str, usize> = reports.map(|(path, said)| (path.as_str(), said.sheets)).collect();
    assert_eq!(n_sheets.len(), 43);
    let longer: Vec<_> = n_sheets.iter().filter(|(_, sheets)| **sheets > 2).collect();
    assert!(longer.is_empty(), "{longer:?}");
}

/// What is missing is told on paper; how to write it down is for the page of a draft, and a frozen document says it nowhere.
/// Words that a program wrote on paper smaller than 7 pt could not be read there: digests stood at 6.5, code at 5.8.
#[test]
fn no_sheet_asks_for_type_below_seven_points() {
    let themes = Path::new(env!("CARGO_MANIFEST_DIR")).join("themes");
    let sheets = [
        "plain/assets/print.css",
        "plain/assets/pages.css",
        "plain/assets/tables.css",
        "plain/assets/site.css",
        "folio/assets/folio.css",
        "plain/documents/frame.typ",
        "plain/documents/pieces.typ",
        "plain/documents/gate.typ",
        "plain/documents/sheet.typ",
        "plain/documents/report.typ",
    ];
    let mut n_sizes = 0;
    for sheet in sheets {
        let text = std::fs::read_to_string(themes.join(sheet)).unwrap();
        for (number, line) in text.lines().enumerate() {
            for key in ["font-size: ", "font: ", "text(size: ", "size: ", "smallest = "] {
                for rest in line.split(key).skip(1) {
                    let digits: String =
                        rest.chars().take_while(|c| c.is_ascii_digit() || *c == '.').collect();
                    if let Ok(size) = digits.parse::<f64>()
                        && rest[digits.len()..].starts_with("pt")
                    {
                        n_sizes += 1;
                        assert!(size >= 7.0, "{sheet}:{}: {line}", number + 1);
                    }
                }
            }
        }
    }
    assert!(n_sizes > 30, "{n_sizes}");
}

#[test]
fn paper_tells_nobody_to_edit_files() {
    let mut n_hints = 0;
    for (path, said) in of_sample() {
        let page = std::str::from_utf8(sample_site().get(path).unwrap()).unwrap();
        let hints = page.split("<span class=\"on-screen\">").skip(1);
        for hint in hints.map(|part| words(part.split("</span>").next().unwrap())) {
            assert!(!bare(&said.text).contains(&hint), "{path}: {hint}");
            n_hints += 1;
        }
    }
    assert!(n_hints > 0, "no page says how to mend what is missing");
    let frozen = "branch-network/reports/2026-11-20.html";
    let page = std::str::from_utf8(sample_site().get(frozen).unwrap()).unwrap();
    assert!(page.contains("What was achieved is not recorded.") && !page.contains("achieved:"), "{frozen}");
}

#[test]
fn every_word_lies_where_a_printer_prints_and_no_heading_stands_alone_at_the_foot() {
    let letter = set(report(), Sheet::Letter);
    for (path, said) in of_sample().iter().chain(&letter) {
        assert!(said.cut.is_empty(), "{path}: {:?}", said.cut);
        assert!(said.ends_with_heading.is_empty(), "{path}: {:?}", said.ends_with_heading);
    }
    assert_eq!(letter.len(), of_sample().len());
    // Heads of tables stand once more on each sheet, so the sheets of two sizes hold the same words and not as many.
    check_whole(&letter, sample_site());
    // The figures of charts stand in an annex, wherever the sheet ends.
    for (path, said) in letter {
        let other = &of_sample()[&path];
        assert_eq!((said.tables, said.captions), (other.tables.clone(), other.captions.clone()), "{path}");
    }
}

/// The documents of a folder, held against its pages.
fn checked(folder: &Path) -> BTreeMap<String, Said> {
    let report = read(folder);
    let documents = set(&report, Sheet::A4);
    check_whole(&documents, &pipeline::render(&report, &BTreeMap::new()).unwrap());
    documents
}

fn has(bytes: &[u8], words: &str) -> bool {
    bytes.windows(words.len()).any(|window| window == words.as_bytes())
}

fn has_heading(said: &Said, words: &str) -> bool {
    said.headings.iter().any(|heading| heading == words)
}

#[test]
fn what_was_frozen_is_printed_where_the_files_of_today_have_nothing_like_it() {
    let scratch = branch_network();
    // With them goes what names their entries: a file that cannot be read makes no difference to what was decided.
    let gone = [
        "risks.yaml",
        "benefits.yaml",
        "deliverables.yaml",
        "decisions.yaml",
        "issues.yaml",
        "requirements.yaml",
    ];
    for file in gone.into_iter().chain(["exceptions/time.md"]) {
        std::fs::remove_file(scratch.path().join(file)).unwrap();
    }
    for (file, field) in [("plan.yaml", "produces:"), ("updates/2026-11-20.md", "decision_wanted:")] {
        let text = std::fs::read_to_string(scratch.path().join(file)).unwrap();
        let kept: Vec<&str> = text.lines().filter(|line| !line.contains(field)).collect();
        write(scratch.path(), file, &format!("{}\n", kept.join("\n")));
    }
    let documents = checked(scratch.path());
    let decided = &documents["project/gates/G2.html"];
    assert!(has_heading(decided, "Differs from what was decided"), "{:?}", decided.headings);
    assert!(decided.text.contains("DECIDED"));
    assert!(documents["project/gates/G3.html"].text.contains("DRAFT"));
}

#[test]
fn a_replaced_decision_is_printed_as_superseded_and_the_newest_tells_of_it() {
    let scratch = tempfile::tempdir().unwrap();
    let folder = scratch.path();
    let people = "people:\n  ada: {name: Ada King}\n";
    let project = "project: Demo\nstart: 2026-08-03\ncurrency: EUR\nsponsor: ada\noperations_owner: ada\n";
    let plan =
        "initiation:\n  study: {duration: 3d, cost: 100 EUR other}\n  G1: {gate: Initiation, after: study}\n";
    write(folder, "project.yaml", project);
    write(folder, "resources.yaml", people);
    write(folder, "plan.yaml", plan);
    let signed = |decision: &str, day: &str| {
        let one =
            |role: &str| format!("  - {{role: {role}, person: ada, decision: {decision}, date: {day}}}\n");
        format!("signatures:\n{}{}", one("sponsor"), one("operations_owner"))
    };
    let gate = |decision: &str, day: &str, more: &str| {
        let head = format!("gate: G1\ndecision: {decision}\ndecided: {day}\n{more}");
        format!("---\n{head}{}---\n\nThe words of {day}.\n", signed(decision, day))
    };
    write(folder, "updates/2026-08-07.md", "---\nstatus_date: 2026-08-07\n---\n");
    write(folder, "gates/G1.md", &gate("rework", "2026-08-07", ""));
    done(&["gate", "freeze", "G1"], folder);
    write(folder, "updates/2026-08-21.md", "---\nstatus_date: 2026-08-21\n---\n");
    let earlier = "earlier:\n  - {decision: rework, decided: 2026-08-07, reasons: Nobody had counted}\n";
    write(folder, "gates/G1.md", &gate("approve", "2026-08-21", earlier));
    let documents = checked(folder);
    let (old, new) = (&documents["project/gates/G1-2026-08-07.html"], &documents["project/gates/G1.html"]);
    assert!(old.text.contains("SUPERSEDED") && old.text.contains("The words of 2026-08-07."));
    assert!(new.text.contains("DECIDED") && has_heading(new, "Decisions so far"), "{:?}", new.headings);
}

/// Whether a program is there.
fn is_installed(program: &str) -> bool {
    std::process::Command::new(program).arg("--version").output().is_ok()
}

#[allow(clippy::print_stdout, reason = "a test that is skipped says so")]
#[test]
fn qpdf_finds_nothing_wrong_with_the_files() {
    if !is_installed("qpdf") {
        println!("qpdf is missing: the files are not checked with it");
        return;
    }
    let scratch = tempfile::tempdir().unwrap();
    let theme = Theme::load(&BTreeMap::new()).unwrap();
    let documents = site::documents(report(), |address| address.path().starts_with("branch-network/"));
    assert!(documents.len() > 4);
    for (place, (address, printed)) in documents.iter().enumerate() {
        let sheet = if place % 2 == 0 { Sheet::A4 } else { Sheet::Letter };
        let bytes = milepost::paper::print(&theme, printed, sheet).unwrap();
        let metadata =
            ["<pdfaid:part>2</pdfaid:part>", "<pdfaid:conformance>A<", "<pdfuaid:part>1</pdfuaid:part>"];
        for wanted in metadata {
            assert!(has(&bytes, wanted), "{address}: no {wanted}");
        }
        let file = scratch.path().join(format!("{place}.pdf"));
        std::fs::write(&file, bytes).unwrap();
        let checked = std::process::Command::new("qpdf").arg("--check").arg(&file).output().unwrap();
        let said =
            String::from_utf8_lossy(&checked.stdout).into_owned() + &String::from_utf8_lossy(&checked.stderr);
        assert!(checked.status.success() && !said.contains("WARNING"), "{address}: {said}");
    }
}
