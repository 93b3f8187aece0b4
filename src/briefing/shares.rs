//! Whose cameras, of what kind, from whom, and where they lead.

use super::document::{Block, Cell, Section, Table, Text};
use super::facts::{AreaFacts, Facts};
use super::say::Say;

/// Fewer cameras than this give no shares.
const CAMERAS_FOR_SHARES: u32 = 10;

/// Tables of shares, unknown first in each.
pub(super) fn section(say: &Say, facts: &Facts) -> Section {
    let area = &facts.area;
    if !area.is_looked_at {
        let nobody = Block::Paragraph(Text::plain(say.get("said-nobody")));
        return say.section("shares", "area-shares", vec![nobody]);
    }
    let worded = |prefix: &str, counts: &[(&'static str, u32)]| -> Vec<(String, u32)> {
        counts.iter().map(|(word, cameras)| (say.get(&format!("{prefix}-{word}")), *cameras)).collect()
    };
    let tables = [
        ("kinds-title", worded("kind", &area.kinds)),
        ("operators-title", worded("operator", &area.operators)),
        ("compare-linked", worded("linked", &area.linked)),
        ("compare-makers", worded("compare-maker", &makers(area))),
    ];
    let tables = tables.into_iter().map(|(caption, counts)| Block::Table(table(say, area, caption, counts)));
    say.section("shares", "area-shares", tables.collect())
}

fn makers(area: &AreaFacts) -> [(&'static str, u32); 3] {
    let (restricted, unrestricted) = area.restricted;
    let unknown = area.cameras.saturating_sub(restricted + unrestricted);
    [("unknown", unknown), ("restricted", restricted), ("unrestricted", unrestricted)]
}

fn table(say: &Say, area: &AreaFacts, caption: &str, counts: Vec<(String, u32)>) -> Table {
    let share = |cameras: u32| {
        if area.cameras < CAMERAS_FOR_SHARES {
            Cell::word(say.get("area-few"))
        } else {
            Cell::plain(say.percent(f64::from(cameras) / f64::from(area.cameras)))
        }
    };
    let rows =
        counts.into_iter().map(|(name, cameras)| [Cell::plain(name), Cell::plain(say.number(cameras)), share(cameras)]);
    let caption = say.get(caption);
    let names = [(caption.clone(), false), (say.get("script-column-cameras"), true), (say.get("compare-share"), true)];
    Table::of(caption, say.definition("briefing-shares-means", "filters"), names, rows)
}
