//! The risk of the schedule: the plan run thousands of times, each time with other lengths and other luck.
//!
//! Comes in: the engine, what was reported, how runs are to be made, what tasks cost. Goes out: [`ScheduleRisk`], or none
//! where nothing varies. Pure and deterministic: the same seed gives the same bytes on any number of threads. Not here:
//! what a percentile means to readers, where the money figures come from.
//!
//! The way through: `compile` turns the engine's network into a flat one (`network`) on tables of working time (`axis`)
//! and of quantiles (`distribution`); `run` draws (`random`, `normal`) and schedules eight runs at a time; `outcome` sums up.
//!
//! What varies: the length of open tasks with three points, in what is left of begun ones in proportion; and open
//! risks of the register, each of which strikes in a share of the runs given by its probability, and then adds its time
//! to the open tasks it names. As long as a response is not done, the probability is today's; where residual ones are
//! recorded, the runs are made a second time with those. Lags, calendars and constraints are as planned.

mod axis;
mod compile;
mod distribution;
mod known;
mod lags;
mod network;
mod normal;
mod outcome;
mod random;
mod run;
mod sketch;
mod spread;
mod tally;

#[cfg(test)]
mod laws;

use std::sync::Arc;

use crate::model::TaskNo;
use crate::plan::{Engine, Facts, Schedule};
use crate::quantity::{Amount, Instant};

use compile::{Compiler, Responses};
use network::FlatNetwork;
use outcome::Likely;
use run::{Dependence, Runs, run_all};
use sketch::Sketched;

pub use crate::model::{Distribution, RiskOptions};
pub use known::{KnownRuns, RunKey};
pub use outcome::{IfAnswered, RiskEffect, ScheduleRisk, Sensitivity, TaskRisk, WatchedFinish};
pub use spread::{Outcome, Spread};

/// What money depends on the length of tasks.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RunCosts {
    /// What the project costs if everything takes as long as is most likely: spent, fixed and still to be worked.
    pub likely: Amount,
    /// By task: the part of it that is people's time still to be worked, which grows and shrinks with what is left of
    /// the task. Missing entries cost nothing.
    pub left: Vec<Amount>,
}

/// By when a task, a point or a summary shall be finished.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Promise {
    /// The task.
    pub task: TaskNo,
    /// Who promises it.
    pub source: PromiseSource,
    /// The end of the day or the minute that is promised.
    pub by: Instant,
    /// The last instant that keeps it; later than `by` where no work lies between the two ([`super::met_until`]).
    pub kept_until: Instant,
}

/// Where a promise is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum PromiseSource {
    /// The baseline, or the plan where none is frozen.
    Reference,
    /// The deadline of the task.
    Deadline,
}

impl Promise {
    /// What the baseline, or the plan, promises: kept by an instant and no later.
    #[must_use]
    pub fn of_reference(task: TaskNo, by: Instant) -> Self {
        Self { task, source: PromiseSource::Reference, by, kept_until: by }
    }
}

/// What is asked of the runs.
#[derive(Clone, Debug, Default)]
pub struct RiskQuestion {
    /// How they are made.
    pub options: RiskOptions,
    /// What they cost.
    pub costs: RunCosts,
    /// What is promised of finishes, each to be held against the runs.
    pub watch: Vec<Promise>,
}

impl Engine<'_> {
    /// Runs the schedule many times with lengths and risks drawn at random.
    ///
    /// None where nothing varies: no open task has a range, and no open risk that costs time names an open task.
    #[must_use]
    pub fn risk(&self, facts: &Facts, question: &RiskQuestion) -> Option<Arc<ScheduleRisk>> {
        self.risk_of(facts, &self.run(facts), (question, &KnownRuns::default()))
    }

    /// The same for a schedule that is known: what [`Engine::run`] gives for these facts. A levelled one keeps its order of
    /// work in every run. What is known of runs that depend on exactly the same is not made again.
    #[must_use]
    pub fn risk_of(
        &self,
        facts: &Facts,
        schedule: &Schedule,
        (question, known): (&RiskQuestion, &KnownRuns),
    ) -> Option<Arc<ScheduleRisk>> {
        let project_time = self.project().working_time();
        let (pass, early) = self.in_order_of_work(facts, schedule);
        let compiled = |responses: Responses| {
            Compiler::new(self.project(), &pass, &early, question, responses).compile(&project_time)
        };
        let as_they_stand = compiled(Responses::AsTheyStand);
        if !as_they_stand.is_uncertain() {
            return None;
        }
        let is_open = as_they_stand.strikes.iter().any(|strike| strike.hoped_for.is_some());
        let all_worked = is_open.then(|| compiled(Responses::AllWorked));
        let likely = Likely { finish: pass.project_finish(&early), cost: question.costs.likely };
        let key = RunKey::of(&(&as_they_stand, &all_worked, question.options, likely));
        Some(known.get(key, || {
            let run = |sketched: &Sketched<'_>| {
                let network = sketched.laid_out(question.options.distribution, known);
                let runs = runs(&network, &question.options, project_time.minutes_before(likely.finish));
                (network, runs)
            };
            let if_answered = all_worked.map(|worked| IfAnswered::new(&run(&worked).1, likely.cost));
            let (network, runs) = run(&as_they_stand);
            let strikes = as_they_stand.strikes;
            let mut risk = ScheduleRisk::new(question.options, &network, strikes, &runs, (likely, key));
            risk.if_answered = if_answered;
            risk
        }))
    }
}

/// Makes the runs of a network.
fn runs(network: &FlatNetwork, options: &RiskOptions, likely_finish: i64) -> Runs {
    let dependence = dependence(options);
    run_all(network, options.runs.max(1) as usize, dependence.as_ref(), likely_finish)
}

/// How lengths hang together; none where each varies by itself.
fn dependence(options: &RiskOptions) -> Option<Dependence> {
    let correlation = options.correlation.fraction().clamped();
    (correlation.numerator() > 0).then(|| Dependence::new(options.seed, correlation.as_f64()))
}
