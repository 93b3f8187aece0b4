// Turns the browser code into the files that the program serves. Run by build.rs in a copy of this directory, after
// `npm ci`; writes `dist/{hash}/{name}` with a gzip and a brotli twin, and one line per file in `dist/manifest.txt`:
// constant, path under dist, content type (separated by tabs).

import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { landAndBorders } from './land.mjs';

const SCRIPT = 'text/javascript; charset=utf-8';
const manifest = [];

function emit(constant, name, contentType, bytes) {
  const hash = createHash('sha256').update(bytes).digest('hex').slice(0, 16);
  const path = `${hash}/${name}`;
  mkdirSync(join('dist', hash), { recursive: true });
  writeFileSync(join('dist', path), bytes);
  writeFileSync(join('dist', `${path}.gz`), gzipSync(bytes, { level: 9 }));
  const params = {
    [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
    [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
  };
  writeFileSync(join('dist', `${path}.br`), brotliCompressSync(bytes, { params }));
  manifest.push([constant, path, contentType].join('\t'));
  return path;
}

async function bundle(entry, define = {}) {
  const result = await build({
    entryPoints: [entry],
    bundle: true,
    minify: true,
    format: 'esm',
    target: ['es2022'],
    charset: 'utf8',
    legalComments: 'none',
    define,
    write: false,
    outdir: 'dist',
    logLevel: 'warning',
  });
  return Buffer.from(result.outputFiles[0].contents);
}

// The licence of every package that ends up in a bundle. esbuild itself ("dev") does not.
function licences() {
  const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8'));
  const parts = [];
  for (const [directory, entry] of Object.entries(packages)) {
    if (directory === '' || entry.dev || directory.startsWith('node_modules/@types/')) continue;
    const about = JSON.parse(readFileSync(join(directory, 'package.json'), 'utf8'));
    parts.push(`${about.name} ${about.version} (${about.license})\n\n${licenceText(directory, about)}`);
  }
  return `${parts.join(`\n\n${'-'.repeat(80)}\n\n`)}\n`;
}

function licenceText(directory, about) {
  const files = readdirSync(directory).sort();
  const own = files.filter((name) => /^(licen[cs]e|notice|copying)/i.test(name));
  if (own.length > 0) return own.map((name) => readFileSync(join(directory, name), 'utf8').trim()).join('\n\n');
  const readme = files.filter((name) => /^readme/i.test(name)).map((name) => readFileSync(join(directory, name), 'utf8'));
  const section = readme.join('\n').match(/^#+ licen[cs]e.*\n([^]*copyright[^]*)$/im);
  if (section) return section[1].trim();
  const author = typeof about.author === 'string' ? about.author : about.author?.name;
  return `Copyright ${author}\n\n${readFileSync(join('licences', `${about.license}.txt`), 'utf8').trim()}`;
}

rmSync('dist', { recursive: true, force: true });
mkdirSync('dist');
// A file of ours, so that the content policy needs no `blob:`. It is an entry point of its own because MapLibre declares
// its modules free of side effects: importing it from one would import nothing.
const worker = emit('MAP_WORKER', 'map-worker.js', SCRIPT, await bundle('node_modules/maplibre-gl/dist/maplibre-gl-worker.mjs'));
// The worker stands beside the script under /assets, so the script finds it wherever the site is mounted.
emit('MAP_JS', 'map.js', SCRIPT, await bundle('map.js', { MAP_WORKER_PATH: JSON.stringify(`../${worker}`) }));
emit('SEARCH_JS', 'search.js', SCRIPT, await bundle('home.js'));
emit('REVIEW_JS', 'review.js', SCRIPT, await bundle('review.js'));
const submitMap = emit('SUBMIT_MAP', 'submit-map.js', SCRIPT, await bundle('submit-map.js', { MAP_WORKER_PATH: JSON.stringify(`../${worker}`) }));
emit('SUBMIT_JS', 'submit.js', SCRIPT, await bundle('submit.js', { SUBMIT_MAP_PATH: JSON.stringify(`../${submitMap}`) }));
emit('SHEETS_JS', 'sheets.js', SCRIPT, await bundle('sheets.js'));
emit('STYLE_CSS', 'style.css', 'text/css; charset=utf-8', await bundle('style.css'));
emit('ICON', 'icon.svg', 'image/svg+xml', readFileSync('icon.svg'));
emit('LAND', 'land.geojson', 'application/geo+json', Buffer.from(JSON.stringify(landAndBorders())));
emit('LICENCES', 'licences.txt', 'text/plain; charset=utf-8', Buffer.from(licences()));
writeFileSync('dist/manifest.txt', `${manifest.join('\n')}\n`);
