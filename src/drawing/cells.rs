//! The map as a picture: cells as polygons, for readers without scripts, for paper, and while the script loads.

use std::f64::consts::PI;
use std::fmt::Write as _;

use h3o::{CellIndex, LatLng};

/// What to draw, and the words in the picture.
#[derive(Debug, Clone, Copy)]
pub struct Drawing<'a> {
    /// Cells with their number of cameras and their class, 1 to 7.
    pub cells: &'a [(CellIndex, u64, u8)],
    /// Width and height in units of the picture.
    pub size: (u32, u32),
    /// The picture's name, for those who cannot see it.
    pub title: &'a str,
    /// One sentence about what it shows.
    pub description: &'a str,
    /// What stands at the arrow that points north.
    pub north: &'a str,
}

/// Latitude at which Web Mercator is cut off, as web maps do.
const LAST_LATITUDE: f64 = 85.051_128_779_806_59;
/// Circumference of the earth in kilometres at the equator of Web Mercator.
const EQUATOR_KM: f64 = 40_075.016_686;
/// Free space at each side of the picture.
const MARGIN: f64 = 24.0;

/// Draws cells in Web Mercator, the projection of the interactive map, so that one can replace the other in place.
///
/// Longitudes are cut at the widest empty meridian strip, so that a region across the antimeridian stays in one piece.
/// Places beyond 85.05 degrees lie on the edge of the world. Colours and widths are classes of the style sheet: the
/// content policy allows no inline style.
#[must_use]
pub fn draw(drawing: &Drawing<'_>) -> String {
    let Drawing { cells, size: (width, height), title, description, north } = *drawing;
    let (width, height) = (f64::from(width), f64::from(height));
    let west = west_edge(cells.iter().map(|(cell, _, _)| LatLng::from(*cell).lng()));
    // No cell lies west of the edge, so all of them lie within half a turn of what is half a turn east of it.
    let rings: Vec<Vec<(f64, f64)>> = cells.iter().map(|(cell, _, _)| ring(*cell, west, PI)).collect();
    let frame = Frame::around(rings.iter().flatten().copied(), width, height);

    let mut svg = String::with_capacity(256 * cells.len() + 1024);
    begin(&mut svg, (width, height), title, description);
    for ((_, cameras, class), ring) in cells.iter().zip(&rings) {
        put(&mut svg, format_args!(r#"<polygon class="hexagon class-{class}" points=""#));
        for (index, point) in ring.iter().enumerate() {
            let (x, y) = frame.place(*point);
            let gap = if index == 0 { "" } else { " " };
            put(&mut svg, format_args!("{gap}{x:.1},{y:.1}"));
        }
        put(&mut svg, format_args!(r#""><title>{cameras}</title></polygon>"#));
    }
    end(&mut svg, &frame, (width, height), north);
    svg
}

/// The head of a picture of this width and height.
pub(super) fn begin(svg: &mut String, (width, height): (f64, f64), title: &str, description: &str) {
    put(svg, format_args!(r#"<svg class="still-map" viewBox="0 0 {width} {height}" role="img" "#));
    put(svg, format_args!(r#"aria-labelledby="still-title still-desc" preserveAspectRatio="xMidYMid meet">"#));
    put(svg, format_args!(r#"<title id="still-title">{}</title>"#, Escaped(title)));
    put(svg, format_args!(r#"<desc id="still-desc">{}</desc>"#, Escaped(description)));
}

/// The scale bar, the arrow that points north, and the end of a picture.
pub(super) fn end(svg: &mut String, frame: &Frame, (width, height): (f64, f64), north: &str) {
    scale_bar(svg, frame, height);
    let (x, y) = (width - MARGIN, height - MARGIN / 2.0);
    put(svg, format_args!(r#"<path class="mark" d="M{x} {} l-5 12 5 -4 5 4z"/>"#, y - 30.0));
    put(svg, format_args!(r#"<text class="mark-text" x="{x}" y="{y}" text-anchor="middle">{}</text>"#, Escaped(north)));
    svg.push_str("</svg>");
}

/// The longitude in radians east of which all places lie within one turn: the end of the widest gap between them.
pub(super) fn west_edge(longitudes: impl Iterator<Item = f64>) -> f64 {
    let mut sorted: Vec<f64> = longitudes.map(f64::to_radians).collect();
    sorted.sort_by(f64::total_cmp);
    let (Some(first), Some(last)) = (sorted.first().copied(), sorted.last().copied()) else { return -PI };
    let mut widest = (2.0 * PI - (last - first), first);
    for pair in sorted.windows(2) {
        if let [before, after] = pair
            && after - before > widest.0
        {
            widest = (after - before, *after);
        }
    }
    widest.1
}

/// The corners of a cell in Web Mercator radians (x east of `west`, y to the south), near its own centre, which is within half
/// a turn of `middle`.
pub(super) fn ring(cell: CellIndex, west: f64, middle: f64) -> Vec<(f64, f64)> {
    let east = LatLng::from(cell).lng().to_radians() - west;
    let centre = middle + (east - middle + PI).rem_euclid(2.0 * PI) - PI;
    let corner = |corner: &LatLng| {
        let offset = corner.lng().to_radians() - west - centre;
        let x = centre + (offset + PI).rem_euclid(2.0 * PI) - PI;
        let latitude = corner.lat().clamp(-LAST_LATITUDE, LAST_LATITUDE).to_radians();
        (x, -(PI / 4.0 + latitude / 2.0).tan().ln())
    };
    cell.boundary().iter().map(corner).collect()
}

/// How projected radians become units of the picture.
pub(super) struct Frame {
    scale: f64,
    left: f64,
    top: f64,
    /// Mercator y at the middle of the picture.
    middle: f64,
}

impl Frame {
    pub(super) fn around(points: impl Iterator<Item = (f64, f64)>, width: f64, height: f64) -> Self {
        let mut bounds: Option<(f64, f64, f64, f64)> = None;
        for (x, y) in points {
            let (left, top, right, bottom) = bounds.unwrap_or((x, y, x, y));
            bounds = Some((left.min(x), top.min(y), right.max(x), bottom.max(y)));
        }
        let (left, top, right, bottom) = bounds.unwrap_or((-PI, -PI, PI, PI));
        // Cells beyond the edge of the world have no height; a millionth of a turn keeps the scale finite.
        let across = (width - 2.0 * MARGIN) / (right - left).max(1e-6);
        let along = (height - 3.0 * MARGIN) / (bottom - top).max(1e-6);
        let scale = across.min(along);
        Self {
            scale,
            left: f64::midpoint(left, right) - width / 2.0 / scale,
            top: f64::midpoint(top, bottom) - (height - MARGIN) / 2.0 / scale,
            middle: f64::midpoint(top, bottom),
        }
    }

    pub(super) fn place(&self, (x, y): (f64, f64)) -> (f64, f64) {
        ((x - self.left) * self.scale, (y - self.top) * self.scale)
    }

    /// Kilometres per unit at the middle of the picture.
    fn kilometres_per_unit(&self) -> f64 {
        EQUATOR_KM / (2.0 * PI * self.scale * self.middle.cosh())
    }
}

/// A bar of a round length, 40 to 100 units wide.
fn scale_bar(svg: &mut String, frame: &Frame, height: f64) {
    let longest = 100.0 * frame.kilometres_per_unit();
    let power = 10_f64.powf(longest.log10().floor());
    let length = [5.0, 2.0, 1.0].map(|digit| digit * power).into_iter().find(|length| *length <= longest);
    let length = length.unwrap_or(power);
    let units = length / frame.kilometres_per_unit();
    let label = if length < 1.0 { format!("{:.0} m", length * 1000.0) } else { format!("{length:.0} km") };
    let y = height - MARGIN / 2.0;
    put(svg, format_args!(r#"<path class="bar" d="M{MARGIN} {} v5 h{units:.1} v-5"/>"#, y - 5.0));
    put(svg, format_args!(r#"<text class="mark-text" x="{MARGIN}" y="{}">{label}</text>"#, y - 10.0));
}

/// Text for an element of the picture.
pub(super) struct Escaped<'a>(pub(super) &'a str);

impl std::fmt::Display for Escaped<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.chars().try_for_each(|character| match character {
            '&' => f.write_str("&amp;"),
            '<' => f.write_str("&lt;"),
            '>' => f.write_str("&gt;"),
            // XML cannot hold them, not even escaped; names in releases of earlier versions may.
            '\0'..='\x08' | '\x0b' | '\x0c' | '\x0e'..='\x1f' | '\u{fffe}' | '\u{ffff}' => Ok(()),
            other => f.write_char(other),
        })
    }
}

/// Writing into a `String` cannot fail.
pub(super) fn put(svg: &mut String, arguments: std::fmt::Arguments<'_>) {
    let _ = svg.write_fmt(arguments);
}

#[cfg(test)]
mod tests {
    use h3o::Resolution;

    use super::*;

    fn cell(latitude: f64, longitude: f64, resolution: Resolution) -> (CellIndex, u64, u8) {
        (LatLng::new(latitude, longitude).unwrap().to_cell(resolution), 12, 4)
    }

    fn picture(cells: &[(CellIndex, u64, u8)]) -> String {
        draw(&Drawing { cells, size: (800, 500), title: "A <map>", description: "Hexagons", north: "N" })
    }

    #[test]
    fn words_that_xml_cannot_hold_are_left_out() {
        let drawing = Drawing { cells: &[], size: (8, 5), title: "a\u{1}b\u{ffff}", description: "<\t>", north: "N" };
        let svg = draw(&drawing);
        assert!(svg.contains(">ab</title>") && svg.contains(">&lt;\t&gt;</desc>"), "{svg}");
    }

    /// The points of every polygon.
    fn polygons(svg: &str) -> Vec<Vec<(f64, f64)>> {
        svg.split(r#"points=""#)
            .skip(1)
            .map(|rest| {
                let points = rest.split('"').next().unwrap();
                let point = |text: &str| text.split_once(',').map(|(x, y)| (x.parse().unwrap(), y.parse().unwrap()));
                points.split(' ').map(|text| point(text).unwrap()).collect()
            })
            .collect()
    }

    fn width(points: &[(f64, f64)]) -> f64 {
        let xs = points.iter().map(|(x, _)| *x);
        xs.clone().fold(f64::MIN, f64::max) - xs.fold(f64::MAX, f64::min)
    }

    #[test]
    fn every_cell_is_one_polygon_inside_the_picture() {
        let cells = [cell(47.37, 8.54, Resolution::Eight), cell(47.40, 8.60, Resolution::Eight)];
        let drawn = polygons(&picture(&cells));
        assert_eq!(drawn.len(), 2);
        for (x, y) in drawn.into_iter().flatten() {
            assert!((0.0..=800.0).contains(&x) && (0.0..=500.0).contains(&y), "{x} {y}");
        }
    }

    #[test]
    fn a_region_across_the_antimeridian_stays_in_one_piece() {
        let cells = [cell(-17.0, 179.9, Resolution::Five), cell(-17.0, -179.9, Resolution::Five)];
        let near = polygons(&picture(&cells));
        assert!(near.iter().all(|points| width(points) > 100.0), "two neighbours fill the picture");
        let on_the_line = [cell(-17.0, 180.0, Resolution::Three), cell(-17.0, 175.0, Resolution::Three)];
        assert!(polygons(&picture(&on_the_line)).iter().all(|points| width(points) < 400.0));
    }

    #[test]
    fn poles_and_nothing_at_all_give_finite_pictures() {
        for cells in [vec![cell(90.0, 0.0, Resolution::Three), cell(-90.0, 0.0, Resolution::Three)], Vec::new()] {
            let svg = picture(&cells);
            assert!(!svg.contains("NaN") && !svg.contains("inf"), "{svg}");
            assert_eq!(polygons(&svg).len(), cells.len());
        }
    }

    #[test]
    fn the_words_are_escaped_and_no_style_is_inline() {
        let svg = picture(&[cell(0.0, 0.0, Resolution::Four)]);
        assert!(svg.contains("<title id=\"still-title\">A &lt;map&gt;</title>"));
        assert!(svg.contains("class=\"hexagon class-4\""));
        assert!(!svg.contains("style=") && !svg.contains("fill="));
    }

    #[test]
    fn the_scale_bar_agrees_with_the_size_of_a_cell() {
        let (index, _, _) = cell(47.37, 8.54, Resolution::Eight);
        let svg = picture(&[(index, 1, 1)]);
        let bar = svg.split(r#"class="bar" d=""#).nth(1).unwrap();
        let units: f64 = bar.split('h').nth(1).unwrap().split(' ').next().unwrap().parse().unwrap();
        let label = svg.rsplit(r#"class="mark-text""#).nth(1).unwrap().split('>').nth(1).unwrap();
        assert!(label.starts_with("200 m"), "{label}");
        // A resolution-8 cell of this place is about 1 km wide between opposite corners.
        let cell_width = width(&polygons(&svg)[0]);
        let kilometres = cell_width * 0.2 / units;
        assert!((0.8..1.2).contains(&kilometres), "{kilometres}");
    }
}
