//! How the numbers came about, what they do not say, and how to check them.

use super::document::{Block, Link, Section, Text};
use super::facts::Facts;
use super::said::code;
use super::say::Say;

/// Sources that are named.
const SOURCES: usize = 4;

/// Method and limits in plain words.
pub(super) fn limits(say: &Say, facts: &Facts) -> Section {
    let area = &facts.area;
    let mut week = say.week(facts.release.week);
    if let Some(months) = facts.release.seen_within_months {
        week = say.with("briefing-dates", &[("week", &week), ("months", &say.number(months))]);
    }
    let mut counted = say.with("briefing-counted", &[("week", &week)]);
    if area.stale > 0 {
        let stale = say.messages.with_number("headline-stale", area.stale.into());
        counted = format!("{counted} {stale}");
    }
    let mut lines = vec![Text::plain(counted)];
    lines.extend(sources(say, &facts.release.sources));
    lines.push(Text::plain(say.get(if area.estimate.is_some() { "briefing-covers" } else { "briefing-covers-none" })));
    for warning in &area.warnings {
        let to = Link::Page(format!("method#{warning}"));
        lines.push(Text::default().link(code(say.messages, warning), to));
    }
    let rest = ["briefing-bias", "briefing-working", "briefing-frame", "briefing-small"];
    lines.extend(rest.map(|key| Text::plain(say.get(key))));
    say.section("method", "briefing-method", vec![Block::Bullets(lines)])
}

/// Whose reports are counted in the whole census: walks of volunteers are something else than a town hall's table.
fn sources(say: &Say, sources: &[String]) -> Option<Text> {
    let mut named: Vec<String> = sources.iter().take(SOURCES).cloned().collect();
    if sources.len() > SOURCES {
        named.push(say.with_one("briefing-more", &say.number((sources.len() - SOURCES) as u64)));
    }
    (!named.is_empty()).then(|| Text::plain(say.with_one("briefing-sources", &say.list(&named))))
}

/// Links, release, hash, licence, citation.
pub(super) fn check(say: &Say, facts: &Facts) -> Section {
    let release = &facts.release;
    let mut numbers = Text::plain(say.get("briefing-check-files"));
    for file in &release.files {
        numbers = numbers.and(" ").link(file.clone(), Link::File(file.clone()));
    }
    let mut numbers = numbers
        .and(format!(". {} ", say.get("briefing-check-method")))
        .link(say.get("method-title"), Link::Page("method".to_owned()));
    if !facts.area.edition.is_empty() {
        let values = [("set", facts.area.set_name.as_str()), ("edition", &facts.area.edition)];
        numbers = numbers.and(format!(". {}", say.with("briefing-check-boundaries", &values)));
    }
    let release_line = Text::plain(format!("{} ", say.with_one("briefing-check-release", &release.id)))
        .link(release.sha256.clone(), Link::File("manifest.json".to_owned()));
    let licence = say.with_one("briefing-check-licence", &release.licence);
    let licence = Text::plain(format!("{licence} {}", say.apart(&release.citation)));
    let rebuild = say.with_one("briefing-check-rebuild", &release.software);
    let rebuild = Text::plain(format!("{rebuild} ")).strong("camera-census release verify");
    say.section("check", "briefing-check", vec![Block::Bullets(vec![numbers, release_line, licence, rebuild])])
}
