//! What is tried on a copy of the plan: each trial plans the whole project once more, and rules, pages and documents all ask what
//! came of it.

use std::sync::OnceLock;

use crate::model::TaskNo;

/// A delay that was tried on a task of the critical path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PathTest {
    /// The task that was delayed.
    pub tried: TaskNo,
    /// Working days by which the finish moved.
    pub moved: i64,
    /// Whether that is less than it should have been.
    pub is_flagged: bool,
}

/// What came of a trial that is made when somebody first asks.
#[derive(Clone, Debug, Default)]
pub struct Known<T>(OnceLock<T>);

impl<T> Known<T> {
    /// What came of the trial. Who asks while it is being made waits for it.
    pub fn or_made(&self, make: impl FnOnce() -> T) -> &T {
        self.0.get_or_init(make)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_trial_is_made_once() {
        let known = Known::default();
        let test = PathTest { tried: TaskNo(3), moved: 600, is_flagged: false };
        assert_eq!(*known.or_made(|| Some(test)), Some(test));
        assert_eq!(*known.or_made(|| unreachable!("it is known")), Some(test));
        assert_eq!(*known.clone().or_made(|| unreachable!("a copy knows it")), Some(test));
    }
}
