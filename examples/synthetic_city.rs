//! Invents the cameras of Beispielstadt, a city that does not exist, for `samples/`.
//!
//! Standard library only, integers only, its own random numbers: the same bytes on every machine.
//!
//! ```text
//! cargo run --example synthetic_city > samples/synthetic-city.geojson
//! cargo run --example synthetic_city -- register > samples/synthetic-register.csv
//! ```

use std::fmt::Write as _;
use std::io::Write as _;
use std::process::ExitCode;

/// Cameras of the whole city.
const CAMERAS: usize = 2_000;
/// Cameras of the register that its council publishes.
const REGISTER: usize = 120;
/// Where the market square lies, in millionths of a degree.
const CENTRE: (i64, i64) = (12_000_000, 51_000_000);

/// `SplitMix64`: small, well mixed, and the same everywhere.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// A number from 0 to below `end`.
    fn below(&mut self, end: u64) -> u64 {
        self.next() % end
    }

    fn chance(&mut self, percent: u64) -> bool {
        self.below(100) < percent
    }

    /// Around 0, roughly bell-shaped: the mean of four draws within `reach`.
    fn around(&mut self, reach: i64) -> i64 {
        let width = reach.unsigned_abs() * 2 + 1;
        (0..4).map(|_| self.below(width).cast_signed() - reach).sum::<i64>() / 4
    }

    /// One of some values, by weight.
    fn pick<T: Copy>(&mut self, table: &[(u64, T)]) -> T {
        let mut at = self.below(table.iter().map(|(weight, _)| weight).sum());
        for &(weight, value) in table {
            if at < weight {
                return value;
            }
            at -= weight;
        }
        table[0].1
    }
}

/// A part of the city. Lengths in decimetres, from the market square, before the street grid is turned.
struct District {
    weight: u64,
    east: i64,
    north: i64,
    reach: i64,
    operators: &'static [(u64, &'static str)],
}

const DISTRICTS: &[District] = &[
    District {
        weight: 30,
        east: 0,
        north: 0,
        reach: 9_000,
        operators: &[(8, "business"), (2, "government"), (2, "police"), (1, "household"), (1, "unknown")],
    },
    District { weight: 14, east: 9_500, north: -5_500, reach: 3_500, operators: &[(9, "transit"), (3, "business")] },
    District { weight: 8, east: -12_000, north: 14_000, reach: 6_000, operators: &[(8, "education"), (2, "business")] },
    District { weight: 10, east: 26_000, north: 6_000, reach: 9_000, operators: &[(9, "business"), (1, "unknown")] },
    District {
        weight: 30,
        east: -4_000,
        north: -6_000,
        reach: 42_000,
        operators: &[(6, "household"), (5, "business"), (2, "unknown"), (1, "education"), (1, "government")],
    },
    District { weight: 8, east: 2_000, north: 0, reach: 45_000, operators: &[(8, "traffic"), (3, "police")] },
];

const KINDS: &[(u64, &str)] = &[(50, "fixed"), (34, "dome"), (8, "panning"), (4, "unknown"), (4, "other")];
const MOUNTS: &[(u64, &str)] =
    &[(60, "wall"), (16, "pole"), (8, "street_lamp"), (8, "ceiling"), (5, "roof"), (3, "unknown")];
const MAKERS: &[(u64, &str)] = &[
    (22, "Hikvision"),
    (15, "Dahua"),
    (12, "Axis"),
    (8, "Bosch"),
    (7, "Hanwha Vision"),
    (4, "Mobotix"),
    (40, "unknown"),
];
const POINTS: [&str; 8] = ["N", "NE", "E", "SE", "S", "SW", "W", "NW"];

/// One invented camera.
struct Camera {
    /// Millionths of a degree.
    longitude: i64,
    latitude: i64,
    kind: &'static str,
    operator: &'static str,
    mount: &'static str,
    maker: &'static str,
    linked: &'static str,
    basis: &'static str,
    /// As it stands in JSON.
    facing: Option<String>,
    heads: u64,
    week: u64,
}

/// A place beside a street, in decimetres from the market square; nothing stands in the river or in the park.
fn place(random: &mut Random, district: &District) -> (i64, i64) {
    loop {
        let mut east = district.east + random.around(district.reach);
        let mut north = district.north + random.around(district.reach);
        // On the pavement of a street: streets lie 110 m apart one way and 75 m the other.
        let pavement = if random.chance(50) { 70 } else { -70 };
        if random.chance(50) {
            east = east.div_euclid(1_100) * 1_100 + pavement;
        } else {
            north = north.div_euclid(750) * 750 + pavement;
        }
        let river = (north + 14_000 - east / 5).abs() < 900;
        let park = (east + 9_000).pow(2) + (north - 1_000).pow(2) < 4_000_i64.pow(2);
        if !river && !park {
            // The grid is turned by the angle of the triangle 7, 24, 25.
            return ((east * 24 - north * 7) / 25, (east * 7 + north * 24) / 25);
        }
    }
}

fn camera(random: &mut Random) -> Camera {
    let choices: Vec<(u64, usize)> = DISTRICTS.iter().enumerate().map(|(i, d)| (d.weight, i)).collect();
    let district = &DISTRICTS[random.pick(&choices)];
    let (east, north) = place(random, district);
    let operator = random.pick(district.operators);
    let kind = match operator {
        "household" if random.chance(70) => "doorbell",
        "police" | "traffic" if random.chance(45) => "plate_reader",
        _ => random.pick(KINDS),
    };
    let mount = match kind {
        "doorbell" => "door",
        "plate_reader" => random.pick(&[(3, "pole"), (2, "traffic_signal")]),
        _ => random.pick(MOUNTS),
    };
    let public_body = matches!(operator, "police" | "government" | "transit" | "traffic");
    let facing = match kind {
        "fixed" | "plate_reader" if random.chance(80) => match random.below(10) {
            0..7 => Some(random.below(360).to_string()),
            7 | 8 => Some(format!("\"{}\"", POINTS[usize::try_from(random.below(8)).unwrap_or(0)])),
            _ => {
                let one = random.below(180);
                Some(format!("[{one}, {}]", one + 180))
            }
        },
        "dome" | "panning" if random.chance(40) => Some("\"all_round\"".to_owned()),
        _ => None,
    };
    let poles = kind == "fixed" && matches!(mount, "pole" | "street_lamp");
    let two_ways = facing.as_ref().is_some_and(|facing| facing.starts_with('['));
    Camera {
        // A decimetre is 0.8983 millionths of a degree of latitude, and 1.4274 of longitude at 51 degrees north.
        longitude: CENTRE.0 + east * 14_274 / 10_000,
        latitude: CENTRE.1 + north * 8_983 / 10_000,
        kind,
        operator,
        mount,
        maker: if kind == "doorbell" {
            random.pick(&[(5, "Ring"), (3, "Google Nest"), (4, "unknown")])
        } else {
            random.pick(MAKERS)
        },
        linked: if public_body {
            random.pick(&[(6, "yes"), (1, "no"), (3, "unknown")])
        } else {
            random.pick(&[(1, "no"), (4, "unknown")])
        },
        basis: random.pick(&[(90, "seen"), (8, "sign"), (2, "guess")]),
        facing,
        heads: if two_ways {
            2
        } else if poles {
            random.pick(&[(6, 1), (3, 2), (1, 4)])
        } else {
            1
        },
        week: 14 + random.below(12),
    }
}

/// Millionths of a degree as decimal degrees.
fn degrees(millionths: i64) -> String {
    format!("{}.{:06}", millionths / 1_000_000, millionths % 1_000_000)
}

fn geojson() -> String {
    let mut random = Random(2026);
    let mut out = String::from(
        "{\"type\": \"FeatureCollection\",\n\"name\": \"SYNTHETIC: Beispielstadt, a city that does not exist; every camera is invented\",\n\
         \"census\": {\"wave\": \"spring-2026\", \"pass\": \"A\"},\n\"features\": [\n",
    );
    for i in 0..CAMERAS {
        let c = camera(&mut random);
        let facing = c.facing.map_or_else(String::new, |facing| format!(", \"facing\": {facing}"));
        let comma = if i + 1 == CAMERAS { "" } else { "," };
        // Writing to a string does not fail.
        let _ = writeln!(
            out,
            "{{\"type\": \"Feature\", \"geometry\": {{\"type\": \"Point\", \"coordinates\": [{}, {}]}}, \"properties\": {{\"kind\": \"{}\", \
             \"operator\": \"{}\", \"mount\": \"{}\", \"maker\": \"{}\", \"linked\": \"{}\", \"basis\": \"{}\"{facing}, \"heads\": {}, \
             \"observed\": \"2026-W{}\"}}}}{comma}",
            degrees(c.longitude),
            degrees(c.latitude),
            c.kind,
            c.operator,
            c.mount,
            c.maker,
            c.linked,
            c.basis,
            c.heads,
            c.week,
        );
    }
    out.push_str("]}\n");
    out
}

/// The register a council might publish: other words, other columns, one row per pole.
fn register() -> String {
    let mut random = Random(4711);
    let mut out = String::from("SYNTHETIC_ID;X;Y;Bauart;Betreiber;Anzahl;Richtung\n");
    let mut row = 0;
    while row < REGISTER {
        let c = camera(&mut random);
        let (Some(kind), Some(body)) = (
            [("fixed", "Festkamera"), ("dome", "Dome"), ("panning", "Schwenk"), ("plate_reader", "Kennzeichen")]
                .iter()
                .find(|(kind, _)| *kind == c.kind),
            [
                ("police", "Polizei"),
                ("government", "Ordnungsamt"),
                ("transit", "Verkehrsbetriebe"),
                ("traffic", "Tiefbauamt"),
            ]
            .iter()
            .find(|(operator, _)| *operator == c.operator),
        ) else {
            continue;
        };
        row += 1;
        let facing = c.facing.filter(|facing| facing.bytes().all(|b| b.is_ascii_digit())).unwrap_or_default();
        let _ = writeln!(
            out,
            "B{row:04};{};{};{};{};{};{facing}",
            degrees(c.longitude),
            degrees(c.latitude),
            kind.1,
            body.1,
            c.heads,
        );
    }
    out
}

fn main() -> ExitCode {
    let text = if std::env::args().nth(1).as_deref() == Some("register") { register() } else { geojson() };
    match std::io::stdout().lock().write_all(text.as_bytes()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(_) => ExitCode::FAILURE,
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_committed_samples_are_what_this_program_writes() {
        assert!(super::geojson() == include_str!("../samples/synthetic-city.geojson"), "regenerate the sample");
        assert!(super::register() == include_str!("../samples/synthetic-register.csv"), "regenerate the register");
    }
}
