// What scripts say: the Fluent messages that pages hand over, in every language, formatted as the browser formats them.

import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { describe, test } from 'node:test';
import { LANGUAGES } from './crawl.mjs';
import { pageModule } from './page-module.mjs';

const read = (path) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');
const source = (language, file) => read(`src/language/messages/${language}/${file}.ftl`);
const { messages, numbers } = await pageModule('messages');
const FILES = ['map', 'forms'];
/** One of every plural form of the six languages, and a fraction. */
const NUMBERS = [0, 1, 2, 3, 11, 21, 100, 1234, 0.5];

const keysOf = (text) => [...text.matchAll(/^([a-z0-9-]+) =/gm)].map(([, key]) => key);
const namesOf = (text) => [...new Set([...text.matchAll(/\$(\w+)/g)].map(([, name]) => name))];

describe('what scripts say', () => {
  test('leaves no placeholder open, in any language and for any number', () => {
    for (const language of LANGUAGES) {
      for (const file of FILES) {
        const text = source(language, file);
        const say = messages(text, language);
        for (const key of keysOf(text)) {
          for (const number of NUMBERS) {
            const said = say(key, Object.fromEntries(namesOf(text).map((name) => [name, number])));
            assert.ok(said.length > 0 && said !== key && !/[{}$]/.test(said), `${language} ${key} ${number}: ${said}`);
          }
        }
      }
    }
  });

  test('is all there, and nothing is there that no script says', () => {
    const scripts = readdirSync(new URL('../../static/', import.meta.url)).filter((name) => name.endsWith('.js'));
    const code = scripts.map((name) => read(`static/${name}`)).join('\n');
    const keys = FILES.flatMap((file) => keysOf(source('en', file)));
    for (const key of keys) assert.ok(code.includes(`'${key}'`), `no script says ${key}`);
    const said = [...code.matchAll(/\b(?:say|told)\('([a-z]+-[a-z0-9-]+)'/g)].map(([, key]) => key);
    assert.ok(said.length > 30, 'the scripts were read');
    for (const key of said) assert.ok(keys.includes(key), `no message ${key}`);
  });

  test('has the plural of its number, and writes numbers as the server does', () => {
    const seen = (language, cells, cameras) =>
      messages(source(language, 'map'), language)('script-in-view', { cells, cameras, resolution: 9, km2: '0.1' });
    assert.match(seen('en', 1, 1), /^In view: 1 cell with 1 camera at least\./);
    assert.match(seen('en', 2, 1234), /^In view: 2 cells with 1,234 cameras at least\./);
    assert.match(seen('de', 1, 12345), /1 Zelle mit mindestens 12\.345 Kameras\./);
    assert.match(seen('es', 1, 1234), /1 celda con 1234 cámaras/);
    assert.match(seen('fr', 0, 1234), /0 cellule avec 1\u202f234 caméras/);
    assert.match(seen('zh-Hans', 1, 2), /1个单元格，至少2个摄像头/);
    assert.match(seen('ar', 2, 1234), /خليتان.*\u20681,234\u2069/);
  });

  test('never rounds a share that is not everything to everything', () => {
    const { share, measure, count } = numbers('en');
    assert.deepEqual([share(0.999), share(1), share(0.5), measure(0.73732), measure(1234.5), count(61_768)], ['99%', '100%', '50%', '0.737', '1,235', '61,768']);
    assert.equal(numbers('ar').count(1234), '1,234');
  });
});
