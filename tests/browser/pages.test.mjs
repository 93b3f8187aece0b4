// Every page of the site in a real browser: found by following links from the first page, as a visitor finds them. Needs a
// running server with a release: CENSUS_URL=http://127.0.0.1:8080/ [CENSUS_SCREENSHOTS=DIR] node --test pages.test.mjs

import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import { createServer, request as forward } from 'node:http';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { accessible, launch, recorded } from './browser.mjs';
import { LANGUAGES, ofEach, onePerShape, pagesOf } from './crawl.mjs';

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

/** Opens a page, waits until it is quiet, and hands it over; what it said and asked for is checked afterwards. */
async function visit(path, options, look) {
  const { context, page, seen } = await recorded(browser, options);
  const response = await page.goto(`${ORIGIN}${path}`, { waitUntil: 'load' });
  assert.equal(response.status(), 200, path);
  if (options.javaScriptEnabled !== false && (await page.locator('#map[data-archive]').count()) > 0) {
    await page.locator('#map[data-cells-in-view]').waitFor({ timeout: 30_000 });
  }
  await look(page);
  for (const asked of seen.requests) {
    const address = new URL(asked);
    assert.equal(address.origin, ORIGIN, `${path} asks another host: ${asked}`);
    assert.equal(address.search, '', `${path} asks with a query: ${asked}`);
  }
  assert.deepEqual(seen.console, [], path);
  if (options.javaScriptEnabled !== false) assert.deepEqual(await page.evaluate(() => window.violations), [], path);
  await context.close();
  return seen;
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
    await ofEach(onePerShape(pages), async (path) => {
      for (const [colorScheme, viewport] of [['light', DESKTOP], ['dark', PHONE]]) {
        await visit(path, { colorScheme, viewport }, async (page) => {
          await accessible(page, `${path} in ${colorScheme}`);
          await picture(page, `${path}-${colorScheme}-${viewport.width}`);
        });
      }
    });
  });

  test('is as accessible from right to left, and stays within the width of a phone in every language', async () => {
    const addresses = onePerShape(pages).flatMap((path) => LANGUAGES.map((language) => [inLanguage(path, language), path, language]));
    await ofEach(addresses.filter(([address]) => pages.includes(address)), async ([address, path, language]) => {
      await visit(address, { viewport: PHONE }, async (page) => {
        assert.ok(await isWithinItsWidth(page), `${address} is wider than a phone`);
        if (language !== 'ar') return;
        assert.equal(await page.evaluate(() => getComputedStyle(document.body).direction), 'rtl');
        await accessible(page, address);
        await picture(page, `${path}-ar-${PHONE.width}`);
      });
    });
  });

  test('says as much without scripts, has a table for every map, and prints', async () => {
    await ofEach(onePerShape(pages), async (path) => {
      await visit(path, { javaScriptEnabled: false, viewport: DESKTOP }, async (page) => {
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
});

/** Passes everything on to the server, and remembers of each request when it came and how many bytes were answered. */
async function counting() {
  const asked = [];
  const proxy = createServer((request, response) => {
    const entry = { path: request.url, at: Date.now(), bytes: 0, headers: {} };
    asked.push(entry);
    const onward = forward(`${ORIGIN}${request.url}`, { method: request.method, headers: request.headers }, (answer) => {
      entry.headers = answer.headers;
      entry.bytes = answer.rawHeaders.join('').length + 4 * answer.rawHeaders.length;
      answer.on('data', (part) => {
        entry.bytes += part.length;
      });
      response.writeHead(answer.statusCode, answer.rawHeaders);
      answer.pipe(response);
    });
    request.pipe(onward);
  }).listen(0, '127.0.0.1');
  await once(proxy, 'listening');
  return { origin: `http://127.0.0.1:${proxy.address().port}`, asked, close: () => proxy.close() };
}

describe('the map page', () => {
  test('weighs no more than it may before its first cell, worker and counts included', async () => {
    const { origin, asked, close } = await counting();
    const { context, page } = await recorded(browser, { viewport: DESKTOP });
    await page.addInitScript(() => {
      new MutationObserver(() => {
        if (document.getElementById('map')?.dataset.state === 'ready') window.readyAt ??= Date.now();
      }).observe(document, { subtree: true, childList: true, attributes: true, attributeFilter: ['data-state'] });
    });
    await page.goto(`${origin}/map`, { waitUntil: 'load' });
    await page.waitForFunction(() => window.readyAt);
    const readyAt = await page.evaluate(() => window.readyAt);
    const before = asked.filter(({ at }) => at <= readyAt);
    const said = before.map(({ path, bytes }) => `${path} ${bytes}`).join(', ');
    for (const name of ['map.js', 'map-engine.js', 'map-shared.js', 'map-worker.js', 'style.css']) {
      const found = before.filter(({ path }) => path.endsWith(`/${name}`));
      assert.equal(found.length, 1, `${name} is asked for once: ${said}`);
      assert.equal(found[0].headers['content-encoding'], 'br', name);
    }
    const bytes = before.reduce((sum, one) => sum + one.bytes, 0);
    console.log(`# the map page and everything up to its first cell: ${bytes} bytes`);
    assert.ok(bytes > 100_000 && bytes <= MAP_BYTES, `${bytes} bytes: ${said}`);
    await context.close();
    close();
  });
});
