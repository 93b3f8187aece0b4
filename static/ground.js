// What lies under the counts where nobody gave a base map: land and borders while the map shows a whole region, and nearer the
// streets of the survey. Both are fetched after the first counts are there, and whole, so that asking tells nothing of the view.

import { file } from './source.js';

/** Land of this scale says nothing true about a city: it has gone where the streets begin. */
const GONE = 8;

/** From one value to another while the land fades. */
const fading = (near, far) => ['interpolate', ['linear'], ['zoom'], GONE - 2, near, GONE, far];
const isA = (type) => ['in', type, ['geometry-type']];

function colours() {
  const style = getComputedStyle(document.documentElement);
  const value = (name) => style.getPropertyValue(name).trim();
  return { paper: value('--ground'), earth: value('--map-earth'), water: value('--map-water'), border: value('--map-border'), street: value('--soft') };
}

/** The layers by their source. */
function layers(ink) {
  return {
    land: [
      { id: 'ground-land', type: 'fill', maxzoom: GONE, filter: isA('Polygon'), paint: { 'fill-color': ink.earth, 'fill-opacity': fading(1, 0) } },
      { id: 'ground-borders', type: 'line', maxzoom: GONE, filter: isA('LineString'), paint: { 'line-color': ink.border, 'line-opacity': fading(1, 0), 'line-dasharray': [3, 2] } },
    ],
    streets: [
      { id: 'ground-streets', type: 'line', filter: isA('LineString'), paint: { 'line-color': ink.street, 'line-opacity': 0.55, 'line-width': ['interpolate', ['linear'], ['zoom'], 10, 0.4, 16, 2] } },
    ],
  };
}

async function lay(map, source, address, first) {
  const data = await (await file(address)).json();
  map.addSource(source, { type: 'geojson', data, tolerance: 0.2 });
  for (const layer of layers(colours())[source]) map.addLayer({ ...layer, source }, first);
  recolourGround(map);
}

/** Lays the land under a map as soon as it shows a region. `first` is the lowest of its other layers. */
export function layLand(map, address, first) {
  let isAsked = false;
  const look = () => {
    if (isAsked || map.getZoom() >= GONE) return;
    isAsked = true;
    // Without the land the map is what it is elsewhere: counts on paper.
    lay(map, 'land', address, first).catch(() => {});
  };
  map.on('zoomend', look);
  look();
}

/** Draws the streets of the survey. */
export const layStreets = (map, address, first) => lay(map, 'streets', address, first);

/** Brings the ground to the colours of the scheme in force. What lies under the land is the sea. */
export function recolourGround(map) {
  const ink = colours();
  map.setPaintProperty('ground', 'background-color', map.getLayer('ground-land') ? fading(ink.water, ink.paper) : ink.paper);
  for (const { id, paint } of Object.values(layers(ink)).flat()) {
    if (map.getLayer(id)) for (const [name, value] of Object.entries(paint)) map.setPaintProperty(id, name, value);
  }
}
