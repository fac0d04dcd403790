//! Plans of any size: the networks that are written for the comparison of levelling, as a folder of one project.

use std::path::Path;

use crate::folder;
use crate::network::Synthetic;

/// The same network in every run.
const SEED: u64 = 1;

/// The network of so many tasks.
pub fn network(n_tasks: usize) -> Synthetic {
    Synthetic::new(n_tasks, SEED)
}

/// Writes a folder of one project; people are not levelled.
pub fn write(folder: &Path, n_tasks: usize) {
    for (name, text) in folder::files(&network(n_tasks), "false") {
        let path = folder.join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }
}
