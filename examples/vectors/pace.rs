//! Sections 3.6 and 3.7: burn charts and the milestone trend.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use jiff::ToSpan;
use jiff::civil::Date;
use milepost::control::{Burn, BurnFinish, Said, TrendOutlook, milestone_trends};
use milepost::model::{Figures, MilestoneDay};

use super::table::{Place, Table};
use super::{branch_network, folder};

/// Adds the vectors of both sections.
pub fn add(table: &mut Table) {
    ideal_line(table);
    range(table);
    let burn = branch_network::report().control.effort_burn;
    let place = Place { section: "3.6", vector: "branch network" };
    table.number(place, "effort left, in days", burn.remaining, "42.0");
    table.number(place, "effort in all, in days", burn.scope, "76.5");
    trend(table);
}

fn left_on(burn: &Burn, day: Date) -> Option<f64> {
    burn.planned.iter().take_while(|point| point.date <= day).map(|point| point.left).last()
}

fn ideal_line(table: &mut Table) {
    let project = "project: Demo\nstart: 2026-11-02\ncurrency: EUR\n";
    let calendar = "standard:\n  week: mon tue wed thu fri\n  holidays:\n    2026-11-11: Holiday\n";
    let plan = "execution:\n  iteration: {duration: 9d, earned_value: units 40 points}\n";
    let files = vec![("project.yaml", project), ("calendar.yaml", calendar), ("plan.yaml", plan)];
    let control = folder::control(files, "2026-11-13");
    let burn = control.unit_burns.first().unwrap();
    let place = Place { section: "3.6", vector: "ideal line" };
    let line = [
        ("2026-11-02", "35.56"),
        ("2026-11-03", "31.11"),
        ("2026-11-04", "26.67"),
        ("2026-11-05", "22.22"),
        ("2026-11-06", "17.78"),
        ("2026-11-07", "17.78"),
        ("2026-11-08", "17.78"),
        ("2026-11-09", "13.33"),
        ("2026-11-10", "8.89"),
        ("2026-11-11", "8.89"),
        ("2026-11-12", "4.44"),
        ("2026-11-13", "0.00"),
    ];
    for (day, reference) in line {
        table.maybe(place, &format!("left on {day}"), left_on(burn, day.parse().unwrap()), reference);
    }
}

fn range(table: &mut Table) {
    let first: Date = "2026-08-07".parse().unwrap();
    let mut progress = "status_date,task,actual_start,percent_complete,units_done\n".to_owned();
    let mut done = 0;
    for (week, velocity) in [22, 18, 25, 20, 16, 24, 21, 19].into_iter().enumerate() {
        done += velocity;
        let friday = first + i64::try_from(week).unwrap().weeks();
        writeln!(progress, "{friday},work,2026-08-03,,{done}").unwrap();
    }
    let files = vec![
        ("project.yaml", "project: Demo\nstart: 2026-08-03\ncurrency: EUR\nreporting: every 1w\n"),
        ("plan.yaml", "execution:\n  work: {duration: 70d, earned_value: units 285 points}\n"),
        ("progress.csv", progress.as_str()),
    ];
    let control = folder::control(files, "2026-09-25");
    let burn = control.unit_burns.first().unwrap();
    let place = Place { section: "3.6", vector: "forecast with range" };
    table.number(place, "remaining", burn.remaining, "120");
    let forecast = burn.forecast.unwrap();
    let pessimistic: BurnFinish = forecast.pessimistic.unwrap();
    let ends = [
        ("best three", forecast.best_three, "23.67", forecast.optimistic, "5.07", "6"),
        ("mean", forecast.mean, "20.63", forecast.likely, "5.82", "6"),
        ("worst three", forecast.worst_three, "17.67", pessimistic, "6.79", "7"),
    ];
    for (name, pace, pace_reference, end, exact, whole) in ends {
        table.number(place, &format!("pace, {name}"), pace, pace_reference);
        table.number(place, &format!("periods, {name}"), end.exact_periods, exact);
        table.number(place, &format!("whole periods, {name}"), end.periods as f64, whole);
    }
}

fn trend(table: &mut Table) {
    let origin: Date = "2026-01-01".parse().unwrap();
    let day = |number: i64| origin + number.days();
    let said: Vec<Said> = [(0, 100), (30, 112), (60, 124)]
        .map(|(report, forecast)| Said {
            status_date: day(report),
            figures: Figures::default(),
            milestones: [(
                "go-live".parse().unwrap(),
                MilestoneDay { day: day(forecast), is_reached: false },
            )]
            .into(),
            computed: None,
            declared: None,
            dimensions: BTreeMap::new(),
            reasons: BTreeMap::new(),
        })
        .into();
    let trends = milestone_trends(&said);
    let trend = trends.first().unwrap();
    let place = Place { section: "3.7", vector: "milestone trend" };
    let days = |until: Date| f64::from((until - origin).get_days());
    table.maybe(place, "b, days of slip a day", trend.days_a_month.map(|slip| slip * 12.0 / 365.25), "0.4");
    table.maybe(place, "a, forecast of a report on day 0", trend.along(origin).map(days), "100");
    let TrendOutlook::Meets(meets) = trend.outlook else { panic!("{:?}", trend.outlook) };
    let why = "a date is a whole day: day 166.67 is shown as that of day 167";
    table.judged(place, "meets the diagonal on day", days(meets).to_string(), "166.67", why);
}
