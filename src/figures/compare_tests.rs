use super::*;
use crate::figures::shipped_figures;

fn census() -> CensusDefinition {
    CensusDefinition { year: 2024, title: "Cameras of Testville".to_owned(), covers: vec!["Old Town".to_owned()] }
}

/// A figure that counts what the census counts.
fn like_the_census() -> PublishedFigure {
    let figure = shipped_figures().iter().find(|figure| figure.id == "manhattan-nyclu-1998").unwrap();
    PublishedFigure { place: "Old Town".to_owned(), year: 2024, ..figure.clone() }
}

fn codes(verdict: &Verdict) -> Vec<&'static str> {
    verdict.reasons.iter().map(|reason| reason.code()).collect()
}

type Change = fn(&mut PublishedFigure);

#[test]
fn each_reason_is_given_in_its_case_and_only_there() {
    let cases: &[(Change, &[Reason])] = &[
        (|_| (), &[]),
        (|f| f.status = FigureStatus::Installed, &[]),
        (|f| f.status = FigureStatus::Planned, &[Reason::Planned]),
        (|f| f.basis = FigureBasis::OfficialPlan, &[Reason::Planned]),
        (|f| f.status = FigureStatus::Extrapolation, &[Reason::Extrapolated]),
        (|f| f.basis = FigureBasis::Extrapolation, &[Reason::Extrapolated]),
        (|f| f.status = FigureStatus::Estimate, &[Reason::Estimated]),
        (|f| f.basis = FigureBasis::Estimate, &[Reason::Estimated]),
        (|f| f.basis = FigureBasis::Compilation, &[Reason::Compiled]),
        (|f| f.basis = FigureBasis::OfficialCount, &[Reason::OfficialCount]),
        (|f| f.basis = FigureBasis::ImageCount, &[Reason::ImageCount]),
        (|f| f.includes_private = Stated::No, &[Reason::PrivateLeftOut]),
        (|f| f.includes_private = Stated::Unknown, &[Reason::PrivateNotStated]),
        (|f| f.includes_indoor = Stated::Yes, &[Reason::IndoorIncluded]),
        (|f| f.includes_indoor = Stated::Unknown, &[Reason::IndoorNotStated]),
        (|f| f.street_visible = Stated::No, &[Reason::NotOnlyStreetVisible]),
        (|f| f.street_visible = Stated::Unknown, &[Reason::StreetVisibleNotStated]),
        (|f| f.linked_only = Stated::Yes, &[Reason::LinkedOnly]),
        (|f| f.linked_only = Stated::Unknown, &[Reason::LinkedNotStated]),
        (|f| f.year = 2019, &[]),
        (|f| f.year = 2029, &[]),
        (|f| f.year = 2018, &[Reason::YearsApart]),
        (|f| f.year = 2030, &[Reason::YearsApart]),
        (|f| f.place = "old  town".to_owned(), &[]),
        (|f| f.place = "Testville".to_owned(), &[Reason::CoverageNotStated]),
        (|f| f.place = "Test".to_owned(), &[Reason::AnotherPlace]),
        (|f| f.place = "Elsewhere".to_owned(), &[Reason::AnotherPlace]),
    ];
    let mut given: Vec<Reason> = Vec::new();
    for (number, (change, expected)) in cases.iter().enumerate() {
        let mut figure = like_the_census();
        change(&mut figure);
        assert_eq!(verdict(&figure, &census()).reasons, *expected, "case {number}");
        given.extend(*expected);
    }
    for reason in Reason::ALL {
        assert!(given.contains(&reason), "no case gives {}", reason.code());
    }
}

#[test]
fn every_figure_the_program_ships_keeps_its_verdict_beside_a_census_of_its_own_place_and_year() {
    let unstated: &[&str] =
        &["estimated", "private_not_stated", "indoor_not_stated", "street_visible_not_stated", "linked_not_stated"];
    let linked: &[&str] =
        &["official_count", "not_only_street_visible", "private_not_stated", "indoor_not_stated", "linked_only"];
    let expected: [(&str, &[&str]); 13] = [
        ("chongqing-planned-2011", &["planned", "not_only_street_visible", "indoor_not_stated", "linked_only"]),
        ("chongqing-existing-2011", &["official_count", "not_only_street_visible", "indoor_not_stated"]),
        ("chongqing-police-linked-2011", linked),
        ("beijing-2008", linked),
        ("chicago-aclu-2011", unstated),
        ("new-york-nyclu-2009", unstated),
        ("manhattan-nyclu-1998", &[]),
        ("lower-manhattan-nyclu-2005", &[]),
        ("new-york-amnesty-2022", &["image_count"]),
        (
            "london-comparitech-2020",
            &["estimated", "compiled", "not_only_street_visible", "private_not_stated", "indoor_not_stated"],
        ),
        ("london-stanford-2021", &["estimated", "image_count"]),
        ("united-kingdom-2002", &["extrapolated", "indoor_included", "not_only_street_visible"]),
        ("united-kingdom-2011", &["extrapolated", "estimated", "indoor_not_stated"]),
    ];
    let ids: Vec<&str> = shipped_figures().iter().map(|figure| figure.id.as_str()).collect();
    assert_eq!(ids, expected.map(|(id, _)| id));
    for (figure, (id, reasons)) in shipped_figures().iter().zip(expected) {
        let own = CensusDefinition { year: figure.year, title: String::new(), covers: vec![figure.place.clone()] };
        let judged = verdict(figure, &own);
        assert_eq!(codes(&judged), reasons, "{id}");
        assert_eq!(judged.comparable, reasons.is_empty(), "{id}");
        assert_eq!(judged.compare_with == CensusNumber::Linked, reasons.contains(&"linked_only"), "{id}");
    }
}

#[test]
fn of_all_shipped_figures_none_can_be_compared_with_a_census_of_another_town() {
    for figure in shipped_figures() {
        let judged = verdict(figure, &census());
        assert!(judged.outcome() == Outcome::NotComparable && judged.reasons.contains(&Reason::AnotherPlace));
    }
}

#[test]
fn a_figure_of_linked_cameras_is_compared_with_the_linked_ones() {
    let figure = PublishedFigure { linked_only: Stated::Yes, ..like_the_census() };
    let judged = verdict(&figure, &census());
    assert!(judged.comparable && judged.compare_with == CensusNumber::Linked);
    assert_eq!(judged.outcome(), Outcome::Comparable);
}

#[test]
fn what_is_not_stated_leaves_it_open_and_what_differs_decides() {
    let unstated = PublishedFigure { includes_indoor: Stated::Unknown, ..like_the_census() };
    assert_eq!(verdict(&unstated, &census()).outcome(), Outcome::CannotTell);
    let differs = PublishedFigure { street_visible: Stated::No, ..unstated };
    assert_eq!(verdict(&differs, &census()).outcome(), Outcome::NotComparable);
}

#[test]
fn how_large_a_figure_is_never_matters() {
    for figure in shipped_figures() {
        let other = PublishedFigure { cameras_low: Some(1), cameras: None, cameras_high: Some(9), ..figure.clone() };
        assert_eq!(verdict(&other, &census()), verdict(figure, &census()));
    }
}

#[test]
fn codes_are_distinct() {
    let codes: std::collections::BTreeSet<_> = Reason::ALL.iter().map(|reason| reason.code()).collect();
    assert_eq!(codes.len(), Reason::ALL.len());
}
