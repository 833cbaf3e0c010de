/**
 * Kills Skep's core at many points of long work, and looks at what the next one makes of it: nothing half, nothing
 * stray, each task gone on with or undone.
 *
 *   node scripts/proof/kill-points.mjs [POINTS] [SEED]
 */
import { spawn } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { chmodSync, cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { inProject, isProgram } from '../setup/project.mjs';

const MIB = 1024 ** 2;
export const JOBS = ['download', 'unpack', 'create'];

/** Numbers from 0 to 1 that are the same for the same seed (mulberry32). */
export function seeded(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** What is wrong with what the next Skep found, as sentences. Pure. */
export function faults(job, found, sums) {
  const wrong = [];
  const say = (sentence) => wrong.push(sentence);
  for (const [name, sum] of Object.entries(found.library)) {
    if (!(name in sums)) say(`stray in the library: ${name}`);
    else if (sums[name] !== sum) say(`not whole: ${name}`);
  }
  for (const { kind, status, error } of found.tasks) {
    if (!['done', 'failed', 'cancelled'].includes(status)) say(`a task that is ${status}`);
    if (status === 'failed' && (kind === 'download' || kind === 'unpack')) say(`${kind} failed: ${error}`);
  }
  if (job === 'download' && found.tasks.length > 0 && !('downloaded.img' in found.library)) say('no download');
  if (job === 'unpack' && found.tasks.length > 0 && !('unpacked.img' in found.library)) say('nothing unpacked');
  if (job === 'unpack' && found.tasks.length > 0 && 'packed.img.gz' in found.library) say('still packed');
  const ids = found.vms.map(({ id }) => id);
  for (const [id, files] of Object.entries(found.folders))
    if (!ids.includes(id)) say(`a folder of no VM: ${id} (${files.join(', ')})`);
  for (const { id, files } of ids.map((one) => ({ id: one, files: found.folders[one] ?? [] })))
    for (const file of files) if (file.startsWith('.') || file.endsWith('.part')) say(`stray in ${id}: ${file}`);
  for (const id of ids) if (!(id in found.folders)) say(`a VM without a folder: ${id}`);
  return wrong;
}

/** The home that each point begins with, and the server that the downloads come from. */
class Scene {
  root = mkdtempSync(join(tmpdir(), 'skep-kill-'));
  template = join(this.root, 'template');
  image = randomBytes(24 * MIB);
  sums = {};

  async open() {
    // QEMU's own user passes through.
    chmodSync(this.root, 0o755);
    const { build } = await import('esbuild');
    this.driver = inProject('.cache/kill-points/driver.mjs');
    await build({
      entryPoints: [inProject('lib/core/testing/kill-driver.ts')],
      outfile: this.driver,
      bundle: true,
      platform: 'node',
      target: 'node20',
      format: 'esm',
      packages: 'external',
      logLevel: 'error',
    });
    mkdirSync(join(this.template, 'library'), { recursive: true });
    const packed = gzipSync(this.image, { level: 1 });
    writeFileSync(join(this.template, 'library', 'packed.img.gz'), packed);
    writeFileSync(join(this.template, 'library', 'image.raw'), this.image);
    const sum = createHash('sha256').update(this.image).digest('hex');
    this.sums = { 'downloaded.img': sum, 'unpacked.img': sum, 'image.raw': sum };
    this.sums['packed.img.gz'] = createHash('sha256').update(packed).digest('hex');
    await this.check(this.template);
    this.server = createServer((request, response) => void this.send(request, response)).listen(0, '127.0.0.1');
    await once(this.server, 'listening');
    this.url = `http://127.0.0.1:${this.server.address().port}/image.img`;
  }

  /** About a second for the whole file. */
  async send(request, response) {
    const from = Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? '')?.[1] ?? 0);
    const { length } = this.image;
    const range = from > 0 ? { 'Content-Range': `bytes ${from}-${length - 1}/${length}` } : {};
    response.writeHead(from > 0 ? 206 : 200, { ETag: '"1"', 'Content-Length': length - from, ...range });
    for (let at = from; at < length && !response.destroyed; at += MIB) {
      response.write(this.image.subarray(at, at + MIB));
      await pause(40);
    }
    response.end();
  }

  /** Begins the job, kills after so long (null: never). @returns milliseconds from its begin to its end */
  async work(home, job, killAfterMs) {
    const child = this.spawn(['work', home, job, this.url]);
    const exited = once(child, 'exit');
    let begunAt = 0;
    let tookMs = 0;
    for await (const line of createInterface({ input: child.stdout })) {
      if (line === 'begun') {
        begunAt = performance.now();
        if (killAfterMs !== null) setTimeout(() => child.kill('SIGKILL'), killAfterMs);
      }
      if (line === 'ended') tookMs = performance.now() - begunAt;
    }
    await exited;
    return tookMs;
  }

  async check(home) {
    const child = this.spawn(['check', home]);
    const exited = once(child, 'exit');
    let text = '';
    for await (const line of createInterface({ input: child.stdout })) text = line;
    const [code] = await exited;
    if (code !== 0) throw new Error(`The next Skep ended with ${code}.`);
    return JSON.parse(text);
  }

  spawn(argv) {
    return spawn(process.execPath, [this.driver, ...argv], { stdio: ['ignore', 'pipe', 'inherit'] });
  }

  /** One point: a home of its own, a kill, a look. @returns what is wrong */
  async point(job, killAfterMs) {
    const home = mkdtempSync(join(this.root, 'h-'));
    cpSync(this.template, home, { recursive: true });
    await this.work(home, job, killAfterMs);
    const wrong = faults(job, await this.check(home), this.sums);
    rmSync(home, { recursive: true, force: true });
    return wrong;
  }

  close() {
    this.server?.closeAllConnections();
    this.server?.close();
    rmSync(this.root, { recursive: true, force: true });
  }
}

/**
 * Runs so many points, spread over the jobs and over their time.
 *
 * @returns one line for each point: what was killed, when, and what was wrong
 */
export async function killPoints(count, seed, tell = () => undefined) {
  const random = seeded(seed);
  const scene = new Scene();
  const results = [];
  try {
    await scene.open();
    const lengths = {};
    for (let n = 0; n < count; n++) {
      const job = JOBS[n % JOBS.length];
      lengths[job] ??= await measure(scene, job);
      const killAfterMs = Math.round(random() * lengths[job]);
      const wrong = await scene.point(job, killAfterMs);
      results.push({ job, killAfterMs, ofMs: Math.round(lengths[job]), wrong });
      tell(results.at(-1));
    }
  } finally {
    scene.close();
  }
  return results;
}

async function measure(scene, job) {
  const home = mkdtempSync(join(scene.root, 'm-'));
  cpSync(scene.template, home, { recursive: true });
  return scene.work(home, job, null);
}

if (isProgram(import.meta.url)) {
  const [count = '21', seed = '1'] = process.argv.slice(2);
  const results = await killPoints(Number(count), Number(seed), ({ job, killAfterMs, ofMs, wrong }) => {
    console.log(`${job} killed at ${killAfterMs} of ${ofMs} ms: ${wrong.length === 0 ? 'right' : wrong.join('; ')}`);
  });
  const bad = results.filter(({ wrong }) => wrong.length > 0).length;
  console.log(`${results.length} points with seed ${seed}: ${bad} wrong.`);
  process.exitCode = bad === 0 ? 0 : 1;
}
