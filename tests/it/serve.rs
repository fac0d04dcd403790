//! `milepost serve`: what a browser gets while files are written, broken and mended.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use crate::repository::Repository;

/// A running server, ended with the test.
struct Server {
    child: Child,
    address: String,
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Server {
    fn begin(folder: &Path) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_milepost"))
            .args(["serve", "--port", "0"])
            .arg(folder)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let address = line.split("http://").nth(1).unwrap().split('/').next().unwrap().to_owned();
        assert!(address.starts_with("127.0.0.1:"), "{line}");
        Self { child, address }
    }

    fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(&self.address).unwrap();
        stream.set_read_timeout(Some(Duration::from_mins(1))).unwrap();
        stream
    }

    fn raw(&self, request: &str) -> String {
        let mut stream = self.connect();
        stream.write_all(request.as_bytes()).unwrap();
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).unwrap();
        String::from_utf8_lossy(&answer).into_owned()
    }

    fn get(&self, path: &str) -> String {
        self.raw(&format!("GET {path} HTTP/1.1\r\nHost: {}\r\n\r\n", self.address))
    }

    /// A connection on which each state is told, and the state it begins with.
    fn events(&self) -> (BufReader<TcpStream>, u64) {
        let mut stream = self.connect();
        let ask = format!("GET /.milepost/events HTTP/1.1\r\nHost: {}\r\n\r\n", self.address);
        stream.write_all(ask.as_bytes()).unwrap();
        let mut reader = BufReader::new(stream);
        let first = next_state(&mut reader, 0);
        (reader, first)
    }
}

fn next_state(reader: &mut BufReader<TcpStream>, after: u64) -> u64 {
    loop {
        let mut line = String::new();
        assert!(reader.read_line(&mut line).unwrap() > 0, "the connection for news ended");
        if let Some(number) = line.strip_prefix("data: ") {
            let number: u64 = number.trim().parse().unwrap();
            if number > after {
                return number;
            }
        }
    }
}

fn write(folder: &Path, name: &str, text: &str) {
    std::fs::write(folder.join(name), text).unwrap();
}

const PROJECT: &str = "project: Demo\nstart: 2026-08-03\ncurrency: EUR\n";

#[test]
fn pages_follow_the_files_and_broken_files_leave_the_last_good_site() {
    let scratch = tempfile::tempdir().unwrap();
    let portfolio = scratch.path();
    let folder = &portfolio.join("projects/demo");
    std::fs::create_dir_all(folder).unwrap();
    write(folder, "project.yaml", PROJECT);
    write(folder, "plan.yaml", "execution:\n  work: {name: First words, duration: 5d}\n");
    let server = Server::begin(portfolio);
    let schedule = || server.get("/demo/schedule.html");
    let (mut news, mut state) = server.events();
    let name = |schedule: &str, words: &str| assert!(schedule.contains(words), "{words}: {schedule}");
    name(&schedule(), "First words");

    write(folder, "plan.yaml", "execution:\n  work: {name: Other words, duration: 5d}\n");
    state = next_state(&mut news, state);
    name(&schedule(), "Other words");

    write(folder, "plan.yaml", "execution:\n  work: {name: Third words, duration: soon}\n");
    state = next_state(&mut news, state);
    let broken = schedule();
    name(&broken, "Other words");
    name(&broken, "plan.yaml:2:");
    name(&broken, "The files cannot be understood at the moment");

    write(folder, "plan.yaml", "execution:\n  work: {name: Fourth words, duration: 4d}\n");
    next_state(&mut news, state);
    let mended = schedule();
    name(&mended, "Fourth words");
    assert!(!mended.contains("cannot be understood"), "{mended}");
    assert!(!portfolio.join("site").exists(), "nothing is written");
}

#[test]
fn a_commit_is_followed_although_no_file_changes() {
    let Some(repository) = Repository::new() else { return };
    repository.write("portfolio/project.yaml", PROJECT);
    repository.write("portfolio/plan.yaml", "execution:\n  work: {name: First words, duration: 5d}\n");
    repository.commit("Ada", "2026-08-03", "Begin");
    let server = Server::begin(&repository.path().join("portfolio"));
    let (mut news, mut state) = server.events();
    let page = || server.get("/project/index.html");
    let is_uncommitted = |page: String| page.contains("changes that are not committed");
    assert!(!is_uncommitted(page()));
    repository.write("portfolio/plan.yaml", "execution:\n  work: {name: Other words, duration: 5d}\n");
    state = next_state(&mut news, state);
    assert!(is_uncommitted(page()));
    repository.commit("Ada", "2026-08-04", "Other words");
    next_state(&mut news, state);
    assert!(!is_uncommitted(page()));
}

#[test]
fn nobody_else_is_answered_and_no_other_file_is_given() {
    let scratch = tempfile::tempdir().unwrap();
    write(scratch.path(), "project.yaml", PROJECT);
    write(scratch.path(), "plan.yaml", "execution:\n  work: {duration: 5d}\n");
    write(scratch.path(), "secret.txt", "not for others");
    let server = Server::begin(scratch.path());
    let status = |answer: String| answer.lines().next().unwrap_or_default().to_owned();
    let foreign = server.raw("GET / HTTP/1.1\r\nHost: evil.example\r\n\r\n");
    assert_eq!(status(foreign), "HTTP/1.1 403 Forbidden");
    let post = server.raw(&format!("POST / HTTP/1.1\r\nHost: {}\r\n\r\n", server.address));
    assert_eq!(status(post), "HTTP/1.1 405 Method Not Allowed");
    for path in ["/secret.txt", "/../secret.txt", "/%2e%2e/secret.txt", "/none"] {
        assert_eq!(status(server.get(path)), "HTTP/1.1 404 Not Found", "{path}");
    }
    assert_eq!(status(server.raw("nonsense\r\n\r\n")), "HTTP/1.1 400 Bad Request");
}

#[test]
fn a_folder_without_a_project_is_no_site() {
    let scratch = tempfile::tempdir().unwrap();
    let ended = Command::new(env!("CARGO_BIN_EXE_milepost"))
        .args(["serve", "--port", "0"])
        .arg(scratch.path())
        .output()
        .unwrap();
    assert_eq!(ended.status.code(), Some(2));
    let said = String::from_utf8_lossy(&ended.stderr).into_owned();
    assert!(said.contains("no project in"), "{said}");
    let nowhere = Command::new(env!("CARGO_BIN_EXE_milepost"))
        .args(["serve", "--port", "0"])
        .arg(scratch.path().join("nowhere"))
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&nowhere.stderr).into_owned();
    assert!(said.contains("there is no folder `") && !said.contains("watched"), "{said}");
}
