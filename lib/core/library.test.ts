import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Library } from './library';

const ACTOR = { userId: 'u', name: 'anna' };
let folder: string;
let library: Library;
let users: string[] = [];
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'skep-lib-'));
  users = [];
  library = new Library({ folder, runAs: null, onChange: () => undefined, usersOf: () => users });
  await library.open();
});
afterEach(() => {
  library.close();
  rmSync(folder, { recursive: true, force: true });
});

const upload = (name: string, text: string, announced = text.length) =>
  library.store(ACTOR, name, announced, Readable.from([Buffer.from(text)]));

describe('Library', () => {
  it('stores an upload under its name', async () => {
    const file = await upload('Debian 12.iso', 'x'.repeat(2048));
    expect(file).toMatchObject({ name: 'Debian 12.iso', sizeBytes: 2048 });
    expect(readdirSync(folder)).toEqual(['Debian 12.iso']);
  });

  it('refuses a name that is there, before and after the bytes', async () => {
    await upload('a.iso', 'x');
    await expect(upload('a.iso', 'y')).rejects.toMatchObject({ code: 'already_exists' });
  });

  it.each(['../evil', '/etc/passwd', '.hidden', 'a/b', '', '..', 'a\u0000b', 'x'.repeat(300)])(
    'refuses the name %j',
    async (name) => {
      await expect(upload(name, 'x')).rejects.toMatchObject({ code: 'invalid_input' });
      expect(readdirSync(folder)).toEqual([]);
    },
  );

  it.each([
    ['ends early', 10],
    ['is longer than announced', 2],
  ])('leaves nothing of an upload that %s', async (_what, announced) => {
    await expect(upload('a.iso', 'five!', announced)).rejects.toMatchObject({ code: 'invalid_input' });
    expect(readdirSync(folder)).toEqual([]);
  });

  it('leaves nothing of an upload whose connection breaks', async () => {
    const broken = new Readable({
      read() {
        this.destroy(new Error('gone'));
      },
    });
    await expect(library.store(ACTOR, 'a.iso', 5, broken)).rejects.toThrow('gone');
    expect(readdirSync(folder)).toEqual([]);
  });

  it('refuses more than the disk has room for', async () => {
    await expect(upload('a.iso', 'x', 2 ** 60)).rejects.toMatchObject({ code: 'no_space' });
  });

  it('removes what a killed upload left', async () => {
    writeFileSync(join(folder, '.upload-0011'), 'half');
    const next = new Library({ folder, runAs: null, onChange: () => undefined, usersOf: () => [] });
    await next.open();
    next.close();
    expect(readdirSync(folder)).toEqual([]);
  });

  it('does not remove a file that a VM uses', async () => {
    await upload('a.iso', 'x');
    users = ['alpha'];
    await expect(library.remove(ACTOR, 'a.iso')).rejects.toMatchObject({
      code: 'busy',
      message: expect.stringContaining('alpha'),
    });
    users = [];
    await library.remove(ACTOR, 'a.iso');
    expect(library.list()).toEqual([]);
  });
});
