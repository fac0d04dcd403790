//! What resolving the books of a project finds, from text to model.

use crate::diagnostic::{Diagnostics, FileId, Span, Spanned};
use crate::model::{Answer, CaseLine, ChangeStatus, Decision, EntryType, PersonNo, TaskNo};
use crate::quantity::{Amount, Effort, Id};
use crate::resolve::books::{Books, define_entries, resolve_books};
use crate::resolve::names::Names;
use crate::source::disk::Folder;

const PROJECT: &str = "project: P\nstart: 2026-08-03\ncurrency: EUR\n";

/// Resolves books against a plan with `survey` and `rollout` and a team of `anna` and `tom`.
fn resolve(files: &[(&str, &str)]) -> (Books, Vec<String>) {
    let paths: Vec<String> = files.iter().map(|(name, _)| format!("projects/p/{name}")).collect();
    let mut all = vec![("projects/p/project.yaml", PROJECT), ("projects/p/plan.yaml", "")];
    all.extend(paths.iter().map(String::as_str).zip(files.iter().map(|(_, text)| *text)));
    let mut found = Diagnostics::default();
    let records = crate::record::read(
        &Folder::from_memory(all),
        &crate::record::what_if::Changes::default(),
        &mut found,
    );
    let files = &records.projects[0];
    let mut names = Names::new(Spanned::new("EUR".parse().unwrap(), Span::default()));
    for (number, task) in (0..).zip(["survey", "rollout"]) {
        names.tasks.define(&id(task), TaskNo(number), &mut found);
    }
    for (number, person) in (0..).zip(["anna", "tom"]) {
        names.people.define(&id(person), PersonNo(number), &mut found);
    }
    define_entries(files, &mut names, &mut found);
    let books = resolve_books(files, &[], &names, &mut found);
    let said =
        found.iter().map(|d| format!("{}: {} | {}", d.rule.code, d.message, d.hints.join("; "))).collect();
    (books, said)
}

fn id(text: &str) -> Spanned<Id> {
    Spanned::new(text.parse().unwrap(), Span::new(FileId(9), 0, 0))
}

#[track_caller]
fn check(files: &[(&str, &str)], expected: &[&str]) -> Books {
    let (books, said) = resolve(files);
    assert_eq!(said, expected);
    books
}

#[test]
fn no_books_are_empty_books() {
    let books = check(&[], &[]);
    assert!(books.budget.origin.is_none());
    assert!(books.business_case.is_none());
}

#[test]
fn a_budget_lists_its_categories() {
    let books = check(
        &[
            (
                "budget.yaml",
                "contingency: 9_000 EUR\nmanagement_reserve: -5_000 EUR\nfunding:\n  - {source: A, amount: 1_000 USD}\ncategories: [labour, hardware]\nlines:\n  - {name: Licence, amount: 2_400 EUR, category: hardwear}\n",
            ),
            (
                "costs.csv",
                "date,type,category,task,amount\n2026-10-14,actual,hardware,rollout,1_680 EUR\n2026-09-21,commitment,travel,rolout,80 EUR\n",
            ),
        ],
        &[
            "E133: a reserve cannot be below zero | write the amount without the minus sign",
            "E122: USD in a project whose currency is EUR, without a rate | add `rates: [{currency: USD, rate: …, date: …}]` to `project.yaml`: what one USD is worth in EUR",
            "W505: the budget has no category `hardwear` | write `hardware`",
            "W505: the budget has no category `travel` | add `travel` to `categories` in `budget.yaml`",
            "E102: unknown task `rolout` | write `rollout`",
        ],
    );
    assert_eq!(books.budget.contingency, Amount(900_000));
    assert_eq!(books.costs.len(), 2);
    assert_eq!(books.costs[0].entry_type, EntryType::Commitment);
    assert_eq!(books.costs[0].task, None);
    assert_eq!(books.costs[1].task, Some(TaskNo(1)));
}

#[test]
fn a_budget_line_below_zero_is_refused_and_left_out() {
    let books = check(
        &[(
            "budget.yaml",
            "lines:\n  - {name: Rebate, amount: -400 EUR, category: other}\n  - {name: Licence, amount: 2_000 EUR}\n",
        )],
        &["E133: a budget line cannot be below zero | take a rebate off the line that it lowers"],
    );
    let named: Vec<&str> = books.budget.lines.iter().map(|line| line.name.markdown.as_str()).collect();
    assert_eq!(named, ["Licence"]);
}

#[test]
fn hours_need_one_period_and_working_time() {
    let books = check(
        &[(
            "timesheets.csv",
            "week,date,person,task,time\n2026-W34,,tom,survey,5d\n,2026-08-13,anna,survey,6h\n,,tom,survey,1d\n2026-W34,,tim,survey,1d\n2026-W34,,tom,survey,1ed\n",
        )],
        &[
            "E134: these hours have neither a week nor a day | fill `week` such as `2026-W32`, or `date`",
            "E102: unknown person `tim` | write `tom`",
            "E132: `1ed` runs through nights and weekends, but working time is asked for | write working time, such as `5d`",
        ],
    );
    assert_eq!(books.timesheets.len(), 2);
    assert_eq!(books.timesheets[0].written, "2026-08-13");
    assert_eq!(books.timesheets[1].effort, Effort::from_minutes(2_400));
    assert_eq!(books.timesheets[1].period.first().to_string(), "2026-08-17");
}

#[test]
fn a_risk_has_exposure_and_actions() {
    let books = check(
        &[(
            "risks.yaml",
            "R1:\n  risk: Late\n  probability: 30%\n  impact: {cost: 4_000 EUR / 6_500 EUR / 12_000 EUR, time: 3d / 5d / 13d}\n  residual: {probability: 10%, impact: {cost: 1_000 EUR}}\n  owner: anna\n  actions:\n    - {do: Second crew, owner: tom, due: 2026-11-25}\n  links: [survey, R2, X9]\n  raised: 2026-11-16\n  closed: 2026-11-13\nR2: {risk: Cabling, probability: 25%, impact: {time: 2d}, became: I1, status: closed}\n",
        )],
        &[
            "E102: `X9` names nothing in this project | name a task, a deliverable or an entry of a register",
            "E102: unknown issue `I1` | define the issue first: there is none yet",
            "E131: `closed` (2026-11-13) lies before `raised` (2026-11-16) | correct one of the two dates",
            "W135: `closed` has no `closed:`, so no trend can show it | add `closed:` with the day",
        ],
    );
    let risk = &books.registers.risks[0];
    assert_eq!(risk.current.cost, Amount(700_000));
    assert_eq!(risk.current.time, 6 * 480);
    assert_eq!(risk.current.expected_value(), Amount(210_000));
    assert_eq!(risk.remaining().expected_value(), Amount(10_000));
    let action = &books.registers.actions[0];
    assert_eq!((action.id.as_str(), action.from.as_deref()), ("R1.1", Some("R1")));
}

#[test]
fn states_and_dates_agree() {
    let books = check(
        &[
            (
                "changes.yaml",
                "C1: {change: Converters, submitted: 2026-11-12, status: waiting for approval, decided: 2026-11-18}\nC2: {change: Kit, status: approved, impact: {cost: 760 EUR, time: 2d, scope: 12 points}}\nC3: {change: Later, status: postponed}\nC4: {change: Silent, decided: 2026-11-18}\nC5: {change: Built, status: implemented, decided: 2026-11-18}\nC6: {change: Early, status: implemented, implemented: 2026-09-01}\n",
            ),
            (
                "decisions.yaml",
                "D-03:\n  question: Second crew?\n  options: {crew: Two evenings}\n  decision: crew\n",
            ),
            ("issues.yaml", "I1: {issue: Uplink, status: open, resolved: 2026-11-20}\nC1: {issue: Twice}\n"),
        ],
        &[
            "E101: a second entry has the id `C1` | rename one of them, and whatever refers to it",
            "E136: the state `open` contradicts `resolved: 2026-11-20` | correct the state, or remove the date",
            "W135: this decision has no `decided:`, so no trend can show it | add `decided:` with the day",
            "E136: the state `waiting for approval` contradicts `decided: 2026-11-18` | correct the state, or remove the date",
            "W135: `approved` has no `decided:`, so no trend can show it | add `decided:` with the day",
            "W135: this says when it was decided, but not what | add `status:` with `approved`, `rejected` or `postponed`",
            "W135: `implemented` has no `implemented:`, so no trend can show it | add `implemented:` with the day",
            "W135: `implemented` has no `decided:`, so no trend can show it | add `decided:` with the day",
        ],
    );
    let change = &books.registers.changes[1];
    assert_eq!(
        (change.status, change.scope_units, change.time),
        (ChangeStatus::Approved, Some(12), Some(960))
    );
}

#[test]
fn naming_an_entry_that_cannot_be_read_is_no_fault() {
    check(
        &[
            (
                "risks.yaml",
                "R1: {risk: Late, probability: 25%, impact: {time: 2d}, became: I1, links: [R2, D-03]}\nR2: {risk: Early}\n",
            ),
            ("issues.yaml", "I1: {urgency: high}\n"),
            ("decisions.yaml", "D-03: {decision: Yes}\n"),
            ("gates/G1.md", "---\ngate: G1\nbaseline: B1\n---\n"),
            ("baselines/B1.yaml", "baseline: B1\n"),
            (
                "business-case.yaml",
                "rate: 8%\nrate_reason: R\nhorizon: 1\npreferred: a\noptions: {a: {costs: {x: 1 EUR}}}\n",
            ),
            ("updates/2026-11-20.md", "---\nstatus_date: 2026-11-20\ndecision_wanted: D-03\n---\n"),
        ],
        &[
            "E119: this baseline has no `tasks` | add `tasks:` with a name for each entry, and below it `start`, `finish`, `duration`, `budget`, `effort`, `units` or `earned_value`",
            "E119: this option has no `name` | add `name:` with text",
            "E119: this decision has no `question` | add `question:` with text",
            "E119: this issue has no `issue` | add `issue:` with text",
            "E119: this risk has no `probability` | add `probability:` with a percentage from 0% to 100%",
            "E119: this risk has no `impact` | add `impact:` with `cost`, `time` or `quality`",
        ],
    );
}

#[test]
fn requests_and_lessons_are_kept() {
    let books = check(
        &[
            (
                "dependencies.yaml",
                "X1: {team: procurement, request: Order, for: rollout, asked: 2026-09-10}\n",
            ),
            ("lessons.yaml", "L1: {lesson: Ask for stock, date: 2026-11-20}\n"),
            ("actions.yaml", "A1: {do: Call the carrier, owner: anna, due: 2026-11-24}\n"),
        ],
        &[],
    );
    assert_eq!(books.registers.requests[0].needed_for, Some(TaskNo(1)));
    assert_eq!(books.registers.lessons[0].id, "L1");
    assert_eq!(books.registers.actions[0].owner, Some(PersonNo(0)));
}

#[test]
fn amounts_of_the_business_case_fill_the_horizon() {
    let books = check(
        &[(
            "business-case.yaml",
            "rate: 8%\nrate_reason: Group rate\nhorizon: 2\npreferred: tag\noptions:\n  tags:\n    name: Tags\n    costs: {capital: 96_000 EUR, running: [0 EUR, 1 EUR, 2 EUR, 3 EUR]}\n    benefits: {time: {years: [-5 EUR, 24_000 EUR], cashable: false}}\n",
        )],
        &[
            "E138: this is year 3, but the horizon is 2 years | extend `horizon`, or leave out what lies beyond it; the first amount is year 0",
            "E133: a cost or benefit cannot be below zero | write the amount without the minus sign",
            "E102: unknown option `tag` | write `tags`",
        ],
    );
    let case = books.business_case.unwrap();
    assert_eq!(case.rate, 800);
    let likely = |line: &CaseLine| line.years.iter().map(|range| range.likely.0).collect::<Vec<_>>();
    assert_eq!(likely(&case.options[0].costs[0]), [9_600_000, 0, 0]);
    assert_eq!(likely(&case.options[0].costs[1]), [0, 100, 200]);
    assert!(!case.options[0].benefits[0].cashable);
    check(
        &[("business-case.yaml", "rate: 8%\nrate_reason: R\nhorizon: 0\noptions: {a: {name: A}}\n")],
        &["E138: a horizon of 0 years cannot be used | write a number of years from 1 to 30"],
    );
}

#[test]
fn deliverables_are_produced_and_accepted() {
    let books = check(
        &[(
            "deliverables.yaml",
            "D1:\n  deliverable: Design\n  approver: anna\n  accepted: 2026-09-17\n  criteria:\n    - {criterion: Certified, met: 2 of 14}\n    - {criterion: Reviewed, met: yes}\n    - {criterion: Archived}\nD2: {deliverable: Manual, condition: Two chapters missing}\n",
        )],
        &[
            "W109: no task produces the deliverable `D1` | add `produces: D1` to the task that makes it",
            "W109: no task produces the deliverable `D2` | add `produces: D2` to the task that makes it",
            "W135: this speaks of an acceptance that has no date | add `accepted:` with the day of acceptance",
        ],
    );
    let deliverable = &books.deliverables[0];
    assert!(deliverable.acceptance.is_some());
    assert_eq!(deliverable.criteria[0].met, Some((2, 14)));
    assert!(deliverable.criteria[1].is_met());
    assert!(!deliverable.criteria[2].is_met());
}

#[test]
fn counts_of_tests_add_up() {
    let books = check(
        &[(
            "quality.yaml",
            "tests:\n  T1: {name: Fail-over, planned: 14, passed: 6, failed: 2}\n  T2: {name: Wi-Fi, planned: 4, run: 4, passed: 4, failed: 1, blocked: 2}\n",
        )],
        &[
            "E137: 4 passed and 1 failed, but only 4 were run | correct `run`, or the results",
            "E137: 4 were run and 2 are blocked, but only 4 are planned | count each case once: planned is all there are",
        ],
    );
    assert_eq!(books.quality.unwrap().tests[0].run, 8);
}

#[test]
fn defects_may_come_back() {
    let books = check(
        &[(
            "defects.csv",
            "id,title,severity,opened,closed,reopened,owner,belongs_to,workaround\nB2,Slow,S2,2026-11-18,2026-11-16,,tom,rollout,\nB1,Dead,1,2026-11-10,2026-11-12,2026-11-14,,D9,Use cable\nB3,Again,3,2026-11-10,2026-11-16,2026-11-12,,,\nB3,Again,3,2026-11-18,,,,,\n",
        )],
        &[
            "E101: a second defect has the id `B3` | keep one row for each defect: fill `closed` and `reopened` in the first",
            "E131: `closed` (2026-11-16) lies before `opened` (2026-11-18) | correct one of the two dates",
            "E102: `D9` names nothing in this project | name a task, a deliverable or an entry of a register",
        ],
    );
    assert_eq!(books.defects[0].id, "B1");
    assert!(books.defects[0].is_open("2026-11-15".parse().unwrap()));
}

#[test]
fn benefits_and_handover_are_kept() {
    let books = check(
        &[
            (
                "benefits.yaml",
                "B1:\n  benefit: Fewer complaints\n  baseline: 31 complaints\n  target: 10 complaints\n  readings:\n    - {date: 2026-11-20, value: 24}\n    - {date: 2026-10-20, value: 29.5}\nB2: {benefit: Speed, unit: min, baseline: 3 h, target: 45}\n",
            ),
            (
                "handover.yaml",
                "items:\n  H1: {item: Switches, kind: asset, from: tom, to: anna, yearly_cost: 1_200 EUR}\ncriteria:\n  - {criterion: Alerts proven, owner: anna, met: 2026-11-20}\nearly_life: 2026-12-03 .. 2026-12-31\nindicators:\n  - {indicator: Incidents, limit: at most 2 a week, current: 3, within: false}\n",
            ),
        ],
        &["E129: `h` in a benefit that is counted in `min` | convert the number to `min`"],
    );
    let benefit = &books.benefits[0];
    assert_eq!(benefit.unit.as_deref(), Some("complaints"));
    assert_eq!(benefit.readings[0].thousandths, 29_500);
    let handover = books.handover.unwrap();
    assert_eq!(handover.items[0].to, Some(PersonNo(0)));
    assert_eq!(handover.indicators[0].within, Some(false));
}

#[test]
fn gate_pages_name_baselines_and_people() {
    let books = check(
        &[
            (
                "gates/G2.md",
                "---\ngate: G2\ndecision: approve with conditions\ndecided: 2026-09-21\nbaseline: B2\nauthorised: 107_432 EUR until G3\nconditions:\n  - {condition: File request, owner: anna, due: 2026-11-09}\nchecklist:\n  funding confirmed: {answer: yes, owner: ana}\n  freeze considered: partly\nsignatures:\n  - {role: sponsor, person: tom, decision: approve, date: 2026-09-21}\n---\n## Basis\n",
            ),
            ("gates/g3.md", "---\ngate: G2\ndecided: 2026-09-22\n---\n"),
            (
                "baselines/B1.yaml",
                "baseline: B1\nbac: 6_000 EUR\ntasks:\n  survey: {start: 2026-08-13, finish: 2026-08-26, duration: 10d, budget: 6_000 EUR}\n  gone: {start: 2026-08-13, finish: 2026-08-12}\n",
            ),
        ],
        &[
            "E102: unknown baseline `B2` | write `B1`",
            "E102: unknown person `ana` | write `anna`",
            "E139: `G2` stands in a file that is named `g3` | rename the file to `G2.md`, or correct the text",
            "W135: this says when it was decided, but not what | add `decision:`, or write `planned:` for the day on which the board is to meet",
            "E128: a second page speaks of `G2` | merge the two pages",
            "E131: `finish` (2026-08-12) lies before `start` (2026-08-13) | correct one of the two dates",
        ],
    );
    let gate = books.gates.values().next().unwrap();
    assert_eq!(gate.decision, Some(Decision::ApproveWithConditions));
    assert_eq!(gate.authorised, Some(Amount(10_743_200)));
    assert_eq!(gate.checklist[1].answer, Some(Answer::Partly));
    assert_eq!(gate.signatures[0].person, PersonNo(1));
    let baseline = &books.baselines[0];
    assert_eq!(baseline.tasks[&TaskNo(0)].duration.map(|length| length.minutes), Some(4_800));
    assert_eq!(baseline.dropped[0].id.as_str(), "gone");
}

#[test]
fn stages_updates_and_snapshots_are_filed_by_name() {
    let books = check(
        &[
            ("stages/3-execution.md", "---\nstage: execution\nentry: G2 approved\n---\nNights only.\n"),
            ("stages/planing.md", "---\nstage: planning\n---\n"),
            (
                "updates/2026-11-20.md",
                "---\nstatus_date: 2026-11-20\nactuals_to: 2026-11-21\nauthor: anna\ndeclared: amber\ndecision_wanted: D-04\nnext:\n  - Finish the pilot\n---\nLate.\n",
            ),
            ("updates/2026-11-06.md", "---\nstatus_date: 2026-11-13\n---\n"),
            ("decisions.yaml", "D-03: {question: Second crew?}\n"),
            (
                "snapshots/2026-11-20.yaml",
                "status_date: 2026-11-20\nfinish: {baseline: 2026-12-02, forecast: 2027-01-21}\nmilestones: {G3: 2027-01-11}\nevm: {bac: 98_432 EUR}\nexposure: 1_720 EUR\ncolour: {computed: red, declared: amber}\nvalues: {spi: 0.80}\n",
            ),
        ],
        &[
            "E139: `2-planning` stands in a file that is named `planing` | rename the file to `2-planning.md`, or correct the text",
            "E139: `2026-11-13` stands in a file that is named `2026-11-06` | rename the file to `2026-11-13.md`, or correct the text",
            "E131: `status_date` (2026-11-20) lies before `actuals_to` (2026-11-21) | correct one of the two dates",
            "E102: unknown decision `D-04` | write `D-03`",
        ],
    );
    assert_eq!(books.stages.len(), 2);
    assert_eq!(books.updates[0].status_date.to_string(), "2026-11-13");
    assert_eq!(books.snapshots[0].figures.exposure, Some(Amount(172_000)));
}
