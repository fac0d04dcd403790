//! What has the focus or the pointer is in sight and has a name: bars of zoomed charts, rows beneath headings, notes, decisions.

use serde_json::Value;

use super::chromium::{Browser, Tab, is_there};
use super::scripts::open;
use super::site;

/// The first Gantt chart of the page.
const REGION: &str = "document.querySelector('.chart-region:has(> .drawing-gantt)')";

/// Waits until what was scrolled stands still and has said so.
fn settled(tab: &mut Tab<'_>) {
    tab.value("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done))).then(() => 0)");
}

/// Left and right edge of the bar that has the focus, and of the room between the names and the edge of the window.
fn bar_and_room(tab: &mut Tab<'_>) -> [f64; 4] {
    let edges = tab.value(&format!(
        "(region => {{ const bar = document.activeElement.querySelector('.d-bar, .d-hatched, .d-shape, .d-open-shape').getBoundingClientRect(); \
         const names = region.querySelector('.gantt-names').getBoundingClientRect(); const box = region.getBoundingClientRect(); \
         return [bar.left, bar.right, names.right, box.left + region.clientWidth]; }})({REGION})"
    ));
    let edges: Vec<f64> = edges.as_array().unwrap().iter().filter_map(Value::as_f64).collect();
    edges.try_into().unwrap()
}

#[test]
fn a_bar_of_a_zoomed_chart_that_gets_the_focus_is_in_sight_with_its_chain() {
    if !is_there() {
        return;
    }
    let mut browser = Browser::start();
    let mut tab = browser.tab();
    open(&mut tab, "branch-network/schedule.html", "");
    for level in [1, 2, 3] {
        tab.value(&format!(
            "(input => {{ input.click(); input.focus(); }})({REGION}.parentNode.querySelectorAll('.gantt-zoom input')[{level}]); 0"
        ));
        let said =
            tab.text(&format!("{REGION}.parentNode.querySelector('.gantt-zoom [role=status]').textContent"));
        assert!(said.contains(" 2026 to "), "the period is told: {said}");
        tab.press("Tab");
        for stop in 0..12 {
            tab.press("Tab");
            settled(&mut tab);
            let [left, right, from, until] = bar_and_room(&mut tab);
            assert!(
                left >= from - 1.0 && left < until,
                "level {level}, stop {stop}: {left} in {from} to {until}"
            );
            assert!(
                right <= until + 1.0 || left < from + 20.0,
                "level {level}, stop {stop}: {right} in {from} to {until}"
            );
        }
        let near = |of: &str| {
            format!(
                "[...{REGION}.querySelectorAll('{of} .is-near')].map(row => row.querySelector('text').textContent).join()"
            )
        };
        let chain = tab.text(&near(".drawing-gantt.drawing-wide"));
        assert!(!chain.is_empty());
        assert_eq!(tab.text(&near(".gantt-names")), chain, "the names that stay show the same chain");
    }
}

#[test]
fn the_zoom_is_offered_wherever_the_wide_drawing_is_seen() {
    if !is_there() {
        return;
    }
    let mut browser = Browser::start();
    let mut tab = browser.tab();
    for width in [390, 640, 800, 1000, 1100, 1280] {
        tab.resize(width, 900);
        tab.open(&site().join("branch-network/schedule.html"), "");
        let seen =
            |what: &str| format!("{REGION}.parentNode.querySelector('{what}').getClientRects().length > 0");
        let is_wide = tab.value(&seen(".drawing-wide"));
        assert_eq!(tab.value(&seen(".gantt-zoom")), is_wide, "{width}");
        assert_ne!(tab.value(&seen(".drawing-narrow")), is_wide, "{width}");
        let smallest = tab.value(
            "Math.min(...[...document.querySelectorAll('.drawing text')].filter(text => text.getClientRects().length) \
             .map(text => { const m = text.getScreenCTM(); return parseFloat(getComputedStyle(text).fontSize) * Math.hypot(m.a, m.b); }))",
        );
        assert!(smallest.as_f64().unwrap() > 9.8, "{width}: {smallest}");
    }
}

#[test]
fn no_heading_lies_over_what_has_the_focus() {
    if !is_there() {
        return;
    }
    let hidden = "(() => { const found = []; for (const region of document.querySelectorAll('.table-block.wide .table-region')) { \
         for (const link of [...region.querySelectorAll('tbody a')].reverse()) { link.focus(); \
           const head = region.querySelector('thead').getBoundingClientRect(); const box = link.getBoundingClientRect(); \
           if (box.top < head.bottom - 1 && box.bottom > head.top) found.push(link.textContent + ' at ' + box.top + ', head to ' + head.bottom); } } \
         return found; })()";
    let mut browser = Browser::start();
    let mut tab = browser.tab();
    for (width, height) in [(1280, 720), (900, 700)] {
        tab.resize(width, height);
        tab.prefer("light");
        for page in ["citizen-appointments/people.html", "branch-network/schedule.html"] {
            tab.open(&site().join(page), "");
            assert_eq!(tab.value(hidden), serde_json::json!([]), "{page} {width} × {height}");
        }
    }
}

#[test]
fn the_list_of_pages_begins_where_one_is() {
    if !is_there() {
        return;
    }
    let mut browser = Browser::start();
    let mut tab = browser.tab();
    tab.resize(1280, 720);
    tab.open(&site().join("branch-network/people.html"), "");
    let seen = "(here => here.top >= 0 && here.bottom <= innerHeight)(document.querySelector('.side [aria-current]').getBoundingClientRect())";
    assert_eq!(tab.value(seen), true);
    // The name and the colour of the project stay above it.
    let named = seen.replace(".side [aria-current]", ".side .identity");
    assert_eq!(tab.value(&named), true);
}

#[test]
fn a_table_that_fits_its_column_is_shown_whole_beneath_headings_that_stay() {
    if !is_there() {
        return;
    }
    let mut browser = Browser::start();
    let mut tab = browser.tab();
    tab.resize(1280, 900);
    tab.open(&site().join("citizen-appointments/schedule.html"), "");
    let region = "document.querySelector('#tasks .table-region')";
    assert_eq!(tab.value(&format!("{region}.scrollHeight <= {region}.clientHeight + 1")), true);
    let head = format!(
        "(() => {{ const rows = {region}.querySelectorAll('tbody tr'); rows[rows.length >> 1].scrollIntoView({{behavior: 'instant'}}); \
         return {region}.querySelector('thead th').getBoundingClientRect().top; }})()"
    );
    assert!(tab.value(&head).as_f64().unwrap().abs() < 2.0);
}

#[test]
fn a_note_stays_while_the_pointer_is_on_it() {
    if !is_there() {
        return;
    }
    let mut browser = Browser::start();
    let mut tab = browser.tab();
    open(&mut tab, "branch-network/schedule.html", "");
    let middle = |tab: &mut Tab<'_>, of: &str| -> (f64, f64) {
        let spot = tab.value(&format!(
            "(box => [box.left + box.width / 2, box.top + box.height / 2])({of}.getBoundingClientRect())"
        ));
        (spot[0].as_f64().unwrap(), spot[1].as_f64().unwrap())
    };
    let bar = "document.querySelectorAll('.drawing-gantt.drawing-wide .d-row .d-bar')[3]";
    let is_shown =
        "document.querySelector('.chart-note') !== null && !document.querySelector('.chart-note').hidden";
    tab.value(&format!("{bar}.scrollIntoView({{ block: 'center', behavior: 'instant' }}); 0"));
    // Scrolling puts notes away, and the page hears of it a moment later: the pointer comes again until one stays.
    for _ in 0..100 {
        tab.point((1.0, 1.0));
        let at = middle(&mut tab, bar);
        tab.point(at);
        std::thread::sleep(std::time::Duration::from_millis(100));
        if tab.value(is_shown) == true {
            break;
        }
    }
    assert_eq!(tab.value(is_shown), true);
    let words = tab.text("document.querySelector('.chart-note').textContent");
    let to = middle(&mut tab, "document.querySelector('.chart-note')");
    // In one step: on a busy machine many would take longer than the note waits, or lead over other bars.
    tab.point(to);
    std::thread::sleep(std::time::Duration::from_millis(600));
    assert_eq!(tab.value("document.querySelector('.chart-note').hidden"), false);
    assert_eq!(tab.text("document.querySelector('.chart-note').textContent"), words);
    tab.press("Escape");
    assert_eq!(tab.value("document.querySelector('.chart-note').hidden"), true);
}

#[test]
fn each_decision_is_a_heading_and_its_options_have_a_name_of_their_own() {
    if !is_there() {
        return;
    }
    let mut browser = Browser::start();
    let mut tab = browser.tab();
    for page in ["index.html", "branch-network/index.html"] {
        open(&mut tab, page, "");
        let without = "[...document.querySelectorAll('.need')].filter(need => !need.querySelector('h3.need-question')).length";
        assert_eq!(tab.value(without), 0, "{page}");
        let names =
            "[...document.querySelectorAll('.need table')].map(table => table.getAttribute('aria-label'))";
        assert_eq!(tab.value(&format!("{names}.length > 1")), true, "{page}");
        assert_eq!(tab.value(&format!("new Set({names}).size === {names}.length")), true, "{page}");
    }
}

#[test]
fn cards_keep_the_names_of_their_columns_out_of_the_way_of_the_focus() {
    if !is_there() {
        return;
    }
    let mut browser = Browser::start();
    let mut tab = browser.tab();
    tab.resize(390, 844);
    tab.open(&site().join("branch-network/budget.html"), "");
    let headings = "[...document.querySelectorAll('.table.stacks thead .sort')]";
    assert_eq!(tab.value(&format!("{headings}.length > 3")), true);
    let lost = format!(
        "{headings}.filter(one => getComputedStyle(one).visibility !== 'visible' || one.tabIndex >= 0).length"
    );
    assert_eq!(tab.value(&lost), 0);
    tab.resize(1280, 900);
    assert_eq!(tab.value(&format!("{headings}.filter(one => one.tabIndex < 0).length")), 0);
}

#[test]
fn a_long_list_of_cards_shows_its_first_ones_and_the_rest_when_asked() {
    if !is_there() {
        return;
    }
    let mut browser = Browser::start();
    let mut tab = browser.tab();
    let rows =
        "[...document.querySelectorAll('table[aria-label=\"Open tasks\"] tbody tr:not(.group, .total)')]";
    let shown = format!("{rows}.filter(row => getComputedStyle(row).display !== 'none').length");
    let more = "document.querySelector('.table-block:has(table[aria-label=\"Open tasks\"]) .table-more')";
    tab.resize(1280, 900);
    tab.open(&site().join("stock-sales-warehouse/schedule.html"), "");
    let all = tab.value(&format!("{rows}.length"));
    assert!(all.as_u64().is_some_and(|all| all > 18), "{all}");
    assert_eq!(tab.value(&shown), all, "a table shows all of it");
    tab.resize(390, 844);
    assert_eq!(tab.value(&shown), 12);
    // What is looked for is found beyond them.
    tab.value("(field => { field.value = 'Lessons and archive'; field.dispatchEvent(new Event('input')); })(document.querySelector('.table-block:has(table[aria-label=\"Open tasks\"]) input')); 0");
    assert_eq!(tab.value(&shown), 1);
    tab.value("(field => { field.value = ''; field.dispatchEvent(new Event('input')); })(document.querySelector('.table-block:has(table[aria-label=\"Open tasks\"]) input')); 0");
    assert_eq!(tab.value(&shown), 12);
    tab.value(&format!("{more}.click(); 0"));
    assert_eq!(tab.value(&shown), all);
    assert_eq!(tab.value(&format!("{more}.hidden")), true);
    assert_eq!(
        tab.value(&format!("document.activeElement === {rows}[12]")),
        true,
        "the focus goes on with the first of the rest"
    );
}

#[test]
fn a_telephone_folds_what_is_secondary_and_a_link_to_it_opens_it() {
    if !is_there() {
        return;
    }
    let mut browser = Browser::start();
    let mut tab = browser.tab();
    let page = site().join("stock-sales-warehouse/gates/G2.html");
    let table = "document.querySelector('#work-breakdown table, #schedule table, .fold-narrow table')";
    let is_seen = format!("{table}.checkVisibility()");
    let summaries = "[...document.querySelectorAll('.fold-narrow > summary')].filter(one => one.checkVisibility()).length";
    tab.resize(1280, 900);
    tab.open(&page, "");
    assert_eq!(tab.value(&is_seen), true, "all stands open beside a list of pages");
    assert_eq!(tab.value(summaries), 0);
    tab.resize(390, 844);
    settled(&mut tab);
    assert_eq!(tab.value(&is_seen), false);
    assert_eq!(tab.value(&format!("{summaries} > 5")), true);
    assert_eq!(
        tab.value("document.documentElement.scrollHeight < 14000"),
        true,
        "39 000 pixels to pass over"
    );
    tab.value("location.hash = '#annex'; 0");
    settled(&mut tab);
    assert_eq!(tab.value("document.querySelector('#annex > .fold-narrow').open"), true);
}

#[test]
fn a_link_to_a_figure_that_moved_to_another_page_leads_on() {
    if !is_there() {
        return;
    }
    let mut browser = Browser::start();
    let mut tab = browser.tab();
    let npv = "case-now.net-present-value-npv";
    for (key, page) in [("case-now", "case-2.html"), (npv, "case-2.html"), ("option-1", "case.html")] {
        tab.open(&site().join("one-service-desk/explain/case.html"), &format!("#{key}"));
        let there = format!("location.href.endsWith('/explain/{page}#{key}')");
        let came = (0..100).any(|_| {
            std::thread::sleep(std::time::Duration::from_millis(50));
            tab.value(&there) == true
        });
        assert!(came, "{key} leads to {page}");
    }
}
