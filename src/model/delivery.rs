//! What the project delivers, how good it is, who takes it over, and what it brings.

use jiff::civil::Date;

use crate::diagnostic::Span;
use crate::model::success::reaches;
use crate::model::{
    PersonNo, Reconciliation, Rehearsal, Retention, SignOff, Standing, Survey, TaskNo, Text, Training,
};
use crate::quantity::{Amount, Fraction, Id, Moment};

/// Something the project hands over.
#[derive(Clone, Debug)]
pub struct Deliverable {
    /// Its id.
    pub id: Id,
    /// What it is.
    pub deliverable: Text,
    /// Who accepts it.
    pub approver: Option<PersonNo>,
    /// Who makes it.
    pub owner: Option<PersonNo>,
    /// What it must satisfy.
    pub criteria: Vec<Criterion>,
    /// When it was submitted for acceptance, in order of time.
    pub submitted: Vec<Date>,
    /// When it was sent back, in order of time.
    pub rejected: Vec<Date>,
    /// The acceptance, once given.
    pub acceptance: Option<Acceptance>,
    /// Tasks that produce it.
    pub produced_by: Vec<TaskNo>,
    /// Where it stands.
    pub origin: Span,
}

impl Deliverable {
    /// Says whether it had been accepted by a day, with or without conditions.
    #[must_use]
    pub fn is_accepted(&self, day: Date) -> bool {
        self.acceptance.as_ref().is_some_and(|acceptance| acceptance.date <= day)
    }

    /// Says whether it had been submitted for acceptance by a day. What was accepted or sent back was submitted, whether
    /// that was written down or not.
    #[must_use]
    pub fn is_submitted(&self, day: Date) -> bool {
        self.is_accepted(day) || self.submitted.iter().chain(&self.rejected).any(|date| *date <= day)
    }

    /// Says whether it had been accepted by a day without ever having been sent back before, and so at the first time.
    #[must_use]
    pub fn is_accepted_first_time(&self, day: Date) -> bool {
        let accepted = self.acceptance.as_ref().map(|acceptance| acceptance.date).filter(|date| *date <= day);
        accepted.is_some_and(|accepted| self.rejected.iter().all(|date| *date > accepted))
    }
}

/// The word of the approver.
#[derive(Clone, Debug, PartialEq)]
pub struct Acceptance {
    /// When.
    pub date: Date,
    /// By whom, where it was not the approver.
    pub by: Option<PersonNo>,
    /// Conditions attached to it.
    pub condition: Option<Text>,
    /// Where the proof lies.
    pub evidence: Option<Text>,
}

/// Something a deliverable must satisfy.
#[derive(Clone, Debug, PartialEq)]
pub struct Criterion {
    /// What.
    pub criterion: Text,
    /// How far it is met: `2 of 14`, or a plain yes (1 of 1) or no (0 of 1); none when not looked at yet.
    pub met: Option<(i64, i64)>,
    /// The day as of which that holds; none for as long as anybody can say.
    pub met_on: Option<Date>,
    /// Where the proof lies.
    pub evidence: Option<Text>,
    /// Where it stands.
    pub origin: Span,
}

impl Criterion {
    /// The share that is met; nothing when not looked at yet.
    #[must_use]
    pub fn share(&self) -> Fraction {
        self.met.map_or(Fraction::ZERO, |(met, all)| Fraction::new(met, all))
    }

    /// Says whether it is met in full.
    #[must_use]
    pub fn is_met(&self) -> bool {
        self.met.is_some() && self.share().is_whole()
    }

    /// The criterion as it was known on a day: not looked at, and without proof, before the day on which somebody did.
    #[must_use]
    pub fn known_on(&self, day: Date) -> Self {
        let is_known = self.met_on.is_none_or(|on| on <= day);
        let evidence = self.evidence.clone().filter(|_| is_known);
        Self { met: self.met.filter(|_| is_known), evidence, ..self.clone() }
    }
}

/// How quality is planned and proven.
#[derive(Clone, Debug, Default)]
pub struct QualityPlan {
    /// The approach in words.
    pub approach: Option<Text>,
    /// Test runs in the order of the file.
    pub tests: Vec<TestRun>,
    /// Where the file begins.
    pub origin: Span,
}

/// Tests planned and run.
#[derive(Clone, Debug, PartialEq)]
pub struct TestRun {
    /// Its id.
    pub id: Id,
    /// What is tested.
    pub name: Text,
    /// As of when.
    pub date: Option<Date>,
    /// Cases planned.
    pub planned: i64,
    /// Cases run.
    pub run: i64,
    /// Cases passed.
    pub passed: i64,
    /// Cases failed.
    pub failed: i64,
    /// Cases blocked.
    pub blocked: i64,
    /// The counts of earlier days, in order of time.
    pub earlier: Vec<TestCount>,
    /// Where it stands.
    pub origin: Span,
}

/// How far a test had come on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TestCount {
    /// The day; none where the counts name none, which hold on every day then.
    pub date: Option<Date>,
    /// Cases planned.
    pub planned: i64,
    /// Cases run.
    pub run: i64,
    /// Cases passed.
    pub passed: i64,
    /// Cases failed.
    pub failed: i64,
    /// Cases blocked.
    pub blocked: i64,
    /// Where it stands.
    pub origin: Span,
}

impl TestRun {
    /// All counts in order of time, the newest last.
    #[must_use]
    pub fn counts(&self) -> impl DoubleEndedIterator<Item = TestCount> + '_ {
        let newest = TestCount {
            date: self.date,
            planned: self.planned,
            run: self.run,
            passed: self.passed,
            failed: self.failed,
            blocked: self.blocked,
            origin: self.origin,
        };
        self.earlier.iter().copied().chain([newest])
    }

    /// How far it had come on a day; none where nobody had counted yet.
    #[must_use]
    pub fn count_on(&self, day: Date) -> Option<TestCount> {
        self.counts().rev().find(|count| count.date.is_none_or(|date| date <= day))
    }

    /// How far it stands on a day: its newest count by then, and where nobody had counted yet, the cases that it planned first, with
    /// none of them run.
    ///
    /// A test of 24 cases, counted for the first time on 13 October, stands at 0 of 24 run on 9 October.
    #[must_use]
    pub fn position_on(&self, day: Date) -> TestCount {
        let (planned, origin) =
            self.counts().next().map_or((self.planned, self.origin), |first| (first.planned, first.origin));
        let not_begun = TestCount { date: None, planned, run: 0, passed: 0, failed: 0, blocked: 0, origin };
        self.count_on(day).unwrap_or(not_begun)
    }
}

/// One line of `defects.csv`.
#[derive(Clone, Debug, PartialEq)]
pub struct Defect {
    /// Its id.
    pub id: String,
    /// What is wrong.
    pub title: String,
    /// 1 (worst) to 4.
    pub severity: u8,
    /// When it was found.
    pub opened: Date,
    /// When it was closed, each time it was, in order of time; the times before the last may be missing.
    pub closed: Vec<Date>,
    /// When it came back, in order of time.
    pub reopened: Vec<Date>,
    /// Who mends it.
    pub owner: Option<PersonNo>,
    /// The task or deliverable it belongs to, as written.
    pub belongs_to: Option<String>,
    /// The workaround, if there is one.
    pub workaround: Option<String>,
    /// Where the line stands.
    pub origin: Span,
}

impl Defect {
    /// Says whether it is unmended as of a day: what happened to it last by then was no closing.
    #[must_use]
    pub fn is_open(&self, day: Date) -> bool {
        let last = |days: &[Date]| days.iter().copied().filter(|on| *on <= day).max();
        let is_back = || last(&self.reopened) > last(&self.closed);
        self.opened <= day && (last(&self.closed).is_none() || is_back())
    }

    /// How many times it had come back by a day.
    #[must_use]
    pub fn n_returns(&self, day: Date) -> usize {
        self.reopened.iter().filter(|back| **back <= day).count()
    }

    /// Says whether it had been closed by a day, if only until it came back.
    #[must_use]
    pub fn was_closed(&self, day: Date) -> bool {
        self.n_returns(day) > 0 || self.closed.iter().any(|closed| *closed <= day)
    }
}

/// One line of `flow.csv`: an item of work and the days on which it reached its states.
#[derive(Clone, Debug, PartialEq)]
pub struct FlowItem {
    /// Its number.
    pub item: String,
    /// What it is.
    pub title: Option<String>,
    /// The task it belongs to.
    pub task: Option<TaskNo>,
    /// When it was asked for.
    pub arrived: Date,
    /// When it reached work or a later state.
    pub started: Option<Date>,
    /// When it reached review or a later state.
    pub review: Option<Date>,
    /// When it was done.
    pub done: Option<Date>,
    /// Whether it was reviewed on a day of its own.
    pub was_reviewed: bool,
    /// Where the line stands.
    pub origin: Span,
}

/// What the organisation gains.
#[derive(Clone, Debug)]
pub struct Benefit {
    /// Its id.
    pub id: Id,
    /// What.
    pub benefit: Text,
    /// How it is measured.
    pub measure: Option<Text>,
    /// The unit of the numbers.
    pub unit: Option<String>,
    /// The value before, in thousandths of the unit.
    pub baseline: Option<i64>,
    /// The value to reach, in thousandths of the unit.
    pub target: Option<i64>,
    /// By when.
    pub due: Option<Date>,
    /// Who answers for it.
    pub owner: Option<PersonNo>,
    /// What was measured, in order of date.
    pub readings: Vec<BenefitReading>,
    /// What it must have reached by a day, in order of date; empty for most.
    pub checkpoints: Vec<Checkpoint>,
    /// When it is to be measured next.
    pub next_reading: Option<Date>,
    /// Where it stands.
    pub origin: Span,
}

/// A value that a benefit must have reached by a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checkpoint {
    /// The day.
    pub by: Date,
    /// The value, in thousandths of the unit.
    pub thousandths: i64,
    /// Where it stands.
    pub origin: Span,
}

impl Benefit {
    /// The checkpoints that a day lies on or behind and that were not reached, each with the newest reading up to its day; one
    /// of which nothing was read by then counts as not reached.
    ///
    /// At least 65 by 20 November, read at 61 on that day: missed. Where the target lies below the value before, less is better.
    pub fn checkpoints_missed(
        &self,
        day: Date,
    ) -> impl Iterator<Item = (&Checkpoint, Option<&BenefitReading>)> {
        self.checkpoints.iter().filter(move |checkpoint| checkpoint.by <= day).filter_map(move |checkpoint| {
            let read = self.readings.iter().rfind(|reading| reading.date <= checkpoint.by);
            let is_reached = read.is_some_and(|read| self.is_at(read.thousandths, checkpoint.thousandths));
            (!is_reached).then_some((checkpoint, read))
        })
    }

    /// The newest reading by a day.
    #[must_use]
    pub fn newest(&self, day: Date) -> Option<BenefitReading> {
        self.readings.iter().rev().find(|reading| reading.date <= day).copied()
    }

    /// Whether its target was reached by the newest reading of a day; not where nothing was read or no target is set. Where the target
    /// lies below the value before, less is better.
    #[must_use]
    pub fn is_reached(&self, day: Date) -> bool {
        let Some((target, read)) = self.target.zip(self.newest(day)) else { return false };
        self.is_at(read.thousandths, target)
    }

    /// Where it stands on a day.
    #[must_use]
    pub fn standing(&self, day: Date) -> Standing {
        let is_due = self.due.is_some_and(|due| due <= day);
        match (self.target, self.newest(day)) {
            (_, None) if is_due => Standing::Unread,
            (_, None) => Standing::NotMeasured,
            (None, Some(_)) => Standing::NotComparable,
            (Some(target), Some(read)) if self.is_at(read.thousandths, target) => Standing::Reached,
            _ if is_due => Standing::Missed,
            (_, Some(read)) if self.baseline.is_some_and(|before| self.is_at(before, read.thousandths)) => {
                Standing::NoBetter
            }
            _ => Standing::OnTheWay,
        }
    }

    /// Whether a value is as good as another: at it or beyond it. Where the target lies below the value before, less is better.
    fn is_at(&self, read: i64, wanted: i64) -> bool {
        let before = self.baseline.unwrap_or(0);
        reaches(read, wanted, self.target.is_some_and(|target| target < before))
    }

    /// When it is to be measured next, as of a day; none where no day is named, or it was measured on that day or later.
    #[must_use]
    pub fn next_measured(&self, day: Date) -> Option<Date> {
        self.next_reading.filter(|next| self.newest(day).is_none_or(|newest| newest.date < *next))
    }

    /// Whether a day is set on which it shows what it brings: the next reading or its due day lies ahead, or it was read when it was due or
    /// later. A due day gone by without a reading is no such day.
    #[must_use]
    pub fn has_measuring_day(&self, day: Date) -> bool {
        let is_read = |due: Date| self.newest(day).is_some_and(|newest| newest.date >= due);
        self.next_measured(day).is_some() || self.due.is_some_and(|due| due > day || is_read(due))
    }
}

/// One measurement of a benefit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BenefitReading {
    /// When.
    pub date: Date,
    /// How much, in thousandths of the unit.
    pub thousandths: i64,
    /// Where it stands.
    pub origin: Span,
}

/// What operations takes over.
#[derive(Clone, Debug, Default)]
pub struct Handover {
    /// The ownership register.
    pub items: Vec<HandoverItem>,
    /// Service-acceptance criteria.
    pub criteria: Vec<ServiceCriterion>,
    /// Steps of the cut-over, in order.
    pub cut_over: Vec<CutOverStep>,
    /// Indicators of early-life support.
    pub indicators: Vec<Indicator>,
    /// First and last day of early-life support.
    pub early_life: Option<crate::quantity::Window>,
    /// Counts of migrated data, in the order of the file.
    pub reconciliation: Vec<Reconciliation>,
    /// What was tried before it is needed, in the order of the file.
    pub rehearsals: Vec<Rehearsal>,
    /// Sign-offs for security, data protection and the law, in the order of the file.
    pub sign_offs: Vec<SignOff>,
    /// People who have to be trained, in the order of the file.
    pub training: Vec<Training>,
    /// What stakeholders said at the end; none where nobody asked them.
    pub survey: Option<Survey>,
    /// Records that stay, in the order of the file.
    pub retention: Vec<Retention>,
    /// Where the file begins.
    pub origin: Span,
}

/// One thing that changes hands.
#[derive(Clone, Debug)]
pub struct HandoverItem {
    /// Its id.
    pub id: Id,
    /// What: a service, asset, contract, licence, document, account, risk, known error, running cost.
    pub item: Text,
    /// Its kind, as written.
    pub kind: Option<String>,
    /// Who gives it.
    pub from: Option<PersonNo>,
    /// Who takes it.
    pub to: Option<PersonNo>,
    /// When it was taken.
    pub accepted: Option<Date>,
    /// Who signed for it, where it was not the one who takes it.
    pub accepted_by: Option<PersonNo>,
    /// When it expires (contracts, licences, certificates).
    pub expires: Option<Date>,
    /// What it costs a year.
    pub yearly_cost: Option<Amount>,
    /// Where the proof lies.
    pub evidence: Option<Text>,
    /// Where it stands.
    pub origin: Span,
}

/// A criterion of service acceptance.
#[derive(Clone, Debug)]
pub struct ServiceCriterion {
    /// What must hold.
    pub criterion: Text,
    /// Who answers for it.
    pub owner: Option<PersonNo>,
    /// When it was met; none while it is open.
    pub met: Option<Date>,
    /// When it shall be met.
    pub due: Option<Date>,
    /// Where the proof lies.
    pub evidence: Option<Text>,
    /// Where it stands.
    pub origin: Span,
}

/// A step of the cut-over.
#[derive(Clone, Debug)]
pub struct CutOverStep {
    /// What is done.
    pub step: Text,
    /// When it begins; none where nobody says.
    pub at: Option<Moment>,
    /// Who does it.
    pub owner: Option<PersonNo>,
    /// What must hold to go on.
    pub go_if: Option<Text>,
    /// What is done where it does not hold.
    pub else_do: Option<Text>,
    /// Whether there is no way back after it.
    pub no_return: bool,
    /// When it was done; none while it is ahead.
    pub done: Option<Date>,
    /// Where it stands.
    pub origin: Span,
}

/// A figure watched during early-life support.
#[derive(Clone, Debug)]
pub struct Indicator {
    /// What is watched.
    pub indicator: Text,
    /// The unit of the numbers.
    pub unit: Option<String>,
    /// The limit, as written.
    pub limit: Option<String>,
    /// The limit as a number, where it is one.
    pub bound: Option<Bound>,
    /// What was measured, in order of date.
    pub readings: Vec<BenefitReading>,
    /// The newest value in words, of what no number measures.
    pub current: Option<String>,
    /// Whether the limit is kept, as stated; counts only without readings.
    pub within: Option<bool>,
    /// Where it stands.
    pub origin: Span,
}

/// A limit that is a number, in thousandths of the unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bound {
    /// The value may not be above.
    AtMost(i64),
    /// The value may not be below.
    AtLeast(i64),
}

impl Bound {
    /// The number, in thousandths of the unit.
    #[must_use]
    pub fn thousandths(self) -> i64 {
        match self {
            Self::AtMost(limit) | Self::AtLeast(limit) => limit,
        }
    }

    /// Says whether a value keeps the limit; the limit itself does.
    #[must_use]
    pub fn is_kept_by(self, thousandths: i64) -> bool {
        match self {
            Self::AtMost(limit) => thousandths <= limit,
            Self::AtLeast(limit) => thousandths >= limit,
        }
    }
}

impl Indicator {
    /// The newest reading by a day.
    #[must_use]
    pub fn newest(&self, day: Date) -> Option<BenefitReading> {
        self.readings.iter().rev().find(|reading| reading.date <= day).copied()
    }

    /// Says whether the limit was kept on a day: by the newest reading against the limit; without readings as somebody
    /// stated. None where neither is known.
    #[must_use]
    pub fn is_within(&self, day: Date) -> Option<bool> {
        if self.readings.is_empty() {
            return self.within;
        }
        Some(self.bound?.is_kept_by(self.newest(day)?.thousandths))
    }
}
