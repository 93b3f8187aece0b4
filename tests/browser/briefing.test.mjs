// The page of a briefing in a real browser: two pages on paper, and usable by everybody.
// CENSUS_PROGRAM=PATH [CENSUS_SCREENSHOTS=DIR] node --test briefing.test.mjs

import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { accessible, launch, recorded } from './browser.mjs';
import { World } from './world.mjs';

const sample = (name) => fileURLToPath(new URL(`../../samples/${name}`, import.meta.url));
const PATH = 'areas/districts/altstadt/briefing';

let world;
let browser;

before(async () => {
  world = new World();
  world.census('import', sample('synthetic-city.geojson'), '--source', 'walk');
  const people = ['--population-field', 'residents', '--population-source', 'Invented', '--population-year', '2026'];
  world.census('areas', 'import', sample('synthetic-districts.geojson'), '--set', 'districts', '--name-field', 'name', ...people);
  world.census('release', 'build', '--as-of', '2026-W46');
  world.census('effort', 'import', sample('synthetic-streets.geojson'));
  world.census('release', 'build', '--as-of', '2026-W47');
  await world.serve();
  browser = await launch();
});

after(async () => {
  await browser?.close();
  await world?.remove();
});

/** How many pages a PDF has: the largest count in its tree of pages. */
const pages = (pdf) => Math.max(...[...pdf.toString('latin1').matchAll(/\/Count (\d+)/g)].map(([, count]) => Number(count)));

describe('a briefing', () => {
  for (const prefix of ['', 'es/', 'fr/', 'de/', 'zh-Hans/', 'ar/']) {
    test(`has two pages on A4 and Letter: /${prefix}`, async () => {
      const { context, page } = await recorded(browser, {});
      await page.goto(`${world.origin}/${prefix}${PATH}`);
      for (const format of ['A4', 'Letter']) assert.equal(pages(await page.pdf({ format })), 2, format);
      await context.close();
    });
  }

  test('asks for nothing but itself, breaks no policy and has no violation of WCAG, light and dark, wide and narrow', async () => {
    for (const colorScheme of ['light', 'dark']) {
      for (const viewport of [{ width: 1280, height: 900 }, { width: 390, height: 800 }]) {
        const { context, page, seen } = await recorded(browser, { colorScheme, viewport });
        await page.goto(`${world.origin}/${PATH}`);
        await accessible(page, `${colorScheme} ${viewport.width}`);
        assert.deepEqual(seen.console, []);
        assert.deepEqual(await page.evaluate(() => window.violations), []);
        assert.ok(seen.requests.every((request) => request.startsWith(world.origin)), seen.requests.join(' '));
        const width = await page.evaluate(() => document.documentElement.scrollWidth);
        assert.ok(width <= viewport.width, `the page is ${width} wide`);
        const directory = process.env.CENSUS_SCREENSHOTS;
        if (directory) await page.screenshot({ path: join(directory, `briefing-${colorScheme}-${viewport.width}.png`), fullPage: true });
        await context.close();
      }
    }
  });
});
