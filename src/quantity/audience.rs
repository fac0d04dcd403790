//! Who may read what.

use std::fmt;
use std::str::FromStr;

use super::Malformed;

/// Whom a site is built for, and who may read an entry; each level may read what those before it may.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Audience {
    /// Anybody.
    Public,
    /// Everybody in the organisation.
    Internal,
    /// Those alone who may read the folder itself; what nobody narrowed down is for them.
    #[default]
    Restricted,
}

impl Audience {
    /// All levels, the widest circle of readers first.
    pub const ALL: [Self; 3] = [Self::Public, Self::Internal, Self::Restricted];

    /// The word in files and on the command line.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Public => "public",
            Self::Internal => "internal",
            Self::Restricted => "restricted",
        }
    }

    /// Whether readers of this level may read what is meant for another.
    ///
    /// `internal` may read what is `public`, and nothing `restricted`.
    #[must_use]
    pub fn may_read(self, what: Self) -> bool {
        what <= self
    }
}

impl fmt::Display for Audience {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.key())
    }
}

impl FromStr for Audience {
    type Err = Malformed;

    fn from_str(text: &str) -> Result<Self, Malformed> {
        let form = Malformed::expected("an audience: public, internal or restricted");
        Self::ALL.into_iter().find(|level| level.key() == text).ok_or_else(|| {
            match Self::ALL.into_iter().find(|level| level.key().eq_ignore_ascii_case(text)) {
                Some(level) => form.hint(format!("write `{level}`")),
                None => form,
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_level_reads_what_wider_ones_read() {
        use Audience::{Internal, Public, Restricted};
        let readable = |reader: Audience| Audience::ALL.map(|what| reader.may_read(what));
        assert_eq!(readable(Public), [true, false, false]);
        assert_eq!(readable(Internal), [true, true, false]);
        assert_eq!(readable(Restricted), [true, true, true]);
        assert_eq!("internal".parse(), Ok(Internal));
        assert_eq!("Public".parse::<Audience>().unwrap_err().hint, "write `public`");
        assert!("secret".parse::<Audience>().is_err());
    }
}
