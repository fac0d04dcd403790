//! Letters of European languages as ids take them.

/// A letter or digit as an id takes it, in lower case: `ö` as `oe`. Empty for anything else, and for letters that are not in `LETTERS`.
#[must_use]
pub fn letters_in_ascii(character: char) -> String {
    if character.is_ascii_alphanumeric() {
        return character.to_ascii_lowercase().to_string();
    }
    let lower = character.to_lowercase().next().unwrap_or(character);
    LETTERS
        .iter()
        .find(|(letters, _)| letters.contains(lower))
        .map_or_else(String::new, |(_, ascii)| (*ascii).to_owned())
}

/// Letters of European languages and what they are written as.
const LETTERS: [(&str, &str); 46] = [
    ("ä", "ae"),
    ("ö", "oe"),
    ("ü", "ue"),
    ("ß", "ss"),
    ("æ", "ae"),
    ("œ", "oe"),
    ("ø", "o"),
    ("þ", "th"),
    ("àáâãåāăąа", "a"),
    ("çćĉċč", "c"),
    ("ðďđд", "d"),
    ("èéêëēĕėęěеэ", "e"),
    ("ĝğġģг", "g"),
    ("ĥħ", "h"),
    ("ìíîïĩīĭįıиі", "i"),
    ("ĵйї", "j"),
    ("ķк", "k"),
    ("ĺļľŀłл", "l"),
    ("м", "m"),
    ("ñńņňŋн", "n"),
    ("òóôõōŏőо", "o"),
    ("п", "p"),
    ("ŕŗřр", "r"),
    ("śŝşšșс", "s"),
    ("ţťŧțт", "t"),
    ("ùúûũūŭůűųу", "u"),
    ("ŵ", "w"),
    ("в", "v"),
    ("б", "b"),
    ("ф", "f"),
    ("ýÿŷы", "y"),
    ("źżžз", "z"),
    ("ж", "zh"),
    ("х", "kh"),
    ("ц", "ts"),
    ("ч", "ch"),
    ("ш", "sh"),
    ("щ", "shch"),
    ("ю", "yu"),
    ("я", "ya"),
    ("ё", "yo"),
    ("є", "ye"),
    ("ґ", "g"),
    ("α", "a"),
    ("β", "b"),
    ("&", "and"),
];
