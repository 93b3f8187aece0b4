// Tokens drawn by the browser from the built server, and from servers that lie about their keys (promises P9 and P10):
// CENSUS_PROGRAM=PATH node --test tokens.test.mjs

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { cpSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { launch, recorded } from './browser.mjs';
import { World } from './world.mjs';

const STATIC = fileURLToPath(new URL('../../static', import.meta.url));
const REPORT = { type: 'Feature', geometry: { type: 'Point', coordinates: [7.44, 46.95] }, properties: { kind: 'dome' } };

const world = new World();
const scratch = world.root;
const census = (...words) => world.census(...words);

/** The module as a page would load it, with all it imports. */
function bundled() {
  const web = join(scratch, 'web');
  cpSync(STATIC, web, { recursive: true });
  execFileSync('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], { cwd: web, stdio: 'ignore' });
  const esbuild = join(web, 'node_modules/.bin/esbuild');
  return execFileSync(esbuild, ['tokens.js', '--bundle', '--format=esm', '--target=es2022'], { cwd: web, encoding: 'utf8' });
}

let origin;
let source;
let browser;
let noble;

before(async () => {
  source = bundled();
  noble = await import(pathToFileURL(join(scratch, 'web/node_modules/@noble/curves/ed25519.js')));
  origin = await world.serve();
  browser = await launch();
});

after(async () => {
  await browser?.close();
  await world.remove();
});

/** The server behind something that stands in the middle: `meddle(path, sent, answer)` may change an answer, or lose it. */
async function between(meddle = (path, sent, answer) => answer) {
  const proxy = createServer(async (request, response) => {
    const chunks = [];
    for await (const chunk of request) chunks.push(chunk);
    const sent = Buffer.concat(chunks);
    if (request.url === '/test/tokens.js') {
      return response.writeHead(200, { 'Content-Type': 'text/javascript' }).end(source);
    }
    const { host, connection, 'content-length': length, ...headers } = request.headers;
    const options = { method: request.method, headers, redirect: 'follow', ...(sent.length > 0 && { body: sent }) };
    const answer = await fetch(origin + request.url, options);
    const bytes = Buffer.from(await answer.arrayBuffer());
    const changed = await meddle(request.url, sent, { status: answer.status, bytes });
    if (changed === undefined) return response.destroy();
    const kept = [...answer.headers].filter(([name]) => !/^(content-(length|encoding)|transfer-encoding|connection)$/.test(name));
    return response.writeHead(changed.status, Object.fromEntries(kept)).end(changed.bytes);
  });
  await new Promise((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  const { context, page, seen } = await recorded(browser);
  await page.goto(`http://127.0.0.1:${proxy.address().port}/`);
  /** Runs a function of the module in the page; a refusal comes back as its code. */
  const call = (name, ...words) =>
    page.evaluate(
      async ([name, words]) => {
        const tokens = await import('/test/tokens.js');
        try {
          return await tokens[name](...words);
        } catch (error) {
          return { refused: error.code ?? String(error) };
        }
      },
      [name, words],
    );
  const close = async () => {
    await context.close();
    proxy.closeAllConnections();
    proxy.close();
  };
  return { page, seen, call, close };
}

const json = (answer, change) => {
  const document = JSON.parse(answer.bytes);
  change(document);
  return { ...answer, bytes: Buffer.from(JSON.stringify(document)) };
};

const invite = () => census('invite', 'create', '--tokens', '12').invites[0].invite;
const encode = (bytes) => Buffer.from(bytes).toString('base64url');
const decode = (text) => new Uint8Array(Buffer.from(text, 'base64url'));

const post = (page, token) =>
  page.evaluate(
    async ([token, body]) => {
      const secret = Array.from(crypto.getRandomValues(new Uint8Array(16)), (b) => b.toString(16).padStart(2, '0')).join('');
      const headers = { 'Content-Type': 'application/geo+json', 'Idempotency-Key': secret, 'Census-Token': token };
      const answer = await fetch('/api/v1/submissions', { method: 'POST', headers, body });
      return [answer.status, (await answer.json()).code];
    },
    [token, JSON.stringify(REPORT)],
  );

describe('tokens in the browser', () => {
  test('an invite yields tokens that the server takes, each once', async () => {
    const { page, seen, call, close } = await between();
    const drawn = await call('acceptInvite', invite());
    assert.deepEqual(drawn, { campaign: 'default', wave: null, team: null, epoch: 1, fewInvites: true, sightings: 12, marks: 12 });
    const token = await call('takeToken', 'sightings');
    assert.deepEqual(await post(page, token.header), [202, undefined]);
    assert.deepEqual(await post(page, token.header), [401, 'token_spent']);
    const mark = await call('takeToken', 'marks', 'default');
    assert.deepEqual(await post(page, mark.header), [401, 'token_other_purpose']);
    await call('settle', token.header, 'spent');
    await call('settle', mark.header, 'unspent');
    await page.reload();
    const { sightings, marks } = await call('count');
    assert.deepEqual([sightings, marks], [11, 12], 'what is left survives');
    assert.equal(await call('takeToken', 'sightings', 'elsewhere'), null);
    const headers = new Set();
    for (;;) {
      const next = await call('takeToken', 'sightings');
      if (next === null) break;
      headers.add(next.header);
    }
    assert.equal(headers.size, 11, 'no token is handed out twice');
    await call('forgetTokens');
    const none = await call('count');
    assert.deepEqual([none.sightings, none.marks, none.for], [0, 0, []]);
    assert.deepEqual(await page.evaluate(() => window.violations), []);
    assert.ok(seen.requests.every((url) => url.startsWith(new URL(page.url()).origin)));
    await close();
  });

  test('an answer that was lost can be asked for again, and an invite cannot be used twice', async () => {
    let losing = true;
    const { call, close } = await between((path, sent, answer) => {
      const batch = path === '/api/v1/tokens' && sent.includes('blinded');
      return batch && losing ? undefined : answer;
    });
    const text = invite();
    assert.deepEqual(await call('acceptInvite', text), { refused: 'offline' });
    assert.equal((await call('count')).sightings, 0);
    losing = false;
    assert.equal((await call('acceptInvite', text)).sightings, 12);
    assert.deepEqual(await call('acceptInvite', text), { refused: 'invite_used' });
    assert.deepEqual(await call('acceptInvite', 'hello'), { refused: 'unreadable' });
    await close();
  });

  const ownKey = () => noble.ristretto255_oprf.voprf.generateKeyPair();

  const OTHER = {};

  before(() => {
    for (const purpose of ['sightings', 'marks']) OTHER[purpose] = encode(ownKey().publicKey);
  });

  const lies = {
    // It says the same everywhere, to this client.
    'another key for this client': ['not_pinned', (path, sent, answer) => {
      const others = (keys) => keys.forEach((key) => {
        key.public = OTHER[key.purpose];
      });
      if (path === '/api/v1/tokens/keys') return json(answer, ({ campaigns }) => others(campaigns[0].keys));
      return path.endsWith('/keys.json') ? json(answer, ({ keys }) => others(keys)) : answer;
    }],
    'two keys for one team': ['two_keys', (path, sent, answer) =>
      path === '/api/v1/tokens/keys' ? json(answer, ({ campaigns }) => {
        campaigns[0].keys.push({ ...campaigns[0].keys[0], public: encode(ownKey().publicKey) });
      }) : answer],
    'another key than in the latest release': ['not_published', (path, sent, answer) =>
      path.endsWith('/keys.json') ? json(answer, ({ keys }) => {
        for (const key of keys) key.public = encode(ownKey().publicKey);
      }) : answer],
    'a signature by another key, with its proof': ['proof', (path, sent, answer) => {
      if (path !== '/api/v1/tokens' || !sent.includes('blinded')) return answer;
      const { secretKey, publicKey } = ownKey();
      const blinded = JSON.parse(sent).blinded.map(decode);
      const signed = noble.ristretto255_oprf.voprf.blindEvaluateBatch(secretKey, publicKey, blinded);
      return json(answer, (document) => {
        document.evaluated = signed.evaluated.map(encode);
        document.proof = encode(signed.proof);
      });
    }],
    'one element of a batch by another key': ['proof', (path, sent, answer) => {
      if (path !== '/api/v1/tokens' || !sent.includes('blinded')) return answer;
      return json(answer, (document) => {
        [document.evaluated[0], document.evaluated[1]] = [document.evaluated[1], document.evaluated[0]];
      });
    }],
  };

  for (const [name, [code, meddle]] of Object.entries(lies)) {
    test(`a server that gives ${name} is refused`, async () => {
      census('release', 'build');
      const { call, close } = await between(meddle);
      assert.deepEqual(await call('acceptInvite', invite()), { refused: code });
      assert.equal((await call('count')).sightings, 0);
      await close();
    });
  }

  test('a release repeats the keys, and an honest server passes beside it', async () => {
    const { call, close } = await between();
    const text = invite();
    const { release } = census('release', 'build');
    const { keys } = JSON.parse(readFileSync(join(scratch, 'data/releases', release, 'keys.json'), 'utf8'));
    assert.deepEqual(keys.map((key) => key.purpose), ['sightings', 'marks']);
    assert.equal((await call('acceptInvite', text)).marks, 12);
    await close();
  });
});
