// Draws the tokens of an invite: RFC 9497, VOPRF mode, ristretto255-SHA512. Refuses keys that others were not given
// (promise P10): what an invite pins, what the latest release says and what the server says must be the same.

import { ristretto255_oprf } from '@noble/curves/ed25519.js';
import { sha256 } from '@noble/hashes/sha2.js';

const { voprf } = ristretto255_oprf;

/** What tokens pay for, in the order of the server's keys. */
export const PURPOSES = ['sightings', 'marks'];

/** Why an invite gave no tokens; `code` is for the words of a page. */
export class InviteError extends Error {
  constructor(code, message) {
    super(message);
    this.name = 'InviteError';
    this.code = code;
  }
}

const refuse = (code, message) => {
  throw new InviteError(code, message);
};

const encode = (bytes) => btoa(String.fromCharCode(...bytes)).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');

function decode(text, length) {
  const bytes = Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (c) => c.charCodeAt(0));
  return bytes.length === length ? bytes : refuse('answer', 'a value of the server has another length than it should');
}

const hex = (bytes) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');

/** What src/tokens/id.rs hashes of a key. */
const line = ({ campaign, epoch, team, purpose, public: key }) =>
  `${campaign} ${epoch} ${team ?? '-'} ${purpose} ${hex(decode(key, 32))}\n`;

const digest = (label, keys) => sha256(new TextEncoder().encode(`${label}\n${keys.map(line).join('')}`));

const keyId = (key) => encode(digest('camera-census token key 1', [key]).slice(0, 16));

const fingerprint = (keys) => encode(digest('camera-census invite keys 1', keys).slice(0, 24));

/** Name of all that a key stands for: there may be one key for it, anywhere. */
const stands = ({ campaign, epoch, team, purpose }) => `${campaign} ${epoch} ${team ?? '-'} ${purpose}`;

function byMeaning(keys) {
  const table = new Map();
  for (const key of keys) {
    const before = table.get(stands(key));
    if (before !== undefined && before.public !== key.public) {
      refuse('two_keys', 'the server names two keys where there may be one, so it could tell volunteers apart');
    }
    table.set(stands(key), key);
  }
  return table;
}

async function asked(fetch, address, options) {
  let answer;
  try {
    answer = await fetch(address, { credentials: 'omit', cache: 'no-store', ...options });
  } catch {
    refuse('offline', 'the server cannot be reached');
  }
  return answer;
}

async function json(answer) {
  try {
    return await answer.json();
  } catch {
    return refuse('answer', 'the answer of the server cannot be read');
  }
}

/** The keys an invite pins, if the server names them, names nothing else for the same, and the latest release agrees. */
async function pinnedKeys(fetch, base, pinned) {
  const answer = await asked(fetch, `${base}/api/v1/tokens/keys`);
  if (!answer.ok) refuse('server', 'the server does not tell its keys');
  const { campaigns } = await json(answer);
  const keys = campaigns.flatMap((campaign) => campaign.keys.map((key) => ({ ...key, campaign: campaign.campaign })));
  const named = byMeaning(keys);
  const published = await asked(fetch, `${base}/data/latest/keys.json`);
  if (published.ok) {
    for (const [meaning, key] of byMeaning((await json(published)).keys)) {
      if (named.has(meaning) && named.get(meaning).public !== key.public) {
        refuse('not_published', 'the server names another key than its latest release, so it could tell volunteers apart');
      }
    }
  } else if (published.status !== 404) {
    refuse('server', 'the keys of the latest release cannot be read');
  }
  for (const first of named.values()) {
    const own = PURPOSES.map((purpose) => named.get(stands({ ...first, purpose })));
    if (own.every((key) => key !== undefined) && fingerprint(own) === pinned) return own;
  }
  return refuse('not_pinned', 'the server does not name the keys of this invite: its epoch was closed, or somebody exchanged them');
}

/** Parts of an invite: an address, or what stands behind its `#invite=`. */
export function readInvite(text) {
  const found = /(?:^|[#&]invite=)([\w-]{22})\.([\w-]{32})$/.exec(text.trim());
  return found ? { secret: found[1], pinned: found[2] } : refuse('unreadable', 'this is not an invite; copy all of it');
}

/** Lets a page answer between two pieces of long work. */
const breathe = () => new Promise((resolve) => setTimeout(resolve));

async function blind(count) {
  const items = [];
  for (let i = 0; i < count; i += 1) {
    const input = crypto.getRandomValues(new Uint8Array(32));
    const { blind: scalar, blinded } = voprf.blind(input);
    items.push({ input, blind: scalar, blinded });
    if (i % 16 === 15) await breathe();
  }
  return items;
}

async function post(fetch, base, body) {
  const answer = await asked(fetch, `${base}/api/v1/tokens`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  });
  const document = await json(answer);
  return answer.ok ? document : refuse(document.code ?? 'server', document.detail ?? 'the server gives no tokens');
}

/**
 * Draws all tokens of an invite, of both purposes. `batches` keeps what was blinded until its answer is there, so that a lost
 * answer can be asked for again: an object with `get(id)`, `put(batch)` and `del(id)`. Returns the tokens as
 * `{ header, purpose }` with what they stand for.
 */
export async function draw(text, { fetch, base = '', batches }) {
  const { secret, pinned } = readInvite(text);
  const keys = await pinnedKeys(fetch, base, pinned);
  const tokens = [];
  for (const key of keys) {
    const id = `${pinned} ${hex(sha256(new TextEncoder().encode(secret)))} ${key.purpose}`;
    const asking = { invite: secret, purpose: key.purpose };
    let batch = await batches.get(id);
    if (batch === undefined) {
      const { tokens: count, drawn } = await post(fetch, base, asking);
      if (drawn) refuse('invite_used', 'the tokens of this invite were drawn already');
      if (!Number.isInteger(count) || count < 1 || count > 2000) refuse('answer', 'the server offers no number of tokens');
      batch = { id, items: await blind(count) };
      await batches.put(batch);
    }
    const { id: named, evaluated, proof } = await post(fetch, base, {
      ...asking,
      blinded: batch.items.map((item) => encode(item.blinded)),
    });
    if (named !== keyId(key)) refuse('proof', 'the server signed with another key than it named');
    if (!Array.isArray(evaluated) || evaluated.length !== batch.items.length) refuse('proof', 'the server signed another batch');
    let outputs;
    try {
      const items = batch.items.map((item, i) => ({ ...item, evaluated: decode(evaluated[i], 32) }));
      outputs = voprf.finalizeBatch(items, decode(key.public, 32), decode(proof, 64));
    } catch {
      refuse('proof', 'the server cannot prove that it signed with the key it named');
    }
    outputs.forEach((output, i) => {
      tokens.push({ header: `${named}.${encode(batch.items[i].input)}.${encode(output)}`, purpose: key.purpose, batch: id });
    });
    await breathe();
  }
  const [{ campaign, wave, team, epoch, invites_below_ten: fewInvites }] = keys;
  return { campaign, wave, team, epoch, fewInvites, tokens };
}
