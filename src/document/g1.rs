//! G1, mandate and feasibility: is this worth planning?

use serde::Serialize;
use serde_json::Value;

use crate::document::closing::{OPERATIONS, SPONSOR, Signer};
use crate::document::criterion::Criterion;
use crate::document::opening::until_next;
use crate::document::part::{Part, narrative};
use crate::document::{GateDocument, mandate_criteria, to_value};
use crate::format;
use crate::model::{FeasibilityKind, FeasibilityVerdict};
use crate::page::Desk;
use crate::page::benefits::{benefit_table, success_criteria};
use crate::page::business_case::{CaseView, business_case, is_living};
use crate::page::case_options::TOTAL_COST;
use crate::page::explain::{option_anchor, slug};
use crate::page::milestones::milestone_ranges;
use crate::page::outside::{sorted_requests, team_name};
use crate::page::people::key_roles;
use crate::page::raid::assumptions;
use crate::page::rasci::rasci_until;
use crate::page::risks::{coverage, risk_table};
use crate::page::stage_work::stage_work;
use crate::page::view::{Cell, Fact, Row, Status, Table};
use crate::quantity::{Amount, GateId, Stage};

/// The document of G1.
pub struct Mandate;

/// The sections of the document.
#[derive(Debug, Serialize)]
struct Parts {
    /// Why, and what success means.
    purpose: Part,
    /// What is in and out.
    scope: Part,
    /// What people wrote.
    narrative: Part,
    /// Options, costs and benefits.
    case: Part,
    /// Whether it can be done, kind by kind.
    feasibility: Part,
    /// Benefits and who answers for them.
    benefits: Part,
    /// The road ahead.
    roadmap: Part,
    /// What could hurt, what is assumed, what binds.
    risks: Part,
    /// Teams outside the project.
    outside: Part,
    /// Who decides, leads and receives.
    governance: Part,
    /// What the planning stage needs.
    request: Part,
}

impl GateDocument for Mandate {
    fn gate(&self) -> GateId {
        GateId::G1
    }

    fn question(&self) -> &'static str {
        "Is this worth planning?"
    }

    fn ask(&self, desk: &Desk<'_>) -> String {
        let name = &desk.project.project.name;
        let asked = desk.project.asked_at(GateId::G1);
        let up_to =
            asked.map_or_else(String::new, |asked| format!(" up to {}", desk.money_words(asked.amount())));
        format!("Approve the planning of {name}{up_to}{}.", until_next(desk, GateId::G1))
    }

    fn parts(&self, desk: &Desk<'_>) -> Value {
        let project = &desk.project.project;
        to_value(&Parts {
            purpose: Part::new("purpose", "Purpose and success")
                .text(project.goal.as_ref(), "The goal is not recorded: write `goal:` in `project.yaml`.")
                .table(
                    None,
                    success_criteria(desk),
                    "No measure of success is recorded: write `success_criteria:` in `project.yaml`.",
                ),
            scope: Part::new("scope", "Scope")
                .list(
                    "In scope",
                    &project.scope_in,
                    "What is in scope is not recorded: write `scope: {in: …}`.",
                )
                .list(
                    "Out of scope",
                    &project.scope_out,
                    "What is out of scope is not recorded: write `scope: {out: …}`.",
                ),
            narrative: narrative(desk, GateId::G1),
            case: case(business_case(desk), is_living(desk))
                .facts(total_cost(desk))
                .note_if(two_exposures(desk)),
            feasibility: feasibility(desk),
            benefits: Part::new("benefits", "Benefits").table(
                None,
                benefit_table(desk),
                "No benefit with measure, target and owner is recorded: write `benefits.yaml`.",
            ),
            roadmap: Part::new("roadmap", "Roadmap").table(
                None,
                milestone_ranges(desk),
                "The plan has no milestone or gate yet.",
            ),
            risks: risks(desk),
            outside: outside(desk),
            governance: governance(desk),
            request: request(desk),
        })
    }

    fn criteria(&self, desk: &Desk<'_>) -> Vec<Criterion> {
        mandate_criteria::criteria(desk)
    }

    fn signers(&self) -> &'static [Signer] {
        const SIGNERS: &[Signer] = &[SPONSOR, OPERATIONS];
        SIGNERS
    }
}

/// Options as typed beside each other, and the preferred one as it stands on the day of the document where the case lives.
fn case(case: Option<CaseView>, is_living: bool) -> Part {
    let [years, drivers] = if is_living {
        [
            "Preferred option by year, with cost and dates of this day",
            "Net present value when one driver moves, with cost and dates of this day",
        ]
    } else {
        ["Preferred option by year, as typed", "Net present value when one driver moves, as typed"]
    };
    let part = Part::new("case", "Options, costs and benefits");
    match case {
        None => part.missing_if(Some(
            "No option is compared: write `business-case.yaml`, with doing nothing as one of the options.",
        )),
        Some(case) => part
            .lead(case.summary)
            .facts(case.facts)
            .table(Some("Options, as typed"), case.options, "No option is written in `business-case.yaml`.")
            .table(
                Some(years),
                case.years,
                "No option is preferred: write `preferred:` in `business-case.yaml`.",
            )
            .table_if_any(Some("Its lines, as typed"), case.lines)
            .table_if_any(Some(drivers), case.sensitivity)
            .chart(case.cash_line)
            .chart(case.tornado)
            .chart(case.option_bars)
            .note(case.ranking),
    }
}

/// Why the exposure of the preferred option is not that of the register, where both are known and differ.
fn two_exposures(desk: &Desk<'_>) -> Option<String> {
    let case = desk.project.project.business_case.as_ref()?;
    let typed = case.options.get(case.preferred?)?.exposure?;
    let registered = crate::page::risks::outlook(desk).threats;
    (typed != registered && registered > Amount::ZERO).then(|| {
        format!(
            "The exposure of an option, {} of the preferred one, is what was typed when the options were compared. The risks of the \
             register come to {}.",
            desk.money_words(typed),
            desk.money_words(registered)
        )
    })
}

/// What the preferred option costs in all over its years as typed, as the table of options has it.
fn total_cost(desk: &Desk<'_>) -> Option<Fact> {
    let case = desk.project.project.business_case.as_ref()?;
    let figures = desk.project.control.case.as_ref()?;
    let place = figures.preferred?;
    let (option, typed) = (case.options.get(place)?, figures.options.get(place)?);
    let nothing = figures.do_nothing.filter(|other| *other != place);
    let beside = nothing.and_then(|other| {
        let cost = figures.options.get(other)?.total_cost;
        let cost = (cost != Amount::ZERO).then(|| desk.money_words(cost));
        Some((case.options.get(other)?.name.as_str(), cost))
    });
    let fact = Fact {
        note: Some(ownership_words(&option.name, case.horizon, beside)),
        ..Fact::new("Total cost of ownership", desk.money_words(typed.total_cost))
    };
    Some(fact.explained(desk.explained(&format!("{}.{}", option_anchor(place), slug(TOTAL_COST)))))
}

/// What a total cost of ownership is of, and on which basis, beside doing nothing and what that costs in words. Where no cost of
/// doing nothing is typed, it is typed as what the others save: doing nothing is then the yardstick and no total of zero.
fn ownership_words(option: &str, horizon: u32, nothing: Option<(&str, Option<String>)>) -> String {
    let years = format::count(horizon as usize, "year");
    let beside = match nothing {
        None => String::new(),
        Some((name, None)) => format!("; “{name}” is the yardstick"),
        Some((name, Some(cost))) => format!("; “{name}”: {cost}"),
    };
    format!("“{option}”, year 0 and {years}, undiscounted, as typed{beside}")
}

/// Whether it can be done, kind by kind; kinds that nobody looked at say so.
fn feasibility(desk: &Desk<'_>) -> Part {
    let project = &desk.project.project;
    let day = desk.project.status_date;
    let mut table = Table::new(&["Feasible", "What was found", "Verdict", "Looked at by", "Found"]);
    for kind in FeasibilityKind::ALL {
        let of_kind = project.feasibility.iter().filter(|one| one.kind == kind);
        for one in of_kind.filter(|one| one.found.is_none_or(|found| found <= day)) {
            let verdict = match one.verdict {
                Some(FeasibilityVerdict::Feasible) => Status::green("Feasible"),
                Some(FeasibilityVerdict::WithConditions) => Status::amber("Feasible with conditions"),
                Some(FeasibilityVerdict::NotFeasible) => Status::red("Not feasible"),
                None => Status::unknown("Not judged"),
            };
            let mut finding = desk.line(&one.finding);
            finding.note = one.evidence.as_ref().map(|text| crate::prose::inline_text(&text.markdown));
            table.push(Row::new(vec![
                Cell::text(format::sentence_start(kind.key())),
                finding,
                Cell::status(verdict),
                desk.person(one.by),
                desk.date(one.found)
                    .explained(desk.href_of_field(one.origin, "found").filter(|_| one.found.is_some())),
            ]));
        }
    }
    let is_open = |kind: &FeasibilityKind| !project.feasibility.iter().any(|one| one.kind == *kind);
    let open: Vec<String> =
        FeasibilityKind::ALL.into_iter().filter(is_open).map(|kind| kind.key().to_owned()).collect();
    let part = Part::new("feasibility", "Feasibility").table_if_any(None, table);
    if open.len() == FeasibilityKind::ALL.len() {
        return part.missing_if(Some(
            "Whether it can be done is not recorded: write `feasibility:` in `project.yaml`, kind by kind.",
        ));
    }
    let words = format!(
        "Nobody has written down whether it is feasible in these respects: {}.",
        format::listed(&open)
    );
    part.missing_if((!open.is_empty()).then_some(words.as_str()))
}

fn risks(desk: &Desk<'_>) -> Part {
    let project = &desk.project.project;
    let part = Part::new("risks", "Risks, assumptions, constraints").lead(coverage(desk));
    let open = risk_table(desk);
    let part = if project.registers.risks.is_empty() {
        let told = ("Write `risks.yaml`.", "no risk had been raised");
        part.table_by_then(desk, (None, open), told)
    } else {
        part.table_or(Some("Open risks, worst first"), open, "No risk was open on this day.")
    };
    let part = part.table(
        Some("Assumptions"),
        assumptions(desk),
        "No assumption is recorded: write `assumptions:` in `project.yaml`.",
    );
    part.list(
        "Constraints",
        &project.constraints,
        "No constraint is recorded: write `constraints:` in `project.yaml`.",
    )
}

/// Who decides, leads and receives, and who has which part in the work of the first two stages.
fn governance(desk: &Desk<'_>) -> Part {
    let part = Part::new("governance", "Governance").facts(key_roles(desk));
    match rasci_until(desk, Stage::Planning) {
        Some(rasci) => part
            .table_if_any(Some("Who has which part in the work up to G2"), rasci.table)
            .note(rasci.sentence)
            .missing_if(rasci.missing.as_deref()),
        None => part,
    }
}

/// Whom the project will ask for something.
pub(super) fn outside(desk: &Desk<'_>) -> Part {
    let mut table = Table::new(&["Team", "", "Request", "For", "Needed by", "Promised", "#Margin", "State"]);
    for (request, position) in sorted_requests(desk) {
        table.push(Row::new(vec![
            Cell::text(team_name(&request.team)),
            Cell::text(request.id.to_string()).class("nowrap"),
            desk.line(&request.request),
            request.needed_for.map_or_else(Cell::nothing, |task| desk.task(task)),
            desk.date(position.needed_by),
            desk.date(request.promised),
            crate::page::outside::margin(desk, request, position),
            Cell::status(crate::page::outside::state(position)),
        ]));
    }
    Part::new("outside", "Outside teams").table_by_then(
        desk,
        (None, table),
        (
            "Write what business data, security and compliance and procurement are asked for into `dependencies.yaml`.",
            "nothing had been asked of another team",
        ),
    )
}

/// What the planning stage needs: its tasks, its budget.
fn request(desk: &Desk<'_>) -> Part {
    let control = &desk.project.control;
    if control.is_stopped {
        return Part::new("request", "Request for the planning stage")
            .note("The board has stopped the project: nothing is asked for planning.".to_owned());
    }
    let budget: Amount = desk
        .project
        .tasks()
        .filter(|(_, task, _)| task.stage == Stage::Planning)
        .map(|(number, _, _)| control.tasks[number.0 as usize].budget)
        .sum();
    let work = stage_work(desk, Stage::Planning);
    let mut part = Part::new("request", "Request for the planning stage")
        .lead(Some(format!("The tasks of the planning stage are budgeted at {}.", desk.money_words(budget))))
        .table(None, work.table, "The plan has no task in the planning stage.");
    part.notes.extend(work.listed);
    part
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Doing nothing used to stand there with a total of zero, though its costs are what the others save.
    #[test]
    fn the_yardstick_of_a_case_has_no_total_cost_of_its_own() {
        let words = |nothing| ownership_words("Replace", 5, nothing).replace('\u{a0}', " ");
        assert_eq!(
            words(Some(("Do nothing", None))),
            "“Replace”, year 0 and 5 years, undiscounted, as typed; “Do nothing” is the yardstick"
        );
        assert_eq!(
            words(Some(("Do nothing", Some("9 000 EUR".to_owned())))),
            "“Replace”, year 0 and 5 years, undiscounted, as typed; “Do nothing”: 9 000 EUR"
        );
        assert_eq!(words(None), "“Replace”, year 0 and 5 years, undiscounted, as typed");
    }
}
