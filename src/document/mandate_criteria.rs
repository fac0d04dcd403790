//! What a mandate is asked by: the themes of the phase-exit checklist for initiation (PM² v3) and what makes a case comparable.
//!
//! Comes in: the project as its mandate shows it. Goes out: the criteria of G1 with their answers. What the files cannot tell is asked
//! of people.

use jiff::civil::Date;

use crate::control::{DimensionKind, case_year, tolerances_left};
use crate::document::criterion::{Count, Criterion};
use crate::format;
use crate::model::{
    Assignee, Assignment, BuiltIn, BusinessCase, CaseLine, FeasibilityKind, FeasibilityVerdict, PersonNo,
    Task, TaskNo,
};
use crate::page::Desk;
use crate::page::case_words::in_money_alone;
use crate::plan::State;
use crate::quantity::{Amount, GateId, Stage};

/// So many options the phase-exit checklist asks for, doing nothing among them.
const OPTIONS: usize = 4;

/// The logs that are opened with the project (PM²), by their files.
const LOGS: [(&str, &str); 3] =
    [("risks", "risks.yaml"), ("issues", "issues.yaml"), ("decisions", "decisions.yaml")];

/// What is answered where there is no business case.
const NO_CASE: &str = "no business case is recorded";

/// The criteria of G1, each with its answer.
#[must_use]
pub(super) fn criteria(desk: &Desk<'_>) -> Vec<Criterion> {
    let project = &desk.project.project;
    let mut criteria = of_mandate(desk);
    criteria.extend(of_case(desk));
    criteria.extend([
        Criterion::asked_of_people(BuiltIn::ApproachChosen),
        Criterion::asked_of_people(BuiltIn::SynergiesSought),
        Criterion::of_some(
            BuiltIn::FeasibilityFound,
            Count::of(FeasibilityKind::ALL, |kind| is_feasible(desk, *kind)),
            "nothing is recorded",
        ),
        Criterion::of_all(
            BuiltIn::RisksAnswered,
            Count::of(
                project.registers.risks.iter().filter(|risk| risk.is_open(desk.project.status_date)),
                |risk| risk.owner.is_some() && risk.response.is_some(),
            ),
        )
        .seen_on("Risks", desk.href_page("raid")),
        logs_open(desk),
    ]);
    criteria.extend(of_resources(desk));
    criteria.push(operations_consulted(desk));
    criteria
}

/// What is asked of mandate, plan and registers.
fn of_mandate(desk: &Desk<'_>) -> Vec<Criterion> {
    let project = &desk.project.project;
    let is_scoped = !project.scope_in.is_empty() && !project.scope_out.is_empty();
    let n_points = project.tasks.iter().filter(|task| task.is_point()).count();
    let (n_assumptions, n_constraints) = (project.assumptions.len(), project.constraints.len());
    vec![
        Criterion::holds(BuiltIn::GoalAndScopeWritten, Some(project.goal.is_some() && is_scoped)),
        Criterion::holds(
            BuiltIn::RolesNamed,
            Some(
                project.sponsor.is_some()
                    && project.project_manager.is_some()
                    && project.operations_owner.is_some(),
            ),
        )
        .seen_on("People", desk.href_page("people")),
        Criterion::holds(BuiltIn::SteeringGroupNamed, Some(!project.steering.is_empty()))
            .seen_on("People", desk.href_page("people")),
        Criterion::holds(BuiltIn::StakeholdersRecorded, Some(!project.stakeholders.is_empty()))
            .comment(format::count(project.stakeholders.len(), "stakeholder"))
            .seen_on("People", desk.href_page("people")),
        Criterion::of_some(
            BuiltIn::SuccessMeasurable,
            Count::of(&project.success_criteria, |criterion| {
                criterion.target.is_some() && criterion.by.is_some()
            }),
            "no measure of success is recorded",
        )
        .seen_on("Deliverables", desk.href_page("deliverables")),
        Criterion::of_all(
            BuiltIn::NeedsTraced,
            Count::of(&project.requirements, |requirement| !requirement.delivered_by.is_empty()),
        )
        .seen_on("Deliverables", desk.href_page("deliverables")),
        Criterion::of_some(
            BuiltIn::BenefitsMeasurable,
            Count::of(&project.benefits, |benefit| {
                benefit.measure.is_some() && benefit.target.is_some() && benefit.due.is_some()
            }),
            "no benefit is recorded",
        )
        .seen_on("Benefits", desk.href_page("benefits")),
        Criterion::holds(BuiltIn::FundingNamed, Some(!project.budget.funding.is_empty()))
            .seen_on("Budget", desk.href_page("budget")),
        Criterion::holds(BuiltIn::AssumptionsWritten, Some(n_assumptions > 0 && n_constraints > 0))
            .comment(format!(
                "{} and {}",
                format::count(n_assumptions, "assumption"),
                format::count(n_constraints, "constraint")
            ))
            .seen_on("Assumptions", desk.href_page("raid")),
        Criterion::holds(BuiltIn::RoadmapDrawn, Some(n_points > 0))
            .comment(format!("{n_points} in the plan"))
            .seen_on("Schedule", desk.href_page("schedule")),
        Criterion::holds(BuiltIn::ClassificationSet, Some(project.classification.is_some())),
    ]
}

/// What is asked of the business case; without one nothing of it holds.
fn of_case(desk: &Desk<'_>) -> Vec<Criterion> {
    let case = desk.project.project.business_case.as_ref();
    let preferred = desk.project.control.case.as_ref().and_then(|case| case.preferred_now());
    let page = || desk.href_page("business-case");
    vec![
        options_compared(case).seen_on("Business case", page()),
        Criterion::of_required(
            BuiltIn::DoNothingCompared,
            case.map(|case| case.do_nothing.is_some()),
            NO_CASE,
        )
        .seen_on("Business case", page()),
        Criterion::of_required(
            BuiltIn::RateReasoned,
            case.map(|case| case.rate_reason.is_some() && case.optimism.is_some()),
            NO_CASE,
        ),
        Criterion::asked_of_people(BuiltIn::SunkCostLeftOut),
        both_sides_costed(desk, case).seen_on("Business case", page()),
        match preferred {
            Some(option) => {
                let alone =
                    in_money_alone(desk, option).map_or_else(String::new, |words| format!(", {words}"));
                Criterion::holds(BuiltIn::PreferredGains, Some(option.npv > Amount::ZERO))
                    .comment(format!("net present value {}{alone}", desk.money_words(option.npv)))
            }
            None => Criterion::of_required(BuiltIn::PreferredGains, None, "no option is preferred"),
        },
        Criterion::of_required(
            BuiltIn::BenefitsAnsweredFor,
            case.map(|case| case.benefits_owner.is_some()),
            NO_CASE,
        ),
    ]
}

/// Several options are compared: four are asked for; of two or three it holds in part, and one alone is no comparison.
fn options_compared(case: Option<&BusinessCase>) -> Criterion {
    let criterion = BuiltIn::OptionsCompared;
    let Some(case) = case else { return Criterion::of_required(criterion, None, NO_CASE) };
    let count = case.options.len();
    let answered = if count < 2 {
        Criterion::holds(criterion, Some(false))
    } else {
        Criterion::of_all(criterion, Count { good: count.min(OPTIONS), of: OPTIONS })
    };
    answered.comment(format!("{} of {OPTIONS} that are asked for", format::count(count, "option")))
}

/// Whether the cost of the preferred option has both sides: what the project spends itself and what is left for who runs what it makes.
/// Where the case does not tell its lines apart, it is year 0 and the years after it.
fn both_sides_costed(desk: &Desk<'_>, case: Option<&BusinessCase>) -> Criterion {
    let criterion = BuiltIn::BothSidesCosted;
    let Some(case) = case else { return Criterion::of_required(criterion, None, NO_CASE) };
    let Some(option) = case.preferred.and_then(|place| case.options.get(place)) else {
        return Criterion::of_required(criterion, None, "no option is preferred");
    };
    let first_day = case.year_0.unwrap_or(desk.project.project.start.day);
    let (mut project, mut afterwards) = (Amount::ZERO, Amount::ZERO);
    for (place, line) in option.costs.iter().enumerate() {
        for (is_year_0, amount) in amounts(line, first_day) {
            let is_project = if case.carried.is_empty() { is_year_0 } else { case.carried.contains(&place) };
            *(if is_project { &mut project } else { &mut afterwards }) += amount;
        }
    }
    let (one, other) = if case.carried.is_empty() {
        ("year 0", "the years after it")
    } else {
        ("the project", "who runs what it makes")
    };
    Criterion::holds(criterion, Some(project > Amount::ZERO && afterwards > Amount::ZERO)).comment(format!(
        "{} for {one}, {} for {other}",
        desk.money_words(project),
        desk.money_words(afterwards)
    ))
}

/// What is most likely to be paid for a line, year by year and day by day, and whether it is paid in year 0.
fn amounts(line: &CaseLine, first_day: Date) -> impl Iterator<Item = (bool, Amount)> {
    let years = line.years.iter().enumerate().map(|(year, range)| (year == 0, range.likely));
    let is_year_0 = move |day: Date| case_year(first_day, day) == 0;
    years.chain(line.dated.iter().map(move |dated| (is_year_0(dated.day), dated.amount.likely)))
}

/// The logs that a project begins with are there, with entries or without.
fn logs_open(desk: &Desk<'_>) -> Criterion {
    let files = &desk.project.project.files;
    let is_open = |file: &str| files.iter().any(|path| desk.report.inside(desk.project, path) == file);
    let missing: Vec<String> = LOGS
        .iter()
        .filter(|(_, file)| !is_open(file))
        .map(|(what, file)| format!("{what} (`{file}`)"))
        .collect();
    let count = Count { good: LOGS.len() - missing.len(), of: LOGS.len() };
    let criterion = Criterion::of_all(BuiltIn::LogsOpen, count).seen_on("Logs", desk.href_page("raid"));
    if missing.is_empty() {
        criterion
    } else {
        criterion.comment(format!("{} of {}: none of {}", count.good, count.of, format::listed(&missing)))
    }
}

/// Whether people, time and money are enough as they stand.
fn of_resources(desk: &Desk<'_>) -> Vec<Criterion> {
    let project = &desk.project.project;
    let control = &desk.project.control;
    let work = project.tasks.iter().filter(|task| task.is_work() && task.stage == Stage::Planning);
    let left = tolerances_left(project, control);
    let is_late = left.iter().any(|left| left.kind == DimensionKind::Time);
    let (promised, forecast) = (control.reference.finish, desk.project.finish());
    let tolerance = project
        .tolerance
        .time
        .map_or_else(|| "no tolerance".to_owned(), |time| format!("tolerance {}", desk.days(time)));
    // Without a tolerance nothing may slip.
    let is_inside = if project.tolerance.time.is_some() {
        !is_late
    } else {
        forecast.is_some_and(|forecast| forecast <= promised)
    };
    let (funding, needed) = (control.spending.funding, desk.project.funding_need());
    vec![
        Criterion::of_some(
            BuiltIn::PlanningStaffed,
            Count::of(work, |task| !task.assignments.is_empty()),
            "the planning stage has no work",
        )
        .seen_on("Schedule", desk.href_page("schedule")),
        Criterion::holds(BuiltIn::ScheduleSuffices, Some(is_inside))
            .comment(format!(
                "forecast {}, {} {}, {tolerance}",
                desk.finish_words(),
                if control.reference.is_baseline() { "promised" } else { "planned" },
                format::date(promised)
            ))
            .seen_on("Schedule", desk.href_page("schedule")),
        Criterion::holds(BuiltIn::BudgetSuffices, Some(funding >= needed))
            .comment(format!("{} for {}", desk.money_words(funding), desk.money_words(needed)))
            .seen_on("Budget", desk.href_page("budget")),
    ]
}

/// Whether operations was asked before the mandate: where a finished task of initiation says that its owner was consulted or worked on
/// it, the plan answers, unless a person did; else people do.
fn operations_consulted(desk: &Desk<'_>) -> Criterion {
    let project = &desk.project.project;
    let takes_part = |task: &Task, owner: PersonNo| {
        let works = |one: &Assignment| matches!(one.assignee, Assignee::Person(person) if person == owner);
        task.consulted.contains(&owner) || task.assignments.iter().any(works)
    };
    let is_over = |number: &TaskNo| desk.project.forecast.slot(*number).state == State::Finished;
    let over = project.task_numbers().filter(is_over).map(|number| project.task(number));
    let of_initiation = over.filter(|task| task.stage == Stage::Initiation);
    let asked: Vec<String> = project.operations_owner.map_or_else(Vec::new, |owner| {
        of_initiation.filter(|task| takes_part(task, owner)).map(|task| task.name.clone()).collect()
    });
    let record = project.gates.get(&GateId::G1);
    let mut typed = record.into_iter().flat_map(|record| &record.checklist);
    let is_answered = typed.any(|item| {
        item.answer.is_some()
            && BuiltIn::of_words(GateId::G1, &item.criterion) == Some(BuiltIn::OperationsConsulted)
    });
    if asked.is_empty() || is_answered {
        return Criterion::asked_of_people(BuiltIn::OperationsConsulted);
    }
    Criterion::holds(BuiltIn::OperationsConsulted, Some(true))
        .comment(format!("takes part in {}", format::listed(&asked)))
        .seen_on("People", desk.href_page("people"))
}

/// Whether somebody had looked at a kind by the day of the document, and nothing that was found forbids it.
fn is_feasible(desk: &Desk<'_>, kind: FeasibilityKind) -> bool {
    let day = desk.project.status_date;
    let of_kind = desk.project.project.feasibility.iter().filter(|one| one.kind == kind);
    let mut found = of_kind.filter(|one| one.found.is_none_or(|found| found <= day)).peekable();
    found.peek().is_some()
        && found.all(|one| one.verdict.is_some_and(|verdict| verdict != FeasibilityVerdict::NotFeasible))
}
