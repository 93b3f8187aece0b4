// Every page of the site in a real browser: found by following links from the first page, as a visitor finds them. Needs a
// running server with a release: CENSUS_URL=http://127.0.0.1:8080/ [CENSUS_SCREENSHOTS=DIR] node --test pages.test.mjs

import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { accessible, launch, recorded } from './browser.mjs';
import { LANGUAGES, onePerShape, pagesOf } from './crawl.mjs';
import { watching } from './proxy.mjs';

const BASE = process.env.CENSUS_URL;
assert.ok(BASE, 'set CENSUS_URL to the address of a running server');
const ORIGIN = new URL(BASE).origin;
const SCREENSHOTS = process.env.CENSUS_SCREENSHOTS;
const DESKTOP = { width: 1280, height: 900 };
const PHONE = { width: 390, height: 844 };
/** What the map may weigh, compressed, before its first cell is drawn. */
const MAP_BYTES = 450_000;

let browser;
let pages;

before(async () => {
  browser = await launch();
  pages = await pagesOf(ORIGIN);
  if (SCREENSHOTS) mkdirSync(SCREENSHOTS, { recursive: true });
});

after(() => browser?.close());

/** A page of a language: the same path behind its prefix. */
const inLanguage = (path, language) => (language === 'en' ? path : `/${language}${path}`);

async function picture(page, name) {
  if (SCREENSHOTS) await page.screenshot({ path: join(SCREENSHOTS, `${name.replaceAll('/', '_')}.png`), fullPage: true });
}

/** Opens pages one after the other, waits until each is quiet, and hands it over; what they said and asked for is checked. */
async function visit(paths, options, look) {
  // Pages come from the server: what the form keeps for use without a network has its own tests.
  const { context, page, seen } = await recorded(browser, { ...options, serviceWorkers: 'block' });
  for (const path of paths) {
    const before = seen.requests.length;
    const response = await page.goto(`${ORIGIN}${path}`, { waitUntil: 'load' });
    assert.equal(response.status(), 200, path);
    if (options.javaScriptEnabled !== false && (await page.locator('#map[data-archive]').count()) > 0) {
      await page.locator('#map[data-cells-in-view]').waitFor({ timeout: 30_000 });
    }
    await look(page, path);
    for (const asked of seen.requests.slice(before)) {
      const address = new URL(asked);
      assert.equal(address.origin, ORIGIN, `${path} asks another host: ${asked}`);
      assert.equal(address.search, '', `${path} asks with a query: ${asked}`);
    }
    assert.deepEqual(seen.console, [], path);
    if (options.javaScriptEnabled !== false) assert.deepEqual(await page.evaluate(() => window.violations), [], path);
  }
  await context.close();
}

const isWithinItsWidth = (page) => page.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth);

describe('every page', () => {
  test('is found by following links, in every language', () => {
    const shapes = onePerShape(pages);
    for (const path of ['/', '/map', '/areas', '/data', '/compare', '/method', '/privacy', '/releases', '/submit']) {
      assert.ok(shapes.includes(path), `${path} among ${shapes.join(' ')}`);
      for (const language of LANGUAGES) assert.ok(pages.includes(inLanguage(path, language)), `${language} ${path}`);
    }
    assert.ok(shapes.some((path) => path.endsWith('/briefing')), 'a briefing');
  });

  test('has no violation of WCAG 2.2 AA in either scheme, at either width', async () => {
    for (const [colorScheme, viewport] of [['light', DESKTOP], ['dark', PHONE]]) {
      await visit(onePerShape(pages), { colorScheme, viewport }, async (page, path) => {
        await accessible(page, `${path} in ${colorScheme}`);
        await picture(page, `${path}-${colorScheme}-${viewport.width}`);
      });
    }
  });

  test('is as accessible from right to left, and stays within the width of a phone in every language', async () => {
    for (const language of LANGUAGES) {
      const addresses = onePerShape(pages).map((path) => inLanguage(path, language)).filter((address) => pages.includes(address));
      await visit(addresses, { viewport: PHONE }, async (page, address) => {
        assert.ok(await isWithinItsWidth(page), `${address} is wider than a phone`);
        if (language !== 'ar') return;
        assert.equal(await page.evaluate(() => getComputedStyle(document.body).direction), 'rtl');
        await accessible(page, address);
        await picture(page, `${address}-${PHONE.width}`);
      });
    }
  });

  test('says as much without scripts, has a table for every map, and prints', async () => {
    await visit(onePerShape(pages), { javaScriptEnabled: false, viewport: DESKTOP }, async (page, path) => {
      await page.emulateMedia({ media: 'screen' });
      assert.ok((await page.locator('main h1').innerText()).length > 0, path);
      assert.ok((await page.locator('main').innerText()).length > 60, `${path} says next to nothing`);
      const maps = await page.locator('svg.still-map').count();
      const tables = await page.locator('table').count();
      assert.ok(maps === 0 || tables > 0, `${path} has ${maps} maps and ${tables} tables`);
      await picture(page, `${path}-plain`);
      await page.emulateMedia({ media: 'print' });
      assert.equal(await page.locator('nav').first().isVisible(), false, `${path} prints its navigation`);
      await picture(page, `${path}-print`);
    });
  });
});

describe('the map page', () => {
  test('weighs no more than it may before its first cell, worker and counts included', async () => {
    const { origin, asked, close } = await watching(ORIGIN);
    const { context, page } = await recorded(browser, { viewport: DESKTOP });
    // What the page fetches once its first cells are drawn, told at the moment of asking: the next request follows at once.
    await page.addInitScript(() => {
      const { fetch } = window;
      window.fetchedLater = [];
      window.fetch = (address, options) => {
        if (document.getElementById('map')?.dataset.state === 'ready') window.fetchedLater.push(new URL(address, location.href).pathname);
        return fetch(address, options);
      };
    });
    await page.goto(`${origin}/map`, { waitUntil: 'load' });
    await page.locator('#map[data-ground="laid"]').waitFor({ timeout: 30_000 });
    const later = await page.evaluate(() => window.fetchedLater);
    assert.ok(later.some((path) => path.endsWith('/manifest.json')), 'the page goes on after its first cells');
    const before = asked.filter(({ path }) => !later.includes(path));
    const said = before.map(({ path, bytes }) => `${path} ${bytes}`).join(', ');
    for (const name of ['map.js', 'map-engine.js', 'map-shared.js', 'map-worker.js', 'style.css']) {
      const found = before.filter(({ path }) => path.endsWith(`/${name}`));
      assert.equal(found.length, 1, `${name} is asked for once: ${said}`);
      assert.equal(found[0].answered['content-encoding'], 'br', name);
    }
    const bytes = before.reduce((sum, one) => sum + one.bytes, 0);
    console.log(`# the map page and everything up to its first cell: ${bytes} bytes`);
    assert.ok(bytes > 100_000 && bytes <= MAP_BYTES, `${bytes} bytes: ${said}`);
    await context.close();
    close();
  });
});
