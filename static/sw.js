// Keeps the form and the sheets for use without a network: their pages in each language and their assets, and nothing else.
// `KEPT` is put before this text by the server. Answers of the API and public pages are never kept here.

const CACHE = 'census-shell';

addEventListener('install', (event) => {
  skipWaiting();
  event.waitUntil(caches.open(CACHE).then((cache) => cache.addAll([...KEPT.pages, ...KEPT.assets])));
});

addEventListener('activate', (event) => {
  const wanted = new Set([...KEPT.pages, ...KEPT.assets]);
  const tidy = async () => {
    const cache = await caches.open(CACHE);
    const kept = await cache.keys();
    await Promise.all(kept.filter(({ url }) => !wanted.has(new URL(url).pathname)).map((request) => cache.delete(request)));
    await clients.claim();
  };
  event.waitUntil(tidy());
});

/** The page from the server, or else as it was kept. */
async function page(request, path) {
  const cache = await caches.open(CACHE);
  try {
    const response = await fetch(request);
    if (response.ok) await cache.put(path, response.clone());
    return response;
  } catch (error) {
    const kept = await cache.match(path);
    if (kept) return kept;
    throw error;
  }
}

addEventListener('fetch', (event) => {
  const { origin, pathname, search } = new URL(event.request.url);
  if (event.request.method !== 'GET' || origin !== location.origin || search !== '') return;
  if (KEPT.pages.includes(pathname)) event.respondWith(page(event.request, pathname));
  else if (KEPT.assets.includes(pathname)) {
    event.respondWith(caches.match(pathname).then((kept) => kept ?? fetch(event.request)));
  }
});
