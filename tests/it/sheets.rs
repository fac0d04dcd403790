//! Documents between the gates and the pages beside them, read against the rules of the trade: each figure says of what it is, and one name is
//! one thing wherever it stands. Numbers by hand from the files of the sample.

use crate::said::{says, words_of};
use crate::sample::{pages, site};

fn words(path: &str) -> String {
    words_of(&pages()[path].replace('\u{202f}', " ").replace("&quot;", "\"").replace("&#x27;", "'"))
}

/// The words of the rows of a table that begin with some words.
fn row(path: &str, start: &str) -> String {
    let page = pages()[path];
    let rows =
        page.split("<tr").skip(1).map(|row| words_of(&format!("<tr{}", row.split("</tr>").next().unwrap())));
    let mut own = rows.filter(|words| words.starts_with(start));
    own.next().unwrap_or_else(|| panic!("no row {start:?} in {path}"))
}

/// Baseline B1 of the branches has G3 on 20 November 2026. The forecast is 11 January 2027: from Monday 23 November 34 working days without
/// Christmas and New Year; the report before had it on 3 December.
#[test]
fn a_report_holds_its_milestones_against_what_was_promised() {
    let told = row("branch-network/reports/2026-11-20.html", "G3");
    says(&told, "20 Nov 2026 11 Jan 2027 +34 d");
    // On 11 September nothing had moved but by days: G5 promised 2 December, forecast 8 December.
    says(&row("branch-network/reports/2026-09-11.html", "G5"), "2 Dec 2026 8 Dec 2026 +4 d");
    says(
        &words("branch-network/reports/2026-11-20.html"),
        "Reached before: G1 Go-ahead to plan on 12 Aug 2026 and G2",
    );
}

/// A second crew costs 2 400 more, and the estimate is 1 416 lower: the project is led for 19 working days less, each a fifth of 720 (2 736), and
/// the roll-out is a day shorter, for which Tom and Sam cost 600 and 480.
#[test]
fn an_option_that_buys_something_and_costs_less_says_why() {
    let cause = "“crew” means 2 400 EUR more to buy, and 3 816 EUR less to pay for labour: Leading, reporting, control (2 736 EUR less) and \
                 Roll-out to 12 branches (1 080 EUR less).";
    for path in ["branch-network/exceptions/time.html", "branch-network/index.html", "index.html"] {
        says(&words(path), cause);
    }
    // Where nothing is bought the sum says enough.
    assert!(!words("citizen-appointments/exceptions/scope.html").contains("to pay for labour"));
}

#[test]
fn an_exception_names_the_basis_of_each_net_present_value() {
    let page = words("branch-network/exceptions/time.html");
    says(
        &page,
        "Net present value now 21 797 EUR by the cost trend (EAC₂); 17 511 EUR by what is left to do (EAC₄)",
    );
    says(&page, "Net present value (EAC₄)");
}

/// 0.812 and 0.927 stand in the reasons for the colours of 20 November: what pages call SPI(t) and CPI is without level of effort.
#[test]
fn an_index_has_one_meaning_under_one_name() {
    let table = std::str::from_utf8(site().get("branch-network/data/earned-value.csv").unwrap()).unwrap();
    let mut lines = table.lines();
    let head: Vec<&str> = lines.next().unwrap().split(',').collect();
    let newest: Vec<&str> = lines.last().unwrap().split(',').collect();
    let of = |name: &str| newest[head.iter().position(|column| *column == name).unwrap()];
    assert_eq!(of("status_date"), "2026-11-20");
    assert_eq!(of("spi_t_without_level_of_effort"), "0.812");
    assert_eq!(of("cpi_without_level_of_effort"), "0.927");
    // Of all work: 74 200 ÷ 79 120.
    assert_eq!(of("cpi"), "0.938");
    let report = "branch-network/reports/2026-11-20.html";
    says(&row(report, "Pace, SPI(t)"), "Pace, SPI(t), without level of effort 0.81");
    says(&row(report, "Cost, CPI"), "Cost, CPI, without level of effort 0.93");
    says(&words("index.html"), "SPI(t) is without level of effort.");
}

/// R3 of the branches, 70 % of 6 500, waits with its response for D-03: 4 550; R2, 25 % of 4 000, is accepted: 1 000. Together 5 550 of the 9 000
/// of contingency; 1 720 were R3 answered.
#[test]
fn the_scorecard_tells_the_threats_that_its_colour_judges() {
    let told = row("branch-network/gates/G3.html", "Risk A Amber");
    says(
        &told,
        "threats 5 550 EUR 1 720 EUR once every response is decided and works +3 450 left after threats",
    );
    // A frozen report keeps the sum that is hoped for, and says so.
    let told = row("branch-network/reports/2026-11-20.html", "Risk A Amber");
    says(
        &told,
        "threats 1 720 EUR after every response +7 280 left after threats, once every response works",
    );
}

/// 640 000 and 75 000 of contingency cover 715 000: 674 545 by trend, but not the 738 552 of all 236 points, whose date is printed.
#[test]
fn the_first_page_names_the_money_that_goes_beyond_the_contingency() {
    says(&words("index.html"), "674 545 EUR +5.4 % beyond contingency by other counts");
}

/// Benefits are due on 31 December 2026 and 30 June 2027, no reading is planned: G5 takes the due days for days of measurement.
#[test]
fn a_review_of_benefits_knows_the_days_on_which_they_are_due() {
    let page = words("one-service-desk/benefits-review.html");
    says(
        &page,
        "none reached; due from 31 Dec 2026 to 30 Jun 2027, to be measured then, no other reading is planned.",
    );
    says(&page, "Next review 31 Dec 2026 the first day on which a benefit is due");
    assert!(page.contains("when it is due") && !page.contains("not planned"), "{page}");
}

#[test]
fn the_name_of_an_option_reads_as_no_decision() {
    let page = words("citizen-appointments/exceptions/scope.html");
    says(&page, "Option “approved”: Keep the 22 points that were approved");
    says(&page, "Recommended by the project manager Option “approved”");
    says(&page, "D-09 “approved”");
}

#[test]
fn who_approves_their_own_request_is_named_on_its_sheet() {
    says(
        &words("citizen-appointments/changes/C3.html"),
        "Amara Diallo asked for it and approved it: nobody else looked at it",
    );
    assert!(!words("citizen-appointments/changes/C1.html").contains("nobody else looked at it"));
}

/// One of the ten is a condition of the board, which nobody decides.
#[test]
fn the_first_page_counts_decisions_and_conditions_apart() {
    says(&words("index.html"), "9 decisions are wanted and 1 condition is to be met, the first by ");
}

#[test]
fn a_dashboard_names_the_people_to_call() {
    let page = words("branch-network/index.html");
    let (_, people) = page.rsplit_once("People to call").unwrap();
    for name in ["Sponsor Helena Ruiz", "Project manager Anna Weiss", "Operations owner Marek Dvořák"] {
        says(people, name);
    }
}
