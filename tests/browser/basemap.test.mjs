// What lies under the counts: a base map from a file of the operator, and without one the land, the streets of the survey and
// outlines of areas. In a real browser, each test with a census of its own.
// CENSUS_PROGRAM=target/debug/camera-census [CENSUS_SCREENSHOTS=DIR] node --test basemap.test.mjs

import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { archive } from './archive.mjs';
import { accessible, launch, palette, recorded } from './browser.mjs';
import { host } from './host.mjs';
import { watching } from './proxy.mjs';
import { World } from './world.mjs';

const SAMPLES = fileURLToPath(new URL('../../samples', import.meta.url));
const SCREENSHOTS = process.env.CENSUS_SCREENSHOTS;
const read = (name) => JSON.parse(readFileSync(join(SAMPLES, name), 'utf8'));

let browser;
let world;
let islands;

/** West, south, east and north of the districts of the sample. */
function bounds() {
  const points = read('synthetic-districts.geojson').features.flatMap(({ geometry }) => geometry.coordinates.flat());
  const [longitudes, latitudes] = [points.map(([x]) => x), points.map(([, y]) => y)];
  return [Math.min(...longitudes), Math.min(...latitudes), Math.max(...longitudes), Math.max(...latitudes)];
}

/** A base map of the city of the sample: a grid of streets, a lake in the west, and a name in several languages. */
function city() {
  const [west, south, east, north] = bounds();
  const middle = [(west + east) / 2, (south + north) / 2];
  const steps = Array.from({ length: 21 }, (_, index) => index / 20);
  const feature = (kind, geometry, more) => ({ type: 'Feature', properties: { kind, ...more }, geometry });
  const line = (...coordinates) => feature('major_road', { type: 'LineString', coordinates });
  const box = (left, bottom, right, top) => ({ type: 'Polygon', coordinates: [[[left, bottom], [right, bottom], [right, top], [left, top], [left, bottom]]] });
  const [across, along] = [(part) => west + part * (east - west), (part) => south + part * (north - south)];
  const layers = {
    earth: [feature('earth', box(west - 1, south - 1, east + 1, north + 1))],
    water: [feature('lake', box(west - 0.05, south - 0.05, west, north + 0.05))],
    roads: steps.flatMap((part) => [line([across(part), south], [across(part), north]), line([west, along(part)], [east, along(part)])]),
    places: [feature('locality', { type: 'Point', coordinates: middle }, { name: 'Musterstadt', 'name:en': 'Sampleton', 'name:ar': 'مدينة' })],
  };
  const collections = Object.fromEntries(Object.entries(layers).map(([name, features]) => [name, { type: 'FeatureCollection', features }]));
  return archive(collections, [west - 0.05, south - 0.05, east + 0.05, north + 0.05], 14, '<a href="https://example.org">Surveyors</a>');
}

before(async () => {
  browser = await launch();
  world = new World();
  world.census('import', join(SAMPLES, 'synthetic-city.geojson'), '--source', 'walk');
  world.census('areas', 'import', join(SAMPLES, 'synthetic-districts.geojson'), '--set', 'districts', '--name-field', 'name');
  world.census('effort', 'import', join(SAMPLES, 'synthetic-streets.geojson'));
  world.census('release', 'build');
  world.basemap = join(world.root, 'city.pmtiles');
  writeFileSync(world.basemap, city());
});

after(async () => {
  await browser?.close();
  await world?.remove();
  await islands?.remove();
});

/** Starts the server, with the base map or without. */
async function serve({ withBasemap }) {
  await world.stop();
  world.environment.CENSUS_BASEMAP = withBasemap ? world.basemap : '';
  if (!withBasemap) delete world.environment.CENSUS_BASEMAP;
  return world.serve();
}

/** Opens a map and waits until everything that belongs under it is there. */
async function visit(address, options) {
  const visited = await recorded(browser, options);
  await visited.page.goto(address);
  await visited.page.locator('#map[data-state="ready"][data-cells-in-view][data-ground]').waitFor({ timeout: 30_000 });
  await settled(visited.page);
  return visited;
}

/** Waits until the map looks the same twice. */
async function settled(page) {
  let before;
  for (let turn = 0; turn < 30; turn += 1) {
    const now = JSON.stringify(await palette(page));
    if (now === before) return;
    before = now;
    await page.waitForTimeout(400);
  }
}

/** The value of a colour of the style sheet, as a canvas gives it back. */
const colour = (page, name) =>
  page.evaluate((wanted) => {
    const probe = document.createElement('i');
    probe.style.color = `var(${wanted})`;
    document.body.append(probe);
    const value = getComputedStyle(probe).color;
    probe.remove();
    return value;
  }, name);

const paths = ({ requests }) => requests.map((url) => new URL(url).pathname);

async function quiet({ page, seen }, origin) {
  for (const url of seen.requests) {
    assert.ok(url.startsWith(origin), `asked another host: ${url}`);
    assert.equal(new URL(url).search, '', `a request carries a query: ${url}`);
  }
  assert.deepEqual(seen.console, [], 'the console is silent');
  assert.deepEqual(await page.evaluate(() => window.violations), [], 'the content policy is silent');
}

async function picture(page, name) {
  if (!SCREENSHOTS) return;
  mkdirSync(SCREENSHOTS, { recursive: true });
  await page.screenshot({ path: join(SCREENSHOTS, `basemap-${name}.png`) });
}

describe('a base map', () => {
  for (const [name, path, options] of [['light', '/map', {}], ['dark', '/ar/map', { colorScheme: 'dark' }]]) {
    test(`lies under the counts in the colours of the scheme: ${name}`, async () => {
      const origin = await serve({ withBasemap: true });
      const visited = await visit(origin + path, options);
      const { context, page, seen } = visited;
      const drawn = await palette(page);
      for (const ink of ['--map-water', '--map-earth']) assert.ok(drawn[await colour(page, ink)] > 50, `${ink} is on the map`);
      const asked = paths(seen);
      assert.ok(asked.some((one) => /^\/basemap\/[0-9a-f]{16}\/\d+\/\d+\/\d+\.mvt$/.test(one)), 'tiles of the base map were asked for');
      assert.ok(!asked.some((one) => /land\.geojson|effort-units|glyph|font|\.pbf/.test(one)), asked.join('\n'));
      const credit = await page.locator('.note', { hasText: 'Surveyors' }).first().innerHTML();
      assert.doesNotMatch(credit, /<a|example\.org/, 'the attribution is text');
      await accessible(page, path);
      await picture(page, name);
      const [west, south] = bounds();
      await page.evaluate((hash) => location.assign(hash), `#16/${south}/${west}/all/count`);
      await settled(page);
      assert.ok((await palette(page))[await colour(page, '--map-road')] > 1000, 'streets are on the map');
      await picture(page, `${name}-near`);
      await quiet(visited, origin);
      await context.close();
    });
  }

  test('follows the scheme of the reader while the map is open', async () => {
    const origin = await serve({ withBasemap: true });
    const { context, page } = await visit(`${origin}/map`);
    const water = await colour(page, '--map-water');
    await page.emulateMedia({ colorScheme: 'dark' });
    await settled(page);
    const drawn = await palette(page);
    assert.notEqual(await colour(page, '--map-water'), water);
    assert.ok(drawn[await colour(page, '--map-water')] > 50, 'the lake has the colour of the dark scheme');
    assert.equal(drawn[water], undefined, 'nothing is left of the light one');
    await context.close();
  });

  test('is copied into an export, and read there by parts', async () => {
    await world.stop();
    const directory = join(world.root, 'export');
    world.census('release', 'export', '--static', directory, '--briefings', 'none', '--basemap', world.basemap);
    const there = await host(directory, '/city/');
    const visited = await recorded(browser);
    const { context, page } = visited;
    await page.addInitScript(() => {
      // As if the archive were too large to be loaded whole.
      addEventListener('readystatechange', () => document.getElementById('map')?.setAttribute('data-basemap-bytes', '99000000'), { capture: true, once: true });
    });
    await page.goto(`${there.site}map/index.html`);
    await page.locator('#map[data-state="ready"][data-cells-in-view][data-ground]').waitFor({ timeout: 30_000 });
    await settled(page);
    const drawn = await palette(page);
    assert.ok(drawn[await colour(page, '--map-water')] > 50, 'the lake is on the map');
    const parts = there.asked.filter(({ url }) => /\/basemap\/[0-9a-f]{16}\.pmtiles$/.test(url));
    assert.ok(parts.length > 1 && parts.every(({ status }) => status === 206), JSON.stringify(parts));
    assert.deepEqual(there.asked.filter(({ status }) => status >= 400), []);
    await quiet(visited, there.site);
    await context.close();
    await there.close();
  });
});

describe('the report form beside a base map', () => {
  test('asks for the same wherever the pin is set, and for no ground', async () => {
    const origin = await serve({ withBasemap: true });
    const [west, south, east, north] = bounds();
    const visits = [];
    for (const part of [0.2, 0.8]) {
      // Slow enough for the pin to be moved before the cells are there.
      const proxy = await watching(origin, { delay: (path) => (path.endsWith('/cells-r10.csv') ? 500 : 0) });
      // The worker that keeps the form for use without a network asks for a list of its own, sometimes before the page does.
      const { context, page } = await recorded(browser, { serviceWorkers: 'block' });
      await page.goto(`${proxy.origin}/submit`);
      await page.locator('#map[data-state="ready"]').waitFor({ timeout: 30_000 });
      await page.locator('#latitude').fill(String(south + part * (north - south)));
      await page.locator('#longitude').fill(String(west + part * (east - west)));
      await page.locator('#longitude').blur();
      await page.locator('#known:not([hidden])').waitFor();
      await page.locator('#latitude').fill(String(south + (1 - part) * (north - south)));
      await page.locator('#latitude').blur();
      await page.waitForTimeout(2000);
      const asked = proxy.asked.map(({ path }) => path);
      assert.ok(!asked.some((path) => path.includes('/basemap/') || path.includes('/tiles/')), asked.join(' '));
      assert.equal(asked.filter((path) => path.endsWith('/cells-r10.csv')).length, 1, 'known cells are fetched once');
      visits.push(proxy.asked.map(({ sent }) => sent.replaceAll(proxy.origin, 'ORIGIN')).sort());
      await context.close();
      proxy.close();
    }
    assert.ok(visits[0].length > 3);
    assert.deepEqual(visits[0], visits[1]);
  });
});

describe('without a base map', () => {
  test('a city lies on paper with the streets of its survey and the outlines of its areas, and no land is asked for', async () => {
    const origin = await serve({ withBasemap: false });
    const visited = await visit(`${origin}/map`);
    const asked = paths(visited.seen);
    assert.ok(asked.some((one) => one.endsWith('/effort-units.geojson')), 'the streets were asked for');
    assert.ok(asked.some((one) => one.endsWith('/areas.pmtiles')), 'the areas were asked for');
    assert.ok(!asked.some((one) => one.endsWith('/land.geojson')), 'no land was asked for');
    const drawn = await palette(visited.page);
    assert.ok(drawn[await colour(visited.page, '--ground')] > 50, 'the ground is paper');
    assert.equal(drawn[await colour(visited.page, '--map-water')] ?? 0, 0, 'there is no sea');
    await accessible(visited.page, '/map');
    await picture(visited.page, 'none-city');
    await quiet(visited, origin);
    await visited.context.close();
  });

  test('a region lies on land in the sea, which is asked for once', async () => {
    const origin = await serve({ withBasemap: false });
    const visited = await visit(`${origin}/map#4/52/10`);
    const { context, page, seen } = visited;
    const drawn = await palette(page);
    for (const ink of ['--map-water', '--map-earth']) assert.ok(drawn[await colour(page, ink)] > 5000, `${ink} is on the map`);
    await picture(page, 'none-region');
    await page.locator('#zoom-out').click();
    await settled(page);
    assert.equal(paths(seen).filter((one) => one.endsWith('/land.geojson')).length, 1);
    await page.emulateMedia({ colorScheme: 'dark' });
    await settled(page);
    const dark = await palette(page);
    for (const ink of ['--map-water', '--map-earth']) assert.ok(dark[await colour(page, ink)] > 5000, `${ink} follows the scheme`);
    await picture(page, 'none-world-dark');
    await quiet(visited, origin);
    await context.close();
  });

  test('a census across the antimeridian is drawn on both sides of it', async () => {
    islands = new World();
    const camera = (longitude) => ({ type: 'Feature', properties: { kind: 'dome' }, geometry: { type: 'Point', coordinates: [longitude, -16.8] } });
    const file = join(islands.root, 'islands.geojson');
    writeFileSync(file, JSON.stringify({ type: 'FeatureCollection', features: [camera(179.2), camera(-179.2)] }));
    islands.census('import', file, '--source', 'walk');
    islands.census('release', 'build');
    const { context, page } = await visit(`${await islands.serve()}/map`);
    assert.equal(await page.locator('#map').getAttribute('data-cells-in-view'), '2');
    for (let turn = 0; turn < 4; turn += 1) {
      await page.locator('#zoom-out').click();
      await settled(page);
    }
    await picture(page, 'antimeridian');
    const drawn = await palette(page);
    for (const ink of ['--map-water', '--map-earth', '--class-1']) assert.ok(drawn[await colour(page, ink)] > 20, `${ink} is on the map`);
    await context.close();
  });

  test('readers who ask for contrast get lines in the colour of the words', async () => {
    const origin = await serve({ withBasemap: false });
    const visited = await visit(`${origin}/map`, { contrast: 'more' });
    const { context, page } = visited;
    assert.equal(await colour(page, '--cell-line'), await colour(page, '--ink'));
    assert.ok((await palette(page))[await colour(page, '--ink')] > 200, 'the edges of the cells are drawn so');
    await accessible(page, 'more contrast');
    await quiet(visited, origin);
    await context.close();
  });
});
