//! Invented reports in the shape the program is used for: several observers of each camera, none quite at its place.

use std::fs::File;
use std::io::{self, BufRead as _, BufReader, BufWriter, Write as _};
use std::path::{Path, PathBuf};

/// Cities of a country, as longitude and latitude in millionths of a degree, and how many of a hundred cameras each has.
const CITIES: [(i64, i64, u64); 8] = [
    (12_000_000, 51_000_000, 30),
    (9_400_000, 52_300_000, 20),
    (13_100_000, 53_200_000, 14),
    (10_800_000, 49_700_000, 12),
    (8_200_000, 50_400_000, 9),
    (11_500_000, 48_600_000, 7),
    (14_200_000, 51_700_000, 5),
    (7_300_000, 53_000_000, 3),
];
const KINDS: [&str; 6] = ["fixed", "fixed", "dome", "dome", "panning", "plate_reader"];
const OPERATORS: [&str; 6] = ["business", "business", "unknown", "government", "transit", "police"];
const MAKERS: [&str; 5] = ["Hikvision", "Dahua", "Axis", "Bosch", "unknown"];

/// `SplitMix64`.
struct Random(u64);

impl Random {
    fn below(&mut self, end: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        (z ^ (z >> 31)) % end
    }

    /// Bell-shaped around 0.
    fn around(&mut self, reach: i64) -> i64 {
        (0..4).map(|_| self.below(reach.unsigned_abs() * 2 + 1).cast_signed() - reach).sum::<i64>() / 2
    }

    fn one_of<T: Copy>(&mut self, values: &[T]) -> T {
        values[usize::try_from(self.below(values.len() as u64)).unwrap_or(0)]
    }
}

/// The file to measure with: the one that `CENSUS_BENCH_FILE` names, or `CENSUS_BENCH_FEATURES` (1,000,000) invented
/// reports as newline-delimited GeoJSON. Returns it with its number of lines.
pub(crate) fn file(directory: &Path) -> io::Result<(PathBuf, usize)> {
    if let Some(path) = std::env::var_os("CENSUS_BENCH_FILE").map(PathBuf::from) {
        let lines = BufReader::new(File::open(&path)?).lines().count();
        return Ok((path, lines));
    }
    let count = std::env::var("CENSUS_BENCH_FEATURES").ok().and_then(|count| count.parse().ok()).unwrap_or(1_000_000);
    let path = directory.join(format!("reports-{count}.geojsonl"));
    if !path.exists() {
        write(&path, count)?;
    }
    Ok((path, count))
}

fn write(path: &Path, count: usize) -> io::Result<()> {
    let mut random = Random(1);
    let mut out = BufWriter::with_capacity(1 << 20, File::create(path)?);
    let mut written = 0;
    while written < count {
        let mut at = random.below(100);
        let mut city = CITIES[0];
        for candidate in CITIES {
            city = candidate;
            if at < candidate.2 {
                break;
            }
            at -= candidate.2;
        }
        let camera = (city.0 + random.around(60_000), city.1 + random.around(40_000));
        let (kind, operator, maker) = (random.one_of(&KINDS), random.one_of(&OPERATORS), random.one_of(&MAKERS));
        let (bearing, reports) = (random.below(360), 1 + random.below(4));
        for _ in 0..reports.min((count - written) as u64) {
            report(&mut random, camera, (kind, operator, maker, bearing), &mut out)?;
            written += 1;
        }
    }
    out.flush()
}

fn report(
    random: &mut Random,
    camera: (i64, i64),
    (kind, operator, maker, bearing): (&str, &str, &str, u64),
    out: &mut impl io::Write,
) -> io::Result<()> {
    // Some five metres off, and now and then wrong about what it is.
    let (longitude, latitude) = (camera.0 + random.around(50), camera.1 + random.around(30));
    let kind = if random.below(20) == 0 { random.one_of(&KINDS) } else { kind };
    let maker = if random.below(3) == 0 { "unknown" } else { maker };
    let facing = (bearing + 350 + random.below(20)) % 360;
    writeln!(
        out,
        r#"{{"type":"Feature","geometry":{{"type":"Point","coordinates":[{}.{:06},{}.{:06}]}},"properties":{{"kind":"{kind}","operator":"{operator}","maker":"{maker}","mount":"wall","facing":{facing},"heads":1,"observed":"2026-W{}","accuracy_m":{},"position":"gps"}}}}"#,
        longitude / 1_000_000,
        longitude % 1_000_000,
        latitude / 1_000_000,
        latitude % 1_000_000,
        14 + random.below(12),
        3 + random.below(15),
    )
}
