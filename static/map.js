// The interactive map: replaces the server-drawn picture once it can show more.

import { Map as MapLibreMap, ScaleControl, addProtocol, setWorkerUrl } from 'maplibre-gl';
import { distinct, zoomOf } from './cells.js';
import { fillDetails } from './details.js';
import { readForm, writeForm } from './filter.js';
import { outline, restyle, style } from './look.js';
import { messages, numbers } from './messages.js';
import { readFragment, writeFragment } from './place.js';
import { densitySource } from './source.js';
import { fillTable } from './table.js';

const byId = (id) => document.getElementById(id);

const holder = byId('map');
const form = byId('controls');
const table = byId('cells');
const panel = byId('details');
const note = byId('map-note');
const say = messages(holder.dataset.messages);
const classes = JSON.parse(holder.dataset.classes);
const bounds = holder.dataset.bounds.split(',').map(Number);
const context = {
  say,
  numbers: numbers(document.documentElement.lang || 'en'),
  kinds: wordsOf('kind'),
  operators: wordsOf('operator'),
};

/** The words of a group of boxes, each with the name the page gives it. */
function wordsOf(by) {
  const boxes = form.querySelectorAll(`input[name="${by}"]`);
  return new Map([...boxes].map((box) => [box.value, box.closest('label').textContent.trim()]));
}

/** A sentence that names the choice. */
function describe({ by, words }) {
  if (by === 'all') return `${say('script-filter-all')}.`;
  if (words.length === 0) return say('script-filter-nothing');
  const names = by === 'kind' ? context.kinds : context.operators;
  const list = words.map((word) => names.get(word) ?? word).join(', ');
  return `${say(by === 'kind' ? 'script-filter-kinds' : 'script-filter-operators', { names: list })}.`;
}

/** What the fragment or the form says, without words this page does not know. */
function known(choice) {
  if (choice.by === 'all') return choice;
  const names = choice.by === 'kind' ? context.kinds : context.operators;
  return { ...choice, words: choice.words.filter((word) => names.has(word)) };
}

function showLegend({ measure }) {
  byId('legend-count').hidden = measure !== 'count';
  byId('legend-km2').hidden = measure !== 'km2';
}

/** How the whole census is fitted in: the finest cells give the bounds, the coarser ones drawn reach beyond them. */
function fit() {
  return { padding: Math.min(72, holder.clientWidth / 8), maxZoom: 15 };
}

async function start() {
  setWorkerUrl(new URL(MAP_WORKER_PATH, import.meta.url).href);
  const place = readFragment(location.hash);
  let choice = known(place.choice);
  const source = await densitySource({ ...holder.dataset, bounds }, addProtocol);

  holder.hidden = false;
  const map = new MapLibreMap({
    container: holder,
    style: style(source, choice, classes[choice.measure]),
    ...(place.view ?? { bounds, fitBoundsOptions: fit() }),
    maxZoom: 16,
    attributionControl: false,
    dragRotate: false,
    touchPitch: false,
    pitchWithRotate: false,
    fadeDuration: 0,
    cooperativeGestures: matchMedia('(pointer: coarse)').matches,
    locale: {
      'Map.Title': say('script-map-label'),
      'CooperativeGesturesHandler.MobileHelpText': say('script-cooperative-touch'),
    },
  });
  map.keyboard.disableRotation();
  map.touchZoomRotate.disableRotation();
  map.addControl(new ScaleControl({ maxWidth: 120 }), 'bottom-left');

  const remember = () => {
    const fragment = writeFragment({ zoom: map.getZoom(), center: map.getCenter() }, choice);
    history.replaceState(null, '', fragment);
  };

  const show = (cell) => {
    outline(map, cell.properties.cell);
    fillDetails(panel, cell, context);
    note.textContent = '';
  };

  const close = () => {
    if (panel.hidden) return;
    panel.hidden = true;
    outline(map, null);
    map.getCanvas().focus({ preventScroll: true });
  };

  const look = (point, spoken) => {
    const [cell] = distinct(map.queryRenderedFeatures(point, { layers: ['cells'] }), choice);
    if (cell) {
      show(cell);
      if (spoken) panel.querySelector('h2').focus({ preventScroll: true });
    } else {
      close();
      if (spoken) note.textContent = say('script-details-none');
    }
  };

  const count = () => {
    const cells = distinct(map.queryRenderedFeatures({ layers: ['cells'] }), choice);
    const focused = table.contains(document.activeElement) ? document.activeElement.textContent : null;
    fillTable(table, cells, choice, { ...context, chosen: describe(choice) }, (cell) => {
      map.easeTo({ center: cell.centre, zoom: zoomOf(cell.properties.cell) });
      show(cell);
      panel.querySelector('h2').focus();
    });
    if (focused) [...table.querySelectorAll('button')].find((button) => button.textContent === focused)?.focus();
    holder.dataset.cellsInView = cells.length;
  };

  const choose = (next) => {
    choice = known(next);
    writeForm(form, choice);
    showLegend(choice);
    restyle(map, choice, classes[choice.measure]);
  };

  map.once('load', () => {
    byId('still').hidden = true;
    byId('map-buttons').hidden = false;
    form.hidden = false;
    holder.dataset.state = 'ready';
    choose(choice);

    map.on('idle', count);
    map.on('moveend', remember);
    map.on('click', ({ point }) => look(point, false));
    map.on('mousemove', 'cells', () => holder.classList.add('over-cell'));
    map.on('mouseleave', 'cells', () => holder.classList.remove('over-cell'));
    map.getCanvas().addEventListener('keydown', ({ key }) => {
      if (key === 'Enter') look(map.project(map.getCenter()), true);
    });
    form.addEventListener('change', () => {
      choose(readForm(form));
      remember();
    });
    addEventListener('hashchange', () => {
      const { view, choice: wanted } = readFragment(location.hash);
      if (view) map.jumpTo(view);
      choose(wanted);
    });
    addEventListener('keydown', ({ key }) => {
      if (key === 'Escape') close();
    });
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => choose(choice));
    byId('zoom-in').addEventListener('click', () => map.zoomIn());
    byId('zoom-out').addEventListener('click', () => map.zoomOut());
    byId('zoom-all').addEventListener('click', () => map.fitBounds(bounds, fit()));
    byId('details-close').addEventListener('click', close);
  });
}

start().catch(() => {
  holder.hidden = true;
  note.textContent = say('script-failed');
});
