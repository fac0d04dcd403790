//! Counting along working time, and back.

use std::collections::BTreeMap;

use jiff::civil::date;

use crate::diagnostic::Span;
use crate::model::{Calendar, Closure, ClosureKind, Shift, WorkingTime};
use crate::quantity::{Instant, parse_window};

fn closure(window: &str) -> Closure {
    Closure {
        window: parse_window(window).unwrap(),
        reason: "freeze".to_owned(),
        kind: ClosureKind::Closed,
        origin: Span::default(),
    }
}

fn calendar() -> Calendar {
    let mut calendar = Calendar::standard("standard".parse().unwrap());
    calendar.closures =
        vec![closure("2026-12-14 .. 2027-01-08"), closure("2026-12-25"), closure("2027-01-01 .. 2027-01-10")];
    calendar.extra_days = BTreeMap::from([(date(2026, 12, 19), vec![Shift { start: 600, end: 660 }])]);
    calendar
}

fn at(text: &str) -> Instant {
    Instant::from_civil(text.parse().unwrap())
}

#[track_caller]
fn check_add(from: &str, minutes: i64, start: &str, finish: &str) {
    let time = calendar().compile();
    assert_eq!(time.add_to_start(at(from), minutes).to_string(), start, "start");
    assert_eq!(time.add_to_finish(at(from), minutes).to_string(), finish, "finish");
    assert_eq!(time.between(at(from), at(&start.replace(' ', "T"))), minutes, "between");
}

#[test]
fn time_is_added_across_nights_weekends_and_closures() {
    check_add("2026-11-20T08:00", 480, "2026-11-23 08:00", "2026-11-20 17:00");
    check_add("2026-11-20T17:00", 0, "2026-11-23 08:00", "2026-11-20 17:00");
    check_add("2026-11-20T11:00", 120, "2026-11-20 14:00", "2026-11-20 14:00");
    check_add("2026-11-23T08:00", -480, "2026-11-20 08:00", "2026-11-19 17:00");
    check_add("2026-12-11T08:00", 480, "2026-12-19 10:00", "2026-12-11 17:00");
    check_add("2026-12-11T08:00", 541, "2027-01-11 08:01", "2027-01-11 08:01");
    check_add("2027-01-11T08:00", -60, "2026-12-19 10:00", "2026-12-11 17:00");
    check_add("1969-12-29T08:00", 2_400, "1970-01-05 08:00", "1970-01-02 17:00");
}

#[test]
fn worked_stretches_add_up_to_the_time_between() {
    let time = calendar().compile();
    let (from, to) = (at("2026-12-10T11:30"), at("2027-01-11T09:00"));
    let mut words = Vec::new();
    let mut minutes = 0;
    time.stretches(from, to, |begin, end| {
        minutes += end.0 - begin.0;
        words.push(format!("{begin} {}", end.0 - begin.0));
    });
    assert_eq!(words[..2], ["2026-12-10 11:30 30", "2026-12-10 13:00 240"]);
    assert_eq!(words.last().unwrap(), "2027-01-11 08:00 60");
    assert_eq!(minutes, time.between(from, to));
}

#[test]
fn days_behind_a_promise_are_counted_from_its_end() {
    let time = calendar().compile();
    let (saturday, monday, tuesday) = (date(2026, 11, 21), date(2026, 11, 23), date(2026, 11, 24));
    assert!(!time.is_working_day(saturday) && time.is_working_day(monday));
    assert_eq!([saturday, monday, tuesday].map(|day| time.working_days_after(saturday, day)), [0, 1, 2]);
    assert_eq!(
        (time.working_days_after(monday, tuesday), time.working_days_after(monday, saturday)),
        (1, -1)
    );
}

#[test]
fn days_are_counted_without_closures() {
    let time = calendar().compile();
    assert_eq!(time.working_days_between(date(2026, 12, 7), date(2027, 1, 12)), 5 + 1 + 1);
    assert_eq!(time.working_days_between(date(2027, 1, 12), date(2026, 12, 7)), -7);
    assert!(time.is_working_day(date(2026, 12, 19)));
    assert!(!time.is_working_day(date(2026, 12, 21)));
    assert_eq!(time.minutes_of_day(date(2026, 12, 19)), 60);
}

#[test]
fn counting_and_its_inverse_agree_everywhere() {
    let time = calendar().compile();
    let absent = time.with_absences(&[parse_window("2026-12-01 .. 2026-12-03").unwrap()]);
    for time in [&time, &absent, &WorkingTime::clock()] {
        for minutes in (-50_000..60_000).step_by(37) {
            let count = time.minutes_before(at("2026-11-20T12:00")) + minutes;
            let (start, finish) = (time.start_at(count), time.finish_at(count));
            assert_eq!(time.minutes_before(start), count);
            assert_eq!(time.minutes_before(finish), count);
            assert_eq!(time.minutes_before(start.plus(1)), count + 1);
            assert_eq!(time.minutes_before(finish.plus(-1)), count - 1);
        }
    }
}

#[test]
fn one_person_away_stops_the_work_two_take_turns() {
    let time = Calendar::standard("standard".parse().unwrap()).compile();
    let anna = time.with_absences(&[parse_window("2026-11-23 .. 2026-11-25").unwrap()]);
    let tom = time.with_absences(&[parse_window("2026-11-25 .. 2026-11-26").unwrap()]);
    assert_eq!(anna.next_working(at("2026-11-23T08:00")).to_string(), "2026-11-26 08:00");
    let together = anna.either(&tom);
    assert_eq!(together.next_working(at("2026-11-25T08:00")).to_string(), "2026-11-26 08:00");
    assert!(together.is_working_day(date(2026, 11, 24)));
    let neither = anna.both(&tom);
    assert_eq!(neither.working_days_between(date(2026, 11, 23), date(2026, 11, 30)), 1);
}

#[test]
fn a_calendar_without_a_week_ends_all_the_same() {
    let mut calendar = Calendar::standard("dates".parse().unwrap());
    calendar.week = std::array::from_fn(|_| Vec::new());
    assert!(calendar.compile().runs_dry());
    assert_eq!(calendar.compile().between(at("2026-11-20T08:00"), at("2026-11-20T09:00")), 60);
    calendar.extra_days = BTreeMap::from([(date(2026, 12, 5), vec![Shift { start: 480, end: 1_020 }])]);
    let time = calendar.compile();
    assert_eq!(time.next_working(at("2026-11-20T08:00")).to_string(), "2026-12-05 08:00");
    assert_eq!(time.add_to_finish(at("2026-11-20T08:00"), 540).to_string(), "2026-12-05 17:00");
    assert_eq!(time.add_to_finish(at("2026-11-20T08:00"), 600).to_string(), "2026-12-06 01:00");
    assert_eq!(time.subtract(at("2026-12-05T09:00"), 900).to_string(), "2026-12-05 00:00");
}
