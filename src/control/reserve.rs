//! Reserves: who took how much from them, when, with which authority, and what was left day by day.

use jiff::civil::Date;

use super::Control;
use super::risk_outlook::RiskOutlook;
use crate::diagnostic::Span;
use crate::model::{Change, PersonNo, Project, ReserveKind, Risk};
use crate::quantity::{Amount, Id};

/// Money taken from a reserve by an approved change or a decision.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draw {
    /// From which reserve.
    pub from: ReserveKind,
    /// By what.
    pub by: DrawSource,
    /// The day of the decision; none where nobody wrote it. Such a draw counts from the start of the project.
    pub date: Option<Date>,
    /// How much; negative where money was given back.
    pub amount: Amount,
    /// Who decided; none where nobody is named.
    pub decided_by: Option<PersonNo>,
    /// Whether that was theirs to decide.
    pub authority: Authority,
    /// Where the change or the draw of the decision stands.
    pub origin: Span,
}

/// What took money from a reserve.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DrawSource {
    /// An approved change that says `pay_from`.
    Change(Id),
    /// A decision that says `draws`.
    Decision(Id),
}

impl DrawSource {
    /// The id of the change or decision.
    #[must_use]
    pub fn id(&self) -> &Id {
        match self {
            Self::Change(id) | Self::Decision(id) => id,
        }
    }
}

/// Whether whoever drew on a reserve was entitled to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Authority {
    /// The sponsor decided: any reserve, any sum.
    Sponsor,
    /// A member of the steering board decided: any reserve, any sum.
    Steering,
    /// The project manager decided, on contingency, within the limit that `budget.yaml` grants.
    ProjectManager,
    /// The project manager decided on contingency, beyond that limit.
    BeyondLimit,
    /// Somebody decided to whom this reserve does not belong.
    NotEntitled,
    /// Nobody is named.
    Nobody,
}

impl Authority {
    /// Says whether the draw may stand.
    #[must_use]
    pub fn is_enough(self) -> bool {
        matches!(self, Self::Sponsor | Self::Steering | Self::ProjectManager)
    }

    /// The authority with which somebody draws a sum on a reserve.
    fn of(project: &Project, from: ReserveKind, amount: Amount, person: Option<PersonNo>) -> Self {
        let Some(person) = person else { return Self::Nobody };
        let is_manager = project.project_manager == Some(person) && from == ReserveKind::Contingency;
        if project.sponsor == Some(person) {
            Self::Sponsor
        } else if project.steering.contains(&person) {
            Self::Steering
        } else if !is_manager {
            Self::NotEntitled
        } else if project.budget.manager_may_draw(from, amount) {
            Self::ProjectManager
        } else {
            Self::BeyondLimit
        }
    }
}

/// Who decides on a change: the project manager where it asks for nothing but money that is theirs to draw, no more than is `left` of
/// the contingency; else the sponsor. It is the sponsor's where its cost or its time is not assessed, where it takes time, saves money,
/// or sets tolerances or reserves anew. None where nobody fills the role.
#[must_use]
pub fn decides_on(project: &Project, left: Amount, change: &Change) -> Option<PersonNo> {
    let from = change.pay_from.as_deref().and_then(ReserveKind::from_key);
    let is_drawn_by_manager = from.zip(change.cost).is_some_and(|(from, cost)| {
        (Amount::ZERO..=left).contains(&cost) && project.budget.manager_may_draw(from, cost)
    });
    // Where nobody has said what time it takes, what it does to the plan may say so.
    let keeps_time = change.time.map_or(change.changes.is_empty(), |time| time == 0);
    let is_managers = is_drawn_by_manager && keeps_time && change.allowed.is_empty();
    project.project_manager.filter(|_| is_managers).or(project.sponsor)
}

/// The changes that wait on a day for the decision of one person (see [`decides_on`]), as written; `left` as there.
fn waiting_for(
    project: &Project,
    left: Amount,
    day: Date,
    person: PersonNo,
) -> impl Iterator<Item = &Change> {
    let waiting = project.registers.changes.iter().filter(move |change| change.is_waiting(day));
    waiting.filter(move |change| decides_on(project, left, change) == Some(person))
}

impl Control {
    /// The changes that wait for the decision of one person (see [`decides_on`]), as written.
    pub fn changes_waiting_for<'a>(
        &self,
        project: &'a Project,
        person: PersonNo,
    ) -> impl Iterator<Item = &'a Change> {
        waiting_for(project, self.spending.contingency.remaining, self.status_date, person)
    }
}

/// What was left of the reserves day by day, and what the risks were worth meanwhile.
///
/// Each line is a staircase: a point holds until the next. It begins on the project's first day and ends on the status date.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ReserveHistory {
    /// What was left of the contingency.
    pub contingency: Vec<(Date, Amount)>,
    /// What was left of the management reserve.
    pub management_reserve: Vec<(Date, Amount)>,
    /// Expected value of the open threats after response, Σ probability × impact: as the register rates them today, each
    /// from the day on which it was raised to the day on which it was closed. Opportunities are not set against them.
    pub exposure: Vec<(Date, Amount)>,
}

/// Everything taken from reserves by a day, in order of time; undated draws first.
#[must_use]
pub(super) fn draws(project: &Project, day: Date) -> Vec<Draw> {
    let changes = project.registers.changes.iter().filter(|change| change.is_approved(day));
    let by_changes = changes.filter_map(|change| {
        let from = ReserveKind::from_key(change.pay_from.as_deref()?)?;
        let amount = change.cost.filter(|cost| *cost != Amount::ZERO)?;
        Some(Draw {
            from,
            by: DrawSource::Change(change.id.clone()),
            date: change.decided,
            amount,
            decided_by: change.decided_by,
            authority: Authority::of(project, from, amount, change.decided_by),
            origin: change.origin,
        })
    });
    let decisions = project.registers.decisions.iter().filter(|decision| decision.is_taken(day));
    let by_decisions = decisions.flat_map(|decision| {
        decision.draws.iter().map(|draw| Draw {
            from: draw.from,
            by: DrawSource::Decision(decision.id.clone()),
            date: decision.decided,
            amount: draw.amount,
            decided_by: decision.decided_by,
            authority: Authority::of(project, draw.from, draw.amount, decision.decided_by),
            origin: draw.origin,
        })
    });
    let mut draws: Vec<Draw> = by_changes.chain(by_decisions).collect();
    draws.sort_by_key(|draw| draw.date);
    draws
}

/// The sum of what was taken from one reserve.
pub(super) fn drawn(draws: &[Draw], from: ReserveKind) -> Amount {
    draws.iter().filter(|draw| draw.from == from).map(|draw| draw.amount).sum()
}

/// Follows the reserves and the open threats from the start of the project to a day.
pub(super) fn history(project: &Project, draws: &[Draw], day: Date) -> ReserveHistory {
    let start = project.start.day.min(day);
    let staircase = |granted: Amount, from: ReserveKind| {
        let mut left = granted;
        let mut steps = vec![(start, left)];
        for draw in draws.iter().filter(|draw| draw.from == from) {
            left -= draw.amount;
            put(&mut steps, draw.date.map_or(start, |date| date.max(start)), left);
        }
        put(&mut steps, day, left);
        steps
    };
    let risks = &project.registers.risks;
    let worth = |on: Date| -> Amount {
        let open = risks.iter().filter(|risk| risk.is_open(on));
        RiskOutlook::of(open.map(Risk::remaining)).threats
    };
    let turns = risks.iter().flat_map(|risk| [risk.raised, risk.closed]).flatten();
    let mut days: Vec<Date> = turns.filter(|turn| (start..=day).contains(turn)).chain([start, day]).collect();
    days.sort_unstable();
    days.dedup();
    ReserveHistory {
        contingency: staircase(project.budget.contingency, ReserveKind::Contingency),
        management_reserve: staircase(project.budget.management_reserve, ReserveKind::ManagementReserve),
        exposure: days.into_iter().map(|on| (on, worth(on))).collect(),
    }
}

/// Adds a step; a second one of the same day replaces the first.
fn put(steps: &mut Vec<(Date, Amount)>, day: Date, left: Amount) {
    match steps.last_mut() {
        Some(last) if last.0 == day => last.1 = left,
        _ => steps.push((day, left)),
    }
}

#[cfg(test)]
mod tests {
    use super::super::golden::{STATUS_DATE, branch_network, change, euros};
    use super::*;
    use crate::model::{AllowanceKind, Allowed, ChangeStatus, ReserveDraw};
    use crate::plan::sketch::date;

    /// 9 000 granted; 760 on 13 November by the manager, 2 400 on 18 November by a decision of the sponsor, 1 000 by somebody
    /// without a say and without a day; 500 of the management reserve by the manager, who may not.
    fn project() -> Project {
        let mut project = branch_network().project;
        let (anna, tom, helena) = (PersonNo(0), PersonNo(1), PersonNo(4));
        (project.project_manager, project.sponsor) = (Some(anna), Some(helena));
        project.registers.changes.clear();
        let mut add = |name: &str, cost: i64, from: &str, decided: Option<&str>, by: PersonNo| {
            let mut change = change(name, cost, ChangeStatus::Approved);
            change.pay_from = Some(from.to_owned());
            change.decided = decided.map(date);
            change.decided_by = Some(by);
            project.registers.changes.push(change);
        };
        add("C1", 760, "contingency", Some("2026-11-13"), anna);
        add("C2", 1_000, "contingency", None, tom);
        add("C3", 500, "management_reserve", Some("2026-11-16"), anna);
        add("C4", 9_999, "contingency", Some("2026-11-21"), helena);
        add("C5", 300, "budget", Some("2026-11-16"), anna);
        let mut decision = crate::model::DecisionEntry {
            id: crate::plan::sketch::id("D-03"),
            question: super::super::golden::text("A second crew?"),
            options: Vec::new(),
            decision: Some(super::super::golden::text("crew")),
            reasons: None,
            consequences: None,
            recommendation: None,
            if_silent: None,
            asked_of: None,
            asked: None,
            needed_by: None,
            decided_by: Some(helena),
            decided: Some(date("2026-11-18")),
            applies_from: None,
            told_to: None,
            draws: Vec::new(),
            links: Vec::new(),
            origin: Span::default(),
        };
        decision.draws.push(ReserveDraw {
            from: ReserveKind::Contingency,
            amount: euros(2_400),
            origin: Span::default(),
        });
        project.registers.decisions.push(decision);
        project
    }

    #[test]
    fn each_draw_has_its_source_day_and_authority() {
        let draws = draws(&project(), date(STATUS_DATE));
        let told: Vec<(&str, Option<Date>, Amount, Authority)> = draws
            .iter()
            .map(|draw| (draw.by.id().as_str(), draw.date, draw.amount, draw.authority))
            .collect();
        assert_eq!(
            told,
            [
                ("C2", None, euros(1_000), Authority::NotEntitled),
                ("C1", Some(date("2026-11-13")), euros(760), Authority::ProjectManager),
                ("C3", Some(date("2026-11-16")), euros(500), Authority::NotEntitled),
                ("D-03", Some(date("2026-11-18")), euros(2_400), Authority::Sponsor),
            ]
        );
        assert_eq!(drawn(&draws, ReserveKind::Contingency), euros(4_160));
    }

    #[test]
    fn the_manager_draws_within_the_limit() {
        let mut project = project();
        project.budget.manager_limit = Some(euros(700));
        let draws = draws(&project, date(STATUS_DATE));
        assert_eq!(draws[1].authority, Authority::BeyondLimit);
    }

    #[test]
    fn a_change_is_the_managers_within_the_contingency_where_it_asks_for_money_alone() {
        let mut project = project();
        let (anna, helena) = (project.project_manager, project.sponsor);
        let left = euros(1_000);
        let mut asked = change("C9", 760, ChangeStatus::Submitted);
        asked.pay_from = Some("contingency".to_owned());
        assert_eq!(decides_on(&project, left, &asked), anna);
        assert_eq!(decides_on(&project, euros(700), &asked), helena, "so much is not left");
        asked.time = Some(480);
        assert_eq!(decides_on(&project, left, &asked), helena, "it takes a day");
        asked.time = Some(0);
        asked.allowed.insert(AllowanceKind::Contingency, Allowed::of(90_000, Span::default()));
        assert_eq!(decides_on(&project, left, &asked), helena, "it sets the contingency anew");
        asked.allowed.clear();
        for (cost, why) in [(None, "nobody knows what it costs"), (Some(euros(-5)), "it saves money")] {
            asked.cost = cost;
            assert_eq!(decides_on(&project, left, &asked), helena, "{why}");
        }
        asked.cost = Some(euros(760));
        project.budget.manager_limit = Some(euros(700));
        assert_eq!(decides_on(&project, left, &asked), helena, "it is beyond the limit");
        project.budget.manager_limit = None;
        asked.pay_from = Some("management_reserve".to_owned());
        assert_eq!(decides_on(&project, left, &asked), helena, "the reserve is the sponsor's");
        asked.pay_from = Some("contingency".to_owned());
        project.project_manager = None;
        assert_eq!(decides_on(&project, left, &asked), helena, "nobody leads the project");
    }

    #[test]
    fn only_what_waits_waits_for_somebody() {
        let mut project = project();
        let helena = project.sponsor.expect("the project has a sponsor");
        let waiting = |project: &Project| -> Vec<String> {
            let day = date(STATUS_DATE);
            waiting_for(project, euros(1_000), day, helena).map(|change| change.id.to_string()).collect()
        };
        assert_eq!(waiting(&project), ["C4"], "the others are decided");
        project.registers.changes.push(change("C9", 5_000, ChangeStatus::Submitted));
        assert_eq!(waiting(&project), ["C4", "C9"]);
        project.sponsor = project.project_manager;
        assert_eq!(waiting(&project), Vec::<String>::new(), "it is somebody else's");
    }

    #[test]
    fn what_is_left_falls_in_steps() {
        let project = project();
        let day = date(STATUS_DATE);
        let history = history(&project, &draws(&project, day), day);
        let left = |steps: &[(Date, Amount)]| -> Vec<(String, i64)> {
            steps.iter().map(|(day, left)| (day.to_string(), left.0 / 100)).collect()
        };
        assert_eq!(
            left(&history.contingency),
            [("2026-08-03", 8_000), ("2026-11-13", 7_240), ("2026-11-18", 4_840), ("2026-11-20", 4_840)]
                .map(|(day, left)| (day.to_owned(), left))
        );
        assert_eq!(history.management_reserve.last(), Some(&(day, euros(4_500))));
        assert_eq!(history.exposure.last(), Some(&(day, euros(1_720))));
    }
}
