//! Directions as people write them: bearings, compass points, ranges and lists of these.

use super::value::{Value, plain_number};
use crate::model::Facing;

/// Reads a direction and how many directions it lists; `None` when any part of it is no direction.
///
/// Accepts `270`, `WSW`, `south-west`, `338-23` (clockwise, so this one passes through north), `all_round`, and lists
/// with `;` or `,`. A lone 360 may mean north or all round and is neither (in OpenStreetMap it mostly stands at domes);
/// within a list it is north.
pub(super) fn directions(value: &Value<'_>) -> Option<(Facing, usize)> {
    match value {
        Value::List(items) => {
            let mut all = (Facing::NONE, 0);
            for item in items.iter().filter(|item| !item.is_blank()) {
                let one = directions_of_item(item, items.len() > 1)?;
                all = (all.0.union(one.0), all.1 + one.1);
            }
            (all.1 > 0).then_some(all)
        }
        other => directions_of_item(other, false),
    }
}

fn directions_of_item(value: &Value<'_>, among_others: bool) -> Option<(Facing, usize)> {
    match value {
        Value::Number(degrees) => Some((bearing(*degrees, among_others)?, 1)),
        Value::Text(text) => directions_of_text(text, among_others),
        _ => None,
    }
}

fn directions_of_text(text: &str, among_others: bool) -> Option<(Facing, usize)> {
    let parts = || text.split([';', ',']).map(str::trim).filter(|part| !part.is_empty());
    let count = parts().count();
    let mut facing = Facing::NONE;
    for part in parts() {
        facing = facing.union(one(part, among_others || count > 1)?);
    }
    (count > 0).then_some((facing, count))
}

fn one(part: &str, among_others: bool) -> Option<Facing> {
    if let Some(degrees) = degrees(part) {
        return bearing(degrees, among_others);
    }
    if let Some(degrees) = compass_point(part) {
        return Facing::bearing(degrees).ok();
    }
    if ["all_round", "all round", "all-round"].iter().any(|word| part.eq_ignore_ascii_case(word)) {
        return Some(Facing::ALL_ROUND);
    }
    let (from, to) = part.split_once('-')?;
    let edge = |text: &str| degrees(text).or_else(|| compass_point(text));
    Facing::arc(edge(from)?, edge(to)?).ok()
}

fn bearing(degrees: f64, among_others: bool) -> Option<Facing> {
    if degrees >= 360.0 && !among_others {
        return None;
    }
    Facing::bearing(degrees).ok()
}

fn degrees(text: &str) -> Option<f64> {
    let text = text.trim();
    plain_number(text.strip_suffix('°').unwrap_or(text))
}

/// The sixteen points, clockwise from north.
const POINTS: [&str; 16] =
    ["n", "nne", "ne", "ene", "e", "ese", "se", "sse", "s", "ssw", "sw", "wsw", "w", "wnw", "nw", "nnw"];

/// `NE`, `northeast`, `north-east` and `North East` are all 45 degrees. `N-E` is not: that is a range.
fn compass_point(text: &str) -> Option<f64> {
    let mut letters = String::with_capacity(3);
    let lower = text.trim().to_ascii_lowercase();
    let mut rest = lower.as_str();
    while !rest.is_empty() && letters.len() < 4 {
        let words = [("north", 'n'), ("east", 'e'), ("south", 's'), ("west", 'w')];
        if let Some((letter, after)) =
            words.iter().find_map(|(word, l)| rest.strip_prefix(word).map(|after| (*l, after)))
        {
            letters.push(letter);
            rest = after.trim_start_matches([' ', '-']);
        } else {
            letters.push(rest.chars().next()?);
            rest = rest.get(1..)?;
        }
    }
    let index = POINTS.iter().position(|point| *point == letters)?;
    #[expect(clippy::cast_precision_loss, reason = "0 to 15")]
    let degrees = index as f64 * 22.5;
    Some(degrees)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(text: &str) -> Option<(Facing, usize)> {
        directions(&Value::Text(text.into()))
    }

    fn at(degrees: f64) -> Facing {
        Facing::bearing(degrees).unwrap()
    }

    #[test]
    fn numbers_points_ranges_and_lists_are_read() {
        assert_eq!(directions(&Value::Number(270.0)), Some((at(270.0), 1)));
        assert_eq!(text(" 270° "), Some((at(270.0), 1)));
        for north_east in ["NE", "ne", "northeast", "North-East", "north east"] {
            assert_eq!(text(north_east), Some((at(45.0), 1)), "{north_east}");
        }
        assert_eq!(text("WSW"), Some((at(247.5), 1)));
        assert_eq!(text("338-23"), Some((Facing::arc(338.0, 23.0).unwrap(), 1)));
        assert_eq!(text("190-100"), Some((Facing::arc(190.0, 100.0).unwrap(), 1)));
        assert_eq!(text("N-E"), Some((Facing::arc(0.0, 90.0).unwrap(), 1)));
        assert_eq!(text("south-west"), text("SW"));
        assert_eq!(text("90;160;270").map(|(_, count)| count), Some(3));
        assert_eq!(text("180, 270"), Some((at(180.0).union(at(270.0)), 2)));
        assert_eq!(text("20;;30;"), Some((at(20.0).union(at(30.0)), 2)));
        assert_eq!(text("all_round"), Some((Facing::ALL_ROUND, 1)));
        assert_eq!(text("0-360"), Some((Facing::ALL_ROUND, 1)));
        let list = Value::List(vec![Value::Number(90.0), Value::Text("S".into())]);
        assert_eq!(directions(&list), Some((at(90.0).union(at(180.0)), 2)));
    }

    #[test]
    fn a_lone_360_is_ambiguous_and_one_of_several_is_north() {
        assert_eq!(text("360"), None);
        assert_eq!(directions(&Value::Number(360.0)), None);
        assert_eq!(text("360;180"), Some((at(0.0).union(at(180.0)), 2)));
    }

    #[test]
    fn what_is_no_direction_is_none() {
        for bad in ["-140", "270230", "forward", "null", "NaN", "inf", "-9;9", "90:180", "", ";", "ñ", "nnnn", "1e999"]
        {
            assert_eq!(text(bad), None, "{bad}");
        }
        assert_eq!(directions(&Value::Bool(true)), None);
        assert_eq!(directions(&Value::List(vec![])), None);
        assert_eq!(directions(&Value::List(vec![Value::List(vec![])])), None);
    }
}
