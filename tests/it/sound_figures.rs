//! Figures that were wrong once, with the sums by hand that they are held against.

use milepost::control::{Colour, DimensionKind};
use milepost::diagnostic::Diagnostics;
use milepost::pipeline::{self, Options};
use milepost::report::{ProjectReport, Report};
use milepost::source::disk::Folder;

use crate::said::says;
use crate::unusual_pages::page;

const PROJECT: &str =
    "project: Demo\ncode: DM-1\nstart: 2026-08-03\ncurrency: EUR\nsponsor: ada\nreporting: every 1w\n";
const PEOPLE: &str =
    "roles: {engineer: {rate: 800 EUR/d}}\npeople:\n  ada: {name: Ada King, role: engineer}\n";

fn computed(files: &[(&str, &str)], day: &str) -> Report {
    let folder = Folder::from_memory(files.to_vec());
    let options = Options { as_of: Some(day.parse().unwrap()), ..Options::default() };
    pipeline::compute(&folder, Diagnostics::default(), &options)
}

fn only(report: &Report) -> &ProjectReport {
    &report.projects[0]
}

fn colour(report: &ProjectReport, kind: DimensionKind) -> Colour {
    report.control.health.dimensions.iter().find(|dimension| dimension.kind == kind).unwrap().colour
}

/// Two weeks of work for money ended on their day; what has no price, and what earns with time alone, went on for two more. Time
/// stands still at the tenth day: ten days earned in ten.
#[test]
fn work_without_a_price_makes_finished_work_no_later() {
    for rest in
        ["rest: {duration: 10d, after: work}", "rest: {duration: 20d, earned_value: loe, cost: 2_000 EUR}"]
    {
        let plan = format!(
            "execution:\n  work: {{duration: 10d, cost: 10_000 EUR, earned_value: percent}}\n  {rest}\n"
        );
        let start = if rest.contains("loe") { "2026-08-03" } else { "2026-08-17" };
        let progress = format!(
            "status_date,task,actual_start,actual_finish\n2026-08-14,work,2026-08-03,2026-08-14\n2026-08-28,rest,{start},2026-08-28\n"
        );
        let files = [
            ("project.yaml", PROJECT),
            ("resources.yaml", PEOPLE),
            ("plan.yaml", &*plan),
            ("progress.csv", &*progress),
        ];
        let report = computed(&files, "2026-08-28");
        let schedule = only(&report).control.discrete_schedule;
        assert_eq!((schedule.actual_time, schedule.earned), (10.0, 10.0), "{rest}");
        assert_eq!(colour(only(&report), DimensionKind::Time), Colour::Green, "{rest}");
    }
}

/// Fifteen days that earn when they are over, on the ninth of them: nothing was to be earned, nothing is, and no pace is told.
#[test]
fn nothing_to_be_earned_yet_is_no_pace() {
    let files = [
        ("project.yaml", PROJECT),
        ("resources.yaml", PEOPLE),
        ("plan.yaml", "execution:\n  work: {duration: 15d, cost: 10_000 EUR, earned_value: 0/100}\n"),
        ("progress.csv", "status_date,task,actual_start,percent_complete\n2026-08-13,work,2026-08-03,60%\n"),
    ];
    let report = computed(&files, "2026-08-13");
    let schedule = only(&report).control.discrete_schedule;
    assert_eq!((schedule.index, schedule.to_complete_index, schedule.variance), (None, None, 0.0));
    assert_eq!(colour(only(&report), DimensionKind::Time), Colour::Green);
}

/// 10 000 USD ordered, planned at 0.90: of 6 000 received at 0.80, 3 000 are invoiced. All 6 000 are 600 cheaper.
#[test]
fn what_is_received_and_not_invoiced_is_cheaper_by_the_rate_too() {
    let project = format!(
        "{PROJECT}rates:\n  - {{currency: USD, rate: 0.90, date: 2026-08-01}}\n  - {{currency: USD, rate: 0.80, date: 2026-08-04}}\n"
    );
    let files = [
        ("project.yaml", &*project),
        ("resources.yaml", PEOPLE),
        (
            "plan.yaml",
            "execution:\n  kit: {duration: 5d, cost: 10_000 USD hardware, earned_value: percent}\n",
        ),
        ("progress.csv", "status_date,task,actual_start,percent_complete\n2026-08-07,kit,2026-08-03,60%\n"),
        (
            "costs.csv",
            "date,type,category,task,amount,reference\n2026-08-03,commitment,hardware,kit,10_000 USD,PO-1\n2026-08-05,accrual,hardware,kit,6_000 USD,PO-1\n2026-08-06,actual,hardware,kit,3_000 USD,PO-1\n",
        ),
        ("updates/2026-08-07.md", "---\nstatus_date: 2026-08-07\n---\n"),
    ];
    let (_, words) = page(&files, "project/budget.html");
    says(&words, "; −600 by exchange rates");
}

/// 33 % of seven days at 800 a day are 1 848.00, though 1 108.8 minutes are no whole ones.
#[test]
fn a_share_of_a_day_is_priced_before_it_is_rounded_to_minutes() {
    let files = [
        ("project.yaml", PROJECT),
        ("resources.yaml", PEOPLE),
        ("plan.yaml", "execution:\n  work: {duration: 7d, assign: ada 33%}\n"),
    ];
    let report = computed(&files, "2026-08-03");
    assert_eq!(only(&report).control.total.budget.0, 184_800);
}

/// Half of the work is done and nobody has booked anything: there is nothing to estimate from, anywhere.
#[test]
fn without_recorded_cost_no_report_holds_an_estimate() {
    let files = [
        ("project.yaml", PROJECT),
        ("resources.yaml", PEOPLE),
        ("plan.yaml", "execution:\n  work: {duration: 10d, assign: ada}\n"),
        ("progress.csv", "status_date,task,actual_start,percent_complete\n2026-08-07,work,2026-08-03,50%\n"),
    ];
    let report = computed(&files, "2026-08-07");
    assert_eq!(only(&report).control.estimate(), None);
    let said = only(&report).said_by_report.last().unwrap();
    assert_eq!((said.figures.estimate, said.figures.estimate_one_off), (None, None));
}

/// A green report, and silence for four months: what is not recorded gets no colour by that.
#[test]
fn silence_colours_nothing_that_is_not_recorded() {
    let files = [
        ("project.yaml", PROJECT),
        ("resources.yaml", PEOPLE),
        ("plan.yaml", "execution:\n  work: {duration: 10d, assign: ada}\n"),
        ("progress.csv", "status_date,task,actual_start,percent_complete\n2026-08-07,work,2026-08-03,50%\n"),
        (
            "snapshots/2026-08-07.yaml",
            "status_date: 2026-08-07\ncolour: {computed: green, time: green, cost: green, benefits: green}\n",
        ),
    ];
    let report = computed(&files, "2026-12-11");
    assert_eq!(colour(only(&report), DimensionKind::Benefits), Colour::Unrated);
}
