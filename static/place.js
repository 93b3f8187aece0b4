// The state of the map in the part of the address after `#`, which browsers never send:
// `#zoom/latitude/longitude/filter/measure`, such as `#12.5/47.371/8.542/kind:dome,fixed/km2`, then the layer, `cells` or
// `areas:` and a set, and what is chosen on it, `cell:` and its index or `area:` and its slug: `/areas:wards/area:ward-2`.

import { DEFAULT } from './filter.js';

/** Undoes the percent signs that some programs put into addresses they pass on. */
function decode(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return '';
  }
}

const AT = /^(?:cell:[0-9a-f]{15}|area:[a-z0-9-]+)$/;

/** Reads a fragment. Parts that make no sense are left out. */
export function readFragment(fragment) {
  const [zoom, latitude, longitude, filter = '', measure, layer = '', at = ''] = decode(fragment.replace(/^#/, '')).split('/');
  const numbers = [zoom, latitude, longitude].map((text) => Number.parseFloat(text));
  const valid = numbers.every(Number.isFinite) && numbers[0] >= 0 && numbers[0] <= 24 && Math.abs(numbers[1]) <= 90;
  const [, by, words] = filter.match(/^(kind|operator):([a-z_,]*)$/) ?? [null, DEFAULT.by, ''];
  return {
    view: valid ? { zoom: numbers[0], center: [numbers[2], numbers[1]] } : null,
    at: AT.test(at) ? at : null,
    choice: { by, words: words.split(',').filter(Boolean), measure: measure === 'km2' ? 'km2' : DEFAULT.measure, layer: /^areas:[a-z0-9-]+$/.test(layer) ? layer : DEFAULT.layer },
  };
}

/** Writes the fragment of a view and a choice; as many decimals as the zoom can show. */
export function writeFragment({ zoom, center }, choice, at) {
  const decimals = Math.max(0, Math.ceil((zoom * Math.LN2 + Math.log(512 / 360 / 0.5)) / Math.LN10));
  const filter = choice.by === 'all' ? 'all' : `${choice.by}:${choice.words.join(',')}`;
  const place = [zoom.toFixed(2), center.lat.toFixed(decimals), center.lng.toFixed(decimals)];
  const chosen = at ? [choice.layer, at] : [choice.layer].filter((layer) => layer !== DEFAULT.layer);
  return `#${[...place, filter, choice.measure, ...chosen].join('/')}`;
}
