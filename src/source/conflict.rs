//! The leftovers of a merge in a text: the marks between which two versions of it stand.

/// What is wrong.
pub(super) const MESSAGE: &str = "two versions of this file have not been merged";

/// What stands at the first mark.
pub(super) const LABEL: &str = "the conflict begins here";

/// What to do about it.
pub(super) const HINT: &str =
    "decide between the versions and remove the lines with `<<<<<<<`, `=======` and `>>>>>>>`";

/// The byte at which the first mark of a conflict stands; none where there is none.
pub(super) fn begins(text: &str) -> Option<usize> {
    if text.starts_with("<<<<<<< ") { Some(0) } else { text.find("\n<<<<<<< ").map(|before| before + 1) }
}

/// The text with its conflicts decided for the version that stands first, the one of the branch that was merged into. What goes out
/// leaves as many line ends as it had bytes, so that all others keep their places.
pub(super) fn first_version(text: &str) -> String {
    let mut decided = String::with_capacity(text.len());
    let (mut is_inside, mut is_out) = (false, false);
    for line in text.split_inclusive('\n') {
        let is_mark = |mark: &str| {
            let rest = line.strip_prefix(mark);
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', '\r', '\n']))
        };
        let begins = is_mark("<<<<<<<");
        let ends = is_inside && is_mark(">>>>>>>");
        if begins {
            (is_inside, is_out) = (true, false);
        } else if is_inside && (is_mark("=======") || is_mark("|||||||")) {
            is_out = true;
        }
        if begins || ends || is_out {
            decided.extend(std::iter::repeat_n('\n', line.len()));
        } else {
            decided.push_str(line);
        }
        if ends {
            (is_inside, is_out) = (false, false);
        }
    }
    decided
}
