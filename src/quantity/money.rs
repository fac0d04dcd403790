//! Money in whole minor units, never in floating point.

use std::fmt;
use std::iter::Sum;
use std::ops::{Add, AddAssign, Neg, Sub, SubAssign};
use std::str::FromStr;

use super::{Effort, Fraction, Malformed, decimal, divide_half_even, saturated};

/// An ISO 4217 currency code.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Currency([u8; 3]);

impl Currency {
    /// The code, such as `EUR`.
    #[must_use]
    pub fn code(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or("???")
    }

    /// How many digits the minor unit has: 2 for most, 0 for yen and the like, 3 for dinars.
    #[must_use]
    pub fn digits(self) -> u32 {
        match &self.0 {
            b"JPY" | b"KRW" | b"CLP" | b"ISK" | b"VND" | b"XAF" | b"XOF" | b"XPF" | b"PYG" | b"UGX" => 0,
            b"KWD" | b"BHD" | b"OMR" | b"JOD" | b"TND" | b"IQD" | b"LYD" => 3,
            _ => 2,
        }
    }
}

impl FromStr for Currency {
    type Err = Malformed;

    fn from_str(text: &str) -> Result<Self, Malformed> {
        match text.as_bytes() {
            &[a, b, c] if [a, b, c].iter().all(u8::is_ascii_uppercase) => Ok(Self([a, b, c])),
            letters => {
                let form = Malformed::expected("a currency code of three capital letters, such as EUR");
                let is_code = letters.len() == 3 && letters.iter().all(u8::is_ascii_alphabetic);
                Err(if is_code { form.hint(format!("write `{}`", text.to_ascii_uppercase())) } else { form })
            }
        }
    }
}

impl fmt::Display for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl fmt::Debug for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

/// A sum in minor units of a currency that the context knows: the project's.
///
/// Inside a project every amount is in the project's one currency, so amounts add freely.
/// At the borders (files, pages) a sum is [`Money`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Amount(pub i64);

impl Amount {
    /// Nothing.
    pub const ZERO: Self = Self(0);

    /// Takes a share of the amount, rounded half to even to whole minor units.
    ///
    /// 40 % of 5 400.00 is 2 160.00.
    #[must_use]
    pub fn share(self, fraction: Fraction) -> Self {
        let product = i128::from(self.0) * i128::from(fraction.numerator());
        let rounded = divide_half_even(product, i128::from(fraction.denominator()));
        Self(saturated(rounded))
    }

    /// Says whether a file may state it: at most ten trillion minor units either way.
    #[must_use]
    pub fn is_writable(self) -> bool {
        self.0.abs() <= LARGEST
    }

    /// Gives the amount as a number for positions in charts and for ratios; not for sums.
    #[must_use]
    pub fn as_f64(self) -> f64 {
        self.0 as f64
    }

    /// Makes an amount from a computed number of minor units, rounded to the nearest.
    #[must_use]
    #[allow(clippy::cast_possible_truncation, reason = "rounded, and sums of money fit 64 bits")]
    pub fn from_f64(minor_units: f64) -> Self {
        Self(minor_units.round_ties_even() as i64)
    }
}

impl Add for Amount {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }
}
impl Sub for Amount {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        Self(self.0.saturating_sub(other.0))
    }
}
impl Neg for Amount {
    type Output = Self;
    fn neg(self) -> Self {
        Self(self.0.saturating_neg())
    }
}
impl AddAssign for Amount {
    fn add_assign(&mut self, other: Self) {
        *self = *self + other;
    }
}
impl SubAssign for Amount {
    fn sub_assign(&mut self, other: Self) {
        *self = *self - other;
    }
}
impl Sum for Amount {
    fn sum<I: Iterator<Item = Self>>(amounts: I) -> Self {
        amounts.fold(Self::ZERO, Add::add)
    }
}

/// A sum of money with its currency, written `12_500 EUR`, `-3_000 EUR` or `99.90 EUR`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Money {
    /// How much, in minor units.
    pub amount: Amount,
    /// Of which currency.
    pub currency: Currency,
}

/// As it is written in files: `12_500 EUR`, `99.90 EUR`.
impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let digits = self.currency.digits();
        let unit = 10_u64.pow(digits);
        let minor = self.amount.0.unsigned_abs();
        let whole = (minor / unit).to_string();
        if self.amount.0 < 0 {
            f.write_str("-")?;
        }
        for (place, digit) in whole.chars().enumerate() {
            if place > 0 && (whole.len() - place).is_multiple_of(3) {
                f.write_str("_")?;
            }
            write!(f, "{digit}")?;
        }
        match minor % unit {
            0 => write!(f, " {}", self.currency),
            part => write!(f, ".{part:0width$} {}", self.currency, width = digits as usize),
        }
    }
}

impl FromStr for Money {
    type Err = Malformed;

    fn from_str(text: &str) -> Result<Self, Malformed> {
        let form = || Malformed::expected("money with its currency, such as 12_500 EUR or 99.90 EUR");
        let text = text.trim();
        if let Some((currency, number)) = with_a_sign(text) {
            let meant = format!("{number} {currency}");
            let hint = meant.parse::<Self>().err().map(|fault| fault.hint).filter(|hint| !hint.is_empty());
            return Err(form().hint(hint.unwrap_or_else(|| format!("write `{meant}`"))));
        }
        let Some((number, code)) = text.rsplit_once([' ', '\u{a0}']) else {
            let number_only =
                !text.is_empty() && text.chars().all(|c| c.is_ascii_digit() || "._-,".contains(c));
            return Err(if number_only {
                form().hint(format!("write the currency after the number: `{text} EUR`"))
            } else {
                form()
            });
        };
        let number = number.trim();
        if let Some(meant) = with_currency_first(number, code) {
            return Err(form().hint(meant));
        }
        if let Some(grouped) = by_spaces(text) {
            return Err(form().hint(format!("write the thousands with an underscore: `{grouped}`")));
        }
        let currency: Currency = code.parse().map_err(|fault: Malformed| {
            let capital = format!("write `{number} {}`", code.to_ascii_uppercase());
            if fault.hint.is_empty() { form() } else { form().hint(capital) }
        })?;
        let is_number = number.chars().all(|letter| letter.is_ascii_digit() || "._,-+ ".contains(letter));
        if number.contains(',') && is_number {
            return Err(form().hint(two_readings(number, currency)));
        }
        match decimal(number, currency.digits()) {
            Some(minor) if minor.abs() > LARGEST => {
                let whole = match currency.digits() {
                    0 => "10_000_000_000_000",
                    2 => "100_000_000_000",
                    _ => "10_000_000_000",
                };
                Err(Malformed::expected(format!("a sum of at most {whole} {currency}"))
                    .hint("check the number of digits"))
            }
            Some(minor) => Ok(Self { amount: Amount(minor), currency }),
            None => {
                let hint = by_spaces(number)
                    .map(|grouped| format!("write `{grouped} {currency}`"))
                    .or_else(|| meant_by_point(number, currency))
                    .or_else(|| meant_by_groups(number, currency))
                    .or_else(|| written_out(number, currency));
                Err(form().hint(hint.unwrap_or_default()))
            }
        }
    }
}

/// A number whose thousands are parted by spaces, with underscores: `15_000` of `15 000`; none for another.
fn by_spaces(number: &str) -> Option<String> {
    let (whole, cents) = number.split_once('.').map_or((number, ""), |(whole, cents)| (whole, cents));
    let groups: Vec<&str> = whole.trim_start_matches('-').split(char::is_whitespace).collect();
    let (first, rest) = groups.split_first()?;
    let is_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let is_grouped = (1..=3).contains(&first.len())
        && !rest.is_empty()
        && rest.iter().all(|group| group.len() == 3)
        && groups.iter().all(|group| is_digits(group))
        && is_digits(cents);
    is_grouped.then(|| {
        let sign = if whole.starts_with('-') { "-" } else { "" };
        let cents = if cents.is_empty() { String::new() } else { format!(".{cents}") };
        format!("{sign}{}{cents}", groups.join("_"))
    })
}

/// Offers what a point before three digits can mean, or says how many digits may follow it; none where the number has other faults.
fn meant_by_point(number: &str, currency: Currency) -> Option<String> {
    let (whole, part) = number.split_once('.')?;
    let is_digits = |text: &str| !text.is_empty() && text.chars().all(|letter| letter.is_ascii_digit());
    if !is_digits(whole) || !is_digits(part) {
        return None;
    }
    let digits = currency.digits() as usize;
    let rounded = match part.get(..digits) {
        Some("") => whole.to_owned(),
        Some(kept) => format!("{whole}.{kept}"),
        None => return None,
    };
    Some(if part.len() == 3 {
        format!("write `{whole}_{part} {currency}` or `{rounded} {currency}`: a point can mean either")
    } else {
        format!("write `{rounded} {currency}`: {currency} has {digits} digits after the point")
    })
}

/// What to write where the currency stands before the number, as in `EUR 12_500`; none for other faults.
fn with_currency_first(first: &str, second: &str) -> Option<String> {
    let currency: Currency = first.parse().ok()?;
    second.starts_with(|letter: char| letter.is_ascii_digit() || letter == '-').then_some(())?;
    let meant = format!("{second} {currency}");
    match meant.parse::<Money>() {
        Ok(_) => Some(format!("write `{meant}`")),
        Err(fault) => Some(fault.hint).filter(|hint| !hint.is_empty()),
    }
}

/// The currency that a sign before or after a number may mean, and the number.
fn with_a_sign(text: &str) -> Option<(&'static str, &str)> {
    let signs = [('€', "EUR"), ('£', "GBP"), ('$', "USD")];
    signs.into_iter().find_map(|(sign, code)| {
        let number = text.strip_prefix(sign).or_else(|| text.strip_suffix(sign))?.trim();
        let is_number = number.starts_with(|letter: char| letter.is_ascii_digit())
            && number.chars().all(|letter| letter.is_ascii_digit() || "._,".contains(letter));
        is_number.then_some((code, number))
    })
}

/// Offers a number with a letter for thousands or millions written out; none for others.
fn written_out(number: &str, currency: Currency) -> Option<String> {
    let (digits, zeros) = match number.chars().next_back()? {
        'k' | 'K' => (&number[..number.len() - 1], "_000"),
        'm' | 'M' => (&number[..number.len() - 1], "_000_000"),
        _ => return None,
    };
    let is_plain = !digits.is_empty() && digits.chars().all(|letter| letter.is_ascii_digit());
    is_plain.then(|| format!("write it out: `{digits}{zeros} {currency}`"))
}

/// Offers the number without its groups where these are not of three digits; none where it has other faults.
fn meant_by_groups(number: &str, currency: Currency) -> Option<String> {
    let plain = number.replace('_', "");
    decimal(&plain, currency.digits()).filter(|_| number.contains('_'))?;
    Some(format!("write `{plain} {currency}` if that is meant: `_` stands before groups of three digits"))
}

/// Offers both meanings that a comma can have in a number, which is of digits and their separators alone; the one meaning where a point
/// comes after it.
fn two_readings(number: &str, currency: Currency) -> String {
    let grouped = number.replace(',', "_");
    let (whole, part) = number.rsplit_once(',').unwrap_or((number, ""));
    if part.contains('.') {
        return format!("write `{grouped} {currency}`");
    }
    // Points before a comma can only part thousands, as a comma does before a point.
    let has_cents = part.len() <= currency.digits() as usize;
    if let (true, Some(plain)) = (has_cents && whole.contains('.'), grouped_by_points(whole)) {
        return if part.is_empty() || part.chars().all(|digit| digit == '0') {
            format!("write `{plain} {currency}`")
        } else {
            format!("write `{plain}.{part} {currency}`")
        };
    }
    let decimal_reading = if part.len() <= 2 {
        format!("{}.{part}", whole.replace([',', '.'], "_"))
    } else {
        format!("{}.{}", whole.replace([',', '.'], "_"), &part[..part.len().min(2)])
    };
    let thousands_reading = if part.len() == 3 { grouped } else { number.replace([',', '.'], "") };
    format!(
        "write `{thousands_reading} {currency}` or `{decimal_reading} {currency}`: a comma can mean either"
    )
}

/// A number whose thousands are parted by points, with `_` in their place; none where the groups are not of three digits.
fn grouped_by_points(whole: &str) -> Option<String> {
    let mut groups = whole.split('.');
    let first = groups.next()?;
    let is_grouped = (1..=3).contains(&first.len()) && groups.all(|group| group.len() == 3);
    is_grouped.then(|| whole.replace('.', "_"))
}

/// The largest sum that may be written, in minor units: beyond any project, and a hundred thousand of them still add up.
const LARGEST: i64 = 10_000_000_000_000;

/// What a rate is counted by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Per {
    /// A working hour.
    Hour,
    /// A working day of the project's calendar.
    Day,
}

/// A price of working time, written `720 EUR/d` or `90 EUR/h`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Rate {
    /// The price of one unit.
    pub price: Money,
    /// The unit.
    pub per: Per,
}

impl Rate {
    /// Prices an effort: rate × effort, rounded half to even.
    ///
    /// `minutes_per_day` is the length of a working day (480 for eight hours). 720 EUR/d for 2.5 days is 1 800 EUR.
    #[must_use]
    pub fn cost_of(self, effort: Effort, minutes_per_day: i64) -> Amount {
        self.cost_of_share(effort, Fraction::ONE, minutes_per_day)
    }

    /// Prices a share of an effort: rate × effort × share, rounded half to even, once.
    ///
    /// 800 EUR/d for 33 % of 7 days is 1 848 EUR.
    #[must_use]
    pub fn cost_of_share(self, effort: Effort, share: Fraction, minutes_per_day: i64) -> Amount {
        let unit = match self.per {
            Per::Hour => 60,
            Per::Day => minutes_per_day.max(1),
        };
        let minutes = effort.minutes().saturating_mul(share.numerator());
        self.price.amount.share(Fraction::new(minutes, unit.saturating_mul(share.denominator())))
    }
}

/// What to write for a rate such as `640 EUR per day`; none for other faults.
fn rate_in_words(text: &str) -> Option<String> {
    let (price, per) = [" per ", " a ", " an "].into_iter().find_map(|joint| text.split_once(joint))?;
    let (price, unit) = (price.trim().parse::<Money>().ok()?, unit_in_words(per.trim())?);
    Some(format!("write `{price}/{unit}`"))
}

/// The letter of a unit of time that is written out.
fn unit_in_words(word: &str) -> Option<&'static str> {
    match word.to_ascii_lowercase().as_str() {
        "hour" | "hr" | "hours" => Some("h"),
        "day" | "days" | "pd" => Some("d"),
        _ => None,
    }
}

impl FromStr for Rate {
    type Err = Malformed;

    fn from_str(text: &str) -> Result<Self, Malformed> {
        let form = || Malformed::expected("a rate such as 720 EUR/d or 90 EUR/h");
        let (price, per) = text.rsplit_once('/').ok_or_else(|| match text.trim().parse::<Money>() {
            Ok(price) => {
                form().hint(format!("say for how long: `{price}/d` for a day, `{price}/h` for an hour"))
            }
            Err(_) => form().hint(rate_in_words(text).unwrap_or_default()),
        })?;
        let per = match per.trim() {
            "h" => Per::Hour,
            "d" => Per::Day,
            word => {
                let meant = unit_in_words(word).map(|unit| format!("write `{}/{unit}`", price.trim_end()));
                return Err(form().hint(meant.unwrap_or_default()));
            }
        };
        let price: Money = price.parse().map_err(|fault: Malformed| form().hint(fault.hint))?;
        Ok(Self { price, per })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: Option<i64>) {
        assert_eq!(text.parse::<Money>().ok().map(|money| money.amount.0), expected, "{text}");
    }

    #[test]
    fn a_rate_in_words_says_how_it_is_written() {
        let hint = |text: &str| text.parse::<Rate>().unwrap_err().hint;
        assert_eq!(hint("640 EUR per day"), "write `640 EUR/d`");
        assert_eq!(hint("90 EUR an hour"), "write `90 EUR/h`");
        assert_eq!(hint("640 EUR/day"), "write `640 EUR/d`");
        assert_eq!(hint("6400 EUR/m"), "");
    }

    #[test]
    fn money_is_read_as_whole_minor_units() {
        check("12_500 EUR", Some(1_250_000));
        check("-3_000 EUR", Some(-300_000));
        check("99.90 EUR", Some(9_990));
        check("0.05 EUR", Some(5));
        check("5000 JPY", Some(5_000));
        check("12 500 EUR", None);
        check("99.905 EUR", None);
        check("1_ EUR", None);
        check("12_500", None);
        check("12.500,00 EUR", None);
        check("EUR 12", None);
        check("100_000_000_000 EUR", Some(10_000_000_000_000));
        check("100_000_000_000.01 EUR", None);
        check("92233720368547758.07 EUR", None);
        check("-92233720368547758.07 EUR", None);
    }

    #[test]
    fn a_comma_is_refused_with_both_readings() {
        let hint = |text: &str| text.parse::<Money>().unwrap_err().hint;
        assert_eq!(hint("12,500 EUR"), "write `12_500 EUR` or `12.50 EUR`: a comma can mean either");
        assert_eq!(hint("99,90 EUR"), "write `9990 EUR` or `99.90 EUR`: a comma can mean either");
        // Before a point it can only part thousands, behind points only the cents.
        assert_eq!(hint("1,000.50 EUR"), "write `1_000.50 EUR`");
        assert_eq!(hint("12.500,00 EUR"), "write `12_500 EUR`");
        assert_eq!(hint("1.250.000,5 EUR"), "write `1_250_000.5 EUR`");
        assert_eq!(hint("60.000,99 €"), "write `60_000.99 EUR`");
        // What is no number has no reading.
        for words in ["12,€50 EUR", "about 12,5 EUR", "1,ü EUR"] {
            assert_eq!(hint(words), "", "{words}");
        }
    }

    #[test]
    fn what_is_nearly_money_says_how_it_is_written() {
        let hint = |text: &str| text.parse::<Money>().unwrap_err().hint;
        assert_eq!(hint("12.345 EUR"), "write `12_345 EUR` or `12.34 EUR`: a point can mean either");
        assert_eq!(hint("12.3456 EUR"), "write `12.34 EUR`: EUR has 2 digits after the point");
        assert_eq!(hint("100 eur"), "write `100 EUR`");
        assert_eq!(
            hint("50_00 EUR"),
            "write `5000 EUR` if that is meant: `_` stands before groups of three digits"
        );
        assert_eq!(hint("5k EUR"), "write it out: `5_000 EUR`");
        assert_eq!(hint("EUR 60_000"), "write `60_000 EUR`");
        assert_eq!(hint("EUR 60.000"), "write `60_000 EUR` or `60.00 EUR`: a point can mean either");
        assert_eq!(hint("€5000"), "write `5000 EUR`");
        // What is offered is not refused in its turn.
        assert_eq!(hint("€1.000"), "write `1_000 EUR` or `1.00 EUR`: a point can mean either");
        assert_eq!(hint("1,000.50 €"), "write `1_000.50 EUR`");
        assert_eq!(hint("about 5k EUR"), "");
        assert!("1_234_567.5 EUR".parse::<Money>().is_ok() && "1234_567 EUR".parse::<Money>().is_err());
        assert_eq!("eur".parse::<Currency>().unwrap_err().hint, "write `EUR`");
        let of_rate = "800 EUR".parse::<Rate>().unwrap_err().hint;
        assert_eq!(of_rate, "say for how long: `800 EUR/d` for a day, `800 EUR/h` for an hour");
    }

    #[test]
    fn a_rate_prices_effort_without_floats() {
        let rate: Rate = "720 EUR/d".parse().unwrap();
        assert_eq!(rate.cost_of(Effort::from_minutes(1_200), 480), Amount(180_000));
        let hourly: Rate = "90 EUR/h".parse().unwrap();
        assert_eq!(hourly.cost_of(Effort::from_minutes(90), 480), Amount(13_500));
    }

    #[test]
    fn a_sum_prints_as_it_is_written() {
        for text in
            ["0 EUR", "99.90 EUR", "-3_000 EUR", "12_500 EUR", "1_234_567.05 EUR", "100 JPY", "-0.05 EUR"]
        {
            assert_eq!(text.parse::<Money>().unwrap().to_string(), text);
        }
    }
}
