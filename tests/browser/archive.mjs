// A small base map for a test: layers of GeoJSON as a PMTiles archive, version 3, of gzip-compressed vector tiles.
// https://github.com/protomaps/PMTiles/blob/main/spec/v3/spec.md

import { gzipSync } from 'node:zlib';
import { GeoJSONVT } from '@maplibre/geojson-vt';
import { fromGeojsonVt } from '@maplibre/vt-pbf';
import { zxyToTileId } from 'pmtiles';

const GZIP = 2;
const MVT = 1;
const HEADER = 127;

function varint(value) {
  const bytes = [];
  let rest = value;
  for (; rest > 127; rest = Math.floor(rest / 128)) bytes.push((rest % 128) | 128);
  return [...bytes, rest];
}

/** Columns of the directory one after the other: ids as differences, run lengths, lengths, and offsets, each 0 for "right after". */
function directory(entries) {
  const ids = entries.map(({ id }, index) => id - (index ? entries[index - 1].id : 0));
  const offsets = entries.map((_, index) => (index ? 0 : 1));
  const columns = [[entries.length], ids, entries.map(() => 1), entries.map(({ tile }) => tile.length), offsets];
  return gzipSync(Uint8Array.from(columns.flat().flatMap(varint)));
}

/** The column or row of a tile in which a place lies. */
function at(zoom, longitude, latitude) {
  const sine = Math.sin((latitude * Math.PI) / 180);
  const fraction = [longitude / 360 + 0.5, 0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI)];
  return fraction.map((part) => Math.floor(part * 2 ** zoom));
}

/** The bytes of an archive of `layers`, GeoJSON by name, within `[west, south, east, north]` and up to a zoom. */
export function archive(layers, [west, south, east, north], maxZoom, attribution) {
  const indexes = Object.entries(layers).map(([name, data]) => [name, new GeoJSONVT(data, { maxZoom, indexMaxZoom: maxZoom, buffer: 64 })]);
  const entries = [];
  for (let z = 0; z <= maxZoom; z += 1) {
    const [[left, top], [right, bottom]] = [at(z, west, north), at(z, east, south)];
    for (let x = left; x <= right; x += 1) {
      for (let y = top; y <= bottom; y += 1) {
        const tiles = indexes.map(([name, index]) => [name, index.getTile(z, x, y)]).filter(([, tile]) => tile);
        if (tiles.length > 0) entries.push({ id: zxyToTileId(z, x, y), tile: gzipSync(fromGeojsonVt(Object.fromEntries(tiles), { version: 2 })) });
      }
    }
  }
  entries.sort((one, other) => one.id - other.id);
  const root = directory(entries);
  const metadata = gzipSync(JSON.stringify({ attribution, vector_layers: Object.keys(layers).map((id) => ({ id, fields: {} })) }));
  const tiles = Buffer.concat(entries.map(({ tile }) => tile));

  const header = Buffer.alloc(HEADER);
  header.write('PMTiles');
  header.writeUInt8(3, 7);
  const sections = [root.length, metadata.length, 0, tiles.length];
  let offset = HEADER;
  for (const [index, length] of sections.entries()) {
    header.writeBigUInt64LE(BigInt(offset), 8 + 16 * index);
    header.writeBigUInt64LE(BigInt(length), 16 + 16 * index);
    offset += length;
  }
  for (const field of [72, 80, 88]) header.writeBigUInt64LE(BigInt(entries.length), field);
  header.set([1, GZIP, GZIP, MVT, 0, maxZoom], 96);
  for (const [index, degrees] of [west, south, east, north].entries()) header.writeInt32LE(Math.round(degrees * 1e7), 102 + 4 * index);
  header.writeUInt8(maxZoom, 118);
  header.writeInt32LE(Math.round(((west + east) / 2) * 1e7), 119);
  header.writeInt32LE(Math.round(((south + north) / 2) * 1e7), 123);
  return Buffer.concat([header, root, metadata, tiles]);
}
