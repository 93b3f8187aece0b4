// A static export on a plain host, for tests in the browser.

import { createReadStream, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join, normalize } from 'node:path';

const TYPES = { '.html': 'text/html; charset=utf-8', '.css': 'text/css', '.js': 'text/javascript', '.svg': 'image/svg+xml', '.json': 'application/json' };

/** A plain file server of a directory below `prefix`. Says what it was asked for: method, path, range and status. */
export async function host(directory, prefix, { ranges = true, indexes = true } = {}) {
  const asked = [];
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url, 'http://host');
    const { range } = request.headers;
    const end = (status, headers = {}) => {
      asked.push({ url: request.url, range, status });
      response.writeHead(status, headers);
    };
    if (!pathname.startsWith(prefix)) return end(404), response.end();
    let file = join(directory, normalize(decodeURIComponent(pathname.slice(prefix.length))));
    if (indexes && pathname.endsWith('/')) file = join(file, 'index.html');
    const found = statSync(file, { throwIfNoEntry: false });
    if (!found?.isFile()) return end(404), response.end();
    const type = { 'Content-Type': TYPES[extname(file)] ?? 'application/octet-stream' };
    const [, from, to] = (ranges && range?.match(/^bytes=(\d+)-(\d+)$/)) || [];
    if (from === undefined) {
      end(200, { ...type, 'Content-Length': found.size });
      return createReadStream(file).pipe(response);
    }
    const [start, stop] = [Number(from), Math.min(Number(to), found.size - 1)];
    end(206, { ...type, 'Content-Length': stop - start + 1, 'Content-Range': `bytes ${start}-${stop}/${found.size}` });
    return createReadStream(file, { start, end: stop }).pipe(response);
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const site = `http://127.0.0.1:${server.address().port}${prefix}`;
  return { site, asked, close: () => new Promise((resolve) => server.close(resolve)) };
}
