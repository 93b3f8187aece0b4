// What a server gets to see, whatever the browser says that it sent.

import { once } from 'node:events';
import { createServer, request as forward } from 'node:http';

/**
 * Passes everything on to the server at `origin`, and remembers each request: its path, what it consisted of, and
 * headers and number of bytes of the answer. `delay` says how many milliseconds a path has to wait.
 */
export async function watching(origin, { delay = () => 0 } = {}) {
  const asked = [];
  const server = createServer(async (request, response) => {
    const { method, url, headers } = request;
    const entry = { path: url, sent: '', bytes: 0, answered: {} };
    asked.push(entry);
    const parts = [];
    for await (const part of request) parts.push(part);
    const body = Buffer.concat(parts);
    const { host, connection, ...told } = headers;
    entry.sent = [method, decodeURIComponent(url), ...Object.entries(told).map((header) => header.join(': ')).sort(), body].join('\n');
    await new Promise((resolve) => setTimeout(resolve, delay(url)));
    const onward = forward(`${origin}${url}`, { method, headers }, (answer) => {
      entry.answered = answer.headers;
      entry.bytes = answer.rawHeaders.join('').length + 4 * answer.rawHeaders.length;
      answer.on('data', (part) => {
        entry.bytes += part.length;
      });
      response.writeHead(answer.statusCode, answer.rawHeaders);
      answer.pipe(response);
    });
    onward.on('error', () => response.destroy());
    onward.end(body);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  // A test that fails does not come to close it, and must end all the same.
  server.unref().on('connection', (socket) => socket.unref());
  return {
    origin: `http://127.0.0.1:${server.address().port}`,
    asked,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}
