//! The area beside others, and its count beside published figures.

use super::document::{Block, Cell, Link, Section, Table, Text};
use super::facts::{Beside, Facts, FigureFacts, NearbyFacts};
use super::say::Say;

/// Published figures that are shown.
const FIGURES: usize = 3;
/// Reasons of a verdict that are shown.
const REASONS: usize = 1;

/// The areas nearby, by name: nothing here is a ranking.
pub(super) fn nearby(say: &Say, facts: &Facts) -> Section {
    let section = |blocks| say.section("nearby", "briefing-nearby", blocks);
    if facts.nearby.is_empty() {
        return section(vec![Block::Paragraph(Text::plain(say.get("area-no-rate-here")))]);
    }
    let rows = facts.nearby.iter().map(|area| line(say, facts, area));
    let caption = say.with("briefing-nearby-caption", &[("set", &facts.area.set_name)]);
    let names = [
        (say.get("area-column"), false),
        (say.get("script-column-km2"), true),
        (say.with("briefing-nearby-compared", &[("area", &facts.area.name)]), false),
        (say.get("area-surveyed"), true),
    ];
    let table = Table::of(caption, say.definition("briefing-rate-means", "rates"), names, rows);
    let mut text = Text::plain(say.get("briefing-nearby-text"));
    if facts.further > 0 {
        let more = say.with_one("briefing-more", &say.number(facts.further));
        let all = say.with_one("area-back", &facts.area.set_name);
        text = text.and(" ").link(all, Link::Page(format!("areas/{}", facts.area.set))).and(format!(" ({more})."));
    }
    section(vec![Block::Table(table), Block::Paragraph(text)])
}

fn line(say: &Say, facts: &Facts, area: &NearbyFacts) -> [Cell; 4] {
    let name = match area.beside {
        Beside::Here => Text::default().strong(area.name.clone()),
        _ => Text::default().link(area.name.clone(), Link::Page(format!("areas/{}/{}", facts.area.set, area.slug))),
    };
    let rate = match area.per_km2 {
        _ if !area.is_looked_at => Cell::word(say.get("area-not-looked")),
        Some(rate) if rate.is_publishable => Cell::plain(rate.interval.of_rate(say.messages)),
        Some(_) => Cell::word(say.get("area-few")),
        None => Cell::word(say.get("area-no-rate")),
    };
    let compared = match area.beside {
        Beside::Here => "briefing-nearby-here",
        Beside::Alike => "briefing-nearby-alike",
        Beside::Apart => "briefing-nearby-apart",
        Beside::Uneven => "briefing-nearby-uneven",
        Beside::Few => "briefing-nearby-few",
    };
    let share = match area.surveyed_share {
        Some(share) => Cell::plain(say.percent(share)),
        None => Cell::word(say.get("area-no-frame")),
    };
    [Cell { text: name, is_word: false }, rate, Cell::word(say.get(compared)), share]
}

/// Published figures, each with its verdict.
pub(super) fn figures(say: &Say, facts: &Facts) -> Section {
    let section = |blocks| say.section("figures", "compare-title", blocks);
    if facts.figures.is_empty() {
        return section(vec![Block::Paragraph(Text::plain(say.get("compare-no-figures")))]);
    }
    let compare = |key: &str, figures: usize| {
        let text = say.with_one(key, &say.number(figures as u64));
        Block::Paragraph(Text::default().link(text, Link::Page("compare".to_owned())))
    };
    // A number about another city beside that of a ward says nothing, and is remembered all the same.
    let about: Vec<&FigureFacts> = facts.figures.iter().filter(|figure| !figure.is_elsewhere).collect();
    if about.is_empty() {
        return section(vec![compare("briefing-figures-none", facts.figures.len())]);
    }
    let rows = about.iter().take(FIGURES).map(|figure| {
        let place = format!("{}, {}", figure.place, figure.year);
        let place = match figure.url.as_str() {
            "" => Text::plain(place),
            url => Text::default().link(place, Link::Outside(url.to_owned())),
        };
        [
            Cell { text: place, is_word: false },
            Cell::plain(figure.number.written(say.messages)),
            Cell::plain(figure.claimed_by.clone()),
            Cell { text: verdict(say, facts, figure), is_word: true },
        ]
    });
    let cameras = if facts.area.is_looked_at { say.number(facts.area.cameras) } else { say.get("briefing-unknown") };
    let caption = say.with("briefing-figures-caption", &[("cameras", &cameras), ("area", &facts.area.name)]);
    let names = [
        (say.get("compare-place"), false),
        (say.get("compare-published-column"), true),
        (say.get("compare-claimed-by"), false),
        (say.get("compare-verdict"), false),
    ];
    let mut blocks =
        vec![Block::Table(Table::of(caption, say.definition("briefing-figures-means", "compare"), names, rows))];
    let more = facts.figures.len() - about.len().min(FIGURES);
    if more > 0 {
        blocks.push(compare("briefing-figures-more", more));
    }
    section(blocks)
}

fn verdict(say: &Say, facts: &Facts, figure: &FigureFacts) -> Text {
    let mut words: Vec<String> =
        figure.reasons.iter().take(REASONS).map(|reason| say.get(&format!("reason-{reason}"))).collect();
    if figure.is_of_linked {
        let linked = facts.area.linked.iter().find(|(word, _)| *word == "yes").map_or(0, |(_, cameras)| *cameras);
        words.push(say.with_one("briefing-figures-linked", &say.number(linked)));
    }
    if figure.reasons.len() > REASONS {
        let more = say.number((figure.reasons.len() - REASONS) as u64);
        words.push(format!("({})", say.with_one("briefing-more", &more)));
    }
    let outcome = say.get(&format!("verdict-{}", figure.outcome));
    Text::default().strong(format!("{outcome}.")).and(format!(" {}", words.join(" ")))
}
