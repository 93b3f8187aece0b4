// Names of areas: reading them from a table of a release, and comparing them.

/** A name without case and accents, so that "sao" finds "São". */
export function distinctive(name) {
  return name.normalize('NFKD').replace(/\p{M}/gu, '').toLocaleLowerCase().replace(/\s+/g, ' ').trim();
}

/** Slug and name of every area in the text of an `areas-{set}.csv` (RFC 4180); the line of what is in no area has no page. */
export function parse(text) {
  const [header, ...rows] = records(text);
  const [slug, name] = ['slug', 'name'].map((column) => header.indexOf(column));
  const areas = rows.filter((row) => row.length === header.length && row[slug] !== '' && row[slug] !== 'unassigned');
  // A quote before a name keeps spreadsheets from taking it for a formula.
  return areas.map((row) => ({ slug: row[slug], name: row[name].replace(/^'(?=[=+\-@])/, '') }));
}

function records(text) {
  const all = [];
  let row = [];
  const field = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/y;
  while (field.lastIndex < text.length) {
    const [, quoted, plain, end] = field.exec(text);
    row.push(quoted === undefined ? plain : quoted.replaceAll('""', '"'));
    if (end === ',') continue;
    all.push(row);
    row = [];
  }
  return all;
}
