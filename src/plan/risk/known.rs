//! Runs that were made before: whoever asks exactly the same again is given what came of them.
//!
//! Comes in: a compiled plan and what is asked of its runs. Goes out: what came of the runs, made once for all who ask the same. The
//! same is asked where everything that runs depend on is the same, held by a digest of all of it: a remark that somebody corrects, or
//! a status report in other words, moves no run.

use std::collections::BTreeMap;
use std::hash::{Hash, Hasher};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};

use sha2::{Digest as _, Sha256};

use crate::model::Distribution;
use crate::plan::risk::ScheduleRisk;
use crate::plan::risk::distribution::{QuantileMaker, Quantiles};

/// What runs depend on, as the SHA-256 of it. It holds inside one process: neither files nor pages show it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct RunKey([u8; 32]);

impl RunKey {
    pub(super) fn of(what: &impl Hash) -> Self {
        let mut taken = Taken(Sha256::new());
        what.hash(&mut taken);
        Self(taken.0.finalize().into())
    }
}

/// Takes in the bytes of what is hashed.
struct Taken(Sha256);

impl Hasher for Taken {
    fn write(&mut self, bytes: &[u8]) {
        self.0.update(bytes);
    }

    /// The first eight bytes; nobody asks for fewer than all of them.
    fn finish(&self) -> u64 {
        let digest = self.0.clone().finalize();
        digest.iter().take(8).fold(0, |number, byte| number << 8 | u64::from(*byte))
    }
}

/// A shape of an estimate: how it scatters, and the reduced fraction of the way from one end to the other where its most likely value
/// lies.
type Shape = (Distribution, (i64, i64));

/// What came of runs that were made, as long as somebody keeps it, and the tables that lengths are drawn from. Threads share it; whoever
/// comes first makes what is missing, and two who come at once make the same.
#[derive(Debug, Default)]
pub struct KnownRuns {
    made: Mutex<BTreeMap<RunKey, Weak<ScheduleRisk>>>,
    tables: Mutex<BTreeMap<Shape, Arc<Quantiles>>>,
}

impl KnownRuns {
    /// Enters what came of runs made before.
    pub fn enter(&self, risk: &Arc<ScheduleRisk>) {
        locked(&self.made).insert(risk.key, Arc::downgrade(risk));
    }

    /// What came of runs that depend on the same; made now where they have not been made.
    pub(super) fn get(&self, key: RunKey, make: impl FnOnce() -> ScheduleRisk) -> Arc<ScheduleRisk> {
        let known = locked(&self.made).get(&key).and_then(Weak::upgrade);
        known.unwrap_or_else(|| {
            let risk = Arc::new(make());
            self.enter(&risk);
            risk
        })
    }

    /// The quantiles of a shape.
    pub(super) fn quantiles(&self, maker: &QuantileMaker, (below, whole): (i64, i64)) -> Arc<Quantiles> {
        let shape = (maker.distribution(), (below, whole));
        let known = locked(&self.tables).get(&shape).map(Arc::clone);
        known.unwrap_or_else(|| {
            let table = Arc::new(maker.quantiles(below as f64 / whole as f64));
            locked(&self.tables).insert(shape, Arc::clone(&table));
            table
        })
    }
}

/// A list that was entered into is sound, whoever died afterwards.
fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
