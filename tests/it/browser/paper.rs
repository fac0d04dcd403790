//! Pages on paper: what a browser writes when somebody prints.

use super::chromium::{Browser, Tab, is_there};
use super::site;

/// How many bytes the page takes on paper while some rules are added to its styles.
fn printed_with(tab: &mut Tab<'_>, rules: &str) -> usize {
    // The policy of the page forbids rules that stand in it; a sheet that a script makes is not part of it.
    tab.value(&format!(
        "(() => {{ const sheet = new CSSStyleSheet(); sheet.replaceSync(`{rules}`); \
         document.adoptedStyleSheets = [sheet]; return 0; }})()"
    ));
    let pdf = tab.call("Page.printToPDF", &serde_json::json!({"preferCSSPageSize": true}));
    tab.value("(() => { document.adoptedStyleSheets = []; return 0; })()");
    pdf["data"].as_str().unwrap().len()
}

/// What is on paper takes place in the file: where it is taken away, the file is smaller.
#[test]
fn bars_and_repeated_heads_are_on_paper() {
    if !is_there() {
        return;
    }
    let mut browser = Browser::start();
    let mut tab = browser.tab();
    tab.resize(1280, 900);
    for page in ["ward-workstations/schedule.html", "citizen-appointments/schedule.html"] {
        tab.open(&site().join(page), "");
        let whole = printed_with(&mut tab, "");
        assert_eq!(whole, printed_with(&mut tab, ""), "{page}: two prints differ");
        let without_bars = printed_with(&mut tab, ".d-bar { visibility: hidden; }");
        assert!(whole > without_bars + 500, "{page}: bars are lost ({whole} against {without_bars})");
        let one_head = printed_with(&mut tab, "thead { display: table-row-group !important; }");
        assert!(whole > one_head, "{page}: heads of tables are not repeated ({whole} against {one_head})");
    }
}
