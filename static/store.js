// What this device keeps, and nobody else: an IndexedDB database of one store per sort of thing. Every object has a member
// `id`, its key.

const NAME = 'camera-census';
const STORES = ['tokens', 'batches', 'queue'];

let opened;

/** Opens the database, once. */
export function open() {
  opened ??= new Promise((resolve, reject) => {
    const request = indexedDB.open(NAME, 1);
    request.onupgradeneeded = () => {
      for (const store of STORES) request.result.createObjectStore(store, { keyPath: 'id' });
    };
    request.onsuccess = () => {
      // Another tab with a newer page must not wait for this one.
      request.result.onversionchange = () => {
        request.result.close();
        opened = undefined;
      };
      resolve(request.result);
    };
    request.onerror = () => {
      opened = undefined;
      reject(request.error);
    };
  });
  return opened;
}

/**
 * Runs `work` on the object stores of one transaction and resolves with its value once that is durable. `work` must not wait
 * for anything but requests of the transaction.
 */
export async function within(stores, mode, work) {
  const database = await open();
  return new Promise((resolve, reject) => {
    const transaction = database.transaction(stores, mode, mode === 'readwrite' ? { durability: 'strict' } : {});
    let value;
    transaction.oncomplete = () => resolve(value);
    transaction.onabort = () => reject(transaction.error ?? new Error('the transaction was given up'));
    work((store) => transaction.objectStore(store), (result) => {
      value = result;
    });
  });
}

/** The object with this id, or undefined. */
export const get = (store, id) =>
  within([store], 'readonly', (at, done) => {
    at(store).get(id).onsuccess = (event) => done(event.target.result);
  });

/** Every object. */
export const all = (store) =>
  within([store], 'readonly', (at, done) => {
    at(store).getAll().onsuccess = (event) => done(event.target.result);
  });

/** Puts objects in, in place of those with the same ids. */
export const put = (store, ...objects) =>
  within([store], 'readwrite', (at) => {
    for (const object of objects) at(store).put(object);
  });

/** Takes objects out by their ids. */
export const del = (store, ...ids) =>
  within([store], 'readwrite', (at) => {
    for (const id of ids) at(store).delete(id);
  });

/** Takes everything out of these stores. */
export const clear = (...stores) =>
  within(stores, 'readwrite', (at) => {
    for (const store of stores) at(store).clear();
  });
