//! From the text of a statement to the statement, or to every fault in it.

use std::ops::Range;

use crate::diagnostic::spelling::did_you_mean;
use crate::statement::lexer::{Token, TokenKind, tokens};
use crate::statement::value::Typed;
use crate::statement::{
    Comparison, Fault, FaultKind, FigureName, HowMany, KEYWORDS, Side, Sign, Statement, Thing,
};

/// So deep may brackets and `not` stand in each other.
const DEEPEST: usize = 40;

/// Reads a statement.
///
/// # Errors
/// Every fault in it, in the order of the text; there is at least one.
pub fn parse(text: &str) -> Result<Statement, Vec<Fault>> {
    let (tokens, faults) = tokens(text);
    let n_foreign = faults.len();
    let mut parser = Parser { text, tokens, at: 0, depth: 0, faults };
    if parser.tokens.is_empty() && parser.faults.is_empty() {
        parser.form(0..text.len(), "a statement is missing", "write one, such as `finish_slip <= 10d`");
    }
    let statement = if parser.tokens.is_empty() { None } else { parser.any() };
    if parser.peek().is_some() {
        parser.expected("`and`, `or` or the end", "join statements by `and` or `or`");
    }
    if let Some(statement) = statement.filter(|_| parser.faults.is_empty()) {
        return Ok(statement);
    }
    // What is missing beside a foreign sign is that sign.
    let mut place = 0;
    parser.faults.retain(|fault| {
        place += 1;
        n_foreign == 0 || place <= n_foreign || fault.kind != FaultKind::Form
    });
    parser.faults.sort_by_key(|fault| (fault.range.start, fault.range.end));
    Err(parser.faults)
}

/// Reads the tokens of a statement one after another.
pub(super) struct Parser<'a> {
    pub(super) text: &'a str,
    pub(super) tokens: Vec<Token>,
    pub(super) at: usize,
    depth: usize,
    pub(super) faults: Vec<Fault>,
}

/// One side of a comparison with its place.
struct Written {
    range: Range<usize>,
    what: WrittenKind,
}

enum WrittenKind {
    Figure(FigureName),
    Value(Typed),
    /// Reported already.
    Faulty,
}

impl<'a> Parser<'a> {
    pub(super) fn peek(&self) -> Option<&Token> {
        self.tokens.get(self.at)
    }

    pub(super) fn kind(&self, ahead: usize) -> Option<TokenKind> {
        self.tokens.get(self.at + ahead).map(|token| token.kind)
    }

    pub(super) fn word(&self, ahead: usize) -> Option<&'a str> {
        let token = self.tokens.get(self.at + ahead).filter(|token| token.kind == TokenKind::Word)?;
        self.text.get(token.range.clone())
    }

    /// A word that is no keyword.
    pub(super) fn name(&self, ahead: usize) -> Option<&'a str> {
        self.word(ahead).filter(|word| !KEYWORDS.contains(word))
    }

    pub(super) fn take(&mut self, word: &str) -> bool {
        let is_next = self.word(0) == Some(word);
        self.at += usize::from(is_next);
        is_next
    }

    /// Where the next token stands; at the end the last character, so that there is something to point at.
    pub(super) fn range(&self) -> Range<usize> {
        let end = self.text.trim_end().len();
        let last = || self.text.get(..end).and_then(|text| text.char_indices().next_back());
        match self.peek() {
            Some(token) => token.range.clone(),
            None => last().map_or(0..end, |(place, _)| place..end),
        }
    }

    pub(super) fn written(&self, range: &Range<usize>) -> &'a str {
        self.text.get(range.clone()).unwrap_or_default()
    }

    pub(super) fn fault(
        &mut self,
        kind: FaultKind,
        range: Range<usize>,
        message: impl Into<String>,
        hint: impl Into<String>,
    ) {
        self.faults.push(Fault::new(kind, range, message).hint(hint));
    }

    pub(super) fn form(&mut self, range: Range<usize>, message: impl Into<String>, hint: impl Into<String>) {
        self.fault(FaultKind::Form, range, message, hint);
    }

    /// Says what was expected and what stands there instead, and goes on behind it.
    pub(super) fn expected(&mut self, what: &str, hint: &str) {
        let range = self.range();
        let message = match self.peek() {
            Some(_) => format!("`{}` stands where {what} is expected", self.written(&range)),
            None => format!("{what} is missing at the end"),
        };
        self.form(range, message, hint);
        self.recover();
    }

    /// Goes on to the next `and` or `or`, or to the end of the brackets.
    pub(super) fn recover(&mut self) {
        let mut depth = 0_usize;
        while let Some(kind) = self.kind(0) {
            match kind {
                TokenKind::Open => depth += 1,
                TokenKind::Close if depth == 0 && self.depth > 0 => return,
                TokenKind::Close => depth = depth.saturating_sub(1),
                TokenKind::Word if depth == 0 && matches!(self.word(0), Some("and" | "or")) => return,
                _ => {}
            }
            self.at += 1;
        }
    }

    /// Goes on to the end of the brackets: what stands there belongs to something unknown.
    pub(super) fn give_up(&mut self) {
        loop {
            self.recover();
            if !(self.take("and") || self.take("or")) {
                return;
            }
        }
    }

    /// Goes into brackets or behind `not`; too deep is a fault.
    pub(super) fn deeper<Out>(&mut self, inside: impl FnOnce(&mut Self) -> Option<Out>) -> Option<Out> {
        if self.depth >= DEEPEST {
            let range = self.range();
            self.form(
                range,
                "brackets stand too deep in each other",
                "write several criteria instead of one",
            );
            self.at = self.tokens.len();
            return None;
        }
        self.depth += 1;
        let out = inside(self);
        self.depth -= 1;
        out
    }

    /// What stands between brackets; the next token is the opening one.
    pub(super) fn brackets<Out>(&mut self, inside: impl FnOnce(&mut Self) -> Option<Out>) -> Option<Out> {
        let open = self.range();
        self.at += 1;
        self.deeper(|parser| {
            let out = inside(parser);
            match parser.kind(0) {
                Some(TokenKind::Close) => parser.at += 1,
                Some(_) => {
                    parser.expected("`and`, `or` or `)`", "join statements by `and` or `or`");
                    parser.at += usize::from(parser.kind(0) == Some(TokenKind::Close));
                }
                None => parser.form(open, "this bracket is not closed", "add `)`"),
            }
            out
        })
    }

    /// One or more parts between which a word stands.
    pub(super) fn joined<Part>(
        &mut self,
        word: &str,
        mut part: impl FnMut(&mut Self) -> Option<Part>,
    ) -> Option<Vec<Part>> {
        let mut parts = Vec::new();
        let mut is_whole = true;
        loop {
            match part(self) {
                Some(part) => parts.push(part),
                None => is_whole = false,
            }
            if !self.take(word) {
                return is_whole.then_some(parts);
            }
        }
    }

    fn any(&mut self) -> Option<Statement> {
        one_or(self.joined("or", Self::all)?, Statement::Any)
    }

    fn all(&mut self) -> Option<Statement> {
        one_or(self.joined("and", Self::one)?, Statement::All)
    }

    fn one(&mut self) -> Option<Statement> {
        if self.take("not") {
            return self.deeper(Self::one).map(|inner| Statement::Not(Box::new(inner)));
        }
        if self.kind(0) == Some(TokenKind::Open) {
            return self.brackets(Self::any);
        }
        for amount in [HowMany::Every, HowMany::No, HowMany::Some] {
            if self.take(amount.word()) {
                return self.each(amount);
            }
        }
        self.comparison()
    }

    fn comparison(&mut self) -> Option<Statement> {
        let left = self.side("a figure")?;
        let Some(TokenKind::Sign(sign)) = self.kind(0) else {
            let what = match left.what {
                WrittenKind::Figure(figure) => {
                    format!("compare it, such as `{} <= {}`", figure.name(), figure.kind().example())
                }
                _ => "write `<=`, `>=`, `<`, `>`, `==` or `!=` and a limit".to_owned(),
            };
            if matches!(left.what, WrittenKind::Faulty) {
                self.recover();
            } else {
                self.expected("a comparison such as `<=`", &what);
            }
            return None;
        };
        self.at += 1;
        let right = self.side("a limit")?;
        self.no_chain();
        self.compared(left, sign, right)
    }

    /// `1 < a < 3` is no comparison here.
    pub(super) fn no_chain(&mut self) {
        if let Some(TokenKind::Sign(_)) = self.kind(0) {
            self.expected("`and`, `or` or the end", "write two comparisons with `and` between them");
        }
    }

    fn compared(&mut self, left: Written, sign: Sign, right: Written) -> Option<Statement> {
        let (figure, sign, place, other) = match (left.what, right.what) {
            (WrittenKind::Figure(figure), other) => (figure, sign, right.range, other),
            (other, WrittenKind::Figure(figure)) => (figure, sign.turned(), left.range, other),
            (WrittenKind::Value(_), WrittenKind::Value(_)) => {
                let range = left.range.start..right.range.end;
                self.form(range, "two values are compared, and no figure", "name a figure on one side");
                return None;
            }
            _ => return None,
        };
        let limit = match other {
            WrittenKind::Figure(other) if figure.kind().is_comparable(other.kind()) => Side::Figure(other),
            WrittenKind::Figure(other) => {
                let message = format!(
                    "`{}` is {}, and `{}` is {}",
                    figure.name(),
                    figure.kind().words(),
                    other.name(),
                    other.kind().words()
                );
                let hint = format!(
                    "hold it against {}, such as `{}`",
                    figure.kind().words(),
                    figure.kind().example()
                );
                self.fault(FaultKind::Units, place, message, hint);
                return None;
            }
            WrittenKind::Value(typed) => {
                match typed.fit(figure.kind(), figure.name(), (self.written(&place), &place)) {
                    Ok(literal) => Side::Literal(literal),
                    Err(fault) => {
                        self.faults.push(fault);
                        return None;
                    }
                }
            }
            WrittenKind::Faulty => return None,
        };
        Some(Statement::Compare(Comparison { figure, sign, limit }))
    }

    /// A figure or a value.
    fn side(&mut self, what: &str) -> Option<Written> {
        let range = self.range();
        match self.kind(0) {
            Some(TokenKind::Value) => {
                let typed = self.value();
                Some(Written { range, what: typed.map_or(WrittenKind::Faulty, WrittenKind::Value) })
            }
            Some(TokenKind::Word) if self.name(0).is_some() => {
                let name = self.written(&range);
                self.at += 1;
                let what = if let Some(figure) = FigureName::from_name(name) {
                    WrittenKind::Figure(figure)
                } else {
                    self.unknown_figure(name, range.clone());
                    WrittenKind::Faulty
                };
                Some(Written { range, what })
            }
            _ => {
                self.expected(
                    what,
                    "name a figure or write a value; `milepost gate figures` lists the figures",
                );
                None
            }
        }
    }

    fn unknown_figure(&mut self, name: &str, range: Range<usize>) {
        if Thing::from_word(name).is_some() {
            let message = format!("`{name}` stands alone, without how many are meant");
            self.form(range, message, format!("write `every {name}`, `no {name}` or `some {name}`"));
            return;
        }
        let hint = match meant(name) {
            Some((figure, None)) => format!("did you mean `{}`?", figure.name()),
            Some((figure, Some(short))) => format!("did you mean `{}` ({short})?", figure.name()),
            None => "name one of those that `milepost gate figures` lists".to_owned(),
        };
        self.fault(FaultKind::Unknown, range, format!("there is no figure `{name}`"), hint);
    }

    /// A value; the next token is one. A unit that stands apart is looked for.
    pub(super) fn value(&mut self) -> Option<Typed> {
        let range = self.range();
        let text = self.written(&range);
        self.at += 1;
        let apart = match self.word(0) {
            Some("d" | "day" | "days") => Some("d"),
            Some("w" | "week" | "weeks") => Some("w"),
            Some("percent") => Some("%"),
            _ => None,
        };
        if let Some(unit) = apart {
            let end = self.range().end;
            self.at += 1;
            let whole = range.start..end;
            let message = format!("`{}` is not a value", self.written(&whole));
            self.form(whole, message, format!("write `{text}{unit}`"));
            return None;
        }
        if let Some(code) = self.word(0).filter(|word| word.len() == 3).map(str::to_uppercase)
            && code.parse::<crate::quantity::Currency>().is_ok()
            && !KEYWORDS.contains(&code.to_lowercase().as_str())
            && FigureName::from_name(&code.to_lowercase()).is_none()
        {
            let whole = range.start..self.range().end;
            self.at += 1;
            let message = format!("`{}` is not money", self.written(&whole));
            self.form(whole, message, format!("write `{text} {code}`"));
            return None;
        }
        Typed::read(text, &range).map_err(|fault| self.faults.push(fault)).ok()
    }
}

/// The figure that a mistyped name most likely means, and what the trade calls it for short where that is what was mistyped.
fn meant(name: &str) -> Option<(FigureName, Option<&'static str>)> {
    let by_name = |near: &str| Some((FigureName::from_name(near)?, None));
    let shorts = || FigureName::ALL.iter().filter_map(|figure| Some((*figure, figure.short_name()?)));
    let names = FigureName::ALL.iter().map(|figure| figure.name());
    // Of two letters a mistake leaves one, which is no sign of anything: `PV` and `EV` are meant where they are written.
    let is_whole = |short: &str| short.eq_ignore_ascii_case(name);
    let near = did_you_mean(
        name,
        shorts().map(|(_, short)| short).filter(|short| short.len() > 2 || is_whole(short)).chain(names),
    )?;
    shorts()
        .find(|(_, short)| *short == near)
        .map(|(figure, short)| (figure, Some(short)))
        .or_else(|| by_name(near))
}

/// One part alone, or several joined.
pub(super) fn one_or<Part>(mut parts: Vec<Part>, join: impl FnOnce(Vec<Part>) -> Part) -> Option<Part> {
    if parts.len() > 1 { Some(join(parts)) } else { parts.pop() }
}
