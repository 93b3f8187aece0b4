// Slots as the form works them out, compared with those of the program: `src/matching/slots.rs` reads the same file.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { pageModule } from './page-module.mjs';

const { assignSlots } = await pageModule('slots');
const groups = JSON.parse(readFileSync(new URL('slots.json', import.meta.url), 'utf8'));
const makers = ['unknown', 'Hikvision', 'Dahua'];

test('the form gives the slots that the program gives', () => {
  assert.ok(groups.some(({ slots }) => Math.max(...slots) > 1), 'some stand close together');
  for (const { reports, slots } of groups) assert.deepEqual(assignSlots(reports, makers), slots);
});

test('what was sent keeps its slot, and the next one at the same spot gets another', () => {
  const [report] = groups[0].reports.filter(({ kind, operator }) => kind !== 'doorbell' && operator !== 'household');
  assert.deepEqual(assignSlots([{ ...report, slot: 1 }, report, report]), [1, 0, 2]);
});
