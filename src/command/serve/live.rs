//! What is shown at the moment: the last good site, and what is wrong in the files since.

use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use crate::output::Bundle;

/// The site as it is shown, one state after the other.
#[derive(Debug)]
pub(super) struct Live {
    now: Mutex<Edition>,
    changed: Condvar,
}

/// One state of what is shown.
#[derive(Clone, Debug)]
pub(super) struct Edition {
    /// Counts the states, from 1.
    pub number: u64,
    /// The pages.
    pub site: Arc<Bundle>,
    /// What is wrong in the files, as the terminal shows it; none where the site is of the files as they are.
    pub trouble: Option<Arc<str>>,
}

impl Live {
    /// Begins with a first site.
    pub fn new(site: Bundle, trouble: Option<String>) -> Self {
        let edition = Edition { number: 1, site: Arc::new(site), trouble: trouble.map(Arc::from) };
        Self { now: Mutex::new(edition), changed: Condvar::new() }
    }

    /// The state at the moment.
    pub fn edition(&self) -> Edition {
        self.lock().clone()
    }

    /// Shows another site, whole.
    pub fn show(&self, site: Bundle, trouble: Option<String>) {
        self.change(|edition| {
            edition.site = Arc::new(site);
            edition.trouble = trouble.map(Arc::from);
        });
    }

    /// Keeps the site and says what is wrong.
    pub fn tell(&self, trouble: String) {
        self.change(|edition| edition.trouble = Some(Arc::from(trouble)));
    }

    /// Waits for a state later than `seen`, at most so long; gives the number of the newest.
    pub fn wait_for_later(&self, seen: u64, at_most: Duration) -> u64 {
        let guard = self.lock();
        let waited = self.changed.wait_timeout_while(guard, at_most, |edition| edition.number <= seen);
        waited.map_or(seen, |(edition, _)| edition.number)
    }

    fn change(&self, how: impl FnOnce(&mut Edition)) {
        let mut edition = self.lock();
        how(&mut edition);
        edition.number += 1;
        self.changed.notify_all();
    }

    /// A reader that died in the middle has changed nothing.
    fn lock(&self) -> MutexGuard<'_, Edition> {
        self.now.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
