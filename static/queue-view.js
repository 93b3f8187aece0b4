// The part of the form and of the sheets that shows what waits on this device, and sends or wipes it.

import * as queue from './queue.js';
import { acceptInvite, count } from './tokens.js';

const byId = (id) => document.getElementById(id);

/** Joins the queue on the page to the store. `delay` gives the pause between items in milliseconds. */
export async function showQueue(say, { isOpen, makers, delay } = {}) {
  const note = byId('queue-note');
  const told = (key, values) => {
    note.hidden = false;
    note.textContent = say(key, values);
  };
  const reason = (item) => say(item.reason === 'no-token' ? 'queue-no-token' : 'queue-refused', { reason: item.reason });

  const refresh = async () => {
    const [items, tokens] = await Promise.all([queue.items(), count()]);
    const waiting = items.filter(({ state }) => state !== 'sent');
    const sent = items.length - waiting.length;
    const lines = [waiting.length ? say('queue-count', { value: waiting.length }) : say('queue-empty')];
    if (sent) lines.push(say('queue-sent-count', { value: sent }));
    byId('queue-count').textContent = lines.join(' ');
    byId('queue-tokens').textContent = tokens.for.length ? say('queue-tokens', { value: tokens.sightings, number: tokens.marks }) : '';
    byId('send-now').disabled = waiting.length === 0;
    byId('queue').dataset.waiting = waiting.length;
    byId('queue').dataset.sent = sent;
    byId('queue-list').replaceChildren(
      ...items.filter(({ state }) => state !== 'waiting').map((item) => {
        const line = document.createElement('li');
        line.textContent = item.state === 'failed' ? reason(item) : `${say('queue-receipt')}: `;
        if (item.state === 'sent') {
          const code = document.createElement('code');
          code.textContent = item.id;
          line.append(code);
        }
        return line;
      }),
    );
  };

  byId('send-now').addEventListener('click', async () => {
    byId('send-now').disabled = true;
    const outcome = await queue.sendAll({
      isOpen,
      makers,
      ...(delay ? { delay } : {}),
      onProgress: ({ left, milliseconds }) => {
        refresh();
        told('queue-sending', { value: left, seconds: Math.ceil(milliseconds / 1000) });
      },
    });
    await refresh();
    const failed = (await queue.items()).filter(({ state }) => state === 'failed').length;
    const keys = { done: 'queue-done', offline: 'queue-offline', wait: 'queue-wait', 'no-token': 'queue-no-token', failed: 'queue-failed' };
    told(keys[outcome], { value: failed });
  });

  byId('wipe').addEventListener('click', async () => {
    await queue.wipe();
    await refresh();
    told('queue-wiped');
  });

  try {
    const invite = location.hash.match(/^#invite=(.+)$/)?.[1];
    if (invite) {
      // Out of the address before anything else: it must not stand in a screenshot or the history.
      history.replaceState(null, '', location.pathname);
      await acceptInvite(invite).then(() => told('queue-invite-taken'), () => told('queue-invite-failed'));
    }
    await refresh();
  } catch {
    told('queue-no-storage');
  }
  byId('queue').hidden = false;
  if ('serviceWorker' in navigator) navigator.serviceWorker.register('/sw.js').catch(() => {});
  return { refresh, told };
}
