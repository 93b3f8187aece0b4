// Turns the browser code into the files that the program serves. Run by build.rs in a copy of this directory, after
// `npm ci`; writes `dist/{hash}/{name}` with a gzip and a brotli twin, and one line per file in `dist/manifest.txt`:
// constant, path under dist, content type (separated by tabs).

import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
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

const OPTIONS = {
  bundle: true,
  minify: true,
  format: 'esm',
  target: ['es2022'],
  charset: 'utf8',
  legalComments: 'none',
  write: false,
  outdir: 'dist',
  logLevel: 'warning',
};

async function bundle(entry, define = {}) {
  const result = await build({ ...OPTIONS, entryPoints: [entry], define });
  return Buffer.from(result.outputFiles[0].contents);
}

/**
 * Emits the maps and the worker of MapLibre, with what two of them have in common in files of their own: `map-shared.js` for
 * the worker too, `map-engine.js` for both maps. Returns the paths of the maps by their entries.
 *
 * MapLibre is built from the sources in its package, because its bundles hold everything that is in common twice, a quarter
 * of what a visitor would load. The worker is a file of ours, so that the content policy needs no `blob:`.
 */
async function maps(constantOf) {
  const worker = 'node_modules/maplibre-gl/src/source/worker.ts';
  const { metafile, outputFiles } = await build({
    ...OPTIONS,
    entryPoints: { ...Object.fromEntries(Object.keys(constantOf).map((entry) => [entry, `${entry}.js`])), 'map-worker': worker },
    splitting: true,
    metafile: true,
    alias: { 'maplibre-gl': './node_modules/maplibre-gl/src/index.ts' },
    // Of its package.json the sources want the version, and would take all of it along.
    plugins: [{
      name: 'version',
      setup: ({ onLoad }) => onLoad({ filter: /maplibre-gl[\\/]package\.json$/ }, ({ path }) => ({
        loader: 'json',
        contents: JSON.stringify({ version: JSON.parse(readFileSync(path, 'utf8')).version }),
      })),
    }],
    // As MapLibre's own build has it: its classes rely on fields without a value not being set.
    tsconfigRaw: { compilerOptions: { useDefineForClassFields: false } },
    define: { MAP_WORKER_PATH: '"MAP_WORKER_PATH"' },
  });
  const outputs = Object.entries(metafile.outputs).map(([path, { entryPoint, imports }]) => {
    const name = basename(path);
    const text = outputFiles.find((file) => basename(file.path) === name).text;
    return { name, text, entryPoint, parts: imports.map((one) => basename(one.path)) };
  });
  const ofWorker = outputs.find(({ entryPoint }) => entryPoint === worker);
  const chunks = outputs.filter(({ entryPoint }) => !entryPoint);
  const shared = chunks.filter(({ name }) => ofWorker.parts.includes(name));
  const engine = chunks.filter(({ name }) => !ofWorker.parts.includes(name));
  if (shared.length !== 1 || engine.length !== 1) throw new Error(`the maps have ${shared.length} and ${engine.length} parts in common, and one each was expected`);
  const emitted = new Map();
  const put = (constant, output, name = output.name) => {
    let text = output.text;
    const address = (found, part) => {
      if (!text.includes(found) || !emitted.has(part)) throw new Error(`${name} does not import ${part} as expected`);
      text = text.replaceAll(found, `"../${emitted.get(part)}"`);
    };
    for (const part of output.parts) address(`"./${part}"`, part);
    if (output.entryPoint && output !== ofWorker) address('"MAP_WORKER_PATH"', ofWorker.name);
    emitted.set(output.name, emit(constant, name, SCRIPT, Buffer.from(text)));
  };
  put('MAP_SHARED', shared[0], 'map-shared.js');
  put('MAP_WORKER', ofWorker);
  put('MAP_ENGINE', engine[0], 'map-engine.js');
  for (const [entry, constant] of Object.entries(constantOf)) put(constant, outputs.find(({ name }) => name === `${entry}.js`));
  return Object.fromEntries(Object.keys(constantOf).map((entry) => [entry, emitted.get(`${entry}.js`)]));
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
// Everything stands side by side under /assets, so scripts find each other wherever the site is mounted.
const { 'submit-map': submitMap } = await maps({ map: 'MAP_JS', 'submit-map': 'SUBMIT_MAP' });
emit('SEARCH_JS', 'search.js', SCRIPT, await bundle('home.js'));
emit('REVIEW_JS', 'review.js', SCRIPT, await bundle('review.js'));
emit('SUBMIT_JS', 'submit.js', SCRIPT, await bundle('submit.js', { SUBMIT_MAP_PATH: JSON.stringify(`../${submitMap}`) }));
emit('SHEETS_JS', 'sheets.js', SCRIPT, await bundle('sheets.js'));
emit('STYLE_CSS', 'style.css', 'text/css; charset=utf-8', await bundle('style.css'));
emit('ICON', 'icon.svg', 'image/svg+xml', readFileSync('icon.svg'));
emit('LAND', 'land.geojson', 'application/geo+json', Buffer.from(JSON.stringify(landAndBorders())));
emit('LICENCES', 'licences.txt', 'text/plain; charset=utf-8', Buffer.from(licences()));
writeFileSync('dist/manifest.txt', `${manifest.join('\n')}\n`);
