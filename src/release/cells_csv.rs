//! `cells-r3` to `cells-r10`: counts per cell, and how the table is read back.

use h3o::{CellIndex, LatLng, Resolution};

use super::value::Value;
use crate::density::{CellRow, CellTable, Counts, marginals};
use crate::model::Linked;

/// Whether a table of this resolution has a column for home cameras.
pub(super) fn has_home(resolution: Resolution) -> bool {
    resolution <= Resolution::Eight
}

/// Columns of the survey: what there is to walk (decimetres of street, or square metres of cells; empty where nobody
/// knows), what of it was walked completely, what was walked completely beside any frame, and the share.
const SURVEY: [&str; 4] = ["frame", "walked", "walked_unframed", "surveyed_share"];

/// Cameras counted apart from the others. Releases of earlier versions are without these columns.
const APART: [&str; 2] = ["stale", "gone"];

/// The header of a table.
pub(super) fn columns(resolution: Resolution) -> Vec<&'static str> {
    let probe = CellRow::empty(first_cell());
    let mut columns = vec!["cell", "sightings", "cameras", "heads"];
    columns.extend(APART);
    columns.extend(marginals(&probe.counts).map(|(name, _)| name));
    columns.extend(["linked_unknown", "linked_yes", "linked_no", "km2", "lon", "lat"]);
    columns.extend(SURVEY);
    if has_home(resolution) {
        columns.push("home_rounded");
    }
    columns
}

/// The values of a row, in the order of [`columns`]; `into` is emptied first.
pub(super) fn values(row: &CellRow, into: &mut Vec<Value<'_>>) {
    into.clear();
    into.push(Value::text(row.cell.to_string()));
    let CellRow { counts, surveyed, .. } = row;
    let linked = Linked::ALL.iter().map(|linked| counts.linked[usize::from(linked.code())]);
    let all = [counts.sightings, counts.cameras, counts.heads, counts.stale, counts.gone].into_iter();
    let all = all.chain(marginals(counts).map(|(_, count)| count)).chain(linked);
    // Where nobody looked the number is unknown, not zero.
    into.extend(all.map(|count| Value::integer(row.has_counts().then_some(u64::from(count)))));
    let centre = LatLng::from(row.cell);
    into.extend([row.km2(), centre.lng(), centre.lat()].map(|number| Value::number(Some(number), 6)));
    let framed = |extent: u64| Value::integer((surveyed.frame > 0).then_some(extent));
    into.extend([framed(surveyed.frame), framed(surveyed.complete), Value::integer(surveyed.unframed)]);
    into.push(Value::number(surveyed.share(), 4));
    if has_home(row.cell.resolution()) {
        into.push(Value::integer(u64::from(counts.home_rounded)));
    }
}

/// Reads a table back.
pub(super) fn read(resolution: Resolution, input: impl std::io::Read) -> Result<CellTable, String> {
    let mut reader = csv::Reader::from_reader(input);
    let mut expected = columns(resolution);
    if !reader.headers().map_err(|e| e.to_string())?.iter().any(|name| APART.contains(&name)) {
        expected.retain(|name| !APART.contains(name));
    }
    if reader.headers().map_err(|e| e.to_string())?.iter().ne(expected.iter().copied()) {
        return Err("its columns are not those of this format".to_owned());
    }
    let mut rows = Vec::new();
    for record in reader.records() {
        let record = record.map_err(|e| e.to_string())?;
        rows.push(parse(&record, &expected).ok_or_else(|| format!("row {} is not a row of counts", rows.len() + 1))?);
    }
    Ok(CellTable { resolution, rows })
}

fn parse(record: &csv::StringRecord, columns: &[&str]) -> Option<CellRow> {
    let mut row = CellRow::empty(record.get(0)?.parse::<CellIndex>().ok()?);
    for (column, field) in columns.iter().zip(record).skip(1) {
        if matches!(*column, "km2" | "lon" | "lat" | "surveyed_share") {
            continue;
        }
        let count: u64 = if field.is_empty() { 0 } else { field.parse().ok()? };
        match *column {
            "frame" => row.surveyed.frame = count,
            "walked" => row.surveyed.complete = count,
            "walked_unframed" => row.surveyed.unframed = count,
            name => *slot(&mut row.counts, name)? = u32::try_from(count).ok()?,
        }
    }
    Some(row)
}

pub(super) fn slot<'a>(counts: &'a mut Counts, name: &str) -> Option<&'a mut u32> {
    use crate::model::{Kind, Operator};
    if let Some(word) = name.strip_prefix("k_") {
        return counts.kinds.get_mut(usize::from(Kind::from_word(word)?.code()));
    }
    if let Some(word) = name.strip_prefix("o_") {
        return counts.operators.get_mut(usize::from(Operator::from_word(word)?.code()));
    }
    match name {
        "sightings" => Some(&mut counts.sightings),
        "cameras" => Some(&mut counts.cameras),
        "heads" => Some(&mut counts.heads),
        "stale" => Some(&mut counts.stale),
        "gone" => Some(&mut counts.gone),
        "home_rounded" => Some(&mut counts.home_rounded),
        name => counts.linked.get_mut(usize::from(Linked::from_word(name.strip_prefix("linked_")?)?.code())),
    }
}

fn first_cell() -> CellIndex {
    CellIndex::first(Resolution::Three)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::density::Surveyed;
    use crate::release::csv_table::CsvTable;
    use crate::release::published::described;

    fn written(row: CellRow) -> Vec<u8> {
        let (_, described) = described("cells", columns(row.cell.resolution())).unwrap();
        let mut table = CsvTable::begin(Vec::new(), &described).unwrap();
        let mut all = Vec::new();
        values(&row, &mut all);
        table.row(&all).unwrap();
        table.end().unwrap()
    }

    #[test]
    fn a_table_reads_back_as_it_was_written() {
        for resolution in [Resolution::Five, Resolution::Nine] {
            let mut row = CellRow::empty(CellIndex::first(resolution));
            (row.counts.sightings, row.counts.cameras, row.counts.heads) = (7, 3, 4);
            (row.counts.stale, row.counts.gone) = (2, 1);
            row.counts.kinds[2] = 3;
            row.counts.operators[1] = 3;
            row.counts.linked[0] = 3;
            row.counts.home_rounded = if has_home(resolution) { 10 } else { 0 };
            row.surveyed = Surveyed { frame: 900, complete: 300, unframed: 20 };
            assert_eq!(read(resolution, written(row).as_slice()), Ok(CellTable { resolution, rows: vec![row] }));
        }
    }

    #[test]
    fn a_table_of_before_there_were_stale_cameras_is_read_too() {
        let row = CellRow::empty(CellIndex::first(Resolution::Nine));
        let text = String::from_utf8(written(row)).unwrap();
        let earlier = text.replacen("heads,stale,gone", "heads", 1).replacen(",0,0,0,0,0,", ",0,0,0,", 1);
        assert_eq!(read(Resolution::Nine, earlier.as_bytes()).map(|table| table.rows), Ok(vec![row]));
        assert_ne!(earlier, text);
    }

    #[test]
    fn a_changed_header_or_number_is_noticed() {
        assert!(read(Resolution::Five, &b"cell,n\n"[..]).is_err());
        let bytes = written(CellRow::empty(CellIndex::first(Resolution::Nine)));
        let text = String::from_utf8(bytes).unwrap().replacen(",,", ",x,", 1);
        assert!(read(Resolution::Nine, text.as_bytes()).is_err());
    }
}
