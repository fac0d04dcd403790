//! The registers: what could hurt, what hurts, what was decided, asked and learned. Not here: changes (`change`).

use jiff::civil::Date;

use crate::diagnostic::Span;
use crate::model::{AskedChange, Change, IssueStatus, PersonNo, ReserveKind, RiskStatus, TaskNo, Text};
use crate::quantity::{Amount, Id, MoneyRange, Percent};

/// All registers of a project, each in the order of its file.
#[derive(Clone, Debug, Default)]
pub struct Registers {
    /// `risks.yaml`.
    pub risks: Vec<Risk>,
    /// `issues.yaml`.
    pub issues: Vec<Issue>,
    /// `decisions.yaml`.
    pub decisions: Vec<DecisionEntry>,
    /// `changes.yaml`.
    pub changes: Vec<Change>,
    /// `actions.yaml`, and the actions inside risks.
    pub actions: Vec<Action>,
    /// `dependencies.yaml`: requests to teams outside the project.
    pub requests: Vec<OutsideRequest>,
    /// `lessons.yaml`.
    pub lessons: Vec<Lesson>,
}

impl Registers {
    /// The ids that an entry has to do with: those it names, then those of entries that name it, each once.
    ///
    /// An issue names no change, but the change `C1` names the issue: then the issue has to do with `C1` too. What a risk
    /// became counts as named, and so does what an action came from.
    #[must_use]
    pub fn related(&self, id: &Id, named: &[Id]) -> Vec<Id> {
        let mut all: Vec<Id> = Vec::new();
        let mut add = |other: &Id| {
            if other != id && !all.contains(other) {
                all.push(other.clone());
            }
        };
        named.iter().for_each(&mut add);
        let risks = self.risks.iter().map(|risk| (&risk.id, &risk.links, risk.became.as_ref()));
        let issues = self.issues.iter().map(|issue| (&issue.id, &issue.links, None));
        let changes = self.changes.iter().map(|change| (&change.id, &change.links, None));
        let decisions = self.decisions.iter().map(|decision| (&decision.id, &decision.links, None));
        let entries = risks.chain(issues).chain(changes).chain(decisions);
        for (other, links, became) in entries {
            if links.contains(id) || became == Some(id) {
                add(other);
            }
        }
        for action in self.actions.iter().filter(|action| action.from.as_deref() == Some(id.as_str())) {
            if let Ok(action) = action.id.parse() {
                add(&action);
            }
        }
        all
    }

    /// Says whether the response to a risk is done as of a day: it has actions, in the risk or in `actions.yaml`, and none of
    /// them is open. A response of which nobody wrote down what is to be done counts as not done, and so does one that an open
    /// decision about the risk has still to choose.
    #[must_use]
    pub fn is_answered(&self, risk: &Risk, day: Date) -> bool {
        let mut actions =
            self.actions.iter().filter(|action| action.from.as_deref() == Some(risk.id.as_str())).peekable();
        !self.awaits_decision(risk, day)
            && actions.peek().is_some()
            && actions.all(|action| !action.is_open(day))
    }

    /// Says whether the response to a risk has still to be chosen as of a day: an open decision with options speaks of the risk.
    #[must_use]
    pub fn awaits_decision(&self, risk: &Risk, day: Date) -> bool {
        self.decisions.iter().any(|decision| {
            decision.is_open(day)
                && !decision.options.is_empty()
                && (decision.links.contains(&risk.id) || risk.links.contains(&decision.id))
        })
    }

    /// What a risk will do on a day when what has been decided is done: the residual exposure, and the current one while nobody
    /// has chosen the response.
    ///
    /// 70 % today and 30 % after a response: 30 %, and 70 % as long as the response is an option of an open decision.
    #[must_use]
    pub fn exposure_as_decided(&self, risk: &Risk, day: Date) -> Exposure {
        if self.awaits_decision(risk, day) { risk.current } else { risk.remaining() }
    }

    /// What a risk does as things stand on a day: the residual exposure once its response is done, until then the current
    /// one, whatever is hoped for.
    ///
    /// 70 % today and 30 % after a response whose action is due next week: 70 %.
    #[must_use]
    pub fn exposure_on(&self, risk: &Risk, day: Date) -> Exposure {
        risk.residual.filter(|_| self.is_answered(risk, day)).unwrap_or(risk.current)
    }
}

/// How likely and how bad: probability and impact in money and time.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Exposure {
    /// How likely.
    pub probability: Percent,
    /// Money lost if it happens; negative for an opportunity.
    pub cost: Amount,
    /// Working minutes lost if it happens.
    pub time: i64,
    /// The three sums of which `cost` is the mean, in the currency that was typed; none where one was typed.
    pub cost_range: Option<MoneyRange>,
    /// The three lengths of which `time` is the mean, in working minutes; none where one was typed.
    pub time_range: Option<[i64; 3]>,
}

impl Exposure {
    /// Expected monetary value: probability × cost impact.
    ///
    /// 30 % of 2 400 is 720.
    #[must_use]
    pub fn expected_value(&self) -> Amount {
        self.cost.share(self.probability.fraction())
    }

    /// The same of time: probability × delay, in working minutes of the project's calendar.
    ///
    /// 40 % of 10 days are 4 days.
    #[must_use]
    pub fn expected_time(&self) -> i64 {
        self.probability.fraction().of(self.time)
    }
}

/// A risk (or, with a negative impact, an opportunity).
#[derive(Clone, Debug)]
pub struct Risk {
    /// Its id.
    pub id: Id,
    /// What may happen.
    pub risk: Text,
    /// Why it may.
    pub cause: Option<Text>,
    /// What follows if it does.
    pub effect: Option<Text>,
    /// Its kind, as written.
    pub category: Option<String>,
    /// As it stands without a response.
    pub current: Exposure,
    /// Before anything was done, where recorded apart.
    pub inherent: Option<Exposure>,
    /// As it will stand when the response has worked.
    pub residual: Option<Exposure>,
    /// Impact on quality, in words.
    pub quality_impact: Option<Text>,
    /// `avoid`, `reduce`, `transfer`, `share`, `accept`, `exploit` or `enhance`.
    pub response: Option<String>,
    /// Who answers for it.
    pub owner: Option<PersonNo>,
    /// When it could strike, as written.
    pub proximity: Option<String>,
    /// When it was raised.
    pub raised: Option<Date>,
    /// When somebody last looked at it.
    pub reviewed: Option<Date>,
    /// Where it stands, where somebody says; open where not.
    pub status: Option<RiskStatus>,
    /// When it was closed.
    pub closed: Option<Date>,
    /// The issue it became.
    pub became: Option<Id>,
    /// Whether the plan brings about its time by itself, so that runs of the schedule must not add it again; none where
    /// nobody has said.
    pub is_time_in_plan: Option<bool>,
    /// Ids it has to do with.
    pub links: Vec<Id>,
    /// Where it stands.
    pub origin: Span,
}

impl Risk {
    /// An exposure of this risk as it changes the runs of the schedule: without the time that the plan brings about by
    /// itself.
    #[must_use]
    pub fn in_runs(&self, exposure: Exposure) -> Exposure {
        if self.is_time_in_plan == Some(true) { Exposure { time: 0, ..exposure } } else { exposure }
    }

    /// Says whether it can still strike as of a day. What became an issue can until the day on which it was closed.
    #[must_use]
    pub fn is_open(&self, day: Date) -> bool {
        let closed = self.closed.map_or_else(
            || self.became.is_some() || self.status.is_some_and(RiskStatus::is_final),
            |closed| closed <= day,
        );
        !closed && self.is_raised(day)
    }

    /// Says whether it had been written down by a day.
    #[must_use]
    pub fn is_raised(&self, day: Date) -> bool {
        self.raised.is_none_or(|raised| raised <= day)
    }

    /// What is still to be feared: the residual exposure where one is recorded, else the current one.
    #[must_use]
    pub fn remaining(&self) -> Exposure {
        self.residual.unwrap_or(self.current)
    }
}

/// Something that hurts now.
#[derive(Clone, Debug)]
pub struct Issue {
    /// Its id.
    pub id: Id,
    /// What is the matter.
    pub issue: Text,
    /// `low`, `medium`, `high` or as written.
    pub urgency: Option<String>,
    /// What it does to the project, in words.
    pub impact: Option<Text>,
    /// How big the mending is, as written.
    pub size: Option<String>,
    /// Who answers for it.
    pub owner: Option<PersonNo>,
    /// When it was raised.
    pub raised: Option<Date>,
    /// When it shall be solved.
    pub target: Option<Date>,
    /// Where it stands, where somebody says; open where not.
    pub status: Option<IssueStatus>,
    /// When it was solved.
    pub resolved: Option<Date>,
    /// To whom it was escalated.
    pub escalated: Option<String>,
    /// Ids it has to do with.
    pub links: Vec<Id>,
    /// Where it stands.
    pub origin: Span,
}

impl Issue {
    /// Says whether it still hurts as of a day.
    #[must_use]
    pub fn is_open(&self, day: Date) -> bool {
        let solved = match self.resolved {
            Some(resolved) => resolved <= day,
            None => self.status.is_some_and(IssueStatus::is_final),
        };
        !solved && self.raised.is_none_or(|raised| raised <= day)
    }
}

/// A question the board must answer, or has answered.
#[derive(Clone, Debug)]
pub struct DecisionEntry {
    /// Its id.
    pub id: Id,
    /// What is asked.
    pub question: Text,
    /// What can be chosen.
    pub options: Vec<DecisionOption>,
    /// What was chosen, as written.
    pub decision: Option<Text>,
    /// Why.
    pub reasons: Option<Text>,
    /// What follows; for an open question, what follows from silence.
    pub consequences: Option<Text>,
    /// The short name of the option that the project manager recommends; one of `options`.
    pub recommendation: Option<String>,
    /// The short name of the option that happens if nobody answers; one of `options`.
    pub if_silent: Option<String>,
    /// Who must answer.
    pub asked_of: Option<PersonNo>,
    /// When it was asked.
    pub asked: Option<Date>,
    /// By when.
    pub needed_by: Option<Date>,
    /// Who answered.
    pub decided_by: Option<PersonNo>,
    /// When.
    pub decided: Option<Date>,
    /// From when it holds.
    pub applies_from: Option<Date>,
    /// Who was told, as written.
    pub told_to: Option<String>,
    /// What it takes from reserves; empty for most.
    pub draws: Vec<ReserveDraw>,
    /// Ids it has to do with.
    pub links: Vec<Id>,
    /// Where it stands.
    pub origin: Span,
}

/// Money that a decision takes from a reserve.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ReserveDraw {
    /// From which.
    pub from: ReserveKind,
    /// How much; negative where it gives back.
    pub amount: Amount,
    /// Where it stands.
    pub origin: Span,
}

impl DecisionEntry {
    /// Says whether it was answered by a day.
    #[must_use]
    pub fn is_taken(&self, day: Date) -> bool {
        self.decision.is_some() && self.decided.is_none_or(|decided| decided <= day)
    }

    /// Says whether the answer is outstanding as of a day.
    #[must_use]
    pub fn is_open(&self, day: Date) -> bool {
        let answered = match self.decided {
            Some(decided) => decided <= day,
            None => self.decision.is_some(),
        };
        !answered && self.asked.is_none_or(|asked| asked <= day)
    }
}

/// One way to answer.
#[derive(Clone, Debug, PartialEq)]
pub struct DecisionOption {
    /// Its short name.
    pub name: String,
    /// What it means.
    pub text: Text,
    /// What it changes, as written; empty where nothing is to be computed.
    pub changes: Vec<AskedChange>,
    /// Whether it leaves the plan as it is: then it leads where the forecast does.
    pub is_as_forecast: bool,
}

impl DecisionOption {
    /// Whether what it leads to can be computed.
    #[must_use]
    pub fn is_computed(&self) -> bool {
        self.is_as_forecast || !self.changes.is_empty()
    }
}

/// Something somebody promised to do.
#[derive(Clone, Debug)]
pub struct Action {
    /// Its id; actions inside a risk take the risk's id and a number (`R1.1`).
    pub id: String,
    /// What.
    pub action: Text,
    /// Who.
    pub owner: Option<PersonNo>,
    /// When it was agreed; of one inside a risk when the risk was raised, where no day of its own is written.
    pub raised: Option<Date>,
    /// By when.
    pub due: Option<Date>,
    /// When it was done.
    pub done: Option<Date>,
    /// What it came from, such as `R1` or a meeting.
    pub from: Option<String>,
    /// Where it stands.
    pub origin: Span,
}

impl Action {
    /// Says whether it is still to be done as of a day: agreed by then, and not done.
    #[must_use]
    pub fn is_open(&self, day: Date) -> bool {
        self.done.is_none_or(|done| day < done) && self.raised.is_none_or(|raised| raised <= day)
    }
}

/// A request to a team outside the project; when it is needed is computed from the plan.
#[derive(Clone, Debug)]
pub struct OutsideRequest {
    /// Its id.
    pub id: Id,
    /// The team: `business-data`, `security`, `procurement` or any other.
    pub team: String,
    /// What is wanted.
    pub request: Text,
    /// The task that needs it.
    pub needed_for: Option<TaskNo>,
    /// When it was asked.
    pub asked: Option<Date>,
    /// For when the team promised it.
    pub promised: Option<Date>,
    /// When it came.
    pub received: Option<Date>,
    /// To whom it was escalated.
    pub escalated_to: Option<String>,
    /// Where it stands.
    pub origin: Span,
}

impl OutsideRequest {
    /// Says whether the project still waits as of a day: asked by then, and not received.
    #[must_use]
    pub fn is_open(&self, day: Date) -> bool {
        self.is_asked(day) && self.received.is_none_or(|received| day < received)
    }

    /// Says whether it had been asked by a day; a request without a day was always asked.
    #[must_use]
    pub fn is_asked(&self, day: Date) -> bool {
        self.asked.is_none_or(|asked| asked <= day)
    }
}

/// Something learned.
#[derive(Clone, Debug)]
pub struct Lesson {
    /// Its id.
    pub id: String,
    /// What was learned.
    pub lesson: Text,
    /// What happened.
    pub happened: Option<Text>,
    /// Why.
    pub cause: Option<Text>,
    /// What it did.
    pub effect: Option<Text>,
    /// What to do next time.
    pub recommendation: Option<Text>,
    /// Its kind, as written.
    pub category: Option<String>,
    /// Who should read it, as written.
    pub readers: Option<String>,
    /// When it was noted.
    pub date: Option<Date>,
    /// Where it stands.
    pub origin: Span,
}
