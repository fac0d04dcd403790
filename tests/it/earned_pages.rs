//! What the pages say of earned value and of flow where it is early, where it is over, and where the reason must be told.

use crate::honest_answers::Folder;
use crate::said::{says, words_of};

/// A page of the one project of a folder, built as of a day, as text: tags taken out, spaces evened.
fn page(folder: &Folder, day: &str, name: &str) -> String {
    let told = folder.run(&["build", ".", "--as-of", day, "--out", "site"]);
    assert_eq!(told.code, Some(0), "{}{}", told.out, told.errors);
    words_of(&folder.read(&format!("site/project/{name}.html")))
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

/// Six items done in five days a week apart, two in progress, one waiting; one of the six skipped the review.
const TICKETS: &str = "item,title,arrived,started,review,done
T-1,Access point in the lobby,2026-08-03,2026-08-03,2026-08-04,2026-08-05
T-2,Access point in the vault,2026-08-03,2026-08-04,2026-08-05,2026-08-06
T-3,Guest network,2026-08-03,2026-08-05,2026-08-06,2026-08-07
T-4,Roaming in the stairs,2026-08-04,2026-08-06,2026-08-10,2026-08-10
T-5,Printer,2026-08-04,2026-08-07,,2026-08-11
T-6,Till,2026-08-05,2026-08-10,2026-08-12,2026-08-13
T-7,Camera,2026-08-05,2026-08-11,2026-08-14,
T-8,Door,2026-08-10,2026-08-13,,
T-9,Lift,2026-08-12,,,
";

#[test]
fn tickets_flow_through_chart_tiles_and_explanations() {
    let plan = "execution:\n  work: {duration: 20d}\n";
    let folder = Folder::of(plan).with("flow.csv", TICKETS);
    let burn = page(&folder, "2026-08-14", "burn");
    says(&burn, "By 14 Aug 2026, 9 items had arrived: 1 to do, 1 doing, 1 in review and 6 done.");
    says(&burn, "Work in progress 2 items oldest T-7, 4 days");
    says(&burn, "To do 1 item");
    says(&burn, "Done 6 items of 9 arrived");
    // 3, 3, 3, 5, 5 and 4 days from start to done, both counted: 23 ÷ 6.
    says(&burn, "Cycle time 3.8 days");
    let html = folder.read("site/project/burn.html");
    let tiles = html.split("id=\"flow\"").nth(1).expect("a section of flow");
    for key in ["flow-in-progress", "flow-to-do", "flow-done", "flow-throughput", "flow-cycle-time"] {
        assert!(tiles.contains(&format!("burn.html#{key}\"")), "{key} does not open: {tiles}");
    }
    assert!(
        tiles.contains("chart-cumulative-flow") || tiles.contains("cumulative-flow"),
        "no chart: {tiles}"
    );
    let explained = page(&folder, "2026-08-14", "explain/burn");
    says(&explained, "Work in progress 2");
    says(&explained, "number of items begun and not done by the status date");
    says(&explained, "Cycle time, days 3.8");
    says(&explained, "law: work in progress = throughput × cycle time, in a steady state");
    let why = folder.run(&["why", "project/flow-cycle-time", ".", "--as-of", "2026-08-14"]);
    assert!(why.out.starts_with("Cycle time, days: 3.8"), "{}{}", why.out, why.errors);
}

#[test]
fn the_burn_page_says_why_pace_and_schedule_end_on_other_days() {
    let plan = "execution:
  build: {name: Building, duration: 10d, effort: 10d, assign: tom}
  wait: {name: Delivery, duration: 30d, after: build}
  rest: {name: Fitting, duration: 10d, effort: 10d, assign: tom, after: wait}
";
    let progress = "status_date,task,actual_start,actual_finish,percent_complete
2026-08-07,build,2026-08-03,,50%
2026-08-14,build,2026-08-03,2026-08-14,100%
2026-09-11,wait,2026-08-17,,
2026-09-25,wait,2026-08-17,2026-09-25,
";
    let folder = Folder::of(plan)
        .with("project.yaml", "project: Wait\nstart: 2026-08-03\ncurrency: EUR\nreporting: every 1w\n")
        .with(
            "resources.yaml",
            "roles:\n  engineer: {rate: 600 EUR/d}\npeople:\n  tom: {name: Tom, role: engineer}\n",
        )
        .with("progress.csv", progress);
    let burn = page(&folder, "2026-09-25", "burn");
    says(
        &burn,
        "did 0 person-days each: “Delivery” ran, which takes no effort; if all to come were like these, it would never end.",
    );
    says(&burn, "The schedule says 9 Oct 2026");
    says(
        &burn,
        "Nothing was done in 6 of 8 periods, while “Delivery” ran; the pace expects as many again, the schedule knows that no such wait is left.",
    );
}

#[test]
fn defects_that_escape_or_come_back_twice_are_told() {
    let folder = Folder::of("execution:\n  work: {duration: 10d, produces: D1}\n")
        .with("resources.yaml", "people:\n  tom: {name: Tom}\n")
        .with(
            "deliverables.yaml",
            "D1:\n  deliverable: Switches\n  approver: tom\n  criteria:\n    - {criterion: works, met: yes}\n  \
             accepted: 2026-08-10\n  accepted_by: tom\n",
        )
        .with(
            "defects.csv",
            "id,title,severity,opened,closed,reopened,belongs_to\n\
             B-1,Dark,3,2026-08-04,2026-08-05 2026-08-07,2026-08-06 2026-08-11,D1\n\
             B-2,Loud,3,2026-08-10,,,work\nB-3,Hot,3,2026-08-12,,,work\n",
        );
    let text = page(&folder, "2026-08-14", "deliverables");
    says(&text, "Escaped 1 B-3 (D1 was accepted on 10 Aug 2026)");
    says(&text, "Came back 1 of 1 once closed, 100 % 2 times in all");
}
