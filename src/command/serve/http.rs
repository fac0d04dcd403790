//! Requests of a browser, and what they are answered with: files of the site and nothing else.

use std::borrow::Cow;
use std::net::IpAddr;

use super::live::Edition;

/// Where the files of `serve` itself live: no site can have a folder of this name.
const OWN: &str = "/.milepost/";

/// The longest head of a request that is read, in bytes.
pub(super) const MAX_HEAD: usize = 16 * 1024;

/// The files that are given out.
pub(super) trait Files {
    /// A file by its path, none where there is none.
    ///
    /// # Errors
    /// Why it cannot be made.
    fn file(&self, path: &str) -> Result<Option<Vec<u8>>, String>;
}

/// A request, as far as it matters.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Request {
    /// Whether the body is left out of the answer (`HEAD`).
    pub is_head: bool,
    /// The path, decoded, beginning with `/`.
    pub path: String,
}

/// What a request is answered with.
#[derive(Debug)]
pub(super) enum Answer {
    /// A status, a type and bytes.
    Page { status: Status, kind: &'static str, body: Vec<u8> },
    /// The same page under its full name.
    Elsewhere(String),
    /// News of changes until the browser goes away.
    Events,
}

/// Outcomes that occur here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Status {
    Found,
    BadRequest,
    Forbidden,
    NotFound,
    NotAllowed,
    Failed,
}

impl Status {
    /// Number and words of the status line.
    pub fn line(self) -> &'static str {
        match self {
            Self::Found => "200 OK",
            Self::BadRequest => "400 Bad Request",
            Self::Forbidden => "403 Forbidden",
            Self::NotFound => "404 Not Found",
            Self::NotAllowed => "405 Method Not Allowed",
            Self::Failed => "500 Internal Server Error",
        }
    }
}

/// Takes a request's head apart; none while it is not complete.
///
/// Only reading is allowed, and only under a name of this machine: a page of another site whose name is made to point here
/// (DNS rebinding) is refused, because its browser tells the foreign name.
///
/// # Errors
/// What it is refused with.
pub(super) fn read(head: &[u8], interface: IpAddr) -> Result<Option<Request>, Status> {
    let mut headers = [httparse::EMPTY_HEADER; 64];
    let mut request = httparse::Request::new(&mut headers);
    match request.parse(head) {
        Ok(httparse::Status::Complete(_)) => {}
        Ok(httparse::Status::Partial) => return Ok(None),
        Err(_) => return Err(Status::BadRequest),
    }
    let hosts: Vec<&[u8]> = request
        .headers
        .iter()
        .filter(|header| header.name.eq_ignore_ascii_case("host"))
        .map(|header| header.value)
        .collect();
    let is_own = match hosts.as_slice() {
        [host] => std::str::from_utf8(host).is_ok_and(|host| is_own_name(host, interface)),
        _ => false,
    };
    if !is_own {
        return Err(Status::Forbidden);
    }
    let is_head = match request.method {
        Some("GET") => false,
        Some("HEAD") => true,
        _ => return Err(Status::NotAllowed),
    };
    let target = request.path.ok_or(Status::BadRequest)?;
    let path = target.split(['?', '#']).next().unwrap_or_default();
    let path = decoded(path).ok_or(Status::BadRequest)?;
    if !path.starts_with('/') {
        return Err(Status::BadRequest);
    }
    Ok(Some(Request { is_head, path }))
}

/// Names by which a browser may ask: this machine's own, and any address where more than this machine may look.
fn is_own_name(host: &str, interface: IpAddr) -> bool {
    let name = match host.strip_prefix('[') {
        Some(rest) => rest.split(']').next().unwrap_or_default(),
        None => host.split(':').next().unwrap_or_default(),
    };
    if name.eq_ignore_ascii_case("localhost") {
        return true;
    }
    name.parse::<IpAddr>()
        .is_ok_and(|address| address.is_loopback() || address == interface || !interface.is_loopback())
}

/// Turns `%20` into what it stands for; none where that is no text.
fn decoded(path: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(path.len());
    let mut rest = path.bytes();
    while let Some(byte) = rest.next() {
        if byte == b'%' {
            let (high, low) =
                (char::from(rest.next()?).to_digit(16)?, char::from(rest.next()?).to_digit(16)?);
            bytes.push(u8::try_from(high * 16 + low).ok()?);
        } else {
            bytes.push(byte);
        }
    }
    String::from_utf8(bytes).ok()
}

/// Finds what a path stands for. The site is made in memory, so no path leads to a file of the disk.
pub(super) fn answer(path: &str, site: &dyn Files, edition: &Edition) -> Answer {
    made(path, site, edition).unwrap_or_else(|fault| {
        let mut body = String::from("<!DOCTYPE html><html lang=\"en\"><title>No page</title><body><h1>This page cannot be made</h1><pre>");
        escape(&fault, &mut body);
        body.push_str("</pre></body></html>");
        Answer::Page { status: Status::Failed, kind: HTML, body: alive(body.as_bytes(), edition) }
    })
}

fn made(path: &str, site: &dyn Files, edition: &Edition) -> Result<Answer, String> {
    if let Some(own) = path.strip_prefix(OWN) {
        return Ok(match own {
            "events" => Answer::Events,
            "live.js" => found("text/javascript; charset=utf-8", include_bytes!("live.js").to_vec()),
            "live.css" => found("text/css; charset=utf-8", include_bytes!("live.css").to_vec()),
            _ => missing(site, edition)?,
        });
    }
    let wanted = path.trim_start_matches('/');
    let name = if wanted.is_empty() || wanted.ends_with('/') {
        Cow::Owned(format!("{wanted}index.html"))
    } else {
        Cow::Borrowed(wanted)
    };
    if let Some(bytes) = site.file(&name)? {
        let kind = kind_of(&name);
        let body = if kind == HTML { alive(&bytes, edition) } else { bytes };
        return Ok(found(kind, body));
    }
    if site.file(&format!("{name}/index.html"))?.is_some() {
        return Ok(Answer::Elsewhere(format!("/{wanted}/")));
    }
    missing(site, edition)
}

fn found(kind: &'static str, body: Vec<u8>) -> Answer {
    Answer::Page { status: Status::Found, kind, body }
}

/// The site's own page for addresses that do not exist, or a word.
fn missing(site: &dyn Files, edition: &Edition) -> Result<Answer, String> {
    let own = site.file("404.html")?;
    let body = own.unwrap_or_else(|| {
        b"<!DOCTYPE html><html lang=\"en\"><title>Not found</title><body><h1>Not found</h1><p>No page of the site has this address. <a href=\"/\">To the first page</a></p></body></html>".to_vec()
    });
    Ok(Answer::Page { status: Status::NotFound, kind: HTML, body: alive(&body, edition) })
}

/// What pages may load while they are served: their own files, and news of the files they are made of.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'";

/// The page under the policy of this server instead of the one it was written with; a style sheet that stands in the page, which
/// its own policy names by its digest, is allowed as well.
fn under_policy(page: &[u8]) -> Option<Vec<u8>> {
    let named = b"<meta http-equiv=\"Content-Security-Policy\" content=\"";
    let start = page.windows(named.len()).position(|window| window == named)? + named.len();
    let end = start + page[start..].iter().position(|byte| *byte == b'"')?;
    let own = String::from_utf8_lossy(&page[start..end]);
    let sheets = own.split([' ', ';']).filter(|source| source.starts_with("'sha256-"));
    let styles = sheets.fold("style-src 'self'".to_owned(), |all, sheet| format!("{all} {sheet}"));
    let policy = POLICY.replace("style-src 'self'", &styles);
    Some([&page[..start], policy.as_bytes(), &page[end..]].concat())
}

const HTML: &str = "text/html; charset=utf-8";

/// The page with what makes it follow the files, and with what is wrong in them.
fn alive(page: &[u8], edition: &Edition) -> Vec<u8> {
    let own = under_policy(page);
    let page = own.as_deref().unwrap_or(page);
    let mut added = String::new();
    if let Some(trouble) = &edition.trouble {
        added.push_str("<link rel=\"stylesheet\" href=\"/.milepost/live.css\">\n");
        added.push_str(
            "<aside class=\"serve-trouble\" role=\"alert\" aria-label=\"What is wrong in the files\">\n",
        );
        added.push_str("<h2>The files cannot be understood at the moment</h2>\n");
        added.push_str("<p>The pages show the last state that could be, or what can be read of this one.</p>\n<pre tabindex=\"0\">");
        escape(trouble, &mut added);
        added.push_str("</pre>\n</aside>\n");
    }
    added.push_str(&format!(
        "<script src=\"/.milepost/live.js\" data-edition=\"{}\"></script>\n",
        edition.number
    ));
    let end = b"</body>";
    let at = page.windows(end.len()).rposition(|window| window == end).unwrap_or(page.len());
    [&page[..at], added.as_bytes(), &page[at..]].concat()
}

fn escape(text: &str, into: &mut String) {
    for letter in text.chars() {
        match letter {
            '&' => into.push_str("&amp;"),
            '<' => into.push_str("&lt;"),
            '>' => into.push_str("&gt;"),
            other => into.push(other),
        }
    }
}

/// The media type of a file by the end of its name.
fn kind_of(path: &str) -> &'static str {
    match path.rsplit_once('.').map(|(_, ending)| ending) {
        Some("html") => HTML,
        Some("css") => "text/css; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("json") => "application/json; charset=utf-8",
        Some("csv") => "text/csv; charset=utf-8",
        Some("ics") => "text/calendar; charset=utf-8",
        Some("xml" | "atom") => "application/xml; charset=utf-8",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        Some("jpg" | "jpeg") => "image/jpeg",
        Some("webp") => "image/webp",
        Some("woff2") => "font/woff2",
        Some("pdf") => "application/pdf",
        Some("zip") => "application/zip",
        Some("txt" | "md" | "yaml" | "yml") => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::net::{IpAddr, Ipv4Addr};
    use std::sync::Arc;

    use super::*;

    /// Pages that say their own path.
    struct Named(BTreeSet<&'static str>);

    impl Files for Named {
        fn file(&self, path: &str) -> Result<Option<Vec<u8>>, String> {
            if path == "net/broken.html" {
                return Err("line 3: `<b>`".to_owned());
            }
            Ok(self.0.contains(path).then(|| format!("<body>{path}</body>").into_bytes()))
        }
    }

    const HERE: IpAddr = IpAddr::V4(Ipv4Addr::LOCALHOST);
    const ANYWHERE: IpAddr = IpAddr::V4(Ipv4Addr::UNSPECIFIED);

    fn asked(target: &str, host: &str, interface: IpAddr) -> Result<Option<Request>, Status> {
        read(format!("GET {target} HTTP/1.1\r\nHost: {host}\r\n\r\n").as_bytes(), interface)
    }

    fn answered(path: &str, trouble: Option<&str>) -> Answer {
        let site = Named(BTreeSet::from(["index.html", "net/index.html", "assets/site.css", "net/a b.html"]));
        answer(path, &site, &Edition { number: 7, trouble: trouble.map(Arc::from) })
    }

    fn body(path: &str, trouble: Option<&str>) -> (Status, String) {
        match answered(path, trouble) {
            Answer::Page { status, body, .. } => (status, String::from_utf8(body).unwrap()),
            other => panic!("{path}: {other:?}"),
        }
    }

    #[test]
    fn a_page_that_cannot_be_made_says_why() {
        let (status, page) = body("/net/broken.html", None);
        assert_eq!(status, Status::Failed);
        assert!(page.contains("line 3: `&lt;b&gt;`</pre>") && page.contains("live.js"), "{page}");
    }

    #[test]
    fn only_reading_under_a_name_of_this_machine() {
        for host in ["localhost:8008", "127.0.0.1:8008", "[::1]:8008", "LOCALHOST"] {
            assert!(asked("/", host, HERE).is_ok(), "{host}");
        }
        for host in ["evil.example", "evil.example:8008", "192.168.1.7:8008", "localhost.evil.example", ""] {
            assert_eq!(asked("/", host, HERE), Err(Status::Forbidden), "{host}");
        }
        assert!(asked("/", "192.168.1.7:8008", ANYWHERE).is_ok());
        assert_eq!(asked("/", "evil.example", ANYWHERE), Err(Status::Forbidden));
        let twice = b"GET / HTTP/1.1\r\nHost: localhost\r\nHost: evil.example\r\n\r\n";
        assert_eq!(read(twice, HERE), Err(Status::Forbidden));
        assert_eq!(read(b"GET / HTTP/1.1\r\n\r\n", HERE), Err(Status::Forbidden));
        assert_eq!(read(b"POST / HTTP/1.1\r\nHost: localhost\r\n\r\n", HERE), Err(Status::NotAllowed));
        assert_eq!(read(b"\x16\x03\x01\x02", HERE), Err(Status::BadRequest));
        assert_eq!(read(b"GET / HT", HERE), Ok(None));
        let head = read(b"HEAD /a%20b?x=1 HTTP/1.1\r\nHost: localhost\r\n\r\n", HERE);
        assert_eq!(head, Ok(Some(Request { is_head: true, path: "/a b".to_owned() })));
        assert_eq!(asked("/%zz", "localhost", HERE), Err(Status::BadRequest));
        assert_eq!(asked("/%ff", "localhost", HERE), Err(Status::BadRequest));
    }

    #[test]
    fn pages_are_found_by_name_and_by_folder_and_nothing_else_is() {
        assert!(body("/", None).1.starts_with("<body>index.html"));
        assert!(body("/net/", None).1.starts_with("<body>net/index.html"));
        assert!(body("/net/a b.html", None).1.starts_with("<body>net/a b.html"));
        assert!(matches!(answered("/net", None), Answer::Elsewhere(to) if to == "/net/"));
        for path in ["/../Cargo.toml", "//etc/passwd", "/net/../../x", "/.milepost/other", "/none.html"] {
            assert_eq!(body(path, None).0, Status::NotFound, "{path}");
        }
        assert_eq!(body("/assets/site.css", None).1, "<body>assets/site.css</body>");
    }

    #[test]
    fn a_page_follows_the_files_and_tells_what_is_wrong() {
        let (_, sound) = body("/", None);
        assert!(sound.contains("data-edition=\"7\"></script>\n</body>"), "{sound}");
        assert!(!sound.contains("serve-trouble"));
        let (_, broken) = body("/", Some("error: `<b>` & more"));
        assert!(broken.contains("error: `&lt;b&gt;` &amp; more</pre>"), "{broken}");
    }

    #[test]
    fn a_served_page_may_hear_news_and_nothing_else_is_loosened() {
        let page =
            b"<head><meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'\"></head>";
        let served = String::from_utf8(under_policy(page).unwrap()).unwrap();
        assert!(
            served.contains("content=\"default-src 'none'; script-src 'self';")
                && served.contains("connect-src 'self'")
        );
        assert!(served.ends_with("\"></head>") && !POLICY.contains("unsafe"));
        assert_eq!(under_policy(b"<p>no page of ours</p>"), None);
        let page = b"<meta http-equiv=\"Content-Security-Policy\" content=\"style-src 'sha256-47D='; base-uri 'none'\">";
        let served = String::from_utf8(under_policy(page).unwrap()).unwrap();
        assert!(served.contains("style-src 'self' 'sha256-47D=';"), "{served}");
    }
}
