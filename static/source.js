// Where the tiles come from. A small archive is fetched whole, once, and read from memory: afterwards moving the map
// sends nothing. Otherwise single tiles are fetched by plain paths, or where the site is plain files and has none, parts of
// the archive. Either tells which part of the map is looked at; the page on privacy says so.

import { PMTiles } from 'pmtiles';

const WHOLE_LIMIT = 2_000_000;

/** Whether a file is fetched whole. */
export const isSmall = ({ bytes }) => Number(bytes) < WHOLE_LIMIT;

class Memory {
  constructor(bytes, key) {
    this.bytes = bytes;
    this.key = key;
  }

  getKey() {
    return this.key;
  }

  async getBytes(offset, length) {
    return { data: this.bytes.slice(offset, offset + length) };
  }
}

/** Parts of an archive on a host, as they are needed. A host that knows no ranges sends the whole, which is kept then. */
class Parts {
  constructor(archive) {
    this.archive = archive;
    this.whole = null;
  }

  getKey() {
    return this.archive;
  }

  async getBytes(offset, length, signal) {
    if (!this.whole) {
      const answer = await file(this.archive, { headers: { Range: `bytes=${offset}-${offset + length - 1}` }, signal });
      const data = await answer.arrayBuffer();
      if (answer.status === 206) return { data };
      this.whole = data;
    }
    return { data: this.whole.slice(offset, offset + length) };
  }
}

/** An address against the page, keeping the braces of `{z}/{x}/{y}`. */
export function absolute(template) {
  return new URL(template, document.baseURI).href.replaceAll('%7B', '{').replaceAll('%7D', '}');
}

/** A public file. */
export async function file(address, options = {}) {
  const response = await fetch(absolute(address), { credentials: 'omit', referrerPolicy: 'no-referrer', ...options });
  if (!response.ok) throw new Error(`a file answered ${response.status}`);
  return response;
}

/** A source that reads an archive, whole in memory or by parts, under an address scheme of its own. */
async function ofArchive(archive, bytes, scheme, addProtocol) {
  const reader = isSmall({ bytes }) ? new Memory(await (await file(archive)).arrayBuffer(), scheme) : new Parts(archive);
  const tiles = new PMTiles(reader);
  addProtocol(scheme, async ({ url }, { signal }) => {
    const [z, x, y] = url.slice(`${scheme}://`.length).split('/').map(Number);
    const tile = await tiles.getZxy(z, x, y, signal);
    return { data: tile ? tile.data : new ArrayBuffer(0) };
  });
  const { maxZoom } = await tiles.getHeader();
  return { type: 'vector', minzoom: 0, maxzoom: maxZoom, tiles: [`${scheme}://{z}/{x}/{y}`] };
}

/**
 * The MapLibre source of the map element's tiles. It has no bounds: those of the finest cells would cut off the coarser ones,
 * which reach beyond them, and MapLibre's end at the antimeridian.
 */
export async function densitySource({ tiles, archive, archiveBytes }, addProtocol) {
  if (!tiles || (archive && isSmall({ bytes: archiveBytes }))) {
    return ofArchive(archive, archiveBytes, 'census-archive', addProtocol);
  }
  return { type: 'vector', minzoom: 0, maxzoom: 14, tiles: [absolute(tiles)] };
}

/** The source of a base map: tiles of the server, or where the site is plain files, its archive. */
export async function basemapSource({ basemap, basemapZoom, basemapArchive, basemapBytes }, addProtocol) {
  if (basemapArchive) return ofArchive(basemapArchive, basemapBytes, 'census-basemap', addProtocol);
  return { type: 'vector', minzoom: 0, maxzoom: Number(basemapZoom), tiles: [absolute(basemap)] };
}

/** Path and size of every file of the release, from its manifest; none where the map is not that of a release. */
export async function releaseFiles({ manifest }) {
  return manifest ? (await (await file(manifest)).json()).files : [];
}

/** The address of a file of the release that is small enough to be fetched for the looks of a map; `null` for all others. */
export function smallFile(files, manifest, name) {
  const found = files.find((one) => one.path === name && isSmall(one));
  return found ? new URL(name, absolute(manifest)).href : null;
}

/**
 * The slugs of the area sets among the files of a release, and a function that makes the source of their tiles.
 * `isWhole` tells whether that fetches all of them at once.
 */
export function areaSets(files, { areasArchive, areasTiles, areasMetadata }, addProtocol) {
  const sets = files.map(({ path }) => path.match(/^areas-([a-z0-9-]+)\.csv$/)?.[1]).filter(Boolean);
  const bytes = files.find(({ path }) => path === 'areas.pmtiles')?.bytes;
  const source = async () => {
    if (!areasTiles || isSmall({ bytes })) return ofArchive(areasArchive, bytes, 'census-areas', addProtocol);
    const { maxzoom } = await (await file(areasMetadata)).json();
    return { type: 'vector', minzoom: 0, maxzoom, tiles: [absolute(areasTiles)] };
  };
  return { sets: bytes === undefined ? [] : sets, source, isWhole: isSmall({ bytes }) };
}
