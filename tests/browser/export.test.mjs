// A static export in a real browser, below a path of a plain file server:
// CENSUS_EXPORT=DIR [CENSUS_SCREENSHOTS=DIR] node --test export.test.mjs

import assert from 'node:assert/strict';
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { launch, recorded } from './browser.mjs';
import { host } from './host.mjs';

const EXPORT = process.env.CENSUS_EXPORT;
assert.ok(EXPORT, 'set CENSUS_EXPORT to the directory of an export');
const LATEST = JSON.parse(readFileSync(join(EXPORT, 'data/latest.json'), 'utf8')).release;
const SCREENSHOTS = process.env.CENSUS_SCREENSHOTS;
const PHONE = { width: 360, height: 740 };

let browser;

before(async () => {
  browser = await launch();
});

after(() => browser?.close());

/** Opens a page and records everything it says and asks for. */
async function visit(address, { largeArchives = false, ...options } = {}) {
  const { context, page, seen } = await recorded(browser, options);
  if (largeArchives) {
    // As if the archives were too large to be loaded whole.
    await page.addInitScript(() => {
      addEventListener('readystatechange', () => document.getElementById('map')?.setAttribute('data-archive-bytes', '99000000'), { capture: true, once: true });
    });
  }
  const response = await page.goto(address, { waitUntil: 'load' });
  return { context, page, seen, response };
}

async function drawn(page) {
  await page.locator('#map[data-state="ready"]').waitFor({ timeout: 30_000 });
  await page.locator('#map[data-cells-in-view]').waitFor({ timeout: 30_000 });
  const cells = Number(await page.locator('#map').getAttribute('data-cells-in-view'));
  assert.ok(cells > 0, 'cells are drawn');
  return cells;
}

/** Nothing left the site, nothing failed, nothing was blocked. */
async function quiet({ page, seen }, { site, asked }) {
  for (const url of seen.requests) {
    assert.ok(url.startsWith(site), `asked outside of the site: ${url}`);
    assert.equal(new URL(url).search, '', `a request carries a query: ${url}`);
  }
  assert.deepEqual(asked.filter(({ status }) => status >= 400), [], 'everything asked for is there');
  assert.deepEqual(seen.console, [], 'the console is silent');
  assert.deepEqual(await page.evaluate(() => window.violations ?? []), [], 'the content policy is silent');
}

async function picture(page, name) {
  if (!SCREENSHOTS) return;
  mkdirSync(SCREENSHOTS, { recursive: true });
  await page.screenshot({ path: join(SCREENSHOTS, `export-${name}.png`), fullPage: true });
}

describe('a static export', () => {
  test('draws map and areas, leads to an area and to a download, below a path of a plain host', async () => {
    const there = await host(EXPORT, '/city/census/');
    const visited = await visit(there.site);
    const { context, page } = visited;
    await picture(page, 'home');
    await page.locator('nav a', { hasText: 'Map' }).click();
    await drawn(page);
    await picture(page, 'map');
    await page.locator('#map[data-sets]').waitFor({ state: 'attached', timeout: 30_000 });
    await page.locator('input[name="layer"][value^="areas:"]').first().check();
    await page.locator('#map[data-layer^="areas:"]').waitFor();
    await page.waitForTimeout(1500);
    const box = await page.locator('#map').boundingBox();
    await page.mouse.click(box.x + box.width * 0.4, box.y + box.height * 0.4);
    await page.locator('#details').waitFor({ state: 'visible' });
    assert.doesNotMatch(await page.locator('#details h2').textContent(), /^Cell/);
    await picture(page, 'map-areas');
    await quiet(visited, there);

    await page.locator('nav a', { hasText: 'Areas' }).click();
    await page.locator('#content tbody a').first().click();
    await page.locator('#content tbody tr th a').first().click();
    assert.match(new URL(page.url()).pathname, /^\/city\/census\/areas\/[\w-]+\/[\w-]+\/index\.html$/);
    assert.equal(await page.locator('svg').first().isVisible(), true);
    await page.locator('.languages a[lang="es"]').click();
    assert.equal(await page.locator('html').getAttribute('lang'), 'es');

    await page.locator('nav li:nth-child(4) a').click();
    const file = await page.locator('a', { hasText: /^summary\.json$/ }).first();
    const answer = await page.request.get(await file.evaluate((link) => link.href));
    assert.equal((await answer.json()).release, LATEST);
    await quiet(visited, there);
    await context.close();
    await there.close();
  });

  for (const [what, options] of [['by parts', {}], ['whole, from a host that knows no ranges', { ranges: false }]]) {
    test(`reads an archive that is too large to be loaded at once ${what}`, async () => {
      const there = await host(EXPORT, '/', options);
      const visited = await visit(`${there.site}map/index.html`, { largeArchives: true });
      const { context, page } = visited;
      await drawn(page);
      await page.locator('#zoom-in').click();
      await page.waitForTimeout(1500);
      const parts = there.asked.filter(({ url }) => url.endsWith('/density.pmtiles'));
      assert.ok(parts.every(({ range }) => range), 'ranges are asked for');
      if (options.ranges === false) assert.deepEqual(parts.map(({ status }) => status), [200], 'the whole is fetched once and kept');
      else assert.ok(parts.length > 1 && parts.every(({ status }) => status === 206));
      await quiet(visited, there);
      await context.close();
      await there.close();
    });
  }

  test('works from storage that knows no index documents', async () => {
    const there = await host(EXPORT, '/bucket/', { indexes: false });
    const visited = await visit(`${there.site}map/index.html`);
    const { context, page } = visited;
    await drawn(page);
    for (const [link, path] of [['nav li:nth-child(3) a', 'areas/index.html'], ['nav li:nth-child(5) a', 'compare/index.html'], ['.name a', 'index.html'], ['.languages a[lang="fr"]', 'fr/index.html'], ['nav li:nth-child(2) a', 'fr/map/index.html']]) {
      await page.locator(link).click();
      assert.equal(page.url().replace(/#.*/, ''), there.site + path);
    }
    await drawn(page);
    await quiet(visited, there);
    await context.close();
    await there.close();
  });

  test('shows pictures and tables without scripts', async () => {
    const there = await host(EXPORT, '/city/census/');
    const visited = await visit(`${there.site}map/index.html`, { javaScriptEnabled: false });
    const { context, page, seen } = visited;
    assert.equal(await page.locator('#still svg').isVisible(), true);
    assert.ok((await page.locator('#cells tbody tr').count()) > 0);
    await picture(page, 'no-script');
    await page.locator('nav li:nth-child(3) a').click();
    await page.locator('#content tbody a').first().click();
    await page.locator('#content tbody tr th a').first().click();
    assert.equal(await page.locator('svg').first().isVisible(), true);
    assert.deepEqual(seen.console, []);
    assert.ok(seen.requests.every((url) => url.startsWith(there.site)));
    assert.deepEqual(there.asked.filter(({ status }) => status >= 400), []);
    await context.close();
    await there.close();
  });

  test('fits a phone in the dark', async () => {
    const there = await host(EXPORT, '/city/census/');
    const visited = await visit(`${there.site}map/index.html`, { viewport: PHONE, hasTouch: true, isMobile: true, colorScheme: 'dark' });
    const { context, page } = visited;
    await drawn(page);
    await picture(page, 'phone-dark-map');
    for (const path of ['index.html', 'data/index.html', 'data/latest/index.html', 'releases/index.html', 'privacy/index.html']) {
      await page.goto(there.site + path);
      assert.ok((await page.evaluate(() => document.documentElement.scrollWidth)) <= PHONE.width, `${path} scrolls sideways`);
      await picture(page, `phone-dark-${path.replaceAll('/', '-')}`);
    }
    await page.goto(`${there.site}areas/index.html`);
    await page.locator('#content tbody a').first().click();
    await page.locator('#content tbody tr th a').first().click();
    assert.ok((await page.evaluate(() => document.documentElement.scrollWidth)) <= PHONE.width);
    await picture(page, 'phone-dark-area');
    await quiet(visited, there);
    // Without a base address it names no icon, so the browser looks for one at the root of the host.
    await page.goto(`${there.site}404.html`);
    assert.equal(await page.locator('h1').count(), 6, 'in every language');
    await picture(page, 'phone-dark-404');
    await context.close();
    await there.close();
  });
});
