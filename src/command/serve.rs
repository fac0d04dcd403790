//! `milepost serve`: the site in a browser while its files are written.
//!
//! The site lives in memory, and a page is made when a browser asks for it. One thread listens to the folder and draws up what has
//! changed, one a connection answers; what they share is [`live::Live`].

mod follow;
mod http;
mod live;
mod watch;

use std::io::{self, ErrorKind, Read as _, Write as _};
use std::net::{IpAddr, SocketAddr, TcpListener, TcpStream};
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use follow::{Asked, Drawn, Followed, Follower};
use http::{Answer, Status};
use live::Live;
use watch::Watch;

use super::{CannotRun, print, read_folder, say, shown, theme};
use crate::cli::{Input, Readers};

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
    let (input, readers) = asked;
    let listener = listen(interface, port)?;
    let address = listener.local_addr().map_err(|fault| CannotRun::new(fault, ""))?;
    // What is no folder cannot be watched; then that is what is told.
    let watch = Watch::on(&input.folder).map_err(|fault| read_folder(input).err().unwrap_or(fault))?;
    let (mut follower, first) = Follower::begin(Asked { input, readers, theme })?;
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
    let live = Arc::new(Live::new(*site, trouble));
    let shared = Arc::clone(&live);
    std::thread::spawn(move || answer_all(&listener, &shared, interface));

    while let Some(heard) = watch.wait() {
        let begun = now();
        match follower.follow(&heard, &live) {
            Ok(Followed::Unchanged) => {}
            Ok(Followed::Shown) => {
                print(&format!("Drawn anew in {} ms", now().duration_since(begun).as_millis()));
            }
            Ok(Followed::Left(trouble)) => leave(trouble, &live),
            Err(fault) => leave(follow::words(&fault), &live),
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// Says what is wrong over the last good site, here and in every open page.
fn leave(trouble: String, live: &Live) {
    say(&trouble);
    say("The last good site stays.");
    live.tell(trouble);
}

/// The moment, to say how long drawing took; nothing of it reaches a page.
#[allow(clippy::disallowed_methods, reason = "said at the terminal only")]
fn now() -> Instant {
    Instant::now()
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
    match http::answer(&request.path, live, &live.edition()) {
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
