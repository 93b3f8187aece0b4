//! A boundary file to an area set.

use std::collections::{BTreeMap, BTreeSet};

use geo::{Coord, MultiPolygon};
use geojson::{Feature, GeometryValue};
use serde_json::Value;

use super::code::{
    CROSSES_ANTIMERIDIAN, Code, LEGACY_CRS, MERGED, NAME_FIELD_MISSING, NAME_FIELD_UNCLEAR, NO_AREAS, NO_GEOMETRY,
    NO_GROUND, NO_NAME, NO_SET_NAME, NOT_A_FEATURE, NOT_AN_OUTLINE, OUT_OF_RANGE, POPULATION_FIELD_MISSING,
    POPULATION_SOURCE_MISSING, POPULATION_UNCLEAR, POPULATION_UNREADABLE, REPAIRED,
};
use super::document;
use super::fit::measure;
use super::guess;
use super::repair::{Repaired, Rings, join, repair};
use super::slugs::slugs;
use crate::model::{Area, AreaSet, Note, PopulationSource, Problem, is_hidden, slug_of};

/// What a boundary file is read as.
#[derive(Debug, Clone, Default)]
pub struct AreaOptions {
    /// Name of the set; its short form becomes the slug.
    pub set: String,
    /// Title for people; the name of the set by default.
    pub name: Option<String>,
    /// Field that names an area, as text or number; by default the one called `name` in some spelling, else the only one
    /// whose values are texts and all different.
    pub name_field: Option<String>,
    /// Date of the boundaries, see [`is_edition`]; empty when not stated.
    pub edition: String,
    /// SPDX identifier, or words, of the licence of the boundaries.
    pub licence: String,
    /// Words the licence wants printed.
    pub attribution: Option<String>,
    /// Field that holds the residents of an area, as number or digits. Needs `population`.
    pub population_field: Option<String>,
    /// Where the populations come from.
    pub population: Option<PopulationSource>,
}

/// A boundary file that cannot be used at all.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}", .0.message)]
pub struct AreaError(pub Problem);

/// What was found in a boundary file that could be used.
#[derive(Debug, Clone, PartialEq, Eq, Default, serde::Serialize)]
pub struct Remarks {
    /// Features in the file.
    pub features: u64,
    /// Features that became no area or part of one, in the order of the file.
    pub problems: Vec<Problem>,
    /// What was done to features that did, one line for each code.
    pub notes: Vec<Note>,
}

/// Whether a text is a date of boundaries: `YYYY`, `YYYY-MM` or `YYYY-MM-DD`.
#[must_use]
pub fn is_edition(text: &str) -> bool {
    let mut parts = text.split('-');
    let mut digits = |count: usize, range: std::ops::RangeInclusive<u16>| {
        parts.next().map(|part| {
            part.len() == count
                && part.bytes().all(|b| b.is_ascii_digit())
                && part.parse().is_ok_and(|number| range.contains(&number))
        })
    };
    digits(4, 0..=9999) == Some(true)
        && digits(2, 1..=12).unwrap_or(true)
        && digits(2, 1..=31).unwrap_or(true)
        && parts.next().is_none()
}

/// Reads a GeoJSON `FeatureCollection` (RFC 7946) of polygons. Features of one name are one area. Outlines are made valid;
/// how many were not, and how the areas fit together, stands in the set. The order of the features does not matter.
///
/// # Errors
/// When the file is something else, is in another coordinate system, or holds no area that can be used.
pub fn read(bytes: &[u8], options: &AreaOptions) -> Result<(AreaSet, Remarks), AreaError> {
    let slug = slug_of(&options.set).ok_or_else(|| whole("", NO_SET_NAME, ""))?;
    let document = document::open(bytes).map_err(|(pointer, code)| whole(pointer, code, ""))?;
    let mut remarks = Remarks { features: document.features.len() as u64, ..Remarks::default() };
    if document.has_crs {
        remarks.note(LEGACY_CRS, "/crs".to_owned());
    }
    let features: Vec<Option<Feature>> =
        document.features.iter().map(|text| serde_json::from_str(text.get()).ok()).collect();
    let fields = Fields::find(&features, options)?;
    let mut named: BTreeMap<String, Vec<Found>> = BTreeMap::new();
    for (index, feature) in features.into_iter().enumerate() {
        let pointer = format!("/features/{index}");
        match feature.ok_or((NOT_A_FEATURE, "")).and_then(|feature| fields.read(feature)) {
            Ok((name, found)) => {
                remarks.note_found(&found, &pointer, fields.population.is_some());
                let same = named.entry(name).or_default();
                if !same.is_empty() {
                    remarks.note(MERGED, pointer);
                }
                same.push(found);
            }
            Err((code, member)) => {
                let message = code.sentence.to_owned();
                remarks.problems.push(Problem { pointer: pointer + member, code: code.name, message });
            }
        }
    }
    if named.is_empty() {
        return Err(nothing_usable(remarks.problems));
    }
    let repaired = named.values().filter(|parts| parts.iter().any(|part| part.repaired.was_invalid)).count();
    let areas = areas(named, &mut remarks);
    let set = AreaSet {
        name: options.name.clone().unwrap_or_else(|| options.set.trim().to_owned()),
        slug,
        edition: options.edition.clone(),
        licence: options.licence.clone(),
        attribution: options.attribution.clone(),
        population: options.population.clone().filter(|_| areas.iter().any(|area| area.population.is_some())),
        fit: measure(&areas, u32::try_from(repaired).unwrap_or(u32::MAX)),
        areas,
    };
    Ok((set, remarks))
}

/// The fields that are read.
struct Fields {
    name: String,
    population: Option<String>,
}

/// One feature that can be used.
struct Found {
    repaired: Repaired,
    population: Option<u64>,
}

impl Fields {
    fn find(features: &[Option<Feature>], options: &AreaOptions) -> Result<Self, AreaError> {
        let existing = guess::fields(features);
        // Names of fields may be shown: the file is the coordinator's own.
        let list = match existing.len() {
            0 => " The features have no fields.".to_owned(),
            _ => format!(" The fields are: {}.", existing.iter().copied().collect::<Vec<_>>().join(", ")),
        };
        let name = match &options.name_field {
            Some(field) if existing.contains(field.as_str()) => field.clone(),
            Some(_) => return Err(whole("", NAME_FIELD_MISSING, &list)),
            None => guess::name_field(features).ok_or_else(|| whole("", NAME_FIELD_UNCLEAR, &list))?,
        };
        if let Some(field) = &options.population_field {
            if options.population.is_none() {
                return Err(whole("", POPULATION_SOURCE_MISSING, ""));
            }
            if !existing.contains(field.as_str()) {
                return Err(whole("", POPULATION_FIELD_MISSING, &list));
            }
        }
        Ok(Self { name, population: options.population_field.clone() })
    }

    /// Name and outline of a feature, or why not and which member is to blame.
    fn read(&self, feature: Feature) -> Result<(String, Found), (&'static Code, &'static str)> {
        let name = feature.property(&self.name).and_then(text_of).ok_or((NO_NAME, "/properties"))?;
        let population = self.population.as_ref().and_then(|field| feature.property(field)).and_then(people);
        let geometry = feature.geometry.ok_or((NO_GEOMETRY, "/geometry"))?;
        let polygons = match geometry.value {
            GeometryValue::Polygon { coordinates } => vec![coordinates],
            GeometryValue::MultiPolygon { coordinates } => coordinates,
            _ => return Err((NOT_AN_OUTLINE, "/geometry")),
        };
        let polygons: Option<Vec<Rings>> = polygons
            .into_iter()
            .map(|rings| {
                rings
                    .into_iter()
                    .map(|ring| ring.iter().map(|position| degrees(position.as_slice())).collect())
                    .collect()
            })
            .collect();
        let polygons = polygons.ok_or((OUT_OF_RANGE, "/geometry"))?;
        let repaired = repair(polygons).ok_or((NO_GROUND, "/geometry"))?;
        Ok((name, Found { repaired, population }))
    }
}

impl Remarks {
    fn note(&mut self, code: &'static Code, pointer: String) {
        match self.notes.iter_mut().find(|note| note.code == code.name) {
            Some(note) => note.count += 1,
            None => self.notes.push(Note { pointer, code: code.name, message: code.sentence.to_owned(), count: 1 }),
        }
    }

    fn note_found(&mut self, found: &Found, pointer: &str, wants_population: bool) {
        if found.repaired.was_invalid {
            self.note(REPAIRED, format!("{pointer}/geometry"));
        }
        if found.repaired.crosses_antimeridian {
            self.note(CROSSES_ANTIMERIDIAN, format!("{pointer}/geometry"));
        }
        if wants_population && found.population.is_none() {
            self.note(POPULATION_UNREADABLE, format!("{pointer}/properties"));
        }
    }
}

fn whole(pointer: &str, code: &'static Code, more: &str) -> AreaError {
    AreaError(Problem { pointer: pointer.to_owned(), code: code.name, message: format!("{}{more}", code.sentence) })
}

/// The reason that all features share, or that each has its own.
fn nothing_usable(problems: Vec<Problem>) -> AreaError {
    let mut problems = problems.into_iter();
    match problems.next() {
        Some(first) if problems.all(|problem| problem.code == first.code) => AreaError(first),
        _ => whole("", NO_AREAS, ""),
    }
}

fn areas(named: BTreeMap<String, Vec<Found>>, remarks: &mut Remarks) -> Vec<Area> {
    let names: BTreeSet<&str> = named.keys().map(String::as_str).collect();
    let slugs = slugs(&names);
    let areas = slugs.into_iter().zip(named).map(|(slug, (name, mut parts))| {
        let stated: BTreeSet<u64> = parts.iter().filter_map(|part| part.population).collect();
        if stated.len() > 1 {
            remarks.note(POPULATION_UNCLEAR, String::new());
        }
        let population = stated.first().copied().filter(|_| stated.len() == 1);
        let outline = match parts.len() {
            1 => parts.remove(0).repaired.outline,
            _ => join(&parts.into_iter().map(|part| part.repaired.outline).collect::<Vec<MultiPolygon<f64>>>()),
        };
        Area { slug, name, population, outline }
    });
    let mut areas: Vec<Area> = areas.collect();
    areas.sort_by(|a, b| a.slug.cmp(&b.slug));
    areas
}

/// A name: text, or a number as a person writes it. What nobody sees in it is left out.
fn text_of(value: &Value) -> Option<String> {
    let text = match value {
        Value::String(text) => {
            let spaced = text.replace(['\t', '\n', '\r'], " ");
            spaced.replace(is_hidden, "").trim().to_owned()
        }
        Value::Number(number) => match number.as_f64() {
            // A spreadsheet's 3.0.
            Some(float) if number.is_f64() && float.fract() == 0.0 && float.abs() < 1e15 => format!("{float:.0}"),
            _ => number.to_string(),
        },
        _ => return None,
    };
    (!text.is_empty()).then_some(text)
}

/// A number of people.
fn people(value: &Value) -> Option<u64> {
    let number = match value {
        Value::Number(number) => number.as_f64()?,
        Value::String(text) => text.trim().parse().ok()?,
        _ => return None,
    };
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "limited to what people there can be")]
    let people = (0.0..1e11).contains(&number).then(|| number.round() as u64);
    people
}

/// Longitudes may be continuous across the antimeridian.
fn degrees(position: &[f64]) -> Option<Coord<f64>> {
    let &[x, y, ..] = position else { return None };
    (x.abs() <= 360.0 && y.abs() <= 90.0).then_some(Coord { x, y })
}

#[cfg(test)]
#[path = "read_tests.rs"]
mod tests;
