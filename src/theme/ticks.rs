//! The one filter of templates: backticks become code.

use tera::value::{Key, Map};
use tera::{Kwargs, State, Value};

/// Escapes a text and sets what stands between backticks as code.
///
/// Messages and hints name ids in backticks; a page shows them in the face of code. A backtick without a partner
/// stays as it is. Values that are not text are printed as they are; null prints nothing.
///
/// Example: ``unknown task `desgin` `` becomes `unknown task <code>desgin</code>`. `links` says where ids lead:
/// `{{ finding.message | ticks(links=finding.links) }}` makes each that stands there a link.
#[expect(clippy::needless_pass_by_value, reason = "as the engine calls its filters")]
pub(crate) fn ticks(text: &Value, arguments: Kwargs, _: &State) -> Value {
    if text.is_safe() {
        return text.clone();
    }
    if text.is_none() {
        return Value::safe_string("");
    }
    let links = arguments.get::<&Value>("links").ok().flatten().and_then(Value::as_map);
    match text.as_str() {
        // Most words have neither.
        Some(words) if !words.contains(['`', '&', '<', '>', '"', '\'']) => Value::safe_string(words),
        Some(words) => Value::safe_string(&with_code(words, links)),
        None => Value::safe_string(&with_code(&text.to_string(), links)),
    }
}

fn with_code(text: &str, links: Option<&Map>) -> String {
    let parts: Vec<&str> = text.split('`').collect();
    // An odd number of parts means that every backtick has a partner.
    let paired = parts.len() - usize::from(parts.len().is_multiple_of(2));
    let mut html = String::with_capacity(text.len() + 16);
    for (place, id) in parts.iter().enumerate() {
        let part = escaped(id);
        if place >= paired {
            html.push('`');
            html.push_str(&part);
        } else if place % 2 == 1 {
            let target = links.and_then(|links| links.get(&Key::Str(id))?.as_str());
            html.push_str(&match target {
                Some(target) => format!("<a href=\"{}\"><code>{part}</code></a>", escaped(target)),
                None => format!("<code>{part}</code>"),
            });
        } else {
            html.push_str(&part);
        }
    }
    html
}

/// The text with what HTML would read as markup written out, as the engine does it.
fn escaped(text: &str) -> String {
    let mut html = String::with_capacity(text.len() + 16);
    let mut rest = text;
    while let Some(at) = rest.find(['&', '<', '>', '"', '\'']) {
        let (plain, marked) = rest.split_at(at);
        html.push_str(plain);
        html.push_str(match marked.as_bytes()[0] {
            b'&' => "&amp;",
            b'<' => "&lt;",
            b'>' => "&gt;",
            b'"' => "&quot;",
            _ => "&#39;",
        });
        rest = &marked[1..];
    }
    html.push_str(rest);
    html
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, html: &str) {
        assert_eq!(with_code(text, None), html);
    }

    #[test]
    fn an_id_leads_where_its_link_says() {
        let links = Map::from_iter([("C3".into(), Value::from("changes/C3.html"))]);
        let html = with_code("change `C3` of `C4`", Some(&links));
        assert_eq!(html, "change <a href=\"changes/C3.html\"><code>C3</code></a> of <code>C4</code>");
    }

    #[test]
    fn pairs_become_code_and_everything_is_escaped() {
        check("unknown task `desgin`", "unknown task <code>desgin</code>");
        check("`a` or `<b>`", "<code>a</code> or <code>&lt;b&gt;</code>");
        check("5 < 6", "5 &lt; 6");
        check("", "");
        check("it's \"a\" & b > c", "it&#39;s &quot;a&quot; &amp; b &gt; c");
    }

    #[test]
    fn a_backtick_without_a_partner_stays() {
        check("a ` b", "a ` b");
        check("`a` and ` b", "<code>a</code> and ` b");
    }
}
