// Texts of the map. The page brings its own language in `data-messages`; these stand in when a key is missing.

export const ENGLISH = {
  'script-map-label': 'Map of camera counts. Arrow keys move it, plus and minus zoom, Enter shows the cell in the middle.',
  'script-column-cell': 'Cell',
  'script-column-cameras': 'Cameras',
  'script-column-km2': 'Per km²',
  'script-column-heads': 'Heads',
  'script-column-home': 'Home cameras, about',
  'script-in-view': 'In view: {cells} cells with {cameras} cameras at least. Cells of resolution {resolution}, about {km2} km² each.',
  'script-in-view-none': 'No camera was reported in this view under this choice.',
  'script-in-view-limit': 'The {limit} cells with the most cameras are listed.',
  'script-filter-all': 'All cameras',
  'script-filter-kinds': 'Only these kinds: {names}',
  'script-filter-operators': 'Only these operators: {names}',
  'script-filter-nothing': 'Nothing is chosen, so nothing is counted.',
  'script-go-to': 'Show cell {cell} on the map',
  'script-details': 'Cell {cell}',
  'script-details-none': 'No cell with cameras is here.',
  'script-area': 'Area',
  'script-area-value': '{km2} km²',
  'script-kinds': 'By kind',
  'script-operators': 'By operator',
  'script-home': 'Home cameras',
  'script-home-value': 'about {home}',
  'script-home-closed': 'withheld in cells this small',
  'script-surveyed': 'Surveyed',
  'script-surveyed-value': '{share} of it',
  'script-surveyed-unknown': 'not known',
  'script-failed': 'The interactive map did not start in this browser. The picture and the tables show the same numbers.',
  'script-cooperative-touch': 'Use two fingers to move the map',
};

const PLACEHOLDER = /\{(\w+)\}/g;

/** A function from a key and its values to a text in the language of the page. */
export function messages(json) {
  const texts = { ...ENGLISH, ...JSON.parse(json || '{}') };
  return (key, values = {}) => texts[key].replace(PLACEHOLDER, (whole, name) => values[name] ?? whole);
}

/** How the language of the page writes numbers: with European digits, as the server does and as they stand in every file. */
export function numbers(code) {
  const language = new Intl.Locale(code, { numberingSystem: 'latn' });
  const whole = new Intl.NumberFormat(language, { maximumFractionDigits: 0 });
  const short = new Intl.NumberFormat(language, { maximumSignificantDigits: 3 });
  const percent = new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 0 });
  return {
    count: (value) => whole.format(value),
    measure: (value) => (value >= 1000 ? whole : short).format(value),
    share: (value) => percent.format(value),
  };
}
