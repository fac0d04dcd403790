//! Which lines of a text are still there in a later one.

use std::collections::BTreeMap;

/// Pairs of lines that two texts have in common, in the order of both: `(line of the old, line of the new)`, counted from 0.
///
/// Lines at both ends that agree belong together; between them lines that stand once in each text do, as far as their order
/// agrees, and so on in the gaps (the "patience" method of Bram Cohen). Lines are compared without what ends them.
/// Of `a b c` and `a x c` the pairs are `(0, 0)` and `(2, 2)`.
pub(super) fn common_lines(old: &[&str], new: &[&str]) -> Vec<(usize, usize)> {
    let mut pairs = Vec::new();
    let mut gaps = vec![((0, old.len()), (0, new.len()))];
    while let Some(((mut old_start, mut old_end), (mut new_start, mut new_end))) = gaps.pop() {
        let is_same =
            |one: usize, other: usize| matches!((old.get(one), new.get(other)), (Some(a), Some(b)) if a == b);
        while old_start < old_end && new_start < new_end && is_same(old_start, new_start) {
            pairs.push((old_start, new_start));
            old_start += 1;
            new_start += 1;
        }
        while old_start < old_end && new_start < new_end && is_same(old_end - 1, new_end - 1) {
            old_end -= 1;
            new_end -= 1;
            pairs.push((old_end, new_end));
        }
        let anchors = in_order(&single_in_both(old, (old_start, old_end), new, (new_start, new_end)));
        if anchors.is_empty() {
            continue;
        }
        let mut before = (old_start, new_start);
        for (at_old, at_new) in anchors {
            pairs.push((at_old, at_new));
            gaps.push(((before.0, at_old), (before.1, at_new)));
            before = (at_old + 1, at_new + 1);
        }
        gaps.push(((before.0, old_end), (before.1, new_end)));
    }
    pairs.sort_unstable();
    pairs
}

/// Lines that stand exactly once in each part, in the order of the old text.
fn single_in_both(
    old: &[&str],
    (old_start, old_end): (usize, usize),
    new: &[&str],
    (new_start, new_end): (usize, usize),
) -> Vec<(usize, usize)> {
    let places = |lines: &[&str], start: usize, end: usize| {
        let part = lines.get(start..end).unwrap_or_default().iter().enumerate();
        let mut places: BTreeMap<String, Option<usize>> = BTreeMap::new();
        for (at, line) in part {
            places.entry((*line).to_owned()).and_modify(|place| *place = None).or_insert(Some(start + at));
        }
        places
    };
    if old_start == old_end || new_start == new_end {
        return Vec::new();
    }
    let in_new = places(new, new_start, new_end);
    let in_old = places(old, old_start, old_end);
    let both = in_old.into_iter().filter_map(|(line, at_old)| Some((at_old?, (*in_new.get(&line)?)?)));
    let mut both: Vec<(usize, usize)> = both.collect();
    both.sort_unstable();
    both
}

/// The longest part of the pairs in which the second numbers rise too.
fn in_order(pairs: &[(usize, usize)]) -> Vec<(usize, usize)> {
    // `ends` holds, for each length, the pair with which the run of that length ends earliest.
    let mut ends: Vec<usize> = Vec::new();
    let mut before: Vec<Option<usize>> = Vec::with_capacity(pairs.len());
    let second = |place: usize| pairs.get(place).map_or(0, |pair| pair.1);
    for (place, pair) in pairs.iter().enumerate() {
        let length = ends.partition_point(|end| second(*end) < pair.1);
        before.push(length.checked_sub(1).and_then(|shorter| ends.get(shorter).copied()));
        match ends.get_mut(length) {
            Some(end) => *end = place,
            None => ends.push(place),
        }
    }
    let mut run = Vec::new();
    let mut next = ends.last().copied();
    while let Some(place) = next {
        run.extend(pairs.get(place).copied());
        next = before.get(place).copied().flatten();
    }
    run.reverse();
    run
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(old: &'static str, new: &'static str, expected: &[(usize, usize)]) {
        let lines = |text: &'static str| text.split(' ').collect::<Vec<_>>();
        assert_eq!(common_lines(&lines(old), &lines(new)), expected);
    }

    #[test]
    fn lines_that_stay_are_found() {
        check("a b c", "a b c", &[(0, 0), (1, 1), (2, 2)]);
        check("a b c", "a x c", &[(0, 0), (2, 2)]);
        check("a b c d", "a c d", &[(0, 0), (2, 1), (3, 2)]);
        check("a b", "x y", &[]);
        // What changes its place is new at the other one.
        check("t u a b c v", "t a b c u w", &[(0, 0), (2, 1), (3, 2), (4, 3)]);
        check("a - b - c", "a - x - b - c", &[(0, 0), (1, 1), (2, 4), (3, 5), (4, 6)]);
    }
}
