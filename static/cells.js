// Cells as the pages speak of them.

import { cameras } from './filter.js';

/** The last zoom, just before the next one, at which cells of this resolution are drawn. */
const LAST_ZOOM = { 3: 4.99, 4: 6.99, 5: 7.99, 6: 8.99, 7: 10.99, 8: 11.99, 9: 13.99, 10: 15.5 };

/** The H3 resolution of a cell: the second hexadecimal digit of its index. */
export const resolutionOf = (cell) => Number.parseInt(cell[1], 16);

/** The closest zoom that still shows this cell, and not its children. */
export const zoomOf = (cell) => LAST_ZOOM[resolutionOf(cell)] ?? 10;

const NOWHERE = [Infinity, Infinity, -Infinity, -Infinity];

/** West, south, east and north of nested coordinates: of a line, a polygon, or several. */
export const boxOf = (coordinates) => extend(NOWHERE, coordinates);

/** Tiles draw a shape across the antimeridian at both edges of the world: each line is taken to where it is nearest to the others. */
function extend(box, coordinates) {
  if (typeof coordinates[0][0] !== 'number') return coordinates.reduce(extend, box);
  const [longitudes, latitudes] = [0, 1].map((axis) => coordinates.map((point) => point[axis]));
  const [west, east] = [Math.min(...longitudes), Math.max(...longitudes)];
  const turns = Math.round((box[0] + box[2] - west - east) / 2 / 360) || 0;
  return [
    Math.min(box[0], west + turns * 360),
    Math.min(box[1], ...latitudes),
    Math.max(box[2], east + turns * 360),
    Math.max(box[3], ...latitudes),
  ];
}

/**
 * The cells among drawn features, each once (a tile border cuts a cell into several features), most cameras first.
 * Each has its `properties`, the `cameras` of the choice, and the `centre` of what is drawn of it.
 */
export function distinct(features, choice) {
  const found = new Map();
  for (const { properties, geometry } of features) {
    const box = found.get(properties.cell)?.box ?? NOWHERE;
    found.set(properties.cell, { properties, box: extend(box, geometry.coordinates) });
  }
  return [...found.values()]
    .map(({ properties, box: [west, south, east, north] }) => ({
      properties,
      cameras: cameras(properties, choice),
      centre: [(west + east) / 2, (south + north) / 2],
    }))
    .sort((a, b) => b.cameras - a.cameras || (a.properties.cell < b.properties.cell ? -1 : 1));
}
