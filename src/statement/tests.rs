//! What statements mean, and what is said of faulty ones.

use super::*;

/// The statement as it is written back, or its faults: place, message and hint of each.
fn read(text: &str) -> String {
    match parse(text) {
        Ok(statement) => statement.to_string(),
        Err(faults) => {
            let faults: Vec<String> = faults
                .iter()
                .map(|fault| {
                    let at = text.get(fault.range.clone()).expect("a fault lies in the text");
                    format!("[{at}] {:?}: {} / {}", fault.kind, fault.message, fault.hint)
                })
                .collect();
            faults.join("\n")
        }
    }
}

#[track_caller]
fn same(text: &str) {
    assert_eq!(read(text), text);
}

#[track_caller]
fn check(text: &str, expected: &str) {
    assert_eq!(read(text), expected);
}

#[test]
fn the_sign_of_another_program_is_the_only_fault_of_a_comparison() {
    check("no open defect where severity = 1", "[=] Form: `=` has no meaning in a statement / write `==`");
}

#[test]
fn what_the_reference_shows_is_read() {
    same("finish_slip <= 10d");
    same("cpi >= 0.9 or actual_cost == 0 EUR");
    same("contingency_left >= exposure");
    same("every deliverable has approver and has criteria");
    same("every open risk where exposure > 5_000 EUR has response and has owner");
    same("no overdue action");
    same("no defect where severity == 1 and open");
    same("some lesson has recommendation");
    same("every request is not overdue");
    same("no defect where severity == 2 has no workaround");
    same("promised_finish <= 2026-12-18");
    same("complete >= 90%");
    same("(no defect where open) and cpi >= 0.9");
    same("not (cpi >= 0.9 and spi_t >= 0.9)");
}

#[test]
fn and_binds_closer_than_or_and_brackets_say_otherwise() {
    let parts = |text: &str| parse(text).unwrap();
    assert!(matches!(parts("cpi > 1 or spi > 1 and spi_t > 1"), Statement::Any(parts) if parts.len() == 2));
    assert!(matches!(parts("(cpi > 1 or spi > 1) and spi_t > 1"), Statement::All(parts) if parts.len() == 2));
    same("(cpi > 1 or spi > 1) and spi_t > 1");
}

#[test]
fn a_limit_may_stand_first() {
    check("0.9 <= cpi", "cpi >= 0.9");
    check("10d > finish_slip", "finish_slip < 10d");
}

#[test]
fn a_list_of_fields_ends_where_another_statement_begins() {
    check(
        "every risk has owner, response and category and every task has owner",
        "(every risk has owner and has response and has category) and every task has owner",
    );
    check("every risk has owner and cpi >= 0.9", "(every risk has owner) and cpi >= 0.9");
    check("every risk has owner and probability <= 50%", "every risk has owner and has probability <= 50%");
    check(
        "every risk has response and exposure <= 5_000 EUR",
        "[exposure] Form: `exposure` can be that of the risk or that of the project / write `has exposure` for the risk, or put \
         brackets around what is said of each risk",
    );
    same("every risk has response and has exposure <= 5_000 EUR");
}

#[test]
fn unknown_names_are_told_with_what_was_meant() {
    check(
        "finish_slp <= 10d",
        "[finish_slp] Unknown: there is no figure `finish_slp` / did you mean `finish_slip`?",
    );
    check("every risks has owner", "[risks] Unknown: there is no thing `risks` / did you mean `risk`?");
    check(
        "every deliverable has aprover",
        "[aprover] Unknown: a deliverable has no field `aprover` / did you mean `approver`?",
    );
    check(
        "every urgent risk has owner",
        "[urgent] Unknown: a risk has no field `urgent` / write `open`; what is known of a risk is `open`, `owner`, `response`, `category`, `raised`, `reviewed`, `probability`, `cost`, `time` or `exposure`",
    );
    check(
        "weather == 3",
        "[weather] Unknown: there is no figure `weather` / name one of those that `milepost gate figures` lists",
    );
    check(
        "no defect where severity == 1 and cpi >= 0.9",
        "[cpi] Unknown: a defect has no field `cpi` / put brackets around what is said of each defect: `cpi` is a figure",
    );
}

#[test]
fn what_cannot_be_compared_is_told() {
    check(
        "finish_slip <= 5_000 EUR",
        "[5_000 EUR] Units: `finish_slip` is working days, and `5_000 EUR` is money / hold it against working days, such as `10d`",
    );
    check(
        "finish_slip <= exposure",
        "[exposure] Units: `finish_slip` is working days, and `exposure` is money / hold it against working days, such as `10d`",
    );
    check(
        "finish_slip <= 10",
        "[10] Units: `finish_slip` is working days, and `10` is a plain number / write `10d`",
    );
    check(
        "finish_slip <= 10ed",
        "[10ed] Units: `finish_slip` is working days, and `10ed` is time that runs through nights and weekends / write `10d`",
    );
    check(
        "exposure <= 5000",
        "[5000] Units: `exposure` is money, and `5000` is a plain number / add the currency, such as `5000 EUR`",
    );
    check("complete >= 90", "[90] Units: `complete` is a share, and `90` is a plain number / write `90%`");
    check(
        "open_risks <= 2.5",
        "[2.5] Units: `open_risks` is a count, and `2.5` is a plain number / hold it against a count, such as `3`",
    );
    check(
        "every risk where owner > 3 has response",
        "[owner] Units: `owner` is filled in or not; it neither holds nor has a value to compare / write `has owner`",
    );
    check(
        "every risk has open",
        "[open] Units: `open` holds or does not; it is not filled in and has no value / write `is open`",
    );
    check(
        "every risk is owner",
        "[owner] Units: `owner` is filled in or not; it neither holds nor has a value to compare / write `has owner`, or compare it",
    );
}

#[test]
fn a_flag_behind_its_thing_is_told_to_stand_before_it() {
    check(
        "no decision overdue",
        "[overdue] Form: `overdue` stands where `where`, `is` or the end is expected / write `no overdue decision`",
    );
    check(
        "every action overdue and cpi >= 1",
        "[overdue] Form: `overdue` stands where `where`, `is` or the end is expected / write `every action is overdue`",
    );
}

#[test]
fn what_is_missing_is_told() {
    check("", "[] Form: a statement is missing / write one, such as `finish_slip <= 10d`");
    check(
        "cpi >=",
        "[=] Form: a limit is missing at the end / name a figure or write a value; `milepost gate figures` lists the figures",
    );
    check(
        "cpi",
        "[i] Form: a comparison such as `<=` is missing at the end / compare it, such as `cpi <= 0.9`",
    );
    check(
        "cpi >= and spi > 1",
        "[and] Form: `and` stands where a limit is expected / name a figure or write a value; `milepost gate figures` lists the figures",
    );
    check("(cpi >= 1", "[(] Form: this bracket is not closed / add `)`");
    check(
        "cpi >= 1)",
        "[)] Form: `)` stands where `and`, `or` or the end is expected / join statements by `and` or `or`",
    );
    check("every risk", "[risk] Form: nothing is said of every `risk` / add `has owner` or `is open`");
    check(
        "every risk exposure <= 3",
        "[exposure] Form: `exposure` stands where `has`, `is` or `where`, behind `risk`, is expected / add `has owner` or `is open`",
    );
    check(
        "risk has owner",
        "[risk] Form: `risk` stands alone, without how many are meant / write `every risk`, `no risk` or `some risk`",
    );
    check("1 <= 2", "[1 <= 2] Form: two values are compared, and no figure / name a figure on one side");
    check(
        "0.5 < cpi < 1",
        "[<] Form: `<` stands where `and`, `or` or the end is expected / write two comparisons with `and` between them",
    );
}

#[test]
fn signs_and_units_of_other_tongues_are_told() {
    check("cpi ≥ 1", "[≥] Form: `≥` has no meaning in a statement / write `>=`");
    check("cpi > 1 && spi > 1", "[&&] Form: `&&` has no meaning in a statement / write `and`");
    check("finish_slip <= 10 days", "[10 days] Form: `10 days` is not a value / write `10d`");
    check("exposure <= 5000 eur", "[5000 eur] Form: `5000 eur` is not money / write `5000 EUR`");
    check(
        "finish <= 18.12.2026",
        "[18.12.2026] Form: `18.12.2026` is not a date such as 2026-11-20 / write `2026-12-18`",
    );
    check(
        "finish <= 2026-13-01",
        "[2026-13-01] Form: `2026-13-01` is not a date such as 2026-11-20 / check the month: there is no month 13",
    );
}

#[test]
fn every_fault_of_a_statement_is_told_at_once() {
    let faults = parse("cpii >= 1 and finish_slip <= 3 and every risk has onwer").unwrap_err();
    let kinds: Vec<FaultKind> = faults.iter().map(|fault| fault.kind).collect();
    assert_eq!(kinds, [FaultKind::Unknown, FaultKind::Units, FaultKind::Unknown]);
}

#[test]
fn brackets_without_end_are_refused_and_not_followed() {
    let text = "(".repeat(10_000) + "cpi > 1";
    assert!(parse(&text).unwrap_err().iter().any(|fault| fault.message.contains("too deep")));
    let text = "not ".repeat(10_000) + "cpi > 1";
    assert!(parse(&text).is_err());
}

#[test]
fn names_are_distinct_and_no_keywords() {
    let mut names: Vec<&str> = FigureName::ALL.iter().map(|figure| figure.name()).collect();
    names.sort_unstable();
    assert!(names.windows(2).all(|pair| pair[0] != pair[1]));
    let words =
        Field::ALL.iter().map(|field| field.word()).chain(Thing::ALL.iter().map(|thing| thing.word()));
    for word in words.chain(names) {
        assert!(!KEYWORDS.contains(&word), "{word}");
    }
    for field in Field::ALL {
        assert!(Thing::ALL.iter().any(|thing| thing.field(*field).is_some()), "no thing has {field:?}");
    }
}
