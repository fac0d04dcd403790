//! Names of persons in texts, and what stands there instead.
//!
//! Comes in: names, each with what its person is called. Goes out: texts without them, in whichever form a name is written: the
//! family's before the given one, in capitals, without umlauts, with letters that are put together or described (`&ouml;`).
//! Not here: whose names they are, and who may read them.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use unicode_normalization::{UnicodeNormalization as _, is_nfc};

use crate::pipeline::audience::without_mail;
use crate::prose::inline_text;
use crate::record::withheld::WITHHELD;

/// Words that begin sentences, name months or stand before family names, as well as people: alone they are left as they are.
const USUAL_WORDS: [&str; 28] = [
    "Als", "April", "August", "Autumn", "Das", "Del", "Den", "Der", "Des", "Die", "Dos", "Faith", "Grace",
    "Hope", "June", "Las", "Les", "Los", "Mark", "May", "Rose", "San", "Summer", "Van", "Von", "Will", "Zum",
    "Zur",
];

/// Usual words of two letters, in capitals too.
const SHORT_WORDS: [&str; 48] = [
    "ab", "ai", "al", "am", "an", "as", "at", "be", "by", "da", "de", "di", "do", "dr", "du", "el", "er",
    "es", "go", "he", "hi", "if", "im", "in", "is", "it", "ja", "je", "la", "le", "me", "my", "no", "ob",
    "of", "ok", "on", "or", "pm", "qa", "so", "st", "to", "um", "up", "us", "we", "zu",
];

/// A word that is looked for in addresses has so many letters at least, and more where it may be a part of another.
const LEAST_IN_ADDRESS: usize = 3;
const LEAST_WITHIN_A_RUN: usize = 6;

/// A part of a name that is looked for has so many letters at least.
const LEAST_PART: usize = 2;

/// Whether a word begins sentences or stands in them so often that alone it names nobody.
pub(super) fn is_usual_word(word: &str) -> bool {
    USUAL_WORDS.contains(&word) || SHORT_WORDS.contains(&word.to_lowercase().as_str())
}

/// Words that are put in the place of others, to be looked up by the words of a text: a portfolio has thousands of them.
pub(super) struct Replacements {
    /// Each word with what stands in its place.
    words: Vec<(String, String)>,
    /// The places of words by the first run of letters in them; those in which nothing stands between words under the empty one.
    by_beginning: BTreeMap<String, Vec<usize>>,
    /// The same words in small letters, as addresses hold them.
    in_addresses: BTreeSet<String>,
}

impl Replacements {
    /// Full names, and each part of a name that begins with a capital letter; a part that is somebody's id is left as it is,
    /// and so is one that is a usual word. Of equal words the first counts.
    pub(super) fn new<'a>(
        names: impl IntoIterator<Item = &'a (String, String)>,
        ids: &BTreeSet<&str>,
    ) -> Self {
        let mut known: BTreeSet<String> = BTreeSet::new();
        let mut words: Vec<(String, String)> = Vec::new();
        for (name, called) in names {
            // Who has no name goes by the id, which is no word of a text. Of one name all forms are known at once.
            if ids.contains(name.as_str()) || known.contains(name) {
                continue;
            }
            let name: String = name.nfc().collect();
            for word in written(&name) {
                if !word.is_empty() && !ids.contains(word.as_str()) && known.insert(word.clone()) {
                    words.push((word, called.clone()));
                }
            }
        }
        let mut by_beginning: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (place, (word, _)) in words.iter().enumerate() {
            let beginning = if word.contains(is_written_without_spaces) { "" } else { beginning(word) };
            by_beginning.entry(beginning.to_owned()).or_default().push(place);
        }
        let in_addresses = words.iter().map(|(word, _)| word.to_lowercase());
        let in_addresses = in_addresses
            .filter(|word| {
                word.chars().count() >= LEAST_IN_ADDRESS && word.chars().all(char::is_alphanumeric)
            })
            .collect();
        Self { words, by_beginning, in_addresses }
    }

    /// Whether an address on the web leads to somebody: `https://intranet.example/people/gerda.vos`, also as `gvos`.
    fn are_led_to_by(&self, address: &str) -> bool {
        let address: String = without_percents(address).nfc().collect::<String>().to_lowercase();
        let mut runs = address.split(|letter: char| !letter.is_alphanumeric()).filter(|run| !run.is_empty());
        let is_within = |run: &str, name: &str| {
            run == name || (name.chars().count() >= LEAST_WITHIN_A_RUN && run.contains(name))
        };
        runs.any(|run| self.in_addresses.iter().any(|name| is_within(run, name)))
    }

    /// Those that may stand in a text: a whole word begins where a run of letters does, and has at most an `s` behind it.
    fn in_question(&self, text: &str) -> BTreeSet<usize> {
        let runs = text.split(|letter: char| !letter.is_alphanumeric()).filter(|run| !run.is_empty());
        let beginnings = runs.flat_map(|run| [Some(run), run.strip_suffix(['s', 'S'])]).flatten();
        let places = std::iter::once("").chain(beginnings).filter_map(|run| self.by_beginning.get(run));
        places.flatten().copied().collect()
    }
}

/// Replaces names and addresses of mail in a text. Of equal words those of the first list count, else the longest go first.
pub(super) fn cover(lists: &[&Replacements], text: &mut String) {
    if text.contains("://") {
        *text = without_addresses_of_people(lists, text);
    }
    let read = as_read(text);
    let covered = covered_once(lists, &read);
    if covered != read {
        // What somebody is called may hold the name of another: a role `okafor-deputy`.
        *text = covered_once(lists, &covered).into_owned();
    }
    if text.contains('@') {
        *text = without_mail(text);
    }
}

/// The text without addresses on the web that lead to somebody; of a link its words stay.
fn without_addresses_of_people(lists: &[&Replacements], text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(sign) = rest.find("://") {
        let start = rest[..sign]
            .trim_end_matches(|letter: char| letter.is_ascii_alphanumeric() || "+.-".contains(letter))
            .len();
        let is_of_address = |letter: char| !letter.is_whitespace() && !"()<>[]\"'`|".contains(letter);
        let length = rest[sign..].find(|letter| !is_of_address(letter)).unwrap_or(rest.len() - sign);
        let end = sign + rest[sign..sign + length].trim_end_matches(['.', ',', ';', ':', '!', '?']).len();
        out.push_str(&rest[..start]);
        let address = &rest[start..end];
        rest = &rest[end..];
        if !lists.iter().any(|list| list.are_led_to_by(address)) {
            out.push_str(address);
            continue;
        }
        let of_link = out.strip_suffix("](").and_then(opening_bracket).zip(rest.find(')'));
        match of_link {
            // A title behind the address goes with it.
            Some((open, close)) if !rest[..close].contains('\n') => {
                out.truncate(out.len() - "](".len());
                // The words of a picture stay, too.
                let from = if out[..open].ends_with('!') { open - 1 } else { open };
                out.replace_range(from..=open, "");
                rest = &rest[close + 1..];
            }
            _ => out.push_str(WITHHELD),
        }
    }
    out.push_str(rest);
    out
}

/// An address with the letters themselves where they are written as numbers: `J%C3%B6rg` is `Jörg`.
fn without_percents(address: &str) -> String {
    let mut bytes = Vec::with_capacity(address.len());
    let mut rest = address;
    while let Some((before, after)) = rest.split_once('%') {
        bytes.extend_from_slice(before.as_bytes());
        let number = after.get(..2).and_then(|digits| u8::from_str_radix(digits, 16).ok());
        bytes.push(number.unwrap_or(b'%'));
        rest = if number.is_some() { &after[2..] } else { after };
    }
    bytes.extend_from_slice(rest.as_bytes());
    String::from_utf8_lossy(&bytes).into_owned()
}

/// Where the bracket opens that closes behind these words.
fn opening_bracket(words: &str) -> Option<usize> {
    let mut n_open = 0_usize;
    for (at, letter) in words.char_indices().rev() {
        match letter {
            ']' => n_open += 1,
            '[' if n_open == 0 => return Some(at),
            '[' => n_open -= 1,
            _ => {}
        }
    }
    None
}

/// The text with what stands in the place of each name in it.
fn covered_once<'a>(lists: &[&Replacements], read: &'a str) -> Cow<'a, str> {
    let mut words: Vec<&(String, String)> = Vec::new();
    for list in lists {
        words.extend(list.in_question(read).into_iter().map(|place| &list.words[place]));
    }
    words.sort_by_key(|(word, _)| std::cmp::Reverse(word.len()));
    let mut covered = Cow::Borrowed(read);
    for (word, instead) in words {
        if covered.contains(word.as_str()) {
            covered = Cow::Owned(with_word(&covered, word, instead));
        }
    }
    covered
}

/// The run of letters with which a word begins; empty where it begins with something else.
fn beginning(word: &str) -> &str {
    word.split(|letter: char| !letter.is_alphanumeric()).next().unwrap_or_default()
}

/// The ways in which a name is written: as it stands, the given name first, each part, and each of these in capitals, with one word in
/// capitals as some write the family's, without umlauts, and with either apostrophe.
fn written(name: &str) -> Vec<String> {
    let bare = without_brackets(name);
    let mut forms = vec![name.to_owned(), bare.clone()];
    if let Some((family, given)) = bare.split_once(',') {
        forms.push(format!("{} {}", given.trim(), family.trim()));
    }
    forms.extend(parts_of(&bare).map(str::to_owned));
    let small: Vec<String> = forms.iter().map(|form| by_word(form, |_, word| from_capitals(word))).collect();
    forms.extend(small);
    let in_capitals = |form: &String| {
        let n_words = form.split(' ').count();
        let one = (0..n_words).map(|place| {
            by_word(form, |at, word| if at == place { word.to_uppercase() } else { word.to_owned() })
        });
        one.chain([form.to_uppercase()]).collect::<Vec<_>>()
    };
    let capitals: Vec<String> = forms.iter().flat_map(in_capitals).collect();
    forms.extend(capitals);
    let spelled: Vec<String> = forms.iter().filter_map(|form| without_umlauts(form)).collect();
    forms.extend(spelled);
    let other_signs = |form: &String| [form.replace('\'', "’"), form.replace('’', "'")];
    let signs: Vec<String> = forms.iter().flat_map(other_signs).collect();
    forms.extend(signs);
    forms.retain(|form| !is_usual_word(form));
    forms
}

/// A name with each of its words written anew.
fn by_word(name: &str, write: impl Fn(usize, &str) -> String) -> String {
    let words: Vec<String> = name.split(' ').enumerate().map(|(place, word)| write(place, word)).collect();
    words.join(" ")
}

/// The parts of a name that name somebody: `Zobel` and `Jörg` of `Zobel, Jörg`, of a double name the whole and both halves. In a script without
/// capital letters each part counts.
fn parts_of(name: &str) -> impl Iterator<Item = &str> {
    let is_within = |letter: char| letter.is_alphanumeric() || "-'’.".contains(letter);
    let whole = name.split(move |letter: char| !is_within(letter));
    let halves = whole.clone().filter(|part| part.contains('-')).flat_map(|part| part.split('-'));
    let is_part = |part: &&str| {
        part.chars().count() >= LEAST_PART
            && part.starts_with(|first: char| first.is_alphabetic() && !first.is_lowercase())
            && !part.ends_with('.')
            && !is_usual_word(part)
    };
    whole.chain(halves).filter(is_part)
}

/// A name without what stands in brackets behind it, as a company or a department.
fn without_brackets(name: &str) -> String {
    let mut n_open = 0_usize;
    let mut bare = String::new();
    for letter in name.chars() {
        match letter {
            '(' | '[' => n_open += 1,
            ')' | ']' => n_open = n_open.saturating_sub(1),
            _ if n_open == 0 => bare.push(letter),
            _ => {}
        }
    }
    bare.trim().to_owned()
}

/// `Zobel` of `ZOBEL`; a word that is not written in capitals as it stands.
fn from_capitals(word: &str) -> String {
    let mut letters = word.chars();
    let is_in_capitals = !word.contains(char::is_lowercase);
    match letters.next() {
        Some(first) if is_in_capitals => first.to_string() + &letters.as_str().to_lowercase(),
        _ => word.to_owned(),
    }
}

/// `Joerg` of `Jörg`; none of a word without such letters.
fn without_umlauts(word: &str) -> Option<String> {
    const SPELLED: [(&str, &str); 7] =
        [("ä", "ae"), ("ö", "oe"), ("ü", "ue"), ("Ä", "Ae"), ("Ö", "Oe"), ("Ü", "Ue"), ("ß", "ss")];
    let is_in_capitals = !word.contains(char::is_lowercase);
    let spelled = SPELLED.iter().fold(word.to_owned(), |word, (from, to)| word.replace(from, to));
    (spelled != word).then(|| if is_in_capitals { spelled.to_uppercase() } else { spelled })
}

/// A text as its readers see its letters: an `o` with two points behind it is one letter, and so is `&ouml;`.
fn as_read(text: &str) -> Cow<'_, str> {
    let told = with_letters_described(text);
    if is_nfc(&told) { told } else { Cow::Owned(told.nfc().collect()) }
}

/// The text with the letters themselves where they are described: `ö` for `&ouml;` and `&#246;`.
fn with_letters_described(text: &str) -> Cow<'_, str> {
    /// No description of a letter is longer.
    const LONGEST: usize = 32;
    let mut out = String::new();
    let mut at = 0;
    for (start, _) in text.match_indices('&') {
        let Some(length) = text[start..].find(';').filter(|length| *length <= LONGEST) else { continue };
        let described = &text[start..=start + length];
        let letter = inline_text(described);
        if letter.is_empty() || !letter.chars().all(is_of_word) {
            continue;
        }
        out.push_str(&text[at..start]);
        out.push_str(&letter);
        at = start + described.len();
    }
    if at == 0 {
        return Cow::Borrowed(text);
    }
    out.push_str(&text[at..]);
    Cow::Owned(out)
}

/// Letters, signs that are put upon them, and apostrophes within a name.
fn is_of_word(letter: char) -> bool {
    letter.is_alphabetic() || "'’".contains(letter) || unicode_normalization::char::is_combining_mark(letter)
}

/// The text with one in the place of each whole word, also where an `s` makes its genitive as in German: `Okafors Team`, and behind
/// capitals an `S`.
fn with_word(text: &str, word: &str, instead: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    let is_in_capitals = !word.contains(char::is_lowercase);
    let has_spaces = !word.contains(is_written_without_spaces);
    for (start, _) in text.match_indices(word) {
        if start < at {
            continue;
        }
        let end = start + word.len();
        let is_joined = |letter: Option<char>| has_spaces && letter.is_some_and(char::is_alphanumeric);
        let is_genitive = |letter: char| letter == 's' || (is_in_capitals && letter == 'S');
        let behind = text[end..].strip_prefix(is_genitive);
        let is_usual = behind.is_some_and(|behind| is_usual_word(&text[start..text.len() - behind.len()]));
        let behind = behind.filter(|_| !is_usual).unwrap_or(&text[end..]);
        if is_joined(text[..start].chars().next_back()) || is_joined(behind.chars().next()) {
            continue;
        }
        out.push_str(&text[at..start]);
        out.push_str(instead);
        at = end;
    }
    out.push_str(&text[at..]);
    out
}

/// Letters of scripts in which nothing stands between words: Chinese, Japanese, and Korean, whose particles follow at once.
fn is_written_without_spaces(letter: char) -> bool {
    matches!(letter, '\u{3040}'..='\u{9fff}' | '\u{ac00}'..='\u{d7a3}' | '\u{f900}'..='\u{faff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn covered(name: &str, text: &str) -> String {
        let names = [(name.to_owned(), "Engineer".to_owned())];
        let mut text = text.to_owned();
        cover(&[&Replacements::new(&names, &BTreeSet::new())], &mut text);
        text
    }

    #[test]
    fn names_and_their_parts_are_replaced_as_whole_words() {
        let names = [
            ("Tom Okafor".to_owned(), "Engineer 1".to_owned()),
            ("Mark O. Li".to_owned(), "Sponsor".to_owned()),
            ("ben".to_owned(), "Engineer 2".to_owned()),
        ];
        let words = Replacements::new(&names, &BTreeSet::from(["ben", "tom"]));
        let covered = |text: &str| {
            let mut text = text.to_owned();
            cover(&[&words], &mut text);
            text
        };
        assert_eq!(
            covered("Tom Okafor asks Tom; Okafor’s team"),
            "Engineer 1 asks Engineer 1; Engineer 1’s team"
        );
        assert_eq!(covered("Tomorrow, atom, Tom-Tom"), "Tomorrow, atom, Engineer 1-Engineer 1");
        assert_eq!(covered("Mark the date with Mark O. Li"), "Mark the date with Sponsor");
        assert_eq!(covered("ben and tom are ids"), "ben and tom are ids");
        assert_eq!(
            covered("OKAFOR, Tom; Okafors Team, Tomso"),
            "Engineer 1, Engineer 1; Engineer 1s Team, Tomso"
        );
        assert_eq!(covered("TOMS TEAM, OKAFORS, TomS, TOMSO"), "Engineer 1S TEAM, Engineer 1S, TomS, TOMSO");
    }

    #[test]
    fn an_address_that_leads_to_somebody_is_left_out_and_the_words_of_its_link_stay() {
        let covered = |text: &str| covered("Gerda Vosberg", text);
        let page = "https://intranet.example";
        assert_eq!(covered(&format!("See [her page]({page}/people/gerda.vosberg).")), "See her page.");
        assert_eq!(
            covered(&format!("[a]({page}/x) [b]({page}/gvosberg \"B\"), c")),
            format!("[a]({page}/x) b, c")
        );
        assert_eq!(
            covered(&format!("At {page}/GERDA, or <{page}/~vosberg>.")),
            format!("At {WITHHELD}, or <{WITHHELD}>.")
        );
        assert_eq!(
            covered(&format!("At {page}/people/G.%20Vosberg, 100% sure: {page}/a%20b%2")),
            format!("At {WITHHELD}, 100% sure: {page}/a%20b%2")
        );
        assert_eq!(covered(&format!("![photo]({page}/gerda.png)")), "photo");
        assert_eq!(covered(&format!("[see [1] here]({page}/gerda)")), "see [1] here");
        let kept = format!("[Gerdas]({page}/gerdalen), {page}/vos and a://b");
        assert_eq!(covered(&kept), format!("[Engineers]({page}/gerdalen), {page}/vos and a://b"));
    }

    #[test]
    fn a_name_with_the_family_first_is_found_in_each_order() {
        let told = "W1 Zobel; W2 Jörg; W3 Jörg Zobel; W4 Zobel, Jörg; W5 Herr Zobel; W6 ZOBEL; Zobels Team";
        let left = "W1 Engineer; W2 Engineer; W3 Engineer; W4 Engineer; W5 Herr Engineer; W6 Engineer; Engineers Team";
        for name in ["Zobel, Jörg", "ZOBEL, Jörg", "Zobel, Jörg (Nordnetz)"] {
            assert_eq!(covered(name, told), left, "{name}");
        }
        assert_eq!(covered("Zobel, Jörg (SAP)", "The SAP team"), "The SAP team");
        assert_eq!(covered("De Vries; Van Der Berg", "Der Plan, De Vries"), "Der Plan, De Engineer");
    }

    #[test]
    fn short_names_and_halves_of_double_names_are_found() {
        assert_eq!(
            covered("Li Na", "Na and Li, Frau Li, LI Na, Lis; Nation"),
            "Engineer and Engineer, Frau Engineer, Engineer, Engineers; Nation"
        );
        assert_eq!(covered("Al Do", "Do it. Als IT. Al Do"), "Do it. Als IT. Engineer");
        assert_eq!(
            covered("Tom Meyerhof-Zech", "Meyerhof, Zech, Meyerhof-Zech"),
            "Engineer, Engineer, Engineer"
        );
        assert_eq!(covered("王芳", "请王芳回答"), "请Engineer回答");
    }

    #[test]
    fn a_name_is_found_with_either_apostrophe() {
        for name in ["Moira O'Neill", "Moira O’Neill"] {
            for text in ["O'Neill", "O’Neill", "O&#8217;Neill", "O'NEILL"] {
                assert_eq!(covered(name, &format!("{text} asks")), "Engineer asks", "{name}: {text}");
            }
        }
    }

    #[test]
    fn of_several_lists_the_first_counts_and_the_longest_word_goes_first() {
        let list = |name: &str, called: &str| {
            Replacements::new(&[(name.to_owned(), called.to_owned())], &BTreeSet::new())
        };
        let (own, all) = (list("Okafor", "Sponsor"), list("Tom Okafor", "Engineer"));
        let mut text = "Okafor, Tom Okafor, Okafors Team, TOM OKAFORS".to_owned();
        cover(&[&own, &all], &mut text);
        assert_eq!(text, "Sponsor, Engineer, Sponsors Team, EngineerS");
    }

    #[test]
    fn a_name_in_what_another_is_called_is_covered_as_well() {
        let names = [("Ada Brandt", "Okafor deputy"), ("Tom Okafor", "Engineer")]
            .map(|(name, called)| (name.to_owned(), called.to_owned()));
        let mut text = "Ada Brandt asks".to_owned();
        cover(&[&Replacements::new(&names, &BTreeSet::new())], &mut text);
        assert_eq!(text, "Engineer deputy asks");
    }

    #[test]
    fn a_name_is_found_however_its_letters_are_written() {
        for name in ["Jörg Öttl", "Jo\u{308}rg O\u{308}ttl"] {
            for text in ["Jörg Öttl", "Jo\u{308}rg O\u{308}ttl", "J&ouml;rg &Ouml;ttl", "J&#246;rg &#xD6;ttl"]
            {
                assert_eq!(covered(name, &format!("{text} asks")), "Engineer asks", "{name}: {text}");
            }
            assert_eq!(covered(name, "Joerg, OETTL, Oettl, ÖTTL"), "Engineer, Engineer, Engineer, Engineer");
        }
        assert_eq!(covered("Jörg Öttl", "R&ouml;mer &amp; S&ouml;hne"), "R&ouml;mer &amp; S&ouml;hne");
    }
}
