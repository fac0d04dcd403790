//! A short example of each file. Together they are one small project without a fault, which a test proves.

pub(super) const PORTFOLIO: &str = "\
title: Projects of the Branch Services
description: What changes in our branches this year, how far it is, and what it costs.
site: {address: https://intranet.example/projects}
thresholds: {score_very_high: 20}    # as PM² paints them
";

pub(super) const PEOPLE: &str = "\
people:
  priya: {name: Priya Nair, role: security, team: security, available: 50%}
";

pub(super) const CALENDARS: &str = "\
group:
  week: mon tue wed thu fri
  hours_per_day: 8h
  holidays:
    2026-12-25: Christmas Day
    2027-01-01: New Year's Day
";

pub(super) const PROJECT: &str = "\
project: Branch Network Refresh
code: NET-07
type: network-rollout
goal: >
  Replace switches and Wi-Fi in 14 branches
  without costing any branch a business day.
start: 2026-08-03
currency: EUR
rates:
  - {currency: USD, rate: 0.92, date: 2026-08-01, source: reference rate of the ECB}
reporting: every 2w

sponsor: helena
project_manager: anna
operations_owner: marek

tolerance:
  time: 10d
  cost: 9_000 EUR
  scope: no branch dropped without a decision

success_criteria:
  - {measure: Branches on supported equipment, baseline: 0, target: 14, by: 2026-12-18}

feasibility:
  - {kind: technical, finding: The controller keeps every call while it moves, verdict: feasible, by: tom, found: 2026-08-10}
  - {kind: procurement, finding: Five weeks from order to delivery, verdict: feasible, by: anna, found: 2026-08-10}

plans:
  procurement: Three quotations under the framework contract
  security: Design reviewed by security before anything is ordered

waive:
  W205: {reason: The paint needs its days to dry, by: helena, until: 2026-12-31}
";

pub(super) const PLAN: &str = "\
planning:
  design:
    name: Network design
    duration: 6d / 8d / 10d        # optimistic / most likely / pessimistic
    assign: tom
    earned_value: 50/50
    produces: D1
  G2:
    gate: Plan and baseline
    after: design

execution:
  order-hw:
    name: Supplier lead time
    duration: 25d
    after: G2
    cost: 41_300 EUR hardware
    earned_value: 0/100
  rollout:
    name: Roll-out to 14 branches
    effort: 28d                    # 28 days of work, two people: 14 days
    calendar: change-window
    assign: [tom, 1 technician]
    after: order-hw
    earned_value: units 14 branches
    produces: D2
  training:
    name: Training of branch contacts
    duration: 4d
    assign: anna 50%
    after: [rollout SS +5d]
    because: The first branches must have been changed
  G3:
    gate: Readiness for service
    after: [rollout, training]
    deadline: 2026-12-04

closing:
  handover:
    name: Handover to Network Operations
    duration: 5d
    assign: tom
    after: G3
    earned_value:
      milestones:
        Documentation accepted: 40%
        Monitoring switched over: 60%
";

pub(super) const CALENDAR: &str = "\
standard:
  week: mon tue wed thu fri
  hours_per_day: 8h
  holidays:
    2026-12-25: Christmas Day
    2027-01-01: New Year's Day

change-window:                     # for work that touches production
  based_on: standard
  closed:
    2026-12-14 .. 2027-01-08: Year-end change freeze

support:                           # short Fridays, and summer hours
  hours: {mon tue wed thu: 08:00 .. 17:00, fri: 08:00 .. 14:00}
  hours_per_day: 8h
  weeks:
    2027-07-01 .. 2027-08-31: {hours: 07:00 .. 13:00}
";

pub(super) const RESOURCES: &str = "\
roles:
  manager:    {rate: 720 EUR/d}
  engineer:   {rate: 600 EUR/d}
  technician: {rate: 480 EUR/d, heads: 2}

people:
  anna:   {name: Anna Weiss, role: manager}
  tom:    {name: Tom Okafor, role: engineer, absent: [2026-10-12 .. 2026-10-16]}
  helena: {name: Helena Ruiz, role: sponsor}
  marek:  {name: Marek Dvořák, role: operations}
";

pub(super) const PROGRESS: &str = "\
status_date,task,actual_start,actual_finish,percent_complete,units_done,remaining,note
2026-08-14,design,2026-08-03,2026-08-13,100%,,,Two sites need fibre converters
2026-08-28,order-hw,2026-08-17,,,,20d,Supplier announces a week more
";

pub(super) const TIMESHEETS: &str = "\
week,person,task,time
2026-W32,tom,design,5d
2026-W33,tom,design,3.5d
";

pub(super) const COSTS: &str = "\
date,type,category,task,amount,reference,note
2026-08-17,commitment,hardware,order-hw,41_300 EUR,PO-4471,14 kits
2026-08-24,actual,hardware,order-hw,1_680 EUR,INV-0912,Express freight
";

pub(super) const BUDGET: &str = "\
contingency:        9_000 EUR      # known risks; the project manager may use it
management_reserve: 5_000 EUR      # unknowns; released by sponsor or steering board
funding:
  - {source: Infrastructure 2026, amount: 90_000 EUR, kind: capex}
categories: [labour, hardware, licences, other]
manager_limit: 2_000 EUR           # above it, the sponsor or the board decides on contingency
lines:
  - {name: Licences of the controller, amount: 2_600 USD, category: licences}
";

pub(super) const BUSINESS_CASE: &str = "\
rate: 6%
rate_reason: Rate of the finance department for internal investments, 2026
horizon: 3
price_base: real
options:
  replace:
    name: Replace all branches in one project
    costs:
      hardware: [41_300 EUR]
      running:  [0 EUR, 4_200 EUR, 4_200 EUR, 4_200 EUR]
    benefits:
      support no longer paid: [0 EUR, 28_500 EUR, 28_500 EUR, 28_500 EUR]
      hours not lost in branches: {years: [0 EUR, 7_000 EUR, 7_000 EUR, 7_000 EUR], cashable: false}
  nothing:
    name: Do nothing and pay extended support
preferred: replace
benefits_owner: marek
";

pub(super) const DELIVERABLES: &str = "\
D1: {deliverable: Approved network design, approver: priya, accepted: 2026-08-14}
D2:
  deliverable: 14 branches on new equipment
  approver: marek
  criteria:
    - {criterion: Every access point certified, met: 0 of 14}
    - {criterion: No business hour lost}
";

pub(super) const REQUIREMENTS: &str = "\
REQ-1:
  requirement: Wi-Fi in every room in which customers are served
  priority: must
  source: Branch managers
  delivered_by: [D2]
  tested_by: [T1]
";

pub(super) const QUALITY: &str = "\
approach: Every access point is measured at night, before the branch opens.
tests:
  T1: {name: Certification of access points, planned: 112, run: 16, passed: 15, failed: 1}
";

pub(super) const DEFECTS: &str = "\
id,title,severity,opened,closed,reopened,owner,belongs_to,workaround
B-17,Controller forgets its time zone,2,2026-08-20,,,tom,D2,Set it by hand after a restart
";

pub(super) const FLOW: &str = "\
item,title,task,arrived,started,review,done,note
T-101,Printer on floor 2 takes no jobs,,2026-11-02,2026-11-03,2026-11-04,2026-11-05,
T-102,New starter needs a laptop,,2026-11-03,2026-11-05,,,
T-103,Shared folder for the audit,,2026-11-06,,,,
";

pub(super) const RISKS: &str = "\
R1:
  risk: Roll-out not finished before the change freeze
  cause: Hardware may come late
  effect: Last branches wait until January
  probability: 40%
  impact: {cost: 6_500 EUR, time: 19d}
  owner: anna
  response: reduce
  actions:
    - {do: Ask for a second crew, owner: marek, due: 2026-09-25}
  residual: {probability: 20%, impact: {cost: 2_400 EUR}}
  raised: 2026-08-10
  reviewed: 2026-08-28
  links: [order-hw, D-03]
";

pub(super) const ISSUES: &str = "\
I-01:
  issue: Supplier delivers a week later than ordered
  urgency: high
  owner: anna
  raised: 2026-08-24
  target: 2026-09-04
  links: [order-hw, R1]
";

pub(super) const DECISIONS: &str = "\
D-03:
  question: Pay for a second crew, or let the last branches wait until January?
  options:
    crew: Two technicians for two evenings, 2_400 EUR from contingency
    wait: One branch stays on unsupported equipment
  consequences: Without a decision the last branches wait
  needed_by: 2026-09-25
  asked_of: helena
D-02:
  question: Pay for express freight?
  decision: Express
  decided: 2026-08-24
  decided_by: anna
  draws: {from: contingency, amount: 680 EUR}
";

pub(super) const CHANGES: &str = "\
C1:
  change: Fibre converters in two branches
  reason: The copper run is too long
  requested_by: tom
  submitted: 2026-08-20
  impact: {cost: 760 EUR, time: 0d}
  status: waiting for approval
  pay_from: contingency
";

pub(super) const ACTIONS: &str = "\
A1: {do: Ask the carrier for a written date, owner: tom, due: 2026-09-04, from: I-01}
A2: {do: Order cable, owner: tom, due: 2026-08-21, done: 2026-08-20}
";

pub(super) const DEPENDENCIES: &str = "\
X1:
  team: procurement
  request: Release the order for 14 kits
  for: order-hw
  asked: 2026-08-10
  promised: 2026-08-14
  received: 2026-08-17
";

pub(super) const LESSONS: &str = "\
L1:
  lesson: Ask suppliers for stock, not for lead time
  happened: Switches come a week late
  recommendation: Put “in stock, reserved until” into every request for quotation
  category: procurement
  date: 2026-08-28
";

pub(super) const STAKEHOLDERS: &str = "\
branches:
  stakeholder: Heads of the branches
  power: medium
  interest: high
  attitude: neutral
  wants: No hour without tills
  approach: A visit before the night of the change, a call the morning after
  owner: anna
";

pub(super) const BENEFITS: &str = "\
complaints:
  benefit: Fewer complaints about Wi-Fi
  measure: Tickets of the category “branch Wi-Fi” in a month
  baseline: 31 tickets
  target: 10 tickets
  due: 2027-03-31
  owner: marek
  readings:
    - {date: 2026-08-14, value: 29 tickets}
";

pub(super) const HANDOVER: &str = "\
items:
  switches: {item: 14 switches with their configuration, kind: asset, from: tom, to: marek}
  support:  {item: Maintenance contract, kind: contract, from: anna, to: marek, expires: 2029-11-30, yearly_cost: 4_200 EUR}
criteria:
  - {criterion: Monitoring proven with a pulled cable, owner: tom, due: 2026-12-01}
cut_over:
  - {step: New switches carry the load, at: 2026-12-03 22:00, owner: tom, go_if: every branch answers by 02:00, else_do: back to the old switches}
  - {step: Old switches off, at: 2026-12-04 02:00, owner: tom, no_return: true}
early_life: 2026-12-07 .. 2026-12-18
indicators:
  - {indicator: Incidents in a week, limit: at most 2, current: \"1\", within: true}
sign_offs:
  - {sign_off: Security review of the design, by: security office, given: 2026-09-17}
rehearsals:
  - {rehearsal: Back to the old switch, held: 2026-11-17, by: tom, passed: true, result: Back after 40 minutes}
training:
  - {training: A contact and a deputy of every branch, people: 28, trained: 4, counted: 2026-11-20, owner: anna, due: 2026-12-02}
reconciliation:
  - {data: Ports in the register, source: 672, arrived: 670, explained: Two are dead, by: tom, counted: 2026-12-04}
survey: {asked: 14, answered: 11, content: 82%, held: 2026-12-18}
retention:
  - {records: Contracts and invoices, keep_until: 2036-12-31, rule: ten years, kept_in: archive of finance, owner: anna}
";

pub(super) const STAGE: &str = "\
---
stage: execution
entry: G2 approved, order placed
exit: 14 branches accepted, contacts trained, operations ready
---

Branches are changed at night, one per night and crew. A branch that is not
certified by 05:00 is rolled back to the old switch.
";

pub(super) const GATE: &str = "\
---
gate: G2
decision: approve with conditions
decided: 2026-08-14
baseline: B1
authorised: 80_000 EUR until G3
conditions:
  - {condition: Firewall request filed before the roll-out, owner: anna, due: 2026-09-11}
checklist:
  every deliverable has an approver: yes
  year-end freeze considered: {answer: partly, comment: ten working days of room}
criteria:
  the finish keeps its promise: finish_slip <= 10d
  every large risk is answered: every open risk where exposure > 5_000 EUR has response and owner
signatures:
  - {role: sponsor, person: helena, decision: approve with conditions, date: 2026-08-14}
---

## Basis of the plan

Durations were estimated by Tom and checked against the roll-out of 2022.
";

pub(super) const UPDATE: &str = "\
---
status_date: 2026-08-28
actuals_to: 2026-08-28
author: anna
declared: amber
decision_wanted: D-03
next:
  - File the firewall request
---

**Cause.** The supplier announces a week more.

**What we do.** We ask for a second crew, so that the freeze does not matter.
";

pub(super) const EXCEPTION: &str = "\
---
tolerance: time
raised: 2026-10-23
cause: The switches came two weeks late, and the freeze lies behind them
recommendation: A second crew, because a week costs more than the crew
decision: D-03
---

The supplier had promised 22 October and delivered on 6 November.
";

pub(super) const BASELINE: &str = "\
baseline: B1
approved: 2026-08-14
finish: 2026-10-14
bac: 70_000 EUR
tasks:
  design:   {start: 2026-08-03, finish: 2026-08-12, duration: 8d, budget: 4_800 EUR}
  order-hw: {start: 2026-08-13, finish: 2026-09-16, duration: 25d, budget: 41_300 EUR}
";

pub(super) const FROZEN_GATE: &str = "\
gate: G2
decided: 2026-09-21
decision: approve
frozen: 2026-09-25
document: sha256:e843ff1b215d48c95b7baa35a5c3d45e5f0b15ec814624d3c133abb268107c4b
terms:
  facts:
    - {label: Amount released, text: 107 432 EUR}
content:
  title: G2 Plan and baseline
  opening:
    question: Do we have one credible plan?
    ask: Approve the plan as baseline B1.
    forecast: Forecast 14 Oct 2026, as planned.
    scorecard: {head: [Dimension, Status]}
    as_of: All figures are those of 21 Sep 2026.
  parts: {}
  checklist:
    summary: No criterion applies.
    rule: Compliance is the share of yes.
";

pub(super) const SNAPSHOT: &str = "\
status_date: 2026-08-28
finish: {baseline: 2026-10-14, forecast: 2026-10-26}
milestones: {G3: 2026-10-19}
evm: {bac: 70_000 EUR, pv: 4_800 EUR, ev: 4_800 EUR, ac: 6_780 EUR, eac: 71_980 EUR}
exposure: 480 EUR
colour: {computed: amber, declared: amber}
";
