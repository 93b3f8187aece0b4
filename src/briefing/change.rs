//! What changed since the release before.

use super::document::{Block, Cell, Section, Table, Text};
use super::facts::{BeforeFacts, Facts};
use super::fill::Say;

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
    let mut rows = vec![
        line("briefing-before", known(before.before)),
        changed("briefing-new", before.new.into()),
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
    match (before.surveyed_share, facts.area.surveyed_share) {
        (Some(then), Some(now)) => {
            let [then, now] = [then, now].map(|share| say.messages.percentage(share));
            say.with("briefing-trend", &[("before", &then), ("after", &now)])
        }
        _ => say.get("briefing-trend-unknown"),
    }
}
