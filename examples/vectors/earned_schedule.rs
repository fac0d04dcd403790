//! Section 3.4: the two vectors, and the branch network.

use std::fmt::Write as _;

use milepost::control::Control;
use milepost::quantity::{Amount, Ratio};

use super::earned_value::euros;
use super::table::{Place, Table};
use super::{branch_network, folder};

fn at(vector: &'static str) -> Place {
    Place { section: "3.4", vector }
}

/// Adds the vectors of the section.
pub fn add(table: &mut Table) {
    two_tasks(table);
    six_periods(table);
    golden(table);
}

const PROJECT: &str = "project: Demo\nstart: 2026-08-03\ncurrency: EUR\n";

fn two_tasks(table: &mut Table) {
    let plan = "execution:
  first: {duration: 10d, cost: 1_000 EUR services}
  second: {duration: 10d, cost: 1_000 EUR services, after: first}
";
    let progress = "status_date,task,actual_start,actual_finish,percent_complete
2026-08-21,first,2026-08-03,2026-08-14,100%
2026-08-21,second,2026-08-17,,33%
";
    let files = vec![("project.yaml", PROJECT), ("plan.yaml", plan), ("progress.csv", progress)];
    let control = folder::control(files, "2026-08-21");
    let (schedule, place) = (control.total_schedule, at("A"));
    table.number(place, "EV", euros(control.total.earned), "1330");
    table.number(place, "AT", schedule.actual_time, "15");
    table.number(place, "ES", schedule.earned, "13.3");
    table.number(place, "SV(t)", schedule.variance, "-1.7");
    table.maybe(place, "SPI(t)", schedule.index.map(Ratio::get), "0.886667");
    table.maybe(place, "IEAC(t)", schedule.estimate_days, "22.5564");
}

/// What is planned in each period, all of it in one task that lasts it: 10, 25, 45, 70, 90, 100 together. The files say hundreds
/// of it, so that no cent is rounded.
const PLANNED: [i64; 6] = [10, 15, 20, 25, 20, 10];

/// The periods are working days: those of eight, of which the plan takes six.
const DAYS: [&str; 8] = [
    "2026-08-03",
    "2026-08-04",
    "2026-08-05",
    "2026-08-06",
    "2026-08-07",
    "2026-08-10",
    "2026-08-11",
    "2026-08-12",
];

/// A column of the reference.
struct Period {
    earned: i64,
    actual: i64,
    spi: &'static str,
    earned_schedule: &'static str,
    index: &'static str,
    duration: &'static str,
    trend: &'static str,
}

const fn period(earned: i64, actual: i64, rest: [&'static str; 5]) -> Period {
    let [spi, earned_schedule, index, duration, trend] = rest;
    Period { earned, actual, spi, earned_schedule, index, duration, trend }
}

const PERIODS: [Period; 8] = [
    period(8, 9, ["0.800", "0.80", "0.800", "7.50", "112.5"]),
    period(19, 22, ["0.760", "1.60", "0.800", "7.50", "115.8"]),
    period(34, 40, ["0.756", "2.45", "0.817", "7.35", "117.6"]),
    period(52, 61, ["0.743", "3.28", "0.820", "7.32", "117.3"]),
    period(69, 82, ["0.767", "3.96", "0.792", "7.58", "118.8"]),
    period(83, 100, ["0.830", "4.65", "0.775", "7.74", "120.5"]),
    period(94, 114, ["0.940", "5.40", "0.771", "7.78", "121.3"]),
    period(100, 122, ["1.000", "6.00", "0.750", "8.00", "122.0"]),
];

/// The project as it stood at the end of a period.
fn after(n_periods: usize) -> Control {
    let mut plan = "execution:\n".to_owned();
    let mut progress = "status_date,task,actual_start,actual_finish,percent_complete\n".to_owned();
    let mut costs = "date,type,category,amount\n".to_owned();
    let today = DAYS[n_periods - 1];
    let mut left = PERIODS[n_periods - 1].earned;
    for (number, (budget, day)) in PLANNED.iter().zip(DAYS).enumerate() {
        let before = if number == 0 { String::new() } else { format!(", after: t{}", number - 1) };
        writeln!(plan, "  t{number}: {{duration: 1d, cost: {budget}00 EUR services{before}}}").unwrap();
        let earned = left.min(*budget);
        left -= earned;
        let finish = if earned == *budget { today } else { "" };
        if earned > 0 {
            let percent = earned * 100 / budget;
            writeln!(progress, "{today},t{number},{day},{finish},{percent}%").unwrap();
        }
    }
    let mut booked = 0;
    for (period, day) in PERIODS.iter().zip(DAYS).take(n_periods) {
        writeln!(costs, "{day},actual,services,{}00 EUR", period.actual - booked).unwrap();
        booked = period.actual;
    }
    let files = vec![
        ("project.yaml", PROJECT),
        ("plan.yaml", plan.as_str()),
        ("progress.csv", progress.as_str()),
        ("costs.csv", costs.as_str()),
    ];
    folder::control(files, today)
}

fn six_periods(table: &mut Table) {
    let place = at("B");
    for (number, period) in PERIODS.iter().enumerate() {
        let at = number + 1;
        let control = after(at);
        let (value, schedule) = (control.total, control.total_schedule);
        let hundreds = |amount: Amount| euros(amount) / 100.0;
        table.number(place, &format!("AT {at}: EV"), hundreds(value.earned), &period.earned.to_string());
        table.number(place, &format!("AT {at}: AC"), hundreds(value.actual), &period.actual.to_string());
        table.maybe(place, &format!("AT {at}: SPI"), value.spi().map(Ratio::get), period.spi);
        table.number(place, &format!("AT {at}: ES"), schedule.earned, period.earned_schedule);
        table.maybe(place, &format!("AT {at}: SPI(t)"), schedule.index.map(Ratio::get), period.index);
        table.maybe(place, &format!("AT {at}: IEAC(t)"), schedule.estimate_days, period.duration);
        table.maybe(place, &format!("AT {at}: EAC₂"), value.estimate_trend().map(hundreds), period.trend);
    }
    let schedule = after(4).total_schedule;
    let by = |duration: f64| schedule.to_complete_index_by(duration).map(Ratio::get);
    table.maybe(place, "AT 4: TSPI to finish at 6", by(6.0), "1.36");
    table.maybe(place, "AT 4: TSPI to finish at 8", by(8.0), "0.68");
}

fn golden(table: &mut Table) {
    let report = branch_network::report();
    let (schedule, place) = (report.control.total_schedule, at("branch network"));
    table.number(place, "AT", schedule.actual_time, "80");
    table.number(place, "PD", schedule.planned_duration, "88");
    table.number(place, "ES", schedule.earned, "66.765");
    table.number(place, "SV(t)", schedule.variance, "-13.24");
    table.maybe(place, "SPI(t)", schedule.index.map(Ratio::get), "0.8346");
    table.maybe(place, "IEAC(t)", schedule.estimate_days, "105.4");
    let finish = schedule.estimate_finish.unwrap().to_string();
    table.words(place, "finish by earned schedule", finish, "2026-12-28");
    table.words(place, "finish by the network", report.forecast.finish_day().to_string(), "2027-01-21");
}
