//! Extractors whose refusals are problem documents. They replace axum's `Query` and `Path`, whose refusals are plain
//! text that quotes the input.

use axum::extract::{FromRequestParts, RawPathParams};
use http::request::Parts;
use serde::de::value::Error as ValueError;
use serde::de::{DeserializeOwned, Deserializer, Error as _, Visitor};

use super::problem::{Problem, ProblemKind};

/// The query parameters of an address under `/api` or `/ogc`, read into a plain struct.
///
/// A parameter that is not a field of `T`, one given twice, and one whose value cannot be read are refused with 400.
/// The refusal lists the names the address takes and never repeats what was sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StrictQuery<T>(pub T);

/// For addresses that take no query parameters at all.
pub type NoQuery = StrictQuery<NoParameters>;

/// The empty set of query parameters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Deserialize)]
pub struct NoParameters {}

impl<T: DeserializeOwned> StrictQuery<T> {
    /// Reads a query string (without the question mark).
    ///
    /// # Errors
    /// 400, as the type says.
    pub fn parse(query: &str) -> Result<Self, Problem> {
        let fields = fields_of::<T>();
        let pairs = form_urlencoded::parse(query.as_bytes());
        let mut seen = Vec::with_capacity(fields.len());
        for (name, _) in pairs {
            let Some(field) = fields.iter().find(|field| **field == name) else { return Err(unknown(fields)) };
            if seen.contains(field) {
                return Err(unreadable(field, "is given more than once"));
            }
            seen.push(field);
        }
        let values = serde_urlencoded::Deserializer::new(pairs);
        serde_path_to_error::deserialize(values).map(Self).map_err(|error| {
            // The path of an error is the name of a field; its text may quote the value and stays here. A missing
            // parameter has no path, and the only text about it is serde's own with the field's static name.
            let path = error.path().to_string();
            if let Some(field) = fields.iter().find(|field| **field == path) {
                return unreadable(field, "cannot be read");
            }
            let text = error.inner().to_string();
            match fields.iter().find(|field| text == format!("missing field `{field}`")) {
                Some(field) => unreadable(field, "is needed"),
                None => Problem::new(ProblemKind::BadParameter, takes(fields)),
            }
        })
    }
}

impl<T: DeserializeOwned, S: Sync> FromRequestParts<S> for StrictQuery<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        Self::parse(parts.uri.query().unwrap_or_default())
    }
}

fn unreadable(field: &str, what: &str) -> Problem {
    Problem::new(
        ProblemKind::BadParameter,
        format!("The query parameter {field} {what}. /api/openapi.json describes its values."),
    )
}

fn unknown(fields: &[&str]) -> Problem {
    Problem::new(ProblemKind::UnknownParameter, takes(fields))
}

fn takes(fields: &[&str]) -> String {
    if fields.is_empty() {
        "This address takes no query parameters.".to_owned()
    } else {
        format!("This address takes only these query parameters: {}.", fields.join(", "))
    }
}

/// The parameters of the matched route's path, read by the handler's own parsers.
///
/// A segment that cannot be parsed is an address at which nothing lives: 404, not 400.
#[derive(Debug, Clone)]
pub struct Segments(Vec<(String, String)>);

impl Segments {
    /// The decoded segment called `name` in the route's template; `None` when the template has no such name.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    /// The segment called `name`, parsed.
    ///
    /// # Errors
    /// 404 when it is absent or no `T`.
    pub fn parse<T: std::str::FromStr>(&self, name: &str) -> Result<T, Problem> {
        self.get(name).and_then(|text| text.parse().ok()).ok_or_else(Problem::not_found)
    }

    /// The same without an ending of the segment called `name`; `None` where it has another.
    #[cfg(feature = "pdf")]
    pub(super) fn without_ending(mut self, name: &str, ending: &str) -> Option<Self> {
        let (_, value) = self.0.iter_mut().find(|(key, _)| key == name)?;
        *value = value.strip_suffix(ending)?.to_owned();
        Some(self)
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Segments {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let params = RawPathParams::from_request_parts(parts, state)
            .await
            .map_err(|_segment_is_not_utf_8| Problem::not_found())?;
        Ok(Self(params.iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect()))
    }
}

/// The field names of a plain struct, as its derived `Deserialize` announces them.
fn fields_of<T: DeserializeOwned>() -> &'static [&'static str] {
    let mut fields: &'static [&'static str] = &[];
    // The probe answers every request with an error, after it has seen the names.
    let _always_an_error = T::deserialize(Probe(&mut fields));
    fields
}

struct Probe<'a>(&'a mut &'static [&'static str]);

impl<'de> Deserializer<'de> for Probe<'_> {
    type Error = ValueError;

    fn deserialize_any<V: Visitor<'de>>(self, _: V) -> Result<V::Value, ValueError> {
        Err(ValueError::custom("query parameters are read into plain structs"))
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        fields: &'static [&'static str],
        _: V,
    ) -> Result<V::Value, ValueError> {
        *self.0 = fields;
        Err(ValueError::custom("the names are all that was wanted"))
    }

    serde::forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option unit unit_struct
        newtype_struct seq tuple tuple_struct map enum identifier ignored_any
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, PartialEq, serde::Deserialize)]
    #[serde(rename_all = "kebab-case")]
    struct Cells {
        res: u8,
        bbox: Option<String>,
        min_count: Option<u32>,
        kind: Option<Kind>,
    }

    #[derive(Debug, PartialEq, serde::Deserialize)]
    #[serde(rename_all = "snake_case")]
    enum Kind {
        Dome,
    }

    fn refusal(query: &str) -> Problem {
        StrictQuery::<Cells>::parse(query).unwrap_err()
    }

    #[test]
    fn known_parameters_are_read_decoded() {
        let StrictQuery(cells) = StrictQuery::<Cells>::parse("bbox=1%2C2,3,4&res=8&kind=dome&min-count=3").unwrap();
        assert_eq!(
            cells,
            Cells { res: 8, bbox: Some("1,2,3,4".to_owned()), min_count: Some(3), kind: Some(Kind::Dome) }
        );
    }

    #[test]
    fn an_unknown_parameter_is_refused_with_the_list_of_known_ones_and_is_not_echoed() {
        let problem = refusal("res=8&canary-name=canary-value");
        assert_eq!(problem.kind(), ProblemKind::UnknownParameter);
        assert_eq!(problem.detail(), "This address takes only these query parameters: res, bbox, min-count, kind.");
    }

    #[test]
    fn a_value_that_cannot_be_read_is_named_by_its_parameter_and_is_not_echoed() {
        for (query, name) in [("res=canary", "res"), ("res=8&kind=canary", "kind"), ("res=8&min-count=-1", "min-count")]
        {
            let problem = refusal(query);
            assert_eq!(problem.kind(), ProblemKind::BadParameter, "{query}");
            assert!(problem.detail().starts_with(&format!("The query parameter {name} cannot be read.")), "{query}");
            assert!(!problem.detail().contains("canary"), "{query}");
        }
    }

    #[test]
    fn a_missing_and_a_doubled_parameter_are_named() {
        assert!(refusal("").detail().starts_with("The query parameter res is needed."));
        assert!(refusal("res=8&res=9").detail().starts_with("The query parameter res is given more than once."));
    }

    #[test]
    fn an_address_without_parameters_takes_none() {
        assert!(NoQuery::parse("").is_ok());
        assert_eq!(NoQuery::parse("x=1").unwrap_err().detail(), "This address takes no query parameters.");
    }
}
