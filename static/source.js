// Where the tiles come from. A small archive is fetched whole, once, and read from memory: afterwards moving the map
// sends nothing. Otherwise single tiles are fetched by plain paths, or where the site is plain files and has none, parts of
// the archive. Either tells which part of the map is looked at; the page on privacy says so.

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
      const answer = await get(this.archive, { headers: { Range: `bytes=${offset}-${offset + length - 1}` }, signal });
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
async function get(address, options = {}) {
  const response = await fetch(absolute(address), { credentials: 'omit', referrerPolicy: 'no-referrer', ...options });
  if (!response.ok) throw new Error(`a file answered ${response.status}`);
  return response;
}

/** A source that reads an archive, whole in memory or by parts, under an address scheme of its own. */
async function ofArchive(archive, bytes, scheme, addProtocol) {
  const isSmall = Number(bytes) < WHOLE_ARCHIVE_LIMIT;
  const reader = isSmall ? new Memory(await (await get(archive)).arrayBuffer(), scheme) : new Parts(archive);
  const tiles = new PMTiles(reader);
  addProtocol(scheme, async ({ url }, { signal }) => {
    const [z, x, y] = url.slice(`${scheme}://`.length).split('/').map(Number);
    const tile = await tiles.getZxy(z, x, y, signal);
    return { data: tile ? tile.data : new ArrayBuffer(0) };
  });
  const { maxZoom } = await tiles.getHeader();
  return { type: 'vector', minzoom: 0, maxzoom: maxZoom, tiles: [`${scheme}://{z}/{x}/{y}`] };
}

/** The MapLibre source of the map element's tiles. */
export async function densitySource({ tiles, archive, archiveBytes, bounds }, addProtocol) {
  if (!tiles || (archive && Number(archiveBytes) < WHOLE_ARCHIVE_LIMIT)) {
    return { ...(await ofArchive(archive, archiveBytes, 'census-archive', addProtocol)), bounds };
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
    if (!areasTiles || bytes < WHOLE_ARCHIVE_LIMIT) return ofArchive(areasArchive, bytes, 'census-areas', addProtocol);
    const { maxzoom } = await (await get(areasMetadata)).json();
    return { type: 'vector', minzoom: 0, maxzoom, tiles: [absolute(areasTiles)] };
  };
  return { sets: bytes === undefined ? [] : sets, source };
}
