//! The plain problem of textbooks: integer durations, finish-to-start links, constant capacities.
//!
//! Comes in: activities. Goes out: plans, and what is wrong with one. The public benchmarks speak of it, and so the rules and the search of
//! this room are measured and tested on it (`examples/psplib`, `examples/beside_taskjuggler`). No project is planned with it: what
//! stands behind [`Generator`] there are people and calendars.

mod lanes;
mod problem;
mod serial;
mod sparse;
mod steps;
mod tails;
mod verify;

use super::{Cycle, Generator, Network, Plan};

pub use problem::{Activity, Link, Problem, ProblemError};
pub use serial::Serial;
pub use verify::{Breach, breaches};
