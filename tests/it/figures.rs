//! Every number of the sample site opens to how it was made, and whatever is typed is three clicks away at most.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::path::Path;
use std::sync::OnceLock;

use milepost::diagnostic::{Diagnostics, Places as _};
use milepost::page::explain::{Books, From, book, books, told};
use milepost::page::{Address, Here, SiteMap};
use milepost::pipeline::{self, Options};
use milepost::report::Report;
use milepost::source::disk::Folder;

use crate::money_pages;
use crate::sample::{branch_network, pages_of, report};

/// Numbers that do not open, and why. This list may only become shorter.
const MAY_STAY_CLOSED: &[(&str, &str)] = &[
    ("fact · Figures as of", "says of which day the document itself is"),
    ("fact · Files as of", "says of which day the document itself is"),
    ("fact · Made with", "the version of the program"),
    ("fact · Cause", "a number inside a sentence that somebody wrote"),
    ("fact · Effect", "a number inside a sentence that somebody wrote"),
    ("fact · What happened", "a number inside a sentence that somebody wrote"),
    ("fact · Help wanted", "a number inside a sentence that somebody wrote"),
    ("fact · The board tolerates", "a number inside a sentence that somebody wrote"),
    ("fact · What it did", "a number inside a sentence that somebody wrote"),
    ("fact · Scope", "a number inside a sentence that somebody wrote"),
    ("fact · Benefits", "a number inside a sentence that somebody wrote"),
    ("fact · Quality", "a number inside a sentence that somebody wrote"),
    ("Findings of each project · Warnings", "counts the findings listed below it"),
    ("Findings of each project · Remarks", "counts the findings listed below it"),
    ("Findings of each project · Let pass", "counts the findings listed below it"),
    ("Findings of each project · To act on", "counts the findings listed below it"),
    ("Findings of each project · To correct in the files", "counts the findings listed below it"),
    ("Files · Lines", "counts the lines of the file that its row leads to"),
];

/// A small project whose ledger has every kind of booking, in two currencies, with sources of money of both kinds.
fn ledger_of_every_kind() -> Report {
    let mut files: BTreeMap<_, _> = money_pages::FILES.iter().copied().collect();
    let costs = format!(
        "{}2026-08-04,budget,licences,,150 EUR,\n2026-08-11,change,licences,,-20 EUR,CR-1\n2026-08-12,accrual,travel,,80 EUR,PO-2\n",
        files["costs.csv"]
    );
    let budget = format!(
        "{}capex: [hardware]\nfunding:\n  - {{source: Machines, kind: capex, amount: 2_000 EUR, categories: [hardware]}}\n  - {{source: Running, kind: opex, amount: 3_000 EUR}}\n",
        files["budget.yaml"]
    );
    files.extend([("costs.csv", costs.as_str()), ("budget.yaml", budget.as_str())]);
    let folder = Folder::from_memory(files.into_iter().collect());
    pipeline::compute(&folder, Diagnostics::default(), &Options::default())
}

/// Every page of the sample site, and of the small one beneath `ledger/`.
fn pages() -> &'static BTreeMap<String, String> {
    static PAGES: OnceLock<BTreeMap<String, String>> = OnceLock::new();
    PAGES.get_or_init(|| {
        let small = pipeline::render(&ledger_of_every_kind(), &BTreeMap::new()).unwrap();
        let of_sample = crate::sample::pages().iter().map(|(path, html)| ((*path).to_owned(), *html));
        let of_small = pages_of(&small)
            .into_iter()
            .map(|(path, html)| (format!("ledger/{path}"), html))
            .collect::<Vec<_>>();
        of_sample.chain(of_small).map(|(path, html)| (path, html.to_owned())).collect()
    })
}

/// The explanations of the sample.
fn books_of_sample() -> &'static Books {
    static BOOKS: OnceLock<Books> = OnceLock::new();
    BOOKS.get_or_init(|| books(report()))
}

fn is_file(path: &str) -> bool {
    format!("/{path}").contains("/files/")
}

/// What stands between two marks, each time.
fn between<'a>(text: &'a str, open: &'a str, close: &'a str) -> impl Iterator<Item = &'a str> {
    text.match_indices(open).filter_map(move |(at, mark)| {
        let rest = &text[at + mark.len()..];
        rest.find(close).map(|end| &rest[..end])
    })
}

/// The text without its tags.
fn plain(html: &str) -> String {
    let mut text = String::new();
    let mut is_tag = false;
    for letter in html.chars() {
        match letter {
            '<' => is_tag = true,
            '>' => is_tag = false,
            letter if !is_tag => text.push(letter),
            _ => {}
        }
    }
    text.trim().to_owned()
}

fn attribute<'a>(tag: &'a str, name: &str) -> Option<&'a str> {
    let (_, rest) = tag.split_once(&format!(" {name}=\""))?;
    rest.split_once('"').map(|(value, _)| value)
}

/// A number that is shown: where, under which heading, and whether it leads anywhere.
fn numbers(html: &str) -> Vec<(String, bool)> {
    let mut numbers = Vec::new();
    // The number of a gate, `G5`, is a name.
    let has_number = |html: &str| {
        let text = plain(html);
        let before = std::iter::once(' ').chain(text.chars());
        before.zip(text.chars()).any(|(before, letter)| letter.is_ascii_digit() && before != 'G')
    };
    // A chart leads to its table; the table repeats what the page beside it explains.
    let mut html = html.to_owned();
    while let Some(at) = html.find("<details class=\"chart-data\"") {
        let end = html[at..].find("</details>").unwrap();
        html.replace_range(at..at + end, "");
    }
    for table in between(&html, "<table", "</table>") {
        let (tag, inside) = table.split_once('>').unwrap();
        let caption = between(inside, "<caption>", "</caption>").next();
        let name = caption.or_else(|| attribute(tag, "aria-label")).unwrap_or_default();
        if ["Inputs", "What goes in"].contains(&name) {
            continue;
        }
        let (head, body) = inside.split_once("</thead>").unwrap_or(("", inside));
        let mut heads = Vec::new();
        for cell in head.split("<t").skip(1).filter(|cell| cell.starts_with("h ") || cell.starts_with("d>")) {
            let (tag, rest) = cell.split_once('>').unwrap();
            let title = plain(rest.split("</t").next().unwrap());
            heads.extend(std::iter::repeat_n(title, if tag.contains("colspan=\"2\"") { 2 } else { 1 }));
        }
        for row in between(body, "<tr", "</tr>") {
            let cells = row.split("<t").skip(1).filter(|cell| cell.starts_with(['d', 'h']));
            for (place, cell) in cells.enumerate() {
                let (tag, content) = cell.split_once('>').unwrap();
                let is_number = attribute(tag, "class")
                    .is_some_and(|class| class.split_whitespace().any(|class| class == "num"));
                if is_number && has_number(content) {
                    let head = heads.get(place).cloned().unwrap_or_default();
                    numbers.push((format!("{name} · {head}"), content.contains("<a ")));
                }
            }
        }
    }
    for tile in between(&html, "<div class=\"tile\">", "</div>") {
        let label = plain(between(tile, "<dt>", "</dt>").next().unwrap());
        let figure = between(tile, "<dd class=\"tile-figure\">", "</dd>").next().unwrap();
        if has_number(figure) {
            numbers.push((format!("tile · {label}"), figure.contains("<a ")));
        }
    }
    for facts in between(&html, "<dl class=\"facts\">", "</dl>") {
        for fact in between(facts, "<dt>", "</dd>") {
            let (label, content) = fact.split_once("</dt>").unwrap();
            if has_number(content) {
                numbers.push((format!("fact · {}", plain(label)), content.contains("<a ")));
            }
        }
    }
    numbers
}

#[test]
fn every_number_opens() {
    let mut closed = BTreeSet::new();
    let mut used = BTreeSet::new();
    let mut n_open = 0;
    for (path, html) in pages().iter().filter(|(path, _)| !is_file(path) && !path.ends_with("method.html")) {
        for (name, opens) in numbers(html) {
            if opens {
                n_open += 1;
            } else if MAY_STAY_CLOSED.iter().any(|(known, _)| *known == name) {
                used.insert(name);
            } else {
                closed.insert(format!("{path}: {name}"));
            }
        }
    }
    assert!(closed.is_empty(), "give these an explanation:\n{}", Vec::from_iter(closed).join("\n"));
    let idle: Vec<_> = MAY_STAY_CLOSED.iter().filter(|(name, _)| !used.contains(*name)).collect();
    assert!(idle.is_empty(), "these open by now, take them from the list: {idle:?}");
    assert!(n_open > 1_400, "only {n_open} numbers were looked at");
}

/// An entry stands on something: a typed line, another entry that exists, or words that say what it is instead.
#[test]
fn every_explanation_ends_in_typed_lines() {
    let small = ledger_of_every_kind();
    for (report, books) in [(report(), books_of_sample()), (&small, &books(&small))] {
        explanations_end_in_typed_lines(report, books);
    }
}

fn explanations_end_in_typed_lines(report: &Report, books: &Books) {
    for ((folder, day), book) in books {
        assert!(book.figures().len() > 150, "{folder} {day:?}: {}", book.figures().len());
        let mut faults = Vec::new();
        for figure in book.figures() {
            if figure.formula.is_empty() {
                faults.push(format!("{}: no formula", figure.key));
            }
            for input in &figure.inputs {
                match &input.from {
                    From::Figure(key) if book.get(key).is_none() => {
                        faults.push(format!("{}: rests on `{key}`, which is not explained", figure.key));
                    }
                    From::Typed(span) if report.sources.place(*span).starts_with(':') => {
                        faults.push(format!("{}: `{}` has no place", figure.key, input.label));
                    }
                    From::Given("") => faults.push(figure.key.clone()),
                    _ => {}
                }
            }
            if book.rests_on([&**figure]).is_empty() {
                faults.push(format!("{}: rests on no typed line", figure.key));
            }
        }
        assert!(faults.is_empty(), "{folder} {day:?}:\n{}", faults.join("\n"));
    }
}

/// The line beneath a formula is arithmetic that anybody can do again: what stands right of the equals sign comes to what
/// stands left of it, as far as the digits shown go.
#[test]
fn the_values_put_in_come_to_the_figure() {
    let n_of_sample = values_come_to_figures(report());
    assert!(n_of_sample > 300, "{n_of_sample}");
    let n_of_ledger = values_come_to_figures(&ledger_of_every_kind());
    assert!(n_of_ledger > 60, "{n_of_ledger}");
}

/// How many were computed again.
fn values_come_to_figures(report: &Report) -> usize {
    let (map, address) = (SiteMap::default(), Address::portfolio());
    let here = Here { report, map: &map, address: &address };
    let mut n_checked = 0;
    let mut faults = Vec::new();
    for project in &report.projects {
        for one in project.at_gates.values().chain([project]) {
            let desk = here.desk(one);
            let book = book(&desk, None);
            for figure in book.figures() {
                let Some(values) = told(&desk, &book, figure).values else { continue };
                let Some((left, right)) = values.split_once(" = ") else { continue };
                let (Some(left), Some(right)) = (Sum::of(left), Sum::of(right)) else { continue };
                n_checked += 1;
                // Shown are at least three digits of each number.
                if (left - right).abs() > 0.006 * left.abs().max(right.abs()) + 0.06 {
                    faults.push(format!("{}: {values} ({left} against {right})", figure.key));
                }
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    n_checked
}

/// Arithmetic as it is printed: `79 120.00 + (98 432.00 − 74 200.00) ÷ 0.937816`.
struct Sum<'a> {
    rest: &'a str,
}

impl<'a> Sum<'a> {
    /// What it comes to; none for what is no arithmetic.
    fn of(text: &'a str) -> Option<f64> {
        let mut sum = Self { rest: text };
        let value = sum.terms()?;
        sum.rest.trim().is_empty().then_some(value).filter(|value| value.is_finite())
    }

    fn eat(&mut self, sign: char) -> bool {
        let rest = self.rest.trim_start();
        let found = rest.strip_prefix(sign);
        self.rest = found.unwrap_or(self.rest);
        found.is_some()
    }

    fn terms(&mut self) -> Option<f64> {
        let mut value = self.factors()?;
        loop {
            if self.eat('+') {
                value += self.factors()?;
            } else if self.eat('−') {
                value -= self.factors()?;
            } else {
                return Some(value);
            }
        }
    }

    fn factors(&mut self) -> Option<f64> {
        let mut value = self.power()?;
        loop {
            if self.eat('×') {
                value *= self.power()?;
            } else if self.eat('÷') {
                value /= self.power()?;
            } else {
                return Some(value);
            }
        }
    }

    fn power(&mut self) -> Option<f64> {
        let base = self.atom()?;
        if self.eat('^') { Some(base.powf(self.atom()?)) } else { Some(base) }
    }

    fn atom(&mut self) -> Option<f64> {
        if self.eat('(') {
            let value = self.terms()?;
            return self.eat(')').then_some(value);
        }
        let is_negative = self.eat('−');
        if !is_negative {
            self.eat('+');
        }
        let rest = self.rest.trim_start();
        let end = rest
            .find(|letter: char| !(letter.is_ascii_digit() || matches!(letter, '.' | '\u{202f}')))
            .unwrap_or(rest.len());
        let number: f64 = rest[..end].replace('\u{202f}', "").parse().ok()?;
        let mut after = &rest[end..];
        let mut unit = 1.0;
        for (word, value) in [("\u{a0}%", 0.01), ("\u{a0}d", 1.0), ("\u{a0}pd", 1.0), ("\u{a0}EUR", 1.0)] {
            if let Some(rest) = after.strip_prefix(word) {
                (after, unit) = (rest, value);
            }
        }
        self.rest = after;
        Some(if is_negative { -number * unit } else { number * unit })
    }
}

/// From each figure that is shown: click on it, and on a place in its explanation. What it rests on through other
/// figures is named there as well where they are many, so that no line is more than three clicks away. What other figures
/// of the same thing rest on does not count: nobody knows which of them to read.
#[test]
fn every_typed_line_is_within_three_clicks() {
    let pages = pages();
    // An anchor with the links behind it, up to where the next begins.
    let mut links: BTreeMap<(String, String), Vec<(String, String)>> = BTreeMap::new();
    for (path, html) in pages.iter().filter(|(path, _)| path.contains("/explain/")) {
        for part in html.split(" id=\"").skip(1) {
            let Some((id, rest)) = part.split_once('"') else { continue };
            let rest = rest.split("</section>").next().unwrap();
            // What stands beneath all figures of a thing belongs to none of them.
            let own = rest.split("</dl>").next().unwrap();
            let targets = between(own, "href=\"", "\"").map(|href| target(path, href));
            links.entry((path.clone(), id.to_owned())).or_default().extend(targets);
        }
    }
    let mut n_figures = 0;
    for (path, html) in pages.iter().filter(|(path, _)| !is_file(path) && !path.contains("/explain/")) {
        for tag in between(html, "<a class=\"figure\"", ">") {
            let first = target(path, attribute(tag, "href").unwrap());
            n_figures += 1;
            if is_file(&first.0) || !first.0.contains("/explain/") {
                continue;
            }
            let mut open = VecDeque::from([(first.clone(), 1)]);
            let mut seen = BTreeSet::new();
            let mut reached = None;
            while let Some((at, clicks)) = open.pop_front() {
                if is_file(&at.0) {
                    reached = Some(clicks);
                    break;
                }
                if seen.insert(at.clone()) && clicks < 3 {
                    open.extend(links.get(&at).into_iter().flatten().map(|next| (next.clone(), clicks + 1)));
                }
            }
            assert!(reached.is_some(), "{path}: {first:?} leads to no file within three clicks");
        }
    }
    assert!(n_figures > 1_000, "{n_figures}");
}

/// Page and anchor that a link leads to.
fn target(page: &str, href: &str) -> (String, String) {
    let (file, anchor) = href.split_once('#').unwrap_or((href, ""));
    if file.is_empty() {
        return (page.to_owned(), anchor.to_owned());
    }
    let mut parts: Vec<&str> = page.split('/').collect();
    parts.pop();
    for part in file.split('/') {
        if part == ".." {
            parts.pop();
        } else {
            parts.push(part);
        }
    }
    (parts.join("/"), anchor.to_owned())
}

/// Prices of persons are for computing, not for readers; a public project shows no file at all.
#[test]
fn what_is_not_for_readers_stays_out() {
    let folder = branch_network();
    let public = |text: &str| {
        let kept: Vec<&str> = text.lines().filter(|line| !line.starts_with("classification:")).collect();
        format!("classification: public\n{}\n", kept.join("\n"))
    };
    let at = std::env::temp_dir().join(format!("milepost-public-{}", std::process::id()));
    for file in folder.files() {
        let path = at.join(&file.path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        let text = if file.path.ends_with("project.yaml") { public(&file.text) } else { file.text.clone() };
        std::fs::write(path, text).unwrap();
    }
    let mut found = Diagnostics::default();
    let folder = Folder::read(&at, &mut found).unwrap();
    std::fs::remove_dir_all(&at).unwrap();
    let report = pipeline::compute(&folder, found, &Options::default());
    let bundle = pipeline::render(&report, &pipeline::theme_files(&folder)).unwrap();
    assert!(bundle.iter().all(|(path, _)| !is_file(path) && path != "sources.html"));
    let explained = bundle.get("branch-network/explain/earned.html").unwrap();
    let explained = String::from_utf8(explained.to_vec()).unwrap();
    assert!(explained.contains("baselines/B1.yaml"), "places stay as words");
}

/// What is typed in a field leads to the line of that field, not to the head of its entry.
#[test]
fn typed_fields_lead_to_their_own_lines() {
    let fields = [
        ("probability", "probability"),
        ("cost", "cost"),
        ("promised day", "promised"),
        ("received", "received"),
        ("asked", "asked"),
        ("before", "baseline"),
        ("target", "target"),
        ("due", "due"),
        ("limit", "limit"),
        ("run", "run"),
        ("passed", "passed"),
        ("rate", "rate"),
    ];
    let report = report();
    let mut used = BTreeSet::new();
    let mut faults = Vec::new();
    for book in books_of_sample().values() {
        for figure in book.figures() {
            for input in &figure.inputs {
                let From::Typed(span) = &input.from else { continue };
                let Some((label, field)) = fields.iter().find(|(label, _)| *label == input.label) else {
                    continue;
                };
                let path = report.sources.path(span.file);
                // In a table all fields of a row stand on its one line.
                if input.value == "—"
                    || Path::new(path).extension().is_none_or(|ending| ending != "yaml")
                    || path.contains("/baselines/")
                {
                    continue;
                }
                let line = report.sources.position(*span).line;
                let mut lines = report.sources.text(span.file).lines().skip(line - 1);
                let text = lines.next().unwrap_or_default();
                let indent = |text: &str| text.len() - text.trim_start().len();
                let is_typed = |text: &str| text.contains(&format!("{field}:"));
                // What nobody typed has no line of its own: it leads to its entry.
                if !is_typed(text) && !lines.take_while(|next| indent(next) > indent(text)).any(is_typed) {
                    continue;
                }
                used.insert(*label);
                if !is_typed(text) {
                    faults.push(format!("{}: {label} leads to {path}:{line} `{}`", figure.key, text.trim()));
                }
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    let idle: Vec<_> = fields.iter().filter(|(label, _)| !used.contains(label)).collect();
    assert!(idle.is_empty(), "the sample has no such input: {idle:?}");
}

/// Of days gone by, a site explains what its pages lead to and what that rests on.
#[test]
fn figures_of_days_gone_by_are_explained_where_a_page_leads_to_them() {
    let pages = pages();
    let is_gone = |path: &str| path.contains("/explain/2026-");
    let mut led_to: BTreeSet<(String, String)> = BTreeSet::new();
    for (path, html) in pages {
        led_to.extend(between(html, "href=\"", "\"").map(|href| target(path, href)));
    }
    let mut n_shown = 0;
    for (path, html) in pages.iter().filter(|(path, _)| is_gone(path)) {
        for id in between(html, "<details class=\"figure-entry on-paper\" id=\"", "\"").chain(between(
            html,
            "<div id=\"",
            "\"",
        )) {
            n_shown += 1;
            assert!(led_to.contains(&(path.clone(), id.to_owned())), "nothing leads to {path}#{id}");
        }
    }
    assert!(n_shown > 50, "{n_shown}");
}
