//! What a reader may take for something else: unknown for good, one forecast for another, a fault of a file for the state of a project.

use crate::said::{says, words_of};
use crate::sample::pages;
use crate::unusual_pages::page;

const PROJECT: &str = "project: Demo\nstart: 2026-08-03\ncurrency: EUR\n";

/// A page of the sample as words.
fn words(path: &str) -> String {
    words_of(&crate::said::plain(pages()[path]))
}

#[test]
fn a_plan_that_nobody_promised_or_reported_of_shows_no_colour() {
    let files = [
        ("project.yaml", PROJECT),
        (
            "plan.yaml",
            "execution:\n  build: {name: Build, duration: 5d}\n  end: {milestone: End, after: build}\n",
        ),
    ];
    let (html, words) = page(&files, "project/index.html");
    assert!(!html.contains("shape--green"), "{words}");
    says(&words, "Time Not rated No baseline promises anything and nothing has been reported");
    says(&words, "as planned planned 7 Aug 2026");
    says(&words, "7 Aug 2026 7 Aug 2026 as planned As planned");
    assert!(!words.contains("on time"), "{words}");
    let (html, words) = page(&files, "index.html");
    assert!(!html.contains("shape--green"), "{words}");
    assert!(!words.contains("on time"), "{words}");
}

/// Of a plan without prices there is no earned value to explain.
#[test]
fn figures_of_money_are_not_explained_where_there_is_no_money() {
    let files =
        [("project.yaml", PROJECT), ("plan.yaml", "execution:\n  build: {name: Build, duration: 5d}\n")];
    let (_, words) = page(&files, "project/explain.html");
    assert!(!words.contains("0.00") && !words.contains("Earned value"), "{words}");
    says(&words, "Planned finish 7 Aug 2026");
}

#[test]
fn the_headline_says_how_many_runs_keep_its_date() {
    says(
        &words("ward-workstations/index.html"),
        "1 % of the simulated runs keep 10 Feb 2027: it holds if all goes as most likely and no open risk strikes. Half of all runs end by \
         23 Feb 2027",
    );
    // Where the promise is the forecast, the share stands behind it once.
    says(&words("one-service-desk/index.html"), "Forecast 4 Dec 2026, on time in 40 % of the runs;");
    says(&words("index.html"), "10 Feb 2027 +29 d kept in 1 % of the runs; half end by 23 Feb 2027");
    says(&words("index.html"), "on time in 40 % of the runs half of the runs by 18 Dec 2026");
}

/// Chance, cover, deadline and tolerance used to stand between date and money, in a sentence of four lines.
#[test]
fn the_headline_is_date_and_money_and_the_rest_stands_beneath() {
    let branch = words("branch-network/index.html");
    says(
        &branch,
        "Red for time. Forecast 21 Jan 2027, 34 working days late; 104 959 EUR, 6.6 % over budget. The switches came",
    );
    says(&branch, "G5 misses its deadline by 22 working days. 50 % of the simulated runs keep 21 Jan 2027.");
    says(
        &branch,
        "Contingency holds by the cost trend, but falls short by 1 896 EUR counted from what is left and 8 146 EUR in half of the runs.",
    );
    says(&words("ward-workstations/index.html"), "425 700 EUR, 3.3 % over budget, inside contingency.");
    says(&words("one-service-desk/index.html"), "Benefits are outside their tolerance.");
    says(&words("rfid-loans/index.html"), "Stopped. The board stopped it at G1 on 19 Nov 2026.");
    let dashboards =
        pages().iter().filter(|(path, _)| path.matches('/').count() == 1 && path.ends_with("/index.html"));
    for (path, page) in dashboards {
        let headline = page.split_once("verdict-text\">").unwrap().1.split_once("</p>").unwrap().0;
        let length = words_of(&crate::said::plain(headline)).chars().count();
        assert!(length <= 190, "{path}: {length} letters");
    }
}

/// The gate that ends the project told the days of the columns before it once more.
#[test]
fn levers_tell_of_the_next_gate_only_where_it_is_not_the_finish() {
    let head = |path: &str| words(path).contains("Next gate,");
    assert!(!head("one-service-desk/schedule.html"));
    assert!(head("ward-workstations/schedule.html") || head("stock-sales-warehouse/schedule.html"));
}

/// Changes stood whole between decisions that were folded.
#[test]
fn a_change_in_the_portfolio_is_told_in_lines_and_its_table_folded() {
    let page = words("index.html");
    says(
        &page,
        "approve finish 21 Jan 2027, 760 EUR more reject finish 21 Jan 2027, no change If nobody answers Two branches keep",
    );
    says(&page, "Runs are simulated courses of what is left, in which estimates and open risks vary.");
}

#[test]
fn the_dashboard_says_which_forecast_leads_and_why_the_others_differ() {
    let words = words("branch-network/index.html");
    says(
        &words,
        "The finish of 21 Jan 2027 is that of the network of tasks and calendars, which leads; from pace alone (earned schedule) it would be \
         28 Dec 2026. The network is",
    );
    says(&words, "the network knows Year-end change freeze");
    says(
        &words,
        "Of the cost 104 959 EUR by the cost trend (EAC₂) leads: tolerance and exception follow it; beside it stand 109 328 EUR",
    );
    says(&words, "They differ because the headline knows only what was spent");
    // Nothing leads once nothing is forecast.
    assert!(!self::words("rfid-loans/index.html").contains("which leads"));
}

#[test]
fn colours_of_past_reports_carry_their_letters() {
    let page = crate::said::plain(pages()["branch-network/index.html"]);
    let strip = page.split_once("class=\"history\"").unwrap().1.split_once("history-day\">20 Nov").unwrap().0;
    assert_eq!(strip.matches("<svg").count(), strip.matches("</text>").count(), "{strip}");
    assert!(strip.contains(">A</text>") && strip.contains(">R</text>"), "{strip}");
}

#[test]
fn findings_for_who_leads_a_project_stand_apart_from_those_for_who_edits_its_files() {
    let words = words("problems.html");
    let project = words.split("Plan quality of the project").nth(1).unwrap();
    let (of_manager, of_editor) = project.split_once("For whoever edits the files").unwrap();
    says(of_manager, "For whoever leads the project");
    says(of_manager, "70 % as many tasks are finished as were due (BEI 0.70: 7 finished; 10 due");
    says(
        of_manager,
        "The rest of the path must be done in 19 % of its length for the promised finish (CPLI 0.19:",
    );
    assert!(
        !of_manager.contains("REQ-3") && of_editor.contains("Requirement REQ-3 is proven by no test"),
        "{of_editor}"
    );
}

/// The plan calls it “Go-ahead to plan”, and the register called it by another name.
#[test]
fn a_gate_has_one_name_on_all_pages() {
    says(&words("branch-network/gates.html"), "G1 Go-ahead to plan");
    for path in ["branch-network/gates.html", "branch-network/index.html", "branch-network/tasks/pilot.html"]
    {
        let words = words(path);
        assert!(!words.contains("G1 Mandate and feasibility"), "{path}");
        assert!(!words.contains("G4 Control statement"), "{path}");
    }
}

#[test]
fn a_stopped_project_has_no_finish_and_one_cost() {
    let words = words("rfid-loans/index.html");
    assert!(!words.contains("25 Nov 2026"), "{words}");
    says(&words, "If nobody answers drop : Without an answer the framework price of the scanners lapses");
    says(&words, "the project is stopped, so that none has a finish any more");
    let journal = self::words("rfid-loans/journal.html");
    let newest = journal.split_once("6 Nov 2026").unwrap().0;
    assert!(!newest.contains("27 637") && !newest.contains("Forecast finish"), "{newest}");
    says(
        &self::words("rfid-loans/explain/money-2.html"),
        "The cost trend of what was done before (EAC₂) leads to 27 637.25: it takes all that was planned as still to be done",
    );
}

#[test]
fn each_sum_of_threats_says_what_it_takes_for_granted() {
    says(
        &words("branch-network/index.html"),
        "Threats after response 1 720 EUR expected cost if every response works 5 550 EUR as they stand today",
    );
    says(&words("branch-network/raid.html"), "threats 5 550 EUR as they stand, 1 720 EUR after response");
    says(&words("branch-network/explain.html"), "Threats as they stand 5 550.00");
    says(&words("branch-network/explain.html"), "Threats after response 1 720.00");
}

#[test]
fn the_list_of_figures_has_contents_groups_and_units() {
    let html = &pages()["branch-network/explain.html"];
    assert!(html.contains("aria-label=\"On this page\"") && html.contains("<a href=\"#earned\">"));
    let words = words("branch-network/explain.html");
    says(&words, "Earned value All tasks Amounts in EUR; indices are bare numbers.");
    says(&words, "Without level of effort Amounts in EUR");
    says(&words, "Earned schedule Working days of the project&#39;s calendar; pace is a bare number.");
}

#[test]
fn files_are_listed_project_by_project() {
    let html = &pages()["sources.html"];
    assert!(html.contains("<a href=\"#project-rfid-loans\">RFID for Loan Equipment</a>"), "contents");
    assert!(html.contains("id=\"project-rfid-loans\""));
}

#[test]
fn the_page_for_lost_ways_says_what_to_do_in_plain_words() {
    says(
        &words("404.html"),
        "Go to the first page of this server . If that is another site, take parts off the end of the address",
    );
}
