//! `baselines/*.yaml` and `snapshots/*.yaml`: what was promised and reported on a day, not changed afterwards.

use jiff::civil::Date;

use crate::diagnostic::Spanned;
use crate::quantity::{Duration, Id, Money, Percent};
use crate::record;
use crate::record::decode::Keyed;
use crate::record::gate::DeclaredColour;

record! {
    /// `baselines/*.yaml`: a plan that was approved. The file is made when the plan is approved and not
    /// changed afterwards. Slips, scope and earned value are measured against it; without one, against the plan itself.
    pub struct BaselineRecord("baseline") {
        /// Its id, such as `B1`; also the name of the file.
        required baseline: Spanned<Id>,
        /// The day on which it was approved.
        approved: Spanned<Date>,
        /// The revision of the folder it was made from.
        source_revision: Spanned<String>,
        /// A digest of the figures, where a tool wrote the file.
        digest: Spanned<String>,
        /// The finish it promises.
        finish: Spanned<Date>,
        /// The budget at completion it promises.
        bac: Spanned<Money>,
        /// The business case as it was approved, so that it can be shown beside that of today.
        case: FrozenCaseRecord,
        /// Tasks by id with dates and budgets.
        required tasks: Keyed<BaselineTaskRecord>,
    }
}

record! {
    /// What a baseline promises for a task.
    pub struct BaselineTaskRecord("baseline task") {
        /// The first day.
        required start: Spanned<Date>,
        /// The last day.
        required finish: Spanned<Date>,
        /// Working time; `0d` for milestones and gates.
        duration: Spanned<Duration>,
        /// The budget; nothing where not given.
        budget: Spanned<Money>,
        /// How many units there are, where the task is counted in units.
        units: Spanned<i64>,
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
        /// The net present value that was said on the day.
        npv: Spanned<Money>,
        /// The day on which the case counted on what its benefits wait for.
        benefits_expected: Spanned<Date>,
    }
}

record! {
    /// `snapshots/DATE.yaml`: what the site said on a day. The file is made with the report of that day and
    /// not changed afterwards. It feeds every chart of a trend.
    pub struct SnapshotRecord("snapshot") {
        /// The day; also the name of the file.
        required status_date: Spanned<Date>,
        /// The revision of the folder it was made from.
        source_revision: Spanned<String>,
        /// The finish: baseline and forecast.
        finish: SnapshotFinishRecord,
        /// Forecast days of milestones and gates by id.
        milestones: Keyed<Spanned<Date>>,
        /// Earned-value figures by name: `bac`, `pv`, `ev`, `ac`, `eac`.
        evm: Named<Spanned<Money>>,
        /// Expected value of the open risks.
        exposure: Spanned<Money>,
        /// The colour: computed and declared.
        colour: SnapshotColourRecord,
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
    }
}

record! {
    /// The colours on that day.
    pub struct SnapshotColourRecord("colour") {
        /// The computed colour.
        computed: Spanned<DeclaredColour>,
        /// The declared colour.
        declared: Spanned<DeclaredColour>,
    }
}
