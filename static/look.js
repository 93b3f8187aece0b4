// How the cells look. Colours come from the style sheet, class boundaries from the page: both are shared with the
// server-drawn map and the legend.

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
  map.setPaintProperty('ground', 'background-color', ground);
  map.setPaintProperty('cells', 'fill-color', fill(choice, bounds, classes));
  map.setPaintProperty('edges', 'line-color', line);
  map.setPaintProperty('homes', 'line-color', line);
  map.setPaintProperty('chosen-rim', 'line-color', ground);
  map.setPaintProperty('chosen', 'line-color', chosen);
  map.setFilter('homes', homeOnly(choice));
  map.setFilter('cells', counted(choice));
  map.setFilter('edges', counted(choice));
}

/** Outlines one cell, or none. */
export function outline(map, cell) {
  map.setFilter('chosen-rim', only(cell));
  map.setFilter('chosen', only(cell));
}
