/**
 * Uploads a file from a real browser over a line that is cut at random points, to a Skep that is killed meanwhile.
 *
 *   node scripts/proof/upload-cuts.mjs MIB CUTS KILLS [SEED]
 *
 *   Chromium ─▶ TCP proxy ─▶ Skep        cut: every connection of the proxy is destroyed
 *                                        kill: SIGKILL, then Skep is started again
 *
 * Prints how much was sent twice (everything that went through the proxy, headers too, less the size of the file),
 * whether the SHA-256 is the same, and what else lies in the library. Ends with 1 when the file is not the same,
 * something was left over, or more than 5 % were sent twice.
 */
import { spawn } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createReadStream, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { open } from 'node:fs/promises';
import net from 'node:net';
import { join, resolve } from 'node:path';
import { chromium } from '@playwright/test';

const MIB = 1024 ** 2;
const NAME = 'proof.img';
const [mebibytes = 512, cuts = 50, kills = 3, seed = Date.now() % 2 ** 31] = process.argv.slice(2).map(Number);

/** Numbers from 0 to 1 that are the same for the same seed (mulberry32). */
function seeded(start) {
  let state = start;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

async function freePort() {
  const server = net.createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  return port;
}

/** A Skep on a home of its own. */
class Skep {
  constructor(home, port) {
    Object.assign(this, { home, port, printed: '' });
  }

  async start() {
    const env = { ...process.env, NODE_ENV: 'production', SKEP_HOME: this.home, SKEP_PORT: String(this.port) };
    this.child = spawn(process.execPath, [resolve('dist/server.mjs')], { env, stdio: ['ignore', 'pipe', 'inherit'] });
    const from = this.printed.length;
    for await (const text of this.child.stdout.iterator({ destroyOnReturn: false })) {
      this.printed += text;
      if (this.printed.slice(from).includes(`127.0.0.1:${this.port}`)) break;
    }
    this.child.stdout.resume();
  }

  async kill() {
    const ended = once(this.child, 'exit');
    this.child.kill('SIGKILL');
    await ended;
  }
}

/** Counts what the browser sends, and lets `onBytes` cut. */
async function startProxy(targetPort, onBytes) {
  const sockets = new Set();
  const proxy = { sentBytes: 0, cut: () => sockets.forEach((socket) => socket.destroy()) };
  const server = net.createServer((client) => {
    const upstream = net.connect(targetPort, '127.0.0.1');
    for (const [socket, other] of [
      [client, upstream],
      [upstream, client],
    ]) {
      sockets.add(socket);
      socket.on('error', () => undefined);
      socket.once('close', () => {
        sockets.delete(socket);
        other.destroy();
      });
      socket.pipe(other);
    }
    client.on('data', (bytes) => {
      proxy.sentBytes += bytes.length;
      onBytes(proxy);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return Object.assign(proxy, { port: server.address().port, close: () => server.close() });
}

async function makeFile(path) {
  const file = await open(path, 'wx');
  for (let i = 0; i < mebibytes; i++) await file.write(randomBytes(MIB));
  await file.close();
}

async function hashOf(path) {
  const hash = createHash('sha256');
  for await (const bytes of createReadStream(path)) hash.update(bytes);
  return hash.digest('hex');
}

/** Random points of the upload, in bytes, each with what happens there. */
function pointsOf(random) {
  const at = () => Math.floor(random() * mebibytes * MIB);
  const points = [
    ...Array.from({ length: cuts }, () => ({ at: at(), isKill: false })),
    ...Array.from({ length: kills }, () => ({ at: at(), isKill: true })),
  ];
  return points.sort((a, b) => a.at - b.at);
}

/** Signs in as the first administrator, and hands the file to the page. */
async function upload(page, skep, path) {
  await page.goto(/https?:\/\/\S+token=\S+/.exec(skep.printed)[0]);
  await page.getByLabel('Name', { exact: true }).fill('admin');
  await page.getByLabel('Password', { exact: true }).fill('correct horse battery');
  await page.getByLabel('The same again').fill('correct horse battery');
  await page.getByRole('button', { name: 'Create administrator' }).click();
  await page.waitForURL('**/vms');
  await page.goto(`http://127.0.0.1:${skep.port}/vms/new`);
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'Upload an ISO…' }).click();
  await (await chooser).setFiles(path);
}

async function main() {
  const folder = mkdtempSync('/tmp/skep-cuts-');
  const path = join(folder, NAME);
  const skep = new Skep(join(folder, 'home'), await freePort());
  const points = pointsOf(seeded(seed));
  const counts = { cuts: 0, kills: 0 };
  let from = Infinity;
  let busy = Promise.resolve();
  const proxy = await startProxy(skep.port, (line) => {
    if (line.sentBytes - from < (points[0]?.at ?? Infinity)) return;
    const { isKill } = points.shift();
    counts[isKill ? 'kills' : 'cuts']++;
    line.cut();
    if (isKill) busy = busy.then(() => skep.kill()).then(() => skep.start());
  });
  await makeFile(path);
  await skep.start();
  // The browser believes that it talks to Skep itself: Host and Origin are Skep's own.
  const rule = `MAP 127.0.0.1:${skep.port} 127.0.0.1:${proxy.port}`;
  const args = [`--host-resolver-rules=${rule}`, ...(process.getuid() === 0 ? ['--no-sandbox'] : [])];
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args });
  try {
    const page = await browser.newPage();
    page.on('requestfinished', (request) => {
      if (request.method() === 'POST' && request.url().endsWith('/upload/files')) from = proxy.sentBytes;
    });
    const began = performance.now();
    await upload(page, skep, path);
    await page.getByRole('button', { name: 'Uploads: all done' }).waitFor({ timeout: 3_600_000 });
    const seconds = (performance.now() - began) / 1000;
    await busy;
    const twice = (proxy.sentBytes - from - mebibytes * MIB) / (mebibytes * MIB);
    const library = join(skep.home, 'library');
    const isSame = (await hashOf(join(library, NAME))) === (await hashOf(path));
    const strays = readdirSync(library).filter((name) => name !== NAME);
    console.log({ mebibytes, seed, ...counts, seconds, sentTwice: `${(twice * 100).toFixed(2)} %`, isSame, strays });
    process.exitCode = isSame && strays.length === 0 && twice <= 0.05 ? 0 : 1;
  } finally {
    await browser.close();
    await skep.kill();
    proxy.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

await main();
