//! What a long delay on the critical path did to the finish, tried on a copy of the plan.

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

/// The trial of a project, made when somebody first asks: it plans the whole project once more, and is asked for by rules, pages and
/// documents.
#[derive(Clone, Debug, Default)]
pub struct KnownPathTest(OnceLock<Option<PathTest>>);

impl KnownPathTest {
    /// What came of the trial; none where there was nothing to try it on.
    pub fn or_made(&self, make: impl FnOnce() -> Option<PathTest>) -> Option<PathTest> {
        *self.0.get_or_init(make)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_trial_is_made_once() {
        let known = KnownPathTest::default();
        let test = PathTest { tried: TaskNo(3), moved: 600, is_flagged: false };
        assert_eq!(known.or_made(|| Some(test)), Some(test));
        assert_eq!(known.or_made(|| unreachable!("it is known")), Some(test));
        assert_eq!(known.clone().or_made(|| unreachable!("a copy knows it")), Some(test));
    }
}
