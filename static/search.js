// Finds areas by name. The tables of names are files of the release, fetched whole once somebody begins to type: what is
// typed stays here, and which area was meant does not show until a link is followed.

import { distinctive, parse } from './names.js';

const MOST = 20;

/** Reads the tables of all sets: every area with its name, page and set. */
async function areasOf(sets) {
  const tables = sets.map(async ({ set, name, table, page }) => {
    const answer = await fetch(table);
    if (!answer.ok) throw new Error(`${answer.status}`);
    return parse(await answer.text()).map((area) => ({
      ...area,
      set,
      of: name,
      page: page.replace('{slug}', area.slug).replace('%7Bslug%7D', area.slug),
      key: distinctive(area.name),
    }));
  });
  return (await Promise.all(tables)).flat();
}

/** Those whose name holds every word that was typed, names that begin with it first. */
function found(areas, typed) {
  const wanted = distinctive(typed);
  const words = wanted.split(' ').filter(Boolean);
  if (words.length === 0) return [];
  const holds = areas.filter(({ key }) => words.every((word) => key.includes(word)));
  const rank = ({ key }) => (key.startsWith(wanted) ? 0 : 1);
  return holds.sort((a, b) => rank(a) - rank(b) || a.key.localeCompare(b.key));
}

/**
 * Shows the search, and links to the areas found. `choose` is asked first what to do with one; a link that it does not take
 * is followed.
 */
export function offerSearch(box, choose = () => false) {
  const sets = JSON.parse(box.dataset.sets);
  const input = box.querySelector('input');
  const note = box.querySelector('[role="status"]');
  const list = box.querySelector('ul');
  const hint = note.textContent;
  let areas = null;

  const look = async () => {
    areas ??= areasOf(sets).catch((error) => {
      areas = null;
      throw error;
    });
    const typed = input.value;
    const all = found(await areas, typed);
    if (typed !== input.value) return;
    note.textContent = typed.trim() === '' ? hint : box.dataset.found.replace('{count}', all.length);
    list.replaceChildren(
      ...all.slice(0, MOST).map((area) => {
        const [item, link] = ['li', 'a'].map((name) => document.createElement(name));
        link.href = area.page;
        link.textContent = area.name;
        link.addEventListener('click', (event) => {
          if (choose(area)) event.preventDefault();
        });
        item.append(link);
        if (sets.length > 1) item.append(` (${area.of})`);
        return item;
      }),
    );
  };

  const show = () =>
    look().catch(() => {
      // The next letter tries again.
      note.textContent = box.dataset.failed ?? hint;
    });

  box.hidden = false;
  input.addEventListener('input', show);
  input.addEventListener('keydown', (event) => {
    if (event.key === 'ArrowDown') {
      event.preventDefault();
      list.querySelector('a')?.focus();
    }
    if (event.key === 'Escape') {
      input.value = '';
      show();
    }
  });
  list.addEventListener('keydown', (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const links = [...list.querySelectorAll('a')];
    const next = links[links.indexOf(document.activeElement) + step];
    (next ?? (step < 0 ? input : document.activeElement)).focus();
  });
}
