// Where the tiles come from. A small archive is fetched whole, once, and read from memory: afterwards moving the map
// sends nothing. Otherwise single tiles are fetched by plain paths. Never a byte range: it would tell a part.

import { PMTiles } from 'pmtiles';

const WHOLE_ARCHIVE_LIMIT = 2_000_000;
const SCHEME = 'census-archive';

class Memory {
  constructor(bytes) {
    this.bytes = bytes;
  }

  getKey() {
    return SCHEME;
  }

  async getBytes(offset, length) {
    return { data: this.bytes.slice(offset, offset + length) };
  }
}

/** An address against the page, keeping the braces of `{z}/{x}/{y}`. */
function absolute(template) {
  return new URL(template, document.baseURI).href.replaceAll('%7B', '{').replaceAll('%7D', '}');
}

async function fetchWhole(address) {
  const response = await fetch(absolute(address), { credentials: 'omit', referrerPolicy: 'no-referrer' });
  if (!response.ok) throw new Error(`the archive answered ${response.status}`);
  return new PMTiles(new Memory(await response.arrayBuffer()));
}

/** The MapLibre source of the map element's tiles. */
export async function densitySource({ tiles, archive, archiveBytes, bounds }, addProtocol) {
  const source = { type: 'vector', minzoom: 0, maxzoom: 14, bounds };
  if (!archive || !(Number(archiveBytes) < WHOLE_ARCHIVE_LIMIT)) return { ...source, tiles: [absolute(tiles)] };
  const whole = await fetchWhole(archive);
  addProtocol(SCHEME, async ({ url }) => {
    const [z, x, y] = url.slice(`${SCHEME}://`.length).split('/').map(Number);
    const tile = await whole.getZxy(z, x, y);
    return { data: tile ? tile.data : new ArrayBuffer(0) };
  });
  return { ...source, tiles: [`${SCHEME}://{z}/{x}/{y}`] };
}
