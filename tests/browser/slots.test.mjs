// Slots as the form works them out, compared with those of the program: `src/matching/slots.rs` reads the same file.

import assert from 'node:assert/strict';
import { copyFileSync, mkdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath, pathToFileURL } from 'node:url';

const HERE = dirname(fileURLToPath(import.meta.url));
// Beside the packages that it imports: those of the page are installed where it is built.
const COPY = join(HERE, 'node_modules/.census/slots.mjs');
mkdirSync(dirname(COPY), { recursive: true });
copyFileSync(join(HERE, '../../static/slots.js'), COPY);
const { assignSlots } = await import(pathToFileURL(COPY).href);
const groups = JSON.parse(readFileSync(join(HERE, 'slots.json'), 'utf8'));
const makers = ['unknown', 'Hikvision', 'Dahua'];

test('the form gives the slots that the program gives', () => {
  assert.ok(groups.some(({ slots }) => Math.max(...slots) > 1), 'some stand close together');
  for (const { reports, slots } of groups) assert.deepEqual(assignSlots(reports, makers), slots);
});

test('what was sent keeps its slot, and the next one at the same spot gets another', () => {
  const [report] = groups[0].reports.filter(({ kind, operator }) => kind !== 'doorbell' && operator !== 'household');
  assert.deepEqual(assignSlots([{ ...report, slot: 1 }, report, report]), [1, 0, 2]);
});
