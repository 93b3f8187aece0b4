// What the tests in a real browser share.

import { chromium } from 'playwright-core';

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
export const launch = () => chromium.launch(OPTIONS);

/** A browser with a profile on disk, which keeps what pages store when it is closed and opened again. */
export const launchWithProfile = (directory, options) => chromium.launchPersistentContext(directory, { ...OPTIONS, ...options });

/** A new page in a context of its own. Records everything it says, asks for, and is refused by the content policy. */
export async function recorded(browser, options) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, reducedMotion: 'reduce', ...options });
  const page = await context.newPage();
  const seen = { requests: [], console: [] };
  page.on('request', (request) => seen.requests.push(request.url()));
  page.on('console', (message) => {
    // The driver complains about the screenshots that these tests take of a canvas.
    const ours = !message.text().includes('GPU stall due to ReadPixels');
    if (ours && ['error', 'warning'].includes(message.type())) seen.console.push(message.text());
  });
  page.on('pageerror', (error) => seen.console.push(String(error)));
  await page.addInitScript(() => {
    window.violations = [];
    addEventListener('securitypolicyviolation', (event) => window.violations.push(`${event.violatedDirective} ${event.blockedURI}`));
  });
  return { context, page, seen };
}
