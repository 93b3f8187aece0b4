// Survey sheets: fetched whole, one of them chosen here. Which one is told to nobody; marks are kept in the queue of this device.

import { messages } from './messages.js';
import { drop, items, keep } from './queue.js';
import { showQueue } from './queue-view.js';
import { count } from './tokens.js';

const byId = (id) => document.getElementById(id);
const holder = byId('sheets');
const say = messages(holder.dataset.messages, document.documentElement.lang);
const campaigns = JSON.parse(holder.dataset.campaigns);
const SVG = 'http://www.w3.org/2000/svg';
/** Name of a choice, what is sent, and the key of its words. A zero is sent as `complete`: see ADR 11. */
const MARKS = [
  ['zero', 'complete', 'sheets-zero'],
  ['complete', 'complete', 'sheets-complete'],
  ['partial', 'partial', 'sheets-partial'],
  ['not_visible', 'not_visible', 'sheets-not-visible'],
];
/** Whole sheets kept for use without a network: public geometry, under a name of its own. */
const SHEETS = 'census-sheets';

let sheets = new Map();
let queue = null;

function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

/** The streets of a sheet as a drawing of about a hand's width, north up, each with its number. */
function drawing(number, units) {
  const points = units.flatMap(({ geometry }) => (geometry.type === 'Polygon' ? geometry.coordinates[0] : geometry.coordinates));
  const [west, south, east, north] = points.reduce(
    ([w, s, e, n], [x, y]) => [Math.min(w, x), Math.min(s, y), Math.max(e, x), Math.max(n, y)],
    [Infinity, Infinity, -Infinity, -Infinity],
  );
  const narrow = Math.cos((((south + north) / 2) * Math.PI) / 180);
  const scale = 560 / Math.max((east - west) * narrow, north - south, 1e-6);
  const at = ([x, y]) => [20 + (x - west) * narrow * scale, 20 + (north - y) * scale];
  const [width, height] = at([east, south]).map((edge) => edge + 20);
  const svg = document.createElementNS(SVG, 'svg');
  svg.setAttribute('viewBox', `0 0 ${width.toFixed(0)} ${height.toFixed(0)}`);
  svg.setAttribute('role', 'img');
  svg.setAttribute('aria-label', say('sheets-drawing', { number }));
  svg.setAttribute('class', 'streets');
  const labels = [];
  for (const [index, { geometry }] of units.entries()) {
    const line = geometry.type === 'Polygon' ? geometry.coordinates[0] : geometry.coordinates;
    const path = document.createElementNS(SVG, 'polyline');
    path.setAttribute('points', line.map((point) => at(point).map((value) => value.toFixed(1)).join(',')).join(' '));
    svg.append(path);
    const middle = geometry.type === 'Polygon'
      ? line.slice(1).reduce(([x, y], point) => [x + point[0] / (line.length - 1), y + point[1] / (line.length - 1)], [0, 0])
      : [0, 1].map((axis) => (line[Math.floor((line.length - 1) / 2)][axis] + line[Math.ceil((line.length - 1) / 2)][axis]) / 2);
    const text = document.createElementNS(SVG, 'text');
    const [x, y] = at(middle);
    text.setAttribute('x', x.toFixed(1));
    text.setAttribute('y', y.toFixed(1));
    text.textContent = index + 1;
    labels.push(text);
  }
  svg.append(...labels);
  return svg;
}

const size = ({ metres }) => (metres === null ? say('sheets-cell') : say('sheets-metres', { metres }));

/** A sheet on paper: its drawing, and a box to tick for every choice. No names. */
function paper(number, units) {
  const head = element('tr', {}, ...[say('sheets-number'), '', ...MARKS.map(([, , key]) => say(key))].map((text) => element('th', { scope: 'col' }, text)));
  const rows = units.map(({ properties }, index) =>
    element('tr', {}, element('th', { scope: 'row' }, String(index + 1)), element('td', {}, size(properties)), ...MARKS.map(() => element('td', { class: 'tick' }, '☐'))),
  );
  const title = element('h2', {}, `${say('sheets-sheet', { number })} · ${byId('wave').selectedOptions[0].textContent}`);
  return element('section', { class: 'page' }, title, drawing(number, units), element('table', {}, element('thead', {}, head), element('tbody', {}, ...rows)));
}

const chosenWave = () => JSON.parse(byId('wave').value || 'null');

/** The latest mark on each unit that stands in the queue. */
async function marked() {
  const { campaign, wave } = chosenWave();
  const marks = (await items()).filter(({ type, mark }) => type === 'mark' && mark.campaign === campaign && mark.wave === wave);
  return new Map(marks.map((item) => [item.mark.unit, item]));
}

async function mark(unit, name, state) {
  const { campaign, wave } = chosenWave();
  const { team } = (await count()).for.find((one) => one.campaign === campaign) ?? {};
  const pass = team ?? byId('pass').value;
  if (!pass) {
    byId('sheets-note').textContent = say('sheets-pass-missing');
    byId('pass').focus();
    return false;
  }
  const earlier = (await marked()).get(unit);
  if (earlier && earlier.state !== 'sent') await drop(earlier.id);
  // `shown` stays on this device: it tells a zero from a street with reports, which the census works out by itself.
  await keep({ type: 'mark', shown: name, mark: { campaign, wave, pass, unit, state } });
  await queue.refresh();
  byId('sheets-note').textContent = say('sheets-kept');
  return true;
}

async function show() {
  const number = Number(byId('sheet').value);
  const units = sheets.get(number) ?? [];
  const state = await marked();
  const lines = units.map(({ properties }, index) => {
    const group = element('fieldset', { class: 'unit' }, element('legend', {}, `${index + 1} · ${size(properties)}`));
    for (const [name, sent, key] of MARKS) {
      const input = element('input', { type: 'radio', name: properties.unit, value: name });
      input.checked = state.get(properties.unit)?.shown === name;
      input.addEventListener('change', async () => {
        if (!(await mark(properties.unit, name, sent))) input.checked = false;
      });
      group.append(element('label', {}, input, ` ${say(key)}`));
    }
    return group;
  });
  byId('one').replaceChildren(...(units.length ? [drawing(number, units), element('div', { class: 'units' }, ...lines)] : []));
  byId('paper').replaceChildren();
}

/** The file of a wave: from the server, or as it was kept. */
async function wholeFile({ campaign, wave }) {
  const address = `${holder.dataset.units}${campaign}/${wave}`;
  const cache = 'caches' in globalThis ? await caches.open(SHEETS).catch(() => null) : null;
  try {
    const response = await fetch(address, { credentials: 'omit', referrerPolicy: 'no-referrer' });
    if (!response.ok) throw new Error('no sheets');
    await cache?.put(address, response.clone());
    return response.json();
  } catch (error) {
    const kept = await cache?.match(address);
    if (kept) return kept.json();
    throw error;
  }
}

async function load() {
  const wave = chosenWave();
  if (!wave) return;
  const note = byId('sheets-note');
  try {
    const { features } = await wholeFile(wave);
    sheets = new Map();
    for (const feature of features) {
      const { sheet } = feature.properties;
      sheets.set(sheet, [...(sheets.get(sheet) ?? []), feature]);
    }
    byId('sheet').replaceChildren(
      ...[...sheets].map(([number, units]) => element('option', { value: number }, say('sheets-units', { sheet: number, value: units.length }))),
    );
    note.textContent = sheets.size ? '' : say('sheets-none');
    const { team } = (await count()).for.find((one) => one.campaign === wave.campaign) ?? {};
    byId('pass-field').hidden = Boolean(team);
    await show();
  } catch {
    note.textContent = say('sheets-failed');
  }
}

function print(numbers) {
  byId('paper').replaceChildren(...numbers.map((number) => paper(number, sheets.get(number) ?? [])));
  globalThis.print();
}

const isOpen = (slug) => campaigns.find((one) => one.slug === slug)?.open ?? false;
queue = await showQueue(say, { isOpen });
const waves = campaigns.flatMap(({ slug, name, waves: open }) => open.map((wave) => ({ campaign: slug, name, wave })));
byId('wave').replaceChildren(
  ...waves.map(({ campaign, name, wave }) => element('option', { value: JSON.stringify({ campaign, wave }) }, `${name} · ${wave}`)),
);
holder.hidden = waves.length === 0;
byId('wave').addEventListener('change', load);
byId('sheet').addEventListener('change', show);
byId('choose').addEventListener('submit', (event) => event.preventDefault());
byId('print').addEventListener('click', () => print([Number(byId('sheet').value)]));
byId('print-all').addEventListener('click', () => print([...sheets.keys()]));
await load();
holder.dataset.state = 'ready';
