//! `areas-{set}.csv`: one line an area and last what lies in none, as a table.

use std::io::Read;

use super::area_row::{AreaRow, AreaTable, EstimateLine, RateLine};
use super::tables::unguarded;
use super::value::Value;
use crate::density::{Counts, marginals};
use crate::model::Linked;

/// The columns of a row with their values, in the order of the table. The names of `areas-{set}.geojson` are the same.
pub(super) fn values(row: &AreaRow) -> Vec<(&'static str, Value<'_>)> {
    // Where nobody looked the number is unknown, not zero.
    let known = |count: u32| Value::integer(row.is_looked_at.then_some(u64::from(count)));
    let counts = &row.counts;
    let mut values = vec![
        ("slug", Value::text(&row.slug)),
        ("name", Value::text(&row.name)),
        ("cameras", known(counts.cameras)),
        ("heads", known(counts.heads)),
        ("sightings", known(counts.sightings)),
        ("stale", known(counts.stale)),
        ("gone", known(counts.gone)),
    ];
    values.extend(marginals(counts).map(|(name, count)| (name, known(count))));
    for (linked, name) in Linked::ALL.iter().zip(["linked_unknown", "linked_yes", "linked_no"]) {
        values.push((name, known(counts.linked[usize::from(linked.code())])));
    }
    let unknown_makers = counts.cameras - row.restricted.0 - row.restricted.1;
    values.push(("maker_unknown", known(unknown_makers)));
    values.push(("maker_restricted", known(row.restricted.0)));
    values.push(("maker_unrestricted", known(row.restricted.1)));
    let rates = [
        (row.per_km2, ["per_km2", "per_km2_low", "per_km2_high", "per_km2_publishable"]),
        (row.per_1000, ["per_1000", "per_1000_low", "per_1000_high", "per_1000_publishable"]),
    ];
    for (rate, [value, low, high, publishable]) in rates {
        values.push((value, Value::number(rate.map(|rate| rate.value), 4)));
        values.push((low, Value::number(rate.map(|rate| rate.low), 4)));
        values.push((high, Value::number(rate.map(|rate| rate.high), 4)));
        values.push((publishable, Value::Boolean(rate.map(|rate| rate.is_publishable))));
    }
    let line = row.estimate.as_ref();
    values.extend([
        ("smoothed_per_km2", Value::number(row.smoothed_per_km2, 4)),
        ("dispersion", Value::number(row.dispersion, 3)),
        ("reason", Value::text(&row.reason)),
        ("warnings", Value::text(&row.warnings)),
        ("estimate", Value::number(line.map(|line| line.estimate), 1)),
        ("low", Value::number(line.map(|line| line.low), 1)),
        ("high", Value::number(line.and_then(|line| line.high), 1)),
        ("method", Value::text(&row.method)),
        ("estimate_scope", Value::text(&row.estimate_scope)),
        ("wave", Value::text(&row.wave)),
        ("surveyed_share", Value::number(row.surveyed_share, 4)),
        ("km2", Value::number(row.km2, 6)),
        ("population", Value::integer(row.population)),
        ("home_rounded", Value::integer(row.home_rounded.map(u64::from))),
    ]);
    values
}

/// Reads a table back.
pub(super) fn read(input: impl Read) -> Result<AreaTable, String> {
    let mut reader = csv::Reader::from_reader(input);
    let columns = reader.headers().map_err(|e| e.to_string())?.clone();
    let mut rows = Vec::new();
    for record in reader.records() {
        let record = record.map_err(|e| e.to_string())?;
        let fields = Fields { columns: &columns, record: &record };
        rows.push(fields.row().ok_or_else(|| format!("row {} is not a row of an area", rows.len() + 1))?);
    }
    Ok(AreaTable { rows })
}

/// One record by the names of its columns.
struct Fields<'a> {
    columns: &'a csv::StringRecord,
    record: &'a csv::StringRecord,
}

impl Fields<'_> {
    fn text(&self, name: &str) -> Option<&str> {
        let at = self.columns.iter().position(|column| column == name)?;
        self.record.get(at)
    }

    /// A number, or `None` for an empty field; the outer `None` when it is no number at all.
    #[expect(clippy::option_option, reason = "a damaged field is not an empty one")]
    fn number<T: std::str::FromStr>(&self, name: &str) -> Option<Option<T>> {
        match self.text(name)? {
            "" => Some(None),
            text => text.parse().ok().map(Some),
        }
    }

    #[expect(clippy::option_option, reason = "a damaged field is not an empty one")]
    fn rate(&self, names: [&str; 4]) -> Option<Option<RateLine>> {
        let [value, low, high, publishable] = names;
        let ends = (self.number(value)?, self.number(low)?, self.number(high)?);
        let is_publishable = self.text(publishable)? == "yes";
        Some(match ends {
            (Some(value), Some(low), Some(high)) => Some(RateLine { value, low, high, is_publishable }),
            _ => None,
        })
    }

    fn row(&self) -> Option<AreaRow> {
        let own = |name: &str| self.text(name).map(|text| unguarded(text).to_owned());
        let cameras: Option<u32> = self.number("cameras")?;
        let count = |name: &str| self.number::<u32>(name).map(Option::unwrap_or_default);
        let mut counts = Counts {
            sightings: count("sightings")?,
            cameras: cameras.unwrap_or_default(),
            heads: count("heads")?,
            // Releases of earlier versions are without these two.
            stale: count("stale").unwrap_or_default(),
            gone: count("gone").unwrap_or_default(),
            ..Counts::default()
        };
        let names: Vec<&'static str> = marginals(&counts).map(|(name, _)| name).collect();
        for name in names.into_iter().chain(["linked_unknown", "linked_yes", "linked_no"]) {
            *super::cells_csv::slot(&mut counts, name)? = count(name)?;
        }
        let home_rounded = self.number("home_rounded")?;
        counts.home_rounded = home_rounded.unwrap_or_default();
        let estimate: Option<f64> = self.number("estimate")?;
        let (low, high) = (self.number("low")?, self.number("high")?);
        Some(AreaRow {
            slug: own("slug")?,
            name: own("name")?,
            is_looked_at: cameras.is_some(),
            counts,
            home_rounded,
            restricted: (count("maker_restricted")?, count("maker_unrestricted")?),
            km2: self.number("km2")?,
            population: self.number("population")?,
            per_km2: self.rate(["per_km2", "per_km2_low", "per_km2_high", "per_km2_publishable"])?,
            per_1000: self.rate(["per_1000", "per_1000_low", "per_1000_high", "per_1000_publishable"])?,
            smoothed_per_km2: self.number("smoothed_per_km2")?,
            dispersion: self.number("dispersion")?,
            estimate: estimate.zip(low).map(|(estimate, low)| EstimateLine { estimate, low, high }),
            method: own("method")?,
            reason: own("reason")?,
            warnings: own("warnings")?,
            estimate_scope: own("estimate_scope")?,
            wave: own("wave")?,
            surveyed_share: self.number("surveyed_share")?,
        })
    }
}
