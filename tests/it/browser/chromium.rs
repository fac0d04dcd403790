//! Drives the Chromium of the machine over its debugging pipe: commands go in at descriptor 3, answers and news come out at 4,
//! each a line of JSON that ends in a zero byte. No port, no other program, no crate.

use std::collections::VecDeque;
use std::io::{BufRead as _, BufReader, Write as _};
use std::path::Path;
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use serde_json::{Value, json};

/// Names under which Chromium is installed.
const PROGRAMS: &[&str] = &["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

/// How long one command may take on a machine that does other things, too.
const PATIENCE: Duration = Duration::from_mins(2);

/// A running browser; it ends with this value.
pub struct Browser {
    child: Child,
    commands: ChildStdin,
    messages: Receiver<Value>,
    news: VecDeque<Value>,
    last: u64,
    _profile: tempfile::TempDir,
}

/// Whether the machine has a browser; says so where it has none.
#[allow(clippy::print_stderr, reason = "a test that is skipped says so")]
pub fn is_there() -> bool {
    let there = program().is_some();
    if !there {
        eprintln!("skipped: there is no Chromium on this machine (none of {PROGRAMS:?})");
    }
    there
}

fn program() -> Option<&'static str> {
    let answers = |name: &&&str| {
        Command::new(name).arg("--version").stdout(Stdio::null()).stderr(Stdio::null()).status().is_ok()
    };
    if cfg!(unix) { PROGRAMS.iter().find(answers).copied() } else { None }
}

impl Browser {
    /// Starts one without a window.
    pub fn start() -> Self {
        let profile = tempfile::tempdir().unwrap();
        // The shell puts our pipe where the browser looks for it.
        let mut child = Command::new("sh")
            .args(["-c", "exec \"$@\" 3<&0 4>&1 </dev/null >/dev/null 2>&1", "sh"])
            .arg(program().unwrap())
            .args(["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"])
            .args(["--disable-background-networking", "--disable-component-update", "--disable-sync"])
            .args(["--disable-dev-shm-usage", "--hide-scrollbars", "--remote-debugging-pipe"])
            .arg(format!("--user-data-dir={}", profile.path().display()))
            .arg("about:blank")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let (sender, messages) = channel();
        let mut answers = BufReader::new(child.stdout.take().unwrap());
        std::thread::spawn(move || {
            let mut message = Vec::new();
            while answers.read_until(0, &mut message).is_ok_and(|n_read| n_read > 0) {
                message.pop();
                let Ok(value) = serde_json::from_slice(&message) else { break };
                if sender.send(value).is_err() {
                    break;
                }
                message.clear();
            }
        });
        let commands = child.stdin.take().unwrap();
        Self { child, commands, messages, news: VecDeque::new(), last: 0, _profile: profile }
    }

    /// Opens a tab.
    pub fn tab(&mut self) -> Tab<'_> {
        let target = self.call("Target.createTarget", &json!({"url": "about:blank"}), None);
        let id = target["targetId"].as_str().unwrap().to_owned();
        let attached = self.call("Target.attachToTarget", &json!({"targetId": id, "flatten": true}), None);
        let session = attached["sessionId"].as_str().unwrap().to_owned();
        let mut tab = Tab { browser: self, session };
        for domain in ["Page", "Runtime", "Log", "Network"] {
            tab.call(&format!("{domain}.enable"), &json!({}));
        }
        tab
    }

    fn call(&mut self, method: &str, arguments: &Value, session: Option<&str>) -> Value {
        self.last += 1;
        let id = self.last;
        let mut command = json!({"id": id, "method": method, "params": arguments});
        if let Some(session) = session {
            command["sessionId"] = json!(session);
        }
        let mut bytes = serde_json::to_vec(&command).unwrap();
        bytes.push(0);
        self.commands.write_all(&bytes).unwrap();
        loop {
            let mut message = self.next(method);
            if message["id"] == json!(id) {
                assert!(message.get("error").is_none(), "{method}: {}", message["error"]);
                return message["result"].take();
            }
            self.news.push_back(message);
        }
    }

    fn next(&mut self, waiting_for: &str) -> Value {
        self.messages
            .recv_timeout(PATIENCE)
            .unwrap_or_else(|_| panic!("the browser does not answer: {waiting_for}"))
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// What a page did that a page of ours never does.
#[derive(Debug, Default)]
pub struct Seen {
    /// Errors and warnings of the console, and exceptions.
    pub complaints: Vec<String>,
    /// Addresses that were asked for.
    pub requests: Vec<String>,
}

/// A tab of the browser.
pub struct Tab<'a> {
    browser: &'a mut Browser,
    session: String,
}

impl Tab<'_> {
    /// Sends a command of the protocol and waits for its result.
    pub fn call(&mut self, method: &str, arguments: &Value) -> Value {
        self.browser.call(method, arguments, Some(&self.session))
    }

    /// How wide the window is, in CSS pixels.
    pub fn resize(&mut self, width: u32, height: u32) {
        let size = json!({"width": width, "height": height, "deviceScaleFactor": 1, "mobile": false});
        self.call("Emulation.setDeviceMetricsOverride", &size);
    }

    /// Whether the person's machine is set to dark, and prefers less motion.
    pub fn prefer(&mut self, scheme: &str) {
        let features = json!([
            {"name": "prefers-color-scheme", "value": scheme},
            {"name": "prefers-reduced-motion", "value": "reduce"},
        ]);
        self.call("Emulation.setEmulatedMedia", &json!({"media": "", "features": features}));
    }

    /// Shows the page as it is printed.
    pub fn prefer_print(&mut self) {
        self.call("Emulation.setEmulatedMedia", &json!({"media": "print"}));
    }

    /// Opens a file and waits until it is shown; gives what happened on the way.
    pub fn open(&mut self, file: &Path, fragment: &str) -> Seen {
        self.browser.news.clear();
        let mut url = format!("file://{}", file.display()).replace(' ', "%20");
        url.push_str(fragment);
        let gone = self.call("Page.navigate", &json!({"url": url}));
        assert!(gone.get("errorText").is_none(), "{url}: {}", gone["errorText"]);
        let is_loaded =
            |news: &VecDeque<Value>| news.iter().any(|message| message["method"] == "Page.loadEventFired");
        while !is_loaded(&self.browser.news) {
            let message = self.browser.next("Page.loadEventFired");
            self.browser.news.push_back(message);
        }
        self.seen()
    }

    /// What has happened since the page was opened.
    pub fn seen(&mut self) -> Seen {
        let mut seen = Seen::default();
        for message in &self.browser.news {
            let arguments = &message["params"];
            match message["method"].as_str().unwrap_or_default() {
                "Runtime.exceptionThrown" => {
                    seen.complaints
                        .push(arguments["exceptionDetails"]["exception"]["description"].to_string());
                }
                "Runtime.consoleAPICalled" if arguments["type"] != "log" => {
                    seen.complaints.push(arguments["args"].to_string());
                }
                "Log.entryAdded" => {
                    seen.complaints.push(format!(
                        "{}: {} {}",
                        arguments["entry"]["level"], arguments["entry"]["text"], arguments["entry"]["url"]
                    ));
                }
                "Network.requestWillBeSent" => {
                    seen.requests.push(arguments["request"]["url"].as_str().unwrap_or_default().to_owned());
                }
                _ => {}
            }
        }
        seen
    }

    /// The value of an expression; a promise is waited for.
    pub fn value(&mut self, expression: &str) -> Value {
        let asked = json!({"expression": expression, "awaitPromise": true, "returnByValue": true});
        let mut answer = self.call("Runtime.evaluate", &asked);
        assert!(answer.get("exceptionDetails").is_none(), "{expression:.200}: {answer}");
        answer["result"]["value"].take()
    }

    /// The value of an expression that is a text.
    #[track_caller]
    pub fn text(&mut self, expression: &str) -> String {
        let value = self.value(expression);
        value.as_str().unwrap_or_else(|| panic!("{expression} is no text: {value}")).to_owned()
    }

    /// Waits until an expression holds; while another page is opened, it does not.
    #[track_caller]
    pub fn until(&mut self, expression: &str) {
        let asked = json!({"expression": expression, "returnByValue": true});
        for _ in 0..600 {
            let answer = self.call("Runtime.evaluate", &asked);
            if answer["result"]["value"] == json!(true) {
                return;
            }
            std::thread::sleep(Duration::from_millis(50));
        }
        let at = self.value("location.href");
        panic!("it never holds at {at}: {expression}");
    }

    /// Types words into what has the focus.
    pub fn write(&mut self, words: &str) {
        self.call("Input.insertText", &json!({"text": words}));
    }

    /// Moves the pointer.
    pub fn point(&mut self, (x, y): (f64, f64)) {
        self.call("Input.dispatchMouseEvent", &json!({"type": "mouseMoved", "x": x, "y": y}));
    }

    /// Presses a letter while the control key is held.
    pub fn press_with_control(&mut self, letter: &str) {
        for kind in ["rawKeyDown", "keyUp"] {
            let code = format!("Key{}", letter.to_uppercase());
            let key = json!({"type": kind, "key": letter, "code": code, "modifiers": 2});
            self.call("Input.dispatchKeyEvent", &key);
        }
    }

    /// Presses a key, such as `Tab`, `Enter`, `/` or `Escape`.
    pub fn press(&mut self, key: &str) {
        let code = match key {
            "Tab" => 9,
            "Enter" => 13,
            "Escape" => 27,
            " " => 32,
            "ArrowLeft" => 37,
            "ArrowUp" => 38,
            "ArrowRight" => 39,
            "ArrowDown" => 40,
            _ => 0,
        };
        let text = match key {
            "Enter" => "\r",
            one if one.chars().count() == 1 => one,
            _ => "",
        };
        let down = json!({"type": if text.is_empty() { "rawKeyDown" } else { "keyDown" }, "key": key, "text": text,
            "windowsVirtualKeyCode": code, "code": key});
        self.call("Input.dispatchKeyEvent", &down);
        self.call(
            "Input.dispatchKeyEvent",
            &json!({"type": "keyUp", "key": key, "windowsVirtualKeyCode": code}),
        );
    }
}
