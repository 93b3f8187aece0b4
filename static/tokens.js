// The tokens of this device: each pays for one sighting, or for one mark or report, and says nothing of who spends it.

import { draw, PURPOSES } from './draw.js';
import { all, clear, del, get, put, within } from './store.js';

export { InviteError, readInvite } from './draw.js';

/**
 * Draws the tokens of an invite and keeps them. `text` is the invite as it was given: an address, or what stands behind its
 * `#invite=`. The same invite again draws what is left to draw after an answer was lost.
 *
 * Throws an `InviteError` whose `code` says why not: `unreadable`, `offline`, `server`, `answer`, `invite_unknown`,
 * `invite_used`, and where volunteers may be told apart by their keys `two_keys`, `not_published`, `not_pinned`, `proof`.
 */
export async function acceptInvite(text, { fetch = globalThis.fetch.bind(globalThis), base = '' } = {}) {
  const batches = {
    get: (id) => get('batches', id),
    put: (batch) => put('batches', batch),
  };
  const { tokens, ...meaning } = await draw(text, { fetch, base, batches });
  await within(['tokens', 'batches'], 'readwrite', (at) => {
    for (const { header, purpose } of tokens) at('tokens').put({ id: header, purpose, ...meaning, taken: false });
    for (const { batch } of tokens) at('batches').delete(batch);
  });
  const of = (purpose) => tokens.filter((token) => token.purpose === purpose).length;
  return { ...meaning, sightings: of('sightings'), marks: of('marks') };
}

/**
 * Takes a token that pays for `purpose`, at random, in the campaign if one is named: `{ header, campaign, wave, team }`, or null
 * when none is left. It is nobody else's until `settle`; send a request that is repeated with the same one.
 */
export const takeToken = (purpose, campaign) =>
  within(['tokens'], 'readwrite', (at, done) => {
    done(null);
    at('tokens').getAll().onsuccess = (event) => {
      const free = event.target.result.filter(
        (token) => token.purpose === purpose && !token.taken && (campaign === undefined || token.campaign === campaign),
      );
      if (free.length === 0) return;
      const token = free[crypto.getRandomValues(new Uint32Array(1))[0] % free.length];
      at('tokens').put({ ...token, taken: true });
      done({ header: token.id, campaign: token.campaign, wave: token.wave, team: token.team });
    };
  });

/** Says what became of a token that was taken: `spent` (or refused for good), or `unspent`, so that it can be taken again. */
export async function settle(header, outcome) {
  if (outcome === 'spent') return del('tokens', header);
  const token = await get('tokens', header);
  return token && put('tokens', { ...token, taken: false });
}

/** How many tokens are left of each purpose, and what they stand for. */
export async function count() {
  const tokens = await all('tokens');
  const left = (purpose) => tokens.filter((token) => token.purpose === purpose && !token.taken).length;
  const stands = new Map();
  for (const { campaign, wave, team, epoch, fewInvites } of tokens) {
    stands.set(`${campaign} ${epoch} ${team ?? '-'}`, { campaign, wave, team, epoch, fewInvites });
  }
  return { ...Object.fromEntries(PURPOSES.map((purpose) => [purpose, left(purpose)])), for: [...stands.values()] };
}

/** Forgets every token, and what was begun to draw some. */
export const forgetTokens = () => clear('tokens', 'batches');
