// The panel that says everything published about one cell.

import { resolutionOf } from './cells.js';

/** Home counts exist at this resolution and coarser. */
const HOME_RESOLUTION = 8;

function line(list, term, text) {
  const dt = document.createElement('dt');
  const dd = document.createElement('dd');
  dt.textContent = term;
  dd.textContent = text;
  list.append(dt, dd);
}

/** "Dome 4, Fixed 2": the parts of a cell, largest first, in the words of the form. */
export function parts(properties, prefix, names, numbers) {
  return [...names]
    .map(([word, name]) => [properties[prefix + word] ?? 0, name])
    .filter(([count]) => count > 0)
    .sort(([a], [b]) => b - a)
    .map(([count, name]) => `${name} ${numbers.count(count)}`)
    .join(', ');
}

function open(panel, title, list) {
  panel.querySelector('h2').textContent = title;
  panel.querySelector('dl').replaceWith(list);
  panel.hidden = false;
}

/** How much of it was walked. */
function surveyedLine(list, surveyed, { say, numbers }) {
  const share = surveyed === undefined ? say('script-surveyed-unknown') : say('script-surveyed-value', { share: numbers.share(surveyed) });
  line(list, say('script-surveyed'), share);
}

/** Shows a cell in the panel. Without `n` nobody looked, and there is no number to give. */
export function fillDetails(panel, { properties }, context) {
  const { say, numbers, kinds, operators } = context;
  const list = document.createElement('dl');
  const cameras = properties.n ?? 0;
  if (properties.n === undefined) {
    line(list, say('script-column-cameras'), say('map-nobody'));
  } else {
    line(list, say('script-column-cameras'), numbers.count(cameras));
    line(list, say('script-column-km2'), numbers.measure(cameras / properties.km2));
    line(list, say('script-column-heads'), numbers.count(properties.heads ?? 0));
  }
  if (cameras > 0) {
    line(list, say('script-kinds'), parts(properties, 'k_', kinds, numbers));
    line(list, say('script-operators'), parts(properties, 'o_', operators, numbers));
  }
  if (properties.home !== undefined) {
    line(list, say('script-home'), say('script-home-value', { home: numbers.count(properties.home) }));
  } else if (resolutionOf(properties.cell) > HOME_RESOLUTION) {
    line(list, say('script-home'), say('script-home-closed'));
  }
  surveyedLine(list, properties.surveyed, context);
  line(list, say('script-area'), say('script-area-value', { km2: numbers.measure(properties.km2) }));
  open(panel, say('script-details', { cell: properties.cell }), list);
}

/** Shows an area in the panel. */
export function fillArea(panel, { name, n, rate, smoothed, surveyed }, context) {
  const { say, numbers } = context;
  const list = document.createElement('dl');
  line(list, say('script-column-cameras'), n === undefined ? say('map-nobody') : numbers.count(n));
  if (n !== undefined) line(list, say('script-column-km2'), rate === undefined ? say('map-few-for-rate') : numbers.measure(rate));
  if (smoothed !== undefined) line(list, say('map-smoothed'), numbers.measure(smoothed));
  surveyedLine(list, surveyed, context);
  open(panel, name, list);
}
