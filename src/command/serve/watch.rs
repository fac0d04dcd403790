//! Hears of saved files, and waits until an editor has finished saving.

use std::path::Path;
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use notify::{EventKind, RecommendedWatcher, RecursiveMode, Watcher as _};

use super::super::CannotRun;

/// How long it must be quiet before the files are read: editors write a file in several steps.
const QUIET: Duration = Duration::from_millis(40);

/// Something that hears of changes below a folder.
pub(super) struct Watch {
    /// Ends with this value.
    _watcher: RecommendedWatcher,
    changes: Receiver<()>,
}

impl Watch {
    /// Begins to listen.
    ///
    /// # Errors
    /// The system cannot watch the folder, for instance because it has no watches left.
    pub fn on(folder: &Path) -> Result<Self, CannotRun> {
        let (sender, changes) = channel();
        let hear = move |event: notify::Result<notify::Event>| {
            let concerns = event.map_or(true, |event| !matches!(event.kind, EventKind::Access(_)));
            if concerns {
                // Nobody listens any more: the program is about to end.
                let _ = sender.send(());
            }
        };
        let cannot = |fault: notify::Error| {
            CannotRun::new(
                format!("the folder cannot be watched: {fault}"),
                "on Linux, more watches are given by `sysctl fs.inotify.max_user_watches=524288`",
            )
        };
        let mut watcher = notify::recommended_watcher(hear).map_err(cannot)?;
        watcher.watch(folder, RecursiveMode::Recursive).map_err(cannot)?;
        Ok(Self { _watcher: watcher, changes })
    }

    /// Waits for the next change and then for quiet; false when no more will come.
    pub fn wait(&self) -> bool {
        if self.changes.recv().is_err() {
            return false;
        }
        while self.changes.recv_timeout(QUIET).is_ok() {}
        true
    }
}
