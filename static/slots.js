// Slots: what is left of "one observer saw these side by side". Worked out on the device over its own reports, because they are
// sent one by one; the same as `src/matching/slots.rs` does for a document.

import { cellToLatLng, cellToParent, latLngToCell } from 'h3-js';

const EARTH_RADIUS_M = 6_371_008.8;
const GATE_CAP_M = 25;
const GATE_FACTOR = 2.4;
const CELL_SIGMA_M = 1.9;
const FACING_LIMIT_DEGREES = 60;
const SECTORS = 36;

/** The words of each vocabulary in the order of their codes, which is the order of records. */
const ORDER = {
  kind: ['unknown', 'fixed', 'dome', 'panning', 'plate_reader', 'doorbell', 'other'],
  operator: ['unknown', 'police', 'government', 'transit', 'traffic', 'business', 'education', 'household', 'other'],
  mount: ['unknown', 'wall', 'pole', 'street_lamp', 'traffic_signal', 'ceiling', 'roof', 'door', 'other'],
  linked: ['unknown', 'yes', 'no'],
  basis: ['seen', 'sign', 'document', 'guess'],
};

const isHome = ({ kind, operator }) => kind === 'doorbell' || operator === 'household';

/** Sectors of ten degrees, clockwise from north. */
function sectors(facing) {
  if (facing === 'all_round') return Array.from({ length: SECTORS }, (_, sector) => sector);
  // Other spellings come from files only. What cannot be compared here contradicts nothing.
  if (typeof facing !== 'number' || !(facing >= 0 && facing <= 360)) return [];
  return [Math.round(facing / 10) % SECTORS];
}

/** The smallest angle between two sets of sectors; null where one is not known. */
function apart(a, b) {
  if (a.length === 0 || b.length === 0) return null;
  let least = SECTORS;
  for (const one of a) {
    for (const other of b) {
      const turn = Math.abs(one - other);
      least = Math.min(least, turn, SECTORS - turn);
    }
  }
  return least * 10;
}

/** Code and standard deviation in metres of how well the place is known. */
function position({ position: source, accuracy_m: accuracy }) {
  if (source !== 'gps') return { code: 1, sigma: 3 };
  const classes = [[5, 2, 3], [7, 3, 4], [10, 4, 5.6], [15, 5, 8.3], [20, 6, 11.6], [Infinity, 7, 15]];
  const [, code, sigma] = classes.find(([limit]) => (accuracy ?? Infinity) <= limit);
  return { code, sigma };
}

function record(report, index, makers) {
  const finest = latLngToCell(report.latitude, report.longitude, 13);
  const cell = isHome(report) ? cellToParent(finest, 8) : finest;
  const [latitude, longitude] = cellToLatLng(cell).map((degrees) => (degrees * Math.PI) / 180);
  const { code, sigma } = position(report);
  const facing = sectors(report.facing);
  const codes = {};
  for (const [name, words] of Object.entries(ORDER)) codes[name] = Math.max(0, words.indexOf(report[name]));
  const maker = Math.max(0, makers.indexOf(report.maker));
  return {
    index,
    home: isHome(report),
    kind: codes.kind,
    facing,
    variance: sigma * sigma + CELL_SIGMA_M * CELL_SIGMA_M,
    place: [Math.cos(latitude) * Math.cos(longitude), Math.cos(latitude) * Math.sin(longitude), Math.sin(latitude)].map(
      (axis) => axis * EARTH_RADIUS_M,
    ),
    // As the fields of a record are ordered; a set of sectors is the number whose bits they are.
    order: [
      BigInt(`0x${cell}`), codes.kind, codes.operator, codes.mount, codes.linked, maker, codes.basis,
      facing.reduce((bits, sector) => bits + 2 ** sector, 0), report.heads, code,
    ],
  };
}

function compare(a, b) {
  for (const [at, value] of a.order.entries()) {
    if (value < b.order[at]) return -1;
    if (value > b.order[at]) return 1;
  }
  return a.index - b.index;
}

/** Whether two could be taken for one camera. */
function joinable(a, b) {
  const metres = Math.hypot(...a.place.map((axis, at) => axis - b.place[at]));
  if (metres > Math.min(GATE_FACTOR * Math.sqrt(a.variance + b.variance), GATE_CAP_M)) return false;
  const reader = ORDER.kind.indexOf('plate_reader');
  if (a.kind !== 0 && b.kind !== 0 && (a.kind === reader) !== (b.kind === reader)) return false;
  return (apart(a.facing, b.facing) ?? 0) <= FACING_LIMIT_DEGREES;
}

/**
 * The slot of each report, in their order. A report may bring a slot that it was sent with: it keeps that, and the others go
 * round it. `makers` are the names of makers in the order of their numbers, `unknown` first.
 */
export function assignSlots(reports, makers = ['unknown']) {
  const slots = reports.map((report) => report.slot ?? null);
  const records = reports.map((report, index) => record(report, index, makers)).sort(compare);
  const given = records.filter(({ index, home }) => slots[index] !== null && !home);
  for (const one of records) {
    if (slots[one.index] !== null) continue;
    if (one.home) {
      slots[one.index] = 0;
      continue;
    }
    const taken = new Set(given.filter((other) => joinable(one, other)).map(({ index }) => slots[index]));
    let slot = 0;
    while (taken.has(slot) && slot < 255) slot += 1;
    slots[one.index] = slot;
    given.push(one);
  }
  return slots;
}

/** The cell of a block, in which known cameras are looked up on the device. */
export const blockOf = (latitude, longitude) => latLngToCell(latitude, longitude, 10);
