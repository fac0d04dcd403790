//! Frozen records: baselines that were approved, snapshots of what was reported.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::Project;
use crate::diagnostic::Span;
use crate::model::{Allowances, Earning, Figures, GateRecord, Length, TaskNo, ValueSeries};
use crate::quantity::{Amount, Effort, GateId, Id};

/// A plan that was approved and is measured against.
#[derive(Clone, Debug)]
pub struct Baseline {
    /// Its id, such as `B1`.
    pub id: Id,
    /// When it was approved.
    pub approved: Option<Date>,
    /// The revision it was made from.
    pub source_revision: Option<String>,
    /// The status date it was frozen on; none where no command froze it.
    pub frozen: Option<Date>,
    /// The gate, change or decision that allows it, as written.
    pub authorised_by: Option<Id>,
    /// Its digest, as written.
    pub digest: Option<String>,
    /// The digest of what the file says.
    pub digest_of_values: String,
    /// Whether it carried a digest when it was written: see [`Seal::Lost`].
    pub had_digest: bool,
    /// The finish it promises.
    pub finish: Option<Date>,
    /// Where that stands.
    pub finish_origin: Option<Span>,
    /// The budget at completion it promises.
    pub budget: Option<Amount>,
    /// The tolerances and reserves that were allowed with it; empty where the file does not say.
    pub allowed: Allowances,
    /// The business case as it was approved, where the file carries it.
    pub case: Option<FrozenCase>,
    /// Tasks by number; a task that is missing here was added later.
    pub tasks: BTreeMap<TaskNo, BaselineTask>,
    /// Methods of earning value, by task; where one is missing, that of the plan holds.
    pub methods: BTreeMap<TaskNo, Earning>,
    /// Planned value over time, by task; where it is missing, it follows from dates and method.
    pub planned_value: BTreeMap<TaskNo, ValueSeries>,
    /// Money that belongs to no task; none where the file does not say, and today's budget lines stand in for it.
    pub lines: Option<Vec<BaselineLine>>,
    /// What it promises for tasks that the plan no longer has, in order.
    pub dropped: Vec<DroppedTask>,
    /// The last day of its tasks, also of those that the plan no longer has; none where it lists none.
    pub last_task_day: Option<Date>,
    /// What its tasks and lines come to, also those that the plan no longer has.
    pub sum: Amount,
    /// Where the file begins.
    pub origin: Span,
}

impl Baseline {
    /// The time of people that goes into its work, over all tasks that the plan still has; level of effort is left out, which is only
    /// spent, as where effort burns down. None where it does not say.
    #[must_use]
    pub fn effort(&self) -> Option<Effort> {
        let is_work = |number: &TaskNo| self.methods.get(number) != Some(&Earning::LevelOfEffort);
        let work = self.tasks.iter().filter(|(number, _)| is_work(number));
        let mut efforts = work.filter_map(|(_, task)| task.effort).peekable();
        efforts.peek().is_some().then(|| Effort::from_minutes(efforts.sum()))
    }
}

/// What the baseline promises for a task.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct BaselineTask {
    /// First day.
    pub start: Date,
    /// Last day.
    pub finish: Date,
    /// Its length, where written.
    pub duration: Option<Length>,
    /// Budget.
    pub budget: Amount,
    /// Minutes of people, where written.
    pub effort: Option<i64>,
    /// Units there are in all, where the task is counted in units.
    pub units: Option<i64>,
    /// Where it stands.
    pub origin: Span,
}

/// A task of a baseline that the plan no longer has. What was promised for it stays promised.
#[derive(Clone, Debug, PartialEq)]
pub struct DroppedTask {
    /// Its id; the plan has no task of that name.
    pub id: Id,
    /// First day.
    pub start: Date,
    /// Last day.
    pub finish: Date,
    /// Budget.
    pub budget: Amount,
    /// Whether it was to earn with time alone (level of effort), as far as the baseline says.
    pub is_level_of_effort: bool,
    /// Planned value over time; none where the file does not say, and it is spread evenly.
    pub planned_value: Option<ValueSeries>,
    /// Where it stands.
    pub origin: Span,
}

/// What the baseline promises for money that belongs to no task.
#[derive(Clone, Debug, PartialEq)]
pub struct BaselineLine {
    /// What for.
    pub name: String,
    /// The category.
    pub category: String,
    /// How much.
    pub budget: Amount,
    /// First day.
    pub start: Date,
    /// Last day.
    pub finish: Date,
    /// Planned value over time; none where it is spent evenly.
    pub planned_value: Option<ValueSeries>,
    /// Where it stands.
    pub origin: Span,
}

/// The preferred option of the business case as it was approved: what it was computed from, and what came out.
#[derive(Clone, Debug, PartialEq)]
pub struct FrozenCase {
    /// The option's id; today's file may have it no longer.
    pub option: Id,
    /// Discount rate a year, in hundredths of a percent.
    pub rate: i64,
    /// Costs by year, year 0 first.
    pub costs: Vec<Amount>,
    /// Benefits by year.
    pub benefits: Vec<Amount>,
    /// Of these, what brings in money; none where all do.
    pub cashable_benefits: Option<Vec<Amount>>,
    /// Of the costs, what the project itself spends; none where the file does not tell it apart.
    pub carried: Option<Amount>,
    /// The net present value that was said then.
    pub net_present_value: Option<Amount>,
    /// What else was said of it then.
    pub said: CaseMeasures,
    /// When the case counted on what its benefits wait for.
    pub benefits_expected: Option<Date>,
    /// Where it stands.
    pub origin: Span,
}

/// What was said of a business case beside its net present value, as far as it was kept.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CaseMeasures {
    /// Net present value of the benefits alone that bring in money.
    pub npv_cashable: Option<Amount>,
    /// Present value of costs.
    pub pv_costs: Option<Amount>,
    /// Present value of benefits.
    pub pv_benefits: Option<Amount>,
    /// Internal rates of return (IRR) in thousandths of a percent; empty where there is none that can be told.
    pub internal_rates: Vec<i64>,
    /// Benefit–cost ratio (BCR) in thousandths.
    pub benefit_cost_ratio: Option<i64>,
    /// Discounted payback in thousandths of a year; none where it never pays back.
    pub discounted_payback: Option<i64>,
    /// How many years it lasts.
    pub life: Option<u32>,
}

/// What the site said on a day.
#[derive(Clone, Debug)]
pub struct Snapshot {
    /// The day.
    pub status_date: Date,
    /// The revision.
    pub source_revision: Option<String>,
    /// Its digest, as written.
    pub digest: Option<String>,
    /// The digest of what the file says.
    pub digest_of_values: String,
    /// Whether it carried a digest when it was written: see [`Seal::Lost`].
    pub had_digest: bool,
    /// All numbers and dates but those below.
    pub figures: Figures,
    /// Milestones and gates by id, also those that the plan no longer has.
    pub milestones: BTreeMap<Id, MilestoneDay>,
    /// Computed colour, in the word of the file.
    pub computed: Option<String>,
    /// Declared colour.
    pub declared: Option<String>,
    /// Computed colours of the dimensions, by the key of the dimension.
    pub dimensions: BTreeMap<String, String>,
    /// The figures behind these colours in words, by the key of the dimension; empty where they were not frozen.
    pub reasons: BTreeMap<String, String>,
    /// Further values, as written.
    pub values: Vec<SnapshotValue>,
    /// Where the file begins.
    pub origin: Span,
}

/// What was known of a milestone on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MilestoneDay {
    /// The day it was reached on, or else its forecast.
    pub day: Date,
    /// Whether it had been reached.
    pub is_reached: bool,
}

/// A further value of a snapshot.
#[derive(Clone, Debug, PartialEq)]
pub struct SnapshotValue {
    /// Its name.
    pub name: String,
    /// Its value, as written.
    pub value: String,
}

impl Baseline {
    /// The first twelve digits of its digest, enough to be compared by eye; none where it carries none.
    #[must_use]
    pub fn short_digest(&self) -> Option<String> {
        let digest = self.digest.as_ref()?;
        Some(digest.trim_start_matches("sha256:").chars().take(12).collect())
    }

    /// Whether the file still says what it said when it was frozen.
    #[must_use]
    pub fn seal(&self) -> Seal {
        Seal::of(self.digest.as_ref(), &self.digest_of_values, self.had_digest)
    }
}

impl Project {
    /// The newest baseline in force on a day.
    #[must_use]
    pub fn baseline_as_of(&self, day: Date) -> Option<&Baseline> {
        self.baselines_by(day).next_back()
    }

    /// The baselines that were in force on or before a day, oldest first. One without a day of approval is in force on every day.
    pub fn baselines_by(&self, day: Date) -> impl DoubleEndedIterator<Item = &Baseline> + Clone {
        self.baselines.iter().filter(move |baseline| baseline.in_force_from().is_none_or(|from| from <= day))
    }

    /// The baselines that came into force after a day and by another one, each with its day, in order.
    pub fn baselines_between(&self, after: Date, until: Date) -> impl Iterator<Item = (Date, &Baseline)> {
        self.baselines
            .iter()
            .filter_map(|baseline| Some((baseline.in_force_from()?, baseline)))
            .filter(move |(day, _)| after < *day && *day <= until)
    }

    /// Whether somebody has allowed a baseline by a day: a passed gate names it, or the gate, change or decision that it names as its
    /// authority is passed or approved. One that no command froze and that names no authority is taken as it is.
    #[must_use]
    pub fn is_allowed(&self, baseline: &Baseline, day: Date) -> bool {
        if baseline.frozen.is_none() && baseline.authorised_by.is_none() {
            return true;
        }
        self.gates_that_allow(baseline, day).next().is_some()
            || baseline.authorised_by.as_ref().is_some_and(|id| self.is_authority(id, day))
    }

    /// The gates that are passed by a day and whose decision is about a baseline, in order.
    pub fn gates_that_allow<'a>(
        &'a self,
        baseline: &'a Baseline,
        day: Date,
    ) -> impl Iterator<Item = &'a GateRecord> {
        self.gates.values().filter(move |gate| gate.is_passed(day) && baseline.is_of_gate(gate))
    }

    /// Whether an id is that of a gate that is passed by a day, or of a change or decision that is approved.
    #[must_use]
    pub fn is_authority(&self, id: &Id, day: Date) -> bool {
        let gate = id.as_str().parse::<GateId>().ok().and_then(|gate| self.gates.get(&gate));
        let mut changes = self.registers.changes.iter();
        let mut decisions = self.registers.decisions.iter();
        gate.is_some_and(|gate| gate.is_passed(day))
            || changes.any(|change| change.id == *id && change.is_approved(day))
            || decisions.any(|entry| entry.id == *id && entry.decision.is_some() && !entry.is_open(day))
    }
}

impl Baseline {
    /// Whether the decision on a gate is about it: the page of the gate names it, or it names the gate as what allows it.
    #[must_use]
    pub fn is_of_gate(&self, gate: &GateRecord) -> bool {
        let by = self.authorised_by.as_ref().and_then(|id| id.as_str().parse::<GateId>().ok());
        gate.baseline.as_ref() == Some(&self.id) || by == Some(gate.gate)
    }

    /// The day from which it is measured against: that of its approval; where it was frozen later, that of freezing, since nobody can
    /// be held to what is not written down. None where it was not approved.
    ///
    /// Approved on 15 March and frozen with the next report, on the 19th: from the 19th. Frozen on the 12th to lie before the board of the
    /// 15th: from the 15th.
    #[must_use]
    pub fn in_force_from(&self) -> Option<Date> {
        self.approved.map(|approved| self.frozen.map_or(approved, |frozen| approved.max(frozen)))
    }

    /// The day on which it was frozen, where that is after its approval.
    #[must_use]
    pub fn frozen_later(&self) -> Option<Date> {
        self.frozen.filter(|frozen| self.approved.is_some_and(|approved| approved < *frozen))
    }
}

impl Snapshot {
    /// A report of a day that says nothing.
    #[cfg(test)]
    pub(crate) fn silent(status_date: Date) -> Self {
        Self {
            status_date,
            source_revision: None,
            digest: None,
            digest_of_values: String::new(),
            had_digest: false,
            figures: Figures::default(),
            milestones: BTreeMap::new(),
            computed: None,
            declared: None,
            dimensions: BTreeMap::new(),
            reasons: BTreeMap::new(),
            values: Vec::new(),
            origin: Span::default(),
        }
    }

    /// Whether the file still says what it said when its report was closed.
    #[must_use]
    pub fn seal(&self) -> Seal {
        Seal::of(self.digest.as_ref(), &self.digest_of_values, self.had_digest)
    }
}

/// Whether a frozen record still says what it said when it was frozen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Seal {
    /// It fits its digest, or no command froze it.
    Whole,
    /// It says something else than its digest is of.
    Broken,
    /// It carries no digest, although it had one: it says that a command wrote it, or a record before it has a digest.
    Lost,
}

impl Seal {
    pub(super) fn of(digest: Option<&String>, of_values: &str, had_digest: bool) -> Self {
        match digest {
            Some(digest) if digest == of_values => Self::Whole,
            Some(_) => Self::Broken,
            None if had_digest => Self::Lost,
            None => Self::Whole,
        }
    }

    /// Says whether the record can be relied on.
    #[must_use]
    pub fn is_whole(self) -> bool {
        self == Self::Whole
    }
}
