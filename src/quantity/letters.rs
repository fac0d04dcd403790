//! Letters of European languages as ids take them.

/// The letters of a character in ASCII, as an id takes them, in lower case; none for what is no letter or digit or is not known here.
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
