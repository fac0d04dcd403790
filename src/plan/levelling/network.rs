//! Who waits for whom, as flat arrays.
//!
//! Comes in: pairs of activities. Goes out: both directions of the links and an order in which all can be placed.

/// The links of a set of activities, free of cycles.
#[derive(Clone, Debug)]
pub struct Network {
    before: Fan,
    after: Fan,
    order: Vec<u32>,
    rank: Vec<u32>,
}

/// For each activity a stretch of one common list.
#[derive(Clone, Debug)]
struct Fan {
    from: Vec<u32>,
    ends: Vec<u32>,
}

impl Fan {
    fn of(&self, activity: u32) -> &[u32] {
        let at = activity as usize;
        &self.ends[self.from[at] as usize..self.from[at + 1] as usize]
    }

    fn new(n_activities: usize, pairs: impl Iterator<Item = (u32, u32)> + Clone) -> Self {
        let mut from = vec![0_u32; n_activities + 1];
        for (owner, _) in pairs.clone() {
            from[owner as usize + 1] += 1;
        }
        for at in 0..n_activities {
            from[at + 1] += from[at];
        }
        let mut next = from.clone();
        let mut ends = vec![0_u32; from[n_activities] as usize];
        for (owner, other) in pairs {
            let place = &mut next[owner as usize];
            ends[*place as usize] = other;
            *place += 1;
        }
        Self { from, ends }
    }
}

/// Activities that wait for each other in a circle, each for the one before it, the first for the last.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cycle {
    /// The circle; one activity where it waits for itself.
    pub activities: Vec<u32>,
}

impl Network {
    /// Links given as (predecessor, successor); one that is given twice counts once in effect.
    ///
    /// # Errors
    /// [`Cycle`] where activities wait for each other.
    ///
    /// # Panics
    /// Where a number is not below `n_activities`: a bug of the caller.
    pub fn new(n_activities: usize, links: &[(u32, u32)]) -> Result<Self, Cycle> {
        let before = Fan::new(n_activities, links.iter().map(|&(first, second)| (second, first)));
        let after = Fan::new(n_activities, links.iter().copied());
        let count = u32::try_from(n_activities).expect("activities are numbered with 32 bits");
        let mut waits: Vec<usize> = (0..count).map(|activity| before.of(activity).len()).collect();
        let mut order: Vec<u32> = (0..count).filter(|&activity| waits[activity as usize] == 0).collect();
        let mut next = 0;
        while next < order.len() {
            for &successor in after.of(order[next]) {
                let left = &mut waits[successor as usize];
                *left -= 1;
                if *left == 0 {
                    order.push(successor);
                }
            }
            next += 1;
        }
        if order.len() < n_activities {
            return Err(circle(&before, &waits));
        }
        let mut rank = vec![0; n_activities];
        for (place, &activity) in (0..).zip(&order) {
            rank[activity as usize] = place;
        }
        Ok(Self { before, after, order, rank })
    }

    /// How many activities there are.
    #[must_use]
    pub fn n_activities(&self) -> usize {
        self.order.len()
    }

    /// Those that an activity waits for.
    #[must_use]
    pub fn predecessors(&self, activity: u32) -> &[u32] {
        self.before.of(activity)
    }

    /// Those that wait for an activity.
    #[must_use]
    pub fn successors(&self, activity: u32) -> &[u32] {
        self.after.of(activity)
    }

    /// All activities, none before one that it waits for.
    #[must_use]
    pub fn order(&self) -> &[u32] {
        &self.order
    }

    /// The place of each activity in [`Network::order`].
    #[must_use]
    pub fn rank(&self) -> &[u32] {
        &self.rank
    }
}

/// Walks back from an activity that never became free until one comes up a second time.
fn circle(before: &Fan, waits: &[usize]) -> Cycle {
    let stuck = |activity: &&u32| waits[**activity as usize] > 0;
    let mut at = u32::try_from(waits.iter().position(|&left| left > 0).expect("something is stuck"))
        .expect("activities are numbered with 32 bits");
    let mut path = vec![at];
    loop {
        at = *before.of(at).iter().find(stuck).expect("what is stuck waits for something that is stuck");
        if let Some(first) = path.iter().position(|&seen| seen == at) {
            let mut activities = path.split_off(first);
            activities.reverse();
            return Cycle { activities };
        }
        path.push(at);
    }
}
