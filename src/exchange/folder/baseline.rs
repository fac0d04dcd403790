//! `baselines/*.yaml` from the frozen plans that MS Project keeps at each task.

use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::exchange::folder::outline::Outline;
use crate::exchange::folder::terms::{Terms, last_day};
use crate::exchange::plan::{Baseline, Length, Uid, Unit};

/// What a baseline promises for a task.
struct Promise<'a> {
    task: Uid,
    id: &'a str,
    start: Date,
    finish: Date,
    baseline: &'a Baseline,
}

/// Writes each baseline; the path of its file is the key.
pub(super) fn baselines(outline: &Outline<'_>, terms: &Terms<'_>) -> BTreeMap<String, String> {
    let mut by_number: BTreeMap<i64, Vec<Promise<'_>>> = BTreeMap::new();
    for line in outline.lines.iter().filter(|line| !line.is_summary()) {
        for baseline in &line.task.baselines {
            let (Some(start), Some(finish)) = (baseline.start, baseline.finish) else { continue };
            let (start, finish) = (start.date(), last_day(finish).max(start.date()));
            let id = terms.task(line.task.uid);
            by_number.entry(baseline.number).or_default().push(Promise {
                task: line.task.uid,
                id,
                start,
                finish,
                baseline,
            });
        }
    }
    // Ids are in the order of their numbers.
    let is_wide = by_number.keys().any(|number| *number > 9);
    by_number
        .into_iter()
        .map(|(number, promises)| {
            let id = id_of(number, is_wide);
            (format!("baselines/{id}.yaml"), file(&id, number, &promises, terms))
        })
        .collect()
}

/// The id of a baseline. The one without a number is the one in force, so its id comes last in the order of ids.
fn id_of(number: i64, is_wide: bool) -> String {
    match number.unsigned_abs() {
        0 => "baseline".to_owned(),
        number if is_wide => format!("B{number:02}"),
        number => format!("B{number}"),
    }
}

fn file(id: &str, number: i64, promises: &[Promise<'_>], terms: &Terms<'_>) -> String {
    let whose = if number == 0 { "Baseline".to_owned() } else { format!("Baseline {number}") };
    let program = terms.plan.program.name();
    let mut text = format!(
        "# \"{whose}\" of {program}. Frozen: do not edit. Add `approved:` with the day of approval, if there was one.\n"
    );
    text += &format!("baseline: {id}\n");
    if let Some(finish) = promises.iter().map(|promise| promise.finish).max() {
        text += &format!("finish: {finish}\n");
    }
    let total: i64 = promises.iter().map(|promise| promise.baseline.cost.max(0)).sum();
    if let Some(total) = terms.money(total).filter(|_| total > 0) {
        text += &format!("bac: {total}\n");
    }
    text += "tasks:\n";
    let mut seen = std::collections::BTreeSet::new();
    for promise in promises.iter().filter(|promise| seen.insert(promise.id)) {
        let mut fields = vec![format!("start: {}", promise.start), format!("finish: {}", promise.finish)];
        if let Some(length) =
            promise.baseline.length.and_then(|length| terms.some_length(promise.task, length))
        {
            fields.push(format!("duration: {length}"));
        }
        if let Some(cost) = terms.money(promise.baseline.cost).filter(|_| promise.baseline.cost > 0) {
            fields.push(format!("budget: {cost}"));
        }
        let work = Length { minutes: promise.baseline.work, is_elapsed: false, unit: Unit::Hour };
        if let Some(effort) = terms.some_length(promise.task, work).filter(|_| work.minutes > 0) {
            fields.push(format!("effort: {effort}"));
        }
        text += &format!("  {}: {{{}}}\n", promise.id, fields.join(", "));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tenth_baseline_comes_behind_the_ninth() {
        let ids: Vec<String> = [1, 9, 10, 0].map(|number| id_of(number, true)).into();
        assert!(ids.is_sorted(), "{ids:?}");
        assert_eq!(id_of(1, false), "B1");
    }
}
