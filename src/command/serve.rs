//! `milepost serve`: the site in a browser while its files are written.
//!
//! The site lives in memory. One thread listens to the folder and draws, one a connection answers; what they share is
//! [`live::Live`].

mod http;
mod live;
mod watch;

use std::io::{self, ErrorKind, Read as _, Write as _};
use std::net::{IpAddr, SocketAddr, TcpListener, TcpStream};
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use http::{Answer, Status};
use live::Live;
use watch::Watch;

use super::{CannotRun, Computed, audience_of, computed, print, read_folder, say, shown, site, theme};
use crate::cli::{Input, Readers};
use crate::diagnostic::render::{Colour, summary, terminal};
use crate::diagnostic::{Diagnostics, Severity};
use crate::output::Bundle;
use crate::quantity::Audience;
use crate::report::Report;
use crate::source::disk::Folder;

/// The port that is tried first where none is asked for.
const FIRST_PORT: u16 = 8008;

/// How many ports are tried.
const PORTS: u16 = 20;

/// How many browsers' connections are answered at once.
const MAX_CONNECTIONS: usize = 128;

/// How long a browser may take to say what it wants, and to take what it gets.
const PATIENCE: Duration = Duration::from_secs(10);

/// How often an open connection for news is tried, so that one whose browser is gone ends.
const PULSE: Duration = Duration::from_secs(15);

/// Draws the site, answers browsers, and draws it anew after each change of a file. Ends only with a fault.
pub(super) fn run(
    asked: (&Input, &Readers),
    theme: Option<&str>,
    (interface, port): (IpAddr, Option<u16>),
) -> Result<ExitCode, CannotRun> {
    let theme = theme::chosen(theme)?;
    let (input, _) = asked;
    let listener = listen(interface, port)?;
    let address = listener.local_addr().map_err(|fault| CannotRun::new(fault, ""))?;
    let watch = Watch::on(&input.folder)?;
    let (mut folder, first) = draw(asked, theme, read_folder(input)?)?;
    let (site, trouble) = match first {
        Drawn::Site { site, trouble } => (site, trouble),
        Drawn::Nothing(trouble) => {
            say(&trouble);
            return Err(CannotRun::new("there is no site to show yet", "mend what is told above first"));
        }
    };
    if let Some(trouble) = &trouble {
        say(trouble);
    }
    print(&format!("Serving {} at http://{address}/ (Ctrl-C ends it)", shown(&input.folder)));
    if !address.ip().is_loopback() {
        say("Others who can reach this machine can read every page and file of the site.");
    }
    let live = Arc::new(Live::new(site, trouble));
    let shared = Arc::clone(&live);
    std::thread::spawn(move || answer_all(&listener, &shared, interface));

    while watch.wait() {
        let begun = now();
        match draw_if_changed(asked, theme, &folder) {
            Ok(None) => {}
            Ok(Some((read, drawn))) => {
                folder = read;
                follow(drawn, &live, begun);
            }
            Err(fault) => follow(Drawn::Nothing(words(&fault)), &live, begun),
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// The moment, to say how long drawing took; nothing of it reaches a page.
#[allow(clippy::disallowed_methods, reason = "said at the terminal only")]
fn now() -> Instant {
    Instant::now()
}

/// Shows what was drawn, or what is wrong over the last good site, here and in every open page.
fn follow(drawn: Drawn, live: &Live, begun: Instant) {
    match drawn {
        Drawn::Site { site, trouble: None } => {
            live.show(site, None);
            print(&format!("Drawn anew in {} ms", now().duration_since(begun).as_millis()));
        }
        Drawn::Site { trouble: Some(trouble), .. } | Drawn::Nothing(trouble) => {
            say(&trouble);
            say("The last good site stays.");
            live.tell(trouble);
        }
    }
}

/// What came of drawing.
enum Drawn {
    /// A site, and what could not be understood while it was made.
    Site { site: Bundle, trouble: Option<String> },
    /// No site, and why.
    Nothing(String),
}

fn draw(
    (input, readers): (&Input, &Readers),
    theme: Option<&'static str>,
    read: (Folder, Diagnostics),
) -> Result<(Folder, Drawn), CannotRun> {
    let computed = computed(input, audience_of(readers), read)?;
    let folder = computed.folder.clone();
    Ok((folder, drawn(computed, input, theme)))
}

/// Draws only where the files that count have changed: many programs touch files without changing them, and a site may lie
/// inside the folder.
fn draw_if_changed(
    asked: (&Input, &Readers),
    theme: Option<&'static str>,
    before: &Folder,
) -> Result<Option<(Folder, Drawn)>, CannotRun> {
    let read = read_folder(asked.0)?;
    if read.0 == *before { Ok(None) } else { draw(asked, theme, read).map(Some) }
}

fn drawn(computed: Computed, input: &Input, theme: Option<&'static str>) -> Drawn {
    match site::draw(computed, input, (theme, None)) {
        Ok((report, site)) => Drawn::Site { site, trouble: trouble(&report) },
        Err(failed) => {
            let (report, fault) = *failed;
            let findings = trouble(&report).map_or_else(String::new, |text| format!("{text}\n\n"));
            Drawn::Nothing(format!("{findings}{}", words(&fault)))
        }
    }
}

/// The findings because of which something of the files is missing from the site; none where there are none.
fn trouble(report: &Report) -> Option<String> {
    let mut faults = Diagnostics::default();
    let concerns = report.findings.iter().filter(|found| {
        found.severity == Severity::Error
            && found.waiver.is_none()
            && crate::rules::is_about_reading(found.rule)
    });
    for fault in concerns {
        faults.push(fault.clone());
    }
    if faults.is_empty() {
        return None;
    }
    // The page may be seen by those who may not read the lines; `milepost check` shows them.
    if report.audience < Audience::Restricted {
        let lines = faults.iter().map(|fault| {
            let place =
                fault.span.map_or_else(String::new, |span| format!("{}: ", report.sources.place(span)));
            format!("{place}{} {}, {}\n", fault.rule.code, fault.rule.name, fault.rule.title)
        });
        return Some(format!("{}\n{}", lines.collect::<String>(), summary(&faults)));
    }
    Some(format!("{}\n{}", terminal(&faults, &report.sources, Colour::Never), summary(&faults)))
}

fn words(fault: &CannotRun) -> String {
    if fault.hint.is_empty() { fault.what.clone() } else { format!("{}\n  help: {}", fault.what, fault.hint) }
}

/// Opens the port asked for, or the first that is free.
fn listen(interface: IpAddr, port: Option<u16>) -> Result<TcpListener, CannotRun> {
    let ports = port.map_or(FIRST_PORT..=FIRST_PORT + PORTS - 1, |port| port..=port);
    let mut last = None;
    for port in ports {
        match TcpListener::bind(SocketAddr::new(interface, port)) {
            Ok(listener) => return Ok(listener),
            Err(fault) if fault.kind() == ErrorKind::AddrInUse => last = Some((port, fault)),
            Err(fault) => {
                return Err(CannotRun::new(
                    format!("cannot listen on {interface}, port {port}: {fault}"),
                    "name another with `--interface` or `--port`",
                ));
            }
        }
    }
    let (port, fault) = last.map_or((0, String::new()), |(port, fault)| (port, fault.to_string()));
    Err(CannotRun::new(
        format!("cannot listen on port {port}: {fault}"),
        "end the program that holds it, or name another port with `--port`; 0 takes any that is free",
    ))
}

/// Answers every connection in a thread of its own, and turns away those that are too many.
fn answer_all(listener: &TcpListener, live: &Arc<Live>, interface: IpAddr) {
    let open = Arc::new(AtomicUsize::new(0));
    for stream in listener.incoming().flatten() {
        if open.fetch_add(1, Ordering::SeqCst) >= MAX_CONNECTIONS {
            open.fetch_sub(1, Ordering::SeqCst);
            continue;
        }
        let (live, open) = (Arc::clone(live), Arc::clone(&open));
        std::thread::spawn(move || {
            // A browser that goes away in the middle is no fault.
            let _ = converse(stream, &live, interface);
            open.fetch_sub(1, Ordering::SeqCst);
        });
    }
}

/// Reads one request and answers it.
fn converse(mut stream: TcpStream, live: &Live, interface: IpAddr) -> io::Result<()> {
    stream.set_read_timeout(Some(PATIENCE))?;
    stream.set_write_timeout(Some(PATIENCE))?;
    let mut head = Vec::new();
    let mut piece = [0; 4096];
    let request = loop {
        let n_read = stream.read(&mut piece)?;
        if n_read == 0 {
            return Ok(());
        }
        head.extend_from_slice(&piece[..n_read]);
        match http::read(&head, interface) {
            Ok(Some(request)) => break request,
            Ok(None) if head.len() <= http::MAX_HEAD => {}
            Ok(None) => return refuse(&mut stream, Status::BadRequest),
            Err(status) => return refuse(&mut stream, status),
        }
    };
    match http::answer(&request.path, &live.edition()) {
        Answer::Page { status, kind, body } => {
            let shown = if request.is_head { &[][..] } else { &body };
            send(&mut stream, status.line(), &[("Content-Type", kind)], (body.len(), shown))
        }
        Answer::Elsewhere(to) => {
            send(&mut stream, "301 Moved Permanently", &[("Location", &encoded(&to))], (0, &[]))
        }
        Answer::Events => tell_changes(&mut stream, live),
    }
}

/// A path as it may stand in a header.
fn encoded(path: &str) -> String {
    let mut text = String::with_capacity(path.len());
    for byte in path.bytes() {
        if byte.is_ascii_alphanumeric() || b"/-_.~".contains(&byte) {
            text.push(char::from(byte));
        } else {
            text.push_str(&format!("%{byte:02X}"));
        }
    }
    text
}

fn refuse(stream: &mut TcpStream, status: Status) -> io::Result<()> {
    let body = status.line().as_bytes();
    send(stream, status.line(), &[("Content-Type", "text/plain; charset=utf-8")], (body.len(), body))
}

fn send(
    stream: &mut TcpStream,
    status: &str,
    headers: &[(&str, &str)],
    (length, body): (usize, &[u8]),
) -> io::Result<()> {
    let mut head = format!("HTTP/1.1 {status}\r\nContent-Length: {length}\r\nConnection: close\r\n");
    head.push_str("Cache-Control: no-store\r\nX-Content-Type-Options: nosniff\r\n");
    for (name, value) in headers {
        head.push_str(&format!("{name}: {value}\r\n"));
    }
    head.push_str("\r\n");
    stream.write_all(head.as_bytes())?;
    stream.write_all(body)
}

/// Tells the number of each state as it comes, until the browser is gone.
fn tell_changes(stream: &mut TcpStream, live: &Live) -> io::Result<()> {
    stream.write_all(
        b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nCache-Control: no-store\r\nConnection: close\r\n\r\nretry: 500\n\n",
    )?;
    let mut seen = 0;
    loop {
        let newest = live.wait_for_later(seen, PULSE);
        if newest > seen {
            seen = newest;
            stream.write_all(format!("data: {seen}\n\n").as_bytes())?;
        } else {
            stream.write_all(b": still here\n\n")?;
        }
    }
}
