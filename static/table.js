// The table of the cells in view: the same numbers as the map, under the same choice.

import { resolutionOf } from './cells.js';
import { parts } from './details.js';

const LIMIT = 100;

function element(name, text, attributes = {}) {
  const node = document.createElement(name);
  node.textContent = text;
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
  return node;
}

function caption(cells, choice, { say, numbers, chosen }) {
  const sentences = [chosen];
  if (cells.length === 0) {
    sentences.push(say('script-in-view-none'));
  } else {
    const { cell } = cells[0].properties;
    const km2 = cells.reduce((sum, { properties }) => sum + properties.km2, 0) / cells.length;
    sentences.push(
      say('script-in-view', {
        cells: cells.length,
        cameras: cells.reduce((sum, { cameras }) => sum + cameras, 0),
        resolution: resolutionOf(cell),
        km2: numbers.measure(km2),
      }),
    );
    if (cells.length > LIMIT) sentences.push(say('script-in-view-limit', { limit: LIMIT }));
  }
  return sentences.join(' ');
}

/**
 * What is known of a cell in one line, for those who go from row to row: its number and density, or why there are none, kinds,
 * home cameras, and share surveyed.
 */
function summary({ cameras, properties }, { say, numbers, kinds }) {
  const { n, km2, home, surveyed } = properties;
  const told = (key, value) => `${say(key)}: ${value}`;
  const said = n === undefined ? [say('map-nobody')] : [told('script-column-cameras', numbers.count(cameras)), told('script-column-km2', numbers.measure(cameras / km2))];
  said.push(parts(properties, 'k_', kinds, numbers));
  if (home !== undefined) said.push(told('script-home', say('script-home-value', { home: numbers.count(home) })));
  const share = surveyed === undefined ? say('script-surveyed-unknown') : say('script-surveyed-value', { share: numbers.share(surveyed) });
  said.push(told('script-surveyed', share));
  return `${said.filter(Boolean).join('. ')}.`;
}

/** The head of a column, leading to what its numbers mean as it did in the table that the server drew. */
function heading(text, attributes, anchor) {
  const node = element('th', '', attributes);
  const link = element('a', text, { class: 'term', href: anchor });
  node.append(link);
  return node;
}

/** Fills the table; `show` is called with the cell whose row is activated. */
export function fillTable(table, cells, choice, context, show) {
  const { say, numbers } = context;
  const homes = cells.some(({ properties }) => properties.home !== undefined);
  const columns = [
    ['script-column-cameras', 'at-least', ({ cameras }) => numbers.count(cameras)],
    ['script-column-km2', 'cells', ({ cameras, properties }) => numbers.measure(cameras / properties.km2)],
  ];
  // Heads and home cameras are published as totals only, not by kind or operator.
  if (choice.by === 'all') columns.push(['script-column-heads', 'cameras', ({ properties }) => numbers.count(properties.heads ?? 0)]);
  if (choice.by === 'all' && homes) {
    columns.push(['script-column-home', 'homes', ({ properties: { home } }) => (home === undefined ? '' : numbers.count(home))]);
  }

  const head = document.createElement('tr');
  const method = table.dataset.method;
  head.append(heading(say('script-column-cell'), { scope: 'col' }, `${method}#cells`));
  for (const [key, anchor] of columns) head.append(heading(say(key), { scope: 'col', class: 'number' }, `${method}#${anchor}`));

  const rows = cells.slice(0, LIMIT).map((cell) => {
    const name = cell.properties.cell;
    const row = document.createElement('tr');
    const header = element('th', '', { scope: 'row' });
    const button = element('button', name, { type: 'button', class: 'cell', 'aria-label': `${summary(cell, context)} ${say('script-go-to', { cell: name })}` });
    button.addEventListener('click', () => show(cell));
    header.append(button);
    row.append(header, ...columns.map(([, , value]) => element('td', value(cell), { class: 'number' })));
    return row;
  });

  table.caption.textContent = caption(cells, choice, context);
  table.tHead.replaceChildren(head);
  table.tBodies[0].replaceChildren(...rows);
}
