//! What changed since the release before.

use super::document::{Block, Cell, Section, Table, Text};
use super::effort::extent;
use super::facts::{Amount, BeforeFacts, Facts};
use super::say::Say;

/// New, newly found and gone are told apart; the rest is there where it is not zero, so that the lines add up.
pub(super) fn section(say: &Say, facts: &Facts) -> Section {
    let Some(before) = &facts.before else {
        let none = Block::Paragraph(Text::plain(say.get("briefing-changes-none")));
        return say.section("changes", "briefing-changes", vec![none]);
    };
    let blocks =
        vec![Block::Table(table(say, facts, before)), Block::Paragraph(Text::plain(trend(say, facts, before)))];
    say.section("changes", "briefing-changes", blocks)
}

fn table(say: &Say, facts: &Facts, before: &BeforeFacts) -> Table {
    let known = |cameras: Option<u32>| match cameras {
        Some(cameras) => Cell::plain(say.number(cameras)),
        None => Cell::word(say.get("briefing-unknown")),
    };
    let line =
        |key: &str, number: Cell| [Cell::plain(say.get(key)), number, Cell::plain(say.get(&format!("{key}-means")))];
    let changed = |key: &str, change: i64| line(key, Cell::plain(signed(say, change)));
    let less = |cameras: u32| -i64::from(cameras);
    // Without a list of all streets nothing can be told to be new: that is no zero.
    let new = match (before.new, facts.area.surveyed_share) {
        (0, None) => {
            let unknown = Cell::word(say.get("briefing-unknown"));
            [Cell::plain(say.get("briefing-new")), unknown, Cell::plain(say.get("briefing-new-unknown"))]
        }
        (new, _) => changed("briefing-new", new.into()),
    };
    let mut rows = vec![
        line("briefing-before", known(before.before)),
        new,
        changed("briefing-newly-found", before.newly_found.into()),
        changed("briefing-gone", less(before.gone)),
    ];
    let others = [
        ("briefing-split", i64::from(before.split)),
        ("briefing-merged", less(before.merged)),
        ("briefing-stale", -before.stale),
        ("briefing-border", before.border.unwrap_or_default()),
    ];
    rows.extend(others.into_iter().filter(|(_, change)| *change != 0).map(|(key, change)| changed(key, change)));
    rows.push(line("briefing-after", known(before.after)));
    let caption = say.with(
        "briefing-changes-caption",
        &[("area", &facts.area.name), ("before", &before.release), ("after", &facts.release.id)],
    );
    let names = [
        (say.get("briefing-changes-what"), false),
        (say.get("script-column-cameras"), true),
        (say.get("briefing-changes-how"), false),
    ];
    Table::of(caption, say.definition("briefing-changes-means", "effort"), names, rows)
}

fn signed(say: &Say, change: i64) -> String {
    let plus = if change > 0 { "+" } else { "" };
    // Alone in a cell of a page from right to left a sign would come after its number.
    say.apart(&format!("{plus}{}", say.signed(change)))
}

fn trend(say: &Say, facts: &Facts, before: &BeforeFacts) -> String {
    let trend = say.get("briefing-trend");
    // Where there are streets, changes are told of streets.
    let wave = facts.effort.iter().find(|wave| wave.is_streets).or(facts.effort.last());
    let Some(wave) = wave.filter(|_| before.newly_walked > 0) else { return trend };
    let walked = extent(say, wave, Amount { units: 0, extent: before.newly_walked });
    format!("{trend} {}", say.with("briefing-trend-walked", &[("extent", &walked)]))
}
