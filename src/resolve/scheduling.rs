//! `schedule:` in `project.yaml`: the rules by which dates are computed.

use crate::diagnostic::{Diagnostic, Diagnostics, Spanned};
use crate::model::{
    Conventions, Distribution, LevellingOptions, ProgressLogic, RiskOptions, ScheduleFrom, Scheduling,
};
use crate::quantity::{Duration, Moment, Percent};
use crate::record::scheduling::{LevelOptionsRecord, LevelRecord, RiskOptionsRecord, ScheduleRecord};
use crate::record::{BAD_SCALAR, MISSING_FIELD};
use crate::resolve::entry::{DATES_OUT_OF_ORDER, working_minutes};
use crate::resolve::names::Names;

/// The most schedules that levelling may try.
const MOST_SCHEDULES: u32 = 100_000;

/// The most often that a plan may be drawn.
const MOST_RUNS: u32 = 1_000_000;

/// Resolves how dates are computed; what is not written follows the usual rules.
pub(super) fn resolve_scheduling(
    record: Option<&ScheduleRecord>,
    start: Spanned<Moment>,
    names: &Names,
    found: &mut Diagnostics,
) -> Scheduling {
    let usual = Scheduling::usual(names.work_time);
    let Some(record) = record else { return usual };
    let mut float = |written: Option<&Spanned<Duration>>| {
        written.and_then(|written| no_less_than_none(written, names, found))
    };
    let (critical, near) = (float(record.critical_float.as_ref()), float(record.near_critical.as_ref()));
    let critical_float = critical.unwrap_or(usual.critical_float);
    if let (Some(near), Some(written)) = (near, &record.near_critical)
        && near < critical_float
    {
        let message = format!("`near_critical` of {} lies below `critical_float`", written.value);
        let mut diagnostic = Diagnostic::new(&BAD_SCALAR, written.span, message)
            .hint("write a longer time: near-critical tasks have more float than critical ones");
        if let Some(critical) = &record.critical_float {
            diagnostic = diagnostic.also(critical.span, "`critical_float` is here");
        }
        found.push(diagnostic);
    }
    let is_by_own_rules = record
        .conventions
        .map_or(!record.unreadable.contains(&"conventions"), |words| words.as_str() == "milepost");
    if let (Some(honors), true) = (&record.honor_constraints, is_by_own_rules) {
        let message =
            "`honor_constraints` says nothing here: by milepost's own rules no date comes before links";
        found.push(
            Diagnostic::new(&BAD_SCALAR, honors.span, message)
                .hint("remove it, or add `conventions: microsoft project`"),
        );
    }
    Scheduling {
        from: from_of(record, start, found),
        progress_logic: match record.progress.map(|words| words.as_str()) {
            Some("progress override") => ProgressLogic::Override,
            _ => ProgressLogic::Retained,
        },
        critical_float,
        near_critical: near.unwrap_or(usual.near_critical).max(critical_float),
        conventions: match record.conventions.map(|words| words.as_str()) {
            Some("microsoft project") => Conventions::MicrosoftProject,
            _ => Conventions::Milepost,
        },
        honor_constraints: record.honor_constraints.is_none_or(|honors| honors.value),
        levelling: match &record.level {
            Some(LevelRecord::Switch(level)) => level.value.then(LevellingOptions::default),
            Some(LevelRecord::Options(options)) => Some(levelling_of(options, found)),
            None => None,
        },
        risk: record.risk.as_ref().map_or_else(RiskOptions::default, |risk| risk_of(risk, found)),
    }
}

fn from_of(record: &ScheduleRecord, start: Spanned<Moment>, found: &mut Diagnostics) -> ScheduleFrom {
    let from = record.from.filter(|from| from.as_str() == "finish");
    match (from, record.finish) {
        (Some(_), Some(finish)) if finish.value.is_before(start.value) => {
            let message = format!("`finish` ({}) lies before `start` ({})", finish.value, start.value);
            found.push(
                Diagnostic::new(&DATES_OUT_OF_ORDER, finish.span, message)
                    .also(start.span, "`start` is here")
                    .hint("correct one of the two dates"),
            );
            ScheduleFrom::Start
        }
        (Some(_), Some(finish)) => ScheduleFrom::Finish(finish.value),
        (Some(from), None) => {
            if !record.unreadable.contains(&"finish") {
                let message = "dates are counted back, but this schedule has no `finish`".to_owned();
                found
                    .push(Diagnostic::new(&MISSING_FIELD, from.span, message).hint(
                        "add `finish:` with the date to count back from, such as `finish: 2026-12-18`",
                    ));
            }
            ScheduleFrom::Start
        }
        (None, Some(finish)) => {
            if !record.unreadable.contains(&"from") {
                let message = format!("`finish` {} is not counted from", finish.value);
                found.push(Diagnostic::new(&BAD_SCALAR, finish.span, message).hint(
                    "add `from: finish` to count back from it; a date that was promised is a `deadline:` in `plan.yaml`",
                ));
            }
            ScheduleFrom::Start
        }
        (None, None) => ScheduleFrom::Start,
    }
}

fn no_less_than_none(written: &Spanned<Duration>, names: &Names, found: &mut Diagnostics) -> Option<i64> {
    if written.is_negative() {
        let message = format!("`{}` is less than no float", written.value);
        found.push(Diagnostic::new(&BAD_SCALAR, written.span, message).hint("write `0d` or more"));
        return None;
    }
    working_minutes(written, names.work_time, found)
}

fn levelling_of(record: &LevelOptionsRecord, found: &mut Diagnostics) -> LevellingOptions {
    let usual = LevellingOptions::default();
    LevellingOptions {
        schedules: count(record.schedules.as_ref(), ("schedules", MOST_SCHEDULES), found)
            .unwrap_or(usual.schedules),
        seed: seed(record.seed.as_ref(), found).unwrap_or(usual.seed),
        split: record.split.is_some_and(|split| split.value),
    }
}

fn risk_of(record: &RiskOptionsRecord, found: &mut Diagnostics) -> RiskOptions {
    let usual = RiskOptions::default();
    RiskOptions {
        distribution: match record.distribution.map(|word| word.as_str()) {
            Some("triangular") => Distribution::Triangular,
            _ => Distribution::Pert,
        },
        runs: count(record.runs.as_ref(), ("runs", MOST_RUNS), found).unwrap_or(usual.runs),
        seed: seed(record.seed.as_ref(), found).unwrap_or(usual.seed),
        correlation: record.correlation.map_or(Percent::ZERO, |correlation| correlation.value),
    }
}

/// A number of things from one on.
fn count(written: Option<&Spanned<i64>>, (noun, most): (&str, u32), found: &mut Diagnostics) -> Option<u32> {
    let written = written?;
    let number = u32::try_from(written.value).ok().filter(|number| (1..=most).contains(number));
    if number.is_none() {
        let message = format!("`{}` is not a number of {noun}", written.value);
        found.push(
            Diagnostic::new(&BAD_SCALAR, written.span, message)
                .hint(format!("write a number from 1 to {most}")),
        );
    }
    number
}

fn seed(written: Option<&Spanned<i64>>, found: &mut Diagnostics) -> Option<u64> {
    let written = written?;
    let number = u64::try_from(written.value).ok();
    if number.is_none() {
        let message = format!("`{}` is not a seed", written.value);
        found.push(Diagnostic::new(&BAD_SCALAR, written.span, message).hint("write `0` or more"));
    }
    number
}
