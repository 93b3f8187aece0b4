//! What teams walked.

use super::document::{Block, Cell, Link, Section, Table, Text};
use super::facts::{Amount, AreaFacts, Facts, WaveFacts};
use super::said::scope;
use super::say::Say;

/// Waves that are shown, the latest ones.
const WAVES: usize = 3;

/// What teams walked; and zero, not surveyed and withheld, told apart.
pub(super) fn section(say: &Say, facts: &Facts) -> Section {
    let mut blocks = Vec::new();
    if let Some(latest) = facts.effort.last() {
        blocks.push(Block::Table(table(say, facts)));
        let mut lines = vec![apart(say, latest)];
        lines.extend(along(say, latest));
        lines.push(withheld(say, facts));
        lines.push(Text::plain(say.get("briefing-observers")));
        blocks.push(Block::Bullets(lines));
    } else {
        blocks.push(Block::Paragraph(Text::plain(without_table(say, &facts.area))));
        blocks.push(Block::Bullets(vec![withheld(say, facts)]));
    }
    say.section("effort", "area-effort", blocks)
}

/// A release of an earlier version has no table of effort by area; what else it says of effort is said.
fn without_table(say: &Say, area: &AreaFacts) -> String {
    match area.surveyed_share {
        Some(share) => say.with_one("surveyed-share", &say.messages.percentage(share)),
        None if !area.scope.is_empty() => format!("{}: {}.", say.get("area-scope"), scope(say.messages, &area.scope)),
        None => say.get("code-no_effort"),
    }
}

fn table(say: &Say, facts: &Facts) -> Table {
    let shown = facts.effort.iter().rev().take(WAVES);
    let rows = shown.map(|wave| {
        let share = |amount: Amount| Cell::plain(of_named(say, wave, amount));
        [
            Cell::plain(wave.wave.clone()),
            Cell::plain(wave.teams.clone()),
            Cell::plain(extent(say, wave, wave.named)),
            share(wave.walked),
            share(wave.walked_by_all),
            share(wave.none_found),
        ]
    });
    let mut caption = say.with("briefing-effort-caption", &[("area", &facts.area.name)]);
    if facts.effort.len() > WAVES {
        let more = say.number((facts.effort.len() - WAVES) as u64);
        caption = format!("{caption} ({})", say.with_one("briefing-more", &more));
    }
    let names = [
        (say.get("area-wave"), false),
        (say.get("briefing-teams"), false),
        (say.get("briefing-named"), true),
        (say.get("briefing-walked"), true),
        (say.get("briefing-walked-all"), true),
        (say.get("briefing-none-found"), true),
    ];
    Table::of(caption, say.definition("briefing-effort-means", "effort"), names, rows)
}

/// An extent in kilometres or square kilometres.
pub(super) fn extent(say: &Say, wave: &WaveFacts, amount: Amount) -> String {
    let key = if wave.is_streets { "briefing-km" } else { "briefing-square-km" };
    say.with_one(key, &measured(say, wave, amount))
}

/// The same with its share of what was named; a share means something in a frame only.
fn of_named(say: &Say, wave: &WaveFacts, amount: Amount) -> String {
    if !wave.is_frame || wave.named.extent == 0 {
        return extent(say, wave, amount);
    }
    let key = if wave.is_streets { "briefing-km-share" } else { "briefing-square-km-share" };
    let share = say.messages.percentage(real(amount.extent) / real(wave.named.extent));
    say.with(key, &[("value", &measured(say, wave, amount)), ("share", &share)])
}

fn measured(say: &Say, wave: &WaveFacts, amount: Amount) -> String {
    say.messages.measure(real(amount.extent) / if wave.is_streets { 1e4 } else { 1e6 })
}

#[expect(clippy::cast_precision_loss, reason = "all streets of the earth are below 2^53 dm")]
fn real(extent: u64) -> f64 {
    extent as f64
}

/// Zero and not surveyed, as the latest wave left them.
fn apart(say: &Say, wave: &WaveFacts) -> Text {
    let number = |amount: Amount| say.number(amount.units);
    let zero = say.with("briefing-zero", &[("none", &number(wave.none_found)), ("walked", &number(wave.walked))]);
    let unknown = if wave.is_frame {
        let missing = say.number(wave.named.units.saturating_sub(wave.walked.units));
        say.with("briefing-not-surveyed", &[("missing", &missing), ("all", &number(wave.named))])
    } else {
        say.with("briefing-not-surveyed-open", &[("all", &number(wave.named))])
    };
    Text::plain(format!("{zero} {unknown}"))
}

/// The cameras beside what was walked: a rate that reports from streets nobody walked do not change.
fn along(say: &Say, wave: &WaveFacts) -> Option<Text> {
    let cameras = say.number(wave.cameras.filter(|_| wave.walked.extent > 0)?);
    let extent = extent(say, wave, wave.walked);
    let values = [("extent", extent.as_str()), ("cameras", &cameras)];
    let Some(rate) = wave.per_km.filter(|_| wave.is_streets) else {
        return (!wave.is_streets).then(|| Text::plain(say.with("briefing-along-cells", &values)));
    };
    let definition = Link::Page("method#rates".to_owned());
    if !rate.is_publishable {
        return Some(Text::default().link(say.with("briefing-along-few", &values), definition));
    }
    let measure = |value: f64| say.messages.measure(value);
    let (low, high) = (measure(rate.interval.low), rate.interval.high.map(measure).unwrap_or_default());
    let interval = say.with("briefing-rate-interval", &[("low", &low), ("high", &high)]);
    let value = measure(rate.interval.value);
    let values = [&values[..], &[("rate", value.as_str()), ("interval", &interval)]].concat();
    Some(Text::default().link(say.with("briefing-along", &values), definition))
}

fn withheld(say: &Say, facts: &Facts) -> Text {
    let area = &facts.area;
    let per_km = facts.effort.last().and_then(|wave| wave.per_km);
    let few = [area.per_km2, area.per_10_000, per_km].into_iter().flatten().any(|rate| !rate.is_publishable);
    let homes = area.home.is_none();
    let what: Vec<String> = [(few, "briefing-withheld-rates"), (homes, "briefing-withheld-homes")]
        .into_iter()
        .filter(|(is_withheld, _)| *is_withheld)
        .map(|(_, key)| say.get(key))
        .collect();
    Text::plain(match what.as_slice() {
        [] => say.get("briefing-withheld-nothing"),
        what => say.with_one("briefing-withheld", &say.list(what)),
    })
}
