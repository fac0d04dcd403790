//! `baselines/*.yaml` and `snapshots/*.yaml`: what was promised and reported on a day, not changed afterwards.

use jiff::civil::Date;

use crate::diagnostic::Spanned;
use crate::quantity::{Duration, Id, Measure, Money, Percent};
use crate::record;
use crate::record::decode::{Dated, Keyed};
use crate::record::earning::EarningRecord;
use crate::record::gate::DeclaredColour;

record! {
    /// `baselines/*.yaml`: a plan that was approved. The file is made when the plan is approved and not
    /// changed afterwards. Slips, scope and earned value are measured against it; without one, against the plan itself.
    pub struct BaselineRecord("baseline") {
        /// Its id, such as `B1`; also the name of the file.
        required baseline: Spanned<Id>,
        /// The day on which it was approved: that of the decision that allows it, be it frozen later. Where a file that was `frozen` by
        /// the command does not say, the day on which the first gate that names it was passed.
        approved: Spanned<Date>,
        /// The revision of the folder it was made from.
        source_revision: Spanned<String>,
        /// A digest of all other values, where `milepost baseline freeze` wrote the file. A file that was edited since no longer
        /// fits it; comments and the order of keys make no difference.
        digest: Spanned<String>,
        /// The status date on which it was frozen. What is measured is measured against it from then on, or from its approval where
        /// that is later.
        frozen: Spanned<Date>,
        /// The gate or approved change that allows it: `G2` or `C7`. A gate whose page names the baseline allows it too.
        authorised_by: Spanned<Id>,
        /// The finish it promises.
        finish: Spanned<Date>,
        /// The budget at completion it promises.
        bac: Spanned<Money>,
        /// The tolerances and reserves that were allowed with the plan. What `project.yaml` and `budget.yaml` say beyond them
        /// does not count until a gate or an approved change allows it. Where the file does not say, they are not held.
        allowed: AllowanceRecord,
        /// The business case as it was approved, so that it can be shown beside that of today.
        case: FrozenCaseRecord,
        /// Tasks by id with dates and budgets.
        required tasks: Keyed<BaselineTaskRecord>,
        /// Money that belongs to no task. Where the file does not say on which day it was `frozen`, the lines of
        /// `budget.yaml` share what the tasks leave of `bac`.
        lines: Vec<BaselineLineRecord>,
        /// Planned value of each task: how much was to be earned by the end of a day, growing evenly from one day to the
        /// next. Without it planned value follows from dates and method, and changes with calendars and methods.
        planned_value: Keyed<Dated<Spanned<Money>>>,
    }
}

record! {
    /// Tolerances and reserves that the board allows.
    pub struct AllowanceRecord("allowance") {
        /// Working time that the finish may slip, such as `10d`.
        time: Spanned<Duration>,
        /// Money by which the forecast may exceed the budget.
        cost: Spanned<Money>,
        /// Units of scope that may come in without an approved change, such as `18 points`.
        unapproved: Spanned<Measure>,
        /// Money for known risks.
        contingency: Spanned<Money>,
        /// Money for unknowns.
        management_reserve: Spanned<Money>,
    }
}

record! {
    /// What a baseline promises for a line of the budget.
    pub struct BaselineLineRecord("line of a baseline") {
        /// What for.
        required name: Spanned<String>,
        /// How much.
        required budget: Spanned<Money>,
        /// The category.
        required category: Spanned<String>,
        /// The first day.
        required start: Spanned<Date>,
        /// The last day.
        required finish: Spanned<Date>,
        /// How much was to be spent by the end of a day, growing evenly from one day to the next.
        planned_value: Dated<Spanned<Money>>,
    }
}

record! {
    /// What a baseline promises for a task.
    pub struct BaselineTaskRecord("baseline task") {
        /// The first day.
        required start: Spanned<Date>,
        /// The last day.
        required finish: Spanned<Date>,
        /// Working time, or elapsed time for a task that was typed in it (`30ed`); `0d` for milestones and gates.
        duration: Spanned<Duration>,
        /// The budget; nothing where not given.
        budget: Spanned<Money>,
        /// The time of people: what all who are assigned give to it, in days of the task's calendar.
        effort: Spanned<Duration>,
        /// How many units there are, where the task is counted in units.
        units: Spanned<i64>,
        /// How it earns value, written as in `plan.yaml`; where it is missing, as the plan says.
        earned_value: EarningRecord,
    }
}

record! {
    /// The preferred option of the business case on the day of the baseline.
    pub struct FrozenCaseRecord("frozen case") {
        /// The id of the option.
        required option: Spanned<Id>,
        /// The discount rate a year.
        required rate: Spanned<Percent>,
        /// All costs by year, year 0 first.
        required costs: Vec<Spanned<Money>>,
        /// All benefits by year, year 0 first.
        required benefits: Vec<Spanned<Money>>,
        /// Of the benefits, those that bring in money; all of them where not given.
        cashable_benefits: Vec<Spanned<Money>>,
        /// Of the costs, what the project itself spends, where the case tells it apart.
        carried: Spanned<Money>,
        /// The net present value that was said on the day.
        npv: Spanned<Money>,
        /// The net present value of that day with the benefits alone that bring in money.
        npv_cashable: Spanned<Money>,
        /// The present value of its costs that was said on the day.
        pv_costs: Spanned<Money>,
        /// The present value of its benefits.
        pv_benefits: Spanned<Money>,
        /// The internal rates of return that were said on the day, to a thousandth of a percent; missing where there was none, or
        /// one too high to tell.
        irr: Vec<Spanned<Measure>>,
        /// The benefit–cost ratio, to the thousandth.
        bcr: Spanned<Measure>,
        /// After how many years it was to pay back, discounted, to the thousandth; missing where it was not to.
        discounted_payback: Spanned<Measure>,
        /// How many years the option was to last.
        life: Spanned<i64>,
        /// The day on which the case counted on what its benefits wait for.
        benefits_expected: Spanned<Date>,
    }
}

record! {
    /// `snapshots/DATE.yaml`: what the site said on a day. The file is made with the report of that day and
    /// not changed afterwards. It feeds every chart of a trend. A field that is missing was not known, or there was nothing
    /// to say.
    pub struct SnapshotRecord("snapshot") {
        /// The day; also the name of the file.
        required status_date: Spanned<Date>,
        /// The revision of the folder it was made from.
        source_revision: Spanned<String>,
        /// A digest of the figures, where a tool wrote the file.
        digest: Spanned<String>,
        /// The baseline that was measured against; without it the plan as typed.
        measured_against: Spanned<Id>,
        /// The finish: baseline, forecast and how sure it was.
        finish: SnapshotFinishRecord,
        /// Days of milestones and gates by id: the forecast, or the day they were reached on.
        milestones: Keyed<Spanned<Date>>,
        /// Milestones and gates that had been reached.
        reached: Vec<Spanned<Id>>,
        /// Earned value and earned schedule of all work, and the estimates at completion.
        evm: SnapshotValueRecord,
        /// Earned value and earned schedule without level of effort.
        discrete: SnapshotDiscreteRecord,
        /// Expected value of the open risks, opportunities taken off.
        exposure: Spanned<Money>,
        /// The part of it that would cost money.
        threats: Spanned<Money>,
        /// Expected cost of the open threats as they stood, with responses counted only where they were done.
        threats_today: Spanned<Money>,
        /// The part of it that would bring money; zero or below.
        opportunities: Spanned<Money>,
        /// What was left of the contingency.
        contingency: Spanned<Money>,
        /// What was left of the management reserve.
        management_reserve: Spanned<Money>,
        /// Net present value of the preferred option.
        npv: Spanned<Money>,
        /// Effort in days of one person.
        effort: SnapshotBurnRecord,
        /// Units by task, where tasks are counted in units.
        units: Keyed<SnapshotBurnRecord>,
        /// How many of each there were.
        counts: SnapshotCountsRecord,
        /// The colours: declared, computed, and by dimension.
        colour: SnapshotColourRecord,
        /// Why each dimension had its colour, in words.
        because: SnapshotReasonsRecord,
        /// Further values by name, as written.
        values: Named<Spanned<String>>,
    }
}

record! {
    /// The finish on that day.
    pub struct SnapshotFinishRecord("finish") {
        /// The finish of the baseline in force.
        baseline: Spanned<Date>,
        /// The finish that was forecast.
        forecast: Spanned<Date>,
        /// The day by which half of all runs of the schedule ended.
        p50: Spanned<Date>,
        /// The day by which four of five runs ended.
        p80: Spanned<Date>,
    }
}

record! {
    /// Earned value on that day.
    pub struct SnapshotValueRecord("evm") {
        /// Budget at completion.
        bac: Spanned<Money>,
        /// Planned value.
        pv: Spanned<Money>,
        /// Earned value.
        ev: Spanned<Money>,
        /// Actual cost.
        ac: Spanned<Money>,
        /// The headline estimate at completion.
        eac: Spanned<Money>,
        /// The estimate that colour and tolerance of cost were judged by, where it was dearer than the headline: the headline without
        /// what level of effort had earned since its last hours.
        eac_judged: Spanned<Money>,
        /// The estimate if the deviation was a one-off.
        eac_one_off: Spanned<Money>,
        /// The estimate if cost goes on as it did.
        eac_trend: Spanned<Money>,
        /// The estimate if cost and schedule both press.
        eac_pressure: Spanned<Money>,
        /// The estimate with the rest counted piece by piece (EAC₄).
        eac_counted: Spanned<Money>,
        /// Earned schedule, in working days of the plan.
        es: Spanned<Measure>,
        /// Actual time, in working days.
        at: Spanned<Measure>,
    }
}

record! {
    /// Earned value without level of effort on that day.
    pub struct SnapshotDiscreteRecord("discrete") {
        /// Budget at completion.
        bac: Spanned<Money>,
        /// Planned value.
        pv: Spanned<Money>,
        /// Earned value.
        ev: Spanned<Money>,
        /// Actual cost.
        ac: Spanned<Money>,
        /// Earned schedule, in working days of the plan.
        es: Spanned<Measure>,
        /// Actual time, in working days.
        at: Spanned<Measure>,
    }
}

record! {
    /// Done and scope on that day.
    pub struct SnapshotBurnRecord("burn") {
        /// How much was done.
        required done: Spanned<Measure>,
        /// How much there was in all.
        required scope: Spanned<Measure>,
    }
}

record! {
    /// How many there were on that day.
    pub struct SnapshotCountsRecord("counts") {
        /// Work packages in the plan.
        tasks: Spanned<i64>,
        /// Work packages that were finished.
        finished: Spanned<i64>,
        /// Open risks.
        risks: Spanned<i64>,
        /// Open issues.
        issues: Spanned<i64>,
        /// Changes that waited for a decision.
        changes: Spanned<i64>,
        /// Decisions that were asked for and not taken.
        decisions: Spanned<i64>,
        /// Actions that were not done.
        actions: Spanned<i64>,
        /// Requests to outside teams that were not answered.
        requests: Spanned<i64>,
        /// Open defects.
        defects: Spanned<i64>,
        /// Accepted deliverables.
        accepted: Spanned<i64>,
        /// Lines of `progress.csv` of that day or before: they are only added to.
        progress: Spanned<i64>,
        /// Findings in the files of the project.
        findings: Spanned<i64>,
    }
}

record! {
    /// The figures behind the colour of each dimension on that day, in words. A dimension that could not be rated is missing.
    pub struct SnapshotReasonsRecord("because") {
        /// Why time had its colour.
        time: Spanned<String>,
        /// Why cost had its colour.
        cost: Spanned<String>,
        /// Why scope had its colour.
        scope: Spanned<String>,
        /// Why quality had its colour.
        quality: Spanned<String>,
        /// Why risk had its colour.
        risk: Spanned<String>,
        /// Why benefits had their colour.
        benefits: Spanned<String>,
        /// Why data had their colour.
        data: Spanned<String>,
    }
}

record! {
    /// The colours on that day. A dimension that could not be rated is missing.
    pub struct SnapshotColourRecord("colour") {
        /// The computed colour of the whole.
        computed: Spanned<DeclaredColour>,
        /// The declared colour.
        declared: Spanned<DeclaredColour>,
        /// The computed colour of time.
        time: Spanned<DeclaredColour>,
        /// The computed colour of cost.
        cost: Spanned<DeclaredColour>,
        /// The computed colour of scope.
        scope: Spanned<DeclaredColour>,
        /// The computed colour of quality.
        quality: Spanned<DeclaredColour>,
        /// The computed colour of risk.
        risk: Spanned<DeclaredColour>,
        /// The computed colour of benefits.
        benefits: Spanned<DeclaredColour>,
        /// The computed colour of data.
        data: Spanned<DeclaredColour>,
    }
}
