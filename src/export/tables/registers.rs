//! Tables of the registers: risks, issues, decisions, changes, actions, assumptions, requests, lessons.

use schemars::JsonSchema;
use serde::Serialize;

use super::{Source, ids};
use crate::export::value::{Day, Money, Number, maybe_words, words};
use crate::model::{Change, DecisionEntry, Issue, Lesson, Risk};
use crate::page::Desk;
use crate::page::changes::sorted_changes;
use crate::page::decisions::made_decisions;
use crate::page::journal::known_lessons;
use crate::page::needs::open_decisions;
use crate::page::outside::sorted_requests;
use crate::page::raid::{sorted_actions, sorted_issues};
use crate::page::risks::{closed_risks, open_risks, rate};

/// A risk; an opportunity where what it costs is negative.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct RiskRow {
    /// Its id.
    pub id: String,
    /// What may happen.
    pub risk: String,
    /// Why it may.
    pub cause: Option<String>,
    /// What follows if it does.
    pub effect: Option<String>,
    /// Its kind, as typed.
    pub category: Option<String>,
    /// Whether it can still strike.
    pub is_open: bool,
    /// How likely it is as it stands, in percent.
    pub probability_percent: Number,
    /// What it costs if it happens; negative for an opportunity.
    pub cost_impact: Money,
    /// Working days it takes if it happens.
    pub time_impact_days: Number,
    /// Probability class × impact class, 1 to 25.
    pub score: u8,
    /// `low`, `medium`, `high` or `very high`.
    pub rating: &'static str,
    /// Probability × cost as it stands.
    pub expected_cost: Money,
    /// Probability × cost after the response; null where no rating after the response is given.
    pub expected_cost_after_response: Money,
    /// `avoid`, `reduce`, `transfer`, `share`, `accept`, `exploit` or `enhance`.
    pub response: Option<String>,
    /// Who answers for it.
    pub owner: Option<String>,
    /// When it could strike, as typed.
    pub proximity: Option<String>,
    /// When it was raised.
    pub raised: Option<Day>,
    /// When somebody last looked at it.
    pub reviewed: Option<Day>,
    /// When it was closed.
    pub closed: Option<Day>,
    /// The id of the issue it became.
    pub became: Option<String>,
    /// Ids it has to do with.
    pub links: Vec<String>,
}

/// Open risks, worst first, then those no longer open.
pub(super) fn risks(desk: &Desk<'_>) -> Vec<RiskRow> {
    let source = Source::of(desk);
    let all = open_risks(desk).into_iter().chain(closed_risks(desk));
    all.map(|risk| risk_row(source, risk)).collect()
}

fn risk_row(source: Source<'_>, risk: &Risk) -> RiskRow {
    let desk = source.desk;
    let rating = rate(desk, &risk.current);
    let money = |amount| Money::new(amount, source.currency);
    RiskRow {
        id: risk.id.to_string(),
        risk: words(&risk.risk),
        cause: maybe_words(risk.cause.as_ref()),
        effect: maybe_words(risk.effect.as_ref()),
        category: risk.category.clone(),
        is_open: risk.is_open(source.day),
        probability_percent: Number::percent(risk.current.probability),
        cost_impact: money(risk.current.cost),
        time_impact_days: Number::days(risk.current.time, desk.project.minutes_per_day()),
        score: rating.score(),
        rating: rating.level(&desk.project.project.thresholds).word(),
        expected_cost: money(risk.current.expected_value()),
        expected_cost_after_response: Money::maybe(
            risk.residual.map(|residual| residual.expected_value()),
            source.currency,
        ),
        response: risk.response.clone(),
        owner: source.person(risk.owner),
        proximity: risk.proximity.clone(),
        raised: risk.raised.map(Day),
        reviewed: source.happened(risk.reviewed),
        closed: source.happened(risk.closed),
        became: risk.became.as_ref().map(ToString::to_string),
        links: ids(&risk.links),
    }
}

/// An issue.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct IssueRow {
    /// Its id.
    pub id: String,
    /// What is the matter.
    pub issue: String,
    /// What it does to the project.
    pub impact: Option<String>,
    /// How urgent it is, as typed.
    pub urgency: Option<String>,
    /// How big the mending is, as typed.
    pub size: Option<String>,
    /// Whether it still hurts.
    pub is_open: bool,
    /// Who answers for it.
    pub owner: Option<String>,
    /// When it was raised.
    pub raised: Option<Day>,
    /// When it shall be solved.
    pub target: Option<Day>,
    /// When it was solved.
    pub resolved: Option<Day>,
    /// To whom it was escalated.
    pub escalated: Option<String>,
    /// Ids it has to do with.
    pub links: Vec<String>,
}

/// Issues, open ones first.
pub(super) fn issues(desk: &Desk<'_>) -> Vec<IssueRow> {
    let source = Source::of(desk);
    let row = |issue: &Issue| IssueRow {
        id: issue.id.to_string(),
        issue: words(&issue.issue),
        impact: maybe_words(issue.impact.as_ref()),
        urgency: issue.urgency.clone(),
        size: issue.size.clone(),
        is_open: issue.is_open(source.day),
        owner: source.person(issue.owner),
        raised: issue.raised.map(Day),
        target: issue.target.map(Day),
        resolved: source.happened(issue.resolved),
        escalated: issue.escalated.clone(),
        links: ids(&issue.links),
    };
    sorted_issues(desk).into_iter().map(row).collect()
}

/// A decision, wanted or made.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct DecisionRow {
    /// Its id.
    pub id: String,
    /// What is asked.
    pub question: String,
    /// Whether the answer is outstanding.
    pub is_open: bool,
    /// What can be chosen.
    pub options: Vec<String>,
    /// The short name of the option that the project manager recommends.
    pub recommendation: Option<String>,
    /// The short name of the option that happens if nobody answers.
    pub if_silent: Option<String>,
    /// Who must answer.
    pub asked_of: Option<String>,
    /// When it was asked.
    pub asked: Option<Day>,
    /// By when the answer is needed.
    pub needed_by: Option<Day>,
    /// What was decided.
    pub decision: Option<String>,
    /// Why.
    pub reasons: Option<String>,
    /// What follows from it; null while it is open.
    pub consequences: Option<String>,
    /// What follows if nobody answers; null once it is answered.
    pub if_not_decided: Option<String>,
    /// When it was decided.
    pub decided: Option<Day>,
    /// Who decided.
    pub decided_by: Option<String>,
    /// Ids it has to do with.
    pub links: Vec<String>,
}

/// Decisions wanted, most urgent first, then those made, newest first.
pub(super) fn decisions(desk: &Desk<'_>) -> Vec<DecisionRow> {
    let source = Source::of(desk);
    let all = open_decisions(desk).into_iter().chain(made_decisions(desk));
    all.map(|entry| decision_row(source, entry)).collect()
}

fn decision_row(source: Source<'_>, entry: &DecisionEntry) -> DecisionRow {
    let is_open = entry.is_open(source.day);
    DecisionRow {
        id: entry.id.to_string(),
        question: words(&entry.question),
        is_open,
        options: entry
            .options
            .iter()
            .map(|option| format!("{}: {}", option.name, words(&option.text)))
            .collect(),
        recommendation: entry.recommendation.clone(),
        if_silent: entry.if_silent.clone(),
        asked_of: source.person(entry.asked_of),
        asked: entry.asked.map(Day),
        needed_by: entry.needed_by.map(Day),
        decision: maybe_words(entry.decision.as_ref().filter(|_| !is_open)),
        reasons: maybe_words(entry.reasons.as_ref().filter(|_| !is_open)),
        consequences: maybe_words(entry.consequences.as_ref().filter(|_| !is_open)),
        if_not_decided: maybe_words(entry.consequences.as_ref().filter(|_| is_open)),
        decided: source.happened(entry.decided),
        decided_by: source.person(entry.decided_by.filter(|_| !is_open)),
        links: ids(&entry.links),
    }
}

/// A request to change what was agreed.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct ChangeRow {
    /// Its id.
    pub id: String,
    /// What shall change.
    pub change: String,
    /// Why.
    pub reason: Option<String>,
    /// What follows if it is not done.
    pub if_not_done: Option<String>,
    /// `submitted`, `assessing`, `waiting for approval`, `approved`, `rejected`, `postponed`, `merged` or `implemented`.
    pub status: &'static str,
    /// Whether nobody has decided yet.
    pub is_waiting: bool,
    /// Who asks.
    pub requested_by: Option<String>,
    /// When it was handed in.
    pub submitted: Option<Day>,
    /// By when somebody must answer.
    pub needed_by: Option<Day>,
    /// What it costs.
    pub cost: Money,
    /// Working days it takes.
    pub time_days: Option<Number>,
    /// Units of scope it adds, or takes away.
    pub scope_units: Option<i64>,
    /// `contingency`, `management_reserve` or `budget`.
    pub pay_from: Option<String>,
    /// The decision in words.
    pub decision: Option<String>,
    /// Who decided.
    pub decided_by: Option<String>,
    /// When.
    pub decided: Option<Day>,
    /// When it was built.
    pub implemented: Option<Day>,
    /// Ids of the tasks it touches.
    pub tasks: Vec<String>,
    /// Ids it has to do with.
    pub links: Vec<String>,
}

/// Changes; those that wait first, the longest waiting on top.
pub(super) fn changes(desk: &Desk<'_>) -> Vec<ChangeRow> {
    let source = Source::of(desk);
    let project = &desk.project.project;
    let row = |change: &Change| {
        let is_waiting = change.is_waiting(source.day);
        ChangeRow {
            id: change.id.to_string(),
            change: words(&change.change),
            reason: maybe_words(change.reason.as_ref()),
            if_not_done: maybe_words(change.if_not_done.as_ref()),
            status: if is_waiting && !change.status.is_waiting() {
                "waiting for approval"
            } else {
                change.status.key()
            },
            is_waiting,
            requested_by: source.person(change.requested_by),
            submitted: change.submitted.map(Day),
            needed_by: change.needed_by.map(Day),
            cost: Money::maybe(change.cost, source.currency),
            time_days: change.time.map(|time| Number::days(time, desk.project.minutes_per_day())),
            scope_units: change.scope_units,
            pay_from: change.pay_from.clone(),
            decision: maybe_words(change.decision.as_ref().filter(|_| !is_waiting)),
            decided_by: source.person(change.decided_by.filter(|_| !is_waiting)),
            decided: source.happened(change.decided),
            implemented: source.happened(change.implemented),
            tasks: change.tasks.iter().map(|task| project.task(*task).id.to_string()).collect(),
            links: ids(&change.links),
        }
    };
    sorted_changes(desk).into_iter().map(row).collect()
}

/// Something somebody promised to do.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct ActionRow {
    /// Its id; an action inside a risk has the risk's id and a number (`R1.1`).
    pub id: String,
    /// What.
    pub action: String,
    /// What it came from, such as `R1` or a meeting.
    pub from: Option<String>,
    /// Who.
    pub owner: Option<String>,
    /// By when.
    pub due: Option<Day>,
    /// Whether it is still to be done.
    pub is_open: bool,
    /// When it was done.
    pub done: Option<Day>,
}

/// Actions, open ones by the day they are due.
pub(super) fn actions(desk: &Desk<'_>) -> Vec<ActionRow> {
    let source = Source::of(desk);
    let all = sorted_actions(desk).into_iter();
    all.map(|action| ActionRow {
        id: action.id.clone(),
        action: words(&action.action),
        from: action.from.clone(),
        owner: source.person(action.owner),
        due: action.due.map(Day),
        is_open: action.is_open(source.day),
        done: source.happened(action.done),
    })
    .collect()
}

/// Something taken as true until tested.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct AssumptionRow {
    /// What is assumed.
    pub assumption: String,
    /// When it will be tested.
    pub test_by: Option<Day>,
    /// When it proved true.
    pub proven: Option<Day>,
}

/// Assumptions in the order of the file.
pub(super) fn assumptions(desk: &Desk<'_>) -> Vec<AssumptionRow> {
    let source = Source::of(desk);
    let all = desk.project.project.assumptions.iter();
    all.map(|assumption| AssumptionRow {
        assumption: words(&assumption.assumption),
        test_by: assumption.test_by.map(Day),
        proven: source.happened(assumption.proven),
    })
    .collect()
}

/// A request to a team outside the project.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct RequestRow {
    /// Its id.
    pub id: String,
    /// The team.
    pub team: String,
    /// What is wanted.
    pub request: String,
    /// The id of the task that needs it.
    pub needed_for: Option<String>,
    /// Whether the project still waits.
    pub is_open: bool,
    /// When it was asked.
    pub asked: Option<Day>,
    /// The last working day on which it is in time, as computed from the plan.
    pub needed_by: Option<Day>,
    /// For when the team promised it.
    pub promised: Option<Day>,
    /// When it came.
    pub received: Option<Day>,
    /// Working days from when it comes to when it is needed; negative when it comes too late.
    pub margin_days: Option<i64>,
    /// Working days past the promise.
    pub overdue_days: Option<i64>,
    /// The project's last day if it comes a week later.
    pub finish_if_a_week_later: Option<Day>,
    /// To whom it was escalated.
    pub escalated_to: Option<String>,
}

/// Requests, the most pressing first.
pub(super) fn requests(desk: &Desk<'_>) -> Vec<RequestRow> {
    let source = Source::of(desk);
    let project = &desk.project.project;
    let all = sorted_requests(desk).into_iter();
    all.map(|(request, position)| RequestRow {
        id: request.id.to_string(),
        team: request.team.clone(),
        request: words(&request.request),
        needed_for: request.needed_for.map(|task| project.task(task).id.to_string()),
        is_open: position.is_open,
        asked: request.asked.map(Day),
        needed_by: position.needed_by.map(Day),
        promised: request.promised.map(Day),
        received: source.happened(request.received),
        margin_days: position.margin,
        overdue_days: position.overdue,
        finish_if_a_week_later: position.week_later.map(|later| Day(later.finish)),
        escalated_to: request.escalated_to.clone(),
    })
    .collect()
}

/// Something learned.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct LessonRow {
    /// Its id.
    pub id: String,
    /// What was learned.
    pub lesson: String,
    /// What happened.
    pub happened: Option<String>,
    /// Why.
    pub cause: Option<String>,
    /// What it did.
    pub effect: Option<String>,
    /// What to do next time.
    pub recommendation: Option<String>,
    /// Its kind, as typed.
    pub category: Option<String>,
    /// Who should read it.
    pub readers: Option<String>,
    /// When it was noted.
    pub date: Option<Day>,
}

/// Lessons of the register by the status date, newest first.
pub(super) fn lessons(desk: &Desk<'_>) -> Vec<LessonRow> {
    let row = |lesson: &Lesson| LessonRow {
        id: lesson.id.clone(),
        lesson: words(&lesson.lesson),
        happened: maybe_words(lesson.happened.as_ref()),
        cause: maybe_words(lesson.cause.as_ref()),
        effect: maybe_words(lesson.effect.as_ref()),
        recommendation: maybe_words(lesson.recommendation.as_ref()),
        category: lesson.category.clone(),
        readers: lesson.readers.clone(),
        date: lesson.date.map(Day),
    };
    known_lessons(desk).into_iter().map(row).collect()
}
