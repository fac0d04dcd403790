//! Prose of authors: Markdown as HTML that cannot do harm, as a tree for paper, and as plain words.
//!
//! Comes in: text. Goes out: HTML, a tree or text. Raw HTML becomes visible text, links lead only to the web, to mail or into
//! the site, and of what an author writes only the name of a table becomes an attribute, escaped. Not here: files and places.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use pulldown_cmark::{CowStr, Event, HeadingLevel, LinkType, Options, Parser, Tag, TagEnd, html};

mod depth;
mod tree;

use depth::shallow;
pub use tree::{Node, line_tree, tree};

/// How a text fits into the page around it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MarkdownOptions {
    /// Added to the level of each heading: 1 makes `# x` an `<h2>`. Level 6 is the deepest.
    pub heading_level_offset: u8,
    /// Put before the ids of footnotes, so that two texts on one page do not share them.
    pub id_prefix: String,
}

/// Turns Markdown into HTML for the body of a page.
///
/// Tables, footnotes, strikethrough and task lists are known. Raw HTML is shown as text. A link keeps its address if that is
/// `http:`, `https:`, `mailto:` or relative without going up a folder, else only its words stay; links to the web say `rel="noopener"`. An image
/// is shown only from a relative address, else its description stays.
#[must_use]
pub fn to_html(text: &str, options: &MarkdownOptions) -> String {
    let extensions = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS;
    let mut policy = Policy::new(options);
    let mut names = TableNames::default();
    let events = shallow(Parser::new_ext(text, extensions))
        .filter_map(|event| policy.apply(event))
        .inspect(|event| names.look(event));
    let mut out = String::with_capacity(text.len() * 3 / 2);
    html::push_html(&mut out, events);
    names.write(&out)
}

/// Turns one line of Markdown (a name, a table cell) into HTML without blocks: `- 3 °C` stays as it is.
#[must_use]
pub fn inline_html(text: &str) -> String {
    let line = one_line(text);
    let options = MarkdownOptions::default();
    let mut policy = Policy::new(&options);
    let events = inline_events(&line).filter_map(|event| policy.apply(event));
    let mut out = String::new();
    html::push_html(&mut out, events);
    out
}

/// Gives the words of one line of Markdown without its signs: `**No** risk` is `No risk`.
#[must_use]
pub fn inline_text(text: &str) -> String {
    let line = one_line(text);
    let mut out = String::new();
    for event in inline_events(&line) {
        push_words(&event, &mut out);
    }
    out.trim().to_owned()
}

/// Gives the words of a Markdown text without its signs, one line for each paragraph, heading, item or table row.
#[must_use]
pub fn plain_text(text: &str) -> String {
    let extensions = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_TASKLISTS;
    let mut out = String::new();
    for event in shallow(Parser::new_ext(text, extensions)) {
        match &event {
            Event::End(TagEnd::TableCell) => out.push(' '),
            Event::Start(tag) if is_block(tag) => out.push('\n'),
            Event::End(
                TagEnd::Paragraph | TagEnd::Heading(_) | TagEnd::Item | TagEnd::TableHead | TagEnd::TableRow,
            ) => {
                out.push('\n');
            }
            event => push_words(event, &mut out),
        }
    }
    let lines: Vec<&str> = out.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    lines.join("\n")
}

/// Finds the paragraphs and list items that carry a tag such as `#lesson`, as Markdown without the tag, lines joined.
///
/// The tag is given without its sign. `Ask for stock. #lesson` gives `Ask for stock.`; `#lessons` is another tag.
#[must_use]
pub fn tagged_paragraphs(text: &str, tag: &str) -> Vec<String> {
    let sign = format!("#{tag}");
    let mut paragraphs = Vec::new();
    // Where the text of each open item begins; an item with paragraphs inside has none of its own.
    let mut items: Vec<Option<usize>> = Vec::new();
    let mut is_in_paragraph = false;
    for (event, range) in Parser::new(text).into_offset_iter() {
        match event {
            Event::Start(Tag::Paragraph) => {
                is_in_paragraph = true;
                paragraphs.extend(without_tag(&text[range], &sign));
            }
            Event::End(TagEnd::Paragraph) => is_in_paragraph = false,
            Event::Start(Tag::Item) => items.push(None),
            Event::Start(Tag::List(_)) => {
                let start = items.last_mut().and_then(Option::take);
                paragraphs.extend(start.and_then(|start| without_tag(&text[start..range.start], &sign)));
            }
            Event::End(TagEnd::Item) => {
                let start = items.pop().flatten();
                paragraphs.extend(start.and_then(|start| without_tag(&text[start..range.end], &sign)));
            }
            _ => {
                if let Some(item @ None) = items.last_mut()
                    && !is_in_paragraph
                    && !matches!(event, Event::End(_))
                {
                    *item = Some(range.start);
                }
            }
        }
    }
    paragraphs
}

fn without_tag(paragraph: &str, sign: &str) -> Option<String> {
    let words: Vec<&str> = paragraph.split_whitespace().collect();
    let is_tag = |word: &str| word.trim_end_matches(['.', ',', ';', ':', ')']) == sign;
    if !words.iter().any(|word| is_tag(word)) {
        return None;
    }
    let kept: Vec<&str> = words.into_iter().filter(|word| !is_tag(word)).collect();
    Some(kept.join(" "))
}

fn is_block(tag: &Tag<'_>) -> bool {
    matches!(
        tag,
        Tag::Paragraph
            | Tag::Heading { .. }
            | Tag::Item
            | Tag::List(_)
            | Tag::CodeBlock(_)
            | Tag::BlockQuote(_)
    )
}

fn push_words(event: &Event<'_>, out: &mut String) {
    match event {
        Event::Text(words) | Event::Code(words) | Event::Html(words) | Event::InlineHtml(words) => {
            out.push_str(words);
        }
        Event::SoftBreak | Event::HardBreak => out.push(' '),
        _ => {}
    }
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What stands before a line so that Markdown cannot take its beginning for a list or a heading. A sign, not a letter, so
/// that emphasis may begin right after it.
const GUARD: &str = ".";

/// Reads a line as the inside of a paragraph.
fn inline_events(line: &str) -> impl Iterator<Item = Event<'static>> {
    let guarded = format!("{GUARD}{line}");
    let events: Vec<Event<'static>> =
        shallow(Parser::new_ext(&guarded, Options::ENABLE_STRIKETHROUGH)).map(Event::into_static).collect();
    let mut is_first = true;
    events.into_iter().filter_map(move |event| match event {
        Event::Start(Tag::Paragraph) | Event::End(TagEnd::Paragraph) => None,
        Event::Text(words) if is_first => {
            is_first = false;
            let rest = words.strip_prefix(GUARD).unwrap_or(&words).to_owned();
            Some(Event::Text(rest.into()))
        }
        other => Some(other),
    })
}

/// Keeps a number and its unit on one line: `12 800 EUR` with spaces that do not break, between its groups of three digits and
/// before a currency, `%`, `h` or `d`. Other spaces stay as they are.
fn kept_together(words: &str) -> String {
    let letters: Vec<char> = words.chars().collect();
    let is_unit = |rest: &[char]| {
        let word: String =
            rest.iter().take_while(|letter| letter.is_alphanumeric() || **letter == '%').collect();
        let is_currency = word.len() == 3 && word.chars().all(|letter| letter.is_ascii_uppercase());
        is_currency || ["%", "h", "d"].contains(&word.as_str())
    };
    let is_group = |rest: &[char]| rest.iter().take_while(|letter| letter.is_ascii_digit()).count() == 3;
    let is_glue = |place: usize| {
        let rest = &letters[place + 1..];
        let is_after_digit = place > 0 && letters[place - 1].is_ascii_digit();
        is_after_digit && (is_unit(rest) || is_group(rest))
    };
    let glued = letters.iter().enumerate().map(|(place, letter)| match letter {
        ' ' if is_glue(place) => '\u{a0}',
        other => *other,
    });
    glued.collect()
}

/// What an author may put on a page.
struct Policy<'a> {
    options: &'a MarkdownOptions,
    /// For each open link or image, whether it is kept.
    kept: Vec<bool>,
    /// Footnotes by label, so that ids are short and free of the author's letters.
    footnotes: BTreeMap<String, usize>,
    /// Whether a block of code is open: what is copied from it must work, so that its spaces stay as they are.
    is_code: bool,
}

impl<'a> Policy<'a> {
    fn new(options: &'a MarkdownOptions) -> Self {
        Self { options, kept: Vec::new(), footnotes: BTreeMap::new(), is_code: false }
    }

    fn apply<'e>(&mut self, event: Event<'e>) -> Option<Event<'e>> {
        let event = match event {
            Event::Text(words) if !self.is_code => Event::Text(kept_together(&words).into()),
            Event::Start(Tag::CodeBlock(_)) | Event::End(TagEnd::CodeBlock) => {
                self.is_code = matches!(event, Event::Start(_));
                event
            }
            Event::Html(raw) | Event::InlineHtml(raw) => Event::Text(raw),
            Event::Start(Tag::HtmlBlock) => Event::Start(Tag::Paragraph),
            Event::End(TagEnd::HtmlBlock) => Event::End(TagEnd::Paragraph),
            Event::Start(Tag::Heading { level, .. }) => {
                let level = self.shifted(level);
                Event::Start(Tag::Heading { level, id: None, classes: Vec::new(), attrs: Vec::new() })
            }
            Event::End(TagEnd::Heading(level)) => Event::End(TagEnd::Heading(self.shifted(level))),
            Event::Start(Tag::Link { link_type, dest_url, title, .. }) => {
                let link = link_start(link_type, &dest_url, &title);
                self.kept.push(link.is_some());
                Event::Html(link?.into())
            }
            Event::Start(Tag::Image { link_type, dest_url, title, .. }) => {
                let is_kept = reach(&dest_url) == Reach::Site;
                self.kept.push(is_kept);
                if !is_kept {
                    return None;
                }
                Event::Start(Tag::Image { link_type, dest_url, title, id: CowStr::Borrowed("") })
            }
            Event::End(TagEnd::Link) => {
                self.kept.pop().unwrap_or_default().then(|| Event::Html("</a>".into()))?
            }
            Event::End(TagEnd::Image) => {
                self.kept.pop().unwrap_or_default().then_some(Event::End(TagEnd::Image))?
            }
            Event::FootnoteReference(label) => Event::FootnoteReference(self.footnote(&label)),
            Event::Start(Tag::FootnoteDefinition(label)) => {
                Event::Start(Tag::FootnoteDefinition(self.footnote(&label)))
            }
            other => other,
        };
        Some(event)
    }

    fn shifted(&self, level: HeadingLevel) -> HeadingLevel {
        let level = (level as usize + usize::from(self.options.heading_level_offset)).min(6);
        HeadingLevel::try_from(level).unwrap_or(HeadingLevel::H6)
    }

    fn footnote<'e>(&mut self, label: &str) -> CowStr<'e> {
        let next = self.footnotes.len() + 1;
        let number = *self.footnotes.entry(label.to_owned()).or_insert(next);
        format!("{}note-{number}", self.options.id_prefix).into()
    }
}

/// The name of each table, for who hears the page: the words of the heading above it; a table above all headings has none.
///
/// It is an attribute and no caption, so that the words of a document stay those that were decided on.
#[derive(Default)]
struct TableNames {
    /// The words of the last heading.
    heading: String,
    is_in_heading: bool,
    names: Vec<String>,
}

impl TableNames {
    fn look(&mut self, event: &Event<'_>) {
        match event {
            Event::Start(Tag::Heading { .. }) => {
                self.is_in_heading = true;
                self.heading.clear();
            }
            Event::End(TagEnd::Heading(_)) => self.is_in_heading = false,
            Event::Start(Tag::Table(_)) => self.names.push(self.heading.trim().to_owned()),
            event if self.is_in_heading => push_words(event, &mut self.heading),
            _ => {}
        }
    }

    /// The HTML with the names in it. Every table in it is one that was seen: what an author writes as HTML is text.
    fn write(self, html: &str) -> String {
        let mut parts = html.split("<table>");
        let mut out = parts.next().unwrap_or_default().to_owned();
        let names = self.names.iter().map(String::as_str).chain(std::iter::repeat(""));
        for (part, name) in parts.zip(names) {
            let label =
                if name.is_empty() { String::new() } else { format!(" aria-label=\"{}\"", attribute(name)) };
            let _ = write!(out, "<table{label}>{part}");
        }
        out
    }
}

/// How far an address reaches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Reach {
    /// A page or file of the site, or a place on the page.
    Site,
    /// The web.
    Web,
    /// A mailbox.
    Mail,
    /// Anything else: scripts, data, files, other servers by `//`.
    Forbidden,
}

fn reach(address: &str) -> Reach {
    // Browsers pass over control characters and take `\` for `/`, so the check does the same.
    let address: String =
        address.chars().filter(|letter| !letter.is_control() && !letter.is_whitespace()).collect();
    let address = address.replace('\\', "/").to_ascii_lowercase();
    if address.starts_with('/') {
        return Reach::Forbidden;
    }
    let scheme_end = address.find(['/', '?', '#']).unwrap_or(address.len());
    match address[..scheme_end].split_once(':') {
        // What climbs may leave the site, and from disk the folder it lies in.
        None if climbs(&address) => Reach::Forbidden,
        None => Reach::Site,
        Some(("http" | "https", _)) => Reach::Web,
        Some(("mailto", _)) => Reach::Mail,
        Some(_) => Reach::Forbidden,
    }
}

/// Whether an address goes up a folder, written plainly or as its bytes.
fn climbs(address: &str) -> bool {
    let path = address.split(['?', '#']).next().unwrap_or_default();
    path.replace("%2e", ".").replace("%2f", "/").replace("%5c", "/").split('/').any(|part| part == "..")
}

fn link_start(link_type: LinkType, address: &str, title: &str) -> Option<String> {
    let address = if link_type == LinkType::Email { format!("mailto:{address}") } else { address.to_owned() };
    let reach = reach(&address);
    if reach == Reach::Forbidden {
        return None;
    }
    let mut link = format!("<a href=\"{}\"", attribute(&percent_encoded(&address)));
    if !title.is_empty() {
        let _ = write!(link, " title=\"{}\"", attribute(title));
    }
    link.push_str(if reach == Reach::Web { " rel=\"noopener\">" } else { ">" });
    Some(link)
}

/// Writes the letters of an address that URLs do not have as their bytes; what is encoded stays.
fn percent_encoded(address: &str) -> String {
    let mut out = String::with_capacity(address.len());
    for byte in address.bytes() {
        if byte.is_ascii_alphanumeric() || b"-_.~!*'();:@&=+$,/?#[]%".contains(&byte) {
            out.push(char::from(byte));
        } else {
            let _ = write!(out, "%{byte:02X}");
        }
    }
    out
}

fn attribute(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
        .replace('\'', "&#x27;")
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use super::*;

    fn check(text: &str, expected: &Expect) {
        let options = MarkdownOptions { heading_level_offset: 2, id_prefix: "g2-".to_owned() };
        expected.assert_eq(&to_html(text, &options));
    }

    #[test]
    fn a_number_and_its_unit_stay_on_one_line() {
        assert_eq!(
            inline_html("Crews for 12 800 EUR, 3.5 % more"),
            "Crews for 12\u{a0}800\u{a0}EUR, 3.5\u{a0}% more"
        );
        assert_eq!(inline_html("wards 7 to 9, 2 400 of 2026"), "wards 7 to 9, 2\u{a0}400 of 2026");
    }

    /// What is copied from it must run: a space that does not break is no space to a shell.
    #[test]
    fn spaces_in_code_stay_as_they_are() {
        check(
            "```\nkill -9 123\nsleep 3 h\n```\n\nin 3 h\n",
            &expect![["<pre><code>kill -9 123\nsleep 3 h\n</code></pre>\n<p>in 3\u{a0}h</p>\n"]],
        );
    }

    #[test]
    fn a_table_is_named_after_the_heading_above_it() {
        check(
            "| z |\n|---|\n\n# Basis & \"*cost*\"\n\nwords <table>\n\n| a |\n|---|\n| 1 |\n",
            &expect![[r#"
                <table><thead><tr><th>z</th></tr></thead><tbody>
                </tbody></table>
                <h3>Basis &amp; "<em>cost</em>"</h3>
                <p>words &lt;table&gt;</p>
                <table aria-label="Basis &amp; &quot;cost&quot;"><thead><tr><th>a</th></tr></thead><tbody>
                <tr><td>1</td></tr>
                </tbody></table>
            "#]],
        );
    }

    #[test]
    fn blocks() {
        check(
            "# A {onclick=alert(1)}\n\n##### B\n\nline\nline",
            &expect![[r#"
            <h3>A {onclick=alert(1)}</h3>
            <h6>B</h6>
            <p>line
            line</p>
        "#]],
        );
        check(
            "| a | b |\n|---|--:|\n| 1 | ~~2~~ |\n",
            &expect![[r#"
            <table><thead><tr><th>a</th><th style="text-align: right">b</th></tr></thead><tbody>
            <tr><td>1</td><td style="text-align: right"><del>2</del></td></tr>
            </tbody></table>
        "#]],
        );
        check(
            "- [x] done\n- [ ] open\n",
            &expect![[r#"
            <ul>
            <li><input disabled="" type="checkbox" checked=""/>
            done</li>
            <li><input disabled="" type="checkbox"/>
            open</li>
            </ul>
        "#]],
        );
        check(
            "a[^x] b[^\"]\n\n[^x]: note\n",
            &expect![[r##"
            <p>a<sup class="footnote-reference"><a href="#g2-note-1">1</a></sup> b[^"]</p>
            <div class="footnote-definition" id="g2-note-1"><sup class="footnote-definition-label">1</sup>
            <p>note</p>
            </div>
        "##]],
        );
    }

    #[test]
    fn raw_html_is_text() {
        check(
            "<script>alert(1)</script>\n\na <b onclick=x>b</b> <!-- c -->",
            &expect![[r#"
            <p>&lt;script&gt;alert(1)&lt;/script&gt;
            </p>
            <p>a &lt;b onclick=x&gt;b&lt;/b&gt; &lt;!-- c --&gt;</p>
        "#]],
        );
    }

    #[test]
    fn only_harmless_addresses_stay() {
        check(
            "[a](https://example.org/x?a=1&b='\"ü) <http://a.b> <me@example.org>",
            &expect![[r#"
            <p><a href="https://example.org/x?a=1&amp;b=&#x27;%22%C3%BC" rel="noopener">a</a> <a href="http://a.b" rel="noopener">http://a.b</a> <a href="mailto:me@example.org">me@example.org</a></p>
        "#]],
        );
        check(
            "[a](gates/G2.md#top \"the \\\"title\\\"\") [b](#x) [c](mailto:a@b.c)",
            &expect![[r##"
            <p><a href="gates/G2.md#top" title="the &quot;title&quot;">a</a> <a href="#x">b</a> <a href="mailto:a@b.c">c</a></p>
        "##]],
        );
        check(
            "[a](javascript:alert) [b](javascript&colon;alert) [c](JAVA\u{1}SCRIPT:x)",
            &expect![[r#"
            <p>a b [c](JAVASCRIPT:x)</p>
        "#]],
        );
        check(
            "[d](//evil.example) [e](\\\\evil.example) [f](data:text/html,x) [g](file:///etc)",
            &expect![[r#"
            <p>d e f g</p>
        "#]],
        );
        check(
            "![plan](attachments/plan.png) ![far](https://x.y/z.png) [![in](a.png)](javascript:x)",
            &expect![[r#"
            <p><img src="attachments/plan.png" alt="plan" /> far <img src="a.png" alt="in" /></p>
        "#]],
        );
    }

    #[test]
    fn one_line_has_no_blocks() {
        let check = |text: &str, expected: &Expect| {
            expected.assert_eq(&format!("html: {}\ntext: {}", inline_html(text), inline_text(text)));
        };
        check(
            "1. Migration",
            &expect![[r#"
                html: 1. Migration
                text: 1. Migration"#]],
        );
        check(
            "- 3 < 4 & # 5",
            &expect![[r#"
                html: - 3 &lt; 4 &amp; # 5
                text: - 3 < 4 & # 5"#]],
        );
        check(
            "**No** branch _loses_ a `day`",
            &expect![[r#"
                html: <strong>No</strong> branch <em>loses</em> a <code>day</code>
                text: No branch loses a day"#]],
        );
        check(
            "_all_ of it,\n  see [the plan](https://a.b)",
            &expect![[r#"
                html: <em>all</em> of it, see <a href="https://a.b" rel="noopener">the plan</a>
                text: all of it, see the plan"#]],
        );
        check(
            "`x` <b>",
            &expect![[r#"
                html: <code>x</code> &lt;b&gt;
                text: x <b>"#]],
        );
        check(
            "",
            &expect![[r#"
                html: 
                text: "#]],
        );
    }

    #[test]
    fn plain_text_keeps_words_and_lines() {
        expect![[r#"
            Title
            One two three.
            a
            b
            c
            x y
            1 2"#]]
        .assert_eq(&plain_text(
            "# Title\n\nOne **two**\nthree.\n\n- a\n- b\n  - c\n\n| x | y |\n|---|---|\n| 1 | 2 |",
        ));
    }

    #[test]
    fn tagged_paragraphs_are_found() {
        let text = "**Learned.** Ask for stock,\nnot for lead time. #lesson\n\nOther #lessons.\n\n\
                    - Test the lift. #lesson\n- Nothing\n  - Deep #lesson.\n\n#lesson First word\n\n* loose #lesson\n\n* other";
        expect![[r#"
            [
                "**Learned.** Ask for stock, not for lead time.",
                "Test the lift.",
                "Deep",
                "First word",
                "loose",
            ]
        "#]]
        .assert_debug_eq(&tagged_paragraphs(text, "lesson"));
    }
}
