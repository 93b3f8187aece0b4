//! Areas as pictures: a whole set with its classes, or one area with its cells.

use std::f64::consts::PI;

use geo::{BoundingRect as _, LineString, MultiPolygon, Simplify as _};
use h3o::CellIndex;

use super::cells::{self, Escaped, Frame, put, ring, west_edge};

/// How a place is filled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fill {
    /// A class of the ramp, 1 to 7.
    Class(u8),
    /// Somebody looked and found none.
    Zero,
    /// There are too few cameras for a rate.
    Few,
    /// Nobody looked.
    Unknown,
}

/// An area of a picture.
#[derive(Debug, Clone, Copy)]
pub struct Shape<'a> {
    /// Outline in degrees, longitudes continuous.
    pub outline: &'a MultiPolygon<f64>,
    /// How it is filled.
    pub fill: Fill,
    /// What a pointer resting on it shows.
    pub label: &'a str,
}

/// The words in a picture, and its size.
#[derive(Debug, Clone, Copy)]
pub struct Words<'a> {
    /// Width and height in units of the picture.
    pub size: (u32, u32),
    /// The picture's name, for those who cannot see it.
    pub title: &'a str,
    /// One sentence about what it shows.
    pub description: &'a str,
    /// What stands at the arrow that points north.
    pub north: &'a str,
}

/// Patterns of what has no class; their strokes take their colours from the style sheet.
const PATTERNS: &str = concat!(
    r#"<defs><pattern id="hatch" width="7" height="7" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">"#,
    r#"<path class="pattern-ground" d="M0 0h7v7h-7z"/><path class="pattern-line" d="M0 0v7"/></pattern>"#,
    r#"<pattern id="dots" width="8" height="8" patternUnits="userSpaceOnUse">"#,
    r#"<path class="pattern-ground" d="M0 0h8v8h-8z"/><circle class="pattern-dot" cx="4" cy="4" r="1.3"/></pattern>"#,
);
/// Corners closer to the simplified line than this, in units of the picture, are left out.
const TOLERANCE: f64 = 0.35;

/// Draws the areas of a set. Outlines are simplified to what the picture can show.
#[must_use]
pub fn draw_areas(shapes: &[Shape<'_>], words: &Words<'_>) -> String {
    let west = west_edge(shapes.iter().flat_map(|shape| longitudes(shape.outline)));
    let outlines: Vec<MultiPolygon<f64>> = shapes.iter().map(|shape| project(shape.outline, west)).collect();
    let (mut svg, frame) = begin(outlines.iter(), words);
    svg.push_str("</defs>");
    for (shape, outline) in shapes.iter().zip(&outlines) {
        put(&mut svg, format_args!("<path {}", attributes(shape.fill, "area")));
        path(&mut svg, outline, &frame);
        put(&mut svg, format_args!("><title>{}</title></path>", Escaped(shape.label)));
    }
    end(svg, &frame, words)
}

/// Draws one area with its cells, cut off at its outline. Ground of the area that no cell covers is hatched: nobody is known
/// to have looked there.
#[must_use]
pub fn draw_area(outline: &MultiPolygon<f64>, cells: &[(CellIndex, u64, Fill)], words: &Words<'_>) -> String {
    let west = west_edge(longitudes(outline));
    let outline = project(outline, west);
    let (mut svg, frame) = begin(std::iter::once(&outline), words);
    put(&mut svg, format_args!(r#"<clipPath id="inside"><path clip-rule="evenodd""#));
    path(&mut svg, &outline, &frame);
    svg.push_str("/></clipPath></defs>");
    put(&mut svg, format_args!("<path {}", attributes(Fill::Unknown, "ground")));
    path(&mut svg, &outline, &frame);
    svg.push_str(r#"/><g clip-path="url(#inside)">"#);
    // A cell on the western border has its centre west of it.
    let middle = outline.bounding_rect().map_or(0.0, |around| around.center().x);
    for (cell, cameras, fill) in cells {
        put(&mut svg, format_args!("<polygon {} points=\"", attributes(*fill, "hexagon")));
        for (index, point) in ring(*cell, west, middle).into_iter().enumerate() {
            let (x, y) = frame.place(point);
            put(&mut svg, format_args!("{}{x:.1},{y:.1}", if index == 0 { "" } else { " " }));
        }
        match fill {
            Fill::Unknown => svg.push_str("\"/>"),
            _ => put(&mut svg, format_args!("\"><title>{cameras}</title></polygon>")),
        }
    }
    svg.push_str(r#"</g><path class="border""#);
    path(&mut svg, &outline, &frame);
    svg.push_str("/>");
    end(svg, &frame, words)
}

/// The cells, of resolution 5 or finer, that share any ground with an area.
pub fn touching<T>(
    outline: &MultiPolygon<f64>,
    cells: impl Iterator<Item = T>,
    cell_of: impl Fn(&T) -> CellIndex,
) -> impl Iterator<Item = T> {
    let around = bounds(outline);
    cells.filter(move |item| {
        let cell = cell_of(item);
        around.is_some_and(|around| is_near(cell, around)) && touches(outline, cell)
    })
}

/// Whether a cell may reach into a box of west, south, east and north, which may run beyond 180 degrees.
fn is_near(cell: CellIndex, [west, south, east, north]: [f64; 4]) -> bool {
    // A cell of resolution 5 is about 0.09 degrees of latitude from its centre to a corner.
    const REACH: f64 = 0.15;
    let centre = h3o::LatLng::from(cell);
    let reach = REACH / centre.lat_radians().cos().max(0.01);
    let is_between = (south - REACH..=north + REACH).contains(&centre.lat());
    is_between && (centre.lng() - (west - reach)).rem_euclid(360.0) <= east - west + 2.0 * reach
}

fn touches(outline: &MultiPolygon<f64>, cell: CellIndex) -> bool {
    use geo::Intersects as _;
    let boundary: Vec<h3o::LatLng> = cell.boundary().iter().copied().collect();
    let first = boundary.first().map_or(0.0, |corner| corner.lng());
    // Continuous longitudes, as those of the outline, which may run beyond 180 degrees.
    [-360.0, 0.0, 360.0].into_iter().any(|turn| {
        let corner = |corner: &h3o::LatLng| {
            let offset = (corner.lng() - first + 180.0).rem_euclid(360.0) - 180.0;
            geo::Coord { x: first + offset + turn, y: corner.lat() }
        };
        let ring: Vec<geo::Coord<f64>> = boundary.iter().map(corner).collect();
        geo::Polygon::new(LineString(ring), Vec::new()).intersects(outline)
    })
}

/// West, south, east and north of an outline in degrees, as its longitudes run.
#[must_use]
fn bounds(outline: &MultiPolygon<f64>) -> Option<[f64; 4]> {
    outline.bounding_rect().map(|rect| [rect.min().x, rect.min().y, rect.max().x, rect.max().y])
}

fn attributes(fill: Fill, kind: &str) -> String {
    match fill {
        Fill::Class(class) => format!(r#"class="{kind} class-{class}""#),
        Fill::Zero => format!(r#"class="{kind} zero""#),
        Fill::Few => format!(r#"class="{kind}" fill="url(#dots)""#),
        Fill::Unknown => format!(r#"class="{kind}" fill="url(#hatch)""#),
    }
}

fn begin<'a>(outlines: impl Iterator<Item = &'a MultiPolygon<f64>>, words: &Words<'_>) -> (String, Frame) {
    let (width, height) = (f64::from(words.size.0), f64::from(words.size.1));
    let corners = outlines.flat_map(|outline| outline.iter().flat_map(|polygon| polygon.exterior().coords()));
    let frame = Frame::around(corners.map(|corner| (corner.x, corner.y)), width, height);
    let mut svg = String::with_capacity(1 << 16);
    cells::begin(&mut svg, (width, height), words.title, words.description);
    svg.push_str(PATTERNS);
    (svg, frame)
}

fn end(mut svg: String, frame: &Frame, words: &Words<'_>) -> String {
    cells::end(&mut svg, frame, (words.size.0.into(), words.size.1.into()), words.north);
    svg
}

fn longitudes(outline: &MultiPolygon<f64>) -> impl Iterator<Item = f64> {
    let corners = outline.iter().flat_map(|polygon| polygon.exterior().coords());
    corners.map(|corner| (corner.x + 180.0).rem_euclid(360.0) - 180.0)
}

/// Web Mercator radians; each polygon keeps its continuous longitudes and begins within one turn east of `west`.
fn project(outline: &MultiPolygon<f64>, west: f64) -> MultiPolygon<f64> {
    use geo::MapCoords as _;
    let polygons = outline.iter().map(|polygon| {
        let first = polygon.exterior().coords().map(|corner| corner.x.to_radians()).fold(f64::INFINITY, f64::min);
        // A hair of tolerance: the westernmost corner defines the edge and may fall a rounding error west of it.
        let turns = ((first - west + 1e-9) / (2.0 * PI)).floor();
        polygon.map_coords(|corner| {
            let latitude = corner.y.clamp(-85.05, 85.05).to_radians();
            geo::Coord {
                x: corner.x.to_radians() - west - turns * 2.0 * PI,
                y: -(PI / 4.0 + latitude / 2.0).tan().ln(),
            }
        })
    });
    polygons.collect()
}

fn path(svg: &mut String, outline: &MultiPolygon<f64>, frame: &Frame) {
    svg.push_str(" d=\"");
    let rings = outline.iter().flat_map(|polygon| std::iter::once(polygon.exterior()).chain(polygon.interiors()));
    for ring in rings {
        let placed: LineString<f64> = ring.coords().map(|corner| frame.place((corner.x, corner.y))).collect();
        for (index, corner) in placed.simplify(TOLERANCE).coords().enumerate() {
            put(svg, format_args!("{}{:.1} {:.1}", if index == 0 { "M" } else { "L" }, corner.x, corner.y));
        }
        svg.push('Z');
    }
    svg.push('"');
}

#[cfg(test)]
mod tests {
    use super::*;

    fn square(west: f64, south: f64, side: f64) -> MultiPolygon<f64> {
        let (east, north) = (west + side, south + side);
        let ring = vec![(west, south), (east, south), (east, north), (west, north), (west, south)];
        geo::Polygon::new(LineString::from(ring), Vec::new()).into()
    }

    const WORDS: Words<'_> = Words { size: (800, 500), title: "A <set>", description: "Areas", north: "N" };

    #[test]
    fn zero_too_few_and_unknown_look_different_and_words_are_escaped() {
        let outline = square(8.0, 47.0, 0.1);
        let fills = [Fill::Class(3), Fill::Zero, Fill::Few, Fill::Unknown];
        let shapes = fills.map(|fill| Shape { outline: &outline, fill, label: "<b>" });
        let svg = draw_areas(&shapes, &WORDS);
        let looks: std::collections::BTreeSet<&str> =
            svg.split("<path class=\"area").skip(1).map(|rest| rest.split(" d=").next().unwrap()).collect();
        assert_eq!(looks.len(), 4, "{looks:?}");
        assert!(svg.contains("A &lt;set&gt;") && !svg.contains("<b>") && !svg.contains("style="));
    }

    #[test]
    fn areas_across_the_antimeridian_lie_side_by_side_inside_the_picture() {
        let (west, east, across) = (square(178.0, 0.0, 1.0), square(-179.0, 0.0, 1.0), square(179.0, 0.0, 2.0));
        let shapes = [&west, &east, &across].map(|outline| Shape { outline, fill: Fill::Zero, label: "" });
        let svg = draw_areas(&shapes, &WORDS);
        for path in svg.split("<path class=\"area").skip(1) {
            let path = path.split(" d=\"M").nth(1).unwrap().split('Z').next().unwrap();
            for corner in path.split('L') {
                let x: f64 = corner.split(' ').next().unwrap().parse().unwrap();
                assert!((0.0..=800.0).contains(&x), "{path}");
            }
        }
    }

    #[test]
    fn a_cell_touches_an_area_that_it_overlaps_holds_or_lies_in_wherever_the_longitudes_run() {
        let cell = |latitude: f64, longitude: f64| {
            h3o::LatLng::new(latitude, longitude).unwrap().to_cell(h3o::Resolution::Ten)
        };
        let outline = square(8.0, 47.0, 0.01);
        let touches = |outline: &MultiPolygon<f64>, cell: CellIndex| {
            touching(outline, std::iter::once(cell), |cell| *cell).count() == 1
        };
        assert!(touches(&outline, cell(47.005, 8.005)) && touches(&outline, cell(47.0, 8.0)));
        assert!(touches(&square(8.0, 47.0, 1e-6), cell(47.0, 8.0)), "an area inside of a cell");
        assert!(!touches(&outline, cell(47.02, 8.005)) && !touches(&outline, cell(47.005, 8.02)));
        assert!(touches(&square(179.99, 0.0, 0.02), cell(0.005, -179.995)));
        assert!(touches(&square(-180.01, 0.0, 0.02), cell(0.005, 179.995)));
        assert!(!touches(&MultiPolygon::new(Vec::new()), cell(0.0, 0.0)));
    }

    #[test]
    fn cells_on_every_border_are_drawn_where_they_are() {
        for west in [8.0, 179.995, -180.005] {
            let outline = square(west, 47.0, 0.01);
            let corners = [(0.0, 0.0), (0.01, 0.0), (0.01, 0.01), (0.0, 0.01), (-0.0005, 0.005)];
            let cells = corners.map(|(east, north)| {
                let longitude = (west + east + 180.0).rem_euclid(360.0) - 180.0;
                let at = h3o::LatLng::new(47.0 + north, longitude).unwrap();
                (at.to_cell(h3o::Resolution::Ten), 1, Fill::Class(1))
            });
            let svg = draw_area(&outline, &cells, &WORDS);
            for points in svg.split("<polygon ").skip(1) {
                let points = points.split("points=\"").nth(1).unwrap().split('"').next().unwrap();
                for point in points.split(' ') {
                    let x: f64 = point.split(',').next().unwrap().parse().unwrap();
                    assert!((-100.0..=900.0).contains(&x), "{west}: {points}");
                }
            }
        }
    }

    #[test]
    fn an_area_without_cells_is_hatched_and_a_cell_is_cut_off_at_its_border() {
        let outline = square(8.0, 47.0, 0.01);
        let cell = h3o::LatLng::new(47.0, 8.0).unwrap().to_cell(h3o::Resolution::Ten);
        let svg = draw_area(&outline, &[(cell, 3, Fill::Class(2))], &WORDS);
        assert!(svg.contains(r#"class="ground" fill="url(#hatch)""#) && svg.contains(r#"clip-path="url(#inside)""#));
        assert!(svg.contains("class=\"hexagon class-2\"") && svg.contains("<title>3</title>"));
        assert!(!draw_area(&MultiPolygon::new(Vec::new()), &[], &WORDS).contains("NaN"));
    }
}
