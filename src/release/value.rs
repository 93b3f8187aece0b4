//! A value of a published column, the same in every format: a number, a text, or nothing known.

use std::borrow::Cow;
use std::io::{self, Write as _};

use serde_json::Value as Json;

use super::published::ColumnType;
use super::tables::formula_safe;

/// A value of a row. What is absent is empty in CSV and in workbooks, and null elsewhere.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Value<'a> {
    Integer(Option<i64>),
    Number(Option<Decimal>),
    Boolean(Option<bool>),
    /// An empty text is an absent one.
    Text(Cow<'a, str>),
}

/// A number rounded to some decimals, so that every format holds the same one.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Decimal {
    value: f64,
    /// Decimals, 0 to 7; `None` prints the shortest text that reads back as the same number.
    places: Option<u8>,
}

impl Decimal {
    /// Rounds a number to so many decimals.
    pub(super) fn rounded(value: f64, places: u8) -> Self {
        // Adding zero turns a minus zero into a plain one.
        Self { value: round(value, places) + 0.0, places: Some(places) }
    }

    /// The number.
    pub(super) const fn get(self) -> f64 {
        self.value
    }
}

/// A number to so many decimals.
pub(super) fn round(value: f64, places: u8) -> f64 {
    let scale = 10_f64.powi(i32::from(places));
    (value * scale).round() / scale
}

impl<'a> Value<'a> {
    pub(super) fn integer(number: impl Into<Option<u64>>) -> Self {
        Self::Integer(number.into().map(|number| i64::try_from(number).unwrap_or(i64::MAX)))
    }

    pub(super) fn number(number: Option<f64>, places: u8) -> Self {
        Self::Number(number.filter(|number| number.is_finite()).map(|number| Decimal::rounded(number, places)))
    }

    pub(super) fn text(text: impl Into<Cow<'a, str>>) -> Self {
        Self::Text(text.into())
    }

    /// The value that a plain text of a table stands for in a column of this type; `None` when it is none.
    pub(super) fn parse(text: &'a str, kind: ColumnType) -> Option<Self> {
        let is_empty = text.is_empty();
        Some(match kind {
            ColumnType::Integer => Self::Integer(if is_empty { None } else { Some(text.parse().ok()?) }),
            ColumnType::Number => {
                let number: Option<f64> = if is_empty { None } else { Some(text.parse().ok()?) };
                // An end without a limit is an absent one.
                Self::Number(number.filter(|n| n.is_finite()).map(|value| Decimal { value: value + 0.0, places: None }))
            }
            ColumnType::Boolean => match text {
                "" => Self::Boolean(None),
                "yes" => Self::Boolean(Some(true)),
                "no" => Self::Boolean(Some(false)),
                _ => return None,
            },
            ColumnType::String | ColumnType::Week => Self::Text(text.into()),
        })
    }

    /// Hands the field of a CSV file on. A text that a spreadsheet would take for a formula is guarded.
    pub(super) fn csv(&self, push: impl FnOnce(&str)) {
        match self {
            Self::Integer(None) | Self::Number(None) | Self::Boolean(None) => push(""),
            Self::Integer(Some(number)) => push(itoa::Buffer::new().format(*number)),
            Self::Number(Some(Decimal { value, places: Some(places) })) => {
                push(&format!("{value:.places$}", places = usize::from(*places)));
            }
            Self::Number(Some(Decimal { value, places: None })) => push(&value.to_string()),
            Self::Boolean(Some(is)) => push(if *is { "yes" } else { "no" }),
            Self::Text(text) => push(&formula_safe(text)),
        }
    }

    /// Writes it as JSON.
    pub(super) fn json(&self, out: &mut Vec<u8>) -> io::Result<()> {
        match self {
            Self::Integer(Some(number)) => out.write_all(itoa::Buffer::new().format(*number).as_bytes()),
            Self::Number(Some(number)) => Ok(serde_json::to_writer(out, &number.value)?),
            Self::Boolean(Some(is)) => out.write_all(if *is { b"true" } else { b"false" }),
            Self::Text(text) if !text.is_empty() => Ok(serde_json::to_writer(out, text)?),
            _ => out.write_all(b"null"),
        }
    }

    /// The same as a JSON value.
    pub(super) fn to_json(&self) -> Json {
        match self {
            Self::Integer(number) => (*number).into(),
            Self::Number(number) => number.map(Decimal::get).into(),
            Self::Boolean(is) => (*is).into(),
            Self::Text(text) if text.is_empty() => Json::Null,
            Self::Text(text) => text.as_ref().into(),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn a_rounded_number_is_the_one_its_csv_text_reads_as(number in -1e6..1e6_f64, places in 0..7_u8) {
            let value = Value::number(Some(number), places);
            let mut text = String::new();
            value.csv(|field| text.push_str(field));
            let Value::Number(Some(rounded)) = value else { unreachable!() };
            prop_assert_eq!(text.parse::<f64>().unwrap().to_bits(), rounded.get().to_bits());
            let mut json = Vec::new();
            Value::Number(Some(rounded)).json(&mut json).unwrap();
            prop_assert_eq!(serde_json::from_slice::<f64>(&json).unwrap().to_bits(), rounded.get().to_bits());
        }
    }

    #[test]
    fn what_is_absent_is_empty_in_csv_and_null_in_json() {
        let absent = [Value::integer(None), Value::number(None, 2), Value::Boolean(None), Value::text("")];
        for value in absent.iter().chain([&Value::number(Some(f64::NAN), 1)]) {
            value.csv(|field| assert_eq!(field, ""));
            let mut json = Vec::new();
            value.json(&mut json).unwrap();
            assert_eq!((json.as_slice(), value.to_json()), (&b"null"[..], Json::Null));
        }
        Value::integer(0).csv(|field| assert_eq!(field, "0"));
    }
}
