//! Hears of saved files, and waits until an editor has finished saving.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use notify::{EventKind, RecommendedWatcher, RecursiveMode, Watcher as _};

use super::super::CannotRun;

/// How long it must be quiet before the files are read: editors write a file in several steps.
const QUIET: Duration = Duration::from_millis(40);

/// Where git keeps what was committed.
pub(super) const REPOSITORY: &str = ".git";

/// What was heard.
pub(super) enum Heard {
    /// These files and folders have changed, or come, or gone; paths inside the folder, those of its repository as if it lay in it.
    Files(BTreeSet<PathBuf>),
    /// Something has changed, and the system cannot tell what.
    Anything,
}

/// Something that hears of changes below a folder.
pub(super) struct Watch {
    /// Ends with this value.
    _watcher: RecommendedWatcher,
    changes: Receiver<Option<Vec<PathBuf>>>,
}

impl Watch {
    /// Begins to listen.
    ///
    /// # Errors
    /// The system cannot watch the folder, for instance because it has no watches left.
    pub fn on(folder: &Path) -> Result<Self, CannotRun> {
        let (sender, changes) = channel();
        // The system names files as it was asked, or from the root of the disk.
        let absolute = std::path::absolute(folder).unwrap_or_else(|_| folder.to_path_buf());
        let asked = folder.to_path_buf();
        // Where the portfolio lies below the top of its repository, commits are heard of there.
        let above = absolute.ancestors().skip(1).map(|folder| folder.join(REPOSITORY));
        let repository = above.into_iter().find(|repository| repository.is_dir());
        let commits = repository.as_ref().map(|repository| repository.join("logs"));
        let inside = move |path: &PathBuf| {
            let inside = path.strip_prefix(&absolute).or_else(|_| path.strip_prefix(&asked));
            let of_repository =
                || Some(Path::new(REPOSITORY).join(path.strip_prefix(repository.as_ref()?).ok()?));
            inside.map(Path::to_path_buf).ok().or_else(of_repository)
        };
        let hear = move |event: notify::Result<notify::Event>| {
            let what = match event {
                Ok(event) if matches!(event.kind, EventKind::Access(_)) => return,
                Ok(event) if !event.need_rescan() && !event.paths.is_empty() => {
                    event.paths.iter().map(&inside).collect::<Option<Vec<PathBuf>>>()
                }
                _ => None,
            };
            // Nobody listens any more: the program is about to end.
            let _ = sender.send(what);
        };
        let cannot = |fault: notify::Error| {
            CannotRun::new(
                format!("the folder cannot be watched: {fault}"),
                "on Linux, more watches are given by `sysctl fs.inotify.max_user_watches=524288`",
            )
        };
        let mut watcher = notify::recommended_watcher(hear).map_err(cannot)?;
        watcher.watch(folder, RecursiveMode::Recursive).map_err(cannot)?;
        if let Some(commits) = commits.filter(|commits| commits.is_dir()) {
            // Without it a commit is noticed with the next change of a file.
            let _ = watcher.watch(&commits, RecursiveMode::NonRecursive);
        }
        Ok(Self { _watcher: watcher, changes })
    }

    /// Waits for the next change and then for quiet; none when no more will come.
    pub fn wait(&self) -> Option<Heard> {
        let mut heard = self.changes.recv().ok()?.map(BTreeSet::from_iter);
        while let Ok(more) = self.changes.recv_timeout(QUIET) {
            heard = match (heard, more) {
                (Some(mut files), Some(more)) => {
                    files.extend(more);
                    Some(files)
                }
                _ => None,
            };
        }
        Some(heard.map_or(Heard::Anything, Heard::Files))
    }
}
