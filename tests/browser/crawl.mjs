// Finds the pages of a site by following links from its first page.

import assert from 'node:assert/strict';

export const LANGUAGES = ['en', 'es', 'fr', 'de', 'zh-Hans', 'ar'];

/** Addresses that are links on pages and no pages of the public site. */
const NOT_A_PAGE = /^\/(?:data\/|assets\/|tiles\/|api\/|schemas\/|ogc|healthz|readyz|metrics|data\.json)|\.(?:pdf|png|csv|json|geojson|xlsx|parquet|fgb|pmtiles|txt|cff)$/;

/** The paths of all pages below an origin, in a stable order. */
export async function pagesOf(origin) {
  const found = new Set(['/']);
  for (const path of found) {
    const answer = await fetch(`${origin}${path}`);
    if (!(answer.headers.get('content-type') ?? '').startsWith('text/html')) {
      found.delete(path);
      continue;
    }
    assert.equal(answer.status, 200, `a link leads to ${path}`);
    for (const [, href] of (await answer.text()).matchAll(/<a [^>]*href="([^"]+)"/g)) {
      const address = new URL(href.replaceAll('&amp;', '&'), `${origin}${path}`);
      if (address.origin !== origin || NOT_A_PAGE.test(address.pathname)) continue;
      found.add(address.pathname);
    }
  }
  return [...found].sort();
}

/** One English page of each kind: pages that differ only in an area, a list or a release look alike. */
export function onePerShape(pages) {
  const shapes = new Map();
  for (const path of pages) {
    if (LANGUAGES.some((language) => path === `/${language}` || path.startsWith(`/${language}/`))) continue;
    const shape = path
      .replace(/^\/releases\/[^/]+/, '/releases/ID')
      .replace(/\/areas\/[^/]+\/[^/]+/, '/areas/SET/AREA')
      .replace(/\/areas\/(?!SET)[^/]+$/, '/areas/SET')
      .replace(/\/sources\/[^/]+/, '/sources/LIST')
      .replace(/\/problems\/[^/]+/, '/problems/CODE')
      .replace(/\/sheets\/.+/, '/sheets/WAVE');
    if (!shapes.has(shape)) shapes.set(shape, path);
  }
  return [...shapes.values()];
}
