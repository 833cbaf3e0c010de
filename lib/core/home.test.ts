import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findBlockedAncestor, freeBytes, homePaths, homeRoot, prepareHome } from './home';

let dir: string;
let umask: number;
beforeEach(() => {
  dir = fs.mkdtempSync(path.join(os.tmpdir(), 'skep-home-'));
  umask = process.umask();
});
afterEach(() => {
  process.umask(umask);
  fs.rmSync(dir, { recursive: true, force: true });
});

const isRoot = process.getuid?.() === 0;
const modeOf = (file: string) => fs.statSync(file).mode & 0o7777;

/** `find root -perm /077`. */
function openEntries(root: string): string[] {
  return fs
    .readdirSync(root, { recursive: true, encoding: 'utf8' })
    .map((name) => path.join(root, name))
    .filter((file) => (fs.lstatSync(file).mode & 0o077) !== 0);
}

describe('homeRoot', () => {
  it.each([
    [{ SKEP_HOME: '/srv/skep' }, true, '/srv/skep'],
    [{ SKEP_HOME: '/srv/skep/' }, false, '/srv/skep'],
    [{}, true, '/var/lib/skep'],
    [{ XDG_DATA_HOME: '/data/me' }, false, '/data/me/skep'],
    [{ XDG_DATA_HOME: 'relative' }, false, path.join(os.homedir(), '.local/share/skep')],
    [{}, false, path.join(os.homedir(), '.local/share/skep')],
  ])('%j as root %s is %s', (env, root, expected) => {
    expect(homeRoot(env as unknown as NodeJS.ProcessEnv, root)).toBe(expected);
  });
});

describe('prepareHome', () => {
  const env = () => ({ SKEP_HOME: path.join(dir, 'home') }) as unknown as NodeJS.ProcessEnv;

  it('makes a home that nobody else may read', () => {
    fs.chmodSync(dir, 0o755);
    const paths = prepareHome(env(), null);
    expect(modeOf(paths.root)).toBe(0o700);
    for (const made of [paths.library, paths.vms, paths.run, paths.secrets, paths.databaseCopies])
      expect(modeOf(made)).toBe(0o700);
    fs.writeFileSync(path.join(paths.secrets, 'new'), 'x');
    expect(modeOf(path.join(paths.secrets, 'new'))).toBe(0o600);
  });

  it('takes away rights that were added later (T-74), and leaves links alone', () => {
    const paths = prepareHome(env(), null);
    const outside = path.join(dir, 'outside');
    fs.writeFileSync(outside, 'x');
    fs.chmodSync(outside, 0o666);
    fs.mkdirSync(path.join(paths.vms, 'ab'), { recursive: true });
    fs.writeFileSync(path.join(paths.vms, 'ab', 'disk0.qcow2'), 'x');
    fs.symlinkSync(outside, path.join(paths.library, 'link.iso'));
    for (const file of ['vms/ab', 'vms/ab/disk0.qcow2', 'library']) fs.chmodSync(path.join(paths.root, file), 0o777);
    prepareHome(env(), null);
    expect(openEntries(paths.root)).toEqual([path.join(paths.library, 'link.iso')]);
    expect(modeOf(outside)).toBe(0o666);
  });

  it.runIf(isRoot)('lets the QEMU user pass, read the library, and nothing else', () => {
    fs.chmodSync(dir, 0o755);
    const nobody = { uid: 65534, gid: 65534, user: 'nobody' };
    const paths = prepareHome(env(), nobody);
    fs.writeFileSync(path.join(paths.library, 'a.iso'), 'x');
    fs.writeFileSync(paths.database, '');
    prepareHome(env(), nobody);
    const shape = (file: string) => [modeOf(file).toString(8), fs.statSync(file).uid, fs.statSync(file).gid];
    expect(shape(paths.root)).toEqual(['710', 0, 65534]);
    expect(shape(paths.vms)).toEqual(['710', 0, 65534]);
    expect(shape(paths.run)).toEqual(['710', 0, 65534]);
    expect(shape(paths.library)).toEqual(['750', 0, 65534]);
    expect(shape(path.join(paths.library, 'a.iso'))).toEqual(['640', 0, 65534]);
    expect(modeOf(path.dirname(paths.database)).toString(8)).toBe('700');
    expect(modeOf(paths.database).toString(8)).toBe('600');
    expect(modeOf(paths.secrets).toString(8)).toBe('700');
  });

  it.runIf(isRoot)('refuses a home that the QEMU user cannot reach, and says where it ends', () => {
    fs.chmodSync(dir, 0o700);
    expect(() => prepareHome(env(), { uid: 65534, gid: 65534, user: 'nobody' })).toThrow(
      `QEMU runs as the user nobody, which may not enter ${dir}`,
    );
  });

  it('refuses a path that leaves no room for sockets (F-10)', () => {
    const long = (bytes: number) => path.join(dir, 'x'.repeat(bytes - dir.length - 1));
    expect(() => prepareHome({ SKEP_HOME: long(79) } as unknown as NodeJS.ProcessEnv, null)).toThrow(
      '1 bytes too long',
    );
    const paths = prepareHome({ SKEP_HOME: long(78) } as unknown as NodeJS.ProcessEnv, null);
    expect(Buffer.byteLength(`${paths.run}/12345678/12345678/rescue`)).toBe(107);
  });

  it('says when a part of the path is a file', () => {
    fs.writeFileSync(path.join(dir, 'home'), 'x');
    expect(() => prepareHome(env(), null)).toThrow('a part of the path is a file');
  });
});

describe('findBlockedAncestor', () => {
  it('looks at the bits that count for the user', () => {
    const { uid, gid } = fs.statSync(dir);
    const root = path.join(dir, 'home');
    fs.chmodSync(dir, 0o010);
    expect(findBlockedAncestor(root, { uid: uid + 1, gid })).toBeNull();
    expect(findBlockedAncestor(root, { uid, gid })).toBe(dir);
    expect(findBlockedAncestor(root, { uid: uid + 1, gid: gid + 1 })).toBe(dir);
    fs.chmodSync(dir, 0o700);
  });
});

describe('freeBytes', () => {
  it('is a whole number of bytes', () => {
    expect(freeBytes(dir)).toBeGreaterThan(0);
    expect(homePaths('/a').socket).toBe('/a/skep.sock');
  });
});
