use std::collections::BTreeSet;

use super::super::document::{Table, Text};
use super::super::facts::{
    Amount, AreaFacts, BeforeFacts, Beside, FigureFacts, MapFacts, NearbyFacts, Rate, ReleaseFacts, WaveFacts,
};
use super::super::said::{Interval, PublishedNumber};
use super::*;
use crate::briefing::{Block, Figure};
use crate::drawing::Fill;

fn interval(value: f64, low: f64, high: f64) -> Interval {
    Interval { value, low, high: Some(high) }
}

fn rate(value: f64, is_publishable: bool) -> Rate {
    Rate { interval: interval(value, value / 2.0, value * 2.0), is_publishable }
}

fn amount(units: u64, extent: u64) -> Amount {
    Amount { units, extent }
}

/// Two teams, 393 cameras, an estimate, residents, a release before.
fn facts() -> Facts {
    let cell = h3o::LatLng::new(38.9, -77.03).unwrap().to_cell(h3o::Resolution::Ten);
    let ring = [(-77.04, 38.89), (-77.02, 38.89), (-77.02, 38.91), (-77.04, 38.91), (-77.04, 38.89)];
    Facts {
        release: ReleaseFacts {
            census: "City census".to_owned(),
            id: "2026-W47-1a2b3c4d".to_owned(),
            week: (2026, 47),
            seen_within_months: Some(24),
            sha256: "ab".repeat(32),
            licence: "CC-BY-4.0".to_owned(),
            citation: "City census (2026). Release 2026-W47-1a2b3c4d.".to_owned(),
            software: "camera-census 0.1.0".to_owned(),
            sources: ["Spring walk", "Town hall"].map(str::to_owned).into(),
            files: ["areas-wards.csv", "estimates.csv", "changes.csv"].map(str::to_owned).into(),
        },
        area: AreaFacts {
            set: "wards".to_owned(),
            set_name: "Wards".to_owned(),
            edition: "2022".to_owned(),
            slug: "ward-2".to_owned(),
            name: "Ward 2".to_owned(),
            is_looked_at: true,
            cameras: 393,
            heads: 431,
            stale: 2,
            home: Some(15),
            km2: Some(12.5),
            residents: Some((71_000, "Census Bureau".to_owned(), Some(2020))),
            per_km2: Some(rate(31.44, true)),
            per_10_000: Some(rate(55.35, true)),
            estimate: Some(interval(483.2, 412.0, 590.4)),
            method: "chapman_linkage".to_owned(),
            reason: String::new(),
            warnings: vec!["few_recaptures".to_owned()],
            scope: "300 of 312 units (96 %) complete in A+B".to_owned(),
            surveyed_share: Some(0.962),
            kinds: vec![("unknown", 3), ("fixed", 200), ("dome", 190)],
            operators: vec![("unknown", 100), ("police", 293)],
            linked: vec![("unknown", 300), ("yes", 90), ("no", 3)],
            restricted: (7, 30),
        },
        map: Some(MapFacts {
            outline: geo::Polygon::new(geo::LineString::from(ring.to_vec()), Vec::new()).into(),
            cells: vec![(cell, 12, Fill::Class(4))],
            resolution: 10,
        }),
        effort: vec![WaveFacts {
            wave: "default/spring".to_owned(),
            teams: "A B".to_owned(),
            is_streets: true,
            is_frame: true,
            named: amount(312, 1_250_000),
            walked: amount(305, 1_202_500),
            walked_by_all: amount(300, 1_200_000),
            none_found: amount(40, 150_000),
            cameras: Some(370),
            per_km: Some(rate(3.08, true)),
        }],
        before: Some(BeforeFacts {
            release: "2026-W20-00000000".to_owned(),
            before: Some(380),
            after: Some(393),
            new: 9,
            newly_found: 8,
            split: 0,
            merged: 0,
            gone: 3,
            stale: 1,
            border: Some(0),
            newly_walked: 525_000,
        }),
        nearby: vec![
            nearby("Ward 1", Beside::Alike),
            nearby("Ward 2", Beside::Here),
            nearby("Ward 3", Beside::Apart),
            nearby("Ward 4", Beside::Uneven),
            nearby("Ward 5", Beside::Few),
        ],
        further: 5,
        figures: vec![figure("not_comparable", vec!["another_place", "years_apart", "planned"]); 5],
    }
}

fn nearby(name: &str, beside: Beside) -> NearbyFacts {
    NearbyFacts {
        slug: name.to_lowercase().replace(' ', "-"),
        name: name.to_owned(),
        is_looked_at: true,
        per_km2: Some(rate(30.0, true)),
        surveyed_share: None,
        beside,
    }
}

fn figure(outcome: &'static str, reasons: Vec<&'static str>) -> FigureFacts {
    FigureFacts {
        place: "London".to_owned(),
        is_elsewhere: false,
        year: 2002,
        claimed_by: "Two researchers".to_owned(),
        url: "https://example.org/paper".to_owned(),
        number: PublishedNumber { low: None, middle: Some(500_000), high: None },
        is_of_linked: false,
        outcome,
        reasons,
    }
}

fn said(facts: &Facts) -> Document {
    document(facts, Language::English).unwrap()
}

fn section<'d>(document: &'d Document, id: &str) -> &'d Section {
    document.sections.iter().find(|section| section.id == id).unwrap()
}

fn figures(document: &Document) -> &[Figure] {
    match section(document, "count").blocks.as_slice() {
        [Block::Figures(figures)] => figures,
        other => panic!("{other:?}"),
    }
}

fn labelled<'d>(document: &'d Document, label: &str) -> &'d Figure {
    figures(document).iter().find(|figure| figure.label == label).unwrap()
}

fn table<'d>(document: &'d Document, id: &str) -> &'d Table {
    let tables = section(document, id).blocks.iter().filter_map(|block| match block {
        Block::Table(table) => Some(table),
        _ => None,
    });
    tables.into_iter().next().unwrap()
}

/// Rows of a table in words.
fn rows(table: &Table) -> Vec<Vec<String>> {
    table.rows.iter().map(|row| row.iter().map(|cell| cell.text.words()).collect()).collect()
}

/// Everything a section says outside of its tables.
fn words(document: &Document, id: &str) -> String {
    let mut words = Vec::new();
    for block in &section(document, id).blocks {
        match block {
            Block::Paragraph(text) => words.push(text.words()),
            Block::Bullets(lines) => words.extend(lines.iter().map(Text::words)),
            _ => {}
        }
    }
    words.join("\n")
}

#[test]
fn a_survey_of_two_teams_gives_the_number_with_its_interval_in_one_sentence() {
    let document = said(&facts());
    assert_eq!(document.title, "Surveillance cameras in Ward 2");
    assert_eq!(
        document.lead,
        concat!(
            "At least 393 cameras counted; between 412 and 590, most likely about 483, if the two teams worked ",
            "independently. Cameras missed where not every team walked are not in it."
        )
    );
    let estimate = labelled(&document, "Counted and missed, estimated");
    assert_eq!((estimate.value.as_str(), estimate.interval.as_str()), ("483", "412 to 590 (95%)"));
    assert!(estimate.denominator.contains("300 of 312") && estimate.denominator.contains("A+B"));
    assert_eq!(estimate.definition.anchor, "chapman_linkage");
    let residents = labelled(&document, "Per 10,000 residents");
    assert_eq!(residents.denominator, "71,000 residents (Census Bureau, 2020)");
    assert_eq!(document.stamp.as_of, "week 47 of 2026");
    assert!(labelled(&document, "Cameras recorded").definition.words.ends_with("camera heads: 431"));
    assert_eq!(labelled(&document, "Per km²").interval, "15.7 to 62.9 (95%), for comparing areas");
    let mut facts = facts();
    facts.area.scope = "312 of 312 units (100 %) complete in A+B".to_owned();
    assert!(said(&facts).lead.ends_with("worked independently."), "all there is was walked by every team");
    facts.area.scope = "312 of 312 units complete in A+B".to_owned();
    let document = said(&facts);
    assert!(document.lead.ends_with("are not in it."), "nobody knows what else there is: {}", document.lead);
    assert!(labelled(&document, "Counted and missed, estimated").denominator.contains("that teams named"));
}

#[test]
fn an_interval_that_is_wider_than_its_number_leaves_no_number_to_name() {
    let mut facts = facts();
    facts.area.estimate = Some(interval(483.2, 412.0, 1190.0));
    let document = said(&facts);
    assert!(document.lead.contains("between 412 and 1,190, if the two teams"), "{}", document.lead);
    assert!(!document.lead.contains("483"), "{}", document.lead);
    let estimate = labelled(&document, "Counted and missed, estimated");
    assert_eq!(
        (estimate.value.as_str(), estimate.interval.as_str()),
        ("412 to 1,190", "95%; too wide to name one number")
    );
}

#[test]
fn residents_counted_long_before_the_cameras_are_said_to_be() {
    let mut facts = facts();
    facts.area.residents = Some((71_000, "Census Bureau".to_owned(), Some(2000)));
    let document = said(&facts);
    let residents = labelled(&document, "Per 10,000 residents");
    assert_eq!(residents.denominator, "71,000 residents (Census Bureau, 2000; 26 years older than this count)");
}

#[test]
fn no_home_camera_where_nobody_walked_is_unknown_and_not_zero() {
    let mut facts = facts();
    facts.area.home = Some(0);
    assert_eq!(labelled(&said(&facts), "Home cameras, about").value, "0");
    facts.effort.clear();
    assert_eq!(labelled(&said(&facts), "Home cameras, about").value, "not known");
}

#[test]
fn a_lower_bound_is_called_one_and_an_open_end_has_no_upper_limit() {
    let mut facts = facts();
    facts.area.method = "chao_mth".to_owned();
    let document = said(&facts);
    assert!(
        document.lead.contains("probably 483 or more") && document.lead.contains("lower bound is 412 to 590"),
        "{}",
        document.lead
    );
    assert_eq!(labelled(&document, "Counted and missed, at least about").value, "483");
    facts.area.estimate = Some(Interval { high: None, ..interval(483.2, 412.0, 0.0) });
    let document = said(&facts);
    assert!(document.lead.contains("There is no upper limit from these data."), "{}", document.lead);
    assert_eq!(labelled(&document, "Counted and missed, at least about").interval, "412 or more (95%)");
}

#[test]
fn a_refused_estimate_gives_the_count_and_says_why() {
    let mut facts = facts();
    facts.area.estimate = None;
    facts.area.method = String::new();
    facts.area.reason = "no_recaptures".to_owned();
    let document = said(&facts);
    assert_eq!(
        document.lead,
        "At least 393 cameras counted. There is no estimate of those missed: No camera was seen twice, so the total has no upper limit."
    );
    let estimate = labelled(&document, "Counted and missed, estimated");
    assert_eq!(estimate.value, "no estimate");
    assert_eq!(estimate.definition.anchor, "no_recaptures");
    assert!(words(&document, "method").contains("There is no estimate, so nothing here says how many"));
}

#[test]
fn where_nobody_looked_every_count_is_unknown_and_none_is_zero() {
    let mut facts = facts();
    let area = &mut facts.area;
    (area.is_looked_at, area.cameras, area.estimate, area.surveyed_share) = (false, 0, None, None);
    (area.per_km2, area.per_10_000, area.restricted) = (None, None, (0, 0));
    area.reason = "no_effort".to_owned();
    (facts.effort, facts.nearby, facts.area.scope) = (Vec::new(), Vec::new(), String::new());
    facts.before = facts.before.map(|before| BeforeFacts { after: None, ..before });
    let document = said(&facts);
    assert!(document.lead.contains("unknown, not zero"), "{}", document.lead);
    for figure in figures(&document).iter().take(4) {
        assert!(!figure.value.contains(|c: char| c.is_ascii_digit()), "{figure:?}");
    }
    assert!(words(&document, "shares").contains("unknown, not zero"));
    assert!(words(&document, "effort").contains("No team has recorded which streets"));
    assert_eq!(rows(table(&document, "changes")).last().unwrap()[1], "not known");
}

#[test]
fn zero_not_surveyed_and_withheld_are_told_apart() {
    let mut facts = facts();
    facts.area.home = None;
    facts.area.per_10_000 = Some(rate(1.0, false));
    let document = said(&facts);
    let effort = words(&document, "effort");
    assert!(effort.contains("Zero: on 40 of 305 walked"), "{effort}");
    assert!(effort.contains("Not surveyed: 7 of 312"), "{effort}");
    assert!(effort.contains("Withheld: rates from few cameras, home cameras in a small area."), "{effort}");
    assert_eq!(labelled(&document, "Per 10,000 residents").value, "too few to say");
    assert_eq!(labelled(&document, "Home cameras, about").value, "not available");
    assert_eq!(
        rows(table(&document, "effort")),
        [["default/spring", "A B", "125 km", "120 km (96%)", "120 km (96%)", "15 km (12%)"]]
    );
}

#[test]
fn streets_without_a_list_of_all_have_lengths_and_no_shares() {
    let mut facts = facts();
    facts.effort[0].is_frame = false;
    assert_eq!(rows(table(&said(&facts), "effort"))[0][3], "120 km");
    assert!(words(&said(&facts), "effort").contains("What share of all streets that is, nobody knows."));
    facts.effort[0].is_streets = false;
    assert_eq!(rows(table(&said(&facts), "effort"))[0][2], "1.25 km²");
}

#[test]
fn the_share_surveyed_says_of_how_much_unless_waves_name_different_streets() {
    let mut facts = facts();
    let of = |facts: &Facts| labelled(&said(facts), "Listed streets surveyed").denominator.clone();
    assert_eq!(of(&facts), "of the 312 listed streets or cells (125 km)");
    let mut autumn = facts.effort[0].clone();
    autumn.named.units = 311;
    facts.effort.push(autumn);
    assert_eq!(of(&facts), "of all listed streets or cells");
    facts.effort.clear();
    assert_eq!(of(&facts), "of all listed streets or cells");
}

#[test]
fn a_release_without_a_table_of_effort_does_not_say_that_nobody_walked() {
    let mut facts = facts();
    facts.effort = Vec::new();
    assert!(words(&said(&facts), "effort").starts_with("96% of the listed streets or cells were walked completely."));
    facts.area.surveyed_share = None;
    assert!(words(&said(&facts), "effort").starts_with("Estimated from: 300 of 312"));
}

#[test]
fn without_residents_a_rate_of_them_is_unknown() {
    let mut facts = facts();
    (facts.area.residents, facts.area.per_10_000) = (None, None);
    let document = said(&facts);
    let figure = labelled(&document, "Per 10,000 residents");
    assert_eq!((figure.value.as_str(), figure.denominator.as_str()), ("not known", "residents are not stated"));
}

#[test]
fn cameras_beside_what_was_walked_have_a_rate_of_their_own() {
    let mut facts = facts();
    let effort = |facts: &Facts| words(&said(facts), "effort");
    let full = "Cameras recorded along the 120 km walked: 370; per km 3.08, 1.54 to 6.16 (95%), for comparing areas.";
    assert!(effort(&facts).contains(full), "{}", effort(&facts));
    facts.effort[0].per_km = Some(rate(3.08, false));
    assert!(effort(&facts).contains("along the 120 km walked: 370, too few for a rate per km."));
    assert!(effort(&facts).contains("Withheld: rates from few cameras."), "{}", effort(&facts));
    (facts.effort[0].is_streets, facts.effort[0].per_km) = (false, None);
    assert!(effort(&facts).contains("Cameras recorded in the"));
    facts.effort[0].cameras = None;
    assert!(!effort(&facts).contains("Cameras recorded"), "a release of an earlier version does not say");
}

#[test]
fn changes_are_split_and_add_up_and_a_trend_needs_the_same_effort() {
    let document = said(&facts());
    let table = table(&document, "changes");
    let numbers: Vec<i64> =
        rows(table).iter().map(|row| row[1].replace('−', "-").trim_start_matches('+').parse().unwrap()).collect();
    assert_eq!(numbers, [380, 9, 8, -3, -1, 393]);
    assert_eq!(numbers[..numbers.len() - 1].iter().sum::<i64>(), 393);
    let said_of = words(&document, "changes");
    assert!(
        said_of.contains("More teams find more.") && said_of.ends_with("for the first time since: 52.5 km."),
        "{said_of}"
    );
    let mut facts = facts();
    facts.effort.push(WaveFacts { is_streets: false, ..facts.effort[0].clone() });
    assert!(words(&said(&facts), "changes").ends_with("52.5 km."), "streets, whatever was walked last");
    facts.area.surveyed_share = None;
    facts.before = facts.before.map(|before| BeforeFacts { new: 0, ..before });
    assert_eq!(
        rows(self::table(&said(&facts), "changes"))[1][..2],
        ["New", "not known"],
        "no list says what was walked"
    );
    facts.before = None;
    assert!(words(&said(&facts), "changes").starts_with("There is no release before this one"));
}

#[test]
fn neighbours_stand_by_name_and_those_that_cannot_be_separated_are_not_ranked() {
    let document = said(&facts());
    let found = rows(table(&document, "nearby"));
    let compared: Vec<(&str, &str)> = found.iter().map(|row| (row[0].as_str(), row[2].as_str())).collect();
    assert_eq!(
        compared,
        [
            ("Ward 1", "cannot be separated"),
            ("Ward 2", "this area"),
            ("Ward 3", "differs by more than chance"),
            ("Ward 4", "recorded rates differ; effort unequal or unknown"),
            ("Ward 5", "too few to compare"),
        ]
    );
    assert!(words(&document, "nearby").contains("and 5 more"));
}

#[test]
fn a_published_figure_has_its_verdict_and_long_lists_say_how_much_is_left_out() {
    let document = said(&facts());
    let found = rows(table(&document, "figures"));
    assert_eq!(found.len(), 3);
    assert_eq!(found[0][..3], ["London, 2002", "500,000", "Two researchers"]);
    assert!(found[0][3].starts_with("Cannot be compared. It speaks of another place"), "{}", found[0][3]);
    assert!(found[0][3].ends_with("(and 2 more)"), "{}", found[0][3]);
    assert!(words(&document, "figures").starts_with("More published figures on the page of comparisons: 2."));
    let mut facts = facts();
    facts.figures.iter_mut().skip(1).for_each(|figure| figure.is_elsewhere = true);
    let document = said(&facts);
    assert_eq!(rows(table(&document, "figures")).len(), 1, "numbers about other cities do not stand beside an area");
    assert!(words(&document, "figures").starts_with("More published figures on the page of comparisons: 4."));
    facts.figures[0].is_elsewhere = true;
    assert!(words(&said(&facts), "figures").ends_with("About other places, on the page of comparisons: 5."));
}

#[test]
fn shares_of_fewer_than_ten_cameras_are_not_given_and_unknown_stands_first() {
    let mut facts = facts();
    for (caption, blocks) in [("shares", &section(&said(&facts), "shares").blocks)] {
        assert_eq!(blocks.len(), 4, "{caption}");
        for block in blocks {
            let Block::Table(table) = block else { panic!("{block:?}") };
            assert!(rows(table)[0][0].to_lowercase().contains("unknown"), "{table:?}");
        }
    }
    assert_eq!(rows(table(&said(&facts), "shares"))[0], ["Unknown", "3", "1%"]);
    facts.area.kinds[0].1 = 1;
    assert_eq!(rows(table(&said(&facts), "shares"))[0][2], "< 1%");
    facts.area.cameras = 9;
    let document = said(&facts);
    assert!(table(&document, "shares").rows.iter().all(|row| row[2].is_word));
}

#[test]
fn what_an_honest_briefing_must_state_is_there() {
    let document = said(&facts());
    let method = words(&document, "method");
    for said in [
        "public space",
        "week 47 of 2026",
        "(without those last seen over 24 months before, unless a register lists them)",
        "indoor, hidden, vehicle and body-worn",
        "too low",
        "too high",
        "does not cover sampling",
        "not a working camera",
        "inferred",
        "Nothing is scaled up",
        "why cameras stand where they do",
        "from ten cameras on",
        "Fewer than seven cameras were seen again",
        "2 more cameras were last confirmed 24 months ago",
        "come from: Spring walk, Town hall.",
    ] {
        assert!(method.contains(said), "{said}: {method}");
    }
    let check = words(&document, "check");
    for said in [
        "areas-wards.csv",
        "estimates.csv",
        "changes.csv",
        "2026-W47-1a2b3c4d",
        &"ab".repeat(32),
        "CC-BY-4.0",
        "City census (2026)",
        "camera-census 0.1.0",
        "release verify",
        "Boundaries: Wards, 2022.",
    ] {
        assert!(check.contains(said), "{said}: {check}");
    }
    let mut ageless = facts();
    ageless.release.seen_within_months = None;
    assert!(!words(&said(&ageless), "method").contains("months before"), "nothing is too old");
    let second: Vec<&str> =
        document.sections.iter().filter(|section| section.begins_page).map(|section| section.id).collect();
    assert_eq!(second, ["shares"]);
}

#[test]
fn of_many_sources_some_are_named_and_the_rest_counted() {
    let mut facts = facts();
    facts.release.sources = ["A", "B", "C", "D", "E", "F"].map(str::to_owned).into();
    assert!(words(&said(&facts), "method").contains("come from: A, B, C, D, and 2 more."));
    facts.release.sources.clear();
    assert!(!words(&said(&facts), "method").contains("come from"));
}

#[test]
fn facts_that_leave_a_figure_without_its_definition_give_no_document() {
    let mut facts = facts();
    facts.area.method = String::new();
    let problem = document(&facts, Language::English).unwrap_err();
    assert_eq!((problem.section, problem.missing), ("count", "definition"));
}

#[test]
fn every_language_says_the_same_sections_with_the_same_numbers() {
    let facts = facts();
    let digits = |text: &str| -> BTreeSet<String> {
        text.split(|c: char| !c.is_ascii_digit()).filter(|run| run.len() == 3).map(str::to_owned).collect()
    };
    let english = said(&facts);
    for language in Language::ALL {
        let other = document(&facts, language).unwrap();
        let ids = |document: &Document| document.sections.iter().map(|section| section.id).collect::<Vec<_>>();
        assert_eq!(ids(&other), ids(&english), "{language:?}");
        assert_eq!(digits(&other.lead), digits(&english.lead), "{language:?}");
        let text = serde_json::to_string(&other).unwrap();
        for key in ["briefing-", "said-", "code-", "compare-", "area-", "verdict-", "reason-"] {
            let raw = text.split('"').find(|part| part.starts_with(key) && !part.contains(' '));
            assert_eq!(raw, None, "{language:?}: a message is missing");
        }
    }
}
