//! `dictionary.csv`: what every column of every table of the release means.

use super::published::published_tables;
use super::tables::Plain;

/// The data dictionary.
pub(super) fn dictionary() -> Plain<9> {
    let yes_no = |is: bool| if is { "yes" } else { "no" }.to_owned();
    let rows = published_tables().iter().flat_map(|table| {
        table.columns.iter().zip(1_u32..).map(move |(column, position)| {
            [
                table.files.clone(),
                column.name.clone(),
                position.to_string(),
                yes_no(table.key.contains(&column.name)),
                column.kind.word().to_owned(),
                column.unit.clone(),
                yes_no(column.empty.is_some() || column.finest.is_some()),
                column.empty.clone().or_else(|| column.finest.map(absent_beyond)).unwrap_or_default(),
                column.meaning.clone(),
            ]
        })
    });
    let columns = ["table", "column", "position", "key", "type", "unit", "may_be_empty", "empty_means", "meaning"];
    Plain { table: "dictionary", columns, rows: rows.collect() }
}

fn absent_beyond(finest: u8) -> String {
    format!("tables of cells finer than resolution {finest} have no such column")
}
