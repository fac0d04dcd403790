//! What holds of every statement: written and read again it is the same; no text brings the reader down.

use proptest::prelude::*;

use super::*;
use crate::quantity::{Amount, Duration};

fn literal(kind: Kind) -> BoxedStrategy<Literal> {
    match kind {
        Kind::Days => (-900_i64..900).prop_map(|days| Literal::Days(Duration::days(days))).boxed(),
        Kind::Money => (-9_000_000_i64..9_000_000)
            .prop_map(|minor| {
                let currency = "EUR".parse().expect("EUR is a currency");
                Literal::Money(Money { amount: Amount(minor), currency })
            })
            .boxed(),
        Kind::Index | Kind::Share => (-1_000_000_i64..1_000_000, any::<bool>())
            .prop_map(|(millionths, in_percent)| Literal::Ratio { millionths, in_percent })
            .boxed(),
        Kind::Count => (-99_i64..99).prop_map(Literal::Count).boxed(),
        Kind::Date => (2000_i16..2100, 1_i8..13, 1_i8..29)
            .prop_map(|(year, month, day)| Literal::Date(jiff::civil::Date::constant(year, month, day)))
            .boxed(),
    }
}

fn sign() -> impl Strategy<Value = Sign> {
    prop::sample::select(Sign::ALL.to_vec())
}

fn comparison() -> BoxedStrategy<Statement> {
    (prop::sample::select(FigureName::ALL.to_vec()), sign(), any::<bool>())
        .prop_flat_map(|(figure, sign, is_figure)| {
            let alike: Vec<FigureName> = FigureName::ALL
                .iter()
                .copied()
                .filter(|other| other.kind().is_comparable(figure.kind()))
                .collect();
            let limit = if is_figure {
                prop::sample::select(alike).prop_map(Side::Figure).boxed()
            } else {
                literal(figure.kind()).prop_map(Side::Literal).boxed()
            };
            limit.prop_map(move |limit| Statement::Compare(Comparison { figure, sign, limit }))
        })
        .boxed()
}

fn fields(thing: Thing, is_fit: fn(FieldKind) -> bool) -> Vec<FieldFacts> {
    thing.fields().iter().copied().filter(|facts| is_fit(facts.kind)).collect()
}

/// A part of what is said, or a leaf of a test.
fn part(thing: Thing) -> BoxedStrategy<Test> {
    let filled = prop::sample::select(fields(thing, |kind| kind != FieldKind::Flag))
        .prop_map(|facts| Test::Has(facts.field));
    let mut all = vec![filled.clone().boxed(), filled.prop_map(|test| Test::Not(Box::new(test))).boxed()];
    let flags = fields(thing, |kind| kind == FieldKind::Flag);
    if !flags.is_empty() {
        let flag = prop::sample::select(flags).prop_map(|facts| Test::Is(facts.field));
        all.push(flag.clone().boxed());
        all.push(flag.prop_map(|test| Test::Not(Box::new(test))).boxed());
    }
    let values = fields(thing, |kind| matches!(kind, FieldKind::Value(_)));
    if !values.is_empty() {
        let compared = (prop::sample::select(values), sign()).prop_flat_map(|(facts, sign)| {
            let FieldKind::Value(kind) = facts.kind else { unreachable!("only values were selected") };
            literal(kind).prop_map(move |literal| Test::Compare(facts.field, sign, literal))
        });
        all.push(compared.boxed());
    }
    prop::strategy::Union::new(all).boxed()
}

fn test(thing: Thing) -> BoxedStrategy<Test> {
    part(thing)
        .prop_recursive(3, 8, 3, |inner| {
            prop_oneof![
                inner.clone().prop_map(|test| Test::Not(Box::new(test))),
                prop::collection::vec(inner.clone(), 2..4).prop_map(Test::All),
                prop::collection::vec(inner, 2..4).prop_map(Test::Any),
            ]
        })
        .boxed()
}

fn each() -> BoxedStrategy<Statement> {
    let amount = prop::sample::select(vec![HowMany::Every, HowMany::No, HowMany::Some]);
    (amount, prop::sample::select(Thing::ALL.to_vec()))
        .prop_flat_map(|(amount, thing)| {
            let least = usize::from(amount == HowMany::Every);
            let flags = fields(thing, |kind| kind == FieldKind::Flag);
            let n_flags = usize::from(!flags.is_empty());
            let flags = if flags.is_empty() {
                Just(Vec::new()).boxed()
            } else {
                let names: Vec<Field> = flags.iter().map(|facts| facts.field).collect();
                prop::collection::vec(prop::sample::select(names), 0..=n_flags).boxed()
            };
            (flags, prop::option::of(test(thing)), prop::collection::vec(part(thing), least..3)).prop_map(
                move |(flags, filter, said)| Statement::Each(Each { amount, thing, flags, filter, said }),
            )
        })
        .boxed()
}

fn statement() -> impl Strategy<Value = Statement> {
    prop_oneof![comparison(), each()].prop_recursive(4, 12, 3, |inner| {
        prop_oneof![
            inner.clone().prop_map(|part| Statement::Not(Box::new(part))),
            prop::collection::vec(inner.clone(), 2..4).prop_map(Statement::All),
            prop::collection::vec(inner, 2..4).prop_map(Statement::Any),
        ]
    })
}

proptest! {
    #[test]
    fn what_is_written_reads_back_as_the_same(statement in statement()) {
        let text = statement.to_string();
        let read = parse(&text);
        prop_assert_eq!(read.as_ref().ok(), Some(&statement), "{} gives {:?}", text, read);
        // Written again it is the same text: the form is settled.
        prop_assert_eq!(read.map(|read| read.to_string()), Ok(text));
    }

    #[test]
    fn no_text_brings_the_reader_down(text in "[a-z(),<>=!&|0-9.% _≤-]{0,40}|(every|no|risk|where|has|is|and|or|not|cpi|>=|0\\.9|\\(|\\)| |10d|owner|open){0,20}") {
        match parse(&text) {
            Ok(statement) => prop_assert_eq!(parse(&statement.to_string()), Ok(statement)),
            Err(faults) => {
                prop_assert!(!faults.is_empty());
                for fault in faults {
                    prop_assert!(text.get(fault.range.clone()).is_some(), "{:?} is not in {:?}", fault, text);
                }
            }
        }
    }
}
