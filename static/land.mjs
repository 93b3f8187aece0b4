// Land and borders of Natural Earth (1:50 million, public domain), in the form that the maps draw. Run when the pages are
// bundled.

import { readFileSync } from 'node:fs';
import { feature, mesh } from 'topojson-client';

/** A hundredth of a degree is about a pixel at zoom 7, after which the land fades. */
const rounded = (degrees) => Math.round(degrees * 100) / 100;

/** A line whose longitudes run on across the antimeridian, where the source starts again at the other edge. */
function unwrapped(line) {
  let turns = 0;
  let before = line[0][0];
  return line.map(([longitude, latitude]) => {
    if (longitude - before > 180) turns -= 360;
    if (longitude - before < -180) turns += 360;
    before = longitude;
    return [rounded(longitude + turns), rounded(latitude)];
  });
}

/** The same without points that rounding has made equal. */
const thinned = (line) => line.filter(([x, y], index) => index === 0 || x !== line[index - 1][0] || y !== line[index - 1][1]);

const flattened = (line) => thinned(unwrapped(line));

/** A closed ring. One that goes around a pole is closed along it. */
function ring(line) {
  const points = flattened(line);
  const [start, end] = [points[0], points.at(-1)];
  if (start[0] !== end[0]) {
    const pole = Math.sign(start[1]) * 90;
    points.push([end[0], pole], [start[0], pole], start);
  }
  return points;
}

const collection = (...geometries) => ({ type: 'FeatureCollection', features: geometries.map((geometry) => ({ type: 'Feature', properties: {}, geometry })) });

/** GeoJSON: all land as one MultiPolygon, and the borders between countries as one MultiLineString. */
export function landAndBorders() {
  const world = JSON.parse(readFileSync('node_modules/world-atlas/countries-50m.json', 'utf8'));
  const polygons = feature(world, world.objects.land).features.flatMap(({ geometry }) => (geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates));
  const rings = polygons.map((polygon) => polygon.map(ring).filter((points) => points.length > 3)).filter(([outer]) => outer);
  const borders = mesh(world, world.objects.countries, (one, other) => one !== other).coordinates.map(flattened).filter((line) => line.length > 1);
  return collection({ type: 'MultiPolygon', coordinates: rings }, { type: 'MultiLineString', coordinates: borders });
}
