// Cells as the pages speak of them.

import { cameras } from './filter.js';

/** The last zoom, just before the next one, at which cells of this resolution are drawn. */
const LAST_ZOOM = { 3: 4.99, 4: 6.99, 5: 7.99, 6: 8.99, 7: 10.99, 8: 11.99, 9: 13.99, 10: 15.5 };

/** The H3 resolution of a cell: the second hexadecimal digit of its index. */
export const resolutionOf = (cell) => Number.parseInt(cell[1], 16);

/** The closest zoom that still shows this cell, and not its children. */
export const zoomOf = (cell) => LAST_ZOOM[resolutionOf(cell)] ?? 10;

/** The resolution drawn at a zoom. */
export function resolutionAt(zoom) {
  return Number(Object.keys(LAST_ZOOM).find((resolution) => zoom <= LAST_ZOOM[resolution]) ?? 10);
}

const NOWHERE = [Infinity, Infinity, -Infinity, -Infinity];

/** West, south, east and north of nested coordinates. */
export const boxOf = (coordinates) => extend(NOWHERE, coordinates);

function extend(box, coordinates) {
  if (typeof coordinates[0] === 'number') {
    const [x, y] = coordinates;
    return [Math.min(box[0], x), Math.min(box[1], y), Math.max(box[2], x), Math.max(box[3], y)];
  }
  return coordinates.reduce(extend, box);
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
