// A census of its own for a test in the browser: a directory, a database, and the built program.

import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const PROGRAM = process.env.CENSUS_PROGRAM ?? fileURLToPath(new URL('../../target/debug/camera-census', import.meta.url));

export class World {
  #server;

  constructor() {
    this.root = mkdtempSync(join(tmpdir(), 'census-'));
    this.data = join(this.root, 'data');
    this.environment = {
      ...process.env,
      CENSUS_DATABASE: `sqlite:${join(this.root, 'census.db')}`,
      CENSUS_DATA_DIR: this.data,
      CENSUS_MIN_CHANGES: '1',
    };
  }

  /** Runs a command and returns what it prints as JSON. */
  census(...words) {
    return JSON.parse(execFileSync(PROGRAM, [...words, '--json'], { env: this.environment, encoding: 'utf8' }));
  }

  /** Starts the server, on the port it had before if it was started before, and returns its origin. */
  async serve() {
    const listen = this.origin ? new URL(this.origin).host : '127.0.0.1:0';
    const server = spawn(PROGRAM, ['serve', '--listen', listen], { env: this.environment, stdio: ['ignore', 'pipe', 'pipe'] });
    this.#server = server;
    server.stderr.resume();
    this.origin = await new Promise((resolve, reject) => {
      let text = '';
      server.once('exit', (code) => reject(new Error(`the server ended with ${code}: ${text}`)));
      server.stdout.on('data', (chunk) => {
        text += chunk;
        const found = text.match(/http:\/\/[\d.]+:\d+/);
        if (found) resolve(found[0]);
      });
    });
    return this.origin;
  }

  /** Stops the server, as if the network were gone. */
  async stop() {
    const server = this.#server;
    this.#server = undefined;
    if (!server || server.exitCode !== null) return;
    const ended = once(server, 'exit');
    server.kill('SIGKILL');
    await ended;
  }

  async remove() {
    await this.stop();
    rmSync(this.root, { recursive: true, force: true });
  }
}
