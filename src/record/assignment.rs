//! The grammar of assignments: `tom`, `tom 50%`, `2 technician`, `2 technician 50%`.

use crate::diagnostic::{Diagnostics, Span, Spanned};
use crate::quantity::{Id, Malformed, Percent};
use crate::record::decode::{Decode, bad_scalar, read_key, tell_value};
use crate::record::scalar::Spelling;
use crate::record::word::words_of;
use crate::source::node::Node;

/// Who works on a task, and with which share of the day.
#[derive(Clone, Debug, PartialEq)]
pub struct AssignmentRecord {
    /// How many unnamed people; then `who` is a role.
    pub heads: Option<Spanned<u32>>,
    /// A person, or a role.
    pub who: Spanned<Id>,
    /// The share of each one's day; the whole day when absent.
    pub share: Option<Spanned<Percent>>,
    /// The whole text.
    pub span: Span,
}

impl Decode for AssignmentRecord {
    const FORM: &'static str =
        "a person such as `tom` or `tom 50%`, or people of a role such as `2 technician`";
    const SPELLING: Spelling = Spelling::id("([0-9]+\\s+)?[A-Za-z][A-Za-z0-9-]*(\\s+[^\\s]*[0-9%][^\\s]*)?");

    fn decode(node: &Node, found: &mut Diagnostics) -> Option<Self> {
        let words = words_of(node, Self::FORM, found)?;
        if words.has_commas() {
            let fault = Malformed::expected(Self::FORM).hint(format!("write a list: `[{}]`", words.text()));
            tell_value(bad_scalar(words.span(), words.text(), fault), found);
            return None;
        }
        let mut rest = words.as_slice();
        let mut heads = None;
        if let [count, who, ..] = rest
            && let Ok(number) = count.value.parse::<u32>()
        {
            if number == 0 {
                let fault = Malformed::expected("a number of people")
                    .hint("write at least `1`, or leave the line out");
                tell_value(
                    bad_scalar(Span { end: who.span.end, ..count.span }, &words.text()[..1], fault),
                    found,
                );
                return None;
            }
            heads = Some(Spanned::new(number, count.span));
            rest = &rest[1..];
        }
        let (who, share) = match rest {
            [who] => (who, None),
            // A full name in the place of an id: its second word is no share that was mistyped.
            [_, share] if !share.value.bytes().any(|byte| byte.is_ascii_digit() || byte == b'%') => {
                let fault = Malformed::expected(Self::FORM)
                    .hint("name a person by the id under `people:`, and several as a list: `[tom, sam 50%]`");
                tell_value(bad_scalar(words.span(), words.text(), fault), found);
                return None;
            }
            [who, share] => (who, Some(share)),
            _ => {
                let fault =
                    Malformed::expected(Self::FORM).hint("write several people as a list: `[tom, sam 50%]`");
                tell_value(bad_scalar(words.span(), words.text(), fault), found);
                return None;
            }
        };
        let who = read_key::<Id>(who, found);
        let share = match share {
            None => None,
            Some(share) => {
                let share = read_key::<Percent>(share, found)?;
                if share.value == Percent::ZERO {
                    let fault = Malformed::expected("a share of the day above 0%")
                        .hint("write how much of the day goes to this work, or leave the person out");
                    tell_value(bad_scalar(share.span, "0%", fault), found);
                    return None;
                }
                Some(share)
            }
        };
        Some(Self { heads, who: who?, share, span: words.span() })
    }
}
