// How the cells look. Colours come from the style sheet, class boundaries from the page: both are shared with the
// server-drawn map and the legend.

import { boxOf } from './cells.js';
import { camerasExpression, measureExpression } from './filter.js';

const SOURCE = { source: 'density', 'source-layer': 'cells' };
const CLASSES = 7;

/** The colours of the scheme in force, light or dark. */
function colours() {
  const style = getComputedStyle(document.documentElement);
  const value = (name) => style.getPropertyValue(name).trim();
  return {
    ground: value('--ground'),
    line: value('--cell-line'),
    chosen: value('--chosen'),
    classes: Array.from({ length: CLASSES }, (_, index) => value(`--class-${index + 1}`)),
  };
}

/** `step` over the lower bounds of the classes; the first class starts above zero. */
function fill(choice, bounds, classes) {
  const steps = bounds.slice(1).flatMap((bound, index) => [bound, classes[index + 1]]);
  return ['step', measureExpression(choice), classes[0], ...steps];
}

const counted = (choice) => ['>', camerasExpression(choice), 0];
/** Cells where only home cameras were reported; drawn only when everything is asked for. */
const homeOnly = (choice) => ['all', choice.by === 'all', ['has', 'home'], ['!', counted(choice)]];
/** Cells that somebody looked at and in which nothing was found under the choice: a zero that is known. */
const none = (choice) => ['all', ['has', 'n'], ['!', counted(choice)]];
/** Cells with something to walk, where nobody walked: nothing is known. */
const UNSURVEYED = ['all', ['!', ['has', 'n']], ['==', ['get', 'surveyed'], 0]];
const only = (cell) => ['==', ['get', 'cell'], cell ?? ''];

/** The style of a new map. */
export function style(source, choice, bounds) {
  const { ground, line, chosen, classes } = colours();
  return {
    version: 8,
    sources: { density: source },
    layers: [
      { id: 'ground', type: 'background', paint: { 'background-color': ground } },
      {
        id: 'homes',
        type: 'line',
        ...SOURCE,
        filter: homeOnly(choice),
        paint: { 'line-color': line, 'line-width': 1.2, 'line-dasharray': [2, 2] },
      },
      // Nothing to see, and everything to click on: cells of every look, also those under a layer of areas.
      { id: 'places', type: 'fill', ...SOURCE, paint: { 'fill-opacity': 0 } },
      { id: 'zeros', type: 'fill', ...SOURCE, filter: none(choice), paint: { 'fill-color': line, 'fill-opacity': 0.15 } },
      {
        id: 'cells',
        type: 'fill',
        ...SOURCE,
        filter: counted(choice),
        paint: { 'fill-color': fill(choice, bounds, classes), 'fill-antialias': false },
      },
      { id: 'edges', type: 'line', ...SOURCE, filter: counted(choice), paint: { 'line-color': line, 'line-width': 0.8 } },
      { id: 'chosen-rim', type: 'line', ...SOURCE, filter: only(null), paint: { 'line-color': ground, 'line-width': 7 } },
      { id: 'chosen', type: 'line', ...SOURCE, filter: only(null), paint: { 'line-color': chosen, 'line-width': 3.5 } },
    ],
  };
}

/** Brings a map to another choice, or to the colours of another scheme. */
export function restyle(map, choice, bounds) {
  const { ground, line, chosen, classes } = colours();
  map.setPaintProperty('cells', 'fill-color', fill(choice, bounds, classes));
  map.setPaintProperty('edges', 'line-color', line);
  map.setPaintProperty('homes', 'line-color', line);
  map.setPaintProperty('zeros', 'fill-color', line);
  map.setPaintProperty('chosen-rim', 'line-color', ground);
  map.setPaintProperty('chosen', 'line-color', chosen);
  map.setFilter('homes', homeOnly(choice));
  map.setFilter('cells', counted(choice));
  map.setFilter('zeros', none(choice));
  map.setFilter('edges', counted(choice));
}

/** Lets streets show through the cells, and the areas, where there is a ground to see. */
export function seeThrough(map) {
  for (const id of ['cells', 'areas']) if (map.getLayer(id)) map.setPaintProperty(id, 'fill-opacity', 0.8);
}

/** Outlines one cell, or none. */
export function outline(map, cell) {
  map.setFilter('chosen-rim', only(cell));
  map.setFilter('chosen', only(cell));
}

/** Diagonal lines on nothing, that repeat without a seam. */
function hatch() {
  const size = 8;
  const probe = new OffscreenCanvas(1, 1).getContext('2d');
  probe.fillStyle = colours().line;
  probe.fillRect(0, 0, 1, 1);
  const ink = probe.getImageData(0, 0, 1, 1).data;
  const data = new Uint8Array(size * size * 4);
  for (let y = 0; y < size; y += 1) data.set(ink, (y * size + ((size - y) % size)) * 4);
  return { width: size, height: size, data };
}

const HATCHED = { 'fill-pattern': 'hatch' };
const CELL_LAYERS = ['areas-outlines', 'homes', 'unsurveyed', 'zeros', 'cells', 'edges', 'chosen-rim', 'chosen'];
const AREA_LAYERS = ['areas', 'areas-unknown', 'areas-edges', 'area-chosen-rim', 'area-chosen'];

/** Adds what needs the hatching, which a map takes only once it runs. */
export function addHatching(map) {
  map.addImage('hatch', hatch());
  map.addLayer({ id: 'unsurveyed', type: 'fill', ...SOURCE, filter: UNSURVEYED, paint: HATCHED }, 'homes');
}

/** Brings hatching and areas to the colours of the scheme in force. */
export function recolour(map, bounds) {
  map.updateImage('hatch', hatch());
  const { ground, line, chosen, classes } = colours();
  if (map.getLayer('areas-outlines')) map.setPaintProperty('areas-outlines', 'line-color', line);
  if (!map.getLayer('areas')) return;
  map.setPaintProperty('areas', 'fill-color', areaFill(bounds, classes));
  map.setPaintProperty('areas-edges', 'line-color', line);
  map.setPaintProperty('area-chosen-rim', 'line-color', ground);
  map.setPaintProperty('area-chosen', 'line-color', chosen);
}

/** By the rate that is drawn towards the mean of all areas, in the classes of cells per square kilometre. */
function areaFill(bounds, classes) {
  const steps = bounds.slice(1).flatMap((bound, index) => [bound, classes[index + 1]]);
  return ['step', ['coalesce', ['get', 'smoothed'], 0], classes[0], ...steps];
}

const ofSet = (set, ...more) => ['all', ['==', ['get', 'set'], set], ...more];
const AREA_FILTERS = {
  areas: (set) => ofSet(set, ['has', 'n']),
  'areas-unknown': (set) => ofSet(set, ['!', ['has', 'n']]),
  'areas-edges': (set) => ofSet(set),
};

/** Where a layer of areas takes them from. */
function ofAreas(map, source) {
  if (!map.getSource('areas')) map.addSource('areas', source);
  return { source: 'areas', 'source-layer': 'areas' };
}

/** Adds thin outlines of the areas of a set above the cells. */
export function outlineAreas(map, set, source) {
  const paint = { 'line-color': colours().line, 'line-width': 1.4, 'line-dasharray': [4, 2] };
  map.addLayer({ id: 'areas-outlines', type: 'line', ...ofAreas(map, source), minzoom: 7, filter: ofSet(set), paint }, 'chosen-rim');
}

/** Adds the layers of areas over the source of their tiles: as opaque as the cells, and below the names of the ground if it is there. */
function addAreas(map, source, bounds) {
  const { ground, line, chosen, classes } = colours();
  const layer = ofAreas(map, source);
  const names = map.getStyle().layers.find(({ type }) => type === 'symbol')?.id;
  const add = (id, type, paint) => map.addLayer({ id, type, ...layer, filter: ofSet(''), paint }, names);
  add('areas', 'fill', { 'fill-color': areaFill(bounds, classes), 'fill-opacity': map.getPaintProperty('cells', 'fill-opacity') ?? 1 });
  add('areas-unknown', 'fill', HATCHED);
  add('areas-edges', 'line', { 'line-color': line, 'line-width': 1.2 });
  add('area-chosen-rim', 'line', { 'line-color': ground, 'line-width': 7 });
  add('area-chosen', 'line', { 'line-color': chosen, 'line-width': 3.5 });
}

/** Draws the areas of a set instead of the cells; without a set, the cells. */
export function showLayer(map, set, source, bounds) {
  if (set && !map.getLayer('areas')) addAreas(map, source, bounds);
  const visible = (layers, is) => {
    for (const id of layers) if (map.getLayer(id)) map.setLayoutProperty(id, 'visibility', is ? 'visible' : 'none');
  };
  visible(CELL_LAYERS, !set);
  visible(AREA_LAYERS, Boolean(set));
  if (set) for (const [id, filter] of Object.entries(AREA_FILTERS)) map.setFilter(id, filter(set));
}

/** Outlines one area, or none. */
export function outlineArea(map, area) {
  if (!map.getLayer('areas')) return;
  const filter = area ? ofSet(area.set, ['==', ['get', 'slug'], area.slug]) : ofSet('');
  map.setFilter('area-chosen-rim', filter);
  map.setFilter('area-chosen', filter);
}

/** West, south, east and north of an area in degrees, as far as the tiles at hand show it; `null` where they do not. */
export function boundsOfArea(map, { set, slug }) {
  const filter = ofSet(set, ['==', ['get', 'slug'], slug]);
  const features = map.querySourceFeatures('areas', { sourceLayer: 'areas', filter });
  return features.length === 0 ? null : boxOf(features.map(({ geometry }) => geometry.coordinates));
}

/** What the tiles say of an area; `null` where none at hand has it. */
export function areaAt(map, { set, slug }) {
  const [area] = map.querySourceFeatures('areas', { sourceLayer: 'areas', filter: ofSet(set, ['==', ['get', 'slug'], slug]) });
  return area?.properties ?? null;
}
