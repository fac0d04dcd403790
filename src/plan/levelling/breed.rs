//! Breeding: many plans at once that take parts from each other.
//!
//! Comes in: a search under way. Goes out: the same, a share of its budget spent. Each plan of the population in turn is
//! crossed with another, and the child is pushed to the other end of the project than that plan, so that breeding
//! justifies too (after the two populations of Debels and Vanhoucke 2005). A child keeps the order of its mother, but
//! within a window of time it has its father's, where his plan is busiest (peak crossover; Valls, Ballestín and Quintanilla
//! 2008) or busier than hers. It takes the place of the plan whose turn it was where it is no longer.

use std::ops::Range;

use super::search::{ENOUGH_FOR_GENERATIONS, MANY};
use super::trials::{Pushed, Trials};
use super::{Generator, Random, Rule, Settings, sampled_list};

/// Of so many drawn at random, the shortest becomes the other parent. A large population has time, and is spoilt by haste.
fn candidates(n_members: usize) -> usize {
    if n_members < 20 { 3 } else { 2 }
}

/// A small population needs chance: there is not much to be crossed. Some thousand schedules do no better without the busiest
/// windows, fewer and many do.
fn manner(schedules: u64) -> Manner {
    let busiest = if (ENOUGH_FOR_GENERATIONS..MANY).contains(&schedules) { 500 } else { 0 };
    Manner { changed: 300, busiest }
}

/// Of so many windows drawn the one is taken in which the father's plan is busier than the mother's by most: 3 gave less, 12 no
/// more, 40 less, for then it is nearly always the same one.
const WINDOWS: usize = 6;

/// How often, out of a thousand, a child that is changed is changed once more.
const CHANGED_MORE: u64 = 200;

/// How a child is made.
#[derive(Clone, Copy)]
pub(super) struct Manner {
    /// How often, out of a thousand, it is changed by chance besides.
    pub(super) changed: u64,
    /// How often, out of a thousand, its window lies where the father's plan is busiest, not where it is busier than the
    /// mother's.
    pub(super) busiest: u64,
}

/// A plan of the population.
pub(super) struct Member {
    /// In order of time, to be pushed to the other end.
    pub(super) list: Vec<u32>,
    /// Time from the start of the plan, by place in the list: of the finishes where it is pushed left, of the starts else.
    times: Vec<i64>,
    pub(super) length: i64,
    pub(super) pushed: Pushed,
}

/// Scratch memory of crossing.
pub(super) struct Crossing {
    /// Work of each activity: duration × intensity.
    work: Vec<u64>,
    /// Work of the father's list and of the mother's before each place.
    sums: Vec<u64>,
    mother_sums: Vec<u64>,
    /// The place of each activity in the father's list.
    places: Vec<usize>,
}

/// Breeds until so many placements are spent or nothing shorter exists.
pub(super) fn breed<G: Generator>(trials: &mut Trials<'_, G>, settings: Settings, until: u64) {
    // 10 to 14 did best for 1 000 schedules, 30 for 5 000, 100 to 150 for 50 000.
    let size = (trials.schedules() / 5).isqrt().max(2);
    let mut population = populate(trials, settings, size);
    let manner = manner(trials.schedules());
    let mut crossing = Crossing::new(trials.generator);
    let mut turn = 0;
    while !trials.is_over() && trials.progress().0 < until {
        turn = (turn + 1) % population.len();
        let target = population[turn].pushed.across();
        if population.len() > 1 {
            let partner = partner(trials, &population, turn, candidates(population.len()));
            let (mother, father) = if trials.random.chance(1, 2) { (turn, partner) } else { (partner, turn) };
            crossing.bear(trials, &population[mother], &population[father], target, manner);
        } else {
            trials.trial.copy_from_slice(&population[turn].list);
            trials.move_some(target, CHANGED_MORE);
        }
        if let Some(length) = trials.generate(target, population[turn].length) {
            population[turn] = Member::of(trials, length, target);
        }
    }
}

/// The shortest of so many drawn at random from two or more, never the one whose turn it is.
fn partner<G: Generator>(
    trials: &mut Trials<'_, G>,
    population: &[Member],
    turn: usize,
    candidates: usize,
) -> usize {
    let draw = |random: &mut Random| {
        let drawn = random.index(population.len() - 1);
        drawn + usize::from(drawn >= turn)
    };
    let mut partner = draw(&mut trials.random);
    for _ in 1..candidates {
        let drawn = draw(&mut trials.random);
        if population[drawn].length < population[partner].length {
            partner = drawn;
        }
    }
    partner
}

/// The default plan and the best of some samples.
pub(super) fn populate<G: Generator>(
    trials: &mut Trials<'_, G>,
    settings: Settings,
    size: u64,
) -> Vec<Member> {
    let keys = Rule::LatestFinish.keys(trials.generator);
    let default = trials.best.length;
    let mut population = vec![Member::of(trials, default, Pushed::Left)];
    for _ in 0..settings.samples.min(trials.schedules() / 10).max(size) {
        if trials.is_over() {
            break;
        }
        trials.trial = sampled_list(trials.generator.network(), &keys, settings.leaning, &mut trials.random);
        let length = trials.generate_in_step();
        if (population.len() as u64) < size {
            population.push(Member::of(trials, length, Pushed::Left));
        } else if let Some(longest) = population.iter_mut().max_by_key(|member| member.length)
            && length < longest.length
        {
            *longest = Member::of(trials, length, Pushed::Left);
        }
    }
    population
}

impl Member {
    /// The plan just made.
    pub(super) fn of<G: Generator>(trials: &mut Trials<'_, G>, length: i64, pushed: Pushed) -> Self {
        trials.order_towards(pushed.across());
        let start = trials.plan.start();
        let times = match pushed {
            Pushed::Left => &trials.plan.finishes,
            Pushed::Right => &trials.plan.starts,
        };
        let times = trials.trial.iter().map(|&activity| times[activity as usize] - start).collect();
        Self { list: trials.trial.clone(), times, length, pushed }
    }

    /// The places of the list whose times lie in a window.
    fn places(&self, window: &Range<i64>) -> Range<usize> {
        let before = |end: i64| self.times.partition_point(|&time| time < end);
        before(window.start)..before(window.end)
    }
}

impl Crossing {
    pub(super) fn new<G: Generator>(generator: &G) -> Self {
        let earliest = generator.earliest();
        let work: Vec<u64> = ((0..).zip(earliest.starts.iter().zip(&earliest.finishes)))
            .map(|(activity, (start, finish))| {
                generator.intensity(activity).saturating_mul(start.abs_diff(*finish))
            })
            .collect();
        let sums = vec![0; work.len() + 1];
        Self { mother_sums: sums.clone(), sums, places: vec![0; work.len()], work }
    }

    /// Makes the child of two plans the trial list, to be pushed to an end. It is always changed by chance where it would be
    /// one of the two once more.
    pub(super) fn bear<G: Generator>(
        &mut self,
        trials: &mut Trials<'_, G>,
        mother: &Member,
        father: &Member,
        target: Pushed,
        manner: Manner,
    ) {
        // The window lasts from a quarter to three quarters of the plan.
        let quarters = 250 + i64::try_from(trials.random.below(500)).unwrap_or(0);
        let span = father.times.last().copied().unwrap_or(0) + 1;
        // In a plan of a few slots the window would be none; it holds one slot at least.
        let window = ((span / 1000).saturating_mul(quarters) + span % 1000 * quarters / 1000).max(1);
        let begin = if manner.busiest > 0 && trials.random.chance(manner.busiest, 1000) {
            self.busiest(father, window)
        } else {
            self.busier(&mut trials.random, mother, father, window)
        };
        self.cross(mother, father, begin..begin + window, &mut trials.trial);
        let is_new = trials.trial != mother.list && trials.trial != father.list;
        if !is_new || trials.random.chance(manner.changed, 1000) {
            trials.move_some(target, CHANGED_MORE);
        }
    }

    /// Where the window of so much time begins, of some drawn, in which the father's plan has the most work beyond the mother's:
    /// what he packs closer than she does is worth having.
    fn busier(&mut self, random: &mut Random, mother: &Member, father: &Member, window: i64) -> i64 {
        sum_up(&self.work, &father.list, &mut self.sums);
        sum_up(&self.work, &mother.list, &mut self.mother_sums);
        let span = father.times.last().copied().unwrap_or(0) + 1;
        let n_begins = (span - window).unsigned_abs() + 1;
        let mut most = None;
        for _ in 0..WINDOWS {
            let begin = i64::try_from(random.below(n_begins)).unwrap_or(0);
            let within = |member: &Member, sums: &[u64]| {
                let places = member.places(&(begin..begin + window));
                i128::from(sums[places.end] - sums[places.start])
            };
            let more = within(father, &self.sums) - within(mother, &self.mother_sums);
            if most.is_none_or(|(most, _)| more > most) {
                most = Some((more, begin));
            }
        }
        most.map_or(0, |(_, begin)| begin)
    }

    /// Where the window of so much time begins in which most of the work of a plan is.
    fn busiest(&mut self, father: &Member, window: i64) -> i64 {
        sum_up(&self.work, &father.list, &mut self.sums);
        let (mut most, mut begin, mut end) = (0, 0, 0);
        for (place, &time) in father.times.iter().enumerate() {
            while end < father.times.len() && father.times[end] < time + window {
                end += 1;
            }
            end = end.max(place);
            let work = self.sums[end] - self.sums[place];
            if work > most {
                (most, begin) = (work, time);
            }
            if end == father.times.len() {
                break;
            }
        }
        begin
    }

    /// Writes the child of two plans: the mother's list, within a window of time in the father's order.
    fn cross(&mut self, mother: &Member, father: &Member, window: Range<i64>, child: &mut [u32]) {
        for (place, &activity) in father.list.iter().enumerate() {
            self.places[activity as usize] = place;
        }
        child.copy_from_slice(&mother.list);
        child[mother.places(&window)].sort_unstable_by_key(|&activity| self.places[activity as usize]);
    }
}

/// Writes the work of a list before each place, and behind the last.
fn sum_up(work: &[u64], list: &[u32], sums: &mut [u64]) {
    for (place, &activity) in list.iter().enumerate() {
        sums[place + 1] = sums[place].saturating_add(work[activity as usize]);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::levelling::textbook::{Activity, Problem, Serial};

    #[test]
    fn a_child_has_the_father_s_order_within_the_window_alone() {
        let busy = Activity { duration: 1, demands: vec![4] };
        let idle = Activity { duration: 1, demands: vec![1] };
        let activities = vec![idle.clone(), idle.clone(), busy.clone(), busy, idle.clone(), idle];
        let problem = Problem::new(activities, vec![], vec![4]).unwrap();
        let mut crossing = Crossing::new(&Serial::new(&problem));
        let member = |list: [u32; 6]| Member {
            list: list.to_vec(),
            times: (0..6).collect(),
            length: 6,
            pushed: Pushed::Right,
        };
        let (mother, father) = (member([0, 1, 2, 3, 4, 5]), member([5, 4, 3, 2, 1, 0]));
        assert_eq!(crossing.busiest(&father, 2), 2);
        assert_eq!(crossing.busiest(&mother, 3), 1);
        let mut child = [0; 6];
        crossing.cross(&mother, &father, 2..4, &mut child);
        assert_eq!(child, [0, 1, 3, 2, 4, 5]);
        crossing.cross(&mother, &father, 3..6, &mut child);
        assert_eq!(child, [0, 1, 2, 5, 4, 3]);
        // His busy ones come first, so that of four windows of three slots he is ahead of her in the first alone.
        let father = member([2, 3, 0, 1, 4, 5]);
        let n_first = (0..100)
            .filter(|&seed| crossing.busier(&mut Random::new(seed), &mother, &father, 3) == 0)
            .count();
        assert!(n_first > 70, "{n_first}");
    }
}
