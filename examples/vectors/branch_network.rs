//! The worked project of sections 3.2 to 4.1: new switches for fourteen branches, as of 20 November 2026.

use milepost::report::ProjectReport;

use super::folder;

/// The project, computed.
pub fn report() -> ProjectReport {
    let files = vec![
        ("project.yaml", PROJECT),
        ("calendar.yaml", CALENDAR),
        ("resources.yaml", RESOURCES),
        ("plan.yaml", PLAN),
        ("budget.yaml", BUDGET),
        ("progress.csv", PROGRESS),
        ("timesheets.csv", TIMESHEETS),
        ("costs.csv", COSTS),
        ("baselines/B1.yaml", BASELINE),
        ("updates/2026-11-20.md", UPDATE),
    ];
    folder::report(files, "2026-11-20")
}

const PROJECT: &str = "
project: Branch network
start: 2026-08-03
currency: EUR
reporting: every 2w
tolerance: {time: 10d, cost: 9_000 EUR}
";

const CALENDAR: &str = "
standard:
  week: mon tue wed thu fri
  hours_per_day: 8h
  holidays:
    2026-12-25: Christmas Day
    2027-01-01: New Year's Day
change-window:
  based_on: standard
  closed:
    2026-12-14 .. 2027-01-08: Year-end change freeze
";

const RESOURCES: &str = "
roles:
  manager: {rate: 720 EUR/d}
  engineer: {rate: 600 EUR/d}
  technician: {rate: 480 EUR/d}
  security: {rate: 680 EUR/d}
  trainer: {rate: 520 EUR/d}
people:
  anna: {name: Anna, role: manager}
  tom: {name: Tom, role: engineer}
  sam: {name: Sam, role: technician}
  priya: {name: Priya, role: security}
  lea: {name: Lea, role: trainer}
";

const PLAN: &str = "
initiation:
  business-case: {duration: 8d, assign: anna 50%}
planning:
  survey: {duration: 8d / 10d / 12d, assign: tom, after: business-case, earned_value: units 14 branches}
  design: {duration: 8d, assign: tom, after: survey, earned_value: 50/50}
  security-review: {duration: 5d, assign: priya 50%, after: design, earned_value: 0/100}
  rfq: {duration: 8d, assign: anna 25%, after: design, earned_value: 0/100}
execution:
  order-hw: {duration: 25d, after: [security-review, rfq], cost: 41_300 EUR hardware, earned_value: 0/100}
  staging: {duration: 4d, assign: tom, after: order-hw}
  pilot: {duration: 5d, calendar: change-window, assign: [tom, sam], after: staging}
  rollout:
    duration: 12d
    calendar: change-window
    assign: [tom, sam]
    after: pilot
    earned_value: units 12 branches
  training: {duration: 4d, assign: lea, after: pilot, earned_value: 0/100}
control:
  project-management: {span: business-case .. handover, assign: anna 20%, earned_value: loe}
  acceptance: {duration: 3d, assign: tom, after: [rollout, training]}
closing:
  handover:
    duration: 5d
    assign: tom
    after: acceptance
    earned_value:
      milestones: {Documentation accepted: 40%, Monitoring switched over: 30%, Support rota signed: 30%}
";

const BUDGET: &str = "
contingency: 9_000 EUR
management_reserve: 5_000 EUR
";

const PROGRESS: &str = "status_date,task,actual_start,actual_finish,percent_complete,units_done,remaining
2026-08-14,business-case,2026-08-03,2026-08-12,100%,,
2026-08-28,survey,2026-08-13,2026-08-27,100%,14,
2026-09-11,design,2026-08-28,2026-09-09,100%,,
2026-09-25,security-review,2026-09-10,2026-09-17,100%,,
2026-09-25,rfq,2026-09-10,2026-09-21,100%,,
2026-10-09,order-hw,2026-09-22,,0%,,22d
2026-11-06,order-hw,2026-09-22,2026-11-06,100%,,
2026-11-20,staging,2026-11-09,2026-11-13,100%,,
2026-11-20,pilot,2026-11-16,,40%,,4d
";

const TIMESHEETS: &str = "week,person,task,time
2026-W32,anna,business-case,2.5d
2026-W33,anna,business-case,2d
2026-W33,tom,survey,2d
2026-W34,tom,survey,5d
2026-W35,tom,survey,4d
2026-W36,tom,design,9d
2026-W37,priya,security-review,2.5d
2026-W38,anna,rfq,2d
2026-W41,anna,project-management,16d
2026-W46,tom,staging,5d
2026-W47,tom,pilot,3d
2026-W47,sam,pilot,3d
";

const COSTS: &str = "date,type,category,task,amount,reference
2026-09-21,commitment,hardware,order-hw,41_300 EUR,PO-4471
2026-10-14,actual,hardware,order-hw,1_680 EUR,INV-0912
2026-11-06,accrual,hardware,order-hw,41_300 EUR,PO-4471
";

const BASELINE: &str = "
baseline: B1
approved: 2026-08-12
finish: 2026-12-02
bac: 98_432 EUR
tasks:
  survey: {start: 2026-08-13, finish: 2026-08-26, duration: 10d, budget: 6_000 EUR}
  pilot: {start: 2026-10-29, finish: 2026-11-04, duration: 5d, budget: 5_400 EUR}
  rollout: {start: 2026-11-05, finish: 2026-11-20, duration: 12d, budget: 12_960 EUR}
";

const UPDATE: &str = "---
status_date: 2026-11-20
actuals_to: 2026-11-20
---
";
