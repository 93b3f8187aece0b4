// The whole story in a real browser: an invite, tokens, four heads on one pole reported without a network, sent, reviewed,
// released, on the map. CENSUS_PROGRAM=PATH [CENSUS_SCREENSHOTS=DIR] node --test story.test.mjs

import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { accessible, launch, launchWithProfile, recorded } from './browser.mjs';
import { World } from './world.mjs';

const PHONE = { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true, reducedMotion: 'reduce' };

let world;
let browser;

before(async () => {
  world = new World();
  world.census('campaign', 'create', 'Old Town', '--intake', 'invited', '--bounds', '7.3,46.8,7.6,47.1');
  await world.serve();
  browser = await launch();
});

after(async () => {
  await browser?.close();
  await world?.remove();
});

const waiting = (page) => page.locator('#queue').getAttribute('data-waiting').then(Number);

async function picture(page, name) {
  const directory = process.env.CENSUS_SCREENSHOTS;
  if (directory) await page.screenshot({ path: join(directory, `story-${name}.png`), fullPage: true });
}

test('an invited volunteer reports four heads on one pole, a moderator approves them by keyboard, and the map shows them', { timeout: 300_000 }, async () => {
  const made = world.census('invite', 'create', '--campaign', 'old-town', '--count', '1', '--tokens', '20', '--url', world.origin);
  const { invite } = made.invites[0];

  // In the street: the invite is taken in once, then the network goes.
  let context = await launchWithProfile(join(world.root, 'profile'), PHONE);
  let page = context.pages()[0] ?? (await context.newPage());
  await page.goto(invite);
  await page.waitForFunction(() => /\b20\b/.test(document.querySelector('#queue-tokens')?.textContent ?? ''), null, { timeout: 60_000 });
  assert.ok(!(await page.evaluate(() => location.href)).includes('invite'), 'the invite does not stay in the address');
  await page.evaluate(() => navigator.serviceWorker.ready);
  await context.setOffline(true);
  await page.reload();
  await page.locator('#queue[data-waiting]').waitFor();
  await page.locator('#latitude').fill('46.948');
  await page.locator('#longitude').fill('7.447');
  await page.locator('.tiles label', { hasText: 'Fixed' }).tap();
  for (const [at, position] of [[0, { x: 68, y: 20 }], [1, { x: 116, y: 68 }], [2, { x: 68, y: 116 }], [3, { x: 20, y: 68 }]]) {
    await page.locator('#dial').tap({ position });
    await page.locator(at < 3 ? '#again' : '#keep').tap();
    await page.waitForFunction((count) => document.querySelector('#queue').dataset.waiting === String(count), at + 1);
  }
  await picture(page, 'queue');
  await context.close();
  assert.equal(world.census('review', 'list').pending, 0, 'nothing is sent unasked');

  // At home: sent with a token each, in no order, with pauses between.
  context = await launchWithProfile(join(world.root, 'profile'), PHONE);
  page = context.pages()[0] ?? (await context.newPage());
  const posts = [];
  context.on('request', (request) => {
    if (request.method() === 'POST') posts.push(request);
  });
  await page.clock.install();
  await page.goto(`${world.origin}/submit`);
  await page.locator('#queue[data-waiting="4"]').waitFor();
  await page.locator('#send-now').tap();
  for (let step = 0; step < 100 && (await waiting(page)) > 0; step += 1) {
    await page.clock.fastForward(20_000);
    await page.waitForTimeout(100);
  }
  assert.equal(await waiting(page), 0);
  assert.equal(posts.length, 4);
  const tokens = posts.map((request) => request.headers()['census-token']);
  assert.equal(new Set(tokens).size, 4, 'a token each');
  assert.ok(tokens.every(Boolean));
  await context.close();
  assert.equal(world.census('review', 'list').pending, 4);

  // The moderator: a one-time link, a passphrase, and the keyboard.
  const { link: joining } = world.census('moderator', 'add', 'first', '--url', world.origin);
  const desk = await recorded(browser);
  await desk.page.goto(joining);
  await accessible(desk.page, 'joining');
  await desk.page.locator('form[action="/review/join"] button').click();
  const passphrase = await desk.page.locator('#passphrase').textContent();
  await desk.page.goto(`${world.origin}/review`);
  await accessible(desk.page, 'login');
  await desk.page.locator('#name').fill('first');
  await desk.page.locator('#passphrase').fill(passphrase);
  await desk.page.locator('form[action="/review/login"] button').click();
  await desk.page.locator('#queue .report').first().waitFor();
  assert.equal(await desk.page.locator('#queue .report').count(), 4);
  await accessible(desk.page, 'queue');
  await picture(desk.page, 'review');
  for (let left = 4; left > 0; left -= 1) {
    await desk.page.keyboard.press('a');
    await desk.page.waitForFunction((count) => document.querySelectorAll('#queue .report').length < count, left, { timeout: 15_000 });
  }
  const dark = await browser.newContext({ ...PHONE, colorScheme: 'dark', storageState: await desk.context.storageState() });
  const phone = await dark.newPage();
  await phone.goto(`${world.origin}/review`);
  await accessible(phone, 'on a phone, dark');
  assert.ok((await phone.evaluate(() => document.documentElement.scrollWidth)) <= 360, 'no scrolling sideways');
  await picture(phone, 'review-phone-dark');
  await dark.close();
  assert.deepEqual(desk.seen.console, []);
  assert.deepEqual(await desk.page.evaluate(() => window.violations), []);
  await desk.context.close();
  assert.equal(world.census('review', 'list').pending, 0);

  // The release, and what the public sees of it.
  const built = world.census('release', 'build');
  assert.equal(built.summary.cameras, 4, 'one observer told four cameras on one pole apart');
  const visitor = await recorded(browser);
  await visitor.page.goto(`${world.origin}/map`);
  assert.match(await visitor.page.locator('main').textContent(), /\b4\b/);
  await visitor.page.locator('#map[data-state="ready"]').waitFor({ timeout: 60_000 });
  await picture(visitor.page, 'map');
  assert.deepEqual(await visitor.context.cookies(), [], 'a visitor gets no cookie');
  await visitor.context.close();
});
