// Where the tiles come from. A small archive is fetched whole, once, and read from memory: afterwards moving the map
// sends nothing. Otherwise single tiles are fetched by plain paths. Never a byte range: it would tell a part.

import { PMTiles } from 'pmtiles';

const WHOLE_ARCHIVE_LIMIT = 2_000_000;

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

/** An address against the page, keeping the braces of `{z}/{x}/{y}`. */
function absolute(template) {
  return new URL(template, document.baseURI).href.replaceAll('%7B', '{').replaceAll('%7D', '}');
}

/** A public file. */
async function get(address) {
  const response = await fetch(absolute(address), { credentials: 'omit', referrerPolicy: 'no-referrer' });
  if (!response.ok) throw new Error(`a file answered ${response.status}`);
  return response;
}

/** A source that reads an archive held in memory, under an address scheme of its own. */
async function inMemory(archive, scheme, addProtocol) {
  const whole = new PMTiles(new Memory(await (await get(archive)).arrayBuffer(), scheme));
  addProtocol(scheme, async ({ url }) => {
    const [z, x, y] = url.slice(`${scheme}://`.length).split('/').map(Number);
    const tile = await whole.getZxy(z, x, y);
    return { data: tile ? tile.data : new ArrayBuffer(0) };
  });
  const { maxZoom } = await whole.getHeader();
  return { type: 'vector', minzoom: 0, maxzoom: maxZoom, tiles: [`${scheme}://{z}/{x}/{y}`] };
}

/** The MapLibre source of the map element's tiles. */
export async function densitySource({ tiles, archive, archiveBytes, bounds }, addProtocol) {
  if (archive && Number(archiveBytes) < WHOLE_ARCHIVE_LIMIT) {
    return { ...(await inMemory(archive, 'census-archive', addProtocol)), bounds };
  }
  return { type: 'vector', minzoom: 0, maxzoom: 14, bounds, tiles: [absolute(tiles)] };
}

/**
 * The slugs of the area sets of the release, and a function that makes the source of their tiles. The manifest tells
 * both: it is a file that every release has.
 */
export async function areaSets({ areasManifest, areasArchive, areasTiles, areasMetadata }, addProtocol) {
  if (!areasManifest) return { sets: [], source: null };
  const { files } = await (await get(areasManifest)).json();
  const sets = files.map(({ path }) => path.match(/^areas-([a-z0-9-]+)\.csv$/)?.[1]).filter(Boolean);
  const bytes = files.find(({ path }) => path === 'areas.pmtiles')?.bytes;
  const source = async () => {
    if (bytes < WHOLE_ARCHIVE_LIMIT) return inMemory(areasArchive, 'census-areas', addProtocol);
    const { maxzoom } = await (await get(areasMetadata)).json();
    return { type: 'vector', minzoom: 0, maxzoom, tiles: [absolute(areasTiles)] };
  };
  return { sets: bytes === undefined ? [] : sets, source };
}
