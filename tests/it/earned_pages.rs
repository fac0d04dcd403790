//! What the pages say of earned value and of flow where it is early, where it is over, and where the reason must be told.

use crate::honest_answers::Folder;

/// A page of the one project of a folder, built as of a day, as text: tags taken out, spaces evened.
fn page(folder: &Folder, day: &str, name: &str) -> String {
    let told = folder.run(&["build", ".", "--as-of", day, "--out", "site"]);
    assert_eq!(told.code, Some(0), "{}{}", told.out, told.errors);
    let html = folder.read(&format!("site/project/{name}.html"));
    let mut text = String::new();
    let mut is_tag = false;
    for letter in html.chars() {
        match letter {
            '<' => is_tag = true,
            '>' => {
                is_tag = false;
                text.push(' ');
            }
            _ if is_tag => {}
            '\u{a0}' | '\u{202f}' => text.push(' '),
            _ => text.push(letter),
        }
    }
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[track_caller]
fn says(page: &str, words: &str) {
    assert!(page.contains(words), "\"{words}\" is not said in: {page}");
}

const SEQUENCE: &str = "execution:
  a: {duration: 5d, cost: 10_000 EUR other}
  b: {duration: 5d, cost: 10_000 EUR other, after: a}
  c: {duration: 40d, cost: 80_000 EUR other, after: b}
";

fn early() -> Folder {
    Folder::of(SEQUENCE)
        .with("project.yaml", "project: Early\nstart: 2026-11-02\ncurrency: EUR\n")
        .with(
            "progress.csv",
            "status_date,task,actual_start,actual_finish,percent_complete\n\
             2026-11-06,a,2026-11-02,2026-11-06,100%\n2026-11-12,b,2026-11-09,,10%\n",
        )
        .with(
            "costs.csv",
            "date,type,category,task,amount,reference\n2026-11-10,actual,other,a,20_000 EUR,INV-1\n\
             2026-11-10,commitment,other,c,30_000 EUR,PO-7\n2026-12-10,forecast,other,c,60_000 EUR,PO-7\n",
        )
}

#[test]
fn below_fifteen_percent_earned_no_page_speaks_of_a_trend() {
    let budget = page(&early(), "2026-11-12", "budget");
    says(&budget, "109 000 EUR at completion if the rest costs what was budgeted (too early for a trend)");
    says(&budget, "deviation was a one-off (EAC₁, headline) 109 000");
    says(&budget, "cost trend goes on (EAC₂) 181 818 too early");
    says(&budget, "Schedule performance index (SPI) 0.611 too early");
    says(&budget, "Schedule performance index in time, SPI(t) 0.611 too early");
    assert!(!budget.contains("on trend"), "{budget}");
}

#[test]
fn the_estimate_from_below_counts_orders_forecasts_and_what_is_neither() {
    // 20 000 spent, 30 000 ordered, of the same order 60 000 forecast (30 000 more), 10 000 planned and not ordered.
    let budget = page(&early(), "2026-11-12", "budget");
    says(&budget, "the rest counted piece by piece (EAC₄) 90 000");
    let explained = page(&early(), "2026-11-12", "explain/money");
    says(&explained, "90 000.00 = 20 000.00 + 0.00 + 30 000.00 + 30 000.00 + 10 000.00");
    says(&budget, "it lacks orders or forecast lines for 10 000 EUR that are taken as planned");
}

#[test]
fn a_network_that_ends_before_pace_gets_its_reason() {
    let budget = page(&early(), "2026-11-12", "budget");
    says(&budget, "Pace is 28 working days later than the network.");
    says(
        &budget,
        "The network counts on 0.99 days of the plan earned a day for the rest, 1.6 times the 0.61 so far",
    );
    says(
        &budget,
        "work begun so far takes 1.35 times its planned length, and work ahead is counted at 1.00 times",
    );
}

#[test]
fn once_all_was_due_spi_hands_over_to_the_index_in_time() {
    let plan = "execution:\n  work: {duration: 10d, cost: 10_000 EUR other}\n";
    let folder = Folder::of(plan).with(
        "progress.csv",
        "status_date,task,actual_start,actual_finish,percent_complete\n2026-08-21,work,2026-08-03,,90%\n\
         2026-08-28,work,2026-08-03,2026-08-28,100%\n",
    );
    let late = page(&folder, "2026-08-21", "budget");
    says(
        &late,
        "SPI (0.90) only repeats the share complete and will end at 1 however late. Read SPI(t), 0.60, instead.",
    );
    let over = page(&folder, "2026-08-28", "budget");
    says(&over, "Everything is earned, so SPI is 1.00 however late it was done. Read SPI(t), 0.50, instead.");
    says(&over, "(SPI) 1.000 no longer tells the time: read SPI(t)");
    says(&over, "Everything is earned: there is nothing left to forecast.");
}

#[test]
fn items_by_state_are_counted_and_too_few_give_no_average() {
    let flow = "item,arrived,started,review,done\nT-1,2026-08-03,2026-08-03,2026-08-04,2026-08-05\n\
                T-2,2026-08-03,2026-08-05,,\nT-3,2026-08-06,,,\n";
    let folder = Folder::of("execution:\n  work: {duration: 10d}\n").with("flow.csv", flow);
    let burn = page(&folder, "2026-08-07", "burn");
    says(&burn, "By 7 Aug 2026, 3 items had arrived: 1 to do, 1 doing, 0 in review and 1 done.");
    says(&burn, "1 item was done in the last 5 days: below five no average is given.");
    says(&burn, "oldest T-2, 3 days");
}
