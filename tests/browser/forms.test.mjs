// The report form and the survey sheets in a real browser, each test with a server of its own.
// CENSUS_PROGRAM=target/debug/camera-census [CENSUS_SCREENSHOTS=DIR] node --test forms.test.mjs

import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { accessible, launch, launchWithProfile, recorded } from './browser.mjs';

const HERE = dirname(fileURLToPath(import.meta.url));
const PROGRAM = resolve(process.env.CENSUS_PROGRAM ?? join(HERE, '../../target/debug/camera-census'));
const SAMPLES = join(HERE, '../../samples');
const SCREENSHOTS = process.env.CENSUS_SCREENSHOTS;
const PHONE = { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true, reducedMotion: 'reduce' };

/** A census with a release of the samples, and its server. */
async function census() {
  const root = mkdtempSync(join(tmpdir(), 'census-forms-'));
  const run = (...args) =>
    execFileSync(PROGRAM, ['--database', `sqlite:${join(root, 'census.db')}`, '--data', join(root, 'data'), ...args], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
  run('import', join(SAMPLES, 'synthetic-city.geojson'), '--source', 'walk');
  run('areas', 'import', join(SAMPLES, 'synthetic-districts.geojson'), '--set', 'districts', '--name-field', 'name', '--population-field', 'residents', '--population-source', 'Invented', '--population-year', '2026');
  run('release', 'build');
  const server = spawn(PROGRAM, ['--database', `sqlite:${join(root, 'census.db')}`, '--data', join(root, 'data'), 'serve', '--listen', '127.0.0.1:0']);
  const url = await new Promise((found, failed) => {
    let printed = '';
    server.stdout.on('data', (chunk) => {
      printed += chunk;
      const address = printed.match(/http:\/\/127\.0\.0\.1:\d+\//)?.[0];
      if (address) found(address);
    });
    server.on('exit', () => failed(new Error(printed)));
  });
  const openWave = () => {
    const streets = JSON.parse(readFileSync(join(SAMPLES, 'synthetic-streets.geojson'), 'utf8'));
    const units = { type: 'FeatureCollection', features: streets.features.map((f) => ({ ...f, properties: { state: 'not_walked', pass: 'A' } })) };
    const file = join(root, 'streets.geojson');
    writeFileSync(file, JSON.stringify(units));
    run('waves', 'open', 'autumn');
    run('effort', 'import', file, '--wave', 'autumn', '--pass', 'A');
  };
  const pending = () => JSON.parse(run('review', 'list', '--json'));
  const close = () => {
    server.removeAllListeners('exit');
    server.kill();
    rmSync(root, { recursive: true, force: true });
  };
  return { root, url, run, openWave, pending, close };
}

async function picture(page, name) {
  if (!SCREENSHOTS) return;
  mkdirSync(SCREENSHOTS, { recursive: true });
  await page.screenshot({ path: join(SCREENSHOTS, `${name}.png`), fullPage: true });
}

/** Records what a page of a profile asks for and complains about. */
async function watched(context) {
  const page = context.pages()[0] ?? (await context.newPage());
  const seen = { requests: [], console: [] };
  context.on('request', (request) => seen.requests.push(request));
  page.on('console', (message) => {
    const ours = !/GPU stall due to ReadPixels|ERR_INTERNET_DISCONNECTED/.test(message.text());
    if (ours && ['error', 'warning'].includes(message.type())) seen.console.push(message.text());
  });
  page.on('pageerror', (error) => seen.console.push(String(error)));
  return { page, seen };
}

const ready = (page) => page.locator('#queue[data-waiting]').waitFor({ timeout: 30_000 });
const waiting = (page) => page.locator('#queue').getAttribute('data-waiting').then(Number);

describe('the form', () => {
  let world;
  let browser;
  before(async () => {
    world = await census();
    browser = await launch();
  });
  after(async () => {
    await browser?.close();
    world?.close();
  });

  test('four heads on one pole: placed once, kept offline in few taps, there after a restart, sent apart, wiped', { timeout: 240_000 }, async () => {
    const profile = join(world.root, 'profile');
    let context = await launchWithProfile(profile, PHONE);
    let { page, seen } = await watched(context);
    await page.goto(`${world.url}submit`);
    await ready(page);
    await page.evaluate(() => navigator.serviceWorker.ready);
    await page.locator('#map[data-state="ready"]').waitFor({ timeout: 60_000 });
    await context.setOffline(true);
    await page.reload();
    await ready(page);
    await page.locator('#map canvas').waitFor({ timeout: 60_000 });
    await page.waitForTimeout(500);

    let taps = 0;
    const tap = async (locator, options) => {
      taps += 1;
      await locator.tap(options);
    };
    await tap(page.locator('#map canvas'), { position: { x: 160, y: 120 } });
    await tap(page.locator('.tiles label', { hasText: 'Fixed' }));
    for (const [at, position] of [[0, { x: 68, y: 20 }], [1, { x: 116, y: 68 }], [2, { x: 68, y: 116 }], [3, { x: 20, y: 68 }]]) {
      await tap(page.locator('#dial'), { position });
      await tap(page.locator(at < 3 ? '#again' : '#keep'));
      await page.waitForFunction((count) => document.querySelector('#queue').dataset.waiting === String(count), at + 1);
    }
    assert.ok(taps <= 10, `${taps} taps for four cameras`);
    await picture(page, 'forms-queue');
    assert.equal(seen.requests.filter((request) => request.method() === 'POST').length, 0, 'nothing is sent unasked');
    await context.close();

    context = await launchWithProfile(profile, PHONE);
    ({ page, seen } = await watched(context));
    await page.clock.install();
    await page.goto(`${world.url}submit`);
    await ready(page);
    assert.equal(await waiting(page), 4, 'the queue survives a restart');
    await page.locator('#send-now').tap();
    for (let step = 0; step < 60 && (await waiting(page)) > 0; step += 1) {
      await page.clock.fastForward(20_000);
      await page.waitForTimeout(100);
    }
    assert.equal(await waiting(page), 0);
    const posts = seen.requests.filter((request) => request.method() === 'POST');
    assert.equal(posts.length, 4, 'one request each');
    const bodies = posts.map((request) => JSON.parse(request.postData()));
    assert.deepEqual(bodies.map(({ type }) => type), Array(4).fill('Feature'));
    assert.deepEqual(bodies.map(({ properties }) => properties.facing).sort((a, b) => a - b), [0, 90, 180, 270]);
    assert.equal(new Set(posts.map((request) => request.headers()['idempotency-key'])).size, 4, 'a secret each');
    assert.ok(seen.requests.every((request) => new URL(request.url()).origin === new URL(world.url).origin), 'same origin');
    assert.ok(seen.requests.every((request) => new URL(request.url()).search === ''), 'no place in an address');
    assert.equal(world.pending().pending, 4);
    assert.deepEqual(seen.console, []);
    await page.locator('#wipe').tap();
    await page.waitForFunction(() => document.querySelector('#queue').dataset.sent === '0');
    assert.equal(await page.locator('#queue-list li').count(), 0);
    await context.close();
  });

  test('is accessible on a phone, light and dark, and the content policy is silent', { timeout: 120_000 }, async () => {
    for (const colorScheme of ['light', 'dark']) {
      const { context, page, seen } = await recorded(browser, { ...PHONE, colorScheme });
      await page.goto(`${world.url}submit`);
      await ready(page);
      await page.locator('#map[data-state="ready"]').waitFor({ timeout: 60_000 });
      assert.ok((await page.evaluate(() => document.documentElement.scrollWidth)) <= 360, 'no scrolling sideways');
      await accessible(page, colorScheme);
      await picture(page, `forms-phone-${colorScheme}`);
      await page.locator('#more summary').tap();
      await accessible(page, `${colorScheme}, everything shown`);
      await picture(page, `forms-phone-more-${colorScheme}`);
      assert.deepEqual(await page.evaluate(() => window.violations), []);
      assert.deepEqual(seen.console, []);
      await context.close();
    }
  });

  test('turns the cone by keyboard', async () => {
    const { context, page } = await recorded(browser, PHONE);
    await page.goto(`${world.url}submit`);
    await ready(page);
    await page.locator('#dial').focus();
    for (const key of ['ArrowRight', 'ArrowRight', 'PageUp', 'ArrowLeft']) await page.keyboard.press(key);
    assert.equal(await page.locator('#dial').getAttribute('aria-valuenow'), '55');
    await context.close();
  });

  test('works without scripts, and says what that loses', async () => {
    const { context, page } = await recorded(browser, { ...PHONE, javaScriptEnabled: false });
    await page.goto(`${world.url}submit`);
    assert.match(await page.locator('noscript, .notice').first().textContent(), /no token|token/i);
    assert.equal(await page.locator('#keep').isVisible(), false);
    await page.locator('button.main[type=submit]').click();
    assert.ok((await page.locator('.error:visible').count()) >= 3, 'errors stand beside their fields');
    await picture(page, 'forms-no-script-errors');
    await page.locator('#latitude').fill('51,0');
    await page.locator('#longitude').fill('11.98');
    await page.locator('.tiles label', { hasText: 'Dome' }).click();
    await page.locator('button.main[type=submit]').click();
    assert.match(await page.locator('main code').first().textContent(), /^[0-9a-f]{32}$/);
    await picture(page, 'forms-no-script-done');
    await context.close();
  });

  test('tells what the latest release knows of the block, asking for whole files only, and nothing while a wave is open', { timeout: 120_000 }, async () => {
    const { features } = JSON.parse(readFileSync(join(SAMPLES, 'synthetic-city.geojson'), 'utf8'));
    const [longitude, latitude] = features[0].geometry.coordinates;
    const visit = async () => {
      const { context, page, seen } = await recorded(browser, PHONE);
      await page.goto(`${world.url}submit`);
      await ready(page);
      await page.locator('#latitude').fill(String(latitude));
      await page.locator('#longitude').fill(String(longitude));
      await page.locator('#longitude').blur();
      await page.waitForTimeout(1500);
      return { context, page, seen };
    };
    const first = await visit();
    assert.match(await first.page.locator('#known').textContent(), /counts \d+ cameras/);
    const paths = first.seen.requests.map((url) => new URL(url).pathname);
    assert.ok(paths.some((path) => path.endsWith('/cells-r10.csv')));
    assert.ok(!paths.some((path) => path.startsWith('/tiles/')), 'no tile tells a place');
    await first.context.close();

    world.openWave();
    const second = await visit();
    assert.equal(await second.page.locator('#known').isVisible(), false);
    assert.ok(!second.seen.requests.some((url) => url.includes('cells-r10') || url.includes('density')), 'nothing known is even fetched');
    await second.context.close();
  });

  test('sheets are fetched whole, marked with one tap, sent one by one, and printed', { timeout: 120_000 }, async () => {
    for (const colorScheme of ['light', 'dark']) {
      const { context, page, seen } = await recorded(browser, { ...PHONE, colorScheme });
      await page.clock.install();
      await page.goto(`${world.url}sheets`);
      await page.locator('#sheets[data-state="ready"]').waitFor();
      await page.locator('#pass').selectOption('A');
      const sheets = await page.locator('#sheet option').count();
      assert.ok(sheets > 1, 'there are sheets to choose from');
      const before = seen.requests.length;
      await page.locator('#sheet').selectOption({ index: 1 });
      assert.equal(seen.requests.length, before, 'nobody is told which one');
      await accessible(page, `sheets, ${colorScheme}`);
      await page.getByRole('radio', { name: 'Walked it all, saw none' }).first().check();
      await page.waitForFunction(() => document.querySelector('#queue').dataset.waiting === '1');
      await picture(page, `sheets-phone-${colorScheme}`);
      if (colorScheme === 'light') {
        const sent = page.waitForRequest((request) => request.method() === 'POST');
        await page.locator('#send-now').tap();
        const { state, ...rest } = JSON.parse((await sent).postData());
        assert.equal(state, 'complete', 'a zero says no more than that it was walked');
        assert.deepEqual(Object.keys(rest).sort(), ['campaign', 'pass', 'unit', 'wave']);
        await page.waitForFunction(() => document.querySelector('#queue').dataset.sent === '1');
        await page.evaluate(() => {
          window.print = () => {};
        });
        await page.locator('#print-all').tap();
        await page.emulateMedia({ media: 'print' });
        assert.equal(await page.locator('.paper .page').count(), sheets);
        assert.equal(await page.locator('.paper .page').first().isVisible(), true);
        assert.equal(await page.locator('#choose').isVisible(), false);
        await picture(page, 'sheets-print');
      }
      assert.deepEqual(await page.evaluate(() => window.violations), []);
      assert.deepEqual(seen.console, []);
      await context.close();
    }
  });
});
