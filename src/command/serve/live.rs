//! What is shown at the moment: the last good site, and what is wrong in the files since.

use std::borrow::Cow;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};
use std::time::Duration;

use super::http::Files;
use crate::pipeline::{LiveSite, SiteError};

/// The site as it is shown, one state after the other.
#[derive(Debug)]
pub(super) struct Live {
    now: Mutex<Edition>,
    changed: Condvar,
    site: RwLock<LiveSite>,
}

/// One state of what is shown.
#[derive(Clone, Debug)]
pub(super) struct Edition {
    /// Counts the states, from 1.
    pub number: u64,
    /// What is wrong in the files, as the terminal shows it; none where the site is of the files as they are.
    pub trouble: Option<Arc<str>>,
}

impl Live {
    /// Begins with a first site.
    pub fn new(site: LiveSite, trouble: Option<String>) -> Self {
        let edition = Edition { number: 1, trouble: trouble.map(Arc::from) };
        Self { now: Mutex::new(edition), changed: Condvar::new(), site: RwLock::new(site) }
    }

    /// The state at the moment.
    pub fn edition(&self) -> Edition {
        self.lock().clone()
    }

    /// The site at the moment.
    pub fn site(&self) -> RwLockReadGuard<'_, LiveSite> {
        self.site.read().unwrap_or_else(PoisonError::into_inner)
    }

    /// Shows another site.
    pub fn show(&self, site: LiveSite) {
        *self.site_to_change() = site;
        self.step(|edition| edition.trouble = None);
    }

    /// Changes the site; where that fails it stays what it was, and so does the state.
    pub fn change(&self, how: impl FnOnce(&mut LiveSite) -> Result<(), SiteError>) -> Result<(), SiteError> {
        how(&mut self.site_to_change())?;
        self.step(|edition| edition.trouble = None);
        Ok(())
    }

    /// Keeps the site and says what is wrong.
    pub fn tell(&self, trouble: String) {
        self.step(|edition| edition.trouble = Some(Arc::from(trouble)));
    }

    /// Waits for a state later than `seen`, at most so long; gives the number of the newest.
    pub fn wait_for_later(&self, seen: u64, at_most: Duration) -> u64 {
        let guard = self.lock();
        let waited = self.changed.wait_timeout_while(guard, at_most, |edition| edition.number <= seen);
        waited.map_or(seen, |(edition, _)| edition.number)
    }

    fn step(&self, how: impl FnOnce(&mut Edition)) {
        let mut edition = self.lock();
        how(&mut edition);
        edition.number += 1;
        self.changed.notify_all();
    }

    /// A reader that died in the middle has changed nothing.
    fn lock(&self) -> MutexGuard<'_, Edition> {
        self.now.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn site_to_change(&self) -> RwLockWriteGuard<'_, LiveSite> {
        self.site.write().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Files for Live {
    fn file(&self, path: &str) -> Result<Option<Vec<u8>>, String> {
        let lags_behind = self.site().lags_behind_in(path);
        if lags_behind {
            self.site_to_change().complete_for(Some(path)).map_err(|fault| fault.to_string())?;
        }
        self.site().file(path).map(|file| file.map(Cow::into_owned)).map_err(|fault| fault.to_string())
    }
}
