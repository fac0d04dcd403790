//! Statements about a project that hold or do not: `finish_slip <= 10d and every deliverable has approver`.
//!
//! Comes in: the text of a statement. Goes out: a [`Statement`] whose every name is known and whose units agree, or every
//! fault in it with its place. Not here: where the text stands in a file, and whether the statement holds; that is asked of
//! a computed project in `report`, so that a gate, a threshold or a rule can ask it alike.
//!
//! ```text
//! statement  = all { "or" all }
//! all        = one { "and" one }
//! one        = "not" one | "(" statement ")" | each | side SIGN side
//! each       = ("every" | "no" | "some") { FLAG } THING [ "where" test ] [ said ]
//! said       = part { ("and" | ",") part }
//! part       = "has" [ "no" ] FIELD | "has" FIELD SIGN VALUE | "is" [ "not" ] FLAG | FIELD
//! test       = as a statement, of FLAG | "is" FLAG | "has" FIELD | FIELD SIGN VALUE
//! side       = FIGURE | VALUE
//! SIGN       = "<=" | ">=" | "<" | ">" | "==" | "!="
//! VALUE      = 10d | 2w | 5_000 EUR | 0.9 | 90% | 3 | 2026-12-18
//! ```
//!
//! `and` binds closer than `or`; brackets say otherwise.

mod each;
mod fault;
mod figure;
mod lexer;
mod literal;
mod parser;
mod reference;
mod thing;
mod value;
mod write;

pub use fault::{Fault, FaultKind};
pub use figure::FigureName;
pub use literal::{Kind, Literal};
pub use parser::parse;
pub use reference::reference;
pub use thing::{Field, FieldFacts, FieldKind, Thing};

use crate::quantity::Money;

/// A statement that holds or does not.
#[derive(Clone, Debug, PartialEq)]
pub enum Statement {
    /// A figure of the project beside a limit.
    Compare(Comparison),
    /// Something about every thing of a kind, or that there is none, or some.
    Each(Each),
    /// What must not hold.
    Not(Box<Statement>),
    /// All must hold; two or more.
    All(Vec<Statement>),
    /// One must hold; two or more.
    Any(Vec<Statement>),
}

/// A figure of the project beside a limit: `cpi >= 0.9`.
#[derive(Clone, Debug, PartialEq)]
pub struct Comparison {
    /// The figure.
    pub figure: FigureName,
    /// How it is to lie.
    pub sign: Sign,
    /// What it is held against.
    pub limit: Side,
}

/// What a figure is held against.
#[derive(Clone, Debug, PartialEq)]
pub enum Side {
    /// Another figure of the same unit.
    Figure(FigureName),
    /// A value that was typed.
    Literal(Literal),
}

/// How two values are to lie to each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sign {
    /// `<=`
    AtMost,
    /// `>=`
    AtLeast,
    /// `<`
    Below,
    /// `>`
    Above,
    /// `==`
    Equal,
    /// `!=`
    Unequal,
}

impl Sign {
    /// All signs.
    pub const ALL: [Self; 6] =
        [Self::AtMost, Self::AtLeast, Self::Below, Self::Above, Self::Equal, Self::Unequal];

    /// As it is written.
    #[must_use]
    pub fn text(self) -> &'static str {
        match self {
            Self::AtMost => "<=",
            Self::AtLeast => ">=",
            Self::Below => "<",
            Self::Above => ">",
            Self::Equal => "==",
            Self::Unequal => "!=",
        }
    }

    /// The sign when both sides change places.
    #[must_use]
    pub fn turned(self) -> Self {
        match self {
            Self::AtMost => Self::AtLeast,
            Self::AtLeast => Self::AtMost,
            Self::Below => Self::Above,
            Self::Above => Self::Below,
            Self::Equal | Self::Unequal => self,
        }
    }

    /// Whether a value lies so to its limit, from how it compares with it.
    #[must_use]
    pub fn holds(self, ordering: std::cmp::Ordering) -> bool {
        match self {
            Self::AtMost => ordering.is_le(),
            Self::AtLeast => ordering.is_ge(),
            Self::Below => ordering.is_lt(),
            Self::Above => ordering.is_gt(),
            Self::Equal => ordering.is_eq(),
            Self::Unequal => ordering.is_ne(),
        }
    }
}

/// A statement about things of a kind: `every risk where exposure > 5_000 EUR has response`.
#[derive(Clone, Debug, PartialEq)]
pub struct Each {
    /// Whether every one, none or at least one.
    pub amount: HowMany,
    /// What it is about.
    pub thing: Thing,
    /// Flags before its name: `open`, `critical`.
    pub flags: Vec<Field>,
    /// Which of them, where not all.
    pub filter: Option<Test>,
    /// What is said of them: all parts must hold. Never empty for [`HowMany::Every`].
    pub said: Vec<Test>,
}

/// How many things of a kind a statement speaks of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HowMany {
    /// All of them.
    Every,
    /// None of them.
    No,
    /// One or more of them.
    Some,
}

impl HowMany {
    /// The word it is written as.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Every => "every",
            Self::No => "no",
            Self::Some => "some",
        }
    }
}

/// Something that holds or does not of one thing.
#[derive(Clone, Debug, PartialEq)]
pub enum Test {
    /// A field beside a limit.
    Compare(Field, Sign, Literal),
    /// A field is filled in.
    Has(Field),
    /// A flag is set.
    Is(Field),
    /// What must not hold.
    Not(Box<Test>),
    /// All must hold; two or more.
    All(Vec<Test>),
    /// One must hold; two or more.
    Any(Vec<Test>),
}

impl Statement {
    /// Every sum of money that was typed in it, in the order of the text.
    pub fn money_mut(&mut self) -> Vec<&mut Money> {
        match self {
            Self::Compare(Comparison { limit: Side::Literal(Literal::Money(money)), .. }) => vec![money],
            Self::Compare(_) => Vec::new(),
            Self::Each(each) => {
                each.filter.iter_mut().chain(&mut each.said).flat_map(Test::money_mut).collect()
            }
            Self::Not(inner) => inner.money_mut(),
            Self::All(parts) | Self::Any(parts) => parts.iter_mut().flat_map(Self::money_mut).collect(),
        }
    }
}

impl Test {
    fn money_mut(&mut self) -> Vec<&mut Money> {
        match self {
            Self::Compare(_, _, Literal::Money(money)) => vec![money],
            Self::Compare(..) | Self::Has(_) | Self::Is(_) => Vec::new(),
            Self::Not(inner) => inner.money_mut(),
            Self::All(parts) | Self::Any(parts) => parts.iter_mut().flat_map(Self::money_mut).collect(),
        }
    }
}

/// Words that no figure, thing or field may be called.
const KEYWORDS: [&str; 9] = ["and", "or", "not", "every", "no", "some", "where", "has", "is"];

#[cfg(test)]
mod laws;
#[cfg(test)]
mod tests;
