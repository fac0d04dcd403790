//! Words of messages: suggestions for mistyped names, lists of choices, counted nouns.

/// Finds the candidate that a mistyped word most likely meant; none when nothing is near.
///
/// Case, and `_`, `-` and spaces for each other, do not count as mistakes. Otherwise at most one mistake for each three
/// letters is forgiven (swapped neighbours count once), so short words need to be nearly right: `dsign` finds
/// `design`, `wi` finds nothing. A beginning of at least three letters counts when only one candidate starts so, and so does the only
/// candidate that the word begins with, up to a border between its words: `lab-test` finds `lab`. So does the only one whose last words it
/// is: `manager` finds `project_manager`.
/// Among equally near candidates the first wins.
pub fn did_you_mean<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let wanted = fold(word);
    let allowed_mistakes = (wanted.chars().count() / 3).max(1);
    let mut nearest: Option<(usize, &'a str)> = None;
    let mut starting: Vec<&'a str> = Vec::new();
    for candidate in candidates {
        let folded = fold(candidate);
        let is_its_beginning =
            folded.len() >= 3 && wanted.strip_prefix(&folded).is_some_and(|rest| rest.starts_with('-'));
        let is_its_end = folded.strip_suffix(&wanted).is_some_and(|rest| rest.ends_with('-'));
        if folded.starts_with(&wanted) || is_its_beginning || is_its_end {
            starting.push(candidate);
        }
        let mistakes = strsim::damerau_levenshtein(&wanted, &folded);
        // A distance as long as the candidate shares no letter with it.
        let is_near = mistakes <= allowed_mistakes && mistakes < folded.chars().count().max(1);
        if is_near && nearest.is_none_or(|(best, _)| mistakes < best) {
            nearest = Some((mistakes, candidate));
        }
    }
    match (nearest, starting.as_slice()) {
        (Some((_, candidate)), _) => Some(candidate),
        (None, [only]) if wanted.chars().count() >= 3 => Some(only),
        _ => None,
    }
}

/// A word as a shell takes it: in quotes where something in it may mean something there.
#[must_use]
pub fn for_shell(word: &str) -> String {
    let is_plain = |letter: char| {
        letter.is_alphanumeric() || "_-./:=,%+@".contains(letter) || (cfg!(windows) && letter == '\\')
    };
    if !word.is_empty() && word.chars().all(is_plain) {
        return word.to_owned();
    }
    if cfg!(windows) { format!("\"{word}\"") } else { format!("'{}'", word.replace('\'', r"'\''")) }
}

/// Words that are used for a word of ours.
const SAME_MEANING: [(&str, &str); 26] = [
    ("accepted", "approved"),
    ("granted", "approved"),
    ("declined", "rejected"),
    ("denied", "rejected"),
    ("yellow", "amber"),
    ("orange", "amber"),
    ("invoice", "actual"),
    ("invoiced", "actual"),
    ("paid", "actual"),
    ("payment", "actual"),
    ("order", "commitment"),
    ("po", "commitment"),
    ("receipt", "accrual"),
    ("received", "accrual"),
    ("mitigate", "reduce"),
    ("acceptance", "accept"),
    ("end", "finish"),
    ("begin", "start"),
    ("beginning", "start"),
    ("fatal", "error"),
    ("critical", "error"),
    ("severe", "error"),
    ("info", "warning"),
    ("notice", "warning"),
    ("msp", "microsoft project"),
    ("ms", "microsoft project"),
];

/// Finds the choice that shares a whole word with what was written, or means the same: `override` finds `progress override`,
/// `end` finds `finish`; none where several do.
#[must_use]
pub fn meant_by_a_word(text: &str, choices: &[&'static str]) -> Option<&'static str> {
    let text = text.to_ascii_lowercase();
    let words = |text: &'static str| text.split([' ', '-']).map(str::to_owned).collect::<Vec<_>>();
    let written: Vec<&str> = text.split([' ', '-', '_']).filter(|word| !word.is_empty()).collect();
    let is_meant = |choice: &&&'static str| {
        let same = SAME_MEANING.iter().any(|(other, ours)| *ours == **choice && written.contains(other));
        same || words(choice).iter().any(|word| written.contains(&word.as_str()))
    };
    let mut meant = choices.iter().filter(is_meant);
    meant.next().copied().filter(|_| meant.next().is_none())
}

/// Joins choices for a message: `` `a`, `b` or `c` ``; empty for no choice.
#[must_use]
pub fn one_of<T: AsRef<str>>(choices: &[T]) -> String {
    let quoted: Vec<String> = choices.iter().map(|choice| format!("`{}`", choice.as_ref())).collect();
    match quoted.as_slice() {
        [] => String::new(),
        [only] => only.clone(),
        [first @ .., last] => format!("{} or {last}", first.join(", ")),
    }
}

/// Counts a noun: `1 task`, `2 tasks`, `0 branches`, `3 dependencies`.
#[must_use]
pub fn count(number: usize, noun: &str) -> String {
    if number == 1 { format!("1 {noun}") } else { format!("{number} {}", plural(noun)) }
}

fn plural(noun: &str) -> String {
    if let Some(stem) = noun.strip_suffix('y')
        && !stem.ends_with(['a', 'e', 'i', 'o', 'u'])
    {
        return format!("{stem}ies");
    }
    if noun.ends_with('s') || noun.ends_with('x') || noun.ends_with("ch") || noun.ends_with("sh") {
        return format!("{noun}es");
    }
    format!("{noun}s")
}

/// Takes away what does not count as a mistake.
fn fold(word: &str) -> String {
    word.trim().to_lowercase().replace(['_', ' '], "-")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn suggest(word: &str) -> Option<&'static str> {
        did_you_mean(word, ["design", "survey", "order-hw", "description", "g1", "g2", "team", "term"])
    }

    #[test]
    fn near_words_are_found() {
        assert_eq!(suggest("desgin"), Some("design"));
        assert_eq!(suggest("dsign"), Some("design"));
        assert_eq!(suggest("Order_HW"), Some("order-hw"));
        assert_eq!(suggest("order hw"), Some("order-hw"));
        assert_eq!(suggest("descr"), Some("description"));
        assert_eq!(suggest("survey-of-sites"), Some("survey"));
        // Only at a border, and only where one alone begins it.
        assert_eq!(suggest("surveyors-all"), None);
        assert_eq!(did_you_mean("lab-of-the-third-floor", ["lab", "lab-of"]), None);
        assert_eq!(did_you_mean("manager", ["project_manager", "start"]), Some("project_manager"));
        assert_eq!(did_you_mean("manager", ["project_manager", "service_manager"]), None);
        assert_eq!(suggest("hw"), None);
        assert_eq!(suggest("g3"), Some("g1"));
        assert_eq!(suggest("tem"), Some("team"));
    }

    #[test]
    fn far_words_are_not() {
        assert_eq!(suggest("wiring"), None);
        assert_eq!(suggest("xy"), None);
        assert_eq!(suggest(""), None);
        assert_eq!(did_you_mean("x", ["y"]), None);
        assert_eq!(did_you_mean("anything", []), None);
    }

    #[test]
    fn a_word_of_the_trade_finds_ours() {
        let types = ["budget", "change", "commitment", "accrual", "actual", "forecast"];
        assert_eq!(meant_by_a_word("invoice", &types), Some("actual"));
        assert_eq!(meant_by_a_word("PO", &types), Some("commitment"));
        assert_eq!(meant_by_a_word("receipt", &types), Some("accrual"));
        assert_eq!(meant_by_a_word("yellow", &["green", "amber", "red"]), Some("amber"));
        assert_eq!(meant_by_a_word("yellow", &types), None);
    }

    #[test]
    fn lists_and_counts_read_as_english() {
        assert_eq!(one_of(&["a", "b", "c"]), "`a`, `b` or `c`");
        assert_eq!(one_of(&["a", "b"]), "`a` or `b`");
        assert_eq!(one_of(&["a"]), "`a`");
        assert_eq!(one_of::<&str>(&[]), "");
        assert_eq!(count(1, "task"), "1 task");
        assert_eq!(count(0, "task"), "0 tasks");
        assert_eq!(count(2, "branch"), "2 branches");
        assert_eq!(count(2, "dependency"), "2 dependencies");
        assert_eq!(count(2, "day"), "2 days");
    }
}
