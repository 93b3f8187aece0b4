// What Lighthouse says of every page: CENSUS_URL=http://127.0.0.1:8080/ node --test lighthouse.test.mjs
// Its timings depend on the machine and are not asked for; the weight of the map is held by pages.test.mjs.

import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { after, before, describe, test } from 'node:test';
import lighthouse, { desktopConfig } from 'lighthouse';
import { launch } from './browser.mjs';
import { onePerShape, pagesOf } from './crawl.mjs';

const BASE = process.env.CENSUS_URL;
assert.ok(BASE, 'set CENSUS_URL to the address of a running server');
const ORIGIN = new URL(BASE).origin;
const CATEGORIES = ['accessibility', 'best-practices'];
/** No waiting for a page that draws no map: nothing on it moves after it is loaded. */
const AT_ONCE = { pauseAfterFcpMs: 0, pauseAfterLoadMs: 0, networkQuietThresholdMs: 0, cpuQuietThresholdMs: 0 };

/** A port that nobody uses. */
async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  await once(server, 'close');
  return port;
}

let browser;
let port;

before(async () => {
  port = await freePort();
  browser = await launch([`--remote-debugging-port=${port}`]);
});

after(() => browser?.close());

describe('Lighthouse', () => {
  test('gives every page full marks for accessibility and best practices', async () => {
    const poor = [];
    // The pages of a release are those of the site at another address.
    const pages = onePerShape(await pagesOf(ORIGIN)).filter((path) => !/^\/releases\/[^/]+\/./.test(path));
    for (const path of pages) {
      const isMap = path.endsWith('/map');
      const flags = { port, onlyCategories: CATEGORIES, logLevel: 'error', disableFullPageScreenshot: true, ...(isMap ? {} : AT_ONCE) };
      const { lhr } = await lighthouse(`${ORIGIN}${path}`, flags, isMap ? undefined : desktopConfig);
      assert.equal(lhr.runtimeError, undefined, path);
      for (const category of CATEGORIES) {
        const { score, auditRefs } = lhr.categories[category];
        if (score === 1) continue;
        const failed = auditRefs.filter(({ id, weight }) => weight > 0 && ![1, null].includes(lhr.audits[id].score));
        poor.push(`${path} ${category} ${score}: ${failed.map(({ id }) => `${id} ${JSON.stringify(lhr.audits[id].details?.items ?? []).slice(0, 400)}`).join('; ')}`);
      }
    }
    assert.deepEqual(poor, []);
  });
});
