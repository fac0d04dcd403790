//! The search: short plans for a budget of schedules.

use super::justify::{Candidate, Justifier};
use super::order::{Direction, Sorter};
use super::{Generator, Plan, Random, Rule, plan_by_rule, sampled_list};

/// What a search may spend.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Budget {
    /// Passes of the generator, forward or backward, each one schedule. At least the default plan is made.
    pub schedules: u64,
    /// The seed of all chance: same seed, same plan, on every machine.
    pub seed: u64,
}

/// The outcome of a search.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// The best plan, always of a forward pass.
    pub plan: Plan,
    /// The list that gives it.
    pub list: Vec<u32>,
    /// What the generator returned for it.
    pub length: i64,
    /// Schedules spent.
    pub schedules: u64,
    /// Whether the lower bound was reached, so that nothing shorter exists.
    pub proven: bool,
}

/// Draws lists at random leaning towards a rule, justifies each once, and keeps the best (Tormos and Lova 2003).
#[must_use]
pub fn sample<G: Generator>(generator: &mut G, rule: Rule, budget: Budget) -> Found {
    let mut best = plan_by_rule(generator, rule);
    let keys = rule.keys(generator);
    let mut random = Random::new(budget.seed);
    let mut justifier = Justifier::new(best.list.len());
    let bound = generator.lower_bound();
    while best.length > bound && best.schedules + 3 <= budget.schedules {
        let list = sampled_list(generator.network(), &keys, 2, &mut random);
        let mut candidate = Candidate { plan: Plan::blank(list.len()), list, length: 0 };
        candidate.length = generator.forward(&candidate.list, &mut candidate.plan);
        justifier.once(generator, &mut candidate);
        best.schedules += 3;
        if candidate.length < best.length {
            best.plan = candidate.plan;
            best.list = candidate.list;
            best.length = candidate.length;
        }
    }
    best.proven = best.length <= bound;
    best
}

/// x
pub static STEP: std::sync::atomic::AtomicU64 = std::sync::atomic::AtomicU64::new(0);
/// Numbers being tried.
#[derive(Clone, Debug)]
pub struct Tuning {
    /// members
    pub members: usize,
    /// leaning
    pub leaning: u32,
    /// replacement
    pub replace: u32,
    /// mutation per mille
    pub mutate: u64,
    /// children
    pub children: usize,
    /// spare
    pub x: u64,
    /// spare
    pub y: u64,
}

#[derive(Clone, Debug)]
struct Member {
    list: Vec<u32>,
    keys: Vec<i64>,
    plan: Plan,
    length: i64,
}

/// Searches.
#[must_use]
pub fn search<G: Generator>(generator: &mut G, budget: Budget) -> Found {
    search_tuned(generator, budget, &Tuning { members: 30, leaning: 2, replace: 0, mutate: 50, children: 1, x: 0, y: 0 })
}

struct Run<'a, G> {
    generator: &'a mut G,
    best: Found,
    limit: u64,
    bound: i64,
    sorter: Sorter,
    plan: Plan,
    work: Vec<u64>,
    place: Vec<u32>,
    scratch: Vec<u32>,
    random: Random,
}

impl<G: Generator> Run<'_, G> {
    fn done(&self) -> bool {
        self.best.length <= self.bound || self.best.schedules >= self.limit
    }

    /// list in time order; decodes towards the left; member keyed by finishes
    fn left(&mut self, member: &mut Member) {
        self.best.schedules += 1;
        member.length = self.generator.forward(&member.list, &mut self.plan);
        if member.length < self.best.length {
            self.best.length = member.length;
            self.best.list.copy_from_slice(&member.list);
            self.best.plan.clone_from(&self.plan);
        }
        member.list.reverse();
        self.sorter.by_finish_from_the_end(&self.plan, &mut member.list);
        if !self.generator.time_order_is_link_order() {
            self.sorter.put_right(self.generator.network(), Direction::Backward, &mut member.list);
        }
        member.list.reverse();
        member.keys.copy_from_slice(&self.plan.finishes); member.plan.clone_from(&self.plan);
    }

    fn left_in_step(&mut self, member: &mut Member) {
        self.best.schedules += 1;
        member.length = self.generator.forward_in_step(&member.list, &mut self.plan);
        if member.length < self.best.length {
            self.sorter.by_start(&self.plan, &mut member.list);
            self.best.length = member.length;
            self.best.list.copy_from_slice(&member.list);
            self.best.plan.clone_from(&self.plan);
        }
        self.sorter.by_start(&self.plan, &mut member.list);
        member.list.reverse();
        self.sorter.by_finish_from_the_end(&self.plan, &mut member.list);
        member.list.reverse();
        member.keys.copy_from_slice(&self.plan.finishes); member.plan.clone_from(&self.plan);
    }

    fn right(&mut self, member: &mut Member, finish: i64) {
        self.best.schedules += 1;
        member.list.reverse();
        member.length = finish - self.generator.backward(&member.list, finish, &mut self.plan);
        member.list.reverse();
        self.sorter.by_start(&self.plan, &mut member.list);
        if !self.generator.time_order_is_link_order() {
            self.sorter.put_right(self.generator.network(), Direction::Forward, &mut member.list);
        }
        member.keys.copy_from_slice(&self.plan.starts); member.plan.clone_from(&self.plan);
    }

    fn cross(&mut self, father: &Member, mother: &Member, child: &mut Member) {
        let n = father.list.len();
        let first = father.keys[father.list[0] as usize];
        let last = father.keys[father.list[n - 1] as usize];
        let span = u64::try_from(last - first).unwrap_or(0);
        let length = i64::try_from(span / 4 + self.random.below(span / 2 + 1)).unwrap_or(0);
        // The busiest window of that length.
        let (mut from, mut sum, mut best) = (0, 0, (0, 0, 0));
        for to in 0..n {
            sum += self.work[father.list[to] as usize];
            let end = father.keys[father.list[to] as usize];
            while end - father.keys[father.list[from] as usize] > length {
                sum -= self.work[father.list[from] as usize];
                from += 1;
            }
            if sum > best.0 {
                best = (sum, from, to + 1);
            }
        }
        let (_, from, to) = best;
        for (place, &activity) in (0..).zip(&father.list) {
            self.place[activity as usize] = place;
        }
        let (mut before, mut after) = (0, to);
        for &activity in &mother.list {
            let place = self.place[activity as usize] as usize;
            if place < from {
                child.list[before] = activity;
                before += 1;
            } else if place >= to {
                child.list[after] = activity;
                after += 1;
            }
        }
        child.list[from..to].copy_from_slice(&father.list[from..to]);
    }

    /// Noise.
    fn noise(&mut self, member: &Member, child: &mut Member, width: u64) {
        let n = member.list.len() as u64;
        let mut keyed: Vec<i64> = vec![0; member.list.len()];
        let span = width as i64;
        for (p, &a) in member.list.iter().enumerate() {
            keyed[a as usize] = ((p as i64) << 16) + self.random.below((span as u64) << 16) as i64;
        }
        let _ = n;
        child.list.copy_from_slice(&super::list_by_rule(self.generator.network(), &keyed));
    }

    /// overtake; list in time order
    fn overtake(&mut self, list: &mut [u32], plan: &Plan, forward: bool, near: u64) -> bool {
        let n = list.len();
        if !forward { list.reverse(); }
        let start = |i: u32| if forward { plan.starts[i as usize] } else { -plan.finishes[i as usize] };
        let finish = |i: u32| if forward { plan.finishes[i as usize] } else { -plan.starts[i as usize] };
        let network = self.generator.network();
        let mut done = false;
        for _ in 0..20 {
            let at = self.random.index(n);
            let activity = list[at];
            let preds = if forward { network.predecessors(activity) } else { network.successors(activity) };
            let ready = preds.iter().map(|&p| finish(p)).max().unwrap_or(i64::MIN);
            if ready >= start(activity) || self.work[activity as usize] == 0 { continue; }
            let mut m = 0;
            let own = start(activity);
            for q in (0..at).rev() { let b = list[q]; if finish(b) > ready && start(b) < own && self.generator.competes(activity, b) { self.scratch[m] = q as u32; m += 1; } }
            if m == 0 { continue; }
            let pick = match near { 0 => self.random.index(m), 1 => self.random.index(m).min(self.random.index(m)), _ => self.random.index(m.min(near as usize)) };
            let to = self.scratch[pick] as usize;
            self.place.fill(0);
            self.place[activity as usize] = 1;
            for i in (to..=at).rev() { let b = list[i]; if self.place[b as usize] == 1 { for &q in if forward { network.predecessors(b) } else { network.successors(b) } { self.place[q as usize] = 1; } } }
            let mut k = to; let mut m = 0;
            for i in to..=at { let b = list[i]; if self.place[b as usize] == 1 { list[k] = b; k += 1; } else { self.scratch[m] = b; m += 1; } }
            list[k..=at].copy_from_slice(&self.scratch[..m]);
            done = true;
            break;
        }
        if !forward { list.reverse(); }
        done
    }

    /// drag
    fn drag(&mut self, list: &mut [u32], cap: usize) {
        let n = list.len();
        let at = self.random.index(n);
        let activity = list[at];
        let network = self.generator.network();
        if self.random.chance(1, 2) {
            let low = at.saturating_sub(cap);
            if low == at { return; }
            let to = low + self.random.index(at - low);
            // all ancestors of activity in to..at move along
            self.place.fill(0);
            self.place[activity as usize] = 1;
            for i in (to..=at).rev() { let b = list[i]; if self.place[b as usize] == 1 { for &q in network.predecessors(b) { self.place[q as usize] = 1; } } }
            let mut k = to; let mut m = 0;
            for i in to..=at { let b = list[i]; if self.place[b as usize] == 1 { list[k] = b; k += 1; } else { self.scratch[m] = b; m += 1; } }
            list[k..=at].copy_from_slice(&self.scratch[..m]);
        } else {
            let high = (at + cap).min(n - 1);
            if high == at { return; }
            let to = at + 1 + self.random.index(high - at);
            self.place.fill(0);
            self.place[activity as usize] = 1;
            for i in at..=to { let b = list[i]; if self.place[b as usize] == 1 { for &q in network.successors(b) { self.place[q as usize] = 1; } } }
            let mut k = at; let mut m = 0;
            for i in at..=to { let b = list[i]; if self.place[b as usize] == 1 { self.scratch[m] = b; m += 1; } else { list[k] = b; k += 1; } }
            list[k..=to].copy_from_slice(&self.scratch[..m]);
        }
    }

    /// Shuffles a window.
    fn shuffle(&mut self, list: &mut [u32], width: usize) {
        let n = list.len();
        let width = width.min(n);
        let from = self.random.index(n - width + 1);
        for at in from..from + width { self.place[list[at] as usize] = 0; }
        let window: Vec<u32> = list[from..from + width].to_vec();
        let mut keys = vec![0i64; n];
        for (p, &a) in list.iter().enumerate() { keys[a as usize] = if p < from { p as i64 } else if p >= from + width { (1<<40) + p as i64 } else { (1<<20) + self.random.below(1<<19) as i64 } }
        let _ = window;
        list.copy_from_slice(&super::list_by_rule(self.generator.network(), &keys));
    }

    /// Moves an activity to another place between those it must lie between.
    fn shift(&mut self, list: &mut [u32]) {
        let n = list.len();
        let at = self.random.index(n);
        let activity = list[at];
        let network = self.generator.network();
        let low = list[..at].iter().rposition(|other| network.predecessors(activity).contains(other)).map_or(0, |p| p + 1);
        let high = list[at + 1..].iter().position(|other| network.successors(activity).contains(other)).map_or(n, |p| at + 1 + p);
        let to = low + self.random.index(high - low);
        if to < at {
            list[to..=at].rotate_right(1);
        } else {
            list[at..=to].rotate_left(1);
        }
    }
}

/// Searches with given numbers.
#[must_use]
pub fn search_tuned<G: Generator>(generator: &mut G, budget: Budget, tuning: &Tuning) -> Found {
    let best = plan_by_rule(generator, Rule::LatestFinish);
    let n = best.list.len();
    let bound = generator.lower_bound();
    if best.length <= bound || n == 0 {
        return best;
    }
    let keys = Rule::LatestFinish.keys(generator);
    let work = (0..n as u32)
        .map(|a| generator.intensity(a) * u64::try_from(generator.earliest().finishes[a as usize] - generator.earliest().starts[a as usize]).unwrap_or(0))
        .collect();
    let mut run = Run {
        generator,
        limit: budget.schedules,
        bound,
        sorter: Sorter::default(),
        plan: Plan::blank(n),
        work,
        place: vec![0; n],
        scratch: vec![0; n],
        random: Random::new(budget.seed),
        best,
    };
    let blank = Member { list: vec![0; n], keys: vec![0; n], plan: Plan::blank(n), length: i64::MAX };
    let mut lefts: Vec<Member> = Vec::new();
    let mut first = Member { list: run.best.list.clone(), ..blank.clone() };
    run.left(&mut first);
    lefts.push(first);
    while lefts.len() < tuning.members && !run.done() {
        let list = sampled_list(run.generator.network(), &keys, tuning.leaning, &mut run.random);
        let mut member = Member { list, ..blank.clone() };
        if run.random.chance(STEP.load(std::sync::atomic::Ordering::Relaxed), 1000) { run.left_in_step(&mut member); } else { run.left(&mut member); }
        lefts.push(member);
    }
    if tuning.replace == 20 {
        let mut sides = vec![true; lefts.len()];
        let mut child = blank.clone();
        while !run.done() {
            for at in 0..lefts.len() {
                if run.random.chance(tuning.children as u64, 1000) {
                    let mut other = run.random.index(lefts.len());
                    let rival = run.random.index(lefts.len());
                    if lefts[rival].length < lefts[other].length { other = rival; }
                    if run.random.chance(1, 2) { run.cross(&lefts[at], &lefts[other], &mut child); } else { run.cross(&lefts[other], &lefts[at], &mut child); }
                } else { child.list.copy_from_slice(&lefts[at].list); }
                for _ in 0..tuning.mutate / 100 { run.shift(&mut child.list); }
                while run.random.chance(tuning.x, 1000) { run.shift(&mut child.list); }
                if sides[at] { let f = run.best.length; run.right(&mut child, f); } else { run.left(&mut child); }
                let yy = tuning.y * (run.limit - run.best.schedules) / run.limit;
            let mut slack = 0; while run.random.chance(yy, 1000) { slack += 1; }
                if child.length <= lefts[at].length + slack { std::mem::swap(&mut child, &mut lefts[at]); sides[at] = !sides[at]; }
                if run.done() { break; }
            }
        }
    }
    if tuning.replace >= 10 {
        lefts.sort_by_key(|m| m.length);
        let mut pots = [u64::MAX; 2];
        let mut cur = lefts.swap_remove(0);
        let mut child = blank.clone();
        let mut to_right = true;
        while !run.done() {
            child.list.copy_from_slice(&cur.list);
            match tuning.replace {
                10 => for _ in 0..1 + run.random.below(tuning.x) { run.shift(&mut child.list); },
                13 => for _ in 0..1 + run.random.below(tuning.x) { run.drag(&mut child.list, tuning.mutate as usize); },
                14 => { let p = cur.plan.clone(); for _ in 0..1 + run.random.below(tuning.x) { run.overtake(&mut child.list, &p, !to_right, tuning.mutate); } },
                15 => { let p = cur.plan.clone(); for _ in 0..1 + run.random.below(tuning.x) { if run.random.chance(1,2) { run.overtake(&mut child.list, &p, !to_right, tuning.mutate); } else { run.shift(&mut child.list); } } },
                11 => { let w = 2 + run.random.index(tuning.x as usize); run.noise(&cur, &mut child, w as u64); }
                _ => { let w = 2 + run.random.index(tuning.x as usize); run.shuffle(&mut child.list, w); }
            }
            if to_right { let f = run.best.length; run.right(&mut child, f); } else { run.left(&mut child); }
            let yy = tuning.y * (run.limit - run.best.schedules) / run.limit;
            let mut slack = 0; while run.random.chance(yy, 1000) { slack += 1; }
            if tuning.children > 1 && child.length == cur.length && slack == 0 {
                let pot: u64 = (0..n).map(|i| { let d = if to_right { run.best.length - child.keys[i] } else { child.keys[i] } as f64; (run.work[i] as f64 * d.powi(tuning.children as i32 - 1) / 100.0) as u64 }).sum();
                let side = to_right as usize;
                if pot <= pots[side] { pots[side] = pot; } else { continue; }
            } else if child.length <= cur.length + slack { pots = [u64::MAX; 2]; }
            if child.length <= cur.length + slack { std::mem::swap(&mut child, &mut cur); to_right = !to_right; }
        }
    }
    let mut rights: Vec<Member> = vec![blank.clone(); lefts.len()];
    let mut child = blank.clone();
    let mut finest = blank.clone();
    let mut to_right = true;
    while !run.done() {
        let (parents, next) = if to_right { (&lefts, &mut rights) } else { (&rights, &mut lefts) };
        for at in 0..parents.len() {
            finest.length = i64::MAX;
            for _ in 0..tuning.children {
                let mut other = run.random.index(parents.len());
                let rival = run.random.index(parents.len());
                if parents[rival].length < parents[other].length {
                    other = rival;
                }
                let (father, mother) = if run.random.chance(1, 2) { (at, other) } else { (other, at) };
                run.cross(&parents[father], &parents[mother], &mut child);
                while run.random.chance(tuning.mutate, 1000) {
                    run.shift(&mut child.list);
                }
                if to_right {
                    let finish = run.best.length;
                    run.right(&mut child, finish);
                } else {
                    run.left(&mut child);
                }
                if child.length < finest.length {
                    std::mem::swap(&mut child, &mut finest);
                }
                if run.done() {
                    break;
                }
            }
            let take = match tuning.replace {
                0 => true,
                1 => finest.length <= next[at].length,
                _ => finest.length <= next[at].length || run.random.chance(tuning.x, 1000),
            };
            if take {
                std::mem::swap(&mut next[at], &mut finest);
            }
            if run.done() {
                break;
            }
        }
        to_right = !to_right;
    }
    run.best.proven = run.best.length <= bound;
    let _ = &run.scratch;
    run.best
}
