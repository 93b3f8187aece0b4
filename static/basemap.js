// The ground under the counts, in the Protomaps schema and our own quiet look: paper-coloured, so that the classes of the counts
// stay what is seen. Tiles come from the same server. Labels are drawn here from the fonts of the reader's device: the style
// names no glyphs, so none are asked for.

const SOURCE = 'ground-tiles';

/** Widths of roads by kind, in pixels at zoom 10 and 16. */
const ROADS = { highway: [1.2, 7], major_road: [0.7, 5], minor_road: [0.1, 3] };

function colours() {
  const style = getComputedStyle(document.documentElement);
  const value = (name) => style.getPropertyValue(name).trim();
  return { earth: value('--map-earth'), water: value('--map-water'), green: value('--map-green'), building: value('--map-building'), road: value('--map-road'), border: value('--map-border'), name: value('--map-name'), halo: value('--map-halo') };
}

/** A name in the language of the page, or as it is written on the spot. */
const named = (language) => ['coalesce', ['get', `name:${language}`], ['get', 'name']];
const kind = (...kinds) => ['in', ['get', 'kind'], ['literal', kinds]];
const isArea = ['==', ['geometry-type'], 'Polygon'];
const growing = ([narrow, wide]) => ['interpolate', ['exponential', 1.6], ['zoom'], 10, narrow, 16, wide];

/** The layers below the counts, from the ground up. */
function below(ink) {
  const layer = (id, type, of, paint, more = {}) => ({ id: `ground-${id}`, type, source: SOURCE, 'source-layer': of, paint, ...more });
  return [
    layer('earth', 'fill', 'earth', { 'fill-color': ink.earth }, { filter: isArea }),
    layer('green', 'fill', 'landuse', { 'fill-color': ink.green }, { filter: kind('park', 'forest', 'wood', 'grass', 'cemetery', 'nature_reserve', 'garden') }),
    layer('water', 'fill', 'water', { 'fill-color': ink.water }, { filter: isArea }),
    layer('rivers', 'line', 'water', { 'line-color': ink.water, 'line-width': 1.2 }, { filter: ['!', isArea] }),
    layer('buildings', 'fill', 'buildings', { 'fill-color': ink.building }, { minzoom: 14 }),
    ...Object.entries(ROADS).map(([name, width]) => layer(name, 'line', 'roads', { 'line-color': ink.road, 'line-width': growing(width) }, { filter: kind(name), layout: { 'line-cap': 'round', 'line-join': 'round' } })),
    layer('borders', 'line', 'boundaries', { 'line-color': ink.border, 'line-width': 1, 'line-dasharray': [3, 2] }),
  ];
}

/** The names above the counts. */
function above(ink, language) {
  const paint = { 'text-color': ink.name, 'text-halo-color': ink.halo, 'text-halo-width': 1.5 };
  const layer = (id, of, layout, more) => ({ id: `ground-${id}`, type: 'symbol', source: SOURCE, 'source-layer': of, paint, layout: { 'text-field': named(language), 'text-font': ['sans-serif'], ...layout }, ...more });
  return [
    layer('road-names', 'roads', { 'symbol-placement': 'line', 'text-size': 11 }, { minzoom: 14, filter: kind('highway', 'major_road', 'minor_road') }),
    layer('places', 'places', { 'text-size': ['interpolate', ['linear'], ['zoom'], 4, 11, 14, 15], 'text-max-width': 7 }, { filter: kind('locality', 'neighbourhood', 'macrohood', 'region', 'country') }),
  ];
}

/** Lays the ground under a map that has loaded, from the source of its tiles. `first` is its lowest layer of counts; `language` that of the page. */
export function layBasemap(map, source, first, language) {
  const ink = colours();
  map.addSource(SOURCE, source);
  for (const layer of below(ink)) map.addLayer(layer, first);
  for (const layer of above(ink, language)) map.addLayer(layer);
}

/** Brings the ground to the colours of the scheme in force. */
export function recolourBasemap(map, language) {
  if (!map.getSource(SOURCE)) return;
  const ink = colours();
  for (const { id, paint } of [...below(ink), ...above(ink, language)]) {
    for (const [name, value] of Object.entries(paint)) map.setPaintProperty(id, name, value);
  }
}
