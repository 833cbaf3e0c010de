/**
 * How long a second `npm start`, with nothing left to set up, takes until it answers, against the bare server
 * (`node dist/server.mjs`) in the same run. Run `npm start` once before.
 *
 *   node scripts/bench/second-start.mjs [runs]
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, get } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const GIVE_UP_MS = 60_000;
const runs = Number(process.argv[2] ?? 5);
const home = mkdtempSync(join(tmpdir(), 'skep-bench-'));
const port = await freePort();

const times = { npm: [], bare: [] };
for (let run = -1; run < runs; run++) {
  const npm = await timeStart('npm', ['start']);
  const bare = await timeStart(process.execPath, ['dist/server.mjs']);
  if (run < 0) continue; // warm-up
  times.npm.push(npm);
  times.bare.push(bare);
}
rmSync(home, { recursive: true, force: true });
print('npm start', times.npm);
print('bare server', times.bare);
console.log(`ratio       ${(median(times.npm) / median(times.bare)).toFixed(2)}`);

/** Milliseconds from spawn to the first HTTP answer; the server is stopped again. */
async function timeStart(command, args) {
  const env = { ...process.env, NODE_ENV: 'production', SKEP_HOME: home, SKEP_PORT: String(port) };
  const begin = performance.now();
  const child = spawn(command, args, { cwd: ROOT, env, stdio: 'ignore', detached: true });
  const ended = new Promise((resolve) => child.once('exit', resolve));
  while (!(await answers())) {
    if (performance.now() - begin > GIVE_UP_MS) throw new Error('The server does not answer.');
    await wait(5);
  }
  const elapsedMs = performance.now() - begin;
  process.kill(-child.pid, 'SIGTERM');
  await ended;
  return elapsedMs;
}

function answers() {
  return new Promise((resolve) => {
    get({ host: '127.0.0.1', port, path: '/login' }, (response) => {
      response.resume();
      resolve(true);
    }).on('error', () => resolve(false));
  });
}

function freePort() {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port: free } = server.address();
      server.close(() => resolve(free));
    });
  });
}

function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
}

function print(name, values) {
  const figures = [Math.min(...values), median(values), Math.max(...values)].map((ms) => `${Math.round(ms)} ms`);
  console.log(`${name.padEnd(12)}${figures.join('  ')}   (min, median, max of ${values.length})`);
}
