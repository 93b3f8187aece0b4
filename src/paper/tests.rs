use super::pdf::lay_out;
use super::*;
use crate::briefing::{
    Block, Cell, Column, Definition, Document, Figure, LegendLine, Link, Map, Section, Span, Stamp, Table, Text,
};
use crate::drawing::{Fill, Shape, Words, draw_area, draw_areas};
use crate::language::Language;

fn words(text: &str) -> Text {
    Text(vec![Span { text: text.to_owned(), is_strong: false, link: None }])
}

fn linked(text: &str, link: Link) -> Text {
    Text(vec![Span { text: text.to_owned(), is_strong: true, link: Some(link) }])
}

fn definition() -> Definition {
    Definition { words: "fixed cameras that can be seen from public space".to_owned(), anchor: "cameras".to_owned() }
}

fn figure(label: &str, value: &str) -> Figure {
    Figure {
        label: label.to_owned(),
        value: value.to_owned(),
        interval: "95 % interval 412 to 590; covers what both passes missed".to_owned(),
        denominator: "in Ward 2, 22.5 km²".to_owned(),
        definition: definition(),
    }
}

fn table(caption: &str, rows: usize) -> Table {
    let column = |name: &str, is_number| Column { name: name.to_owned(), is_number };
    let cell = |text: &str, is_word| Cell { text: words(text), is_word };
    let row = |at: usize| {
        vec![cell(&format!("Kind {at}"), false), cell(&(at * 37).to_string(), false), cell("not surveyed", true)]
    };
    Table {
        caption: caption.to_owned(),
        definition: definition(),
        columns: vec![column("Kind", false), column("Cameras", true), column("Before", true)],
        rows: (0..rows).map(row).collect(),
    }
}

fn outline() -> geo::MultiPolygon<f64> {
    let ring = vec![(8.0, 47.0), (8.02, 47.001), (8.021, 47.015), (8.004, 47.013), (8.0, 47.0)];
    geo::Polygon::new(ring.into(), Vec::new()).into()
}

const WORDS: Words<'_> = Words { size: (960, 640), title: "Map", description: "Cells", north: "N" };

fn map() -> Map {
    let near = |lat: f64, lng: f64| h3o::LatLng::new(lat, lng).unwrap().to_cell(h3o::Resolution::Nine);
    let cells = [
        (near(47.005, 8.005), 3, Fill::Class(2)),
        (near(47.007, 8.012), 30, Fill::Class(5)),
        (near(47.010, 8.009), 0, Fill::Zero),
    ];
    let legend = [(Fill::Class(2), "2–4"), (Fill::Class(5), "20–49"), (Fill::Zero, "0"), (Fill::Few, "too few")];
    let legend = legend.into_iter().chain([(Fill::Unknown, "not surveyed")]);
    Map {
        svg: draw_area(&outline(), &cells, &WORDS),
        alternative: "Most cameras stand in the east.".to_owned(),
        caption: "Cameras by cell of about 0.1 km².".to_owned(),
        legend: legend.map(|(fill, label)| LegendLine { fill, label: label.to_owned() }).collect(),
    }
}

fn sample(title: &str) -> Document {
    let section = |id, title: &str, blocks, begins_page| Section { id, title: title.to_owned(), blocks, begins_page };
    Document {
        language: Language::English,
        title: title.to_owned(),
        lead: "Between 412 and 590 cameras; most likely about 483, if the two teams worked independently.".to_owned(),
        stamp: Stamp {
            census: "Census of a city".to_owned(),
            release: "2026-W47-0123abcd".to_owned(),
            as_of: "week 47 of 2026".to_owned(),
            sha256: "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08".to_owned(),
            licence: "ODbL-1.0".to_owned(),
            citation: "Census of a city, 2026".to_owned(),
            software: "camera-census 0.1.0".to_owned(),
        },
        sections: vec![
            section(
                "count",
                "How many",
                vec![Block::Figures(vec![
                    figure("Found", "431"),
                    figure("Estimated", "483"),
                    figure("Per km²", "21.5"),
                ])],
                false,
            ),
            section("map", "Where", vec![Block::Map(map())], false),
            section(
                "kinds",
                "Which",
                vec![Block::Table(table("By kind", 6)), Block::Table(table("By operator", 7))],
                true,
            ),
            section(
                "check",
                "Check this yourself",
                vec![
                    Block::Paragraph(words("A recorded camera is not a working camera.")),
                    Block::Bullets(vec![
                        linked("Method", Link::Page("method#cameras".to_owned())),
                        linked("Areas", Link::File("areas.csv".to_owned())),
                        linked("A report", Link::Outside("https://example.org/report".to_owned())),
                    ]),
                ],
                false,
            ),
        ],
    }
}

fn options(fonts: &Fonts) -> Options<'_> {
    Options { paper: Paper::A4, fonts, links: Links::Unknown }
}

/// Text that stands in a PDF as it is: metadata and addresses, not what is drawn.
fn holds(pdf: &[u8], text: &str) -> bool {
    pdf.windows(text.len()).any(|window| window == text.as_bytes())
}

#[test]
fn a_briefing_has_two_pages_and_the_same_bytes_each_time_and_typst_warns_of_nothing() {
    let (document, fonts) = (sample("Ward 2"), Fonts::built_in());
    let (laid, warnings) = lay_out(&document, &options(&fonts)).unwrap();
    assert_eq!((laid.pages().len(), warnings), (2, Vec::new()));
    let printed = pdf(&document, &options(&fonts)).unwrap();
    assert_eq!(printed.pages, 2);
    assert!(printed.bytes.starts_with(b"%PDF-"));
    assert_eq!(printed, pdf(&document, &options(&Fonts::built_in())).unwrap());
    if let Ok(path) = std::env::var("CENSUS_TEST_PDF") {
        std::fs::write(path, printed.bytes).unwrap();
    }
}

#[test]
fn letter_is_another_size_of_sheet() {
    let (document, fonts) = (sample("Ward 2"), Fonts::built_in());
    let points = |paper| {
        let (laid, _) = lay_out(&document, &Options { paper, ..options(&fonts) }).unwrap();
        let size = laid.pages()[0].frame.size();
        (size.x.to_pt().round(), size.y.to_pt().round())
    };
    assert_eq!((points(Paper::A4), points(Paper::Letter)), ((595.0, 842.0), (612.0, 792.0)));
}

#[test]
fn greek_and_cyrillic_are_printed_and_other_scripts_are_refused_by_name_instead_of_boxes() {
    let fonts = Fonts::built_in();
    for name in ["Κυψέλη", "Хамовники", "Łódź – Śródmieście", "Cœur d’Alene №\u{202f}3"] {
        assert_eq!(pdf(&sample(name), &options(&fonts)).unwrap().pages, 2, "{name}");
    }
    for (name, script, code) in [
        ("朝阳区", "Chinese", "U+671D"),
        ("حي الزهور", "Arabic", "U+0627"),
        ("शिवाजी नगर", "Devanagari", "U+0928"),
        ("กรุงเทพ", "Thai", "U+0E01"),
    ] {
        let error = pdf(&sample(name), &options(&fonts)).unwrap_err();
        let said = error.to_string();
        assert!(matches!(error, PaperError::NoFont { script: named, .. } if named == script), "{said}");
        assert!(said.contains("--fonts") && said.contains("Noto") && said.contains(code), "{said}");
    }
}

#[test]
fn a_character_in_a_picture_counts_too() {
    let mut document = sample("Ward 2");
    let svg = draw_area(&outline(), &[], &Words { north: "北", ..WORDS });
    document.sections[1].blocks = vec![Block::Map(Map { svg, ..map() })];
    let error = pdf(&document, &options(&Fonts::built_in())).unwrap_err();
    assert!(matches!(error, PaperError::NoFont { script: "Chinese", .. }), "{error}");
}

#[test]
fn a_figure_that_does_not_say_what_it_is_a_number_of_is_not_printed() {
    for wrong in [
        Figure { interval: String::new(), ..figure("Found", "12") },
        Figure { denominator: String::new(), ..figure("Found", "12") },
        Figure { definition: Definition { words: String::new(), ..definition() }, ..figure("Found", "12") },
    ] {
        let mut document = sample("Ward 2");
        document.sections[0].blocks.push(Block::Figures(vec![wrong]));
        let error = pdf(&document, &options(&Fonts::built_in())).unwrap_err();
        assert!(matches!(error, PaperError::Incomplete(_)), "{error}");
    }
}

#[test]
fn links_are_absolute_where_the_site_is_known() {
    let (document, fonts) = (sample("Ward 2"), Fonts::built_in());
    let with = |links| pdf(&document, &Options { links, ..options(&fonts) }).unwrap().bytes;
    let (base, release) = ("https://census.example/city/", "2026-W47-0123abcd");
    let served = with(Links::Served { base, release });
    assert!(holds(&served, "https://census.example/city/releases/2026-W47-0123abcd/method#cameras"));
    assert!(holds(&served, "https://census.example/city/data/2026-W47-0123abcd/areas.csv"));
    let files = with(Links::Files { base, release });
    assert!(holds(&files, "https://census.example/city/releases/2026-W47-0123abcd/method/index.html#cameras"));
    let unknown = with(Links::Unknown);
    assert!(!holds(&unknown, "census.example") && holds(&unknown, "https://example.org/report"));
}

#[test]
fn markup_in_a_name_is_text() {
    let fonts = Fonts::built_in();
    let name = "#panic(\"x\") *Ward* $2$ [ <b> \\ \" @a `c` // e";
    let printed = pdf(&sample(name), &options(&fonts)).unwrap();
    assert_eq!(printed.pages, 2);
}

#[test]
fn a_long_document_is_set_closer_and_one_that_is_longer_still_takes_a_third_page() {
    let fonts = Fonts::built_in();
    let with = |tables: usize| {
        let mut document = sample("Ward 2");
        for _ in 0..tables {
            document.sections[2].blocks.push(Block::Table(table("By maker", 8)));
            document.sections[2].blocks.push(Block::Paragraph(words("As found.")));
        }
        pdf(&document, &options(&fonts)).unwrap().pages
    };
    assert_eq!((with(0), with(3)), (2, 2));
    assert!(with(40) > 2);
}

#[test]
fn every_look_of_a_map_has_a_style_of_its_own() {
    let outline = outline();
    let fills = (1..=7).map(Fill::Class).chain([Fill::Zero, Fill::Few, Fill::Unknown]);
    let shapes: Vec<Shape<'_>> = fills.map(|fill| Shape { outline: &outline, fill, label: "" }).collect();
    let drawn = [draw_areas(&shapes, &WORDS), map().svg].concat();
    let style = include_str!("map.css");
    for class in drawn.split("class=\"").skip(1).flat_map(|rest| rest.split('"').next().unwrap().split(' ')) {
        assert!(class == "still-map" || style.contains(&format!(".{class} {{")), "{class} has no look on paper");
    }
}

#[test]
fn a_file_that_is_no_font_is_refused_with_its_place() {
    assert_eq!(Fonts::with([b"not a font".to_vec()]).unwrap_err(), (0, PaperError::NotAFont));
}

#[test]
fn a_picture_is_1200_by_630_and_the_same_each_time() {
    let (map, fonts) = (map(), Fonts::built_in());
    let shown = Picture {
        language: Language::English,
        census: "Census of a city",
        place: "Ward 2",
        lead: "At least 431 cameras; between 412 and 590, most likely about 483.",
        release: "2026-W47-0123abcd",
        as_of: "Reports up to week 47 of 2026",
        map: Some(&map.svg),
    };
    let png = picture(&shown, &fonts).unwrap();
    assert!(png.starts_with(b"\x89PNG"));
    let size = |at: usize| u32::from_be_bytes(png[at..at + 4].try_into().unwrap());
    assert_eq!((size(16), size(20)), (1200, 630));
    assert_eq!(png, picture(&shown, &fonts).unwrap());
    assert!(picture(&Picture { place: "朝阳区", ..shown }, &fonts).is_err());
    if let Ok(path) = std::env::var("CENSUS_TEST_PNG") {
        std::fs::write(path, png).unwrap();
    }
}
