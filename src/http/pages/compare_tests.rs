use super::*;
use crate::figures::{CensusDefinition, shipped_deployments, shipped_figures, verdict};
use crate::language::{Language, Messages};
use crate::model::{DeploymentStatus, FigureBasis, FigureStatus};

fn page(language: Language, title: &str) -> ComparePage {
    let census = CensusDefinition { year: 2024, title: title.to_owned(), covers: vec![title.to_owned()] };
    let rows = shipped_figures().iter().cloned();
    let rows = rows.map(|figure| FigureView { verdict: verdict(&figure, &census), figure });
    let view = CompareView {
        census: CensusNumbers {
            cameras: 1234,
            linked: 56,
            as_of: IsoWeek::parse("2024-W20").unwrap(),
            km2: None,
            residents: None,
        },
        figures: rows.collect(),
        deployments: shipped_deployments().to_vec(),
        makers: MakerShares {
            unknown: 1000,
            restricted: 34,
            unrestricted: 200,
            list: vec![RestrictedMaker {
                name: "Hikvision".to_owned(),
                cameras: 34,
                restriction: "a ban".to_owned(),
                basis: "a law".to_owned(),
            }],
        },
        linked: vec![(Linked::Unknown, 1100), (Linked::Yes, 56), (Linked::No, 78)],
        operators: vec![(Operator::Unknown, 1234)],
    };
    let page = PageContext { path: "compare".to_owned(), ..PageContext::bare(language) };
    ComparePage { page, view: Some(view) }
}

/// The part of a page that speaks of one figure.
fn claim<'a>(html: &'a str, id: &str) -> &'a str {
    let start = html.find(&format!("<article id=\"f-{id}\"")).unwrap();
    html[start..].split("</article>").next().unwrap()
}

#[test]
fn each_figure_stands_beside_the_census_with_its_verdict_and_its_citation() {
    let html = page(Language::English, "Cameras of New York").render().unwrap();
    let chongqing = claim(&html, "chongqing-planned-2011");
    for expected in [
        "Chongqing, 2011",
        "500,000</b> published",
        "56</b> cameras of this census known to be linked",
        "Cannot be compared</strong>",
        "data-reason=\"planned\"",
        "data-reason=\"linked_only\"",
        "data-reason=\"years_apart\"",
        "<dd>483</dd>",
        "<dd>41.7</dd>",
        "<cite>Cisco Poised to Help China Keep an Eye on Its Citizens</cite>, Loretta Chao; Don Clark, The Wall Street \
         Journal, 2011-07-05",
    ] {
        assert!(chongqing.contains(expected), "missing: {expected}\n{chongqing}");
    }
    let amnesty = claim(&html, "new-york-amnesty-2022");
    assert!(amnesty.contains("1,234</b> all cameras of this census") && amnesty.contains("coverage_not_stated"));
    assert!(!amnesty.contains("years_apart") && !amnesty.contains("another_place"));
    assert_eq!(html.matches("<article ").count(), shipped_figures().len());
    assert!(html.contains("citation to be checked"));
    assert!(!html.contains(" style=") && !html.contains("<script"));
}

#[test]
fn the_unknown_share_comes_first_and_shares_add_up_to_all_cameras() {
    let html = page(Language::English, "x").render().unwrap();
    let makers = html.split("id=\"compare-makers\"").nth(1).unwrap().split("</table>").next().unwrap();
    let rows: Vec<&str> = makers.split("<tr><th scope=\"row\">").skip(1).collect();
    assert!(
        rows[0].starts_with("Maker unknown</th><td class=\"number\">1,000</td><td class=\"number\">81%"),
        "{rows:?}"
    );
    assert_eq!(rows.len(), 3);
    let linked = html.split("id=\"compare-linked\"").nth(1).unwrap();
    assert!(linked.find("Unknown").unwrap() < linked.find("Linked to a public").unwrap());
}

#[test]
fn a_density_of_the_census_is_given_only_when_its_ground_is_known() {
    let mut page = page(Language::English, "x");
    let mut census = page.view.take().unwrap().census;
    assert!(page.census_per_km2(&census).starts_with("not known"));
    (census.km2, census.residents) = (Some(2.0), Some(1000));
    assert_eq!((page.census_per_km2(&census).as_str(), page.census_per_1000(&census).as_str()), ("617", "1,234"));
    census.km2 = Some(0.0);
    assert!(page.census_per_km2(&census).starts_with("not known"));
}

#[test]
fn ranges_are_written_with_what_is_stated() {
    let page = page(Language::English, "x");
    let mut row = page.view.as_ref().unwrap().figures[0].clone();
    let mut written = |low, middle, high| {
        (row.figure.cameras_low, row.figure.cameras, row.figure.cameras_high) = (low, middle, high);
        page.published(&row)
    };
    assert_eq!(written(None, Some(5000), None), "5,000");
    assert_eq!(written(Some(3000), Some(5000), Some(6000)), "5,000 (3,000–6,000)");
    assert_eq!(written(Some(3000), None, Some(6000)), "3,000–6,000");
    assert_eq!(written(None, Some(5000), Some(5000)), "5,000");
    assert_eq!(written(None, Some(5000), Some(6000)), "5,000 (≤ 6,000)");
    assert_eq!(written(Some(3000), None, None), "≥ 3,000");
    assert_eq!(written(Some(3000), None, Some(3000)), "3,000");
}

#[test]
fn every_word_of_a_figure_a_verdict_and_a_deployment_has_a_message() {
    let mut keys: Vec<String> = Reason::ALL.iter().map(|reason| format!("reason-{}", reason.code())).collect();
    keys.extend(["larger", "smaller", "unknown"].map(|bias| format!("bias-{bias}")));
    keys.extend(["comparable", "cannot_tell", "not_comparable"].map(|outcome| format!("verdict-{outcome}")));
    keys.extend(FigureStatus::ALL.iter().map(|status| format!("figure-status-{status}")));
    keys.extend(FigureBasis::ALL.iter().map(|basis| format!("figure-basis-{basis}")));
    keys.extend(Stated::ALL.iter().map(|stated| format!("stated-{stated}")));
    keys.extend(DeploymentStatus::ALL.iter().map(|status| format!("deployment-status-{status}")));
    keys.extend(Linked::ALL.iter().map(|linked| format!("linked-{linked}")));
    for key in keys {
        assert!(Messages::of(Language::English).has(&key), "{key}");
    }
    for language in Language::ALL {
        let html = page(language, "x").render().unwrap();
        for unresolved in ["reason-", "verdict-with", "figure-status", "figure-basis", "stated-", "deployment-status"] {
            assert!(!html.contains(&format!(">{unresolved}")), "{language:?} {unresolved}");
        }
    }
}

#[test]
fn what_a_figure_says_is_never_taken_for_markup() {
    let mut page = page(Language::English, "x");
    let view = page.view.as_mut().unwrap();
    view.figures.truncate(1);
    view.figures[0].figure.title = "<b onclick=x>".to_owned();
    view.figures[0].figure.url = "https://example.org/?a=1&b='2'".to_owned();
    let html = page.render().unwrap();
    assert!(!html.contains("<b onclick") && html.contains("href=\"https://example.org/?a=1&#38;b=&#39;2&#39;\""));
}
