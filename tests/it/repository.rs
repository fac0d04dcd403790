//! Repositories made for a test, with `git` where there is one.

use std::path::Path;
use std::process::Command;

/// A repository in a scratch folder.
pub struct Repository {
    scratch: tempfile::TempDir,
}

impl Repository {
    /// An empty repository; none where there is no `git`.
    #[allow(clippy::print_stderr, reason = "a skipped test says so")]
    pub fn new() -> Option<Self> {
        let repository = Self { scratch: tempfile::tempdir().unwrap() };
        if Command::new("git").arg("--version").output().is_err() {
            eprintln!("skipped: there is no `git` here to make a repository with");
            return None;
        }
        repository.git(&["init", "-q", "-b", "main"]);
        Some(repository)
    }

    pub fn path(&self) -> &Path {
        self.scratch.path()
    }

    pub fn git(&self, arguments: &[&str]) {
        self.git_as("Nobody", "2026-08-01", arguments);
    }

    pub fn git_as(&self, author: &str, day: &str, arguments: &[&str]) {
        let moment = format!("{day}T12:00:00+0000");
        let output = Command::new("git")
            .args(["-c", "commit.gpgsign=false", "-c", "init.defaultBranch=main"])
            .args(arguments)
            .current_dir(self.path())
            .envs([("GIT_AUTHOR_NAME", author), ("GIT_COMMITTER_NAME", author)])
            .envs([("GIT_AUTHOR_EMAIL", "a@example.org"), ("GIT_COMMITTER_EMAIL", "a@example.org")])
            .envs([("GIT_AUTHOR_DATE", &moment), ("GIT_COMMITTER_DATE", &moment)])
            .envs([("GIT_CONFIG_GLOBAL", "/dev/null"), ("GIT_CONFIG_SYSTEM", "/dev/null")])
            .env_remove("GIT_DIR")
            .env_remove("GIT_WORK_TREE")
            .env_remove("GIT_INDEX_FILE")
            .output()
            .unwrap();
        assert!(output.status.success(), "git {arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    }

    pub fn write(&self, path: &str, text: &str) {
        let file = self.path().join(path);
        std::fs::create_dir_all(file.parent().unwrap()).unwrap();
        std::fs::write(file, text).unwrap();
    }

    pub fn commit(&self, author: &str, day: &str, subject: &str) {
        self.git(&["add", "-A"]);
        self.git_as(author, day, &["commit", "-q", "-m", subject]);
    }
}
