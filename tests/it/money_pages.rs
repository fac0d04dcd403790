//! What the budget page and the ledger print of a small project in two currencies, with cents.

use std::collections::BTreeMap;

use milepost::diagnostic::Diagnostics;
use milepost::pipeline::{self, Options};
use milepost::source::disk::Folder;

/// The project.
pub(crate) const FILES: &[(&str, &str)] = &[
    (
        "project.yaml",
        "project: Demo\nstart: 2026-08-03\ncurrency: EUR\nsponsor: helena\nrates:\n  - {currency: USD, rate: 0.92, date: 2026-08-01, source: reference rate of the ECB}\n  - {currency: USD, rate: 0.95, date: 2026-08-10}\n",
    ),
    ("resources.yaml", "people:\n  tom: {name: Tom, rate: 600 EUR/d}\n  helena: {name: Helena}\n"),
    (
        "plan.yaml",
        "execution:\n  design: {name: Design, duration: 5d, assign: tom}\n  servers: {name: Servers, duration: 5d, cost: 1_000.50 USD hardware}\n",
    ),
    (
        "budget.yaml",
        "contingency: 1_000 EUR\nlines:\n  - {name: Licence, amount: 99.99 EUR, category: licences}\n",
    ),
    (
        "decisions.yaml",
        "D1: {question: Express freight?, decision: Express, decided: 2026-08-11, decided_by: helena, draws: {from: contingency, amount: 100 USD}}\n",
    ),
    (
        "costs.csv",
        "date,type,category,task,amount,reference\n2026-08-05,commitment,hardware,servers,1_000.50 USD,PO-1\n2026-08-12,actual,hardware,servers,1_000.50 USD,PO-1\n2026-08-20,forecast,licences,,120 EUR,\n",
    ),
    ("timesheets.csv", "week,person,task,time\n2026-W32,tom,design,33h\n"),
    (
        "progress.csv",
        "status_date,task,actual_start,actual_finish\n2026-08-14,design,2026-08-03,2026-08-07\n2026-08-14,servers,2026-08-03,2026-08-12\n",
    ),
];

fn page(name: &str) -> String {
    page_of(FILES, name)
}

fn page_of(files: &[(&str, &str)], name: &str) -> String {
    let report =
        pipeline::compute(&Folder::from_memory(files.to_vec()), Diagnostics::default(), &Options::default());
    let bundle = pipeline::render(&report, &BTreeMap::new()).unwrap();
    let is_page = |path: &str| path.ends_with(name) && !path.contains("explain/");
    let page = bundle.iter().find(|(path, _)| is_page(path)).unwrap();
    String::from_utf8(page.1.to_vec()).unwrap().replace(['\u{202f}', '\u{a0}'], " ")
}

/// The text of each cell of the table with a label, row by row.
fn table(page: &str, label: &str) -> Vec<Vec<String>> {
    let body = page.split_once(&format!("aria-label=\"{label}\" class=\"table")).unwrap().1;
    let body = body.split_once("<tbody>").unwrap().1.split_once("</tbody>").unwrap().0;
    let text = |cell: &str| -> String {
        let inside = cell.split_once('>').map_or("", |(_, inside)| inside);
        inside.split('<').map(|part| part.split_once('>').map_or(part, |(_, text)| text)).collect()
    };
    let cells = |row: &str| -> Vec<String> {
        row.replace("<th ", "<td ").split("<td").skip(1).map(|cell| text(cell).trim().to_owned()).collect()
    };
    body.split("<tr").skip(1).map(cells).collect()
}

/// Money as printed, in cents; whole units have none.
fn cents(text: &str) -> i64 {
    let digits: String = text.replace('−', "-").chars().filter(|c| c.is_ascii_digit() || *c == '-').collect();
    let scale = match text.split_once('.') {
        Some((_, part)) => {
            assert_eq!(part.len(), 2, "{text} has cents");
            1
        }
        None => 100,
    };
    digits.parse::<i64>().unwrap() * scale
}

/// Design 3 000; servers 1 000.50 USD at 0.92 = 920.46; licence 99.99: 4 020.45. Spent 33 h of 75 EUR = 2 475 and 1 000.50 USD at
/// 0.95 = 950.475, to the even cent 950.48.
#[test]
fn printed_columns_and_rows_add_up_to_the_cent() {
    let page = page("budget.html");
    for label in ["Money by category", "Money by task"] {
        let rows = table(&page, label);
        let (total, rows) = rows.split_last().unwrap();
        let n_sums = if label == "Money by task" { 6 } else { total.len() };
        for column in 1..n_sums {
            let sum: i64 = rows.iter().map(|row| cents(&row[column])).sum();
            assert_eq!(sum, cents(&total[column]), "column {column} of {label}");
        }
    }
    let rows = table(&page, "Money by category");
    let total = rows.last().unwrap();
    assert_eq!((total[1].as_str(), total[4].as_str()), ("4 020", "3 425"));
    for row in &rows {
        // Spent + still to spend = at completion, along the row.
        assert_eq!(cents(&row[4]) + cents(&row[6]), cents(&row[7]), "{row:?}");
    }
}

/// Everything is finished but the licence, so nothing is left for a trend: 30.02 of price by the rate of the dollar, 525 EUR
/// of hours saved, what of the licence is due, and the 120 that the ledger expects for it in place of the 99.99.
#[test]
fn the_bridge_names_the_rate_of_the_dollar_as_price() {
    let rows = table(&page("budget.html"), "From budget to estimate, by cause");
    let change = |name: &str| {
        let row =
            rows.iter().find(|row| row[0].starts_with(name)).unwrap_or_else(|| panic!("{name}: {rows:?}"));
        cents(&row[1])
    };
    // In whole units, since those add up: 4 020 + 30 − 525 and so on; to the cent beneath.
    assert_eq!(change("Prices and rates"), 3_000);
    assert_eq!(change("Hours beyond plan"), -52_500);
    let items = table(&page("budget.html"), "What each cause is made of");
    let price = items.iter().find(|row| row[0].starts_with("Prices and rates")).unwrap();
    assert_eq!(cents(&price[1]), 3_002);
    let is_end = |row: &&Vec<String>| row[0].contains("completion");
    let ends: Vec<i64> = rows.iter().filter(is_end).map(|row| cents(&row[1])).collect();
    let causes = ["Approved", "Scope", "Prices", "Hours", "Work under", "Money on", "Trend", "Rest"];
    let is_cause = |row: &&Vec<String>| causes.iter().any(|cause| row[0].starts_with(cause));
    let moved: i64 = rows.iter().filter(is_cause).map(|row| cents(&row[1])).sum();
    assert_eq!(ends[0] + moved, ends[1]);
}

#[test]
fn the_ledger_shows_what_was_typed_and_at_which_rate() {
    let page = page("ledger.html");
    let rows = table(&page, "Bookings");
    let order = rows.iter().find(|row| row[1].starts_with("Order")).unwrap();
    assert!(order[1].contains("1 000.50 USD at 0.92 of 1 Aug 2026") && order[4] == "920.46", "{order:?}");
    let invoice = rows.iter().find(|row| row[1].starts_with("Invoice")).unwrap();
    assert!(
        invoice[1].contains("1 000.50 USD at 0.95 of 10 Aug 2026") && invoice[4] == "950.48",
        "{invoice:?}"
    );
    let converted = table(&page, "Converted sums");
    let decision = converted.iter().find(|row| row[0] == "decisions.yaml:1").unwrap();
    assert_eq!((decision[1].as_str(), decision[3].as_str()), ("100.00 USD", "92.00 EUR"));
    assert!(page.contains("reference rate of the ECB"));
}

/// 60 000 of 80 000 are earned for 40 000, so that the trend leads to 53 333. 40 000 are spent and 20 000 on order, which is 6 667 more;
/// 20 000 of services are not even ordered. Counted: 40 000 + 20 000 + 20 000. By category: 60 000 of hardware, 20 000 of services.
#[test]
fn where_orders_go_beyond_the_trend_the_headline_is_counted() {
    let files = |ordered: &'static str| {
        vec![
            ("project.yaml", "project: Demo\nstart: 2026-08-03\ncurrency: EUR\n"),
            (
                "plan.yaml",
                "execution:\n  racks: {duration: 5d, cost: 60_000 EUR hardware, earned_value: 0/100}\n  fit: {duration: 10d, cost: 20_000 EUR services, after: racks}\n",
            ),
            (
                "progress.csv",
                "status_date,task,actual_start,actual_finish,percent_complete\n2026-08-14,racks,2026-08-03,2026-08-07,100%\n",
            ),
            ("costs.csv", ordered),
        ]
    };
    let head = "date,type,category,task,amount,reference\n2026-08-03,commitment,hardware,racks,60_000 EUR,PO-1\n2026-08-07,accrual,hardware,racks,";
    let shown = |received: &str, page: &str| {
        let costs: &'static str = format!("{head}{received} EUR,PO-1\n").leak();
        page_of(&files(costs), page)
    };
    let said = "40 000 EUR are spent and 20 000 EUR on order, 6 667 EUR more than by the cost trend (EAC₂)";
    let half = shown("40_000", "project/index.html");
    assert!(half.contains("80 000 EUR") && half.contains("on budget") && half.contains(said), "{half}");
    assert!(!half.contains("under budget"), "{half}");
    let whole = shown("60_000", "project/index.html");
    assert!(whole.contains("80 000 EUR") && !whole.contains("on order, "), "all of it has come");
    let budget = shown("40_000", "project/budget.html");
    // The estimate is counted for everything: that makes no other work of it.
    assert!(!budget.contains("#discrete-"), "{budget}");
    let by_category = table(&budget, "Money by category");
    let ends = |name: &str| {
        let row = by_category.iter().find(|row| row[0] == name).unwrap();
        row[row.len() - 2].clone()
    };
    assert_eq!(
        (ends("Hardware"), ends("Services"), ends("Total")),
        ("60 000".into(), "20 000".into(), "80 000".into())
    );
}
