import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { completionScript } from './completion-scripts';
import { runCli } from './run';
import { VERBS } from './verbs';

let home: string;
let server: Server | null = null;
beforeEach(() => (home = mkdtempSync(join(tmpdir(), 'skep-cli-'))));
afterEach(async () => {
  await new Promise<void>((done) => (server ? server.close(() => done()) : done()));
  server = null;
  rmSync(home, { recursive: true, force: true });
});

/** A socket that answers each request so. */
async function answering(status: number, body: unknown): Promise<string[]> {
  const asked: string[] = [];
  const opened = createServer((req, res) => {
    asked.push(`${req.method} ${req.url}`);
    res.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  });
  server = opened;
  await new Promise<void>((done) => opened.listen(join(home, 'skep.sock'), done));
  return asked;
}

async function run(...argv: string[]) {
  let [out, err] = ['', ''];
  const code = await runCli(VERBS, argv, {
    env: { ...process.env, SKEP_HOME: home, SKEP_URL: undefined },
    write: (text) => (out += String(text)),
    warn: (text) => (err += text),
  });
  return { code, out, err };
}

describe('skep', () => {
  it('says what it can do', async () => {
    const { code, out } = await run();
    expect(code).toBe(0);
    for (const { name } of VERBS) expect(out).toMatch(new RegExp(`^  ${name} +\\S`, 'm'));
    expect((await run('help', 'console')).out).toContain('Ctrl-] leaves');
    expect((await run('rm', '--help')).out).toContain('--keep-disk FILE');
    expect((await run('help', 'nothing')).code).toBe(2);
  });

  it('says where it looked when nothing answers', async () => {
    const { code, err } = await run('ls');
    expect(code).toBe(5);
    expect(err).toContain(`Nothing answers at ${join(home, 'skep.sock')}`);
    expect(err).toContain('npm start');
  });

  it('turns the server’s error into an exit code and its sentence', async () => {
    const error = { code: 'not_found', message: 'There is no VM named web.' };
    const asked = await answering(404, { error });
    expect(await run('show', 'web')).toEqual({ code: 3, out: '', err: 'skep: There is no VM named web.\n' });
    expect(asked).toEqual(['GET /api/v1/vms/web']);
    const { err } = await run('show', 'web', '--json');
    expect(JSON.parse(err)).toEqual({ error });
  });

  it('shows which field is wrong', async () => {
    const fields = { 'cpu.count': 'At most 255.' };
    await answering(400, { error: { code: 'invalid_input', message: 'It cannot be so.', fields } });
    expect(await run('stop', 'web')).toMatchObject({
      code: 2,
      err: 'skep: It cannot be so.\n  cpu.count: At most 255.\n',
    });
  });

  it('does not send a token in the clear, nor ask without one', async () => {
    expect(await run('ls', '--host', 'http://box.lan')).toMatchObject({ code: 2 });
    expect((await run('ls', '--host', 'http://box.lan', '--token', 'x')).err).toContain('is not encrypted');
    expect((await run('ls', '--host', 'https://box.lan')).err).toContain('API token is missing');
    expect((await run('ls', '--host', 'box')).err).toContain('no address');
  });

  it('asks before it deletes, and says how where nobody can be asked', async () => {
    const { code, err } = await run('rm', 'web');
    expect(code).toBe(2);
    expect(err).toContain('Say --yes');
  });
});

describe('completion', () => {
  it('offers verbs, options and values', async () => {
    expect((await run('__complete', 'sh')).out).toBe('show\nshutdown\n');
    expect((await run('__complete', 'ls', '--st')).out).toBe('--status\n');
    expect((await run('__complete', 'ls', '--status', 'ru')).out).toBe('running\n');
    expect((await run('__complete', 'tasks', '')).out).toBe('cancel\nforget\nlog\nshow\nwait\n');
  });

  it('is silent when Skep does not answer', async () => {
    expect(await run('__complete', 'start', '')).toEqual({ code: 0, out: '', err: '' });
  });

  it.each(['bash', 'zsh', 'fish'])('has a script for %s that asks for __complete', (shell) =>
    expect(completionScript(shell)).toContain('skep __complete'),
  );

  it('knows no other shell', async () => expect((await run('completion', 'tcsh')).code).toBe(2));
});
