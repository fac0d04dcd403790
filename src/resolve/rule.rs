//! The kinds of message that resolving can give.

use crate::declare_rule;
use crate::diagnostic::Rule;
use crate::resolve::business_case::{BEYOND_HORIZON, PROBABILITIES_NOT_WHOLE};
use crate::resolve::calendar::CALENDAR_LOOP;
use crate::resolve::calendar_week::OVERLAPPING_HOURS;
use crate::resolve::closing::SURVEY_CONTRADICTS;
use crate::resolve::criteria::{
    COMPUTED_ANSWER, CRITERION_TWICE, STATEMENT_FORM, UNITS_DISAGREE, UNKNOWN_CRITERION, UNKNOWN_FIGURE,
};
use crate::resolve::delivery::{
    COUNTS_CONTRADICT, DELIVERABLE_WITHOUT_TASK, LIMIT_WITHOUT_NUMBER, UNITS_DIFFER,
};
use crate::resolve::entry::{DATES_OUT_OF_ORDER, ELAPSED_WORK};
use crate::resolve::frozen_gate::FROZEN_UNREADABLE;
use crate::resolve::gate::{FILE_NAME_DIFFERS, SECOND_PAGE};
use crate::resolve::ledger::{HOURS_OF_NOBODY, HOURS_WITHOUT_PERIOD, NEGATIVE_AMOUNT, UNKNOWN_CATEGORY};
use crate::resolve::own_check::CHECK_TWICE;
use crate::resolve::progress::{
    ACTUAL_IN_FUTURE, FINISH_WITHOUT_START, FINISHED_WITH_WORK_LEFT, MORE_DONE_THAN_THERE_IS, NOTHING_LEFT,
    PROGRESS_OF_POINT, PROGRESS_OF_SUMMARY, REPORTS_DISAGREE, WHOLE_WITHOUT_FINISH,
};
use crate::resolve::register::{CONTRADICTORY_STATE, FORECAST_CHANGED, STATE_WITHOUT_DATE, UNKNOWN_OPTION};
use crate::resolve::task_rule::{
    APPORTIONED_TO_UNMEASURED, ASSIGNED_TWICE, CONSTRAINT_WITHOUT_REASON, DEPENDENCY_CYCLE,
    EFFORT_WITHOUT_PEOPLE, EMPTY_PLAN, GATE_ID_WITHOUT_GATE, GATE_IN_OTHER_STAGE, GATE_WITHOUT_NUMBER,
    LAG_WITHOUT_REASON, MEANINGLESS_FIELD, MINUTES_OR_MONTHS, TASK_WITHOUT_LENGTH, WEIGHTS_NOT_WHOLE,
    ZERO_DURATION,
};
use crate::resolve::team::{PERSON_TWICE, UNLISTED_ROLE};

/// Every rule of this room.
pub static RULES: &[&Rule] = &[
    &DUPLICATE_ID,
    &ALIKE_IDS,
    &DUPLICATE_CODE,
    &CHECK_TWICE,
    &UNKNOWN_REFERENCE,
    &DEPENDENCY_CYCLE,
    &FOREIGN_CURRENCY,
    &CONTRADICTORY_RATE,
    &NO_RATE_YET,
    &DATES_OUT_OF_ORDER,
    &ELAPSED_WORK,
    &NEGATIVE_AMOUNT,
    &HOURS_WITHOUT_PERIOD,
    &HOURS_OF_NOBODY,
    &CONTRADICTORY_STATE,
    &UNKNOWN_OPTION,
    &FORECAST_CHANGED,
    &COUNTS_CONTRADICT,
    &SURVEY_CONTRADICTS,
    &BEYOND_HORIZON,
    &PROBABILITIES_NOT_WHOLE,
    &FILE_NAME_DIFFERS,
    &FROZEN_UNREADABLE,
    &STATEMENT_FORM,
    &UNKNOWN_FIGURE,
    &UNITS_DISAGREE,
    &COMPUTED_ANSWER,
    &CRITERION_TWICE,
    &UNKNOWN_CRITERION,
    &SECOND_PAGE,
    &TASK_WITHOUT_LENGTH,
    &MINUTES_OR_MONTHS,
    &GATE_ID_WITHOUT_GATE,
    &MEANINGLESS_FIELD,
    &ZERO_DURATION,
    &EFFORT_WITHOUT_PEOPLE,
    &GATE_WITHOUT_NUMBER,
    &CALENDAR_LOOP,
    &OVERLAPPING_HOURS,
    &EMPTY_PLAN,
    &WEIGHTS_NOT_WHOLE,
    &APPORTIONED_TO_UNMEASURED,
    &ASSIGNED_TWICE,
    &ACTUAL_IN_FUTURE,
    &FINISH_WITHOUT_START,
    &WHOLE_WITHOUT_FINISH,
    &FINISHED_WITH_WORK_LEFT,
    &NOTHING_LEFT,
    &REPORTS_DISAGREE,
    &MORE_DONE_THAN_THERE_IS,
    &PROGRESS_OF_POINT,
    &PROGRESS_OF_SUMMARY,
    &UNITS_DIFFER,
    &LIMIT_WITHOUT_NUMBER,
    &DELIVERABLE_WITHOUT_TASK,
    &STATE_WITHOUT_DATE,
    &GATE_IN_OTHER_STAGE,
    &UNLISTED_ROLE,
    &PERSON_TWICE,
    &LAG_WITHOUT_REASON,
    &CONSTRAINT_WITHOUT_REASON,
    &UNKNOWN_CATEGORY,
];

declare_rule! {
    /// Two things of a project have the same id. Everything that names the id – a dependency, a line of
    /// `progress.csv` – could mean either, so neither may keep it alone.
    ///
    /// Wrong:
    /// ```yaml
    /// planning:
    ///   review: {duration: 2d}
    /// execution:
    ///   review: {duration: 3d}
    /// ```
    /// Right:
    /// ```yaml
    /// planning:
    ///   design-review: {duration: 2d}
    /// execution:
    ///   pilot-review: {duration: 3d}
    /// ```
    pub static DUPLICATE_ID: Rule = ("E101", "duplicate-id", Error, "0.1.0", "two things with the same id");
}

declare_rule! {
    /// Two ids differ in capital letters alone. People read them as one, and so do many disks, on which their pages would be one file:
    /// of two such tasks or people the second has no page of its own, and links to it lead to the table in which it stands.
    ///
    /// Wrong:
    /// ```yaml
    /// execution:
    ///   review: {duration: 2d}
    ///   Review: {duration: 3d}
    /// ```
    /// Right:
    /// ```yaml
    /// execution:
    ///   review: {duration: 2d}
    ///   second-review: {duration: 3d}
    /// ```
    pub static ALIKE_IDS: Rule =
        ("W162", "alike-ids", Warning, "0.1.0", "two ids that differ in capital letters alone");
}

declare_rule! {
    /// Two projects of a portfolio have the same `code:`. The code is how a project is called in lists, tables and other
    /// programs, so nobody can tell there which of the two is meant.
    ///
    /// Wrong: `code: NET-07` in the `project.yaml` of two projects
    ///
    /// Right: `code: NET-07` in one, `code: NET-08` in the other
    pub static DUPLICATE_CODE: Rule = ("W175", "duplicate-code", Warning, "0.1.0", "two projects with the same code");
}

declare_rule! {
    /// An id is written that names nothing: a task that is not in the plan, a person who is not in the team, a
    /// calendar that does not exist. The message names an id that is near and shows where it is defined.
    ///
    /// Wrong:
    /// ```yaml
    /// staging: {duration: 4d, after: order-hardware}
    /// ```
    /// Right:
    /// ```yaml
    /// order-hw: {duration: 25d}
    /// staging:  {duration: 4d, after: order-hw}
    /// ```
    pub static UNKNOWN_REFERENCE: Rule =
        ("E102", "unknown-reference", Error, "0.1.0", "an id that names nothing");
}

declare_rule! {
    /// A sum is written in another currency than the project's, and no rate says what that currency is worth. A project's
    /// figures add up, so they have one currency: `currency:` in `project.yaml`. With a typed rate and its day, other
    /// currencies may be used wherever money is typed; the original sum and the rate stay visible on the site.
    ///
    /// Wrong (in a project with `currency: EUR` and no `rates`):
    /// ```csv
    /// date,type,category,task,amount,reference,note
    /// 2026-10-14,actual,hardware,order-hw,2_000 USD,INV-7,
    /// ```
    /// Right:
    /// ```yaml
    /// currency: EUR
    /// rates:
    ///   - {currency: USD, rate: 0.92, date: 2026-10-01, source: reference rate of the ECB}
    /// ```
    pub static FOREIGN_CURRENCY: Rule =
        ("E122", "foreign-currency", Error, "0.1.0", "money in another currency without a rate");
}

declare_rule! {
    /// A rate says what the project's own currency is worth, or a currency has two rates of one day. The first means
    /// nothing, and of the second nobody knows which one counts; only the first in the file is used.
    ///
    /// Wrong (in a project with `currency: EUR`):
    /// ```yaml
    /// rates:
    ///   - {currency: EUR, rate: 1.087, date: 2026-10-01}
    ///   - {currency: USD, rate: 0.92, date: 2026-10-01}
    ///   - {currency: USD, rate: 0.93, date: 2026-10-01}
    /// ```
    /// Right:
    /// ```yaml
    /// rates:
    ///   - {currency: USD, rate: 0.92, date: 2026-10-01}
    ///   - {currency: USD, rate: 0.93, date: 2026-11-01}
    /// ```
    pub static CONTRADICTORY_RATE: Rule =
        ("E160", "contradictory-rate", Error, "0.1.0", "an exchange rate of the own currency, or two of one day");
}

declare_rule! {
    /// Money in another currency is booked on a day before the first rate of that currency. It is converted at that first
    /// rate, for want of another; what the currency was worth on the day itself nobody has typed.
    ///
    /// Wrong:
    /// ```yaml
    /// rates:
    ///   - {currency: USD, rate: 0.92, date: 2026-11-01}
    /// ```
    /// ```csv
    /// date,type,category,task,amount,reference,note
    /// 2026-10-14,actual,hardware,order-hw,2_000 USD,INV-7,
    /// ```
    /// Right:
    /// ```yaml
    /// rates:
    ///   - {currency: USD, rate: 0.93, date: 2026-10-01}
    ///   - {currency: USD, rate: 0.92, date: 2026-11-01}
    /// ```
    pub static NO_RATE_YET: Rule =
        ("W161", "no-rate-yet", Warning, "0.1.0", "money is older than the first rate of its currency");
}
