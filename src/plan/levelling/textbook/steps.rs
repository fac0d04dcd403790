//! What is free, as a list of steps: for many resources, or an axis too long to keep slot by slot.
//!
//! Comes in: capacities, then demands to be placed. Goes out: the first place where each fits.

/// Free units from each step's time to the next; the last step holds for ever.
#[derive(Clone, Debug)]
pub(super) struct Steps {
    capacities: Vec<u32>,
    times: Vec<u32>,
    /// As many numbers for each step as there are capacities.
    free: Vec<u32>,
}

impl Steps {
    /// Everything free for ever.
    pub(super) fn new(capacities: &[u32]) -> Self {
        Self { capacities: capacities.to_vec(), times: vec![0], free: capacities.to_vec() }
    }

    /// Gives everything back.
    pub(super) fn clear(&mut self) {
        self.times.truncate(1);
        self.free.truncate(self.capacities.len());
        self.free.copy_from_slice(&self.capacities);
    }

    /// Takes `demands` for `duration` slots at the first start from `ready` on; returns that start.
    pub(super) fn place(&mut self, ready: u32, duration: u32, demands: &[u32]) -> u32 {
        if duration == 0 || demands.iter().all(|&demand| demand == 0) {
            return ready;
        }
        let mut start = ready;
        let mut step = self.times.partition_point(|&time| time <= ready) - 1;
        while step < self.times.len() && self.times[step] < start + duration {
            if self.row(step).iter().zip(demands).any(|(free, demand)| free < demand) {
                // The last step is all free, so a conflict has a step after it.
                start = self.times[step + 1];
            }
            step += 1;
        }
        let first = self.cut(start);
        let behind = self.cut(start + duration);
        let n_resources = self.capacities.len();
        for row in self.free[first * n_resources..behind * n_resources].chunks_exact_mut(n_resources) {
            for (free, demand) in row.iter_mut().zip(demands) {
                *free -= demand;
            }
        }
        start
    }

    fn row(&self, step: usize) -> &[u32] {
        let n_resources = self.capacities.len();
        &self.free[step * n_resources..(step + 1) * n_resources]
    }

    /// Makes a step begin at a time; returns its number.
    fn cut(&mut self, time: u32) -> usize {
        let step = self.times.partition_point(|&known| known < time);
        if self.times.get(step) != Some(&time) {
            self.times.insert(step, time);
            let n_resources = self.capacities.len();
            let before = (step - 1) * n_resources;
            // The new step begins as a copy of the one it is cut from.
            let copy: Vec<u32> = self.free[before..before + n_resources].to_vec();
            self.free.splice(before..before, copy);
        }
        step
    }
}
