//! Lines of the smaller tables of a release, read back: estimates, gates, and where to walk next.

use h3o::CellIndex;

use super::area_row::RateLine;
use super::changes::{Change, ChangedPlace, Changes};
use super::tables::unguarded;

/// A line of `estimates.csv`: a headline, a stratum or a model. Numbers speak of the units of the scope alone.
#[derive(Debug, Clone, PartialEq)]
pub struct ModelLine {
    /// The wave, `campaign/wave`.
    pub wave: String,
    /// `headline`, `stratum` or `model`.
    pub role: String,
    /// Code of the method, kinds of the stratum, or name of the model.
    pub name: String,
    /// Cameras counted.
    pub counted: Option<f64>,
    /// Counted and missed.
    pub estimate: Option<f64>,
    /// Lower end of the 95 % interval.
    pub low: Option<f64>,
    /// Upper end; `None` where the data set no limit.
    pub high: Option<f64>,
    /// Akaike's information criterion.
    pub aic: Option<f64>,
    /// Why there is no number, a code of the method page; empty with one.
    pub reason: String,
}

/// A line of `sensitivity.csv`: the count at another gate.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct GateLine {
    /// Multiple of the gate that was used.
    pub gate: f64,
    /// Cameras counted with it.
    pub cameras: u32,
    /// Difference to the count at the gate that was used, percent.
    pub difference_percent: f64,
}

/// A line of `walk-next.csv`: a cell with something left to walk. Decimetres of street, or square metres of cells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WalkLine {
    /// The cell.
    pub cell: CellIndex,
    /// Walked completely by no pass.
    pub not_walked: u64,
    /// Walked completely by one pass only.
    pub walked_once: u64,
    /// Everything there is to walk.
    pub frame: u64,
}

/// A line of `effort-areas.csv`: what the teams of one wave walked in one area. Extents are decimetres of street, or square
/// metres of cells; lengths and areas stand on lines of their own.
#[derive(Debug, Clone, PartialEq)]
pub struct AreaEffort {
    /// Slug of the area.
    pub area: String,
    /// The wave, `campaign/wave`.
    pub wave: String,
    /// Letters of the teams that walked something completely in the wave, separated by spaces.
    pub passes: String,
    /// `segment` or `cell`.
    pub kind: String,
    /// Whether the wave names all there is to walk.
    pub in_frame: bool,
    /// Units of the area that the wave names, and their extent.
    pub named: (u64, u64),
    /// Those that at least one team walked completely.
    pub walked: (u64, u64),
    /// Those that every team walked completely.
    pub walked_by_all: (u64, u64),
    /// Those that at least one team walked completely, and beside which no team reported a public-space camera.
    pub none_found: (u64, u64),
    /// Cameras counted beside those that at least one team walked completely; `None` in releases of earlier versions.
    pub cameras: Option<u64>,
    /// The same per kilometre; `None` for cells, and where nothing was walked.
    pub per_km: Option<RateLine>,
}

/// Reads the lines of `effort-areas.csv` about one set.
pub(super) fn area_efforts(bytes: &[u8], set: &str) -> Result<Vec<AreaEffort>, String> {
    lines(bytes, usize::MAX, |line| {
        if line.text("set")? != set {
            return Some(None);
        }
        let amount = |units: &str, extent: &str| Some((line.number(units)??, line.number(extent)??));
        Some(Some(AreaEffort {
            area: line.text("area")?,
            wave: line.text("wave")?,
            passes: line.text("passes")?,
            kind: line.text("kind")?,
            in_frame: line.text("in_frame")? == "yes",
            named: amount("units", "extent")?,
            walked: amount("walked_units", "walked_extent")?,
            walked_by_all: amount("walked_by_all_units", "walked_by_all_extent")?,
            none_found: amount("none_found_units", "none_found_extent")?,
            cameras: line.later_number("walked_cameras")?,
            per_km: match ["walked_per_km", "walked_per_km_low", "walked_per_km_high"].map(|end| line.later_number(end))
            {
                [Some(Some(value)), Some(Some(low)), Some(Some(high))] => {
                    let is_publishable = line.text("walked_per_km_publishable")? == "yes";
                    Some(RateLine { value, low, high, is_publishable })
                }
                [Some(None), Some(None), Some(None)] => None,
                _ => return None,
            },
        }))
    })
}

/// Reads the lines of `changes.csv` about the areas of one set.
pub(super) fn area_changes(bytes: &[u8], set: &str) -> Result<Vec<Change>, String> {
    lines(bytes, usize::MAX, |line| {
        if line.text("scope")? != "area" || line.text("set")? != set {
            return Some(None);
        }
        let place = ChangedPlace::Area { set: line.text("set")?, slug: line.text("slug")?, name: line.text("name")? };
        Some(Some(change(line, place)?))
    })
}

/// Reads the names of `sources.csv` whose reports are counted: those of lists stand apart.
pub(super) fn field_sources(bytes: &[u8]) -> Result<Vec<String>, String> {
    lines(bytes, usize::MAX, |line| {
        if line.text("kind")? != "field" {
            return Some(None);
        }
        Some(Some(line.text("name")?))
    })
}

/// Reads the line of `changes.csv` about the whole census; it is the first.
pub(super) fn census_change(bytes: &[u8]) -> Result<Vec<Change>, String> {
    lines(bytes, 1, |line| Some(Some(change(line, ChangedPlace::Census)?)))
}

fn change(line: &Line<'_>, place: ChangedPlace) -> Option<Change> {
    let count = |name: &str| line.number::<u32>(name).map(Option::unwrap_or_default);
    let changes = Changes {
        new: count("new")?,
        newly_found: count("newly_found")?,
        split: count("split")?,
        merged: count("merged")?,
        gone: count("gone")?,
        stale: line.number("stale")?.unwrap_or_default(),
        reclassified_kind: count("reclassified_kind")?,
        reclassified_operator: count("reclassified_operator")?,
        reclassified_linked: count("reclassified_linked")?,
        newly_walked: line.number("newly_walked")?.unwrap_or_default(),
    };
    let (before, after, border) = (line.number("before")?, line.number("after")?, line.number("border")?);
    Some(Change { place, before, after, changes, border })
}

/// Reads the lines of `estimates.csv` about one area; an empty set and area mean the whole census.
pub(super) fn estimates(bytes: &[u8], set: &str, area: &str) -> Result<Vec<ModelLine>, String> {
    lines(bytes, usize::MAX, |line| {
        if line.text("set")? != set || line.text("area")? != area {
            return Some(None);
        }
        Some(Some(ModelLine {
            wave: line.text("wave")?,
            role: line.text("role")?,
            name: line.text("name")?,
            counted: line.number("counted")?,
            estimate: line.number("estimate")?,
            low: line.number("low")?,
            high: line.number("high")?,
            aic: line.number("aic")?,
            reason: line.text("reason")?,
        }))
    })
}

/// Reads `sensitivity.csv`.
pub(super) fn gates(bytes: &[u8]) -> Result<Vec<GateLine>, String> {
    lines(bytes, usize::MAX, |line| {
        let (gate, cameras) = (line.number("gate")??, line.number("cameras")??);
        Some(Some(GateLine { gate, cameras, difference_percent: line.number("difference_percent")?? }))
    })
}

/// Reads the first lines of `walk-next.csv`.
pub(super) fn walk_next(bytes: &[u8], limit: usize) -> Result<Vec<WalkLine>, String> {
    lines(bytes, limit, |line| {
        let (not_walked, walked_once) = (line.number("not_walked")??, line.number("walked_once")??);
        let cell = line.number("cell")??;
        Some(Some(WalkLine { cell, not_walked, walked_once, frame: line.number("frame")?? }))
    })
}

struct Line<'a> {
    header: &'a csv::StringRecord,
    record: &'a csv::StringRecord,
}

impl Line<'_> {
    /// The text under a column, without the mark that keeps spreadsheets from taking it for a formula.
    fn text(&self, name: &str) -> Option<String> {
        let column = self.header.iter().position(|column| column == name)?;
        let text = self.record.get(column)?;
        Some(unguarded(text).to_owned())
    }

    /// The number under a column that releases of earlier versions are without.
    #[expect(clippy::option_option, reason = "as of `number`")]
    fn later_number<T: std::str::FromStr>(&self, name: &str) -> Option<Option<T>> {
        if self.header.iter().any(|column| column == name) { self.number(name) } else { Some(None) }
    }

    /// The number under a column: `Some(None)` for an empty field, `None` for what is not a number.
    #[expect(clippy::option_option, reason = "nothing known and not a number are two things")]
    fn number<T: std::str::FromStr>(&self, name: &str) -> Option<Option<T>> {
        let text = self.text(name)?;
        if text.is_empty() { Some(None) } else { text.parse().ok().map(Some) }
    }
}

/// Reads lines until `limit` of them were kept.
fn lines<T>(bytes: &[u8], limit: usize, of: impl Fn(&Line<'_>) -> Option<Option<T>>) -> Result<Vec<T>, String> {
    let mut reader = csv::Reader::from_reader(bytes);
    let header = reader.headers().map_err(|e| e.to_string())?.clone();
    let mut kept = Vec::new();
    for (number, record) in reader.records().enumerate() {
        if kept.len() >= limit {
            break;
        }
        let record = record.map_err(|e| e.to_string())?;
        let line = Line { header: &header, record: &record };
        kept.extend(of(&line).ok_or_else(|| format!("row {} is not a row of this table", number + 1))?);
    }
    Ok(kept)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lines_of_one_area_are_read_and_an_open_upper_end_stays_open() {
        let text = "set,area,wave,role,name,counted,estimate,low,high,aic,reason\n\
                    ,,c/w,headline,chapman,9.0,12.0,10.0,15.0,,\n\
                    wards,a,c/w,headline,chapman,9.0,12.0,10.0,,,\n\
                    wards,b,c/w,headline,,,,,,,one_occasion\n";
        let of = |set, area| estimates(text.as_bytes(), set, area).unwrap();
        assert_eq!((of("", "").len(), of("wards", "a").len(), of("wards", "c").len()), (1, 1, 0));
        assert_eq!((of("wards", "a")[0].high, of("wards", "a")[0].estimate), (None, Some(12.0)));
        assert_eq!(of("wards", "b")[0].reason, "one_occasion");
        assert!(estimates(text.replace("12.0", "x").as_bytes(), "", "").is_err());
    }

    #[test]
    fn changes_of_the_areas_of_one_set_are_read_and_what_is_not_known_stays_so() {
        let header = "scope,set,slug,name,cell,before,after,new,newly_found,split,merged,gone,stale,border,\
                      reclassified_kind,reclassified_operator,reclassified_linked,newly_walked\n";
        let text = format!(
            "{header}census,,,,,9,12,3,0,0,0,0,0,0,0,0,0,0\narea,wards,a,Ward A,,,5,1,4,0,0,2,-1,,0,0,0,70\n\
             area,other,a,A,,1,5,1,4,0,0,2,-1,0,0,0,0,70\ncell,,,,8a1f1d4864dffff,1,2,1,0,0,0,0,0,0,0,0,0,0\n"
        );
        let read = area_changes(text.as_bytes(), "wards").unwrap();
        assert_eq!(read.len(), 1);
        assert_eq!((read[0].before, read[0].after, read[0].border), (None, Some(5), None));
        assert_eq!((read[0].changes.newly_found, read[0].changes.gone, read[0].changes.stale), (4, 2, -1));
        assert!(area_changes(text.replace("-1,,0", "x,,0").as_bytes(), "wards").is_err());
    }

    #[test]
    fn effort_by_area_is_read_with_and_without_the_cameras_along_it() {
        let header = "set,area,wave,kind,passes,in_frame,units,extent,walked_units,walked_extent,walked_by_all_units,\
                      walked_by_all_extent,none_found_units,none_found_extent";
        let line = "wards,a,c/w,segment,A B,yes,9,900,8,800,7,700,2,200";
        let read =
            |more: &str, values: &str| area_efforts(format!("{header}{more}\n{line}{values}\n").as_bytes(), "wards");
        let old = read("", "").unwrap();
        assert_eq!((old[0].walked, old[0].cameras, old[0].per_km), ((8, 800), None, None));
        let rate = ",walked_per_km,walked_per_km_low,walked_per_km_high,walked_per_km_publishable";
        let new = read(&format!(",walked_cameras{rate}"), ",12,150.0,77.5,262.0,yes").unwrap();
        let per_km = RateLine { value: 150.0, low: 77.5, high: 262.0, is_publishable: true };
        assert_eq!((new[0].cameras, new[0].per_km), (Some(12), Some(per_km)));
        let of_cells = read(&format!(",walked_cameras{rate}"), ",12,,,,").unwrap();
        assert_eq!((of_cells[0].cameras, of_cells[0].per_km), (Some(12), None));
        assert!(read(",walked_cameras,walked_per_km", ",12,150.0").is_err(), "a rate without its ends");
    }

    #[test]
    fn no_more_lines_are_read_than_are_wanted() {
        let text = "rank,cell,not_walked,walked_once,walked,frame\n1,8a1f1d4864dffff,10,2,3,15\n2,nonsense,1,1,1,1\n";
        assert_eq!(walk_next(text.as_bytes(), 1).unwrap()[0].frame, 15);
        assert!(walk_next(text.as_bytes(), 2).is_err());
        assert_eq!(gates(b"gate,sigma,cameras,difference_percent\n0.5,1,40,-2.5\n").unwrap()[0].cameras, 40);
    }
}
