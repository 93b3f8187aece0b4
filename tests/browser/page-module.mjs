// Imports a module of the page into a test.

import { copyFileSync, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const HERE = dirname(fileURLToPath(import.meta.url));
// Beside the packages that it imports: those of the page are installed where it is built.
const COPIES = join(HERE, 'node_modules/.census');

/** The module `static/{name}.js`. It imports packages alone; those stand in package.json here as well. */
export async function pageModule(name) {
  const copy = join(COPIES, `${name}.mjs`);
  mkdirSync(COPIES, { recursive: true });
  copyFileSync(join(HERE, `../../static/${name}.js`), copy);
  return import(pathToFileURL(copy).href);
}
