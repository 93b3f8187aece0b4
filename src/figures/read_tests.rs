use super::*;
use crate::figures::shipped_figures;

const ROW: [(&str, &str); 26] = [
    ("id", "a-1"),
    ("place", "Testville"),
    ("country", "CH"),
    ("year", "2024"),
    ("status", "counted"),
    ("cameras_low", "10"),
    ("cameras", "12"),
    ("cameras_high", "15"),
    ("area_km2", "3.5"),
    ("population", "4000"),
    ("scope", "street"),
    ("ownership", "all"),
    ("includes_private", "yes"),
    ("includes_indoor", "no"),
    ("linked_only", ""),
    ("street_visible", "yes"),
    ("basis", "street_count"),
    ("method_note", "walked, twice"),
    ("claimed_by", "A group"),
    ("title", "A report"),
    ("publisher", ""),
    ("authors", "A; B"),
    ("published", "2024-02-29"),
    ("note", ""),
    ("page", "7"),
    ("url", "https://example.org/report?a=1#p"),
];

/// A table with one row, in which some cells are changed.
fn table(changes: &[(&str, &str)]) -> Vec<u8> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(ROW.map(|(name, _)| name)).unwrap();
    let cell = |(name, value)| changes.iter().find(|(changed, _)| *changed == name).map_or(value, |(_, to)| *to);
    writer.write_record(ROW.map(cell)).unwrap();
    writer.into_inner().unwrap()
}

/// The code of the one problem of a table.
fn problem(bytes: &[u8]) -> (&'static str, String) {
    let (rows, report) = read_figures(bytes, MAX_BYTES);
    assert!(rows.is_empty(), "nothing should be accepted");
    let [problem] = &report.problems[..] else { panic!("{:?}", report.problems) };
    assert_eq!(report.refused_by[problem.code], 1);
    (problem.code, problem.pointer.clone())
}

#[test]
fn a_row_is_read_whole() {
    let (rows, report) = read_figures(&table(&[]), MAX_BYTES);
    assert!(report.problems.is_empty(), "{report:?}");
    assert_eq!((report.format, report.features, report.accepted), ("csv", 1, 1));
    let row = &rows[0].1;
    assert_eq!((row.cameras_low, row.cameras, row.cameras_high), (Some(10), Some(12), Some(15)));
    assert_eq!((row.area_km2, row.population, row.linked_only), (Some(3.5), Some(4000), Stated::Unknown));
    assert_eq!((row.status, row.basis), (FigureStatus::Counted, FigureBasis::StreetCount));
    assert_eq!((row.published.as_str(), row.method_note.as_str()), ("2024-02-29", "walked, twice"));
}

#[test]
fn each_mistake_is_refused_with_its_code_and_without_its_value() {
    let long = "x".repeat(301);
    let cases: &[(&str, &str, LedgerCode)] = &[
        ("id", "", LedgerCode::MissingValue),
        ("id", "A 1", LedgerCode::BadId),
        ("id", "-a", LedgerCode::BadId),
        ("place", " ", LedgerCode::MissingValue),
        ("place", &long, LedgerCode::TooLong),
        ("country", "ch", LedgerCode::BadCountry),
        ("country", "CHE", LedgerCode::BadCountry),
        ("year", "", LedgerCode::MissingValue),
        ("year", "24", LedgerCode::BadDate),
        ("year", "2101", LedgerCode::BadDate),
        ("status", "", LedgerCode::MissingValue),
        ("status", "guessed", LedgerCode::BadWord),
        ("includes_indoor", "maybe", LedgerCode::BadWord),
        ("basis", "street count", LedgerCode::BadWord),
        ("cameras", "1,200", LedgerCode::BadNumber),
        ("cameras", "-3", LedgerCode::BadNumber),
        ("cameras", "+3", LedgerCode::BadNumber),
        ("cameras", "1e3", LedgerCode::BadNumber),
        ("cameras", "9999999999999", LedgerCode::BadNumber),
        ("cameras", "16", LedgerCode::BadRange),
        ("cameras_low", "16", LedgerCode::BadRange),
        ("area_km2", "0", LedgerCode::BadNumber),
        ("area_km2", "inf", LedgerCode::BadNumber),
        ("population", "0", LedgerCode::BadNumber),
        ("published", "", LedgerCode::MissingValue),
        ("published", "2023-02-29", LedgerCode::BadDate),
        ("published", "5 July 2011", LedgerCode::BadDate),
        ("published", "2011-07-05-01", LedgerCode::BadDate),
        ("note", "see\u{7}", LedgerCode::ControlCharacter),
        ("note", "two\nlines", LedgerCode::ControlCharacter),
        ("title", "a \u{202e}b", LedgerCode::ControlCharacter),
        ("note", "see HTTPS://example.org", LedgerCode::LinkInText),
        ("scope", "www.example.org", LedgerCode::LinkInText),
        ("url", "javascript:alert(1)", LedgerCode::BadUrl),
        ("url", "ftp://example.org", LedgerCode::BadUrl),
        ("url", "https://", LedgerCode::BadUrl),
        ("url", "https:///path", LedgerCode::BadUrl),
        ("url", "https://user@example.org", LedgerCode::BadUrl),
        ("url", "https://example.org/a b", LedgerCode::BadUrl),
        ("url", "https://example.org/\"onclick", LedgerCode::BadUrl),
    ];
    for (column, value, code) in cases {
        let (found, pointer) = problem(&table(&[(column, value)]));
        assert_eq!((found, pointer.as_str()), (code.code(), "/0"), "{column}");
        let (_, report) = read_figures(&table(&[(column, value)]), MAX_BYTES);
        let message = &report.problems[0].message;
        assert!(message.contains(code.message()) && message.contains("column "), "{message}");
        assert!(value.len() < 9 || !message.contains(value), "{message} quotes its value");
    }
}

#[test]
fn a_table_that_is_none_of_ours_is_refused_whole() {
    let renamed = String::from_utf8(table(&[])).unwrap().replacen("includes_indoor", "indoor", 1);
    let more = String::from_utf8(table(&[])).unwrap().replacen("id,", "id,id,", 1);
    let semicolons = "id;place\na;b\n".to_owned();
    for text in [renamed, more, semicolons, String::new()] {
        assert_eq!(problem(text.as_bytes()), (LedgerCode::BadHeader.code(), String::new()));
    }
    assert_eq!(problem(b"id,\xff"), (LedgerCode::NotUtf8.code(), String::new()));
    assert_eq!(problem(&vec![b'a'; MAX_BYTES + 1]), (LedgerCode::TooLarge.code(), String::new()));
}

#[test]
fn columns_may_stand_in_any_order_after_a_byte_order_mark() {
    let names = ROW.iter().rev().map(|(name, _)| *name).collect::<Vec<_>>().join(",");
    let cells = ROW.iter().rev().map(|(_, value)| format!("\"{value}\"")).collect::<Vec<_>>().join(",");
    let (rows, report) = read_figures(format!("\u{feff}{names}\r\n{cells}\r\n").as_bytes(), MAX_BYTES);
    assert!(report.problems.is_empty(), "{report:?}");
    assert_eq!(rows, read_figures(&table(&[]), MAX_BYTES).0);
}

#[test]
fn the_other_rows_are_read_when_one_is_refused() {
    let mut text = String::from_utf8(table(&[])).unwrap();
    let row = text.lines().nth(1).unwrap().to_owned();
    text.push_str("too,short\n");
    text.push_str(&row);
    text.push('\n');
    text.push_str(&row.replacen("a-1", "a-2", 1));
    text.push('\n');
    let (rows, report) = read_figures(text.as_bytes(), MAX_BYTES);
    assert_eq!(rows.iter().map(|(at, row)| (*at, row.id.as_str())).collect::<Vec<_>>(), [(0, "a-1"), (3, "a-2")]);
    let found: Vec<_> = report.problems.iter().map(|p| (p.pointer.as_str(), p.code)).collect();
    assert_eq!(found, [("/1", "ledger_bad_row"), ("/2", "ledger_duplicate_id")]);
    assert_eq!((report.features, report.accepted, report.refused), (4, 2, 2));
}

#[test]
fn an_apostrophe_is_taken_away_only_where_it_guards_a_formula() {
    let read = |note: &str| read_figures(&table(&[("note", note)]), MAX_BYTES).0[0].1.note.clone();
    assert_eq!(read("'=1+1"), "=1+1");
    assert_eq!(read("''=1+1"), "'=1+1");
    assert_eq!(read("'as many as'"), "'as many as'");
    assert!(shipped_figures()[0].note.starts_with("'as many as'"));
}

#[test]
fn years_of_a_deployment_are_one_or_a_span() {
    let read = |years: &str| {
        let header = DEPLOYMENT_COLUMNS.join(",");
        let text = format!("{header}\nx,Name,Place,,{years},agreed,,A; B ;,,Somebody,Paper,2021,\n");
        let (rows, report) = read_deployments(text.as_bytes(), MAX_BYTES);
        rows.first().map(|(_, row)| row.clone()).ok_or_else(|| report.problems[0].code)
    };
    let span = read("2009-2021").unwrap();
    assert_eq!((span.first_year, span.last_year, span.years().as_str()), (2009, 2021, "2009-2021"));
    assert_eq!(span.vendors, ["A", "B"]);
    assert_eq!(read("2021").unwrap().years(), "2021");
    for bad in ["2021-2009", "2021-", "21", "2021-2021"] {
        assert_eq!(read(bad), Err("ledger_bad_date"), "{bad}");
    }
}

#[test]
fn codes_are_distinct_and_none_is_taken_by_another_reader() {
    let codes: std::collections::BTreeSet<_> = LedgerCode::ALL.iter().map(|code| code.code()).collect();
    assert_eq!(codes.len(), LedgerCode::ALL.len());
    assert!(codes.iter().all(|code| code.starts_with("ledger_")));
}
