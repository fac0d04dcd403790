//! `deliverables.yaml`, `requirements.yaml`, `quality.yaml`, `benefits.yaml`, `handover.yaml`: what is delivered, how good it is,
//! what it brings and who takes it over.

use jiff::civil::Date;

use crate::diagnostic::Spanned;
use crate::quantity::{Id, Measure, Moment, Money, Tally, Window};
use crate::record;
use crate::record::closing::{RetentionRecord, SurveyRecord};
use crate::record::readiness::{ReconciliationRecord, RehearsalRecord, SignOffRecord, TrainingRecord};
use crate::vocabulary;

vocabulary! {
    /// How much a requirement matters.
    pub struct Priority("a priority"): "must", "should" or "could";
}

record! {
    /// Something the project hands over. Tasks say `produces:` with its id.
    pub struct DeliverableRecord("deliverable") {
        /// What it is.
        required deliverable: Spanned<String>,
        /// Who accepts it.
        approver: Spanned<Id>,
        /// Who makes it.
        owner: Spanned<Id>,
        /// What it must satisfy before it is accepted.
        criteria: Vec<CriterionRecord>,
        /// The days on which it was submitted for acceptance, one for each time.
        submitted: Vec<Spanned<Date>>,
        /// The days on which it was sent back.
        rejected: Vec<Spanned<Date>>,
        /// The day on which it was accepted.
        accepted: Spanned<Date>,
        /// Who accepted it, where it was not the approver.
        accepted_by: Spanned<Id>,
        /// Known shortcomings that were accepted, and the plan for them.
        condition: Spanned<String>,
        /// Where the acceptance is recorded: minutes, mail, certificate.
        evidence: Spanned<String>,
    }
    computed {
        status: "type `accepted:` with the day of acceptance and `met:` at each criterion; the state is computed",
        percent_complete: "report progress of the task that produces it in `progress.csv`",
    }
}

record! {
    /// Something a deliverable must satisfy.
    pub struct CriterionRecord("criterion") {
        /// What must hold.
        required criterion: Spanned<String>,
        /// How far it holds: `2 of 14`, `yes` or `no`; leave it out while nobody has looked.
        met: Spanned<Tally>,
        /// The day as of which `met` holds; documents of an earlier day show the criterion as not looked at.
        met_on: Spanned<Date>,
        /// Where the proof lies.
        evidence: Spanned<String>,
    }
}

record! {
    /// Something that was asked for. Deliverables meet it, tests prove it; how far both have come is computed.
    pub struct RequirementRecord("requirement") {
        /// What must hold, in one sentence.
        required requirement: Spanned<String>,
        /// How much it matters: `must`, `should` or `could`.
        priority: Spanned<Priority>,
        /// Who asked for it, or where it comes from.
        source: Spanned<String>,
        /// Ids of the deliverables that are to meet it, such as `[D2]`.
        delivered_by: Vec<Spanned<Id>>,
        /// Ids of the tests in `quality.yaml` that are to prove it, such as `[T1]`.
        tested_by: Vec<Spanned<Id>>,
    }
    computed {
        status: "type `accepted:` at the deliverable and `passed:` at the test; the state of a requirement is computed",
        coverage: "name deliverables in `delivered_by:` and tests in `tested_by:`; the coverage is computed from them",
    }
}

record! {
    /// `quality.yaml`: how quality is planned and proven.
    pub struct QualityRecord("quality plan") {
        /// How quality is assured, in words.
        approach: Spanned<String>,
        /// Test runs by id.
        tests: Keyed<TestRunRecord>,
    }
}

record! {
    /// A value that a benefit must have reached by a day.
    pub struct CheckpointRecord("checkpoint") {
        /// The day.
        required by: Spanned<Date>,
        /// The value, in the unit of the benefit.
        required value: Spanned<Measure>,
    }
}

record! {
    /// A set of test cases and how far it has come.
    pub struct TestRunRecord("test run") {
        /// What is tested.
        required name: Spanned<String>,
        /// The day the counts speak of.
        date: Spanned<Date>,
        /// How many cases are planned.
        required planned: Spanned<i64>,
        /// How many were run.
        run: Spanned<i64>,
        /// How many of those passed.
        passed: Spanned<i64>,
        /// How many of those failed.
        failed: Spanned<i64>,
        /// How many could not be run.
        blocked: Spanned<i64>,
        /// The counts of earlier days, one entry for each; the fields above are the newest. They make the line over time.
        earlier: Vec<TestCountRecord>,
    }
    computed {
        pass_rate: "type `run` and `passed`; the rate is computed from them",
        coverage: "type `planned` and `run`; the coverage is computed from them",
    }
}

record! {
    /// How far a set of test cases had come on an earlier day.
    pub struct TestCountRecord("test count") {
        /// The day the counts speak of.
        required date: Spanned<Date>,
        /// How many cases were planned then; as many as now where not given.
        planned: Spanned<i64>,
        /// How many had been run.
        run: Spanned<i64>,
        /// How many of those had passed.
        passed: Spanned<i64>,
        /// How many of those had failed.
        failed: Spanned<i64>,
        /// How many could not be run.
        blocked: Spanned<i64>,
    }
    computed {
        pass_rate: "type `run` and `passed`; the rate is computed from them",
        coverage: "type `planned` and `run`; the coverage is computed from them",
    }
}

record! {
    /// What the organisation gains, and how one will see it.
    pub struct BenefitRecord("benefit") {
        /// What is gained.
        required benefit: Spanned<String>,
        /// How it is measured.
        measure: Spanned<String>,
        /// The unit of the numbers, such as `complaints a month`; taken from the numbers where not given.
        unit: Spanned<String>,
        /// The value before the project.
        baseline: Spanned<Measure>,
        /// The value to reach.
        target: Spanned<Measure>,
        /// The day by which it is to be reached.
        due: Spanned<Date>,
        /// Who answers for it.
        owner: Spanned<Id>,
        /// What was measured, one entry for each time.
        readings: Vec<ReadingRecord>,
        /// What it must have reached by a day on its way: a tolerance with a date. The newest reading up to that day counts; a
        /// value that was not reached makes the benefits red.
        checkpoints: Vec<CheckpointRecord>,
        /// The day on which it is to be measured next.
        next_reading: Spanned<Date>,
    }
    computed {
        status: "type `readings`; whether the benefit is on its way is computed",
    }
}

record! {
    /// One measurement.
    pub struct ReadingRecord("reading") {
        /// The day of the measurement.
        required date: Spanned<Date>,
        /// What was measured.
        required value: Spanned<Measure>,
    }
}

record! {
    /// `handover.yaml`: what operations takes over, and what must hold before it does.
    pub struct HandoverRecord("handover") {
        /// The ownership register: everything that changes hands, by id.
        items: Keyed<HandoverItemRecord>,
        /// Service-acceptance criteria: what must hold before operations accepts.
        criteria: Vec<ServiceCriterionRecord>,
        /// The steps of the cut-over, in order: from the last go or no-go to the first day of service.
        cut_over: Vec<CutOverStepRecord>,
        /// First and last day of early-life support, such as `2026-12-03 .. 2026-12-31`.
        early_life: Spanned<Window>,
        /// Figures watched during early-life support, with their limits.
        indicators: Vec<IndicatorRecord>,
        /// Counts of migrated data, held against their source.
        reconciliation: Vec<ReconciliationRecord>,
        /// What was tried before it is needed: the way back, the restore, the cut-over.
        rehearsals: Vec<RehearsalRecord>,
        /// The word of those who answer for security, data protection and the law that it may go into service.
        sign_offs: Vec<SignOffRecord>,
        /// Who has to be trained before it goes into service, those who use it and those who run it, and how many are.
        training: Vec<TrainingRecord>,
        /// What stakeholders said of the project at its end.
        survey: SurveyRecord,
        /// Which records stay after the project, until when, and who answers for them.
        retention: Vec<RetentionRecord>,
    }
}

record! {
    /// One thing that changes hands.
    pub struct HandoverItemRecord("handover item") {
        /// What it is.
        required item: Spanned<String>,
        /// Its kind: service, asset, contract, licence, document, account, risk, known error or running cost.
        kind: Spanned<String>,
        /// Who gives it.
        from: Spanned<Id>,
        /// Who takes it.
        to: Spanned<Id>,
        /// The day on which it was taken.
        accepted: Spanned<Date>,
        /// Who signed for it on the receiving side, where it was not the one who takes it.
        accepted_by: Spanned<Id>,
        /// The day on which it expires: contracts, licences, certificates.
        expires: Spanned<Date>,
        /// What it costs a year.
        yearly_cost: Spanned<Money>,
        /// Where the proof lies.
        evidence: Spanned<String>,
    }
    computed {
        status: "type `accepted:` with the day on which it was taken; an item without it is open",
    }
}

record! {
    /// A criterion of service acceptance.
    pub struct ServiceCriterionRecord("service criterion") {
        /// What must hold.
        required criterion: Spanned<String>,
        /// Who answers for it.
        owner: Spanned<Id>,
        /// The day by which it shall be met.
        due: Spanned<Date>,
        /// The day on which it was met; leave it out while it is open.
        met: Spanned<Date>,
        /// Where the proof lies.
        evidence: Spanned<String>,
    }
    computed {
        status: "type `met:` with the day on which it was met; a criterion without it is open",
    }
}

record! {
    /// A step of the cut-over.
    pub struct CutOverStepRecord("cut-over step") {
        /// What is done.
        required step: Spanned<String>,
        /// When it begins: a day, or a day with its time.
        at: Spanned<Moment>,
        /// Who does it.
        owner: Spanned<Id>,
        /// What must hold to go on, such as `every count reconciled by 03:00`.
        go_if: Spanned<String>,
        /// What is done where it does not hold.
        else_do: Spanned<String>,
        /// Whether there is no way back after it.
        no_return: Spanned<bool>,
        /// The day on which it was done.
        done: Spanned<Date>,
    }
    computed {
        status: "type `done:` with the day on which it was done",
    }
}

record! {
    /// A figure watched during early-life support.
    pub struct IndicatorRecord("indicator") {
        /// What is watched.
        required indicator: Spanned<String>,
        /// The unit of the numbers, such as `incidents a week`; where empty, that which stands behind the limit or a reading.
        unit: Spanned<String>,
        /// The limit: `at most 2` or `at least 70%`. With readings, whether it is kept is computed.
        limit: Spanned<String>,
        /// What was measured, one entry for each time.
        readings: Vec<ReadingRecord>,
        /// The newest value, in words, of what no number measures; `readings` count before it.
        current: Spanned<String>,
        /// Whether the limit is kept, `true` or `false`, of what no number measures; with `readings` it is computed.
        within: Spanned<bool>,
    }
}
