// The report form with a script: a pin, a cone, a queue on this device. No place leaves it but in a report that the person sends.

import { messages } from './messages.js';
import { keep } from './queue.js';
import { showQueue } from './queue-view.js';
import { blockOf } from './slots.js';

const byId = (id) => document.getElementById(id);
const form = byId('report');
const say = messages(form.dataset.messages, document.documentElement.lang);
const campaigns = JSON.parse(form.dataset.campaigns);
const blind = form.dataset.blind === 'true';
const bounds = form.dataset.bounds ? form.dataset.bounds.split(',').map(Number) : null;
const makers = [...form.elements.maker.options].map(({ value }) => value);

let place = null;
let source = { position: 'map' };
let facing = null;
let map = null;
let known = null;

const decimal = (text, limit) => {
  const plain = text.trim().replace(',', '.');
  const degrees = /^[-+]?\d{1,3}(\.\d+)?$/.test(plain) ? Number(plain) : NaN;
  return Math.abs(degrees) <= limit ? degrees : null;
};

const typed = () => {
  const latitude = decimal(form.elements.latitude.value, 90);
  const longitude = decimal(form.elements.longitude.value, 180);
  return latitude === null || longitude === null ? null : { latitude, longitude };
};

/** Cameras per block of the latest release. */
async function fetchKnown() {
  const response = await fetch(form.dataset.known, { credentials: 'omit', referrerPolicy: 'no-referrer' });
  if (!response.ok) throw new Error(`the cells answered ${response.status}`);
  const [head, ...lines] = (await response.text()).trim().split('\n').map((line) => line.split(','));
  const [cell, cameras] = ['cell', 'cameras'].map((name) => head.indexOf(name));
  return new Map(lines.map((line) => [line[cell], Number(line[cameras])]));
}

/** Those cells, fetched whole and once however often the pin is moved meanwhile: no place is told. */
function knownCells() {
  if (blind || !form.dataset.known) return null;
  known ??= fetchKnown().catch(() => {
    known = null;
    return null;
  });
  return known;
}

async function hint() {
  const note = byId('known');
  const cells = await knownCells();
  note.hidden = !cells || !place;
  if (note.hidden) return;
  const cameras = cells.get(blockOf(place.latitude, place.longitude)) ?? 0;
  note.textContent = cameras > 0 ? say('form-known', { cameras }) : say('form-known-none');
}

function setPlace(next, from, words) {
  place = next;
  source = from;
  if (place && document.activeElement !== form.elements.latitude && document.activeElement !== form.elements.longitude) {
    form.elements.latitude.value = place.latitude.toFixed(6);
    form.elements.longitude.value = place.longitude.toFixed(6);
  }
  byId('place-note').textContent = words ?? say(place ? 'form-placed' : 'form-not-placed');
  hint();
}

function setFacing(next) {
  facing = next;
  const dial = byId('dial');
  const words = typeof facing === 'number' ? say('form-facing-value', { degrees: facing })
    : facing === 'all_round' ? byId('facing-all').textContent : say('form-facing-none');
  byId('facing-value').textContent = words;
  dial.setAttribute('aria-valuenow', typeof facing === 'number' ? facing : 0);
  dial.setAttribute('aria-valuetext', words);
  byId('cone').setAttribute('transform', `rotate(${typeof facing === 'number' ? facing : 0})`);
  dial.dataset.state = facing === null ? 'unknown' : facing === 'all_round' ? 'all' : 'set';
}

function listenToDial() {
  const dial = byId('dial');
  const turn = (event) => {
    const { left, top, width, height } = dial.getBoundingClientRect();
    const [x, y] = [event.clientX - left - width / 2, event.clientY - top - height / 2];
    setFacing(((Math.round((Math.atan2(x, -y) * 180) / Math.PI / 10) * 10) + 360) % 360);
  };
  dial.addEventListener('pointerdown', (event) => {
    dial.setPointerCapture(event.pointerId);
    turn(event);
  });
  dial.addEventListener('pointermove', (event) => {
    if (dial.hasPointerCapture(event.pointerId)) turn(event);
  });
  const steps = { ArrowRight: 10, ArrowUp: 10, ArrowLeft: -10, ArrowDown: -10, PageUp: 45, PageDown: -45 };
  dial.addEventListener('keydown', (event) => {
    const at = typeof facing === 'number' ? facing : 0;
    if (event.key in steps) setFacing((at + steps[event.key] + 360) % 360);
    else if (event.key === 'Home') setFacing(0);
    else if (event.key === 'Delete') setFacing(null);
    else return;
    event.preventDefault();
  });
  byId('facing-unknown').addEventListener('click', () => setFacing(null));
  byId('facing-all').addEventListener('click', () => setFacing('all_round'));
}

/** What the form says, or null with the trouble shown beside its field. */
function read() {
  const kind = form.elements.kind.value;
  byId('kind-error').hidden = kind !== '';
  if (!place) {
    byId('place-note').textContent = say('form-not-placed');
    byId('where').scrollIntoView({ block: 'start' });
    return null;
  }
  if (!kind) {
    byId('kind').scrollIntoView({ block: 'center' });
    return null;
  }
  const heads = Math.min(99, Math.max(1, Number.parseInt(form.elements.heads.value, 10) || 1));
  const report = { ...place, kind, heads, ...source };
  for (const name of ['operator', 'mount', 'linked', 'maker', 'basis']) report[name] = form.elements[name].value;
  if (facing !== null) report.facing = facing;
  return report;
}

/** The campaign of reports from here: that of the tokens, or the one chosen, or the first there is. */
const campaign = (tokens) => tokens ?? form.elements.campaign?.value ?? campaigns[0]?.slug ?? 'default';

async function main() {
  for (const id of ['placing', 'facing-dial', 'keep-row', 'files']) byId(id).hidden = false;
  for (const id of ['facing-plain', 'send-plain']) byId(id).hidden = true;
  byId('place-note').textContent = say('form-not-placed');
  setFacing(null);
  listenToDial();

  const { count } = await import('./tokens.js');
  const isOpen = (slug) => campaigns.find((one) => one.slug === slug)?.open ?? false;
  const { refresh, told } = await showQueue(say, { isOpen, makers });
  const ofTokens = async () => (await count()).for[0]?.campaign;

  const keepOne = async (isLast) => {
    const report = read();
    if (!report) return;
    await keep({ type: 'sighting', campaign: campaign(await ofTokens().catch(() => undefined)), report });
    await refresh();
    byId('kept').textContent = say(isLast ? 'form-kept' : 'form-kept-again');
    // Place and answers stay for the next one on the same pole; where it looks is what differs.
    setFacing(null);
    if (isLast) {
      setPlace(null, { position: 'map' });
      form.elements.latitude.value = '';
      form.elements.longitude.value = '';
    }
  };
  byId('keep').addEventListener('click', () => keepOne(true));
  byId('again').addEventListener('click', () => keepOne(false));
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    keepOne(true);
  });

  byId('here').addEventListener('click', () => {
    byId('place-note').textContent = say('form-finding');
    navigator.geolocation.getCurrentPosition(
      ({ coords: { latitude, longitude, accuracy } }) => {
        // Of the accuracy only the upper edge of its class is kept.
        const metres = [5, 7, 10, 15, 20].find((limit) => accuracy <= limit) ?? 50;
        setPlace({ latitude, longitude }, { position: 'gps', accuracy_m: metres }, say('form-found', { metres }));
        map?.put(place, 18);
      },
      () => {
        byId('place-note').textContent = say('form-not-found');
      },
      { enableHighAccuracy: true, timeout: 30_000, maximumAge: 0 },
    );
  });
  for (const name of ['latitude', 'longitude']) {
    form.elements[name].addEventListener('change', () => {
      setPlace(typed(), { position: 'map' });
      if (place) map?.put(place);
    });
  }
  listenToFiles({ isOpen, ofTokens, refresh, told });

  const wave = campaigns.find(({ waves }) => waves.length > 0);
  const { placeMap } = await import(new URL(SUBMIT_MAP_PATH, import.meta.url).href);
  map = await placeMap(byId('map'), {
    bounds,
    blind,
    label: say('form-map-label'),
    archive: form.dataset.archive,
    archiveBytes: form.dataset.archiveBytes,
    manifest: form.dataset.manifest,
    land: form.dataset.land,
    streets: wave ? `/api/v1/sheets/${wave.slug}/${wave.waves[0]}` : null,
    onPlace: (next) => setPlace(next, { position: 'map' }),
  });
  if (place) map.put(place);
}

/** Which features of a document have a point; the census itself judges the rest. */
function judge(text) {
  const document = JSON.parse(text);
  const features = document.type === 'FeatureCollection' ? document.features : [document];
  if (!Array.isArray(features)) throw new Error('no features');
  const bad = [];
  const good = features.filter((feature, at) => {
    const [longitude, latitude] = feature?.geometry?.coordinates ?? [];
    const ok = feature?.type === 'Feature' && feature.geometry?.type === 'Point'
      && Math.abs(longitude) <= 180 && Math.abs(latitude) <= 90;
    if (!ok) bad.push(at + 1);
    return ok;
  });
  return { good, bad };
}

function listenToFiles({ isOpen, ofTokens, refresh, told }) {
  const [note, report, send] = ['file-note', 'file-report', 'file-send'].map(byId);
  let checked = null;
  const lines = (texts) => report.replaceChildren(...texts.map((text) => Object.assign(document.createElement('li'), { textContent: text })));
  byId('file-check').addEventListener('click', async () => {
    const [file] = byId('file').files;
    const text = byId('paste').value.trim() || (file ? await file.text() : '');
    try {
      const { good, bad } = judge(text);
      checked = { text, good };
      note.textContent = say('form-file-good', { number: good.length });
      lines(bad.map((number) => say('form-file-bad', { number })));
      send.hidden = good.length === 0;
    } catch {
      note.textContent = say('form-file-broken');
      send.hidden = true;
      lines([]);
    }
  });
  send.addEventListener('click', async () => {
    const slug = campaign(await ofTokens());
    if ((await ofTokens()) || !isOpen(slug)) {
      // One by one with a token each: they join the queue as they are, without what the census does not take.
      for (const { geometry, properties } of checked.good) {
        const [longitude, latitude] = geometry.coordinates;
        const report_ = { latitude, longitude, kind: 'unknown', heads: 1 };
        for (const name of ['kind', 'operator', 'mount', 'linked', 'maker', 'basis', 'facing', 'heads', 'observed', 'position', 'accuracy_m']) {
          if (properties?.[name] !== undefined && properties[name] !== null) report_[name] = properties[name];
        }
        await keep({ type: 'sighting', campaign: slug, report: report_ });
      }
      await refresh();
      note.textContent = say('form-kept');
      return;
    }
    const body = JSON.stringify({ type: 'FeatureCollection', census: { campaign: slug }, features: checked.good });
    try {
      const response = await fetch('/api/v1/submissions', {
        method: 'POST', credentials: 'omit', headers: { 'Content-Type': 'application/geo+json' }, body,
      });
      const answer = await response.json();
      note.textContent = say('form-file-done', { value: answer.accepted ?? 0, number: answer.refused ?? checked.good.length });
      const problems = answer.files?.flatMap((one) => one.problems) ?? answer.errors ?? [];
      lines([...problems.map(({ pointer, code }) => `${pointer} ${code}`), ...(answer.receipt ? [`${say('queue-receipt')}: ${answer.receipt}`] : [])]);
      send.hidden = true;
    } catch {
      told('queue-offline');
    }
  });
}

main().catch(() => {
  // The map may not start; the form stands all the same.
  byId('map').hidden = true;
});
