// The interactive map: replaces the server-drawn picture once it can show more.

import { Map as MapLibreMap, ScaleControl, addProtocol, setWorkerUrl } from 'maplibre-gl';
import { layBasemap, recolourBasemap } from './basemap.js';
import { distinct, zoomOf } from './cells.js';
import { fillArea, fillDetails } from './details.js';
import { DEFAULT, readForm, writeForm } from './filter.js';
import { layLand, layStreets, recolourGround } from './ground.js';
import { addHatching, areaAt, boundsOfArea, outline, outlineArea, outlineAreas, recolour, restyle, seeThrough, showLayer, style } from './look.js';
import { messages, numbers } from './messages.js';
import { readFragment, writeFragment } from './place.js';
import { offerSearch } from './search.js';
import { offerLink } from './share.js';
import { areaSets, basemapSource, densitySource, releaseFiles, smallFile } from './source.js';
import { fillTable } from './table.js';

const byId = (id) => document.getElementById(id);

const holder = byId('map');
const form = byId('controls');
const table = byId('cells');
const panel = byId('details');
const note = byId('map-note');
const language = document.documentElement.lang || 'en';
const say = messages(holder.dataset.messages, language);
const classes = JSON.parse(holder.dataset.classes);
const bounds = holder.dataset.bounds.split(',').map(Number);
const context = {
  say,
  numbers: numbers(language),
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
  const list = new Intl.ListFormat(language).format(words.map((word) => names.get(word) ?? word));
  return `${say(by === 'kind' ? 'script-filter-kinds' : 'script-filter-operators', { names: list })}.`;
}

/** The set of a choice of areas; `null` for the cells. */
const setOf = ({ layer }) => layer.match(/^areas:(.+)$/)?.[1] ?? null;

/** What the fragment or the form says, without words this page does not know. */
function known(choice) {
  if (choice.by === 'all') return choice;
  const names = choice.by === 'kind' ? context.kinds : context.operators;
  return { ...choice, words: choice.words.filter((word) => names.has(word)) };
}

function showLegend({ measure, layer }) {
  const isArea = layer !== DEFAULT.layer;
  byId('legend-count').hidden = isArea || measure !== 'count';
  byId('legend-km2').hidden = !isArea && measure !== 'km2';
  byId('legend-areas').hidden = !isArea;
  for (const part of form.querySelectorAll('[data-of-cells]')) part.hidden = isArea;
}

/** A radio for each set of areas, made from the one on the page. */
function offerAreas(sets) {
  const first = byId('layers').querySelector('[value="areas"]').closest('label');
  for (const set of sets) {
    const label = first.cloneNode(true);
    label.firstElementChild.value = `areas:${set}`;
    if (sets.length > 1) label.append(` (${set})`);
    first.before(label);
  }
  first.remove();
  byId('layers').hidden = sets.length === 0;
}

/** How the whole census is fitted in: the finest cells give the bounds, the coarser ones drawn reach beyond them. */
function fit() {
  return { padding: Math.min(72, holder.clientWidth / 8), maxZoom: 15 };
}

async function start() {
  setWorkerUrl(new URL(MAP_WORKER_PATH, import.meta.url).href);
  const place = readFragment(location.hash);
  let choice = known({ ...place.choice, layer: DEFAULT.layer });
  let sets = [];
  let makeAreaSource = null;
  let fetching = null;
  let areaSource = null;
  let at = place.at;
  const source = await densitySource(holder.dataset, addProtocol);

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
    const fragment = writeFragment({ zoom: map.getZoom(), center: map.getCenter() }, choice, at);
    history.replaceState(null, '', fragment);
  };

  const show = (cell) => {
    outline(map, cell.properties.cell);
    fillDetails(panel, cell, context);
    note.textContent = '';
    at = `cell:${cell.properties.cell}`;
    remember();
  };

  const showArea = (area) => {
    outlineArea(map, area);
    fillArea(panel, area, context);
    note.textContent = '';
    at = `area:${area.slug}`;
    remember();
  };

  const close = () => {
    if (panel.hidden) return;
    panel.hidden = true;
    outline(map, null);
    outlineArea(map, null);
    at = null;
    remember();
    map.getCanvas().focus({ preventScroll: true });
  };

  const lookAt = (point) => {
    if (setOf(choice)) {
      const [area] = map.queryRenderedFeatures(point, { layers: ['areas', 'areas-unknown'] });
      if (area) showArea(area.properties);
      return area;
    }
    const [cell] = distinct(map.queryRenderedFeatures(point, { layers: ['places'] }), choice);
    if (cell) show(cell);
    return cell;
  };

  const look = (point, spoken) => {
    if (lookAt(point)) {
      if (spoken) panel.querySelector('h2').focus({ preventScroll: true });
    } else {
      close();
      if (spoken) note.textContent = say('script-details-none');
    }
  };

  const count = () => {
    const cells = distinct(map.queryRenderedFeatures({ layers: ['places'] }), choice).filter(({ cameras }) => cameras > 0);
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
    const wanted = known(next);
    // Until the release has said which areas it has, and where it has none, the cells are drawn.
    const isThere = sets.includes(setOf(wanted)) && areaSource;
    choice = isThere ? wanted : { ...wanted, layer: DEFAULT.layer };
    writeForm(form, choice);
    showLegend(choice);
    restyle(map, choice, classes[choice.measure]);
    showLayer(map, setOf(choice), areaSource, classes.km2);
  };

  /** Fetches the areas once, for everybody who asks; after a failure, whoever asks next tries again. */
  const fetchAreas = () => {
    fetching ??= makeAreaSource().then(
      (source) => {
        areaSource = source;
      },
      (error) => {
        fetching = null;
        throw error;
      },
    );
    return fetching;
  };

  /** Chooses, and before the first choice of areas fetches them. Where they do not come, the cells stay. */
  const chooseLayer = async (next) => {
    if (sets.includes(setOf(next))) await fetchAreas().catch(() => {});
    const before = choice.layer;
    choose(next);
    if (choice.layer !== before) close();
    holder.dataset.layer = choice.layer;
    remember();
  };

  /**
   * Shows an area whole, with its panel, and tells whether it could. Its outline is in the tiles of the overview, so that is
   * loaded first; an area beyond it, where nobody looked, is not there.
   */
  const goTo = async (area) => {
    await chooseLayer({ ...choice, layer: `areas:${area.set}` });
    if (setOf(choice) !== area.set) return false;
    map.jumpTo(map.cameraForBounds(bounds, fit()));
    await map.once('idle');
    const [box, said] = [boundsOfArea(map, area), areaAt(map, area)];
    if (!box || !said) return false;
    map.fitBounds(box, { ...fit(), animate: false });
    showArea(said);
    return true;
  };

  /** Shows again what an address names: a cell or an area. */
  const restore = async (name) => {
    const [what, key] = name.split(':');
    if (what === 'area' && setOf(choice)) {
      await map.once('idle');
      const said = areaAt(map, { set: setOf(choice), slug: key });
      if (said) showArea(said);
    } else if (what === 'cell') {
      const features = map.queryRenderedFeatures({ layers: ['places'] });
      const cell = distinct(features, choice).find(({ properties }) => properties.cell === key);
      if (cell) show(cell);
    }
  };

  /** Puts the base map under the cells, where the site has one. */
  const layBase = async () => {
    const { basemap, basemapArchive } = holder.dataset;
    if (!basemap && !basemapArchive) return;
    layBasemap(map, await basemapSource(holder.dataset, addProtocol), 'unsurveyed', language);
    seeThrough(map);
  };

  /** Adds what a release itself says of the ground: outlines of its first set of areas, and where there is no base map, streets. */
  const layGround = async (files, areas) => {
    const { basemap, basemapArchive, manifest } = holder.dataset;
    const streets = smallFile(files, manifest, 'effort-units.geojson');
    if (streets && !basemap && !basemapArchive) await layStreets(map, streets, 'unsurveyed');
    if (!areas.isWhole || areas.sets.length === 0) return;
    await fetchAreas();
    outlineAreas(map, areas.sets[0], areaSource);
    showLayer(map, setOf(choice), areaSource, classes.km2);
  };

  map.once('load', () => {
    byId('still').hidden = true;
    byId('map-buttons').hidden = false;
    form.hidden = false;
    holder.dataset.state = 'ready';
    addHatching(map);
    choose(choice);
    // The counts are complete without a ground: nothing waits for it, and nothing is said where it fails.
    layBase().catch(() => {});
    if (holder.dataset.land) layLand(map, holder.dataset.land, 'unsurveyed');
    releaseFiles(holder.dataset)
      .then(async (files) => {
        const areas = areaSets(files, holder.dataset, addProtocol);
        ({ sets, source: makeAreaSource } = areas);
        offerAreas(sets);
        holder.dataset.sets = sets.length;
        if (setOf(place.choice)) await chooseLayer({ ...choice, layer: place.choice.layer });
        if (place.at) restore(place.at).catch(() => {});
        await layGround(files, areas).catch(() => {});
      })
      .catch(() => {
        // The cells are all there: a release without areas, as far as the reader is concerned.
        byId('layers').hidden = true;
      })
      .finally(() => {
        holder.dataset.ground = 'laid';
      });

    const search = byId('search');
    if (search) {
      offerSearch(search, (area) => {
        if (!sets.includes(area.set)) return false;
        goTo(area)
          .catch(() => false)
          .then((isShown) => {
            if (isShown) panel.querySelector('h2').focus({ preventScroll: true });
            else location.assign(area.page);
          });
        return true;
      });
    }
    offerLink(byId('copy-link'), note);
    map.on('idle', count);
    map.on('moveend', remember);
    map.on('click', ({ point }) => look(point, false));
    map.on('mousemove', 'places', () => holder.classList.add('over-cell'));
    map.on('mouseleave', 'places', () => holder.classList.remove('over-cell'));
    map.getCanvas().addEventListener('keydown', ({ key }) => {
      if (key === 'Enter') look(map.project(map.getCenter()), true);
    });
    form.addEventListener('change', () => {
      chooseLayer({ ...DEFAULT, ...readForm(form) });
    });
    addEventListener('hashchange', () => {
      const { view, choice: wanted, at: chosen } = readFragment(location.hash);
      if (view) map.jumpTo(view);
      at = chosen;
      chooseLayer(wanted).then(() => chosen && map.once('idle', () => restore(chosen)));
    });
    addEventListener('keydown', ({ key }) => {
      if (key === 'Escape') close();
    });
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => {
      recolour(map, classes.km2);
      recolourBasemap(map, language);
      recolourGround(map);
      choose(choice);
    });
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
