//! What is said of things one by one: `every open risk where exposure > 5_000 EUR has response`.

use std::ops::Range;

use crate::diagnostic::spelling::{did_you_mean, one_of};
use crate::statement::lexer::TokenKind;
use crate::statement::parser::{Parser, one_or};
use crate::statement::{
    Each, FaultKind, Field, FieldFacts, FieldKind, FigureName, HowMany, Statement, Test, Thing,
};

impl Parser<'_> {
    /// What is said of things; `every`, `no` or `some` has been read.
    pub(super) fn each(&mut self, amount: HowMany) -> Option<Statement> {
        let first = self.at;
        while self.name(0).is_some() && !matches!(self.kind(1), Some(TokenKind::Sign(_))) {
            self.at += 1;
        }
        let n_names = self.at - first;
        let (thing, n_flags) = self.thing(first, n_names, amount)?;
        self.at = first + n_flags + 1;
        let mut is_sound = true;
        let mut flags = Vec::new();
        for place in first..first + n_flags {
            let range = self.tokens.get(place).map_or(0..0, |token| token.range.clone());
            match self.field(thing, range, Use::Flag) {
                Some(facts) => flags.push(facts.field),
                None => is_sound = false,
            }
        }
        let mut filter = None;
        if self.take("where") {
            filter = self.tests(thing);
            is_sound &= filter.is_some();
        }
        let begins = matches!(self.word(0), Some("has" | "is"));
        let said = if begins { self.said(thing) } else { Some(Vec::new()) };
        if !begins && self.flag_behind(thing, amount) {
            return None;
        }
        if amount == HowMany::Every && !begins && is_sound {
            self.nothing_said(thing);
            return None;
        }
        let said = said.filter(|_| is_sound)?;
        Some(Statement::Each(Each { amount, thing, flags, filter, said }))
    }

    /// The thing among the names behind `every`: the last of them, or the last that is one.
    fn thing(&mut self, first: usize, n_names: usize, amount: HowMany) -> Option<(Thing, usize)> {
        let known = (0..n_names).rev().find_map(|place| {
            let range = &self.tokens.get(first + place)?.range;
            Some((Thing::from_word(self.text.get(range.clone())?)?, place))
        });
        if known.is_some() {
            return known;
        }
        let all: Vec<&str> = Thing::ALL.iter().map(|thing| thing.word()).collect();
        self.at = first + n_names.saturating_sub(1);
        if n_names == 0 {
            self.at = first;
            let what = format!("a thing, such as `risk`, behind `{}`,", amount.word());
            self.expected(&what, &format!("name {}", one_of(&all)));
            return None;
        }
        let range = self.range();
        let word = self.written(&range);
        let hint = match did_you_mean(word, all.iter().copied()) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("name {}", one_of(&all)),
        };
        self.fault(FaultKind::Unknown, range, format!("there is no thing `{word}`"), hint);
        self.give_up();
        None
    }

    /// Whether a flag stands behind the thing instead of before it, as in `no decision overdue`; reports it.
    fn flag_behind(&mut self, thing: Thing, amount: HowMany) -> bool {
        let flag = self.word(0).and_then(|word| {
            thing.fields().iter().find(|facts| facts.kind == FieldKind::Flag && facts.field.word() == word)
        });
        let Some(facts) = flag else { return false };
        let (flag, thing) = (facts.field.word(), thing.word());
        let hint = match amount {
            HowMany::Every => format!("write `every {thing} is {flag}`"),
            HowMany::No | HowMany::Some => format!("write `{} {flag} {thing}`", amount.word()),
        };
        self.expected("`where`, `is` or the end", &hint);
        self.give_up();
        true
    }

    fn nothing_said(&mut self, thing: Thing) {
        let word = thing.word();
        let flag = thing.fields().iter().find(|facts| facts.kind == FieldKind::Flag);
        let filled = thing.fields().iter().find(|facts| facts.kind != FieldKind::Flag);
        let examples: Vec<String> = filled
            .map(|facts| format!("has {}", facts.field.word()))
            .into_iter()
            .chain(flag.map(|facts| format!("is {}", facts.field.word())))
            .collect();
        let hint = format!("add {}", one_of(&examples));
        if self.peek().is_some()
            && !matches!(self.word(0), Some("and" | "or"))
            && self.kind(0) != Some(TokenKind::Close)
        {
            self.expected(&format!("`has`, `is` or `where`, behind `{word}`,"), &hint);
        } else {
            let range = self.tokens.get(self.at.saturating_sub(1)).map_or(0..0, |token| token.range.clone());
            self.form(range, format!("nothing is said of every `{word}`"), hint);
        }
    }

    /// `has owner and response`, `is accepted and has evidence`.
    fn said(&mut self, thing: Thing) -> Option<Vec<Test>> {
        let (mut parts, mut is_sound) = (Vec::new(), true);
        let mut is_flag = false;
        loop {
            if self.take("has") {
                is_flag = false;
            } else if self.take("is") {
                is_flag = true;
            }
            match self.part(thing, is_flag) {
                Some(part) => parts.push(part),
                None => is_sound = false,
            }
            if !self.goes_on(thing) {
                return is_sound.then_some(parts);
            }
            self.at += 1;
        }
    }

    /// Whether another part of what is said follows: `, owner`, `and owner`, `and has owner`. A name before a comparison
    /// begins another statement, unless it can only be a field of the thing.
    fn goes_on(&mut self, thing: Thing) -> bool {
        let is_joint = self.word(0) == Some("and") || self.kind(0) == Some(TokenKind::Comma);
        if !is_joint {
            return false;
        }
        if matches!(self.word(1), Some("has" | "is")) {
            return true;
        }
        let Some(name) = self.name(1) else { return self.kind(0) == Some(TokenKind::Comma) };
        if !matches!(self.kind(2), Some(TokenKind::Sign(_))) {
            return true;
        }
        let is_field = Field::from_word(name).is_some_and(|field| thing.field(field).is_some());
        let is_figure = FigureName::from_name(name).is_some();
        if is_field && is_figure {
            let range = self.tokens.get(self.at + 1).map_or(0..0, |token| token.range.clone());
            let word = thing.word();
            self.form(
                range,
                format!("`{name}` can be that of the {word} or that of the project"),
                format!(
                    "write `has {name}` for the {word}, or put brackets around what is said of each {word}"
                ),
            );
        }
        is_field && !is_figure
    }

    /// One part of what is said, its verb read.
    fn part(&mut self, thing: Thing, is_flag: bool) -> Option<Test> {
        if is_flag {
            let is_not = self.take("not");
            let flag = Test::Is(self.next_field(thing, Use::Flag)?.field);
            return Some(if is_not { Test::Not(Box::new(flag)) } else { flag });
        }
        let has_no = self.take("no");
        if !has_no && matches!(self.kind(1), Some(TokenKind::Sign(_))) {
            return self.compare(thing);
        }
        let filled = Test::Has(self.next_field(thing, Use::Filled)?.field);
        Some(if has_no { Test::Not(Box::new(filled)) } else { filled })
    }

    fn tests(&mut self, thing: Thing) -> Option<Test> {
        let all = |parser: &mut Self| one_or(parser.joined("and", |parser| parser.test(thing))?, Test::All);
        one_or(self.joined("or", all)?, Test::Any)
    }

    fn test(&mut self, thing: Thing) -> Option<Test> {
        if self.take("not") {
            return self.deeper(|parser| parser.test(thing)).map(|inner| Test::Not(Box::new(inner)));
        }
        if self.kind(0) == Some(TokenKind::Open) {
            return self.brackets(|parser| parser.tests(thing));
        }
        if self.take("has") {
            return self.part(thing, false);
        }
        if self.take("is") {
            return self.part(thing, true);
        }
        if matches!(self.kind(1), Some(TokenKind::Sign(_))) {
            return self.compare(thing);
        }
        Some(Test::Is(self.next_field(thing, Use::Flag)?.field))
    }

    fn compare(&mut self, thing: Thing) -> Option<Test> {
        let facts = self.next_field(thing, Use::Value);
        let Some(TokenKind::Sign(sign)) = self.kind(0) else {
            self.recover();
            return None;
        };
        self.at += 1;
        let place = self.range();
        if self.kind(0) != Some(TokenKind::Value) {
            self.expected("a value", "write the limit, such as `5_000 EUR`, `10d` or `2026-12-18`");
            return None;
        }
        let typed = self.value();
        self.no_chain();
        let (facts, typed) = (facts?, typed?);
        let FieldKind::Value(kind) = facts.kind else { return None };
        match typed.fit(kind, facts.field.word(), (self.written(&place), &place)) {
            Ok(literal) => Some(Test::Compare(facts.field, sign, literal)),
            Err(fault) => {
                self.faults.push(fault);
                None
            }
        }
    }

    /// The field that stands next.
    fn next_field(&mut self, thing: Thing, wanted: Use) -> Option<&'static FieldFacts> {
        if self.name(0).is_none() {
            self.expected(&format!("a field of `{}`", thing.word()), &fields_of(thing, wanted));
            return None;
        }
        let range = self.range();
        self.at += 1;
        self.field(thing, range, wanted)
    }

    /// The field of a name, where it can be used as it is.
    fn field(&mut self, thing: Thing, range: Range<usize>, wanted: Use) -> Option<&'static FieldFacts> {
        let word = self.written(&range);
        let Some(facts) = Field::from_word(word).and_then(|field| thing.field(field)) else {
            let names = thing.fields().iter().map(|facts| facts.field.word());
            let hint = match did_you_mean(word, names) {
                Some(near) => format!("did you mean `{near}`?"),
                None if FigureName::from_name(word).is_some() => {
                    format!("put brackets around what is said of each {}: `{word}` is a figure", thing.word())
                }
                None => {
                    let all: Vec<&str> = thing.fields().iter().map(|facts| facts.field.word()).collect();
                    let (first, rest) = (fields_of(thing, wanted), one_of(&all));
                    if first.ends_with(&rest) {
                        first
                    } else {
                        format!("{first}; what is known of a {} is {rest}", thing.word())
                    }
                }
            };
            let message = format!("a {} has no field `{word}`", thing.word());
            self.fault(FaultKind::Unknown, range, message, hint);
            return None;
        };
        let (is_fit, hint) = match wanted {
            Use::Flag => (facts.kind == FieldKind::Flag, format!("write `has {word}`, or compare it")),
            Use::Filled => (facts.kind != FieldKind::Flag, format!("write `is {word}`")),
            Use::Value => {
                (matches!(facts.kind, FieldKind::Value(_)), format!("write `{} {word}`", facts.kind.verb()))
            }
        };
        if is_fit {
            return Some(facts);
        }
        let message = match facts.kind {
            FieldKind::Flag => format!("`{word}` holds or does not; it is not filled in and has no value"),
            FieldKind::Filled => {
                format!("`{word}` is filled in or not; it neither holds nor has a value to compare")
            }
            FieldKind::Value(kind) => format!("`{word}` is {}, which does not hold or not", kind.words()),
        };
        self.fault(FaultKind::Units, range, message, hint);
        None
    }
}

/// How a field is used where it stands.
#[derive(Clone, Copy, PartialEq)]
enum Use {
    Flag,
    Filled,
    Value,
}

impl FieldKind {
    fn verb(self) -> &'static str {
        if self == Self::Flag { "is" } else { "has" }
    }
}

/// Names the fields of a thing that can stand in a place.
fn fields_of(thing: Thing, wanted: Use) -> String {
    let is_fit = |facts: &&FieldFacts| match wanted {
        Use::Flag => facts.kind == FieldKind::Flag,
        Use::Filled => facts.kind != FieldKind::Flag,
        Use::Value => matches!(facts.kind, FieldKind::Value(_)),
    };
    let names: Vec<&str> = thing.fields().iter().filter(is_fit).map(|facts| facts.field.word()).collect();
    match names.as_slice() {
        [] => format!("say something else of each {}", thing.word()),
        names => format!("write {}", one_of(names)),
    }
}
