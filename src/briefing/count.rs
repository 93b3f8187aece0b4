//! How many there are and where: the sentence, the key figures and the map.

use super::document::{Block, Definition, Figure, LegendLine, Map, Section};
use super::effort::extent;
use super::facts::{AreaFacts, Facts, Rate};
use super::said::{Said, code, is_bound, scope};
use super::say::Say;
use crate::drawing::{Fill, Words, count_labels, draw_area};

/// Size of the map in units of the picture.
const MAP_SIZE: (u32, u32) = (960, 560);

/// What is known of the number of cameras, in one sentence.
pub(super) fn sentence(say: &Say, area: &AreaFacts) -> String {
    if !area.is_looked_at {
        return say.get("said-nobody");
    }
    said(area).sentence(say.messages)
}

fn said(area: &AreaFacts) -> Said<'_> {
    let AreaFacts { estimate, method, reason, scope, .. } = area;
    Said { counted: area.cameras, estimate: *estimate, method, reason, scope }
}

/// The key figures.
pub(super) fn section(say: &Say, facts: &Facts) -> Section {
    let area = &facts.area;
    let mut figures = vec![recorded(say, area), estimate(say, area)];
    let ground = area.km2.map(|km2| say.with_one("area-per-of", &say.messages.measure(km2)));
    figures.push(rate(
        say,
        area,
        ("script-column-km2", area.per_km2),
        ground.unwrap_or_else(|| say.get("briefing-unknown")),
    ));
    let residents = residents(say, facts);
    figures.push(rate(say, area, ("briefing-per-10000", area.per_10_000), residents));
    figures.push(surveyed(say, facts));
    figures.push(homes(say, facts));
    say.section("count", "area-count", vec![Block::Figures(figures)])
}

fn recorded(say: &Say, area: &AreaFacts) -> Figure {
    let (value, interval) = match (area.is_looked_at, area.cameras) {
        (false, _) => (say.get("briefing-unknown"), say.get("briefing-nobody-interval")),
        (true, 0) => (say.get("area-zero"), say.get("briefing-found-interval")),
        (true, cameras) => (say.number(cameras), say.get("briefing-found-interval")),
    };
    let denominator = match area.km2 {
        Some(km2) => say.with("briefing-found-of-ground", &[("area", &area.name), ("km2", &say.messages.measure(km2))]),
        None => say.with("briefing-found-of", &[("area", &area.name)]),
    };
    let words = say.with("briefing-found-means", &[("heads", &say.number(area.heads))]);
    let definition = Definition { words, anchor: "cameras".to_owned() };
    Figure { label: say.get("briefing-found"), value, interval, denominator, definition }
}

fn estimate(say: &Say, area: &AreaFacts) -> Figure {
    let key = if is_bound(&area.method) { "briefing-estimate-bound" } else { "briefing-estimate" };
    let denominator =
        if area.scope.is_empty() { say.get("briefing-estimate-of-nothing") } else { scope(say.messages, &area.scope) };
    let label = say.get(key);
    let Some(estimate) = area.estimate else {
        let value = say.get("briefing-estimate-none");
        let definition = Definition { words: code(say.messages, &area.reason), anchor: area.reason.clone() };
        return Figure { label, value, interval: say.get("briefing-estimate-no-interval"), denominator, definition };
    };
    let [low, value] = [estimate.low, estimate.value].map(|number| say.messages.whole(number));
    let (value, interval) = match estimate.high.map(|high| say.messages.whole(high)) {
        Some(high) if estimate.is_wide() => {
            (say.with("briefing-wide-value", &[("low", &low), ("high", &high)]), say.get("briefing-wide-interval"))
        }
        Some(high) => (value, say.with("briefing-short-interval", &[("low", &low), ("high", &high)])),
        None => (value, say.with("briefing-open-interval", &[("low", &low)])),
    };
    let definition = Definition { words: code(say.messages, &area.method), anchor: area.method.clone() };
    Figure { label, value, interval, denominator, definition }
}

fn rate(say: &Say, area: &AreaFacts, (key, rate): (&str, Option<Rate>), denominator: String) -> Figure {
    let measure = |value: f64| say.messages.measure(value);
    let (value, interval) = match rate {
        _ if !area.is_looked_at => (say.get("briefing-unknown"), say.get("briefing-nobody-interval")),
        Some(Rate { interval, is_publishable: true }) => {
            let (low, high) = (measure(interval.low), interval.high.map(measure).unwrap_or_default());
            (measure(interval.value), say.with("briefing-rate-interval", &[("low", &low), ("high", &high)]))
        }
        Some(_) => (say.get("area-few"), say.get("briefing-rate-few-interval")),
        None => (say.get("briefing-unknown"), say.get("briefing-rate-none-interval")),
    };
    Figure {
        label: say.get(key),
        value,
        interval,
        denominator,
        definition: say.definition("briefing-rate-means", "rates"),
    }
}

/// Residents with the source of their number, and how much older than the count it is where that is a lot.
fn residents(say: &Say, facts: &Facts) -> String {
    /// Years after which it is said.
    const OLD: i32 = 10;
    let Some((residents, source, counted)) = &facts.area.residents else { return say.get("briefing-residents-none") };
    let number = say.with_one("area-residents-of", &say.number(*residents));
    let year = counted.map_or_else(|| say.get("areas-not-stated"), |year| year.to_string());
    let source = if source.is_empty() { say.get("areas-not-stated") } else { source.clone() };
    let of = say.with("areas-population-of", &[("source", &source), ("year", &year)]);
    let old = counted.map(|year| facts.release.week.0 - year).filter(|years| *years > OLD);
    let old = old.map(|years| say.with("briefing-residents-old", &[("years", &years.to_string())]));
    format!("{number} ({of}{})", old.unwrap_or_default())
}

fn surveyed(say: &Say, facts: &Facts) -> Figure {
    let (value, interval) = match facts.area.surveyed_share {
        Some(share) => (say.percent(share), say.get("briefing-surveyed-interval")),
        None => (say.get("briefing-unknown"), say.get("briefing-surveyed-none")),
    };
    Figure {
        label: say.get("briefing-surveyed"),
        value,
        interval,
        denominator: frame(say, facts).unwrap_or_else(|| say.get("briefing-surveyed-of")),
        definition: say.definition("briefing-surveyed-means", "effort"),
    }
}

/// What there was to walk, where every wave names the same: all of few streets is not all of the area.
fn frame(say: &Say, facts: &Facts) -> Option<String> {
    facts.area.surveyed_share?;
    let first = facts.effort.first()?;
    let is_same = facts.effort.iter().all(|wave| wave.is_frame && wave.named == first.named);
    is_same.then(|| {
        let values = [("units", &*say.number(first.named.units)), ("extent", &extent(say, first, first.named))];
        say.with("briefing-surveyed-of-units", &values)
    })
}

fn homes(say: &Say, facts: &Facts) -> Figure {
    let area = &facts.area;
    let (value, interval) = match area.home {
        Some(0) if facts.effort.is_empty() => (say.get("briefing-unknown"), say.get("briefing-home-nobody")),
        Some(home) => (say.number(home), say.get("briefing-home-interval")),
        None => (say.get("area-withheld"), say.get("briefing-home-withheld")),
    };
    Figure {
        label: say.get("area-home"),
        value,
        interval,
        denominator: say.with("briefing-home-of", &[("area", &area.name)]),
        definition: say.definition("briefing-home-means", "homes"),
    }
}

/// The map with its legend.
pub(super) fn map(say: &Say, facts: &Facts) -> Option<Section> {
    let map = facts.map.as_ref()?;
    let with_cameras = || map.cells.iter().filter(|(_, cameras, _)| *cameras > 0);
    let count = |cells: usize| say.number(cells as u64);
    let alternative = say.with(
        "briefing-map-text",
        &[
            ("some", &count(with_cameras().count())),
            ("most", &say.number(with_cameras().map(|(_, cameras, _)| *cameras).max().unwrap_or_default())),
            ("none", &count(map.cells.iter().filter(|(.., fill)| *fill == Fill::Zero).count())),
        ],
    );
    let cells = say.with_one("area-cells-text", &map.resolution.to_string());
    let caption = format!("{}. {cells}", say.get("legend-count"));
    let words = Words {
        size: MAP_SIZE,
        title: &say.with_one("area-cell-map-title", &facts.area.name),
        description: &alternative,
        north: &say.get("svg-north"),
    };
    let svg = draw_area(&map.outline, &map.cells, &words);
    let block = Block::Map(Map { svg, alternative, caption, legend: legend(say) });
    Some(say.section("map", "briefing-map", vec![block]))
}

fn legend(say: &Say) -> Vec<LegendLine> {
    let classes = count_labels(|number| say.number(number));
    let classes = classes.into_iter().map(|(class, label)| LegendLine { fill: Fill::Class(class), label });
    let zero = LegendLine { fill: Fill::Zero, label: say.get("area-legend-zero") };
    let unknown = LegendLine { fill: Fill::Unknown, label: say.get("area-legend-unknown") };
    classes.chain([zero, unknown]).collect()
}
