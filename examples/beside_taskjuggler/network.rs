//! The synthetic networks: tasks in phases of twenty, one person for each twenty tasks.
//!
//! Comes in: a number of tasks and a seed. Goes out: the same network on every machine. Every task takes one to ten days of
//! one named person and waits for one to three earlier tasks, drawn at random (the first for none).

use milepost::plan::levelling::Random;
use milepost::plan::levelling::textbook::{Activity, Link, Problem};

/// Tasks in a phase, and tasks for each person.
pub const PHASE: usize = 20;

/// One task.
pub struct Task {
    /// Whole days of work.
    pub days: u32,
    /// Whose work it is.
    pub person: usize,
    /// Tasks that must be over before; earlier in the list, each once.
    pub after: Vec<usize>,
}

/// A whole network.
pub struct Synthetic {
    pub tasks: Vec<Task>,
    pub n_people: usize,
}

impl Synthetic {
    pub fn new(n_tasks: usize, seed: u64) -> Self {
        let mut random = Random::new(seed);
        let n_people = (n_tasks / PHASE).max(1);
        let tasks = (0..n_tasks)
            .map(|number| {
                let days = 1 + u32::try_from(random.below(10)).unwrap();
                let person = random.index(n_people);
                let wanted = (1 + random.index(3)).min(number);
                let mut after: Vec<usize> = Vec::new();
                while after.len() < wanted {
                    let earlier = random.index(number);
                    if !after.contains(&earlier) {
                        after.push(earlier);
                    }
                }
                after.sort_unstable();
                Task { days, person, after }
            })
            .collect();
        Self { tasks, n_people }
    }

    /// The greater of the critical path and the work of the busiest person, in days.
    pub fn lower_bound(&self) -> u32 {
        let mut ends: Vec<u32> = Vec::new();
        let mut work = vec![0; self.n_people];
        for task in &self.tasks {
            let ready = task.after.iter().map(|&other| ends[other]).max().unwrap_or(0);
            ends.push(ready + task.days);
            work[task.person] += task.days;
        }
        ends.into_iter().chain(work).max().unwrap_or(0)
    }

    /// The same as a problem of the textbooks, a slot for each working day.
    pub fn problem(&self) -> Problem {
        let number = |at: usize| u32::try_from(at).unwrap();
        let activities = (self.tasks.iter())
            .map(|task| {
                let mut demands = vec![0; self.n_people];
                demands[task.person] = 1;
                Activity { duration: task.days, demands }
            })
            .collect();
        let links = (self.tasks.iter().enumerate())
            .flat_map(|(at, task)| {
                task.after.iter().map(move |&other| Link {
                    predecessor: number(other),
                    successor: number(at),
                    lag: 0,
                })
            })
            .collect();
        Problem::new(activities, links, vec![1; self.n_people]).unwrap()
    }
}
