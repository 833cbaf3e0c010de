import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { takeLock } from './lock';

let dir: string;
let program: string;

beforeAll(async () => {
  dir = fs.mkdtempSync(path.join(os.tmpdir(), 'skep-lock-'));
  // Next to node_modules, so that the program finds the database addon.
  program = path.join(process.cwd(), 'node_modules', `.skep-lock-test-${process.pid}.mjs`);
  await build({
    stdin: {
      contents: `
        import { takeLock } from './lock';
        try { takeLock(process.argv[2]); console.log('taken'); process.stdin.resume(); }
        catch (error) { console.log(error.message); process.exit(1); }`,
      resolveDir: __dirname,
      loader: 'ts',
    },
    bundle: true,
    platform: 'node',
    format: 'esm',
    external: ['better-sqlite3'],
    outfile: program,
  });
});
afterAll(() => {
  fs.rmSync(program, { force: true });
  fs.rmSync(dir, { recursive: true, force: true });
});

interface Contender {
  child: ChildProcess;
  line: string;
}

async function contend(lock: string): Promise<Contender> {
  const child = spawn(process.execPath, [program, lock], { stdio: ['pipe', 'pipe', 'inherit'] });
  const [data] = (await once(child.stdout!, 'data')) as [Buffer];
  return { child, line: data.toString().trim() };
}

async function kill(child: ChildProcess): Promise<void> {
  const ended = once(child, 'exit');
  child.kill('SIGKILL');
  await ended;
}

describe('takeLock', () => {
  it('lets exactly one of ten that start at once live, and names it to the others (F-11)', async () => {
    const lock = path.join(dir, 'ten');
    const contenders = await Promise.all(Array.from({ length: 10 }, () => contend(lock)));
    const winners = contenders.filter((c) => c.line === 'taken');
    expect(winners).toHaveLength(1);
    for (const loser of contenders.filter((c) => c.line !== 'taken'))
      expect(loser.line).toContain(`Skep already runs with this home (process ${winners[0]!.child.pid})`);
    for (const { child } of contenders) if (child.exitCode === null) await kill(child);
  });

  it('is free again at once after kill -9', async () => {
    const lock = path.join(dir, 'killed');
    const first = await contend(lock);
    expect(first.line).toBe('taken');
    await kill(first.child);
    const second = await contend(lock);
    expect(second.line).toBe('taken');
    await kill(second.child);
  });

  it('says so when the file cannot be locked', () => {
    const file = path.join(dir, 'foreign');
    fs.writeFileSync(file, 'something that is not ours, and longer than the header of a database'.repeat(10));
    expect(() => takeLock(file)).toThrow('does not take a lock');
  });

  it('holds within one process too, and leaves the file empty and private', () => {
    const file = path.join(dir, 'same');
    const lock = takeLock(file);
    expect(() => takeLock(file)).toThrow(`(process ${process.pid})`);
    expect(() => takeLock(file)).toThrow('Skep already runs');
    lock.release();
    takeLock(file).release();
    expect(fs.statSync(file).size).toBe(0);
    expect(fs.statSync(file).mode & 0o777).toBe(0o600);
  });
});
