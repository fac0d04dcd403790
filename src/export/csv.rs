//! Tables as CSV by RFC 4180: UTF-8, a comma between fields, CRLF behind each row, the names of the columns in the first.
//!
//! A column is a field of the row's type; what is money has the currency at the end of its name (`budget_eur`). Text that a
//! spreadsheet would run as a formula gets an apostrophe in front. Not here: which tables there are.

use std::fmt::{self, Display};

use serde::Serialize;
use serde::ser::{self, Impossible, SerializeSeq, SerializeStruct};

use crate::quantity::Currency;

/// Writes rows under the names of their fields; nothing where there is no row.
///
/// Lists become one field with `; ` between their entries.
#[must_use]
pub fn write<Row: Serialize>(rows: &[Row], currency: Option<Currency>) -> Vec<u8> {
    let mut text = String::new();
    for (place, row) in rows.iter().enumerate() {
        // Rows are structs of plain fields; another one would be our bug and shows as a missing row in the tests.
        let Ok(fields) = row.serialize(RowFields::default()) else { continue };
        if place == 0 {
            let names = fields.iter().map(|field| match (field.is_money, currency) {
                (true, Some(currency)) => format!("{}_{}", field.name, currency.code().to_lowercase()),
                _ => field.name.to_owned(),
            });
            line(names, &mut text);
        }
        line(fields.iter().map(|field| field.text.clone()), &mut text);
    }
    text.into_bytes()
}

fn line(fields: impl Iterator<Item = String>, text: &mut String) {
    for (place, field) in fields.enumerate() {
        if place > 0 {
            text.push(',');
        }
        if field.contains([',', '"', '\r', '\n']) {
            text.push('"');
            text.push_str(&field.replace('"', "\"\""));
            text.push('"');
        } else {
            text.push_str(&field);
        }
    }
    text.push_str("\r\n");
}

/// Text that no spreadsheet takes for a formula: an apostrophe stands before `=`, `+`, `-`, `@`, a tab or an end of line at
/// its beginning. A plain decimal such as `-4920.00` is a number, not a formula, and stays.
#[must_use]
pub fn harmless(text: &str) -> String {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r', '\n']) && !is_decimal(text) {
        format!("'{text}")
    } else {
        text.to_owned()
    }
}

fn is_decimal(text: &str) -> bool {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let (whole, part) = digits.split_once('.').unwrap_or((digits, "0"));
    let are_digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    are_digits(whole) && are_digits(part)
}

/// A field of a row.
struct Field {
    name: &'static str,
    text: String,
    is_money: bool,
}

/// A value that cannot stand in a field.
#[derive(Debug)]
struct NotPlain(String);

impl Display for NotPlain {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl std::error::Error for NotPlain {}

impl ser::Error for NotPlain {
    fn custom<T: Display>(message: T) -> Self {
        Self(message.to_string())
    }
}

/// What a field may be, as text, and whether it is money.
#[derive(Default)]
struct Content {
    text: String,
    is_money: bool,
}

impl Content {
    fn of(text: String) -> Self {
        Self { text, is_money: false }
    }
}

/// Takes a struct apart into its fields.
#[derive(Default)]
struct RowFields(Vec<Field>);

impl SerializeStruct for RowFields {
    type Ok = Vec<Field>;
    type Error = NotPlain;

    fn serialize_field<T: Serialize + ?Sized>(
        &mut self,
        name: &'static str,
        value: &T,
    ) -> Result<(), NotPlain> {
        let Content { text, is_money } = value.serialize(OneField)?;
        self.0.push(Field { name, text, is_money });
        Ok(())
    }

    fn end(self) -> Result<Vec<Field>, NotPlain> {
        Ok(self.0)
    }
}

/// Entries of a list, joined into one field.
#[derive(Default)]
struct Entries(Vec<String>);

impl SerializeSeq for Entries {
    type Ok = Content;
    type Error = NotPlain;

    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), NotPlain> {
        self.0.push(value.serialize(OneField)?.text);
        Ok(())
    }

    fn end(self) -> Result<Content, NotPlain> {
        Ok(Content::of(self.0.join("; ")))
    }
}

/// Turns a value into one field.
struct OneField;

macro_rules! refuse {
    ($ok:ty: $($name:ident($($argument:ty),*)),* $(,)?) => {
        $(fn $name(self, $(_: $argument),*) -> Result<$ok, NotPlain> {
            Err(NotPlain(stringify!($name).to_owned()))
        })*
    };
}

macro_rules! refuse_generic {
    ($ok:ty: $($name:ident($($argument:ty),*)),* $(,)?) => {
        $(fn $name<T: Serialize + ?Sized>(self, $(_: $argument,)* _: &T) -> Result<$ok, NotPlain> {
            Err(NotPlain(stringify!($name).to_owned()))
        })*
    };
}

macro_rules! refuse_containers {
    () => {
        type SerializeTuple = Impossible<Self::Ok, NotPlain>;
        type SerializeTupleStruct = Impossible<Self::Ok, NotPlain>;
        type SerializeTupleVariant = Impossible<Self::Ok, NotPlain>;
        type SerializeMap = Impossible<Self::Ok, NotPlain>;
        type SerializeStructVariant = Impossible<Self::Ok, NotPlain>;

        refuse!(Impossible<Self::Ok, NotPlain>:
            serialize_tuple(usize),
            serialize_tuple_struct(&'static str, usize),
            serialize_tuple_variant(&'static str, u32, &'static str, usize),
            serialize_map(Option<usize>),
            serialize_struct_variant(&'static str, u32, &'static str, usize),
        );
        refuse_generic!(Self::Ok: serialize_newtype_variant(&'static str, u32, &'static str));
    };
}

impl ser::Serializer for OneField {
    type Ok = Content;
    type Error = NotPlain;
    type SerializeSeq = Entries;
    type SerializeStruct = Impossible<Content, NotPlain>;

    refuse_containers!();
    refuse!(Impossible<Content, NotPlain>: serialize_struct(&'static str, usize));

    fn serialize_seq(self, _: Option<usize>) -> Result<Entries, NotPlain> {
        Ok(Entries::default())
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        name: &'static str,
        value: &T,
    ) -> Result<Content, NotPlain> {
        Ok(Content { is_money: name == "Money", ..value.serialize(self)? })
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<Content, NotPlain> {
        value.serialize(self)
    }

    fn serialize_none(self) -> Result<Content, NotPlain> {
        Ok(Content::default())
    }

    fn serialize_unit(self) -> Result<Content, NotPlain> {
        Ok(Content::default())
    }

    fn serialize_unit_struct(self, _: &'static str) -> Result<Content, NotPlain> {
        Ok(Content::default())
    }

    fn serialize_unit_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
    ) -> Result<Content, NotPlain> {
        Ok(Content::of(variant.to_owned()))
    }

    fn serialize_str(self, text: &str) -> Result<Content, NotPlain> {
        Ok(Content::of(harmless(text)))
    }

    fn serialize_bytes(self, _: &[u8]) -> Result<Content, NotPlain> {
        Err(NotPlain("bytes".to_owned()))
    }

    fn serialize_bool(self, value: bool) -> Result<Content, NotPlain> {
        Ok(Content::of(if value { "yes" } else { "no" }.to_owned()))
    }

    fn serialize_char(self, value: char) -> Result<Content, NotPlain> {
        self.serialize_str(&value.to_string())
    }

    fn serialize_i8(self, value: i8) -> Result<Content, NotPlain> {
        self.serialize_i64(value.into())
    }

    fn serialize_i16(self, value: i16) -> Result<Content, NotPlain> {
        self.serialize_i64(value.into())
    }

    fn serialize_i32(self, value: i32) -> Result<Content, NotPlain> {
        self.serialize_i64(value.into())
    }

    fn serialize_i64(self, value: i64) -> Result<Content, NotPlain> {
        Ok(Content::of(value.to_string()))
    }

    fn serialize_u8(self, value: u8) -> Result<Content, NotPlain> {
        self.serialize_u64(value.into())
    }

    fn serialize_u16(self, value: u16) -> Result<Content, NotPlain> {
        self.serialize_u64(value.into())
    }

    fn serialize_u32(self, value: u32) -> Result<Content, NotPlain> {
        self.serialize_u64(value.into())
    }

    fn serialize_u64(self, value: u64) -> Result<Content, NotPlain> {
        Ok(Content::of(value.to_string()))
    }

    fn serialize_f32(self, value: f32) -> Result<Content, NotPlain> {
        self.serialize_f64(value.into())
    }

    fn serialize_f64(self, value: f64) -> Result<Content, NotPlain> {
        Ok(Content::of(value.to_string()))
    }
}

impl ser::Serializer for RowFields {
    type Ok = Vec<Field>;
    type Error = NotPlain;
    type SerializeSeq = Impossible<Vec<Field>, NotPlain>;
    type SerializeStruct = Self;

    refuse_containers!();
    refuse!(Impossible<Vec<Field>, NotPlain>: serialize_seq(Option<usize>));
    refuse!(Vec<Field>:
        serialize_none(), serialize_unit(), serialize_unit_struct(&'static str),
        serialize_unit_variant(&'static str, u32, &'static str), serialize_str(&str), serialize_bytes(&[u8]),
        serialize_bool(bool), serialize_char(char),
        serialize_i8(i8), serialize_i16(i16), serialize_i32(i32), serialize_i64(i64),
        serialize_u8(u8), serialize_u16(u16), serialize_u32(u32), serialize_u64(u64),
        serialize_f32(f32), serialize_f64(f64),
    );
    refuse_generic!(Vec<Field>: serialize_some(), serialize_newtype_struct(&'static str));

    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Self, NotPlain> {
        Ok(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::value::{Day, Money, Number};
    use crate::quantity::Amount;

    #[derive(Serialize)]
    struct Row {
        name: String,
        due: Option<Day>,
        length_days: Number,
        cost: Money,
        is_open: bool,
        links: Vec<String>,
    }

    #[test]
    fn fields_are_quoted_where_they_must_be_and_money_names_its_currency() {
        let euro: Currency = "EUR".parse().unwrap();
        let rows = [
            Row {
                name: "Switches, \"core\"\nand access".to_owned(),
                due: Some(Day(jiff::civil::date(2026, 11, 20))),
                length_days: Number::days(720, 480),
                cost: Money::new(Amount(-492_000), euro),
                is_open: true,
                links: vec!["R1".to_owned(), "I2".to_owned()],
            },
            Row {
                name: "Müller".to_owned(),
                due: None,
                length_days: Number::days(0, 480),
                cost: Money::default(),
                is_open: false,
                links: Vec::new(),
            },
        ];
        assert_eq!(
            String::from_utf8(write(&rows, Some(euro))).unwrap(),
            "name,due,length_days,cost_eur,is_open,links\r\n\
             \"Switches, \"\"core\"\"\nand access\",2026-11-20,1.5,-4920.00,yes,R1; I2\r\n\
             Müller,,0,,no,\r\n"
        );
    }

    #[test]
    fn no_text_is_run_as_a_formula() {
        for (text, written) in [
            ("=HYPERLINK(\"x\")", "'=HYPERLINK(\"x\")"),
            ("+49 30 1234", "'+49 30 1234"),
            ("-2+3", "'-2+3"),
            ("@SUM(A1)", "'@SUM(A1)"),
            ("\t=1", "'\t=1"),
            ("-4920.00", "-4920.00"),
            ("-.5", "'-.5"),
            ("-", "'-"),
            ("2026-11-20", "2026-11-20"),
            ("a=b", "a=b"),
        ] {
            assert_eq!(harmless(text), written);
        }
    }
}
