//! What is free of one resource, along its own axis of working minutes.
//!
//! Comes in: how much there is and who takes it. Goes out: where a stretch of minutes has too little. Steps, not
//! minutes, are kept: a person with a hundred tasks has about two hundred of them.

/// Free hundredths of a percent of a head, from each step's minute to the next; the last step holds for ever.
#[derive(Clone, Debug)]
pub(super) struct Profile {
    steps: Vec<Step>,
}

#[derive(Clone, Copy, Debug)]
struct Step {
    at: i64,
    free: i64,
}

impl Profile {
    /// The same for ever.
    pub(super) fn steady(free: i64) -> Self {
        Self { steps: vec![Step { at: i64::MIN, free }] }
    }

    /// Takes over another profile without asking for memory.
    pub(super) fn copy_from(&mut self, other: &Self) {
        self.steps.clone_from(&other.steps);
    }

    /// Says whether there is always the same.
    pub(super) fn is_steady(&self) -> bool {
        self.steps.iter().all(|step| step.free == self.steps[0].free)
    }

    /// The most that is ever free.
    pub(super) fn most(&self) -> i64 {
        self.steps.iter().map(|step| step.free).max().unwrap_or(0)
    }

    /// What is free in a minute.
    pub(super) fn free_at(&self, minute: i64) -> i64 {
        self.steps[self.step_of(minute)].free
    }

    /// Sets what is free in a stretch.
    pub(super) fn set(&mut self, from: i64, to: i64, free: i64) {
        self.change(from, to, |_| free);
    }

    /// Takes something away in a stretch; more may be taken than there is.
    pub(super) fn take(&mut self, from: i64, to: i64, demand: i64) {
        self.change(from, to, |free| free - demand);
    }

    fn change(&mut self, from: i64, to: i64, change: impl Fn(i64) -> i64) {
        if from >= to {
            return;
        }
        let first = self.cut(from);
        let behind = self.cut(to);
        for step in &mut self.steps[first..behind] {
            step.free = change(step.free);
        }
    }

    /// The end of the last part of a stretch in which less is free than asked for: [`i64::MAX`] where it never ends.
    pub(super) fn last_conflict(&self, from: i64, to: i64, demand: i64) -> Option<i64> {
        if from >= to {
            return None;
        }
        let mut place = self.step_of(to - 1);
        loop {
            if self.steps[place].free < demand {
                return Some(self.steps.get(place + 1).map_or(i64::MAX, |next| next.at));
            }
            if self.steps[place].at <= from {
                return None;
            }
            place -= 1;
        }
    }

    /// The beginning of the first part of a stretch in which less is free than asked for: [`i64::MIN`] where it never
    /// began.
    pub(super) fn first_conflict(&self, from: i64, to: i64, demand: i64) -> Option<i64> {
        if from >= to {
            return None;
        }
        let steps = self.steps[self.step_of(from)..].iter();
        steps.take_while(|step| step.at < to).find(|step| step.free < demand).map(|step| step.at)
    }

    /// The parts of a stretch in which less is free than asked for, in order and apart from each other.
    pub(super) fn shortages(&self, from: i64, to: i64, demand: i64) -> Vec<(i64, i64)> {
        let mut short: Vec<(i64, i64)> = Vec::new();
        let mut at = from;
        while at < to {
            let place = self.step_of(at);
            let end = self.steps.get(place + 1).map_or(to, |next| next.at.min(to));
            if self.steps[place].free < demand {
                match short.last_mut() {
                    Some(last) if last.1 == at => last.1 = end,
                    _ => short.push((at, end)),
                }
            }
            at = end;
        }
        short
    }

    /// Whether too little is free in a minute and in all before it.
    pub(super) fn is_short_before(&self, minute: i64, demand: i64) -> bool {
        self.steps[..=self.step_of(minute)].iter().all(|step| step.free < demand)
    }

    fn step_of(&self, minute: i64) -> usize {
        self.steps.partition_point(|step| step.at <= minute).max(1) - 1
    }

    /// Makes a step begin at a minute; returns its place.
    fn cut(&mut self, minute: i64) -> usize {
        let place = self.steps.partition_point(|step| step.at < minute);
        if self.steps.get(place).is_none_or(|step| step.at != minute) {
            let free = self.steps[place.max(1) - 1].free;
            self.steps.insert(place, Step { at: minute, free });
        }
        place
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn conflicts_are_found_from_both_ends() {
        let mut profile = Profile::steady(10);
        profile.take(20, 30, 8);
        profile.take(40, 50, 4);
        assert_eq!(profile.last_conflict(0, 100, 5), Some(30));
        assert_eq!(profile.last_conflict(0, 100, 7), Some(50));
        assert_eq!(profile.first_conflict(0, 100, 7), Some(20));
        assert_eq!(profile.last_conflict(30, 40, 10), None);
        assert_eq!(profile.last_conflict(0, 20, 11), Some(20));
        assert_eq!(profile.last_conflict(60, 61, 11), Some(i64::MAX));
        assert_eq!(profile.first_conflict(25, 25, 11), None);
        assert_eq!((profile.free_at(19), profile.free_at(20), profile.free_at(29)), (10, 2, 2));
        assert_eq!(profile.most(), 10);
    }
}
