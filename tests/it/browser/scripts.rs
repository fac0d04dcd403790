//! What the scripts of a page do for whoever reads it: search, colours, long tables and notes of charts, all by keyboard.

use serde_json::json;

use super::chromium::{Browser, Tab, is_there};
use super::{site, violations};

/// Opens a page of the sample in a window of the usual width.
pub fn open(tab: &mut Tab<'_>, page: &str, fragment: &str) {
    tab.resize(1280, 900);
    tab.open(&site().join(page), fragment);
}

/// Asks the search field for words and waits for its answer; gives what it says.
fn search(tab: &mut Tab<'_>, words: &str) -> String {
    tab.press("Escape");
    tab.value("document.querySelector('.search [role=status]').textContent = ''; 0");
    tab.press_with_control("k");
    assert_eq!(tab.value("document.activeElement.id"), "search-field", "Ctrl+K leads to the field");
    tab.write(words);
    tab.until("document.querySelector('.search [role=status]').textContent !== ''");
    tab.text("document.querySelector('.search [role=status]').textContent")
}

#[test]
fn the_search_leads_from_words_to_the_thing_by_keyboard() {
    if !is_there() {
        return;
    }
    let mut browser = Browser::start();
    let mut tab = browser.tab();
    for (words, leads_to) in [
        ("pilot branches", "/branch-network/tasks/pilot.html"),
        ("roll-out change freeze", "/branch-network/raid.html#risk-R1"),
        ("pay for a second crew", "/branch-network/raid.html#decision-D-03"),
    ] {
        open(&mut tab, "branch-network/index.html", "");
        let said = search(&mut tab, words);
        assert!(said.ends_with(" found") && said != "Nothing found", "{words}: {said}");
        let hrefs =
            "[...document.querySelectorAll('#search-found [role=option]')].map(one => one.textContent)";
        let place = tab.value(&format!("{hrefs}.length"));
        assert!(place.as_u64().unwrap() > 0, "{words}: nothing is listed");
        assert_eq!(tab.value("document.activeElement.getAttribute('aria-expanded')"), "true");
        tab.press("ArrowUp");
        tab.press("ArrowDown");
        assert_eq!(
            tab.value("document.activeElement.getAttribute('aria-activedescendant')"),
            "search-found-0",
            "{words}: from the last it goes on with the first"
        );
        assert_eq!(
            tab.value("document.querySelector('#search-found [aria-selected=true]').id"),
            "search-found-0"
        );
        tab.press("Enter");
        tab.until(&format!("document.readyState === 'complete' && location.href.endsWith('{leads_to}')"));
        let anchor = leads_to.split_once('#').map_or("main", |(_, anchor)| anchor);
        assert_eq!(
            tab.value(&format!("document.getElementById('{anchor}').getClientRects().length > 0")),
            true,
            "{words}: the thing is shown"
        );
    }
}

/// Every project has early-life support: who asks for it on a page of one means that one's.
#[test]
fn of_things_that_fit_equally_well_those_of_the_own_project_come_first() {
    if !is_there() {
        return;
    }
    let mut browser = Browser::start();
    let mut tab = browser.tab();
    for (page, project) in [
        ("ward-workstations/index.html", "Ward Workstations"),
        ("stock-sales-warehouse/schedule.html", "Stock & Sales Warehouse"),
        ("one-service-desk/gates/G5.html", "One Service Desk"),
    ] {
        open(&mut tab, page, "");
        search(&mut tab, "early-life support");
        let first = tab.text("document.querySelector('#search-found [role=option]').textContent");
        assert!(first.starts_with("early-life Early-life support"), "{page}: {first}");
        assert!(first.contains(&format!("Task · {project}")), "{page}: {first}");
    }
}

/// Who speaks to the machine may say a letter that was not meant as a command.
#[test]
fn no_single_letter_leads_away() {
    if !is_there() {
        return;
    }
    let mut browser = Browser::start();
    let mut tab = browser.tab();
    open(&mut tab, "index.html", "");
    for letter in ["/", "k", "s"] {
        tab.press(letter);
        assert_eq!(tab.value("document.activeElement.tagName"), "BODY", "{letter}");
    }
    assert_eq!(
        tab.value("document.getElementById('search-field').getAttribute('aria-keyshortcuts')"),
        "Control+K"
    );
}

#[test]
fn the_search_says_when_nothing_is_found_and_lists_all_results_on_a_page() {
    if !is_there() {
        return;
    }
    let mut browser = Browser::start();
    let mut tab = browser.tab();
    open(&mut tab, "index.html", "");
    assert_eq!(search(&mut tab, "zzxqv"), "Nothing found");
    assert_eq!(tab.value("document.getElementById('search-found').hidden"), true);
    assert_eq!(tab.value("document.activeElement.getAttribute('aria-expanded')"), "false");
    tab.press("Escape");
    assert_eq!(tab.value("document.getElementById('search-field').value"), "", "Escape empties the field");

    let said = search(&mut tab, "pilot");
    let n_found: usize = said.split(' ').next().unwrap().parse().unwrap();
    assert!(n_found > 8, "{said}");
    tab.press("ArrowUp");
    assert_eq!(
        tab.value("document.querySelector('#search-found [aria-selected=true]').textContent"),
        format!("All {n_found} results")
    );
    tab.press("Enter");
    tab.until("document.querySelector('#search-results h2') !== null");
    assert_eq!(
        tab.value("document.querySelector('#search-results h2').textContent"),
        format!("{n_found} found for “pilot”")
    );
    assert_eq!(
        tab.value("document.querySelector('.search [role=status]').textContent"),
        format!("{n_found} found for “pilot”"),
        "it is said, too"
    );
    assert!(tab.text("document.title").starts_with("“pilot” · "));
    assert_eq!(tab.value("document.querySelectorAll('.found-list > li').length"), n_found.min(100));
}

/// How light the paper is, from 0 to 255.
fn light(tab: &mut Tab<'_>) -> f64 {
    let colour = tab.text("getComputedStyle(document.body).backgroundColor");
    let parts = colour.split(|letter: char| !letter.is_ascii_digit()).filter_map(|part| part.parse().ok());
    let parts: Vec<f64> = parts.take(3).collect();
    assert_eq!(parts.len(), 3, "{colour}");
    parts.iter().sum::<f64>() / 3.0
}

#[test]
fn the_switch_of_colours_is_used_by_keyboard_remembered_and_readable() {
    if !is_there() {
        return;
    }
    let contrast = "{resultTypes: ['violations'], runOnly: {type: 'rule', values: ['color-contrast']}}";
    let mut browser = Browser::start();
    let mut tab = browser.tab();
    tab.prefer("light");
    open(&mut tab, "index.html", "");
    assert_eq!(tab.value("document.querySelector('.scheme').getClientRects().length"), 1);
    tab.value("document.querySelector('.scheme input:checked').focus(); 0");
    assert_eq!(tab.value("document.activeElement.value"), "auto");
    assert!(light(&mut tab) > 200.0);
    for (key, word, is_light) in [("ArrowLeft", "dark", false), ("ArrowLeft", "light", true)] {
        tab.press(key);
        assert_eq!(tab.value("document.querySelector('.scheme input:checked').value"), word);
        assert_eq!(light(&mut tab) > 128.0, is_light, "{word}");
        // The machine of whoever reads wants the other one.
        tab.prefer(if is_light { "dark" } else { "light" });
        open(&mut tab, "branch-network/schedule.html", "");
        assert_eq!(
            tab.value("document.querySelector('.scheme input:checked').value"),
            word,
            "it is remembered"
        );
        assert_eq!(light(&mut tab) > 128.0, is_light, "{word} on the next page");
        assert_eq!(violations(&mut tab, contrast), Vec::<String>::new(), "{word}");
        tab.value("document.querySelector('.scheme input:checked').focus(); 0");
    }
    tab.press("ArrowLeft");
    assert_eq!(tab.value("document.querySelector('.scheme input:checked').value"), "auto");
    assert!(light(&mut tab) < 128.0, "the machine wants dark");
    tab.prefer("light");
    assert!(light(&mut tab) > 128.0);
}

const ROWS: &str = "[...document.querySelector('table[aria-label=\"Open tasks\"]').tBodies].flatMap(body => [...body.rows])\
                    .filter(row => row.id.startsWith('task-') && !row.hidden)";

/// The anchors of the tasks that are shown, in their order.
fn tasks_shown(tab: &mut Tab<'_>) -> Vec<String> {
    let ids = tab.value(&format!("{ROWS}.map(row => row.id)"));
    ids.as_array().unwrap().iter().map(|id| id.as_str().unwrap().to_owned()).collect()
}

#[test]
fn a_long_table_is_sorted_and_filtered_by_keyboard_and_says_so() {
    if !is_there() {
        return;
    }
    let block = "document.querySelector('table[aria-label=\"Open tasks\"]').closest('.table-block')";
    let heading = format!("{block}.querySelector('th:has(> button.sort)')");
    let mut browser = Browser::start();
    let mut tab = browser.tab();
    open(&mut tab, "citizen-appointments/schedule.html", "");
    let as_planned = tasks_shown(&mut tab);
    assert!(as_planned.len() > 10, "{as_planned:?}");
    tab.value(&format!("{heading}.querySelector('button').focus(); 0"));
    let names = format!("{ROWS}.map(row => row.cells[0].textContent.trim())");
    let sorted = "(names => JSON.stringify(names) === JSON.stringify([...names].sort((a, b) => a.localeCompare(b, 'en', {numeric: true}))))";
    tab.press("Enter");
    assert_eq!(tab.value(&format!("{heading}.getAttribute('aria-sort')")), "ascending");
    assert_eq!(tab.value(&format!("{sorted}({names})")), true);
    assert_ne!(tasks_shown(&mut tab), as_planned);
    tab.press(" ");
    assert_eq!(tab.value(&format!("{heading}.getAttribute('aria-sort')")), "descending");
    assert_eq!(tab.value(&format!("{sorted}({names}.reverse())")), true);
    tab.press("Enter");
    assert_eq!(tab.value(&format!("{heading}.hasAttribute('aria-sort')")), false);
    assert_eq!(tasks_shown(&mut tab), as_planned);

    tab.value(&format!("{block}.querySelector('.table-filter input').focus(); 0"));
    tab.write("wave");
    let left = tasks_shown(&mut tab);
    assert!(left.contains(&"task-wave-3-live".to_owned()) && left.len() < as_planned.len(), "{left:?}");
    assert_eq!(tab.value(&format!("{block}.querySelector('output').getAttribute('role')")), "status");
    let count = tab.text(&format!("{block}.querySelector('output').textContent"));
    let (n_left, n_all) = count.split_once(" of ").unwrap();
    assert!(n_left.parse::<usize>().unwrap() < n_all.parse::<usize>().unwrap(), "{count}");

    open(&mut tab, "citizen-appointments/budget.html", "");
    open(&mut tab, "citizen-appointments/schedule.html", "");
    assert_eq!(tasks_shown(&mut tab), left, "how it was left is kept for the visit");
    let hidden = as_planned.iter().find(|id| !left.contains(id)).unwrap();
    tab.value(&format!("location.hash = '{hidden}'; 0"));
    tab.until(&format!("!document.getElementById('{hidden}').hidden"));
    assert_eq!(tasks_shown(&mut tab), as_planned, "a link to a hidden row shows it");

    tab.value(&format!("{block}.querySelector('.table-filter input').focus(); 0"));
    tab.write("wave");
    assert_eq!(tasks_shown(&mut tab), left);
    tab.press("Escape");
    assert_eq!(tasks_shown(&mut tab), as_planned, "Escape shows everything again");
}

#[test]
fn notes_of_a_chart_are_reached_by_keyboard() {
    if !is_there() {
        return;
    }
    let mut browser = Browser::start();
    let mut tab = browser.tab();
    open(&mut tab, "branch-network/schedule.html", "");
    let is_row = "document.activeElement.matches('svg.drawing-gantt .d-row')";
    let reached = (0..150).any(|_| {
        tab.press("Tab");
        tab.value(is_row) == true
    });
    assert!(reached, "no row of the chart is a stop");
    let note = tab.text("document.querySelector('.chart-note').textContent");
    assert!(note.contains("Business case and feasibility"), "{note}");
    assert_eq!(tab.value("document.querySelector('.chart-note').getClientRects().length"), 1);
    assert_eq!(tab.value("document.activeElement.getAttribute('aria-label')"), note, "it is read out once");
    assert_eq!(tab.value("document.activeElement.querySelector('title').textContent"), "");
    assert!(tab.value("document.querySelectorAll('.d-row.is-near').length").as_u64().unwrap() > 1);
    tab.press("Tab");
    let next = tab.text("document.querySelector('.chart-note').textContent");
    assert!(
        next != note && tab.value(is_row) == true,
        "{next} at {}",
        tab.value("document.activeElement.outerHTML.slice(0, 300)")
    );
    tab.press("Escape");
    assert_eq!(tab.value("document.querySelector('.chart-note').getClientRects().length"), 0);
    assert_eq!(
        tab.value("document.querySelectorAll('.is-near, .is-following, [aria-label=\"\"]').length"),
        0
    );
    assert_eq!(
        tab.value("document.activeElement.querySelector('title').textContent"),
        next,
        "the title is back"
    );
}

#[test]
fn a_gantt_chart_zooms_and_names_and_key_stay_in_sight() {
    if !is_there() {
        return;
    }
    let mut browser = Browser::start();
    let mut tab = browser.tab();
    open(&mut tab, "branch-network/schedule.html", "");
    let region = "document.querySelector('.chart-region:has(> .drawing-gantt)')";
    let levels = format!(
        "[...{region}.parentNode.querySelectorAll('.gantt-zoom label')].map(one => one.textContent).join(', ')"
    );
    assert_eq!(tab.text(&levels), "Whole plan, Quarter, Month, Two weeks");
    let choose = |level: usize| {
        format!("{region}.parentNode.querySelectorAll('.gantt-zoom input')[{level}].click(); 0")
    };
    let before = tab.text(&format!("{region}.querySelector('.drawing-wide').outerHTML"));
    tab.value(&choose(2));
    assert_eq!(tab.value(&format!("{region}.scrollWidth > 2 * {region}.clientWidth")), true);
    let bar = format!("{region}.querySelector('.drawing-wide .d-row:nth-of-type(1) .d-bar').getBBox()");
    // Business case: 3 to 12 August, ten days of which each has the thirty-first part of what is seen of the time.
    let day = format!("({bar}.width / 10)");
    assert_eq!(tab.value(&format!("{day} > 17 && {day} < 20")), true, "{}", tab.value(&day));
    tab.value(&format!("{region}.scrollLeft = 1200; 0"));
    let stays = |what: &str| {
        format!(
            "Math.abs({region}.querySelector('{what}').getBoundingClientRect().left - {region}.getBoundingClientRect().left) < 2"
        )
    };
    assert_eq!(tab.value(&stays(".gantt-names")), true);
    assert_eq!(tab.value(&stays(".gantt-key")), true);
    let names = |of: &str| {
        format!(
            "[...{region}.querySelectorAll('{of} .d-row')].map(row => row.querySelector('text').textContent).join()"
        )
    };
    assert_eq!(tab.text(&names(".gantt-names")), tab.text(&names(".drawing-wide")));
    tab.value(&choose(0));
    assert_eq!(
        tab.text(&format!("{region}.querySelector('.drawing-wide').outerHTML")),
        before,
        "the whole is as it was"
    );
    assert_eq!(tab.value("document.querySelectorAll('.gantt-names, .is-zoomed').length"), 0);
}

#[test]
fn a_row_of_a_gantt_chart_shows_its_whole_chain() {
    if !is_there() {
        return;
    }
    let mut browser = Browser::start();
    let mut tab = browser.tab();
    open(&mut tab, "branch-network/schedule.html", "");
    let row = "[...document.querySelectorAll('.drawing-gantt.drawing-wide .d-row')].find(row => row.textContent.startsWith('Training'))";
    tab.value(&format!(
        "{row}.dispatchEvent(new PointerEvent('pointerover', {{ bubbles: true, pointerType: 'mouse' }})); 0"
    ));
    let near = tab.text("[...document.querySelectorAll('.d-row.is-near')].map(row => row.querySelector('text').textContent).join('; ')");
    // The pilot leads to it, and what led to the pilot; it leads to G3, and G3 to the end. The roll-out runs beside it.
    for name in ["Pilot in 2 branches", "Survey of 14 branches", "G3 ", "G5 "] {
        assert!(near.contains(name), "{name} in {near}");
    }
    assert!(!near.contains("Roll-out"), "{near}");
    assert!(tab.value("document.querySelectorAll('.is-chained').length").as_u64().unwrap() > 0);
    assert!(tab.value("document.querySelectorAll('.is-followed').length").as_u64().unwrap() > 0);
}

#[test]
fn nothing_moves_for_those_who_ask_for_less_motion() {
    if !is_there() {
        return;
    }
    let moves = "(() => { const seconds = text => text.split(',').some(part => parseFloat(part) > 0); \
         return [...document.querySelectorAll('*')].filter(one => { const style = getComputedStyle(one); \
         return style.scrollBehavior === 'smooth' || seconds(style.transitionDuration) || seconds(style.animationDuration); }).length; })()";
    let mut browser = Browser::start();
    let mut tab = browser.tab();
    for page in ["index.html", "branch-network/schedule.html"] {
        open(&mut tab, page, "");
        for (wish, is_still) in [("reduce", true), ("no-preference", false)] {
            let features = json!([{"name": "prefers-reduced-motion", "value": wish}]);
            tab.call("Emulation.setEmulatedMedia", &json!({"media": "", "features": features}));
            assert_eq!(tab.value(moves) == 0, is_still, "{page}: {wish}");
        }
    }
}
