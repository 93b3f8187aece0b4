// What waits on this device to be sent, and what was sent: object store `queue`. Nothing leaves it but by `sendAll`.

import { assignSlots } from './slots.js';
import { all, clear, del, put } from './store.js';
import { forgetTokens, settle as settleToken, takeToken as takeFromStore } from './tokens.js';

/** 128 random bits in hexadecimal: Idempotency-Key and receipt of one item. */
export function newSecret() {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** Keeps one item: `{ type: 'sighting', campaign, report }` or `{ type: 'mark', mark }`. */
export const keep = (item) => put('queue', { id: newSecret(), state: 'waiting', ...item });

export const items = () => all('queue');

/** Takes one item out. */
export const drop = (id) => del('queue', id);

/** Everything of this program on this device: what waits, what was sent, tokens, and sheets. */
export async function wipe() {
  await clear('queue');
  await forgetTokens();
  // Which sheets were loaded tells in which campaign somebody walks.
  if ('caches' in globalThis) await caches.delete('census-sheets');
}

/** A whole number below `limit`, without bias worth speaking of. */
const below = (limit) => crypto.getRandomValues(new Uint32Array(1))[0] % limit;

/** In an order that says nothing of the one they were made in (Fisher and Yates). */
export function shuffled(list, random = below) {
  const mixed = [...list];
  for (let at = mixed.length - 1; at > 0; at -= 1) {
    const other = random(at + 1);
    [mixed[at], mixed[other]] = [mixed[other], mixed[at]];
  }
  return mixed;
}

/** Milliseconds to the next item: 2 to 20 seconds. */
export const pause = () => 2_000 + below(18_001);

/** One report as GeoJSON. */
export function feature(report, slot) {
  const { latitude, longitude, ...properties } = report;
  return { type: 'Feature', geometry: { type: 'Point', coordinates: [longitude, latitude] }, properties: { ...properties, slot } };
}

function request(item, token) {
  if (item.type === 'mark') {
    const { pass, ...mark } = item.mark;
    const body = { ...mark, ...(token?.team || !pass ? {} : { pass }) };
    return { path: 'api/v1/effort', contentType: 'application/json', body };
  }
  // The token decides campaign, wave and team; without one the campaign is named.
  const census = token ? {} : { census: { campaign: item.campaign } };
  return { path: 'api/v1/submissions', contentType: 'application/geo+json', body: { ...feature(item.report, item.slot), ...census } };
}

/** A code that says why, never a sentence of the server in another language. */
async function reasonOf(response) {
  const problem = await response.json().catch(() => ({}));
  return String(problem.code ?? problem.errors?.[0]?.code ?? response.status);
}

/** Gives what waits its slots, round those that were sent with one already. */
async function number(makers) {
  const sightings = (await items()).filter(({ type }) => type === 'sighting');
  const groups = Map.groupBy ? Map.groupBy(sightings, ({ campaign }) => campaign) : new Map([['', sightings]]);
  for (const group of groups.values()) {
    const slots = assignSlots(group.map(({ report, slot }) => ({ ...report, slot })), makers);
    const changed = group.map((item, at) => ({ ...item, slot: slots[at] })).filter((item, at) => item.slot !== group[at].slot);
    if (changed.length > 0) await put('queue', ...changed);
  }
}

/**
 * Sends what waits, one request each, in a mixed order, with a pause before each but the first. Resolves with `done`, `offline`,
 * `wait` (the server asks for time) or `no-token`. An item that fails stays with its reason. `isOpen` tells whether a campaign
 * takes reports without tokens.
 */
export async function sendAll({
  base = '',
  fetch = globalThis.fetch.bind(globalThis),
  delay = pause,
  random = below,
  isOpen = () => true,
  makers,
  takeToken = takeFromStore,
  settle = settleToken,
  onProgress = () => {},
} = {}) {
  await number(makers);
  const waiting = shuffled((await items()).filter(({ state }) => state !== 'sent'), random);
  let outcome = 'done';
  for (const [at, stored] of waiting.entries()) {
    const milliseconds = at === 0 ? 0 : delay();
    onProgress({ left: waiting.length - at, milliseconds });
    await new Promise((resolve) => setTimeout(resolve, milliseconds));
    let item = stored;
    const campaign = item.campaign ?? item.mark.campaign;
    if (!item.token) {
      const token = await takeToken(item.type === 'mark' ? 'marks' : 'sightings', campaign);
      // Kept beside the item first: an answer that is lost is asked again with the same secret and the same token.
      if (token) item = { ...item, token };
      if (token) await put('queue', item);
    }
    if (!item.token && !isOpen(campaign)) {
      await put('queue', { ...item, state: 'failed', reason: 'no-token' });
      outcome = 'no-token';
      continue;
    }
    const { path, contentType, body } = request(item, item.token);
    let response;
    try {
      response = await fetch(`${base}/${path}`, {
        method: 'POST',
        credentials: 'omit',
        referrerPolicy: 'no-referrer',
        cache: 'no-store',
        headers: {
          'Content-Type': contentType,
          'Idempotency-Key': item.id,
          ...(item.token ? { 'Census-Token': item.token.header } : {}),
        },
        body: JSON.stringify(body),
      });
    } catch {
      // It may have arrived: next time a token that was spent counts as sent.
      if (item.token) await put('queue', { ...item, asked: true });
      return 'offline';
    }
    const reason = response.ok ? null : await reasonOf(response);
    const lostAnswer = item.asked && response.status === 401 && reason === 'token_spent';
    if (response.ok || lostAnswer) {
      if (item.token) await settle(item.token.header, 'spent');
      // The receipt and the slot are what is needed later.
      const { token: _spent, reason: _old, asked: _asked, ...rest } = item;
      await put('queue', { ...rest, state: 'sent' });
      continue;
    }
    if (response.status === 429 || response.status >= 500) {
      if (item.token) await put('queue', { ...item, asked: true });
      return 'wait';
    }
    const { token, asked: _again, ...rest } = item;
    if (token) await settle(token.header, response.status === 401 ? 'spent' : 'unspent');
    await put('queue', { ...rest, state: 'failed', reason });
    if (outcome === 'done') outcome = 'failed';
  }
  return outcome;
}
