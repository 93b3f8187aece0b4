//! Known places, and every way a careless program might write one down.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use h3o::{CellIndex, LatLng, Resolution};

use crate::random::Random;
use crate::search::{Finder, Hay};

/// Where a camera stands, exactly.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Place {
    pub(crate) longitude: f64,
    pub(crate) latitude: f64,
    pub(crate) home: bool,
}

/// Degrees that a place keeps away, on both axes, from everything a release may rightly show: the centres of its cells
/// and the corners of their outlines. About 1.7 metres; with five decimals no such number can be mistaken for the place.
const CLEARANCE: f64 = 1.5e-5;

impl Place {
    /// Its cell, which is allowed to be known: resolution 13, or for a home the resolution-8 parent of that.
    pub(crate) fn cell(&self) -> CellIndex {
        let fine = self.index(Resolution::Thirteen);
        if self.home { fine.parent(Resolution::Eight).unwrap() } else { fine }
    }

    fn index(&self, resolution: Resolution) -> CellIndex {
        LatLng::new(self.latitude, self.longitude).unwrap().to_cell(resolution)
    }

    /// As a GeoJSON feature.
    pub(crate) fn feature(&self) -> String {
        let (kind, operator) = if self.home { ("doorbell", "household") } else { ("dome", "police") };
        format!(
            r#"{{"type":"Feature","geometry":{{"type":"Point","coordinates":[{:.9},{:.9}]}},"properties":{{"kind":"{kind}","operator":"{operator}"}}}}"#,
            self.longitude, self.latitude
        )
    }

    fn is_clear(&self) -> bool {
        let fine = self.index(Resolution::Thirteen);
        let cells = Resolution::range(Resolution::Three, Resolution::Thirteen).filter_map(|r| fine.parent(r));
        let mut shown = cells.chain([fine]).flat_map(|cell| {
            cell.boundary().iter().map(|corner| (corner.lng(), corner.lat())).chain([centre(cell)]).collect::<Vec<_>>()
        });
        shown.all(|(lng, lat)| (lng - self.longitude).abs() > CLEARANCE && (lat - self.latitude).abs() > CLEARANCE)
    }
}

fn centre(cell: CellIndex) -> (f64, f64) {
    let centre = LatLng::from(cell);
    (centre.lng(), centre.lat())
}

/// Places all over the world, every other one a home.
pub(crate) fn scattered(seed: u64, count: usize) -> Vec<Place> {
    let mut random = Random::seeded(seed);
    let mut places = Vec::new();
    while places.len() < count {
        let home = places.len() % 2 == 1;
        // Far enough from zero that six significant digits say something.
        let place = Place { longitude: random.between(10.0, 170.0), latitude: random.between(10.0, 70.0), home };
        let sign = |bit: u64| if bit & 1 == 0 { 1.0 } else { -1.0 };
        let bits = random.bits();
        let place =
            Place { longitude: place.longitude * sign(bits), latitude: place.latitude * sign(bits >> 1), ..place };
        if place.is_clear() {
            places.push(place);
        }
    }
    places
}

/// A `FeatureCollection` of places.
pub(crate) fn collection(places: &[Place]) -> String {
    let features: Vec<String> = places.iter().map(Place::feature).collect();
    format!(r#"{{"type":"FeatureCollection","features":[{}]}}"#, features.join(","))
}

/// A table of places, with the columns that are recognised by name.
pub(crate) fn table(places: &[Place]) -> String {
    let mut table = "longitude,latitude,kind,operator\n".to_owned();
    for place in places {
        let (kind, operator) = if place.home { ("doorbell", "household") } else { ("dome", "police") };
        writeln!(table, "{:.9},{:.9},{kind},{operator}", place.longitude, place.latitude).unwrap();
    }
    table
}

/// How a place may have been written down.
struct Trace {
    place: usize,
    what: String,
    /// Three or four bytes occur anywhere by chance, and as often those of a small number that is stored in eight, beside some
    /// zeros: then both coordinates must stand close together, or a column of wide numbers must hold those of several places.
    axis: Option<Axis>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Axis {
    Longitude,
    Latitude,
}

/// So many places of which a file holds one coordinate as a wide number are no chance any more.
const COLUMN: usize = 3;

/// Bytes within which two coordinates of one record stand.
const TOGETHER: usize = 64;

/// Looks for traces of places.
pub(crate) struct Tracer {
    traces: Vec<Trace>,
    finder: Finder,
}

impl Tracer {
    pub(crate) fn new(places: &[Place]) -> Self {
        let mut traces = Vec::new();
        let mut needles = Vec::new();
        for (index, place) in places.iter().enumerate() {
            let mut add = |what: String, axis: Option<Axis>, bytes: Vec<u8>| {
                traces.push(Trace { place: index, what, axis });
                needles.push(bytes);
            };
            for (axis, degrees) in [(Axis::Longitude, place.longitude), (Axis::Latitude, place.latitude)] {
                for text in texts(degrees) {
                    add(format!("text of {axis:?}"), None, text.into_bytes());
                }
                for (what, bytes) in floats(degrees) {
                    let alone = bytes.len() >= 8;
                    add(what, (!alone).then_some(axis), bytes);
                }
                for (what, bytes) in integers(degrees) {
                    add(what, Some(axis), bytes);
                }
            }
            let finest_allowed = if place.home { Resolution::Eight } else { Resolution::Thirteen };
            for resolution in Resolution::range(finest_allowed, Resolution::Fifteen).skip(1) {
                // Both ways to a finer cell: an index of the place itself, and a parent of one.
                for cell in [place.index(resolution), place.index(Resolution::Fifteen).parent(resolution).unwrap()] {
                    let number = u64::from(cell);
                    let what = || format!("H3 index of resolution {resolution}");
                    add(what(), None, format!("{number:x}").into_bytes());
                    add(what(), None, format!("{number:X}").into_bytes());
                    add(what(), None, number.to_string().into_bytes());
                    add(what(), None, number.to_be_bytes().to_vec());
                    add(what(), None, number.to_le_bytes().to_vec());
                }
            }
            let hash = geohash(place.longitude, place.latitude, 7);
            add("geohash".to_owned(), None, hash.to_uppercase().into_bytes());
            add("geohash".to_owned(), None, hash.into_bytes());
        }
        Self { traces, finder: Finder::new(needles) }
    }

    /// What was found of the places, as sentences that a failing test shows.
    pub(crate) fn traces(&self, hays: &[Hay]) -> Vec<String> {
        hays.iter().flat_map(|hay| self.traces_in(hay)).collect()
    }

    fn traces_in(&self, hay: &Hay) -> Vec<String> {
        let hits = self.finder.find(&hay.bytes);
        let mut found = Vec::new();
        let mut halves: Vec<(usize, usize)> = Vec::new();
        let mut wide: BTreeMap<&str, BTreeSet<usize>> = BTreeMap::new();
        for (needle, at) in hits {
            let trace = &self.traces[needle];
            let Some(axis) = trace.axis else {
                found.push(format!("{} of place {} in {} at {at}", trace.what, trace.place, hay.name));
                continue;
            };
            if trace.what.starts_with("i64") {
                wide.entry(&trace.what).or_default().insert(trace.place);
            }
            halves.retain(|&(_, earlier)| at - earlier <= TOGETHER);
            let other = halves.iter().find(|&&(other, _)| {
                let other = &self.traces[other];
                other.place == trace.place && other.what == trace.what && other.axis != Some(axis)
            });
            if other.is_some() {
                found.push(format!("{} of place {} in {} near {at}", trace.what, trace.place, hay.name));
            }
            halves.push((needle, at));
        }
        let columns = wide.into_iter().filter(|(_, places)| places.len() >= COLUMN);
        found.extend(columns.map(|(what, places)| format!("{what} of places {places:?} in {}", hay.name)));
        found
    }
}

/// Decimal texts with five to seven decimals, cut off and rounded. The longer forms start with the shorter ones. The sign
/// is left out, because it may be written as a word.
fn texts(degrees: f64) -> Vec<String> {
    let degrees = degrees.abs();
    let mut texts: Vec<String> = (5..=7).map(|decimals| format!("{degrees:.decimals$}")).collect();
    let long = format!("{degrees:.9}");
    texts.push(long[..=long.find('.').unwrap() + 5].to_owned());
    // The digits alone, as in a scaled integer that is printed; and with a decimal comma.
    texts.push(long.replace('.', "")[..long.find('.').unwrap() + 5].to_owned());
    texts.push(long.replace('.', ",")[..=long.find('.').unwrap() + 5].to_owned());
    texts.sort();
    texts.dedup();
    texts
}

/// Floating-point numbers of degrees and radians, in both byte orders.
#[expect(clippy::cast_possible_truncation, reason = "the narrow form is looked for as well")]
fn floats(degrees: f64) -> Vec<(String, Vec<u8>)> {
    let mut numbers = Vec::new();
    for (unit, value) in [("degrees", degrees), ("radians", degrees.to_radians())] {
        for value in [value, format!("{value:.7}").parse().unwrap()] {
            numbers.push((format!("f64 of {unit}, big endian"), value.to_be_bytes().to_vec()));
            numbers.push((format!("f64 of {unit}, little endian"), value.to_le_bytes().to_vec()));
            numbers.push((format!("f32 of {unit}, big endian"), (value as f32).to_be_bytes().to_vec()));
            numbers.push((format!("f32 of {unit}, little endian"), (value as f32).to_le_bytes().to_vec()));
        }
    }
    numbers
}

/// Degrees scaled by 10^5 to 10^7 as integers, in both byte orders. None needs more than four bytes.
#[expect(clippy::cast_possible_truncation, reason = "the narrow forms are what is looked for")]
fn integers(degrees: f64) -> Vec<(String, Vec<u8>)> {
    let mut numbers = Vec::new();
    for scale in [1e5, 1e6, 1e7] {
        for scaled in [(degrees * scale).round(), (degrees * scale).trunc()] {
            let (long, short) = (scaled as i64, scaled as i32);
            numbers.push((format!("i64 times {scale}, big endian"), long.to_be_bytes().to_vec()));
            numbers.push((format!("i64 times {scale}, little endian"), long.to_le_bytes().to_vec()));
            numbers.push((format!("i32 times {scale}, big endian"), short.to_be_bytes().to_vec()));
            numbers.push((format!("i32 times {scale}, little endian"), short.to_le_bytes().to_vec()));
            // SQLite stores an integer in as few bytes as it needs, three among them.
            if (-0x80_0000..0x80_0000).contains(&short) {
                numbers.push((format!("three bytes times {scale}"), short.to_be_bytes()[1..].to_vec()));
            }
        }
    }
    numbers
}

/// The geohash of a place (Niemeyer 2008): bits of longitude and latitude by turns, five to a letter.
fn geohash(longitude: f64, latitude: f64, letters: usize) -> String {
    let (mut lng, mut lat) = ((-180.0, 180.0), (-90.0, 90.0));
    let mut hash = String::new();
    let mut letter = 0;
    for bit in 0..letters * 5 {
        let (range, value) = if bit % 2 == 0 { (&mut lng, longitude) } else { (&mut lat, latitude) };
        let middle = f64::midpoint(range.0, range.1);
        let upper = value >= middle;
        if upper {
            range.0 = middle;
        } else {
            range.1 = middle;
        }
        letter = letter << 1 | usize::from(upper);
        if bit % 5 == 4 {
            hash.push(char::from(b"0123456789bcdefghjkmnpqrstuvwxyz"[letter]));
            letter = 0;
        }
    }
    hash
}

#[test]
fn a_geohash_is_what_others_compute() {
    assert_eq!(geohash(-5.6, 42.6, 5), "ezs42");
    assert_eq!(geohash(10.407_44, 57.649_11, 11), "u4pruydqqvj");
}

#[test]
fn every_way_of_writing_a_place_down_is_found() {
    let places = scattered(11, 6);
    let tracer = Tracer::new(&places);
    let place = places[0];
    let home = places[1];
    let cell = |resolution| place.index(resolution);
    let both = |bytes: fn(f64) -> Vec<u8>| [bytes(place.longitude), b"then".to_vec(), bytes(place.latitude)].concat();
    let planted: Vec<(&str, Vec<u8>)> = vec![
        ("text", format!("at {:.9} degrees", place.longitude).into_bytes()),
        ("short text", format!("{:.5}", place.latitude).into_bytes()),
        ("f64", place.longitude.to_le_bytes().to_vec()),
        ("f64 of radians", place.latitude.to_radians().to_be_bytes().to_vec()),
        (
            "f32 twice",
            both(|degrees| {
                #[expect(clippy::cast_possible_truncation, reason = "a careless program would")]
                (degrees as f32).to_le_bytes().to_vec()
            }),
        ),
        (
            "i32 twice",
            both(|degrees| {
                #[expect(clippy::cast_possible_truncation, reason = "a careless program would")]
                ((degrees * 1e7).round() as i32).to_be_bytes().to_vec()
            }),
        ),
        (
            "i64 twice",
            both(|degrees| {
                #[expect(clippy::cast_possible_truncation, reason = "a careless program would")]
                ((degrees * 1e6).round() as i64).to_le_bytes().to_vec()
            }),
        ),
        ("resolution 15", cell(Resolution::Fifteen).to_string().into_bytes()),
        ("resolution 14", u64::from(cell(Resolution::Fourteen)).to_be_bytes().to_vec()),
        ("resolution 13 of a home", u64::from(home.index(Resolution::Thirteen)).to_le_bytes().to_vec()),
        ("resolution 9 of a home", home.index(Resolution::Nine).to_string().into_bytes()),
        ("geohash", geohash(home.longitude, home.latitude, 9).into_bytes()),
    ];
    for (name, bytes) in planted {
        let hay = Hay { name: name.to_owned(), bytes: [b"before ".to_vec(), bytes, b" after".to_vec()].concat() };
        assert!(!tracer.traces(&[hay]).is_empty(), "{name}");
    }
    let column: Vec<u8> = places
        .iter()
        .flat_map(|place| {
            #[expect(clippy::cast_possible_truncation, reason = "a careless program would")]
            let scaled = (place.longitude * 1e7).round() as i64;
            [scaled.to_le_bytes(), [7; 8]].concat().repeat(6)
        })
        .collect();
    let hay = Hay { name: "column".to_owned(), bytes: column };
    assert!(!tracer.traces(&[hay]).is_empty(), "a column of longitudes");
    let allowed = [place.cell(), home.cell()].map(|cell| {
        let (lng, lat) = centre(cell);
        format!("{cell} {} {lng} {lat} {lng:.6}", u64::from(cell))
    });
    let hay = Hay { name: "allowed".to_owned(), bytes: allowed.join(" ").into_bytes() };
    assert_eq!(tracer.traces(&[hay]), Vec::<String>::new());
}
