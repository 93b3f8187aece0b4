// What the tests in a real browser share.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { AxeBuilder } from '@axe-core/playwright';
import { chromium } from 'playwright-core';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

const OPTIONS = {
  executablePath: process.env.CENSUS_CHROMIUM ?? '/usr/bin/chromium',
  args: [
    '--headless',
    '--no-sandbox',
    '--disable-gpu',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    '--use-angle=swiftshader',
    '--enable-unsafe-swiftshader',
  ],
};

/** The browser that every test here drives; `CENSUS_CHROMIUM` names another one. */
export const launch = (more = []) => chromium.launch({ ...OPTIONS, args: [...OPTIONS.args, ...more] });

/** A browser with a profile on disk, which keeps what pages store when it is closed and opened again. */
export const launchWithProfile = (directory, options) => chromium.launchPersistentContext(directory, { ...OPTIONS, ...options });

/** A new page in a context of its own. Records everything it says, asks for, and is refused by the content policy. */
export async function recorded(browser, options) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, reducedMotion: 'reduce', ...options });
  const page = await context.newPage();
  const seen = { requests: [], sent: [], console: [] };
  page.on('request', (request) => {
    seen.requests.push(request.url());
    seen.sent.push(`${request.method()} ${decodeURIComponent(request.url())} ${request.postData() ?? ''} ${JSON.stringify(request.headers())}`);
  });
  page.on('console', (message) => {
    // The driver complains about the screenshots that these tests take of a canvas, and tells that it blocks a worker.
    const ours = !/GPU stall due to ReadPixels|blocked by Playwright/.test(message.text());
    if (ours && ['error', 'warning'].includes(message.type())) seen.console.push(message.text());
  });
  page.on('pageerror', (error) => seen.console.push(String(error)));
  await page.addInitScript(() => {
    window.violations = [];
    addEventListener('securitypolicyviolation', (event) => window.violations.push(`${event.violatedDirective} ${event.blockedURI}`));
  });
  return { context, page, seen };
}

/** Fails when axe finds a violation of WCAG 2.2 AA on the page as it stands; names the elements. */
export async function accessible(page, what) {
  // In the page itself: there are no frames for which a second page would have to add up the results.
  const { violations } = await new AxeBuilder({ page, axeSource: AXE }).withTags(TAGS).setLegacyMode().analyze();
  const said = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 140)).join(' | ')}`);
  assert.deepEqual(said, [], what);
}

/** How many pixels of the map have which colour, as `rgb(r, g, b)`: what the fills look like, whatever the GPU. */
export async function palette(page) {
  const image = (await page.locator('#map').screenshot()).toString('base64');
  return page.evaluate(async (data) => {
    const bytes = Uint8Array.from(atob(data), (character) => character.charCodeAt(0));
    const bitmap = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
    const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
    const context = canvas.getContext('2d');
    context.drawImage(bitmap, 0, 0);
    const { data: pixels } = context.getImageData(0, 0, bitmap.width, bitmap.height);
    const counts = {};
    for (let at = 0; at < pixels.length; at += 4) {
      const colour = `rgb(${pixels[at]}, ${pixels[at + 1]}, ${pixels[at + 2]})`;
      counts[colour] = (counts[colour] ?? 0) + 1;
    }
    return counts;
  }, image);
}
