//! G2, plan and baseline: is there one credible plan that we are willing to be measured against?

use serde::Serialize;
use serde_json::Value;

use crate::control::ReferenceSource;
use crate::diagnostic::Severity;
use crate::document::annex::findings_as_of;
use crate::document::closing::{OPERATIONS, SPONSOR, Signer};
use crate::document::criterion::{Count, Criterion};
use crate::document::g1::outside;
use crate::document::opening::{released_before, until_next};
use crate::document::part::{Part, narrative};
use crate::document::tolerances::control;
use crate::document::work_breakdown::work_breakdown;
use crate::document::{GateDocument, to_value, undated};
use crate::format;
use crate::model::{Baseline, BuiltIn, GateRecord, Ground, TaskKind, TaskNo, Text};
use crate::page::Desk;
use crate::page::deliverables::deliverable_rows;
use crate::page::desk::days_of;
use crate::page::driving_path::driving_path;
use crate::page::explain::{planned_anchor, slug};
use crate::page::load_table::{by_month, load_table};
use crate::page::milestones::milestone_ranges;
use crate::page::people::key_roles;
use crate::page::plan_measures::{points_sentence, points_table};
use crate::page::planning_cycles::{
    COUNTED, cycles_rule, cycles_title, effort_of, planning_cycles, work_packages,
};
use crate::page::risks::{coverage, outlook_judged, risk_table, threats_in_words};
use crate::page::unread::why_not;
use crate::page::view::{Cell, Fact, Row, Table};
use crate::page::{budget, reserves, tests_and_defects};
use crate::quantity::{Amount, GateId, Id, Stage, Window};
use crate::report::{Asked, FieldState, Item};
use crate::statement::{Field, Thing};

/// The document of G2.
pub struct PlanAndBaseline;

/// The sections of the document.
#[derive(Debug, Serialize)]
struct Parts {
    /// How the plan came about.
    basis: Part,
    /// What is delivered and how it is accepted.
    deliverables: Part,
    /// What work there is.
    work: Part,
    /// Milestones and the way to the finish.
    schedule: Part,
    /// Whether the schedule holds together.
    soundness: Part,
    /// Who has how much to do.
    resources: Part,
    /// Budget and funding.
    budget: Part,
    /// What could hurt, and what is set aside for it.
    risks: Part,
    /// How quality is planned.
    quality: Part,
    /// How it buys, stays secure and lawful, treats data and informs.
    plans: Part,
    /// Teams outside the project.
    outside: Part,
    /// How it goes to its owner.
    transition: Part,
    /// Tolerances, reporting, who is asked when they break.
    control: Part,
    /// How the plan changed until it stood.
    cycles: Part,
}

impl GateDocument for PlanAndBaseline {
    fn gate(&self) -> GateId {
        GateId::G2
    }

    fn question(&self) -> &'static str {
        "Do we have one credible plan that we are willing to be measured against?"
    }

    fn ask(&self, desk: &Desk<'_>) -> String {
        let control = &desk.project.control;
        let what = match &control.reference.source {
            ReferenceSource::Baseline { id, .. } => match approved_before(desk, id) {
                Some(gate) => format!("Confirm baseline {id}, which {gate} has approved"),
                None => format!("Approve baseline {id}"),
            },
            ReferenceSource::Plan => "Approve the plan as baseline".to_owned(),
        };
        let promise =
            format!("{}; budget {}", finish_asked(desk), desk.money_words(control.reference.budget));
        let until = until_next(desk, GateId::G2);
        let before = released_before(desk, GateId::G2);
        let asked = desk.project.asked_at(GateId::G2).filter(|asked| {
            // What was released already is not asked for again.
            before.is_none_or(|(_, before)| asked.amount() > before)
        });
        match (asked, before) {
            (None, None) => format!("{what} ({promise}) and begin the work{until}."),
            (None, Some((gate, before))) => format!(
                "{what} ({promise}) and begin the work{until}, within the {} that {gate} has released.",
                desk.money_words(before)
            ),
            (Some(asked), before) => {
                let with_reserve =
                    matches!(asked, Asked::Plan { contingency, .. } if contingency > Amount::ZERO);
                let of_what = if with_reserve { " (budget and contingency)" } else { "" };
                let newly = before.map_or_else(String::new, |(gate, before)| {
                    format!(", {} more than {gate} has released", desk.money_words(asked.amount() - before))
                });
                format!(
                    "{what} ({promise}) and to release {}{of_what}{until}{newly}.",
                    desk.money_words(asked.amount())
                )
            }
        }
    }

    fn parts(&self, desk: &Desk<'_>) -> Value {
        to_value(&Parts {
            basis: narrative(desk, GateId::G2),
            deliverables: Part::new("deliverables", "Deliverables and how they are accepted").table(
                None,
                deliverable_rows(desk, |_| true),
                "No deliverable is recorded: write `deliverables.yaml`.",
            ),
            work: Part::new("work", "Work breakdown").table(
                None,
                work_breakdown(desk),
                "The plan has no work.",
            ),
            schedule: Part::new("schedule", "Schedule and critical path")
                .table(
                    Some("Milestones and gates"),
                    milestone_ranges(desk),
                    "The plan has no milestone or gate.",
                )
                .table(Some("The path that drives the finish"), path(desk), "The plan has no task.")
                .chart(desk.chart("gantt-page")),
            soundness: Part::new("soundness", "Quality of the schedule")
                .lead(Some(points_sentence(desk)))
                .table(Some("The fourteen points"), points_table(desk), "The plan has no task.")
                .chart(desk.chart("float-spread")),
            resources: resources(desk),
            budget: Part::new("budget", "Budget and funding")
                .table(
                    Some("By category"),
                    budget::categories(desk),
                    "The plan costs nothing as it is written.",
                )
                .table_if_any(Some("By month"), planned_by_month(desk))
                .rounded(desk, &months_as_sums(desk))
                .table_if_any(Some("Reserves"), reserves::reserves(desk))
                .table(
                    Some("Funding"),
                    budget::funding(desk),
                    "No funding is recorded: write `funding:` in `budget.yaml`.",
                )
                .chart(desk.chart("s-curve")),
            risks: Part::new("risks", "Risks and reserves").lead(coverage(desk)).table_by_then(
                desk,
                (None, risk_table(desk)),
                ("Write `risks.yaml`.", "no risk had been raised"),
            ),
            quality: quality(desk),
            plans: plans(desk),
            outside: outside(desk),
            transition: transition(desk),
            control: control(desk),
            cycles: cycles(desk),
        })
    }

    fn criteria(&self, desk: &Desk<'_>) -> Vec<Criterion> {
        let project = &desk.project.project;
        let control = &desk.project.control;
        let day = desk.project.status_date;
        let schedule = || desk.href_page("schedule");
        let needed = desk.project.funding_need();
        let funding = control.spending.funding;
        // What all sources together lack says itself.
        let mut not_funded = control.spending.not_funded(project);
        not_funded.retain(|_| funding >= needed);
        let work = || project.tasks.iter().filter(|task| task.is_work());
        let threats = outlook_judged(desk).threats;
        let errors = errors(desk);
        let tied_work = crate::check::tied_work(desk.project);
        vec![
            baseline_frozen(desk),
            Criterion::of_some(
                BuiltIn::DeliverablesAgreed,
                Count::of(&project.deliverables, |deliverable| {
                    deliverable.approver.is_some() && !deliverable.criteria.is_empty()
                }),
                "no deliverable is recorded",
            )
            .seen_on("Deliverables", desk.href_page("deliverables")),
            Criterion::of_some(
                BuiltIn::DeliverablesOwned,
                Count::of(&project.deliverables, |deliverable| deliverable.owner.is_some()),
                "no deliverable is recorded",
            )
            .seen_on("Deliverables", desk.href_page("deliverables")),
            Criterion::of_some(
                BuiltIn::WorkStaffed,
                Count::of(work(), |task| !task.assignments.is_empty() || !task.costs.is_empty()),
                "the plan has no work",
            )
            .seen_on("Schedule", schedule()),
            of_work(desk, BuiltIn::WorkOwned, Field::Owner),
            of_work(desk, BuiltIn::WorkEstimated, Field::Basis),
            tied(desk, BuiltIn::WorkFollows, tied_work.n_starts, &tied_work.open_starts),
            tied(desk, BuiltIn::WorkFollowed, tied_work.n_finishes, &tied_work.open_finishes),
            without_flags(desk),
            Criterion::holds(BuiltIn::ContingencyCovers, {
                let has_risks = project.registers.risks.iter().any(|risk| risk.is_open(day));
                has_risks.then_some(control.spending.contingency.remaining >= threats)
            })
            .comment(format!(
                "{} against {}",
                desk.money_words(control.spending.contingency.remaining),
                threats_in_words(desk)
            ))
            .seen_on("Risks", desk.href_page("raid")),
            Criterion::holds(BuiltIn::FundingCovers, Some(funding >= needed && not_funded.is_empty()))
                .comment(format!(
                    "{} for {}{}",
                    desk.money_words(funding),
                    desk.money_words(needed),
                    not_funded_words(desk, &not_funded)
                ))
                .seen_on("Budget", desk.href_page("budget")),
            Criterion::of_all(
                BuiltIn::RequestsPromised,
                Count::of(
                    project.registers.requests.iter().filter(|request| request.is_asked(day)),
                    |request| request.promised.is_some(),
                ),
            )
            .seen_on("Outside teams", desk.href_page("outside")),
            Criterion::of_some(
                BuiltIn::PlansWritten,
                Count::of(plans_of(desk), |(_, _, text)| text.is_some()),
                "",
            ),
            Criterion::holds(BuiltIn::ReceivingOwnerNamed, Some(project.operations_owner.is_some())),
            Criterion::asked_of_people(BuiltIn::OperationsAgreed),
            Criterion::holds(BuiltIn::NoErrorOpen, Some(errors == 0))
                .comment(format::count(errors, "error"))
                .seen_on("Plan quality", desk.href_page("quality")),
        ]
    }

    fn signers(&self) -> &'static [Signer] {
        const SIGNERS: &[Signer] = &[SPONSOR, OPERATIONS];
        SIGNERS
    }
}

/// What no source pays for although all of them together are enough, in words: `; no source pays for 40 000 EUR of labour`.
fn not_funded_words(desk: &Desk<'_>, missing: &[(&str, Amount)]) -> String {
    let words = missing.iter().map(|(category, amount)| {
        let name = if category.is_empty() { "the reserves" } else { category };
        format!("{} of {name}", desk.money_words(*amount))
    });
    let words: Vec<String> = words.collect();
    if words.is_empty() { String::new() } else { format!("; no source pays for {}", format::listed(&words)) }
}

/// The finish that the board is asked for: the promised one, and beside it what is forecast where that is another.
///
/// Where no baseline is frozen yet, what would be frozen is the plan; a board that approves it must know where it leads, and so the
/// chance stands beside it. That of a promise says the sentence below the ask.
fn finish_asked(desk: &Desk<'_>) -> String {
    let control = &desk.project.control;
    if let Some(why) = why_not(desk, &[Ground::Promise]) {
        return format!("finish not known ({why})");
    }
    let promised = control.reference.finish;
    let is_plan = matches!(control.reference.source, ReferenceSource::Plan);
    let chance = desk.project.risk.as_ref().filter(|_| is_plan).map_or_else(String::new, |risk| {
        format!(", kept in {}", format::of_the_runs(risk.finish.chance_of(control.promised_finish())))
    });
    let asked = format!("finish {}{chance}", format::date(promised));
    match desk.project.finish() {
        Some(forecast) if forecast != promised => {
            format!("{asked}, though {} is forecast", format::date(forecast))
        }
        _ => asked,
    }
}

/// The gate before this one at which a baseline was approved already; none where it is new.
fn approved_before(desk: &Desk<'_>, baseline: &Id) -> Option<GateId> {
    let day = desk.project.status_date;
    let earlier = desk.project.project.gates.values().filter(|record| record.gate < GateId::G2);
    let approved = |record: &&GateRecord| record.baseline.as_ref() == Some(baseline) && record.is_passed(day);
    earlier.filter(approved).map(|record| record.gate).next()
}

/// Whether a baseline is frozen: the one that the decision names or that names the decision, be it frozen with a later report, else the one
/// in force.
fn baseline_frozen(desk: &Desk<'_>) -> Criterion {
    let project = &desk.project.project;
    let gate = project.gates.get(&GateId::G2);
    let is_of_gate = |one: &&Baseline| gate.is_some_and(|gate| one.is_of_gate(gate));
    let in_force = desk.project.control.reference.baseline_id();
    let of_gate = project.baselines.iter().rev().find(is_of_gate);
    let found = of_gate.or_else(|| project.baselines.iter().find(|one| Some(&one.id) == in_force));
    Criterion::holds(BuiltIn::BaselineFrozen, Some(found.is_some())).comment(match found {
        Some(baseline) => {
            let days = [("", baseline.approved), ("frozen ", baseline.frozen_later())];
            let days =
                days.into_iter().filter_map(|(word, day)| Some(format!(", {word}{}", format::date(day?))));
            format!("{}{}", baseline.id, days.collect::<String>())
        }
        None => "no file in `baselines/` was approved by this day".to_owned(),
    })
}

/// A criterion about a field of every task of work.
fn of_work(desk: &Desk<'_>, criterion: BuiltIn, field: Field) -> Criterion {
    let items = desk.project.items(Thing::Task);
    Criterion::of_some(criterion, Count::of(&items, |item| is_filled(item, field)), "the plan has no work")
        .seen_on("Schedule", desk.href_page("schedule"))
}

/// A criterion about one end of all work: of how many tasks it is tied, and the first of those of which it is not.
fn tied(desk: &Desk<'_>, criterion: BuiltIn, of: usize, open: &[TaskNo]) -> Criterion {
    /// So many tasks are named.
    const NAMED: usize = 4;
    let counted = Criterion::of_all(criterion, Count { good: of - open.len(), of })
        .seen_on("Schedule", desk.href_page("schedule"));
    if open.is_empty() {
        return counted;
    }
    let name = |number: &TaskNo| desk.project.project.task(*number).name.clone();
    let mut names: Vec<String> = open.iter().take(NAMED).map(name).collect();
    if open.len() > NAMED {
        names.push(format!("{} more", open.len() - NAMED));
    }
    counted.comment(format!("{} of {of}, not: {}", of - open.len(), format::listed(&names)))
}

fn is_filled(item: &Item, field: Field) -> bool {
    item.field(field) == Some(FieldState::Filled(true))
}

/// The fourteen points, of which none is to raise a flag; what a waiver lets pass on the day of the document raises none.
fn without_flags(desk: &Desk<'_>) -> Criterion {
    let points = crate::check::fourteen_points(desk.project);
    let day = desk.project.status_date;
    let in_force = || desk.project.project.waivers.iter().filter(|waiver| day <= waiver.until);
    let is_waived = |label: &str| {
        let mut rules = crate::check::rules_of_point(label).iter();
        rules.any(|rule| in_force().any(|waiver| [rule.code, rule.name].contains(&waiver.rule.as_str())))
    };
    let flagged = points.iter().filter(|point| point.flagged == Some(true)).map(|point| point.label);
    let (waived, flagged): (Vec<&str>, Vec<&str>) = flagged.partition(|label| is_waived(label));
    let named = |labels: &[&str]| {
        format!("{} {}", if labels.len() == 1 { "point" } else { "points" }, labels.join(", "))
    };
    let said =
        if flagged.is_empty() { "no flag".to_owned() } else { format!("flags at {}", named(&flagged)) };
    let comment =
        if waived.is_empty() { said } else { format!("{said}; let pass by waiver: {}", named(&waived)) };
    Criterion::holds(BuiltIn::PlanWithoutFlags, Some(flagged.is_empty()))
        .comment(comment)
        .seen_on("Plan quality", desk.href_page("quality"))
}

fn path(desk: &Desk<'_>) -> Table {
    let mut table = Table::new(&["Task", "From and to", "Why then", "State"]);
    for step in driving_path(desk) {
        table.push(Row::new(vec![
            step.task,
            Cell::text(step.dates).class("date"),
            Cell::text(format::sentence_start(&step.why)).note_if(step.waits),
            Cell::status(step.state),
        ]));
    }
    table
}

fn resources(desk: &Desk<'_>) -> Part {
    let part = Part::new("resources", "People and load").facts(key_roles(desk));
    let (by_month_title, by_month) = by_month(desk);
    match load_table(desk) {
        Some(load) => part
            .lead(Some(load.sentence))
            .table_if_any(Some(by_month_title), by_month)
            .table_if_any(Some("Weeks with too much"), load.overbooked)
            .chart(desk.chart("load-bars")),
        None => part.missing_if(Some("Nobody is assigned to work that is left.")),
    }
}

fn quality(desk: &Desk<'_>) -> Part {
    let approach = desk.project.project.quality.as_ref().and_then(|quality| quality.approach.as_ref());
    Part::new("quality", "Quality and acceptance")
        .text(approach, "The approach to quality is not recorded: write `approach:` in `quality.yaml`.")
        .table(
            Some("Tests planned"),
            tests_and_defects::tests_planned(desk),
            "No test is planned: write `tests:` in `quality.yaml`.",
        )
}

/// What is to be planned with other teams: its name, the field under `plans:`, and the text.
fn plans_of<'a>(desk: &Desk<'a>) -> [(&'static str, &'static str, Option<&'a Text>); 4] {
    let plans = &desk.project.project.plans;
    [
        ("Procurement", "procurement", plans.procurement.as_ref()),
        ("Security and compliance", "security", plans.security.as_ref()),
        ("Business data", "data", plans.data.as_ref()),
        ("Communication", "communication", plans.communication.as_ref()),
    ]
}

/// How the project goes about what other teams have a say in.
fn plans(desk: &Desk<'_>) -> Part {
    let all = plans_of(desk);
    let written = all.iter().filter_map(|(label, _, text)| Some(Fact::of(*label, desk.line((*text)?))));
    let open: Vec<String> =
        all.iter().filter(|(_, _, text)| text.is_none()).map(|(_, field, _)| format!("`{field}:`")).collect();
    let words = format!("Not recorded: write {} under `plans:` in `project.yaml`.", format::listed(&open));
    Part::new("plans", "Procurement, security, data and communication")
        .facts(written)
        .missing_if((!open.is_empty()).then_some(words.as_str()))
}

/// What changes hands, what must hold before, and who receives it.
fn transition(desk: &Desk<'_>) -> Part {
    let project = &desk.project.project;
    let handover = project.handover.as_ref();
    let mut items = Table::new(&["What changes hands", "Kind", "From", "To"]);
    for item in handover.into_iter().flat_map(|handover| &handover.items) {
        items.push(Row::new(vec![
            desk.line(&item.item),
            Cell::maybe(item.kind.as_deref().map(format::sentence_start)),
            desk.person(item.from),
            desk.person(item.to),
        ]));
    }
    let mut criteria = Table::new(&["What must hold before operations accepts", "Owner"]);
    for criterion in handover.into_iter().flat_map(|handover| &handover.criteria) {
        criteria.push(Row::new(vec![desk.line(&criterion.criterion), desk.person(criterion.owner)]));
    }
    let window = handover.and_then(|handover| handover.early_life.map(|window| (window, handover.origin)));
    Part::new("transition", "Transition")
        .facts([Fact::of("Receives it", desk.person(project.operations_owner))])
        .facts(window.map(|(window, origin)| early_life(desk, window).explained(desk.href_place(origin))))
        .missing_if(
            project
                .operations_owner
                .is_none()
                .then_some("The receiving owner is not named: write `operations_owner:` in `project.yaml`."),
        )
        .table(None, items, "What changes hands is not recorded: write `items:` in `handover.yaml`.")
        .table(
            Some("Service acceptance"),
            criteria,
            "No criterion of service acceptance is recorded: write `criteria:` in `handover.yaml`.",
        )
}

/// When the project supports what it made. Days that later files name are not those of a plan gone by: only how long it lasts is.
fn early_life(desk: &Desk<'_>, window: Window) -> Fact {
    let label = "Early-life support";
    if undated::is_of_its_time(desk) {
        return Fact::new(label, format::window(window));
    }
    let note = format!("{} by the files of {}", format::window(window), format::date(desk.project.files_of));
    Fact {
        note: Some(note),
        ..Fact::new(label, days_of(desk.working_days_from(window.first(), window.last_day()) + 1))
    }
}

/// The planned cost of each month with what it is made of.
fn months_as_sums(desk: &Desk<'_>) -> Vec<(Amount, Vec<Amount>)> {
    let months = desk.project.control.ledger.planned.months.iter();
    months.map(|month| (month.total, month.by_category.clone())).collect()
}

/// Planned cost by month and category, in whole units of the currency.
fn planned_by_month(desk: &Desk<'_>) -> Table {
    let planned = &desk.project.control.ledger.planned;
    let mut table = Table::new(&["Month"]);
    let names = planned.categories.iter().map(|name| format::sentence_start(name));
    table.head.extend(names.chain(["In all".to_owned()]));
    table.numeric.extend(std::iter::repeat_n(true, planned.categories.len() + 1));
    let precision = format::Precision::whole(desk.project.project.currency);
    for month in &planned.months {
        let anchor = planned_anchor(month.first);
        let shown = |amount: Amount, part: &str| {
            Cell::text(precision.money(amount)).explained(desk.explained(&format!("{anchor}.{part}")))
        };
        let mut cells = vec![Cell::text(format::month_of(month.first))];
        let amounts = planned.categories.iter().zip(&month.by_category);
        cells.extend(amounts.map(|(name, amount)| shown(*amount, &slug(name))));
        cells.push(shown(month.total, "total"));
        table.push(Row::new(cells));
    }
    table
}

/// The baselines that were approved by the day of the document, be they frozen later; the time of people where one of them says it.
pub(super) fn baselines(desk: &Desk<'_>) -> Table {
    let day = desk.project.status_date;
    let all = desk.project.project.baselines.iter();
    let baselines: Vec<&Baseline> =
        all.filter(|one| one.approved.is_none_or(|approved| approved <= day)).collect();
    let has_effort = baselines.iter().any(|baseline| baseline.effort().is_some());
    let mut table = Table::new(if has_effort {
        &["Baseline", "Approved", "Finish", "#Budget", "#Effort", "#Work packages", "Revision"]
    } else {
        &["Baseline", "Approved", "Finish", "#Budget", "#Work packages", "Revision"]
    });
    for baseline in baselines {
        let place = || desk.href_place(baseline.origin);
        let mut cells = vec![
            Cell::text(baseline.id.to_string()),
            desk.date(baseline.approved)
                .note_if(baseline.frozen_later().map(|frozen| format!("frozen {}", format::date(frozen)))),
            desk.date(baseline.finish),
            Cell::maybe(baseline.budget.map(|budget| desk.money(budget))).explained(place()),
            Cell::text(format::whole(work_packages(&desk.project.project, baseline))).explained(place()),
            Cell::maybe(baseline.source_revision.clone()).class("mono"),
        ];
        if has_effort {
            let effort = effort_of(&desk.project.project, baseline);
            cells.insert(4, Cell::maybe(effort).explained(place()));
        }
        table.push(Row::new(cells));
    }
    table
}

/// Baselines until the day of the document, and what was reported while planning.
fn cycles(desk: &Desk<'_>) -> Part {
    let slot = desk
        .project
        .tasks()
        .filter(|(_, task, _)| task.stage == Stage::Planning && !matches!(task.kind, TaskKind::Gate(_)));
    let n_tasks = slot.count();
    let (baselines, cycles) = (baselines(desk), planning_cycles(desk));
    let rule = (!cycles.rows.is_empty()).then(|| cycles_rule(desk));
    let is_counted = !baselines.rows.is_empty() || !cycles.rows.is_empty();
    Part::new("cycles", "How the plan came to stand")
        .lead(Some(format!("The planning stage has {}.", format::count(n_tasks, "task"))))
        .table(Some("Baselines"), baselines, "No baseline is frozen yet: approve the gate and freeze one.")
        .table_or(
            Some(cycles_title(desk)),
            cycles,
            "No report was frozen while planning, so no cycle is known.",
        )
        .note_if(rule)
        .note_if(is_counted.then(|| COUNTED.to_owned()))
}

/// How many errors the files and the plan hold, waived ones left out; of a gate that was decided as of the day of its decision.
fn errors(desk: &Desk<'_>) -> usize {
    let found = findings_as_of(desk);
    found.iter().filter(|one| one.severity == Severity::Error && one.waiver.is_none()).count()
}
