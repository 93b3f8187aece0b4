// Finding an area, and sharing what is on the map, in a real browser; nothing of either may reach the server. Needs a running
// server whose release has areas: CENSUS_URL=http://127.0.0.1:8080/ node --test site.test.mjs

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { accessible, launch, recorded } from './browser.mjs';
import { watching } from './proxy.mjs';
import { distinctive, parse } from '../../static/names.js';

const BASE = process.env.CENSUS_URL;
assert.ok(BASE, 'set CENSUS_URL to the address of a running server');
const ORIGIN = new URL(BASE).origin;

let browser;
let area;

before(async () => {
  browser = await launch();
  const { release, sets } = await (await fetch(`${ORIGIN}/api/v1/areas`)).json();
  const { set } = sets[0];
  const [first] = parse(await (await fetch(`${ORIGIN}/data/${release}/areas-${set}.csv`)).text());
  area = { ...first, set };
});

after(() => browser?.close());

async function open(path, options) {
  const visited = await recorded(browser, options);
  await visited.page.goto(`${ORIGIN}${path}`, { waitUntil: 'load' });
  return visited;
}

async function ready(page) {
  await page.locator('#map[data-cells-in-view]').waitFor({ timeout: 30_000 });
  await page.locator('#map[data-sets]').waitFor({ state: 'attached', timeout: 30_000 });
}

/** Nothing that was asked for names the area, a place or a choice. */
function assertSilent(requests) {
  for (const asked of requests) {
    const { origin, pathname, search } = new URL(asked);
    assert.equal(origin, ORIGIN);
    assert.equal(search, '');
    assert.ok(!pathname.includes(`/${area.slug}`), asked);
  }
}

describe('names of areas', () => {
  test('are compared without case and accents', () => {
    assert.equal(distinctive('  São  PAULO '), 'sao paulo');
    assert.equal(distinctive('Łódź'), 'łodz');
  });

  test('are read from a table with quoted fields', () => {
    const table = 'slug,name,cameras\na,"Upper, ""old"" town",1\nb,\'=1+1,2\nunassigned,In none,0\n';
    assert.deepEqual(parse(table), [
      { slug: 'a', name: 'Upper, "old" town' },
      { slug: 'b', name: '=1+1' },
    ]);
  });
});

describe('the search', () => {
  for (const path of ['/', '/areas', '/ar/']) {
    test(`finds an area by a part of its name on ${path}, by keyboard, and sends nothing of it`, async () => {
      const { context, page, seen } = await open(path);
      await page.locator('#search-name').fill(area.name.slice(1, 5).toUpperCase());
      await page.locator('#search-results a', { hasText: area.name }).first().waitFor();
      await accessible(page, `${path} with results`);
      assertSilent(seen.requests);
      await page.locator('#search-name').press('ArrowDown');
      assert.equal(await page.evaluate(() => document.activeElement.closest('#search-results') !== null), true);
      await page.locator('#search-results a', { hasText: area.name }).first().press('Enter');
      await page.waitForURL((url) => url.pathname.endsWith(`/areas/${area.set}/${area.slug}`));
      assert.equal((await page.locator('h1').innerText()).includes(area.name), true);
      await context.close();
    });
  }

  test('asks for the same whatever is typed', async () => {
    const visits = [];
    for (const typed of [area.name, 'qwertzuiop']) {
      const proxy = await watching(ORIGIN);
      const { context, page } = await recorded(browser);
      await page.goto(`${proxy.origin}/areas`, { waitUntil: 'load' });
      await page.locator('#search-name').pressSequentially(typed);
      await page.waitForTimeout(500);
      const asked = proxy.asked.map(({ sent }) => sent.replaceAll(proxy.origin, 'ORIGIN')).sort();
      assert.ok(asked.every((sent) => sent.startsWith('GET') && !sent.toLowerCase().includes(typed.toLowerCase())), typed);
      visits.push(asked);
      await context.close();
      proxy.close();
    }
    assert.ok(visits[0].length > 2);
    assert.deepEqual(visits[0], visits[1]);
  });

  test('says when nothing is found, and Escape empties it', async () => {
    const { context, page } = await open('/');
    await page.locator('#search-name').fill('zzzz');
    await page.locator('#search-note', { hasText: '0' }).waitFor();
    assert.equal(await page.locator('#search-results li').count(), 0);
    await page.locator('#search-name').press('Escape');
    assert.equal(await page.locator('#search-name').inputValue(), '');
    await context.close();
  });

  test('goes to the area on the map and opens its panel', async () => {
    const { context, page, seen } = await open('/map');
    await ready(page);
    await page.locator('#search-name').fill(area.name);
    await page.locator('#search-results a').first().click();
    await page.locator('#details-title', { hasText: area.name }).waitFor();
    assert.equal(await page.evaluate(() => location.pathname), '/map');
    assert.ok(decodeURIComponent(await page.evaluate(() => location.hash)).endsWith(`/areas:${area.set}/area:${area.slug}`));
    assertSilent(seen.requests);
    await context.close();
  });

  test('is not there without scripts, and the areas are', async () => {
    const { context, page } = await open('/', { javaScriptEnabled: false });
    assert.equal(await page.locator('#search').isVisible(), false);
    assert.equal(await page.locator('main a', { hasText: area.name }).first().isVisible(), true);
    await context.close();
  });
});

describe('a link to a view', () => {
  test('names the cell that was chosen in its fragment alone, and shows it again', async () => {
    const { context, page } = await open('/map', { permissions: ['clipboard-read', 'clipboard-write'] });
    await ready(page);
    await page.locator('#cells tbody button').first().click();
    const title = await page.locator('#details-title').innerText();
    await page.waitForFunction(() => location.hash.includes('/cell:'));
    await page.locator('#map-note').waitFor({ state: 'attached' });
    await page.locator('#copy-link').click();
    await page.locator('#map-note', { hasText: /./ }).waitFor();
    const copied = await page.evaluate(() => navigator.clipboard.readText());
    assert.equal(copied, page.url());
    assert.equal(new URL(copied).search, '');
    const again = await recorded(browser);
    await again.page.goto(copied, { waitUntil: 'load' });
    await ready(again.page);
    await again.page.locator('#details-title', { hasText: title }).waitFor({ timeout: 15_000 });
    const cell = decodeURIComponent(new URL(copied).hash).match(/cell:(\w+)/)[1];
    for (const line of again.seen.sent) assert.ok(!line.replace(/#\S*/g, '').includes(cell), line);
    await again.context.close();
    await context.close();
  });

  test('names the area that was chosen, and shows it again', async () => {
    const { context, page } = await open('/map');
    await ready(page);
    await page.locator('#search-name').fill(area.name);
    await page.locator('#search-results a').first().click();
    await page.waitForFunction(() => location.hash.includes('/area:'));
    const again = await open(`/map${await page.evaluate(() => location.hash)}`);
    await again.page.locator('#map[data-layer^="areas:"]').waitFor();
    await again.page.locator('#details-title', { hasText: area.name }).waitFor({ timeout: 15_000 });
    assertSilent(again.seen.requests);
    await again.context.close();
    await context.close();
  });
});

describe('the list of cells', () => {
  test('says in words what is known of each cell, to whoever goes from row to row by keyboard', async () => {
    const { context, page } = await open('/map');
    await ready(page);
    const first = page.locator('#cells tbody button').first();
    const said = await first.getAttribute('aria-label');
    const shown = await page.locator('#cells tbody tr').first().locator('td').first().innerText();
    assert.ok(said.includes(`Cameras: ${shown}`) && said.includes('Surveyed: '), said);
    await first.focus();
    await page.keyboard.press('Enter');
    await page.locator('#details').waitFor();
    assert.equal(await page.evaluate(() => document.activeElement.id), 'details-title');
    await page.keyboard.press('Escape');
    assert.equal(await page.locator('#details').isVisible(), false);
    await context.close();
  });
});
