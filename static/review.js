// The keyboard of the review page: one key per decision. Everything works without this file; it sends the same forms.

const code = document.querySelector('[data-from-address]');
if (code && location.hash.length > 1) {
  code.value = location.hash.slice(1);
  // The code is used once, and not kept in the history of the browser.
  history.replaceState(null, '', location.pathname + location.search);
}

const queue = document.getElementById('queue');
if (queue) keyboard(queue);

function keyboard(form) {
  const said = document.getElementById('said');
  const rows = () => [...form.querySelectorAll('.report')];
  const box = (row) => row.querySelector('input[type=checkbox]');
  const current = () => rows().find((row) => row.contains(document.activeElement));
  const selected = () => rows().filter((row) => box(row).checked);

  function move(step) {
    const all = rows();
    const at = all.indexOf(current());
    const next = all[at < 0 ? 0 : Math.min(all.length - 1, Math.max(0, at + step))];
    if (next) {
      box(next).focus();
      next.scrollIntoView({ block: 'nearest' });
    }
  }

  async function send(address, extra, chosen) {
    const body = new URLSearchParams();
    for (const name of ['csrf', 'language', 'page', 'reason']) body.set(name, form.elements[name].value);
    for (const row of chosen) body.append('item', box(row).value);
    for (const [name, value] of Object.entries(extra)) body.set(name, value);
    return fetch(address, { method: 'POST', body, headers: { Accept: 'application/json' }, credentials: 'same-origin' });
  }

  async function preview() {
    const chosen = selected();
    const near = (chosen[0] ?? current() ?? rows()[0])?.closest('[data-cell]');
    if (!near) return;
    const answer = await send('/review/preview', { whole: 'no', cell: near.dataset.cell }, chosen);
    // Drawn by our own server, which escapes what it writes.
    if (!answer.ok) return;
    document.getElementById('preview').innerHTML = await answer.text();
    document.getElementById('preview-empty')?.remove();
  }

  async function decide(action) {
    const here = current();
    const chosen = selected().length > 0 ? selected() : here ? [here] : [];
    if (chosen.length === 0) return;
    const all = rows();
    const after = all.slice(all.indexOf(chosen[chosen.length - 1]) + 1).find((row) => !chosen.includes(row));
    let answer;
    try {
      answer = await send('/review/decide', { action }, chosen);
    } catch {
      // No network: what is on the page stays, and the key can be pressed again.
      return;
    }
    if (!(answer.headers.get('content-type') ?? '').startsWith('application/json')) {
      location.reload();
      return;
    }
    const { words } = await answer.json();
    said.textContent = words;
    said.className = 'notice';
    if (answer.status === 409) return;
    for (const row of chosen) {
      const group = row.closest('fieldset');
      row.remove();
      if (!group.querySelector('.report')) group.remove();
    }
    if (rows().length === 0) location.reload();
    else {
      box(after ?? rows()[rows().length - 1]).focus();
      preview();
    }
  }

  const keys = {
    j: () => move(1),
    k: () => move(-1),
    x: () => {
      const row = current();
      if (row) {
        box(row).checked = !box(row).checked;
        preview();
      }
    },
    a: () => decide('approve'),
    r: () => decide('reject'),
    s: () => decide('same'),
    d: () => decide('different'),
    u: () => {
      for (const row of selected()) box(row).checked = false;
      preview();
    },
    '?': () => {
      const help = document.getElementById('help');
      help.open = !help.open;
    },
  };

  document.addEventListener('keydown', (event) => {
    const typing = event.target.closest('select, textarea, input:not([type=checkbox])');
    // Only while the focus is in the queue, so that nobody who speaks to the computer decides by accident.
    if (!form.contains(event.target) || typing || event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
    const act = keys[event.key];
    if (act) {
      event.preventDefault();
      act();
    }
  });
  const first = rows()[0];
  if (first) box(first).focus({ preventScroll: true });
  form.addEventListener('change', (event) => {
    if (event.target.matches('input[type=checkbox]')) preview();
  });
}
