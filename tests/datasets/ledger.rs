//! The shipped ledger and maker list say what the seed files say.

use std::collections::BTreeMap;

use camera_census::model::Maker;

use super::shared_data;

/// What the seed's SOURCE.md asks to be said of three titles.
const TO_CHECK: &str = "citation to be checked";

fn rows(text: &[u8]) -> Vec<BTreeMap<String, String>> {
    csv::Reader::from_reader(text).deserialize().map(Result::unwrap).collect()
}

#[test]
fn every_value_of_the_seed_stands_in_the_shipped_ledger() {
    let Some(data) = shared_data() else { return };
    let seed = |name: &str| rows(&std::fs::read(data.join("published_figures").join(name)).unwrap());
    let mut to_check = 0;
    let mut shipped = rows(include_bytes!("../../src/figures/ledger/figures.csv"));
    for row in &mut shipped {
        let note = row.get_mut("note").unwrap();
        if let Some(rest) = note.strip_suffix(TO_CHECK) {
            *note = rest.trim_end_matches("; ").to_owned();
            to_check += 1;
        }
    }
    assert_eq!((shipped, to_check), (seed("figures.csv"), 3));
    assert_eq!(rows(include_bytes!("../../src/figures/ledger/deployments.csv")), seed("deployments.csv"));
}

#[test]
fn every_maker_of_the_seed_is_known_by_all_its_names_with_its_restrictions() {
    let Some(data) = shared_data() else { return };
    let seed = rows(&std::fs::read(data.join("published_figures/makers.csv")).unwrap());
    assert!(seed.len() > 10);
    for row in seed {
        let maker = Maker::find(&row["maker"]).unwrap();
        let entry = maker.entry().unwrap();
        assert_eq!(
            [entry.name, entry.role, entry.restriction, entry.restriction_basis, entry.note],
            [&row["maker"], &row["role"], &row["restriction"], &row["restriction_basis"], &row["note"]]
        );
        for alias in row["aliases"].split(';').filter(|alias| !alias.is_empty()) {
            assert_eq!(Maker::find(alias), Some(maker), "{alias}");
        }
    }
}
