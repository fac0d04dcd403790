//! What projects are called by those who ask: by their folder, by their code, and a single one by the folder that is read.
//!
//! Comes in: a folder. Goes out: the folder's name that a word means. Not here: names on the site, which are folders.

use crate::diagnostic::spelling::{did_you_mean, one_of};
use crate::record::home::project_folders;
use crate::source::disk::Folder;

/// The names of all projects of a folder.
#[derive(Clone, Debug, Default)]
pub struct ProjectNames {
    /// Folder and code of each, in the order of their paths.
    projects: Vec<(String, Option<String>)>,
    /// What the folder itself is called.
    whole: Option<String>,
}

impl ProjectNames {
    /// Looks for the names of all projects, those with faults in their files among them.
    #[must_use]
    pub fn of(folder: &Folder) -> Self {
        let code = |path: &str| {
            let (id, file) = folder.texts().find(|(_, file)| file.path == path)?;
            // Faults of the file are reported when it is read.
            let node = file.yaml(id, &mut crate::diagnostic::Diagnostics::default())?;
            let entry = node.entries()?.iter().find(|entry| entry.key.value == "code")?;
            entry.value.text().map(str::to_owned)
        };
        let known = project_folders(folder).into_iter();
        let projects = known.map(|(name, home)| (name, code(&format!("{home}project.yaml")))).collect();
        Self::new(projects, folder.name().map(str::to_owned))
    }

    /// The names of projects by folder and code, in the order of their paths, and what the folder that holds them is called.
    #[must_use]
    pub fn new(projects: Vec<(String, Option<String>)>, whole: Option<String>) -> Self {
        Self { projects, whole }
    }

    /// The folder of the project that is meant: the one of this name, or that alone has this code, or the only one of a
    /// folder of this name. Where none is, the only one that differs in capital letters alone.
    #[must_use]
    pub fn folder_of(&self, name: &str) -> Option<&str> {
        let by_folder = self.projects.iter().find(|(folder, _)| folder == name);
        let by_code = || {
            let mut coded = self.projects.iter().filter(|(_, code)| code.as_deref() == Some(name));
            coded.next().filter(|_| coded.next().is_none())
        };
        let by_whole = || match self.projects.as_slice() {
            [only] if self.whole.as_deref() == Some(name) => Some(only),
            _ => None,
        };
        let by_any_case = || {
            let is_meant = |known: &str| known.eq_ignore_ascii_case(name);
            let mut alike = self
                .projects
                .iter()
                .filter(|(folder, code)| is_meant(folder) || code.as_deref().is_some_and(is_meant));
            alike.next().filter(|_| alike.next().is_none())
        };
        by_folder.or_else(by_code).or_else(by_whole).or_else(by_any_case).map(|(folder, _)| folder.as_str())
    }

    /// What to write instead of a name that no project has: the nearest, and which projects there are.
    pub(super) fn hint(&self, name: &str) -> String {
        let folders: Vec<&str> = self.projects.iter().map(|(folder, _)| folder.as_str()).collect();
        let codes = self.projects.iter().filter_map(|(_, code)| code.as_deref());
        let all = one_of(&folders);
        match did_you_mean(name, folders.iter().copied().chain(codes)) {
            Some(near) if folders.len() > 1 => {
                let names: Vec<String> = folders.iter().map(|folder| format!("`{folder}`")).collect();
                format!("write `{near}`; there are the projects {}", names.join(", "))
            }
            Some(near) => format!("write `{near}`"),
            None if folders.is_empty() => "leave it out: this folder holds no project".to_owned(),
            None => format!("name {all}"),
        }
    }
}
