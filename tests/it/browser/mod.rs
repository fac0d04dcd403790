//! The sample site in a real browser, from `file://`: no complaint, no request elsewhere, accessible in both schemes, usable by
//! keyboard, on a phone and on paper. Skipped with a message where the machine has no Chromium.

mod chromium;
mod paper;
mod reach;
mod scripts;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde_json::Value;

use chromium::{Browser, Tab, is_there};

/// The sample site on disk, as the program writes it.
fn site() -> &'static Path {
    let (site, said) = crate::sample::built();
    assert!(said.status.success(), "{}", String::from_utf8_lossy(&said.stderr));
    site
}

/// Every page, sorted.
fn pages() -> Vec<PathBuf> {
    fn walk(folder: &Path, found: &mut Vec<PathBuf>) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                walk(&path, found);
            } else if path.extension().is_some_and(|ending| ending == "html") {
                found.push(path);
            }
        }
    }
    let mut found = Vec::new();
    walk(site(), &mut found);
    found.sort();
    found
}

/// The largest pages of each kind, so many of each: a kind is an address without the project, the day and the name of the
/// thing. With `MILEPOST_BROWSER=all` every page.
fn of_each_kind(n: usize) -> Vec<PathBuf> {
    let pages = pages();
    if std::env::var("MILEPOST_BROWSER").is_ok_and(|value| value == "all") {
        return pages;
    }
    let mut kinds: BTreeMap<String, Vec<(u64, PathBuf)>> = BTreeMap::new();
    for page in pages {
        let size = std::fs::metadata(&page).unwrap().len();
        kinds.entry(kind(&page)).or_default().push((size, page));
    }
    let largest = kinds.into_values().flat_map(|mut of_kind| {
        of_kind.sort_by(|a, b| b.cmp(a));
        of_kind.into_iter().take(n).map(|(_, page)| page)
    });
    largest.collect()
}

/// `PROJECT/explain/2026-07-17-money.html` is of the kind `*/explain/money.html`, every task of `*/tasks/*`.
fn kind(page: &Path) -> String {
    let inside = page.strip_prefix(site()).unwrap().to_str().unwrap();
    let Some((first, rest)) = inside.split_once('/') else { return inside.to_owned() };
    if first == "files" {
        return "files".to_owned();
    }
    let kind = match rest.split_once('/') {
        Some(("files", _)) => return "files".to_owned(),
        Some((folder @ ("gates" | "explain"), name)) => {
            let undated = name.trim_start_matches(|letter: char| letter.is_ascii_digit() || letter == '-');
            let unnumbered = undated
                .trim_end_matches(".html")
                .trim_end_matches(|letter: char| letter.is_ascii_digit() || letter == '-');
            format!("{folder}/{}", if folder == "gates" { name } else { unnumbered })
        }
        Some((folder, _)) => format!("{folder}/*"),
        None => rest.to_owned(),
    };
    format!("*/{kind}")
}

fn shown(page: &Path) -> String {
    page.strip_prefix(site()).unwrap().display().to_string()
}

/// Divides the pages between two browsers, and gathers what each found.
fn on_each(pages: &[PathBuf], look: impl Fn(&mut Tab<'_>, &Path) -> Vec<String> + Sync) -> Vec<String> {
    let (first, second): (Vec<_>, Vec<_>) = pages.iter().enumerate().partition(|(at, _)| at % 2 == 0);
    let mut faults: Vec<String> = std::thread::scope(|scope| {
        let walks = [first, second].map(|part| {
            let look = &look;
            scope.spawn(move || {
                let mut browser = Browser::start();
                let mut tab = browser.tab();
                part.into_iter()
                    .flat_map(|(_, page)| {
                        look(&mut tab, page)
                            .into_iter()
                            .map(|fault| format!("{}: {fault}", shown(page)))
                            .collect::<Vec<_>>()
                    })
                    .collect::<Vec<_>>()
            })
        });
        walks.into_iter().flat_map(|walk| walk.join().unwrap()).collect()
    });
    faults.sort();
    faults
}

fn none(faults: &[String]) {
    assert!(faults.is_empty(), "{} faults\n{}", faults.len(), faults[..faults.len().min(40)].join("\n"));
}

#[test]
fn no_page_complains_or_asks_for_anything_outside_its_folder() {
    if !is_there() {
        return;
    }
    let inside = format!("file://{}/", site().display()).replace(' ', "%20");
    none(&on_each(&of_each_kind(6), |tab, page| {
        let seen = tab.open(page, "");
        let outside =
            seen.requests.into_iter().filter(|url| !url.starts_with(&inside) && !url.starts_with("data:"));
        seen.complaints.into_iter().chain(outside.map(|url| format!("asks for {url}"))).collect()
    }));
}

/// What axe finds on the page as it stands.
fn violations(tab: &mut Tab<'_>, options: &str) -> Vec<String> {
    let script = include_str!("../../browser/axe.min.js");
    if tab.value("typeof axe") == "undefined" {
        tab.value(&format!("{script}; 0"));
    }
    let found = tab.value(&format!(
        "axe.run(document, {options}).then(result => result.violations.map(found => found.id + ' (' + found.impact + \
         '), ' + found.nodes.length + ' places, first ' + found.nodes[0].target.join(' ') + ': ' + \
         found.nodes[0].failureSummary.replace(/\\s+/g, ' ')))"
    ));
    found.as_array().unwrap().iter().filter_map(Value::as_str).map(str::to_owned).collect()
}

#[test]
fn axe_finds_what_is_planted() {
    if !is_there() {
        return;
    }
    let mut browser = Browser::start();
    let mut tab = browser.tab();
    tab.open(&site().join("index.html"), "");
    tab.value("document.querySelector('main').insertAdjacentHTML('beforeend', '<img src=\"assets/milepost.svg\"><p id=\"pale\">pale</p>'); document.getElementById('pale').style.color = '#ccc'; 0");
    let planted = violations(&mut tab, "{resultTypes: ['violations']}").join("\n");
    assert!(planted.contains("image-alt") && planted.contains("color-contrast"), "{planted}");
}

/// One visit for all that is looked at, page by page: opening one takes longer than looking.
#[test]
fn every_kind_of_page_is_accessible_fits_a_narrow_phone_and_prints() {
    if !is_there() {
        return;
    }
    none(&on_each(&of_each_kind(1), |tab, page| {
        tab.resize(1280, 900);
        tab.prefer("light");
        tab.open(page, "");
        let all_rules = "{resultTypes: ['violations'], rules: {'target-size': {enabled: true}}}";
        let mut faults = violations(tab, all_rules);
        // Colours alone differ in the dark.
        tab.prefer("dark");
        let only_colours =
            "{resultTypes: ['violations'], runOnly: {type: 'rule', values: ['color-contrast']}}";
        faults.extend(violations(tab, only_colours).into_iter().map(|fault| format!("dark: {fault}")));
        tab.prefer("light");
        tab.resize(320, 640);
        faults.extend(sideways(tab).map(|fault| format!("on a phone: {fault}")));
        tab.resize(720, 1000);
        tab.prefer_print();
        faults.extend(lost_on_paper(tab).into_iter().map(|fault| format!("on paper: {fault}")));
        faults
    }));
}

/// Whether the page is wider than the window, and what makes it so.
fn sideways(tab: &mut Tab<'_>) -> Option<String> {
    let wide = tab.value(
        "(() => { const room = document.documentElement.clientWidth; \
         if (document.documentElement.scrollWidth <= room) return ''; \
         const clipped = element => { for (let up = element.parentElement; up; up = up.parentElement) { \
           if (getComputedStyle(up).overflowX !== 'visible' && up !== document.documentElement && up !== document.body) return true; } return false; }; \
         const widest = [...document.querySelectorAll('body *')].filter(one => one.getBoundingClientRect().right > room + 1 && !clipped(one)); \
         return document.documentElement.scrollWidth + ' px: ' + widest.slice(0, 3).map(one => one.tagName + '.' + one.className).join(', '); })()",
    );
    wide.as_str().filter(|text| !text.is_empty()).map(str::to_owned)
}

/// What the page loses when it is printed, or prints that is for the screen.
fn lost_on_paper(tab: &mut Tab<'_>) -> Vec<String> {
    let faults = tab.value(
        "(() => { const faults = []; \
         const hidden = element => !element.getClientRects().length; \
         for (const side of document.querySelectorAll('.side nav, .skip')) if (!hidden(side)) faults.push('navigation is printed'); \
         for (const head of document.querySelectorAll('main table > thead')) \
           if (!hidden(head) && getComputedStyle(head).display !== 'table-header-group') faults.push('a table head is not repeated'); \
         const lies = element => { for (let up = element; up; up = up.parentElement) { const sheet = getComputedStyle(up).page; if (sheet && sheet !== 'auto') return true; } return false; }; \
         for (const box of document.querySelectorAll('main table, main svg')) { const right = box.getBoundingClientRect().right; \
           const room = lies(box) ? 933 : document.documentElement.clientWidth; \
           if (!hidden(box) && right > room + 2) faults.push(box.tagName + ' ' + (box.closest('section, figure') || {}).id + ' is cut off at the right: ' + Math.round(right) + ' of ' + room); } \
         return faults; })()",
    );
    faults.as_array().unwrap().iter().filter_map(Value::as_str).map(str::to_owned).collect()
}

#[test]
fn every_page_can_be_walked_by_keyboard_and_shows_where_one_is() {
    if !is_there() {
        return;
    }
    let mut browser = Browser::start();
    let mut tab = browser.tab();
    tab.resize(1280, 900);
    for page in ["index.html", "branch-network/index.html", "branch-network/schedule.html"] {
        tab.open(&site().join(page), "");
        tab.press("Tab");
        assert_eq!(
            tab.value("document.activeElement.className"),
            "skip",
            "{page}: the first stop skips to the content"
        );
        tab.press("Enter");
        assert_eq!(tab.value("document.activeElement.id"), "main", "{page}: skipping leads to the content");
        let mut stops = 0;
        for _ in 0..25 {
            tab.press("Tab");
            let mark = tab.value(
                "(() => { const at = document.activeElement; if (at === document.body) return 'end'; \
                 const style = getComputedStyle(at); return style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2 \
                 ? 'seen' : at.outerHTML.slice(0, 200); })()",
            );
            if mark == "end" {
                break;
            }
            assert_eq!(mark, "seen", "{page}: the focus cannot be seen");
            stops += 1;
        }
        assert!(stops > 5, "{page}: only {stops} stops");
    }
}
