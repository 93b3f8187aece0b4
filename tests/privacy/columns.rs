//! P6: what could be handed over stands on the privacy page, column by column.

use crate::world::{Database, World};

#[test]
fn the_privacy_page_names_every_column_that_the_database_has() {
    let world = World::new(Database::Sqlite).unwrap();
    let server = world.serve();
    let page = String::from_utf8(server.get("/privacy").body).unwrap().replace("&#39;", "'");
    let rows: Vec<&str> = page.split("<tr>").collect();
    let listed = include_str!("../../docs/columns.toml").parse::<toml::Table>().unwrap();
    let mut columns = 0;
    for (table, entry) in &listed {
        for (column, about) in entry["columns"].as_table().unwrap() {
            let purpose = about["purpose"].as_str().unwrap();
            let shown = |row: &&str| {
                row.contains(&format!(">{table}</td>"))
                    && row.contains(&format!(">{column}</th>"))
                    && row.contains(purpose)
            };
            assert!(rows.iter().any(shown), "{table}.{column}");
            columns += 1;
        }
    }
    assert!(columns > 50, "{columns}");
}
