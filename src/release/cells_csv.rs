//! `cells-r3.csv` to `cells-r10.csv`: counts per cell as a table.

use std::io::Write;

use h3o::{CellIndex, LatLng, Resolution};

use super::error::ReleaseError;
use crate::density::{CellRow, CellTable, Counts, marginals};
use crate::model::Linked;

/// Whether a table of this resolution has a column for home cameras.
pub(super) fn has_home(resolution: Resolution) -> bool {
    resolution <= Resolution::Eight
}

/// Columns of the survey: what there is to walk (decimetres of street, or square metres of cells; empty where nobody
/// knows), what of it was walked completely, what was walked completely beside any frame, and the share.
const SURVEY: [&str; 4] = ["frame", "walked", "walked_unframed", "surveyed_share"];

/// The header of a table.
pub(super) fn columns(resolution: Resolution) -> Vec<&'static str> {
    let probe = CellRow::empty(first_cell());
    let mut columns = vec!["cell", "sightings", "cameras", "heads"];
    columns.extend(marginals(&probe.counts).map(|(name, _)| name));
    columns.extend(["linked_unknown", "linked_yes", "linked_no", "km2", "lon", "lat"]);
    columns.extend(SURVEY);
    if has_home(resolution) {
        columns.push("home_rounded");
    }
    columns
}

/// Writes one table. Numbers and cell indexes only, so no field needs quoting or can be taken for a formula.
pub(super) fn write(table: &CellTable, out: &mut dyn Write) -> Result<(), ReleaseError> {
    let failed = |e: csv::Error| ReleaseError::Format { format: "CSV", problem: e.to_string() };
    let mut writer = csv::WriterBuilder::new().buffer_capacity(1 << 16).from_writer(out);
    writer.write_record(columns(table.resolution)).map_err(failed)?;
    let mut record = csv::StringRecord::new();
    for row in &table.rows {
        record.clear();
        fields(row, table.resolution, |field| record.push_field(field));
        writer.write_record(&record).map_err(failed)?;
    }
    writer.flush().map_err(|e| ReleaseError::Format { format: "CSV", problem: e.to_string() })
}

fn fields(row: &CellRow, resolution: Resolution, mut push: impl FnMut(&str)) {
    let mut number = itoa::Buffer::new();
    push(&row.cell.to_string());
    let CellRow { counts, surveyed, .. } = row;
    let linked = Linked::ALL.iter().map(|linked| counts.linked[usize::from(linked.code())]);
    let all = [counts.sightings, counts.cameras, counts.heads].into_iter();
    for count in all.chain(marginals(counts).map(|(_, count)| count)).chain(linked) {
        // Where nobody looked the number is unknown, not zero.
        push(if row.has_counts() { number.format(count) } else { "" });
    }
    let centre = LatLng::from(row.cell);
    push(&format!("{:.6}", row.km2()));
    push(&format!("{:.6}", centre.lng()));
    push(&format!("{:.6}", centre.lat()));
    let is_framed = surveyed.frame > 0;
    push(if is_framed { number.format(surveyed.frame) } else { "" });
    push(if is_framed { number.format(surveyed.complete) } else { "" });
    push(number.format(surveyed.unframed));
    push(&surveyed.share().map(|share| format!("{share:.4}")).unwrap_or_default());
    if has_home(resolution) {
        push(number.format(counts.home_rounded));
    }
}

/// Reads a table back.
pub(super) fn read(resolution: Resolution, input: impl std::io::Read) -> Result<CellTable, String> {
    let mut reader = csv::Reader::from_reader(input);
    let expected = columns(resolution);
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

    #[test]
    fn a_table_reads_back_as_it_was_written() {
        for resolution in [Resolution::Five, Resolution::Nine] {
            let mut row = CellRow::empty(CellIndex::first(resolution));
            (row.counts.sightings, row.counts.cameras, row.counts.heads) = (7, 3, 4);
            row.counts.kinds[2] = 3;
            row.counts.operators[1] = 3;
            row.counts.linked[0] = 3;
            row.counts.home_rounded = if has_home(resolution) { 10 } else { 0 };
            row.surveyed = Surveyed { frame: 900, complete: 300, unframed: 20 };
            let table = CellTable { resolution, rows: vec![row] };
            let mut bytes = Vec::new();
            write(&table, &mut bytes).unwrap();
            assert_eq!(read(resolution, bytes.as_slice()), Ok(table));
        }
    }

    #[test]
    fn a_changed_header_or_number_is_noticed() {
        assert!(read(Resolution::Five, &b"cell,n\n"[..]).is_err());
        let mut bytes = Vec::new();
        write(
            &CellTable { resolution: Resolution::Nine, rows: vec![CellRow::empty(CellIndex::first(Resolution::Nine))] },
            &mut bytes,
        )
        .unwrap();
        let text = String::from_utf8(bytes).unwrap().replacen(",,", ",x,", 1);
        assert!(read(Resolution::Nine, text.as_bytes()).is_err());
    }
}
