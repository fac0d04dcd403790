//! The `vocabulary!` macro: fields that take one word of a fixed list.

/// Declares fixed lists of words. Each becomes a scalar that holds one of its words; any other text is
/// reported with the word that is near, or with the whole list.
#[macro_export]
macro_rules! vocabulary {
    ($($(#[doc = $doc:literal])+ $vis:vis struct $name:ident($noun:literal):
        $first:literal $(, $word:literal)* or $last:literal;)+) => {
        $(
            $(#[doc = $doc])+
            #[derive(Clone, Copy, Debug, PartialEq, Eq)]
            $vis struct $name(&'static str);

            impl $name {
                /// All words that may be written, in order.
                pub const WORDS: &'static [&'static str] = &[$first, $($word,)* $last];

                /// The word that was written.
                #[must_use]
                pub fn as_str(self) -> &'static str {
                    self.0
                }
            }

            impl $crate::record::decode::Scalar for $name {
                const FORM: &'static str = concat!($noun, ": ", $first, $(", ", $word,)* " or ", $last);
                const WORDS: &'static [&'static str] = Self::WORDS;

                fn read(text: &str) -> Result<Self, $crate::quantity::Malformed> {
                    if let Some(word) = Self::WORDS.iter().find(|word| **word == text) {
                        return Ok(Self(word));
                    }
                    let form = $crate::quantity::Malformed::expected(Self::FORM);
                    let near = $crate::diagnostic::spelling::did_you_mean(text, Self::WORDS.iter().copied())
                        .or_else(|| $crate::diagnostic::spelling::meant_by_a_word(text, Self::WORDS));
                    Err(match near {
                        Some(word) => form.hint(format!("write `{word}`")),
                        None => form,
                    })
                }
            }
        )+
    };
}

#[cfg(test)]
mod tests {
    use crate::record::decode::Scalar;

    vocabulary! {
        /// A direction.
        struct Direction("a direction"): "up", "sideways" or "down";
    }

    #[test]
    fn a_word_of_the_list_is_taken_and_a_near_one_is_suggested() {
        assert_eq!(Direction::read("down").unwrap().as_str(), "down");
        let fault = Direction::read("Sidewais").unwrap_err();
        assert_eq!(fault.expected, "a direction: up, sideways or down");
        assert_eq!(fault.hint, "write `sideways`");
        assert_eq!(Direction::read("left").unwrap_err().hint, "");
    }
}
